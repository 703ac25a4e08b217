//! The words of a study file as the kinds that the other rooms know.

use crate::study::{
    DeffName, DfName, IntervalName, LonelyPsu, MeasureName, QuantileIntervalName, QuantileRuleName,
};
use inclusion_estimate::{IntervalMethod, Measure};
use inclusion_survey::estimand::{QuantileInterval, QuantileRule};
use inclusion_survey::{Deff, DfRule, LonelyPsu as Rule};

/// Where a study names none.
const MEASURES: [MeasureName; 4] =
    [MeasureName::Gap, MeasureName::RelativeGap, MeasureName::Parity, MeasureName::AdjustedParity];

/// The measures, each once, in the order of their kinds.
pub(crate) fn measures(names: Option<&[MeasureName]>) -> Vec<Measure> {
    let names = names.unwrap_or(&MEASURES);
    let mut list: Vec<Measure> = names
        .iter()
        .map(|name| match name {
            MeasureName::Gap => Measure::Gap,
            MeasureName::RelativeGap => Measure::RelativeGap,
            MeasureName::Parity => Measure::Parity,
            MeasureName::AdjustedParity => Measure::AdjustedParity,
            MeasureName::UserDifference => Measure::UserDifference,
            MeasureName::WomenToParity => Measure::WomenToParity,
            MeasureName::ExcessOffline => Measure::ExcessOffline,
            MeasureName::Headcount => Measure::Headcount,
        })
        .collect();
    list.sort_unstable();
    list.dedup();
    list
}

pub(crate) fn lonely_psu(name: LonelyPsu) -> Rule {
    match name {
        LonelyPsu::Fail => Rule::Fail,
        LonelyPsu::Remove => Rule::Remove,
        LonelyPsu::Certainty => Rule::Certainty,
        LonelyPsu::Adjust => Rule::Adjust,
        LonelyPsu::Average => Rule::Average,
    }
}

pub(crate) fn interval(name: IntervalName) -> IntervalMethod {
    match name {
        IntervalName::Logit => IntervalMethod::Logit,
        IntervalName::Beta => IntervalMethod::Beta,
        IntervalName::Wilson => IntervalMethod::Wilson,
        IntervalName::Mean => IntervalMethod::Mean,
        IntervalName::Asin => IntervalMethod::Asin,
        IntervalName::Likelihood => IntervalMethod::Likelihood,
    }
}

pub(crate) fn quantile_rule(name: QuantileRuleName) -> QuantileRule {
    match name {
        QuantileRuleName::Math => QuantileRule::Math,
        QuantileRuleName::School => QuantileRule::School,
        QuantileRuleName::Hf3 => QuantileRule::Hf3,
        QuantileRuleName::Hf4 => QuantileRule::Hf4,
        QuantileRuleName::Hf5 => QuantileRule::Hf5,
        QuantileRuleName::Hf6 => QuantileRule::Hf6,
        QuantileRuleName::Hf7 => QuantileRule::Hf7,
        QuantileRuleName::Hf8 => QuantileRule::Hf8,
        QuantileRuleName::Hf9 => QuantileRule::Hf9,
    }
}

pub(crate) fn quantile_interval(name: QuantileIntervalName) -> QuantileInterval {
    QuantileInterval::Woodruff(match name {
        QuantileIntervalName::Mean => IntervalMethod::Mean,
        QuantileIntervalName::Logit => IntervalMethod::Logit,
        QuantileIntervalName::Beta => IntervalMethod::Beta,
        QuantileIntervalName::Wilson => IntervalMethod::Wilson,
        QuantileIntervalName::Asin => IntervalMethod::Asin,
        QuantileIntervalName::Replicated => return QuantileInterval::Replicated,
    })
}

pub(crate) fn df(name: DfName) -> DfRule {
    match name {
        DfName::Domain => DfRule::Domain,
        // Under replicate weights the full sample's are those of the rank.
        DfName::Full | DfName::Rank => DfRule::Full,
        DfName::Infinite => DfRule::Infinite,
    }
}

pub(crate) fn deff(name: DeffName) -> Deff {
    match name {
        DeffName::Deft2 => Deff::Deft2,
        DeffName::Srswor => Deff::SrsWithoutReplacement,
        DeffName::Srswr => Deff::SrsWithReplacement,
    }
}
