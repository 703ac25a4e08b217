//! Rows that have the same key.

use crate::Error;
use crate::error::Spot;
use crate::fingerprint::{fingerprint, key_text};
use crate::harmonise::Harmonised;
use crate::run::{Evaluated, Scene};
use std::sync::PoisonError;

/// The first duplicate of a unit, and how many there are.
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
    pub fn into_error(self) -> Error {
        let Duplicate { spot, first, what, hint, count } = self;
        Error::DuplicateKey { spot, first, what, hint, count }
    }
}

impl Harmonised<'_> {
    /// The duplicate that an earlier reading of a unit found.
    pub(crate) fn known_duplicate(&self, unit: usize) -> Option<Duplicate> {
        self.duplicates.lock().unwrap_or_else(PoisonError::into_inner).get(&unit).cloned()
    }

    /// Keeps what a reading of a unit found.
    pub(crate) fn keep_duplicate(&self, unit: usize, duplicate: &Duplicate) {
        let mut known = self.duplicates.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(unit, duplicate.clone());
    }

    /// Notes the keys of a batch; the first duplicate of a unit is kept, the others count.
    pub(crate) fn check_keys(
        &self,
        part: usize,
        scene: &Scene<'_>,
        rows: &Evaluated,
        found: &mut Option<Duplicate>,
    ) {
        if scene.plan.key.is_empty() {
            return;
        }
        let key: Vec<_> = scene.plan.key.iter().map(|s| &rows.columns[*s]).collect();
        let prints: Vec<Option<u128>> =
            (0..rows.rows).map(|row| fingerprint(&key, row, false)).collect();
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        for (row, print) in prints.into_iter().enumerate() {
            let Some(print) = print else { continue };
            let number = rows.positions.of(row);
            let Some((old_part, old)) = keys.insert(print, (part as u32, number)) else { continue };
            if let Some(duplicate) = found {
                duplicate.count += 1;
                continue;
            }
            let names: Vec<String> =
                scene.plan.key.iter().map(|s| scene.plan.slots[*s].name.clone()).collect();
            let old_about = self.parts[old_part as usize].table.about();
            let old_file = if old_part as usize == part {
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
