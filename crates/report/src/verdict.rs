//! A threshold set in words. The verdict itself is [`inclusion_measures::verdict`].

use inclusion_registry::ThresholdSet;

/// Name and limits of a set, for notes.
pub(crate) fn describe(set: &ThresholdSet) -> String {
    let limits = match (set.lower, set.upper) {
        (Some(lower), Some(upper)) => format!(" ({lower} to {upper}, both included)"),
        (Some(lower), None) => format!(" (from {lower})"),
        (None, Some(upper)) => format!(" (up to {upper})"),
        (None, None) if !set.groups.is_empty() => {
            " (groups by the distance of the ratio from one)".into()
        }
        (None, None) => String::new(),
    };
    let of = set.applied_to.replace('_', " ");
    format!("Verdict by the set “{}”{limits}, applied to {of} before rounding", set.name)
}
