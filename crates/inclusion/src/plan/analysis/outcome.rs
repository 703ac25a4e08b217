//! What an analysis is about, and which keys its kind has.

use super::names::no;
use super::{Check, OutcomeOf};
use crate::Error;
use crate::study::AnalysisName;
use inclusion_registry::{ConceptKind, Indicator, Statistic};
use std::collections::BTreeMap;
use toml::Spanned;

impl<'a> Check<'a> {
    /// Keys of another kind are a mistake, not to be passed over.
    pub(super) fn keys(&self) -> Result<(), Error> {
        use AnalysisName::*;
        let spec = self.spec;
        let kind = *spec.kind.get_ref();
        let first = |list: &'a [Spanned<String>]| list.first().map(|at| at.span());
        let key_of = |map: &'a BTreeMap<Spanned<String>, Spanned<String>>| {
            map.keys().next().map(|at| at.span())
        };
        let given = [
            ("also", first(&spec.also), kind == Covariance),
            ("imputations", first(&spec.imputations), kind != Test),
            ("by", spec.by.as_ref().map(Spanned::span), kind != Regression),
            ("method", spec.method.as_ref().map(Spanned::span), kind == Test),
            ("groups", spec.groups.as_ref().map(Spanned::span), kind == TTest),
            ("against", spec.against.as_ref().map(Spanned::span), kind == TTest),
            ("family", spec.family.as_ref().map(Spanned::span), kind == Regression),
            ("terms", first(&spec.terms), kind == Regression),
            ("reference", key_of(&spec.reference), kind == Regression),
            ("epsilon", spec.epsilon.as_ref().map(Spanned::span), kind == Regression),
            ("over", spec.over.as_ref().map(Spanned::span), kind == Standardise),
            (
                "standard_source",
                spec.standard_source.as_ref().map(Spanned::span),
                kind == Standardise,
            ),
            ("standard", spec.standard.keys().next().map(|k| k.span()), kind == Standardise),
        ];
        for (key, span, fits) in given {
            if let (Some(span), false) = (span, fits) {
                let message = format!("`{key}` is no key of an analysis of kind `{}`", kind.id());
                return self.wrong(&Spanned::new(span, ()), message);
            }
        }
        Ok(())
    }

    /// What it is about, and whether that is a share.
    pub(super) fn outcome(&self) -> Result<(OutcomeOf, bool), Error> {
        let spec = self.spec;
        let codes: Vec<String> = match &spec.codes {
            Some(codes) => codes.get_ref().list().into_iter().map(str::to_string).collect(),
            None => Vec::new(),
        };
        if let Some(written) = &spec.codes
            && codes.is_empty()
        {
            return self.wrong(written, "`codes` is empty; name those that count");
        }
        let named =
            [spec.indicator.is_some(), spec.concept.is_some(), !spec.imputations.is_empty()];
        if named.iter().filter(|named| **named).count() != 1 {
            return self.lacks("needs one of `indicator`, `concept` and `imputations`");
        }
        let kind = *spec.kind.get_ref();
        if kind == AnalysisName::Imputation && spec.imputations.is_empty() {
            return self.lacks("needs `imputations`: the concepts of the plausible values");
        }
        if let Some(at) = &spec.indicator {
            if let Some(codes) = &spec.codes {
                return self.wrong(codes, "`codes` are of a concept; an indicator has its own");
            }
            let (indicator, share) = self.indicator(at)?;
            self.suits(at, kind, share)?;
            return Ok((OutcomeOf::Indicator(indicator.id.clone()), share));
        }
        let names: Vec<&Spanned<String>> = spec.concept.iter().chain(&spec.imputations).collect();
        if spec.imputations.len() == 1 {
            let message = "one imputation tells nothing of the spread between them; name all";
            return self.wrong(&spec.imputations[0], message);
        }
        let mut share = false;
        for (place, at) in names.iter().enumerate() {
            if names[..place].iter().any(|other| other.get_ref() == at.get_ref()) {
                return self.wrong(at, format!("concept `{}` is named twice", at.get_ref()));
            }
            let concept = self.concept(at)?;
            let category = concept.kind == ConceptKind::Category;
            if place > 0 && category != share {
                return self.wrong(at, "imputations are all numbers, or all categories");
            }
            share = category;
            match (&spec.codes, category) {
                (Some(codes), false) => {
                    return self
                        .wrong(codes, format!("`{}` is a number and has no codes", concept.id));
                }
                (None, true) if kind != AnalysisName::Test => {
                    let message = format!(
                        "`{}` is a category; say by `codes` which of its codes count",
                        concept.id
                    );
                    return self.wrong(at, message);
                }
                (Some(written), true) => {
                    for code in &codes {
                        self.code_at(&concept.id, code, written)?;
                    }
                }
                _ => {}
            }
        }
        self.suits(names[0], kind, share)?;
        let outcome = match &spec.concept {
            Some(concept) => OutcomeOf::Concept { id: concept.get_ref().clone(), codes },
            None => {
                let ids = spec.imputations.iter().map(|id| id.get_ref().clone()).collect();
                OutcomeOf::Imputations { ids, codes }
            }
        };
        Ok((outcome, share))
    }

    /// An indicator of the study, and whether it is a share; it must be one or a mean.
    pub(super) fn indicator(&self, at: &Spanned<String>) -> Result<(&'a Indicator, bool), Error> {
        let ids = self.indicators.iter().map(|i| i.id.as_str());
        let Some(indicator) = self.indicators.iter().find(|i| i.id == *at.get_ref()) else {
            let message = match self.registry.indicators.contains_key(at.get_ref()) {
                true => format!(
                    "indicator `{}` is not estimated; add it to `indicators` in [estimate]",
                    at.get_ref()
                ),
                false => no("indicator", at.get_ref(), ids),
            };
            return self.wrong(at, message);
        };
        let share = indicator.statistic == Statistic::Proportion;
        if !share && indicator.statistic != Statistic::Mean {
            let message = format!(
                "indicator `{}` is neither a share nor a mean; name a concept instead",
                indicator.id
            );
            return self.wrong(at, message);
        }
        Ok((indicator, share))
    }

    pub(super) fn suits(
        &self,
        at: &Spanned<String>,
        kind: AnalysisName,
        share: bool,
    ) -> Result<(), Error> {
        match (kind, share) {
            (AnalysisName::Test, false) => self.wrong(
                at,
                format!("`{}` is a number; a test of independence needs a share or a category, and `t_test` compares means", at.get_ref()),
            ),
            (AnalysisName::Variance, true) => self.wrong(
                at,
                format!("`{}` is a share; `variance` is of a number", at.get_ref()),
            ),
            _ => Ok(()),
        }
    }
}
