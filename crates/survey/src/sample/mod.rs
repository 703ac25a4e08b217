//! Samples in memory: designs and statistics that need every row at once.
//!
//! The streaming kernel never holds rows; it knows one stage of sampling and sums. Here all rows are
//! held, in one order of their own (`columns.rs`), so that plain sums give the same bits whatever the
//! order, split and threads of the reading. That buys further stages of sampling, replicate
//! weights, calibrated weights, and any statistic that is a function of the weights
//! ([`Sample::joint`]): quantiles, regressions, tests. Memory grows with the rows.

mod calibration;
mod columns;
mod distance;
mod estimate;
mod hadamard;
mod joint;
pub mod linear;
mod made;
mod margins;
mod projection;
mod quantiles;
mod replicated;
mod replicates;
mod settings;
mod stages;
mod taylor;

pub use columns::{replicate_column, stage_column};
pub use estimate::estimate;
pub use joint::{Joint, Statistic};
pub use margins::NEAR;
pub use settings::{
    Auxiliary, CalibrateTotals, Calibration, Distance, MadeMethod, MadeReplicates, Margin,
    ReplicateColumns, ReplicateKind, Replicates,
};

pub(crate) use estimate::needed;

use crate::classify::{NO, OUTSIDE, YES};
use crate::layout::Layout;
use crate::present::is_within;
use crate::{DfRule, Error, Options, Plan, Rows};
use calibration::{Fitted, Steps};
use columns::{Columns, Values};
use replicates::ReplicateWeights;
pub(crate) use replicates::{Deviations, rank, scales as replicate_scales};
use stages::Design;

/// All rows of a survey, its design, and the weights after calibration.
///
/// Rows stand in an order of the sample's own; everything by row that is handed out or taken in is
/// in that order.
#[derive(Debug)]
pub struct Sample {
    columns: Columns,
    design: Design,
    /// Weights before and after calibration.
    base_weights: Vec<f64>,
    weights: Vec<f64>,
    fitted: Fitted,
    replicates: Option<ReplicateWeights>,
    options: Options,
    items: usize,
}

impl Sample {
    /// Reads all rows with the concepts of the plan, and their design columns.
    ///
    /// Besides those of the schema these are: strata, ids and finite populations of later stages
    /// ([`stage_column`]), and replicate weights ([`replicate_column`]) where the options ask for
    /// them. Without a weight column, finite populations imply the weights.
    ///
    /// # Errors
    ///
    /// [`Error`] names the stratum, PSU, column, cell or indicator and what to do.
    pub fn read(plan: &Plan, rows: &Rows<'_>, options: &Options) -> Result<Sample, Error> {
        let has = |column: &str| rows.schema.column_with_name(column).is_some();
        let layout = Layout::new(plan, has)?;
        Sample::with_layout(plan, &layout, rows, options)
    }

    pub(crate) fn with_layout(
        plan: &Plan,
        layout: &Layout,
        rows: &Rows<'_>,
        options: &Options,
    ) -> Result<Sample, Error> {
        let supplied = matches!(options.replicates, Some(Replicates::Columns(_)));
        let mut columns = columns::read(plan, layout, rows, supplied)?;
        let design = Design::new(&columns, options)?;
        let base_weights = match columns.weights.take() {
            Some(weights) => weights,
            None => design.implied_weights(columns.rows),
        };
        if columns.rows > 0 && !base_weights.iter().any(|w| *w > 0.0) {
            return Err(Error::AllWeightsZero { rows: columns.rows as u64 });
        }
        // Replicates that came with the survey know no stage, and the making of others has its own rule.
        let stages = match &options.replicates {
            None => design.stages.len(),
            Some(_) => 0,
        };
        design.check_lonely(&columns, options.lonely_psu, stages)?;
        let steps = Steps::new(plan, &columns, &options.calibration)?;
        let (mut weights, mut fitted) = (base_weights.clone(), Fitted::default());
        if !steps.is_empty() {
            steps.apply(&mut weights, Some(&mut fitted))?;
        }
        let mut replicates = match &options.replicates {
            None => None,
            Some(Replicates::Columns(settings)) => {
                let deviations = replicates::scales(settings, columns.replicate_count)?;
                let mut own = std::mem::take(&mut columns.replicates);
                if !settings.combined {
                    let count = columns.replicate_count;
                    for (row, weight) in own.chunks_mut(count).zip(&base_weights) {
                        row.iter_mut().for_each(|factor| *factor *= weight);
                    }
                }
                Some(ReplicateWeights::new(&base_weights, own, deviations))
            }
            Some(Replicates::Made(settings)) => {
                let made = made::made(&design, &columns, settings, options)?;
                let unit = &design.stages[0].unit;
                let row = |row: usize| {
                    let weight = base_weights[row];
                    made.factors.iter().map(move |f| (row, weight, f))
                };
                let own = (0..columns.rows)
                    .flat_map(row)
                    .map(|(row, weight, factors)| weight * factors[unit[row] as usize])
                    .collect();
                let deviations = Deviations { scales: made.scales, mse: settings.mse };
                Some(ReplicateWeights::new(&base_weights, own, deviations))
            }
        };
        if let (Some(replicates), false) = (&mut replicates, steps.is_empty()) {
            for replicate in 0..replicates.count {
                let mut own = replicates.replicate(replicate);
                steps.apply(&mut own, None)?;
                replicates.replace(replicate, &own);
            }
        }
        let items = layout.items.len();
        let options = options.clone();
        Ok(Sample { columns, design, base_weights, weights, fitted, replicates, options, items })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.rows
    }

    /// The weights, after calibration.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Rows to which a calibration gave a weight below 0, and the smallest factor of a weight.
    pub(crate) fn negative_weights(&self) -> Option<(u64, f64)> {
        let pairs = self.base_weights.iter().zip(&self.weights);
        let negative =
            pairs.filter(|(_, after)| **after < 0.0).map(|(before, after)| after / before);
        let (mut rows, mut least) = (0, 0.0);
        for factor in negative {
            rows += 1;
            least = if factor < least { factor } else { least };
        }
        (rows > 0).then_some((rows, least))
    }

    /// Whether weights below 0, which a linear calibration can give, leave the size of these rows
    /// below 0, or their mean outside their values.
    pub fn is_off_scale(&self, values: &[f64], domain: &[bool]) -> bool {
        let rows = || (0..self.rows()).filter(|row| domain[*row] && self.weights[*row] != 0.0);
        if !rows().any(|row| self.weights[row] < 0.0) {
            return false;
        }
        let size: f64 = rows().map(|row| self.weights[row]).sum();
        let mean = rows().map(|row| self.weights[row] * values[row]).sum::<f64>() / size;
        let range = rows().fold([f64::INFINITY, f64::NEG_INFINITY], |[least, greatest], row| {
            [least.min(values[row]), greatest.max(values[row])]
        });
        size <= 0.0 || !is_within(mean, range)
    }

    /// Whether some of these rows have a weight below 0.
    pub fn is_negative(&self, domain: &[bool]) -> bool {
        domain.iter().zip(&self.weights).any(|(inside, weight)| *inside && *weight < 0.0)
    }

    /// Options it was read with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Number of replicate weights; `None` where variances come from strata and PSUs.
    pub fn replicates(&self) -> Option<usize> {
        self.replicates.as_ref().map(|r| r.count)
    }

    /// The values of a number; `None` is missing.
    ///
    /// # Errors
    ///
    /// [`Error::MissingColumn`] if the plan has no such number, or the rows have not.
    pub fn numbers(&self, concept: &str) -> Result<&[Option<f64>], Error> {
        match self.columns.concepts.get(concept) {
            Some(Values::Numbers(values)) => Ok(values),
            _ => Err(missing(concept, "a number")),
        }
    }

    /// The codes of a category by their index; negative is missing.
    ///
    /// # Errors
    ///
    /// [`Error::MissingColumn`] if the plan has no such category, or the rows have not.
    pub fn codes(&self, concept: &str) -> Result<&[i16], Error> {
        match self.columns.concepts.get(concept) {
            Some(Values::Codes(values)) => Ok(values),
            _ => Err(missing(concept, "a category")),
        }
    }

    /// Rows that are in the base of an indicator, by its place in the plan, with a usable answer;
    /// rows of weight 0 are included.
    pub fn base(&self, indicator: usize) -> Vec<bool> {
        self.classes(indicator).map(|class| class == YES || class == NO).collect()
    }

    /// Rows in the universe of an indicator, with or without a usable answer.
    pub fn universe(&self, indicator: usize) -> Vec<bool> {
        self.classes(indicator).map(|class| class != OUTSIDE).collect()
    }

    /// Rows of the base that have the property of an indicator.
    pub fn numerator(&self, indicator: usize) -> Vec<bool> {
        self.classes(indicator).map(|class| class == YES).collect()
    }

    fn classes(&self, indicator: usize) -> impl Iterator<Item = u8> {
        self.columns.classes.iter().skip(indicator).step_by(self.items.max(1)).copied()
    }

    /// Brings values by row into the order in which the rows were read.
    pub fn in_input_order(&self, values: &[f64]) -> Vec<f64> {
        let mut ordered = vec![0.0; values.len()];
        for (value, place) in values.iter().zip(&self.columns.input) {
            ordered[*place as usize] = *value;
        }
        ordered
    }

    /// Degrees of freedom of a domain: its PSUs less its strata, or the rank of its replicate
    /// weights less 1. Rows of weight 0 count for nothing.
    pub fn df(&self, domain: &[bool]) -> f64 {
        let inside = |row: &usize| domain[*row] && self.base_weights[*row] > 0.0;
        self.df_of(&(0..self.rows()).filter(inside).collect::<Vec<usize>>())
    }

    /// Degrees of freedom of the whole sample.
    pub fn full_df(&self) -> f64 {
        match &self.replicates {
            Some(replicates) => (replicates.rank as f64 - 1.0).max(0.0),
            None => self.df(&vec![true; self.rows()]),
        }
    }

    /// Degrees of freedom of a domain by the rule of the options; `None` is infinite.
    pub fn df_by_rule(&self, domain: &[bool]) -> Option<f64> {
        match self.options.df {
            DfRule::Domain => Some(self.df(domain)),
            DfRule::Full => Some(self.full_df()),
            DfRule::Infinite => None,
        }
    }

    /// Degrees of freedom of rows of positive weight, in order.
    fn df_of(&self, rows: &[usize]) -> f64 {
        match &self.replicates {
            Some(replicates) => {
                let rank = replicates.rank_of(rows.iter().copied(), replicates.rank);
                (rank as f64 - 1.0).max(0.0)
            }
            None => {
                let (psus, strata) = self.design.occupied(rows.iter().copied());
                psus as f64 - strata as f64
            }
        }
    }
}

fn missing(concept: &str, what: &str) -> Error {
    Error::MissingColumn {
        column: concept.to_string(),
        needed_by: format!("an estimate of {what}"),
    }
}
