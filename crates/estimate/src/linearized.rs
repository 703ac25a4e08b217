//! A value with the scores that tell its variance and its covariance with others.
//!
//! The scores of an estimate are scaled so that its variance is their sum of squares, and the
//! covariance of two estimates of one [`Frame`] is the dot product of their scores. A smooth
//! function of estimates has the chain-rule combination of their scores. Estimates of different
//! samples are independent. Estimates of one sample in different frames are correlated in a way
//! that their scores do not tell, so combining them is refused.
//!
//! Source: Wolter (2007), *Introduction to Variance Estimation*, ch. 6; Deville (1999),
//! *Survey Methodology* 25.

use crate::Text;

/// What the scores of an estimate refer to: a sample, and the group of estimates in it that were
/// computed together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frame {
    sample: Text,
    group: Text,
}

impl Frame {
    /// A frame of a sample; `group` names what was estimated jointly.
    pub fn new(sample: impl Into<Text>, group: impl Into<Text>) -> Frame {
        Frame { sample: sample.into(), group: group.into() }
    }

    /// The sample's id.
    pub fn sample(&self) -> &str {
        &self.sample
    }
}

/// Two estimates of one sample were not computed jointly, so their covariance is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSample {
    /// The sample.
    pub sample: Text,
}

impl std::fmt::Display for SharedSample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "two estimates of sample {} were not computed jointly, so their covariance is unknown",
            self.sample
        )
    }
}

impl std::error::Error for SharedSample {}

/// A value, and its scores by frame.
///
/// ```
/// use inclusion_estimate::{Frame, Linearized};
/// let frame = Frame::new("survey", "internet use by sex");
/// let women = Linearized::new(0.4, frame.clone(), vec![0.03, 0.0]);
/// let men = Linearized::new(0.5, frame, vec![0.01, 0.02]);
/// let gap = Linearized::combine(0.5 - 0.4, [(1.0, &men), (-1.0, &women)])?;
/// assert!((gap.variance() - (0.02f64.powi(2) + 0.02f64.powi(2))).abs() < 1e-18);
/// # Ok::<(), inclusion_estimate::SharedSample>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Linearized {
    value: f64,
    /// In the order of the frames; nearly always one.
    parts: Vec<(Frame, Vec<f64>)>,
}

impl Linearized {
    /// A value with its scaled scores.
    pub fn new(value: f64, frame: Frame, scores: Vec<f64>) -> Linearized {
        Linearized { value, parts: vec![(frame, scores)] }
    }

    /// A value that is known without error.
    pub fn exact(value: f64) -> Linearized {
        Linearized { value, parts: Vec::new() }
    }

    /// The value.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        self.parts.iter().flat_map(|(_, scores)| scores).map(|s| s * s).sum()
    }

    /// The standard error.
    pub fn se(&self) -> f64 {
        self.variance().sqrt()
    }

    /// The part of the variance that comes from one sample.
    pub fn variance_from(&self, sample: &str) -> f64 {
        let own = self.parts.iter().filter(|(frame, _)| frame.sample() == sample);
        own.flat_map(|(_, scores)| scores).map(|s| s * s).sum()
    }

    /// The scores in one frame; empty if it has no part there.
    pub fn scores(&self, frame: &Frame) -> &[f64] {
        self.parts.iter().find(|(own, _)| own == frame).map_or(&[], |(_, scores)| scores)
    }

    /// The frames it has a part in.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.parts.iter().map(|(frame, _)| frame)
    }

    /// A smooth function of estimates: its value, and for each estimate the slope at the values.
    ///
    /// # Errors
    ///
    /// [`SharedSample`] if two of them come from one sample but different frames.
    pub fn combine<'a>(
        value: f64,
        slopes: impl IntoIterator<Item = (f64, &'a Linearized)>,
    ) -> Result<Linearized, SharedSample> {
        let mut parts: Vec<(Frame, Vec<f64>)> = Vec::new();
        for (slope, estimate) in slopes {
            for (frame, scores) in &estimate.parts {
                let at = parts.binary_search_by(|(own, _)| own.cmp(frame)).unwrap_or_else(|at| {
                    parts.insert(at, (frame.clone(), Vec::with_capacity(scores.len())));
                    at
                });
                let sum = &mut parts[at].1;
                if sum.len() < scores.len() {
                    sum.resize(scores.len(), 0.0);
                }
                for (total, score) in sum.iter_mut().zip(scores) {
                    *total += slope * score;
                }
            }
        }
        match parts.windows(2).find(|pair| pair[0].0.sample == pair[1].0.sample) {
            Some(pair) => Err(SharedSample { sample: pair[0].0.sample.clone() }),
            None => Ok(Linearized { value, parts }),
        }
    }

    /// The covariance of two estimates.
    ///
    /// # Errors
    ///
    /// [`SharedSample`] if they come from one sample but different frames.
    pub fn covariance(&self, other: &Linearized) -> Result<f64, SharedSample> {
        Linearized::combine(0.0, [(1.0, self), (1.0, other)])?;
        Ok(self
            .parts
            .iter()
            .flat_map(|(frame, a)| a.iter().zip(other.scores(frame)))
            .map(|(a, b)| a * b)
            .sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_samples_are_independent() {
        let a = Linearized::new(1.0, Frame::new("a", "x"), vec![3.0]);
        let b = Linearized::new(2.0, Frame::new("b", "x"), vec![4.0]);
        assert_eq!(Linearized::combine(3.0, [(1.0, &a), (1.0, &b)]).unwrap().se(), 5.0);
        assert_eq!(a.covariance(&b), Ok(0.0));
    }

    #[test]
    fn one_sample_in_two_frames_is_refused() {
        let a = Linearized::new(1.0, Frame::new("a", "x"), vec![3.0]);
        let b = Linearized::new(2.0, Frame::new("a", "y"), vec![4.0]);
        assert!(Linearized::combine(3.0, [(1.0, &a), (1.0, &b)]).is_err());
    }
}
