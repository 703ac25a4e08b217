//! The pass over all rows that finds the limits of quantile groups, before the rows are read.

use crate::error::Halt;
use crate::fingerprint::fingerprint;
use crate::harmonise::Harmonised;
use crate::plan::{Cuts, Plan, Rule};
use crate::table::broken;
use crate::{Error, LogEntry, design};
use inclusion_registry::{Concept, Derive, QuantileUnit};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

impl Harmonised<'_> {
    /// First pass for quantile groups: the limits of each, those that others need first.
    pub(crate) fn find_limits(
        &mut self,
        order: &[Concept],
        cuts: &BTreeMap<String, Cuts>,
    ) -> Result<(), Error> {
        for at in 0..self.parts[0].plan.makers.len() {
            let Rule::Quantile { of, .. } = self.parts[0].plan.makers[at].rule else { continue };
            let concept = &order[at];
            let Some(Derive::Quantile { groups, unit, .. }) = &concept.derive else { continue };
            let mut wanted = vec![false; order.len()];
            mark(&self.parts[0].plan, of, &mut wanted);
            let by_household = *unit == QuantileUnit::Household;
            let mut list: Vec<(f64, f64)> = Vec::new();
            let mut households: FxHashMap<u128, (f64, f64)> = FxHashMap::default();
            for (p, unit) in &self.units {
                let part = &self.parts[*p];
                let read = part.read(*unit, &mut |batch| {
                    self.tell(0)?;
                    let scene = self.scene(part, false);
                    let rows = scene.evaluate(batch, &wanted)?;
                    let weights = design::weights(&scene, &rows)?;
                    let Some(made) = &rows.made[of] else { return Ok(()) };
                    let key: Vec<_> =
                        part.plan.household.iter().map(|s| &rows.columns[*s]).collect();
                    for (row, weight) in weights.into_iter().enumerate() {
                        let Some(value) = made.number(row) else { continue };
                        match fingerprint(&key, row, false).filter(|_| by_household) {
                            None => list.push((value, weight)),
                            // Members may differ: the smallest pair does not depend on their order.
                            Some(print) => {
                                let pair = households.entry(print).or_insert((value, weight));
                                if value.total_cmp(&pair.0).then(weight.total_cmp(&pair.1)).is_lt()
                                {
                                    *pair = (value, weight);
                                }
                            }
                        }
                    }
                    Ok(())
                });
                match read {
                    Ok(()) => {}
                    Err(Halt::Ours(error)) => return Err(self.settled(error)),
                    Err(_) => return Err(broken(&part.table.about().path, "could not be read")),
                }
            }
            list.extend(households.into_values());
            let limits = crate::quantile::limits(&mut list, *groups);
            let text: Vec<String> = limits.iter().map(f64::to_string).collect();
            self.journal.add(LogEntry {
                code: "quantile_limits".into(),
                message: format!(
                    "the groups of {} are {groups} weighted quantiles of {}, with the upper limits {}",
                    concept.id,
                    self.parts[0].plan.makers[of].id,
                    text.join("; ")
                ),
                file: self.parts[0].table.about().path.clone(),
                line: None,
                column: None,
                value: Some(crate::error::shown(&text.join("; "))),
                count: list.len() as u64,
            });
            // Set once: this concept's limits are found only here.
            let _ = cuts[&concept.id].set(limits);
        }
        Ok(())
    }
}

fn mark(plan: &Plan, maker: usize, wanted: &mut [bool]) {
    wanted[maker] = true;
    for need in &plan.makers[maker].needs {
        mark(plan, *need, wanted);
    }
}
