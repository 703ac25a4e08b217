//! The printed tables as one CSV file, a line for each cell.
//!
//! [`crate::data::csv`] has the reviewed rows by code; this file has what the annex prints, in its
//! order: titles, headings, the value as printed and unrounded, the interval, the marks and the text
//! of their notes. So a figure of the annex is found by the words that stand beside it.

use crate::{Annex, Error, Table, TableCell, TableRow};

const HEADER: [&str; 15] = [
    "table", "title", "subtitle", "group", "row", "spanner", "column", "unit", "printed", "value",
    "lower", "upper", "mark", "status", "note",
];

/// All tables of the annex as UTF-8 with one header line. Numbers have a decimal point and are not
/// rounded; a withheld or missing figure has none, its mark and its status. After the cells of a
/// table come its notes and its source, a line each, with the status `note` or `source`.
///
/// A text that a spreadsheet would take for a formula begins with an apostrophe.
///
/// # Errors
///
/// [`Error::Csv`] if the writer fails.
pub fn tables_csv(annex: &Annex) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for table in annex.tables() {
        let mut spanners: Vec<&str> = Vec::new();
        for (title, n) in &table.spanners {
            spanners.extend(std::iter::repeat_n(title.as_str(), *n));
        }
        let mut groups: Vec<(u8, &str)> = Vec::new();
        for row in &table.rows {
            match row {
                TableRow::Group { label, level } => {
                    groups.retain(|(above, _)| above < level);
                    groups.push((*level, label));
                }
                TableRow::Cells { label, level, cells } => {
                    groups.retain(|(above, _)| above < level);
                    let over: Vec<&str> = groups.iter().map(|(_, label)| *label).collect();
                    let over = over.join(", ");
                    for (place, (head, cell)) in table.heads.iter().zip(cells).enumerate() {
                        let spanner = spanners.get(place).copied().unwrap_or("");
                        let words = [over.as_str(), label, spanner, head.title.as_str()];
                        writer.write_record(record(table, words, cell))?;
                    }
                }
            }
        }
        for note in &table.notes {
            writer.write_record(line(table, &note.mark, "note", &note.text))?;
        }
        if !table.source.is_empty() {
            writer.write_record(line(table, "", "source", &table.source))?;
        }
    }
    writer.flush().map_err(csv::Error::from)?;
    writer.into_inner().map_err(|error| Error::Csv(csv::Error::from(error.into_error())))
}

/// A line that is true of the whole table.
fn line(table: &Table, mark: &str, status: &str, text: &str) -> Vec<String> {
    let mut line = vec![String::new(); HEADER.len()];
    line[..3].clone_from_slice(&[
        table.number.to_string(),
        safe(&table.title),
        safe(&table.subtitle),
    ]);
    line[12..].clone_from_slice(&[safe(mark), status.into(), safe(text)]);
    line
}

fn record(
    table: &Table,
    [group, row, spanner, column]: [&str; 4],
    cell: &TableCell,
) -> Vec<String> {
    let mut marks: Vec<&str> = Vec::new();
    if let Some((before, after)) = &cell.unreliable {
        marks.extend([before.as_str(), after.as_str()].into_iter().filter(|mark| !mark.is_empty()));
    }
    if cell.withheld || cell.missing.is_some() {
        marks.push(&cell.text);
    }
    marks.extend(cell.notes.iter().map(String::as_str));
    let noted =
        |mark: &str| marks.contains(&mark) || (cell.unreliable.is_some() && mark == around(cell));
    let reason = cell.missing.as_deref().unwrap_or("");
    let mut notes: Vec<&str> = table
        .notes
        .iter()
        .filter(|note| !note.mark.is_empty() && noted(&note.mark))
        .map(|note| note.text.as_str())
        .collect();
    if notes.is_empty() && !reason.is_empty() {
        notes.push(reason);
    }
    let status = match cell {
        TableCell { withheld: true, .. } => "withheld",
        TableCell { missing: Some(_), .. } => "missing",
        TableCell { unreliable: Some(_), .. } => "low reliability",
        _ => "",
    };
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let interval = cell.interval.as_ref();
    vec![
        table.number.to_string(),
        safe(&table.title),
        safe(&table.subtitle),
        safe(group),
        safe(row),
        safe(spanner),
        safe(column),
        safe(unit(column)),
        safe(&cell.marked()),
        number(cell.number),
        number(interval.map(|interval| interval.lower)),
        number(interval.map(|interval| interval.upper)),
        safe(&marks.join(" ")),
        status.into(),
        safe(&notes.join(" ")),
    ]
}

/// The mark of low reliability as its note writes it.
fn around(cell: &TableCell) -> String {
    cell.unreliable
        .as_ref()
        .map_or_else(String::new, |(before, after)| format!("{before} {after}").trim().to_string())
}

/// The unit as the header of a column has it in brackets: `%` of `Women (%)`.
fn unit(column: &str) -> &str {
    let inner = column.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
    inner.map_or("", |(_, unit)| unit)
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula_and_a_unit_is_that_of_the_header() {
        assert_eq!(safe("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("−1.2"), "−1.2");
        assert_eq!(unit("Women (%)"), "%");
        assert_eq!(unit("女性（%）"), "%");
        assert_eq!(unit("Parity"), "");
    }
}
