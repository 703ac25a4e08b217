//! Women and men on one line each: the distance between the two marks is the gap.
//!
//! The two marks of a row stand a little above and below its middle, so that their whiskers can be
//! told apart; the band between them is the gap itself.

use super::axis::{Axis, Range};
use super::canvas::{Role, Scene, Shape};
use super::frame::{self, Columns, Name, ROW, Sign, Used};
use super::type_setting::one_line;
use super::{ChartText, Error, Mark, Row};

/// Height of the strip of direct labels.
pub(super) const STRIP: f64 = 22.0;
/// Distance of a sex's line from the middle of the row.
pub(super) const OFFSET: f64 = 5.0;

/// Half the height of the band that is the gap.
const BAND: f64 = 2.5;

/// A row's figures in the order they are drawn: who, sign, colour, distance from the middle.
pub(super) fn figures<'a>(text: &'a ChartText, row: &Row) -> Vec<(&'a str, Sign, Role, f64, Mark)> {
    let words = &text.words;
    let mut figures = Vec::new();
    if let Some(total) = row.total {
        figures.push((words.total.as_str(), Sign::Diamond, Role::Both, 0.0, total));
    }
    figures.push((words.women.as_str(), Sign::Disc, Role::Women, -OFFSET, row.women));
    figures.push((words.men.as_str(), Sign::Triangle, Role::Men, OFFSET, row.men));
    figures
}

/// Checks a chart of rows by sex.
pub(super) fn check(text: &ChartText, rows: &[Row]) -> Result<(), Error> {
    if rows.is_empty() {
        return Err(Error::NoRows { chart: text.title.clone() });
    }
    for row in rows {
        for (_, _, _, _, mark) in figures(text, row) {
            frame::check(text, &row.label, &mark)?;
        }
    }
    Ok(())
}

/// What the gutter says of a row: one text in the middle if nothing of it can be shown for one and
/// the same reason, else who is absent and the mark, on that one's line.
pub(super) fn gutter(text: &ChartText, row: &Row, used: &mut Used) -> Vec<(String, Role, f64)> {
    // Small letters are wider apart than the marks.
    let line = OFFSET + 0.5;
    let mut absent = |who: &str, mark: &Mark| {
        let mark = one_line(frame::absence(text, mark, used)?);
        Some((one_line(who), mark))
    };
    let words = &text.words;
    let women = absent(&words.women, &row.women);
    let men = absent(&words.men, &row.men);
    let total = row.total.and_then(|total| absent(&words.total, &total));
    // Both sexes together stand where there is room: a row where neither is shown needs no more.
    let free = match (&women, &men) {
        (Some(_), Some(_)) => None,
        (Some(_), None) => Some(line),
        (None, Some(_)) => Some(-line),
        (None, None) => Some(0.0),
    };
    if let (Some((_, a)), Some((_, b))) = (&women, &men)
        && a == b
    {
        return vec![(a.clone(), Role::SoftInk, 0.0)];
    }
    [(women, Role::Women, Some(-line)), (men, Role::Men, Some(line)), (total, Role::Both, free)]
        .into_iter()
        .filter_map(|(absent, role, dy)| {
            let ((who, mark), dy) = (absent?, dy?);
            Some((format!("{who} {mark}"), role, dy))
        })
        .collect()
}

/// Columns of a chart of rows by sex.
pub(super) fn columns(
    text: &ChartText,
    rows: &[Row],
    labels: &[String],
    rights: &[String],
) -> Columns {
    let header = one_line(&text.words.right_header);
    let labels: Vec<_> = labels.iter().map(|label| (label.as_str(), false, 0.0)).collect();
    let mut rights: Vec<_> = rights.iter().map(|right| (right.as_str(), false)).collect();
    if rights.iter().any(|(right, _)| !right.is_empty()) {
        rights.push((header.as_str(), true));
    }
    let mut unused = Used::default();
    let gutter: Vec<String> = rows
        .iter()
        .flat_map(|row| gutter(text, row, &mut unused))
        .map(|(words, _, _)| words)
        .collect();
    frame::columns(&labels, &gutter, &rights)
}

/// The names of the marks over the first row that has them, and the header of the right column.
pub(super) fn strip(
    scene: &mut Scene,
    text: &ChartText,
    rows: &[Row],
    axis: &Axis,
    rights: &[String],
    top: f64,
) {
    let y = top + 0.5 * STRIP - 1.0;
    let mut names: Vec<Name> = Vec::new();
    // The row where all are shown, if there is one: names side by side as the marks are.
    let whole = rows.iter().find(|row| row.gap().is_some());
    for row in whole.into_iter().chain(rows) {
        for (who, shape, role, _, mark) in figures(text, row) {
            if let Some(point) = mark.point()
                && names.iter().all(|name| name.role != role)
            {
                let over = axis.x(point.value);
                names.push(Name { text: one_line(who), shape, role, over });
            }
        }
    }
    frame::names(scene, names, (axis.left(), axis.right()), y);
    if rights.iter().any(|right| !right.is_empty()) {
        frame::right_text(scene, &one_line(&text.words.right_header), true, Role::SoftInk, y);
    }
}

pub(super) fn draw(text: &ChartText, rows: &[Row]) -> Result<Scene, Error> {
    check(text, rows)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let rights: Vec<String> =
        rows.iter().map(|row| one_line(row.gap_text.as_deref().unwrap_or(""))).collect();
    let columns = columns(text, rows, &labels, &rights);
    let labels = frame::row_labels(&labels, &columns);
    let marks: Vec<Mark> =
        rows.iter().flat_map(|row| figures(text, row)).map(|(_, _, _, _, mark)| mark).collect();
    let axis = Axis::over(&marks, &[], text.unit, Range::Padded, columns.plot)
        .in_language(text.words.language);

    let top = frame::head(&mut scene, text);
    strip(&mut scene, text, rows, &axis, &rights, top);
    let first = top + STRIP;
    let bottom = first + ROW * rows.len() as f64 + 2.0;
    let below = frame::grid(&mut scene, &axis, first, bottom, &text.value_axis_label);
    for (i, row) in rows.iter().enumerate() {
        let y = first + ROW * (i as f64 + 0.5);
        frame::row_label(&mut scene, &columns, &labels[i], false, 0.0, y);
        frame::right_text(&mut scene, &rights[i], false, Role::Ink, y);
        for (words, role, dy) in gutter(text, row, &mut used) {
            frame::gutter_text(&mut scene, &columns, &words, role, y + dy);
        }
        if let (Some(women), Some(men)) = (row.women.point(), row.men.point()) {
            scene.shapes.push(Shape::Bar {
                left: axis.x(women.value),
                top: y - BAND,
                right: axis.x(men.value),
                bottom: y + BAND,
                role: Role::Hairline,
                opacity: 1.0,
            });
        }
        for (_, sign, role, dy, mark) in figures(text, row) {
            if let Some(point) = mark.point() {
                frame::whisker(&mut scene, &axis, point, role, y + dy, &mut used);
                let centre = (axis.x(point.value), y + dy);
                frame::mark(&mut scene, sign, centre, role, point.unreliable);
                used.unreliable |= point.unreliable;
            }
        }
    }
    frame::foot(&mut scene, text, used, below);
    Ok(scene)
}
