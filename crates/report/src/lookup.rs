//! Finding reviewed rows: by survey, indicator, group and quantity.

use crate::{AnnexInput, Error, IndicatorInfo, Quantity, SurveyInfo};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{Codes, Measure, SeriesKey, Text};
use inclusion_registry::{Concept, IndicatorKind};
use std::collections::{BTreeMap, BTreeSet};

/// Concept → code.
pub(crate) type Group = Codes;

/// The input with an index of the groups that occur.
pub(crate) struct Lookup<'a> {
    /// The input.
    pub input: &'a AnnexInput<'a>,
    /// Groups without sex, by source and indicator.
    groups: BTreeMap<(&'a str, &'a str), BTreeSet<Group>>,
    /// Sexes that have a level, by source.
    sexes: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Lookup<'a> {
    /// Indexes the rows.
    pub fn new(input: &'a AnnexInput<'a>) -> Lookup<'a> {
        let mut groups: BTreeMap<_, BTreeSet<Group>> = BTreeMap::new();
        let mut sexes: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        for row in input.publishable.rows() {
            let mut group = row.key.breakdown.clone();
            group.remove("sex");
            groups
                .entry((row.key.source.as_str(), row.key.indicator.as_str()))
                .or_default()
                .insert(group);
            if let Some(sex) = row.key.sex()
                && row.key.measure == Measure::Level
                && is_figure(row)
            {
                sexes.entry(row.key.source.as_str()).or_default().insert(sex);
            }
        }
        Lookup { input, groups, sexes }
    }

    /// The row of a quantity.
    pub fn row(
        &self,
        survey: &SurveyInfo,
        indicator: &str,
        group: &Group,
        quantity: Quantity,
    ) -> Option<&'a Row> {
        let (sex, measure) = quantity.key();
        let mut breakdown = group.clone();
        if let Some(sex) = sex {
            breakdown.insert("sex", sex);
        }
        self.input.publishable.get(&SeriesKey {
            source: survey.source.clone(),
            ref_area: survey.ref_area.clone(),
            time_period: survey.time_period.clone(),
            indicator: indicator.into(),
            breakdown,
            measure,
        })
    }

    /// The one level of groups that cannot be compared by sex: of all persons where the breakdown is
    /// not crossed with sex, or of the only sex that the surveys cover. `None` where women and men
    /// are to stand side by side, if only to show that one of them is missing.
    pub fn single(
        &self,
        info: &IndicatorInfo,
        groups: &[(&SurveyInfo, Group)],
    ) -> Option<Quantity> {
        // All persons may be split by sex for the sake of another breakdown.
        let split = groups.iter().any(|(_, group)| !group.is_empty());
        let has = |q: Quantity| {
            groups.iter().filter(|(_, group)| !(split && group.is_empty())).any(
                |(survey, group)| {
                    self.row(survey, &info.indicator.id, group, q).is_some_and(is_figure)
                },
            )
        };
        let covered: BTreeSet<&str> = groups
            .iter()
            .filter_map(|(survey, _)| self.sexes.get(survey.source.as_str()))
            .flatten()
            .copied()
            .collect();
        let (women, men, total) = (has(Quantity::Women), has(Quantity::Men), has(Quantity::Total));
        let one_sex = match (women, men) {
            (true, false) if !covered.contains("M") => Some(Quantity::Women),
            (false, true) if !covered.contains("F") => Some(Quantity::Men),
            _ => None,
        };
        match info.indicator.kind {
            IndicatorKind::Rate if total && !women && !men => Some(Quantity::Total),
            IndicatorKind::Rate => one_sex,
            IndicatorKind::ShareOfWomen | IndicatorKind::Unsexed if total => Some(Quantity::Total),
            IndicatorKind::ShareOfWomen | IndicatorKind::Unsexed => {
                one_sex.or(Some(Quantity::Total))
            }
        }
    }

    /// An indicator by id.
    pub fn indicator(&self, id: &str, what: &str) -> Result<&'a IndicatorInfo, Error> {
        self.input
            .indicators
            .iter()
            .find(|info| info.indicator.id == id)
            .ok_or_else(|| Error::UnknownIndicator { what: what.into(), indicator: id.into() })
    }

    /// The concepts of a rows entry such as `urbanisation * age_group`; sex is left out, as it is
    /// in the columns.
    pub fn concepts(&self, entry: &str, what: &str) -> Result<Vec<&'a Concept>, Error> {
        entry
            .split('*')
            .map(str::trim)
            .filter(|id| !id.is_empty() && *id != "sex")
            .map(|id| {
                self.input
                    .registry
                    .concepts
                    .get(id)
                    .ok_or_else(|| Error::UnknownConcept { what: what.into(), concept: id.into() })
            })
            .collect()
    }

    /// A concept with the codes that a survey gives it.
    pub fn concept(&self, survey: &'a SurveyInfo, id: &str) -> Option<&'a Concept> {
        survey.concepts.get(id).or_else(|| self.input.registry.concepts.get(id))
    }

    /// The groups of a breakdown that occur, in printing order, with their labels.
    pub fn groups(
        &self,
        survey: &'a SurveyInfo,
        indicator: &str,
        concepts: &[&Concept],
    ) -> Vec<(String, Group)> {
        let concepts: Vec<&Concept> =
            concepts.iter().map(|c| self.concept(survey, &c.id).unwrap_or(c)).collect();
        let Some(all) = self.groups.get(&(survey.source.as_str(), indicator)) else {
            return Vec::new();
        };
        let wanted: BTreeSet<&str> = concepts.iter().map(|c| c.id.as_str()).collect();
        let mut found: Vec<(Vec<(usize, &str)>, &Group)> = all
            .iter()
            .filter(|group| group.keys().map(Text::as_str).eq(wanted.iter().copied()))
            .filter(|group| {
                concepts.iter().all(|c| {
                    !c.codes.iter().any(|code| code.unstated && code.id == group[c.id.as_str()])
                })
            })
            .map(|group| {
                let order = concepts
                    .iter()
                    .map(|c| {
                        let code = group[c.id.as_str()].as_str();
                        (c.codes.iter().position(|k| k.id == code).unwrap_or(usize::MAX), code)
                    })
                    .collect();
                (order, group)
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, group)| (label(&concepts, group), group.clone())).collect()
    }

    /// The same groups without their labels.
    pub fn groups_of(
        &self,
        survey: &'a SurveyInfo,
        indicator: &str,
        concepts: &[&Concept],
    ) -> Vec<Group> {
        self.groups(survey, indicator, concepts).into_iter().map(|(_, group)| group).collect()
    }

    /// `Brazil, 2015`, or areas and periods of several surveys.
    pub fn places(&self) -> String {
        if let (true, Some(world)) = (self.input.surveys.is_empty(), &self.input.world) {
            return world.place();
        }
        let surveys = || self.input.surveys.iter().filter(|s| !s.pooled);
        let places: Vec<String> = surveys().map(SurveyInfo::place).collect();
        let mut seen = BTreeSet::new();
        let places: Vec<String> = places.into_iter().filter(|p| seen.insert(p.clone())).collect();
        let areas: BTreeSet<&str> = surveys().map(|s| s.area_name.as_str()).collect();
        match areas.first() {
            Some(area) if areas.len() == 1 && places.len() > 1 && !area.is_empty() => {
                let periods: BTreeSet<&str> = surveys().map(|s| s.time_period.as_str()).collect();
                let periods: Vec<&str> = periods.into_iter().collect();
                format!("{area}, {}", crate::words::list(&periods))
            }
            _ if places.len() > 6 => format!("{} areas and periods", places.len()),
            _ => places.join("; "),
        }
    }

    /// Names of the surveys, each once.
    pub fn source_line(&self) -> String {
        if let (true, Some(world)) = (self.input.surveys.is_empty(), &self.input.world) {
            return world.source_line.clone();
        }
        let mut seen = BTreeSet::new();
        let names: Vec<String> = self
            .input
            .surveys
            .iter()
            .filter(|s| !s.pooled)
            .map(|s| {
                if s.producer.is_empty() || s.name.contains(&s.producer) {
                    s.name.clone()
                } else {
                    format!("{} ({})", s.name, s.producer)
                }
            })
            .filter(|name| seen.insert(name.clone()))
            .collect();
        format!("Source: {}.", names.join("; "))
    }
}

/// There is a figure, though it may be withheld.
pub(crate) fn is_figure(row: &Row) -> bool {
    !matches!(row.cell, Cell::Missing(_))
}

/// Names of a group's codes, in the order of the concepts.
pub(crate) fn label(concepts: &[&Concept], group: &Group) -> String {
    let names: Vec<&str> = concepts
        .iter()
        .map(|c| {
            let code = group[c.id.as_str()].as_str();
            c.codes.iter().find(|k| k.id == code).map_or(code, |k| k.name.as_str())
        })
        .collect();
    names.join(", ")
}
