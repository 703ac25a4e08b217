//! Distance to the target, and the pace that it asks for from now on.

use super::growth::growth;
use super::series::{basis_of, finite, sorted, years_left};
use super::{Basis, Options, Point, Reason, Target, sign};

/// How far it still is.
#[derive(Debug, Clone, PartialEq)]
pub struct Distance {
    /// Last value.
    pub value: f64,
    /// What is missing to the target, above 0 where it is not met, in the unit of the points.
    pub remaining: f64,
    /// Whether the target year has passed, by [`Options::as_of`].
    pub target_year_passed: bool,
    /// Whether the target is met: by the last value, or, once its year has passed, by the value of that year.
    /// `None` where data do not tell.
    pub met: Option<bool>,
    /// Units a year needed from the last point to the target year.
    pub per_year: Result<f64, Reason>,
    /// Yearly growth needed from the last point to the target year, a share.
    pub growth: Result<f64, Reason>,
    /// What it rests on: the last point.
    pub basis: Basis,
}

/// Distance of the last value to the target and the rate required to come there in time.
///
/// The value of a target year that has passed is its own point; without one it is told only where the
/// points on both sides agree.
///
/// # Errors
///
/// [`Reason::NoPoints`] and what is wrong with points or target. The rates have reasons of their own:
/// [`Reason::TargetMet`], [`Reason::TargetYearPassed`], [`Reason::ZeroValue`], [`Reason::SignChange`].
///
/// ```
/// use inclusion_measures::progress::{Options, Point, Target, distance};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let left = distance(&[point(2023.0, 60.0)], &Target::by_2030(95.0), &Options::default())?;
/// assert_eq!((left.remaining, left.per_year), (35.0, Ok(5.0)));
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn distance(points: &[Point], target: &Target, options: &Options) -> Result<Distance, Reason> {
    target.check()?;
    let points = sorted(points)?;
    let last = points[points.len() - 1];
    let passed = options.as_of.unwrap_or(last.year) > target.year;
    let met = match passed {
        true => met_in_its_year(&points, target),
        false => Some(target.met_by(last.value)),
    };
    let to_go = || {
        if target.met_by(last.value) {
            return Err(Reason::TargetMet);
        }
        years_left(target.year, last.year, options)
    };
    let growth_needed =
        to_go().and_then(|_| growth(last.value, last.year, target.value, target.year));
    Ok(Distance {
        value: last.value,
        remaining: finite(sign(target.direction) * (target.value - last.value))?,
        target_year_passed: passed,
        met,
        per_year: to_go().and_then(|years| finite((target.value - last.value) / years)),
        growth: growth_needed,
        basis: basis_of(&[last], options)?,
    })
}

fn met_in_its_year(points: &[Point], target: &Target) -> Option<bool> {
    let after = points.iter().find(|point| point.year >= target.year)?;
    if after.year == target.year {
        return Some(target.met_by(after.value));
    }
    let before = points.iter().rfind(|point| point.year < target.year)?;
    let met = target.met_by(before.value);
    (met == target.met_by(after.value)).then_some(met)
}
