//! Time and memory of a study, stage by stage, beside the floor: only decoding the columns it needs.

mod floor;
mod meter;
mod stages;

pub use meter::{Cost, Meter};
pub use stages::{Measured, Stage, measure, measure_floor};
