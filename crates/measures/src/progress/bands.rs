//! Rules without a numeric target: bands of yearly growth in the wished-for direction.
//!
//! Sources: United Nations Statistics Division, *Sustainable Development Goals Progress Chart 2023: technical
//! note* (three bands); Open SDG (four bands); Eurostat, *Sustainable development in the European Union:
//! monitoring report*, annex on methods (five bands, short and long term). How much of a window the points
//! must span is a convention of this project.

use super::growth::growth_between;
use super::series::{basis_of, ends, sorted};
use super::{Basis, Movement, Options, Point, Reason, Status, at_least, sign};
use crate::progress::change::changed;
use inclusion_registry::Direction;

/// Result of the rules of three and of four bands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoTarget {
    /// Yearly growth from the base to the last point, a share.
    pub growth: f64,
    /// The same, above 0 in the wished-for direction.
    pub signed: f64,
    /// Three bands: at least 2 per cent is 3, at least 0.5 per cent is 2, else 1.
    pub three_bands: u8,
    /// Four bands: at least 1.5 per cent `on_track`, 0.5 `acceleration_needed`, 0 `limited`, else
    /// `deterioration`.
    pub four_bands: Status,
    /// What it rests on.
    pub basis: Basis,
}

/// Bands of growth since the base year.
///
/// # Errors
///
/// As [`super::ratio_rule`], of the points.
pub fn no_target(
    points: &[Point],
    base_year: f64,
    direction: Direction,
    options: &Options,
) -> Result<NoTarget, Reason> {
    let (first, last, mut basis) = ends(points, base_year, options)?;
    let (from, growth) = growth_between(&first, &last, None, options, &mut basis)?;
    let signed = sign(direction) * from.signum() * growth;
    let three_bands = match signed {
        g if at_least(g, 0.02) => 3,
        g if at_least(g, 0.005) => 2,
        _ => 1,
    };
    Ok(NoTarget { growth, signed, three_bands, four_bands: four_bands(signed, 1.0), basis })
}

/// The four bands, with positive limits multiplied by `scale`.
pub(super) fn four_bands(signed: f64, scale: f64) -> Status {
    match signed {
        g if at_least(g, 0.015 * scale) => Status::OnTrack,
        g if at_least(g, 0.005 * scale) => Status::AccelerationNeeded,
        g if at_least(g, 0.0) => Status::Limited,
        _ => Status::Deterioration,
    }
}

/// A period that ends with the last point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Its length in years.
    pub years: f64,
    /// The least that the points in it must span.
    pub least: f64,
}

/// The last five years, of which the points span at least three.
pub const SHORT_TERM: Window = Window { years: 5.0, least: 3.0 };
/// The last fifteen years, of which the points span at least ten.
pub const LONG_TERM: Window = Window { years: 15.0, least: 10.0 };

/// Result of the rule of five bands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiveBands {
    /// Yearly growth in the window, above 0 in the wished-for direction, a share.
    pub signed: f64,
    /// At least 1 per cent `significant_progress`, 0.1 `moderate_progress`, −0.1 `no_progress`, −1
    /// `moderate_deterioration`, else `significant_deterioration`.
    pub status: Status,
    /// −5 to 5, cut at a growth of 2 per cent.
    pub score: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Five bands of growth over the last years: from the first point in the window to the last one.
///
/// # Errors
///
/// [`Reason::WindowTooSparse`] with one point in the window, [`Reason::PeriodTooShort`] if the points in the window span too few years, [`Reason::NotComparable`] if
/// the two are not comparable, and the reasons of [`super::growth`].
///
/// ```
/// use inclusion_measures::progress::{Options, Point, SHORT_TERM, Status, five_bands};
/// use inclusion_registry::Direction;
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2018.0, 40.0), point(2023.0, 43.0)];
/// let result = five_bands(&points, SHORT_TERM, Direction::Higher, &Options::default())?;
/// assert_eq!(result.status, Status::SignificantProgress);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn five_bands(
    points: &[Point],
    window: Window,
    direction: Direction,
    options: &Options,
) -> Result<FiveBands, Reason> {
    let points = sorted(points)?;
    let last = points[points.len() - 1];
    let start = last.year - window.years;
    let first = points.iter().find(|point| point.year >= start).copied().unwrap_or(last);
    if first.year == last.year {
        return Err(Reason::WindowTooSparse { years: window.years });
    }
    if last.year - first.year < window.least {
        let years = last.year - first.year;
        return Err(Reason::PeriodTooShort { years, needed: window.least });
    }
    let mut basis = basis_of(&[first, last], options)?;
    let own = changed(&first, &last, options).interval;
    basis.judge(Movement::Difference, last.value - first.value, own);
    let (from, growth) = growth_between(&first, &last, None, options, &mut basis)?;
    let signed = sign(direction) * from.signum() * growth;
    let status = match signed {
        g if at_least(g, 0.01) => Status::SignificantProgress,
        g if at_least(g, 0.001) => Status::ModerateProgress,
        g if at_least(g, -0.001) => Status::NoProgress,
        g if at_least(g, -0.01) => Status::ModerateDeterioration,
        _ => Status::SignificantDeterioration,
    };
    let score = (signed / 0.02 * 5.0).clamp(-5.0, 5.0);
    Ok(FiveBands { signed, status, score, basis })
}
