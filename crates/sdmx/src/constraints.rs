//! Which codes each series takes: a table with one line a series.
//!
//! The header names the components (`SERIES,Name,UNIT_MEASURE,SEX,…`), a cell lists codes joined by
//! `;`, and `ALL` is any code. The column `Name` is for people. Version and content come from the
//! file given; nothing is built in.

use crate::{Error, Place};
use rustc_hash::FxHashMap;
use std::path::Path;

/// The codes that each series takes.
#[derive(Debug, Clone, Default)]
pub struct SeriesConstraints {
    /// The components after the series, in the order of the file.
    pub components: Vec<String>,
    /// Series in the order of the file.
    names: Vec<String>,
    /// Series in capitals → for each component its codes; `None` is any.
    allowed: FxHashMap<String, Vec<Option<Vec<String>>>>,
}

impl SeriesConstraints {
    /// Reads a table of constraints.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] with the line where the file has no column `SERIES`, a row has another
    /// number of cells than the header, or a series stands there twice.
    pub fn read(path: &Path) -> Result<SeriesConstraints, Error> {
        let at = |line| Place { file: path.into(), line, ..Place::default() };
        let broken = |error: csv::Error| {
            let line = error.position().map_or(0, csv::Position::line);
            Error::invalid(at(line), error.to_string())
        };
        let file = std::fs::File::open(path).map_err(|e| Error::Read(path.into(), e))?;
        let mut reader = csv::Reader::from_reader(file);
        let header = reader.headers().map_err(broken)?.clone();
        let series = header.iter().position(|name| name == "SERIES").ok_or_else(|| {
            Error::invalid(at(1), "no column SERIES; this is no table of series constraints")
        })?;
        let is_component = |(i, name): &(usize, &str)| *i != series && *name != "Name";
        let mut constraints = SeriesConstraints {
            components: header
                .iter()
                .enumerate()
                .filter(is_component)
                .map(|(_, name)| name.to_string())
                .collect(),
            ..SeriesConstraints::default()
        };
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let name = record[series].to_string();
            let codes = record
                .iter()
                .enumerate()
                .filter(|(i, _)| is_component(&(*i, &header[*i])))
                .map(|(_, cell)| match cell {
                    "ALL" => None,
                    codes => Some(codes.split(';').map(|code| code.trim().to_string()).collect()),
                })
                .collect();
            if constraints.allowed.insert(name.to_uppercase(), codes).is_some() {
                let line = record.position().map_or(0, csv::Position::line);
                let message = format!("series {name} stands there twice; keep one line of it");
                return Err(Error::invalid(at(line), message));
            }
            constraints.names.push(name);
        }
        Ok(constraints)
    }

    /// The series, in the order of the file.
    pub fn series(&self) -> &[String] {
        &self.names
    }

    /// The codes of a component that a series takes: the outer `None` where the series or the
    /// component is not in the table, the inner one where any code is allowed. The series is
    /// compared without case.
    pub fn codes(&self, series: &str, component: &str) -> Option<Option<&[String]>> {
        let at = self.components.iter().position(|own| own == component)?;
        self.of(series).map(|codes| codes[at].as_deref())
    }

    /// For each component the codes of a series, `None` for any.
    pub(crate) fn of(&self, series: &str) -> Option<&[Option<Vec<String>>]> {
        self.allowed.get(&series.to_uppercase()).map(Vec::as_slice)
    }
}
