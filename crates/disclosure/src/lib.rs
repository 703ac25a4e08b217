//! What may be shown: the one door between estimates and everything that is printed.
//!
//! [`review`] takes estimates and gives [`Publishable`], the only type that reports and data files
//! accept. A withheld row has no value, no bounds, no standard error and no counts: what is not
//! there cannot leak.
//!
//! The convention to know: `n` is the number of unweighted rows in the base with a weight above 0,
//! and it decides; the printed weighted count never does. A cell without any case is *missing*, not
//! withheld, which is decided first.
//!
//! A cell is withheld because a rule of the profile says so ([`reliability`](by_cases) or
//! [primary confidentiality](small_count)); because it could tell a withheld one (complement); or
//! because it is built on a withheld cell (derived). Where a profile has several rules the worst
//! result decides. Sources: The DHS Program, *Guide to DHS Statistics*, on small numbers of cases;
//! Hundepool and others (2012), *Statistical Disclosure Control*, ch. 4, on complementary suppression.
//!
//! Microdata that are to be shared have a report of their own, [`Anonymity`].

mod analysis;
mod anonymity;
mod audit;
mod bounds;
mod coding;
mod complement;
mod inputs;
mod linked;
mod mark;
mod pooled;
mod primary;
mod relation;
mod reliability;
mod review;
mod rounding;
mod sexes;
mod sums;
mod table;

use inclusion_estimate::{Absence, Diagnostic, Estimate, Interval, SeriesKey, Text, Unit};
use std::collections::{BTreeMap, BTreeSet};

pub use analysis::{AnalysisOutcome, PublishableAnalyses, ReviewedAnalysis, review_analyses};
pub use anonymity::{Anonymity, KeyCounts, KeyGroup, Keys};
pub use coding::Codings;
pub use inputs::Inputs;
pub use primary::{dominated, p_percent, small_count, small_share};
pub use reliability::{
    Reliability, ShareToJudge, WidthVerdict, by_cases, by_interval_width, by_relative_error,
};
pub use review::{review, review_with};
pub use rounding::round_to_base;
pub use sexes::{Decision, other_sex, recovered_rate};
pub use table::{CellInterval, TableProblem, TableSuppression, attacker_intervals, suppress_table};

/// Reviewed rows and what was decided about them. Only [`review`] makes one.
#[derive(Clone)]
pub struct Publishable {
    rows: Vec<Row>,
    withheld: Vec<Withheld>,
    /// Cases of all levels, for the review of analyses alone: nothing outside this crate reads it.
    ledger: Vec<Estimate>,
    /// Series of which a pool is shown that adds up withheld levels; for the same review.
    summed: BTreeSet<[Text; 4]>,
    /// Levels that are withheld because they are not precise enough, and those that came out of no
    /// audit; for the same review.
    beyond_cases: BTreeSet<SeriesKey>,
}

impl std::fmt::Debug for Publishable {
    /// The ledger holds cases of withheld cells, so it is not written here either.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Publishable")
            .field("rows", &self.rows)
            .field("withheld", &self.withheld)
            .finish()
    }
}

impl Publishable {
    /// The rows, in the order of their keys.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of a key.
    pub fn get(&self, key: &SeriesKey) -> Option<&Row> {
        self.rows.binary_search_by(|row| row.key.cmp(key)).ok().map(|i| &self.rows[i])
    }

    /// The suppression log: which cells are withheld and why. It tells no value and no count.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// How many cells are withheld, by reason.
    pub fn withheld_by_reason(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for withheld in &self.withheld {
            *counts.entry(withheld.reason).or_default() += 1;
        }
        counts
    }
}

/// One row that may be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub key: SeriesKey,
    /// Unit of the value.
    pub unit: Unit,
    /// What is shown.
    pub cell: Cell,
    /// Diagnostics that become notes.
    pub diagnostics: Vec<Diagnostic>,
}

impl Row {
    /// The SDMX observation status: `A`, `U`, `Q`, `M` or `O`.
    pub fn obs_status(&self) -> &'static str {
        match &self.cell {
            Cell::Shown(shown) if shown.unreliable => "U",
            Cell::Shown(_) => "A",
            Cell::Withheld => "Q",
            Cell::Missing(
                Absence::Unavailable
                | Absence::PopulationUnknown
                | Absence::CoverageTooLow
                | Absence::TooManyMissing,
            ) => "O",
            Cell::Missing(Absence::Confidential) => "Q",
            Cell::Missing(_) => "M",
        }
    }
}

/// What is shown in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A value.
    Shown(Shown),
    /// Nothing but the mark.
    Withheld,
    /// Nothing but the reason.
    Missing(Absence),
}

/// A value that may be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The value, unrounded, in the row's unit.
    pub value: f64,
    /// Standard error, where known.
    pub se: Option<f64>,
    /// Confidence interval, where there is one.
    pub interval: Option<Interval>,
    /// Degrees of freedom; `None` is infinite or unknown.
    pub df: Option<f64>,
    /// Coefficient of variation.
    pub cv: Option<f64>,
    /// Design effect.
    pub deff: Option<f64>,
    /// Effective number of cases.
    pub n_effective: Option<f64>,
    /// Unweighted cases in the base.
    pub n: u64,
    /// Weighted cases in the base.
    pub n_weighted: f64,
    /// To be read with care: printed in the style's mark.
    pub unreliable: bool,
}

/// One line of the suppression log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The cell.
    pub key: SeriesKey,
    /// A rule of the profile (`too_few_cases`, `small_count`, `relative_error`, `wide_interval`,
    /// `precision_unknown`, `contributions_unknown`), `complement`, `unaudited` (the tables are too
    /// large to say what could be worked out) or `derived`.
    pub reason: &'static str,
}
