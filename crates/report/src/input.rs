//! What an annex is made of: reviewed rows, definitions, and what the study asks to be shown.
//!
//! No clock and no environment: the caller decides the date, so that the same input gives the same
//! bytes.

use crate::{CellContrast, Column, Comparison, WorldInput};
use inclusion_disclosure::Publishable;
use inclusion_estimate::{Diagnostic, Text};
use inclusion_registry::{
    AnswerRules, Concept, Indicator, Policy, Registry, SamplingErrors, Style, ThresholdSet,
};
use std::collections::BTreeMap;

/// Everything that an annex is built from.
#[derive(Debug, Clone)]
pub struct AnnexInput<'a> {
    /// Title of the study.
    pub title: String,
    /// Second line, where the study has one.
    pub subtitle: Option<String>,
    /// Identifier of the study, used in file names.
    pub study_id: String,
    /// The institution's conventions.
    pub style: &'a Style,
    /// Concepts and their code lists.
    pub registry: &'a Registry,
    /// The reviewed rows; nothing else is ever printed.
    pub publishable: &'a Publishable,
    /// The surveys, in the study's order.
    pub surveys: Vec<SurveyInfo>,
    /// The indicators, in the study's order.
    pub indicators: Vec<IndicatorInfo>,
    /// The tables. Appendix tables that are not asked for here are added.
    pub tables: Vec<TableSpec>,
    /// Changes between rounds and contrasts of groups, each a table.
    pub comparisons: Vec<Comparison>,
    /// Contrasts of single cells, all in one table.
    pub contrasts: Vec<CellContrast>,
    /// The charts; the first stands on the first page.
    pub charts: Vec<ChartSpec>,
    /// Published figures of countries and groups, where the study has some.
    pub world: Option<WorldInput>,
    /// The set that verdicts name.
    pub thresholds: Option<&'a ThresholdSet>,
    /// How it was estimated, in words.
    pub estimation: Estimation,
    /// The disclosure profile.
    pub policy: &'a Policy,
    /// The quality log of the whole run.
    pub diagnostics: Vec<Diagnostic>,
    /// Hash of everything that decides how numbers are made.
    pub methods_hash: String,
    /// Version of the program.
    pub program_version: String,
    /// Date to be printed, if any.
    pub date: Option<String>,
}

/// A survey as sources and source lines name it.
#[derive(Debug, Clone, Default)]
pub struct SurveyInfo {
    /// The id that estimates carry as their source.
    pub source: Text,
    /// Name: `TIC Domicílios 2015`.
    pub name: String,
    /// Who made it.
    pub producer: String,
    /// Area code of its estimates.
    pub ref_area: Text,
    /// Name of the area.
    pub area_name: String,
    /// Period of its estimates.
    pub time_period: Text,
    /// Who is covered, in words.
    pub coverage: String,
    /// Notes printed with every table made from it.
    pub notes: Vec<String>,
    /// Women and men of the whole survey, where the study states them: numbers and source.
    pub population: Option<String>,
    /// Sampling design in words.
    pub design: String,
    /// Its files.
    pub files: Vec<SourceFile>,
    /// It is made of other surveys that stand here: no source of its own, and no place more.
    pub pooled: bool,
    /// Standard errors show the effect of the weights only; every table says so.
    pub clustering_unknown: bool,
    /// Its standard errors come from replicate weights.
    pub replicated: bool,
    /// Concepts as its recipe has them ([`Registry::concepts_for`]): regions have their names here.
    /// A concept that is not here is the registry's.
    pub concepts: BTreeMap<String, Concept>,
}

impl SurveyInfo {
    /// The name of the area, or its code.
    pub(crate) fn area(&self) -> &str {
        if self.area_name.is_empty() { &self.ref_area } else { &self.area_name }
    }

    /// `Brazil, 2015`.
    pub(crate) fn place(&self) -> String {
        match self.time_period.as_str() {
            "" => self.area().to_string(),
            period => format!("{}, {period}", self.area()),
        }
    }
}

/// A source file with its hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// How the file is called for readers: its role and name, not a path of one machine.
    pub label: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Rows read.
    pub rows: u64,
}

/// An indicator and what each survey can give of it.
#[derive(Debug, Clone)]
pub struct IndicatorInfo {
    /// The definition.
    pub indicator: Indicator,
    /// By source id; a survey that is not here gives the indicator as defined.
    pub by_source: BTreeMap<String, SourceIndicator>,
}

/// What one survey does with an indicator.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceIndicator {
    /// It is approximated; the note.
    pub proxy: Option<String>,
    /// It cannot be had; the reason.
    pub unavailable: Option<String>,
    /// The survey's own denominator rule, where it differs from the definition.
    pub answers: Option<AnswerRules>,
    /// Population of its base, where the study states one of its own for it: numbers and source.
    pub population: Option<String>,
    /// How source columns became the indicator, one sentence each.
    pub mapping: Vec<String>,
}

/// How figures were estimated, in words, for notes and definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimation {
    /// Confidence level asked for.
    pub level: f64,
    /// Interval of shares that was asked for: `logit`.
    pub interval: String,
    /// Which value is a quantile: `math`.
    pub quantile_rule: String,
    /// How the interval of a quantile is made: `mean`, `replicated`.
    pub quantile_interval: String,
    /// Rule of the degrees of freedom.
    pub df: String,
    /// Which design effect.
    pub deff: String,
    /// What was done with a stratum of one PSU.
    pub lonely_psu: String,
    /// Names of what a row must state to be in any base.
    pub only_stated: Vec<String>,
}

impl Default for Estimation {
    fn default() -> Estimation {
        Estimation {
            level: 0.95,
            interval: "logit".into(),
            quantile_rule: "math".into(),
            quantile_interval: "mean".into(),
            df: "primary sampling units minus strata that hold rows of the domain; for a gap, of \
                 the domains of women and men together"
                .into(),
            deff: "DEFT² = variance over r(1 − r)/n, n unweighted".into(),
            lonely_psu: "a stratum with one primary sampling unit stops the run".into(),
            only_stated: Vec::new(),
        }
    }
}

/// One table that the study asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSpec {
    /// Title; made from the indicator if left out.
    pub title: Option<String>,
    /// Indicator id.
    pub indicator: String,
    /// Breakdowns of the rows: concept ids, or crosses such as `urbanisation * age_group`. The
    /// row for all persons comes first.
    pub rows: Vec<String>,
    /// A concept whose codes are spanners over the columns.
    pub across: Option<String>,
    /// Columns, in order; empty takes the kind's own.
    pub columns: Vec<Column>,
    /// Where intervals stand.
    pub intervals: Intervals,
    /// Which of the standard layouts.
    pub kind: TableKind,
}

impl Default for TableSpec {
    fn default() -> TableSpec {
        TableSpec {
            title: None,
            indicator: String::new(),
            rows: Vec::new(),
            across: None,
            columns: Vec::new(),
            intervals: Intervals::WithValue,
            kind: TableKind::Breakdown,
        }
    }
}

/// Where the intervals of a table's values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Intervals {
    /// Beside each value.
    #[default]
    WithValue,
    /// Only in interval columns, where there are any.
    Columns,
}

/// The standard layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableKind {
    /// Groups of a breakdown in the rows.
    #[default]
    Breakdown,
    /// One row for each area and year, with a second table of sources.
    Standard,
    /// The appendix of sampling errors.
    SamplingErrors(SamplingErrors),
    /// Item non-response by sex.
    Nonresponse,
}

/// One chart that the study asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartSpec {
    /// What it looks like.
    pub kind: ChartKind,
    /// Indicator id.
    pub indicator: String,
    /// Breakdown of the rows: a concept id, a cross, or nothing for one row a survey.
    pub rows: Option<String>,
}

/// What a chart looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Women and men as two marks on a line.
    Dumbbell,
    /// Gaps with their intervals against zero.
    Forest,
    /// Grouped bars.
    Bars,
    /// Gaps as stems from equality, the largest on top.
    Lollipop,
    /// Ranks of the gaps with their intervals.
    Ranking,
    /// Steps of an order, such as quintiles, for women and men.
    Ridgeline,
}

impl ChartKind {
    /// Reads the id that studies use.
    pub fn parse(text: &str) -> Option<ChartKind> {
        match text {
            "dumbbell" => Some(ChartKind::Dumbbell),
            "forest" => Some(ChartKind::Forest),
            "bars" => Some(ChartKind::Bars),
            "lollipop" => Some(ChartKind::Lollipop),
            "ranking" => Some(ChartKind::Ranking),
            "ridgeline" => Some(ChartKind::Ridgeline),
            _ => None,
        }
    }

    /// The ids that [`ChartKind::parse`] accepts.
    pub const IDS: [&'static str; 6] =
        ["dumbbell", "forest", "bars", "lollipop", "ranking", "ridgeline"];
}
