//! The base of a table in words, and the sources of its indicator.

use crate::heads::unit_words;
use crate::lookup::Lookup;
use crate::{Head, HeadKind, IndicatorInfo, Table, TableCell, TableRow, words};
use std::collections::BTreeSet;

/// `Brazil, 2015 · per cent of individuals aged 10 and over`.
pub(crate) fn subtitle(lookup: &Lookup<'_>, info: &IndicatorInfo) -> String {
    subtitle_of(&lookup.places(), lookup, info)
}

/// The same of some of the study's places.
pub(crate) fn subtitle_of(places: &str, lookup: &Lookup<'_>, info: &IndicatorInfo) -> String {
    let indicator = &info.indicator;
    let base = base_in_words(lookup, info);
    let of = match crate::heads::is_share(indicator) {
        true => format!("{} of {base}", unit_words(indicator)),
        false => format!("{}, {base}", unit_words(indicator)),
    };
    format!("{places} · {of}")
}

/// Who is in the base. Where that is everybody in scope, the one coverage of all surveys says who
/// that is, ages included; where the base is narrower or coverages differ, notes say it.
pub(crate) fn base_in_words(lookup: &Lookup<'_>, info: &IndicatorInfo) -> String {
    let universe = words::small(&info.indicator.universe_text);
    let surveys = lookup.surveys_of(info);
    let coverages: BTreeSet<&str> = surveys.iter().map(|s| s.coverage.as_str()).collect();
    match coverages.first() {
        Some(one) if coverages.len() == 1 && !one.is_empty() && universe.ends_with(EVERYBODY) => {
            words::small(one)
        }
        _ => universe,
    }
}

/// How the registry ends the words of a base that holds everybody.
const EVERYBODY: &str = "in scope of the survey";

/// Source, survey and year of each row of a standard table.
pub(crate) fn sources_of(lookup: &Lookup<'_>, info: &IndicatorInfo, of: &Table) -> Table {
    let mut surveys = lookup.surveys_of(info);
    surveys.sort_by_key(|s| (s.area_name.clone(), s.time_period.clone()));
    let rows = surveys
        .into_iter()
        .map(|survey| TableRow::Cells {
            label: lookup.area_of(survey, info),
            level: 0,
            cells: [survey.time_period.as_str(), &survey.name, &survey.producer, &survey.coverage]
                .into_iter()
                .map(TableCell::of_text)
                .collect(),
        })
        .collect();
    Table {
        number: 0,
        title: format!("Sources of “{}”", of.title),
        subtitle: String::new(),
        stub: "Area".into(),
        heads: text_heads(&["Year", "Survey", "Producer", "Coverage"]),
        spanners: Vec::new(),
        rows,
        notes: Vec::new(),
        source: String::new(),
    }
}

/// Headers of columns of text.
pub(crate) fn text_heads(titles: &[&str]) -> Vec<Head> {
    titles.iter().map(|t| Head { title: (*t).to_string(), kind: HeadKind::Text }).collect()
}
