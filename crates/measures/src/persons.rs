//! Measures that count persons: a ratio can improve while the number of women left out grows, so both
//! are reported.
//!
//! Populations are taken as known without error; a note says so wherever one is used.
//!
//! Source: ITU, *Measuring Digital Development: Facts and Figures* (difference in users, excess
//! offline).

use crate::Undefined;
use inclusion_estimate::{
    Absence, Diagnostic, Estimate, Figure, Interval, Linearized, Measure, Outcome, Severity,
    Uncertainty, Unit,
};

/// Persons with the property: rate × population.
pub fn headcount(rate: &Linearized, population: f64) -> Linearized {
    Linearized::combine(rate.value() * population, [(population, rate)])
        .expect("invariant: one value has no second frame of its own sample")
}

/// M·N_m − F·N_f: how many more men than women have the property.
///
/// # Errors
///
/// [`Undefined::NotJoint`] if the two were not estimated together.
pub fn user_difference(
    women: &Linearized,
    men: &Linearized,
    population_women: f64,
    population_men: f64,
) -> Result<Linearized, Undefined> {
    let value = men.value() * population_men - women.value() * population_women;
    Ok(Linearized::combine(value, [(population_men, men), (-population_women, women)])?)
}

/// (M − F)·N_f: how many more women would have the property at men's rate.
///
/// # Errors
///
/// As [`user_difference`].
pub fn women_to_parity(
    women: &Linearized,
    men: &Linearized,
    population_women: f64,
) -> Result<Linearized, Undefined> {
    let value = (men.value() - women.value()) * population_women;
    Ok(Linearized::combine(value, [(population_women, men), (-population_women, women)])?)
}

/// (1 − F) N_f / ((1 − M) N_m) − 1: by what share more women than men are without.
///
/// # Errors
///
/// [`Undefined::ZeroDenominator`] if no man is without, [`Undefined::NoPopulation`] without men,
/// [`Undefined::NotJoint`] as for [`user_difference`].
pub fn excess_offline(
    women: &Linearized,
    men: &Linearized,
    population_women: f64,
    population_men: f64,
) -> Result<Linearized, Undefined> {
    let without = 1.0 - men.value();
    if without == 0.0 {
        return Err(Undefined::ZeroDenominator);
    }
    if population_men == 0.0 {
        return Err(Undefined::NoPopulation);
    }
    let scale = population_women / population_men / without;
    let ratio = (1.0 - women.value()) * scale;
    Ok(Linearized::combine(ratio - 1.0, [(-scale, women), (ratio / without, men)])?)
}

/// The head count of a level, with its interval scaled; the level's rows and marks stay with it.
///
/// Without a population, or for a level that is not a share, the result says so and has no value.
pub fn headcount_of(level: &Estimate, population: Option<f64>) -> Estimate {
    let mut key = level.key.clone();
    key.measure = Measure::Headcount;
    let mut diagnostics = level.diagnostics.clone();
    let outcome = match (&level.outcome, population) {
        (Outcome::Absent(reason), _) => Outcome::Absent(*reason),
        _ if level.unit != Unit::Share => Outcome::Absent(Absence::NotApplicable),
        (_, None) => Outcome::Absent(Absence::PopulationUnknown),
        (Outcome::Known(figure), Some(population)) => {
            diagnostics.push(population_fixed());
            let value = match &figure.value {
                Uncertainty::Linearized(rate) => {
                    Uncertainty::Linearized(headcount(rate, population))
                }
                Uncertainty::KnownSe { value, se } => {
                    Uncertainty::KnownSe { value: value * population, se: se * population }
                }
                Uncertainty::Unknown { value } => {
                    Uncertainty::Unknown { value: value * population }
                }
            };
            let interval = figure.interval.map(|i| Interval {
                lower: i.lower * population,
                upper: i.upper * population,
                ..i
            });
            Outcome::Known(Figure { value, interval, ..figure.clone() })
        }
    };
    Estimate {
        key,
        unit: Unit::Count,
        outcome,
        counts: level.counts.clone(),
        parts: level.parts.clone(),
        diagnostics,
    }
}

pub(crate) fn population_fixed() -> Diagnostic {
    Diagnostic::fixed(
        "population_fixed",
        Severity::Note,
        "Head counts take the population as known without error.",
    )
}
