//! Equity: for each area or group the steps of an order, such as quintiles of wealth, on one line for
//! women and one for men. The length of a line is the distance between the steps.
//!
//! Marks grow from the first step to the last. Intervals are not drawn: five of them would lie on one
//! line; the table has them.

use super::axis::{Axis, Range};
use super::canvas::{Role, Scene};
use super::frame::{self, Used};
use super::legend::{self, Sample};
use super::type_setting::one_line;
use super::{ChartText, Error, Mark, Point, Who};
use inclusion_language::figure;

/// A row of an equity chart.
#[derive(Debug, Clone, PartialEq)]
pub struct RidgeRow {
    /// Name of the area or group.
    pub label: String,
    /// Women by step, from the first.
    pub women: Vec<Mark>,
    /// Men by step.
    pub men: Vec<Mark>,
}

/// Height of a row, and how far its two lines are from its middle.
const ROW: f64 = 38.0;
const OFFSET: f64 = 8.0;

/// Size of the mark of a step: the first is the smallest.
fn size(step: usize, steps: usize) -> f64 {
    0.6 + 0.6 * step as f64 / (steps.max(2) - 1) as f64
}

fn lines(row: &RidgeRow) -> [(Who, f64, &[Mark]); 2] {
    [(Who::Women, -OFFSET, &row.women), (Who::Men, OFFSET, &row.men)]
}

/// What a line cannot show: who, how many, and the mark.
fn absent(text: &ChartText, who: Who, marks: &[Mark], used: &mut Used) -> Option<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for mark in marks.iter().filter_map(|mark| frame::absence(text, mark, used)) {
        match found.iter_mut().find(|(own, _)| own == mark) {
            Some((_, n)) => *n += 1,
            None => found.push((mark.to_string(), 1)),
        }
    }
    let told: Vec<String> =
        found.iter().map(|(mark, n)| format!("{} {mark}", spelt(text, *n))).collect();
    (!told.is_empty()).then(|| one_line(&format!("{} {}", who.name(&text.words), told.join(" "))))
}

fn spelt(text: &ChartText, count: usize) -> String {
    let count = count.to_string();
    figure(text.words.language, &count).unwrap_or(count)
}

fn check(text: &ChartText, steps: &[String], rows: &[RidgeRow]) -> Result<(), Error> {
    if rows.is_empty() || steps.is_empty() {
        return Err(Error::NoRows { chart: text.title.clone() });
    }
    for row in rows {
        for (who, _, marks) in lines(row) {
            if marks.len() != steps.len() {
                return Err(Error::Unfit {
                    chart: text.title.clone(),
                    place: row.label.clone(),
                    what: format!(
                        "{} figures of {} for {} steps; a step without a figure is to be given as missing",
                        marks.len(),
                        who.name(&text.words),
                        steps.len()
                    ),
                });
            }
            for mark in marks {
                frame::check(text, &row.label, mark)?;
            }
        }
    }
    Ok(())
}

pub(super) fn draw(text: &ChartText, steps: &[String], rows: &[RidgeRow]) -> Result<Scene, Error> {
    check(text, steps, rows)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let left: Vec<_> = labels.iter().map(|label| (label.as_str(), false, 0.0)).collect();
    let gutter: Vec<String> = rows
        .iter()
        .flat_map(lines)
        .filter_map(|(who, _, marks)| absent(text, who, marks, &mut used))
        .collect();
    let columns = frame::columns(&left, &gutter, &[]);
    let labels = frame::row_labels(&labels, &columns);
    // Intervals are not drawn and make no room.
    let bare = |mark: &Mark| match mark {
        Mark::Shown(point) => Mark::Shown(Point { interval: None, ..*point }),
        other => *other,
    };
    let marks: Vec<Mark> =
        rows.iter().flat_map(|row| row.women.iter().chain(&row.men)).map(bare).collect();
    let axis = Axis::over(&marks, &[], text.unit, Range::Padded, columns.plot)
        .in_language(text.words.language);

    let top = frame::head(&mut scene, text) - 4.0;
    let first = legend::draw(&mut scene, &entries(text, steps), top) + 8.0;
    let bottom = first + ROW * rows.len() as f64 + 2.0;
    let below = frame::grid(&mut scene, &axis, first, bottom, &text.value_axis_label);
    for (i, row) in rows.iter().enumerate() {
        let y = first + ROW * (i as f64 + 0.5);
        if i > 0 {
            let (from, to) = (columns.plot.0, columns.plot.1);
            scene.line((from, y - 0.5 * ROW), (to, y - 0.5 * ROW), 1.0, Role::Hairline);
        }
        frame::row_label(&mut scene, &columns, &labels[i], false, 0.0, y);
        for (who, dy, marks) in lines(row) {
            let points = || marks.iter().filter_map(Mark::point);
            let places = || points().map(|point| axis.x(point.value));
            if points().count() > 1 {
                let ends = (places().fold(f64::MAX, f64::min), places().fold(f64::MIN, f64::max));
                scene.line((ends.0, y + dy), (ends.1, y + dy), 1.6, who.role());
            }
            for (step, mark) in marks.iter().enumerate() {
                if let Some(point) = mark.point() {
                    let (centre, open) = ((axis.x(point.value), y + dy), point.unreliable);
                    let times = size(step, steps.len());
                    frame::mark_sized(&mut scene, who.sign(), centre, who.role(), open, times);
                    used.unreliable |= open;
                }
            }
            if let Some(words) = absent(text, who, marks, &mut used) {
                frame::gutter_text(&mut scene, &columns, &words, who.role(), y + dy);
            }
        }
    }
    frame::foot(&mut scene, text, used, below);
    Ok(scene)
}

/// Whose lines they are, and which end of the order is which.
fn entries(text: &ChartText, steps: &[String]) -> Vec<(Sample, String)> {
    let words = &text.words;
    let mut entries: Vec<(Sample, String)> = [Who::Women, Who::Men]
        .map(|who| (Sample::Sign(who.sign(), who.role()), one_line(who.name(words))))
        .into();
    let last = steps.len().saturating_sub(1);
    for step in if last == 0 { vec![0] } else { vec![0, last] } {
        entries.push((Sample::Sized(size(step, steps.len())), one_line(&steps[step])));
    }
    entries
}
