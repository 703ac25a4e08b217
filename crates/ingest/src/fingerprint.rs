//! Keys of rows as 128-bit fingerprints, so that millions of keys fit into memory.

use crate::lookup::text_of;
use crate::number::{Canonical, NumberFormat, canonical};
use crate::table::RawColumn;
use arrow::array::{Array, AsArray};
use arrow::datatypes::DataType;
use std::hash::{DefaultHasher, Hasher};

/// Fingerprint of a row's key, or `None` if a part of it is blank.
///
/// With `numeric`, texts that are whole numbers equal numbers (`01` = `1`), as a join of two files
/// needs; without, a text is compared as it stands.
pub(crate) fn fingerprint(columns: &[&RawColumn], row: usize, numeric: bool) -> Option<u128> {
    // Two seeds give 128 bits: a chance collision among 10^9 keys has probability below 10^-20.
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u64(0x9e37_79b9_7f4a_7c15);
    for column in columns {
        if column.values.is_null(row) {
            return None;
        }
        let part = if *column.values.data_type() == DataType::Utf8 {
            let text = column.values.as_string::<i32>().value(row).trim();
            if text.is_empty() {
                return None;
            }
            let number = if numeric { canonical(text, &NumberFormat::default()) } else { None };
            number.map_or_else(|| Err(text.to_string()), Ok)
        } else {
            let text = text_of(column, row);
            canonical(&text, &NumberFormat::default()).ok_or(text)
        };
        for hasher in &mut hashers {
            match &part {
                Ok(Canonical::Int(i)) => {
                    hasher.write_u8(1);
                    hasher.write_i64(*i);
                }
                Ok(Canonical::Real(r)) => {
                    hasher.write_u8(2);
                    hasher.write_u64(r.to_bits());
                }
                Err(text) => {
                    hasher.write_u8(3);
                    hasher.write_u64(text.len() as u64);
                    hasher.write(text.as_bytes());
                }
            }
        }
    }
    Some(u128::from(hashers[0].finish()) << 64 | u128::from(hashers[1].finish()))
}

/// A key in words: ``household `12`, line `3` ``.
pub(crate) fn key_text(names: &[String], columns: &[&RawColumn], row: usize) -> String {
    let parts: Vec<String> = names
        .iter()
        .zip(columns)
        .map(|(name, column)| format!("{name} `{}`", crate::error::shown(&text_of(column, row))))
        .collect();
    parts.join(", ")
}
