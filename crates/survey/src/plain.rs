//! Exact sums and second moments of plain PSU totals, with a few vector instructions each.
//!
//! Weights have 42 significant bits ([`crate::weight`]), so the totals of a PSU of ordinary size are whole
//! numbers below 2⁵¹ of some unit u, a power of two, and floats hold them exactly. Here they are
//! added up as integers, in units that all PSUs at hand share.
//!
//! The product of two such totals has up to 102 bits. With K = 2¹⁰³ u², whose last place is 2⁵¹ u²,
//! the fused h = ab + K is K plus a whole number q of those places, and l = ab + (K + 3·2⁵¹ u² − h)
//! is 3·2⁵¹ u² plus what is left, which is exact and at most 2⁵⁰ u² either way. Both lie in one
//! binade each, so their bit patterns are q and the rest plus a constant, and are added as integers:
//! the order of the addends cannot matter, and 4095 products fit before the constant is taken away.

use crate::between::Units;
use crate::cube::{Number, vectors};
use crate::exact::{Exact, pieces};
use crate::layout::VECTOR;
use crate::tally::packed;

/// Bits of a total.
const BITS: i32 = 51;
/// PSUs that one bank takes: their integers stay below 2⁶³.
pub(crate) const MOST: u64 = 4095;
/// Binary places that a unit is smaller than it must be, so that smaller weights can follow.
const SLACK: i32 = 2;
/// Binary places of fixed-point sums.
const PLACES: i32 = 64;

/// A power of two.
pub(crate) fn power(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// What units a PSU's totals may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Exponent of the largest unit of which all weights are multiples.
    pub finest: i32,
    /// Exponent of the smallest unit of which all totals are below 2⁵¹.
    pub coarsest: i32,
}

impl Span {
    /// The span of weights with [`crate::weight::BITS`] significant bits, given the smallest
    /// positive one and the sum of all; `None` if no unit suits.
    pub(crate) fn of(smallest: f64, sum: f64) -> Option<Span> {
        let exponent = |value: f64| ((value.to_bits() >> 52) & 0x7ff) as i32 - 1023;
        if sum == 0.0 {
            return Some(Span { finest: i32::MAX, coarsest: i32::MIN });
        }
        let finest = exponent(smallest) + 1 - crate::weight::BITS;
        let coarsest = exponent(sum) + 1 - BITS;
        // Fixed-point sums have 64 places, and squares must stay in the range of floats.
        (coarsest <= finest && finest > -PLACES && exponent(sum) < 40)
            .then_some(Span { finest, coarsest })
    }
}

/// Sums and second moments of the PSU totals of one group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    /// Exponent of the unit, and what follows from it.
    unit: i32,
    bases: Bases,
    /// PSUs since it was emptied, …
    psus: u64,
    /// … and whether their sums were taken out.
    taken: bool,
    /// By place: numbers of PSUs, …
    counts: Vec<u32>,
    /// … and vector by vector of lanes: Σy and Σx, and PSUs with a row of the base.
    sums: Vec<[[u64; VECTOR]; SUMS]>,
    /// By pair of places: numbers of PSUs, …
    pairs: Vec<u32>,
    /// … and vector by vector of lanes: the upper and lower parts of yy, yx, xy, xx.
    moments: Vec<[[u64; VECTOR]; MOMENTS]>,
}

/// Vectors of sums of a place.
const SUMS: usize = 3;
/// Vectors of moments of a pair of places.
const MOMENTS: usize = 8;

/// What is added to a total or a product to have its bits in place.
#[derive(Debug, Clone, Copy, Default)]
struct Bases {
    sum: f64,
    high: f64,
    both: f64,
    low: f64,
}

impl Bases {
    fn of(unit: i32) -> Bases {
        let square = 2 * unit;
        let (high, low) = (power(square + 103), 3.0 * power(square + BITS));
        Bases { sum: 1.5 * power(unit + 52), high, both: high + low, low }
    }
}

/// The totals of one place in one PSU: all y, lane by lane, then all x.
pub(crate) type Part<'a> = (usize, &'a [f64]);

/// A vector of totals.
type Totals = [f64; VECTOR];

impl Plain {
    /// True if it holds sums.
    pub(crate) fn used(&self) -> bool {
        self.psus > 0
    }

    /// Makes room for this many places.
    pub(crate) fn grow(&mut self, places: usize, width: usize) {
        self.counts.resize(places, 0);
        self.sums.resize(places * width / VECTOR, [[0; VECTOR]; SUMS]);
        let pairs = places * (places + 1) / 2;
        self.pairs.resize(pairs, 0);
        self.moments.resize(pairs * width / VECTOR, [[0; VECTOR]; MOMENTS]);
    }

    /// Forgets everything but the room.
    pub(crate) fn reset(&mut self) {
        self.psus = 0;
        self.taken = false;
        self.counts.clear();
        self.sums.clear();
        self.pairs.clear();
        self.moments.clear();
    }

    /// True if a PSU of this span may be added; an empty bank takes on a unit of the span.
    #[inline(always)]
    pub(crate) fn admits(&mut self, span: Span) -> bool {
        if self.psus > 0 {
            return self.psus < MOST && span.coarsest <= self.unit && self.unit <= span.finest;
        }
        if span.finest != i32::MAX {
            // A little below the largest, for the PSUs to come.
            self.unit = (span.finest - SLACK).max(span.coarsest).max(1 - PLACES);
        }
        self.bases = Bases::of(self.unit);
        true
    }

    /// Adds a PSU, its products only where moments are wanted.
    #[inline(always)]
    pub(crate) fn add(&mut self, width: usize, parts: &[Part<'_>], moments: bool) {
        self.psus += 1;
        let chunks = width / VECTOR;
        let bases = self.bases;
        for (p, block) in parts {
            self.counts[*p] += 1;
            let (y, x) = halves(block);
            let sums = &mut self.sums[p * chunks..][..chunks];
            for (sums, (y, x)) in sums.iter_mut().zip(y.iter().zip(x)) {
                let [of_y, of_x, psus] = sums;
                sum(of_y, y, bases);
                sum(of_x, x, bases);
                let old = *psus;
                // Zero is all zero bits; sums are never −0.
                *psus = std::array::from_fn(|k| old[k] + u64::from(x[k].to_bits() != 0));
            }
        }
        for (at, (p, a)) in parts.iter().enumerate().filter(|_| moments) {
            let (ya, xa) = halves(a);
            for (q, b) in &parts[..at] {
                // The larger place is the row of the pair.
                let index = packed(*p, *q);
                self.pairs[index] += 1;
                let moments = &mut self.moments[index * chunks..][..chunks];
                let (yb, xb) = halves(b);
                let (yr, xr, yc, xc) = if p >= q { (ya, xa, yb, xb) } else { (yb, xb, ya, xa) };
                let vectors = yr.iter().zip(xr).zip(yc.iter().zip(xc));
                for (moments, ((yr, xr), (yc, xc))) in moments.iter_mut().zip(vectors) {
                    let [h0, l0, h1, l1, h2, l2, h3, l3] = moments;
                    multiply(h0, l0, yr, yc, bases);
                    multiply(h1, l1, yr, xc, bases);
                    multiply(h2, l2, xr, yc, bases);
                    multiply(h3, l3, xr, xc, bases);
                }
            }
            let index = packed(*p, *p);
            self.pairs[index] += 1;
            let moments = &mut self.moments[index * chunks..][..chunks];
            for (moments, (y, x)) in moments.iter_mut().zip(ya.iter().zip(xa)) {
                // Of one place with itself, yx is xy.
                let [h0, l0, _, _, h2, l2, h3, l3] = moments;
                multiply(h0, l0, y, y, bases);
                multiply(h2, l2, x, y, bases);
                multiply(h3, l3, x, x, bases);
            }
        }
    }

    /// Σ of the totals of a place, in units; `side` 0 is y and 1 is x.
    fn sum(&self, width: usize, place: usize, side: usize, lane: usize) -> i64 {
        let sum = self.sums[place * width / VECTOR + lane / VECTOR][side][lane % VECTOR];
        let base = self.bases.sum.to_bits().wrapping_mul(u64::from(self.counts[place]));
        sum.wrapping_sub(base) as i64
    }

    /// PSUs with a row of the base.
    fn psus(&self, width: usize, place: usize, lane: usize) -> u64 {
        self.sums[place * width / VECTOR + lane / VECTOR][2][lane % VECTOR]
    }

    /// A second moment, in squares of units: `row` and `column` are twice the place plus the side.
    #[inline(always)]
    fn moment(&self, width: usize, row: usize, column: usize, lane: usize) -> i128 {
        let index = packed(row / 2, column / 2);
        let moments = &self.moments[index * width / VECTOR + lane / VECTOR];
        let entry = 2 * ((row % 2) * 2 + column % 2);
        let count = u64::from(self.pairs[index]);
        let part = |at: usize, base: f64| {
            moments[at][lane % VECTOR].wrapping_sub(base.to_bits().wrapping_mul(count)) as i64
        };
        let (high, low) = (part(entry, self.bases.high), part(entry + 1, self.bases.low));
        (i128::from(high) << BITS) + i128::from(low)
    }

    /// Adds the sums to fixed-point ones, place by place, side by side, lane by lane, and the numbers
    /// of PSUs; once, and no PSU is added afterwards.
    pub(crate) fn take_sums(
        &mut self,
        width: usize,
        lanes: usize,
        sums: &mut [i128],
        psus: &mut [u64],
    ) {
        if self.psus == 0 || std::mem::replace(&mut self.taken, true) {
            return;
        }
        let shift = self.unit + PLACES;
        for place in 0..self.counts.len() {
            for lane in 0..lanes {
                for side in 0..2 {
                    let sum = &mut sums[(2 * place + side) * width + lane];
                    *sum = sum.plus(i128::from(self.sum(width, place, side, lane)) << shift);
                }
                psus[place * width + lane] += self.psus(width, place, lane);
            }
        }
    }

    /// Adds the moments to exact sums, lane by lane.
    pub(crate) fn moments(&self, width: usize, moments: &mut [Exact]) {
        if self.psus == 0 {
            return;
        }
        let square = power(2 * self.unit);
        for (lane, moments) in moments.iter_mut().enumerate() {
            for row in 0..2 * self.counts.len() {
                for column in 0..=row {
                    for piece in pieces(self.moment(width, row, column, lane)) {
                        moments.add(packed(row, column), piece * square);
                    }
                }
            }
        }
    }

    /// m Σ v vᵀ − Σv Σvᵀ of `m` PSUs, at most [`MOST`]: entry by entry, lane by lane.
    pub(crate) fn brackets(&self, width: usize, lanes: usize, m: u64, to: &mut Vec<Units>) {
        let m = i128::from(m);
        let elements = 2 * self.counts.len();
        let sums: Vec<i128> = (0..elements)
            .flat_map(|element| (0..lanes).map(move |lane| (element, lane)))
            .map(|(element, lane)| self.sum(width, element / 2, element % 2, lane).into())
            .collect();
        for row in 0..elements {
            for column in 0..=row {
                let pairs = sums[row * lanes..][..lanes].iter().zip(&sums[column * lanes..]);
                to.extend(pairs.enumerate().map(|(lane, (a, b))| {
                    // Below 2¹²⁶: moments and products of sums are below m 2¹⁰² and m² 2¹⁰².
                    Units(self.moment(width, row, column, lane) * m - a * b, 2 * self.unit)
                }));
            }
        }
    }
}

/// Vectors of y and of x.
#[inline(always)]
fn halves(block: &[f64]) -> (&[Totals], &[Totals]) {
    let vectors = vectors(block);
    vectors.split_at(vectors.len() / 2)
}

/// Adds the upper and lower parts of products.
#[inline(always)]
fn multiply(
    high: &mut [u64; VECTOR],
    low: &mut [u64; VECTOR],
    a: &Totals,
    b: &Totals,
    bases: Bases,
) {
    // Whole vectors, each loaded before the first is stored.
    let (a, b, old_high, old_low) = (*a, *b, *high, *low);
    let h: Totals = std::array::from_fn(|k| a[k].mul_add(b[k], bases.high));
    let rest: Totals = std::array::from_fn(|k| bases.both - h[k]);
    let l: Totals = std::array::from_fn(|k| a[k].mul_add(b[k], rest[k]));
    *high = std::array::from_fn(|k| old_high[k].wrapping_add(h[k].to_bits()));
    *low = std::array::from_fn(|k| old_low[k].wrapping_add(l[k].to_bits()));
}

/// Adds totals.
#[inline(always)]
fn sum(to: &mut [u64; VECTOR], totals: &Totals, bases: Bases) {
    let (old, totals) = (*to, *totals);
    *to = std::array::from_fn(|k| old[k].wrapping_add((totals[k] + bases.sum).to_bits()));
}
