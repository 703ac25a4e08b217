//! The sample files of the statistical formats against the CSV files beside them.

use crate::number::{Canonical, NumberFormat, canonical};
use crate::raw::text_of;
use crate::table::Table;
use crate::{Error, Options};
use inclusion_registry::FileSpec;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/statfile-formats/pyreadstat"
    ));
    if folder.is_dir() {
        return Some(folder.to_path_buf());
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is not there",
        folder.display()
    );
    eprintln!("SKIPPED: the samples of statistical formats need ../shared");
    None
}

fn open(path: &Path) -> Result<Box<dyn Table>, Error> {
    super::open(path, &FileSpec::default(), &Options::default())
}

/// All cells as text: numbers in one form, times with two digits of hours, no fraction of a second.
fn cells(path: &Path) -> Vec<Vec<String>> {
    let table = open(path).unwrap();
    let columns: Vec<usize> = (0..table.about().columns.len()).collect();
    let mut rows = Vec::new();
    for unit in 0..table.units() {
        table
            .read(unit, &columns, &mut |batch| {
                for row in 0..batch.rows {
                    rows.push(batch.columns.iter().map(|c| common(&text_of(c, row))).collect());
                }
                Ok(())
            })
            .unwrap();
    }
    rows
}

fn common(cell: &str) -> String {
    if cell == "#NULL!" || cell == "NaN" {
        return String::new();
    }
    match canonical(cell, &NumberFormat::default()) {
        Some(Canonical::Int(i)) => return i.to_string(),
        Some(Canonical::Real(r)) => return r.to_string(),
        None => {}
    }
    let text = cell.strip_suffix(".000000").or(cell.strip_suffix(".000")).unwrap_or(cell);
    if text.len() == 7 && text.as_bytes()[1] == b':' {
        format!("0{text}")
    } else {
        text.to_string()
    }
}

/// The sample table and the CSV with its expected content. What the CSV shows as missing is a user's
/// missing code in the .sav file, which we keep: so the second is compared with the CSV that keeps it.
const TABLES: &[(&str, &str)] = &[
    ("basic/sample.dta", "basic/sample.csv"),
    ("basic/sample.sav", "basic/sample.csv"),
    ("basic/sample.zsav", "basic/sample.csv"),
    ("basic/sample.xpt", "basic/sample.csv"),
    ("basic/sample_missing.sav", "basic/sample_missing_user.csv"),
    ("missing_data/missing_char.sav", "missing_data/missing_char_formatted.csv"),
    ("missing_data/missing_test.sav", "missing_data/missing_sav_formatted.csv"),
];

#[test]
fn sample_files_hold_what_their_csv_says() {
    let Some(folder) = folder() else { return };
    for (file, csv) in TABLES {
        let names = |path: &str| -> Vec<String> {
            open(&folder.join(path))
                .unwrap()
                .about()
                .columns
                .iter()
                .map(|c| c.name.to_lowercase())
                .collect()
        };
        assert_eq!(names(file), names(csv), "{file}");
        assert_eq!(cells(&folder.join(file)), cells(&folder.join(csv)), "{file}");
    }
}

#[test]
fn labels_and_missing_codes_are_kept_apart_from_values() {
    let Some(folder) = folder() else { return };
    let column = |file: &str, name: &str| {
        let table = open(&folder.join(file)).unwrap();
        table.about().columns.iter().find(|c| c.name == name).unwrap().clone()
    };
    let labels = |column: &crate::table::SourceColumn| -> Vec<(String, String)> {
        column.labels.iter().map(|(v, l)| (v.clone(), l.clone())).collect()
    };
    let text = |v: &str, l: &str| (v.to_string(), l.to_string());
    for file in ["basic/sample.dta", "basic/sample.sav", "basic/sample.zsav"] {
        assert_eq!(
            labels(&column(file, "mylabl")),
            [text("1", "Male"), text("2", "Female")],
            "{file}"
        );
    }
    let number = column("basic/sample_missing.sav", "mynum").missing;
    assert_eq!((number.range, number.numbers), (Some((2000.0, 3000.0)), vec![-1.0]));
    assert_eq!(column("basic/sample_missing.sav", "myord").missing.numbers, [-1.0, -2.0, -3.0]);
    assert_eq!(column("missing_data/missing_char.sav", "mychar").missing.texts, ["Z"]);
    assert_eq!(labels(&column("missing_data/missing_test.dta", "var1")), [text(".a", "missing")]);
    let tagged = cells(&folder.join("missing_data/missing_test.dta"));
    assert_eq!(tagged, [[".a", ".b", ".c", ".x", ".y", ".z", "", "", "1"]]);
}

#[test]
fn every_other_sample_is_read_or_refused_with_a_reason() {
    let Some(folder) = folder() else { return };
    let rows = |file: &str| cells(&folder.join(file));
    assert_eq!(rows("basic/sample_large.sav").len() % 5, 0);
    assert_eq!(rows("basic/sample_large.sav")[..5], cells(&folder.join("basic/sample.csv"))[..5]);
    for file in ["basic/sas.xpt5", "basic/sas.xpt8"] {
        let found = rows(file).concat();
        let counted: Vec<String> = (1..=found.len()).map(|i| i.to_string()).collect();
        assert!(found.len() >= 7 && found == counted, "{file}: {found:?}");
    }
    assert!(rows("basic/dates_xpt_v8.xpt").iter().all(|r| r.len() == 9));
    assert_eq!(rows("basic/ordered_category.sav").concat(), ["1", "2", "3", "2"]);
    assert!(rows("basic/tegulu.sav")[0][1].starts_with("న"));
    let hebrew = open(&folder.join("basic/hebrews.sav")).unwrap();
    let has_hebrew = |t: &str| t.chars().any(|c| ('א'..='ת').contains(&c));
    let labels =
        hebrew.about().columns.iter().flat_map(|c| c.labels.values().chain(&c.label).cloned());
    assert!(
        labels.chain(hebrew.about().columns.iter().map(|c| c.name.clone())).any(|t| has_hebrew(&t))
    );
    assert_eq!(rows("basic/test_width.sav")[0][0], "R_0001xAxQxIo2PVH");
    // The one format of the folder without a streaming reader.
    let error = open(&folder.join("basic/sample.por")).err().unwrap().to_string();
    assert!(error.ends_with("is an SPSS portable file (.por), which cannot be read; save it as CSV, Parquet, .dta, .sav or .xpt"), "{error}");
}
