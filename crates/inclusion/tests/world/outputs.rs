//! Every format has the same figures; rows may stand in any order, and any number of threads may read them.

use super::data::{expected, fields, newest_year, persons, world};
use super::{folder, header, inclusion, row, stderr, table};
use calamine::{Data, Reader};
use std::collections::BTreeMap;
use std::path::Path;

const STUDY: &str = r#"[study]
title = "World"

[[series]]
id = "published"
file = "figures.csv"
recipe = "world/figures"

[estimate]
indicators = ["HH7", "HH18", "HH15-COPA"]
measures = ["gap", "parity", "women_to_parity"]

[aggregate]
groupings = ["sdg-regions"]
"#;

/// Every file of the folder of outputs.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder.join("out")).expect("outputs");
    let file = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a file"))
    };
    entries.map(file).collect()
}

fn annex(folder: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut args = vec!["annex", "study.toml", "--format", "html,xlsx,markdown,parquet,csv"];
    args.extend(more);
    let output = inclusion(folder, &args);
    assert!(output.status.success(), "{}", stderr(&output));
    files(folder)
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

#[test]
fn a_figure_that_the_coverage_rule_refuses_is_nowhere() {
    let folder = folder(STUDY);
    let files = annex(folder.path(), &[]);
    let year = newest_year("HH7");
    let refused = expected("HH7", &world(year), year, 5);
    assert!(refused.covered[0] < 0.5 && refused.covered[1] < 0.5 && refused.countries > 50);
    let values =
        [refused.women, refused.men, refused.men - refused.women, refused.women / refused.men];
    let estimates = text(&files, "estimates.csv");
    for value in values.iter().flat_map(|value| [*value, 100.0 * value]) {
        // So many digits that no other figure begins with them by chance.
        let digits = &value.to_string()[..12];
        assert!(!estimates.contains(digits), "{digits} of {value} is in estimates.csv");
    }
    // Where figures are printed, the row of the world has marks in their place, and nothing but marks.
    let title = "Individuals using the Internet, the world and groups of countries";
    let markdown = text(&files, "annex.md");
    let header = header(&markdown, title);
    let place = |name: &str| header.iter().position(|own| own == name).expect("a column");
    let figures = place("Years") + 1..place("Countries");
    let own = row(&table(&markdown, title), "World")[figures.clone()].to_vec();
    assert_eq!(own, vec![".."; figures.len()], "{header:?}");
    let page = text(&files, "annex.html");
    let own = page.split_once(&format!("{title}</")).expect("the table").1;
    let own = own.split("<tr").find(|row| row.contains(">World<")).expect("the row of the world");
    let cells: Vec<String> = own.split("<td").skip(1).map(plain).collect();
    let of_row: Vec<String> = cells[figures.start - 1..figures.end - 1].to_vec();
    assert!(of_row.iter().all(|cell| cell.starts_with("..")), "{of_row:?}");
    assert!(of_row.iter().all(|cell| !cell.contains(char::is_numeric)), "{of_row:?}");
    let mut book =
        calamine::open_workbook_auto_from_rs(std::io::Cursor::new(files["annex.xlsx"].clone()))
            .expect("a workbook");
    let (mut numbers, mut rows_of_the_world) = (0, 0);
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        for row in range.rows() {
            rows_of_the_world += usize::from(row[0] == "World");
            for cell in row {
                let Data::Float(number) = cell else { continue };
                numbers += 1;
                for value in values.iter().flat_map(|value| [*value, 100.0 * value]) {
                    assert!((number - value).abs() > 1e-6 * value.abs(), "{number} in {sheet}");
                }
            }
        }
    }
    assert!(numbers > 1000 && rows_of_the_world >= 3, "{numbers}, {rows_of_the_world}");
    // The coverage is told in each, with the reason.
    let covered = format!("{} of {}", refused.countries, refused.of);
    for name in ["annex.md", "annex.html"] {
        assert!(text(&files, name).contains(&covered), "{name}");
        assert!(text(&files, name).contains("hold too little of the population"), "{name}");
    }
    let (header, rows) = csv(&text(&files, "estimates.csv"));
    let at = |name: &str| header.iter().position(|own| own == name).expect(name);
    let own: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| row[at("REF_AREA")] == "001" && row[at("INDICATOR")] == "HH7")
        .collect();
    assert_eq!(own.len(), 6, "{own:?}");
    for row in own {
        let of = |name: &str| row[at(name)].as_str();
        assert_eq!(
            [of("OBS_VALUE"), of("OBS_STATUS"), of("REASON")],
            ["", "O", "coverage_too_low"]
        );
        assert_eq!([of("N"), of("N_WEIGHTED"), of("STD_ERROR")], ["", "", ""]);
    }
}

/// The text of a cell of HTML, behind its opening tag's name.
fn plain(cell: &str) -> String {
    let (_, inside) = cell.split_once('>').expect("the end of a tag");
    let pieces = inside.split('<').enumerate();
    let texts = pieces.filter_map(|(at, piece)| match at {
        0 => Some(piece),
        _ => piece.split_once('>').map(|(_, text)| text),
    });
    texts.collect()
}

fn csv(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lines = text.lines().map(fields);
    (lines.next().expect("a header"), lines.collect())
}

#[test]
fn parquet_and_csv_hold_the_same_figures_and_no_cases() {
    use arrow::array::{Array, Float64Array, StringArray, UInt64Array};
    let folder = folder(STUDY);
    let files = annex(folder.path(), &[]);
    let (header, rows) = csv(&text(&files, "estimates.csv"));
    let at = |name: &str| header.iter().position(|own| own == name).expect(name);
    let bytes = arrow_bytes(&files["estimates.parquet"]);
    let mut seen = 0;
    for batch in bytes {
        let texts = |name: &str| -> StringArray {
            let column = batch.column_by_name(name).expect(name);
            column.as_any().downcast_ref::<StringArray>().expect("texts").clone()
        };
        let values = batch.column_by_name("OBS_VALUE").expect("values");
        let values = values.as_any().downcast_ref::<Float64Array>().expect("numbers");
        let cases = batch.column_by_name("N").expect("cases");
        let cases = cases.as_any().downcast_ref::<UInt64Array>().expect("counts");
        assert_eq!(cases.null_count(), cases.len(), "a published figure has cases");
        for index in 0..batch.num_rows() {
            let row = &rows[seen];
            for name in ["REF_AREA", "TIME_PERIOD", "INDICATOR", "SEX", "MEASURE", "OBS_STATUS"] {
                assert_eq!(texts(name).value(index), row[at(name)], "{name} of row {seen}");
            }
            match values.is_null(index) {
                true => assert_eq!(row[at("OBS_VALUE")], ""),
                false => assert_eq!(values.value(index).to_string(), row[at("OBS_VALUE")]),
            }
            assert_eq!(row[at("N")], "");
            seen += 1;
        }
    }
    assert_eq!(seen, rows.len());
    assert!(seen > 1000);
}

fn arrow_bytes(bytes: &[u8]) -> Vec<arrow::array::RecordBatch> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("the bytes");
    let file = std::fs::File::open(file.path()).expect("the file");
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 65_536);
    reader.expect("a table").map(|batch| batch.expect("rows")).collect()
}

#[test]
fn outputs_have_the_same_bytes_for_1_2_and_8_threads() {
    let runs: Vec<_> = ["1", "2", "8"]
        .iter()
        .map(|threads| annex(folder(STUDY).path(), &["--threads", threads]))
        .collect();
    assert_eq!(runs[0].len(), 26, "{:?}", runs[0].keys());
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

#[test]
fn the_order_of_the_rows_changes_nothing_but_the_hash_of_the_file() {
    let folder = folder(STUDY);
    let path = folder.path().join("figures.csv");
    let hash_of = |markdown: &str| {
        let line =
            markdown.lines().find(|line| line.contains("| figures.csv | ")).expect("the file");
        line.split(" | ").nth(3).expect("a hash").to_string()
    };
    let plain = annex(folder.path(), &[]);
    let text_of_file = std::fs::read_to_string(&path).expect("figures");
    let mut lines: Vec<&str> = text_of_file.lines().collect();
    let header = lines.remove(0);
    // A fixed permutation: 7919 is a prime that does not divide the number of rows.
    assert_ne!(lines.len() % 7919, 0);
    let shuffled = (0..lines.len()).map(|index| lines[index * 7919 % lines.len()]);
    let shuffled: Vec<&str> = std::iter::once(header).chain(shuffled).collect();
    assert_ne!(shuffled[1..], lines[..]);
    std::fs::write(&path, shuffled.join("\n") + "\n").expect("figures");
    let other = annex(folder.path(), &[]);
    let hashes = [&plain, &other].map(|files| hash_of(&text(files, "annex.md")));
    assert!(hashes[0].len() == 64 && hashes[0] != hashes[1], "{hashes:?}");
    for name in ["annex.md", "annex.html"] {
        let other = text(&other, name).replace(&hashes[1], &hashes[0]);
        let plain = text(&plain, name);
        let differing = plain.lines().zip(other.lines()).find(|(a, b)| a != b);
        assert_eq!(differing, None, "{name}");
        assert_eq!(plain, other, "{name}");
    }
    for name in ["estimates.csv", "estimates.parquet"] {
        assert_eq!(plain[name], other[name], "{name}");
    }
}

#[test]
fn a_count_of_women_is_of_the_countries_with_figures() {
    let folder = folder(STUDY);
    let (header, rows) = csv(&text(&annex(folder.path(), &[]), "estimates.csv"));
    let at = |name: &str| header.iter().position(|own| own == name).expect(name);
    let value = |area: &str, sex: &str, measure: &str| -> f64 {
        let wanted = |row: &&Vec<String>| {
            let of = |name: &str| row[at(name)].as_str();
            [of("REF_AREA"), of("TIME_PERIOD"), of("INDICATOR"), of("SEX"), of("MEASURE")]
                == [area, "2019", "HH18", sex, measure]
        };
        let row = rows.iter().find(wanted).unwrap_or_else(|| panic!("no {measure} of {area}"));
        row[at("OBS_VALUE")].parse().expect("a number")
    };
    // Pakistan states no ages in 2019, so its women are those of the age at which more countries begin than at
    // others, and of all older.
    let base = super::data::base("HH18");
    assert_eq!(base, Some((15, None)));
    let gap = value("PAK", "M", "LEVEL") - value("PAK", "F", "LEVEL");
    let women = persons("PAK", 2019, "F", base).expect("women");
    assert!(women < 0.7 * persons("PAK", 2019, "F", None).expect("women"));
    super::close(value("PAK", "_T", "WOMEN_TO_PARITY"), gap * women, "Pakistan");
    let said = "Where a source states no ages, persons are those of the ages 15+";
    let of_pakistan = |row: &&Vec<String>| {
        row[at("REF_AREA")] == "PAK" && row[at("MEASURE")] == "WOMEN_TO_PARITY"
    };
    let comments: Vec<&Vec<String>> = rows.iter().filter(of_pakistan).collect();
    assert!(comments.iter().any(|row| row[at("COMMENT_OBS")].contains(said)), "{comments:?}");
}

#[test]
fn charts_show_the_gap_on_a_map_rates_over_time_and_what_is_missing() {
    let home = tempfile::tempdir().expect("a folder");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let study = std::fs::read_to_string(root.join("datasets/world/study.toml")).expect("the study");
    let study = study + "\n[output]\nfolder = \"out\"\nformats = [\"svg\", \"csv\"]\n";
    std::fs::write(home.path().join("study.toml"), study).expect("a study");
    std::fs::copy(root.join("datasets/world/figures.csv"), home.path().join("figures.csv"))
        .expect("the figures");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(["annex", "study.toml", "--quiet"])
        .current_dir(home.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let out = home.path().join("out");
    let names: Vec<String> = std::fs::read_dir(&out)
        .expect("the annex")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    let of = |part: &str| names.iter().filter(|name| name.contains(part)).count();
    assert_eq!((of("-map-"), of("-figures-by-sex")), (6, 1), "{names:?}");
    assert!(of("-years-") >= 2, "{names:?}");
    // The classes of the map hold as many countries as there are gaps, and the rest is missing.
    let map = names.iter().find(|name| name.contains("-map-hh18")).expect("a map");
    let svg = std::fs::read_to_string(out.join(map)).expect("the map");
    let counts: Vec<usize> = svg
        .split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')').and_then(|(number, _)| number.parse().ok()))
        .collect();
    let title = svg.split("men in ").nth(1).expect("a finding");
    let numbers: Vec<usize> =
        title.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).take(2).collect();
    let [behind, countries] = numbers[..] else { panic!("{title}") };
    assert!(behind <= countries);
    assert!(counts.len() >= 6, "{counts:?}");
    let in_classes: usize = counts[counts.len() - 6..counts.len() - 1].iter().sum();
    assert_eq!(in_classes, countries, "{counts:?}");
}
