//! Rows in any order: they are packed, sorted by stratum and PSU, and read as if they had come so.
//!
//! A packed row takes 20 bytes, one byte for each indicator and 16 for each number. Because sums
//! are exact, the result has the same bits as that of a pass over ordered rows.

use crate::codeless::Codeless;
use crate::fold::RowsOfPsu;
use crate::key::{Ids, Key};
use crate::layout::{Layout, NONE};
use crate::pass::{Classes, Joiner, Reader, Stop, fpc, read_batches, weights};
use crate::totals::Totals;
use crate::{Error, Options, Rows};
use arrow::array::RecordBatch;
use inclusion_registry::{PSU, STRATUM};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Rows that one task sums up.
const TASK: usize = 1 << 16;

/// The packed rows of one unit.
#[derive(Debug, Default)]
struct Packed {
    /// Stratum, PSU and finite population by local id.
    psus: Vec<(Key, Key, Option<f64>)>,
    ids: FxHashMap<(Key, Key), u32>,
    psu: Vec<u32>,
    weights: Vec<f64>,
    cells: Vec<u64>,
    classes: Vec<u8>,
    numbers: Vec<[f64; 2]>,
    codeless: Vec<Codeless>,
}

impl Packed {
    fn clear(&mut self) {
        self.weights.clear();
        self.cells.clear();
        self.classes.clear();
        self.numbers.clear();
    }

    fn add(
        &mut self,
        layout: &Layout,
        batch: &RecordBatch,
        classes: &mut Classes,
    ) -> Result<(), Stop> {
        classes.read(layout, batch)?;
        let strata = Ids::of(batch, STRATUM, layout.stratified)?;
        let psus = Ids::of(batch, PSU, layout.clustered)?;
        self.weights.extend(weights(batch, &strata)?);
        let fpc = fpc(batch, layout)?;
        let mut at = NONE;
        for row in 0..batch.num_rows() {
            let fpc = fpc.map(|f| f[row]);
            if row == 0 || !strata.same(row, row - 1) || !psus.same(row, row - 1) {
                let key = (strata.key(row), psus.key(row));
                let next = self.psus.len() as u32;
                at = *self.ids.entry(key).or_insert(next);
                if at == next {
                    self.psus.push((strata.key(row), psus.key(row), fpc));
                }
            }
            let (stratum, _, known) = &self.psus[at as usize];
            if *known != fpc {
                return Err(Stop::Error(Error::Fpc {
                    stratum: stratum.to_string(),
                    value: fpc.unwrap_or_default(),
                    message: "differs from that of other rows of the stratum; it must be the same in all of them",
                }));
            }
            self.psu.push(at);
        }
        self.cells.extend_from_slice(&classes.cells);
        self.classes.extend_from_slice(&classes.classes);
        self.numbers.extend_from_slice(&classes.numbers);
        Ok(())
    }
}

/// Reads all units, whatever the order of their rows.
pub(crate) fn run(layout: &Layout, rows: &Rows<'_>, options: &Options) -> Result<Totals, Stop> {
    let units: Vec<Packed> = (0..rows.units)
        .into_par_iter()
        .map(|unit| {
            let (mut packed, mut classes) = (Packed::default(), Classes::default());
            read_batches(rows, unit, |batch| packed.add(layout, batch, &mut classes))?;
            packed.ids = FxHashMap::default();
            packed.codeless = classes.codeless;
            Ok(packed)
        })
        .collect::<Result<_, Stop>>()?;
    let mut ranks: BTreeMap<(&Key, &Key), u32> = BTreeMap::new();
    for (stratum, psu, _) in units.iter().flat_map(|u| &u.psus) {
        ranks.insert((stratum, psu), 0);
    }
    if layout.clustered && !options.nest {
        nested(ranks.keys().copied())?;
    }
    ranks.values_mut().enumerate().for_each(|(rank, place)| *place = rank as u32);
    let order = order(&units, &ranks);
    let (width, numbers) = (layout.width, layout.numbers);
    let mut joiner = Joiner::new(layout, options);
    let window = 4 * rayon::current_num_threads() * TASK;
    for part in order.chunks(window) {
        let parts: Vec<Result<_, Stop>> = part
            .par_chunks(TASK)
            .map(|rows| {
                let mut reader = Reader::new(layout, options);
                let of = |(unit, row): &(u32, u32)| {
                    let unit = &units[*unit as usize];
                    (unit, *row as usize, unit.psu[*row as usize])
                };
                let key = |place: &(u32, u32)| {
                    let (unit, _, psu): (&Packed, usize, u32) = of(place);
                    let (stratum, psu, fpc) = &unit.psus[psu as usize];
                    (stratum, psu, *fpc)
                };
                let mut gathered = Packed::default();
                for run in rows.chunk_by(|a, b| key(a) == key(b)) {
                    let (stratum, psu, fpc) = key(&run[0]);
                    reader.enter(stratum.clone(), psu.clone(), fpc)?;
                    gathered.clear();
                    for place in run {
                        let (unit, row, _) = of(place);
                        gathered.weights.push(unit.weights[row]);
                        gathered.cells.push(unit.cells[row]);
                        gathered.classes.extend_from_slice(&unit.classes[row * width..][..width]);
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
fn order(units: &[Packed], ranks: &BTreeMap<(&Key, &Key), u32>) -> Vec<(u32, u32)> {
    let global: Vec<Vec<u32>> =
        units.iter().map(|u| u.psus.iter().map(|(s, p, _)| ranks[&(s, p)]).collect()).collect();
    let mut starts = vec![0usize; ranks.len() + 1];
    for (unit, global) in units.iter().zip(&global) {
        unit.psu.iter().for_each(|psu| starts[global[*psu as usize] as usize + 1] += 1);
    }
    for rank in 0..ranks.len() {
        starts[rank + 1] += starts[rank];
    }
    let mut order = vec![(0, 0); starts[ranks.len()]];
    for (index, (unit, global)) in units.iter().zip(&global).enumerate() {
        for (row, psu) in unit.psu.iter().enumerate() {
            let start = &mut starts[global[*psu as usize] as usize];
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
