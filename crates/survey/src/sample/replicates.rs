//! Replicate weights and the variance from them.
//!
//! The variance is scale × Σ_r rscales_r (θ_r − centre)², where θ_r is the estimate with the r-th
//! replicate's weights and the centre that of the full sample, or the mean of the replicates whose
//! rscale is above 0. Scales by method: Wolter (2007), *Introduction to Variance Estimation*, ch. 3
//! to 5 (BRR, jackknife, bootstrap); Judkins (1990), *Journal of Official Statistics* 6 (Fay); Fay and
//! Train (1995), *ASA Proceedings of Government Statistics* (successive difference); Rust and Rao
//! (1996), *Statistical Methods in Medical Research* 5 (overview). Centres and defaults are those of
//! R `survey`.
//!
//! Degrees of freedom are the rank of the matrix of replicate weights less 1, as in R; for a domain,
//! of its rows. Rows whose replicate weights are the same multiples of their weight stand for one.

use crate::Error;
use crate::present::{Known, Sums};
use crate::sample::settings::{ReplicateColumns, ReplicateKind};
use inclusion_registry::Statistic;
use rustc_hash::FxHashMap;

/// Share of a row's length below which it depends on rows before it; replicate weights are often
/// stored with six decimals.
const DEPENDENT: f64 = 1e-5;

/// Share of a value by which the same rows can make it differ under other multiples of their weights.
const ROUNDING: f64 = 1e-12;

/// How the deviations of replicates make a variance.
#[derive(Debug, Clone)]
pub(crate) struct Deviations {
    /// By replicate: scale × rscale.
    pub scales: Vec<f64>,
    pub mse: bool,
}

/// Replicate weights of all rows.
#[derive(Debug, Clone)]
pub(crate) struct ReplicateWeights {
    pub count: usize,
    /// Row by row: the weight in each replicate.
    pub weights: Vec<f64>,
    pub deviations: Deviations,
    /// By row: its pattern of factors.
    patterns: Vec<u32>,
    /// Pattern by pattern: factors, of length 1.
    factors: Vec<f64>,
    pub rank: u64,
}

fn replicate_error(message: String) -> Error {
    Error::Plan { place: "replicate weights".to_string(), message }
}

/// How this many replicates make a variance.
pub(crate) fn scales(settings: &ReplicateColumns, count: usize) -> Result<Deviations, Error> {
    let r = count as f64;
    if count < 2 {
        return Err(replicate_error(format!(
            "the rows have {count} replicate weights; at least 2 are needed (columns `_replicate_1`, `_replicate_2`, …)"
        )));
    }
    if !settings.rscales.is_empty() && settings.rscales.len() != count {
        return Err(replicate_error(format!(
            "{} rscales are given for {count} replicates; give one for each",
            settings.rscales.len()
        )));
    }
    if let Some(wrong) = settings.rscales.iter().find(|s| !(**s >= 0.0 && s.is_finite())) {
        return Err(replicate_error(format!("an rscale is {wrong}; it must be 0 or more")));
    }
    let rho = settings.rho;
    let own = match settings.kind {
        ReplicateKind::Brr => 1.0 / r,
        ReplicateKind::Fay if (0.0..1.0).contains(&rho) => 1.0 / (r * (1.0 - rho) * (1.0 - rho)),
        ReplicateKind::Fay => {
            return Err(replicate_error(format!(
                "Fay's rho is {rho}; it must be 0 or more and below 1"
            )));
        }
        ReplicateKind::Jk1 => (r - 1.0) / r,
        ReplicateKind::Jkn if settings.rscales.is_empty() => {
            return Err(replicate_error(
                "the stratified jackknife (JKn) needs `rscales`, (n − 1)/n for the stratum of each replicate; where strata have two PSUs each, that is 0.5, and with one replicate for each stratum use JK2".to_string(),
            ));
        }
        ReplicateKind::Jk2 | ReplicateKind::Jkn => 1.0,
        ReplicateKind::Bootstrap if settings.mse => 1.0 / r,
        ReplicateKind::Bootstrap => 1.0 / (r - 1.0),
        ReplicateKind::SuccessiveDifference | ReplicateKind::Acs => 4.0 / r,
        ReplicateKind::Other => settings.scale.ok_or_else(|| {
            replicate_error("replicates of another method need `scale`".to_string())
        })?,
    };
    let scale = settings.scale.unwrap_or(own);
    if !(scale > 0.0 && scale.is_finite()) {
        return Err(replicate_error(format!("the scale is {scale}; it must be above 0")));
    }
    let of = |at: usize| scale * settings.rscales.get(at).copied().unwrap_or(1.0);
    Ok(Deviations { scales: (0..count).map(of).collect(), mse: settings.mse })
}

impl ReplicateWeights {
    /// Takes replicate weights, row by row, with the full weights of the rows.
    pub(crate) fn new(full: &[f64], weights: Vec<f64>, deviations: Deviations) -> ReplicateWeights {
        let count = deviations.scales.len();
        let mut all = ReplicateWeights {
            count,
            weights,
            deviations,
            patterns: Vec::with_capacity(full.len()),
            factors: Vec::new(),
            rank: 0,
        };
        // A pattern is known by its factors to six digits.
        let mut known: FxHashMap<Vec<i64>, u32> = FxHashMap::default();
        for (row, full) in all.weights.chunks(count.max(1)).zip(full) {
            let key: Vec<i64> = if *full > 0.0 {
                row.iter().map(|w| (w / full * 1e5).round() as i64).collect()
            } else {
                Vec::new()
            };
            let next = known.len() as u32;
            let pattern = *known.entry(key).or_insert(next);
            if pattern == next {
                let length = row.iter().fold(0.0, |sum, w| sum + w * w).sqrt();
                let scale = if *full > 0.0 && length > 0.0 { 1.0 / length } else { 0.0 };
                all.factors.extend(row.iter().map(|w| w * scale));
            }
            all.patterns.push(pattern);
        }
        all.rank = all.rank_of(0..full.len(), count as u64);
        all
    }

    /// The pattern of factors of a row.
    pub(crate) fn pattern(&self, row: usize) -> u32 {
        self.patterns[row]
    }

    /// Rank of the matrix of these rows' replicate weights, at most `most`.
    pub(crate) fn rank_of(&self, rows: impl Iterator<Item = usize>, most: u64) -> u64 {
        let mut patterns: Vec<u32> = rows.map(|row| self.patterns[row]).collect();
        patterns.sort_unstable();
        patterns.dedup();
        self.rank_of_patterns(&patterns, most)
    }

    /// Rank of the matrix of rows with these patterns, at most `most`.
    pub(crate) fn rank_of_patterns(&self, patterns: &[u32], most: u64) -> u64 {
        let row = |at: &u32| self.factors[*at as usize * self.count..][..self.count].to_vec();
        rank(patterns.iter().map(row), most)
    }

    /// The weights of one replicate.
    pub(crate) fn replicate(&self, replicate: usize) -> Vec<f64> {
        self.weights.iter().skip(replicate).step_by(self.count).copied().collect()
    }

    /// Replaces the weights of one replicate.
    pub(crate) fn replace(&mut self, replicate: usize, weights: &[f64]) {
        let places = self.weights.iter_mut().skip(replicate).step_by(self.count);
        places.zip(weights).for_each(|(place, weight)| *place = *weight);
    }
}

/// Rank of rows of length 1, at most `most`.
pub(crate) fn rank(rows: impl Iterator<Item = Vec<f64>>, most: u64) -> u64 {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for mut rest in rows {
        if basis.len() as u64 >= most {
            break;
        }
        for _ in 0..2 {
            for q in &basis {
                let along = dot(q, &rest);
                rest.iter_mut().zip(q).for_each(|(r, q)| *r -= along * q);
            }
        }
        let left = dot(&rest, &rest).sqrt();
        if left > DEPENDENT {
            rest.iter_mut().for_each(|r| *r /= left);
            basis.push(rest);
        }
    }
    basis.len() as u64
}

/// Sum of products, a few side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        sums = std::array::from_fn(|k| sums[k] + a[k] * b[k]);
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a * b);
    sums.into_iter().chain(rest).fold(0.0, |sum, v| sum + v)
}

impl Deviations {
    /// Scores whose sum of products is the covariance: √(scale_r) (θ_r − centre) by replicate, 0
    /// where a replicate has no value. `None` if none has one.
    pub(crate) fn scores(&self, value: f64, replicates: &[Option<f64>]) -> Option<Vec<f64>> {
        let used = || replicates.iter().zip(&self.scales);
        let (mut sum, mut count) = (0.0, 0.0);
        for (theta, scale) in used() {
            if let (Some(theta), true) = (theta, *scale > 0.0) {
                sum += theta;
                count += 1.0;
            }
        }
        if count == 0.0 {
            return None;
        }
        let centre = if self.mse { value } else { sum / count };
        Some(used().map(|(t, s)| t.map_or(0.0, |t| s.sqrt() * (t - centre))).collect())
    }

    /// What replicates tell of values, each with its sums and with the numerators and denominators
    /// under all replicates; and what they tell of the first `members` as they are compared, where
    /// that is something else: a replicate that lacks one of them is left out for all, as in R's
    /// `svyby(covmat = TRUE)`. A member that no replicate has is not compared.
    pub(crate) fn known(
        &self,
        statistic: Statistic,
        of: &[(Vec<f64>, &Sums)],
        members: usize,
    ) -> (Vec<Known>, Option<Vec<Known>>) {
        let thetas: Vec<Vec<Option<f64>>> =
            of.iter().map(|(both, _)| thetas(statistic, both)).collect();
        let one =
            |at: usize, theta: &[Option<f64>]| self.value(statistic, &of[at].0, of[at].1, theta);
        let own = (0..of.len()).map(|at| one(at, &thetas[at])).collect();
        let there = |theta: &&Vec<Option<f64>>| theta.iter().any(Option::is_some);
        let others: Vec<_> = thetas[..members].iter().filter(there).collect();
        let lacks = |r: usize| others.iter().any(|theta| theta[r].is_none());
        let lacking: Vec<bool> = (0..self.scales.len()).map(lacks).collect();
        let more = |theta: &&Vec<Option<f64>>| {
            theta.iter().zip(&lacking).any(|(theta, lacking)| theta.is_some() && *lacking)
        };
        let compared = others.iter().any(more).then(|| {
            let without = |theta: &Vec<Option<f64>>| -> Vec<Option<f64>> {
                theta.iter().zip(&lacking).map(|(t, out)| t.filter(|_| !out)).collect()
            };
            (0..members).map(|at| one(at, &without(&thetas[at]))).collect()
        });
        (own, compared)
    }

    /// What is known of one value by its values under the replicates.
    fn value(
        &self,
        statistic: Statistic,
        both: &[f64],
        sums: &Sums,
        theta: &[Option<f64>],
    ) -> Known {
        let value = if statistic == Statistic::Total { sums.y } else { sums.y / sums.x };
        let dropped = theta.iter().filter(|t| t.is_none()).count() as u64;
        let scores = self.scores(value, theta);
        // Of a ratio of numbers, that of the total of its residuals y − R x, as in R.
        let effect = (statistic == Statistic::Ratio).then(|| {
            let (y, x) = both.split_at(self.scales.len());
            let residuals: Vec<Option<f64>> =
                y.iter().zip(x).map(|(y, x)| Some((y - value * x) / sums.x)).collect();
            let scores = self.scores(0.0, &residuals).unwrap_or_default();
            scores.iter().fold(0.0, |sum, s| sum + s * s)
        });
        let known = scores.is_some();
        let mut scores = scores.unwrap_or_default();
        let same = same(value, theta);
        if same {
            scores.fill(0.0);
        }
        Known { scores, known, dropped, effect, same, ..Known::default() }
    }
}

/// Values under all replicates; `None` where one has no row.
fn thetas(statistic: Statistic, both: &[f64]) -> Vec<Option<f64>> {
    let (y, x) = both.split_at(both.len() / 2);
    // A total of nobody is 0 in a replicate, but totals that are 0 in all of them tell nothing.
    let none = x.iter().all(|x| *x == 0.0);
    y.iter()
        .zip(x)
        .map(|(y, x)| match statistic {
            Statistic::Total => (!none).then_some(*y),
            _ => (*x != 0.0).then(|| y / x),
        })
        .collect()
}

/// True if all replicates that have a value have that of the full sample, but for rounding.
fn same(value: f64, theta: &[Option<f64>]) -> bool {
    theta.iter().flatten().all(|t| (t - value).abs() <= ROUNDING * value.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_has_its_scale() {
        let of = |kind| scales(&ReplicateColumns { rho: 0.5, ..ReplicateColumns::new(kind) }, 8);
        let first = |kind| of(kind).unwrap().scales[0];
        assert_eq!(first(ReplicateKind::Brr), 0.125);
        assert_eq!(first(ReplicateKind::Fay), 0.5);
        assert_eq!(first(ReplicateKind::Jk1), 0.875);
        assert_eq!(first(ReplicateKind::Jk2), 1.0);
        assert_eq!(first(ReplicateKind::Bootstrap), 1.0 / 7.0);
        assert_eq!(first(ReplicateKind::SuccessiveDifference), 0.5);
        assert!(of(ReplicateKind::Jkn).unwrap_err().to_string().contains("rscales"));
        assert!(of(ReplicateKind::Other).is_err());
    }

    #[test]
    fn rank_is_that_of_different_patterns() {
        // Two PSUs of one stratum, two rows each, and a third that is their sum: rank 2.
        let full = [1.0, 3.0, 2.0, 4.0, 1.0];
        let weights = vec![0.0, 2.0, 0.0, 6.0, 4.0, 0.0, 8.0, 0.0, 1.0, 1.0];
        let halves = Deviations { scales: vec![0.5, 0.5], mse: false };
        let all = ReplicateWeights::new(&full, weights, halves);
        assert_eq!(all.rank, 2);
        assert_eq!(all.rank_of([0, 1].into_iter(), 2), 1);
        assert_eq!(all.rank_of(std::iter::empty(), 2), 0);
    }
}
