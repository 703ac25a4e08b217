//! Notes below a table: what its rows, its indicator and its study say.

use super::base::base_in_words;
use super::{Place, find};
use crate::cells::quantity;
use crate::lookup::Lookup;
use crate::notes::Notes;
use crate::stub::StubRow;
use crate::{Column, IndicatorInfo, Quantity, TableRow, cells, verdict, words};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::Diagnostic;
use inclusion_registry::{Direction, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Messages that stand on every figure of a quantity: they are notes on the whole table instead of
/// a letter in every cell. That a standard error means nothing is said at the cell all the same.
pub(super) fn shared_messages(
    lookup: &Lookup<'_>,
    indicator: &str,
    rows: &[StubRow<'_>],
    places: &[Place],
) -> BTreeSet<(Quantity, String)> {
    let mut shown: BTreeMap<Quantity, usize> = BTreeMap::new();
    let mut said: BTreeMap<(Quantity, String), usize> = BTreeMap::new();
    for row in rows {
        let StubRow::Group(row) = row else { continue };
        for place in places {
            let Column::Value(quantity) = place.column else { continue };
            let Some(found) = find(lookup, indicator, row, place, quantity) else { continue };
            if matches!(found.cell, Cell::Shown(_)) {
                *shown.entry(quantity).or_default() += 1;
                for message in messages(found, |d| !cells::is_degenerate(d)) {
                    *said.entry((quantity, message)).or_default() += 1;
                }
            }
        }
    }
    said.into_iter().filter(|((q, _), n)| *n > 1 && shown[q] == *n).map(|(key, _)| key).collect()
}

pub(crate) fn messages(row: &Row, keep: fn(&Diagnostic) -> bool) -> BTreeSet<String> {
    // That the complement or a population was used stands in notes on the whole table.
    row.diagnostics
        .iter()
        .filter(|d| !matches!(d.code.as_str(), "complement_used" | "population_fixed") && keep(d))
        .map(|d| d.message.to_string())
        .collect()
}

/// Notes on the whole table, each only where something on the table calls for it.
pub(super) fn general_notes(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    columns: &[Column],
    rows: &[TableRow],
    surveys: &BTreeSet<&str>,
    counted: bool,
    notes: &mut Notes,
) {
    let indicator = &info.indicator;
    // A table without a figure has no use for what figures mean.
    let figures = rows.iter().any(|row| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.number.is_some()),
        TableRow::Group { .. } => false,
    });
    if !figures {
        return indicator_notes(lookup, info, surveys, counted, notes);
    }
    let has = |q: Quantity| columns.iter().any(|c| quantity(*c) == Some(q));
    let gap = has(Quantity::Gap) || has(Quantity::RelativeGap);
    let parity = has(Quantity::Parity) || has(Quantity::AdjustedParity);
    let lower = indicator.direction == Direction::Lower;
    let share = crate::heads::is_share(indicator);
    if lower && share && (gap || parity) {
        notes.general(
            "Lower is better here: gap and parity are of the share of women and men without it",
        );
    }
    if gap {
        notes.general(if lower && !share {
            "Lower is better here. Gap: women minus men; above zero, women are behind"
        } else {
            "Gap: men minus women; above zero, women are behind"
        });
        notes.general("Gaps are computed before rounding");
    }
    if parity {
        notes.general("Parity: women over men; below one, women are behind");
    }
    if has(Quantity::AdjustedParity) {
        notes.general("Adjusted parity: above one, two minus men over women");
    }
    let bold = rows.iter().any(|row| match row {
        TableRow::Cells { cells, .. } => cells.iter().any(|cell| cell.strong),
        TableRow::Group { .. } => false,
    });
    if bold {
        notes.general(BOLD);
    }
    for note in &lookup.input.style.notes {
        notes.general(note);
    }
    if columns.contains(&Column::Verdict)
        && let Some(set) = lookup.input.thresholds
    {
        notes.general(&verdict::describe(set));
    }
    if columns.iter().any(|c| matches!(c, Column::N(_))) {
        notes.general("Cases are unweighted answers in the base");
        if let Some(base) = lookup.input.policy.round_counts {
            notes.general(&format!("Counts are rounded to multiples of {base}"));
        }
    }
    if counted {
        notes.general("Figures that need a population take it as known without error");
    }
    indicator_notes(lookup, info, surveys, counted, notes);
}

/// What bold figures mean, where a format has bold.
pub(crate) const BOLD: &str = "Bold: differs from equality of women and men by more than its interval; figures of low reliability never are";

/// What belongs to an indicator and its surveys on every table; populations only where a figure of
/// it takes one as known.
pub(crate) fn indicator_notes(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    surveys: &BTreeSet<&str>,
    counted: bool,
    notes: &mut Notes,
) {
    let indicator = &info.indicator;
    let base = base_in_words(lookup, info);
    if indicator.status != Status::Agreed {
        let status = if indicator.status == Status::Draft { "draft" } else { "withdrawn" };
        match &indicator.draft_reason {
            Some(why) => notes.general(&format!("The definition is a {status}: {why}")),
            None => notes.general(&format!("The definition is {status}")),
        }
    }
    let several = surveys.len() > 1;
    for survey in lookup.input.surveys.iter().filter(|s| surveys.contains(s.source.as_str())) {
        let of =
            |text: &str| if several { format!("{}: {text}", survey.name) } else { text.into() };
        if let Some(proxy) =
            info.by_source.get(survey.source.as_str()).and_then(|s| s.proxy.as_ref())
        {
            notes.general(&of(&format!("approximated: {proxy}")));
        }
        // Ages are part of every base.
        if !survey.coverage.is_empty() && base != words::small(&survey.coverage) {
            notes.general(&of(&format!("the survey covers {}", survey.coverage)));
        }
        let own = info.by_source.get(survey.source.as_str()).and_then(|s| s.population.as_ref());
        let population = match (own, &survey.population) {
            (Some(own), _) => Some(("population of the base", own)),
            (None, Some(whole)) => Some(("population", whole)),
            (None, None) => None,
        };
        if let Some((what, population)) = population.filter(|_| counted) {
            let text = format!("{what} taken as known without error: {population}");
            notes.general(&match several {
                true => format!("{}: {text}", lookup.name_of(survey)),
                false => text,
            });
        }
        if survey.clustering_unknown {
            notes.general(&of(
                "standard errors and intervals show the effect of unequal weights only; \
                 clustering is not included",
            ));
        }
        for note in &survey.notes {
            notes.general(&of(note));
        }
    }
    for note in &indicator.notes {
        notes.general(note);
    }
}
