//! Loading: the built-in files, then a user's folder on top, then the cross-check.
//!
//! A layer is a set of files in folders named after the kind of entry. Inside a layer an id may
//! stand once; an id of the user's folder replaces the built-in entry of the same id as a whole.

use crate::check::{self, Texts};
use crate::toml_error::invalid_toml;
use crate::{
    Concept, ConceptKind, Error, Grouping, Groupings, Indicator, ParityTarget, Place, Policy,
    Recipe, Style, ThresholdSet,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

mod builtin {
    include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
}

/// Folders of a registry, in the order in which they are loaded.
pub(crate) const KINDS: [&str; 9] = [
    "concepts",
    "indicators",
    "recipes",
    "thresholds",
    "targets",
    "policies",
    "styles",
    "groupings",
    "translations",
];

/// Everything that is measured and how, by id.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// Concepts.
    pub concepts: BTreeMap<String, Concept>,
    /// Indicators.
    pub indicators: BTreeMap<String, Indicator>,
    /// Recipes.
    pub recipes: BTreeMap<String, Recipe>,
    /// Threshold sets.
    pub thresholds: BTreeMap<String, ThresholdSet>,
    /// Targets of parity; targets of a value are part of their indicator.
    pub targets: BTreeMap<String, ParityTarget>,
    /// Disclosure profiles.
    pub policies: BTreeMap<String, Policy>,
    /// Institution styles.
    pub styles: BTreeMap<String, Style>,
    /// Regions, income groups and memberships.
    pub groupings: Groupings,
    /// Translations of texts, by language (`fr`) and English text.
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
    /// Where each entry came from, by `kind/id` with the kind in the singular: `concept/sex`.
    pub provenance: BTreeMap<String, Provenance>,
}

/// Where a registry entry came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// File: `built-in:indicators/HH7.toml`, or the user's.
    pub file: String,
    /// It replaced a built-in entry of the same id.
    pub overrides: bool,
}

impl Provenance {
    /// The entry is part of the program.
    pub fn is_builtin(&self) -> bool {
        self.file.starts_with("built-in:")
    }
}

/// One file of a layer.
struct Source {
    kind: &'static str,
    file: PathBuf,
    text: String,
}

impl Registry {
    /// The built-in registry.
    ///
    /// # Errors
    ///
    /// Only if a built-in file is wrong, which a test rules out.
    ///
    /// ```
    /// let registry = inclusion_registry::Registry::builtin()?;
    /// assert_eq!(registry.indicators["HH7"].sdg.as_deref(), Some("17.8.1"));
    /// # Ok::<(), inclusion_registry::Error>(())
    /// ```
    pub fn builtin() -> Result<Registry, Error> {
        let mut registry = Registry::default();
        let mut texts = Texts::default();
        registry.add_layer(builtin_files(), &mut texts)?;
        check::all(&registry, &texts)?;
        Ok(registry)
    }

    /// The built-in registry with a user's folder on top: the same sub-folders (`concepts`,
    /// `indicators`, `recipes`, `thresholds`, `targets`, `policies`, `styles`, `groupings`, `translations`), each with
    /// TOML files at any depth. An entry with the id of a built-in one replaces it.
    ///
    /// # Errors
    ///
    /// [`Error`] names the user's file, line and column.
    pub fn with_folder(folder: &Path) -> Result<Registry, Error> {
        let mut registry = Registry::default();
        let mut texts = Texts::default();
        registry.add_layer(builtin_files(), &mut texts)?;
        registry.add_layer(folder_files(folder)?, &mut texts)?;
        check::all(&registry, &texts)?;
        Ok(registry)
    }

    /// The built-in registry, a user's folder on top if there is one, and one recipe from a text.
    ///
    /// `name` stands for the text's file in messages.
    ///
    /// # Errors
    ///
    /// [`Error`] names the text or the user's file, line and column.
    pub fn with_recipe(
        folder: Option<&Path>,
        name: &Path,
        recipe: &str,
    ) -> Result<Registry, Error> {
        let mut registry = Registry::default();
        let mut texts = Texts::default();
        registry.add_layer(builtin_files(), &mut texts)?;
        if let Some(folder) = folder {
            registry.add_layer(folder_files(folder)?, &mut texts)?;
        }
        let (file, text) = (name.to_path_buf(), recipe.to_string());
        registry.add_layer(vec![Source { kind: "recipes", file, text }], &mut texts)?;
        check::all(&registry, &texts)?;
        Ok(registry)
    }

    fn add_layer(&mut self, sources: Vec<Source>, texts: &mut Texts) -> Result<(), Error> {
        let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
        for Source { kind, file, text } in sources {
            let mut entry = Entry {
                file: &file,
                text: &text,
                seen: &mut seen,
                provenance: &mut self.provenance,
                texts,
            };
            match kind {
                "concepts" => {
                    for mut concept in parse_concepts(&file, &text)? {
                        if concept.yes_no {
                            expand_yes_no(&mut concept, &file, &text)?;
                        }
                        entry.add("concept", concept.id.clone(), concept, &mut self.concepts)?;
                    }
                }
                "indicators" => {
                    let item: Indicator = parse(&file, &text)?;
                    entry.add("indicator", item.id.clone(), item, &mut self.indicators)?;
                }
                "recipes" => {
                    let item: Recipe = parse(&file, &text)?;
                    entry.add("recipe", item.id.clone(), item, &mut self.recipes)?;
                }
                "thresholds" => {
                    let item: ThresholdSet = parse(&file, &text)?;
                    entry.add("threshold", item.id.clone(), item, &mut self.thresholds)?;
                }
                "targets" => {
                    let item: ParityTarget = parse(&file, &text)?;
                    entry.add("target", item.id.clone(), item, &mut self.targets)?;
                }
                "policies" => {
                    let item: Policy = parse(&file, &text)?;
                    entry.add("policy", item.id.clone(), item, &mut self.policies)?;
                }
                "styles" => {
                    let item: Style = parse(&file, &text)?;
                    entry.add("style", item.id.clone(), item, &mut self.styles)?;
                }
                "translations" => {
                    let texts: BTreeMap<String, String> = parse(&file, &text)?;
                    let stem = Path::new(&file).file_stem().unwrap_or_default();
                    let language = stem.to_string_lossy().into_owned();
                    self.translations.entry(language).or_default().extend(texts);
                }
                // Built-in groupings are read when one is asked for.
                _ if file.starts_with("built-in:groupings") => entry.name("grouping", &file),
                _ => {
                    let item: Grouping = parse(&file, &text)?;
                    entry.add("grouping", item.id.clone(), item, &mut self.groupings.own)?;
                }
            }
        }
        Ok(())
    }
}

/// What adding an entry of one file needs.
struct Entry<'a> {
    file: &'a Path,
    text: &'a str,
    seen: &'a mut BTreeMap<String, PathBuf>,
    provenance: &'a mut BTreeMap<String, Provenance>,
    texts: &'a mut Texts,
}

impl Entry<'_> {
    fn add<T>(
        &mut self,
        kind: &str,
        id: String,
        item: T,
        into: &mut BTreeMap<String, T>,
    ) -> Result<(), Error> {
        let key = format!("{kind}/{id}");
        if let Some(other) = self.seen.insert(key.clone(), self.file.to_path_buf()) {
            let place = check::place_in(self.file, self.text, 0, &id);
            let message = format!(
                "{kind} `{id}` stands in {} already; give one of them another id",
                other.display()
            );
            return Err(Error::Invalid { place, message });
        }
        into.insert(id.clone(), item);
        let overrides = self.provenance.contains_key(&key);
        let file = self.file.display().to_string();
        self.provenance.insert(key.clone(), Provenance { file, overrides });
        self.texts.add(key, self.file, self.text, &id);
        Ok(())
    }

    /// A file that is read later; its name is the id of the entry.
    fn name(&mut self, kind: &str, file: &Path) {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        let file = file.display().to_string();
        self.provenance.insert(format!("{kind}/{id}"), Provenance { file, overrides: false });
    }
}

/// The built-in groupings, read and checked.
pub(crate) fn builtin_groupings() -> Result<BTreeMap<String, Grouping>, Error> {
    let mut groupings = BTreeMap::new();
    let mut texts = Texts::default();
    for Source { file, text, .. } in builtin_files().iter().filter(|s| s.kind == "groupings") {
        let grouping: Grouping = parse(file, text)?;
        texts.add(format!("grouping/{}", grouping.id), file, text, &grouping.id);
        groupings.insert(grouping.id.clone(), grouping);
    }
    check::groupings(&groupings, &texts)?;
    Ok(groupings)
}

fn builtin_files() -> Vec<Source> {
    builtin::FILES
        .iter()
        .filter_map(|(path, text)| {
            let kind = KINDS.into_iter().find(|kind| path.starts_with(&format!("{kind}/")))?;
            let file = PathBuf::from(format!("built-in:{path}"));
            Some(Source { kind, file, text: (*text).to_string() })
        })
        .collect()
}

fn folder_files(folder: &Path) -> Result<Vec<Source>, Error> {
    let mut sources = Vec::new();
    for path in sorted(folder)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let kind = KINDS.into_iter().find(|kind| *kind == name);
        match kind {
            Some(kind) if path.is_dir() => collect(kind, &path, &mut sources)?,
            // Recipes of published series have a reader of their own.
            _ if path.is_dir() && name == "series" => {}
            _ if path.is_dir() && !name.starts_with('.') => {
                let hint = crate::nearest(&name, KINDS)
                    .map(|near| format!("; did you mean `{near}`?"))
                    .unwrap_or_default();
                let message = format!(
                    "no kind of registry entry is called `{name}`{hint} (folders of a registry: {})",
                    KINDS.join(", ")
                );
                return Err(Error::Invalid { place: Place::file(path), message });
            }
            _ if is_toml(&path) => {
                let message =
                    format!("a registry file belongs into one of the folders {}", KINDS.join(", "));
                return Err(Error::Invalid { place: Place::file(path), message });
            }
            _ => {}
        }
    }
    Ok(sources)
}

fn collect(kind: &'static str, folder: &Path, into: &mut Vec<Source>) -> Result<(), Error> {
    for file in sorted(folder)? {
        if file.is_dir() {
            collect(kind, &file, into)?;
        } else if is_toml(&file) {
            let text = fs::read_to_string(&file).map_err(|e| Error::Read(file.clone(), e))?;
            into.push(Source { kind, file, text });
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = |e| Error::Read(folder.to_path_buf(), e);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        paths.push(entry.map_err(read)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| invalid_toml(file, text, &e))
}

/// A file of concepts holds one, or several as `[[concept]]`.
fn parse_concepts(file: &Path, text: &str) -> Result<Vec<Concept>, Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Group {
        concept: Vec<Concept>,
    }
    let grouped = text.lines().any(|line| line.trim() == "[[concept]]");
    if grouped { Ok(parse::<Group>(file, text)?.concept) } else { Ok(vec![parse(file, text)?]) }
}

fn expand_yes_no(concept: &mut Concept, file: &Path, text: &str) -> Result<(), Error> {
    if !concept.codes.is_empty() || concept.kind != ConceptKind::Category {
        let place = check::place_in(file, text, 0, &concept.id);
        let message = format!(
            "concept `{}` is `yes_no` and so a category without codes of its own",
            concept.id
        );
        return Err(Error::Invalid { place, message });
    }
    concept.codes = Concept::yes_no_codes();
    Ok(())
}
