//! Delimited text, also compressed with gzip.

use crate::error::Spot;
use crate::recipe::TableSpec;
use crate::table::{Content, Table, composed, shown_row};
use crate::text::{self, Records};
use crate::{Error, Options};
use std::path::Path;

/// Delimiters that are looked for, in the order of preference when counts are equal.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The text of a table behind its header.
#[derive(Debug, Clone)]
pub(crate) struct Delimited {
    text: String,
    begin: usize,
    delimiter: u8,
    /// Where the records of the rows are.
    pub records: std::sync::Arc<Records>,
}

impl Delimited {
    /// Reads the rows.
    pub fn reader(&self) -> csv::Reader<&[u8]> {
        reader(&self.text[self.begin..], self.delimiter)
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Opens a text.
pub(crate) fn open(
    path: &Path,
    raw: Vec<u8>,
    spec: &TableSpec,
    options: &Options,
) -> Result<Table, Error> {
    let text = text::decoded(path, text::unpacked(path, raw, options)?, spec.encoding.as_deref())?;
    if text.trim().is_empty() {
        return Err(Error::file(path, "the file has no text: no header"));
    }
    let (top, height) = spec.header();
    let body =
        text::without_lines(&text, top - 1).filter(|body| !body.trim().is_empty()).ok_or_else(
            || Error::file(path, format!("the file ends before line {top}, its `header_row`")),
        )?;
    let delimiter = match spec.delimiter {
        Some(c) if c.is_ascii() => c as u8,
        Some(c) => {
            return Err(Error::file(
                path,
                format!("the delimiter `{c}` is not one byte; use an ASCII character"),
            ));
        }
        None => sniffed(body),
    };
    let all = text::records(path, body, u64::from(top), delimiter, options.max_field)?;
    let mut lines = reader(body, delimiter);
    let mut header = Vec::new();
    let mut record = csv::StringRecord::new();
    for _ in 0..height {
        if !lines.read_record(&mut record).map_err(|e| Error::file(path, e.to_string()))? {
            return Err(Error::file(path, "the file ends inside its header"));
        }
        header.push(record.iter().map(str::to_string).collect::<Vec<_>>());
    }
    let columns = composed(&header);
    check_header(path, &columns, delimiter, u64::from(top))?;
    let height = height as usize;
    if all.lines.len() <= height {
        return Err(Error::file(path, "no data rows: the file has only a header"));
    }
    let begin = text.len() - body.len() + lines.position().byte() as usize;
    let records = Records {
        lines: all.lines[height..].to_vec(),
        blank: all
            .blank
            .iter()
            .filter(|b| b.0 >= height)
            .map(|b| (b.0 - height, b.1, b.2))
            .collect(),
    };
    let first = first_rows(&text, delimiter);
    let content = Delimited { text, begin, delimiter, records: records.into() };
    let mut table = Table::new(path, "line", Content::Delimited(content));
    table.columns = columns;
    table.notes_below = spec.notes_below;
    table.first = first;
    Ok(table)
}

fn first_rows(text: &str, delimiter: u8) -> Vec<String> {
    let records = reader(text, delimiter).into_records().take(5);
    records.flatten().map(|r| shown_row(&r.iter().collect::<Vec<_>>())).collect()
}

/// The delimiter that occurs most often in the first line, outside quotes.
fn sniffed(text: &str) -> u8 {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let count = |d: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|b| {
                quoted ^= *b == b'"';
                *b == d && !quoted
            })
            .count()
    };
    DELIMITERS.into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',')
}

fn check_header(path: &Path, header: &[String], delimiter: u8, line: u64) -> Result<(), Error> {
    let [only] = header else { return Ok(()) };
    match DELIMITERS.into_iter().find(|d| *d != delimiter && only.contains(char::from(*d))) {
        None => Ok(()),
        Some(other) => {
            let name = char::from(other).escape_default();
            Err(Error::File {
                spot: Spot::line(path, line),
                message: format!(
                    "1 column found; header contains '{name}' — set delimiter = \"{name}\""
                ),
            })
        }
    }
}
