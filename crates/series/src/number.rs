//! Texts as numbers: only plain decimal numbers, never a guess, and scaled without rounding.
//!
//! `1,234` is not a number unless the file declares what the comma means; digits of other scripts
//! are numbers only where the recipe says `digits = "any"`; `NaN` and `inf` never are. A percentage
//! becomes a share by moving the decimal point of its text, so 47.3 % is exactly the number 0.473.

use std::fmt::Write;

/// How a file writes numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// First characters of the decimal digits that scripts other than Latin use.
const ZEROS: [char; 14] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}', '\u{ff10}',
];

fn foreign_digit(c: char) -> Option<char> {
    ZEROS
        .iter()
        .map(|zero| (c as u32).wrapping_sub(*zero as u32))
        .find(|d| *d < 10)
        .and_then(|d| char::from_digit(d, 10))
}

/// A number times 10 to the power of `shift`.
pub(crate) fn number(text: &str, format: &NumberFormat, shift: i32) -> Option<f64> {
    let mut clean = String::with_capacity(text.len() + 4);
    let (mut digits, mut group, mut mark) = (0u32, None, false);
    let mut characters = text.chars();
    let mut exponent = 0i32;
    for c in characters.by_ref() {
        let c = if format.any_digits { foreign_digit(c).unwrap_or(c) } else { c };
        if c.is_ascii_digit() {
            digits += 1;
            group = group.map(|g: u32| g + 1);
            clean.push(c);
        } else if (c == '-' || c == '+') && clean.is_empty() {
            clean.push(c);
        } else if c == format.decimal && !mark {
            if group.is_some_and(|g| g != 3) {
                return None;
            }
            group = None;
            mark = true;
            clean.push('.');
        } else if Some(c) == format.thousands && !mark && digits > 0 {
            if group.map_or(digits > 3, |g| g != 3) {
                return None;
            }
            group = Some(0);
        } else if matches!(c, 'e' | 'E') && digits > 0 {
            exponent = whole(characters.as_str())?;
            break;
        } else {
            return None;
        }
    }
    if digits == 0 || group.is_some_and(|g| g != 3) {
        return None;
    }
    match exponent.checked_add(shift)? {
        0 => {}
        power => write!(clean, "e{power}").ok()?,
    }
    // Adding nothing makes a negative zero an ordinary one.
    clean.parse::<f64>().ok().map(|v| v + 0.0).filter(|v| v.is_finite())
}

/// A number of a workbook times 10 to the power of `shift`, as if it had been written out.
pub(crate) fn shifted(value: f64, shift: i32) -> Option<f64> {
    if shift == 0 {
        return Some(value).filter(|v| v.is_finite());
    }
    number(&format!("{value:?}"), &NumberFormat::default(), shift)
}

/// A whole number with a sign.
pub(crate) fn whole(text: &str) -> Option<i32> {
    text.strip_prefix('+').unwrap_or(text).parse().ok()
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
        let points = foreign.join(" ");
        return format!("it has digits of another script ({points}); set `digits = \"any\"`");
    }
    if matches!(text.to_ascii_lowercase().trim_start_matches(['-', '+']), "inf" | "infinity") {
        return "infinity is never accepted".into();
    }
    let separators = [',', '.', '\'', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '’'];
    let is_grouped = text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || separators.contains(&c) || c == '-' || c == '+');
    if is_grouped {
        return "if a mark in it is a decimal mark or a thousands separator, set `decimal` or `thousands`".into();
    }
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    if behind.len() < text.len() && behind.starts_with([' ', '\u{a0}']) {
        return "if letters behind the value are flags, give their meaning under `[flags]`".into();
    }
    "declare it under `[missing]` if it stands for a missing value".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: NumberFormat = NumberFormat { decimal: '.', thousands: None, any_digits: false };

    #[test]
    fn a_percentage_becomes_the_nearest_share() {
        for i in 0..=1000 {
            let text = format!("{}.{}", i / 10, i % 10);
            let share: f64 = format!("0.{i:03}").parse().unwrap();
            let wanted = if i == 1000 { 1.0 } else { share };
            assert_eq!(number(&text, &PLAIN, -2), Some(wanted), "{text}");
            assert_eq!(shifted(text.parse().unwrap(), -2), Some(wanted), "{text}");
        }
        assert_eq!(number("4.080884457", &PLAIN, -2), Some(0.04080884457));
        assert_eq!(number("1e+05", &PLAIN, 0), Some(100_000.0));
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in [
            "",
            "-",
            ".",
            "NaN",
            "inf",
            "-Infinity",
            "1,234",
            "1 234",
            "1'234",
            "NA",
            "1e400",
            "1e",
            "0x10",
            "1.2.3",
            "5 e",
            "٥٣",
            "５３",
            "1-2",
            "--1",
        ] {
            assert_eq!(number(text, &PLAIN, 0), None, "{text}");
        }
        let comma = NumberFormat { decimal: ',', thousands: Some('.'), ..PLAIN };
        assert_eq!(number("1.234,5", &comma, 0), Some(1234.5));
        assert_eq!(number("1.23", &comma, 0), None);
        let any = NumberFormat { any_digits: true, ..PLAIN };
        assert_eq!(number("٥٣", &any, -2), Some(0.53));
    }
}
