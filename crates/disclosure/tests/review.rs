//! What is shown, what is withheld, and that nothing withheld can be worked out.

use inclusion_disclosure::{Cell, Codings, Publishable, Row};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, Frame, Interval, IntervalMethod, Linearized,
    Measure, Outcome, SeriesKey, Severity, Text, Uncertainty, Unit,
};
use inclusion_registry::Policy;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn dhs() -> Policy {
    Policy {
        id: "dhs".into(),
        name: "DHS".into(),
        withhold_below: 25,
        unreliable_below: 50,
        source: "The DHS Program".into(),
        ..Policy::default()
    }
}

/// The review where no two variables code one source.
fn review(estimates: Vec<Estimate>, policy: &Policy) -> Publishable {
    inclusion_disclosure::review(estimates, policy, &Codings::default())
}

fn key(breakdown: &[(&str, &str)], measure: Measure) -> SeriesKey {
    SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: breakdown.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        measure,
    }
}

fn counts(n: u64) -> Counts {
    Counts { n, weighted: 7.25 * n as f64, n_rows: n, ..Counts::default() }
}

/// A level whose value is a number that no other cell has.
fn level(breakdown: &[(&str, &str)], n: u64) -> Estimate {
    estimate(key(breakdown, Measure::Level), n, vec![])
}

fn estimate(key: SeriesKey, n: u64, parts: Vec<Counts>) -> Estimate {
    let value = Linearized::new(0.3 + n as f64 / 1e5, Frame::new("survey", "HH7"), vec![0.01]);
    let outcome = if n == 0 {
        Outcome::Absent(Absence::NoCases)
    } else {
        Outcome::Known(Figure {
            value: Uncertainty::Linearized(value),
            df: Some(20.0),
            interval: Some(Interval {
                lower: 0.2,
                upper: 0.5,
                level: 0.95,
                method: IntervalMethod::Logit,
            }),
            deff: Some(1.5),
            n_effective: Some(n as f64 / 1.5),
        })
    };
    let diagnostics = vec![Diagnostic {
        code: "lonely_psu_adjusted".into(),
        severity: Severity::Note,
        message: format!("{n} rows").into(),
        count: n,
    }];
    Estimate { key, unit: Unit::Share, outcome, counts: counts(n), parts, diagnostics }
}

fn gap(breakdown: &[(&str, &str)], women: u64, men: u64) -> Estimate {
    estimate(key(breakdown, Measure::Gap), women + men, vec![counts(women), counts(men)])
}

fn row<'a>(publishable: &'a Publishable, breakdown: &[(&str, &str)], measure: Measure) -> &'a Row {
    publishable.get(&key(breakdown, measure)).expect("the row was put in")
}

fn shown(row: &Row) -> bool {
    matches!(row.cell, Cell::Shown(_))
}

#[test]
fn the_number_of_cases_decides_between_missing_withheld_unreliable_and_plain() {
    let expected = [(0, "M"), (1, "Q"), (24, "Q"), (25, "U"), (49, "U"), (50, "A"), (5000, "A")];
    for (n, status) in expected {
        let publishable = review(vec![level(&[], n)], &dhs());
        let row = row(&publishable, &[], Measure::Level);
        assert_eq!(row.obs_status(), status, "n = {n}");
        assert_eq!(row.cell == Cell::Missing(Absence::NoCases), n == 0, "n = {n}");
        assert_eq!(row.cell == Cell::Withheld, (1..25).contains(&n), "n = {n}");
        if let Cell::Shown(shown) = &row.cell {
            assert_eq!(shown.unreliable, n < 50, "n = {n}");
            assert_eq!((shown.n, shown.n_weighted), (n, 7.25 * n as f64));
            assert_eq!(shown.value, 0.3 + n as f64 / 1e5);
        }
    }
}

#[test]
fn a_withheld_row_and_its_log_hold_no_number() {
    let publishable = review(vec![level(&[], 400), level(&[("sex", "F")], 13)], &dhs());
    let row = row(&publishable, &[("sex", "F")], Measure::Level);
    assert_eq!(row.cell, Cell::Withheld);
    assert!(row.diagnostics.is_empty());
    let log = format!("{:?}", publishable.withheld());
    assert!(log.contains("too_few_cases"), "{log}");
    let text = format!("{row:?}{log}").replace("HH7", "").replace("2024", "");
    assert!(!text.chars().any(|c| c.is_ascii_digit()), "{text}");
}

#[test]
fn the_other_sex_goes_too_when_the_total_is_shown() {
    let levels = || vec![level(&[("sex", "F")], 10), level(&[("sex", "M")], 300)];
    let with_total = review([levels(), vec![level(&[], 310)]].concat(), &dhs());
    assert!(shown(row(&with_total, &[], Measure::Level)));
    assert_eq!(row(&with_total, &[("sex", "M")], Measure::Level).cell, Cell::Withheld);
    let reasons: Vec<&str> = with_total.withheld().iter().map(|w| w.reason).collect();
    assert_eq!(reasons, ["too_few_cases", "complement"]);

    let without_total = review(levels(), &dhs());
    assert!(shown(row(&without_total, &[("sex", "M")], Measure::Level)));

    let policy = Policy { sex_complement: false, ..dhs() };
    let not_asked_for = review([levels(), vec![level(&[], 310)]].concat(), &policy);
    assert!(shown(row(&not_asked_for, &[("sex", "M")], Measure::Level)));
}

#[test]
fn the_other_sex_is_preferred_to_a_smaller_third_group() {
    let levels = vec![
        level(&[], 440),
        level(&[("sex", "F")], 10),
        level(&[("sex", "M")], 400),
        level(&[("sex", "X")], 30),
    ];
    let publishable = review(levels, &dhs());
    assert_eq!(row(&publishable, &[("sex", "M")], Measure::Level).cell, Cell::Withheld);
    assert!(shown(row(&publishable, &[("sex", "X")], Measure::Level)));
}

#[test]
fn two_withheld_sexes_protect_each_other() {
    let levels = vec![level(&[], 40), level(&[("sex", "F")], 18), level(&[("sex", "M")], 22)];
    let publishable = review(levels, &dhs());
    assert!(shown(row(&publishable, &[], Measure::Level)));
    assert!(publishable.withheld().iter().all(|w| w.reason == "too_few_cases"));
}

#[test]
fn an_empty_sex_protects_nothing_so_the_parent_goes() {
    let rural = ("urbanisation", "rural");
    let urban = ("urbanisation", "urban");
    let levels = vec![
        level(&[], 520),
        level(&[rural], 20),
        level(&[rural, ("sex", "F")], 20),
        level(&[rural, ("sex", "M")], 0),
        level(&[urban], 500),
        level(&[urban, ("sex", "F")], 240),
        level(&[urban, ("sex", "M")], 260),
    ];
    let publishable = review(levels, &dhs());
    let cell = |b: &[(&str, &str)]| row(&publishable, b, Measure::Level).cell.clone();
    assert_eq!(cell(&[rural, ("sex", "M")]), Cell::Missing(Absence::NoCases));
    assert_eq!(cell(&[rural]), Cell::Withheld);
    // Rural would be the total without urban, and urban the sum of its sexes.
    assert_eq!(cell(&[urban]), Cell::Withheld);
    assert!(!shown(row(&publishable, &[urban, ("sex", "F")], Measure::Level)));
    assert!(!shown(row(&publishable, &[urban, ("sex", "M")], Measure::Level)));
    assert!(shown(row(&publishable, &[], Measure::Level)));
}

#[test]
fn the_group_with_the_next_fewest_cases_goes_with_a_single_withheld_group() {
    let region = |code: &'static str, n| level(&[("region", code)], n);
    let levels = vec![
        level(&[], 700),
        region("a", 24),
        region("b", 276),
        region("c", 200),
        region("d", 200),
    ];
    let publishable = review(levels, &dhs());
    let withheld: Vec<&str> =
        publishable.withheld().iter().map(|w| w.key.breakdown["region"].as_str()).collect();
    assert_eq!(withheld, ["a", "c"], "of two equally small groups the first by key");
}

#[test]
fn gaps_inherit_the_worst_mark_of_their_parts() {
    let classes = [(0, 400, "A"), (10, 400, "Q"), (30, 400, "U"), (400, 49, "U"), (50, 50, "A")];
    for (women, men, status) in classes {
        let publishable = review(vec![gap(&[], women, men)], &dhs());
        let row = row(&publishable, &[], Measure::Gap);
        assert_eq!(row.obs_status(), status, "{women} women and {men} men");
    }
}

#[test]
fn everything_made_of_a_withheld_level_vanishes() {
    let mut estimates = vec![
        level(&[], 310),
        level(&[("sex", "F")], 10),
        level(&[("sex", "M")], 300),
        gap(&[], 10, 300),
    ];
    // Without their parts, the measures still find the levels that they are made of.
    for measure in [Measure::Parity, Measure::UserDifference, Measure::ExcessOffline] {
        estimates.push(estimate(key(&[], measure), 310, vec![]));
    }
    for measure in [Measure::Headcount, Measure::Nonresponse] {
        estimates.push(estimate(key(&[("sex", "M")], measure), 300, vec![]));
    }
    estimates.push(estimate(key(&[], Measure::Headcount), 310, vec![]));
    let publishable = review(estimates, &dhs());
    for row in publishable.rows() {
        // The count of all is that of women and men: beside the total's rate it would tell both.
        let total = row.key.breakdown.is_empty() && row.key.measure == Measure::Level;
        assert_eq!(shown(row), total, "{:?}", row.key);
    }
    let derived = publishable.withheld().iter().filter(|w| w.reason == "derived").count();
    assert_eq!(derived, 7);
}

#[test]
fn an_undefined_ratio_of_a_withheld_level_does_not_tell_that_a_rate_is_zero() {
    let mut ratio = gap(&[], 300, 12);
    ratio.key.measure = Measure::Parity;
    ratio.outcome = Outcome::Absent(Absence::ZeroDenominator);
    let publishable = review(vec![ratio], &dhs());
    assert_eq!(row(&publishable, &[], Measure::Parity).cell, Cell::Withheld);
}

#[test]
fn nonresponse_of_a_withheld_base_cannot_be_worked_out_either() {
    // The total itself is not known (no population to weight two files with), its non-response is.
    let mut total = level(&[], 310);
    total.outcome = Outcome::Absent(Absence::PopulationUnknown);
    let of = |b: &[(&str, &str)], n| estimate(key(b, Measure::Nonresponse), n, vec![]);
    let (women, men) = ([("sex", "F")], [("sex", "M")]);
    let publishable = review(
        vec![
            total,
            level(&women, 8),
            level(&men, 300),
            of(&[], 320),
            of(&women, 10),
            of(&men, 310),
        ],
        &dhs(),
    );
    assert!(shown(row(&publishable, &men, Measure::Level)), "no total, nothing to subtract from");
    assert!(shown(row(&publishable, &[], Measure::Nonresponse)));
    assert_eq!(row(&publishable, &women, Measure::Nonresponse).cell, Cell::Withheld);
    assert_eq!(row(&publishable, &men, Measure::Nonresponse).cell, Cell::Withheld);
}

#[test]
fn one_key_twice_gives_one_row_and_a_difference_is_noted() {
    let again = review(vec![level(&[], 60), level(&[], 60)], &dhs());
    assert_eq!(again.rows().len(), 1);
    assert_eq!(again.rows()[0].diagnostics.len(), 1);
    let conflict = review(vec![level(&[], 60), level(&[], 20)], &dhs());
    assert_eq!(conflict.rows()[0].cell, Cell::Withheld);
    let conflict = review(vec![level(&[], 60), level(&[], 70)], &dhs());
    assert!(conflict.rows()[0].diagnostics.iter().any(|d| d.code == "conflicting_figures"));
}

#[test]
fn two_splits_of_an_unpublished_whole_do_not_betray_each_other() {
    // No total is printed, but both splits add to it.
    let levels = vec![
        level(&[("age", "15-24")], 200),
        level(&[("age", "25-49")], 220),
        level(&[("region", "north")], 10),
        level(&[("region", "south")], 410),
    ];
    let publishable = review(levels, &dhs());
    assert!(!shown(row(&publishable, &[("region", "south")], Measure::Level)));
}

#[test]
fn cells_that_only_several_relations_together_betray_are_protected() {
    // Two blocks of four withheld cells and one withheld cell that joins them: every row and column
    // has two unknowns, yet the joining cell follows from the sum of the first two rows without the
    // first two columns.
    let small = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)];
    let codes = ["a", "b", "c", "d"];
    let mut levels = Vec::new();
    for r in 0..4 {
        for c in 0..4 {
            let n = if small.contains(&(r, c)) { 10 } else { 100 };
            levels.push(level(&[("region", codes[r]), ("wealth", codes[c])], n));
        }
    }
    for code in codes {
        levels.push(level(&[("region", code)], 300));
        levels.push(level(&[("wealth", code)], 300));
    }
    levels.push(level(&[], 1200));
    let publishable = review(levels, &dhs());
    assert!(publishable.withheld().iter().any(|w| w.reason == "complement"));
    assert_eq!(worked_out(&publishable), Vec::<String>::new());
}

#[test]
fn protection_reaches_further_where_the_nearest_relations_have_nothing_left_to_give() {
    // Women and men by urbanisation, by wealth, both crossed, and no margin of one dimension alone.
    let cells = [0, 16, 9, 1, 0, 25, 0, 0, 0, 25, 0, 0];
    let publishable = review(table(&cells, 0b1110_1000), &dhs());
    assert_eq!(worked_out(&publishable), Vec::<String>::new());
}

#[test]
fn nothing_is_withheld_for_a_cell_that_nothing_can_protect() {
    // Ten persons have not stated their sex and there is no man: women follow from the total unless
    // it goes, and it stays.
    let region = |code: &'static str, n| level(&[("region", code)], n);
    let levels = vec![
        level(&[], 134),
        level(&[("sex", "F")], 24),
        level(&[("sex", "M")], 0),
        region("a", 60),
        region("b", 74),
    ];
    let publishable = review(levels, &dhs());
    assert_eq!(publishable.withheld().len(), 1);
    assert!(shown(row(&publishable, &[], Measure::Level)));
    assert!(shown(row(&publishable, &[("region", "a")], Measure::Level)));
}

/// An attack that shares no code with the review: all sums of cells over dimensions as equations in
/// the withheld cells, solved by Gaussian elimination in floating point. Lists what follows.
fn worked_out(publishable: &Publishable) -> Vec<String> {
    let levels: Vec<&Row> =
        publishable.rows().iter().filter(|r| r.key.measure == Measure::Level).collect();
    let hidden: Vec<usize> =
        (0..levels.len()).filter(|i| levels[*i].cell == Cell::Withheld).collect();
    let mut system: Vec<Vec<f64>> = Vec::new();
    for whole in &levels {
        let inside: Vec<&&Row> = levels
            .iter()
            .filter(|part| {
                part.key.breakdown.len() > whole.key.breakdown.len()
                    && whole.key.breakdown.iter().all(|(k, v)| part.key.breakdown.get(k) == Some(v))
            })
            .collect();
        let mut shapes: Vec<Vec<&Text>> =
            inside.iter().map(|part| part.key.breakdown.keys().collect()).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            let coefficient = |i: &usize| {
                let cell = levels[*i];
                if cell.key == whole.key {
                    -1.0
                } else if inside.iter().any(|part| part.key == cell.key)
                    && cell.key.breakdown.keys().eq(shape.iter().copied())
                {
                    1.0
                } else {
                    0.0
                }
            };
            system.push(hidden.iter().map(coefficient).collect());
        }
    }
    let mut pivots = 0;
    for column in 0..hidden.len() {
        let best = (pivots..system.len())
            .max_by(|a, b| system[*a][column].abs().total_cmp(&system[*b][column].abs()));
        let Some(best) = best.filter(|b| system[*b][column].abs() > 1e-9) else { continue };
        system.swap(pivots, best);
        let pivot = system[pivots].clone();
        for (i, row) in system.iter_mut().enumerate() {
            let factor = row[column] / pivot[column];
            if i != pivots && factor != 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(a, b)| *a -= factor * b);
            }
        }
        pivots += 1;
    }
    system
        .iter()
        .filter_map(|row| {
            let mut named = (0..hidden.len()).filter(|c| row[*c].abs() > 1e-9);
            match (named.next(), named.next()) {
                (Some(only), None) => Some(format!("{:?}", levels[hidden[only]].key.breakdown)),
                _ => None,
            }
        })
        .collect()
}

/// All margins of a table of sex × urbanisation × wealth, as one study would print them.
fn table(cells: &[u64], published: u8) -> Vec<Estimate> {
    let dimensions: [(&str, &[&str]); 3] =
        [("sex", &["F", "M"]), ("urbanisation", &["rural", "urban"]), ("wealth", &["1", "2", "3"])];
    let mut sums: BTreeMap<Vec<(&str, &str)>, u64> = BTreeMap::new();
    for mask in 0u8..8 {
        // The total and the full cross always; the other margins as the case says.
        if mask != 0 && mask != 7 && published & (1 << mask) == 0 {
            continue;
        }
        for (i, n) in cells.iter().enumerate() {
            let codes = [i / 6, i / 3 % 2, i % 3];
            let breakdown = (0..3)
                .filter(|d| mask & (1 << d) != 0)
                .map(|d| (dimensions[d].0, dimensions[d].1[codes[d]]))
                .collect();
            *sums.entry(breakdown).or_default() += n;
        }
    }
    sums.into_iter().map(|(breakdown, n)| level(&breakdown, n)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_withheld_cell_follows_from_what_is_shown(
        cells in prop::collection::vec(prop_oneof![Just(0u64), 1u64..25, 25u64..400, 200u64..400], 12),
        published in any::<u8>(),
    ) {
        let publishable = review(table(&cells, published), &dhs());
        // A total of few cases is withheld itself; otherwise nothing may follow.
        prop_assert_eq!(worked_out(&publishable), Vec::<String>::new());
        for row in publishable.rows() {
            if let Cell::Shown(shown) = &row.cell {
                prop_assert!(shown.n >= 25);
                prop_assert_eq!(shown.unreliable, shown.n < 50);
            }
            if row.key.breakdown.is_empty() {
                prop_assert_eq!(shown(row), cells.iter().sum::<u64>() >= 25);
            }
        }
    }

    #[test]
    fn the_order_of_the_estimates_does_not_matter(
        cells in prop::collection::vec(0u64..120, 12),
        turn in 0usize..36,
    ) {
        let mut estimates = table(&cells, 255);
        let first = review(estimates.clone(), &dhs());
        estimates.rotate_left(turn % first.rows().len());
        let second = review(estimates, &dhs());
        prop_assert_eq!(first.rows(), second.rows());
        prop_assert_eq!(first.withheld(), second.withheld());
    }
}
