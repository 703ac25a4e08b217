//! The precision of weights.

/// Significant bits of a weight: twelve decimal digits.
pub(crate) const BITS: i32 = 42;

/// Largest weight, also of a replicate.
pub(crate) const LARGEST: f64 = (1u64 << 40) as f64;

/// Rounds a weight to [`BITS`] significant bits, a relative change of at most 2⁻⁴².
///
/// The totals of a PSU are then exact floats, whatever the order of its rows, and enter the second
/// moments as integers. The rule looks at nothing but the weight, so it is the same however the rows
/// are split, and scaling all weights by a power of two changes no bit of a ratio.
#[inline(always)]
pub(crate) fn rounded(weight: f64) -> f64 {
    const DROPPED: i32 = f64::MANTISSA_DIGITS as i32 - BITS;
    f64::from_bits((weight.to_bits() + (1 << (DROPPED - 1))) & !((1 << DROPPED) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_keeps_twelve_digits() {
        for weight in [0.0, 1.0, 1234.5, 1e-3, 55.431338, 1e6 / 3.0, 1.999_999_999_999_999] {
            let rounded = rounded(weight);
            assert!((rounded - weight).abs() <= weight * 2f64.powi(-42), "{weight} {rounded}");
            assert_eq!(rounded.to_bits() & ((1 << 11) - 1), 0);
        }
        assert_eq!(rounded(1234.5), 1234.5);
        assert_eq!(rounded(0.1 * 8.0), 8.0 * rounded(0.1));
    }
}
