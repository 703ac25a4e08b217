//! Cells of a study: saved, merged, and estimated from without reading the microdata.
//!
//! The columns are those of [`inclusion_survey::cells`]. What the columns do not tell stands beside them
//! ([`facts::Facts`]): which plan they were made for, of which files they are, and what was noticed while
//! these were read. Cells of another plan, or of one file twice, are refused.
//!
//! A cell may be one person, so every file says that it is as confidential as the microdata.

#[cfg(feature = "cluster")]
mod again;
#[cfg(feature = "cluster")]
mod cluster;
mod csv;
mod facts;
mod file;
mod make;
mod merge;
mod print;
mod read;
#[cfg(feature = "cluster")]
mod spool;
mod warehouse;

use crate::Error;
use crate::plan::{Prepared, Sample};
use crate::walk::survey_error;
use facts::Facts;
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_registry::{FPC, PSU, STRATUM, WEIGHT};
use inclusion_survey::cells::cells_form;
pub(crate) use inclusion_survey::cells::grouping_sets;
use print::Print;

#[cfg(feature = "cluster")]
pub use cluster::make_cells_on_cluster;
#[cfg(feature = "cluster")]
pub(crate) use cluster::pass_of_cluster;
pub use make::{CellsMade, CellsTarget, cells_target, make_cells};
pub use merge::{CellsMerged, merge_cells};
pub(crate) use read::CellsOfStudy;

/// What is wrong with cells, in words for those who saved them.
fn said(error: &inclusion_survey::Error) -> String {
    match error {
        inclusion_survey::Error::MissingColumn { column, .. } => {
            format!("it has no column `{column}`; save every column of the result")
        }
        error => error.to_string(),
    }
}

/// What the study asks for that cells cannot give, because it needs every row; in words.
fn needing_rows(prepared: &Prepared) -> Vec<String> {
    let analyses = prepared.study.file.analyses.iter();
    let mut found: Vec<String> =
        analyses.map(|analysis| format!("analysis `{}`", analysis.id.get_ref())).collect();
    found.extend(crate::across::needing_rows(prepared));
    found
}

/// Refuses a study that asks for what cells cannot give.
pub(crate) fn only_sums(prepared: &Prepared) -> Result<(), Error> {
    let lacking = needing_rows(prepared);
    if lacking.is_empty() {
        return Ok(());
    }
    let (need, them) = if lacking.len() == 1 { ("needs", "it") } else { ("need", "them") };
    Err(Error::Usage(format!(
        "{} {need} every row, and cells are sums: leave {them} out of the study, or estimate from the rows",
        lacking.join(", ")
    )))
}

/// The facts of the cells that a statement of SQL makes.
pub(crate) fn facts_for_sql(sample: &Sample) -> Result<Facts, Error> {
    let design = &sample.parts[0].recipe.design;
    let has = |column: &str| match column {
        WEIGHT => !design.weight_from_fpc,
        STRATUM => !design.stratum.is_empty(),
        PSU => !design.psu.is_empty(),
        FPC => design.fpc.is_some(),
        _ => false,
    };
    let form = cells_form(&sample.plan, has, &sample.options)
        .map_err(|error| survey_error(sample, error))?;
    let mut facts = Facts::new(&sample.plan.sample, Print::of(sample), &form);
    facts.program.clear();
    facts.sets = grouping_sets(&sample.plan.breakdowns);
    Ok(facts)
}

/// What estimates from cells will lack of a study, said where cells are made; nothing if they give all
/// that it asks for.
pub fn not_from_cells(prepared: &Prepared) -> Option<Diagnostic> {
    let found = needing_rows(prepared);
    let (need, them) = if found.len() == 1 { ("needs", "it") } else { ("need", "them") };
    (!found.is_empty()).then(|| Diagnostic {
        code: Text::fixed("not_from_cells"),
        severity: Severity::Caution,
        message: format!(
            "Cells are sums, and {} {need} every row: leave {them} out of the study before `estimate --cells`, or estimate from the rows.",
            found.join(", ")
        )
        .into(),
        count: 0,
    })
}

/// Said wherever cells are written, and in the file itself.
pub const CONFIDENTIAL: &str =
    "Cells are as confidential as the microdata: a cell may be one person.";
