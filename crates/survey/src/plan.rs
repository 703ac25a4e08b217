//! What to count: indicators × breakdowns.

use inclusion_registry::{Concept, Indicator};
use std::collections::BTreeMap;

/// What to count in one pass over the rows of one sample.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Id of the sample; estimates of two samples are independent.
    pub sample: String,
    /// Area of every estimate.
    pub ref_area: String,
    /// Period of every estimate.
    pub time_period: String,
    /// Indicators, with the recipe's overrides already applied.
    pub indicators: Vec<PlannedIndicator>,
    /// Breakdowns.
    pub breakdowns: Vec<Breakdown>,
    /// All concepts that indicators and breakdowns name.
    pub concepts: BTreeMap<String, Concept>,
}

/// An indicator as this sample can give it.
#[derive(Debug, Clone)]
pub struct PlannedIndicator {
    /// The definition, with the recipe's overrides applied.
    pub indicator: Indicator,
    /// Footnote of a proxy.
    pub proxy: Option<String>,
}

/// A breakdown: one group for each combination of the codes of `concepts`; in each group one
/// estimate for each combination of the codes of `joint` (with their covariance), and one for the
/// whole group.
///
/// `sex * urbanisation` is `concepts = ["urbanisation"]`, `joint = ["sex"]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breakdown {
    /// Concepts that make the groups; empty is one group.
    pub concepts: Vec<String>,
    /// Concepts whose cells are estimated jointly; usually sex, or nothing.
    pub joint: Vec<String>,
}
