//! Errors of reading series: each names the user's file, line, column and value, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// File as the user named it.
    pub file: PathBuf,
    /// `line` (delimited text) or `row` (workbooks and given rows), counted from 1.
    pub word: &'static str,
    /// Number of the line or row; `None` where the whole file is meant.
    pub number: Option<u64>,
    /// Observations of that line, the first and the last, counted from 1 through the file; only of
    /// files that hold observations, not rows.
    pub observations: Option<(u64, u64)>,
    /// Name and position (from 1) of the column.
    pub column: Option<(String, usize)>,
    /// Address of a cell of a workbook, `Data!C7`.
    pub cell: Option<String>,
}

impl Spot {
    /// A whole file.
    pub fn file(path: &Path) -> Spot {
        Spot {
            file: path.to_path_buf(),
            word: "line",
            number: None,
            observations: None,
            column: None,
            cell: None,
        }
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
        match self.observations {
            Some((first, last)) if first == last => write!(f, " (observation {first})")?,
            Some((first, last)) => write!(f, " (one of observations {first} to {last})")?,
            None => {}
        }
        if let Some((name, position)) = &self.column {
            match position {
                0 => write!(f, ", column `{}`", shown(name))?,
                _ => write!(f, ", column {position} `{}`", shown(name))?,
            }
        }
        if let Some(cell) = &self.cell {
            write!(f, " (cell {cell})")?;
        }
        Ok(())
    }
}

/// A count with its noun: `1 row`, `2 rows`.
pub(crate) fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The name of a file for logs, which are published: no folder of this machine.
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

/// Why a file could not be read as series.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Read(PathBuf, #[source] Arc<std::io::Error>),

    /// The file is broken, incomplete, or not what the recipe says.
    #[error("{spot}: {message}")]
    File {
        /// Where.
        spot: Spot,
        /// What is wrong and what to do.
        message: String,
    },

    /// A row has another number of fields than the header.
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

    /// A column that the recipe names is not in the file.
    #[error("{}: no column `{wanted}`, which recipe {recipe} needs for {role}{}{}", file.display(), near_text(near), first_text(first))]
    MissingColumn {
        /// Recipe.
        recipe: String,
        /// What the column is needed for: `area`, `dimension sex`.
        role: String,
        /// Name in the recipe.
        wanted: String,
        /// File.
        file: PathBuf,
        /// Names that are near.
        near: Vec<String>,
        /// The first rows of the file, where none of them may be the header.
        first: Vec<String>,
    },

    /// The recipe, or what was asked of it, cannot be used.
    #[error("recipe {recipe}: {message}")]
    Recipe {
        /// Recipe.
        recipe: String,
        /// What is wrong and what to do.
        message: String,
    },

    /// A recipe file is wrong.
    #[error(transparent)]
    RecipeFile(Arc<inclusion_registry::Error>),

    /// A value that the recipe does not cover.
    #[error(
        "{spot}: {} is not covered by {role} of recipe {recipe}{}; map it, or leave such rows out with `[[skip]]`",
        value_text(value),
        near_text(near)
    )]
    UnmappedValue {
        /// Place.
        spot: Spot,
        /// Value; empty for a blank.
        value: String,
        /// What it is for.
        role: String,
        /// Recipe.
        recipe: String,
        /// Mapped values that are near.
        near: Vec<String>,
    },

    /// Areas that nobody knows: all of the file, so that they can be mended at once.
    #[error("{spot}: {} not known: {}; map each in the recipe's `[area]`, or leave its rows out with `[[skip]]`", unknown_text(areas), areas.join("; "))]
    UnknownAreas {
        /// First place.
        spot: Spot,
        /// Value, its first line and the nearest names of each.
        areas: Vec<String>,
    },

    /// A text that should be a number.
    #[error(
        "{spot}: {} is not a number for {role}; {hint}{}",
        value_text(value),
        declared_text(declared)
    )]
    NotANumber {
        /// Place.
        spot: Spot,
        /// Value.
        value: String,
        /// What it is for.
        role: String,
        /// What to do.
        hint: String,
        /// Texts declared missing.
        declared: Vec<String>,
    },

    /// A text that is no period.
    #[error("{spot}: `{}` is not a year; {hint}", shown(value))]
    Period {
        /// Place.
        spot: Spot,
        /// Value.
        value: String,
        /// What to do.
        hint: String,
    },

    /// A share outside 0 to 100 %.
    #[error(
        "{spot}: {} is outside {range} of unit `{unit}`; correct it, give another unit, or set `out_of_range = \"withhold\"` in the recipe",
        shown(value)
    )]
    OutOfRange {
        /// Place.
        spot: Spot,
        /// Value as it stands in the file.
        value: String,
        /// Unit.
        unit: String,
        /// Range, `0 to 100`.
        range: &'static str,
    },

    /// Two rows are of the same area, series, sex, age, breakdowns and period, and differ.
    #[error("{second}: {what} is {} here and {} in {first}; {} found; keep one, or declare the column that tells them apart as a dimension{}", shown(values.1.as_str()), shown(values.0.as_str()), counted(*count, "conflict"), unused_text(unused))]
    Conflict {
        /// First row.
        first: Spot,
        /// Second row.
        second: Spot,
        /// Identity of the row.
        what: String,
        /// The two values as they stand in the file.
        values: (String, String),
        /// Number of conflicts.
        count: u64,
        /// Columns that no part of the recipe uses.
        unused: Vec<String>,
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
}

impl Error {
    /// A file that could not be read.
    pub(crate) fn read(path: &Path, error: std::io::Error) -> Error {
        Error::Read(path.to_path_buf(), Arc::new(error))
    }

    /// A file that is not what it should be.
    pub(crate) fn file(path: &Path, message: impl Into<String>) -> Error {
        Error::File { spot: Spot::file(path), message: message.into() }
    }
}

impl From<inclusion_registry::Error> for Error {
    fn from(error: inclusion_registry::Error) -> Error {
        Error::RecipeFile(Arc::new(error))
    }
}

fn value_text(value: &str) -> String {
    if value.is_empty() { "a blank".into() } else { format!("value `{}`", shown(value)) }
}

fn near_text(near: &[String]) -> String {
    match near {
        [] => String::new(),
        names => format!("; near: `{}`", names.join("`, `")),
    }
}

fn first_text(rows: &[String]) -> String {
    match rows {
        [] => String::new(),
        rows => format!("; set `header_row`; the first rows are {}", rows.join(" // ")),
    }
}

fn unused_text(columns: &[String]) -> String {
    match columns {
        [] => String::new(),
        names => format!("; columns that the recipe does not use: `{}`", names.join("`, `")),
    }
}

fn unknown_text(areas: &[String]) -> String {
    let n = areas.len() as u64;
    format!("{} {}", counted(n, "area"), if n == 1 { "is" } else { "are" })
}

fn declared_text(declared: &[String]) -> String {
    match declared {
        [] => "; no missing codes are declared".into(),
        codes => format!("; declared missing codes: `{}`", codes.join("`, `")),
    }
}
