//! Survey-weighted linear and logistic regression.
//!
//! The coefficients β solve Σ w x (y − μ(x'β)) = 0, with μ the identity or the logistic function. The
//! influence of a row is A⁻¹ x (y − μ) with A = Σ w v x x', v the variance function: its covariance
//! under the design is the sandwich of Binder (1983), *International Statistical Review* 51, 279–292,
//! sec. 4, as R's `svyglm` has it (no factor for the number of coefficients). Degrees of freedom are
//! those of the design plus 1 minus the number of coefficients. R's families `binomial` and
//! `quasibinomial` have the same coefficients and covariance.
//!
//! Newton's method goes on until the linear predictor moves by less than 1e-9 and then makes one more
//! step, which leaves nothing to gain in double precision; separated outcomes, whose coefficients grow
//! for ever, are an error and never a number. R stops where the deviance changes by less than 1e-8 of
//! itself and takes v from the iterate before the last, in A and in the score: with δ the last change
//! of the linear predictor its covariance is off by O(δ), about 1e-6 of itself, while its coefficients
//! are right to O(δ²). [`Iterations::AsR`] does the same, for a table that must agree with R's to the
//! digit. Columns depend on each other where one keeps less than 1e-7 of its length after the
//! others are taken out (R's bound for linear models).

use super::matrix::factorise;
use super::{Model, linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::Sample;
use crate::sample::linear::{Linear, Need};
use inclusion_estimate::{interval_mean, t_tail};

/// How the outcome depends on the linear predictor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Linear regression.
    Gaussian,
    /// Logistic regression of a share or a yes/no outcome, 0 to 1.
    Binomial,
}

/// How far a logistic regression is iterated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Iterations {
    /// To the solution.
    #[default]
    Exact,
    /// From R's start to R's stop, with the covariance of R's last working weights.
    AsR,
}

/// How a regression is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegressionOptions {
    /// Linear or logistic.
    pub family: Family,
    /// How far to iterate.
    pub iterations: Iterations,
}

impl From<Family> for RegressionOptions {
    /// A family, iterated to the solution.
    fn from(family: Family) -> RegressionOptions {
        RegressionOptions { family, iterations: Iterations::default() }
    }
}

const STEPS: usize = 60;
/// R's own number, of which the first is from the start without coefficients.
const R_STEPS: usize = 24;
const DEPENDENT: f64 = 1e-7;

/// Coefficients of `outcome` on the model's columns in the marked rows.
///
/// # Errors
///
/// The columns depend on each other (the message names one), the outcome is not between 0 and 1 in a
/// logistic regression or not finite, or a column separates the outcomes.
pub fn coefficients(
    model: &Model,
    outcome: &[f64],
    options: RegressionOptions,
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let RegressionOptions { family, iterations } = options;
    let what = "regression";
    let columns = [(what, outcome.len()), (what, domain.len()), (what, model.rows())];
    same_rows(weights.len(), &columns)?;
    let rows: Vec<usize> = rows_of(domain).filter(|row| weights[*row] > 0.0).collect();
    let total: f64 = rows.iter().map(|row| weights[*row]).sum();
    if rows.is_empty() {
        return Err(undefined("the regression"));
    }
    let allowed = |y: f64| match family {
        Family::Gaussian => y.is_finite(),
        Family::Binomial => (0.0..=1.0).contains(&y),
    };
    if let Some(row) = rows.iter().find(|row| !allowed(outcome[**row])) {
        let message = format!(
            "the outcome is {} in row {row}; {}",
            outcome[*row],
            match family {
                Family::Gaussian => "leave the row out of the domain",
                Family::Binomial => "a logistic regression needs 0, 1 or a share between them",
            }
        );
        return Err(refuse(what, message));
    }
    independent(model, &rows, weights)?;
    let fit = Fit { model, outcome, weights, family, rows: &rows, total };
    let as_r = iterations == Iterations::AsR && family == Family::Binomial;
    let Solution { beta, before } = match as_r {
        true => fit.solve_as_r(rows_of(domain).count() as f64)?,
        false => fit.solve()?,
    };
    if need == Need::Values {
        return Ok(Linear { values: beta, ..Linear::default() });
    }
    let information = fit.derivatives(before.as_deref().unwrap_or(&beta)).0;
    let factor = factorise(&information, model.width(), 0.0)
        .map_err(|column| separated(&model.names()[column]))?;
    Ok(linear(beta.clone(), domain, need, |row, out| {
        let x = model.row(row);
        let (mut miss, variance) = fit.miss(outcome[row], predictor(x, &beta));
        if let Some(before) = &before {
            miss *= fit.miss(outcome[row], predictor(x, before)).1 / variance;
        }
        let score: Vec<f64> = x.iter().map(|x| x * miss).collect();
        out.copy_from_slice(&factor.solve(&score));
    }))
}

/// Names the first column that depends on those before it, by orthogonalising them one after the
/// other (twice, which is enough: Giraud, Langou and Rozložník 2005).
fn independent(model: &Model, rows: &[usize], weights: &[f64]) -> Result<(), Error> {
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

fn predictor(x: &[f64], beta: &[f64]) -> f64 {
    x.iter().zip(beta).map(|(x, b)| x * b).sum()
}

fn separated(column: &str) -> Error {
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
struct Solution {
    beta: Vec<f64>,
    before: Option<Vec<f64>>,
}

struct Fit<'a> {
    model: &'a Model,
    outcome: &'a [f64],
    weights: &'a [f64],
    family: Family,
    rows: &'a [usize],
    total: f64,
}

impl Fit<'_> {
    /// Outcome minus mean, and the variance function, at a linear predictor.
    fn miss(&self, y: f64, eta: f64) -> (f64, f64) {
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
    fn derivatives(&self, beta: &[f64]) -> (Vec<f64>, Vec<f64>) {
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

    fn solve(&self) -> Result<Solution, Error> {
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
            let factor = factorise(&information, width, 0.0)
                .map_err(|column| separated(&self.model.names()[column]))?;
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
        Err(separated(&self.model.names()[widest]))
    }

    /// R's iterations of a logistic regression: weights of mean 1 over the `rows` of the domain start
    /// from the mean (w y + ½)/(w + 1) of each row. The first step is from there, the others Newton's.
    fn solve_as_r(&self, rows: f64) -> Result<Solution, Error> {
        let width = self.model.width();
        let (mut information, mut right) = (vec![0.0; width * width], vec![0.0; width]);
        for row in self.rows {
            let (x, y, weight) = (self.model.row(*row), self.outcome[*row], self.weights[*row]);
            let scaled =
                weight * rows / self.total * std::env::var("DBGS").unwrap().parse::<f64>().unwrap();
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
                .map_err(|column| separated(&self.model.names()[column]))
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
            eprintln!("DBG {:e} {}", (reached - last).abs() / (reached.abs() + 0.1), next[0]);
            if (reached - last).abs() / (reached.abs() + 0.1)
                < std::env::var("DBGE").unwrap().parse::<f64>().unwrap()
            {
                return Ok(Solution { beta: next, before: Some(beta) });
            }
            (beta, last) = (next, reached);
        }
        Err(separated(&self.model.names()[width - 1]))
    }
}

/// One coefficient with its test against 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// Name of the column.
    pub name: String,
    /// The coefficient; a log odds ratio in a logistic regression.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Value over standard error; `None` where that is 0.
    pub t: Option<f64>,
    /// Two-sided p-value of t; `None` where there is no t.
    pub p_value: Option<f64>,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
}

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// By column of the model, the constant first.
    pub coefficients: Vec<Coefficient>,
    /// Their covariance, row by row.
    pub covariance: Vec<f64>,
    /// Degrees of freedom of the t values; `None` is infinite.
    pub df: Option<f64>,
}

/// Regression of `outcome` on the model's columns in the marked rows of a sample, with level and rule
/// of the degrees of freedom of its options.
///
/// # Errors
///
/// As [`coefficients`] and [`tabulate`].
pub fn regress(
    sample: &Sample,
    model: &Model,
    outcome: &[f64],
    options: RegressionOptions,
    domain: &[bool],
) -> Result<Regression, Error> {
    let joint = sample.joint(&|w, need| coefficients(model, outcome, options, domain, w, need))?;
    let df = sample.df_by_rule(domain);
    tabulate(model, &joint.values, &joint.covariance, df, sample.options().level)
}

/// The table of a regression from `values` and `covariance` of its [`coefficients`] under the design,
/// and `design_df`, the degrees of freedom of the domain.
///
/// # Errors
///
/// The design has too few degrees of freedom for so many coefficients.
pub fn tabulate(
    model: &Model,
    values: &[f64],
    covariance: &[f64],
    design_df: Option<f64>,
    level: f64,
) -> Result<Regression, Error> {
    let width = model.width();
    let df = design_df.map(|df| df + 1.0 - width as f64);
    let mut table = Vec::with_capacity(width);
    for (k, (name, value)) in model.names().iter().zip(values).enumerate() {
        let se = covariance[k * width + k].max(0.0).sqrt();
        let Some(interval) = interval_mean(*value, se, df, level) else {
            let message = format!(
                "{width} coefficients leave none of the design's {} degrees of freedom; use fewer columns",
                design_df.unwrap_or_default()
            );
            return Err(refuse("regression", message));
        };
        let t = (se > 0.0).then(|| value / se);
        table.push(Coefficient {
            name: name.clone(),
            value: *value,
            se,
            t,
            p_value: t.map(|t| 2.0 * t_tail(t.abs(), df.unwrap_or(f64::INFINITY))),
            lower: interval.lower,
            upper: interval.upper,
        });
    }
    Ok(Regression { coefficients: table, covariance: covariance.to_vec(), df })
}

#[cfg(test)]
mod tests {
    use super::super::Variable;
    use super::*;

    fn fit(
        x: &[&[f64]],
        y: &[f64],
        weights: &[f64],
        family: Family,
        need: Need,
    ) -> Result<Linear, Error> {
        let names = ["a", "b", "c"];
        let variables: Vec<(&str, Variable)> =
            x.iter().zip(names).map(|(x, name)| (name, Variable::Number(x))).collect();
        let terms: Vec<Vec<usize>> = (0..x.len()).map(|k| vec![k]).collect();
        let domain = vec![true; y.len()];
        let model = Model::new(&variables, &terms, &domain)?;
        coefficients(&model, y, family.into(), &domain, weights, need)
    }

    const X: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    const Z: [f64; 8] = [0.3, 1.0, -2.0, 0.0, 0.5, 1.5, -1.0, 2.0];
    const Y: [f64; 8] = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    const W: [f64; 8] = [1.0, 2.0, 0.5, 3.0, 1.5, 0.7, 2.2, 1.1];

    #[test]
    fn the_score_is_zero_at_the_solution_and_influence_is_the_derivative() {
        for family in [Family::Gaussian, Family::Binomial] {
            let at = |w: &[f64], need| fit(&[&X, &Z], &Y, w, family, need).unwrap();
            let linear = at(&W, Need::Influence);
            let beta = &linear.values;
            for column in 0..3 {
                let score: f64 = (0..8)
                    .map(|row| {
                        let eta = beta[0] + beta[1] * X[row] + beta[2] * Z[row];
                        let mean = match family {
                            Family::Gaussian => eta,
                            Family::Binomial => 1.0 / (1.0 + (-eta).exp()),
                        };
                        W[row] * (Y[row] - mean) * [1.0, X[row], Z[row]][column]
                    })
                    .sum();
                assert!(score.abs() < 1e-13, "{family:?} {column}: {score}");
            }
            for row in 0..8 {
                let (mut up, mut down) = (W, W);
                up[row] += 1e-5;
                down[row] -= 1e-5;
                let (up, down) = (at(&up, Need::Values), at(&down, Need::Values));
                for k in 0..3 {
                    let slope = (up.values[k] - down.values[k]) / 2e-5;
                    let found = linear.influence[row * 3 + k];
                    assert!((slope - found).abs() < 1e-7, "{family:?} {row} {k}: {slope} {found}");
                }
            }
        }
    }

    #[test]
    fn an_exact_line_is_found_to_the_last_digits() {
        let y: Vec<f64> = X.iter().map(|x| 1e3 - 0.25 * (x + 2000.0)).collect();
        let x: Vec<f64> = X.iter().map(|x| x + 2000.0).collect();
        let linear = fit(&[&x], &y, &W, Family::Gaussian, Need::Values).unwrap();
        assert!((linear.values[1] + 0.25).abs() < 1e-13, "{:?}", linear.values);
        assert!((linear.values[0] - 1e3).abs() < 1e-9, "{:?}", linear.values);
    }

    #[test]
    fn a_dependent_column_is_named() {
        let sum: Vec<f64> = X.iter().zip(&Z).map(|(x, z)| 2.0 * x - z + 3.0).collect();
        let error = fit(&[&X, &Z, &sum], &Y, &W, Family::Gaussian, Need::Values).unwrap_err();
        assert!(error.to_string().contains("column c is a combination"), "{error}");
        let error = fit(&[&X, &[0.0; 8]], &Y, &W, Family::Gaussian, Need::Values).unwrap_err();
        assert!(error.to_string().contains("column b is 0 in every row"), "{error}");
    }

    #[test]
    fn separated_outcomes_are_an_error_and_never_a_number() {
        let y = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
        let error = fit(&[&X], &y, &W, Family::Binomial, Need::Values).unwrap_err();
        assert!(error.to_string().contains("grows without end"), "{error}");
        // Separated in part only: one level has nothing but ones.
        let level = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        let error = fit(&[&level], &Y, &W, Family::Binomial, Need::Values).unwrap_err();
        assert!(error.to_string().contains("coefficient of a"), "{error}");
        assert!(fit(&[&X], &[1.0; 8], &W, Family::Binomial, Need::Values).is_err());
    }

    #[test]
    fn the_iterations_of_r_end_next_to_the_solution() {
        let domain = [true; 8];
        let variables = [("x", Variable::Number(&X)), ("z", Variable::Number(&Z))];
        let model = Model::new(&variables, &[vec![0], vec![1]], &domain).unwrap();
        let at = |iterations| {
            let options = RegressionOptions { family: Family::Binomial, iterations };
            coefficients(&model, &Y, options, &domain, &W, Need::Influence).unwrap()
        };
        let (exact, r) = (at(Iterations::Exact), at(Iterations::AsR));
        assert_ne!(exact.influence, r.influence);
        for (a, b) in exact.values.iter().zip(&r.values) {
            assert!((a - b).abs() < 1e-7 * a.abs(), "{a} {b}");
        }
        for (a, b) in exact.influence.iter().zip(&r.influence) {
            assert!((a - b).abs() < 1e-3 * a.abs(), "{a} {b}");
        }
    }

    #[test]
    fn weights_times_a_constant_change_no_coefficient() {
        let more = W.map(|w| 1024.0 * w);
        let one = fit(&[&X, &Z], &Y, &W, Family::Binomial, Need::Values).unwrap();
        let other = fit(&[&X, &Z], &Y, &more, Family::Binomial, Need::Values).unwrap();
        assert_eq!(one.values, other.values);
    }
}
