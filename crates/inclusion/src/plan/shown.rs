//! What tables and charts name: breakdowns that exist, and only what is estimated.

use super::wrong;
use crate::Error;
use crate::study::{Chart, ChartKind, Study};
use inclusion_registry::{Registry, nearest};
use inclusion_report::Column;
use std::collections::BTreeSet;
use toml::Spanned;

/// The concepts of a breakdown such as `sex * urbanisation`, in the order written.
///
/// # Errors
///
/// A message that names the concept and the nearest one.
pub fn parse_by(text: &str, registry: &Registry) -> Result<Vec<String>, String> {
    let mut concepts: Vec<String> = Vec::new();
    for name in text.split('*').map(str::trim) {
        let known = registry.concepts.get(name).filter(|concept| concept.breakdown);
        if known.is_none() {
            let names = registry.concepts.values().filter(|c| c.breakdown).map(|c| c.id.as_str());
            let hint = match nearest(name, names) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => "; `inclusion registry list concepts` shows them".to_string(),
            };
            return Err(format!("no breakdown variable `{name}`{hint}"));
        }
        if concepts.iter().any(|c| c == name) {
            return Err(format!("`{name}` stands twice in `{text}`"));
        }
        concepts.push(name.to_string());
    }
    Ok(concepts)
}

/// Tables and charts may name only what is estimated.
pub(super) fn check_tables(
    study: &Study,
    registry: &Registry,
    by: &[Vec<String>],
) -> Result<(), Error> {
    let listed: BTreeSet<&str> =
        study.file.estimate.indicators.iter().map(|id| id.get_ref().as_str()).collect();
    let check = |id: &Spanned<String>| match listed.contains(id.get_ref().as_str()) {
        true => Ok(()),
        false => {
            let near = nearest(id.get_ref(), listed.iter().copied());
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            let message =
                format!("indicator `{}` is not in [estimate] indicators{hint}", id.get_ref());
            Err(wrong(study, id, message))
        }
    };
    let check_rows = |text: &str| -> Result<(), String> {
        let mut rows = parse_by(text, registry)?;
        rows.retain(|concept| concept != "sex");
        let same = |set: &Vec<String>| {
            let others: BTreeSet<&String> = set.iter().filter(|c| *c != "sex").collect();
            others == rows.iter().collect()
        };
        match rows.is_empty() || by.iter().any(same) {
            true => Ok(()),
            false => Err(format!(
                "rows `{text}` are not estimated; add \"sex * {text}\" to `by` in [estimate]"
            )),
        }
    };
    for table in &study.file.tables {
        check(&table.indicator)?;
        for rows in &table.rows {
            let text = match &table.across {
                Some(across) => format!("{} * {}", rows.get_ref(), across.get_ref()),
                None => rows.get_ref().clone(),
            };
            check_rows(&text).map_err(|message| wrong(study, rows, message))?;
        }
        for column in &table.columns {
            if Column::parse(column.get_ref()).is_none() {
                let ids = Column::ids();
                let near = nearest(column.get_ref(), ids.iter().map(String::as_str));
                let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                let message = format!("no column `{}`{hint}", column.get_ref());
                return Err(wrong(study, column, message));
            }
        }
    }
    for chart in &study.file.charts {
        check(&chart.indicator)?;
        check_kind(study, chart, registry)?;
        if let Some(rows) = &chart.rows {
            check_rows(rows.get_ref()).map_err(|message| wrong(study, rows, message))?;
        }
    }
    Ok(())
}

/// A chart is of what the study has: of surveys, or of published figures.
fn check_kind(study: &Study, chart: &Chart, registry: &Registry) -> Result<(), Error> {
    let (of_world, of_surveys) =
        (chart.kind.of_world().is_some(), chart.kind.of_surveys().is_some());
    let file = &study.file;
    if !of_surveys && file.series.is_empty() {
        let message = "this kind of chart is of published figures, and the study has no [[series]]; charts of \
                       surveys are dumbbell, forest, bars, lollipop, ranking and ridgeline";
        return Err(wrong(study, &chart.indicator, message.to_string()));
    }
    if !of_world && file.surveys.is_empty() {
        let message = "this kind of chart is of surveys, and the study has none; charts of published figures \
                       are choropleth, tiles, years, slope, heat_map, availability, lollipop, ranking and fan";
        return Err(wrong(study, &chart.indicator, message.to_string()));
    }
    match &chart.rows {
        Some(rows) if !of_surveys || file.surveys.is_empty() => {
            let message = "charts of published figures have no `rows`; leave it out".to_string();
            Err(wrong(study, rows, message))
        }
        rows if chart.kind == ChartKind::Ridgeline => {
            let last = rows.as_ref().and_then(|rows| rows.get_ref().split('*').next_back());
            let steps = last.and_then(|last| registry.concepts.get(last.trim()));
            if steps.is_some_and(|concept| concept.ordered) {
                return Ok(());
            }
            let message = "a ridgeline needs `rows` that end in a breakdown with an order, such as \
                           \"wealth_quintile\" or \"urbanisation * wealth_quintile\"";
            let place = rows.as_ref().unwrap_or(&chart.indicator);
            Err(wrong(study, place, message.to_string()))
        }
        _ => Ok(()),
    }
}
