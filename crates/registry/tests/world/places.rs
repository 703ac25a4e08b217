//! Places of areas on a map, and the grid of tiles, which is this project's own.

use crate::shared::sheet;
use inclusion_registry::{AreaKind, Areas, WorldMap};
use std::collections::{BTreeMap, BTreeSet};

/// Areas that the source has no place for: the middle of their outline.
const FROM_OUTLINE: [&str; 10] =
    ["ATA", "ATF", "BLM", "HMD", "IOT", "MAF", "PCN", "SGS", "TWN", "XKX"];

#[test]
fn places_are_those_of_the_source() {
    let places = WorldMap::places();
    for area in FROM_OUTLINE {
        let outline = WorldMap::builtin().outline([area]);
        let points: Vec<&[f64; 2]> = outline.iter().flatten().collect();
        let middle = [0, 1].map(|axis| {
            let values = points.iter().map(|point| point[axis]);
            (values.clone().fold(f64::MAX, f64::min) + values.fold(f64::MIN, f64::max)) / 2.0
        });
        let place = &places[area];
        assert!(
            (place.longitude - middle[0]).abs() < 0.5 && (place.latitude - middle[1]).abs() < 0.5,
            "{area}"
        );
    }
    let Some(list) = sheet("un-minset-gender", "CL_AREA.xlsx", "CL_AREA") else { return };
    let mut found = BTreeSet::new();
    for row in list[1..].iter().filter(|row| !row[2].is_empty()) {
        let place = &places[&row[2]];
        for (here, there) in [(place.longitude, &row[3]), (place.latitude, &row[4])] {
            assert!((here - there.parse::<f64>().unwrap()).abs() <= 0.005_001, "{}", row[2]);
        }
        found.insert(row[2].as_str());
    }
    let others: Vec<&str> =
        places.keys().map(String::as_str).filter(|area| !found.contains(area)).collect();
    assert_eq!(others, FROM_OUTLINE);
}

#[test]
fn every_country_has_a_tile_of_its_own() {
    let mut tiles = BTreeMap::new();
    for place in WorldMap::places().values() {
        let area = Areas::builtin().get(&place.area).unwrap();
        assert!(area.is_counted());
        assert_eq!(place.column.is_some(), place.row.is_some(), "{}", place.area);
        let tile = place.column.zip(place.row);
        assert!(tile.is_some() || area.kind != AreaKind::Country, "{} has no tile", area.name);
        if let Some(tile) = tile {
            let other = tiles.insert(tile, &place.area);
            assert!(other.is_none(), "{other:?} and {} have one tile", place.area);
        }
    }
    assert_eq!(tiles.len(), 205);
    let (columns, rows) = tiles.keys().fold((0, 0), |(c, r), tile| (c.max(tile.0), r.max(tile.1)));
    assert_eq!((columns, rows), (28, 24));
}

/// The correlation of two series.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / n, y + pair.1 / n));
    let sum = |f: fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - x, p.1 - y)).sum::<f64>();
    sum(|a, b| a * b) / (sum(|a, _| a * a) * sum(|_, b| b * b)).sqrt()
}

#[test]
fn tiles_lie_as_the_countries_do() {
    let tiled: Vec<_> =
        WorldMap::places().values().filter(|place| place.column.is_some()).collect();
    let column = |place: &inclusion_registry::MapPlace| f64::from(place.column.unwrap());
    let row = |place: &inclusion_registry::MapPlace| f64::from(place.row.unwrap());
    // The islands of the Pacific beyond the meridian of 180 degrees stand in the east.
    let east: Vec<(f64, f64)> = tiled
        .iter()
        .filter(|place| !["KIR", "WSM", "TON", "COK", "NIU"].contains(&place.area.as_str()))
        .map(|place| (place.longitude, column(place)))
        .collect();
    assert!(correlation(&east) > 0.95, "{}", correlation(&east));
    let south: Vec<(f64, f64)> = tiled.iter().map(|place| (place.latitude, -row(place))).collect();
    assert!(correlation(&south) > 0.95, "{}", correlation(&south));
    let at = |area: &str| {
        let place = &WorldMap::places()[area];
        (place.column.unwrap(), place.row.unwrap())
    };
    for (west, eastern) in [("PRT", "ESP"), ("GBR", "DEU"), ("IND", "VNM"), ("BRA", "NGA")] {
        assert!(at(west).0 < at(eastern).0, "{west} {eastern}");
    }
    for (north, south) in
        [("CAN", "USA"), ("USA", "MEX"), ("FRA", "DZA"), ("DZA", "NGA"), ("AUS", "NZL")]
    {
        assert!(at(north).1 < at(south).1, "{north} {south}");
    }
}
