//! Bars from zero for women and men, one pair a row.
//!
//! The bar is a tint of its sex's colour and ends in that sex's mark, so that whiskers stay visible
//! over it, low reliability shows as an open mark, and a grey print still tells women from men.

use super::axis::{Axis, Range};
use super::canvas::{Role, Scene, Shape};
use super::dumbbell::{self, STRIP};
use super::frame::{self, ROW, Used};
use super::type_setting::one_line;
use super::{ChartText, Error, Mark, Row};

/// Half the height of a bar.
const HALF: f64 = 4.0;

pub(super) fn draw(text: &ChartText, rows: &[Row]) -> Result<Scene, Error> {
    dumbbell::check(text, rows)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let rights: Vec<String> =
        rows.iter().map(|row| one_line(row.gap_text.as_deref().unwrap_or(""))).collect();
    let columns = dumbbell::columns(text, rows, &labels, &rights);
    let marks: Vec<Mark> = rows
        .iter()
        .flat_map(|row| dumbbell::figures(text, row))
        .map(|(_, _, _, _, mark)| mark)
        .collect();
    let axis = Axis::over(&marks, &[0.0], text.unit, Range::FromZero, columns.plot)
        .in_language(text.words.language);

    let top = frame::head(&mut scene, text);
    dumbbell::strip(&mut scene, text, rows, &axis, &rights, top);
    let first = top + STRIP;
    let bottom = first + ROW * rows.len() as f64 + 2.0;
    let below = frame::grid(&mut scene, &axis, first, bottom, &text.value_axis_label);
    let zero = axis.x(0.0);
    for (i, row) in rows.iter().enumerate() {
        let y = first + ROW * (i as f64 + 0.5);
        frame::row_label(&mut scene, &columns, &labels[i], false, 0.0, y);
        frame::right_text(&mut scene, &rights[i], false, Role::Ink, y);
        for (words, role, dy) in dumbbell::gutter(text, row, &mut used) {
            frame::gutter_text(&mut scene, &columns, &words, role, y + dy);
        }
        let figures = dumbbell::figures(text, row);
        for (_, _, role, dy, mark) in &figures {
            if let Some(point) = mark.point()
                && *dy != 0.0
            {
                scene.shapes.push(Shape::Bar {
                    left: zero,
                    top: y + dy - HALF,
                    right: axis.x(point.value),
                    bottom: y + dy + HALF,
                    role: *role,
                    opacity: 0.28,
                });
            }
        }
        for (_, sign, role, dy, mark) in figures {
            if let Some(point) = mark.point() {
                frame::whisker(&mut scene, &axis, point, role, y + dy, &mut used);
                let centre = (axis.x(point.value), y + dy);
                frame::mark(&mut scene, sign, centre, role, point.unreliable);
                used.unreliable |= point.unreliable;
            }
        }
    }
    scene.line((zero, first), (zero, bottom), 1.0, Role::SoftInk);
    frame::foot(&mut scene, text, used, below);
    Ok(scene)
}
