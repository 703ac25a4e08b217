//! What makes a sample need all its rows in memory: replicate weights and calibration.
//!
//! Plain data, so that a study file can say it. Names of R `survey` are given where they differ.

pub use inclusion_registry::ReplicateKind;

/// Replicate weights, from which variances are then taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Replicates {
    /// They stand in the columns `_replicate_1`, `_replicate_2`, …
    Columns(ReplicateColumns),
    /// They are made from strata, PSUs and finite populations.
    Made(MadeReplicates),
}

/// How replicate weights that came with the survey were made, which decides their variance.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicateColumns {
    /// The method.
    pub kind: ReplicateKind,
    /// The columns hold weights; false: factors to multiply the weight with.
    pub combined: bool,
    /// Fay's factor, 0 or more and less than 1; only for [`ReplicateKind::Fay`].
    pub rho: f64,
    /// Overall factor of the sum of squares; `None` is the method's own.
    pub scale: Option<f64>,
    /// Factor of each replicate; empty: 1 for all.
    pub rscales: Vec<f64>,
    /// Deviations are taken from the estimate of the full sample; false: from the mean of the
    /// replicates.
    pub mse: bool,
}

impl ReplicateColumns {
    /// Replicate weights that hold the whole weight, with the scale of the method and deviations
    /// from the mean of the replicates.
    pub fn new(kind: ReplicateKind) -> ReplicateColumns {
        let rscales = Vec::new();
        ReplicateColumns { kind, combined: true, rho: 0.0, scale: None, rscales, mse: false }
    }
}

/// Replicate weights to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeReplicates {
    /// The method.
    pub method: MadeMethod,
    /// Deviations are taken from the estimate of the full sample; false: from the mean of the
    /// replicates.
    pub mse: bool,
}

/// How to make replicate weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MadeMethod {
    /// Stratified delete-one jackknife; without strata it is JK1.
    Jackknife,
    /// Balanced repeated replication with Fay's ρ; 0 is the classic one. Every stratum must have
    /// two PSUs.
    Balanced {
        /// Fay's factor, 0 or more and less than 1.
        rho: f64,
    },
    /// Rao–Wu rescaling bootstrap.
    Bootstrap {
        /// Number of replicates.
        replicates: usize,
        /// The same seed gives the same replicates.
        seed: u64,
    },
}

/// One step that adjusts the weights to known totals. Steps follow each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Calibration {
    /// Post-stratification: the weights of each cell are multiplied to its total.
    Poststratify(Margin),
    /// Raking: iterative proportional fitting to several margins.
    Rake(Vec<Margin>),
    /// Calibration to totals of auxiliary variables (regression estimation and its kin).
    Totals(CalibrateTotals),
}

/// Known totals of the cells of some categories.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margin {
    /// Concepts whose codes make the cells.
    pub by: Vec<String>,
    /// Codes in the order of `by`, and the total of that cell.
    pub totals: Vec<(Vec<String>, f64)>,
}

/// Calibration to totals of auxiliary variables.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrateTotals {
    /// Auxiliary variables and their totals in the population.
    pub targets: Vec<(Auxiliary, f64)>,
    /// Distance function.
    pub distance: Distance,
}

/// An auxiliary variable.
#[derive(Debug, Clone, PartialEq)]
pub enum Auxiliary {
    /// 1 for every row: the size of the population.
    Constant,
    /// 1 where one or several categories have these codes.
    Cell {
        /// Concepts.
        by: Vec<String>,
        /// A code of each.
        codes: Vec<String>,
    },
    /// A number.
    Number(String),
}

/// Distance functions of calibration, with R's `calfun`. The factor of the weight is g.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// Linear: g = 1 + u; weights may become negative.
    Linear,
    /// Linear, cut at the bounds of g.
    BoundedLinear {
        /// Least factor, below 1.
        lower: f64,
        /// Largest factor, above 1.
        upper: f64,
    },
    /// Multiplicative: g = exp(u), as raking.
    Raking,
    /// Logit: g stays between the bounds.
    Logit {
        /// Least factor, below 1.
        lower: f64,
        /// Largest factor, above 1.
        upper: f64,
    },
}
