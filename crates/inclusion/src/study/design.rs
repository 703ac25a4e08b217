//! What a study says of a survey's design: what the recipe leaves open, and what replaces it.

use crate::study::{OneOrMany, or_list};
use inclusion_registry::{ReplicateColumns, ReplicateKind, Stage};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Design decisions of the study. Columns that are named here replace the recipe's.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DesignSpec {
    /// What to do with a stratum of one PSU.
    pub lonely_psu: Option<LonelyPsu>,
    /// Apply the rule also where only the domain leaves one PSU.
    pub adjust_domain_lonely: bool,
    /// PSU ids are unique only inside their stratum; the recipe's own if left out.
    pub nest: Option<bool>,
    /// Where standard errors come from; replicate weights where the recipe or the study has them,
    /// else `taylor`.
    pub variance: Option<VarianceName>,
    /// Stratum columns; an empty list takes the recipe's away.
    pub stratum: Option<OneOrMany>,
    /// Columns of the primary sampling unit; an empty list takes the recipe's away.
    pub psu: Option<OneOrMany>,
    /// Column of the first stage's finite population.
    pub fpc: Option<String>,
    /// The second stage of sampling, and later ones; they need `fpc` at every stage.
    #[serde(rename = "stage")]
    pub stages: Option<Vec<StageSpec>>,
    /// Replicate weights of the file, or to be made.
    #[schemars(with = "Option<ReplicatesSpec>")]
    pub replicates: Option<Spanned<ReplicatesSpec>>,
}

/// Where standard errors come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VarianceName {
    /// Linearisation between PSUs, also where there are replicate weights.
    Taylor,
    /// Replicate weights.
    Replicates,
}

/// What to do with a stratum of one PSU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LonelyPsu {
    /// Stop and name the stratum.
    Fail,
    /// It contributes no variance.
    Remove,
    /// The same, because it was sampled with certainty.
    Certainty,
    /// It is centred at the mean of all PSUs.
    Adjust,
    /// It contributes the average of the other strata.
    Average,
}

/// A stage of sampling after the first.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StageSpec {
    /// Stratum columns inside the unit of the stage above.
    pub stratum: Option<OneOrMany>,
    /// Columns of this stage's sampling unit; none, in the last stage: every row is its own.
    pub psu: Option<OneOrMany>,
    /// Column of this stage's finite population.
    pub fpc: Option<String>,
}

impl StageSpec {
    pub(crate) fn stage(&self) -> Stage {
        Stage { stratum: or_list(&self.stratum), psu: or_list(&self.psu), fpc: self.fpc.clone() }
    }
}

/// Replicate weights: columns of the file (`kind`), or made from strata and PSUs (`make`).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplicatesSpec {
    /// How the columns of the file were made.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    pub kind: Option<ReplicateKind>,
    /// The columns, in the order of `rscales`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Instead: the columns whose name is this and a number.
    #[serde(default)]
    pub prefix: Option<String>,
    /// The columns hold weights (the default); false: factors to multiply the weight with.
    #[serde(default)]
    pub combined: Option<bool>,
    /// Fay's factor, 0 or more and less than 1; of the kind `fay`, or of `make = "brr"`.
    #[serde(default)]
    pub rho: Option<f64>,
    /// Overall factor of the sum of squares; the method's own if left out.
    #[serde(default)]
    pub scale: Option<f64>,
    /// Factor of each replicate; 1 for all if left out.
    #[serde(default)]
    pub rscales: Vec<f64>,
    /// Deviations are taken from the estimate of the full sample; false (the default): from the
    /// mean of the replicates.
    #[serde(default)]
    pub mse: bool,
    /// Make replicate weights.
    #[serde(default)]
    pub make: Option<MakeName>,
    /// Number of replicates of `make = "bootstrap"`.
    #[serde(default)]
    pub replicates: Option<usize>,
    /// Seed of `make = "bootstrap"`: the same seed gives the same replicates.
    #[serde(default)]
    pub seed: Option<u64>,
}

/// Replicate weights to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MakeName {
    /// Stratified delete-one jackknife.
    Jackknife,
    /// Balanced repeated replication, with Fay's `rho` if given; every stratum has two PSUs.
    Brr,
    /// Rao–Wu rescaling bootstrap with `replicates` and `seed`.
    Bootstrap,
}

impl ReplicatesSpec {
    /// As a recipe says it; `None` where they are to be made.
    pub(crate) fn columns(&self) -> Option<ReplicateColumns> {
        Some(ReplicateColumns {
            kind: self.kind?,
            columns: self.columns.clone(),
            prefix: self.prefix.clone(),
            combined: self.combined.unwrap_or(true),
            rho: self.rho,
            scale: self.scale,
            rscales: self.rscales.clone(),
            mse: self.mse,
        })
    }
}

/// The names of [`ReplicateKind`] for the schema.
fn kinds(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": ["string", "null"], "enum": kind_names() })
}

fn kind_names() -> Vec<Option<&'static str>> {
    ReplicateKind::NAMES.into_iter().map(Some).chain([None]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_every_kind_of_replicates() {
        let parsed = ReplicateKind::NAMES.map(|name| {
            let spec: ReplicatesSpec = toml::from_str(&format!("kind = \"{name}\"")).unwrap();
            spec.kind.unwrap()
        });
        // A kind that is new has no name until it stands in the list: the match is exhaustive.
        let place = |kind: &ReplicateKind| match kind {
            ReplicateKind::Brr => 0,
            ReplicateKind::Fay => 1,
            ReplicateKind::Jk1 => 2,
            ReplicateKind::Jk2 => 3,
            ReplicateKind::Jkn => 4,
            ReplicateKind::Bootstrap => 5,
            ReplicateKind::SuccessiveDifference => 6,
            ReplicateKind::Acs => 7,
            ReplicateKind::Other => 8,
        };
        assert_eq!(parsed.iter().map(place).collect::<Vec<_>>(), (0..9).collect::<Vec<_>>());
        let schema = schemars::schema_for!(ReplicatesSpec);
        let names = &schema.as_value()["properties"]["kind"]["enum"];
        assert_eq!(*names, serde_json::json!(kind_names()));
    }
}
