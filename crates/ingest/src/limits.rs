//! Counting of distinct values where a recipe gives one code to everything it does not list.

use crate::Error;
use crate::error::Spot;
use crate::raw::{reals, text_of};
use crate::table::RawColumn;
use arrow::array::Array;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher;
use std::sync::{Mutex, PoisonError};

/// Distinct unlisted values by slot, as hashes.
pub(crate) struct Categories {
    limit: usize,
    seen: Mutex<FxHashMap<usize, FxHashSet<u64>>>,
}

impl Categories {
    /// Counts up to a limit.
    pub fn new(limit: usize) -> Categories {
        Categories { limit, seen: Mutex::default() }
    }

    /// Counts the values of the given rows.
    pub fn count(
        &self,
        slot: usize,
        rows: impl Iterator<Item = usize>,
        column: &RawColumn,
        spot: impl Fn() -> Spot,
    ) -> Result<(), Error> {
        let mut batch: FxHashSet<u64> = FxHashSet::default();
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        let numbers = reals(column);
        for row in rows {
            let mut hasher = FxHasher::default();
            match &numbers {
                Some(numbers) if column.values.is_valid(row) => {
                    hasher.write_u64(numbers[row].to_bits());
                }
                _ => hasher.write(text_of(column, row).as_bytes()),
            }
            batch.insert(hasher.finish());
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let all = seen.entry(slot).or_default();
        all.extend(batch);
        if all.len() > self.limit {
            return Err(Error::Limit {
                spot: Spot { number: None, ..spot() },
                what: format!(
                    "more than {} distinct values in a column read as a category",
                    self.limit
                ),
                limit: self.limit as u64,
                option: "max_categories",
            });
        }
        Ok(())
    }
}
