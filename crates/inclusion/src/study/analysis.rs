//! What a study says of an analysis: a test, a regression, a decomposition.
//!
//! All keys stand in one table, because a position in the file is known for them only so; which of
//! them belong to which `kind` is checked when the study is held against the registry.

use crate::study::OneOrMany;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// An analysis beyond levels and gaps. What it is about is `indicator`, `concept` or `imputations`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalysisSpec {
    /// Identifier, unique in the study: letters, digits, `-` and `_`.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What is done.
    #[schemars(with = "AnalysisName")]
    pub kind: Spanned<AnalysisName>,
    /// Title of its table; made from what it is about if left out.
    #[serde(default)]
    pub title: Option<String>,
    /// Id of the one survey it is made of; each of the study's if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub survey: Option<Spanned<String>>,
    /// The indicator it is about: one of the study's, a share or a mean.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub indicator: Option<Spanned<String>>,
    /// `covariance`: further indicators of the study, estimated together with `indicator` in the rows
    /// that have an answer to all of them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub also: Vec<Spanned<String>>,
    /// Instead of `indicator`: the concept it is about, a number or, with `codes`, the share of a category. A `test`
    /// takes a category with all its codes.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub concept: Option<Spanned<String>>,
    /// Instead of both: several concepts that are plausible values or imputations of one variable; results
    /// are combined by Rubin's rules. Not for `test`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub imputations: Vec<Spanned<String>>,
    /// The codes of a category that count; with `concept` or `imputations`.
    #[serde(default)]
    #[schemars(with = "Option<OneOrMany>")]
    pub codes: Option<Spanned<OneOrMany>>,
    /// The breakdown. `test`, `t_test`: one category. `decomposition`: what women and men differ in,
    /// such as `education`. `standardise`, `imputation`, `covariance`, `variance`: the groups, such
    /// as `sex * urbanisation`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub by: Option<Spanned<String>>,
    /// Only rows with these codes, one for each category: `{ urbanisation = "R" }`. All PSUs stay in
    /// the variance.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub among: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `test`: which one; `rao_scott_2` if left out.
    #[serde(default)]
    #[schemars(with = "Option<TestName>")]
    pub method: Option<Spanned<TestName>>,
    /// `t_test`: two codes of `by`; the difference is the second minus the first. Needed where `by`
    /// has more than two codes; women and men otherwise are `["F", "M"]`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub groups: Option<Spanned<Vec<String>>>,
    /// `t_test` without `by`: the number that the share (0 to 1) or mean is compared with.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub against: Option<Spanned<f64>>,
    /// `regression`: `logistic` for a share, `linear` for a number, if left out.
    #[serde(default)]
    #[schemars(with = "Option<FamilyName>")]
    pub family: Option<Spanned<FamilyName>>,
    /// `regression`: concepts, and products such as `sex * urbanisation`, which bring their parts.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub terms: Vec<Spanned<String>>,
    /// `regression`: the code of a category that the others are compared with; its first if left out.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub reference: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `regression`, logistic: stop where R's `glm.control(epsilon)` does, instead of at the solution.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub epsilon: Option<Spanned<f64>>,
    /// `standardise`: the category whose composition is held fixed; `age_group` if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub over: Option<Spanned<String>>,
    /// `standardise`: the standard, by code of `over`, as shares or heads; the composition of all
    /// rows of the analysis (`pooled`) if left out.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub standard: BTreeMap<Spanned<String>, Spanned<f64>>,
    /// `standardise`: what `standard` is and where it comes from; needed with it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub standard_source: Option<Spanned<String>>,
}

/// Kind of analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisName {
    /// Whether an indicator or category is independent of a breakdown.
    Test,
    /// Whether two groups differ in a share or mean.
    TTest,
    /// Linear or logistic regression.
    Regression,
    /// Kitagawa's decomposition of the gap between women and men.
    Decomposition,
    /// Direct standardisation.
    Standardise,
    /// Plausible values or imputations by groups.
    Imputation,
    /// Joint estimates of groups with their full covariance matrix.
    Covariance,
    /// The variance of a number in the population, by groups.
    Variance,
}

impl AnalysisName {
    /// As a study writes it.
    pub fn id(self) -> &'static str {
        match self {
            AnalysisName::Test => "test",
            AnalysisName::TTest => "t_test",
            AnalysisName::Regression => "regression",
            AnalysisName::Decomposition => "decomposition",
            AnalysisName::Standardise => "standardise",
            AnalysisName::Imputation => "imputation",
            AnalysisName::Covariance => "covariance",
            AnalysisName::Variance => "variance",
        }
    }
}

/// Test of independence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TestName {
    /// Rao and Scott's second-order correction, an F (R's `F`).
    #[default]
    #[serde(rename = "rao_scott_2")]
    RaoScott2,
    /// Their first-order correction of χ² (R's `Chisq`).
    #[serde(rename = "rao_scott_1")]
    RaoScott1,
    /// Wald's test; needs many more PSUs than cells.
    Wald,
    /// The same, adjusted for few degrees of freedom.
    AdjustedWald,
}

/// Family of a regression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FamilyName {
    /// Of a number, or of a share as it stands.
    Linear,
    /// Of a share.
    Logistic,
}
