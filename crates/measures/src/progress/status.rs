//! The words in which rules speak. Each rule has its own few, and none is another's.

/// A verdict of a rule on a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Distance, ratio rule: the target is met.
    TargetAchieved,
    /// Distance: the target year has passed without it.
    TargetMissed,
    /// Distance: the target year has passed, and the data do not tell whether it was met.
    TargetYearPassed,
    /// Parity ratios: the last ratio lies in the range of parity.
    Parity,
    /// Ratio rule, four bands, natural limit.
    OnTrack,
    /// As [`Status::OnTrack`].
    AccelerationNeeded,
    /// As [`Status::OnTrack`].
    Limited,
    /// As [`Status::OnTrack`].
    Deterioration,
    /// Expected-value rule, 3.
    TargetMetOrOnTrack,
    /// Expected-value rule, 2.
    FairProgress,
    /// Expected-value rule, 1.
    Stagnation,
    /// Five bands.
    SignificantProgress,
    /// Five bands.
    ModerateProgress,
    /// Five bands.
    NoProgress,
    /// Five bands.
    ModerateDeterioration,
    /// Five bands.
    SignificantDeterioration,
    /// Anticipated gap of at most 10 per cent.
    Maintain,
    /// Anticipated gap of at most 100 per cent.
    Accelerate,
    /// Anticipated gap above 100 per cent: the series moves away.
    Reverse,
    /// Gap closing: women are not behind.
    NoGap,
    /// Gap closing: within the years for which a projection may be made.
    Closes,
    /// Gap closing: it narrows, but closes later than a projection may be made for.
    ClosesLater,
    /// Gap closing: it does not narrow.
    DoesNotClose,
}

impl Status {
    /// In words, as tables print it.
    pub fn words(self) -> String {
        match self {
            Status::FairProgress => "fair progress, acceleration needed".to_string(),
            // Perhaps before a target year: a projection reaches no further than the data carry it.
            Status::ClosesLater => "closes later than is projected".to_string(),
            other => other.id().replace('_', " "),
        }
    }

    /// The stable code used in data files.
    pub fn id(self) -> &'static str {
        match self {
            Status::TargetAchieved => "target_achieved",
            Status::TargetMissed => "target_missed",
            Status::TargetYearPassed => "target_year_passed",
            Status::Parity => "parity",
            Status::OnTrack => "on_track",
            Status::AccelerationNeeded => "acceleration_needed",
            Status::Limited => "limited",
            Status::Deterioration => "deterioration",
            Status::TargetMetOrOnTrack => "target_met_or_on_track",
            Status::FairProgress => "fair_progress_acceleration_needed",
            Status::Stagnation => "stagnation_or_regression",
            Status::SignificantProgress => "significant_progress",
            Status::ModerateProgress => "moderate_progress",
            Status::NoProgress => "no_progress",
            Status::ModerateDeterioration => "moderate_deterioration",
            Status::SignificantDeterioration => "significant_deterioration",
            Status::Maintain => "maintain",
            Status::Accelerate => "accelerate",
            Status::Reverse => "reverse",
            Status::NoGap => "no_gap",
            Status::Closes => "closes",
            Status::ClosesLater => "closes_later",
            Status::DoesNotClose => "does_not_close",
        }
    }
}
