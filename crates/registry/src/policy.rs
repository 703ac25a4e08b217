//! Threshold sets.

use serde::{Deserialize, Deserializer};

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
