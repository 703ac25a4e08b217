//! Rows that a program already holds as Arrow batches: read where they are, in place of a file.
//!
//! Numbers are never copied. Texts that are stored in another way than the lookup tables take them
//! (views, large offsets) are turned into it a small batch at a time.

use super::columnar::{BATCH, Piece, columns, pieces, raw};
use crate::Error;
use crate::error::Halt;
use crate::table::{About, RawBatch, Table, broken};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table in memory that stands for a file.
#[derive(Clone)]
pub struct Frame {
    schema: SchemaRef,
    batches: Arc<[RecordBatch]>,
}

/// Frames by the path under which a request names them.
pub type Frames = BTreeMap<PathBuf, Frame>;

impl Frame {
    /// Batches of one schema; those without rows are left out.
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Frame {
        let batches = batches.into_iter().filter(|batch| batch.num_rows() > 0).collect();
        Frame { schema, batches }
    }

    /// Names and types of the columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The batches.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.batches.iter().map(|batch| batch.num_rows() as u64).sum()
    }

    /// Bytes of the values.
    pub fn size(&self) -> u64 {
        self.batches.iter().map(|batch| batch.get_array_memory_size() as u64).sum()
    }
}

/// The rows of a frame are data of persons: they are not printed.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({} rows, {} columns)", self.rows(), self.schema.fields().len())
    }
}

struct Memory {
    about: About,
    frame: Frame,
    pieces: Vec<Piece>,
}

/// Opens a frame under the path that stands for it.
pub(crate) fn open(path: &Path, frame: &Frame) -> Result<Box<dyn Table>, Error> {
    let rows: Vec<u64> = frame.batches.iter().map(|batch| batch.num_rows() as u64).collect();
    if rows.is_empty() {
        return Err(broken(path, "no data rows"));
    }
    let about = About {
        path: path.to_path_buf(),
        format: FORMAT.into(),
        size: frame.size(),
        rows: Some(frame.rows()),
        columns: columns(&frame.schema, path)?,
        remarks: Vec::new(),
        word: "row",
    };
    Ok(Box::new(Memory { about, frame: frame.clone(), pieces: pieces(&rows) }))
}

/// What a frame is called as a format.
pub(crate) const FORMAT: &str = "Arrow data in memory";

impl Table for Memory {
    fn about(&self) -> &About {
        &self.about
    }

    fn units(&self) -> usize {
        self.pieces.len()
    }

    fn read(
        &self,
        unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let path = &self.about.path;
        let Piece { group, before, rows, start } = self.pieces[unit];
        let batch =
            self.frame.batches[group].project(columns).map_err(|e| broken(path, e.to_string()))?;
        let all = self.frame.rows().max(1);
        let mut at = 0;
        while at < rows {
            let n = (BATCH as u64).min(rows - at);
            let part = batch.slice((before + at) as usize, n as usize);
            let bytes = (u128::from(self.about.size) * u128::from(n) / u128::from(all)) as u64;
            each(raw(path, &part, start + at, bytes)?)?;
            at += n;
        }
        Ok(())
    }
}
