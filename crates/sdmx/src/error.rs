//! What stops a reader or a writer, with the place in the user's file.

use std::fmt;
use std::path::PathBuf;

/// A place in a file, or an observation of what is being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// File as the user named it; empty for output.
    pub file: PathBuf,
    /// Line, from 1; 0 where there is none.
    pub line: u64,
    /// Column of the element in bytes, from 1 (XML); 0 where the whole line is meant.
    pub column: u64,
    /// Observation, from 1; 0 where none is meant.
    pub observation: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if !self.file.as_os_str().is_empty() {
            write!(f, "{}", self.file.display())?;
            if self.line > 0 {
                write!(f, ":{}", self.line)?;
            }
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
            separator = ", ";
        }
        if self.observation > 0 {
            write!(f, "{separator}observation {}", self.observation)?;
        }
        Ok(())
    }
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {0}")]
    Read(PathBuf, #[source] std::io::Error),

    /// The output could not be written.
    #[error("cannot write the observations")]
    Write(#[from] std::io::Error),

    /// A document type definition: it could hold entities that expand without end or name files.
    #[error("{0}: DTD not allowed; remove the DOCTYPE")]
    Dtd(Place),

    /// The file is not what it should be.
    #[error("{place}: {message}")]
    Invalid {
        /// Where.
        place: Place,
        /// What is wrong and what to do.
        message: String,
    },

    /// One observation is against the structure or the rules. A reader can go on after it.
    #[error("{place}: {problem}")]
    Observation {
        /// Where.
        place: Place,
        /// What is wrong.
        problem: Box<Problem>,
    },

    /// The structure or the options do not fit what is asked.
    #[error("{0}")]
    Structure(String),
}

impl Error {
    /// Something wrong at a place.
    pub(crate) fn invalid(place: Place, message: impl Into<String>) -> Error {
        Error::Invalid { place, message: message.into() }
    }

    /// The problem of one observation, if it is that.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Error::Observation { problem, .. } => Some(problem),
            _ => None,
        }
    }
}

/// What is wrong with one observation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A code that its list does not have.
    #[error("{component} has no code `{code}` in {list}; nearest: {}", quoted(nearest))]
    UnknownCode {
        /// Dimension or attribute.
        component: String,
        /// The code.
        code: String,
        /// The code list.
        list: String,
        /// The nearest codes, nearest first.
        nearest: Vec<String>,
    },

    /// A dimension without a value.
    #[error("dimension {0} is empty")]
    EmptyDimension(String),

    /// A mandatory attribute without a value.
    #[error("mandatory attribute {0} is empty")]
    EmptyAttribute(String),

    /// The key stands there already.
    #[error("the key {key} stands in {first} already{}", if *differs { " with another value" } else { "" })]
    Duplicate {
        /// The codes of the dimensions, joined by dots.
        key: String,
        /// Where it stands first: `line 4` or `observation 3`.
        first: String,
        /// The values differ.
        differs: bool,
    },

    /// A text that should be a number.
    #[error("{component} `{text}` is not a finite number with a decimal point")]
    NotANumber {
        /// Measure or attribute.
        component: String,
        /// The text.
        text: String,
    },

    /// A time period that is none.
    #[error(
        "TIME_PERIOD `{0}` is not a period such as 2022, 2022-Q1, 2022-07 or 2022-01-01/P2Y; give the year and put the rest into TIME_DETAIL"
    )]
    TimePeriod(String),

    /// A value, bound or count beside the status of a withheld or missing value.
    #[error(
        "{component} stands beside OBS_STATUS {status} ({}); remove it or correct the status",
        if status == "Q" { "suppressed" } else { "missing" }
    )]
    FigureWithoutValue {
        /// The measure or attribute that stands there.
        component: String,
        /// The status.
        status: String,
    },

    /// No value, and the status does not say why.
    #[error(
        "no value, and OBS_STATUS {} does not say why; use H, L, M, O or Q",
        if .0.is_empty() { "is empty and" } else { .0 }
    )]
    NoReason(String),

    /// A combination that the series does not take.
    #[error(
        "{component} `{code}` is not allowed for {series} (allowed: {allowed}); mark the series as the project's own if it is meant"
    )]
    NotAllowed {
        /// The series.
        series: String,
        /// Dimension or attribute.
        component: String,
        /// Its code.
        code: String,
        /// The codes that are allowed, joined by `;`.
        allowed: String,
    },

    /// A series that the file of constraints does not list.
    #[error(
        "series `{series}` is not among the constraints{}; mark the series as the project's own if it is meant",
        if nearest.is_empty() { String::new() } else { format!("; nearest: {}", quoted(nearest)) }
    )]
    UnknownSeries {
        /// The series.
        series: String,
        /// The nearest series.
        nearest: Vec<String>,
    },

    /// A key that a content constraint leaves out.
    #[error("the key {key} is outside the constraint {constraint}")]
    OutsideConstraint {
        /// The codes of the dimensions, joined by dots.
        key: String,
        /// The constraint.
        constraint: String,
    },

    /// A character that XML cannot hold.
    #[error("{component} holds the control character U+{code:04X}; remove it")]
    Control {
        /// Dimension or attribute.
        component: String,
        /// The character.
        code: u32,
    },

    /// The row has another number of codes than the structure.
    #[error("{found} {what} where the columns are {expected}")]
    Shape {
        /// Dimensions or attributes.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
}

pub(crate) fn quoted(codes: &[String]) -> String {
    match codes {
        [] => "none".into(),
        _ => codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", "),
    }
}
