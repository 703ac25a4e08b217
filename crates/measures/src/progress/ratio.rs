//! Ratio rule: growth observed against growth required.
//!
//! Source: Eurostat, *Sustainable development in the European Union: monitoring report*, annex on methods
//! (indicators with a target), with the limits 95, 60 and 0 per cent; the score of −5 to 5 as published by
//! Open SDG.

use super::growth::{growth, growth_between};
use super::series::{ends, finite, years_left};
use super::{Basis, Options, Point, Reason, Status, Target, at_least, sign};

/// What stands for a base value of 0, from which nothing can grow: 0.001 of values in per cent, and as little
/// of another scale; 0.001 of values that have none.
pub(super) fn origin(options: &Options) -> f64 {
    0.001 * options.ceiling.map_or(1.0, |ceiling| ceiling / 100.0)
}

/// Result of the ratio rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Yearly growth from the base to the last point, a share.
    pub growth: f64,
    /// Yearly growth from the base that the target asks for; `None` where it is met.
    pub required: Option<f64>,
    /// Observed over required, above 0 towards the target; `None` where the target is met, or where the base
    /// stood on it.
    pub ratio: Option<f64>,
    /// `target_achieved`; at least 0.95 `on_track`, 0.60 `acceleration_needed`, 0 `limited`, else
    /// `deterioration`.
    pub status: Status,
    /// [`ratio_score`]; 5 where the target is met.
    pub score: Option<f64>,
    /// What it rests on.
    pub basis: Basis,
}

/// Growth since the base over the growth that leads from the base to the target.
///
/// A base of 0 is taken as 0.001 where the scale ends at 100, as 0.00001 where it ends at 1 ([`Basis::zero_replaced`] says so). A base that stood on the target and a
/// last value that falls short of it is `deterioration` without a ratio.
///
/// # Errors
///
/// [`Reason::TargetYearBeforeBase`], [`Reason::DataEndTooEarly`], [`Reason::TooFewPoints`],
/// [`Reason::NotComparable`]; [`Reason::TargetYearPassed`] where it passed without the target;
/// [`Reason::ZeroValue`] and [`Reason::SignChange`] as for [`growth`].
///
/// ```
/// use inclusion_measures::progress::{Options, Point, Status, Target, ratio_rule};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2015.0, 40.0), point(2023.0, 62.0)];
/// let result = ratio_rule(&points, &Target::by_2030(95.0), &Options::default())?;
/// assert_eq!(result.status, Status::AccelerationNeeded);
/// assert!((result.ratio.unwrap() - 0.9486).abs() < 5e-5);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn ratio_rule(points: &[Point], target: &Target, options: &Options) -> Result<Ratio, Reason> {
    target.check()?;
    let (first, last, mut basis) = ends(points, target.base_year, options)?;
    let (from, observed) =
        growth_between(&first, &last, Some(origin(options)), options, &mut basis)?;
    let mut result = Ratio {
        growth: observed,
        required: None,
        ratio: None,
        status: Status::TargetAchieved,
        score: Some(5.0),
        basis,
    };
    if target.met_by(last.value) {
        return Ok(result);
    }
    if from == target.value {
        (result.status, result.score) = (Status::Deterioration, None);
        return Ok(result);
    }
    years_left(target.year, last.year, options)?;
    let required = growth(from, first.year, target.value, target.year)?;
    let ratio = finite(sign(target.direction) * from.signum() * observed / required.abs())?;
    result.required = Some(required);
    result.ratio = Some(ratio);
    result.status = status(ratio);
    result.score = Some(ratio_score(ratio));
    Ok(result)
}

pub(super) fn status(ratio: f64) -> Status {
    match ratio {
        r if at_least(r, 0.95) => Status::OnTrack,
        r if at_least(r, 0.60) => Status::AccelerationNeeded,
        r if at_least(r, 0.0) => Status::Limited,
        _ => Status::Deterioration,
    }
}

/// A ratio as a score that can be averaged over series: −5 at −0.6, 0 at 0.6, 5 at 1.3, straight between
/// them and cut at both ends.
///
/// ```
/// use inclusion_measures::progress::ratio_score;
/// assert_eq!([-0.8, 0.0, 0.6, 1.4].map(ratio_score), [-5.0, -2.5, 0.0, 5.0]);
/// ```
pub fn ratio_score(ratio: f64) -> f64 {
    let width = if ratio < 0.6 { 1.2 } else { 0.7 };
    (5.0 * (ratio - 0.6) / width).clamp(-5.0, 5.0)
}

/// The mean of scores, in their order; `None` without any, or if one is not a number.
pub fn mean_score(scores: &[f64]) -> Option<f64> {
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    mean.is_finite().then_some(mean)
}
