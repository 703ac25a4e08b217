//! `inclusion cells`: estimates from saved cells are those from the rows, byte by byte, and cells that are
//! not what is needed are refused.

mod reused;

use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::{DataType, UInt64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

/// Runs a command that must succeed and gives what it says.
fn done(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {text}");
    text
}

/// What a command says that must fail.
fn refused(folder: &Path, args: &[&str], code: i32) -> String {
    let output = inclusion(folder, args);
    let text = String::from_utf8_lossy(&output.stderr).trim_end().to_string();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    // What the study cannot have from cells is said before.
    let (_, error) = text.split_once("error: ").expect("an error");
    error.to_string()
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo").join(name)
}

const MEAN: &str = r#"id = "HOURS"
version = "1"
status = "agreed"
name = "Hours online"
statement = "are online"
topic = "use"
custodian = "test"
kind = "rate"
population = "person"
universe_text = "users"
statistic = "mean"
value = "hours_online"
numerator_text = "hours"
reference_period = ""
unit = "hours"
direction = "higher"
breakdowns = ["sex", "urbanisation", "age_group"]
source = "test"
"#;

/// A study of these part files in a folder.
fn study(folder: &Path, files: &[&str], by: &str) {
    let files: Vec<String> = files.iter().map(|file| format!("{file:?}")).collect();
    let text = format!(
        "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n\n[[survey]]\nid = \"demo\"\n\
         recipe = \"synthetic/ict\"\nfiles = {{ persons = [{}] }}\n\n[estimate]\n\
         indicators = [\"HH7\", \"HH18\", \"HOURS\"]\nby = [{by}]\n\n\
         [output]\nformats = [\"html\", \"csv\", \"parquet\", \"markdown\"]\n",
        files.join(", ")
    );
    std::fs::create_dir_all(folder.join("registry/indicators")).expect("a folder");
    std::fs::write(folder.join("registry/indicators/hours.toml"), MEAN).expect("an indicator");
    std::fs::write(folder.join("study.toml"), text).expect("a study");
}

const BY: &str = r#""sex", "sex * urbanisation", "sex * age_group""#;
const PARTS: [&str; 3] = ["north.csv", "south.csv", "islands.csv"];

/// The demonstration data as three files, each with rows of every PSU, and their study.
fn scattered() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = std::fs::read_to_string(data("ict_survey.csv")).expect("the data");
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    let mut parts = [0, 1, 2].map(|_| vec![header]);
    for (at, line) in lines.enumerate() {
        parts[at * 7 % 5 % 3].push(line);
    }
    for (name, mut lines) in PARTS.into_iter().zip(parts) {
        lines[1..].reverse();
        std::fs::write(folder.path().join(name), lines.join("\n") + "\n").expect("a part");
    }
    study(folder.path(), &PARTS, BY);
    folder
}

/// Every file of a folder and its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn an_annex_from_cells_has_the_bytes_of_one_from_the_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    std::fs::copy(data("ict_survey.parquet"), here.join("rows.parquet")).expect("the data");
    study(here, &["rows.parquet"], BY);
    let direct = done(here, &["annex", "study.toml"]);
    let expected = files(&here.join("out"));
    assert!(expected.len() > 5, "{:?}", expected.keys());
    let told = done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    assert!(told.contains("19,458 rows from 1 file") && told.contains("wrote     cells.parquet"));
    assert!(told.contains("as confidential as the microdata"), "{told}");
    // Nothing of the microdata is read.
    std::fs::remove_file(here.join("rows.parquet")).expect("it was there");
    std::fs::remove_dir_all(here.join("out")).expect("it was there");
    let again = done(here, &["annex", "study.toml", "--cells", "cells.parquet"]);
    assert_eq!(files(&here.join("out")), expected);
    let notes = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("note")).map(str::to_string).collect()
    };
    assert_eq!(notes(&again), notes(&direct));
    assert!(notes(&again).iter().any(|note| note.contains("do not state")));
    done(here, &["estimate", "--cells", "cells.parquet", "study.toml", "--output", "e.csv"]);
    assert_eq!(bytes(here, "e.csv"), expected["estimates.csv"]);
    // What is done with the same sums may change.
    let text = std::fs::read_to_string(here.join("study.toml")).expect("the study");
    let text = text.replace("[estimate]\n", "[estimate]\nmeasures = [\"gap\"]\ndf = \"full\"\n");
    std::fs::write(here.join("study.toml"), text).expect("the study");
    done(here, &["estimate", "--cells", "cells.parquet", "study.toml", "--output", "f.csv"]);
    assert_ne!(bytes(here, "f.csv"), expected["estimates.csv"]);
}

#[test]
fn parts_with_scattered_psus_are_made_apart_and_merged_in_any_order() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["estimate", "study.toml", "--output", "rows.parquet"]);
    let expected = bytes(here, "rows.parquet");
    done(here, &["cells", "study.toml", "--output", "whole.parquet"]);
    let told = done(here, &["cells", "study.toml", "--output", "cells"]);
    let parts = [
        "cells/demo-001-north.parquet",
        "cells/demo-002-south.parquet",
        "cells/demo-003-islands.parquet",
    ];
    for part in parts {
        assert!(told.contains(&format!("wrote     {part}")), "{told}");
    }
    PARTS.iter().for_each(|part| std::fs::remove_file(here.join(part)).expect("it was there"));
    let estimated = |cells: &[&str]| {
        let cells: Vec<&str> = cells.iter().flat_map(|cells| ["--cells", cells]).collect();
        done(here, &[&["estimate", "study.toml", "--output", "e.parquet"], &cells[..]].concat());
        bytes(here, "e.parquet")
    };
    assert!(estimated(&["whole.parquet"]) == expected);
    assert!(estimated(&["cells"]) == expected);
    assert!(estimated(&[parts[2], parts[0], parts[1]]) == expected);
    let merge = |from: &[&str], to: &str| {
        let told = done(here, &[&["cells", "--output", to, "--merge"], from].concat());
        assert!(told.contains("as confidential as the microdata"), "{told}");
        bytes(here, to)
    };
    let all = merge(&parts, "abc.parquet");
    assert!(all == merge(&["cells"], "folder.parquet"));
    merge(&[parts[2], parts[1]], "cb.parquet");
    assert!(all == merge(&["cb.parquet", parts[0]], "cba.parquet"));
    assert!(estimated(&["abc.parquet"]) == expected);
    let told = done(here, &["estimate", "study.toml", "--cells", "abc.parquet"]);
    assert!(told.contains("demo: 19,458 rows from 3 files"), "{told}");
    assert!(told.contains("looked for within each file"), "{told}");
    let lacking = refused(here, &["estimate", "study.toml", "--cells", "cb.parquet"], 1);
    assert_eq!(lacking, "cb.parquet: the cells of survey `demo` lack the rows of `north.csv`");
    let twice =
        refused(here, &["cells", "--output", "t.parquet", "--merge", "cb.parquet", parts[1]], 1);
    assert_eq!(
        twice,
        "cells/demo-002-south.parquet: it has the rows of `south.csv`, which `cb.parquet` has, too: each file may be there once"
    );
    assert!(!here.join("t.parquet").exists());
}

#[test]
fn a_run_that_was_broken_off_goes_on_with_what_is_missing() {
    let folder = scattered();
    let here = folder.path();
    let run = || done(here, &["cells", "study.toml", "--output", "cells"]);
    run();
    let first = files(&here.join("cells"));
    // One part is cut off, one was never made, and one stands under its temporary name.
    let cut = &first["demo-001-north.parquet"];
    std::fs::write(here.join("cells/demo-001-north.parquet"), &cut[..cut.len() / 2])
        .expect("a file");
    std::fs::remove_file(here.join("cells/demo-003-islands.parquet")).expect("it was there");
    std::fs::write(here.join("cells/demo-003-islands.parquet.part"), &cut[..100]).expect("a file");
    let told = run();
    assert!(told.contains("kept      cells/demo-002-south.parquet"), "{told}");
    assert!(told.contains("wrote     cells/demo-001-north.parquet"), "{told}");
    assert!(told.contains("wrote     cells/demo-003-islands.parquet"), "{told}");
    assert_eq!(files(&here.join("cells")), first);
    // A source that changed is read again, and one that is no longer named is removed.
    let mut text = std::fs::read_to_string(here.join("south.csv")).expect("a part");
    let last = text.trim_end().rfind('\n').expect("lines");
    text.truncate(last + 1);
    std::fs::write(here.join("south.csv"), text).expect("a part");
    study(here, &PARTS[..2], BY);
    let told = run();
    assert!(told.contains("kept      cells/demo-001-north.parquet"), "{told}");
    assert!(told.contains("wrote     cells/demo-002-south.parquet"), "{told}");
    assert!(told.contains("removed   cells/demo-003-islands.parquet"), "{told}");
    // Another plan keeps nothing.
    study(here, &PARTS[..2], r#""sex * urbanisation""#);
    assert!(!run().contains("kept"));
    // The concepts are what counts, not how they are combined.
    study(here, &PARTS[..2], r#""sex", "urbanisation""#);
    assert!(!run().contains("wrote"));
}

#[test]
fn cells_of_another_plan_survey_or_format_are_refused() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    let estimate = ["estimate", "study.toml", "--cells", "cells.parquet"];
    study(here, &PARTS, r#""sex", "sex * urbanisation", "region""#);
    assert_eq!(
        refused(here, &estimate, 1),
        format!(
            "cells.parquet: its cells were made by version {} for another plan than survey `demo` of the study \
             has: it breaks down by `region`, which they have not (they have `age_group`, `sex`, `urbanisation`); \
             make them again",
            env!("CARGO_PKG_VERSION")
        )
    );
    study(here, &PARTS, r#""sex", "sex * urbanisation""#);
    done(here, &["cells", "study.toml", "--output", "other.parquet"]);
    let merge = ["cells", "--output", "m.parquet", "--merge", "cells.parquet", "other.parquet"];
    assert!(refused(here, &merge, 1).starts_with(
        "other.parquet: it was made for another plan than `cells.parquet`: breakdown concepts `sex`, `urbanisation`, not"
    ));
    study(here, &PARTS, BY);
    let text = std::fs::read_to_string(here.join("study.toml")).expect("the study");
    std::fs::write(here.join("study.toml"), text.replace("HH18", "HH10")).expect("a study");
    assert!(refused(here, &estimate, 1).contains(
        "it asks for the indicators `HH10`, which they have not (they have `HH7`, `HH18`, `HOURS`)"
    ));
    std::fs::write(here.join("study.toml"), text.replace("\"demo\"", "\"census\""))
        .expect("a study");
    assert_eq!(
        refused(here, &estimate, 2),
        "there are no cells of survey `census`: cells.parquet holds those of survey `demo`, which the study does not \
         have; `inclusion cells` makes them"
    );
    let design = "\n[survey.design]\npsu = \"household_id\"\nnest = true\n\n[estimate]";
    std::fs::write(here.join("study.toml"), text.replace("\n[estimate]", design)).expect("a study");
    assert!(
        refused(here, &estimate, 1)
            .contains("recipe `synthetic/ict` reads or keeps other rows, or has another design")
    );
    std::fs::write(here.join("study.toml"), text).expect("a study");
    done(here, &estimate);

    let whole = bytes(here, "cells.parquet");
    std::fs::write(here.join("cells.parquet"), &whole[..whole.len() - 1000]).expect("a file");
    let message = refused(here, &estimate, 1);
    assert!(message.starts_with("cells.parquet: it is no whole Parquet file"), "{message}");
    assert!(message.ends_with("make the cells again"), "{message}");
    std::fs::copy(data("ict_survey.parquet"), here.join("cells.parquet")).expect("a file");
    let message = refused(here, &estimate, 1);
    assert!(
        message.contains("it holds no cells: its metadata have no `inclusion.cells`"),
        "{message}"
    );
    let head = "# inclusion.cells {\"format\": 7, \"program\": \"9.1\"}\n";
    std::fs::write(here.join("new.csv"), head).expect("a file");
    assert_eq!(
        refused(here, &["estimate", "study.toml", "--cells", "new.csv"], 1),
        "new.csv: the cells have format 7, and this version of the program reads format 1; they were made by version 9.1; make them again, or use that version"
    );
}

#[test]
fn what_cannot_be_had_from_cells_is_refused_by_name() {
    let folder = scattered();
    let here = folder.path();
    let median = MEAN
        .replace("HOURS", "MEDIAN")
        .replace("statistic = \"mean\"", "statistic = \"quantile\"\nprobability = 0.5");
    std::fs::write(here.join("registry/indicators/median.toml"), median).expect("an indicator");
    let text = std::fs::read_to_string(here.join("study.toml")).expect("the study");
    let change = |from: &str, to: &str| {
        assert!(text.contains(from));
        std::fs::write(here.join("study.toml"), text.replace(from, to)).expect("a study");
    };
    let cells = ["cells", "study.toml", "--output", "cells.parquet"];
    change("\"HOURS\"", "\"HOURS\", \"MEDIAN\"");
    assert!(
        refused(here, &cells, 1).ends_with(
            "indicator `MEDIAN`: a quantile cannot be had from cells, which are sums; estimate from the rows"
        )
    );
    change("\n[estimate]", "\n[survey.design.replicates]\nmake = \"jackknife\"\n\n[estimate]");
    assert!(
        refused(here, &cells, 1).contains("variances from replicates cannot be had from cells")
    );
    assert!(!here.join("cells.parquet").exists());
    change("title", "title");
    done(here, &cells);
    // Nor is it had from cells that were made for less.
    let estimate = ["estimate", "study.toml", "--cells", "cells.parquet"];
    change("\n[estimate]", "\n[survey.design.replicates]\nmake = \"jackknife\"\n\n[estimate]");
    let message = refused(here, &estimate, 1);
    assert!(message.contains("variances from replicates cannot be had from cells"), "{message}");
    let calibrate = "\n[[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"test\"\n\
                     [[survey.calibrate.margin]]\nby = \"sex\"\ntotals = { F = 300, M = 310 }\n\n[estimate]";
    change("\n[estimate]", calibrate);
    let message = refused(here, &estimate, 1);
    assert!(message.contains("calibrated weights cannot be had from cells"), "{message}");
    let analysis = "\n[[analysis]]\nid = \"test\"\nkind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"\n\n[output]";
    change("\n[output]", analysis);
    let message = refused(here, &["estimate", "study.toml", "--cells", "cells.parquet"], 2);
    assert!(
        message.starts_with("analysis `test` needs every row, and cells are sums: leave it out"),
        "{message}"
    );
    let message = refused(here, &["cells", "study.toml", "--output", "cells.csv"], 2);
    assert_eq!(
        message,
        "cells are written as `.parquet`, or into a folder, and `cells.csv` is neither"
    );
    let message =
        refused(here, &["cells", "study.toml", "--output", "c.parquet", "--survey", "dem"], 2);
    assert_eq!(message, "the study has no survey `dem`; did you mean `demo`?");
}

/// Cells of a file as text, with the last first, as a warehouse could hand them over.
fn as_text(path: &Path) -> String {
    let file = std::fs::File::open(path).expect("cells");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let pairs = reader.metadata().file_metadata().key_value_metadata().expect("metadata");
    let facts = pairs.iter().find(|pair| pair.key == "inclusion.cells").expect("the facts");
    let facts = facts.value.clone().expect("a value");
    let mut lines = Vec::new();
    let mut header = String::new();
    for batch in reader.build().expect("a reader") {
        let batch = batch.expect("a batch");
        let names: Vec<String> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
        header = names.join(",");
        let columns: Vec<_> =
            batch.columns().iter().map(|c| cast(c, &DataType::Utf8).expect("text")).collect();
        for row in 0..batch.num_rows() {
            let field = |column: &arrow::array::ArrayRef| {
                let text = column.as_any().downcast_ref::<arrow::array::StringArray>();
                text.expect("text").value(row).to_string()
            };
            let fields: Vec<String> = columns.iter().map(field).collect();
            lines.push(fields.join(",").replace("?not_stated", ""));
        }
    }
    lines.reverse();
    format!("# inclusion.cells {facts}\n{header}\n{}\n", lines.join("\n"))
}

#[test]
fn cells_may_come_as_text_in_any_order() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    let text = as_text(&here.join("cells.parquet"));
    assert!(text.contains("as confidential as the microdata"));
    assert!(!text.contains(&here.display().to_string()));
    std::fs::write(here.join("cells.csv"), text).expect("a file");
    done(here, &["estimate", "study.toml", "--cells", "cells.csv", "--output", "text.csv"]);
    assert_eq!(bytes(here, "text.csv"), bytes(here, "rows.csv"));
}

#[test]
fn cells_that_no_rows_can_give_are_refused_with_row_column_and_value() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    let text = as_text(&here.join("cells.parquet"));
    let (facts, table) = text.split_once('\n').expect("facts");
    let (header, rows) = table.split_once('\n').expect("a header");
    let column = |name: &str| header.split(',').position(|own| own == name).expect("a column");
    let refused_with = |name: &str, value: &str| {
        let changed = rows.lines().enumerate().map(|(at, line)| {
            let mut fields: Vec<&str> = line.split(',').collect();
            if at == 1499 {
                fields[column(name)] = value;
            }
            fields.join(",") + "\n"
        });
        let text = format!("{facts}\n{header}\n{}", changed.collect::<String>());
        std::fs::write(here.join("changed.csv"), text).expect("a file");
        let message = refused(here, &["estimate", "study.toml", "--cells", "changed.csv"], 1);
        let start = format!("changed.csv: row 1500, column `{name}`: holds `{value}`, ");
        message.strip_prefix(&start).unwrap_or_else(|| panic!("{message}")).to_string()
    };
    assert_eq!(refused_with("_rows", "0"), "and a cell has one row at least");
    assert!(refused_with("HH7_n_yes", "1000000").starts_with("which is too many with the other"));
    assert!(refused_with("HH7_sum_y", "-1").starts_with("which is not between 0 and "));
    assert!(refused_with("HOURS_sum_x", "-5").starts_with("which is no sum of "));
    assert_eq!(
        refused_with("HH7_n_no", "-1"),
        "which is no number of rows (a whole number, 0 or more)"
    );
    // The same in Parquet, of a row that is not in the first batch.
    let file = std::fs::File::open(here.join("cells.parquet")).expect("cells");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let pairs = reader.metadata().file_metadata().key_value_metadata().cloned();
    let (schema, batches) = (reader.schema().clone(), reader.build().expect("a reader"));
    let batches: Vec<_> = batches.map(|batch| batch.expect("a batch")).collect();
    let whole = arrow::compute::concat_batches(&schema, &batches).expect("a table");
    let counts = whole.column_by_name("_rows").expect("a column").as_primitive::<UInt64Type>();
    let counts: arrow::array::UInt64Array =
        counts.iter().enumerate().map(|(at, n)| if at == 1499 { Some(0) } else { n }).collect();
    let mut columns = whole.columns().to_vec();
    columns[schema.index_of("_rows").expect("a column")] = std::sync::Arc::new(counts);
    let whole = arrow::array::RecordBatch::try_new(schema.clone(), columns).expect("a table");
    let file = std::fs::File::create(here.join("changed.parquet")).expect("a file");
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, schema, None).expect("a writer");
    writer.write(&whole).expect("rows");
    let own = pairs.into_iter().flatten().find(|pair| pair.key == "inclusion.cells");
    writer.append_key_value_metadata(own.expect("the facts"));
    writer.close().expect("a file");
    assert_eq!(
        refused(here, &["estimate", "study.toml", "--cells", "changed.parquet"], 1),
        "changed.parquet: row 1500, column `_rows`: holds `0`, and a cell has one row at least"
    );
}

#[test]
fn cells_of_a_generated_survey_give_the_bytes_of_its_rows_and_of_any_threads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    done(here, &["bench", "make", ".", "--rows", "20000", "--parts", "3", "--shuffled"]);
    done(here, &["estimate", "study.toml", "--output", "rows.parquet"]);
    let cells = |threads: &str, to: &str| {
        done(here, &["cells", "study.toml", "--threads", threads, "--output", to]);
        bytes(here, to)
    };
    assert!(cells("1", "one.parquet") == cells("8", "eight.parquet"));
    done(here, &["cells", "study.toml", "--output", "cells"]);
    done(here, &["cells", "--output", "merged.parquet", "--merge", "cells"]);
    for (from, threads) in [("one.parquet", "1"), ("cells", "8"), ("merged.parquet", "2")] {
        let args = ["estimate", "study.toml", "--cells", from, "--threads", threads];
        done(here, &[&args[..], &["--output", "e.parquet"]].concat());
        assert!(bytes(here, "e.parquet") == bytes(here, "rows.parquet"), "{from}");
    }
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path();
    for name in ["study.toml", "ict_survey.parquet"] {
        std::fs::copy(data(name), folder.join(name)).expect("a copy");
    }
    let rows = std::fs::read(folder.join("ict_survey.parquet")).expect("the survey");
    for args in [
        ["cells", "study.toml", "--output", "ict_survey.parquet"],
        ["estimate", "study.toml", "--output", "./ict_survey.parquet"],
    ] {
        let text = refused(folder, &args, 2);
        assert!(text.contains("is a file that the study reads"), "{args:?}: {text}");
    }
    std::fs::create_dir(folder.join("cells")).expect("a folder");
    std::fs::write(folder.join("cells/tamoria-2024.parquet"), &rows).expect("another file");
    let text = refused(folder, &["cells", "study.toml", "--output", "cells"], 2);
    assert!(text.contains("is there already and no earlier run made it"), "{text}");
    done(folder, &["cells", "study.toml", "--output", "c.parquet"]);
    let text = refused(folder, &["cells", "--merge", "c.parquet", "--output", "c.parquet"], 2);
    assert!(text.contains("is one of the files to merge"), "{text}");
    assert_eq!(std::fs::read(folder.join("ict_survey.parquet")).expect("the survey"), rows);
    assert_eq!(std::fs::read(folder.join("cells/tamoria-2024.parquet")).expect("the file"), rows);
}
