//! Charts of the worldwide sections: the gap on a map, rates over time, and what is missing by group.

use super::{WorldChart, WorldIndicator, WorldInput, WorldLine, ahead, asked, base, ranked, row};
use crate::charts::{
    Breaks, ChartData, ChartText, Classes, HeatCell, HeatRow, MapArea, Mark, Panel, Point, Scale,
    ValueUnit, YearMark,
};
use crate::heads::unit_words;
use crate::lookup::Lookup;
use crate::{Block, Figure, IndicatorInfo, Quantity};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::percent;
use inclusion_registry::WorldMap;
use std::collections::BTreeMap;

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

pub(super) fn mark(row: Option<&Row>) -> Mark {
    match row.map(|row| &row.cell) {
        Some(Cell::Shown(shown)) => Mark::Shown(Point {
            value: shown.value,
            interval: shown.interval.map(|interval| (interval.lower, interval.upper)),
            unreliable: shown.unreliable,
        }),
        Some(Cell::Withheld) => Mark::Withheld,
        Some(Cell::Missing(_)) | None => Mark::Missing,
    }
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
    let gap = |line: &WorldLine| mark(row(lookup, line, Quantity::Gap));
    let mut marks: BTreeMap<&str, Mark> =
        world.availability.iter().map(|line| (line.area.as_str(), Mark::Missing)).collect();
    marks.extend(of.countries.iter().map(|line| (line.key.ref_area.as_str(), gap(line))));
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
    let alt = format!(
        "Map of the gap by country. {title}. Widest, in points: {}. Countries without figures of women and men \
         are hatched.",
        widest.join("; ")
    );
    // Some areas of a few persons have no place on the map.
    let places = WorldMap::places();
    let placed = marks.into_iter().filter(|(area, _)| places.contains_key(*area));
    let areas = placed.map(|(area, mark)| MapArea {
        area: area.to_string(),
        label: area.to_string(),
        mark,
    });
    let text = ChartText {
        alt,
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
                        mark: mark(super::row_of(lookup, &year.key, quantity)),
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
    let title = format!("{}, women and men over time", info.indicator.name);
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
            let at = |key, quantity| mark(super::row_of(lookup, key, quantity)).point().copied();
            let gap = |key| {
                let (women, men) = (at(key, Quantity::Women)?, at(key, Quantity::Men)?);
                Some(percent(men.value - women.value, 1))
            };
            Some(format!(
                "{}: gap {} points in {}, {} in {}",
                line.label,
                gap(&first.key)?,
                first.year,
                gap(&last.key)?,
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
    let title = "How many women live where women and men are counted apart".to_string();
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
