//! Tail probabilities of the normal, t, F and χ² distributions, for p-values.
//!
//! A p-value of 1e-170 is printed and compared as such, so the small tail is computed itself, never as
//! 1 minus the large one, and keeps twelve digits. t and F are the incomplete beta function at log odds
//! ln(df₂ / (df₁ f)) of `distribution.rs`; χ² is the incomplete gamma function.
//!
//! No crate is used for these: those at hand take the logarithm of the gamma function as a difference of
//! large numbers, which costs the digits wanted here as the degrees of freedom grow.
//!
//! Sources: NIST Digital Library of Mathematical Functions 8.11.4 (series), 8.9.2 (continued fraction),
//! 8.17.2 (beta); factor before them by Loader (2000), *Fast and Accurate Computation of Binomial
//! Probabilities*.

use crate::distribution::{deviance, gamma_remainder, log_incomplete_beta, tail_over_density};
use std::f64::consts::PI;

/// Probability that a standard normal number exceeds `z`.
///
/// ```
/// use inclusion_estimate::normal_tail;
/// assert!((normal_tail(1.959963984540054) - 0.025).abs() < 1e-15);
/// ```
pub fn normal_tail(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    tail_over_density(z) * (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// Probability that Student's t with `df` degrees of freedom, above 0, exceeds `t`; `df` may be
/// infinite. A two-sided p-value is twice this at |t|.
///
/// ```
/// use inclusion_estimate::t_tail;
/// // With one degree of freedom it is the Cauchy distribution.
/// assert!((t_tail(1.0, 1.0) - 0.25).abs() < 1e-15);
/// ```
pub fn t_tail(t: f64, df: f64) -> f64 {
    if df > 1e15 {
        return normal_tail(t);
    }
    // t² is F with 1 and df.
    let half = 0.5 * f_tail(t * t, 1.0, df);
    if t < 0.0 { 1.0 - half } else { half }
}

/// Probability that F with `numerator` and `denominator` degrees of freedom, above 0, exceeds `f`; the
/// denominator's may be infinite. 1 for `f` of 0 or less.
///
/// ```
/// use inclusion_estimate::f_tail;
/// // With 2 and 2 it is 1 / (1 + f).
/// assert!((f_tail(3.0, 2.0, 2.0) - 0.25).abs() < 1e-15);
/// ```
pub fn f_tail(f: f64, numerator: f64, denominator: f64) -> f64 {
    if denominator > 1e15 {
        return chi_square_tail(numerator * f, numerator);
    }
    if f <= 0.0 {
        return 1.0;
    }
    // df₂ / (df₂ + df₁ f) has the beta distribution with df₂/2 and df₁/2.
    let log_odds = (denominator / numerator).ln() - f.ln();
    log_incomplete_beta(log_odds.clamp(-745.0, 745.0), 0.5 * denominator, 0.5 * numerator)
        .0
        .exp()
        .min(1.0)
}

/// Probability that χ² with `df` degrees of freedom, above 0, exceeds `x`. 1 for `x` of 0 or less.
///
/// ```
/// use inclusion_estimate::chi_square_tail;
/// // With 2 it is exp(−x/2).
/// assert!((chi_square_tail(5.0, 2.0) - (-2.5f64).exp()).abs() < 1e-15);
/// ```
pub fn chi_square_tail(x: f64, df: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let (a, x) = (0.5 * df, 0.5 * x);
    // x^a e^(−x) / Γ(a + 1), by its saddle-point form.
    let factor = (-gamma_remainder(a) - deviance(a, x, 1.0, x.ln())).exp() / (2.0 * PI * a).sqrt();
    if x < a + 1.0 {
        return 1.0 - factor * lower_series(a, x);
    }
    factor * a * upper_fraction(a, x)
}

/// Lower incomplete gamma function over the factor: 1 + x/(a+1) + x²/((a+1)(a+2)) + …
fn lower_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..1_000_000 {
        term *= x / (a + f64::from(k));
        if sum + term == sum {
            break;
        }
        sum += term;
    }
    sum
}

/// Upper incomplete gamma function over x^a e^(−x): 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))).
fn upper_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut b = x + 1.0 - a;
    let mut value = away(b);
    let (mut c, mut d) = (value, 0.0);
    for k in 1..1_000_000 {
        let k = f64::from(k);
        let numerator = -k * (k - a);
        b += 2.0;
        d = 1.0 / away(b + numerator * d);
        c = away(b + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    1.0 / value
}
