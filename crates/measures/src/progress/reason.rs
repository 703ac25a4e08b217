//! Why a rule has no result.

/// Why a rule has no result; the code goes into data files, the text into notes.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Reason {
    /// The series is empty.
    #[error("there is no value")]
    NoPoints,
    /// A year, value or standard error is not a finite number, or a standard error is below 0.
    #[error("year, value or standard error of point {position} is not a number that can be used")]
    NotANumber {
        /// Place in the series as it was given, from 1.
        position: usize,
    },
    /// A value or change that a gap is projected from is not a finite number.
    #[error("a value of women or men, or its change in a year, is not a finite number")]
    GapNotANumber,
    /// Two values of one year.
    #[error("there are two values of {year}; keep one")]
    DuplicateYear {
        /// The year.
        year: f64,
    },
    /// No value after the base year.
    #[error("data end in {last_year} and progress counts from {base_year}")]
    DataEndTooEarly {
        /// Year of the last point.
        last_year: f64,
        /// Year from which progress counts.
        base_year: f64,
    },
    /// Fewer points than the rule needs.
    #[error("{found} points where {needed} are needed")]
    TooFewPoints {
        /// Points that the rule needs.
        needed: usize,
        /// Points that there are.
        found: usize,
    },
    /// The points span too few years.
    #[error("the points span {years} years where {needed} are needed")]
    PeriodTooShort {
        /// Years from first to last.
        years: f64,
        /// Years that the rule needs.
        needed: f64,
    },
    /// The last point lies alone in the years that a rule looks at.
    #[error("only one point lies in the last {years} years")]
    WindowTooSparse {
        /// Years that the rule looks at.
        years: f64,
    },
    /// Definition, age range, reference period or source change between two points.
    #[error("the values of {from_year} ({from}) and {to_year} ({to}) are not comparable")]
    NotComparable {
        /// Year of the one.
        from_year: f64,
        /// What it is comparable with.
        from: String,
        /// Year of the other.
        to_year: f64,
        /// What that is comparable with.
        to: String,
    },
    /// Growth from or to 0.
    #[error("a value is 0, and growth from or to 0 has no rate")]
    ZeroValue,
    /// Growth between values of different signs.
    #[error("two values have different signs, and there is no rate of growth between them")]
    SignChange,
    /// A value that is not above 0 where its logarithm or inverse is taken.
    #[error("the value of {year} is not above 0")]
    NotPositive {
        /// Its year.
        year: f64,
    },
    /// A value on or beyond an end of the scale.
    #[error("the value {value} of {year} is not between 0 and {ceiling}, so it has no logit")]
    OutsideScale {
        /// Its year.
        year: f64,
        /// The value.
        value: f64,
        /// Top of the scale.
        ceiling: f64,
    },
    /// The rule needs a target and there is none.
    #[error("no target is set")]
    NoTarget,
    /// The rule needs the top of the scale and it is not told.
    #[error("the top of the scale is not told")]
    NoCeiling,
    /// Value or year of the target is not a number.
    #[error("value or year of the target is not a finite number")]
    TargetNotANumber,
    /// The target year is not after the base year.
    #[error("the target year {target_year} is not after the base year {base_year}")]
    TargetYearBeforeBase {
        /// The target's year.
        target_year: f64,
        /// Year from which progress counts.
        base_year: f64,
    },
    /// The target year is not after the last point.
    #[error("the target year {target_year} has passed; the last value is of {last_year}")]
    TargetYearPassed {
        /// The target's year.
        target_year: f64,
        /// Year of the last point.
        last_year: f64,
    },
    /// The base is on the target, so no change was required.
    #[error("the value of the base year equals the target, so no change was required")]
    NothingRequired,
    /// The target is met already.
    #[error("the target is met already")]
    TargetMet,
    /// The target is an end of the scale, to which a bent curve never comes.
    #[error("the target is an end of the scale, which a bent curve nears and never reaches")]
    TargetAtAnEnd,
    /// The trend does not come to the target.
    #[error("the trend does not reach the target")]
    DoesNotReach,
    /// Too far beyond the data.
    #[error("{year} is more than {horizon} years beyond the last value, of {last_year}")]
    BeyondHorizon {
        /// Year of the projection, rounded down to a whole one.
        year: f64,
        /// Year of the last point.
        last_year: f64,
        /// Years beyond the data for which a projection may be made.
        horizon: f64,
    },
    /// A straight line is below 0 or above the top of the scale by then.
    #[error("straight lines of women and men leave the scale before {year}")]
    LineLeavesScale {
        /// Year of the projection, rounded down to a whole one.
        year: f64,
    },
    /// The gap is closed before the year of the projection.
    #[error("the gap closes in {year}, and is not projected beyond")]
    ClosesBefore {
        /// Year of closing, rounded down to a whole one.
        year: f64,
    },
    /// Women are not behind.
    #[error("women are not behind, so no gap is projected")]
    NoGap,
    /// The series starts beyond the level.
    #[error("the level {level} was passed before the first value")]
    LevelBeforeData {
        /// The level.
        level: f64,
    },
    /// The series does not come to the level.
    #[error("the level {level} is not reached in the data")]
    LevelNotReached {
        /// The level.
        level: f64,
    },
    /// Women and men have fewer than two years in common.
    #[error("women and men have values of {found} common years where 2 are needed")]
    NoCommonYears {
        /// Common years.
        found: usize,
    },
    /// The curve could not be fitted.
    #[error("the curve could not be fitted")]
    NoConvergence,
    /// A result is too large for a number.
    #[error("the result is not a finite number")]
    NotFinite,
}

impl Reason {
    /// The stable code used in data files and notes.
    pub fn id(&self) -> &'static str {
        match self {
            Reason::NoPoints => "no_points",
            Reason::NotANumber { .. } | Reason::GapNotANumber => "not_a_number",
            Reason::DuplicateYear { .. } => "duplicate_year",
            Reason::DataEndTooEarly { .. } => "data_end_too_early",
            Reason::TooFewPoints { .. } => "too_few_points",
            Reason::PeriodTooShort { .. } => "period_too_short",
            Reason::WindowTooSparse { .. } => "window_too_sparse",
            Reason::NotComparable { .. } => "not_comparable",
            Reason::ZeroValue => "zero_value",
            Reason::SignChange => "sign_change",
            Reason::NotPositive { .. } => "not_positive",
            Reason::OutsideScale { .. } => "outside_scale",
            Reason::NoTarget => "no_target",
            Reason::NoCeiling => "no_ceiling",
            Reason::TargetNotANumber => "target_not_a_number",
            Reason::TargetYearBeforeBase { .. } => "target_year_before_base",
            Reason::TargetYearPassed { .. } => "target_year_passed",
            Reason::NothingRequired => "nothing_required",
            Reason::TargetMet => "target_met",
            Reason::TargetAtAnEnd => "target_at_an_end",
            Reason::DoesNotReach => "does_not_reach",
            Reason::BeyondHorizon { .. } => "beyond_horizon",
            Reason::LineLeavesScale { .. } => "line_leaves_scale",
            Reason::ClosesBefore { .. } => "closes_before",
            Reason::NoGap => "no_gap",
            Reason::LevelBeforeData { .. } => "level_before_data",
            Reason::LevelNotReached { .. } => "level_not_reached",
            Reason::NoCommonYears { .. } => "no_common_years",
            Reason::NoConvergence => "no_convergence",
            Reason::NotFinite => "not_finite",
        }
    }
}
