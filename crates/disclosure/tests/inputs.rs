//! What is made of other figures is shown only where all of those are.

use inclusion_disclosure::{Cell, Codings, Inputs, Publishable, review_with};
use inclusion_estimate::{
    Absence, Counts, Estimate, Figure, Frame, Linearized, Measure, Outcome, SeriesKey, Uncertainty,
    Unit,
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
        sex_complement: true,
        source: "The DHS Program".into(),
    }
}

fn key(source: &str, breakdown: &[(&str, &str)], measure: Measure) -> SeriesKey {
    SeriesKey {
        source: source.into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: breakdown.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        measure,
    }
}

fn estimate(key: SeriesKey, n: u64, parts: &[u64]) -> Estimate {
    let value = Linearized::new(0.4, Frame::new("survey", "HH7"), vec![0.01]);
    let figure = Figure {
        value: Uncertainty::Linearized(value),
        df: Some(20.0),
        interval: None,
        deff: None,
        n_effective: None,
    };
    let counts = |n: &u64| Counts { n: *n, n_rows: *n, ..Counts::default() };
    Estimate {
        key,
        unit: Unit::Share,
        outcome: match n {
            0 => Outcome::Absent(Absence::NoCases),
            _ => Outcome::Known(figure),
        },
        counts: counts(&n),
        parts: parts.iter().map(counts).collect(),
        diagnostics: Vec::new(),
    }
}

fn review(estimates: Vec<Estimate>, inputs: &Inputs) -> Publishable {
    review_with(estimates, &dhs(), &Codings::default(), inputs)
}

fn cell<'a>(publishable: &'a Publishable, key: &SeriesKey) -> &'a Cell {
    &publishable.get(key).expect("the row was put in").cell
}

#[test]
fn a_pool_does_not_tell_a_withheld_survey_by_subtraction() {
    let [a, b, c, p] = ["a", "b", "c", "p"].map(|of| key(of, &[], Measure::Level));
    let estimates = |small: u64| {
        vec![
            estimate(a.clone(), 400, &[]),
            estimate(b.clone(), small, &[]),
            estimate(c.clone(), 300, &[]),
            estimate(p.clone(), 700 + small, &[]),
        ]
    };
    let inputs = Inputs::from([(p.clone(), vec![a.clone(), b.clone(), c.clone()])]);
    let hidden = review(estimates(24), &inputs);
    assert_eq!(cell(&hidden, &b), &Cell::Withheld);
    assert_eq!(cell(&hidden, &p), &Cell::Withheld);
    assert_eq!(hidden.withheld().iter().find(|w| w.key == p).unwrap().reason, "derived");
    // Few cases of one survey are many of all.
    let shown = review(estimates(30), &inputs);
    assert!(matches!(cell(&shown, &b), Cell::Shown(own) if own.unreliable));
    assert!(matches!(cell(&shown, &p), Cell::Shown(own) if !own.unreliable));
}

#[test]
fn what_compares_the_sexes_of_a_pool_is_withheld_with_them() {
    let mut estimates = Vec::new();
    let mut inputs = Inputs::new();
    for (sex, small) in [("F", 10), ("M", 90)] {
        let of = |source: &str| key(source, &[("sex", sex)], Measure::Level);
        estimates.push(estimate(of("a"), small, &[]));
        estimates.push(estimate(of("b"), 200, &[]));
        estimates.push(estimate(of("p"), 200 + small, &[]));
        inputs.insert(of("p"), vec![of("a"), of("b")]);
    }
    let gap = key("p", &[], Measure::Gap);
    estimates.push(estimate(gap.clone(), 500, &[210, 290]));
    let reviewed = review(estimates, &inputs);
    assert_eq!(cell(&reviewed, &key("p", &[("sex", "F")], Measure::Level)), &Cell::Withheld);
    assert_eq!(cell(&reviewed, &gap), &Cell::Withheld);
}

#[test]
fn a_contrast_takes_the_worst_mark_and_fails_closed() {
    let [a, b] = ["a", "b"].map(|of| key(of, &[], Measure::Level));
    let change = key("a/b", &[], Measure::Change);
    let with = |n: u64, inputs: &Inputs| {
        let both = vec![estimate(a.clone(), 400, &[]), estimate(b.clone(), n, &[])];
        let made = estimate(change.clone(), 400 + n, &[400, n]);
        review(both.into_iter().chain([made]).collect(), inputs)
    };
    let told = Inputs::from([(change.clone(), vec![a.clone(), b.clone()])]);
    assert!(matches!(cell(&with(400, &told), &change), Cell::Shown(own) if !own.unreliable));
    assert!(matches!(cell(&with(30, &told), &change), Cell::Shown(own) if own.unreliable));
    assert_eq!(cell(&with(24, &told), &change), &Cell::Withheld);
    // Nobody says what it is made of, or something that is not there.
    assert_eq!(cell(&with(400, &Inputs::new()), &change), &Cell::Withheld);
    let other = key("c", &[], Measure::Level);
    let unknown = Inputs::from([(change.clone(), vec![a.clone(), other])]);
    assert_eq!(cell(&with(400, &unknown), &change), &Cell::Withheld);
    // That a survey cannot give it is no figure.
    let mut unavailable = estimate(change.clone(), 0, &[]);
    unavailable.outcome = Outcome::Absent(Absence::Unavailable);
    let reviewed = review(vec![unavailable], &Inputs::new());
    assert_eq!(cell(&reviewed, &change), &Cell::Missing(Absence::Unavailable));
}

/// A breakdown of the test's own codes.
type Codes = Vec<(&'static str, &'static str)>;

proptest! {
    /// Whatever the numbers of cases: what is shown of a pool or change follows from what is shown of
    /// its surveys, so that it tells nothing more.
    #[test]
    fn nothing_made_of_a_withheld_figure_is_shown(
        counts in prop::collection::vec(0_u64..120, 3 * 2 * 3),
    ) {
        let mut estimates = Vec::new();
        let mut inputs = Inputs::new();
        let groups = ["R", "U", "V"];
        let surveys = ["a", "b", "c"];
        let mut totals: BTreeMap<(String, Codes), u64> = BTreeMap::new();
        for (at, n) in counts.iter().enumerate() {
            let (survey, sex) = (surveys[at / 6], ["F", "M"][at % 2]);
            let group = groups[at / 2 % 3];
            for breakdown in [
                vec![("area", group), ("sex", sex)],
                vec![("area", group)],
                vec![("sex", sex)],
                vec![],
            ] {
                *totals.entry((survey.to_string(), breakdown.clone())).or_default() += n;
                *totals.entry(("p".to_string(), breakdown)).or_default() += n;
            }
        }
        for ((source, breakdown), n) in &totals {
            let own = key(source, breakdown, Measure::Level);
            estimates.push(estimate(own.clone(), *n, &[]));
            if source == "p" {
                let parts = surveys.map(|of| key(of, breakdown, Measure::Level));
                inputs.insert(own, parts.to_vec());
            } else if source == "b" {
                let change = key("a/b", breakdown, Measure::Change);
                let before = totals[&("a".to_string(), breakdown.clone())];
                estimates.push(estimate(change.clone(), n + before, &[*n, before]));
                inputs.insert(change, vec![own, key("a", breakdown, Measure::Level)]);
            }
        }
        let reviewed = review(estimates, &inputs);
        for (made, of) in &inputs {
            let hidden = of.iter().any(|key| cell(&reviewed, key) == &Cell::Withheld);
            if hidden {
                prop_assert_eq!(cell(&reviewed, made), &Cell::Withheld);
            }
        }
    }
}
