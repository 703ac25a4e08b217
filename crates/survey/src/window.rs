//! Exact second moments of ordinary PSU totals, with a few float operations a product.
//!
//! The product of two totals is p + e without rounding, where e is what rounding took from p. Each
//! of the two parts is cut at a multiple of a grid step: q = (p + M) − M is p rounded to the grid, by
//! a constant M far above it, and p − q is exact. While all totals lie in one window of 2¹⁹ from a
//! on, the sums of all four pieces of 256 products are exact. For p, with a step of g = 2⁻⁶ a², the
//! upper pieces stay below 2⁵³ g, and the lower ones below 2⁵³ times their last place, which is
//! 2⁻⁵² a² or more. For e, which is at most 2⁻¹⁵ a² with a last place of 2⁻¹⁰⁴ a² or more, the same
//! holds with a step of 2⁻⁵⁹ a². So the order of the addends cannot matter, nor the place of the
//! window; what does not fit, or is more than 256 PSUs, goes to an `Exact`.
//!
//! Source: Demmel and Nguyen (2015), *Parallel reproducible summation*, IEEE Transactions on
//! Computers 64(7), section 3.

use crate::cube::{vectors, vectors_mut};
use crate::exact::product;
use crate::layout::VECTOR;

/// Binary places from the lower to the upper end of a window.
const SPAN: i32 = 19;
/// PSUs that one window takes.
const MOST: u32 = 256;
/// Grid step of what rounding took from a product, in grid steps of products.
const REST: f64 = 1.0 / (1u64 << 53) as f64;

/// Second moments of one group: entry by entry, lane by lane.
#[derive(Debug, Clone, Default)]
pub(crate) struct Window {
    /// Ends of the window of totals; both 0 while there are none.
    low: f64,
    high: f64,
    /// 3/2 × 2⁵² grid steps of products.
    magic: f64,
    added: u32,
    /// Sums of the pieces: upper and lower of p, upper and lower of e.
    pieces: [Vec<f64>; 4],
}

impl Window {
    /// Makes room for this many sums.
    pub(crate) fn grow(&mut self, sums: usize) {
        if self.pieces[0].len() < sums {
            self.pieces.iter_mut().for_each(|piece| piece.resize(sums, 0.0));
        }
    }

    /// True if it holds sums.
    pub(crate) fn used(&self) -> bool {
        self.added > 0
    }

    /// True if the products of totals from `low` to `high` may be added; an empty window is moved
    /// to where they are.
    pub(crate) fn admits(&mut self, low: f64, high: f64) -> bool {
        if self.added > 0 {
            return self.added < MOST && low >= self.low && high < self.high;
        }
        // Neither the totals nor the grid may come near the ends of the range of floats.
        if !(low > 1e-60 && high < 1e60) {
            return false;
        }
        let (below, above) = (exponent(low), exponent(high) + 1);
        let spare = SPAN - (above - below);
        if spare < 0 {
            return false;
        }
        let start = below - spare / 2;
        self.low = 2f64.powi(start);
        self.high = 2f64.powi(start + SPAN);
        self.magic = 1.5 * 2f64.powi(52 + 2 * start - 6);
        true
    }

    /// Counts a PSU.
    pub(crate) fn count(&mut self) {
        self.added += 1;
    }

    /// Adds the products of two rows of totals to one entry, lane by lane.
    #[inline(always)]
    pub(crate) fn add(&mut self, entry: usize, a: &[f64], b: &[f64]) {
        let width = a.len();
        let [p_high, p_low, e_high, e_low] = &mut self.pieces;
        let (p_high, p_low) = (part(p_high, entry, width), part(p_low, entry, width));
        let (e_high, e_low) = (part(e_high, entry, width), part(e_low, entry, width));
        let (p_magic, e_magic) = (self.magic, self.magic * REST);
        for (i, (a, b)) in vectors(a).iter().zip(vectors(b)).enumerate() {
            // Whole vectors, each loaded before the first is stored.
            let products: [(f64, f64); VECTOR] = std::array::from_fn(|k| product(a[k], b[k]));
            let p: [f64; VECTOR] = std::array::from_fn(|k| products[k].0);
            let e: [f64; VECTOR] = std::array::from_fn(|k| products[k].1);
            let p_grid: [f64; VECTOR] = std::array::from_fn(|k| (p[k] + p_magic) - p_magic);
            let e_grid: [f64; VECTOR] = std::array::from_fn(|k| (e[k] + e_magic) - e_magic);
            let (old_p, old_p_low, old_e, old_e_low) = (p_high[i], p_low[i], e_high[i], e_low[i]);
            p_high[i] = std::array::from_fn(|k| old_p[k] + p_grid[k]);
            p_low[i] = std::array::from_fn(|k| old_p_low[k] + (p[k] - p_grid[k]));
            e_high[i] = std::array::from_fn(|k| old_e[k] + e_grid[k]);
            e_low[i] = std::array::from_fn(|k| old_e_low[k] + (e[k] - e_grid[k]));
        }
    }

    /// The pieces of one sum; 0 where there was never room for it.
    #[inline(always)]
    pub(crate) fn pieces(&self, sum: usize) -> [f64; 4] {
        self.pieces.each_ref().map(|piece| piece.get(sum).copied().unwrap_or_default())
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.added = 0;
        self.pieces.iter_mut().for_each(|piece| piece.fill(0.0));
    }
}

/// The sums of one entry.
#[inline(always)]
fn part(piece: &mut [f64], entry: usize, width: usize) -> &mut [[f64; VECTOR]] {
    vectors_mut(&mut piece[entry * width..][..width])
}

/// Exponent of the power of two at or below a normal positive float.
fn exponent(value: f64) -> i32 {
    ((value.to_bits() >> 52) & 0x7ff) as i32 - 1023
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;

    #[test]
    fn a_window_is_as_exact_as_digits() {
        let mut window = Window::default();
        window.grow(VECTOR);
        let mut exact = Exact::new(1);
        let mut state = 7u64;
        for i in 0..MOST {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let unit = 1.0 + (state >> 12) as f64 / (1u64 << 52) as f64;
            let total = if i % 2 == 0 { unit * 262143.0 } else { unit };
            // The widest range that fits, with every bit of the mantissas in use.
            assert!(if i == 0 {
                window.admits(1.0, 524287.0)
            } else {
                window.admits(total, total)
            });
            window.add(0, &[total; VECTOR], &[total; VECTOR]);
            window.count();
            let (p, e) = product(total, total);
            exact.add(0, p);
            exact.add(0, e);
        }
        assert!(!window.admits(2.0, 2.0));
        let mut pieces = Exact::new(1);
        window.pieces(0).into_iter().for_each(|piece| pieces.add(0, piece));
        assert_eq!(pieces.pair(0), exact.pair(0));
        // The digits below those of a pair are the same too.
        pieces.add(0, -exact.pair(0).0);
        exact.add(0, -exact.pair(0).0);
        assert_eq!(pieces.pair(0), exact.pair(0));
    }

    #[test]
    fn totals_too_far_apart_are_not_admitted() {
        let mut window = Window::default();
        assert!(!window.admits(1.0, 1e6));
        assert!(!window.admits(1e-80, 1e-80));
        assert!(window.admits(50.0, 3e4));
    }
}
