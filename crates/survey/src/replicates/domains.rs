//! From sums and patterns to the scores and degrees of freedom of a group.

use super::ranks::{Ranks, compare};
use super::sums::Whole;
use crate::exact::unfixed;
use crate::layout::Layout;
use crate::present::{Known, Sums};
use crate::sample::{Deviations, rank};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// Sums under the replicate weights of the whole sample.
#[derive(Debug)]
pub(crate) struct Replicated {
    count: usize,
    deviations: Deviations,
    cells: Vec<Cell>,
    ranks: Ranks,
    /// Place of each pattern in an order that the rows do not decide.
    order: Vec<u32>,
    /// Rank of the replicate weights of all rows.
    full_rank: u64,
    /// By split: the cells of each group, and the member each belongs to.
    groups: Vec<FxHashMap<u64, Vec<(usize, u64)>>>,
    /// Ranks by patterns.
    known: Mutex<FxHashMap<Vec<u32>, u64>>,
}

/// A member of a group, or all of it, with its sums under the full weights.
pub(crate) struct End<'a> {
    pub member: Option<usize>,
    pub sums: &'a Sums,
}

/// A cell of a node.
#[derive(Debug)]
struct Cell {
    node: usize,
    key: u64,
    /// Item by item and side, replicate by replicate.
    sums: Vec<i128>,
}

impl Replicated {
    pub(crate) fn new(layout: &Layout, whole: Whole<'_>, deviations: Deviations) -> Replicated {
        let Whole { shape, count, known, .. } = whole;
        let known = known.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut cells: Vec<Cell> = Vec::new();
        for (node, sums) in known.sums.into_iter().enumerate() {
            cells.extend(sums.into_iter().map(|(key, sums)| Cell { node, key, sums }));
        }
        cells.sort_unstable_by_key(|cell| (cell.node, cell.key));
        let groups = layout.splits.iter().zip(&shape.of_split).map(|(split, reduced)| {
            let mut node = shape.splits[*reduced].node;
            while let Some(parent) = shape.nodes[node].parent {
                node = parent;
            }
            let mut groups: FxHashMap<u64, Vec<(usize, u64)>> = FxHashMap::default();
            let own = cells.iter().enumerate().filter(|(_, c)| shape.finest[c.node] == node);
            for (place, cell) in own {
                if let Some(group) = layout.group_of(&split.group, cell.key) {
                    let member = layout.member_of(&split.joint, split.members, cell.key);
                    groups.entry(group).or_default().push((place, member));
                }
            }
            groups
        });
        let groups = groups.collect();
        let mut sorted: Vec<u32> = (0..known.ranks.patterns() as u32).collect();
        sorted.sort_unstable_by(|a, b| {
            compare(known.ranks.pattern(*a), known.ranks.pattern(*b)).then(a.cmp(b))
        });
        let mut order = vec![0; sorted.len()];
        sorted.iter().zip(0..).for_each(|(pattern, place)| order[*pattern as usize] = place);
        let (ranks, known) = (known.ranks, Mutex::default());
        let mut all =
            Replicated { count, deviations, cells, ranks, order, full_rank: 0, groups, known };
        all.full_rank = match all.ranks.whole.full {
            0 => all.rank_of(all.ranks.whole.patterns.keys().copied().collect(), count as u64),
            _ => count as u64,
        };
        all
    }

    /// Degrees of freedom of the whole sample.
    pub(crate) fn full_df(&self) -> f64 {
        (self.full_rank as f64 - 1.0).max(0.0)
    }

    /// Cells of the members of a group that are wanted.
    fn cells(
        &self,
        (split, group): (usize, u64),
        wanted: impl Fn(u64) -> bool,
    ) -> impl Iterator<Item = &Cell> {
        let cells = self.groups[split].get(&group).into_iter().flatten();
        cells.filter(move |(_, member)| wanted(*member)).map(|(place, _)| &self.cells[*place])
    }

    /// Degrees of freedom of an item in the members of a group that are wanted.
    pub(crate) fn df(&self, group: (usize, u64), wanted: impl Fn(u64) -> bool, item: usize) -> f64 {
        let mut patterns: Vec<u32> = Vec::new();
        for cell in self.cells(group, wanted) {
            let Some(domain) = self.ranks.nodes[cell.node].domain(cell.key) else { continue };
            if domain.full >> item & 1 == 1 {
                return self.full_df();
            }
            let own = domain.patterns.iter().filter(|(_, items)| **items >> item & 1 == 1);
            patterns.extend(own.map(|(pattern, _)| *pattern));
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        patterns.sort_unstable_by_key(|pattern| self.order[*pattern as usize]);
        patterns.dedup();
        let rank = match known.get(&patterns) {
            Some(rank) => *rank,
            None => {
                let rank = self.rank_of(patterns.clone(), self.full_rank);
                known.insert(patterns, rank);
                rank
            }
        };
        (rank as f64 - 1.0).max(0.0)
    }

    fn rank_of(&self, mut patterns: Vec<u32>, most: u64) -> u64 {
        patterns.sort_unstable_by_key(|pattern| self.order[*pattern as usize]);
        let rows = patterns.iter().map(|pattern| {
            let row = &self.ranks.pattern(*pattern)[1..];
            let length = row.iter().fold(0.0, |sum, w| sum + w * w).sqrt();
            let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
            row.iter().map(|w| w * scale).collect()
        });
        rank(rows, most)
    }

    /// What is known of an item in some ends of a group, those that are members first, and of these
    /// as they are compared where that is something else.
    pub(crate) fn known(
        &self,
        layout: &Layout,
        group: (usize, u64),
        item: usize,
        ends: &[End<'_>],
    ) -> (Vec<Known>, Option<Vec<Known>>) {
        let of = |end: &End<'_>| -> Vec<f64> {
            let mut totals = vec![0i128; 2 * self.count];
            let wanted = |member| end.member.is_none_or(|own| own as u64 == member);
            for cell in self.cells(group, wanted) {
                let own = &cell.sums[2 * item * self.count..][..2 * self.count];
                totals.iter_mut().zip(own).for_each(|(total, sum)| *total += sum);
            }
            totals.into_iter().map(unfixed).collect()
        };
        let sums: Vec<(Vec<f64>, &Sums)> = ends.iter().map(|end| (of(end), end.sums)).collect();
        let members = ends.iter().filter(|end| end.member.is_some()).count();
        self.deviations.known(layout.items[item].statistic, &sums, members)
    }
}
