//! Figures over several surveys or groups: pools, changes between rounds, contrasts.
//!
//! They are made of estimates that the walk has already: pools of equal weights and changes need nothing
//! else, as samples are independent. Where figures of one sample meet that were not estimated together, or
//! where a size is estimated beside a figure, the rows of that survey are read once more into memory
//! ([`together`]), one survey at a time.
//!
//! Every figure made here names the figures that it is made of, by which the disclosure review judges it.

mod change;
mod comparable;
mod contrast;
mod pool;
pub(crate) mod report;
mod together;

use crate::Error;
use crate::plan::Prepared;
use inclusion_disclosure::Inputs;
use inclusion_estimate::{Diagnostic, Estimate, SeriesKey, Severity};
use inclusion_survey::Results;
use std::collections::{BTreeMap, BTreeSet};

/// Concept → code, without sex.
type Codes = BTreeMap<String, String>;

/// What the results of a survey tell besides its estimates.
pub(crate) struct Facts {
    /// Degrees of freedom of women and men together, by indicator and group.
    union_df: BTreeMap<(String, Codes), Option<f64>>,
    /// Rows with a weight above 0.
    weighted_rows: u64,
}

impl Facts {
    /// Those of a survey's results.
    pub fn of(results: &Results) -> Facts {
        let of = |group: &inclusion_survey::Group| {
            ((group.indicator.clone(), group.breakdown.clone()), group.union_df)
        };
        Facts {
            union_df: results.groups.iter().map(of).collect(),
            weighted_rows: results.weighted_rows,
        }
    }
}

/// What the makers of figures know.
struct Known<'a> {
    prepared: &'a Prepared,
    estimates: BTreeMap<&'a SeriesKey, &'a Estimate>,
    /// By survey.
    facts: &'a [Facts],
}

/// Figures with what each is made of.
#[derive(Default)]
struct Made {
    estimates: Vec<Estimate>,
    inputs: Inputs,
}

impl Made {
    fn add(&mut self, estimate: Estimate, inputs: Vec<SeriesKey>) {
        self.inputs.insert(estimate.key.clone(), inputs);
        self.estimates.push(estimate);
    }
}

/// Adds pools, changes and contrasts to the estimates of the surveys; gives what each is made of.
///
/// # Errors
///
/// Those of reading a survey again.
pub(crate) fn extend(
    prepared: &Prepared,
    facts: &[Facts],
    estimates: &mut Vec<Estimate>,
) -> Result<Inputs, Error> {
    let across = &prepared.across;
    if across.pools.is_empty() && across.changes.is_empty() && across.contrasts.is_empty() {
        return Ok(Inputs::new());
    }
    let (pools, answers) = {
        let known = Known { prepared, estimates: index(estimates), facts };
        let pools = pool::tasks(&known);
        let asks: BTreeSet<together::Ask> = pools
            .iter()
            .flat_map(pool::Task::asks)
            .chain(contrast::tasks(&known).iter().flat_map(contrast::Task::asks))
            .collect();
        let answers = together::answers(&known, asks)?;
        let mut made = Made::default();
        pools.iter().for_each(|task| task.figures(&known, &answers, &mut made));
        (made, answers)
    };
    estimates.extend(pools.estimates);
    // Changes and contrasts may be of pools.
    let mut made = Made { estimates: Vec::new(), inputs: pools.inputs };
    let known = Known { prepared, estimates: index(estimates), facts };
    change::figures(&known, &mut made);
    for task in contrast::tasks(&known) {
        task.figures(&known, &answers, &mut made);
    }
    estimates.extend(made.estimates);
    Ok(made.inputs)
}

fn index(estimates: &[Estimate]) -> BTreeMap<&SeriesKey, &Estimate> {
    estimates.iter().map(|estimate| (&estimate.key, estimate)).collect()
}

/// The key with one more code.
fn with_code(key: &SeriesKey, concept: &str, code: &str) -> SeriesKey {
    let mut key = key.clone();
    key.breakdown.insert(concept.to_string(), code.to_string());
    key
}

fn caution(code: &str, message: String) -> Diagnostic {
    Diagnostic { code: code.to_string(), severity: Severity::Caution, message, count: 0 }
}
