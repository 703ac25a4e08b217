//! Harmonised rows to design-based estimates.
//!
//! Rows of any order and any split become the same bits: weights have 42 significant bits
//! (`weight.rs`), so the totals of an ordinary PSU are whole numbers of a unit, and they and their
//! products are added as integers (`plain.rs`). Anything else is added in accumulators that never
//! round (`exact.rs`). No float is ever added in an order that the input or the threads decide.

mod between;
pub mod cells;
mod classify;
mod codeless;
mod counts;
mod cube;
mod deff;
mod ending;
mod error;
pub mod estimand;
mod exact;
mod factor;
mod finish;
mod fold;
mod key;
mod layout;
mod notes;
mod options;
mod pass;
mod plain;
mod plan;
mod present;
mod replicates;
mod result;
mod rows;
pub mod sample;
mod shape;
mod sorted;
mod splits;
mod tally;
mod totals;
mod variance;
mod weight;
mod window;

pub use classify::{Classified, classify};
pub use deff::weight_effect;
pub use error::Error;
pub use notes::{ONE_PSU, ONE_ROW};
pub use options::{Deff, DfRule, LonelyPsu, Options};
pub use plan::{Breakdown, Plan, PlannedIndicator};
pub use result::{Group, Results};
pub use rows::{BoxError, ReadUnit, Rows};

/// Estimates every indicator of the plan for every cell of every breakdown, in one pass.
///
/// Rows that do not come stratum by stratum, with the PSUs of each in the order of their keys, are
/// read a second time and sorted; the result has the same bits.
///
/// # Errors
///
/// [`Error`] names the stratum, PSU, column or indicator and what to do.
pub fn estimate(plan: &Plan, rows: &Rows<'_>, options: &Options) -> Result<Results, Error> {
    let has = |column: &str| rows.schema.column_with_name(column).is_some();
    let layout = layout::Layout::new(plan, has)?;
    if sample::needed(plan, has, options) {
        return match replicates::estimate(plan, rows, options)? {
            Some(results) => Ok(results),
            None => sample::estimate(plan, rows, options),
        };
    }
    let totals = match pass::run(&layout, rows, options, None) {
        Ok(totals) if options.nest || !totals.may_repeat_psus() => totals,
        Ok(_) | Err(pass::Stop::OutOfOrder) => {
            sorted::run(&layout, rows, options, None).map_err(pass::Stop::into_error)?
        }
        Err(stop) => return Err(stop.into_error()),
    };
    totals.check(options)?;
    finish::finish(plan, &layout, options, totals, None)
}
