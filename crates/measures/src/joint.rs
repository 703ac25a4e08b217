//! What several figures of different surveys or groups have in common: counts, notes, reasons.

use inclusion_estimate::{Absence, Counts, Diagnostic, Estimate, Figure, Outcome};

/// The figures of all, or why one is missing: the one reason that all have, else `part_absent`.
pub(crate) fn figures<'a>(of: &[&'a Estimate]) -> Result<Vec<&'a Figure>, Absence> {
    let absences: Vec<Absence> = of
        .iter()
        .filter_map(|estimate| match &estimate.outcome {
            Outcome::Absent(absence) => Some(*absence),
            Outcome::Known(_) => None,
        })
        .collect();
    match absences.first() {
        _ if of.is_empty() => Err(Absence::NoCases),
        None => Ok(of.iter().filter_map(|estimate| estimate.outcome.figure()).collect()),
        Some(first) if absences.len() == of.len() && absences.iter().all(|a| a == first) => {
            Err(*first)
        }
        Some(_) => Err(Absence::PartAbsent),
    }
}

/// Rows of all of them together. Samples of different sources have no primary sampling unit in
/// common; those of one source may have all, so that the larger number stands.
pub(crate) fn counts(of: &[&Estimate]) -> Counts {
    let mut all = Counts::default();
    for (at, estimate) in of.iter().enumerate() {
        let own = &estimate.counts;
        all.n += own.n;
        all.weighted += own.weighted;
        all.n_rows += own.n_rows;
        all.n_numerator += own.n_numerator;
        for (reason, n) in &own.missing {
            all.missing.add(reason, *n);
        }
        if of[..at].iter().any(|earlier| earlier.key.source == estimate.key.source) {
            all.psus = all.psus.max(own.psus);
            all.strata = all.strata.max(own.strata);
        } else {
            all.psus += own.psus;
            all.strata += own.strata;
        }
    }
    all
}

/// What was decided for any of them, each once.
pub(crate) fn diagnostics(of: &[&Estimate]) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        of.iter().flat_map(|estimate| &estimate.diagnostics).cloned().collect();
    all.sort();
    all.dedup();
    all
}
