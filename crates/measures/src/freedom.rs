//! Degrees of freedom of what is put together from independent samples.
//!
//! Source: Satterthwaite (1946), *Biometrics Bulletin* 2, 110–114; Welch (1947), *Biometrika* 34, 28–35.

use inclusion_estimate::Linearized;

/// Satterthwaite's degrees of freedom of a sum of independent variances, each with its own:
/// (Σ v)² / Σ (v² / df). `None` is infinite.
///
/// They lie between the fewest of the parts that have a variance and the sum of all. A part without
/// variance does not count; where none has any, they are the sum.
///
/// ```
/// use inclusion_measures::satterthwaite;
/// // Equal variances with equal degrees of freedom: twice as many.
/// assert_eq!(satterthwaite([(2.0, Some(10.0)), (2.0, Some(10.0))]), Some(20.0));
/// // Nearly all of the variance comes from the first.
/// assert!(satterthwaite([(2.0, Some(10.0)), (1e-9, Some(10.0))]).unwrap() < 10.001);
/// assert_eq!(satterthwaite([(2.0, None), (1.0, None)]), None);
/// ```
pub fn satterthwaite(parts: impl IntoIterator<Item = (f64, Option<f64>)>) -> Option<f64> {
    let parts: Vec<(f64, Option<f64>)> = parts.into_iter().collect();
    let total: f64 = parts.iter().map(|(variance, _)| variance).sum();
    if total <= 0.0 {
        return parts.iter().try_fold(0.0, |sum, (_, df)| Some(sum + (*df)?));
    }
    let mut below = 0.0;
    for (variance, df) in parts.iter().filter(|(variance, _)| *variance > 0.0) {
        // As shares of the whole, so that squares neither vanish nor overflow.
        let share = variance / total;
        match df {
            None => {}
            Some(df) if *df > 0.0 => below += share * share / df,
            Some(_) => return Some(0.0),
        }
    }
    (below > 0.0).then(|| 1.0 / below)
}

/// [`satterthwaite`] of a value by the samples that its variance comes from. A sample of which no
/// degrees of freedom are told has none.
pub fn satterthwaite_of<'a>(
    value: &Linearized,
    samples: impl IntoIterator<Item = (&'a str, Option<f64>)>,
) -> Option<f64> {
    satterthwaite(samples.into_iter().map(|(sample, df)| (value.variance_from(sample), df)))
}
