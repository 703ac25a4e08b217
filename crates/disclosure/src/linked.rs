//! Indicators of which one is the base of another: what is withheld of one must not follow from the rest.
//!
//! The share of Internet users who go online daily is the share of all persons who do, divided by the share of
//! users: of the first two, both or none is shown of a group. And the cases of users, or of those who are none,
//! tell how many users a group has: where their share is withheld, so is what has them for a base.

use crate::mark::Mark;
use inclusion_estimate::{Estimate, Measure, SeriesKey, Text};
use inclusion_registry::{Indicator, Statistic, Test};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The indicators of a study that tell of each other in one group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    /// One property as a share of a part of the base and of the whole of it.
    ratios: Vec<[Text; 2]>,
    /// A share, and an indicator whose base are the persons with the property, or others than those.
    bases: Vec<[Text; 2]>,
}

/// What all persons of a base fulfil.
type Tests = BTreeMap<String, Test>;

impl Links {
    pub(crate) fn of(indicators: &[&Indicator]) -> Links {
        let plain = |own: &&&Indicator| own.universe.any.is_empty() && own.numerator.any.is_empty();
        let plain: Vec<&Indicator> = indicators.iter().filter(plain).copied().collect();
        let is_share = |own: &Indicator| own.statistic == Statistic::Proportion;
        let id = |own: &Indicator| Text::from(&own.id);
        let mut links = Links::default();
        for part in &plain {
            for (concept, test) in &part.universe.all {
                let mut wider = part.universe.all.clone();
                wider.remove(concept);
                let of_whole = |own: &&&Indicator| {
                    is_share(own)
                        && own.population == part.population
                        && same(&own.universe.all, &wider)
                };
                let whole: Vec<&Indicator> = plain.iter().filter(of_whole).copied().collect();
                let counted = whole.iter().filter(|own| {
                    own.numerator.all.len() == 1 && own.numerator.all.contains_key(concept)
                });
                links.bases.extend(counted.map(|own| [id(own), id(part)]));
                let mut with = part.numerator.all.clone();
                with.insert(concept.clone(), test.clone());
                let like = whole.iter().filter(|own| {
                    same(&own.numerator.all, &with) || same(&own.numerator.all, &part.numerator.all)
                });
                if is_share(part) {
                    links.ratios.extend(like.map(|own| [id(part), id(own)]));
                }
            }
        }
        links
    }

    /// Withholds what would tell a withheld level; whether there was any.
    pub(crate) fn protect(&self, estimates: &[Estimate], marks: &mut [Mark]) -> bool {
        let involved: BTreeSet<&Text> = self.ratios.iter().chain(&self.bases).flatten().collect();
        if involved.is_empty() {
            return false;
        }
        let is_level = |own: &Estimate| {
            own.key.measure == Measure::Level && involved.contains(&own.key.indicator)
        };
        let levels: FxHashMap<&SeriesKey, usize> = estimates
            .iter()
            .enumerate()
            .filter(|(_, own)| is_level(own))
            .map(|(at, own)| (&own.key, at))
            .collect();
        let mut added = Vec::new();
        for (key, at) in &levels {
            if !matches!(marks[*at], Mark::Withheld(_)) {
                continue;
            }
            let ratios = self.ratios.iter().flat_map(|[a, b]| [(a, b), (b, a)]);
            let told = ratios.chain(self.bases.iter().map(|[share, part]| (share, part)));
            for (_, other) in told.filter(|(own, _)| **own == key.indicator) {
                let other = SeriesKey { indicator: other.clone(), ..(*key).clone() };
                added.extend(levels.get(&other).copied());
            }
        }
        added.retain(|at| !matches!(marks[*at], Mark::Withheld(_)));
        for at in &added {
            marks[*at] = Mark::Withheld("complement");
        }
        !added.is_empty()
    }
}

/// The same tests; codes in any order.
pub(crate) fn same(a: &Tests, b: &Tests) -> bool {
    let alike = |a: &Test, b: &Test| match (a, b) {
        (Test::Codes(a), Test::Codes(b)) => {
            a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
        }
        (a, b) => a == b,
    };
    a.len() == b.len() && a.iter().all(|(id, own)| b.get(id).is_some_and(|b| alike(own, b)))
}
