//! Progress of a series towards a target, by every rule in use, side by side.
//!
//! Institutions judge one series by different rules, and the rules disagree. So [`progress`] gives all of
//! them by name, each with a result or the reason why there is none; each rule is a function of its own too.
//!
//! The conventions to know. Values are in any one unit, that of the target and of the top of the scale
//! ([`Options::ceiling`]): shares or per cent, not both. Growth is a yearly compound rate and a share: 0.02
//! is two per cent a year. The base is the first point in or after the base year, and the result says which.
//! A limit of a band belongs to the better band, also where the value misses it by less than 1e-12.
//!
//! Nothing is forced: no trend runs through a change of definition, age range, reference period or source
//! ([`Point::comparability`]), no projection reaches more than [`Options::horizon`] years beyond the data,
//! and a change that the standard errors do not tell from none is marked so ([`Change`]).

mod bands;
mod change;
mod closing;
mod curves;
mod distance;
mod expected;
mod growth;
mod limit;
mod line;
mod logit;
mod parity_ratio;
mod ratio;
mod reason;
mod report;
mod series;
mod standing;
mod status;
mod time_distance;

pub use bands::{FiveBands, LONG_TERM, NoTarget, SHORT_TERM, Window, five_bands, no_target};
pub use change::{Changed, change};
pub use closing::{Closing, Closure, GapRates, gap_closing, gap_rates};
pub use curves::{Curve, CurveKind, growth_curve};
pub use distance::{Distance, distance};
pub use expected::{Expected, expected_value};
pub use growth::{RateOfChange, growth, rate_of_change};
pub use limit::{NaturalLimit, natural_limit};
pub use logit::{LogitTrend, logit_trend};
pub use parity_ratio::{ParityProgress, parity_ratio};
pub use ratio::{Ratio, mean_score, ratio_rule, ratio_score};
pub use reason::Reason;
pub use report::{Goal, Outcome, Progress, Rule, progress, progress_of_gap};
pub use standing::{
    Anticipated, Position, anticipated, anticipated_gap, current_status, position, recency_weighted,
};
pub use status::Status;
pub use time_distance::{TimeDistance, time_at, time_distance};

use inclusion_registry::Direction;

/// One value of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'a> {
    /// Calendar year; a fraction is the middle of a fieldwork period.
    pub year: f64,
    /// Value, in the unit of the target.
    pub value: f64,
    /// Its standard error, where known.
    pub se: Option<f64>,
    /// What makes two points comparable: definition, age range, reference period and source, as one text.
    /// Two points with different texts are not comparable, nor is one with a text with one without.
    pub comparability: Option<&'a str>,
}

/// What is to be reached, and by when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Value to be reached, in the unit of the points.
    pub value: f64,
    /// Year by which.
    pub year: f64,
    /// Year from which progress counts.
    pub base_year: f64,
    /// Whether higher or lower is better.
    pub direction: Direction,
}

impl Target {
    /// A value by 2030 with the base year 2015, higher being better.
    pub fn by_2030(value: f64) -> Target {
        Target { value, year: 2030.0, base_year: 2015.0, direction: Direction::Higher }
    }

    /// A target of the registry, whose values are in the unit that is printed (per cent for shares).
    pub fn of(target: &inclusion_registry::Target, base_year: f64, direction: Direction) -> Target {
        Target { value: target.value, year: f64::from(target.year), base_year, direction }
    }

    /// Whether a value reaches it.
    pub fn met_by(&self, value: f64) -> bool {
        sign(self.direction) * (value - self.value) >= 0.0
    }

    fn check(&self) -> Result<(), Reason> {
        if ![self.value, self.year, self.base_year].iter().all(|v| v.is_finite()) {
            return Err(Reason::TargetNotANumber);
        }
        if self.year <= self.base_year {
            let (target_year, base_year) = (self.year, self.base_year);
            return Err(Reason::TargetYearBeforeBase { target_year, base_year });
        }
        Ok(())
    }
}

/// How the rules are applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Confidence level of changes, slopes and prediction intervals.
    pub level: f64,
    /// Correlation of two rounds' sampling errors: 0 for independent samples.
    pub correlation: f64,
    /// Years beyond the last point for which a projection may be made.
    pub horizon: f64,
    /// What is done at a change of comparability.
    pub breaks: Breaks,
    /// What a value of 0 is replaced by where growth is taken. Without it growth from or to 0 is refused, but
    /// at the origin of the ratio rule and of the natural limit, which take 0.001.
    pub replace_zero: Option<f64>,
    /// Top of the scale: 100 for per cent, 1 for shares. Trends that bend towards it need one.
    pub ceiling: Option<f64>,
    /// A value this near to a target of 0 or of the ceiling counts as meeting it (expected-value rule only).
    pub met_within: f64,
    /// The year of the report, by which a target year has passed or not; that of the last point if left out.
    pub as_of: Option<f64>,
}

impl Default for Options {
    /// 95 per cent, independent rounds, ten years, no trend through a break; nothing replaced.
    fn default() -> Options {
        Options {
            level: 0.95,
            correlation: 0.0,
            horizon: 10.0,
            breaks: Breaks::Refuse,
            replace_zero: None,
            ceiling: None,
            met_within: 0.0,
            as_of: None,
        }
    }
}

/// What is done where two points are not comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// The rule has no result ([`Reason::NotComparable`]).
    Refuse,
    /// The rule has its result, marked as broken ([`Basis::broken`]).
    Mark,
}

/// What a result rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Number of points used.
    pub points: usize,
    /// Year of the first of them.
    pub first_year: f64,
    /// Year of the last of them.
    pub last_year: f64,
    /// The points are not all comparable.
    pub broken: bool,
    /// A value of 0 was replaced by this one.
    pub zero_replaced: Option<f64>,
    /// Whether the movement can be told from none.
    pub change: Change,
    /// What tells it, where that is known.
    pub interval: Option<MovementInterval>,
}

/// The interval that tells whether there is a movement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MovementInterval {
    /// What it is of.
    pub of: Movement,
    /// The movement.
    pub value: f64,
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

/// What an interval of a movement is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Movement {
    /// The difference of two points, in their unit.
    Difference,
    /// The slope of a straight line of the values, in their unit a year.
    Slope,
    /// The slope of the logarithms, a year.
    LogSlope,
    /// The slope of the logits, a year.
    LogitSlope,
    /// The rate k of a bent curve.
    CurveRate,
}

impl Movement {
    /// The stable name used in data files: that of the figure where a rule shows it as one.
    pub fn id(self) -> &'static str {
        match self {
            Movement::Difference => "change",
            Movement::Slope => "slope",
            Movement::LogSlope => "slope of the logarithm",
            Movement::LogitSlope => "slope of the logit",
            Movement::CurveRate => "k",
        }
    }
}

impl Basis {
    /// Judges the movement by an interval.
    fn judge(&mut self, of: Movement, value: f64, interval: Option<inclusion_estimate::Interval>) {
        self.change = Change::of(interval);
        self.interval =
            interval.map(|own| MovementInterval { of, value, lower: own.lower, upper: own.upper });
    }
}

/// Whether a movement can be told from none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// 0 lies outside the interval of the change or of the slope.
    Distinguishable,
    /// 0 lies in it.
    NotDistinguishable,
    /// A standard error is not known, or too few points are there to tell.
    Unknown,
}

impl Change {
    /// The stable code used in data files.
    pub fn id(self) -> &'static str {
        match self {
            Change::Distinguishable => "distinguishable",
            Change::NotDistinguishable => "not_distinguishable",
            Change::Unknown => "unknown",
        }
    }

    /// What is printed beside a verdict.
    pub fn words(self) -> &'static str {
        match self {
            Change::Distinguishable => "distinguishable from no change",
            Change::NotDistinguishable => "not distinguishable from no change",
            Change::Unknown => "uncertainty unknown",
        }
    }

    fn of(interval: Option<inclusion_estimate::Interval>) -> Change {
        match interval {
            None => Change::Unknown,
            Some(interval) if interval.contains(0.0) => Change::NotDistinguishable,
            Some(_) => Change::Distinguishable,
        }
    }
}

/// A value of a year without data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// How it was made.
    pub method: &'static str,
    /// Year it is of.
    pub year: f64,
    /// Value, in the unit of the points.
    pub value: f64,
    /// Prediction interval, where the method has one.
    pub interval: Option<(f64, f64)>,
    /// Number of points it was made from.
    pub points: usize,
    /// Year of the first of them.
    pub first_year: f64,
    /// Year of the last of them.
    pub last_year: f64,
}

impl Projection {
    /// The observation status that it carries in every data file: forecast.
    pub const OBS_STATUS: &'static str = "F";

    fn new(method: &'static str, year: f64, value: f64, basis: &Basis) -> Projection {
        let Basis { points, first_year, last_year, .. } = *basis;
        Projection { method, year, value, interval: None, points, first_year, last_year }
    }
}

/// 1 where higher is better, else −1.
fn sign(direction: Direction) -> f64 {
    match direction {
        Direction::Higher => 1.0,
        Direction::Lower => -1.0,
    }
}

/// Limits are decimals and growth is binary: a value within 1e-12 of a limit is on it.
fn at_least(value: f64, limit: f64) -> bool {
    value >= limit - 1e-12
}
