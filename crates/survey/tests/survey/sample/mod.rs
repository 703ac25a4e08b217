//! Samples in memory: the same figures as the streaming kernel where both know the design, the same
//! bits for the same rows, and what replicate weights and calibration promise.

mod calibrated;
mod compared;
mod properties;
mod replicates;

use crate::support::*;
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
    let groups = results.groups.iter();
    groups.flat_map(|g| g.members.iter().chain([&g.total]).chain(g.compared.iter().flatten()))
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(size)
}

/// Every number of both results is equal to a relative 1e-12.
fn same_figures(a: &Results, b: &Results) {
    assert_eq!(a.diagnostics, b.diagnostics);
    assert_eq!((a.rows, a.weighted_rows), (b.rows, b.weighted_rows));
    assert_eq!(a.groups.len(), b.groups.len());
    assert_eq!(all(a).count(), all(b).count());
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
            (Auxiliary::Cell { by: vec!["area".into()], codes: vec!["rural".into()] }, 5800.0),
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
