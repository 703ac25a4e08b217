//! `inclusion sql`: its statement, run in a real engine, gives the cells of the local engine, and estimates
//! from them have the bytes of those from the rows.

mod engines;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use engines::{Engine, Tables, made, python, run};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
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

/// The demonstration rows, each changed, and their study.
fn home(change: impl Fn(usize, &mut [String])) -> tempfile::TempDir {
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
const STRATUM: usize = 2;
const PSU: usize = 3;
const WEIGHT: usize = 4;
const SEX: usize = 5;
const AREA: usize = 7;

/// Weights of very different sizes, near and at powers of two, halfway between two of 42 bits; and zero.
fn awkward(at: usize, fields: &mut [String]) {
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

/// What a text column may hold: white space, numbers in other spellings, ids that are no numbers.
fn spelt(at: usize, fields: &mut [String]) {
    awkward(at, fields);
    fields[STRATUM] = format!("0{}", fields[STRATUM]);
    fields[PSU] = format!(" {}-a\t", fields[PSU]);
    if at.is_multiple_of(3) {
        fields[SEX] = format!("0{}.0", fields[SEX]);
        fields[AREA] = format!("\u{a0}{} ", fields[AREA]);
    }
}

/// The study of the real survey, with its files as tables.
fn real() -> Option<tempfile::TempDir> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = project.join("../shared/data/cetic-tic-domicilios/raw");
    if !data.is_dir() {
        assert!(
            std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
            "{} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip",
            data.display()
        );
        eprintln!("SKIPPED: this test needs {}, which is not there", data.display());
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let example = project.join("tests/examples/tic");
    let mut study = std::fs::read_to_string(example.join("2015.toml")).expect("the example");
    for (table, file) in [("persons", "individuos"), ("households", "domicilios")] {
        let name = format!("ticdom_2015_{file}_base_de_microdados_v1.0.csv.gz");
        let packed = std::fs::File::open(data.join(&name)).expect("the data");
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut text).expect("UTF-8");
        std::fs::write(folder.path().join(format!("{table}.csv")), text).expect("a file");
        let path = format!("../../../../shared/data/cetic-tic-domicilios/raw/{name}");
        study = study.replace(&path, &format!("{table}.csv"));
    }
    let registry = example.join("registry").canonicalize().expect("a folder");
    study = study.replace("\"registry\"", &format!("{registry:?}"));
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    Some(folder)
}

/// The cells of a file by column; a part of a result that is no code of the row is an empty text.
fn cells(path: &Path) -> Vec<BTreeMap<String, String>> {
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
fn same_cells(here: &Path, result: &Path) {
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

/// The statement of a study in an engine: equal cells, then estimates with the same bytes.
fn equal(engine: &dyn Engine, tables: &Tables<'_>) {
    let here = tables.folder;
    let statement = done(here, &["sql", "study.toml", "--dialect", engine.dialect()]);
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    for result in engine.run(tables, Path::new("cells.sql")) {
        same_cells(here, &result);
        let path = result.to_str().expect("a path");
        done(here, &["estimate", "study.toml", "--cells", path, "--output", "sums.csv"]);
        assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"), "{path}");
    }
}

fn tables(folder: &Path, delimiter: char, text: bool) -> Tables<'_> {
    let file = |name: &'static str| (name, PathBuf::from(format!("{name}.csv")));
    let files = ["persons", "households"].map(file).into_iter();
    let files = files.filter(|(_, path)| folder.join(path).exists()).collect();
    Tables { folder, files, delimiter, text }
}

/// The demonstration study and the real survey in an engine.
fn everything(engine: &dyn Engine) {
    let plain = home(|_, _| {});
    equal(engine, &tables(plain.path(), ',', false));
    let numbers = home(awkward);
    equal(engine, &tables(numbers.path(), ',', false));
    let texts = home(spelt);
    equal(engine, &tables(texts.path(), ',', true));
    let Some(real) = real() else { return };
    equal(engine, &tables(real.path(), ';', true));
}

#[test]
fn duckdb_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::duckdb() else { return };
    everything(&engine);
}

#[test]
fn postgresql_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::postgres() else { return };
    everything(&engine);
}

#[test]
fn spark_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::spark() else { return };
    everything(&engine);
}

#[test]
fn a_value_that_is_not_mapped_and_a_result_that_is_not_whole_are_refused() {
    let Some(engine) = engines::duckdb() else { return };
    let folder = home(|_, _| {});
    let here = folder.path();
    let statement = done(here, &["sql", "study.toml", "--dialect", "duckdb"]);
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    let result = |folder: &Path| {
        engine.run(&tables(folder, ',', false), Path::new("cells.sql"));
        String::from_utf8(bytes(folder, "duckdb-result.csv")).expect("text")
    };
    let unusable = |text: &str| {
        std::fs::write(here.join("cut.csv"), text).expect("a file");
        refused(here, &["estimate", "study.toml", "--cells", "cut.csv"])
    };
    let whole = result(here);
    let lines: Vec<&str> = whole.lines().collect();
    assert!(unusable(&lines[..lines.len() - 1].join("\n")).contains("save all rows, once"));
    let mut twice = lines.clone();
    let last = twice.len() - 1;
    twice[last] = twice[last - 1];
    let message = unusable(&twice.join("\n"));
    assert!(message.contains("each cell is there once"), "{message}");
    assert!(unusable(&whole.replacen("_fault", "_other", 1)).contains("no column `_fault`"));
    // What stands for NULL is no code.
    let message = unusable(&whole.replace(",,", ",NULL,"));
    assert!(message.contains("save NULL as an empty field"), "{message}");
    std::fs::write(here.join("cut.csv"), &whole).expect("a file");
    let message = refused(here, &["cells", "--merge", "cut.csv", "--output", "merged.parquet"]);
    assert!(message.contains("by grouping set"), "{message}");
    for (column, value, expected) in [
        (SEX, "7", "column `sex` holds `7`, which concept `sex` does not map"),
        (WEIGHT, "-1", "the weight is negative"),
        (WEIGHT, "", "the weight is missing or no number"),
        (WEIGHT, "1e300", "a weight is not between 2^-22 and 2^40; scale the weights"),
        (PSU, "", "the PSU is missing"),
        (0, "2030", "several rows have the same key"),
    ] {
        let folder = home(|at, fields| {
            if at == 1 {
                fields[column] = value.to_string();
            }
            if column == 0 && at < 3 {
                fields[column] = value.to_string();
                fields[1] = "1".to_string();
            }
        });
        std::fs::copy(here.join("cells.sql"), folder.path().join("cells.sql")).expect("a copy");
        let message = unusable(&result(folder.path()));
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn cells_by_sets_come_in_parts_and_serve_a_study_of_fewer_breakdowns_and_no_other() {
    let Some(engine) = engines::duckdb() else { return };
    let folder = home(|_, _| {});
    let here = folder.path();
    let statement = done(here, &["sql", "study.toml", "--dialect", "duckdb"]);
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    engine.run(&tables(here, ',', false), Path::new("cells.sql"));
    let study = |by: &str| {
        let by = |line: &str| match line.starts_with("by = ") {
            true => format!("by = [{by}]\n"),
            false => format!("{line}\n"),
        };
        let text: String = STUDY.lines().map(by).collect();
        std::fs::write(here.join("other.toml"), text).expect("a study");
    };
    let cells = "whole.parquet";
    std::fs::rename(here.join("duckdb-result.parquet"), here.join(cells)).expect("a result");
    study("\"sex * region\", \"sex\"");
    done(here, &["estimate", "other.toml", "--output", "rows.csv"]);
    done(here, &["estimate", "other.toml", "--cells", cells, "--output", "sums.csv"]);
    assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
    // The same of two tables that have parts of the rows, of PSUs that are in both.
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    let rows = std::fs::read_to_string(here.join("persons.csv")).expect("the rows");
    let mut parts = Vec::new();
    for part in 0..2 {
        let of_part =
            |(at, line): (usize, &str)| (at == 0 || at % 2 == part).then(|| format!("{line}\n"));
        let text: String = rows.lines().enumerate().filter_map(of_part).collect();
        std::fs::write(here.join("persons.csv"), text).expect("a file");
        engine.run(&tables(here, ',', false), Path::new("cells.sql"));
        let name = format!("part-{part}.csv");
        std::fs::rename(here.join("duckdb-result.csv"), here.join(&name)).expect("a result");
        parts.push(name);
    }
    let both = ["estimate", "study.toml", "--cells", &parts[0], "--cells", &parts[1]];
    done(here, &[&both[..], &["--output", "sums.csv"]].concat());
    assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
    study("\"sex * urbanisation * age_group\"");
    let message = refused(here, &["estimate", "other.toml", "--cells", cells]);
    let expected = "breakdown `age_group * sex * urbanisation`: no grouping set of the cells has all of its concepts; make the cells for this study";
    assert!(message.contains(expected), "{message}");
}

#[test]
fn the_statement_needs_no_file_and_says_what_it_cannot_do() {
    let folder = home(|_, _| {});
    let here = folder.path();
    let args = ["sql", "study.toml", "--dialect", "snowflake", "--table", "persons=ict.persons"];
    let statement = done(here, &args);
    assert!(statement.contains("FROM ict.persons AS s0"));
    assert!(statement.contains("a cell may be one person"));
    std::fs::remove_file(here.join("persons.csv")).expect("a file");
    assert_eq!(done(here, &args), statement);
    let unknown = ["sql", "study.toml", "--dialect", "duckdb", "--table", "households=h"];
    assert!(
        refused(here, &unknown)
            .contains("the survey reads no `households`; its tables are persons")
    );
    let more = |text: &str| {
        std::fs::write(here.join("more.toml"), format!("{STUDY}{text}")).expect("a study");
        inclusion(here, &["sql", "more.toml", "--dialect", "duckdb"])
    };
    let analysis = "\n[[analysis]]\nid = \"use\"\nkind = \"test\"\nindicator = \"HH7\"\nby = \"urbanisation\"\n";
    let output = more(analysis);
    let noted = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && noted.contains("analysis `use` needs every row"), "{noted}");
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("-- Cells are sums, and analysis `use`")
    );
}

#[test]
fn every_dialect_is_sql_that_its_parser_takes() {
    let Some(python) = made("parser", python("sqlglot")) else { return };
    let folder = home(|_, _| {});
    let parse = "import sys, sqlglot\nsqlglot.parse_one(open('s.sql').read(), dialect=sys.argv[1])";
    let real = real();
    for here in [Some(folder.path()), real.as_ref().map(tempfile::TempDir::path)] {
        let Some(here) = here else { continue };
        for dialect in ["duckdb", "postgres", "spark", "bigquery", "snowflake"] {
            let args =
                ["sql", "study.toml", "--dialect", dialect, "--table", "persons=ict.persons"];
            std::fs::write(here.join("s.sql"), done(here, &args)).expect("a file");
            let parsed = run(Command::new(&python).args(["-c", parse, dialect]).current_dir(here));
            assert!(parsed.is_ok(), "{dialect}: {parsed:?}");
        }
    }
}
