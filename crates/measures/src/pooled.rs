//! One figure of several surveys: (Σ size × figure) / Σ size.
//!
//! Three choices of the size make three kinds of pool, and all have this one formula: 1 for each
//! survey (the mean of the surveys' figures); the population that a survey stands for, which is known;
//! or the weighted number of cases, which is estimated. With the last, the result is that of the files
//! stacked, with strata nested in surveys: numerators are added up, and so are denominators.
//!
//! An estimated size has scores of its own, jointly with the figure, so that the variance knows that the
//! number of cases of a group varies from sample to sample. Samples are independent of each other.
//!
//! Source: Lumley (2010), *Complex Surveys*, ch. 2 (several surveys as strata of one design); Kish (1999),
//! *Statistics in Transition* 4, 125–138 (cumulating and combining population surveys).

use crate::freedom::satterthwaite_of;
use crate::{Undefined, joint};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, IntervalMethod, Linearized, Outcome,
    ProportionInputs, SeriesKey, SharedSample, Uncertainty, interval_mean, interval_proportion,
};

/// One survey's part of a pool.
#[derive(Debug, Clone)]
pub struct PoolPart {
    /// Its level. `figure.df` are the degrees of freedom that it brings.
    pub level: Estimate,
    /// How much it counts: above 0, exact or with scores in the frame of the level.
    pub size: Linearized,
}

/// How to pool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoolOptions {
    /// Confidence level.
    pub level: f64,
    /// Interval of shares; `None` for what is no proportion.
    pub share: Option<IntervalMethod>,
    /// Degrees of freedom.
    pub df: PoolDf,
    /// Each survey's own number of cases decides what may be shown, and not only the sum of them.
    pub judged_apart: bool,
    /// Totals are added up; everything else is a mean.
    pub sum: bool,
}

/// Degrees of freedom of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolDf {
    /// The sum of all, as of the stacked files.
    Sum,
    /// Satterthwaite's.
    Satterthwaite,
}

/// (Σ size × rate) / Σ size.
///
/// # Errors
///
/// [`Undefined::NoPopulation`] if all sizes are 0, [`Undefined::NotJoint`] if a rate and a size of one
/// sample were not estimated together.
pub fn pooled_rate(parts: &[(&Linearized, &Linearized)]) -> Result<Linearized, Undefined> {
    let all: f64 = parts.iter().map(|(_, size)| size.value()).sum();
    if all <= 0.0 {
        return Err(Undefined::NoPopulation);
    }
    let sum: f64 = parts.iter().map(|(rate, size)| size.value() * rate.value()).sum();
    let value = sum / all;
    let slopes = parts.iter().flat_map(|(rate, size)| {
        [(size.value() / all, *rate), ((rate.value() - value) / all, *size)]
    });
    Ok(Linearized::combine(value, slopes)?)
}

/// The pooled level; `parts` in an order of the caller's that does not depend on that of the surveys.
///
/// A part without a figure leaves the pool without one (`part_absent`, or the part's own reason where all
/// have the same). Parts of size 0 are to be left out by the caller where they hold nobody.
pub fn pool(key: SeriesKey, parts: &[PoolPart], options: &PoolOptions) -> Estimate {
    let levels: Vec<&Estimate> = parts.iter().map(|part| &part.level).collect();
    let diagnostics = joint::diagnostics(&levels);
    let counts = joint::counts(&levels);
    let outcome = match joint::figures(&levels) {
        Err(absence) => Outcome::Absent(absence),
        Ok(figures) => match value(parts, &figures, options.sum) {
            Err(absence) => Outcome::Absent(absence),
            Ok(value) => Outcome::Known(figure(value, parts, &figures, &counts, options)),
        },
    };
    let parts = match options.judged_apart {
        true => levels.iter().map(|level| level.counts.clone()).collect(),
        false => Vec::new(),
    };
    let unit = levels.first().map_or(inclusion_estimate::Unit::Share, |level| level.unit);
    Estimate { key, unit, outcome, counts, parts, diagnostics }
}

fn value(parts: &[PoolPart], figures: &[&Figure], sum: bool) -> Result<Uncertainty, Absence> {
    let of = |values: &[Linearized]| -> Result<Linearized, Undefined> {
        if sum {
            let total = values.iter().map(Linearized::value).sum();
            return Ok(Linearized::combine(total, values.iter().map(|v| (1.0, v)))?);
        }
        let pairs: Vec<_> = values.iter().zip(parts).map(|(v, part)| (v, &part.size)).collect();
        pooled_rate(&pairs)
    };
    let linear: Option<Vec<Linearized>> = figures
        .iter()
        .map(|figure| match &figure.value {
            Uncertainty::Linearized(value) => Some(value.clone()),
            Uncertainty::KnownSe { .. } | Uncertainty::Unknown { .. } => None,
        })
        .collect();
    let unknown = || {
        let exact: Vec<Linearized> =
            figures.iter().map(|figure| Linearized::exact(figure.point())).collect();
        of(&exact).map(|value| Uncertainty::Unknown { value: value.value() })
    };
    let value = match linear {
        Some(values) => match of(&values) {
            Err(Undefined::NotJoint(SharedSample { .. })) => unknown(),
            other => other.map(Uncertainty::Linearized),
        },
        None => unknown(),
    };
    value.map_err(|reason| reason.absence().unwrap_or(Absence::PartAbsent))
}

fn figure(
    value: Uncertainty,
    parts: &[PoolPart],
    figures: &[&Figure],
    counts: &Counts,
    options: &PoolOptions,
) -> Figure {
    let df = match (&value, options.df) {
        (Uncertainty::Linearized(value), PoolDf::Satterthwaite) => {
            let samples = parts.iter().zip(figures);
            satterthwaite_of(value, samples.map(|(p, f)| (p.level.key.source.as_str(), f.df)))
        }
        _ => figures.iter().try_fold(0.0, |sum, figure| Some(sum + figure.df?)),
    };
    let mut figure = Figure { value, df, interval: None, deff: None, n_effective: None };
    // Less than one degree of freedom is none, as for the levels themselves.
    if df.is_none_or(|df| df >= 1.0) {
        let (share, level) = (figure.point(), options.level);
        figure.interval = figure.se().and_then(|se| match options.share {
            Some(method) => {
                let n_rows = counts.n_rows;
                interval_proportion(ProportionInputs { share, se, n_rows, df, level }, method)
            }
            None => interval_mean(share, se, df, level),
        });
    }
    figure
}

/// Marks a figure with something that was noticed about all that it is made of.
pub fn noted(mut estimate: Estimate, diagnostic: &Diagnostic) -> Estimate {
    estimate.diagnostics.push(diagnostic.clone());
    estimate.diagnostics.sort();
    estimate.diagnostics.dedup();
    estimate
}
