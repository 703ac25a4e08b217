//! The world and its groups of countries, from the countries' newest figures.

use super::read::Published;
use super::{GroupFigure, World, of_sex};
use crate::Error;
use crate::plan::world::{AGGREGATES, World as Planned};
use crate::plan::{Prepared, is_compared};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, Measure, Outcome, SeriesKey, Severity, Text,
    Uncertainty, Unit,
};
use inclusion_measures::Undefined;
use inclusion_measures::aggregate::{
    Aggregate, Latest, Member, Options, Refused, Value, Why, aggregate, latest,
};
use inclusion_registry::{Area, Indicator, Sex, WorldPopulation};
use inclusion_series::age_range;
use std::collections::{BTreeMap, BTreeSet};

/// The grouping whose members are the countries of the world.
const WORLD: &str = "m49-regions";

/// Adds the figures of all groups.
pub(super) fn extend(
    prepared: &Prepared,
    planned: &Planned,
    figures: &[Published],
    world: &mut World,
    estimates: &mut Vec<Estimate>,
) -> Result<(), Error> {
    for indicator in prepared.indicators.iter().filter(|i| is_compared(i)) {
        let own: Vec<&Published> =
            figures.iter().filter(|f| f.key.indicator == indicator.id).collect();
        let Some(year) = planned.year.or_else(|| newest(&own)) else { continue };
        world.years.insert(indicator.id.clone(), year);
        let base = base(&own);
        for (grouping, group, name, members) in groups(prepared, planned, year) {
            let members: Vec<Member> = members
                .into_iter()
                .map(|area| member(&area.id, &own, planned, year, base))
                .collect::<Result<_, Error>>()?;
            let options = Options { rule: planned.rule, direction: indicator.direction };
            let made = aggregate(&members, options)
                .map_err(|error| Error::Internal(format!("{group}: {error}")))?;
            let key = SeriesKey {
                source: Text::fixed(AGGREGATES),
                ref_area: (&group).into(),
                time_period: year.to_string().into(),
                indicator: (&indicator.id).into(),
                breakdown: of_sex(None),
                measure: Measure::Level,
            };
            let mut diagnostics = made.diagnostics.clone();
            diagnostics.extend(weights(base, year));
            estimates.extend(rows(prepared, indicator, &key, &made));
            let coverage = match &made.sexes {
                Ok(sexes) => sexes.coverage.clone(),
                Err(refused) => refused.coverage.clone(),
            };
            let vintages = made.sexes.map(|sexes| sexes.vintages).unwrap_or_default();
            world.aggregates.push(GroupFigure {
                indicator: indicator.id.clone(),
                grouping,
                group,
                name,
                key,
                coverage,
                vintages,
                diagnostics,
            });
        }
    }
    Ok(())
}

/// The newest year in which some country has figures of women and men; without one, that of any figure.
fn newest(figures: &[&Published]) -> Option<i32> {
    let of = |sex| -> BTreeSet<(&str, i32)> {
        let own = figures.iter().filter(|f| f.sex == Some(sex));
        own.map(|f| (f.key.ref_area.as_str(), f.about.year)).collect()
    };
    let both = of("F").intersection(&of("M")).map(|(_, year)| *year).max();
    both.or_else(|| figures.iter().map(|f| f.about.year).max())
}

/// The age range that most figures state: that of the population which they are weighted with.
fn base<'a>(figures: &[&'a Published]) -> Option<&'a str> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in figures.iter().filter(|f| age_range(&f.about.age).is_some()) {
        *counted.entry(&*figure.about.age).or_default() += 1;
    }
    counted.into_iter().max_by_key(|(age, n)| (*n, std::cmp::Reverse(*age))).map(|(age, _)| age)
}

/// The population that figures are weighted with, where a reader would not expect it.
fn weights(base: Option<&str>, year: i32) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut note = |code, message: String| {
        let (code, message) = (Text::fixed(code), message.into());
        notes.push(Diagnostic { code, severity: Severity::Note, message, count: 0 });
    };
    match base {
        Some(age) => note(
            "weights_of_ages",
            format!(
                "Countries are weighted with women and men of the ages {}.",
                super::report::ages(age)
            ),
        ),
        None => note(
            "weights_of_all_ages",
            "The sources state no ages: countries are weighted with women and men of all ages."
                .to_string(),
        ),
    }
    if year > LAST_YEAR {
        note(
            "population_carried",
            format!("Populations of {LAST_YEAR} stand for those of {year}."),
        );
    }
    notes
}

/// Last year of the population table.
const LAST_YEAR: i32 = 2020;

/// Grouping, group, name and members in a year: the world, then each grouping of the study.
fn groups(
    prepared: &Prepared,
    planned: &Planned,
    year: i32,
) -> Vec<(String, String, String, Vec<&'static Area>)> {
    let mut all = Vec::new();
    if let Some(world) = prepared.registry.groupings.get(WORLD) {
        let mut members: Vec<&Area> =
            world.groups.iter().flat_map(|group| world.members(&group.id, year)).collect();
        members.sort_by(|a, b| a.id.cmp(&b.id));
        members.dedup_by(|a, b| a.id == b.id);
        all.push((String::new(), "001".to_string(), "World".to_string(), members));
    }
    for grouping in &planned.groupings {
        for group in &grouping.groups {
            let members = grouping.members(&group.id, year);
            all.push((grouping.id.clone(), group.id.clone(), group.name.clone(), members));
        }
    }
    all
}

/// A country with its newest figures of the window; of two sources of one year the study's first counts.
fn member(
    area: &str,
    figures: &[&Published],
    planned: &Planned,
    year: i32,
    base: Option<&str>,
) -> Result<Member, Error> {
    let of = |sex: Option<&'static str>| -> Vec<Value> {
        let mut years: BTreeMap<i32, Value> = BTreeMap::new();
        let own = figures.iter().filter(|f| f.sex == sex && f.key.ref_area == area);
        for figure in own {
            years.entry(figure.about.year).or_insert_with(|| Value {
                comparability: Some(figure.about.age.to_string()),
                ..Value::published(figure.value, figure.se, figure.about.year)
            });
        }
        years.into_values().collect()
    };
    let which = Latest { year, window: planned.window };
    let [women, men, total] = latest(area, &of(Some("F")), &of(Some("M")), &of(None), which)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let (from, to) = base.and_then(age_range).unwrap_or((None, None));
    let persons = |sex| {
        let table = WorldPopulation::builtin();
        let persons = table.of(area, year.min(LAST_YEAR), sex, from.unwrap_or(0), to);
        persons.ok().map(|persons| persons.count)
    };
    Ok(Member {
        ref_area: area.to_string(),
        women,
        men,
        total,
        population_women: persons(Sex::Female),
        population_men: persons(Sex::Male),
    })
}

/// The rows of a group: rates of all, women and men, and what follows from them.
fn rows(
    prepared: &Prepared,
    indicator: &Indicator,
    key: &SeriesKey,
    made: &Aggregate,
) -> Vec<Estimate> {
    let row = |sex, measure, unit, value: Result<&Uncertainty, Absence>| Estimate {
        key: SeriesKey { breakdown: of_sex(sex), measure, ..key.clone() },
        unit,
        outcome: match value {
            Ok(value) => Outcome::Known(Figure {
                value: value.clone(),
                df: None,
                interval: None,
                deff: None,
                n_effective: None,
            }),
            Err(absence) => Outcome::Absent(absence),
        },
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    };
    let undefined = |reason: &Undefined| reason.absence().unwrap_or(Absence::PartAbsent);
    let total = made.total.as_ref().map(|total| &total.rate).map_err(absence);
    let mut rows = vec![row(None, Measure::Level, Unit::Share, total)];
    let sexes = made.sexes.as_ref().map_err(absence);
    rows.push(row(Some("F"), Measure::Level, Unit::Share, sexes.map(|s| &s.women)));
    rows.push(row(Some("M"), Measure::Level, Unit::Share, sexes.map(|s| &s.men)));
    if !is_compared(indicator) {
        return rows;
    }
    for measure in &prepared.measures {
        let of = |get: fn(&inclusion_measures::aggregate::Persons) -> &Uncertainty| {
            sexes.and_then(|s| s.persons.as_ref().map(get).map_err(absence))
        };
        let (unit, value) = match measure {
            Measure::Gap => (Unit::Share, sexes.map(|s| &s.gap)),
            Measure::RelativeGap => {
                (Unit::Share, sexes.and_then(|s| s.relative_gap.as_ref().map_err(undefined)))
            }
            Measure::Parity => {
                (Unit::Ratio, sexes.and_then(|s| s.parity.as_ref().map_err(undefined)))
            }
            Measure::UserDifference => (Unit::Count, of(|p| &p.difference)),
            Measure::WomenToParity => (Unit::Count, of(|p| &p.women_to_parity)),
            _ => continue,
        };
        rows.push(row(None, *measure, unit, value));
    }
    rows
}

fn absence(refused: &Refused) -> Absence {
    match refused.why {
        Why::NoValues => Absence::Unavailable,
        Why::NoPopulation => Absence::PopulationUnknown,
        Why::TooLittle | Why::TooManyMissing => Absence::CoverageTooLow,
    }
}
