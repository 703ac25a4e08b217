//! What a study says of known totals to which weights are adjusted.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// One step that adjusts the weights to known totals.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalibrateSpec {
    /// How.
    #[schemars(with = "CalibrationName")]
    pub method: Spanned<CalibrationName>,
    /// Known totals of the cells of one or several categories.
    #[serde(default, rename = "margin")]
    pub margins: Vec<MarginSpec>,
    /// Size of the population; not for `poststratify` and `rake`, whose cells tell it.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub size: Option<Spanned<f64>>,
    /// Totals of numbers; not for `poststratify` and `rake`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub numbers: BTreeMap<Spanned<String>, f64>,
    /// Least factor of a weight, below 1; of `bounded_linear` and `logit`.
    #[serde(default)]
    pub lower: Option<f64>,
    /// Largest factor of a weight, above 1; of `bounded_linear` and `logit`.
    #[serde(default)]
    pub upper: Option<f64>,
    /// Where the totals come from.
    pub source: String,
}

/// How weights are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationName {
    /// The weights of each cell of the one margin are multiplied to its total.
    Poststratify,
    /// Iterative proportional fitting to several margins.
    Rake,
    /// Linear calibration (generalised regression): weights may become negative.
    Linear,
    /// Linear calibration with factors cut at `lower` and `upper`.
    BoundedLinear,
    /// Multiplicative calibration to any totals.
    Raking,
    /// Calibration whose factors stay between `lower` and `upper`.
    Logit,
}

/// Known totals of the cells of one or several categories.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarginSpec {
    /// Categories: `sex`, `sex * age_group`.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    /// Totals.
    pub totals: TotalsSpec,
}

/// Totals in the study, or the file that holds them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TotalsSpec {
    /// A delimited file with a column for each category, and `total`.
    File(PathBuf),
    /// Codes in the order of `by` and their total: `F`, `"F * 15-24"`.
    Cells(BTreeMap<String, f64>),
}
