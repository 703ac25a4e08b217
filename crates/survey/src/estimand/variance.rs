//! The variance of a variable in the population, with its standard error.
//!
//! V = n/(n−1) · Σ w (y − ȳ)² / Σ w with ȳ the weighted mean and n the rows of the domain with a weight
//! above 0, as R's `svyvar`; the factor makes it the usual estimator where the weights are equal. The
//! mean's own error does not enter to first order, because Σ w (y − ȳ) = 0: the influence of a row is
//! (n/(n−1) (y − ȳ)² − V) / Σ w. Source: Särndal, Swensson and Wretman (1992), *Model Assisted Survey
//! Sampling*, sec. 5.9.

use super::{linear, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::linear::{Linear, Need};

/// Population variance of `values` in the marked rows, in the square of their unit.
///
/// # Errors
///
/// Fewer than two rows have a weight above 0; then there is no variance.
pub fn variance(
    values: &[f64],
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "variance";
    same_rows(weights.len(), &[(what, values.len()), (what, domain.len())])?;
    let rows = || rows_of(domain);
    let n = rows().filter(|row| weights[*row] > 0.0).count();
    if n < 2 {
        return Err(undefined("the variance of fewer than two rows"));
    }
    let total: f64 = rows().map(|row| weights[row]).sum();
    let mean = rows().map(|row| weights[row] * values[row]).sum::<f64>() / total;
    let factor = n as f64 / (n as f64 - 1.0);
    let square = |row: usize| factor * (values[row] - mean) * (values[row] - mean);
    let variance = rows().map(|row| weights[row] * square(row)).sum::<f64>() / total;
    Ok(linear(vec![variance], domain, need, |row, out| out[0] = (square(row) - variance) / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_equal_weights_it_is_the_sample_variance_and_rows_outside_do_not_count() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0, f64::NAN];
        let mut domain = [true; 9];
        domain[8] = false;
        let linear = variance(&values, &domain, &[2.5; 9], Need::Influence).unwrap();
        assert!((linear.values[0] - 32.0 / 7.0).abs() < 1e-14);
        assert_eq!(linear.influence[8], 0.0);
        // The influence of all rows sums to nothing: equal growth of all weights changes nothing.
        assert!(linear.influence.iter().sum::<f64>().abs() < 1e-14);
    }

    #[test]
    fn one_row_has_no_variance() {
        let error = variance(&[1.0, 2.0], &[true, true], &[1.0, 0.0], Need::Values).unwrap_err();
        assert!(error.to_string().contains("fewer than two rows"), "{error}");
    }
}
