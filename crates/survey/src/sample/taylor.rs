//! Covariance of the weighted totals of influence values, stage by stage.
//!
//! With z the total of w u in a unit, the covariance of the first stage is
//! Σ_h (1 − f_h) n_h/(n_h − 1) Σ_i (z_hi − mean z_h)(z'_hi − mean z'_h), where units without a row
//! count with z = 0. Each unit adds the same expression of its own next stage, times the sampled
//! fractions f of all stages above (Särndal, Swensson and Wretman, 1992, *Model Assisted Survey
//! Sampling*, §4.3; Cochran, 1977, *Sampling Techniques*, §11.3).
//!
//! A stratum of one unit follows the chosen rule among the strata of its own parent: `adjust`
//! centres at the mean of all units there, `average` gives it the average of the other strata that
//! hold rows of the value, `remove` and `certainty` give it nothing. Sources: Lumley (2010),
//! *Complex Surveys*, ch. 2, and the options of R `survey`.

use crate::sample::stages::{Design, Stratum};
use crate::variance::Covariance;
use crate::{LonelyPsu, Options};

/// What is summed: rows of the sample in order, and by row and value the weighted influence and
/// whether the row is in the value's domain. Rows left out count with 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scores<'a> {
    pub rows: &'a [u32],
    pub size: usize,
    pub z: &'a [f64],
    pub base: &'a [bool],
}

/// The covariance over all stages.
pub(crate) fn covariance(design: &Design, scores: Scores<'_>, options: &Options) -> Covariance {
    let size = scores.size;
    let mut covariance = Covariance {
        matrix: vec![0.0; size * size],
        known: vec![true; size],
        acted: vec![0; size],
    };
    let policy = options.lonely_psu;
    let domain = options.adjust_domain_lonely && options.counts_strata();
    let walk = Walk { design, scores, policy, domain };
    walk.stage(0, 0..scores.rows.len(), design.psus(), 1.0, &mut covariance);
    for k in 0..size {
        for l in 0..k {
            covariance.matrix[l * size + k] = covariance.matrix[k * size + l];
        }
    }
    covariance
}

struct Walk<'a> {
    design: &'a Design,
    scores: Scores<'a>,
    policy: LonelyPsu,
    /// The rule acts also where only the domain leaves one unit.
    domain: bool,
}

impl Walk<'_> {
    /// Adds the lower triangle of one stage, within one unit of the stage above, and of all below.
    fn stage(
        &self,
        stage: usize,
        range: std::ops::Range<usize>,
        units: u64,
        share: f64,
        out: &mut Covariance,
    ) {
        let (size, rows) = (self.scores.size, self.scores.rows);
        let own = &self.design.stages[stage];
        let stratum_of = |at: usize| own.stratum[rows[at] as usize];
        let unit_of = |at: usize| own.unit[rows[at] as usize];
        let mut matrix = vec![0.0; size * size];
        let (mut strata, mut lost) = (vec![0u64; size], vec![0u64; size]);
        let grand: Vec<f64> = if self.policy == LonelyPsu::Adjust {
            let mut sum = vec![0.0; size];
            range.clone().for_each(|at| self.add(at, &mut sum));
            sum.iter().map(|s| s / units as f64).collect()
        } else {
            Vec::new()
        };
        let mut totals: Vec<f64> = Vec::new();
        let mut with_rows = vec![0u64; size];
        let mut touched = vec![false; size];
        let mut start = range.start;
        while start < range.end {
            let index = stratum_of(start);
            let stratum = &own.strata[index as usize];
            totals.clear();
            with_rows.fill(0);
            let mut at = start;
            while at < range.end && stratum_of(at) == index {
                let (first, unit) = (at, unit_of(at));
                let place = totals.len();
                totals.resize(place + size, 0.0);
                touched.fill(false);
                while at < range.end && unit_of(at) == unit {
                    self.add(at, &mut totals[place..]);
                    let base = &self.scores.base[at * size..][..size];
                    touched.iter_mut().zip(base).for_each(|(t, b)| *t |= b);
                    at += 1;
                }
                with_rows.iter_mut().zip(&touched).for_each(|(n, t)| *n += u64::from(*t));
                let sampled = 1.0 - stratum.free;
                if stage + 1 < self.design.stages.len() && sampled > 0.0 {
                    let below = &self.design.stages[stage + 1];
                    let parts = match self.policy {
                        // Only its centre needs the number.
                        LonelyPsu::Adjust => below.units_in(&own.unit, rows[first] as usize),
                        _ => 1,
                    };
                    self.stage(stage + 1, first..at, parts, share * sampled, out);
                }
            }
            let part = Part { stratum, totals: &totals, with_rows: &with_rows };
            self.stratum(
                part,
                &grand,
                &mut matrix,
                &mut lost,
                (stage == 0).then_some(&mut out.acted),
            );
            strata.iter_mut().zip(&with_rows).for_each(|(s, n)| *s += u64::from(*n > 0));
            start = at;
        }
        for k in 0..size {
            let factor = |k: usize| match strata[k].saturating_sub(lost[k]) {
                _ if lost[k] == 0 => 1.0,
                0 => 0.0,
                left => (strata[k] as f64 / left as f64).sqrt(),
            };
            if stage == 0 {
                out.known[k] = lost[k] == 0 || lost[k] < strata[k];
            }
            for l in 0..=k {
                out.matrix[k * size + l] += share * matrix[k * size + l] * (factor(k) * factor(l));
            }
        }
    }

    fn add(&self, at: usize, sum: &mut [f64]) {
        let size = self.scores.size;
        let z = &self.scores.z[at * size..][..size];
        sum.iter_mut().zip(z).for_each(|(s, z)| *s += z);
    }

    /// Adds the sums of squares of one stratum about the centre that each value has there.
    fn stratum(
        &self,
        part: Part<'_>,
        grand: &[f64],
        matrix: &mut [f64],
        lost: &mut [u64],
        acted: Option<&mut Vec<u64>>,
    ) {
        let size = self.scores.size;
        let Part { stratum, totals, with_rows } = part;
        if stratum.complete() || size == 0 {
            return;
        }
        let n = stratum.units as f64;
        let scale = if stratum.units > 1 { stratum.free * n / (n - 1.0) } else { stratum.free };
        let mut centre: Vec<Option<f64>> =
            (0..size).map(|k| Some(totals.iter().skip(k).step_by(size).sum::<f64>() / n)).collect();
        let mut acts = acted;
        for k in 0..size {
            let single = stratum.units == 1 || (self.domain && with_rows[k] == 1);
            if !single || with_rows[k] == 0 {
                continue;
            }
            if let Some(acted) = acts.as_deref_mut() {
                acted[k] += 1;
            }
            match self.policy {
                LonelyPsu::Adjust => centre[k] = Some(grand[k]),
                LonelyPsu::Average => {
                    lost[k] += 1;
                    centre[k] = None;
                }
                _ => centre[k] = None,
            }
        }
        let present = totals.len() / size;
        let absent = n - present as f64;
        for k in 0..size {
            let Some(ck) = centre[k] else { continue };
            for l in 0..=k {
                let Some(cl) = centre[l] else { continue };
                let mut sum = absent * (ck * cl);
                for unit in totals.chunks(size) {
                    sum += (unit[k] - ck) * (unit[l] - cl);
                }
                matrix[k * size + l] += scale * sum;
            }
        }
    }
}

struct Part<'a> {
    stratum: &'a Stratum,
    totals: &'a [f64],
    with_rows: &'a [u64],
}
