//! What every reader gives: a description of the table and batches of raw columns.

use crate::error::{Halt, Spot};
use crate::{Error, LogEntry, Options};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt32Array};
use arrow::compute;
use arrow::datatypes::{DataType, Int32Type, UInt64Type};
use inclusion_registry::FileSpec;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file format.
pub(crate) trait Reader: Sync {
    /// True if a file that begins with these bytes is of this format.
    fn recognises(&self, head: &[u8]) -> bool;
    /// Reads the description, not the rows.
    fn open(
        &self,
        path: &Path,
        spec: &FileSpec,
        options: &Options,
    ) -> Result<Box<dyn Table>, Error>;
}

/// An opened file.
pub(crate) trait Table: Send + Sync {
    /// Columns, labels, number of rows.
    fn about(&self) -> &About;
    /// Parts that can be read independently.
    fn units(&self) -> usize {
        1
    }
    /// Line or row number of the first row of a part whose bounds are told.
    fn first_row(&self, _unit: usize) -> u64 {
        1
    }
    /// The bounds of a column in one part, where the file tells them without reading its rows.
    fn bounds(&self, _unit: usize, _column: usize) -> Option<Bounds> {
        None
    }
    /// Reads the given columns (indices in increasing order) of one part, in file order.
    fn read(
        &self,
        unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt>;
}

/// The values of a column in one part of a file.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// Rows of the part.
    pub rows: u64,
    /// Some of them may have no value.
    pub blanks: bool,
    /// A value below or equal to all, and one above or equal to all.
    pub ends: RawColumn,
}

impl Bounds {
    /// All values are the same: bounds that were cut short never are.
    pub fn is_constant(&self) -> bool {
        self.ends.values.slice(0, 1) == self.ends.values.slice(1, 1)
    }
}

/// What is known of a file before its rows are read.
#[derive(Debug, Clone)]
pub(crate) struct About {
    /// Path as given.
    pub path: PathBuf,
    /// Format as recognised.
    pub format: String,
    /// Bytes.
    pub size: u64,
    /// Rows, where the format tells.
    pub rows: Option<u64>,
    /// Columns in file order.
    pub columns: Vec<SourceColumn>,
    /// Things a user should know.
    pub remarks: Vec<String>,
    /// `line` or `row`.
    pub word: &'static str,
}

/// A column of a file.
#[derive(Debug, Clone)]
pub(crate) struct SourceColumn {
    /// Name.
    pub name: String,
    /// Variable label.
    pub label: Option<String>,
    /// Type of the raw arrays, after [`plain`].
    pub kind: DataType,
    /// Value labels by the value as text (`1`, `.a`).
    pub labels: BTreeMap<String, String>,
    /// Values that the file itself declares missing.
    pub missing: UserMissing,
}

impl SourceColumn {
    /// A column without labels.
    pub fn new(name: impl Into<String>, kind: DataType) -> SourceColumn {
        SourceColumn {
            name: name.into(),
            label: None,
            kind,
            labels: BTreeMap::new(),
            missing: UserMissing::default(),
        }
    }
}

/// Values that a file declares missing, as SPSS does.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct UserMissing {
    /// Single numbers.
    pub numbers: Vec<f64>,
    /// A range, both ends inclusive.
    pub range: Option<(f64, f64)>,
    /// Single texts.
    pub texts: Vec<String>,
}

impl UserMissing {
    /// Nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.range.is_none() && self.texts.is_empty()
    }

    /// True if a number is declared missing.
    pub fn has(&self, value: f64) -> bool {
        self.numbers.contains(&value) || self.range.is_some_and(|(a, b)| a <= value && value <= b)
    }
}

/// Where the rows of a batch stand in the file.
#[derive(Debug, Clone)]
pub(crate) enum Positions {
    /// Consecutive rows, the first of which has this number.
    From(u64),
    /// Each row's line or row number.
    List(Vec<u64>),
}

impl Positions {
    /// Line or row number of the row with this index in the batch.
    pub fn of(&self, index: usize) -> u64 {
        match self {
            Positions::From(first) => first + index as u64,
            Positions::List(list) => list.get(index).copied().unwrap_or(0),
        }
    }
}

/// Rows as they stand in the file.
#[derive(Debug, Clone)]
pub(crate) struct RawBatch {
    /// Number of rows.
    pub rows: usize,
    /// Where they stand.
    pub positions: Positions,
    /// The columns asked for, in the order asked for.
    pub columns: Vec<RawColumn>,
    /// Bytes of the file that this batch used, for the progress bar.
    pub bytes: u64,
    /// What was noticed while reading it.
    pub log: Vec<LogEntry>,
}

/// A column of raw values: integers, floats, `Utf8`, or numbers of a dictionary of `Utf8`.
#[derive(Debug, Clone)]
pub(crate) struct RawColumn {
    /// Values; null where system-missing, empty or tagged.
    pub values: ArrayRef,
    /// Tagged missing values: 1 = `.a` … 26 = `.z`, 0 = none. Absent if there is none.
    pub tags: Option<Arc<Vec<u8>>>,
}

impl RawColumn {
    /// Without tags.
    pub fn new(values: ArrayRef) -> RawColumn {
        RawColumn { values, tags: None }
    }

    /// It holds texts, whether they are written out or numbers of a dictionary.
    pub fn is_text(&self) -> bool {
        matches!(self.values.data_type(), DataType::Utf8 | DataType::Dictionary(..))
    }

    /// The text of a row that has one.
    pub fn text(&self, row: usize) -> &str {
        match self.values.as_dictionary_opt::<Int32Type>() {
            Some(coded) => {
                let texts = coded.values().as_string::<i32>();
                texts.value(coded.keys().value(row) as usize)
            }
            None => self.values.as_string::<i32>().value(row),
        }
    }

    /// The same column with its texts written out.
    pub fn decoded(&self) -> RawColumn {
        let values = match self.values.data_type() {
            DataType::Dictionary(..) => compute::cast(&self.values, &DataType::Utf8)
                .expect("invariant: a dictionary of texts becomes texts"),
            _ => self.values.clone(),
        };
        RawColumn { values, tags: self.tags.clone() }
    }

    /// Rows that pass.
    pub fn filter(&self, mask: &BooleanArray) -> Result<RawColumn, arrow::error::ArrowError> {
        let tags = self.tags.as_ref().map(|tags| {
            Arc::new(
                tags.iter()
                    .zip(mask.values().iter())
                    .filter(|(_, keep)| *keep)
                    .map(|(t, _)| *t)
                    .collect(),
            )
        });
        Ok(RawColumn { values: compute::filter(&self.values, mask)?, tags })
    }

    /// Rows by index; a null index gives a null.
    pub fn take(&self, rows: &UInt32Array) -> Result<RawColumn, arrow::error::ArrowError> {
        let tags = self.tags.as_ref().map(|tags| {
            Arc::new(rows.iter().map(|r| r.map_or(0, |r| tags[r as usize])).collect::<Vec<u8>>())
        });
        Ok(RawColumn { values: compute::take(&self.values, rows, None)?, tags })
    }
}

/// The type in which a stored type is handed on: integers up to 64 bits, floats, `Utf8`.
pub(crate) fn plain_type(kind: &DataType) -> DataType {
    match kind {
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::Float32
        | DataType::Float64 => kind.clone(),
        DataType::UInt64 => DataType::Int64,
        DataType::Float16
        | DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => DataType::Float64,
        DataType::Dictionary(_, value) => plain_type(value),
        _ => DataType::Utf8,
    }
}

/// An array in its [`plain_type`].
pub(crate) fn plain(array: &ArrayRef) -> Result<ArrayRef, String> {
    let kind = plain_type(array.data_type());
    if *array.data_type() == kind {
        return Ok(array.clone());
    }
    if let Some(large) = array.as_primitive_opt::<UInt64Type>()
        && let Some(value) = large.iter().flatten().find(|value| i64::try_from(*value).is_err())
    {
        return Err(format!(
            "it holds {value}, above {}, the largest whole number that is read; store the column as text",
            i64::MAX
        ));
    }
    let options = compute::CastOptions { safe: false, ..Default::default() };
    compute::cast_with_options(array, &kind, &options).map_err(|e| e.to_string())
}

/// An array in its [`plain_type`], but numbers of a dictionary of texts stay what they are.
pub(crate) fn plain_or_coded(array: &ArrayRef) -> Result<ArrayRef, String> {
    let coded = DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into());
    match array.as_any_dictionary_opt() {
        // A dictionary may hold a null, which is then no null of the column.
        Some(dictionary)
            if dictionary.values().null_count() == 0
                && plain_type(array.data_type()) == DataType::Utf8 =>
        {
            compute::cast(array, &coded).map_err(|e| e.to_string())
        }
        _ => plain(array),
    }
}

/// Size of a file and the time it was last written, to notice a change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stamp {
    /// Bytes.
    pub size: u64,
    modified: Option<std::time::SystemTime>,
}

impl Stamp {
    /// The present state.
    pub fn of(path: &Path) -> Result<Stamp, Error> {
        let meta = std::fs::metadata(path).map_err(|e| Error::read(path, e))?;
        if meta.is_dir() {
            return Err(broken(path, "is a folder, not a file"));
        }
        Ok(Stamp { size: meta.len(), modified: meta.modified().ok() })
    }
}

/// A file that cannot be used.
pub(crate) fn broken(path: &Path, message: impl Into<String>) -> Error {
    Error::File { spot: Spot::file(path), message: message.into() }
}

/// Runs code of a library that may panic on broken files.
pub(crate) fn contained<T>(path: &Path, run: impl FnOnce() -> Result<T, Halt>) -> Result<T, Halt> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
        Ok(result) => result,
        Err(_) => Err(broken(
            path,
            "the file is damaged: its reader gave up; save it again or use another format",
        )
        .into()),
    }
}
