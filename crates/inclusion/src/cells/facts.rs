//! What a file of cells tells besides its columns.

use super::CONFIDENTIAL;
use super::print::Print;
use crate::{Error, Study};
use inclusion_ingest::LogEntry;
use inclusion_survey::cells::{CellItem, CellKind, CellsForm};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Version of the format of cells that this program writes and reads.
const FORMAT: u64 = 1;
/// Under this name the facts stand in the metadata of Parquet, and at the head of a text file.
pub(super) const KEY: &str = "inclusion.cells";

/// What a file of cells tells besides its columns, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Version of the format.
    format: u64,
    /// That the cells are confidential, in words.
    notice: String,
    /// Version of the program that made them; empty where another program did.
    #[serde(default)]
    pub program: String,
    /// Id of the survey.
    pub survey: String,
    /// The plan they were made for.
    pub plan: Print,
    pub stratified: bool,
    pub clustered: bool,
    fpc: bool,
    by: Vec<By>,
    items: Vec<Item>,
    /// Grouping sets of breakdown concepts; none where the cells are by the cross of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<Vec<String>>,
    /// The files they are of; none where they were made by another program.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Smallest and largest weight as texts, by recipe.
    #[serde(default)]
    pub weights: BTreeMap<String, [String; 2]>,
    /// What was noticed while the files were read.
    #[serde(default)]
    pub log: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct By {
    concept: String,
    codes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Item {
    id: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Share,
    Number,
    Ratio,
}

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Source {
    /// The recipe it was read by.
    pub recipe: String,
    pub role: String,
    /// Its rows are those of the survey; else it was looked up.
    pub own: bool,
    /// Path below the study's folder, or the name alone.
    pub file: PathBuf,
    pub format: String,
    pub size: u64,
    pub sha256: String,
    pub rows: u64,
}

/// A line of the quality log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub code: String,
    pub message: String,
    pub file: PathBuf,
    pub column: Option<String>,
    pub count: u64,
}

impl Facts {
    pub(crate) fn new(survey: &str, plan: Print, form: &CellsForm) -> Facts {
        let by = form
            .by
            .iter()
            .map(|(concept, codes)| By { concept: concept.clone(), codes: codes.clone() });
        let items = form.items.iter().map(|CellItem { id, kind }| Item {
            id: id.clone(),
            kind: match kind {
                CellKind::Share => Kind::Share,
                CellKind::Number => Kind::Number,
                CellKind::Ratio => Kind::Ratio,
            },
        });
        Facts {
            format: FORMAT,
            notice: CONFIDENTIAL.to_string(),
            program: env!("CARGO_PKG_VERSION").to_string(),
            survey: survey.to_string(),
            plan,
            stratified: form.stratified,
            clustered: form.clustered,
            fpc: form.fpc,
            by: by.collect(),
            items: items.collect(),
            sets: Vec::new(),
            sources: Vec::new(),
            weights: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// Reads the facts of a file.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<Facts, Error> {
        let wrong = |message: String| Error::Cells { path: path.to_path_buf(), message };
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| wrong(format!("its `{KEY}` is no JSON ({error})")))?;
        match value.get("format").and_then(serde_json::Value::as_u64) {
            Some(FORMAT) => {}
            Some(other) => {
                let by = match value.get("program").and_then(|v| v.as_str()).unwrap_or_default() {
                    "" => "make them again".to_string(),
                    by => format!(
                        "they were made by version {by}; make them again, or use that version"
                    ),
                };
                return Err(wrong(format!(
                    "the cells have format {other}, and this version of the program reads format {FORMAT}; {by}"
                )));
            }
            None => return Err(wrong(format!("its `{KEY}` has no `format`"))),
        }
        serde_json::from_value(value).map_err(|error| wrong(format!("its `{KEY}`: {error}")))
    }

    pub(crate) fn text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|error| Error::Internal(error.to_string()))
    }

    pub(crate) fn form(&self) -> CellsForm {
        CellsForm {
            stratified: self.stratified,
            clustered: self.clustered,
            fpc: self.fpc,
            by: self.by.iter().map(|by| (by.concept.clone(), by.codes.clone())).collect(),
            items: self
                .items
                .iter()
                .map(|item| CellItem {
                    id: item.id.clone(),
                    kind: match item.kind {
                        Kind::Share => CellKind::Share,
                        Kind::Number => CellKind::Number,
                        Kind::Ratio => CellKind::Ratio,
                    },
                })
                .collect(),
        }
    }

    /// The form of the cells of a grouping set.
    pub(crate) fn form_of(&self, set: &[String]) -> CellsForm {
        let mut form = self.form();
        form.by.retain(|(concept, _)| set.contains(concept));
        form
    }

    /// Rows that were read of the files of a recipe.
    pub(crate) fn rows_of(&self, recipe: &str) -> u64 {
        let own = self.sources.iter().filter(|source| source.own && source.recipe == recipe);
        own.map(|source| source.rows).sum()
    }
}

/// A file as the facts name it: below the study's folder, or its name alone; an object by its whole name.
pub(super) fn name_of(study: &Study, path: &Path) -> PathBuf {
    if crate::scheme(path).is_some() {
        return path.to_path_buf();
    }
    match path.strip_prefix(study.folder()) {
        Ok(name) => name.to_path_buf(),
        Err(_) => path.file_name().map(PathBuf::from).unwrap_or_default(),
    }
}

impl Entry {
    /// A line of the reader's log.
    pub(crate) fn of(entry: LogEntry, name: &dyn Fn(&Path) -> PathBuf) -> Entry {
        let file = name(&entry.file);
        let (code, message, column, count) = (entry.code, entry.message, entry.column, entry.count);
        Entry { code, message, file, column, count }
    }
}
