//! Texts as numbers: only plain decimal numbers, never a guess.
//!
//! `1,234` is not a number unless the file declares what the comma means; digits of other scripts
//! are numbers only where the recipe says `digits = "any"`; `NaN` and `inf` never are.

use inclusion_registry::FileSpec;

/// How a file writes numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumberFormat {
    /// Decimal mark.
    pub decimal: char,
    /// Thousands separator, if numbers may have one.
    pub thousands: Option<char>,
    /// Digits of every script.
    pub any_digits: bool,
}

impl Default for NumberFormat {
    fn default() -> Self {
        NumberFormat { decimal: '.', thousands: None, any_digits: false }
    }
}

impl NumberFormat {
    /// As a recipe declares it.
    pub fn of(spec: &FileSpec) -> NumberFormat {
        NumberFormat {
            decimal: spec.decimal.unwrap_or('.'),
            thousands: spec.thousands,
            any_digits: spec.digits.as_deref() == Some("any"),
        }
    }
}

/// A number in the form in which values are compared: `1`, `1.0` and `01` are equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Canonical {
    /// A whole number.
    Int(i64),
    /// Any other finite number.
    Real(f64),
}

impl Canonical {
    /// From a finite number.
    pub fn of(value: f64) -> Canonical {
        if value.fract() == 0.0 && value.abs() < 9.007_199_254_740_992e15 {
            Canonical::Int(value as i64)
        } else {
            Canonical::Real(value)
        }
    }
}

/// First characters of the decimal digits that scripts other than Latin use.
const ZEROS: [char; 14] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}', '\u{ff10}',
];

/// The Latin digit for a digit of another script.
pub(crate) fn foreign_digit(c: char) -> Option<char> {
    ZEROS
        .iter()
        .map(|zero| (c as u32).wrapping_sub(*zero as u32))
        .find(|d| *d < 10)
        .and_then(|d| char::from_digit(d, 10))
}

/// A plain decimal number, without an exponent: the form in which codes are written.
pub(crate) fn canonical(text: &str, format: &NumberFormat) -> Option<Canonical> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if !(format.any_digits || first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.' | b','))
    {
        return None;
    }
    let digits = if matches!(first, b'-' | b'+') { &bytes[1..] } else { bytes };
    if !digits.is_empty() && digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit) {
        return text.strip_prefix('+').unwrap_or(text).parse().ok().map(Canonical::Int);
    }
    plain(text, format, false)
        .filter(|_| digits.len() <= 18 || text.contains(format.decimal))
        .map(Canonical::of)
}

/// A number, with an exponent if it has one (`1e+05`, as R writes 100000).
pub(crate) fn number(text: &str, format: &NumberFormat) -> Option<f64> {
    plain(text, format, true)
}

/// Digits with at most one point and a sign before them, as nearly all numbers are written.
fn is_simple(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let points = digits.iter().filter(|b| **b == b'.').count();
    points <= 1 && digits.len() > points && digits.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

fn plain(text: &str, format: &NumberFormat, exponent: bool) -> Option<f64> {
    if format.decimal == '.' && is_simple(text) {
        return text.parse::<f64>().ok().filter(|v| v.is_finite());
    }
    let mut clean = String::with_capacity(text.len());
    let (mut digits, mut group, mut mark, mut exp) = (0, None, false, false);
    for c in text.chars() {
        let c = if format.any_digits { foreign_digit(c).unwrap_or(c) } else { c };
        if c.is_ascii_digit() {
            digits += 1;
            group = group.map(|g| g + 1);
            clean.push(c);
        } else if (c == '-' || c == '+') && (clean.is_empty() || clean.ends_with('e')) {
            clean.push(c);
        } else if c == format.decimal && !mark && !exp {
            if group.is_some_and(|g| g != 3) {
                return None;
            }
            group = None;
            mark = true;
            clean.push('.');
        } else if Some(c) == format.thousands && !mark && !exp && digits > 0 {
            if group.map_or(digits > 3, |g| g != 3) {
                return None;
            }
            group = Some(0);
        } else if exponent && matches!(c, 'e' | 'E') && digits > 0 && !exp {
            exp = true;
            clean.push('e');
        } else {
            return None;
        }
    }
    if digits == 0 || clean.ends_with(['e', '-', '+']) || group.is_some_and(|g| g != 3) {
        return None;
    }
    clean.parse::<f64>().ok().filter(|v| v.is_finite())
}

/// Why a text is no number, and what to do.
pub(crate) fn hint(text: &str, format: &NumberFormat) -> String {
    let foreign: Vec<String> = text
        .chars()
        .filter(|c| foreign_digit(*c).is_some())
        .take(5)
        .map(|c| format!("U+{:04X}", c as u32))
        .collect();
    if !foreign.is_empty() && !format.any_digits {
        return format!(
            "it has digits of another script ({}); set `digits = \"any\"`",
            foreign.join(" ")
        );
    }
    if matches!(text.to_ascii_lowercase().trim_start_matches(['-', '+']), "inf" | "infinity") {
        return "infinity is never accepted".into();
    }
    if text.parse::<f64>().is_ok_and(f64::is_infinite) {
        return "it is too large for a number".into();
    }
    let separators = [',', '.', '\'', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '’'];
    let is_grouped = text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || separators.contains(&c) || c == '-' || c == '+');
    let has_mark = text.contains(separators);
    if is_grouped && has_mark {
        let found: Vec<String> = text
            .chars()
            .filter(|c| separators.contains(c))
            .take(2)
            .map(|c| format!("`{}` U+{:04X}", crate::error::shown(&c.to_string()), c as u32))
            .collect();
        return format!(
            "the decimal mark is `{}` and {} stands in it; set `decimal` or `thousands` if that is how the file writes numbers",
            format.decimal,
            found.join(", ")
        );
    }
    let is_date = text.len() >= 8
        && text.bytes().next().is_some_and(|first| first.is_ascii_digit())
        && text.contains('-');
    if is_grouped && is_date {
        return "it looks like a date; name the column that holds the number".into();
    }
    format!("write digits with decimal mark `{}`, or list it under `missing`", format.decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_match_however_they_are_written() {
        let f = NumberFormat::default();
        for text in ["1", "01", "1.0", "+1", "1.", "1.000"] {
            assert_eq!(canonical(text, &f), Some(Canonical::Int(1)), "{text}");
        }
        assert_eq!(canonical("-9", &f), Some(Canonical::Int(-9)));
        assert_eq!(canonical("1.5", &f), Some(Canonical::Real(1.5)));
    }

    #[test]
    fn nothing_but_a_plain_number_is_a_number() {
        let f = NumberFormat::default();
        for text in [
            "1,234",
            "1\u{202f}234",
            "1'234",
            "٥٣",
            "５３",
            "NaN",
            "inf",
            "-Infinity",
            "#N/A",
            "NULL",
            ".",
            "-",
            "",
            "1e",
            "e5",
            "1-2",
            "1.2.3",
            "0x10",
            "1e999",
        ] {
            assert_eq!(number(text, &f), None, "{text}");
            assert_eq!(canonical(text, &f), None, "{text}");
        }
        assert_eq!(number("1e+05", &f), Some(100_000.0));
        assert_eq!(canonical("1e5", &f), None);
    }

    #[test]
    fn declared_marks_and_digits_are_read() {
        let comma = NumberFormat { decimal: ',', ..NumberFormat::default() };
        assert_eq!(number("4331,70217", &comma), Some(4331.70217));
        assert_eq!(number("1.5", &comma), None);
        let grouped = NumberFormat { thousands: Some(','), ..NumberFormat::default() };
        assert_eq!(number("1,234,567.5", &grouped), Some(1_234_567.5));
        assert_eq!(number("1,23", &grouped), None);
        assert_eq!(number("1234,567", &grouped), None);
        let any = NumberFormat { any_digits: true, ..NumberFormat::default() };
        assert_eq!(number("٥٣", &any), Some(53.0));
        assert_eq!(canonical("５３", &any), Some(Canonical::Int(53)));
    }
}
