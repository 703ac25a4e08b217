//! What tells the rank of the replicate weights of every domain.
//!
//! Rows whose replicate weights are the same multiples of their weight stand for one pattern
//! (`sample/replicates.rs`), and of each cell the patterns of its rows are kept, with the items that have
//! them in their base. An item whose patterns are of full rank in a cell is of full rank wherever the
//! cell is, so its patterns need not be kept; only what is far from any doubt counts as such.

use crate::pass::Stop;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Numbers that the patterns may take; where they need more, rows are kept instead.
const MOST: usize = 1 << 24;
/// Share of a row's length above which it is certainly not made of the rows before it.
const INDEPENDENT: f64 = 1e-2;

/// Patterns by domain.
#[derive(Debug)]
pub(crate) struct Ranks {
    count: usize,
    /// All items.
    all: u64,
    known: FxHashMap<Box<[i32]>, u32>,
    /// Pattern by pattern: the weight and the replicate weights of the least of its rows.
    rows: Vec<f64>,
    /// All rows, as if they were the base of one item.
    pub whole: Domain,
    pub nodes: Vec<Cells>,
    /// Key of the row before, and its pattern.
    last: (Vec<i32>, Option<u32>),
}

/// The cells of one node.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    places: FxHashMap<u64, usize>,
    pub domains: Vec<Domain>,
    keys: Vec<u64>,
    /// Cell of each of the rows at hand.
    of_rows: Vec<u32>,
}

impl Cells {
    /// The domain of a cell.
    pub(crate) fn domain(&self, key: u64) -> Option<&Domain> {
        self.places.get(&key).map(|place| &self.domains[*place])
    }

    fn push(&mut self, key: u64, next: usize) -> usize {
        let place = self.keys.len();
        self.places.insert(key, place);
        self.keys.push(key);
        self.domains.push(Domain { next, ..Domain::default() });
        place
    }
}

/// The patterns of a domain.
#[derive(Debug, Clone, Default)]
pub(crate) struct Domain {
    /// Items, as bits, whose patterns are of full rank.
    pub full: u64,
    /// By pattern: items that have it in their base.
    pub patterns: FxHashMap<u32, u64>,
    /// Number of patterns at which the rank is looked at.
    next: usize,
}

impl Ranks {
    pub(crate) fn new(count: usize, items: usize, nodes: usize) -> Ranks {
        Ranks {
            count,
            all: u64::MAX >> (64 - items),
            known: FxHashMap::default(),
            rows: Vec::new(),
            whole: Domain { next: 3 * count, ..Domain::default() },
            nodes: (0..nodes).map(|_| Cells::default()).collect(),
            last: (Vec::new(), None),
        }
    }

    /// Number of patterns.
    pub(crate) fn patterns(&self) -> usize {
        self.rows.len() / (1 + self.count)
    }

    /// The weight and the replicate weights of the least row of a pattern.
    pub(crate) fn pattern(&self, pattern: u32) -> &[f64] {
        &self.rows[pattern as usize * (1 + self.count)..][..1 + self.count]
    }

    /// Takes the cells of a node and the cell of each of the rows at hand.
    pub(crate) fn node(&mut self, node: usize, keys: &[u64], cells: &[u32]) {
        let own = &mut self.nodes[node];
        while let Some(key) = keys.get(own.keys.len()) {
            own.push(*key, 3 * self.count);
        }
        own.of_rows.clear();
        own.of_rows.extend_from_slice(cells);
    }

    /// Adds one of the rows at hand, with the items that have it in their base.
    pub(crate) fn row(
        &mut self,
        row: usize,
        full: f64,
        weights: &[f64],
        items: u64,
    ) -> Result<(), Stop> {
        let open = |cells: &Cells| items & !cells.domains[cells.of_rows[row] as usize].full != 0;
        if self.whole.full != 0 && !self.nodes.iter().any(open) {
            return Ok(());
        }
        let pattern = self.id(full, weights)?;
        let (rows, count) = (&self.rows, self.count);
        self.whole.add(pattern, 1, 1, rows, count);
        for cells in &mut self.nodes {
            let cell = cells.of_rows[row] as usize;
            cells.domains[cell].add(pattern, items, self.all, rows, count);
        }
        Ok(())
    }

    /// The pattern of a row of positive weight.
    fn id(&mut self, full: f64, weights: &[f64]) -> Result<u32, Stop> {
        let key = weights.iter().map(|w| (w / full * 1e5).round_ties_even() as i32);
        let (last, known) = &mut self.last;
        if known.is_none() || !key.clone().eq(last.iter().copied()) {
            last.clear();
            last.extend(key);
            // Beyond, different weights would be one number.
            if last.iter().any(|own| matches!(*own, i32::MIN | i32::MAX)) {
                return Err(Stop::NeedsRows);
            }
            *known = self.known.get(last.as_slice()).copied();
        }
        let Some(pattern) = *known else {
            let pattern = self.patterns() as u32;
            if self.rows.len() > MOST {
                return Err(Stop::NeedsRows);
            }
            self.known.insert(self.last.0.as_slice().into(), pattern);
            self.last.1 = Some(pattern);
            self.rows.push(full);
            self.rows.extend_from_slice(weights);
            return Ok(pattern);
        };
        // Which row stands for a pattern must not depend on the order of the rows.
        let own = &mut self.rows[pattern as usize * (1 + self.count)..][..1 + self.count];
        let first = full.total_cmp(&own[0]).then_with(|| compare(weights, &own[1..]));
        if first.is_lt() {
            own[0] = full;
            own[1..].copy_from_slice(weights);
        }
        Ok(pattern)
    }

    /// Adds those of other rows.
    pub(crate) fn merge(&mut self, other: &Ranks) -> Result<(), Stop> {
        let mut ids = vec![None; other.patterns()];
        let mut merge = |ranks: &mut Ranks, from: &Domain, to: &mut Domain, all: u64| {
            to.full |= from.full;
            for (pattern, items) in &from.patterns {
                if items & !to.full == 0 {
                    continue;
                }
                let row = other.pattern(*pattern);
                let id = match ids[*pattern as usize] {
                    Some(id) => id,
                    None => ranks.id(row[0], &row[1..])?,
                };
                ids[*pattern as usize] = Some(id);
                to.add(id, *items, all, &ranks.rows, ranks.count);
            }
            to.forget(all);
            Ok::<(), Stop>(())
        };
        let mut whole = std::mem::take(&mut self.whole);
        merge(self, &other.whole, &mut whole, 1)?;
        self.whole = whole;
        for (node, cells) in other.nodes.iter().enumerate() {
            for (key, from) in cells.keys.iter().zip(&cells.domains) {
                let own = &mut self.nodes[node];
                let place = match own.places.get(key) {
                    Some(place) => *place,
                    None => own.push(*key, 3 * self.count),
                };
                let mut domain = std::mem::take(&mut self.nodes[node].domains[place]);
                merge(self, from, &mut domain, self.all)?;
                self.nodes[node].domains[place] = domain;
            }
        }
        Ok(())
    }
}

impl Domain {
    /// Adds a pattern in the base of some items, of all.
    fn add(&mut self, pattern: u32, items: u64, all: u64, rows: &[f64], count: usize) {
        if items & !self.full == 0 {
            return;
        }
        *self.patterns.entry(pattern).or_default() |= items;
        if self.patterns.len() < self.next {
            return;
        }
        if independent(&self.patterns, all, rows, count) {
            self.full = all;
        } else {
            let bits = (0..64).map(|item| 1u64 << item).filter(|bit| bit & all & !self.full != 0);
            let full = bits.filter(|bit| independent(&self.patterns, *bit, rows, count));
            self.full |= full.fold(0, |full, bit| full | bit);
        }
        self.forget(all);
        self.next = (2 * self.patterns.len()).max(3 * count);
    }

    /// Drops the patterns that are of no more use.
    fn forget(&mut self, all: u64) {
        if self.full & all == all {
            self.patterns = FxHashMap::default();
        } else if self.full != 0 {
            self.patterns.retain(|_, items| *items & !self.full != 0);
        }
    }
}

/// True if the patterns that all these items have are certainly of full rank: elimination finds as
/// many rows as there are replicates, each far from what the others make.
fn independent(patterns: &FxHashMap<u32, u64>, items: u64, rows: &[f64], count: usize) -> bool {
    let mut basis: Vec<(usize, Vec<f64>)> = Vec::with_capacity(count);
    for (pattern, _) in patterns.iter().filter(|(_, own)| *own & items == items) {
        let row = &rows[*pattern as usize * (1 + count)..][1..1 + count];
        let length = row.iter().fold(0.0f64, |most, w| most.max(w.abs()));
        if length == 0.0 {
            continue;
        }
        let mut row: Vec<f64> = row.iter().map(|w| w / length).collect();
        for (column, other) in &basis {
            let factor = row[*column];
            row.iter_mut().zip(other).for_each(|(r, o)| *r -= factor * o);
        }
        let larger = |a: &usize, b: &usize| row[*a].abs().total_cmp(&row[*b].abs());
        let Some(column) = (0..count).max_by(larger) else { return false };
        let pivot = row[column];
        if pivot.abs() > INDEPENDENT {
            row.iter_mut().for_each(|r| *r /= pivot);
            basis.push((column, row));
            if basis.len() == count {
                return true;
            }
        }
    }
    false
}

/// The order of rows of numbers.
pub(crate) fn compare(a: &[f64], b: &[f64]) -> Ordering {
    let pairs = a.iter().zip(b).map(|(a, b)| a.total_cmp(b));
    pairs.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
