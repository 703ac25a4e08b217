//! The cross-check: everything that an entry names exists, and every entry makes sense by itself.
//!
//! It runs on every load, over the built-in entries too: a user's concept that replaces a built-in
//! one may break a recipe that is not the user's, and that is better said here than in a run.

use crate::{Code, Concept, Error, Place, Registry, nearest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod concepts;
mod groupings;
mod indicators;
mod others;
mod recipes;

pub(crate) use recipes::codes_of;

/// The texts of all entries, to find the line of a name.
#[derive(Default)]
pub(crate) struct Texts {
    entries: BTreeMap<String, Text>,
}

struct Text {
    file: PathBuf,
    text: String,
    /// Where the entry begins in a file that holds several.
    start: usize,
}

impl Texts {
    pub(crate) fn add(&mut self, key: String, file: &Path, text: &str, id: &str) {
        let start = find_name(text, 0, id).unwrap_or(0);
        let (file, text) = (file.to_path_buf(), text.to_string());
        self.entries.insert(key, Text { file, text, start });
    }
}

/// The place of a name in a file, searched from an offset; the whole file where it is not found.
pub(crate) fn place_in(file: &Path, text: &str, start: usize, name: &str) -> Place {
    match find_name(text, start, name).or_else(|| find_name(text, 0, name)) {
        Some(offset) => Place::at(file, text, offset),
        None => Place::file(file),
    }
}

/// Offset of a name as a quoted text or as a bare key.
fn find_name(text: &str, start: usize, name: &str) -> Option<usize> {
    let tail = text.get(start..)?;
    let quoted = [format!("\"{name}\""), format!("'{name}'")]
        .iter()
        .filter_map(|quoted| tail.find(quoted.as_str()))
        .min();
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let bare = tail
        .match_indices(name)
        .find(|(at, _)| {
            let before = tail[..*at].chars().next_back();
            let after = tail[at + name.len()..].chars().next();
            !before.is_some_and(is_word)
                && !after.is_some_and(is_word)
                && before != Some('"')
                && tail[at + name.len()..]
                    .trim_start_matches([' ', ']'])
                    .starts_with(['=', '\n', '.'])
        })
        .map(|(at, _)| at);
    [quoted, bare].into_iter().flatten().min().map(|at| start + at)
}

/// One entry under check: whose texts are searched, and for which errors are made.
#[derive(Clone, Copy)]
pub(crate) struct Checked<'a> {
    registry: &'a Registry,
    texts: &'a Texts,
    kind: &'static str,
    id: &'a str,
    /// Text after which names are searched, such as the header of a table.
    after: Option<&'a str>,
}

impl<'a> Checked<'a> {
    fn new(registry: &'a Registry, texts: &'a Texts, kind: &'static str, id: &'a str) -> Self {
        Checked { registry, texts, kind, id, after: None }
    }

    /// The same entry, for names that stand after a text in its file.
    fn after(self, text: &'a str) -> Self {
        Checked { after: Some(text), ..self }
    }

    /// Where a name stands in the entry's file.
    fn place(&self, name: &str) -> Place {
        match self.texts.entries.get(&format!("{}/{}", self.kind, self.id)) {
            Some(entry) => {
                let tail = &entry.text[entry.start..];
                let offset = self.after.and_then(|text| tail.find(text)).unwrap_or(0);
                place_in(&entry.file, &entry.text, entry.start + offset, name)
            }
            None => Place::file(format!("{}/{}", self.kind, self.id)),
        }
    }

    /// The entry is wrong; `name` tells the line.
    fn wrong(&self, name: &str, message: String) -> Error {
        let message = format!("{} `{}`: {message}", self.kind, self.id);
        Error::Invalid { place: self.place(name), message }
    }

    fn unknown<'k>(
        &self,
        kind: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Error {
        let suggestion = nearest(name, known).map(str::to_string);
        Error::Unknown { place: self.place(name), kind, name: name.to_string(), suggestion }
    }

    fn concept(&self, id: &str) -> Result<&'a Concept, Error> {
        match self.registry.concepts.get(id) {
            Some(concept) => Ok(concept),
            None => {
                Err(self.unknown("concept", id, self.registry.concepts.keys().map(String::as_str)))
            }
        }
    }

    /// The concept has the code. An open concept has codes that only a recipe knows.
    fn code(&self, concept: &Concept, more: &[Code], code: &str) -> Result<(), Error> {
        let known = || concept.codes.iter().chain(more).map(|c| c.id.as_str());
        let open = concept.open && more.is_empty();
        if open || known().any(|id| id == code) {
            return Ok(());
        }
        let hint = match nearest(code, known()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; it has {}", known().collect::<Vec<_>>().join(", ")),
        };
        Err(self.wrong(code, format!("concept `{}` has no code `{code}`{hint}", concept.id)))
    }

    /// A condition names concepts and codes that exist, and ranges of numbers.
    fn condition(&self, condition: &crate::Condition) -> Result<(), Error> {
        use crate::{ConceptKind, Test};
        for (id, test) in &condition.all {
            let concept = self.concept(id)?;
            match (test, concept.kind) {
                (Test::Codes(codes), ConceptKind::Category) => {
                    if codes.is_empty() {
                        return Err(self.wrong(id, format!("the test of `{id}` lists no code")));
                    }
                    for code in codes {
                        self.code(concept, &[], code)?;
                    }
                }
                (Test::Range { min, max }, ConceptKind::Number) => {
                    if !is_range(*min, *max) {
                        let message = format!(
                            "the range of `{id}` needs `min` or `max`, and `min` not above `max`"
                        );
                        return Err(self.wrong(id, message));
                    }
                }
                (Test::Codes(_), ConceptKind::Number) => {
                    let message = format!(
                        "`{id}` is a number and is tested by a range, as in {{ min = 15 }}"
                    );
                    return Err(self.wrong(id, message));
                }
                (Test::Range { .. }, ConceptKind::Category) => {
                    let message =
                        format!("`{id}` is a category and is tested by a list of its codes");
                    return Err(self.wrong(id, message));
                }
            }
        }
        condition.any.iter().try_for_each(|alternative| self.condition(alternative))
    }
}

fn is_range(min: Option<f64>, max: Option<f64>) -> bool {
    let finite = min.into_iter().chain(max).all(f64::is_finite);
    let some = min.is_some() || max.is_some();
    let ordered = min.zip(max).is_none_or(|(low, high)| low <= high);
    finite && some && ordered
}

/// Checks everything; the first error in the order of kinds and ids is returned.
pub(crate) fn all(registry: &Registry, texts: &Texts) -> Result<(), Error> {
    for (id, concept) in &registry.concepts {
        concepts::check(concept, Checked::new(registry, texts, "concept", id))?;
    }
    concepts::no_cycles(registry, texts)?;
    for (id, indicator) in &registry.indicators {
        indicators::check(indicator, Checked::new(registry, texts, "indicator", id))?;
    }
    for (id, recipe) in &registry.recipes {
        recipes::check(recipe, Checked::new(registry, texts, "recipe", id))?;
    }
    for (id, set) in &registry.thresholds {
        others::thresholds(set, Checked::new(registry, texts, "threshold", id))?;
    }
    for (id, target) in &registry.targets {
        others::parity_target(target, Checked::new(registry, texts, "target", id))?;
    }
    for (id, policy) in &registry.policies {
        others::policy(policy, Checked::new(registry, texts, "policy", id))?;
    }
    for (id, style) in &registry.styles {
        others::style(style, Checked::new(registry, texts, "style", id))?;
    }
    for (id, grouping) in &registry.groupings {
        groupings::check(grouping, Checked::new(registry, texts, "grouping", id))?;
    }
    Ok(())
}
