//! Sums without rounding, so that the order of the addends cannot matter.
//!
//! Two accumulators. [`fixed`] turns a weight, or a weighted number, into a 128-bit integer in
//! units of 2⁻⁶⁴: exact for weights from 2⁻²³ on, and below that rounded once, row by row.
//! [`Exact`] adds any floats of moderate size in digits of 48 bits, each kept in a 128-bit
//! integer; it never rounds at all, and rounds once when it is read.
//!
//! Source of the idea: Neal (2015), *Fast exact summation using small and large
//! superaccumulators*, arXiv:1505.05571.

use crate::between::Bracket;

/// Number of binary places of a fixed-point weight.
const PLACES: i32 = 64;
/// Bits of a digit of [`Exact`].
const DIGIT: i32 = 48;
const MASK: i128 = (1 << DIGIT) - 1;
/// Additions after which carries must be propagated: a term has at most 53 + 47 bits.
const HEADROOM: u32 = 1 << 26;
/// Most digits one accumulator may span: far more than sums of squares of survey numbers need.
const MOST_DIGITS: i32 = 24;

/// A number in units of 2⁻⁶⁴, `None` from 2⁶² on (a hundred such rows could overflow a sum).
pub(crate) fn fixed(value: f64) -> Option<i128> {
    const LIMIT: f64 = (1u64 << 62) as f64;
    let (mantissa, exponent) = parts(value);
    if value.abs() >= LIMIT {
        return None;
    }
    let shift = exponent + PLACES;
    Some(match shift {
        0.. => i128::from(mantissa) << shift,
        -62..0 => {
            // Half away from zero, so that −x is the mirror of x.
            let half = 1i64 << (-shift - 1);
            i128::from((mantissa.abs() + half) >> -shift) * i128::from(mantissa.signum())
        }
        _ => 0,
    })
}

/// The float nearest to a fixed-point sum.
pub(crate) fn unfixed(sum: i128) -> f64 {
    unfixed_pair(sum).0
}

/// The float nearest to a fixed-point sum, and what rounding took from it, in units of 2⁻⁶⁴.
pub(crate) fn unfixed_rest(sum: i128) -> (f64, i128) {
    let nearest = unfixed(sum);
    // Times a power of two, so exact; the nearest float of 2¹²⁷ − 1 saturates, beyond need.
    (nearest, sum - (nearest * 2f64.powi(PLACES)) as i128)
}

/// A fixed-point sum as an unevaluated pair of floats, about 106 bits.
pub(crate) fn unfixed_pair(sum: i128) -> (f64, f64) {
    if sum.unsigned_abs() < 1 << 104 {
        // Both limbs are exact floats, so this is the same without the slow conversion.
        let (high, low) = ((sum >> 52) as i64 as f64, (sum as u64 & ((1 << 52) - 1)) as i64 as f64);
        let (high, low) = (high * (1.0 / 4096.0), low * (1.0 / 4096.0 / (1u64 << 52) as f64));
        return pair_sum((high, 0.0), (low, 0.0));
    }
    let high = sum as f64;
    // 2¹²⁷ itself cannot be turned back, but then the remainder is beyond need as well.
    let rest = if high.abs() < 1.7e38 { sum - high as i128 } else { 0 };
    (high * 2f64.powi(-PLACES), rest as f64 * 2f64.powi(-PLACES))
}

/// Mantissa with sign, and binary exponent, of a finite float.
#[inline(always)]
pub(crate) fn parts(value: f64) -> (i64, i32) {
    let bits = value.to_bits();
    let field = ((bits >> 52) & 0x7ff) as i32;
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let (mantissa, exponent) =
        if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
    (if bits >> 63 == 1 { -mantissa } else { mantissa }, exponent)
}

/// Exact sums of floats: several entries that share a window of digits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exact {
    /// Place of the lowest digit: its unit is 2^(48·base).
    base: i32,
    /// Digits of every entry.
    width: usize,
    entries: usize,
    digits: Vec<i128>,
    added: u32,
    /// A term was too large or too small for the widest window.
    overflow: bool,
}

impl Exact {
    /// This many sums, all zero.
    pub(crate) fn new(entries: usize) -> Exact {
        Exact { entries, ..Exact::default() }
    }

    /// Number of sums.
    pub(crate) fn entries(&self) -> usize {
        self.entries
    }

    /// True if nothing but zeros was added.
    pub(crate) fn is_zero(&self) -> bool {
        self.width == 0 && !self.overflow
    }

    /// True if a term did not fit.
    pub(crate) fn overflowed(&self) -> bool {
        self.overflow
    }

    /// No sums, as if it were new.
    pub(crate) fn reset(&mut self) {
        *self = Exact { digits: std::mem::take(&mut self.digits), ..Exact::default() };
        self.digits.clear();
    }

    /// Adds entries of zero at the end.
    pub(crate) fn grow(&mut self, entries: usize) {
        self.entries = entries;
        self.digits.resize(entries * self.width, 0);
    }

    /// Adds a finite number to one sum.
    #[inline]
    pub(crate) fn add(&mut self, entry: usize, value: f64) {
        let (mantissa, exponent) = parts(value);
        if mantissa == 0 {
            return;
        }
        let place = exponent.div_euclid(DIGIT);
        let shift = exponent.rem_euclid(DIGIT);
        let mut index = place.wrapping_sub(self.base) as usize;
        if index >= self.width {
            if !self.widen(place, place) {
                return;
            }
            index = (place - self.base) as usize;
        }
        self.digits[entry * self.width + index] += i128::from(mantissa) << shift;
        self.added += 1;
        if self.added >= HEADROOM {
            self.carry();
        }
    }

    /// Adds another set of sums: its entry `e` to the entry `to(e)`.
    pub(crate) fn merge(&mut self, other: &Exact, to: impl Fn(usize) -> usize) {
        self.overflow |= other.overflow;
        if other.width == 0 {
            return;
        }
        self.carry();
        let mut normal = other.clone();
        normal.carry();
        let top = normal.base + normal.width as i32 - 1;
        if !self.widen(normal.base, top) {
            return;
        }
        let offset = (normal.base - self.base) as usize;
        for entry in 0..normal.entries {
            let start = to(entry) * self.width + offset;
            let from = &normal.digits[entry * normal.width..][..normal.width];
            self.digits[start..].iter_mut().zip(from).for_each(|(a, b)| *a += b);
        }
        self.added += 1;
    }

    /// Makes the window cover these places.
    #[cold]
    fn widen(&mut self, low: i32, high: i32) -> bool {
        let (first, last) = if self.width == 0 {
            (low, high)
        } else {
            (low.min(self.base), high.max(self.base + self.width as i32 - 1))
        };
        if last - first >= MOST_DIGITS {
            self.overflow = true;
            return false;
        }
        let width = (last - first + 1) as usize;
        if width != self.width {
            let offset = if self.width == 0 { 0 } else { (self.base - first) as usize };
            let mut digits = vec![0; self.entries * width];
            for entry in 0..self.entries {
                let from = &self.digits[entry * self.width..][..self.width];
                digits[entry * width + offset..][..self.width].copy_from_slice(from);
            }
            (self.base, self.width, self.digits) = (first, width, digits);
        }
        true
    }

    /// Propagates carries: every digit but the highest becomes 0 ≤ d < 2⁴⁸.
    fn carry(&mut self) {
        if self.width == 0 {
            return;
        }
        let top = self.base + self.width as i32 - 1;
        let large = |d: i128| d.unsigned_abs() > 1 << 100;
        let full = (0..self.entries).any(|e| large(self.digits[(e + 1) * self.width - 1]));
        if full && !self.widen(self.base, top + 1) {
            return;
        }
        for entry in self.digits.chunks_mut(self.width) {
            let mut carry = 0i128;
            let last = entry.len() - 1;
            for digit in &mut entry[..last] {
                let sum = *digit + carry;
                *digit = sum & ((1 << DIGIT) - 1);
                carry = sum >> DIGIT;
            }
            entry[last] += carry;
        }
        self.added = 0;
    }

    /// One sum as an unevaluated pair of floats: the nearest float, and the one nearest to the rest.
    pub(crate) fn pair(&self, entry: usize) -> (f64, f64) {
        let Some(digits) = self.digits.get(entry * self.width..(entry + 1) * self.width) else {
            return (0.0, 0.0);
        };
        Digits::carried(digits.to_vec(), self.base).pair()
    }

    /// m times one sum less the product of two fixed-point sums, exactly.
    pub(crate) fn centred(&self, entry: usize, m: u64, a: i128, b: i128) -> Digits {
        // A fixed-point sum has its last place at 2⁻⁶⁴ = 2³² times the unit of digit −2.
        const SHIFT: u32 = (2 * DIGIT - PLACES) as u32;
        const LIMBS: usize = 4;
        let limbs = |value: i128| -> [i128; LIMBS] {
            let size = value.unsigned_abs();
            let mask = (1u128 << DIGIT) - 1;
            let first = (size << SHIFT) & mask;
            let rest = size >> (DIGIT as u32 - SHIFT);
            [first, rest & mask, rest >> DIGIT & mask, rest >> (2 * DIGIT)].map(|d| d as i128)
        };
        let base = self.base.min(-(LIMBS as i32));
        let top = (self.base + self.width as i32).max(LIMBS as i32);
        let mut digits = vec![0i128; (top - base) as usize];
        let own = self.digits.get(entry * self.width..(entry + 1) * self.width);
        for (i, digit) in own.unwrap_or_default().iter().enumerate() {
            // Carried digits leave room for the factor.
            let at = (self.base - base) as usize + i;
            for (j, part) in [digit & ((1 << DIGIT) - 1), digit >> DIGIT].into_iter().enumerate() {
                if part != 0 {
                    if at + j == digits.len() {
                        digits.push(0);
                    }
                    digits[at + j] += part * i128::from(m);
                }
            }
        }
        let sign = if (a < 0) == (b < 0) { -1 } else { 1 };
        for (i, x) in limbs(a).into_iter().enumerate() {
            for (j, y) in limbs(b).into_iter().enumerate() {
                let at = (-(LIMBS as i32) - base) as usize + i + j;
                digits[at] += sign * x * y;
            }
        }
        Digits::carried(digits, base)
    }

    /// One sum, rounded.
    pub(crate) fn value(&self, entry: usize) -> f64 {
        self.pair(entry).0
    }
}

/// A number in digits of 48 bits, the lowest in units of 2^(48·base); the highest has a sign.
#[derive(Debug, Clone)]
pub(crate) struct Digits {
    digits: Vec<i128>,
    base: i32,
}

impl Digits {
    /// Carries: every digit but the highest becomes 0 ≤ d < 2⁴⁸, and that one is 0 or −1.
    fn carried(mut digits: Vec<i128>, base: i32) -> Digits {
        let mut carry = 0i128;
        for digit in &mut digits {
            let sum = *digit + carry;
            (*digit, carry) = (sum & MASK, sum >> DIGIT);
        }
        while carry != 0 && carry != -1 {
            digits.push(carry & MASK);
            carry >>= DIGIT;
        }
        digits.push(carry);
        Digits { digits, base }
    }

    fn is_negative(&self) -> bool {
        self.digits.last().is_some_and(|d| *d < 0)
    }

    /// The same without its sign.
    fn size(&self) -> Digits {
        if !self.is_negative() {
            return self.clone();
        }
        Digits::carried(self.digits.iter().map(|d| -d).collect(), self.base)
    }

    /// The nearest float, of two equally near ones the even one.
    fn nearest(&self) -> f64 {
        let size = self.size().digits;
        let Some(top) = size.iter().rposition(|d| *d != 0) else { return 0.0 };
        let digit = |back: usize| top.checked_sub(back).map_or(0, |i| size[i]);
        // Two digits with 55 bits or more, or three; a last bit that is set stands for all below.
        let places = if digit(0) >> 6 != 0 { 1 } else { 2 };
        let lead = match places {
            1 => digit(0) << DIGIT | digit(1),
            _ => digit(0) << (2 * DIGIT) | digit(1) << DIGIT | digit(2),
        };
        let sticky = size[..top.saturating_sub(places)].iter().any(|d| *d != 0);
        let lead = (lead << 1 | i128::from(sticky)) as f64;
        let value = scale(lead, (self.base + top as i32 - places as i32) * DIGIT - 1);
        if self.is_negative() { -value } else { value }
    }

    /// The nearest float, and the float nearest to what is left.
    fn pair(mut self) -> (f64, f64) {
        let high = self.nearest();
        let (mantissa, exponent) = parts(-high);
        let place = exponent.div_euclid(DIGIT) - self.base;
        let term = i128::from(mantissa) << exponent.rem_euclid(DIGIT);
        match usize::try_from(place) {
            Ok(place) => {
                if let Some(digit) = self.digits.get_mut(place) {
                    *digit += term;
                }
            }
            // A mantissa reaches below the lowest digit only with zeros.
            Err(_) if place > -3 => self.digits[0] += term >> (-place * DIGIT),
            Err(_) => {}
        }
        (high, Digits::carried(self.digits, self.base).nearest())
    }
}

impl Bracket for Digits {
    fn exponent(&self) -> Option<i32> {
        let size = self.size().digits;
        let top = size.iter().rposition(|d| *d != 0)?;
        let bits = 127 - size[top].leading_zeros() as i32;
        Some(bits + (self.base + top as i32) * DIGIT)
    }

    fn times(&self, factor: u64, shift: i32) -> i128 {
        let product = self.digits.iter().map(|d| d * i128::from(factor)).collect();
        let product = Digits::carried(product, self.base);
        // Digit by digit from the top, which has the sign; what lies below is cut.
        let mut sum = 0i128;
        for (place, digit) in product.digits.iter().enumerate() {
            let at = (product.base + place as i32) * DIGIT + shift;
            // The sign of a digit above all others vanishes where the sum has none of its places.
            sum = sum.wrapping_add(match at {
                128.. => 0,
                0..128 => digit << at,
                -126..0 => digit >> -at,
                _ => digit >> 127,
            });
        }
        sum
    }
}

/// An integer as the sum of three floats.
#[inline(always)]
pub(crate) fn pieces(value: i128) -> [f64; 3] {
    let low = (value as u64 & ((1 << 52) - 1)) as i64 as f64;
    let middle = ((value >> 52) as u64 & ((1 << 42) - 1)) as i64 as f64 * 2f64.powi(52);
    [(value >> 94) as i64 as f64 * 2f64.powi(94), middle, low]
}

/// `value` times a power of two, in two steps so that neither leaves the range of floats.
fn scale(value: f64, exponent: i32) -> f64 {
    let half = exponent / 2;
    value * 2f64.powi(half) * 2f64.powi(exponent - half)
}

/// Sum of two pairs.
pub(crate) fn pair_sum(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let sum = a.0 + b.0;
    let back = sum - a.0;
    let error = (a.0 - (sum - back)) + (b.0 - back) + (a.1 + b.1);
    let high = sum + error;
    (high, error - (high - sum))
}

/// Difference of two pairs.
pub(crate) fn pair_difference(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    pair_sum(a, (-b.0, -b.1))
}

/// A pair times a float.
pub(crate) fn pair_times(a: (f64, f64), factor: f64) -> (f64, f64) {
    let high = a.0 * factor;
    (high, a.0.mul_add(factor, -high) + a.1 * factor)
}

/// Product of two floats, without rounding: the rounded product and what it lost.
#[inline(always)]
pub(crate) fn product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// Product of two pairs divided by a whole number.
pub(crate) fn pair_product_over(a: (f64, f64), b: (f64, f64), divisor: f64) -> (f64, f64) {
    let high = a.0 * b.0;
    let low = a.0.mul_add(b.0, -high) + (a.0 * b.1 + a.1 * b.0);
    let quotient = high / divisor;
    let remainder = quotient.mul_add(-divisor, high);
    (quotient, (remainder + low) / divisor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::between::Units;

    #[test]
    fn fixed_point_of_a_weight_is_exact() {
        for w in [0.0, 1.0, 55.431338, 1e6 / 3.0, 2f64.powi(-11)] {
            assert_eq!(unfixed(fixed(w).unwrap()), w);
        }
        assert_eq!(fixed(-0.3), fixed(0.3).map(|v| -v));
        assert_eq!(fixed(1e30), None);
        assert_eq!(fixed(1e-30), Some(0));
    }

    #[test]
    fn exact_sum_keeps_what_floats_lose() {
        let mut sum = Exact::new(2);
        for v in [1e16, 1.0, -1e16, 1e-20, 3.5e20, -3.5e20] {
            sum.add(1, v);
        }
        assert_eq!(sum.value(0), 0.0);
        assert_eq!(sum.pair(1), (1.0, 1e-20));
    }

    #[test]
    fn exact_sum_of_negative_terms_is_the_mirror() {
        let terms = [0.1, 7.25e9, 3e-7, 123456.789];
        let (mut plus, mut minus) = (Exact::new(1), Exact::new(1));
        for v in terms {
            plus.add(0, v);
            minus.add(0, -v);
        }
        assert_eq!(plus.value(0), -minus.value(0));
        plus.merge(&minus, |e| e);
        assert_eq!(plus.pair(0), (0.0, 0.0));
    }

    #[test]
    fn merging_is_the_same_as_adding() {
        let terms: Vec<f64> = (1..2000)
            .map(|i| (i as f64).powi(3) / 7.0 * if i % 3 == 0 { -1.0 } else { 1.0 })
            .collect();
        let mut whole = Exact::new(1);
        terms.iter().for_each(|v| whole.add(0, *v));
        let mut merged = Exact::new(1);
        for chunk in terms.rchunks(37) {
            let mut part = Exact::new(1);
            chunk.iter().rev().for_each(|v| part.add(0, *v));
            merged.merge(&part, |e| e);
        }
        assert_eq!(whole.pair(0), merged.pair(0));
    }

    #[test]
    fn a_pair_is_the_nearest_float_and_the_nearest_to_the_rest() {
        let mut state = 11u64;
        for i in 0..5000 {
            let mut next = || {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                state >> 11
            };
            let number = i128::from(next() as i64) << 52 | i128::from(next());
            let number = (number >> (i % 100)) * if i % 2 == 0 { 1 } else { -1 };
            let high = number as f64;
            let low = (number - high as i128) as f64;
            let mut sum = Exact::new(1);
            for (shift, limb) in [(0, number & 0xffff_ffff), (32, number >> 32 & 0xffff_ffff)] {
                sum.add(0, limb as f64 * 2f64.powi(shift));
            }
            sum.add(0, (number >> 64) as f64 * 2f64.powi(64));
            assert_eq!(sum.pair(0), (high, low), "{number}");
            // 3 x − a b, of which everything cancels but one unit.
            let (a, b) = (fixed(3.0).unwrap(), (number << 12) - (1 << 40));
            let unit = 2f64.powi(12 - 64);
            let mut scaled = Exact::new(1);
            scaled.add(0, high * unit);
            scaled.add(0, low * unit);
            let left = scaled.centred(0, 3, a, b);
            assert_eq!(left.clone().pair(), (3.0 * 2f64.powi(40 - 64), 0.0), "{number}");
            assert_eq!(left.exponent(), Some(1 + 40 - 64));
            // The same number, scaled and cut, in both forms.
            let own = sum.centred(0, 1, 0, 0);
            assert_eq!(own.exponent(), Units(number, 0).exponent());
            for shift in [-100, -60, -1, 0, 3] {
                let expected = Units(number >> 30, 0).times(0x1234_5678_9abc, shift);
                let mut small = Exact::new(1);
                pieces(number >> 30).into_iter().for_each(|piece| small.add(0, piece));
                let small = small.centred(0, 1, 0, 0);
                assert_eq!(small.times(0x1234_5678_9abc, shift), expected, "{number} {shift}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_remembered() {
        let mut sum = Exact::new(1);
        sum.add(0, 1e-300);
        sum.add(0, 1e300);
        assert!(sum.overflowed());
    }

    #[test]
    fn pair_arithmetic_survives_cancellation() {
        let square = pair_product_over((1e8 + 1.0, 0.0), (1e8 + 1.0, 0.0), 1.0);
        assert_eq!(pair_difference(square, (1e16, 0.0)), (2e8 + 1.0, 0.0));
    }
}
