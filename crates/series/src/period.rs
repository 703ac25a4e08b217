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

/// The year of a period, or what to do about a text that has none.
pub(crate) fn year(text: &str, rule: PeriodRule) -> Result<i32, String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if digits(text) {
        return match text.len() {
            1..=3 => Err("a year has four digits; write the century".into()),
            4..=6 => text.parse().map_err(|_| "a year has four digits".into()),
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
            for text in ["19", "19/20", "FY19", "", "2019Q1", "2019-06-01", "two", "2019-5"] {
                assert!(year(text, rule).is_err(), "{text}");
            }
        }
        assert!(year("2019-12", PeriodRule::LastYear).is_err());
    }
}
