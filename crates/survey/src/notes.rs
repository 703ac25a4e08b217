//! What was decided for the user, as diagnostics that end as notes of the annex.

use crate::codeless::Codeless;
use crate::error::number;
use crate::layout::Layout;
use crate::{LonelyPsu, Options};
use inclusion_estimate::{Diagnostic, Severity};

fn note(code: &str, severity: Severity, count: u64, message: String) -> Diagnostic {
    Diagnostic { code: code.into(), severity, message: message.into(), count }
}

/// What the diagnostics of a whole sample tell of.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    /// Rows read, and those of them with a weight above 0.
    pub rows: u64,
    pub weighted_rows: u64,
    /// By breakdown concept.
    pub codeless: &'a [Codeless],
    /// Strata of a single PSU.
    pub lonely: u64,
    /// The variance knows about primary sampling units.
    pub clustered: bool,
    /// Strata with a finite population of 1 that is taken as a fraction.
    pub of_one: u64,
    /// Replicate weights that are made leave later stages out.
    pub left_out: bool,
    /// Rows with a weight below 0 after calibration, and the smallest factor.
    pub negative: Option<(u64, f64)>,
}

/// Diagnostics of the whole sample.
pub(crate) fn sample(layout: &Layout, options: &Options, facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let unweighted = facts.rows - facts.weighted_rows;
    if unweighted > 0 {
        let (have, still) = match unweighted {
            1 => ("row has weight 0: it is in no estimate, and its", "unit still counts"),
            _ => ("rows have weight 0: they are in no estimate, and their", "units still count"),
        };
        let message = format!("{} {have} primary sampling {still}.", thousands(unweighted));
        notes.push(note("zero_weight", Severity::Note, unweighted, message));
    }
    for (digit, codeless) in layout.digits.iter().zip(facts.codeless) {
        notes.extend(without_code(&digit.concept, codeless));
    }
    if facts.lonely > 0 {
        notes.push(lonely_note(
            "lonely_psu",
            options.lonely_psu,
            facts.lonely,
            "a single primary sampling unit",
        ));
    }
    if facts.of_one > 0 {
        notes.push(of_one(facts.of_one));
    }
    if facts.left_out {
        let message = "Replicate weights that are made hold the variance of the first stage only: the later stages of the design are left out, and standard errors may be too small.";
        notes.push(note("later_stages_left_out", Severity::Caution, 0, message.to_string()));
    }
    if let Some((rows, least)) = facts.negative {
        notes.push(negative(rows, least));
    }
    if !facts.clustered {
        let message = "The data do not identify primary sampling units: every row counts as one, and standard errors do not include the effect of clustering.";
        notes.push(note("clustering_not_included", Severity::Caution, 0, message.to_string()));
    }
    notes
}

/// A one that may be a fraction or a number.
fn of_one(strata: u64) -> Diagnostic {
    let have = if strata == 1 {
        "1 stratum has".to_string()
    } else {
        format!("{} strata have", thousands(strata))
    };
    let message = format!(
        "{have} a finite population of exactly 1, and none has a larger one: it is taken as the sampled fraction, so that all units count as sampled and add no variance."
    );
    note("fpc_of_one", Severity::Caution, strata, message)
}

/// Weights below 0.
fn negative(rows: u64, least: f64) -> Diagnostic {
    let have =
        if rows == 1 { "1 row has".to_string() } else { format!("{} rows have", thousands(rows)) };
    let message = format!(
        "{have} a negative weight after linear calibration (the smallest factor of a weight is {}): figures of small groups may leave their scale and are then missing. The methods `bounded_linear` and `raking` keep weights above 0.",
        number(least)
    );
    note("negative_weights", Severity::Caution, rows, message)
}

/// Rows that are in no cell of the breakdowns by one concept: those it does not concern, and those
/// without an answer.
fn without_code(concept: &str, codeless: &Codeless) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let outside = codeless.not_applicable + codeless.not_asked;
    if outside > 0 {
        let why = match (codeless.not_applicable, codeless.not_asked) {
            (_, 0) => "not applicable",
            (0, _) => "not asked",
            _ => "not applicable or not asked",
        };
        let (belong, they) =
            if outside == 1 { ("row belongs", "it is") } else { ("rows belong", "they are") };
        let message = format!(
            "{} {belong} to no group of `{concept}` ({why}): {they} in the totals only.",
            thousands(outside)
        );
        notes.push(note("breakdown_not_applicable", Severity::Note, outside, message));
    }
    let count = codeless.not_stated;
    if count > 0 {
        let (state, they) =
            if count == 1 { ("row does", "it is") } else { ("rows do", "they are") };
        let message = format!(
            "{} {state} not state `{concept}`: {they} in no cell of a breakdown by it, and in every total that does not need it.",
            thousands(count)
        );
        notes.push(note("breakdown_not_stated", Severity::Note, count, message));
    }
    notes
}

/// A count with commas, as in 3,637.
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn lonely_note(code: &str, policy: LonelyPsu, count: u64, what: &str) -> Diagnostic {
    let one = count == 1;
    let (suffix, single, many) = match policy {
        LonelyPsu::Fail => ("failed", "it stops the run", "they stop the run"),
        LonelyPsu::Remove => (
            "removed",
            "it contributes no variance, which is therefore too small",
            "they contribute no variance, which is therefore too small",
        ),
        LonelyPsu::Certainty => (
            "certainty",
            "it counts as sampled with certainty and contributes no variance",
            "they count as sampled with certainty and contribute no variance",
        ),
        LonelyPsu::Adjust => (
            "adjusted",
            "it is centred at the mean of all primary sampling units",
            "they are centred at the mean of all primary sampling units",
        ),
        LonelyPsu::Average => (
            "averaged",
            "it contributes the average variance of the other strata",
            "they contribute the average variance of the other strata",
        ),
    };
    let have = if one { "1 stratum has".to_string() } else { format!("{count} strata have") };
    let consequence = if one { single } else { many };
    let message = format!("{have} {what}; {consequence}.");
    note(&format!("{code}_{suffix}"), Severity::Caution, count, message)
}

/// The rule for single PSUs acted on a domain.
pub(crate) fn domain_lonely(policy: LonelyPsu, count: u64) -> Diagnostic {
    lonely_note(
        "domain_lonely_psu",
        policy,
        count,
        "rows of this group in a single primary sampling unit",
    )
}

/// Replicates in which a group has no rows.
pub(crate) fn replicates_dropped(count: u64) -> Diagnostic {
    let leave = if count == 1 { "leaves" } else { "leave" };
    let message = format!(
        "{count} of the replicate weights {leave} this group without rows; the standard error rests on the others."
    );
    note("replicates_dropped", Severity::Caution, count, message)
}

/// No replicate has rows of the group.
pub(crate) fn no_replicates() -> Diagnostic {
    let message = "Every replicate weight leaves this group without rows, so its standard error is not known.";
    Diagnostic::fixed("no_replicates", Severity::Caution, message)
}

/// A proxy stands for the indicator.
pub(crate) fn proxy(text: &str) -> Diagnostic {
    note("proxy", Severity::Caution, 0, text.to_string())
}

/// A share of exactly 0 or 1.
pub(crate) fn degenerate(share: f64) -> Diagnostic {
    let message = if share == 0.0 {
        "Nobody in this group has the property: the standard error is 0, and the interval is the exact one for the number of rows."
    } else {
        "Everybody in this group has the property: the standard error is 0, and the interval is the exact one for the number of rows."
    };
    Diagnostic::fixed("degenerate_share", Severity::Caution, message)
}

/// All strata were left out by the rule for single PSUs.
pub(crate) fn no_variance() -> Diagnostic {
    let message = "Every stratum with rows of this group has a single primary sampling unit, so there is no standard error.";
    Diagnostic::fixed("no_variance", Severity::Caution, message)
}

/// Code of the diagnostic of a group whose rows are all in one PSU.
pub const ONE_PSU: &str = "one_psu";

/// Code of the diagnostic of a group of one row under replicate weights.
pub const ONE_ROW: &str = "one_row";

/// All rows are in one PSU, which tells nothing of the others.
pub(crate) fn one_psu() -> Diagnostic {
    let message = "All rows of this group are in one primary sampling unit, so its standard error is not known.";
    Diagnostic::fixed(ONE_PSU, Severity::Caution, message)
}

/// The same of one row, which replicate weights cannot make differ.
pub(crate) fn one_row() -> Diagnostic {
    let message = "This group has a single row, so its standard error is not known.";
    Diagnostic::fixed(ONE_ROW, Severity::Caution, message)
}

/// Replicates that tell nothing, or a figure that the calibration of each of them fixes.
pub(crate) fn same_replicates(calibrated: bool) -> Diagnostic {
    let message = match calibrated {
        true => {
            "All replicate weights give the same figure, because the calibration fixes it or because they do not differ in this group: its standard error is 0."
        }
        false => {
            "The replicate weights do not differ in this group: all give the same figure, so its standard error is 0."
        }
    };
    Diagnostic::fixed("replicates_do_not_differ", Severity::Caution, message)
}

/// No degrees of freedom under replicate weights.
pub(crate) fn no_rank() -> Diagnostic {
    let message = "The replicate weights of this group are multiples of each other, which leaves no degree of freedom, so there is no interval.";
    Diagnostic::fixed("no_degrees_of_freedom", Severity::Caution, message)
}

/// No degrees of freedom.
pub(crate) fn no_df() -> Diagnostic {
    let message =
        "This group has as few primary sampling units as strata, so there is no interval.";
    Diagnostic::fixed("no_degrees_of_freedom", Severity::Caution, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_outside_the_groups_are_told_from_rows_without_an_answer() {
        let codeless = Codeless { not_applicable: 3637, not_asked: 0, not_stated: 11 };
        let notes = without_code("age_group", &codeless);
        let told: Vec<_> =
            notes.iter().map(|n| (n.code.as_str(), n.count, n.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (
                    "breakdown_not_applicable",
                    3637,
                    "3,637 rows belong to no group of `age_group` (not applicable): they are in the totals only."
                ),
                (
                    "breakdown_not_stated",
                    11,
                    "11 rows do not state `age_group`: they are in no cell of a breakdown by it, and in every total that does not need it."
                ),
            ]
        );
        let one = Codeless { not_asked: 1, ..Codeless::default() };
        let message = &without_code("sex", &one)[0].message;
        assert_eq!(
            message,
            "1 row belongs to no group of `sex` (not asked): it is in the totals only."
        );
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
