//! Tables of figures: by breakdown, and the standard table of one row for each area and year.

use crate::cells::{self, CellContext, quantity};
use crate::heads::{HeadContext, heads, unit_words};
use crate::lookup::{Group, Lookup, is_figure};
use crate::notes::Notes;
use crate::stub::{GroupRow, StubRow, by, stub};
use crate::{
    Column, Error, Head, HeadKind, IndicatorInfo, Intervals, Quantity, SurveyInfo, Table,
    TableCell, TableKind, TableRow, TableSpec, verdict, words,
};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{Absence, Diagnostic, Text};
use inclusion_registry::{Concept, Direction, Status};
use std::collections::{BTreeMap, BTreeSet};

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
    let columns = columns(spec, lookup.single(info, &groups));
    let intervals = spec.intervals == Intervals::WithValue
        && spec.kind == TableKind::Breakdown
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
    let mut notes = Notes::new(&lookup.input.style.footnotes);
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
fn columns(spec: &TableSpec, single: Option<Quantity>) -> Vec<Column> {
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
        (TableKind::Standard, None) => vec![
            Column::Year,
            Column::Value(Total),
            Column::Value(Women),
            Column::Value(Men),
            Column::Value(Parity),
            Column::Value(Gap),
            Column::Value(RelativeGap),
            Column::Interval(Women),
            Column::Interval(Men),
            Column::N(Women),
            Column::N(Men),
            Column::Nature,
            Column::Notes,
        ],
        (TableKind::Standard, Some(level)) => vec![
            Column::Year,
            Column::Value(level),
            Column::Interval(level),
            Column::N(level),
            Column::Nature,
            Column::Notes,
        ],
        (_, None) => vec![
            Column::Value(Women),
            Column::Value(Men),
            Column::Value(Gap),
            Column::Value(Parity),
            Column::N(Women),
            Column::N(Men),
        ],
        (_, Some(level)) => vec![Column::Value(level), Column::N(level)],
    }
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

/// Messages that stand on every figure of a quantity: they are notes on the whole table instead of
/// a letter in every cell. That a standard error means nothing is said at the cell all the same.
fn shared_messages(
    lookup: &Lookup<'_>,
    indicator: &str,
    rows: &[StubRow<'_>],
    places: &[Place],
) -> BTreeSet<(Quantity, String)> {
    let mut shown: BTreeMap<Quantity, usize> = BTreeMap::new();
    let mut said: BTreeMap<(Quantity, String), usize> = BTreeMap::new();
    for row in rows {
        let StubRow::Group(row) = row else { continue };
        for place in places {
            let Column::Value(quantity) = place.column else { continue };
            let Some(found) = find(lookup, indicator, row, place, quantity) else { continue };
            if matches!(found.cell, Cell::Shown(_)) {
                *shown.entry(quantity).or_default() += 1;
                for message in messages(found, |d| !cells::is_degenerate(d)) {
                    *said.entry((quantity, message)).or_default() += 1;
                }
            }
        }
    }
    said.into_iter().filter(|((q, _), n)| *n > 1 && shown[q] == *n).map(|(key, _)| key).collect()
}

pub(crate) fn messages(row: &Row, keep: fn(&Diagnostic) -> bool) -> BTreeSet<String> {
    // That the complement or a population was used stands in notes on the whole table.
    row.diagnostics
        .iter()
        .filter(|d| !matches!(d.code.as_str(), "complement_used" | "population_fixed") && keep(d))
        .map(|d| d.message.to_string())
        .collect()
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
                    notes.general(
                        "Nature by the codes of the UN SDG database: C country data, _X not \
                         available",
                    );
                    TableCell::of_text(if known { "C" } else { "_X" })
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

/// Notes on the whole table, each only where something on the table calls for it.
fn general_notes(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    columns: &[Column],
    rows: &[TableRow],
    surveys: &BTreeSet<&str>,
    counted: bool,
    notes: &mut Notes,
) {
    let indicator = &info.indicator;
    // A table without a figure has no use for what figures mean.
    let figures = rows.iter().any(|row| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.number.is_some()),
        TableRow::Group { .. } => false,
    });
    if !figures {
        return indicator_notes(lookup, info, surveys, counted, notes);
    }
    let has = |q: Quantity| columns.iter().any(|c| quantity(*c) == Some(q));
    let gap = has(Quantity::Gap) || has(Quantity::RelativeGap);
    let parity = has(Quantity::Parity) || has(Quantity::AdjustedParity);
    let lower = indicator.direction == Direction::Lower;
    let share = crate::heads::is_share(indicator);
    if lower && share && (gap || parity) {
        notes.general(
            "Lower is better here: gap and parity are of the share of women and men without it",
        );
    }
    if gap {
        notes.general(if lower && !share {
            "Lower is better here. Gap: women minus men; above zero, women are behind"
        } else {
            "Gap: men minus women; above zero, women are behind"
        });
        notes.general("Gaps are computed before rounding");
    }
    if parity {
        notes.general("Parity: women over men; below one, women are behind");
    }
    if has(Quantity::AdjustedParity) {
        notes.general("Adjusted parity: above one, two minus men over women");
    }
    let bold = rows.iter().any(|row| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.strong),
        TableRow::Group { .. } => false,
    });
    if bold {
        notes.general(BOLD);
    }
    if columns.contains(&Column::Verdict)
        && let Some(set) = lookup.input.thresholds
    {
        notes.general(&verdict::describe(set));
    }
    if columns.iter().any(|c| matches!(c, Column::N(_))) {
        notes.general("Cases are unweighted answers in the base");
    }
    if counted {
        notes.general("Figures that need a population take it as known without error");
    }
    indicator_notes(lookup, info, surveys, counted, notes);
}

/// What bold figures mean, where a format has bold.
pub(crate) const BOLD: &str =
    "Bold: differs from equality of women and men by more than its interval";

/// What belongs to an indicator and its surveys on every table; populations only where a figure of
/// it takes one as known.
pub(crate) fn indicator_notes(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    surveys: &BTreeSet<&str>,
    counted: bool,
    notes: &mut Notes,
) {
    let indicator = &info.indicator;
    let base = base_in_words(lookup, info);
    if indicator.status != Status::Agreed {
        let status = if indicator.status == Status::Draft { "draft" } else { "withdrawn" };
        match &indicator.draft_reason {
            Some(why) => notes.general(&format!("The definition is a {status}: {why}")),
            None => notes.general(&format!("The definition is {status}")),
        }
    }
    let several = surveys.len() > 1;
    for survey in lookup.input.surveys.iter().filter(|s| surveys.contains(s.source.as_str())) {
        let of =
            |text: &str| if several { format!("{}: {text}", survey.name) } else { text.into() };
        if let Some(proxy) =
            info.by_source.get(survey.source.as_str()).and_then(|s| s.proxy.as_ref())
        {
            notes.general(&of(&format!("approximated: {proxy}")));
        }
        // Ages are part of every base.
        if !survey.coverage.is_empty() && base != words::small(&survey.coverage) {
            notes.general(&of(&format!("the survey covers {}", survey.coverage)));
        }
        let own = info.by_source.get(survey.source.as_str()).and_then(|s| s.population.as_ref());
        let population = match (own, &survey.population) {
            (Some(own), _) => Some(("population of the base", own)),
            (None, Some(whole)) => Some(("population", whole)),
            (None, None) => None,
        };
        if let Some((what, population)) = population.filter(|_| counted) {
            let text = format!("{what} taken as known without error: {population}");
            notes.general(&match several {
                true => format!("{}: {text}", lookup.name_of(survey)),
                false => text,
            });
        }
        if survey.clustering_unknown {
            notes.general(&of(
                "standard errors and intervals show the effect of unequal weights only; \
                 clustering is not included",
            ));
        }
        for note in &survey.notes {
            notes.general(&of(note));
        }
    }
    for note in &indicator.notes {
        notes.general(note);
    }
}

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
