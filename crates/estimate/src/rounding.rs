//! Rounding for print: half away from zero, on the decimal number that a reader would write down.
//!
//! A stored 98.05 is in binary a little less than 98.05, and formatting it with one decimal would
//! print 98.0. Here the shortest decimal that reads back as the same number is taken first, and that
//! text is rounded: 98.1. Convert to the printed unit before, not after.

/// The value with so many decimals, half away from zero; zero never has a sign.
///
/// `None` would be the only honest text of a number that is not finite; as estimates hold none, such
/// a value prints as itself (`NaN`, `inf`), which no reader can take for a figure.
///
/// ```
/// use inclusion_estimate::round_half_away;
/// assert_eq!(round_half_away(98.05, 1), "98.1");
/// assert_eq!(round_half_away(62.04, 1), "62.0");
/// assert_eq!(round_half_away(-0.04, 1), "0.0");
/// assert_eq!(round_half_away(-2.5, 0), "-3");
/// ```
pub fn round_half_away(value: f64, decimals: usize) -> String {
    // `{}` of a float is the shortest decimal that reads back as the same number, without exponent.
    let text = value.abs().to_string();
    if !value.is_finite() {
        return value.to_string();
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let keep = whole.len() + decimals;
    let up = digits.get(keep).is_some_and(|digit| *digit >= b'5');
    digits.resize(keep, b'0');
    if up {
        let mut i = keep;
        loop {
            if i == 0 {
                digits.insert(0, b'1');
                break;
            }
            i -= 1;
            if digits[i] == b'9' {
                digits[i] = b'0';
            } else {
                digits[i] += 1;
                break;
            }
        }
    }
    let sign = if value < 0.0 && digits.iter().any(|d| *d != b'0') { "-" } else { "" };
    let mut out = String::with_capacity(digits.len() + 2);
    out.push_str(sign);
    let point = digits.len() - decimals;
    for (i, digit) in digits.iter().enumerate() {
        if i == point {
            out.push('.');
        }
        out.push(char::from(*digit));
    }
    out
}

/// A share (0–1) printed in per cent, without the sign: 0.9805 is `98.1` with one decimal.
///
/// The conversion is 100 × share in double precision, and the shortest decimal is taken of that: what
/// is rounded is the number in the printed unit, which others get by the same multiplication.
pub fn percent(share: f64, decimals: usize) -> String {
    round_half_away(100.0 * share, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_on_the_number_a_reader_sees() {
        let cases = [
            (98.05, 1, "98.1"),
            (62.04, 1, "62.0"),
            (70.06, 1, "70.1"),
            (-98.05, 1, "-98.1"),
            (0.125, 2, "0.13"),
            (2.675, 2, "2.68"),
            (1.005, 2, "1.01"),
            (2.5, 0, "3"),
            (0.5, 0, "1"),
            (0.49999999999999994, 0, "0"),
            (99.95, 1, "100.0"),
            (999.5, 0, "1000"),
            (9.9999, 3, "10.000"),
            (0.8857142857142857, 3, "0.886"),
            (12.0, 1, "12.0"),
            (1e21, 1, "1000000000000000000000.0"),
            (1e-7, 3, "0.000"),
            (5e-4, 3, "0.001"),
        ];
        for (value, decimals, expected) in cases {
            assert_eq!(round_half_away(value, decimals), expected, "{value} with {decimals}");
        }
    }

    #[test]
    fn zero_never_has_a_sign() {
        assert_eq!(round_half_away(-0.0, 1), "0.0");
        assert_eq!(round_half_away(-0.04, 1), "0.0");
        assert_eq!(round_half_away(-0.05, 1), "-0.1");
    }

    #[test]
    fn a_share_is_converted_before_it_is_rounded() {
        assert_eq!(percent(0.9805, 1), "98.1");
        assert_eq!(percent(0.6204, 1), "62.0");
        assert_eq!(percent(0.5, 0), "50");
        // 100 × 0.2895 is 28.949999999999999… in binary, and reads back as 28.95.
        assert_eq!(percent(0.2895, 1), "29.0");
    }

    #[test]
    fn a_number_that_is_none_is_not_dressed_as_one() {
        assert_eq!(round_half_away(f64::NAN, 1), "NaN");
        assert_eq!(round_half_away(f64::NEG_INFINITY, 1), "-inf");
    }
}
