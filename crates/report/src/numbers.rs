//! Figures as text: units, decimals, signs, intervals.
//!
//! Rounding is half away from zero on the decimal value, after conversion to the printed unit; so
//! a gap is printed from the unrounded rates and may differ from the difference of printed rates.
//! The minus is U+2212, thousands are set apart by a narrow no-break space.

use inclusion_estimate::{Interval, Measure, Unit, hundredfold, round_half_away};
use inclusion_registry::Style;

/// How a value is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Printed {
    /// A hundred times the stored number is printed.
    pub hundredfold: bool,
    /// Decimals.
    pub decimals: u8,
}

impl Printed {
    /// How the values of a measure are printed.
    pub fn of(measure: Measure, unit: Unit, style: &Style) -> Printed {
        let hundredfold = Printed { hundredfold: true, decimals: style.rate_decimals };
        let as_stored = |decimals| Printed { hundredfold: false, decimals };
        match (measure, unit) {
            (Measure::RelativeGap | Measure::ExcessOffline | Measure::RelativeDifference, _) => {
                hundredfold
            }
            (Measure::Parity | Measure::AdjustedParity, _) | (_, Unit::Ratio) => {
                as_stored(style.parity_decimals)
            }
            (_, Unit::Share) => hundredfold,
            (_, Unit::Count) => as_stored(0),
            (_, Unit::Own) => as_stored(style.rate_decimals),
        }
    }

    /// A stored value in the printed unit.
    pub fn convert(self, value: f64) -> f64 {
        if self.hundredfold { hundredfold(value) } else { value }
    }

    /// A stored value as text.
    pub fn text(self, value: f64) -> String {
        decimal(self.convert(value), self.decimals)
    }

    /// Both ends of an interval as text: `33.9–42.7`, or `−1.2 to 3.4` where an end is negative.
    pub fn interval(self, interval: &Interval) -> String {
        self.between(interval.lower, interval.upper)
    }

    /// The same of two ends.
    pub fn between(self, lower: f64, upper: f64) -> String {
        let (lower, upper) = (self.text(lower), self.text(upper));
        if lower.starts_with(MINUS) || upper.starts_with(MINUS) {
            format!("{lower} to {upper}")
        } else {
            format!("{lower}–{upper}")
        }
    }
}

const MINUS: char = '\u{2212}';

/// A number with so many decimals.
pub(crate) fn decimal(value: f64, decimals: u8) -> String {
    let text = round_half_away(value, usize::from(decimals));
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::new();
    if sign {
        out.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A whole number.
pub(crate) fn whole(value: u64) -> String {
    decimal(value as f64, 0)
}

/// `95%`, `99.9%`.
pub(crate) fn level(level: f64) -> String {
    let percent = hundredfold(level);
    let decimals = (0..4u8)
        .find(|d| {
            let scale = 10f64.powi(i32::from(*d));
            ((percent * scale).round() - percent * scale).abs() < 1e-6
        })
        .unwrap_or(4);
    format!("{}%", decimal(percent, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;
    use inclusion_estimate::IntervalMethod;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(decimal(1234567.0, 0), "1\u{202f}234\u{202f}567");
        assert_eq!(decimal(812.0, 0), "812");
        assert_eq!(decimal(-12.45, 1), "\u{2212}12.5");
        assert_eq!(decimal(-0.04, 1), "0.0");
    }

    #[test]
    fn an_interval_with_a_negative_end_says_to() {
        let points = Printed { hundredfold: true, decimals: 1 };
        let interval =
            |lower, upper| Interval { lower, upper, level: 0.95, method: IntervalMethod::Mean };
        assert_eq!(points.interval(&interval(0.081, 0.167)), "8.1–16.7");
        assert_eq!(points.interval(&interval(-0.012, 0.034)), "\u{2212}1.2 to 3.4");
        assert_eq!(points.interval(&interval(-0.0001, 0.034)), "0.0–3.4");
    }

    #[test]
    fn a_share_is_rounded_on_its_own_decimal() {
        let percent = Printed { hundredfold: true, decimals: 1 };
        // A published 50.45 per cent is stored as 0.5045; 1009 of 2000 persons are the same number.
        assert_eq!(percent.text(1009.0 / 2000.0), "50.5");
        assert_eq!(percent.text(0.0185), "1.9");
        assert_eq!(percent.convert(0.7595), 75.95);
        assert_eq!(Printed { hundredfold: false, decimals: 1 }.convert(0.7595), 0.7595);
    }

    #[test]
    fn levels_print_without_needless_decimals() {
        assert_eq!(level(0.95), "95%");
        assert_eq!(level(0.999), "99.9%");
    }
}
