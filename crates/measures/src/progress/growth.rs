//! Yearly rates of growth, by end points and by all points.
//!
//! Source: for the log-linear rate, World Bank, *World Development Indicators*, statistical methods
//! (least-squares growth rate).

use super::line::Line;
use super::series::{basis_of, finite, sorted};
use super::{Basis, Movement, Options, Point, Reason};

/// (b/a)^(1/(u − s)) − 1 for values a of year s and b of year u: the yearly compound rate, a share.
///
/// For negative values it is the growth of their size.
///
/// # Errors
///
/// [`Reason::ZeroValue`] if one is 0, [`Reason::SignChange`] if their signs differ,
/// [`Reason::DuplicateYear`] if the years are the same.
///
/// ```
/// use inclusion_measures::progress::growth;
/// assert!((growth(40.0, 2015.0, 62.0, 2023.0)? - 0.0563).abs() < 5e-5);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn growth(from: f64, from_year: f64, to: f64, to_year: f64) -> Result<f64, Reason> {
    if from_year == to_year {
        return Err(Reason::DuplicateYear { year: to_year });
    }
    if from == 0.0 || to == 0.0 {
        return Err(Reason::ZeroValue);
    }
    if (from < 0.0) != (to < 0.0) {
        return Err(Reason::SignChange);
    }
    finite(((to / from).ln() / (to_year - from_year)).exp_m1())
}

/// A value with 0 replaced, where that is asked for, and what it was replaced by.
pub(super) fn replaced(value: f64, by: Option<f64>) -> (f64, Option<f64>) {
    match by {
        Some(by) if value == 0.0 => (by, Some(by)),
        _ => (value, None),
    }
}

/// Growth between two points, with zeros replaced as the options or `origin` say; what was replaced goes
/// into the basis.
pub(super) fn growth_between(
    first: &Point,
    last: &Point,
    origin: Option<f64>,
    options: &Options,
    basis: &mut Basis,
) -> Result<(f64, f64), Reason> {
    let (from, from_replaced) = replaced(first.value, options.replace_zero.or(origin));
    let (to, to_replaced) = replaced(last.value, options.replace_zero);
    basis.zero_replaced = from_replaced.or(to_replaced);
    Ok((from, growth(from, first.year, to, last.year)?))
}

/// Yearly rates of change of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct RateOfChange {
    /// Compound rate from the first to the last point, a share.
    pub end_points: Result<f64, Reason>,
    /// exp(slope of ln y on the year) − 1 over all points, a share.
    pub log_linear: Result<f64, Reason>,
    /// Units a year from the first to the last point.
    pub per_year: f64,
    /// What they rest on; whether there is a change is judged by the slope of ln y, by Student's t with
    /// n − 2 degrees of freedom.
    pub basis: Basis,
}

/// Rates of change over all points, whatever the base year.
///
/// # Errors
///
/// [`Reason::TooFewPoints`] with fewer than two, [`Reason::NotComparable`] at a break. Each of the two
/// rates of growth has its own reason where values are not above 0.
///
/// ```
/// use inclusion_measures::progress::{Options, Point, rate_of_change};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let rates = rate_of_change(&[point(2020.0, 50.0), point(2022.0, 60.5)], &Options::default())?;
/// assert!((rates.end_points.unwrap() - 0.1).abs() < 1e-12);
/// assert_eq!(rates.per_year, 5.25);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn rate_of_change(points: &[Point], options: &Options) -> Result<RateOfChange, Reason> {
    let points = sorted(points)?;
    let mut basis = basis_of(&points, options)?;
    let [first, .., last] = points.as_slice() else {
        return Err(Reason::TooFewPoints { needed: 2, found: points.len() });
    };
    let per_year = finite((last.value - first.value) / (last.year - first.year))?;
    let end_points = growth_between(first, last, None, options, &mut basis).map(|(_, c)| c);
    let fit = logarithms(&points, options, &mut basis).and_then(|logs| {
        Line::fit(&logs).ok_or(Reason::TooFewPoints { needed: 2, found: logs.len() })
    });
    if let Ok(line) = &fit {
        basis.judge(Movement::LogSlope, line.slope, line.slope_interval(options.level));
    }
    let log_linear = fit.and_then(|line| finite(line.slope.exp_m1()));
    Ok(RateOfChange { end_points, log_linear, per_year, basis })
}

fn logarithms(
    points: &[Point],
    options: &Options,
    basis: &mut Basis,
) -> Result<Vec<(f64, f64, f64)>, Reason> {
    let log = |point: &Point| {
        let (value, zero) = replaced(point.value, options.replace_zero);
        basis.zero_replaced = basis.zero_replaced.or(zero);
        match value {
            0.0 => Err(Reason::ZeroValue),
            below if below < 0.0 => Err(Reason::NotPositive { year: point.year }),
            above => Ok((point.year, above.ln(), 1.0)),
        }
    };
    points.iter().map(log).collect()
}
