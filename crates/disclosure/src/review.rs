//! The review: every estimate becomes a row that is shown, withheld or missing.

use crate::coding::Codings;
use crate::complement::protect;
use crate::inputs::{Inputs, inherited};
use crate::mark::{Mark, PRECISION, own_mark, review_notes, with_property};
use crate::pooled::protect_pools;
use crate::relation::{Cell as Known, State};
use crate::rounding::round_shown;
use crate::{Cell, Publishable, Row, Shown, Withheld};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Measure, Outcome, SeriesKey, Severity, Text, Uncertainty,
};
use inclusion_registry::Policy;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Decides for every estimate whether and how it may be shown.
///
/// Everything that will be published of one study goes through one call: a cell is protected
/// against what can be worked out from the rows given here, not from others. `codings` tells which
/// breakdown variables group the same answers (five-year and ten-year ages), so that sums of one
/// tell sums of another.
///
/// A level is judged by the rules of the profile: its unweighted cases (`counts`, and `parts` where it
/// is put together from several samples), the counts with and without its property, its relative
/// standard error, the width of its interval; the worst result decides. A measure of two groups is judged by its `parts` and inherits the worst mark of
/// the levels it is made of; head counts and non-response inherit the mark of their level. A
/// withheld row keeps its key and unit and nothing else.
///
/// If two estimates have one key, which only a mistake in the program that calls can bring about,
/// the one that comes first is used, judged by the smaller number of cases, and the row carries the
/// diagnostic `conflicting_figures` if they differ.
///
/// ```
/// use inclusion_disclosure::{Cell, Codings, review};
/// use inclusion_estimate::*;
/// let policy: inclusion_registry::Policy = toml::from_str(
///     "id = 'dhs'\nname = 'DHS'\nwithhold_below = 25\nunreliable_below = 50\nsource = 'DHS'",
/// ).unwrap();
/// let key = SeriesKey {
///     source: "survey".into(), ref_area: "XXA".into(), time_period: "2024".into(),
///     indicator: "HH7".into(), breakdown: Codes::new(), measure: Measure::Level,
/// };
/// let value = Uncertainty::Linearized(Linearized::exact(0.62));
/// let figure = Figure { value, df: None, interval: None, deff: None, n_effective: None };
/// let estimate = Estimate {
///     key: key.clone(), unit: Unit::Share, outcome: Outcome::Known(figure),
///     counts: Counts { n: 24, ..Counts::default() }, parts: vec![], diagnostics: vec![],
/// };
/// let registry = inclusion_registry::Registry::builtin().unwrap();
/// let codings = Codings::of(registry.concepts.values());
/// let publishable = review(vec![estimate], &policy, &codings);
/// assert_eq!(publishable.get(&key).unwrap().cell, Cell::Withheld);
/// ```
pub fn review(estimates: Vec<Estimate>, policy: &Policy, codings: &Codings) -> Publishable {
    review_with(estimates, policy, codings, &Inputs::new())
}

/// [`review`] of figures some of which are made of others: pools of surveys, changes between rounds,
/// contrasts of groups. `inputs` names what each of them is made of.
///
/// A contrast, or a mean of surveys, is shown only where every figure that it is made of is: then it tells
/// a reader nothing that is not told already, whatever else is shown. A pooled level that adds up its
/// surveys (no `parts`) has more cases than any of them, and is judged by its own; where some of its parts
/// are withheld, it is shown only if no withheld figure follows from it with all else that is shown. A
/// contrast takes the worst mark of its inputs. What names no inputs, or some that are not among the
/// estimates, is withheld.
pub fn review_with(
    estimates: Vec<Estimate>,
    policy: &Policy,
    codings: &Codings,
    inputs: &Inputs,
) -> Publishable {
    let mut estimates = unique(estimates);
    let marks = marks(&estimates, policy, codings, inputs, &BTreeSet::new());
    note(&mut estimates, &marks, policy);
    let beyond_cases = beyond_cases(&estimates, &marks);
    let ledger = crate::analysis::ledger(&estimates);
    let summed = crate::analysis::summed(&estimates, &marks, inputs);
    let mut rows = Vec::with_capacity(estimates.len());
    let mut withheld = Vec::new();
    for (estimate, mark) in estimates.into_iter().zip(marks) {
        if let Mark::Withheld(reason) = mark {
            withheld.push(Withheld { key: estimate.key.clone(), reason });
        }
        rows.push(row(estimate, mark, policy.round_counts));
    }
    Publishable { rows, withheld, ledger, summed, beyond_cases }
}

/// Reason of the cells of a series whose tables are too large to be audited.
const UNAUDITED: &str = "unaudited";

/// Adds what a reader should know of the figures that are shown.
fn note(estimates: &mut [Estimate], marks: &[Mark], policy: &Policy) {
    let unaudited: BTreeSet<[Text; 4]> = estimates
        .iter()
        .zip(marks)
        .filter(|(_, mark)| **mark == Mark::Withheld(UNAUDITED))
        .map(|(estimate, _)| series_of(&estimate.key).map(Text::clone))
        .collect();
    for (estimate, mark) in estimates.iter_mut().zip(marks) {
        if matches!(mark, Mark::Withheld(_)) {
            continue;
        }
        estimate.diagnostics.extend(review_notes(estimate, policy));
        if !unaudited.is_empty() && unaudited.contains(&series_of(&estimate.key).map(Text::clone)) {
            estimate.diagnostics.push(Diagnostic::fixed(
                "disclosure_unaudited",
                Severity::Caution,
                "The tables of this indicator are too large to tell what could be worked out from \
                 them, so that everything but the overall figure is withheld; ask for fewer \
                 breakdowns at a time.",
            ));
        }
    }
}

/// Levels that are withheld for something else than their cases or those of others.
fn beyond_cases(estimates: &[Estimate], marks: &[Mark]) -> BTreeSet<SeriesKey> {
    let reason = |mark: &Mark| match mark {
        Mark::Withheld(reason) => PRECISION.contains(reason) || *reason == UNAUDITED,
        Mark::Plain | Mark::Unreliable => false,
    };
    let pairs = estimates.iter().zip(marks);
    let levels = pairs.filter(|(e, mark)| e.key.measure == Measure::Level && reason(mark));
    levels.map(|(estimate, _)| estimate.key.clone()).collect()
}

/// What figures must have in common so that sums of some tell others.
pub(crate) fn series_of(key: &SeriesKey) -> [&Text; 4] {
    [&key.source, &key.ref_area, &key.time_period, &key.indicator]
}

/// Sorted by key, one each.
fn unique(estimates: Vec<Estimate>) -> Vec<Estimate> {
    // Numbers move cheaper than estimates.
    let mut order: Vec<usize> = (0..estimates.len()).collect();
    order.sort_by(|a, b| estimates[*a].key.cmp(&estimates[*b].key));
    let mut given: Vec<Option<Estimate>> = estimates.into_iter().map(Some).collect();
    let mut kept: Vec<Estimate> = Vec::with_capacity(given.len());
    for estimate in order.into_iter().filter_map(|at| given[at].take()) {
        let Some(first) = kept.last_mut().filter(|first| first.key == estimate.key) else {
            kept.push(estimate);
            continue;
        };
        if differ(first, &estimate) {
            first.diagnostics.push(Diagnostic::fixed(
                "conflicting_figures",
                Severity::Caution,
                "Two different figures were computed for this cell; the first is shown.",
            ));
            if estimate.counts.n > 0 && estimate.counts.n < first.counts.n {
                first.counts = estimate.counts;
            }
        }
        first.diagnostics.extend(estimate.diagnostics);
        first.diagnostics.sort();
        first.diagnostics.dedup();
    }
    kept
}

/// Two figures for one key differ by more than the order of a sum explains.
fn differ(a: &Estimate, b: &Estimate) -> bool {
    let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1e-12),
        (x, y) => x == y,
    };
    let values = |e: &Estimate| e.outcome.figure().map(|f| (f.point(), f.se()));
    let (x, y) = (values(a), values(b));
    a.counts.n != b.counts.n
        || !near(x.map(|v| v.0), y.map(|v| v.0))
        || !near(x.and_then(|v| v.1), y.and_then(|v| v.1))
}

/// The mark of each estimate: levels first, then what is made of them. Those `withheld_before` are
/// withheld, whatever stands behind them.
pub(crate) fn marks(
    estimates: &[Estimate],
    policy: &Policy,
    codings: &Codings,
    inputs: &Inputs,
    withheld_before: &BTreeSet<SeriesKey>,
) -> Vec<Mark> {
    let mark = |estimate: &Estimate| match withheld_before.contains(&estimate.key) {
        true => Mark::Withheld("derived"),
        false => own_mark(estimate, policy),
    };
    let mut marks: Vec<Mark> = estimates.iter().map(mark).collect();
    // What is withheld of one indicator may withhold figures of another, and those more of its own.
    loop {
        against_working_out(estimates, &mut marks, Measure::Level, policy, codings, inputs);
        protect_pools(estimates, &mut marks, inputs, policy, codings);
        let linked = codings.links.protect(estimates, &mut marks);
        if !crate::sums::protect(&codings.sums, estimates, &mut marks) && !linked {
            break;
        }
    }
    derived(estimates, &mut marks);
    // Non-response has a base of its own, which is additive too.
    against_working_out(estimates, &mut marks, Measure::Nonresponse, policy, codings, inputs);
    inherited(estimates, &mut marks, inputs);
    marks
}

/// Withholds more cells of one measure until none of the withheld can be worked out. What is made of
/// other figures shows nothing that they do not, so it needs no protection of its own.
fn against_working_out(
    estimates: &[Estimate],
    marks: &mut [Mark],
    measure: Measure,
    policy: &Policy,
    codings: &Codings,
    inputs: &Inputs,
) {
    let own = |e: &Estimate| e.key.measure == measure && !inputs.contains_key(&e.key);
    let withheld = |(e, mark): (&Estimate, &Mark)| matches!(mark, Mark::Withheld(_)) && own(e);
    if !estimates.iter().zip(marks.iter()).any(withheld) {
        return;
    }
    let mut series: BTreeMap<[&str; 4], Vec<usize>> = BTreeMap::new();
    for (i, estimate) in estimates.iter().enumerate().filter(|(_, e)| own(e)) {
        series.entry(series_of(&estimate.key).map(Text::as_str)).or_default().push(i);
    }
    for members in series.values() {
        let cells: Vec<Known> = members.iter().map(|i| known(&estimates[*i], marks[*i])).collect();
        let protected = protect(&cells, codings, policy);
        let reason = if protected.audited { "complement" } else { UNAUDITED };
        for cell in protected.added {
            marks[members[cell]] = Mark::Withheld(reason);
        }
    }
}

/// What a reader knows of an estimate with this mark.
pub(crate) fn known(estimate: &Estimate, mark: Mark) -> Known {
    Known {
        breakdown: estimate.key.breakdown.clone(),
        n: estimate.counts.n,
        with: with_property(estimate),
        stays: estimate.key.breakdown.is_empty(),
        state: state_of(mark, &estimate.outcome),
    }
}

fn state_of(mark: Mark, outcome: &Outcome) -> State {
    match (mark, outcome) {
        (Mark::Withheld(_), _) => State::Hidden,
        (_, Outcome::Known(_)) => State::Shown,
        (
            _,
            Outcome::Absent(
                Absence::Unavailable
                | Absence::PopulationUnknown
                | Absence::NotApplicable
                | Absence::PartAbsent
                | Absence::CoverageTooLow
                | Absence::TooManyMissing
                | Absence::Confidential
                | Absence::NegativeWeights
                | Absence::DifferentSources,
            ),
        ) => State::Open,
        // That there is nothing in it is known, too.
        (_, Outcome::Absent(_)) => State::Empty,
    }
}

/// The marks of the levels of one group: of all, of women, of men.
type Levels = [Option<Mark>; 3];

/// Gives what is made of levels the worst of its own mark and theirs.
fn derived(estimates: &[Estimate], marks: &mut [Mark]) {
    let levels: FxHashMap<&SeriesKey, Mark> = estimates
        .iter()
        .zip(marks.iter())
        .filter(|(estimate, _)| estimate.key.measure == Measure::Level)
        .map(|(estimate, mark)| (&estimate.key, *mark))
        .collect();
    let of_sex = |key: &SeriesKey, sex: Option<&'static str>| {
        let mut key = SeriesKey { measure: Measure::Level, ..key.clone() };
        if let Some(sex) = sex {
            key.breakdown.insert(Text::fixed("sex"), Text::fixed(sex));
        }
        levels.get(&key).copied()
    };
    // Estimates come in the order of their keys, so that the measures of a group follow each other.
    let mut group: Option<(&SeriesKey, Levels)> = None;
    for (estimate, mark) in estimates.iter().zip(marks) {
        let key = &estimate.key;
        if key.measure == Measure::Level {
            continue;
        }
        let levels = match group {
            Some((own, levels)) if same_group(own, key) => levels,
            _ => [None, Some("F"), Some("M")].map(|sex| of_sex(key, sex)),
        };
        group = Some((key, levels));
        *mark = derived_mark(estimate, *mark, levels);
    }
}

fn same_group(a: &SeriesKey, b: &SeriesKey) -> bool {
    a.breakdown == b.breakdown
        && a.indicator == b.indicator
        && a.time_period == b.time_period
        && a.ref_area == b.ref_area
        && a.source == b.source
}

/// The worst of its own mark and those of the levels it is made of.
fn derived_mark(estimate: &Estimate, own: Mark, [all, women, men]: Levels) -> Mark {
    let made_of = match estimate.key.measure {
        // A count of all is a second sum of women and men beside the total's rate: with both, the
        // rates of the sexes could be worked out.
        Measure::Headcount if !estimate.key.breakdown.contains_key("sex") => [all, women, men],
        Measure::Level | Measure::Headcount | Measure::Nonresponse => [all, None, None],
        Measure::Gap
        | Measure::RelativeGap
        | Measure::Parity
        | Measure::AdjustedParity
        | Measure::UserDifference
        | Measure::WomenToParity
        | Measure::ExcessOffline => [women, men, None],
        // Their inputs have other keys.
        Measure::Change
        | Measure::GapChange
        | Measure::Difference
        | Measure::LevelRatio
        | Measure::RelativeDifference
        | Measure::LogRatio
        | Measure::GapDifference
        | Measure::ParityRatio => [None; 3],
    };
    match made_of.into_iter().flatten().fold(own, Mark::max) {
        Mark::Withheld(_) => Mark::Withheld("derived"),
        mark => mark,
    }
}

fn row(estimate: Estimate, mark: Mark, base: Option<u64>) -> Row {
    let Estimate { key, unit, outcome, counts, diagnostics, .. } = estimate;
    let cell = match (mark, outcome) {
        (Mark::Withheld(_), _) => {
            // Diagnostics may count cases; a withheld row keeps none.
            return Row { key, unit, cell: Cell::Withheld, diagnostics: Vec::new() };
        }
        (_, Outcome::Absent(reason)) => Cell::Missing(reason),
        (_, Outcome::Known(figure)) if no_cases(&counts, &figure.value) => {
            Cell::Missing(Absence::NoCases)
        }
        (mark, Outcome::Known(figure)) => {
            let mut shown = Shown {
                value: figure.point(),
                se: figure.se(),
                interval: figure.interval,
                df: figure.df,
                cv: figure.cv(),
                deff: figure.deff,
                n_effective: figure.n_effective,
                n: counts.n,
                n_weighted: counts.weighted,
                unreliable: mark == Mark::Unreliable,
            };
            if let Some(base) = base {
                round_shown(&mut shown, key.measure, unit, counts.n_numerator, base);
            }
            Cell::Shown(shown)
        }
    };
    Row { key, unit, cell, diagnostics }
}

/// A figure from survey rows has cases; one without was not computed from any.
fn no_cases(counts: &Counts, value: &Uncertainty) -> bool {
    counts.n == 0 && matches!(value, Uncertainty::Linearized(l) if l.frames().next().is_some())
}
