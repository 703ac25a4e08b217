//! Cells of the surveys of a study, one file each, or one for each part of a survey's rows.
//!
//! In a folder the work can be broken off and taken up again: a whole file of the same plan and source
//! is kept. Parts that only together tell what a row is (looked-up files, quantile groups) are not
//! taken apart.

use super::facts::{Entry, Facts, Source, name_of};
use super::file::{CellsFile, Sink};
use super::print::Print;
use crate::plan::{Part, Prepared, Sample};
use crate::walk::{Progress, opened, opened_files, survey_error, with_rows_seen};
use crate::{Error, output};
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Float64Type;
use inclusion_ingest::{Harmonised, makers, sha256};
use inclusion_registry::{Derive, Registry, WEIGHT, nearest};
use inclusion_survey::cells::{cells, cells_form};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Where cells go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellsTarget {
    /// One file, of one survey.
    File(PathBuf),
    /// A folder: a file for each survey, or for each part file of its rows.
    Folder(PathBuf),
}

/// A file of cells that was made, or kept.
pub struct CellsMade {
    /// Its path.
    pub path: PathBuf,
    /// Id of the survey.
    pub survey: String,
    /// Rows of the survey, their files, and cells; nothing of a file that was kept.
    pub made: Option<(u64, usize, u64)>,
    /// Seconds of wall time.
    pub seconds: f64,
}

/// The target that a user names: a folder, or a name that ends in `.parquet`.
///
/// # Errors
///
/// [`Error::Usage`] for a name with another ending.
pub fn cells_target(named: &Path) -> Result<CellsTarget, Error> {
    let ending = named.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        _ if named.is_dir() => Ok(CellsTarget::Folder(named.to_path_buf())),
        None => Ok(CellsTarget::Folder(named.to_path_buf())),
        Some("parquet") => Ok(CellsTarget::File(named.to_path_buf())),
        Some(other) => {
            let near = nearest(other, ["parquet"]);
            let hint = near.map(|near| named.with_extension(near).display().to_string());
            let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            Err(Error::Usage(format!(
                "cells are written as `.parquet`, or into a folder, and `{}` is neither{hint}",
                named.display()
            )))
        }
    }
}

/// Makes the cells of a study's surveys, or of one, and tells of each file once it is there. Gives the
/// files of an earlier run that were removed, because this one does not have them.
///
/// # Errors
///
/// [`Error::Usage`] if a file is named for several surveys; [`Error::Survey`] if estimates of the study
/// cannot be had from cells, with the indicator and the reason; those of reading and writing.
pub fn make_cells(
    prepared: &Prepared,
    survey: Option<&str>,
    target: &CellsTarget,
    progress: &Progress<'_>,
    told: &mut dyn FnMut(&CellsMade),
) -> Result<Vec<PathBuf>, Error> {
    let samples = chosen(prepared, survey)?;
    for sample in &samples {
        cells_form(&sample.plan, |column| column == WEIGHT, &sample.options)
            .map_err(|error| survey_error(sample, error))?;
    }
    for sample in &samples {
        crate::area::check(sample)?;
    }
    crate::plan::shared::check(&prepared.study, &prepared.samples, true)?;
    let folder = match (target, samples.as_slice()) {
        (CellsTarget::Folder(folder), _) => folder,
        (CellsTarget::File(path), [sample]) => {
            output::not_an_input(&prepared.study, path)?;
            told(&Job::whole(prepared, sample, path.clone()).run(progress)?);
            return Ok(Vec::new());
        }
        (CellsTarget::File(path), _) => {
            let ids: Vec<&str> = samples.iter().map(|s| s.plan.sample.as_str()).collect();
            return Err(Error::Usage(format!(
                "`{}` is one file, and the study has {} surveys ({}): name one by `--survey`, or a \
                 folder for all",
                path.display(),
                ids.len(),
                ids.join(", ")
            )));
        }
    };
    std::fs::create_dir_all(folder)
        .map_err(|source| Error::Write { path: folder.clone(), source })?;
    let earlier = output::listed(folder)?;
    let mut names = BTreeSet::new();
    for sample in samples {
        for job in Job::all(prepared, sample, folder)? {
            let name = job.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            output::not_an_input(&prepared.study, &job.path)?;
            if job.path.exists() && !earlier.contains(&name) {
                return Err(Error::Usage(format!(
                    "`{}` is there already and no earlier run made it; choose another folder, or move it away",
                    job.path.display()
                )));
            }
            names.insert(name);
            // A run that is broken off leaves no file that the next would not know.
            output::list(folder, earlier.iter().chain(&names).map(String::as_str))?;
            match job.is_done() {
                true => told(&job.kept()),
                false => told(&job.run(progress)?),
            }
        }
    }
    let mut removed = Vec::new();
    if survey.is_none() {
        for name in earlier.iter().filter(|name| !names.contains(*name)) {
            removed.extend(output::remove(folder, name)?);
        }
        output::list(folder, names.iter().map(String::as_str))?;
    }
    Ok(removed)
}

pub(super) fn chosen<'a>(
    prepared: &'a Prepared,
    survey: Option<&str>,
) -> Result<Vec<&'a Sample>, Error> {
    let Some(id) = survey else { return Ok(prepared.samples.iter().collect()) };
    let ids = || prepared.samples.iter().map(|sample| sample.plan.sample.as_str());
    match prepared.samples.iter().find(|sample| sample.plan.sample == id) {
        Some(sample) => Ok(vec![sample]),
        None => {
            let hint = match nearest(id, ids()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", ids().collect::<Vec<_>>().join(", ")),
            };
            Err(Error::Usage(format!("the study has no survey `{id}`; {hint}")))
        }
    }
}

/// One file of cells to be made.
struct Job<'a> {
    prepared: &'a Prepared,
    sample: &'a Sample,
    path: PathBuf,
    /// Recipe and file of the part; all of the survey if there is none.
    part: Option<(usize, PathBuf)>,
}

impl<'a> Job<'a> {
    fn whole(prepared: &'a Prepared, sample: &'a Sample, path: PathBuf) -> Job<'a> {
        Job { prepared, sample, path, part: None }
    }

    /// The files of a survey in a folder.
    fn all(
        prepared: &'a Prepared,
        sample: &'a Sample,
        folder: &Path,
    ) -> Result<Vec<Job<'a>>, Error> {
        let id = safe(&sample.plan.sample);
        let parts: Vec<(usize, PathBuf)> = sample
            .parts
            .iter()
            .enumerate()
            .flat_map(|(at, part)| rows_files(part).iter().map(move |file| (at, file.clone())))
            .collect();
        if parts.len() < 2 || !can_part(sample, &prepared.registry)? {
            return Ok(vec![Job::whole(prepared, sample, folder.join(format!("{id}.parquet")))]);
        }
        let job = |(number, part): (usize, (usize, PathBuf))| {
            let stem = part.1.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{id}-{number:03}-{}.parquet", safe(&stem));
            Job { prepared, sample, path: folder.join(name), part: Some(part) }
        };
        Ok((1..).zip(parts).map(job).collect())
    }

    /// The recipes and files that are read.
    fn files(&self) -> Vec<Files<'a>> {
        let all = self.sample.parts.iter().map(|part| (part, part.files.clone()));
        let Some((own, file)) = &self.part else { return all.collect() };
        let mut files: Vec<Files<'a>> = all.skip(*own).take(1).collect();
        for (part, files) in &mut files {
            files.insert(part.recipe.rows.clone(), vec![file.clone()]);
        }
        files
    }

    /// The file is there, whole, and of this plan and these sources.
    fn is_done(&self) -> bool {
        let Ok(known) = CellsFile::open(&self.path) else { return false };
        let facts = &known.facts;
        let same = facts.survey == self.sample.plan.sample
            && facts.program == env!("CARGO_PKG_VERSION")
            && facts.plan == Print::of(self.sample);
        let known: BTreeSet<_> = facts
            .sources
            .iter()
            .map(|s| (s.recipe.clone(), s.role.clone(), s.file.clone(), s.sha256.clone()))
            .collect();
        let mut wanted = BTreeSet::new();
        for (part, files) in self.files() {
            for (role, path) in
                files.iter().flat_map(|(role, all)| all.iter().map(move |p| (role, p)))
            {
                let Some(sha256) = sha256(path) else { return false };
                wanted.insert((part.recipe.id.clone(), role.clone(), self.name(path), sha256));
            }
        }
        same && known == wanted
    }

    fn kept(&self) -> CellsMade {
        let survey = self.sample.plan.sample.clone();
        CellsMade { path: self.path.clone(), survey, made: None, seconds: 0.0 }
    }

    fn name(&self, path: &Path) -> PathBuf {
        name_of(&self.prepared.study, path)
    }

    fn run(&self, progress: &Progress<'_>) -> Result<CellsMade, Error> {
        let started = Instant::now();
        let (sample, registry) = (self.sample, &self.prepared.registry);
        let id = sample.plan.sample.as_str();
        let mut log = BTreeSet::new();
        if self.part.is_some() {
            // What the headers of all files tell of each other.
            log.extend(self.log(&opened(sample, registry)?));
        }
        let told = |done: u64, all: u64| progress(id, done, all);
        let files = self.files();
        let opened = opened_files(sample, registry, files.clone(), Some(&told))?;
        let ranges: Vec<Mutex<Range>> = opened.iter().map(|_| Mutex::default()).collect();
        let mut sink = Sink::new(&self.path);
        let form = with_rows_seen(&opened, &|at, batch| widen(&ranges[at], batch), |rows| {
            cells(&sample.plan, rows, &sample.options, &mut |batch| sink.take(batch))
        })?;
        let form = match sink.failure() {
            Some(error) => return Err(error),
            None => form.map_err(|error| survey_error(sample, error))?,
        };
        let rows = sink.rows;
        if self.part.is_none() {
            crate::area::check_rows(sample, rows)?;
        }
        let mut facts = Facts::new(id, Print::of(sample), &form);
        for (((part, _), opened), range) in files.iter().zip(&opened).zip(&ranges) {
            facts.sources.extend(self.sources(part, opened));
            let range = *range.lock().unwrap_or_else(PoisonError::into_inner);
            if let (Some((low, high)), true) = (range, part.recipe.design.weight.is_some()) {
                facts.weights.insert(part.recipe.id.clone(), [low.to_string(), high.to_string()]);
            }
            if self.part.is_some() && !part.recipe.key.is_empty() {
                log.extend(facts.sources.last().map(|source| keys_by_file(&source.file)));
            }
        }
        log.extend(self.log(&opened));
        facts.log = log.into_iter().collect();
        let files = facts.sources.iter().filter(|source| source.own).count();
        let cells = sink.finish(&facts)?;
        Ok(CellsMade {
            path: self.path.clone(),
            survey: id.to_string(),
            made: Some((rows, files, cells)),
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// What was noticed, without what is known only of all parts of a survey, or counted by the cells.
    fn log(&self, opened: &[Harmonised<'_>]) -> Vec<Entry> {
        let log = opened.iter().flat_map(Harmonised::log);
        log.filter(|entry| entry.code != "constant_weight" && entry.code != "zero_weight")
            .map(|entry| Entry::of(entry, &|path| self.name(path)))
            .collect()
    }

    fn sources(&self, part: &Part, opened: &Harmonised<'_>) -> Vec<Source> {
        let of = |source: inclusion_ingest::Source| Source {
            recipe: part.recipe.id.clone(),
            own: source.role == part.recipe.rows,
            role: source.role,
            file: self.name(&source.path),
            format: source.format,
            size: source.size,
            sha256: source.sha256,
            rows: source.rows,
        };
        opened.sources().into_iter().map(of).collect()
    }
}

/// A recipe and the files that it reads.
type Files<'a> = (&'a Part, BTreeMap<String, Vec<PathBuf>>);

/// Smallest and largest weight.
type Range = Option<(f64, f64)>;

fn widen(range: &Mutex<Range>, batch: &RecordBatch) {
    let weights = batch.column_by_name(WEIGHT).and_then(|c| c.as_primitive_opt::<Float64Type>());
    let mut range = range.lock().unwrap_or_else(PoisonError::into_inner);
    for weight in weights.iter().flat_map(|weights| weights.values().iter()) {
        let (low, high) = range.unwrap_or((*weight, *weight));
        *range = Some((low.min(*weight), high.max(*weight)));
    }
}

fn rows_files(part: &Part) -> &[PathBuf] {
    part.files.get(&part.recipe.rows).map_or(&[], Vec::as_slice)
}

/// True if each part of a survey's rows tells by itself what its rows are.
fn can_part(sample: &Sample, registry: &Registry) -> Result<bool, Error> {
    let wanted: Vec<String> = sample.plan.concepts.keys().cloned().collect();
    for part in &sample.parts {
        if !part.recipe.joins.is_empty() {
            return Ok(false);
        }
        let made = makers(&part.recipe, registry, &wanted)?;
        if made.iter().any(|concept| matches!(concept.derive, Some(Derive::Quantile { .. }))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Rows of two files with the same key are found only where both files are read in one run.
fn keys_by_file(file: &Path) -> Entry {
    Entry {
        code: "keys_by_file".to_string(),
        message: "Rows with the same key were looked for within each file, not across the files, \
                  because cells were made file by file."
            .to_string(),
        file: file.to_path_buf(),
        column: None,
        count: 0,
    }
}

/// A text that can stand in a file's name.
fn safe(text: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "._-".contains(c);
    text.chars().map(|c| if fits(c) { c } else { '_' }).collect()
}
