//! What is done in an analysis, kind by kind.

use super::names::no;
use super::{Check, Kind, RegressionOf, Standard};
use crate::Error;
use crate::study::{AnalysisName, FamilyName, TestName};
use std::collections::BTreeMap;
use toml::Spanned;

impl Check<'_> {
    pub(super) fn kind(&self, share: bool) -> Result<Kind, Error> {
        let spec = self.spec;
        Ok(match spec.kind.get_ref() {
            AnalysisName::Test => {
                let by = self.one_category()?;
                let method = spec.method.as_ref().map_or_else(TestName::default, |m| *m.get_ref());
                Kind::Test { by, method }
            }
            AnalysisName::TTest => self.t_test(share)?,
            AnalysisName::Regression => self.regression(share)?,
            AnalysisName::Decomposition => {
                let Some(at) = &spec.by else {
                    return self.lacks("needs `by`: what women and men differ in");
                };
                let by = self.categories(at)?;
                if by.iter().any(|id| id == "sex")
                    || spec.among.keys().any(|k| k.get_ref() == "sex")
                {
                    return self
                        .wrong(at, "the gap is between women and men: `sex` stands in neither `by` nor `among`");
                }
                Kind::Decomposition { by }
            }
            AnalysisName::Standardise => self.standardise()?,
            AnalysisName::Imputation | AnalysisName::Covariance => {
                Kind::Means { by: self.optional_by()? }
            }
            AnalysisName::Variance => Kind::Variance { by: self.optional_by()? },
        })
    }

    pub(super) fn t_test(&self, share: bool) -> Result<Kind, Error> {
        let spec = self.spec;
        let Some(by) = &spec.by else {
            if let Some(groups) = &spec.groups {
                return self.wrong(groups, "`groups` are codes of `by`, which is not given");
            }
            let Some(against) = &spec.against else {
                return self.lacks("needs `by` for two groups, or a number `against` for one");
            };
            let value = *against.get_ref();
            if !value.is_finite() || share && !(0.0..=1.0).contains(&value) {
                return self.wrong(against, format!("{value} is no share from 0 to 1"));
            }
            return Ok(Kind::Against(value));
        };
        if let Some(against) = &spec.against {
            return self
                .wrong(against, "`against` is for one group; two are compared with each other");
        }
        let id = self.one_category()?;
        let codes = self.codes_of(&id);
        let two = match &spec.groups {
            Some(groups) => {
                for code in groups.get_ref() {
                    self.code_at(&id, code, groups)?;
                }
                match groups.get_ref().as_slice() {
                    [first, second] if first != second => [first.clone(), second.clone()],
                    _ => {
                        return self.wrong(groups, "a t-test compares two groups; name two codes");
                    }
                }
            }
            None if id == "sex" => ["F".to_string(), "M".to_string()],
            None => match codes.as_slice() {
                [first, second] => [first.id.clone(), second.id.clone()],
                _ => {
                    let message = format!(
                        "`{id}` has {} groups; name the two that are compared by `groups`",
                        codes.len()
                    );
                    return self.wrong(by, message);
                }
            },
        };
        Ok(Kind::TTest { by: id, groups: two })
    }

    pub(super) fn regression(&self, share: bool) -> Result<Kind, Error> {
        let spec = self.spec;
        let logistic = match &spec.family {
            None => share,
            Some(family) if *family.get_ref() == FamilyName::Logistic => {
                if !share {
                    return self.wrong(family, "a logistic regression needs a share, not a number");
                }
                true
            }
            Some(_) => false,
        };
        if let Some(epsilon) = &spec.epsilon
            && !(logistic && *epsilon.get_ref() > 0.0 && *epsilon.get_ref() < 1.0)
        {
            return self
                .wrong(epsilon, "`epsilon` is of a logistic regression, above 0 and below 1");
        }
        if spec.terms.is_empty() {
            return self.lacks("needs `terms`, such as [\"sex\", \"age_group\"]");
        }
        let (mut variables, mut terms): (Vec<String>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for at in &spec.terms {
            let mut product = Vec::new();
            for name in at.get_ref().split('*').map(str::trim) {
                let concept = self.concept(&Spanned::new(at.span(), name.to_string()))?;
                let outcome = spec.concept.iter().chain(&spec.imputations);
                if outcome.into_iter().any(|own| own.get_ref() == name) {
                    return self.wrong(at, format!("`{name}` is what the regression is about"));
                }
                if spec.among.keys().any(|own| own.get_ref() == name) {
                    return self.wrong(at, format!("`{name}` is fixed by `among`"));
                }
                let place = variables.iter().position(|v| *v == concept.id).unwrap_or_else(|| {
                    variables.push(concept.id.clone());
                    variables.len() - 1
                });
                if product.contains(&place) {
                    return self.wrong(at, format!("`{name}` stands twice in a product"));
                }
                product.push(place);
            }
            if product.len() > 4 {
                return self.wrong(at, "a product has four variables at most");
            }
            // A product brings every product of some of its variables.
            for subset in 1..1usize << product.len() {
                let chosen = product.iter().enumerate().filter(|(k, _)| (subset >> k) & 1 == 1);
                let mut term: Vec<usize> = chosen.map(|(_, place)| *place).collect();
                term.sort_unstable();
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        let mut reference = BTreeMap::new();
        for (concept, code) in &spec.reference {
            let id = concept.get_ref();
            if !variables.contains(id) {
                let message = no("term", id, variables.iter().map(String::as_str));
                return self.wrong(concept, message);
            }
            self.category(concept)?;
            self.code(id, code)?;
            reference.insert(id.clone(), code.get_ref().clone());
        }
        let epsilon = spec.epsilon.as_ref().map(|epsilon| *epsilon.get_ref());
        Ok(Kind::Regression(RegressionOf { logistic, variables, terms, reference, epsilon }))
    }

    pub(super) fn standardise(&self) -> Result<Kind, Error> {
        let spec = self.spec;
        let over = match &spec.over {
            Some(at) => self.category(at)?.id.clone(),
            None => "age_group".to_string(),
        };
        let by = self.optional_by()?;
        if by.contains(&over) || spec.among.keys().any(|key| *key.get_ref() == over) {
            let at = spec.over.as_ref().or(spec.by.as_ref()).unwrap_or(&spec.id);
            let message = format!(
                "rates are standardised over `{over}`: it stands in neither `by` nor `among`"
            );
            return self.wrong(at, message);
        }
        if spec.standard.is_empty() {
            if let Some(source) = &spec.standard_source {
                return self.wrong(source, "the source of a standard, but no `standard`");
            }
            return Ok(Kind::Standardise { by, over, standard: None });
        }
        let mut sizes = BTreeMap::new();
        for (code, size) in &spec.standard {
            self.code(&over, code)?;
            if !(size.get_ref().is_finite() && *size.get_ref() >= 0.0) {
                return self.wrong(size, format!("{} is no size: 0 or more", size.get_ref()));
            }
            sizes.insert(code.get_ref().clone(), *size.get_ref());
        }
        let whole: f64 = sizes.values().sum();
        if whole <= 0.0 {
            return self.lacks("needs a `standard` with a size above 0");
        }
        // Numbers of persons are above 1; shares may be rounded, but not add up to something else.
        let shares = sizes.values().all(|size| *size <= 1.0);
        if let (true, Some(first)) =
            (shares && (whole - 1.0).abs() > 0.005, spec.standard.keys().next())
        {
            let whole = (whole * 1e4).round() / 1e4;
            let message = format!(
                "the shares of the standard add up to {whole}, not to 1; correct them, or give numbers of persons"
            );
            return self.wrong(first, message);
        }
        let source = spec.standard_source.as_ref().map(|source| source.get_ref().clone());
        let Some(source) = source.filter(|text| !text.trim().is_empty()) else {
            return self
                .lacks("needs `standard_source`: what the standard is and where it comes from");
        };
        Ok(Kind::Standardise { by, over, standard: Some(Standard { sizes, source }) })
    }
}
