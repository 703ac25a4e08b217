//! The review of analyses: tests, regressions, decompositions.
//!
//! An analysis is shown as a whole or withheld as a whole. It is withheld if one of its groups has
//! too few cases, if one of them is withheld in the tables of the same study, or if its groups,
//! beside those tables and the analyses shown before it, would let a withheld figure be worked out.
//! Its groups are taken to be as good as printed, whatever its kind: a difference, a coefficient or a
//! part of a gap can tell the level of a group.
//!
//! p-values of the tests that are shown are adjusted for each other here, so that a withheld test
//! leaves no trace in the others.

use crate::Publishable;
use crate::coding::Codings;
use crate::inputs::Inputs;
use crate::mark::Mark;
use crate::review::{marks, series_of};
use crate::rounding::round_to_base;
use inclusion_estimate::{
    Absence, Analysis, AnalysisFigures, AnalysisGroup, Counts, Estimate, Figure, Measure, Outcome,
    SeriesKey, Text, Uncertainty, Unit, holm,
};
use inclusion_registry::Policy;
use std::collections::{BTreeMap, BTreeSet};

/// Reviewed analyses. Only [`review_analyses`] makes them.
#[derive(Debug, Clone)]
pub struct PublishableAnalyses {
    list: Vec<ReviewedAnalysis>,
    tests: usize,
}

impl PublishableAnalyses {
    /// The analyses, in the study's order.
    pub fn list(&self) -> &[ReviewedAnalysis] {
        &self.list
    }

    /// How many tests are shown, for which their p-values are adjusted.
    pub fn tests(&self) -> usize {
        self.tests
    }
}

/// An analysis that may be printed.
#[derive(Debug, Clone)]
pub struct ReviewedAnalysis {
    analysis: Analysis,
    outcome: AnalysisOutcome,
    p_holm: Option<f64>,
    unreliable: bool,
}

/// What is shown of an analysis.
#[derive(Debug, Clone, PartialEq)]
pub enum AnalysisOutcome {
    /// Its figures.
    Shown(AnalysisFigures),
    /// Nothing but the mark; the reason is `too_few_cases`, `derived`, `complement` or `pooled`.
    Withheld(&'static str),
    /// Nothing but the reason, a sentence.
    Missing(String),
}

impl ReviewedAnalysis {
    /// What it is about and how it was made. Where it is withheld this has no counts, groups, figures
    /// or notes.
    pub fn about(&self) -> &Analysis {
        &self.analysis
    }

    /// What is shown.
    pub fn outcome(&self) -> &AnalysisOutcome {
        &self.outcome
    }

    /// The p-value of a test adjusted by Holm's method, where there are several tests.
    pub fn p_holm(&self) -> Option<f64> {
        self.p_holm
    }

    /// A group has so few cases that the result is to be read with care.
    pub fn unreliable(&self) -> bool {
        self.unreliable
    }
}

/// Decides for every analysis of a study whether it may be shown, given what its tables show.
pub fn review_analyses(
    analyses: Vec<Analysis>,
    published: &Publishable,
    policy: &Policy,
    codings: &Codings,
) -> PublishableAnalyses {
    let mut shown: Vec<Estimate> = published.ledger.clone();
    // The ledger has no figures, so their precision was judged with the tables.
    let by_cases = Policy { relative_error: None, interval_width: None, ..policy.clone() };
    let keyed = |list: &[Estimate]| keyed(list, &by_cases, codings, &published.beyond_cases);
    let mut list = Vec::with_capacity(analyses.len());
    for analysis in analyses {
        // One level tells another of its own series only, so the others need not be looked at.
        let series: BTreeSet<[Text; 4]> =
            analysis.groups.iter().chain(&analysis.beside).map(|g| self::series(&g.key)).collect();
        let (before, others): (Vec<Estimate>, Vec<Estimate>) =
            shown.into_iter().partition(|estimate| series.contains(&self::series(&estimate.key)));
        let known = keyed(&before);
        let mut with = before.clone();
        let limit = policy.least_cases();
        let few = |n: u64| n > 0 && n < limit;
        // All groups of the same variables, so that sums are complete: a small one is to be hidden, a
        // large one is not told as long as no analysis shows it.
        for group in &analysis.beside {
            if !known.contains_key(&group.key) {
                let mut estimate = level(group.key.clone(), group.n);
                if group.n >= limit {
                    estimate.outcome = Outcome::Absent(Absence::NotApplicable);
                }
                with.push(estimate);
            }
        }
        let background = with.clone();
        for group in &analysis.groups {
            let own = level(group.key.clone(), group.n);
            match with.iter_mut().find(|other| other.key == group.key) {
                Some(other) => {
                    if other.outcome == Outcome::Absent(Absence::NotApplicable) {
                        other.outcome = own.outcome;
                    }
                    // The rows of an analysis may be fewer than those of the table.
                    if group.n > 0 && group.n < other.counts.n {
                        other.parts.push(counts(group.n));
                    }
                }
                None => with.push(own),
            }
        }
        let after = keyed(&with);
        let is_hidden = |mark: Option<&Mark>| matches!(mark, Some(Mark::Withheld(_)));
        let small = few(analysis.n) || analysis.groups.iter().any(|group| few(group.n));
        let hidden = analysis.groups.iter().any(|group| is_hidden(after.get(&group.key)));
        // A group that is small by itself is no news; one that must go with it is.
        let tells = after
            .iter()
            .any(|(key, mark)| *mark == Mark::Withheld("complement") && !is_hidden(known.get(key)));
        // A pool tells the sum of cells of which one is withheld; an analysis could tell the others,
        // unless the tables tell all its groups already.
        let told = |group: &AnalysisGroup| {
            let shown = |e: &&Estimate| e.key == group.key && e.counts.n == group.n;
            before.iter().any(|e| shown(&e)) && !is_hidden(known.get(&group.key))
        };
        let pooled = !series.is_disjoint(&published.summed) && !analysis.groups.iter().all(told);
        let reason = match (small, hidden, tells) {
            (true, ..) => Some("too_few_cases"),
            (_, true, _) => Some("derived"),
            (_, _, true) => Some("complement"),
            _ => pooled.then_some("pooled"),
        };
        let accepted = reason.is_none() && analysis.outcome.is_ok();
        shown = others;
        // That a small group is there stays known, so that nothing later tells it.
        shown.extend(if accepted { with } else { background });
        let low = |n: u64| n > 0 && n < policy.unreliable_below;
        let unreliable = low(analysis.n) || analysis.groups.iter().any(|group| low(group.n));
        list.push(reviewed(analysis, reason, unreliable, policy.round_counts.unwrap_or(0)));
    }
    let p_values: Vec<(usize, f64)> = (list.iter().enumerate())
        .filter_map(|(place, reviewed)| Some((place, test_of(reviewed)?)))
        .collect();
    if p_values.len() > 1 {
        let raw: Vec<f64> = p_values.iter().map(|(_, p)| *p).collect();
        for ((place, _), adjusted) in p_values.iter().zip(holm(&raw)) {
            list[*place].p_holm = Some(adjusted);
        }
    }
    PublishableAnalyses { list, tests: p_values.len() }
}

/// The p-value of a shown test.
fn test_of(reviewed: &ReviewedAnalysis) -> Option<f64> {
    match &reviewed.outcome {
        AnalysisOutcome::Shown(figures) if reviewed.analysis.kind.is_test() => {
            figures.rows.iter().find_map(|row| row.p_value)
        }
        _ => None,
    }
}

fn reviewed(
    mut analysis: Analysis,
    reason: Option<&'static str>,
    unreliable: bool,
    base: u64,
) -> ReviewedAnalysis {
    let figures = std::mem::replace(&mut analysis.outcome, Err(String::new()));
    let mut outcome = match (reason, figures) {
        (Some(reason), _) => {
            // Counts, degrees of freedom and notes could tell how small the group is.
            (analysis.n, analysis.excluded, analysis.design_df) = (0, 0, None);
            analysis.groups.clear();
            analysis.notes.clear();
            AnalysisOutcome::Withheld(reason)
        }
        (None, Ok(figures)) => AnalysisOutcome::Shown(figures),
        (None, Err(why)) => AnalysisOutcome::Missing(why),
    };
    analysis.n = round_to_base(analysis.n, base);
    analysis.excluded = round_to_base(analysis.excluded, base);
    for group in &mut analysis.groups {
        group.n = round_to_base(group.n, base);
    }
    if let AnalysisOutcome::Shown(figures) = &mut outcome {
        for row in &mut figures.rows {
            row.n = row.n.map(|n| round_to_base(n, base));
        }
    }
    // Needed for the review alone.
    analysis.beside.clear();
    let unreliable = unreliable && matches!(outcome, AnalysisOutcome::Shown(_));
    ReviewedAnalysis { analysis, outcome, p_holm: None, unreliable }
}

fn keyed(
    estimates: &[Estimate],
    policy: &Policy,
    codings: &Codings,
    before: &BTreeSet<SeriesKey>,
) -> BTreeMap<SeriesKey, Mark> {
    let keys = estimates.iter().map(|estimate| estimate.key.clone());
    keys.zip(marks(estimates, policy, codings, &Inputs::new(), before)).collect()
}

/// What levels must have in common so that sums of some tell others.
fn series(key: &SeriesKey) -> [Text; 4] {
    series_of(key).map(Text::clone)
}

fn counts(n: u64) -> Counts {
    Counts { n, ..Counts::default() }
}

/// A level of so many cases, whose figure does not matter.
fn level(key: SeriesKey, n: u64) -> Estimate {
    let outcome = match n {
        0 => Outcome::Absent(Absence::NoCases),
        _ => Outcome::Known(blank()),
    };
    let (parts, diagnostics) = (Vec::new(), Vec::new());
    // Neither a share nor an amount: nothing but its cases is known.
    Estimate { key, unit: Unit::Ratio, outcome, counts: counts(n), parts, diagnostics }
}

fn blank() -> Figure {
    let value = Uncertainty::Unknown { value: 0.0 };
    Figure { value, df: None, interval: None, deff: None, n_effective: None }
}

/// Series of which a pool is shown that adds up levels some of which are withheld.
pub(crate) fn summed(
    estimates: &[Estimate],
    marks: &[Mark],
    inputs: &Inputs,
) -> BTreeSet<[Text; 4]> {
    let mut series_of = BTreeSet::new();
    if inputs.is_empty() {
        return series_of;
    }
    let hidden: BTreeSet<&SeriesKey> = estimates
        .iter()
        .zip(marks)
        .filter(|(_, mark)| matches!(mark, Mark::Withheld(_)))
        .map(|(estimate, _)| &estimate.key)
        .collect();
    for (key, parts) in inputs.iter().filter(|(key, _)| key.measure == Measure::Level) {
        if !hidden.contains(key) && parts.iter().any(|part| hidden.contains(part)) {
            series_of.extend(parts.iter().map(series));
        }
    }
    series_of
}

/// What a later review must know of the levels of an earlier one: keys and cases, no figure.
pub(crate) fn ledger(estimates: &[Estimate]) -> Vec<Estimate> {
    let levels = estimates.iter().filter(|estimate| estimate.key.measure == Measure::Level);
    levels
        .map(|estimate| Estimate {
            key: estimate.key.clone(),
            unit: estimate.unit,
            outcome: match &estimate.outcome {
                Outcome::Known(_) => Outcome::Known(blank()),
                Outcome::Absent(reason) => Outcome::Absent(*reason),
            },
            counts: estimate.counts.clone(),
            parts: estimate.parts.clone(),
            diagnostics: Vec::new(),
        })
        .collect()
}
