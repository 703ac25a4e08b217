//! The walk once more, with a measurement around each stage.

use super::floor::{Decode, decode};
use super::meter::{Cost, Meter};
use crate::plan::Prepared;
use crate::walk::{Walked, codings_of, estimate, estimates_of};
use crate::{Error, estimates_file, write_estimates};
use inclusion_disclosure::{review, review_analyses};
use inclusion_ingest::{Harmonised, Progress, Request};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

/// A stage of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Decode the columns that the study reads, and drop them.
    Floor,
    /// Make harmonised rows, and drop them.
    Ingest,
    /// Make harmonised rows and add them to cells, up to the last row.
    Cells,
    /// What follows the last row: sorting where the rows need it, variances, intervals.
    Estimates,
    /// Fingerprints of the source files for the annex.
    Fingerprints,
    /// Gaps, parity and the other comparisons of women and men.
    Measures,
    /// Disclosure review.
    Review,
    /// The tidy estimates as a file.
    Writing,
}

impl Stage {
    /// Its name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Floor => "floor: decode only",
            Stage::Ingest => "ingest only",
            Stage::Cells => "ingest and cells",
            Stage::Estimates => "estimates",
            Stage::Fingerprints => "fingerprints of files",
            Stage::Measures => "measures",
            Stage::Review => "disclosure review",
            Stage::Writing => "writing",
        }
    }

    /// It is part of what `inclusion estimate` does, not one of the two to compare it with.
    pub fn is_of_command(self) -> bool {
        !matches!(self, Stage::Floor | Stage::Ingest)
    }
}

/// A stage and its cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The stage.
    pub stage: Stage,
    /// Its cost.
    pub cost: Cost,
}

/// Measures the floor of a study alone.
///
/// # Errors
///
/// [`Error::Usage`] if a file is not Parquet; [`Error::Read`], [`Error::Ingest`].
pub fn measure_floor(prepared: &Prepared) -> Result<Measured, Error> {
    floor(&open(prepared, None)?)
}

/// Measures every stage of a study, and writes its estimates as `inclusion estimate` does.
///
/// # Errors
///
/// As [`measure_floor`] and [`crate::walk`].
pub fn measure(prepared: &Prepared) -> Result<Vec<Measured>, Error> {
    let mut measured = vec![measure_floor(prepared)?];
    {
        let opened = open(prepared, None)?;
        let meter = Meter::start();
        ingest(&opened)?;
        measured.push(Measured { stage: Stage::Ingest, cost: meter.cost() });
    }

    let meter = Meter::start();
    let last_row = Mutex::new(None);
    let told = |_, _| {
        *last_row.lock().unwrap_or_else(PoisonError::into_inner) = Some(meter.time());
        ControlFlow::Continue(())
    };
    let opened = open(prepared, Some(&told))?;
    let mut results = Vec::new();
    for (sample, opened) in prepared.samples.iter().zip(&opened) {
        results.push(estimate(sample, opened)?);
    }
    let both = meter.cost();
    let read = last_row.lock().unwrap_or_else(PoisonError::into_inner).take();
    let (cpu, wall) = read.unwrap_or((both.cpu, both.wall));
    let after = both.cpu.zip(cpu).map(|(all, read)| all - read);
    measured.extend([
        Measured { stage: Stage::Cells, cost: Cost { cpu, wall, peak: both.peak } },
        Measured {
            stage: Stage::Estimates,
            cost: Cost { cpu: after, wall: both.wall - wall, peak: both.peak },
        },
    ]);

    let meter = Meter::start();
    opened.iter().flatten().for_each(|part| drop(part.sources()));
    measured.push(Measured { stage: Stage::Fingerprints, cost: meter.cost() });
    drop(opened);

    let meter = Meter::start();
    let mut estimates = Vec::new();
    for (sample, results) in prepared.samples.iter().zip(results) {
        let (registry, wanted) = (&prepared.registry, &prepared.measures);
        estimates.extend(estimates_of(sample, registry, results, wanted));
    }
    measured.push(Measured { stage: Stage::Measures, cost: meter.cost() });

    let meter = Meter::start();
    let codings = codings_of(prepared);
    let publishable = review(estimates, &prepared.policy, &codings);
    let analyses = review_analyses(Vec::new(), &publishable, &prepared.policy, &codings);
    let (samples, diagnostics) = (Vec::new(), Vec::new());
    let world = crate::world::World::default();
    let walked =
        Walked { publishable, analyses, samples, diagnostics, world, made_of: BTreeMap::new() };
    measured.push(Measured { stage: Stage::Review, cost: meter.cost() });

    let meter = Meter::start();
    write_estimates(prepared, &walked, &estimates_file(&prepared.study, None)?)?;
    measured.push(Measured { stage: Stage::Writing, cost: meter.cost() });
    Ok(measured)
}

/// Opens the files of every sample.
fn open<'a>(
    prepared: &'a Prepared,
    told: Option<&'a Progress<'a>>,
) -> Result<Vec<Vec<Harmonised<'a>>>, Error> {
    let of_sample = |sample: &'a crate::Sample| {
        let of_part = |part: &'a crate::Part| {
            let opened = inclusion_ingest::open(Request {
                recipe: &part.recipe,
                registry: &prepared.registry,
                files: part.files.clone(),
                concepts: sample.plan.concepts.keys().cloned().collect(),
                options: inclusion_ingest::Options::default(),
                progress: told,
            })?;
            Ok(opened)
        };
        sample.parts.iter().map(of_part).collect()
    };
    prepared.samples.iter().map(of_sample).collect()
}

fn floor(opened: &[Vec<Harmonised<'_>>]) -> Result<Measured, Error> {
    let read = opened.iter().flatten().flat_map(Harmonised::columns_read);
    let files: Vec<Decode> =
        read.map(|(path, columns)| Decode::open(&path, &columns)).collect::<Result<_, _>>()?;
    let meter = Meter::start();
    decode(&files)?;
    Ok(Measured { stage: Stage::Floor, cost: meter.cost() })
}

fn ingest(opened: &[Vec<Harmonised<'_>>]) -> Result<(), Error> {
    let units: Vec<(&Harmonised<'_>, usize)> = opened
        .iter()
        .flatten()
        .flat_map(|part| (0..part.units()).map(move |unit| (part, unit)))
        .collect();
    units.into_par_iter().try_for_each(|(part, unit)| {
        part.read(unit, &mut |_| Ok(())).map_err(|error| match error.downcast() {
            Ok(error) => Error::Ingest(error),
            Err(other) => Error::Internal(other.to_string()),
        })
    })
}
