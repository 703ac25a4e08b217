//! Estimates of a study from cells.

use super::facts::{Facts, Source, name_of};
use super::file::CellsFile;
use super::merge::{combined, open_all, unusable, with_parts};
use super::print::Print;
use crate::Error;
use crate::plan::{Prepared, Sample};
use crate::walk::{Passed, survey_error, without_false_precision};
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_ingest::{LogEntry, sha256};
use inclusion_survey::cells::{CellsSet, estimate_cells, estimate_sets};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The cells of a study's surveys.
pub(crate) struct CellsOfStudy {
    surveys: BTreeMap<String, (Vec<CellsFile>, Facts)>,
}

impl CellsOfStudy {
    /// Opens cells and holds them against the study; no cell is read.
    ///
    /// # Errors
    ///
    /// [`Error::Cells`], [`Error::Usage`] or [`Error::Study`].
    pub(crate) fn open(prepared: &Prepared, paths: &[PathBuf]) -> Result<CellsOfStudy, Error> {
        super::only_sums(prepared)?;
        let mut found: BTreeMap<String, Vec<CellsFile>> = BTreeMap::new();
        for file in open_all(paths)? {
            found.entry(file.facts.survey.clone()).or_default().push(file);
        }
        let mut surveys = BTreeMap::new();
        for sample in &prepared.samples {
            let id = &sample.plan.sample;
            let Some(files) = found.remove(id) else {
                let known = |id: &String| prepared.samples.iter().any(|s| s.plan.sample == *id);
                let other = found.iter().find(|(id, _)| !known(id));
                let told = match other.and_then(|(id, files)| Some((id, files.first()?))) {
                    Some((other, file)) => format!(
                        ": {} holds those of survey `{other}`, which the study does not have",
                        file.path.display()
                    ),
                    None => String::new(),
                };
                return Err(Error::Usage(format!(
                    "there are no cells of survey `{id}`{told}; `inclusion cells` makes them"
                )));
            };
            let facts = fitting(prepared, sample, &files)?;
            surveys.insert(id.clone(), (files, facts));
        }
        if let Some((id, files)) = found.into_iter().next() {
            let path = files.into_iter().next().map(|file| file.path).unwrap_or_default();
            let message = format!("it holds cells of survey `{id}`, which the study does not have");
            return Err(Error::Cells { path, message });
        }
        Ok(CellsOfStudy { surveys })
    }

    /// The estimates of a survey, as a pass over its rows gives them.
    pub(crate) fn pass(&self, prepared: &Prepared, sample: &Sample) -> Result<Passed, Error> {
        let (files, facts) = self
            .surveys
            .get(&sample.plan.sample)
            .ok_or_else(|| Error::Internal("a survey has no cells".to_string()))?;
        let mut passed = passed(prepared, sample, files, facts)?;
        passed.results.diagnostics.extend(outdated(prepared, sample, facts));
        Ok(passed)
    }
}

/// The estimates of a survey from its cells.
pub(super) fn passed(
    prepared: &Prepared,
    sample: &Sample,
    files: &[CellsFile],
    facts: &Facts,
) -> Result<Passed, Error> {
    let all: Vec<&CellsFile> = files.iter().collect();
    let results = with_parts(&all, facts.sets.len().max(1), |parts| {
        let (plan, options) = (&sample.plan, &sample.options);
        if facts.sets.is_empty() {
            return estimate_cells(plan, &facts.form(), &parts[0], options);
        }
        let sets = facts.sets.iter().zip(parts);
        let sets = sets.map(|(set, parts)| CellsSet { form: facts.form_of(set), parts });
        estimate_sets(plan, &sets.collect::<Vec<_>>(), options)
    });
    let results = results.map_err(|error| match error {
        // Of these the file is at fault, and not the survey.
        inclusion_survey::Error::Rows(_)
        | inclusion_survey::Error::MissingColumn { .. }
        | inclusion_survey::Error::ColumnType { .. }
        | inclusion_survey::Error::Plan { .. }
        | inclusion_survey::Error::Empty { .. } => unusable(&all, &error),
        error => survey_error(sample, error),
    })?;
    let results = without_false_precision(results);
    Ok(Passed { results, log: log(sample, facts), sources: sources(prepared, sample, facts) })
}

/// The facts of a survey's cells, which must be those of its plan and of all its files.
fn fitting(prepared: &Prepared, sample: &Sample, files: &[CellsFile]) -> Result<Facts, Error> {
    let print = Print::of(sample);
    for file in files {
        if let Some(lacking) = file.facts.plan.lacks(&print) {
            let made = match file.facts.program.as_str() {
                "" => String::new(),
                version => format!(" by version {version}"),
            };
            return Err(Error::Cells {
                path: file.path.clone(),
                message: format!(
                    "its cells were made{made} for another plan than survey `{}` of the study has: \
                     {lacking}; make them again",
                    sample.plan.sample
                ),
            });
        }
    }
    let all: Vec<&CellsFile> = files.iter().collect();
    let facts = combined(&all)?;
    // Without them errors would be those of another design.
    let designs = || sample.parts.iter().map(|part| &part.recipe.design);
    for (name, told, wanted) in [
        ("strata", facts.stratified, designs().all(|design| !design.stratum.is_empty())),
        ("PSUs", facts.clustered, designs().all(|design| !design.psu.is_empty())),
    ] {
        if wanted && !told {
            return Err(Error::Cells {
                path: files.first().map(|file| file.path.clone()).unwrap_or_default(),
                message: format!(
                    "its cells are not by {name}, which survey `{}` has; give them as they were made",
                    sample.plan.sample
                ),
            });
        }
    }
    if facts.sources.is_empty() {
        return Ok(facts);
    }
    let wanted: BTreeSet<(String, PathBuf)> = sample
        .parts
        .iter()
        .flat_map(|part| {
            let paths = part.files.get(&part.recipe.rows).into_iter().flatten();
            paths.map(|path| (part.recipe.id.clone(), name_of(&prepared.study, path)))
        })
        .collect();
    let own = facts.sources.iter().filter(|source| source.own);
    let known: BTreeSet<(String, PathBuf)> =
        own.map(|source| (source.recipe.clone(), source.file.clone())).collect();
    let path = files.first().map(|file| file.path.clone()).unwrap_or_default();
    let list = |names: Vec<&(String, PathBuf)>| {
        let names: Vec<String> = names.iter().map(|(_, name)| name.display().to_string()).collect();
        format!("`{}`", names.join("`, `"))
    };
    let lacking: Vec<_> = wanted.difference(&known).collect();
    let foreign: Vec<_> = known.difference(&wanted).collect();
    let id = &sample.plan.sample;
    let message = if !lacking.is_empty() {
        format!("the cells of survey `{id}` lack the rows of {}", list(lacking))
    } else if !foreign.is_empty() {
        format!(
            "the cells of survey `{id}` have rows of {}, which the study does not name",
            list(foreign)
        )
    } else {
        return Ok(facts);
    };
    Err(Error::Cells { path, message })
}

/// Said of source files that are there and are not those that the cells were made of.
fn outdated(prepared: &Prepared, sample: &Sample, facts: &Facts) -> Option<Diagnostic> {
    let changed = |source: &&Source| {
        let parts = sample.parts.iter().filter(|part| part.recipe.id == source.recipe);
        let mut paths = parts.filter_map(|part| part.files.get(&source.role)).flatten();
        paths.any(|path| {
            let size = std::fs::metadata(path).map(|file| file.len());
            name_of(&prepared.study, path) == source.file
                && size.is_ok_and(|size| {
                    size != source.size || sha256(path).is_some_and(|own| own != source.sha256)
                })
        })
    };
    let names: BTreeSet<String> =
        facts.sources.iter().filter(changed).map(|s| s.file.display().to_string()).collect();
    let count = names.len() as u64;
    let was = if count == 1 { "was" } else { "were" };
    (count > 0).then(|| Diagnostic {
        code: Text::fixed("cells_outdated"),
        severity: Severity::Caution,
        message: format!(
            "{} {was} changed after the cells had been made; the figures are those of the cells. Make them again to have those of the file.",
            names.into_iter().collect::<Vec<_>>().join(", ")
        )
        .into(),
        count,
    })
}

/// What was noticed while the rows were read.
fn log(sample: &Sample, facts: &Facts) -> Vec<LogEntry> {
    let entry = |code: &str, message: String, file: &Path, count: u64| LogEntry {
        code: code.to_string(),
        message,
        file: file.to_path_buf(),
        line: None,
        column: None,
        value: None,
        count,
    };
    let mut log: Vec<LogEntry> =
        facts.log.iter().map(|e| entry(&e.code, e.message.clone(), &e.file, e.count)).collect();
    for part in &sample.parts {
        let Some([low, high]) = facts.weights.get(&part.recipe.id) else { continue };
        let rows = facts.rows_of(&part.recipe.id);
        if low == high && rows > 1 {
            let message = inclusion_ingest::constant_weight(low);
            log.push(entry("constant_weight", message, Path::new(""), rows));
        }
    }
    log
}

/// The source files, in the order in which the reader tells them.
fn sources(prepared: &Prepared, sample: &Sample, facts: &Facts) -> Vec<inclusion_ingest::Source> {
    let mut sources = Vec::new();
    for part in &sample.parts {
        let of = |source: &Source| inclusion_ingest::Source {
            role: source.role.clone(),
            path: prepared.study.resolve(&source.file),
            format: source.format.clone(),
            size: source.size,
            sha256: source.sha256.clone(),
            rows: source.rows,
        };
        let own = facts.sources.iter().filter(|source| source.recipe == part.recipe.id);
        let mut own: Vec<_> = own.map(of).collect();
        own.sort_by(|a, b| (&a.role, &a.path, &a.format).cmp(&(&b.role, &b.path, &b.format)));
        sources.extend(own);
    }
    sources
}
