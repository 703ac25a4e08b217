//! Outlines of areas, and their places on a grid of tiles.
//!
//! The map is a set of lines, each with the areas on its two sides. The outline of one area, or of a
//! group, is the lines that have a member on one side only, joined where they meet: a group loses the
//! borders between its members, and neighbours meet without a gap. Rings are closed and not ordered:
//! a hole is a ring like any other, so they are filled by the even-odd rule.
//!
//! Coordinates are degrees of longitude and latitude, exact to a hundredth. Boundaries and names are
//! those of the source and mean no endorsement or acceptance by anyone.
//!
//! Source: Natural Earth 4.1, 1:50 million, public domain (`datasets/world/provenance.toml`).

use crate::{Error, Place};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A closed line: longitude and latitude in degrees, the last point that of the first.
pub type Ring = Vec<[f64; 2]>;

/// A point in hundredths of a degree.
type Point = [i32; 2];

/// The outlines of all areas.
#[derive(Debug, Clone)]
pub struct WorldMap {
    lines: Vec<Line>,
}

/// A line between two areas, or between one and the sea.
#[derive(Debug, Clone)]
struct Line {
    areas: [String; 2],
    points: Vec<Point>,
}

/// Where an area is written on a map, and its tile on the grid.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapPlace {
    /// Area id.
    pub area: String,
    /// Longitude in degrees.
    pub longitude: f64,
    /// Latitude in degrees.
    pub latitude: f64,
    /// Column of its tile from the west, from 0; none where it has no tile.
    pub column: Option<u32>,
    /// Row of its tile from the north, from 0.
    pub row: Option<u32>,
}

impl WorldMap {
    /// The map of the program.
    ///
    /// ```
    /// use inclusion_registry::WorldMap;
    /// let map = WorldMap::builtin();
    /// let iberia = map.outline(["ESP", "PRT"]);
    /// assert!(iberia.iter().all(|ring| ring.first() == ring.last()));
    /// assert!(map.outline(["TUV"]).is_empty()); // too small for the source
    /// ```
    pub fn builtin() -> &'static WorldMap {
        const TABLE: &str = include_str!("../../../datasets/world/outlines.csv");
        static BUILTIN: LazyLock<WorldMap> = LazyLock::new(|| {
            WorldMap::read("outlines.csv", TABLE).expect("invariant: a test reads the built-in map")
        });
        &BUILTIN
    }

    /// Reads a table with the columns `area`, `neighbour` (empty for the sea) and `line`: pairs of
    /// longitude and latitude in hundredths of a degree, the first from the origin and every other
    /// from the one before it.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] names the line of a row that is not of this form.
    pub fn read(file: &str, text: &str) -> Result<WorldMap, Error> {
        let mut lines = Vec::new();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for (index, row) in reader.deserialize::<(String, String, String)>().enumerate() {
            let wrong = |message: String| Error::Invalid {
                place: Place { file: file.into(), line: index + 2, column: 0 },
                message,
            };
            let (area, neighbour, line) = row.map_err(|e| wrong(e.to_string()))?;
            let steps: Result<Vec<i32>, _> = line.split(' ').map(str::parse).collect();
            let steps =
                steps.map_err(|e| wrong(format!("a line is pairs of whole numbers: {e}")))?;
            if steps.len() < 4 || steps.len() % 2 != 0 {
                return Err(wrong("a line has two points or more, each a pair of numbers".into()));
            }
            let mut at = [0, 0];
            let points = steps
                .chunks_exact(2)
                .map(|step| {
                    at = [at[0] + step[0], at[1] + step[1]];
                    at
                })
                .collect();
            lines.push(Line { areas: [area, neighbour], points });
        }
        Ok(WorldMap { lines })
    }

    /// The outline of an area, or of several together without the borders between them, by area
    /// ids; empty where the map has none of them.
    pub fn outline<'a>(&self, areas: impl IntoIterator<Item = &'a str>) -> Vec<Ring> {
        let areas: BTreeSet<&str> = areas.into_iter().collect();
        let inside = |area: &String| areas.contains(area.as_str());
        let edges: Vec<&[Point]> = self
            .lines
            .iter()
            .filter(|line| inside(&line.areas[0]) != inside(&line.areas[1]))
            .map(|line| line.points.as_slice())
            .collect();
        let degrees = |point: &Point| point.map(|hundredths| f64::from(hundredths) / 100.0);
        joined(&edges).iter().map(|ring| ring.iter().map(degrees).collect()).collect()
    }

    /// Where each area is written, and its tile, by area id.
    pub fn places() -> &'static BTreeMap<String, MapPlace> {
        const TABLE: &str = include_str!("../../../datasets/world/places.csv");
        static PLACES: LazyLock<BTreeMap<String, MapPlace>> = LazyLock::new(|| {
            let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
            let places = reader.deserialize().map(|row| {
                let place: MapPlace = row.expect("invariant: a test reads the built-in places");
                (place.area.clone(), place)
            });
            places.collect()
        });
        &PLACES
    }
}

/// Joins lines end to end until they close. Every end is met by an even number of lines, as they
/// are the edge of an area.
fn joined(lines: &[&[Point]]) -> Vec<Vec<Point>> {
    let mut at: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            at.entry(*end).or_default().push(index);
        }
    }
    let mut used = vec![false; lines.len()];
    let mut rings = Vec::new();
    for start in 0..lines.len() {
        if used[start] {
            continue;
        }
        used[start] = true;
        let mut ring = lines[start].to_vec();
        while ring.first() != ring.last() {
            let end = ring[ring.len() - 1];
            let Some(next) = at[&end].iter().copied().find(|index| !used[*index]) else { break };
            used[next] = true;
            if lines[next][0] == end {
                ring.extend(&lines[next][1..]);
            } else {
                ring.extend(lines[next].iter().rev().skip(1));
            }
        }
        rings.push(ring);
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two squares side by side, with an island: `A` on the left, `B` on the right.
    const TABLE: &str = "area,neighbour,line\n\
        A,,100 0 -100 0 0 100 100 0\n\
        A,B,100 0 0 100\n\
        B,,100 100 100 0 0 -100 -100 0\n\
        B,,300 0 0 10 10 0 -10 -10\n";

    #[test]
    fn an_outline_is_closed_and_a_group_has_no_border_inside() {
        let map = WorldMap::read("map.csv", TABLE).unwrap();
        let a = map.outline(["A"]);
        assert_eq!(a.len(), 1);
        let mut corners = a[0][1..].to_vec();
        corners.sort_by(|p, q| p.partial_cmp(q).unwrap());
        assert_eq!(corners, [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        let both = map.outline(["A", "B"]);
        assert_eq!(both.len(), 2);
        assert!(both.iter().all(|ring| ring.first() == ring.last()));
        assert_eq!(both[0].len(), 7);
        assert!(map.outline(["C"]).is_empty());
    }

    #[test]
    fn a_row_that_is_no_line_is_named() {
        let message = |row: &str| {
            let text = format!("area,neighbour,line\n{row}\n");
            WorldMap::read("map.csv", &text).unwrap_err().to_string()
        };
        assert!(message("A,,1 2 x 4").starts_with("map.csv:2: a line is pairs of whole numbers"));
        assert!(message("A,,1 2").starts_with("map.csv:2: a line has two points or more"));
        assert!(message("A,,1 2 3 4 5").starts_with("map.csv:2: a line has two points or more"));
    }
}
