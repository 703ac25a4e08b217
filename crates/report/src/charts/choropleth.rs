//! A map of areas in the colours of their classes.
//!
//! Areas are where the registry has their outlines; those it has none of, and those too small to be
//! seen, are discs at their places. Areas that are not in the list are plain land and no part of the
//! study. The projection is [`super::projection`]'s, with the middle of the map as central meridian.

use super::canvas::{Role, Scene, Shape};
use super::classes::{Shading, is_men};
use super::frame::{self, MARGIN, Used, WIDTH};
use super::hatch::{Hatch, hatch, rectangle};
use super::legend::{self, Sample};
use super::projection::equal_earth;
use super::type_setting::one_line;
use super::{Breaks, ChartText, Classes, Error, Mark, axis};
use inclusion_language::{figure, say};
use inclusion_registry::WorldMap;
use std::collections::BTreeMap;

/// An area of a map and its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// Area id, as in the registry: `BRA`.
    pub area: String,
    /// Name, for the data of the chart.
    pub name: String,
    /// Short name; a tile has room for three letters or so.
    pub label: String,
    /// The figure.
    pub mark: Mark,
}

/// A group of areas with a line round it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlined {
    /// Name of the group.
    pub label: String,
    /// Area ids of its members.
    pub areas: Vec<String>,
}

/// A part of the world in degrees; `east` is above 180 where the part crosses that meridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Longitude of the left edge.
    pub west: f64,
    /// Latitude of the lower edge.
    pub south: f64,
    /// Longitude of the right edge.
    pub east: f64,
    /// Latitude of the upper edge.
    pub north: f64,
}

impl Default for Extent {
    /// The world without Antarctica.
    fn default() -> Extent {
        Extent { west: -180.0, south: -57.0, east: 180.0, north: 84.0 }
    }
}

type Ring = Vec<(f64, f64)>;

/// A part of the world at its place on the page.
struct View {
    extent: Extent,
    /// Longitude of the central meridian.
    centre: f64,
    scale: f64,
    origin: (f64, f64),
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl View {
    fn new(extent: Extent, top: f64) -> View {
        let centre = 0.5 * (extent.west + extent.east);
        let half = extent.east - centre;
        // The widest parallel of the part is the one nearest the equator.
        let widest = 0f64.clamp(extent.south, extent.north);
        let wide = 2.0 * equal_earth(half, widest).0;
        let (low, high) = (equal_earth(0.0, extent.south).1, equal_earth(0.0, extent.north).1);
        let room = WIDTH - 2.0 * MARGIN;
        let scale = (room / wide).min(520.0 / (high - low));
        let half = 0.5 * wide * scale;
        View {
            extent,
            centre,
            scale,
            origin: (0.5 * WIDTH, top + high * scale),
            left: 0.5 * WIDTH - half,
            right: 0.5 * WIDTH + half,
            top,
            bottom: top + (high - low) * scale,
        }
    }

    fn at(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        let (x, y) = equal_earth(longitude - self.centre, latitude);
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }

    /// A turn eastwards for what begins inside the part only so.
    fn turn(&self, west: f64) -> f64 {
        let inside = west < self.extent.west && west + 360.0 < self.extent.east;
        if inside { 360.0 } else { 0.0 }
    }

    /// A ring on the page, without points that cannot be told apart and what leaves the part.
    fn ring(&self, ring: &[[f64; 2]]) -> Ring {
        let west = ring.iter().map(|p| p[0]).fold(f64::MAX, f64::min);
        let turn = self.turn(west);
        let mut points: Ring = Vec::new();
        let mut cell = None;
        for point in ring {
            let at = self.at(point[0] + turn, point[1]);
            // The page in cells of three fifths of a px: neighbours drop the same points.
            let next = ((at.0 / 0.6).floor() as i64, (at.1 / 0.6).floor() as i64);
            if cell != Some(next) {
                points.push(at);
                cell = Some(next);
            }
        }
        let mut points = self.clipped(points);
        if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied())
            && first != last
        {
            points.push(first);
        }
        if points.len() < 4 { Vec::new() } else { points }
    }

    /// What of a ring is inside the view (Sutherland and Hodgman 1974).
    fn clipped(&self, mut ring: Ring) -> Ring {
        let edges: [(usize, f64, f64); 4] = [
            (0, 1.0, self.left),
            (0, -1.0, -self.right),
            (1, 1.0, self.top),
            (1, -1.0, -self.bottom),
        ];
        for (axis, sign, limit) in edges {
            let depth = |p: (f64, f64)| sign * if axis == 0 { p.0 } else { p.1 } - limit;
            let mut inside = Vec::with_capacity(ring.len());
            for (i, to) in ring.iter().enumerate() {
                let from = ring[(i + ring.len() - 1) % ring.len()];
                let (a, b) = (depth(from), depth(*to));
                if (a >= 0.0) != (b >= 0.0) {
                    let part = a / (a - b);
                    inside.push((from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1)));
                }
                if b >= 0.0 {
                    inside.push(*to);
                }
            }
            ring = inside;
        }
        ring
    }

    fn rings<'a>(&self, areas: impl IntoIterator<Item = &'a str>) -> Vec<Ring> {
        let outline = WorldMap::builtin().outline(areas);
        outline.iter().map(|ring| self.ring(ring)).filter(|ring| !ring.is_empty()).collect()
    }
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Class(usize, Role),
    Hatched(Hatch),
}

pub(super) fn fill(shading: &Shading, mark: &Mark) -> Fill {
    match mark {
        Mark::Shown(point) => {
            let class = shading.class(point.value);
            Fill::Class(class, shading.role(class))
        }
        Mark::Withheld => Fill::Hatched(Hatch::Withheld),
        Mark::Missing => Fill::Hatched(Hatch::Missing),
    }
}

/// Checks the areas of a map and computes their classes.
pub(super) fn shading(
    text: &ChartText,
    areas: &[MapArea],
    classes: &Classes,
) -> Result<Shading, Error> {
    let chart = || text.title.clone();
    if areas.is_empty() {
        return Err(Error::NoRows { chart: chart() });
    }
    let mut seen = BTreeMap::new();
    for area in areas {
        let refuse = |what: &str| {
            Err(Error::Unfit { chart: chart(), place: area.area.clone(), what: what.into() })
        };
        frame::check(text, &area.area, &area.mark)?;
        if !WorldMap::places().contains_key(&area.area) {
            return refuse("no area of the registry; name areas by their ids, such as BRA");
        }
        if seen.insert(area.area.as_str(), ()).is_some() {
            return refuse("the area is there twice; give one figure an area");
        }
    }
    let marks: Vec<Mark> = areas.iter().map(|area| area.mark).collect();
    Shading::of(text, classes, &marks)
}

/// Classes with their limits and numbers of areas, and what stands for absences.
pub(super) fn entries(
    text: &ChartText,
    shading: &Shading,
    marks: &[Mark],
) -> Vec<(Sample, String)> {
    let count = |fills: Fill| marks.iter().filter(|mark| fill(shading, mark) == fills).count();
    let counted = |words: &str, count: usize| {
        let count = axis::number(count as f64, 0);
        let count = figure(text.words.language, &count).unwrap_or(count);
        let words = one_line(words);
        say(text.words.language, "joined-brackets", &[("first", &words), ("rest", &count)])
    };
    let mut entries: Vec<(Sample, String)> = (0..shading.count())
        .map(|class| {
            let role = shading.role(class);
            let mut limits = shading.limits(class, text.unit, &text.words);
            // A limit below zero has a mark of its direction, which the count behind it must not take on.
            if text.words.language.is_rtl() {
                limits.push('\u{200f}');
            }
            (Sample::Class(role), counted(&limits, count(Fill::Class(class, role))))
        })
        .collect();
    let absent = [(Hatch::Withheld, &text.words.withheld), (Hatch::Missing, &text.words.missing)];
    for (hatch, words) in absent {
        let number = count(Fill::Hatched(hatch));
        if number > 0 {
            entries.push((Sample::Hatched(hatch), counted(words, number)));
        }
    }
    entries
}

/// Notes of a map: how classes were computed, and which groups have a line round them.
pub(super) fn notes(text: &ChartText, classes: &Classes, outlined: &[Outlined]) -> Vec<String> {
    let words = &text.words;
    let mut notes = Vec::new();
    match classes.breaks {
        Breaks::Given(_) => {}
        Breaks::EqualCounts(_) => notes.push(words.equal_counts.clone()),
        Breaks::EqualSteps(_) => notes.push(words.equal_steps.clone()),
    }
    let joined = |first: String, rest: String| {
        say(words.language, "joined-comma", &[("first", &first), ("rest", &rest)])
    };
    let groups = outlined.iter().map(|group| group.label.clone()).reduce(joined);
    let stop = words.language.full_stop();
    notes.extend(groups.map(|groups| format!("{} {groups}{stop}", words.outlined)));
    notes
}

pub(super) fn draw(
    text: &ChartText,
    areas: &[MapArea],
    classes: &Classes,
    outlined: &[Outlined],
    extent: Option<Extent>,
) -> Result<Scene, Error> {
    let shading = shading(text, areas, classes)?;
    let extent = checked(text, extent.unwrap_or_default())?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let top = frame::head(&mut scene, text);
    let view = View::new(extent, top);

    let first = scene.shapes.len();
    plain_land(&mut scene, &view, areas);
    let outlines: Vec<Vec<Ring>> =
        areas.iter().map(|area| view.rings([area.area.as_str()])).collect();
    // From large to small, so that what lies inside another is painted after it.
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by(|a, b| surface(&outlines[*b]).total_cmp(&surface(&outlines[*a])));
    for index in order {
        paint(&mut scene, &outlines[index], fill(&shading, &areas[index].mark));
    }
    for kind in [Hatch::Missing, Hatch::Withheld, Hatch::Men] {
        let is_kind = |area: &MapArea| hatching(fill(&shading, &area.mark)) == Some(kind);
        let rings = areas.iter().zip(&outlines).filter(|(area, _)| is_kind(area));
        let rings: Vec<Ring> = rings.flat_map(|(_, rings)| rings).cloned().collect();
        hatch(&mut scene, &rings, kind);
    }
    for rings in &outlines {
        for ring in rings {
            scene.shapes.push(Shape::Path {
                points: ring.clone(),
                stroke: 0.4,
                role: Role::SoftInk,
            });
        }
    }
    let listed = |id: &str| areas.iter().any(|area| area.area == id);
    for group in outlined {
        let members = group.areas.iter().map(String::as_str).filter(|id| listed(id));
        for ring in view.rings(members) {
            // A light edge keeps the line apart from dark classes; islands would be all line.
            let strokes = match surface(std::slice::from_ref(&ring)) {
                0.0..SMALL => continue,
                SMALL..60.0 => [(1.6, Role::Paper), (0.9, Role::Ink)],
                _ => [(3.0, Role::Paper), (1.4, Role::Ink)],
            };
            for (stroke, role) in strokes {
                scene.shapes.push(Shape::Path { points: ring.clone(), stroke, role });
            }
        }
    }
    for (area, rings) in areas.iter().zip(&outlines) {
        let Some(place) = WorldMap::places().get(&area.area) else { continue };
        let turn = view.turn(place.longitude);
        let at = view.at(place.longitude + turn, place.latitude);
        let inside = at.0 >= view.left + 3.0 && at.0 <= view.right - 3.0;
        if !inside || at.1 < view.top + 3.0 || at.1 > view.bottom - 3.0 {
            continue;
        }
        if surface(rings) < SMALL {
            let member = outlined.iter().any(|group| group.areas.contains(&area.area));
            disc(&mut scene, at, fill(&shading, &area.mark), member);
        }
        if area.mark.point().is_some_and(|point| point.unreliable) {
            used.unreliable = true;
            open_mark(&mut scene, at, 2.2);
        }
    }
    if extent != Extent::default() {
        let points = rectangle(view.left, view.top, view.right, view.bottom);
        scene.shapes.push(Shape::Path { points, stroke: 1.0, role: Role::Hairline });
    }
    scene.geography = first..scene.shapes.len();
    let marks: Vec<Mark> = areas.iter().map(|area| area.mark).collect();
    let below = frame::axis_note(&mut scene, &text.value_axis_label, view.bottom + 8.0);
    let below = legend::draw(&mut scene, &entries(text, &shading, &marks), below + 2.0);
    let mut notes = notes(text, classes, outlined);
    notes.push(text.words.boundaries.clone());
    frame::foot_with(&mut scene, text, used, &notes, below);
    Ok(scene)
}

/// Areas of less than this many square px are discs.
const SMALL: f64 = 9.0;

fn checked(text: &ChartText, extent: Extent) -> Result<Extent, Error> {
    let Extent { west, south, east, north } = extent;
    let ok = (-180.0..180.0).contains(&west)
        && west < east
        && east - west <= 360.0
        && (-90.0..90.0).contains(&south)
        && south < north
        && north <= 90.0;
    if ok {
        return Ok(extent);
    }
    let what = format!(
        "no part of the world reaches from {west}, {south} to {east}, {north}; give degrees of west, south, east and north"
    );
    Err(Error::Unfit { chart: text.title.clone(), place: "map".into(), what })
}

/// Land that is no part of the study.
fn plain_land(scene: &mut Scene, view: &View, areas: &[MapArea]) {
    let listed = |id: &str| areas.iter().any(|area| area.area == id);
    let others = WorldMap::places().keys().map(String::as_str).filter(|id| !listed(id));
    for id in others.filter(|id| *id != "ATA") {
        for points in view.rings([id]) {
            scene.shapes.push(Shape::Area { points, role: Role::Hairline, opacity: 0.5 });
        }
    }
}

/// Twice the area inside the rings by the trapezoid rule is the sum over their edges; a hole may
/// count as land here, which only serves to put areas in order.
fn surface(rings: &[Ring]) -> f64 {
    let ring = |ring: &Ring| {
        ring.windows(2).map(|e| e[0].0 * e[1].1 - e[1].0 * e[0].1).sum::<f64>().abs() * 0.5
    };
    rings.iter().map(ring).sum()
}

fn inside(ring: &Ring, point: (f64, f64)) -> bool {
    let crossed = ring.windows(2).filter(|e| {
        let (a, b) = (e[0], e[1]);
        (a.1 > point.1) != (b.1 > point.1)
            && point.0 < a.0 + (point.1 - a.1) / (b.1 - a.1) * (b.0 - a.0)
    });
    crossed.count() % 2 == 1
}

fn paint(scene: &mut Scene, rings: &[Ring], fill: Fill) {
    let role = match fill {
        Fill::Class(_, role) => role,
        Fill::Hatched(_) => Role::Paper,
    };
    for (i, ring) in rings.iter().enumerate() {
        // A hole is painted by what lies in it.
        let hole = rings.iter().enumerate().any(|(j, other)| j != i && inside(other, ring[0]));
        if !hole {
            scene.shapes.push(Shape::Area { points: ring.clone(), role, opacity: 1.0 });
        }
    }
}

fn hatching(fill: Fill) -> Option<Hatch> {
    match fill {
        Fill::Class(_, role) => is_men(role).then_some(Hatch::Men),
        Fill::Hatched(kind) => Some(kind),
    }
}

/// An area too small to be seen; a heavy edge is the line round its group.
fn disc(scene: &mut Scene, centre: (f64, f64), fill: Fill, member: bool) {
    let radius = 2.6;
    let disc = |radius, role| Shape::Disc { centre, radius, role, open: false };
    let (edge, role) = if member { (1.2, Role::Ink) } else { (0.6, Role::SoftInk) };
    scene.shapes.push(disc(radius + edge, role));
    let (x, y) = centre;
    let part = radius * std::f64::consts::FRAC_1_SQRT_2;
    match fill {
        Fill::Class(_, role) => {
            scene.shapes.push(disc(radius, role));
            if is_men(role) {
                scene.line((x - radius, y), (x + radius, y), 0.5, Role::OnMiddle);
            }
        }
        Fill::Hatched(kind) => {
            scene.shapes.push(disc(radius, Role::Paper));
            scene.line((x - part, y - part), (x + part, y + part), 0.6, Role::SoftInk);
            if kind == Hatch::Withheld {
                scene.line((x - part, y + part), (x + part, y - part), 0.6, Role::SoftInk);
            }
        }
    }
}

/// The open mark of low reliability on a filled area.
pub(super) fn open_mark(scene: &mut Scene, centre: (f64, f64), radius: f64) {
    for (radius, role) in [(radius, Role::Ink), (radius - 0.8, Role::Paper)] {
        scene.shapes.push(Shape::Disc { centre, radius, role, open: false });
    }
}
