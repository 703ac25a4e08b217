//! SDMX in and out: structures, data, and publishable rows as observations.
//!
//! The generic part knows no indicator: [`read_structures`] gives a [`Structure`], [`Reader`] a stream
//! of [`Observation`]s that may be held against it. Any structure works with the same code.

mod check;
mod constraints;
mod detect;
mod error;
mod groups;
mod keys;
mod layout;
mod nearest;
mod number;
mod observation;
mod own;
mod period;
mod publishable;
mod read;
mod read_csv;
mod read_ml;
mod read_structure;
mod structure;
mod write;
mod write_structure;
mod xml;

pub use check::{Counts, Rules};
pub use constraints::SeriesConstraints;
pub use detect::MlVersion;
pub use error::{Error, Place, Problem};
pub use nearest::nearest_codes;
pub use number::{Value, number_text, rounded};
pub use observation::{Columns, Observation};
pub use own::{AGENCY, OwnNames, OwnStructure};
pub use period::is_time_period;
pub use publishable::{LeftOut, MapOptions, Mapped, YearOf, own_observations, sdg_observations};
pub use read::{InputFormat, NamedStructure, ReadOptions, Reader};
pub use read_structure::read_structures;
pub use structure::{
    Attachment, Attribute, Code, Codelist, Component, Concept, Constraint, Dataflow, Reference,
    Region, Representation, Structure, Structures,
};
pub use write::{Action, Format, MessageHeader, WriteOptions, Writer};
pub use write_structure::write_structure;
