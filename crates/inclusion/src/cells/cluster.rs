//! Cells that a cluster makes of Parquet files, by the statement of `inclusion sql`.
//!
//! The driver reads of the files their footers, for the types of the columns and the number of rows, and
//! their bytes once for the fingerprints in the annex; in an object store, too. What comes back is not
//! trusted: each grouping set must stand for the same number of rows, and for all rows of the files. Where
//! the recipe leaves rows out, a second statement counts all rows and those that are kept, because a file
//! that the engine does not find is an empty one to it.

use super::facts::{Source, name_of};
use super::file::{CellsFile, CellsWriter};
use super::make::chosen;
use super::read::passed;
use super::{CellsMade, facts_for_sql};
use crate::plan::{Part, Prepared, Sample};
use crate::reproduce::{
    ALL_ROWS, KEPT_ROWS, Stored, WEIGHT_MAX, WEIGHT_MIN, sql_of_engine, table_of_engine,
};
use crate::walk::Passed;
use crate::{ClusterTold, Error, counted, output};
use arrow::array::{ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::compute::{and, cast, filter_record_batch, is_not_null, is_null, sum};
use arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema, SchemaRef};
use inclusion_cluster::{Event, Object, Query, Table, is_object};
use inclusion_ingest::{Header, header_of_parquet, sha256};
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The estimates of a sample from cells that a cluster makes.
pub(crate) fn pass_of_cluster(
    prepared: &Prepared,
    sample: &Sample,
    scheduler: &str,
    told: &ClusterTold<'_>,
) -> Result<Passed, Error> {
    let cells = cells_of_cluster(prepared, sample, scheduler, told)?;
    let facts = cells.facts.clone();
    passed(prepared, sample, &[cells], &facts)
}

/// Makes the cells of a survey on a cluster and saves them, with the columns of the result of `inclusion
/// sql`.
///
/// # Errors
///
/// As [`crate::make_cells`], and [`Error::Cluster`].
pub fn make_cells_on_cluster(
    prepared: &Prepared,
    survey: Option<&str>,
    path: &Path,
    scheduler: &str,
    told: &ClusterTold<'_>,
) -> Result<CellsMade, Error> {
    let started = Instant::now();
    let [sample] = chosen(prepared, survey)?[..] else {
        return Err(Error::Usage(format!(
            "a cluster makes the cells of one survey at a time, and the study has {}; name one by `--survey`",
            prepared.samples.len()
        )));
    };
    output::not_an_input(&prepared.study, path)?;
    let cells = cells_of_cluster(prepared, sample, scheduler, told)?;
    let rows = cells.facts.sources.iter().filter(|source| source.own).map(|source| source.rows);
    let (rows, files) = (rows.clone().sum(), rows.count());
    let count = save(&cells, path)?;
    Ok(CellsMade {
        path: path.to_path_buf(),
        survey: sample.plan.sample.clone(),
        made: Some((rows, files, count)),
        seconds: started.elapsed().as_secs_f64(),
    })
}

fn cells_of_cluster(
    prepared: &Prepared,
    sample: &Sample,
    scheduler: &str,
    told: &ClusterTold<'_>,
) -> Result<CellsFile, Error> {
    let id = sample.plan.sample.as_str();
    let mut facts = facts_for_sql(sample)?;
    let part = &sample.parts[0];
    let files = files(prepared, part)?;
    let stored = stored(&files);
    let header = |file: &SourceFile| -> Result<(PathBuf, Header), Error> {
        Ok((file.path.clone(), header_of_parquet(&file.path, &file.schema)?))
    };
    let objects = files.iter().filter(|file| file.object.is_some());
    let headers = objects.map(header).collect::<Result<_, _>>()?;
    let sql = sql_of_engine(prepared, sample, &stored, &headers)?;
    let tables: Vec<Table> = part
        .files
        .keys()
        .map(|role| Table {
            name: table_of_engine(role),
            files: files
                .iter()
                .filter(|f| f.role == *role)
                .map(|f| (f.absolute.clone(), f.rows))
                .collect(),
        })
        .collect();
    let sql: Vec<&str> =
        [Some(&sql.cells), sql.rows.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let query = Query { scheduler, name: id, sql: &sql, tables: &tables };
    let heard = |event| match event {
        Event::Submitted(cluster) => told(
            id,
            &format!(
                "runs on {} of {scheduler} (Ballista {})",
                counted(cluster.executors as u64, "executor"),
                cluster.version
            ),
        ),
        Event::Stages(done) => told(id, &format!("{} done", counted(done as u64, "stage"))),
        Event::Again(reason) => {
            told(id, &format!("runs again from its beginning, because {reason}"))
        }
    };
    // The fingerprints are made here while the cluster works, and are of no use if it fails.
    let failed = AtomicBool::new(false);
    let (results, sources) = std::thread::scope(|scope| {
        let sources = scope.spawn(|| sources(prepared, part, &files, &failed));
        let results = inclusion_cluster::run(&query, &heard);
        failed.store(results.is_err(), Ordering::Relaxed);
        (results, sources.join())
    });
    let results = results?;
    let stopped = |_| Error::Internal("the fingerprints of files stopped".to_string());
    facts.sources = sources.map_err(stopped)??;
    let rows_file = files.iter().find(|file| file.role == part.recipe.rows);
    let path = rows_file.map(|file| file.path.clone()).unwrap_or_default();
    let [batches, counts @ ..] = &results[..] else {
        return Err(Error::Internal("no result came from the cluster".to_string()));
    };
    covered(&path, batches)?;
    let form = facts.form();
    let concepts: Vec<&str> = form.by.iter().map(|(concept, _)| concept.as_str()).collect();
    let sets = by_set(&facts.sets, &concepts, batches).map_err(|e| broken(&path, &e))?;
    let here: u64 = files.iter().filter(|f| f.role == part.recipe.rows).map(|f| f.rows).sum();
    let wanted = match counts.first() {
        Some(counts) => kept(&path, counts, here)?,
        None => here,
    };
    whole(&path, &sets, wanted)?;
    if wanted == 0 {
        crate::area::check_rows(sample, 0)?;
    }
    if part.recipe.design.weight.is_some()
        && let (Some(low), Some(high)) =
            (bound(batches, WEIGHT_MIN, f64::min), bound(batches, WEIGHT_MAX, f64::max))
    {
        facts.weights.insert(part.recipe.id.clone(), [low.to_string(), high.to_string()]);
    }
    Ok(CellsFile::made(&path, facts, sets))
}

/// A Parquet file of the survey.
struct SourceFile {
    role: String,
    path: PathBuf,
    absolute: PathBuf,
    rows: u64,
    size: u64,
    schema: SchemaRef,
    /// In an object store.
    object: Option<Object>,
}

fn files(prepared: &Prepared, part: &Part) -> Result<Vec<SourceFile>, Error> {
    let mut found = Vec::new();
    for (role, paths) in &part.files {
        for path in paths {
            let read = |source| Error::Read { path: path.clone(), source };
            if prepared.study.frames.contains_key(path) {
                return Err(Error::Usage(
                    "a cluster reads files, and no tables of this process".to_string(),
                ));
            }
            if is_object(path) {
                let object = inclusion_cluster::look(path)?;
                found.push(SourceFile {
                    role: role.clone(),
                    path: path.clone(),
                    absolute: path.clone(),
                    rows: object.rows,
                    size: object.size,
                    schema: object.schema.clone(),
                    object: Some(object),
                });
                continue;
            }
            let file = File::open(path).map_err(read)?;
            let size = file.metadata().map_err(read)?.len();
            let footer = ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| {
                Error::Usage(format!(
                    "a cluster reads Parquet, and {} is not ({error}); store it as Parquet, or estimate with `--engine local`",
                    path.display()
                ))
            })?;
            found.push(SourceFile {
                role: role.clone(),
                path: path.clone(),
                absolute: std::path::absolute(path).map_err(read)?,
                rows: footer.metadata().file_metadata().num_rows().unsigned_abs(),
                size,
                schema: footer.schema().clone(),
                object: None,
            });
        }
    }
    Ok(found)
}

/// How columns are stored, where every file of their role stores them alike.
fn stored(files: &[SourceFile]) -> BTreeMap<(String, String), Stored> {
    let mut known: BTreeMap<(String, String), Stored> = BTreeMap::new();
    for file in files {
        for field in file.schema.fields() {
            let own = match field.data_type() {
                DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::UInt8
                | DataType::UInt16
                | DataType::UInt32 => Stored::Whole,
                DataType::Float64 => Stored::Float,
                DataType::UInt64 | DataType::Null => Stored::Text,
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Stored::Text,
                DataType::Dictionary(_, of) if of.is_string() => Stored::Text,
                _ => Stored::Otherwise,
            };
            known
                .entry((file.role.clone(), field.name().clone()))
                .and_modify(|stored| match (*stored, own) {
                    (one, other) if one == other => {}
                    (Stored::Otherwise, _) | (_, Stored::Otherwise) => *stored = Stored::Otherwise,
                    _ => *stored = Stored::Text,
                })
                .or_insert(own);
        }
    }
    known
}

fn sources(
    prepared: &Prepared,
    part: &Part,
    files: &[SourceFile],
    failed: &AtomicBool,
) -> Result<Vec<Source>, Error> {
    let of = |file: &SourceFile| {
        Ok(Source {
            recipe: part.recipe.id.clone(),
            own: file.role == part.recipe.rows,
            role: file.role.clone(),
            file: name_of(&prepared.study, &file.path),
            format: "Parquet".to_string(),
            size: file.size,
            sha256: match &file.object {
                Some(object) => sha256_of_object(&file.path, object, failed)?,
                None => sha256(&file.path).unwrap_or_else(|| "unreadable".into()),
            },
            rows: file.rows,
        })
    };
    files.iter().map(of).collect()
}

/// The fingerprint of an object, through which it is known that it is the same all the while.
fn sha256_of_object(path: &Path, object: &Object, failed: &AtomicBool) -> Result<String, Error> {
    let mut hash = Sha256::new();
    inclusion_cluster::read(path, object, &mut |bytes| {
        hash.update(bytes);
        !failed.load(Ordering::Relaxed)
    })?;
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Refuses cells with rows that the recipe does not cover.
fn covered(path: &Path, batches: &[RecordBatch]) -> Result<(), Error> {
    let mut found: Vec<String> = Vec::new();
    for batch in batches {
        let faults = column(batch, "_fault").and_then(|array| cast(array, &DataType::Utf8));
        let faults = faults.map_err(|error| broken(path, &error))?;
        found.extend(faults.as_string::<i32>().iter().flatten().map(str::to_string));
    }
    // The cells come in no order, and the same fault is told of the same rows.
    found.sort();
    match found.first() {
        None => Ok(()),
        Some(fault) => Err(Error::Cells {
            path: path.to_path_buf(),
            message: format!(
                "{} have rows that the recipe does not cover: {fault}; correct the file or map the value in the recipe",
                counted(found.len() as u64, "cell")
            ),
        }),
    }
}

/// The cells of each grouping set, in which only its concepts are filled.
fn by_set(
    sets: &[Vec<String>],
    concepts: &[&str],
    batches: &[RecordBatch],
) -> Result<Vec<Vec<RecordBatch>>, arrow::error::ArrowError> {
    let mut all = Vec::new();
    for set in sets {
        let mut own = Vec::new();
        for batch in batches {
            let mut members = BooleanArray::from(vec![true; batch.num_rows()]);
            let mut kept: Vec<usize> = Vec::new();
            for (at, field) in batch.schema().fields().iter().enumerate() {
                let of_set = set.contains(field.name());
                if concepts.contains(&field.name().as_str()) {
                    let values = batch.column(at);
                    let filled = if of_set { is_not_null(values)? } else { is_null(values)? };
                    members = and(&members, &filled)?;
                }
                if of_set || !concepts.contains(&field.name().as_str()) {
                    kept.push(at);
                }
            }
            let part = filter_record_batch(&batch.project(&kept)?, &members)?;
            // Its columns are asked for even where it has no cell.
            if part.num_rows() > 0 || own.is_empty() {
                own.push(part);
            }
        }
        all.push(own);
    }
    Ok(all)
}

/// The rows that are kept, as they were counted; an error if all rows are not those that the files have.
fn kept(path: &Path, batches: &[RecordBatch], here: u64) -> Result<u64, Error> {
    let all = total(path, batches, ALL_ROWS)?;
    if all != here {
        return Err(other_rows(path, "the cluster read", all, here));
    }
    total(path, batches, KEPT_ROWS)
}

/// An error where a set does not stand for this number of rows.
fn whole(path: &Path, sets: &[Vec<RecordBatch>], wanted: u64) -> Result<(), Error> {
    for batches in sets {
        let rows = total(path, batches, "_rows")?;
        if rows != wanted {
            return Err(other_rows(path, "the cluster's cells stand for", rows, wanted));
        }
    }
    Ok(())
}

fn other_rows(path: &Path, what: &str, rows: u64, wanted: u64) -> Error {
    Error::Cells {
        path: path.to_path_buf(),
        message: format!(
            "{what} {}, and there are {}; nothing was estimated of them: run the same command once more",
            counted(rows, "row"),
            crate::message::grouped(wanted)
        ),
    }
}

/// The sum of a column of counts.
fn total(path: &Path, batches: &[RecordBatch], name: &str) -> Result<u64, Error> {
    let mut all = 0;
    for batch in batches {
        let counts = column(batch, name).map_err(|error| broken(path, &error))?;
        let counts = counts.as_primitive_opt::<Int64Type>();
        all += counts.and_then(sum).unwrap_or(0).unsigned_abs();
    }
    Ok(all)
}

/// The smallest or largest value of a column.
fn bound(batches: &[RecordBatch], name: &str, further: fn(f64, f64) -> f64) -> Option<f64> {
    let columns = batches.iter().filter_map(|batch| batch.column_by_name(name));
    let values = columns.filter_map(|array| array.as_primitive_opt::<Float64Type>());
    values.flat_map(|array| array.iter().flatten()).reduce(further)
}

fn column<'a>(
    batch: &'a RecordBatch,
    name: &str,
) -> Result<&'a ArrayRef, arrow::error::ArrowError> {
    let absent = || arrow::error::ArrowError::SchemaError(format!("no column `{name}` came back"));
    batch.column_by_name(name).ok_or_else(absent)
}

fn broken(path: &Path, error: &arrow::error::ArrowError) -> Error {
    let message = format!("what the cluster made of it cannot be read: {error}");
    Error::Cells { path: path.to_path_buf(), message }
}

/// Writes cells as the result of a statement is saved, and gives their number.
fn save(cells: &CellsFile, path: &Path) -> Result<u64, Error> {
    let mut facts = Some(cells.facts.text()?);
    let form = cells.facts.form();
    let all = cells.batches();
    let count: usize = all.iter().map(RecordBatch::num_rows).sum();
    let mut writer: Option<CellsWriter> = None;
    for batch in all {
        let rows = batch.num_rows();
        let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
        for (concept, _) in &form.by {
            let own = batch.column_by_name(concept).map(|array| cast(array, &DataType::Utf8));
            let own = own.transpose().map_err(|error| broken(path, &error))?;
            fields.push(Field::new(concept, DataType::Utf8, true));
            columns.push(own.unwrap_or_else(|| Arc::new(StringArray::new_null(rows))));
        }
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            let concept = form.by.iter().any(|(concept, _)| concept == field.name());
            if !concept && ![WEIGHT_MIN, WEIGHT_MAX].contains(&field.name().as_str()) {
                fields.push(field.as_ref().clone());
                columns.push(array.clone());
            }
        }
        fields.push(Field::new("_cells", DataType::Int64, true));
        columns.push(Arc::new(Int64Array::from(vec![count as i64; rows])));
        let mut told: Vec<Option<String>> = vec![None; rows];
        if let Some(first) = told.first_mut() {
            *first = facts.take();
        }
        fields.push(Field::new("_facts", DataType::Utf8, true));
        columns.push(Arc::new(StringArray::from(told)));
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .map_err(|error| broken(path, &error))?;
        let mut open = match writer.take() {
            Some(writer) => writer,
            None => CellsWriter::new(path, batch.schema())?,
        };
        open.write(&batch)?;
        writer = Some(open);
    }
    let writer = writer.ok_or_else(|| Error::Internal("no cells came".to_string()))?;
    writer.finish_bare().map(|()| count as u64)
}
