//! Confidence intervals of proportions, means and ratios.
//!
//! All take the t quantile with the degrees of freedom of the design, not the normal one. The
//! convention to know: the Korn–Graubard interval counts rows of zero weight, as R's does, and its
//! effective number of cases may exceed the number of rows.
//!
//! Sources: Korn and Graubard (1998), *Survey Methodology* 24, 193–201 (beta); Wilson (1927),
//! *Journal of the American Statistical Association* 22, 209–212; definitions as R's
//! `survey::svyciprop` (methods `xlogit`, `beta`, `wilson`, `mean`, `asin`, `likelihood`). R's `logit`
//! is the interval of a logistic regression's constant: the coefficient is the logit of the share and
//! its standard error se / (p (1 − p)), so it is `xlogit` up to the tolerance of its iterations.
//!
//! The likelihood interval holds the shares q with 2 n* KL(p, q) ≤ t², where KL is the binomial
//! deviance of one case and n* = p(1 − p)/se²: the profile likelihood scaled by the design effect
//! (Rao and Scott (1984), *Annals of Statistics* 12, 46–60, for one parameter).

use crate::{beta_quantile, normal_quantile, t_quantile};
use std::cell::RefCell;
use std::collections::HashMap;
use std::f64::consts::FRAC_PI_2;

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Confidence level, such as 0.95.
    pub level: f64,
    /// How it was made; may differ from what was asked for (a share of 0 has no logit interval).
    pub method: IntervalMethod,
}

impl Interval {
    /// True if the value lies inside or on an end.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// How an interval is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalMethod {
    /// t-interval on the logit scale (R's `xlogit`); the default for shares.
    Logit,
    /// Korn–Graubard: Clopper–Pearson with the effective number of cases, df-corrected.
    Beta,
    /// Wilson score interval with the effective number of cases.
    Wilson,
    /// Value ± t × se.
    Mean,
    /// t-interval on the log scale, for ratios.
    Log,
    /// t-interval on the arcsine-square-root scale, cut at its ends.
    Asin,
    /// Profile likelihood, scaled by the design effect.
    Likelihood,
    /// Of a quantile: the interval of the share of rows at or below it, inverted.
    Woodruff,
}

/// What the interval of a proportion needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionInputs {
    /// The share, 0 to 1.
    pub share: f64,
    /// Its standard error.
    pub se: f64,
    /// Rows of the domain including those of zero weight.
    pub n_rows: u64,
    /// Degrees of freedom; `None` is infinite.
    pub df: Option<f64>,
    /// Confidence level.
    pub level: f64,
}

/// Interval of a proportion.
///
/// A share of 0 or 1 has no logit and no log interval, and its standard error of 0 would make any
/// other a point: the result is then the Korn–Graubard one with the number of rows as the
/// effective number, and says so by its `method`.
///
/// `None` if there is no interval: no degrees of freedom are left, or there are no rows.
///
/// ```
/// use inclusion_estimate::{IntervalMethod, ProportionInputs, interval_proportion};
/// let inputs = ProportionInputs { share: 0.0, se: 0.0, n_rows: 30, df: Some(12.0), level: 0.95 };
/// let interval = interval_proportion(inputs, IntervalMethod::Logit).unwrap();
/// assert_eq!((interval.lower, interval.method), (0.0, IntervalMethod::Beta));
/// assert!((interval.upper - 0.11570).abs() < 1e-5);
/// ```
pub fn interval_proportion(inputs: ProportionInputs, method: IntervalMethod) -> Option<Interval> {
    let ProportionInputs { share, se, n_rows, df, level } = inputs;
    let rows = n_rows as f64;
    if share <= 0.0 || share >= 1.0 {
        return clopper_pearson(share.clamp(0.0, 1.0), rows, level);
    }
    let t = critical_value(level, df)?;
    let spread = share * (1.0 - share);
    let (lower, upper) = match method {
        IntervalMethod::Logit => {
            let (centre, half) = ((share / (1.0 - share)).ln(), t * se / spread);
            (inverse_logit(centre - half), inverse_logit(centre + half))
        }
        IntervalMethod::Beta if se > 0.0 => {
            let correction = critical_value(level, Some(rows - 1.0))? / t;
            return clopper_pearson(share, spread / (se * se) * correction * correction, level);
        }
        IntervalMethod::Wilson if se > 0.0 => {
            let n = spread / (se * se);
            let middle = (share + t * t / (2.0 * n)) / (1.0 + t * t / n);
            let half = t / (1.0 + t * t / n) * (spread / n + t * t / (4.0 * n * n)).sqrt();
            (middle - half, middle + half)
        }
        // The effective number is infinite without sampling error: the interval is the share.
        IntervalMethod::Beta | IntervalMethod::Wilson => (share, share),
        IntervalMethod::Asin => {
            // Beyond 0 and π/2 the sine would turn back; the share itself ends there.
            let (centre, half) = (share.sqrt().asin(), t * se / (2.0 * spread.sqrt()));
            let back = |u: f64| u.clamp(0.0, FRAC_PI_2).sin().powi(2);
            (back(centre - half), back(centre + half))
        }
        IntervalMethod::Likelihood if se > 0.0 => {
            let bound = t * t * se * se / (2.0 * spread);
            // The lower end is the upper one of the complement.
            let (above, below) = (likelihood_end(share, bound), likelihood_end(1.0 - share, bound));
            (inverse_logit(-below), inverse_logit(above))
        }
        IntervalMethod::Likelihood => (share, share),
        // A share is no quantile: it is treated as the share that Woodruff's interval inverts.
        IntervalMethod::Mean | IntervalMethod::Woodruff => {
            return interval_mean(share, se, df, level);
        }
        IntervalMethod::Log => {
            let interval = interval_log(share, se / share, df, level)?;
            return Some(Interval { upper: interval.upper.min(1.0), ..interval });
        }
    };
    finite(Interval { lower, upper, level, method })
}

/// Value ± t × se; `None` without degrees of freedom.
pub fn interval_mean(value: f64, se: f64, df: Option<f64>, level: f64) -> Option<Interval> {
    let half = critical_value(level, df)? * se;
    let method = IntervalMethod::Mean;
    finite(Interval { lower: value - half, upper: value + half, level, method })
}

/// Ratio × exp(± t × se of its logarithm); `None` for a ratio of 0 or less, which has no logarithm,
/// and without degrees of freedom.
///
/// The interval of F/M has `se_log` = √((SE_f/F)² + (SE_m/M)² − 2 Cov/(F M)).
pub fn interval_log(ratio: f64, se_log: f64, df: Option<f64>, level: f64) -> Option<Interval> {
    if ratio <= 0.0 {
        return None;
    }
    let factor = (critical_value(level, df)? * se_log).exp();
    let method = IntervalMethod::Log;
    finite(Interval { lower: ratio / factor, upper: ratio * factor, level, method })
}

/// The two-sided critical value: of t, or of the normal distribution where `df` is infinite (`None`).
/// `None` where no degree of freedom is left or the level is not between 0 and 1.
///
/// ```
/// use inclusion_estimate::critical_value;
/// assert!((critical_value(0.95, Some(10.0)).unwrap() - 2.2281388519862744).abs() < 1e-14);
/// ```
pub fn critical_value(level: f64, df: Option<f64>) -> Option<f64> {
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    // From the tail, which keeps its digits where the level is near 1.
    let tail = (1.0 - level) / 2.0;
    match df {
        None => Some(-normal_quantile(tail)),
        Some(df) if df > 0.0 => Some(-remembered(tail, df)),
        Some(_) => None,
    }
}

/// The t quantile; the cells of a large table have few different degrees of freedom.
fn remembered(tail: f64, df: f64) -> f64 {
    const MOST: usize = 4096;
    thread_local!(static KNOWN: RefCell<HashMap<(u64, u64), f64>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        *known.entry((tail.to_bits(), df.to_bits())).or_insert_with(|| t_quantile(tail, df))
    })
}

/// Exact binomial interval (Clopper–Pearson) of a share of `n` cases, which need not be whole; `None`
/// without cases, or for a level that is not between 0 and 1.
///
/// ```
/// use inclusion_estimate::clopper_pearson;
/// let interval = clopper_pearson(0.0, 30.0, 0.95).unwrap();
/// assert!((interval.upper - 0.11570).abs() < 1e-5);
/// ```
pub fn clopper_pearson(share: f64, n: f64, level: f64) -> Option<Interval> {
    if !(n > 0.0 && n.is_finite() && level > 0.0 && level < 1.0) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (with, without) = (n * share, n * (1.0 - share));
    let lower = beta_quantile(tail, with, without + 1.0);
    let upper = 1.0 - beta_quantile(tail, without, with + 1.0);
    finite(Interval { lower, upper, level, method: IntervalMethod::Beta })
}

/// Logit of the share q above `share` with KL(share, q) = `bound`, both above 0.
///
/// On the logit scale KL is convex with its minimum at the share, so that Newton's method comes down
/// to the root from any start beyond it.
fn likelihood_end(share: f64, bound: f64) -> f64 {
    let start = (share / (1.0 - share)).ln();
    // With q = 1/(1 + e^−u): KL = p ln p + (1−p) ln(1−p) − p u + ln(1 + e^u), written by the step
    // v = u − start so that a short interval keeps its digits: −p v + ln(1 + p (e^v − 1)).
    let divergence = |v: f64| {
        if v < 1.0 {
            (share * v.exp_m1()).ln_1p() - share * v
        } else {
            (1.0 - share) * v + (share + (1.0 - share) * (-v).exp()).ln()
        }
    };
    // A step far enough: KL grows at least like (1−p) v + ln p.
    let mut v = (bound - share.ln()) / (1.0 - share);
    for _ in 0..200 {
        let slope = inverse_logit(start + v) - share;
        let step = (divergence(v) - bound) / slope;
        if !(step.is_finite() && slope > 0.0) {
            break;
        }
        v -= step;
        if step.abs() <= 1e-15 * v {
            break;
        }
    }
    start + v
}

fn inverse_logit(u: f64) -> f64 {
    1.0 / (1.0 + (-u).exp())
}

/// An end that is not a number, from inputs that are not, is no interval.
fn finite(interval: Interval) -> Option<Interval> {
    (interval.lower.is_finite() && interval.upper.is_finite()).then_some(interval)
}
