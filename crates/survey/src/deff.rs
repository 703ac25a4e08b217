//! Design effects.

use crate::Deff;

/// What the design effect of an estimate needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inputs {
    /// Variance under the design.
    pub variance: f64,
    /// Σw(y − Rx)² / Σw, in the unit of the estimate's own square.
    pub spread: f64,
    /// Rows of the base with a weight above zero.
    pub n: u64,
    /// Sum of their weights.
    pub weighted: f64,
    /// Σw² over them, where every row is its own PSU and there are no strata.
    pub squares: Option<f64>,
}

/// Design effect, `None` where simple random sampling has no variance to compare with.
///
/// DEFT² compares with `spread / n`, for a share r(1 − r)/n (DHS sampling-error appendices). Where
/// the file tells neither strata nor PSUs it is Kish's effect of unequal weights, which needs no
/// variance. The two others are those of R `survey`, with the variance n/(n − 1) · spread.
pub(crate) fn deff(inputs: &Inputs, rule: Deff) -> Option<f64> {
    let n = inputs.n as f64;
    if let (Deff::Deft2, Some(squares)) = (rule, inputs.squares) {
        return weight_effect(inputs.n, inputs.weighted, squares);
    }
    let simple = match rule {
        Deff::Deft2 => inputs.spread / n,
        Deff::SrsWithReplacement => inputs.spread / (n - 1.0),
        Deff::SrsWithoutReplacement => inputs.spread / (n - 1.0) * (1.0 - n / inputs.weighted),
    };
    let effect = inputs.variance / simple;
    (simple > 0.0 && effect.is_finite()).then_some(effect)
}

/// Kish's design effect of unequal weights, n Σw² / (Σw)²; `None` without a weight above zero.
///
/// Source: Kish (1992), *Journal of Official Statistics* 8.
///
/// ```
/// let effect = inclusion_survey::weight_effect(4, 1.0 + 1.0 + 2.0 + 4.0, 1.0 + 1.0 + 4.0 + 16.0);
/// assert_eq!(effect, Some(1.375));
/// ```
pub fn weight_effect(n: u64, sum: f64, sum_of_squares: f64) -> Option<f64> {
    (sum > 0.0).then(|| n as f64 * sum_of_squares / (sum * sum))
}
