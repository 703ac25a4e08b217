//! Keys of rows as 128-bit fingerprints, so that millions of keys fit into memory.
//!
//! Two independent 64-bit lanes, each a chain of the finishing step of MurmurHash3 (Appleby 2011),
//! which maps 64-bit words one to one: keys of one whole number never collide, and among 10⁹ longer
//! keys a chance collision has a probability below 10⁻²⁰.

use crate::number::{Canonical, NumberFormat, canonical};
use crate::raw::text_of;
use crate::table::RawColumn;
use arrow::array::{Array, AsArray};
use arrow::datatypes::{
    DataType, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type,
};

/// Whole numbers of more digits are compared as text, as [`canonical`] reads them.
const WHOLE: u64 = 1_000_000_000_000_000_000;

struct Lanes([u64; 2]);

impl Lanes {
    fn word(&mut self, word: u64) {
        const ODD: [[u64; 2]; 2] = [
            [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53],
            [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb],
        ];
        for (lane, [a, b]) in self.0.iter_mut().zip(ODD) {
            let mut x = lane.rotate_left(23).wrapping_add(0x9e37_79b9_7f4a_7c15) ^ word;
            x = (x ^ x >> 33).wrapping_mul(a);
            x = (x ^ x >> 31).wrapping_mul(b);
            *lane = x ^ x >> 33;
        }
    }

    fn int(&mut self, value: i64) {
        self.word(1);
        self.word(value as u64);
    }

    fn real(&mut self, value: f64) {
        self.word(2);
        self.word(value.to_bits());
    }

    fn text(&mut self, text: &str) {
        self.word(3);
        self.word(text.len() as u64);
        for eight in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// A text, which may be a number.
    fn canonical(&mut self, text: &str) {
        match canonical(text, &NumberFormat::default()) {
            Some(Canonical::Int(i)) => self.int(i),
            Some(Canonical::Real(r)) => self.real(r),
            None => self.text(text),
        }
    }
}

/// Fingerprint of a row's key, or `None` if a part of it is blank.
///
/// With `numeric`, texts that are whole numbers equal numbers (`01` = `1`), as a join of two files
/// needs; without, a text is compared as it stands.
pub(crate) fn fingerprint(columns: &[&RawColumn], row: usize, numeric: bool) -> Option<u128> {
    let mut lanes = Lanes([0, 0x2545_f491_4f6c_dd1d]);
    for column in columns {
        let values = &column.values;
        if values.is_null(row) {
            return None;
        }
        let whole = match values.data_type() {
            DataType::Utf8 | DataType::Dictionary(..) => {
                let text = column.text(row).trim();
                if text.is_empty() {
                    return None;
                }
                if numeric {
                    lanes.canonical(text)
                } else {
                    lanes.text(text)
                }
                continue;
            }
            DataType::Int8 => i64::from(values.as_primitive::<Int8Type>().value(row)),
            DataType::Int16 => i64::from(values.as_primitive::<Int16Type>().value(row)),
            DataType::Int32 => i64::from(values.as_primitive::<Int32Type>().value(row)),
            DataType::Int64 => values.as_primitive::<Int64Type>().value(row),
            DataType::UInt8 => i64::from(values.as_primitive::<UInt8Type>().value(row)),
            DataType::UInt16 => i64::from(values.as_primitive::<UInt16Type>().value(row)),
            DataType::UInt32 => i64::from(values.as_primitive::<UInt32Type>().value(row)),
            DataType::Float64 => {
                match Canonical::of(values.as_primitive::<Float64Type>().value(row)) {
                    Canonical::Int(i) => i,
                    Canonical::Real(_) => i64::MAX,
                }
            }
            _ => i64::MAX,
        };
        // Fractions, and numbers too long for a code, are rare as keys and go through their text.
        if whole.unsigned_abs() < WHOLE {
            lanes.int(whole);
        } else {
            lanes.canonical(&text_of(column, row));
        }
    }
    Some(u128::from(lanes.0[0]) << 64 | u128::from(lanes.0[1]))
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

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Float64Array, Int8Array, Int64Array, StringArray};
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn prints(values: ArrayRef, numeric: bool) -> Vec<Option<u128>> {
        let column = RawColumn::new(values);
        (0..column.values.len()).map(|row| fingerprint(&[&column], row, numeric)).collect()
    }

    #[test]
    fn a_key_is_the_same_however_it_is_stored() {
        let bytes = prints(Arc::new(Int8Array::from(vec![Some(1), Some(-7), None])), true);
        let reals = prints(Arc::new(Float64Array::from(vec![Some(1.0), Some(-7.0), None])), true);
        let texts = prints(Arc::new(StringArray::from(vec![" 01", "-7.0", " "])), true);
        assert_eq!((&bytes, &bytes), (&reals, &texts));
        assert_eq!(bytes[2], None);
        let verbatim = prints(Arc::new(StringArray::from(vec!["01", "1"])), false);
        assert_ne!(verbatim[0], verbatim[1]);
        let long = prints(Arc::new(Int64Array::from(vec![1_234_567_890_123_456_789])), true);
        let long_text = prints(Arc::new(StringArray::from(vec!["1234567890123456789"])), true);
        assert_eq!(long, long_text);
    }

    #[test]
    fn keys_of_two_columns_do_not_run_into_each_other() {
        let number = |range: std::ops::Range<i64>| {
            let all = range.flat_map(|a| (0..300).map(move |b| (a, b)));
            let (a, b): (Vec<i64>, Vec<i64>) = all.unzip();
            let column = |v| RawColumn::new(Arc::new(Int64Array::from(v)) as ArrayRef);
            let (a, b) = (column(a), column(b));
            (0..a.values.len()).map(|r| fingerprint(&[&a, &b], r, false)).collect::<BTreeSet<_>>()
        };
        assert_eq!(number(0..300).len(), 90_000);
        let text = |a: &str, b: &str| {
            let column = |t: &str| RawColumn::new(Arc::new(StringArray::from(vec![t])) as ArrayRef);
            fingerprint(&[&column(a), &column(b)], 0, false)
        };
        assert_ne!(text("ab", "c"), text("a", "bc"));
        assert_ne!(text("12345678", "9"), text("1234567", "89"));
    }
}
