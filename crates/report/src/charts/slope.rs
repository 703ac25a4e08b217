//! Two years side by side: one line an area or group, with its name and figure at both ends.
//!
//! Up to forty lines are named; of more only those that ask for it, and the others are light lines
//! without a name. A line needs both its figures: where one is withheld or missing, the other
//! stands as a mark, and the name stands with the reason under the axis of the absent one.
//! Intervals are not drawn: all figures of a year share one place.

use super::axis::{Axis, Range};
use super::canvas::{Anchor, Label, Role, Scene};
use super::dumbbell::STRIP;
use super::frame::{self, BASELINE, MARGIN, RIGHT_SIZE, Used, WIDTH};
use super::legend::{self, Sample};
use super::spread::spread;
use super::type_setting::{apart, cut, one_line, width};
use super::{ChartText, Error, Mark, Point, Who};

/// A line of a slope chart.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeRow {
    /// Name of the area or group.
    pub label: String,
    /// Whose figures they are.
    pub who: Who,
    /// The figure of the first year.
    pub from: Mark,
    /// The figure of the second year.
    pub to: Mark,
    /// The first figure as the table prints it.
    pub from_text: Option<String>,
    /// The second figure as the table prints it.
    pub to_text: Option<String>,
    /// Keeps its name where there are more than forty lines.
    pub named: bool,
}

/// So many lines can be named.
const MOST_NAMED: usize = 40;
/// Height of a name.
const NAME: f64 = 15.0;
/// Room between an axis and its names, for the lines that lead to them.
const LEAD: f64 = 32.0;
/// The least height of the plot, 16:9 with the head and the foot.
const LEAST: f64 = 280.0;

/// A name at one end of a line: where its figure stands, if it may be shown.
struct End<'a> {
    row: &'a SlopeRow,
    text: String,
    y: Option<f64>,
}

pub(super) fn draw(
    text: &ChartText,
    years: (&str, &str),
    rows: &[SlopeRow],
) -> Result<Scene, Error> {
    if rows.is_empty() {
        return Err(Error::NoRows { chart: text.title.clone() });
    }
    for row in rows {
        frame::check(text, &row.label, &row.from)?;
        frame::check(text, &row.label, &row.to)?;
    }
    let mut scene = Scene::default();
    let mut used = Used::default();
    let named: Vec<&SlopeRow> =
        rows.iter().filter(|row| rows.len() <= MOST_NAMED || row.named).take(MOST_NAMED).collect();
    let light = rows.iter().filter(|row| !named.iter().any(|named| std::ptr::eq(*named, *row)));

    let marks: Vec<Mark> = rows.iter().flat_map(|row| [row.from, row.to]).map(bare).collect();
    let height = LEAST.max(NAME * named.len() as f64);
    let top = frame::head(&mut scene, text) - 4.0;
    let top = frame::axis_note(&mut scene, &text.value_axis_label, top);
    let top = legend::draw(&mut scene, &names(text, rows), top) + STRIP;
    let bottom = top + height;
    let axis = Axis::over(&marks, &[], text.unit, Range::Padded, (bottom - 6.0, top + 6.0))
        .in_language(text.words.language);
    let ticks = axis.levels(36.0);
    let tick_room =
        ticks.iter().map(|t| width(&t.text, RIGHT_SIZE, false)).fold(0.0, f64::max) + 10.0;

    let place = |mark: &Mark| mark.point().map(|point| axis.x(point.value));
    let room = 0.5 * (WIDTH - 2.0 * MARGIN - tick_room - 160.0) - LEAD;
    let left = ends(text, &named, &mut used, |row| (&row.from, &row.from_text), place, false, room);
    let right = ends(text, &named, &mut used, |row| (&row.to, &row.to_text), place, true, room);
    let widest = |ends: &[End<'_>]| {
        ends.iter().map(|end| width(&end.text, RIGHT_SIZE, false)).fold(0.0, f64::max) + 1.0
    };
    let x0 = MARGIN + tick_room + widest(&left).max(0.5 * width(years.0, RIGHT_SIZE, true)) + LEAD;
    let x1 = WIDTH - MARGIN - widest(&right).max(0.5 * width(years.1, RIGHT_SIZE, true)) - LEAD;

    for tick in ticks {
        scene.line((x0, tick.x), (x1, tick.x), 1.0, Role::Hairline);
        scene.label(Label {
            text: tick.text,
            x: MARGIN + tick_room - 10.0,
            baseline: tick.x + BASELINE * RIGHT_SIZE,
            size: RIGHT_SIZE,
            bold: false,
            anchor: Anchor::End,
            role: Role::SoftInk,
        });
    }
    for (x, year) in [(x0, years.0), (x1, years.1)] {
        scene.line((x, top), (x, bottom), 1.0, Role::SoftInk);
        scene.label(Label {
            text: cut(&one_line(year), RIGHT_SIZE, true, 0.5 * (x1 - x0)),
            x,
            baseline: top - 7.0,
            size: RIGHT_SIZE,
            bold: true,
            anchor: Anchor::Middle,
            role: Role::SoftInk,
        });
    }
    for row in light.clone() {
        if let (Some(from), Some(to)) = (place(&row.from), place(&row.to)) {
            scene.line((x0, from), (x1, to), 0.7, Role::SoftInk);
        }
    }
    for row in &named {
        if let (Some(from), Some(to)) = (place(&row.from), place(&row.to)) {
            scene.line((x0, from), (x1, to), 1.8, row.who.role());
        }
    }
    for row in &named {
        for (x, mark) in [(x0, &row.from), (x1, &row.to)] {
            if let Some(point) = mark.point() {
                let centre = (x, axis.x(point.value));
                frame::mark(&mut scene, row.who.sign(), centre, row.who.role(), point.unreliable);
                used.unreliable |= point.unreliable;
            }
        }
    }
    let below = [(left, x0, -1.0), (right, x1, 1.0)]
        .map(|(ends, x, side)| side_names(&mut scene, &ends, x, side, (top, bottom)));
    let incomplete = light.filter(|row| place(&row.from).is_none() || place(&row.to).is_none());
    let note = match incomplete.count() {
        0 => Vec::new(),
        count => {
            let stop = text.words.language.full_stop();
            vec![format!("{} {count}{stop}", text.words.incomplete)]
        }
    };
    frame::foot_with(&mut scene, text, used, &note, below[0].max(below[1]) + 6.0);
    Ok(scene)
}

/// The mark without its interval, which is not drawn.
fn bare(mark: Mark) -> Mark {
    match mark {
        Mark::Shown(point) => Mark::Shown(Point { interval: None, ..point }),
        absent => absent,
    }
}

/// The kinds of lines, if there is more than one or it is women or men alone.
fn names(text: &ChartText, rows: &[SlopeRow]) -> Vec<(Sample, String)> {
    let kinds = [Who::Women, Who::Men, Who::Both];
    let present: Vec<Who> =
        kinds.into_iter().filter(|who| rows.iter().any(|row| row.who == *who)).collect();
    if present == [Who::Both] {
        return Vec::new();
    }
    let entry = |who: &Who| (Sample::Sign(who.sign(), who.role()), one_line(who.name(&text.words)));
    present.iter().map(entry).collect()
}

/// Names at one end. The figure is never cut, the name is where it has to be.
fn ends<'a>(
    text: &ChartText,
    rows: &[&'a SlopeRow],
    used: &mut Used,
    figure: impl Fn(&'a SlopeRow) -> (&'a Mark, &'a Option<String>),
    place: impl Fn(&Mark) -> Option<f64>,
    right: bool,
    room: f64,
) -> Vec<End<'a>> {
    let printed: Vec<String> = rows
        .iter()
        .map(|row| {
            let (mark, printed) = figure(row);
            match frame::absence(text, mark, used) {
                Some(reason) => one_line(reason),
                None => one_line(printed.as_deref().unwrap_or("")),
            }
        })
        .collect();
    let space = |printed: &str| if printed.is_empty() { "" } else { " " };
    let rest = |place: usize| {
        let printed = &printed[place];
        room - width(&format!("{}{printed}", space(printed)), RIGHT_SIZE, false)
    };
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let labels = apart(&labels, RIGHT_SIZE, false, |place| rest(place).max(30.0));
    rows.iter()
        .zip(printed.iter().zip(labels))
        .map(|(row, (printed, label))| {
            let space = space(printed);
            let text = match right {
                true => format!("{printed}{space}{label}"),
                false => format!("{label}{space}{printed}"),
            };
            End { row, text, y: place(figure(row).0) }
        })
        .collect()
}

/// Writes the names of one side, and under them those without a figure; returns where they end.
fn side_names(
    scene: &mut Scene,
    ends: &[End<'_>],
    x: f64,
    side: f64,
    (top, bottom): (f64, f64),
) -> f64 {
    let wanted: Vec<f64> = ends.iter().filter_map(|end| end.y).collect();
    let mut places = spread(&wanted, &vec![NAME; wanted.len()], top, bottom).into_iter();
    let mut below = bottom + 8.0;
    let label = |text: &str, y: f64, role: Role| Label {
        text: text.to_owned(),
        x: x + side * LEAD,
        baseline: y + BASELINE * RIGHT_SIZE,
        size: RIGHT_SIZE,
        bold: false,
        anchor: if side < 0.0 { Anchor::End } else { Anchor::Start },
        role,
    };
    for end in ends {
        match end.y.and_then(|y| Some((y, places.next()?))) {
            Some((y, at)) => {
                let (near, far) = (x + side * 7.0, x + side * (LEAD - 3.0));
                scene.line((near, y), (far, at), 0.6, Role::SoftInk);
                scene.label(label(&end.text, at, end.row.who.role()));
            }
            None => {
                scene.label(label(&end.text, below + 0.5 * NAME, Role::SoftInk));
                below += NAME;
            }
        }
    }
    below
}
