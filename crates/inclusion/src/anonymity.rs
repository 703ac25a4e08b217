//! How easily records of a microdata file that is to be shared are recognised by their keys.
//!
//! The file is read through its recipe, so that keys are concepts (`sex`, `age_5`, `region`) and weights
//! are those of the recipe. Every reason of a missing answer but `not_applicable`, which an outsider can
//! know, makes a key missing: it matches every value.

use crate::message::grouped;
use crate::quick::{files_by_role, recipe_named};
use crate::walk::Progress;
use crate::{Error, check_file, counted, output};
use arrow::array::{Array, Float64Array, Int16Array, RecordBatch};
use inclusion_disclosure::{Anonymity, KeyCounts, KeyGroup, Keys};
use inclusion_ingest::{Harmonised, Request};
use inclusion_registry::{Concept, ConceptKind, Missing, Registry, WEIGHT, nearest};
use inclusion_survey::BoxError;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Combinations of keys that the text lists.
const LISTED: usize = 10;

/// A file and its keys.
pub struct AnonymityRequest {
    /// `FILE`, or `ROLE=FILE` where the recipe has several files.
    pub files: Vec<String>,
    /// Recipe id.
    pub recipe: String,
    /// Concepts by which a person could be known.
    pub keys: Vec<String>,
    /// Values of k that are looked at.
    pub k: Vec<u64>,
    /// Folder that adds to the registry.
    pub registry: Option<PathBuf>,
    /// File for all combinations of keys, `.csv`.
    pub output: Option<PathBuf>,
}

/// What was found.
pub struct AnonymityReport {
    /// For people.
    pub text: String,
    /// The file that was written.
    pub written: Option<PathBuf>,
}

/// What is to be known of the report and its file.
pub const RECOGNISABLE: &str = "A combination of keys with few records describes persons: keep this \
                                report as confidential as the microdata.";

/// Counts the records of each combination of keys, and what follows for k-anonymity.
///
/// # Errors
///
/// [`Error::Usage`] for a wrong argument; [`Error::Ingest`] for what is wrong with the file;
/// [`Error::Write`].
pub fn anonymity(
    request: &AnonymityRequest,
    progress: &Progress<'_>,
) -> Result<AnonymityReport, Error> {
    let registry = match &request.registry {
        Some(folder) => Registry::with_folder(folder)?,
        None => Registry::builtin()?,
    };
    let recipe = recipe_named(&registry, &request.recipe)?;
    let concepts = registry.concepts_for(recipe);
    let keys = keys(request, &concepts, |id| registry.has_concept(recipe, id))?;
    let mut k: Vec<u64> = request.k.clone();
    k.sort_unstable();
    k.dedup();
    if k.first().is_none_or(|first| *first < 2) {
        return Err(Error::Usage("k is a whole number from 2 on, such as 2,3,5".to_string()));
    }
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (role, names) in files_by_role(recipe, &request.files)? {
        for name in names {
            check_file(Path::new(&name))?;
            files.entry(role.clone()).or_default().push(PathBuf::from(name));
        }
    }
    if let Some(path) = &request.output {
        check_output(path, files.values().flatten())?;
    }
    let names: Vec<String> =
        files.values().flatten().map(|path| path.display().to_string()).collect();
    let told = |done: u64, all: u64| progress(&names.join(", "), done, all);
    let opened = inclusion_ingest::open(Request {
        recipe,
        registry: &registry,
        files,
        concepts: request.keys.clone(),
        options: inclusion_ingest::Options::default(),
        progress: Some(&told),
    })?;
    let anonymity = count(&opened, &request.keys)?.anonymity();
    let written = match &request.output {
        Some(path) => {
            output::write(path, &csv(&anonymity, &keys)?)?;
            Some(path.clone())
        }
        None => None,
    };
    Ok(AnonymityReport { text: text(&anonymity, &keys, &k, &names.join(", ")), written })
}

/// The concepts of the keys, which the recipe must have.
fn keys<'a>(
    request: &AnonymityRequest,
    concepts: &'a BTreeMap<String, Concept>,
    has: impl Fn(&str) -> bool,
) -> Result<Vec<&'a Concept>, Error> {
    if request.keys.is_empty() {
        return Err(Error::Usage("name at least one key, such as --keys sex,age_5".to_string()));
    }
    let mut known = BTreeSet::new();
    let mut keys = Vec::new();
    for id in &request.keys {
        if !known.insert(id) {
            return Err(Error::Usage(format!("the key `{id}` is named twice")));
        }
        let Some(concept) = concepts.get(id).filter(|_| has(id)) else {
            let usable = concepts.keys().map(String::as_str).filter(|id| has(id));
            let near = nearest(id, usable);
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Error::Usage(format!("recipe `{}` has no `{id}`{hint}", request.recipe)));
        };
        keys.push(concept);
    }
    Ok(keys)
}

/// The table of combinations is CSV and does not destroy what is read.
fn check_output<'a>(
    path: &Path,
    mut inputs: impl Iterator<Item = &'a PathBuf>,
) -> Result<(), Error> {
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        let message =
            format!("combinations of keys are written as `.csv`, not `{}`", path.display());
        return Err(Error::Usage(message));
    }
    let real = path.canonicalize().ok();
    if real.is_some() && inputs.any(|input| input.canonicalize().ok() == real) {
        return Err(Error::Usage(format!(
            "`{}` is the file that is read, and writing there would destroy it; choose another name",
            path.display()
        )));
    }
    Ok(())
}

fn count(opened: &Harmonised<'_>, keys: &[String]) -> Result<KeyCounts, Error> {
    let parts: Result<Vec<KeyCounts>, BoxError> = (0..opened.units())
        .into_par_iter()
        .map(|unit| {
            let mut counts = KeyCounts::default();
            opened.read(unit, &mut |batch| add(&mut counts, &batch, keys))?;
            Ok(counts)
        })
        .collect();
    let parts = parts.map_err(|error| match error.downcast::<inclusion_ingest::Error>() {
        Ok(error) => Error::Ingest(error),
        Err(other) => Error::Internal(other.to_string()),
    })?;
    Ok(parts.into_iter().fold(KeyCounts::default(), |mut all, part| {
        all.merge(part);
        all
    }))
}

fn add(counts: &mut KeyCounts, batch: &RecordBatch, keys: &[String]) -> Result<(), BoxError> {
    let weights = batch.column_by_name(WEIGHT);
    let weights = weights.and_then(|column| column.as_any().downcast_ref::<Float64Array>());
    let columns: Option<Vec<&dyn Array>> =
        keys.iter().map(|key| batch.column_by_name(key).map(|column| column.as_ref())).collect();
    let columns = columns.ok_or("a key has no column")?;
    let mut record: Keys = vec![None; keys.len()];
    for row in 0..batch.num_rows() {
        for (key, column) in record.iter_mut().zip(&columns) {
            *key = key_of(*column, row)?;
        }
        counts.add(&record, weights.map_or(1.0, |weights| weights.value(row)));
    }
    Ok(())
}

/// The number that stands for a value: that of its code, or the bits of a number.
fn key_of(column: &dyn Array, row: usize) -> Result<Option<u64>, BoxError> {
    if let Some(column) = column.as_any().downcast_ref::<Int16Array>() {
        let code = column.value(row);
        return Ok(match Missing::from_code(code) {
            None => Some(code.unsigned_abs().into()),
            Some(Missing::NotApplicable) => Some(NOT_APPLICABLE),
            Some(_) => None,
        });
    }
    let numbers = column.as_any().downcast_ref::<Float64Array>();
    let numbers = numbers.ok_or("a key is neither a category nor a number")?;
    Ok((!numbers.is_null(row)).then(|| numbers.value(row).to_bits()))
}

const NOT_APPLICABLE: u64 = u64::MAX;

/// The value that a number stands for; empty where it is missing.
fn value(concept: &Concept, key: Option<u64>) -> String {
    match (key, concept.kind) {
        (None, _) => String::new(),
        (Some(NOT_APPLICABLE), ConceptKind::Category) => Missing::NotApplicable.id().to_string(),
        (Some(bits), ConceptKind::Number) => f64::from_bits(bits).to_string(),
        (Some(code), ConceptKind::Category) => {
            let own = usize::try_from(code).ok().and_then(|at| concept.codes.get(at));
            own.map_or_else(|| code.to_string(), |code| code.id.clone())
        }
    }
}

fn csv(anonymity: &Anonymity, keys: &[&Concept]) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| Error::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = keys.iter().map(|concept| concept.id.to_uppercase());
    let figures = ["RECORDS", "SAMPLE_FREQUENCY", "POPULATION_FREQUENCY", "RISK"];
    writer.write_record(names.chain(figures.map(str::to_string))).map_err(failed)?;
    for group in anonymity.groups() {
        let values = keys.iter().zip(&group.keys).map(|(concept, key)| value(concept, *key));
        let figures = [
            group.records.to_string(),
            group.sample.to_string(),
            group.population.to_string(),
            group.risk().to_string(),
        ];
        writer.write_record(values.chain(figures)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Internal(error.to_string()))
}

fn text(anonymity: &Anonymity, keys: &[&Concept], k: &[u64], files: &str) -> String {
    let records = anonymity.records();
    let names: Vec<&str> = keys.iter().map(|concept| concept.id.as_str()).collect();
    let mut text =
        format!("{files}: {}, keys {}\n\n", counted(records, "record"), names.join(", "));
    let percent = |n: u64| match records {
        0 => String::new(),
        _ => format!(" ({:.1} per cent)", 100.0 * n as f64 / records as f64),
    };
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<34} {value}");
    };
    line("combinations of keys", grouped(anonymity.groups().len() as u64));
    let uniques = anonymity.sample_uniques();
    line("records that no other matches", format!("{}{}", grouped(uniques), percent(uniques)));
    for k in k {
        let below = anonymity.below(*k);
        let verdict = if below == 0 { "; the file is anonymous to this degree" } else { "" };
        line(
            &format!("k = {k}: records that fewer match"),
            format!("{}{}{verdict}", grouped(below), percent(below)),
        );
    }
    line("expected to be recognised", format!("{:.2} records", anonymity.expected_recognised()));
    if let Some(risk) = anonymity.highest_risk() {
        line("highest risk of a record", format!("{risk:.4}"));
    }
    let most = k.last().copied().unwrap_or(0);
    let mut few: Vec<&KeyGroup> =
        anonymity.groups().iter().filter(|group| group.sample < most).collect();
    few.sort_by(|a, b| a.sample.cmp(&b.sample).then(b.risk().total_cmp(&a.risk())));
    if !few.is_empty() {
        let _ =
            writeln!(text, "\nfewest records first: f in the file, F in the population, risk 1/F");
    }
    for group in few.iter().take(LISTED) {
        let values: Vec<String> = keys
            .iter()
            .zip(&group.keys)
            .map(|(concept, key)| match value(concept, *key) {
                missing if missing.is_empty() => format!("{} missing", concept.id),
                value => format!("{} {value}", concept.id),
            })
            .collect();
        let _ = writeln!(
            text,
            "  f {:<5} F {:<12.1} risk {:<7.4} {}",
            group.sample,
            group.population,
            group.risk(),
            values.join(", ")
        );
    }
    if few.len() > LISTED {
        let _ = writeln!(
            text,
            "  and {} more; --output FILE.csv has all",
            grouped((few.len() - LISTED) as u64)
        );
    }
    text
}
