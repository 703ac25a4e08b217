//! Labels, names and pages: text stays text.

use super::*;

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
