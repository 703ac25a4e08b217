//! Source files to harmonised rows: readers, code books, recipes, joins, provenance.
//!
//! [`open`] checks every header against the recipe before it reads a row; [`Harmonised::read`] then
//! gives batches of one schema, unit by unit. A value that the recipe does not cover is an error,
//! never a guess; what was accepted with a consequence is in [`Harmonised::log`].
//!
//! The convention to know: values are compared as numbers where they are whole numbers (`1`, `1.0`
//! and `01` are equal), labels only where the recipe says `labels = true`. Lines of delimited text
//! are physical lines, the header included; rows of all other formats count from 1 without it.

// An error is made once in a run and names everything a user needs; its size costs nothing.
#![allow(clippy::result_large_err)]

mod bridge;
mod compile;
mod compile_derived;
mod compile_mapped;
mod cutpoints;
mod derive;
mod design;
mod duplicates;
mod error;
mod fingerprint;
mod harmonise;
mod header;
mod inspect;
mod join;
mod journal;
mod limits;
mod lookup;
mod make;
mod names;
mod number;
mod opening;
mod order;
mod plan;
mod pruning;
mod quantile;
mod raw;
mod readers;
mod recount;
mod replicates;
mod resolve;
mod run;
mod source;
mod table;
mod write;

pub use error::{DesignRule, Error, Extent, Spot};
pub use harmonise::{Harmonised, constant_weight};
pub use header::{Format, Header, HeaderColumn, header, header_of_parquet};
pub use inspect::{Column, Inspection, SheetSize, inspect, inspect_as};
pub use opening::open;
pub use readers::{Frame, Frames};
pub use source::{sha256, sha256_while};
pub use write::{Labels, write_spss, write_stata};

use inclusion_registry::{Recipe, Registry};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// What to read.
pub struct Request<'a> {
    /// The recipe.
    pub recipe: &'a Recipe,
    /// The registry it is written for.
    pub registry: &'a Registry,
    /// Files by role; a role may have several part files.
    pub files: BTreeMap<String, Vec<PathBuf>>,
    /// Concepts that are wanted, derived ones included.
    pub concepts: Vec<String>,
    /// Limits, and PSU nesting where the study decides it.
    pub options: Options,
    /// Told how far the reading is.
    pub progress: Option<&'a Progress<'a>>,
}

/// Told how far a reading is: bytes done, bytes in all. Where it breaks, the reading ends with
/// [`Error::Stopped`].
pub type Progress<'a> = dyn Fn(u64, u64) -> ControlFlow<()> + Sync + 'a;

/// Reading options.
#[derive(Debug, Clone)]
pub struct Options {
    /// Longest field of delimited text, in bytes.
    pub max_field: usize,
    /// Most distinct values of a category column.
    pub max_categories: usize,
    /// Largest size after decompression, in bytes.
    pub max_expanded: u64,
    /// Largest ratio of decompressed to compressed size. Gzip reaches 1032 at most, text of equal
    /// rows 500 to 1000, and the files of surveys 5 to 50.
    pub max_ratio: u64,
    /// Tables in memory that stand for files, by the path that the request names.
    pub frames: Frames,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_field: 1 << 20,
            max_categories: 100_000,
            max_expanded: 1 << 40,
            max_ratio: 500,
            frames: Frames::new(),
        }
    }
}

/// A line of the quality log: accepted, with a consequence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogEntry {
    /// Stable code such as `constant_weight`.
    pub code: String,
    /// The sentence that is printed.
    pub message: String,
    /// File.
    pub file: PathBuf,
    /// First line or row it was seen in, from 1.
    pub line: Option<u64>,
    /// Column.
    pub column: Option<String>,
    /// First value, cut to 80 characters.
    pub value: Option<String>,
    /// How often.
    pub count: u64,
}

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Role in the recipe.
    pub role: String,
    /// Path as given.
    pub path: PathBuf,
    /// Format as recognised: `delimited text`, `Stata 118`.
    pub format: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the file, in hexadecimal; `unreadable` if the file is gone, `in memory` of a
    /// table that is no file.
    pub sha256: String,
    /// Rows read.
    pub rows: u64,
}

/// True if a recipe can make a concept, by a mapping or by a derivation from what it maps.
///
/// An indicator that needs a concept for which this is false is *unavailable*, never zero.
pub fn can_make(recipe: &Recipe, registry: &Registry, concept: &str) -> bool {
    order::order(recipe, registry, &[concept.to_string()]).is_ok()
}

/// The concepts that must be made for those that are wanted, each after those it is made of, with
/// the codes that the recipe adds.
///
/// # Errors
///
/// [`Error`] names the concept that the recipe cannot make.
pub fn makers(
    recipe: &Recipe,
    registry: &Registry,
    wanted: &[String],
) -> Result<Vec<inclusion_registry::Concept>, Error> {
    order::order(recipe, registry, wanted)
}

/// Checks headers and recipe without reading rows: what `check` does in seconds.
///
/// Looked-up files are opened and not read.
///
/// # Errors
///
/// [`Error`] names the file, the column or the code at fault.
pub fn check(request: &Request<'_>) -> Result<(), Error> {
    opening::check(request)
}
