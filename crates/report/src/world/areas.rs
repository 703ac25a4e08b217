//! Tables of groups of countries and of countries.

use super::persons::Scale;
use super::{WorldIndicator, WorldInput, WorldLine, base, plain, row, text_head, unreliable};
use crate::cells::{self, CellContext};
use crate::heads::{HeadContext, head, heads, unit_words};
use crate::lookup::Lookup;
use crate::notes::Notes;
use crate::numbers::Printed;
use crate::{CellInterval, Column, Head, IndicatorInfo, Quantity, Table, TableCell, TableRow};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{Measure, Severity, Unit, percent};
use inclusion_registry::{Style, ThresholdSet};

/// Whose bounds [`WorldLine::bounds`] holds.
const BOUNDED: [Quantity; 3] = [Quantity::Women, Quantity::Men, Quantity::Total];

/// What a study may ask for beyond its style, in the order of its columns: what compares women and men, and
/// counts of persons.
const ASKED: [Quantity; 8] = [
    Quantity::Gap,
    Quantity::RelativeGap,
    Quantity::Parity,
    Quantity::AdjustedParity,
    Quantity::HeadcountWomen,
    Quantity::HeadcountMen,
    Quantity::UserDifference,
    Quantity::WomenToParity,
];

/// The columns of a table of areas: those of the style in its order, but for less usual figures that no line has
/// and gaps and ratios that are not made, then what the study asks for beyond them, where a line has it.
fn columns(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    lines: &[WorldLine],
) -> Vec<Column> {
    let style = lookup.input.style;
    let there = |q: &Quantity| lines.iter().any(|line| row(lookup, line, *q).is_some());
    // A group has a row of all that is asked for, with a figure or without.
    let of_groups = |q: &Quantity| of.groups.iter().any(|line| row(lookup, line, *q).is_some());
    let usual = |q: &Quantity| match q {
        Quantity::Gap | Quantity::RelativeGap | Quantity::Parity | Quantity::AdjustedParity => {
            of_groups(q)
        }
        other => BOUNDED.contains(other),
    };
    let of_style = style.area_columns.iter().filter_map(|id| Column::parse(id)).flatten();
    let mut all: Vec<Column> = of_style
        .filter(|column| match column {
            Column::Value(q) => usual(q) || there(q),
            other => *other == Column::Year,
        })
        .collect();
    if !all.contains(&Column::Year) {
        all.insert(0, Column::Year);
    }
    // Every study has measures of its own accord; those are shown that it names.
    let named = |q: &Quantity| match q.key().1 {
        Measure::Headcount => true,
        measure => world.measures.contains(&measure),
    };
    let asked = ASKED.into_iter().filter(|q| named(q) && there(q)).map(Column::Value);
    let asked: Vec<Column> = asked.filter(|column| !all.contains(column)).collect();
    let after = all.iter().rposition(|column| matches!(column, Column::Value(_)));
    let after = after.map_or(all.len(), |last| last + 1);
    all.splice(after..after, asked);
    all
}

/// What is told of an area beside its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// Countries of a group with figures, of all of them.
    Countries,
    /// Shares of women and of men of a group that these cover.
    Covered,
    /// Both of the rate of all of a group.
    OfAll,
    /// Age range of a country's figures.
    Ages,
    /// Codes of their nature.
    Nature,
    /// The style's marks of their status; a code of one list is not one of the other.
    Status,
    /// Marks of the notes of the whole row.
    Notes,
}

impl Beside {
    /// Those of a table: of groups, or of countries where some country has one.
    fn of(lines: &[WorldLine], of_groups: bool) -> Vec<Beside> {
        let any = |has: fn(&WorldLine) -> bool| lines.iter().any(has);
        let mut all = match of_groups {
            true => vec![Beside::Countries, Beside::Covered, Beside::OfAll],
            false => {
                any(|line| !line.base.is_empty()).then_some(Beside::Ages).into_iter().collect()
            }
        };
        all.extend(any(|line| !line.natures.is_empty()).then_some(Beside::Nature));
        all.extend(any(|line| !line.statuses.is_empty()).then_some(Beside::Status));
        all.extend(any(|line| !line.notes.is_empty()).then_some(Beside::Notes));
        all
    }

    fn head(self, heading: &HeadContext<'_>) -> Head {
        match self {
            Beside::Countries => text_head("Countries"),
            Beside::Covered => text_head("Covered (women; men)"),
            Beside::OfAll => text_head("Rate of all: countries, covered"),
            Beside::Ages => text_head("Ages"),
            Beside::Nature => head(Column::Nature, false, heading),
            Beside::Status => text_head("Status"),
            Beside::Notes => head(Column::Notes, false, heading),
        }
    }

    fn cell(self, line: &WorldLine, notes: &mut Notes) -> TableCell {
        let text = match self {
            Beside::Countries | Beside::Ages => match line.unknown {
                0 => line.base.clone(),
                n => format!("{}, population of {n} unknown", line.base),
            },
            Beside::Covered => covered(line.covered),
            Beside::OfAll => match line.all {
                Some((countries, all)) => format!("{countries}, {}", covered(all)),
                None => String::new(),
            },
            Beside::Nature => {
                line.natures.iter().for_each(|code| notes.nature(code));
                line.natures.join("; ")
            }
            Beside::Status => {
                line.statuses.iter().for_each(|mark| notes.status(mark));
                line.statuses.join("; ")
            }
            Beside::Notes => {
                let mut marks: Vec<String> =
                    line.notes.iter().map(|note| notes.mark(note)).collect();
                Notes::in_order(&mut marks);
                return TableCell { notes: marks, ..TableCell::default() };
            }
        };
        TableCell::of_text(text)
    }
}

/// `33%; 32%`, of women and of men.
pub(super) fn covered(shares: Option<(f64, f64)>) -> String {
    match shares {
        Some((women, men)) => format!("{}%; {}%", percent(women, 0), percent(men, 0)),
        None => "population unknown".to_string(),
    }
}

/// Rates, gap, parity and persons of groups or countries.
pub(super) fn table(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
    lines: &[WorldLine],
    title: String,
) -> Table {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let columns = columns(lookup, world, of, lines);
    let quantities: Vec<Quantity> = columns
        .iter()
        .filter_map(|column| match column {
            Column::Value(quantity) => Some(*quantity),
            _ => None,
        })
        .collect();
    let of_groups =
        lines.first().is_some_and(|line| Some(&line.key) == of.groups.first().map(|g| &g.key));
    let beside = Beside::of(lines, of_groups);
    let rows_of = |q: Quantity| lines.iter().filter_map(move |line| row(lookup, line, q));
    let intervals = quantities.iter().any(|q| {
        rows_of(*q).any(|row| matches!(&row.cell, Cell::Shown(own) if own.interval.is_some()))
    });
    let scale = Scale::of(quantities.iter().flat_map(|q| rows_of(*q)));
    let heading = HeadContext {
        style: lookup.input.style,
        indicator: &info.indicator,
        level: crate::numbers::level(lookup.input.estimation.level),
        intervals,
    };
    let (mut heads, mut spanners) = heads(&columns, &heading);
    scale.name(&mut heads, &mut spanners);
    // Figures of a group are of several years.
    for head in heads.iter_mut().filter(|head| of_groups && head.title == "Year") {
        head.title = "Years".into();
    }
    heads.extend(beside.iter().map(|beside| beside.head(&heading)));
    if let Some((_, n)) = spanners.last_mut().filter(|(title, _)| title.is_empty()) {
        *n += beside.len();
    } else if !spanners.is_empty() {
        spanners.push((String::new(), beside.len()));
    }
    let context = CellContext {
        style: lookup.input.style,
        kind: info.indicator.kind,
        unavailable: Some("no figure"),
        intervals,
    };
    let mut rows = Vec::new();
    let mut level = 0;
    for line in lines {
        if let Some(heading) = &line.heading {
            rows.push(TableRow::Group { label: heading.clone(), level: 0 });
            level = 1;
        }
        let mut cells = Vec::new();
        for &column in &columns {
            let Column::Value(quantity) = column else {
                cells.push(TableCell::of_text(line.years.clone()));
                continue;
            };
            let row = row(lookup, line, quantity);
            let mut cell = cells::cell(column, row, &context, &mut notes);
            if row.is_some_and(|row| row.unit == Unit::Count) {
                scale.apply(&mut cell);
            }
            mark_unreliable(lookup, row, &mut cell, &mut notes);
            let bounded = BOUNDED.iter().position(|bounded| *bounded == quantity);
            let own = bounded.into_iter().flat_map(|at| &line.notes_of[at]);
            cell.notes.extend(own.map(|note| notes.mark(note)));
            let bounds = bounded.and_then(|at| line.bounds[at]);
            if let (Some(bounds), Some(Cell::Shown(_))) = (bounds, row.map(|row| &row.cell)) {
                cell.interval = Some(published(bounds, lookup.input.style));
                cell.notes.push(notes.mark("The interval is as published."));
            }
            for diagnostic in row.into_iter().flat_map(|row| &row.diagnostics) {
                if diagnostic.code == "total_outside_sexes" {
                    cell.notes.push(notes.mark(&diagnostic.message));
                    continue;
                }
                // What is true of one figure alone stands in a note of its row.
                let own = ["proxy", "earlier_period"].contains(&diagnostic.code.as_str());
                let general = diagnostic.severity == Severity::Caution && !own;
                if general || diagnostic.code == "complement_used" {
                    notes.general(&diagnostic.message);
                }
            }
            Notes::in_order(&mut cell.notes);
            cells.push(cell);
        }
        cells.extend(beside.iter().map(|beside| beside.cell(line, &mut notes)));
        rows.push(TableRow::Cells { label: line.label.clone(), level, cells });
    }
    if quantities.iter().any(|q| matches!(q, Quantity::Gap | Quantity::RelativeGap)) {
        notes.general("Gaps are computed before rounding.");
    }
    if quantities.contains(&Quantity::AdjustedParity) {
        notes.general("Adjusted parity: above one, two minus men over women");
    }
    let below = |row: &Row| matches!(&row.cell, Cell::Shown(own) if own.value < 0.0);
    if quantities.contains(&Quantity::WomenToParity) && rows_of(Quantity::WomenToParity).any(below)
    {
        notes.general("Women missing for parity below zero: women are ahead");
    }
    let set = lookup.input.thresholds;
    for note in set.into_iter().filter_map(|set| range_of_parity(set, &quantities)) {
        notes.general(&note);
    }
    for note in &lookup.input.style.notes {
        notes.general(note);
    }
    if lines.iter().any(|line| line.quoted) {
        notes.general("Notes of sources are given in the language of the source");
    }
    for note in of.notes.iter().filter(|_| of_groups) {
        notes.general(note);
    }
    let subtitle = format!("{} · {} of {}", of.year, unit_words(&info.indicator), base(info));
    Table {
        heads,
        spanners,
        rows,
        notes: notes.finish(lookup.input),
        ..plain(title, subtitle, world.source_line.clone())
    }
}

/// What counts as parity by the set of the study or of its style, where the table has the ratio that it is of.
fn range_of_parity(set: &ThresholdSet, quantities: &[Quantity]) -> Option<String> {
    let judged = quantities.iter().any(|quantity| quantity.id() == set.applied_to);
    let (lower, upper) = set.lower.zip(set.upper).filter(|_| judged)?;
    let of = set.applied_to.replace('_', " ");
    Some(format!("Parity by the set “{}”: {of} of {lower} to {upper}, both included", set.name))
}

/// Marks a figure that its source calls unreliable as the style marks any such figure.
pub(crate) fn mark_unreliable(
    lookup: &Lookup<'_>,
    row: Option<&Row>,
    cell: &mut TableCell,
    notes: &mut Notes,
) {
    let Some(Row { key, cell: Cell::Shown(_), .. }) = row else { return };
    if lookup.input.world.as_ref().is_some_and(|world| unreliable(world, key)) {
        cell.unreliable = Some(lookup.input.style.unreliable.clone());
        cell.strong = false;
        notes.unreliable_by_source();
    }
}

/// Bounds that a source gives, as printed.
fn published((lower, upper): (f64, f64), style: &Style) -> CellInterval {
    let printed = Printed::of(Measure::Level, Unit::Share, style);
    CellInterval {
        text: printed.between(lower, upper),
        lower: printed.convert(lower),
        upper: printed.convert(upper),
    }
}
