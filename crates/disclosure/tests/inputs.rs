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
        source: "The DHS Program".into(),
        ..Policy::default()
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
fn a_pooled_cell_without_a_figure_is_not_told_by_the_others_of_its_pool() {
    // The cell has few cases in each survey, and in a single PSU of each: there is no figure of all.
    let of = |source: &str, code: Option<&str>| {
        let breakdown: Vec<(&str, &str)> = code.map(|c| ("indigenous", c)).into_iter().collect();
        key(source, &breakdown, Measure::Level)
    };
    let mut estimates = Vec::new();
    let mut inputs = Inputs::new();
    for (code, of_a, of_b) in [(None, 607, 607), (Some("no"), 600, 600), (Some("yes"), 7, 7)] {
        estimates.push(estimate(of("a", code), of_a, &[]));
        estimates.push(estimate(of("b", code), of_b, &[]));
        let mut pooled = estimate(of("p", code), of_a + of_b, &[]);
        if code == Some("yes") {
            pooled.outcome = Outcome::Absent(Absence::PartAbsent);
        }
        estimates.push(pooled);
        inputs.insert(of("p", code), vec![of("a", code), of("b", code)]);
    }
    let reviewed = review(estimates, &inputs);
    assert_eq!(cell(&reviewed, &of("p", Some("yes"))), &Cell::Withheld);
    let shown = |code| matches!(cell(&reviewed, &of("p", code)), Cell::Shown(_));
    assert!(!(shown(None) && shown(Some("no"))), "the difference of the two is the withheld cell");
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
    /// Whatever the numbers of cases: no withheld figure follows from the pools that does not follow from
    /// the surveys alone, and no change is shown of which a round is withheld. The reader of this test
    /// knows every sum, and solves them by elimination.
    #[test]
    fn no_withheld_figure_follows_from_pools(
        counts in prop::collection::vec(0_u64..70, 3 * 2 * 3),
        overlapping in any::<bool>(),
    ) {
        let mut estimates = Vec::new();
        let mut inputs = Inputs::new();
        let groups = ["R", "U", "V"];
        let surveys = ["a", "b", "c"];
        let pools: Vec<(&str, Vec<usize>)> = match overlapping {
            true => vec![("p", vec![0, 1, 2]), ("q", vec![0, 1]), ("r", vec![1, 2])],
            false => vec![("p", vec![0, 1, 2])],
        };
        // Every figure as a sum of the finest cells.
        let mut sums: BTreeMap<(String, Codes), Vec<usize>> = BTreeMap::new();
        for at in 0..counts.len() {
            let (survey, sex) = (at / 6, ["F", "M"][at % 2]);
            let group = groups[at / 2 % 3];
            for breakdown in [
                vec![("area", group), ("sex", sex)],
                vec![("area", group)],
                vec![("sex", sex)],
                vec![],
            ] {
                let mut add = |source: &str| {
                    sums.entry((source.to_string(), breakdown.clone())).or_default().push(at);
                };
                add(surveys[survey]);
                pools.iter().filter(|(_, of)| of.contains(&survey)).for_each(|(id, _)| add(id));
            }
        }
        let n_of = |of: &[usize]| of.iter().map(|at| counts[*at]).sum::<u64>();
        for ((source, breakdown), of) in &sums {
            let own = key(source, breakdown, Measure::Level);
            estimates.push(estimate(own.clone(), n_of(of), &[]));
            if let Some((_, members)) = pools.iter().find(|(id, _)| id == source) {
                let parts = members.iter().map(|at| key(surveys[*at], breakdown, Measure::Level));
                inputs.insert(own, parts.collect());
            } else if source == "b" {
                let change = key("a/b", breakdown, Measure::Change);
                let before = n_of(&sums[&("a".to_string(), breakdown.clone())]);
                let n = n_of(of);
                estimates.push(estimate(change.clone(), n + before, &[n, before]));
                inputs.insert(change, vec![own, key("a", breakdown, Measure::Level)]);
            }
        }
        let reviewed = review(estimates, &inputs);
        let mut known = Space::default();
        let is_pool = |source: &str| pools.iter().any(|(id, _)| *id == source);
        let tell = |known: &mut Space, of_pools: bool| {
            for ((source, breakdown), of) in sums.iter().filter(|((s, _), _)| is_pool(s) == of_pools) {
                match cell(&reviewed, &key(source, breakdown, Measure::Level)) {
                    Cell::Shown(_) => known.add(of),
                    // Nothing in a sum is nothing in its parts.
                    Cell::Missing(_) => of.iter().for_each(|at| known.add(&[*at])),
                    Cell::Withheld => {}
                }
            }
        };
        let few = |source: &str, of: &[usize]| !is_pool(source) || (1..25).contains(&n_of(of));
        let hidden: Vec<&Vec<usize>> = sums
            .iter()
            .filter(|((source, breakdown), of)| {
                let own = key(source, breakdown, Measure::Level);
                cell(&reviewed, &own) == &Cell::Withheld && few(source, of)
            })
            .map(|(_, of)| of)
            .collect();
        tell(&mut known, false);
        let before: Vec<bool> = hidden.iter().map(|of| known.holds(of)).collect();
        tell(&mut known, true);
        for (of, before) in hidden.iter().zip(before) {
            prop_assert!(before || !known.holds(of), "{of:?} follows from the pools: {counts:?}");
        }
        for (made, of) in inputs.iter().filter(|(made, _)| made.measure == Measure::Change) {
            if of.iter().any(|key| cell(&reviewed, key) == &Cell::Withheld) {
                prop_assert_eq!(cell(&reviewed, made), &Cell::Withheld);
            }
        }
    }
}

/// Sums that a reader knows, in echelon form.
#[derive(Default, Clone)]
struct Space {
    rows: Vec<Vec<f64>>,
}

impl Space {
    fn reduced(&self, of: &[usize]) -> Vec<f64> {
        let mut row = vec![0.0; 18];
        of.iter().for_each(|at| row[*at] = 1.0);
        for known in &self.rows {
            let lead = known.iter().position(|v| v.abs() > 0.5).unwrap();
            let factor = row[lead] / known[lead];
            row.iter_mut().zip(known).for_each(|(v, k)| *v -= factor * k);
        }
        row
    }

    fn add(&mut self, of: &[usize]) {
        let row = self.reduced(of);
        let most = row.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        if most > 1e-9 {
            let lead = row.iter().position(|v| v.abs() > 1e-9).unwrap();
            let scale = row[lead];
            let row: Vec<f64> =
                row.iter().map(|v| if v.abs() > 1e-9 { v / scale } else { 0.0 }).collect();
            for known in &mut self.rows {
                let factor = known[lead];
                known.iter_mut().zip(&row).for_each(|(v, k)| *v -= factor * k);
                known.iter_mut().for_each(|v| *v = if v.abs() > 1e-9 { *v } else { 0.0 });
            }
            self.rows.push(row);
        }
    }

    fn holds(&self, of: &[usize]) -> bool {
        self.reduced(of).iter().all(|v| v.abs() < 1e-9)
    }
}

#[test]
fn a_pool_of_small_surveys_is_shown_where_it_tells_none_of_them() {
    let of = |source: &str, sex: &str| key(source, &[("sex", sex)], Measure::Level);
    let all = |source: &str| key(source, &[], Measure::Level);
    let mut estimates = Vec::new();
    let mut inputs = Inputs::new();
    // Few women in each of two surveys: the men are withheld with them.
    for (source, women, men) in [("a", 15, 200), ("b", 20, 300), ("p", 35, 500)] {
        estimates.push(estimate(of(source, "F"), women, &[]));
        estimates.push(estimate(of(source, "M"), men, &[]));
        estimates.push(estimate(all(source), women + men, &[]));
    }
    for sex in ["F", "M"] {
        inputs.insert(of("p", sex), vec![of("a", sex), of("b", sex)]);
    }
    inputs.insert(all("p"), vec![all("a"), all("b")]);
    let reviewed = review(estimates.clone(), &inputs);
    for sex in ["F", "M"] {
        assert_eq!(cell(&reviewed, &of("a", sex)), &Cell::Withheld);
        assert!(matches!(cell(&reviewed, &of("p", sex)), Cell::Shown(_)), "{sex}");
    }
    // A third survey in which women are many does not matter; a pool of it with one of the others would
    // tell that one.
    let mut more = estimates.clone();
    let mut told = inputs.clone();
    for (source, women, men) in [("c", 100, 100), ("q", 115, 300)] {
        more.push(estimate(of(source, "F"), women, &[]));
        more.push(estimate(of(source, "M"), men, &[]));
    }
    for sex in ["F", "M"] {
        told.insert(of("q", sex), vec![of("a", sex), of("c", sex)]);
    }
    let reviewed = review(more, &told);
    assert_eq!(cell(&reviewed, &of("q", "F")), &Cell::Withheld);
    assert!(matches!(cell(&reviewed, &of("p", "F")), Cell::Shown(_)));
}
