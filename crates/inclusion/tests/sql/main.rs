//! `inclusion sql`: its statement, run in a real engine, gives the cells of the local engine, and estimates
//! from them have the bytes of those from the rows.

mod engines;
mod ids;
mod results;
mod survey;

use engines::{Engine, Tables, made, python, run};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use survey::{FAULTS, STUDY, awkward, bytes, done, home, inclusion, refused, same_cells, spelt};

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

/// The demonstration study in an engine, its rows as they are, awkward, and as texts; gives the folder of the last.
fn demonstration(engine: &dyn Engine) -> tempfile::TempDir {
    let plain = home(|_, _| {});
    equal(engine, &tables(plain.path(), ',', false));
    let numbers = home(awkward);
    equal(engine, &tables(numbers.path(), ',', false));
    let texts = home(spelt);
    equal(engine, &tables(texts.path(), ',', true));
    texts
}

fn real_survey(engine: &dyn Engine) {
    if let Some(real) = real() {
        equal(engine, &tables(real.path(), ';', true));
    }
}

#[test]
fn duckdb_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::duckdb() else { return };
    demonstration(&engine);
    real_survey(&engine);
    let stated = home(|_, _| {});
    let study = stated.path().join("study.toml");
    let text = std::fs::read_to_string(&study).expect("the study");
    let other = text.replacen("[estimate]", "[estimate]\nonly_stated = [\"sex\"]", 1);
    assert_ne!(text, other);
    std::fs::write(&study, other).expect("the study is written");
    equal(&engine, &tables(stated.path(), ',', false));
}

#[test]
fn postgresql_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::postgres() else { return };
    demonstration(&engine);
    real_survey(&engine);
}

#[test]
fn spark_makes_the_cells_of_the_local_engine() {
    let Some(engine) = engines::spark() else { return };
    let texts = demonstration(&engine);
    // Ids with quotes and backslashes, in CSV as Spark writes it where only a header is asked for.
    let args = ["estimate", "study.toml", "--cells", "spark-result-plain.csv"];
    let message = refused(texts.path(), &args);
    assert!(message.contains("its quotes are written as `\\\"`, as Spark does"), "{message}");
}

/// A test of its own, beside the other: a machine that is started for each statement takes its time.
#[test]
fn spark_makes_the_cells_of_a_real_survey() {
    let Some(engine) = engines::spark() else { return };
    real_survey(&engine);
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
    let message = unusable(&whole.replacen("_rows_weighted", "_other", 1));
    assert!(
        message.contains("no column `_rows_weighted`; save every column of the result"),
        "{message}"
    );
    std::fs::write(here.join("cells.csv.gz"), &whole).expect("a file");
    let message = refused(here, &["estimate", "study.toml", "--cells", "cells.csv.gz"]);
    assert!(
        message.contains("ends in `.gz`, and cells are read from `.parquet` and `.csv`"),
        "{message}"
    );
    std::fs::write(here.join("cut.csv"), &whole).expect("a file");
    let message = refused(here, &["cells", "--merge", "cut.csv", "--output", "merged.parquet"]);
    assert!(message.contains("by grouping set"), "{message}");
    let twice = (0, "2030", "several rows have the same key");
    for (column, value, expected) in FAULTS.into_iter().chain([twice]) {
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
    assert!(statement.contains("-- Of floats this engine does not promise all digits here"));
    std::fs::remove_file(here.join("persons.csv")).expect("a file");
    assert_eq!(done(here, &args), statement);
    let table = |dialect: &str, table: &str| {
        let table = format!("persons={table}");
        inclusion(here, &["sql", "study.toml", "--dialect", dialect, "--table", &table])
    };
    for (dialect, given, expected) in [
        ("duckdb", "ict.persons", "ict.persons"),
        ("duckdb", "survey 2024.persons-new", "\"survey 2024\".\"persons-new\""),
        ("duckdb", "read_parquet('a-b.parquet')", "read_parquet('a-b.parquet')"),
        ("postgres", "\"a.b\".persons", "\"a.b\".persons"),
        ("postgres", "2024.p\"x", "\"2024\".\"p\"\"x\""),
        ("snowflake", "\"a\"\"b\".\"é\"", "\"a\"\"b\".\"é\""),
        ("bigquery", "my-project.ict.persons", "`my-project`.ict.persons"),
        ("spark", "`my-project.ict`.persons", "`my-project.ict`.persons"),
    ] {
        let statement = String::from_utf8(table(dialect, given).stdout).expect("text");
        assert!(statement.contains(&format!("FROM {expected} AS s0")), "{given}: {statement}");
    }
    for (given, why) in [
        ("ict..persons", "a part of it is empty"),
        ("ict.", "a part of it is empty"),
        ("\"ict.persons", "a quote is not closed"),
        ("\"ict\"persons", "something follows a quote"),
    ] {
        let output = table("duckdb", given);
        let message = String::from_utf8_lossy(&output.stderr);
        let expected = format!("`{given}` names no table: {why}; write it as the engine does");
        assert!(output.status.code() == Some(2) && message.contains(&expected), "{message}");
    }
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
