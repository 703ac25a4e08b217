//! The smallest gap between women and men that a survey of a given size would find.
//!
//! A source that finds no gap may be too small to find one. Of a survey with n interviews and a design effect,
//! the smallest gap that a two-sided test finds with the given power is
//!
//! (z₁₋α/₂ + z_power) √( p (1 − p) (deff_f/n_f + deff_m/n_m) )
//!
//! with the common rate p of the two sexes; p = 0.5 is the worst case and needs no data. Women and men are
//! taken as independent, which makes the gap larger than it is where the two were interviewed in the same
//! places and are alike.
//!
//! Sources: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*, ch. 4 (sample size
//! for two proportions, solved for the difference); Kish (1965), *Survey Sampling*, ch. 8 (design effect).

use inclusion_estimate::critical_value;

/// One sex in a survey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interviewed {
    /// Interviews, not weighted.
    pub n: u64,
    /// Design effect of the rate: 1 for a simple random sample.
    pub deff: f64,
}

/// Why no detectable gap can be told.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Undetectable {
    /// Nobody of one sex was interviewed.
    #[error("nobody of one sex was interviewed")]
    NoInterviews,
    /// A design effect, rate, level or power is not one.
    #[error("{name} of {value} is not between {lowest} and {highest}")]
    OutOfRange {
        /// What it is.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it must be above.
        lowest: f64,
        /// What it must be below.
        highest: f64,
    },
    /// Not even the largest gap about the rate would be found.
    #[error("the sample is too small to find any gap about this rate")]
    SampleTooSmall,
}

impl Undetectable {
    /// The stable code used in data files and notes.
    pub fn id(&self) -> &'static str {
        match self {
            Undetectable::NoInterviews => "no_cases",
            Undetectable::OutOfRange { .. } => "out_of_range",
            Undetectable::SampleTooSmall => "sample_too_small",
        }
    }
}

/// The smallest gap, as a difference of shares, that a two-sided test at 1 − `level` finds with the given
/// `power`, about a common `rate`.
///
/// # Errors
///
/// [`Undetectable::SampleTooSmall`] if two rates about `rate` cannot lie so far apart within 0 and 1.
///
/// ```
/// use inclusion_measures::{Interviewed, detectable_gap};
/// // 1,000 adults, half of them women, design effect 1.5: gaps under 11 points may go unseen.
/// let half = Interviewed { n: 500, deff: 1.5 };
/// assert!((detectable_gap(half, half, 0.5, 0.95, 0.80)? - 0.1085).abs() < 5e-5);
/// # Ok::<(), inclusion_measures::Undetectable>(())
/// ```
pub fn detectable_gap(
    women: Interviewed,
    men: Interviewed,
    rate: f64,
    level: f64,
    power: f64,
) -> Result<f64, Undetectable> {
    let within = |name, value: f64, lowest, highest| {
        if value > lowest && value < highest {
            return Ok(());
        }
        // What is no number is told as the limit that it is not above.
        let value = if value.is_finite() { value } else { highest };
        Err(Undetectable::OutOfRange { name, value, lowest, highest })
    };
    if women.n == 0 || men.n == 0 {
        return Err(Undetectable::NoInterviews);
    }
    within("a design effect", women.deff, 0.0, 1e6)?;
    within("a design effect", men.deff, 0.0, 1e6)?;
    within("a rate", rate, 0.0, 1.0)?;
    within("a level", level, 0.0, 1.0)?;
    within("a power", power, 0.5, 1.0)?;
    // The one-sided quantile of the power is the two-sided one of 2 power − 1.
    let quantiles = critical_value(level, None).zip(critical_value(2.0 * power - 1.0, None));
    let (significance, power) = quantiles.ok_or(Undetectable::SampleTooSmall)?;
    let part = |sex: Interviewed| sex.deff / sex.n as f64;
    let gap = (significance + power) * (rate * (1.0 - rate) * (part(women) + part(men))).sqrt();
    match gap / 2.0 < rate.min(1.0 - rate) {
        true => Ok(gap),
        false => Err(Undetectable::SampleTooSmall),
    }
}
