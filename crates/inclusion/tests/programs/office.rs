//! Word documents and workbooks in LibreOffice, and read by libraries that did not write them.

use crate::{STUDIES, file, here, program, python, run};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const REQUIRED: &str = "INCLUSION_REQUIRE_OFFICE";

/// A printed cell of the tables, from the CSV of the same run.
struct Printed {
    table: String,
    row: String,
    text: String,
    value: Option<f64>,
}

fn printed(study: &'static str) -> Vec<Printed> {
    let mut reader = csv::Reader::from_path(file(study, "tables.csv")).expect("the tables");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|own| own == name).expect("the column");
    let places = ["table", "row", "column", "printed", "value"].map(at);
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.expect("a record");
        let [table, row, column, text, value] = places.map(|at| record[at].to_string());
        // A field that a spreadsheet would take for a formula begins with an apostrophe.
        let plain = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_string();
        if !matches!(column.as_str(), "note" | "source") && !text.is_empty() {
            let value = value.parse().ok();
            cells.push(Printed { table, row: plain(&row), text: plain(&text), value });
        }
    }
    assert!(cells.len() > 300, "{} cells of {study}", cells.len());
    cells
}

/// Without blanks and soft breaks, since a line of a PDF may end anywhere; without commas and minus signs, which
/// an office suite writes its own way or takes from another font, so that they stand elsewhere in the text.
fn squeezed(text: &str) -> String {
    let seen = |c: &char| {
        !c.is_whitespace()
            && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' | ',' | '-' | '−')
    };
    text.chars().filter(seen).collect()
}

/// The text of a document as LibreOffice lays it out.
fn through_office(document: &Path) -> Option<String> {
    let office = program(&["soffice", "libreoffice"], REQUIRED)?;
    let reader = program(&["pdftotext"], REQUIRED)?;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let profile =
        format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let mut convert = Command::new(office);
    convert.arg(profile).args(["--headless", "--convert-to", "pdf", "--outdir"]);
    run(convert.arg(folder.path()).arg(document)).unwrap_or_else(|trouble| panic!("{trouble}"));
    let pdf = folder.path().join(document.file_name().expect("a name")).with_extension("pdf");
    // In the order in which it was written, cell by cell.
    let text = run(Command::new(reader).arg("-raw").arg(&pdf).arg("-"));
    let text = text.unwrap_or_else(|trouble| panic!("{trouble}"));
    Some(text)
}

/// Every cell's text is in the document as often as it is printed, and so are minus signs.
fn holds(text: &str, cells: &[Printed], what: &str) {
    let minus = |text: &str| text.matches(['−', '-']).count();
    let printed: usize = cells.iter().map(|cell| minus(&cell.text)).sum();
    assert!(minus(text) >= printed, "{what}: {} minus signs, not {printed}", minus(text));
    let text = squeezed(text);
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for cell in cells {
        *wanted.entry(squeezed(&cell.text)).or_default() += 1;
    }
    for (words, n) in wanted {
        let found = text.matches(words.as_str()).count();
        assert!(found >= n, "{what}: `{words}` stands there {found} times, not {n}");
    }
}

#[test]
fn a_word_document_laid_out_by_an_office_suite_has_every_cell() {
    for study in STUDIES {
        let Some(text) = through_office(&file(study, ".docx")) else { return };
        holds(&text, &printed(study), &format!("{study}, Word"));
    }
}

#[test]
fn a_workbook_laid_out_by_an_office_suite_has_every_cell() {
    for study in STUDIES {
        let Some(text) = through_office(&file(study, ".xlsx")) else { return };
        assert!(!text.contains("###"), "{study}: a number has no room in its column");
        holds(&text, &printed(study), &format!("{study}, workbook"));
    }
}

/// Tables of a document: rows of cells.
fn tables(document: &Path) -> Option<Vec<Vec<Vec<serde_json::Value>>>> {
    let mut read = Command::new(python(REQUIRED)?);
    read.arg(here("tables.py")).arg(document).env("PYTHONDONTWRITEBYTECODE", "1");
    let said = run(&mut read).unwrap_or_else(|trouble| panic!("{trouble}"));
    Some(serde_json::from_str(&said).expect("tables as JSON"))
}

#[test]
fn another_library_reads_every_row_of_a_word_document() {
    for study in ["demo", "world", crate::ARABIC] {
        let Some(tables) = tables(&file(study, ".docx")) else { return };
        let rows: Vec<String> = tables
            .iter()
            .flatten()
            .map(|row| row.iter().map(|cell| squeezed(cell.as_str().unwrap_or(""))).collect())
            .collect();
        let mut looked_for = 0;
        for cell in printed(study) {
            let (label, text) = (squeezed(&cell.row), squeezed(&cell.text));
            let found = rows.iter().any(|row| row.starts_with(&label) && row.contains(&text));
            assert!(found, "{study}, table {}: no row `{label}` with `{text}`", cell.table);
            looked_for += 1;
        }
        assert!(looked_for > 300);
    }
}

#[test]
fn another_library_reads_every_number_of_a_workbook() {
    for study in ["demo", "world", crate::ARABIC] {
        let Some(sheets) = tables(&file(study, ".xlsx")) else { return };
        let rows: Vec<&Vec<serde_json::Value>> = sheets.iter().flatten().collect();
        for cell in printed(study) {
            let Some(value) = cell.value else { continue };
            let label = squeezed(&cell.row);
            let near = |own: &serde_json::Value| {
                own.as_f64().is_some_and(|own| (own - value).abs() <= 1e-9 * value.abs().max(1.0))
            };
            let named = |own: &serde_json::Value| {
                own.as_str().is_some_and(|own| squeezed(own).starts_with(&label))
            };
            let found = rows.iter().any(|row| row.iter().any(named) && row.iter().any(near));
            assert!(found, "{study}, table {}: no row `{label}` with {value}", cell.table);
        }
    }
}
