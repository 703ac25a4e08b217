//! Workloads: surveys of many countries for measuring time and memory, with studies of them.
//!
//! A workload is a folder as a user could have written it: typed Parquet files, a registry folder
//! with the concepts, indicators and the recipe, and study files. W1 is ten yes/no items of persons
//! in primary sampling units of about 33, 40 strata a country, ten countries for each million rows
//! and never more than a hundred. The other one is a small file with very many groups.
//!
//! Rows are made *by address*: every value of a row follows from the seed and the row's number. A
//! shuffled file is therefore the same rows under a permutation that is computed, not stored, and a
//! hundred million rows need no more memory than one row group.

mod file;
mod permutation;
mod row;
mod study;

pub use file::write_workload;

use crate::Error;

/// Strata of a country.
const STRATA: u64 = 40;
/// Yes/no items.
const ITEMS: usize = 10;
/// Age groups of five years, from 15 to 74.
const AGES: u64 = 12;
/// Rows for which there is one country more.
const ROWS_PER_COUNTRY: u64 = 100_000;
/// Most countries.
const COUNTRIES: u64 = 100;
/// Persons of a primary sampling unit, about.
const PSU: u64 = 33;

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// Persons.
    pub rows: u64,
    /// Makes the values.
    pub seed: u64,
    /// Rows in an order that has nothing to do with the design, instead of by PSU.
    pub shuffled: bool,
    /// Files, each with a run of the rows.
    pub parts: u32,
    /// Columns of replicate weights: Fay's method with the factor 0.5.
    pub replicates: u32,
    /// Instead of W1: one item and three variables of 26, 26 and 10 codes.
    pub groups: bool,
}

impl Default for Workload {
    fn default() -> Workload {
        Workload {
            rows: 1_000_000,
            seed: 20_240_501,
            shuffled: false,
            parts: 1,
            replicates: 0,
            groups: false,
        }
    }
}

impl Workload {
    /// Countries of the file: one for each 100,000 rows, 1 to 100.
    pub fn countries(&self) -> u64 {
        (self.rows / ROWS_PER_COUNTRY).clamp(1, COUNTRIES)
    }

    /// Strata of the file.
    pub fn strata(&self) -> u64 {
        self.countries() * STRATA
    }

    /// Checks that the file can be made.
    ///
    /// # Errors
    ///
    /// [`Error::Workload`] names the number and what would do.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |field, value: u64, need: &str| {
            Err(Error::Workload { field, value, need: need.to_string() })
        };
        // Every stratum has two PSUs, each with a person.
        if !(2 * STRATA..=1_000_000_000).contains(&self.rows) {
            return wrong("rows", self.rows, "80 to 1000000000");
        }
        if !(1..=999).contains(&self.parts) || u64::from(self.parts) > self.rows {
            return wrong("parts", self.parts.into(), "1 to 999");
        }
        if self.replicates == 1 || self.replicates > 999 {
            return wrong("replicates", self.replicates.into(), "2 to 999, or none");
        }
        if self.groups && self.replicates > 0 {
            return wrong("replicates", self.replicates.into(), "left out of a file of groups");
        }
        Ok(())
    }

    /// Names of the data files.
    pub fn files(&self) -> Vec<String> {
        let stem = if self.groups { "groups" } else { "w1" };
        match self.parts {
            1 => vec![format!("{stem}.parquet")],
            parts => (1..=parts).map(|part| format!("{stem}-{part:03}.parquet")).collect(),
        }
    }
}
