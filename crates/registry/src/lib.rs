//! What is measured, as data: concepts, indicators, recipes, thresholds, styles and policies.
//!
//! Everything an institution may want to change stands in TOML files, built into the program and
//! extended or overridden from a user's own folder. Code knows only *kinds* (a proportion, a band,
//! a count). There is no expression language: a condition maps a concept to its codes or to a
//! range, so the engine and the printed definition read the same data.
//!
//! The one convention to know: a harmonised category is stored as the index of its code in the
//! concept's list, and a missing answer as a negative number that says why ([`Missing`]).

mod area;
mod availability;
mod check;
mod concept;
mod condition;
mod design;
mod disclosure;
mod error;
mod grouping;
mod indicator;
mod load;
mod parity_target;
mod policy;
mod population;
mod recipe;
mod schema;
mod style;
mod suggest;
mod toml_error;
mod world_map;

pub use area::{Area, AreaKind, AreaNames, Areas, UnknownArea, name_key, sort_key};
pub use availability::Availability;
pub use concept::{Code, Concept, ConceptKind, Derive, DerivedCase, Missing, QuantileUnit, Ties};
pub use condition::{Condition, Test};
pub use design::{Design, DesignProblem, ReplicateColumns, ReplicateKind, Stage, Weight};
pub use disclosure::{IntervalWidthRule, Policy, RelativeErrorRule};
pub use error::{Error, Place};
pub use grouping::{
    Group, Grouping, GroupingKind, Groupings, Membership, MissingGrouping, Spell, Spells, Years,
    missing_groupings,
};
pub use indicator::{
    Answer, AnswerRules, Direction, EarlierPeriod, Indicator, IndicatorKind, Population, SdgKey,
    Statistic, Status, Target,
};
pub use load::{Provenance, Registry};
pub use parity_target::ParityTarget;
pub use policy::ThresholdSet;
pub use population::{NoPopulation, Persons, Sex, WorldPopulation};
pub use recipe::{Case, FileSpec, Join, Keep, Mapping, Override, RawTest, Recipe, Unmatched};
pub use schema::{
    FPC, Field, FieldType, PSU, REPLICATE, STRATUM, WEIGHT, replicate_column, schema_of,
    stage_column,
};
pub use style::{Beside, Footnotes, SamplingErrors, Style};
pub use suggest::nearest;
pub use toml_error::invalid_toml;
pub use world_map::{MapPlace, Ring, WorldMap};
