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
use crate::plan::across::Source;
use inclusion_disclosure::Inputs;
use inclusion_estimate::{Codes, Diagnostic, Estimate, Measure, SeriesKey, Severity, Text};
use inclusion_survey::Results;
use std::collections::{BTreeMap, BTreeSet};

/// What the results of a survey tell besides its estimates.
pub(crate) struct Facts {
    /// Degrees of freedom of women and men together, by indicator and group.
    union_df: BTreeMap<(Text, Codes), Option<f64>>,
    /// Women and men as they are compared, where that is not as they stand.
    compared: BTreeMap<SeriesKey, Estimate>,
    /// Rows read.
    rows: u64,
    /// Rows with a weight above 0.
    weighted_rows: u64,
}

impl Facts {
    /// Those of a survey's results.
    pub fn of(results: &Results) -> Facts {
        let of = |group: &inclusion_survey::Group| {
            ((group.indicator.clone(), group.breakdown.clone()), group.union_df)
        };
        let compared = results.groups.iter().flat_map(|group| group.compared.iter().flatten());
        Facts {
            union_df: results.groups.iter().map(of).collect(),
            compared: compared.map(|own| (own.key.clone(), own.clone())).collect(),
            rows: results.rows,
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

/// Pools, changes and contrasts of the study that need the rows of a survey, in words.
pub(crate) fn needing_rows(prepared: &Prepared) -> Vec<String> {
    let across = &prepared.across;
    let mut found = Vec::new();
    for pool in &across.pools {
        if pool::needs_rows(prepared, pool) {
            found.push(format!("pool `{}`", pool.id));
        }
    }
    for change in across.changes.iter().filter(|change| change.shared_psus) {
        found.push(format!("the change from `{}` to `{}`", change.from.id, change.to.id));
    }
    for contrast in across.contrasts.iter().filter(|contrast| contrast::needs_rows(contrast)) {
        found.push(format!("contrast `{}`", contrast.id));
    }
    found
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
    diagnostics: &mut Vec<Diagnostic>,
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
            .flat_map(|task| task.asks(&known))
            .chain(contrast::tasks(&known).iter().flat_map(contrast::Task::asks))
            .chain(change::asks(&known))
            .collect();
        let answers = together::answers(&known, asks)?;
        let mut made = Made::default();
        pools.iter().for_each(|task| task.figures(&known, &answers, &mut made));
        (made, answers)
    };
    let pooled = pools.estimates.iter().map(|estimate| estimate.key.source.clone()).collect();
    estimates.extend(pools.estimates);
    // Changes and contrasts may be of pools.
    let mut made = Made { estimates: Vec::new(), inputs: pools.inputs };
    let known = Known { prepared, estimates: index(estimates), facts };
    change::figures(&known, &answers, &mut made);
    for task in contrast::tasks(&known) {
        task.figures(&known, &answers, &mut made);
    }
    diagnostics.extend(empty(prepared, &pooled, &made));
    estimates.extend(made.estimates);
    Ok(made.inputs)
}

/// What was asked for and has no figure at all, because its surveys have no breakdown, code or indicator
/// in common.
fn empty(prepared: &Prepared, pools: &BTreeSet<Text>, made: &Made) -> Vec<Diagnostic> {
    let across = &prepared.across;
    let sources: BTreeSet<&str> =
        made.estimates.iter().map(|estimate| estimate.key.source.as_str()).collect();
    let mut notes = Vec::new();
    let mut none = |what: String| {
        let message =
            format!("{what} has no figure: its surveys have nothing asked for in common.");
        notes.push(caution("nothing_in_common", message));
    };
    for pool in across.pools.iter().filter(|pool| !pools.contains(pool.id.as_str())) {
        none(format!("Pool {}", pool.id));
    }
    for change in across.changes.iter().filter(|change| !sources.contains(change.id.as_str())) {
        none(format!("The change from {} to {}", change.from.id, change.to.id));
    }
    for contrast in &across.contrasts {
        let several = format!("{}/", contrast.id);
        let own = |source: &&str| **source == contrast.id || source.starts_with(&several);
        if !sources.iter().any(own) {
            none(format!("Contrast {}", contrast.id));
        }
    }
    for pool in &across.pools {
        for concepts in &prepared.breakdowns {
            let without = pool.surveys.iter().map(|at| &prepared.samples[*at].plan).find(|plan| {
                let has = |id: &String| {
                    plan.breakdowns.iter().any(|b| b.concepts.contains(id) || b.joint.contains(id))
                };
                !concepts.iter().filter(|id| *id != "sex").all(has)
            });
            if let Some(plan) = without {
                let message = format!(
                    "Pool {} has no breakdown by {}: {} has none.",
                    pool.id,
                    concepts.join(" × "),
                    plan.sample
                );
                notes.push(caution("breakdown_not_pooled", message));
            }
        }
    }
    notes
}

impl<'a> Known<'a> {
    /// The estimates of a source and indicator, in the order of their keys.
    fn of(&self, source: &Source, indicator: &str) -> Vec<(&'a SeriesKey, &'a Estimate)> {
        let first = SeriesKey {
            source: source.id.clone(),
            ref_area: source.ref_area.clone(),
            time_period: source.time_period.clone(),
            indicator: indicator.into(),
            breakdown: Codes::new(),
            measure: Measure::Level,
        };
        let own = |key: &SeriesKey| {
            key.source == first.source
                && key.ref_area == first.ref_area
                && key.time_period == first.time_period
                && key.indicator == first.indicator
        };
        let found = self.estimates.range::<SeriesKey, _>(&first..);
        found.take_while(|(key, _)| own(key)).map(|(key, estimate)| (*key, *estimate)).collect()
    }

    /// The level of women or men as it is compared with that of the other sex.
    fn compared(&self, key: &SeriesKey) -> Option<Estimate> {
        let own = self.facts.iter().find_map(|facts| facts.compared.get(key));
        own.or(self.estimates.get(key).copied()).cloned()
    }

    /// A survey as a source.
    fn survey(&self, at: usize) -> Source {
        let plan = &self.prepared.samples[at].plan;
        Source {
            id: (&plan.sample).into(),
            ref_area: (&plan.ref_area).into(),
            time_period: (&plan.time_period).into(),
            surveys: vec![at],
        }
    }
}

fn index(estimates: &[Estimate]) -> BTreeMap<&SeriesKey, &Estimate> {
    estimates.iter().map(|estimate| (&estimate.key, estimate)).collect()
}

/// The key with one more code.
fn with_code(key: &SeriesKey, concept: &str, code: &str) -> SeriesKey {
    let mut key = key.clone();
    key.breakdown.insert(concept, code);
    key
}

fn caution(code: &str, message: String) -> Diagnostic {
    Diagnostic { code: code.into(), severity: Severity::Caution, message: message.into(), count: 0 }
}
