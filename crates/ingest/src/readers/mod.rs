//! The file formats. A file is recognised by its first bytes, never by its extension.

mod bytes;
mod columnar;
mod delimited;
mod footer;
mod memory;
mod records;
#[cfg(test)]
mod samples;
mod statistical;
mod workbook;

pub(crate) use columnar::columns as columns_of_arrow;
pub(crate) use delimited::marks as delimited_marks;
pub(crate) use memory::FORMAT as IN_MEMORY;
pub use memory::{Frame, Frames};
pub(crate) use workbook::{NAME as WORKBOOK, sheets};

use crate::table::{Reader, Table, broken};
use crate::{Error, Options};
use inclusion_registry::FileSpec;
use std::io::Read;
use std::path::Path;

/// The formats in the order in which they are tried; delimited text takes what is left.
static READERS: &[&dyn Reader] = &[
    &columnar::Parquet,
    &columnar::ArrowIpc,
    &statistical::Stata,
    &statistical::Spss,
    &statistical::Xpt,
    &workbook::Workbook,
    &delimited::Delimited,
];

/// Formats that are recognised only to say that they cannot be read.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"ASCII SPSS PORT FILE", "an SPSS portable file (.por)"),
    (b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60", "a SAS data set (.sas7bdat)"),
    (b"Obj\x01", "an Avro file"),
    (b"%PDF", "a PDF document"),
    (b"<!DOCTYPE", "a web page, perhaps the answer of a failed download"),
    (b"<!doctype", "a web page, perhaps the answer of a failed download"),
    (b"<html", "a web page, perhaps the answer of a failed download"),
    (b"<?xml", "an XML file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"RDX2\n", "an R data file"),
    (b"RDX3\n", "an R data file"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
];

/// Opens a file in its format, or the frame that stands for it.
pub(crate) fn open(
    path: &Path,
    spec: &FileSpec,
    options: &Options,
) -> Result<Box<dyn Table>, Error> {
    if let Some(frame) = options.frames.get(path) {
        return memory::open(path, frame);
    }
    let stamp = crate::table::Stamp::of(path)?;
    let mut head = Vec::new();
    let read = |e| Error::read(path, e);
    std::fs::File::open(path).map_err(read)?.take(512).read_to_end(&mut head).map_err(read)?;
    if stamp.size == 0 {
        return Err(broken(path, "the file is empty: no header"));
    }
    for (magic, what) in FOREIGN {
        let offset = head.windows(magic.len()).take(256).position(|w| w == *magic);
        if offset == Some(0) || (offset.is_some() && what.contains(".por")) {
            return Err(broken(
                path,
                format!(
                    "is {what}, which cannot be read; save it as CSV, Parquet, .dta, .sav or .xpt"
                ),
            ));
        }
    }
    let reader = READERS
        .iter()
        .find(|r| r.recognises(&head))
        .expect("invariant: delimited text recognises every file");
    reader.open(path, spec, options)
}
