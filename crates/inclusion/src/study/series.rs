//! Published figures of countries, and what is made of them.

use super::OneOrMany;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Published figures of countries.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesSpec {
    /// Identifier, unique in the study.
    pub id: String,
    /// The file, or several parts of one source.
    #[schemars(with = "OneOrMany")]
    pub file: Spanned<OneOrMany>,
    /// Recipe of the source, such as `un-sdg/bulk-csv`.
    #[schemars(with = "String")]
    pub recipe: Spanned<String>,
    /// Edition or release, where the file does not say it.
    #[serde(default)]
    pub edition: Option<String>,
    /// What the source calls an indicator → its id here, where the two differ: `{ "I.18" = "HH7" }`. Of a
    /// series that is split further, the codes that are meant: `{ "SE_ADT_ACTS skill=COPA" = "HH15-COPA" }`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub indicators: BTreeMap<String, Spanned<String>>,
    /// Codes of the whole file by dimension, `indicator`, `unit`, `time` or `area`, where the file
    /// itself does not say them.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// Regions and groups of countries.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AggregateSpec {
    /// Groupings of the registry; the world comes before them. Those of the style if left out.
    #[schemars(with = "Option<Vec<String>>")]
    pub groupings: Option<Vec<Spanned<String>>>,
    /// Year of the figures; the newest with figures of women and men if left out.
    #[schemars(with = "Option<i32>")]
    pub year: Option<Spanned<i32>>,
    /// A country enters with its newest figure of so many years up to that year.
    #[schemars(with = "i32")]
    pub window: Spanned<i32>,
    /// How much of the population the countries with figures must hold.
    pub coverage: CoverageName,
}

impl Default for AggregateSpec {
    /// Groupings of the style, five years, half of the population of either sex.
    fn default() -> AggregateSpec {
        AggregateSpec {
            groupings: None,
            year: None,
            window: Spanned::new(0..0, 5),
            coverage: CoverageName::HalfOfEitherSex,
        }
    }
}

/// How much of the population the countries with figures must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageName {
    /// Any share.
    None,
    /// At least half of the population of either sex.
    #[default]
    HalfOfEitherSex,
    /// At least two thirds of it.
    OneThird,
}

/// Progress towards the targets of the indicators.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProgressSpec {
    /// Year from which progress counts.
    #[schemars(with = "i32")]
    pub base_year: Spanned<i32>,
    /// Countries; all with two figures or more if left out.
    #[schemars(with = "Vec<String>")]
    pub areas: Vec<Spanned<String>>,
    /// Years beyond the last figure for which a projection may be made.
    #[schemars(with = "i32")]
    pub horizon: Spanned<i32>,
    /// Year of the report, by which a target's year has passed or not; that of an indicator's newest figure if
    /// left out.
    #[schemars(with = "Option<i32>")]
    pub as_of: Option<Spanned<i32>>,
    /// Judge trends through changes of definition, age or source too, marked as broken.
    pub through_breaks: bool,
}

impl Default for ProgressSpec {
    fn default() -> ProgressSpec {
        let horizon = Spanned::new(0..0, 10);
        let base_year = Spanned::new(0..0, 2015);
        ProgressSpec { base_year, areas: Vec::new(), horizon, as_of: None, through_breaks: false }
    }
}
