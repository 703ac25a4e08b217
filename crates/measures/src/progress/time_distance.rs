//! Time distance: by how many years women come to a level later than men.
//!
//! Source: Sicherl (1973), *Kyklos* 26, 559–575 (time distance as a measure of disparities).

use super::series::{basis_of, finite, sorted};
use super::{Basis, Options, Point, Reason, sign};
use inclusion_registry::Direction;

/// Years between women and men at one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeDistance {
    /// The level, in the unit of the points.
    pub level: f64,
    /// When women reach it.
    pub women_year: f64,
    /// When men reach it.
    pub men_year: f64,
    /// Women's year less men's: above 0 women are behind.
    pub years: f64,
    /// What it rests on: the points of both series.
    pub basis: Basis,
}

/// When a series first reaches a level, by straight lines between its points and never beyond them.
///
/// # Errors
///
/// [`Reason::LevelBeforeData`] if its first value is beyond the level, [`Reason::LevelNotReached`].
///
/// ```
/// use inclusion_measures::progress::{Point, time_at};
/// use inclusion_registry::Direction;
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let men = [point(2014.0, 37.0), point(2016.0, 47.0)];
/// assert_eq!(time_at(&men, 45.0, Direction::Higher)?, 2015.6);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn time_at(points: &[Point], level: f64, direction: Direction) -> Result<f64, Reason> {
    let points = sorted(points)?;
    let reached = |point: &Point| sign(direction) * (point.value - level) >= 0.0;
    match points.iter().position(reached) {
        None => Err(Reason::LevelNotReached { level }),
        Some(0) if points[0].value != level => Err(Reason::LevelBeforeData { level }),
        Some(0) => Ok(points[0].year),
        Some(next) => {
            let (before, after) = (points[next - 1], points[next]);
            let part = (level - before.value) / (after.value - before.value);
            finite(before.year + part * (after.year - before.year))
        }
    }
}

/// The time distance of women from men at a level.
///
/// # Errors
///
/// As [`time_at`], of either series; [`Reason::NotComparable`] if the points of both are not all comparable.
pub fn time_distance(
    women: &[Point],
    men: &[Point],
    level: f64,
    direction: Direction,
    options: &Options,
) -> Result<TimeDistance, Reason> {
    // By year, women and men of one year side by side: their comparability is held against each other.
    let mut both = [sorted(women)?, sorted(men)?].concat();
    both.sort_by(|a, b| a.year.total_cmp(&b.year));
    let basis = basis_of(&both, options)?;
    let (women_year, men_year) =
        (time_at(women, level, direction)?, time_at(men, level, direction)?);
    Ok(TimeDistance { level, women_year, men_year, years: women_year - men_year, basis })
}
