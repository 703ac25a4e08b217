//! Reading a sample for its analyses: one plan of what all of them need.

use crate::Error;
use crate::plan::analysis::{OutcomeOf, PlannedAnalysis};
use crate::plan::{Prepared, Sample};
use crate::walk::{Progress, survey_error, with_rows};
use inclusion_ingest::Request;
use inclusion_survey::sample::{Auxiliary, Calibration, Sample as Rows};
use inclusion_survey::{Breakdown, Plan, PlannedIndicator};
use std::collections::{BTreeMap, BTreeSet};

/// Why a sample cannot give an analysis at all; `None` if it can.
pub(super) fn unavailable(
    prepared: &Prepared,
    sample: &Sample,
    planned: &PlannedAnalysis,
) -> Option<String> {
    for id in indicators(planned) {
        if let Some(why) = sample.unavailable.get(id) {
            return Some(format!("the survey cannot give {id}: {why}"));
        }
    }
    let registry = &prepared.registry;
    let lacks = |id: &String| sample.parts.iter().any(|p| !registry.has_concept(&p.recipe, id));
    let missing: Vec<String> = planned.concepts().into_iter().filter(lacks).collect();
    (!missing.is_empty()).then(|| format!("the survey has no {}", missing.join(", ")))
}

/// The indicators that an analysis is about.
fn indicators(planned: &PlannedAnalysis) -> impl Iterator<Item = &String> {
    let first = match &planned.outcome {
        OutcomeOf::Indicator(id) => Some(id),
        OutcomeOf::Concept { .. } | OutcomeOf::Imputations { .. } => None,
    };
    first.into_iter().chain(&planned.also)
}

/// The concepts that a sample's analyses and calibration need.
pub(crate) fn concepts(prepared: &Prepared, sample: &Sample) -> BTreeSet<String> {
    let own = prepared.analyses.iter().filter(|planned| planned.is_of(sample));
    own.filter(|planned| unavailable(prepared, sample, planned).is_none())
        .flat_map(|planned| planned.concepts())
        .chain(sample.only_stated.iter().cloned())
        .collect()
}

/// The rows of a sample with everything that these analyses need.
pub(super) fn sample(
    prepared: &Prepared,
    sample: &Sample,
    wanted: &[&PlannedAnalysis],
    progress: &Progress<'_>,
) -> Result<(Rows, Plan), Error> {
    let registry = &prepared.registry;
    let first = sample.parts.first();
    let known = first.map(|part| registry.concepts_for(&part.recipe)).unwrap_or_default();
    let mut ids = calibrated(&sample.options.calibration);
    ids.extend(sample.only_stated.iter().cloned());
    let mut indicators = Vec::new();
    for planned in wanted {
        ids.extend(planned.concepts());
        for id in self::indicators(planned) {
            let own = sample.plan.indicators.iter().find(|p| p.indicator.id == *id);
            let known = indicators.iter().any(|p: &PlannedIndicator| p.indicator.id == *id);
            if let (Some(planned), false) = (own, known) {
                let own = registry.indicator_concepts(&planned.indicator);
                ids.extend(own.into_iter().map(str::to_string));
                indicators.push(planned.clone());
            }
        }
    }
    let concepts: BTreeMap<_, _> =
        ids.into_iter().filter_map(|id| known.get_key_value(&id)).collect();
    let plan = Plan {
        indicators,
        breakdowns: vec![Breakdown { concepts: Vec::new(), joint: Vec::new() }],
        concepts: concepts.into_iter().map(|(id, c)| (id.clone(), c.clone())).collect(),
        ..sample.plan.clone()
    };
    let told = |done: u64, all: u64| progress(sample.plan.sample.as_str(), done, all);
    let mut opened = Vec::new();
    for part in &sample.parts {
        opened.push(inclusion_ingest::open(Request {
            recipe: &part.recipe,
            registry,
            files: part.files.clone(),
            concepts: plan.concepts.keys().cloned().collect(),
            options: inclusion_ingest::Options {
                frames: sample.frames.clone(),
                ..Default::default()
            },
            progress: Some(&told),
        })?);
    }
    let rows = with_rows(&opened, |rows| Rows::read(&plan, rows, &sample.options))?
        .map_err(|error| survey_error(sample, error))?;
    Ok((rows, plan))
}

/// Concepts that calibration needs.
fn calibrated(steps: &[Calibration]) -> BTreeSet<String> {
    let of = |step: &Calibration| -> Vec<String> {
        match step {
            Calibration::Poststratify(margin) => margin.by.clone(),
            Calibration::Rake(margins) => margins.iter().flat_map(|m| m.by.clone()).collect(),
            Calibration::Totals(totals) => totals
                .targets
                .iter()
                .flat_map(|(auxiliary, _)| match auxiliary {
                    Auxiliary::Constant => Vec::new(),
                    Auxiliary::Cell { by, .. } => by.clone(),
                    Auxiliary::Number(concept) => vec![concept.clone()],
                })
                .collect(),
        }
    };
    steps.iter().flat_map(of).collect()
}
