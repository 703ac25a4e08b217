//! The measures between women and men as expressions of their two values, which all programs read alike.

use crate::plan::Population;
use inclusion_estimate::Measure;
use inclusion_registry::Direction;

/// A measure as an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Formula {
    /// Its name in the results.
    pub name: &'static str,
    /// In `F` and `M`, with the operators `+ - * /` and brackets.
    pub expression: String,
    /// How its interval is made.
    pub scale: Scale,
    /// It divides by the value of men, or of what is left of them.
    pub divisor: Option<String>,
}

/// How the interval of a measure is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Value ± t · se.
    Plain,
    /// Value · exp(± t · se / value).
    Log,
    /// That of value + 1, less 1.
    LogLessOne,
    /// That of F / M, adjusted at both ends: r if r ≤ 1, else 2 − 1/r.
    Adjusted,
}

impl Scale {
    /// Its name in the scripts.
    pub fn name(self) -> &'static str {
        match self {
            Scale::Plain => "plain",
            Scale::Log => "log",
            Scale::LogLessOne => "log_less_one",
            Scale::Adjusted => "adjusted",
        }
    }
}

/// The formula of a measure; `None` where it has no meaning for the indicator or lacks a population.
pub(super) fn formula(
    measure: Measure,
    direction: Direction,
    share: bool,
    population: Option<&Population>,
) -> Option<Formula> {
    let reversed = direction == Direction::Lower && !share;
    // Where lower is better every measure is of the complement.
    let (f, m) = match direction == Direction::Lower && share {
        true => ("(1 - F)", "(1 - M)"),
        false => ("F", "M"),
    };
    let persons = || population.filter(|_| share).map(|p| (number(p.women), number(p.men)));
    let make = |name, expression: String, scale, divisor: Option<&str>| {
        Some(Formula { name, expression, scale, divisor: divisor.map(str::to_string) })
    };
    match measure {
        Measure::Gap if reversed => make("gap", "F - M".into(), Scale::Plain, None),
        Measure::Gap => make("gap", format!("{m} - {f}"), Scale::Plain, None),
        Measure::RelativeGap | Measure::Parity | Measure::AdjustedParity if reversed => None,
        Measure::RelativeGap => {
            make("relative_gap", format!("({m} - {f}) / {m}"), Scale::Plain, Some(m))
        }
        Measure::Parity => make("parity", format!("{f} / {m}"), Scale::Log, Some(m)),
        Measure::AdjustedParity => {
            make("adjusted_parity", format!("{f} / {m}"), Scale::Adjusted, Some(m))
        }
        Measure::UserDifference => {
            let (women, men) = persons()?;
            make("user_difference", format!("{men} * {m} - {women} * {f}"), Scale::Plain, None)
        }
        Measure::WomenToParity => {
            let (women, _) = persons()?;
            make("women_to_parity", format!("({m} - {f}) * {women}"), Scale::Plain, None)
        }
        Measure::ExcessOffline => {
            let (women, men) = persons()?;
            let divisor = format!("(1 - {m})");
            let expression = format!("(1 - {f}) * {women} / ({divisor} * {men}) - 1");
            make("excess_offline", expression, Scale::LogLessOne, Some(&divisor))
        }
        Measure::Level | Measure::Headcount | Measure::Nonresponse => None,
        // Made of several surveys or groups; the scripts are of one survey and its groups.
        Measure::Change
        | Measure::GapChange
        | Measure::Difference
        | Measure::LevelRatio
        | Measure::RelativeDifference
        | Measure::LogRatio
        | Measure::GapDifference
        | Measure::ParityRatio => None,
    }
}

/// A number as every program reads it.
pub(super) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_lower_is_better_a_share_is_taken_from_one_and_a_number_turned() {
        let of =
            |direction, share| formula(Measure::Gap, direction, share, None).unwrap().expression;
        assert_eq!(of(Direction::Higher, true), "M - F");
        assert_eq!(of(Direction::Lower, true), "(1 - M) - (1 - F)");
        assert_eq!(of(Direction::Lower, false), "F - M");
        assert_eq!(formula(Measure::Parity, Direction::Lower, false, None), None);
        assert_eq!(formula(Measure::UserDifference, Direction::Higher, true, None), None);
    }
}
