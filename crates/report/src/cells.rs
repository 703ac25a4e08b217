//! One cell: from a reviewed row to the text, marks and notes that every format prints.

use crate::notes::Notes;
use crate::numbers::{Printed, decimal, whole};
use crate::{CellInterval, Column, Quantity, TableCell, words};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_estimate::{Absence, Diagnostic, Measure, hundredfold};
use inclusion_registry::{IndicatorKind, Style};

/// What a cell needs to know besides its row.
pub(crate) struct CellContext<'a> {
    pub style: &'a Style,
    pub kind: IndicatorKind,
    /// Why the survey cannot give the indicator, if it cannot.
    pub unavailable: Option<&'a str>,
    /// Print intervals beside values.
    pub intervals: bool,
}

/// The quantity that a column is about.
pub(crate) fn quantity(column: Column) -> Option<Quantity> {
    match column {
        Column::Value(q)
        | Column::Interval(q)
        | Column::Se(q)
        | Column::Cv(q)
        | Column::Deff(q)
        | Column::NEffective(q)
        | Column::N(q)
        | Column::NWeighted(q) => Some(q),
        Column::Verdict | Column::Year | Column::Nature | Column::Notes => None,
    }
}

/// A cell of a column about a quantity.
pub(crate) fn cell(
    column: Column,
    row: Option<&Row>,
    context: &CellContext<'_>,
    notes: &mut Notes,
) -> TableCell {
    let Some(row) = row else { return absent(column, context, notes) };
    match &row.cell {
        Cell::Withheld => {
            notes.withheld();
            withheld(context.style)
        }
        Cell::Missing(reason) => match (column, reason) {
            (Column::N(_), Absence::NoCases) => number(0.0, 0),
            _ => missing(*reason, context, notes),
        },
        Cell::Shown(shown) => self::shown(column, row, shown, context, notes),
    }
}

fn shown(
    column: Column,
    row: &Row,
    shown: &Shown,
    context: &CellContext<'_>,
    notes: &mut Notes,
) -> TableCell {
    let measure = row.key.measure;
    let printed = Printed::of(measure, row.unit, context.style);
    let optional = |value: Option<f64>, decimals: u8, notes: &mut Notes| match value {
        Some(value) => number(value, decimals),
        None => unknown("the standard error is not known", context, notes),
    };
    match column {
        Column::Value(_) => {
            let mut cell = number(printed.convert(shown.value), printed.decimals);
            let nothing = !cell.text.contains(|digit: char| ('1'..='9').contains(&digit));
            match (&context.style.zero, &context.style.negligible) {
                (Some(zero), _) if shown.value == 0.0 => {
                    cell.text = zero.clone();
                    notes.zero();
                }
                (_, Some(negligible)) if nothing && shown.value != 0.0 => {
                    cell.text = negligible.clone();
                    notes.negligible();
                }
                _ => {}
            }
            if shown.unreliable {
                cell.unreliable = Some(context.style.unreliable.clone());
                notes.unreliable();
            }
            if context.intervals {
                cell.interval = interval(shown, measure, printed, notes);
            }
            cell.strong =
                !shown.unreliable && !unsupported(row) && differs(shown, measure, context.kind);
            cell
        }
        Column::Interval(_) => match interval(shown, measure, printed, notes) {
            Some(interval) => TableCell {
                text: interval.text.clone(),
                interval: Some(interval),
                decimals: printed.decimals,
                ..TableCell::default()
            },
            None => unknown("no interval could be made", context, notes),
        },
        Column::Se(_) => {
            optional(shown.se.map(|se| printed.convert(se)), printed.decimals + 1, notes)
        }
        Column::Cv(_) => match shown.cv {
            Some(cv) => number(hundredfold(cv), 1),
            None => unknown("no coefficient of variation of a zero", context, notes),
        },
        Column::Deff(_) => optional(shown.deff, 2, notes),
        Column::NEffective(_) => optional(shown.n_effective, 0, notes),
        Column::N(_) => {
            let mut cell = number(shown.n as f64, 0);
            cell.text = whole(shown.n);
            cell
        }
        Column::NWeighted(_) => number(shown.n_weighted, 0),
        Column::Verdict | Column::Year | Column::Nature | Column::Notes => TableCell::default(),
    }
}

/// The interval as printed, noted.
pub(crate) fn interval(
    shown: &Shown,
    measure: Measure,
    printed: Printed,
    notes: &mut Notes,
) -> Option<CellInterval> {
    let interval = shown.interval?;
    let (order, of) = match measure {
        Measure::Level => (0, "rates"),
        Measure::Gap => (1, "gaps"),
        Measure::RelativeGap => (2, "relative gaps"),
        Measure::Parity => (3, "parity"),
        Measure::AdjustedParity => (4, "adjusted parity"),
        Measure::Nonresponse => (6, "non-response"),
        Measure::Change | Measure::GapChange => (7, "changes"),
        Measure::Difference | Measure::GapDifference | Measure::RelativeDifference => {
            (8, "differences")
        }
        Measure::LogRatio => (8, "logarithms of ratios"),
        Measure::LevelRatio | Measure::ParityRatio => (9, "ratios"),
        _ => (5, "persons"),
    };
    notes.interval(order, of, words::interval_method(interval.method), interval.level);
    Some(CellInterval {
        text: printed.interval(&interval),
        lower: printed.convert(interval.lower),
        upper: printed.convert(interval.upper),
    })
}

/// A share of exactly 0 or 1 is part of the figure: its standard error is no measure of how sure it
/// is.
pub(crate) fn is_degenerate(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code.as_str(), "degenerate_share" | "zero_rate")
}

/// A comparison whose interval supports nothing, as [`is_degenerate`] holds of one side. The interval
/// of a level is the exact one then.
pub(crate) fn unsupported(row: &Row) -> bool {
    row.key.measure != Measure::Level && row.diagnostics.iter().any(is_degenerate)
}

/// The value of equality of a measure, if it has one.
pub(crate) fn equality(measure: Measure, kind: IndicatorKind) -> Option<f64> {
    match measure {
        Measure::Gap
        | Measure::RelativeGap
        | Measure::UserDifference
        | Measure::WomenToParity
        | Measure::ExcessOffline
        | Measure::Change
        | Measure::GapChange
        | Measure::Difference
        | Measure::RelativeDifference
        | Measure::LogRatio
        | Measure::GapDifference => Some(0.0),
        Measure::Parity | Measure::AdjustedParity | Measure::LevelRatio | Measure::ParityRatio => {
            Some(1.0)
        }
        Measure::Level if kind == IndicatorKind::ShareOfWomen => Some(0.5),
        Measure::Level | Measure::Headcount | Measure::Nonresponse => None,
    }
}

/// It differs from equality by more than its interval.
fn differs(shown: &Shown, measure: Measure, kind: IndicatorKind) -> bool {
    match (equality(measure, kind), shown.interval) {
        (Some(equal), Some(interval)) => interval.lower > equal || interval.upper < equal,
        _ => false,
    }
}

/// A number with its text.
pub(crate) fn number(value: f64, decimals: u8) -> TableCell {
    TableCell {
        text: decimal(value, decimals),
        number: Some(value),
        decimals,
        ..TableCell::default()
    }
}

/// The withheld mark.
pub(crate) fn withheld(style: &Style) -> TableCell {
    TableCell { text: style.withheld.clone(), withheld: true, ..TableCell::default() }
}

/// The missing mark and a note with the reason.
pub(crate) fn missing(reason: Absence, context: &CellContext<'_>, notes: &mut Notes) -> TableCell {
    let cannot_exist = matches!(
        reason,
        Absence::NotApplicable
            | Absence::ZeroDenominator
            | Absence::NoOneOfEitherSex
            | Absence::ZeroRate
    );
    let mark =
        if cannot_exist { &context.style.not_applicable } else { &context.style.not_available };
    let text = match (reason, context.unavailable) {
        (Absence::Unavailable, Some(why)) => why,
        _ => words::absence(reason),
    };
    with_reason(mark, text, notes)
}

fn unknown(why: &str, context: &CellContext<'_>, notes: &mut Notes) -> TableCell {
    with_reason(&context.style.not_available, why, notes)
}

fn absent(column: Column, context: &CellContext<'_>, notes: &mut Notes) -> TableCell {
    if let Some(why) = context.unavailable {
        return with_reason(&context.style.not_available, why, notes);
    }
    match quantity(column) {
        Some(q) if q.needs_sex() && context.kind != IndicatorKind::Rate => {
            missing(Absence::NotApplicable, context, notes)
        }
        _ => unknown("this study did not ask for it", context, notes),
    }
}

pub(crate) fn with_reason(mark: &str, reason: &str, notes: &mut Notes) -> TableCell {
    TableCell {
        text: mark.to_string(),
        missing: Some(reason.to_string()),
        notes: vec![notes.mark(reason)],
        ..TableCell::default()
    }
}
