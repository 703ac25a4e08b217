//! Inequality between any number of groups without an order.
//!
//! Shares of the groups are of the population and known without error; they are divided by their sum. Rates
//! are shares from 0 to 1 and carry their covariance. At a rate that equals the mean the slope of an
//! absolute difference is taken as 0.
//!
//! Sources: Paes de Barros and others (2009), *Measuring Inequality of Opportunities in Latin America and the
//! Caribbean*, ch. 2 (dissimilarity, human opportunity index); Theil (1967), *Economics and Information
//! Theory*, ch. 4.

use crate::Undefined;
use inclusion_estimate::Linearized;

/// A group of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its share of the population, or any number in proportion to it.
    pub share: f64,
    /// The share of the group that has the property, 0 to 1.
    pub rate: Linearized,
}

/// Σ s |p − C| / (2 C): the share of all opportunities that would have to move to make the groups equal.
///
/// # Errors
///
/// [`Undefined::NoOneInAnyGroup`] if all rates are zero, [`Undefined::NoPopulation`] without shares above
/// zero, [`Undefined::NotARate`], [`Undefined::NotJoint`] if two rates of one sample were not estimated
/// together.
///
/// ```
/// use inclusion_estimate::Linearized;
/// use inclusion_measures::{Group, dissimilarity, opportunity_index};
/// let groups = [0.62, 0.70].map(|p| Group { share: 0.5, rate: Linearized::exact(p) });
/// assert!((dissimilarity(&groups)?.value() - 0.0303).abs() < 5e-5);
/// assert!((opportunity_index(&groups)?.value() - 0.64).abs() < 1e-15);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn dissimilarity(groups: &[Group]) -> Result<Linearized, Undefined> {
    let Shares { shares, mean } = shares(groups)?;
    if mean == 0.0 {
        return Err(Undefined::NoOneInAnyGroup);
    }
    let (spread, slopes) = spread(groups, &shares, mean);
    let value = spread / (2.0 * mean);
    combine(value, groups, |i| (slopes[i] / 2.0 - value * shares[i]) / mean)
}

/// C (1 − D), the human opportunity index: the rate of all, less what is unequally spread.
///
/// # Errors
///
/// As [`dissimilarity`], but 0 where all rates are zero.
pub fn opportunity_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let Shares { shares, mean } = shares(groups)?;
    let (spread, slopes) = spread(groups, &shares, mean);
    combine(mean - spread / 2.0, groups, |i| shares[i] - slopes[i] / 2.0)
}

/// Σ s (p/C) ln(p/C): Theil's index between groups; a rate of zero contributes 0.
///
/// # Errors
///
/// As [`dissimilarity`].
pub fn theil_between(groups: &[Group]) -> Result<Linearized, Undefined> {
    let Shares { shares, mean } = shares(groups)?;
    if mean == 0.0 {
        return Err(Undefined::NoOneInAnyGroup);
    }
    let log = |group: &Group| match group.rate.value() / mean {
        0.0 => 0.0,
        ratio => ratio.ln(),
    };
    let terms = groups.iter().zip(&shares);
    let value = terms.map(|(g, s)| s * g.rate.value() / mean * log(g)).sum();
    // A rate of zero has no error of its own, so that its slope, which is not finite, does not count.
    combine(value, groups, |i| match groups[i].rate.value() {
        0.0 => 0.0,
        _ => shares[i] / mean * (log(&groups[i]) - value),
    })
}

pub(crate) struct Shares {
    /// Shares that add up to 1.
    pub shares: Vec<f64>,
    /// The rate of all, C.
    pub mean: f64,
}

/// Shares divided by their sum, and the rate of all.
pub(crate) fn shares(groups: &[Group]) -> Result<Shares, Undefined> {
    let all: f64 = groups.iter().map(|group| group.share).sum();
    if !(all > 0.0 && all.is_finite() && groups.iter().all(|group| group.share >= 0.0)) {
        return Err(Undefined::NoPopulation);
    }
    if groups.iter().any(|group| !(0.0..=1.0).contains(&group.rate.value())) {
        return Err(Undefined::NotARate);
    }
    let shares: Vec<f64> = groups.iter().map(|group| group.share / all).collect();
    let mean = groups.iter().zip(&shares).map(|(group, share)| share * group.rate.value()).sum();
    Ok(Shares { shares, mean })
}

/// A function of the groups' rates: its value, and its slope in each.
pub(crate) fn combine(
    value: f64,
    groups: &[Group],
    slope: impl Fn(usize) -> f64,
) -> Result<Linearized, Undefined> {
    let slopes = groups.iter().enumerate().map(|(i, group)| (slope(i), &group.rate));
    Ok(Linearized::combine(value, slopes)?)
}

/// Σ s |p − C| and its slope in each rate, C moving along.
fn spread(groups: &[Group], shares: &[f64], mean: f64) -> (f64, Vec<f64>) {
    let distance = |group: &Group| group.rate.value() - mean;
    let side = |group: &Group| match distance(group) {
        0.0 => 0.0,
        other => other.signum(),
    };
    let pairs = || groups.iter().zip(shares);
    let spread = pairs().map(|(group, share)| share * distance(group).abs()).sum();
    let pull: f64 = pairs().map(|(group, share)| share * side(group)).sum();
    (spread, pairs().map(|(group, share)| share * (side(group) - pull)).collect())
}
