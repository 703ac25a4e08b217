//! The mark of one estimate by the rules of the profile, the worst of all.
//!
//! Levels are judged by all rules; what is made of them by its cases, and it inherits the rest.

use crate::primary::{small_count, small_share};
use crate::reliability::{
    Reliability, ShareToJudge, WidthVerdict, by_cases, by_interval_width, by_relative_error,
};
use inclusion_estimate::{
    Counts, Diagnostic, Estimate, Figure, Measure, Outcome, Severity, Uncertainty, Unit,
};
use inclusion_registry::Policy;

/// How a cell may be printed; the later one is the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Plain,
    Unreliable,
    Withheld(&'static str),
}

impl Mark {
    fn of(reliability: Reliability, reason: &'static str) -> Mark {
        match reliability {
            Reliability::Good => Mark::Plain,
            Reliability::Low => Mark::Unreliable,
            Reliability::Insufficient => Mark::Withheld(reason),
        }
    }

    /// The first of two that are withheld gives the reason.
    fn worse(self, other: Mark) -> Mark {
        match (self, other) {
            (Mark::Withheld(_), _) => self,
            _ => self.max(other),
        }
    }
}

/// Reasons that say nothing about the number of cases.
pub(crate) const PRECISION: [&str; 4] =
    ["precision_unknown", "relative_error", "wide_interval", "contributions_unknown"];

/// The mark by what stands behind the estimate itself.
pub(crate) fn own_mark(estimate: &Estimate, policy: &Policy) -> Mark {
    let parts = estimate.parts.iter().filter(|part| part.n > 0);
    let mut mark = Mark::Plain;
    for counts in parts.chain([&estimate.counts]) {
        mark = mark.worse(by_counts(counts, policy));
    }
    if estimate.key.measure != Measure::Level {
        return mark;
    }
    let Outcome::Known(figure) = &estimate.outcome else { return mark };
    if let (Some(threshold), Some(with)) = (policy.threshold, with_property(estimate)) {
        let n = estimate.counts.n;
        if small_share(with, n, threshold, policy.protect_zeros) {
            mark = mark.worse(Mark::Withheld("small_count"));
        }
    }
    let magnitude = estimate.unit == Unit::Own && estimate.counts.n > 0;
    if magnitude && (policy.p_percent.is_some() || !policy.dominance.is_empty()) {
        // An estimate does not carry the amounts of single respondents, so nobody can say.
        mark = mark.worse(Mark::Withheld("contributions_unknown"));
    }
    mark.worse(by_precision(estimate, figure, policy))
}

fn by_counts(counts: &Counts, policy: &Policy) -> Mark {
    // No case at all is missing, not withheld; a published figure comes without its cases.
    if counts.n == 0 {
        return Mark::Plain;
    }
    let cases = by_cases(counts.n, policy.withhold_below, policy.unreliable_below);
    let mark = Mark::of(cases, "too_few_cases");
    match policy.threshold {
        Some(k) if small_count(counts.n, k, false) => mark.worse(Mark::Withheld("small_count")),
        _ => mark,
    }
}

/// Cases of a share that have the property, where they were counted.
pub(crate) fn with_property(estimate: &Estimate) -> Option<u64> {
    let figure = estimate.outcome.figure()?;
    let counted = estimate.counts.n_numerator > 0 || figure.point() == 0.0;
    let level = estimate.key.measure == Measure::Level && estimate.unit == Unit::Share;
    (level && counted && estimate.counts.n > 0).then_some(estimate.counts.n_numerator)
}

fn by_precision(estimate: &Estimate, figure: &Figure, policy: &Policy) -> Mark {
    let mut mark = Mark::Plain;
    let applies = |share: bool| !share || estimate.unit == Unit::Share;
    let rules = [
        policy.relative_error.is_some() && applies(false),
        policy.interval_width.is_some() && applies(true),
    ];
    let Some(se) = figure.se() else {
        // A published figure comes without its precision; one from rows should have one.
        return match estimate.counts.n > 0 && rules.contains(&true) {
            true => Mark::Withheld("precision_unknown"),
            false => Mark::Plain,
        };
    };
    if let Some(rule) = policy.relative_error {
        let (_, reliability) = by_relative_error(figure.point(), se, rule);
        mark = mark.worse(Mark::of(reliability, "relative_error"));
    }
    if let Some(verdict) = width_verdict(estimate, policy) {
        mark = mark.worse(Mark::of(verdict.reliability, "wide_interval"));
    }
    mark
}

/// The verdict by the width of the interval, where the profile has that rule and the estimate is a
/// share of survey rows.
fn width_verdict(estimate: &Estimate, policy: &Policy) -> Option<WidthVerdict> {
    let rule = policy.interval_width?;
    let figure = estimate.outcome.figure()?;
    let level = estimate.key.measure == Measure::Level && estimate.unit == Unit::Share;
    let published = !matches!(figure.value, Uncertainty::Linearized(_));
    if !level || published || estimate.counts.n == 0 {
        return None;
    }
    let (share, se) = (figure.point(), figure.se()?);
    let to_judge = ShareToJudge { share, se, n: estimate.counts.n, df: figure.df };
    Some(by_interval_width(to_judge, rule))
}

/// What a statistician should look at before a shown figure is published.
pub(crate) fn review_notes(estimate: &Estimate, policy: &Policy) -> Vec<Diagnostic> {
    let Some(verdict) = width_verdict(estimate, policy) else { return Vec::new() };
    let note = |code, message| Diagnostic::fixed(code, Severity::Caution, message);
    let mut notes = Vec::new();
    if verdict.few_df {
        notes.push(note(
            "review_few_degrees_of_freedom",
            "Few degrees of freedom: to be reviewed by a statistician before it is published.",
        ));
    }
    if verdict.extreme {
        notes.push(note(
            "review_share_of_0_or_1",
            "A share of 0 or 100 per cent: to be reviewed by a statistician before it is published.",
        ));
    }
    if verdict.complement_unreliable {
        notes.push(note(
            "complement_unreliable",
            "The share of those without the property is not reliable enough to be published.",
        ));
    }
    notes
}
