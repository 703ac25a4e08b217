//! Differences between women and men.
//!
//! Source of the variances: Wolter (2007), *Introduction to Variance Estimation*, ch. 6; relative gap
//! as in GSMA's *Mobile Gender Gap Report*.

use crate::Undefined;
use inclusion_estimate::Linearized;

/// Men minus women, in the unit of the rates; above 0 women are behind.
///
/// # Errors
///
/// [`Undefined::NotJoint`] if the two were not estimated together.
///
/// ```
/// use inclusion_estimate::{Frame, Linearized};
/// use inclusion_measures::gap;
/// // Standard errors 1.2 and 1.1 and a covariance of 0.5, in points.
/// let frame = Frame::new("survey", "internet use by sex");
/// let women = Linearized::new(62.0, frame.clone(), vec![1.2, 0.0]);
/// let men = Linearized::new(70.0, frame, vec![0.5 / 1.2, (1.21 - (0.5f64 / 1.2).powi(2)).sqrt()]);
/// let gap = gap(&women, &men)?;
/// assert_eq!(gap.value(), 8.0);
/// assert!((gap.se() - 1.285).abs() < 0.0005);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn gap(women: &Linearized, men: &Linearized) -> Result<Linearized, Undefined> {
    Ok(Linearized::combine(men.value() - women.value(), [(1.0, men), (-1.0, women)])?)
}

/// (M − F) / M, a share; 0.11 means that women are 11 per cent less likely than men.
///
/// # Errors
///
/// [`Undefined::ZeroDenominator`] if the rate of men is zero, [`Undefined::NoOneOfEitherSex`] if both
/// are, [`Undefined::NotJoint`] as for [`gap`].
pub fn relative_gap(women: &Linearized, men: &Linearized) -> Result<Linearized, Undefined> {
    let (f, m) = (women.value(), men.value());
    divisible(f, m)?;
    Ok(Linearized::combine((m - f) / m, [(-1.0 / m, women), (f / m / m, men)])?)
}

/// (F − M) / (F + M), from −1 to 1; unlike the other differences it is above 0 where women are ahead.
///
/// # Errors
///
/// [`Undefined::NoOneOfEitherSex`] if both rates are zero, [`Undefined::NotJoint`] as for [`gap`].
pub fn normalised_difference(
    women: &Linearized,
    men: &Linearized,
) -> Result<Linearized, Undefined> {
    let (f, m) = (women.value(), men.value());
    if f + m == 0.0 {
        return Err(Undefined::NoOneOfEitherSex);
    }
    let square = (f + m) * (f + m);
    let slopes = [(2.0 * m / square, women), (-2.0 * f / square, men)];
    Ok(Linearized::combine((f - m) / (f + m), slopes)?)
}

/// Whether women's rate can be divided by men's.
pub(crate) fn divisible(women: f64, men: f64) -> Result<(), Undefined> {
    match (women == 0.0, men == 0.0) {
        (true, true) => Err(Undefined::NoOneOfEitherSex),
        (false, true) => Err(Undefined::ZeroDenominator),
        _ => Ok(()),
    }
}
