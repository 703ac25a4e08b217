//! What a study says of confidence intervals, and of quantiles.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Confidence intervals.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IntervalSpec {
    /// Method for shares.
    pub method: IntervalName,
    /// Level, above 0 and below 1.
    #[schemars(with = "f64")]
    pub level: Spanned<f64>,
}

impl Default for IntervalSpec {
    fn default() -> IntervalSpec {
        IntervalSpec { method: IntervalName::Logit, level: Spanned::new(0..0, 0.95) }
    }
}

/// Interval method for shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalName {
    /// t-interval on the logit scale: R's `logit` and `xlogit`, which differ only by the tolerance
    /// of a regression.
    #[default]
    #[serde(alias = "xlogit")]
    Logit,
    /// Korn–Graubard.
    Beta,
    /// Wilson score.
    Wilson,
    /// Value ± t × se.
    Mean,
    /// t-interval on the arcsine scale.
    Asin,
    /// Profile likelihood, scaled by the design effect.
    Likelihood,
}

/// Which value is a quantile, and how its interval is made.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QuantileSpec {
    /// Which value is the quantile.
    pub rule: QuantileRuleName,
    /// How its interval is made.
    #[schemars(with = "QuantileIntervalName")]
    pub interval: Spanned<QuantileIntervalName>,
}

impl Default for QuantileSpec {
    fn default() -> QuantileSpec {
        let interval = Spanned::new(0..0, QuantileIntervalName::Mean);
        QuantileSpec { rule: QuantileRuleName::Math, interval }
    }
}

/// Rules of quantiles, by the names of R `survey` (Hyndman and Fan 1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuantileRuleName {
    /// The smallest value whose cumulated share is the probability or more; also `hf1`.
    #[default]
    #[serde(alias = "hf1")]
    Math,
    /// The same, but the mean of two neighbours where the share is met exactly; also `hf2`.
    #[serde(alias = "hf2")]
    School,
    /// Where the share is met exactly, the neighbour of even rank.
    Hf3,
    /// Linear in the cumulated share.
    Hf4,
    /// Linear, at the middle of each row's weight.
    Hf5,
    /// Linear, as if one more row of the largest value's weight lay beyond.
    Hf6,
    /// Linear from the smallest to the largest value.
    Hf7,
    /// Linear, about median-unbiased.
    Hf8,
    /// Linear, about unbiased for normal values.
    Hf9,
}

/// Intervals of quantiles. All but `replicated` are Woodruff's: the interval of the share at or below the
/// quantile, made by this method, inverted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuantileIntervalName {
    /// Share ± t × se.
    #[default]
    Mean,
    /// t-interval on the logit scale; also `xlogit`.
    #[serde(alias = "xlogit")]
    Logit,
    /// Korn–Graubard.
    Beta,
    /// Wilson score.
    Wilson,
    /// t-interval on the arcsine scale.
    Asin,
    /// Value ± t × se, from the quantiles under each replicate's weights; every survey needs replicate
    /// weights.
    Replicated,
}

impl QuantileRuleName {
    /// Its name in a study.
    pub(crate) fn id(self) -> &'static str {
        match self {
            QuantileRuleName::Math => "math",
            QuantileRuleName::School => "school",
            QuantileRuleName::Hf3 => "hf3",
            QuantileRuleName::Hf4 => "hf4",
            QuantileRuleName::Hf5 => "hf5",
            QuantileRuleName::Hf6 => "hf6",
            QuantileRuleName::Hf7 => "hf7",
            QuantileRuleName::Hf8 => "hf8",
            QuantileRuleName::Hf9 => "hf9",
        }
    }
}

impl QuantileIntervalName {
    /// Its name in a study.
    pub(crate) fn id(self) -> &'static str {
        match self {
            QuantileIntervalName::Mean => "mean",
            QuantileIntervalName::Logit => "logit",
            QuantileIntervalName::Beta => "beta",
            QuantileIntervalName::Wilson => "wilson",
            QuantileIntervalName::Asin => "asin",
            QuantileIntervalName::Replicated => "replicated",
        }
    }
}
