//! The world and its groups of countries, from the countries' newest figures.

use super::read::{self, Published};
use super::{GroupFigure, World, base, of_sex, periods};
use crate::Error;
use crate::plan::world::{AGGREGATES, World as Planned};
use crate::plan::{Prepared, is_compared};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Measure, Outcome, SeriesKey, Severity, Text,
    Uncertainty, Unit,
};
use inclusion_measures::aggregate::{
    Aggregate, Coverage, Latest, Member, Options, Refused, Sexes, Value, Vintage, Why, aggregate,
    latest,
};
use inclusion_measures::{Undefined, headcount_of};
use inclusion_registry::{Area, Indicator};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
        let base = base::base(&own, indicator);
        let mut weights = None;
        for (grouping, group, name, members) in groups(prepared, planned, year) {
            let mut used = BTreeSet::new();
            let members: Vec<Member> = members
                .into_iter()
                .map(|area| member(&area.id, &own, planned, year, &base, &mut used))
                .collect::<Result<_, Error>>()?;
            // The world comes first, and its countries are those of all groups.
            let weights = weights.get_or_insert_with(|| base::weights(&base, &stated(&members)));
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
            diagnostics.extend(weights.clone());
            let mut said = proxies(&own, &made);
            said.extend(periods::of_group(indicator, &own, vintages(&made)));
            said.extend(used.iter().filter(|used| **used != year).map(|used| carried(*used, year)));
            let used = vintages(&made).iter().filter_map(|own| base::includes(&own.ref_area));
            said.extend(used);
            diagnostics.extend(said.iter().cloned());
            let mut rows = rows(prepared, planned, indicator, &key, &made);
            for row in rows.iter_mut().filter(|row| matches!(row.outcome, Outcome::Known(_))) {
                row.diagnostics.extend(said.iter().cloned());
                let counted =
                    (row.unit == Unit::Count).then_some(made.sexes.as_ref().ok()).flatten();
                row.diagnostics.extend(counted.and_then(|sexes| of_covered(&sexes.coverage)));
            }
            estimates.extend(rows);
            let of_women =
                ages_of(&members, made.sexes.as_ref().map(|own| &*own.vintages), |own| {
                    own.women.as_ref()
                });
            let of_all = match made.sexes {
                Ok(_) => of_women.clone(),
                Err(_) => ages_of(&members, made.total.as_ref().map(|own| &*own.vintages), |own| {
                    own.total.as_ref()
                }),
            };
            let (coverage, vintages) = match made.sexes {
                Ok(sexes) => (sexes.coverage, sexes.vintages),
                Err(refused) => (refused.coverage, Vec::new()),
            };
            // The rate of all is that of women and men together, wherever there is one.
            let (coverage_of_all, vintages_of_all) = match made.total {
                _ if !vintages.is_empty() => (coverage.clone(), vintages.clone()),
                Ok(total) => (total.coverage, total.vintages),
                Err(refused) => (refused.coverage, Vec::new()),
            };
            world.aggregates.push(GroupFigure {
                indicator: indicator.id.clone(),
                grouping,
                group,
                name,
                key,
                coverage,
                vintages,
                coverage_of_all,
                vintages_of_all,
                age: of_women,
                age_of_all: of_all,
                diagnostics,
            });
        }
    }
    Ok(())
}

/// The newest year in which some country has figures of women and men; without one, that of any figure.
fn newest(figures: &[&Published]) -> Option<i32> {
    let of = |sex| -> BTreeSet<(&str, i32)> {
        let own = figures.iter().filter(|f| f.sex == Some(sex) && !f.apart);
        own.map(|f| (f.key.ref_area.as_str(), f.about.year)).collect()
    };
    let both = of("F").intersection(&of("M")).map(|(_, year)| *year).max();
    both.or_else(|| figures.iter().map(|f| f.about.year).max())
}

/// The countries of a group's figures: of women and men, else of all.
fn vintages(made: &Aggregate) -> &[Vintage] {
    match (&made.sexes, &made.total) {
        (Ok(sexes), _) => &sexes.vintages,
        (Err(_), Ok(total)) => &total.vintages,
        (Err(_), Err(_)) => &[],
    }
}

/// What the approximations among a group's figures are.
fn proxies(figures: &[&Published], made: &Aggregate) -> Vec<Diagnostic> {
    let used: BTreeSet<(&str, i32)> =
        vintages(made).iter().map(|own| (own.ref_area.as_str(), own.year)).collect();
    let texts: BTreeSet<&str> = figures
        .iter()
        .filter(|f| used.contains(&(f.key.ref_area.as_str(), f.about.year)))
        .filter_map(|f| f.about.proxy.as_deref())
        .collect();
    texts.into_iter().map(super::read::proxy).collect()
}

/// The ages that the figures of all countries of a rate state; `_X` where they differ, or state none.
fn ages_of(
    members: &[Member],
    vintages: Result<&[Vintage], &Refused>,
    value: fn(&Member) -> Option<&Value>,
) -> Arc<str> {
    let used: BTreeSet<&str> =
        vintages.unwrap_or_default().iter().map(|own| own.ref_area.as_str()).collect();
    let members = members.iter().filter(|own| used.contains(own.ref_area.as_str()));
    let ages: BTreeSet<&str> =
        members.filter_map(|own| value(own)?.comparability.as_deref()).collect();
    match ages.len() {
        1 => ages.into_iter().collect::<String>().into(),
        _ => NOT_STATED.into(),
    }
}

/// Ages that are not stated.
const NOT_STATED: &str = "_X";

/// The ages of each country's figure: of women and men, else of all.
fn stated(members: &[Member]) -> Vec<&str> {
    let figures = members.iter().filter_map(|m| m.women.as_ref().or(m.total.as_ref()));
    figures.map(|value| value.comparability.as_deref().unwrap_or_default()).collect()
}

/// Persons of a group are counted where there are figures, and nowhere else.
fn of_covered(coverage: &Coverage) -> Option<Diagnostic> {
    (coverage.countries < coverage.of).then(|| Diagnostic {
        code: Text::fixed("persons_of_covered_countries"),
        severity: Severity::Caution,
        message: "Persons of groups are those of the countries with figures; nobody of the other countries is \
                  counted."
            .into(),
        count: coverage.countries as u64,
    })
}

/// The population of another year stands for that of the figures.
pub(super) fn carried(used: i32, year: i32) -> Diagnostic {
    Diagnostic {
        code: Text::fixed("population_carried"),
        severity: Severity::Caution,
        message: format!("Populations of {used} stand for those of {year}.").into(),
        count: 0,
    }
}

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
        members.retain(|area| area.has_residents());
        members.sort_by(|a, b| a.id.cmp(&b.id));
        members.dedup_by(|a, b| a.id == b.id);
        all.push((String::new(), "001".to_string(), "World".to_string(), members));
    }
    for grouping in &planned.groupings {
        for group in &grouping.groups {
            let mut members = grouping.members(&group.id, year);
            members.retain(|area| area.has_residents());
            all.push((grouping.id.clone(), group.id.clone(), group.name.clone(), members));
        }
    }
    all
}

/// A country with its newest figures of the window; of two sources of one year the study's first counts.
/// `used` takes the year of its population.
fn member(
    area: &str,
    figures: &[&Published],
    planned: &Planned,
    year: i32,
    base: &base::Base,
    used: &mut BTreeSet<i32>,
) -> Result<Member, Error> {
    let of = |sex: Option<&'static str>| -> Vec<Value> {
        let mut years: BTreeMap<i32, Value> = BTreeMap::new();
        let own = figures.iter().filter(|f| f.sex == sex && f.key.ref_area == area && !f.apart);
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
    // Each rate stands for the persons of its own ages; shares covered are of one base.
    let of_base = base::persons(area, year, base.ages.as_deref());
    let own = |value: Option<&Value>| {
        let stated = value?.comparability.as_deref().unwrap_or_default();
        base::persons(area, year, base.ages_of(stated)).map(|(persons, _)| persons)
    };
    used.extend(of_base.map(|(_, of)| of));
    Ok(Member {
        ref_area: area.to_string(),
        own_base: own(women.as_ref()),
        own_base_of_all: own(total.as_ref()),
        women,
        men,
        total,
        population_women: of_base.map(|((women, _), _)| women),
        population_men: of_base.map(|((_, men), _)| men),
    })
}

/// The rows of a group: rates of all, women and men, and what follows from them.
fn rows(
    prepared: &Prepared,
    planned: &Planned,
    indicator: &Indicator,
    key: &SeriesKey,
    made: &Aggregate,
) -> Vec<Estimate> {
    let row = |sex, measure, unit, value: Result<&Uncertainty, Absence>| Estimate {
        key: SeriesKey { breakdown: of_sex(sex), measure, ..key.clone() },
        unit,
        outcome: match value {
            Ok(value) => Outcome::Known(read::figure(prepared, measure, unit, published(value))),
            Err(absence) => Outcome::Absent(absence),
        },
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    };
    let undefined = |reason: &Undefined| reason.absence().unwrap_or(Absence::PartAbsent);
    let sexes = made.sexes.as_ref().map_err(absence);
    let total = match (&made.sexes, &made.total) {
        (Ok(sexes), _) => Ok(&sexes.total),
        (Err(_), total) => total.as_ref().map(|total| &total.rate).map_err(absence),
    };
    let mut rows = vec![
        row(None, Measure::Level, Unit::Share, total),
        row(Some("F"), Measure::Level, Unit::Share, sexes.map(|s| &s.women)),
        row(Some("M"), Measure::Level, Unit::Share, sexes.map(|s| &s.men)),
    ];
    if !is_compared(indicator) {
        return rows;
    }
    let persons = sexes.and_then(|s| s.persons.as_ref().map_err(absence));
    for measure in &planned.measures {
        let (unit, value) = match measure {
            // As of a country: of nobody there is no gap.
            Measure::Gap => (Unit::Share, sexes.and_then(|s| nobody(s).map(|()| &s.gap))),
            Measure::RelativeGap => {
                (Unit::Share, sexes.and_then(|s| s.relative_gap.as_ref().map_err(undefined)))
            }
            Measure::Parity => {
                (Unit::Ratio, sexes.and_then(|s| s.parity.as_ref().map_err(undefined)))
            }
            Measure::AdjustedParity => {
                (Unit::Ratio, sexes.and_then(|s| s.adjusted_parity.as_ref().map_err(undefined)))
            }
            Measure::UserDifference => (Unit::Count, persons.map(|p| &p.difference)),
            Measure::WomenToParity => (Unit::Count, persons.map(|p| &p.women_to_parity)),
            Measure::Headcount => {
                let population = persons.map(|p| [p.population_women, p.population_men]);
                let [total, women, men] = [0, 1, 2].map(|at| &rows[at]);
                let of = |level: &Estimate, who: fn([f64; 2]) -> f64| match population {
                    Ok(population) => headcount_of(level, Some(who(population))),
                    Err(absence) => row(sex_of(level), *measure, Unit::Count, Err(absence)),
                };
                let counts =
                    [of(total, |[f, m]| f + m), of(women, |[f, _]| f), of(men, |[_, m]| m)];
                rows.extend(counts);
                continue;
            }
            _ => continue,
        };
        rows.push(row(None, *measure, unit, value));
    }
    rows
}

/// Where no woman and no man has the property there is nothing to compare.
fn nobody(sexes: &Sexes) -> Result<(), Absence> {
    let is_zero = |rate: &Uncertainty| match rate {
        Uncertainty::Linearized(own) => own.value() == 0.0,
        Uncertainty::KnownSe { value, .. } | Uncertainty::Unknown { value } => *value == 0.0,
    };
    match is_zero(&sexes.women) && is_zero(&sexes.men) {
        true => Err(Absence::NoOneOfEitherSex),
        false => Ok(()),
    }
}

fn sex_of(level: &Estimate) -> Option<&'static str> {
    ["F", "M"].into_iter().find(|sex| level.key.sex() == Some(*sex))
}

/// A figure as others may publish it: its standard error, without the scores that it was made from.
fn published(value: &Uncertainty) -> Uncertainty {
    match value {
        Uncertainty::Linearized(own) => Uncertainty::KnownSe { value: own.value(), se: own.se() },
        Uncertainty::KnownSe { .. } | Uncertainty::Unknown { .. } => value.clone(),
    }
}

fn absence(refused: &Refused) -> Absence {
    match refused.why {
        Why::NoValues => Absence::Unavailable,
        Why::NoPopulation => Absence::PopulationUnknown,
        Why::TooLittle => Absence::CoverageTooLow,
        Why::TooManyMissing => Absence::TooManyMissing,
    }
}
