//! What a study asks for over several surveys or groups: pools, changes between rounds, contrasts.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Several surveys as one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolSpec {
    /// Identifier, unique among surveys and pools; the source of the pooled figures.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Name as printed, in the place of an area; the id if left out.
    #[serde(default)]
    pub name: Option<String>,
    /// The surveys, by id; two at least.
    #[schemars(with = "Vec<String>")]
    pub surveys: Vec<Spanned<String>>,
    /// How much each survey counts.
    pub weights: PoolWeights,
    /// Area code of the pooled figures; needed where the surveys are of several areas.
    #[serde(default)]
    pub ref_area: Option<String>,
    /// Period of the pooled figures; the surveys' own, or their first and last year, if left out.
    #[serde(default)]
    pub time_period: Option<String>,
}

/// How much each survey counts in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolWeights {
    /// All the same: the mean of the surveys' figures.
    Equal,
    /// The population that the study states of each, by sex for each sex.
    Population,
    /// The surveys' own weights, as if the files were stacked with strata inside surveys.
    Survey,
}

/// A change between two rounds: either `from` and `to`, or `consecutive = true`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSpec {
    /// The earlier round: id of a survey or pool.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub from: Option<Spanned<String>>,
    /// The later round.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
    /// Every survey against the one before it of the same area.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub consecutive: Option<Spanned<bool>>,
    /// Both rounds were taken in the same primary sampling units, with the same ids of strata and units:
    /// a panel, or a master sample. Their figures are then not independent.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub shared_psus: Option<Spanned<bool>>,
    /// Identifier, the source of its figures; `from/to` if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub id: Option<Spanned<String>>,
}

/// Two groups or two cells against each other: either `between`, or `first` and `second`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContrastSpec {
    /// Identifier, the source of its figures.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Name as printed; made from the groups if left out.
    #[serde(default)]
    pub name: Option<String>,
    /// What is said of the two.
    #[serde(default)]
    #[schemars(with = "ContrastName")]
    pub kind: Option<Spanned<ContrastName>>,
    /// A breakdown variable and two of its codes, the first against the second, as in
    /// `{ urbanisation = ["R", "U"] }`: women, men, all, and the gap of the one against that of the other,
    /// in every breakdown of the study that has the variable.
    #[serde(default)]
    #[schemars(with = "Option<BTreeMap<String, Vec<String>>>")]
    pub between: Option<Spanned<BetweenSpec>>,
    /// Surveys in which groups are contrasted (`between`); all if left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub surveys: Vec<Spanned<String>>,
    /// Indicators (`between`); all of the study if left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub indicators: Vec<Spanned<String>>,
    /// The first cell.
    #[serde(default)]
    #[schemars(with = "Option<CellSpec>")]
    pub first: Option<Spanned<CellSpec>>,
    /// The second cell.
    #[serde(default)]
    #[schemars(with = "Option<CellSpec>")]
    pub second: Option<Spanned<CellSpec>>,
    /// Of which figure of the two cells.
    #[serde(default)]
    #[schemars(with = "ContrastOf")]
    pub of: Option<Spanned<ContrastOf>>,
}

/// A breakdown variable and two of its codes.
pub(crate) type BetweenSpec = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

/// What is said of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContrastName {
    /// First minus second.
    #[default]
    Difference,
    /// First over second.
    Ratio,
    /// (First − second) / second.
    Relative,
    /// Logarithm of first over second.
    LogRatio,
}

/// Which figure of two cells is contrasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContrastOf {
    /// The indicator itself.
    #[default]
    Level,
    /// The gap between women and men; with `difference`.
    Gap,
    /// Parity of women and men; with `ratio`.
    Parity,
}

/// One cell of a study.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellSpec {
    /// Survey or pool, by id; may be left out where the study has one survey.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub survey: Option<Spanned<String>>,
    /// Indicator; may be left out where the study has one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub indicator: Option<Spanned<String>>,
    /// Breakdown variables and codes, as in `{ sex = "F", urbanisation = "R" }`; everybody if left out.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub group: BTreeMap<Spanned<String>, Spanned<String>>,
}
