//! Figures: chart data, the finding as title, and the alternative text, all from reviewed rows.
//!
//! A withheld figure enters a chart as the fact that it is withheld and the alternative text not at
//! all; neither ever holds its value.

use crate::cells::{self, CellContext};
use crate::charts::{
    ChartData, ChartText, Equality, ForestRow, GapRow, Mark, Point, Row as ChartRow, ValueUnit,
    Words,
};
use crate::heads::{complement, is_share, unit_words};
use crate::lookup::{Group, Lookup, is_figure};
use crate::notes::{Notes, unreliable_text};
use crate::numbers::{Printed, level};
use crate::{
    ChartKind, ChartSpec, Column, Error, Figure, IndicatorInfo, Quantity, SurveyInfo, equity,
    findings, multiple, words,
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
    if spec.kind == ChartKind::Ridgeline {
        return equity::figures(lookup, info, &surveys, &concepts, entry);
    }
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

pub(crate) fn mark(row: Option<&Row>) -> Mark {
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
    // All persons have no place among their groups.
    if kind == ChartKind::Ranking {
        lines.retain(|line| !line.all);
    }
    // Ordered by gap, unless the groups have an order of their own that the chart does not replace.
    let by_size = matches!(kind, ChartKind::Lollipop | ChartKind::Ranking);
    if by_size || (!ordered && sexed) {
        let gap = |line: &Line<'_>| match find(line, one).map(|r| &r.cell) {
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
        notes: Vec::new(),
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
    let kind = match kind {
        ChartKind::Ranking => kind,
        _ if sexed => kind,
        _ => ChartKind::Forest,
    };
    let ranked = match kind {
        ChartKind::Ranking => {
            let rows: Vec<Option<&Row>> = lines.iter().map(|line| find(line, one)).collect();
            multiple::ranks(&rows, lookup.input.estimation.level)
        }
        _ => Vec::new(),
    };
    let mut alt = vec![alt_start(kind, info, sexed, place)];
    for (at, line) in lines.iter().enumerate() {
        let told = if sexed && matches!(kind, ChartKind::Dumbbell | ChartKind::Bars) {
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
        let place = ranked.get(at).and_then(rank_text);
        let withheld =
            told.iter().any(|(_, q)| find(line, *q).is_some_and(|row| row.cell == Cell::Withheld));
        let told: Vec<String> = place
            .into_iter()
            .chain(told.into_iter().filter_map(|(name, q)| {
                spoken(lookup, info, find(line, q)).map(|v| format!("{name} {v}"))
            }))
            .collect();
        // Who cannot see the chart is told of its marks, too.
        let said = match (told.is_empty(), withheld) {
            (false, _) => told.join(", "),
            (true, true) => "withheld".to_string(),
            (true, false) => "not available".to_string(),
        };
        alt.push(format!("{}: {said}.", line.label));
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
        ChartKind::Lollipop => {
            text.unit = if share { ValueUnit::Points } else { ValueUnit::Number };
            text.value_axis_label = format!("{gap_name}, {}, {points}", minus(info));
            text.words.reference = "Equal".into();
            let rows = lines
                .iter()
                .map(|line| GapRow {
                    label: line.label.clone(),
                    mark: mark(find(line, one)),
                    text: Some(printed_gap(line, true)),
                })
                .collect();
            let equality = Equality { value: 0.0, women_above: false };
            ChartData::Lollipop { text: text.clone(), rows, equality }
        }
        ChartKind::Ranking => {
            text.unit = ValueUnit::Rank;
            text.value_axis_label = match sexed {
                true => format!("Rank, from the largest gap ({})", minus(info)),
                false => "Rank, from the largest value".into(),
            };
            if !sexed {
                text.words.right_header = words::capital(&unit_words(indicator));
            }
            text.words.interval = rank_words(lookup.input.estimation.level);
            let rows = lines
                .iter()
                .zip(ranked)
                .map(|(line, mark)| ForestRow {
                    label: line.label.clone(),
                    mark,
                    group: None,
                    text: Some(printed_gap(line, true)),
                })
                .collect();
            ChartData::Ranking { text: text.clone(), rows }
        }
        ChartKind::Dumbbell | ChartKind::Bars | ChartKind::Ridgeline => {
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

/// What the whiskers of ranks are.
pub(crate) fn rank_words(at: f64) -> String {
    format!("Whiskers: the ranks that tests of all pairs allow, {} for all at once.", level(at))
}

/// `rank 2 (1 to 4)`.
pub(crate) fn rank_text(mark: &Mark) -> Option<String> {
    let point = mark.point()?;
    let interval = point.interval.map(|(best, worst)| format!(" ({best} to {worst})"));
    Some(format!("rank {}{}", point.value, interval.unwrap_or_default()))
}

/// Some styles leave a missing value blank, which a chart may not.
pub(crate) fn missing_mark(lookup: &Lookup<'_>) -> String {
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

pub(crate) fn alt_start(kind: ChartKind, info: &IndicatorInfo, sexed: bool, place: &str) -> String {
    let name = &info.indicator.name;
    match (kind, sexed) {
        (ChartKind::Dumbbell, _) => {
            format!("Chart of women and men on one line a group: {name}, {place}.")
        }
        (ChartKind::Bars, _) => format!("Bars for women and men: {name}, {place}."),
        (ChartKind::Lollipop, _) => {
            format!("Stems from equality, {}: {name}, {place}.", minus(info))
        }
        (ChartKind::Ranking, _) => format!("Ranks with their intervals: {name}, {place}."),
        (ChartKind::Ridgeline, _) => {
            format!("Steps of an order for women and men: {name}, {place}.")
        }
        (ChartKind::Forest, true) => {
            let of = complement(&info.indicator);
            format!("Gaps{of}, {}, with their intervals: {name}, {place}.", minus(info))
        }
        (ChartKind::Forest, false) => format!("Values with their intervals: {name}, {place}."),
    }
}

/// A figure in words; nothing if there is none to be shown.
pub(crate) fn spoken(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    row: Option<&Row>,
) -> Option<String> {
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
