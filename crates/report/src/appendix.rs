//! Appendix tables: sampling errors in the columns of DHS or MICS reports, item non-response.

use crate::cells::{self, CellContext, number};
use crate::lookup::{Group, Lookup};
use crate::notes::Notes;
use crate::numbers::whole;
use crate::tables::{base_in_words, indicator_notes, takes_population};
use crate::{
    Column, Error, Head, HeadKind, IndicatorInfo, Quantity, SurveyInfo, Table, TableCell, TableRow,
    TableSpec, words,
};
use inclusion_disclosure::{Cell, Shown};
use inclusion_estimate::Unit;
use inclusion_registry::{Answer, IndicatorKind, Missing, SamplingErrors, Style};
use std::collections::BTreeSet;

/// The table of sampling errors of an indicator.
pub(crate) fn sampling_errors(
    lookup: &Lookup<'_>,
    spec: &TableSpec,
    layout: SamplingErrors,
    what: &str,
) -> Result<Table, Error> {
    let info = lookup.indicator(&spec.indicator, what)?;
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut rows = Vec::new();
    let mut surveys = BTreeSet::new();
    let several = lookup.input.surveys.len() > 1;
    let base = u8::from(several);
    for survey in &lookup.input.surveys {
        if info.by_source.get(survey.source.as_str()).is_some_and(|s| s.unavailable.is_some()) {
            continue;
        }
        surveys.insert(survey.source.as_str());
        if several {
            rows.push(TableRow::Group { label: lookup.place_of(survey, Some(info)), level: 0 });
        }
        let mut block = |label: &str, level: u8, group: &Group| {
            by_sex(lookup, info, survey, (label, level, group), layout, &mut notes, &mut rows);
        };
        block("Total", base, &Group::new());
        for entry in &spec.rows {
            let concepts = lookup.concepts(entry, what)?;
            if !concepts.is_empty() {
                for (label, group) in lookup.groups(survey, &info.indicator.id, &concepts) {
                    block(&label, base, &group);
                }
            }
        }
    }
    notes.general(match layout {
        SamplingErrors::Dhs => {
            "R: estimate; SE: standard error; N and WN: unweighted and weighted cases; DEFT: root \
             of the design effect; R±2SE: estimate plus and minus two standard errors"
        }
        SamplingErrors::Mics => {
            "r: estimate; se: standard error; deff: design effect; deft: its root; r±2se: estimate \
             plus and minus two standard errors"
        }
    });
    // Only a total of two files with weights of their own takes a population here.
    let counted = lookup
        .input
        .surveys
        .iter()
        .filter_map(|s| lookup.row(s, &info.indicator.id, &Group::new(), Quantity::Total))
        .any(takes_population);
    indicator_notes(lookup, info, &surveys, counted, &mut notes);
    Ok(Table {
        number: 0,
        title: spec
            .title
            .clone()
            .unwrap_or_else(|| format!("Sampling errors: {}", info.indicator.name)),
        subtitle: format!("{} · {}", lookup.places(), base_in_words(lookup, info)),
        stub: "Group".into(),
        heads: heads(layout),
        spanners: Vec::new(),
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}

fn heads(layout: SamplingErrors) -> Vec<Head> {
    let titles: &[&str] = match layout {
        SamplingErrors::Dhs => &["R", "SE", "N", "WN", "DEFT", "SE/R", "R−2SE", "R+2SE"],
        SamplingErrors::Mics => &[
            "r",
            "se",
            "se/r",
            "deff",
            "deft",
            "Weighted count",
            "Unweighted count",
            "r−2se",
            "r+2se",
        ],
    };
    titles.iter().map(|t| Head { title: (*t).into(), kind: HeadKind::Number }).collect()
}

fn by_sex(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    survey: &SurveyInfo,
    (label, level, group): (&str, u8, &Group),
    layout: SamplingErrors,
    notes: &mut Notes,
    rows: &mut Vec<TableRow>,
) {
    let quantities: &[(Quantity, &str)] = match info.indicator.kind {
        IndicatorKind::Rate => {
            &[(Quantity::Total, ""), (Quantity::Women, "Women"), (Quantity::Men, "Men")]
        }
        IndicatorKind::ShareOfWomen | IndicatorKind::Unsexed => &[(Quantity::Total, "")],
    };
    let context = CellContext {
        style: lookup.input.style,
        kind: info.indicator.kind,
        unavailable: None,
        intervals: false,
    };
    let of_all = lookup.row(survey, &info.indicator.id, group, Quantity::Total).is_some();
    for (quantity, sex) in quantities {
        let Some(row) = lookup.row(survey, &info.indicator.id, group, *quantity) else { continue };
        let columns = heads(layout).len();
        let cells = match &row.cell {
            Cell::Shown(shown) => {
                let mut cells = errors(shown, row.unit, layout, &context, notes);
                // The standard error stands second in both layouts.
                for diagnostic in row.diagnostics.iter().filter(|d| cells::is_degenerate(d)) {
                    cells[1].notes.push(notes.mark(&diagnostic.message));
                }
                cells
            }
            Cell::Withheld | Cell::Missing(_) => {
                vec![cells::cell(Column::Value(*quantity), Some(row), &context, notes); columns]
            }
        };
        let (label, level) = match (sex.is_empty(), of_all) {
            (true, _) => (label.to_string(), level),
            (false, true) => (sex.to_string(), level + 1),
            // A survey of one sex has no row for the group as a whole to stand under.
            (false, false) => (format!("{label}, {}", crate::words::small(sex)), level),
        };
        rows.push(TableRow::Cells { label, level, cells });
    }
}

fn errors(
    shown: &Shown,
    unit: Unit,
    layout: SamplingErrors,
    context: &CellContext<'_>,
    notes: &mut Notes,
) -> Vec<TableCell> {
    // Reports of both programmes print shares as fractions here.
    let fraction = match (layout, unit) {
        (SamplingErrors::Dhs, Unit::Share | Unit::Ratio) => 3,
        (SamplingErrors::Mics, Unit::Share | Unit::Ratio) => 4,
        (_, Unit::Count) => 0,
        (_, Unit::Own) => 2,
    };
    let mut optional = |value: Option<f64>, decimals: u8| match value {
        Some(value) => number(value, decimals),
        None => TableCell {
            text: context.style.not_available.clone(),
            missing: Some("not known".into()),
            notes: vec![notes.mark("the standard error is not known, or the estimate is zero")],
            ..TableCell::default()
        },
    };
    let estimate = number(shown.value, fraction);
    let se = optional(shown.se, fraction);
    let relative = optional(shown.cv, 3);
    let deff = optional(shown.deff, 3);
    let deft = optional(shown.deff.map(f64::sqrt), 3);
    let lower = optional(shown.se.map(|se| shown.value - 2.0 * se), fraction);
    let upper = optional(shown.se.map(|se| shown.value + 2.0 * se), fraction);
    let n = TableCell { text: whole(shown.n), ..number(shown.n as f64, 0) };
    let weighted = number(shown.n_weighted, 0);
    let mut cells = match layout {
        SamplingErrors::Dhs => vec![estimate, se, n, weighted, deft, relative, lower, upper],
        SamplingErrors::Mics => {
            vec![estimate, se, relative, deff, deft, weighted, n, lower, upper]
        }
    };
    if shown.unreliable {
        notes.unreliable();
        if let Some(first) = cells.first_mut() {
            first.unreliable = Some(context.style.unreliable.clone());
        }
    }
    cells
}

/// Answers that tell nothing and yet stay in the base as "no", by the rule that the survey follows for
/// the indicator. They are no non-response here, and a zero must not hide them.
fn counted_as_no(info: &IndicatorInfo, survey: &SurveyInfo) -> Vec<&'static str> {
    let own = info.by_source.get(survey.source.as_str()).and_then(|s| s.answers);
    let rules = own.unwrap_or(info.indicator.answers);
    UNUSABLE
        .into_iter()
        .filter(|(reason, _)| rules.of(*reason) == Answer::No)
        .map(|(_, words)| words)
        .collect()
}

/// The reasons that make an answer unusable.
const UNUSABLE: [(Missing, &str); 3] = [
    (Missing::DontKnow, "“don't know”"),
    (Missing::Refused, "“refused”"),
    (Missing::NotStated, "“not stated”"),
];

/// The share of a row of the table where some unusable answers count as no: with a note, and without
/// a number where all do, as it could not be other than zero.
fn with_rule(mut cell: TableCell, kept: &[&str], style: &Style, notes: &mut Notes) -> TableCell {
    if kept.is_empty() || cell.number.is_none() {
        return cell;
    }
    let rule = format!(
        "by the rule of this indicator answers of {} count as “no” and stay in the base",
        words::list(kept)
    );
    if kept.len() == UNUSABLE.len() {
        let reason = format!("{rule}, so none is left out; how many there are is not shown");
        return TableCell {
            text: style.not_applicable.clone(),
            notes: vec![notes.mark(&reason)],
            missing: Some(reason),
            ..TableCell::default()
        };
    }
    cell.notes
        .push(notes.mark(&format!("{rule}; the share is of the other missing answers alone")));
    cell
}

/// One table of non-response by sex, an indicator a row; `None` if no row says anything.
pub(crate) fn nonresponse(lookup: &Lookup<'_>) -> Option<Table> {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut rows = Vec::new();
    let several = lookup.input.surveys.len() > 1;
    // The columns that any row has something for.
    let all = [Quantity::NonresponseWomen, Quantity::NonresponseMen, Quantity::NonresponseTotal];
    let quantities: Vec<Quantity> =
        all.into_iter()
            .filter(|q| {
                lookup.input.surveys.iter().any(|survey| {
                    lookup.input.indicators.iter().any(|info| {
                        lookup.row(survey, &info.indicator.id, &Group::new(), *q).is_some()
                    })
                })
            })
            .collect();
    let mut any = false;
    for survey in &lookup.input.surveys {
        let mut block = Vec::new();
        for info in &lookup.input.indicators {
            let context = CellContext {
                style: lookup.input.style,
                kind: info.indicator.kind,
                unavailable: info
                    .by_source
                    .get(survey.source.as_str())
                    .and_then(|s| s.unavailable.as_deref()),
                intervals: false,
            };
            let found: Vec<_> = quantities
                .iter()
                .map(|q| lookup.row(survey, &info.indicator.id, &Group::new(), *q))
                .collect();
            if found.iter().all(Option::is_none) {
                continue;
            }
            any = true;
            let kept = counted_as_no(info, survey);
            let cells = quantities
                .iter()
                .zip(found)
                .map(|(q, row)| {
                    let cell = cells::cell(Column::Value(*q), row, &context, &mut notes);
                    with_rule(cell, &kept, context.style, &mut notes)
                })
                .collect();
            block.push(TableRow::Cells {
                label: format!("{} {}", info.indicator.id, info.indicator.name),
                level: u8::from(several),
                cells,
            });
        }
        if several && !block.is_empty() {
            rows.push(TableRow::Group { label: lookup.place_of(survey, None), level: 0 });
        }
        rows.append(&mut block);
    }
    notes.general(
        "Unweighted share of the persons in scope whose answer is missing and therefore left out \
         of the base; where it differs between women and men, the comparison may be touched by who \
         did not answer",
    );
    any.then(|| Table {
        number: 0,
        title: "Item non-response by sex".into(),
        subtitle: format!("{} · per cent of those in scope", lookup.places()),
        stub: "Indicator".into(),
        heads: quantities
            .iter()
            .map(|q| {
                let title = match q {
                    Quantity::NonresponseWomen => "Women",
                    Quantity::NonresponseMen => "Men",
                    _ => "Total",
                };
                Head { title: title.into(), kind: HeadKind::Number }
            })
            .collect(),
        spanners: Vec::new(),
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}
