//! Estimands beyond sums: quantiles, variances, tests, regression, standardised rates,
//! decompositions, and the combination of imputations.
//!
//! Each file holds one subject in two halves. The first is a pure function of the rows' weights that
//! returns a [`Linear`]: the values, and the derivative of each by every row's weight. A sample turns
//! that into values with a covariance under its own design, be it Taylor, replicated or calibrated. The second half is what is concluded from values and covariance: statistic, degrees of
//! freedom, p-value, interval.
//!
//! Conventions of all: a domain is a mark for each row, and a row outside it, or with a missing value
//! of a variable in use (the caller unmarks those), counts 0 and keeps its place in the design. Rows of
//! weight 0 may be marked. Sums run in row order, so the same rows in the same order give the same bits.

mod difference;
mod fit;
mod imputation;
mod independence;
mod kitagawa;
mod matrix;
mod model;
mod quantile;
mod regression;
mod sorted;
mod standardise;
mod variance;

pub use difference::{TTest, mean_above, mean_difference, t_test, test_difference, test_mean};
pub use imputation::{Imputation, Pooled, pool};
pub use independence::{
    IndependenceTest, IndependenceTests, Method, Table, cell_shares, cell_totals, rao_scott,
    test_independence, wald,
};
pub use kitagawa::{GroupRates, Kitagawa, kitagawa, kitagawa_of_rows};
pub use model::{Model, Term, Variable};
pub use quantile::{Quantile, QuantileInterval, QuantileOptions, quantiles, woodruff};
pub use regression::{
    Coefficient, Family, Iterations, Regression, RegressionOptions, coefficients, regress, tabulate,
};
pub use sorted::{QuantileRule, Sorted};
pub use standardise::standardised;
pub use variance::variance;

use crate::Error;
use crate::sample::linear::{Linear, Need};

/// An error about one estimand: what it concerns, and what to do.
fn refuse(what: impl Into<String>, message: impl Into<String>) -> Error {
    Error::Estimand { what: what.into(), message: message.into() }
}

/// No row with a weight above 0: under a replicate's weights that leaves the replicate out.
fn undefined(what: &str) -> Error {
    Error::Undefined { what: what.to_string() }
}

/// Checks that columns and marks are as long as the weights.
fn same_rows(weights: usize, columns: &[(&str, usize)]) -> Result<(), Error> {
    match columns.iter().find(|(_, length)| *length != weights) {
        Some((name, length)) => Err(refuse(
            *name,
            format!("{length} values for {weights} rows; give one for every row of the sample"),
        )),
        None => Ok(()),
    }
}

/// A statistic of one domain: `values`, and the influence that `fill` writes for each row of it.
fn linear(
    values: Vec<f64>,
    domain: &[bool],
    need: Need,
    mut fill: impl FnMut(usize, &mut [f64]),
) -> Linear {
    if need == Need::Values {
        return Linear { values, ..Linear::default() };
    }
    let width = values.len();
    let mut influence = vec![0.0; domain.len() * width];
    let mut base = Vec::with_capacity(influence.len());
    for (row, inside) in domain.iter().enumerate() {
        if *inside {
            fill(row, &mut influence[row * width..(row + 1) * width]);
        }
        base.resize(base.len() + width, *inside);
    }
    Linear { values, influence, base }
}

/// The rows of the domain, in order.
fn rows_of(domain: &[bool]) -> impl Iterator<Item = usize> + '_ {
    domain.iter().enumerate().filter(|(_, inside)| **inside).map(|(row, _)| row)
}
