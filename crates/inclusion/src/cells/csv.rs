//! Cells as text, the way a warehouse hands them over.
//!
//! The first line is `#`, the name of the facts and the facts as JSON; then follow a header and the rows,
//! separated by commas. Sums are whole numbers, so no digit is lost in text.

use super::facts::{Facts, KEY};
use crate::Error;
use arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema};
use std::path::Path;
use std::sync::Arc;

/// Reads facts and cells; every column is text, an empty field is none.
pub(super) fn read(path: &Path) -> Result<(Facts, RecordBatch), Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
    let (head, table) = text.split_once('\n').unwrap_or((&text, ""));
    let facts = head.strip_prefix('#').and_then(|head| head.trim().strip_prefix(KEY));
    let facts = facts.ok_or_else(|| {
        wrong(format!("it holds no cells: its first line is not `# {KEY} {{…}}`"))
    })?;
    let facts = Facts::parse(path, facts)?;
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
    Ok((facts, batch))
}
