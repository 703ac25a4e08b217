//! The tallies of one stratum in one breakdown, and how a PSU's totals enter them.
//!
//! Per lane, a group's vector of PSU totals v = [y₁, x₁, …, y_c, x_c] over its member cells adds
//! v vᵀ to the second moments. The vectors of all lanes stand side by side, so that each element
//! of v vᵀ is one vector operation over the lanes.

use crate::cube::{Cube, add_block, vectors, vectors_mut};
use crate::exact::{Exact, product};
use crate::layout::{Layout, NONE, VECTOR};
use crate::plain::{Part, Span};
use crate::shape::Place;
use crate::tally::{Tally, packed};

/// State of one split while a stratum is read.
#[derive(Debug, Default)]
pub(crate) struct SplitState {
    /// By group id: index of the tally.
    of_group: Vec<u32>,
    groups: Vec<u32>,
    tallies: Vec<Tally>,
    /// By node id: index of the tally, and place of the member in it.
    of_node: Vec<(u32, u32)>,
    nodes: Vec<u32>,
    /// By tally: places and slots in the node of the PSU at hand.
    pending: Vec<Vec<(u32, u32)>>,
    active: Vec<u32>,
}

/// Buffers of [`SplitState::fold`]: the PSU totals of one group.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    places: Vec<usize>,
    /// Element by element (y and x of each place), lane by lane.
    totals: Vec<f64>,
    any: Vec<u64>,
}

/// Places with totals of one group that one PSU can have before they are put on the heap.
const PARTS: usize = 8;

impl SplitState {
    #[inline(always)]
    pub(crate) fn tally(
        &mut self,
        group: u32,
        layout: &Layout,
        spare: &mut Vec<Tally>,
    ) -> &mut Tally {
        let index = self.index(group, layout, spare);
        &mut self.tallies[index]
    }

    #[inline(always)]
    fn index(&mut self, group: u32, layout: &Layout, spare: &mut Vec<Tally>) -> usize {
        match self.of_group.get(group as usize) {
            Some(index) if *index != NONE => *index as usize,
            _ => self.add(group, layout, spare),
        }
    }

    #[inline(never)]
    fn add(&mut self, group: u32, layout: &Layout, spare: &mut Vec<Tally>) -> usize {
        let g = group as usize;
        if g >= self.of_group.len() {
            self.of_group.resize(g + 1, NONE);
        }
        self.of_group[g] = self.tallies.len() as u32;
        self.groups.push(group);
        self.tallies.push(spare.pop().unwrap_or_else(|| Tally::new(layout.lanes, layout.width)));
        if self.pending.len() < self.tallies.len() {
            self.pending.push(Vec::new());
        }
        self.tallies.len() - 1
    }

    /// Notes that the PSU at hand has rows in a node cell, whose sums are in a slot.
    #[inline(always)]
    pub(crate) fn enter(
        &mut self,
        (id, slot): (u32, usize),
        place: Place,
        layout: &Layout,
        spare: &mut Vec<Tally>,
    ) {
        let node = id as usize;
        let (index, place) = match self.of_node.get(node) {
            Some(known) if known.0 != NONE => *known,
            _ => self.learn(id, place, layout, spare),
        };
        let pending = &mut self.pending[index as usize];
        if pending.is_empty() {
            self.active.push(index);
        }
        pending.push((place, slot as u32));
    }

    #[inline(never)]
    fn learn(
        &mut self,
        id: u32,
        place: Place,
        layout: &Layout,
        spare: &mut Vec<Tally>,
    ) -> (u32, u32) {
        let index = self.index(place.group, layout, spare);
        let node = id as usize;
        if node >= self.of_node.len() {
            self.of_node.resize(node + 1, (NONE, NONE));
        }
        // Several node cells can be the rest of one group, so the member may be there.
        self.of_node[node] = (index as u32, self.tallies[index].place(place.member) as u32);
        self.nodes.push(id);
        self.of_node[node]
    }

    /// Adds the PSU totals of all groups it has rows in, where they are plain.
    #[inline(always)]
    pub(crate) fn fold_plain(
        &mut self,
        cube: &Cube<f64>,
        members: u64,
        span: Span,
        moments: bool,
        rest: &mut Vec<f64>,
    ) {
        for index in self.active.drain(..) {
            let pending = &mut self.pending[index as usize];
            let tally = &mut self.tallies[index as usize];
            rest.clear();
            let mut rest_place = None;
            let mut parts: [Part<'_>; PARTS] = [(0, &[]); PARTS];
            let mut many: Vec<Part<'_>> = Vec::new();
            let mut count = 0;
            let mut push = |part| match parts.get_mut(count) {
                Some(place) if many.is_empty() => {
                    *place = part;
                    count += 1;
                }
                _ => {
                    if many.is_empty() {
                        many.extend_from_slice(&parts);
                    }
                    many.push(part);
                }
            };
            for (place, slot) in pending.drain(..) {
                let (place, block) = (place as usize, cube.block(slot as usize));
                // The rest may consist of several node cells, but makes one cell of the vector.
                if u64::from(tally.members[place]) == members {
                    rest_place = Some(place);
                    rest.resize(block.len(), 0.0);
                    add_block(rest, block);
                } else {
                    push((place, block));
                }
            }
            if let Some(place) = rest_place {
                push((place, rest));
            }
            let parts = if many.is_empty() { &parts[..count] } else { &many[..] };
            let shown = parts.len() - usize::from(rest_place.is_some());
            count_any(tally, parts, shown);
            if !tally.plain.admits(span) {
                tally.settle_plain();
                tally.plain.admits(span);
            }
            tally.plain.add(tally.width, parts, moments);
        }
    }

    /// Adds the PSU totals of all groups it has rows in.
    #[inline(always)]
    pub(crate) fn fold(
        &mut self,
        cube: &Cube<i128>,
        layout: &Layout,
        members: u64,
        buffers: &mut Vectors,
        rest: &mut Vec<i128>,
    ) {
        for index in self.active.drain(..) {
            let pending = &mut self.pending[index as usize];
            let tally = &mut self.tallies[index as usize];
            buffers.places.clear();
            buffers.totals.clear();
            rest.clear();
            let mut rest_place = None;
            for (place, slot) in pending.drain(..) {
                let (place, block) = (place as usize, cube.block(slot as usize));
                // The rest may consist of several node cells, but makes one cell of the vector.
                if u64::from(tally.members[place]) == members {
                    rest_place = Some(place);
                    rest.resize(block.len(), 0);
                    add_block(rest, block);
                } else {
                    buffers.push(tally, place, block);
                }
            }
            let shown = buffers.places.len();
            if let Some(place) = rest_place {
                buffers.push(tally, place, rest);
            }
            buffers.count(tally, shown);
            if layout.numbers > 0 && layout.moments {
                buffers.precise(tally, layout);
            }
            if layout.moments {
                buffers.moments(tally);
            }
        }
    }

    /// Takes out the tallies of a complete stratum, by group id.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (u32, Tally)> + '_ {
        for id in self.nodes.drain(..) {
            self.of_node[id as usize] = (NONE, NONE);
        }
        for group in &self.groups {
            self.of_group[*group as usize] = NONE;
        }
        self.groups.drain(..).zip(self.tallies.drain(..))
    }
}

/// Counts a plain PSU where any of its parts has rows of the base; the first `shown` are shown.
#[inline(always)]
fn count_any(tally: &mut Tally, parts: &[Part<'_>], shown: usize) {
    for i in 0..tally.width / VECTOR {
        let mut any = [0u64; VECTOR];
        for (at, (_, block)) in parts.iter().enumerate() {
            if at == shown {
                add_any(&mut tally.psus_shown, i, any);
            }
            let x = vectors(&block[tally.width..])[i];
            any = std::array::from_fn(|k| any[k] | x[k].to_bits());
        }
        if shown == parts.len() {
            add_any(&mut tally.psus_shown, i, any);
        }
        add_any(&mut tally.psus_any, i, any);
    }
}

/// Counts where there is any bit.
#[inline(always)]
fn add_any(to: &mut [u64], i: usize, any: [u64; VECTOR]) {
    let to = &mut vectors_mut(to)[i];
    let old = *to;
    *to = std::array::from_fn(|k| old[k] + u64::from(any[k] != 0));
}

impl Vectors {
    /// Adds the totals of one cell.
    #[inline(always)]
    fn push(&mut self, tally: &mut Tally, place: usize, block: &[i128]) {
        let start = self.totals.len();
        self.places.push(place);
        self.totals.resize(start + 2 * tally.width, 0.0);
        tally.sums.enter(place, block, &mut self.totals[start..]);
    }

    /// Counts the PSU where it has rows of the base; the first `shown` cells are shown.
    #[inline(always)]
    fn count(&mut self, tally: &mut Tally, shown: usize) {
        let width = tally.width;
        self.any.clear();
        self.any.resize(width, 0);
        let any = vectors_mut(&mut self.any);
        for (cell, place) in self.places.iter().enumerate() {
            if cell == shown {
                add(vectors_mut(&mut tally.psus_shown), any);
            }
            let (y, x) = self.totals[2 * cell * width..][..2 * width].split_at(width);
            let psus = vectors_mut(&mut tally.psus[place * width..][..width]);
            for (i, (y, x)) in vectors(y).iter().zip(vectors(x)).enumerate() {
                // Zero is all zero bits; sums are never −0.
                let bits: [u64; VECTOR] = std::array::from_fn(|k| y[k].to_bits() | x[k].to_bits());
                let here: [u64; VECTOR] = std::array::from_fn(|k| u64::from(bits[k] != 0));
                let (old_psus, old_any) = (psus[i], any[i]);
                psus[i] = std::array::from_fn(|k| old_psus[k] + here[k]);
                any[i] = std::array::from_fn(|k| old_any[k] | here[k]);
            }
        }
        if shown == self.places.len() {
            add(vectors_mut(&mut tally.psus_shown), any);
        }
        add(vectors_mut(&mut tally.psus_any), any);
    }

    /// Place of an element of v in the tally.
    #[inline(always)]
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
        let width = layout.width;
        for lane in (0..layout.lanes).filter(|lane| layout.precise[*lane]) {
            for (entry, i, j) in self.pairs() {
                let (a, b) = (self.totals[i * width + lane], self.totals[j * width + lane]);
                add_product(&mut tally.moments[lane], entry, a, b);
            }
            self.totals[lane..].iter_mut().step_by(width).for_each(|total| *total = 0.0);
        }
    }

    /// Adds the moments of the other lanes, whose totals are never negative.
    #[inline(always)]
    fn moments(&self, tally: &mut Tally) {
        let width = tally.width;
        let (low, high) = extremes(&self.totals);
        if high == 0.0 {
            return;
        }
        if tally.window.used() && !tally.window.admits(low, high) {
            tally.settle_window();
        }
        if !tally.window.admits(low, high) {
            return self.exactly(tally);
        }
        tally.window.grow(tally.moments.first().map_or(0, |m| m.entries()) * width);
        tally.window.count();
        for (i, a) in self.totals.chunks_exact(width).enumerate() {
            for (j, b) in self.totals.chunks_exact(width).enumerate().take(i + 1) {
                tally.window.add(packed(self.element(i), self.element(j)), a, b);
            }
        }
    }

    /// Adds the moments of totals that no window takes.
    #[cold]
    fn exactly(&self, tally: &mut Tally) {
        for (entry, i, j) in self.pairs() {
            for (lane, moments) in tally.moments.iter_mut().enumerate() {
                let at = |element: usize| self.totals[element * tally.width + lane];
                add_product(moments, entry, at(i), at(j));
            }
        }
    }
}

/// Adds vectors of counts.
#[inline(always)]
fn add(to: &mut [[u64; VECTOR]], from: &[[u64; VECTOR]]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = std::array::from_fn(|k| to[k] + from[k]);
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
    let (mut low, mut high) = ([f64::INFINITY; VECTOR], [0.0f64; VECTOR]);
    for values in vectors(values) {
        for k in 0..VECTOR {
            let positive = if values[k] > 0.0 { values[k] } else { f64::INFINITY };
            low[k] = if positive < low[k] { positive } else { low[k] };
            high[k] = if values[k] > high[k] { values[k] } else { high[k] };
        }
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(0.0, f64::max))
}
