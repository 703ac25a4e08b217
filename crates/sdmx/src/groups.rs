//! Attributes of groups of series: found again by the dimensions that a group names.

use rustc_hash::FxHashMap;

type Fields = Vec<(String, String)>;

/// The groups that name the same dimensions.
struct SameDimensions {
    names: Vec<String>,
    /// Codes of the dimensions → attributes.
    attributes: FxHashMap<Vec<String>, Fields>,
}

/// The groups of one data set.
#[derive(Default)]
pub(crate) struct Groups {
    /// Groups of structure-specific files, whose fields are not told apart yet.
    mixed: Vec<Fields>,
    found: Vec<SameDimensions>,
}

impl Groups {
    pub fn is_empty(&self) -> bool {
        self.mixed.is_empty() && self.found.is_empty()
    }

    pub fn push_mixed<'a>(&mut self, fields: impl Iterator<Item = (&'a str, &'a str)>) {
        self.mixed.push(owned(fields));
    }

    pub fn push<'a>(
        &mut self,
        keys: impl Iterator<Item = (&'a str, &'a str)>,
        attributes: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        self.insert(owned(keys), owned(attributes));
    }

    fn insert(&mut self, mut keys: Fields, attributes: Fields) {
        keys.sort();
        let (names, values): (Vec<String>, Vec<String>) = keys.into_iter().unzip();
        let at = self.found.iter().position(|own| own.names == names).unwrap_or_else(|| {
            self.found.push(SameDimensions { names, attributes: FxHashMap::default() });
            self.found.len() - 1
        });
        self.found[at].attributes.entry(values).or_default().extend(attributes);
    }

    /// Tells dimensions and attributes of the groups apart, once it is known which are which.
    pub fn index(&mut self, is_dimension: impl Fn(&str) -> bool) {
        for fields in std::mem::take(&mut self.mixed) {
            let (keys, attributes) = fields.into_iter().partition(|(name, _)| is_dimension(name));
            self.insert(keys, attributes);
        }
    }

    /// The attributes of all groups that an observation belongs to.
    pub fn matching<'a>(
        &self,
        value_of: impl Fn(&str) -> Option<&'a str>,
    ) -> impl Iterator<Item = (&str, &str)> {
        self.found
            .iter()
            .filter_map(move |own| {
                let key: Option<Vec<String>> =
                    own.names.iter().map(|name| value_of(name).map(String::from)).collect();
                own.attributes.get(&key?)
            })
            .flatten()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn owned<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Fields {
    fields.map(|(name, value)| (name.into(), value.into())).collect()
}
