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
use crate::sample::Sample;
use crate::sample::linear::Linear;
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
            let ends = group.members.iter_mut().chain([&mut group.total]);
            let ends: Vec<&mut Estimate> =
                ends.filter(|end| matches!(end.outcome, Outcome::Known(_))).collect();
            of_group(plan, sample, probability, &values, &base, ends)?;
        }
    }
    Ok(())
}

fn of_group(
    plan: &Plan,
    sample: &Sample,
    probability: f64,
    values: &[f64],
    base: &[bool],
    ends: Vec<&mut Estimate>,
) -> Result<(), Error> {
    let rule = sample.options().quantile_rule;
    let weights = sample.weights();
    let mut sorted = Vec::with_capacity(ends.len());
    let mut points = Vec::with_capacity(ends.len());
    for end in &ends {
        let domain = domain(plan, sample, base, &end.key.breakdown)?;
        let one = Sorted::new(values, &domain)?;
        let point = one.quantile(weights, probability, rule);
        points.push(point.ok_or_else(|| Error::Undefined { what: "the quantile".to_string() })?);
        sorted.push(one);
    }
    let method = match sample.options().quantile_interval {
        QuantileInterval::Woodruff(method) => method,
        QuantileInterval::Replicated => {
            return replicated(sample, probability, &sorted, &points, ends);
        }
    };
    let joint = sample.joint(&|weights, need| {
        let shares = sorted.iter().zip(&points);
        shares
            .map(|(one, point)| one.shares_at_most(weights, &[*point], need))
            .try_fold(Linear::default(), |all, next| Ok(all.beside(next?)))
    })?;
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
                let reasons = [notes::no_variance(), notes::no_replicates(), notes::no_df()];
                let told = end.diagnostics.iter().any(|d| reasons.iter().any(|r| r.code == d.code));
                if !told {
                    end.diagnostics.push(open_end());
                }
                Uncertainty::Unknown { value }
            }
        };
        *figure = Figure { value, df, interval, deff: None, n_effective: None };
    }
    Ok(())
}

/// The quantiles computed again with each replicate's weights: value ± t se.
fn replicated(
    sample: &Sample,
    probability: f64,
    sorted: &[Sorted],
    points: &[f64],
    ends: Vec<&mut Estimate>,
) -> Result<(), Error> {
    if sample.replicates().is_none() {
        return Err(Error::Estimand {
            what: "replicated interval of a quantile".to_string(),
            message: "the sample has no replicate weights to compute it again with".to_string(),
        });
    }
    let options = sample.options();
    let joint = sample.joint(&|weights, need| {
        sorted.iter().try_fold(Linear::default(), |all, one| {
            Ok(all.beside(one.quantiles(weights, &[probability], options.quantile_rule, need)?))
        })
    })?;
    let se = joint.se();
    for (k, end) in ends.into_iter().enumerate() {
        let Outcome::Known(figure) = &mut end.outcome else { continue };
        let (value, df) = (points[k], figure.df);
        let frame = frame_of(figure).filter(|_| joint.known[k]);
        let interval = frame
            .as_ref()
            .filter(|_| df.is_none_or(|df| df >= 1.0))
            .and_then(|_| interval_mean(value, se[k], df, options.level));
        let value = match frame {
            Some(frame) => {
                Uncertainty::Linearized(Linearized::new(value, frame, joint.scores[k].clone()))
            }
            None => Uncertainty::Unknown { value },
        };
        *figure = Figure { value, df, interval, deff: None, n_effective: None };
    }
    Ok(())
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
