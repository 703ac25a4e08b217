//! The equations of a regression, and the two ways to solve them; see `regression.rs`.

use super::matrix::factorise;
use super::regression::Family;
use super::{Model, refuse};
use crate::Error;

const STEPS: usize = 60;
/// R's own number, of which the first is from the start without coefficients.
const R_STEPS: usize = 24;
const DEPENDENT: f64 = 1e-7;

/// Names the first column that depends on those before it, by orthogonalising them one after the
/// other (twice, which is enough: Giraud, Langou and Rozložník 2005).
pub(super) fn independent(model: &Model, rows: &[usize], weights: &[f64]) -> Result<(), Error> {
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(model.width());
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for (column, name) in model.names().iter().enumerate() {
        let mut rest: Vec<f64> =
            rows.iter().map(|row| weights[*row].sqrt() * model.row(*row)[column]).collect();
        let length = dot(&rest, &rest).sqrt();
        if length == 0.0 {
            let message = format!(
                "column {name} is 0 in every row of the domain; leave out that variable or level"
            );
            return Err(refuse("regression", message));
        }
        for _ in 0..2 {
            for unit in &basis {
                let along = dot(unit, &rest);
                rest.iter_mut().zip(unit).for_each(|(rest, unit)| *rest -= along * unit);
            }
        }
        let left = dot(&rest, &rest).sqrt();
        if left <= DEPENDENT * length {
            let message = format!(
                "column {name} is a combination of the columns before it in the rows of the domain; leave it out"
            );
            return Err(refuse("regression", message));
        }
        rest.iter_mut().for_each(|value| *value /= left);
        basis.push(rest);
    }
    Ok(())
}

pub(super) fn predictor(x: &[f64], beta: &[f64]) -> f64 {
    x.iter().zip(beta).map(|(x, b)| x * b).sum()
}

pub(super) fn separated(column: &str) -> Error {
    refuse(
        "logistic regression",
        format!(
            "the coefficient of {column} grows without end: the columns tell the outcomes apart \
             completely in some rows; leave the column out or join its levels"
        ),
    )
}

/// −y ln y − (1 − y) ln(1 − y), 0 at both ends.
fn entropy(y: f64) -> f64 {
    [y, 1.0 - y].iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum()
}

/// Coefficients, and those whose variance function counts where these are not the same.
pub(super) struct Solution {
    pub(super) beta: Vec<f64>,
    pub(super) before: Option<Vec<f64>>,
}

pub(super) struct Fit<'a> {
    pub(super) model: &'a Model,
    pub(super) outcome: &'a [f64],
    pub(super) weights: &'a [f64],
    pub(super) family: Family,
    pub(super) rows: &'a [usize],
    pub(super) total: f64,
}

impl Fit<'_> {
    /// Why the equations of a column have no solution.
    fn stuck(&self, column: usize) -> Error {
        let name = &self.model.names()[column];
        match self.family {
            Family::Binomial => separated(name),
            Family::Gaussian => refuse(
                "linear regression",
                format!("column {name} is nearly a combination of the others; leave it out"),
            ),
        }
    }

    /// Outcome minus mean, and the variance function, at a linear predictor.
    pub(super) fn miss(&self, y: f64, eta: f64) -> (f64, f64) {
        match self.family {
            Family::Gaussian => (y - eta, 1.0),
            Family::Binomial => {
                let odds = (-eta.abs()).exp();
                let (small, large) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
                let (without, with) = if eta < 0.0 { (large, small) } else { (small, large) };
                // The complement keeps the digits that 1 − mean would lose near 1.
                (y * without - (1.0 - y) * with, small * large)
            }
        }
    }

    /// Half the deviance, up to a constant.
    fn loss(&self, beta: &[f64]) -> f64 {
        let one = |row: &usize| {
            let (y, eta) = (self.outcome[*row], predictor(self.model.row(*row), beta));
            self.weights[*row]
                * match self.family {
                    Family::Gaussian => 0.5 * (y - eta) * (y - eta),
                    Family::Binomial => eta.max(0.0) + (-eta.abs()).exp().ln_1p() - y * eta,
                }
        };
        self.rows.iter().map(one).sum()
    }

    /// Information A and score.
    pub(super) fn derivatives(&self, beta: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let width = beta.len();
        let (mut information, mut score) = (vec![0.0; width * width], vec![0.0; width]);
        for row in self.rows {
            let x = self.model.row(*row);
            let (miss, variance) = self.miss(self.outcome[*row], predictor(x, beta));
            let weight = self.weights[*row];
            for i in 0..width {
                score[i] += weight * miss * x[i];
                let part = weight * variance * x[i];
                for j in 0..=i {
                    information[i * width + j] += part * x[j];
                }
            }
        }
        for i in 0..width {
            for j in 0..i {
                information[j * width + i] = information[i * width + j];
            }
        }
        (information, score)
    }

    pub(super) fn solve(&self) -> Result<Solution, Error> {
        let width = self.model.width();
        let square = |i: usize| {
            let part = |row: &usize| self.weights[*row] * self.model.row(*row)[i].powi(2);
            (self.rows.iter().map(part).sum::<f64>() / self.total).sqrt()
        };
        let spread: Vec<f64> = (0..width).map(square).collect();
        let mut beta = vec![0.0; width];
        let mean = self.rows.iter().map(|row| self.weights[*row] * self.outcome[*row]).sum::<f64>()
            / self.total;
        beta[0] = match self.family {
            Family::Gaussian => mean,
            Family::Binomial if mean > 0.0 && mean < 1.0 => (mean / (1.0 - mean)).ln(),
            Family::Binomial => return Err(separated("(Intercept)")),
        };
        let mut loss = self.loss(&beta);
        let mut last = false;
        let mut widest = 0;
        for _ in 0..STEPS {
            let (information, score) = self.derivatives(&beta);
            // Dependent columns were refused before; what is left is a vanished variance function.
            let factor =
                factorise(&information, width, 0.0).map_err(|column| self.stuck(column))?;
            let step = factor.solve(&score);
            let moves = |i: usize| (step[i] * spread[i]).abs();
            let scale = (0..width).map(|i| (beta[i] * spread[i]).abs()).fold(1.0, f64::max);
            widest = (0..width).fold(0, |best, i| if moves(i) > moves(best) { i } else { best });
            let near = moves(widest) <= 1e-9 * scale;
            // A whole step from near the solution is safe; from afar it is halved until it helps.
            let mut part = 1.0;
            loop {
                let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + part * s).collect();
                let reached = self.loss(&next);
                if near || reached <= loss + 1e-12 * loss.abs() || part < 1e-6 {
                    (beta, loss) = (next, reached);
                    break;
                }
                part *= 0.5;
            }
            if last {
                return Ok(Solution { beta, before: None });
            }
            last = near;
        }
        Err(self.stuck(widest))
    }

    /// R's iterations of a logistic regression: weights of mean 1 over the `rows` of the domain start
    /// from the mean (w y + ½)/(w + 1) of each row. The first step is from there, the others Newton's.
    pub(super) fn solve_as_r(&self, rows: f64, epsilon: f64) -> Result<Solution, Error> {
        let width = self.model.width();
        let (mut information, mut right) = (vec![0.0; width * width], vec![0.0; width]);
        for row in self.rows {
            let (x, y, weight) = (self.model.row(*row), self.outcome[*row], self.weights[*row]);
            let scaled = weight * rows / self.total;
            let odds = (scaled * y + 0.5) / (scaled * (1.0 - y) + 0.5);
            let (miss, variance) = self.miss(y, odds.ln());
            for i in 0..width {
                let part = weight * x[i];
                right[i] += part * (variance * odds.ln() + miss);
                for j in 0..width {
                    information[i * width + j] += part * variance * x[j];
                }
            }
        }
        let solve = |information: &[f64], right: &[f64]| {
            factorise(information, width, 0.0)
                .map(|factor| factor.solve(right))
                .map_err(|column| self.stuck(column))
        };
        let mut beta = solve(&information, &right)?;
        // R's deviance has a term of the outcomes alone, which is 0 for outcomes of 0 and 1, and its
        // rule a constant, both of the scaled weights.
        let own: f64 = self.rows.iter().map(|r| self.weights[*r] * entropy(self.outcome[*r])).sum();
        let deviance = |beta: &[f64]| 2.0 * (self.loss(beta) - own) * rows / self.total;
        let mut last = deviance(&beta);
        for _ in 0..R_STEPS {
            let (information, score) = self.derivatives(&beta);
            let change = solve(&information, &score)?;
            let next: Vec<f64> = beta.iter().zip(&change).map(|(b, c)| b + c).collect();
            let reached = deviance(&next);
            if (reached - last).abs() / (reached.abs() + 0.1) < epsilon {
                return Ok(Solution { beta: next, before: Some(beta) });
            }
            (beta, last) = (next, reached);
        }
        Err(self.stuck(width - 1))
    }
}
