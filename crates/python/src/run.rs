//! Estimation: of a study file, and of rows that are named or handed over.

use crate::error::{InternalError, UsageError, raised};
use crate::frame::Frame;
use crate::progress::Told;
use crate::result::Result;
use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use inclusion::{
    DesignColumns, Engine, Error, Format, Prepared, Quick, Study, Walked, check_file, check_files,
    harmonised_recipe, prepare, quick_walk, walk, walk_cells, write,
};
use inclusion_ingest::{Frame as Rows, Frames};
use inclusion_registry::{Registry, nearest};
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How often signals are looked for.
const SIGNALS: Duration = Duration::from_millis(100);
/// The stack of a program's main thread, on which the library works elsewhere.
const STACK: usize = 8 << 20;

/// Does the work of the library without the interpreter's lock; a mistake of the program becomes an
/// error like any other.
///
/// The work has a thread of its own: Python raises the exceptions of signals, as that of Ctrl-C, in its
/// main thread only, which looks for them here. An exception ends the reading where its progress is told.
pub fn work<T: Send>(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    run: impl FnOnce(&Told) -> std::result::Result<T, Error> + Send,
) -> PyResult<T> {
    let told = Told::new(progress);
    let result = py.detach(|| {
        thread::scope(|scope| {
            let (working, ended) = mpsc::channel::<()>();
            let work = || {
                let _working = working;
                run(&told)
            };
            let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let worker = worker
                .map_err(|error| Error::Internal(format!("no thread to work in: {error}")))?;
            while ended.recv_timeout(SIGNALS) == Err(RecvTimeoutError::Timeout) {
                if let Err(error) = Python::attach(|py| py.check_signals()) {
                    told.end(error);
                }
            }
            worker.join().unwrap_or_else(|cause| {
                let text = cause.downcast_ref::<String>().cloned();
                let text = text.or_else(|| cause.downcast_ref::<&str>().map(ToString::to_string));
                let text = text.unwrap_or_else(|| "it stopped without a reason".to_string());
                Err(Error::Internal(text))
            })
        })
    });
    told.done()?;
    result.map_err(|error| raised(py, &error))
}

/// A study that says where its rows are read is read nowhere else.
pub fn in_this_process(prepared: &Prepared) -> std::result::Result<(), Error> {
    match Engine::chosen(&prepared.study, None, None)? {
        Engine::Local => Ok(()),
        _ => Err(Error::Usage(
            "the study runs on a cluster ([engine]), which the Python package does not: run it by the `inclusion` \
             command, or take [engine] out of the study to read its rows here"
                .to_string(),
        )),
    }
}

fn of_study(
    path: &Path,
    formats: Option<Vec<Format>>,
    cells: &[PathBuf],
    told: &Told,
) -> std::result::Result<(Prepared, Walked), Error> {
    check_file(path)?;
    let mut study = Study::read(path)?;
    if let Some(formats) = formats {
        study.file.output.formats = formats;
    }
    let prepared = prepare(study)?;
    in_this_process(&prepared)?;
    let progress = |survey: &str, done, all| told.tell(survey, done, all);
    let walked = if cells.is_empty() {
        check_files(&prepared.study)?;
        walk(&prepared, &progress)?
    } else {
        walk_cells(&prepared, cells, &progress)?
    };
    told.go_on()?;
    Ok((prepared, walked))
}

/// The estimates of a study file, or of its cells. With `published`, a study without published figures
/// is refused.
#[pyfunction]
#[pyo3(signature = (study, cells, progress, published = false))]
pub fn estimate_study(
    py: Python<'_>,
    study: PathBuf,
    cells: Vec<PathBuf>,
    progress: Option<Py<PyAny>>,
    published: bool,
) -> PyResult<Result> {
    work(py, progress, |told| {
        let (prepared, walked) = of_study(&study, None, &cells, told)?;
        if published && prepared.world.is_none() {
            return Err(Error::Usage(format!(
                "`{}` has no [[series]]; add one with `file` and `recipe`, such as recipe = \"un-sdg/bulk-csv\"",
                study.display()
            )));
        }
        Result::new(prepared, walked)
    })
}

/// The estimates of rows: files by path, and frames, each with the role that it has in the recipe.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
#[pyo3(signature = (files, frames, recipe, recipe_text, indicators, by, registry, profile, lonely_psu, nest, progress))]
pub fn estimate_rows(
    py: Python<'_>,
    files: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    recipe: String,
    recipe_text: Option<String>,
    indicators: Vec<String>,
    by: Vec<String>,
    registry: Option<PathBuf>,
    profile: String,
    lonely_psu: String,
    nest: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<Result> {
    let frames: Frames =
        frames.iter().map(|(name, frame)| (name.into(), frame.get().rows.clone())).collect();
    let request = Quick {
        files,
        recipe,
        recipe_text,
        frames,
        indicators,
        by,
        registry,
        profile,
        lonely_psu,
        nest,
    };
    work(py, progress, |told| {
        let told = |survey: &str, done, all| told.tell(survey, done, all);
        let (prepared, walked) = quick_walk(&request, &told)?;
        Result::new(prepared, walked)
    })
}

/// The text of the recipe for a frame whose columns are named after concepts.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
#[pyo3(signature = (frame, registry, population, weight, stratum, psu, fpc, nest))]
pub fn harmonised(
    py: Python<'_>,
    frame: &Frame,
    registry: Option<PathBuf>,
    population: &str,
    weight: Option<String>,
    stratum: Vec<String>,
    psu: Vec<String>,
    fpc: Option<String>,
    nest: bool,
) -> PyResult<String> {
    let registry = registry_of(registry.as_deref()).map_err(|error| raised(py, &error))?;
    let fields = frame.rows.schema().fields();
    let columns: Vec<String> = fields.iter().map(|field| field.name().clone()).collect();
    let design = DesignColumns { weight, stratum, psu, fpc, nest };
    harmonised_recipe(&registry, &columns, &design, population).map_err(|error| raised(py, &error))
}

/// Writes the annex of a study into its output folder; gives the paths and the headline.
#[pyfunction]
#[pyo3(signature = (study, formats, cells, progress))]
pub fn annex(
    py: Python<'_>,
    study: PathBuf,
    formats: Option<Vec<String>>,
    cells: Vec<PathBuf>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Vec<PathBuf>, String)> {
    let formats = self::formats(py, formats)?;
    work(py, progress, |told| {
        let (prepared, walked) = of_study(&study, formats, &cells, told)?;
        let rendered = inclusion::annex(&prepared, &walked)?;
        told.go_on()?;
        let written = write(&prepared.study, &rendered)?;
        Ok((written.paths, rendered.headline))
    })
}

/// The built-in registry, or with a folder on top.
pub fn registry_of(folder: Option<&Path>) -> std::result::Result<Registry, Error> {
    Ok(match folder {
        Some(folder) => Registry::with_folder(folder)?,
        None => Registry::builtin()?,
    })
}

/// Formats by name.
pub fn formats(py: Python<'_>, names: Option<Vec<String>>) -> PyResult<Option<Vec<Format>>> {
    let Some(names) = names else { return Ok(None) };
    let known = Format::ALL.map(|format| (format.name(), format));
    let find = |name: &String| {
        let found = known.iter().find(|(own, _)| own == name).map(|(_, format)| *format);
        found.ok_or_else(|| {
            let near = nearest(name, known.iter().map(|(own, _)| *own));
            let all = known.map(|(own, _)| own).join(", ");
            let hint = near.map(|near| format!("; did you mean `{near}`?"));
            let hint = hint.unwrap_or_else(|| format!("; there are {all}"));
            raised(py, &Error::Usage(format!("no format `{name}`{hint}")))
        })
    };
    names.iter().map(find).collect::<PyResult<Vec<Format>>>().map(Some)
}

/// Columns of a CSV file that hold numbers.
const NUMBERS: [&str; 3] = ["OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND"];

/// A CSV file of the library as a frame: its figures are numbers, all else text, an empty field none.
pub fn frame_of_csv(bytes: &[u8]) -> PyResult<Frame> {
    let wrong = |error: &dyn std::fmt::Display| InternalError::new_err(error.to_string());
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().map_err(|error| wrong(&error))?.clone();
    let rows = reader.records().collect::<std::result::Result<Vec<_>, _>>();
    let rows = rows.map_err(|error| wrong(&error))?;
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let texts = rows.iter().map(|row| row.get(at).filter(|text| !text.is_empty()));
        columns.push(match NUMBERS.contains(&name) {
            true => {
                let numbers = texts.map(|text| text.map(str::parse::<f64>).transpose());
                let numbers = numbers.collect::<std::result::Result<Float64Array, _>>();
                (name, Arc::new(numbers.map_err(|error| wrong(&error))?))
            }
            false => (name, Arc::new(texts.collect::<StringArray>())),
        });
    }
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .map_err(|error| wrong(&error))?;
    Ok(Frame { rows: Rows::new(batch.schema(), vec![batch]) })
}

/// A wrong argument.
pub fn usage(text: impl Into<String>) -> PyErr {
    UsageError::new_err(text.into())
}
