//! Threshold sets, policies and styles.

use super::Checked;
use crate::{Error, Policy, Style, ThresholdSet};

pub(super) fn thresholds(set: &ThresholdSet, checked: Checked<'_>) -> Result<(), Error> {
    if set.applied_to != "parity" && set.applied_to != "adjusted_parity" {
        let message = "`applied_to` is `parity` or `adjusted_parity`".into();
        return Err(checked.wrong("applied_to", message));
    }
    let range = match (set.lower, set.upper) {
        (Some(lower), Some(upper)) => lower > 0.0 && lower <= 1.0 && upper >= 1.0,
        (None, None) => !set.groups.is_empty(),
        _ => false,
    };
    if !range {
        let message = "a set has `lower` and `upper` around 1, or `groups`".into();
        return Err(checked.wrong(&set.id, message));
    }
    let ends: Vec<Option<f64>> = set.groups.iter().map(|(end, _)| *end).collect();
    let rising = ends.windows(2).all(|pair| match (pair[0], pair[1]) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    });
    if !rising || ends.last().is_some_and(Option::is_some) {
        let message = "the ends of `groups` rise, and the last group has none".into();
        return Err(checked.wrong("groups", message));
    }
    Ok(())
}

pub(super) fn policy(policy: &Policy, checked: Checked<'_>) -> Result<(), Error> {
    if policy.withhold_below > policy.unreliable_below {
        let message = "`withhold_below` is above `unreliable_below`".into();
        return Err(checked.wrong("withhold_below", message));
    }
    Ok(())
}

pub(super) fn style(style: &Style, checked: Checked<'_>) -> Result<(), Error> {
    if style.footnotes != "numbers" && style.footnotes != "letters" {
        return Err(checked.wrong("footnotes", "`footnotes` is `numbers` or `letters`".into()));
    }
    if style.withheld.trim().is_empty() {
        let message = "a withheld value needs a mark; blank would read as not applicable".into();
        return Err(checked.wrong("withheld", message));
    }
    Ok(())
}
