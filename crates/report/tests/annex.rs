//! The annex of a made-up survey in every format.

mod fixture;

use inclusion_report::*;

#[test]
fn every_table_is_what_a_reader_of_markdown_sees() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    insta::assert_snapshot!(markdown(&annex));
}

#[test]
fn a_table_in_a_terminal_is_aligned() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    insta::assert_snapshot!(annex.tables().map(terminal).collect::<Vec<_>>().join("\n"));
}

/// Writes the outputs for looking at, where the environment names a folder.
#[test]
fn the_page_needs_nothing_from_outside_and_its_one_script_has_no_text_of_the_study() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    let page = html(&annex, &HtmlOptions::default()).unwrap();
    if let Some(folder) = std::env::var_os("INCLUSION_LOOK") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join("annex.html"), &page).unwrap();
        std::fs::write(folder.join("annex.xlsx"), xlsx(&annex).unwrap()).unwrap();
    }
    // H02: a label with markup is text everywhere.
    assert_eq!(page.matches("<script").count(), 1);
    let script = page.split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
    assert_eq!(script, include_str!("../src/page.js"));
    assert!(!page.contains("\" onload="));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for outside in ["src=\"http", "url(", "@import", "<link", "<iframe", "xlink:href=\"http"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // The only addresses are names of XML vocabularies.
    for (place, _) in page.match_indices("http") {
        let rest = &page[place..];
        assert!(
            rest.starts_with("http://www.w3.org/2000/svg")
                || rest.starts_with("http://x")
                || rest.starts_with("http://www.w3.org/1999/xlink"),
            "{}",
            &rest[..rest.len().min(60)]
        );
    }
    // Every chart has a role, a title and a description.
    let charts = page.matches("<svg").count();
    assert_eq!(charts, annex.figures().count());
    for part in ["role=\"img\"", "</title>\n<desc", "</desc>"] {
        assert_eq!(page.matches(part).count(), charts, "{part}");
    }
}

/// What a spreadsheet program reads back.
fn workbook(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<calamine::Data>>)> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    book.sheet_names()
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name} has a formula");
            (name, range.rows().map(<[calamine::Data]>::to_vec).collect())
        })
        .collect()
}

#[test]
fn the_workbook_has_a_table_a_sheet_real_numbers_and_no_formula() {
    use calamine::Data;
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    let sheets = workbook(xlsx(&annex).unwrap());
    assert_eq!(sheets.len(), annex.tables().count() + annex.figures().count() + 3);
    let names: Vec<&str> = sheets[..3].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Cover", "Contents", "Table 1"]);
    assert_eq!(sheets.last().unwrap().0, "Notes");
    let row = |label: &str| {
        sheets[2].1.iter().find(|row| row[0] == Data::String(label.into())).unwrap().clone()
    };
    // Unrounded, in per cent, with the ends of the interval beside it.
    let Data::Float(women) = row("Rural")[1] else { panic!("{:?}", row("Rural")) };
    let share = (0.62 * 180.0 + 0.78 * 380.0 + 0.47 * 1175.0 + 0.091_734_6 * 230.0) / 1965.0;
    assert!((women - 100.0 * share).abs() < 1e-12, "{women}");
    assert!(matches!(row("Rural")[2], Data::Float(lower) if lower < women));
    // H01: text that looks like a formula is a string; a negative number is a number.
    assert_eq!(
        row("=HYPERLINK(\"http://x\",\"y\")")[0].to_string(),
        "=HYPERLINK(\"http://x\",\"y\")"
    );
    assert!(row("Coast").iter().any(|cell| matches!(cell, Data::Float(gap) if *gap < 0.0)));
    // A figure of low reliability is a number still; a withheld one is the mark.
    assert!(matches!(row("65 and over")[4], Data::Float(_)));
    assert!(sheets[4].1.iter().any(|row| {
        row[0] == Data::String("65 and over, Rural".into()) && row[1] == Data::String("*".into())
    }));
}

#[test]
fn the_csv_is_tidy_and_a_withheld_row_has_its_status_alone() {
    let study = fixture::study();
    let bytes = fixture::csv(&study).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    assert_eq!(
        names.join(","),
        "REF_AREA,TIME_PERIOD,INDICATOR,SEX,AGE,REGION,URBANISATION,MEASURE,UNIT_MEASURE,OBS_VALUE,\
         OBS_STATUS,STD_ERROR,LOWER_BOUND,UPPER_BOUND,CONF_LEVEL,INTERVAL_METHOD,DF,CV,DEFF,\
         N_EFFECTIVE,N,N_WEIGHTED,REASON,NOTE,COMMENT_OBS,SOURCE,INDICATOR_VERSION,RECIPE,DESIGN"
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), study.publishable.rows().len());
    let at = |row: &csv::StringRecord, name: &str| {
        row[names.iter().position(|n| n == name).unwrap()].to_string()
    };
    let withheld: Vec<_> = rows.iter().filter(|row| at(row, "OBS_STATUS") == "Q").collect();
    assert!(withheld.iter().any(|row| at(row, "AGE") == "Y_GE65"
        && at(row, "URBANISATION") == "R"
        && at(row, "SEX") == "M"));
    let key = ["REF_AREA", "TIME_PERIOD", "INDICATOR", "SEX", "AGE", "REGION", "URBANISATION"];
    // Where a withheld figure comes from says nothing of its value.
    let kept = [
        "MEASURE",
        "UNIT_MEASURE",
        "OBS_STATUS",
        "SOURCE",
        "INDICATOR_VERSION",
        "RECIPE",
        "DESIGN",
    ];
    for row in withheld {
        for name in names.iter().filter(|name| !key.contains(&name.as_str())) {
            assert_eq!(at(row, name).is_empty(), !kept.contains(&name.as_str()), "{name}");
        }
    }
    let total = rows
        .iter()
        .find(|r| {
            at(r, "INDICATOR") == "HH7" && at(r, "SEX") == "_T" && at(r, "MEASURE") == "LEVEL"
        })
        .unwrap();
    assert_eq!((at(total, "AGE").as_str(), at(total, "OBS_STATUS").as_str()), ("_T", "A"));
    assert_eq!(at(total, "N"), "9285");
    let origin = ["INDICATOR_VERSION", "RECIPE", "DESIGN"].map(|n| at(total, n));
    assert_eq!(origin, ["1", "made/ict 1.0.0", "two stages; Taylor"]);
    assert_eq!(
        String::from_utf8(fixture::sources(&study).unwrap()).unwrap(),
        "SOURCE,RECIPE,FILE,SHA256,ROWS\n\
         ict-2024,made/ict 1.0.0,'=persons.csv,ab12,9285\n\
         ict-2024,made/ict 1.0.0,'=persons.csv,cd34,9285\n"
    );
}

#[test]
fn parquet_holds_what_the_csv_holds() {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::Float64Type;
    let study = fixture::study();
    let bytes = fixture::parquet(&study).unwrap();
    assert_eq!(bytes, fixture::parquet(&study).unwrap());
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(
        parquet_bytes(bytes),
    )
    .unwrap()
    .build()
    .unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    let batch = arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap();
    let text = fixture::csv(&study).unwrap();
    let mut csv = csv::Reader::from_reader(text.as_slice());
    let names: Vec<String> = csv.headers().unwrap().iter().map(String::from).collect();
    let fields: Vec<String> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
    assert_eq!(names, fields);
    let place = names.iter().position(|n| n == "OBS_VALUE").unwrap();
    let values = batch.column(place).as_primitive::<Float64Type>();
    for (i, record) in csv.records().enumerate() {
        let text = record.unwrap()[place].to_string();
        match text.as_str() {
            "" => assert!(values.is_null(i)),
            text => assert_eq!(text.parse::<f64>().unwrap(), values.value(i)),
        }
    }
}

fn parquet_bytes(bytes: Vec<u8>) -> std::fs::File {
    use std::io::{Seek, Write};
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    file.rewind().unwrap();
    file
}

/// Every output of an annex as text to be searched; workbooks are unpacked cell by cell.
fn outputs(study: &fixture::Study) -> Vec<(&'static str, String)> {
    let annex = build(&fixture::input(study)).unwrap();
    let lossy = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let cells = workbook(xlsx(&annex).unwrap())
        .into_iter()
        .flat_map(|(_, rows)| rows.into_iter().flatten().map(|cell| cell.to_string()))
        .collect::<Vec<_>>()
        .join("\n");
    vec![
        ("html", html(&annex, &HtmlOptions::default()).unwrap()),
        ("markdown", markdown(&annex)),
        ("terminal", annex.tables().map(terminal).collect()),
        ("workbook", cells),
        ("csv", lossy(fixture::csv(study).unwrap())),
        ("document", format!("{annex:?}")),
        (
            "charts",
            annex
                .figures()
                .map(|f| charts::svg(&f.chart, &charts::SvgOptions::default()).unwrap())
                .collect(),
        ),
    ]
}

#[test]
fn a_withheld_value_stands_in_no_output_of_any_kind() {
    let study = fixture::study();
    // The rural men of 65 and over, the women beside them, and their gap, as stored and as printed.
    let secret = ["0.2719283", "0.271928", "27.1928", "27.2", "0.0917346", "9.17346", "18.0193"];
    for (name, text) in outputs(&study) {
        for value in secret {
            assert!(!text.contains(value), "{value} stands in {name}");
        }
    }
    let bytes = fixture::parquet(&study).unwrap();
    for value in [0.271_928_3f64, 0.091_734_6] {
        let bits = value.to_le_bytes();
        assert!(!bytes.windows(8).any(|window| window == bits));
    }
    // The search finds what is shown: the value next door, of urban men of 25 to 64.
    for (name, text) in outputs(&study) {
        let shown = ["71.0", "0.71", "71,", ">71"];
        assert!(shown.iter().any(|v| text.contains(v)), "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = outputs(&fixture::study());
    assert_eq!(once, outputs(&fixture::study()));
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    assert_eq!(xlsx(&annex).unwrap(), xlsx(&annex).unwrap());
}

#[test]
fn every_built_in_style_prints_its_own_marks() {
    let registry = inclusion_registry::Registry::builtin().unwrap();
    assert!(!registry.styles.is_empty());
    for style in registry.styles.values() {
        let mut study = fixture::study();
        study.style = style.clone();
        let annex = build(&fixture::input(&study)).unwrap();
        let cells: Vec<&TableCell> = annex
            .tables()
            .flat_map(|table| &table.rows)
            .filter_map(|row| match row {
                TableRow::Cells { cells, .. } => Some(cells),
                TableRow::Group { .. } => None,
            })
            .flatten()
            .collect();
        let withheld: Vec<_> = cells.iter().filter(|cell| cell.withheld).collect();
        assert!(!withheld.is_empty());
        for cell in withheld {
            assert_eq!(cell.text, style.withheld, "{}", style.id);
            assert_eq!((cell.number, cell.interval.is_none()), (None, true));
            assert!(!cell.text.trim().is_empty(), "{}: a withheld cell is never blank", style.id);
        }
        assert!(cells.iter().any(|cell| cell.unreliable.as_ref() == Some(&style.unreliable)));
        for cell in cells.iter().filter(|cell| cell.missing.is_some()) {
            assert!(!cell.notes.is_empty(), "{}: a missing cell has its reason", style.id);
        }
    }
}

#[test]
fn a_table_of_the_page_keeps_its_structure() {
    let study = fixture::study();
    let mut input = fixture::input(&study);
    input.tables.truncate(1);
    input.tables[0].rows = vec!["age_group".into()];
    let page = html(&build(&input).unwrap(), &HtmlOptions::default()).unwrap();
    let start = page.find("<div class=\"table").unwrap();
    let end = start + page[start..].find("<figure").unwrap();
    insta::assert_snapshot!(page[start..end].replace("<tr", "\n<tr").replace("<p>", "\n<p>"));
}

#[test]
fn a_wide_table_of_the_page_may_take_the_window() {
    let study = fixture::study();
    let page = html(&build(&fixture::input(&study)).unwrap(), &HtmlOptions::default()).unwrap();
    assert!(page.contains("<div class=\"table wide"));
    assert!(page.contains(".wide .scroll{width:max-content;min-width:100%;max-width:calc(100vw"));
}

#[test]
fn a_table_without_columns_of_its_own_has_those_of_the_style() {
    let registry = inclusion_registry::Registry::builtin().unwrap();
    let of = |id: &str| {
        let mut study = fixture::study();
        study.style = registry.styles[id].clone();
        let mut input = fixture::input(&study);
        input.tables = vec![
            fixture::table("HH7", &["urbanisation"], &[]),
            TableSpec { kind: TableKind::Standard, ..fixture::table("HH7", &[], &[]) },
        ];
        let annex = build(&input).unwrap();
        let heads = |table: &Table| -> Vec<String> {
            table.heads.iter().map(|head| head.title.clone()).collect()
        };
        let with_intervals =
            |table: &Table| table.heads.iter().any(|head| head.kind == HeadKind::WithInterval);
        let tables: Vec<&Table> = annex.tables().collect();
        (heads(tables[0]), with_intervals(tables[0]), heads(tables[1]))
    };
    let (groups, intervals, areas) = of("unesco-uis");
    assert_eq!(groups[..2], ["Both sexes", "Women"]);
    assert_eq!(groups[3], "Adjusted parity index (GPIA)");
    assert!(intervals);
    assert!(!areas.iter().any(|head| head.starts_with("Gap")));
    let (groups, intervals, _) = of("dhs");
    assert_eq!(groups, ["Women (%)", "n, women", "Men (%)", "n, men"]);
    assert!(!intervals);
    let (groups, _, areas) = of("un-sdg");
    assert_eq!(groups[..3], ["Women", "Men", "Total"]);
    assert!(areas.contains(&"Nature".to_string()));
    // Every column that a built-in style names is one.
    for style in registry.styles.values() {
        for id in style.columns.iter().chain(&style.area_columns) {
            assert!(Column::parse(id).is_some(), "{}: {id}", style.id);
        }
    }
}

#[test]
fn marks_of_zeros_are_printed_and_explained() {
    let mut study = fixture::study();
    study.style.zero = Some("–".into());
    study.style.negligible = Some("(n)".into());
    // One decimal hides what is below half of a tenth of a per cent.
    let higher = inclusion_registry::Direction::Higher;
    let estimates = fixture::group("HH7", &[], (0.0, 1700, 0.0004, 1500), higher);
    let codings = inclusion_disclosure::Codings::default();
    study.publishable = inclusion_disclosure::review(estimates, &study.policy, &codings);
    let mut input = fixture::input(&study);
    input.tables = vec![fixture::table("HH7", &[], &["women", "men"])];
    let annex = build(&input).unwrap();
    let table = annex.tables().next().unwrap();
    let TableRow::Cells { cells, .. } = &table.rows[0] else { panic!("no row of all") };
    assert_eq!([cells[0].text.as_str(), cells[1].text.as_str()], ["–", "(n)"]);
    let note = |mark: &str| {
        table.notes.iter().find(|note| note.mark == mark).map(|note| note.text.as_str())
    };
    assert_eq!(note("–"), Some("Zero."));
    assert_eq!(note("(n)"), Some("Not zero, and less than half of the unit printed."));
}
