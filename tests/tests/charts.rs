//! Charts as a reader gets them: the SVG and the PNG, checked from the outside.

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
fn labels_with_markup_stay_text_and_the_document_refers_to_nothing() {
    let hostile = "<script>alert(1)</script>\" onload=\"x' & ]]> &lt; \u{0}\u{8}";
    let chart_text = ChartText {
        title: hostile.into(),
        subtitle: hostile.into(),
        source: hostile.into(),
        alt: hostile.into(),
        value_axis_label: hostile.into(),
        withheld_mark: hostile.into(),
        ..text()
    };
    let mut rows = three_areas();
    rows[0].label = hostile.into();
    rows[0].gap_text = Some(hostile.into());
    rows[1].women = Mark::Withheld;
    let lines = rows
        .iter()
        .map(|row| ForestRow {
            label: hostile.into(),
            mark: row.men,
            group: Some(hostile.into()),
            text: Some(hostile.into()),
        })
        .collect();
    let options = SvgOptions { id_prefix: "a\"><script>".into(), ..SvgOptions::default() };
    for chart in [
        ChartData::Dumbbell { text: chart_text.clone(), rows: rows.clone() },
        ChartData::Bars { text: chart_text.clone(), rows },
        ChartData::Forest { text: chart_text, rows: lines, reference: Some(0.5) },
    ] {
        let svg = svg(&chart, &options).expect("the chart can be drawn");
        assert!(!svg.to_lowercase().contains("<script"));
        assert!(svg.contains("&lt;script&gt;"));
        let known = ["svg", "title", "desc", "rect", "text", "circle", "polygon", "polyline"];
        for element in elements(&svg) {
            assert!(known.contains(&element.name.as_str()), "{element:?}");
            let foreign =
                |key: &String| key.starts_with("on") || key.contains("href") || key == "style";
            assert!(!element.attributes.keys().any(foreign), "{element:?}");
        }
        assert_eq!(svg.matches("http").count(), 1, "only the name space");
        assert!(!svg.contains("url(") && !svg.contains('\u{0}') && !svg.contains('\u{8}'));
        png(&svg, 1.0).expect("well-formed XML");
    }
}

#[test]
fn a_label_that_looks_like_an_attribute_is_not_rewritten() {
    let label = " opacity=\"1\" font-size=\"9\" \"#0001FE\" \"var(--women,red)\"";
    let chart_text = ChartText { source: label.into(), ..text() };
    let options = SvgOptions { theme: Theme::Page, ..SvgOptions::default() };
    let chart = ChartData::Dumbbell { text: chart_text, rows: three_areas() };
    let svg = svg(&chart, &options).expect("drawn");
    let written = label.trim().replace('"', "&quot;");
    assert!(svg.contains(&format!(">{written}</text>")), "{svg}");
}

#[test]
fn the_document_names_itself_to_screen_readers() {
    let options = SvgOptions { id_prefix: "figure-7".into(), ..SvgOptions::default() };
    let svg =
        svg(&ChartData::Dumbbell { text: text(), rows: three_areas() }, &options).expect("drawn");
    let elements = elements(&svg);
    assert!(elements[0].is("role", "img"));
    assert!(elements[0].is("aria-labelledby", "figure-7-title figure-7-desc"));
    assert!(elements[1].name == "title" && elements[1].is("id", "figure-7-title"));
    assert_eq!(elements[1].text, "Women use the internet less than men");
    assert!(elements[2].name == "desc" && elements[2].is("id", "figure-7-desc"));
    assert_eq!(elements[2].text, "Women and men by area");
    let families = elements.iter().filter(|e| e.name == "text");
    assert!(families.clone().all(|e| e.is("font-family", "Noto Sans, sans-serif")));
    assert!(families.count() > 8);
}

#[test]
fn the_same_chart_has_the_same_bytes_in_every_thread() {
    let chart = ChartData::Dumbbell { text: text(), rows: three_areas() };
    let draw = || {
        let svg = drawn(&chart);
        let png = png(&svg, 1.0).expect("a picture");
        (svg, png)
    };
    let all: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(draw)).collect();
        threads.into_iter().map(|thread| thread.join().expect("drawn")).collect()
    });
    let again = draw();
    assert!(all.iter().all(|one| *one == again));
}

#[test]
fn a_picture_has_the_size_of_the_document_times_the_scale() {
    let svg = drawn(&ChartData::Dumbbell { text: text(), rows: three_areas() });
    let root = &elements(&svg)[0];
    let (width, height) = (root.number("width"), root.number("height"));
    assert_eq!(width, 680.0);
    for scale in [1.0f32, 1.5, 2.0] {
        let picture = png(&svg, scale).expect("a picture");
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        let side = |at: usize| {
            let bytes = picture[at..at + 4].try_into().expect("four bytes");
            f64::from(u32::from_be_bytes(bytes))
        };
        assert_eq!(side(16), (width * f64::from(scale)).round());
        assert_eq!(side(20), (height * f64::from(scale)).round());
    }
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e4] {
        assert!(matches!(png(&svg, scale), Err(Error::Raster(_))), "scale {scale}");
    }
    assert!(matches!(png("no picture", 1.0), Err(Error::Raster(_))));
}

#[test]
fn a_page_theme_draws_the_light_picture_until_the_page_says_otherwise() {
    let chart = ChartData::Bars { text: text(), rows: three_areas() };
    let themed =
        |theme| svg(&chart, &SvgOptions { theme, ..SvgOptions::default() }).expect("drawn");
    let (light, dark, page) = (themed(Theme::Light), themed(Theme::Dark), themed(Theme::Page));
    assert!(
        page.contains("fill=\"var(--women,#4B2E9E)\"")
            && page.contains("fill=\"var(--paper,#FFFFFF)\"")
    );
    assert_eq!(png(&page, 1.0).expect("page"), png(&light, 1.0).expect("light"));
    assert_ne!(png(&dark, 1.0).expect("dark"), png(&light, 1.0).expect("light"));
    assert!(!dark.contains(WOMEN) && !dark.contains(MEN) && !dark.contains(PAPER));
    for svg in [light, dark, page] {
        assert!(!svg.contains("01FE"), "no placeholder colour is left");
    }
}

/// Relative luminance of `#RRGGBB` (WCAG 2.2, definition of relative luminance).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let c =
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn women_and_men_contrast_with_the_paper_and_differ_in_lightness() {
    let chart = ChartData::Dumbbell { text: text(), rows: three_areas() };
    for theme in [Theme::Light, Theme::Dark] {
        let svg = svg(&chart, &SvgOptions { theme, ..SvgOptions::default() }).expect("drawn");
        let elements = elements(&svg);
        let fill = |name: &str| {
            let element = elements.iter().find(|e| e.name == name).expect("the element");
            luminance(&element.attributes["fill"])
        };
        let (paper, women, men) = (fill("rect"), fill("circle"), fill("polygon"));
        let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        assert!(contrast(women, paper) > 4.0 && contrast(men, paper) > 4.0, "{theme:?}");
        if theme == Theme::Light {
            // CIE lightness, as a grey printer sees it.
            let lightness = |y: f64| 116.0 * y.cbrt() - 16.0;
            assert!((lightness(women) - lightness(men)).abs() > 20.0);
        }
    }
}

#[test]
fn what_is_no_number_is_refused_with_chart_and_row() {
    let bad = [
        shown(f64::NAN, None),
        shown(f64::INFINITY, None),
        shown(0.5, Some((f64::NEG_INFINITY, 0.6))),
        shown(0.5, Some((0.4, f64::NAN))),
        shown(0.5, Some((0.6, 0.4))),
    ];
    for mark in bad {
        let mut rows = three_areas();
        rows[2].men = mark;
        for chart in [
            ChartData::Dumbbell { text: text(), rows: rows.clone() },
            ChartData::Bars { text: text(), rows },
        ] {
            let error = svg(&chart, &SvgOptions::default()).expect_err("refused").to_string();
            assert!(error.contains("Women use the internet") && error.contains("South"), "{error}");
        }
    }
    let empty = ChartData::Forest { text: text(), rows: Vec::new(), reference: None };
    assert!(matches!(svg(&empty, &SvgOptions::default()), Err(Error::NoRows { .. })));
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
