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
//! itself (its `epsilon`) and takes v from the iterate before the last, in A and in the score: with δ
//! the last change of the linear predictor its covariance is off by O(δ), about 1e-6 of itself, while
//! its coefficients are right to O(δ²). [`Iterations::AsR`] does the same, for a table that must agree with R's to the
//! digit. Columns depend on each other where one keeps less than 1e-7 of its length after the
//! others are taken out (R's bound for linear models).

use super::fit::{Fit, Solution, independent, predictor, separated};
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
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Iterations {
    /// To the solution.
    #[default]
    Exact,
    /// From R's start until the deviance changes by less than this share of itself, with the
    /// covariance of R's last working weights; `glm.control` has 1e-8 unless told otherwise.
    AsR {
        /// R's `epsilon`.
        epsilon: f64,
    },
}

/// How a regression is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    let Solution { beta, before } = match (family, iterations) {
        (Family::Binomial, Iterations::AsR { epsilon }) => {
            fit.solve_as_r(rows_of(domain).count() as f64, epsilon)?
        }
        _ => fit.solve()?,
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
        let (exact, r) = (at(Iterations::Exact), at(Iterations::AsR { epsilon: 1e-8 }));
        assert_ne!(exact.influence, r.influence);
        for (a, b) in exact.values.iter().zip(&r.values) {
            assert!((a - b).abs() < 1e-6 * a.abs(), "{a} {b}");
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
