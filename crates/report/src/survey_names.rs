//! How surveys are called: by area and period, and by more where that is not enough.

use crate::lookup::Lookup;
use crate::{IndicatorInfo, SurveyInfo};

impl<'a> Lookup<'a> {
    /// The surveys that tables of an indicator have rows of: all, but for those that cannot give it
    /// beside another of the same area and period that can, as a households' file beside the
    /// persons' file.
    pub fn surveys_of(&self, info: &IndicatorInfo) -> Vec<&'a SurveyInfo> {
        let gives = |survey: &SurveyInfo| {
            info.by_source.get(survey.source.as_str()).is_none_or(|s| s.unavailable.is_none())
        };
        let surveys = &self.input.surveys;
        let same = |a: &SurveyInfo, b: &SurveyInfo| {
            (&a.ref_area, &a.time_period) == (&b.ref_area, &b.time_period)
        };
        surveys
            .iter()
            .filter(|survey| gives(survey) || !surveys.iter().any(|o| gives(o) && same(o, survey)))
            .collect()
    }

    /// What tells a survey from another of the same area and period, among those that give the
    /// indicator, or among all: its name, or its id where the names are the same too.
    fn suffix<'s>(&self, survey: &'s SurveyInfo, info: Option<&IndicatorInfo>) -> Option<&'s str> {
        let among = match info {
            Some(info) => self.surveys_of(info),
            None => self.input.surveys.iter().collect(),
        };
        let others: Vec<&SurveyInfo> = among
            .into_iter()
            .filter(|other| other.source != survey.source && other.place() == survey.place())
            .collect();
        match others.iter().any(|other| other.name == survey.name) {
            true => Some(&survey.source),
            false if others.is_empty() => None,
            false => Some(&survey.name),
        }
    }

    /// `Brazil, 2015`, and what tells it from another survey there and then.
    pub fn place_of(&self, survey: &SurveyInfo, info: Option<&IndicatorInfo>) -> String {
        with(survey.place(), self.suffix(survey, info))
    }

    /// The same for a place that stands beside the survey's name.
    pub fn place_beside_name(&self, survey: &SurveyInfo) -> String {
        with(survey.place(), self.suffix(survey, None).filter(|suffix| *suffix != survey.name))
    }

    /// `Brazil`, and what tells it from another survey of the same period.
    pub fn area_of(&self, survey: &SurveyInfo, info: &IndicatorInfo) -> String {
        let area = match survey.area_name.as_str() {
            "" => &survey.ref_area,
            name => name,
        };
        with(area.to_string(), self.suffix(survey, Some(info)))
    }

    /// The survey's name, with its place where several surveys have that name.
    pub fn name_of(&self, survey: &SurveyInfo) -> String {
        match self.input.surveys.iter().filter(|other| other.name == survey.name).count() {
            0 | 1 => survey.name.clone(),
            _ => format!("{}, {}", survey.name, self.place_beside_name(survey)),
        }
    }
}

fn with(place: String, suffix: Option<&str>) -> String {
    match suffix {
        Some(suffix) => format!("{place}: {suffix}"),
        None => place,
    }
}
