//! Heat maps: areas down, indicators or years across, one cell each.
//!
//! Cells hold the classes of figures, or what figures there are at all. The states of availability
//! differ by pattern as well as by colour: a full cell, a striped one, a diamond, hatching.

use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::choropleth::{self, Fill};
use super::classes::{Shading, is_men, on};
use super::frame::{self, BASELINE, LABEL_PART, MARGIN, ROW, Sign, Used, WIDTH};
use super::hatch::{Hatch, hatch, rectangle};
use super::legend::{self, Sample};
use super::type_setting::{cut, one_line, width, wrap};
use super::{ChartText, Classes, Error, Mark, Words};
use inclusion_language::Language;

/// What figures of an indicator an area has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// Women and men apart, in a year that the subtitle calls recent.
    SexesLatest,
    /// Women and men apart, but older.
    SexesOlder,
    /// Both sexes together only.
    TotalOnly,
    /// None.
    Nothing,
}

impl Availability {
    const ALL: [Availability; 4] = [
        Availability::SexesLatest,
        Availability::SexesOlder,
        Availability::TotalOnly,
        Availability::Nothing,
    ];

    pub(super) fn name(self, words: &Words) -> &str {
        match self {
            Availability::SexesLatest => &words.sexes_latest,
            Availability::SexesOlder => &words.sexes_older,
            Availability::TotalOnly => &words.total_only,
            Availability::Nothing => &words.nothing,
        }
    }
}

/// A row of a heat map: one cell a column.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow<Cell> {
    /// Name of the area or group.
    pub label: String,
    /// Heading the row stands under; neighbours with the same heading share it.
    pub group: Option<String>,
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A figure of a heat map.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// The figure.
    pub mark: Mark,
    /// The figure as the table prints it; drawn where all texts of the chart have room.
    pub text: Option<String>,
}

type Place = (f64, f64, f64, f64);

/// Where rows and columns stand.
struct Layout {
    left: f64,
    cell: f64,
    row: f64,
    size: f64,
    label_room: f64,
}

const HEAD_SIZE: f64 = 11.0;
const HEAD_LINE: f64 = 13.0;
/// So many rows are as high as those of other charts.
const FEW: usize = 40;
const INDENT: f64 = 10.0;
/// Between names and cells.
const GAP: f64 = 10.0;
/// A cell as wide as this has room for its figure; long names leave it no more.
const ROOMY: f64 = 52.0;
/// No cell is wider.
const WIDEST: f64 = 90.0;

fn check<Cell>(text: &ChartText, columns: &[String], rows: &[HeatRow<Cell>]) -> Result<(), Error> {
    let chart = || text.title.clone();
    if rows.is_empty() || columns.is_empty() {
        return Err(Error::NoRows { chart: chart() });
    }
    match rows.iter().find(|row| row.cells.len() != columns.len()) {
        None => Ok(()),
        Some(row) => {
            let (cells, columns) = (row.cells.len(), columns.len());
            let what = format!("{cells} cells for {columns} columns; give each column one");
            Err(Error::Unfit { chart: chart(), place: row.label.clone(), what })
        }
    }
}

impl Layout {
    fn new<Cell>(columns: usize, rows: &[HeatRow<Cell>]) -> Layout {
        let (row, size) = if rows.len() <= FEW { (ROW, 13.0) } else { (15.0, 11.0) };
        let names = rows.iter().map(|row| {
            let indent = if row.group.is_some() { INDENT } else { 0.0 };
            indent + width(&one_line(&row.label), size, false)
        });
        let groups = rows.iter().filter_map(|row| row.group.as_deref());
        let groups = groups.map(|group| width(&one_line(group), size, true));
        let label_room = names.chain(groups).fold(0.0, f64::max) + 1.0;
        // Few columns leave room for long names.
        let spare = WIDTH - 2.0 * MARGIN - GAP - ROOMY * columns as f64;
        let label_room = label_room.min(spare.max(LABEL_PART * WIDTH));
        let left = MARGIN + label_room + GAP;
        let cell = ((WIDTH - MARGIN - left) / columns as f64).min(WIDEST);
        Layout { left, cell, row, size, label_room }
    }

    fn right(&self, columns: usize) -> f64 {
        self.left + self.cell * columns as f64
    }
}

/// Heads of the columns, or their numbers with a list of names before the chart.
fn heads(
    scene: &mut Scene,
    layout: &Layout,
    columns: &[String],
    language: Language,
    top: f64,
) -> f64 {
    let names: Vec<String> = columns.iter().map(|name| one_line(name)).collect();
    let room = layout.cell - 6.0;
    let fits = |name: &String| {
        name.split(' ').all(|word| width(word, HEAD_SIZE, false) <= room)
            && wrap(name, HEAD_SIZE, false, room).len() <= 4
    };
    let mut top = top;
    let lines: Vec<Vec<String>> = if names.iter().all(fits) {
        names.iter().map(|name| wrap(name, HEAD_SIZE, false, room)).collect()
    } else {
        let stop = language.full_stop();
        let list: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(i, name)| format!("{}\u{a0}{name}{stop}", i + 1))
            .collect();
        let list = list.join(language.between_sentences());
        for line in wrap(&list, HEAD_SIZE, false, WIDTH - 2.0 * MARGIN) {
            scene.label(head(line, MARGIN, top + 11.0, Anchor::Start));
            top += 15.0;
        }
        top += 4.0;
        (1..=names.len()).map(|number| vec![number.to_string()]).collect()
    };
    let most = lines.iter().map(Vec::len).max().unwrap_or(0);
    let bottom = top + HEAD_LINE * most as f64;
    for (i, lines) in lines.into_iter().enumerate() {
        let x = layout.left + layout.cell * (i as f64 + 0.5);
        let count = lines.len();
        for (k, line) in lines.into_iter().enumerate() {
            let line = cut(&line, HEAD_SIZE, false, layout.cell - 1.0);
            let baseline = bottom - HEAD_LINE * (count - 1 - k) as f64 - 3.0;
            scene.label(head(line, x, baseline, Anchor::Middle));
        }
    }
    bottom + 2.0
}

fn head(text: String, x: f64, baseline: f64, anchor: Anchor) -> Label {
    Label { text, x, baseline, size: HEAD_SIZE, bold: false, anchor, role: Role::SoftInk }
}

/// Draws rows and their headings; cells are the caller's. Returns where they end.
fn body<Cell>(
    scene: &mut Scene,
    layout: &Layout,
    columns: usize,
    rows: &[HeatRow<Cell>],
    top: f64,
    mut cell: impl FnMut(&mut Scene, &Cell, Place),
) -> f64 {
    let name = |scene: &mut Scene, text: &str, bold: bool, indent: f64, y: f64| {
        // Beside a heading are no cells.
        let room = if bold { WIDTH - 2.0 * MARGIN } else { layout.label_room - indent };
        scene.label(Label {
            text: cut(&one_line(text), layout.size, bold, room),
            x: MARGIN + indent,
            baseline: y + BASELINE * layout.size,
            size: layout.size,
            bold,
            anchor: Anchor::Start,
            role: Role::Ink,
        });
    };
    let mut y = top;
    let mut group: Option<&str> = None;
    let mut block = y;
    for row in rows {
        if row.group.as_deref() != group {
            group = row.group.as_deref();
            lines(scene, layout, columns, (block, y));
            if let Some(heading) = group {
                y += layout.row;
                name(scene, heading, true, 0.0, y - 0.5 * layout.row + 1.5);
                y += 2.0;
            }
            block = y;
        }
        let indent = if row.group.is_some() { INDENT } else { 0.0 };
        name(scene, &row.label, false, indent, y + 0.5 * layout.row);
        for (i, content) in row.cells.iter().enumerate() {
            let left = layout.left + layout.cell * i as f64;
            cell(scene, content, (left, y, left + layout.cell, y + layout.row));
        }
        y += layout.row;
    }
    lines(scene, layout, columns, (block, y));
    y
}

/// Thin lines between the cells of a block.
fn lines(scene: &mut Scene, layout: &Layout, columns: usize, (top, bottom): (f64, f64)) {
    let rows = ((bottom - top) / layout.row).round() as usize;
    if rows == 0 {
        return;
    }
    for i in 0..=rows {
        let y = top + layout.row * i as f64;
        scene.line((layout.left, y), (layout.right(columns), y), 0.6, Role::SoftInk);
    }
    for i in 0..=columns {
        let x = layout.left + layout.cell * i as f64;
        scene.line((x, top), (x, bottom), 0.6, Role::SoftInk);
    }
}

fn bar(scene: &mut Scene, (left, top, right, bottom): Place, role: Role) {
    scene.shapes.push(Shape::Bar { left, top, right, bottom, role, opacity: 1.0 });
}

/// A cell that says what figures there are, but for the hatching, which neighbours share.
pub(super) fn state(scene: &mut Scene, state: Availability, place: Place) {
    let (left, top, right, bottom) = place;
    match state {
        Availability::SexesLatest => bar(scene, place, Role::Sequence5),
        Availability::SexesOlder => {
            bar(scene, place, Role::Sequence2);
            // Upright stripes: half as much as the full cell.
            let count = ((right - left) / 6.0).round().max(1.0);
            let step = (right - left) / count;
            for i in 0..count as usize {
                let x = left + step * (i as f64 + 0.25);
                bar(scene, (x, top, x + 0.5 * step, bottom), Role::Sequence4);
            }
        }
        Availability::TotalOnly => {
            bar(scene, place, Role::Paper);
            let centre = (0.5 * (left + right), 0.5 * (top + bottom));
            frame::mark(scene, Sign::Diamond, centre, Role::Both, false);
        }
        Availability::Nothing => bar(scene, place, Role::Paper),
    }
}

/// Draws which figures there are.
pub(super) fn availability(
    text: &ChartText,
    columns: &[String],
    rows: &[HeatRow<Availability>],
) -> Result<Scene, Error> {
    check(text, columns, rows)?;
    let mut scene = Scene::default();
    let layout = Layout::new(columns.len(), rows);
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let entries: Vec<(Sample, String)> = Availability::ALL
        .into_iter()
        .filter(|state| cells().any(|cell| cell == state))
        .map(|state| (Sample::State(state), one_line(state.name(&text.words))))
        .collect();
    let top = frame::head(&mut scene, text) - 4.0;
    let top = legend::draw(&mut scene, &entries, top) + 8.0;
    let top = heads(&mut scene, &layout, columns, text.words.language, top);
    let mut hatched = Vec::new();
    let below = body(&mut scene, &layout, columns.len(), rows, top, |scene, cell, place| {
        state(scene, *cell, place);
        if *cell == Availability::Nothing {
            hatched.push(rectangle(place.0, place.1, place.2, place.3));
        }
    });
    hatch(&mut scene, &hatched, Hatch::Missing);
    frame::foot(&mut scene, text, Used::default(), below);
    Ok(scene)
}

/// Draws figures in the colours of their classes.
pub(super) fn figures(
    text: &ChartText,
    columns: &[String],
    rows: &[HeatRow<HeatCell>],
    classes: &Classes,
) -> Result<Scene, Error> {
    check(text, columns, rows)?;
    for row in rows {
        for cell in &row.cells {
            frame::check(text, &row.label, &cell.mark)?;
        }
    }
    let marks: Vec<Mark> =
        rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.mark)).collect();
    let shading = Shading::of(text, classes, &marks)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let layout = Layout::new(columns.len(), rows);
    let size = layout.size - 2.0;
    // All texts or none: a cell without one would look like a cell without a figure.
    let texts = rows
        .iter()
        .flat_map(|row| &row.cells)
        .all(|cell| width(&words(cell), size, false) <= layout.cell - 14.0);
    let top = frame::head(&mut scene, text) - 4.0;
    let top = frame::axis_note(&mut scene, &text.value_axis_label, top);
    let entries = choropleth::entries(text, &shading, &marks);
    let top = legend::draw(&mut scene, &entries, top) + 8.0;
    let top = heads(&mut scene, &layout, columns, text.words.language, top);
    let mut hatched: Vec<(Hatch, Vec<(f64, f64)>)> = Vec::new();
    let below = body(&mut scene, &layout, columns.len(), rows, top, |scene, cell, place| {
        let (left, top, right, bottom) = place;
        let letters = match choropleth::fill(&shading, &cell.mark) {
            Fill::Class(_, role) => {
                bar(scene, place, role);
                // Men's side has its lines at the foot, under the figure.
                for k in 1..=if is_men(role) { 2 } else { 0 } {
                    let y = bottom - 1.8 * f64::from(k);
                    scene.line((left, y), (right, y), 0.5, Role::OnMiddle);
                }
                on(role)
            }
            Fill::Hatched(kind) => {
                bar(scene, place, Role::Paper);
                hatched.push((kind, rectangle(left, top, right, bottom)));
                return;
            }
        };
        if cell.mark.point().is_some_and(|point| point.unreliable) {
            used.unreliable = true;
            choropleth::open_mark(scene, (right - 3.6, top + 3.6), 2.2);
        }
        if texts {
            scene.label(Label {
                text: words(cell),
                x: 0.5 * (left + right),
                baseline: 0.5 * (top + bottom) + BASELINE * size,
                size,
                bold: false,
                anchor: Anchor::Middle,
                role: letters,
            });
        }
    });
    for kind in [Hatch::Missing, Hatch::Withheld] {
        let rings: Vec<_> =
            hatched.iter().filter(|at| at.0 == kind).map(|at| at.1.clone()).collect();
        hatch(&mut scene, &rings, kind);
    }
    let notes = choropleth::notes(text, classes, &[]);
    frame::foot_with(&mut scene, text, used, &notes, below);
    Ok(scene)
}

/// The text of a figure; none where there is no figure.
fn words(cell: &HeatCell) -> String {
    match (cell.mark, &cell.text) {
        (Mark::Shown(_), Some(words)) => one_line(words),
        _ => String::new(),
    }
}
