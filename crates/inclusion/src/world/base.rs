//! The persons that figures of an indicator are of, where their source does not say it.

use super::About;
use super::read::Published;
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_registry::{Areas, Indicator, Sex, Test, WorldPopulation};
use inclusion_series::age_range;
use std::collections::BTreeMap;

/// All ages, stated as such.
const ALL_AGES: &str = "_T";

/// Whose figures those of an indicator are, where their source does not say it. They stand for the persons of
/// such countries, and for those of countries without a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Base {
    /// Code of the ages; none is all ages.
    pub ages: Option<String>,
    /// The definition of the indicator says them; else they begin where most countries' ages do.
    pub defined: bool,
}

/// The ages of the indicator's definition, else all from the age on at which most countries' ages begin; none
/// where neither says any. A country counts once, with the ages of its newest figure that states some.
///
/// Ages that end belong to the questionnaire of a survey, such as women of 15 to 49 years: a source that states
/// none leaves no older persons out.
pub(super) fn base(figures: &[&Published], indicator: &Indicator) -> Base {
    if let Some(ages) = defined(indicator) {
        return Base { ages: Some(ages), defined: true };
    }
    let mut newest: BTreeMap<&str, (i32, &str)> = BTreeMap::new();
    for figure in figures.iter().filter(|f| is_stated(&f.about.age)) {
        let own = (figure.about.year, &*figure.about.age);
        let known = newest.entry(&figure.key.ref_area).or_insert(own);
        if own.0 > known.0 {
            *known = own;
        }
    }
    let mut counted: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, age) in newest.into_values() {
        let first = age_range(age).and_then(|(first, _)| first);
        *counted.entry(first.unwrap_or(0)).or_default() += 1;
    }
    let most = counted.into_iter().max_by_key(|(first, n)| (*n, std::cmp::Reverse(*first)));
    let first = most.map(|(first, _)| first).filter(|first| *first > 0);
    Base { ages: first.map(|first| format!("Y_GE{first}")), defined: false }
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

impl Base {
    /// The ages that a figure states, else those of the base; none is all ages.
    pub(super) fn ages_of<'a>(&'a self, stated: &'a str) -> Option<&'a str> {
        if is_stated(stated) { Some(stated) } else { self.ages.as_deref() }
    }

    /// The ages in words, and who says them.
    fn words(&self) -> String {
        let ages = self.ages.as_deref().map(super::report::ages).unwrap_or_default();
        match (ages.is_empty(), self.defined) {
            (true, _) => "all ages".to_string(),
            (false, true) => format!("the ages {ages}, as the indicator is defined"),
            (false, false) => {
                format!("the ages {ages}, as more countries' ages begin there than anywhere else")
            }
        }
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

/// Women and men of the base of a country's figure.
pub(super) fn persons_of(area: &str, about: &About, base: &Base) -> Option<((f64, f64), i32)> {
    persons(area, about.year, base.ages_of(&about.age))
}

/// Persons are counted of ages that the source does not state.
pub(super) fn assumed(about: &About, base: &Base) -> Option<Diagnostic> {
    let message = format!("Where a source states no ages, persons are those of {}.", base.words());
    (!is_stated(&about.age)).then(|| Diagnostic {
        code: Text::fixed("ages_not_stated"),
        severity: Severity::Caution,
        message: message.into(),
        count: 0,
    })
}

/// With which persons the countries of groups are weighted, given the ages that their figures state; none where
/// no country has a figure.
pub(super) fn weights(base: &Base, ages: &[&str]) -> Option<Diagnostic> {
    let (n, none) = (ages.len(), ages.iter().filter(|age| !is_stated(age)).count());
    let stated = n - none;
    let weighted = "Countries are weighted with women and men of";
    let (code, message) = match (&base.ages, stated, none) {
        (None, 0, _) => (
            "weights_of_all_ages",
            format!("{weighted} all ages: none of {n} countries states the ages of its figure."),
        ),
        (_, _, 0) => (
            "weights_of_ages",
            format!(
                "{weighted} the ages that their figures state. Shares covered are of {}.",
                base.words()
            ),
        ),
        _ => (
            "weights_of_ages",
            format!(
                "{weighted} the ages that their figures state. The figures of {none} of {n} countries state \
                 none: they are weighted with {}, and shares covered are of these ages.",
                base.words()
            ),
        ),
    };
    (n > 0).then(|| Diagnostic {
        code: Text::fixed(code),
        severity: Severity::Note,
        message: message.into(),
        count: stated as u64,
    })
}

/// The population of an area holds that of others, which have none of their own.
pub(super) fn includes(area: &str) -> Option<Diagnostic> {
    let name = |id: &str| Areas::builtin().get(id).map_or(id, |own| own.name.as_str()).to_string();
    let others: Vec<String> = WorldPopulation::includes(area).iter().map(|id| name(id)).collect();
    (!others.is_empty()).then(|| Diagnostic {
        code: Text::fixed("population_includes"),
        severity: Severity::Caution,
        message: format!(
            "The population of {} includes that of {}.",
            name(area),
            others.join(", ")
        )
        .into(),
        count: others.len() as u64,
    })
}
