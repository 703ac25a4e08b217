//! Stata and SPSS files with labels, for the demonstration data and for tests.

use crate::Error;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int32Type};
use polars::prelude::{Column as PolarsColumn, DataFrame, NamedFrom, Series};
use polars_readstat_rs::{SpssMissingValue, SpssValueLabelKey, SpssWriter, StataWriter};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Labels of a file that is written.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Variable label by column.
    pub variables: BTreeMap<String, String>,
    /// Value labels by column and value.
    pub values: BTreeMap<String, BTreeMap<i64, String>>,
    /// Numbers that an SPSS file declares missing, three at most, by column; Stata has none.
    pub missing: BTreeMap<String, Vec<f64>>,
}

fn frame(path: &Path, batch: &RecordBatch) -> Result<DataFrame, Error> {
    let wrong = |e: String| Error::Write(path.to_path_buf(), e);
    let mut columns: Vec<PolarsColumn> = Vec::new();
    for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let name = field.name().as_str().into();
        let series = match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                let texts = cast(array, &DataType::Utf8).map_err(|e| wrong(e.to_string()))?;
                let texts: Vec<Option<&str>> = texts.as_string::<i32>().iter().collect();
                Series::new(name, texts)
            }
            DataType::Float32
            | DataType::Float64
            | DataType::Int64
            | DataType::UInt32
            | DataType::UInt64 => {
                let numbers = cast(array, &DataType::Float64).map_err(|e| wrong(e.to_string()))?;
                let numbers: Vec<Option<f64>> =
                    numbers.as_primitive::<Float64Type>().iter().collect();
                Series::new(name, numbers)
            }
            _ => {
                let numbers = cast(array, &DataType::Int32).map_err(|e| wrong(e.to_string()))?;
                if numbers.null_count() > array.null_count() {
                    return Err(wrong(format!(
                        "column `{}` does not fit 32-bit integers",
                        field.name()
                    )));
                }
                let numbers: Vec<Option<i32>> =
                    numbers.as_primitive::<Int32Type>().iter().collect();
                Series::new(name, numbers)
            }
        };
        columns.push(series.into());
    }
    DataFrame::new(batch.num_rows(), columns).map_err(|e| wrong(e.to_string()))
}

/// Writes a Stata file (.dta).
///
/// Text becomes strings; 64-bit integers and floats become doubles, other integers longs.
///
/// # Errors
///
/// [`Error::Write`] with the library's reason.
pub fn write_stata(path: &Path, batch: &RecordBatch, labels: &Labels) -> Result<(), Error> {
    let wrong = |e: String| Error::Write(path.to_path_buf(), e);
    let mut values = HashMap::new();
    for (column, map) in &labels.values {
        let mut list = BTreeMap::new();
        for (value, label) in map {
            let value = i32::try_from(*value).map_err(|_| {
                wrong(format!("the label value {value} of `{column}` is too large"))
            })?;
            list.insert(value, label.clone());
        }
        values.insert(column.clone(), list);
    }
    let frame = frame(path, batch)?;
    StataWriter::new(path)
        .with_value_labels(values)
        .with_variable_labels(labels.variables.clone().into_iter().collect())
        .write_df(&frame)
        .map_err(|e| wrong(e.to_string()))
}

/// Writes an SPSS file (.sav).
///
/// # Errors
///
/// [`Error::Write`] with the library's reason.
pub fn write_spss(path: &Path, batch: &RecordBatch, labels: &Labels) -> Result<(), Error> {
    let mut values = HashMap::new();
    for (column, map) in &labels.values {
        let list: HashMap<SpssValueLabelKey, String> = map
            .iter()
            .map(|(value, label)| (SpssValueLabelKey::from_f64(*value as f64), label.clone()))
            .collect();
        values.insert(column.clone(), list);
    }
    let numbers = |all: &Vec<f64>| all.iter().copied().map(SpssMissingValue::Num).collect();
    let missing = labels.missing.iter().map(|(column, all)| (column.clone(), numbers(all)));
    let frame = frame(path, batch)?;
    SpssWriter::new(path)
        .with_compression(true)
        .with_missing_values(missing.collect())
        .with_value_labels(values)
        .with_variable_labels(labels.variables.clone().into_iter().collect())
        .write_df(&frame)
        .map_err(|e| Error::Write(path.to_path_buf(), e.to_string()))
}
