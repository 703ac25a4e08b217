//! Recipes: how the files of one survey become harmonised rows, as data.

use crate::{AnswerRules, Code, Condition, Design, Missing, Population};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How one survey round, or one of its files, is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Identifier with the survey before the slash: `tic-domicilios/2015`.
    pub id: String,
    /// Version of the recipe.
    pub version: String,
    /// Name of the survey, for source lines.
    pub name: String,
    /// Who made the survey.
    pub producer: String,
    /// What a row of the result describes.
    pub population: Population,
    /// Who is covered, in words: `individuals aged 10 and over`.
    pub coverage: String,
    /// Area if the recipe is of one country's survey.
    #[serde(default)]
    pub ref_area: Option<String>,
    /// Column of the rows' file with the code of the area, where one file holds several areas. A
    /// sample is of one area, so the rows that are used have one value here; `ref_area` is that
    /// value where a study states it.
    #[serde(default)]
    pub area_column: Option<String>,
    /// Period if the recipe is of one round.
    #[serde(default)]
    pub time_period: Option<String>,
    /// Notes printed with every table made from it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where the rules come from.
    pub source: String,
    /// The role of the file whose rows are kept.
    pub rows: String,
    /// The files by role, with reading options.
    #[serde(rename = "file")]
    pub files: BTreeMap<String, FileSpec>,
    /// Files whose columns are looked up for each row.
    #[serde(default, rename = "join")]
    pub joins: Vec<Join>,
    /// Rows that are kept; all tests must hold.
    #[serde(default, rename = "keep")]
    pub keep: Vec<Keep>,
    /// Columns that together identify a row; duplicates are an error.
    #[serde(default)]
    pub key: Vec<String>,
    /// Columns that identify the household, for quantile groups of households.
    #[serde(default)]
    pub household_key: Vec<String>,
    /// Sampling design.
    pub design: Design,
    /// How each concept is made.
    #[serde(rename = "concept")]
    pub concepts: BTreeMap<String, Mapping>,
    /// The survey's own denominator rule, which replaces that of every indicator.
    #[serde(default)]
    pub answers: Option<AnswerRules>,
    /// What this survey does differently for single indicators.
    #[serde(default, rename = "indicator")]
    pub indicators: BTreeMap<String, Override>,
}

/// Reading options of one file. What is left out is sniffed from the content.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSpec {
    /// What the file holds, for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Field delimiter of delimited text.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// Decimal mark, `.` if left out.
    #[serde(default)]
    pub decimal: Option<char>,
    /// Encoding label (`utf-8`, `latin-1`, `cp1252`, `utf-16`); sniffed from a byte order mark if left out, else UTF-8.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Texts that stand for a missing value in every column; the empty field always does.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Sheet of a workbook; the first if left out.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Line of the header, from 1.
    #[serde(default)]
    pub header_row: Option<u32>,
    /// `any` accepts digits of every script.
    #[serde(default)]
    pub digits: Option<String>,
    /// Thousands separator that numbers may have.
    #[serde(default)]
    pub thousands: Option<char>,
}

/// A file whose columns are looked up by key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Role of the file that is looked up.
    pub file: String,
    /// Key columns: column of the rows' file = column of the looked-up file.
    pub on: BTreeMap<String, String>,
    /// What happens to a row without a match.
    #[serde(default)]
    pub unmatched: Unmatched,
}

/// What happens to a row without a match in a joined file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmatched {
    /// The run stops and lists the first keys.
    #[default]
    Fail,
    /// The row stays; concepts of the joined file are `not_stated`; the report counts them.
    Keep,
}

/// A test of one source column that a row must pass to be used.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Source column.
    pub column: String,
    /// Accepted values.
    #[serde(default)]
    pub values: Vec<String>,
    /// Smallest accepted number.
    #[serde(default)]
    pub min: Option<f64>,
    /// Largest accepted number.
    #[serde(default)]
    pub max: Option<f64>,
    /// Why, for the quality log.
    pub reason: String,
}

/// How one concept is made from source columns.
///
/// Exactly one of `column`, `fixed` and `cases`. A number has `column`, and `scale`, `missing` and
/// `blank` where needed. A value that none of `map`, `missing`, `blank` and
/// `others` covers is an error: nothing is ever guessed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Source column.
    #[serde(default)]
    pub column: Option<String>,
    /// Role of the file that holds it; the rows' file if left out.
    #[serde(default)]
    pub file: Option<String>,
    /// The same code for every row.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The keys of `map` and `missing` are value labels instead of values.
    #[serde(default)]
    pub labels: bool,
    /// Source value → code. Whole numbers match however they are stored (`1`, `1.0`, `01`).
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Source value → reason. Tagged missing values are written `.a` to `.z`.
    #[serde(default)]
    pub missing: BTreeMap<String, Missing>,
    /// What an empty field, a system-missing or a missing code of the file counts as.
    #[serde(default)]
    pub blank: Option<Missing>,
    /// The code of a blank, where the survey's rules say that a blank is an answer.
    #[serde(default)]
    pub blank_code: Option<String>,
    /// The code of every value not listed.
    #[serde(default)]
    pub others: Option<String>,
    /// The first case whose tests all hold.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// A number is multiplied by this.
    #[serde(default)]
    pub scale: Option<f64>,
    /// Codes that this survey adds to an open concept, such as its regions.
    #[serde(default, rename = "code")]
    pub codes: Vec<Code>,
    /// Note printed where the annex says how the number was made. What makes an indicator an
    /// approximation is a [`Override::proxy`], which every table and data row carries.
    #[serde(default)]
    pub note: Option<String>,
}

/// One case of a mapping over several columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Column → test; all must hold; empty means always.
    #[serde(default)]
    pub when: BTreeMap<String, RawTest>,
    /// The code it gives …
    #[serde(default)]
    pub code: Option<String>,
    /// … or the reason.
    #[serde(default)]
    pub missing: Option<Missing>,
}

/// What one source column must be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum RawTest {
    /// One of these values (labels where the mapping says `labels`); `""` is a blank.
    Values(Vec<String>),
    /// A number in this range, both ends inclusive.
    Range {
        /// Smallest value.
        min: Option<f64>,
        /// Largest value.
        max: Option<f64>,
    },
}

/// What a survey does differently for one indicator.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Another denominator rule, as the survey's own reports use it.
    #[serde(default)]
    pub answers: Option<AnswerRules>,
    /// Another universe, where the survey covers less.
    #[serde(default)]
    pub universe: Option<Condition>,
    /// Another numerator, where only a proxy can be had; needs `proxy`.
    #[serde(default)]
    pub numerator: Option<Condition>,
    /// The indicator is only approximated; the note becomes a footnote.
    #[serde(default)]
    pub proxy: Option<String>,
    /// The indicator cannot be had from this survey although its concepts are there; says why.
    #[serde(default)]
    pub unavailable: Option<String>,
}
