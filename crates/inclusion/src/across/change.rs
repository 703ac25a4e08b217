//! Changes between rounds: the later figure minus the earlier one, for women, men, all, and their gap.
//!
//! Rounds are independent samples, so variances add up, unless the study says that they share their primary
//! sampling units, as a panel or a master sample does. Then the rows of both are one sample, whose units hold
//! persons of both rounds, and the change has the covariance of the two.

use super::together::{Ask, Size, Together};
use super::{Known, Made, comparable, with_code};
use crate::plan::across::{Change, Source};
use crate::plan::is_compared;
use inclusion_estimate::{Estimate, Measure, SeriesKey};
use inclusion_measures::{
    self as measures, ContrastDf, ContrastKind, ContrastOptions, contrast, noted,
};
use std::collections::BTreeMap;

/// A figure of both rounds.
struct Task<'a> {
    change: &'a Change,
    /// Key of the later and of the earlier figure.
    later: SeriesKey,
    earlier: SeriesKey,
}

/// All figures that both rounds of a change have.
fn tasks<'a>(known: &Known<'a>) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for change in &known.prepared.across.changes {
        let indicators = known.prepared.indicators.iter();
        for (key, _) in indicators.flat_map(|i| known.of(&change.to, &i.id)) {
            let earlier = of_round(key, &change.from);
            let compared = matches!(key.measure, Measure::Level | Measure::Gap);
            let mut group = key.breakdown.clone();
            group.remove("sex");
            if compared
                && known.estimates.contains_key(&earlier)
                && known.same_names(&surveys(change), &group)
            {
                tasks.push(Task { change, later: key.clone(), earlier });
            }
        }
    }
    tasks
}

/// Surveys of both rounds.
fn surveys(change: &Change) -> Vec<usize> {
    change.from.surveys.iter().chain(&change.to.surveys).copied().collect()
}

/// What has to be estimated together, where rounds share their primary sampling units.
pub(super) fn asks(known: &Known<'_>) -> Vec<Ask> {
    tasks(known).iter().filter_map(|task| task.ask(known)).collect()
}

/// The changes of all figures that both rounds have.
pub(super) fn figures(known: &Known<'_>, answers: &BTreeMap<Ask, Together>, made: &mut Made) {
    for task in tasks(known) {
        if let Some(estimate) = task.figure(known, answers) {
            made.add(estimate, vec![task.later, task.earlier]);
        }
    }
}

impl Task<'_> {
    fn ask(&self, known: &Known<'_>) -> Option<Ask> {
        let both = [&self.later, &self.earlier];
        let cells = match self.later.measure {
            Measure::Level => both.into_iter().cloned().collect(),
            _ => both
                .into_iter()
                .flat_map(|key| {
                    let level = SeriesKey { measure: Measure::Level, ..key.clone() };
                    ["F", "M"].map(|sex| with_code(&level, "sex", sex))
                })
                .collect::<Vec<_>>(),
        };
        let there = cells.iter().all(|key| known.estimates.contains_key(key));
        (self.change.shared_psus && there).then(|| Ask {
            surveys: surveys(self.change),
            cells,
            size: Size::No,
        })
    }

    fn figure(&self, known: &Known<'_>, answers: &BTreeMap<Ask, Together>) -> Option<Estimate> {
        let surveys = surveys(self.change);
        let level = known.prepared.samples[surveys[0]].options.level;
        let together = self.ask(known).and_then(|ask| answers.get(&ask));
        let df = match together {
            Some(together) => ContrastDf::Union(together.union_df),
            None => ContrastDf::Independent,
        };
        let indicator =
            known.prepared.indicators.iter().find(|own| own.id == self.later.indicator)?;
        let gap = |women: &Estimate, men: &Estimate, df: Option<f64>| {
            let options =
                measures::Options { level, measures: vec![Measure::Gap], populations: None };
            let gaps = measures::compare(women, men, df, indicator.direction, &options);
            gaps.into_iter().next().filter(|_| is_compared(indicator))
        };
        let (later, earlier) = match together.map(|own| (own.levels.as_slice(), own.union_df)) {
            Some(([later, earlier], _)) => (later.clone(), earlier.clone()),
            Some(([f2, m2, f1, m1], df)) => (gap(f2, m2, df)?, gap(f1, m1, df)?),
            _ => (
                (*known.estimates.get(&self.later)?).clone(),
                (*known.estimates.get(&self.earlier)?).clone(),
            ),
        };
        let key = SeriesKey {
            source: (&self.change.id).into(),
            time_period: self.change.time_period().into(),
            measure: match self.later.measure {
                Measure::Gap => Measure::GapChange,
                _ => Measure::Change,
            },
            ..self.later.clone()
        };
        let options = ContrastOptions { kind: ContrastKind::Difference, level, df };
        let estimate = contrast(key, &later, &earlier, &options);
        let note = comparable::note(known.prepared, &indicator.id, &surveys);
        Some(match note {
            Some(note) => noted(estimate, &note),
            None => estimate,
        })
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
