//! Excel workbooks, and what `inspect` says of them and of large text.

use crate::made::{codes, numbers, read};
use inclusion_ingest::{Options, SheetSize, inspect, inspect_as};
use inclusion_registry::{FileSpec, Missing};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::path::{Path, PathBuf};

const RECIPE: &str = "[file.people]\nsheet = \"Data\"\nheader_row = 3\n[design]\nweight = { column = \"w\" }\n[concept.sex]\ncolumn = \"Sex\"\nmap = { 1 = \"M\", 2 = \"F\" }\nblank = \"refused\"\n[concept.area]\ncolumn = \"area\"\nmap = { Town = \"urban\", 7 = \"rural\" }\n[concept.age]\ncolumn = \"age\"\nmissing = { 99 = \"dont_know\" }\n";
const CONCEPTS: &str = "[[concept]]\nid = \"sex\"\nname = \"Sex\"\nkind = \"category\"\ncode = [{ id = \"F\", name = \"Women\" }, { id = \"M\", name = \"Men\" }]\n[[concept]]\nid = \"area\"\nname = \"Area\"\nkind = \"category\"\ncode = [{ id = \"urban\", name = \"Urban\" }, { id = \"rural\", name = \"Rural\" }]\n[[concept]]\nid = \"age\"\nname = \"Age\"\nkind = \"number\"\nmin = 0\nmax = 98\n";

/// A title, a blank row, a header in row 3 and four people; `last` is the last age.
fn workbook(path: &Path, last: Option<f64>) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("About").unwrap().write(0, 0, "Read me").unwrap();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    sheet.write(0, 0, "A survey").unwrap();
    for (c, name) in ["Sex", "area", "age", "w", "day"].iter().enumerate() {
        sheet.write(2, c as u16, *name).unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for r in 0..4u32 {
        if r != 2 {
            sheet.write(3 + r, 0, f64::from(1 + r % 2)).unwrap();
        }
        if r % 2 == 0 {
            sheet.write(3 + r, 1, "Town").unwrap();
        } else {
            sheet.write(3 + r, 1, 7).unwrap();
        }
        match last {
            _ if r < 3 => _ = sheet.write(3 + r, 2, [20.0, 35.5, 99.0][r as usize]).unwrap(),
            Some(age) => _ = sheet.write(3 + r, 2, age).unwrap(),
            None => _ = sheet.write(3 + r, 2, Formula::new("1/0").set_result("#DIV/0!")).unwrap(),
        }
        sheet.write(3 + r, 3, 0.5 + f64::from(r)).unwrap();
        let date = ExcelDateTime::from_ymd(2020, 1, 1 + r as u8).unwrap();
        sheet.write_with_format(3 + r, 4, date, &day).unwrap();
    }
    book.save(path).unwrap();
}

#[test]
fn a_sheet_is_read_from_its_header_row_with_numbers_and_texts_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    workbook(&path, Some(98.0));
    let files = [("people", path.clone())];
    let (rows, _) = read(RECIPE, CONCEPTS, &files, &["age", "area", "sex"]).unwrap();
    assert_eq!(codes(&rows, "sex"), [1, 0, Missing::Refused.code(), 0]);
    assert_eq!(codes(&rows, "area"), [0, 1, 0, 1]);
    assert_eq!(numbers(&rows, "age"), [Some(20.0), Some(35.5), None, Some(98.0)]);
    assert_eq!(numbers(&rows, "_weight"), [0.5, 1.5, 2.5, 3.5].map(Some));
    // Rows are counted as the sheet counts them.
    workbook(&path, Some(120.0));
    let message = read(RECIPE, CONCEPTS, &files, &["age"]).unwrap_err();
    assert!(
        message.contains("people.xlsx, row 7, column 3 `age`: 120 is out of range"),
        "{message}"
    );
}

#[test]
fn an_error_cell_and_a_sheet_that_is_not_there_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    workbook(&path, None);
    let files = [("people", path.clone())];
    let message = read(RECIPE, CONCEPTS, &files, &["age"]).unwrap_err();
    assert!(
        message.contains("people.xlsx, row 7, column 3 `age`: the cell holds the error #DIV/0!"),
        "{message}"
    );
    let other = RECIPE.replace("sheet = \"Data\"", "sheet = \"data\"");
    let message = read(&other, CONCEPTS, &files, &["age"]).unwrap_err();
    assert!(message.ends_with("no sheet `data`; the sheets are `About`, `Data`"), "{message}");
    let early = RECIPE.replace("header_row = 3", "header_row = 1");
    let message = read(&early, CONCEPTS, &files, &["age"]).unwrap_err();
    assert!(message.contains("column 2 of row 1 has no name; set `header_row`"), "{message}");
}

#[test]
fn inspect_tells_numbers_texts_and_dates_of_a_sheet_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    workbook(&path, Some(41.0));
    let spec = FileSpec { sheet: Some("Data".into()), header_row: Some(3), ..FileSpec::default() };
    let found = inspect_as(&path, &spec, &Options::default()).unwrap();
    assert_eq!((found.format.as_str(), found.rows), ("Excel workbook", 4));
    let kinds: Vec<(&str, &str)> =
        found.columns.iter().map(|c| (c.name.as_str(), c.kind.as_str())).collect();
    let expected =
        [("Sex", "integer"), ("area", "text"), ("age", "number"), ("w", "number"), ("day", "date")];
    assert_eq!(kinds, expected);
    assert_eq!(found.columns[0].missing, [(String::new(), None, 1)]);
    assert_eq!(found.columns[2].range, Some((20.0, 99.0)));
    assert_eq!(found.columns[4].values[0].0, "2020-01-01");
}

fn shared(file: &str) -> Option<PathBuf> {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if data.is_dir() {
        return Some(data.join(file));
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is not there",
        data.display()
    );
    eprintln!("SKIPPED: {file} needs ../shared");
    None
}

#[test]
fn old_binary_workbooks_are_read() {
    let Some(path) = shared("cetic-tic-domicilios/raw/dicionario_individuos_15_16_17.xls") else {
        return;
    };
    let message = inspect(&path, &Options::default()).unwrap_err().to_string();
    assert!(
        message.contains("sheet `IND15`: column 2 of row 1 has no name; set `header_row`"),
        "{message}"
    );
    let spec = FileSpec { header_row: Some(2), ..FileSpec::default() };
    let found = inspect_as(&path, &spec, &Options::default()).unwrap();
    assert_eq!(found.format, "Excel workbook");
    let names: Vec<&str> = found.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names[..4], ["Tamanho", "ID_variável", "Descrição da variável", "Tipo"]);
    // The code book has a line for each variable of the survey.
    assert!(found.rows > 100, "{}", found.rows);
    let names = &found.columns[1];
    assert_eq!(names.kind, "text");
    assert!(names.distinct.unwrap() > 100, "{names:?}");
}

#[test]
fn inspect_counts_every_row_of_a_large_text_and_lists_only_the_most_frequent() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.csv");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(out, "id,sex,score,note").unwrap();
    for i in 0..300_000u32 {
        let score = if i % 10 == 0 { String::new() } else { format!("{}.5", i % 7) };
        writeln!(out, "{i},{},{score},n{}", i % 3, i % 900).unwrap();
    }
    out.into_inner().unwrap();
    let found = inspect(&path, &Options::default()).unwrap();
    assert_eq!((found.rows, found.columns.len()), (300_000, 4));
    let [id, sex, score, note] = &found.columns[..] else { panic!("four columns") };
    // More distinct values than are counted: none is listed, the range still covers all rows.
    assert_eq!((id.distinct, id.values.len(), id.range), (None, 0, Some((0.0, 299_999.0))));
    let thirds: Vec<(&str, u64)> = sex.values.iter().map(|v| (v.0.as_str(), v.2)).collect();
    assert_eq!(thirds, [("0", 100_000), ("1", 100_000), ("2", 100_000)]);
    assert_eq!(score.missing, [(String::new(), None, 30_000)]);
    assert_eq!((score.kind.as_str(), score.range), ("number", Some((0.5, 6.5))));
    assert_eq!((note.kind.as_str(), note.distinct, note.values.len()), ("text", Some(900), 20));
}

#[test]
fn inspect_lists_every_sheet_with_its_size_and_says_which_one_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    workbook(&path, Some(1.0));
    let size =
        |name: &str, rows, columns, read| SheetSize { name: name.into(), rows, columns, read };
    let spec = FileSpec { sheet: Some("Data".into()), header_row: Some(3), ..FileSpec::default() };
    let found = inspect_as(&path, &spec, &Options::default()).unwrap();
    assert_eq!(found.sheets, [size("About", 1, 1, false), size("Data", 7, 5, true)]);
    // Without a name the first is read, and it has only a header.
    let message = inspect(&path, &Options::default()).unwrap_err().to_string();
    let end = "people.xlsx: no data rows: sheet `About` has only a header; only the first sheet was looked at, name another with `sheet`: `Data`";
    assert!(message.ends_with(end), "{message}");
    let text = folder.path().join("people.csv");
    std::fs::write(&text, "a,b\n1,2\n").unwrap();
    assert!(inspect(&text, &Options::default()).unwrap().sheets.is_empty());
}
