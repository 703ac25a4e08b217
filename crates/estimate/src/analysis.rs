//! What a test, a regression or a decomposition gives, before anybody decides whether it may be shown.
//!
//! One row type serves all kinds; what a kind does not have stays `None`. A figure that could not be
//! had has a reason, as everywhere: an analysis without rows says why.

use crate::{Absence, SeriesKey, Unit};

/// Kind of analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnalysisKind {
    /// Test of independence.
    Test,
    /// Test of a difference.
    TTest,
    /// Linear or logistic regression.
    Regression,
    /// Decomposition of a gap.
    Decomposition,
    /// Standardised rates.
    Standardise,
    /// Estimates combined over imputations.
    Imputation,
    /// Joint estimates.
    Covariance,
    /// Variances in the population.
    Variance,
}

impl AnalysisKind {
    /// The code used in studies and data files.
    pub fn id(self) -> &'static str {
        match self {
            AnalysisKind::Test => "test",
            AnalysisKind::TTest => "t_test",
            AnalysisKind::Regression => "regression",
            AnalysisKind::Decomposition => "decomposition",
            AnalysisKind::Standardise => "standardise",
            AnalysisKind::Imputation => "imputation",
            AnalysisKind::Covariance => "covariance",
            AnalysisKind::Variance => "variance",
        }
    }

    /// Its p-value answers one question, so that several of them are adjusted for each other.
    pub fn is_test(self) -> bool {
        matches!(self, AnalysisKind::Test | AnalysisKind::TTest)
    }
}

/// An analysis of one survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Identifier in the study.
    pub id: String,
    /// What was done.
    pub kind: AnalysisKind,
    /// What it is about: `Individuals using the Internet, by sex`.
    pub title: String,
    /// The survey.
    pub source: String,
    /// Area of the survey.
    pub ref_area: String,
    /// Period of the survey.
    pub time_period: String,
    /// Indicator id, or `concept:ID` of a concept.
    pub indicator: String,
    /// How it was done, with its source.
    pub method: String,
    /// Rows used, with a weight above 0.
    pub n: u64,
    /// Rows in scope, with a weight above 0, that are left out because a variable is not stated.
    pub excluded: u64,
    /// Degrees of freedom of the design in the rows used; `None` is infinite.
    pub design_df: Option<f64>,
    /// The groups it compares or whose figures it tells; they decide whether it may be shown.
    pub groups: Vec<AnalysisGroup>,
    /// All groups of the same variables, in all rows: a small one must not follow by subtraction.
    pub beside: Vec<AnalysisGroup>,
    /// The figures, or why there are none: a sentence.
    pub outcome: Result<AnalysisFigures, String>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// A group of an analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnalysisGroup {
    /// Its level: indicator and breakdown.
    pub key: SeriesKey,
    /// Unweighted rows with a weight above 0.
    pub n: u64,
}

/// Figures of an analysis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnalysisFigures {
    /// The rows, in printing order.
    pub rows: Vec<AnalysisRow>,
    /// Covariance of the rows that have a term in it.
    pub covariance: Option<CovarianceMatrix>,
}

/// A square matrix with the names of its rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CovarianceMatrix {
    /// Terms, in order.
    pub names: Vec<String>,
    /// Row by row.
    pub values: Vec<f64>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysisRow {
    /// What it says: `test`, `mean`, `difference`, `coefficient`, `composition`, …
    pub part: &'static str,
    /// Term or group: `sex=M`.
    pub term: String,
    /// For people: `Sex: Male`.
    pub label: String,
    /// Unit of value, standard error and bounds.
    pub unit: Unit,
    /// Value.
    pub value: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// Lower end of the interval, value ± t × standard error.
    pub lower: Option<f64>,
    /// Upper end of the interval.
    pub upper: Option<f64>,
    /// Test statistic with its name: `F`, `X²`, `t`.
    pub statistic: Option<(&'static str, f64)>,
    /// Degrees of freedom of the numerator, or of χ².
    pub ndf: Option<f64>,
    /// Degrees of freedom of the denominator, of t or of the interval; `None` is infinite or does not
    /// apply.
    pub ddf: Option<f64>,
    /// p-value of the statistic.
    pub p_value: Option<f64>,
    /// Odds ratio with its interval.
    pub odds_ratio: Option<[f64; 3]>,
    /// Share of the gap (decomposition), or of the variance that is due to imputation.
    pub share: Option<f64>,
    /// Unweighted rows of the group.
    pub n: Option<u64>,
    /// Why there is no value, where more is known than that there is none.
    pub absence: Option<Absence>,
}

impl AnalysisRow {
    /// A row without figures.
    pub fn new(
        part: &'static str,
        term: impl Into<String>,
        label: impl Into<String>,
        unit: Unit,
    ) -> AnalysisRow {
        AnalysisRow {
            part,
            term: term.into(),
            label: label.into(),
            unit,
            value: None,
            se: None,
            lower: None,
            upper: None,
            statistic: None,
            ndf: None,
            ddf: None,
            p_value: None,
            odds_ratio: None,
            share: None,
            n: None,
            absence: None,
        }
    }
}

/// Holm's adjusted p-values of a family of tests, in the order given.
///
/// The k-th smallest of m is multiplied by m − k + 1; none is above 1 or below that of a smaller one.
/// Source: Holm (1979), *Scandinavian Journal of Statistics* 6, 65–70.
///
/// ```
/// let adjusted = inclusion_estimate::holm(&[0.25, 0.0625, 0.125]);
/// assert_eq!(adjusted, [0.25, 0.1875, 0.25]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least = 0.0f64;
    for (rank, place) in order.into_iter().enumerate() {
        let factor = (p_values.len() - rank) as f64;
        least = least.max((factor * p_values[place]).min(1.0));
        adjusted[place] = least;
    }
    adjusted
}
