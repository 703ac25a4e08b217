//! Calibration to totals of auxiliary variables: the factors g = F(xᵀλ) that meet them.
//!
//! Distances: Deville and Särndal (1992), *Journal of the American Statistical Association* 87,
//! 376–382, cases 1, 2, 6 and 7 of section 2. λ is found by Newton's method on the convex function
//! whose slope is what is missing to the totals.

use crate::Error;
use crate::error::number;
use crate::sample::margins::{MET, NEAR, calibration_error};
use crate::sample::projection::Projection;
use crate::sample::settings::Distance;

/// Steps of Newton's method.
const STEPS: usize = 200;

/// Factor g and its slope at u.
fn factor(distance: Distance, u: f64) -> (f64, f64) {
    match distance {
        Distance::Linear => (1.0 + u, 1.0),
        Distance::BoundedLinear { lower, upper } => {
            let g = 1.0 + u;
            (g.clamp(lower, upper), f64::from(g > lower && g < upper))
        }
        Distance::Raking => (u.exp(), u.exp()),
        Distance::Logit { lower, upper } => {
            let a = (upper - lower) / ((upper - 1.0) * (1.0 - lower));
            // Divided by the larger of the two terms, so that no exponential overflows.
            let e = (-(a * u).abs()).exp();
            let (low, high) = (upper - 1.0, 1.0 - lower);
            let (low, high) = if u > 0.0 { (low * e, high) } else { (low, high * e) };
            let g = (lower * low + upper * high) / (low + high);
            let spread = (low / (low + high)) * (high / (low + high));
            (g, a * (upper - lower) * spread)
        }
    }
}

/// ∫ g from 0 to u.
fn integral(distance: Distance, u: f64) -> f64 {
    match distance {
        Distance::Linear => u + u * u / 2.0,
        Distance::BoundedLinear { lower, upper } => {
            let at = u.clamp(lower - 1.0, upper - 1.0);
            at + at * at / 2.0 + (1.0 + at) * (u - at)
        }
        Distance::Raking => u.exp() - 1.0,
        Distance::Logit { lower, upper } => {
            let a = (upper - lower) / ((upper - 1.0) * (1.0 - lower));
            let (low, high) = (upper - 1.0, 1.0 - lower);
            let e = (-(a * u).abs()).exp();
            let sum = if u > 0.0 { low * e + high } else { low + high * e };
            let log = (a * u).max(0.0) + (sum / (low + high)).ln();
            lower * u + (upper - lower) / a * log
        }
    }
}

/// Brings weights to totals of columns.
pub(crate) fn calibrate(
    columns: &[Vec<f64>],
    totals: &[f64],
    names: &[String],
    distance: Distance,
    weights: &mut [f64],
) -> Result<(), Error> {
    if let Distance::BoundedLinear { lower, upper } | Distance::Logit { lower, upper } = distance
        && !(lower < 1.0 && upper > 1.0 && lower.is_finite() && upper.is_finite())
    {
        return Err(calibration_error(format!(
            "the bounds of the factor are {} and {}; the first must be below 1 and the second above",
            number(lower),
            number(upper)
        )));
    }
    let start = weights.to_vec();
    let mut lambda = vec![0.0; columns.len()];
    let score = |lambda: &[f64], row: usize| {
        columns.iter().zip(lambda).fold(0.0, |sum, (x, l)| sum + x[row] * l)
    };
    let apply = |lambda: &[f64], weights: &mut [f64]| {
        for (row, (w, start)) in weights.iter_mut().zip(&start).enumerate() {
            *w = start * factor(distance, score(lambda, row)).0;
        }
    };
    // What is missing to each total, and the largest as a share of it.
    let missing = |weights: &[f64]| -> (Vec<f64>, f64, usize) {
        let mut most = (0.0, 0);
        let mut missing = Vec::with_capacity(columns.len());
        for (k, (x, total)) in columns.iter().zip(totals).enumerate() {
            let (mut sum, mut size) = (0.0, 0.0);
            for (x, w) in x.iter().zip(weights) {
                sum += x * w;
                size += (x * w).abs();
            }
            let share = (total - sum).abs() / total.abs().max(size).max(f64::MIN_POSITIVE);
            if share > most.0 {
                most = (share, k);
            }
            missing.push(total - sum);
        }
        (missing, most.0, most.1)
    };
    // Solving for λ minimises the convex Σ w H(xᵀλ) − Tᵀλ, whose slope is what is missing.
    let dual = |lambda: &[f64]| {
        let sum = |sum, row| sum + start[row] * integral(distance, score(lambda, row));
        let all = (0..start.len()).fold(0.0, sum);
        totals.iter().zip(lambda).fold(all, |all, (total, l)| all - total * l)
    };
    let (mut left, mut most, mut worst) = missing(weights);
    let mut height = dual(&lambda);
    let mut trial = weights.to_vec();
    for _ in 0..STEPS {
        if most <= MET {
            break;
        }
        let slopes: Vec<f64> = (0..start.len())
            .map(|row| start[row] * factor(distance, score(&lambda, row)).1)
            .collect();
        let step = Projection::new(columns, &slopes).solve(&left);
        let mut size = 1.0;
        let mut better = false;
        // Newton's method with halved steps where a whole one leads away.
        while size > 1e-9 {
            let next: Vec<f64> = lambda.iter().zip(&step).map(|(l, s)| l + size * s).collect();
            apply(&next, &mut trial);
            let (after, lower) = (missing(&trial), dual(&next));
            // At the last digits the function no longer tells; what is missing still does.
            if lower < height || after.1 < most {
                (lambda, height, (left, most, worst)) = (next, lower, after);
                weights.copy_from_slice(&trial);
                better = true;
                break;
            }
            size /= 2.0;
        }
        if !better {
            break;
        }
    }
    if most > NEAR {
        return Err(calibration_error(format!(
            "the weights cannot be brought to the total of {} (a share of {} is missing); check the totals for contradictions, or widen the bounds",
            names[worst],
            number(most)
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_of_the_distances_are_their_derivatives() {
        for distance in [Distance::Raking, Distance::Logit { lower: 0.4, upper: 3.0 }] {
            for u in [-30.0, -2.0, -0.3, 0.0, 0.4, 2.5] {
                let between = |h: f64| factor(distance, u + h).0 - factor(distance, u - h).0;
                let slope = factor(distance, u).1;
                assert!((between(1e-6) / 2e-6 - slope).abs() < 1e-6 * (1.0 + slope), "{u}");
            }
            assert!((factor(distance, 0.0).0 - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn factors_are_the_derivatives_of_their_integrals() {
        let bounds = (0.4, 3.0);
        for distance in [
            Distance::Linear,
            Distance::Raking,
            Distance::BoundedLinear { lower: bounds.0, upper: bounds.1 },
            Distance::Logit { lower: bounds.0, upper: bounds.1 },
        ] {
            for u in [-5.0, -2.0, -0.3, 0.0, 0.4, 4.5] {
                let between = integral(distance, u + 1e-6) - integral(distance, u - 1e-6);
                let g = factor(distance, u).0;
                assert!((between / 2e-6 - g).abs() < 1e-7 * (1.0 + g.abs()), "{distance:?} {u}");
            }
        }
    }
}
