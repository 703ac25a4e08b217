//! Rows without a code of a breakdown concept, and why.
//!
//! A person of 12 is in no band of an indicator's ages, which says nothing about the quality of the
//! answers; an empty or refused answer does. The two are counted apart.

use crate::layout::Digit;
use inclusion_registry::Missing;

/// Rows without a code that is shown, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Codeless {
    /// The concept does not apply to them.
    pub not_applicable: u64,
    /// The question was not part of the interview.
    pub not_asked: u64,
    /// No usable answer, a code for "not stated" included.
    pub not_stated: u64,
}

impl Codeless {
    /// Counts the values of one column, which are valid.
    pub(crate) fn count(&mut self, digit: &Digit, values: &[i16]) {
        let hidden = digit.stated[1..].iter().any(Option::is_none);
        if !hidden && values.iter().fold(0, |m, v| m.min(*v)) == 0 {
            return;
        }
        values.iter().for_each(|value| self.count_rows(digit, *value, 1));
    }

    /// Counts rows of one valid value.
    #[inline]
    pub(crate) fn count_rows(&mut self, digit: &Digit, value: i16, rows: u64) {
        match Missing::from_code(value) {
            Some(Missing::NotApplicable) => self.not_applicable += rows,
            Some(Missing::NotAsked) => self.not_asked += rows,
            Some(_) => self.not_stated += rows,
            None if digit.stated[value as usize + 1].is_none() => self.not_stated += rows,
            None => {}
        }
    }

    pub(crate) fn merge(&mut self, other: &Codeless) {
        self.not_applicable += other.not_applicable;
        self.not_asked += other.not_asked;
        self.not_stated += other.not_stated;
    }
}
