//! A recipe prepared for one file: every name resolved, every table built, nothing left to look up
//! by name while rows are read.
//!
//! A *slot* is a column that the recipe needs: first those of the rows' file in file order, then
//! those of each looked-up file. A *maker* makes one concept from slots or from earlier makers.

use crate::derive::{Bands, Clause};
use crate::lookup::Lookup;
use crate::number::NumberFormat;
use inclusion_registry::{ConceptKind, Ties};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Limits of quantile groups, known after a first pass.
pub(crate) type Cuts = Arc<OnceLock<Vec<f64>>>;

/// A prepared recipe.
pub(crate) struct Plan {
    /// Columns of the rows' file to read, in file order.
    pub columns: Vec<usize>,
    /// For each slot: name and position in its file, for messages.
    pub slots: Vec<SlotInfo>,
    /// Weight: slot and divisor.
    pub weight: Option<(usize, f64)>,
    /// Stratum slots.
    pub stratum: Vec<usize>,
    /// PSU slots.
    pub psu: Vec<usize>,
    /// Population slot.
    pub fpc: Option<usize>,
    /// Stages after the first.
    pub stages: Vec<StageSlots>,
    /// Slots of the replicate weights.
    pub replicates: Vec<usize>,
    /// Row filters.
    pub keep: Vec<KeepTest>,
    /// Key slots.
    pub key: Vec<usize>,
    /// Household key slots.
    pub household: Vec<usize>,
    /// Key slots of the rows' file for each join.
    pub joins: Vec<Vec<usize>>,
    /// Concepts in an order in which each needs only earlier ones.
    pub makers: Vec<Maker>,
    /// How the rows' file writes numbers.
    pub format: NumberFormat,
}

/// The columns of a later stage of sampling.
pub(crate) struct StageSlots {
    /// Stratum slots.
    pub stratum: Vec<usize>,
    /// Unit slots.
    pub psu: Vec<usize>,
    /// Population slot.
    pub fpc: Option<usize>,
}

/// Where a slot comes from.
pub(crate) struct SlotInfo {
    /// Column name.
    pub name: String,
    /// Position from 1.
    pub position: usize,
    /// 0 = the rows' file, else the number of the join.
    pub role: usize,
    /// How the file writes numbers.
    pub format: NumberFormat,
    /// Value labels, for the log.
    pub labels: BTreeMap<String, String>,
}

/// A row filter.
pub(crate) struct KeepTest {
    /// The test.
    pub test: SlotTest,
    /// Why.
    pub reason: String,
}

/// A test of one slot.
pub(crate) struct SlotTest {
    /// Slot.
    pub slot: usize,
    /// Accepted values have code 1; `None` accepts every value.
    pub values: Option<Lookup>,
    /// Smallest number.
    pub min: Option<f64>,
    /// Largest number.
    pub max: Option<f64>,
}

/// How one concept is made.
pub(crate) struct Maker {
    /// Concept id.
    pub id: String,
    /// Category or number.
    pub kind: ConceptKind,
    /// The rule.
    pub rule: Rule,
    /// Makers it needs.
    pub needs: Vec<usize>,
    /// Number of codes, for the limit of categories.
    pub min: Option<f64>,
    /// Largest plausible number.
    pub max: Option<f64>,
}

/// The rule of a concept.
pub(crate) enum Rule {
    /// A category by table.
    Code { slot: usize, lookup: Lookup },
    /// A number from a column; listed values give `mapped` or a reason.
    Number { slot: usize, lookup: Lookup, mapped: Vec<f64>, scale: f64 },
    /// The same code in every row.
    Fixed(i16),
    /// The same number in every row.
    FixedNumber(f64),
    /// The first case whose tests hold.
    Cases {
        cases: Vec<(Vec<SlotTest>, i16)>,
        slots: Vec<usize>,
        mapped: Vec<f64>,
        blank: i16,
        others: i16,
    },
    /// Bands of a number.
    Band { of: usize, bands: Bands },
    /// How many categories have one of the codes.
    Count { of: Vec<(usize, Vec<i16>)> },
    /// The first clause that holds.
    Derived(Vec<(Clause, i16)>),
    /// Quantile groups of a number.
    Quantile { of: usize, cuts: Cuts, ties: Ties },
}
