//! Tables of figures: by breakdown, and the standard table of one row for each area and year.

mod base;
mod remarks;

pub(crate) use base::{base_in_words, sources_of, subtitle_of, text_heads};
pub(crate) use remarks::{BOLD, indicator_notes, messages};

use crate::cells::{CellContext, quantity};
use crate::heads::{HeadContext, heads};
use crate::lookup::{Group, Lookup, is_figure};
use crate::notes::Notes;
use crate::stub::{GroupRow, StubRow, by, stub};
use crate::{
    Column, Error, Head, IndicatorInfo, Intervals, Quantity, SurveyInfo, Table, TableCell,
    TableKind, TableRow, TableSpec, cells, words,
};
use base::subtitle;
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{Absence, Text};
use inclusion_registry::{Beside, Concept, Style};
use remarks::{general_notes, shared_messages};
use std::collections::BTreeSet;

/// A column, and the code of the concept it is restricted to where the table has one across.
#[derive(Clone)]
struct Place {
    column: Column,
    across: Option<(Text, Text)>,
}

/// A table of a breakdown, of standard form or of non-response. The number is given later.
pub(crate) fn table(lookup: &Lookup<'_>, spec: &TableSpec, what: &str) -> Result<Table, Error> {
    let info = lookup.indicator(&spec.indicator, what)?;
    let indicator = &info.indicator;
    let mut stub_rows = stub(lookup, info, &spec.rows, what)?;
    let groups = groups(lookup, info, spec, what, &stub_rows)?;
    let columns = columns(spec, lookup.single(info, &groups), lookup.input.style);
    let intervals = spec.intervals == Intervals::WithValue
        && spec.kind == TableKind::Breakdown
        && lookup.input.style.intervals == Beside::Value
        && !columns.iter().any(|c| matches!(c, Column::Interval(_)));
    let heading = HeadContext {
        style: lookup.input.style,
        indicator,
        level: crate::numbers::level(lookup.input.estimation.level),
        intervals,
    };
    let (heads, spanners, places) = match &spec.across {
        Some(entry) => across(lookup, info, entry, what, &columns, &heading)?,
        None => {
            let (heads, spanners) = heads(&columns, &heading);
            (heads, spanners, columns.iter().map(|c| Place { column: *c, across: None }).collect())
        }
    };

    let standard = spec.kind == TableKind::Standard && spec.rows.is_empty();
    if standard {
        by_area(lookup, info, &mut stub_rows);
    }
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let shared = shared_messages(lookup, &indicator.id, &stub_rows, &places);
    let mut surveys = BTreeSet::new();
    let mut rows = Vec::new();
    for row in &stub_rows {
        match row {
            StubRow::Heading { label, level } => {
                rows.push(TableRow::Group { label: label.clone(), level: *level });
            }
            StubRow::Group(row) => {
                surveys.insert(row.survey.source.as_str());
                let cells = cells(lookup, info, row, &places, intervals, &shared, &mut notes);
                rows.push(TableRow::Cells { label: row.label.clone(), level: row.level, cells });
            }
        }
    }
    for message in &shared {
        notes.general(&message.1);
    }
    let counted = counts_persons(lookup, &indicator.id, &stub_rows, &places);
    general_notes(lookup, info, &columns, &rows, &surveys, counted, &mut notes);
    outside_of_groups(lookup, spec, what, &mut notes)?;

    let by = by(lookup, &spec.rows, what)?;
    let title = spec.title.clone().unwrap_or_else(|| match by.is_empty() {
        true => indicator.name.clone(),
        false => format!("{}, {by}", indicator.name),
    });
    Ok(Table {
        number: 0,
        title,
        subtitle: subtitle(lookup, info),
        stub: if standard || lookup.surveys_of(info).len() > 1 { "Area" } else { "Group" }.into(),
        heads,
        spanners,
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}

/// Whether a figure of the table takes a population as known.
fn counts_persons(
    lookup: &Lookup<'_>,
    indicator: &str,
    rows: &[StubRow<'_>],
    places: &[Place],
) -> bool {
    rows.iter().any(|row| {
        let StubRow::Group(row) = row else { return false };
        places.iter().filter_map(|place| quantity(place.column).map(|q| (place, q))).any(
            |(place, q)| {
                find(lookup, indicator, row, place, q).is_some_and(|found| {
                    matches!(found.cell, Cell::Shown(_)) && takes_population(found)
                })
            },
        )
    })
}

/// The figure takes a population as known.
pub(crate) fn takes_population(row: &Row) -> bool {
    row.diagnostics.iter().any(|d| d.code == "population_fixed")
}

/// Rows that are in the table's totals and in none of its groups: without the note the groups seem
/// to lack cases.
fn outside_of_groups(
    lookup: &Lookup<'_>,
    spec: &TableSpec,
    what: &str,
    notes: &mut Notes,
) -> Result<(), Error> {
    let mut concepts: Vec<&Concept> =
        lookup.input.registry.concepts.get("sex").into_iter().collect();
    for entry in spec.rows.iter().chain(&spec.across) {
        concepts.extend(lookup.concepts(entry, what)?);
    }
    for diagnostic in &lookup.input.diagnostics {
        if !matches!(diagnostic.code.as_str(), "breakdown_not_applicable" | "breakdown_not_stated")
        {
            continue;
        }
        for concept in &concepts {
            let id = format!("`{}`", concept.id);
            if diagnostic.message.contains(&id) {
                let name = words::small(&concept.name);
                notes.general(&diagnostic.message.replace(&id, &format!("“{name}”")));
            }
        }
    }
    Ok(())
}

/// The groups that a table has figures of.
fn groups<'a>(
    lookup: &Lookup<'a>,
    info: &IndicatorInfo,
    spec: &TableSpec,
    what: &str,
    rows: &[StubRow<'a>],
) -> Result<Vec<(&'a SurveyInfo, Group)>, Error> {
    let concepts = lookup.concepts(spec.across.as_deref().unwrap_or(""), what)?;
    let mut groups = Vec::new();
    for row in rows {
        let StubRow::Group(row) = row else { continue };
        if concepts.is_empty() {
            groups.push((row.survey, row.group.clone()));
            continue;
        }
        for (_, across) in lookup.groups(row.survey, &info.indicator.id, &concepts) {
            groups.push((row.survey, row.group.iter().chain(&across).collect()));
        }
    }
    Ok(groups)
}

/// The columns of a specification, or those of its kind; `single` is the only level there is.
fn columns(spec: &TableSpec, single: Option<Quantity>, style: &Style) -> Vec<Column> {
    use Quantity::*;
    if !spec.columns.is_empty() {
        return spec.columns.clone();
    }
    if spec.kind == TableKind::Nonresponse {
        return match single {
            Some(Women) => vec![Column::Value(NonresponseWomen)],
            Some(Men) => vec![Column::Value(NonresponseMen)],
            Some(_) => vec![Column::Value(NonresponseTotal)],
            None => {
                [NonresponseWomen, NonresponseMen, NonresponseTotal].map(Column::Value).to_vec()
            }
        };
    }
    match (spec.kind, single) {
        (TableKind::Standard, None) => of_style(&style.area_columns),
        (TableKind::Standard, Some(level)) => vec![
            Column::Year,
            Column::Value(level),
            Column::Interval(level),
            Column::N(level),
            Column::Nature,
            Column::Notes,
        ],
        (_, None) => of_style(&style.columns),
        (_, Some(level)) => vec![Column::Value(level), Column::N(level)],
    }
}

/// The columns of a style; its ids were checked when the study was read.
fn of_style(ids: &[String]) -> Vec<Column> {
    ids.iter().filter_map(|id| Column::parse(id)).flatten().collect()
}

type Across = (Vec<Head>, Vec<(String, usize)>, Vec<Place>);

/// The columns once for each code of a concept, under its name.
fn across(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    entry: &str,
    what: &str,
    columns: &[Column],
    heading: &HeadContext<'_>,
) -> Result<Across, Error> {
    let concepts: Vec<&Concept> = lookup.concepts(entry, what)?;
    let mut codes: Vec<(String, Vec<(Text, Text)>)> = Vec::new();
    if let [concept] = concepts.as_slice() {
        for survey in &lookup.input.surveys {
            for (label, group) in lookup.groups(survey, &info.indicator.id, &concepts) {
                let pair = (Text::from(&concept.id), group[&concept.id].clone());
                if !codes.iter().any(|(_, pairs)| pairs.contains(&pair)) {
                    codes.push((label, vec![pair]));
                }
            }
        }
    }
    let mut result: Across = (Vec::new(), Vec::new(), Vec::new());
    for (label, pairs) in codes {
        result.1.push((label, columns.len()));
        for column in columns {
            // Levels need no prefix: the unit stands in the subtitle.
            let short = matches!(column, Column::Value(_));
            result.0.push(crate::heads::head(*column, short, heading));
            result.2.push(Place { column: *column, across: pairs.first().cloned() });
        }
    }
    Ok(result)
}

fn by_area(lookup: &Lookup<'_>, info: &IndicatorInfo, rows: &mut [StubRow<'_>]) {
    rows.sort_by_key(|row| match row {
        StubRow::Group(row) => (row.survey.area_name.clone(), row.survey.time_period.clone()),
        StubRow::Heading { label, .. } => (label.clone(), Text::default()),
    });
    for row in rows {
        if let StubRow::Group(row) = row {
            row.label = lookup.area_of(row.survey, info);
        }
    }
}

fn find<'a>(
    lookup: &Lookup<'a>,
    indicator: &str,
    row: &GroupRow<'_>,
    place: &Place,
    quantity: Quantity,
) -> Option<&'a Row> {
    let mut group = row.group.clone();
    if let Some((concept, code)) = &place.across {
        group.insert(concept.clone(), code.clone());
    }
    lookup.row(row.survey, indicator, &group, quantity)
}

fn cells(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    row: &GroupRow<'_>,
    places: &[Place],
    intervals: bool,
    shared: &BTreeSet<(Quantity, String)>,
    notes: &mut Notes,
) -> Vec<TableCell> {
    let style = lookup.input.style;
    let context =
        CellContext { style, kind: info.indicator.kind, unavailable: row.unavailable, intervals };
    let id = &info.indicator.id;
    let in_column = places.iter().any(|place| place.column == Column::Notes);
    let mut row_notes: Vec<String> = Vec::new();
    let mut cells = Vec::new();
    for place in places {
        let mut cell = match quantity(place.column) {
            Some(q) => {
                let found = find(lookup, id, row, place, q);
                let mut cell = cells::cell(place.column, found, &context, notes);
                if let Some(found) = found.filter(|row| matches!(row.cell, Cell::Shown(_))) {
                    let messages = match place.column {
                        Column::Value(_) => messages(found, |_| true),
                        Column::N(_) | Column::NWeighted(_) => BTreeSet::new(),
                        // The figures that a share of 0 or 1 makes meaningless.
                        _ => messages(found, cells::is_degenerate),
                    };
                    for message in messages {
                        if !shared.contains(&(q, message.clone())) {
                            cell.notes.push(notes.mark(&message));
                        }
                    }
                }
                cell
            }
            None => match place.column {
                Column::Verdict => verdict_cell(lookup, id, row, place, &context, notes),
                Column::Year => TableCell::of_text(row.survey.time_period.clone()),
                Column::Nature => {
                    let known = [Quantity::Total, Quantity::Women, Quantity::Men]
                        .into_iter()
                        .any(|q| find(lookup, id, row, place, q).is_some_and(is_figure));
                    let code = if known { "C" } else { "_X" };
                    notes.nature(code);
                    TableCell::of_text(code)
                }
                _ => TableCell::default(),
            },
        };
        if in_column {
            row_notes.append(&mut cell.notes);
        }
        cells.push(cell);
    }
    if in_column {
        let mut seen = BTreeSet::new();
        row_notes.retain(|mark| seen.insert(mark.clone()));
        for (place, cell) in places.iter().zip(&mut cells) {
            if place.column == Column::Notes {
                cell.text = row_notes.join(", ");
            }
        }
    }
    cells
}

fn verdict_cell(
    lookup: &Lookup<'_>,
    indicator: &str,
    row: &GroupRow<'_>,
    place: &Place,
    context: &CellContext<'_>,
    notes: &mut Notes,
) -> TableCell {
    let Some(set) = lookup.input.thresholds else {
        return cells::missing(Absence::NotApplicable, context, notes);
    };
    let quantity = match set.applied_to.as_str() {
        "adjusted_parity" => Quantity::AdjustedParity,
        _ => Quantity::Parity,
    };
    let found = find(lookup, indicator, row, place, quantity);
    match found.map(|r| &r.cell) {
        Some(Cell::Shown(shown)) => {
            let label = |ratio: f64| inclusion_measures::verdict(ratio, set).label;
            let mut cell = TableCell::of_text(label(shown.value));
            if let Some(i) = shown.interval
                && [i.lower, i.upper].into_iter().any(|end| label(end) != cell.text)
            {
                cell.notes.push(notes.mark(
                    "the verdict is that of the point estimate; the interval of the ratio also \
                     holds values with another verdict",
                ));
            }
            if shown.unreliable {
                cell.unreliable = Some(context.style.unreliable.clone());
                notes.unreliable();
            }
            cell
        }
        _ => cells::cell(Column::Value(quantity), found, context, notes),
    }
}
