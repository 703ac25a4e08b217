//! Samples in memory: the same figures as the streaming kernel where both know the design, the same
//! bits for the same rows, and what replicate weights and calibration promise.

mod support;

use arrow::array::{ArrayRef, Float64Array, RecordBatch};
use inclusion_estimate::{Estimate, Outcome};
use inclusion_survey::sample::linear::{Ratio, ratios};
use inclusion_survey::sample::{
    Auxiliary, CalibrateTotals, Calibration, Distance, MadeMethod, MadeReplicates, Margin,
    ReplicateColumns, ReplicateKind, Replicates, Sample,
};
use inclusion_survey::{Deff, DfRule, Error, LonelyPsu, Options, Plan, Results, Rows};
use proptest::prelude::*;
use std::sync::Arc;
use support::*;

fn people(most_psus: i64) -> impl Strategy<Value = Vec<Person>> {
    let one = (0..5i64, 0..most_psus, 0.0..900.0f64, 0..3i16, 0..2i16, -2..2i16, 0.0..60.0f64);
    proptest::collection::vec(one, 20..150).prop_map(|rows| {
        let mut people: Vec<Person> = rows
            .into_iter()
            .map(|(stratum, psu, weight, sex, area, uses, hours)| Person {
                stratum,
                psu: stratum * 10 + psu,
                weight: if weight < 30.0 { 0.0 } else { weight },
                sex,
                area,
                uses,
                hours: (hours > 5.0).then_some(hours),
            })
            .collect();
        for stratum in 0..5 {
            for psu in 0..2 {
                let hours = Some(3.0 + stratum as f64 + 2.0 * psu as f64);
                let one = Person { hours, ..person(stratum, stratum * 10 + psu, 1.5, psu as i16) };
                // Every sex and area is in every stratum, so that margins can always be met.
                let both = (0..3).flat_map(|sex| [(sex, 0), (sex, 1)]);
                people.extend(both.map(|(sex, area)| Person { sex, area, ..one.clone() }));
            }
        }
        people
    })
}

fn everything() -> Plan {
    plan(
        vec![
            users(),
            indicator("hours", "statistic = 'mean'\nvalue = 'hours'"),
            indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }"),
            indicator("sum", "statistic = 'total'\nvalue = 'hours'"),
        ],
        &[(&[], &["sex"]), (&["area"], &["sex"]), (&["sex"], &[]), (&[], &["sex", "area"])],
    )
}

/// Rows with further columns of numbers.
fn with(rows: &RecordBatch, columns: Vec<(String, Vec<f64>)>) -> RecordBatch {
    let schema = rows.schema();
    let own = schema.fields().iter().map(|f| f.name().clone()).zip(rows.columns().iter().cloned());
    let more = columns
        .into_iter()
        .map(|(name, values)| (name, Arc::new(Float64Array::from(values)) as ArrayRef));
    RecordBatch::try_from_iter(own.chain(more)).unwrap()
}

fn in_memory(plan: &Plan, rows: &RecordBatch, options: &Options) -> Result<Results, Error> {
    let given = Rows { schema: rows.schema(), units: 1, read: &|_, each| each(rows.clone()) };
    inclusion_survey::sample::estimate(plan, &given, options)
}

fn read(plan: &Plan, rows: &RecordBatch, options: &Options) -> Result<Sample, Error> {
    let given = Rows { schema: rows.schema(), units: 1, read: &|_, each| each(rows.clone()) };
    Sample::read(plan, &given, options)
}

fn shuffled<T: Clone>(rows: &[T], seed: u64) -> Vec<T> {
    let (mut rows, mut state) = (rows.to_vec(), seed);
    for i in (1..rows.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        rows.swap(i, (state >> 33) as usize % (i + 1));
    }
    rows
}

fn all(results: &Results) -> impl Iterator<Item = &Estimate> {
    results.groups.iter().flat_map(|g| g.members.iter().chain([&g.total]))
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(size)
}

/// Every number of both results is equal to a relative 1e-12.
fn same_figures(a: &Results, b: &Results) {
    assert_eq!(a.diagnostics, b.diagnostics);
    assert_eq!((a.rows, a.weighted_rows), (b.rows, b.weighted_rows));
    assert_eq!(a.groups.len(), b.groups.len());
    for (g, h) in a.groups.iter().zip(&b.groups) {
        assert_eq!(
            (&g.indicator, &g.breakdown, g.union_df),
            (&h.indicator, &h.breakdown, h.union_df)
        );
        for (x, y) in g.members.iter().zip(&h.members) {
            for (v, w) in h.members.iter().zip(&g.members) {
                let covariance = |a: &Estimate, b: &Estimate| {
                    let of = |e: &Estimate| match &e.outcome.figure()?.value {
                        inclusion_estimate::Uncertainty::Linearized(l) => Some(l.clone()),
                        _ => None,
                    };
                    of(a)?.covariance(&of(b)?).ok()
                };
                let (one, other) = (covariance(x, w), covariance(y, v));
                // Where the variance is rounding only, what it is a variance of sets the measure.
                let spread = |e: &Estimate| {
                    let figure = e.outcome.figure();
                    figure.map_or(0.0, |f| f.se().unwrap_or(0.0).max(1e-3 * f.point().abs()))
                };
                let size = spread(x) * spread(w);
                assert_eq!(one.is_some(), other.is_some());
                let (one, other) = (one.unwrap_or(0.0), other.unwrap_or(0.0));
                assert!(near(one, other, size), "{one} {other} {size}");
            }
        }
    }
    for (x, y) in all(a).zip(all(b)) {
        assert_eq!((&x.key, x.unit, &x.diagnostics), (&y.key, y.unit, &y.diagnostics));
        let weighted = x.counts.weighted;
        assert!(near(weighted, y.counts.weighted, 0.0));
        let mut counts = y.counts.clone();
        counts.weighted = weighted;
        assert_eq!(x.counts, counts);
        let (Outcome::Known(f), Outcome::Known(g)) = (&x.outcome, &y.outcome) else {
            assert_eq!(x.outcome, y.outcome);
            continue;
        };
        let size = f.point().abs().max(1e-300);
        assert!(near(f.point(), g.point(), size));
        // A standard error is the root of a sum about as exact as the estimate itself.
        assert_eq!(f.se().is_some(), g.se().is_some(), "{:?}", x.key);
        let (se, other) = (f.se().unwrap_or(0.0), g.se().unwrap_or(0.0));
        assert!(near(se, other, 1e-3 * size), "{:?}: {se} {other}", x.key);
        assert_eq!(f.df, g.df);
        assert_eq!(f.interval.is_some(), g.interval.is_some());
        if let (Some(i), Some(j)) = (f.interval, g.interval) {
            assert!(near(i.lower, j.lower, size) && near(i.upper, j.upper, size));
        }
        assert_eq!(f.deff.is_some(), g.deff.is_some());
        assert!((f.deff.unwrap_or(0.0) - g.deff.unwrap_or(0.0)).abs() < 1e-9);
    }
}

/// The columns of a second stage and of six replicates, as functions of the row.
fn further(people: &[Person]) -> Vec<(String, Vec<f64>)> {
    let of = |f: &dyn Fn(&Person) -> f64| people.iter().map(f).collect::<Vec<f64>>();
    let mut columns = vec![
        ("_fpc".to_string(), of(&|p| 9.0 + p.stratum as f64)),
        ("_fpc_2".to_string(), of(&|p| 400.0 + p.psu as f64)),
    ];
    for r in 1..=6i64 {
        let factor = move |p: &Person| [0.0, 2.0, 1.0, 1.5][((p.psu * r + p.stratum) % 4) as usize];
        columns.push((format!("_replicate_{r}"), of(&|p| p.weight * factor(p))));
    }
    columns
}

fn margin(by: &str, totals: &[(&str, f64)]) -> Margin {
    let totals = totals.iter().map(|(code, total)| (vec![code.to_string()], *total)).collect();
    Margin { by: vec![by.to_string()], totals }
}

fn sexes() -> Margin {
    margin("sex", &[("F", 5000.0), ("M", 4500.0), ("_U", 300.0)])
}

fn columns_of(kind: ReplicateKind) -> Options {
    let mut own = ReplicateColumns::new(kind);
    own.rscales = if kind == ReplicateKind::Jkn { vec![0.5; 6] } else { Vec::new() };
    Options { replicates: Some(Replicates::Columns(own)), ..Options::default() }
}

fn made(method: MadeMethod) -> Options {
    let replicates = Some(Replicates::Made(MadeReplicates { method, mse: true }));
    Options { replicates, ..Options::default() }
}

/// Designs of every kind that the kernel does not know.
fn designs() -> Vec<Options> {
    let alone = Options { lonely_psu: LonelyPsu::Adjust, ..Options::default() };
    let calibrated = |calibration| Options { calibration, ..alone.clone() };
    let areas = margin("area", &[("urban", 4000.0), ("rural", 5800.0)]);
    let totals = CalibrateTotals {
        targets: vec![
            (Auxiliary::Constant, 9800.0),
            (Auxiliary::Code { concept: "area".into(), code: "rural".into() }, 5800.0),
        ],
        distance: Distance::Raking,
    };
    let stratify = Calibration::Poststratify(sexes());
    vec![
        alone.clone(),
        columns_of(ReplicateKind::Jkn),
        columns_of(ReplicateKind::SuccessiveDifference),
        made(MadeMethod::Jackknife),
        made(MadeMethod::Bootstrap { replicates: 12, seed: 5 }),
        calibrated(vec![stratify.clone()]),
        calibrated(vec![Calibration::Rake(vec![sexes(), areas])]),
        calibrated(vec![stratify.clone(), Calibration::Totals(totals)]),
        Options { calibration: vec![stratify], ..made(MadeMethod::Jackknife) },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_figures(rows in people(4), lonely in any::<bool>()) {
        let mut rows = rows;
        if lonely {
            rows.push(Person { hours: Some(7.0), ..person(77, 770, 40.0, 1) });
            rows.push(Person { hours: Some(9.0), sex: 1, ..person(78, 780, 50.0, 0) });
        }
        let plan = everything();
        let policies = [LonelyPsu::Remove, LonelyPsu::Certainty, LonelyPsu::Adjust, LonelyPsu::Average];
        for (at, policy) in policies.into_iter().enumerate() {
            for adjust_domain_lonely in [false, true] {
                let df = [DfRule::Domain, DfRule::Full, DfRule::Infinite][at % 3];
                let deff = [Deff::SrsWithReplacement, Deff::Deft2, Deff::SrsWithoutReplacement][at % 3];
                let options = Options { lonely_psu: policy, adjust_domain_lonely, df, deff, ..Options::default() };
                for design in [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }] {
                    let batch = batch(&rows, design);
                    let streamed = run_units(&plan, &batch, &[7], &options).unwrap();
                    same_figures(&streamed, &in_memory(&plan, &batch, &options).unwrap());
                }
                let fpc = vec![("_fpc".to_string(), rows.iter().map(|p| 6.0 + p.stratum as f64).collect())];
                let batch = with(&batch(&rows, FULL), fpc);
                let streamed = run_units(&plan, &batch, &[7], &options).unwrap();
                same_figures(&streamed, &in_memory(&plan, &batch, &options).unwrap());
            }
        }
    }

    #[test]
    fn order_and_split_change_no_bit(
        rows in people(4), sizes in proptest::collection::vec(1..60usize, 0..5), seed in 0..u64::MAX
    ) {
        let plan = everything();
        let other = shuffled(&rows, seed);
        for options in designs() {
            let one = with(&batch(&rows, FULL), further(&rows));
            let two = with(&batch(&other, FULL), further(&other));
            let one = run_units(&plan, &one, &[], &options).unwrap();
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let again = pool.install(|| run_units(&plan, &two, &sizes, &options).unwrap());
                prop_assert_eq!(bits(&one), bits(&again));
            }
        }
    }

    #[test]
    fn replicate_weights_give_the_same_streamed_and_in_memory(
        rows in people(4), sizes in proptest::collection::vec(1..60usize, 0..5), seed in 0..u64::MAX
    ) {
        let mut plan = everything();
        plan.indicators.push(indicator("ratio", "statistic = 'ratio'\nvalue = 'hours'\ndenominator = 'hours'"));
        plan.indicators.push(indicator("women", "universe = { sex = ['F'] }\nnumerator = { uses = ['yes'] }"));
        let other = shuffled(&rows, seed);
        let kinds = [
            ReplicateColumns { rho: 0.3, mse: true, ..ReplicateColumns::new(ReplicateKind::Fay) },
            ReplicateColumns { combined: false, ..ReplicateColumns::new(ReplicateKind::Bootstrap) },
            ReplicateColumns {
                rscales: vec![0.5, 0.25, 0.0, 1.0, 0.5],
                ..ReplicateColumns::new(ReplicateKind::Jkn)
            },
        ];
        // Factors of a PSU, some of them 0, or of a row.
        let of_psu = |p: &Person, r: i64| [0.0, 2.0, 1.0, 1.5][((p.psu * r + p.stratum) % 4) as usize];
        let of_row = |p: &Person, r: i64| 0.5 + (p.weight * r as f64).fract();
        let of_stratum = |p: &Person, r: i64| if p.stratum == r % 3 { 0.1 * p.psu as f64 } else { 1.0 };
        let factors: [fn(&Person, i64) -> f64; 3] = [of_psu, of_row, of_stratum];
        for (at, kind) in kinds.into_iter().enumerate() {
            for factor in factors {
                let df = [DfRule::Domain, DfRule::Full, DfRule::Infinite][if seed % 3 == 0 { at } else { 0 }];
                let combined = kind.combined;
                let options = Options { replicates: Some(Replicates::Columns(kind.clone())), df, ..Options::default() };
                let with_design = |people: &[Person], design: Design| {
                    let column = |r: i64| {
                        let value = |p: &Person| if combined { p.weight * factor(p, r) } else { factor(p, r) };
                        (format!("_replicate_{r}"), people.iter().map(value).collect())
                    };
                    with(&batch(people, design), (1..=5).map(column).collect())
                };
                for design in [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }] {
                    let streamed = run_units(&plan, &with_design(&rows, design), &sizes, &options).unwrap();
                    same_figures(&streamed, &in_memory(&plan, &with_design(&rows, design), &options).unwrap());
                    let again = run_units(&plan, &with_design(&other, design), &[9], &options).unwrap();
                    prop_assert_eq!(bits(&streamed), bits(&again));
                }
            }
        }
    }

    #[test]
    fn rows_twice_at_half_the_weight_change_no_estimate(rows in people(4)) {
        let plan = everything();
        let halves: Vec<Person> = rows
            .iter()
            .flat_map(|p| [p.clone(), p.clone()])
            .map(|p| Person { weight: p.weight / 2.0, ..p })
            .collect();
        for options in &designs()[1..] {
            // Without a second stage, of which twice the rows would be another sample.
            let own = |people: &[Person]| {
                let columns = further(people).into_iter().filter(|(name, _)| name != "_fpc_2");
                with(&batch(people, FULL), columns.collect())
            };
            let one = run_units(&plan, &own(&rows), &[], options).unwrap();
            let two = run_units(&plan, &own(&halves), &[], options).unwrap();
            for (a, b) in all(&one).zip(all(&two)) {
                let (Some(f), Some(g)) = (a.outcome.figure(), b.outcome.figure()) else {
                    prop_assert_eq!(&a.outcome, &b.outcome);
                    continue;
                };
                prop_assert!((f.point() / g.point() - 1.0).abs() < 1e-10 || f.point() == g.point());
                prop_assert_eq!(f.se().is_some(), g.se().is_some());
                let (s, t) = (f.se().unwrap_or(0.0), g.se().unwrap_or(0.0));
                prop_assert!((s - t).abs() <= 1e-9 * f.point().abs().max(s), "{} {}", s, t);
                prop_assert_eq!(f.df, g.df);
            }
        }
    }

    #[test]
    fn totals_of_domains_add_up(rows in people(4)) {
        let plan = everything();
        for options in designs() {
            let batch = with(&batch(&rows, FULL), further(&rows));
            let results = run_units(&plan, &batch, &[], &options).unwrap();
            // Both areas are stated in every row.
            let by_area: Vec<_> = results
                .groups
                .iter()
                .filter(|g| g.indicator == "people" && g.breakdown.contains_key("area"))
                .collect();
            let whole = results
                .groups
                .iter()
                .find(|g| g.indicator == "people" && g.breakdown.is_empty())
                .unwrap();
            let of = |e: &Estimate| e.outcome.figure().map_or(0.0, |f| f.point());
            let sum: f64 = by_area.iter().map(|g| of(&g.total)).sum();
            prop_assert!((sum - of(&whole.total)).abs() <= 1e-10 * sum.abs());
        }
    }

    #[test]
    fn calibrated_weights_meet_their_totals_and_leave_them_no_variance(rows in people(4)) {
        let one = indicator("all", "statistic = 'total'\nnumerator = {}");
        let plan = plan(vec![one], &[(&[], &["sex"]), (&[], &["area"])]);
        let areas = margin("area", &[("urban", 4000.0), ("rural", 5800.0)]);
        let steps = [
            Calibration::Poststratify(sexes()),
            Calibration::Rake(vec![areas, sexes()]),
        ];
        for step in steps {
            for base in [Options::default(), made(MadeMethod::Jackknife)] {
                let options = Options { calibration: vec![step.clone()], ..base };
                let results = run_units(&plan, &batch(&rows, FULL), &[], &options).unwrap();
                let group = results.groups.iter().find(|g| {
                    g.members.iter().any(|m| m.key.breakdown.contains_key("sex"))
                });
                let women = &group.unwrap().members[0];
                let figure = figure(women);
                prop_assert!((figure.point() - 5000.0).abs() < 1e-6);
                prop_assert!(figure.se().unwrap() < 1e-5, "{:?}", figure.se());
            }
        }
    }
}

#[test]
fn a_second_stage_adds_its_share_of_the_variance() {
    // One stratum, two of four PSUs; of the first 2 of 4 households, of the second 2 of 2.
    let mut people: Vec<Person> = [(1, 1.0), (1, 5.0), (2, 2.0), (2, 8.0)]
        .map(|(psu, hours)| Person { hours: Some(hours), ..person(1, psu, 1.0, 0) })
        .into();
    people.iter_mut().for_each(|p| p.weight = if p.psu == 1 { 4.0 } else { 2.0 });
    let columns =
        vec![("_fpc".to_string(), vec![4.0; 4]), ("_fpc_2".to_string(), vec![4.0, 4.0, 2.0, 2.0])];
    let plan = plan(vec![indicator("sum", "statistic = 'total'\nvalue = 'hours'")], &[(&[], &[])]);
    let rows = with(&batch(&people, FULL), columns);
    let results = run_units(&plan, &rows, &[], &Options::default()).unwrap();
    let found = figure(&results.groups[0].total).se().unwrap().powi(2);
    // First stage: (1 − 1/2) 2/1 Σ (z − z̄)² with z = 24 and 20; second: 1/2 · (1 − 1/2) 2 Σ (4 y − 12)².
    let first = 0.5 * 2.0 * (2.0 * 2.0f64.powi(2));
    let second = 0.5 * (0.5 * 2.0 * (2.0 * 8.0f64.powi(2)));
    assert!((found - (first + second)).abs() < 1e-10, "{found} {}", first + second);
    // The weights are those that the fractions imply.
    let kept: Vec<usize> = (1..rows.num_columns()).collect();
    let implied = read(&plan, &rows.project(&kept).unwrap(), &Options::default()).unwrap();
    assert_eq!(implied.in_input_order(implied.weights()), [4.0, 4.0, 2.0, 2.0]);
}

#[test]
fn errors_of_later_stages_name_the_units_above() {
    let people: Vec<Person> = (0..8).map(|i| person(1 + i / 4, 1 + i / 2, 1.0, 1)).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let with_second = |second: Vec<f64>| {
        let columns = vec![("_fpc".to_string(), vec![10.0; 8]), ("_fpc_2".to_string(), second)];
        let rows = with(&batch(&people, FULL), columns);
        run_units(&plan, &rows, &[], &Options::default()).unwrap_err().to_string()
    };
    let mut second = vec![5.0; 8];
    (second[4], second[5]) = (1.0, 1.0);
    let error = with_second(second.clone());
    assert!(error.starts_with("stratum 2, PSU 3, stage 2: the finite population"), "{error}");
    second[5] = 7.0;
    let error = with_second(second);
    assert!(error.contains("stratum 2, PSU 3, stage 2: finite population 7 differs"), "{error}");
}

#[test]
fn a_made_jackknife_is_near_the_linear_variance_and_has_its_degrees_of_freedom() {
    let people: Vec<Person> = (0..240)
        .map(|i| Person {
            sex: i16::from(i % 5 < 2),
            ..person(i / 60, i / 10, 1.0 + (i % 7) as f64, i16::from(i * i % 11 < 5))
        })
        .collect();
    let plan = plan(vec![users()], &[(&[], &["sex"])]);
    let rows = batch(&people, FULL);
    let linear = run_units(&plan, &rows, &[], &Options::default()).unwrap();
    let replicated = run_units(&plan, &rows, &[], &made(MadeMethod::Jackknife)).unwrap();
    for (a, b) in all(&linear).zip(all(&replicated)) {
        let (f, g) = (figure(a), figure(b));
        assert!(near(f.point(), g.point(), 1.0));
        assert!((f.se().unwrap() / g.se().unwrap() - 1.0).abs() < 0.02);
        assert_eq!((f.df, g.df), (Some(20.0), Some(20.0)));
    }
}

#[test]
fn factors_and_weights_are_the_same_replicates() {
    let people: Vec<Person> = (0..60)
        .map(|i| person(i / 20, i / 5, 2.0 + (i % 7) as f64, i16::from(i % 3 == 0)))
        .collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let replicates = |combined: bool| {
        let columns = (1..=8i64).map(|r| {
            let factor = |p: &Person| if (p.psu * r) % 3 == 0 { 0.0 } else { 1.5 };
            let value = |p: &Person| if combined { p.weight * factor(p) } else { factor(p) };
            (format!("_replicate_{r}"), people.iter().map(value).collect())
        });
        let rows = with(&batch(&people, NONE), columns.collect());
        let own = ReplicateColumns {
            combined,
            mse: true,
            ..ReplicateColumns::new(ReplicateKind::Bootstrap)
        };
        let options = Options { replicates: Some(Replicates::Columns(own)), ..Options::default() };
        run_units(&plan, &rows, &[], &options).unwrap()
    };
    let (one, two) = (replicates(true), replicates(false));
    assert_eq!(bits(&one), bits(&two));
    assert!(one.diagnostics.iter().all(|d| d.code != "clustering_not_included"));
    assert!(figure(&one.groups[0].total).se().unwrap() > 0.0);
}

#[test]
fn replicates_without_rows_of_a_group_are_left_out_and_noted() {
    let mut people: Vec<Person> = (0..12).map(|i| person(1, i, 1.0, (i % 2) as i16)).collect();
    people[0].area = 1;
    let columns = (0..12).map(|r| {
        (
            format!("_replicate_{}", r + 1),
            (0..12).map(|i| if i == r { 0.0 } else { 12.0 / 11.0 }).collect(),
        )
    });
    let rows = with(&batch(&people, NONE), columns.collect());
    let plan = plan(vec![users()], &[(&["area"], &[])]);
    let results = run_units(&plan, &rows, &[], &columns_of(ReplicateKind::Jk1)).unwrap();
    let rural = results.groups.iter().find(|g| g.breakdown["area"] == "rural").unwrap();
    let note = rural.total.diagnostics.iter().find(|d| d.code == "replicates_dropped").unwrap();
    assert_eq!((note.count, figure(&rural.total).df), (1, Some(0.0)));
    // The others all have the same value: a standard error of 0 that tells nothing.
    assert!(rural.total.diagnostics.iter().any(|d| d.code == inclusion_survey::ONE_PSU));
}

#[test]
fn a_group_without_rows_in_any_replicate_has_a_value_and_a_reason_for_no_standard_error() {
    let mut people: Vec<Person> = (0..12).map(|i| person(1, i, 1.0, (i % 2) as i16)).collect();
    people[..3].iter_mut().for_each(|person| person.area = 1);
    let columns = (0..12).map(|r| {
        let weight = |i| if i < 3 || i == r { 0.0 } else { 12.0 / 8.0 };
        (format!("_replicate_{}", r + 1), (0..12).map(weight).collect())
    });
    let rows = with(&batch(&people, NONE), columns.collect());
    let mut total = users();
    total.indicator.id = "all".to_string();
    total.indicator.statistic = inclusion_registry::Statistic::Total;
    let plan = plan(vec![users(), total], &[(&["area"], &[])]);
    let options = columns_of(ReplicateKind::Jk1);
    let streamed = run_units(&plan, &rows, &[], &options).unwrap();
    for results in [streamed, in_memory(&plan, &rows, &options).unwrap()] {
        let rural = results
            .groups
            .iter()
            .filter(|g| g.breakdown.get("area").is_some_and(|a| *a == "rural"));
        let rural: Vec<_> = rural.collect();
        assert_eq!(rural.len(), 2);
        for group in rural {
            let figure = figure(&group.total);
            assert!(figure.point() > 0.0 && figure.se().is_none() && figure.interval.is_none());
            let codes: Vec<&str> =
                group.total.diagnostics.iter().map(|d| d.code.as_str()).collect();
            assert_eq!(codes, ["no_replicates"]);
        }
    }
}

#[test]
fn what_replicates_and_calibration_lack_is_said() {
    let people: Vec<Person> = (0..8).map(|i| person(1 + i / 4, 1 + i / 2, 1.0, 1)).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let rows = batch(&people, FULL);
    let error = |options: &Options| run_units(&plan, &rows, &[], options).unwrap_err().to_string();
    assert!(error(&columns_of(ReplicateKind::Brr)).contains("the rows have 0 replicate weights"));
    let with_cells = |margin: Margin| {
        error(&Options {
            calibration: vec![Calibration::Poststratify(margin)],
            ..Options::default()
        })
    };
    let lacking = with_cells(margin("sex", &[("M", 10.0)]));
    assert!(
        lacking.contains("8 rows are in no cell of sex that has a total (the first has F)"),
        "{lacking}"
    );
    let empty = with_cells(margin("sex", &[("F", 10.0), ("M", 10.0)]));
    assert!(empty.contains("M has a total but no weight"), "{empty}");
    assert!(with_cells(margin("sex", &[("X", 10.0)])).contains("has no code `X`"));
    assert!(with_cells(margin("region", &[("X", 10.0)])).contains("needs the category `region`"));
    let three: Vec<Person> = (0..9).map(|i| person(1, i / 3, 1.0, 1)).collect();
    let unbalanced = run(&plan, &three, FULL, &made(MadeMethod::Balanced { rho: 0.0 }));
    assert!(
        unbalanced.unwrap_err().to_string().contains("two PSUs in every stratum, but one has 3")
    );
}

#[test]
fn a_joint_statistic_has_the_variance_of_the_estimates() {
    let people: Vec<Person> = (0..90)
        .map(|i| Person {
            hours: Some((i * i % 17) as f64),
            sex: i16::from(i % 2 == 0),
            ..person(i / 30, i / 6, 1.0 + (i % 4) as f64, 0)
        })
        .collect();
    let plan =
        plan(vec![indicator("hours", "statistic = 'mean'\nvalue = 'hours'")], &[(&[], &["sex"])]);
    let rows = batch(&people, FULL);
    for options in [
        Options::default(),
        made(MadeMethod::Jackknife),
        Options {
            calibration: vec![Calibration::Poststratify(margin(
                "sex",
                &[("F", 80.0), ("M", 120.0)],
            ))],
            ..Options::default()
        },
    ] {
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        let sample = read(&plan, &rows, &options).unwrap();
        let hours: Vec<f64> =
            sample.numbers("hours").unwrap().iter().map(|v| v.unwrap_or(0.0)).collect();
        let one = vec![1.0; sample.rows()];
        let bases: Vec<Vec<bool>> = (0..2)
            .map(|sex| sample.codes("sex").unwrap().iter().map(|s| *s == sex).collect())
            .collect();
        let means: Vec<Ratio<'_>> =
            bases.iter().map(|base| Ratio { y: &hours, x: &one, base }).collect();
        let joint = sample.joint(&|weights, need| ratios(weights, &means, need)).unwrap();
        for (k, member) in results.groups[0].members.iter().enumerate() {
            let figure = figure(member);
            assert!(near(joint.values[k], figure.point(), 0.0));
            assert!((joint.se()[k] / figure.se().unwrap() - 1.0).abs() < 1e-12);
            assert_eq!(Some(joint.df[k]), figure.df);
        }
        assert_eq!(Some(joint.union_df), results.groups[0].union_df);
        assert_eq!(joint.replicates.is_some(), options.replicates.is_some());
    }
}
