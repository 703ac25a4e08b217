//! Cells as text, the way a warehouse hands them over.
//!
//! The first line is `#`, the name of the facts and the facts as JSON; then follow a header and the rows,
//! separated by commas. Without that line the facts are in a column (`warehouse.rs`). Sums are whole
//! numbers, so no digit is lost in text.

use super::facts::{Facts, KEY};
use super::warehouse;
use crate::Error;
use arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema};
use inclusion_survey::cells::check_cells;
use std::path::Path;
use std::sync::Arc;

/// Reads facts and the cells of each grouping set; every column is text, an empty field is none.
pub(super) fn read(path: &Path) -> Result<(Facts, Vec<RecordBatch>), Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
    let (head, table) = match text.strip_prefix('#') {
        Some(text) => {
            let (head, table) = text.split_once('\n').unwrap_or((text, ""));
            (head.trim().strip_prefix(KEY), table)
        }
        None => (None, text.trim_start_matches('\u{feff}')),
    };
    let facts = head.map(|head| Facts::parse(path, head)).transpose()?;
    // Its facts are JSON, and so begin with a quote in quotes.
    if table.contains("\"{\\\"") {
        return Err(wrong(
            "its quotes are written as `\\\"`, as Spark does where it is not told otherwise; save the \
             result with `.option(\"escape\", \"\\\"\")`, so that they are doubled, or as Parquet"
                .to_string(),
        ));
    }
    let first = table.lines().next().unwrap_or_default();
    for (mark, name) in [(';', "semicolons"), ('\t', "tabs")] {
        if !first.contains(',') && first.contains(mark) {
            return Err(wrong(format!(
                "its columns are separated by {name}; save the result with commas, or as Parquet"
            )));
        }
    }
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let mut columns: Vec<StringBuilder> = header.iter().map(|_| StringBuilder::new()).collect();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        for (column, field) in columns.iter_mut().zip(&record) {
            column.append_option((!field.is_empty()).then_some(field));
        }
    }
    let fields: Vec<Field> =
        header.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
    let columns = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
        .map_err(|error| wrong(error.to_string()))?;
    match facts {
        Some(facts) => {
            check_cells(&facts.form(), &batch, 0).map_err(|error| wrong(super::said(&error)))?;
            Ok((facts, vec![batch]))
        }
        None if warehouse::is_one(&batch) => warehouse::read(path, &batch),
        None => Err(wrong(format!(
            "it holds no cells: its first line is not `# {KEY} {{…}}`, and it has no column `_facts`"
        ))),
    }
}
