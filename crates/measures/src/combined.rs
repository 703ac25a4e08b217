//! Both sexes together where women and men have files of their own.
//!
//! In Demographic and Health Surveys and Multiple Indicator Cluster Surveys the weights of women and
//! men are normalised separately, so stacking the files does not estimate the population; the two
//! rates are weighted with population numbers of the same ages instead.

use crate::Undefined;
use crate::compare::{joint_counts, joint_diagnostics, part_absence};
use crate::persons::population_fixed;
use inclusion_estimate::{
    Absence, Estimate, Figure, IntervalMethod, Linearized, Outcome, ProportionInputs, Uncertainty,
    Unit, interval_mean, interval_proportion,
};

/// (N_f F + N_m M) / (N_f + N_m).
///
/// # Errors
///
/// [`Undefined::NoPopulation`] if both populations are zero, [`Undefined::NotJoint`] if the two were
/// not estimated together.
///
/// ```
/// use inclusion_estimate::Linearized;
/// use inclusion_measures::combined_total;
/// let (women, men) = (Linearized::exact(62.0), Linearized::exact(70.0));
/// let total = combined_total(&women, &men, 25.0e6, 24.5e6)?;
/// assert!((total.value() - 65.96).abs() < 0.005);
/// # Ok::<(), inclusion_measures::Undefined>(())
/// ```
pub fn combined_total(
    women: &Linearized,
    men: &Linearized,
    population_women: f64,
    population_men: f64,
) -> Result<Linearized, Undefined> {
    let both = population_women + population_men;
    if both <= 0.0 {
        return Err(Undefined::NoPopulation);
    }
    let (f, m) = (population_women / both, population_men / both);
    Ok(Linearized::combine(f * women.value() + m * men.value(), [(f, women), (m, men)])?)
}

/// The total of two estimates by [`combined_total`], with an interval by `method` where it is a
/// share. Its `parts` are women and men, so that the smaller sample decides what may be shown.
///
/// Without populations there is no total: a plain mean is not a substitute.
pub fn total_of_two(
    women: &Estimate,
    men: &Estimate,
    populations: Option<(f64, f64)>,
    union_df: Option<f64>,
    level: f64,
    method: IntervalMethod,
) -> Estimate {
    let counts = joint_counts(&women.counts, &men.counts);
    let mut diagnostics = joint_diagnostics(women, men);
    let outcome = match (&women.outcome, &men.outcome, populations) {
        (Outcome::Known(f), Outcome::Known(m), Some((n_f, n_m))) => {
            let value = match (&f.value, &m.value) {
                (Uncertainty::Linearized(f), Uncertainty::Linearized(m)) => {
                    combined_total(f, m, n_f, n_m).map(Uncertainty::Linearized)
                }
                _ => Err(Undefined::NotJoint(inclusion_estimate::SharedSample {
                    sample: women.key.source.clone(),
                })),
            };
            let value = value.or_else(|reason| match reason.absence() {
                Some(absence) => Err(absence),
                None => {
                    let exact = [f, m].map(|figure| Linearized::exact(figure.point()));
                    combined_total(&exact[0], &exact[1], n_f, n_m)
                        .map(|total| Uncertainty::Unknown { value: total.value() })
                        .map_err(|_| Absence::PopulationUnknown)
                }
            });
            match value {
                Err(absence) => Outcome::Absent(absence),
                Ok(value) => {
                    diagnostics.push(population_fixed());
                    let mut figure = Figure {
                        value,
                        df: union_df,
                        interval: None,
                        deff: None,
                        n_effective: None,
                    };
                    figure.interval = figure.se().and_then(|se| match women.unit {
                        Unit::Share => interval_proportion(
                            ProportionInputs {
                                share: figure.point(),
                                se,
                                n_rows: counts.n_rows,
                                df: union_df,
                                level,
                            },
                            method,
                        ),
                        _ => interval_mean(figure.point(), se, union_df, level),
                    });
                    Outcome::Known(figure)
                }
            }
        }
        (Outcome::Known(_), Outcome::Known(_), None) => Outcome::Absent(Absence::PopulationUnknown),
        (f, m, _) => Outcome::Absent(part_absence(f, m)),
    };
    let mut key = women.key.clone();
    key.breakdown.remove("sex");
    let parts = vec![women.counts.clone(), men.counts.clone()];
    Estimate { key, unit: women.unit, outcome, counts, parts, diagnostics }
}
