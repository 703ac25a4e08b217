//! How to estimate.

use crate::estimand::{QuantileInterval, QuantileRule};
use crate::sample::{Calibration, Replicates};
use inclusion_estimate::IntervalMethod;

/// How to estimate; the defaults are those of a careful annex.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// What to do with a stratum of one PSU.
    pub lonely_psu: LonelyPsu,
    /// Apply the rule also where only the domain leaves one PSU in a stratum.
    pub adjust_domain_lonely: bool,
    /// PSU ids are unique only inside their stratum.
    pub nest: bool,
    /// Interval of shares; means and totals always have `value ± t × se`.
    pub interval: IntervalMethod,
    /// Which value is a quantile.
    pub quantile_rule: QuantileRule,
    /// How the interval of a quantile is made.
    pub quantile_interval: QuantileInterval,
    /// Confidence level.
    pub level: f64,
    /// Degrees of freedom of t.
    pub df: DfRule,
    /// Which design effect is reported.
    pub deff: Deff,
    /// Variances from replicate weights; `None`: from strata and PSUs.
    pub replicates: Option<Replicates>,
    /// Steps that adjust the weights to known totals, in their order.
    pub calibration: Vec<Calibration>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            lonely_psu: LonelyPsu::Fail,
            adjust_domain_lonely: false,
            nest: false,
            interval: IntervalMethod::Logit,
            quantile_rule: QuantileRule::Math,
            quantile_interval: QuantileInterval::Woodruff(IntervalMethod::Mean),
            level: 0.95,
            df: DfRule::Domain,
            deff: Deff::Deft2,
            replicates: None,
            calibration: Vec::new(),
        }
    }
}

impl Options {
    /// A rule for single PSUs counts the strata of a domain, so that it matters whose rows these are.
    pub(crate) fn counts_strata(&self) -> bool {
        match self.lonely_psu {
            LonelyPsu::Average => true,
            LonelyPsu::Adjust => self.adjust_domain_lonely,
            LonelyPsu::Fail | LonelyPsu::Remove | LonelyPsu::Certainty => false,
        }
    }
}

/// What to do with a stratum of one PSU, as R survey's options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LonelyPsu {
    /// Stop and name the stratum.
    #[default]
    Fail,
    /// It contributes no variance.
    Remove,
    /// The same, because it was sampled with certainty.
    Certainty,
    /// It is centred at the mean of all PSUs of all strata.
    Adjust,
    /// It contributes the average of the other strata.
    Average,
}

/// Degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DfRule {
    /// PSUs minus strata that hold rows of the domain.
    #[default]
    Domain,
    /// PSUs minus strata of the whole sample.
    Full,
    /// The normal quantile.
    Infinite,
}

/// Which design effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deff {
    /// DEFT²: variance over that of a simple random sample of n unweighted cases, r(1 − r)/n.
    #[default]
    Deft2,
    /// Against simple random sampling without replacement, as R's `deff = TRUE`.
    SrsWithoutReplacement,
    /// Against simple random sampling with replacement, as R's `deff = "replace"`.
    SrsWithReplacement,
}
