//! Ratios of women to men.
//!
//! Sources: ITU, *Facts and Figures* (gender parity score); UNESCO Institute for Statistics, *Adjusted
//! gender parity index*; World Economic Forum, *Global Gender Gap Report* (truncated ratio).

use crate::Undefined;
use crate::gap::divisible;
use inclusion_estimate::Linearized;

/// Women over men, as in the ITU gender parity score.
///
/// # Errors
///
/// [`Undefined::ZeroDenominator`] if the rate of men is zero: with no man connected parity has no
/// meaning, and the gap is the figure to report. [`Undefined::NoOneOfEitherSex`] if both are zero.
/// [`Undefined::NotJoint`] if the two were not estimated together.
///
/// ```
/// use inclusion_estimate::Linearized;
/// use inclusion_measures::parity;
/// let (women, men) = (Linearized::exact(0.36), Linearized::exact(0.48));
/// assert_eq!(parity(&women, &men)?.value(), 0.75);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn parity(women: &Linearized, men: &Linearized) -> Result<Linearized, Undefined> {
    let (f, m) = (women.value(), men.value());
    divisible(f, m)?;
    // The slopes are written so that they cancel exactly where women and men are equal.
    let ratio = f / m;
    Ok(Linearized::combine(ratio, [(1.0 / m, women), (-ratio / m, men)])?)
}

/// F / M where that is at most 1, else 2 − M / F: the same distance from 1 whoever is behind.
///
/// # Errors
///
/// As [`parity`].
pub fn adjusted_parity(women: &Linearized, men: &Linearized) -> Result<Linearized, Undefined> {
    let ratio = parity(women, men)?;
    let (f, m) = (women.value(), men.value());
    if ratio.value() <= 1.0 {
        return Ok(ratio);
    }
    Ok(Linearized::combine(adjusted(ratio.value()), [(m / (f * f), women), (-1.0 / f, men)])?)
}

/// The adjusted index of a ratio; it never falls as the ratio rises.
pub(crate) fn adjusted(ratio: f64) -> f64 {
    if ratio <= 1.0 { ratio } else { 2.0 - 1.0 / ratio }
}

/// The ratio of women to men, at most `bound`; women's lead does not count. On the bound the value
/// has no sampling error of its own.
///
/// # Errors
///
/// As [`parity`].
pub fn truncated_ratio(
    women: &Linearized,
    men: &Linearized,
    bound: f64,
) -> Result<Linearized, Undefined> {
    let ratio = parity(women, men)?;
    if ratio.value() < bound { Ok(ratio) } else { Ok(Linearized::exact(bound)) }
}
