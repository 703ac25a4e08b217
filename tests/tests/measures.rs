//! From two estimates to what is printed: measures, verdicts by the built-in sets of limits, and the
//! disclosure review by the built-in profiles, together.

use inclusion_disclosure::{Cell, Codings, Publishable, review};
use inclusion_estimate::{
    Counts, Estimate, Figure, Frame, Linearized, Measure, Outcome, SeriesKey, Uncertainty, Unit,
    percent, round_half_away,
};
use inclusion_measures::{
    Options, compare, headcount_of, nonresponse, standing, total_of_two, verdict,
};
use inclusion_registry::{Direction, Registry};
use std::collections::BTreeMap;

fn registry() -> Registry {
    Registry::builtin().expect("the built-in registry is valid")
}

fn level(sex: Option<&str>, value: f64, scores: Vec<f64>, n: u64) -> Estimate {
    let frame = Frame::new("survey", "HH7 by sex");
    Estimate {
        key: SeriesKey {
            source: "survey".into(),
            ref_area: "XXA".into(),
            time_period: "2024".into(),
            indicator: "HH7".into(),
            breakdown: sex.map(|s| ("sex".to_string(), s.to_string())).into_iter().collect(),
            measure: Measure::Level,
        },
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value: Uncertainty::Linearized(Linearized::new(value, frame, scores)),
            df: None,
            interval: None,
            deff: None,
            n_effective: None,
        }),
        counts: Counts {
            n,
            weighted: n as f64,
            n_rows: n,
            missing: [("refused", 3_u64)].into_iter().collect(),
            ..Counts::default()
        },
        parts: vec![],
        diagnostics: vec![],
    }
}

/// Everything that is printed of one cell with women and men.
fn published(women_n: u64, men_n: u64, policy: &str) -> Publishable {
    let women = level(Some("F"), 0.6204, vec![0.012, 0.0], women_n);
    let men = level(Some("M"), 0.7006, vec![0.0, 0.011], men_n);
    let populations = Some((25.0e6, 24.5e6));
    let options = Options {
        measures: vec![
            Measure::Gap,
            Measure::RelativeGap,
            Measure::Parity,
            Measure::AdjustedParity,
            Measure::UserDifference,
            Measure::WomenToParity,
            Measure::ExcessOffline,
        ],
        populations,
        ..Options::default()
    };
    let total = level(None, 0.66, vec![0.006, 0.0055], women_n + men_n);
    let mut all = compare(&women, &men, None, Direction::Higher, &options);
    all.extend([&total, &women, &men].map(nonresponse));
    all.extend([&total, &women, &men].map(|l| headcount_of(l, Some(1e6))));
    all.extend([total, women, men]);
    review(all, &registry().policies[policy], &Codings::default())
}

#[test]
fn rates_and_gap_print_by_the_decimal_rule_and_the_gap_from_unrounded_rates() {
    let publishable = published(400, 300, "dhs");
    let mut printed = BTreeMap::new();
    for row in publishable.rows() {
        let Cell::Shown(shown) = &row.cell else { panic!("{:?} is not shown", row.key) };
        let text = match row.unit {
            Unit::Share => percent(shown.value, 1),
            _ => round_half_away(shown.value, 3),
        };
        printed.insert((row.key.measure, row.key.sex().unwrap_or("T")), text);
    }
    assert_eq!(printed[&(Measure::Level, "F")], "62.0");
    assert_eq!(printed[&(Measure::Level, "M")], "70.1");
    // Not 70.1 − 62.0 = 8.1.
    assert_eq!(printed[&(Measure::Gap, "T")], "8.0");
    assert_eq!(printed[&(Measure::Parity, "T")], "0.886");
}

/// Whether a figure rests on all answers together. The head count of all does not: it is the sum of
/// women's and men's, and beside the rate of all it would tell both.
fn of_all(key: &SeriesKey) -> bool {
    key.sex().is_none() && matches!(key.measure, Measure::Level | Measure::Nonresponse)
}

#[test]
fn a_withheld_sex_leaves_nothing_of_either_sex_nor_of_what_is_made_of_them() {
    let publishable = published(24, 300, "dhs");
    for row in publishable.rows() {
        assert_eq!(matches!(row.cell, Cell::Shown(_)), of_all(&row.key), "{:?}", row.key);
        assert_eq!(row.obs_status() == "Q", !of_all(&row.key), "{:?}", row.key);
    }
    // The same cell has enough cases by another profile, and is marked.
    let eurostat = published(24, 300, "eurostat");
    assert!(eurostat.withheld().is_empty());
    for row in eurostat.rows() {
        let Cell::Shown(shown) = &row.cell else { panic!("{:?} is not shown", row.key) };
        let on_women = row.key.sex() != Some("M") && !of_all(&row.key);
        assert_eq!(shown.unreliable, on_women, "{:?}", row.key);
    }
}

#[test]
fn a_total_of_two_files_is_judged_by_the_smaller_file() {
    let women = level(Some("F"), 0.62, vec![0.012, 0.0], 400);
    let men = level(Some("M"), 0.70, vec![0.0, 0.011], 40);
    let method = inclusion_estimate::IntervalMethod::Logit;
    let total = total_of_two(&women, &men, Some((25.0, 24.5)), None, 0.95, method);
    let key = total.key.clone();
    let publishable =
        review(vec![women, men, total], &registry().policies["dhs"], &Codings::default());
    let Cell::Shown(shown) = &publishable.get(&key).expect("the total is there").cell else {
        panic!("the total is not shown");
    };
    assert_eq!((percent(shown.value, 2).as_str(), shown.unreliable), ("65.96", true));
}

#[test]
fn built_in_limits_disagree_about_the_same_ratio_and_say_who_they_are() {
    let registry = registry();
    let sets = ["itu", "unesco", "undp-gdi"].map(|id| verdict(0.975, &registry.thresholds[id]));
    assert_eq!(sets.clone().map(|v| v.inside), [Some(false), Some(true), None]);
    assert_eq!(sets.clone().map(|v| v.set), ["itu", "unesco", "undp-gdi"]);
    // The deviation is 2.5 per cent, the end of the first group, which belongs to the second.
    assert_eq!(sets[2].label, registry.thresholds["undp-gdi"].groups[1].1);
}

#[test]
fn the_statement_about_a_gap_comes_from_its_interval() {
    let publishable = published(400, 300, "dhs");
    let gap = publishable.rows().iter().find(|r| r.key.measure == Measure::Gap);
    let Cell::Shown(gap) = &gap.expect("there is a gap").cell else { panic!("not shown") };
    assert_eq!(standing(gap.interval.as_ref()), inclusion_measures::Standing::WomenBehind);
}
