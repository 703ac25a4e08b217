//! Errors of registry files, each naming the user's file, line and column.

use std::fmt;
use std::path::PathBuf;

/// A place in a user's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File as the user named it; `built-in:…` for the program's own.
    pub file: PathBuf,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column, from 1; 0 where the whole line is meant.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in a text.
    pub fn at(file: impl Into<PathBuf>, text: &str, offset: usize) -> Place {
        let head = &text[..offset.min(text.len())];
        let line = head.matches('\n').count() + 1;
        let column = head.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Place { file: file.into(), line, column }
    }

    /// A whole file.
    pub fn file(file: impl Into<PathBuf>) -> Place {
        Place { file: file.into(), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        Ok(())
    }
}

/// Why a registry could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {0}")]
    Read(PathBuf, #[source] std::io::Error),

    /// A file is not what its folder says.
    #[error("{place}: {message}")]
    Invalid {
        /// Where.
        place: Place,
        /// What is wrong and what to do.
        message: String,
    },

    /// Something names a thing that is not in the registry.
    #[error("{place}: no {kind} `{name}`{}", suggestion.as_ref().map(|s| format!("; did you mean `{s}`?")).unwrap_or_default())]
    Unknown {
        /// Where it is named.
        place: Place,
        /// What kind of thing: `concept`, `indicator`.
        kind: &'static str,
        /// The name.
        name: String,
        /// The nearest name.
        suggestion: Option<String>,
    },
}
