//! Bad workbooks: what a user is told. Each test is named by its row of the catalogue.

mod made;

use made::{Case, flags, parts, row, values, write_book};
use std::path::PathBuf;

const HEADER: [(char, &str); 4] = [('t', "area"), ('t', "year"), ('t', "sex"), ('t', "value")];

/// A workbook whose header stands in row `top` and whose row below is the given one.
fn book(case: &Case, properties: &str, top: u32, cells: &[(char, &str)]) -> PathBuf {
    let path = case.path("a.xlsx");
    let rows = row(top, &HEADER) + &row(top + 1, cells);
    write_book(&path, &parts(properties, &rows));
    path
}

const KENYA: [(char, &str); 4] = [('t', "KEN"), ('n', "2019"), ('t', "women"), ('n', "47.3")];

#[test]
fn b01_a_workbook_that_unpacks_to_more_than_it_declares() {
    let mut case = Case::new();
    let path = book(&case, "", 1, &KENYA);
    assert_eq!(values(&case.open(&path).unwrap()), [Some(0.473)]);
    case.options.max_workbook = 1000;
    assert_eq!(
        case.open(&path).unwrap_err(),
        format!(
            "a.xlsx: the workbook declares {} bytes unpacked; save the sheet as delimited text if that is right; the limit is 1000 (max_workbook)",
            parts("", &(row(1, &HEADER) + &row(2, &KENYA)))
                .iter()
                .map(|p| p.1.len())
                .sum::<usize>()
        )
    );
    // The same sheet padded to 2 MB, with 100 bytes declared for each part.
    let mut all = parts("", &(row(1, &HEADER) + &row(2, &KENYA)));
    all[5].1 = all[5].1.replace("<sheetData>", &format!("<sheetData>{}", " ".repeat(2_000_000)));
    write_book(&path, &all);
    let mut bytes = std::fs::read(&path).unwrap();
    for i in 0..bytes.len() - 4 {
        // The unpacked size stands 24 bytes into a central header and 22 bytes into a local one.
        match &bytes[i..i + 4] {
            b"PK\x01\x02" => bytes[i + 24..i + 28].copy_from_slice(&100u32.to_le_bytes()),
            b"PK\x03\x04" => bytes[i + 22..i + 26].copy_from_slice(&100u32.to_le_bytes()),
            _ => {}
        }
    }
    std::fs::write(&path, bytes).unwrap();
    case.options.max_workbook = 1_000_000;
    let message = case.open(&path).unwrap_err();
    assert!(message.contains("larger than its declared"), "{message}");
    assert!(
        message.ends_with(
            "; a part unpacks to more bytes than the workbook declares, which is the limit for it"
        ),
        "{message}"
    );
}

#[test]
fn b01_a_sheet_of_too_many_cells_and_a_cell_far_away() {
    let mut case = Case::new();
    let path = case.path("a.xlsx");
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    write_book(&path, &parts("", &(row(1, &HEADER) + &row(2, &KENYA) + far)));
    let message = case.open(&path).unwrap_err();
    assert!(
        message.starts_with("a.xlsx, row 1048576, column 3 `sex` (cell Data!C1048576): a blank"),
        "{message}"
    );
    case.options.max_cells = 5;
    assert_eq!(
        case.open(&path).unwrap_err(),
        "a.xlsx: sheet `Data` has too many cells; the limit is 5 (max_cells)"
    );
}

#[test]
fn b04_a_sheet_that_is_not_there() {
    let case = Case::new().with("[file]", "[file]\nsheet = \"data\"");
    let path = book(&case, "", 1, &KENYA);
    assert_eq!(case.open(&path).unwrap_err(), "a.xlsx: no sheet `data`; the sheets are `Data`");
}

#[test]
fn b06_a_header_below_a_title() {
    let case = Case::new();
    let path = case.path("a.xlsx");
    let title = row(1, &[('t', "Use of the Internet")]) + &row(3, &[('t', "in percent")]);
    let rows = title + &row(4, &HEADER) + &row(5, &KENYA);
    write_book(&path, &parts("", &rows));
    assert_eq!(
        case.open(&path).unwrap_err(),
        "a.xlsx: no column `area`, which recipe test/long needs for `area`; set `header_row`; the first rows are `Use of the Internet` // `in percent` // `area | year | sex | value` // `KEN | 2019 | women | 47.3`"
    );
    let case = case.with("[file]", "[file]\nheader_row = 4");
    let series = case.open(&path).unwrap();
    assert_eq!((values(&series), series.observations[0].line), (vec![Some(0.473)], 5));
    // The same in delimited text.
    let text = "Use of the Internet\n\nin percent\narea,year,sex,value\nKEN,2019,women,47.3\n";
    assert_eq!(values(&case.read(text).unwrap()), [Some(0.473)]);
    let message = Case::new().fails(text);
    assert!(message.contains("header_row") || message.contains("fields"), "{message}");
}

#[test]
fn b08_error_cells() {
    let case = Case::new();
    let path = book(&case, "", 1, &[('t', "KEN"), ('n', "2019"), ('t', "women"), ('e', "#REF!")]);
    assert_eq!(
        case.open(&path).unwrap_err(),
        "a.xlsx, row 2, column 4 `value` (cell Data!D2): the cell holds the error #REF!; correct it in the workbook, or declare it under `[missing]`"
    );
    let declared = case.with("[missing]", "[missing]\n\"#REF!\" = \"O\"");
    assert_eq!(values(&declared.open(&path).unwrap()), [None]);
    let path = book(&declared, "", 1, &[('e', "#N/A"), ('n', "2019"), ('t', "women"), ('n', "1")]);
    let message = declared.open(&path).unwrap_err();
    assert!(message.contains("(cell Data!A2): the cell holds the error #N/A"), "{message}");
}

#[test]
fn a_formula_without_its_result_is_no_empty_cell() {
    let case = Case::new();
    let at = |cells: [(char, &str); 4]| case.open(&book(&case, "", 1, &cells)).map(|s| values(&s));
    let saved = [('t', "KEN"), ('n', "2019"), ('t', "women"), ('f', "40+7.3=47.3")];
    assert_eq!(at(saved), Ok(vec![Some(0.473)]));
    let rest = "the cell holds a formula without a stored result; open the workbook in a spreadsheet program and \
                save it there";
    let unsaved = [('t', "KEN"), ('n', "2019"), ('t', "women"), ('f', "40+7.3")];
    assert_eq!(at(unsaved), Err(format!("a.xlsx, row 2, column 4 `value` (cell Data!D2): {rest}")));
    let unsaved = [('t', "KEN"), ('f', "2018+1"), ('t', "women"), ('n', "47.3")];
    assert_eq!(at(unsaved), Err(format!("a.xlsx, row 2, column 2 `year` (cell Data!B2): {rest}")));
}

#[test]
fn b10_dates_count_from_the_year_of_their_workbook() {
    let case = Case::new();
    let date = [('t', "KEN"), ('d', "43465"), ('t', "women"), ('n', "1")];
    for (properties, day) in [("", "2018-12-31"), ("date1904=\"1\"", "2023-01-01")] {
        let series = case.open(&book(&case, properties, 1, &date)).unwrap();
        let o = &series.observations[0];
        assert_eq!((&*o.time_period, o.year), (&day[..4], day[..4].parse().unwrap()));
        assert_eq!(flags(&series), [("date_for_year", 1)]);
        let flag = &series.log[0];
        let place = (flag.line, flag.column.as_deref(), flag.value.as_deref());
        assert_eq!(place, (Some(2), Some("year"), Some(day)));
    }
    // A serial without the format of a date is a year that nobody has seen.
    let serial = [('t', "KEN"), ('n', "43465"), ('t', "women"), ('n', "1")];
    let series = case.open(&book(&case, "", 1, &serial)).unwrap();
    assert_eq!(flags(&series), [("year_out_of_range", 1)]);
    let flag = &series.log[0];
    let place = (flag.line, flag.column.as_deref(), flag.value.as_deref());
    assert_eq!(place, (Some(2), Some("year"), Some("43465")));
    // A date where a value should be is no value.
    let date = [('t', "KEN"), ('n', "2019"), ('t', "women"), ('d', "43465")];
    let message = case.open(&book(&case, "", 1, &date)).unwrap_err();
    assert!(message.contains("value `2018-12-31` is not a number"), "{message}");
}

#[test]
fn b13_links_and_macros_are_flagged_and_not_followed() {
    let case = Case::new();
    let path = case.path("a.xlsx");
    let mut all = parts("", &(row(1, &HEADER) + &row(2, &KENYA)));
    all.push(("xl/externalLinks/externalLink1.xml", "<externalLink/>".into()));
    all.push(("xl/vbaProject.bin", "not read".into()));
    all.push(("xl/connections.xml", "<connections/>".into()));
    write_book(&path, &all);
    let series = case.open(&path).unwrap();
    assert_eq!(values(&series), [Some(0.473)]);
    assert_eq!(flags(&series), [("active_content_ignored", 3)]);
    assert_eq!(
        series.log[0].message,
        "the workbook has external links, macros, data connections; none was followed"
    );
}

#[test]
fn what_is_no_workbook_is_said() {
    let case = Case::new();
    let path = book(&case, "", 1, &KENYA);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let message = case.open(&path).unwrap_err();
    assert!(message.starts_with("a.xlsx: is no complete workbook ("), "{message}");
    write_book(&path, &[("readme.txt", "hello".into())]);
    let message = case.open(&path).unwrap_err();
    assert!(message.starts_with("a.xlsx: is not a workbook that can be read"), "{message}");
}
