//! SDMX in and out: structures, data, and publishable rows as observations.
//!
//! The generic part knows no indicator, and any structure works with the same code.
//! [`read_structures`] gives a [`Structure`] with its code lists; [`Reader`] a stream of
//! [`Observation`]s, which are held against a structure where there is one; [`Writer`] writes them in
//! four formats, and refuses what the structure does not allow. Memory does not grow with a file but
//! for the keys, of which each may stand once.
//!
//! On top of it, [`sdg_observations`] and [`own_observations`] turn publishable rows into observations,
//! in the structure of the Sustainable Development Goals and in the project's own ([`OwnStructure`]).

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
pub use number::{Value, number_text};
pub use observation::{Columns, Observation};
pub use own::{AGENCY, OwnNames, OwnStructure};
pub use period::is_time_period;
pub use publishable::{
    LeftOut, MapOptions, Mapped, Published, YearOf, own_observations, sdg_observations,
};
pub use read::{InputFormat, NamedStructure, ReadOptions, Reader};
pub use read_structure::read_structures;
pub use structure::{
    Attachment, Attribute, Code, Codelist, Component, Concept, Constraint, Dataflow, Reference,
    Region, Representation, Structure, Structures,
};
pub use write::{Action, Format, MessageHeader, WriteOptions, Writer};
pub use write_structure::write_structure;
