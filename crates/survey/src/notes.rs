//! What was decided for the user, as diagnostics that end as notes of the annex.

use crate::layout::Layout;
use crate::totals::Totals;
use crate::{LonelyPsu, Options};
use inclusion_estimate::{Diagnostic, Severity};

fn note(code: &str, severity: Severity, count: u64, message: String) -> Diagnostic {
    Diagnostic { code: code.to_string(), severity, message, count }
}

/// Diagnostics of the whole sample.
pub(crate) fn sample(layout: &Layout, options: &Options, totals: &Totals) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let unweighted = totals.rows - totals.weighted_rows;
    if unweighted > 0 {
        let message = format!(
            "{unweighted} rows have weight 0: they are in no estimate, and their primary sampling units still count."
        );
        notes.push(note("zero_weight", Severity::Note, unweighted, message));
    }
    for (split, rows) in layout.splits.iter().zip(&totals.not_stated).filter(|(_, rows)| **rows > 0)
    {
        let names = |digits: &[usize]| {
            let names: Vec<&str> =
                digits.iter().map(|d| layout.digits[*d].concept.as_str()).collect();
            names.join(" * ")
        };
        let all: Vec<usize> = split.group.iter().chain(&split.joint).copied().collect();
        let message = format!(
            "{rows} rows do not state `{}`: they are in no cell of that breakdown, and in every total that does not need it.",
            names(&all)
        );
        notes.push(note("breakdown_not_stated", Severity::Note, *rows, message));
    }
    let lonely = totals.strata.iter().filter(|s| s.lonely).count() as u64;
    if lonely > 0 {
        notes.push(lonely_note(
            "lonely_psu",
            options.lonely_psu,
            lonely,
            "have a single primary sampling unit",
        ));
    }
    if !layout.clustered {
        let message = "The data do not identify primary sampling units: every row counts as one, and standard errors do not include the effect of clustering.";
        notes.push(note("clustering_not_included", Severity::Caution, 0, message.to_string()));
    }
    notes
}

fn lonely_note(code: &str, policy: LonelyPsu, count: u64, what: &str) -> Diagnostic {
    let (suffix, consequence) = match policy {
        LonelyPsu::Fail => ("failed", "they stop the run"),
        LonelyPsu::Remove => {
            ("removed", "they contribute no variance, which is therefore too small")
        }
        LonelyPsu::Certainty => {
            ("certainty", "they count as sampled with certainty and contribute no variance")
        }
        LonelyPsu::Adjust => {
            ("adjusted", "they are centred at the mean of all primary sampling units")
        }
        LonelyPsu::Average => {
            ("averaged", "they contribute the average variance of the other strata")
        }
    };
    note(
        &format!("{code}_{suffix}"),
        Severity::Caution,
        count,
        format!("{count} strata {what}; {consequence}."),
    )
}

/// The rule for single PSUs acted on a domain.
pub(crate) fn domain_lonely(policy: LonelyPsu, count: u64) -> Diagnostic {
    lonely_note(
        "domain_lonely_psu",
        policy,
        count,
        "have rows of this group in a single primary sampling unit",
    )
}

/// A proxy stands for the indicator.
pub(crate) fn proxy(text: &str) -> Diagnostic {
    note("proxy", Severity::Caution, 0, text.to_string())
}

/// A share of exactly 0 or 1.
pub(crate) fn degenerate(share: f64) -> Diagnostic {
    let what = if share == 0.0 { "Nobody" } else { "Everybody" };
    let message = format!(
        "{what} in this group has the property: the standard error is 0, and the interval is the exact one for the number of rows."
    );
    note("degenerate_share", Severity::Caution, 0, message)
}

/// All strata were left out by the rule for single PSUs.
pub(crate) fn no_variance() -> Diagnostic {
    let message = "Every stratum with rows of this group has a single primary sampling unit, so there is no standard error.";
    note("no_variance", Severity::Caution, 0, message.to_string())
}

/// No degrees of freedom.
pub(crate) fn no_df() -> Diagnostic {
    let message =
        "This group has as few primary sampling units as strata, so there is no interval.";
    note("no_degrees_of_freedom", Severity::Caution, 0, message.to_string())
}
