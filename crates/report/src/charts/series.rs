//! Small multiples over time: a panel an area or group, years from left to right, women and men as
//! lines. All panels have the same scales.
//!
//! A line joins neighbouring figures. It has a gap where a figure is withheld or missing, with the
//! mark under that year, and where a series breaks, with two strokes in the gap. A year that is not
//! in the list was not surveyed, and the line passes over it.

use super::axis::{Axis, Range, TICK_SIZE};
use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::frame::{self, BASELINE, MARGIN, RIGHT_SIZE, Used, WIDTH};
use super::legend::{self, Sample};
use super::spread::spread;
use super::type_setting::{apart, cut, one_line, width};
use super::{ChartText, Error, Fan, Mark, Point, Who, fan};

/// A panel of small multiples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Name of the area or group.
    pub label: String,
    /// Women by year; any order.
    pub women: Vec<YearMark>,
    /// Men by year.
    pub men: Vec<YearMark>,
    /// Both sexes, or a measure of both.
    pub both: Vec<YearMark>,
    /// Target by year, in the stored unit; one alone holds in every year.
    pub target: Vec<(i32, f64)>,
    /// The path that would reach the target.
    pub required: Vec<(i32, f64)>,
    /// Projections.
    pub fans: Vec<Fan>,
}

/// A figure of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearMark {
    /// The year.
    pub year: i32,
    /// The figure, or why there is none. An interval is drawn as a band.
    pub mark: Mark,
    /// Not comparable with the year before: the line has a gap between them.
    pub break_before: bool,
}

/// The most panels of a chart; the rest goes to the next page.
pub const MOST_PANELS: usize = 24;

const DOTTED: (f64, f64) = (1.4, 2.4);
const DASHED: (f64, f64) = (4.0, 3.0);
/// Height of a panel's name.
const TITLE: f64 = 20.0;
/// Height of a line of marks for what cannot be shown.
const ABSENT: f64 = 13.0;
const GAP: f64 = 18.0;

/// Where a panel's things stand, but for its corner.
struct Grid {
    years: (i32, i32),
    wide: f64,
    high: f64,
    /// Size of marks.
    times: f64,
}

impl Grid {
    fn x(&self, left: f64, year: i32) -> f64 {
        let (first, last) = self.years;
        let pad = 8.0;
        match last - first {
            0 => left + 0.5 * self.wide,
            span => {
                let part = f64::from(year - first) / f64::from(span);
                left + pad + part * (self.wide - 2.0 * pad)
            }
        }
    }

    /// Years with room between them: the first multiples of a round step.
    fn ticks(&self) -> Vec<i32> {
        let (first, last) = self.years;
        let one = (self.wide - 16.0) / f64::from((last - first).max(1));
        let steps = [1, 2, 5, 10, 20, 50, 100, 500];
        let step = steps.into_iter().find(|step| one * f64::from(*step) >= 40.0).unwrap_or(1000);
        let ticks: Vec<i32> = (first..=last).filter(|year| year % step == 0).collect();
        if ticks.is_empty() { vec![first] } else { ticks }
    }
}

fn has_fan(panel: &Panel) -> bool {
    panel.fans.iter().any(|fan| !fan.years.is_empty())
}

fn lines(panel: &Panel) -> [(Who, &[YearMark]); 3] {
    [(Who::Both, &panel.both), (Who::Women, &panel.women), (Who::Men, &panel.men)]
}

fn check(text: &ChartText, panels: &[Panel]) -> Result<(), Error> {
    let chart = || text.title.clone();
    if panels.is_empty() {
        return Err(Error::NoRows { chart: chart() });
    }
    let refuse =
        |row: &str, what: String| Err(Error::Unfit { chart: chart(), place: row.to_owned(), what });
    if panels.len() > MOST_PANELS {
        let what = format!(
            "{} panels; a chart has at most {MOST_PANELS}, the rest goes to the next",
            panels.len()
        );
        return refuse(&panels[MOST_PANELS].label, what);
    }
    for panel in panels {
        for (_, line) in lines(panel) {
            let mut years: Vec<i32> = line.iter().map(|at| at.year).collect();
            years.sort_unstable();
            if let Some(pair) = years.windows(2).find(|pair| pair[0] == pair[1]) {
                return refuse(&panel.label, format!("the year {} is there twice", pair[0]));
            }
            for at in line {
                frame::check(text, &panel.label, &at.mark)?;
            }
        }
        for (year, value) in panel.target.iter().chain(&panel.required) {
            if !frame::drawable(*value) {
                return refuse(&panel.label, format!("the target {value} of {year} is no number"));
            }
        }
        fan::check(text, panel)?;
    }
    let all = all_years(panels);
    match (all.iter().min(), all.iter().max()) {
        (Some(first), Some(last)) if *first < -9999 || *last > 9999 => {
            refuse("years", format!("{first} to {last} are no years"))
        }
        (Some(_), Some(_)) => Ok(()),
        _ => Err(Error::NoRows { chart: chart() }),
    }
}

fn all_years(panels: &[Panel]) -> Vec<i32> {
    let of = |panel: &Panel| -> Vec<i32> {
        let marks = lines(panel).into_iter().flat_map(|(_, line)| line.iter().map(|at| at.year));
        let ahead = panel.fans.iter().flat_map(|fan| fan.years.iter().map(|at| at.year));
        marks
            .chain(panel.target.iter().chain(&panel.required).map(|at| at.0))
            .chain(ahead)
            .collect()
    };
    panels.iter().flat_map(of).collect()
}

pub(super) fn draw(text: &ChartText, panels: &[Panel]) -> Result<Scene, Error> {
    check(text, panels)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let (columns, high, times) = match panels.len() {
        1 => (1, 250.0, 1.0),
        2 | 4 => (2, 170.0, 0.85),
        3 | 5..=9 => (3, 120.0, 0.7),
        _ => (4, 92.0, 0.6),
    };
    let all = all_years(panels);
    let years = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0));
    let marks: Vec<Mark> = panels
        .iter()
        .flat_map(|panel| lines(panel).into_iter().flat_map(|(_, line)| line))
        .map(|at| at.mark)
        .chain(panels.iter().flat_map(|panel| &panel.fans).flat_map(projected))
        .collect();
    let targets: Vec<f64> =
        panels.iter().flat_map(|p| p.target.iter().chain(&p.required)).map(|at| at.1).collect();
    let axis = Axis::over(&marks, &targets, text.unit, Range::Padded, (high, 0.0))
        .in_language(text.words.language);
    let axis = axis.down_to_level(24.0);
    let levels = axis.levels(24.0);
    let ticks = levels.iter().map(|t| width(&t.text, TICK_SIZE, false)).fold(0.0, f64::max) + 8.0;
    let room = WIDTH - 2.0 * MARGIN - ticks - GAP * (columns as f64 - 1.0);
    let grid = Grid { years, wide: room / columns as f64, high, times };
    // All panels keep room for the absences of the one that has most.
    let absent = panels.iter().map(|p| absences(text, p, &mut used).len()).max().unwrap_or(0);
    let step = TITLE + high + ABSENT * absent as f64 + 8.0;

    let mut top = frame::head(&mut scene, text) - 4.0;
    top = frame::axis_note(&mut scene, &text.value_axis_label, top);
    top = legend::draw(&mut scene, &entries(text, panels), top) + 6.0;
    // The status of a projection stands over its years.
    let flag = one_line(&text.words.projected);
    let flagged = |panel: &Panel| match has_fan(panel) {
        true => width(&flag, RIGHT_SIZE, true) + 8.0,
        false => 0.0,
    };
    let labels: Vec<String> = panels.iter().map(|panel| one_line(&panel.label)).collect();
    let labels = apart(&labels, RIGHT_SIZE, true, |i| grid.wide - flagged(&panels[i]));
    for (i, panel) in panels.iter().enumerate() {
        let (column, row) = (i % columns, i / columns);
        let left = MARGIN + ticks + (grid.wide + GAP) * column as f64;
        let corner = (left, top + step * row as f64 + TITLE);
        frame_of(&mut scene, panel, &grid, &axis, corner, (column == 0, &flag, &labels[i]));
        // Years stand under the last panel of a column.
        if i + columns >= panels.len() {
            let y = corner.1 + high + ABSENT * absent as f64;
            year_labels(&mut scene, &grid, left, y);
        }
        panel_marks(&mut scene, text, panel, &grid, &axis, corner, &mut used);
    }
    let rows = panels.len().div_ceil(columns);
    frame::foot(&mut scene, text, used, top + step * rows as f64 + 14.0);
    Ok(scene)
}

/// What a fan takes of the value axis.
fn projected(fan: &Fan) -> impl Iterator<Item = Mark> {
    fan.years.iter().map(|at| {
        Mark::Shown(Point { value: at.value, interval: Some(at.bands[2]), unreliable: false })
    })
}

/// What the lines are.
fn entries(text: &ChartText, panels: &[Panel]) -> Vec<(Sample, String)> {
    let words = &text.words;
    let has =
        |who: Who| panels.iter().any(|p| lines(p).iter().any(|l| l.0 == who && !l.1.is_empty()));
    let mut entries: Vec<(Sample, String)> = [Who::Women, Who::Men, Who::Both]
        .into_iter()
        .filter(|who| has(*who))
        .map(|who| (Sample::Sign(who.sign(), who.role()), one_line(who.name(words))))
        .collect();
    if panels.iter().any(|p| !p.target.is_empty()) {
        entries.push((Sample::Dashed(DASHED, Role::Parity), one_line(&words.target)));
    }
    if panels.iter().any(|p| !p.required.is_empty()) {
        entries.push((Sample::Dashed(DOTTED, Role::Both), one_line(&words.required)));
    }
    if panels.iter().any(has_fan) {
        entries.push((Sample::Dashed(fan::DASHES, Role::Both), one_line(&words.projection)));
    }
    entries
}

/// A panel's name and light grid.
fn frame_of(
    scene: &mut Scene,
    panel: &Panel,
    grid: &Grid,
    axis: &Axis,
    (left, top): (f64, f64),
    (first, flag, label): (bool, &str, &str),
) {
    if has_fan(panel) {
        scene.label(Label {
            text: flag.to_owned(),
            x: left + grid.wide,
            baseline: top - 6.0,
            size: RIGHT_SIZE,
            bold: true,
            anchor: Anchor::End,
            role: Role::SoftInk,
        });
    }
    scene.label(Label {
        text: label.to_owned(),
        x: left,
        baseline: top - 6.0,
        size: RIGHT_SIZE,
        bold: true,
        anchor: Anchor::Start,
        role: Role::Ink,
    });
    for tick in axis.levels(24.0) {
        let y = top + tick.x;
        scene.line((left, y), (left + grid.wide, y), 1.0, Role::Hairline);
        if first {
            scene.label(Label {
                text: tick.text,
                x: left - 8.0,
                baseline: y + BASELINE * TICK_SIZE,
                size: TICK_SIZE,
                bold: false,
                anchor: Anchor::End,
                role: Role::SoftInk,
            });
        }
    }
    let bottom = top + grid.high;
    scene.line((left, bottom), (left + grid.wide, bottom), 1.0, Role::Hairline);
    for year in grid.ticks() {
        let x = grid.x(left, year);
        scene.line((x, bottom), (x, bottom + 3.0), 1.0, Role::SoftInk);
    }
}

fn year_labels(scene: &mut Scene, grid: &Grid, left: f64, top: f64) {
    for year in grid.ticks() {
        let text = year.to_string();
        let half = 0.5 * width(&text, TICK_SIZE, false);
        let (low, high) = (left - 0.5 * GAP + half + 2.0, left + grid.wide - half);
        scene.label(Label {
            text,
            x: grid.x(left, year).min(high).max(low),
            baseline: top + 15.0,
            size: TICK_SIZE,
            bold: false,
            anchor: Anchor::Middle,
            role: Role::SoftInk,
        });
    }
}

/// Neighbouring years without a figure: the first, the last, and the mark.
type Run = (i32, i32, String);

/// Runs of years without a figure, by line.
fn absences(text: &ChartText, panel: &Panel, used: &mut Used) -> Vec<(Who, Vec<Run>)> {
    let mut all = Vec::new();
    for (who, line) in lines(panel) {
        let mut runs: Vec<Run> = Vec::new();
        let mut open = false;
        for at in sorted(line) {
            let Some(mark) = frame::absence(text, &at.mark, used).map(one_line) else {
                open = false;
                continue;
            };
            match runs.last_mut().filter(|run| open && run.2 == mark) {
                Some(run) => run.1 = at.year,
                None => runs.push((at.year, at.year, mark)),
            }
            open = true;
        }
        if !runs.is_empty() {
            all.push((who, runs));
        }
    }
    all
}

fn sorted(line: &[YearMark]) -> Vec<YearMark> {
    let mut line = line.to_vec();
    line.sort_by_key(|at| at.year);
    line
}

/// Lines, bands and marks of a panel.
fn panel_marks(
    scene: &mut Scene,
    text: &ChartText,
    panel: &Panel,
    grid: &Grid,
    axis: &Axis,
    (left, top): (f64, f64),
    used: &mut Used,
) {
    let place = |year: i32, value: f64| (grid.x(left, year), top + axis.x_inside(value).0);
    for (line, dashes, stroke, role) in
        [(&panel.target, DASHED, 1.3, Role::Parity), (&panel.required, DOTTED, 1.5, Role::Both)]
    {
        let mut line = line.clone();
        line.sort_by_key(|at| at.0);
        if let [(_, value)] = line.as_slice() {
            let y = top + axis.x(*value);
            scene.dashes((left, y), (left + grid.wide, y), dashes, stroke, role);
        }
        for pair in line.windows(2) {
            let (from, to) = (place(pair[0].0, pair[0].1), place(pair[1].0, pair[1].1));
            scene.dashes(from, to, dashes, stroke, role);
        }
    }
    for fan in &panel.fans {
        fan::draw(scene, fan, &place, used);
    }
    // Figures that a line joins.
    let mut stretches: Vec<(Who, Vec<YearMark>)> = Vec::new();
    for (who, line) in lines(panel) {
        let mut stretch: Vec<YearMark> = Vec::new();
        for at in sorted(line) {
            let shown = at.mark.point().is_some();
            if let (Some(before), true, true) = (stretch.last(), at.break_before, shown)
                && let (Some(from), Some(to)) = (before.mark.point(), at.mark.point())
            {
                used.series_break = true;
                let (a, b) = (place(before.year, from.value), place(at.year, to.value));
                let (x, y) = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
                for dx in [-1.6, 1.6] {
                    let ends = ((x + dx - 1.2, y + 4.0), (x + dx + 1.2, y - 4.0));
                    scene.line(ends.0, ends.1, 1.1, who.role());
                }
            }
            if !shown || at.break_before {
                stretches.push((who, std::mem::take(&mut stretch)));
            }
            if shown {
                stretch.push(at);
            }
        }
        stretches.push((who, stretch));
    }
    for (who, stretch) in &stretches {
        bands(scene, *who, stretch, &place, used);
    }
    for (who, stretch) in &stretches {
        let points: Vec<_> =
            stretch.iter().filter_map(|at| Some(place(at.year, at.mark.point()?.value))).collect();
        if points.len() > 1 {
            scene.shapes.push(Shape::Path { points, stroke: 1.6, role: who.role() });
        }
    }
    for (who, stretch) in &stretches {
        for at in stretch {
            if let Some(point) = at.mark.point() {
                let centre = place(at.year, point.value);
                let (sign, role) = (who.sign(), who.role());
                frame::mark_sized(scene, sign, centre, role, point.unreliable, grid.times);
                used.unreliable |= point.unreliable;
            }
        }
    }
    for (line, (who, runs)) in absences(text, panel, used).into_iter().enumerate() {
        let baseline = top + grid.high + ABSENT * (line as f64 + 1.0) - 1.5;
        absent_marks(scene, who, runs, grid, left, baseline);
    }
}

/// The bands of a stretch: where a figure stands alone, its whisker.
fn bands(
    scene: &mut Scene,
    who: Who,
    stretch: &[YearMark],
    place: &impl Fn(i32, f64) -> (f64, f64),
    used: &mut Used,
) {
    let ends = |at: &YearMark| {
        let (lower, upper) = at.mark.point()?.interval?;
        Some((place(at.year, lower), place(at.year, upper)))
    };
    let ends: Vec<_> = stretch.iter().map(ends).collect();
    for (i, at) in ends.iter().enumerate() {
        let Some((lower, upper)) = at else { continue };
        let next = ends.get(i + 1).copied().flatten();
        let before = i.checked_sub(1).and_then(|i| ends[i]);
        if let Some((next_lower, next_upper)) = next {
            used.band = true;
            let points = vec![*lower, *upper, next_upper, next_lower];
            scene.shapes.push(Shape::Area { points, role: who.role(), opacity: 0.2 });
        } else if before.is_none() {
            used.interval = true;
            scene.line(*lower, *upper, 1.0, who.role());
        }
    }
}

/// Marks of what cannot be shown, each under its years; one for all where they have no room.
fn absent_marks(
    scene: &mut Scene,
    who: Who,
    runs: Vec<Run>,
    grid: &Grid,
    left: f64,
    baseline: f64,
) {
    let size = 11.0;
    let middle = |run: &Run| 0.5 * (grid.x(left, run.0) + grid.x(left, run.1));
    let wide = |words: &str| width(words, size, false) + 3.0;
    let mut words: Vec<(f64, String)> = runs.iter().map(|r| (middle(r), r.2.clone())).collect();
    if words.iter().map(|(_, words)| wide(words)).sum::<f64>() > grid.wide {
        let mut kinds: Vec<String> = Vec::new();
        for (_, mark) in words {
            if !kinds.contains(&mark) {
                kinds.push(mark);
            }
        }
        words = vec![(left + 0.5 * grid.wide, cut(&kinds.join(" "), size, false, grid.wide - 3.0))];
    }
    let wanted: Vec<f64> = words.iter().map(|at| at.0).collect();
    let sizes: Vec<f64> = words.iter().map(|at| wide(&at.1)).collect();
    let places = spread(&wanted, &sizes, left, left + grid.wide);
    for ((_, text), x) in words.into_iter().zip(places) {
        scene.label(Label {
            text,
            x,
            baseline,
            size,
            bold: false,
            anchor: Anchor::Middle,
            role: who.role(),
        });
    }
}
