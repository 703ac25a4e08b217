//! Exact numbers as text: floats whose sum it is.

use crate::exact::{Exact, pieces};
use crate::plain::power;

/// The floats whose exact sum a number is, the largest first; `None` if it has too many digits.
///
/// Each is the nearest to what is left, so equal numbers have equal texts.
pub(crate) fn text(number: &Exact) -> Option<String> {
    if number.overflowed() {
        return None;
    }
    let mut rest = number.clone();
    let mut text = String::new();
    loop {
        let next = rest.value(0);
        if next == 0.0 {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!("{next:e}"));
        rest.add(0, -next);
        if rest.overflowed() || text.len() > 2000 {
            return None;
        }
    }
    if text.is_empty() {
        text.push('0');
    }
    Some(text)
}

/// The number that a text stands for.
pub(crate) fn parse(text: &str) -> Option<Exact> {
    let mut number = Exact::new(1);
    for part in text.split_ascii_whitespace() {
        match part.split_once('p') {
            Some((whole, exponent)) => {
                let exponent: i32 = exponent.parse().ok()?;
                if !(-900..=900).contains(&exponent) {
                    return None;
                }
                for piece in pieces(whole.parse().ok()?) {
                    number.add(0, piece * power(exponent));
                }
            }
            None => {
                let value: f64 = part.parse().ok()?;
                if !value.is_finite() {
                    return None;
                }
                number.add(0, value);
            }
        }
    }
    (!number.overflowed()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(values: &[f64]) -> Exact {
        let mut number = Exact::new(1);
        values.iter().for_each(|value| number.add(0, *value));
        number
    }

    #[test]
    fn a_text_holds_every_digit() {
        for values in [
            &[][..],
            &[1.0, -1.0],
            &[0.1, 0.2, 0.3],
            &[1e20, 1.0, 1e-20, 1e-30],
            &[3.0f64.sqrt() * 1e9, -2.0f64.sqrt(), 5e-9],
            &[-1e300, 1e300, 7e-5],
        ] {
            let number = sum(values);
            let written = text(&number).expect("a text");
            let mut back = parse(&written).expect("a number");
            // Nothing is left of the difference, digit by digit.
            values.iter().for_each(|value| back.add(0, -value));
            assert_eq!(back.value(0), 0.0, "{values:?} {written}");
            assert_eq!(text(&parse(&written).unwrap()).unwrap(), written);
        }
        assert_eq!(
            text(&sum(&[0.1, 0.2])).unwrap(),
            "3.0000000000000004e-1 -2.7755575615628914e-17"
        );
        assert_eq!(text(&sum(&[])).unwrap(), "0");
    }

    #[test]
    fn whole_numbers_of_a_unit_are_read_without_rounding() {
        let number = parse("170141183460469231731687303715884105727p-64 -1p-64").unwrap();
        let other = parse("170141183460469231731687303715884105726p-64").unwrap();
        assert_eq!(text(&number), text(&other));
        assert_eq!(parse("3p-1").unwrap().value(0), 1.5);
        assert!(parse("three").is_none() && parse("inf").is_none() && parse("1p5000").is_none());
    }
}
