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

pub use make::{CellsMade, CellsTarget, cells_target, make_cells};
pub use merge::{CellsMerged, merge_cells};
pub(crate) use read::CellsOfStudy;

/// Said wherever cells are written, and in the file itself.
pub const CONFIDENTIAL: &str =
    "Cells are as confidential as the microdata: a cell may be one person.";
