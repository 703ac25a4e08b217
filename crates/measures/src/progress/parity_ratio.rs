//! Parity ratios: progress of women over men towards 1, from whichever side.
//!
//! Source: Open SDG, progress measure (parity indices folded at 1); range of parity by the UNESCO Institute
//! for Statistics.

use super::ratio::ratio_rule;
use super::series::{ends, finite, sorted};
use super::{Basis, Options, Point, Reason, Status, Target, at_least};
use inclusion_registry::Direction;

/// Result for a series of ratios.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParityProgress {
    /// max(v, 1/v) of the base.
    pub base_deviation: f64,
    /// max(v, 1/v) of the last point.
    pub last_deviation: f64,
    /// The ratio rule on deviations; `None` in the range of parity.
    pub ratio: Option<f64>,
    /// `parity`, or the status of the ratio rule.
    pub status: Status,
    /// What it rests on; whether there is a change is judged on the ratios themselves.
    pub basis: Basis,
}

/// The ratio rule on max(v, 1/v), with the upper end of the `range` of parity as its target.
///
/// A last ratio in the range, ends included, is `parity`. The range is (0.97, 1.03) with UNESCO, (0.98, 1.02)
/// with ITU.
///
/// # Errors
///
/// [`Reason::NotPositive`] for a ratio that is not above 0, else as [`ratio_rule`].
///
/// ```
/// use inclusion_measures::progress::{Options, Point, Status, parity_ratio};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2015.0, 0.7), point(2023.0, 0.84)];
/// let result = parity_ratio(&points, 2015.0, 2030.0, (0.97, 1.03), &Options::default())?;
/// assert_eq!(result.status, Status::OnTrack);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn parity_ratio(
    points: &[Point],
    base_year: f64,
    target_year: f64,
    range: (f64, f64),
    options: &Options,
) -> Result<ParityProgress, Reason> {
    let points = sorted(points)?;
    if let Some(point) = points.iter().find(|point| point.value <= 0.0) {
        return Err(Reason::NotPositive { year: point.year });
    }
    let (first, last, basis) = ends(&points, base_year, options)?;
    let deviation = |ratio: f64| finite(ratio.max(1.0 / ratio));
    let (base_deviation, last_deviation) = (deviation(first.value)?, deviation(last.value)?);
    let mut result = ParityProgress {
        base_deviation,
        last_deviation,
        ratio: None,
        status: Status::Parity,
        basis,
    };
    if at_least(last.value, range.0) && at_least(range.1, last.value) {
        return Ok(result);
    }
    let folded =
        [Point { value: base_deviation, ..first }, Point { value: last_deviation, ..last }];
    let direction = Direction::Lower;
    let target = Target { value: range.1, year: target_year, base_year, direction };
    let rule = ratio_rule(&folded, &target, options)?;
    (result.ratio, result.status) = (rule.ratio, rule.status);
    Ok(result)
}
