//! Names of strata and PSUs.
//!
//! A whole number is the same key however it is stored, as a number or as text, so that one survey
//! gives the same results from a text file and from a Parquet file. Text such as `01` is not the
//! number 1: it stays text. Numbers sort before text.

use crate::Error;
use crate::classify::{find, wrong_type};
use arrow::array::{AsArray, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Int64Type};
use std::fmt;
use std::sync::Arc;

/// A stratum or PSU as the user's file names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// Whole number.
    Number(i64),
    /// Anything else.
    Text(Arc<str>),
}

impl Key {
    fn of_text(text: &str) -> Key {
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Key::Number(number),
            _ => Key::Text(text.into()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Number(number) => write!(f, "{number}"),
            Key::Text(text) => write!(f, "{text}"),
        }
    }
}

/// An id column of one batch.
pub(crate) enum Ids<'a> {
    /// The column is not there: one stratum, or every row its own PSU.
    None,
    Numbers(&'a Int64Array),
    Text(&'a arrow::array::StringArray),
}

impl<'a> Ids<'a> {
    /// The id column of a batch; `present` says whether the schema has it.
    pub(crate) fn of(
        batch: &'a RecordBatch,
        column: &str,
        present: bool,
    ) -> Result<Ids<'a>, Error> {
        if !present {
            return Ok(Ids::None);
        }
        let array = find(batch, column)?;
        if array.null_count() > 0 {
            return Err(Error::Empty { column: column.to_string(), rows: array.null_count() });
        }
        match array.data_type() {
            DataType::Int64 => Ok(Ids::Numbers(array.as_primitive::<Int64Type>())),
            DataType::Utf8 => Ok(Ids::Text(array.as_string::<i32>())),
            _ => Err(wrong_type(batch, column, "whole numbers or text")),
        }
    }

    /// The key of a row.
    pub(crate) fn key(&self, row: usize) -> Key {
        match self {
            Ids::None => Key::Number(0),
            Ids::Numbers(values) => Key::Number(values.value(row)),
            Ids::Text(values) => Key::of_text(values.value(row)),
        }
    }

    /// True if two rows have the same key.
    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        match self {
            Ids::None => true,
            Ids::Numbers(values) => values.value(a) == values.value(b),
            Ids::Text(values) => values.value(a) == values.value(b),
        }
    }

    /// End, at most `end`, of the rows from `start` on that have one key.
    pub(crate) fn run(&self, start: usize, end: usize) -> usize {
        let length = match self {
            Ids::None => None,
            Ids::Numbers(values) => {
                let values = &values.values()[start..end];
                values.iter().position(|v| *v != values[0])
            }
            Ids::Text(_) => (start..end).position(|row| !self.same(row, start)),
        };
        length.map_or(end, |length| start + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_the_same_key_in_text() {
        assert_eq!(Key::of_text("-7"), Key::Number(-7));
        assert_eq!(Key::of_text("07"), Key::Text("07".into()));
        assert!(Key::of_text("10") > Key::of_text("9") && Key::of_text("a") > Key::of_text("9"));
    }
}
