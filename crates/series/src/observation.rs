//! One published figure, and where it stands.

use crate::area::AreaKind;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Unit of a value. Shares are kept as fractions of 1 whatever their unit was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Percent of a whole, 0 to 100 in the file.
    Percent,
    /// Per 100 people: as percent, but not bounded by 100 (subscriptions are not people).
    Per100,
    /// A share, 0 to 1 in the file.
    Fraction,
    /// Percentage points of a difference, −100 to 100 in the file.
    Points,
    /// Anything else, kept as it is: `number`, `years`, `index`.
    Other(Arc<str>),
}

impl Unit {
    /// From the code that a recipe gives: `percent`, `per_100`, `fraction`, `points`, or any other.
    pub fn of(code: &str) -> Unit {
        match code {
            "percent" => Unit::Percent,
            "per_100" => Unit::Per100,
            "fraction" => Unit::Fraction,
            "points" => Unit::Points,
            other => Unit::Other(other.into()),
        }
    }

    /// The code.
    pub fn code(&self) -> &str {
        match self {
            Unit::Percent => "percent",
            Unit::Per100 => "per_100",
            Unit::Fraction => "fraction",
            Unit::Points => "points",
            Unit::Other(code) => code,
        }
    }

    /// True where values are kept as fractions of 1.
    pub fn is_share(&self) -> bool {
        !matches!(self, Unit::Other(_))
    }

    /// What tells figures of one series apart by unit: all shares are alike, `percent` or `fraction`.
    pub fn class(&self) -> &str {
        match self {
            Unit::Percent | Unit::Per100 | Unit::Fraction => "share",
            Unit::Points | Unit::Other(_) => self.code(),
        }
    }

    /// Power of 10 between the file's number and the value.
    pub(crate) fn shift(&self) -> i32 {
        match self {
            Unit::Percent | Unit::Per100 | Unit::Points => -2,
            Unit::Fraction | Unit::Other(_) => 0,
        }
    }

    /// Smallest and largest value, and the range in the file's numbers for messages.
    pub(crate) fn range(&self) -> Option<(f64, f64, &'static str)> {
        match self {
            Unit::Percent => Some((0.0, 1.0, "0 to 100")),
            Unit::Fraction => Some((0.0, 1.0, "0 to 1")),
            Unit::Per100 => Some((0.0, f64::INFINITY, "0 or more")),
            Unit::Points => Some((-1.0, 1.0, "-100 to 100")),
            Unit::Other(_) => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One figure of a published series, with all that its source says about it.
///
/// What identifies it is [`Observation::identity`]: series, area, period, sex, age, every other
/// breakdown and the class of its unit; never the value, its status or its notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Series code: `IT_MOB_OWN`.
    pub indicator: Arc<str>,
    /// Alpha-3 code of a country, or code of a group of countries.
    pub ref_area: Arc<str>,
    /// Country, group, or an area that is no more.
    pub area_kind: AreaKind,
    /// `F`, `M`, `_T` (both, or no breakdown), `_U` (not stated), `_X`, `_O` or `_Z`.
    pub sex: Arc<str>,
    /// Age code, see [`age_range`](crate::age_range).
    pub age: Arc<str>,
    /// Every other breakdown that is not `_T`, by dimension.
    pub breakdowns: BTreeMap<Arc<str>, Arc<str>>,
    /// Period as the source writes it: `2019`, `2019-21`.
    pub time_period: Arc<str>,
    /// Year that the period counts for.
    pub year: i32,
    /// Shares and points as fractions of 1, anything else in its unit; `None` if the source has a
    /// missing code here or the value may not be used, and `obs_status` or the log says why.
    pub value: Option<f64>,
    /// Unit of the source.
    pub unit: Unit,
    /// The value as it stands in the source, with its flags.
    pub text: Arc<str>,
    /// Standard error, scaled as the value.
    pub se: Option<f64>,
    /// Lower bound, scaled as the value.
    pub lower: Option<f64>,
    /// Upper bound, scaled as the value.
    pub upper: Option<f64>,
    /// Nature of the data: `C` country, `CA` country adjusted, `E` estimated, `M` modelled, `G`
    /// global monitoring, `N` non-relevant, `NA` not available.
    pub nature: Option<Arc<str>>,
    /// Codes of the SDMX code list CL_OBS_STATUS, in the order of the source; empty: none stated.
    pub obs_status: Vec<Arc<str>>,
    /// Source of this figure, where the file says so.
    pub source: Option<Arc<str>>,
    /// Edition or release that it belongs to.
    pub edition: Option<Arc<str>>,
    /// Who reports it, by the SDMX code list of reporting types: `G` global, `N` national.
    pub reporting: Option<Arc<str>>,
    /// Notes of the source about this figure.
    pub footnotes: Vec<Arc<str>>,
    /// Name of the file, without folders.
    pub file: Arc<str>,
    /// Line of the file, or row of the sheet, from 1.
    pub line: u64,
    /// Column of the value, in files with several.
    pub column: Option<Arc<str>>,
}

/// What identifies an observation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'a> {
    /// Series.
    pub indicator: &'a str,
    /// Area.
    pub ref_area: &'a str,
    /// Age.
    pub age: &'a str,
    /// Other breakdowns.
    pub breakdowns: &'a BTreeMap<Arc<str>, Arc<str>>,
    /// Period.
    pub time_period: &'a str,
    /// Sex.
    pub sex: &'a str,
    /// [`Unit::class`].
    pub unit: &'a str,
}

impl fmt::Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}, {}", self.indicator, self.ref_area, self.time_period)?;
        write!(f, ", sex {}, age {}, {}", self.sex, self.age, self.unit)?;
        for (dimension, code) in self.breakdowns {
            write!(f, ", {dimension} {code}")?;
        }
        Ok(())
    }
}

impl Observation {
    /// What identifies it among all observations.
    pub fn identity(&self) -> Identity<'_> {
        Identity {
            indicator: &self.indicator,
            ref_area: &self.ref_area,
            age: &self.age,
            breakdowns: &self.breakdowns,
            time_period: &self.time_period,
            sex: &self.sex,
            unit: self.unit.class(),
        }
    }

    /// True if its status has this code.
    pub fn has_status(&self, code: &str) -> bool {
        self.obs_status.iter().any(|s| &**s == code)
    }
}

/// Statuses of the SDMX code list CL_OBS_STATUS.
pub(crate) const STATUSES: [&str; 20] = [
    "A", "B", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "S", "U", "V",
    "W",
];

/// Statuses of a missing value: not collected, not applicable, missing, suppressed.
pub(crate) const MISSING: [&str; 4] = ["L", "M", "O", "Q"];

/// Codes of sex.
pub(crate) const SEXES: [&str; 7] = ["F", "M", "_T", "_U", "_X", "_O", "_Z"];

/// Natures of data, as the SDG database has them.
pub(crate) const NATURES: [&str; 7] = ["C", "CA", "E", "G", "M", "N", "NA"];

/// Something that was noticed and accepted: a stable code, where, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Stable code: `duplicate`, `unit_jump`, `total_outside_sexes`, `not_a_country`.
    pub code: &'static str,
    /// What was found, in words.
    pub message: String,
    /// Name of the file, without folders.
    pub file: Arc<str>,
    /// The first line or row.
    pub line: Option<u64>,
    /// Column of the first, where one is meant.
    pub column: Option<Arc<str>>,
    /// The first value, cut to 80 characters.
    pub value: Option<String>,
    /// How many.
    pub count: u64,
    /// Lines of the first hundred.
    pub lines: Vec<u64>,
}
