//! Whether surveys measure an indicator in the same way.
//!
//! Figures of surveys that differ in what counts, in who is asked or in how missing answers are treated are
//! not refused, but they are never compared in silence: every figure made of them carries a note that says
//! what differs, and no finding is made of it.

use super::caution;
use crate::plan::{Prepared, Sample};
use inclusion_estimate::Diagnostic;
use inclusion_registry::{AnswerRules, Mapping, Missing};
use std::collections::{BTreeMap, BTreeSet};

/// Code of the note.
const NOT_COMPARABLE: &str = "not_comparable";

/// What differs between surveys for an indicator whose figures are compared, as a note; `None` where they
/// measure the same.
pub(super) fn note(prepared: &Prepared, indicator: &str, surveys: &[usize]) -> Option<Diagnostic> {
    let start =
        "The surveys do not measure the same, so that a difference is partly one of measurement";
    of(prepared, indicator, surveys, start)
}

/// The same of surveys whose figures are put together.
pub(super) fn note_of_pool(
    prepared: &Prepared,
    indicator: &str,
    surveys: &[usize],
) -> Option<Diagnostic> {
    let start = "The surveys of the pool do not measure the same";
    of(prepared, indicator, surveys, start)
}

fn of(prepared: &Prepared, indicator: &str, surveys: &[usize], start: &str) -> Option<Diagnostic> {
    let samples: Vec<&Sample> = surveys.iter().map(|at| &prepared.samples[*at]).collect();
    let found = differences(prepared, indicator, &samples);
    let message = format!("{start}: {}.", found.join("; "));
    (!found.is_empty()).then(|| caution(NOT_COMPARABLE, message))
}

fn differences(prepared: &Prepared, indicator: &str, samples: &[&Sample]) -> Vec<String> {
    let planned: Vec<_> = samples
        .iter()
        .filter_map(|sample| {
            let own = sample.plan.indicators.iter().find(|p| p.indicator.id == indicator)?;
            Some((*sample, own))
        })
        .collect();
    let mut found = Vec::new();
    let mut differ = |what: &str, of: Vec<(&Sample, String)>, said: bool| {
        let values: BTreeSet<&String> = of.iter().map(|(_, value)| value).collect();
        if values.len() > 1 {
            found.push(match said {
                true => format!("{what} ({})", by_value(&of)),
                false => what.to_string(),
            });
        }
    };
    differ(
        "who is covered",
        planned
            .iter()
            .map(|(sample, _)| {
                let coverages: BTreeSet<&str> =
                    sample.parts.iter().map(|part| part.recipe.coverage.as_str()).collect();
                (*sample, coverages.into_iter().collect::<Vec<_>>().join(" and "))
            })
            .collect(),
        true,
    );
    differ(
        "who is in the base",
        planned.iter().map(|(s, p)| (*s, format!("{:?}", p.indicator.universe))).collect(),
        false,
    );
    differ(
        "which answers count as having it",
        planned
            .iter()
            .map(|(s, p)| {
                let own = &p.indicator;
                (*s, format!("{:?} {:?} {:?}", own.numerator, own.value, own.denominator))
            })
            .collect(),
        false,
    );
    differ(
        "which missing answers stay in the base",
        planned.iter().map(|(s, p)| (*s, stay(p.indicator.answers))).collect(),
        true,
    );
    differ(
        "approximation",
        planned
            .iter()
            .map(|(s, p)| (*s, p.proxy.clone().unwrap_or_else(|| "as defined".to_string())))
            .collect(),
        true,
    );
    differ(
        "how answers were coded",
        planned
            .iter()
            .map(|(sample, p)| {
                let ids = prepared.registry.indicator_concepts(&p.indicator);
                let ids = prepared.registry.needs(ids);
                let notes = ids.iter().flat_map(|id| {
                    let own =
                        |part: &crate::plan::Part| part.recipe.concepts.get(id).and_then(note_of);
                    sample.parts.iter().filter_map(own).collect::<BTreeSet<_>>()
                });
                (*sample, notes.collect::<Vec<_>>().join(" "))
            })
            .collect(),
        true,
    );
    found
}

fn note_of(mapping: &Mapping) -> Option<String> {
    mapping.note.clone()
}

/// The missing answers that stay in the base, in words.
fn stay(rules: AnswerRules) -> String {
    let stay = Missing::ALL
        .into_iter()
        .filter(|reason| rules.of(*reason) == inclusion_registry::Answer::No)
        .map(|reason| crate::describe::words(reason.id()));
    let stay: Vec<String> = stay.collect();
    if stay.is_empty() { "none".to_string() } else { stay.join(", ") }
}

/// `tic-2015: …; tic-2016: …`, surveys with one value together.
fn by_value(of: &[(&Sample, String)]) -> String {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (sample, value) in of {
        by.entry(value.trim_end_matches('.')).or_default().push(&sample.plan.sample);
    }
    let mut texts: Vec<String> = by
        .into_iter()
        .map(|(value, surveys)| {
            let value = if value.is_empty() { "no note" } else { value };
            format!("{}: {value}", surveys.join(", "))
        })
        .collect();
    texts.sort();
    texts.join("; ")
}
