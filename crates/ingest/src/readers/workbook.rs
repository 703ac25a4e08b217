//! Excel workbooks, .xlsx and .xls: one sheet, read whole.
//!
//! A column whose cells are numbers or empty is a number column; in any other, numbers become text
//! as they are shown without a format. External links and macros are never followed.

use crate::error::{Halt, Spot};
use crate::table::{
    About, Positions, RawBatch, RawColumn, Reader, SourceColumn, Stamp, Table, broken, contained,
};
use crate::{Error, Options, SheetSize, names};
use arrow::array::{ArrayRef, Float64Array, StringArray};
use arrow::datatypes::DataType;
use calamine::{Data, Range, Reader as _, Sheets, open_workbook_auto_from_rs};
use inclusion_registry::FileSpec;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

/// The name of the format.
pub(crate) const NAME: &str = "Excel workbook";

/// The format.
pub(crate) struct Workbook;

struct Sheet {
    about: About,
    first_row: u64,
    columns: Vec<RawColumn>,
    rows: usize,
}

impl Reader for Workbook {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04")
            || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    }

    fn open(
        &self,
        path: &Path,
        spec: &FileSpec,
        _options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        let stamp = Stamp::of(path)?;
        match contained(path, || Ok(load(path, spec)?)) {
            Ok((name, range, all)) => {
                let read = sheet(path, spec, &stamp, &name, &range);
                read.map_err(|error| with_others(error, spec, &all))
            }
            Err(Halt::Ours(error)) => Err(error),
            Err(_) => Err(broken(path, "the workbook is damaged")),
        }
    }
}

type Book = Sheets<Cursor<Vec<u8>>>;

fn wrong(path: &Path, error: calamine::Error) -> Error {
    broken(path, format!("is not a workbook that can be read: {error}"))
}

fn book(path: &Path) -> Result<Book, Error> {
    let bytes = std::fs::read(path).map_err(|e| Error::read(path, e))?;
    let zip = bytes.starts_with(b"PK");
    open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| match e {
        calamine::Error::Msg(_) if zip => {
            broken(path, "is a zip archive and no workbook; unpack it and name a file in it")
        }
        e => wrong(path, e),
    })
}

/// The sheets of a workbook with the sizes of their used areas; a chart has none.
pub(crate) fn sheets(path: &Path, spec: &FileSpec) -> Result<Vec<SheetSize>, Error> {
    let sizes = contained(path, || {
        let mut book = book(path)?;
        let names = book.sheet_names();
        let read = spec.sheet.clone().or_else(|| names.first().cloned());
        let mut size = |name: String| {
            let (rows, columns) =
                book.worksheet_range(&name).map_or((0, 0), |range| range.get_size());
            let (rows, columns) = (rows as u64, columns as u64);
            SheetSize { read: read.as_ref() == Some(&name), name, rows, columns }
        };
        Ok(names.into_iter().map(&mut size).collect())
    });
    sizes.map_err(|halt| match halt {
        Halt::Ours(error) => error,
        Halt::Theirs(_) | Halt::Enough => broken(path, "the workbook is damaged"),
    })
}

/// A user who named no sheet may have meant another than the first.
fn with_others(error: Error, spec: &FileSpec, all: &[String]) -> Error {
    match (error, all) {
        (Error::File { spot, message }, [_, others @ ..])
            if spec.sheet.is_none() && !others.is_empty() =>
        {
            let message = format!(
                "{message}; only the first sheet was looked at, name another with `sheet`: `{}`",
                others.join("`, `")
            );
            Error::File { spot, message }
        }
        (error, _) => error,
    }
}

fn load(path: &Path, spec: &FileSpec) -> Result<(String, Range<Data>, Vec<String>), Error> {
    let mut book = book(path)?;
    let sheets = book.sheet_names();
    let name = match &spec.sheet {
        Some(name) if sheets.contains(name) => name.clone(),
        Some(name) => {
            return Err(broken(
                path,
                format!("no sheet `{name}`; the sheets are `{}`", sheets.join("`, `")),
            ));
        }
        None => sheets.first().cloned().ok_or_else(|| broken(path, "the workbook has no sheet"))?,
    };
    let range = book.worksheet_range(&name).map_err(|e| wrong(path, e))?;
    Ok((name, range, sheets))
}

fn sheet(
    path: &Path,
    spec: &FileSpec,
    stamp: &Stamp,
    name: &str,
    range: &Range<Data>,
) -> Result<Box<dyn Table>, Error> {
    let top =
        range.start().ok_or_else(|| broken(path, format!("sheet `{name}` is empty: no header")))?.0;
    let left = range.start().map_or(0, |s| s.1);
    let header_row = spec.header_row.unwrap_or(top + 1);
    let skip = (header_row.saturating_sub(1)).saturating_sub(top) as usize;
    let rows: Vec<&[Data]> = range.rows().collect();
    let header: Vec<String> = rows
        .get(skip)
        .ok_or_else(|| {
            broken(path, format!("sheet `{name}` has no row {header_row} for the header"))
        })?
        .iter()
        .map(|c| c.to_string().trim().to_string())
        .collect();
    if let Some(empty) = header.iter().position(String::is_empty) {
        let first: Vec<String> = rows.iter().take(5).map(|r| shown_row(r)).collect();
        return Err(broken(
            path,
            format!(
                "sheet `{name}`: column {} of row {header_row} has no name; set `header_row`; the first rows are {}",
                left as usize + empty + 1,
                first.join(" // ")
            ),
        ));
    }
    names::check_unique(header.iter().map(String::as_str), path)?;
    let data = &rows[skip + 1..];
    let used = data.iter().rposition(|r| r.iter().any(|c| *c != Data::Empty)).map_or(0, |i| i + 1);
    let data = &data[..used];
    if data.is_empty() {
        return Err(broken(path, format!("no data rows: sheet `{name}` has only a header")));
    }
    let first_row = u64::from(header_row) + 1;
    let mut columns = Vec::new();
    let mut about = Vec::new();
    for (i, name) in header.iter().enumerate() {
        let cells = || data.iter().map(|r| r.get(i).unwrap_or(&Data::Empty));
        if let Some(row) = cells().position(|c| matches!(c, Data::Error(_))) {
            let spot = Spot {
                word: "row",
                number: Some(first_row + row as u64),
                column: Some((name.clone(), left as usize + i + 1)),
                ..Spot::file(path)
            };
            let cell = cells().nth(row).map(ToString::to_string).unwrap_or_default();
            return Err(Error::File {
                spot,
                message: format!("the cell holds the error {cell}; correct it in the workbook"),
            });
        }
        let number = cells().all(|c| matches!(c, Data::Int(_) | Data::Float(_) | Data::Empty));
        let values: ArrayRef = if number {
            Arc::new(cells().map(number_of).collect::<Float64Array>())
        } else {
            Arc::new(
                cells().map(|c| (*c != Data::Empty).then(|| text_of(c))).collect::<StringArray>(),
            )
        };
        about
            .push(SourceColumn::new(name, if number { DataType::Float64 } else { DataType::Utf8 }));
        columns.push(RawColumn::new(values));
    }
    let about = About {
        path: path.to_path_buf(),
        format: NAME.into(),
        size: stamp.size,
        rows: Some(data.len() as u64),
        columns: about,
        remarks: vec![format!("the sheet is `{name}`, its header row {header_row}")],
        word: "row",
    };
    Ok(Box::new(Sheet { about, first_row, columns, rows: data.len() }))
}

fn shown_row(row: &[Data]) -> String {
    let cells: Vec<String> = row.iter().take(6).map(ToString::to_string).collect();
    format!("`{}`", crate::error::shown(&cells.join(" | ")))
}

fn number_of(cell: &Data) -> Option<f64> {
    match cell {
        Data::Int(i) => Some(*i as f64),
        Data::Float(f) => Some(*f),
        _ => None,
    }
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (y, m, d, h, min, s, _) = date.to_ymd_hms_milli();
            if (h, min, s) == (0, 0, 0) {
                format!("{y:04}-{m:02}-{d:02}")
            } else {
                format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}")
            }
        }
        other => other.to_string(),
    }
}

impl Table for Sheet {
    fn about(&self) -> &About {
        &self.about
    }

    fn read(
        &self,
        _unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        each(RawBatch {
            rows: self.rows,
            positions: Positions::From(self.first_row),
            columns: columns.iter().map(|i| self.columns[*i].clone()).collect(),
            bytes: self.about.size,
            log: Vec::new(),
        })
    }
}
