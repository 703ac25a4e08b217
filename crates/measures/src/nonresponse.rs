//! Item non-response: how many of those asked gave no usable answer.

use inclusion_estimate::{Absence, Counts, Estimate, Figure, Measure, Outcome, Uncertainty, Unit};

/// The share of the rows in scope without a usable answer, unweighted: a fact about the interviews,
/// not an estimate, so it has no standard error.
///
/// Rows to which the question did not apply or was not put are no non-response and count in neither
/// part. In the result `counts.n` is the number of rows in scope, and `weighted` the same.
pub fn nonresponse(level: &Estimate) -> Estimate {
    let outside = ["not_applicable", "not_asked"];
    let missing: u64 = level
        .counts
        .missing
        .iter()
        .filter(|(reason, _)| !outside.contains(&reason.as_str()))
        .map(|(_, n)| n)
        .sum();
    let in_scope = level.counts.n + missing;
    let outcome = match &level.outcome {
        // Such a level was not made from its cases, so it does not tell them.
        Outcome::Absent(reason @ (Absence::Unavailable | Absence::NotApplicable)) => {
            Outcome::Absent(*reason)
        }
        _ if in_scope == 0 => Outcome::Absent(Absence::NoCases),
        _ => Outcome::Known(Figure {
            value: Uncertainty::Unknown { value: missing as f64 / in_scope as f64 },
            df: None,
            interval: None,
            deff: None,
            n_effective: None,
        }),
    };
    let mut key = level.key.clone();
    key.measure = Measure::Nonresponse;
    let counts = Counts {
        n: in_scope,
        weighted: in_scope as f64,
        n_rows: in_scope,
        n_numerator: missing,
        ..Counts::default()
    };
    Estimate {
        key,
        unit: Unit::Share,
        outcome,
        counts,
        parts: level.parts.clone(),
        diagnostics: Vec::new(),
    }
}
