//! A small map in key order that is cheap to copy.

use crate::Text;
use std::cmp::Ordering;
use std::sync::Arc;

/// A map from texts to values with few entries, in the order of the keys. A copy shares the entries; a
/// change makes new ones.
///
/// ```
/// use inclusion_estimate::Pairs;
/// let mut codes: Pairs<&str> = [("sex", "F"), ("age", "Y15T24")].into_iter().collect();
/// let women = codes.clone();
/// codes.insert("sex", "M");
/// assert_eq!((codes.get("sex"), women.get("sex")), (Some(&"M"), Some(&"F")));
/// assert!(codes.keys().eq(["age", "sex"]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pairs<V>(Arc<[(Text, V)]>);

impl<V: Clone> Pairs<V> {
    /// Without entries.
    pub fn new() -> Pairs<V> {
        Pairs::default()
    }

    /// How many entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// It has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// Whether it has the key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in, in place of one that the key had.
    pub fn insert(&mut self, key: impl Into<Text>, value: impl Into<V>) {
        let (key, value) = (key.into(), value.into());
        let (at, after) = match self.place(&key) {
            Ok(at) => (at, at + 1),
            Err(at) => (at, at),
        };
        let (before, rest) = (&self.0[..at], &self.0[after..]);
        self.0 = before.iter().cloned().chain([(key, value)]).chain(rest.iter().cloned()).collect();
    }

    /// Takes a key out; gives its value.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let at = self.place(key).ok()?;
        let value = self.0[at].1.clone();
        self.0 = self.0[..at].iter().chain(&self.0[at + 1..]).cloned().collect();
        Some(value)
    }

    /// The entries, in the order of the keys.
    pub fn iter(&self) -> Iter<'_, V> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Text> + ExactSizeIterator {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of the keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.0.iter().map(|(_, value)| value)
    }
}

impl Pairs<u64> {
    /// Adds to the number of a key.
    pub fn add(&mut self, key: impl Into<Text>, n: u64) {
        let key = key.into();
        let sum = self.get(&key).copied().unwrap_or(0) + n;
        self.insert(key, sum);
    }
}

/// The entries of [`Pairs`].
pub type Iter<'a, V> =
    std::iter::Map<std::slice::Iter<'a, (Text, V)>, fn(&'a (Text, V)) -> (&'a Text, &'a V)>;

impl<V> Default for Pairs<V> {
    fn default() -> Pairs<V> {
        Pairs(Arc::default())
    }
}

impl<V: Ord> PartialOrd for Pairs<V> {
    fn partial_cmp(&self, other: &Pairs<V>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<V: Ord> Ord for Pairs<V> {
    fn cmp(&self, other: &Pairs<V>) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

impl<'a, V: Clone> IntoIterator for &'a Pairs<V> {
    type Item = (&'a Text, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Into<Text>, W: Into<V>, V: Clone> FromIterator<(K, W)> for Pairs<V> {
    /// Of entries with one key the last counts.
    fn from_iter<I: IntoIterator<Item = (K, W)>>(entries: I) -> Pairs<V> {
        let mut pairs = Pairs::new();
        pairs.extend(entries);
        pairs
    }
}

impl<K: Into<Text>, W: Into<V>, V: Clone> Extend<(K, W)> for Pairs<V> {
    fn extend<I: IntoIterator<Item = (K, W)>>(&mut self, entries: I) {
        let mut all: Vec<(Text, V)> = self.0.to_vec();
        for (key, value) in entries {
            let (key, value) = (key.into(), value.into());
            match all.binary_search_by(|(own, _)| own.cmp(&key)) {
                Ok(at) => all[at].1 = value,
                Err(at) => all.insert(at, (key, value)),
            }
        }
        self.0 = all.into();
    }
}

impl<V: Clone> std::ops::Index<&str> for Pairs<V> {
    type Output = V;

    /// Panics if there is no such key.
    fn index(&self, key: &str) -> &V {
        self.get(key).unwrap_or_else(|| panic!("no entry `{key}`"))
    }
}
