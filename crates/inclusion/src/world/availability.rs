//! Where figures by sex are there and where they are not: an empty place is a finding.

use super::World;
use crate::plan::Prepared;
use inclusion_disclosure::{Cell, Publishable};
use inclusion_estimate::Measure;
use inclusion_registry::{Area, Areas, sort_key};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is there of one indicator and country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Availability {
    /// Newest year with women and men.
    pub by_sex: Option<i32>,
    /// Newest year with all persons.
    pub total: Option<i32>,
    /// Age range of the newest figure by sex.
    pub age: Option<Arc<str>>,
    /// Sources of the newest figures by sex: one, unless women and men are of two.
    pub sources: Vec<Arc<str>>,
}

/// A country with what is there, by indicator in the study's order.
#[derive(Debug, Clone, PartialEq)]
pub struct AvailabilityRow {
    /// Area id.
    pub area: String,
    /// Its name.
    pub name: String,
    /// By indicator.
    pub indicators: Vec<Availability>,
}

/// All countries of the world by name.
pub(crate) fn of_study(
    prepared: &Prepared,
    publishable: &Publishable,
    world: &World,
) -> Vec<AvailabilityRow> {
    if prepared.world.is_none() {
        return Vec::new();
    }
    let mut found: BTreeMap<(&str, &str), BTreeMap<i32, [bool; 3]>> = BTreeMap::new();
    let mut about = BTreeMap::new();
    for row in publishable.rows().iter().filter(|row| row.key.measure == Measure::Level) {
        let (Cell::Shown(_), Some(own)) = (&row.cell, world.about.get(&row.key)) else { continue };
        let at = match row.key.sex() {
            Some("F") => 1,
            Some("M") => 2,
            _ => 0,
        };
        let place = (row.key.ref_area.as_str(), row.key.indicator.as_str());
        found.entry(place).or_default().entry(own.year).or_default()[at] = true;
        if at > 0 {
            about.entry((place, own.year)).or_insert_with(Vec::new).push(own);
        }
    }
    let of = |area: &Area, indicator: &str| {
        let place = (area.id.as_str(), indicator);
        let years = found.get(&place);
        let newest = |has: fn(&[bool; 3]) -> bool| {
            years?.iter().rev().find(|(_, sexes)| has(sexes)).map(|(year, _)| *year)
        };
        let by_sex = newest(|sexes| sexes[1] && sexes[2]);
        let own = by_sex.and_then(|year| about.get(&(place, year)));
        let mut sources: Vec<Arc<str>> = Vec::new();
        for source in own.into_iter().flatten().filter_map(|own| own.source.clone()) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        Availability {
            by_sex,
            total: newest(|sexes| sexes[0]),
            age: own.and_then(|own| own.first()).map(|own| own.age.clone()),
            sources,
        }
    };
    let mut rows: Vec<AvailabilityRow> = countries(prepared)
        .into_iter()
        .map(|area| AvailabilityRow {
            area: area.id.clone(),
            name: area.name.clone(),
            indicators: prepared.indicators.iter().map(|i| of(area, &i.id)).collect(),
        })
        .collect();
    rows.sort_by_cached_key(|row| sort_key(&row.name));
    rows
}

/// Countries and territories of the world's regions, and others that have a figure.
fn countries(prepared: &Prepared) -> Vec<&'static Area> {
    let Some(world) = prepared.registry.groupings.get("m49-regions") else { return Vec::new() };
    let mut all: Vec<&Area> = world
        .groups
        .iter()
        .flat_map(|group| group.members.keys())
        .filter_map(|id| Areas::builtin().get(id))
        .collect();
    all.retain(|area| area.has_residents());
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    all
}
