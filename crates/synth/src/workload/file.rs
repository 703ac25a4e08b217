//! A workload as files.

use super::permutation::Permutation;
use super::row::{Row, Rows};
use super::{ITEMS, Workload, study};
use crate::Error;
use crate::write::whole_file;
use arrow::array::{ArrayRef, Float64Array, Int8Array, Int16Array, Int32Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a row group.
const ROW_GROUP: u64 = 250_000;
/// Rows made at a time.
const BATCH: u64 = 25_000;

/// Writes the data files, the registry folder and the studies of a workload, and gives the paths of
/// data and studies.
///
/// Parquet with zstd of level 1 in row groups of 250,000 rows; the same workload gives the same bytes.
///
/// # Errors
///
/// [`Error::Workload`] for a number that cannot be used; [`Error::Write`] or [`Error::Parquet`].
pub fn write_workload(workload: &Workload, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    workload.check()?;
    let mut paths = Vec::new();
    let (all, parts) = (workload.rows, u64::from(workload.parts));
    for (part, name) in (0..parts).zip(workload.files()) {
        let path = folder.join(name);
        std::fs::create_dir_all(folder).map_err(|e| Error::Write(folder.to_owned(), e))?;
        let rows = part * all / parts..(part + 1) * all / parts;
        whole_file(&path, |file| write(workload, rows, file, &path))?;
        paths.push(path);
    }
    for (name, text) in study::texts(workload) {
        let path = folder.join(&name);
        let failed = |e| Error::Write(path.clone(), e);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
        std::fs::write(&path, text).map_err(failed)?;
        if name.starts_with("study") {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn write(workload: &Workload, places: Range<u64>, file: File, path: &Path) -> Result<u64, Error> {
    let failed = |error| Error::Parquet(path.to_owned(), error);
    let level = ZstdLevel::try_new(1).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(ROW_GROUP as usize))
        .set_created_by("inclusion-synth".into())
        .build();
    let schema = schema(workload);
    let mut writer =
        ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(failed)?;
    let rows = Rows::new(workload);
    let order = workload.shuffled.then(|| Permutation::new(workload.rows, workload.seed));
    let number = |place: u64| order.as_ref().map_or(place, |order| order.of(place));
    let mut start = places.start;
    while start < places.end {
        let end = places.end.min(start + BATCH);
        let made: Vec<Row> = (start..end).map(|place| rows.row(number(place))).collect();
        writer.write(&batch(workload, &schema, &rows, &made)).map_err(failed)?;
        start = end;
    }
    writer.close().map_err(failed)?;
    Ok(places.end - places.start)
}

/// The columns of the files, all of which may be blank as far as the type knows.
fn schema(workload: &Workload) -> SchemaRef {
    use DataType::{Float64, Int8, Int16, Int32};
    let mut fields: Vec<(String, DataType)> =
        [("weight", Float64), ("stratum", Int32), ("psu", Int32), ("sex", Int8)]
            .map(|(name, kind)| (name.to_string(), kind))
            .into();
    let code = |name: &str| (name.to_string(), Int8);
    match workload.groups {
        true => fields.extend(["first", "second", "third", "item"].map(code)),
        false => {
            fields.extend(["age", "area", "wealth"].map(code));
            fields.push(("country".to_string(), Int16));
            fields.extend((1..=ITEMS).map(|i| (format!("item_{i}"), Int8)));
            fields.extend((1..=workload.replicates).map(|r| (format!("rep_{r}"), Float64)));
        }
    }
    let fields = fields.into_iter().map(|(name, kind)| Field::new(name, kind, true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn batch(workload: &Workload, schema: &SchemaRef, rows: &Rows, made: &[Row]) -> RecordBatch {
    let codes = |of: &dyn Fn(&Row) -> Option<i8>| -> ArrayRef {
        Arc::new(made.iter().map(of).collect::<Int8Array>())
    };
    let numbers = |of: &dyn Fn(&Row) -> i32| -> ArrayRef {
        Arc::new(Int32Array::from_iter_values(made.iter().map(of)))
    };
    let weights = made.iter().map(|row| row.weight as f64 / 1e4);
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(Float64Array::from_iter_values(weights)),
        numbers(&|row| row.stratum),
        numbers(&|row| row.psu),
        codes(&|row| Some(row.sex)),
    ];
    if workload.groups {
        columns.extend((0..3).map(|at| codes(&|row| Some(row.groups[at]))));
        columns.push(codes(&|row| row.items[0]));
    } else {
        columns.push(codes(&|row| Some(row.age)));
        columns.push(codes(&|row| Some(row.area)));
        columns.push(codes(&|row| row.wealth));
        columns.push(Arc::new(Int16Array::from_iter_values(made.iter().map(|row| row.country))));
        columns.extend((0..ITEMS).map(|i| codes(&|row| row.items[i])));
        columns.extend(replicates(workload, rows, made));
    }
    RecordBatch::try_new(schema.clone(), columns)
        .expect("invariant: one array for each field, of its type, all of one length")
}

fn replicates(workload: &Workload, rows: &Rows, made: &[Row]) -> Vec<ArrayRef> {
    let count = workload.replicates as usize;
    let mut columns = vec![Vec::with_capacity(made.len()); count];
    let mut weights = vec![0; count];
    for row in made {
        rows.replicates(row, &mut weights);
        for (column, weight) in columns.iter_mut().zip(&weights) {
            column.push(*weight as f64 / 1e5);
        }
    }
    columns.into_iter().map(|column| Arc::new(Float64Array::from(column)) as ArrayRef).collect()
}
