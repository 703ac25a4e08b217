//! Errors of reading: each names the user's file, line or row, column and value, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// File as the user named it.
    pub file: PathBuf,
    /// `line` (delimited text) or `row` (every other format), counted from 1.
    pub word: &'static str,
    /// Number of the line or row; `None` where the whole file is meant.
    pub number: Option<u64>,
    /// Name and position (from 1) of the column.
    pub column: Option<(String, usize)>,
}

impl Spot {
    /// A whole file.
    pub fn file(path: &Path) -> Spot {
        Spot { file: path.to_path_buf(), word: "line", number: None, column: None }
    }

    /// A line of a text file.
    pub fn line(path: &Path, line: u64) -> Spot {
        Spot { number: Some(line), ..Spot::file(path) }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(number) = self.number {
            write!(f, ", {} {number}", self.word)?;
        }
        if let Some((name, position)) = &self.column {
            write!(f, ", column {position} `{name}`")?;
        }
        Ok(())
    }
}

/// A count with its noun: `1 row`, `2 rows`.
pub(crate) fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The name of a file for the quality log, which is published: no folder of this machine.
pub(crate) fn file_name(path: &Path) -> String {
    shown(&path.file_name().unwrap_or_default().to_string_lossy())
}

/// A value as it is printed in messages: at most 80 characters, control characters escaped.
pub(crate) fn shown(value: &str) -> String {
    let mut text = String::new();
    for (n, c) in value.chars().enumerate() {
        if n == 80 {
            text.push('…');
            break;
        }
        if c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c) {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}

/// A rule about weights, strata, PSUs and populations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DesignRule {
    /// No row is without it.
    Present,
    /// It is a finite number.
    Finite,
    /// It is 0 or more.
    NotNegative,
    /// It is above 0.
    Positive,
}

/// How often a fault occurs: in the file of its place, and in all part files together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Rows of the file that is named.
    pub rows: u64,
    /// Rows of all part files.
    pub all: u64,
    /// Number of part files.
    pub files: usize,
    /// False if a later part of the files could not be read, so that there may be more.
    pub complete: bool,
}

impl Extent {
    /// Rows of one file, of which no more is known yet.
    pub(crate) fn here(rows: usize) -> Extent {
        Extent { rows: rows as u64, all: rows as u64, files: 1, complete: false }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = if self.complete { "" } else { "at least " };
        write!(f, "{least}{} of this file", counted(self.rows, "row"))?;
        if self.files > 1 {
            write!(f, ", {least}{} of all {} part files", self.all, self.files)?;
        }
        Ok(())
    }
}

/// Why a source file could not be turned into rows. Names the user's file, line, column and value.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Read(PathBuf, #[source] Arc<std::io::Error>),

    /// A file could not be written.
    #[error("cannot write {}: {}", .0.display(), .1)]
    Write(PathBuf, String),

    /// The file is broken, incomplete or larger than a limit.
    #[error("{spot}: {message}")]
    File {
        /// Where.
        spot: Spot,
        /// What is wrong and what to do.
        message: String,
    },

    /// A row of delimited text has another number of fields than the header.
    #[error("{spot}: row has {}, header has {header}; check for an unquoted delimiter", counted(*.fields as u64, "field"))]
    Fields {
        /// The line.
        spot: Spot,
        /// Fields of the row.
        fields: usize,
        /// Fields of the header.
        header: usize,
    },

    /// A column name occurs twice.
    #[error("{}: column `{name}` occurs twice, as columns {first} and {second}; rename one", file.display())]
    DuplicateColumn {
        /// File.
        file: PathBuf,
        /// Name.
        name: String,
        /// First position, from 1.
        first: usize,
        /// Second position, from 1.
        second: usize,
    },

    /// Several columns match a name equally well.
    #[error("{}: `{wanted}` ({role}, recipe {recipe}) fits columns `{first}` and `{second}`; write the exact name", file.display())]
    AmbiguousColumn {
        /// Recipe.
        recipe: String,
        /// What the column is needed for.
        role: String,
        /// Name in the recipe.
        wanted: String,
        /// File.
        file: PathBuf,
        /// First match.
        first: String,
        /// Second match.
        second: String,
    },

    /// A column that the recipe names is not in the file.
    #[error("{}: no column `{wanted}`, which recipe {recipe} needs for {role}{}", file.display(), near_text(near))]
    MissingColumn {
        /// Recipe.
        recipe: String,
        /// What the column is needed for: `concept sex`, `weight`.
        role: String,
        /// Name in the recipe.
        wanted: String,
        /// File.
        file: PathBuf,
        /// Names that are near.
        near: Vec<String>,
    },

    /// Two part files of one role differ.
    #[error("{} has no column `{column}`, which {} has; parts of one file must have the same columns", file.display(), other.display())]
    PartColumn {
        /// The part without it.
        file: PathBuf,
        /// The part with it.
        other: PathBuf,
        /// Column.
        column: String,
    },

    /// The request and the recipe do not fit: a role without a file, an unknown code.
    #[error("recipe {recipe}: {message}")]
    Recipe {
        /// Recipe.
        recipe: String,
        /// What is wrong and what to do.
        message: String,
    },

    /// A value occurs in the data that the recipe does not cover.
    #[error(
        "{spot}: {} is not covered by concept `{concept}` of recipe {recipe} ({rows}){}; map it or list it under `missing`",
        value_text(value),
        declared_text(declared)
    )]
    UnmappedValue {
        /// First place.
        spot: Spot,
        /// Value; empty for a blank.
        value: String,
        /// Concept.
        concept: String,
        /// Recipe.
        recipe: String,
        /// Rows with this value.
        rows: Extent,
        /// Values declared missing.
        declared: Vec<String>,
    },

    /// A text that should be a number.
    #[error(
        "{spot}: {} is not a number for {role} (recipe {recipe}); {hint}{}",
        value_text(value),
        declared_text(declared)
    )]
    NotANumber {
        /// Place.
        spot: Spot,
        /// Value.
        value: String,
        /// What it is for: `concept age`, `weight`.
        role: String,
        /// Recipe.
        recipe: String,
        /// What to do.
        hint: String,
        /// Values declared missing.
        declared: Vec<String>,
    },

    /// A number outside the plausible range of its concept.
    #[error("{spot}: {value} is out of range for concept `{concept}` of recipe {recipe} ({}; {rows}); list it under `missing` if it is a missing code", range_text(*min, *max))]
    OutOfRange {
        /// First place.
        spot: Spot,
        /// Value.
        value: f64,
        /// Concept.
        concept: String,
        /// Recipe.
        recipe: String,
        /// Smallest value.
        min: Option<f64>,
        /// Largest value.
        max: Option<f64>,
        /// Rows out of range.
        rows: Extent,
    },

    /// A weight, stratum, PSU or population number that cannot be used.
    #[error("{spot}: {message} (recipe {recipe}; {rows})")]
    Design {
        /// The rule that is broken.
        rule: DesignRule,
        /// First place.
        spot: Spot,
        /// What is wrong and what to do.
        message: String,
        /// Recipe.
        recipe: String,
        /// Rows that break the rule.
        rows: Extent,
    },

    /// Two rows have the same key.
    #[error("{spot}: the same {what} as {first}; {} found; {hint}", counted(*count, "duplicate"))]
    DuplicateKey {
        /// Second row.
        spot: Spot,
        /// First row, `line 3` or with its file.
        first: String,
        /// Key columns with values.
        what: String,
        /// Number of duplicates.
        count: u64,
        /// What to do.
        hint: String,
    },

    /// Rows without a match in a looked-up file.
    #[error("{spot}: {what} has no match in {}; {count} without a match, the first: {}; correct the files or set `unmatched = \"keep\"`", other.display(), first.join(" / "))]
    Unmatched {
        /// First row.
        spot: Spot,
        /// Key columns with values.
        what: String,
        /// The looked-up file.
        other: PathBuf,
        /// Rows without a match.
        count: Extent,
        /// The first keys.
        first: Vec<String>,
    },

    /// A limit was exceeded.
    #[error("{spot}: {what}; the limit is {limit} ({option})")]
    Limit {
        /// Place.
        spot: Spot,
        /// What was found.
        what: String,
        /// The limit.
        limit: u64,
        /// Name of the option.
        option: &'static str,
    },

    /// The file changed while it was read.
    #[error("{} changed while it was read (changed_during_read); run again when nothing writes to it", .0.display())]
    Changed(PathBuf),

    /// Whoever was told how far the reading is has ended it.
    #[error("the reading was stopped")]
    Stopped,
}

impl Error {
    /// A file that could not be read.
    pub(crate) fn read(path: &Path, error: std::io::Error) -> Error {
        Error::Read(path.to_path_buf(), Arc::new(error))
    }

    /// True for the errors that many rows may have.
    pub(crate) fn is_counted(&self) -> bool {
        matches!(
            self,
            Error::UnmappedValue { .. }
                | Error::OutOfRange { .. }
                | Error::Design { .. }
                | Error::Unmatched { .. }
        )
    }

    /// How often a counted error occurs.
    pub(crate) fn extent_mut(&mut self) -> Option<&mut Extent> {
        match self {
            Error::UnmappedValue { rows, .. }
            | Error::OutOfRange { rows, .. }
            | Error::Design { rows, .. }
            | Error::Unmatched { count: rows, .. } => Some(rows),
            _ => None,
        }
    }
}

fn value_text(value: &str) -> String {
    if value.is_empty() { "a blank".into() } else { format!("value `{}`", shown(value)) }
}

fn near_text(near: &[String]) -> String {
    match near {
        [] => String::new(),
        names => format!("; near names: `{}`", names.join("`, `")),
    }
}

fn declared_text(declared: &[String]) -> String {
    match declared {
        [] => "; no missing codes are declared".into(),
        codes => format!("; declared missing codes: {}", codes.join(", ")),
    }
}

fn range_text(min: Option<f64>, max: Option<f64>) -> String {
    match (min, max) {
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("{a} or more"),
        (None, Some(b)) => format!("{b} or less"),
        (None, None) => "finite numbers".into(),
    }
}

/// Why a reading stopped: our error, or one of whoever takes the rows.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Ours.
    Ours(Error),
    /// Theirs.
    Theirs(Box<dyn std::error::Error + Send + Sync>),
    /// Enough was read.
    Enough,
}

impl From<Error> for Halt {
    fn from(error: Error) -> Halt {
        Halt::Ours(error)
    }
}
