//! Charts of the worldwide sections: the gap on a map, rates over time, and what is missing by group.

use super::{
    GroupCell, TimeLine, WorldChart, WorldIndicator, WorldInput, WorldLine, ahead, asked, base,
    ranked, row,
};
use crate::charts::{
    Breaks, ChartData, ChartText, Classes, HeatCell, HeatRow, MapArea, Mark, Panel, Point, Scale,
    ValueUnit, YearMark,
};
use crate::heads::unit_words;
use crate::lookup::Lookup;
use crate::{Block, Figure, IndicatorInfo, Quantity};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{SeriesKey, percent};
use inclusion_registry::WorldMap;
use std::collections::{BTreeMap, BTreeSet};

/// Countries with a gap below which no map is drawn: a nearly empty one tells nothing.
const FEWEST: usize = 20;
/// Panels of rates over time.
const PANELS: usize = 12;
/// Years by sex that a country needs for a panel.
const YEARS: usize = 3;

/// The charts of one indicator; where a study names one that cannot be drawn, why.
pub(super) fn of_indicator(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for kind in &of.charts {
        let (drawn, why) = match kind {
            // It is of several indicators, and stands where figures by sex are missing.
            WorldChart::Availability => continue,
            WorldChart::Choropleth => {
                (gap_map(lookup, world, of, info, false), "no country has a gap")
            }
            WorldChart::Tiles => (gap_map(lookup, world, of, info, true), "no country has a gap"),
            WorldChart::Years => (
                over_time(lookup, world, of, info),
                "no country has figures of women and men of three years",
            ),
            WorldChart::Slope => (
                asked::slope(lookup, world, of, info),
                "no country has a gap in two years that are comparable",
            ),
            WorldChart::HeatMap => {
                (asked::heat_map(lookup, world, of, info), "no group of countries has a figure")
            }
            WorldChart::Lollipop => {
                (ranked::lollipop(lookup, world, of, info), "no country has a gap")
            }
            WorldChart::Ranking => {
                (ranked::ranking(lookup, world, of, info), "no country has a gap")
            }
            WorldChart::Fan => (
                ahead::fan(lookup, world, of, info),
                "no country has a trend of women and of men that may be projected",
            ),
        };
        match drawn {
            Some(figure) => blocks.push(Block::Figure(figure)),
            None if of.charts_named => blocks.push(Block::Text(format!(
                "No {} of {}: {why}.",
                match kind {
                    WorldChart::Choropleth | WorldChart::Tiles => "map",
                    _ => "chart",
                },
                info.indicator.name
            ))),
            None => {}
        }
    }
    blocks
}

pub(super) fn mark(world: &WorldInput, row: Option<&Row>) -> Mark {
    match row.map(|row| (&row.cell, &row.key)) {
        Some((Cell::Shown(shown), key)) => Mark::Shown(Point {
            value: shown.value,
            interval: shown.interval.map(|interval| (interval.lower, interval.upper)),
            unreliable: shown.unreliable || super::unreliable(world, key),
        }),
        Some((Cell::Withheld, _)) => Mark::Withheld,
        Some((Cell::Missing(_), _)) | None => Mark::Missing,
    }
}

/// Whether a gap lies nearer to none than an earlier one, by more than what is left over when shares are
/// subtracted.
pub(super) fn narrows(from: f64, to: f64) -> bool {
    from.abs() - to.abs() > 1e-9
}

pub(super) fn text(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    title: String,
    subtitle: String,
) -> ChartText {
    ChartText {
        title,
        subtitle,
        source: world.source_line.clone(),
        withheld_mark: lookup.input.style.withheld.clone(),
        missing_mark: lookup.input.style.not_available.clone(),
        ..ChartText::default()
    }
}

pub(super) fn figure(chart: ChartData, name: String) -> Figure {
    let text = chart.text();
    Figure {
        number: 0,
        title: text.title.clone(),
        subtitle: text.subtitle.clone(),
        source: text.source.clone(),
        alt: text.alt.clone(),
        name,
        chart,
    }
}

/// Men minus women by country, in its place or on a tile.
fn gap_map(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
    tiles: bool,
) -> Option<Figure> {
    let gap = |line: &WorldLine| mark(world, row(lookup, line, Quantity::Gap));
    let mut marks: BTreeMap<&str, Mark> =
        world.availability.iter().map(|line| (line.area.as_str(), Mark::Missing)).collect();
    marks.extend(of.countries.iter().map(|line| (line.key.ref_area.as_str(), gap(line))));
    let known = world.availability.iter().map(|line| (line.area.as_str(), line.label.as_str()));
    let shown = of.countries.iter().map(|line| (line.key.ref_area.as_str(), line.label.as_str()));
    let names: BTreeMap<&str, &str> = known.chain(shown).collect();
    let mut gaps: Vec<(f64, &str)> = of
        .countries
        .iter()
        .filter_map(|line| Some((gap(line).point()?.value, line.label.as_str())))
        .collect();
    if gaps.is_empty() || (gaps.len() < FEWEST && !of.charts_named) {
        return None;
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let behind = gaps.iter().filter(|(gap, _)| *gap > 0.0).count();
    let title = format!(
        "{}: the reported rate of women is below that of men in {behind} of {} countries",
        info.indicator.name,
        gaps.len()
    );
    let subtitle =
        format!("Men minus women, points; newest figures up to {}, {}", of.year, base(info));
    let widest: Vec<String> =
        gaps.iter().take(5).map(|(gap, label)| format!("{label} {}", percent(*gap, 1))).collect();
    let places = WorldMap::places();
    let unplaced = unplaced(world, of);
    let mut alt = format!(
        "Map of the gap by country. {title}. Widest, in points: {}. Countries without figures of women and men \
         are hatched.",
        widest.join("; ")
    );
    alt.extend(unplaced.iter().flat_map(|note| [" ", note.as_str()]));
    let placed = marks.into_iter().filter(|(area, _)| places.contains_key(*area));
    let areas = placed.map(|(area, mark)| MapArea {
        area: area.to_string(),
        name: names.get(area).copied().unwrap_or(area).to_string(),
        label: area.to_string(),
        mark,
    });
    let text = ChartText {
        alt,
        notes: unplaced.into_iter().collect(),
        unit: ValueUnit::Points,
        value_axis_label: "Men minus women, percentage points".into(),
        ..text(lookup, world, title, subtitle)
    };
    let areas = areas.collect();
    let classes = Classes {
        scale: Scale::MenAbove { middle: 0.0 },
        breaks: Breaks::Given(vec![-0.1, -0.02, 0.02, 0.1]),
    };
    let outlined = of.outlined.clone();
    let (chart, name) = match tiles {
        true => (ChartData::Tiles { text, areas, classes, outlined }, "tiles"),
        false => (ChartData::Choropleth { text, areas, classes, outlined, extent: None }, "map"),
    };
    Some(figure(chart, format!("{name}-{}", of.indicator)))
}

/// Some areas of a few persons have no place on the map: those on it and they are all that are named.
fn unplaced(world: &WorldInput, of: &WorldIndicator) -> Option<String> {
    let places = WorldMap::places();
    let named = world.availability.iter().map(|line| (line.area.as_str(), line.label.as_str()));
    let mut all: BTreeSet<&str> = named.clone().map(|(area, _)| area).collect();
    let more = of.countries.iter().map(|line| (line.key.ref_area.as_str(), line.label.as_str()));
    let more: Vec<(&str, &str)> = more.filter(|(area, _)| all.insert(*area)).collect();
    let without = named.chain(more).filter(|(area, _)| !places.contains_key(*area));
    let names: Vec<&str> = without.map(|(_, label)| label).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Not on the map: {} of the {} countries and territories ({}).",
            names.len(),
            all.len(),
            names.join("; ")
        )
    })
}

/// Women and men over the years, in the countries with most years; targets where there is one.
fn over_time(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let lines: Vec<_> =
        of.over_time.iter().filter(|line| line.years.len() >= YEARS).take(PANELS).collect();
    if lines.is_empty() {
        return None;
    }
    let panels: Vec<Panel> = lines
        .iter()
        .map(|line| {
            let marks = |quantity| {
                line.years
                    .iter()
                    .map(|year| YearMark {
                        year: year.year,
                        mark: mark(world, super::row_of(lookup, &year.key, quantity)),
                        break_before: year.break_before,
                    })
                    .collect()
            };
            Panel {
                label: line.label.clone(),
                women: marks(Quantity::Women),
                men: marks(Quantity::Men),
                both: Vec::new(),
                // At the last figure: years up to the target's would leave most of the panel empty.
                target: line
                    .years
                    .last()
                    .zip(of.target)
                    .map(|(y, (_, t))| (y.year, t))
                    .into_iter()
                    .collect(),
                required: Vec::new(),
                fans: Vec::new(),
            }
        })
        .collect();
    let target = of.target.map_or(String::new(), |(year, share)| {
        format!(" Target: {}% by {year}.", percent(share, 0))
    });
    let rate = |key: &SeriesKey, quantity| {
        Some(mark(world, super::row_of(lookup, key, quantity)).point()?.value)
    };
    let gap = |key: &SeriesKey| Some(rate(key, Quantity::Men)? - rate(key, Quantity::Women)?);
    let title = title_over_time(&lines, &gap, &info.indicator.name);
    let subtitle = format!(
        "{} of {}; the {} countries with most years by sex, then by name{}",
        crate::words::capital(&unit_words(&info.indicator)),
        base(info),
        panels.len(),
        of.target.map_or(String::new(), |(year, share)| {
            format!("; target {}% by {year}", percent(share, 0))
        })
    );
    let told: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let (first, last) = (line.years.first()?, line.years.last()?);
            Some(format!(
                "{}: gap {} points in {}, {} in {}",
                line.label,
                percent(gap(&first.key)?, 1),
                first.year,
                percent(gap(&last.key)?, 1),
                last.year
            ))
        })
        .collect();
    let chart = ChartData::Series {
        text: ChartText {
            alt: format!("Lines of women and men by year. {}.{target}", told.join("; ")),
            value_axis_label: crate::words::capital(&unit_words(&info.indicator)),
            ..text(lookup, world, title, subtitle)
        },
        panels,
    };
    Some(figure(chart, format!("years-{}", of.indicator)))
}

/// In how many countries the gap is narrower than it was: since the last break, for figures before one do not
/// compare. Where no two years do, in how many women are behind in the last one.
fn title_over_time(
    lines: &[&TimeLine],
    gap: &impl Fn(&SeriesKey) -> Option<f64>,
    indicator: &str,
) -> String {
    let spans = lines.iter().filter_map(|line| {
        let from = line.years.iter().rposition(|year| year.break_before).unwrap_or(0);
        let (first, last) = (line.years.get(from)?, line.years.last()?);
        if first.year == last.year {
            return None;
        }
        Some((gap(&first.key)?, gap(&last.key)?))
    });
    let spans: Vec<(f64, f64)> = spans.collect();
    if spans.is_empty() {
        let last = lines.iter().filter_map(|line| gap(&line.years.last()?.key));
        let last: Vec<f64> = last.collect();
        let behind = last.iter().filter(|gap| **gap > 0.0).count();
        return format!(
            "{indicator}: the reported rate of women is below that of men in {behind} of {} countries",
            last.len()
        );
    }
    format!(
        "{indicator}: the reported gap is narrower in the last year than in the first comparable one in {} of \
         the {} countries shown with comparable years",
        spans.iter().filter(|(from, to)| narrows(*from, *to)).count(),
        spans.len()
    )
}

/// For which indicators figures by sex are of most and of fewest women of the world; of countries where their
/// population is not known.
fn counted_apart(names: &[String], cells: &[GroupCell]) -> String {
    let mut known: Vec<(f64, &str)> = names
        .iter()
        .zip(cells)
        .filter_map(|(name, own)| Some((own.covered?.0, name.as_str())))
        .collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0));
    let start = "Recent figures by sex are of";
    match known[..] {
        [(most, name), .., (least, last)] => format!(
            "{start} countries with {}% of the world's women for {name}, and with {}% for {last}",
            percent(most, 0),
            percent(least, 0)
        ),
        [(share, name)] => {
            format!("{start} countries with {}% of the world's women for {name}", percent(share, 0))
        }
        [] => {
            let counted = names.iter().zip(cells).max_by_key(|(_, own)| own.countries);
            let (name, own) = counted
                .map_or(("", (0, 0)), |(name, own)| (name.as_str(), (own.countries, own.of)));
            format!("{start} {} of {} countries for {name}", own.0, own.1)
        }
    }
}

/// The share of the women of each group that live in countries with figures by sex, as in the tables of groups.
pub(super) fn gaps(lookup: &Lookup<'_>, world: &WorldInput, names: &[String]) -> Option<Figure> {
    if world.availability_of_groups.is_empty() || names.is_empty() {
        return None;
    }
    let mut heading = None;
    let mut rows = Vec::new();
    for line in &world.availability_of_groups {
        heading = line.heading.clone().or(heading);
        rows.push(HeatRow {
            label: line.label.clone(),
            group: heading.clone(),
            cells: line
                .cells
                .iter()
                .map(|own| HeatCell {
                    mark: match own.covered {
                        Some((value, _)) => {
                            Mark::Shown(Point { value, interval: None, unreliable: false })
                        }
                        None => Mark::Missing,
                    },
                    text: own.covered.map(|(women, _)| percent(women, 0)),
                })
                .collect(),
        });
    }
    let world_line = world.availability_of_groups.first()?;
    let told: Vec<String> = names
        .iter()
        .zip(&world_line.cells)
        .filter_map(|(name, own)| Some(format!("{name}: {}%", percent(own.covered?.0, 0))))
        .collect();
    let title = counted_apart(names, &world_line.cells);
    let subtitle =
        "Share of women in countries with recent figures by sex; the table says of which years"
            .to_string();
    let chart = ChartData::Heatmap {
        text: ChartText {
            alt: format!("Heat map of groups by indicator. World: {}.", told.join("; ")),
            value_axis_label: "Per cent of women".into(),
            ..text(lookup, world, title, subtitle)
        },
        columns: names.to_vec(),
        rows,
        classes: Classes {
            scale: Scale::Sequence,
            breaks: Breaks::Given(vec![0.2, 0.4, 0.6, 0.8]),
        },
    };
    Some(figure(chart, "figures-by-sex".to_string()))
}
