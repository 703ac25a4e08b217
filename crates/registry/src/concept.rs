//! Concepts: the variables that every survey is translated into, with their code lists.

use crate::Condition;
use serde::Deserialize;

/// Why an answer is missing. Stored in a harmonised category column as a negative number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Asked, and no usable answer was recorded.
    NotStated,
    /// The respondent does not know.
    DontKnow,
    /// The respondent refused to answer.
    Refused,
    /// Skipped because of an earlier answer.
    NotApplicable,
    /// The question was not part of this interview.
    NotAsked,
}

impl Missing {
    /// All reasons, in the order of their storage codes −1, −2, …
    pub const ALL: [Missing; 5] = [
        Missing::NotStated,
        Missing::DontKnow,
        Missing::Refused,
        Missing::NotApplicable,
        Missing::NotAsked,
    ];

    /// The number that stands for this reason in a harmonised column: −1 to −5.
    pub fn code(self) -> i16 {
        -1 - self as i16
    }

    /// The reason that a stored number stands for; `None` for a code of the concept.
    pub fn from_code(code: i16) -> Option<Missing> {
        Missing::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The identifier used in registry files, such as `dont_know`.
    pub fn id(self) -> &'static str {
        match self {
            Missing::NotStated => "not_stated",
            Missing::DontKnow => "dont_know",
            Missing::Refused => "refused",
            Missing::NotApplicable => "not_applicable",
            Missing::NotAsked => "not_asked",
        }
    }
}

/// A variable of the harmonised rows: `sex`, `age`, `internet_use`.
///
/// # Open code lists
///
/// Regions and ethnic groups differ from country to country. Such a concept is `open`: it has few
/// codes of its own or none, and each recipe adds its own by `[[concept.region.code]]`
/// ([`crate::Mapping::codes`]). The list that the stored indices refer to is therefore the one of
/// [`crate::Registry::concepts_for`] — the concept's own codes, then the recipe's, in file order —
/// and never `registry.concepts` itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Identifier in snake case, unique in the registry.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// A category with a code list, or a number.
    pub kind: ConceptKind,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
    /// The code list of a category, in printing order.
    #[serde(default, rename = "code")]
    pub codes: Vec<Code>,
    /// Short for the code list `yes`, `no`; the loader fills `codes`.
    #[serde(default)]
    pub yes_no: bool,
    /// Recipes may add codes of their own; see above.
    #[serde(default)]
    pub open: bool,
    /// How the concept is made from others; a recipe may also map it directly, which then wins.
    #[serde(default)]
    pub derive: Option<Derive>,
    /// Smallest plausible value of a number; below is an error in the data.
    #[serde(default)]
    pub min: Option<f64>,
    /// Largest plausible value of a number; above is an error in the data.
    #[serde(default)]
    pub max: Option<f64>,
    /// Unit of a number, for people.
    #[serde(default)]
    pub unit: Option<String>,
    /// The codes have an order (age, wealth), which charts and gradients keep.
    #[serde(default)]
    pub ordered: bool,
    /// May stand in `by`.
    #[serde(default)]
    pub breakdown: bool,
    /// The SDMX dimension of the SDG structure, such as `URBANISATION`.
    #[serde(default)]
    pub dimension: Option<String>,
    /// Source of the definition.
    #[serde(default)]
    pub source: Option<String>,
}

impl Concept {
    /// The codes of a `yes_no` concept.
    pub(crate) fn yes_no_codes() -> Vec<Code> {
        [("yes", "Yes"), ("no", "No")].map(|(id, name)| Code::new(id, name)).into()
    }

    /// Storage index of a code, by its id.
    pub fn index_of(&self, code: &str) -> Option<i16> {
        self.codes.iter().position(|c| c.id == code).map(|i| i as i16)
    }
}

/// What kind of values a concept has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConceptKind {
    /// One of the codes of a list.
    Category,
    /// A finite number.
    Number,
}

/// One value of a category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Identifier, unique in the concept: `F`, `rural`, `15-24`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// A value that is kept in totals and never shown or compared as a group of its own, such as
    /// sex not stated.
    #[serde(default)]
    pub unstated: bool,
    /// Lower end of a band, inclusive.
    #[serde(default)]
    pub min: Option<f64>,
    /// Upper end of a band, inclusive (ages are whole years).
    #[serde(default)]
    pub max: Option<f64>,
    /// Code in the SDG structure's list.
    #[serde(default)]
    pub sdmx: Option<String>,
}

impl Code {
    /// A code with a name and nothing else.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Code {
        let (id, name) = (id.into(), name.into());
        Code { id, name, unstated: false, min: None, max: None, sdmx: None }
    }
}

impl Derive {
    /// Ids of the concepts it is made from, each once, in order.
    pub fn concepts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match self {
            Derive::Band { of } | Derive::Quantile { of, .. } => vec![of.as_str()],
            Derive::Count { of, .. } => of.iter().map(String::as_str).collect(),
            Derive::Cases(cases) => cases.iter().flat_map(|case| case.when.concepts()).collect(),
        };
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// How a concept is made from others.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Derive {
    /// Bands of a number: the `min` and `max` of the codes. A value in no band is `not_applicable`.
    Band {
        /// The number.
        of: String,
    },
    /// How many of the listed categories have one of the codes. The result is a number. A missing
    /// part makes the count missing, except that `not_applicable` counts as none.
    Count {
        /// The categories.
        of: Vec<String>,
        /// The codes that count.
        codes: Vec<String>,
    },
    /// The code of the first case whose condition holds. A test of a missing value does not hold.
    /// If no case holds, the result is the reason of the first concept named (in the order of ids)
    /// that is missing, or else `not_applicable`.
    Cases(Vec<DerivedCase>),
    /// Weighted quantile groups of a number, 1 = lowest.
    Quantile {
        /// The number.
        of: String,
        /// Number of groups; the concept has as many codes.
        groups: u32,
        /// Whose weight is cumulated.
        unit: QuantileUnit,
        /// Where equal values go.
        ties: Ties,
    },
}

/// One line of [`Derive::Cases`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DerivedCase {
    /// The condition; empty means always.
    #[serde(default)]
    pub when: Condition,
    /// The code it gives.
    pub code: String,
}

/// Whose weight a quantile group cumulates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantileUnit {
    /// Every row with its weight: groups hold equal numbers of persons.
    Person,
    /// One row for each household, with its weight: groups hold equal numbers of households.
    Household,
}

/// Where equal values go when they straddle a quantile limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// All into the lower group.
    Lower,
    /// All into the upper group.
    Upper,
}
