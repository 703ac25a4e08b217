//! A gap or a parity a line, as a stem from equality: its length is the gap, its head says who is ahead.
//!
//! Where the interval of a line holds equality, the head is the diamond of both sexes: who is ahead is
//! then not told. A figure without an interval is drawn as reported.

use super::axis::{Axis, Range};
use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::dumbbell::STRIP;
use super::frame::{self, RIGHT_SIZE, ROW, Sign, Used};
use super::legend::{self, Sample};
use super::type_setting::{one_line, width};
use super::{ChartText, Error, Mark, Point, Who};

/// A line of a lollipop chart.
#[derive(Debug, Clone, PartialEq)]
pub struct GapRow {
    /// Label of the line.
    pub label: String,
    /// The gap or the parity.
    pub mark: Mark,
    /// The figure as the table prints it; stands at the right end of the line.
    pub text: Option<String>,
}

/// Equality, and on which side of it women are ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equality {
    /// Where the stems begin: 0 for a gap, 1 for parity.
    pub value: f64,
    /// Women are ahead above it, as for parity; below it, as for men minus women, if not.
    pub women_above: bool,
}

/// Half the height of a stem.
const STEM: f64 = 2.5;

/// Who is ahead; both where the interval does not tell.
fn ahead(point: &Point, equality: Equality) -> Who {
    let (lower, upper) = point.interval.unwrap_or((point.value, point.value));
    match (lower > equality.value, upper < equality.value) {
        (true, _) if equality.women_above => Who::Women,
        (_, true) if !equality.women_above => Who::Women,
        (false, false) => Who::Both,
        _ => Who::Men,
    }
}

pub(super) fn draw(text: &ChartText, rows: &[GapRow], equality: Equality) -> Result<Scene, Error> {
    if rows.is_empty() {
        return Err(Error::NoRows { chart: text.title.clone() });
    }
    for row in rows {
        frame::check(text, &row.label, &row.mark)?;
    }
    if !frame::drawable(equality.value) {
        let (chart, row) = (text.title.clone(), text.words.reference.clone());
        let what = format!("the reference {}", equality.value);
        return Err(Error::NotDrawable { chart, row, what });
    }
    let mut scene = Scene::default();
    let mut used = Used::default();
    let header = one_line(&text.words.right_header);
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let texts: Vec<String> =
        rows.iter().map(|row| one_line(row.text.as_deref().unwrap_or(""))).collect();
    let has_texts = texts.iter().any(|text| !text.is_empty());
    let left: Vec<_> = labels.iter().map(|label| (label.as_str(), false, 0.0)).collect();
    let mut rights: Vec<_> = texts.iter().map(|text| (text.as_str(), false)).collect();
    if has_texts {
        rights.push((header.as_str(), true));
    }
    let mut absent = Used::default();
    let gutter: Vec<String> = rows
        .iter()
        .filter_map(|row| frame::absence(text, &row.mark, &mut absent))
        .map(one_line)
        .collect();
    let columns = frame::columns(&left, &gutter, &rights);
    let labels = frame::row_labels(&labels, &columns);
    let marks: Vec<Mark> = rows.iter().map(|row| row.mark).collect();
    let axis = Axis::over(&marks, &[equality.value], text.unit, Range::Padded, columns.plot)
        .in_language(text.words.language);

    let top = frame::head(&mut scene, text) - 4.0;
    let top = legend::draw(&mut scene, &entries(text, &marks, equality), top) + 4.0;
    let first = top + STRIP;
    let bottom = first + ROW * rows.len() as f64 + 2.0;
    let below = frame::grid(&mut scene, &axis, first, bottom, &text.value_axis_label);
    let strip = top + 0.5 * STRIP - 1.0;
    let zero = axis.x(equality.value);
    scene.line((zero, first), (zero, bottom), 1.2, Role::Parity);
    let name = one_line(&text.words.reference);
    let half = 0.5 * width(&name, RIGHT_SIZE, false);
    scene.label(Label {
        text: name,
        x: zero.max(columns.plot.0 + half).min((columns.plot.1 - half).max(columns.plot.0 + half)),
        baseline: strip + frame::BASELINE * RIGHT_SIZE,
        size: RIGHT_SIZE,
        bold: false,
        anchor: Anchor::Middle,
        role: Role::Parity,
    });
    if has_texts {
        frame::right_text(&mut scene, &header, true, Role::SoftInk, strip);
    }
    for (i, row) in rows.iter().enumerate() {
        let y = first + ROW * (i as f64 + 0.5);
        frame::row_label(&mut scene, &columns, &labels[i], false, 0.0, y);
        frame::right_text(&mut scene, &texts[i], false, Role::Ink, y);
        if let Some(words) = frame::absence(text, &row.mark, &mut used) {
            frame::gutter_text(&mut scene, &columns, &one_line(words), Role::SoftInk, y);
        }
        if let Some(point) = row.mark.point() {
            let who = ahead(point, equality);
            let x = axis.x(point.value);
            // Pale, so that the inner half of the whisker can be seen.
            scene.shapes.push(Shape::Bar {
                left: zero,
                top: y - STEM,
                right: x,
                bottom: y + STEM,
                role: who.role(),
                opacity: 0.35,
            });
            frame::whisker(&mut scene, &axis, point, who.role(), y, &mut used);
            frame::mark(&mut scene, who.sign(), (x, y), who.role(), point.unreliable);
            used.unreliable |= point.unreliable;
        }
    }
    frame::foot(&mut scene, text, used, below);
    Ok(scene)
}

/// What the heads say, of those that are drawn.
fn entries(text: &ChartText, marks: &[Mark], equality: Equality) -> Vec<(Sample, String)> {
    let words = &text.words;
    let drawn =
        |who: Who| marks.iter().filter_map(Mark::point).any(|point| ahead(point, equality) == who);
    [
        (Who::Women, Sign::Disc, &words.women_ahead),
        (Who::Men, Sign::Triangle, &words.men_ahead),
        (Who::Both, Sign::Diamond, &words.not_told),
    ]
    .into_iter()
    .filter(|(who, ..)| drawn(*who))
    .map(|(who, sign, words)| (Sample::Sign(sign, who.role()), one_line(words)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_ahead_is_told_by_the_interval_alone() {
        let of = |value: f64, half: f64| Point {
            value,
            interval: Some((value - half, value + half)),
            unreliable: false,
        };
        let gap = Equality { value: 0.0, women_above: false };
        assert_eq!(ahead(&of(0.05, 0.02), gap), Who::Men);
        assert_eq!(ahead(&of(-0.05, 0.02), gap), Who::Women);
        assert_eq!(ahead(&of(0.05, 0.06), gap), Who::Both);
        let parity = Equality { value: 1.0, women_above: true };
        assert_eq!(ahead(&of(0.9, 0.05), parity), Who::Men);
        assert_eq!(ahead(&of(1.1, 0.05), parity), Who::Women);
        let reported = Point { interval: None, ..of(0.01, 0.0) };
        assert_eq!(ahead(&reported, gap), Who::Men);
        assert_eq!(ahead(&Point { value: 0.0, ..reported }, gap), Who::Both);
    }
}
