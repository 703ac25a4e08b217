//! Figures that are made of others: contrasts are shown only where all of those are.
//!
//! The idea: what follows from shown figures tells nothing new, whichever sums and differences a reader
//! forms. A change between rounds of which one is withheld would tell it by addition. Pooled levels, which
//! have more cases than their parts, are decided by themselves ([`crate::pooled`]).

use crate::mark::Mark;
use inclusion_estimate::{Absence, Estimate, Measure, Outcome, SeriesKey};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// By figure: the figures that it is made of. They are no such figures themselves, but for contrasts,
/// which may be of pooled ones.
pub type Inputs = BTreeMap<SeriesKey, Vec<SeriesKey>>;

/// Withholds what is made of a withheld figure, but for levels ([`crate::pooled`]).
pub(crate) fn inherited(estimates: &[Estimate], marks: &mut [Mark], inputs: &Inputs) {
    if inputs.is_empty() && !estimates.iter().any(|estimate| estimate.key.measure.is_contrast()) {
        return;
    }
    let known: FxHashMap<&SeriesKey, Mark> =
        estimates.iter().map(|estimate| &estimate.key).zip(marks.iter().copied()).collect();
    for (estimate, mark) in estimates.iter().zip(marks) {
        let measure = estimate.key.measure;
        let of = inputs.get(&estimate.key);
        if measure == Measure::Level || (of.is_none() && !measure.is_contrast()) {
            continue;
        }
        // Of what nobody knows what it is made of, nobody knows what it tells.
        let unknown =
            of.is_none_or(|of| of.is_empty() || of.iter().any(|k| !known.contains_key(k)));
        let worst = of.into_iter().flatten().filter_map(|key| known.get(key)).max();
        *mark = match (unknown, worst) {
            // That a survey cannot give it is no figure of anything.
            (true, _) if estimate.outcome == Outcome::Absent(Absence::Unavailable) => *mark,
            (true, _) | (false, Some(Mark::Withheld(_))) => Mark::Withheld("derived"),
            (false, Some(worst)) if measure.is_contrast() => (*mark).max(*worst),
            (false, _) => *mark,
        };
    }
}
