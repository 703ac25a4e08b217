//! The second look at files in which a fault was found: which fault is the first in the order of the
//! files, and in how many rows it occurs.
//!
//! Rows are judged batch by batch and units may be read in parallel, so what stopped a reading knows
//! only its own batch. A run that has failed may take its time: the files are read once more from
//! the beginning, in order, and every message is the same whatever the threads did.

use crate::design;
use crate::error::{Error, Halt};
use crate::harmonise::Harmonised;
use crate::limits::Categories;
use crate::lookup::NO_MATCH;
use crate::plan::Rule;
use crate::run::{Evaluated, Scene};

impl Harmonised<'_> {
    /// The error to report for one that was found, the same for all who ask.
    pub(crate) fn settled(&self, found: Error) -> Error {
        // In a single unit nothing comes earlier, and what is not counted has no more to say.
        let alone = !found.is_counted() && self.units.len() == 1;
        if alone || matches!(found, Error::Stopped) {
            return found;
        }
        self.verdict.get_or_init(|| self.second_look(found)).clone()
    }

    fn second_look(&self, found: Error) -> Error {
        let categories = Categories::new(self.request.options.max_categories);
        let mut first: Option<(usize, Error)> = None;
        let (mut here, mut all, mut complete) = (0, 0, true);
        for (p, unit) in &self.units {
            let part = &self.parts[*p];
            let scene = Scene { categories: &categories, ..self.scene(part, false) };
            let counting = Scene { counting: true, ..self.scene(part, false) };
            let read = part.read(*unit, &mut |batch| {
                self.tell(0)?;
                if first.is_none() {
                    let judged = scene.evaluate(batch.clone(), &self.wanted);
                    match judged.and_then(|mut rows| self.output(&scene, &mut rows)) {
                        Ok(_) => return Ok(()),
                        Err(error) if !error.is_counted() => return Err(error.into()),
                        Err(error) => first = Some((*p, error)),
                    }
                }
                let Some((file, error)) = &first else { return Ok(()) };
                let rows = occurrences(&counting, error, &counting.rows(batch)?) as u64;
                all += rows;
                here += if file == p { rows } else { 0 };
                Ok(())
            });
            match read {
                Ok(()) => {}
                Err(Halt::Ours(Error::Stopped)) => return Error::Stopped,
                Err(Halt::Ours(error)) if first.is_none() => return error,
                // What follows cannot be read, but the first fault is known.
                Err(_) => {
                    complete = false;
                    break;
                }
            }
        }
        let Some((_, mut error)) = first else { return found };
        if let Some(extent) = error.extent_mut() {
            (extent.rows, extent.all, extent.files) = (here, all, self.parts.len());
            extent.complete = complete;
        }
        error
    }
}

/// How many rows of a batch have the fault that an error names.
fn occurrences(scene: &Scene<'_>, error: &Error, batch: &Evaluated) -> usize {
    let slot_of = |name: &str| (0..scene.plan.slots.len()).find(|s| scene.column_name(*s) == name);
    let maker_of = |id: &str| scene.plan.makers.iter().find(|maker| maker.id == id);
    match error {
        Error::Design { spot, rule, .. } => spot
            .column
            .as_ref()
            .and_then(|(name, _)| slot_of(name))
            .map_or(0, |slot| design::breaking(scene, batch, slot, *rule).len()),
        Error::OutOfRange { concept, .. } => {
            maker_of(concept).map_or(0, |maker| scene.out_of_range(maker, batch))
        }
        Error::UnmappedValue { concept, value, .. } => {
            maker_of(concept).map_or(0, |maker| match &maker.rule {
                Rule::Code { slot, lookup } | Rule::Number { slot, lookup, .. } => {
                    scene.not_covered(*slot, lookup, value, batch)
                }
                Rule::Cases { cases, slots, blank, others, .. } => {
                    let codes = scene.case_codes(cases, slots, *blank, *others, batch);
                    scene.without_case(&codes, slots, value, batch)
                }
                _ => 0,
            })
        }
        Error::Unmatched { other, .. } => {
            let join = scene.joins.iter().position(|joined| joined.path == *other);
            let slot = join.and_then(|j| scene.plan.slots.iter().position(|s| s.role == j + 1));
            let tags = slot.and_then(|slot| batch.columns[slot].tags.as_ref());
            tags.map_or(0, |tags| tags.iter().filter(|tag| **tag == NO_MATCH).count())
        }
        _ => 0,
    }
}
