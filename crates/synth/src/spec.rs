//! How large the population and the sample are.

use std::path::PathBuf;

/// Mean number of interviewed persons in a sampled household, non-responding households included;
/// measured on the default population and used only to size a survey by its number of rows.
const ROWS_PER_HOUSEHOLD: f64 = 3.256;

/// A population and a sample of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// Makes the population.
    pub seed: u64,
    /// Chooses the sample, and who does not answer; other draws are other samples of the same
    /// population.
    pub draw: u32,
    /// Number of strata, at least 12: six regions by urban and rural.
    pub strata: u32,
    /// Mean number of primary sampling units of a stratum in the population. Strata have between
    /// 0.4 and 1.6 times as many.
    pub population_psus: u32,
    /// Sampled primary sampling units of each stratum, at least 2.
    pub psus_per_stratum: u32,
    /// Sampled households of each primary sampling unit, 2 to 40.
    pub households_per_psu: u32,
}

impl Default for Spec {
    /// About 20,000 persons of a population of some 3.5 million: 40 strata of 15 sampled PSUs
    /// with 10 households each.
    fn default() -> Spec {
        Spec {
            seed: 20_240_501,
            draw: 0,
            strata: 40,
            population_psus: 250,
            psus_per_stratum: 15,
            households_per_psu: 10,
        }
    }
}

/// Fewest households a primary sampling unit of the population can have.
pub(crate) const FEWEST_HOUSEHOLDS: u32 = 54;

impl Spec {
    /// A survey of about `rows` persons: the strata stay, the number of PSUs grows, in the
    /// population as in the sample. The actual number differs by about 1 %.
    pub fn with_rows(self, rows: u64) -> Spec {
        let per_psu = f64::from(self.households_per_psu) * ROWS_PER_HOUSEHOLD;
        let psus = (rows as f64 / per_psu / f64::from(self.strata.max(1))).round();
        let psus_per_stratum = psus.clamp(2.0, f64::from(u32::MAX / 64)) as u32;
        let ratio = f64::from(self.population_psus) / f64::from(self.psus_per_stratum.max(1));
        let population_psus = (f64::from(psus_per_stratum) * ratio).ceil() as u32;
        Spec { psus_per_stratum, population_psus, ..self }
    }

    /// Checks that the sample can be drawn from the population.
    ///
    /// # Errors
    ///
    /// [`Error::Spec`] names the field and the value that would do.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |field, value, need: String| Err(Error::Spec { field, value, need });
        if self.strata < 12 || self.strata > 100_000 {
            return wrong(
                "strata",
                self.strata,
                "12 to 100000 (six regions, urban and rural)".into(),
            );
        }
        if self.psus_per_stratum < 2 {
            return wrong(
                "psus_per_stratum",
                self.psus_per_stratum,
                "2 or more, or there is no variance".into(),
            );
        }
        if !(2..=40).contains(&self.households_per_psu) {
            return wrong("households_per_psu", self.households_per_psu, "2 to 40".into());
        }
        // A PSU may be half as large again as the mean, and is selected at most once.
        let need = u64::from(self.psus_per_stratum) * 5;
        if u64::from(self.population_psus) < need {
            let need = format!("{need} or more (five times psus_per_stratum)");
            return wrong("population_psus", self.population_psus, need);
        }
        if u64::from(self.population_psus) * u64::from(self.strata) > i32::MAX as u64 / 2 {
            let most = i32::MAX as u32 / 2 / self.strata;
            return wrong(
                "population_psus",
                self.population_psus,
                format!("{most} or fewer, so that PSU numbers fit 32 bits"),
            );
        }
        Ok(())
    }
}

/// Why a synthetic survey could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A number of the specification cannot be used.
    #[error("synthetic survey: `{field}` is {value}; it must be {need}")]
    Spec {
        /// Field of [`Spec`].
        field: &'static str,
        /// Its value.
        value: u32,
        /// What it must be.
        need: String,
    },

    /// A number of a workload cannot be used.
    #[error("workload: `{field}` is {value}; it must be {need}")]
    Workload {
        /// Field of [`crate::Workload`].
        field: &'static str,
        /// Its value.
        value: u64,
        /// What it must be.
        need: String,
    },

    /// A file could not be written.
    #[error("cannot write {}; check that the folder exists and has room", .0.display())]
    Write(PathBuf, #[source] std::io::Error),

    /// A file could not be read back.
    #[error("cannot read {}", .0.display())]
    Read(PathBuf, #[source] std::io::Error),

    /// The Parquet writer failed.
    #[error("cannot write {} as Parquet", .0.display())]
    Parquet(PathBuf, #[source] parquet::errors::ParquetError),
}
