//! Concepts and codes that an analysis names, with the nearest known ones in errors.

use super::Check;
use crate::Error;
use inclusion_registry::{Code, Concept, ConceptKind, nearest};
use toml::Spanned;

impl<'a> Check<'a> {
    pub(super) fn one_category(&self) -> Result<String, Error> {
        let Some(at) = &self.spec.by else { return self.lacks("needs `by`, such as \"sex\"") };
        let by = self.categories(at)?;
        match by.as_slice() {
            [one] => Ok(one.clone()),
            _ => self.wrong(at, "one category is needed here, not a product"),
        }
    }

    pub(super) fn optional_by(&self) -> Result<Vec<String>, Error> {
        self.spec.by.as_ref().map_or_else(|| Ok(Vec::new()), |at| self.categories(at))
    }

    /// The categories of a breakdown such as `sex * urbanisation`.
    pub(super) fn categories(&self, at: &Spanned<String>) -> Result<Vec<String>, Error> {
        let mut ids: Vec<String> = Vec::new();
        for name in at.get_ref().split('*').map(str::trim) {
            let concept = self.category(&Spanned::new(at.span(), name.to_string()))?;
            if ids.contains(&concept.id) {
                return self.wrong(at, format!("`{name}` stands twice in `{}`", at.get_ref()));
            }
            if self.spec.among.keys().any(|own| own.get_ref() == name) {
                return self.wrong(at, format!("`{name}` is fixed by `among`"));
            }
            self.splits(at, &concept.id)?;
            ids.push(concept.id.clone());
        }
        Ok(ids)
    }

    /// An indicator may not be split by everything.
    pub(super) fn splits(&self, at: &Spanned<String>, concept: &str) -> Result<(), Error> {
        let mut about = self.spec.indicator.iter().chain(&self.spec.also);
        let refuses = |id: &&Spanned<String>| {
            let known = self.indicators.iter().find(|indicator| indicator.id == *id.get_ref());
            known.is_some_and(|indicator| !self.registry.may_split(indicator, concept))
        };
        match about.find(refuses) {
            Some(id) => {
                let id = id.get_ref();
                self.wrong(at, format!("indicator `{id}` is not split by `{concept}`"))
            }
            None => Ok(()),
        }
    }

    pub(super) fn concept(&self, at: &Spanned<String>) -> Result<&'a Concept, Error> {
        let name = at.get_ref();
        match self.registry.concepts.get(name) {
            Some(concept) => Ok(concept),
            None => {
                let known = self.registry.concepts.keys().map(String::as_str);
                self.wrong(at, no("concept", name, known))
            }
        }
    }

    pub(super) fn category(&self, at: &Spanned<String>) -> Result<&'a Concept, Error> {
        let concept = self.concept(at)?;
        match concept.kind {
            ConceptKind::Category => Ok(concept),
            ConceptKind::Number => {
                self.wrong(at, format!("`{}` is a number; a category is needed here", concept.id))
            }
        }
    }

    /// Codes of a category in the surveys of the analysis, without those that are no group.
    pub(super) fn codes_of(&self, concept: &str) -> Vec<Code> {
        let mut codes: Vec<Code> = Vec::new();
        let own = self.spec.survey.as_ref().map(|survey| survey.get_ref());
        let samples = self.samples.iter().filter(|s| own.is_none_or(|id| *id == s.plan.sample));
        for part in samples.flat_map(|sample| sample.parts.first()) {
            let known = self.registry.concepts_for(&part.recipe);
            for code in known.get(concept).into_iter().flat_map(|concept| &concept.codes) {
                if !code.unstated && !codes.iter().any(|other| other.id == code.id) {
                    codes.push(code.clone());
                }
            }
        }
        codes
    }

    pub(super) fn code(&self, concept: &str, at: &Spanned<String>) -> Result<(), Error> {
        self.code_at(concept, at.get_ref(), at)
    }

    pub(super) fn code_at<T>(
        &self,
        concept: &str,
        code: &str,
        at: &Spanned<T>,
    ) -> Result<(), Error> {
        let codes = self.codes_of(concept);
        match codes.iter().any(|known| known.id == code) {
            true => Ok(()),
            false => {
                let known = codes.iter().map(|code| code.id.as_str());
                self.wrong(at, no(&format!("code of `{concept}`"), code, known))
            }
        }
    }
}

/// `no concept `educaton`; did you mean `education`?`
pub(super) fn no<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("no {what} `{name}`; did you mean `{near}`?"),
        None if known.len() <= 12 => format!("no {what} `{name}`; known: {}", known.join(", ")),
        None => format!("no {what} `{name}`; `inclusion registry list concepts` shows them"),
    }
}
