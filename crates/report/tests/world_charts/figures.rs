//! The published figures of `datasets/world/figures.csv`, as shares.

use inclusion_registry::{Areas, Registry};
use inclusion_report::charts::{Mark, Point};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Indicator, area, sex and year of a figure.
type Key = (String, String, String, i32);

/// Figures by indicator, area, sex and year; the first age of the file where there are several.
pub static FIGURES: LazyLock<BTreeMap<Key, f64>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/world/figures.csv");
    let mut reader = csv::Reader::from_path(path).expect("the figures of the world");
    let mut figures = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let value: f64 = row[5].parse().expect("a value");
        let year = row[4].parse().expect("a year");
        let key = (row[1].to_owned(), row[0].to_owned(), row[2].to_owned(), year);
        figures.entry(key).or_insert(value / 100.0);
    }
    figures
});

pub fn shown(value: f64) -> Mark {
    Mark::Shown(Point { value, interval: None, unreliable: false })
}

pub fn share(indicator: &str, area: &str, sex: &str, year: i32) -> Option<f64> {
    let key = (indicator.to_owned(), area.to_owned(), sex.to_owned(), year);
    FIGURES.get(&key).copied()
}

pub fn mark(value: Option<f64>) -> Mark {
    value.map_or(Mark::Missing, shown)
}

/// Men minus women.
pub fn gap(indicator: &str, area: &str, year: i32) -> Option<f64> {
    Some(share(indicator, area, "M", year)? - share(indicator, area, "F", year)?)
}

pub fn name(area: &str) -> String {
    Areas::builtin().get(area).expect("an area").name.clone()
}

/// Areas with a figure of an indicator, by id.
pub fn areas_with(indicator: &str) -> BTreeSet<String> {
    FIGURES.keys().filter(|key| key.0 == indicator).map(|key| key.1.clone()).collect()
}

/// Countries of the United Nations' member and observer States, by id.
pub fn countries() -> Vec<String> {
    use inclusion_registry::AreaKind;
    let areas = Areas::builtin().iter();
    areas.filter(|area| area.kind == AreaKind::Country).map(|area| area.id.clone()).collect()
}

/// Members of a group in 2020.
pub fn members(grouping: &str, group: &str) -> Vec<String> {
    let registry = Registry::builtin().expect("the registry");
    let members = registry.groupings[grouping].members(group, 2020);
    members.into_iter().map(|area| area.id.clone()).collect()
}

/// One decimal and no sign of per cent, as a table prints it.
pub fn printed(share: Option<f64>) -> Option<String> {
    share.map(|share| format!("{:.1}", 100.0 * share))
}
