//! Groups that the surveys of a pool have in common, and what is known of a survey's group.

use super::super::{Codes, Known, caution, with_code};
use crate::plan::Sample;
use crate::plan::across::Pool;
use crate::study::PoolWeights;
use inclusion_estimate::{Diagnostic, Estimate, Measure, SeriesKey, Text};
use inclusion_registry::{Indicator, Population};
use std::collections::{BTreeMap, BTreeSet};

/// Groups with the sexes of which every survey of the pool has a level. Codes of one id that the surveys
/// name differently are other groups.
pub(super) fn groups(
    known: &Known<'_>,
    pool: &Pool,
    indicator: &Indicator,
) -> BTreeMap<Codes, Vec<Option<Text>>> {
    let of_survey = |survey: &usize| -> BTreeSet<(Codes, Option<Text>)> {
        let own = known.of(&known.survey(*survey), &indicator.id);
        let own = own.into_iter().filter(|(key, _)| key.measure == Measure::Level);
        own.map(|(key, _)| {
            let mut codes = key.breakdown.clone();
            let sex = codes.remove("sex");
            (codes, sex)
        })
        .collect()
    };
    let mut found = pool.surveys.iter().map(of_survey);
    let first = found.next().unwrap_or_default();
    let common = found.fold(first, |all, own| all.intersection(&own).cloned().collect());
    let mut groups: BTreeMap<Codes, Vec<Option<Text>>> = BTreeMap::new();
    for (codes, sex) in common {
        if known.same_names(&pool.surveys, &codes) {
            groups.entry(codes).or_default().push(sex);
        }
    }
    groups
}

/// The same with a sex, if one is named.
pub(super) fn with_sex(key: &SeriesKey, sex: Option<&str>) -> SeriesKey {
    match sex {
        Some(sex) => with_code(key, "sex", sex),
        None => key.clone(),
    }
}

/// Weights that add up to the number of interviews weight surveys by their interviews.
pub(super) fn normalised(
    known: &Known<'_>,
    pool: &Pool,
    indicator: &Indicator,
) -> Option<Diagnostic> {
    if pool.weights != PoolWeights::Survey {
        return None;
    }
    let found: Vec<&str> = pool
        .surveys
        .iter()
        .filter(|survey| {
            let counts = known.whole(**survey, indicator).map(|level| &level.counts);
            counts.is_some_and(|counts| {
                let mean = counts.weighted / counts.n as f64;
                counts.n > 0 && (mean - 1.0).abs() < 0.05
            })
        })
        .map(|survey| known.prepared.samples[*survey].plan.sample.as_str())
        .collect();
    (!found.is_empty()).then(|| {
        let message = format!(
            "The weights of {} add up to the number of interviews: in the pool they count by interviews, not by population.",
            found.join(", ")
        );
        caution("weights_normalised", message)
    })
}

impl<'a> Known<'a> {
    /// The key of a survey's level.
    pub(super) fn key(&self, survey: usize, indicator: &Indicator, group: &Codes) -> SeriesKey {
        let plan = &self.prepared.samples[survey].plan;
        SeriesKey {
            source: (&plan.sample).into(),
            ref_area: (&plan.ref_area).into(),
            time_period: (&plan.time_period).into(),
            indicator: (&indicator.id).into(),
            breakdown: group.clone(),
            measure: Measure::Level,
        }
    }

    /// The level of the whole base of a survey, of whatever sex it covers.
    pub(super) fn whole(&self, survey: usize, indicator: &Indicator) -> Option<&'a Estimate> {
        let key = self.key(survey, indicator, &Codes::new());
        let keys = [key.clone(), with_code(&key, "sex", "F"), with_code(&key, "sex", "M")];
        keys.iter().find_map(|key| self.estimates.get(key).copied())
    }

    /// Every code of a group has one name in all surveys.
    pub(in crate::across) fn same_names(&self, surveys: &[usize], group: &Codes) -> bool {
        group.iter().all(|(concept, code)| {
            let names: BTreeSet<Option<&str>> = surveys
                .iter()
                .map(|at| {
                    let concept = self.prepared.samples[*at].plan.concepts.get(concept.as_str())?;
                    let own = concept.codes.iter().find(|own| own.id == *code)?;
                    Some(own.name.as_str())
                })
                .collect();
            names.len() == 1
        })
    }

    /// Women and men of the indicator's base that a survey stands for.
    pub(super) fn population(&self, survey: usize, indicator: &Indicator) -> Option<(f64, f64)> {
        let sample: &Sample = &self.prepared.samples[survey];
        if indicator.population != Population::Person {
            return None;
        }
        if let Some(base) = sample.base_populations.get(&indicator.id) {
            return Some((base.women, base.men));
        }
        let whole = sample.population.as_ref()?;
        let counts = &self.whole(survey, indicator)?.counts;
        let in_universe = counts.n + counts.missing.values().sum::<u64>();
        let planned = sample.plan.indicators.iter().find(|own| own.indicator.id == indicator.id);
        let all = in_universe == self.facts[survey].weighted_rows
            || planned.is_some_and(|own| sample.takes_all_stated(&own.indicator));
        all.then_some((whole.women, whole.men))
    }
}
