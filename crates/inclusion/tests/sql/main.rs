//! `inclusion sql`: its statement, run in a real engine, gives the cells of the local engine, and estimates
//! from them have the bytes of those from the rows.
//!
//! The engine is a Python package in an environment of its own, made where this is built. Where it cannot
//! be made the tests say so and stop, or fail if `INCLUSION_REQUIRE_SQL_ENGINES` is set.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PACKAGES: [&str; 2] = ["duckdb", "sqlglot"];

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn done(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {trouble}");
    String::from_utf8(output.stdout).expect("text")
}

fn refused(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    assert!(!output.status.success(), "{args:?} succeeds");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The interpreter of an environment with the packages, or nothing with a loud line.
fn python() -> Option<PathBuf> {
    static MADE: std::sync::OnceLock<Result<PathBuf, String>> = std::sync::OnceLock::new();
    let make = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sql-engines");
        let (python, ready) = (folder.join("bin/python"), folder.join("ready"));
        let wanted = PACKAGES.join("\n");
        if std::fs::read_to_string(&ready).is_ok_and(|own| own == wanted) {
            return Ok(python);
        }
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(Command::new(&python).args(install).args(PACKAGES))?;
        std::fs::write(ready, wanted).map_err(|error| error.to_string())?;
        Ok(python)
    };
    match MADE.get_or_init(make) {
        Ok(python) => Some(python.clone()),
        Err(trouble) => {
            assert!(
                std::env::var_os("INCLUSION_REQUIRE_SQL_ENGINES").is_none(),
                "the engines cannot be installed, and INCLUSION_REQUIRE_SQL_ENGINES forbids to skip:\n{trouble}"
            );
            eprintln!("SKIPPED: no engine runs our SQL, they cannot be installed:\n{trouble}");
            None
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let trouble = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(trouble) }
}

/// Loads a CSV file as a table, runs the statement, and saves its result as CSV and Parquet.
const DUCKDB: &str = r#"
import sys, duckdb
table, statement, out = sys.argv[1:]
db = duckdb.connect()
db.execute(f"CREATE TABLE persons AS SELECT * FROM read_csv('{table}')")
query = open(statement).read()
for ending in ("csv", "parquet"):
    header = ", HEADER" if ending == "csv" else ""
    db.execute(f"COPY ({query}) TO '{out}.{ending}' (FORMAT {ending}{header})")
"#;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo").join(name)
}

const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "persons.csv" }

[estimate]
indicators = ["HH7", "HH18", "HH15-COPA"]
by = ["sex", "sex * urbanisation", "sex * age_group", "sex * region * indigenous"]
"#;

fn in_duckdb(python: &Path, here: &Path) {
    let statement = done(here, &["sql", "study.toml", "--dialect", "duckdb"]);
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    let args = ["-c", DUCKDB, "persons.csv", "cells.sql", "duckdb"];
    run(Command::new(python).args(args).current_dir(here)).expect("the statement runs");
}

/// The demonstration rows with these weights, and their study.
fn home(weight: impl Fn(usize, &str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = std::fs::read_to_string(data("ict_survey.csv")).expect("the data");
    let lines = text.lines().enumerate().map(|(at, line)| {
        let mut fields: Vec<String> = line.split(',').map(str::to_string).collect();
        if at > 0 {
            fields[4] = weight(at, &fields[4]);
        }
        fields.join(",") + "\n"
    });
    std::fs::write(folder.path().join("persons.csv"), lines.collect::<String>()).expect("a file");
    std::fs::write(folder.path().join("study.toml"), STUDY).expect("a study");
    folder
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn estimates_from_the_result_have_the_bytes_of_those_from_the_rows() {
    let Some(python) = python() else { return };
    // As they are; of very different sizes, near and at powers of two, halfway between two of 42 bits; zero.
    let awkward = |at: usize, _: &str| match at % 7 {
        0 => "0".to_string(),
        1 => (2f64.powi((at % 50) as i32 - 20)).to_string(),
        2 => (2f64.powi((at % 50) as i32 - 20).next_down()).to_string(),
        3 => (1.0 + 2f64.powi(-42)).to_string(),
        4 => (1e6 / at as f64).to_string(),
        5 => (3.0 + 3.0 * 2f64.powi(-42) * (at % 9) as f64).to_string(),
        _ => format!("{}.1", at % 1000),
    };
    let asis = |_: usize, weight: &str| weight.to_string();
    for folder in [home(asis), home(awkward)] {
        let here = folder.path();
        done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
        in_duckdb(&python, here);
        for cells in ["duckdb.csv", "duckdb.parquet"] {
            done(here, &["estimate", "study.toml", "--cells", cells, "--output", "cells.csv"]);
            assert!(bytes(here, "cells.csv") == bytes(here, "rows.csv"), "{cells}");
        }
    }
}

#[test]
fn a_value_that_is_not_mapped_and_a_result_that_is_not_whole_are_refused() {
    let Some(python) = python() else { return };
    let folder = home(|_, weight| weight.to_string());
    let here = folder.path();
    in_duckdb(&python, here);
    let whole = std::fs::read_to_string(here.join("duckdb.csv")).expect("a result");
    let refused = |text: &str| {
        std::fs::write(here.join("cut.csv"), text).expect("a file");
        refused(here, &["estimate", "study.toml", "--cells", "cut.csv"])
    };
    let lines: Vec<&str> = whole.lines().collect();
    assert!(refused(&lines[..lines.len() - 1].join("\n")).contains("save all rows, once"));
    let mut twice = lines.clone();
    let last = twice.len() - 1;
    twice[last] = twice[last - 1];
    assert!(refused(&twice.join("\n")).contains("each cell is there once"));
    assert!(refused(&whole.replacen("_fault", "_other", 1)).contains("no column `_fault`"));
    let rows = std::fs::read_to_string(here.join("persons.csv")).expect("the rows");
    let (first, rest) = rows.split_once("\n2029,1,1,2,208.707925,1,").expect("the first row");
    let rows = format!("{first}\n2029,1,1,2,208.707925,7,{rest}");
    std::fs::write(here.join("persons.csv"), rows).expect("a file");
    in_duckdb(&python, here);
    let text = std::fs::read_to_string(here.join("duckdb.csv")).expect("a result");
    let message = refused(&text);
    assert!(
        message.contains("column `sex` holds `7`, which concept `sex` does not map"),
        "{message}"
    );
}

#[test]
fn every_dialect_is_sql_that_its_parser_takes() {
    let Some(python) = python() else { return };
    let folder = home(|_, weight| weight.to_string());
    let here = folder.path();
    let parse = "import sys, sqlglot\nsqlglot.parse_one(open('s.sql').read(), dialect=sys.argv[1])";
    for dialect in ["duckdb", "postgres", "spark", "bigquery", "snowflake"] {
        let args = ["sql", "study.toml", "--dialect", dialect, "--table", "persons=ict.persons"];
        std::fs::write(here.join("s.sql"), done(here, &args)).expect("a file");
        let parsed = run(Command::new(&python).args(["-c", parse, dialect]).current_dir(here));
        assert_eq!(parsed, Ok(()), "{dialect}");
    }
}
