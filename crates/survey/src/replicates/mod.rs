//! Variances from replicate weights of the file, without keeping rows.
//!
//! Sums of the full weights, counts and PSUs come from the ordinary pass. Beside it every replicate's
//! sums are added up by cell (`sums.rs`), exactly, and what tells the rank of each domain's replicate
//! weights is kept (`ranks.rs`). Values, scores and degrees of freedom are defined as for rows in
//! memory (`sample/replicates.rs`).

mod domains;
mod ranks;
mod sums;

pub(crate) use domains::{End, Replicated};
pub(crate) use sums::{Unit, Whole};

use crate::classify::number;
use crate::layout::Layout;
use crate::pass::Stop;
use crate::sample::{Replicates, replicate_column, replicate_scales};
use crate::{Error, LonelyPsu, Options, Plan, PlannedIndicator, Results, Rows};
use arrow::array::{Array, RecordBatch};
use inclusion_registry::{FPC, Statistic};

/// Indicators that the bits of one number tell apart.
const ITEMS: usize = 64;

/// Estimates with the replicate weights of the file; `None` where that needs the rows in memory.
pub(crate) fn estimate(
    plan: &Plan,
    rows: &Rows<'_>,
    options: &Options,
) -> Result<Option<Results>, Error> {
    let has = |column: &str| rows.schema.column_with_name(column).is_some();
    let Some(Replicates::Columns(settings)) = &options.replicates else { return Ok(None) };
    let items = plan.indicators.len();
    let quantile = |planned: &PlannedIndicator| planned.indicator.statistic == Statistic::Quantile;
    let quantiles = plan.indicators.iter().any(quantile);
    if has(FPC) || !options.calibration.is_empty() || quantiles || items == 0 || items > ITEMS {
        return Ok(None);
    }
    let mut layout = Layout::new(plan, has)?;
    layout.moments = false;
    // Without a column of PSUs a stratum is read as one, and rows are counted in its place.
    layout.clustered = true;
    let nest = options.nest || !layout.psus;
    let own = Options { lonely_psu: LonelyPsu::Remove, nest, ..options.clone() };
    let count = (1..).take_while(|r| has(&replicate_column(*r))).count();
    let deviations = replicate_scales(settings, count)?;
    let start = || Whole::new(&layout, count, settings.combined);
    let mut whole = start();
    let mut totals = crate::pass::run(&layout, rows, &own, Some(&whole));
    if matches!(&totals, Err(Stop::OutOfOrder))
        || matches!(&totals, Ok(totals) if !own.nest && totals.may_repeat_psus())
    {
        whole = start();
        totals = crate::sorted::run(&layout, rows, &own, Some(&whole));
    }
    let totals = match totals {
        Ok(totals) => totals,
        Err(Stop::NeedsRows) => return Ok(None),
        Err(stop) => return Err(stop.into_error()),
    };
    totals.check(&own)?;
    let replicated = Replicated::new(&layout, whole, deviations);
    crate::finish::finish(plan, &layout, options, totals, Some(&replicated)).map(Some)
}

/// The replicate weights of a batch, column by column.
fn columns(batch: &RecordBatch, count: usize) -> Result<Vec<&[f64]>, Error> {
    let column = |replicate: usize| {
        let column = replicate_column(replicate);
        let array = number(batch, &column)?;
        match array.null_count() {
            0 => Ok(&array.values()[..]),
            rows => Err(Error::Empty { column, rows }),
        }
    };
    (1..=count).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Breakdown;
    use crate::sample::{ReplicateColumns, ReplicateKind};
    use arrow::array::{ArrayRef, Float64Array, Int16Array};
    use std::sync::Arc;

    fn plan() -> Plan {
        let concept = "id = 'uses'\nname = 'Uses'\nkind = 'category'\nyes_no = true\n[[code]]\nid = 'yes'\nname = 'Yes'";
        let indicator = "id = 'users'\nversion = '1'\nstatus = 'agreed'\nname = 'n'\nstatement = 's'\n\
            topic = 'use'\ncustodian = 'c'\nkind = 'rate'\npopulation = 'person'\nuniverse_text = ''\n\
            numerator = {}\nnumerator_text = ''\nreference_period = ''\nunit = 'percent'\n\
            direction = 'higher'\nsource = ''";
        let indicator = toml::from_str(indicator).unwrap();
        Plan {
            sample: "test".to_string(),
            ref_area: "XXX".to_string(),
            time_period: "2020".to_string(),
            indicators: vec![PlannedIndicator { indicator, proxy: None }],
            breakdowns: vec![Breakdown { concepts: Vec::new(), joint: vec!["uses".to_string()] }],
            concepts: [("uses".to_string(), toml::from_str(concept).unwrap())].into(),
        }
    }

    /// Whether rows with these replicate weights, in both of two replicates, need not be kept.
    fn streams(weights: Vec<f64>) -> bool {
        let rows = weights.len();
        let own: ArrayRef = Arc::new(Float64Array::from(weights));
        let batch = RecordBatch::try_from_iter([
            ("_weight", Arc::new(Float64Array::from(vec![1.0; rows])) as ArrayRef),
            ("_replicate_1", own.clone()),
            ("_replicate_2", own),
            ("uses", Arc::new(Int16Array::from(vec![0; rows]))),
        ])
        .unwrap();
        let replicates = Some(Replicates::Columns(ReplicateColumns::new(ReplicateKind::Brr)));
        let options = Options { replicates, ..Options::default() };
        let read = Rows { schema: batch.schema(), units: 1, read: &|_, each| each(batch.clone()) };
        estimate(&plan(), &read, &options).unwrap().is_some()
    }

    #[test]
    fn only_weights_that_the_sums_cannot_hold_need_the_rows() {
        assert!(streams(vec![0.0, 2.5, -1.25, 2e4]));
        // 1e9 times the full weight: patterns are told apart up to some 21,000 times.
        assert!(!streams(vec![1.0, 1e9]));
        assert!(!streams(vec![1.0, 1e-6]));
        assert!(!streams(vec![1.0, 1e12]));
        assert!(!streams(vec![1.0, f64::NAN]));
    }
}
