//! Threshold sets and institution styles.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A set of limits by which parity is judged; a verdict is always stored with its name.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdSet {
    /// Identifier: `itu`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Lowest parity ratio inside the range, inclusive.
    #[serde(default)]
    pub lower: Option<f64>,
    /// Highest parity ratio inside the range, inclusive.
    #[serde(default)]
    pub upper: Option<f64>,
    /// Upper ends of groups of |parity − 1|, exclusive, with the group's name; the last has no end.
    /// In a file each is `{ below = 0.025, name = "…" }`.
    #[serde(default, deserialize_with = "groups")]
    pub groups: Vec<(Option<f64>, String)>,
    /// The measure it is applied to: `parity` or `adjusted_parity`.
    pub applied_to: String,
    /// Where it comes from.
    pub source: String,
}

fn groups<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<(Option<f64>, String)>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Group {
        #[serde(default)]
        below: Option<f64>,
        name: String,
    }
    let groups = Vec::<Group>::deserialize(source)?;
    Ok(groups.into_iter().map(|group| (group.below, group.name)).collect())
}

/// An institution's table conventions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Identifier: `world-bank`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Mark of a value that is not available.
    pub not_available: String,
    /// Mark of a withheld value.
    pub withheld: String,
    /// What stands before and after a value of low reliability.
    pub unreliable: (String, String),
    /// Mark of a value that cannot exist.
    pub not_applicable: String,
    /// Mark of an exact zero, where the style has one.
    #[serde(default)]
    pub zero: Option<String>,
    /// Decimals of rates in per cent.
    #[serde(default = "one")]
    pub rate_decimals: u8,
    /// Decimals of parity ratios.
    #[serde(default = "three")]
    pub parity_decimals: u8,
    /// Footnote marks: `numbers` or `letters`.
    #[serde(default = "letters")]
    pub footnotes: String,
    /// Header texts by column id, where they differ from the usual ones.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Where it comes from.
    pub source: String,
}

fn one() -> u8 {
    1
}
fn three() -> u8 {
    3
}
fn letters() -> String {
    "letters".to_string()
}
