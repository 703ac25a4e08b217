//! Synthetic populations and household ICT surveys with a known truth.
//!
//! Tamoria is a made-up country (`XTA`, a code that ISO 3166 leaves to its users). Its population
//! aged 10 and over is *finite and complete*: every household of every primary sampling unit has
//! its values whether it is ever sampled or not. [`truth`] walks through all of them; [`survey`]
//! draws a stratified two-stage sample and interviews it. An interval that is said to hold the
//! population's value can therefore be checked against that value.
//!
//! Two numbers are easily confused: [`Spec::seed`] makes the *population*, [`Spec::draw`] chooses
//! the *sample* and who does not answer. Samples of the same seed and different draws are
//! independent samples of one population.
//!
//! Every household has its own key of a counter-based generator (ChaCha with 8 rounds), so its
//! values depend on its address only, never on what was generated before or on how many threads
//! took part. Probabilities come from arithmetic and square roots alone, which every platform
//! rounds alike.
//!
//! ```
//! use inclusion_synth::{Domain, Spec, survey, truth};
//!
//! let spec = Spec { strata: 12, psus_per_stratum: 2, population_psus: 12, ..Spec::default() };
//! let rows: usize = survey(&spec)?.map(|batch| batch.num_rows()).sum();
//! assert!(rows > 500);
//!
//! let truth = truth(&spec)?;
//! let women = truth.share("HH7", &Domain { sex: Some(2), ..Domain::default() }).unwrap();
//! let men = truth.share("HH7", &Domain { sex: Some(1), ..Domain::default() }).unwrap();
//! assert!(women < men);
//! # Ok::<(), inclusion_synth::Error>(())
//! ```

mod code_book;
mod columns;
mod digest;
mod frame;
mod household;
mod interview;
mod person;
mod sample;
mod spec;
mod stream;
mod truth;
mod workload;
mod write;

pub use code_book::{Variable, code_book};
pub use columns::schema;
pub use digest::sha256;
pub use sample::{Survey, survey};
pub use spec::{Error, Spec};
pub use truth::{Domain, Item, Population, TRUTH_ITEMS, Truth, truth};
pub use workload::{Workload, write_workload};
pub use write::{write_csv, write_parquet, write_truth};

/// The version of the population model. It changes whenever the same [`Spec`] gives other rows.
pub const MODEL_VERSION: u32 = 1;

/// Area code of the made-up country: user-assigned in ISO 3166-1 alpha-3.
pub const REF_AREA: &str = "XTA";

/// Name of the made-up country.
pub const COUNTRY: &str = "Tamoria";
