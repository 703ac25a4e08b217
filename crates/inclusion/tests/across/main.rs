//! Pools of surveys, changes between rounds and contrasts of groups, against sums made another way.

mod changes;
mod pools;
mod refused;
mod shown;

use inclusion::{Prepared, Study, Walked, prepare, walk};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_estimate::{Measure, SeriesKey};
use inclusion_measures::satterthwaite;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with two samples of one made-up population, `a.csv` and `b.csv`.
fn two_rounds() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, draw, rows) in [("a", "1", "4000"), ("b", "2", "6000")] {
        let args = ["synth", name, "--rows", rows, "--draw", draw, "--format", "csv"];
        let output = inclusion(folder.path(), &args);
        assert!(output.status.success(), "{}", stderr(&output));
        let made = folder.path().join(name).join("ict_survey.csv");
        std::fs::rename(made, folder.path().join(name).with_extension("csv")).expect("the survey");
    }
    folder
}

/// A survey's rows as texts by column.
fn table(folder: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::fs::read_to_string(folder.join(name)).expect("the survey");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect());
    (lines.next().expect("a header"), lines.collect())
}

/// Both files one after the other, ids with the name of their survey before them.
fn stack(folder: &Path) {
    let mut text = String::new();
    for name in ["a", "b"] {
        let (header, rows) = table(folder, &format!("{name}.csv"));
        if text.is_empty() {
            text = header.join(",") + "\n";
        }
        for row in rows {
            let cells = row.iter().zip(&header).map(|(value, column)| match column.as_str() {
                "stratum" | "psu" | "household_id" => format!("{name}{value}"),
                _ => value.clone(),
            });
            text.push_str(&(cells.collect::<Vec<_>>().join(",") + "\n"));
        }
    }
    std::fs::write(folder.join("both.csv"), text).expect("the stacked file");
}

const SURVEYS: &str = r#"[study]
title = "Test"

[[survey]]
id = "b"
time_period = "2026"
recipe = "synthetic/ict"
files = { persons = "b.csv" }
population = { F = 2100000, M = 1900000, source = "census" }

[[survey]]
id = "a"
time_period = "2024"
recipe = "synthetic/ict"
files = { persons = "a.csv" }
population = { F = 1000000, M = 1100000, source = "census" }

[estimate]
indicators = ["HH7", "HH18", "HOURS-ONLINE"]
by = ["sex", "sex * urbanisation", "sex * age_group"]
"#;

fn walked(folder: &Path, text: &str) -> (Prepared, Walked) {
    let study = Study::parse(&folder.join("study.toml"), text.to_string()).expect("a study");
    let prepared = prepare(study).unwrap_or_else(|error| panic!("{error}"));
    let walked = walk(&prepared, &inclusion::untold).unwrap_or_else(|error| panic!("{error}"));
    (prepared, walked)
}

/// The row of a source; `codes` as `sex F; urbanisation R`.
fn row<'a>(walked: &'a Walked, source: &str, id: &str, codes: &str, measure: Measure) -> &'a Row {
    let codes = codes.split("; ").filter_map(|code| code.split_once(' '));
    let codes: inclusion_estimate::Codes =
        codes.map(|(concept, code)| (concept.to_string(), code.to_string())).collect();
    let of = |key: &SeriesKey| {
        key.source == source
            && key.indicator == id
            && key.breakdown == codes
            && key.measure == measure
    };
    let mut rows = walked.publishable.rows().iter().filter(|row| of(&row.key));
    let found =
        rows.next().unwrap_or_else(|| panic!("no {measure:?} of {id} {codes:?} in {source}"));
    assert!(rows.next().is_none(), "two rows of {id} {codes:?} in {source}");
    found
}

fn shown<'a>(
    walked: &'a Walked,
    source: &str,
    id: &str,
    codes: &str,
    measure: Measure,
) -> &'a Shown {
    match &row(walked, source, id, codes, measure).cell {
        Cell::Shown(shown) => shown,
        other => panic!("{measure:?} of {id} {codes:?} in {source} is {other:?}"),
    }
}

fn close(got: f64, expected: f64, tolerance: f64, what: &str) {
    let off = (got - expected).abs();
    assert!(off <= tolerance * expected.abs().max(1e-3), "{what}: {got}, not {expected}");
}

const CELLS: [&str; 6] =
    ["sex F", "sex M", "", "sex F; urbanisation R", "sex M; urbanisation R", "age_group 15-24"];
