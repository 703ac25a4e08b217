//! Sums under every replicate's weights, in one pass over rows of any order.
//!
//! A weight w, or its product with a number, is taken in units of 2⁻⁶⁴ as two whole numbers: h units
//! of 2⁻¹², the nearest to w, and the rest. Both are below 2⁵¹, so 4095 of them are added as 64-bit
//! integers, all replicates side by side, before they are carried into wider ones. No order of the
//! rows can matter. Yes/no items are taken two at a time: what a row is to both is one of nine
//! classes, and its weights are added once for the pair.
//!
//! Cells are those of the breakdowns that no other breakdown contains (`shape.rs`). Some rows at a
//! time are sorted by cell, so that the sums of a cell stay in the cache.

use super::ranks::Ranks;
use crate::classify::{NO, YES};
use crate::layout::{Layout, Tables, VECTOR};
use crate::pass::{Classes, Stop};
use crate::plain::power;
use crate::shape::{Shape, Shaped};
use arrow::array::RecordBatch;
use pulp::NullaryFnOnce;
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// Rows that are sorted at a time.
const ROWS: usize = 1024;
/// Rows of a cell after which its sums are carried.
const FULL: u16 = 4095;
/// Classes of a row in two items: 3 × that of the first (0 is not in the base, 1 no, 2 yes) plus
/// that of the second.
const CLASSES: usize = 9;
/// Numbers that the sums of all cells may take; where they need more, rows are kept instead.
const MOST: usize = 1 << 26;
/// Weights beyond these, 0 apart, are not for these sums.
const LARGEST: f64 = (1u64 << 38) as f64;
const SMALLEST: f64 = 1.0 / (1u64 << 16) as f64;

/// What all units share.
#[derive(Debug)]
pub(crate) struct Whole<'a> {
    pub layout: &'a Layout,
    /// Its finest nodes have the cells.
    pub shape: Shape,
    pub count: usize,
    /// The columns hold weights; false: factors of the weight.
    combined: bool,
    pub known: Mutex<Known>,
}

/// Sums and ranks of the units that were read.
#[derive(Debug)]
pub(crate) struct Known {
    /// By finest node and cell: item by item and side (numerator, denominator), replicate by
    /// replicate, in units of 2⁻⁶⁴.
    pub sums: Vec<FxHashMap<u64, Vec<i128>>>,
    pub ranks: Ranks,
}

impl<'a> Whole<'a> {
    pub(crate) fn new(layout: &'a Layout, count: usize, combined: bool) -> Whole<'a> {
        let shape = Shape::new(layout, 0);
        let nodes = shape.finest.len();
        let ranks = Ranks::new(count, layout.items.len(), nodes);
        let known = Mutex::new(Known { sums: vec![FxHashMap::default(); nodes], ranks });
        Whole { layout, shape, count, combined, known }
    }

    /// Adds what a unit has left.
    pub(crate) fn add(&self, mut unit: Unit<'_>) -> Result<(), Stop> {
        for node in 0..unit.nodes.len() {
            (0..unit.nodes[node].pending.len()).for_each(|cell| unit.carry(node, cell));
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.ranks.merge(&unit.ranks)
    }
}

/// Sums of the cells of one node.
#[derive(Debug, Default)]
struct NodeSums {
    /// By cell, once it has rows: block by block, whole parts, then rests, replicate by replicate.
    blocks: Vec<Vec<i64>>,
    /// By cell: rows since its sums were carried, and the key.
    pending: Vec<u16>,
    keys: Vec<u64>,
}

/// Where the blocks of a cell stand: nine for each pair of yes/no items, then two for each number.
#[derive(Debug)]
struct Blocks {
    pairs: Vec<(usize, Option<usize>)>,
    /// Item and its place among the numbers.
    numbers: Vec<(usize, usize)>,
    /// Numbers of a block: two for each replicate, with room for whole vectors.
    size: usize,
    /// Numbers of a cell.
    cell: usize,
}

impl Blocks {
    fn new(layout: &Layout, count: usize) -> Blocks {
        let items = || layout.items.iter().enumerate();
        let plain: Vec<usize> = items().filter(|i| i.1.number.is_none()).map(|i| i.0).collect();
        let numbers: Vec<(usize, usize)> =
            items().filter_map(|(index, item)| Some((index, item.number?))).collect();
        let pairs: Vec<_> = plain.chunks(2).map(|pair| (pair[0], pair.get(1).copied())).collect();
        let size = 2 * count.next_multiple_of(VECTOR);
        let cell = (CLASSES * pairs.len() + 2 * numbers.len()) * size;
        Blocks { pairs, numbers, size, cell }
    }

    /// First block of a number.
    fn number(&self, at: usize) -> usize {
        CLASSES * self.pairs.len() + 2 * at
    }
}

/// The sums of one unit of rows.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    whole: &'a Whole<'a>,
    blocks: Blocks,
    tables: Tables,
    shaped: Shaped,
    nodes: Vec<NodeSums>,
    ranks: Ranks,
    /// Of the rows at hand, row by row: replicate weights, with room for whole vectors …
    weights: Vec<f64>,
    /// … and finest cells.
    ids: Vec<u32>,
}

impl<'a> Unit<'a> {
    pub(crate) fn new(whole: &'a Whole<'a>) -> Unit<'a> {
        let nodes = whole.shape.finest.len();
        Unit {
            whole,
            blocks: Blocks::new(whole.layout, whole.count),
            tables: Tables::new(whole.layout),
            shaped: Shaped::new(whole.layout, 0),
            nodes: (0..nodes).map(|_| NodeSums::default()).collect(),
            ranks: Ranks::new(whole.count, whole.layout.items.len(), nodes),
            weights: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// Adds the rows of a batch.
    pub(crate) fn batch(
        &mut self,
        batch: &RecordBatch,
        classes: &Classes,
        full: &[f64],
    ) -> Result<(), Stop> {
        let (layout, count) = (self.whole.layout, self.whole.count);
        let columns = super::columns(batch, count)?;
        for start in (0..full.len()).step_by(ROWS) {
            let rows = start..full.len().min(start + ROWS);
            let part = Part {
                full: &full[rows.clone()],
                classes: &classes.classes[rows.start * layout.width..rows.end * layout.width],
                numbers: &classes.numbers[rows.start * layout.numbers..rows.end * layout.numbers],
            };
            let columns: Vec<&[f64]> = columns.iter().map(|c| &c[rows.clone()]).collect();
            let combined = self.whole.combined;
            let to = &mut self.weights;
            let task = Transpose { columns: &columns, full: part.full, combined, to };
            if !layout.arch.dispatch(task) {
                return Err(Stop::NeedsRows);
            }
            self.ids.clear();
            self.ids.extend(classes.cells[rows].iter().map(|cell| self.tables.id(*cell)));
            self.shaped.learn(layout, &self.tables.cells);
            self.rows(part)?;
        }
        Ok(())
    }

    fn rows(&mut self, part: Part<'_>) -> Result<(), Stop> {
        let (layout, whole) = (self.whole.layout, self.whole);
        for node in 0..self.nodes.len() {
            let of = &self.shaped.nodes[whole.shape.finest[node]].of;
            let cells: Vec<u32> = self.ids.iter().map(|id| of[*id as usize]).collect();
            let sums = &mut self.nodes[node];
            while sums.keys.len() < self.shaped.nodes[whole.shape.finest[node]].keys.len() {
                sums.keys.push(self.shaped.nodes[whole.shape.finest[node]].keys[sums.keys.len()]);
                sums.pending.push(0);
                sums.blocks.push(Vec::new());
            }
            if sums.keys.len() * self.blocks.cell > MOST {
                return Err(Stop::NeedsRows);
            }
            let order = sorted(&cells, self.nodes[node].keys.len(), part.full);
            for run in order.chunk_by(|a, b| cells[*a as usize] == cells[*b as usize]) {
                let cell = cells[run[0] as usize] as usize;
                if self.nodes[node].pending[cell] + run.len() as u16 > FULL {
                    self.carry(node, cell);
                }
                let sums = &mut self.nodes[node];
                sums.pending[cell] += run.len() as u16;
                let to = &mut sums.blocks[cell];
                to.resize(self.blocks.cell, 0);
                let (blocks, weights) = (&self.blocks, &self.weights);
                let task = Add { layout, blocks, rows: run, part, weights, to };
                if !layout.arch.dispatch(task) {
                    return Err(Stop::NeedsRows);
                }
            }
            self.ranks.node(node, &self.nodes[node].keys, &cells);
        }
        let width = self.blocks.size / 2;
        let weights = self.weights.chunks_exact(width).map(|row| &row[..whole.count]);
        let rows = weights.zip(part.full).zip(part.classes.chunks_exact(layout.width));
        for (row, ((weights, full), classes)) in rows.enumerate().filter(|r| *r.1.0.1 > 0.0) {
            let base = classes[..layout.items.len()].iter().enumerate();
            let bits = base.fold(0u64, |bits, (item, class)| {
                bits | (u64::from(*class == YES || *class == NO) << item)
            });
            self.ranks.row(row, *full, weights, bits)?;
        }
        Ok(())
    }

    /// Carries the sums of a cell into those of the whole.
    #[cold]
    fn carry(&mut self, node: usize, cell: usize) {
        let sums = &mut self.nodes[node];
        if std::mem::take(&mut sums.pending[cell]) == 0 {
            return;
        }
        let count = self.whole.count;
        let (key, size) = (sums.keys[cell], self.blocks.size);
        let from = &mut sums.blocks[cell];
        let mut known = self.whole.known.lock().unwrap_or_else(PoisonError::into_inner);
        let items = self.whole.layout.items.len();
        let to = known.sums[node].entry(key).or_insert_with(|| vec![0; items * 2 * count]);
        let mut add = |item: usize, side: usize, block: usize| {
            let (high, low) = from[block * size..][..size].split_at(size / 2);
            let to = &mut to[(2 * item + side) * count..][..count];
            for ((to, high), low) in to.iter_mut().zip(high).zip(low) {
                *to += (i128::from(*high) << 52) + i128::from(*low);
            }
        };
        for (pair, (first, second)) in self.blocks.pairs.iter().enumerate() {
            for class in 1..CLASSES {
                let block = CLASSES * pair + class;
                for (item, own) in [(Some(*first), class / 3), (*second, class % 3)] {
                    let Some(item) = item.filter(|_| own > 0) else { continue };
                    add(item, 1, block);
                    if own == 2 {
                        add(item, 0, block);
                    }
                }
            }
        }
        for (at, (item, _)) in self.blocks.numbers.iter().enumerate() {
            (0..2).for_each(|side| add(*item, side, self.blocks.number(at) + side));
        }
        from.fill(0);
    }
}

/// Rows at hand.
#[derive(Clone, Copy)]
struct Part<'a> {
    full: &'a [f64],
    classes: &'a [u8],
    numbers: &'a [[f64; 2]],
}

/// Brings weights row by row; false where one is not for these sums. This, [`Add`] and what they call
/// is always inlined, so that it is compiled for the vector instructions of the machine at hand.
struct Transpose<'a> {
    columns: &'a [&'a [f64]],
    full: &'a [f64],
    combined: bool,
    to: &'a mut Vec<f64>,
}

impl NullaryFnOnce for Transpose<'_> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        transpose(self.columns, self.full, self.combined, self.to)
    }
}

#[inline(always)]
fn transpose(columns: &[&[f64]], full: &[f64], combined: bool, to: &mut Vec<f64>) -> bool {
    let width = columns.len().next_multiple_of(VECTOR);
    to.clear();
    to.resize(full.len() * width, 0.0);
    let mut good = true;
    // Some rows at a time, so that what is written stays in the cache.
    for (at, rows) in to.chunks_mut(32 * width).enumerate() {
        for (r, column) in columns.iter().enumerate() {
            for (row, value) in rows.chunks_exact_mut(width).zip(&column[32 * at..]) {
                row[r] = *value;
            }
        }
    }
    for (row, full) in to.chunks_exact_mut(width).zip(full) {
        let factor = if combined { 1.0 } else { *full };
        for value in row {
            *value *= factor;
            let size = value.abs();
            good &= (size == 0.0) | (SMALLEST..=LARGEST).contains(&size);
        }
    }
    good
}

/// The rows of positive weight by cell.
fn sorted(cells: &[u32], count: usize, full: &[f64]) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    let rows = || cells.iter().zip(full).zip(0u32..).filter(|((_, full), _)| **full > 0.0);
    rows().for_each(|((cell, _), _)| starts[*cell as usize + 1] += 1);
    (0..count).for_each(|cell| starts[cell + 1] += starts[cell]);
    let mut order = vec![0; starts[count] as usize];
    for ((cell, _), row) in rows() {
        let start = &mut starts[*cell as usize];
        order[*start as usize] = row;
        *start += 1;
    }
    order
}

/// Adds rows to one cell; false where a product is not for these sums.
struct Add<'a> {
    layout: &'a Layout,
    blocks: &'a Blocks,
    rows: &'a [u32],
    part: Part<'a>,
    weights: &'a [f64],
    to: &'a mut [i64],
}

impl NullaryFnOnce for Add<'_> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        add_rows(self)
    }
}

#[inline(always)]
fn add_rows(add: Add<'_>) -> bool {
    let Add { layout, blocks, rows, part, weights, to } = add;
    let size = blocks.size;
    let width = size / 2;
    let mut parts = vec![0i64; size];
    let mut good = true;
    for row in rows.iter().map(|row| *row as usize) {
        let weights = &weights[row * width..][..width];
        let classes = &part.classes[row * layout.width..][..layout.width];
        split(weights, &mut parts);
        for (pair, (first, second)) in blocks.pairs.iter().enumerate() {
            let of = |class: u8| match class {
                NO => 1,
                YES => 2,
                _ => 0,
            };
            let class = 3 * of(classes[*first]) + second.map_or(0, |second| of(classes[second]));
            let block = &mut to[(CLASSES * pair + class) * size..][..size];
            add_parts(block, &parts);
        }
        for (at, (item, number)) in blocks.numbers.iter().enumerate() {
            if classes[*item] != YES && classes[*item] != NO {
                continue;
            }
            for (side, value) in part.numbers[row * layout.numbers + number].iter().enumerate() {
                let mut products = vec![0.0; width];
                for (product, weight) in products.iter_mut().zip(weights) {
                    *product = weight * value;
                    good &= product.abs() <= LARGEST;
                }
                split(&products, &mut parts);
                add_parts(&mut to[(blocks.number(at) + side) * size..][..size], &parts);
            }
        }
    }
    good
}

/// Whole parts and rests of numbers.
#[inline(always)]
fn split(values: &[f64], parts: &mut [i64]) {
    let (high, low) = (1.5 * power(52 - 12), 1.5 * power(52 - 64));
    let (wholes, rests) = parts.split_at_mut(values.len());
    for ((value, whole), rest) in values.iter().zip(wholes).zip(rests) {
        let shifted = value + high;
        *whole = shifted.to_bits().wrapping_sub(high.to_bits()) as i64;
        let left = value - (shifted - high);
        *rest = (left + low).to_bits().wrapping_sub(low.to_bits()) as i64;
    }
}

#[inline(always)]
fn add_parts(to: &mut [i64], parts: &[i64]) {
    to.iter_mut().zip(parts).for_each(|(to, part)| *to = to.wrapping_add(*part));
}
