//! Charts of slopes, time, maps and cells at all sizes, for the properties of the layout.

use super::canvas::Scene;
use super::layout_tests::{shown, text};
use super::{
    Availability, Breaks, ChartText, Classes, Equality, Extent, Fan, FanYear, ForestRow, GapRow,
    HeatCell, HeatRow, MapArea, Mark, Outlined, Panel, Point, RidgeRow, Scale, SlopeRow, ValueUnit,
    Who, YearMark, choropleth, heatmap, lollipop, ranking, ridgeline, series, slope, tiles,
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
            add("series", count, panels(&words, count, long, false));
            add("fan", count, panels(&words, count, long, true));
        }
        for count in [1, 5, 50, 190] {
            add("lollipop", count, lollipops(&words, count, long));
            add("ranking", count, ranks(&words, count, long));
            add("ridgeline", count, ridges(&words, count, long));
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

fn panels(words: &ChartText, count: usize, long: bool, ahead: bool) -> Scene {
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
        fans: if ahead { vec![fan(Who::Women, i), fan(Who::Men, i + 1)] } else { Vec::new() },
    };
    series::draw(words, &(0..count).map(panel).collect::<Vec<_>>()).unwrap()
}

/// A projection of some years; of one year alone in every fourth panel.
fn fan(who: Who, i: usize) -> Fan {
    let year = |k: usize| {
        let value = 0.3 + 0.02 * ((i + k) % 20) as f64;
        let wide = |half: f64| (value - half * (1.0 + 0.1 * k as f64), value + half);
        FanYear { year: 2023 + k as i32, value, bands: [wide(0.02), wide(0.05), wide(0.1)] }
    };
    Fan { who, years: (0..if i.is_multiple_of(4) { 1 } else { 8 }).map(year).collect() }
}

fn lollipops(words: &ChartText, count: usize, long: bool) -> Scene {
    let row = |i: usize| GapRow {
        label: name(i, long),
        mark: match mark(i) {
            Mark::Shown(point) => shown(point.value - 0.5, 0.01 * (i % 9) as f64, i % 11 == 4),
            other => other,
        },
        text: (!i.is_multiple_of(4)).then(|| "−12.4 (−16.7 to −8.1)".into()),
    };
    let text = ChartText { unit: ValueUnit::Points, ..words.clone() };
    let rows: Vec<GapRow> = (0..count).map(row).collect();
    lollipop::draw(&text, &rows, Equality { value: 0.0, women_above: false }).unwrap()
}

fn ranks(words: &ChartText, count: usize, long: bool) -> Scene {
    let row = |i: usize| {
        let ends = (1 + i.saturating_sub(i % 5), (i + 1 + i % 9).min(count));
        let interval = Some((ends.0 as f64, ends.1 as f64));
        ForestRow {
            label: name(i, long),
            mark: match i % 11 {
                5 => Mark::Withheld,
                _ => Mark::Shown(Point { value: 1.0 + i as f64, interval, unreliable: i % 7 == 3 }),
            },
            group: None,
            text: Some("−12.4 (−16.7 to −8.1)".into()),
        }
    };
    ranking::draw(words, &(0..count).map(row).collect::<Vec<_>>()).unwrap()
}

fn ridges(words: &ChartText, count: usize, long: bool) -> Scene {
    let steps: Vec<String> = (0..5).map(|i| name(i, long)).collect();
    let row = |i: usize| RidgeRow {
        label: name(i, long),
        women: (0..5).map(|k| mark(i + k)).collect(),
        men: (0..5).map(|k| mark(2 * i + k)).collect(),
    };
    ridgeline::draw(words, &steps, &(0..count).map(row).collect::<Vec<_>>()).unwrap()
}

fn areas(count: usize, long: bool) -> Vec<MapArea> {
    let area = |(i, id): (usize, &String)| MapArea {
        area: id.clone(),
        name: name(i, long),
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
