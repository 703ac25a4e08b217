//! Institution styles: the conventions of a publisher's tables, as data.

use serde::Deserialize;
use std::collections::BTreeMap;

/// An institution's table conventions.
///
/// Everything that has an obvious value may be left out of its file. Columns are named by the ids
/// that studies use (`women`, `se_gap`, `n`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Identifier: `world-bank`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Mark of a value that is not available.
    pub not_available: String,
    /// Mark of a withheld value.
    pub withheld: String,
    /// What stands before and after a value of low reliability.
    pub unreliable: (String, String),
    /// Mark of a value that cannot exist.
    pub not_applicable: String,
    /// Mark of an exact zero, where the style has one.
    #[serde(default)]
    pub zero: Option<String>,
    /// Mark of a value that is not zero and would be printed as zero, where the style has one.
    #[serde(default)]
    pub negligible: Option<String>,
    /// Decimals of rates in per cent.
    #[serde(default = "one")]
    pub rate_decimals: u8,
    /// Decimals of parity ratios.
    #[serde(default = "three")]
    pub parity_decimals: u8,
    /// How footnotes are numbered.
    #[serde(default)]
    pub footnotes: Footnotes,
    /// Columns of a table of groups for which a study names none.
    #[serde(default = "columns")]
    pub columns: Vec<String>,
    /// Columns of a table of areas for which a study names none.
    #[serde(default = "area_columns")]
    pub area_columns: Vec<String>,
    /// Where the confidence intervals of a table of groups stand.
    #[serde(default)]
    pub intervals: Beside,
    /// Threshold set by which parity is judged where a study names none.
    #[serde(default = "itu")]
    pub thresholds: String,
    /// Groupings of countries that are shown where a study names none.
    #[serde(default = "sdg_regions")]
    pub groupings: Vec<String>,
    /// Form of the appendix of sampling errors.
    #[serde(default)]
    pub sampling_errors: SamplingErrors,
    /// Shorthand that is set beside a value, by SDMX observation status, `{ B = "b" }`; by nature and status
    /// where a style has a sign for the two together, as for a country's own estimate: `{ "C E" = "(+)" }`.
    #[serde(default)]
    pub flags: BTreeMap<String, String>,
    /// Sentences under every table of figures.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Header texts by column id, where they differ from the usual ones.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Keys of this file whose convention was not read in the institution's own document.
    #[serde(default)]
    pub unverified: Vec<String>,
    /// Where it comes from.
    pub source: String,
}

/// How footnotes are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Footnotes {
    /// a, b, c.
    #[default]
    Letters,
    /// 1, 2, 3.
    Numbers,
}

/// Where the confidence interval of a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Beside {
    /// In the cell of its value.
    #[default]
    Value,
    /// Nowhere but in the columns that are named.
    None,
}

/// Form of the appendix of sampling errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SamplingErrors {
    /// Value, standard error, cases, design effect as DEFT, relative error, two standard errors.
    #[default]
    Dhs,
    /// Value, standard error, coefficient of variation, deff and deft, cases, two standard errors.
    Mics,
}

impl Style {
    /// The shorthand of an observation status of a figure of this nature; none where the style has none.
    pub fn flag(&self, nature: Option<&str>, status: &str) -> Option<&str> {
        let both = nature.and_then(|nature| self.flags.get(&format!("{nature} {status}")));
        both.or_else(|| self.flags.get(status)).map(String::as_str)
    }

    /// Keys of a style's file that state a convention, so that they may be listed as unverified.
    pub const CONVENTIONS: [&str; 17] = [
        "not_available",
        "withheld",
        "unreliable",
        "not_applicable",
        "zero",
        "negligible",
        "rate_decimals",
        "parity_decimals",
        "footnotes",
        "columns",
        "area_columns",
        "intervals",
        "thresholds",
        "groupings",
        "sampling_errors",
        "flags",
        "notes",
    ];
}

fn one() -> u8 {
    1
}

fn three() -> u8 {
    3
}

fn itu() -> String {
    "itu".into()
}

fn sdg_regions() -> Vec<String> {
    vec!["sdg-regions".into()]
}

fn columns() -> Vec<String> {
    ["women", "men", "gap", "parity", "n"].map(String::from).to_vec()
}

/// Source: the standard annex table.
fn area_columns() -> Vec<String> {
    let ids = [
        "year",
        "total",
        "women",
        "men",
        "parity",
        "gap",
        "relative_gap",
        "interval",
        "n",
        "nature",
        "notes",
    ];
    ids.map(String::from).to_vec()
}
