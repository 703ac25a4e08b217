//! Where a series stands between base and target, and how much will be missing.
//!
//! Source: United Nations Economic and Social Commission for Asia and the Pacific, *Asia and the Pacific SDG
//! Progress Report*, annex on methods (current status and anticipated progress). Weights that favour recent
//! points, (t − 2000)/(last − 2000), are a convention of this project.

use super::line::Line;
use super::series::{basis_of, ends, finite, sorted, within_horizon, years_left};
use super::{Basis, Movement, Options, Point, Projection, Reason, Status, Target, at_least};

/// Year at which the weight of a point is 0.
const WEIGHTLESS: f64 = 2000.0;

/// 10 × the share of the way from base to target that is covered, within ±10; 10 where the target is met.
///
/// # Errors
///
/// [`Reason::NothingRequired`] if the base stood on the target and the current value falls short of it.
pub fn current_status(base: f64, current: f64, target: &Target) -> Result<f64, Reason> {
    if target.met_by(current) {
        return Ok(10.0);
    }
    if base == target.value {
        return Err(Reason::NothingRequired);
    }
    Ok(finite(10.0 * (current - base) / (target.value - base))?.clamp(-10.0, 10.0))
}

/// 100 × the part of the way from base to target that a predicted value leaves, and what that asks for: at
/// most 10 `maintain`, at most 100 `accelerate`, else `reverse`. 0 where the prediction meets the target.
///
/// # Errors
///
/// [`Reason::NothingRequired`] if the base stood on the target and the prediction falls short of it.
///
/// ```
/// use inclusion_measures::progress::{Status, Target, anticipated_gap};
/// assert_eq!(anticipated_gap(40.0, 35.0, &Target::by_2030(95.0))?.1, Status::Reverse);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn anticipated_gap(
    base: f64,
    predicted: f64,
    target: &Target,
) -> Result<(f64, Status), Reason> {
    if target.met_by(predicted) {
        return Ok((0.0, Status::Maintain));
    }
    if base == target.value {
        return Err(Reason::NothingRequired);
    }
    let gap = finite(100.0 * (target.value - predicted).abs() / (target.value - base).abs())?;
    let status = match gap {
        gap if at_least(10.0, gap) => Status::Maintain,
        gap if at_least(100.0, gap) => Status::Accelerate,
        _ => Status::Reverse,
    };
    Ok((gap, status))
}

/// Least squares of the value on the year, with weights (t − 2000)/(last − 2000): the value of `year`, and
/// the change in a year.
///
/// Points up to 2000 have no weight and are left out.
///
/// # Errors
///
/// [`Reason::TooFewPoints`] with fewer than two points after 2000, [`Reason::NotComparable`] at a break among
/// them, [`Reason::BeyondHorizon`].
pub fn recency_weighted(
    points: &[Point],
    year: f64,
    options: &Options,
) -> Result<(Projection, f64, Basis), Reason> {
    let recent: Vec<Point> =
        sorted(points)?.into_iter().filter(|point| point.year > WEIGHTLESS).collect();
    let [_, .., last] = recent.as_slice() else {
        return Err(Reason::TooFewPoints { needed: 2, found: recent.len() });
    };
    let mut basis = basis_of(&recent, options)?;
    within_horizon(year, &basis, options)?;
    let weight = |point: &Point| (point.year - WEIGHTLESS) / (last.year - WEIGHTLESS);
    let weighted: Vec<_> = recent.iter().map(|p| (p.year, p.value, weight(p))).collect();
    let equal: Vec<_> = recent.iter().map(|p| (p.year, p.value, 1.0)).collect();
    let too_few = Reason::TooFewPoints { needed: 2, found: recent.len() };
    let (Some(line), Some(plain)) = (Line::fit(&weighted), Line::fit(&equal)) else {
        return Err(too_few);
    };
    basis.judge(Movement::Slope, plain.slope, plain.slope_interval(options.level));
    let value = finite(line.at(year))?;
    let method = "least squares on the year, recent points weighing more";
    Ok((Projection::new(method, year, value, &basis), finite(line.slope)?, basis))
}

/// Where a series stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// [`current_status`] of the last point.
    pub current_status: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Current status of a series against its base.
///
/// # Errors
///
/// Those of [`super::ratio_rule`] about points and target, and of [`current_status`].
pub fn position(points: &[Point], target: &Target, options: &Options) -> Result<Position, Reason> {
    target.check()?;
    let (first, last, basis) = ends(points, target.base_year, options)?;
    Ok(Position { current_status: current_status(first.value, last.value, target)?, basis })
}

/// What can be expected of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Anticipated {
    /// Value predicted for the target year, by [`recency_weighted`].
    pub predicted: Projection,
    /// Change of that line in a year, in the unit of the points.
    pub slope: f64,
    /// [`anticipated_gap`], in per cent of the way from base to target.
    pub gap: f64,
    /// `maintain`, `accelerate` or `reverse`.
    pub status: Status,
    /// Year of the base that the gap is reckoned against.
    pub base_year: f64,
    /// What the prediction rests on; whether there is a change is judged by the slope of an unweighted line.
    pub basis: Basis,
}

/// Anticipated gap of a series against its base.
///
/// # Errors
///
/// Those of [`super::ratio_rule`] about points and target, of [`recency_weighted`] and of
/// [`anticipated_gap`]; [`Reason::TargetYearPassed`].
pub fn anticipated(
    points: &[Point],
    target: &Target,
    options: &Options,
) -> Result<Anticipated, Reason> {
    target.check()?;
    let (first, last, _) = ends(points, target.base_year, options)?;
    years_left(target.year, last.year, options)?;
    let (predicted, slope, basis) = recency_weighted(points, target.year, options)?;
    let (gap, status) = anticipated_gap(first.value, predicted.value, target)?;
    let base_year = first.year;
    Ok(Anticipated { predicted, slope, gap, status, base_year, basis })
}
