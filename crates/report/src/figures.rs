//! Figures: chart data, the finding as title, and the alternative text, all from reviewed rows.
//!
//! A withheld figure enters a chart as the fact that it is withheld and the alternative text not at
//! all; neither ever holds its value.

use crate::cells::{self, CellContext};
use crate::charts::{
    ChartData, ChartText, ForestRow, Mark, Point, Row as ChartRow, ValueUnit, Words,
};
use crate::findings;
use crate::heads::{is_share, unit_words};
use crate::lookup::{Group, Lookup};
use crate::notes::{Notes, unreliable_text};
use crate::numbers::{Printed, level};
use crate::{
    ChartKind, ChartSpec, Column, Error, Figure, IndicatorInfo, Quantity, SurveyInfo, words,
};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::Measure;
use inclusion_registry::IndicatorKind;

/// A row of a chart before its marks.
struct Line<'a> {
    label: String,
    survey: &'a SurveyInfo,
    group: Group,
    /// The row for all persons, which stays on top.
    all: bool,
}

/// The figures of a specification: one, or one a survey where groups of several are asked for.
/// Numbers are given later. Empty if there is nothing to draw.
pub(crate) fn figures(
    lookup: &Lookup<'_>,
    spec: &ChartSpec,
    what: &str,
) -> Result<Vec<Figure>, Error> {
    let info = lookup.indicator(&spec.indicator, what)?;
    let surveys: Vec<&SurveyInfo> = lookup
        .input
        .surveys
        .iter()
        .filter(|s| info.by_source.get(&s.source).is_none_or(|s| s.unavailable.is_none()))
        .collect();
    let entry = spec.rows.as_deref().unwrap_or("");
    let concepts = lookup.concepts(entry, what)?;
    let mut figures = Vec::new();
    if concepts.is_empty() {
        let lines: Vec<Line<'_>> = surveys
            .iter()
            .map(|survey| Line { label: survey.place(), survey, group: Group::new(), all: false })
            .collect();
        let finding = match surveys.as_slice() {
            [survey] => findings::overall(lookup, info, survey),
            _ => findings::across_areas(lookup, info),
        };
        figures.extend(figure(lookup, info, spec.kind, lines, false, finding, &lookup.places()));
        return Ok(figures);
    }
    for survey in surveys {
        let groups = lookup.groups(survey, &info.indicator.id, &concepts);
        if groups.is_empty() {
            continue;
        }
        let all = Line { label: "All".into(), survey, group: Group::new(), all: true };
        let mut lines = vec![all];
        lines.extend(groups.into_iter().map(|(label, group)| Line {
            label,
            survey,
            group,
            all: false,
        }));
        let ordered = concepts.iter().any(|c| c.ordered);
        let finding = findings::breakdown(lookup, info, survey, entry, false);
        let place = survey.place();
        figures.extend(figure(lookup, info, spec.kind, lines, ordered, finding, &place));
    }
    Ok(figures)
}

fn mark(row: Option<&Row>) -> Mark {
    match row.map(|row| &row.cell) {
        Some(Cell::Shown(shown)) => Mark::Shown(Point {
            value: shown.value,
            interval: shown.interval.map(|i| (i.lower, i.upper)),
            unreliable: shown.unreliable,
        }),
        Some(Cell::Withheld) => Mark::Withheld,
        Some(Cell::Missing(_)) | None => Mark::Missing,
    }
}

fn figure(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    kind: ChartKind,
    mut lines: Vec<Line<'_>>,
    ordered: bool,
    finding: Option<String>,
    place: &str,
) -> Option<Figure> {
    if lines.is_empty() {
        return None;
    }
    let indicator = &info.indicator;
    let id = indicator.id.as_str();
    let find = |line: &Line<'_>, q: Quantity| lookup.row(line.survey, id, &line.group, q);
    let sexed = indicator.kind == IndicatorKind::Rate;
    // Ordered by gap, unless the groups have an order of their own.
    if !ordered && sexed {
        let gap = |line: &Line<'_>| match find(line, Quantity::Gap).map(|r| &r.cell) {
            Some(Cell::Shown(shown)) => Some(shown.value),
            _ => None,
        };
        lines.sort_by(|a, b| {
            let by_gap = match (gap(a), gap(b)) {
                (Some(a), Some(b)) => b.total_cmp(&a),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => std::cmp::Ordering::Equal,
            };
            b.all.cmp(&a.all).then(by_gap)
        });
    }
    let printed_gap = |line: &Line<'_>, with_interval: bool| {
        let context = CellContext {
            style: lookup.input.style,
            kind: indicator.kind,
            unavailable: None,
            intervals: with_interval,
        };
        let quantity = if sexed { Quantity::Gap } else { Quantity::Total };
        // Marks of notes have no place in a chart; the table has them.
        let cell = cells::cell(
            Column::Value(quantity),
            find(line, quantity),
            &context,
            &mut Notes::new("letters"),
        );
        match &cell.interval {
            Some(interval) => format!("{} ({})", cell.marked(), interval.text),
            None => cell.marked(),
        }
    };
    let share = is_share(indicator);
    let level_unit = if share { ValueUnit::Percent } else { ValueUnit::Number };
    let subtitle = format!(
        "{}, {} of {}, {place}",
        indicator.name,
        unit_words(indicator),
        words::small(&indicator.universe_text)
    );
    let points = if share { "points" } else { indicator.unit.as_str() };
    let mut text = ChartText {
        title: finding
            .map(|f| f.trim_end_matches('.').to_string())
            .unwrap_or_else(|| indicator.name.clone()),
        subtitle,
        source: lookup.source_line(),
        alt: String::new(),
        value_axis_label: words::capital(&unit_words(indicator)),
        unit: level_unit,
        withheld_mark: lookup.input.style.withheld.clone(),
        missing_mark: missing_mark(lookup),
        words: Words {
            right_header: format!("Gap, {points}"),
            unreliable: format!(
                "Open marks: {}",
                words::small(&unreliable_text(lookup.input.policy))
            ),
            interval: format!(
                "Whiskers: {} confidence intervals.",
                level(lookup.input.estimation.level)
            ),
            ..Words::default()
        },
    };
    // An indicator without sexes has one figure a line, whatever shape was asked for.
    let kind = if sexed { kind } else { ChartKind::Forest };
    let mut alt = vec![alt_start(kind, info, place)];
    for line in &lines {
        let told = if sexed && kind != ChartKind::Forest {
            vec![("women", Quantity::Women), ("men", Quantity::Men), ("gap", Quantity::Gap)]
        } else if sexed {
            vec![("gap", Quantity::Gap)]
        } else {
            vec![("value", Quantity::Total)]
        };
        let told: Vec<String> = told
            .into_iter()
            .filter_map(|(name, q)| {
                spoken(lookup, info, find(line, q)).map(|v| format!("{name} {v}"))
            })
            .collect();
        if !told.is_empty() {
            alt.push(format!("{}: {}.", line.label, told.join(", ")));
        }
    }
    text.alt = alt.join(" ");
    let chart = match kind {
        ChartKind::Forest => {
            let quantity = if sexed { Quantity::Gap } else { Quantity::Total };
            if sexed {
                text.unit = if share { ValueUnit::Points } else { ValueUnit::Number };
                text.value_axis_label = format!("Gap, men minus women, {points}");
                text.words.reference = "Equal".into();
            } else {
                text.words.right_header = words::capital(&unit_words(indicator));
            }
            let rows = lines
                .iter()
                .map(|line| ForestRow {
                    label: line.label.clone(),
                    mark: mark(find(line, quantity)),
                    group: None,
                    text: Some(printed_gap(line, true)),
                })
                .collect();
            ChartData::Forest { text: text.clone(), rows, reference: sexed.then_some(0.0) }
        }
        ChartKind::Dumbbell | ChartKind::Bars => {
            let rows: Vec<ChartRow> = lines
                .iter()
                .map(|line| ChartRow {
                    label: line.label.clone(),
                    women: mark(find(line, Quantity::Women)),
                    men: mark(find(line, Quantity::Men)),
                    total: None,
                    gap_text: Some(printed_gap(line, false)),
                })
                .collect();
            match kind {
                ChartKind::Bars => ChartData::Bars { text: text.clone(), rows },
                _ => ChartData::Dumbbell { text: text.clone(), rows },
            }
        }
    };
    Some(Figure {
        number: 0,
        title: text.title.clone(),
        subtitle: text.subtitle.clone(),
        source: text.source.clone(),
        alt: text.alt.clone(),
        name: id.to_lowercase(),
        chart,
    })
}

/// Some styles leave a missing value blank, which a chart may not.
fn missing_mark(lookup: &Lookup<'_>) -> String {
    match lookup.input.style.not_available.trim() {
        "" => "…".into(),
        mark => mark.into(),
    }
}

fn alt_start(kind: ChartKind, info: &IndicatorInfo, place: &str) -> String {
    let name = &info.indicator.name;
    match (kind, info.indicator.kind) {
        (ChartKind::Dumbbell, _) => {
            format!("Chart of women and men on one line a group: {name}, {place}.")
        }
        (ChartKind::Bars, _) => format!("Bars for women and men: {name}, {place}."),
        (ChartKind::Forest, IndicatorKind::Rate) => {
            format!("Gaps, men minus women, with their intervals: {name}, {place}.")
        }
        (ChartKind::Forest, _) => format!("Values with their intervals: {name}, {place}."),
    }
}

/// A figure in words; nothing if there is none to be shown.
fn spoken(lookup: &Lookup<'_>, info: &IndicatorInfo, row: Option<&Row>) -> Option<String> {
    let row = row?;
    let Cell::Shown(shown) = &row.cell else { return None };
    let value = Printed::of(row.key.measure, row.unit, lookup.input.style).text(shown.value);
    let share = is_share(&info.indicator);
    let unit = match (row.key.measure, share) {
        (Measure::Gap, true) => " points".to_string(),
        (_, true) => "%".to_string(),
        (_, false) => format!(" {}", info.indicator.unit),
    };
    let care = if shown.unreliable { " (low reliability)" } else { "" };
    Some(format!("{value}{unit}{care}"))
}
