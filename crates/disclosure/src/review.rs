//! The review: every estimate becomes a row that is shown, withheld or missing.

use crate::coding::Codings;
use crate::complement::protect;
use crate::inputs::{Inputs, inherited};
use crate::pooled::protect_pools;
use crate::relation::{Cell as Known, State};
use crate::{Cell, Publishable, Row, Shown, Withheld};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Measure, Outcome, SeriesKey, Severity, Text, Uncertainty,
};
use inclusion_registry::Policy;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How a cell may be printed; the later one is the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Plain,
    Unreliable,
    Withheld(&'static str),
}

/// Decides for every estimate whether and how it may be shown.
///
/// Everything that will be published of one study goes through one call: a cell is protected
/// against what can be worked out from the rows given here, not from others. `codings` tells which
/// breakdown variables group the same answers (five-year and ten-year ages), so that sums of one
/// tell sums of another.
///
/// A level is judged by its unweighted cases (`counts`, and `parts` where it is put together from
/// several samples). A measure of two groups is judged by its `parts` and inherits the worst mark of
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
    let estimates = unique(estimates);
    let marks = marks(&estimates, policy, codings, inputs);
    let ledger = crate::analysis::ledger(&estimates);
    let summed = crate::analysis::summed(&estimates, &marks, inputs);
    let mut rows = Vec::with_capacity(estimates.len());
    let mut withheld = Vec::new();
    for (estimate, mark) in estimates.into_iter().zip(marks) {
        if let Mark::Withheld(reason) = mark {
            withheld.push(Withheld { key: estimate.key.clone(), reason });
        }
        rows.push(row(estimate, mark));
    }
    Publishable { rows, withheld, ledger, summed }
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

/// The mark of each estimate: levels first, then what is made of them.
pub(crate) fn marks(
    estimates: &[Estimate],
    policy: &Policy,
    codings: &Codings,
    inputs: &Inputs,
) -> Vec<Mark> {
    let mut marks: Vec<Mark> = estimates.iter().map(|e| own_mark(e, policy)).collect();
    against_working_out(estimates, &mut marks, Measure::Level, policy, codings, inputs);
    protect_pools(estimates, &mut marks, inputs, policy, codings);
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
        let key = &estimate.key;
        let name = [&key.source, &key.ref_area, &key.time_period, &key.indicator].map(Text::as_str);
        series.entry(name).or_default().push(i);
    }
    for members in series.values() {
        let cells: Vec<Known> = members
            .iter()
            .map(|i| Known {
                breakdown: estimates[*i].key.breakdown.clone(),
                n: estimates[*i].counts.n,
                state: state_of(marks[*i], &estimates[*i].outcome),
            })
            .collect();
        for cell in protect(&cells, codings, policy.sex_complement) {
            marks[members[cell]] = Mark::Withheld("complement");
        }
    }
}

/// What a reader knows of a cell with this mark.
pub(crate) fn state_of(mark: Mark, outcome: &Outcome) -> State {
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
                | Absence::CoverageTooLow,
            ),
        ) => State::Open,
        // That there is nothing in it is known, too.
        (_, Outcome::Absent(_)) => State::Empty,
    }
}

/// The mark by the number of cases behind the estimate itself.
fn own_mark(estimate: &Estimate, policy: &Policy) -> Mark {
    let parts = estimate.parts.iter().filter(|part| part.n > 0);
    parts
        .chain([&estimate.counts])
        .map(|counts| mark_of(counts, policy))
        .max()
        .unwrap_or(Mark::Plain)
}

fn mark_of(counts: &Counts, policy: &Policy) -> Mark {
    match counts.n {
        // No case at all is missing, not withheld; a published figure comes without its cases.
        0 => Mark::Plain,
        n if n < policy.withhold_below => Mark::Withheld("too_few_cases"),
        n if n < policy.unreliable_below => Mark::Unreliable,
        _ => Mark::Plain,
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

fn row(estimate: Estimate, mark: Mark) -> Row {
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
        (mark, Outcome::Known(figure)) => Cell::Shown(Shown {
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
        }),
    };
    Row { key, unit, cell, diagnostics }
}

/// A figure from survey rows has cases; one without was not computed from any.
fn no_cases(counts: &Counts, value: &Uncertainty) -> bool {
    counts.n == 0 && matches!(value, Uncertainty::Linearized(l) if l.frames().next().is_some())
}
