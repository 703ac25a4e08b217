//! Counts of rows that are not split by PSU.

use crate::classify::{NO, YES};
use crate::exact::Exact;

/// Counted classes of a row: those of `classify`, and [`ZERO_WEIGHT`].
pub(crate) const CLASSES: usize = 9;

/// A row of the base with weight 0.
pub(crate) const ZERO_WEIGHT: usize = 8;

/// Rows after which a packed count must be emptied: its fields have 8 bits.
const FULL: u8 = 255;

/// Sums that are not split by PSU, by finest cell.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// By cell and item: rows by class.
    pub classes: Vec<[u64; CLASSES]>,
    /// By cell: all rows.
    pub rows: Vec<u64>,
    /// By cell and number: Σwy², Σwxy, Σwx².
    pub second: Vec<Exact>,
    /// By cell and lane: rows by class since it was emptied last, eight fields of 8 bits.
    packed: Vec<u64>,
    /// By cell: rows in its packed counts.
    pending: Vec<u8>,
}

impl Counts {
    /// Makes room for this many cells.
    pub(crate) fn grow(&mut self, cells: usize, width: usize, items: usize, numbers: usize) {
        self.rows.resize(cells, 0);
        self.pending.resize(cells, 0);
        self.packed.resize(cells * width, 0);
        self.classes.resize(cells * items, [0; CLASSES]);
        self.second.resize(cells * numbers, Exact::new(3));
    }

    /// The packed counts of a cell, for one more row: 1 is to be added to each item's field.
    #[inline(always)]
    pub(crate) fn packed(&mut self, cell: usize, width: usize, items: usize) -> &mut [u64] {
        if self.pending[cell] == FULL {
            self.empty(cell, width, items);
        }
        self.pending[cell] += 1;
        &mut self.packed[cell * width..][..width]
    }

    /// Counts a row of weight 0: it is a row of its base, and that is all.
    pub(crate) fn zero_weight(&mut self, cell: usize, classes: &[u8]) {
        let counts = &mut self.classes[cell * classes.len()..][..classes.len()];
        for (count, class) in counts.iter_mut().zip(classes) {
            count[ZERO_WEIGHT] += u64::from(*class == NO || *class == YES);
        }
    }

    /// Adds the counts of other cells: `to` gives the place here of each.
    pub(crate) fn merge(
        &mut self,
        other: &Counts,
        items: usize,
        numbers: usize,
        to: impl Fn(usize) -> usize,
    ) {
        for (from, rows) in other.rows.iter().enumerate() {
            let to = to(from);
            self.rows[to] += rows;
            for item in 0..items {
                let (a, b) =
                    (&mut self.classes[to * items + item], &other.classes[from * items + item]);
                a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            }
            for number in 0..numbers {
                self.second[to * numbers + number]
                    .merge(&other.second[from * numbers + number], |e| e);
            }
        }
    }

    #[inline(never)]
    fn empty(&mut self, cell: usize, width: usize, items: usize) {
        self.pending[cell] = 0;
        let classes = &mut self.classes[cell * items..][..items];
        for (packed, classes) in self.packed[cell * width..][..width].iter_mut().zip(classes) {
            for (field, count) in packed.to_le_bytes().into_iter().zip(classes) {
                *count += u64::from(field);
            }
            *packed = 0;
        }
    }

    /// Brings all counts into `classes`.
    pub(crate) fn settle(&mut self, width: usize, items: usize) {
        (0..self.rows.len()).for_each(|cell| self.empty(cell, width, items));
    }
}
