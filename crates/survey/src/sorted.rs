//! Rows in any order: they are packed, brought together by stratum and PSU, and read as if they had
//! come so.
//!
//! Each unit sorts its own rows by stratum while they are in the cache. A stratum then is a short run
//! in every unit, so what is put together, sorted by PSU and read next is in the cache again; the
//! rows are never moved about in memory at large. A packed row takes 24 bytes, one byte for each
//! indicator and 16 for each number. Because sums are exact, the result has the same bits as that of
//! a pass over ordered rows.

use crate::classify::OUTSIDE;
use crate::codeless::Codeless;
use crate::fold::RowsOfPsu;
use crate::key::{Ids, Key};
use crate::layout::Layout;
use crate::pass::{Classes, Joiner, Reader, Stop, fpc, fpc_varies, read_batches, weights};
use crate::replicates::{self, Whole};
use crate::totals::Totals;
use crate::{Error, Options, Rows};
use arrow::array::RecordBatch;
use inclusion_registry::{PSU, STRATUM};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Rows that one task sums up; a stratum of many more is cut into several tasks.
const TASK: usize = 1 << 17;
/// Tasks that a stratum is one of at most.
const LARGE: usize = 8;

/// The packed rows of one unit.
#[derive(Debug, Default)]
struct Packed {
    /// The strata it has rows of, each with its finite population.
    strata: Vec<(Key, Option<f64>)>,
    /// By stratum: where its rows begin; and their end.
    starts: Vec<u32>,
    /// PSU: its number; else its place among `names`, and in the end its rank among all names.
    psu: Vec<i64>,
    names: Vec<Key>,
    weights: Vec<f64>,
    cells: Vec<u64>,
    /// Row by row, item by item.
    classes: Vec<u8>,
    numbers: Vec<[f64; 2]>,
    codeless: Vec<Codeless>,
}

/// What a unit knows while it is read.
#[derive(Debug, Default)]
struct Known {
    /// By stratum and finite population (its bits): place.
    strata: FxHashMap<(Key, Option<u64>), u32>,
    /// By PSU that is not a whole number: place.
    names: FxHashMap<Key, u32>,
    /// By row: stratum.
    of_rows: Vec<u32>,
}

impl Packed {
    fn read(
        layout: &Layout,
        rows: &Rows<'_>,
        unit: usize,
        replicates: Option<&Whole<'_>>,
    ) -> Result<Packed, Stop> {
        let (mut packed, mut classes) = (Packed::default(), Classes::default());
        let mut known = Known::default();
        let mut replicated = replicates.map(replicates::Unit::new);
        read_batches(rows, unit, |batch| {
            packed.add(layout, batch, &mut classes, &mut known, replicated.as_mut())
        })?;
        if let (Some(whole), Some(unit)) = (replicates, replicated) {
            whole.add(unit)?;
        }
        packed.codeless = classes.codeless;
        Ok(packed.by_stratum(layout, &known.of_rows))
    }

    fn add(
        &mut self,
        layout: &Layout,
        batch: &RecordBatch,
        classes: &mut Classes,
        known: &mut Known,
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
        for row in 0..batch.num_rows() {
            let fpc = fpc.map(|f| f[row]);
            let next = self.strata.len() as u32;
            let key = (strata.key(row), fpc.map(f64::to_bits));
            let place = match known.strata.get(&key) {
                Some(place) => *place,
                None => {
                    self.strata.push((key.0.clone(), fpc));
                    known.strata.insert(key, next);
                    next
                }
            };
            known.of_rows.push(place);
        }
        match &psus {
            Ids::None => self.psu.resize(self.weights.len(), 0),
            Ids::Numbers(values) => self.psu.extend_from_slice(values.values()),
            Ids::Text(_) => self.psu.extend((0..batch.num_rows()).map(|row| {
                let next = self.names.len() as u32;
                let key = psus.key(row);
                let place = *known.names.entry(key.clone()).or_insert(next);
                if place == next {
                    self.names.push(key);
                }
                i64::from(place)
            })),
        }
        self.cells.extend_from_slice(&classes.cells);
        // The padding to whole vectors is put back when a row is read again.
        let padded = classes.classes.chunks_exact(layout.width.max(1));
        self.classes.extend(padded.flat_map(|row| &row[..layout.items.len()]));
        self.numbers.extend_from_slice(&classes.numbers);
        Ok(())
    }

    /// The same rows by stratum, given that of each.
    fn by_stratum(self, layout: &Layout, of_rows: &[u32]) -> Packed {
        let mut starts = vec![0u32; self.strata.len() + 1];
        of_rows.iter().for_each(|stratum| starts[*stratum as usize + 1] += 1);
        (0..self.strata.len()).for_each(|s| starts[s + 1] += starts[s]);
        let mut next = starts.clone();
        let mut order = vec![0u32; of_rows.len()];
        for (stratum, row) in of_rows.iter().zip(0..) {
            let place = &mut next[*stratum as usize];
            order[*place as usize] = row;
            *place += 1;
        }
        Packed {
            starts,
            psu: pick(&self.psu, 1, &order),
            weights: pick(&self.weights, 1, &order),
            cells: pick(&self.cells, 1, &order),
            classes: pick(&self.classes, layout.items.len(), &order),
            numbers: pick(&self.numbers, layout.numbers, &order),
            ..self
        }
    }
}

/// Rows of so many values, in an order.
fn pick<T: Copy>(values: &[T], width: usize, order: &[u32]) -> Vec<T> {
    let mut picked = Vec::with_capacity(values.len());
    for row in order {
        picked.extend_from_slice(&values[*row as usize * width..][..width]);
    }
    picked
}

/// A stratum in all units.
#[derive(Debug)]
struct Stratum<'a> {
    key: &'a Key,
    fpc: Option<f64>,
    rows: usize,
    /// Units and their rows.
    runs: Vec<(u32, Range<u32>)>,
}

/// Where a row is, and its PSU.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    psu: i64,
    unit: u32,
    row: u32,
}

impl Stratum<'_> {
    /// Its rows by PSU.
    fn order(&self, layout: &Layout, units: &[Packed]) -> Vec<Place> {
        let places = || {
            self.runs.iter().flat_map(|(unit, rows)| {
                let psu = &units[*unit as usize].psu;
                rows.clone().map(|row| Place { psu: psu[row as usize], unit: *unit, row })
            })
        };
        if !layout.psus {
            return places().collect();
        }
        let first = places().map(|place| place.psu).min().unwrap_or_default();
        let last = places().map(|place| place.psu).max().unwrap_or_default();
        let span = last.abs_diff(first) as usize;
        if span >= 4 * self.rows + 64 {
            let mut order: Vec<Place> = places().collect();
            order.par_sort_unstable_by_key(|place| (place.psu, place.unit, place.row));
            return order;
        }
        // Ids that lie close together are sorted by counting.
        let at = |place: &Place| place.psu.abs_diff(first) as usize;
        let mut starts = vec![0usize; span + 2];
        places().for_each(|place| starts[at(&place) + 1] += 1);
        (0..span + 1).for_each(|psu| starts[psu + 1] += starts[psu]);
        let mut order = vec![Place::default(); self.rows];
        for place in places() {
            let start = &mut starts[at(&place)];
            order[*start] = place;
            *start += 1;
        }
        order
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
    let mut units: Vec<Packed> = (0..rows.units)
        .into_par_iter()
        .map(|unit| Packed::read(layout, rows, unit, replicates))
        .collect::<Result<_, Stop>>()?;
    let names = ranked(&mut units);
    let strata = strata(&units)?;
    let psu = |psu: i64| match names.is_empty() {
        true => Key::Number(psu),
        false => names[psu as usize].clone(),
    };
    let mut joiner = Joiner::new(layout, options);
    let mut pairs: Vec<(i64, usize)> = Vec::new();
    let tasks = tasks(&strata);
    let large = |task: &Range<usize>| strata[task.start].rows > LARGE * TASK;
    for some in tasks.chunk_by(|a, b| !large(a) && !large(b)) {
        let whole = large(&some[0]).then(|| strata[some[0].start].order(layout, &units));
        let parts: Vec<(Range<usize>, Option<&[Place]>)> = match &whole {
            Some(order) => order.chunks(TASK).map(|rows| (some[0].clone(), Some(rows))).collect(),
            None => some.iter().map(|task| (task.clone(), None)).collect(),
        };
        for window in parts.chunks(2 * rayon::current_num_threads()) {
            let parts: Vec<Result<_, Stop>> = window
                .par_iter()
                .map(|(task, rows)| {
                    let mut read = Read::new(layout, options, &units);
                    let mut pairs = Vec::new();
                    for stratum in task.clone() {
                        let own = match rows {
                            Some(_) => Vec::new(),
                            None => strata[stratum].order(layout, &units),
                        };
                        for run in rows.unwrap_or(&own).chunk_by(|a, b| a.psu == b.psu) {
                            pairs.push((run[0].psu, stratum));
                            read.psu(&strata[stratum], psu(run[0].psu), run)?;
                        }
                    }
                    Ok((read.reader.finish(), pairs))
                })
                .collect();
            for part in parts {
                let (unit, own) = part?;
                joiner.unit(unit)?;
                pairs.extend(own);
            }
        }
    }
    if layout.psus && !options.nest {
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            let keys: Vec<Key> = pairs.iter().map(|pair| psu(pair.0)).collect();
            nested(pairs.iter().zip(&keys).map(|((_, s), psu)| (strata[*s].key, psu)))?;
        }
    }
    let mut totals = joiner.finish()?;
    units.iter().for_each(|unit| totals.codeless(&unit.codeless));
    Ok(totals)
}

/// Gives every PSU with a name the rank of that name among all, and gives the names in order.
fn ranked(units: &mut [Packed]) -> Vec<Key> {
    let names: BTreeSet<&Key> = units.iter().flat_map(|unit| &unit.names).collect();
    let names: Vec<Key> = names.into_iter().cloned().collect();
    for unit in units {
        let rank = |name: &Key| names.binary_search(name).unwrap_or_default() as i64;
        let ranks: Vec<i64> = unit.names.iter().map(rank).collect();
        if !ranks.is_empty() {
            unit.psu.iter_mut().for_each(|psu| *psu = ranks[*psu as usize]);
        }
    }
    names
}

/// All strata in the order of their keys.
fn strata(units: &[Packed]) -> Result<Vec<Stratum<'_>>, Stop> {
    let mut strata: BTreeMap<&Key, Stratum<'_>> = BTreeMap::new();
    // The first stratum, by key, that has several finite populations, and the largest of them.
    let mut varying: BTreeMap<&Key, Option<f64>> = BTreeMap::new();
    for (unit, packed) in units.iter().enumerate() {
        for ((key, fpc), bounds) in packed.strata.iter().zip(packed.starts.windows(2)) {
            let new = || Stratum { key, fpc: *fpc, rows: 0, runs: Vec::new() };
            let stratum = strata.entry(key).or_insert_with(new);
            if stratum.fpc != *fpc {
                let larger = varying.entry(key).or_insert(stratum.fpc);
                *larger = if *fpc > *larger { *fpc } else { *larger };
            }
            stratum.rows += (bounds[1] - bounds[0]) as usize;
            stratum.runs.push((unit as u32, bounds[0]..bounds[1]));
        }
    }
    match varying.first_key_value() {
        Some((stratum, fpc)) => Err(Stop::Error(fpc_varies(Some(stratum), *fpc))),
        None => Ok(strata.into_values().collect()),
    }
}

/// Neighbouring strata that make a task together.
fn tasks(strata: &[Stratum<'_>]) -> Vec<Range<usize>> {
    let mut tasks: Vec<Range<usize>> = Vec::new();
    let mut rows = 0;
    for (at, stratum) in strata.iter().enumerate() {
        match tasks.last_mut() {
            Some(task) if rows + stratum.rows <= TASK => task.end = at + 1,
            _ => {
                tasks.push(at..at + 1);
                rows = 0;
            }
        }
        rows += stratum.rows;
    }
    tasks
}

/// Reads rows in their new order.
struct Read<'a> {
    layout: &'a Layout,
    units: &'a [Packed],
    reader: Reader<'a>,
    weights: Vec<f64>,
    cells: Vec<u64>,
    classes: Vec<u8>,
    numbers: Vec<[f64; 2]>,
}

impl<'a> Read<'a> {
    fn new(layout: &'a Layout, options: &'a Options, units: &'a [Packed]) -> Read<'a> {
        Read {
            layout,
            units,
            reader: Reader::new(layout, options),
            weights: Vec::new(),
            cells: Vec::new(),
            classes: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// Adds rows of one PSU.
    fn psu(&mut self, stratum: &Stratum<'_>, psu: Key, rows: &[Place]) -> Result<(), Stop> {
        self.reader.enter(stratum.key.clone(), psu, stratum.fpc)?;
        let (items, numbers) = (self.layout.items.len(), self.layout.numbers);
        self.weights.clear();
        self.cells.clear();
        self.classes.clear();
        self.classes.resize(rows.len() * self.layout.width, OUTSIDE);
        self.numbers.clear();
        let padded = self.classes.chunks_exact_mut(self.layout.width.max(1));
        for (place, classes) in rows.iter().zip(padded) {
            let (unit, row) = (&self.units[place.unit as usize], place.row as usize);
            self.weights.push(unit.weights[row]);
            self.cells.push(unit.cells[row]);
            classes[..items].copy_from_slice(&unit.classes[row * items..][..items]);
            self.numbers.extend_from_slice(&unit.numbers[row * numbers..][..numbers]);
        }
        self.reader.rows(RowsOfPsu {
            weights: &self.weights,
            cells: &self.cells,
            classes: &self.classes,
            numbers: &self.numbers,
        })
    }
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
