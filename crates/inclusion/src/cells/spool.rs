//! Cells that come from a cluster, kept on disk until all are here: by grouping set and in the order in which they
//! come, which is that of strata and PSUs, so that what is made of them takes no memory that grows with them. The
//! files have no name: they are gone with the process, however it ends.

use super::file::ROWS;
use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::{and, filter_record_batch, is_not_null, is_null, sum};
use arrow::datatypes::{Int64Type, SchemaRef};
use arrow::error::ArrowError;
use inclusion_survey::BoxError;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::sync::{Mutex, PoisonError};

/// Cells of a row group, which is read at once.
const GROUP: usize = 1 << 14;

/// Takes the cells of all grouping sets.
pub(super) struct Spool<'a> {
    pub sets: &'a [Vec<String>],
    /// All concepts of the sets.
    pub concepts: &'a [&'a str],
    writers: Vec<ArrowWriter<File>>,
    /// Rows that the cells of each set stand for.
    pub rows: Vec<u64>,
}

impl<'a> Spool<'a> {
    pub(super) fn new(sets: &'a [Vec<String>], concepts: &'a [&'a str]) -> Spool<'a> {
        Spool { sets, concepts, writers: Vec::new(), rows: vec![0; sets.len()] }
    }

    /// Takes a batch; the first may be one without cells, which tells the columns.
    pub(super) fn take(&mut self, batch: &RecordBatch) -> Result<(), BoxError> {
        for (at, set) in self.sets.iter().enumerate() {
            let part = of_set(batch, set, self.concepts)?;
            if at == self.writers.len() {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::LZ4_RAW)
                    .set_max_row_group_row_count(Some(GROUP))
                    .build();
                let file = tempfile::tempfile()?;
                let writer = ArrowWriter::try_new(file, part.schema(), Some(properties));
                self.writers.push(writer.map_err(of_disk)?);
            }
            self.writers[at].write(&part).map_err(of_disk)?;
            self.rows[at] += total(&part, ROWS)?;
        }
        Ok(())
    }

    /// The cells of each set.
    pub(super) fn finish(self) -> Result<Vec<Spooled>, BoxError> {
        let ended = |writer: ArrowWriter<File>| {
            let file = writer.into_inner().map_err(of_disk)?;
            let metadata = ArrowReaderMetadata::load(&file, Default::default())?;
            Ok(Spooled { file: Mutex::new(file), metadata })
        };
        self.writers.into_iter().map(ended).collect()
    }
}

/// What the disk said, where it is at fault.
fn of_disk(error: ParquetError) -> BoxError {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => error,
            Err(error) => error,
        },
        error => error.into(),
    }
}

/// The sum of a column of counts.
pub(super) fn total(batch: &RecordBatch, name: &str) -> Result<u64, ArrowError> {
    let absent = || ArrowError::SchemaError(format!("no column `{name}` of counts came back"));
    let counts = batch.column_by_name(name).and_then(|array| array.as_primitive_opt::<Int64Type>());
    Ok(sum(counts.ok_or_else(absent)?).unwrap_or(0).unsigned_abs())
}

/// The cells of a grouping set, in which only its concepts are filled.
fn of_set(
    batch: &RecordBatch,
    set: &[String],
    concepts: &[&str],
) -> Result<RecordBatch, ArrowError> {
    let mut members = BooleanArray::from(vec![true; batch.num_rows()]);
    let mut kept: Vec<usize> = Vec::new();
    for (at, field) in batch.schema().fields().iter().enumerate() {
        let of_set = set.contains(field.name());
        let is_concept = concepts.contains(&field.name().as_str());
        if is_concept {
            let values = batch.column(at);
            let filled = if of_set { is_not_null(values)? } else { is_null(values)? };
            members = and(&members, &filled)?;
        }
        if of_set || !is_concept {
            kept.push(at);
        }
    }
    filter_record_batch(&batch.project(&kept)?, &members)
}

/// The cells of a grouping set on disk.
pub(crate) struct Spooled {
    /// One reader at a time: all have one place in the file.
    file: Mutex<File>,
    metadata: ArrowReaderMetadata,
}

impl Spooled {
    /// The number of cells.
    pub(super) fn cells(&self) -> u64 {
        self.metadata.metadata().file_metadata().num_rows().unsigned_abs()
    }

    pub(super) fn units(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    pub(super) fn schema(&self) -> SchemaRef {
        self.metadata.schema().clone()
    }

    /// Reads a row group, and nothing behind the last.
    pub(super) fn read(
        &self,
        unit: usize,
        each: &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        if unit >= self.units() {
            return Ok(());
        }
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(
            file.try_clone()?,
            self.metadata.clone(),
        );
        let reader = reader.with_row_groups(vec![unit]).with_batch_size(GROUP).build()?;
        for batch in reader {
            each(batch?)?;
        }
        Ok(())
    }
}
