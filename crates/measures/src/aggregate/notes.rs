//! What is said about an aggregate in its notes.

use super::coverage::listed;
use super::member::{Member, Value};
use super::{Coverage, Refused, Vintage};
use inclusion_estimate::{Diagnostic, Severity, Uncertainty};

fn note(code: &str, severity: Severity, message: String, count: usize) -> Diagnostic {
    Diagnostic { code: code.into(), severity, message: message.into(), count: count as u64 }
}

/// The coverage of a figure that is published, or why there is none.
pub(super) fn coverage(of: &str, coverage: Result<&Coverage, &Refused>) -> Diagnostic {
    match coverage {
        Ok(coverage) => {
            let message = format!("{of}: {coverage}; rule: {}.", coverage.rule.name());
            note("coverage", Severity::Note, message, coverage.countries)
        }
        Err(refused) => {
            let message = format!("{of}: {refused}.");
            note(refused.why.id(), Severity::Caution, message, refused.coverage.countries)
        }
    }
}

/// Countries whose population is not known, although they belong to the group.
pub(super) fn population_missing(areas: &[String]) -> Option<Diagnostic> {
    let message = format!(
        "The population of {} is not known: no figure holds it, and shares are of the known population.",
        listed(areas)
    );
    (!areas.is_empty()).then(|| note("population_missing", Severity::Caution, message, areas.len()))
}

/// Countries with women and men of different years, which are not matched.
pub(super) fn years_of_sexes_differ(areas: &[&str]) -> Option<Diagnostic> {
    let message =
        format!("Women and men are of different years in {}: they are left out.", areas.join(", "));
    (!areas.is_empty())
        .then(|| note("years_of_sexes_differ", Severity::Caution, message, areas.len()))
}

/// The years that values are of, where they are not one.
pub(super) fn mixed_years(of: &str, vintages: &[Vintage]) -> Option<Diagnostic> {
    let years = || vintages.iter().map(|vintage| vintage.year);
    let (first, last) = (years().min()?, years().max()?);
    let message = format!("{of}: values are of {first} to {last}, each country's newest.");
    (first != last).then(|| note("mixed_years", Severity::Note, message, vintages.len()))
}

/// Values of different definitions, ages, periods or sources.
pub(super) fn bases_differ<'a>(
    of: &str,
    values: impl Iterator<Item = &'a Value>,
) -> Option<Diagnostic> {
    let mut kinds: Vec<&str> =
        values.map(|value| value.comparability.as_deref().unwrap_or("not told")).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let message =
        format!("{of}: countries are not comparable in all respects: {}.", kinds.join("; "));
    (kinds.len() > 1).then(|| note("bases_differ", Severity::Caution, message, kinds.len()))
}

/// Countries without a standard error, for which the aggregate has none either.
pub(super) fn se_unknown<'a>(
    of: &str,
    values: impl Iterator<Item = (&'a Member, &'a Value)>,
) -> Option<Diagnostic> {
    let mut number = 0;
    let mut areas: Vec<&str> = Vec::new();
    for (member, value) in values {
        number += 1;
        if matches!(value.share, Uncertainty::Unknown { .. }) {
            areas.push(&member.ref_area);
        }
    }
    let message = format!(
        "{of}: {} of {number} values have no standard error, so the aggregate has none.",
        areas.len()
    );
    (!areas.is_empty()).then(|| note("se_unknown", Severity::Caution, message, areas.len()))
}

/// Standard errors are known of women and of men, but not how the two go together.
pub(super) fn covariance_unknown() -> Diagnostic {
    let message = "The covariance of women and men is not known in every country, so the gap and what \
                   follows from it have no standard error.";
    note("covariance_unknown", Severity::Caution, message.to_string(), 0)
}

/// What every aggregate with a standard error rests on.
pub(super) fn independent() -> Diagnostic {
    let message =
        "Countries are independent samples; populations are taken as known without error.";
    note("countries_independent", Severity::Note, message.to_string(), 0)
}

/// Women and men are compared on what they lack.
pub(super) fn complement_used() -> Diagnostic {
    let message =
        "Lower is better: women and men are compared on the complement (100 minus the rate).";
    note("complement_used", Severity::Note, message.to_string(), 0)
}
