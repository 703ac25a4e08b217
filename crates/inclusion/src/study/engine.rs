//! Where the cells of a study are made.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Where the cells of the surveys are made. The figures do not depend on it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngineSpec {
    /// The engine.
    pub name: EngineName,
    /// Host and port of the cluster's scheduler: `HOST:PORT`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub scheduler: Option<Spanned<String>>,
}

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EngineName {
    /// This program, on this machine.
    Local,
    /// A cluster of Apache DataFusion Ballista, in a build with the feature `cluster`.
    Ballista,
}
