//! Values as keys, and texts in quotes.

/// A value as it is compared: whole numbers alike however they are written (`1`, `1.0`, `01`).
pub(super) fn canonical(text: &str) -> String {
    let text = text.trim();
    plain_number(text).map_or_else(|| text.to_string(), |value| value.to_string())
}

/// The number that a key is compared as: a plain decimal one, since codes have no exponent. Longer
/// numbers are ids, which a float would cut.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_plain = text.len() <= 15 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    // No `-0`.
    text.parse::<f64>().ok().filter(|_| is_plain).map(|value| value + 0.0)
}

/// A text in double quotes with the escapes of R and Python.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Texts in quotes, with commas.
pub(super) fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    texts.into_iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_alike_and_long_ids_keep_their_digits() {
        for text in ["1", "01", "1.0", "+1", " 1 "] {
            assert_eq!(canonical(text), "1", "{text}");
        }
        assert_eq!(canonical("-0"), "0");
        assert_eq!(canonical("2.50"), "2.5");
        assert_eq!(canonical("100000"), "100000");
        assert_eq!(canonical("00123456789012345678"), "00123456789012345678");
        assert_eq!(canonical("3m"), "3m");
        assert_eq!(canonical(".a"), ".a");
    }

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"b\\c\n"), r#""a\"b\\c\n""#);
    }
}
