//! Sums under every replicate's weights, for all indicators and cells.
//!
//! The rows of each finest cell are added once for each indicator, all replicates side by side, and
//! breakdowns add up cells. Each cell is added in the order of the sample's rows and by one thread,
//! and cells are added in the order of their numbers, so the bits do not depend on the threads.
//! Indicators are taken in blocks, so that the sums of all cells stay within some memory.

use crate::classify::{NO, YES};
use crate::layout::Layout;
use crate::sample::Sample;
use rayon::prelude::*;

/// Floats that the sums of one block of indicators may take.
const BLOCK: usize = 1 << 25;

/// The rows of each finest cell that occurs, in the order of the cells.
pub(crate) struct CellRows {
    pub cells: Vec<u64>,
    /// By cell: where its rows begin in `rows`.
    starts: Vec<usize>,
    rows: Vec<u32>,
}

impl CellRows {
    pub(crate) fn new(cells: &[u64]) -> CellRows {
        let mut rows: Vec<u32> = (0..cells.len() as u32).collect();
        rows.par_sort_by_key(|row| (cells[*row as usize], *row));
        let mut all = CellRows { cells: Vec::new(), starts: Vec::new(), rows: Vec::new() };
        for (at, row) in rows.iter().enumerate() {
            let cell = cells[*row as usize];
            if all.cells.last() != Some(&cell) {
                all.cells.push(cell);
                all.starts.push(at);
            }
        }
        all.starts.push(rows.len());
        all.rows = rows;
        all
    }

    /// Rows of the cell at this place.
    pub(crate) fn rows(&self, place: usize) -> &[u32] {
        &self.rows[self.starts[place]..self.starts[place + 1]]
    }
}

/// Indicators that are summed at a time.
pub(crate) fn block(cells: usize, replicates: usize, items: usize) -> usize {
    (BLOCK / (2 * cells.max(1) * replicates.max(1))).clamp(1, items.max(1))
}

/// By cell, item of the block and side (numerator, denominator): the sums of all replicates.
pub(crate) fn cell_sums(
    sample: &Sample,
    layout: &Layout,
    cells: &CellRows,
    block: std::ops::Range<usize>,
) -> Vec<f64> {
    let Some(replicates) = &sample.replicates else { return Vec::new() };
    let count = replicates.count;
    let width = 2 * block.len() * count;
    let (items, numbers) = (layout.items.len(), layout.numbers);
    let mut sums = vec![0.0; cells.cells.len() * width];
    sums.par_chunks_mut(width).enumerate().for_each(|(place, sums)| {
        for row in cells.rows(place).iter().map(|row| *row as usize) {
            if sample.base_weights[row] <= 0.0 {
                continue;
            }
            let weights = &replicates.weights[row * count..][..count];
            for (index, sums) in block.clone().zip(sums.chunks_mut(2 * count)) {
                let class = sample.columns.classes[row * items + index];
                let (y, x) = sums.split_at_mut(count);
                match (class, layout.items[index].number) {
                    (YES | NO, Some(number)) => {
                        let [value, below] = sample.columns.numbers[row * numbers + number];
                        add(y, weights, value);
                        add(x, weights, below);
                    }
                    // Of a property those who have it and those who have it not are added apart.
                    (YES, None) => y.iter_mut().zip(weights).for_each(|(s, w)| *s += w),
                    (NO, None) => x.iter_mut().zip(weights).for_each(|(s, w)| *s += w),
                    _ => {}
                }
            }
        }
        for (index, sums) in block.clone().zip(sums.chunks_mut(2 * count)) {
            if layout.items[index].number.is_none() {
                let (y, x) = sums.split_at_mut(count);
                x.iter_mut().zip(y).for_each(|(x, y)| *x += *y);
            }
        }
    });
    sums
}

fn add(sums: &mut [f64], weights: &[f64], value: f64) {
    sums.iter_mut().zip(weights).for_each(|(s, w)| *s += w * value);
}
