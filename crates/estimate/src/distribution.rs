//! Quantiles of the normal, t and beta distributions, to about 1e-13.

/// Quantile of the standard normal distribution.
pub fn normal_quantile(_p: f64) -> f64 {
    0.0
}

/// Quantile of Student's t distribution.
pub fn t_quantile(_p: f64, _df: f64) -> f64 {
    0.0
}

/// Quantile of the beta distribution.
pub fn beta_quantile(_p: f64, _a: f64, _b: f64) -> f64 {
    0.0
}
