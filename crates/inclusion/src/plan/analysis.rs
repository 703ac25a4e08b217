//! Analyses of a study held against the registry: names, codes, and which keys a kind has.

use super::{Sample, wrong};
use crate::Error;
use crate::study::{AnalysisName, AnalysisSpec, FamilyName, Study, TestName};
use inclusion_registry::{Code, Concept, ConceptKind, Indicator, Registry, Statistic, nearest};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// An analysis that fits the registry.
#[derive(Debug, Clone)]
pub struct PlannedAnalysis {
    /// Identifier.
    pub id: String,
    /// Title of the study.
    pub title: Option<String>,
    /// The one survey it is made of.
    pub survey: Option<String>,
    /// What it is about.
    pub(crate) outcome: OutcomeOf,
    /// Further indicators that are estimated together with it.
    pub(crate) also: Vec<String>,
    /// Concept and code that all its rows have.
    pub(crate) among: BTreeMap<String, String>,
    /// What is done.
    pub(crate) kind: Kind,
}

/// What an analysis is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OutcomeOf {
    /// An indicator of the study.
    Indicator(String),
    /// A number, or codes of a category; all codes in a test.
    Concept { id: String, codes: Vec<String> },
    /// Imputations of one variable.
    Imputations { ids: Vec<String>, codes: Vec<String> },
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Test {
        by: String,
        method: TestName,
    },
    TTest {
        by: String,
        groups: [String; 2],
    },
    /// The t-test of one sample.
    Against(f64),
    Regression(RegressionOf),
    Decomposition {
        by: Vec<String>,
    },
    Standardise {
        by: Vec<String>,
        over: String,
        standard: Option<Standard>,
    },
    /// Shares or means by group: `imputation` and `covariance`.
    Means {
        by: Vec<String>,
    },
    Variance {
        by: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RegressionOf {
    pub logistic: bool,
    /// Concepts in the order of their first mention.
    pub variables: Vec<String>,
    /// Terms as places in `variables`.
    pub terms: Vec<Vec<usize>>,
    pub reference: BTreeMap<String, String>,
    pub epsilon: Option<f64>,
}

/// A standard population.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standard {
    /// Size by code.
    pub sizes: BTreeMap<String, f64>,
    pub source: String,
}

impl PlannedAnalysis {
    /// Whether it is made of this sample.
    pub(crate) fn is_of(&self, sample: &Sample) -> bool {
        self.survey.as_ref().is_none_or(|id| *id == sample.plan.sample)
    }

    /// The concepts that it needs besides those of its indicator.
    pub fn concepts(&self) -> BTreeSet<String> {
        let mut ids: BTreeSet<String> = self.among.keys().cloned().collect();
        match &self.outcome {
            OutcomeOf::Indicator(_) => {}
            OutcomeOf::Concept { id, .. } => ids.extend([id.clone()]),
            OutcomeOf::Imputations { ids: own, .. } => ids.extend(own.iter().cloned()),
        }
        match &self.kind {
            Kind::Test { by, .. } | Kind::TTest { by, .. } => ids.extend([by.clone()]),
            Kind::Against(_) => {}
            Kind::Regression(regression) => ids.extend(regression.variables.iter().cloned()),
            Kind::Decomposition { by } => {
                ids.extend(by.iter().cloned());
                ids.insert("sex".to_string());
            }
            Kind::Standardise { by, over, .. } => {
                ids.extend(by.iter().chain([over]).cloned());
            }
            Kind::Means { by } | Kind::Variance { by } => ids.extend(by.iter().cloned()),
        }
        ids
    }
}

/// Holds the study's analyses against the registry.
///
/// # Errors
///
/// [`Error::Study`] with the place of the wrong value and the nearest name.
pub(super) fn analyses(
    study: &Study,
    registry: &Registry,
    indicators: &[Indicator],
    samples: &[Sample],
) -> Result<Vec<PlannedAnalysis>, Error> {
    let mut planned: Vec<PlannedAnalysis> = Vec::new();
    for spec in &study.file.analyses {
        let id = spec.id.get_ref();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || !id.chars().all(plain) {
            let message = format!(
                "analysis id `{id}` names a file too; use letters, digits, `-` and `_` only"
            );
            return Err(wrong(study, &spec.id, message));
        }
        if planned.iter().any(|other| other.id.eq_ignore_ascii_case(id)) {
            return Err(wrong(study, &spec.id, format!("analysis id `{id}` is used twice")));
        }
        let check = Check { study, registry, indicators, samples, spec };
        planned.push(check.planned()?);
    }
    Ok(planned)
}

struct Check<'a> {
    study: &'a Study,
    registry: &'a Registry,
    indicators: &'a [Indicator],
    samples: &'a [Sample],
    spec: &'a AnalysisSpec,
}

impl<'a> Check<'a> {
    fn wrong<T, V>(&self, at: &Spanned<T>, message: impl Into<String>) -> Result<V, Error> {
        Err(wrong(self.study, at, message.into()))
    }

    /// An error about a key that is not there, at the kind.
    fn lacks<V>(&self, message: &str) -> Result<V, Error> {
        let kind = self.spec.kind.get_ref().id();
        self.wrong(&self.spec.kind, format!("an analysis of kind `{kind}` {message}"))
    }

    fn planned(&self) -> Result<PlannedAnalysis, Error> {
        let spec = self.spec;
        self.keys()?;
        if let Some(survey) = &spec.survey {
            let known = self.samples.iter().map(|sample| sample.plan.sample.as_str());
            if !known.clone().any(|id| id == survey.get_ref()) {
                let message = no("survey", survey.get_ref(), known);
                return self.wrong(survey, message);
            }
        }
        let (outcome, share) = self.outcome()?;
        let mut also: Vec<String> = Vec::new();
        for at in &spec.also {
            if spec.indicator.is_none() {
                return self.wrong(at, "`also` names further indicators beside `indicator`");
            }
            let id = at.get_ref();
            let first = spec.indicator.as_ref().is_some_and(|first| first.get_ref() == id);
            if first || also.contains(id) {
                return self.wrong(at, format!("indicator `{id}` is named twice"));
            }
            self.indicator(at)?;
            also.push(id.clone());
        }
        let mut among = BTreeMap::new();
        for (concept, code) in &spec.among {
            self.splits(concept, &self.category(concept)?.id)?;
            self.code(concept.get_ref(), code)?;
            among.insert(concept.get_ref().clone(), code.get_ref().clone());
        }
        let kind = self.kind(share)?;
        if let Kind::Test { by, .. } | Kind::TTest { by, .. } = &kind
            && (among.contains_key(by)
                || matches!(&outcome, OutcomeOf::Concept { id, .. } if id == by))
        {
            let by = spec.by.as_ref().unwrap_or(&spec.id);
            return self.wrong(by, "`by` is what the analysis is about, or fixed by `among`");
        }
        Ok(PlannedAnalysis {
            id: spec.id.get_ref().clone(),
            title: spec.title.clone(),
            survey: spec.survey.as_ref().map(|survey| survey.get_ref().clone()),
            outcome,
            also,
            among,
            kind,
        })
    }

    /// Keys of another kind are a mistake, not to be passed over.
    fn keys(&self) -> Result<(), Error> {
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
    fn outcome(&self) -> Result<(OutcomeOf, bool), Error> {
        let spec = self.spec;
        let codes = match &spec.codes {
            Some(codes) => codes.get_ref().list().into_iter().map(str::to_string).collect(),
            None => Vec::new(),
        };
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
    fn indicator(&self, at: &Spanned<String>) -> Result<(&'a Indicator, bool), Error> {
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

    fn suits(&self, at: &Spanned<String>, kind: AnalysisName, share: bool) -> Result<(), Error> {
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

    fn kind(&self, share: bool) -> Result<Kind, Error> {
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

    fn t_test(&self, share: bool) -> Result<Kind, Error> {
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

    fn regression(&self, share: bool) -> Result<Kind, Error> {
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

    fn standardise(&self) -> Result<Kind, Error> {
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
                return self.lacks(&format!(
                    "has the source of a standard (“{source}”), but no `standard`"
                ));
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
        if sizes.values().sum::<f64>() <= 0.0 {
            return self.lacks("needs a `standard` with a size above 0");
        }
        let Some(source) = spec.standard_source.clone().filter(|text| !text.trim().is_empty())
        else {
            return self
                .lacks("needs `standard_source`: what the standard is and where it comes from");
        };
        Ok(Kind::Standardise { by, over, standard: Some(Standard { sizes, source }) })
    }

    fn one_category(&self) -> Result<String, Error> {
        let Some(at) = &self.spec.by else { return self.lacks("needs `by`, such as \"sex\"") };
        let by = self.categories(at)?;
        match by.as_slice() {
            [one] => Ok(one.clone()),
            _ => self.wrong(at, "one category is needed here, not a product"),
        }
    }

    fn optional_by(&self) -> Result<Vec<String>, Error> {
        self.spec.by.as_ref().map_or_else(|| Ok(Vec::new()), |at| self.categories(at))
    }

    /// The categories of a breakdown such as `sex * urbanisation`.
    fn categories(&self, at: &Spanned<String>) -> Result<Vec<String>, Error> {
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
    fn splits(&self, at: &Spanned<String>, concept: &str) -> Result<(), Error> {
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

    fn concept(&self, at: &Spanned<String>) -> Result<&'a Concept, Error> {
        let name = at.get_ref();
        match self.registry.concepts.get(name) {
            Some(concept) => Ok(concept),
            None => {
                let known = self.registry.concepts.keys().map(String::as_str);
                self.wrong(at, no("concept", name, known))
            }
        }
    }

    fn category(&self, at: &Spanned<String>) -> Result<&'a Concept, Error> {
        let concept = self.concept(at)?;
        match concept.kind {
            ConceptKind::Category => Ok(concept),
            ConceptKind::Number => {
                self.wrong(at, format!("`{}` is a number; a category is needed here", concept.id))
            }
        }
    }

    /// Codes of a category in the surveys of the analysis, without those that are no group.
    fn codes_of(&self, concept: &str) -> Vec<Code> {
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

    fn code(&self, concept: &str, at: &Spanned<String>) -> Result<(), Error> {
        self.code_at(concept, at.get_ref(), at)
    }

    fn code_at<T>(&self, concept: &str, code: &str, at: &Spanned<T>) -> Result<(), Error> {
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
fn no<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("no {what} `{name}`; did you mean `{near}`?"),
        None if known.len() <= 12 => format!("no {what} `{name}`; known: {}", known.join(", ")),
        None => format!("no {what} `{name}`; `inclusion registry list concepts` shows them"),
    }
}
