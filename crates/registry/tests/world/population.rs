//! Population by sex and age: from World Population Prospects 2019 to `population.csv`.

use crate::shared::{Table, own, tsv};
use inclusion_registry::{Areas, NoPopulation, Sex, WorldPopulation};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const YEARS: [&str; 5] = ["2000", "2005", "2010", "2015", "2020"];

/// Persons by area, sex and year in the order of the age groups; the source has thousands with
/// three decimals.
fn rows(sex: &'static str, table: &Table, into: &mut BTreeMap<(String, String, &str), Vec<u32>>) {
    let areas = Areas::builtin();
    for row in &table.rows {
        let code: u32 = table.get(row, "country_code").parse().unwrap();
        if code >= 900 {
            continue; // the publisher's own regions
        }
        let area = areas.resolve(&code.to_string()).unwrap();
        for year in YEARS {
            let thousands: f64 = table.get(row, year).parse().unwrap();
            let persons = (thousands * 1000.0).round();
            assert!((thousands * 1000.0 - persons).abs() < 1e-4, "{} {year}", area.id);
            into.entry((area.id.clone(), year.to_string(), sex)).or_default().push(persons as u32);
        }
    }
}

/// The table as it stands in the project.
pub fn make() -> Option<String> {
    let women = tsv("un-wpp2019", "popF.txt.gz")?;
    let men = tsv("un-wpp2019", "popM.txt.gz")?;
    let ages: Vec<&str> = women.column("age").take(21).collect();
    assert_eq!((ages[0], ages[20]), ("0-4", "100+"));
    let mut cells = BTreeMap::new();
    rows("F", &women, &mut cells);
    rows("M", &men, &mut cells);
    let mut text = format!("area,year,sex,{}\n", ages.join(","));
    for ((area, year, sex), persons) in cells {
        assert_eq!(persons.len(), 21, "{area} {year} {sex}");
        let persons: Vec<String> = persons.iter().map(u32::to_string).collect();
        writeln!(text, "{area},{year},{sex},{}", persons.join(",")).unwrap();
    }
    Some(text)
}

#[test]
fn the_table_is_what_the_source_says() {
    let Some(made) = make() else { return };
    let kept = std::fs::read_to_string(own("population.csv")).unwrap();
    assert!(made == kept, "population.csv is not what its source gives; see `write_anew`");
}

#[test]
fn the_countries_of_the_world_add_up_to_it() {
    let population = WorldPopulation::builtin();
    assert_eq!(population.areas().count(), 201);
    assert_eq!(
        population.of("XKX", 2020, Sex::Both, 0, None),
        Err(NoPopulation::Area("XKX".into()))
    );
    let (Some(women), Some(men)) =
        (tsv("un-wpp2019", "popF.txt.gz"), tsv("un-wpp2019", "popM.txt.gz"))
    else {
        return;
    };
    for year in YEARS {
        for (sex, table) in [(Sex::Female, &women), (Sex::Male, &men)] {
            let world: f64 = table
                .rows
                .iter()
                .filter(|row| table.get(row, "country_code") == "900")
                .map(|row| table.get(row, year).parse::<f64>().unwrap())
                .sum();
            let number = year.parse().unwrap();
            let sum: f64 = population
                .areas()
                .map(|area| population.of(area, number, sex, 0, None).unwrap().count)
                .sum();
            // Areas of fewer than 90 000 persons are part of the world and have no ages.
            let missing = world * 1000.0 - sum;
            assert!((0.0..700_000.0).contains(&missing), "{year} {sex:?}: {missing}");
        }
    }
}

#[test]
fn figures_of_the_source_are_found_again() {
    let Some(table) = tsv("un-wpp2019", "popF.txt.gz") else { return };
    let population = WorldPopulation::builtin();
    let of = |code: &str, year: &str, from: usize, to: usize| -> f64 {
        let rows = table.rows.iter().filter(|row| table.get(row, "country_code") == code);
        rows.enumerate()
            .filter(|(group, _)| (from / 5..=to / 5).contains(group))
            .map(|(_, row)| (table.get(row, year).parse::<f64>().unwrap() * 1000.0).round())
            .sum()
    };
    let brazil = population.of("BRA", 2015, Sex::Female, 15, None).unwrap();
    assert_eq!(brazil.count, of("76", "2015", 15, 100));
    let india = population.of("IND", 2020, Sex::Female, 15, Some(74)).unwrap();
    assert_eq!(india.count, of("356", "2020", 15, 74));
    let between = population.of("BRA", 2017, Sex::Female, 15, None).unwrap();
    let expected = 0.6 * of("76", "2015", 15, 100) + 0.4 * of("76", "2020", 15, 100);
    assert!((between.count - expected).abs() < 1e-6 && between.between_years);
}
