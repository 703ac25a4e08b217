//! Analyses of a study held against the registry: names, codes, and which keys a kind has.

use super::{Sample, wrong};
use crate::Error;
use crate::study::{AnalysisSpec, Study, TestName};
use inclusion_registry::{Indicator, Registry};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

mod kinds;
mod names;
mod outcome;

use names::no;

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
}
