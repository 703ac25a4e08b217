//! The demonstration survey in several spellings, and cells that are held against those of the program.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

pub fn done(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {trouble}");
    String::from_utf8(output.stdout).expect("text")
}

pub fn refused(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    assert!(!output.status.success(), "{args:?} succeeds");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "persons.csv" }

[estimate]
indicators = ["HH7", "HH18", "HH15-COPA"]
by = ["sex", "sex * urbanisation", "sex * age_group", "sex * region * indigenous"]
"#;

/// The demonstration rows, each changed, and their study.
pub fn home(change: impl Fn(usize, &mut [String])) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.csv");
    let text = std::fs::read_to_string(data).expect("the data");
    let lines = text.lines().enumerate().map(|(at, line)| {
        let mut fields: Vec<String> = line.split(',').map(str::to_string).collect();
        if at > 0 {
            change(at, &mut fields);
        }
        fields.join(",") + "\n"
    });
    std::fs::write(folder.path().join("persons.csv"), lines.collect::<String>()).expect("a file");
    std::fs::write(folder.path().join("study.toml"), STUDY).expect("a study");
    folder
}

/// Columns of the demonstration rows.
pub const STRATUM: usize = 2;
pub const PSU: usize = 3;
pub const WEIGHT: usize = 4;
pub const SEX: usize = 5;
pub const AGE: usize = 6;
pub const AREA: usize = 7;

/// What the recipe does not cover: a column, its value in one row, and what is said of it.
pub const FAULTS: [(usize, &str, &str); 5] = [
    (SEX, "7", "column `sex` holds `7`, which concept `sex` does not map"),
    (WEIGHT, "-1", "the weight is negative"),
    (WEIGHT, "", "the weight is missing or no number"),
    (WEIGHT, "1e300", "a weight is not between 2^-22 and 2^40; scale the weights"),
    (PSU, "", "the PSU is missing"),
];

/// Weights of very different sizes, near and at powers of two, halfway between two of 42 bits; and zero.
pub fn awkward(at: usize, fields: &mut [String]) {
    fields[WEIGHT] = match at % 7 {
        0 => "0".to_string(),
        1 => (2f64.powi((at % 50) as i32 - 20)).to_string(),
        2 => (2f64.powi((at % 50) as i32 - 20).next_down()).to_string(),
        3 => (1.0 + 2f64.powi(-42)).to_string(),
        4 => (1e6 / at as f64).to_string(),
        5 => (3.0 + 3.0 * 2f64.powi(-42) * (at % 9) as f64).to_string(),
        _ => format!("{}.1", at % 1000),
    };
}

/// What a text column may hold: white space, numbers in other spellings, ids that are no numbers and have
/// what programs write in several ways in CSV.
pub fn spelt(at: usize, fields: &mut [String]) {
    awkward(at, fields);
    fields[STRATUM] = format!("0{}", fields[STRATUM]);
    fields[PSU] = format!("\" {}-a, \\\"\"b\"\" c\\\t\"", fields[PSU]);
    // Numbers and their missing codes as R writes large ones.
    if at.is_multiple_of(5) {
        fields[AGE] = ["999e0", "9.99e2", "1e+02", "3.5e1"][at / 5 % 4].to_string();
    }
    if at.is_multiple_of(3) {
        fields[SEX] = format!("0{}.0", fields[SEX]);
        fields[AREA] = format!("\u{a0}{} ", fields[AREA]);
    }
}

/// The cells of a file by column; a part of a result that is no code of the row is an empty text.
pub fn cells(path: &Path) -> Vec<BTreeMap<String, String>> {
    if path.extension().is_some_and(|ending| ending == "csv") {
        let mut reader = csv::Reader::from_path(path).expect("a file");
        let names = reader.headers().expect("a header").clone();
        let row = |record: csv::StringRecord| {
            names.iter().zip(&record).map(|(a, b)| (a.to_string(), b.to_string())).collect()
        };
        return reader.records().map(|record| row(record.expect("a record"))).collect();
    }
    let part = |path: PathBuf| path.extension().is_some_and(|e| e == "parquet").then_some(path);
    let file = match path.is_dir() {
        true => std::fs::read_dir(path).expect("a folder").find_map(|e| part(e.unwrap().path())),
        false => Some(path.to_path_buf()),
    };
    let file = std::fs::File::open(file.expect("a file of Parquet")).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().unwrap();
    let mut rows = Vec::new();
    for batch in reader {
        let batch: RecordBatch = batch.expect("a batch");
        let texts: Vec<_> =
            batch.columns().iter().map(|column| cast(column, &DataType::Utf8).unwrap()).collect();
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let field = |(at, column): (usize, &arrow::array::ArrayRef)| {
                let text = column.as_string::<i32>();
                let text = if text.is_null(row) { "" } else { text.value(row) };
                (schema.field(at).name().clone(), text.to_string())
            };
            rows.push(texts.iter().enumerate().map(field).collect());
        }
    }
    rows
}

/// The cells of a result are, set by set, those that the local engine makes for the set alone.
pub fn same_cells(here: &Path, result: &Path) {
    let theirs = cells(result);
    let facts = theirs.iter().map(|row| row["_facts"].as_str()).find(|text| !text.is_empty());
    let facts: serde_json::Value = serde_json::from_str(facts.expect("facts")).expect("JSON");
    let concepts: Vec<String> = facts["by"]
        .as_array()
        .expect("concepts")
        .iter()
        .map(|by| by["concept"].as_str().expect("a name").to_string())
        .collect();
    let sets: Vec<Vec<String>> = serde_json::from_value(facts["sets"].clone()).expect("sets");
    assert!(sets.len() > 1, "{sets:?}");
    let study = String::from_utf8(bytes(here, "study.toml")).expect("text");
    let mut count = 0;
    for set in sets {
        let by = |line: &str| match line.starts_with("by = ") {
            true => format!("by = [\"{}\"]\n", set.join(" * ")),
            false => format!("{line}\n"),
        };
        let one: String = study.lines().map(by).collect();
        std::fs::write(here.join("one.toml"), one).expect("a study");
        done(here, &["cells", "one.toml", "--output", "one.parquet"]);
        let ours = cells(&here.join("one.parquet"));
        let names: Vec<String> = ours[0].keys().cloned().collect();
        let is_of_set = |row: &&BTreeMap<String, String>| {
            concepts.iter().all(|concept| row[concept].is_empty() != set.contains(concept))
        };
        let values = |row: &BTreeMap<String, String>| -> Vec<String> {
            names.iter().map(|name| row[name].clone()).collect()
        };
        let theirs: Vec<Vec<String>> = theirs.iter().filter(is_of_set).map(values).collect();
        count += theirs.len();
        let theirs: BTreeSet<Vec<String>> = theirs.into_iter().collect();
        let ours: BTreeSet<Vec<String>> = ours.iter().map(values).collect();
        let lacking: Vec<_> = ours.difference(&theirs).take(3).collect();
        let foreign: Vec<_> = theirs.difference(&ours).take(3).collect();
        assert!(lacking.is_empty() && foreign.is_empty(), "{names:?}: {lacking:?} {foreign:?}");
    }
    assert_eq!(count, theirs.len());
}
