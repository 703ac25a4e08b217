//! Areas as sources write them, and how they are resolved.
//!
//! Which text means which area is data that others hold: a reader asks a function. `NA` is the
//! code of Namibia: a text of an area column is never taken for a missing code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What an area is, for country statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaKind {
    /// A country or territory: it counts in country statistics.
    Country,
    /// A group of countries, such as a region or the world: never added to its members.
    Group,
    /// A state that is no more, such as one that was dissolved: never added to its successors.
    Former,
    /// A part of a country, such as a province: never added to its country.
    Part,
}

/// A resolved area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaRef {
    /// Alpha-3 code of a country, or code of a group.
    pub code: String,
    /// What it is.
    pub kind: AreaKind,
}

impl AreaRef {
    /// A country.
    pub fn country(code: impl Into<String>) -> AreaRef {
        AreaRef { code: code.into(), kind: AreaKind::Country }
    }

    /// A group of countries.
    pub fn group(code: impl Into<String>) -> AreaRef {
        AreaRef { code: code.into(), kind: AreaKind::Group }
    }
}

/// Finds the area of a code or name; the error names the nearest ones, or is empty.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Result<AreaRef, Vec<String>>;

/// Areas by their codes and names, for callers that hold them as pairs.
///
/// Codes and names are equal if they agree after case, marks and spaces are taken away; codes of
/// digits agree without their leading zeros (`004` is `4`).
///
/// ```
/// use inclusion_series::{AreaList, AreaRef};
/// let mut areas = AreaList::default();
/// areas.add(AreaRef::country("NAM"), ["NAM", "NA", "516", "Namibia"]);
/// areas.add(AreaRef::country("CIV"), ["CIV", "Côte d'Ivoire", "Ivory Coast"]);
/// assert_eq!(areas.resolve("NA")?.code, "NAM");
/// assert_eq!(areas.resolve("cote d’ivoire")?.code, "CIV");
/// let unknown = areas.resolve("Namebia").unwrap_err();
/// assert_eq!(unknown.to_string(), "`Namebia` is no area that is known; near: `Namibia`");
/// # Ok::<(), inclusion_series::UnknownArea>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct AreaList {
    by_key: BTreeMap<String, AreaRef>,
    names: BTreeSet<String>,
}

/// A text that is no known area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownArea {
    /// The text.
    pub text: String,
    /// The nearest names, at most three.
    pub near: Vec<String>,
}

impl std::error::Error for UnknownArea {}

impl fmt::Display for UnknownArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no area that is known", crate::error::shown(&self.text))?;
        if !self.near.is_empty() {
            write!(f, "; near: `{}`", self.near.join("`, `"))?;
        }
        Ok(())
    }
}

impl AreaList {
    /// Adds the codes and names of an area; empty ones are left out, the first of a kind stays.
    pub fn add<S: AsRef<str>>(&mut self, area: AreaRef, texts: impl IntoIterator<Item = S>) {
        for text in texts {
            let text = text.as_ref().trim();
            let key = key_of(text);
            if !key.is_empty() {
                self.by_key.entry(key).or_insert_with(|| area.clone());
                self.names.insert(text.to_string());
            }
        }
    }

    /// The area of a code or name.
    ///
    /// # Errors
    ///
    /// [`UnknownArea`] with the nearest names.
    pub fn resolve(&self, text: &str) -> Result<&AreaRef, UnknownArea> {
        self.by_key.get(&key_of(text)).ok_or_else(|| {
            let mut left: Vec<&str> = self.names.iter().map(String::as_str).collect();
            let mut near = Vec::new();
            while near.len() < 3
                && let Some(found) = inclusion_registry::nearest(text, left.iter().copied())
            {
                near.push(found.to_string());
                left.retain(|name| *name != found);
            }
            UnknownArea { text: text.into(), near }
        })
    }
}

/// A code or name as it is compared.
fn key_of(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => key.push('a'),
            'ç' => key.push('c'),
            'è' | 'é' | 'ê' | 'ë' => key.push('e'),
            'ì' | 'í' | 'î' | 'ï' => key.push('i'),
            'ñ' => key.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => key.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => key.push('u'),
            c if c.is_alphanumeric() => key.push(c),
            _ => {}
        }
    }
    match key.trim_start_matches('0') {
        short if !short.is_empty() && key.bytes().all(|b| b.is_ascii_digit()) => short.into(),
        _ => key,
    }
}
