//! Natural limit: no target, but a scale that ends, so that growth near its end counts for more.
//!
//! Source: Open SDG, progress measure (limits scaled by the distance of the base from the natural limit).

use super::bands::four_bands;
use super::growth::growth_between;
use super::ratio::origin;
use super::series::ends;
use super::{Basis, Options, Point, Reason, Status, at_least, sign};
use inclusion_registry::Direction;

const EXPONENT: f64 = 4.44;

/// Result of the rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NaturalLimit {
    /// Yearly growth since the base, above 0 in the wished-for direction, a share.
    pub signed: f64,
    /// C, by which the limits of the bands above 0 are multiplied: 1 far from the natural limit, 0 on it.
    pub scale: f64,
    /// The four bands with scaled limits.
    pub status: Status,
    /// −5 to 5.
    pub score: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Growth since the base, in bands scaled by the base's distance from the natural `limit`.
///
/// The limit counts only where the wished-for direction leads to it. A base of 0 is taken as 0.001.
///
/// # Errors
///
/// As [`super::ratio_rule`], of the points.
///
/// ```
/// use inclusion_measures::progress::{Options, Point, Status, natural_limit};
/// use inclusion_registry::Direction;
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2015.0, 97.0), point(2023.0, 98.5)];
/// let options = Options::default();
/// let result = natural_limit(&points, 2015.0, Direction::Higher, Some(100.0), &options)?;
/// // 0.19 per cent a year, where 97 is so near to 100 that 0.19 suffices.
/// assert_eq!(result.status, Status::OnTrack);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn natural_limit(
    points: &[Point],
    base_year: f64,
    direction: Direction,
    limit: Option<f64>,
    options: &Options,
) -> Result<NaturalLimit, Reason> {
    let (first, last, mut basis) = ends(points, base_year, options)?;
    let (from, growth) = growth_between(&first, &last, Some(origin(options)), options, &mut basis)?;
    let signed = sign(direction) * from.signum() * growth;
    let scale = match limit {
        Some(limit) if sign(direction) * (limit - from) >= 0.0 => scale(from.abs(), limit.abs()),
        _ => 1.0,
    };
    let (status, score) = if scale == 0.0 && at_least(signed, 0.0) {
        (Status::OnTrack, 5.0)
    } else {
        (four_bands(signed, scale), score(signed, scale))
    };
    Ok(NaturalLimit { signed, scale, status, score, basis })
}

/// C of a base and a limit, both by their size.
fn scale(base: f64, limit: f64) -> f64 {
    if base >= 2.0 * limit {
        1.0
    } else if base <= limit {
        1.0 - (base / limit).powf(EXPONENT)
    } else {
        1.0 - ((2.0 * limit - base) / limit).powf(EXPONENT)
    }
}

fn score(signed: f64, scale: f64) -> f64 {
    match signed {
        g if !at_least(g, 0.0) => (125.0 * g - 2.5).max(-5.0),
        g if at_least(g, 0.015 * scale) => (500.0 * g / scale - 5.0).min(5.0),
        g if at_least(g, 0.005 * scale) => 250.0 * g / scale - 1.25,
        g => 500.0 * g / scale - 2.5,
    }
}
