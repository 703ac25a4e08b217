//! The schema of harmonised rows, which the rooms before and after the first waist share.
//!
//! Columns in this order: [`WEIGHT`], [`STRATUM`], [`PSU`], [`FPC`] (only where the design has
//! one), the strata, units and finite populations of later stages ([`stage_column`]), the replicate
//! weights ([`replicate_column`]), then one column for each concept asked for, in the order of
//! their ids. The weight is left out where it follows from the finite populations. A category is a
//! 16-bit integer without nulls: the index of the code, or [`crate::Missing::code`]. A number is a
//! 64-bit float, null where it is missing. Stratum and PSU are 64-bit integers where the source
//! holds whole numbers and text elsewhere.

use crate::{Concept, ConceptKind, Registry};

/// Name of the weight column: a finite float, 0 or more.
pub const WEIGHT: &str = "_weight";
/// Name of the stratum column; left out where the design has none.
pub const STRATUM: &str = "_stratum";
/// Name of the PSU column; left out where every row is its own PSU.
pub const PSU: &str = "_psu";
/// Name of the first-stage finite population column.
pub const FPC: &str = "_fpc";
/// Beginning of the names of replicate weights: finite floats.
pub const REPLICATE: &str = "_replicate_";

/// The column of a stage: `_psu` is that of the first, `_psu_2` that of the second.
///
/// ```
/// use inclusion_registry::{PSU, stage_column};
/// assert_eq!(stage_column(PSU, 1), "_psu");
/// assert_eq!(stage_column(PSU, 2), "_psu_2");
/// ```
pub fn stage_column(column: &str, stage: usize) -> String {
    if stage <= 1 { column.to_string() } else { format!("{column}_{stage}") }
}

/// The column of a replicate weight, counted from 1: `_replicate_1`.
pub fn replicate_column(replicate: usize) -> String {
    format!("{REPLICATE}{replicate}")
}

/// One column of the harmonised rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Column name.
    pub name: String,
    /// Type.
    pub kind: FieldType,
}

/// Type of a harmonised column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// 64-bit float without nulls.
    Weight,
    /// 64-bit integer or text without nulls.
    Id,
    /// 16-bit integer without nulls; negative is a reason.
    Category,
    /// 64-bit float, null where missing.
    Number,
}

/// The concept columns for a list of concept ids, sorted by id, each once.
///
/// Ids that the registry does not know are left out; validation has named them before.
pub fn schema_of(registry: &Registry, concepts: &[&str]) -> Vec<Field> {
    let mut ids: Vec<&str> = concepts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .filter_map(|id| registry.concepts.get(id))
        .map(|Concept { id, kind, .. }| Field {
            name: id.clone(),
            kind: match kind {
                ConceptKind::Category => FieldType::Category,
                ConceptKind::Number => FieldType::Number,
            },
        })
        .collect()
}
