//! One figure with its key, and the columns that say what is where.

use crate::Value;

/// The fixed columns of a stream of observations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Ids of the dimensions, the time dimension among them.
    pub dimensions: Vec<String>,
    /// Id of the measure, mostly `OBS_VALUE`.
    pub measure: String,
    /// Ids of the attributes.
    pub attributes: Vec<String>,
}

impl Columns {
    /// Position of an attribute.
    pub fn attribute(&self, id: &str) -> Option<usize> {
        self.attributes.iter().position(|own| own == id)
    }

    /// Position of a dimension.
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|own| own == id)
    }
}

/// One observation, in the order of its [`Columns`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observation {
    /// Codes of the dimensions.
    pub dimensions: Vec<String>,
    /// The value, if there is one.
    pub value: Option<Value>,
    /// Codes and texts of the attributes. A reader without a structure may meet an attribute only
    /// later: it then comes last, and earlier observations are shorter.
    pub attributes: Vec<Option<String>>,
}

impl Observation {
    /// An attribute by its position; empty is none.
    pub fn attribute(&self, at: usize) -> Option<&str> {
        self.attributes.get(at).and_then(Option::as_deref).filter(|text| !text.is_empty())
    }

    /// The codes of the dimensions, joined by dots.
    pub fn key(&self) -> String {
        self.dimensions.join(".")
    }
}

/// Statuses of a value that is not there.
pub(crate) const MISSING: [&str; 5] = ["H", "L", "M", "O", "Q"];

/// Attributes that are figures, and so never stand beside a withheld value, whatever type a
/// structure gives them.
pub(crate) const FIGURES: [&str; 11] = [
    "LOWER_BOUND",
    "UPPER_BOUND",
    "STD_ERROR",
    "SE",
    "CV",
    "DF",
    "DEFF",
    "N_EFFECTIVE",
    "N",
    "N_WEIGHTED",
    "CONF_LEVEL",
];
