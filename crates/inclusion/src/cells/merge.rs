//! Cells of several parts of one survey as one file.

use super::facts::{Entry, Facts, Source};
use super::file::{CellsFile, Sink};
use crate::Error;
use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use inclusion_survey::{BoxError, Rows};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was merged.
pub struct CellsMerged {
    /// The file written.
    pub path: PathBuf,
    /// Id of the survey.
    pub survey: String,
    /// Files merged, rows of the survey, and cells.
    pub parts: usize,
    /// Rows that the cells stand for.
    pub rows: u64,
    /// Cells written.
    pub cells: u64,
}

/// Merges cells of parts of one survey; folders stand for the files in them. The order of the parts
/// changes nothing, and what was merged can be merged again.
///
/// # Errors
///
/// [`Error::Cells`] if a file is no whole file of cells, or is of another survey or plan than the
/// first, or has the rows of a source file that another has, too; [`Error::Write`].
pub fn merge_cells(paths: &[PathBuf], output: &Path) -> Result<CellsMerged, Error> {
    if output.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("parquet")) {
        let message = format!("merged cells are written as `.parquet`, not `{}`", output.display());
        return Err(Error::Usage(message));
    }
    let files = open_all(paths)?;
    let all: Vec<&CellsFile> = files.iter().collect();
    let facts = combined(&all)?;
    if !facts.sets.is_empty() {
        return Err(Error::Cells {
            path: files[0].path.clone(),
            message:
                "it is the result of `inclusion sql`, which is by grouping set; give all files to \
                      `estimate --cells` instead, or merge the tables in the warehouse"
                    .to_string(),
        });
    }
    let real = output.canonicalize().ok();
    if real.is_some() && files.iter().any(|file| file.path.canonicalize().ok() == real) {
        let message =
            format!("`{}` is one of the files to merge; choose another name", output.display());
        return Err(Error::Usage(message));
    }
    let mut sink = Sink::new(output);
    let merged = with_parts(&all, 1, |parts| {
        let form = facts.form();
        inclusion_survey::cells::merge_cells(&form, &parts[0], &mut |batch| sink.take(batch))
    });
    match (sink.failure(), merged) {
        (Some(error), _) => return Err(error),
        (None, merged) => merged.map_err(|error| unusable(&all, &error))?,
    }
    let rows = sink.rows;
    let cells = sink.finish(&facts)?;
    let (path, survey, parts) = (output.to_path_buf(), facts.survey, files.len());
    Ok(CellsMerged { path, survey, parts, rows, cells })
}

/// Opens files of cells, and those in folders, by name.
pub(super) fn open_all(paths: &[PathBuf]) -> Result<Vec<CellsFile>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            crate::check_file(path)?;
            files.push(CellsFile::open(path)?);
            continue;
        }
        let failed = |source| Error::Read { path: path.clone(), source };
        let mut own = Vec::new();
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
            if file.is_file() && matches!(ending.as_deref(), Some("parquet" | "csv")) {
                own.push(file);
            }
        }
        if own.is_empty() {
            let message = format!("the folder `{}` holds no cells (`.parquet`)", path.display());
            return Err(Error::Usage(message));
        }
        own.sort();
        for file in own {
            files.push(CellsFile::open(&file)?);
        }
    }
    Ok(files)
}

/// The facts of several parts together.
pub(super) fn combined(files: &[&CellsFile]) -> Result<Facts, Error> {
    let first = files.first().ok_or_else(|| Error::Usage("no file of cells".to_string()))?;
    let mut facts = first.facts.clone();
    let mut sources: BTreeSet<Source> = BTreeSet::new();
    let mut log: BTreeSet<Entry> = BTreeSet::new();
    let mut weights: BTreeMap<String, [String; 2]> = BTreeMap::new();
    let mut own: BTreeMap<(String, String), &CellsFile> = BTreeMap::new();
    let mut contents: BTreeMap<Vec<u8>, &CellsFile> = BTreeMap::new();
    for file in files.iter().copied() {
        let wrong = |message: String| Error::Cells { path: file.path.clone(), message };
        let (mine, other) = (&file.facts, first.path.display());
        if mine.survey != facts.survey {
            return Err(wrong(format!(
                "it holds cells of survey `{}`, and `{other}` those of `{}`: merge one survey at a time",
                mine.survey, facts.survey
            )));
        }
        if let Some(difference) = mine.plan.difference(&first.facts.plan) {
            return Err(wrong(format!(
                "it was made for another plan than `{other}`: {difference}; make both for one study"
            )));
        }
        if mine.form() != first.facts.form() || mine.sets != first.facts.sets {
            return Err(wrong(format!(
                "its columns of strata, sampling units, codes or indicators are not those of `{other}`"
            )));
        }
        // Of files that do not say whose rows they have only the content tells.
        if files.len() > 1 && mine.sources.is_empty() {
            match contents.insert(content(file)?, file) {
                Some(known) if known.path == file.path => {
                    return Err(wrong("it is named twice".to_string()));
                }
                Some(known) => {
                    return Err(wrong(format!(
                        "it has the same cells as `{}`: each part may be there once, whatever its name and format",
                        known.path.display()
                    )));
                }
                None => {}
            }
        }
        for source in mine.sources.iter().filter(|source| source.own) {
            let key = (source.recipe.clone(), source.sha256.clone());
            if let Some(known) = own.insert(key, file) {
                return Err(wrong(format!(
                    "it has the rows of `{}`, which `{}` has, too: each file may be there once",
                    source.file.display(),
                    known.path.display()
                )));
            }
        }
        for source in mine.sources.iter().filter(|source| !source.own) {
            let same = |s: &&Source| s.recipe == source.recipe && s.file == source.file && !s.own;
            if sources.iter().find(same).is_some_and(|known| known.sha256 != source.sha256) {
                return Err(wrong(format!(
                    "its rows were looked up in another `{}` than those of `{other}`",
                    source.file.display()
                )));
            }
        }
        sources.extend(mine.sources.iter().cloned());
        log.extend(mine.log.iter().cloned());
        for (recipe, range) in &mine.weights {
            let number = |text: &String| {
                let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
                number.ok_or_else(|| {
                    wrong(format!("its weights reach to `{text}`, which is no number"))
                })
            };
            let widest = weights.entry(recipe.clone()).or_insert_with(|| range.clone());
            if number(&range[0])? < number(&widest[0])? {
                widest[0].clone_from(&range[0]);
            }
            if number(&range[1])? > number(&widest[1])? {
                widest[1].clone_from(&range[1]);
            }
        }
    }
    facts.sources = sources.into_iter().collect();
    facts.log = log.into_iter().collect();
    facts.weights = weights;
    Ok(facts)
}

/// A digest of the cells of a file, whatever its format, its columns' types and the order of its rows.
fn content(file: &CellsFile) -> Result<Vec<u8>, Error> {
    let facts = &file.facts;
    let whole = [Vec::new()];
    let sets = if facts.sets.is_empty() { &whole[..] } else { &facts.sets[..] };
    let mut digest = Sha256::new();
    let made = with_parts(&[file], sets.len(), |parts| {
        for (set, parts) in sets.iter().zip(&parts) {
            let form = if facts.sets.is_empty() { facts.form() } else { facts.form_of(set) };
            let before = digest.clone();
            inclusion_survey::cells::merge_cells(&form, parts, &mut |batch| {
                // Rows that come in no order are handed over again, in order.
                let Some(batch) = batch else {
                    digest = before.clone();
                    return Ok(());
                };
                let texts = batch.columns().iter().map(|column| cast(column, &DataType::Utf8));
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                for row in 0..batch.num_rows() {
                    for text in &texts {
                        let text = text.as_string::<i32>().value(row);
                        digest.update((text.len() as u64).to_le_bytes());
                        digest.update(text);
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    });
    made.map_err(|error| unusable(&[file], &error))?;
    Ok(digest.finalize().to_vec())
}

/// Hands over a grouping set of files of cells as the rows of their tables.
pub(super) fn with_parts<T>(
    files: &[&CellsFile],
    sets: usize,
    with: impl FnOnce(Vec<Vec<Rows<'_>>>) -> T,
) -> T {
    type Read<'a> = Box<
        dyn Fn(
                usize,
                &mut dyn FnMut(arrow::array::RecordBatch) -> Result<(), BoxError>,
            ) -> Result<(), BoxError>
            + Sync
            + 'a,
    >;
    let mut reads: Vec<Read<'_>> = Vec::new();
    for set in 0..sets {
        for &file in files {
            reads.push(Box::new(move |unit, each| file.read(set, unit, each)));
        }
    }
    let mut parts: Vec<Vec<Rows<'_>>> = Vec::new();
    for (set, reads) in reads.chunks(files.len()).enumerate() {
        let mut own = Vec::new();
        for (file, read) in files.iter().zip(reads) {
            let (schema, units) = (file.schema(set), file.units());
            own.push(Rows { schema, units, read: read.as_ref() });
        }
        parts.push(own);
    }
    with(parts)
}

/// An error of the cells themselves, with their files.
pub(super) fn unusable(files: &[&CellsFile], error: &inclusion_survey::Error) -> Error {
    let names: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
    Error::Cells { path: names.join(", ").into(), message: super::said(error) }
}
