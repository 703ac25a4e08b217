//! Texts as periods.
//!
//! A year has four digits. What else a source writes (`2019/20`, `FY2019`) is a period only where
//! the recipe says which of its years counts; a year of two digits never is.

use serde::Deserialize;

/// Which year a period of several years, or a financial year, counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodRule {
    /// Only years of four digits are periods.
    #[default]
    Year,
    /// `2019/20`, `2019-2020`, `2019-21` and `FY2019` count for 2019.
    FirstYear,
    /// `2019/20` and `2019-2020` count for 2020, `2019-21` for 2021, `FY2019` for 2019.
    LastYear,
}

/// Years that a figure can be of. No statistics of people and the digital world are older, and a later
/// one is a slip of the pen or a number that is no year; targets reach to 2030.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// The year of a period, or what to do about a text that has none.
pub(crate) fn year(text: &str, rule: PeriodRule) -> Result<i32, String> {
    let year = written(text, rule)?;
    if YEARS.contains(&year) {
        return Ok(year);
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    Err(format!("years are {first} to {last}: correct it, or leave the row out with `[[skip]]`"))
}

/// The number of a day in a sheet, where a year should be.
pub(crate) fn serial(text: &str) -> Option<i32> {
    let digits = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// The year as it is written.
fn written(text: &str, rule: PeriodRule) -> Result<i32, String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if digits(text) {
        return match text.len() {
            1..=3 => Err("a year has four digits; write the century".into()),
            4 => text.parse().map_err(|_| "a year has four digits".into()),
            _ => Err("a year has four digits".into()),
        };
    }
    let wanted = || {
        "set `rule = \"first_year\"` or `\"last_year\"` under `[time]` if it is a period of several years".to_string()
    };
    let bare = text.strip_prefix("FY").map_or(text, str::trim_start);
    if bare.len() != text.len() && digits(bare) {
        return match (bare.len(), rule) {
            (4, PeriodRule::Year) => Err(wanted()),
            (4, _) => bare.parse().map_err(|_| wanted()),
            _ => Err("a year has four digits; write the century".into()),
        };
    }
    let Some((first, last)) = bare.split_once(['/', '-', '–']) else {
        return Err("write the year with four digits".into());
    };
    let (first, last) = (first.trim(), last.trim());
    if !digits(first) || !digits(last) || !matches!(last.len(), 2 | 4) {
        return Err("write the year with four digits".into());
    }
    if first.len() != 4 {
        return Err("a year has four digits; write the century".into());
    }
    let from: i32 = first.parse().map_err(|_| wanted())?;
    let end: i32 = last.parse().map_err(|_| wanted())?;
    let to = match last.len() {
        4 => end,
        // The century of the first year, or the next one: 1999/00.
        _ if end >= from % 100 => from - from % 100 + end,
        _ => from - from % 100 + 100 + end,
    };
    match rule {
        PeriodRule::Year => Err(wanted()),
        _ if !(0..=10).contains(&(to - from)) => {
            Err(format!("a period from {from} to {to} is not one of a few years"))
        }
        PeriodRule::FirstYear => Ok(from),
        PeriodRule::LastYear => Ok(to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_several_years_need_a_rule_and_two_digits_never_do() {
        for text in ["2019/20", "2019-2020", "FY2019", "2019-21", "FY 2019"] {
            assert!(year(text, PeriodRule::Year).unwrap_err().contains("set `rule"), "{text}");
            assert_eq!(year(text, PeriodRule::FirstYear), Ok(2019), "{text}");
        }
        assert_eq!(year("2019/20", PeriodRule::LastYear), Ok(2020));
        assert_eq!(year("1999/00", PeriodRule::LastYear), Ok(2000));
        assert_eq!(year("2019-21", PeriodRule::LastYear), Ok(2021));
        assert_eq!(year("FY2019", PeriodRule::LastYear), Ok(2019));
        for rule in [PeriodRule::Year, PeriodRule::FirstYear, PeriodRule::LastYear] {
            assert_eq!(year("2019", rule), Ok(2019));
            for text in ["0019", "20199", "1899", "2101", "0019/20", "FY0019"] {
                assert!(year(text, rule).is_err(), "{text}");
            }
            assert!(year("0019", rule).unwrap_err().starts_with("years are 1900 to 2100"));
            assert_eq!([year("1900", rule), year("2100", rule)], [Ok(1900), Ok(2100)]);
            for text in ["19", "19/20", "FY19", "", "2019Q1", "2019-06-01", "two", "2019-5"] {
                assert!(year(text, rule).is_err(), "{text}");
            }
        }
        assert!(year("2019-12", PeriodRule::LastYear).is_err());
    }
}
