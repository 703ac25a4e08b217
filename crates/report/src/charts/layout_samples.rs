//! Charts of slopes, time, maps and cells at all sizes, for the properties of the layout.

use super::canvas::Scene;
use super::layout_tests::{shown, text};
use super::{
    Availability, Breaks, ChartText, Classes, Extent, HeatCell, HeatRow, MapArea, Mark, Outlined,
    Panel, Scale, SlopeRow, ValueUnit, Who, YearMark, choropleth, heatmap, series, slope, tiles,
};
use inclusion_registry::WorldMap;

const LONG: &str = "Bolivia (Plurinational State of), the northern and north-eastern highlands";

fn name(i: usize, long: bool) -> String {
    if long && i.is_multiple_of(3) { LONG.into() } else { format!("Area {i}") }
}

fn mark(i: usize) -> Mark {
    let value = 0.5 + 0.45 * (1.7 * i as f64).sin();
    match i % 11 {
        5 => Mark::Withheld,
        6 => Mark::Missing,
        n => shown(value, 0.02 * n as f64, n == 4),
    }
}

/// A chart's name, and what was drawn.
pub(super) fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for long in [false, true] {
        let words = text(1 + usize::from(long) * 2, ValueUnit::Percent);
        let mut add = |kind: &str, count: usize, scene: Scene| {
            scenes.push((format!("{kind}, {count}, long {long}"), scene));
        };
        for count in [1, 5, 38, 50, 190] {
            add("slope", count, slopes(&words, count, long));
        }
        for count in [1, 2, 3, 6, 11, 24] {
            add("series", count, panels(&words, count, long));
        }
        for count in [1, 5, 50, 190] {
            add("map", count, map(&words, count, None));
            add("tiles", count, tile_map(&words, count, long));
            let rows = rows(count, long);
            for columns in [1, 8, 24] {
                let heads: Vec<String> = (0..columns).map(|i| name(i, long)).collect();
                let kinds = state_rows(&rows, columns);
                add("availability", count, heatmap::availability(&words, &heads, &kinds).unwrap());
                let cells = figure_rows(&rows, columns);
                let classes = diverging();
                add("heat map", count, heatmap::figures(&words, &heads, &cells, &classes).unwrap());
            }
        }
        let pacific = Extent { west: 130.0, south: -50.0, east: 240.0, north: 30.0 };
        add("Pacific", 190, map(&words, 190, Some(pacific)));
    }
    scenes
}

fn diverging() -> Classes {
    let breaks = Breaks::Given(vec![0.2, 0.45, 0.55, 0.8]);
    Classes { scale: Scale::WomenAbove { middle: 0.5 }, breaks }
}

fn slopes(words: &ChartText, count: usize, long: bool) -> Scene {
    let row = |i: usize| SlopeRow {
        label: name(i, long),
        who: [Who::Women, Who::Men, Who::Both][i % 3],
        from: mark(i),
        to: mark(i / 2 + 1),
        from_text: Some("−12.4".into()),
        to_text: (!i.is_multiple_of(4)).then(|| "1 250 000.4".into()),
        named: i.is_multiple_of(4),
    };
    let rows: Vec<SlopeRow> = (0..count).map(row).collect();
    slope::draw(words, ("2011", "2017"), &rows).unwrap()
}

fn panels(words: &ChartText, count: usize, long: bool) -> Scene {
    let line = |from: usize, years: usize| -> Vec<YearMark> {
        let at = |i: usize| YearMark {
            year: 2000 + 2 * i as i32,
            mark: mark(from + 3 * i),
            break_before: i == 3,
        };
        (0..years).map(at).collect()
    };
    let panel = |i: usize| Panel {
        label: name(i, long),
        women: line(i, 1 + i % 12),
        men: line(i + 1, 12),
        both: if i == 1 { line(i + 2, 4) } else { Vec::new() },
        target: vec![(2030, 0.95)],
        required: vec![(2022, 0.6), (2030, 0.95)],
    };
    series::draw(words, &(0..count).map(panel).collect::<Vec<_>>()).unwrap()
}

fn areas(count: usize, long: bool) -> Vec<MapArea> {
    let area = |(i, id): (usize, &String)| MapArea {
        area: id.clone(),
        label: if long { name(i, true) } else { id.clone() },
        mark: mark(i),
    };
    WorldMap::places().keys().enumerate().take(count).map(area).collect()
}

fn map(words: &ChartText, count: usize, extent: Option<Extent>) -> Scene {
    let group = Outlined { label: LONG.into(), areas: vec!["BOL".into(), "PER".into()] };
    choropleth::draw(words, &areas(count, false), &diverging(), &[group], extent).unwrap()
}

fn tile_map(words: &ChartText, count: usize, long: bool) -> Scene {
    let members = areas(60, false).into_iter().map(|area| area.area).collect();
    let group = Outlined { label: "the first sixty".into(), areas: members };
    let classes = Classes { scale: Scale::Sequence, breaks: Breaks::EqualCounts(5) };
    tiles::draw(words, &areas(count, long), &classes, &[group]).unwrap()
}

fn rows(count: usize, long: bool) -> Vec<(String, Option<String>)> {
    (0..count)
        .map(|i| (name(i, long), (i > 1).then(|| format!("{} {}", name(0, long), i / 9))))
        .collect()
}

fn state_rows(rows: &[(String, Option<String>)], columns: usize) -> Vec<HeatRow<Availability>> {
    let states = [
        Availability::SexesLatest,
        Availability::SexesOlder,
        Availability::TotalOnly,
        Availability::Nothing,
    ];
    let row = |(i, (label, group)): (usize, &(String, Option<String>))| HeatRow {
        label: label.clone(),
        group: group.clone(),
        cells: (0..columns).map(|k| states[(i * i + k) % 4]).collect(),
    };
    rows.iter().enumerate().map(row).collect()
}

fn figure_rows(rows: &[(String, Option<String>)], columns: usize) -> Vec<HeatRow<HeatCell>> {
    let cell = |i: usize| HeatCell { mark: mark(i), text: Some("−12.4".into()) };
    let row = |(i, (label, group)): (usize, &(String, Option<String>))| HeatRow {
        label: label.clone(),
        group: group.clone(),
        cells: (0..columns).map(|k| cell(i + 3 * k)).collect(),
    };
    rows.iter().enumerate().map(row).collect()
}
