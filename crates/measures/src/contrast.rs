//! Two figures of different groups, rounds or surveys against each other.
//!
//! The convention to know: *first* against *second*, so a difference is first minus second and a ratio
//! first over second. A change between two rounds is the later against the earlier one.
//!
//! Figures of different samples are independent: their variances add up. Figures of one sample have their
//! covariance only if they were estimated together; otherwise there is a value without a standard error.
//!
//! Source: Wolter (2007), *Introduction to Variance Estimation*, ch. 6 (functions of estimates).

use crate::freedom::satterthwaite;
use crate::{Undefined, joint};
use inclusion_estimate::{
    Absence, Diagnostic, Estimate, Figure, Interval, Linearized, Measure, Outcome, SeriesKey,
    Severity, Uncertainty, Unit, interval_log, interval_mean,
};

/// What is said of two figures a (first) and b (second).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContrastKind {
    /// a − b, in their unit.
    Difference,
    /// a / b.
    Ratio,
    /// (a − b) / b, a share.
    Relative,
    /// ln(a / b).
    LogRatio,
}

/// How two figures are contrasted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContrastOptions {
    /// What is said of them.
    pub kind: ContrastKind,
    /// Confidence level.
    pub level: f64,
    /// Where degrees of freedom come from.
    pub df: ContrastDf,
}

/// Degrees of freedom of a contrast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ContrastDf {
    /// The figures are of different samples: Satterthwaite's.
    Independent,
    /// The figures are of one sample: those of the union of all domains; `None` is infinite.
    Union(Option<f64>),
}

/// The value of a contrast.
///
/// # Errors
///
/// [`Undefined::ZeroDenominator`] if a ratio's second figure is zero, [`Undefined::ZeroRate`] if a
/// logarithm's first one is, or if it is of a figure below zero; [`Undefined::NotJoint`] if the two are of
/// one sample and were not estimated together.
///
/// ```
/// use inclusion_estimate::{Frame, Linearized};
/// use inclusion_measures::{ContrastKind, contrast_of};
/// let before = Linearized::new(0.50, Frame::new("2015", "use"), vec![0.03]);
/// let after = Linearized::new(0.60, Frame::new("2016", "use"), vec![0.04]);
/// let change = contrast_of(&after, &before, ContrastKind::Difference)?;
/// assert!((change.value() - 0.1).abs() < 1e-15 && (change.se() - 0.05).abs() < 1e-15);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn contrast_of(
    first: &Linearized,
    second: &Linearized,
    kind: ContrastKind,
) -> Result<Linearized, Undefined> {
    let (a, b) = (first.value(), second.value());
    if kind != ContrastKind::Difference && b == 0.0 {
        return Err(Undefined::ZeroDenominator);
    }
    let ratio = a / b;
    Ok(match kind {
        ContrastKind::Difference => Linearized::combine(a - b, [(1.0, first), (-1.0, second)]),
        ContrastKind::Ratio => Linearized::combine(ratio, [(1.0 / b, first), (-ratio / b, second)]),
        ContrastKind::Relative => {
            Linearized::combine((a - b) / b, [(1.0 / b, first), (-ratio / b, second)])
        }
        ContrastKind::LogRatio if ratio <= 0.0 => return Err(Undefined::ZeroRate),
        ContrastKind::LogRatio => {
            Linearized::combine(ratio.ln(), [(1.0 / a, first), (-1.0 / b, second)])
        }
    }?)
}

/// Contrasts two estimates. The result has both figures' rows as `parts`, so that the smaller decides what
/// may be shown, and their diagnostics.
///
/// A ratio's interval is made on the log scale, any other is value ± t × standard error. A share of 0 or
/// 1 has no standard error of its own, so that from it alone no interval can be made.
pub fn contrast(
    key: SeriesKey,
    first: &Estimate,
    second: &Estimate,
    options: &ContrastOptions,
) -> Estimate {
    let both = [first, second];
    let mut diagnostics = joint::diagnostics(&both);
    let outcome = match joint::figures(&both) {
        Err(absence) => Outcome::Absent(absence),
        Ok(figures) => match value(figures[0], figures[1], options.kind) {
            Err(absence) => Outcome::Absent(absence),
            Ok(value) => {
                let df = match options.df {
                    ContrastDf::Independent => satterthwaite(parts(&value, &figures)),
                    ContrastDf::Union(df) => df,
                };
                let interval = interval(&value, &both, &figures, df, options);
                note(&value, &both, &figures, df, &mut diagnostics);
                Outcome::Known(Figure { value, df, interval, deff: None, n_effective: None })
            }
        },
    };
    let rows = |estimate: &Estimate| match estimate.parts.is_empty() {
        true => vec![estimate.counts.clone()],
        false => estimate.parts.clone(),
    };
    let unit = match options.kind {
        ContrastKind::Difference => first.unit,
        ContrastKind::Relative => Unit::Share,
        ContrastKind::Ratio | ContrastKind::LogRatio => Unit::Ratio,
    };
    Estimate {
        key,
        unit,
        outcome,
        counts: joint::counts(&both),
        parts: both.into_iter().flat_map(rows).collect(),
        diagnostics,
    }
}

fn value(first: &Figure, second: &Figure, kind: ContrastKind) -> Result<Uncertainty, Absence> {
    let exact = || {
        let (a, b) = (Linearized::exact(first.point()), Linearized::exact(second.point()));
        contrast_of(&a, &b, kind).map(|value| Uncertainty::Unknown { value: value.value() })
    };
    let value = match (&first.value, &second.value) {
        (Uncertainty::Linearized(a), Uncertainty::Linearized(b)) => match contrast_of(a, b, kind) {
            Err(Undefined::NotJoint(_)) => exact(),
            other => other.map(Uncertainty::Linearized),
        },
        _ => exact(),
    };
    value.map_err(|reason| reason.absence().unwrap_or(Absence::PartAbsent))
}

/// What each of two independent figures adds to the variance, with its degrees of freedom.
fn parts(value: &Uncertainty, figures: &[&Figure]) -> Vec<(f64, Option<f64>)> {
    let Uncertainty::Linearized(value) = value else { return Vec::new() };
    figures
        .iter()
        .map(|figure| {
            let of_sample = match &figure.value {
                Uncertainty::Linearized(own) => {
                    own.frames().map(|frame| value.variance_from(frame.sample())).sum()
                }
                Uncertainty::KnownSe { .. } | Uncertainty::Unknown { .. } => 0.0,
            };
            (of_sample, figure.df)
        })
        .collect()
}

fn interval(
    value: &Uncertainty,
    both: &[&Estimate; 2],
    figures: &[&Figure],
    df: Option<f64>,
    options: &ContrastOptions,
) -> Option<Interval> {
    let Uncertainty::Linearized(value) = value else { return None };
    let bounded = both.iter().zip(figures).any(|(estimate, figure)| is_bounded(estimate, figure));
    if (value.se() == 0.0 && bounded) || df.is_some_and(|df| df < 1.0) {
        return None;
    }
    match options.kind {
        ContrastKind::Ratio => {
            interval_log(value.value(), value.se() / value.value(), df, options.level)
        }
        // A relative difference of nothing is −1 whatever the sample, as a relative gap of 1.
        ContrastKind::Relative if figures[0].point() == 0.0 => None,
        _ => interval_mean(value.value(), value.se(), df, options.level),
    }
}

/// A level that is a share of exactly 0 or 1.
fn is_bounded(estimate: &Estimate, figure: &Figure) -> bool {
    let share = estimate.unit == Unit::Share && estimate.key.measure == Measure::Level;
    share && (figure.point() <= 0.0 || figure.point() >= 1.0)
}

fn note(
    value: &Uncertainty,
    both: &[&Estimate; 2],
    figures: &[&Figure],
    df: Option<f64>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut add = |code, severity, message| {
        diagnostics.push(Diagnostic::fixed(code, severity, message));
    };
    let known = matches!(value, Uncertainty::Linearized(_));
    if !known {
        add(
            "covariance_unknown",
            Severity::Caution,
            "The two figures were not estimated together, or one has no standard error, so their contrast has none.",
        );
    } else if both.iter().zip(figures).any(|(estimate, figure)| is_bounded(estimate, figure)) {
        add(
            "degenerate_share",
            Severity::Caution,
            "One rate is 0 or 100 per cent, so the standard error of the comparison is too small.",
        );
    }
    if known && df.is_some_and(|df| df < 1.0) {
        add(
            "no_degrees_of_freedom",
            Severity::Caution,
            "No degrees of freedom are left, so there is no interval.",
        );
    }
    diagnostics.sort();
    diagnostics.dedup();
}
