//! Cells of a study: saved, merged, and estimated from without reading the microdata.
//!
//! The columns are those of [`inclusion_survey::cells`]. What the columns do not tell stands beside them
//! ([`facts::Facts`]): which plan they were made for, of which files they are, and what was noticed while
//! these were read. Cells of another plan, or of one file twice, are refused.
//!
//! A cell may be one person, so every file says that it is as confidential as the microdata.

mod csv;
mod facts;
mod file;
mod make;
mod merge;
mod print;
mod read;

use crate::plan::Prepared;
use inclusion_estimate::{Diagnostic, Severity, Text};

pub use make::{CellsMade, CellsTarget, cells_target, make_cells};
pub use merge::{CellsMerged, merge_cells};
pub(crate) use read::CellsOfStudy;

/// What the study asks for that cells cannot give, because it needs every row; in words.
fn needing_rows(prepared: &Prepared) -> Vec<String> {
    let analyses = prepared.study.file.analyses.iter();
    let mut found: Vec<String> =
        analyses.map(|analysis| format!("analysis `{}`", analysis.id.get_ref())).collect();
    found.extend(crate::across::needing_rows(prepared));
    found
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
