//! Excel workbooks, .xlsx and .xls: one sheet, read cell by cell.
//!
//! Before the reader opens a workbook, the sizes that its parts declare are held against a limit. A
//! part may declare what it likes, so the unpacking counts, and stops a part at its declared size.
//! External links, macros and data connections are never followed.

use crate::error::file_name;
use crate::observation::Flag;
use crate::recipe::TableSpec;
use crate::table::{Cell, Content, Table, composed, shown_row};
use crate::{Error, Options, Spot};
use calamine::{Data, DataRef, ExcelDateTime, Reader as _, Xls, Xlsx, open_workbook_from_rs};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Parts of a workbook that can act, and what they are.
const ACTIVE: [(&str, &str); 7] = [
    ("xl/externalLinks/", "external links"),
    ("xl/vbaProject", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/connections.xml", "data connections"),
    ("xl/queryTables/", "data connections"),
    ("xl/activeX/", "controls"),
    ("xl/embeddings/", "embedded files"),
];

/// Cells by row and column, both from 0.
type Sheet = BTreeMap<u32, Vec<(u32, Cell)>>;

/// True for the first bytes of a workbook.
pub(crate) fn is_workbook(raw: &[u8]) -> bool {
    raw.starts_with(b"PK\x03\x04")
        || raw.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// Letters of a column, from 0: `A`, `Z`, `AA`.
pub(crate) fn column_letters(mut column: u32) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + (column % 26) as u8));
        match column / 26 {
            0 => return letters,
            more => column = more - 1,
        }
    }
}

/// Opens a sheet.
pub(crate) fn open(
    path: &Path,
    raw: Vec<u8>,
    spec: &TableSpec,
    options: &Options,
) -> Result<Table, Error> {
    let packed = raw.starts_with(b"PK");
    let mut active = if packed { check_package(path, &raw, options)? } else { Vec::new() };
    // A damaged workbook must not take the program down with the reader.
    let read = catch_unwind(AssertUnwindSafe(|| {
        if packed { xlsx(path, raw, spec, options) } else { xls(path, raw, spec) }
    }));
    let (name, sheet, macros) =
        read.map_err(|_| Error::file(path, "the workbook is damaged"))??;
    if macros && !active.contains(&"macros") {
        active.push("macros");
    }
    let mut table = table(path, spec, &name, sheet)?;
    if !active.is_empty() {
        table.log.push(Flag {
            code: "active_content_ignored",
            message: format!("the workbook has {}; none was followed", active.join(", ")),
            file: file_name(path).into(),
            line: None,
            column: None,
            value: None,
            count: active.len() as u64,
            lines: Vec::new(),
        });
    }
    Ok(table)
}

/// Holds the declared sizes against the limit; gives the kinds of active content.
fn check_package(path: &Path, raw: &[u8], options: &Options) -> Result<Vec<&'static str>, Error> {
    let damaged = |e| Error::file(path, format!("is no complete workbook ({e}); copy it again"));
    let mut archive = zip::ZipArchive::new(Cursor::new(raw)).map_err(damaged)?;
    let mut declared = 0u64;
    let mut active = Vec::new();
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).map_err(damaged)?;
        declared = declared.saturating_add(part.size());
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        for (start, kind) in ACTIVE {
            if name.starts_with(start) && !active.contains(&kind) {
                active.push(kind);
            }
        }
    }
    if declared > options.max_workbook {
        return Err(Error::Limit {
            spot: Spot::file(path),
            what: format!(
                "the workbook declares {declared} bytes unpacked; save the sheet as delimited text if that is right"
            ),
            limit: options.max_workbook,
            option: "max_workbook",
        });
    }
    Ok(active)
}

fn broken(path: &Path, error: impl std::fmt::Display) -> Error {
    let error = error.to_string();
    let advice = match error.contains("larger than its declared") {
        true => {
            "; a part unpacks to more bytes than the workbook declares, which is the limit for it"
        }
        false => "",
    };
    Error::file(path, format!("is not a workbook that can be read: {error}{advice}"))
}

/// The sheet that is asked for, or the first.
fn chosen(path: &Path, spec: &TableSpec, sheets: &[String]) -> Result<String, Error> {
    match &spec.sheet {
        Some(name) if sheets.contains(name) => Ok(name.clone()),
        Some(name) => Err(Error::file(
            path,
            format!("no sheet `{name}`; the sheets are `{}`", sheets.join("`, `")),
        )),
        None => {
            sheets.first().cloned().ok_or_else(|| Error::file(path, "the workbook has no sheet"))
        }
    }
}

fn xlsx(
    path: &Path,
    raw: Vec<u8>,
    spec: &TableSpec,
    options: &Options,
) -> Result<(String, Sheet, bool), Error> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(raw))
        .map_err(|e: calamine::XlsxError| broken(path, e))?;
    let name = chosen(path, spec, &book.sheet_names())?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(|e| broken(path, e))?;
    let mut sheet = Sheet::new();
    let mut cells = 0u64;
    // With formulas, so that one whose result is not stored is not taken for an empty cell; unexpanded, because
    // the expansion of shared formulas has no bound.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e| broken(path, e))? {
        let (row, column) = cell.pos;
        let value = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Cell::Formula,
            DataRef::Empty => continue,
            DataRef::SharedString(text) => Cell::Text(text.to_string()),
            other => cell_of(&Data::from(other)),
        };
        cells += 1;
        if cells > options.max_cells {
            return Err(Error::Limit {
                spot: Spot::file(path),
                what: format!("sheet `{name}` has too many cells"),
                limit: options.max_cells,
                option: "max_cells",
            });
        }
        sheet.entry(row).or_default().push((column, value));
    }
    Ok((name, sheet, false))
}

fn xls(path: &Path, raw: Vec<u8>, spec: &TableSpec) -> Result<(String, Sheet, bool), Error> {
    let mut book: Xls<_> =
        open_workbook_from_rs(Cursor::new(raw)).map_err(|e: calamine::XlsError| broken(path, e))?;
    let name = chosen(path, spec, &book.sheet_names())?;
    let macros = book.vba_project().is_ok_and(|project| project.is_some());
    let range = book.worksheet_range(&name).map_err(|e| broken(path, e))?;
    let (top, left) = range.start().unwrap_or_default();
    let mut sheet = Sheet::new();
    for (row, column, value) in range.used_cells() {
        let cell = (left + column as u32, cell_of(value));
        sheet.entry(top + row as u32).or_default().push(cell);
    }
    Ok((name, sheet, macros))
}

fn cell_of(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(i) => Cell::Number(*i as f64),
        Data::Float(f) => Cell::Number(*f),
        Data::Error(e) => Cell::Error(e.to_string()),
        Data::DateTime(date) if date.is_datetime() => date_of(date),
        Data::DateTimeIso(text) => match text.get(..4).and_then(|y| y.parse().ok()) {
            Some(year) => Cell::Date(year, text.clone()),
            None => Cell::Text(text.clone()),
        },
        other => Cell::Text(other.to_string()),
    }
}

fn date_of(date: &ExcelDateTime) -> Cell {
    let (y, m, d, ..) = date.to_ymd_hms_milli();
    Cell::Date(i32::from(y), format!("{y:04}-{m:02}-{d:02}"))
}

fn table(path: &Path, spec: &TableSpec, name: &str, mut sheet: Sheet) -> Result<Table, Error> {
    for cells in sheet.values_mut() {
        cells.sort_by_key(|c| c.0);
    }
    let texts = |cells: &[(u32, Cell)]| -> Vec<String> {
        let width = cells.last().map_or(0, |c| c.0 as usize + 1);
        let mut texts = vec![String::new(); width];
        for (column, cell) in cells {
            texts[*column as usize] = crate::table::CellRef::from(cell).text().into_owned();
        }
        texts
    };
    let first: Vec<String> = sheet.values().take(5).map(|cells| shown_row(&texts(cells))).collect();
    let Some(used) = sheet.keys().next().copied() else {
        return Err(Error::file(path, format!("sheet `{name}` is empty: no header")));
    };
    let (top, height) = match spec.header_row {
        Some(_) => spec.header(),
        None => (used + 1, 1),
    };
    let header: Vec<Vec<String>> = (top - 1..top - 1 + height)
        .map(|row| sheet.get(&row).map_or_else(Vec::new, |cells| texts(cells)))
        .collect();
    let columns = composed(&header);
    if columns.iter().all(String::is_empty) {
        return Err(Error::file(
            path,
            format!(
                "sheet `{name}` has nothing in row {top} for the header; the first rows are {}",
                first.join(" // ")
            ),
        ));
    }
    let mut rows = Vec::new();
    let below = top - 1 + height;
    let last = sheet.keys().next_back().copied().unwrap_or_default();
    for row in below..=last {
        rows.push((u64::from(row) + 1, sheet.remove(&row).unwrap_or_default()));
    }
    if rows.is_empty() {
        return Err(Error::file(path, format!("no data rows: sheet `{name}` has only a header")));
    }
    let mut table = Table::new(path, "row", Content::Rows(rows));
    table.columns = columns;
    table.notes_below = spec.notes_below;
    table.sheet = Some(name.to_string());
    table.first = first;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
