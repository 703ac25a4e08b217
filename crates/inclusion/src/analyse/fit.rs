//! Values with their covariance under the design, over one set of values or several imputations.

use super::data::Data;
use inclusion_estimate::{AnalysisRow, interval_mean, t_tail};
use inclusion_survey::Error;
use inclusion_survey::estimand::pool;
use inclusion_survey::sample::Joint;
use inclusion_survey::sample::linear::{Linear, Need};

/// Values that were estimated together.
pub(super) struct Fitted {
    pub values: Vec<f64>,
    /// Row by row.
    pub covariance: Vec<f64>,
    /// Standard errors; `None` where nothing tells the variance.
    pub se: Vec<Option<f64>>,
    /// Degrees of freedom of each value; `None` is infinite.
    pub df: Vec<Option<f64>>,
    /// Share of each variance that is due to imputation.
    pub imputed: Option<Vec<f64>>,
}

/// A statistic of an outcome's values and the weights.
pub(super) type Of<'a> = dyn Fn(&[f64], &[f64], Need) -> Result<Linear, Error> + Sync + 'a;

/// Estimates a statistic of the outcome; `df` are the design's degrees of freedom by value. Several
/// imputations are combined by Rubin's rules.
pub(super) fn fit(
    data: &Data<'_>,
    df: &[Option<f64>],
    statistic: &Of<'_>,
) -> Result<Fitted, Error> {
    let mut each: Vec<Joint> = Vec::new();
    for values in &data.outcome.values {
        each.push(data.rows.joint(&|weights, need| statistic(values, weights, need))?);
    }
    let dropped = each.iter().map(|joint| joint.dropped).max().unwrap_or(0);
    if dropped > 0 && each.iter().any(|joint| joint.known.iter().all(|known| !known)) {
        return Err(Error::Estimand {
            what: "replicate weights".to_string(),
            message: "every replicate leaves one of the groups without rows, so nothing tells the \
                      standard error"
                .to_string(),
        });
    }
    data.note_dropped(dropped);
    let known = |k: usize| {
        let free = df.get(k).copied().flatten().is_none_or(|df| df > 0.0);
        free && each.iter().all(|joint| joint.known[k])
    };
    let size = each[0].values.len();
    let se_of = |covariance: &[f64]| -> Vec<Option<f64>> {
        let se = |k: usize| known(k).then(|| covariance[k * size + k].max(0.0).sqrt());
        (0..size).map(se).collect()
    };
    if let [one] = each.as_slice() {
        return Ok(Fitted {
            values: one.values.clone(),
            covariance: one.covariance.clone(),
            se: se_of(&one.covariance),
            df: df.to_vec(),
            imputed: None,
        });
    }
    let sets: Vec<(&[f64], &[f64])> =
        each.iter().map(|j| (j.values.as_slice(), j.covariance.as_slice())).collect();
    let mut pooled = pool(&sets, df.first().copied().flatten())?;
    for (k, own) in df.iter().enumerate() {
        pooled.df[k] = pool(&sets, *own)?.df[k];
    }
    Ok(Fitted {
        se: se_of(&pooled.covariance),
        values: pooled.values,
        covariance: pooled.covariance,
        df: pooled.df,
        imputed: Some(pooled.imputation_share),
    })
}

impl Fitted {
    /// Puts a value with its standard error and interval into a row.
    pub fn put(&self, k: usize, level: f64, row: &mut AnalysisRow) {
        row.value = Some(self.values[k]);
        row.se = self.se[k];
        row.ddf = self.df[k];
        let interval =
            self.se[k].and_then(|se| interval_mean(self.values[k], se, self.df[k], level));
        (row.lower, row.upper) = (interval.map(|i| i.lower), interval.map(|i| i.upper));
        row.share = self.imputed.as_ref().map(|shares| shares[k]);
    }

    /// The same, with t and its two-sided p-value against 0.
    pub fn put_with_test(&self, k: usize, level: f64, row: &mut AnalysisRow) {
        self.put(k, level, row);
        if let Some(se) = self.se[k].filter(|se| *se > 0.0) {
            let t = self.values[k] / se;
            row.statistic = Some(("t", t));
            row.p_value = Some(2.0 * t_tail(t.abs(), self.df[k].unwrap_or(f64::INFINITY)));
        }
    }
}

/// Differences of values, by their places, as further values of the same statistic.
pub(super) fn with_differences(mut linear: Linear, pairs: &[(usize, usize)]) -> Linear {
    let width = linear.values.len();
    let differences: Vec<f64> =
        pairs.iter().map(|(a, b)| linear.values[*a] - linear.values[*b]).collect();
    linear.values.extend(differences);
    let influence = linear.influence.chunks(width).flat_map(|row| {
        let further = pairs.iter().map(|(a, b)| row[*a] - row[*b]);
        row.iter().copied().chain(further).collect::<Vec<f64>>()
    });
    linear.influence = influence.collect();
    let base = linear.base.chunks(width).flat_map(|row| {
        let further = pairs.iter().map(|(a, b)| row[*a] || row[*b]);
        row.iter().copied().chain(further).collect::<Vec<bool>>()
    });
    linear.base = base.collect();
    linear
}

/// What the combination of imputations adds to the method of an analysis.
pub(super) fn method(own: &str, data: &Data<'_>) -> String {
    match data.outcome.values.len() {
        1 => own.to_string(),
        m => format!(
            "{own}; {m} imputations combined by Rubin's rules (Rubin 1987), degrees of freedom of \
             Barnard and Rubin (1999)"
        ),
    }
}
