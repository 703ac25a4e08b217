//! Indicators: the five parts are there, and name what exists.

use super::Checked;
use crate::{
    AreaKind, Areas, ConceptKind, Error, Indicator, IndicatorKind, Population, Statistic, Status,
};

pub(super) fn check(indicator: &Indicator, checked: Checked<'_>) -> Result<(), Error> {
    checked.condition(&indicator.universe)?;
    checked.condition(&indicator.numerator)?;
    match (indicator.status, &indicator.draft_reason) {
        (Status::Draft, None) => {
            return Err(checked.wrong("status", "a draft says why: `draft_reason`".into()));
        }
        (Status::Agreed, Some(_)) => {
            let message = "an agreed indicator has no `draft_reason`".into();
            return Err(checked.wrong("draft_reason", message));
        }
        _ => {}
    }
    for id in &indicator.breakdowns {
        let concept = checked.concept(id)?;
        if !concept.breakdown {
            let message = format!(
                "concept `{id}` is not a breakdown; set `breakdown = true` in its file if it is one"
            );
            return Err(checked.wrong(id, message));
        }
    }
    if indicator.kind == IndicatorKind::Unsexed && indicator.breakdowns.iter().any(|b| b == "sex") {
        return Err(checked.wrong("breakdowns", "an unsexed indicator is not split by sex".into()));
    }
    if indicator.kind != IndicatorKind::Unsexed && indicator.population == Population::Household {
        let message = "households have no sex: `kind = \"unsexed\"`".into();
        return Err(checked.wrong("kind", message));
    }
    for number in indicator.value.iter().chain(&indicator.denominator) {
        if checked.concept(number)?.kind != ConceptKind::Number {
            return Err(checked.wrong(number, format!("`{number}` is not a number")));
        }
    }
    match (indicator.statistic, indicator.probability) {
        (Statistic::Quantile, Some(share)) if share > 0.0 && share < 1.0 => {}
        (Statistic::Quantile, Some(share)) => {
            let message =
                format!("`probability` is {share}; it is above 0 and below 1, 0.5 for the median");
            return Err(checked.wrong("probability", message));
        }
        (Statistic::Quantile, None) => {
            let message = "a quantile needs its `probability`, 0.5 for the median".into();
            return Err(checked.wrong("statistic", message));
        }
        (_, Some(_)) => {
            return Err(checked.wrong("probability", "only a quantile has a `probability`".into()));
        }
        (_, None) => {}
    }
    for target in &indicator.targets {
        if !target.value.is_finite() {
            return Err(checked.wrong("value", "a target is a finite number".into()));
        }
        if let Some(group) = &target.group {
            group_of_areas(group, checked)?;
        }
    }
    if indicator.status == Status::Agreed { complete(indicator, checked) } else { Ok(()) }
}

/// A target may be set for a group of areas, never for one.
fn group_of_areas(id: &str, checked: Checked<'_>) -> Result<(), Error> {
    let groups = || Areas::builtin().iter().filter(|area| area.kind == AreaKind::Group);
    if groups().any(|group| group.id == id) {
        return Ok(());
    }
    Err(checked.unknown("group of areas", id, groups().map(|group| group.id.as_str())))
}

/// An agreed indicator can be computed, or is one of published figures.
fn complete(indicator: &Indicator, checked: Checked<'_>) -> Result<(), Error> {
    let wrong = |key: &str, message: &str| Err(checked.wrong(key, message.into()));
    let (numerator, value) = (!indicator.numerator.is_empty(), indicator.value.is_some());
    match indicator.statistic {
        Statistic::Proportion if !numerator => wrong("id", "a proportion needs a `numerator`"),
        Statistic::Proportion if value => wrong("value", "a proportion has no `value`"),
        Statistic::Mean if !value => wrong("id", "a mean needs a `value`"),
        Statistic::Quantile if !value => wrong("id", "a quantile needs a `value`"),
        Statistic::Total if !numerator && !value => {
            wrong("id", "a total needs a `numerator` or a `value`")
        }
        Statistic::Ratio if !value || indicator.denominator.is_none() => {
            wrong("id", "a ratio needs a `value` and a `denominator`")
        }
        Statistic::Published if numerator || value => {
            wrong("statistic", "a published indicator has neither `numerator` nor `value`")
        }
        Statistic::Proportion | Statistic::Mean | Statistic::Total | Statistic::Quantile
            if indicator.denominator.is_some() =>
        {
            wrong("denominator", "only a ratio has a `denominator`")
        }
        _ => Ok(()),
    }
}
