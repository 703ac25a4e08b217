//! Covariance of the jointly estimated values of one group, by Taylor linearisation.
//!
//! The score of PSU i for an estimate with numerator y and denominator x is z = a (y − r x), with
//! a = 1/X and r = R for a ratio, a = 1 and r = 0 for a total; the covariance of two estimates
//! is Σ_h (1 − f_h) n_h/(n_h − 1) Σ_i (z_hi − mean z_h)(z'_hi − mean z'_h), where the PSUs without
//! a row of the group count with z = 0. Since z is linear in the PSU totals, it is a bilinear form
//! of their second moments. The form is evaluated in pairs of floats, since y and r x may be nearly
//! equal in every PSU (the mean of a year of birth). Sources: Binder (1983), *International Statistical Review* 51; for the
//! strata of one PSU, Lumley (2010), *Complex Surveys*, ch. 2, and the options of R `survey`.

use crate::LonelyPsu;
use crate::exact::{pair_difference, pair_product_over, pair_sum, pair_times};
use crate::factor::scores;
use crate::present::Known;
use crate::tally::{Tally, packed};
use crate::totals::{Special, Total};

/// An estimate as a linear function of the sums of some members' cells.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    /// Places of its members in the group's tally; one, or all for the total.
    pub places: Vec<usize>,
    /// Scale of the score.
    pub a: f64,
    /// Ratio that is taken from y for each x.
    pub r: f64,
    /// Σ z over the sample.
    pub sum: f64,
    /// Whose rows decide in which strata and PSUs it has rows, and in how many strata.
    pub domain: Domain,
    pub strata: u64,
}

/// Whose rows an estimate is said to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Domain {
    /// Those of its one member.
    Member,
    /// Those of all members that are shown, with which it is compared.
    Shown,
    /// Those of the whole group.
    Whole,
}

/// Covariance of estimates, and how often a rule for single PSUs acted on each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Covariance {
    /// Square, row by row.
    pub matrix: Vec<f64>,
    /// False where no stratum was left to tell the variance.
    pub known: Vec<bool>,
    /// Strata where the rule for single PSUs acted, a PSU alone in its domain included.
    pub acted: Vec<u64>,
}

impl Covariance {
    /// Estimate by estimate, with scores whose products are the covariance.
    pub(crate) fn known(self) -> Vec<Known> {
        let rows = scores(&self.matrix, self.known.len()).into_iter();
        let each = rows.zip(self.known).zip(self.acted);
        each.map(|((scores, known), acted)| Known { scores, known, acted, ..Known::default() })
            .collect()
    }

    /// True if the first estimates of another, as many as there are here, are something else there.
    pub(crate) fn differs(&self, other: &Covariance) -> bool {
        let (size, wide) = (self.known.len(), other.known.len());
        let rows = self.matrix.chunks(size.max(1)).zip(other.matrix.chunks(wide.max(1)));
        self.known != other.known[..size]
            || self.acted != other.acted[..size]
            || rows.into_iter().any(|(own, row)| own != &row[..size])
    }
}

/// Covariance of the estimates of one group in one lane. `psus` is the number of PSUs of the
/// sample; `weight_lane` tells where an estimate has rows.
pub(crate) fn covariance(
    total: &Total,
    estimates: &[Linear],
    lane: usize,
    weight_lane: usize,
    psus: u64,
    policy: LonelyPsu,
) -> Covariance {
    let size = estimates.len();
    let moments = &total.tally.moments[lane];
    let values: Vec<(f64, f64)> = (0..moments.entries()).map(|e| moments.pair(e)).collect();
    let mut matrix = vec![0.0; size * size];
    for k in 0..size {
        for l in 0..=k {
            matrix[k * size + l] = bilinear(&estimates[k], &estimates[l], Some, &values).0;
        }
    }
    // Pairs here too: about its centre a PSU may have nothing left.
    let mut special: Vec<&Special> = total.special.iter().collect();
    special.sort_by(|a, b| a.stratum.cmp(&b.stratum));
    let mut lost = vec![0u64; size];
    let mut acted = vec![0u64; size];
    for stratum in special {
        let part = Part::new(total, stratum, lane);
        let m = stratum.psus as f64;
        let mut centres = vec![None; size];
        for (k, estimate) in estimates.iter().enumerate() {
            let with_rows = part.psus(estimate, weight_lane);
            let single = stratum.psus == 1 || with_rows == 1;
            if with_rows == 0 {
                continue;
            }
            acted[k] += u64::from(single);
            centres[k] = match (single, policy) {
                (true, LonelyPsu::Average) => {
                    lost[k] += 1;
                    None
                }
                (true, LonelyPsu::Adjust) => Some((estimate.sum / psus as f64, 0.0)),
                (true, _) if stratum.psus == 1 => None,
                _ => Some(pair_product_over(part.sum(estimate, lane), (1.0, 0.0), m)),
            };
        }
        for k in 0..size {
            for l in 0..=k {
                let (Some(ck), Some(cl)) = (centres[k], centres[l]) else { continue };
                let (ek, el) = (&estimates[k], &estimates[l]);
                let raw = bilinear(ek, el, |p| part.place(p), &part.values);
                let product = |a, b| pair_product_over(a, b, 1.0);
                let cross =
                    pair_sum(product(cl, part.sum(ek, lane)), product(ck, part.sum(el, lane)));
                let centred = pair_sum(pair_difference(raw, cross), pair_times(product(ck, cl), m));
                matrix[k * size + l] += stratum.scale * centred.0;
            }
        }
    }
    let factor = |k: usize| {
        let (all, left) = (estimates[k].strata, estimates[k].strata.saturating_sub(lost[k]));
        if lost[k] == 0 {
            1.0
        } else if left == 0 {
            0.0
        } else {
            (all as f64 / left as f64).sqrt()
        }
    };
    for k in 0..size {
        for l in 0..=k {
            let value = matrix[k * size + l] * (factor(k) * factor(l));
            matrix[k * size + l] = value;
            matrix[l * size + k] = value;
        }
    }
    let known = (0..size).map(|k| lost[k] == 0 || lost[k] < estimates[k].strata).collect();
    Covariance { matrix, known, acted }
}

/// Σ over the cells of two estimates of zᵀ M z.
fn bilinear(
    k: &Linear,
    l: &Linear,
    place: impl Fn(usize) -> Option<usize>,
    values: &[(f64, f64)],
) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    for p in k.places.iter().filter_map(|p| place(*p)) {
        for q in l.places.iter().filter_map(|q| place(*q)) {
            let m = |i: usize, j: usize| values[packed(2 * p + i, 2 * q + j)];
            let y = pair_sum(m(0, 0), pair_times(m(0, 1), -l.r));
            let x = pair_sum(m(1, 0), pair_times(m(1, 1), -l.r));
            sum = pair_sum(sum, pair_sum(y, pair_times(x, -k.r)));
        }
    }
    pair_times(pair_times(sum, k.a), l.a)
}

/// One stratum's own moments, seen with the places of the whole group.
struct Part<'a> {
    tally: &'a Tally,
    places: Vec<Option<usize>>,
    values: Vec<(f64, f64)>,
}

impl<'a> Part<'a> {
    fn new(total: &Total, stratum: &'a Special, lane: usize) -> Part<'a> {
        let tally = &stratum.tally;
        let find = |m: &u32| tally.members.iter().position(|mine| mine == m);
        let moments = &tally.moments[lane];
        Part {
            tally,
            places: total.tally.members.iter().map(find).collect(),
            values: (0..moments.entries()).map(|e| moments.pair(e)).collect(),
        }
    }

    fn place(&self, place: usize) -> Option<usize> {
        self.places[place]
    }

    /// PSUs with a row of the estimate's base.
    fn psus(&self, estimate: &Linear, lane: usize) -> u64 {
        match estimate.domain {
            Domain::Whole => self.tally.psus_any[lane],
            Domain::Shown => self.tally.psus_shown[lane],
            Domain::Member => {
                let places = estimate.places.iter().filter_map(|p| self.place(*p));
                places.map(|p| self.tally.psus(p, lane)).sum()
            }
        }
    }

    /// Σ z over the stratum.
    fn sum(&self, estimate: &Linear, lane: usize) -> (f64, f64) {
        let places = estimate.places.iter().filter_map(|p| self.place(*p));
        let sum = places.fold((0.0, 0.0), |sum, p| {
            let [y, x] = self.tally.sums.rounded(p, lane);
            pair_sum(sum, pair_sum(y, pair_times(x, -estimate.r)))
        });
        pair_times(sum, estimate.a)
    }
}
