//! Indicators: numerator, base, age range, reference period and unit, as data.

use crate::{Condition, Missing};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An indicator of the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Identifier, such as `HH7`.
    pub id: String,
    /// Version of the definition; a change of meaning is a new version.
    pub version: String,
    /// Draft, agreed or withdrawn.
    pub status: Status,
    /// Why it is a draft; required then.
    #[serde(default)]
    pub draft_reason: Option<String>,
    /// Full name.
    pub name: String,
    /// The property as a verb phrase after "women" or "households", present tense: `use the Internet`.
    pub statement: String,
    /// Group in the catalogue: access, use, devices, skills, finance, affordability, household, barriers.
    pub topic: String,
    /// Who owns the definition.
    pub custodian: String,
    /// Code in the Sustainable Development Goals, such as `17.8.1`.
    #[serde(default)]
    pub sdg: Option<String>,
    /// Series code in UN files.
    #[serde(default)]
    pub series: Option<String>,
    /// How its figures stand in the SDG structure, where `series` does not say it all.
    #[serde(default)]
    pub sdg_key: SdgKey,
    /// A rate, a share of women, or not split by sex.
    pub kind: IndicatorKind,
    /// What is estimated.
    #[serde(default)]
    pub statistic: Statistic,
    /// Persons or households.
    pub population: Population,
    /// Who is in the base; empty is everybody the survey covers.
    #[serde(default)]
    pub universe: Condition,
    /// The base in words.
    pub universe_text: String,
    /// The property that counts (proportion).
    #[serde(default)]
    pub numerator: Condition,
    /// The numerator in words.
    pub numerator_text: String,
    /// The number that is averaged or added (mean, total) or whose quantile it is, or the numerator
    /// of a ratio.
    #[serde(default)]
    pub value: Option<String>,
    /// The share of a quantile, above 0 and below 1: 0.5 is the median.
    #[serde(default)]
    pub probability: Option<f64>,
    /// The denominator of a ratio: a number.
    #[serde(default)]
    pub denominator: Option<String>,
    /// What an answer that is no code of the list counts as.
    #[serde(default)]
    pub answers: AnswerRules,
    /// Reference period in words.
    pub reference_period: String,
    /// Reference periods of earlier editions of the definition, the earliest first.
    #[serde(default, rename = "earlier_period")]
    pub earlier_periods: Vec<EarlierPeriod>,
    /// Unit in which it is printed: `percent`, `hours`, `persons`.
    pub unit: String,
    /// Which way is good.
    pub direction: Direction,
    /// Breakdown variables it may be split by; sex included if it may.
    #[serde(default)]
    pub breakdowns: Vec<String>,
    /// Families of surveys, by the part of the recipe's id before the slash, for which the
    /// definition is made (`dhs`); none means every survey that has the concepts. The same words
    /// with another age range or another rule for missing answers are another indicator.
    #[serde(default)]
    pub surveys: Vec<String>,
    /// Targets.
    #[serde(default, rename = "target")]
    pub targets: Vec<Target>,
    /// Notes that are printed with every table of it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where the definition comes from.
    pub source: String,
}

/// How figures of an indicator stand in the structure of the Sustainable Development Goals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SdgKey {
    /// The series, where `series` names another source's.
    #[serde(default)]
    pub series: Option<String>,
    /// The series of women over men.
    #[serde(default)]
    pub parity: Option<String>,
    /// Dimension → code, for what the structure puts into a dimension and not into the series.
    #[serde(default)]
    pub dimensions: BTreeMap<String, String>,
}

impl Indicator {
    /// The series of the SDG structure that holds its levels, if it is an indicator of the goals.
    pub fn sdg_series(&self) -> Option<&str> {
        self.sdg.as_ref()?;
        self.sdg_key.series.as_deref().or(self.series.as_deref())
    }
}

/// The reference period of figures of before a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierPeriod {
    /// First year of the later definition.
    pub before: i32,
    /// The period in words: `about 12 months`.
    pub text: String,
}

/// State of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not settled; its tables say so.
    Draft,
    /// Agreed by its custodian.
    Agreed,
    /// No longer in use; kept so that old studies can be read.
    Withdrawn,
}

/// How women and men can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// The share of each sex with a property, or a mean by sex.
    Rate,
    /// Women as a share of a group; parity is one half.
    ShareOfWomen,
    /// Not a property of persons; no gap is ever computed.
    Unsexed,
}

/// What is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Share of the base with the property.
    #[default]
    Proportion,
    /// Mean of a number.
    Mean,
    /// Weighted total of a number, or of the persons with the property.
    Total,
    /// Total of one number over the total of another.
    Ratio,
    /// The smallest value of a number that the share `probability` of the base does not exceed.
    Quantile,
    /// Comes from published figures, never from survey rows.
    Published,
}

/// Whom an indicator describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    /// Individuals.
    Person,
    /// Households.
    Household,
    /// Anything else: prices, coverage, schools.
    Other,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher is better: access, use, skills.
    Higher,
    /// Lower is better: prices, barriers, non-use.
    Lower,
}

/// What a missing answer counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Stays in the base and does not have the property.
    No,
    /// Is left out of the base.
    Out,
}

/// The denominator rule of an indicator, reason by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerRules {
    /// Skipped because of an earlier answer.
    pub not_applicable: Answer,
    /// Don't know.
    pub dont_know: Answer,
    /// Refused.
    pub refused: Answer,
    /// No answer recorded.
    pub not_stated: Answer,
    /// Not part of the interview.
    pub not_asked: Answer,
}

impl Default for AnswerRules {
    /// Not applicable stays in; everything else is left out.
    fn default() -> Self {
        AnswerRules {
            not_applicable: Answer::No,
            dont_know: Answer::Out,
            refused: Answer::Out,
            not_stated: Answer::Out,
            not_asked: Answer::Out,
        }
    }
}

impl AnswerRules {
    /// The rule for one reason.
    pub fn of(&self, reason: Missing) -> Answer {
        match reason {
            Missing::NotStated => self.not_stated,
            Missing::DontKnow => self.dont_know,
            Missing::Refused => self.refused,
            Missing::NotApplicable => self.not_applicable,
            Missing::NotAsked => self.not_asked,
        }
    }
}

/// A target that somebody set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Value in the indicator's own unit as it is printed (percent).
    pub value: f64,
    /// Year by which it is to be reached.
    pub year: i32,
    /// Who set it.
    pub set_by: String,
    /// The group of areas it is set for, by area id: `001` for the world, `199` for the least
    /// developed countries; none means every country.
    #[serde(default)]
    pub group: Option<String>,
    /// Conditions and wording.
    #[serde(default)]
    pub note: Option<String>,
}
