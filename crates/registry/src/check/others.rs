//! Threshold sets, targets of parity, policies and styles.

use super::Checked;
use crate::{Error, IndicatorKind, ParityTarget, Policy, Style, ThresholdSet};

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

pub(super) fn parity_target(target: &ParityTarget, checked: Checked<'_>) -> Result<(), Error> {
    let registry = checked.registry;
    if let Some(id) = &target.thresholds {
        let known = registry.thresholds.keys().map(String::as_str);
        let set = registry
            .thresholds
            .get(id)
            .ok_or_else(|| checked.unknown("threshold set", id, known))?;
        if set.lower.is_none() {
            let message = format!("threshold set `{id}` has no range that could be a target");
            return Err(checked.wrong(id, message));
        }
    }
    if target.indicators.is_empty() {
        return Err(checked.wrong("indicators", "the target names no indicator".into()));
    }
    for id in &target.indicators {
        let known = registry.indicators.keys().map(String::as_str);
        let indicator =
            registry.indicators.get(id).ok_or_else(|| checked.unknown("indicator", id, known))?;
        if indicator.kind != IndicatorKind::Rate {
            let message = format!("indicator `{id}` is no rate by sex, so it has no parity");
            return Err(checked.wrong(id, message));
        }
    }
    Ok(())
}

pub(super) fn policy(policy: &Policy, checked: Checked<'_>) -> Result<(), Error> {
    if policy.id == Policy::CUSTOM {
        let message = "`custom` is the profile whose rules a study gives itself; choose another id";
        return Err(checked.wrong(&policy.id, message.into()));
    }
    if let Some((key, message)) = policy.mistake() {
        return Err(checked.wrong(key, message));
    }
    Ok(())
}

pub(super) fn style(style: &Style, checked: Checked<'_>) -> Result<(), Error> {
    if style.withheld.trim().is_empty() {
        let message = "a withheld value needs a mark; blank would read as not applicable".into();
        return Err(checked.wrong("withheld", message));
    }
    let known = Style::CONVENTIONS;
    if let Some(key) = style.unverified.iter().find(|key| !known.contains(&key.as_str())) {
        let message = format!("`{key}` is no convention of a style; they are {}", known.join(", "));
        return Err(checked.wrong(key, message));
    }
    Ok(())
}
