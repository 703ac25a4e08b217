//! Bad delimited text: what a user is told. Messages are asserted whole, because the message is what
//! the user gets. Each test is named by its row of the catalogue.

mod made;

use flate2::Compression;
use flate2::write::GzEncoder;
use made::{Case, flags, values};
use std::io::Write;

const GOOD: &str = "area,year,sex,value\nKEN,2019,women,47.0\nKEN,2019,men,47.6\n";

#[test]
fn a01_a_row_with_a_field_too_few() {
    assert_eq!(
        Case::new().fails("area,year,sex,value\nKEN,2019,women\n"),
        "a.csv, line 2: row has 3 fields, header has 4; check for an unquoted delimiter"
    );
    // Notes under the table are told as what they are.
    assert_eq!(
        Case::new().fails(format!("{GOOD}\nSource: nobody\n")),
        "a.csv, line 5: row has 1 fields, header has 4; if notes stand below the table, set `notes_below = true`"
    );
    let notes = Case::new().with("[file]", "[file]\nnotes_below = true");
    let series = notes.read(format!("{GOOD}\nSource: nobody\nand others\n")).unwrap();
    assert_eq!(values(&series), [Some(0.47), Some(0.476)]);
    assert_eq!(flags(&series), [("notes_below", 2)]);
    assert_eq!(series.log[0].line, Some(5));
}

#[test]
fn a03_an_unclosed_quote_is_named_where_it_opens() {
    let rows = "KEN,2019,women,47.0\n".repeat(200_000);
    let text = format!("area,year,sex,value\nKEN,2018,women,1\n\"KEN,2018,men,1\n{rows}");
    assert_eq!(
        Case::new().fails(&text),
        "a.csv, line 3: the quote opened here is not closed within the limit; close it or double it; the limit is 1048576 (max_field)"
    );
    assert_eq!(
        Case::new().fails("area,year,sex,value\nKEN,2018,women,1\n\"KEN,2018,men,1\n"),
        "a.csv, line 3: the quote opened here is never closed; close it or double it"
    );
}

#[test]
fn a05_a06_a10_marks_encodings_and_line_ends_change_nothing() {
    let plain = Case::new().read(GOOD).unwrap().observations;
    let same = |bytes: Vec<u8>| assert_eq!(Case::new().read(bytes).unwrap().observations, plain);
    same([b"\xef\xbb\xbf".as_slice(), GOOD.as_bytes()].concat());
    same(GOOD.replace('\n', "\r\n").into());
    same(GOOD.replace('\n', "\r").into());
    same(GOOD.replacen('\n', "\r\n", 1).replacen("0\n", "0\r", 1).into());
    let utf16 = || [0xfeffu16].into_iter().chain(GOOD.encode_utf16()).flat_map(u16::to_le_bytes);
    same(utf16().collect());
    let declared = Case::new().with("[file]", "[file]\nencoding = \"utf-8\"");
    assert_eq!(
        declared.fails(utf16().collect::<Vec<u8>>()),
        "a.csv: the byte order mark says utf-16le, but `encoding = \"utf-8\"` is declared; declare `utf-16le` or leave the encoding out"
    );
    let bare: Vec<u8> = utf16().skip(2).collect();
    assert_eq!(
        Case::new().fails(bare),
        "a.csv: the file has zero bytes as UTF-16 text has, but no byte order mark; set `encoding = \"utf-16le\"` or `\"utf-16be\"`"
    );
}

#[test]
fn a08_latin_1_text_read_as_utf_8() {
    let latin: Vec<u8> =
        "area,year,sex,value\nCôte d'Ivoire,2019,women,1\n".chars().map(|c| c as u8).collect();
    assert_eq!(
        Case::new().fails(&latin),
        "a.csv, line 2: byte 21 (0xF4, after `,sex,value\\nC`) is not UTF-8; if the file is Western European text set `encoding = \"latin-1\"` or `\"cp1252\"`"
    );
    let declared = Case::new().with("[file]", "[file]\nencoding = \"latin-1\"");
    assert_eq!(&*declared.read(&latin).unwrap().observations[0].ref_area, "CIV");
}

#[test]
fn a12_a14_a17_headers() {
    assert_eq!(
        Case::new().fails("area,year,sex,value,value\nKEN,2019,women,1,2\n"),
        "a.csv: column `value` occurs twice, as columns 4 and 5; rename one"
    );
    assert_eq!(Case::new().fails(""), "a.csv: the file has no text: no header");
    assert_eq!(
        Case::new().fails("area,year,sex,value\n"),
        "a.csv: no data rows: the file has only a header"
    );
    let comma = Case::new().with("[file]", "[file]\ndelimiter = \",\"");
    assert_eq!(
        comma.fails(GOOD.replace(',', ";")),
        "a.csv, line 1: 1 column found; header contains ';' — set delimiter = \";\""
    );
    assert_eq!(values(&Case::new().read(GOOD.replace(',', ";")).unwrap()).len(), 2);
    assert_eq!(
        Case::new().fails("area,jear,sex,value\nKEN,2019,women,1\n"),
        "a.csv: no column `year`, which recipe test/long needs for `time`; near: `jear`"
    );
    // A column without a name is not read, and that is said.
    let unnamed = Case::new().read("area,year,sex,value,\nKEN,2019,women,1,x\n").unwrap();
    assert_eq!(flags(&unnamed), [("unnamed_column", 1)]);
}

#[test]
fn a15_blank_lines_are_flagged_between_rows_only() {
    let series = Case::new().read(GOOD.replacen("0\n", "0\n\n\n", 1) + "\n\n").unwrap();
    assert_eq!(flags(&series), [("blank_lines", 2)]);
    assert_eq!((series.log[0].line, series.observations[1].line), (Some(3), 5));
    assert!(Case::new().read(format!("{GOOD}\n\n,,,\n")).unwrap().log.is_empty());
}

#[test]
fn a19_a22_a24_what_is_no_number_is_never_read_as_one() {
    let row = |value: &str| format!("area,year,sex,value\nKEN,2019,women,\"{value}\"\n");
    assert_eq!(
        Case::new().fails(row("1,234")),
        "a.csv, line 2, column 4 `value`: value `1,234` is not a number for `[[value]]`; if a mark in it is a decimal mark or a thousands separator, set `decimal` or `thousands`; declared missing codes: `..`"
    );
    for value in ["1\u{202f}234", "1'234", "1 234"] {
        assert!(Case::new().fails(row(value)).contains("set `decimal` or `thousands`"), "{value}");
    }
    let decimal = Case::new().with("[file]", "[file]\ndecimal = \",\"");
    assert_eq!(values(&decimal.read(row("47,3")).unwrap()), [Some(0.473)]);
    assert!(Case::new().fails(row("٥٣")).contains("another script (U+0665 U+0663); set `digits"));
    let any = Case::new().with("[file]", "[file]\ndigits = \"any\"");
    assert_eq!(values(&any.read(row("٥٣")).unwrap()), [Some(0.53)]);
    assert_eq!(values(&any.read(row("５３")).unwrap()), [Some(0.53)]);
    for value in
        ["NA", "N/A", "NaN", "inf", "-Infinity", "#N/A", "#DIV/0!", "NULL", ".", "-", "n.a."]
    {
        let message = Case::new().fails(row(value));
        assert!(
            message.starts_with(&format!(
                "a.csv, line 2, column 4 `value`: value `{value}` is not a number"
            )),
            "{message}"
        );
        assert!(message.ends_with("declared missing codes: `..`"), "{message}");
    }
    let series = Case::new().read(row("..")).unwrap();
    assert_eq!((values(&series), &*series.observations[0].obs_status[0]), (vec![None], "O"));
    // An empty cell is no observation, and is counted.
    let blank = Case::new().read(format!("{GOOD}NAM,2019,women,\n")).unwrap();
    assert_eq!((blank.observations.len(), blank.provenance[0].blank), (2, 1));
}

#[test]
fn a24_namibia_is_not_missing() {
    let case = Case::new().with("\"..\" = \"O\"", "NA = \"O\"");
    let series = case.read("area,year,sex,value\nNA,2019,women,NA\nNA,2019,men,51\n").unwrap();
    let areas: Vec<&str> = series.observations.iter().map(|o| &*o.ref_area).collect();
    assert_eq!((areas, values(&series)), (vec!["NAM", "NAM"], vec![None, Some(0.51)]));
    // An area that is not there is an error, not an area.
    assert_eq!(
        Case::new().fails("area,year,sex,value\n,2019,women,1\n"),
        "a.csv, line 2, column 1 `area`: a blank is not covered by `[area]` of recipe test/long; map it, or leave such rows out with `[[skip]]`"
    );
}

#[test]
fn a26_a_column_of_too_many_codes_is_no_dimension() {
    let mut case =
        Case::new().with("[missing]", "[dimension.place]\ncolumn = \"place\"\n[missing]");
    case.options.max_categories = 3;
    let mut text = String::from("area,year,sex,value,place\n");
    for place in 0..5 {
        text.push_str(&format!("KEN,2019,women,1,p{place}\n"));
    }
    assert_eq!(
        case.fails(text),
        "a.csv, line 5, column 5 `place`: more than 3 distinct codes of dimension `place`; the limit is 3 (max_categories)"
    );
}

#[test]
fn a29_a_gzip_bomb_is_stopped_by_its_ratio() {
    let case = Case::new();
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(GOOD.as_bytes()).unwrap();
    assert_eq!(values(&case.read(packed.finish().unwrap()).unwrap()).len(), 2);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..64 {
        packed.write_all(&block).unwrap();
    }
    let bomb = packed.finish().unwrap();
    assert!(bomb.len() < 100_000);
    assert_eq!(
        case.fails(&bomb),
        "a.csv: the file expands to more than 500 times its size; unpack it first if that is right; the limit is 500 (max_ratio)"
    );
    assert!(case.fails(&bomb[..bomb.len() / 2]).starts_with("a.csv: "));
    let mut small = Case::new();
    small.options.max_bytes = 20;
    assert_eq!(
        small.fails(GOOD),
        "a.csv: the file has 58 bytes; cut it to the series that are needed; the limit is 20 (max_bytes)"
    );
}

#[test]
fn a32_line_separators_inside_a_label_end_no_line() {
    let case = Case::new().with("[[value]]", "[attribute]\nfootnotes = [\"note\"]\n[[value]]");
    let series = case
        .read("area,year,sex,value,note\nKEN,2019,women,1,a\u{2028}b\u{85}c\nKEN,2019,men,2,\n")
        .unwrap();
    assert_eq!(&*series.observations[0].footnotes[0], "a\u{2028}b\u{85}c");
    assert_eq!(series.observations[1].line, 3);
}
