//! The tidy estimates of a study as one file, without an annex.

use crate::plan::Prepared;
use crate::study::Study;
use crate::walk::Walked;
use crate::{Error, output};
use inclusion_registry::nearest;
use inclusion_report as report;
use std::path::{Path, PathBuf};

/// Where the estimates of a study go, and in which format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstimatesFile {
    path: PathBuf,
    text: bool,
    /// It stands in the study's output folder, whose list of files it enters.
    own: bool,
}

/// The file for a study's estimates: `estimates.parquet` in its output folder if none is named.
///
/// Nothing is made or written here, so that a wrong name is told before the data are read.
///
/// # Errors
///
/// [`Error::Usage`] for a name that ends neither in `.parquet` nor in `.csv`; [`Error::Study`] if
/// the study's output folder is outside its own.
pub fn estimates_file(study: &Study, named: Option<&Path>) -> Result<EstimatesFile, Error> {
    let Some(path) = named else {
        let path = output::check(study)?.join("estimates.parquet");
        return Ok(EstimatesFile { path, text: false, own: true });
    };
    let text = is_text("estimates", path)?;
    output::not_an_input(study, path)?;
    Ok(EstimatesFile { path: path.to_path_buf(), text, own: false })
}

/// Whether a file of figures is text (CSV) or Parquet, by its ending.
pub(crate) fn is_text(what: &str, path: &Path) -> Result<bool, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("parquet") => Ok(false),
        Some("csv") => Ok(true),
        other => {
            let near = other.and_then(|ending| nearest(ending, ["parquet", "csv"]));
            let hint = near.map(|near| path.with_extension(near).display().to_string());
            let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            Err(Error::Usage(format!(
                "{what} are written as `.parquet` or `.csv`, and `{}` ends in neither{hint}",
                path.display()
            )))
        }
    }
}

/// Writes the reviewed estimates of a walked study and gives the path.
///
/// The same study and rows give the same bytes: no clock, no name of a data file.
///
/// # Errors
///
/// [`Error::Report`] if the format cannot be made; [`Error::Write`].
pub fn write_estimates(
    prepared: &Prepared,
    walked: &Walked,
    file: &EstimatesFile,
) -> Result<PathBuf, Error> {
    let bytes = estimates_bytes(prepared, walked, file.text)?;
    if file.own {
        let folder = output::folder(&prepared.study)?;
        let mut names = output::listed(&folder)?;
        names.extend(file.path.file_name().map(|name| name.to_string_lossy().into_owned()));
        output::list(&folder, names.iter().map(String::as_str))?;
    }
    output::write(&file.path, &bytes)?;
    Ok(file.path.clone())
}

/// The reviewed estimates as the bytes of a file: CSV, or Parquet.
pub(crate) fn estimates_bytes(
    prepared: &Prepared,
    walked: &Walked,
    text: bool,
) -> Result<Vec<u8>, Error> {
    let rows = &walked.publishable;
    let (made, what) = with_about(prepared, walked, |about| match text {
        true => (report::data::csv(rows, about), "the CSV file"),
        false => (report::data::parquet(rows, about), "the Parquet file"),
    });
    made.map_err(|error| Error::Report { what: what.to_string(), message: error.to_string() })
}

/// Hands over what data files say besides the reviewed rows.
pub(crate) fn with_about<T>(
    prepared: &Prepared,
    walked: &Walked,
    with: impl FnOnce(&report::data::About<'_>) -> T,
) -> T {
    let said = crate::world::said(&walked.world);
    let origins = crate::origins::origins(prepared, walked);
    with(&report::data::About { registry: &prepared.registry, said: &said, origins: &origins })
}
