//! Charts of published figures that stand in an annex only where a study names them.

use super::charts::{self, figure, mark, text};
use super::{TimeLine, WorldIndicator, WorldInput, WorldLine, base, row, row_of};
use crate::charts::{
    Breaks, ChartData, ChartText, Classes, HeatCell, HeatRow, Mark, Scale, SlopeRow, ValueUnit, Who,
};
use crate::heads::unit_words;
use crate::lookup::Lookup;
use crate::numbers::decimal;
use crate::{Figure, IndicatorInfo, Quantity};
use inclusion_estimate::{SeriesKey, hundredfold, percent};
use std::collections::BTreeMap;

/// Lines of either kind that are named where there are too many to name all.
const NAMED: usize = 5;
/// The world among the groups of countries.
const WORLD: &str = "001";

/// Names the lines with the widest gaps in the last year, either way, and those that moved most.
fn name_some(rows: &mut [SlopeRow]) {
    let value = |mark: &Mark| mark.point().map_or(0.0, |point| point.value);
    let last = |row: &SlopeRow| value(&row.to).abs();
    let moved = |row: &SlopeRow| (value(&row.to) - value(&row.from)).abs();
    for size in [&last as &dyn Fn(&SlopeRow) -> f64, &moved] {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| size(&rows[*b]).total_cmp(&size(&rows[*a])));
        order.into_iter().take(NAMED).for_each(|at| rows[at].named = true);
    }
}

/// The gap in the two years that most countries have, a line a country; breaks lie in no line.
pub(super) fn slope(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let gap = |key: &SeriesKey| mark(world, row_of(lookup, key, Quantity::Gap));
    let mut counted: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for line in &of.over_time {
        for years in pairs(line).into_iter().filter(|[a, b]| {
            gap(&line.years[*a].key).point().is_some() && gap(&line.years[*b].key).point().is_some()
        }) {
            let [from, to] = years.map(|at| line.years[at].year);
            *counted.entry((from, to)).or_default() += 1;
        }
    }
    // Many countries over many years; of pairs alike in that the newest.
    let weight = |(from, to): (i32, i32), n: usize| (n as i64 * i64::from(to - from), to);
    let ((from, to), _) = counted.into_iter().max_by_key(|(years, n)| weight(*years, *n))?;
    let mut rows = Vec::new();
    for line in &of.over_time {
        let own =
            pairs(line).into_iter().find(|years| years.map(|at| line.years[at].year) == [from, to]);
        let Some(years) = own else { continue };
        let marks = years.map(|at| gap(&line.years[at].key));
        let [Mark::Shown(first), Mark::Shown(last)] = marks else { continue };
        rows.push(SlopeRow {
            label: line.label.clone(),
            who: Who::Both,
            from: marks[0],
            to: marks[1],
            from_text: Some(decimal(hundredfold(first.value), 1)),
            to_text: Some(decimal(hundredfold(last.value), 1)),
            named: false,
        });
    }
    name_some(&mut rows);
    let narrower = rows.iter().filter(|row| narrows(row)).count();
    let title = format!(
        "{}: the reported gap is narrower in {to} than in {from} in {narrower} of {} countries",
        info.indicator.name,
        rows.len()
    );
    let subtitle = format!("Men minus women, points, {}", base(info));
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{} {} and {}", row.label, text(&row.from_text), text(&row.to_text))
        })
        .collect();
    let chart = ChartData::Slope {
        text: ChartText {
            alt: format!("Lines from {from} to {to}. {title}. In points: {}.", told.join("; ")),
            unit: ValueUnit::Points,
            value_axis_label: "Men minus women, percentage points".into(),
            ..text(lookup, world, title.clone(), subtitle)
        },
        years: (from.to_string(), to.to_string()),
        rows,
    };
    Some(figure(chart, format!("slope-{}", of.indicator)))
}

/// Whether a gap lies nearer to none in the second year.
fn narrows(row: &SlopeRow) -> bool {
    let value = |mark: &Mark| mark.point().map(|point| point.value);
    value(&row.from).zip(value(&row.to)).is_some_and(|(from, to)| charts::narrows(from, to))
}

/// Places of two years without a break between them.
fn pairs(line: &TimeLine) -> Vec<[usize; 2]> {
    let mut all = Vec::new();
    for from in 0..line.years.len() {
        let later = (from + 1..line.years.len()).take_while(|at| !line.years[*at].break_before);
        all.extend(later.map(|to| [from, to]));
    }
    all
}

/// Women and men of the world and its groups.
pub(super) fn heat_map(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let mut heading = None;
    let mut rows = Vec::new();
    for line in &of.groups {
        heading = line.heading.clone().or(heading);
        let cells = [Quantity::Women, Quantity::Men].map(|quantity| {
            let mark = mark(world, row(lookup, line, quantity));
            HeatCell { text: mark.point().map(|point| percent(point.value, 1)), mark }
        });
        rows.push(HeatRow {
            label: line.label.clone(),
            group: heading.clone(),
            cells: cells.into(),
        });
    }
    let shown = |row: &&HeatRow<HeatCell>| row.cells.iter().all(|cell| cell.text.is_some());
    let told: Vec<String> = rows
        .iter()
        .filter(shown)
        .map(|row| {
            let texts: Vec<&str> = row.cells.iter().filter_map(|c| c.text.as_deref()).collect();
            format!("{}: {}", row.label, texts.join(" and "))
        })
        .collect();
    if told.is_empty() {
        return None;
    }
    let title = lowest(of, &rows, info)?;
    let subtitle = format!(
        "{} of {}; newest figures up to {}",
        crate::words::capital(&unit_words(&info.indicator)),
        base(info),
        of.year
    );
    let chart = ChartData::Heatmap {
        text: ChartText {
            alt: format!("Heat map of groups. Women and men: {}.", told.join("; ")),
            value_axis_label: crate::words::capital(&unit_words(&info.indicator)),
            ..text(lookup, world, title, subtitle)
        },
        columns: vec!["Women".into(), "Men".into()],
        rows,
        classes: Classes {
            scale: Scale::Sequence,
            breaks: Breaks::Given(vec![0.2, 0.4, 0.6, 0.8]),
        },
    };
    Some(figure(chart, format!("groups-{}", of.indicator)))
}

/// Where the reported rate of women is lowest, the world aside; the only rates where there are no two to compare.
fn lowest(of: &WorldIndicator, rows: &[HeatRow<HeatCell>], info: &IndicatorInfo) -> Option<String> {
    let women = |row: &HeatRow<HeatCell>| Some(row.cells.first()?.mark.point()?.value);
    let all = || of.groups.iter().zip(rows);
    let groups = all().filter(|(line, _)| line.key.ref_area.as_str() != WORLD);
    let mut groups: Vec<(f64, &WorldLine)> =
        groups.filter_map(|(line, row)| Some((women(row)?, line))).collect();
    groups.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [(lowest, line), _, ..] = groups[..] {
        return Some(format!(
            "{}: the reported rate of women is lowest in {}, {}%",
            info.indicator.name,
            line.label,
            percent(lowest, 1)
        ));
    }
    all().find_map(|(line, row)| {
        let [women, men] = &row.cells[..] else { return None };
        Some(format!(
            "{}% of women and {}% of men {} ({})",
            women.text.as_ref()?,
            men.text.as_ref()?,
            info.indicator.statement,
            line.label
        ))
    })
}
