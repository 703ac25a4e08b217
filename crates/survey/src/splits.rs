//! The tallies of one stratum in one breakdown, and how a PSU's totals enter them.
//!
//! Per lane, a group's vector of PSU totals v = [y₁, x₁, …, y_c, x_c] over its member cells adds
//! v vᵀ to the second moments. The vectors of all lanes stand side by side, so that each element
//! of v vᵀ is one vector operation over the lanes.

use crate::cube::{Cube, Sums};
use crate::exact::{Exact, product};
use crate::layout::{Layout, NONE, Place};
use crate::tally::{Tally, packed};

/// State of one split while a stratum is read.
#[derive(Debug, Default)]
pub(crate) struct SplitState {
    /// By group id: index of the tally.
    of_group: Vec<u32>,
    groups: Vec<u32>,
    tallies: Vec<Tally>,
    /// By node id: place of the member in its tally.
    of_node: Vec<u32>,
    nodes: Vec<u32>,
    /// By tally: node ids of the PSU at hand.
    pending: Vec<Vec<u32>>,
    active: Vec<u32>,
}

/// Buffers of [`SplitState::fold`]: the PSU totals of one group.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    places: Vec<usize>,
    /// Element by element (y and x of each place), lane by lane.
    totals: Vec<f64>,
    any: Vec<bool>,
    shown: Vec<bool>,
}

impl SplitState {
    pub(crate) fn tally(&mut self, group: u32, lanes: usize) -> &mut Tally {
        let index = self.index(group, lanes);
        &mut self.tallies[index]
    }

    fn index(&mut self, group: u32, lanes: usize) -> usize {
        let g = group as usize;
        if g >= self.of_group.len() {
            self.of_group.resize(g + 1, NONE);
        }
        if self.of_group[g] == NONE {
            self.of_group[g] = self.tallies.len() as u32;
            self.groups.push(group);
            self.tallies.push(Tally::new(lanes));
            if self.pending.len() < self.tallies.len() {
                self.pending.push(Vec::new());
            }
        }
        self.of_group[g] as usize
    }

    /// Notes that the PSU at hand has rows in a node cell.
    pub(crate) fn enter(&mut self, id: u32, place: Place, lanes: usize) {
        let index = self.index(place.group, lanes);
        let node = id as usize;
        if node >= self.of_node.len() {
            self.of_node.resize(node + 1, NONE);
        }
        if self.of_node[node] == NONE {
            // Several node cells can be the rest of one group, so the member may be there.
            self.of_node[node] = self.tallies[index].place(place.member) as u32;
            self.nodes.push(id);
        }
        if self.pending[index].is_empty() {
            self.active.push(index as u32);
        }
        self.pending[index].push(id);
    }

    /// Adds the PSU totals of all groups it has rows in.
    #[inline(always)]
    pub(crate) fn fold<S: Sums>(
        &mut self,
        cube: &Cube<S>,
        layout: &Layout,
        members: u64,
        buffers: &mut Vectors,
        rest: &mut Vec<S>,
    ) {
        let lanes = layout.lanes;
        for index in self.active.drain(..) {
            let ids = &mut self.pending[index as usize];
            let tally = &mut self.tallies[index as usize];
            buffers.places.clear();
            buffers.totals.clear();
            rest.clear();
            let mut rest_place = None;
            for id in ids.drain(..) {
                let sums = cube.of(id, lanes);
                let place = self.of_node[id as usize] as usize;
                for (to, from) in tally.sums[place * lanes..][..lanes].iter_mut().zip(sums) {
                    to.add(&from.wide());
                }
                // The rest may consist of several node cells, but makes one cell of the vector.
                if u64::from(tally.members[place]) == members {
                    rest_place = Some(place);
                    rest.resize(lanes, S::default());
                    rest.iter_mut().zip(sums).for_each(|(a, b)| a.add(b));
                } else {
                    buffers.push(tally, place, sums);
                }
            }
            let shown = buffers.places.len();
            if let Some(place) = rest_place {
                buffers.push(tally, place, rest);
            }
            buffers.count(tally, shown, lanes);
            buffers.precise(tally, layout);
            buffers.moments(tally, lanes);
        }
    }

    /// Takes out the tallies of a complete stratum, by group id.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (u32, Tally)> + '_ {
        for id in self.nodes.drain(..) {
            self.of_node[id as usize] = NONE;
        }
        for group in &self.groups {
            self.of_group[*group as usize] = NONE;
        }
        self.groups.drain(..).zip(self.tallies.drain(..))
    }
}

impl Vectors {
    /// Adds the totals of one cell.
    #[inline(always)]
    fn push<S: Sums>(&mut self, tally: &mut Tally, place: usize, sums: &[S]) {
        let (start, lanes) = (self.totals.len(), sums.len());
        self.places.push(place);
        self.totals.resize(start + 2 * lanes, 0.0);
        let (y, x) = self.totals[start..].split_at_mut(lanes);
        let lost = &mut tally.lost[place * lanes..][..lanes];
        for (((y, x), lost), sum) in y.iter_mut().zip(x).zip(lost).zip(sums) {
            let [(y_sum, y_lost), (x_sum, x_lost)] = sum.floats();
            (*y, *x) = (y_sum, x_sum);
            lost.add(&[y_lost, x_lost]);
        }
    }

    /// Counts the PSU where it has rows of the base; the first `shown` cells are shown.
    #[inline(always)]
    fn count(&mut self, tally: &mut Tally, shown: usize, lanes: usize) {
        self.any.clear();
        self.any.resize(lanes, false);
        self.shown.clear();
        self.shown.resize(lanes, false);
        for (cell, place) in self.places.iter().enumerate() {
            if cell == shown {
                self.shown.copy_from_slice(&self.any);
            }
            let (y, x) = self.totals[2 * cell * lanes..][..2 * lanes].split_at(lanes);
            let psus = &mut tally.psus[place * lanes..][..lanes];
            for (((psus, any), y), x) in psus.iter_mut().zip(&mut self.any).zip(y).zip(x) {
                let here = *y != 0.0 || *x != 0.0;
                *psus += u64::from(here);
                *any |= here;
            }
        }
        if shown == self.places.len() {
            self.shown.copy_from_slice(&self.any);
        }
        for lane in 0..lanes {
            tally.psus_any[lane] += u64::from(self.any[lane]);
            tally.psus_shown[lane] += u64::from(self.shown[lane]);
        }
    }

    /// Place of an element of v in the tally.
    fn element(&self, element: usize) -> usize {
        2 * self.places[element / 2] + element % 2
    }

    /// Elements of v vᵀ, as their packed index and the two elements of v.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let at = |element: usize| self.element(element);
        (0..2 * self.places.len())
            .flat_map(move |i| (0..=i).map(move |j| (packed(at(i), at(j)), i, j)))
    }

    /// Adds the moments of the lanes that need every digit, and takes them out of the vectors.
    fn precise(&mut self, tally: &mut Tally, layout: &Layout) {
        let lanes = layout.lanes;
        for lane in (0..lanes).filter(|lane| layout.precise[*lane]) {
            for (entry, i, j) in self.pairs() {
                let (a, b) = (self.totals[i * lanes + lane], self.totals[j * lanes + lane]);
                add_product(&mut tally.moments[lane], entry, a, b);
            }
            self.totals[lane..].iter_mut().step_by(lanes).for_each(|total| *total = 0.0);
        }
    }

    /// Adds the moments of the other lanes, whose totals are never negative.
    #[inline(always)]
    fn moments(&self, tally: &mut Tally, lanes: usize) {
        let (low, high) = extremes(&self.totals);
        if high == 0.0 {
            return;
        }
        if tally.window.used() && !tally.window.admits(low, high) {
            tally.settle();
        }
        if tally.window.admits(low, high) {
            tally.window.grow(tally.moments.first().map_or(0, |m| m.entries()) * lanes);
            tally.window.count();
            for (i, a) in self.totals.chunks_exact(lanes).enumerate() {
                for (j, b) in self.totals.chunks_exact(lanes).enumerate().take(i + 1) {
                    tally.window.add(packed(self.element(i), self.element(j)), a, b);
                }
            }
            return;
        }
        for (entry, i, j) in self.pairs() {
            for lane in 0..lanes {
                let (a, b) = (self.totals[i * lanes + lane], self.totals[j * lanes + lane]);
                add_product(&mut tally.moments[lane], entry, a, b);
            }
        }
    }
}

/// Adds a product without rounding it.
#[inline(always)]
fn add_product(moments: &mut Exact, entry: usize, a: f64, b: f64) {
    let (product, rest) = product(a, b);
    moments.add(entry, product);
    moments.add(entry, rest);
}

/// Smallest positive number (infinity if there is none) and largest number.
#[inline(always)]
fn extremes(values: &[f64]) -> (f64, f64) {
    // Four at a time, so that one comparison need not wait for the other.
    let (mut low, mut high) = ([f64::INFINITY; 4], [0.0f64; 4]);
    let mut chunks = values.chunks_exact(4);
    let mut look = |at: usize, value: f64| {
        let positive = if value > 0.0 { value } else { f64::INFINITY };
        low[at] = if positive < low[at] { positive } else { low[at] };
        high[at] = if value > high[at] { value } else { high[at] };
    };
    for chunk in &mut chunks {
        (0..4).for_each(|at| look(at, chunk[at]));
    }
    chunks.remainder().iter().for_each(|value| look(0, *value));
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(0.0, f64::max))
}
