//! The fingerprint of a plan: what cells depend on, and nothing else of a study.

use crate::plan::Sample;
use inclusion_survey::PlannedIndicator;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Hashes of what cells depend on, and its names for messages.
///
/// How variances, intervals and disclosure are handled is no part: it may change between cells and
/// estimates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Print {
    recipes: Vec<String>,
    /// Of the recipes, with the study's design and the rows it keeps.
    recipe: String,
    indicators: Vec<String>,
    /// Of the indicators' definitions.
    definition: String,
    /// Breakdown concepts.
    breakdowns: Vec<String>,
    /// Of the code lists of all concepts.
    concepts: String,
    /// The same two by indicator and by concept, so that cells also serve a study of fewer; not there
    /// in cells that other programs made.
    #[serde(default)]
    indicator: BTreeMap<String, String>,
    #[serde(default)]
    concept: BTreeMap<String, String>,
}

impl Print {
    pub(crate) fn of(sample: &Sample) -> Print {
        let plan = &sample.plan;
        let mut breakdowns: Vec<String> = plan
            .breakdowns
            .iter()
            .flat_map(|b| b.concepts.iter().chain(&b.joint))
            .cloned()
            .collect();
        breakdowns.sort();
        breakdowns.dedup();
        let definition = |p: &PlannedIndicator| {
            let i = &p.indicator;
            let (y, x) = (&i.value, &i.denominator);
            format!("{:?}", (&i.id, i.statistic, &i.universe, &i.numerator, y, x, &i.answers))
        };
        let indicators = plan.indicators.iter();
        let concepts = plan.concepts.iter();
        Print {
            recipes: sample.parts.iter().map(|part| part.recipe.id.clone()).collect(),
            recipe: hash(sample.parts.iter().map(|part| format!("{:?}", part.recipe))),
            indicators: plan.indicators.iter().map(|p| p.indicator.id.clone()).collect(),
            definition: hash(plan.indicators.iter().map(definition)),
            breakdowns,
            concepts: hash(plan.concepts.values().map(|concept| format!("{concept:?}"))),
            indicator: indicators
                .map(|p| (p.indicator.id.clone(), hash([definition(p)].into_iter())))
                .collect(),
            concept: concepts
                .map(|(id, concept)| (id.clone(), hash([format!("{concept:?}")].into_iter())))
                .collect(),
        }
    }

    /// What a plan needs that cells of this one do not have, in words; nothing if they serve it. Cells
    /// of more indicators and breakdowns serve a plan of fewer.
    pub(crate) fn lacks(&self, wanted: &Print) -> Option<String> {
        if self.recipes != wanted.recipes || self.recipe != wanted.recipe {
            return self.difference(wanted);
        }
        let missing = |mine: &[String], theirs: &[String], what: &str| {
            let missing: Vec<&str> =
                theirs.iter().filter(|id| !mine.contains(*id)).map(String::as_str).collect();
            (!missing.is_empty()).then(|| {
                format!(
                    "{what} `{}`, which they have not (they have `{}`)",
                    missing.join("`, `"),
                    mine.join("`, `")
                )
            })
        };
        let lacking = missing(&self.indicators, &wanted.indicators, "it asks for the indicators")
            .or_else(|| missing(&self.breakdowns, &wanted.breakdowns, "it breaks down by"));
        if lacking.is_some() || self.indicator.is_empty() {
            return lacking.or_else(|| self.difference(wanted));
        }
        let other = |mine: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>| {
            theirs.iter().find(|(id, hash)| mine.get(*id) != Some(*hash)).map(|(id, _)| id.clone())
        };
        let indicator = other(&self.indicator, &wanted.indicator)
            .map(|id| format!("indicator `{id}` is defined otherwise"));
        indicator.or_else(|| {
            other(&self.concept, &wanted.concept)
                .map(|id| format!("concept `{id}` has other codes"))
        })
    }

    /// What of two plans is not the same, in words: of the first, and of the second.
    pub(crate) fn difference(&self, other: &Print) -> Option<String> {
        let lists = |what: &str, mine: &[String], theirs: &[String]| {
            let list = |names: &[String]| match names {
                [] => "none".to_string(),
                names => format!("`{}`", names.join("`, `")),
            };
            Some(format!("{what} {}, not {}", list(mine), list(theirs)))
        };
        if self.recipes != other.recipes {
            return lists("recipe", &self.recipes, &other.recipes);
        }
        if self.indicators != other.indicators {
            return lists("indicators", &self.indicators, &other.indicators);
        }
        if self.breakdowns != other.breakdowns {
            return lists("breakdown concepts", &self.breakdowns, &other.breakdowns);
        }
        if self.recipe != other.recipe {
            let names = self.recipes.join("`, `");
            return Some(format!(
                "recipe `{names}` reads or keeps other rows, or has another design"
            ));
        }
        if self.definition != other.definition {
            return Some("an indicator is defined otherwise".to_string());
        }
        let same = self.concepts == other.concepts;
        (!same).then(|| "a concept has other codes".to_string())
    }
}

fn hash(texts: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
