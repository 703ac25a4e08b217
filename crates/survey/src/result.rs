//! What comes out: groups of jointly estimated cells.

use inclusion_estimate::{Codes, Diagnostic, Estimate, Text};

/// All results of a pass.
#[derive(Debug, Clone)]
pub struct Results {
    /// One for each indicator × breakdown × combination of codes, in key order.
    pub groups: Vec<Group>,
    /// What was decided for the whole sample.
    pub diagnostics: Vec<Diagnostic>,
    /// Rows read.
    pub rows: u64,
    /// Rows with a weight above 0.
    pub weighted_rows: u64,
}

/// The cells of one group, estimated jointly.
#[derive(Debug, Clone)]
pub struct Group {
    /// Indicator id.
    pub indicator: Text,
    /// Codes of the breakdown's `concepts`.
    pub breakdown: Codes,
    /// The whole group, cells of unstated codes included.
    pub total: Estimate,
    /// One for each combination of codes of `joint`, unstated codes left out; a cell without a row
    /// is here with the absence `no_cases`.
    pub members: Vec<Estimate>,
    /// The members as they are compared with each other, where their standard errors are then others:
    /// a rule for single PSUs counts the strata of all members, and a replicate that lacks one of them
    /// is left out for all. `None`: as they stand.
    pub compared: Option<Vec<Estimate>>,
    /// Degrees of freedom of the union of the members, for contrasts; `None` is infinite.
    pub union_df: Option<f64>,
}
