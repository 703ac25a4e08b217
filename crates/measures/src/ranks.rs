//! Families of tests: which differences stand when many are looked at, and which ranks they allow.
//!
//! Of twenty true equalities one interval of 95% leaves equality out by chance, so counts such as "in 14
//! of 17 areas" and places such as "largest" are of adjusted tests. Both families are held by Holm's
//! method at the level of the intervals: that any one statement of the family is wrong has a chance of
//! at most 1 − level.
//!
//! Ranks have simultaneous intervals: every pair is tested, and a figure ranks behind those that lie
//! above it by an adjusted test and before those that lie below it. Groups of one survey have no
//! covariance here; the standard error of their difference is at most the sum of both (Cauchy–Schwarz),
//! and the sum is used. Figures of different samples are independent.
//!
//! Sources: Holm (1979), *Scandinavian Journal of Statistics* 6, 65–70; Mogstad, Romano, Shaikh and
//! Wilhelm (2024), *Review of Economic Studies* 91, 476–518, with Holm's method in
//! the place of the bootstrap, which needs the rows of the samples.

use inclusion_estimate::{holm, t_tail};

/// A figure with what a test of it needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertain {
    /// The value.
    pub value: f64,
    /// Standard error; `None` where it is not known, and no test of the figure is possible.
    pub se: Option<f64>,
    /// Degrees of freedom; `None` is infinite.
    pub df: Option<f64>,
    /// Figures of one sample have the same number.
    pub sample: usize,
}

/// The interval of a rank; 1 is the largest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// Rank by the values alone; equal values share the best.
    pub rank: usize,
    /// Best rank that the tests allow.
    pub best: usize,
    /// Worst rank that the tests allow.
    pub worst: usize,
}

/// Which values differ from a reference, by Holm's method over all that can be tested: 1 above it, −1
/// below it, 0 where the family does not tell.
///
/// A figure without a standard error, or with one of zero, is never told apart.
///
/// # Examples
///
/// ```
/// use inclusion_measures::{Uncertain, told_apart};
/// let gap = |value| Uncertain { value, se: Some(1.0), df: None, sample: 0 };
/// // 2.1 standard errors tell a single gap from zero, but not one of three.
/// assert_eq!(told_apart(&[gap(2.1)], 0.0, 0.95), [1]);
/// assert_eq!(told_apart(&[gap(2.1), gap(-4.0), gap(0.3)], 0.0, 0.95), [0, -1, 0]);
/// ```
pub fn told_apart(figures: &[Uncertain], reference: f64, level: f64) -> Vec<i8> {
    let tested: Vec<usize> =
        (0..figures.len()).filter(|at| figures[*at].se.is_some_and(|se| se > 0.0)).collect();
    let p_values: Vec<f64> = tested
        .iter()
        .map(|at| {
            let own = figures[*at];
            p_value(own.value - reference, own.se.unwrap_or(f64::INFINITY), own.df)
        })
        .collect();
    let mut sides = vec![0; figures.len()];
    for (at, p) in tested.into_iter().zip(holm(&p_values)) {
        if p < 1.0 - level {
            sides[at] = if figures[at].value > reference { 1 } else { -1 };
        }
    }
    sides
}

/// Simultaneous intervals of the ranks. A figure without a standard error is told apart from no other: it
/// may have every rank that the others leave.
///
/// A figure is the largest of all, with the confidence of the level, where its interval is 1 to 1.
///
/// # Examples
///
/// ```
/// use inclusion_measures::{Uncertain, rank_intervals};
/// let of = |value, sample| Uncertain { value, se: Some(1.0), df: None, sample };
/// let ranks = rank_intervals(&[of(3.0, 0), of(12.0, 1), of(2.0, 2)], 0.95);
/// let ends: Vec<_> = ranks.into_iter().map(|r| (r.rank, r.best, r.worst)).collect();
/// assert_eq!(ends, [(2, 2, 3), (1, 1, 1), (3, 2, 3)]);
/// ```
pub fn rank_intervals(figures: &[Uncertain], level: f64) -> Vec<RankInterval> {
    let mut pairs = Vec::new();
    let mut p_values = Vec::new();
    for (a, one) in figures.iter().enumerate() {
        for (b, other) in figures.iter().enumerate().skip(a + 1) {
            let (Some(se), Some(other_se)) = (one.se, other.se) else { continue };
            let together = match one.sample == other.sample {
                true => se + other_se,
                false => se.hypot(other_se),
            };
            let df = match (one.df, other.df) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (one, other) => one.or(other),
            };
            pairs.push(if one.value > other.value { (a, b) } else { (b, a) });
            p_values.push(p_value(one.value - other.value, together, df));
        }
    }
    let rank = |own: &Uncertain| 1 + figures.iter().filter(|of| of.value > own.value).count();
    let count = figures.len();
    let mut intervals: Vec<RankInterval> =
        figures.iter().map(|own| RankInterval { rank: rank(own), best: 1, worst: count }).collect();
    for ((upper, lower), p) in pairs.into_iter().zip(holm(&p_values)) {
        if p < 1.0 - level {
            intervals[upper].worst -= 1;
            intervals[lower].best += 1;
        }
    }
    intervals
}

/// Two-sided p-value of a difference; 1 where there is no difference, or nothing to
/// test it by.
fn p_value(difference: f64, se: f64, df: Option<f64>) -> f64 {
    if difference == 0.0 || se <= 0.0 || df.is_some_and(|df| df <= 0.0) {
        return 1.0;
    }
    (2.0 * t_tail((difference / se).abs(), df.unwrap_or(f64::INFINITY))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64, se: f64, sample: usize) -> Uncertain {
        Uncertain { value, se: Some(se), df: None, sample }
    }

    #[test]
    fn a_count_of_many_tests_is_smaller_than_the_naive_one() {
        // 17 gaps of 2.2 standard errors: each interval by itself leaves zero out, none does of 17.
        let gaps = [of(2.2, 1.0, 0); 17];
        assert!(gaps.iter().all(|gap| p_value(gap.value, 1.0, None) < 0.05));
        assert_eq!(told_apart(&gaps, 0.0, 0.95), [0; 17]);
        // One is strong enough, and then the next has one test fewer to stand against.
        let p = |value: f64| p_value(value, 1.0, None);
        let values = [3.2, 3.0, 2.2];
        let gaps = values.map(|value| of(value, 1.0, 0));
        assert!(3.0 * p(3.2) < 0.05 && 2.0 * p(3.0) < 0.05 && p(2.2) < 0.05);
        assert_eq!(told_apart(&gaps, 0.0, 0.95), [1, 1, 1]);
    }

    #[test]
    fn a_figure_without_a_standard_error_is_told_apart_from_none() {
        let unknown = Uncertain { se: None, ..of(50.0, 1.0, 0) };
        assert_eq!(told_apart(&[of(2.1, 1.0, 0), unknown], 0.0, 0.95), [1, 0]);
        let ranks = rank_intervals(&[of(5.0, 1.0, 0), unknown, of(19.0, 1.0, 1)], 0.95);
        let ends: Vec<_> = ranks.into_iter().map(|r| (r.rank, r.best, r.worst)).collect();
        assert_eq!(ends, [(3, 2, 3), (1, 1, 3), (2, 1, 2)]);
    }

    #[test]
    fn groups_of_one_sample_need_more_than_independent_ones() {
        // 3 apart: 2.1 standard errors if independent, 1.5 if the covariance may be anything.
        let ends = |samples: [usize; 2]| {
            let ranks = rank_intervals(&[of(3.0, 1.0, samples[0]), of(0.0, 1.0, samples[1])], 0.95);
            ranks.into_iter().map(|r| (r.best, r.worst)).collect::<Vec<_>>()
        };
        assert_eq!(ends([0, 1]), [(1, 1), (2, 2)]);
        assert_eq!(ends([0, 0]), [(1, 2), (1, 2)]);
    }

    #[test]
    fn rank_intervals_hold_the_rank_and_agree_with_each_other() {
        let figures: Vec<Uncertain> =
            (0..60).map(|i| of(20.0 * (1.7 * i as f64).sin(), 0.5 + i as f64 / 20.0, i)).collect();
        let ranks = rank_intervals(&figures, 0.95);
        assert_eq!(ranks.len(), 60);
        assert!(ranks.iter().all(|r| 1 <= r.best && r.best <= r.rank && r.rank <= r.worst));
        assert!(ranks.iter().all(|r| r.worst <= 60));
        // Whoever is placed before a number is behind another: both sides count the same pairs.
        let before: usize = ranks.iter().map(|r| 60 - r.worst).sum();
        let behind: usize = ranks.iter().map(|r| r.best - 1).sum();
        assert_eq!(before, behind);
        assert!(before > 100);
    }

    #[test]
    fn equal_values_share_the_best_rank_and_are_never_told_apart() {
        let ranks = rank_intervals(&[of(1.0, 0.0, 0), of(1.0, 0.0, 1), of(0.0, 0.0, 2)], 0.95);
        let all: Vec<_> = ranks.into_iter().map(|r| (r.rank, r.best, r.worst)).collect();
        assert_eq!(all, [(1, 1, 3), (1, 1, 3), (3, 1, 3)]);
    }
}
