//! The cells of one PSU.

use super::form::{CellsForm, Places};
use crate::cube::Number;
use crate::exact::Exact;
use crate::key::Key;
use crate::layout::Digit;
use inclusion_registry::Missing;

/// Reasons that stand before the codes in a digit of a cell.
pub(crate) const REASONS: usize = Missing::ALL.len();

/// Stratum and PSU; the latter is 0 where every row is its own.
pub(crate) type PsuKey = (Key, Key);

/// The cells of one PSU, or of one stratum where every row is its own PSU.
///
/// A cell is a number in mixed radix: of each breakdown concept the reason why there is no code, or
/// the code behind the reasons.
#[derive(Debug, Clone)]
pub(crate) struct PsuCells {
    pub key: PsuKey,
    pub fpc: Option<f64>,
    pub ids: Vec<u128>,
    /// Cell by cell.
    pub counts: Vec<u64>,
    pub sums: Vec<i128>,
    pub exact: Vec<Exact>,
}

impl PsuCells {
    pub(crate) fn new(key: PsuKey, fpc: Option<f64>) -> PsuCells {
        let (ids, counts, sums, exact) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        PsuCells { key, fpc, ids, counts, sums, exact }
    }

    /// Adds a cell without rows and gives its place.
    pub(crate) fn push(&mut self, places: &Places, id: u128) -> usize {
        self.ids.push(id);
        self.counts.resize(self.counts.len() + places.counts, 0);
        self.sums.resize(self.sums.len() + places.sums, 0);
        self.exact.resize(self.exact.len() + places.exact, Exact::new(1));
        self.ids.len() - 1
    }

    /// Brings the cells into the order of their numbers; those of one number become one.
    pub(crate) fn sort(&mut self, places: &Places) {
        if self.ids.is_sorted_by(|a, b| a < b) {
            return;
        }
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_unstable_by_key(|cell| self.ids[*cell]);
        let mut sorted = PsuCells::new(self.key.clone(), self.fpc);
        for cell in order {
            let to = match sorted.ids.last() {
                Some(last) if *last == self.ids[cell] => sorted.ids.len() - 1,
                _ => sorted.push(places, self.ids[cell]),
            };
            sorted.add(places, to, self, cell);
        }
        *self = sorted;
    }

    /// Adds the cells of the same PSU of other rows.
    pub(crate) fn merge(&mut self, places: &Places, other: &PsuCells) {
        for (cell, id) in other.ids.iter().enumerate() {
            let to = self.push(places, *id);
            self.add(places, to, other, cell);
        }
        self.sort(places);
    }

    fn add(&mut self, places: &Places, to: usize, other: &PsuCells, from: usize) {
        let Places { counts, sums, exact, .. } = *places;
        let mine = self.counts[to * counts..].iter_mut();
        mine.zip(&other.counts[from * counts..][..counts]).for_each(|(a, b)| *a += b);
        let mine = self.sums[to * sums..].iter_mut();
        mine.zip(&other.sums[from * sums..][..sums]).for_each(|(a, b)| *a = a.plus(*b));
        let mine = self.exact[to * exact..].iter_mut();
        mine.zip(&other.exact[from * exact..][..exact]).for_each(|(a, b)| a.merge(b, |e| e));
    }
}

impl CellsForm {
    /// By concept: how much a step in its digit adds to a cell's number. The last concept counts
    /// fastest.
    pub(crate) fn strides(&self) -> Vec<u128> {
        let mut strides = vec![1; self.by.len()];
        for at in (1..self.by.len()).rev() {
            strides[at - 1] = strides[at] * (self.by[at].1.len() + REASONS) as u128;
        }
        strides
    }
}

/// The digit of a stored value: a code by its place, or a reason (−1 to −5).
pub(crate) fn digit(value: i16) -> u128 {
    match value {
        0.. => value as u128 + REASONS as u128,
        reason => (-1 - reason) as u128,
    }
}

/// The stored value of a concept in a cell.
pub(crate) fn value(form: &CellsForm, strides: &[u128], concept: usize, cell: u128) -> i16 {
    let radix = (form.by[concept].1.len() + REASONS) as u128;
    let digit = (cell / strides[concept] % radix) as i16;
    let reasons = REASONS as i16;
    if digit < reasons { -1 - digit } else { digit - reasons }
}

/// The kernel's number of a cell.
pub(crate) fn finest(form: &CellsForm, strides: &[u128], digits: &[Digit], cell: u128) -> u64 {
    let part = |(at, digit): (usize, &Digit)| {
        (value(form, strides, at, cell) + 1).max(0) as u64 * digit.stride
    };
    digits.iter().enumerate().map(part).sum()
}
