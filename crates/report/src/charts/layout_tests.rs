//! Layout properties that only hold if text is measured: nothing overlaps, nothing leaves the page.

use super::canvas::{Anchor, Label, Scene, Shape};
use super::type_setting::width;
use super::{ChartText, ForestRow, Mark, Point, Row, ValueUnit, bars, dumbbell, forest};
use std::sync::LazyLock;

pub(super) fn shown(value: f64, half: f64, unreliable: bool) -> Mark {
    Mark::Shown(Point { value, interval: Some((value - half, value + half)), unreliable })
}

pub(super) fn text(length: usize, unit: ValueUnit) -> ChartText {
    ChartText {
        title: "Women use the internet less than men in 14 of 17 areas ".repeat(length),
        subtitle: "Internet use in the last three months, persons aged 10 and over, 2024 "
            .repeat(length),
        source: "Source: a household survey of a made-up country, own calculations. "
            .repeat(length),
        value_axis_label: "Percentage points of the population aged 10 and over ".repeat(length),
        withheld_mark: "*".into(),
        missing_mark: "…".into(),
        unit,
        ..ChartText::default()
    }
}

/// Rows of every kind: long and short labels, close and distant marks, all absences.
fn rows(count: usize, long: bool, texts: bool, scale: f64) -> Vec<Row> {
    (0..count)
        .map(|i| {
            let at = scale * (0.5 + 0.45 * (1.7 * i as f64).sin());
            let mark = |k: usize, value: f64| match (i + k) % 7 {
                5 => Mark::Withheld,
                6 => Mark::Missing,
                n => shown(value, scale * 0.03 * n as f64, n == 4),
            };
            let label = if long && i % 3 == 0 {
                "Households of the lowest wealth quintile in the northern and north-eastern highlands"
            } else {
                "Rural"
            };
            Row {
                label: label.into(),
                women: mark(i / 3, at),
                men: mark(i / 5, at + scale * 0.002 * i as f64),
                total: (i % 2 == 0).then(|| mark(i / 2, at)),
                gap_text: texts.then(|| "−12.4 (−16.7 to −8.1)".into()),
            }
        })
        .collect()
}

/// Charts of all kinds, sizes and units, drawn once.
static SCENES: LazyLock<Vec<(String, Scene)>> = LazyLock::new(scenes);

fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = super::layout_samples::scenes();
    for count in [1, 2, 5, 8, 25] {
        for long in [false, true] {
            for texts in [false, true] {
                for (unit, scale) in
                    [(ValueUnit::Percent, 1.0), (ValueUnit::Number, 4e7), (ValueUnit::Points, 0.01)]
                {
                    let words = text(1 + usize::from(long) * 2, unit);
                    let rows = rows(count, long, texts, scale);
                    let lines: Vec<ForestRow> = rows
                        .iter()
                        .enumerate()
                        .map(|(i, row)| ForestRow {
                            label: row.label.clone(),
                            mark: row.women,
                            group: (i > 0).then(|| format!("Group {} of all", i / 4)),
                            text: row.gap_text.clone(),
                        })
                        .collect();
                    let name = format!("{count} rows, long {long}, texts {texts}, {unit:?}");
                    scenes.push((
                        format!("dumbbell, {name}"),
                        dumbbell::draw(&words, &rows).unwrap(),
                    ));
                    scenes.push((format!("bars, {name}"), bars::draw(&words, &rows).unwrap()));
                    let forest = forest::draw(&words, &lines, Some(0.0)).unwrap();
                    scenes.push((format!("forest, {name}"), forest));
                }
            }
        }
    }
    scenes
}

/// Left, top, right and bottom of the letters, without descenders.
fn extent(label: &Label) -> (f64, f64, f64, f64) {
    let wide = width(&label.text, label.size, label.bold);
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - 0.5 * wide,
        Anchor::End => label.x - wide,
    };
    (left, label.baseline - 0.72 * label.size, left + wide, label.baseline)
}

fn labels(scene: &Scene) -> Vec<&Label> {
    scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Label(label) => Some(label),
            _ => None,
        })
        .collect()
}

#[test]
fn no_two_texts_overlap() {
    for (name, scene) in SCENES.iter() {
        let labels: Vec<_> =
            labels(scene).into_iter().map(|label| (label, extent(label))).collect();
        for (i, (a, (l, t, r, u))) in labels.iter().enumerate() {
            for (b, (l2, t2, r2, u2)) in &labels[i + 1..] {
                let apart = r <= l2 || r2 <= l || u <= t2 || u2 <= t;
                assert!(apart, "{name}: “{}” and “{}” overlap", a.text, b.text);
            }
        }
    }
}

#[test]
fn no_text_crosses_a_mark() {
    for (name, scene) in SCENES.iter() {
        let labels: Vec<_> =
            labels(scene).into_iter().map(|label| (label, extent(label))).collect();
        for shape in &scene.shapes {
            let points = match shape {
                Shape::Disc { centre: (x, y), radius, .. } => {
                    vec![(x - radius, y - radius), (x + radius, y + radius)]
                }
                Shape::Polygon { points, .. } => points.clone(),
                _ => continue,
            };
            let low = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::MAX, f64::min);
            let high = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::MIN, f64::max);
            let (left, top, right, bottom) =
                (low(|p| p.0), low(|p| p.1), high(|p| p.0), high(|p| p.1));
            for (label, (l, t, r, u)) in &labels {
                let apart = *r <= left || right <= *l || *u <= top || bottom <= *t;
                assert!(apart, "{name}: “{}” crosses a mark at {points:?}", label.text);
            }
        }
    }
}

#[test]
fn everything_stays_on_the_page() {
    for (name, scene) in SCENES.iter() {
        let inside =
            |x: f64, y: f64| (0.0..=scene.width).contains(&x) && (0.0..=scene.height).contains(&y);
        for shape in &scene.shapes {
            let ok = match shape {
                Shape::Line { from, to, .. } => inside(from.0, from.1) && inside(to.0, to.1),
                Shape::Bar { left, top, right, bottom, .. } => {
                    inside(*left, *top) && inside(*right, *bottom)
                }
                Shape::Disc { centre: (x, y), radius, .. } => {
                    inside(x - radius, y - radius) && inside(x + radius, y + radius)
                }
                Shape::Polygon { points, .. }
                | Shape::Path { points, .. }
                | Shape::Area { points, .. } => points.iter().all(|p| inside(p.0, p.1)),
                Shape::Label(label) => {
                    let (left, top, right, bottom) = extent(label);
                    inside(left, top) && inside(right, bottom)
                }
            };
            assert!(ok, "{name}: {shape:?} leaves {} × {}", scene.width, scene.height);
        }
    }
}

#[test]
fn a_label_is_cut_only_beyond_two_fifths_of_the_width() {
    let mut row = rows(1, false, true, 1.0).remove(0);
    row.label = "Women and men with lower secondary ed".into();
    assert!(width(&row.label, 13.0, false) < 0.4 * 680.0);
    let scene = dumbbell::draw(&text(1, ValueUnit::Percent), &[row.clone()]).unwrap();
    assert!(labels(&scene).iter().any(|label| label.text == row.label));
    row.label = row.label.repeat(2);
    let scene = dumbbell::draw(&text(1, ValueUnit::Percent), &[row.clone()]).unwrap();
    let cut = labels(&scene).into_iter().find(|label| label.text.starts_with("Women and men"));
    let cut = cut.expect("the label is drawn");
    assert!(cut.text.ends_with('…') && width(&cut.text, 13.0, false) > 0.36 * 680.0);
}
