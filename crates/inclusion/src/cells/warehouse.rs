//! The result of `inclusion sql`: cells that tell in columns of their own what they are.

use super::facts::Facts;
use crate::Error;
use arrow::array::{Array, AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::compute::{cast, filter_record_batch};
use arrow::datatypes::DataType;
use inclusion_survey::cells::{check_cells, check_sets};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The column with the facts, in one row.
const FACTS: &str = "_facts";
/// The column with the number of cells, in every row.
const CELLS: &str = "_cells";
/// The column with what the recipe does not cover.
const FAULT: &str = "_fault";
/// How programs write NULL in text.
const NULLS: [&str; 8] = ["NULL", "null", "(null)", "\\N", "None", "NaN", "nan", "<NA>"];

/// True for the result of a statement of `inclusion sql`.
pub(super) fn is_one(batch: &RecordBatch) -> bool {
    batch.column_by_name(FACTS).is_some()
}

/// The facts of a result and the cells of each grouping set, once it is known to be whole and free of
/// faults.
///
/// # Errors
///
/// [`Error::Cells`] with the column, the row and what to do.
pub(super) fn read(path: &Path, batch: &RecordBatch) -> Result<(Facts, Vec<RecordBatch>), Error> {
    let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
    let column = |name: &str| -> Result<StringArray, Error> {
        let array = batch.column_by_name(name).ok_or_else(|| {
            wrong(format!("it has no column `{name}`; save every column of the statement's result"))
        })?;
        let texts = cast(array, &DataType::Utf8).map_err(|error| wrong(error.to_string()))?;
        Ok(texts.as_string::<i32>().clone())
    };
    if batch.num_rows() == 0 {
        return Err(wrong(
            "it has the columns of a result and no row: the table was empty where the statement ran, or the recipe and `where` of the survey keep none of its rows; look there, run the statement again and save all rows"
                .to_string(),
        ));
    }
    let faults = column(FAULT)?;
    let stated = column(FACTS)?;
    for (name, texts) in [(FAULT, &faults), (FACTS, &stated)] {
        let null = |text: Option<&str>| text.is_some_and(|text| NULLS.contains(&text));
        if let Some(row) = texts.iter().position(null) {
            return Err(wrong(format!(
                "row {} has `{}` in `{name}`; save NULL as an empty field",
                row + 1,
                texts.value(row)
            )));
        }
    }
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
        if let Some(text) = count.filter(|text| !text.bytes().all(|b| b.is_ascii_digit())) {
            return Err(wrong(format!(
                "row {} has `{text}` in `{CELLS}`, which is a whole number in a result; save whole numbers as such",
                row + 1
            )));
        }
        if count.and_then(|count| count.parse::<usize>().ok()) != Some(rows) {
            return Err(wrong(format!(
                "row {} says that the result has {} cells, and the file has {rows}; save all rows, once",
                row + 1,
                count.unwrap_or("no")
            )));
        }
    }
    let mut faults = faults
        .iter()
        .enumerate()
        .filter_map(|(row, fault)| Some((row, fault?)))
        .filter(|(_, f)| !f.is_empty());
    if let Some((row, fault)) = faults.next() {
        return Err(wrong(format!(
            "{} that the recipe does not cover; row {} says of them: {fault}; correct the table, or map the value or \
             leave such rows out (`[[keep]]`) in the recipe, and run the statement again",
            match faults.count() {
                0 => "1 cell has rows".to_string(),
                more => format!("{} cells have rows", more + 1),
            },
            row + 1
        )));
    }
    let form = facts.form();
    check_cells(&form, batch, 0).map_err(|error| wrong(super::said(&error)))?;
    let design =
        [(form.stratified, inclusion_registry::STRATUM), (form.clustered, inclusion_registry::PSU)];
    for (there, name) in design {
        if !there && batch.column_by_name(name).is_some() {
            return Err(wrong(format!(
                "it has a column `{name}`, and its `{FACTS}` says that the cells are not by it; one of the two was \
                 changed; save the result as it came"
            )));
        }
    }
    let design: Vec<&str> = design.iter().filter(|(there, _)| *there).map(|one| one.1).collect();
    let concepts: Vec<&str> = form.by.iter().map(|(concept, _)| concept.as_str()).collect();
    let keys = design.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
    for (name, texts) in design.iter().zip(&keys) {
        if let Some(row) = texts.iter().position(|text| text.is_none_or(str::is_empty)) {
            return Err(wrong(format!(
                "row {} has no `{name}`, and its `{FAULT}` does not say so, as the statement does; save its result as it is, with every column and row",
                row + 1
            )));
        }
    }
    let codes = concepts.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
    let mut known = BTreeSet::new();
    let mut set_of: Vec<usize> = Vec::with_capacity(rows);
    for row in 0..rows {
        let filled: Vec<&str> = concepts
            .iter()
            .zip(&codes)
            .filter(|(_, texts)| texts.is_valid(row) && !texts.value(row).is_empty())
            .map(|(concept, _)| *concept)
            .collect();
        let set = facts.sets.iter().position(|set| *set == filled).ok_or_else(|| {
            let sets: Vec<String> = facts.sets.iter().map(|set| set.join(" * ")).collect();
            wrong(format!(
                "row {} has codes of {}, and the grouping sets are {}: a code was lost or added; save the result as it \
                 came, with every code, and NULL as an empty field",
                row + 1,
                if filled.is_empty() { "no concept".to_string() } else { filled.join(", ") },
                sets.join("; ")
            ))
        })?;
        set_of.push(set);
        let key: Vec<Option<&str>> = keys
            .iter()
            .chain(&codes)
            .map(|texts| texts.is_valid(row).then(|| texts.value(row)))
            .collect();
        if !known.insert(key.clone()) {
            let names = [&design[..], &filled].concat();
            let values: Vec<&str> =
                key.into_iter().flatten().filter(|text| !text.is_empty()).collect();
            return Err(wrong(format!(
                "row {} has the same {} as one before ({}); each cell is there once",
                row + 1,
                names.join(", "),
                values.join(", ")
            )));
        }
    }
    let psu = |row: usize| {
        let word = |name: &str| if name == inclusion_registry::PSU { "PSU" } else { "stratum" };
        let names = design.iter().zip(&keys);
        let names = names.map(|(name, ids)| format!("{} `{}`", word(name), ids.value(row)));
        names.collect::<Vec<_>>().join(", ")
    };
    let psus: Vec<String> = (0..rows).map(psu).collect();
    let codes_of: BTreeMap<&str, Vec<&str>> = concepts
        .iter()
        .zip(&codes)
        .map(|(concept, texts)| (*concept, texts.iter().map(Option::unwrap_or_default).collect()))
        .collect();
    check_sets(&form, batch, &psus, &codes_of, &set_of, &facts.sets)
        .map_err(|error| wrong(error.to_string()))?;
    let of_set = |(set, members): (&Vec<String>, Vec<bool>)| {
        let other = |name: &str| concepts.contains(&name) && !set.iter().any(|own| own == name);
        let names = batch.schema().fields().clone();
        let kept: Vec<usize> = (0..names.len()).filter(|at| !other(names[*at].name())).collect();
        let part = batch.project(&kept)?;
        filter_record_batch(&part, &BooleanArray::from(members))
    };
    let members = (0..facts.sets.len()).map(|set| set_of.iter().map(|own| *own == set).collect());
    let sets = facts.sets.iter().zip(members).map(of_set).collect::<Result<Vec<_>, _>>();
    let sets = sets.map_err(|error| wrong(error.to_string()))?;
    Ok((facts, sets))
}
