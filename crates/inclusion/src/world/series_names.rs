//! What a source calls an indicator, as the indicator of the registry.
//!
//! A series that its source splits by a further dimension is one indicator for each code of it: figures of
//! `SE_ADT_ACTS` with the skill COPA are those of the skill to copy and paste, and split no further.

use inclusion_series::{Meant, Named, Observation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Gives an observation the indicator that it is of; the codes that say so are no breakdown of it then. What is
/// returned is the key of `indicators` that says it, none if the source's name is not among them.
pub(super) fn rename<'a>(
    observation: &mut Observation,
    indicators: &'a BTreeMap<String, Meant>,
) -> Option<&'a str> {
    let (key, named, meant) = meant(observation, indicators)?;
    for (dimension, _) in &named.codes {
        observation.breakdowns.remove(*dimension);
    }
    observation.indicator = meant.id().into();
    observation.footnotes.extend(meant.proxy().map(Arc::from));
    Some(key)
}

/// The key with most codes that the observation has.
fn meant<'a>(
    observation: &Observation,
    indicators: &'a BTreeMap<String, Meant>,
) -> Option<(&'a str, Named<'a>, &'a Meant)> {
    // Keys of a series stand side by side, as each begins with it.
    let own = indicators.range(observation.indicator.to_string()..);
    let own = own.take_while(|(key, _)| key.starts_with(&*observation.indicator));
    let own = own.map(|(key, meant)| (key.as_str(), Named::parse(key), meant));
    let fits = own.filter(|(_, named, _)| {
        let has = |(dimension, code): &(&str, &str)| {
            observation.breakdowns.get(*dimension).is_some_and(|own| **own == **code)
        };
        named.series == &*observation.indicator && named.codes.iter().all(has)
    });
    fits.max_by_key(|(_, named, _)| named.codes.len())
}

/// The indicator that figures are of, and how the source names them.
type Figures = (String, String);

/// Codes of each dimension by which figures are split.
type Codes = BTreeMap<Arc<str>, BTreeSet<Arc<str>>>;

/// Figures that are split further than by sex, by the dimensions that split them.
#[derive(Default)]
pub(super) struct Splits(BTreeMap<Figures, BTreeMap<Vec<Arc<str>>, Codes>>);

/// Codes that a message lists.
const LISTED: usize = 12;

/// Indicators that it lists.
const INDICATORS: usize = 3;

impl Splits {
    /// Takes up an observation of an indicator, under the name that its source has for it: with the codes of
    /// dimensions that tell it from other indicators.
    pub(super) fn add(&mut self, indicator: &str, theirs: &str, observation: &Observation) {
        if observation.breakdowns.is_empty() {
            return;
        }
        let figures = (indicator.to_string(), theirs.to_string());
        let dimensions = observation.breakdowns.keys().cloned().collect();
        let codes = self.0.entry(figures).or_default().entry(dimensions).or_default();
        for (dimension, code) in &observation.breakdowns {
            codes.entry(dimension.clone()).or_default().insert(code.clone());
        }
    }

    /// What the figures of the indicators are split by, and how to say which code is meant; none if by nothing.
    /// Of figures that are split in several ways those split least are told.
    pub(super) fn advice(&self) -> Option<String> {
        let told: Vec<String> = self
            .0
            .iter()
            .take(INDICATORS)
            .filter_map(|((indicator, theirs), ways)| {
                let codes = ways.iter().min_by_key(|(dimensions, _)| dimensions.len())?.1;
                Some(advice_of(indicator, theirs, codes))
            })
            .collect();
        let more = match self.0.len().saturating_sub(INDICATORS) {
            0 => String::new(),
            n => format!("; {n} more likewise"),
        };
        (!told.is_empty()).then(|| format!("{}{more}", told.join("; ")))
    }
}

fn advice_of(indicator: &str, theirs: &str, codes: &Codes) -> String {
    let told: Vec<String> = codes
        .iter()
        .map(|(dimension, codes)| {
            let listed: Vec<&str> = codes.iter().take(LISTED).map(|code| &**code).collect();
            let more = if codes.len() > LISTED { ", ..." } else { "" };
            format!("`{dimension}` ({}{more})", listed.join(", "))
        })
        .collect();
    let asked: Vec<String> = codes.keys().map(|dimension| format!("{dimension}=CODE")).collect();
    format!(
        "`{theirs}` is split by {}; say which CODE is meant by `indicators = {{ \"{theirs} {}\" = \
         \"{indicator}\" }}` of the series",
        told.join(" and "),
        asked.join(" ")
    )
}
