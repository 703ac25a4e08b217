//! The demonstration rows as Parquet, stored in one way or another.

use crate::survey::done;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float32Array, Float64Array, Int32Array, RecordBatch,
    StringArray,
};
use arrow::compute::{
    SortColumn, cast, concat_batches, filter_record_batch, lexsort_to_indices, take_record_batch,
};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::path::Path;
use std::sync::Arc;

/// How the columns are stored.
#[derive(Clone, Copy)]
pub enum Stored {
    /// Numbers as numbers.
    Typed,
    /// The same with floats of 32 bits.
    Single,
    /// Everything as text.
    Text,
    /// Everything as text in a dictionary.
    Dictionary,
}

/// Writes `persons.csv` of a folder as Parquet files, each with a run of the rows, and changes the study.
pub fn as_parquet(folder: &Path, stored: Stored, parts: usize) {
    let mut reader = csv::Reader::from_path(folder.join("persons.csv")).expect("the rows");
    let names: Vec<String> =
        reader.headers().expect("a header").iter().map(str::to_string).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let columns: Vec<ArrayRef> = (0..names.len())
        .map(|at| {
            let texts: Vec<Option<&str>> =
                rows.iter().map(|row| Some(&row[at]).filter(|text| !text.is_empty())).collect();
            column(&texts, stored)
        })
        .collect();
    let field =
        |(name, array): (&String, &ArrayRef)| Field::new(name, array.data_type().clone(), true);
    let schema = Arc::new(Schema::new(names.iter().zip(&columns).map(field).collect::<Vec<_>>()));
    let all = RecordBatch::try_new(schema.clone(), columns).expect("a batch");
    let mut files = Vec::new();
    let length = all.num_rows().div_ceil(parts);
    for part in 0..parts {
        // A name with marks that mean several files elsewhere.
        let name = format!("persons [{part}] 100%.parquet");
        let start = part * length;
        let rows = all.slice(start, length.min(all.num_rows() - start));
        let file = std::fs::File::create(folder.join(&name)).expect("a file");
        let mut writer = ArrowWriter::try_new(file, schema.clone(), None).expect("a writer");
        writer.write(&rows).expect("rows");
        writer.close().expect("a footer");
        files.push(format!("{name:?}"));
    }
    let study = std::fs::read_to_string(folder.join("study.toml")).expect("a study");
    let study = study.replace("\"persons.csv\"", &format!("[{}]", files.join(", ")));
    std::fs::write(folder.join("study.toml"), study).expect("a study");
}

fn column(texts: &[Option<&str>], stored: Stored) -> ArrayRef {
    let as_text: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let whole: Option<Vec<Option<i32>>> = texts
        .iter()
        .map(|text| text.map(|text| text.parse().ok()).map_or(Some(None), |n| n.map(Some)))
        .collect();
    let real: Option<Vec<Option<f64>>> = texts
        .iter()
        .map(|text| text.map(|text| text.parse().ok()).map_or(Some(None), |n| n.map(Some)))
        .collect();
    match (stored, whole, real) {
        (Stored::Typed | Stored::Single, Some(whole), _) => Arc::new(Int32Array::from(whole)),
        (Stored::Typed, None, Some(real)) => Arc::new(Float64Array::from(real)),
        (Stored::Single, None, Some(real)) => {
            Arc::new(real.into_iter().map(|v| v.map(|v| v as f32)).collect::<Float32Array>())
        }
        (Stored::Typed | Stored::Single | Stored::Text, ..) => as_text,
        (Stored::Dictionary, ..) => {
            let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            cast(&as_text, &kind).expect("a dictionary")
        }
    }
}

fn table(path: &Path) -> RecordBatch {
    let file = std::fs::File::open(path).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let reader = reader.with_batch_size(1 << 20).build().expect("a reader");
    let batches: Vec<RecordBatch> = reader.map(|batch| batch.expect("a batch")).collect();
    concat_batches(&batches[0].schema(), &batches).expect("one batch")
}

/// The cells of a study that a cluster made are, set by set and column by column, those that the program
/// makes for the set alone: for very many cells.
pub fn same_tables(here: &Path, result: &str) {
    let theirs = table(&here.join(result));
    let facts = theirs["_facts"].as_string::<i32>().iter().flatten().next().expect("facts");
    let facts: serde_json::Value = serde_json::from_str(facts).expect("JSON");
    let names: Vec<&str> = facts["by"]
        .as_array()
        .expect("concepts")
        .iter()
        .map(|by| by["concept"].as_str().expect("a name"))
        .collect();
    let sets: Vec<Vec<String>> = serde_json::from_value(facts["sets"].clone()).expect("sets");
    let study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
    let mut count = 0;
    for set in &sets {
        let by = |line: &str| match line.starts_with("by = ") {
            true => format!("by = [\"{}\"]\n", set.join(" * ")),
            false => format!("{line}\n"),
        };
        std::fs::write(here.join("one.toml"), study.lines().map(by).collect::<String>())
            .expect("a study");
        done(here, &["cells", "one.toml", "--output", "one.parquet"]);
        let ours = table(&here.join("one.parquet"));
        let of_set = |row: usize| {
            names.iter().all(|name| theirs[*name].is_valid(row) == set.iter().any(|s| s == name))
        };
        let members: BooleanArray = (0..theirs.num_rows()).map(|row| Some(of_set(row))).collect();
        let theirs = filter_record_batch(&theirs, &members).expect("a set");
        count += theirs.num_rows();
        let own = ours.schema();
        let columns: Vec<ArrayRef> = own
            .fields()
            .iter()
            .map(|field| cast(&theirs[field.name().as_str()], field.data_type()).expect("a type"))
            .collect();
        let theirs = RecordBatch::try_new(own, columns).expect("a batch");
        assert!(sorted(&theirs, set) == sorted(&ours, set), "{set:?}");
    }
    assert_eq!(count, theirs.num_rows());
}

/// The rows by stratum, PSU and codes.
fn sorted(batch: &RecordBatch, set: &[String]) -> RecordBatch {
    let keys = ["_stratum", "_psu"].into_iter().chain(set.iter().map(String::as_str));
    let key = |name| SortColumn { values: batch[name].clone(), options: None };
    let order = lexsort_to_indices(&keys.map(key).collect::<Vec<_>>(), None).expect("an order");
    take_record_batch(batch, &order).expect("rows")
}
