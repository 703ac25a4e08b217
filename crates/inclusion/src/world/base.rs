//! The persons that figures of an indicator are of, where their source does not say it.

use super::About;
use super::read::Published;
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_registry::{Indicator, Sex, Test, WorldPopulation};
use inclusion_series::age_range;
use std::collections::BTreeMap;

/// All ages, stated as such.
const ALL_AGES: &str = "_T";

/// The code of the ages that most figures of an indicator state, else of those of its definition; none where
/// neither says any, which is then all ages. Groups are weighted with these persons, and they stand for the
/// persons of a country whose source states no ages.
pub(super) fn base(figures: &[&Published], indicator: &Indicator) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in figures.iter().filter(|f| is_stated(&f.about.age)) {
        *counted.entry(&*figure.about.age).or_default() += 1;
    }
    let most = counted.into_iter().max_by_key(|(age, n)| (*n, std::cmp::Reverse(*age)));
    most.map(|(age, _)| age.to_string()).or_else(|| defined(indicator))
}

/// The ages of an indicator's definition, as a code.
fn defined(indicator: &Indicator) -> Option<String> {
    let Some(Test::Range { min, max }) = indicator.universe.all.get("age") else { return None };
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("Y{min}T{max}")),
        (Some(min), None) => Some(format!("Y_GE{min}")),
        (None, Some(max)) => Some(format!("Y0T{max}")),
        (None, None) => None,
    }
}

/// A source states these ages; `_X` and the like state none.
pub(super) fn is_stated(age: &str) -> bool {
    age == ALL_AGES || age_range(age).is_some()
}

/// The ages of a code in words.
pub(super) fn words(base: Option<&str>) -> String {
    match base.map(super::report::ages).filter(|ages| !ages.is_empty()) {
        Some(ages) => format!("the ages {ages}"),
        None => "all ages".to_string(),
    }
}

/// Women and men of some ages, and the year that they are of, which may be the last of the population table.
pub(super) fn persons(area: &str, year: i32, ages: Option<&str>) -> Option<((f64, f64), i32)> {
    let (from, to) = ages.and_then(age_range).unwrap_or((None, None));
    let table = WorldPopulation::builtin();
    let of = |sex| table.standing_for(area, year, sex, from.unwrap_or(0), to).ok();
    let ((women, used), (men, _)) = (of(Sex::Female)?, of(Sex::Male)?);
    Some(((women.count, men.count), used))
}

/// Women and men of the base of a country's figure: of the ages that it states, else of `base`.
pub(super) fn persons_of(
    area: &str,
    about: &About,
    base: Option<&str>,
) -> Option<((f64, f64), i32)> {
    let ages = if is_stated(&about.age) { Some(&*about.age) } else { base };
    persons(area, about.year, ages)
}

/// Persons are counted of ages that the source does not state.
pub(super) fn assumed(about: &About, base: Option<&str>) -> Option<Diagnostic> {
    let message = format!(
        "Where a source states no ages, persons are those of {}, as in the groups of countries.",
        words(base)
    );
    (!is_stated(&about.age)).then(|| Diagnostic {
        code: Text::fixed("ages_not_stated"),
        severity: Severity::Caution,
        message: message.into(),
        count: 0,
    })
}

/// Which persons groups are weighted with, and how many of the countries' figures state these ages, other ages
/// or none.
pub(super) fn weights(base: Option<&str>, ages: &[&str]) -> Diagnostic {
    let none = ages.iter().filter(|age| !is_stated(age)).count();
    let own = ages.iter().filter(|age| base == Some(**age)).count();
    let weighted = format!("Countries are weighted with women and men of {}", words(base));
    let (code, message) = match (base, ages.len()) {
        (None, n) => (
            "weights_of_all_ages",
            format!("{weighted}: none of {n} countries states the ages of its figure."),
        ),
        (Some(_), n) => (
            "weights_of_ages",
            format!("{weighted}. They are stated by {own} of {n} countries; {none} state none."),
        ),
    };
    Diagnostic {
        code: Text::fixed(code),
        severity: Severity::Note,
        message: message.into(),
        count: own as u64,
    }
}
