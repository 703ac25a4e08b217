//! Rows of a table: surveys and groups, with headings.

use crate::lookup::{Group, Lookup};
use crate::{Error, IndicatorInfo, SurveyInfo};

/// A row before its cells are made.
pub(crate) enum StubRow<'a> {
    /// A heading.
    Heading { label: String, level: u8 },
    /// A group of a survey.
    Group(GroupRow<'a>),
}

/// A group of a survey.
pub(crate) struct GroupRow<'a> {
    pub label: String,
    pub level: u8,
    pub survey: &'a SurveyInfo,
    pub group: Group,
    /// Why the survey cannot give the indicator.
    pub unavailable: Option<&'a str>,
}

/// The rows of an indicator by breakdowns: for each survey all persons first, then the groups of
/// each breakdown under its name.
///
/// A survey that cannot give the indicator keeps its row: an empty cell is a finding. Only where
/// another survey of the same area and period gives it, nothing is missing ([`Lookup::surveys_of`]).
pub(crate) fn stub<'a>(
    lookup: &Lookup<'a>,
    info: &'a IndicatorInfo,
    rows: &[String],
    what: &str,
) -> Result<Vec<StubRow<'a>>, Error> {
    let why = |survey: &SurveyInfo| {
        info.by_source.get(survey.source.as_str()).and_then(|s| s.unavailable.as_deref())
    };
    let surveys = lookup.surveys_of(info);
    let several = surveys.len() > 1;
    let mut stub = Vec::new();
    for survey in surveys {
        let unavailable = why(survey);
        let all = |label: String, level: u8| {
            StubRow::Group(GroupRow { label, level, survey, group: Group::new(), unavailable })
        };
        if several && (rows.is_empty() || unavailable.is_some()) {
            stub.push(all(lookup.place_of(survey, Some(info)), 0));
            continue;
        }
        if several {
            stub.push(StubRow::Heading { label: lookup.place_of(survey, Some(info)), level: 0 });
        }
        stub.push(all("All".into(), u8::from(several)));
        for entry in rows {
            let concepts = lookup.concepts(entry, what)?;
            if concepts.is_empty() {
                continue;
            }
            let groups = lookup.groups(survey, &info.indicator.id, &concepts);
            if groups.is_empty() {
                continue;
            }
            let names: Vec<&str> = concepts.iter().map(|c| c.name.as_str()).collect();
            stub.push(StubRow::Heading { label: names.join(", "), level: u8::from(several) });
            for (label, group) in groups {
                let level = 1 + u8::from(several);
                stub.push(StubRow::Group(GroupRow { label, level, survey, group, unavailable }));
            }
        }
    }
    Ok(stub)
}

/// `by urbanisation and age group`, or nothing.
pub(crate) fn by(lookup: &Lookup<'_>, rows: &[String], what: &str) -> Result<String, Error> {
    let mut names = Vec::new();
    for entry in rows {
        let concepts = lookup.concepts(entry, what)?;
        if !concepts.is_empty() {
            let parts: Vec<String> =
                concepts.iter().map(|c| crate::words::small(&c.name)).collect();
            names.push(parts.join(" × "));
        }
    }
    Ok(if names.is_empty() { String::new() } else { format!("by {}", crate::words::list(&names)) })
}
