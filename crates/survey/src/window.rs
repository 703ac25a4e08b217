//! Exact second moments of ordinary PSU totals, with a few float operations a product.
//!
//! Each product p of two totals is cut at a multiple of a grid step g: q = (p + M) − M is p rounded
//! to the grid, by a constant M far above it, and p − q is exact. While all totals lie in one
//! window of 2¹⁹, the sums of both parts are exact: with g = 2⁻⁶ a², where a is the lower end of
//! the window, 256 high parts stay below 2⁵³ g and 256 low parts below 2⁵³ times their last place,
//! which is at least 2⁻⁵² a². So the order of the addends cannot matter, nor the place of the
//! window; what does not fit, or is more than 256 PSUs, goes to an `Exact`.
//!
//! Source: Demmel and Nguyen (2015), *Parallel reproducible summation*, IEEE Transactions on
//! Computers 64(7), section 3.

/// Binary places from the lower to the upper end of a window.
const SPAN: i32 = 19;
/// PSUs that one window takes.
const MOST: u32 = 256;

/// Second moments of one group: entry by entry, lane by lane.
#[derive(Debug, Clone, Default)]
pub(crate) struct Window {
    /// Ends of the window of totals; both 0 while there are none.
    low: f64,
    high: f64,
    /// 3/2 × 2⁵² grid steps.
    magic: f64,
    added: u32,
    coarse: Vec<f64>,
    fine: Vec<f64>,
}

impl Window {
    /// Makes room for this many sums.
    pub(crate) fn grow(&mut self, sums: usize) {
        if self.coarse.len() >= sums {
            return;
        }
        self.coarse.resize(sums, 0.0);
        self.fine.resize(sums, 0.0);
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
    #[inline]
    pub(crate) fn add(&mut self, entry: usize, a: &[f64], b: &[f64]) {
        let lanes = a.len();
        let coarse = &mut self.coarse[entry * lanes..][..lanes];
        let fine = &mut self.fine[entry * lanes..][..lanes];
        let magic = self.magic;
        for (((coarse, fine), a), b) in coarse.iter_mut().zip(fine).zip(a).zip(b) {
            let product = a * b;
            let rounded = (product + magic) - magic;
            *coarse += rounded;
            *fine += product - rounded;
        }
    }

    /// One sum, as two addends; 0 where there was never room for it.
    pub(crate) fn parts(&self, sum: usize) -> (f64, f64) {
        let at = |sums: &[f64]| sums.get(sum).copied().unwrap_or_default();
        (at(&self.coarse), at(&self.fine))
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.added = 0;
        self.coarse.fill(0.0);
        self.fine.fill(0.0);
    }
}

/// Exponent of the power of two at or below a normal positive float.
fn exponent(value: f64) -> i32 {
    ((value.to_bits() >> 52) & 0x7ff) as i32 - 1023
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{Exact, pair_sum};

    #[test]
    fn a_window_is_as_exact_as_digits() {
        let mut window = Window::default();
        window.grow(1);
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
            window.add(0, &[total], &[total]);
            window.count();
            exact.add(0, total * total);
        }
        assert!(!window.admits(2.0, 2.0));
        let (coarse, fine) = window.parts(0);
        assert_eq!(pair_sum((coarse, 0.0), (fine, 0.0)), exact.pair(0));
    }

    #[test]
    fn totals_too_far_apart_are_not_admitted() {
        let mut window = Window::default();
        assert!(!window.admits(1.0, 1e6));
        assert!(!window.admits(1e-80, 1e-80));
        assert!(window.admits(50.0, 3e4));
    }
}
