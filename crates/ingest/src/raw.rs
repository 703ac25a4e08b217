//! One cell of a raw column: as text, as a number, blank or not.

use crate::lookup::NO_MATCH;
use crate::number::NumberFormat;
use crate::table::RawColumn;
use arrow::array::{Array, AsArray};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, UInt8Type, UInt16Type, UInt32Type,
};

/// How a tag is written: `.a`.
pub(crate) fn tag_name(tag: u8) -> String {
    format!(".{}", char::from(b'a' + tag.saturating_sub(1)))
}

/// A raw value as text, for messages, keys and joins; empty for a blank.
pub(crate) fn text_of(column: &RawColumn, row: usize) -> String {
    if let Some(tag) = column.tags.as_ref().map(|t| t[row]).filter(|t| (1..NO_MATCH).contains(t)) {
        return tag_name(tag);
    }
    let values = &column.values;
    if values.is_null(row) {
        return String::new();
    }
    match values.data_type() {
        DataType::Int8 => values.as_primitive::<Int8Type>().value(row).to_string(),
        DataType::Int16 => values.as_primitive::<Int16Type>().value(row).to_string(),
        DataType::Int32 => values.as_primitive::<Int32Type>().value(row).to_string(),
        DataType::Int64 => values.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::UInt8 => values.as_primitive::<UInt8Type>().value(row).to_string(),
        DataType::UInt16 => values.as_primitive::<UInt16Type>().value(row).to_string(),
        DataType::UInt32 => values.as_primitive::<UInt32Type>().value(row).to_string(),
        // Zero has no sign.
        DataType::Float32 => (values.as_primitive::<Float32Type>().value(row) + 0.0).to_string(),
        DataType::Float64 => (values.as_primitive::<Float64Type>().value(row) + 0.0).to_string(),
        _ => column.text(row).trim().to_string(),
    }
}

/// True if a cell is empty: null without a tag, or a text of spaces.
pub(crate) fn is_blank(column: &RawColumn, row: usize) -> bool {
    if column.tags.as_ref().is_some_and(|t| (1..NO_MATCH).contains(&t[row])) {
        return false;
    }
    column.values.is_null(row) || column.is_text() && column.text(row).trim().is_empty()
}

/// The whole numbers of a column of integers; `None` for every other type.
pub(crate) fn whole(column: &RawColumn) -> Option<Vec<i64>> {
    fn all<T: ArrowPrimitiveType>(column: &RawColumn) -> Vec<i64>
    where
        T::Native: Into<i64>,
    {
        column.values.as_primitive::<T>().values().iter().map(|v| (*v).into()).collect()
    }
    Some(match column.values.data_type() {
        DataType::Int8 => all::<Int8Type>(column),
        DataType::Int16 => all::<Int16Type>(column),
        DataType::Int32 => all::<Int32Type>(column),
        DataType::Int64 => all::<Int64Type>(column),
        DataType::UInt8 => all::<UInt8Type>(column),
        DataType::UInt16 => all::<UInt16Type>(column),
        DataType::UInt32 => all::<UInt32Type>(column),
        _ => return None,
    })
}

/// The numbers of a column: null where blank or, for text, where it is no number.
pub(crate) fn real_at(column: &RawColumn, row: usize, format: &NumberFormat) -> Option<f64> {
    let values = &column.values;
    if values.is_null(row) {
        return None;
    }
    let number = match values.data_type() {
        DataType::Int8 => f64::from(values.as_primitive::<Int8Type>().value(row)),
        DataType::Int16 => f64::from(values.as_primitive::<Int16Type>().value(row)),
        DataType::Int32 => f64::from(values.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => values.as_primitive::<Int64Type>().value(row) as f64,
        DataType::UInt8 => f64::from(values.as_primitive::<UInt8Type>().value(row)),
        DataType::UInt16 => f64::from(values.as_primitive::<UInt16Type>().value(row)),
        DataType::UInt32 => f64::from(values.as_primitive::<UInt32Type>().value(row)),
        DataType::Float32 => f64::from(values.as_primitive::<Float32Type>().value(row)),
        DataType::Float64 => values.as_primitive::<Float64Type>().value(row),
        _ => return crate::number::number(column.text(row).trim(), format),
    };
    number.is_finite().then_some(number)
}

/// The numbers of a column where it is stored as numbers; `None` for text.
pub(crate) fn reals(column: &RawColumn) -> Option<Vec<f64>> {
    fn all<T: ArrowPrimitiveType>(column: &RawColumn, f: impl Fn(T::Native) -> f64) -> Vec<f64> {
        column.values.as_primitive::<T>().values().iter().map(|v| f(*v)).collect()
    }
    Some(match column.values.data_type() {
        DataType::Int8 => all::<Int8Type>(column, f64::from),
        DataType::Int16 => all::<Int16Type>(column, f64::from),
        DataType::Int32 => all::<Int32Type>(column, f64::from),
        DataType::Int64 => all::<Int64Type>(column, |v| v as f64),
        DataType::UInt8 => all::<UInt8Type>(column, f64::from),
        DataType::UInt16 => all::<UInt16Type>(column, f64::from),
        DataType::UInt32 => all::<UInt32Type>(column, f64::from),
        DataType::Float32 => all::<Float32Type>(column, f64::from),
        DataType::Float64 => all::<Float64Type>(column, |v| v),
        _ => return None,
    })
}
