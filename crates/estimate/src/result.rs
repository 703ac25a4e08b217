//! The one row type after estimation.

use crate::{Interval, Linearized, Pairs, SeriesKey, Text, Unit};

/// One result: a key, and a figure or the reason why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// What it is about.
    pub key: SeriesKey,
    /// Unit of the value.
    pub unit: Unit,
    /// The figure, or why there is none.
    pub outcome: Outcome,
    /// How many rows stand behind it. For a measure of two groups, of both together.
    pub counts: Counts,
    /// For a measure of two or more groups: the rows behind each, so that the worst decides.
    pub parts: Vec<Counts>,
    /// What was decided on the way, by stable code.
    pub diagnostics: Vec<Diagnostic>,
}

/// A figure or its absence.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// There is a value.
    Known(Figure),
    /// There is none, for this reason.
    Absent(Absence),
}

impl Outcome {
    /// The figure, if there is one.
    pub fn figure(&self) -> Option<&Figure> {
        match self {
            Outcome::Known(figure) => Some(figure),
            Outcome::Absent(_) => None,
        }
    }
}

/// A value with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Value and uncertainty.
    pub value: Uncertainty,
    /// Degrees of freedom of the t quantile; `None` is infinite (the normal quantile).
    pub df: Option<f64>,
    /// Confidence interval.
    pub interval: Option<Interval>,
    /// Design effect by the study's rule.
    pub deff: Option<f64>,
    /// Effective number of cases, n over the design effect.
    pub n_effective: Option<f64>,
}

impl Figure {
    /// The value.
    pub fn point(&self) -> f64 {
        match &self.value {
            Uncertainty::Linearized(l) => l.value(),
            Uncertainty::KnownSe { value, .. } | Uncertainty::Unknown { value } => *value,
        }
    }

    /// The standard error, where known.
    pub fn se(&self) -> Option<f64> {
        match &self.value {
            Uncertainty::Linearized(l) => Some(l.se()),
            Uncertainty::KnownSe { se, .. } => Some(*se),
            Uncertainty::Unknown { .. } => None,
        }
    }

    /// Coefficient of variation, `None` where the value is 0 or the standard error is unknown.
    pub fn cv(&self) -> Option<f64> {
        let (value, se) = (self.point(), self.se()?);
        (value != 0.0).then(|| se / value.abs())
    }
}

/// How the uncertainty of a value is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncertainty {
    /// From survey rows, with scores.
    Linearized(Linearized),
    /// A published value with its own standard error.
    KnownSe {
        /// Value.
        value: f64,
        /// Standard error.
        se: f64,
    },
    /// A published value without a standard error.
    Unknown {
        /// Value.
        value: f64,
    },
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// No row in the base.
    NoCases,
    /// Rows in the base, none with a weight above zero.
    NoWeight,
    /// The men's rate is zero: no ratio.
    ZeroDenominator,
    /// Both rates are zero.
    NoOneOfEitherSex,
    /// The women's rate is zero: no logarithm.
    ZeroRate,
    /// The survey cannot produce the indicator.
    Unavailable,
    /// The population that a head count needs is not known.
    PopulationUnknown,
    /// The measure does not apply to this kind of indicator.
    NotApplicable,
    /// A part of it has no figure.
    PartAbsent,
    /// Too little of the population of a group of countries is covered by figures.
    CoverageTooLow,
    /// Too many countries of a group have no figure for a sum of persons.
    TooManyMissing,
    /// The source of a published figure withholds it.
    Confidential,
    /// Negative weights, as a linear calibration can give, leave the figure outside its scale.
    NegativeWeights,
    /// Women and men are published by different sources, whose figures are not compared.
    DifferentSources,
}

impl Absence {
    /// The stable code used in data files and notes.
    pub fn id(self) -> &'static str {
        match self {
            Absence::NoCases => "no_cases",
            Absence::NoWeight => "no_weight",
            Absence::ZeroDenominator => "zero_denominator",
            Absence::NoOneOfEitherSex => "no_one_of_either_sex",
            Absence::ZeroRate => "zero_rate",
            Absence::Unavailable => "unavailable",
            Absence::PopulationUnknown => "population_unknown",
            Absence::NotApplicable => "not_applicable",
            Absence::PartAbsent => "part_absent",
            Absence::CoverageTooLow => "coverage_too_low",
            Absence::TooManyMissing => "too_many_missing",
            Absence::Confidential => "confidential",
            Absence::NegativeWeights => "negative_weights",
            Absence::DifferentSources => "different_sources",
        }
    }
}

/// Rows behind a figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// Rows in the base, not missing, with a weight above 0.
    pub n: u64,
    /// Sum of their weights.
    pub weighted: f64,
    /// Rows in the base including those of zero weight.
    pub n_rows: u64,
    /// Rows of `n` that have the property (proportions).
    pub n_numerator: u64,
    /// Rows in the universe (weight above 0) without a usable answer, by reason id.
    pub missing: Pairs<u64>,
    /// PSUs with at least one row of `n`.
    pub psus: u64,
    /// Strata with at least one row of `n`.
    pub strata: u64,
}

/// Something that was decided for the user, with its consequence; ends as a note of the annex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Stable code such as `lonely_psu_adjusted`.
    pub code: Text,
    /// How much attention it needs.
    pub severity: Severity,
    /// The sentence that is printed.
    pub message: Text,
    /// How often it happened; 0 where counting makes no sense.
    pub count: u64,
}

impl Diagnostic {
    /// One that counts nothing, in words of the program.
    pub const fn fixed(
        code: &'static str,
        severity: Severity,
        message: &'static str,
    ) -> Diagnostic {
        Diagnostic { code: Text::fixed(code), severity, message: Text::fixed(message), count: 0 }
    }
}

/// How much attention a diagnostic needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For the record.
    Note,
    /// Changes how a number should be read.
    Caution,
}
