//! The values of a domain in order, and the rules that pick a quantile among them; see `quantile.rs`.

use super::{linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::linear::{Linear, Need};

/// Which value is the quantile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuantileRule {
    /// The smallest value whose cumulated share is p or more (also Hyndman and Fan's type 1).
    #[default]
    Math,
    /// The same, but the mean of two neighbours where the share is exactly p (type 2).
    School,
    /// Where the share is exactly p at a distinct value of even rank that value, else the next (type 3).
    Hf3,
    /// Linear in the cumulated share.
    Hf4,
    /// Linear, at the middle of each row's weight.
    Hf5,
    /// Linear, as if one more row of the largest value's weight lay beyond.
    Hf6,
    /// Linear from the smallest to the largest value: what most programs do without weights.
    Hf7,
    /// Linear, about median-unbiased.
    Hf8,
    /// Linear, about unbiased for normal values.
    Hf9,
}

/// The values of a domain in order; made once, used with many weights.
#[derive(Debug, Clone)]
pub struct Sorted {
    rows: Vec<usize>,
    values: Vec<f64>,
    domain: Vec<bool>,
}

/// Shares closer than this are one share: a sum of decimal weights misses by the last bits.
const SAME_SHARE: f64 = 1e-13;

impl Sorted {
    /// Sorts the values of the marked rows.
    ///
    /// # Errors
    ///
    /// Columns of two lengths, or a value in the domain that is not finite.
    pub fn new(values: &[f64], domain: &[bool]) -> Result<Sorted, Error> {
        same_rows(domain.len(), &[("values of the quantile", values.len())])?;
        let mut rows: Vec<usize> = rows_of(domain).collect();
        if let Some(row) = rows.iter().find(|row| !values[**row].is_finite()) {
            let message = format!("row {row} holds {}; leave it out of the domain", values[*row]);
            return Err(refuse("values of the quantile", message));
        }
        rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
        let values = rows.iter().map(|row| values[*row]).collect();
        Ok(Sorted { rows, values, domain: domain.to_vec() })
    }

    /// The quantile at `probability` with these weights; `None` where no row has a weight or they add
    /// up to none, and where a rule would interpolate between weights below 0.
    ///
    /// A probability outside 0–1 gives the extreme value.
    pub fn quantile(&self, weights: &[f64], probability: f64, rule: QuantileRule) -> Option<f64> {
        let mut points: Vec<(f64, f64)> = self
            .rows
            .iter()
            .zip(&self.values)
            .map(|(row, value)| (*value, weights[*row]))
            .filter(|(_, weight)| *weight != 0.0)
            .collect();
        if rule == QuantileRule::Hf3 {
            points.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
        }
        let cumulated = cumulate(&points);
        let (largest, last) = (*points.last()?, *cumulated.last()?);
        if last <= 0.0 {
            return None;
        }
        let rising = points.iter().all(|(_, weight)| *weight > 0.0);
        match rule {
            QuantileRule::Math | QuantileRule::School | QuantileRule::Hf3 => {
                let goal = probability * last;
                let near = SAME_SHARE * last;
                // The first whose cumulated weight reaches the goal, give or take a rounding error.
                let first = match rising {
                    true => cumulated.partition_point(|c| *c < goal - near),
                    false => after_last(&cumulated, goal, near),
                };
                let first = first.min(points.len() - 1);
                let next = (first + 1).min(points.len() - 1);
                let exact = (cumulated[first] - goal).abs() <= near;
                let (value, above) = (points[first].0, points[next].0);
                Some(match rule {
                    QuantileRule::School if exact => 0.5 * (value + above),
                    // Ranks count from 1.
                    QuantileRule::Hf3 if exact && first % 2 == 0 => above,
                    _ => value,
                })
            }
            _ if points.len() == 1 => Some(largest.0),
            _ if !rising => None,
            _ => {
                let before = cumulated[points.len() - 2];
                let position = |k: usize| {
                    let (c, w) = (cumulated[k], points[k].1);
                    match rule {
                        QuantileRule::Hf5 => (c - w / 2.0) / last,
                        QuantileRule::Hf6 => c / (last + largest.1),
                        QuantileRule::Hf7 => (c - w) / before,
                        QuantileRule::Hf8 => (c - w / 3.0) / (last + largest.1 / 3.0),
                        QuantileRule::Hf9 => (c - 0.375 * w) / (last + largest.1 / 4.0),
                        _ => c / last,
                    }
                };
                Some(interpolate(&points, position, probability))
            }
        }
    }

    /// The quantiles at several probabilities, to be computed again with replicate weights. Their
    /// influence is written as 0, so nothing but replicates can tell their variance.
    pub(crate) fn quantiles(
        &self,
        weights: &[f64],
        probabilities: &[f64],
        rule: QuantileRule,
        need: Need,
    ) -> Result<Linear, Error> {
        same_rows(weights.len(), &[("values of the quantile", self.domain.len())])?;
        let values: Option<Vec<f64>> =
            probabilities.iter().map(|p| self.quantile(weights, *p, rule)).collect();
        let values = values.ok_or_else(|| undefined("the quantile"))?;
        Ok(linear(values, &self.domain, need, |_, _| {}))
    }

    /// Share of the weight at or below each threshold.
    ///
    /// # Errors
    ///
    /// No row has a weight above 0, or the weights are not one for each row.
    pub fn shares_at_most(
        &self,
        weights: &[f64],
        thresholds: &[f64],
        need: Need,
    ) -> Result<Linear, Error> {
        same_rows(weights.len(), &[("values of the quantile", self.domain.len())])?;
        let total: f64 = self.rows.iter().map(|row| weights[*row]).sum();
        if total == 0.0 {
            return Err(undefined("the quantile"));
        }
        let count = |threshold: &f64| self.values.partition_point(|value| value <= threshold);
        let below: Vec<usize> = thresholds.iter().map(count).collect();
        let share =
            |k: &usize| self.rows[..*k].iter().map(|row| weights[*row]).sum::<f64>() / total;
        let shares: Vec<f64> = below.iter().map(share).collect();
        let mut place = vec![0; weights.len()];
        for (k, row) in self.rows.iter().enumerate() {
            place[*row] = k;
        }
        Ok(linear(shares.clone(), &self.domain, need, |row, out| {
            for ((out, below), share) in out.iter_mut().zip(&below).zip(&shares) {
                let holds = if place[row] < *below { 1.0 } else { 0.0 };
                *out = (holds - share) / total;
            }
        }))
    }

    /// Rows of the domain.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
}

/// Where the cumulated weight, which weights below 0 let fall again, passes the goal for good, as in R.
fn after_last(cumulated: &[f64], goal: f64, near: f64) -> usize {
    match cumulated.iter().rposition(|c| *c <= goal + near) {
        Some(last) if (cumulated[last] - goal).abs() <= near => last,
        Some(last) => last + 1,
        None => 0,
    }
}

/// Cumulated weights, with the rounding error of each addition carried along (Neumaier 1974).
fn cumulate(points: &[(f64, f64)]) -> Vec<f64> {
    let (mut sum, mut lost) = (0.0f64, 0.0);
    points
        .iter()
        .map(|(_, weight)| {
            let next = sum + weight;
            lost += match sum.abs() >= weight.abs() {
                true => (sum - next) + weight,
                false => (weight - next) + sum,
            };
            sum = next;
            sum + lost
        })
        .collect()
}

/// The value at `probability` on the line through the points at increasing positions.
fn interpolate(points: &[(f64, f64)], position: impl Fn(usize) -> f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0, points.len());
    while low < high {
        let middle = (low + high) / 2;
        if position(middle) < probability { low = middle + 1 } else { high = middle }
    }
    match low {
        0 => points[0].0,
        k if k == points.len() => points[k - 1].0,
        k => {
            let (left, right) = (position(k - 1), position(k));
            let part = (probability - left) / (right - left);
            let (below, above) = (points[k - 1].0, points[k].0);
            (below + part * (above - below)).clamp(below, above)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [QuantileRule; 9] = [
        QuantileRule::Math,
        QuantileRule::School,
        QuantileRule::Hf3,
        QuantileRule::Hf4,
        QuantileRule::Hf5,
        QuantileRule::Hf6,
        QuantileRule::Hf7,
        QuantileRule::Hf8,
        QuantileRule::Hf9,
    ];

    fn sorted(values: &[f64]) -> Sorted {
        Sorted::new(values, &vec![true; values.len()]).unwrap()
    }

    #[test]
    fn weights_below_0_count_and_the_goal_is_passed_for_good() {
        // Cumulated 2, 3, 2.5, 4, 5: the goal 2.75 is passed at 3 and again at 4.
        let values = sorted(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        let weights = [2.0, 1.0, -0.5, 1.5, 1.0];
        let at = |p, rule| values.quantile(&weights, p, rule);
        assert_eq!(at(0.55, QuantileRule::Math), Some(4.0));
        assert_eq!(at(0.2, QuantileRule::Math), Some(1.0));
        // Exactly 2.5 of 5.
        assert_eq!(at(0.5, QuantileRule::School), Some(3.5));
        // A line through positions that fall tells nothing; nor do weights that add up to none.
        assert_eq!(at(0.5, QuantileRule::Hf7), None);
        assert_eq!(values.quantile(&[1.0, 0.0, 0.0, -1.0, 0.0], 0.5, QuantileRule::Math), None);
    }

    #[test]
    fn with_equal_weights_the_linear_rules_are_those_of_hyndman_and_fan() {
        // The positions of their table: j + g = n p + m for each type.
        let values = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0];
        let n = values.len() as f64;
        type Shift = fn(f64) -> f64;
        let cases: [(QuantileRule, Shift); 6] = [
            (QuantileRule::Hf4, |_| 0.0),
            (QuantileRule::Hf5, |_| 0.5),
            (QuantileRule::Hf6, |p| p),
            (QuantileRule::Hf7, |p| 1.0 - p),
            (QuantileRule::Hf8, |p| (p + 1.0) / 3.0),
            (QuantileRule::Hf9, |p| p / 4.0 + 0.375),
        ];
        for (rule, shift) in cases {
            for p in [0.2, 0.33, 0.5, 0.61, 0.8] {
                let place = n * p + shift(p);
                let (j, g) = (place.floor(), place - place.floor());
                let at = |k: f64| values[(k as usize).clamp(1, values.len()) - 1];
                let expected = (1.0 - g) * at(j) + g * at(j + 1.0);
                let got = sorted(&values).quantile(&[3.0; 8], p, rule).unwrap();
                assert!((got - expected).abs() < 1e-12, "{rule:?} {p}: {got} is not {expected}");
            }
        }
    }

    #[test]
    fn at_an_exact_share_the_discrete_rules_differ_and_decimal_weights_do_not_matter() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
        let weights = [0.1; 10];
        let at = |p, rule| sorted(&values).quantile(&weights, p, rule).unwrap();
        assert_eq!(at(0.3, QuantileRule::Math), 3.0);
        assert_eq!(at(0.3, QuantileRule::School), 3.5);
        assert_eq!(at(0.3, QuantileRule::Hf3), 4.0);
        assert_eq!(at(0.4, QuantileRule::Hf3), 4.0);
        assert_eq!(at(0.31, QuantileRule::Math), 4.0);
        assert_eq!(at(0.31, QuantileRule::School), 4.0);
    }

    #[test]
    fn rows_of_weight_zero_and_rows_outside_the_domain_change_nothing() {
        let values = [5.0, 1.0, 9.0, 3.0, 4.0, 100.0, f64::NAN];
        let domain = [true, true, true, true, true, true, false];
        let weights = [1.0, 2.0, 1.5, 0.7, 1.1, 0.0, 3.0];
        let all = Sorted::new(&values, &domain).unwrap();
        let few = sorted(&values[..5]);
        for rule in RULES {
            for p in [0.0, 0.1, 0.5, 0.9, 1.0] {
                assert_eq!(
                    all.quantile(&weights, p, rule),
                    few.quantile(&weights[..5], p, rule),
                    "{rule:?} {p}"
                );
            }
        }
        assert_eq!(all.quantile(&[0.0; 7], 0.5, QuantileRule::Math), None);
    }

    #[test]
    fn quantiles_never_fall_as_the_probability_grows_and_stay_in_the_range() {
        let values = [5.0, 1.0, 9.0, 3.0, 4.0, 9.0, 2.0];
        let weights = [1.0, 2.0, 1.5, 0.7, 1.1, 0.2, 5.0];
        let sorted = sorted(&values);
        for rule in RULES {
            let all: Vec<f64> = (0..=100)
                .map(|k| sorted.quantile(&weights, f64::from(k) / 100.0, rule).unwrap())
                .collect();
            assert!(all.windows(2).all(|pair| pair[0] <= pair[1]), "{rule:?} {all:?}");
            assert!(all[0] >= 1.0 && all[100] == 9.0, "{rule:?} {all:?}");
        }
    }
}
