//! Populations that a study states: of the whole survey, and of narrower bases.

use super::wrong;
use crate::Error;
use crate::message::grouped;
use crate::study::{BasePopulation, Study, Survey};
use inclusion_registry::{Indicator, IndicatorKind, Recipe, nearest};
use std::collections::BTreeMap;
use toml::Spanned;

/// Women and men of a base, taken as known without error.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// Women.
    pub women: f64,
    /// Men.
    pub men: f64,
    /// Where the numbers come from.
    pub source: String,
}

impl Population {
    /// `25,000,000 women and 24,500,000 men (UN World Population Prospects)`.
    pub(crate) fn words(&self) -> String {
        let (women, men) = (persons(self.women), persons(self.men));
        format!("{women} women and {men} men ({})", self.source)
    }
}

/// A whole number is grouped; a model's fraction of a person is printed as it is.
fn persons(n: f64) -> String {
    match n.fract() == 0.0 && n < 1e15 {
        true => grouped(n as u64),
        false => n.to_string(),
    }
}

/// The population of the whole survey.
pub(super) fn of_survey(study: &Study, survey: &Survey) -> Result<Option<Population>, Error> {
    let Some(spec) = &survey.population else { return Ok(None) };
    let population = Population { women: spec.women, men: spec.men, source: spec.source.clone() };
    if !is_positive(&population) {
        let message = format!("survey `{}`: population must be above 0 for both sexes", survey.id);
        return Err(wrong(study, &survey.recipe, message));
    }
    Ok(Some(population))
}

/// The populations of narrower bases, by indicator. One that names an indicator goes before one
/// that names its universe.
pub(super) fn of_bases(
    study: &Study,
    survey: &Survey,
    recipes: &[&Recipe],
    indicators: &[Indicator],
) -> Result<BTreeMap<String, Population>, Error> {
    let mut named: BTreeMap<String, Population> = BTreeMap::new();
    let mut by_universe: BTreeMap<String, Population> = BTreeMap::new();
    for base in &survey.bases {
        let population =
            Population { women: base.women, men: base.men, source: base.source.clone() };
        if !is_positive(&population) {
            let message = format!(
                "survey `{}`: a base's population must be above 0 for both sexes",
                survey.id
            );
            return Err(wrong_base(study, survey, base, message));
        }
        match (&base.universe, base.indicators.is_empty()) {
            (Some(universe), true) => {
                for id in of_universe(study, recipes, indicators, universe)? {
                    add(study, universe, &mut by_universe, id, &population)?;
                }
            }
            (None, false) => {
                for id in &base.indicators {
                    let indicator = of_study(study, indicators, id)?;
                    add(study, id, &mut named, indicator.id.clone(), &population)?;
                }
            }
            _ => {
                let message = format!(
                    "survey `{}`: a base's population has either `indicators` or `universe`",
                    survey.id
                );
                return Err(wrong_base(study, survey, base, message));
            }
        }
    }
    by_universe.extend(named);
    Ok(by_universe)
}

fn is_positive(population: &Population) -> bool {
    [population.women, population.men].iter().all(|n| n.is_finite() && *n > 0.0)
}

/// An error at the line of the base.
fn wrong_base(study: &Study, survey: &Survey, base: &BasePopulation, message: String) -> Error {
    match (&base.universe, base.indicators.first()) {
        (Some(text), _) | (None, Some(text)) => wrong(study, text, message),
        (None, None) => wrong(study, &survey.recipe, message),
    }
}

fn add(
    study: &Study,
    at: &Spanned<String>,
    into: &mut BTreeMap<String, Population>,
    id: String,
    population: &Population,
) -> Result<(), Error> {
    match into.insert(id.clone(), population.clone()) {
        None => Ok(()),
        Some(_) => {
            Err(wrong(study, at, format!("the population of the base of `{id}` is given twice")))
        }
    }
}

/// An indicator of the study that women and men can be counted of.
fn of_study<'a>(
    study: &Study,
    indicators: &'a [Indicator],
    id: &Spanned<String>,
) -> Result<&'a Indicator, Error> {
    let known = indicators.iter().find(|indicator| &indicator.id == id.get_ref());
    let Some(indicator) = known else {
        let near = nearest(id.get_ref(), indicators.iter().map(|i| i.id.as_str()));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        let message = format!("indicator `{}` is not in [estimate] indicators{hint}", id.get_ref());
        return Err(wrong(study, id, message));
    };
    if indicator.kind != IndicatorKind::Rate {
        let message = format!("`{}` has no women and men in its base", indicator.id);
        return Err(wrong(study, id, message));
    }
    Ok(indicator)
}

/// The indicators whose base has this name and is not another in one of the recipes.
fn of_universe(
    study: &Study,
    recipes: &[&Recipe],
    indicators: &[Indicator],
    universe: &Spanned<String>,
) -> Result<Vec<String>, Error> {
    let text = universe.get_ref();
    let own = |id: &str| {
        recipes
            .iter()
            .find(|recipe| recipe.indicators.get(id).is_some_and(|o| o.universe.is_some()))
    };
    let rates = || indicators.iter().filter(|i| i.kind == IndicatorKind::Rate);
    let named: Vec<&Indicator> = rates().filter(|i| &i.universe_text == text).collect();
    if named.is_empty() {
        let hint = match nearest(text, rates().map(|i| i.universe_text.as_str())) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => {
                let mut known: Vec<String> =
                    rates().map(|i| format!("`{}` ({})", i.universe_text, i.id)).collect();
                known.sort();
                format!("; they have {}", known.join(", "))
            }
        };
        let message = format!("no indicator of the study has the base `{text}`{hint}");
        return Err(wrong(study, universe, message));
    }
    let ids: Vec<String> =
        named.iter().filter(|i| own(&i.id).is_none()).map(|i| i.id.clone()).collect();
    match (ids.is_empty(), named.first().and_then(|i| Some((i, own(&i.id)?)))) {
        (true, Some((indicator, recipe))) => {
            let message = format!(
                "recipe `{}` gives `{}` a base of its own; name the indicator by `indicators`",
                recipe.id, indicator.id
            );
            Err(wrong(study, universe, message))
        }
        _ => Ok(ids),
    }
}
