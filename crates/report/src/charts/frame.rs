//! What all charts have in common: head, columns, grid, marks, notes and source line.
//!
//! From the top: title, subtitle, a strip for direct labels, the rows, tick labels, the axis label,
//! the notes that explain what was really drawn, the source. From the left: row labels, a gutter
//! for the marks of what cannot be shown, the plot, and texts at the right end.

use super::axis::{Axis, TICK_SIZE};
use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::type_setting::{apart, balanced, cut, one_line, width, wrap};
use super::{ChartText, Error, Mark, Point};

/// Width of every chart in px.
pub(super) const WIDTH: f64 = 680.0;
/// Height of a row in px.
pub(super) const ROW: f64 = 24.0;
/// Margin on all sides.
pub(super) const MARGIN: f64 = 16.0;
/// Font size of row labels.
pub(super) const LABEL_SIZE: f64 = 13.0;
/// Font size of texts at the right end.
pub(super) const RIGHT_SIZE: f64 = 12.0;

const TITLE_SIZE: f64 = 17.0;
const SUBTITLE_SIZE: f64 = 13.0;
pub(super) const NOTE_SIZE: f64 = 11.0;
const GUTTER_SIZE: f64 = 11.0;
/// Long labels are cut only beyond this part of the width.
pub(super) const LABEL_PART: f64 = 0.4;
/// The plot keeps at least this.
const PLOT_LEAST: f64 = 160.0;
/// Baseline below the middle of a line, in ems: half the x-height and a little.
pub(super) const BASELINE: f64 = 0.35;

/// Radius of a disc.
pub(super) const RADIUS: f64 = 4.5;

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Disc,
    Triangle,
    Diamond,
}

/// What was drawn and has to be explained.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Used {
    pub interval: bool,
    pub unreliable: bool,
    pub withheld: bool,
    pub missing: bool,
    pub beyond: bool,
    pub band: bool,
    pub series_break: bool,
    pub fan: bool,
}

/// Checks that a mark can be drawn.
pub(super) fn check(chart: &ChartText, row: &str, mark: &Mark) -> Result<(), Error> {
    let Some(point) = mark.point() else { return Ok(()) };
    let refuse = |what: String| {
        Err(Error::NotDrawable { chart: chart.title.clone(), row: row.to_owned(), what })
    };
    if !drawable(point.value) {
        return refuse(format!("the value {}", point.value));
    }
    match point.interval {
        Some((lower, upper)) if !drawable(lower) || !drawable(upper) => {
            refuse(format!("the interval {lower} to {upper}"))
        }
        Some((lower, upper)) if lower > upper => refuse(format!(
            "the interval {lower} to {upper}, whose lower end is above its upper end,"
        )),
        _ => Ok(()),
    }
}

/// Finite, and not so large that differences or axis steps overflow.
pub(super) fn drawable(value: f64) -> bool {
    value.is_finite() && value.abs() < 1e15
}

/// Where the columns stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub label_room: f64,
    pub gutter_right: f64,
    pub plot: (f64, f64),
}

/// Room for the columns: `labels` as printed with boldness and indent, `rights` with boldness;
/// `gutter` the texts of what cannot be shown.
pub(super) fn columns(
    labels: &[(&str, bool, f64)],
    gutter: &[String],
    rights: &[(&str, bool)],
) -> Columns {
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    let label = widest(
        &mut labels.iter().map(|(text, bold, indent)| indent + width(text, LABEL_SIZE, *bold)),
    );
    let right = widest(&mut rights.iter().map(|(text, bold)| width(text, RIGHT_SIZE, *bold)));
    let right = if right > 0.0 { right + 16.0 } else { RADIUS + 3.0 };
    let gutter = widest(&mut gutter.iter().map(|text| width(text, GUTTER_SIZE, false)));
    let gutter = if gutter > 0.0 { gutter + 10.0 } else { 0.0 };
    let free = WIDTH - 2.0 * MARGIN - right - gutter - 14.0 - PLOT_LEAST;
    // One px more than measured: a viewer's hinting may widen a line by that.
    let label_room = (label + 1.0).min(LABEL_PART * WIDTH).min(free.max(60.0));
    let gutter_right = MARGIN + label_room + 6.0 + gutter;
    Columns {
        label_room,
        gutter_right,
        plot: (gutter_right + 8.0, (WIDTH - MARGIN - right).max(gutter_right + 40.0)),
    }
}

/// Draws title and subtitle; returns where the next thing begins.
pub(super) fn head(scene: &mut Scene, text: &ChartText) -> f64 {
    let room = WIDTH - 2.0 * MARGIN;
    let mut y = MARGIN;
    let parts = [
        (&text.title, TITLE_SIZE, true, Role::Ink, 23.0),
        (&text.subtitle, SUBTITLE_SIZE, false, Role::SoftInk, 18.0),
    ];
    for (words, size, bold, role, leading) in parts {
        if !bold {
            y += 3.0;
        }
        for line in balanced(&one_line(words), size, bold, room) {
            let baseline = y + 0.5 * leading + BASELINE * size;
            scene.label(Label {
                text: line,
                x: MARGIN,
                baseline,
                size,
                bold,
                anchor: Anchor::Start,
                role,
            });
            y += leading;
        }
    }
    y + 10.0
}

/// The light grid over the rows, with tick labels and the axis label under it; returns where the
/// next thing begins.
pub(super) fn grid(scene: &mut Scene, axis: &Axis, top: f64, bottom: f64, label: &str) -> f64 {
    for tick in axis.ticks() {
        scene.line((tick.x, top), (tick.x, bottom), 1.0, Role::Hairline);
        // A wide number at the end of the axis moves inwards rather than off the page.
        let half = 0.5 * width(&tick.text, TICK_SIZE, false) + 2.0;
        scene.label(Label {
            text: tick.text,
            x: tick.x.max(half).min(WIDTH - half),
            baseline: bottom + 15.0,
            size: TICK_SIZE,
            bold: false,
            anchor: Anchor::Middle,
            role: Role::SoftInk,
        });
    }
    let middle = 0.5 * (axis.left() + axis.right());
    let mut y = bottom + 20.0;
    // The label may be wider than the plot but not than the page around the plot's middle.
    let room = 2.0 * (middle - MARGIN).min(WIDTH - MARGIN - middle);
    for text in wrap(&one_line(label), TICK_SIZE, false, room) {
        scene.label(Label {
            text,
            x: middle,
            baseline: y + 12.0,
            size: TICK_SIZE,
            bold: false,
            anchor: Anchor::Middle,
            role: Role::SoftInk,
        });
        y += 16.0;
    }
    y
}

/// What a value axis measures that runs from the bottom to the top: over the plot, at the left;
/// returns where the next thing begins.
pub(super) fn axis_note(scene: &mut Scene, label: &str, top: f64) -> f64 {
    let mut y = top;
    for text in wrap(&one_line(label), TICK_SIZE, false, WIDTH - 2.0 * MARGIN) {
        scene.label(Label {
            text,
            x: MARGIN,
            baseline: y + 12.0,
            size: TICK_SIZE,
            bold: false,
            anchor: Anchor::Start,
            role: Role::SoftInk,
        });
        y += 16.0;
    }
    y
}

/// Notes on what was drawn, then the source; sets the height of the scene.
pub(super) fn foot(scene: &mut Scene, text: &ChartText, used: Used, top: f64) {
    foot_with(scene, text, used, &[], top);
}

/// The foot, with notes of the chart's own after the common ones.
pub(super) fn foot_with(scene: &mut Scene, text: &ChartText, used: Used, own: &[String], top: f64) {
    let words = &text.words;
    let stop = words.language.full_stop();
    let explain = |mark: &str, words: &str| {
        let (mark, words) = (one_line(mark), one_line(words));
        if mark.is_empty() || words.is_empty() {
            String::new()
        } else {
            format!("{mark} {words}{stop}")
        }
    };
    let notes: Vec<String> = [
        (used.interval, one_line(&words.interval)),
        (used.band, one_line(&words.band)),
        (used.unreliable, one_line(&words.unreliable)),
        (used.withheld, explain(&text.withheld_mark, &words.withheld)),
        (used.missing, explain(&text.missing_mark, &words.missing)),
        (used.beyond, one_line(&words.beyond)),
        (used.series_break, one_line(&words.series_break)),
        (used.fan, one_line(&words.fan)),
    ]
    .into_iter()
    .chain(own.iter().chain(&text.notes).map(|note| (true, one_line(note))))
    .filter(|(used, note)| *used && !note.is_empty())
    .map(|(_, note)| note)
    .collect();
    let mut y = top + 8.0;
    for words in [notes.join(words.language.between_sentences()), one_line(&text.source)] {
        for line in wrap(&words, NOTE_SIZE, false, WIDTH - 2.0 * MARGIN) {
            scene.label(Label {
                text: line,
                x: MARGIN,
                baseline: y + 11.0,
                size: NOTE_SIZE,
                bold: false,
                anchor: Anchor::Start,
                role: Role::SoftInk,
            });
            y += 15.0;
        }
    }
    scene.width = WIDTH;
    scene.height = (y + MARGIN - 4.0).ceil();
}

/// The labels of rows, cut to the room there is.
pub(super) fn row_labels(labels: &[String], columns: &Columns) -> Vec<String> {
    apart(labels, LABEL_SIZE, false, |_| columns.label_room)
}

/// A row's label, cut to the room there is.
pub(super) fn row_label(
    scene: &mut Scene,
    columns: &Columns,
    text: &str,
    bold: bool,
    indent: f64,
    y: f64,
) {
    scene.label(Label {
        text: cut(text, LABEL_SIZE, bold, columns.label_room - indent),
        x: MARGIN + indent,
        baseline: y + BASELINE * LABEL_SIZE,
        size: LABEL_SIZE,
        bold,
        anchor: Anchor::Start,
        role: Role::Ink,
    });
}

/// The text at the right end of a row.
pub(super) fn right_text(scene: &mut Scene, text: &str, bold: bool, role: Role, y: f64) {
    scene.label(Label {
        text: text.to_owned(),
        x: WIDTH - MARGIN,
        baseline: y + BASELINE * RIGHT_SIZE,
        size: RIGHT_SIZE,
        bold,
        anchor: Anchor::End,
        role,
    });
}

/// What stands in the gutter for something that cannot be shown.
pub(super) fn gutter_text(scene: &mut Scene, columns: &Columns, text: &str, role: Role, y: f64) {
    scene.label(Label {
        text: text.to_owned(),
        x: columns.gutter_right,
        baseline: y + BASELINE * GUTTER_SIZE,
        size: GUTTER_SIZE,
        bold: false,
        anchor: Anchor::End,
        role,
    });
}

/// The mark's text where there is no figure.
pub(super) fn absence<'a>(text: &'a ChartText, mark: &Mark, used: &mut Used) -> Option<&'a str> {
    match mark {
        Mark::Shown(_) => None,
        Mark::Withheld => {
            used.withheld = true;
            Some(&text.withheld_mark)
        }
        Mark::Missing => {
            used.missing = true;
            Some(&text.missing_mark)
        }
    }
}

/// A mark's whisker: thin, with an arrow head where the interval leaves the axis.
pub(super) fn whisker(
    scene: &mut Scene,
    axis: &Axis,
    point: &Point,
    role: Role,
    y: f64,
    used: &mut Used,
) {
    let Some((lower, upper)) = point.interval else { return };
    used.interval = true;
    let ((left, left_out), (right, right_out)) = (axis.x_inside(lower), axis.x_inside(upper));
    scene.line((left, y), (right, y), 1.3, role);
    for (x, out, inwards) in [(left, left_out, 1.0), (right, right_out, -1.0)] {
        if out {
            used.beyond = true;
            let base = x + inwards * 6.0;
            let points = vec![(x, y), (base, y - 3.2), (base, y + 3.2)];
            scene.shapes.push(Shape::Polygon { points, role, open: false });
        }
    }
}

/// A mark centred on its value: all shapes have about the same area.
pub(super) fn mark(scene: &mut Scene, shape: Sign, centre: (f64, f64), role: Role, open: bool) {
    mark_sized(scene, shape, centre, role, open, 1.0);
}

/// A mark of another size: 1 is the usual one.
pub(super) fn mark_sized(
    scene: &mut Scene,
    shape: Sign,
    centre: (f64, f64),
    role: Role,
    open: bool,
    times: f64,
) {
    let (x, y) = centre;
    match shape {
        Sign::Disc => scene.shapes.push(Shape::Disc { centre, radius: RADIUS * times, role, open }),
        Sign::Triangle => {
            // The stroke of an open triangle lies half outside it.
            let size = if open { 0.86 * times } else { times };
            let points = vec![
                (x, y - 6.2 * size),
                (x + 5.6 * size, y + 3.6 * size),
                (x - 5.6 * size, y + 3.6 * size),
            ];
            scene.shapes.push(Shape::Polygon { points, role, open });
        }
        Sign::Diamond => {
            let half = if open { 3.6 * times } else { 4.2 * times };
            let points = vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
            scene.shapes.push(Shape::Polygon { points, role, open });
        }
    }
}

/// A name with its mark that stands over the first figure of its kind.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub text: String,
    pub shape: Sign,
    pub role: Role,
    /// Where it would like its middle to be.
    pub over: f64,
}

/// Direct labels on one line over the plot, each as near its figure as the others allow. A plot that is too narrow
/// for them leaves them the room over the labels of its rows.
pub(super) fn names(scene: &mut Scene, mut names: Vec<Name>, room: (f64, f64), y: f64) {
    const SYMBOL: f64 = 14.0;
    const SPACE: f64 = 14.0;
    names.sort_by(|a, b| a.over.total_cmp(&b.over));
    let all: f64 = names.iter().map(|n| SYMBOL + width(&n.text, RIGHT_SIZE, true) + SPACE).sum();
    let room = if all - SPACE > room.1 - room.0 { (MARGIN, room.1) } else { room };
    if all - SPACE > room.1 - room.0 {
        let share = (room.1 - room.0 + SPACE) / names.len().max(1) as f64 - SPACE;
        for name in &mut names {
            name.text = cut(&name.text, RIGHT_SIZE, true, share - SYMBOL);
        }
    }
    let wide: Vec<f64> = names.iter().map(|n| SYMBOL + width(&n.text, RIGHT_SIZE, true)).collect();
    let mut left: Vec<f64> = names.iter().zip(&wide).map(|(n, w)| n.over - 0.5 * w).collect();
    // Neighbours that overlap move apart by half of what they share; then all move inside.
    for i in 1..left.len() {
        let overlap = left[i - 1] + wide[i - 1] + SPACE - left[i];
        if overlap > 0.0 {
            left[i - 1] -= 0.5 * overlap;
            left[i] += 0.5 * overlap;
        }
    }
    let mut from = room.0;
    for i in 0..left.len() {
        left[i] = left[i].max(from);
        from = left[i] + wide[i] + SPACE;
    }
    let mut to = room.1;
    for i in (0..left.len()).rev() {
        left[i] = left[i].min(to - wide[i]);
        to = left[i] - SPACE;
    }
    for (name, left) in names.into_iter().zip(left) {
        mark(scene, name.shape, (left + 5.6, y), name.role, false);
        scene.label(Label {
            text: name.text,
            x: left + SYMBOL,
            baseline: y + BASELINE * RIGHT_SIZE,
            size: RIGHT_SIZE,
            bold: true,
            anchor: Anchor::Start,
            role: name.role,
        });
    }
}
