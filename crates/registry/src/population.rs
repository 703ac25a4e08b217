//! Population by sex and age, the weights of regional figures.
//!
//! Persons by five-year age group in every fifth year, from 0-4 to 100 and over. A year between is
//! linear between its neighbours. An age limit inside a group takes the group as spread evenly over
//! its five years: 15 and over, 10 and over and 15 to 74 are exact, 6 and over, 18 and over and 16 to
//! 74 are not. [`Persons`] tells both. Nothing is carried before the first year; the last year stands for
//! later ones as `population.toml` says, and only where [`WorldPopulation::standing_for`] is asked.
//!
//! Source: United Nations, World Population Prospects 2019 (`datasets/world/provenance.toml`).

use crate::{Error, Place};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Women, men, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
    /// Both.
    Both,
}

/// A number of persons, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Persons {
    /// Persons; a whole number where nothing was interpolated.
    pub count: f64,
    /// An age limit lies inside a five-year group, which was taken as spread evenly.
    pub within_age_group: bool,
    /// The year lies between two years of the table.
    pub between_years: bool,
}

/// Why there is no population figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPopulation {
    /// The area has no row.
    #[error(
        "no population by sex and age for area `{0}`: the table has countries of 90 000 and more"
    )]
    Area(String),
    /// The year is outside the table.
    #[error("no population for {year}: the table covers {first} to {last}")]
    Year {
        /// The year asked for.
        year: i32,
        /// First year of the table.
        first: i32,
        /// Last year of the table.
        last: i32,
    },
    /// The limits of age cannot be meant.
    #[error(
        "no population aged {from} to {to}: ages rise to 99, and an open end stands for 100 and over"
    )]
    Ages {
        /// Lower limit.
        from: u32,
        /// Upper limit.
        to: u32,
    },
}

/// The open last group begins here.
const OLDEST: usize = 100;
/// Groups: 0-4, 5-9, … 95-99, 100 and over.
const GROUPS: usize = OLDEST / 5 + 1;

/// Persons of one area, year and sex by age group.
type Ages = [u32; GROUPS];

/// Population by area, year, sex and age.
#[derive(Debug, Clone)]
pub struct WorldPopulation {
    /// Women, then men, by area and year.
    rows: BTreeMap<String, BTreeMap<i32, [Ages; 2]>>,
}

impl WorldPopulation {
    /// The table of the program: years 2000 to 2020.
    ///
    /// ```
    /// use inclusion_registry::{WorldPopulation, Sex};
    /// let population = WorldPopulation::builtin();
    /// let women = population.of("BRA", 2020, Sex::Female, 15, None)?;
    /// let men = population.of("BRA", 2020, Sex::Male, 15, None)?;
    /// let adults = population.of("BRA", 2020, Sex::Both, 15, None)?;
    /// assert_eq!(women.count + men.count, adults.count);
    /// assert!(!adults.within_age_group && !adults.between_years);
    /// assert!(population.of("BRA", 2018, Sex::Both, 16, Some(74))?.within_age_group);
    /// # Ok::<(), inclusion_registry::NoPopulation>(())
    /// ```
    pub fn builtin() -> &'static WorldPopulation {
        const TABLE: &str = include_str!("../../../datasets/world/population.csv");
        static BUILTIN: LazyLock<WorldPopulation> = LazyLock::new(|| {
            WorldPopulation::read("population.csv", TABLE)
                .expect("invariant: a test reads the built-in table")
        });
        &BUILTIN
    }

    /// Reads a table with the columns `area` (an area's id), `year`, `sex` (`F` or `M`) and one
    /// for each age group, in persons.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] names the line of a row that is not of this form, or is there twice.
    pub fn read(file: &str, text: &str) -> Result<WorldPopulation, Error> {
        let mut rows: BTreeMap<String, BTreeMap<i32, [Option<Ages>; 2]>> = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for (index, row) in reader.deserialize::<(String, i32, String, Ages)>().enumerate() {
            let wrong = |message: String| Error::Invalid {
                place: Place { file: file.into(), line: index + 2, column: 0 },
                message,
            };
            let (area, year, sex, ages) = row.map_err(|e| wrong(e.to_string()))?;
            let at = match sex.as_str() {
                "F" => 0,
                "M" => 1,
                other => return Err(wrong(format!("sex `{other}` is neither `F` nor `M`"))),
            };
            let cell = &mut rows.entry(area).or_default().entry(year).or_default()[at];
            if cell.replace(ages).is_some() {
                return Err(wrong("the row is there twice".into()));
            }
        }
        let mut complete: BTreeMap<String, BTreeMap<i32, [Ages; 2]>> = BTreeMap::new();
        for (area, years) in rows {
            for (year, sexes) in years {
                let [Some(women), Some(men)] = sexes else {
                    let message = format!("`{area}` has one sex only in {year}");
                    return Err(Error::Invalid { place: Place::file(file), message });
                };
                complete.entry(area.clone()).or_default().insert(year, [women, men]);
            }
        }
        Ok(WorldPopulation { rows: complete })
    }

    /// Persons of an area (by its id) in a year, from one age to another, both included; `None` is
    /// an open end.
    ///
    /// # Errors
    ///
    /// [`NoPopulation`]: no row of the area, a year outside the table, limits that cannot be meant.
    pub fn of(
        &self,
        area: &str,
        year: i32,
        sex: Sex,
        age_from: u32,
        age_to: Option<u32>,
    ) -> Result<Persons, NoPopulation> {
        let years = self.rows.get(area).ok_or_else(|| NoPopulation::Area(area.to_string()))?;
        let (from, to) = (age_from as usize, age_to.map(|to| to as usize));
        if from > OLDEST || to.is_some_and(|to| to < from || to >= OLDEST) {
            return Err(NoPopulation::Ages { from: age_from, to: age_to.unwrap_or(age_from) });
        }
        let before = years.range(..=year).next_back();
        let after = years.range(year..).next();
        let (Some((first, before)), Some((last, after))) = (before, after) else {
            let mut all = years.keys().copied();
            let first = all.next().expect("invariant: an area has a row");
            return Err(NoPopulation::Year { year, first, last: all.next_back().unwrap_or(first) });
        };
        let (start, within_age_group) = persons(before, sex, from, to);
        let (end, _) = persons(after, sex, from, to);
        let between_years = first != last;
        let count = if between_years {
            let passed = f64::from(year - first) / f64::from(last - first);
            start * (1.0 - passed) + end * passed
        } else {
            start
        };
        Ok(Persons { count, within_age_group, between_years })
    }

    /// As [`WorldPopulation::of`], and the year that the persons are of: the last year of the table
    /// stands for later ones, for as many years as the rule of the program allows.
    ///
    /// ```
    /// use inclusion_registry::{Sex, WorldPopulation};
    /// let population = WorldPopulation::builtin();
    /// let of = |year| population.standing_for("BRA", year, Sex::Female, 15, None);
    /// assert_eq!(of(2018)?.1, 2018);
    /// assert_eq!(of(2023)?, of(2020)?);
    /// assert!(of(2031).is_err());
    /// # Ok::<(), inclusion_registry::NoPopulation>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NoPopulation`], as there.
    pub fn standing_for(
        &self,
        area: &str,
        year: i32,
        sex: Sex,
        age_from: u32,
        age_to: Option<u32>,
    ) -> Result<(Persons, i32), NoPopulation> {
        let last = self.rows.get(area).and_then(|years| years.keys().next_back());
        let used = match last {
            Some(last) if year > *last && year - last <= rules().carried_years => *last,
            _ => year,
        };
        Ok((self.of(area, used, sex, age_from, age_to)?, used))
    }

    /// The areas, by id, whose persons the rows of an area hold too: they have none of their own.
    ///
    /// ```
    /// use inclusion_registry::{Sex, WorldPopulation};
    /// assert_eq!(WorldPopulation::includes("SRB"), ["XKX"]);
    /// assert!(WorldPopulation::includes("ALB").is_empty());
    /// assert!(WorldPopulation::builtin().of("XKX", 2020, Sex::Both, 0, None).is_err());
    /// ```
    pub fn includes(area: &str) -> &'static [String] {
        rules().includes.get(area).map_or(&[], Vec::as_slice)
    }

    /// The areas that have rows, by id.
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }
}

/// How the table is to be used.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// For how many years the last year of the table stands for later ones.
    carried_years: i32,
    /// Area → areas whose persons its rows hold too.
    includes: BTreeMap<String, Vec<String>>,
}

fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        toml::from_str(include_str!("../population.toml"))
            .expect("invariant: a test reads the built-in rules")
    });
    &RULES
}

/// Persons between two ages, both included, and whether a group was split.
fn persons(sexes: &[Ages; 2], sex: Sex, from: usize, to: Option<usize>) -> (f64, bool) {
    let (mut whole, mut parts, mut split) = (0_u64, 0.0, false);
    let [women, men] = sexes;
    for (group, (women, men)) in women.iter().zip(men).enumerate() {
        let (youngest, oldest) = (group * 5, group * 5 + 4);
        let count = match sex {
            Sex::Female => u64::from(*women),
            Sex::Male => u64::from(*men),
            Sex::Both => u64::from(*women) + u64::from(*men),
        };
        let ages = (oldest.min(to.unwrap_or(oldest)) + 1).saturating_sub(youngest.max(from));
        match ages {
            0 => {}
            5 => whole += count,
            ages => {
                parts += count as f64 * ages as f64 / 5.0;
                split = true;
            }
        }
    }
    (whole as f64 + parts, split)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 000 women in every group, 2 000 men; ten times as many five years later.
    fn table() -> WorldPopulation {
        let mut text = String::from("area,year,sex");
        (0..GROUPS).for_each(|group| text.push_str(&format!(",{}", group * 5)));
        for (year, times) in [(2000, 1), (2005, 10)] {
            for (sex, count) in [("F", 1000), ("M", 2000)] {
                text.push_str(&format!("\nXTA,{year},{sex}"));
                (0..GROUPS).for_each(|_| text.push_str(&format!(",{}", count * times)));
            }
        }
        WorldPopulation::read("table.csv", &text).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn whole_groups_are_exact_and_parts_of_them_even() {
        let table = table();
        let count = |sex, from, to| {
            let persons = table.of("XTA", 2000, sex, from, to).unwrap();
            (persons.count, persons.within_age_group)
        };
        assert_eq!(count(Sex::Female, 0, None), (21_000.0, false));
        assert_eq!(count(Sex::Both, 15, None), (54_000.0, false));
        assert_eq!(count(Sex::Male, 15, Some(74)), (24_000.0, false));
        assert_eq!(count(Sex::Female, 10, None), (19_000.0, false));
        assert_eq!(count(Sex::Female, 6, None), (19_800.0, true));
        assert_eq!(count(Sex::Female, 18, None), (17_400.0, true));
        assert_eq!(count(Sex::Female, 16, Some(74)), (11_800.0, true));
        assert_eq!(count(Sex::Female, 12, Some(13)), (400.0, true));
        assert_eq!(count(Sex::Female, 100, None), (1_000.0, false));
    }

    #[test]
    fn a_year_between_is_linear_and_none_is_made_up_outside() {
        let table = table();
        let persons = table.of("XTA", 2002, Sex::Female, 0, Some(4)).unwrap();
        assert_eq!(persons.count, 0.6 * 1000.0 + 0.4 * 10_000.0);
        assert!(persons.between_years);
        assert!(!table.of("XTA", 2005, Sex::Female, 0, Some(4)).unwrap().between_years);
        for year in [1999, 2006] {
            let outside = table.of("XTA", year, Sex::Both, 0, None).unwrap_err();
            assert_eq!(outside, NoPopulation::Year { year, first: 2000, last: 2005 });
        }
        assert_eq!(
            table.of("XKX", 2000, Sex::Both, 0, None),
            Err(NoPopulation::Area("XKX".into()))
        );
    }

    #[test]
    fn ages_that_cannot_be_meant_are_refused() {
        let table = table();
        for (from, to) in [(20, Some(19)), (15, Some(100)), (101, None)] {
            let refused = table.of("XTA", 2000, Sex::Both, from, to).unwrap_err();
            assert!(matches!(refused, NoPopulation::Ages { .. }), "{refused}");
        }
    }

    #[test]
    fn a_table_that_cannot_be_is_refused_with_its_line() {
        let head = format!("area,year,sex{}", ",n".repeat(GROUPS));
        let row = |sex: &str| format!("\nXTA,2000,{sex}{}", ",1".repeat(GROUPS));
        let message = |text: String| WorldPopulation::read("t.csv", &text).unwrap_err().to_string();
        let twice = format!("{head}{}{}", row("F"), row("F"));
        assert_eq!(message(twice), "t.csv:3: the row is there twice");
        assert_eq!(message(format!("{head}{}", row("F"))), "t.csv: `XTA` has one sex only in 2000");
        let other = format!("{head}{}", row("W"));
        assert_eq!(message(other), "t.csv:2: sex `W` is neither `F` nor `M`");
        assert!(message(format!("{head}\nXTA,2000,F,1")).starts_with("t.csv:2: "));
    }
}
