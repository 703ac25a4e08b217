//! Deterministic rounding of counts, and of all that would tell a count that was rounded.
//!
//! Rates are computed from unrounded counts and stay as they are. What is made of the number of cases
//! beside the rate and its standard error is made anew of the rounded number: the design effect, which
//! is se² over p(1 − p)/n; the interval of Korn and Graubard, which has n in its degrees of freedom and,
//! for a share of 0 or 1, nothing but n; item non-response, which is a quotient of two counts.

use crate::Shown;
use inclusion_estimate::{
    Interval, IntervalMethod, Measure, ProportionInputs, Unit, interval_proportion,
};

/// The multiple of `base` that is nearest, halves up: base × ⌊count/base + ½⌋. A base of 0 leaves the
/// count as it is.
///
/// ```
/// use inclusion_disclosure::round_to_base;
/// assert_eq!([2, 3, 7, 8, 1002].map(|n| round_to_base(n, 5)), [0, 5, 5, 10, 1000]);
/// ```
pub fn round_to_base(count: u64, base: u64) -> u64 {
    match (count.checked_rem(base), count.checked_div(base)) {
        (Some(rest), Some(times)) => (times + u64::from(rest >= base - rest)).saturating_mul(base),
        _ => count,
    }
}

/// The same of a number that need not be whole, halves away from 0.
pub(crate) fn round_value(value: f64, base: u64) -> f64 {
    let base = base as f64;
    // Adding 0 turns −0 into 0.
    value.signum() * base * (value.abs() / base + 0.5).floor() + 0.0
}

/// Rounds what a row tells about counts. `numerator` is the count that a share of rows is made of.
pub(crate) fn round_shown(
    shown: &mut Shown,
    measure: Measure,
    unit: Unit,
    numerator: u64,
    base: u64,
) {
    let n = shown.n;
    shown.n = round_to_base(n, base);
    shown.n_weighted = round_value(shown.n_weighted, base);
    if n > 0 {
        shown.deff = shown.deff.map(|deff| deff * shown.n as f64 / n as f64);
    }
    if shown.n == 0 && n > 0 {
        shown.deff = None;
        shown.n_effective = None;
    }
    if measure == Measure::Nonresponse {
        let missing = round_to_base(numerator, base) as f64;
        shown.value = if shown.n == 0 { 0.0 } else { (missing / shown.n as f64).min(1.0) };
    }
    if unit == Unit::Count {
        shown.value = round_value(shown.value, base);
        shown.interval = shown.interval.map(|interval| Interval {
            lower: round_value(interval.lower, base),
            upper: round_value(interval.upper, base),
            ..interval
        });
    } else if let Some(interval) = shown.interval
        && interval.method == IntervalMethod::Beta
        && n > 0
    {
        shown.interval = interval_proportion(
            ProportionInputs {
                share: shown.value,
                se: shown.se.unwrap_or(0.0),
                n_rows: shown.n,
                df: shown.df,
                level: interval.level,
            },
            IntervalMethod::Beta,
        );
    }
}
