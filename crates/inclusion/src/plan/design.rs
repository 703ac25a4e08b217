//! The design of a survey: the recipe's, with what the study says instead.

use super::{Part, wrong};
use crate::Error;
use crate::study::{
    DesignSpec, DfName, MakeName, OneOrMany, ReplicatesSpec, Study, Survey, VarianceName, or_list,
};
use inclusion_registry::{Design, Place, ReplicateColumns};
use inclusion_survey::sample::{
    MadeMethod, MadeReplicates, ReplicateColumns as Columns, Replicates,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// Puts the study's design into the recipes of the survey's parts, and says what replicate weights
/// its variances are taken from.
pub(super) fn apply(
    study: &Study,
    survey: &Survey,
    parts: &mut [Part],
) -> Result<Option<Replicates>, Error> {
    let spec = &survey.design;
    let made = match &spec.replicates {
        Some(replicates) => made(study, replicates)?,
        None => None,
    };
    for part in parts.iter_mut() {
        let design = &mut part.recipe.design;
        replace(design, spec);
        if spec.variance == Some(VarianceName::Taylor) || made.is_some() {
            design.replicates = None;
        }
        design.check().map_err(|problem| {
            let span = spec.replicates.as_ref().map(|replicates| replicates.span());
            let place = match problem.at.as_str() {
                "stage" | "weight_from_fpc" => Place::at(
                    &study.path,
                    &study.text,
                    after(study, survey.recipe.span(), &problem.at),
                ),
                at => Place::at(
                    &study.path,
                    &study.text,
                    after(study, span.unwrap_or(survey.recipe.span()), at),
                ),
            };
            Error::Study { place, message: format!("survey `{}`: {}", survey.id, problem.message) }
        })?;
    }
    let mut found = parts.iter().map(|part| &part.recipe.design.replicates);
    let first = found.next().cloned().flatten();
    if found.any(|other| as_options(other.as_ref()) != as_options(first.as_ref())) {
        let message = format!(
            "survey `{}`: its files have replicate weights of different kinds; say in \
             [survey.design] which are used, or `variance = \"taylor\"`",
            survey.id
        );
        return Err(wrong(study, &survey.recipe, message));
    }
    let replicates = made.map(Replicates::Made).or_else(|| as_options(first.as_ref()));
    if spec.variance == Some(VarianceName::Taylor) && spec.replicates.is_some() {
        return wrong_here(study, spec, "`replicates` are given, but `variance` is \"taylor\"");
    }
    if replicates.is_none() {
        let message = match (spec.variance, study.file.estimate.df) {
            (Some(VarianceName::Replicates), _) => "`variance = \"replicates\"`",
            (_, DfName::Rank) => "`df = \"rank\"`",
            _ => return Ok(None),
        };
        let message = format!(
            "survey `{}` has no replicate weights, which {message} needs; give them by \
             `replicates` in [survey.design]",
            survey.id
        );
        return Err(wrong(study, &survey.recipe, message));
    }
    Ok(replicates)
}

/// The columns that the study's own design names, and where.
pub(super) fn columns(study: &Study, survey: &Survey) -> BTreeMap<String, Place> {
    let spec = &survey.design;
    let mut names: Vec<String> = or_list(&spec.stratum);
    names.extend(or_list(&spec.psu));
    names.extend(spec.fpc.clone());
    for stage in spec.stages.iter().flatten().map(|stage| stage.stage()) {
        names.extend(stage.stratum.into_iter().chain(stage.psu).chain(stage.fpc));
    }
    let place = |name: &String| {
        Place::at(&study.path, &study.text, after(study, survey.recipe.span(), name))
    };
    names.iter().map(|name| (name.clone(), place(name))).collect()
}

fn replace(design: &mut Design, spec: &DesignSpec) {
    let list = |into: &mut Vec<String>, from: &Option<OneOrMany>| {
        if from.is_some() {
            *into = or_list(from);
        }
    };
    list(&mut design.stratum, &spec.stratum);
    list(&mut design.psu, &spec.psu);
    if spec.psu.is_some() && !design.psu.is_empty() {
        design.clustering_unknown = false;
    }
    if let Some(nest) = spec.nest {
        design.nest = nest;
    }
    if spec.fpc.is_some() {
        design.fpc = spec.fpc.clone();
    }
    if let Some(stages) = &spec.stages {
        design.stages = stages.iter().map(|stage| stage.stage()).collect();
    }
    if let Some(columns) = spec.replicates.as_ref().and_then(|r| r.get_ref().columns()) {
        design.replicates = Some(columns);
    }
}

/// Replicate weights that the study wants made.
fn made(
    study: &Study,
    at: &toml::Spanned<ReplicatesSpec>,
) -> Result<Option<MadeReplicates>, Error> {
    let spec = at.get_ref();
    let Some(make) = spec.make else {
        return match (spec.kind, spec.replicates.is_some() || spec.seed.is_some()) {
            (None, _) => {
                let message = "`replicates` needs the `kind` of the file's columns, or `make`";
                Err(wrong(study, at, message.to_string()))
            }
            (Some(_), true) => {
                let message = "`replicates` and `seed` are of `make = \"bootstrap\"`";
                Err(wrong(study, at, message.to_string()))
            }
            (Some(_), false) => Ok(None),
        };
    };
    let of_columns = [
        ("kind", spec.kind.is_some()),
        ("columns", !spec.columns.is_empty()),
        ("prefix", spec.prefix.is_some()),
        ("combined", spec.combined.is_some()),
        ("scale", spec.scale.is_some()),
        ("rscales", !spec.rscales.is_empty()),
    ];
    if let Some((key, _)) = of_columns.iter().find(|(_, there)| *there) {
        let message = format!("`{key}` is of replicate columns in the file; `make` makes its own");
        return Err(wrong_at(study, at.span(), key, message));
    }
    let bootstrap = make == MakeName::Bootstrap;
    for (key, there) in [("replicates", spec.replicates.is_some()), ("seed", spec.seed.is_some())] {
        if there != bootstrap {
            let message = match bootstrap {
                true => format!("`make = \"bootstrap\"` needs `{key}`, a whole number"),
                false => format!("`{key}` is of `make = \"bootstrap\"` only"),
            };
            return Err(wrong_at(study, at.span(), if there { key } else { "make" }, message));
        }
    }
    let rho = spec.rho.unwrap_or(0.0);
    if spec.rho.is_some() && (make != MakeName::Brr || !(0.0..1.0).contains(&rho)) {
        let message = "`rho` is of `make = \"brr\"`; it is 0 or more and below 1".to_string();
        return Err(wrong_at(study, at.span(), "rho", message));
    }
    let method = match make {
        MakeName::Jackknife => MadeMethod::Jackknife,
        MakeName::Brr => MadeMethod::Balanced { rho },
        MakeName::Bootstrap => MadeMethod::Bootstrap {
            replicates: spec.replicates.unwrap_or_default(),
            seed: spec.seed.unwrap_or_default(),
        },
    };
    Ok(Some(MadeReplicates { method, mse: spec.mse }))
}

fn as_options(columns: Option<&ReplicateColumns>) -> Option<Replicates> {
    let columns = columns?;
    Some(Replicates::Columns(Columns {
        kind: columns.kind,
        combined: columns.combined,
        rho: columns.rho.unwrap_or(0.0),
        scale: columns.scale,
        rscales: columns.rscales.clone(),
        mse: columns.mse,
    }))
}

fn wrong_here<T>(study: &Study, spec: &DesignSpec, message: &str) -> Result<T, Error> {
    let span = spec.replicates.as_ref().map_or(0..0, |replicates| replicates.span());
    Err(wrong_at(study, span, "replicates", message.to_string()))
}

/// An error at a key that stands in or after a table.
fn wrong_at(study: &Study, span: Range<usize>, key: &str, message: String) -> Error {
    let at = after(study, span, key);
    let place = if study.text.is_empty() {
        Place::file(&study.path)
    } else {
        Place::at(&study.path, &study.text, at)
    };
    Error::Study { place, message }
}

/// Where a key stands after the beginning of a table; the beginning where it does not.
fn after(study: &Study, span: Range<usize>, key: &str) -> usize {
    let tail = study.text.get(span.start..).unwrap_or_default();
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let whole = |at: &usize| {
        let before = tail[..*at].chars().next_back();
        let after = tail[at + key.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    let found = tail.match_indices(key).map(|(at, _)| at).find(whole);
    span.start + found.unwrap_or(0)
}
