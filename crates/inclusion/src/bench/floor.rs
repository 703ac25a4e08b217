//! The floor: decode the columns that a study reads, and drop them.
//!
//! What no engine that reads the same file with the same library can go below. Row groups are
//! decoded in parallel, as the engine does it.

use crate::Error;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows decoded at a time, as the engine's reader does.
const BATCH: usize = 8_192;

/// A file with the columns to decode.
pub(super) struct Decode {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    columns: Vec<usize>,
}

impl Decode {
    /// Reads the footer.
    pub fn open(path: &Path, columns: &[usize]) -> Result<Decode, Error> {
        let file =
            File::open(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        let metadata = ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| {
            Error::Usage(format!(
                "the floor is measured on Parquet files, and {} is none: {error}",
                path.display()
            ))
        })?;
        Ok(Decode { path: path.to_path_buf(), metadata, columns: columns.to_vec() })
    }

    /// Decodes a row group, drops it and gives its number of rows.
    fn row_group(&self, group: usize) -> Result<u64, Error> {
        let failed = |error: &dyn std::fmt::Display| {
            let message = format!("row group {}: {error}", group + 1);
            Error::Read { path: self.path.clone(), source: std::io::Error::other(message) }
        };
        let file = File::open(&self.path)
            .map_err(|source| Error::Read { path: self.path.clone(), source })?;
        let schema = self.metadata.metadata().file_metadata().schema_descr();
        let mask = ProjectionMask::roots(schema, self.columns.iter().copied());
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(BATCH)
                .build()
                .map_err(|error| failed(&error))?;
        let mut rows = 0;
        for batch in reader {
            rows += batch.map_err(|error| failed(&error))?.num_rows() as u64;
        }
        Ok(rows)
    }
}

/// Decodes all row groups of all files and gives the number of rows.
pub(super) fn decode(files: &[Decode]) -> Result<u64, Error> {
    let groups: Vec<(&Decode, usize)> = files
        .iter()
        .flat_map(|file| (0..file.metadata.metadata().num_row_groups()).map(move |g| (file, g)))
        .collect();
    groups.into_par_iter().map(|(file, group)| file.row_group(group)).sum()
}
