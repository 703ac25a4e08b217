//! Replicate weights made from strata and PSUs.
//!
//! *Jackknife* (JKn; JK1 without strata): each replicate leaves out one PSU and multiplies the others
//! of its stratum by n/(n − 1); its rscale is (1 − f)(n − 1)/n. *Balanced* (BRR): strata of two PSUs;
//! a Hadamard matrix tells which of the two has factor 2 − ρ, the other has ρ. *Bootstrap*: in each
//! stratum n − 1 PSUs are drawn with replacement; a PSU that was drawn t times has the factor
//! 1 + √(1 − f) (t n/(n − 1) − 1), and the scale is 1/R about the full sample, 1/(R − 1) about the
//! mean of the replicates.
//!
//! Strata that were taken completely have the factor 1 in all replicates, and so have single PSUs
//! under the rules `remove` and `certainty`; the other two rules have no counterpart here.
//!
//! Random numbers are ChaCha20 with the seed as key and the replicate's number as stream, cut to a
//! range by Lemire's method without bias, stratum after stratum in the order of their keys: the same
//! seed gives the same replicates everywhere and for ever.
//!
//! Sources: Wolter (2007), *Introduction to Variance Estimation*, ch. 3 and 4; Rao and Wu (1988),
//! *Journal of the American Statistical Association* 83, 231–241, §4, with m = n − 1; Lemire (2019), *ACM
//! Transactions on Modeling and Computer Simulation* 29(1).

use crate::sample::columns::Columns;
use crate::sample::hadamard::hadamard;
use crate::sample::settings::{MadeMethod, MadeReplicates};
use crate::sample::stages::{Design, Stage, Stratum, place};
use crate::{Error, LonelyPsu, Options};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// By replicate: the factor of every PSU, and the factor of the squared deviation.
pub(crate) struct Made {
    pub factors: Vec<Vec<f64>>,
    pub scales: Vec<f64>,
}

fn made_error(message: String) -> Error {
    Error::Plan { place: "replicate weights".to_string(), message }
}

/// A stratum that is replicated: its first PSU, their number, and 1 − f.
struct Part {
    stratum: usize,
    first: usize,
    psus: usize,
    free: f64,
}

/// Makes the factors of all PSUs.
pub(crate) fn made(
    design: &Design,
    columns: &Columns,
    made: &MadeReplicates,
    options: &Options,
) -> Result<Made, Error> {
    let stage = &design.stages[0];
    let psus = design.psus() as usize;
    let parts = parts(stage, columns, options.lonely_psu)?;
    match made.method {
        MadeMethod::Jackknife => Ok(jackknife(&parts, psus)),
        MadeMethod::Balanced { rho } => {
            let name = |part: &Part| place(columns, 0, &stage.strata[part.stratum]);
            balanced(&parts, psus, rho, &name)
        }
        MadeMethod::Bootstrap { replicates, seed } => {
            let mut own = bootstrap(&parts, psus, replicates, seed)?;
            if !made.mse {
                own.scales.fill(1.0 / (replicates as f64 - 1.0));
            }
            Ok(own)
        }
    }
}

fn parts(stage: &Stage, columns: &Columns, policy: LonelyPsu) -> Result<Vec<Part>, Error> {
    let mut first = 0;
    let mut parts = Vec::new();
    for (index, stratum) in stage.strata.iter().enumerate() {
        let own = first;
        first += stratum.units as usize;
        if stratum.complete() {
            continue;
        }
        if stratum.lonely() {
            match policy {
                LonelyPsu::Remove | LonelyPsu::Certainty => continue,
                _ => {
                    return Err(made_error(format!(
                        "stratum {} has a single PSU, which replicates cannot leave out; set lonely_psu to \"remove\" or \"certainty\", or join it to another stratum",
                        place(columns, 0, stratum)
                    )));
                }
            }
        }
        let Stratum { units, free, .. } = *stratum;
        parts.push(Part { stratum: index, first: own, psus: units as usize, free });
    }
    if parts.is_empty() {
        return Err(made_error("no stratum is left from which replicates could be made".into()));
    }
    Ok(parts)
}

fn jackknife(parts: &[Part], psus: usize) -> Made {
    let mut made = Made { factors: Vec::new(), scales: Vec::new() };
    for part in parts {
        let n = part.psus as f64;
        for out in part.first..part.first + part.psus {
            let mut factors = vec![1.0; psus];
            factors[part.first..part.first + part.psus].fill(n / (n - 1.0));
            factors[out] = 0.0;
            made.factors.push(factors);
            made.scales.push(part.free * (n - 1.0) / n);
        }
    }
    made
}

fn balanced(
    parts: &[Part],
    psus: usize,
    rho: f64,
    name: &dyn Fn(&Part) -> String,
) -> Result<Made, Error> {
    if !(0.0..1.0).contains(&rho) {
        return Err(made_error(format!("Fay's rho is {rho}; it must be 0 or more and below 1")));
    }
    if let Some(part) = parts.iter().find(|p| p.psus != 2) {
        return Err(made_error(format!(
            "balanced replicates need two PSUs in every stratum, but stratum {} has {}; use the jackknife or the bootstrap",
            name(part),
            part.psus
        )));
    }
    if parts.iter().any(|p| p.free < 1.0) {
        return Err(made_error(
            "balanced replicates do not know finite populations; use the jackknife or the bootstrap".to_string(),
        ));
    }
    let matrix = hadamard(parts.len() + 1);
    let order = matrix.len();
    let factors = matrix
        .iter()
        .map(|signs| {
            let mut factors = vec![1.0; psus];
            for (part, plus) in parts.iter().zip(&signs[1..]) {
                let (a, b) = if *plus { (2.0 - rho, rho) } else { (rho, 2.0 - rho) };
                (factors[part.first], factors[part.first + 1]) = (a, b);
            }
            factors
        })
        .collect();
    let scale = 1.0 / (order as f64 * (1.0 - rho) * (1.0 - rho));
    Ok(Made { factors, scales: vec![scale; order] })
}

fn bootstrap(parts: &[Part], psus: usize, replicates: usize, seed: u64) -> Result<Made, Error> {
    if replicates < 2 {
        return Err(made_error(format!(
            "{replicates} bootstrap replicates were asked for; at least 2 are needed"
        )));
    }
    let one = |replicate: usize| {
        let mut random = ChaCha20Rng::seed_from_u64(seed);
        random.set_stream(replicate as u64);
        let mut factors = vec![1.0; psus];
        for part in parts {
            let n = part.psus as f64;
            let mut times = vec![0u32; part.psus];
            for _ in 0..part.psus - 1 {
                times[below(&mut random, part.psus as u64) as usize] += 1;
            }
            let spread = part.free.sqrt();
            for (factor, t) in factors[part.first..].iter_mut().zip(times) {
                *factor = 1.0 + spread * (f64::from(t) * n / (n - 1.0) - 1.0);
            }
        }
        factors
    };
    let scale = 1.0 / replicates as f64;
    Ok(Made { factors: (0..replicates).map(one).collect(), scales: vec![scale; replicates] })
}

/// A random number from 0 to `range` − 1.
fn below(random: &mut ChaCha20Rng, range: u64) -> u64 {
    let threshold = range.wrapping_neg() % range;
    loop {
        let wide = u128::from(random.next_u64()) * u128::from(range);
        if (wide as u64) >= threshold {
            return (wide >> 64) as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Vec<Part> {
        let part = |stratum, first, psus, free| Part { stratum, first, psus, free };
        vec![part(0, 0, 2, 1.0), part(1, 2, 3, 0.75), part(2, 5, 4, 1.0)]
    }

    /// Variance of the total of `z` from replicates, about the full total.
    fn variance(made: &Made, z: &[f64]) -> f64 {
        let total: f64 = z.iter().sum();
        let of = |f: &Vec<f64>| f.iter().zip(z).map(|(f, z)| f * z).sum::<f64>() - total;
        made.factors.iter().zip(&made.scales).map(|(f, s)| s * of(f).powi(2)).sum()
    }

    /// Σ_h (1 − f) n/(n − 1) Σ (z − mean)².
    fn textbook(parts: &[Part], z: &[f64]) -> f64 {
        let one = |p: &Part| {
            let own = &z[p.first..p.first + p.psus];
            let (n, mean) = (p.psus as f64, own.iter().sum::<f64>() / p.psus as f64);
            p.free * n / (n - 1.0) * own.iter().map(|z| (z - mean).powi(2)).sum::<f64>()
        };
        parts.iter().map(one).sum()
    }

    #[test]
    fn the_jackknife_of_a_total_is_its_linear_variance() {
        let z = [3.0, 5.0, 1.0, 4.0, 9.0, 2.0, 2.5, 7.0, 1.0];
        let parts = three();
        assert!((variance(&jackknife(&parts, 9), &z) / textbook(&parts, &z) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn balanced_replicates_give_the_linear_variance_of_a_total() {
        let parts: Vec<Part> = (0..7)
            .map(|stratum| Part { stratum, first: 2 * stratum, psus: 2, free: 1.0 })
            .collect();
        let z: Vec<f64> = (0..14).map(|i| ((i * i) % 11) as f64 + 0.5).collect();
        for rho in [0.0, 0.3, 0.5] {
            let made = balanced(&parts, 14, rho, &|_| String::new()).unwrap();
            assert_eq!(made.factors.len(), 8);
            assert!((variance(&made, &z) / textbook(&parts, &z) - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn the_bootstrap_approaches_the_linear_variance_and_repeats_with_its_seed() {
        let z = [3.0, 5.0, 1.0, 4.0, 9.0, 2.0, 2.5, 7.0, 1.0];
        let parts = three();
        let made = bootstrap(&parts, 9, 20_000, 7).unwrap();
        let ratio = variance(&made, &z) / textbook(&parts, &z);
        assert!((ratio - 1.0).abs() < 0.04, "{ratio}");
        let again = bootstrap(&parts, 9, 3, 7).unwrap();
        assert_eq!(again.factors[..], made.factors[..3]);
        assert_ne!(bootstrap(&parts, 9, 3, 8).unwrap().factors[..], made.factors[..3]);
    }
}
