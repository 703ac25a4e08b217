//! Random numbers by address.
//!
//! A [`Draws`] is keyed by what it is for and where: seed, purpose, stratum, PSU, household and
//! draw are the 32 bytes of a ChaCha key. Two addresses never share numbers, and none depends on
//! the order of generation.
//!
//! Source: Salmon et al. (2011), *Parallel random numbers: as easy as 1, 2, 3*; Bernstein (2008),
//! *ChaCha, a variant of Salsa20*.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What random numbers are for; part of the key.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// Number and sizes of a stratum's PSUs.
    Frame = 1,
    /// What the households of a PSU have in common.
    Place = 2,
    /// A household and its members.
    Household = 3,
    /// Which PSUs of a stratum are sampled.
    Psus = 4,
    /// Which households of a PSU are sampled.
    Households = 5,
    /// What an interview fails to record.
    Interview = 6,
}

/// Where random numbers are used; 0 where a level does not apply.
#[derive(Debug, Clone, Copy, Default)]
pub struct Address {
    pub seed: u64,
    pub stratum: u32,
    pub psu: u32,
    pub household: u32,
    pub draw: u32,
}

/// A stream of random numbers.
pub struct Draws(ChaCha8Rng);

impl Draws {
    pub fn new(purpose: Purpose, at: Address) -> Draws {
        let mut key = [0u8; 32];
        key[0..8].copy_from_slice(&at.seed.to_le_bytes());
        key[8..12].copy_from_slice(&(purpose as u32).to_le_bytes());
        key[12..16].copy_from_slice(&at.stratum.to_le_bytes());
        key[16..20].copy_from_slice(&at.psu.to_le_bytes());
        key[20..24].copy_from_slice(&at.household.to_le_bytes());
        key[24..28].copy_from_slice(&at.draw.to_le_bytes());
        Draws(ChaCha8Rng::from_seed(key))
    }

    /// Uniform on the open interval (0, 1), a multiple of 2⁻³³.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) * (1.0 / 4_294_967_296.0)
    }

    /// True with the given probability; one number is used whatever the probability.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Uniform on 0, 1, …, `below` − 1 (bias below 2⁻²⁰ for the small ranges used here).
    #[inline]
    pub fn below(&mut self, below: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(below)) >> 32) as u32
    }

    /// Mean 0, variance 1, between −3.5 and 3.5: the sum of four uniform numbers, close enough to
    /// normal and made without a logarithm.
    #[inline]
    pub fn deviate(&mut self) -> f64 {
        let bits = self.0.next_u64();
        let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        ((sum as f64 + 2.0) / 65_536.0 - 2.0) * 1.732_050_807_568_877_2
    }
}

/// The probability of a score: the distribution function of Student's t with 2 degrees of freedom,
/// ½ + x / 2√(2 + x²). An S-curve like the logistic one, of operations that are rounded exactly.
#[inline]
pub fn probability(score: f64) -> f64 {
    0.5 + 0.5 * score / (2.0 + score * score).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_numbers_whatever_came_before() {
        let at = Address { seed: 7, stratum: 1, psu: 2, household: 3, draw: 0 };
        let mut a = Draws::new(Purpose::Household, at);
        let first: Vec<f64> = (0..5).map(|_| a.uniform()).collect();
        let mut b = Draws::new(Purpose::Household, at);
        assert_eq!(first, (0..5).map(|_| b.uniform()).collect::<Vec<_>>());
        let mut c = Draws::new(Purpose::Household, Address { household: 4, ..at });
        assert_ne!(first[0], c.uniform());
        let mut d = Draws::new(Purpose::Interview, at);
        assert_ne!(first[0], d.uniform());
    }

    #[test]
    fn deviates_have_mean_zero_and_variance_one() {
        let mut draws = Draws::new(Purpose::Place, Address::default());
        let n = 200_000;
        let values: Vec<f64> = (0..n).map(|_| draws.deviate()).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let variance = values.iter().map(|v| v * v).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 4.0 / f64::from(n).sqrt(), "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
        assert!(values.iter().all(|v| v.abs() < 3.5));
    }

    #[test]
    fn probability_is_the_t_distribution_function_with_two_degrees_of_freedom() {
        // R: pt(c(0, 1, 1.885618, -4.302653), 2)
        for (x, p) in [(0.0, 0.5), (1.0, 0.788_675_1), (1.885_618, 0.9), (-4.302_653, 0.025)] {
            assert!((probability(x) - p).abs() < 1e-7, "{x}");
        }
    }
}
