//! The sampling frame: strata, their primary sampling units, and how PSUs are selected.
//!
//! Inside a stratum PSUs are selected with probability proportional to their size in the frame
//! (households at the last census), without replacement and with a fixed number, by Chromy's
//! sequential method: it passes the frame once and needs no memory, so a frame of millions of PSUs
//! costs nothing. The selection probability of a PSU is exactly `n · size / total`.
//!
//! Source: Chromy (1979), *Sequential sample selection methods*, Proceedings of the Survey Research
//! Methods Section, American Statistical Association, 401–406 (without the random start, because
//! PSUs stand in the frame in random order).

use crate::Spec;
use crate::stream::{Address, Draws, Purpose};

/// A stratum of the frame.
#[derive(Debug, Clone, Copy)]
pub struct Stratum {
    /// From 0.
    pub index: u32,
    /// 1 to 6.
    pub region: u8,
    /// 1 urban, 2 rural.
    pub area: u8,
    /// PSUs in the population.
    pub psus: u32,
    /// Population number of its first PSU, from 0; numbers are unique over the country.
    pub first_psu: u32,
}

/// A sampled PSU.
#[derive(Debug, Clone, Copy)]
pub struct Selected {
    /// Its place in the stratum, from 0.
    pub psu: u32,
    /// Its size in the frame.
    pub size: u32,
    /// Probability with which it was selected.
    pub probability: f64,
}

/// Smallest and number of different frame sizes: 60 to 140 households.
const SIZE: (u32, u32) = (60, 81);

/// All strata, in order. The twelve combinations of region and area take consecutive runs.
pub fn strata(spec: &Spec) -> Vec<Stratum> {
    let mut first_psu = 0;
    (0..spec.strata)
        .map(|index| {
            let cell = (u64::from(index) * 12 / u64::from(spec.strata)) as u8;
            let share = 0.4 + 1.2 * draws(spec, index).uniform();
            let psus = (f64::from(spec.population_psus) * share).round() as u32;
            let stratum =
                Stratum { index, region: cell / 2 + 1, area: cell % 2 + 1, psus, first_psu };
            first_psu += psus;
            stratum
        })
        .collect()
}

fn draws(spec: &Spec, stratum: u32) -> Draws {
    Draws::new(Purpose::Frame, Address { seed: spec.seed, stratum, ..Address::default() })
}

/// Frame sizes of a stratum's PSUs, in frame order.
pub fn sizes(spec: &Spec, stratum: Stratum) -> impl Iterator<Item = u32> + use<> {
    let mut draws = draws(spec, stratum.index);
    // The first number is the stratum's number of PSUs.
    draws.uniform();
    (0..stratum.psus).map(move |_| SIZE.0 + draws.below(SIZE.1))
}

/// The sampled PSUs of a stratum, in frame order.
pub fn select(spec: &Spec, stratum: Stratum) -> impl Iterator<Item = Selected> + use<> {
    let total: u64 = sizes(spec, stratum).map(u64::from).sum();
    let wanted = u64::from(spec.psus_per_stratum);
    let at =
        Address { seed: spec.seed, stratum: stratum.index, draw: spec.draw, ..Address::default() };
    let mut draws = Draws::new(Purpose::Psus, at);
    // Expected hits up to here in units of 1/total, so that whole numbers are exact.
    let mut expected: u64 = 0;
    let mut hits: u64 = 0;
    sizes(spec, stratum).enumerate().filter_map(move |(psu, size)| {
        let before = (expected / total, expected % total);
        expected += wanted * u64::from(size);
        let after = (expected / total, expected % total);
        // Up to now the number of hits is the whole part or one more; the chance of one more is
        // the fraction. Chromy's rules keep that true after every PSU.
        let ahead = hits > before.0;
        let chance = if after.0 == before.0 {
            if ahead { 1.0 } else { (after.1 - before.1) as f64 / (total - before.1) as f64 }
        } else if ahead {
            after.1 as f64 / before.1 as f64
        } else {
            0.0
        };
        let now = after.0 + u64::from(draws.chance(chance));
        let hit = now > hits;
        hits = now;
        let probability = wanted as f64 * f64::from(size) / total as f64;
        hit.then_some(Selected { psu: psu as u32, size, probability })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> Spec {
        Spec { strata: 12, psus_per_stratum: 5, population_psus: 40, ..Spec::default() }
    }

    #[test]
    fn every_sample_has_the_wanted_number_of_different_psus() {
        for draw in 0..200 {
            let spec = Spec { draw, ..spec() };
            for stratum in strata(&spec) {
                let psus: Vec<u32> = select(&spec, stratum).map(|s| s.psu).collect();
                assert_eq!(psus.len(), 5);
                assert!(psus.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }

    #[test]
    fn psus_are_selected_as_often_as_their_probability_says() {
        let stratum = strata(&spec())[3];
        let draws = 20_000;
        let mut hits = vec![0u32; stratum.psus as usize];
        let mut inverse = 0.0;
        for draw in 0..draws {
            for selected in select(&Spec { draw, ..spec() }, stratum) {
                hits[selected.psu as usize] += 1;
                inverse += 1.0 / selected.probability;
            }
        }
        let total: u32 = sizes(&spec(), stratum).sum();
        for (psu, size) in sizes(&spec(), stratum).enumerate() {
            let p = 5.0 * f64::from(size) / f64::from(total);
            let se = (p * (1.0 - p) / f64::from(draws)).sqrt();
            let seen = f64::from(hits[psu]) / f64::from(draws);
            assert!((seen - p).abs() < 4.5 * se, "PSU {psu}: {seen} for {p}");
        }
        // Inverse probabilities estimate the number of PSUs.
        let mean = inverse / f64::from(draws);
        assert!((mean / f64::from(stratum.psus) - 1.0).abs() < 0.01, "{mean}");
    }

    #[test]
    fn regions_and_areas_all_occur_and_psu_numbers_do_not_overlap() {
        let strata = strata(&Spec::default());
        let mut cells: Vec<(u8, u8)> = strata.iter().map(|s| (s.region, s.area)).collect();
        cells.dedup();
        assert_eq!(cells.len(), 12);
        assert!(strata.windows(2).all(|p| p[0].first_psu + p[0].psus == p[1].first_psu));
        assert!(strata.iter().all(|s| (100..=400).contains(&s.psus)));
    }
}
