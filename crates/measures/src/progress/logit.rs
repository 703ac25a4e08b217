//! Trend of the logit: growth that slows down towards the top of the scale.
//!
//! Source: Draper and Smith (1998), *Applied Regression Analysis*, ch. 1 (line and prediction interval), on
//! z = ln(y/(K − y)).

use super::line::Line;
use super::series::{basis_of, finite, sorted, within_horizon};
use super::{Basis, Movement, Options, Point, Projection, Reason, Target, sign};

/// Fewest points that a bent trend is drawn through.
pub(super) const FEWEST: usize = 4;

/// A fitted trend.
#[derive(Debug, Clone, PartialEq)]
pub struct LogitTrend {
    /// Logit of the trend in the base year.
    pub intercept: f64,
    /// Change of the logit in a year.
    pub slope: f64,
    /// Residual variance of the logit, with n − 2 degrees of freedom.
    pub residual_variance: f64,
    /// The trend in the years asked for, with prediction intervals, or why there is none.
    pub projections: Vec<Result<Projection, Reason>>,
    /// Year in which it comes to the target, a fraction included.
    pub reaching: Result<f64, Reason>,
    /// What it rests on; whether there is a change is judged by the slope.
    pub basis: Basis,
}

/// Fits ln(y/(K − y)) on the year by least squares, over all points; K is [`Options::ceiling`].
///
/// Intervals are by Student's t with n − 2 degrees of freedom, on the logit scale. Years within the data
/// give the fitted value.
///
/// # Errors
///
/// [`Reason::NoCeiling`], [`Reason::TooFewPoints`] with fewer than four, [`Reason::OutsideScale`] for a value
/// that is not between 0 and K, [`Reason::NotComparable`]. Projections and the year of reaching the target
/// have reasons of their own: [`Reason::BeyondHorizon`], [`Reason::TargetMet`], [`Reason::TargetAtAnEnd`],
/// [`Reason::DoesNotReach`].
pub fn logit_trend(
    points: &[Point],
    target: &Target,
    years: &[f64],
    options: &Options,
) -> Result<LogitTrend, Reason> {
    let (points, ceiling) = inside(points, options)?;
    let mut basis = basis_of(&points, options)?;
    let logit = |y: f64| (y / (ceiling - y)).ln();
    let logits: Vec<_> = points.iter().map(|p| (p.year, logit(p.value), 1.0)).collect();
    let too_few = Reason::TooFewPoints { needed: FEWEST, found: points.len() };
    let line = Line::fit(&logits).ok_or(too_few.clone())?;
    basis.judge(Movement::LogitSlope, line.slope, line.slope_interval(options.level));
    let project = |year: &f64| {
        let (year, back) = (*year, |z: f64| ceiling / (1.0 + (-z).exp()));
        within_horizon(year, &basis, options)?;
        let (z, method) = (finite(line.at(year))?, "logit trend");
        let interval = line
            .prediction_half_width(year, options.level)
            .map(|half| (back(z - half), back(z + half)));
        Ok(Projection { interval, ..Projection::new(method, year, back(z), &basis) })
    };
    Ok(LogitTrend {
        intercept: finite(line.at(target.base_year))?,
        slope: finite(line.slope)?,
        residual_variance: line.residual_variance.ok_or(too_few)?,
        projections: years.iter().map(project).collect(),
        reaching: reaching(&line, target, ceiling, &basis, options),
        basis,
    })
}

fn reaching(
    line: &Line,
    target: &Target,
    ceiling: f64,
    basis: &Basis,
    options: &Options,
) -> Result<f64, Reason> {
    target.check()?;
    if target.value == 0.0 || target.value == ceiling {
        return Err(Reason::TargetAtAnEnd);
    }
    if !(target.value > 0.0 && target.value < ceiling) {
        return Err(Reason::DoesNotReach);
    }
    let z = (target.value / (ceiling - target.value)).ln();
    let toward = sign(target.direction);
    if toward * (line.at(basis.last_year) - z) >= 0.0 {
        return Err(Reason::TargetMet);
    }
    if toward * line.slope <= 0.0 {
        return Err(Reason::DoesNotReach);
    }
    let year = finite(line.centre + (z - line.level) / line.slope)?;
    within_horizon(year, basis, options)?;
    Ok(year)
}

/// The points in order, if there are enough and all lie inside the scale; and its top.
pub(super) fn inside<'a>(
    points: &[Point<'a>],
    options: &Options,
) -> Result<(Vec<Point<'a>>, f64), Reason> {
    let points = sorted(points)?;
    let ceiling = options.ceiling.filter(|ceiling| *ceiling > 0.0 && ceiling.is_finite());
    let ceiling = ceiling.ok_or(Reason::NoCeiling)?;
    if let Some(point) = points.iter().find(|p| p.value <= 0.0 || p.value >= ceiling) {
        let (year, value) = (point.year, point.value);
        return Err(Reason::OutsideScale { year, value, ceiling });
    }
    if points.len() < FEWEST {
        return Err(Reason::TooFewPoints { needed: FEWEST, found: points.len() });
    }
    Ok((points, ceiling))
}
