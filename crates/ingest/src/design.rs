//! Weight, stratum, PSU and finite population of a row.

use crate::error::{Error, Halt};
use crate::lookup::{BLANK, Entries, Lookup, UNLISTED, text_of};
use crate::plan::Plan;
use crate::run::{Evaluated, Scene};
use crate::table::{SourceColumn, Table, broken};
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringBuilder};
use arrow::datatypes::{DataType, Float32Type, Float64Type};
use std::sync::Arc;

/// How ids are stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ids {
    /// Whole numbers.
    Int,
    /// Text; several columns are joined by `|`.
    Text,
}

impl Ids {
    /// Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Ids::Int => DataType::Int64,
            Ids::Text => DataType::Utf8,
        }
    }
}

/// The type of an id: whole numbers if one column holds them in every part. SPSS and often Stata
/// store whole numbers as floats, so such a column is looked through.
pub(crate) fn kind(
    parts: &[(&dyn Table, &Plan)],
    slots: fn(&Plan) -> &[usize],
) -> Result<Option<Ids>, Error> {
    for (table, plan) in parts {
        match slots(plan) {
            [] => return Ok(None),
            [slot] => {
                let index = plan.columns[*slot];
                let is_whole = match table.about().columns[index].kind {
                    DataType::Utf8 => false,
                    DataType::Float32 | DataType::Float64 => all_whole(*table, index)?,
                    _ => true,
                };
                if !is_whole {
                    return Ok(Some(Ids::Text));
                }
            }
            _ => return Ok(Some(Ids::Text)),
        }
    }
    Ok(Some(Ids::Int))
}

fn all_whole(table: &dyn Table, index: usize) -> Result<bool, Error> {
    for unit in 0..table.units() {
        let read = table.read(unit, &[index], &mut |batch| {
            let values = &batch.columns[0].values;
            let whole = |v: f64| v.fract() == 0.0 && v.abs() < 9.0e15;
            let is_whole = match values.data_type() {
                DataType::Float32 => values
                    .as_primitive::<Float32Type>()
                    .iter()
                    .flatten()
                    .all(|v| whole(f64::from(v))),
                _ => values.as_primitive::<Float64Type>().iter().flatten().all(whole),
            };
            if is_whole { Ok(()) } else { Err(Halt::Enough) }
        });
        match read {
            Ok(()) => {}
            Err(Halt::Enough) => return Ok(false),
            Err(Halt::Ours(error)) => return Err(error),
            Err(Halt::Theirs(error)) => return Err(broken(&table.about().path, error.to_string())),
        }
    }
    Ok(true)
}

fn fail(scene: &Scene<'_>, rows: &Evaluated, slot: usize, bad: &[usize], message: String) -> Error {
    Error::Design {
        spot: scene.spot(&rows.positions, bad[0], Some(slot)),
        message,
        recipe: scene.recipe.id.clone(),
        rows: bad.len() as u64,
    }
}

/// A table that lists nothing but the texts that are missing everywhere.
fn nothing_listed(scene: &Scene<'_>) -> Lookup {
    let spec = scene.recipe.files.get(&scene.recipe.rows);
    let file_missing = spec.map_or(&[][..], |s| &s.missing);
    let entries =
        Entries { pairs: &[], labels: false, blank: BLANK, others: UNLISTED, file_missing };
    Lookup::new(&entries, &SourceColumn::new("", DataType::Utf8), &scene.plan.format)
}

fn numbers(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
    role: &str,
) -> Result<Vec<f64>, Error> {
    let lookup = nothing_listed(scene);
    let column = &rows.columns[slot];
    let values = scene.plain_numbers(role, slot, &lookup, rows)?;
    let text = *column.values.data_type() == DataType::Utf8;
    if text || column.values.null_count() > 0 || column.tags.is_some() {
        let is_missing = |row: &usize| {
            let value = text_of(column, *row);
            value.is_empty()
                || column.values.is_null(*row)
                || (text && lookup.text(&value) == BLANK)
        };
        let bad: Vec<usize> = (0..rows.rows).filter(is_missing).collect();
        if !bad.is_empty() {
            let message =
                format!("{role} is missing; leave such rows out by `[[keep]]` or correct the file");
            return Err(fail(scene, rows, slot, &bad, message));
        }
    }
    if values.iter().any(|v| !v.is_finite()) {
        let bad: Vec<usize> = (0..rows.rows).filter(|r| !values[*r].is_finite()).collect();
        return Err(fail(
            scene,
            rows,
            slot,
            &bad,
            format!("{role} is {}, not a finite number", values[bad[0]]),
        ));
    }
    Ok(values)
}

/// Weights: finite, 0 or more; 1 where the recipe names none.
pub(crate) fn weights(scene: &Scene<'_>, rows: &Evaluated) -> Result<Vec<f64>, Error> {
    let Some((slot, divide_by)) = scene.plan.weight else { return Ok(vec![1.0; rows.rows]) };
    let mut values = numbers(scene, rows, slot, "the weight")?;
    let (mut negative, mut zero, mut first_zero) = (false, 0, 0);
    for (row, value) in values.iter_mut().enumerate() {
        *value /= divide_by;
        negative |= *value < 0.0;
        if *value == 0.0 {
            if zero == 0 {
                first_zero = row;
            }
            zero += 1;
        }
    }
    if negative {
        let bad: Vec<usize> = (0..rows.rows).filter(|r| values[*r] < 0.0).collect();
        let value = text_of(&rows.columns[slot], bad[0]);
        return Err(fail(
            scene,
            rows,
            slot,
            &bad,
            format!("the weight `{value}` is negative; weights are 0 or more"),
        ));
    }
    if zero > 0 {
        let message = "rows have weight 0: they count in the design and in no estimate".to_string();
        let name = &scene.plan.slots[slot].name;
        scene.note(
            "zero_weight",
            message,
            rows.positions.of(first_zero),
            Some(name),
            Some("0".into()),
            zero,
        );
    }
    Ok(values)
}

/// Finite population numbers or sampling fractions: above 0.
pub(crate) fn population(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
) -> Result<Vec<f64>, Error> {
    let values = numbers(scene, rows, slot, "the finite population")?;
    let bad: Vec<usize> = (0..rows.rows).filter(|r| values[*r] <= 0.0).collect();
    if let Some(first) = bad.first() {
        let message = format!("the finite population {} is not above 0", values[*first]);
        return Err(fail(scene, rows, slot, &bad, message));
    }
    Ok(values)
}

/// Ids of strata or PSUs.
pub(crate) fn ids(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slots: &[usize],
    ids: Ids,
    what: &str,
) -> Result<ArrayRef, Error> {
    for slot in slots {
        let column = &rows.columns[*slot];
        let text = *column.values.data_type() == DataType::Utf8;
        if !text && column.values.null_count() == 0 && column.tags.is_none() {
            continue;
        }
        let bad: Vec<usize> = (0..rows.rows)
            .filter(|r| {
                column.values.is_null(*r)
                    || text && column.values.as_string::<i32>().value(*r).trim().is_empty()
            })
            .collect();
        if !bad.is_empty() {
            let message = format!(
                "the {what} is missing; leave such rows out by `[[keep]]` or correct the file"
            );
            return Err(fail(scene, rows, *slot, &bad, message));
        }
    }
    if let (Ids::Int, [slot]) = (ids, slots) {
        let column = &rows.columns[*slot];
        let whole: Int64Array = match column.values.data_type() {
            DataType::Float32 => column
                .values
                .as_primitive::<Float32Type>()
                .values()
                .iter()
                .map(|v| *v as i64)
                .collect(),
            DataType::Float64 => column
                .values
                .as_primitive::<Float64Type>()
                .values()
                .iter()
                .map(|v| *v as i64)
                .collect(),
            DataType::Int64 => return Ok(column.values.clone()),
            _ => arrow::compute::cast(&column.values, &DataType::Int64)
                .map_err(|e| broken(scene.path, e.to_string()))?
                .as_primitive::<arrow::datatypes::Int64Type>()
                .clone(),
        };
        return Ok(Arc::new(whole));
    }
    let mut texts = StringBuilder::with_capacity(rows.rows, rows.rows * 8);
    for row in 0..rows.rows {
        for (i, slot) in slots.iter().enumerate() {
            use std::fmt::Write;
            if i > 0 {
                // Writing into memory does not fail.
                let _ = texts.write_char('|');
            }
            let _ = texts.write_str(&text_of(&rows.columns[*slot], row));
        }
        texts.append_value("");
    }
    Ok(Arc::new(texts.finish()))
}
