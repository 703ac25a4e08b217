//! Figures read back from the SVG, as a reader with a ruler would.

use crate::samples;
use inclusion_registry::WorldMap;
use inclusion_report::charts::{
    Availability, ChartData, Error, HeatRow, MapArea, Mark, SvgOptions, Theme, png, svg,
};
use std::collections::BTreeMap;

const WOMEN: &str = "#4B2E9E";
const MEN: &str = "#B36A00";
const HAIRLINE: &str = "#D7DCE0";
const SOFT_INK: &str = "#5B6670";
const PAPER: &str = "#FFFFFF";
const SEQUENCE: [&str; 5] = ["#EEE9F8", "#C7B8E2", "#A088CB", "#785AB5", "#4B2E9E"];

/// An element of the SVG: name, attributes, text.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    pub text: String,
}

impl Element {
    pub fn number(&self, attribute: &str) -> f64 {
        self.attributes[attribute].parse().expect("a number")
    }

    pub fn is(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|v| v == value)
    }

    pub fn points(&self) -> Vec<(f64, f64)> {
        let pair = |pair: &str| {
            let (x, y) = pair.split_once(',').expect("a pair");
            (x.parse().expect("x"), y.parse().expect("y"))
        };
        self.attributes["points"].split_whitespace().map(pair).collect()
    }
}

pub fn drawn(chart: &ChartData) -> Vec<Element> {
    let svg = svg(chart, &SvgOptions::default()).expect("the chart can be drawn");
    let element = |part: &str| {
        let (tag, text) = part.split_once('>').expect("a closed tag");
        let mut pieces = tag.trim_end_matches('/').splitn(2, ' ');
        let name = pieces.next().unwrap_or_default().to_owned();
        let mut attributes = BTreeMap::new();
        let mut rest = pieces.next().unwrap_or_default();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("a closed attribute");
            attributes.insert(key.trim().to_owned(), value.to_owned());
            rest = after;
        }
        Element { name, attributes, text: text.trim_end().to_owned() }
    };
    svg.split('<').skip(1).filter(|part| !part.starts_with('/')).map(element).collect()
}

/// Ends of horizontal lines of a colour: left x and y.
fn levels(elements: &[Element], stroke: &str) -> Vec<(f64, f64)> {
    let lines = elements.iter().filter(|e| e.name == "polyline" && e.is("stroke", stroke));
    let lines = lines.map(Element::points).filter(|p| p.len() == 2 && p[0].1 == p[1].1);
    lines.map(|points| points[0]).collect()
}

/// A vertical scale of printed values: light lines with the numbers beside the first of them.
fn vertical(elements: &[Element]) -> impl Fn(f64) -> f64 {
    let lines = levels(elements, HAIRLINE);
    let left = lines[0].0;
    let lines: Vec<f64> = lines.into_iter().filter(|l| l.0 == left).map(|l| l.1).collect();
    let numbers: Vec<f64> = elements
        .iter()
        .filter(|e| e.name == "text" && e.is("text-anchor", "end") && e.is("fill", SOFT_INK))
        .filter_map(|e| e.text.replace('−', "-").parse().ok())
        .collect();
    let n = numbers.len();
    assert!(n >= 3 && lines.len() >= n, "{numbers:?}");
    let (low, high) = (numbers[0], numbers[n - 1]);
    let (bottom, top) = (lines[0], lines[n - 1]);
    assert!(low < high && bottom > top);
    move |y| low + (y - bottom) / (top - bottom) * (high - low)
}

fn discs(elements: &[Element]) -> Vec<(f64, f64)> {
    let discs = elements.iter().filter(|e| e.name == "circle" && e.is("fill", WOMEN));
    discs.map(|e| (e.number("cx"), e.number("cy"))).collect()
}

#[test]
fn ends_of_a_slope_stand_at_their_values_and_a_withheld_one_stands_nowhere() {
    let ChartData::Slope { text, years, rows } = samples::slope(12) else { panic!("a slope") };
    let withheld = rows[3].from_text.clone().expect("a text");
    let chart = ChartData::Slope { text, years, rows: rows.clone() };
    let elements = drawn(&chart);
    let value = vertical(&elements);
    let mut places = discs(&elements);
    // The first disc is the legend's.
    places.remove(0);
    let left = places.iter().map(|at| at.0).fold(f64::MAX, f64::min);
    for (from, marks) in [
        (true, rows.iter().map(|row| row.from).collect::<Vec<_>>()),
        (false, rows.iter().map(|row| row.to).collect()),
    ] {
        let read: Vec<f64> =
            places.iter().filter(|at| (at.0 == left) == from).map(|at| value(at.1)).collect();
        let expected: Vec<f64> =
            marks.iter().filter_map(|mark| Some(100.0 * mark.point()?.value)).collect();
        assert_eq!(read.len(), expected.len());
        for (read, expected) in read.iter().zip(&expected) {
            assert!((read - expected).abs() < 0.1, "{read} is not {expected}");
        }
    }
    let of = |label: &str| -> Vec<&str> {
        let texts = elements.iter().filter(|e| e.name == "text" && e.text.contains(label));
        texts.map(|e| e.text.as_str()).collect()
    };
    let names = of(&rows[3].label);
    assert!(names.contains(&format!("{} *", rows[3].label).as_str()), "{names:?}");
    assert!(names.iter().all(|name| !name.contains(&withheld)), "{names:?}");
}

#[test]
fn marks_over_time_stand_at_their_years_and_values() {
    let chart = samples::series(1);
    let ChartData::Series { panels, .. } = &chart else { panic!("panels") };
    let elements = drawn(&chart);
    let value = vertical(&elements);
    let years: Vec<(f64, f64)> = elements
        .iter()
        .filter(|e| e.name == "text" && e.is("text-anchor", "middle"))
        .filter_map(|e| Some((e.number("x"), e.text.parse().ok()?)))
        .collect();
    let (first, last) = (years[1], years[years.len() - 2]);
    let year = |x: f64| first.1 + (x - first.0) / (last.0 - first.0) * (last.1 - first.1);
    let filled: Vec<_> = panels[0]
        .women
        .iter()
        .filter(|at| at.mark.point().is_some_and(|p| !p.unreliable))
        .collect();
    let discs = &discs(&elements)[1..];
    assert_eq!(discs.len(), filled.len());
    for (disc, at) in discs.iter().zip(filled) {
        let share = at.mark.point().expect("a figure").value;
        assert!((year(disc.0) - f64::from(at.year)).abs() < 0.05, "{disc:?} {at:?}");
        assert!((value(disc.1) - 100.0 * share).abs() < 0.1, "{disc:?} {at:?}");
    }
}

/// Which class of five equal steps of twenty a value is in.
fn colour(mark: &Mark) -> Option<&'static str> {
    Some(SEQUENCE[((mark.point()?.value * 5.0) as usize).min(4)])
}

/// Letters of codes on the tiles of the whole world: three of them, within the tile.
#[test]
fn codes_on_tiles_can_be_read() {
    for chart in [samples::map(true, true), samples::gap_map(true)] {
        let ChartData::Tiles { areas, .. } = &chart else { panic!("tiles") };
        assert!(areas.len() > 190, "the world");
        let elements = drawn(&chart);
        let code = |e: &&Element| e.name == "text" && areas.iter().any(|area| area.area == e.text);
        let texts: Vec<&Element> = elements.iter().filter(code).collect();
        assert_eq!(texts.len(), areas.len());
        let centres: Vec<f64> = texts.iter().map(|text| text.number("x")).collect();
        let apart = |a: f64| {
            let others = centres.iter().map(|b| (a - b).abs()).filter(|apart| *apart > 1.0);
            others.fold(f64::MAX, f64::min)
        };
        for text in &texts {
            let size = text.number("font-size");
            assert!(size >= 8.0, "{}: {size} px", text.text);
            // The widest of the codes, MMR, is 2.44 times as wide as its letters are high.
            let side = apart(text.number("x"));
            assert!(2.44 * size < side, "{}: {size} px in {side}", text.text);
        }
    }
}

#[test]
fn tiles_have_the_colours_of_their_values_and_the_legend_counts_them() {
    let chart = samples::map(true, true);
    let ChartData::Tiles { areas, .. } = &chart else { panic!("tiles") };
    let elements = drawn(&chart);
    let mut tile = None;
    let mut found = BTreeMap::new();
    for element in &elements {
        // A tile is a square, but for rounding.
        let square = |e: &Element| (e.number("width") - e.number("height")).abs() < 2.0;
        if element.name == "rect" && square(element) {
            tile = Some(element.attributes["fill"].as_str());
        }
        let is_area = areas.iter().any(|area| area.area == element.text);
        if element.name == "text" && is_area {
            found.insert(element.text.as_str(), tile.expect("a tile"));
        }
    }
    assert_eq!(found.len(), areas.len());
    for area in areas {
        let expected = colour(&area.mark).unwrap_or(PAPER);
        assert_eq!(found[area.area.as_str()], expected, "{area:?}");
    }
    assert_eq!(counts(&elements), areas.len());
    for (class, limits) in ["< 20", "20 to 40", "40 to 60", "60 to 80", "≥ 80"].iter().enumerate()
    {
        let members = areas.iter().filter(|area| colour(&area.mark) == Some(SEQUENCE[class]));
        let words = format!("{} ({})", limits.replace('<', "&lt;"), members.count());
        assert!(elements.iter().any(|e| e.text == words), "{words}");
    }
}

/// The sum of the numbers in brackets at the ends of a legend's words.
fn counts(elements: &[Element]) -> usize {
    let number = |e: &Element| e.text.strip_suffix(')')?.rsplit_once(" (")?.1.parse::<usize>().ok();
    elements.iter().filter(|e| e.name == "text").filter_map(number).sum()
}

fn contains(ring: &[(f64, f64)], at: (f64, f64)) -> bool {
    let crossed = |i: usize| {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        (a.1 > at.1) != (b.1 > at.1) && at.0 < a.0 + (at.1 - a.1) / (b.1 - a.1) * (b.0 - a.0)
    };
    (0..ring.len()).filter(|i| crossed(*i)).count() % 2 == 1
}

#[test]
fn areas_of_a_map_have_the_colours_of_their_values() {
    let chart = samples::map(false, false);
    let ChartData::Choropleth { areas, .. } = &chart else { panic!("a map") };
    let elements = drawn(&chart);
    let land: Vec<(Vec<(f64, f64)>, &str)> = elements
        .iter()
        .filter(|e| e.name == "polygon")
        .map(|e| (e.points(), e.attributes["fill"].as_str()))
        .collect();
    // Places of the map are found with the projection's published formula, from two known ones: the
    // map is symmetric about the middle of the page, and the equator is where Brazil's place says.
    let place = |id: &str| {
        let place = &WorldMap::places()[id];
        equal_earth(place.longitude, place.latitude)
    };
    let scale = 6480.0 / (2.0 * equal_earth(180.0, 0.0).0);
    let north = land.iter().flat_map(|(ring, _)| ring.iter().map(|p| p.1)).fold(f64::MAX, f64::min);
    let ring_north = WorldMap::builtin()
        .outline(WorldMap::places().keys().map(String::as_str))
        .into_iter()
        .flatten()
        .map(|p| equal_earth(p[0], p[1]).1)
        .fold(f64::MIN, f64::max);
    let at = |id: &str| {
        let (x, y) = place(id);
        (3400.0 + x * scale, north + (ring_north - y) * scale)
    };
    let mut seen = 0;
    for area in areas {
        let own = WorldMap::builtin().outline([area.area.as_str()]);
        let degrees = own.iter().flatten().map(|p| p[0]);
        let degrees = degrees.clone().fold(f64::MIN, f64::max) - degrees.fold(f64::MAX, f64::min);
        // What is smaller may be a disc, or thinned to nothing around its place.
        if degrees > 3.0 {
            let there = land.iter().rev().find(|(ring, _)| contains(ring, at(&area.area)));
            let fill = there.map(|(_, fill)| *fill);
            assert_eq!(fill, Some(colour(&area.mark).unwrap_or(PAPER)), "{area:?}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} areas are large enough");
    assert_eq!(counts(&elements), areas.len());
}

/// Equations 1 to 6 of Šavrič, Patterson and Jenny (2018), in the form of the paper.
fn equal_earth(longitude: f64, latitude: f64) -> (f64, f64) {
    let t = (3f64.sqrt() / 2.0 * latitude.to_radians().sin()).asin();
    let slope = 9.0 * 0.003796 * t.powi(8) + 7.0 * 0.000893 * t.powi(6)
        - 3.0 * 0.081106 * t.powi(2)
        + 1.340264;
    let x = 2.0 * 3f64.sqrt() * longitude.to_radians() * t.cos() / (3.0 * slope);
    let y = 0.003796 * t.powi(9) + 0.000893 * t.powi(7) - 0.081106 * t.powi(3) + 1.340264 * t;
    (x, y)
}

#[test]
fn cells_of_availability_are_as_many_as_their_states() {
    let chart = samples::availability(195, true);
    let ChartData::Availability { rows, .. } = &chart else { panic!("availability") };
    let elements = drawn(&chart);
    let cells = |state: Availability| {
        rows.iter().flat_map(|row| &row.cells).filter(|cell| **cell == state).count()
    };
    let rects =
        |fill: &str| elements.iter().filter(|e| e.name == "rect" && e.is("fill", fill)).count();
    // One of each is the legend's.
    assert_eq!(rects(SEQUENCE[4]), cells(Availability::SexesLatest) + 1);
    assert_eq!(rects(SEQUENCE[1]), cells(Availability::SexesOlder) + 1);
    let diamonds = elements.iter().filter(|e| e.name == "polygon" && e.is("fill", "#4A5560"));
    assert_eq!(diamonds.count(), cells(Availability::TotalOnly) + 1);
    let empty = cells(Availability::TotalOnly) + cells(Availability::Nothing);
    assert_eq!(rects(PAPER), empty + 2 + 1, "and the page itself");
}

#[test]
fn withheld_figures_of_a_heat_map_have_neither_colour_nor_text() {
    let chart = samples::heatmap(20);
    let ChartData::Heatmap { rows, .. } = &chart else { panic!("a heat map") };
    let elements = drawn(&chart);
    let texts: Vec<&str> = elements
        .iter()
        .filter(|e| e.name == "text" && e.is("text-anchor", "middle"))
        .map(|e| e.text.as_str())
        .filter(|text| text.contains('.'))
        .collect();
    let expected: Vec<&str> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.mark.point().is_some())
        .filter_map(|cell| cell.text.as_deref())
        .collect();
    assert_eq!(texts, expected);
    let shown = expected.len();
    let filled = elements.iter().filter(|e| e.name == "rect" && !e.is("fill", PAPER)).count();
    let classes = elements
        .iter()
        .filter(|e| e.name == "rect" && !e.is("fill", PAPER) && e.number("height") == 120.0);
    assert_eq!(filled - classes.count(), shown);
}

#[test]
fn documents_hold_no_reference_and_no_placeholder_in_any_theme() {
    for (name, chart) in samples::all() {
        for theme in [Theme::Light, Theme::Dark, Theme::Page] {
            let options = SvgOptions { theme, ..SvgOptions::default() };
            let drawn = svg(&chart, &options).expect("drawn");
            assert!(!drawn.contains("01FE") && !drawn.contains("url("), "{name}");
            assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{name}");
            if theme == Theme::Dark {
                assert!(!drawn.contains(MEN) && !drawn.contains(PAPER), "{name}");
            }
            assert_eq!(drawn, svg(&chart, &options).expect("drawn again"), "{name}");
        }
        let light = svg(&chart, &SvgOptions::default()).expect("drawn");
        assert!(light.len() < 3_000_000, "{name}: {} bytes", light.len());
        // Larger pictures take seconds and have the same elements.
        if light.len() < 150_000 {
            png(&light, 0.5).expect("well-formed XML");
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    let refused = |chart: &ChartData| svg(chart, &SvgOptions::default()).unwrap_err().to_string();
    let ChartData::Tiles { text, areas, classes, outlined } = samples::map(false, true) else {
        panic!("tiles")
    };
    let with = |area: MapArea| {
        let areas = areas.iter().cloned().chain([area]).collect();
        let (text, classes) = (text.clone(), classes.clone());
        refused(&ChartData::Tiles { text, areas, classes, outlined: outlined.clone() })
    };
    let area = |id: &str| MapArea {
        area: id.into(),
        name: id.into(),
        label: id.into(),
        mark: Mark::Missing,
    };
    assert!(with(area("XYZ")).contains("“XYZ”: no area of the registry"));
    assert!(with(area("BRA")).contains("“BRA”: the area is there twice"));
    let short = HeatRow { label: "South".into(), group: None, cells: Vec::new() };
    let columns = vec!["2011".into()];
    let chart = ChartData::Availability { text: text.clone(), columns, rows: vec![short] };
    assert!(refused(&chart).contains("“South”: 0 cells for 1 columns"));
    let ChartData::Series { text, mut panels } = samples::series(24) else { panic!("panels") };
    panels.push(panels[0].clone());
    let chart = ChartData::Series { text: text.clone(), panels };
    assert!(refused(&chart).contains("25 panels; a chart has at most 24"));
    let empty = ChartData::Series { text, panels: Vec::new() };
    assert!(matches!(svg(&empty, &SvgOptions::default()), Err(Error::NoRows { .. })));
}
