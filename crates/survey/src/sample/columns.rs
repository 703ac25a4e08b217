//! All rows of a sample, brought into one order.
//!
//! Rows are sorted by strata and units of every stage, then by weight, replicate weights and every
//! value of every concept. Rows that compare equal are the same in all that is ever used, so a sum
//! in this order has the same bits whatever the order, split and number of threads of the reading.
//! Memory grows with the rows: about 8 bytes for each weight, replicate weight and number, 2 for
//! each category, 4 for each level of the design, and 24 more.

use crate::codeless::Codeless;
use crate::error::number;
use crate::key::{Ids, Key};
use crate::layout::Layout;
use crate::pass::{Classes, Stop, read_batches, weights};
use crate::weight::LARGEST;
use crate::{Error, Plan, Rows};
use arrow::array::{Array, RecordBatch};
use inclusion_registry::{ConceptKind, FPC, PSU, STRATUM, WEIGHT};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The column of a stage: `_psu` and `_psu_1` are the first, `_psu_2` the second.
///
/// ```
/// assert_eq!(inclusion_survey::sample::stage_column("_psu", 1), "_psu");
/// assert_eq!(inclusion_survey::sample::stage_column("_fpc", 2), "_fpc_2");
/// ```
pub fn stage_column(column: &str, stage: usize) -> String {
    if stage <= 1 { column.to_string() } else { format!("{column}_{stage}") }
}

/// The column of a replicate weight, counted from 1.
///
/// ```
/// assert_eq!(inclusion_survey::sample::replicate_column(7), "_replicate_7");
/// ```
pub fn replicate_column(replicate: usize) -> String {
    format!("_replicate_{replicate}")
}

/// The ids of one level of the design, by row.
#[derive(Debug, Default)]
pub(crate) struct IdColumn {
    /// Place of the row's key among `keys`.
    pub rank: Vec<u32>,
    /// Keys in order.
    pub keys: Vec<Key>,
}

/// The values of a concept, by row.
#[derive(Debug)]
pub(crate) enum Values {
    Codes(Vec<i16>),
    Numbers(Vec<Option<f64>>),
}

impl Values {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        match self {
            Values::Codes(v) => v[a].cmp(&v[b]),
            Values::Numbers(v) => v[a].map(f64::to_bits).cmp(&v[b].map(f64::to_bits)),
        }
    }

    fn pick(&self, order: &[u32]) -> Values {
        match self {
            Values::Codes(v) => Values::Codes(pick(v, order)),
            Values::Numbers(v) => Values::Numbers(pick(v, order)),
        }
    }
}

/// All rows of a sample.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub rows: usize,
    /// By stage: stratum and unit; a column that is not there is `None`.
    pub strata: Vec<Option<IdColumn>>,
    pub units: Vec<Option<IdColumn>>,
    /// By stage, as far as there is one.
    pub fpc: Vec<Vec<f64>>,
    /// `None` where the rows have no weights.
    pub weights: Option<Vec<f64>>,
    /// Row by row.
    pub replicates: Vec<f64>,
    pub replicate_count: usize,
    pub concepts: BTreeMap<String, Values>,
    /// Finest cell of the breakdowns.
    pub cells: Vec<u64>,
    /// Row by row, item by item.
    pub classes: Vec<u8>,
    /// Row by row, number by number: y and x.
    pub numbers: Vec<[f64; 2]>,
    pub codeless: Vec<Codeless>,
    /// Where each row stood in the input.
    pub input: Vec<u32>,
}

/// Which columns the rows have.
struct Present {
    strata: Vec<bool>,
    units: Vec<bool>,
    fpc: usize,
    weight: bool,
    replicates: usize,
    concepts: Vec<(String, ConceptKind)>,
}

/// The columns of one unit, as they came.
struct Part {
    columns: Columns,
    /// By id column, strata before units: its own keys.
    interned: Vec<FxHashMap<Key, u32>>,
    ids: Vec<Vec<u32>>,
}

/// Reads all rows and sorts them.
pub(crate) fn read(
    plan: &Plan,
    layout: &Layout,
    rows: &Rows<'_>,
    replicates: bool,
) -> Result<Columns, Error> {
    let has = |name: &str| rows.schema.column_with_name(name).is_some();
    let fpc = (1..).take_while(|s| has(&stage_column(FPC, *s))).count();
    let stages = fpc.max(1);
    let present = Present {
        strata: (1..=stages).map(|s| has(&stage_column(STRATUM, s))).collect(),
        units: (1..=stages).map(|s| has(&stage_column(PSU, s))).collect(),
        fpc,
        weight: has(WEIGHT) || fpc == 0,
        replicates: (1..).take_while(|r| replicates && has(&replicate_column(*r))).count(),
        concepts: plan
            .concepts
            .values()
            .filter(|c| has(&c.id))
            .map(|c| (c.id.clone(), c.kind))
            .collect(),
    };
    let parts: Vec<Part> = (0..rows.units)
        .into_par_iter()
        .map(|unit| {
            let (mut part, mut classes) = (Part::new(&present), Classes::default());
            read_batches(rows, unit, |batch| {
                Ok(part.add(plan, layout, &present, batch, &mut classes)?)
            })?;
            part.columns.codeless = classes.codeless;
            Ok(part)
        })
        .collect::<Result<_, Stop>>()
        .map_err(|stop| match stop {
            Stop::Error(error) => error,
            Stop::OutOfOrder | Stop::NeedsRows => unreachable_order(),
        })?;
    let all = joined(parts, &present);
    if u32::try_from(all.rows).is_err() {
        return Err(Error::Plan {
            place: "rows".to_string(),
            message: format!(
                "{} rows are more than the 4,294,967,295 that this design can hold in memory; estimate parts of the survey apart",
                all.rows
            ),
        });
    }
    Ok(sorted(all))
}

/// Reading into memory takes any order; this names the invariant where the type does not.
fn unreachable_order() -> Error {
    Error::Plan { place: "rows".to_string(), message: "could not be read in their order".into() }
}

impl Part {
    fn new(present: &Present) -> Part {
        let ids = present.strata.len() + present.units.len();
        let columns = Columns {
            fpc: vec![Vec::new(); present.fpc],
            weights: present.weight.then(Vec::new),
            replicate_count: present.replicates,
            concepts: present
                .concepts
                .iter()
                .map(|(id, kind)| {
                    let values = match kind {
                        ConceptKind::Category => Values::Codes(Vec::new()),
                        ConceptKind::Number => Values::Numbers(Vec::new()),
                    };
                    (id.clone(), values)
                })
                .collect(),
            ..Columns::default()
        };
        Part { columns, interned: vec![FxHashMap::default(); ids], ids: vec![Vec::new(); ids] }
    }

    fn add(
        &mut self,
        plan: &Plan,
        layout: &Layout,
        present: &Present,
        batch: &RecordBatch,
        classes: &mut Classes,
    ) -> Result<(), Error> {
        classes.read(layout, batch)?;
        let rows = batch.num_rows();
        let columns = &mut self.columns;
        let strata = Ids::of(batch, STRATUM, present.strata[0])?;
        if let Some(own) = &mut columns.weights {
            own.extend(weights(batch, &strata)?);
        }
        let stages = present.strata.len();
        for level in 0..2 * stages {
            let (name, stage, there) = if level < stages {
                (STRATUM, level, present.strata[level])
            } else {
                (PSU, level - stages, present.units[level - stages])
            };
            if !there {
                continue;
            }
            let ids = Ids::of(batch, &stage_column(name, stage + 1), true)?;
            let (map, own) = (&mut self.interned[level], &mut self.ids[level]);
            for row in 0..rows {
                if row > 0 && ids.same(row, row - 1) {
                    own.push(own[own.len() - 1]);
                    continue;
                }
                let next = map.len() as u32;
                own.push(*map.entry(ids.key(row)).or_insert(next));
            }
        }
        for (stage, own) in columns.fpc.iter_mut().enumerate() {
            own.extend_from_slice(full(batch, &stage_column(FPC, stage + 1))?);
        }
        let start = columns.replicates.len();
        columns.replicates.resize(start + rows * present.replicates, 0.0);
        let mut given = Vec::with_capacity(present.replicates);
        for replicate in 0..present.replicates {
            let name = replicate_column(replicate + 1);
            let values = full(batch, &name)?;
            // Of successive differences they may be below 0.
            if let Some(value) = values.iter().find(|v| !(v.abs() <= LARGEST)) {
                return Err(Error::Plan {
                    place: format!("column `{name}`"),
                    message: format!(
                        "holds {}; replicate weights must be finite and not beyond 2^40: divide weights and replicate weights by one number, which changes no rate",
                        number(*value)
                    ),
                });
            }
            given.push(values);
        }
        // Some rows at a time, so that what is written stays in the cache.
        let (width, block) = (present.replicates.max(1), 64);
        for (at, rows) in columns.replicates[start..].chunks_mut(block * width).enumerate() {
            for (replicate, values) in given.iter().enumerate() {
                let values = &values[at * block..];
                for (row, value) in rows.chunks_mut(width).zip(values) {
                    row[replicate] = *value;
                }
            }
        }
        for (id, values) in &mut columns.concepts {
            match values {
                Values::Codes(own) => {
                    let codes = plan.concepts[id].codes.len();
                    own.extend_from_slice(crate::classify::category(batch, id, codes)?);
                }
                Values::Numbers(own) => {
                    let values = crate::classify::number(batch, id)?;
                    if let Some(value) = values.iter().flatten().find(|v| !v.is_finite()) {
                        return Err(Error::Plan {
                            place: format!("column `{id}`"),
                            message: format!(
                                "holds {value}; numbers must be finite, and missing ones empty"
                            ),
                        });
                    }
                    own.extend(values.iter());
                }
            }
        }
        columns.cells.extend_from_slice(&classes.cells);
        // The kernel pads each row to whole vectors.
        let padded = classes.classes.chunks_exact(layout.width.max(1));
        columns.classes.extend(padded.flat_map(|row| &row[..layout.items.len()]));
        columns.numbers.extend_from_slice(&classes.numbers);
        columns.rows += rows;
        Ok(())
    }
}

/// A column of numbers in which none may be missing.
fn full<'a>(batch: &'a RecordBatch, column: &str) -> Result<&'a [f64], Error> {
    let array = crate::classify::number(batch, column)?;
    match array.null_count() {
        0 => Ok(array.values()),
        rows => Err(Error::Empty { column: column.to_string(), rows }),
    }
}

/// All parts, one after the other.
fn joined(parts: Vec<Part>, present: &Present) -> Columns {
    let mut all = Part::new(present).columns;
    let stages = present.strata.len();
    let mut levels: Vec<Option<IdColumn>> = (0..2 * stages)
        .map(|level| {
            let there =
                if level < stages { present.strata[level] } else { present.units[level - stages] };
            there.then(|| {
                let mut ranks: BTreeMap<Key, u32> = BTreeMap::new();
                for key in parts.iter().flat_map(|p| p.interned[level].keys()) {
                    ranks.entry(key.clone()).or_insert(0);
                }
                ranks.values_mut().zip(0..).for_each(|(rank, next)| *rank = next);
                let mut column = IdColumn::default();
                for part in &parts {
                    let mut of = vec![0; part.interned[level].len()];
                    for (key, own) in &part.interned[level] {
                        of[*own as usize] = ranks[key];
                    }
                    column.rank.extend(part.ids[level].iter().map(|own| of[*own as usize]));
                }
                column.keys = ranks.into_keys().collect();
                column
            })
        })
        .collect();
    all.units = levels.split_off(stages);
    all.strata = levels;
    for part in parts {
        let own = part.columns;
        all.rows += own.rows;
        if let (Some(all), Some(own)) = (&mut all.weights, own.weights) {
            all.extend(own);
        }
        all.fpc.iter_mut().zip(own.fpc).for_each(|(all, own)| all.extend(own));
        all.replicates.extend(own.replicates);
        for (values, own) in all.concepts.values_mut().zip(own.concepts.into_values()) {
            match (values, own) {
                (Values::Codes(all), Values::Codes(own)) => all.extend(own),
                (Values::Numbers(all), Values::Numbers(own)) => all.extend(own),
                _ => {}
            }
        }
        all.cells.extend(own.cells);
        all.classes.extend(own.classes);
        all.numbers.extend(own.numbers);
        all.codeless.resize(own.codeless.len().max(all.codeless.len()), Codeless::default());
        all.codeless.iter_mut().zip(&own.codeless).for_each(|(a, b)| a.merge(b));
    }
    all
}

/// The same rows in their one order.
fn sorted(columns: Columns) -> Columns {
    let mut order: Vec<u32> = (0..columns.rows as u32).collect();
    let compare = |a: &u32, b: &u32| columns.compare(*a as usize, *b as usize);
    if !order.is_sorted_by(|a, b| compare(a, b).is_le()) {
        order.par_sort_unstable_by(compare);
    }
    // What is equal in every value used may have changed places, but is told apart by its place
    // in the input only, and that only ever goes back there.
    let items = columns.classes.len().checked_div(columns.rows).unwrap_or(0);
    let numbers = columns.numbers.len().checked_div(columns.rows).unwrap_or(0);
    let ids = |levels: &[Option<IdColumn>]| -> Vec<Option<IdColumn>> {
        let one = |column: &IdColumn| IdColumn {
            rank: pick(&column.rank, &order),
            keys: column.keys.clone(),
        };
        levels.iter().map(|level| level.as_ref().map(one)).collect()
    };
    Columns {
        rows: columns.rows,
        strata: ids(&columns.strata),
        units: ids(&columns.units),
        fpc: columns.fpc.iter().map(|values| pick(values, &order)).collect(),
        weights: columns.weights.as_ref().map(|values| pick(values, &order)),
        replicates: pick_rows(&columns.replicates, &order, columns.replicate_count),
        replicate_count: columns.replicate_count,
        concepts: columns.concepts.iter().map(|(id, v)| (id.clone(), v.pick(&order))).collect(),
        cells: pick(&columns.cells, &order),
        classes: pick_rows(&columns.classes, &order, items),
        numbers: pick_rows(&columns.numbers, &order, numbers),
        codeless: columns.codeless,
        input: order,
    }
}

fn pick<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|row| values[*row as usize]).collect()
}

fn pick_rows<T: Copy + Send + Sync>(values: &[T], order: &[u32], width: usize) -> Vec<T> {
    let Some(first) = values.first() else { return Vec::new() };
    let mut picked = vec![*first; order.len() * width];
    let rows = 1 << 12;
    picked.par_chunks_mut(rows * width).zip(order.par_chunks(rows)).for_each(|(picked, order)| {
        for (place, row) in picked.chunks_mut(width).zip(order) {
            place.copy_from_slice(&values[*row as usize * width..][..width]);
        }
    });
    picked
}

impl Columns {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        let ids = |columns: &[Option<IdColumn>], stage: usize| match &columns[stage] {
            Some(column) => column.rank[a].cmp(&column.rank[b]),
            None => Ordering::Equal,
        };
        let bits = |values: &[f64]| values[a].total_cmp(&values[b]);
        let mut order = Ordering::Equal;
        for stage in 0..self.strata.len() {
            order =
                order.then_with(|| ids(&self.strata, stage)).then_with(|| ids(&self.units, stage));
        }
        if order.is_eq() {
            order = self.weights.as_deref().map_or(Ordering::Equal, bits);
        }
        for values in self.fpc.iter() {
            order = order.then_with(|| bits(values));
        }
        for values in self.concepts.values() {
            order = order.then_with(|| values.compare(a, b));
        }
        order.then_with(|| {
            let row =
                |row: usize| &self.replicates[row * self.replicate_count..][..self.replicate_count];
            let pairs = row(a).iter().zip(row(b));
            pairs.map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        })
    }
}
