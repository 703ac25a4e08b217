//! Cells as Arrow batches, and back.

use super::form::{CellsForm, Places};
use super::number;
use super::possible::cell_error;
use super::psu::{PsuCells, REASONS, digit, value};
use crate::Error;
use crate::classify::find;
use crate::key::Ids;
use arrow::array::{
    Array, ArrayRef, AsArray, Decimal128Array, Float64Array, RecordBatch, StringArray, UInt64Array,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type, Field, Float64Type, Schema, UInt64Type};
use inclusion_registry::{FPC, Missing, PSU, STRATUM};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Sums below this have 38 digits, as many as a decimal of 128 bits.
const MOST: u128 = 10u128.pow(38);

/// The cells of these PSUs as one batch.
pub(crate) fn to_batch(form: &CellsForm, psus: &[PsuCells]) -> Result<RecordBatch, Error> {
    let places = form.places();
    let mut columns: Vec<ArrayRef> = Vec::new();
    let by_cell = |of: &dyn Fn(&PsuCells) -> String| -> ArrayRef {
        let all = psus.iter().flat_map(|psu| std::iter::repeat_n(of(psu), psu.ids.len()));
        Arc::new(all.map(Some).collect::<StringArray>())
    };
    if form.stratified {
        columns.push(by_cell(&|psu| psu.key.0.to_string()));
    }
    if form.clustered {
        columns.push(by_cell(&|psu| psu.key.1.to_string()));
    }
    if form.fpc {
        let fpc = |psu: &PsuCells| std::iter::repeat_n(psu.fpc, psu.ids.len());
        columns.push(Arc::new(psus.iter().flat_map(fpc).collect::<Float64Array>()));
    }
    let strides = form.strides();
    for (at, (_, codes)) in form.by.iter().enumerate() {
        let texts: Vec<String> = texts(codes);
        let ids = psus.iter().flat_map(|psu| &psu.ids);
        let text = |id: &u128| &texts[digit(value(form, &strides, at, *id)) as usize];
        columns.push(Arc::new(ids.map(|id| Some(text(id))).collect::<StringArray>()));
    }
    for at in 0..places.counts {
        let counts = psus.iter().flat_map(|psu| psu.counts.iter().skip(at).step_by(places.counts));
        columns.push(Arc::new(counts.copied().map(Some).collect::<UInt64Array>()));
    }
    for (at, name) in form.sum_names().iter().enumerate() {
        let sums: Vec<i128> = psus
            .iter()
            .flat_map(|psu| psu.sums.iter().skip(at).step_by(places.sums))
            .copied()
            .collect();
        if sums.iter().any(|sum| sum.unsigned_abs() >= MOST) {
            return Err(Error::TooLarge { what: name.clone() });
        }
        let array = Decimal128Array::from(sums).with_precision_and_scale(38, 0);
        columns.push(Arc::new(array.map_err(|error| Error::Rows(error.into()))?));
    }
    for (at, name) in form.exact_names().iter().enumerate() {
        let numbers = psus.iter().flat_map(|psu| psu.exact.iter().skip(at).step_by(places.exact));
        let texts: Option<StringArray> =
            numbers.map(|number| number::text(number).map(Some)).collect();
        let texts = texts.ok_or_else(|| Error::TooLarge { what: name.clone() })?;
        columns.push(Arc::new(texts));
    }
    RecordBatch::try_new(form.schema(), columns).map_err(|error| Error::Rows(error.into()))
}

/// By digit: the reasons, then the codes.
fn texts(codes: &[String]) -> Vec<String> {
    let reasons = Missing::ALL.into_iter().map(|reason| format!("?{}", reason.id()));
    reasons.chain(codes.iter().cloned()).collect()
}

/// The PSUs of a batch in its order; one whose rows do not follow each other is there several times.
pub(crate) fn of_batch(
    form: &CellsForm,
    places: &Places,
    batch: &RecordBatch,
) -> Result<Vec<PsuCells>, Error> {
    let keys = keys(form, batch)?;
    let strata = Ids::of(&keys, STRATUM, form.stratified)?;
    let psus = Ids::of(&keys, PSU, form.clustered)?;
    let fpc = form.fpc.then(|| typed(batch, FPC, &DataType::Float64, 0)).transpose()?;
    let fpc = fpc.as_ref().map(|array| array.as_primitive::<Float64Type>().values());
    let strides = form.strides();
    let mut ids = vec![0u128; batch.num_rows()];
    for ((concept, codes), stride) in form.by.iter().zip(&strides) {
        let texts = texts(codes);
        let digits: FxHashMap<&str, u128> = texts.iter().map(String::as_str).zip(0..).collect();
        let array = cast_to(batch, concept, &DataType::Utf8)?;
        for (id, text) in ids.iter_mut().zip(array.as_string::<i32>()) {
            // Warehouses write an empty field or none where there is no value.
            let text = text.filter(|text| !text.is_empty()).unwrap_or(&texts[0]);
            let digit = digits.get(text).ok_or_else(|| no_code(concept, text, &texts))?;
            *id += digit * stride;
        }
    }
    let counts = columns(batch, &form.count_names(), &DataType::UInt64, 0)?;
    let counts: Vec<_> =
        counts.iter().map(|array| array.as_primitive::<UInt64Type>().values()).collect();
    let sums = columns(batch, &form.sum_names(), &DataType::Decimal128(38, 0), 0)?;
    let sums: Vec<_> =
        sums.iter().map(|array| array.as_primitive::<Decimal128Type>().values()).collect();
    let exact = columns(batch, &form.exact_names(), &DataType::Utf8, 0)?;
    let mut list: Vec<PsuCells> = Vec::new();
    for (row, id) in ids.into_iter().enumerate() {
        let here = fpc.map(|values| values[row]);
        let runs_on = row > 0 && strata.same(row, row - 1) && psus.same(row, row - 1);
        match list.last() {
            Some(last) if runs_on && last.fpc == here => {}
            _ => list.push(PsuCells::new((strata.key(row), psus.key(row)), here)),
        }
        let psu = list.last_mut().expect("invariant: one was pushed");
        let cell = psu.push(places, id);
        let own = &mut psu.counts[cell * places.counts..];
        own.iter_mut().zip(&counts).for_each(|(to, from)| *to = from[row]);
        let own = &mut psu.sums[cell * places.sums..];
        own.iter_mut().zip(&sums).for_each(|(to, from)| *to = from[row]);
        for (at, array) in exact.iter().enumerate() {
            let text = array.as_string::<i32>().value(row);
            if text == "0" {
                continue;
            }
            psu.exact[cell * places.exact + at] =
                number::parse(text).ok_or_else(|| Error::Plan {
                    place: format!("column `{}` of the cells", form.exact_names()[at]),
                    message: format!("holds `{text}`, which is no exact number"),
                })?;
        }
    }
    list.iter_mut().for_each(|psu| psu.sort(places));
    Ok(list)
}

/// The columns of stratum and PSU as texts.
fn keys(form: &CellsForm, batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    for (name, there) in [(STRATUM, form.stratified), (PSU, form.clustered)] {
        if there {
            fields.push(Field::new(name, DataType::Utf8, false));
            columns.push(typed(batch, name, &DataType::Utf8, 0)?);
        }
    }
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
        .map_err(|error| Error::Rows(error.into()))
}

/// Columns of this type; `first` is the row of the table that the batch begins with.
pub(crate) fn columns(
    batch: &RecordBatch,
    names: &[String],
    to: &DataType,
    first: usize,
) -> Result<Vec<ArrayRef>, Error> {
    names.iter().map(|name| typed(batch, name, to, first)).collect()
}

/// A column of this type without an empty field.
fn typed(batch: &RecordBatch, name: &str, to: &DataType, first: usize) -> Result<ArrayRef, Error> {
    let array = cast_to(batch, name, to)?;
    let given = find(batch, name)?;
    if given.null_count() > 0 {
        return Err(Error::Empty { column: name.to_string(), rows: given.null_count() });
    }
    // Whole numbers lose nothing but those that do not fit.
    let whole = given.data_type().is_integer() && array.null_count() == 0;
    if given.data_type() == to || *to == DataType::Utf8 || whole {
        return Ok(array);
    }
    let texts = cast(given, &DataType::Utf8).map_err(|error| Error::Rows(error.into()))?;
    let texts = texts.as_string::<i32>();
    // A float that became a text has lost digits where it has an exponent.
    let is_whole = *to != DataType::Float64;
    let unusable =
        |row: &usize| array.is_null(*row) || is_whole && texts.value(*row).contains(['e', 'E']);
    let Some(row) = (0..array.len()).find(unusable) else { return Ok(array) };
    let what = match to {
        DataType::Float64 => "which is no number",
        DataType::UInt64 => "which is no number of rows (a whole number, 0 or more)",
        _ => {
            "which is no whole number of up to 38 digits; save sums as DECIMAL(38, 0) or as texts, \
             and not as floats, which lose digits"
        }
    };
    Err(cell_error(first + row, name, &format!("holds `{}`, {what}", texts.value(row))))
}

/// A column brought to this type, if nothing can be lost: whole numbers, their texts, and texts.
fn cast_to(batch: &RecordBatch, name: &str, to: &DataType) -> Result<ArrayRef, Error> {
    let array = find(batch, name)?;
    let from = array.data_type();
    let text = matches!(from, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let whole = from.is_integer() || matches!(from, DataType::Decimal128(_, 0));
    let fits = match to {
        DataType::Utf8 => text || whole,
        DataType::Float64 => text || whole || *from == DataType::Float64,
        _ => text || whole,
    };
    if !fits {
        return Err(Error::ColumnType {
            column: name.to_string(),
            found: from.to_string(),
            expected: match to {
                DataType::Utf8 => "text",
                DataType::Float64 => "64-bit numbers",
                DataType::UInt64 => "numbers of rows",
                _ => "whole numbers of up to 38 digits (DECIMAL(38, 0))",
            },
        });
    }
    cast(array, to).map_err(|error| Error::Rows(error.into()))
}

fn no_code(concept: &str, text: &str, texts: &[String]) -> Error {
    let codes = texts[REASONS..].join(", ");
    Error::Plan {
        place: format!("column `{concept}` of the cells"),
        message: format!("holds `{text}`, which is no code of the concept ({codes})"),
    }
}
