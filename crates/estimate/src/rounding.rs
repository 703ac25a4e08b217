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
/// What is rounded is the decimal that the share is written with, its point moved: see [`hundredfold`].
pub fn percent(share: f64, decimals: usize) -> String {
    round_half_away(hundredfold(share), decimals)
}

/// A hundred times a number, as a reader does it: the decimal point of its shortest decimal moves two places.
///
/// A product in binary has an error of its own: 100 × 0.5045 is 50.449999999999996, which would print 50.4
/// with one decimal. Numbers that are not finite stay what they are.
///
/// ```
/// use inclusion_estimate::hundredfold;
/// assert_eq!(hundredfold(0.5045), 50.45);
/// assert_ne!(100.0 * 0.5045, 50.45);
/// ```
pub fn hundredfold(value: f64) -> f64 {
    let moved = || {
        let text = format!("{value:e}");
        let (digits, power) = text.split_once('e')?;
        format!("{digits}e{}", power.parse::<i32>().ok()? + 2).parse().ok()
    };
    if value.is_finite() { moved().unwrap_or(100.0 * value) } else { value }
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
        // 100 times these is less than the decimal in binary.
        for (share, printed) in [(0.5045, "50.5"), (0.0185, "1.9"), (0.7595, "76.0")] {
            assert_eq!(percent(share, 1), printed);
            assert_ne!(round_half_away(100.0 * share, 1), printed);
        }
    }

    #[test]
    fn every_share_of_four_decimals_is_rounded_as_on_paper() {
        for ten_thousandths in 0..=10_000_u32 {
            let share: f64 = format!("{ten_thousandths}e-4").parse().unwrap();
            let tenths = (ten_thousandths + 5) / 10;
            let expected = format!("{}.{}", tenths / 10, tenths % 10);
            assert_eq!(percent(share, 1), expected, "{share}");
            assert_eq!(percent(-share, 1).trim_start_matches('-'), expected);
        }
        for value in [0.0, f64::MIN_POSITIVE, 1.0 / 3.0, 0.1 + 0.2, 1e300] {
            let (moved, product) = (hundredfold(value), 100.0 * value);
            assert!((moved - product).abs() <= product * 4.0 * f64::EPSILON, "{value}: {moved}");
        }
        assert!(hundredfold(f64::NAN).is_nan() && hundredfold(f64::INFINITY).is_infinite());
    }

    #[test]
    fn a_number_that_is_none_is_not_dressed_as_one() {
        assert_eq!(round_half_away(f64::NAN, 1), "NaN");
        assert_eq!(round_half_away(f64::NEG_INFINITY, 1), "-inf");
    }
}
