//! Published country series in: tables and recipes to observations, with their flags and checks.
//!
//! A *recipe* says in TOML how the tables of one source are read ([`SeriesRecipe`]); a table and a
//! recipe give a [`Series`] of [`Observation`]s. Every observation keeps what its source says about
//! it: unit, sex, age, period, nature, status, source, edition, notes, file and line.
//!
//! Two conventions to know. Shares are fractions of 1, whatever the unit of the source was, and the
//! decimal point is moved in the text, so 47.3 % is exactly 0.473. A cell is missing only where the
//! recipe lists its text: `NA` in a column of areas is Namibia, and in a column of values an error.
//!
//! Areas are resolved by a function that the caller gives ([`Resolve`]).

// An error is made once in a run and names everything a user needs; its size costs nothing.
#![allow(clippy::result_large_err)]

mod age;
mod area;
mod assemble;
mod attributes;
mod checks;
mod codes;
mod compile;
mod delimited;
mod error;
mod log;
mod number;
mod observation;
mod pattern;
mod period;
mod recipe;
mod recipes;
mod series;
mod table;
mod text;
mod values;
mod workbook;

pub use age::age_range;
pub use area::{AreaKind, AreaList, AreaRef, Resolve, UnknownArea};
pub use error::{Error, Spot};
pub use observation::{Flag, Identity, Observation, Unit};
pub use period::{PeriodRule, YEARS};
pub use recipe::{
    AllAges, AreaField, Attributes, Coded, Field, Form, HeaderRow, Meant, Named, Others,
    OutOfRange, SeriesRecipe, Skip, TableSpec, TimeField, ValueColumns,
};
pub use series::{BySex, Provenance, Series, read, read_table};
pub use table::Table;

use std::collections::BTreeMap;

/// What a run states beside the recipe, and limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Codes of the whole file by dimension, `indicator`, `unit`, `time` or `area`, where the file
    /// itself does not say them.
    pub set: BTreeMap<String, String>,
    /// Edition or release, where the file does not say it.
    pub edition: Option<String>,
    /// Longest field of delimited text, in bytes.
    pub max_field: usize,
    /// Largest file, also unpacked, in bytes.
    pub max_bytes: u64,
    /// How many times its size a packed file may expand to, above 16 MiB.
    pub max_ratio: u64,
    /// Largest unpacked size of a workbook, in bytes.
    pub max_workbook: u64,
    /// Most cells of a sheet.
    pub max_cells: u64,
    /// Most distinct codes of a dimension.
    pub max_categories: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            set: BTreeMap::new(),
            edition: None,
            max_field: 1 << 20,
            max_bytes: 1 << 30,
            max_ratio: 500,
            max_workbook: 256 << 20,
            max_cells: 20_000_000,
            max_categories: 100_000,
        }
    }
}
