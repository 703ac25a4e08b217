//! The smallest gap that each survey could find: one that finds none may be too small to find one.

use crate::cells::{number, with_reason};
use crate::lookup::{Group, Lookup};
use crate::notes::Notes;
use crate::{Head, HeadKind, Quantity, SurveyInfo, Table, TableRow};
use inclusion_disclosure::{Cell, Shown};
use inclusion_estimate::hundredfold;
use inclusion_measures::{Interviewed, detectable_gap};
use inclusion_registry::Indicator;

/// Power at which a gap counts as found.
const POWER: f64 = 0.8;

/// Indicator by survey; none where no survey has women and men of a share.
pub(crate) fn table(lookup: &Lookup<'_>) -> Option<Table> {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut rows = Vec::new();
    for info in &lookup.input.indicators {
        let indicator = &info.indicator;
        if !crate::heads::is_share(indicator) {
            continue;
        }
        for survey in lookup.surveys_of(info).into_iter().filter(|survey| !survey.pooled) {
            let of = |quantity| shown(lookup, survey, indicator, quantity);
            let (Some(women), Some(men)) = (of(Quantity::Women), of(Quantity::Men)) else {
                continue;
            };
            let label = match lookup.input.surveys.len() {
                1 => indicator.name.clone(),
                _ => format!("{}, {}", indicator.name, lookup.place_of(survey, Some(info))),
            };
            let mut cells = vec![number(women.n as f64, 0), number(men.n as f64, 0)];
            let effects = women.deff.zip(men.deff);
            let gap = effects.map(|(f, m)| {
                let of = |n, deff| Interviewed { n, deff };
                let level = lookup.input.estimation.level;
                detectable_gap(of(women.n, f), of(men.n, m), 0.5, level, POWER)
            });
            match (effects, gap) {
                (Some((f, m)), Some(Ok(gap))) => {
                    cells.extend([number(f, 2), number(m, 2), number(hundredfold(gap), 1)]);
                }
                (_, Some(Err(why))) => {
                    let mark = &lookup.input.style.not_available;
                    let missing = with_reason(mark, &why.to_string(), &mut notes);
                    cells.extend([missing.clone(), missing.clone(), missing]);
                }
                _ => {
                    let mark = &lookup.input.style.not_available;
                    let missing = with_reason(mark, "the design effect is not known", &mut notes);
                    cells.extend([missing.clone(), missing.clone(), missing]);
                }
            }
            rows.push(TableRow::Cells { label, level: 0, cells });
        }
    }
    if rows.is_empty() {
        return None;
    }
    notes.general(
        "The smallest difference of women and men that a two-sided test finds in four of five such surveys, about \
         a rate of 50 per cent, women and men taken as independent; nearer to 0 or 100 per cent smaller ones are found.",
    );
    let head = |title: &str| Head { title: title.into(), kind: HeadKind::Number };
    Some(Table {
        number: 0,
        title: "Smallest gap that each survey could find".into(),
        subtitle: "Everybody in the base, by indicator".into(),
        stub: "Indicator".into(),
        heads: vec![
            head("women"),
            head("men"),
            head("women"),
            head("men"),
            head("Smallest gap (points)"),
        ],
        spanners: vec![
            ("Unweighted cases".into(), 2),
            ("Design effect".into(), 2),
            (String::new(), 1),
        ],
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}

fn shown<'a>(
    lookup: &Lookup<'a>,
    survey: &SurveyInfo,
    indicator: &Indicator,
    quantity: Quantity,
) -> Option<&'a Shown> {
    match &lookup.row(survey, &indicator.id, &Group::new(), quantity)?.cell {
        Cell::Shown(shown) => Some(shown),
        Cell::Withheld | Cell::Missing(_) => None,
    }
}
