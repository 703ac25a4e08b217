//! Sums (Σwy, Σwx) of the cells of one PSU.
//!
//! A cell's sums are a block of numbers: all y lane by lane, then all x. Two forms of a number.
//! `i128` holds anything. For ordinary weights a sum is two limbs of 52 bits in `u64`, the lower
//! limbs of the whole block before the upper ones, so that a row is added with a few vector
//! instructions and no carry; it takes weights below [`NARROW_WEIGHT`], and [`NARROW_ROWS`] of them
//! before the headroom of 12 bits is used up. Both are the same number in units of 2⁻⁶⁴.

use crate::exact::unfixed_rest;
use crate::layout::{NONE, VECTOR};
use crate::tally::Sums;

/// Bits of the lower limb.
pub(crate) const LIMB: u32 = 52;
/// Rows that a PSU of narrow sums may have.
pub(crate) const NARROW_ROWS: usize = 2000;
/// Largest weight of a narrow sum: 4000 of them stay below 2⁴⁰, where the upper limb is an exact float.
const NARROW_WEIGHT: f64 = (1u64 << 28) as f64;
/// The unit of the sums, 2⁻⁶⁴.
const UNIT: f64 = 1.0 / (1u64 << 32) as f64 / (1u64 << 32) as f64;
/// Smallest weight that is exact in units of 2⁻⁶⁴.
const EXACT_WEIGHT: f64 = 1.0 / 2048.0;

/// A pair of sums in fixed point.
pub(crate) type Wide = [i128; 2];

/// A number of a block.
pub(crate) trait Limb: Copy + Default + std::fmt::Debug {
    /// Numbers that make one sum.
    const PER_SUM: usize;

    fn plus(self, other: Self) -> Self;

    /// Adds a PSU's block to the sums of a stratum at a place, and gives its sums as floats, y
    /// lane by lane and then x. What rounding to floats takes is kept in the stratum.
    fn enter(block: &[Self], sums: &mut Sums, place: usize, floats: &mut [f64]);
}

impl Limb for i128 {
    const PER_SUM: usize = 1;

    #[inline(always)]
    fn plus(self, other: i128) -> i128 {
        // A branch that is never taken is cheaper than a saturating addition.
        self.checked_add(other).unwrap_or_else(|| self.saturating_add(other))
    }

    #[inline(always)]
    fn enter(block: &[i128], sums: &mut Sums, place: usize, floats: &mut [f64]) {
        let at = place * block.len();
        let (exact, lost) = (&mut sums.exact[at..], &mut sums.lost[at..]);
        for (((value, exact), lost), float) in block.iter().zip(exact).zip(lost).zip(floats) {
            let rest;
            (*float, rest) = unfixed_rest(*value);
            *exact = exact.plus(*value);
            *lost = lost.plus(rest);
        }
    }
}

impl Limb for u64 {
    const PER_SUM: usize = 2;

    #[inline(always)]
    fn plus(self, other: u64) -> u64 {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn enter(block: &[u64], sums: &mut Sums, place: usize, floats: &mut [f64]) {
        let (low, high) = block.split_at(block.len() / 2);
        let at = place * low.len();
        let [all_low, all_high] = &mut sums.limbs;
        let all_low = vectors_mut(&mut all_low[at..][..low.len()]);
        let all_high = vectors_mut(&mut all_high[at..][..low.len()]);
        let all_lost = vectors_mut(&mut sums.limbs_lost[at..][..low.len()]);
        let (low, high, floats) = (vectors(low), vectors(high), vectors_mut(floats));
        for i in 0..low.len() {
            // Whole vectors, each loaded before the first is stored.
            let (l, h) = (low[i], high[i]);
            let h: [u64; VECTOR] = std::array::from_fn(|k| h[k] + (l[k] >> LIMB));
            let l: [u64; VECTOR] = std::array::from_fn(|k| l[k] & ((1 << LIMB) - 1));
            let (old_low, old_high, old_lost) = (all_low[i], all_high[i], all_lost[i]);
            // Both are whole numbers below 2⁵³ but for their scale, so that only this sum rounds,
            // and by at most 2⁵¹.
            let fl: [f64; VECTOR] = std::array::from_fn(|k| float(l[k]));
            let fh: [f64; VECTOR] = std::array::from_fn(|k| float(h[k]) * (1u64 << LIMB) as f64);
            let sum: [f64; VECTOR] = std::array::from_fn(|k| fh[k] + fl[k]);
            let rest: [f64; VECTOR] = std::array::from_fn(|k| fl[k] - (sum[k] - fh[k]));
            floats[i] = std::array::from_fn(|k| sum[k] * UNIT);
            all_low[i] = std::array::from_fn(|k| old_low[k] + l[k]);
            all_high[i] = std::array::from_fn(|k| old_high[k] + h[k]);
            all_lost[i] = std::array::from_fn(|k| old_lost[k] + whole(rest[k]));
        }
    }
}

/// A whole number below 2⁵² as a float, in two vector instructions.
#[inline(always)]
fn float(value: u64) -> f64 {
    const ONE: f64 = (1u64 << 52) as f64;
    f64::from_bits(value | ONE.to_bits()) - ONE
}

/// A float that is a whole number of at most 2⁵¹, in two vector instructions.
#[inline(always)]
fn whole(value: f64) -> i64 {
    const MIDDLE: f64 = 1.5 * (1u64 << 52) as f64;
    (value + MIDDLE).to_bits().wrapping_sub(MIDDLE.to_bits()) as i64
}

/// A slice whose length is a multiple of [`VECTOR`].
#[inline(always)]
pub(crate) fn vectors<T>(slice: &[T]) -> &[[T; VECTOR]] {
    slice.as_chunks().0
}

/// The same, mutable.
#[inline(always)]
pub(crate) fn vectors_mut<T>(slice: &mut [T]) -> &mut [[T; VECTOR]] {
    slice.as_chunks_mut().0
}

/// Adds a block to another.
#[inline(always)]
pub(crate) fn add_block<T: Limb>(to: &mut [T], from: &[T]) {
    for (to, from) in vectors_mut(to).iter_mut().zip(vectors(from)) {
        *to = std::array::from_fn(|k| to[k].plus(from[k]));
    }
}

/// The two limbs of an ordinary weight; `None` for one that is too large or too small.
#[inline(always)]
pub(crate) fn limbs(weight: f64) -> Option<[u64; 2]> {
    if !(EXACT_WEIGHT..=NARROW_WEIGHT).contains(&weight) && weight != 0.0 {
        return None;
    }
    let scaled = weight * 4096.0;
    let high = scaled as i64;
    let low = ((scaled - high as f64) * (1u64 << LIMB) as f64) as i64;
    Some([low as u64, high as u64])
}

/// The blocks of the ids that occur, found by id in constant time.
#[derive(Debug)]
pub(crate) struct Cube<T> {
    slots: Vec<u32>,
    pub touched: Vec<u32>,
    /// Numbers of a block.
    size: usize,
    /// Blocks of the ids touched, in that order; behind them there are zeros.
    blocks: Vec<T>,
}

impl<T: Limb> Cube<T> {
    /// No ids; `width` is the number of lanes.
    pub(crate) fn new(width: usize) -> Cube<T> {
        let size = 2 * width * T::PER_SUM;
        Cube { slots: Vec::new(), touched: Vec::new(), size, blocks: Vec::new() }
    }

    /// The block of an id.
    #[inline(always)]
    pub(crate) fn at(&mut self, id: u32) -> &mut [T] {
        let slot = match self.slots.get(id as usize) {
            Some(slot) if *slot != NONE => *slot,
            _ => self.touch(id),
        };
        &mut self.blocks[slot as usize * self.size..][..self.size]
    }

    #[inline(never)]
    fn touch(&mut self, id: u32) -> u32 {
        let index = id as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, NONE);
        }
        let slot = self.touched.len() as u32;
        self.slots[index] = slot;
        self.touched.push(id);
        let size = self.touched.len() * self.size;
        if self.blocks.len() < size {
            self.blocks.resize(2 * size, T::default());
        }
        slot
    }

    /// Place of an id that occurs.
    pub(crate) fn slot(&self, id: u32) -> usize {
        self.slots[id as usize] as usize
    }

    /// The block of an id that occurs.
    #[inline(always)]
    pub(crate) fn of(&self, id: u32) -> &[T] {
        self.block(self.slot(id))
    }

    /// The block in a slot.
    #[inline(always)]
    pub(crate) fn block(&self, slot: usize) -> &[T] {
        &self.blocks[slot * self.size..][..self.size]
    }

    pub(crate) fn clear(&mut self) {
        // The room stays, with zeros in it.
        self.blocks[..self.touched.len() * self.size].fill(T::default());
        for id in self.touched.drain(..) {
            self.slots[id as usize] = NONE;
        }
    }
}

/// Adds the cells of a cube to a coarser one, given with the id in it of each of its ids.
#[inline(always)]
pub(crate) fn gather<T: Limb>(finer: &Cube<T>, coarser: &mut Cube<T>, of_finer: &[u32]) {
    for (slot, id) in finer.touched.iter().enumerate() {
        add_block(coarser.at(of_finer[*id as usize]), finer.block(slot));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::fixed;

    #[test]
    fn both_forms_of_a_sum_are_the_same_number() {
        let weights = [0.0, 1.0 / 2048.0, 0.1, 55.431338, 1e6 / 3.0, (1u64 << 28) as f64];
        let (mut narrow, mut wide) = ([0u64; 4 * VECTOR], [0i128; 2 * VECTOR]);
        for (i, weight) in weights.iter().cycle().take(NARROW_ROWS).enumerate() {
            let [low, high] = limbs(*weight).unwrap();
            let units = fixed(*weight).unwrap();
            // Lane 1 has y in every third row; x is everywhere.
            let y = u64::from(i % 3 == 0);
            for (at, value) in [
                (1, low * y),
                (VECTOR + 1, low),
                (2 * VECTOR + 1, high * y),
                (3 * VECTOR + 1, high),
            ] {
                narrow[at] += value;
            }
            wide[1] += units * i128::from(y);
            wide[VECTOR + 1] += units;
            let (mut a, mut b) = (Sums::new(VECTOR), Sums::new(VECTOR));
            let (mut of_a, mut of_b) = ([0.0; 2 * VECTOR], [0.0; 2 * VECTOR]);
            for sums in [&mut a, &mut b] {
                sums.grow(2);
                sums.psu();
            }
            u64::enter(&narrow, &mut a, 1, &mut of_a);
            i128::enter(&wide, &mut b, 1, &mut of_b);
            a.settle();
            assert_eq!(of_a, of_b);
            assert_eq!((&a.exact, &a.lost), (&b.exact, &b.lost));
            assert_eq!(fixed(of_b[1]).unwrap() + b.lost[2 * VECTOR + 1], wide[1]);
        }
        assert_eq!(limbs(1e-4), None);
        assert_eq!(limbs(1e9), None);
    }
}
