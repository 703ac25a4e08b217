//! Numbers as SDMX text.

use inclusion_estimate::round_half_away;

/// An observed value: finite, with the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    text: String,
    number: f64,
}

impl Value {
    /// From a number; `None` if it is not finite.
    pub fn of(number: f64) -> Option<Value> {
        number.is_finite().then(|| Value { text: number_text(number), number })
    }

    /// From the text of a file; `None` if it is not a finite decimal number. The text is kept.
    ///
    /// ```
    /// use inclusion_sdmx::Value;
    /// let value = Value::parse("49.020").unwrap();
    /// assert_eq!((value.text(), value.number()), ("49.020", 49.02));
    /// assert!(Value::parse("NaN").is_none() && Value::parse("12,4").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Value> {
        let number = parse_number(text)?;
        Some(Value { text: text.into(), number })
    }

    /// As it stands in the file it was read from, or as it would be written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number.
    pub fn number(&self) -> f64 {
        self.number
    }
}

/// A finite number in decimal notation; words such as `inf` are none.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t']);
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if text.is_empty() || !text.chars().all(digits) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The shortest decimal that reads back equal: a point, no exponent between 1e-6 and 1e15, and no
/// sign of zero.
///
/// ```
/// use inclusion_sdmx::number_text;
/// assert_eq!(number_text(53.60), "53.6");
/// assert_eq!(number_text(-0.0), "0");
/// assert_eq!(number_text(1e-6), "0.000001");
/// assert_eq!(number_text(2.5e-7), "2.5e-7");
/// ```
pub fn number_text(number: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

pub(crate) fn push_number(into: &mut String, number: f64) {
    use std::fmt::Write;
    let size = number.abs();
    // Writing into a string cannot fail.
    let _ = if size == 0.0 {
        into.write_str("0")
    } else if (1e-6..1e15).contains(&size) {
        write!(into, "{number}")
    } else {
        write!(into, "{number:e}")
    };
}

/// A share in per cent, by moving the decimal point of its shortest decimal: 0.5831 is 58.31, which a
/// multiplication would miss by a last digit.
pub(crate) fn scaled(value: f64, factor: f64) -> f64 {
    if factor != 100.0 {
        return factor * value;
    }
    let moved = format!("{value:e}");
    let moved = moved.split_once('e').and_then(|(digits, exponent)| {
        format!("{digits}e{}", exponent.parse::<i32>().ok()? + 2).parse().ok()
    });
    moved.unwrap_or(factor * value)
}

/// So many decimals, half away from zero on the shortest decimal.
pub(crate) fn rounded(number: f64, decimals: usize) -> f64 {
    round_half_away(number, decimals).parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_equal_and_have_no_exponent_in_the_usual_range() {
        for number in [49.02, 0.1 + 0.2, 1e-6, 999_999_999_999_999.9, 123_456_789.125, -5e-324] {
            let text = number_text(number);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits(), "{text}");
            let usual = (1e-6..1e15).contains(&number.abs());
            assert_eq!(usual, !text.contains('e'), "{text}");
        }
        assert_eq!(number_text(1e15), "1e15");
    }

    #[test]
    fn words_that_are_no_numbers_are_refused() {
        for text in
            ["", " ", "NaN", "inf", "-Infinity", "1e400", "12,4", "<5", "0x10", "1 000", "e"]
        {
            assert!(Value::parse(text).is_none(), "{text}");
        }
        assert_eq!(Value::parse(" 7 ").unwrap().number(), 7.0);
    }
}
