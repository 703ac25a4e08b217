//! Cells that a cluster makes of Parquet files, by the statement of `inclusion sql`.
//!
//! The driver reads of the files their footers, for the types of the columns and the number of rows, and
//! their bytes once for the fingerprints in the annex; in an object store, too. What comes back is not
//! trusted: each grouping set must stand for the same number of rows, and for all rows of the files; if it does
//! not, all runs once more, because an executor may have been lost near the end. Where
//! the recipe leaves rows out, a second statement counts all rows and those that are kept, because a file
//! that the engine does not find is an empty one to it.

use super::again::done_again;
use super::facts::{Source, name_of};
use super::file::{CellsFile, CellsWriter};
use super::make::chosen;
use super::read::passed;
use super::spool::{Spool, total};
use super::{CellsMade, facts_for_sql};
use crate::plan::{Part, Prepared, Sample};
use crate::reproduce::{
    ALL_ROWS, KEPT_ROWS, Stored, WEIGHT_MAX, WEIGHT_MIN, sql_of_engine, table_of_engine,
};
use crate::walk::Passed;
use crate::{ClusterTold, Error, counted, output};
use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::compute::{cast, max, min};
use arrow::datatypes::{DataType, Field, Float64Type, Schema, SchemaRef};
use arrow::error::ArrowError;
use inclusion_cluster::{Event, Object, Query, Table, is_object};
use inclusion_ingest::{Header, header_of_parquet, sha256_while};
use inclusion_survey::BoxError;
use inclusion_survey::cells::CellsForm;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime};

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
    // Rows are counted first: where none is kept nothing is grouped.
    let sql: Vec<&str> =
        [sql.rows.as_ref(), Some(&sql.cells)].into_iter().flatten().map(String::as_str).collect();
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
    let rows_file = files.iter().find(|file| file.role == part.recipe.rows);
    let path = rows_file.map(|file| file.path.clone()).unwrap_or_default();
    let form = facts.form();
    let concepts: Vec<&str> = form.by.iter().map(|(concept, _)| concept.as_str()).collect();
    let sets = facts.sets.clone();
    let here: u64 = files.iter().filter(|f| f.role == part.recipe.rows).map(|f| f.rows).sum();
    let mut ran = || {
        let mut came = Came::new(&sets, &concepts, sql.len() - 1);
        let done = inclusion_cluster::run(&query, &heard, &mut |batch| came.take(batch));
        if came.counted.is_some_and(|[_, kept]| kept == 0) {
            crate::area::check_rows(sample, 0)?;
        }
        done.map_err(|error| match error {
            inclusion_cluster::Error::Taken(error) => not_taken(&path, error),
            error => error.into(),
        })?;
        came.covered(&path)?;
        Ok(came.whole(here).map(|rows| (came, rows)))
    };
    let again = |why: &str| told(id, &format!("runs again from its beginning, because {why}"));
    let refused = |why: String| Error::Cells {
        path: path.clone(),
        message: format!(
            "{why}, and so it was when it ran again; nothing was estimated of them: see whether executors end or run out of memory, and run the same command once more"
        ),
    };
    // The fingerprints are made here while the cluster works, and are of no use if it fails.
    let failed = AtomicBool::new(false);
    let (done, sources) = std::thread::scope(|scope| {
        let sources = scope.spawn(|| sources(prepared, part, &files, &failed));
        let done = done_again(&mut ran, &again, &refused);
        failed.store(done.is_err(), Ordering::Relaxed);
        (done, sources.join())
    });
    let (came, rows) = done?;
    let stopped = |_| Error::Internal("the fingerprints of files stopped".to_string());
    facts.sources = sources.map_err(stopped)??;
    unchanged(&files)?;
    crate::area::check_rows(sample, rows)?;
    if part.recipe.design.weight.is_some()
        && let Some(weights) = came.weights
    {
        facts.weights.insert(part.recipe.id.clone(), weights.map(|weight| weight.to_string()));
    }
    let spooled = came.spool.finish().map_err(|error| not_taken(&path, error))?;
    Ok(CellsFile::made(&path, facts, spooled))
}

/// What has come from the cluster.
struct Came<'a> {
    spool: Spool<'a>,
    /// The place of the statement of the cells; one before it counts rows.
    of_cells: usize,
    /// Cells with rows that the recipe does not cover, and the first fault in the order of words: the same is
    /// told of the same rows, however they are stored.
    faults: (u64, Option<String>),
    /// The smallest and the largest weight.
    weights: Option<[f64; 2]>,
    /// All rows and those that are kept, where a statement counts them.
    counted: Option<[u64; 2]>,
}

impl<'a> Came<'a> {
    fn new(sets: &'a [Vec<String>], concepts: &'a [&'a str], of_cells: usize) -> Came<'a> {
        let spool = Spool::new(sets, concepts);
        Came { spool, of_cells, faults: (0, None), weights: None, counted: None }
    }

    /// Takes a batch of cells or of counts; none begins anew.
    fn take(&mut self, batch: Option<(usize, RecordBatch)>) -> Result<(), BoxError> {
        match batch {
            None => *self = Came::new(self.spool.sets, self.spool.concepts, self.of_cells),
            Some((at, cells)) if at == self.of_cells => {
                // Of no row there are no cells; the counts are whole, for they came before.
                if self.counted.is_some_and(|[_, kept]| kept == 0) {
                    return Err("no row is kept".into());
                }
                self.cells(&cells)?;
            }
            Some((_, counts)) => {
                let [all, kept] = self.counted.unwrap_or_default();
                let more = [total(&counts, ALL_ROWS)?, total(&counts, KEPT_ROWS)?];
                self.counted = Some([all + more[0], kept + more[1]]);
            }
        }
        Ok(())
    }

    fn cells(&mut self, batch: &RecordBatch) -> Result<(), BoxError> {
        let absent = || ArrowError::SchemaError("no column `_fault` came back".to_string());
        let faults = cast(batch.column_by_name("_fault").ok_or_else(absent)?, &DataType::Utf8)?;
        let (count, first) = &mut self.faults;
        for fault in faults.as_string::<i32>().iter().flatten() {
            *count += 1;
            if first.as_deref().is_none_or(|first| fault < first) {
                *first = Some(fault.to_string());
            }
        }
        let column = |name| batch.column_by_name(name)?.as_primitive_opt::<Float64Type>();
        let low = column(WEIGHT_MIN).and_then(min);
        let high = column(WEIGHT_MAX).and_then(max);
        if let (Some(low), Some(high)) = (low, high) {
            let [least, most] = self.weights.unwrap_or([low, high]);
            self.weights = Some([least.min(low), most.max(high)]);
        }
        // Of cells that are refused none is needed.
        if *count == 0 { self.spool.take(batch) } else { Ok(()) }
    }

    /// The rows that the cells stand for, which must be those that are kept of the files `here`.
    fn whole(&self, here: u64) -> Result<u64, String> {
        let other = |what: &str, rows: u64, wanted: u64| {
            let wanted = crate::message::grouped(wanted);
            Err(format!("{what} {}, and there are {wanted}", counted(rows, "row")))
        };
        let wanted = match self.counted {
            Some([all, _]) if all != here => return other("the cluster read", all, here),
            Some([_, kept]) => kept,
            None => here,
        };
        match self.spool.rows.iter().find(|rows| **rows != wanted) {
            Some(rows) => other("the cluster's cells stand for", *rows, wanted),
            None => Ok(wanted),
        }
    }

    /// Refuses cells with rows that the recipe does not cover.
    fn covered(&self, path: &Path) -> Result<(), Error> {
        let (count, Some(fault)) = &self.faults else { return Ok(()) };
        Err(Error::Cells {
            path: path.to_path_buf(),
            message: format!(
                "{} have rows that the recipe does not cover: {fault}; correct the file, or map the value or leave such rows out (`[[keep]]`) in the recipe",
                counted(*count, "cell")
            ),
        })
    }
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
    /// On a disk.
    stamp: Option<Stamp>,
}

/// What tells that a file is the one that it was: length, time and place.
type Stamp = (u64, Option<SystemTime>, [i64; 4]);

fn stamp(file: &Metadata) -> Stamp {
    #[cfg(unix)]
    let place = {
        use std::os::unix::fs::MetadataExt;
        [file.dev() as i64, file.ino() as i64, file.ctime(), file.ctime_nsec()]
    };
    #[cfg(not(unix))]
    let place = [0; 4];
    (file.len(), file.modified().ok(), place)
}

/// Files of a disk are still those that were looked at; of objects it is known when they are read.
fn unchanged(files: &[SourceFile]) -> Result<(), Error> {
    for file in files {
        let now = || std::fs::metadata(&file.path).ok().map(|file| stamp(&file));
        if file.stamp.is_some() && now() != file.stamp {
            return Err(inclusion_cluster::Error::Changed { path: file.path.clone() }.into());
        }
    }
    Ok(())
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
                    stamp: None,
                });
                continue;
            }
            let file = File::open(path).map_err(read)?;
            let metadata = file.metadata().map_err(read)?;
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
                size: metadata.len(),
                schema: footer.schema().clone(),
                object: None,
                stamp: Some(stamp(&metadata)),
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
                DataType::Float32 => Stored::Single,
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
                None => sha256_while(&file.path, &|| !failed.load(Ordering::Relaxed))
                    .unwrap_or_else(|| "unreadable".into()),
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

/// What came could not be read, or not kept on disk.
fn not_taken(path: &Path, error: BoxError) -> Error {
    match error.downcast::<std::io::Error>() {
        Ok(source) => Error::Spool { folder: std::env::temp_dir(), source: *source },
        Err(error) => broken(path, &error),
    }
}

fn broken(path: &Path, error: &dyn std::fmt::Display) -> Error {
    let message = format!("what the cluster made of it cannot be read: {error}");
    Error::Cells { path: path.to_path_buf(), message }
}

/// Writes cells as the result of a statement is saved, and gives their number.
fn save(cells: &CellsFile, path: &Path) -> Result<u64, Error> {
    let mut facts = Some(cells.facts.text()?);
    let form = cells.facts.form();
    let count = cells.cells();
    let mut writer: Option<CellsWriter> = None;
    for set in 0..cells.facts.sets.len() {
        for unit in 0..cells.units() {
            let mut batches = Vec::new();
            let read = cells.read(set, unit, &mut |batch| {
                batches.push(batch);
                Ok(())
            });
            read.map_err(|error| broken(path, &error))?;
            for batch in batches {
                let batch = as_saved(&batch, &form, count, facts.take());
                let batch = batch.map_err(|error| broken(path, &error))?;
                let mut open = match writer.take() {
                    Some(writer) => writer,
                    None => CellsWriter::new(path, batch.schema())?,
                };
                open.write(&batch)?;
                writer = Some(open);
            }
        }
    }
    let writer = writer.ok_or_else(|| Error::Internal("no cells came".to_string()))?;
    writer.finish_bare().map(|()| count)
}

/// Cells of a set with the columns of all sets and those by which a result speaks for itself; the facts are in
/// one row of all.
fn as_saved(
    batch: &RecordBatch,
    form: &CellsForm,
    count: u64,
    mut facts: Option<String>,
) -> Result<RecordBatch, ArrowError> {
    let rows = batch.num_rows();
    let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for (concept, _) in &form.by {
        let own = batch.column_by_name(concept).map(|array| cast(array, &DataType::Utf8));
        let own = own.transpose()?;
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
    fields.push(Field::new("_facts", DataType::Utf8, true));
    columns.push(Arc::new((0..rows).map(|_| facts.take()).collect::<StringArray>()));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
