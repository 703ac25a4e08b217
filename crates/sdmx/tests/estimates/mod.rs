//! Estimates to review and to publish, made up.

use inclusion_disclosure::{Codings, Publishable, review};
use inclusion_estimate::{
    Counts, Estimate, Figure, Interval, IntervalMethod, Measure, Outcome, SeriesKey, Uncertainty,
    Unit,
};
use inclusion_registry::Registry;

pub fn registry() -> Registry {
    Registry::builtin().unwrap()
}

pub fn key(indicator: &str, breakdown: &[(&str, &str)], measure: Measure) -> SeriesKey {
    SeriesKey {
        source: "household-survey".into(),
        ref_area: "KEN".into(),
        time_period: "2022".into(),
        indicator: indicator.into(),
        breakdown: breakdown.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        measure,
    }
}

pub fn estimate(key: SeriesKey, value: f64, bounds: Option<(f64, f64)>, n: u64) -> Estimate {
    let interval = bounds.map(|(lower, upper)| Interval {
        lower,
        upper,
        level: 0.95,
        method: IntervalMethod::Logit,
    });
    let uncertainty = Uncertainty::KnownSe { value, se: 0.0123 };
    let figure = Figure {
        value: uncertainty,
        df: Some(40.0),
        interval,
        deff: Some(1.75),
        n_effective: Some(n as f64 / 1.75),
    };
    let counts = Counts { n, weighted: 10.5 * n as f64, n_rows: n, ..Counts::default() };
    let unit = if key.measure == Measure::Parity { Unit::Ratio } else { Unit::Share };
    let parts = match key.measure {
        Measure::Level => vec![],
        _ => vec![counts.clone(), counts.clone()],
    };
    Estimate { key, unit, outcome: Outcome::Known(figure), counts, parts, diagnostics: vec![] }
}

pub fn level(breakdown: &[(&str, &str)], value: f64, bounds: (f64, f64), n: u64) -> Estimate {
    estimate(key("HH18", breakdown, Measure::Level), value, Some(bounds), n)
}

/// The observations of the agreed example, as estimates. The rural older persons come from a module
/// of the survey, so that nothing else must be withheld for them.
pub fn example() -> Vec<Estimate> {
    let rural = |sex: &str, value: f64, bounds: (f64, f64), n: u64| {
        let older = [("sex", sex), ("age_group", "65+"), ("urbanisation", "R")];
        let mut estimate = level(&older, value, bounds, n);
        estimate.key.source = "older-persons".into();
        estimate
    };
    vec![
        level(&[("sex", "F")], 0.490_204, (0.468_98, 0.511_42), 900),
        level(&[("sex", "M")], 0.583_09, (0.558_02, 0.608_19), 850),
        level(&[], 0.536_02, (0.516_99, 0.555_01), 1750),
        rural("F", 0.111_777, (0.1, 0.2), 11),
        rural("M", 0.222_777, (0.2, 0.3), 12),
        level(
            &[("sex", "F"), ("age_group", "15-24"), ("wealth_quintile", "Q1")],
            0.215,
            (0.122, 0.308),
            30,
        ),
        estimate(key("HH15-COPA", &[], Measure::Parity), 0.871_2, None, 1700),
    ]
}

pub fn reviewed(estimates: Vec<Estimate>, registry: &Registry) -> Publishable {
    let codings = Codings::of(registry.concepts.values());
    review(estimates, &registry.policies["dhs"], &codings)
}
