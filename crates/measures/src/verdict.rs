//! Verdicts: always with the name of the set of limits, always on the unrounded ratio.
//!
//! 0.975 is parity in one institution's set and not in another's, so a verdict without its set's name
//! is no statement. Limits are decimals and ratios are binary: a ratio within 1e-12 of a limit is on it.

use inclusion_estimate::Interval;
use inclusion_registry::ThresholdSet;

const ON_THE_LIMIT: f64 = 1e-12;

/// What a set of limits says of a ratio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Id of the set: `itu`.
    pub set: String,
    /// Name of the set for people.
    pub set_name: String,
    /// `parity`, `women behind` or `men behind`; for a set of groups the group's name.
    pub label: String,
    /// Whether the ratio lies in the set's range; `None` for a set that has none.
    pub inside: Option<bool>,
}

/// Judges a ratio of women to men, or an adjusted one as [`ThresholdSet::applied_to`] asks.
///
/// The ends of the range are inclusive. Groups are of |ratio − 1| and half-open: their upper end
/// belongs to the next group.
///
/// ```
/// use inclusion_measures::verdict;
/// let set: inclusion_registry::ThresholdSet = toml::from_str(
///     "id = 'itu'\nname = 'ITU'\nlower = 0.98\nupper = 1.02\napplied_to = 'parity'\nsource = 'ITU'",
/// ).unwrap();
/// assert_eq!(verdict(0.975, &set).label, "women behind");
/// assert_eq!(verdict(0.98, &set).inside, Some(true));
/// ```
pub fn verdict(ratio: f64, set: &ThresholdSet) -> Verdict {
    let below = set.lower.is_some_and(|lower| ratio < lower - ON_THE_LIMIT);
    let above = set.upper.is_some_and(|upper| ratio > upper + ON_THE_LIMIT);
    let ranged = set.lower.is_some() || set.upper.is_some();
    let deviation = (ratio - 1.0).abs();
    let group = set
        .groups
        .iter()
        .find(|(end, _)| end.is_none_or(|end| deviation < end - ON_THE_LIMIT))
        .map(|(_, name)| name.clone());
    let label = group.unwrap_or_else(|| {
        match (below, above) {
            (true, _) => "women behind",
            (_, true) => "men behind",
            _ => "parity",
        }
        .to_string()
    });
    Verdict {
        set: set.id.clone(),
        set_name: set.name.clone(),
        label,
        inside: ranged.then_some(!below && !above),
    }
}

/// What an interval supports saying about women and men.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The whole interval lies on the side where women are behind.
    WomenBehind,
    /// The whole interval lies on the side where men are behind.
    MenBehind,
    /// Equality lies in the interval.
    NotDistinguishable,
    /// There is no interval, so nothing can be said.
    Unknown,
}

/// What the interval of a gap supports: does it exclude 0, and on which side.
pub fn standing(gap: Option<&Interval>) -> Standing {
    match gap {
        None => Standing::Unknown,
        Some(interval) if interval.lower > 0.0 => Standing::WomenBehind,
        Some(interval) if interval.upper < 0.0 => Standing::MenBehind,
        Some(_) => Standing::NotDistinguishable,
    }
}
