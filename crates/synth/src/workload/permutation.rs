//! A permutation of 0 … n − 1 that is computed instead of stored.
//!
//! Four rounds of a balanced Feistel network permute the next power of four; a value that falls
//! outside is sent through again until it falls inside, which keeps it a permutation.
//!
//! Source: Black and Rogaway (2002), *Ciphers with arbitrary finite domains*, section 4.

use super::row::mix;

/// A permutation of 0 … n − 1.
#[derive(Debug, Clone)]
pub struct Permutation {
    n: u64,
    half: u32,
    keys: [u64; 4],
}

impl Permutation {
    pub fn new(n: u64, seed: u64) -> Permutation {
        let bits = u64::BITS - n.saturating_sub(1).leading_zeros();
        let key = |round: u64| mix(seed ^ mix(round + 1));
        Permutation { n, half: bits.div_ceil(2).max(1), keys: [0, 1, 2, 3].map(key) }
    }

    /// Where place `at` takes its row from. `at` is below n.
    pub fn of(&self, at: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let mut value = at;
        loop {
            let (mut left, mut right) = (value >> self.half, value & mask);
            for key in self.keys {
                (left, right) = (right, left ^ (mix(right ^ key) & mask));
            }
            value = (left << self.half) | right;
            if value < self.n {
                return value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_once_and_hardly_any_stays_in_place() {
        for n in [1, 2, 3, 80, 1_000, 4_096, 65_537] {
            let permutation = Permutation::new(n, 7);
            let mut seen = vec![false; n as usize];
            let mut stayed = 0;
            for at in 0..n {
                let from = permutation.of(at);
                assert!(!std::mem::replace(&mut seen[from as usize], true), "{from} of {n} twice");
                stayed += u64::from(from == at);
            }
            // The number of fixed points of a random permutation has mean 1 and variance 1.
            assert!(n < 80 || stayed < 10, "{stayed} of {n}");
        }
    }

    #[test]
    fn another_seed_gives_another_order() {
        let order = |seed| {
            let permutation = Permutation::new(1_000, seed);
            (0..1_000).map(|at| permutation.of(at)).collect::<Vec<_>>()
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }
}
