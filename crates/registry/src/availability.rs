//! What a survey can give: indicators with the recipe's changes applied, and whether its columns
//! suffice for them.
//!
//! An indicator whose codes the recipe cannot produce is *unavailable*, never zero.

use crate::check::codes_of;
use crate::{
    Concept, ConceptKind, Condition, Derive, Indicator, Population, Recipe, Registry, Statistic,
    Test,
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a survey can give an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// Yes, as it is defined.
    Available,
    /// Approximately; the note becomes a footnote.
    Proxy(String),
    /// No, for this reason.
    Unavailable(String),
}

/// What the values of a concept can be in one survey.
enum Values<'a> {
    /// A number; a count is at most the number of its parts.
    Number {
        max: Option<f64>,
    },
    Codes(BTreeSet<&'a str>),
}

impl Registry {
    /// Ids of all concepts that an indicator names, each once, in order: universe, numerator,
    /// value and denominator. What they are derived from is not listed; see [`Registry::needs`].
    pub fn indicator_concepts<'a>(&self, indicator: &'a Indicator) -> Vec<&'a str> {
        let mut names = indicator.universe.concepts();
        names.extend(indicator.numerator.concepts());
        names.extend(indicator.value.as_deref());
        names.extend(indicator.denominator.as_deref());
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The concepts, and all that they are derived from, directly or by others.
    pub fn needs<'a>(&self, concepts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<String> = concepts.into_iter().map(str::to_string).collect();
        while let Some(id) = open.pop() {
            let derive = self.concepts.get(&id).and_then(|concept| concept.derive.as_ref());
            if found.insert(id) {
                let parts = derive.map(Derive::concepts).unwrap_or_default();
                open.extend(parts.into_iter().map(str::to_string));
            }
        }
        found
    }

    /// All concepts as one survey knows them: an open concept with the recipe's own codes after
    /// its common ones.
    pub fn concepts_for(&self, recipe: &Recipe) -> BTreeMap<String, Concept> {
        let mut concepts = self.concepts.clone();
        for (id, mapping) in &recipe.concepts {
            if let Some(concept) = concepts.get_mut(id).filter(|concept| concept.open) {
                concept.codes.extend(mapping.codes.iter().cloned());
            }
        }
        concepts
    }

    /// The definition with the survey's own universe, numerator and denominator rule applied.
    pub fn resolve(&self, recipe: &Recipe, indicator: &Indicator) -> Indicator {
        let mut resolved = indicator.clone();
        if let Some(answers) = recipe.answers {
            resolved.answers = answers;
        }
        if let Some(change) = recipe.indicators.get(&indicator.id) {
            if let Some(answers) = change.answers {
                resolved.answers = answers;
            }
            if let Some(universe) = &change.universe {
                resolved.universe = universe.clone();
            }
            if let Some(numerator) = &change.numerator {
                resolved.numerator = numerator.clone();
            }
        }
        resolved
    }

    /// Whether the survey can give the indicator.
    pub fn availability(&self, recipe: &Recipe, indicator: &Indicator) -> Availability {
        use Availability::{Available, Proxy, Unavailable};
        let change = recipe.indicators.get(&indicator.id);
        if let Some(reason) = change.and_then(|change| change.unavailable.clone()) {
            return Unavailable(reason);
        }
        if indicator.statistic == Statistic::Published {
            return Unavailable("it comes from published figures, never from survey rows".into());
        }
        if indicator.population != recipe.population {
            let (what, rows) = (plural(indicator.population), plural(recipe.population));
            let reason = format!("it describes {what}, and the rows of {} are {rows}", recipe.id);
            return Unavailable(reason);
        }
        let family = recipe.id.split('/').next().unwrap_or_default();
        if !indicator.surveys.is_empty() && !indicator.surveys.iter().any(|s| s == family) {
            let reason = format!(
                "it is defined for {} surveys, and {} is another",
                indicator.surveys.join(", "),
                recipe.id
            );
            return Unavailable(reason);
        }
        let resolved = self.resolve(recipe, indicator);
        if resolved.numerator.is_empty() && resolved.value.is_none() {
            return Unavailable("its definition has no numerator yet".into());
        }
        for id in self.indicator_concepts(&resolved) {
            if self.values(recipe, id).is_none() {
                return Unavailable(format!("{} has no column for `{id}`", recipe.id));
            }
        }
        for (condition, what) in [(&resolved.universe, "base"), (&resolved.numerator, "numerator")]
        {
            if let Some(id) = self.impossible(recipe, condition) {
                let reason =
                    format!("{} never gives `{id}` a code that the {what} asks for", recipe.id);
                return Unavailable(reason);
            }
        }
        match change.and_then(|change| change.proxy.clone()) {
            Some(note) => Proxy(note),
            None => Available,
        }
    }

    /// Whether the survey can give a concept at all: mapped, or made from mapped ones.
    pub fn has_concept(&self, recipe: &Recipe, id: &str) -> bool {
        self.values(recipe, id).is_some()
    }

    /// Ids of the indicators that have this code in a custodian's or the United Nations' files.
    pub fn of_series(&self, code: &str) -> Vec<&str> {
        let is = |own: Option<&str>| own.is_some_and(|own| own.eq_ignore_ascii_case(code));
        let own = self.indicators.values();
        own.filter(|own| is(own.series.as_deref()) || is(own.sdg_series()))
            .map(|own| own.id.as_str())
            .collect()
    }

    /// Whether an indicator may be split by a concept: listed by the indicator, made only from
    /// listed ones or from age (a user's own age bands), or a breakdown of the user's own folder.
    pub fn may_split(&self, indicator: &Indicator, id: &str) -> bool {
        let Some(concept) = self.concepts.get(id).filter(|concept| concept.breakdown) else {
            return false;
        };
        let listed = |id: &str| indicator.breakdowns.iter().any(|breakdown| breakdown == id);
        if id == "sex" {
            return listed(id);
        }
        let own = self.provenance.get(&format!("concept/{id}")).is_some_and(|p| !p.is_builtin());
        let parts = concept.derive.as_ref().map(Derive::concepts).unwrap_or_default();
        let by_age = listed("age_group");
        let made = !parts.is_empty()
            && parts.iter().all(|part| listed(part) || (*part == "age" && by_age));
        listed(id) || own || made
    }

    /// The values that a concept can take in a survey; `None` if it has none.
    fn values<'a>(&'a self, recipe: &'a Recipe, id: &str) -> Option<Values<'a>> {
        let concept = self.concepts.get(id)?;
        if let Some(mapping) = recipe.concepts.get(id) {
            return Some(match concept.kind {
                ConceptKind::Number => Values::Number { max: None },
                ConceptKind::Category => Values::Codes(codes_of(mapping).collect()),
            });
        }
        let derive = concept.derive.as_ref()?;
        for part in derive.concepts() {
            self.values(recipe, part)?;
        }
        Some(match derive {
            Derive::Count { of, .. } => Values::Number { max: Some(of.len() as f64) },
            Derive::Band { .. } | Derive::Quantile { .. } => {
                Values::Codes(concept.codes.iter().map(|code| code.id.as_str()).collect())
            }
            Derive::Cases(cases) => Values::Codes(
                cases
                    .iter()
                    .filter(|case| self.impossible(recipe, &case.when).is_none())
                    .map(|case| case.code.as_str())
                    .collect(),
            ),
        })
    }

    /// The first concept whose test no row of the survey can pass, if the condition cannot hold.
    fn impossible<'a>(&self, recipe: &Recipe, condition: &'a Condition) -> Option<&'a str> {
        for (id, test) in &condition.all {
            let possible = match (self.values(recipe, id), test) {
                (Some(Values::Codes(codes)), Test::Codes(wanted)) => {
                    wanted.iter().any(|code| codes.contains(code.as_str()))
                }
                (Some(Values::Number { max }), Test::Range { min, .. }) => {
                    min.zip(max).is_none_or(|(least, most)| least <= most)
                }
                _ => false,
            };
            if !possible {
                return Some(id);
            }
        }
        let impossible: Vec<&str> =
            condition.any.iter().filter_map(|one| self.impossible(recipe, one)).collect();
        match impossible.len() == condition.any.len() {
            true => impossible.first().copied(),
            false => None,
        }
    }
}

fn plural(population: Population) -> &'static str {
    match population {
        Population::Person => "persons",
        Population::Household => "households",
        Population::Other => "neither persons nor households",
    }
}
