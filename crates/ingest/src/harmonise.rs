//! Harmonised rows of opened files: batches, log, sources.

use crate::derive::Made;
use crate::design::{self, Ids};
use crate::duplicates::Keys;
use crate::error::Halt;
use crate::join::Joined;
use crate::journal::Journal;
use crate::limits::Categories;
use crate::plan::Plan;
use crate::pruning;
use crate::run::{Evaluated, Scene};
use crate::table::{RawBatch, Table, broken};
use crate::{Error, LogEntry, Request, Source};
use arrow::array::{ArrayRef, Float64Array, Int16Array, RecordBatch};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::SchemaRef;
use inclusion_registry::Missing;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Files opened and headers checked; rows not yet read.
///
/// Units may be read from several threads and more than once; a unit gives the same rows every
/// time, in the same batches, and each batch is counted in the log only once, also where a reading
/// was broken off and began again.
pub struct Harmonised<'a> {
    pub(crate) request: Request<'a>,
    pub(crate) parts: Vec<Part>,
    pub(crate) joins: Vec<Joined>,
    /// Part and unit of the part, by unit.
    pub(crate) units: Vec<(usize, usize)>,
    pub(crate) schema: SchemaRef,
    pub(crate) stratum: Option<Ids>,
    pub(crate) psu: Option<Ids>,
    /// Strata and units of later stages.
    pub(crate) stages: Vec<(Option<Ids>, Option<Ids>)>,
    /// Maker of each concept column.
    pub(crate) outputs: Vec<usize>,
    pub(crate) wanted: Vec<bool>,
    pub(crate) journal: Journal,
    pub(crate) categories: Categories,
    /// Batches of each unit that are already in the log.
    pub(crate) counted: Vec<AtomicU64>,
    pub(crate) finished: Vec<AtomicBool>,
    pub(crate) weights: Mutex<Option<(f64, f64)>>,
    pub(crate) keys: Keys,
    /// The first fault of the files in their order, once there is one.
    pub(crate) verdict: OnceLock<Error>,
    pub(crate) rows: Vec<AtomicU64>,
    pub(crate) done: AtomicU64,
    pub(crate) total: u64,
    pub(crate) joined_sources: Vec<(String, PathBuf, String, u64)>,
    pub(crate) hashes: OnceLock<Vec<Source>>,
}

/// The sentence for a file whose rows all have this weight.
pub fn constant_weight(weight: &str) -> String {
    format!(
        "every row has the weight {weight}, although the recipe names a weight; is it the right column?"
    )
}

/// One part of the rows' file.
pub(crate) struct Part {
    /// Opened file.
    pub table: Box<dyn Table>,
    /// Recipe prepared for it.
    pub plan: Plan,
}

impl Part {
    /// Reads one part of the file, unless the filter keeps none of its rows.
    pub fn read(
        &self,
        unit: usize,
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        match pruning::excluded(&self.plan, self.table.as_ref(), unit) {
            Some(_) => Ok(()),
            None => self.table.read(unit, &self.plan.columns, each),
        }
    }
}

impl Harmonised<'_> {
    /// Schema of every batch: `inclusion_registry::schema_of` with the design columns before it.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Number of units that can be read in parallel.
    pub fn units(&self) -> usize {
        self.units.len()
    }

    /// The columns that are read of each part of the rows' file, as positions from 0.
    pub fn columns_read(&self) -> Vec<(PathBuf, Vec<usize>)> {
        let read = |part: &Part| (part.table.about().path.clone(), part.plan.columns.clone());
        self.parts.iter().map(read).collect()
    }

    /// Reads one unit and hands over its batches in file order.
    ///
    /// # Errors
    ///
    /// An [`Error`] about the data, or the error of `each`, which stops the reading.
    pub fn read(
        &self,
        unit: usize,
        each: &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let Some((p, part_unit)) = self.units.get(unit).copied() else { return Ok(()) };
        let part = &self.parts[p];
        let counted = self.counted[unit].load(Ordering::SeqCst);
        let mut seen = 0;
        if let Some((keep, rows)) = pruning::excluded(&part.plan, part.table.as_ref(), part_unit) {
            self.pass_over(unit, part, keep, rows);
            return self.complete(unit);
        }
        let result = part.table.read(part_unit, &part.plan.columns, &mut |batch| {
            let (rows, bytes) = (batch.rows as u64, batch.bytes);
            let first = seen >= counted;
            seen += 1;
            let scene = self.scene(part, first);
            let mut evaluated = scene.evaluate(batch, &self.wanted)?;
            let out = self.output(&scene, &mut evaluated)?;
            if first {
                self.counted[unit].store(seen, Ordering::SeqCst);
                self.rows[p].fetch_add(rows, Ordering::Relaxed);
                self.note_keys(unit, &scene, &evaluated);
            }
            if out.num_rows() > 0 {
                each(out).map_err(Halt::Theirs)?;
            }
            self.tell(if first { bytes } else { 0 })?;
            Ok(())
        });
        match result {
            Ok(()) => {}
            Err(Halt::Ours(error)) => {
                // Of a file that became longer or shorter, no other fault means anything.
                let about = part.table.about();
                let size = std::fs::metadata(&about.path).map(|m| m.len());
                let changed = size.is_ok_and(|s| s != about.size);
                return Err(match changed {
                    true => Error::Changed(about.path.clone()),
                    false => self.settled(error),
                }
                .into());
            }
            Err(Halt::Theirs(error)) => return Err(error),
            Err(Halt::Enough) => return Ok(()),
        }
        self.complete(unit)
    }

    /// Tells how far the reading is, so many bytes further; an error if it is to end there. Passes that are
    /// no further tell it too, so that they can be ended.
    pub(crate) fn tell(&self, bytes: u64) -> Result<(), Error> {
        let Some(progress) = self.request.progress else { return Ok(()) };
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        match progress(done.min(self.total), self.total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Stopped),
        }
    }

    /// Counts the rows of a unit that no filter but this one keeps from being read.
    fn pass_over(&self, unit: usize, part: &Part, keep: usize, rows: u64) {
        if self.counted[unit].swap(1, Ordering::SeqCst) > 0 {
            return;
        }
        let (p, part_unit) = self.units[unit];
        let first = part.table.first_row(part_unit);
        self.scene(part, true).note_excluded(keep, first, rows);
        self.rows[p].fetch_add(rows, Ordering::Relaxed);
    }

    /// A unit was read to its end.
    fn complete(&self, unit: usize) -> Result<(), BoxError> {
        self.finished[unit].store(true, Ordering::SeqCst);
        if self.finished.iter().all(|unit| unit.load(Ordering::SeqCst)) {
            self.check_keys()?;
            // What is no row, such as the end of a file, is read with the last one.
            self.tell(self.total.saturating_sub(self.done.load(Ordering::Relaxed)))?;
        }
        Ok(())
    }

    /// What was noticed so far, in a fixed order; complete after all units were read once.
    pub fn log(&self) -> Vec<LogEntry> {
        let mut log = self.journal.entries();
        let complete = self.finished.iter().all(|f| f.load(Ordering::SeqCst));
        if complete {
            log.extend(self.joins.iter().filter_map(Joined::unused));
            let weights = *self.weights.lock().unwrap_or_else(PoisonError::into_inner);
            let rows: u64 = self.rows.iter().map(|r| r.load(Ordering::Relaxed)).sum();
            if let (Some((low, high)), Some((slot, _)), true) =
                (weights, self.parts[0].plan.weight, rows > 1)
                && low == high
            {
                log.push(LogEntry {
                    code: "constant_weight".into(),
                    message: constant_weight(&low.to_string()),
                    file: self.parts[0].table.about().path.clone(),
                    line: None,
                    column: Some(self.parts[0].plan.slots[slot].name.clone()),
                    value: Some(low.to_string()),
                    count: rows,
                });
            }
        }
        log.sort();
        log
    }

    /// Each source file with its hash; the files are read for it on the first call.
    pub fn sources(&self) -> Vec<Source> {
        self.hashes
            .get_or_init(|| {
                let role = &self.request.recipe.rows;
                let rows = self.parts.iter().zip(&self.rows).map(|(part, rows)| {
                    let about = part.table.about();
                    (
                        role.clone(),
                        about.path.clone(),
                        about.format.clone(),
                        rows.load(Ordering::Relaxed),
                    )
                });
                let mut all: Vec<_> = rows.chain(self.joined_sources.iter().cloned()).collect();
                all.sort();
                all.into_iter()
                    .map(|(role, path, format, rows)| {
                        match self.request.options.frames.get(&path) {
                            Some(frame) => crate::source::in_memory(role, path, frame),
                            None => crate::source::describe(role, path, format, rows),
                        }
                    })
                    .collect()
            })
            .clone()
    }

    pub(crate) fn scene<'s>(&'s self, part: &'s Part, first: bool) -> Scene<'s> {
        let about = part.table.about();
        Scene {
            recipe: self.request.recipe,
            plan: &part.plan,
            path: &about.path,
            word: about.word,
            joins: &self.joins,
            journal: first.then_some(&self.journal),
            categories: &self.categories,
            counting: false,
        }
    }

    /// The batch as it is handed over; takes the concepts out of the rows.
    pub(crate) fn output(
        &self,
        scene: &Scene<'_>,
        rows: &mut Evaluated,
    ) -> Result<RecordBatch, Error> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        let weights = design::weights(scene, &*rows)?;
        if scene.journal.is_some() && scene.plan.weight.is_some() {
            let here = weights.iter().fold((f64::INFINITY, 0.0), |(low, high), w| {
                (if *w < low { *w } else { low }, if *w > high { *w } else { high })
            });
            if !weights.is_empty() {
                let mut range = self.weights.lock().unwrap_or_else(PoisonError::into_inner);
                let (low, high) = range.unwrap_or(here);
                *range = Some((low.min(here.0), high.max(here.1)));
            }
        }
        if !scene.recipe.design.weight_from_fpc {
            columns.push(Arc::new(Float64Array::from(weights)));
        }
        for (ids, slots, what) in
            [(self.stratum, &scene.plan.stratum, "stratum"), (self.psu, &scene.plan.psu, "PSU")]
        {
            if let Some(ids) = ids {
                columns.push(design::ids(scene, &*rows, slots, ids, what)?);
            }
        }
        if let Some(slot) = scene.plan.fpc {
            columns.push(Arc::new(Float64Array::from(design::population(scene, &*rows, slot)?)));
        }
        for ((stratum, psu), slots) in self.stages.iter().zip(&scene.plan.stages) {
            for (ids, slots, what) in [
                (stratum, &slots.stratum, "stratum of a later stage"),
                (psu, &slots.psu, "sampling unit of a later stage"),
            ] {
                if let Some(ids) = ids {
                    columns.push(design::ids(scene, &*rows, slots, *ids, what)?);
                }
            }
            if let Some(slot) = slots.fpc {
                let values = design::population(scene, &*rows, slot)?;
                columns.push(Arc::new(Float64Array::from(values)));
            }
        }
        for slot in &scene.plan.replicates {
            let values = design::replicate(scene, &*rows, *slot)?;
            columns.push(Arc::new(Float64Array::from(values)));
        }
        for output in &self.outputs {
            columns.push(match rows.made[*output].take() {
                Some(Made::Codes(codes)) => Arc::new(Int16Array::from(codes)) as ArrayRef,
                Some(Made::Numbers { values, reasons }) => {
                    let present =
                        reasons.map(|r| BooleanBuffer::collect_bool(r.len(), |i| r[i] == 0));
                    Arc::new(Float64Array::new(values.into(), present.map(NullBuffer::new)))
                }
                None => Arc::new(Int16Array::from(vec![Missing::NotAsked.code(); rows.rows])),
            });
        }
        RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|e| broken(scene.path, e.to_string()))
    }
}
