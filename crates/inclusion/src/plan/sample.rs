//! One survey of the study held against its recipes: files, design, period and contents.

use super::{Part, Sample, calibration, contents, design, population, rows, wrong};
use crate::Error;
use crate::choices;
use crate::study::{LonelyPsu, QuantileIntervalName, Study, Survey};
use inclusion_registry::{Indicator, Recipe, Registry, nearest};
use inclusion_survey::{Options, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml::Spanned;

pub(super) fn sample(
    study: &Study,
    registry: &Registry,
    survey: &Survey,
    indicators: &[Indicator],
    breakdowns: &[Vec<String>],
) -> Result<Sample, Error> {
    let mut parts = Vec::new();
    let names = survey.recipe.get_ref().list();
    for name in &names {
        let recipe = registry.recipes.get(*name).ok_or_else(|| {
            let near = nearest(name, registry.recipes.keys().map(String::as_str));
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            wrong(study, &survey.recipe, format!("no recipe `{name}`{hint}"))
        })?;
        let texts = [&recipe.producer, &recipe.coverage, &recipe.source, &recipe.name];
        if texts.iter().any(|text| text.starts_with("CONFIRM")) {
            let message = format!(
                "recipe `{name}` has texts that are still to be confirmed; look for CONFIRM in it"
            );
            return Err(wrong(study, &survey.recipe, message));
        }
        parts.push(Part { recipe: recipe.clone(), files: BTreeMap::new() });
    }
    for (role, paths) in &survey.files {
        let roles: BTreeSet<&str> =
            parts.iter().flat_map(|part| part.recipe.files.keys().map(String::as_str)).collect();
        if !roles.contains(role.get_ref().as_str()) {
            let hint = match nearest(role.get_ref(), roles.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has: {}", roles.into_iter().collect::<Vec<_>>().join(", ")),
            };
            let message =
                format!("recipe `{}` has no file `{}`; {hint}", names.join("`, `"), role.get_ref());
            return Err(wrong(study, role, message));
        }
        let paths: Vec<PathBuf> = paths.list().into_iter().map(|p| study.resolve(p)).collect();
        for part in parts.iter_mut().filter(|p| p.recipe.files.contains_key(role.get_ref())) {
            part.files.insert(role.get_ref().clone(), paths.clone());
        }
    }
    for part in &parts {
        if let Some(role) = part.recipe.files.keys().find(|role| !part.files.contains_key(*role)) {
            let message =
                format!("recipe `{}` needs a file `{role}`; add it to `files`", part.recipe.id);
            return Err(wrong(study, &survey.recipe, message));
        }
    }
    rows::keep(study, survey, &mut parts)?;
    let replicates = design::apply(study, survey, &mut parts)?;
    let recipes: Vec<&Recipe> = parts.iter().map(|part| &part.recipe).collect();
    let of_recipe = |given: &Option<String>, own: fn(&Recipe) -> &Option<String>, key: &str| {
        given.clone().or_else(|| recipes.iter().find_map(|r| own(r).clone())).ok_or_else(|| {
            let column = recipes.iter().find_map(|recipe| recipe.area_column.as_ref());
            let hint = match column.filter(|_| key == "ref_area") {
                Some(column) => format!("; write it, or `where = {{ {column} = \"…\" }}`"),
                None => String::new(),
            };
            let message =
                format!("survey `{}` needs `{key}`; its recipe fits several{hint}", survey.id);
            wrong(study, &survey.recipe, message)
        })
    };
    let stated = survey.ref_area.clone().or_else(|| rows::area(survey, &parts));
    let ref_area = of_recipe(&stated, |r| &r.ref_area, "ref_area")?;
    let time_period = of_recipe(&survey.time_period, |r| &r.time_period, "time_period")?;
    let mut plan = Plan {
        sample: survey.id.clone(),
        ref_area: ref_area.clone(),
        time_period,
        indicators: Vec::new(),
        breakdowns: Vec::new(),
        concepts: BTreeMap::new(),
    };
    let mut diagnostics = Vec::new();
    let has = |id: &&String| recipes.iter().all(|recipe| registry.has_concept(recipe, id));
    let only_stated = study.file.estimate.only_stated.iter().map(Spanned::get_ref);
    let only_stated: Vec<String> = only_stated.filter(has).cloned().collect();
    let unavailable =
        contents::indicators_of(registry, &recipes, indicators, &only_stated, &mut plan);
    contents::breakdowns_of(registry, &recipes, breakdowns, &mut plan, &mut diagnostics);
    let calibration = calibration::steps(study, registry, survey, &recipes, &mut plan)?;
    let level = *study.file.estimate.interval.level.get_ref();
    let quantile = &study.file.estimate.quantile.interval;
    if *quantile.get_ref() == QuantileIntervalName::Replicated && replicates.is_none() {
        let message = format!(
            "the interval of quantiles is `replicated`, and survey `{}` has no replicate weights; name or make \
             some in `design.replicates`, or take another interval, such as \"mean\"",
            survey.id
        );
        return Err(wrong(study, quantile, message));
    }
    let options = Options {
        lonely_psu: choices::lonely_psu(survey.design.lonely_psu.unwrap_or(LonelyPsu::Fail)),
        adjust_domain_lonely: survey.design.adjust_domain_lonely,
        nest: survey.design.nest.unwrap_or_else(|| recipes.iter().any(|r| r.design.nest)),
        interval: choices::interval(study.file.estimate.interval.method),
        quantile_rule: choices::quantile_rule(study.file.estimate.quantile.rule),
        quantile_interval: choices::quantile_interval(*quantile.get_ref()),
        level,
        df: choices::df(study.file.estimate.df),
        deff: choices::deff(study.file.estimate.deff),
        replicates,
        calibration,
    };
    let population = population::of_survey(study, survey)?;
    let base_populations = population::of_bases(study, survey, &recipes, indicators)?;
    Ok(Sample {
        area_name: survey.area_name.clone().unwrap_or(ref_area),
        parts,
        plan,
        options,
        frames: study.frames.clone(),
        calibrated: survey.calibrate.iter().map(calibration::words).collect(),
        population,
        base_populations,
        only_stated,
        filtered: survey.filter.keys().map(|column| column.get_ref().clone()).collect(),
        place: study.place(&survey.recipe),
        design_columns: design::columns(study, survey),
        unavailable,
        diagnostics,
    })
}
