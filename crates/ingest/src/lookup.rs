//! Source value → code, prepared once for a column and then applied to whole batches.
//!
//! Small whole numbers go through a dense table, everything else through a hash map; no row is
//! formatted or allocated for. Whole numbers match however they are stored: `1`, `1.0`, `01`.

use crate::number::{Canonical, NumberFormat, canonical};
use crate::table::{RawColumn, SourceColumn, UserMissing};
use arrow::array::{Array, AsArray, PrimitiveArray};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, UInt8Type, UInt16Type, UInt32Type,
};
use inclusion_registry::Missing;
use rustc_hash::FxHashMap;

/// A value that nothing covers.
pub(crate) const UNLISTED: i16 = i16::MIN;
/// A blank that nothing covers.
pub(crate) const BLANK: i16 = i16::MIN + 1;
/// Tag of a row without a match in a joined file.
pub(crate) const NO_MATCH: u8 = 27;
/// Widest range of whole numbers that gets a dense table.
const DENSE: i64 = 1 << 16;

/// The prepared table of one column.
#[derive(Debug, Clone)]
pub(crate) struct Lookup {
    base: i64,
    dense: Vec<i16>,
    ints: FxHashMap<i64, i16>,
    reals: FxHashMap<u64, i16>,
    texts: FxHashMap<String, i16>,
    tags: [i16; 28],
    /// What a blank gives.
    pub blank: i16,
    /// What an unlisted value gives.
    pub others: i16,
    missing: UserMissing,
    format: NumberFormat,
}

/// What a table is made of.
pub(crate) struct Entries<'a> {
    /// Value or label → code; the first of equal keys wins.
    pub pairs: &'a [(&'a str, i16)],
    /// The keys are labels.
    pub labels: bool,
    /// What a blank gives, or [`BLANK`].
    pub blank: i16,
    /// What an unlisted value gives, or [`UNLISTED`].
    pub others: i16,
    /// Texts that are missing in every column of the file.
    pub file_missing: &'a [String],
}

impl Lookup {
    /// Prepares the table for a column.
    pub fn new(entries: &Entries<'_>, column: &SourceColumn, format: &NumberFormat) -> Lookup {
        let mut lookup = Lookup {
            base: 0,
            dense: Vec::new(),
            ints: FxHashMap::default(),
            reals: FxHashMap::default(),
            texts: FxHashMap::default(),
            tags: [entries.blank; 28],
            blank: entries.blank,
            others: entries.others,
            missing: column.missing.clone(),
            format: format.clone(),
        };
        if entries.blank == BLANK {
            lookup.tags = [UNLISTED; 28];
        }
        lookup.tags[usize::from(NO_MATCH)] = Missing::NotStated.code();
        for (key, code) in entries.pairs {
            let key = key.trim();
            let mut labelled = false;
            if entries.labels {
                for (value, _) in column.labels.iter().filter(|(_, label)| label.trim() == key) {
                    labelled = true;
                    lookup.insert(value, *code);
                }
            }
            if !labelled {
                lookup.insert(key, *code);
            }
        }
        for text in entries.file_missing {
            lookup.insert(text.trim(), entries.blank);
        }
        lookup.prepare();
        lookup
    }

    fn insert(&mut self, key: &str, code: i16) {
        if let [b'.', letter @ b'a'..=b'z'] = key.as_bytes() {
            self.tags[usize::from(letter - b'a' + 1)] = code;
        }
        // Keys are written as the registry writes numbers; a text key is also kept as it stands.
        match canonical(key, &NumberFormat::default()) {
            Some(Canonical::Int(i)) => _ = self.ints.entry(i).or_insert(code),
            Some(Canonical::Real(r)) => _ = self.reals.entry(r.to_bits()).or_insert(code),
            None => {}
        }
        self.texts.entry(key.to_string()).or_insert(code);
    }

    fn prepare(&mut self) {
        let (low, high) = (self.ints.keys().min().copied(), self.ints.keys().max().copied());
        let (Some(low), Some(high)) = (low, high) else { return };
        if high.checked_sub(low).is_none_or(|width| width >= DENSE) {
            return;
        }
        self.base = low;
        self.dense = (low..=high).map(|v| self.sparse(v)).collect();
    }

    /// True if no value is listed at all, so that numbers need no lookup.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.missing.is_empty()
    }

    /// Values that give a missing reason, for messages.
    pub fn declared(&self) -> Vec<String> {
        let mut keys: Vec<String> =
            self.texts.iter().filter(|(_, c)| **c < 0).map(|(k, _)| k.clone()).collect();
        keys.extend(
            (1..27u8)
                .filter(|t| {
                    self.tags[usize::from(*t)] < 0
                        && self.tags[usize::from(*t)] != self.blank
                        && self.tags[usize::from(*t)] > BLANK
                })
                .map(tag_name),
        );
        keys.sort_unstable();
        keys.dedup();
        if self.blank < 0 && self.blank > BLANK {
            keys.push("blank".into());
        }
        keys
    }

    fn sparse(&self, value: i64) -> i16 {
        match self.ints.get(&value) {
            Some(code) => *code,
            None if !self.missing.is_empty() && self.missing.has(value as f64) => self.blank,
            None => self.others,
        }
    }

    /// Code of a whole number.
    #[inline]
    pub fn int(&self, value: i64) -> i16 {
        match self.dense.get(value.wrapping_sub(self.base) as usize) {
            Some(code) => *code,
            None => self.sparse(value),
        }
    }

    /// Code of a number.
    #[inline]
    pub fn real(&self, value: f64) -> i16 {
        match Canonical::of(value) {
            Canonical::Int(i) => self.int(i),
            Canonical::Real(r) if r.is_finite() => match self.reals.get(&r.to_bits()) {
                Some(code) => *code,
                None if self.missing.has(r) => self.blank,
                None => self.others,
            },
            // NaN and infinities are no values: only a listed code accepts them.
            Canonical::Real(r) => {
                self.texts.get(if r.is_nan() { "NaN" } else { "inf" }).copied().unwrap_or(UNLISTED)
            }
        }
    }

    /// Code of a text.
    pub fn text(&self, value: &str) -> i16 {
        let value = value.trim();
        if let Some(code) = self.texts.get(value) {
            return *code;
        }
        if value.is_empty() || self.missing.texts.iter().any(|t| t == value) {
            return self.blank;
        }
        if self.ints.is_empty() && self.reals.is_empty() {
            return self.others;
        }
        match canonical(value, &self.format) {
            Some(Canonical::Int(i)) => self.int(i),
            Some(Canonical::Real(r)) => self.real(r),
            None => self.others,
        }
    }

    /// Code of a tag.
    pub fn tag(&self, tag: u8) -> i16 {
        self.tags.get(usize::from(tag)).copied().unwrap_or(UNLISTED)
    }

    /// True if a number is declared missing by the file itself.
    pub fn is_user_missing(&self, value: f64) -> bool {
        self.missing.has(value)
    }

    /// True if the file declares values of the column missing.
    pub fn has_user_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Codes of a whole column.
    pub fn codes(&self, column: &RawColumn) -> Vec<i16> {
        let mut codes = match column.values.data_type() {
            DataType::Int8 => self.ints_of::<Int8Type>(column),
            DataType::Int16 => self.ints_of::<Int16Type>(column),
            DataType::Int32 => self.ints_of::<Int32Type>(column),
            DataType::Int64 => self.ints_of::<Int64Type>(column),
            DataType::UInt8 => self.ints_of::<UInt8Type>(column),
            DataType::UInt16 => self.ints_of::<UInt16Type>(column),
            DataType::UInt32 => self.ints_of::<UInt32Type>(column),
            DataType::Float32 => {
                map(column.values.as_primitive::<Float32Type>(), self.blank, |v| {
                    self.real(f64::from(v))
                })
            }
            DataType::Float64 => {
                map(column.values.as_primitive::<Float64Type>(), self.blank, |v| self.real(v))
            }
            _ => {
                let texts = column.values.as_string::<i32>();
                texts.iter().map(|t| t.map_or(self.blank, |t| self.text(t))).collect()
            }
        };
        if let Some(tags) = &column.tags {
            for (code, tag) in codes.iter_mut().zip(tags.iter()).filter(|(_, tag)| **tag != 0) {
                *code = self.tag(*tag);
            }
        }
        codes
    }

    fn ints_of<T: ArrowPrimitiveType>(&self, column: &RawColumn) -> Vec<i16>
    where
        T::Native: Into<i64>,
    {
        map(column.values.as_primitive::<T>(), self.blank, |v| self.int(v.into()))
    }
}

fn map<T: ArrowPrimitiveType>(
    array: &PrimitiveArray<T>,
    blank: i16,
    code: impl Fn(T::Native) -> i16,
) -> Vec<i16> {
    match array.nulls().filter(|n| n.null_count() > 0) {
        None => array.values().iter().map(|v| code(*v)).collect(),
        Some(nulls) => {
            let valid = nulls.inner().iter();
            array
                .values()
                .iter()
                .zip(valid)
                .map(|(v, ok)| if ok { code(*v) } else { blank })
                .collect()
        }
    }
}

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
        DataType::Float32 => values.as_primitive::<Float32Type>().value(row).to_string(),
        DataType::Float64 => values.as_primitive::<Float64Type>().value(row).to_string(),
        _ => values.as_string::<i32>().value(row).trim().to_string(),
    }
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
        _ => return crate::number::number(values.as_string::<i32>().value(row).trim(), format),
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
