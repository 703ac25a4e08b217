//! Parquet and Arrow IPC: a row group, or a stored batch, is a unit. A file of few row groups has several
//! units in each, so that it can be read by more than one thread.

use super::footer;
use crate::error::{Halt, Spot};
use crate::table::{
    About, Bounds, Positions, RawBatch, RawColumn, Reader, SourceColumn, Stamp, Table, broken,
    contained, plain_or_coded, plain_type,
};
use crate::{Error, Options, names};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::FileReader;
use inclusion_registry::FileSpec;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Rows decoded at a time: small enough for the second-level cache with twenty columns, and a
/// column of eight-byte numbers for the allocator to use the same memory again.
pub(super) const BATCH: usize = 8192;

/// Apache Parquet.
pub(crate) struct Parquet;
/// Apache Arrow IPC file (Feather version 2).
pub(crate) struct ArrowIpc;

/// Units that a Parquet file has at least, where its rows suffice …
const UNITS: u64 = 4;
/// … for so many in each. What stands before a unit in its row group is decoded to be passed over.
const UNIT_ROWS: u64 = 100_000;

struct ParquetFile {
    about: About,
    metadata: ArrowReaderMetadata,
    pieces: Vec<Piece>,
    stamp: Stamp,
}

/// Rows of a row group that are read together.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Its row group, or batch.
    pub group: usize,
    /// Rows before it in the row group, and its own.
    pub before: u64,
    pub rows: u64,
    /// Its first row in the file, from 1.
    pub start: u64,
}

/// The units of row groups of so many rows.
pub(super) fn pieces(groups: &[u64]) -> Vec<Piece> {
    let wanted = UNITS.div_ceil(groups.len().max(1) as u64);
    let mut start = 1;
    let mut pieces = Vec::new();
    for (group, rows) in groups.iter().enumerate() {
        let parts = wanted.min(rows / UNIT_ROWS).max(1);
        for part in 0..parts {
            let (before, end) = (rows * part / parts, rows * (part + 1) / parts);
            pieces.push(Piece { group, before, rows: end - before, start });
            start += end - before;
        }
    }
    pieces
}

struct IpcFile {
    about: About,
    batches: usize,
    starts: Vec<u64>,
    stamp: Stamp,
}

fn file(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|e| Error::read(path, e))
}

fn ends_with(path: &Path, size: u64, magic: &[u8]) -> Result<bool, Error> {
    if size < 2 * magic.len() as u64 {
        return Ok(false);
    }
    let mut tail = vec![0; magic.len()];
    let mut source = file(path)?;
    source
        .seek(SeekFrom::End(-(magic.len() as i64)))
        .and_then(|_| source.read_exact(&mut tail))
        .map_err(|e| Error::read(path, e))?;
    Ok(tail == magic)
}

pub(crate) fn columns(schema: &SchemaRef, path: &Path) -> Result<Vec<SourceColumn>, Error> {
    names::check_unique(schema.fields().iter().map(|f| f.name().as_str()), path)?;
    Ok(schema
        .fields()
        .iter()
        .map(|f| {
            let mut column = SourceColumn::new(f.name(), plain_type(f.data_type()));
            column.label = f.metadata().get("label").cloned();
            column
        })
        .collect())
}

fn starts(rows: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut next = 1;
    rows.map(|n| {
        let start = next;
        next += n;
        start
    })
    .collect()
}

impl Reader for Parquet {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"PAR1")
    }

    fn open(
        &self,
        path: &Path,
        _spec: &FileSpec,
        options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        let stamp = Stamp::of(path)?;
        if !ends_with(path, stamp.size, b"PAR1")? {
            return Err(broken(
                path,
                "not a complete parquet file: its end is missing; copy it again",
            ));
        }
        let wrong = |e: parquet::errors::ParquetError| {
            broken(path, format!("the parquet footer is damaged: {e}"))
        };
        let load = || {
            let source = file(path)?;
            ArrowReaderMetadata::load(&source, ArrowReaderOptions::new())
                .map_err(|e| Halt::from(wrong(e)))
        };
        let metadata = match contained(path, load) {
            Ok(metadata) => metadata,
            Err(Halt::Ours(error)) => return Err(error),
            Err(_) => return Err(broken(path, "the parquet footer is damaged")),
        };
        let about = About {
            path: path.to_path_buf(),
            format: "Parquet".into(),
            size: stamp.size,
            rows: None,
            columns: columns(metadata.schema(), path)?,
            remarks: Vec::new(),
            word: "row",
        };
        let pieces = pieces(&limits(path, &metadata, stamp.size, options)?);
        let rows = metadata.metadata().file_metadata().num_rows().max(0) as u64;
        if rows == 0 {
            return Err(broken(path, "no data rows"));
        }
        Ok(Box::new(ParquetFile {
            about: About { rows: Some(rows), ..about },
            metadata: footer::coded(metadata),
            pieces,
            stamp,
        }))
    }
}

/// Checks what the footer claims before anything is allocated; gives the rows of each group.
fn limits(
    path: &Path,
    metadata: &ArrowReaderMetadata,
    size: u64,
    options: &Options,
) -> Result<Vec<u64>, Error> {
    let spot = || Spot::file(path);
    let (mut expanded, mut cells, mut rows) = (0u64, 0u64, Vec::new());
    for group in metadata.metadata().row_groups() {
        let n = u64::try_from(group.num_rows()).map_err(|_| {
            broken(path, "the footer claims a negative number of rows; the file is damaged")
        })?;
        rows.push(n);
        for column in group.columns() {
            let (start, length) = (column.data_page_offset(), column.compressed_size());
            let fits = start >= 0
                && length >= 0
                && (start as u64).saturating_add(length as u64)
                    <= size.saturating_add(length as u64);
            if !fits || length as u64 > size || column.uncompressed_size() < 0 {
                return Err(broken(
                    path,
                    format!(
                        "the footer places column `{}` outside the file ({length} bytes at {start}, the file has {size}); the file is damaged",
                        column.column_path().string()
                    ),
                ));
            }
            expanded = expanded.saturating_add(column.uncompressed_size() as u64);
            cells = cells.saturating_add(n);
        }
    }
    // A run-length code can claim any number of rows in a few bytes: eight bytes a cell is what reading them costs.
    let claimed = expanded.max(cells.saturating_mul(8));
    if claimed > options.max_expanded {
        let what = format!("the footer claims {claimed} bytes of data in a file of {size} bytes");
        return Err(Error::Limit {
            spot: spot(),
            what,
            limit: options.max_expanded,
            option: "max_expanded",
        });
    }
    if expanded / size.max(1) > options.max_ratio {
        let what =
            format!("the footer claims data of {} times the file's size", expanded / size.max(1));
        return Err(Error::Limit {
            spot: spot(),
            what,
            limit: options.max_ratio,
            option: "max_ratio",
        });
    }
    Ok(rows)
}

impl Table for ParquetFile {
    fn about(&self) -> &About {
        &self.about
    }

    fn units(&self) -> usize {
        self.pieces.len()
    }

    fn first_row(&self, unit: usize) -> u64 {
        self.pieces[unit].start
    }

    fn bounds(&self, unit: usize, column: usize) -> Option<Bounds> {
        let piece = self.pieces.get(unit)?;
        let bounds = footer::bounds(&self.metadata, piece.group, column)?;
        Some(Bounds { rows: piece.rows, ..bounds })
    }

    fn read(
        &self,
        unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let path = &self.about.path;
        let piece = &self.pieces[unit];
        let damaged = |e: String| {
            Halt::Ours(broken(path, format!("row group {} is damaged: {e}", piece.group + 1)))
        };
        let group = self.metadata.metadata().row_group(piece.group);
        let rows = group.num_rows().max(1) as u64;
        let bytes = group.compressed_size().max(0) as u64;
        let mask = ProjectionMask::roots(
            self.metadata.metadata().file_metadata().schema_descr(),
            columns.iter().copied(),
        );
        let mut reader = contained(path, || {
            let whole = piece.rows == rows;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(
                file(path)?,
                self.metadata.clone(),
            )
            .with_row_groups(vec![piece.group])
            .with_projection(mask)
            .with_batch_size(BATCH);
            let builder = match whole {
                true => builder,
                false => builder.with_offset(piece.before as usize).with_limit(piece.rows as usize),
            };
            builder.build().map_err(|e| damaged(e.to_string()))
        })?;
        let mut row = piece.start;
        while let Some(batch) = contained(path, || Ok(reader.next()))? {
            let batch = batch.map_err(|e| damaged(e.to_string()))?;
            let n = batch.num_rows() as u64;
            each(raw(path, &batch, row, bytes * n / rows)?)?;
            row += n;
        }
        unchanged(path, &self.stamp)
    }
}

pub(super) fn raw(
    path: &Path,
    batch: &RecordBatch,
    row: u64,
    bytes: u64,
) -> Result<RawBatch, Halt> {
    let mut columns = Vec::with_capacity(batch.num_columns());
    for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let values = plain_or_coded(array).map_err(|e| {
            broken(
                path,
                format!("column `{}` cannot be read as {}: {e}", field.name(), field.data_type()),
            )
        })?;
        columns.push(RawColumn::new(values));
    }
    Ok(RawBatch {
        rows: batch.num_rows(),
        positions: Positions::From(row),
        columns,
        bytes,
        log: Vec::new(),
    })
}

fn unchanged(path: &Path, stamp: &Stamp) -> Result<(), Halt> {
    if Stamp::of(path)? == *stamp { Ok(()) } else { Err(Error::Changed(path.to_path_buf()).into()) }
}

impl Reader for ArrowIpc {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"ARROW1")
    }

    fn open(
        &self,
        path: &Path,
        _spec: &FileSpec,
        _options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        let stamp = Stamp::of(path)?;
        if !ends_with(path, stamp.size, b"ARROW1")? {
            return Err(broken(
                path,
                "not a complete Arrow file: its end is missing; copy it again",
            ));
        }
        let scan = || {
            let wrong = |e: arrow::error::ArrowError| {
                Halt::Ours(broken(path, format!("the Arrow file is damaged: {e}")))
            };
            let reader = FileReader::try_new(file(path)?, Some(Vec::new())).map_err(wrong)?;
            let schema = FileReader::try_new(file(path)?, None).map_err(wrong)?.schema();
            let batches = reader.num_batches();
            let rows = reader
                .map(|b| b.map(|b| b.num_rows() as u64))
                .collect::<Result<Vec<_>, _>>()
                .map_err(wrong)?;
            Ok((schema, batches, rows))
        };
        let (schema, batches, rows) = match contained(path, scan) {
            Ok(found) => found,
            Err(Halt::Ours(error)) => return Err(error),
            Err(_) => return Err(broken(path, "the Arrow file is damaged")),
        };
        let total: u64 = rows.iter().sum();
        if total == 0 {
            return Err(broken(path, "no data rows"));
        }
        let about = About {
            path: path.to_path_buf(),
            format: "Arrow IPC".into(),
            size: stamp.size,
            rows: Some(total),
            columns: columns(&schema, path)?,
            remarks: Vec::new(),
            word: "row",
        };
        Ok(Box::new(IpcFile { about, batches, starts: starts(rows.into_iter()), stamp }))
    }
}

impl Table for IpcFile {
    fn about(&self) -> &About {
        &self.about
    }

    fn units(&self) -> usize {
        self.batches
    }

    fn read(
        &self,
        unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let path = &self.about.path;
        let batch = contained(path, || {
            let wrong = |e: arrow::error::ArrowError| {
                Halt::Ours(broken(path, format!("batch {} is damaged: {e}", unit + 1)))
            };
            let mut reader =
                FileReader::try_new_buffered(file(path)?, Some(columns.to_vec())).map_err(wrong)?;
            reader.set_index(unit).map_err(wrong)?;
            reader.next().transpose().map_err(wrong)
        })?;
        if let Some(batch) = batch {
            // Slices keep the consumer's working set small whatever the stored batch is.
            let (n, mut at) = (batch.num_rows(), 0);
            while at < n {
                let part = batch.slice(at, BATCH.min(n - at));
                let bytes =
                    self.about.size / self.batches as u64 * part.num_rows() as u64 / n as u64;
                each(raw(path, &part, self.starts[unit] + at as u64, bytes)?)?;
                at += part.num_rows();
            }
        }
        unchanged(path, &self.stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_few_row_groups_cover_every_row_once() {
        let of = |groups: &[u64]| -> Vec<(usize, u64, u64, u64)> {
            pieces(groups).iter().map(|p| (p.group, p.before, p.rows, p.start)).collect()
        };
        assert_eq!(of(&[200_001]), [(0, 0, 100_000, 1), (0, 100_000, 100_001, 100_001)]);
        assert_eq!(of(&[10, 20]), [(0, 0, 10, 1), (1, 0, 20, 11)]);
        assert_eq!(of(&[1_000_000]).len(), 4);
        assert_eq!(of(&[1_000_000, 60_000]).len(), 3);
        assert_eq!(of(&[250_000; 4]).len(), 4);
        let ends: Vec<u64> = of(&[1_000_000, 60_000]).iter().map(|p| p.3 + p.2).collect();
        let starts: Vec<u64> = of(&[1_000_000, 60_000]).iter().map(|p| p.3).collect();
        assert_eq!(ends[..2], starts[1..]);
        assert_eq!(ends[2], 1_060_001);
    }
}
