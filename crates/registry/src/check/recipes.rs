//! Recipes: roles, joins, and mappings that give codes that exist.

use super::{Checked, is_range};
use crate::{Concept, ConceptKind, Error, Mapping, RawTest, Recipe};
use std::collections::BTreeSet;

pub(super) fn check(recipe: &Recipe, checked: Checked<'_>) -> Result<(), Error> {
    role(recipe, &recipe.rows, checked.after("rows ="))?;
    for join in &recipe.joins {
        role(recipe, &join.file, checked.after("[[join]]"))?;
        if join.file == recipe.rows {
            let message = format!("`{}` holds the rows and cannot be joined to itself", join.file);
            return Err(checked.wrong("join", message));
        }
        if join.on.is_empty() {
            return Err(checked.wrong("join", "a join needs the columns to match in `on`".into()));
        }
    }
    for keep in &recipe.keep {
        let range = keep.min.is_some() || keep.max.is_some();
        if range != keep.values.is_empty() || (range && !is_range(keep.min, keep.max)) {
            let message = format!(
                "the test of column `{}` needs either `values` or a range by `min` and `max`",
                keep.column
            );
            return Err(checked.wrong(&keep.column, message));
        }
    }
    if let Err(problem) = recipe.design.check() {
        return Err(checked.after("[design").wrong(&problem.at, problem.message));
    }
    for (id, mapping) in &recipe.concepts {
        let header = format!("[concept.{id}]");
        check_mapping(recipe, id, mapping, checked.after(&header))?;
    }
    for (id, change) in &recipe.indicators {
        if !checked.registry.indicators.contains_key(id) {
            let known = checked.registry.indicators.keys().map(String::as_str);
            return Err(checked.unknown("indicator", id, known));
        }
        for condition in change.universe.iter().chain(&change.numerator) {
            checked.condition(condition)?;
        }
        if change.numerator.is_some() && change.proxy.is_none() {
            let message = format!(
                "another numerator for `{id}` makes it an approximation; say how in `proxy`"
            );
            return Err(checked.wrong(id, message));
        }
    }
    Ok(())
}

/// The file has a role of that name.
fn role(recipe: &Recipe, name: &str, checked: Checked<'_>) -> Result<(), Error> {
    if recipe.files.contains_key(name) {
        return Ok(());
    }
    Err(checked.unknown("file of the recipe", name, recipe.files.keys().map(String::as_str)))
}

fn check_mapping(
    recipe: &Recipe,
    id: &str,
    mapping: &Mapping,
    checked: Checked<'_>,
) -> Result<(), Error> {
    let concept = checked.concept(id)?;
    if let Some(file) = &mapping.file {
        role(recipe, file, checked)?;
        if file != &recipe.rows && !recipe.joins.iter().any(|join| &join.file == file) {
            let message = format!("concept `{id}` is in file `{file}`, which is not joined");
            return Err(checked.wrong(id, message));
        }
    }
    mapping_source(id, mapping, checked)?;
    match concept.kind {
        ConceptKind::Number => number(id, mapping, checked),
        ConceptKind::Category => category(concept, mapping, checked),
    }
}

fn mapping_source(id: &str, mapping: &Mapping, checked: Checked<'_>) -> Result<(), Error> {
    let sources = [mapping.column.is_some(), mapping.fixed.is_some(), !mapping.cases.is_empty()];
    if sources.iter().filter(|there| **there).count() == 1 {
        return Ok(());
    }
    let message = format!("concept `{id}` needs exactly one of `column`, `fixed` and `cases`");
    Err(checked.wrong(id, message))
}

fn number(id: &str, mapping: &Mapping, checked: Checked<'_>) -> Result<(), Error> {
    let coded = mapping.column.is_none()
        || !mapping.map.is_empty()
        || mapping.others.is_some()
        || mapping.blank_code.is_some()
        || !mapping.codes.is_empty();
    if coded {
        let message = format!(
            "concept `{id}` is a number: it has `column`, and `scale`, `missing`, `blank` if needed"
        );
        return Err(checked.wrong(id, message));
    }
    match mapping.scale {
        Some(scale) if !scale.is_finite() || scale == 0.0 => {
            Err(checked.wrong("scale", format!("the scale of `{id}` is a number other than 0")))
        }
        _ => Ok(()),
    }
}

fn category(concept: &Concept, mapping: &Mapping, checked: Checked<'_>) -> Result<(), Error> {
    let id = concept.id.as_str();
    if !mapping.codes.is_empty() && !concept.open {
        let message = format!("concept `{id}` is not open, so a recipe cannot add codes to it");
        return Err(checked.wrong(id, message));
    }
    let mut seen: BTreeSet<&str> = concept.codes.iter().map(|code| code.id.as_str()).collect();
    for code in &mapping.codes {
        if !seen.insert(&code.id) {
            let message = format!("code `{}` of concept `{id}` stands twice", code.id);
            return Err(checked.wrong(&code.id, message));
        }
    }
    if mapping.scale.is_some() {
        return Err(checked.wrong("scale", format!("concept `{id}` is not a number: no `scale`")));
    }
    if mapping.blank.is_some() && mapping.blank_code.is_some() {
        let message = format!("a blank of `{id}` is either a code or missing, not both");
        return Err(checked.wrong("blank_code", message));
    }
    let by_column = !mapping.map.is_empty()
        || !mapping.missing.is_empty()
        || mapping.others.is_some()
        || mapping.blank_code.is_some();
    if mapping.column.is_some() && mapping.map.is_empty() && mapping.others.is_none() {
        return Err(checked.wrong(id, format!("concept `{id}` needs a `map` of values to codes")));
    }
    if mapping.column.is_none() && by_column {
        let message = format!("`map`, `missing` and `others` of `{id}` need a `column`");
        return Err(checked.wrong(id, message));
    }
    if let Some(value) = mapping.map.keys().find(|value| mapping.missing.contains_key(*value)) {
        let message = format!("value `{value}` of `{id}` is both a code and missing");
        return Err(checked.wrong(value, message));
    }
    for code in codes_of(mapping) {
        checked_code(concept, mapping, code, checked)?;
    }
    for case in &mapping.cases {
        if case.code.is_some() == case.missing.is_some() {
            let message =
                format!("each case of `{id}` gives either a `code` or a `missing` reason");
            return Err(checked.wrong(id, message));
        }
        for (column, test) in &case.when {
            let fine = match test {
                RawTest::Values(values) => !values.is_empty(),
                RawTest::Range { min, max } => is_range(*min, *max),
            };
            if !fine {
                let message = format!(
                    "the test of column `{column}` for `{id}` needs values, or `min` or `max`"
                );
                return Err(checked.wrong(column, message));
            }
        }
    }
    Ok(())
}

/// Every code that a mapping may give.
pub(crate) fn codes_of(mapping: &Mapping) -> impl Iterator<Item = &str> {
    mapping
        .map
        .values()
        .chain(&mapping.fixed)
        .chain(&mapping.others)
        .chain(&mapping.blank_code)
        .chain(mapping.cases.iter().filter_map(|case| case.code.as_ref()))
        .map(String::as_str)
}

fn checked_code(
    concept: &Concept,
    mapping: &Mapping,
    code: &str,
    checked: Checked<'_>,
) -> Result<(), Error> {
    if concept.open && mapping.codes.is_empty() && concept.index_of(code).is_none() {
        let message = format!(
            "concept `{}` is open and the recipe uses code `{code}`; add it as [[concept.{}.code]]",
            concept.id, concept.id
        );
        return Err(checked.wrong(code, message));
    }
    checked.code(concept, &mapping.codes, code)
}
