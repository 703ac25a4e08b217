//! Quantiles as indicators: the groups of an estimate, with each mean replaced by the quantile.
//!
//! Counts, degrees of freedom and notes are those that the mean of the same number has. The quantile
//! is by default the smallest value at which the cumulated weight reaches the probability; its interval
//! and standard error are Woodruff's, or those of its replicates (`estimand/quantile.rs`), as R `survey`
//! gives them.
//!
//! Replicated quantiles have the scores of their replicates. With Woodruff's interval women and men are
//! compared by scores, too: those of the shares of the two groups at or below their own
//! quantiles, estimated together, each scaled to its quantile's standard error. The scale is the
//! inverse of the density at the quantile as Woodruff's interval tells it (Francisco and Fuller 1991,
//! *Annals of Statistics* 19, 454–469), with the sign turned: more rows below a value mean a lower
//! quantile.

use crate::estimand::{QuantileInterval, Sorted, woodruff};
use crate::notes;
use crate::sample::linear::Linear;
use crate::sample::{Joint, Sample};
use crate::{Error, Group, Plan};
use inclusion_estimate::{
    Codes, Diagnostic, Estimate, Figure, Frame, Interval, IntervalMethod, Linearized, Outcome,
    ProportionInputs, Severity, Uncertainty, interval_mean,
};
use inclusion_registry::Statistic;

/// True if an indicator of the plan is a quantile.
pub(crate) fn any(plan: &Plan) -> bool {
    plan.indicators.iter().any(|p| p.indicator.statistic == Statistic::Quantile)
}

/// Replaces the means of quantile indicators.
pub(crate) fn replace(plan: &Plan, sample: &Sample, groups: &mut [Group]) -> Result<(), Error> {
    for (index, planned) in plan.indicators.iter().enumerate() {
        let indicator = &planned.indicator;
        if indicator.statistic != Statistic::Quantile {
            continue;
        }
        let wrong = |message: &str| Error::Plan {
            place: indicator.id.clone(),
            message: message.to_string(),
        };
        let number = indicator.value.as_ref().ok_or_else(|| wrong("a quantile needs `value`"))?;
        let probability = indicator.probability.ok_or_else(|| wrong("needs `probability`"))?;
        let values: Vec<f64> =
            sample.numbers(number)?.iter().map(|value| value.unwrap_or(0.0)).collect();
        let base = sample.base(index);
        for group in groups.iter_mut().filter(|group| group.indicator == indicator.id) {
            let quantile = Quantile { plan, sample, probability, values: &values, base: &base };
            let ends = group.members.iter_mut().chain([&mut group.total]);
            quantile.of_group(known(ends), false)?;
            if let Some(compared) = &mut group.compared {
                quantile.of_group(known(compared.iter_mut()), true)?;
            }
        }
    }
    Ok(())
}

fn known<'a>(ends: impl Iterator<Item = &'a mut Estimate>) -> Vec<&'a mut Estimate> {
    ends.filter(|end| matches!(end.outcome, Outcome::Known(_))).collect()
}

/// A quantile of a number in a base.
#[derive(Clone, Copy)]
struct Quantile<'a> {
    plan: &'a Plan,
    sample: &'a Sample,
    probability: f64,
    values: &'a [f64],
    base: &'a [bool],
}

impl Quantile<'_> {
    /// Replaces means that have a value; `compared`: with their standard errors as they are compared.
    fn of_group(self, ends: Vec<&mut Estimate>, compared: bool) -> Result<(), Error> {
        let (sample, probability) = (self.sample, self.probability);
        let rule = sample.options().quantile_rule;
        let weights = sample.weights();
        let mut sorted = Vec::with_capacity(ends.len());
        let mut points = Vec::with_capacity(ends.len());
        let mut union = vec![false; sample.rows()];
        for end in &ends {
            let domain = domain(self.plan, sample, self.base, &end.key.breakdown)?;
            union.iter_mut().zip(&domain).for_each(|(any, inside)| *any |= inside);
            let one = Sorted::new(self.values, &domain)?;
            let point = one.quantile(weights, probability, rule);
            let undefined = || Error::Undefined { what: "the quantile".to_string() };
            points.push(point.ok_or_else(undefined)?);
            sorted.push(one);
        }
        let method = match sample.options().quantile_interval {
            QuantileInterval::Woodruff(method) => Some(method),
            QuantileInterval::Replicated if sample.replicates().is_some() => None,
            QuantileInterval::Replicated => {
                return Err(Error::Estimand {
                    what: "replicated interval of a quantile".to_string(),
                    message: "the sample has no replicate weights to compute it again with"
                        .to_string(),
                });
            }
        };
        let joint = sample.joint(&|weights, need| {
            let each = sorted.iter().zip(&points).map(|(one, point)| match method {
                Some(_) => one.shares_at_most(weights, &[*point], need),
                None => one.quantiles(weights, &[probability], rule, need),
            });
            let all = each
                .into_iter()
                .try_fold(Linear::default(), |all, next| Ok::<_, Error>(all.beside(next?)))?;
            Ok(if compared { all.in_domain(&union) } else { all })
        })?;
        // A replicate that lacks one of them still tells of the others, each by itself.
        if joint.dropped > 0 && !compared && ends.len() > 1 {
            return ends.into_iter().try_for_each(|end| self.of_group(vec![end], false));
        }
        match method {
            Some(method) => {
                woodruffs(sample, probability, method, (&sorted, &points), &joint, ends)
            }
            None => replicated(sample, &points, &joint, ends),
        }
        Ok(())
    }
}

/// The intervals of Woodruff, and what they tell of the standard errors.
fn woodruffs(
    sample: &Sample,
    probability: f64,
    method: IntervalMethod,
    (sorted, points): (&[Sorted], &[f64]),
    joint: &Joint,
    ends: Vec<&mut Estimate>,
) {
    let (weights, rule) = (sample.weights(), sample.options().quantile_rule);
    let se = joint.se();
    for (k, end) in ends.into_iter().enumerate() {
        let Outcome::Known(figure) = &mut end.outcome else { continue };
        let frame = frame_of(figure);
        let (value, df) = (points[k], figure.df);
        let level = sample.options().level;
        let n_rows = sorted[k].rows() as u64;
        let share = ProportionInputs { share: joint.values[k], se: se[k], n_rows, df, level };
        let found = match (&frame, joint.known[k] && df.is_none_or(|df| df >= 1.0)) {
            (Some(_), true) => woodruff(&sorted[k], weights, probability, rule, share, method),
            _ => None,
        };
        let ends = found.and_then(|q| q.lower.zip(q.upper));
        let interval = ends.map(|(lower, upper)| Interval {
            lower,
            upper,
            level,
            method: IntervalMethod::Woodruff,
        });
        let value = match (frame, found.and_then(|q| q.se)) {
            (Some(frame), Some(own)) => {
                let scale = if se[k] > 0.0 { -own / se[k] } else { 0.0 };
                let scores = joint.scores[k].iter().map(|score| scale * score).collect();
                Uncertainty::Linearized(Linearized::new(value, frame, scores))
            }
            _ => {
                let reasons = [
                    notes::no_variance(),
                    notes::no_replicates(),
                    notes::no_df(),
                    notes::same_replicates(false),
                ];
                let told = end.diagnostics.iter().any(|d| reasons.iter().any(|r| r.code == d.code));
                if !told {
                    end.diagnostics.push(open_end());
                }
                Uncertainty::Unknown { value }
            }
        };
        *figure = Figure { value, df, interval, deff: None, n_effective: None };
    }
}

/// The quantiles computed again with each replicate's weights: value ± t se.
fn replicated(sample: &Sample, points: &[f64], joint: &Joint, ends: Vec<&mut Estimate>) {
    let options = sample.options();
    let se = joint.se();
    for (k, end) in ends.into_iter().enumerate() {
        let Outcome::Known(figure) = &mut end.outcome else { continue };
        let (value, df) = (points[k], figure.df);
        let frame = frame_of(figure).filter(|_| joint.known[k]);
        let interval = frame
            .as_ref()
            .filter(|_| df.is_none_or(|df| df >= 1.0))
            .and_then(|_| interval_mean(value, se[k], df, options.level));
        // Of the mean it may have been said already.
        let same = notes::same_replicates(!options.calibration.is_empty());
        if se[k] == 0.0 && frame.is_some() && !end.diagnostics.contains(&same) {
            end.diagnostics.push(same);
        }
        let value = match frame {
            Some(frame) => {
                Uncertainty::Linearized(Linearized::new(value, frame, joint.scores[k].clone()))
            }
            None => Uncertainty::Unknown { value },
        };
        *figure = Figure { value, df, interval, deff: None, n_effective: None };
    }
}

fn open_end() -> Diagnostic {
    Diagnostic::fixed(
        "open_quantile",
        Severity::Caution,
        "The interval of this quantile reaches beyond the smallest or largest value, so there is no standard error.",
    )
}

/// What the mean was estimated together with; nothing where it has no standard error.
fn frame_of(figure: &Figure) -> Option<Frame> {
    match &figure.value {
        Uncertainty::Linearized(linearized) => linearized.frames().next().cloned(),
        Uncertainty::KnownSe { .. } | Uncertainty::Unknown { .. } => None,
    }
}

/// The rows of the base with these codes.
fn domain(
    plan: &Plan,
    sample: &Sample,
    base: &[bool],
    breakdown: &Codes,
) -> Result<Vec<bool>, Error> {
    let mut domain = base.to_vec();
    for (concept, code) in breakdown {
        let index = plan.concepts.get(concept.as_str()).and_then(|c| c.index_of(code));
        let codes = sample.codes(concept)?;
        for (inside, own) in domain.iter_mut().zip(codes) {
            *inside &= Some(*own) == index;
        }
    }
    Ok(domain)
}
