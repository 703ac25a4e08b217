//! Regional figures that the United Nations publish come out of our members and our population.

use crate::shared::{csv, registry};
use inclusion_registry::{AreaKind, Areas, Sex, WorldPopulation};
use std::collections::BTreeMap;

/// Figures of areas and of groups by area id and year, of one sex.
type Values = BTreeMap<(String, i32), f64>;

/// The mean of the countries of a group weighted with their population, as `(mean, share of the
/// group's population that has a figure)`.
fn mean(values: &Values, members: &[&str], year: i32, sex: Sex, age: u32) -> Option<(f64, f64)> {
    let population = WorldPopulation::builtin();
    let (mut sum, mut covered, mut all) = (0.0, 0.0, 0.0);
    for area in members {
        let Ok(persons) = population.of(area, year, sex, age, None) else { continue };
        all += persons.count;
        if let Some(value) = values.get(&(area.to_string(), year)) {
            sum += persons.count * value;
            covered += persons.count;
        }
    }
    (covered > 0.0).then(|| (sum / covered, covered / all))
}

/// Members of every group of M49, of the goals and of countries in special situations, and of the
/// world, by the group's code.
fn groups() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut groups = BTreeMap::new();
    for id in
        ["m49-regions", "m49-subregions", "m49-intermediate", "sdg-regions", "special-situations"]
    {
        for group in &registry().groupings[id].groups {
            let members = registry().groupings[id].members(&group.id, 2019);
            groups.insert(group.id.as_str(), members.iter().map(|area| area.id.as_str()).collect());
        }
    }
    let counted = Areas::builtin().iter().filter(|area| area.is_counted());
    groups.insert("001", counted.map(|area| area.id.as_str()).collect());
    groups
}

/// Where ours is another figure: group, year, ours less theirs in hundredths of a point.
const OTHERWISE: [(&str, i32, i64); 25] = [
    // Areas of fewer than 90 000 persons are part of these and have no ages in the population.
    ("009", 2005, 24),
    ("009", 2010, 22),
    ("009", 2015, 19),
    ("029", 2005, -11),
    ("029", 2010, -35),
    ("029", 2015, -15),
    ("057", 2005, 1395),
    ("057", 2010, 1640),
    ("057", 2015, 1718),
    ("543", 2005, -19),
    ("543", 2010, -22),
    ("543", 2015, -29),
    ("722", 2010, -6),
    ("722", 2015, -5),
    // Series were revised after the aggregate.
    ("015", 2005, 32),
    ("747", 2005, 18),
    ("030", 2015, 84),
    ("753", 2015, 53),
    ("150", 2005, 41),
    ("150", 2015, -8),
    ("513", 2005, 37),
    ("513", 2015, -6),
    // The figures published of Asia are not the mean of those published of its five sub-regions.
    ("142", 2005, 28),
    ("142", 2010, 27),
    ("142", 2015, 43),
];

#[test]
fn internet_users_of_regions_are_those_that_are_published() {
    let Some(table) = csv("un-sdg-ddf-2020", "it_use_ii99_to2015.csv") else { return };
    let mut values = Values::new();
    for row in &table.rows {
        let Ok(area) = Areas::builtin().resolve(table.get(row, "geo_area")) else { continue };
        let year = table.get(row, "year").parse().unwrap();
        values.insert((area.id.clone(), year), table.get(row, "it_use_ii99").parse().unwrap());
    }
    let mut compared = 0;
    let mut others = Vec::new();
    for (group, members) in groups() {
        for year in [2005, 2010, 2015] {
            let Some(published) = values.get(&(group.to_string(), year)) else { continue };
            let (mean, _) = mean(&values, &members, year, Sex::Both, 0).unwrap();
            let limit = if group == "001" && year == 2015 { 0.15 } else { 0.05 };
            compared += 1;
            if (mean - published).abs() > limit {
                others.push((group, year, ((mean - published) * 100.0).round() as i64));
            }
        }
    }
    let mut listed = OTHERWISE.to_vec();
    listed.sort_unstable();
    assert_eq!((compared, others), (84, listed));
}

/// Accounts of women and men of the world: ours, where the published figures are of another population and of
/// countries that are not in the file.
const ACCOUNTS: [(&str, Sex, i32, f64); 4] = [
    ("female", Sex::Female, 2011, 46.41),
    ("male", Sex::Male, 2011, 54.79),
    ("female", Sex::Female, 2014, 57.68),
    ("male", Sex::Male, 2014, 64.87),
];

#[test]
fn accounts_of_the_world_by_sex_are_near_those_that_are_published() {
    let Some(table) = csv("un-sdg-ddf-2020", "fb_bnk_accss_to2014.csv") else { return };
    let groups = groups();
    for (name, sex, year, ours) in ACCOUNTS {
        let mut values = Values::new();
        for row in table.rows.iter().filter(|row| table.get(row, "sex") == name) {
            let area = Areas::builtin().resolve(table.get(row, "geo_area")).unwrap();
            assert!(area.kind != AreaKind::Group || area.id == "001");
            let year = table.get(row, "year").parse().unwrap();
            values.insert((area.id.clone(), year), table.get(row, "fb_bnk_accss").parse().unwrap());
        }
        let published = values[&("001".to_string(), year)];
        let (mean, covered) = mean(&values, &groups["001"], year, sex, 15).unwrap();
        assert!((mean - ours).abs() < 0.005, "{name} {year}: {mean}, and not {ours}");
        assert!(
            (mean - published).abs() < 0.9 && covered > 0.9,
            "{name} {year}: {mean} {published}"
        );
    }
}
