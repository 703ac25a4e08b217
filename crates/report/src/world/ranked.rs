//! Countries by the size of their gap: as stems from equality, and by rank.

use super::charts::{figure, mark, text};
use super::{WorldIndicator, WorldInput, WorldLine, base, row};
use crate::charts::{ChartData, ChartText, Equality, ForestRow, GapRow, ValueUnit};
use crate::figures::{rank_text, rank_words};
use crate::lookup::Lookup;
use crate::numbers::{Printed, decimal};
use crate::{Figure, IndicatorInfo, Quantity, multiple};
use inclusion_disclosure::{Cell, Row};

/// Countries with a gap, the largest first: women most behind on top.
fn by_gap<'a, 'b>(lookup: &Lookup<'a>, of: &'b WorldIndicator) -> Vec<(&'b WorldLine, &'a Row)> {
    let value = |row: &Row| match &row.cell {
        Cell::Shown(shown) => Some(shown.value),
        Cell::Withheld | Cell::Missing(_) => None,
    };
    let mut found: Vec<(f64, &WorldLine, &Row)> = of
        .countries
        .iter()
        .filter_map(|line| {
            let row = row(lookup, line, Quantity::Gap)?;
            Some((value(row)?, line, row))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, line, row)| (line, row)).collect()
}

/// `12.4 (8.1–16.7)`.
fn printed(lookup: &Lookup<'_>, row: &Row) -> Option<String> {
    let Cell::Shown(shown) = &row.cell else { return None };
    let of = Printed::of(row.key.measure, row.unit, lookup.input.style);
    let interval = shown.interval.as_ref().map(|i| format!(" ({})", of.interval(i)));
    Some(format!("{}{}", of.text(shown.value), interval.unwrap_or_default()))
}

fn words(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
    title: String,
) -> ChartText {
    let subtitle =
        format!("Men minus women, points; newest figures up to {}, {}", of.year, base(info));
    let mut text = text(lookup, world, title, subtitle);
    text.words.right_header = "Gap, points".into();
    text.words.reference = "Equal".into();
    text
}

/// The gap by country, from equality.
pub(super) fn lollipop(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let lines = by_gap(lookup, of);
    if lines.is_empty() {
        return None;
    }
    let rows: Vec<GapRow> = lines
        .iter()
        .map(|(line, row)| GapRow {
            label: line.label.clone(),
            mark: mark(world, Some(row)),
            text: printed(lookup, row),
        })
        .collect();
    let points = || rows.iter().filter_map(|row| row.mark.point());
    let title = format!(
        "{}: the reported rate of women is below that of men in {} of {} countries",
        info.indicator.name,
        points().filter(|point| point.value > 0.0).count(),
        points().count()
    );
    let told: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{} {}", row.label, row.text.as_ref()?)))
        .collect();
    let text = ChartText {
        alt: format!("Stems from equality by country. {title}. In points: {}.", told.join("; ")),
        unit: ValueUnit::Points,
        value_axis_label: "Men minus women, percentage points".into(),
        ..words(lookup, world, of, info, title.clone())
    };
    let equality = Equality { value: 0.0, women_above: false };
    let chart = ChartData::Lollipop { text, rows, equality };
    Some(figure(chart, format!("gaps-{}", of.indicator)))
}

/// Ranks of the gaps; the title names a first country only where the tests do.
pub(super) fn ranking(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let lines = by_gap(lookup, of);
    let (first, _) = lines.first()?;
    let level = lookup.input.estimation.level;
    let ranked: Vec<Option<&Row>> = lines.iter().map(|(_, row)| Some(*row)).collect();
    let marks = multiple::ranks(&ranked, level);
    let rows: Vec<ForestRow> = lines
        .iter()
        .zip(&marks)
        .map(|((line, row), mark)| ForestRow {
            label: line.label.clone(),
            mark: *mark,
            group: None,
            text: printed(lookup, row),
        })
        .collect();
    let interval = marks.first().and_then(|mark| mark.point()?.interval);
    let name = &info.indicator.name;
    let title = match interval {
        None => format!(
            "{name}: countries by the size of the reported gap; without standard errors no rank is certain"
        ),
        Some((_, worst)) if worst <= 1.0 => format!("{name}: the gap is widest in {}", first.label),
        Some((_, worst)) => format!(
            "{name}: the reported gap is widest in {}, which may rank up to {}",
            first.label,
            decimal(worst, 0)
        ),
    };
    let told: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{} {}", row.label, rank_text(&row.mark)?)))
        .collect();
    let mut text = words(lookup, world, of, info, title.clone());
    text.alt = format!("Ranks of the gap by country. {title}. {}.", told.join("; "));
    text.unit = ValueUnit::Rank;
    text.value_axis_label = "Rank, from the largest gap (men minus women)".into();
    text.words.interval = rank_words(level);
    Some(figure(ChartData::Ranking { text, rows }, format!("ranks-{}", of.indicator)))
}
