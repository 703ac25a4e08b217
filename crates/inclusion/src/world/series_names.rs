//! What a source calls an indicator, as the indicator of the registry.
//!
//! A series that its source splits by a further dimension is one indicator for each code of it: figures of
//! `SE_ADT_ACTS` with the skill COPA are those of the skill to copy and paste, and split no further.

use inclusion_series::{Meant, Named, Observation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Gives an observation the indicator that it is of; the codes that say so are no breakdown of it then.
pub(super) fn rename(observation: &mut Observation, indicators: &BTreeMap<String, Meant>) {
    let Some((named, meant)) = meant(observation, indicators) else { return };
    for (dimension, _) in &named.codes {
        observation.breakdowns.remove(*dimension);
    }
    observation.indicator = meant.id().into();
    observation.footnotes.extend(meant.proxy().map(Arc::from));
}

/// The key with most codes that the observation has.
fn meant<'a>(
    observation: &Observation,
    indicators: &'a BTreeMap<String, Meant>,
) -> Option<(Named<'a>, &'a Meant)> {
    // Keys of a series stand side by side, as each begins with it.
    let own = indicators.range(observation.indicator.to_string()..);
    let own = own.take_while(|(key, _)| key.starts_with(&*observation.indicator));
    let own = own.map(|(key, meant)| (Named::parse(key), meant));
    let fits = own.filter(|(named, _)| {
        let has = |(dimension, code): &(&str, &str)| {
            observation.breakdowns.get(*dimension).is_some_and(|own| **own == **code)
        };
        named.series == &*observation.indicator && named.codes.iter().all(has)
    });
    fits.max_by_key(|(named, _)| named.codes.len())
}

/// A series and a dimension that splits it.
type SeriesDimension = (Arc<str>, Arc<str>);

/// Series that are split further than by sex throughout: by series and dimension, the codes that occur.
#[derive(Default)]
pub(super) struct Splits(BTreeMap<SeriesDimension, BTreeSet<Arc<str>>>);

/// Codes that a message lists.
const LISTED: usize = 12;

impl Splits {
    /// Takes up an observation under the name that its source gives the series.
    pub(super) fn add(&mut self, series: &Arc<str>, observation: &Observation) {
        for (dimension, code) in &observation.breakdowns {
            let place = (series.clone(), dimension.clone());
            let codes = self.0.entry(place).or_default();
            if !codes.contains(code) {
                codes.insert(code.clone());
            }
        }
    }

    /// What the series of these figures is split by, and how to say which code is meant; none if by nothing.
    pub(super) fn advice(&self, indicator: &str) -> Option<String> {
        let (series, _) = self.0.keys().next()?;
        let own: Vec<_> = self.0.iter().filter(|((of, _), _)| of == series).collect();
        let told: Vec<String> = own
            .iter()
            .map(|((_, dimension), codes)| {
                let listed: Vec<&str> = codes.iter().take(LISTED).map(|code| &**code).collect();
                let more = if codes.len() > LISTED { ", ..." } else { "" };
                format!("`{dimension}` ({}{more})", listed.join(", "))
            })
            .collect();
        let asked: Vec<String> =
            own.iter().map(|((_, dimension), _)| format!("{dimension}=CODE")).collect();
        Some(format!(
            "`{series}` is split by {}; say which CODE is meant by `indicators = {{ \"{series} {}\" = \
             \"{indicator}\" }}` of the series",
            told.join(" and "),
            asked.join(" ")
        ))
    }
}
