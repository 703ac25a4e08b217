//! The same rows give the same bits, in whatever order, split and number of threads.

use crate::support::*;
use inclusion_estimate::Linearized;
use inclusion_estimate::Uncertainty;
use inclusion_survey::{Options, Results};
use proptest::prelude::*;

fn people() -> impl Strategy<Value = Vec<Person>> {
    let one = (0..5i64, 0..4i64, 0.0..900.0f64, 0..3i16, 0..2i16, -2..2i16, 0.0..60.0f64);
    proptest::collection::vec(one, 20..200).prop_map(|rows| {
        let mut people: Vec<Person> = rows
            .into_iter()
            .map(|(stratum, psu, weight, sex, area, uses, hours)| Person {
                stratum,
                psu: stratum * 10 + psu,
                weight: if weight < 30.0 { 0.0 } else { weight },
                sex,
                // The same in a whole stratum, in a PSU, or neither.
                area: match stratum {
                    0 => 0,
                    1 => 1,
                    2 => psu as i16 % 2,
                    _ => area,
                },
                uses,
                hours: (hours > 5.0).then_some(hours),
            })
            .collect();
        // Every stratum has at least two PSUs.
        for stratum in 0..5 {
            people.extend((0..2).map(|psu| person(stratum, stratum * 10 + psu, 1.5, psu as i16)));
        }
        people
    })
}

fn everything() -> inclusion_survey::Plan {
    plan(
        vec![
            users(),
            indicator("hours", "statistic = 'mean'\nvalue = 'hours'"),
            indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }"),
            indicator("ratio", "statistic = 'ratio'\nvalue = 'hours'\ndenominator = 'hours'"),
        ],
        &[(&[], &["sex"]), (&["area"], &["sex"]), (&["sex"], &[]), (&[], &["sex", "area"])],
    )
}

/// Shares alone, whose PSU totals are added up as whole numbers where their weights allow it.
fn shares() -> inclusion_survey::Plan {
    let rural = "numerator = { area = ['rural'] }";
    plan(
        vec![users(), indicator("rural", rural)],
        &[(&[], &["sex"]), (&["area"], &["sex"]), (&["sex"], &[]), (&[], &["sex", "area"])],
    )
}

fn in_order(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by_key(|p| (p.stratum, p.psu));
    people
}

fn with_threads(threads: usize, run: impl FnOnce() -> Results + Send) -> Results {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_units_and_threads_do_not_change_a_bit(
        rows in people(), sizes in proptest::collection::vec(1..60usize, 0..6), seed in 0..u64::MAX
    ) {
        let designs = [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }];
        let plans = [everything(), shares()];
        for (design, plan) in designs.iter().flat_map(|d| plans.iter().map(move |p| (*d, p))) {
            let options = Options::default();
            let mut sorted = in_order(rows.clone());
            for (i, person) in sorted.iter_mut().enumerate() {
                // Weights near each other, but in some PSUs so far apart that whole numbers do not do.
                person.weight *= if person.psu % 3 == 0 { 2f64.powi(-(i as i32 % 30)) } else { 1.0 };
            }
            let one = run(plan, &sorted, design, &options).unwrap();
            let mut shuffled = sorted.clone();
            let mut state = seed;
            for i in (1..shuffled.len()).rev() {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                shuffled.swap(i, (state >> 33) as usize % (i + 1));
            }
            for threads in [1, 2, 3, 8] {
                for rows in [&sorted, &shuffled] {
                    let rows = batch(rows, design);
                    let other = with_threads(threads, || run_units(plan, &rows, &sizes, &options).unwrap());
                    prop_assert_eq!(bits(&one), bits(&other));
                }
            }
            let text = batch(&sorted, Design { text: true, ..design });
            prop_assert_eq!(bits(&one), bits(&run_units(plan, &text, &sizes, &options).unwrap()));
        }
    }

    #[test]
    fn scaling_the_weights_changes_no_ratio(rows in people(), power in -5..10i32, factor in 0.01..1000.0f64) {
        let (plan, options) = (everything(), Options::default());
        let figures = |factor: f64| {
            let scaled: Vec<Person> =
                rows.iter().map(|p| Person { weight: p.weight * factor, ..p.clone() }).collect();
            let results = run(&plan, &scaled, FULL, &options).unwrap();
            let ratios = results.groups.into_iter().filter(|g| g.indicator != "people");
            let all = ratios.flat_map(|g| g.members.into_iter().chain([g.total]));
            all.map(|e| e.outcome.figure().map(|f| (f.point(), f.se()))).collect::<Vec<_>>()
        };
        let plain = figures(1.0);
        // A power of two rounds nothing, so not a bit may change.
        prop_assert_eq!(&plain, &figures(2f64.powi(power)));
        for (a, b) in plain.iter().zip(figures(factor)) {
            let (Some((a, a_se)), Some((b, b_se))) = (a, b) else {
                prop_assert!(a.is_none() && b.is_none());
                continue;
            };
            prop_assert!((a - b).abs() <= 1e-12 * a.abs());
            // The weights are rounded anew, so a standard error of nothing is only nearly so.
            let (Some(a_se), Some(b_se)) = (a_se, b_se) else {
                prop_assert!(a_se.is_none() && b_se.is_none());
                continue;
            };
            prop_assert!((a_se - b_se).abs() <= 1e-9 * a_se + 1e-12 * a.abs().max(1.0));
        }
    }

    #[test]
    fn rows_twice_at_half_the_weight_change_no_estimate(rows in people()) {
        let halves: Vec<Person> = rows
            .iter()
            .flat_map(|p| [p.clone(), p.clone()])
            .map(|p| Person { weight: p.weight / 2.0, ..p })
            .collect();
        // Every row its own unit would be another sample.
        for design in [FULL, Design { strata: false, ..FULL }] {
            let figures = |people: &[Person]| {
                let results = run(&everything(), people, design, &Options::default()).unwrap();
                let all = results.groups.into_iter().flat_map(|g| g.members.into_iter().chain([g.total]));
                all.map(|e| e.outcome.figure().map(|f| (f.point(), f.se(), f.df))).collect::<Vec<_>>()
            };
            // Sums are exact and halves of weights are, so not a bit changes.
            prop_assert_eq!(figures(&rows), figures(&halves));
        }
    }

    #[test]
    fn domains_add_up_to_the_whole_with_their_covariance(rows in people()) {
        let people = indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }");
        // Both areas are stated in every row, so they are all of a sex.
        let plan = plan(vec![people], &[(&[], &["area"]), (&["sex"], &["area"])]);
        for design in [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }] {
            let results = run(&plan, &rows, design, &Options::default()).unwrap();
            prop_assert!(!results.groups.is_empty());
            for group in results.groups {
                let value = |e: &inclusion_estimate::Estimate| match &e.outcome.figure()?.value {
                    Uncertainty::Linearized(l) => Some(l.clone()),
                    _ => None,
                };
                let Some(total) = value(&group.total) else { continue };
                let parts: Vec<Linearized> = group.members.iter().filter_map(value).collect();
                let sum: f64 = parts.iter().map(Linearized::value).sum();
                prop_assert!((sum - total.value()).abs() <= 1e-12 * total.value().abs());
                let sum = parts.iter().map(|part| (1.0, part));
                let sum = Linearized::combine(0.0, sum).unwrap();
                prop_assert!((sum.se() - total.se()).abs() <= 1e-9 * total.se().max(total.value() * 1e-3));
            }
        }
    }

    #[test]
    fn relabelling_the_sexes_flips_the_gap(rows in people()) {
        let swapped: Vec<Person> = rows
            .iter()
            .map(|p| Person { sex: match p.sex { 0 => 1, 1 => 0, other => other }, ..p.clone() })
            .collect();
        let plan = plan(vec![users()], &[(&[], &["sex"])]);
        let gap = |people: &[Person]| {
            let results = run(&plan, people, FULL, &Options::default()).unwrap();
            let value = |i: usize| match &results.groups[0].members[i].outcome.figure()?.value {
                Uncertainty::Linearized(l) => Some(l.clone()),
                _ => None,
            };
            let (f, m) = (value(0)?, value(1)?);
            Some(Linearized::combine(m.value() - f.value(), [(1.0, &m), (-1.0, &f)]).unwrap())
        };
        if let (Some(a), Some(b)) = (gap(&rows), gap(&swapped)) {
            prop_assert_eq!(a.value(), -b.value());
            prop_assert!((a.se() - b.se()).abs() <= 1e-12 * a.se() + 1e-15);
        }
    }
}

#[test]
fn many_small_domains_cost_no_more_than_their_rows() {
    // A hundred thousand areas, each with two rows: nothing is kept for the empty combinations.
    let concept = |id: &str, n: usize| {
        let mut text = format!("id = '{id}'\nname = '{id}'\nkind = 'category'\nbreakdown = true\n");
        (0..n).for_each(|i| text.push_str(&format!("[[code]]\nid = '{i}'\nname = '{i}'\n")));
        (id.to_string(), toml::from_str(&text).unwrap())
    };
    let mut plan = plan(vec![users()], &[(&["region", "district"], &["sex"])]);
    plan.concepts.extend([concept("region", 317), concept("district", 316)]);
    let n = 200_000usize;
    let people: Vec<Person> = (0..n)
        .map(|i| Person {
            sex: (i % 2) as i16,
            ..person((i / 4000) as i64, (i / 100) as i64, 1.0, (i % 3 == 0) as i16)
        })
        .collect();
    let rows = batch(&people, FULL);
    let mut columns: Vec<(String, arrow::array::ArrayRef)> = rows
        .schema()
        .fields()
        .iter()
        .zip(rows.columns())
        .map(|(f, c)| (f.name().clone(), c.clone()))
        .collect();
    let codes = |of: fn(usize) -> usize| -> arrow::array::ArrayRef {
        std::sync::Arc::new(
            (0..n).map(|i| Some(of(i) as i16)).collect::<arrow::array::Int16Array>(),
        )
    };
    columns.push(("region".to_string(), codes(|i| i / 2 % 100_172 / 316)));
    columns.push(("district".to_string(), codes(|i| i / 2 % 100_172 % 316)));
    let rows = arrow::array::RecordBatch::try_from_iter(columns).unwrap();
    let results = run_units(&plan, &rows, &[50_000, 50_000], &Options::default()).unwrap();
    assert_eq!(results.groups.len(), 317 * 316);
    let known = results.groups.iter().filter(|g| g.total.outcome.figure().is_some()).count();
    assert_eq!(known, 100_000);
}
