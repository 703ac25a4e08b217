//! Rubin's rules: one result of several imputations or plausible values.
//!
//! With M sets of values Q_m and covariances U_m, each under the design: Q̄ = ΣQ_m/M, Ū = ΣU_m/M,
//! B = Σ(Q_m − Q̄)(Q_m − Q̄)'/(M − 1), T = Ū + (1 + 1/M) B. Degrees of freedom of each value: Rubin's
//! (M − 1)/λ² with λ = (1 + 1/M) B/T, and those of Barnard and Rubin, which never exceed the design's:
//! 1/(1/ν_m + 1/ν_obs), ν_obs = (ν + 1)/(ν + 3) · ν (1 − λ).
//!
//! Sources: Rubin (1987), *Multiple Imputation for Nonresponse in Surveys*, sec. 3.1; Barnard and Rubin
//! (1999), *Biometrika* 86, 948–955. Plausible values of an assessment follow the same rules.

use super::refuse;
use crate::Error;

/// Combined values of several imputations.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Mean of the imputations' values.
    pub values: Vec<f64>,
    /// Total covariance T, row by row.
    pub covariance: Vec<f64>,
    /// Mean covariance within imputations Ū.
    pub within: Vec<f64>,
    /// Covariance between imputations B.
    pub between: Vec<f64>,
    /// Share of each value's variance that is due to imputation, λ; 0 where there is no variance.
    pub imputation_share: Vec<f64>,
    /// Rubin's degrees of freedom, `None` where the imputations agree (infinite).
    pub df_classic: Vec<Option<f64>>,
    /// Barnard and Rubin's degrees of freedom, `None` for infinite: imputations agree and the design's
    /// are infinite.
    pub df: Vec<Option<f64>>,
}

/// Values of one imputation, and their covariance row by row.
pub type Imputation<'a> = (&'a [f64], &'a [f64]);

/// Combines imputations, each with its values and covariance (row by row, as a joint estimate has
/// them); `design_df` are the degrees of freedom without missing values, `None` for infinite.
///
/// # Errors
///
/// Fewer than two imputations, or imputations of unlike length.
pub fn pool(imputations: &[Imputation<'_>], design_df: Option<f64>) -> Result<Pooled, Error> {
    let what = "multiple imputation";
    if imputations.len() < 2 {
        let message =
            "it needs at least two imputations or plausible values; give all that the file has";
        return Err(refuse(what, message));
    }
    let width = imputations[0].0.len();
    let unlike = |(q, u): &Imputation<'_>| q.len() != width || u.len() != width * width;
    if let Some(place) = imputations.iter().position(unlike) {
        let message = format!(
            "imputation {} has {} values and {} covariances, the first has {width} values; estimate the same in each",
            place + 1,
            imputations[place].0.len(),
            imputations[place].1.len()
        );
        return Err(refuse(what, message));
    }
    let m = imputations.len() as f64;
    let mean =
        |pick: &dyn Fn(&Imputation<'_>) -> f64| imputations.iter().map(pick).sum::<f64>() / m;
    let values: Vec<f64> = (0..width).map(|k| mean(&|i| i.0[k])).collect();
    let within: Vec<f64> = (0..width * width).map(|k| mean(&|i| i.1[k])).collect();
    let between: Vec<f64> = (0..width * width)
        .map(|k| {
            let (i, j) = (k / width, k % width);
            let product = |(q, _): &Imputation<'_>| (q[i] - values[i]) * (q[j] - values[j]);
            imputations.iter().map(product).sum::<f64>() / (m - 1.0)
        })
        .collect();
    let more = 1.0 + 1.0 / m;
    let covariance: Vec<f64> = within.iter().zip(&between).map(|(u, b)| u + more * b).collect();
    let diagonal = |k: usize| k * width + k;
    let share = |k: usize| {
        let total = covariance[diagonal(k)];
        if total > 0.0 { more * between[diagonal(k)] / total } else { 0.0 }
    };
    let imputation_share: Vec<f64> = (0..width).map(share).collect();
    let df_classic: Vec<Option<f64>> =
        imputation_share.iter().map(|l| (*l > 0.0).then(|| (m - 1.0) / (l * l))).collect();
    let df = (imputation_share.iter().zip(&df_classic))
        .map(|(lambda, classic)| match (design_df, classic) {
            (None, classic) => *classic,
            (Some(df), classic) => {
                let observed = (df + 1.0) / (df + 3.0) * df * (1.0 - lambda);
                // Written so that observed degrees of freedom of 0 stay 0.
                Some(classic.map_or(observed, |classic| classic * observed / (classic + observed)))
            }
        })
        .collect();
    Ok(Pooled { values, covariance, within, between, imputation_share, df_classic, df })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_hold_on_numbers_worked_by_hand() {
        // Q = 1, 2, 3 with U = 0.5, 0.7, 0.9: Ū = 0.7, B = 1, T = 0.7 + 4/3 = 61/30, λ = 40/61.
        let pooled =
            pool(&[(&[1.0], &[0.5]), (&[2.0], &[0.7]), (&[3.0], &[0.9])], Some(20.0)).unwrap();
        assert_eq!(pooled.values, [2.0]);
        assert!((pooled.covariance[0] - 61.0 / 30.0).abs() < 1e-15);
        let classic = 2.0 * (61.0f64 / 40.0).powi(2);
        assert!((pooled.df_classic[0].unwrap() - classic).abs() < 1e-13);
        let observed = 21.0 / 23.0 * 20.0 * (21.0 / 61.0);
        let expected = 1.0 / (1.0 / classic + 1.0 / observed);
        assert!((pooled.df[0].unwrap() - expected).abs() < 1e-13);
    }

    #[test]
    fn imputations_that_agree_add_nothing_to_the_variance() {
        let one: Imputation<'_> = (&[1.0, 2.0], &[0.5, 0.1, 0.1, 0.3]);
        let pooled = pool(&[one, one], None).unwrap();
        assert_eq!(pooled.covariance, one.1);
        assert_eq!((pooled.df_classic[0], pooled.df[0]), (None, None));
        // Barnard and Rubin's number is then a little below the design's.
        let known = pool(&[one, one], Some(30.0)).unwrap();
        assert!((known.df[1].unwrap() - 31.0 / 33.0 * 30.0).abs() < 1e-13);
    }

    #[test]
    fn degrees_of_freedom_never_exceed_either_source() {
        for spread in [0.01, 0.3, 2.0] {
            let pooled =
                pool(&[(&[0.0], &[1.0]), (&[spread], &[1.0]), (&[-spread], &[1.0])], Some(40.0))
                    .unwrap();
            let df = pooled.df[0].unwrap();
            assert!(df > 0.0 && df < 40.0 && df < pooled.df_classic[0].unwrap());
        }
    }

    #[test]
    fn one_imputation_is_refused() {
        assert!(pool(&[(&[1.0], &[1.0])], None).unwrap_err().to_string().contains("at least two"));
    }
}
