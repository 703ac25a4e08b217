//! What a figure is about.

use crate::{Pairs, Text};

/// Concept → code, in the order of the concepts.
pub type Codes = Pairs<Text>;

/// The full key of a figure: all dimensions, none dropped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesKey {
    /// The survey or source it comes from.
    pub source: Text,
    /// Area: ISO 3166 alpha-3 or a group's code.
    pub ref_area: Text,
    /// Period: `2015`, `2015-2016`.
    pub time_period: Text,
    /// Indicator id.
    pub indicator: Text,
    /// Concept → code, for every concept of the breakdown, sex included. A concept that is not
    /// here is not split.
    pub breakdown: Codes,
    /// What the figure says of them.
    pub measure: Measure,
}

impl SeriesKey {
    /// The sex of the figure: `F`, `M`, or `None` for both.
    pub fn sex(&self) -> Option<&str> {
        self.breakdown.get("sex").map(Text::as_str)
    }
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The indicator itself.
    Level,
    /// Men minus women, in the indicator's unit; positive means women are behind (for indicators
    /// where lower is better it is taken of the complement).
    Gap,
    /// (M − F) / M.
    RelativeGap,
    /// F / M.
    Parity,
    /// F / M if at most 1, else 2 − M / F.
    AdjustedParity,
    /// M·N_m − F·N_f persons.
    UserDifference,
    /// (M − F)·N_f persons: women to connect for parity.
    WomenToParity,
    /// (1 − F) N_f / ((1 − M) N_m) − 1: how many more women than men are without, relative to men.
    ExcessOffline,
    /// Persons with the property.
    Headcount,
    /// Share of the rows in scope without a usable answer.
    Nonresponse,
    /// A level of a later round minus that of an earlier one.
    Change,
    /// The gap of a later round minus that of an earlier one.
    GapChange,
    /// A level minus another one.
    Difference,
    /// A level over another one.
    LevelRatio,
    /// A level minus another one, over the other one.
    RelativeDifference,
    /// Logarithm of a level over another one.
    LogRatio,
    /// A gap minus another one.
    GapDifference,
    /// Parity over another parity.
    ParityRatio,
}

impl Measure {
    /// The code used in data files.
    pub fn id(self) -> &'static str {
        match self {
            Measure::Level => "LEVEL",
            Measure::Gap => "GAP",
            Measure::RelativeGap => "RELATIVE_GAP",
            Measure::Parity => "PARITY",
            Measure::AdjustedParity => "ADJUSTED_PARITY",
            Measure::UserDifference => "USER_DIFFERENCE",
            Measure::WomenToParity => "WOMEN_TO_PARITY",
            Measure::ExcessOffline => "EXCESS_OFFLINE",
            Measure::Headcount => "HEADCOUNT",
            Measure::Nonresponse => "NONRESPONSE",
            Measure::Change => "CHANGE",
            Measure::GapChange => "GAP_CHANGE",
            Measure::Difference => "DIFFERENCE",
            Measure::LevelRatio => "LEVEL_RATIO",
            Measure::RelativeDifference => "RELATIVE_DIFFERENCE",
            Measure::LogRatio => "LOG_RATIO",
            Measure::GapDifference => "GAP_DIFFERENCE",
            Measure::ParityRatio => "PARITY_RATIO",
        }
    }

    /// It compares two figures of other keys: two rounds, two groups, two surveys.
    pub fn is_contrast(self) -> bool {
        matches!(
            self,
            Measure::Change
                | Measure::GapChange
                | Measure::Difference
                | Measure::LevelRatio
                | Measure::RelativeDifference
                | Measure::LogRatio
                | Measure::GapDifference
                | Measure::ParityRatio
        )
    }
}

/// The unit a value is stored in. Printing as per cent or points is the report's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share from 0 to 1, or a difference of shares.
    Share,
    /// A ratio without unit.
    Ratio,
    /// A number of persons or households.
    Count,
    /// The indicator's own unit (hours, currency).
    Own,
}
