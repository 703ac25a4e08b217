//! Targets of parity between women and men: set for a group of indicators, not for one.
//!
//! The documents that set them differ on which indicators they cover, so the list stands in a file
//! of its own, which a user's folder replaces. A target of a *value* is part of its indicator
//! ([`crate::Target`]).

use crate::{Registry, ThresholdSet};
use serde::Deserialize;

/// A target of parity, as a file of `targets/`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParityTarget {
    /// Identifier: `gender-parity-2030`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Threshold set whose range is to be reached; equality itself where none is set.
    #[serde(default)]
    pub thresholds: Option<String>,
    /// Year by which it is to be reached.
    pub year: i32,
    /// Who set it.
    pub set_by: String,
    /// The indicators it is applied to.
    pub indicators: Vec<String>,
    /// Conditions and wording.
    #[serde(default)]
    pub note: Option<String>,
    /// Where it comes from.
    pub source: String,
}

impl ParityTarget {
    /// The target in one line: `parity of 0.98 to 1.02 by 2030, set by …`.
    pub fn describe(&self, registry: &Registry) -> String {
        let set = self.thresholds.as_ref().and_then(|id| registry.thresholds.get(id));
        let what = match set {
            Some(ThresholdSet {
                name, applied_to, lower: Some(lower), upper: Some(upper), ..
            }) => {
                format!("{} of {lower} to {upper} ({name})", applied_to.replace('_', " "))
            }
            _ => "parity of women and men".to_string(),
        };
        let note = self.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        format!("{what} by {}, set by {}{note}", self.year, self.set_by)
    }
}

impl Registry {
    /// The targets of parity that an indicator is under, in the order of their ids.
    pub fn parity_targets_of<'a>(
        &'a self,
        indicator: &'a str,
    ) -> impl Iterator<Item = &'a ParityTarget> {
        self.targets
            .values()
            .filter(move |target| target.indicators.iter().any(|id| id == indicator))
    }
}
