//! The design-based t-test: of a mean against a number, and of two means of one sample.
//!
//! The difference of two groups is one statistic with one influence value a row, so that the groups'
//! covariance through shared PSUs is in its variance. As R's `svyttest`, which takes it from a linear
//! regression on the group: the difference is that of the second group minus the first, and with d
//! degrees of freedom of the design the test has d − 1 for two groups (one coefficient beside the
//! constant), and also d − 1 for one sample.

use super::{linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::present::FIXED;
use crate::sample::Sample;
use crate::sample::linear::{Linear, Need};
use inclusion_estimate::{interval_mean, t_tail};

/// Outcome of a t-test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// Difference over its standard error.
    pub t: f64,
    /// Degrees of freedom; `None` is infinite.
    pub df: Option<f64>,
    /// Two-sided.
    pub p_value: f64,
    /// The difference, in the unit of the variable.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
}

/// Mean of the second group minus that of the first; `second` marks its rows, the other rows of the
/// domain are the first.
///
/// # Errors
///
/// One of the groups has no row with a weight above 0.
pub fn mean_difference(
    values: &[f64],
    second: &[bool],
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "t-test";
    let columns = [(what, values.len()), (what, second.len()), (what, domain.len())];
    same_rows(weights.len(), &columns)?;
    let (mut total, mut sum) = ([0.0; 2], [0.0; 2]);
    for row in rows_of(domain) {
        let group = usize::from(second[row]);
        total[group] += weights[row];
        sum[group] += weights[row] * values[row];
    }
    if let Some(group) = total.iter().position(|total| *total == 0.0) {
        return Err(undefined(
            ["the mean of the first group", "the mean of the second group"][group],
        ));
    }
    let mean = [sum[0] / total[0], sum[1] / total[1]];
    Ok(linear(vec![mean[1] - mean[0]], domain, need, |row, out| {
        let group = usize::from(second[row]);
        let score = (values[row] - mean[group]) / total[group];
        out[0] = if second[row] { score } else { -score };
    }))
}

/// Mean of the domain minus `null`, for the test of one sample.
///
/// # Errors
///
/// No row has a weight above 0.
pub fn mean_above(
    values: &[f64],
    null: f64,
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "t-test";
    same_rows(weights.len(), &[(what, values.len()), (what, domain.len())])?;
    let total: f64 = rows_of(domain).map(|row| weights[row]).sum();
    if total == 0.0 {
        return Err(undefined("the mean"));
    }
    let mean = rows_of(domain).map(|row| weights[row] * values[row]).sum::<f64>() / total;
    Ok(linear(vec![mean - null], domain, need, |row, out| out[0] = (values[row] - mean) / total))
}

/// The t-test of two groups of a sample: mean of the `second` rows minus that of the others.
///
/// # Errors
///
/// As [`mean_difference`] and [`t_test`].
pub fn test_difference(
    sample: &Sample,
    values: &[f64],
    second: &[bool],
    domain: &[bool],
) -> Result<TTest, Error> {
    let joint = sample.joint(&|w, need| mean_difference(values, second, domain, w, need))?;
    t_test(joint.values[0], joint.se()[0], sample.df_by_rule(domain), sample.options().level)
}

/// The t-test of one sample: whether the mean differs from `null`; the difference is mean − `null`.
///
/// # Errors
///
/// As [`mean_above`] and [`t_test`].
pub fn test_mean(
    sample: &Sample,
    values: &[f64],
    null: f64,
    domain: &[bool],
) -> Result<TTest, Error> {
    let joint = sample.joint(&|w, need| mean_above(values, null, domain, w, need))?;
    t_test(joint.values[0], joint.se()[0], sample.df_by_rule(domain), sample.options().level)
}

/// The test of a difference with its standard error, both as [`mean_difference`] or [`mean_above`]
/// have them under the design; `design_df` are the degrees of freedom of the domain.
///
/// # Errors
///
/// No degree of freedom is left, or the standard error is 0 and t has no value.
pub fn t_test(
    difference: f64,
    se: f64,
    design_df: Option<f64>,
    level: f64,
) -> Result<TTest, Error> {
    let df = design_df.map(|df| df - 1.0);
    let Some(interval) = interval_mean(difference, se, df, level) else {
        let message =
            "the design leaves no degree of freedom for a test; it needs two PSUs more than strata";
        return Err(refuse("t-test", message));
    };
    if se <= FIXED * difference.abs() {
        let message = "the standard error is 0, so t has no value: the variable is constant in its \
                       groups, the calibration fixes it, or the design has no variance";
        return Err(refuse("t-test", message));
    }
    let t = difference / se;
    Ok(TTest {
        t,
        df,
        p_value: 2.0 * t_tail(t.abs(), df.unwrap_or(f64::INFINITY)),
        difference,
        se,
        lower: interval.lower,
        upper: interval.upper,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_turns_its_sign_with_the_groups() {
        let values = [1.0, 2.0, 4.0, 7.0, 5.0];
        let second = [false, true, true, false, true];
        let first = second.map(|s| !s);
        let (domain, weights) = ([true, true, true, true, false], [1.0, 2.0, 1.0, 3.0, 9.0]);
        let one = mean_difference(&values, &second, &domain, &weights, Need::Influence).unwrap();
        let other = mean_difference(&values, &first, &domain, &weights, Need::Influence).unwrap();
        assert!((one.values[0] - (8.0 / 3.0 - 5.5)).abs() < 1e-14);
        assert_eq!(one.values[0], -other.values[0]);
        assert!(one.influence.iter().zip(&other.influence).all(|(a, b)| *a == -*b));
    }

    #[test]
    fn a_replicate_with_a_group_below_0_has_a_value() {
        let (values, second) = ([1.0, 2.0, 5.0, 4.0], [false, false, true, true]);
        let one = |weights: &[f64; 4]| {
            mean_difference(&values, &second, &[true; 4], weights, Need::Values).map(|l| l.values)
        };
        // (5·1 − 4·3)/(1 − 3) − (1 + 2)/2 = 3.5 − 1.5.
        assert_eq!(one(&[1.0, 1.0, 1.0, -3.0]).unwrap(), [2.0]);
        assert!(one(&[1.0, 1.0, 3.0, -3.0]).is_err());
    }

    #[test]
    fn a_group_without_rows_is_named() {
        let error = mean_difference(&[1.0], &[false], &[true], &[1.0], Need::Values).unwrap_err();
        assert!(error.to_string().contains("second group"), "{error}");
    }

    #[test]
    fn a_test_needs_degrees_of_freedom_and_a_standard_error() {
        assert!(t_test(1.0, 0.5, Some(1.0), 0.95).is_err());
        assert!(t_test(1.0, 0.0, Some(9.0), 0.95).is_err());
        let test = t_test(2.0, 1.0, Some(2.0), 0.95).unwrap();
        // With one degree of freedom: 1 − 2 atan(t)/π.
        assert!((test.p_value - (1.0 - 2.0 * 2f64.atan() / std::f64::consts::PI)).abs() < 1e-14);
    }
}
