//! Concepts made from other concepts: bands, counts, cases.

use inclusion_registry::Missing;

/// Values of a concept for the rows of a batch.
#[derive(Debug, Clone)]
pub(crate) enum Made {
    /// Codes; negative is a reason.
    Codes(Vec<i16>),
    /// Numbers, and where one is missing its reason (0 = present).
    Numbers { values: Vec<f64>, reasons: Option<Vec<i16>> },
}

impl Made {
    /// Code of a category; the reason of a missing number, 0 for a present one.
    pub fn code(&self, row: usize) -> i16 {
        match self {
            Made::Codes(codes) => codes[row],
            Made::Numbers { reasons, .. } => reasons.as_ref().map_or(0, |r| r[row]),
        }
    }

    /// A number that is present.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Made::Numbers { values, reasons } if reasons.as_ref().is_none_or(|r| r[row] == 0) => {
                Some(values[row])
            }
            _ => None,
        }
    }
}

/// One test of a concept.
pub(crate) enum Check {
    /// Has one of these codes or reasons.
    Codes { of: usize, codes: Vec<i16> },
    /// Is a number in this range.
    Range { of: usize, min: f64, max: f64 },
}

/// A condition whose names are resolved.
pub(crate) struct Clause {
    /// All must hold.
    pub all: Vec<Check>,
    /// If not empty, one must hold.
    pub any: Vec<Clause>,
}

impl Clause {
    fn holds(&self, made: &[Option<Made>], row: usize) -> bool {
        let all = self.all.iter().all(|check| match check {
            Check::Codes { of, codes } => {
                made[*of].as_ref().is_some_and(|m| codes.contains(&m.code(row)))
            }
            Check::Range { of, min, max } => made[*of]
                .as_ref()
                .and_then(|m| m.number(row))
                .is_some_and(|v| *min <= v && v <= *max),
        });
        all && (self.any.is_empty() || self.any.iter().any(|c| c.holds(made, row)))
    }
}

/// Bands of a number.
pub(crate) fn band(of: &Made, bands: &[(f64, f64)], rows: usize) -> Made {
    let code = |row| match of.number(row) {
        Some(v) => bands
            .iter()
            .position(|(min, max)| *min <= v && v <= *max)
            .map_or(Missing::NotApplicable.code(), |i| i as i16),
        None => of.code(row),
    };
    Made::Codes((0..rows).map(code).collect())
}

/// How many of the parts have one of their codes.
pub(crate) fn count(of: &[(usize, Vec<i16>)], made: &[Option<Made>], rows: usize) -> Made {
    let (mut values, mut reasons) = (vec![0.0; rows], vec![0; rows]);
    for (part, codes) in of {
        let Some(part) = &made[*part] else { continue };
        for row in 0..rows {
            let code = part.code(row);
            if codes.contains(&code) {
                values[row] += 1.0;
            } else if code < 0 && code != Missing::NotApplicable.code() && reasons[row] == 0 {
                reasons[row] = code;
            }
        }
    }
    let reasons = reasons.iter().any(|r| *r != 0).then_some(reasons);
    Made::Numbers { values, reasons }
}

/// The code of the first clause that holds; where none does, the reason of the first missing part,
/// or not applicable.
pub(crate) fn cases(
    clauses: &[(Clause, i16)],
    needs: &[usize],
    made: &[Option<Made>],
    rows: usize,
) -> Made {
    let code = |row| {
        clauses
            .iter()
            .find(|(clause, _)| clause.holds(made, row))
            .map(|(_, code)| *code)
            .unwrap_or_else(|| {
                needs
                    .iter()
                    .filter_map(|n| made[*n].as_ref())
                    .map(|m| m.code(row))
                    .find(|c| *c < 0)
                    .unwrap_or(Missing::NotApplicable.code())
            })
    };
    Made::Codes((0..rows).map(code).collect())
}

/// Quantile groups by their upper limits.
pub(crate) fn quantile(
    of: &Made,
    cuts: &[f64],
    ties: inclusion_registry::Ties,
    rows: usize,
) -> Made {
    let lower = ties == inclusion_registry::Ties::Lower;
    let code = |row| match of.number(row) {
        Some(v) => {
            cuts.iter().filter(|cut| if lower { v > **cut } else { v >= **cut }).count() as i16
        }
        None => of.code(row),
    };
    Made::Codes((0..rows).map(code).collect())
}
