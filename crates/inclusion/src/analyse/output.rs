//! Analyses as text for a terminal and as files.

use crate::plan::Prepared;
use crate::walk::Walked;
use crate::{Error, annex, write_whole};
use inclusion_language::Language;
use inclusion_registry::nearest;
use inclusion_report as report;
use std::path::{Path, PathBuf};

/// Which analyses are printed; all of a study are made, because they are reviewed and adjusted
/// together.
#[derive(Debug, Clone, Default)]
pub struct Only(Option<String>);

impl Only {
    /// One analysis of the study by its id, or all.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] with the nearest id, or if the study has no analysis.
    pub fn new(prepared: &Prepared, id: Option<&str>) -> Result<Only, Error> {
        let known = prepared.analyses.iter().map(|analysis| analysis.id.as_str());
        if prepared.analyses.is_empty() {
            let message = "the study has no [[analysis]]; add one, such as kind = \"test\"";
            return Err(Error::Usage(message.to_string()));
        }
        match id {
            Some(id) if !known.clone().any(|own| own == id) => {
                let ids: Vec<&str> = known.clone().collect();
                let hint = match nearest(id, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the study has: {}", ids.join(", ")),
                };
                Err(Error::Usage(format!("no analysis `{id}`; {hint}")))
            }
            id => Ok(Only(id.map(str::to_string))),
        }
    }

    fn has(&self, id: &str) -> bool {
        self.0.as_deref().is_none_or(|own| own == id)
    }
}

/// The analyses of a walked study as text: id, table and notes of each.
pub fn print_analyses(prepared: &Prepared, walked: &Walked, only: &Only) -> String {
    let tables =
        report::analysis_tables(&annex::input(prepared, walked, Language::En), &walked.analyses);
    let list = walked.analyses.list().iter().zip(&tables);
    let texts: Vec<String> = list
        .filter(|(one, _)| only.has(&one.about().id))
        .map(|(one, table)| {
            let head = format!("[{}]\n", one.about().id);
            head + &report::terminal(table)
        })
        .collect();
    texts.join("\n")
}

/// A file for the figures of analyses.
#[derive(Debug, Clone)]
pub struct AnalysesFile {
    path: PathBuf,
    text: bool,
}

impl AnalysesFile {
    /// The file of this name. Nothing is written here, so that a wrong name is told before the data are read.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for a name that ends neither in `.parquet` nor in `.csv`.
    pub fn new(path: &Path) -> Result<AnalysesFile, Error> {
        let text = crate::estimates::is_text("analyses", path)?;
        Ok(AnalysesFile { path: path.to_path_buf(), text })
    }
}

/// Writes the figures of all analyses to a file, and each covariance matrix to a CSV file beside it.
///
/// # Errors
///
/// [`Error::Report`] and [`Error::Write`].
pub fn write_analyses(walked: &Walked, file: &AnalysesFile) -> Result<Vec<PathBuf>, Error> {
    let path = file.path.as_path();
    let bytes = match file.text {
        true => report::analyses_csv(&walked.analyses),
        false => report::analyses_parquet(&walked.analyses),
    };
    let mut paths = vec![path.to_path_buf()];
    write_whole(path, &bytes.map_err(failed)?)?;
    for (name, bytes) in matrices(walked)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = path.with_file_name(format!("{stem}-{name}"));
        write_whole(&file, &bytes)?;
        paths.push(file);
    }
    Ok(paths)
}

/// The files of the analyses in an annex, as the study's formats ask for.
pub(crate) fn annex_files(
    walked: &Walked,
    csv: bool,
    parquet: bool,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    if walked.analyses.list().is_empty() {
        return Ok(files);
    }
    if csv {
        let bytes = report::analyses_csv(&walked.analyses).map_err(failed)?;
        files.push(("analyses.csv".to_string(), bytes));
    }
    if parquet {
        let bytes = report::analyses_parquet(&walked.analyses).map_err(failed)?;
        files.push(("analyses.parquet".to_string(), bytes));
    }
    if csv || parquet {
        for (name, bytes) in matrices(walked)? {
            files.push((format!("analyses-{name}"), bytes));
        }
    }
    Ok(files)
}

/// File name and content of each covariance matrix.
fn matrices(walked: &Walked) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let several = walked.samples.len() > 1;
    let files = report::covariances(&walked.analyses).map_err(failed)?;
    let sources: Vec<&str> = walked.samples.iter().map(|sample| sample.id.as_str()).collect();
    let name = |id: String, source: String| match several {
        // The survey's place in the study, since its id may be no file name.
        true => {
            let place = sources.iter().position(|own| *own == source).unwrap_or(0);
            format!("{id}-{}-covariance.csv", place + 1)
        }
        false => format!("{id}-covariance.csv"),
    };
    Ok(files.into_iter().map(|(id, source, bytes)| (name(id, source), bytes)).collect())
}

fn failed(error: report::Error) -> Error {
    Error::Report { what: "the file of analyses".to_string(), message: error.to_string() }
}
