//! Recipes and designs in words, for the pages that say how a number was made.

use crate::annex::population_word;
use crate::plan::{Part, Sample};
use inclusion_registry::{Derive, Indicator, Mapping, Missing, RawTest, Recipe, Registry};
use inclusion_survey::sample::{MadeMethod, ReplicateKind, Replicates};
use inclusion_survey::{LonelyPsu, Options};
use std::collections::BTreeMap;

/// The sampling design of a sample in one sentence.
pub(crate) fn design(sample: &Sample) -> String {
    let stratified = sample.parts.iter().any(|part| !part.recipe.design.stratum.is_empty());
    let variance = variance(&sample.options, stratified);
    let replicated = matches!(sample.options.replicates, Some(Replicates::Columns(_)));
    let of = |part: &Part| of_recipe(&part.recipe, replicated, &variance);
    let mut texts: Vec<String> = sample.parts.iter().map(of).collect();
    texts.dedup();
    let mut text = texts.join("; ");
    if sample.separate_weights() {
        text.push_str(
            ". Women and men have weights of their own; figures of both sexes are combined by population",
        );
    }
    for step in &sample.calibrated {
        text.push_str(&format!(". Weights {step}"));
    }
    text.push('.');
    text
}

/// Where standard errors come from.
fn variance(options: &Options, stratified: bool) -> String {
    let lonely = match options.lonely_psu {
        LonelyPsu::Fail => "a stratum with one unit stops the run",
        LonelyPsu::Remove => "a stratum with one unit contributes no variance",
        LonelyPsu::Certainty => "a stratum with one unit was taken with certainty",
        LonelyPsu::Adjust => "a stratum with one unit is centred at the mean of all units",
        LonelyPsu::Average => "a stratum with one unit contributes the average of the others",
    };
    let within = match options.adjust_domain_lonely && options.lonely_psu != LonelyPsu::Fail {
        true => ", also where only the group leaves one",
        false => "",
    };
    let lonely = match stratified {
        true => format!("; {lonely}{within}"),
        false => String::new(),
    };
    let centre = |mse: bool| if mse { "the full sample" } else { "the mean of the replicates" };
    match &options.replicates {
        None => format!("Taylor linearisation{lonely}"),
        Some(Replicates::Columns(columns)) => {
            let kind = match columns.kind {
                ReplicateKind::Brr => "balanced repeated replication",
                ReplicateKind::Fay => "balanced repeated replication after Fay",
                ReplicateKind::Jk1 => "delete-one jackknife",
                ReplicateKind::Jk2 => "paired jackknife",
                ReplicateKind::Jkn => "stratified jackknife",
                ReplicateKind::Bootstrap => "bootstrap",
                ReplicateKind::SuccessiveDifference => "successive differences",
                ReplicateKind::Acs => "successive differences, as in the American Community Survey",
                ReplicateKind::Other => "a method of the survey's own",
            };
            let rho = match columns.kind {
                ReplicateKind::Fay => format!(" with factor {}", columns.rho),
                _ => String::new(),
            };
            let scale = columns.scale.map(|s| format!(", scale {s}")).unwrap_or_default();
            format!(
                "replicate weights of the file ({kind}{rho}{scale}, deviations from {})",
                centre(columns.mse)
            )
        }
        Some(Replicates::Made(made)) => {
            let kind = match made.method {
                MadeMethod::Jackknife => "stratified delete-one jackknife".to_string(),
                MadeMethod::Balanced { rho: 0.0 } => "balanced repeated replication".to_string(),
                MadeMethod::Balanced { rho } => {
                    format!("balanced repeated replication after Fay with factor {rho}")
                }
                MadeMethod::Bootstrap { replicates, seed } => {
                    format!("Rao–Wu bootstrap with {replicates} replicates, seed {seed}")
                }
            };
            format!(
                "replicate weights made from strata and units ({kind}, deviations from {}){lonely}",
                centre(made.mse)
            )
        }
    }
}

fn of_recipe(recipe: &Recipe, replicated: bool, variance: &str) -> String {
    let design = &recipe.design;
    let rows = population_word(recipe.population);
    let weight = match &design.weight {
        Some(weight) => format!(
            "weight {}{}",
            weight.column,
            match weight.divide_by {
                Some(by) => format!(" divided by {by}"),
                None => String::new(),
            }
        ),
        None if design.weight_from_fpc => "weights from the finite populations".to_string(),
        None => "no weights".to_string(),
    };
    let strata = match design.stratum.len() {
        0 => "no strata".to_string(),
        _ => format!("strata {}", design.stratum.join(" × ")),
    };
    // Replicate weights of a survey tell its design; the file need not.
    if replicated {
        return format!("{weight}; {variance}");
    }
    let psu = match (design.psu.is_empty(), design.clustering_unknown) {
        (true, true) => format!(
            "clusters not given in the file, so standard errors show the effect of the weights \
             only and clustering is not included; {rows} taken as drawn one by one"
        ),
        (true, false) => format!("{rows} drawn one by one"),
        (false, _) => format!(
            "primary sampling units {}{}",
            design.psu.join(" × "),
            if design.nest { ", numbered within strata" } else { "" }
        ),
    };
    let fpc = design.fpc.as_ref().map(|c| format!(", finite population {c}")).unwrap_or_default();
    let mut stages = String::new();
    for (stage, number) in design.stages.iter().zip(2..) {
        let strata = match stage.stratum.is_empty() {
            true => String::new(),
            false => format!("strata {}, ", stage.stratum.join(" × ")),
        };
        let units = match stage.psu.is_empty() {
            true => format!("{rows} drawn one by one"),
            false => format!("units {}", stage.psu.join(" × ")),
        };
        let fpc = stage.fpc.as_deref().unwrap_or_default();
        stages.push_str(&format!("; stage {number}: {strata}{units}, finite population {fpc}"));
    }
    format!("{weight}, {strata}, {psu}{fpc}{stages}; {variance}")
}

/// How the source columns of a sample become an indicator: a sentence for each concept it needs.
pub(crate) fn mapping(registry: &Registry, sample: &Sample, indicator: &Indicator) -> Vec<String> {
    let mut needed: Vec<String> = registry
        .needs(registry.indicator_concepts(indicator).iter().copied())
        .into_iter()
        .collect();
    needed.sort();
    let mut lines = Vec::new();
    for part in &sample.parts {
        for id in &needed {
            let line = match part.recipe.concepts.get(id) {
                Some(map) => format!("{id} {}", of_mapping(map)),
                None => match registry.concepts.get(id).and_then(|c| c.derive.as_ref()) {
                    Some(derive) => format!("{id} {}", of_derive(derive)),
                    None => continue,
                },
            };
            let note = part
                .recipe
                .concepts
                .get(id)
                .and_then(|map| map.note.as_ref())
                .map(|note| format!(" {note}"))
                .unwrap_or_default();
            let line = format!("{line}.{note}");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn of_mapping(map: &Mapping) -> String {
    if let Some(code) = &map.fixed {
        return format!("is {code} for every row");
    }
    let mut parts = Vec::new();
    let by_code = grouped(map.map.iter().map(|(raw, code)| (code.as_str(), raw.as_str())));
    parts.extend(by_code.iter().map(|(code, raws)| format!("{} = {code}", raws.join(", "))));
    let by_reason = grouped(map.missing.iter().map(|(raw, reason)| (reason.id(), raw.as_str())));
    parts.extend(
        by_reason.iter().map(|(reason, raws)| format!("{} = {}", raws.join(", "), words(reason))),
    );
    if let Some(code) = &map.blank_code {
        parts.push(format!("blank = {code}"));
    }
    if let Some(reason) = map.blank {
        parts.push(format!("blank = {}", words(reason.id())));
    }
    if let Some(code) = &map.others {
        parts.push(format!("everything else = {code}"));
    }
    let scale = map.scale.map(|by| format!(" times {by}")).unwrap_or_default();
    let cases: Vec<String> = map
        .cases
        .iter()
        .map(|case| {
            let when: Vec<String> =
                case.when.iter().map(|(column, test)| of_test(column, test)).collect();
            let result = case
                .code
                .clone()
                .or_else(|| case.missing.map(|reason| words(reason.id())))
                .unwrap_or_default();
            match when.is_empty() {
                true => format!("everything else = {result}"),
                false => format!("{} → {result}", when.join(" & ")),
            }
        })
        .collect();
    let column = match (&map.column, &map.file) {
        (Some(column), Some(file)) => format!("from column {column} of file {file}{scale}"),
        (Some(column), None) => format!("from column {column}{scale}"),
        (None, _) => String::new(),
    };
    let kind = if map.labels { " by label" } else { "" };
    match (cases.is_empty(), parts.is_empty()) {
        (false, _) => format!("by cases: {}", cases.join("; ")),
        (true, true) => column,
        (true, false) => format!("{column}{kind}: {}", parts.join("; ")),
    }
}

/// A condition in signs, which every language reads: `V4 = 1, 2`, `V5 ≥ 15`; a blank is `""`.
fn of_test(column: &str, test: &RawTest) -> String {
    match test {
        RawTest::Values(values) => {
            let shown: Vec<&str> =
                values.iter().map(|v| if v.is_empty() { "\"\"" } else { v.as_str() }).collect();
            format!("{column} = {}", shown.join(", "))
        }
        RawTest::Range { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("{min} ≤ {column} ≤ {max}"),
            (Some(min), None) => format!("{column} ≥ {min}"),
            (None, Some(max)) => format!("{column} ≤ {max}"),
            (None, None) => format!("{column} ∈ ℝ"),
        },
    }
}

fn of_derive(derive: &Derive) -> String {
    match derive {
        Derive::Band { of } => format!("is made of bands of {of}"),
        Derive::Count { of, codes } => {
            format!("counts how many of {} are {}", of.join(", "), codes.join(" / "))
        }
        Derive::Cases(_) => "follows from other concepts by the registry's rule".to_string(),
        Derive::Quantile { of, groups, .. } => {
            format!("is made of {groups} weighted groups of {of}")
        }
        #[allow(unreachable_patterns)]
        _ => "follows from other concepts by the registry's rule".to_string(),
    }
}

fn grouped<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut map: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in pairs {
        map.entry(key).or_default().push(value);
    }
    map
}

pub(crate) fn words(reason: &str) -> String {
    let known = Missing::ALL.into_iter().find(|missing| missing.id() == reason);
    match known {
        Some(Missing::NotStated) => "no answer",
        Some(Missing::DontKnow) => "don't know",
        Some(Missing::Refused) => "refused",
        Some(Missing::NotApplicable) => "not applicable",
        Some(Missing::NotAsked) => "not asked",
        None => reason,
    }
    .to_string()
}
