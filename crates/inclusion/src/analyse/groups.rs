//! The groups of an analysis: those whose figures it tells, and all others of the same variables.

use super::data::{Category, Data, outcome_id};
use crate::plan::analysis::OutcomeOf;
use inclusion_estimate::{AnalysisGroup, Measure, SeriesKey, Text};
use std::collections::{BTreeMap, BTreeSet};

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

/// Why a group has no figure under weights below 0, and what to do.
pub(super) fn off_scale(label: &str) -> String {
    format!(
        "calibration gave “{label}” negative weights, and a figure outside its scale; the methods \
         `bounded_linear` and `raking` keep weights above 0"
    )
}

impl Data<'_> {
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

    /// Whether weights below 0 leave a group without a mean, as tables withhold it.
    pub fn is_off_scale(&self, rows: &[bool]) -> bool {
        let outcomes = [&self.outcome].into_iter().chain(&self.also);
        let mut values = outcomes.flat_map(|outcome| &outcome.values);
        values.any(|values| self.rows.is_off_scale(values, rows))
    }

    /// The same of several groups, as a reason to give no figures.
    pub fn check_scale<'g>(
        &self,
        mut groups: impl Iterator<Item = &'g Group>,
    ) -> Result<(), String> {
        match groups.find(|group| self.is_off_scale(&group.rows)) {
            Some(group) => Err(off_scale(&group.label)),
            None => Ok(()),
        }
    }

    /// No model is fitted with weights below 0, as in R.
    pub fn check_weights(&self, domain: &[bool]) -> Result<(), String> {
        match self.rows.is_negative(domain) {
            true => Err("calibration gave some of its rows negative weights, with which no model \
                         is fitted; the methods `bounded_linear` and `raking` keep weights above 0"
                .to_string()),
            false => Ok(()),
        }
    }

    /// A group as the review knows it.
    pub fn reviewed(&self, group: &Group) -> AnalysisGroup {
        self.level(&group.codes, group.n)
    }

    /// The level of some codes, beside those that all rows have.
    pub fn level(&self, codes: &BTreeMap<String, String>, n: u64) -> AnalysisGroup {
        let breakdown = self.planned.among.iter().chain(codes).collect();
        let key = SeriesKey {
            source: self.plan.sample.clone().into(),
            ref_area: self.plan.ref_area.clone().into(),
            time_period: self.plan.time_period.clone().into(),
            indicator: outcome_id(self.planned).into(),
            breakdown,
            measure: Measure::Level,
        };
        AnalysisGroup { key, n }
    }

    /// All groups of the variables that these groups are made by, outside `among` too.
    pub fn beside(&self, groups: &[AnalysisGroup]) -> Vec<AnalysisGroup> {
        let sets: BTreeSet<Vec<&Text>> =
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
                group.key.indicator = id.clone().into();
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
}
