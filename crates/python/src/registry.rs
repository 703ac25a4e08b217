//! What is measured: entries of the registry as dictionaries.

use crate::error::raised;
use crate::run::{registry_of, usage};
use inclusion::Error;
use inclusion_registry::nearest;
use inclusion_series::SeriesRecipe;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The fields of an entry; all are texts.
type Entry = BTreeMap<&'static str, String>;

fn entry<const N: usize>(fields: [(&'static str, &str); N]) -> Entry {
    fields.into_iter().map(|(name, value)| (name, value.to_string())).collect()
}

/// The entries of a kind, in the order of their ids.
#[pyfunction]
pub fn entries(py: Python<'_>, kind: &str, folder: Option<PathBuf>) -> PyResult<Vec<Entry>> {
    let registry = registry_of(folder.as_deref()).map_err(|error| raised(py, &error))?;
    Ok(match kind {
        "indicators" => registry
            .indicators
            .values()
            .map(|own| {
                entry([
                    ("id", &own.id),
                    ("name", &own.name),
                    ("version", &own.version),
                    ("status", &format!("{:?}", own.status).to_lowercase()),
                    ("topic", &own.topic),
                    ("custodian", &own.custodian),
                    ("unit", &own.unit),
                    ("sdg", own.sdg.as_deref().unwrap_or("")),
                    ("numerator", &own.numerator_text),
                    ("base", &own.universe_text),
                    ("source", &own.source),
                ])
            })
            .collect(),
        "concepts" => registry
            .concepts
            .values()
            .map(|own| {
                let codes: Vec<&str> = own.codes.iter().map(|code| code.id.as_str()).collect();
                let breakdown = if own.breakdown { "yes" } else { "no" };
                entry([
                    ("id", &own.id),
                    ("name", &own.name),
                    ("kind", &format!("{:?}", own.kind).to_lowercase()),
                    ("codes", &codes.join(" ")),
                    ("breakdown", breakdown),
                ])
            })
            .collect(),
        "recipes" => {
            let series = match &folder {
                Some(folder) => SeriesRecipe::with_folder(folder),
                None => SeriesRecipe::builtin(),
            };
            let series = series.map_err(|error| raised(py, &Error::from(error)))?;
            let surveys = registry.recipes.values().map(|own| {
                let fields = [("id", own.id.as_str()), ("name", &own.name)];
                (fields, [("version", own.version.as_str()), ("of", "survey")])
            });
            let published = series.values().map(|own| {
                let fields = [("id", own.id.as_str()), ("name", &own.name)];
                (fields, [("version", own.version.as_str()), ("of", "published series")])
            });
            surveys.chain(published).map(|([a, b], [c, d])| entry([a, b, c, d])).collect()
        }
        "thresholds" => registry
            .thresholds
            .values()
            .map(|own| entry([("id", &own.id), ("name", &own.name)]))
            .collect(),
        "profiles" => registry
            .policies
            .values()
            .map(|own| {
                entry([
                    ("id", &own.id),
                    ("name", &own.name),
                    ("withhold_below", &own.withhold_below.to_string()),
                    ("unreliable_below", &own.unreliable_below.to_string()),
                ])
            })
            .collect(),
        "styles" => registry
            .styles
            .values()
            .map(|own| entry([("id", &own.id), ("name", &own.name)]))
            .collect(),
        other => return Err(usage(format!("no kind of registry entry is called `{other}`"))),
    })
}

/// What to say of an id that no entry of a kind has.
#[pyfunction]
pub fn unknown(kind: &str, id: &str, ids: Vec<String>) -> String {
    let near = nearest(id, ids.iter().map(String::as_str));
    let hint = near.map(|near| format!("did you mean `{near}`?"));
    let hint = hint.unwrap_or_else(|| format!("`{kind}()` lists them"));
    format!("no {} `{id}`; {hint}", kind.trim_end_matches('s'))
}

/// One entry in full, in words.
#[pyfunction]
pub fn show(py: Python<'_>, id: &str, folder: Option<PathBuf>) -> PyResult<String> {
    let registry = registry_of(folder.as_deref()).map_err(|error| raised(py, &error))?;
    let series = match &folder {
        Some(folder) => SeriesRecipe::with_folder(folder),
        None => SeriesRecipe::builtin(),
    };
    let series = series.map_err(|error| raised(py, &Error::from(error)))?;
    inclusion::show(&registry, &series, id).map_err(|error| raised(py, &error))
}
