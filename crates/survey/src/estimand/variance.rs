//! The variance of a variable in the population, with its standard error.
//!
//! V = n/(n−1) · Σ w (y − ȳ)² / Σ w with ȳ the weighted mean and n the rows of the domain that have a
//! weight in the full sample, as R's `svyvar`; the factor, which is the same in all replicates, makes it the usual estimator where the weights are equal. The
//! mean's own error does not enter to first order, because Σ w (y − ȳ) = 0: the influence of a row is
//! (n/(n−1) (y − ȳ)² − V) / Σ w. Source: Särndal, Swensson and Wretman (1992), *Model Assisted Survey
//! Sampling*, sec. 5.9.

use super::{linear, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::linear::{Linear, Need};

/// Population variance of `values` in the marked rows, in the square of their unit; `n` of these have a
/// weight in the full sample.
///
/// # Errors
///
/// Fewer than two rows have a weight, or the weights add up to none; then there is no variance.
pub fn variance(
    values: &[f64],
    n: u64,
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "variance";
    same_rows(weights.len(), &[(what, values.len()), (what, domain.len())])?;
    let rows = || rows_of(domain);
    let total: f64 = rows().map(|row| weights[row]).sum();
    if n < 2 || total == 0.0 {
        return Err(undefined("the variance of fewer than two rows"));
    }
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
        let linear = variance(&values, 8, &domain, &[2.5; 9], Need::Influence).unwrap();
        assert!((linear.values[0] - 32.0 / 7.0).abs() < 1e-14);
        assert_eq!(linear.influence[8], 0.0);
        // The influence of all rows sums to nothing: equal growth of all weights changes nothing.
        assert!(linear.influence.iter().sum::<f64>().abs() < 1e-14);
    }

    #[test]
    fn replicates_keep_the_number_of_rows_of_the_full_sample() {
        // 4/3 · ((1 + 0 + 1)/3), with a mean of 2.
        let values = [1.0, 2.0, 3.0, 9.0];
        let replicate = variance(&values, 4, &[true; 4], &[1.0, 1.0, 1.0, 0.0], Need::Values);
        assert!((replicate.unwrap().values[0] - 8.0 / 9.0).abs() < 1e-15);
    }

    #[test]
    fn one_row_has_no_variance() {
        let error = variance(&[1.0, 2.0], 1, &[true, true], &[1.0, 0.0], Need::Values).unwrap_err();
        assert!(error.to_string().contains("fewer than two rows"), "{error}");
    }
}
