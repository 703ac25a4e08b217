//! Quantiles of the normal, t and beta distributions.
//!
//! Intervals of official figures are compared digit by digit with those of other programs, so the
//! quantiles are accurate to 1e-12 relative, tails and very uneven shapes included. The t and the
//! beta quantile are one problem: the root of the regularised incomplete beta function on the
//! logit scale, where the logarithm of a tail is concave and Newton's method cannot run away.
//!
//! Sources: continued fraction of the beta function, Didonato and Morris (1992), *ACM Transactions on
//! Mathematical Software* 18, 360–373, eq. 9; saddle-point form of the factor before it, Loader (2000),
//! *Fast and Accurate Computation of Binomial Probabilities*; remainder of the gamma function and
//! normal tails, NIST Digital Library of Mathematical Functions 5.11.1, 7.6.2 and 7.9.1.

use std::f64::consts::PI;

/// Quantile of the standard normal distribution.
///
/// A probability outside (0, 1) is moved to the nearest number inside: the result is finite.
///
/// ```
/// use inclusion_estimate::normal_quantile;
/// assert!((normal_quantile(0.975) - 1.959963984540054).abs() < 1e-14);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    let p = inside(p);
    if p > 0.5 {
        return -lower_normal(1.0 - p, p - 0.5);
    }
    lower_normal(p, 0.5 - p)
}

/// Normal quantile of `p` ≤ ½, with `centre` = ½ − p given apart because near ½ it is what counts.
fn lower_normal(p: f64, centre: f64) -> f64 {
    let density = |z: f64| (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
    // Below 1 by the area between 0 and z, above by the logarithm of the tail, which is concave: from
    // 1 on Newton's method climbs to the root without passing it twice.
    let mut z: f64 = if centre < 0.34 { 0.0 } else { 1.0 };
    for _ in 0..100 {
        let step = if centre < 0.34 {
            (centre - density(z) * area_over_density(z)) / density(z)
        } else {
            let mills = tail_over_density(z);
            (-0.5 * z * z - 0.5 * (2.0 * PI).ln() + mills.ln() - p.ln()) * mills
        };
        z += step;
        if step.abs() <= 1e-16 * z {
            break;
        }
    }
    -z
}

/// (Φ(z) − ½) / φ(z) = z + z³/3 + z⁵/(3·5) + …
fn area_over_density(z: f64) -> f64 {
    let (mut term, mut sum) = (z, z);
    for k in 1..500 {
        term *= z * z / f64::from(2 * k + 1);
        if sum + term == sum {
            break;
        }
        sum += term;
    }
    sum
}

/// (1 − Φ(z)) / φ(z) for z ≥ 0: Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + …)))), and
/// near 0, where that is slow, the complement of the series.
pub(crate) fn tail_over_density(z: f64) -> f64 {
    if z < 3.0 {
        return (0.5 * z * z).exp() * (PI / 2.0).sqrt() - area_over_density(z);
    }
    (1..=120).rev().fold(z, |rest, k| z + f64::from(k) / rest).recip()
}

/// Quantile of Student's t distribution with `df` degrees of freedom, above 0; infinite is the
/// normal distribution.
///
/// ```
/// use inclusion_estimate::t_quantile;
/// assert!((t_quantile(0.975, 10.0) - 2.2281388519862744).abs() < 1e-14);
/// ```
pub fn t_quantile(p: f64, df: f64) -> f64 {
    // The t distribution differs from the normal one by (z³ + z)/(4 df): beyond this nothing is left.
    if df > 1e15 {
        return normal_quantile(p);
    }
    let df = if df > 0.0 { df } else { f64::MIN_POSITIVE };
    let p = inside(p);
    if p == 0.5 {
        return 0.0;
    }
    let (tail, centre) = if p < 0.5 { (p, 0.5 - p) } else { (1.0 - p, p - 0.5) };
    // df / (df + t²) has the beta distribution with df/2 and ½; its odds are df / t².
    let log_odds = beta_log_odds(2.0 * tail, 2.0 * centre, 0.5 * df, 0.5);
    let t = (0.5 * (df.ln() - log_odds)).exp().min(f64::MAX);
    if p < 0.5 { -t } else { t }
}

/// Quantile of the beta distribution with shapes `a` and `b`, both above 0.
///
/// ```
/// use inclusion_estimate::beta_quantile;
/// // With a = 1 the distribution function is 1 − (1 − x)^b.
/// assert!((beta_quantile(0.975, 1.0, 30.0) - (1.0 - 0.025f64.powf(1.0 / 30.0))).abs() < 1e-15);
/// ```
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 || a <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 || b <= 0.0 {
        return 1.0;
    }
    let log_odds = beta_log_odds(p, 1.0 - p, a, b);
    share_of(log_odds)
}

/// The nearest probability strictly between 0 and 1.
fn inside(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

/// The share with the given log odds.
fn share_of(log_odds: f64) -> f64 {
    if log_odds > 0.0 {
        1.0 - share_of(-log_odds)
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// Log odds of the beta quantile at lower tail `p` and upper tail `q`; the caller gives both
/// because the smaller one carries the digits.
fn beta_log_odds(p: f64, q: f64, a: f64, b: f64) -> f64 {
    if q < p {
        // By symmetry the upper tail is the lower tail of 1 − x.
        return -lower_tail_log_odds(q, b, a);
    }
    lower_tail_log_odds(p, a, b)
}

/// Root in u of ln I(u) = ln p for p ≤ ½, where I is the incomplete beta function at log odds u.
fn lower_tail_log_odds(p: f64, a: f64, b: f64) -> f64 {
    let goal = p.ln();
    // Beyond these odds the share is 0 or 1 to the last bit.
    let (mut low, mut high) = (-745.0, 745.0);
    let mut u = (a / b).ln().clamp(low, high);
    for _ in 0..200 {
        let (log_tail, slope) = log_incomplete_beta(u, a, b);
        let miss = log_tail - goal;
        if miss > 0.0 {
            high = u;
        } else {
            low = u;
        }
        let newton = u - miss / slope;
        let next =
            if slope > 0.0 && newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let step = (next - u).abs();
        u = next;
        if step <= 1e-15 * u.abs().max(0.1) || high - low <= f64::EPSILON * u.abs() {
            break;
        }
    }
    u
}

/// Logarithm of the incomplete beta function at log odds `u`, and its derivative by `u`.
pub(crate) fn log_incomplete_beta(u: f64, a: f64, b: f64) -> (f64, f64) {
    let (x, y) = (share_of(u), share_of(-u));
    let log_factor = log_beta_factor(x, y, u, a, b);
    if x <= (a + 1.0) / (a + b + 2.0) {
        let fraction = continued_fraction(x, y, a, b);
        // I = factor × fraction, and dI/du = factor.
        (log_factor + fraction.ln(), 1.0 / fraction)
    } else {
        let upper = log_factor.exp() * continued_fraction(y, x, b, a);
        let lower = 1.0 - upper;
        if lower <= 0.0 {
            return (f64::MIN, 0.0);
        }
        (lower.ln(), log_factor.exp() / lower)
    }
}

/// ln( x^a (1 − x)^b / B(a, b) ) without cancellation, with y = 1 − x and u = ln(x / y).
fn log_beta_factor(x: f64, y: f64, u: f64, a: f64, b: f64) -> f64 {
    let n = a + b;
    let log_x = if u > 0.0 { -(-u).exp().ln_1p() } else { u - u.exp().ln_1p() };
    let log_y = log_x - u;
    let remainder = gamma_remainder(n) - gamma_remainder(a) - gamma_remainder(b);
    let deviance = deviance(a, n * x, n, log_x) + deviance(b, n * y, n, log_y);
    // The saddle-point form is of the binomial probability; a b / n turns it into the beta factor.
    0.5 * (a / n * b / (2.0 * PI)).ln() + remainder - deviance
}

/// k ln(k / m) + m − k for m = n × share, by its series where k is near m.
pub(crate) fn deviance(k: f64, m: f64, n: f64, log_share: f64) -> f64 {
    let relative = (k - m) / (k + m);
    if relative.abs() >= 0.1 {
        return k * ((k / n).ln() - log_share) + m - k;
    }
    let square = relative * relative;
    let mut sum = (k - m) * relative;
    let mut power = 2.0 * k * relative;
    for j in 1..200 {
        power *= square;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// ln Γ(z + 1) − (z + ½) ln z + z − ½ ln 2π.
pub(crate) fn gamma_remainder(z: f64) -> f64 {
    // Coefficients B₂ₖ / (2k (2k − 1)) of the asymptotic series, DLMF 5.11.1.
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360360.0,
        1.0 / 156.0,
    ];
    let mut z = z;
    let mut sum = 0.0;
    while z < 16.0 {
        // The recurrence of the gamma function; z + ½ times a logarithm, minus 1, loses few digits here.
        sum += (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
        z += 1.0;
    }
    let inverse_square = 1.0 / (z * z);
    sum + SERIES.iter().rev().fold(0.0, |total, c| total * inverse_square + c) / z
}

/// I ÷ factor by the continued fraction of Didonato and Morris, with y = 1 − x given apart; it keeps
/// its digits where x is next to 1, and converges fast below the mean.
fn continued_fraction(x: f64, y: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let above_mean = a * y - b * x;
    let partial = |m: f64| {
        let odd = a + 2.0 * m - 1.0;
        let over = if m == 0.0 { 0.0 } else { m * (b - m) * x / odd };
        let numerator = (a + m - 1.0) / odd * ((a + b + m - 1.0) / odd) * (m * (b - m)) * (x * x);
        let denominator =
            m + over + (a + m) / (a + 2.0 * m + 1.0) * (above_mean + 1.0 + m * (1.0 + y));
        (numerator, denominator)
    };
    let mut value = away(partial(0.0).1);
    let mut c = value;
    let mut d = 0.0;
    for m in 1..100_000u32 {
        let (numerator, denominator) = partial(f64::from(m));
        d = 1.0 / away(denominator + numerator * d);
        c = away(denominator + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    1.0 / value
}
