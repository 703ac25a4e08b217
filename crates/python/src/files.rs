//! Files that are looked at or made: what a file holds, cells of a study, a synthetic survey.

use crate::frame::Frame;
use crate::run::work;
use inclusion::{
    CellsMade, Error, SqlDialect, SqlRequest, Study, cells_target, check_file, check_files,
    describe_file, make_cells, prepare,
};
use inclusion_ingest::Frame as Rows;
use inclusion_registry::FileSpec;
use inclusion_synth::{Spec, survey};
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a file holds, in words.
#[pyfunction]
pub fn inspect(py: Python<'_>, file: PathBuf, values: bool) -> PyResult<String> {
    work(py, None, |_| {
        check_file(&file)?;
        describe_file(&file, &FileSpec::default(), values)
    })
}

/// Makes the cells of a study; gives the files that are there now.
#[pyfunction]
pub fn cells(
    py: Python<'_>,
    study: PathBuf,
    output: PathBuf,
    survey: Option<String>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Vec<PathBuf>> {
    work(py, progress, |told| {
        check_file(&study)?;
        let target = cells_target(&output)?;
        let prepared = prepare(Study::read(&study)?)?;
        crate::run::in_this_process(&prepared)?;
        check_files(&prepared.study)?;
        let mut paths = Vec::new();
        let progress = |survey: &str, done, all| told.tell(survey, done, all);
        let mut made = |made: &CellsMade| paths.push(made.path.clone());
        make_cells(&prepared, survey.as_deref(), &target, &progress, &mut made)?;
        Ok(paths)
    })
}

/// Merges cells of parts of one survey.
#[pyfunction]
pub fn merge_cells(py: Python<'_>, parts: Vec<PathBuf>, output: PathBuf) -> PyResult<PathBuf> {
    work(py, None, |_| Ok(inclusion::merge_cells(&parts, &output)?.path))
}

/// The SQL whose result is a survey's cells, and what is to be known of it, which is also said in it.
#[pyfunction]
pub fn sql(
    py: Python<'_>,
    study: PathBuf,
    dialect: &str,
    tables: BTreeMap<String, String>,
    survey: Option<String>,
) -> PyResult<(String, Vec<String>)> {
    let unknown = || {
        let known = SqlDialect::NAMES.join("`, `");
        Error::Usage(format!("`{dialect}` is no dialect; there are `{known}`"))
    };
    let dialect = SqlDialect::named(dialect).ok_or_else(unknown);
    work(py, None, |_| {
        check_file(&study)?;
        let request = SqlRequest { dialect: dialect?, survey, tables };
        let (statement, notes) = inclusion::sql(Study::read(&study)?, &request)?;
        Ok((statement, notes.iter().map(|note| note.message.to_string()).collect()))
    })
}

/// A synthetic survey, in memory.
#[pyfunction]
pub fn synthetic(py: Python<'_>, rows: u64, seed: Option<u64>, draw: u32) -> PyResult<Frame> {
    let spec = Spec::default();
    let spec = Spec { seed: seed.unwrap_or(spec.seed), draw, ..spec }.with_rows(rows);
    work(py, None, |_| {
        let survey = survey(&spec).map_err(|error| Error::Usage(error.to_string()))?;
        Ok(Frame { rows: Rows::new(survey.schema(), survey.collect()) })
    })
}
