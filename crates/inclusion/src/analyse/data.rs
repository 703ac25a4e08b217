//! The rows of one analysis: outcome, domain, groups, and their names.

use super::{Made, Refused};
use crate::plan::Sample;
use crate::plan::analysis::{Kind, OutcomeOf, PlannedAnalysis};
use inclusion_estimate::{AnalysisGroup, Measure, SeriesKey, Unit};
use inclusion_registry::{Code, Concept, ConceptKind, Direction, Statistic};
use inclusion_survey::sample::Sample as Rows;
use inclusion_survey::{Error, Plan};
use std::collections::{BTreeMap, BTreeSet};

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

/// A group of a breakdown.
pub(super) struct Group {
    pub codes: BTreeMap<String, String>,
    /// `sex=F:urbanisation=U`; `all` without a breakdown.
    pub term: String,
    /// `Women, urban`.
    pub label: String,
    pub rows: Vec<bool>,
    /// Unweighted cases.
    pub n: u64,
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
        };
        for (concept, code) in &planned.among {
            let own = data.category(concept).place_of(code);
            for (inside, own) in data.among.iter_mut().zip(own) {
                *inside &= own;
            }
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
        let mut stated = vec![true; self.rows.rows()];
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

    /// The groups of a breakdown in a domain, in the order of the code lists; all rows without one.
    pub fn groups(&self, by: &[String], domain: &[bool]) -> Vec<Group> {
        let mut groups = vec![Group {
            codes: BTreeMap::new(),
            term: String::new(),
            label: String::new(),
            rows: domain.to_vec(),
            n: 0,
        }];
        for id in by {
            let category = self.category(id);
            let mut finer = Vec::with_capacity(groups.len() * category.codes.len());
            for group in &groups {
                for (place, code) in category.codes.iter().enumerate() {
                    let own = group.rows.iter().zip(&category.of_row);
                    let rows = own.map(|(inside, own)| *inside && *own == Some(place)).collect();
                    let (mut codes, colon) = (group.codes.clone(), !group.term.is_empty());
                    codes.insert(id.clone(), code.id.clone());
                    finer.push(Group {
                        codes,
                        term: format!(
                            "{}{}{id}={}",
                            group.term,
                            if colon { ":" } else { "" },
                            code.id
                        ),
                        label: format!(
                            "{}{}{}",
                            group.label,
                            if colon { ", " } else { "" },
                            code.name
                        ),
                        rows,
                        n: 0,
                    });
                }
            }
            groups = finer;
        }
        for group in &mut groups {
            group.n = self.cases(&group.rows);
            if group.term.is_empty() {
                (group.term, group.label) = ("all".to_string(), "All".to_string());
            }
        }
        groups
    }

    /// A group as the review knows it.
    pub fn reviewed(&self, group: &Group) -> AnalysisGroup {
        self.level(&group.codes, group.n)
    }

    /// The level of some codes, beside those that all rows have.
    pub fn level(&self, codes: &BTreeMap<String, String>, n: u64) -> AnalysisGroup {
        let mut breakdown = self.planned.among.clone();
        breakdown.extend(codes.iter().map(|(id, code)| (id.clone(), code.clone())));
        let key = SeriesKey {
            source: self.plan.sample.clone(),
            ref_area: self.plan.ref_area.clone(),
            time_period: self.plan.time_period.clone(),
            indicator: outcome_id(self.planned),
            breakdown,
            measure: Measure::Level,
        };
        AnalysisGroup { key, n }
    }

    /// All groups of the variables that these groups are made by, outside `among` too.
    pub fn beside(&self, groups: &[AnalysisGroup]) -> Vec<AnalysisGroup> {
        let sets: BTreeSet<Vec<&String>> =
            groups.iter().map(|group| group.key.breakdown.keys().collect()).collect();
        let weights = self.rows.weights();
        let mut all = Vec::new();
        for set in sets {
            let categories: Vec<Category> = set.iter().map(|id| self.category(id)).collect();
            let size: usize = categories.iter().map(|category| category.codes.len()).product();
            let mut counts = vec![0u64; size];
            for (row, weight) in weights.iter().enumerate() {
                let cell = categories.iter().try_fold(0, |cell, category| {
                    category.of_row[row].map(|own| cell * category.codes.len() + own)
                });
                if let (Some(cell), true) = (cell, self.outcome.stated_anywhere[row])
                    && *weight != 0.0
                {
                    counts[cell] += 1;
                }
            }
            for (cell, n) in counts.into_iter().enumerate() {
                let (mut codes, mut rest) = (BTreeMap::new(), cell);
                for category in categories.iter().rev() {
                    let code = &category.codes[rest % category.codes.len()];
                    codes.insert(category.id.clone(), code.id.clone());
                    rest /= category.codes.len();
                }
                all.push(self.level(&codes, n));
            }
        }
        all
    }

    /// Groups of a concept are groups of the indicators that are made of it, too: what the tables
    /// withhold of these must not be told under another name.
    pub fn of_all_series(&self, groups: Vec<AnalysisGroup>) -> Vec<AnalysisGroup> {
        let renamed = |id: &String| {
            let id = id.clone();
            groups.iter().cloned().map(move |mut group| {
                group.key.indicator = id.clone();
                group
            })
        };
        let own: Vec<&str> = match &self.planned.outcome {
            OutcomeOf::Indicator(_) => {
                let further: Vec<AnalysisGroup> =
                    self.planned.also.iter().flat_map(renamed).collect();
                return groups.into_iter().chain(further).collect();
            }
            OutcomeOf::Concept { id, .. } => vec![id],
            OutcomeOf::Imputations { ids, .. } => ids.iter().map(String::as_str).collect(),
        };
        let mut all = groups.clone();
        for planned in &self.of.plan.indicators {
            let indicator = &planned.indicator;
            let conditions = [&indicator.universe, &indicator.numerator];
            let mut used = conditions.into_iter().flat_map(|condition| condition.concepts());
            let numbers = indicator.value.iter().chain(&indicator.denominator);
            if used.any(|id| own.contains(&id))
                || numbers.into_iter().any(|id| own.contains(&id.as_str()))
            {
                all.extend(renamed(&indicator.id));
            }
        }
        all
    }

    /// Unweighted rows with a weight.
    pub fn cases(&self, domain: &[bool]) -> u64 {
        let weights = self.rows.weights();
        domain.iter().zip(weights).filter(|(inside, w)| **inside && **w != 0.0).count() as u64
    }

    pub fn df(&self, domain: &[bool]) -> Option<f64> {
        self.rows.df_by_rule(domain)
    }

    pub fn level_of_confidence(&self) -> f64 {
        self.rows.options().level
    }

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

/// `a, b and c`.
fn listed(names: &[String]) -> String {
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
