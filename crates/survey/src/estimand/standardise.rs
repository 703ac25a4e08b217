//! Direct standardisation: the rate a group would have with the standard's age structure.
//!
//! R_std = Σ π_a r_a over the strata a of the standard (age groups, as a rule), with r_a = Σ w y / Σ w in
//! stratum a and π_a the standard's share, known without error. It is linear in the r_a, so the
//! influence of a row is π_a (y − r_a) / Σ_a w. Source: Korn and Graubard (1999), *Analysis of Health
//! Surveys*, sec. 3.7; R's `svystandardize` followed by `svymean` has the same value and variance.

use super::{linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::linear::{Linear, Need};

/// Mean of `values` in the marked rows, standardised to the `standard` sizes of the strata.
///
/// `stratum` is the row's place in `standard`, whose sizes may be shares or heads; only their
/// proportions count.
///
/// # Errors
///
/// A stratum with a size above 0 has no row with a weight above 0, or the sizes are no distribution.
pub fn standardised(
    values: &[f64],
    stratum: &[usize],
    standard: &[(&str, f64)],
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "standardised rate";
    let columns = [(what, values.len()), (what, stratum.len()), (what, domain.len())];
    same_rows(weights.len(), &columns)?;
    let whole: f64 = standard.iter().map(|(_, size)| size).sum();
    if let Some((name, size)) =
        standard.iter().find(|(_, size)| !(*size >= 0.0 && size.is_finite()))
    {
        let message = format!("the standard has {size} in {name}; sizes must be 0 or more");
        return Err(refuse(what, message));
    }
    if whole <= 0.0 {
        return Err(refuse(what, "the standard is empty; give the size of each of its groups"));
    }
    let (mut total, mut sum) = (vec![0.0; standard.len()], vec![0.0; standard.len()]);
    for row in rows_of(domain) {
        let place = stratum[row];
        if place >= standard.len() {
            let message = format!(
                "row {row} is in group {place}, but the standard has {} groups; leave the row out or extend it",
                standard.len()
            );
            return Err(refuse(what, message));
        }
        total[place] += weights[row];
        sum[place] += weights[row] * values[row];
    }
    let mut rate = vec![0.0; standard.len()];
    for (place, (name, size)) in standard.iter().enumerate() {
        if total[place] != 0.0 {
            rate[place] = sum[place] / total[place];
        } else if *size > 0.0 {
            return Err(undefined(&format!("the rate of group {name} of the standard")));
        }
    }
    let value = standard.iter().zip(&rate).map(|((_, size), rate)| size / whole * rate).sum();
    Ok(linear(vec![value], domain, need, |row, out| {
        let place = stratum[row];
        if total[place] != 0.0 {
            out[0] = standard[place].1 / whole * (values[row] - rate[place]) / total[place];
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 6] = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    const STRATUM: [usize; 6] = [0, 0, 0, 1, 1, 1];
    const WEIGHTS: [f64; 6] = [1.0, 2.0, 3.0, 1.0, 1.0, 2.0];

    #[test]
    fn a_standard_of_the_samples_own_structure_changes_nothing() {
        let standard = [("young", 6.0), ("old", 4.0)];
        let linear =
            standardised(&VALUES, &STRATUM, &standard, &[true; 6], &WEIGHTS, Need::Values).unwrap();
        assert!((linear.values[0] - 0.7).abs() < 1e-15);
    }

    #[test]
    fn the_rates_are_weighted_by_the_standard_and_influence_is_the_derivative() {
        let standard = [("young", 1.0), ("old", 3.0)];
        let at = |w: &[f64], need| {
            standardised(&VALUES, &STRATUM, &standard, &[true; 6], w, need).unwrap()
        };
        let linear = at(&WEIGHTS, Need::Influence);
        assert!((linear.values[0] - (0.25 * 4.0 / 6.0 + 0.75 * 3.0 / 4.0)).abs() < 1e-15);
        for row in 0..6 {
            let mut moved = WEIGHTS;
            moved[row] += 1e-6;
            let slope = (at(&moved, Need::Values).values[0] - linear.values[0]) / 1e-6;
            assert!((slope - linear.influence[row]).abs() < 1e-6, "{row}");
        }
    }

    #[test]
    fn an_empty_group_of_the_standard_is_named() {
        let standard = [("young", 1.0), ("old", 3.0), ("oldest", 1.0)];
        let error = standardised(&VALUES, &STRATUM, &standard, &[true; 6], &WEIGHTS, Need::Values)
            .unwrap_err();
        assert!(error.to_string().contains("group oldest"), "{error}");
    }
}
