//! Reliability: is a figure good enough to be shown?
//!
//! Three rules, by the number of cases, by the relative standard error and by the width of the
//! interval of a share. They say nothing about whether a person can be found ([`crate::primary`]).
//!
//! The convention to know: the interval of the last rule is that of Korn and Graubard with an
//! effective number of cases of at most n. The `beta` interval of an estimate has no such limit.
//!
//! Sources: The DHS Program, *Guide to DHS Statistics* (cases); Parker and others (2017), *Vital and
//! Health Statistics* 2(175) (width); Korn and Graubard (1998), *Survey Methodology* 24, 193–201.

use inclusion_estimate::{Interval, clopper_pearson, critical_value};
use inclusion_registry::{IntervalWidthRule, RelativeErrorRule};

/// Whether a figure is good enough; the later one is the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// It may be shown.
    Good,
    /// It may be shown with a mark.
    Low,
    /// It is withheld.
    Insufficient,
}

/// By unweighted cases: fewer than `withhold_below` are withheld, fewer than `unreliable_below` are
/// marked. A cell without any case is missing rather than withheld, which is decided before.
///
/// ```
/// use inclusion_disclosure::{Reliability, by_cases};
/// assert_eq!(by_cases(24, 25, 50), Reliability::Insufficient);
/// assert_eq!(by_cases(25, 25, 50), Reliability::Low);
/// assert_eq!(by_cases(50, 25, 50), Reliability::Good);
/// ```
pub fn by_cases(n: u64, withhold_below: u64, unreliable_below: u64) -> Reliability {
    match n {
        n if n < withhold_below => Reliability::Insufficient,
        n if n < unreliable_below => Reliability::Low,
        _ => Reliability::Good,
    }
}

/// By the relative standard error, which comes first, in per cent: 100 se/|value|. A value of 0 has
/// none and is withheld.
///
/// ```
/// use inclusion_disclosure::{Reliability, by_relative_error};
/// use inclusion_registry::RelativeErrorRule;
/// let rule = RelativeErrorRule { unreliable_above: 16.6, withhold_above: 33.3 };
/// assert_eq!(by_relative_error(10.0, 2.0, rule), (Some(20.0), Reliability::Low));
/// assert_eq!(by_relative_error(0.0, 0.0, rule), (None, Reliability::Insufficient));
/// ```
pub fn by_relative_error(
    value: f64,
    se: f64,
    rule: RelativeErrorRule,
) -> (Option<f64>, Reliability) {
    if value == 0.0 {
        return (None, Reliability::Insufficient);
    }
    let percent = 100.0 * se / value.abs();
    let reliability = match percent {
        p if p > rule.withhold_above => Reliability::Insufficient,
        p if p > rule.unreliable_above => Reliability::Low,
        p if p.is_finite() => Reliability::Good,
        _ => Reliability::Insufficient,
    };
    (Some(percent), reliability)
}

/// A share, to be judged by its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareToJudge {
    /// The share, 0 to 1.
    pub share: f64,
    /// Its standard error.
    pub se: f64,
    /// Unweighted cases.
    pub n: u64,
    /// Degrees of freedom; `None` is infinite.
    pub df: Option<f64>,
}

/// What the rule of the interval's width found.
#[derive(Debug, Clone, PartialEq)]
pub struct WidthVerdict {
    /// Effective cases: p(1 − p)/se², at most n; n for a share of 0 or 1.
    pub n_effective: f64,
    /// The same corrected for the degrees of freedom, from which the interval is made.
    pub n_interval: f64,
    /// The 95 per cent interval; `None` where no degree of freedom is left.
    pub interval: Option<Interval>,
    /// Its width over the share; none for a share of 0 or 1.
    pub relative_width: Option<f64>,
    /// Whether it may be shown; it is never [`Reliability::Low`].
    pub reliability: Reliability,
    /// Shown, and a statistician should look at it first: few degrees of freedom.
    pub few_df: bool,
    /// Shown, and a statistician should look at it first: a share of 0 or 1.
    pub extreme: bool,
    /// Shown, but the share without the property would not be.
    pub complement_unreliable: bool,
}

/// By the width of the 95 per cent Korn–Graubard interval with n* = min(n, p(1 − p)/se² ×
/// (t₍n−1₎/t_df)²).
///
/// ```
/// use inclusion_disclosure::{Reliability, ShareToJudge, by_interval_width};
/// use inclusion_registry::IntervalWidthRule;
/// let share = ShareToJudge { share: 0.45, se: 0.11, n: 60, df: Some(12.0) };
/// let verdict = by_interval_width(share, IntervalWidthRule::default());
/// assert_eq!(verdict.reliability, Reliability::Insufficient);
/// ```
pub fn by_interval_width(figure: ShareToJudge, rule: IntervalWidthRule) -> WidthVerdict {
    const LEVEL: f64 = 0.95;
    let ShareToJudge { share, se, n, df } = figure;
    let cases = n as f64;
    let extreme = share <= 0.0 || share >= 1.0;
    let effective = if extreme || se == 0.0 { cases } else { share * (1.0 - share) / (se * se) };
    let correction = critical_value(LEVEL, Some(cases - 1.0))
        .zip(critical_value(LEVEL, df))
        .map(|(simple, design)| (simple / design) * (simple / design));
    let n_interval = correction.map_or(0.0, |c| (effective * c).min(cases));
    let interval = clopper_pearson(share.clamp(0.0, 1.0), n_interval, LEVEL);
    let n_effective = effective.min(cases);
    let width = interval.map(|interval| interval.upper - interval.lower);
    let relative = |of: f64| width.map(|width| width / of);
    let over = |ratio: Option<f64>| ratio.is_some_and(|ratio| ratio > rule.relative);
    let relative_width = if extreme { None } else { relative(share) };
    let good = match width {
        _ if n_effective < rule.least_effective => false,
        None => false,
        Some(width) if width <= rule.narrow => true,
        Some(width) => width < rule.wide && !over(relative_width),
    };
    let few_df = good && df.is_some_and(|df| df < rule.least_df);
    let plain = good && !few_df && !extreme && width.is_some_and(|width| width > rule.narrow);
    WidthVerdict {
        n_effective,
        n_interval,
        interval,
        relative_width,
        reliability: if good { Reliability::Good } else { Reliability::Insufficient },
        few_df,
        extreme: good && extreme,
        complement_unreliable: plain && over(relative(1.0 - share)),
    }
}
