//! Outlines of areas: from Natural Earth, as TopoJSON, to `outlines.csv`.
//!
//! The source holds lines that two areas share, so they are made simpler line by line and neighbours
//! still meet. Each line is written with the areas on its two sides.

use crate::shared::{folder, own};
use inclusion_registry::{AreaKind, Areas, WorldMap};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A point in hundredths of a degree, longitude first.
type Point = [i32; 2];

/// The meridian at which the map is cut, east and west.
const EDGE: i32 = 18_000;
/// A bend is taken out where the triangle it makes is smaller than this, in square hundredths of a
/// degree at the equator: 150 is a square of 12 hundredths, or 14 kilometres.
const BEND: f64 = 150.0;
/// An island smaller than this is left out where its area has a larger ring.
const ISLAND: f64 = 400.0;

/// The area that a feature of the source is part of; none for ground that it gives to no one.
fn area_of(feature: &serde_json::Value) -> Option<String> {
    let name = feature["properties"]["name"].as_str().unwrap();
    match (feature["id"].as_str(), name) {
        (Some(code), _) => Some(Areas::builtin().resolve(code).unwrap().id.clone()),
        (None, "Kosovo") => Some("XKX".into()),
        (None, "Somaliland") => Some("SOM".into()),
        (None, "N. Cyprus") => Some("CYP".into()),
        (None, "Siachen Glacier" | "Indian Ocean Ter.") => None,
        (None, other) => panic!("{other}"),
    }
}

/// The lines of the source in hundredths of a degree, and the areas of each; a side may be empty.
fn lines() -> Option<Vec<(BTreeSet<String>, Vec<Point>)>> {
    let file = folder("world-geometry")?.join("countries-50m.json");
    let world: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let pair = |key: &str| [0, 1].map(|axis| world["transform"][key][axis].as_f64().unwrap());
    let (scale, translate) = (pair("scale"), pair("translate"));
    let mut lines: Vec<(BTreeSet<String>, Vec<Point>)> = Vec::new();
    for arc in world["arcs"].as_array().unwrap() {
        let mut at = [0_i64; 2];
        let mut points: Vec<Point> = Vec::new();
        for step in arc.as_array().unwrap() {
            let point = [0, 1].map(|axis| {
                at[axis] += step[axis].as_i64().unwrap();
                ((at[axis] as f64 * scale[axis] + translate[axis]) * 100.0).round() as i32
            });
            points.push(point);
        }
        lines.push((BTreeSet::new(), points));
    }
    for feature in world["objects"]["countries"]["geometries"].as_array().unwrap() {
        let Some(area) = area_of(feature) else { continue };
        let mut numbers = Vec::new();
        collect(&feature["arcs"], &mut numbers);
        for number in numbers {
            let index = if number < 0 { !number } else { number } as usize;
            // A line inside an area, as that of Northern Cyprus, has it on both sides: no border.
            if !lines[index].0.insert(area.clone()) {
                lines[index].0.remove(&area);
            }
        }
    }
    lines.retain(|(areas, _)| !areas.is_empty());
    Some(cut(lines))
}

/// Cuts lines that go around the world at the meridian of 180 degrees, where the source has joined
/// them, and closes their areas along it; Antarctica reaches around the pole.
fn cut(lines: Vec<(BTreeSet<String>, Vec<Point>)>) -> Vec<(BTreeSet<String>, Vec<Point>)> {
    let mut pieces = Vec::new();
    let mut ends: BTreeMap<(BTreeSet<String>, i32), Vec<i32>> = BTreeMap::new();
    for (areas, points) in lines {
        if points.iter().all(|point| point[1] < -8990) {
            continue; // the pole itself
        }
        let mut piece: Vec<Point> = Vec::new();
        let first = pieces.len();
        for point in &points {
            if let Some(last) =
                piece.last().copied().filter(|last| (last[0] - point[0]).abs() > EDGE)
            {
                let across = |point: Point| [-point[0], point[1]];
                if point[0].abs() == EDGE && last[0].abs() != EDGE {
                    piece.push(across(*point));
                }
                let start = if point[0].abs() == EDGE { None } else { Some(across(last)) };
                pieces.push((areas.clone(), std::mem::take(&mut piece)));
                piece.extend(start);
            }
            piece.push(*point);
        }
        pieces.push((areas.clone(), piece));
        let cut = if pieces.len() - first > 1 { &pieces[first..] } else { &[] };
        for (_, piece) in cut.iter().filter(|(_, piece)| piece.len() > 1) {
            for end in [piece[0], piece[piece.len() - 1]] {
                if end[0].abs() == EDGE {
                    ends.entry((areas.clone(), end[0])).or_default().push(end[1]);
                }
            }
        }
    }
    pieces.retain(|(_, piece)| piece.len() > 1);
    for ((areas, edge), mut latitudes) in ends {
        latitudes.sort_unstable();
        if latitudes.len() % 2 == 1 {
            let nearest = latitudes.remove(0);
            pieces.push((areas.clone(), vec![[edge, nearest], [edge, -9000]]));
            pieces.push((areas.clone(), vec![[edge, -9000], [0, -9000]]));
        }
        for pair in latitudes.chunks_exact(2) {
            pieces.push((areas.clone(), vec![[edge, pair[0]], [edge, pair[1]]]));
        }
    }
    pieces
}

fn collect(value: &serde_json::Value, into: &mut Vec<i64>) {
    match value.as_array() {
        Some(values) => values.iter().for_each(|value| collect(value, into)),
        None => into.push(value.as_i64().unwrap()),
    }
}

/// Area of a triangle in square hundredths of a degree at the equator.
fn triangle([a, b, c]: [Point; 3]) -> f64 {
    let [ax, ay, bx, by, cx, cy] = [a[0], a[1], b[0], b[1], c[0], c[1]].map(f64::from);
    let shrink = (by / 100.0).to_radians().cos().abs();
    ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0 * shrink
}

/// Area of a closed line, likewise.
fn enclosed(points: &[Point]) -> f64 {
    let twice: f64 = points
        .windows(2)
        .map(|pair| {
            f64::from(pair[0][0]) * f64::from(pair[1][1])
                - f64::from(pair[1][0]) * f64::from(pair[0][1])
        })
        .sum();
    let middle = points.iter().map(|point| f64::from(point[1])).sum::<f64>() / points.len() as f64;
    (twice / 2.0).abs() * (middle / 100.0).to_radians().cos().abs()
}

/// Takes out the smallest bend until all are large enough (Visvalingam and Whyatt 1993); the ends
/// stay, and a closed line keeps three corners.
fn simpler(points: &[Point], bend: f64) -> Vec<Point> {
    let mut points = points.to_vec();
    points.dedup();
    let least = if points.first() == points.last() { 4 } else { 2 };
    let mut sizes: Vec<f64> =
        points.windows(3).map(|three| triangle([three[0], three[1], three[2]])).collect();
    while points.len() > least {
        let smallest = sizes.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
        let Some((at, _)) = smallest.filter(|(_, size)| **size < bend) else { break };
        points.remove(at + 1);
        sizes.remove(at);
        for at in [at.wrapping_sub(1), at] {
            if let Some(size) = sizes.get_mut(at) {
                *size = triangle([points[at], points[at + 1], points[at + 2]]);
            }
        }
    }
    points
}

/// The square around points, two hundredths of a degree wide at least: also the form of an area that
/// is smaller than the grid.
fn square(points: &[Point]) -> Vec<Point> {
    let [west, south] = [0, 1].map(|axis| points.iter().map(|point| point[axis]).min().unwrap());
    let [east, north] = [0, 1].map(|axis| points.iter().map(|point| point[axis]).max().unwrap());
    let (east, north) = (east.max(west + 2), north.max(south + 2));
    vec![[west, south], [west, north], [east, north], [east, south], [west, south]]
}

/// The table as it stands in the project.
pub fn make() -> Option<String> {
    let lines = lines()?;
    let mut boxes: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
    // The largest ring of one line, by area, and the areas that have other lines.
    let mut largest: BTreeMap<&str, f64> = BTreeMap::new();
    let mut jointed: BTreeSet<&str> = BTreeSet::new();
    for (areas, points) in &lines {
        for area in areas {
            boxes.entry(area).or_default().extend(square(points));
            if points.first() == points.last() {
                let size = largest.entry(area).or_default();
                *size = size.max(enclosed(points));
            } else {
                jointed.insert(area);
            }
        }
    }
    // A small area keeps its form.
    let bend = |areas: &BTreeSet<String>| {
        let sizes = areas.iter().map(|area| enclosed(&square(&boxes[area.as_str()])) / 200.0);
        sizes.fold(BEND, f64::min)
    };
    let mut rows: BTreeMap<Vec<Point>, BTreeSet<String>> = BTreeMap::new();
    for (areas, points) in &lines {
        let mut line = simpler(points, bend(areas));
        if points.first() == points.last() {
            let size = enclosed(points);
            let needed =
                |area: &String| !jointed.contains(area.as_str()) && size >= largest[area.as_str()];
            if size < ISLAND && !areas.iter().any(needed) {
                continue;
            }
            if line.len() < 4 {
                line = square(points);
            }
        }
        if line.last() < line.first() {
            line.reverse();
        }
        if line.len() > 1 {
            // Two shores that became one line enclose nothing.
            let sides = rows.entry(line).or_default();
            *sides = sides.symmetric_difference(areas).cloned().collect();
        }
    }
    let mut rows: Vec<(Vec<&str>, &Vec<Point>)> = rows
        .iter()
        .filter(|(_, areas)| !areas.is_empty())
        .map(|(line, areas)| (areas.iter().map(String::as_str).collect(), line))
        .collect();
    rows.sort();
    let mut text = String::from("area,neighbour,line\n");
    for (sides, line) in rows {
        assert!(sides.len() < 3, "{sides:?}");
        write!(text, "{},{},", sides[0], sides.get(1).unwrap_or(&"")).unwrap();
        let mut last = [0, 0];
        for (index, point) in line.iter().enumerate() {
            let space = if index > 0 { " " } else { "" };
            write!(text, "{space}{} {}", point[0] - last[0], point[1] - last[1]).unwrap();
            last = *point;
        }
        text.push('\n');
    }
    Some(text)
}

#[test]
fn the_table_is_what_the_source_gives() {
    let Some(made) = make() else { return };
    let kept = std::fs::read_to_string(own("outlines.csv")).unwrap();
    assert!(made == kept, "outlines.csv is not what its source gives; see `write_anew`");
}

/// Areas that Natural Earth has as part of another one, or not at this scale.
const WITHOUT: [&str; 16] = [
    "680", "830", "BES", "BVT", "CCK", "CXR", "GIB", "GLP", "GUF", "MTQ", "MYT", "REU", "SJM",
    "TKL", "TUV", "UMI",
];

#[test]
fn every_area_has_an_outline_that_closes_but_those_that_are_listed() {
    let map = WorldMap::builtin();
    for area in Areas::builtin().iter().filter(|area| area.is_counted()) {
        let rings = map.outline([area.id.as_str()]);
        assert_eq!(rings.is_empty(), WITHOUT.contains(&area.id.as_str()), "{}", area.name);
        for ring in rings {
            assert!(ring.len() >= 4 && ring.first() == ring.last(), "{}: {ring:?}", area.name);
            assert!(ring.iter().all(|[x, y]| x.abs() <= 180.0 && y.abs() <= 90.0), "{}", area.name);
            let around = ring.windows(2).any(|pair| (pair[0][0] - pair[1][0]).abs() > 180.0);
            assert!(!around, "{} goes around the world", area.name);
        }
    }
    let countries = Areas::builtin().iter().filter(|area| area.kind == AreaKind::Country);
    let without: Vec<&str> =
        countries.map(|area| area.id.as_str()).filter(|area| WITHOUT.contains(area)).collect();
    assert_eq!(without, ["TUV"]);
    let size = std::fs::metadata(own("outlines.csv")).unwrap().len();
    assert!(size < 300_000, "{size}");
}

/// Ground inside rings in square kilometres, on the cylinder of equal area; holes count as ground.
fn ground(rings: &[Vec<[f64; 2]>]) -> f64 {
    let flat = |[x, y]: [f64; 2]| [x.to_radians(), y.to_radians().sin()];
    let mut sum = 0.0;
    for ring in rings {
        let twice: f64 = ring
            .windows(2)
            .map(|pair| (flat(pair[0]), flat(pair[1])))
            .map(|([ax, ay], [bx, by])| ax * by - bx * ay)
            .sum();
        sum += (twice / 2.0).abs();
    }
    sum * 6371.0 * 6371.0
}

#[test]
fn a_group_has_the_ground_of_its_members_and_no_border_between_them() {
    let map = WorldMap::builtin();
    for (a, b) in [("ESP", "PRT"), ("USA", "CAN"), ("SRB", "XKX"), ("IND", "PAK")] {
        let [alone, other] = [a, b].map(|area| ground(&map.outline([area])));
        let both = ground(&map.outline([a, b]));
        assert!((both - alone - other).abs() < 1e-6 * both, "{a} {b}: {alone} + {other} = {both}");
    }
    assert_eq!(map.outline(["LSO"]).len(), 1);
    // A hole is a ring: South Africa without Lesotho has one more than both together.
    assert_eq!(map.outline(["ZAF"]).len(), map.outline(["ZAF", "LSO"]).len() + 1);
    assert!(map.outline(["SOM"]).len() == 1 && map.outline(["CYP"]).len() == 1);
}

#[test]
fn the_forms_of_countries_keep_their_size() {
    let map = WorldMap::builtin();
    // Square kilometres as national statistics have them; the source itself leaves small islands out.
    let known = [
        ("BRA", 8_515_800.0),
        ("NAM", 824_300.0),
        ("KEN", 580_400.0),
        ("JPN", 378_000.0),
        ("VNM", 331_300.0),
        ("NOR", 385_200.0),
        ("JAM", 11_000.0),
        ("RUS", 17_098_200.0),
        ("FJI", 18_270.0),
        ("LUX", 2_586.0),
    ];
    for (area, known) in known {
        let kilometres = ground(&map.outline([area]));
        assert!((kilometres / known - 1.0).abs() < 0.06, "{area}: {kilometres} of {known}");
    }
}
