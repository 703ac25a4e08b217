//! Files of cells: Parquet, or text (`csv.rs`); made here, or by a warehouse (`warehouse.rs`).

use super::facts::{Facts, KEY};
#[cfg(feature = "cluster")]
use super::spool::Spooled;
use super::{csv, warehouse};
use crate::Error;
use crate::output::Unfinished;
use arrow::array::{AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{SchemaRef, UInt64Type};
use inclusion_survey::BoxError;
use inclusion_survey::cells::check_cells;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Column with the number of rows of a cell.
pub(super) const ROWS: &str = "_rows";
/// Cells of a row group, which is read at once.
const GROUP: usize = 1 << 16;

/// A file of cells whose facts were read.
pub(crate) struct CellsFile {
    pub path: PathBuf,
    pub facts: Facts,
    content: Content,
}

enum Content {
    Parquet {
        metadata: ArrowReaderMetadata,
    },
    /// Read at once: text, or the result of a warehouse, by grouping set.
    Whole {
        sets: Vec<RecordBatch>,
    },
    /// What came from a cluster, by grouping set.
    #[cfg(feature = "cluster")]
    Spooled {
        sets: Vec<Spooled>,
    },
}

impl CellsFile {
    /// Opens a file of cells and reads its facts.
    pub(crate) fn open(path: &Path) -> Result<CellsFile, Error> {
        if is_text(path) {
            let (facts, sets) = csv::read(path)?;
            let content = Content::Whole { sets };
            return Ok(CellsFile { path: path.to_path_buf(), facts, content });
        }
        let file =
            File::open(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
        let metadata = ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| {
            wrong(match path.extension() {
                Some(ending) if !ending.eq_ignore_ascii_case("parquet") => format!(
                    "it ends in `.{}`, and cells are read from `.parquet` and `.csv`, neither packed nor in \
                     a workbook; save them as one of these",
                    ending.display()
                ),
                _ => format!("it is no whole Parquet file ({error}); make the cells again"),
            })
        })?;
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let own = pairs.into_iter().flatten().find(|pair| pair.key == KEY);
        if own.is_none() && metadata.schema().column_with_name("_facts").is_some() {
            let batch = whole(&file, &metadata).map_err(|error| wrong(error.to_string()))?;
            let (facts, sets) = warehouse::read(path, &batch)?;
            let content = Content::Whole { sets };
            return Ok(CellsFile { path: path.to_path_buf(), facts, content });
        }
        let text = own.and_then(|pair| pair.value.as_ref()).ok_or_else(|| {
            wrong(format!(
                "it holds no cells: its metadata have no `{KEY}`; `inclusion cells` makes them"
            ))
        })?;
        let facts = Facts::parse(path, text)?;
        Ok(CellsFile { path: path.to_path_buf(), facts, content: Content::Parquet { metadata } })
    }

    /// Cells that a cluster made, by grouping set. `path` is that of the rows.
    #[cfg(feature = "cluster")]
    pub(crate) fn made(path: &Path, facts: Facts, sets: Vec<Spooled>) -> CellsFile {
        CellsFile { path: path.to_path_buf(), facts, content: Content::Spooled { sets } }
    }

    /// The number of cells that a cluster made.
    #[cfg(feature = "cluster")]
    pub(crate) fn cells(&self) -> u64 {
        match &self.content {
            Content::Spooled { sets } => sets.iter().map(Spooled::cells).sum(),
            Content::Parquet { .. } | Content::Whole { .. } => 0,
        }
    }

    pub(crate) fn units(&self) -> usize {
        match &self.content {
            Content::Parquet { metadata } => metadata.metadata().num_row_groups(),
            Content::Whole { .. } => 1,
            #[cfg(feature = "cluster")]
            Content::Spooled { sets } => sets.iter().map(Spooled::units).max().unwrap_or(0),
        }
    }

    /// The columns of a grouping set; the first, where the cells are by the cross of all concepts.
    pub(crate) fn schema(&self, set: usize) -> SchemaRef {
        match &self.content {
            Content::Parquet { metadata } => metadata.schema().clone(),
            Content::Whole { sets } => sets[set].schema(),
            #[cfg(feature = "cluster")]
            Content::Spooled { sets } => sets[set].schema(),
        }
    }

    /// Reads a row group of a grouping set.
    pub(crate) fn read(
        &self,
        set: usize,
        unit: usize,
        each: &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let metadata = match &self.content {
            Content::Whole { sets } => return each(sets[set].clone()),
            #[cfg(feature = "cluster")]
            Content::Spooled { sets } => return sets[set].read(unit, each),
            Content::Parquet { metadata } => metadata.clone(),
        };
        let file = File::open(&self.path)?;
        let before = metadata.metadata().row_groups()[..unit].iter().map(|own| own.num_rows());
        let mut row = usize::try_from(before.sum::<i64>())?;
        let form = self.facts.form();
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_row_groups(vec![unit])
            .build()?;
        for batch in reader {
            let batch = batch?;
            check_cells(&form, &batch, row)?;
            row += batch.num_rows();
            each(batch)?;
        }
        Ok(())
    }
}

/// All rows of a Parquet file.
fn whole(file: &File, metadata: &ArrowReaderMetadata) -> Result<RecordBatch, BoxError> {
    let reader =
        ParquetRecordBatchReaderBuilder::new_with_metadata(file.try_clone()?, metadata.clone())
            .build()?;
    let batches = reader.collect::<Result<Vec<_>, _>>()?;
    Ok(concat_batches(metadata.schema(), &batches)?)
}

/// True for the name of a text file.
pub(crate) fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// Writes cells as Parquet, under a temporary name until all are there.
pub(crate) struct CellsWriter {
    path: PathBuf,
    writer: ArrowWriter<File>,
    unfinished: Unfinished,
    /// Cells written.
    pub cells: u64,
}

impl CellsWriter {
    pub(crate) fn new(path: &Path, schema: SchemaRef) -> Result<CellsWriter, Error> {
        let (unfinished, file) = Unfinished::new(path)?;
        let level = ZstdLevel::try_new(3).map_err(|error| Error::Internal(error.to_string()))?;
        // The version of the writing library is no part of the data.
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_max_row_group_row_count(Some(GROUP))
            .set_created_by("inclusion".into())
            .build();
        let writer = ArrowWriter::try_new(file, schema, Some(properties))
            .map_err(|error| failed(path, error.into()))?;
        Ok(CellsWriter { path: path.to_path_buf(), writer, unfinished, cells: 0 })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.cells += batch.num_rows() as u64;
        self.writer.write(batch).map_err(|error| failed(&self.path, error.into()))
    }

    /// Adds the facts, and gives the file its name.
    pub(crate) fn finish(mut self, facts: &Facts) -> Result<(), Error> {
        let pair = KeyValue::new(KEY.to_string(), facts.text()?);
        self.writer.append_key_value_metadata(pair);
        self.finish_bare()
    }

    /// Gives the file its name; the facts are in a column.
    pub(crate) fn finish_bare(self) -> Result<(), Error> {
        let file = self.writer.into_inner().map_err(|error| failed(&self.path, error.into()))?;
        self.unfinished.finish(&file)
    }
}

fn failed(path: &Path, error: BoxError) -> Error {
    Error::Write { path: path.to_path_buf(), source: std::io::Error::other(error) }
}

/// Takes the cells of a survey to a file.
pub(crate) struct Sink<'a> {
    path: &'a Path,
    writer: Option<CellsWriter>,
    failure: Option<Error>,
    /// Rows of the survey that the cells stand for.
    pub rows: u64,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(path: &'a Path) -> Sink<'a> {
        Sink { path, writer: None, failure: None, rows: 0 }
    }

    /// Takes a batch; none begins anew.
    pub(crate) fn take(&mut self, batch: Option<RecordBatch>) -> Result<(), BoxError> {
        let Some(batch) = batch else {
            (self.writer, self.rows) = (None, 0);
            return Ok(());
        };
        self.write(&batch).map_err(|error| {
            let text = error.to_string();
            self.failure = Some(error);
            BoxError::from(text)
        })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = batch.column_by_name(ROWS).and_then(|c| c.as_primitive_opt::<UInt64Type>());
        self.rows += rows.and_then(arrow::compute::sum).unwrap_or(0);
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => CellsWriter::new(self.path, batch.schema())?,
        };
        writer.write(batch)?;
        self.writer = Some(writer);
        Ok(())
    }

    /// Its own error, if it was that which stopped the making.
    pub(crate) fn failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Ends the file and gives the number of cells.
    pub(crate) fn finish(self, facts: &Facts) -> Result<u64, Error> {
        let writer = self.writer.ok_or_else(|| Error::Internal("no cells came".to_string()))?;
        let cells = writer.cells;
        writer.finish(facts).map(|()| cells)
    }
}
