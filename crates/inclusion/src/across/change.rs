//! Changes between rounds: the later figure minus the earlier one, for women, men, all, and their gap.
//!
//! Rounds are independent samples, so variances add up. A gap whose two rounds are known has a change of its
//! own, whose covariance of women and men is that of each round.

use super::{Known, Made, comparable};
use crate::plan::across::{Change, Source};
use inclusion_estimate::{Estimate, Measure, SeriesKey};
use inclusion_measures::{ContrastKind, ContrastOptions, contrast, noted};

/// The changes of all figures that both rounds have.
pub(super) fn figures(known: &Known<'_>, made: &mut Made) {
    for change in &known.prepared.across.changes {
        let indicators = known.prepared.indicators.iter();
        for (key, later) in indicators.flat_map(|i| known.of(&change.to, &i.id)) {
            let measure = match key.measure {
                Measure::Level => Measure::Change,
                Measure::Gap => Measure::GapChange,
                _ => continue,
            };
            let before = of_round(key, &change.from);
            let Some(earlier) = known.estimates.get(&before) else { continue };
            let surveys: Vec<usize> =
                change.from.surveys.iter().chain(&change.to.surveys).copied().collect();
            let mut group = key.breakdown.clone();
            group.remove("sex");
            if !known.same_names(&surveys, &group) {
                continue;
            }
            let estimate = one(known, change, measure, later, earlier, &surveys);
            made.add(estimate, vec![key.clone(), before]);
        }
    }
}

fn one(
    known: &Known<'_>,
    change: &Change,
    measure: Measure,
    later: &Estimate,
    earlier: &Estimate,
    surveys: &[usize],
) -> Estimate {
    let key = SeriesKey {
        source: change.id.clone(),
        time_period: change.time_period(),
        measure,
        ..later.key.clone()
    };
    let options = ContrastOptions {
        kind: ContrastKind::Difference,
        level: known.prepared.samples[surveys[0]].options.level,
        union_df: None,
    };
    let estimate = contrast(key, later, earlier, &options);
    match comparable::note(known.prepared, &later.key.indicator, surveys) {
        Some(note) => noted(estimate, &note),
        None => estimate,
    }
}

/// The same figure of another round.
fn of_round(key: &SeriesKey, round: &Source) -> SeriesKey {
    SeriesKey {
        source: round.id.clone(),
        ref_area: round.ref_area.clone(),
        time_period: round.time_period.clone(),
        ..key.clone()
    }
}
