//! Charts as a reader gets them: the SVG and the PNG, checked from the outside.

mod text;

use inclusion_report::charts::{
    ChartData, ChartText, Error, ForestRow, Mark, Point, Row, SvgOptions, Theme, ValueUnit, png,
    sorted, svg,
};
use std::collections::BTreeMap;

const WOMEN: &str = "#4B2E9E";

const MEN: &str = "#B36A00";

const BOTH: &str = "#4A5560";

const PAPER: &str = "#FFFFFF";

fn shown(value: f64, interval: Option<(f64, f64)>) -> Mark {
    Mark::Shown(Point { value, interval, unreliable: false })
}

fn row(label: &str, women: Mark, men: Mark) -> Row {
    Row { label: label.into(), women, men, total: None, gap_text: None }
}

fn text() -> ChartText {
    ChartText {
        title: "Women use the internet less than men".into(),
        subtitle: "Internet use, persons aged ten and over".into(),
        source: "Source: household survey".into(),
        alt: "Women and men by area".into(),
        value_axis_label: "per cent".into(),
        unit: ValueUnit::Percent,
        withheld_mark: "*".into(),
        missing_mark: "…".into(),
        ..ChartText::default()
    }
}

fn three_areas() -> Vec<Row> {
    vec![
        row("North", shown(0.312, Some((0.25, 0.381))), shown(0.467, Some((0.4, 0.535)))),
        row("Centre", shown(0.5551, Some((0.5, 0.61))), shown(0.6, Some((0.57, 0.63)))),
        row("South", shown(0.82, Some((0.79, 0.85))), shown(0.803, Some((0.76, 0.84)))),
    ]
}

fn drawn(chart: &ChartData) -> String {
    svg(chart, &SvgOptions::default()).expect("the chart can be drawn")
}

/// An element of the SVG: name, attributes, text.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn number(&self, attribute: &str) -> f64 {
        self.attributes[attribute].parse().expect("a number")
    }

    fn is(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|v| v == value)
    }

    fn points(&self) -> Vec<(f64, f64)> {
        self.attributes["points"]
            .split_whitespace()
            .map(|pair| {
                let (x, y) = pair.split_once(',').expect("a pair");
                (x.parse().expect("x"), y.parse().expect("y"))
            })
            .collect()
    }
}

/// Reads the elements; it is enough of a parser for documents without nesting beyond the root.
fn elements(svg: &str) -> Vec<Element> {
    svg.split('<')
        .skip(1)
        .filter(|part| !part.starts_with('/'))
        .map(|part| {
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
        })
        .collect()
}

/// The value axis as a reader finds it: places and numbers of two tick labels.
struct Scale {
    x: (f64, f64),
    value: (f64, f64),
}

impl Scale {
    fn of(elements: &[Element]) -> Scale {
        let ticks: Vec<(f64, f64)> = elements
            .iter()
            .filter(|e| e.name == "text" && e.is("text-anchor", "middle"))
            .filter_map(|e| Some((e.number("x"), e.text.replace('−', "-").parse().ok()?)))
            .collect();
        let (first, last) = (ticks.first().expect("ticks"), ticks.last().expect("ticks"));
        assert!(first.0 < last.0 && first.1 < last.1);
        Scale { x: (first.0, last.0), value: (first.1, last.1) }
    }

    fn value(&self, x: f64) -> f64 {
        let part = (x - self.x.0) / (self.x.1 - self.x.0);
        self.value.0 + part * (self.value.1 - self.value.0)
    }

    /// A tenth of a px in printed units: half of it is the rounding of the mark, the rest that of
    /// the two ticks.
    fn tolerance(&self) -> f64 {
        2.0 * (self.value.1 - self.value.0) / (self.x.1 - self.x.0)
    }
}

/// Where the rows begin: the top of the first grid line.
fn top_of_rows(elements: &[Element]) -> f64 {
    let grid = elements.iter().find(|e| e.name == "polyline" && e.is("stroke", "#D7DCE0"));
    grid.expect("a grid line").points()[0].1
}

fn close(values: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(values.len(), expected.len(), "{values:?}");
    for (value, expected) in values.iter().zip(expected) {
        assert!((value - expected).abs() <= tolerance, "{values:?} is not {expected:?}");
    }
}

fn discs(elements: &[Element], fill: &str) -> Vec<f64> {
    let top = top_of_rows(elements);
    elements
        .iter()
        .filter(|e| e.name == "circle" && e.is("fill", fill) && e.number("cy") > top)
        .map(|e| e.number("cx"))
        .collect()
}

/// Middles of the filled triangles or diamonds of a colour.
fn polygons(elements: &[Element], fill: &str, corners: usize) -> Vec<f64> {
    let top = top_of_rows(elements);
    elements
        .iter()
        .filter(|e| e.name == "polygon" && e.is("fill", fill))
        .map(Element::points)
        .filter(|points| points.len() == corners && points[0].1 > top)
        .map(|points| points[0].0)
        .collect()
}

/// Both ends of the horizontal lines of a colour.
fn whiskers(elements: &[Element], stroke: &str) -> Vec<f64> {
    elements
        .iter()
        .filter(|e| e.name == "polyline" && e.is("stroke", stroke))
        .map(Element::points)
        .filter(|points| points.len() == 2 && points[0].1 == points[1].1)
        .flat_map(|points| [points[0].0, points[1].0])
        .collect()
}

fn read_back(scale: &Scale, places: Vec<f64>) -> Vec<f64> {
    places.into_iter().map(|x| scale.value(x)).collect()
}

#[test]
fn marks_and_whiskers_of_a_dumbbell_stand_at_their_values() {
    let svg = drawn(&ChartData::Dumbbell { text: text(), rows: three_areas() });
    let elements = elements(&svg);
    let scale = Scale::of(&elements);
    let near = scale.tolerance();
    close(&read_back(&scale, discs(&elements, WOMEN)), &[31.2, 55.51, 82.0], near);
    close(&read_back(&scale, polygons(&elements, MEN, 3)), &[46.7, 60.0, 80.3], near);
    let women = read_back(&scale, whiskers(&elements, WOMEN));
    close(&women, &[25.0, 38.1, 50.0, 61.0, 79.0, 85.0], near);
    let men = read_back(&scale, whiskers(&elements, MEN));
    close(&men, &[40.0, 53.5, 57.0, 63.0, 76.0, 84.0], near);
}

#[test]
fn bars_run_from_zero_to_their_values() {
    let svg = drawn(&ChartData::Bars { text: text(), rows: three_areas() });
    let elements = elements(&svg);
    let scale = Scale::of(&elements);
    let near = scale.tolerance();
    for (colour, values) in [(WOMEN, [31.2, 55.51, 82.0]), (MEN, [46.7, 60.0, 80.3])] {
        let bars: Vec<_> =
            elements.iter().filter(|e| e.name == "rect" && e.is("fill", colour)).collect();
        let begin = bars.iter().map(|e| scale.value(e.number("x"))).collect::<Vec<_>>();
        let end = bars.iter().map(|e| scale.value(e.number("x") + e.number("width")));
        close(&begin, &[0.0; 3], near);
        close(&end.collect::<Vec<_>>(), &values, near);
    }
    close(&read_back(&scale, discs(&elements, WOMEN)), &[31.2, 55.51, 82.0], near);
}

#[test]
fn a_forest_plot_shows_points_intervals_and_the_reference() {
    let line = |label: &str, value: f64, interval, group: Option<&str>| ForestRow {
        label: label.into(),
        mark: shown(value, Some(interval)),
        group: group.map(str::to_owned),
        text: Some(format!("{label} text")),
    };
    let rows = vec![
        line("All", 0.93, (0.9, 0.97), None),
        line("Urban", 0.99, (0.95, 1.04), Some("Area")),
        line("Rural", 0.8, (0.71, 0.9), Some("Area")),
    ];
    let chart_text = ChartText { unit: ValueUnit::Ratio, ..text() };
    let svg = drawn(&ChartData::Forest { text: chart_text, rows, reference: Some(1.0) });
    let elements = elements(&svg);
    let scale = Scale::of(&elements);
    let near = scale.tolerance();
    close(&read_back(&scale, polygons(&elements, BOTH, 4)), &[0.93, 0.99, 0.8], near);
    let ends = read_back(&scale, whiskers(&elements, BOTH));
    close(&ends, &[0.9, 0.97, 0.95, 1.04, 0.71, 0.9], near);
    let dashes: Vec<f64> = elements
        .iter()
        .filter(|e| e.name == "polyline" && e.is("stroke", "#14181D"))
        .map(|e| scale.value(e.points()[0].0))
        .collect();
    assert!(dashes.len() > 5, "the reference line is dashed");
    close(&dashes, &vec![1.0; dashes.len()], near);
    assert_eq!(elements.iter().filter(|e| e.text == "Area").count(), 1, "one heading a group");
    let bold: Vec<&str> = elements
        .iter()
        .filter(|e| e.is("font-weight", "bold") && e.text.ends_with(" text"))
        .map(|e| e.text.as_str())
        .collect();
    assert_eq!(bold, ["All text", "Rural text"], "bold is what the interval tells from parity");
}

#[test]
fn a_mark_of_low_reliability_is_open() {
    let open = Mark::Shown(Point { value: 0.4, interval: None, unreliable: true });
    let rows = vec![row("North", open, open), row("South", shown(0.3, None), shown(0.5, None))];
    let svg = drawn(&ChartData::Dumbbell { text: text(), rows });
    let elements = elements(&svg);
    let scale = Scale::of(&elements);
    close(&read_back(&scale, discs(&elements, WOMEN)), &[30.0], scale.tolerance());
    close(&read_back(&scale, discs(&elements, PAPER)), &[40.0], scale.tolerance());
    assert!(
        elements
            .iter()
            .any(|e| e.name == "circle" && e.is("stroke", WOMEN) && e.is("fill", "none"))
    );
    close(&read_back(&scale, polygons(&elements, MEN, 3)), &[50.0], scale.tolerance());
    close(&read_back(&scale, polygons(&elements, PAPER, 3)), &[40.0], scale.tolerance());
    assert!(svg.contains("low reliability"), "a note explains open marks");
}

#[test]
fn a_withheld_row_holds_its_mark_and_neither_number_nor_shape() {
    let mut rows = three_areas();
    rows[1] = row("Centre", Mark::Withheld, Mark::Withheld);
    for chart in [
        ChartData::Dumbbell { text: text(), rows: rows.clone() },
        ChartData::Bars { text: text(), rows },
    ] {
        let svg = drawn(&chart);
        let elements = elements(&svg);
        let top = top_of_rows(&elements) + 240.0;
        let within = |y: f64| y > top && y < top + 240.0;
        let texts: Vec<&str> = elements
            .iter()
            .filter(|e| e.name == "text" && within(e.number("y")))
            .map(|e| e.text.as_str())
            .collect();
        assert_eq!(texts, ["Centre", "*"]);
        for element in &elements {
            let (low, high) = match element.name.as_str() {
                "circle" => (element.number("cy"), element.number("cy")),
                "rect" => (element.number("y"), element.number("y") + element.number("height")),
                "polygon" | "polyline" => {
                    let ys: Vec<f64> = element.points().iter().map(|p| p.1).collect();
                    let low = ys.iter().copied().fold(f64::MAX, f64::min);
                    (low, ys.into_iter().fold(f64::MIN, f64::max))
                }
                _ => continue,
            };
            assert!(!within(low) && !within(high), "{element:?} stands in the withheld row");
        }
        assert!(svg.contains("* withheld."), "a note explains the mark");
    }
}

#[test]
fn one_withheld_sex_is_named_and_the_other_is_drawn() {
    let rows = vec![
        row("North", Mark::Withheld, shown(0.5, None)),
        row("South", shown(0.4, None), Mark::Missing),
    ];
    let svg = drawn(&ChartData::Dumbbell { text: text(), rows });
    let elements = elements(&svg);
    let texts: Vec<&str> = elements.iter().map(|e| e.text.as_str()).collect();
    assert!(texts.contains(&"Women *") && texts.contains(&"Men …"), "{texts:?}");
    assert_eq!(discs(&elements, WOMEN).len(), 1);
    assert_eq!(polygons(&elements, MEN, 3).len(), 1);
    assert!(svg.contains("… not available."));
}

#[test]
fn an_interval_that_leaves_the_axis_ends_in_an_arrow_head_at_its_edge() {
    let rows = vec![row("Low", shown(0.02, Some((-0.04, 0.08))), shown(0.97, Some((0.9, 1.05))))];
    let svg = drawn(&ChartData::Dumbbell { text: text(), rows });
    let elements = elements(&svg);
    let scale = Scale::of(&elements);
    assert_eq!((scale.value.0, scale.value.1), (0.0, 100.0));
    close(&read_back(&scale, whiskers(&elements, WOMEN)), &[0.0, 8.0], scale.tolerance());
    close(&read_back(&scale, whiskers(&elements, MEN)), &[90.0, 100.0], scale.tolerance());
    let heads = [polygons(&elements, WOMEN, 3), polygons(&elements, MEN, 3)].concat();
    // The men's triangle is the mark itself.
    close(&read_back(&scale, heads), &[0.0, 100.0, 97.0], scale.tolerance());
    assert!(svg.contains("arrow head"));
}

#[test]
fn rows_are_ordered_by_gap_and_those_without_one_keep_their_order_at_the_end() {
    let rows = vec![
        row("withheld", Mark::Withheld, shown(0.9, None)),
        row("behind by 2", shown(0.4, None), shown(0.42, None)),
        row("ahead by 5", shown(0.5, None), shown(0.45, None)),
        row("missing", Mark::Missing, Mark::Missing),
        row("behind by 9", shown(0.1, None), shown(0.19, None)),
    ];
    let order: Vec<String> = sorted(rows).into_iter().map(|row| row.label).collect();
    assert_eq!(order, ["behind by 9", "behind by 2", "ahead by 5", "withheld", "missing"]);
}
