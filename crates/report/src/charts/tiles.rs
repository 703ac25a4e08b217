//! A map of equal tiles, one an area: small states are as large as any other.
//!
//! The tiles' places are the registry's. Areas without a tile stand in rows under the grid.

use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::choropleth::{self, Fill, MapArea, Outlined};
use super::classes::{is_men, on};
use super::frame::{self, BASELINE, MARGIN, Used, WIDTH};
use super::hatch::{hatch, rectangle};
use super::legend;
use super::type_setting::{one_line, width};
use super::{ChartText, Classes, Error, Mark};
use inclusion_registry::WorldMap;
use std::collections::{BTreeMap, BTreeSet};

/// The largest tile in px.
const LARGEST: f64 = 40.0;
/// The smallest letters in px.
const LEAST_SIZE: f64 = 5.0;

/// Column and row of each area, from 0, and how many there are.
fn grid(areas: &[MapArea]) -> (BTreeMap<&str, (u32, u32)>, u32, u32) {
    let mut tiles = BTreeMap::new();
    for area in areas {
        let place = WorldMap::places().get(&area.area);
        if let Some((column, row)) = place.and_then(|place| Some((place.column?, place.row?))) {
            tiles.insert(area.area.as_str(), (column, row));
        }
    }
    let west = tiles.values().map(|tile| tile.0).min().unwrap_or(0);
    let north = tiles.values().map(|tile| tile.1).min().unwrap_or(0);
    for tile in tiles.values_mut() {
        *tile = (tile.0 - west, tile.1 - north);
    }
    let others: Vec<&str> =
        areas.iter().map(|a| a.area.as_str()).filter(|id| !tiles.contains_key(id)).collect();
    let rows = tiles.values().map(|tile| tile.1 + 1).max().unwrap_or(0);
    let least = (others.len() as u32).min(12);
    let columns = tiles.values().map(|tile| tile.0 + 1).max().unwrap_or(0).max(least);
    // An empty row sets those without a place apart.
    let first = if rows == 0 { 0 } else { rows + 1 };
    for (i, id) in others.iter().enumerate() {
        tiles.insert(id, (i as u32 % columns, first + i as u32 / columns));
    }
    let rows = tiles.values().map(|tile| tile.1 + 1).max().unwrap_or(0);
    (tiles, columns, rows)
}

pub(super) fn draw(
    text: &ChartText,
    areas: &[MapArea],
    classes: &Classes,
    outlined: &[Outlined],
) -> Result<Scene, Error> {
    let shading = choropleth::shading(text, areas, classes)?;
    let mut scene = Scene::default();
    let mut used = Used::default();
    let (tiles, columns, rows) = grid(areas);
    let room = WIDTH - 2.0 * MARGIN;
    let side = (room / f64::from(columns)).min(LARGEST);
    let left = 0.5 * (WIDTH - side * f64::from(columns));
    let top = frame::head(&mut scene, text);
    let corner =
        |(column, row): (u32, u32)| (left + side * f64::from(column), top + side * f64::from(row));
    let words = labels(areas);
    // One size for all: the largest at which the widest has room.
    let widest = words.iter().map(|words| width(words, 10.0, false)).fold(1.0, f64::max);
    let size = (10.0 * (side - 2.4) / widest).min(0.5 * side).clamp(LEAST_SIZE, 13.0);

    let first = scene.shapes.len();
    for (area, words) in areas.iter().zip(words) {
        let (x, y) = corner(tiles[area.area.as_str()]);
        let (x1, y1) = (x + side, y + side);
        let ring = rectangle(x, y, x1, y1);
        let bar = |role| Shape::Bar { left: x, top: y, right: x1, bottom: y1, role, opacity: 1.0 };
        let letters = match choropleth::fill(&shading, &area.mark) {
            Fill::Class(_, role) => {
                scene.shapes.push(bar(role));
                if is_men(role) {
                    men(&mut scene, (x, y1), side);
                }
                on(role)
            }
            Fill::Hatched(kind) => {
                scene.shapes.push(bar(Role::Paper));
                hatch(&mut scene, std::slice::from_ref(&ring), kind);
                plate(&mut scene, &words, size, (0.5 * (x + x1), 0.5 * (y + y1)));
                Role::Ink
            }
        };
        scene.shapes.push(Shape::Path { points: ring, stroke: 0.6, role: Role::SoftInk });
        if area.mark.point().is_some_and(|point| point.unreliable) {
            used.unreliable = true;
            let radius = (0.11 * side).max(1.5);
            choropleth::open_mark(&mut scene, (x1 - radius - 0.8, y + radius + 0.8), radius);
        }
        scene.label(Label {
            text: words,
            x: 0.5 * (x + x1),
            baseline: 0.5 * (y + y1) + BASELINE * size,
            size,
            bold: false,
            anchor: Anchor::Middle,
            role: letters,
        });
    }
    for group in outlined {
        let members: BTreeSet<&str> = group.areas.iter().map(String::as_str).collect();
        let cells: BTreeSet<(u32, u32)> =
            tiles.iter().filter(|(id, _)| members.contains(*id)).map(|(_, tile)| *tile).collect();
        border(&mut scene, &cells, &corner);
    }
    scene.geography = first..scene.shapes.len();
    let bottom = top + side * f64::from(rows);
    let marks: Vec<Mark> = areas.iter().map(|area| area.mark).collect();
    let below = frame::axis_note(&mut scene, &text.value_axis_label, bottom + 8.0);
    let entries = choropleth::entries(text, &shading, &marks);
    let below = legend::draw(&mut scene, &entries, below + 2.0);
    frame::foot_with(&mut scene, text, used, &choropleth::notes(text, classes, outlined), below);
    Ok(scene)
}

/// Short names as given; the area ids where one of them is too long for a tile.
fn labels(areas: &[MapArea]) -> Vec<String> {
    let labels: Vec<String> = areas.iter().map(|area| one_line(&area.label)).collect();
    let fit = labels.iter().all(|label| !label.is_empty() && width(label, 10.0, false) <= 26.0);
    if fit { labels } else { areas.iter().map(|area| area.area.clone()).collect() }
}

/// Three lines at the foot of a tile on men's side: letters stay free of hatching.
fn men(scene: &mut Scene, (x, bottom): (f64, f64), side: f64) {
    for k in 1..=2 {
        let y = bottom - 1.6 * f64::from(k);
        scene.line((x, y), (x + side, y), 0.5, Role::OnMiddle);
    }
}

/// Clears the hatching behind letters.
fn plate(scene: &mut Scene, words: &str, size: f64, (x, y): (f64, f64)) {
    let half = 0.5 * width(words, size, false) + 0.5;
    scene.shapes.push(Shape::Bar {
        left: x - half,
        top: y - 0.5 * size,
        right: x + half,
        bottom: y + 0.5 * size,
        role: Role::Paper,
        opacity: 1.0,
    });
}

/// The edges of a group that none of its tiles shares.
fn border(
    scene: &mut Scene,
    cells: &BTreeSet<(u32, u32)>,
    corner: &impl Fn((u32, u32)) -> (f64, f64),
) {
    let mut edges = Vec::new();
    for (column, row) in cells.iter().copied() {
        let has = |dx: i64, dy: i64| {
            let beside = (i64::from(column) + dx, i64::from(row) + dy);
            cells.iter().any(|c| (i64::from(c.0), i64::from(c.1)) == beside)
        };
        let (a, b) = (corner((column, row)), corner((column + 1, row + 1)));
        let sides = [
            (has(0, -1), (a.0, a.1), (b.0, a.1)),
            (has(0, 1), (a.0, b.1), (b.0, b.1)),
            (has(-1, 0), (a.0, a.1), (a.0, b.1)),
            (has(1, 0), (b.0, a.1), (b.0, b.1)),
        ];
        edges.extend(sides.into_iter().filter(|side| !side.0).map(|side| (side.1, side.2)));
    }
    for (stroke, role) in [(3.2, Role::Paper), (1.8, Role::Ink)] {
        for (from, to) in &edges {
            // Half a stroke further, so that corners close.
            let (dx, dy) = if from.1 == to.1 { (0.5 * stroke, 0.0) } else { (0.0, 0.5 * stroke) };
            scene.line((from.0 - dx, from.1 - dy), (to.0 + dx, to.1 + dy), stroke, role);
        }
    }
}
