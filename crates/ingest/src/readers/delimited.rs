//! Delimited text, also compressed with gzip. Every column is text; the recipe says what it means.

use super::bytes::{self, Code, Text};
use super::records::Records;
use crate::error::{Halt, Spot, counted};
use crate::table::{
    About, Positions, RawBatch, RawColumn, Reader, SourceColumn, Stamp, Table, broken,
};
use crate::{Error, LogEntry, Options, names};
use arrow::array::{ArrayRef, StringBuilder};
use arrow::datatypes::DataType;
use inclusion_registry::FileSpec;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a batch.
const BATCH: usize = 8192;
/// Delimiters that are looked for, in the order of preference when counts are equal.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The format.
pub(crate) struct Delimited;

/// An opened file.
struct File {
    about: About,
    code: Code,
    mark: usize,
    packed: bool,
    delimiter: u8,
    header_row: u32,
    options: Options,
    stamp: Stamp,
}

impl Reader for Delimited {
    fn recognises(&self, _head: &[u8]) -> bool {
        true
    }

    fn open(
        &self,
        path: &Path,
        spec: &FileSpec,
        options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        let stamp = Stamp::of(path)?;
        let (head, packed) = bytes::head(path)?;
        let (code, mark) = bytes::encoding(path, spec, &head)?;
        let head_is_binary = matches!(code, Code::Utf8 | Code::Latin1) && head.contains(&0);
        if head_is_binary {
            return Err(broken(
                path,
                "is of no known format: it is binary and has no known signature",
            ));
        }
        let header_row = spec.header_row.unwrap_or(1).max(1);
        let delimiter = delimiter(path, spec, (code, mark, packed), options)?;
        let mut file = File {
            about: About {
                path: path.to_path_buf(),
                format: if packed {
                    "delimited text (gzip)".into()
                } else {
                    "delimited text".into()
                },
                size: stamp.size,
                rows: None,
                columns: Vec::new(),
                remarks: remarks(code, mark, packed, delimiter),
                word: "line",
            },
            code,
            mark,
            packed,
            delimiter,
            header_row,
            options: options.clone(),
            stamp,
        };
        let (mut records, header) = file.records()?;
        check_header(path, &header, delimiter)?;
        file.about.columns = header.iter().map(|n| SourceColumn::new(n, DataType::Utf8)).collect();
        if !records.advance()? {
            return Err(broken(path, "no data rows: the file has only a header"));
        }
        Ok(Box::new(file))
    }
}

/// The delimiter that is declared, or else the one that the header shows.
fn delimiter(
    path: &Path,
    spec: &FileSpec,
    (code, mark, packed): (Code, usize, bool),
    options: &Options,
) -> Result<u8, Error> {
    match spec.delimiter {
        Some(c) if c.is_ascii() => Ok(c as u8),
        Some(c) => Err(broken(
            path,
            format!("the delimiter `{c}` is not one byte; use an ASCII character"),
        )),
        None => {
            let mut text = Text::open(path, code, mark, packed, options)?;
            let mut start = Vec::new();
            text.more(&mut start, 1)?;
            Ok(sniff(&start, spec.header_row.unwrap_or(1).max(1)))
        }
    }
}

/// Delimiter and encoding of a file, and whether it is compressed.
pub(crate) fn marks(
    path: &Path,
    spec: &FileSpec,
    options: &Options,
) -> Result<(char, String, bool), Error> {
    let (head, packed) = bytes::head(path)?;
    let (code, mark) = bytes::encoding(path, spec, &head)?;
    let delimiter = delimiter(path, spec, (code, mark, packed), options)?;
    Ok((char::from(delimiter), code.name(), packed))
}

fn remarks(code: Code, mark: usize, packed: bool, delimiter: u8) -> Vec<String> {
    let mut remarks = vec![format!("the delimiter is `{}`", (delimiter as char).escape_default())];
    if mark > 0 {
        remarks.push(format!("a byte order mark says that the encoding is {}", code.name()));
    } else {
        remarks.push(format!("the encoding is taken to be {}", code.name()));
    }
    if packed {
        remarks.push("the file is compressed with gzip".into());
    }
    remarks
}

/// The delimiter that occurs most often in the header, outside quotes.
fn sniff(text: &[u8], header_row: u32) -> u8 {
    let line = text
        .split(|b| *b == b'\n')
        .filter(|l| !l.iter().all(u8::is_ascii_whitespace))
        .nth(header_row as usize - 1)
        .unwrap_or_default();
    let line = line.split(|b| *b == b'\r').next().unwrap_or_default();
    let count = |d: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|b| {
                quoted ^= **b == b'"';
                **b == d && !quoted
            })
            .count()
    };
    DELIMITERS.into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',')
}

fn check_header(path: &Path, header: &[String], delimiter: u8) -> Result<(), Error> {
    if let [only] = header {
        for other in DELIMITERS.into_iter().filter(|d| *d != delimiter) {
            if only.contains(other as char) {
                let name = (other as char).escape_default();
                return Err(Error::File {
                    spot: Spot::line(path, 1),
                    message: format!(
                        "1 column found; header contains '{name}' — set delimiter = \"{name}\""
                    ),
                });
            }
        }
    }
    if let Some(i) = header.iter().position(String::is_empty)
        && i + 1 < header.len()
        && header.iter().filter(|n| n.is_empty()).count() > 1
    {
        return Err(Error::File {
            spot: Spot::line(path, 1),
            message: format!("column {} has no name; name every column in the header", i + 1),
        });
    }
    names::check_unique(header.iter().map(String::as_str), path)
}

impl File {
    fn records(&self) -> Result<(Records, Vec<String>), Error> {
        let path = &self.about.path;
        let text = Text::open(path, self.code, self.mark, self.packed, &self.options)?;
        let mut records = Records::new(text, path, self.delimiter, self.options.max_field);
        records.skip_lines(self.header_row - 1)?;
        if !records.advance()? {
            return Err(broken(
                path,
                match self.header_row {
                    0 | 1 => "the file has no text: no header".to_string(),
                    row => format!("the file ends before line {row}, its `header_row`"),
                },
            ));
        }
        let header = (0..records.len()).map(|i| records.field(i).trim().to_string()).collect();
        Ok((records, header))
    }
}

struct Building {
    columns: Vec<StringBuilder>,
    lines: Vec<u64>,
}

impl Building {
    fn new(columns: usize) -> Building {
        Building {
            columns: (0..columns).map(|_| StringBuilder::new()).collect(),
            lines: Vec::new(),
        }
    }

    fn finish(&mut self, bytes: u64, log: Vec<LogEntry>) -> RawBatch {
        let lines = std::mem::take(&mut self.lines);
        let columns = self
            .columns
            .iter_mut()
            .map(|b| RawColumn::new(Arc::new(b.finish()) as ArrayRef))
            .collect();
        RawBatch { rows: lines.len(), positions: Positions::List(lines), columns, bytes, log }
    }
}

impl Table for File {
    fn about(&self) -> &About {
        &self.about
    }

    fn read(
        &self,
        _unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let path: &PathBuf = &self.about.path;
        let (mut records, header) = self.records()?;
        let mut batch = Building::new(columns.len());
        let (mut used, mut blank, mut first_blank) = (0, 0, 0);
        while records.advance()? {
            if records.blank > 0 {
                if blank == 0 {
                    first_blank = records.first_blank;
                }
                blank += records.blank;
            }
            if records.len() != header.len() {
                let spot = Spot::line(path, records.record_line);
                return Err(
                    Error::Fields { spot, fields: records.len(), header: header.len() }.into()
                );
            }
            for (builder, column) in batch.columns.iter_mut().zip(columns) {
                builder.append_value(records.field(*column));
            }
            batch.lines.push(records.record_line);
            if batch.lines.len() == BATCH {
                let now = records.used();
                each(batch.finish(now - used, Vec::new()))?;
                used = now;
            }
        }
        if Stamp::of(path)? != self.stamp {
            return Err(Error::Changed(path.clone()).into());
        }
        let mut log = Vec::new();
        if blank > 0 {
            log.push(LogEntry {
                code: "blank_lines".into(),
                message: format!(
                    "{} between the rows {} skipped",
                    counted(blank, "blank line"),
                    if blank == 1 { "was" } else { "were" }
                ),
                file: path.clone(),
                line: Some(first_blank),
                column: None,
                value: None,
                count: blank,
            });
        }
        each(batch.finish(self.about.size.saturating_sub(used), log))
    }
}
