//! One figure a line with its interval, against a reference line.
//!
//! A line whose interval excludes the reference has its text in bold, unless it is of low reliability: nothing else is
//! emphasised.

use super::axis::{Axis, Range};
use super::canvas::{Anchor, Label, Role, Scene};
use super::dumbbell::STRIP;
use super::frame::{self, RIGHT_SIZE, ROW, Sign, Used};
use super::type_setting::{apart, one_line, width};
use super::{ChartText, Error, ForestRow, Mark};

/// How far lines stand in under their heading.
const INDENT: f64 = 10.0;

/// What stands on a line of the page.
enum Line<'a> {
    Heading(String),
    Row { row: &'a ForestRow, label: String, indent: f64, text: String, bold: bool },
}

/// A figure of low reliability is never emphasised.
fn excludes(mark: &Mark, reference: Option<f64>) -> bool {
    let reliable = mark.point().filter(|point| !point.unreliable);
    match (reliable.and_then(|point| point.interval), reference) {
        (Some((lower, upper)), Some(reference)) => reference < lower || reference > upper,
        _ => false,
    }
}

fn lines(rows: &[ForestRow], reference: Option<f64>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut group: Option<&str> = None;
    for row in rows {
        if row.group.as_deref() != group {
            group = row.group.as_deref();
            lines.extend(group.map(|heading| Line::Heading(one_line(heading))));
        }
        lines.push(Line::Row {
            row,
            label: one_line(&row.label),
            indent: if row.group.is_some() { INDENT } else { 0.0 },
            text: one_line(row.text.as_deref().unwrap_or("")),
            bold: excludes(&row.mark, reference),
        });
    }
    lines
}

pub(super) fn draw(
    text: &ChartText,
    rows: &[ForestRow],
    reference: Option<f64>,
) -> Result<Scene, Error> {
    if rows.is_empty() {
        return Err(Error::NoRows { chart: text.title.clone() });
    }
    for row in rows {
        frame::check(text, &row.label, &row.mark)?;
    }
    if let Some(value) = reference
        && !frame::drawable(value)
    {
        let (chart, row) = (text.title.clone(), text.words.reference.clone());
        return Err(Error::NotDrawable { chart, row, what: format!("the reference {value}") });
    }
    let mut scene = Scene::default();
    let mut used = Used::default();
    let lines = lines(rows, reference);
    let header = one_line(&text.words.right_header);
    let has_texts = lines.iter().any(|l| matches!(l, Line::Row { text, .. } if !text.is_empty()));
    let labels: Vec<_> = lines
        .iter()
        .map(|line| match line {
            Line::Heading(heading) => (heading.as_str(), true, 0.0),
            Line::Row { label, indent, .. } => (label.as_str(), false, *indent),
        })
        .collect();
    let mut rights: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Heading(_) => None,
            Line::Row { text, bold, .. } => Some((text.as_str(), *bold)),
        })
        .collect();
    if has_texts {
        rights.push((header.as_str(), true));
    }
    let mut absent = Used::default();
    let gutter: Vec<String> = rows
        .iter()
        .filter_map(|row| frame::absence(text, &row.mark, &mut absent))
        .map(one_line)
        .collect();
    let columns = frame::columns(&labels, &gutter, &rights);
    let whole: Vec<String> = labels.iter().map(|(label, ..)| label.to_string()).collect();
    let labels =
        apart(&whole, frame::LABEL_SIZE, false, |place| columns.label_room - labels[place].2);
    let marks: Vec<Mark> = rows.iter().map(|row| row.mark).collect();
    let axis = Axis::over(&marks, reference.as_slice(), text.unit, Range::Padded, columns.plot)
        .in_language(text.words.language);

    let top = frame::head(&mut scene, text);
    let first = top + STRIP;
    let bottom = first + ROW * lines.len() as f64 + 2.0;
    let below = frame::grid(&mut scene, &axis, first, bottom, &text.value_axis_label);
    let strip = top + 0.5 * STRIP - 1.0;
    if let Some(reference) = reference {
        let x = axis.x(reference);
        scene.dashed((x, first), (x, bottom), 1.2, Role::Parity);
        let name = one_line(&text.words.reference);
        // Centred over the line, but inside the plot's columns.
        let half = 0.5 * width(&name, RIGHT_SIZE, false);
        let middle =
            x.max(columns.plot.0 + half).min((columns.plot.1 - half).max(columns.plot.0 + half));
        scene.label(Label {
            text: name,
            x: middle,
            baseline: strip + 0.35 * RIGHT_SIZE,
            size: RIGHT_SIZE,
            bold: false,
            anchor: Anchor::Middle,
            role: Role::Parity,
        });
    }
    if has_texts {
        frame::right_text(&mut scene, &header, true, Role::SoftInk, strip);
    }
    for (i, line) in lines.iter().enumerate() {
        let y = first + ROW * (i as f64 + 0.5);
        match line {
            Line::Heading(heading) => {
                frame::row_label(&mut scene, &columns, heading, true, 0.0, y + 2.0)
            }
            Line::Row { row, indent, text: right, bold, .. } => {
                frame::row_label(&mut scene, &columns, &labels[i], false, *indent, y);
                frame::right_text(&mut scene, right, *bold, Role::Ink, y);
                if let Some(words) = frame::absence(text, &row.mark, &mut used) {
                    frame::gutter_text(&mut scene, &columns, &one_line(words), Role::SoftInk, y);
                }
                if let Some(point) = row.mark.point() {
                    frame::whisker(&mut scene, &axis, point, Role::Both, y, &mut used);
                    let centre = (axis.x(point.value), y);
                    frame::mark(&mut scene, Sign::Diamond, centre, Role::Both, point.unreliable);
                    used.unreliable |= point.unreliable;
                }
            }
        }
    }
    frame::foot(&mut scene, text, used, below);
    Ok(scene)
}
