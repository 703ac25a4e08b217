//! A straight line by weighted least squares.
//!
//! Years are taken about their mean, so that nothing is lost to the size of 2015².

use inclusion_estimate::{Interval, critical_value, interval_mean};

/// A fitted line.
pub(super) struct Line {
    /// Weighted mean of x.
    pub centre: f64,
    /// Weighted mean of y.
    pub level: f64,
    /// Change of y for one of x.
    pub slope: f64,
    /// Σ w (x − centre)².
    spread: f64,
    /// Residual variance, with n − 2; `None` without degrees of freedom.
    pub residual_variance: Option<f64>,
    n: f64,
}

impl Line {
    /// Fits y on x with weights above 0; `None` if there are fewer than two different x.
    pub fn fit(points: &[(f64, f64, f64)]) -> Option<Line> {
        let all: f64 = points.iter().map(|(_, _, w)| w).sum();
        let centre = points.iter().map(|(x, _, w)| w * x).sum::<f64>() / all;
        let level = points.iter().map(|(_, y, w)| w * y).sum::<f64>() / all;
        let spread: f64 = points.iter().map(|(x, _, w)| w * (x - centre).powi(2)).sum();
        let joint: f64 = points.iter().map(|(x, y, w)| w * (x - centre) * (y - level)).sum();
        let n = points.len() as f64;
        if spread.is_nan() || spread <= 0.0 || points.len() < 2 {
            return None;
        }
        let slope = joint / spread;
        let residual = |(x, y, w): &(f64, f64, f64)| w * (y - level - slope * (x - centre)).powi(2);
        let squares: f64 = points.iter().map(residual).sum();
        let residual_variance = (n > 2.0).then(|| squares / (n - 2.0));
        Some(Line { centre, level, slope, spread, residual_variance, n })
    }

    /// Value at x.
    pub fn at(&self, x: f64) -> f64 {
        self.level + self.slope * (x - self.centre)
    }

    /// t-interval of the slope; for lines without weights.
    pub fn slope_interval(&self, level: f64) -> Option<Interval> {
        let se = (self.residual_variance? / self.spread).sqrt();
        interval_mean(self.slope, se, Some(self.n - 2.0), level)
    }

    /// Half the prediction interval at x; for lines without weights.
    pub fn prediction_half_width(&self, x: f64, level: f64) -> Option<f64> {
        let t = critical_value(level, Some(self.n - 2.0))?;
        let factor = 1.0 + 1.0 / self.n + (x - self.centre).powi(2) / self.spread;
        Some(t * (self.residual_variance? * factor).sqrt())
    }
}
