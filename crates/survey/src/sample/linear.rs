//! Statistics as functions of the weights.
//!
//! Whatever is estimated from a sample in memory is a function of its weights: a vector of values,
//! and for each row the derivative of each value by the weight of that row, its *influence*. The
//! variance of the values is then that of the weighted total of the influence, whatever the
//! statistic; under replicate weights the function is evaluated again and the influence is not
//! needed. The influence is the plain derivative: it is *not* multiplied by the weight.
//!
//! For a total Σ w y it is y; for a ratio R = Σ w y / Σ w x it is (y − R x) / Σ w x. Sources: Deville
//! (1999), *Survey Methodology* 25, 193–203; Binder (1983), *International Statistical Review* 51.

use crate::Error;

/// What a statistic is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The values only; `influence` and `base` may stay empty.
    Values,
    /// The values and their influence.
    Influence,
}

/// Values, and how they depend on the weights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linear {
    /// The values.
    pub values: Vec<f64>,
    /// Derivative of each value by the weight of each row, row by row: `rows × values`.
    pub influence: Vec<f64>,
    /// Whether each row is in the domain of each value, laid out as `influence`; empty stands for
    /// all rows. It decides which strata and PSUs a value has rows in (degrees of freedom, rules
    /// for single PSUs), which zeros in the influence do not tell. Rows of weight 0 are taken out
    /// by the sample.
    pub base: Vec<bool>,
}

impl Linear {
    /// The same values, all in one domain: for values that are compared, which have the strata of all
    /// of them under a rule for single PSUs.
    pub fn in_domain(mut self, domain: &[bool]) -> Linear {
        if !self.influence.is_empty() {
            let size = self.values.len();
            self.base = domain.iter().flat_map(|row| std::iter::repeat_n(*row, size)).collect();
        }
        self
    }

    /// The values of both, side by side.
    pub fn beside(self, other: Linear) -> Linear {
        if other.values.is_empty() {
            return self;
        }
        if self.values.is_empty() {
            return other;
        }
        let (a, b) = (self.values.len(), other.values.len());
        let join = |x: &[f64], y: &[f64]| {
            x.chunks(a).zip(y.chunks(b)).flat_map(|(x, y)| [x, y].concat()).collect()
        };
        let base = match (self.base.is_empty(), other.base.is_empty()) {
            (true, true) => Vec::new(),
            (first, second) => {
                let rows = self.base.len() / a + other.base.len() / b;
                let rows = if first || second { rows } else { rows / 2 };
                let all = |width: usize| vec![true; rows * width];
                let x = if first { all(a) } else { self.base };
                let y = if second { all(b) } else { other.base };
                x.chunks(a).zip(y.chunks(b)).flat_map(|(x, y)| [x, y].concat()).collect()
            }
        };
        Linear {
            influence: join(&self.influence, &other.influence),
            values: [self.values, other.values].concat(),
            base,
        }
    }
}

/// Numerator, denominator and domain of a ratio, by row.
#[derive(Debug, Clone, Copy)]
pub struct Ratio<'a> {
    /// Numerator.
    pub y: &'a [f64],
    /// Denominator; 1 in each row for a mean.
    pub x: &'a [f64],
    /// Rows of the domain; outside it `y` and `x` do not matter.
    pub base: &'a [bool],
}

/// Ratios Σ w y / Σ w x, each over its own domain.
///
/// # Errors
///
/// [`Error::Undefined`] if a denominator is 0.
pub fn ratios(weights: &[f64], of: &[Ratio<'_>], need: Need) -> Result<Linear, Error> {
    let mut values = Vec::with_capacity(of.len());
    let mut below = Vec::with_capacity(of.len());
    for ratio in of {
        let (mut sum_y, mut sum_x) = (0.0, 0.0);
        for row in (0..weights.len()).filter(|row| ratio.base[*row]) {
            sum_y += weights[row] * ratio.y[row];
            sum_x += weights[row] * ratio.x[row];
        }
        if sum_x == 0.0 {
            return Err(Error::Undefined { what: "a ratio or mean".to_string() });
        }
        values.push(sum_y / sum_x);
        below.push(sum_x);
    }
    if need == Need::Values {
        return Ok(Linear { values, ..Linear::default() });
    }
    let mut influence = Vec::with_capacity(weights.len() * of.len());
    let mut base = Vec::with_capacity(weights.len() * of.len());
    for row in 0..weights.len() {
        for (k, ratio) in of.iter().enumerate() {
            let inside = ratio.base[row];
            let score = (ratio.y[row] - values[k] * ratio.x[row]) / below[k];
            influence.push(if inside { score } else { 0.0 });
            base.push(inside);
        }
    }
    Ok(Linear { values, influence, base })
}

/// Totals Σ w y, each over its own domain: `(y, base)`.
pub fn totals(weights: &[f64], of: &[(&[f64], &[bool])], need: Need) -> Linear {
    let sum = |(y, base): &(&[f64], &[bool])| {
        let rows = (0..weights.len()).filter(|row| base[*row]);
        rows.fold(0.0, |sum, row| sum + weights[row] * y[row])
    };
    let values = of.iter().map(sum).collect();
    if need == Need::Values {
        return Linear { values, ..Linear::default() };
    }
    let mut linear = Linear { values, ..Linear::default() };
    for row in 0..weights.len() {
        for (y, base) in of {
            linear.influence.push(if base[row] { y[row] } else { 0.0 });
            linear.base.push(base[row]);
        }
    }
    linear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn influence_is_the_derivative_by_the_weight() {
        let weights = [1.0, 2.0, 0.5, 3.0];
        let (y, x) = ([3.0, 1.0, 4.0, 1.5], [1.0, 2.0, 1.0, 2.5]);
        let base = [true, true, false, true];
        let both = |weights: &[f64], need| {
            let ratio = ratios(weights, &[Ratio { y: &y, x: &x, base: &base }], need).unwrap();
            ratio.beside(totals(weights, &[(&y, &base), (&x, &[true; 4])], need))
        };
        let linear = both(&weights, Need::Influence);
        let step = 1e-6;
        for row in 0..4 {
            let mut moved = weights;
            moved[row] += step;
            let after = both(&moved, Need::Values);
            for k in 0..3 {
                let slope = (after.values[k] - linear.values[k]) / step;
                assert!((slope - linear.influence[row * 3 + k]).abs() < 1e-5, "{row} {k}");
            }
        }
        assert_eq!(linear.base[2 * 3..3 * 3], [false, false, true]);
    }

    #[test]
    fn values_that_are_compared_have_one_domain() {
        let (y, one) = ([3.0, 1.0, 4.0], [1.0; 3]);
        let (first, second) = ([true, false, false], [false, true, false]);
        let of = |base| Ratio { y: &y, x: &one, base };
        let both = [of(&first), of(&second)];
        let apart = ratios(&one, &both, Need::Influence).unwrap();
        assert_eq!(apart.base, [true, false, false, true, false, false]);
        let together = apart.clone().in_domain(&[true, true, false]);
        assert_eq!(together.base, [true, true, true, true, false, false]);
        assert_eq!(together.influence, apart.influence);
    }

    #[test]
    fn a_mean_over_no_weight_is_undefined() {
        let none = Ratio { y: &[1.0], x: &[1.0], base: &[false] };
        assert!(matches!(ratios(&[1.0], &[none], Need::Values), Err(Error::Undefined { .. })));
    }
}
