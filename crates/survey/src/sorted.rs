//! Rows in any order: they are packed, sorted by stratum and PSU, and read as if they had come so.
//!
//! A packed row takes 28 bytes, one byte for each indicator and 16 for each number. Because sums
//! are exact, the result has the same bits as that of a pass over ordered rows.

use crate::classify::OUTSIDE;
use crate::codeless::Codeless;
use crate::fold::RowsOfPsu;
use crate::key::{Ids, Key};
use crate::layout::{Layout, NONE};
use crate::replicates::{self, Whole};
use crate::pass::{Classes, Joiner, Reader, Stop, fpc, fpc_varies, read_batches, weights};
use crate::totals::Totals;
use crate::{Error, Options, Rows};
use arrow::array::RecordBatch;
use inclusion_registry::{PSU, STRATUM};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Rows that one task sums up.
const TASK: usize = 1 << 16;

/// A PSU: its stratum, itself, and the finite population.
type Psu = (Key, Key, Option<f64>);

/// PSUs by id, in the order in which they were met.
#[derive(Debug, Default)]
struct Psus {
    ids: FxHashMap<(Key, Key), u32>,
    list: Vec<Psu>,
    /// The first stratum, by key, of which a PSU has two finite populations, and the larger one.
    varying: Option<(Key, Option<f64>)>,
}

impl Psus {
    /// Id of a PSU.
    fn id(&mut self, (stratum, psu, fpc): &Psu) -> u32 {
        let next = self.list.len() as u32;
        let id = *self.ids.entry((stratum.clone(), psu.clone())).or_insert(next);
        if id == next {
            self.list.push((stratum.clone(), psu.clone(), *fpc));
        } else if self.list[id as usize].2 != *fpc {
            let known = self.list[id as usize].2;
            let larger = if known > *fpc { known } else { *fpc };
            if self.varying.as_ref().is_none_or(|(first, _)| stratum < first) {
                self.varying = Some((stratum.clone(), larger));
            }
        }
        id
    }

    /// Rank by key of each id, and the PSUs in the order of their keys.
    fn ranked(self) -> (Vec<u32>, Vec<Psu>) {
        let mut list: Vec<(Psu, usize)> = self.list.into_iter().zip(0..).collect();
        list.sort_unstable_by(|(a, _), (b, _)| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut ranks = vec![0; list.len()];
        for (rank, (_, id)) in list.iter().enumerate() {
            ranks[*id] = rank as u32;
        }
        (ranks, list.into_iter().map(|(psu, _)| psu).collect())
    }
}

/// The packed rows of one unit.
#[derive(Debug, Default)]
struct Packed {
    /// PSU: its id in the unit, and in the end its rank in the sample.
    psu: Vec<u32>,
    weights: Vec<f64>,
    cells: Vec<u64>,
    /// Row by row, item by item.
    classes: Vec<u8>,
    numbers: Vec<[f64; 2]>,
    codeless: Vec<Codeless>,
}

impl Packed {
    fn add(
        &mut self,
        layout: &Layout,
        batch: &RecordBatch,
        classes: &mut Classes,
        known: &mut Psus,
        replicated: Option<&mut replicates::Unit<'_>>,
    ) -> Result<(), Stop> {
        classes.read(layout, batch)?;
        let strata = Ids::of(batch, STRATUM, layout.stratified)?;
        let psus = Ids::of(batch, PSU, layout.psus)?;
        let weights = weights(batch, &strata)?;
        if let Some(replicated) = replicated {
            replicated.batch(batch, classes, &weights)?;
        }
        self.weights.extend(weights);
        let fpc = fpc(batch, layout)?;
        let mut at = NONE;
        for row in 0..batch.num_rows() {
            let fpc = fpc.map(|f| f[row]);
            if row == 0 || !strata.same(row, row - 1) || !psus.same(row, row - 1) {
                at = known.id(&(strata.key(row), psus.key(row), fpc));
            }
            if known.list[at as usize].2 != fpc {
                let stratum = &known.list[at as usize].0;
                return Err(Stop::Error(fpc_varies(Some(stratum), fpc)));
            }
            self.psu.push(at);
        }
        self.cells.extend_from_slice(&classes.cells);
        // The padding to whole vectors is put back when a row is read again.
        let padded = classes.classes.chunks_exact(layout.width.max(1));
        self.classes.extend(padded.flat_map(|row| &row[..layout.items.len()]));
        self.numbers.extend_from_slice(&classes.numbers);
        Ok(())
    }
}

/// Reads all units, whatever the order of their rows, and adds up replicate weights where they are
/// wanted.
pub(crate) fn run(
    layout: &Layout,
    rows: &Rows<'_>,
    options: &Options,
    replicates: Option<&Whole<'_>>,
) -> Result<Totals, Stop> {
    let psus = Mutex::new(Psus::default());
    let mut units: Vec<Packed> = (0..rows.units)
        .into_par_iter()
        .map(|unit| {
            let (mut packed, mut classes) = (Packed::default(), Classes::default());
            let mut known = Psus::default();
            let mut replicated = replicates.map(replicates::Unit::new);
            read_batches(rows, unit, |batch| {
                packed.add(layout, batch, &mut classes, &mut known, replicated.as_mut())
            })?;
            if let (Some(whole), Some(unit)) = (replicates, replicated) {
                whole.add(unit)?;
            }
            let mut psus = psus.lock().unwrap_or_else(PoisonError::into_inner);
            let ids: Vec<u32> = known.list.iter().map(|psu| psus.id(psu)).collect();
            drop(psus);
            packed.psu.iter_mut().for_each(|psu| *psu = ids[*psu as usize]);
            packed.codeless = classes.codeless;
            Ok(packed)
        })
        .collect::<Result<_, Stop>>()?;
    let mut psus = psus.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some((stratum, fpc)) = psus.varying.take() {
        return Err(Stop::Error(fpc_varies(Some(&stratum), fpc)));
    }
    let (ranks, psus) = psus.ranked();
    if layout.clustered && !options.nest {
        nested(psus.iter().map(|(stratum, psu, _)| (stratum, psu)))?;
    }
    for psu in units.iter_mut().flat_map(|unit| &mut unit.psu) {
        *psu = ranks[*psu as usize];
    }
    let order = order(&units, psus.len());
    let (width, items, numbers) = (layout.width, layout.items.len(), layout.numbers);
    let mut joiner = Joiner::new(layout, options);
    let window = 4 * rayon::current_num_threads() * TASK;
    for part in order.chunks(window) {
        let parts: Vec<Result<_, Stop>> = part
            .par_chunks(TASK)
            .map(|rows| {
                let mut reader = Reader::new(layout, options);
                let rank = |(unit, row): &(u32, u32)| units[*unit as usize].psu[*row as usize];
                let mut gathered = Packed::default();
                for run in rows.chunk_by(|a, b| rank(a) == rank(b)) {
                    let (stratum, psu, fpc) = &psus[rank(&run[0]) as usize];
                    reader.enter(stratum.clone(), psu.clone(), *fpc)?;
                    gathered.weights.clear();
                    gathered.cells.clear();
                    gathered.classes.clear();
                    gathered.numbers.clear();
                    for (unit, row) in run {
                        let (unit, row) = (&units[*unit as usize], *row as usize);
                        gathered.weights.push(unit.weights[row]);
                        gathered.cells.push(unit.cells[row]);
                        gathered.classes.extend_from_slice(&unit.classes[row * items..][..items]);
                        gathered.classes.resize(gathered.weights.len() * width, OUTSIDE);
                        let own = &unit.numbers[row * numbers..][..numbers];
                        gathered.numbers.extend_from_slice(own);
                    }
                    reader.rows(RowsOfPsu {
                        weights: &gathered.weights,
                        cells: &gathered.cells,
                        classes: &gathered.classes,
                        numbers: &gathered.numbers,
                    })?;
                }
                Ok(reader.finish())
            })
            .collect();
        for unit in parts {
            joiner.unit(unit?)?;
        }
    }
    let mut totals = joiner.finish()?;
    units.iter().for_each(|unit| totals.codeless(&unit.codeless));
    Ok(totals)
}

/// Unit and row of every row, by stratum and PSU: a counting sort.
fn order(units: &[Packed], psus: usize) -> Vec<(u32, u32)> {
    let mut starts = vec![0usize; psus + 1];
    for psu in units.iter().flat_map(|unit| &unit.psu) {
        starts[*psu as usize + 1] += 1;
    }
    for rank in 0..psus {
        starts[rank + 1] += starts[rank];
    }
    let mut order = vec![(0, 0); starts[psus]];
    for (index, unit) in units.iter().enumerate() {
        for (row, psu) in unit.psu.iter().enumerate() {
            let start = &mut starts[*psu as usize];
            order[*start] = (index as u32, row as u32);
            *start += 1;
        }
    }
    order
}

/// Refuses PSU ids that stand in several strata.
pub(crate) fn nested<'k>(psus: impl Iterator<Item = (&'k Key, &'k Key)>) -> Result<(), Error> {
    let mut strata: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
    for (stratum, psu) in psus {
        strata.entry(psu).or_default().push(stratum);
    }
    let mut repeated = strata.into_iter().filter(|(_, strata)| strata.len() > 1);
    let Some((psu, strata)) = repeated.next() else { return Ok(()) };
    let mut names: Vec<String> = strata.iter().take(5).map(|s| s.to_string()).collect();
    if strata.len() > 5 {
        names.push("…".to_string());
    }
    Err(Error::PsuInSeveralStrata {
        psu: psu.to_string(),
        strata: names,
        count: 1 + repeated.count(),
    })
}
