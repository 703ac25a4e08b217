//! Concepts made from other concepts: bands, counts, cases, quantile groups.
//!
//! All rules run column by column, so that a rule is looked at once in a batch and not once a row.

use inclusion_registry::{Missing, Ties};

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
    /// Takes out the rows in which it does not hold.
    fn narrow(&self, made: &[Option<Made>], rows: &mut [bool]) {
        for check in &self.all {
            let (Check::Codes { of, .. } | Check::Range { of, .. }) = check;
            match (check, &made[*of]) {
                (_, None) => rows.fill(false),
                (Check::Codes { codes, .. }, Some(Made::Codes(values))) => {
                    rows.iter_mut().zip(values).for_each(|(row, v)| *row &= codes.contains(v));
                }
                (Check::Codes { codes, .. }, Some(number)) => {
                    let all = rows.iter_mut().enumerate();
                    all.for_each(|(i, row)| *row &= codes.contains(&number.code(i)));
                }
                (Check::Range { min, max, .. }, Some(number)) => {
                    let fits = |v: f64| *min <= v && v <= *max;
                    let all = rows.iter_mut().enumerate();
                    all.for_each(|(i, row)| *row &= number.number(i).is_some_and(fits));
                }
            }
        }
        if !self.any.is_empty() {
            let mut one = vec![false; rows.len()];
            for clause in &self.any {
                let mut here = rows.to_vec();
                clause.narrow(made, &mut here);
                one.iter_mut().zip(here).for_each(|(one, here)| *one |= here);
            }
            rows.copy_from_slice(&one);
        }
    }
}

/// Bands of a number, both ends inclusive; the first that fits counts.
pub(crate) struct Bands {
    limits: Vec<(f64, f64)>,
    /// Codes of the whole numbers from 0: ages are nearly always such.
    whole: [i16; 128],
}

impl Bands {
    /// From the limits in the order of the codes.
    pub fn new(limits: Vec<(f64, f64)>) -> Bands {
        let mut bands = Bands { limits, whole: [0; 128] };
        bands.whole = std::array::from_fn(|v| bands.find(v as f64));
        bands
    }

    fn find(&self, value: f64) -> i16 {
        self.limits
            .iter()
            .position(|(min, max)| *min <= value && value <= *max)
            .map_or(Missing::NotApplicable.code(), |i| i as i16)
    }

    fn code(&self, value: f64) -> i16 {
        let whole = value as u32;
        match self.whole.get(whole as usize) {
            Some(code) if f64::from(whole) == value => *code,
            _ => self.find(value),
        }
    }
}

/// Codes by a number that is present; a missing one hands on its reason.
fn by_number(of: &Made, rows: usize, code: impl Fn(f64) -> i16) -> Made {
    let Made::Numbers { values, reasons } = of else {
        return Made::Codes((0..rows).map(|row| of.code(row)).collect());
    };
    let mut codes: Vec<i16> = values.iter().map(|v| code(*v)).collect();
    if let Some(reasons) = reasons {
        codes.iter_mut().zip(reasons).filter(|(_, r)| **r != 0).for_each(|(code, r)| *code = *r);
    }
    Made::Codes(codes)
}

/// The band of a number; not applicable outside all of them.
pub(crate) fn band(of: &Made, bands: &Bands, rows: usize) -> Made {
    by_number(of, rows, |v| bands.code(v))
}

/// How many of the parts have one of their codes; a part that is not applicable counts as none, and
/// a part that is missing for another reason leaves the count missing if no other reason came first.
pub(crate) fn count(of: &[(usize, Vec<i16>)], made: &[Option<Made>], rows: usize) -> Made {
    let (mut values, mut reasons) = (vec![0.0; rows], vec![0; rows]);
    let not_applicable = Missing::NotApplicable.code();
    for (part, codes) in of {
        let Some(Made::Codes(part)) = &made[*part] else { continue };
        for ((value, reason), code) in values.iter_mut().zip(&mut reasons).zip(part) {
            if codes.contains(code) {
                *value += 1.0;
            } else if *code < 0 && *code != not_applicable && *reason == 0 {
                *reason = *code;
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
    let mut codes = vec![0; rows];
    let mut open = vec![true; rows];
    for (clause, given) in clauses {
        let mut here = open.clone();
        clause.narrow(made, &mut here);
        for ((code, open), here) in codes.iter_mut().zip(&mut open).zip(here) {
            if here {
                (*code, *open) = (*given, false);
            }
        }
    }
    for (row, code) in codes.iter_mut().enumerate().filter(|(row, _)| open[*row]) {
        *code = needs
            .iter()
            .filter_map(|n| made[*n].as_ref())
            .map(|m| m.code(row))
            .find(|c| *c < 0)
            .unwrap_or(Missing::NotApplicable.code());
    }
    Made::Codes(codes)
}

/// Quantile groups by their upper limits: a number that equals a limit is in the lower group with
/// [`Ties::Lower`] and in the upper one otherwise.
pub(crate) fn quantile(of: &Made, cuts: &[f64], ties: Ties, rows: usize) -> Made {
    match ties {
        Ties::Lower => by_number(of, rows, |v| cuts.iter().filter(|c| v > **c).count() as i16),
        Ties::Upper => by_number(of, rows, |v| cuts.iter().filter(|c| v >= **c).count() as i16),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO: i16 = -1;

    #[test]
    fn the_first_band_that_fits_counts_for_whole_numbers_and_fractions() {
        let bands = Bands::new(vec![(0.0, 14.0), (15.0, 24.0), (20.0, f64::INFINITY)]);
        let values = vec![0.0, 14.0, 14.5, 15.0, 24.0, 24.5, 127.0, 128.0, 1e9, -1.0, -0.0];
        let none = Missing::NotApplicable.code();
        let of = Made::Numbers { reasons: None, values };
        let Made::Codes(codes) = band(&of, &bands, 11) else { panic!("bands are codes") };
        assert_eq!(codes, [0, 0, none, 1, 1, 2, 2, 2, 2, none, 0]);
    }

    #[test]
    fn a_clause_needs_all_of_its_tests_and_one_of_its_alternatives() {
        let of = |codes: &[i16]| Some(Made::Codes(codes.to_vec()));
        let number =
            Made::Numbers { values: vec![1.0, 2.0, 3.0, 4.0], reasons: Some(vec![0, 0, 0, NO]) };
        let made = [of(&[0, 1, 0, 0]), Some(number), of(&[NO, 1, 1, 0])];
        let is = |of, code| Check::Codes { of, codes: vec![code] };
        let only = |check| Clause { all: vec![check], any: Vec::new() };
        let high = Check::Range { of: 1, min: 2.0, max: 9.0 };
        let clause = Clause { all: vec![is(0, 0)], any: vec![only(high), only(is(2, NO))] };
        let Made::Codes(codes) = cases(&[(clause, 5)], &[2, 1], &made, 4) else {
            panic!("cases are codes")
        };
        assert_eq!(codes, [5, Missing::NotApplicable.code(), 5, NO]);
    }
}
