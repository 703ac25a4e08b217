//! Conditions as data: a concept is one of these codes, or lies in this range.

use serde::Deserialize;
use std::collections::BTreeMap;

/// All tests of `all` hold and, where `any` is not empty, at least one of its alternatives does.
///
/// ```
/// use inclusion_registry::Condition;
/// let users: Condition = toml::from_str("internet_use = ['3m']\nage = { min = 15 }").unwrap();
/// assert_eq!(users.all.len(), 2);
/// let either: Condition = toml::from_str("any = [{ a = ['yes'] }, { b = ['yes'] }]").unwrap();
/// assert_eq!(either.any.len(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Condition {
    /// Alternatives, at least one of which must hold.
    #[serde(default)]
    pub any: Vec<Condition>,
    /// A test for each concept, all of which must hold.
    #[serde(flatten)]
    pub all: BTreeMap<String, Test>,
}

impl Condition {
    /// True if there is nothing to test.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.all.is_empty()
    }

    /// Ids of all concepts named, each once, in order.
    pub fn concepts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.all.keys().map(String::as_str).collect();
        names.extend(self.any.iter().flat_map(Condition::concepts));
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What one concept must be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Test {
    /// One of these codes.
    Codes(Vec<String>),
    /// A number in this range, both ends inclusive.
    Range {
        /// Smallest value.
        min: Option<f64>,
        /// Largest value.
        max: Option<f64>,
    },
}
