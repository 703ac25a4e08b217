//! Loops over the rows and cells of one PSU: counts of its rows, and its end.
//!
//! Everything here is always inlined into the three tasks [`Count`], [`PlainEnd`] and [`WideEnd`], so that
//! it is compiled for the vector instructions of the machine at hand.

use crate::classify::{NO, YES};
use crate::counts::Counts;
use crate::cube::{Cube, Number, gather, vectors, vectors_mut};
use crate::fold::RowsOfPsu;
use crate::layout::{Layout, NONE, VECTOR};
use crate::plain::Span;
use crate::shape::Shaped;
use crate::splits::{SplitState, Vectors};
use crate::tally::Tally;
use pulp::NullaryFnOnce;

/// Rows of one PSU.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    pub ids: Vec<u32>,
    pub weights: Vec<f64>,
    /// Row by row, in each lane; those behind the items are outside.
    pub classes: Vec<u8>,
}

impl Buffer {
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.weights.clear();
        self.classes.clear();
    }
}

/// Counts rows by class.
pub(crate) struct Count<'a> {
    pub items: usize,
    pub ids: &'a [u32],
    pub rows: RowsOfPsu<'a>,
    pub counts: &'a mut Counts,
    pub weighted: &'a mut bool,
}

impl NullaryFnOnce for Count<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Count { items, ids, rows, counts, weighted } = self;
        let width = items.next_multiple_of(VECTOR);
        let classes = rows.classes.chunks_exact(width);
        for ((id, weight), classes) in ids.iter().zip(rows.weights).zip(classes) {
            let cell = *id as usize;
            counts.rows[cell] += 1;
            if *weight == 0.0 {
                counts.zero_weight(cell, &classes[..items]);
                continue;
            }
            *weighted = true;
            let packed = counts.packed(cell, width, items);
            for (count, classes) in vectors_mut(packed).iter_mut().zip(vectors(classes)) {
                let old = *count;
                *count = std::array::from_fn(|k| old[k] + (1 << (8 * u64::from(classes[k] & 7))));
            }
        }
    }
}

/// The end of a plain PSU.
pub(crate) struct PlainEnd<'a> {
    pub layout: &'a Layout,
    pub shaped: &'a Shaped,
    pub splits: &'a mut [SplitState],
    pub spare: &'a mut Vec<Tally>,
    pub rows: &'a mut Buffer,
    pub nodes: &'a mut [Cube<f64>],
    pub span: Span,
}

impl NullaryFnOnce for PlainEnd<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let PlainEnd { layout, shaped, splits, spare, rows, nodes, span } = self;
        let width = layout.width;
        let classes = rows.classes.chunks_exact(width);
        for ((id, weight), classes) in rows.ids.iter().zip(&rows.weights).zip(classes) {
            for node in &shaped.shape.finest {
                let id = shaped.nodes[*node].of[*id as usize];
                spread(*weight, classes, nodes[*node].at(id));
            }
        }
        rows.clear();
        sum_up(shaped, nodes);
        enter(layout, shaped, splits, spare, nodes);
        let mut rest = Vec::new();
        for (split, state) in shaped.shape.splits.iter().zip(splits) {
            state.fold_plain(&nodes[split.node], split.members, span, layout.moments, &mut rest);
        }
        nodes.iter_mut().for_each(Cube::clear);
    }
}

/// Adds a row to a cell: its weight where it is a yes (y) or in the base (x).
#[inline(always)]
fn spread(weight: f64, classes: &[u8], block: &mut [f64]) {
    let (y, x) = block.split_at_mut(classes.len());
    let (y, x) = (vectors_mut(y), vectors_mut(x));
    for (i, classes) in vectors(classes).iter().enumerate() {
        let (old_y, old_x) = (y[i], x[i]);
        let yes: [bool; VECTOR] = std::array::from_fn(|k| classes[k] == YES);
        let base: [bool; VECTOR] = std::array::from_fn(|k| yes[k] || classes[k] == NO);
        y[i] = std::array::from_fn(|k| old_y[k] + if yes[k] { weight } else { 0.0 });
        x[i] = std::array::from_fn(|k| old_x[k] + if base[k] { weight } else { 0.0 });
    }
}

/// The end of a PSU of any rows, added up to its finest cells.
pub(crate) struct WideEnd<'a> {
    pub layout: &'a Layout,
    pub shaped: &'a Shaped,
    pub splits: &'a mut [SplitState],
    pub spare: &'a mut Vec<Tally>,
    pub cells: &'a mut Cube<i128>,
    pub nodes: &'a mut [Cube<i128>],
    pub vectors: &'a mut Vectors,
}

impl NullaryFnOnce for WideEnd<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let WideEnd { layout, shaped, splits, spare, cells, nodes, vectors } = self;
        for ((node, table), cube) in
            shaped.shape.nodes.iter().zip(&shaped.nodes).zip(nodes.iter_mut())
        {
            if node.parent.is_none() {
                gather(cells, cube, &table.of);
            }
        }
        cells.clear();
        sum_up(shaped, nodes);
        enter(layout, shaped, splits, spare, nodes);
        let mut rest = Vec::new();
        for (split, state) in shaped.shape.splits.iter().zip(splits) {
            state.fold(&nodes[split.node], layout, split.members, vectors, &mut rest);
        }
        nodes.iter_mut().for_each(Cube::clear);
    }
}

/// Sums up the nodes of a PSU that have finer ones.
#[inline(always)]
fn sum_up<T: Number>(shaped: &Shaped, nodes: &mut [Cube<T>]) {
    for (index, node) in shaped.shape.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            let (before, after) = nodes.split_at_mut(index);
            gather(&before[parent], &mut after[0], &shaped.nodes[index].of);
        }
    }
}

/// Sorts the cells of a PSU's nodes into the groups of the splits.
#[inline(always)]
fn enter<T: Number>(
    layout: &Layout,
    shaped: &Shaped,
    splits: &mut [SplitState],
    spare: &mut Vec<Tally>,
    nodes: &[Cube<T>],
) {
    for (s, (split, state)) in shaped.shape.splits.iter().zip(splits).enumerate() {
        let places = &shaped.nodes[split.node].places[s];
        for (slot, id) in nodes[split.node].touched.iter().enumerate() {
            let place = places[*id as usize];
            if place.group != NONE {
                state.enter((*id, slot), place, layout, spare);
            }
        }
    }
}
