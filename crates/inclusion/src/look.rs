//! A walked study to look at, without files: its tables as text and as HTML, and its figures as Arrow data.

use crate::plan::Prepared;
use crate::walk::Walked;
use crate::{Error, annex, estimates};
use arrow::array::RecordBatch;
use inclusion_language::Language;
use inclusion_report as report;

/// What a terminal or a notebook shows of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The headline finding.
    pub headline: String,
    /// The tables of the indicators as text.
    pub text: String,
    /// The same with the charts, as a piece of HTML.
    pub html: String,
}

/// The tables of a study's indicators, and its charts.
///
/// # Errors
///
/// [`Error::Report`] if the tables cannot be made.
pub fn look(prepared: &Prepared, walked: &Walked) -> Result<Look, Error> {
    let failed = |error: report::Error| Error::Report {
        what: "the tables".into(),
        message: error.to_string(),
    };
    let document = report::build(&annex::input(prepared, walked, Language::En)).map_err(failed)?;
    let shown = match prepared.study.file.tables.len() {
        0 => prepared.indicators.len(),
        tables => tables,
    };
    let text: Vec<String> = document.tables().take(shown).map(report::terminal).collect();
    Ok(Look {
        headline: document.headline().unwrap_or(annex::NO_FINDING).to_string(),
        text: text.join("\n"),
        html: report::html_piece(&document, shown).map_err(failed)?,
    })
}

/// The reviewed estimates as Arrow batches, with the columns of the file of estimates.
///
/// # Errors
///
/// [`Error::Report`] if they cannot be made.
pub fn estimates_batches(prepared: &Prepared, walked: &Walked) -> Result<Vec<RecordBatch>, Error> {
    estimates::with_about(prepared, walked, |about| {
        report::data::batches(&walked.publishable, about).map_err(|error| Error::Report {
            what: "the estimates".into(),
            message: error.to_string(),
        })
    })
}
