//! Expected-value rule: where growth since the base would lead by the target year.
//!
//! Source: United Nations Statistics Division, *Sustainable Development Goals Progress Chart 2023: technical
//! note* (indicators with a numeric target).

use super::growth::growth_between;
use super::series::{ends, finite, within_horizon, years_left};
use super::{Basis, Options, Point, Projection, Reason, Status, Target, at_least};

/// Result of the expected-value rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Yearly growth from the base to the last point, a share; `None` where the target is met and a value has
    /// no growth.
    pub growth: Option<f64>,
    /// Value expected for the target year; `None` where the target is met.
    pub expected: Option<Projection>,
    /// Expected change over the change required since the base; `None` where the target is met, or where the
    /// base stood on it.
    pub ratio: Option<f64>,
    /// 3, 2 or 1.
    pub score: u8,
    /// 3 `target_met_or_on_track`, 2 `fair_progress_acceleration_needed`, 1 `stagnation_or_regression`.
    pub status: Status,
    /// What it rests on.
    pub basis: Basis,
}

/// (y_e − y0) / (y_T − y0) with y_e = y1 (1 + growth)^(years left): at least 0.95 is 3, at least 0.10 is 2.
///
/// A target that the last value meets is 3. With [`Options::met_within`] a target of 0 or of
/// [`Options::ceiling`] counts as met within that distance.
///
/// # Errors
///
/// As [`super::ratio_rule`] (with [`Reason::ZeroValue`] for a base of 0, too), [`Reason::TargetYearPassed`],
/// and [`Reason::BeyondHorizon`] where the target year is too far beyond the data.
///
/// ```
/// use inclusion_measures::progress::{Options, Point, Target, expected_value};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2015.0, 40.0), point(2023.0, 62.0)];
/// let result = expected_value(&points, &Target::by_2030(95.0), &Options::default())?;
/// assert_eq!((result.score, result.expected.unwrap().value.round()), (2, 91.0));
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn expected_value(
    points: &[Point],
    target: &Target,
    options: &Options,
) -> Result<Expected, Reason> {
    target.check()?;
    let (first, last, mut basis) = ends(points, target.base_year, options)?;
    let growth = growth_between(&first, &last, None, options, &mut basis);
    let at_an_end = target.value == 0.0 || Some(target.value) == options.ceiling;
    let near = at_an_end && (last.value - target.value).abs() <= options.met_within;
    if target.met_by(last.value) || near {
        return Ok(Expected {
            growth: growth.ok().map(|(_, growth)| growth),
            expected: None,
            ratio: None,
            score: 3,
            status: Status::TargetMetOrOnTrack,
            basis,
        });
    }
    let (from, growth) = growth?;
    years_left(target.year, last.year, options)?;
    within_horizon(target.year, &basis, options)?;
    let value = finite(last.value * (1.0 + growth).powf(target.year - last.year))?;
    let required = target.value - from;
    let ratio = match required {
        0.0 => None,
        required => Some(finite((value - from) / required)?),
    };
    let (score, status) = match ratio {
        Some(ratio) if at_least(ratio, 0.95) => (3, Status::TargetMetOrOnTrack),
        Some(ratio) if at_least(ratio, 0.10) => (2, Status::FairProgress),
        _ => (1, Status::Stagnation),
    };
    let expected =
        Some(Projection::new("compound growth since the base", target.year, value, &basis));
    Ok(Expected { growth: Some(growth), expected, ratio, score, status, basis })
}
