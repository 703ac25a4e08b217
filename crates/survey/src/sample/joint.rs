//! Statistics of a sample with their common covariance.

use crate::Error;
use crate::factor;
use crate::sample::Sample;
use crate::sample::linear::{Linear, Need};
use crate::sample::taylor::{Scores, covariance};
use inclusion_estimate::{Frame, Linearized};
use rayon::prelude::*;

/// Values that were estimated together.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The values.
    pub values: Vec<f64>,
    /// Their covariance: square, row by row.
    pub covariance: Vec<f64>,
    /// By value: scores, the products of which are the covariance.
    pub scores: Vec<Vec<f64>>,
    /// False where no stratum or replicate was left to tell the variance.
    pub known: Vec<bool>,
    /// Replicates in which the statistic had no value; 0 without replicate weights.
    pub dropped: u64,
    /// By value: degrees of freedom of its domain.
    pub df: Vec<f64>,
    /// Degrees of freedom of the union of all domains.
    pub union_df: f64,
    /// By replicate, where there are replicate weights: the values, `None` where it has none.
    pub replicates: Option<Vec<Option<Vec<f64>>>>,
}

impl Joint {
    /// Standard errors.
    pub fn se(&self) -> Vec<f64> {
        let size = self.values.len();
        (0..size).map(|k| self.covariance[k * size + k].max(0.0).sqrt()).collect()
    }

    /// The values as estimates of one frame, for contrasts and any smooth function of them.
    pub fn linearized(&self, frame: &Frame) -> Vec<Linearized> {
        let pairs = self.values.iter().zip(&self.scores);
        pairs.map(|(v, s)| Linearized::new(*v, frame.clone(), s.clone())).collect()
    }
}

/// A statistic as a function of the weights; see [`Sample::joint`].
pub type Statistic<'a> = dyn Fn(&[f64], Need) -> Result<Linear, Error> + Sync + 'a;

impl Sample {
    /// The values of a statistic with their covariance under the design.
    ///
    /// The function is called with weights in the order of the sample's rows. Without replicate
    /// weights it is called once; with them, once more for each replicate with
    /// [`Need::Values`]. A replicate in which it is [`Error::Undefined`] is left out.
    ///
    /// ```
    /// # use inclusion_survey::{Error, sample::{Joint, Sample, linear::{Ratio, ratios}}};
    /// # fn example(sample: &Sample, hours: &[f64], asked: &[bool]) -> Result<Joint, Error> {
    /// let one = vec![1.0; sample.rows()];
    /// let mean = Ratio { y: hours, x: &one, base: asked };
    /// sample.joint(&|weights, need| ratios(weights, &[mean], need))
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the function with the full weights.
    pub fn joint(&self, statistic: &Statistic<'_>) -> Result<Joint, Error> {
        let linear = statistic(&self.weights, Need::Influence)?;
        let size = linear.values.len();
        let shape = self.rows() * size;
        // Replicates need no influence.
        let whole = |length: usize| length == shape || length == 0;
        let influenced = linear.influence.len() == shape || self.replicates.is_some();
        if !influenced || !whole(linear.influence.len()) || !whole(linear.base.len()) {
            return Err(Error::Plan {
                place: "statistic".to_string(),
                message: format!(
                    "gives {size} values for {} rows, but {} influences and {} rows of domains",
                    self.rows(),
                    linear.influence.len(),
                    linear.base.len()
                ),
            });
        }
        let inside = |at: usize| {
            self.base_weights[at / size] > 0.0 && linear.base.get(at).copied().unwrap_or(true)
        };
        let base: Vec<bool> = (0..shape).map(inside).collect();
        let rows_of =
            |k: usize| (0..self.rows()).filter(|r| base[r * size + k]).collect::<Vec<_>>();
        let df = (0..size).map(|k| self.df_of(&rows_of(k))).collect();
        let any = |r: &usize| base[r * size..][..size].contains(&true);
        let union_df = self.df_of(&(0..self.rows()).filter(any).collect::<Vec<_>>());
        let values = linear.values.clone();
        let Some(replicates) = &self.replicates else {
            let (matrix, known) = self.taylor(linear.influence, base, size);
            let scores = factor::scores(&matrix, size);
            let replicates = None;
            return Ok(Joint {
                values,
                covariance: matrix,
                scores,
                known,
                dropped: 0,
                df,
                union_df,
                replicates,
            });
        };
        let each: Vec<Option<Vec<f64>>> = (0..replicates.count)
            .into_par_iter()
            .map(|r| match statistic(&replicates.replicate(r), Need::Values) {
                Ok(linear) => Ok(Some(linear.values)),
                Err(Error::Undefined { .. }) => Ok(None),
                Err(error) => Err(error),
            })
            .collect::<Result<_, Error>>()?;
        let mut scores = Vec::with_capacity(size);
        let mut known = Vec::with_capacity(size);
        for (k, value) in values.iter().enumerate() {
            let own: Vec<Option<f64>> = each.iter().map(|v| v.as_ref().map(|v| v[k])).collect();
            let row = replicates.deviations.scores(*value, &own);
            known.push(row.is_some());
            scores.push(row.unwrap_or_else(|| vec![0.0; replicates.count]));
        }
        let mut matrix = vec![0.0; size * size];
        for k in 0..size {
            for l in 0..=k {
                let pairs = scores[k].iter().zip(&scores[l]);
                let sum = pairs.fold(0.0, |sum, (a, b)| sum + a * b);
                matrix[k * size + l] = sum;
                matrix[l * size + k] = sum;
            }
        }
        let dropped = each.iter().filter(|values| values.is_none()).count() as u64;
        let replicates = Some(each);
        Ok(Joint { values, covariance: matrix, scores, known, dropped, df, union_df, replicates })
    }

    fn taylor(&self, influence: Vec<f64>, base: Vec<bool>, size: usize) -> (Vec<f64>, Vec<bool>) {
        let rows: Vec<u32> = (0..self.rows() as u32).collect();
        let (z, base) = self.weighted_scores(influence, base, size);
        let scores = Scores { rows: &rows, size, z: &z, base: &base };
        let covariance = covariance(&self.design, scores, &self.options);
        (covariance.matrix, covariance.known)
    }

    /// Influence of all rows under the final weights, as weighted scores under the first ones, and
    /// the rows that count as in the domain: all of them once calibration has spread it.
    pub(crate) fn weighted_scores(
        &self,
        mut influence: Vec<f64>,
        base: Vec<bool>,
        size: usize,
    ) -> (Vec<f64>, Vec<bool>) {
        let base = if self.fitted.is_empty() {
            base
        } else {
            self.fitted.back(&mut influence, size);
            vec![true; base.len()]
        };
        for (z, weight) in influence.chunks_mut(size.max(1)).zip(&self.base_weights) {
            z.iter_mut().for_each(|z| *z *= weight);
        }
        (influence, base)
    }
}
