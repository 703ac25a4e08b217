//! What a file holds: columns, types, labels, missing codes, counts; in bounded memory.

use crate::error::Halt;
use crate::number::{NumberFormat, number};
use crate::raw::{reals, tag_name, text_of};
use crate::table::{RawColumn, SourceColumn, broken};
use crate::{Error, Options, readers};
use arrow::array::Array;
use inclusion_registry::FileSpec;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Distinct values that are counted for each column.
const COUNTED: usize = 1000;
/// Values that are listed for each column.
const LISTED: usize = 20;
/// Longest value that is kept, in bytes.
const LONGEST: usize = 200;

/// What a file holds, for `inclusion inspect` and `init`.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// Format as recognised.
    pub format: String,
    /// Rows.
    pub rows: u64,
    /// Columns in file order.
    pub columns: Vec<Column>,
    /// The sheets of a workbook in its order, of which one was read; empty for every other format.
    pub sheets: Vec<SheetSize>,
    /// Things a user should know, such as a byte order mark or an encoding that was sniffed.
    pub remarks: Vec<String>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSize {
    /// Name.
    pub name: String,
    /// Rows of its used area, the header included.
    pub rows: u64,
    /// Columns of its used area.
    pub columns: u64,
    /// It is the one that was read.
    pub read: bool,
}

/// A source column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Label of the variable, where the format has one.
    pub label: Option<String>,
    /// `integer`, `number`, `text`, `date`, or `empty` if no row has a value.
    pub kind: String,
    /// Values with label and count, most frequent first; at most 20.
    pub values: Vec<(String, Option<String>, u64)>,
    /// Number of distinct values, if at most the limit of counting.
    pub distinct: Option<usize>,
    /// Missing codes with label and count: user-missing values, tags, blanks.
    pub missing: Vec<(String, Option<String>, u64)>,
    /// Smallest and largest number.
    pub range: Option<(f64, f64)>,
}

/// Reads a file and describes it.
///
/// # Errors
///
/// [`Error`] names the file, and the line if one is at fault.
pub fn inspect(path: &Path, options: &Options) -> Result<Inspection, Error> {
    inspect_as(path, &FileSpec::default(), options)
}

/// Reads a file by declared reading options and describes it.
///
/// # Errors
///
/// [`Error`] names the file, and the line if one is at fault.
pub fn inspect_as(path: &Path, spec: &FileSpec, options: &Options) -> Result<Inspection, Error> {
    let table = readers::open(path, spec, options)?;
    let about = table.about();
    let format = NumberFormat::of(spec);
    let all: Vec<usize> = (0..about.columns.len()).collect();
    let mut tallies: Vec<Tally> = about.columns.iter().map(|_| Tally::default()).collect();
    let (mut rows, mut remarks) = (0, about.remarks.clone());
    for unit in 0..table.units() {
        let read = table.read(unit, &all, &mut |batch| {
            rows += batch.rows as u64;
            for (tally, (column, info)) in
                tallies.iter_mut().zip(batch.columns.iter().zip(&about.columns))
            {
                tally.add(column, info, &format, &spec.missing);
            }
            remarks.extend(batch.log.into_iter().map(|entry| entry.message));
            Ok(())
        });
        match read {
            Ok(()) | Err(Halt::Enough) => {}
            Err(Halt::Ours(error)) => return Err(error),
            Err(Halt::Theirs(error)) => return Err(broken(path, error.to_string())),
        }
    }
    let columns = tallies.into_iter().zip(&about.columns).map(|(t, info)| t.finish(info)).collect();
    let sheets = match about.format.as_str() {
        readers::WORKBOOK => readers::sheets(path, spec)?,
        _ => Vec::new(),
    };
    Ok(Inspection { format: about.format.clone(), rows, columns, sheets, remarks })
}

#[derive(Default)]
struct Tally {
    counts: HashMap<String, u64>,
    overflow: bool,
    missing: BTreeMap<String, u64>,
    range: Option<(f64, f64)>,
    present: u64,
    whole: u64,
    numbers: u64,
    dates: u64,
}

impl Tally {
    fn add(
        &mut self,
        column: &RawColumn,
        info: &SourceColumn,
        format: &NumberFormat,
        file_missing: &[String],
    ) {
        let stored = reals(column);
        let text = column.is_text();
        for row in 0..column.values.len() {
            if let Some(tag) = column.tags.as_ref().map(|t| t[row]).filter(|t| *t > 0) {
                *self.missing.entry(tag_name(tag)).or_insert(0) += 1;
                continue;
            }
            let blank = column.values.is_null(row) || text && column.text(row).trim().is_empty();
            if blank {
                *self.missing.entry(String::new()).or_insert(0) += 1;
                continue;
            }
            let value = match &stored {
                Some(values) => Some(values[row]),
                None => number(column.text(row).trim(), format),
            };
            let is_missing = match value {
                Some(v) if stored.is_some() => info.missing.has(v),
                _ => {
                    let t = column.text(row).trim();
                    info.missing.texts.iter().chain(file_missing).any(|m| m == t)
                }
            };
            if is_missing {
                *self.missing.entry(text_of(column, row)).or_insert(0) += 1;
                continue;
            }
            self.present += 1;
            if let Some(v) = value.filter(|v| v.is_finite()) {
                self.numbers += 1;
                self.whole += u64::from(v.fract() == 0.0);
                self.range =
                    Some(self.range.map_or((v, v), |(low, high)| (low.min(v), high.max(v))));
            } else if text && is_date(column.text(row)) {
                self.dates += 1;
            }
            if self.overflow {
                continue;
            }
            let shown: String = text_of(column, row);
            let cut = shown.char_indices().take_while(|(i, c)| i + c.len_utf8() <= LONGEST).count();
            let shown =
                if cut < shown.chars().count() { shown.chars().take(cut).collect() } else { shown };
            *self.counts.entry(shown).or_insert(0) += 1;
            self.overflow = self.counts.len() > COUNTED;
        }
    }

    fn finish(self, info: &SourceColumn) -> Column {
        let label = |value: &str| info.labels.get(value).cloned();
        let kind = match () {
            () if self.present == 0 => "empty",
            () if self.dates == self.present => "date",
            () if self.numbers < self.present => "text",
            () if self.whole == self.present => "integer",
            () => "number",
        };
        let distinct = (!self.overflow).then_some(self.counts.len());
        let mut values: Vec<(String, Option<String>, u64)> = if self.overflow {
            Vec::new()
        } else {
            self.counts.iter().map(|(v, n)| (v.clone(), label(v), *n)).collect()
        };
        values.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        values.truncate(LISTED);
        let missing = self.missing.iter().map(|(v, n)| (v.clone(), label(v), *n)).collect();
        Column {
            name: info.name.clone(),
            label: info.label.clone(),
            kind: kind.into(),
            values,
            distinct,
            missing,
            range: self.range.filter(|_| kind != "text"),
        }
    }
}

fn is_date(text: &str) -> bool {
    let b = text.trim().as_bytes();
    b.len() >= 10
        && b[4] == b'-'
        && b[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|i| b[*i].is_ascii_digit())
        && (b.len() == 10 || b[10] == b'T' || b[10] == b' ')
}
