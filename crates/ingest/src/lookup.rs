//! Source value → code, prepared once for a column and then applied to whole batches.
//!
//! Small whole numbers go through a dense table, everything else through a hash map; no row is
//! formatted or allocated for. Whole numbers match however they are stored: `1`, `1.0`, `01`.
//! A stored column is mapped whole, nulls included, and the nulls are corrected after it: so the
//! main loop has no branch but the one of the table.

use crate::number::{Canonical, NumberFormat, canonical, number};
use crate::raw::{reals, tag_name};
use crate::table::{Bounds, RawColumn, SourceColumn, UserMissing};
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
    /// Codes of the whole numbers from `base` on; the last one is that of every other whole number.
    /// Empty where the numbers lie too far apart, or where a range of them is declared missing.
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
    /// Texts of the column may have an exponent, as numbers may and codes may not.
    exponents: bool,
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
            exponents: false,
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

    /// The table of a column of numbers: `98e0` is the missing code 98, for it is the number 98.
    pub fn of_numbers(self) -> Lookup {
        Lookup { exponents: true, ..self }
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
        if !self.missing.numbers.is_empty() || self.missing.range.is_some() {
            return;
        }
        let low = self.ints.keys().min().copied().unwrap_or(0);
        let high = self.ints.keys().max().copied().unwrap_or(0);
        if high.checked_sub(low).is_none_or(|width| width >= DENSE) {
            return;
        }
        self.base = low;
        self.dense = (low..=high).map(|v| self.sparse(v)).collect();
        self.dense.push(self.others);
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
        if self.dense.is_empty() { self.sparse(value) } else { self.table().get(value) }
    }

    fn table(&self) -> Dense<'_> {
        Dense { base: self.base, codes: &self.dense, last: self.dense.len().saturating_sub(1) }
    }

    /// Code of a number.
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
        let value = match self.exponents {
            true => number(value, &self.format).map(Canonical::of),
            false => canonical(value, &self.format),
        };
        match value {
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
            DataType::Float32 => self.reals_of::<Float32Type>(column),
            DataType::Float64 => self.reals_of::<Float64Type>(column),
            DataType::Dictionary(..) => self.coded(column),
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

    /// Codes of numbers of a dictionary: each of its texts is looked up once.
    fn coded(&self, column: &RawColumn) -> Vec<i16> {
        let coded = column.values.as_dictionary::<Int32Type>();
        let texts = coded.values().as_string::<i32>();
        // A large dictionary has texts that no row of the batch has.
        if texts.len() > coded.len() {
            let of = |row: usize| match coded.is_null(row) {
                true => self.blank,
                false => self.text(column.text(row)),
            };
            return (0..coded.len()).map(of).collect();
        }
        let known: Vec<i16> =
            texts.iter().map(|t| t.map_or(self.blank, |t| self.text(t))).collect();
        map(coded.keys(), self.blank, |key| known.get(key as usize).copied().unwrap_or(self.blank))
    }

    /// The code of every value of a part of a file, if there is one value only.
    pub fn constant(&self, bounds: &Bounds) -> Option<i16> {
        match (self.codes(&bounds.ends).as_slice(), bounds.blanks) {
            ([low, high], false) if bounds.is_constant() && low == high => Some(*low),
            _ => None,
        }
    }

    /// Whether a row of a part of a file may have this code; true where that is not known.
    pub fn may_give(&self, code: i16, bounds: &Bounds) -> bool {
        if bounds.blanks && self.blank == code || self.has_user_missing() {
            return true;
        }
        if bounds.is_constant() {
            return self.codes(&bounds.ends).contains(&code);
        }
        let keys = || self.texts.iter().filter(|(_, c)| **c == code).map(|(key, _)| key.as_str());
        if self.others == code || keys().any(|key| key == "NaN" || key == "inf") {
            return true;
        }
        if let Some(ends) = reals(&bounds.ends) {
            let between = |v: f64| ends[0] <= v && v <= ends[1];
            let ints = self.ints.iter().filter(|(_, c)| **c == code).map(|(v, _)| *v as f64);
            let reals = self.reals.iter().filter(|(_, c)| **c == code);
            return !ends.iter().all(|v| v.is_finite())
                || ints.chain(reals.map(|(bits, _)| f64::from_bits(*bits))).any(between);
        }
        // A text is looked up without the spaces around it, and a number in any spelling.
        let (low, high) = (bounds.ends.text(0), bounds.ends.text(1));
        let visible = low.as_bytes().first().is_some_and(|b| *b > b' ')
            && high.as_bytes().first().is_some_and(u8::is_ascii);
        let near = |key: &str| key <= high && (low <= key || low.starts_with(key));
        let number = |key: &str| canonical(key, &NumberFormat::default()).is_some();
        !visible || keys().any(|key| number(key) || near(key))
    }

    fn ints_of<T: ArrowPrimitiveType>(&self, column: &RawColumn) -> Vec<i16>
    where
        T::Native: Into<i64>,
    {
        let array = column.values.as_primitive::<T>();
        if self.dense.is_empty() {
            return map(array, self.blank, |v| self.sparse(v.into()));
        }
        let table = self.table();
        map(array, self.blank, |v| table.get(v.into()))
    }

    fn reals_of<T: ArrowPrimitiveType>(&self, column: &RawColumn) -> Vec<i16>
    where
        T::Native: Into<f64>,
    {
        let array = column.values.as_primitive::<T>();
        if self.dense.is_empty() {
            return map(array, self.blank, |v| self.real(v.into()));
        }
        let table = self.table();
        map(array, self.blank, |v| {
            let value: f64 = v.into();
            // Whole numbers of 32 bits are nearly all there is; anything else goes the long way.
            let whole = value as i32;
            if f64::from(whole) == value { table.get(i64::from(whole)) } else { self.real(value) }
        })
    }
}

/// A dense table, borrowed into registers for a loop.
#[derive(Clone, Copy)]
struct Dense<'a> {
    base: i64,
    codes: &'a [i16],
    last: usize,
}

impl Dense<'_> {
    #[inline]
    fn get(self, value: i64) -> i16 {
        self.codes[(value.wrapping_sub(self.base) as u64).min(self.last as u64) as usize]
    }
}

fn map<T: ArrowPrimitiveType>(
    array: &PrimitiveArray<T>,
    blank: i16,
    code: impl Fn(T::Native) -> i16,
) -> Vec<i16> {
    let mut codes: Vec<i16> = array.values().iter().map(|v| code(*v)).collect();
    if let Some(nulls) = array.nulls().filter(|n| n.null_count() > 0) {
        let words = nulls.inner().bit_chunks();
        for (rows, valid) in codes.chunks_mut(64).zip(words.iter_padded()) {
            let mut gaps = !valid;
            // The bits after the last row mean nothing: the slice ends before them.
            while let Some(code) = rows.get_mut(gaps.trailing_zeros() as usize) {
                *code = blank;
                gaps &= gaps - 1;
            }
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Float32Array, Float64Array, Int8Array, Int64Array, StringArray};
    use std::sync::Arc;

    fn lookup(pairs: &[(&str, i16)], missing: UserMissing) -> Lookup {
        let mut column = SourceColumn::new("c", DataType::Int64);
        column.missing = missing;
        let entries = Entries { pairs, labels: false, blank: -4, others: 7, file_missing: &[] };
        Lookup::new(&entries, &column, &NumberFormat::default())
    }

    fn codes(lookup: &Lookup, values: ArrayRef) -> Vec<i16> {
        lookup.codes(&RawColumn::new(values))
    }

    #[test]
    fn a_missing_code_of_numbers_may_have_an_exponent_and_a_code_of_a_category_has_none() {
        let codes_of = |lookup: &Lookup| {
            ["98", "98.0", "98e0", "9.8e1", "9.8E+1", "98e1"].map(|text| lookup.text(text))
        };
        let lookup = lookup(&[("98", -1)], UserMissing::default());
        assert_eq!(codes_of(&lookup), [-1, -1, 7, 7, 7, 7]);
        assert_eq!(codes_of(&lookup.of_numbers()), [-1, -1, -1, -1, -1, 7]);
    }

    #[test]
    fn every_storage_of_the_same_numbers_gives_the_same_codes() {
        let lookup = lookup(&[("1", 0), ("02", 1), ("-9", -1)], UserMissing::default());
        // More than one word of validity bits, and gaps in each.
        let values: Vec<Option<i8>> =
            (0..200).map(|i| [Some(1), None, Some(2), Some(-9), Some(5)][i % 5]).collect();
        let expected: Vec<i16> = (0..200).map(|i| [0, -4, 1, -1, 7][i % 5]).collect();
        let of = |array: ArrayRef| codes(&lookup, array);
        let ints = || values.iter().map(|v| v.map(i64::from));
        assert_eq!(of(Arc::new(Int8Array::from(values.clone()))), expected);
        assert_eq!(of(Arc::new(ints().collect::<Int64Array>())), expected);
        let reals = || values.iter().map(|v| v.map(f32::from));
        assert_eq!(of(Arc::new(reals().collect::<Float32Array>())), expected);
        assert_eq!(
            of(Arc::new(reals().map(|v| v.map(f64::from)).collect::<Float64Array>())),
            expected
        );
        let texts = values.iter().map(|v| v.map(|v| v.to_string()));
        assert_eq!(of(Arc::new(texts.collect::<StringArray>())), expected);
        // A slice does not begin at a word.
        let slice = Int8Array::from(values.clone()).slice(67, 71);
        assert_eq!(of(Arc::new(slice)), expected[67..138]);
    }

    #[test]
    fn numbers_far_apart_with_fractions_or_declared_missing_are_found() {
        let far = [("1", 0), ("9007199254740000", 1), ("2.5", 2), ("-3", 3)];
        let plain = lookup(&far, UserMissing::default());
        let values = [1.0, 9_007_199_254_740_000.0, 2.5, -3.0, 2.25, -0.0];
        let all = |l: &Lookup| codes(l, Arc::new(Float64Array::from(values.to_vec())));
        assert_eq!(all(&plain), [0, 1, 2, 3, 7, 7]);
        let near = lookup(&[("0", 0), ("2.5", 2)], UserMissing::default());
        assert_eq!(all(&near), [7, 7, 2, 7, 7, 0]);
        let declared =
            UserMissing { numbers: vec![2.25], range: Some((-5.0, -1.0)), texts: Vec::new() };
        assert_eq!(all(&lookup(&[("1", 0)], declared)), [0, 7, 7, -4, -4, 7]);
        let nan = codes(&near, Arc::new(Float64Array::from(vec![f64::NAN, f64::INFINITY])));
        assert_eq!(nan, [UNLISTED, UNLISTED]);
        let edges = [i64::MIN, i64::MAX, -1, 1];
        assert_eq!(codes(&near, Arc::new(Int64Array::from(edges.to_vec()))), [7; 4]);
    }
}
