//! What a sample is counted for: the indicators and breakdowns that its recipes can give.

use inclusion_estimate::{Diagnostic, Severity};
use inclusion_registry::{
    Availability, Concept, Indicator, Population, Recipe, Registry, Statistic, Test,
};
use inclusion_survey::{Breakdown, Plan, PlannedIndicator};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the indicators that every recipe of the sample can give into the plan; says why of the rest. Whoever does
/// not state one of `only_stated`, which every recipe has, is in no base.
pub(super) fn indicators_of(
    registry: &Registry,
    recipes: &[&Recipe],
    indicators: &[Indicator],
    only_stated: &[String],
    plan: &mut Plan,
) -> BTreeMap<String, String> {
    let concepts = registry.concepts_for(recipes[0]);
    let mut unavailable = BTreeMap::new();
    for indicator in indicators {
        let mut proxy = None;
        let mut why = None;
        for recipe in recipes {
            match registry.availability(recipe, indicator) {
                Availability::Available => {}
                Availability::Proxy(note) => proxy = Some(note),
                Availability::Unavailable(reason) => why = Some(reason),
            }
        }
        // A quantile of both is no mean of the quantiles of each, and normalised weights count nobody.
        let what = match indicator.statistic {
            Statistic::Quantile => Some("quantile"),
            Statistic::Total => Some("total"),
            _ => None,
        };
        if let (true, Some(what)) = (recipes.len() > 1, what) {
            why = Some(format!(
                "a {what} of women and men cannot be made of two separately weighted files"
            ));
        }
        match why {
            Some(reason) => {
                unavailable.insert(indicator.id.clone(), reason);
            }
            None => {
                let mut indicator = registry.resolve(recipes[0], indicator);
                for concept in only_stated.iter().filter_map(|id| concepts.get(id)) {
                    let base = &mut indicator.universe.all;
                    base.entry(concept.id.clone()).or_insert_with(|| stated(concept));
                }
                for id in registry.indicator_concepts(&indicator) {
                    if let Some(concept) = concepts.get(id) {
                        plan.concepts.insert(id.to_string(), concept.clone());
                    }
                }
                plan.indicators.push(PlannedIndicator { indicator, proxy });
            }
        }
    }
    unavailable
}

/// Any code that is stated.
pub(super) fn stated(concept: &Concept) -> Test {
    let codes = concept.codes.iter().filter(|code| !code.unstated);
    Test::Codes(codes.map(|code| code.id.clone()).collect())
}

/// Puts the breakdowns that every recipe of the sample can give into the plan.
pub(super) fn breakdowns_of(
    registry: &Registry,
    recipes: &[&Recipe],
    breakdowns: &[Vec<String>],
    plan: &mut Plan,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let concepts_of_survey = registry.concepts_for(recipes[0]);
    // Two separately weighted files have no total but that of both sexes.
    let sexes = || vec!["sex".to_string()];
    let two_files = recipes.len() > 1;
    let by_sex = two_files || breakdowns.iter().any(|by| by.iter().any(|id| id == "sex"));
    let by_sex = by_sex && recipes.iter().all(|recipe| registry.has_concept(recipe, "sex"));
    let joint_of_all = if by_sex { sexes() } else { Vec::new() };
    let mut wanted = vec![Breakdown { concepts: Vec::new(), joint: joint_of_all }];
    // Households have no sex: of `sex * urbanisation` they have `urbanisation`.
    let sexless = recipes.iter().all(|recipe| recipe.population == Population::Household);
    for concepts in breakdowns {
        let concepts: Vec<String> =
            concepts.iter().filter(|id| !(sexless && *id == "sex")).cloned().collect();
        if concepts.is_empty() {
            continue;
        }
        let missing: Vec<&str> = concepts
            .iter()
            .filter(|id| recipes.iter().any(|recipe| !registry.has_concept(recipe, id)))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            diagnostics.push(Diagnostic {
                code: "breakdown_unavailable".to_string().into(),
                severity: Severity::Caution,
                message: format!(
                    "{} has no {}: the breakdown by {} is left out for it",
                    plan.sample,
                    missing.join(", "),
                    concepts.join(" × ")
                )
                .into(),
                count: 0,
            });
            continue;
        }
        let (joint, concepts): (Vec<String>, Vec<String>) =
            concepts.into_iter().partition(|id| id == "sex");
        let joint = if two_files { sexes() } else { joint };
        wanted.push(Breakdown { concepts, joint });
    }
    // The total of a group is the same with and without sexes, so the plainer breakdown is dropped.
    let doubled = |b: &Breakdown| {
        b.joint.is_empty()
            && wanted.iter().any(|o| !o.joint.is_empty() && same(&o.concepts, &b.concepts))
    };
    let mut kept: Vec<Breakdown> = Vec::new();
    for breakdown in &wanted {
        let known = kept
            .iter()
            .any(|k| k.joint == breakdown.joint && same(&k.concepts, &breakdown.concepts));
        if !doubled(breakdown) && !known {
            kept.push(breakdown.clone());
        }
    }
    for id in kept.iter().flat_map(|b| b.concepts.iter().chain(&b.joint)) {
        if let Some(concept) = concepts_of_survey.get(id) {
            plan.concepts.insert(id.clone(), concept.clone());
        }
    }
    plan.breakdowns = kept;
}

fn same(a: &[String], b: &[String]) -> bool {
    a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
}
