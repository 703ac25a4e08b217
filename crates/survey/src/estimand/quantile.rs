//! Quantiles of a weighted sample, with Woodruff's interval and the replicated one.
//!
//! A quantile has no useful derivative by the weights, so its standard error comes from its interval:
//! se = (upper − lower) / (2 t). Woodruff (1952), *Journal of the American Statistical Association* 47,
//! 635–646: the interval of the share of rows at or below the quantile is inverted by the same rule. The
//! convention to know: that interval stands around the estimated share, not around p, as in R `survey`.
//! With replicate weights the quantile can instead be computed again with each of them; under a
//! jackknife that variance is not consistent (Rao, Wu and Yue (1992), *Survey Methodology* 18, sec. 3).
//!
//! Rules: Hyndman and Fan (1996), *The American Statistician* 50, 361–365, carried over to weights as in
//! Lumley's vignette *Estimates of quantiles* of R `survey`. With Cₖ the weight cumulated up to the k-th
//! smallest value, S all of it and wₖ its own weight, the value at position pₖ is
//! hf4 Cₖ/S (1 below the first), hf5 (Cₖ − wₖ/2)/S, hf6 Cₖ/(S + wₙ), hf7 Cₖ₋₁/Cₙ₋₁,
//! hf8 (Cₖ − wₖ/3)/(S + wₙ/3), hf9 (Cₖ − 3wₖ/8)/(S + wₙ/4), with straight lines between and the
//! extreme values outside. Rows of weight 0 have no position.

use super::{QuantileRule, Sorted, refuse, undefined};
use crate::Error;
use crate::sample::Sample;
use inclusion_estimate::{
    IntervalMethod, ProportionInputs, critical_value, interval_mean, interval_proportion,
};

/// A quantile with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// Probability, 0 to 1.
    pub probability: f64,
    /// The quantile, in the unit of the values.
    pub value: f64,
    /// Half the interval's width over t; `None` where an end is missing.
    pub se: Option<f64>,
    /// Lower end; `None` where the interval of the share reaches below 0.
    pub lower: Option<f64>,
    /// Upper end; `None` where the interval of the share reaches above 1.
    pub upper: Option<f64>,
}

/// Woodruff's interval of one quantile.
///
/// `share` is that of the weight at or below the quantile `value`, with its standard error under the
/// design, as from [`Sorted::shares_at_most`]; `method` says how its interval is made.
/// [`ProportionInputs::n_rows`] counts matter only to [`IntervalMethod::Beta`].
pub fn woodruff(
    sorted: &Sorted,
    weights: &[f64],
    probability: f64,
    rule: QuantileRule,
    share: ProportionInputs,
    method: IntervalMethod,
) -> Option<Quantile> {
    let value = sorted.quantile(weights, probability, rule)?;
    let interval = match method {
        // Literally share ± t se, also where the quantile is the largest value and the share 1.
        IntervalMethod::Mean => interval_mean(share.share, share.se, share.df, share.level),
        _ => interval_proportion(share, method),
    };
    let end = |p: f64| {
        let inside = (0.0..=1.0).contains(&p);
        if inside { sorted.quantile(weights, p, rule) } else { None }
    };
    let lower = interval.and_then(|i| end(i.lower));
    let upper = interval.and_then(|i| end(i.upper));
    let t = critical_value(share.level, share.df);
    let se = lower.zip(upper).zip(t).map(|((low, high), t)| (high - low) / (2.0 * t));
    Some(Quantile { probability, value, se, lower, upper })
}

/// How quantiles are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantileOptions {
    /// Probabilities, 0 to 1.
    pub probabilities: Vec<f64>,
    /// Which value is the quantile.
    pub rule: QuantileRule,
    /// How the interval is made.
    pub interval: QuantileInterval,
}

impl Default for QuantileOptions {
    /// The median with Woodruff's interval.
    fn default() -> QuantileOptions {
        QuantileOptions {
            probabilities: vec![0.5],
            rule: QuantileRule::Math,
            interval: QuantileInterval::Woodruff(IntervalMethod::Mean),
        }
    }
}

/// How the interval of a quantile is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantileInterval {
    /// Woodruff's: the interval of the share at or below the quantile, made by this method, inverted.
    Woodruff(IntervalMethod),
    /// Value ± t se, from the quantiles under every replicate's weights; replicate designs only.
    Replicated,
}

/// Quantiles of `values` in the marked rows of a sample, with level and rule of the degrees of freedom
/// of its options.
///
/// # Errors
///
/// No row has a weight above 0; a probability is not between 0 and 1; a replicated interval is asked of
/// a design without replicate weights.
pub fn quantiles(
    sample: &Sample,
    values: &[f64],
    domain: &[bool],
    options: &QuantileOptions,
) -> Result<Vec<Quantile>, Error> {
    let QuantileOptions { probabilities, rule, interval } = options;
    if let Some(p) = probabilities.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(refuse("quantile", format!("probability {p} is not between 0 and 1")));
    }
    let sorted = Sorted::new(values, domain)?;
    let (df, level) = (sample.df_by_rule(domain), sample.options().level);
    match interval {
        QuantileInterval::Replicated => {
            if sample.replicates().is_none() {
                let message = "the sample has no replicate weights to compute it again with; take \
                               Woodruff's interval, or have replicate weights made";
                return Err(refuse("replicated interval of a quantile", message));
            }
            let joint = sample
                .joint(&|weights, need| sorted.quantiles(weights, probabilities, *rule, need))?;
            let each = probabilities.iter().zip(&joint.values).zip(joint.se()).zip(&joint.known);
            Ok(each
                .map(|(((probability, value), se), known)| {
                    let se = known.then_some(se);
                    let ends = se.and_then(|se| interval_mean(*value, se, df, level));
                    Quantile {
                        probability: *probability,
                        value: *value,
                        se,
                        lower: ends.map(|i| i.lower),
                        upper: ends.map(|i| i.upper),
                    }
                })
                .collect())
        }
        QuantileInterval::Woodruff(method) => {
            let weights = sample.weights();
            let points: Option<Vec<f64>> =
                probabilities.iter().map(|p| sorted.quantile(weights, *p, *rule)).collect();
            let points = points.ok_or_else(|| undefined("the quantile"))?;
            let joint =
                sample.joint(&|weights, need| sorted.shares_at_most(weights, &points, need))?;
            let each = probabilities.iter().zip(&joint.values).zip(joint.se()).zip(&joint.known);
            each.zip(&points)
                .map(|((((probability, share), se), known), value)| {
                    if !known {
                        let (probability, value) = (*probability, *value);
                        return Ok(Quantile {
                            probability,
                            value,
                            se: None,
                            lower: None,
                            upper: None,
                        });
                    }
                    let n_rows = sorted.rows() as u64;
                    let share = ProportionInputs { share: *share, se, n_rows, df, level };
                    woodruff(&sorted, weights, *probability, *rule, share, *method)
                        .ok_or_else(|| undefined("the quantile"))
                })
                .collect()
        }
    }
}
