//! Stems, ranks, steps and projections: drawn at several sizes, and read back.

use crate::figures::{areas_with, gap, name, printed, share};
use crate::read_back::{Element, drawn};
use crate::samples::text;
use inclusion_report::charts::{
    ChartData, Equality, Fan, FanYear, ForestRow, GapRow, Mark, Panel, Point, RidgeRow, SvgOptions,
    ValueUnit, Who, YearMark, svg,
};

const WOMEN: &str = "#4B2E9E";
const MEN: &str = "#B36A00";
const BOTH: &str = "#4A5560";

/// Areas by the gap in accounts with a made-up interval, the largest first; one is withheld.
fn gaps(count: usize) -> Vec<(String, Mark)> {
    let mut all: Vec<(f64, String)> = areas_with("FX-ACCOUNT")
        .into_iter()
        .filter_map(|area| Some((gap("FX-ACCOUNT", &area, 2014)?, area)))
        .take(count)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mark = |(i, (value, area)): (usize, (f64, String))| {
        let interval = Some((value - 0.03, value + 0.03));
        let mark = match i {
            2 => Mark::Withheld,
            _ => Mark::Shown(Point { value, interval, unreliable: i % 9 == 4 }),
        };
        (name(&area), mark)
    };
    all.into_iter().enumerate().map(mark).collect()
}

fn lollipop(count: usize) -> ChartData {
    let row = |(label, mark): (String, Mark)| GapRow {
        label,
        text: printed(mark.point().map(|point| point.value)),
        mark,
    };
    ChartData::Lollipop {
        text: text("Women are behind", "Gap in accounts, 15+, 2014", ValueUnit::Points),
        rows: gaps(count).into_iter().map(row).collect(),
        equality: Equality { value: 0.0, women_above: false },
    }
}

fn ranking(count: usize) -> ChartData {
    let gaps = gaps(count);
    let all = gaps.len();
    let row = |(i, (label, mark)): (usize, (String, Mark))| {
        let ends = (i.saturating_sub(i % 4) + 1, (i + 3).min(all));
        let interval = Some((ends.0 as f64, ends.1 as f64));
        let place = |point: Point| Point { value: 1.0 + i as f64, interval, ..point };
        ForestRow {
            label,
            mark: mark.point().map_or(mark, |point| Mark::Shown(place(*point))),
            group: None,
            text: None,
        }
    };
    ChartData::Ranking {
        text: text("Ranks of the gap", "Gap in accounts, 15+, 2014", ValueUnit::Rank),
        rows: gaps.into_iter().enumerate().map(row).collect(),
    }
}

fn ridgeline(count: usize) -> ChartData {
    let areas: Vec<String> = areas_with("FX-ACCOUNT").into_iter().take(count).collect();
    let steps = |area: &String, sex: &str| -> Vec<Mark> {
        let of = |k: usize| {
            let value = share("FX-ACCOUNT", area, sex, 2014)? * (0.6 + 0.08 * k as f64);
            Some(Mark::Shown(Point { value, interval: None, unreliable: k == 1 }))
        };
        (0..5).map(|k| of(k).unwrap_or(Mark::Missing)).collect()
    };
    let row = |area: &String| RidgeRow {
        label: name(area),
        women: steps(area, "F"),
        men: steps(area, "M"),
    };
    ChartData::Ridgeline {
        text: text("Rich and poor", "Accounts, 15+, made-up fifths", ValueUnit::Percent),
        steps: ["Poorest fifth", "Second", "Third", "Fourth", "Richest fifth"]
            .map(String::from)
            .into(),
        rows: areas.iter().map(row).collect(),
    }
}

fn fan(count: usize) -> ChartData {
    let line = |from: f64| -> Vec<YearMark> {
        let mark = |value| Mark::Shown(Point { value, interval: None, unreliable: false });
        (0..6)
            .map(|k| YearMark {
                year: 2012 + k,
                mark: mark(from + 0.03 * f64::from(k)),
                break_before: k == 3,
            })
            .collect()
    };
    let ahead = |who: Who, from: f64| Fan {
        who,
        years: (0..13)
            .map(|k| {
                let (value, wide) = (from + 0.015 * f64::from(k), 0.01 + 0.006 * f64::from(k));
                let bands =
                    [0.5, 1.0, 1.6].map(|times| (value - times * wide, value + times * wide));
                FanYear { year: 2018 + k, value, bands }
            })
            .collect(),
    };
    let panel = |i: usize| Panel {
        label: format!("Area {i}"),
        women: line(0.3 + 0.02 * i as f64),
        men: line(0.42 + 0.02 * i as f64),
        target: vec![(2030, 0.95)],
        fans: vec![
            ahead(Who::Women, 0.48 + 0.02 * i as f64),
            ahead(Who::Men, 0.6 + 0.02 * i as f64),
        ],
        ..Panel::default()
    };
    ChartData::Series {
        text: text("Women and men to 2030", "Made up; target 95%", ValueUnit::Percent),
        panels: (0..count).map(panel).collect(),
    }
}

pub fn samples() -> Vec<(&'static str, ChartData)> {
    vec![
        ("lollipop-5", lollipop(5)),
        ("lollipop-50", lollipop(50)),
        ("lollipop-190", lollipop(190)),
        ("ranking-5", ranking(5)),
        ("ranking-50", ranking(50)),
        ("ranking-190", ranking(190)),
        ("ridgeline-5", ridgeline(5)),
        ("ridgeline-50", ridgeline(50)),
        ("fan-1", fan(1)),
        ("fan-6", fan(6)),
    ]
}

/// Where a printed value stands: the numbers under the plot tell.
fn place(elements: &[Element]) -> impl Fn(f64) -> f64 {
    let ticks: Vec<(f64, f64)> = elements
        .iter()
        .filter(|e| e.name == "text" && e.is("text-anchor", "middle"))
        .filter_map(|e| Some((e.text.replace('−', "-").parse().ok()?, e.number("x"))))
        .collect();
    assert!(ticks.len() >= 2, "{ticks:?}");
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    move |value| first.1 + (value - first.0) / (last.0 - first.0) * (last.1 - first.1)
}

#[test]
fn stems_run_from_equality_to_the_gap() {
    let chart = lollipop(50);
    let ChartData::Lollipop { rows, .. } = &chart else { panic!("stems") };
    let elements = drawn(&chart);
    let at = place(&elements);
    let stems: Vec<&Element> =
        elements.iter().filter(|e| e.name == "rect" && e.is("opacity", "0.35")).collect();
    let points: Vec<&Point> = rows.iter().filter_map(|row| row.mark.point()).collect();
    assert_eq!(stems.len(), points.len());
    for (stem, point) in stems.iter().zip(points) {
        let (left, right) = (stem.number("x"), stem.number("x") + stem.number("width"));
        let (zero, value) = (at(0.0), at(100.0 * point.value));
        assert!((left - zero.min(value)).abs() < 1.5, "{left} {zero} {value}");
        assert!((right - zero.max(value)).abs() < 1.5, "{right} {zero} {value}");
        let colour = match point.interval {
            Some((lower, _)) if lower > 0.0 => MEN,
            Some((_, upper)) if upper < 0.0 => WOMEN,
            _ => BOTH,
        };
        assert!(stem.is("fill", colour), "{point:?}");
    }
}

#[test]
fn ranks_and_their_whiskers_stand_at_whole_places() {
    let chart = ranking(50);
    let ChartData::Ranking { rows, .. } = &chart else { panic!("ranks") };
    let elements = drawn(&chart);
    let at = place(&elements);
    let whiskers: Vec<Vec<(f64, f64)>> = elements
        .iter()
        .filter(|e| e.name == "polyline" && e.is("stroke", BOTH) && e.is("stroke-width", "13"))
        .map(Element::points)
        .collect();
    let points: Vec<&Point> = rows.iter().filter_map(|row| row.mark.point()).collect();
    assert_eq!(whiskers.len(), points.len());
    for (whisker, point) in whiskers.iter().zip(points) {
        let (best, worst) = point.interval.expect("an interval");
        assert!((whisker[0].0 - at(best)).abs() < 1.5, "{whisker:?} {best}");
        assert!((whisker[1].0 - at(worst)).abs() < 1.5, "{whisker:?} {worst}");
    }
    let ticks: Vec<&str> = elements
        .iter()
        .filter(|e| e.name == "text" && e.is("text-anchor", "middle"))
        .map(|e| e.text.as_str())
        .collect();
    assert_eq!(ticks[0], "1");
    assert!(ticks.iter().all(|tick| !tick.contains('.')), "{ticks:?}");
}

#[test]
fn steps_stand_at_their_values_and_grow_with_their_order() {
    let chart = ridgeline(5);
    let ChartData::Ridgeline { rows, .. } = &chart else { panic!("steps") };
    let elements = drawn(&chart);
    let at = place(&elements);
    // The women's discs that are filled, after that of the legend.
    let discs: Vec<&Element> =
        elements.iter().filter(|e| e.name == "circle" && e.is("fill", WOMEN)).skip(1).collect();
    let wanted: Vec<(usize, &Point)> = rows
        .iter()
        .flat_map(|row| row.women.iter().enumerate())
        .filter_map(|(step, mark)| Some((step, mark.point().filter(|point| !point.unreliable)?)))
        .collect();
    assert_eq!(discs.len(), wanted.len());
    for pair in discs.iter().zip(&wanted).collect::<Vec<_>>().windows(2) {
        let [(disc, (step, point)), (next, (next_step, _))] = [pair[0], pair[1]];
        assert!((disc.number("cx") - at(100.0 * point.value)).abs() < 1.5, "{point:?}");
        assert_eq!(next.number("r") > disc.number("r"), next_step > step);
    }
}

#[test]
fn bands_of_a_projection_lie_inside_each_other_and_follow_the_last_figure() {
    let elements = drawn(&fan(1));
    let bands: Vec<Vec<(f64, f64)>> = elements
        .iter()
        .filter(|e| e.name == "polygon" && e.is("fill", WOMEN) && e.is("opacity", "0.13"))
        .map(Element::points)
        .collect();
    assert_eq!(bands.len(), 3);
    let low = |of: &[(f64, f64)]| of.iter().map(|p| p.1).fold(f64::MIN, f64::max);
    let high = |of: &[(f64, f64)]| of.iter().map(|p| p.1).fold(f64::MAX, f64::min);
    // The widest is drawn first.
    assert!(
        bands
            .windows(2)
            .all(|pair| low(&pair[0]) > low(&pair[1]) && high(&pair[0]) < high(&pair[1]))
    );
    let figures = elements.iter().filter(|e| e.name == "circle" && e.is("fill", WOMEN)).skip(1);
    let last = figures.map(|e| e.number("cx")).fold(f64::MIN, f64::max);
    assert!(bands.iter().flatten().all(|point| point.0 > last + 50.0), "{last} {bands:?}");
    assert!(elements.iter().any(|e| e.name == "text" && e.text == "F"));
}

#[test]
fn ranks_steps_and_projections_that_cannot_be_are_refused_by_name() {
    let refused = |chart: &ChartData| svg(chart, &SvgOptions::default()).unwrap_err().to_string();
    let ChartData::Ranking { text, mut rows } = ranking(5) else { panic!("ranks") };
    rows[0].mark = Mark::Shown(Point { value: 0.0, interval: None, unreliable: false });
    assert!(refused(&ChartData::Ranking { text, rows }).contains("is no whole number from 1 to"));
    let ChartData::Ridgeline { text, steps, mut rows } = ridgeline(5) else { panic!("steps") };
    rows[0].men.pop();
    let chart = ChartData::Ridgeline { text, steps, rows };
    assert!(refused(&chart).contains("4 figures of Men for 5 steps"));
    let ChartData::Series { text, mut panels } = fan(1) else { panic!("panels") };
    let good = panels[0].clone();
    panels[0].fans[0].years[0].year = 2017;
    let chart = ChartData::Series { text: text.clone(), panels };
    assert!(refused(&chart).contains("a projection begins after the last figure"));
    let mut panel = good;
    panel.fans[0].years[3].bands.swap(0, 2);
    let chart = ChartData::Series { text, panels: vec![panel] };
    assert!(refused(&chart).contains("do not lie inside each other"));
}
