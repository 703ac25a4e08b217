//! The change between two rounds, and whether it can be told from none.
//!
//! Rounds are independent samples unless a correlation of their errors is given (a panel, or rounds in
//! shared primary sampling units): Var(y1 − y0) = SE0² + SE1² − 2 ρ SE0 SE1.
//!
//! Source: Wolter (2007), *Introduction to Variance Estimation*, ch. 6.

use super::series::{ends, finite};
use super::{Basis, Options, Point, Reason};
use inclusion_estimate::{Interval, interval_mean};

/// A change between two rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changed {
    /// Last value minus that of the base, in the unit of the points.
    pub difference: f64,
    /// Its standard error, where both rounds have one.
    pub se: Option<f64>,
    /// Its interval, by the normal quantile.
    pub interval: Option<Interval>,
    /// What it rests on.
    pub basis: Basis,
}

/// The change from the base to the last point.
///
/// # Errors
///
/// [`Reason::DataEndTooEarly`] or [`Reason::TooFewPoints`] without two points since the base year,
/// [`Reason::NotComparable`] at a break.
///
/// ```
/// use inclusion_measures::progress::{Change, Options, Point, change};
/// let point = |year, value| Point { year, value, se: Some(1.2), comparability: None };
/// let changed = change(&[point(2015.0, 40.0), point(2020.0, 43.0)], 2015.0, &Options::default())?;
/// // 3 points with a standard error of 1.7: 0 lies in the interval.
/// assert_eq!(changed.basis.change, Change::NotDistinguishable);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn change(points: &[Point], base_year: f64, options: &Options) -> Result<Changed, Reason> {
    let (first, last, basis) = ends(points, base_year, options)?;
    let ChangeOf { se, interval } = changed(&first, &last, options);
    Ok(Changed { difference: finite(last.value - first.value)?, se, interval, basis })
}

pub(super) struct ChangeOf {
    pub se: Option<f64>,
    pub interval: Option<Interval>,
}

/// Standard error and interval of the difference of two points.
pub(super) fn changed(first: &Point, last: &Point, options: &Options) -> ChangeOf {
    let se = first.se.zip(last.se).and_then(|(a, b)| {
        let covariance = options.correlation.clamp(-1.0, 1.0) * a * b;
        // Not below 0 by rounding where the correlation is 1.
        let se = (a * a + b * b - 2.0 * covariance).max(0.0).sqrt();
        se.is_finite().then_some(se)
    });
    let difference = last.value - first.value;
    let interval = se.and_then(|se| interval_mean(difference, se, None, options.level));
    ChangeOf { se, interval }
}
