//! Which format a file has, by its head.

use crate::xml::Xml;
use crate::{Error, Place};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Xml,
    Csv,
}

/// Opens a file and looks at its first bytes; a byte order mark is passed over.
pub(crate) fn open(path: &Path) -> Result<(Head, Box<dyn BufRead>), Error> {
    let read = |error| Error::Read(path.into(), error);
    let mut input = BufReader::with_capacity(1 << 16, File::open(path).map_err(read)?);
    let place = Place { file: path.into(), line: 1, ..Place::default() };
    let head = input.fill_buf().map_err(read)?;
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::invalid(place, "the file is UTF-16; save it as UTF-8"));
    }
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        input.consume(3);
    }
    let head = input.fill_buf().map_err(read)?;
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => Ok((Head::Xml, Box::new(input))),
        Some(b'{' | b'[') => {
            Err(Error::invalid(place, "SDMX-JSON is not read; ask for SDMX-CSV or SDMX-ML"))
        }
        Some(_) => Ok((Head::Csv, Box::new(input))),
        None => Err(Error::invalid(place, "the file is empty")),
    }
}

/// A version of SDMX-ML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MlVersion {
    /// 2.1.
    V21,
    /// 3.0, or 3.1, which has the same data messages.
    V30,
}

/// The version that the namespace of the root element tells.
pub(crate) fn ml_version(xml: &Xml) -> Result<MlVersion, Error> {
    let own = if xml.prefix.is_empty() { "xmlns".into() } else { format!("xmlns:{}", xml.prefix) };
    let namespace = xml.attributes.get(&own).unwrap_or_default();
    if namespace.contains("/schemas/v2_1/") {
        Ok(MlVersion::V21)
    } else if namespace.contains("/schemas/v3_0/") || namespace.contains("/schemas/v3_1/") {
        Ok(MlVersion::V30)
    } else {
        let message = format!("{namespace:?} is not a namespace of SDMX-ML 2.1 or 3.0");
        Err(xml.invalid(message))
    }
}
