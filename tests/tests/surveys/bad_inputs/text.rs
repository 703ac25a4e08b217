//! Delimited text.

use super::*;

#[test]
fn a01_a_row_with_a_field_too_few_names_its_line() {
    let text = "sex,age,weight\n1,30,1\n1,2\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3: row has 2 fields, header has 3; check for an unquoted delimiter",
    );
}

#[test]
fn a03_an_unclosed_quote_names_the_line_in_which_it_opens_and_stays_small() {
    let mut text = String::from("sex,age,weight\n1,30,1\n1,\"30,1\n");
    for _ in 0..1_000_000 {
        text.push_str("2,41,1\n");
    }
    refused(
        Case::new().text(text),
        "people.csv, line 3: the quote opened here is not closed within 1048576 bytes; close it or double it; the limit is 1048576 (max_field)",
    );
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,\"30,1\n2,3,4\n"),
        "people.csv, line 3: the quote opened here is never closed; close it or double it",
    );
}

#[test]
fn a05_a_byte_order_mark_is_dropped() {
    assert!(is_good(Case::new().text(format!("\u{feff}{GOOD}"))).is_empty());
}

#[test]
fn a06_utf_16_is_read_by_its_mark_unless_another_encoding_is_declared() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(GOOD.encode_utf16().flat_map(u16::to_le_bytes));
    is_good(Case::new().text(&bytes));
    let declared = |label: &str| {
        Case::new().with("[file.people]", &format!("[file.people]\nencoding = \"{label}\""))
    };
    is_good(declared("auto").text(&bytes));
    is_good(declared("utf-16").text(&bytes));
    refused(
        declared("utf-8").text(&bytes),
        "people.csv: the byte order mark says utf-16le, but `encoding = \"utf-8\"` is declared; declare `utf-16` or leave the encoding out",
    );
}

#[test]
fn a08_a_byte_that_is_not_utf_8_names_line_offset_and_value() {
    let text = b"sex,age,weight,name\n1,30,1.5,Rome\n2,41,2.5,C\xf4te d'Ivoire\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3: byte 44 (0xF4, in field 4, after `2,41,2.5,C`) is not UTF-8; if the file is Western European text set `encoding = \"latin-1\"` or `\"cp1252\"`",
    );
    for encoding in ["latin-1", "cp1252"] {
        is_good(
            Case::new()
                .with("[file.people]", &format!("[file.people]\nencoding = \"{encoding}\""))
                .text(text),
        );
    }
}

#[test]
fn a10_mixed_line_ends_give_the_same_rows() {
    for text in [
        "sex,age,weight\r\n1,30,1.5\r\n2,41,2.5\r\n",
        "sex,age,weight\r1,30,1.5\r2,41,2.5",
        "sex,age,weight\r\n1,30,1.5\n2,41,2.5\r",
    ] {
        assert!(is_good(Case::new().text(text)).is_empty());
    }
    let bad = "sex,age,weight\r\n1,30,1.5\r1,2\n";
    refused(
        Case::new().text(bad),
        "people.csv, line 3: row has 2 fields, header has 3; check for an unquoted delimiter",
    );
}

#[test]
fn a12_a_column_name_that_stands_twice_names_both_positions() {
    let text = "sex,weight,age,weight\n1,1,30,1\n";
    refused(
        Case::new().text(text),
        "people.csv: column `weight` occurs twice, as columns 2 and 4; rename one",
    );
}

#[test]
fn a14_a_file_without_rows_or_header_is_refused() {
    refused(Case::new().text(""), "people.csv: the file is empty: no header");
    refused(Case::new().text("\n\n"), "people.csv: the file has no text: no header");
    refused(
        Case::new().text("sex,age,weight\n"),
        "people.csv: no data rows: the file has only a header",
    );
}

#[test]
fn a15_blank_lines_are_noted_between_rows_and_ignored_at_the_end() {
    assert!(is_good(Case::new().text(format!("{GOOD}\n\n"))).is_empty());
    let log = is_good(Case::new().text("sex,age,weight\n1,30,1.5\n\n\n2,41,2.5\n"));
    assert_eq!((log[0].code.as_str(), log[0].line, log[0].count), ("blank_lines", Some(3), 2));
    assert_eq!(log[0].message, "2 blank lines between the rows were skipped");
}

#[test]
fn a17_a_declared_delimiter_that_does_not_occur_names_the_one_that_does() {
    let text = "sex;age;weight\n1;30;1.5\n2;41;2.5\n";
    refused(
        Case::new().with("[file.people]", "[file.people]\ndelimiter = \",\"").text(text),
        "people.csv, line 1: 1 column found; header contains ';' — set delimiter = \";\"",
    );
    is_good(Case::new().text(text));
}

#[test]
fn a19_thousands_separators_are_never_guessed() {
    let text = |w: &str| format!("sex,age,weight\n1,30,{w}\n");
    let message = |shown: &str, mark: &str| {
        format!(
            "people.csv, line 2, column 3 `weight`: value `{shown}` is not a number for the weight (recipe test/people); the decimal mark is `.` and {mark} stands in it; set `decimal` or `thousands` if that is how the file writes numbers; no missing codes are declared"
        )
    };
    refused(Case::new().text(text("\"1,234\"")), &message("1,234", "`,` U+002C"));
    refused(Case::new().text(text("1\u{202f}234")), &message("1\u{202f}234", "`\u{202f}` U+202F"));
    refused(Case::new().text(text("1'234")), &message("1'234", "`'` U+0027"));
    let declared = Case::new().with("[file.people]", "[file.people]\nthousands = \",\"");
    let (rows, _) = declared.text(text("\"1,234\"")).unwrap();
    assert_eq!(rows["_weight"].as_primitive::<Float64Type>().value(0), 1234.0);
}

#[test]
fn a20_a_date_is_no_number_with_a_mark_in_it() {
    refused(
        Case::new().text("sex,age,weight\n1,30,2024-01-05\n"),
        "people.csv, line 2, column 3 `weight`: value `2024-01-05` is not a number for the weight (recipe test/people); it looks like a date; name the column that holds the number; no missing codes are declared",
    );
}

#[test]
fn a22_digits_of_other_scripts_are_read_only_where_declared() {
    for (digits, codes) in [("٥٣", "U+0665 U+0663"), ("５３", "U+FF15 U+FF13")] {
        let text = format!("sex,age,weight\n1,{digits},1\n");
        refused(
            Case::new().text(&text),
            &format!(
                "people.csv, line 2, column 2 `age`: value `{digits}` is not a number for concept age (recipe test/people); it has digits of another script ({codes}); set `digits = \"any\"`; declared missing codes: 98, NA"
            ),
        );
        let (rows, _) = Case::new()
            .with("[file.people]", "[file.people]\ndigits = \"any\"")
            .text(&text)
            .unwrap();
        assert_eq!(ages(&rows), [Some(53.0)]);
    }
}

#[test]
fn a24_only_listed_texts_are_missing() {
    for value in ["NaN", "#N/A", "#DIV/0!", "NULL", ".", "-", "inf", "-Infinity"] {
        let hint = if value.ends_with("inf") || value.ends_with("Infinity") {
            "infinity is never accepted"
        } else {
            "write digits with decimal mark `.`, or list it under `missing`"
        };
        refused(
            Case::new().text(format!("sex,age,weight\n1,{value},1\n")),
            &format!(
                "people.csv, line 2, column 2 `age`: value `{value}` is not a number for concept age (recipe test/people); {hint}; declared missing codes: 98, NA"
            ),
        );
    }
    let (rows, _) = Case::new().text("sex,age,weight\n1,NA,1\n2,98,1\n").unwrap();
    assert_eq!(ages(&rows), [None, None]);
}

#[test]
fn a26_a_category_with_too_many_values_names_its_column() {
    let mut case = Case::new()
        .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\" }\nothers = \"U\"");
    case.options.max_categories = 1000;
    let mut text = String::from("sex,age,weight\n");
    (0..1001).for_each(|i| text.push_str(&format!("x{i},30,1\n")));
    refused(
        case.text(text),
        "people.csv, column 1 `sex`: more than 1000 distinct values in a column read as a category; the limit is 1000 (max_categories)",
    );
}

#[test]
fn a26_a_hundred_thousand_values_are_the_most_that_a_category_may_have() {
    let case = Case::new()
        .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\" }\nothers = \"U\"");
    let mut text = String::from("sex,age,weight\n1,30,1\n");
    (0..100_000).for_each(|i| text.push_str(&format!("x{i},30,1\n")));
    // A value that comes again, and one that the recipe lists, are not counted.
    text.push_str("x0,30,1\n2,30,1\n");
    let (rows, _) = case.text(&text).unwrap();
    assert_eq!(sexes(&rows)[..3], [1, 2, 2]);
    assert_eq!(rows.num_rows(), 100_003);
    text.push_str("one more,30,1\n");
    refused(
        case.text(&text),
        "people.csv, column 1 `sex`: more than 100000 distinct values in a column read as a category; the limit is 100000 (max_categories)",
    );
    let numbers: ArrayRef = Arc::new((0..100_003).collect::<Int32Array>());
    let ones: ArrayRef = Arc::new(Float64Array::from(vec![1.0; 100_003]));
    let path = case.path("people.parquet");
    parquet(&path, vec![("sex", numbers), ("age", ones.clone()), ("weight", ones)]);
    refused(
        case.read(&[path]),
        "people.parquet, column 1 `sex`: more than 100000 distinct values in a column read as a category; the limit is 100000 (max_categories)",
    );
}

#[test]
fn a32_line_separators_inside_a_label_end_no_row() {
    let case = Case::new().with(
        "map = { 1 = \"M\", 2 = \"F\" }",
        "map = { \"a\u{2028}b\" = \"M\", \"c\u{85}d\" = \"F\" }",
    );
    is_good(case.text("sex,age,weight\na\u{2028}b,30,1.5\n\"c\u{85}d\",41,2.5\n"));
}
