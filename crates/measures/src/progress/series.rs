//! A series in the order of its years, and which of its points a rule may use.

use super::{Basis, Breaks, Change, Movement, Options, Point, Reason};
use crate::progress::change::changed;

/// Points in the order of their years, one of each year, all of them finite.
pub(super) fn sorted<'a>(points: &[Point<'a>]) -> Result<Vec<Point<'a>>, Reason> {
    for (place, point) in points.iter().enumerate() {
        let se = point.se.unwrap_or(0.0);
        if !(point.year.is_finite() && point.value.is_finite() && se.is_finite() && se >= 0.0) {
            return Err(Reason::NotANumber { position: place + 1 });
        }
    }
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.year.total_cmp(&b.year));
    match points.windows(2).find(|pair| pair[0].year == pair[1].year) {
        Some(pair) => Err(Reason::DuplicateYear { year: pair[0].year }),
        None if points.is_empty() => Err(Reason::NoPoints),
        None => Ok(points),
    }
}

/// Whether the points differ in comparability; refused unless breaks are only marked.
pub(super) fn broken(points: &[Point], options: &Options) -> Result<bool, Reason> {
    let pair = points.windows(2).find(|pair| pair[0].comparability != pair[1].comparability);
    match (pair, options.breaks) {
        (None, _) => Ok(false),
        (Some(_), Breaks::Mark) => Ok(true),
        (Some(pair), Breaks::Refuse) => {
            let text = |point: &Point| point.comparability.unwrap_or("not told").to_string();
            Err(Reason::NotComparable {
                from_year: pair[0].year,
                from: text(&pair[0]),
                to_year: pair[1].year,
                to: text(&pair[1]),
            })
        }
    }
}

/// The basis of a rule that uses all of the points given, whose change is judged by the rule itself.
pub(super) fn basis_of(points: &[Point], options: &Options) -> Result<Basis, Reason> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Err(Reason::NoPoints);
    };
    Ok(Basis {
        points: points.len(),
        first_year: first.year,
        last_year: last.year,
        broken: broken(points, options)?,
        zero_replaced: None,
        change: Change::Unknown,
        interval: None,
    })
}

/// The base and the last point: the first one in or after the base year, and the newest.
pub(super) fn ends<'a>(
    points: &[Point<'a>],
    base_year: f64,
    options: &Options,
) -> Result<(Point<'a>, Point<'a>, Basis), Reason> {
    let points = sorted(points)?;
    let last = points[points.len() - 1];
    let since: Vec<Point> = points.into_iter().filter(|point| point.year >= base_year).collect();
    match since.as_slice() {
        [first, .., last] => {
            let pair = [*first, *last];
            let mut basis = basis_of(&pair, options)?;
            let own = changed(first, last, options).interval;
            basis.judge(Movement::Difference, last.value - first.value, own);
            Ok((pair[0], pair[1], basis))
        }
        [only] if only.year > base_year => Err(Reason::TooFewPoints { needed: 2, found: 1 }),
        _ => Err(Reason::DataEndTooEarly { last_year: last.year, base_year }),
    }
}

/// Whether a projection may be made for the year.
pub(super) fn within_horizon(year: f64, basis: &Basis, options: &Options) -> Result<(), Reason> {
    let (last_year, horizon) = (basis.last_year, options.horizon);
    if year - last_year > horizon {
        return Err(Reason::BeyondHorizon { year: year.floor(), last_year, horizon });
    }
    Ok(())
}

/// Years from the last value to the target year; none where that is over, by the data or by [`Options::as_of`].
pub(super) fn years_left(
    target_year: f64,
    last_year: f64,
    options: &Options,
) -> Result<f64, Reason> {
    if target_year <= last_year || options.as_of.is_some_and(|now| now > target_year) {
        return Err(Reason::TargetYearPassed { target_year, last_year });
    }
    Ok(target_year - last_year)
}

/// The number, if it is one.
pub(super) fn finite(value: f64) -> Result<f64, Reason> {
    if value.is_finite() { Ok(value) } else { Err(Reason::NotFinite) }
}
