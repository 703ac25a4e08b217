//! Ids of strata and PSUs: a number counts by its value however an engine writes it as a text, and a text as it
//! is written, in every engine.

use crate::engines::{self, Engine};
use crate::survey::{PSU, STRATUM, bytes, cells, done, home, inclusion, refused};
use crate::{equal, tables};
use arrow::array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Spellings, of which as texts only the first and the last are equal.
const TEXTS: [&str; 5] = ["1", "1.0", "01", "3E12", " 1 "];
/// As numbers the first three are equal: whole ones, and such as engines write with an exponent.
const WHOLE: [&str; 4] = ["1", "1.0", "1.00", "3E12"];
const NUMBERS: [&str; 9] =
    ["1", "1.0", "1.00", "3E12", "2.50", "12345678.25", "-2e7", "1e16", "0.0000001"];

/// The demonstration rows with these ids of PSUs in one stratum, as CSV.
fn spelt(ids: &[&str]) -> tempfile::TempDir {
    home(|_, fields| {
        let psu: usize = fields[PSU].parse().expect("a number");
        fields[PSU] = ids[psu % ids.len()].to_string();
        fields[STRATUM] = "1".to_string();
    })
}

/// Writes the demonstration rows as Parquet, with the PSUs of `persons.csv` stored as `of` makes them, and
/// changes the study.
fn as_parquet(here: &Path, of: &dyn Fn(&[String]) -> ArrayRef) {
    let mut reader = csv::Reader::from_path(here.join("persons.csv")).expect("the rows");
    let column = |record: csv::StringRecord| record[PSU].to_string();
    let ids: Vec<String> = reader.records().map(|row| column(row.expect("a row"))).collect();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.parquet");
    let rows = ParquetRecordBatchReaderBuilder::try_new(File::open(data).expect("the data"));
    let rows = rows.expect("Parquet");
    let schema = rows.schema().clone();
    let batches: Vec<_> = rows.build().expect("Parquet").map(|rows| rows.expect("rows")).collect();
    let all = concat_batches(&schema, &batches).expect("one batch");
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in schema.fields().iter().zip(all.columns()) {
        let column = match field.name().as_str() {
            "psu" => of(&ids),
            "stratum" => Arc::new(StringArray::from(vec!["1"; ids.len()])),
            _ => column.clone(),
        };
        fields.push(Field::new(field.name(), column.data_type().clone(), true));
        columns.push(column);
    }
    let schema = Arc::new(Schema::new(fields));
    let rows = RecordBatch::try_new(schema.clone(), columns).expect("a batch");
    let file = File::create(here.join("persons.parquet")).expect("a file");
    let mut writer = ArrowWriter::try_new(file, schema, None).expect("a writer");
    writer.write(&rows).expect("rows");
    writer.close().expect("a footer");
    let study = String::from_utf8(bytes(here, "study.toml")).expect("text");
    let study = study.replace("persons.csv", "persons.parquet");
    std::fs::write(here.join("study.toml"), study).expect("a study");
}

fn as_texts(ids: &[String]) -> ArrayRef {
    Arc::new(StringArray::from(ids.to_vec()))
}

fn as_floats(ids: &[String]) -> ArrayRef {
    let value = |id: &String| id.trim().parse::<f64>().expect("a number");
    Arc::new(Float64Array::from(ids.iter().map(value).collect::<Vec<_>>()))
}

/// The ids of the PSUs in the cells that the program makes.
fn psus(here: &Path) -> Vec<String> {
    done(here, &["cells", "study.toml", "--output", "own.parquet"]);
    let mut ids: Vec<String> =
        cells(&here.join("own.parquet")).iter().map(|row| row["_psu"].clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn all_engines() -> Vec<Box<dyn Engine>> {
    let all: [Option<Box<dyn Engine>>; 3] = [
        engines::duckdb().map(|engine| Box::new(engine) as Box<dyn Engine>),
        engines::postgres().map(|engine| Box::new(engine) as Box<dyn Engine>),
        engines::spark().map(|engine| Box::new(engine) as Box<dyn Engine>),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn texts_count_as_they_are_written_in_every_engine() {
    let folder = spelt(&TEXTS);
    let here = folder.path();
    assert_eq!(psus(here), ["01", "1", "1.0", "3E12"]);
    let of_csv = cells(&here.join("own.parquet"));
    for engine in all_engines() {
        equal(engine.as_ref(), &tables(here, ',', true));
    }
    as_parquet(here, &as_texts);
    assert_eq!(psus(here), ["01", "1", "1.0", "3E12"]);
    assert!(cells(&here.join("own.parquet")) == of_csv);
    let statement = done(here, &["sql", "study.toml", "--dialect", "duckdb"]);
    assert!(!statement.contains("-- Ids are taken as the table stores them"), "{statement}");
}

#[test]
fn numbers_count_by_their_value_in_every_engine() {
    for (ids, expected) in [
        (&WHOLE[..], &["1", "3000000000000"][..]),
        (
            &NUMBERS,
            &[
                "-20000000",
                "0.0000001",
                "1",
                "10000000000000000",
                "12345678.25",
                "2.5",
                "3000000000000",
            ],
        ),
    ] {
        let folder = spelt(ids);
        let here = folder.path();
        let statement = done(here, &["sql", "study.toml", "--dialect", "duckdb"]);
        assert!(statement.contains("-- Ids are taken as the table stores them: texts as they are"));
        as_parquet(here, &as_floats);
        assert_eq!(psus(here), expected);
        for engine in all_engines() {
            equal(engine.as_ref(), &tables(here, ',', false));
        }
    }
}

#[test]
fn parts_that_store_ids_in_two_ways_say_how_they_count() {
    let folder = spelt(&TEXTS);
    let here = folder.path();
    as_parquet(here, &|ids| {
        let ids: Vec<String> = ids.iter().map(|id| id.trim().replace("3E12", "3")).collect();
        cast(&as_floats(&ids), &DataType::Int64).expect("whole numbers")
    });
    // Another key, so that no row is there twice.
    let rows = String::from_utf8(bytes(here, "persons.csv")).expect("text");
    let other = |line: (usize, &str)| {
        if line.0 == 0 { line.1.to_string() } else { format!("99999{}", line.1) }
    };
    let rows: Vec<String> = rows.lines().enumerate().map(other).collect();
    std::fs::write(here.join("persons.csv"), rows.join("\n") + "\n").expect("a file");
    let study = String::from_utf8(bytes(here, "study.toml")).expect("text");
    let both = study.replace("\"persons.parquet\"", "[\"persons.csv\", \"persons.parquet\"]");
    std::fs::write(here.join("study.toml"), both).expect("a study");
    let output = inclusion(here, &["estimate", "study.toml"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let of_psu = told.lines().find(|line| line.contains("column `psu` holds")).expect("a note");
    assert!(
        of_psu.contains("ids of strata and sampling units count as they are written in texts, so 1, 1.0 and 01 are three"),
        "{told}"
    );
    let of_age = told.lines().find(|line| line.contains("column `age` holds")).expect("a note");
    assert!(of_age.contains("so 1, 1.0 and 01 are equal"), "{told}");
    assert_eq!(psus(here), ["01", "1", "1.0", "3", "3E12"]);
}

#[test]
fn a_whole_number_that_is_too_large_is_refused_with_what_to_do() {
    let folder = spelt(&["1", "9223372036854775807"]);
    let here = folder.path();
    let stored = |more: u64| {
        let ids = move |ids: &[String]| -> ArrayRef {
            let id = |id: &String| id.parse::<u64>().expect("a number");
            let large = |id: u64| if id > 1 { id + more } else { id };
            Arc::new(UInt64Array::from(ids.iter().map(id).map(large).collect::<Vec<_>>()))
        };
        as_parquet(here, &ids);
    };
    stored(0);
    assert_eq!(psus(here), ["1", "9223372036854775807"]);
    stored(1);
    let message = refused(here, &["estimate", "study.toml"]);
    let expected = "column `psu` cannot be read as UInt64: it holds 9223372036854775808, above 9223372036854775807, the largest whole number that is read; store the column as text";
    assert!(message.contains("persons.parquet") && message.contains(expected), "{message}");
}
