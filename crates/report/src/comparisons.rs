//! Changes between rounds and contrasts of groups: both figures side by side, then what is said of the two.
//!
//! A change is bold, and a sentence is made of it, only where its interval leaves zero out. Where the two
//! surveys do not measure the same, the figures carry a note and no sentence is made.

use crate::cells::{self, CellContext};
use crate::findings::gap_text;
use crate::heads::is_share;
use crate::lookup::{Group, Lookup, label};
use crate::notes::Notes;
use crate::tables::{indicator_notes, messages, subtitle_of, text_heads};
use crate::{
    Block, Column, Error, Head, HeadKind, IndicatorInfo, Quantity, Section, SurveyInfo, Table,
    TableCell, TableRow, words,
};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_estimate::{Absence, Codes, Measure, SeriesKey, Text};
use inclusion_registry::{Concept, Direction, IndicatorKind};
use std::collections::BTreeSet;

/// A table of two figures and their contrast, for women, men and their gap.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Title before the indicator's name: `Change from 2015 to 2016`.
    pub title: String,
    /// Indicator id.
    pub indicator: String,
    /// Breakdowns of the rows, as in a table.
    pub rows: Vec<String>,
    /// The source whose groups make the rows.
    pub survey: String,
    /// The figure that stands first.
    pub first: ComparisonSide,
    /// The figure that stands second.
    pub second: ComparisonSide,
    /// What is said of the two.
    pub result: ComparisonSide,
    /// Measure of the result for levels.
    pub of_levels: Measure,
    /// Gap or parity, and the measure of its result, where the kind of contrast has one.
    pub of_sexes: Option<(Quantity, Measure)>,
    /// What the columns mean, one sentence each.
    pub notes: Vec<String>,
}

/// Where the figures of a column stand.
#[derive(Debug, Clone, Default)]
pub struct ComparisonSide {
    /// Head of the column: `2015`, `Rural`, `Change`.
    pub head: String,
    /// Source of the figures.
    pub source: Text,
    /// Area of the figures.
    pub ref_area: Text,
    /// Period of the figures.
    pub time_period: Text,
    /// Codes that the figures have besides those of the row.
    pub codes: Codes,
}

/// Two cells and their contrast.
#[derive(Debug, Clone)]
pub struct CellContrast {
    /// Name.
    pub name: String,
    /// What is said of the two, with its unit: `difference (points)`.
    pub kind: String,
    /// The cells in words.
    pub words: [String; 2],
    /// Their figures.
    pub keys: [SeriesKey; 2],
    /// Their contrast.
    pub result: SeriesKey,
}

/// The sections of changes and contrasts.
pub(crate) fn sections(lookup: &Lookup<'_>) -> Result<Vec<Section>, Error> {
    let of =
        |changes: bool| -> Result<Vec<Block>, Error> {
            let wanted = |c: &&Comparison| (c.of_levels == Measure::Change) == changes;
            let tables =
                lookup.input.comparisons.iter().filter(wanted).map(|comparison| {
                    table(lookup, comparison).map(|table| table.map(Block::Table))
                });
            Ok(tables.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
        };
    let mut sections = Vec::new();
    let mut add = |id: &str, title: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            sections.push(Section { id: id.into(), title: title.into(), blocks });
        }
    };
    add("changes", "Changes between rounds", of(true)?);
    let mut contrasts = of(false)?;
    contrasts.extend(of_cells(lookup).map(Block::Table));
    add("contrasts", "Contrasts", contrasts);
    Ok(sections)
}

/// A column: where its rows are found.
struct Place<'a> {
    side: &'a ComparisonSide,
    sex: Option<&'static str>,
    measure: Measure,
}

impl Place<'_> {
    fn row<'a>(&self, lookup: &Lookup<'a>, indicator: &str, group: &Group) -> Option<&'a Row> {
        let mut breakdown = group.clone();
        breakdown.extend(&self.side.codes);
        if let Some(sex) = self.sex {
            breakdown.insert("sex", sex);
        }
        lookup.input.publishable.get(&SeriesKey {
            source: self.side.source.clone(),
            ref_area: self.side.ref_area.clone(),
            time_period: self.side.time_period.clone(),
            indicator: indicator.into(),
            breakdown,
            measure: self.measure,
        })
    }
}

type Columns<'a> = (Vec<Head>, Vec<(String, usize)>, Vec<Place<'a>>);

/// First, second and result, for each level and for what compares women with men.
fn columns<'a>(
    comparison: &'a Comparison,
    info: &IndicatorInfo,
    single: Option<Quantity>,
) -> Columns<'a> {
    let mut result: Columns<'a> = (Vec::new(), Vec::new(), Vec::new());
    let unit = if is_share(&info.indicator) { "%" } else { info.indicator.unit.as_str() };
    let points = if is_share(&info.indicator) { "points" } else { unit };
    let mut add = |title: String, sex, own: Measure, of: Measure| {
        result.1.push((title, 3));
        let sides = [(&comparison.first, own), (&comparison.second, own), (&comparison.result, of)];
        for (side, measure) in sides {
            let unit = match measure {
                Measure::Level => unit,
                Measure::RelativeDifference => "%",
                Measure::Change | Measure::GapChange | Measure::Gap => points,
                Measure::Difference | Measure::GapDifference => points,
                _ => "",
            };
            let title = match unit {
                "" => side.head.clone(),
                unit => format!("{} ({unit})", side.head),
            };
            result.0.push(Head { title, kind: HeadKind::WithInterval });
            result.2.push(Place { side, sex, measure });
        }
    };
    let levels = match single {
        None => vec![("Women", Some("F")), ("Men", Some("M"))],
        Some(Quantity::Women) => vec![("Women", Some("F"))],
        Some(Quantity::Men) => vec![("Men", Some("M"))],
        Some(_) => vec![("All", None)],
    };
    for (title, sex) in levels {
        add(title.to_string(), sex, Measure::Level, comparison.of_levels);
    }
    if let (None, Some((quantity, measure))) = (single, comparison.of_sexes) {
        let title = if quantity == Quantity::Parity { "Parity" } else { "Gap" };
        let title = format!("{title}{}", crate::heads::complement(&info.indicator));
        add(title, None, quantity.key().1, measure);
    }
    result
}

/// A row's label with its level, and its group if it has cells.
type Line = (String, u8, Option<Group>);

/// The rows: everybody, then the groups of each breakdown that have the codes of the first side.
fn lines(
    lookup: &Lookup<'_>,
    comparison: &Comparison,
    survey: &SurveyInfo,
) -> Result<Vec<Line>, Error> {
    let fixed = &comparison.first.codes;
    let mut lines: Vec<Line> = vec![("All".into(), 0, Some(Group::new()))];
    for entry in &comparison.rows {
        let all = lookup.concepts(entry, "a comparison")?;
        let concepts: Vec<&Concept> =
            all.iter().copied().filter(|c| !fixed.contains_key(&c.id)).collect();
        if concepts.is_empty() || all.len() - concepts.len() != fixed.len() {
            continue;
        }
        let own: Vec<&Concept> =
            concepts.iter().map(|c| survey.concepts.get(&c.id).unwrap_or(c)).collect();
        let groups = lookup.groups_of(survey, &comparison.indicator, &all);
        let groups: Vec<Group> = groups
            .into_iter()
            .filter(|group| fixed.iter().all(|(concept, code)| group.get(concept) == Some(code)))
            .map(|group| group.into_iter().filter(|(id, _)| !fixed.contains_key(id)).collect())
            .collect();
        if groups.is_empty() {
            continue;
        }
        let names: Vec<&str> = concepts.iter().map(|c| c.name.as_str()).collect();
        lines.push((names.join(", "), 0, None));
        lines.extend(groups.into_iter().map(|group| (label(&own, &group), 1, Some(group))));
    }
    Ok(lines)
}

/// The table of a comparison; none where no row of it has a result.
fn table(lookup: &Lookup<'_>, comparison: &Comparison) -> Result<Option<Table>, Error> {
    let info = lookup.indicator(&comparison.indicator, "a comparison")?;
    let survey = lookup.input.surveys.iter().find(|s| s.source == comparison.survey);
    let Some(survey) = survey else { return Ok(None) };
    let lines = lines(lookup, comparison, survey)?;
    let groups: Vec<(&SurveyInfo, Group)> = lines
        .iter()
        .filter_map(|(.., group)| {
            let mut group = group.clone()?;
            group.extend(&comparison.first.codes);
            Some((survey, group))
        })
        .collect();
    let (heads, spanners, places) = columns(comparison, info, lookup.single(info, &groups));
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let context = CellContext {
        style: lookup.input.style,
        kind: info.indicator.kind,
        unavailable: None,
        intervals: true,
    };
    let matrix: Vec<Option<Vec<Option<&Row>>>> = lines
        .iter()
        .map(|(.., group)| {
            let group = group.as_ref()?;
            Some(places.iter().map(|p| p.row(lookup, &comparison.indicator, group)).collect())
        })
        .collect();
    if !matrix.iter().flatten().any(|row| row.iter().flatten().any(|r| r.key.measure.is_contrast()))
    {
        return Ok(None);
    }
    let shared = shared(&matrix, places.len());
    let mut rows = Vec::new();
    for ((label, level, _), found) in lines.iter().zip(&matrix) {
        let Some(found) = found else {
            rows.push(TableRow::Group { label: label.clone(), level: *level });
            continue;
        };
        let cells = found
            .iter()
            .enumerate()
            .map(|(at, row)| cell(*row, &shared, at, &context, &mut notes))
            .collect();
        rows.push(TableRow::Cells { label: label.clone(), level: *level, cells });
    }
    for message in shared.iter().map(|(_, message)| message).collect::<BTreeSet<_>>() {
        notes.general(message);
    }
    general_notes(lookup, info, comparison, &places, &rows, &mut notes);
    Ok(Some(Table {
        number: 0,
        title: format!("{}: {}", comparison.title, info.indicator.name),
        subtitle: subtitle_of(&places_of(comparison, survey), lookup, info),
        stub: "Group".into(),
        heads,
        spanners,
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    }))
}

/// `Brazil, 2015 and 2016`: where the two figures are from.
fn places_of(comparison: &Comparison, survey: &SurveyInfo) -> String {
    let area = survey.area();
    let mut periods = vec![comparison.first.time_period.as_str()];
    if comparison.second.time_period != comparison.first.time_period {
        periods.push(&comparison.second.time_period);
    }
    format!("{area}, {}", words::list(&periods))
}

/// Messages that stand on every figure of a column.
fn shared(matrix: &[Option<Vec<Option<&Row>>>], columns: usize) -> BTreeSet<(usize, String)> {
    let mut found = BTreeSet::new();
    for at in 0..columns {
        let shown: Vec<BTreeSet<String>> = matrix
            .iter()
            .flatten()
            .filter_map(|row| row[at])
            .filter(|row| matches!(row.cell, Cell::Shown(_)))
            .map(|row| messages(row, |d| !cells::is_degenerate(d)))
            .collect();
        let Some(first) = shown.first() else { continue };
        let common = first.iter().filter(|m| shown.iter().all(|own| own.contains(*m)));
        found.extend(common.map(|message| (at, message.clone())));
    }
    found
}

fn cell(
    row: Option<&Row>,
    shared: &BTreeSet<(usize, String)>,
    at: usize,
    context: &CellContext<'_>,
    notes: &mut Notes,
) -> TableCell {
    // A result that is missing has reasons of its own.
    if let Some(row) = row
        && let Cell::Missing(reason) = row.cell
        && row.key.measure.is_contrast()
    {
        let mark = match reason {
            Absence::ZeroDenominator | Absence::ZeroRate => &context.style.not_applicable,
            _ => &context.style.not_available,
        };
        return cells::with_reason(mark, why(reason), notes);
    }
    let mut cell = cells::cell(Column::Value(Quantity::Women), row, context, notes);
    if let Some(row) = row.filter(|row| matches!(row.cell, Cell::Shown(_))) {
        for message in messages(row, |_| true) {
            if !shared.contains(&(at, message.clone())) {
                cell.notes.push(notes.mark(&message));
            }
        }
    }
    cell
}

/// Why there is no contrast.
fn why(reason: Absence) -> &'static str {
    match reason {
        Absence::ZeroDenominator => "no ratio, because the second figure is zero",
        Absence::ZeroRate => "no logarithm, because a figure is zero",
        Absence::PartAbsent => "one of the two figures is missing",
        Absence::NoCases => "no person of either group was interviewed",
        Absence::Unavailable => "a survey cannot give one of the two figures",
        other => words::absence(other),
    }
}

fn general_notes(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    comparison: &Comparison,
    places: &[Place<'_>],
    rows: &[TableRow],
    notes: &mut Notes,
) {
    for note in &comparison.notes {
        notes.general(note);
    }
    let lower = info.indicator.direction == Direction::Lower;
    if places.iter().any(|place| place.measure == Measure::Gap) {
        notes.general(match lower && !is_share(&info.indicator) {
            true => "Lower is better here. Gap: women minus men; above zero, women are behind",
            false => "Gap: men minus women; above zero, women are behind",
        });
        if lower && is_share(&info.indicator) {
            notes.general(
                "Lower is better here: the gap is of the share of women and men without it",
            );
        }
    }
    if places.iter().any(|place| place.measure == Measure::Parity) {
        notes.general("Parity: women over men; below one, women are behind");
    }
    let bold = |row: &TableRow| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.strong),
        TableRow::Group { .. } => false,
    };
    if rows.iter().any(bold) {
        notes.general(
            "Bold: differs from equality (of women and men, or of the two figures) by more than its interval; \
             figures of low reliability never are",
        );
    }
    notes.general("Figures are compared before rounding");
    let surveys: BTreeSet<&str> = [&comparison.first, &comparison.second]
        .into_iter()
        .map(|side| side.source.as_str())
        .collect();
    indicator_notes(lookup, info, &surveys, false, notes);
}

/// All contrasts of single cells.
fn of_cells(lookup: &Lookup<'_>) -> Option<Table> {
    let contrasts = &lookup.input.contrasts;
    if contrasts.is_empty() {
        return None;
    }
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let context = CellContext {
        style: lookup.input.style,
        kind: IndicatorKind::Rate,
        unavailable: None,
        intervals: true,
    };
    let none = BTreeSet::new();
    let rows: Vec<TableRow> = contrasts
        .iter()
        .map(|contrast| {
            let mut figure = |key: &SeriesKey| {
                cell(lookup.input.publishable.get(key), &none, 0, &context, &mut notes)
            };
            let [first, second] = [&contrast.keys[0], &contrast.keys[1]].map(&mut figure);
            let result = figure(&contrast.result);
            TableRow::Cells {
                label: contrast.name.clone(),
                level: 0,
                cells: vec![
                    TableCell::of_text(contrast.words[0].clone()),
                    first,
                    TableCell::of_text(contrast.words[1].clone()),
                    second,
                    TableCell::of_text(contrast.kind.clone()),
                    result,
                ],
            }
        })
        .collect();
    notes.general("Shares are in per cent, their differences in points");
    notes.general("Difference: first minus second; ratio: first over second");
    notes.general("Figures are compared before rounding");
    let strong = |row: &TableRow| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.strong),
        TableRow::Group { .. } => false,
    };
    if rows.iter().any(strong) {
        notes.general("Bold: differs from equality by more than its interval; figures of low reliability never are");
    }
    let mut heads = text_heads(&["First", "Figure", "Second", "Figure", "Contrast", "Result"]);
    for at in [1, 3, 5] {
        heads[at].kind = HeadKind::WithInterval;
    }
    Some(Table {
        number: 0,
        title: "Contrasts of single figures".into(),
        subtitle: lookup.places(),
        stub: "Contrast".into(),
        heads,
        spanners: Vec::new(),
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}

/// What the intervals support saying of the changes of an indicator.
pub(crate) fn findings(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<String> {
    let own = lookup.input.comparisons.iter();
    own.filter(|c| c.indicator == info.indicator.id && c.of_levels == Measure::Change)
        .filter_map(|comparison| finding(lookup, info, comparison))
        .collect()
}

fn finding(lookup: &Lookup<'_>, info: &IndicatorInfo, comparison: &Comparison) -> Option<String> {
    let survey = lookup.input.surveys.iter().find(|s| s.source == comparison.survey)?;
    let find = |sex, measure| -> Option<(&Row, &Shown)> {
        let place = Place { side: &comparison.result, sex, measure };
        let row = place.row(lookup, &comparison.indicator, &Group::new())?;
        let sound = !row.diagnostics.iter().any(|d| d.code == "not_comparable");
        match &row.cell {
            Cell::Shown(shown) if sound && !shown.unreliable && !cells::unsupported(row) => {
                Some((row, shown))
            }
            _ => None,
        }
    };
    let single = lookup.single(info, &[(survey, Group::new())]);
    let mut parts: Vec<String> = Vec::new();
    let levels = match single {
        None => vec![("women", Some("F")), ("men", Some("M"))],
        Some(Quantity::Women) => vec![("women", Some("F"))],
        Some(Quantity::Men) => vec![("men", Some("M"))],
        Some(_) => vec![("all", None)],
    };
    for (who, sex) in levels {
        let (row, shown) = find(sex, Measure::Change)?;
        let interval = shown.interval?;
        let what = match (is_share(&info.indicator), who) {
            (true, "all") => format!("the share of those who {}", info.indicator.statement),
            (true, who) => format!("the share of {who} who {}", info.indicator.statement),
            (false, "all") => words::small(&info.indicator.name),
            (false, who) => format!("{} of {who}", words::small(&info.indicator.name)),
        };
        parts.push(match (interval.lower > 0.0, interval.upper < 0.0) {
            (true, _) => format!("{what} rose by {}", gap_text(lookup, info, row, shown, 1.0)),
            (_, true) => format!("{what} fell by {}", gap_text(lookup, info, row, shown, -1.0)),
            _ => format!(
                "no change of {what} that the interval supports, {}",
                gap_text(lookup, info, row, shown, 1.0)
            ),
        });
    }
    if let (None, Some((row, shown))) = (single, find(None, Measure::GapChange)) {
        let interval = shown.interval?;
        parts.push(match (interval.lower > 0.0, interval.upper < 0.0) {
            (true, _) => format!(
                "the gap moved against women by {}",
                gap_text(lookup, info, row, shown, 1.0)
            ),
            (_, true) => format!(
                "the gap moved in favour of women by {}",
                gap_text(lookup, info, row, shown, -1.0)
            ),
            _ => format!(
                "no change of the gap that the interval supports, {}",
                gap_text(lookup, info, row, shown, 1.0)
            ),
        });
    }
    let place = survey.area();
    let (from, to) = (&comparison.first.head, &comparison.second.head);
    Some(format!("{place}, {from} to {to}: {}.", parts.join("; ")))
}
