//! What is kept of a stratum and of the whole sample for one group of cells.
//!
//! For each lane (an indicator's numerator y and denominator x) and each member cell that occurs:
//! exact sums, the exact second moments Σ v vᵀ of the PSU totals v = [y₁, x₁, y₂, x₂, …], and in
//! how many PSUs the cell has a row of the base. Everything is an integer or an [`Exact`] sum, so
//! merging is associative and commutative to the last bit.

use crate::cube::{Sums, Wide};
use crate::exact::{Exact, unfixed_pair};
use crate::window::Window;
use rustc_hash::FxHashMap;

/// Index of an element of a packed lower triangle.
pub(crate) fn packed(a: usize, b: usize) -> usize {
    let (row, column) = if a >= b { (a, b) } else { (b, a) };
    row * (row + 1) / 2 + column
}

/// Sums of one group in one stratum, or in several.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    lanes: usize,
    /// Members that occur, in order of appearance.
    pub members: Vec<u32>,
    /// Σwy and Σwx in fixed point, member by member.
    pub sums: Vec<Wide>,
    /// What the PSU totals lost when they were rounded to the floats whose moments are kept.
    pub lost: Vec<Wide>,
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
    pub(crate) fn new(lanes: usize) -> Tally {
        Tally {
            lanes,
            members: Vec::new(),
            sums: Vec::new(),
            lost: Vec::new(),
            moments: vec![Exact::default(); lanes],
            window: Window::default(),
            psus: Vec::new(),
            psus_any: vec![0; lanes],
            psus_shown: vec![0; lanes],
        }
    }

    /// Place of a member, made if it is new.
    pub(crate) fn place(&mut self, member: u32) -> usize {
        self.members.iter().position(|m| *m == member).unwrap_or_else(|| self.push(member))
    }

    /// Adds a member that does not occur yet.
    pub(crate) fn push(&mut self, member: u32) -> usize {
        let place = self.members.len();
        self.members.push(member);
        self.sums.resize((place + 1) * self.lanes, [0; 2]);
        self.lost.resize((place + 1) * self.lanes, [0; 2]);
        self.psus.resize((place + 1) * self.lanes, 0);
        let size = 2 * (place + 1);
        self.moments.iter_mut().for_each(|m| m.grow(size * (size + 1) / 2));
        place
    }

    /// Adds what the window holds to the moments.
    pub(crate) fn settle(&mut self) {
        if !self.window.used() {
            return;
        }
        for (lane, moments) in self.moments.iter_mut().enumerate() {
            for entry in 0..moments.entries() {
                let pieces = self.window.pieces(entry * self.lanes + lane);
                pieces.into_iter().for_each(|piece| moments.add(entry, piece));
            }
        }
        self.window.clear();
    }

    /// A second moment as a pair of floats; after [`Tally::gather_moments`].
    pub(crate) fn moment(&self, lane: usize, entry: usize) -> (f64, f64) {
        if self.moments[lane].is_zero() {
            self.window.pair(entry * self.lanes + lane)
        } else {
            self.moments[lane].pair(entry)
        }
    }

    /// Σy and Σx of the PSU totals as the moments know them.
    pub(crate) fn rounded(&self, place: usize, lane: usize) -> [(f64, f64); 2] {
        let at = place * self.lanes + lane;
        [0, 1].map(|side| unfixed_pair(self.sums[at][side] - self.lost[at][side]))
    }

    /// Settles the window unless all moments are in it.
    pub(crate) fn gather_moments(&mut self) {
        if self.moments.iter().any(|m| !m.is_zero()) {
            self.settle();
        }
    }

    /// Adds the sums and numbers of PSUs of another tally of the same group, and returns the
    /// places of its members.
    pub(crate) fn merge_sums(&mut self, other: &Tally) -> Vec<usize> {
        let places: Vec<usize> = other.members.iter().map(|m| self.place(*m)).collect();
        for (from, to) in places.iter().enumerate() {
            for lane in 0..self.lanes {
                let (a, b) = (to * self.lanes + lane, from * self.lanes + lane);
                self.psus[a] += other.psus[b];
                self.sums[a].add(&other.sums[b]);
                self.lost[a].add(&other.lost[b]);
            }
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
    pub groups: FxHashMap<GroupKey, Tally>,
}

impl Body {
    pub(crate) fn merge(&mut self, other: Body) {
        self.psus += other.psus;
        self.weighted_psus += other.weighted_psus;
        for (key, mut tally) in other.groups {
            match self.groups.get_mut(&key) {
                Some(mine) => mine.merge(&mut tally),
                None => {
                    self.groups.insert(key, tally);
                }
            }
        }
    }
}
