//! Inequality between groups in an order, such as quintiles of wealth.
//!
//! The convention to know: groups come poorest first. A group's rank R is the share of the population below
//! it plus half of its own. Above 0, or above 1 for the relative index, the better-off are ahead.
//!
//! Sources: Kakwani, Wagstaff and van Doorslaer (1997), *Journal of Econometrics* 77, 87–103 (concentration
//! index); Erreygers (2009), *Journal of Health Economics* 28, 504–515; Wagstaff (2005), *Health Economics* 14,
//! 429–432; Mackenbach and Kunst (1997), *Social Science & Medicine* 44, 757–771 (slope and relative index).

use crate::Undefined;
use crate::unequal::{Group, Shares, combine, shares};
use inclusion_estimate::Linearized;

/// (2 / C) Σ s p R − 1, the concentration index: from −1 to 1.
///
/// # Errors
///
/// [`Undefined::NoOneInAnyGroup`] if all rates are zero, else as [`crate::dissimilarity`].
///
/// ```
/// use inclusion_estimate::Linearized;
/// use inclusion_measures::{Group, concentration_index, slope_index};
/// let quintiles = [0.30, 0.45, 0.58, 0.70, 0.85]
///     .map(|p| Group { share: 0.2, rate: Linearized::exact(p) });
/// assert!((concentration_index(&quintiles)?.value() - 0.1875).abs() < 1e-12);
/// assert!((slope_index(&quintiles)?.value() - 0.675).abs() < 1e-12);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn concentration_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let ranked = Ranked::new(groups)?;
    if ranked.mean == 0.0 {
        return Err(Undefined::NoOneInAnyGroup);
    }
    let value = 2.0 * ranked.moment / ranked.mean - 1.0;
    let slope = |i: usize| ranked.shares[i] * (2.0 * ranked.ranks[i] - value - 1.0) / ranked.mean;
    combine(value, groups, slope)
}

/// 4 C CI: Erreygers' index of a share, the same in size for having and for not having the property.
///
/// # Errors
///
/// As [`crate::dissimilarity`], but 0 where all rates are zero.
pub fn erreygers_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let ranked = Ranked::new(groups)?;
    let value = 8.0 * ranked.moment - 4.0 * ranked.mean;
    combine(value, groups, |i| ranked.shares[i] * (8.0 * ranked.ranks[i] - 4.0))
}

/// CI / (1 − C): Wagstaff's index of a share.
///
/// # Errors
///
/// As [`concentration_index`]; [`Undefined::AllInEveryGroup`] if nobody is without the property.
pub fn wagstaff_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let ranked = Ranked::new(groups)?;
    let without = 1.0 - ranked.mean;
    if without <= 0.0 {
        return Err(Undefined::AllInEveryGroup);
    }
    let index = concentration_index(groups)?;
    let mean = combine(ranked.mean, groups, |i| ranked.shares[i])?;
    let value = index.value() / without;
    Ok(Linearized::combine(value, [(1.0 / without, &index), (value / without, &mean)])?)
}

/// The slope index of inequality: the weighted least-squares slope of p on R, that is the difference between
/// the ends of the order.
///
/// # Errors
///
/// [`Undefined::OneGroup`] with a single group that has a share, else as [`crate::dissimilarity`].
pub fn slope_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let ranked = Ranked::new(groups)?;
    let spread = ranked.spread()?;
    // Ranks weighted with their shares have the mean 1/2.
    let value = (ranked.moment - ranked.mean / 2.0) / spread;
    combine(value, groups, |i| ranked.shares[i] * (ranked.ranks[i] - 0.5) / spread)
}

/// The relative index of inequality: the fitted rate at R = 1 over the fitted rate at R = 0.
///
/// # Errors
///
/// As [`slope_index`]; [`Undefined::FittedNotPositive`] if the fitted rate at R = 0 is not above zero.
pub fn relative_index(groups: &[Group]) -> Result<Linearized, Undefined> {
    let ranked = Ranked::new(groups)?;
    let slope = slope_index(groups)?;
    let mean = combine(ranked.mean, groups, |i| ranked.shares[i])?;
    let (top, bottom) = (mean.value() + slope.value() / 2.0, mean.value() - slope.value() / 2.0);
    if bottom <= 0.0 {
        return Err(Undefined::FittedNotPositive);
    }
    let value = top / bottom;
    let slopes = [((1.0 - value) / bottom, &mean), ((1.0 + value) / (2.0 * bottom), &slope)];
    Ok(Linearized::combine(value, slopes)?)
}

struct Ranked {
    shares: Vec<f64>,
    /// Middle of each group in the order of all, 0 to 1.
    ranks: Vec<f64>,
    /// C.
    mean: f64,
    /// Σ s p R.
    moment: f64,
}

impl Ranked {
    fn new(groups: &[Group]) -> Result<Ranked, Undefined> {
        let Shares { shares, mean } = shares(groups)?;
        let mut below = 0.0;
        let mut ranks = Vec::with_capacity(shares.len());
        for share in &shares {
            ranks.push(below + share / 2.0);
            below += share;
        }
        let terms = groups.iter().zip(&shares).zip(&ranks);
        let moment = terms.map(|((group, share), rank)| share * group.rate.value() * rank).sum();
        Ok(Ranked { shares, ranks, mean, moment })
    }

    /// Σ s (R − 1/2)².
    fn spread(&self) -> Result<f64, Undefined> {
        if self.shares.iter().filter(|share| **share > 0.0).count() < 2 {
            return Err(Undefined::OneGroup);
        }
        let terms = self.shares.iter().zip(&self.ranks);
        Ok(terms.map(|(share, rank)| share * (rank - 0.5).powi(2)).sum())
    }
}
