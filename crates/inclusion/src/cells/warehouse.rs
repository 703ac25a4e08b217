//! The result of `inclusion sql`: cells that tell in columns of their own what they are.

use super::facts::Facts;
use crate::Error;
use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use std::collections::BTreeSet;
use std::path::Path;

/// The column with the facts, in one row.
const FACTS: &str = "_facts";
/// The column with the number of cells, in every row.
const CELLS: &str = "_cells";
/// The column with what the recipe does not cover.
const FAULT: &str = "_fault";

/// True for the result of a statement of `inclusion sql`.
pub(super) fn is_one(batch: &RecordBatch) -> bool {
    batch.column_by_name(FACTS).is_some()
}

/// The facts of a result, once it is known to be whole and free of faults.
///
/// # Errors
///
/// [`Error::Cells`] with the column, the row and what to do.
pub(super) fn facts(path: &Path, batch: &RecordBatch) -> Result<Facts, Error> {
    let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
    let column = |name: &str| -> Result<StringArray, Error> {
        let array = batch.column_by_name(name).ok_or_else(|| {
            wrong(format!("it has no column `{name}`; save every column of the statement's result"))
        })?;
        let texts = cast(array, &DataType::Utf8).map_err(|error| wrong(error.to_string()))?;
        Ok(texts.as_string::<i32>().clone())
    };
    let stated = column(FACTS)?;
    let stated: Vec<&str> = stated.iter().flatten().filter(|text| !text.is_empty()).collect();
    let [text] = stated[..] else {
        return Err(wrong(format!(
            "{} of its rows have `{FACTS}`, and one has in a whole result; save all rows, once",
            stated.len()
        )));
    };
    let facts = Facts::parse(path, text)?;
    let rows = batch.num_rows();
    for (row, count) in column(CELLS)?.iter().enumerate() {
        if count.and_then(|count| count.parse::<usize>().ok()) != Some(rows) {
            return Err(wrong(format!(
                "row {} says that the result has {} cells, and the file has {rows}; save all rows, once",
                row + 1,
                count.unwrap_or("no")
            )));
        }
    }
    let faults = column(FAULT)?;
    let mut faults = faults
        .iter()
        .enumerate()
        .filter_map(|(row, fault)| Some((row, fault?)))
        .filter(|(_, f)| !f.is_empty());
    if let Some((row, fault)) = faults.next() {
        return Err(wrong(format!(
            "{} cells have rows that the recipe does not cover; of row {}: {fault}; correct the table or \
             map the value in the recipe, and run the statement again",
            1 + faults.count(),
            row + 1
        )));
    }
    let form = facts.form();
    let mut names: Vec<&str> = Vec::new();
    names.extend(form.stratified.then_some(inclusion_registry::STRATUM));
    names.extend(form.clustered.then_some(inclusion_registry::PSU));
    names.extend(form.by.iter().map(|(concept, _)| concept.as_str()));
    let keys = names.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
    let mut known = BTreeSet::new();
    for row in 0..rows {
        let key: Vec<&str> = keys.iter().map(|texts| texts.value(row)).collect();
        if !known.insert(key.clone()) {
            return Err(wrong(format!(
                "row {} has the same {} as one before ({}); each cell is there once",
                row + 1,
                names.join(", "),
                key.join(", ")
            )));
        }
    }
    Ok(facts)
}
