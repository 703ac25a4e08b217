//! Figures: chart data, the finding as title, and the alternative text, all from reviewed rows.
//!
//! A withheld figure enters a chart as the fact that it is withheld and the alternative text not at
//! all; neither ever holds its value.

use crate::cells::{self, CellContext};
use crate::charts::{
    ChartData, ChartText, ForestRow, Mark, Point, Row as ChartRow, ValueUnit, Words,
};
use crate::findings;
use crate::heads::{complement, is_share, unit_words};
use crate::lookup::{Group, Lookup, is_figure};
use crate::notes::{Notes, unreliable_text};
use crate::numbers::{Printed, level};
use crate::{
    ChartKind, ChartSpec, Column, Error, Figure, IndicatorInfo, Quantity, SurveyInfo, words,
};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::Measure;
use inclusion_registry::{Direction, Footnotes};

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
        .filter(|s| info.by_source.get(s.source.as_str()).is_none_or(|s| s.unavailable.is_none()))
        .collect();
    let entry = spec.rows.as_deref().unwrap_or("");
    let concepts = lookup.concepts(entry, what)?;
    let mut figures = Vec::new();
    if concepts.is_empty() {
        let lines: Vec<Line<'_>> = surveys
            .iter()
            .map(|survey| Line {
                label: lookup.place_of(survey, Some(info)),
                survey,
                group: Group::new(),
                all: false,
            })
            .collect();
        let finding = match surveys.as_slice() {
            [survey] => {
                findings::overall(lookup, info, survey, &lookup.place_of(survey, Some(info)))
            }
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
        // Without both sexes there is nothing to compare in the groups.
        let finding = match single(lookup, info, &lines) {
            Some(level) => findings::level_of(lookup, info, survey, level, ""),
            None => findings::breakdown(lookup, info, survey, entry, false),
        };
        let place = lookup.place_of(survey, Some(info));
        figures.extend(figure(lookup, info, spec.kind, lines, ordered, finding, &place));
    }
    Ok(figures)
}

/// The only level that the lines have.
fn single(lookup: &Lookup<'_>, info: &IndicatorInfo, lines: &[Line<'_>]) -> Option<Quantity> {
    let groups: Vec<_> = lines.iter().map(|line| (line.survey, line.group.clone())).collect();
    lookup.single(info, &groups)
}

fn mark(row: Option<&Row>) -> Mark {
    let Some(row) = row else { return Mark::Missing };
    match &row.cell {
        Cell::Shown(shown) => Mark::Shown(Point {
            value: shown.value,
            // A chart has no room to say that an interval means nothing.
            interval: match cells::unsupported(row) {
                true => None,
                false => shown.interval.map(|i| (i.lower, i.upper)),
            },
            unreliable: shown.unreliable,
        }),
        Cell::Withheld => Mark::Withheld,
        Cell::Missing(_) => Mark::Missing,
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
    let indicator = &info.indicator;
    let id = indicator.id.as_str();
    let find = |line: &Line<'_>, q: Quantity| lookup.row(line.survey, id, &line.group, q);
    let single = single(lookup, info, &lines);
    let sexed = single.is_none();
    // What a line is about if it has one figure.
    let one = single.unwrap_or(Quantity::Gap);
    let drawn = [one, Quantity::Women, Quantity::Men];
    if !lines.iter().any(|line| drawn.iter().any(|q| find(line, *q).is_some_and(is_figure))) {
        return None;
    }
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
            intervals: with_interval && !find(line, one).is_some_and(cells::unsupported),
        };
        // Marks of notes have no place in a chart; the table has them.
        let cell = cells::cell(
            Column::Value(one),
            find(line, one),
            &context,
            &mut Notes::new(Footnotes::Letters),
        );
        match &cell.interval {
            Some(interval) => format!("{} ({})", cell.marked(), interval.text),
            None => cell.marked(),
        }
    };
    let share = is_share(indicator);
    let level_unit = if share { ValueUnit::Percent } else { ValueUnit::Number };
    let sex = match single {
        Some(Quantity::Women) => "women",
        Some(Quantity::Men) => "men",
        _ => "",
    };
    let subtitle = format!(
        "{}, {} of {}, {}{place}",
        indicator.name,
        unit_words(indicator),
        words::small(&indicator.universe_text),
        if sex.is_empty() { String::new() } else { format!("{sex}, ") }
    );
    let points = if share { "points" } else { indicator.unit.as_str() };
    // In the words of the tables' header.
    let gap_name = format!("Gap{}", complement(indicator));
    let gap_alt = words::small(&gap_name);
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
            right_header: format!("{gap_name}, {points}"),
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
    // Without women and men to compare there is one figure a line, whatever shape was asked for.
    let kind = if sexed { kind } else { ChartKind::Forest };
    let mut alt = vec![alt_start(kind, info, sexed, place)];
    for line in &lines {
        let told = if sexed && kind != ChartKind::Forest {
            vec![
                ("women", Quantity::Women),
                ("men", Quantity::Men),
                (gap_alt.as_str(), Quantity::Gap),
            ]
        } else if sexed {
            vec![(gap_alt.as_str(), Quantity::Gap)]
        } else {
            vec![(if sex.is_empty() { "value" } else { sex }, one)]
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
            if sexed {
                text.unit = if share { ValueUnit::Points } else { ValueUnit::Number };
                text.value_axis_label = format!("{gap_name}, {}, {points}", minus(info));
                text.words.reference = "Equal".into();
            } else {
                if !sex.is_empty() {
                    text.value_axis_label =
                        format!("{}, {}", words::capital(sex), unit_words(indicator));
                }
                text.words.right_header = text.value_axis_label.clone();
            }
            let rows = lines
                .iter()
                .map(|line| ForestRow {
                    label: line.label.clone(),
                    mark: mark(find(line, one)),
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

/// Which rate the gap takes from which.
fn minus(info: &IndicatorInfo) -> &'static str {
    match info.indicator.direction == Direction::Lower && !is_share(&info.indicator) {
        true => "women minus men",
        false => "men minus women",
    }
}

fn alt_start(kind: ChartKind, info: &IndicatorInfo, sexed: bool, place: &str) -> String {
    let name = &info.indicator.name;
    match (kind, sexed) {
        (ChartKind::Dumbbell, _) => {
            format!("Chart of women and men on one line a group: {name}, {place}.")
        }
        (ChartKind::Bars, _) => format!("Bars for women and men: {name}, {place}."),
        (ChartKind::Forest, true) => {
            let of = complement(&info.indicator);
            format!("Gaps{of}, {}, with their intervals: {name}, {place}.", minus(info))
        }
        (ChartKind::Forest, false) => format!("Values with their intervals: {name}, {place}."),
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
