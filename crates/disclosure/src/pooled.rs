//! Pooled levels: more cases than any survey has, and a sum that a reader can take apart.
//!
//! A pool of stacked surveys adds up their counts, weighted cases and numerators, so a pooled cell is one
//! more whole with the surveys' cells as its parts. Where all parts are shown it tells nothing new. Where
//! some are withheld, the pooled cell may be shown if nothing withheld follows from it together with all
//! that is shown otherwise, neither its figure nor that its count is small: all relations of all surveys and pools are solved together, one pooled cell
//! after the other, those of the most cases first. What was withheld for its own few cases, pooled cells
//! included, must not follow.
//!
//! Pools that are no sums (means of surveys, `parts` in the estimate) are shown only where all of their
//! parts are.

use crate::audit::determined;
use crate::bounds::{Limits, Narrow, Safe, narrow};
use crate::coding::Codings;
use crate::inputs::Inputs;
use crate::mark::Mark;
use crate::relation::{Cell, Relation, State, relations};
use crate::review::known;
use inclusion_estimate::{Estimate, Measure, Outcome, SeriesKey, Text};
use inclusion_registry::Policy;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Withholds the pooled levels from which withheld figures could be worked out.
pub(crate) fn protect_pools(
    estimates: &[Estimate],
    marks: &mut [Mark],
    inputs: &Inputs,
    policy: &Policy,
    codings: &Codings,
) {
    if inputs.is_empty() {
        return;
    }
    let place: FxHashMap<&SeriesKey, usize> =
        estimates.iter().enumerate().map(|(at, estimate)| (&estimate.key, at)).collect();
    let mut pools: BTreeMap<&str, Vec<Pooled>> = BTreeMap::new();
    for (at, estimate) in estimates.iter().enumerate() {
        let Some(of) = inputs.get(&estimate.key) else { continue };
        if estimate.key.measure != Measure::Level {
            continue;
        }
        let parts: Option<Vec<usize>> = of.iter().map(|key| place.get(key).copied()).collect();
        let hidden = |parts: &[usize]| parts.iter().any(|p| matches!(marks[*p], Mark::Withheld(_)));
        // A sum of surveys; without `parts` even where it has no figure of its own.
        let sum = estimate.parts.is_empty();
        match parts {
            Some(parts) if !parts.is_empty() && !hidden(&parts) => {}
            Some(parts) if !parts.is_empty() && sum => {
                // One without a figure is hidden all the same: others could tell what it would be.
                let hidden = matches!(marks[at], Mark::Withheld(_));
                if !matches!(estimate.outcome, Outcome::Known(_)) && !hidden {
                    marks[at] = Mark::Withheld("derived");
                }
                pools.entry(&estimate.key.indicator).or_default().push(Pooled { at, parts });
            }
            // A mean of surveys, or of something that nobody knows.
            _ => marks[at] = Mark::Withheld("derived"),
        }
    }
    for pooled in pools.into_values() {
        protect(estimates, marks, inputs, policy, codings, pooled);
    }
}

/// A pooled level with a withheld part, as places of estimates.
struct Pooled {
    at: usize,
    parts: Vec<usize>,
}

/// Decides about the pooled levels of one indicator.
fn protect(
    estimates: &[Estimate],
    marks: &mut [Mark],
    inputs: &Inputs,
    policy: &Policy,
    codings: &Codings,
    mut pooled: Vec<Pooled>,
) {
    let name = |at: usize| {
        let key = &estimates[at].key;
        [&key.source, &key.ref_area, &key.time_period, &key.indicator].map(Text::as_str)
    };
    let series: BTreeSet<[&str; 4]> =
        pooled.iter().flat_map(|pool| &pool.parts).map(|part| name(*part)).collect();
    let mut cells: Vec<Cell> = Vec::new();
    let mut all: Vec<Relation> = Vec::new();
    let mut cell_of: BTreeMap<usize, usize> = BTreeMap::new();
    for series in series {
        let own = |at: &usize| {
            let estimate = &estimates[*at];
            name(*at) == series
                && estimate.key.measure == Measure::Level
                && !inputs.contains_key(&estimate.key)
        };
        let members: Vec<usize> = (0..estimates.len()).filter(own).collect();
        let mut local: Vec<Cell> =
            members.iter().map(|at| known(&estimates[*at], marks[*at])).collect();
        let found = relations(&mut local, codings, policy.sex_complement);
        let start = cells.len();
        all.extend(found.into_iter().map(|relation| Relation {
            members: relation.members.into_iter().map(|member| member + start).collect(),
            ..relation
        }));
        cell_of.extend(members.into_iter().enumerate().map(|(local, at)| (at, start + local)));
        cells.extend(local);
    }
    // A pooled cell that is withheld for its own few cases is protected like any other; the rest are
    // unknown until they are shown.
    for pool in &pooled {
        let state = match marks[pool.at] {
            Mark::Withheld(_) => State::Hidden,
            _ => State::Open,
        };
        let whole = cells.len();
        cells.push(Cell { state, stays: true, ..known(&estimates[pool.at], marks[pool.at]) });
        cell_of.insert(pool.at, whole);
        let parts = pool.parts.iter().filter_map(|part| cell_of.get(part)).copied();
        let members = std::iter::once(whole).chain(parts).collect();
        all.push(Relation { by_sex: false, direct: true, members });
    }
    // What follows anyway is no fault of a pool.
    let (limits, mut told, mut spared) = (Limits::of(policy), BTreeSet::new(), BTreeSet::new());
    while let Some(cell) = determined(&cells, &all, &told) {
        told.insert(cell);
    }
    while let Narrow::Cell(cell) = narrow(&cells, &all, &told, &spared, &limits, &mut Safe::new()) {
        spared.insert(cell);
    }
    pooled.sort_by_key(|pool| {
        let key = &estimates[pool.at].key;
        (key.breakdown.len(), Reverse(estimates[pool.at].counts.n), key)
    });
    for pool in &pooled {
        if matches!(marks[pool.at], Mark::Withheld(_)) {
            continue;
        }
        let cell = cell_of[&pool.at];
        cells[cell].state = State::Shown;
        let told_by_it = determined(&cells, &all, &told).is_some()
            || narrow(&cells, &all, &told, &spared, &limits, &mut Safe::new()) != Narrow::Nothing;
        if told_by_it {
            cells[cell].state = State::Open;
            marks[pool.at] = Mark::Withheld("derived");
        }
    }
}
