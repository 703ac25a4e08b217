//! What is kept of a stratum and of the whole sample for one group of cells.
//!
//! For each lane (an indicator's numerator y and denominator x) and each member cell that occurs:
//! exact sums, the exact second moments Σ v vᵀ of the PSU totals v = [y₁, x₁, y₂, x₂, …], and in
//! how many PSUs the cell has a row of the base. Everything is an integer or an [`Exact`] sum, so
//! merging is associative and commutative to the last bit.

use crate::cube::{Number, Wide};
use crate::exact::{Exact, unfixed_pair, unfixed_rest};
use crate::layout::Layout;
use crate::plain::Plain;
use crate::shape::{Constants, Shape};
use crate::window::Window;
use rustc_hash::FxHashMap;

/// Index of an element of a packed lower triangle.
pub(crate) fn packed(a: usize, b: usize) -> usize {
    let (row, column) = if a >= b { (a, b) } else { (b, a) };
    row * (row + 1) / 2 + column
}

/// Exact sums Σwy and Σwx of PSU totals, place by place, side by side, lane by lane.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    width: usize,
    pub exact: Vec<i128>,
    /// What the PSU totals lost when they were rounded to the floats whose moments are kept.
    pub lost: Vec<i128>,
}

impl Sums {
    fn new(width: usize) -> Sums {
        Sums { width, exact: Vec::new(), lost: Vec::new() }
    }

    /// Makes room for this many places.
    fn grow(&mut self, places: usize) {
        let size = places * 2 * self.width;
        self.exact.resize(size, 0);
        self.lost.resize(size, 0);
    }

    /// Adds the PSU's totals at a place, and gives them as floats.
    #[inline(always)]
    pub(crate) fn enter(&mut self, place: usize, block: &[i128], floats: &mut [f64]) {
        let at = place * block.len();
        let (exact, lost) = (&mut self.exact[at..], &mut self.lost[at..]);
        for (((value, exact), lost), float) in block.iter().zip(exact).zip(lost).zip(floats) {
            let rest;
            (*float, rest) = unfixed_rest(*value);
            *exact = exact.plus(*value);
            *lost = lost.plus(rest);
        }
    }

    /// Σwy and Σwx.
    pub(crate) fn of(&self, place: usize, lane: usize) -> Wide {
        let at = 2 * place * self.width + lane;
        [self.exact[at], self.exact[at + self.width]]
    }

    /// Σwy and Σwx of the PSU totals as the moments know them, in fixed point …
    pub(crate) fn known(&self, place: usize, lane: usize) -> Wide {
        let at = 2 * place * self.width + lane;
        [at, at + self.width].map(|at| self.exact[at] - self.lost[at])
    }

    /// … and as pairs of floats.
    pub(crate) fn rounded(&self, place: usize, lane: usize) -> [(f64, f64); 2] {
        self.known(place, lane).map(unfixed_pair)
    }

    /// Adds the sums of one place of others.
    fn add(&mut self, place: usize, other: &Sums, from: usize) {
        let size = 2 * self.width;
        for i in 0..size {
            let (to, from) = (place * size + i, from * size + i);
            self.exact[to] = self.exact[to].plus(other.exact[from]);
            self.lost[to] += other.lost[from];
        }
    }
}

/// Sums of one group in one stratum, or in several.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    lanes: usize,
    pub width: usize,
    /// Members that occur, in order of appearance.
    pub members: Vec<u32>,
    pub sums: Sums,
    /// Sums and moments of plain PSU totals that are not in the others yet.
    pub plain: Plain,
    /// By lane: packed second moments over twice the members, …
    pub moments: Vec<Exact>,
    /// … and those not added to them yet.
    pub window: Window,
    /// PSUs with a row of the base, member by member.
    pub psus: Vec<u64>,
    /// By lane: PSUs with a row of the base in any cell, …
    pub psus_any: Vec<u64>,
    /// … and in any cell that is shown.
    pub psus_shown: Vec<u64>,
}

impl Tally {
    pub(crate) fn new(lanes: usize, width: usize) -> Tally {
        Tally {
            lanes,
            width,
            members: Vec::new(),
            sums: Sums::new(width),
            plain: Plain::default(),
            moments: vec![Exact::default(); lanes],
            window: Window::default(),
            psus: Vec::new(),
            psus_any: vec![0; width],
            psus_shown: vec![0; width],
        }
    }

    /// Place of a member, made if it is new.
    #[inline(always)]
    pub(crate) fn place(&mut self, member: u32) -> usize {
        match self.members.iter().position(|m| *m == member) {
            Some(place) => place,
            None => self.push(member),
        }
    }

    /// Adds a member that does not occur yet.
    #[inline(never)]
    fn push(&mut self, member: u32) -> usize {
        let place = self.members.len();
        self.members.push(member);
        self.sums.grow(place + 1);
        self.plain.grow(place + 1, self.width);
        self.psus.resize((place + 1) * self.width, 0);
        let size = 2 * (place + 1);
        self.moments.iter_mut().for_each(|m| m.grow(size * (size + 1) / 2));
        place
    }

    /// PSUs of a member with a row of the base.
    pub(crate) fn psus(&self, place: usize, lane: usize) -> u64 {
        self.psus[place * self.width + lane]
    }

    /// Brings the plain sums into the exact ones; their moments stay.
    pub(crate) fn settle_sums(&mut self) {
        self.plain.take_sums(self.width, self.lanes, &mut self.sums.exact, &mut self.psus);
    }

    /// Brings everything plain into the exact sums and moments.
    pub(crate) fn settle_plain(&mut self) {
        if self.plain.used() {
            self.settle_sums();
            self.plain.moments(self.width, &mut self.moments);
            self.plain.reset();
            self.plain.grow(self.members.len(), self.width);
        }
    }

    /// Adds what the window holds to the moments.
    pub(crate) fn settle_window(&mut self) {
        if !self.window.used() {
            return;
        }
        for (lane, moments) in self.moments.iter_mut().enumerate() {
            for entry in 0..moments.entries() {
                let pieces = self.window.pieces(entry * self.width + lane);
                pieces.into_iter().for_each(|piece| moments.add(entry, piece));
            }
        }
        self.window.clear();
    }

    /// Brings all sums and moments into the exact ones.
    pub(crate) fn settle(&mut self) {
        self.settle_plain();
        self.settle_window();
    }

    /// True if all its moments are plain.
    pub(crate) fn is_plain(&self) -> bool {
        !self.window.used() && self.moments.iter().all(Exact::is_zero)
    }

    /// Forgets everything but the room.
    pub(crate) fn reset(&mut self) {
        self.members.clear();
        self.sums.exact.clear();
        self.sums.lost.clear();
        self.plain.reset();
        self.moments.iter_mut().for_each(Exact::reset);
        self.window.clear();
        self.psus.clear();
        self.psus_any.fill(0);
        self.psus_shown.fill(0);
    }

    /// Adds the sums and numbers of PSUs of another tally of the same group, and returns the
    /// places of its members.
    pub(crate) fn merge_sums(&mut self, other: &Tally) -> Vec<usize> {
        let places: Vec<usize> = other.members.iter().map(|m| self.place(*m)).collect();
        for (from, to) in places.iter().enumerate() {
            self.sums.add(*to, &other.sums, from);
            let psus = &mut self.psus[to * self.width..][..self.width];
            psus.iter_mut().zip(&other.psus[from * self.width..]).for_each(|(a, b)| *a += b);
        }
        for lane in 0..self.lanes {
            self.psus_any[lane] += other.psus_any[lane];
            self.psus_shown[lane] += other.psus_shown[lane];
        }
        places
    }

    /// Adds another tally of the same group.
    pub(crate) fn merge(&mut self, other: &mut Tally) {
        other.settle();
        let map = moment_map(&self.merge_sums(other));
        for lane in 0..self.lanes {
            self.moments[lane].merge(&other.moments[lane], |e| map[e]);
        }
    }
}

/// Where each packed moment goes if the members go to these places.
pub(crate) fn moment_map(places: &[usize]) -> Vec<usize> {
    let wide: Vec<usize> = places.iter().flat_map(|p| [2 * p, 2 * p + 1]).collect();
    let mut map = Vec::with_capacity(wide.len() * (wide.len() + 1) / 2);
    for row in 0..wide.len() {
        map.extend((0..=row).map(|column| packed(wide[row], wide[column])));
    }
    map
}

/// A group: index of the split, and the codes in mixed radix.
pub(crate) type GroupKey = (u32, u64);

/// All groups of one stratum, or of the part of it that was read so far.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// PSUs, those without a row of any base included.
    pub psus: u64,
    /// PSUs with a weight above zero.
    pub weighted_psus: u64,
    /// What was constant in these PSUs.
    pub constants: Constants,
    /// Groups of the splits of the shape with these constants.
    pub groups: FxHashMap<GroupKey, Tally>,
}

impl Body {
    pub(crate) fn merge(&mut self, layout: &Layout, mut other: Body) {
        if other.psus == 0 {
            return;
        }
        if self.psus == 0 {
            *self = other;
            return;
        }
        self.psus += other.psus;
        self.weighted_psus += other.weighted_psus;
        let common = self.constants.common(layout, &other.constants);
        self.weaken(layout, common);
        other.weaken(layout, common);
        for (key, mut tally) in other.groups {
            match self.groups.get_mut(&key) {
                Some(mine) => mine.merge(&mut tally),
                None => {
                    self.groups.insert(key, tally);
                }
            }
        }
    }

    /// Goes over to the shape with fewer constants.
    fn weaken(&mut self, layout: &Layout, to: Constants) {
        if self.constants == to {
            return;
        }
        let (old, new) = (Shape::new(layout, self.constants.mask), Shape::new(layout, to.mask));
        let mut groups = FxHashMap::default();
        for (index, split) in new.splits.iter().enumerate() {
            let whole = new.of_split.iter().position(|s| *s == index);
            let from = whole.map(|s| old.of_split[s]).expect("invariant: made from a whole split");
            for ((s, key), tally) in &self.groups {
                let digits = &old.splits[from].group;
                let own = (*s as usize == from)
                    .then(|| self.constants.rekey(layout, digits, *key, &split.group));
                if let Some(key) = own.flatten() {
                    groups.insert((index as u32, key), tally.clone());
                }
            }
        }
        (self.constants, self.groups) = (to, groups);
    }
}
