//! The equally distributed equivalent: the mean that falls as the sexes drift apart.
//!
//! Source: Anand and Sen (1995), *Gender Inequality in Human Development*; Atkinson (1970), *Journal
//! of Economic Theory* 2, 244–263.

use crate::{Undefined, combined_total};
use inclusion_estimate::Linearized;

/// (s F^(1−e) + (1 − s) M^(1−e))^(1/(1−e)), and F^s M^(1−s) for e = 1, where s is women's share of
/// the population and e the aversion to inequality: 0 is the plain mean, 2 the harmonic one.
///
/// # Errors
///
/// [`Undefined::ZeroRate`] if a rate is zero and e is 1 or more, [`Undefined::NotJoint`] if the two
/// were not estimated together.
pub fn equally_distributed(
    women: &Linearized,
    men: &Linearized,
    share_women: f64,
    aversion: f64,
) -> Result<Linearized, Undefined> {
    let (f, m, s) = (women.value(), men.value(), share_women);
    if aversion >= 1.0 && (f <= 0.0 || m <= 0.0) {
        return Err(Undefined::ZeroRate);
    }
    if f == 0.0 && m == 0.0 {
        return Err(Undefined::NoOneOfEitherSex);
    }
    let power = 1.0 - aversion;
    let value = if power == 0.0 {
        f.powf(s) * m.powf(1.0 - s)
    } else {
        (s * f.powf(power) + (1.0 - s) * m.powf(power)).powf(1.0 / power)
    };
    // For every e the slope is share × (value / rate)^e; a rate of 0 has no finite one below e = 1.
    let slope = |share: f64, rate: f64| {
        if aversion == 0.0 {
            Ok(share)
        } else if rate > 0.0 {
            Ok(share * (value / rate).powf(aversion))
        } else {
            Err(Undefined::ZeroRate)
        }
    };
    Ok(Linearized::combine(value, [(slope(s, f)?, women), (slope(1.0 - s, m)?, men)])?)
}

/// 1 − equally distributed equivalent / mean: the share of the mean that is lost to inequality.
///
/// # Errors
///
/// As [`equally_distributed`]; [`Undefined::NoOneOfEitherSex`] if both rates are zero.
///
/// ```
/// use inclusion_estimate::Linearized;
/// use inclusion_measures::inequality_loss;
/// let (women, men) = (Linearized::exact(0.12), Linearized::exact(0.55));
/// assert!((inequality_loss(&women, &men, 0.5, 2.0)?.value() - 0.4119).abs() < 5e-5);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn inequality_loss(
    women: &Linearized,
    men: &Linearized,
    share_women: f64,
    aversion: f64,
) -> Result<Linearized, Undefined> {
    let mean = combined_total(women, men, share_women, 1.0 - share_women)?;
    if mean.value() == 0.0 {
        return Err(Undefined::NoOneOfEitherSex);
    }
    let equal = equally_distributed(women, men, share_women, aversion)?;
    let ratio = equal.value() / mean.value();
    let slopes = [(-1.0 / mean.value(), &equal), (ratio / mean.value(), &mean)];
    Ok(Linearized::combine(1.0 - ratio, slopes)?)
}
