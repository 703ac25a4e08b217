//! Pairs of sums (Σwy, Σwx) of the cells of one PSU.
//!
//! Two forms of a pair. [`Wide`] holds anything. [`Narrow`] holds each sum as two limbs of 52 bits
//! in 64-bit integers, so that a row is added to a lane with a few vector instructions and no
//! carry; it takes weights below [`NARROW_WEIGHT`], and [`NARROW_ROWS`] of them before the
//! headroom of 12 bits is used up. Both are the same number in units of 2⁻⁶⁴.

use crate::exact::unfixed_rest;
use crate::layout::NONE;

/// Bits of the lower limb of a [`Narrow`].
const LIMB: u32 = 52;
/// Rows that a PSU of narrow sums may have.
pub(crate) const NARROW_ROWS: u32 = 4000;
/// Largest weight of a narrow sum: 4000 of them stay below 2⁴⁰, where the upper limb is an exact float.
const NARROW_WEIGHT: f64 = (1u64 << 28) as f64;
/// The unit of the sums, 2⁻⁶⁴.
const UNIT: f64 = 1.0 / (1u64 << 32) as f64 / (1u64 << 32) as f64;
/// Smallest weight that is exact in units of 2⁻⁶⁴.
const EXACT_WEIGHT: f64 = 1.0 / 2048.0;

/// A pair of sums in fixed point.
pub(crate) type Wide = [i128; 2];

/// The lower limbs of y and x, then the upper ones.
pub(crate) type Narrow = [u64; 4];

/// A pair of sums, in either form.
pub(crate) trait Sums: Copy + Default {
    fn add(&mut self, other: &Self);
    fn wide(&self) -> Wide;
    /// The nearest floats and what rounding took from the sums, in units of 2⁻⁶⁴; the same for
    /// both forms.
    fn floats(&self) -> [(f64, i128); 2];
}

impl Sums for Wide {
    fn add(&mut self, other: &Wide) {
        for (a, b) in self.iter_mut().zip(other) {
            // A branch that is never taken is cheaper than a saturating addition.
            *a = a.checked_add(*b).unwrap_or_else(|| a.saturating_add(*b));
        }
    }

    fn wide(&self) -> Wide {
        *self
    }

    fn floats(&self) -> [(f64, i128); 2] {
        [unfixed_rest(self[0]), unfixed_rest(self[1])]
    }
}

impl Sums for Narrow {
    #[inline(always)]
    fn add(&mut self, other: &Narrow) {
        // All four before the first is stored, so that they become two vector additions.
        *self = std::array::from_fn(|limb| self[limb].wrapping_add(other[limb]));
    }

    #[inline(always)]
    fn wide(&self) -> Wide {
        let sum = |low: u64, high: u64| (i128::from(high) << LIMB) + i128::from(low);
        [sum(self[0], self[2]), sum(self[1], self[3])]
    }

    #[inline(always)]
    fn floats(&self) -> [(f64, i128); 2] {
        let sum = |low: u64, high: u64| {
            let high = (high + (low >> LIMB)) as i64 as f64 * (1u64 << LIMB) as f64;
            let low = (low & ((1 << LIMB) - 1)) as i64 as f64;
            // Both are whole numbers below 2⁵³ but for their scale, so that only this sum rounds,
            // and by less than 2⁵².
            let sum = high + low;
            (sum * UNIT, i128::from((low - (sum - high)) as i64))
        };
        [sum(self[0], self[2]), sum(self[1], self[3])]
    }
}

/// The two limbs of an ordinary weight; `None` for one that is too large or too small.
#[inline]
pub(crate) fn limbs(weight: f64) -> Option<[u64; 2]> {
    if !(EXACT_WEIGHT..=NARROW_WEIGHT).contains(&weight) {
        return None;
    }
    let scaled = weight * 4096.0;
    let high = scaled as i64;
    let low = ((scaled - high as f64) * (1u64 << LIMB) as f64) as i64;
    Some([low as u64, high as u64])
}

/// The pairs of sums of the ids that occur, found by id in constant time.
#[derive(Debug, Default)]
pub(crate) struct Cube<S> {
    slots: Vec<u32>,
    pub touched: Vec<u32>,
    /// Sums of the ids touched, in that order; behind them there are zeros.
    pub sums: Vec<S>,
}

impl<S: Sums> Cube<S> {
    /// The sums of an id.
    #[inline]
    pub(crate) fn at(&mut self, id: u32, lanes: usize) -> &mut [S] {
        let slot = match self.slots.get(id as usize) {
            Some(slot) if *slot != NONE => *slot,
            _ => self.touch(id, lanes),
        };
        &mut self.sums[slot as usize * lanes..][..lanes]
    }

    fn touch(&mut self, id: u32, lanes: usize) -> u32 {
        let index = id as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, NONE);
        }
        let slot = self.touched.len() as u32;
        self.slots[index] = slot;
        self.touched.push(id);
        let size = self.touched.len() * lanes;
        if self.sums.len() < size {
            self.sums.resize(2 * size, S::default());
        }
        slot
    }

    /// Place of an id that occurs.
    pub(crate) fn slot(&self, id: u32) -> usize {
        self.slots[id as usize] as usize
    }

    /// The sums of an id that occurs.
    pub(crate) fn of(&self, id: u32, lanes: usize) -> &[S] {
        &self.sums[self.slot(id) * lanes..][..lanes]
    }

    pub(crate) fn clear(&mut self, lanes: usize) {
        // The room stays, with zeros in it.
        self.sums[..self.touched.len() * lanes].fill(S::default());
        for id in self.touched.drain(..) {
            self.slots[id as usize] = NONE;
        }
    }
}

/// Adds the cells of one cube to the coarser ones made from it, given with the id in them of each of
/// its ids. A cell goes to all of them while it is in the nearest cache.
#[inline(always)]
pub(crate) fn gather<'a, S: Sums + 'a>(
    finer: &Cube<S>,
    coarser: impl Iterator<Item = (&'a mut Cube<S>, &'a [u32])>,
    lanes: usize,
) {
    let mut coarser: Vec<_> = coarser.collect();
    for (slot, id) in finer.touched.iter().enumerate() {
        let from = &finer.sums[slot * lanes..][..lanes];
        for (cube, of_finer) in &mut coarser {
            let to = cube.at(of_finer[*id as usize], lanes);
            to.iter_mut().zip(from).for_each(|(a, b)| a.add(b));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::fixed;

    #[test]
    fn both_forms_of_a_sum_are_the_same_number() {
        let weights = [1.0 / 2048.0, 0.1, 55.431338, 1e6 / 3.0, (1u64 << 28) as f64];
        let (mut narrow, mut wide) = (Narrow::default(), Wide::default());
        for (i, weight) in weights.iter().cycle().take(NARROW_ROWS as usize).enumerate() {
            let [low, high] = limbs(*weight).unwrap();
            let y = u64::from(i % 3 == 0);
            narrow.add(&[low * y, low, high * y, high]);
            let units = fixed(*weight).unwrap();
            wide.add(&[units * i128::from(y), units]);
            assert_eq!(narrow.wide(), wide);
            assert_eq!(narrow.floats(), wide.floats());
            for ((float, rest), sum) in wide.floats().into_iter().zip(wide) {
                assert_eq!(fixed(float).unwrap() + rest, sum);
            }
        }
        assert_eq!(limbs(1e-4), None);
        assert_eq!(limbs(1e9), None);
    }
}
