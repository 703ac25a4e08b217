//! What a script says, before any program is known.

use super::formula::Formula;
use inclusion_estimate::IntervalMethod;
use inclusion_ingest::Format;
use inclusion_registry::{AnswerRules, Condition, Indicator, Missing, Statistic};
use inclusion_survey::sample::{ReplicateColumns, ReplicateKind};
use inclusion_survey::{DfRule, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// One survey of a study, with what is estimated of it.
pub(super) struct Script {
    /// Lines that say what the script is.
    pub head: Vec<String>,
    /// The files, each with its recipe.
    pub parts: Vec<Part>,
    /// How it is estimated.
    pub options: Options,
    /// Stages of sampling: which columns each has.
    pub stages: Vec<StageKind>,
    /// Where the weight comes from.
    pub weight: WeightKind,
    /// Replicate weights of the file.
    pub replicates: usize,
    /// Codes of the categories that are shown, by concept.
    pub codes: BTreeMap<String, Vec<String>>,
    /// What is estimated.
    pub estimands: Vec<Estimand>,
    /// Women and men were weighted separately.
    pub separate: bool,
    /// The sex of a sample of one file; empty where it has both.
    pub sex: String,
    /// What is not reproduced, and why.
    pub left_out: Vec<String>,
}

impl Script {
    /// The interval of shares by its name in a study.
    pub fn method(&self) -> &'static str {
        match self.options.interval {
            IntervalMethod::Beta => "beta",
            IntervalMethod::Wilson => "wilson",
            IntervalMethod::Mean => "mean",
            IntervalMethod::Asin => "asin",
            IntervalMethod::Likelihood => "likelihood",
            _ => "logit",
        }
    }

    /// The rule of degrees of freedom by its name in a study.
    pub fn df_rule(&self) -> &'static str {
        match self.options.df {
            DfRule::Domain => "domain",
            DfRule::Full => "full",
            DfRule::Infinite => "infinite",
        }
    }

    /// The factor of the sum of squares of replicates.
    pub fn scale(&self, columns: &ReplicateColumns) -> f64 {
        let count = self.replicates as f64;
        columns.scale.unwrap_or(match columns.kind {
            ReplicateKind::Brr => 1.0 / count,
            ReplicateKind::Fay => 1.0 / (count * (1.0 - columns.rho).powi(2)),
            ReplicateKind::Jk1 => (count - 1.0) / count,
            ReplicateKind::Bootstrap if columns.mse => 1.0 / count,
            ReplicateKind::Bootstrap => 1.0 / (count - 1.0),
            ReplicateKind::SuccessiveDifference | ReplicateKind::Acs => 4.0 / count,
            ReplicateKind::Jk2 | ReplicateKind::Jkn | ReplicateKind::Other => 1.0,
        })
    }
}

impl Part {
    /// A column whose missing codes another program's reader may take for blanks: one in which the
    /// file itself declares values missing, or whose tagged missing values the recipe maps.
    pub fn declared_missing(&self) -> Option<&Column> {
        let lost = |column: &Column, keys: &[&String]| match self.tables[column.table].format {
            Format::Spss => !column.blanks.is_empty() || column.blank_range.is_some(),
            Format::Stata | Format::Transport => keys.iter().any(|key| is_tag(key)),
            _ => false,
        };
        let mut mapped = self.mapped().into_iter();
        mapped.find(|(_, column, keys)| lost(column, keys)).map(|(_, column, _)| column)
    }

    /// Columns that concepts are made of, each with the concept and the keys that it looks for.
    pub fn mapped(&self) -> Vec<(&Maker, &Column, Vec<&String>)> {
        let mut mapped = Vec::new();
        for maker in &self.makers {
            match &maker.rule {
                Rule::Column { column, pairs, .. } => {
                    mapped.push((maker, column, pairs.iter().map(|(key, _)| key).collect()));
                }
                Rule::Cases { cases, .. } => {
                    for check in cases.iter().flat_map(|(checks, _)| checks) {
                        mapped.push((maker, &check.column, check.keys()));
                    }
                }
                _ => {}
            }
        }
        mapped
    }
}

/// A tagged missing value: `.a` to `.z`.
pub(super) fn is_tag(key: &str) -> bool {
    matches!(key.as_bytes(), [b'.', b'a'..=b'z'])
}

impl Estimand {
    /// The statistic by its name in the scripts.
    pub fn statistic(&self) -> &'static str {
        match self.indicator.statistic {
            Statistic::Mean => "mean",
            Statistic::Total => "total",
            Statistic::Ratio => "ratio",
            Statistic::Quantile => "quantile",
            _ => "proportion",
        }
    }

    /// The share of a quantile.
    pub fn probability(&self) -> Option<f64> {
        self.indicator.probability.filter(|_| self.indicator.statistic == Statistic::Quantile)
    }

    /// The numbers that are averaged or divided: value and denominator. A total of persons and a
    /// proportion have none.
    pub fn numbers(&self) -> (Option<&String>, Option<&String>) {
        let def = &self.indicator;
        match def.statistic {
            Statistic::Proportion => (None, None),
            Statistic::Ratio => (def.value.as_ref(), def.denominator.as_ref()),
            _ => (def.value.as_ref(), None),
        }
    }

    /// What it is, in one line.
    pub fn words(&self) -> String {
        let def = &self.indicator;
        let text = format!("{}: {}, of {}", def.id, def.numerator_text, def.universe_text);
        text.replace('\n', " ")
    }
}

/// What a stage of sampling has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StageKind {
    pub stratum: bool,
    pub psu: bool,
    pub fpc: bool,
}

/// Where the weight comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeightKind {
    Column,
    Implied,
    One,
}

/// One recipe with its files.
pub(super) struct Part {
    /// The rows' file, then the looked-up files.
    pub tables: Vec<Table>,
    /// Columns that together identify a row.
    pub key: Vec<Column>,
    /// Tests that a row must pass, with the reason.
    pub keep: Vec<(RawCheck, String)>,
    /// Concepts in the order in which they can be made.
    pub makers: Vec<Maker>,
    pub weight: Option<(Column, f64)>,
    pub stages: Vec<StageColumns>,
    pub replicates: Vec<Column>,
    /// The replicate columns hold weights, which are divided as the weight is.
    pub combined: bool,
    pub household: Vec<Column>,
}

impl Part {
    /// The same with nothing but the rows' file and the tests of its rows.
    #[cfg(feature = "cluster")]
    pub fn of_rows(mut self) -> Part {
        self.tables.truncate(1);
        Part {
            key: Vec::new(),
            makers: Vec::new(),
            weight: None,
            stages: vec![StageColumns { stratum: Vec::new(), psu: Vec::new(), fpc: None }],
            replicates: Vec::new(),
            household: Vec::new(),
            ..self
        }
    }
}

/// A file.
pub(super) struct Table {
    /// Its role in the recipe.
    pub role: String,
    /// Its name in the script.
    pub name: String,
    pub paths: Vec<PathBuf>,
    /// Its file is not here, so that the recipe names its columns and the ending of its name the format.
    pub absent: bool,
    pub format: Format,
    pub header_row: u32,
    pub sheet: Option<String>,
    /// Key columns of the rows' file and of this one; empty for the rows' file.
    pub on: Vec<(Column, Column)>,
    /// Rows without a match stay.
    pub keep_unmatched: bool,
    /// Columns that are used.
    pub used: BTreeSet<String>,
}

/// A source column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub table: usize,
    pub name: String,
    /// Stored as text.
    pub text: bool,
    pub decimal: char,
    pub thousands: Option<char>,
    /// Texts and numbers that stand for a blank, as keys.
    pub blanks: Vec<String>,
    pub blank_range: Option<(f64, f64)>,
}

/// Columns of a stage.
pub(super) struct StageColumns {
    pub stratum: Vec<Column>,
    pub psu: Vec<Column>,
    pub fpc: Option<Column>,
}

/// A test of a source column.
#[derive(Debug, Clone)]
pub(super) struct RawCheck {
    pub column: Column,
    /// Accepted values, as keys; the empty one is a blank.
    pub values: Option<Vec<String>>,
    pub min: Option<f64>,
    pub max: Option<f64>,
}

impl RawCheck {
    /// The accepted values.
    pub fn keys(&self) -> Vec<&String> {
        self.values.iter().flatten().collect()
    }
}

/// How a concept is made.
pub(super) struct Maker {
    pub id: String,
    pub name: String,
    /// A number has its reasons in a variable beside it.
    pub number: bool,
    /// All codes of a category, in their order.
    pub codes: Vec<String>,
    pub rule: Rule,
    pub min: Option<f64>,
    pub max: Option<f64>,
}

/// A result is a code, a number as text, or a reason with a point before it: `.dont_know`.
pub(super) enum Rule {
    Fixed(String),
    Column {
        column: Column,
        pairs: Vec<(String, String)>,
        blank: Option<String>,
        others: Option<String>,
        scale: f64,
    },
    Cases {
        cases: Vec<(Vec<RawCheck>, String)>,
        columns: Vec<Column>,
        blank: Option<String>,
        others: Option<String>,
    },
    Band {
        of: String,
        bands: Vec<(String, Option<f64>, Option<f64>)>,
    },
    Count {
        of: Vec<String>,
        codes: Vec<String>,
    },
    Derived {
        cases: Vec<(Condition, String)>,
        needs: Vec<String>,
    },
    Quantile {
        of: String,
        codes: Vec<String>,
        household: bool,
        upper: bool,
    },
}

/// One indicator and its breakdowns.
pub(super) struct Estimand {
    /// Its name as a variable.
    pub name: String,
    pub indicator: Indicator,
    /// It is a share.
    pub share: bool,
    pub splits: Vec<SplitBy>,
    pub measures: Vec<Formula>,
    /// Measures that count persons, of the whole survey only; and whether its population is that of
    /// the survey, so that every row must be in the base.
    pub persons: Vec<Formula>,
    pub population: Option<(f64, f64)>,
    pub whole_survey: bool,
    pub headcount: bool,
}

/// A breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SplitBy {
    pub by: Vec<String>,
    pub sex: bool,
}

/// Reasons that leave a row out of the base.
pub(super) fn out(rules: &AnswerRules) -> Vec<String> {
    let leaves = |m: &Missing| rules.of(*m) == inclusion_registry::Answer::Out;
    Missing::ALL.into_iter().filter(leaves).map(reason).collect()
}

/// A reason as it is written in a script.
pub(super) fn reason(missing: Missing) -> String {
    format!(".{}", missing.id())
}
