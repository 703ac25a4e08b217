//! The covariance between PSUs, added up over strata without an order.
//!
//! A stratum of m PSUs adds f/m · (m Σ v vᵀ − Σv Σvᵀ), where f scales it. The bracket is exact. Times
//! the factor it is cut at a grid that lies 110 binary places above the last place of the largest
//! element, so what is cut is as little as in a pair of floats; the cut depends on nothing but the stratum. From
//! there on the sums are integers, and strata may come in any order.

use crate::exact::{Exact, parts, pieces};
use crate::plain::power;

/// Binary places of the grid below the largest element of a stratum.
const PLACES: i32 = 110;
/// Exponents of largest elements are raised to a multiple of this, so that weights may be scaled by a
/// power of two without a change, …
const STEP: i32 = 2;
/// … and may differ by so much from the first one, …
const RANGE: i32 = 4;
/// … in this many strata, so that sums stay below 2¹²⁷.
const MOST: u32 = 128;

/// A bracket before it is scaled.
pub(crate) trait Bracket {
    /// Exponent of the power of two at or below its absolute value; `None` if it is 0.
    fn exponent(&self) -> Option<i32>;

    /// The bracket times a whole number and 2^`shift`, cut to the next lower whole number.
    fn times(&self, factor: u64, shift: i32) -> i128;
}

/// A whole number of units of 2^`1`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Units(pub i128, pub i32);

impl Bracket for Units {
    #[inline(always)]
    fn exponent(&self) -> Option<i32> {
        let bits = 128 - self.0.unsigned_abs().leading_zeros() as i32;
        (bits > 0).then_some(bits - 1 + self.1)
    }

    #[inline(always)]
    fn times(&self, factor: u64, shift: i32) -> i128 {
        let low = u128::from(self.0 as u64) * u128::from(factor);
        let high = (self.0 >> 64) * i128::from(factor) + (low >> 64) as i128;
        let low = low as u64;
        match shift + self.1 {
            ..-126 => high >> 127,
            s @ -126..=-64 => high >> (-64 - s),
            s @ -63..0 => (high << (64 + s)) | i128::from(low >> -s),
            s => ((high << 64) | i128::from(low)) << s,
        }
    }
}

/// Sums over strata: entry by entry, lane by lane.
#[derive(Debug, Clone, Default)]
pub(crate) struct Between {
    /// Exponent of the largest element of the first stratum, raised.
    first: i32,
    strata: u32,
    sums: Vec<i128>,
}

impl Between {
    /// Makes room for this many sums.
    pub(crate) fn grow(&mut self, sums: usize) {
        if self.sums.len() < sums {
            self.sums.resize(sums, 0);
        }
    }

    /// Adds a stratum: brackets entry by entry, lane by lane; `map` gives the place of each entry, and
    /// `moments` takes what does not fit any more.
    pub(crate) fn add<B: Bracket>(
        &mut self,
        brackets: &[B],
        factor: f64,
        map: &[usize],
        moments: &mut [Exact],
    ) {
        let Some(largest) = brackets.iter().filter_map(B::exponent).max() else { return };
        let (mantissa, exponent) = parts(factor);
        if mantissa == 0 {
            return;
        }
        let lanes = moments.len();
        let top = (largest + exponent + 53).div_euclid(STEP) * STEP + STEP;
        if self.strata == MOST || (self.strata > 0 && (top - self.first).abs() > RANGE) {
            self.flush(moments);
        }
        if self.strata == 0 {
            self.first = top;
        }
        self.strata += 1;
        let grid = top - PLACES;
        let up = (grid - self.unit()) as u32;
        for (brackets, entry) in brackets.chunks_exact(lanes).zip(map) {
            let sums = &mut self.sums[entry * lanes..][..lanes];
            for (sum, bracket) in sums.iter_mut().zip(brackets) {
                *sum += bracket.times(mantissa as u64, exponent - grid) << up;
            }
        }
    }

    /// Exponent of the unit of the sums.
    fn unit(&self) -> i32 {
        self.first - RANGE - PLACES
    }

    /// Brings the sums into exact ones.
    pub(crate) fn flush(&mut self, moments: &mut [Exact]) {
        if std::mem::take(&mut self.strata) == 0 {
            return;
        }
        let (lanes, unit) = (moments.len(), self.unit());
        let (first, second) = (power(unit / 2), power(unit - unit / 2));
        for (entry, sums) in self.sums.chunks_exact_mut(lanes).enumerate() {
            for (moments, sum) in moments.iter_mut().zip(sums) {
                for piece in pieces(std::mem::take(sum)) {
                    moments.add(entry, piece * first * second);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_the_next_lower_number() {
        for (number, factor, shift, cut) in [
            (7, 3, -1, 10),
            (-7, 3, -1, -11),
            (7, 3, 2, 84),
            (1i128 << 120, 3, -64, 3i128 << 56),
            (-(1i128 << 120), 3, -64, -(3i128 << 56)),
            ((1i128 << 120) + 1, 5, -20, 5i128 << 100),
            (5, 1, -130, 0),
            (-5, 1, -130, -1),
        ] {
            assert_eq!(Units(number, 0).times(factor, shift), cut, "{number} {factor} {shift}");
            assert_eq!(Units(number, 9).times(factor, shift - 9), cut);
        }
        assert_eq!((Units(0, 3).exponent(), Units(-9, 3).exponent()), (None, Some(6)));
    }
}
