//! Figures in the numerals of a language.
//!
//! Figures come as the report prints them in English: minus U+2212 or hyphen, thousands set apart by
//! a narrow or thin space or a comma, point before decimals. Decimals and grouping stay as they are,
//! so that a year is no quantity of thousands.

use crate::{Language, messages};
use fixed_decimal::Decimal;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;

/// A number as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numeral {
    /// Digits with a point, without sign.
    digits: String,
    negative: bool,
    grouped: bool,
}

impl Numeral {
    /// Reads a text that is a number and nothing else.
    pub fn parse(text: &str) -> Option<Numeral> {
        let (numeral, end) = Numeral::lead(text)?;
        (end == text.len()).then_some(numeral)
    }

    /// Reads the number that a text begins with, and where it ends.
    fn lead(text: &str) -> Option<(Numeral, usize)> {
        let negative = text.starts_with(['\u{2212}', '-']);
        let start = if negative { text.chars().next()?.len_utf8() } else { 0 };
        let mut digits = String::new();
        let mut grouped = false;
        let mut at = start;
        let rest = |at: usize| text[at..].chars();
        while let Some(letter) = rest(at).next() {
            let end = at + letter.len_utf8();
            let three = || {
                let next: Vec<char> = rest(end).take(4).collect();
                next.len() >= 3
                    && next[..3].iter().all(char::is_ascii_digit)
                    && !next.get(3).is_some_and(char::is_ascii_digit)
            };
            match letter {
                '0'..='9' => digits.push(letter),
                '\u{202f}' | '\u{2009}' | ',' if !digits.is_empty() && three() => grouped = true,
                _ => break,
            }
            at = end;
        }
        if digits.is_empty() {
            return None;
        }
        if text[at..].starts_with('.') && rest(at + 1).next().is_some_and(|c| c.is_ascii_digit()) {
            digits.push('.');
            at += 1;
            let decimals = rest(at).take_while(char::is_ascii_digit).count();
            digits.push_str(&text[at..at + decimals]);
            at += decimals;
        }
        Some((Numeral { digits, negative, grouped }, at))
    }

    /// For the choice of a plural form.
    pub fn fluent(&self) -> FluentNumber {
        let value: f64 = self.digits.parse().unwrap_or(0.0);
        let decimals = self.digits.split_once('.').map(|(_, decimals)| decimals.len());
        let options = FluentNumberOptions {
            use_grouping: self.grouped,
            minimum_fraction_digits: decimals,
            ..FluentNumberOptions::default()
        };
        FluentNumber::new(if self.negative { -value } else { value }, options)
    }

    /// Back from what Fluent holds.
    pub fn of(number: &FluentNumber) -> Numeral {
        let decimals = number.options.minimum_fraction_digits.unwrap_or(0);
        Numeral {
            digits: format!("{:.decimals$}", number.value.abs()),
            negative: number.value < 0.0,
            grouped: number.options.use_grouping,
        }
    }
}

thread_local! {
    /// Without and with grouping, by language; their data are not shared between threads.
    static FORMATTERS: [[DecimalFormatter; 2]; 6] = Language::ALL.map(|language| {
        [GroupingStrategy::Never, GroupingStrategy::Auto].map(|grouping| {
            let locale: Locale = language.code().parse().expect("invariant: the codes are of BCP 47");
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(DecimalFormatterPreferences::from(&locale), options)
                .expect("invariant: the data of the six languages are built in")
        })
    });
}

/// A number in a language. English keeps the narrow space between thousands, as the report prints it.
pub(crate) fn spell(language: Language, numeral: &Numeral) -> String {
    let Ok(decimal) = numeral.digits.parse::<Decimal>() else { return numeral.digits.clone() };
    let mut text = FORMATTERS.with(|formatters| {
        formatters[language as usize][usize::from(numeral.grouped)].format(&decimal).to_string()
    });
    if language == Language::En {
        text = text.replace(',', "\u{202f}");
    }
    match (numeral.negative, language) {
        // The mark of the CLDR for digits of the Latin script: it keeps the sign before them between
        // letters written from right to left.
        (true, Language::Ar) => format!("\u{200e}-{text}"),
        (true, _) => format!("\u{2212}{text}"),
        (false, _) => text,
    }
}

/// A text of numbers and signs in the numerals of a language: `46.7%`, `(8.1–16.7)`, `−1.2 to 3.4`. What
/// stands between several is that of the language as well. `None` if there is a word in it.
///
/// ```
/// use inclusion_language::{Language, figure};
/// assert_eq!(figure(Language::Fr, "12.4").as_deref(), Some("12,4"));
/// assert_eq!(figure(Language::Zh, "12.4").as_deref(), Some("12.4"));
/// assert_eq!(figure(Language::Ru, "10.0 (−5.6 to 25.6)").as_deref(), Some("10,0 (от −5,6 до 25,6)"));
/// assert_eq!(figure(Language::Fr, "no figure"), None);
/// ```
pub fn figure(language: Language, text: &str) -> Option<String> {
    let words = text.replace(" to ", "–");
    if language == Language::En {
        return (!words.chars().any(char::is_alphabetic)).then(|| text.to_string());
    }
    if let Some((lower, upper)) = split_outside(text, " to ") {
        let (lower, upper) = (figure(language, lower)?, figure(language, upper)?);
        return Some(messages::say(
            language,
            "between",
            &[("figure1", &lower), ("figure2", &upper)],
        ));
    }
    for (joint, id) in [("; ", "joined-semicolon"), (": ", "joined-colon"), (", ", "joined-comma")]
    {
        if let Some((first, others)) = split_outside(text, joint) {
            let (first, others) = (figure(language, first)?, figure(language, others)?);
            return Some(messages::say(language, id, &[("first", &first), ("rest", &others)]));
        }
    }
    let mut out = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        // An interval behind its figure is said by itself: `10.0 (−5.6 to 25.6)`.
        if let Some((inside, after)) = in_brackets(rest) {
            out.push_str(&format!("({})", figure(language, inside)?));
            (rest, before) = (after, ')');
            continue;
        }
        let sign = matches!(letter, '\u{2212}' | '-') && !before.is_ascii_digit();
        if (letter.is_ascii_digit() || sign)
            && let Some((numeral, end)) = Numeral::lead(rest)
        {
            let number = spell(language, &numeral);
            rest = &rest[end..];
            match rest.strip_prefix('%') {
                Some(after) => {
                    out.push_str(&messages::say(language, "percent", &[("figure", &number)]));
                    rest = after;
                }
                None => out.push_str(&number),
            }
            before = '0';
        } else if letter.is_alphabetic() {
            return None;
        } else {
            out.push(letter);
            before = letter;
            rest = &rest[letter.len_utf8()..];
        }
    }
    Some(out)
}

/// What stands before and behind a joint that is not in brackets.
fn split_outside<'t>(text: &'t str, joint: &str) -> Option<(&'t str, &'t str)> {
    let outside = |at: &usize| {
        let count = |bracket: char| text[..*at].matches(bracket).count();
        count('(') == count(')')
    };
    let at = text.match_indices(joint).map(|(at, _)| at).find(outside)?;
    Some((&text[..at], &text[at + joint.len()..]))
}

/// What the brackets hold that a text begins with, and what follows them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('(')?;
    let mut open = 1;
    for (at, letter) in inner.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some((&inner[..at], &inner[at + 1..]));
        }
    }
    None
}
