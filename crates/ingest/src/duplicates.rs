//! Rows that have the same key.
//!
//! Files usually come in the order of their keys. Keys that ascend cannot repeat, so a unit only
//! keeps the ends of its ascending runs, and memory does not grow with the rows. Where runs overlap
//! (rows in another order, keys that are no whole numbers, a key that does repeat) the keys are
//! read once more at the end and compared one by one.

use crate::Error;
use crate::error::{Halt, Spot};
use crate::fingerprint::{fingerprint, key_text};
use crate::harmonise::{Harmonised, Part};
use crate::number::NumberFormat;
use crate::raw::{real_at, reals};
use crate::run::{Evaluated, Scene};
use crate::table::RawColumn;
use arrow::datatypes::DataType;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// More runs than this in a unit, and it counts as being in no order.
const MOST_RUNS: usize = 64;

/// What is known of the keys so far.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    runs: Mutex<BTreeMap<usize, Runs>>,
    /// Whether there is a duplicate, once all units were read.
    verdict: Mutex<Option<Option<Duplicate>>>,
}

/// The ascending runs of a unit, each with its first and last key.
#[derive(Debug, Default)]
struct Runs {
    ends: Vec<(Vec<i64>, Vec<i64>)>,
    /// The keys are in no order, or are no whole numbers.
    unordered: bool,
}

impl Runs {
    /// Adds the keys of a batch, in file order.
    fn add(&mut self, columns: &[Vec<i64>], rows: usize) {
        for row in 0..rows {
            let ascends = |last: &[i64]| {
                let pairs = columns.iter().zip(last);
                let unequal = pairs.map(|(column, old)| (column[row], *old)).find(|(a, b)| a != b);
                unequal.is_some_and(|(new, old)| new > old)
            };
            let full = self.ends.len() == MOST_RUNS;
            match self.ends.last_mut() {
                Some((_, last)) if ascends(last) => {
                    for (old, column) in last.iter_mut().zip(columns) {
                        *old = column[row];
                    }
                }
                _ if full => {
                    self.unordered = true;
                    return;
                }
                _ => {
                    let key: Vec<i64> = columns.iter().map(|column| column[row]).collect();
                    self.ends.push((key.clone(), key));
                }
            }
        }
    }
}

/// The values of a key column, if all of them are whole numbers.
fn whole_numbers(column: &RawColumn, rows: usize, format: &NumberFormat) -> Option<Vec<i64>> {
    // Above 2^53 neighbours can no longer be told apart as floats.
    let whole = |value: f64| (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64);
    match reals(column) {
        Some(_) if column.values.null_count() > 0 => None,
        Some(values) => values.into_iter().map(whole).collect(),
        None => (0..rows).map(|row| real_at(column, row, format).and_then(whole)).collect(),
    }
}

/// The first duplicate, and how many there are.
#[derive(Debug, Clone)]
pub(crate) struct Duplicate {
    spot: Spot,
    first: String,
    what: String,
    hint: String,
    count: u64,
}

impl Duplicate {
    /// As the error that stops the run.
    fn into_error(self) -> Error {
        let Duplicate { spot, first, what, hint, count } = self;
        Error::DuplicateKey { spot, first, what, hint, count }
    }
}

impl Harmonised<'_> {
    /// Notes the keys of a batch of a unit; batches come in file order.
    pub(crate) fn note_keys(&self, unit: usize, scene: &Scene<'_>, rows: &Evaluated) {
        if scene.plan.key.is_empty() || rows.rows == 0 {
            return;
        }
        let slots = scene.plan.key.iter();
        let columns: Option<Vec<Vec<i64>>> = slots
            .map(|s| whole_numbers(&rows.columns[*s], rows.rows, &scene.plan.slots[*s].format))
            .collect();
        let mut units = self.keys.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let runs = units.entry(unit).or_default();
        match columns {
            Some(columns) if !runs.unordered => runs.add(&columns, rows.rows),
            Some(_) => {}
            None => runs.unordered = true,
        }
    }

    /// Stops at a duplicate key, once all units were read.
    ///
    /// # Errors
    ///
    /// [`Error::DuplicateKey`] with both rows and the number of duplicates.
    pub(crate) fn check_keys(&self) -> Result<(), Error> {
        // Held while the keys are compared, so that threads that finish together wait for it.
        let mut verdict = self.keys.verdict.lock().unwrap_or_else(PoisonError::into_inner);
        if verdict.is_none() {
            *verdict = Some(if self.keys_ascend() { None } else { self.compare_keys()? });
        }
        match verdict.as_ref().and_then(Option::as_ref) {
            Some(duplicate) => Err(duplicate.clone().into_error()),
            None => Ok(()),
        }
    }

    /// No key can repeat, because all runs of all units lie apart.
    fn keys_ascend(&self) -> bool {
        let units = self.keys.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if units.values().any(|runs| runs.unordered) {
            return false;
        }
        let mut ends: Vec<_> = units.values().flat_map(|runs| &runs.ends).collect();
        ends.sort();
        ends.windows(2).all(|pair| pair[0].1 < pair[1].0)
    }

    /// Reads the keys of all units once more and compares them one by one.
    fn compare_keys(&self) -> Result<Option<Duplicate>, Error> {
        let mut keys: FxHashMap<u128, (usize, u64)> = FxHashMap::default();
        let mut found: Option<Duplicate> = None;
        for (p, part_unit) in &self.units {
            let part = &self.parts[*p];
            let scene = self.scene(part, false);
            let read = part.read(*part_unit, &mut |batch| {
                self.tell(0)?;
                let rows = scene.evaluate(batch, &self.wanted)?;
                self.compare_batch(*p, &scene, &rows, &mut keys, &mut found);
                Ok(())
            });
            match read {
                Ok(()) | Err(Halt::Enough | Halt::Theirs(_)) => {}
                Err(Halt::Ours(error)) => return Err(error),
            }
        }
        Ok(found)
    }

    /// A key column is text in one part file and numbers in another, as in a delimited text beside
    /// a typed file: then keys are compared as numbers.
    fn key_types_differ(&self) -> bool {
        let is_text = |part: &Part, at: usize| {
            let column = part.plan.columns[part.plan.key[at]];
            part.table.about().columns[column].kind == DataType::Utf8
        };
        (0..self.parts[0].plan.key.len()).any(|at| {
            let first = is_text(&self.parts[0], at);
            self.parts.iter().any(|part| is_text(part, at) != first)
        })
    }

    fn compare_batch(
        &self,
        part: usize,
        scene: &Scene<'_>,
        rows: &Evaluated,
        keys: &mut FxHashMap<u128, (usize, u64)>,
        found: &mut Option<Duplicate>,
    ) {
        let key: Vec<_> = scene.plan.key.iter().map(|s| &rows.columns[*s]).collect();
        let numeric = self.key_types_differ();
        for row in 0..rows.rows {
            let Some(print) = fingerprint(&key, row, numeric) else { continue };
            let number = rows.positions.of(row);
            let Some((old_part, old)) = keys.insert(print, (part, number)) else { continue };
            if let Some(duplicate) = found {
                duplicate.count += 1;
                continue;
            }
            let names: Vec<String> =
                scene.plan.key.iter().map(|s| scene.plan.slots[*s].name.clone()).collect();
            let old_about = self.parts[old_part].table.about();
            let old_file = if old_part == part {
                String::new()
            } else {
                format!("{}, ", old_about.path.display())
            };
            *found = Some(Duplicate {
                spot: Spot { word: scene.word, number: Some(number), ..Spot::file(scene.path) },
                first: format!("{old_file}{} {old}", old_about.word),
                what: key_text(&names, &key, row),
                count: 1,
                hint: format!(
                    "remove the duplicates, or correct `key` of recipe {}",
                    scene.recipe.id
                ),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(keys: &[(i64, i64)]) -> Runs {
        let mut runs = Runs::default();
        let columns = [keys.iter().map(|k| k.0).collect(), keys.iter().map(|k| k.1).collect()];
        runs.add(&columns, keys.len());
        runs
    }

    #[test]
    fn ascending_keys_are_one_run_whatever_their_number() {
        let keys: Vec<(i64, i64)> = (0..10_000).map(|i| (i / 3, i % 3)).collect();
        let runs = runs(&keys);
        assert_eq!(runs.ends, [(vec![0, 0], vec![3_333, 0])]);
        assert!(!runs.unordered);
    }

    #[test]
    fn a_key_that_repeats_or_falls_begins_a_run() {
        assert_eq!(runs(&[(1, 1), (1, 2), (1, 2), (2, 1), (1, 9)]).ends.len(), 3);
        let falling: Vec<(i64, i64)> = (0..100).map(|i| (-i, 0)).collect();
        assert!(runs(&falling).unordered);
    }
}
