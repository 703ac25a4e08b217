//! Analyses in words: titles, and who the rows are.

use super::data::Data;
use crate::plan::analysis::Kind;

impl Data<'_> {
    /// `Individuals using the Internet, by sex`.
    pub fn title(&self) -> String {
        let name = match self.also.is_empty() {
            true => self.outcome.name.clone(),
            false => {
                let names = self.also.iter().map(|also| also.name.clone());
                listed(&[self.outcome.name.clone()].into_iter().chain(names).collect::<Vec<_>>())
            }
        };
        let by = |ids: &[String]| -> String {
            let names: Vec<String> = ids.iter().map(|id| small(&self.name_of(id))).collect();
            listed(&names)
        };
        match &self.planned.kind {
            Kind::Test { by: id, .. } => {
                format!("{name}: independence of {}", small(&self.name_of(id)))
            }
            Kind::TTest { by: id, .. } => {
                format!("{name}: difference by {}", small(&self.name_of(id)))
            }
            Kind::Against(value) => format!("{name}: difference from {value}"),
            Kind::Regression(regression) => {
                let how = if regression.logistic { "logistic" } else { "linear" };
                format!("{name}: {how} regression on {}", by(&regression.variables))
            }
            Kind::Decomposition { by: ids } => {
                format!("{name}: gap between women and men by {}", by(ids))
            }
            Kind::Standardise { by: ids, over, .. } if ids.is_empty() => {
                format!("{name}, standardised by {}", small(&self.name_of(over)))
            }
            Kind::Standardise { by: ids, over, .. } => {
                format!("{name} by {}, standardised by {}", by(ids), small(&self.name_of(over)))
            }
            Kind::Means { by: ids } if ids.is_empty() => name.clone(),
            Kind::Means { by: ids } => format!("{name} by {}", by(ids)),
            Kind::Variance { by: ids } if ids.is_empty() => format!("{name}: variance"),
            Kind::Variance { by: ids } => format!("{name}: variance by {}", by(ids)),
        }
    }

    /// Who the rows are, where `among` says it.
    pub fn among_words(&self) -> Option<String> {
        if self.planned.among.is_empty() {
            return None;
        }
        let words: Vec<String> = (self.planned.among.iter())
            .map(|(id, code)| {
                let category = self.category(id);
                let known = category.codes.iter().find(|known| known.id == *code);
                let code = known.map_or(code.as_str(), |known| known.name.as_str());
                format!("“{}” = “{code}”", category.name)
            })
            .collect();
        Some(format!("Only rows with {}; all sampling units stay in the variance", listed(&words)))
    }
}

/// `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first letter small, unless the word is all capitals.
pub(super) fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_string(),
    }
}
