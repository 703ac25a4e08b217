//! The rows of one analysis: outcome, domain, groups, and their names.

use super::{Made, Refused};
use crate::plan::Sample;
use crate::plan::analysis::{Kind, OutcomeOf, PlannedAnalysis};
use inclusion_estimate::{AnalysisGroup, Unit};
use inclusion_registry::{Code, Concept, ConceptKind, Direction, Statistic};
use inclusion_survey::sample::Sample as Rows;
use inclusion_survey::{Error, Plan};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the analysis is about, by row.
pub(super) struct Outcome {
    /// Values by imputation; one where there are none. A share has 0 and 1.
    pub values: Vec<Vec<f64>>,
    /// Rows with a usable answer, in all imputations.
    pub stated: Vec<bool>,
    /// The same, also outside `among`.
    pub stated_anywhere: Vec<bool>,
    /// Rows in scope.
    pub universe: Vec<bool>,
    pub unit: Unit,
    pub name: String,
    /// Lower is better.
    pub lower: bool,
}

impl Outcome {
    fn none() -> Outcome {
        Outcome {
            values: Vec::new(),
            stated: Vec::new(),
            stated_anywhere: Vec::new(),
            universe: Vec::new(),
            unit: Unit::Share,
            name: String::new(),
            lower: false,
        }
    }
}

/// A category: the place of each row's code among the codes that are groups.
pub(super) struct Category {
    pub id: String,
    pub name: String,
    pub codes: Vec<Code>,
    pub of_row: Vec<Option<usize>>,
}

pub(super) struct Data<'a> {
    pub rows: &'a Rows,
    pub plan: &'a Plan,
    pub of: &'a Sample,
    pub planned: &'a PlannedAnalysis,
    pub outcome: Outcome,
    /// Further indicators, in the plan's order.
    pub also: Vec<Outcome>,
    among: Vec<bool>,
    /// Rows that state what the study asks for of every row.
    stating: Vec<bool>,
    /// The most replicates in which a statistic of the analysis had no value.
    dropped: AtomicU64,
}

/// Id of what an analysis is about, as keys of figures have it.
pub(super) fn outcome_id(planned: &PlannedAnalysis) -> String {
    match &planned.outcome {
        OutcomeOf::Indicator(id) => id.clone(),
        OutcomeOf::Concept { id, codes } => with_codes(id, codes),
        OutcomeOf::Imputations { ids, codes } => with_codes(&ids[0], codes),
    }
}

fn with_codes(id: &str, codes: &[String]) -> String {
    match codes.is_empty() {
        true => format!("concept:{id}"),
        false => format!("concept:{id}={}", codes.join("|")),
    }
}

pub(super) fn is_imputed(planned: &PlannedAnalysis) -> bool {
    matches!(planned.outcome, OutcomeOf::Imputations { .. })
}

impl<'a> Data<'a> {
    pub fn new(read: &'a (Rows, Plan), of: &'a Sample, planned: &'a PlannedAnalysis) -> Data<'a> {
        let (rows, plan) = read;
        let mut data = Data {
            rows,
            plan,
            of,
            planned,
            outcome: Outcome::none(),
            also: Vec::new(),
            among: vec![true; rows.rows()],
            stating: vec![true; rows.rows()],
            dropped: AtomicU64::new(0),
        };
        for (concept, code) in &planned.among {
            let own = data.category(concept).place_of(code);
            for (inside, own) in data.among.iter_mut().zip(own) {
                *inside &= own;
            }
        }
        for concept in &of.only_stated {
            let own = data.category(concept).of_row;
            for (stating, own) in data.stating.iter_mut().zip(own) {
                *stating &= own.is_some();
            }
        }
        for (inside, stating) in data.among.iter_mut().zip(&data.stating) {
            *inside &= stating;
        }
        data.outcome = data.outcome();
        data.also = planned.also.iter().map(|id| data.of_indicator(id)).collect();
        data
    }

    fn outcome(&self) -> Outcome {
        let all = self.among.clone();
        match &self.planned.outcome {
            OutcomeOf::Indicator(id) => self.of_indicator(id),
            OutcomeOf::Concept { id, codes } => {
                self.of_concepts(std::slice::from_ref(id), codes, all)
            }
            OutcomeOf::Imputations { ids, codes } => self.of_concepts(ids, codes, all),
        }
    }

    fn of_indicator(&self, id: &str) -> Outcome {
        let place = self.plan.indicators.iter().position(|p| p.indicator.id == *id);
        let place = place.expect("invariant: the plan has the indicators of its analyses");
        let indicator = &self.plan.indicators[place].indicator;
        let (values, unit) = match indicator.statistic {
            Statistic::Mean => {
                (self.numbers(indicator.value.as_deref().unwrap_or_default()), Unit::Own)
            }
            _ => (as_numbers(self.rows.numerator(place)), Unit::Share),
        };
        let only = |marks: &[bool]| -> Vec<bool> {
            marks.iter().zip(&self.among).map(|(mark, among)| *mark && *among).collect()
        };
        let stated_anywhere = self.rows.base(place);
        Outcome {
            values: vec![values],
            stated: only(&stated_anywhere),
            stated_anywhere,
            universe: only(&self.rows.universe(place)),
            unit,
            name: indicator.name.clone(),
            lower: indicator.direction == Direction::Lower,
        }
    }

    fn of_concepts(&self, ids: &[String], codes: &[String], universe: Vec<bool>) -> Outcome {
        let mut stated = self.stating.clone();
        let mut values = Vec::new();
        let mut unit = Unit::Own;
        for id in ids {
            if self.concept(id).is_some_and(|c| c.kind == ConceptKind::Category) {
                unit = Unit::Share;
                let category = self.category(id);
                let counts: Vec<bool> =
                    category.codes.iter().map(|code| codes.contains(&code.id)).collect();
                for (stated, own) in stated.iter_mut().zip(&category.of_row) {
                    *stated &= own.is_some();
                }
                let of = |own: &Option<usize>| own.is_some_and(|place| counts[place]);
                values.push(as_numbers(category.of_row.iter().map(of).collect()));
            } else {
                let own = self.rows.numbers(id).unwrap_or_default();
                for (stated, value) in stated.iter_mut().zip(own) {
                    *stated &= value.is_some();
                }
                values.push(self.numbers(id));
            }
        }
        let mut name = self.name_of(&ids[0]);
        let first = self.concept(&ids[0]);
        let label = |code: &String| {
            let known = first.and_then(|c| c.codes.iter().find(|known| known.id == *code));
            known.map_or_else(|| code.clone(), |known| known.name.clone())
        };
        if !codes.is_empty() {
            let codes: Vec<String> = codes.iter().map(label).collect();
            name = format!("{name}: {}", codes.join(" or "));
        }
        if ids.len() > 1 {
            name = format!("{name} ({} imputations)", ids.len());
        }
        let stated_anywhere = stated.clone();
        for (stated, among) in stated.iter_mut().zip(&self.among) {
            *stated &= among;
        }
        Outcome { values, stated, stated_anywhere, universe, unit, name, lower: false }
    }

    fn concept(&self, id: &str) -> Option<&Concept> {
        self.plan.concepts.get(id)
    }

    pub fn name_of(&self, id: &str) -> String {
        self.concept(id).map_or_else(|| id.to_string(), |concept| concept.name.clone())
    }

    pub fn is_number(&self, id: &str) -> bool {
        self.concept(id).is_some_and(|concept| concept.kind == ConceptKind::Number)
    }

    /// A number by row; 0 where it is missing, which no domain holds.
    pub fn numbers(&self, id: &str) -> Vec<f64> {
        let values = self.rows.numbers(id).unwrap_or_default();
        values.iter().map(|value| value.unwrap_or(0.0)).collect()
    }

    /// Rows in which a concept is stated.
    pub fn stated(&self, id: &str) -> Vec<bool> {
        match self.is_number(id) {
            true => self.rows.numbers(id).unwrap_or_default().iter().map(Option::is_some).collect(),
            false => self.category(id).of_row.iter().map(Option::is_some).collect(),
        }
    }

    pub fn category(&self, id: &str) -> Category {
        let own = self.concept(id).map(|concept| concept.codes.clone()).unwrap_or_default();
        let mut places = vec![None; own.len()];
        let mut codes = Vec::new();
        for (index, code) in own.into_iter().enumerate().filter(|(_, code)| !code.unstated) {
            places[index] = Some(codes.len());
            codes.push(code);
        }
        let place = |code: &i16| places.get(usize::try_from(*code).ok()?).copied().flatten();
        let of_row = self.rows.codes(id).unwrap_or_default().iter().map(place).collect();
        Category { id: id.to_string(), name: self.name_of(id), codes, of_row }
    }

    /// Rows with a usable outcome in which these concepts are stated.
    pub fn domain<'c>(&self, concepts: impl IntoIterator<Item = &'c String>) -> Vec<bool> {
        let mut domain = self.outcome.stated.clone();
        for also in &self.also {
            for (inside, stated) in domain.iter_mut().zip(&also.stated) {
                *inside &= stated;
            }
        }
        for id in concepts {
            for (inside, stated) in domain.iter_mut().zip(self.stated(id)) {
                *inside &= stated;
            }
        }
        domain
    }

    /// Unweighted rows with a weight.
    pub fn cases(&self, domain: &[bool]) -> u64 {
        let weights = self.rows.weights();
        domain.iter().zip(weights).filter(|(inside, w)| **inside && **w != 0.0).count() as u64
    }

    /// Takes note of replicates in which a statistic had no value.
    pub fn note_dropped(&self, replicates: u64) {
        self.dropped.fetch_max(replicates, Ordering::Relaxed);
    }

    /// What is said of them.
    pub fn dropped_words(&self) -> Option<String> {
        let count = self.dropped.load(Ordering::Relaxed);
        let leave = if count == 1 { "leaves" } else { "leave" };
        (count > 0).then(|| {
            format!(
                "{count} of the replicate weights {leave} a group of this analysis without rows; \
                 its standard errors rest on the others"
            )
        })
    }

    pub fn df(&self, domain: &[bool]) -> Option<f64> {
        self.rows.df_by_rule(domain)
    }

    pub fn level_of_confidence(&self) -> f64 {
        self.rows.options().level
    }

    /// Women and men of two files are weighted apart, so that nothing may mix their weights.
    pub fn separate_weights(&self) -> Result<(), Refused> {
        if !self.of.separate_weights() || self.planned.among.contains_key("sex") {
            return Ok(());
        }
        let has_sex = |by: &[String]| by.iter().any(|id| id == "sex");
        let apart = match &self.planned.kind {
            Kind::TTest { by, .. } => by == "sex",
            Kind::Decomposition { .. } => true,
            Kind::Means { by } | Kind::Variance { by } => has_sex(by),
            Kind::Standardise { by, standard, .. } => has_sex(by) && standard.is_some(),
            Kind::Test { .. } | Kind::Against(_) | Kind::Regression(_) => false,
        };
        match apart {
            true => Ok(()),
            false => Err(Refused::from(
                "women and men were weighted separately, in two files, and this would mix their \
                 weights; keep one sex by `among`, or compare them by `by`"
                    .to_string(),
            )),
        }
    }
}

impl Category {
    /// Rows with a code.
    pub fn place_of(&self, code: &str) -> Vec<bool> {
        let place = self.codes.iter().position(|known| known.id == code);
        self.of_row.iter().map(|own| own.is_some() && *own == place).collect()
    }
}

/// A sentence for an error of the estimation.
pub(super) fn reason(error: &Error) -> String {
    error.to_string()
}

/// Groups go along with a refusal, so that the review knows of them.
pub(super) fn refused(error: &Error, groups: Vec<AnalysisGroup>) -> Result<Made, Refused> {
    Err(Refused { reason: reason(error), groups })
}

fn as_numbers(marks: Vec<bool>) -> Vec<f64> {
    marks.into_iter().map(|mark| if mark { 1.0 } else { 0.0 }).collect()
}
