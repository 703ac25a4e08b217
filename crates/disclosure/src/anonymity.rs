//! k-anonymity of microdata that are to be shared.
//!
//! *Keys* are the variables by which an outsider could know a person: sex, age, area. f is the number
//! of records that have the same keys, F the sum of their weights, an estimate of how many persons of
//! the population have them. A file is k-anonymous if no f is below k.
//!
//! The convention to know: a missing key matches every value, so a record with one counts towards all
//! records that it could be, and they towards it.
//!
//! Sources: Hundepool and others (2012), *Statistical Disclosure Control*, section 3.3; missing keys as
//! in the R package sdcMicro (Templ, Kowarik and Meindl (2015), *Journal of Statistical Software*
//! 67(4)).

use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of a record as numbers that stand for their values, in the order of the keys; `None` is
/// missing.
pub type Keys = Vec<Option<u64>>;

/// Weights are added as multiples of 2⁻⁶⁰, so that the order of the records does not matter.
const UNIT: f64 = (1_u64 << 60) as f64;

/// Records counted by their keys, from which [`Anonymity`] is made.
#[derive(Debug, Clone, Default)]
pub struct KeyCounts {
    groups: FxHashMap<Keys, (u64, u128)>,
}

impl KeyCounts {
    /// Adds a record. A weight that is below 0 or not a number counts as 0.
    pub fn add(&mut self, keys: &[Option<u64>], weight: f64) {
        // A cast of a float saturates, and takes what is no number as 0.
        let weight = (weight * UNIT) as u128;
        match self.groups.get_mut(keys) {
            Some((records, sum)) => {
                *records += 1;
                *sum = sum.saturating_add(weight);
            }
            None => {
                self.groups.insert(keys.to_vec(), (1, weight));
            }
        }
    }

    /// Adds the records of another part of the file.
    pub fn merge(&mut self, other: KeyCounts) {
        for (keys, (records, weight)) in other.groups {
            let entry = self.groups.entry(keys).or_default();
            entry.0 += records;
            entry.1 = entry.1.saturating_add(weight);
        }
    }

    /// f and F of every combination of keys that occurs.
    ///
    /// ```
    /// use inclusion_disclosure::KeyCounts;
    /// let mut counts = KeyCounts::default();
    /// counts.add(&[Some(0), Some(1)], 10.5);
    /// counts.add(&[Some(0), Some(1)], 20.0);
    /// counts.add(&[Some(0), None], 5.0);
    /// let anonymity = counts.anonymity();
    /// let group = anonymity.of(&[Some(0), Some(1)]).unwrap();
    /// assert_eq!((group.sample, group.population), (3, 35.5));
    /// assert_eq!((anonymity.below(2), anonymity.below(4)), (0, 3));
    /// ```
    pub fn anonymity(&self) -> Anonymity {
        let sorted: BTreeMap<&Keys, &(u64, u128)> = self.groups.iter().collect();
        let patterns: BTreeSet<Vec<bool>> = sorted.keys().map(|keys| stated(keys)).collect();
        let mut sums: FxHashMap<&Keys, (u64, u128)> = FxHashMap::default();
        // Two records match if they agree in the keys that both state.
        for other in &patterns {
            for own in &patterns {
                let both: Vec<bool> = own.iter().zip(other).map(|(a, b)| *a && *b).collect();
                let mut matching: FxHashMap<Keys, (u64, u128)> = FxHashMap::default();
                for (keys, (records, weight)) in sorted.iter().filter(|(k, _)| stated(k) == *other)
                {
                    let entry = matching.entry(restricted(keys, &both)).or_default();
                    entry.0 += records;
                    entry.1 = entry.1.saturating_add(*weight);
                }
                for keys in sorted.keys().filter(|keys| stated(keys) == *own) {
                    let Some(found) = matching.get(&restricted(keys, &both)) else { continue };
                    let entry = sums.entry(keys).or_default();
                    entry.0 += found.0;
                    entry.1 = entry.1.saturating_add(found.1);
                }
            }
        }
        let groups = sorted.iter().map(|(keys, (records, _))| {
            let (sample, weight) = sums[*keys];
            KeyGroup {
                keys: (*keys).clone(),
                records: *records,
                sample,
                population: weight as f64 / UNIT,
            }
        });
        Anonymity { groups: groups.collect() }
    }
}

fn stated(keys: &Keys) -> Vec<bool> {
    keys.iter().map(Option::is_some).collect()
}

fn restricted(keys: &Keys, to: &[bool]) -> Keys {
    keys.iter().zip(to).map(|(key, keep)| if *keep { *key } else { None }).collect()
}

/// The records of one combination of keys.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyGroup {
    /// Their keys.
    pub keys: Keys,
    /// Records with exactly these.
    pub records: u64,
    /// f: records that match them, themselves included.
    pub sample: u64,
    /// F: the sum of the weights of those.
    pub population: f64,
}

impl KeyGroup {
    /// The chance that one of them is who an outsider takes it for, who knows the keys of a person of
    /// the population: 1/F, at most 1.
    pub fn risk(&self) -> f64 {
        if self.population > 1.0 { 1.0 / self.population } else { 1.0 }
    }
}

/// f and F of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Anonymity {
    groups: Vec<KeyGroup>,
}

impl Anonymity {
    /// The combinations of keys that occur, in the order of their numbers, missing first.
    pub fn groups(&self) -> &[KeyGroup] {
        &self.groups
    }

    /// The records with exactly these keys.
    pub fn of(&self, keys: &[Option<u64>]) -> Option<&KeyGroup> {
        let found = self.groups.binary_search_by(|group| group.keys.as_slice().cmp(keys));
        found.ok().map(|at| &self.groups[at])
    }

    /// All records.
    pub fn records(&self) -> u64 {
        self.groups.iter().map(|group| group.records).sum()
    }

    /// Records whose f is below k: what is in the way of k-anonymity.
    pub fn below(&self, k: u64) -> u64 {
        self.groups.iter().filter(|group| group.sample < k).map(|group| group.records).sum()
    }

    /// Records that no other record matches.
    pub fn sample_uniques(&self) -> u64 {
        self.below(2)
    }

    /// The expected number of records that are recognised: the sum of their risks.
    pub fn expected_recognised(&self) -> f64 {
        self.groups.iter().map(|group| group.records as f64 * group.risk()).sum()
    }

    /// The highest risk of a record; none in a file without records.
    pub fn highest_risk(&self) -> Option<f64> {
        self.groups.iter().map(KeyGroup::risk).max_by(f64::total_cmp)
    }
}
