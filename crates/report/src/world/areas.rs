//! Tables of groups of countries and of countries.

use super::persons::Scale;
use super::{WorldIndicator, WorldInput, WorldLine, base, plain, row, text_head, unreliable};
use crate::cells::{self, CellContext};
use crate::heads::{HeadContext, heads, unit_words};
use crate::lookup::Lookup;
use crate::notes::Notes;
use crate::numbers::Printed;
use crate::{CellInterval, Column, IndicatorInfo, Quantity, Table, TableCell, TableRow};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::{Measure, Severity, Unit, percent};
use inclusion_registry::Style;
use std::collections::BTreeSet;

/// Observation statuses of SDMX that a published figure may carry, in words; after a nature where a style has a
/// sign for the two together.
const STATUSES: [(&str, &str); 9] = [
    ("B", "break in the series"),
    ("D", "definition differs"),
    ("E", "estimated"),
    ("C E", "national estimate"),
    ("F", "forecast"),
    ("I", "imputed"),
    ("P", "provisional"),
    ("R", "revised"),
    ("U", "low reliability"),
];

/// Whose bounds [`WorldLine::bounds`] holds.
const BOUNDED: [Quantity; 3] = [Quantity::Women, Quantity::Men, Quantity::Total];

/// Counts of persons, in the order of their columns.
const PERSONS: [Quantity; 4] = [
    Quantity::HeadcountWomen,
    Quantity::HeadcountMen,
    Quantity::UserDifference,
    Quantity::WomenToParity,
];

/// The figures of a table of areas: those of the style, but for less usual ones that no line has and gaps and
/// ratios that the study does not ask for, and persons where it asks for them.
fn quantities(lookup: &Lookup<'_>, of: &WorldIndicator, lines: &[WorldLine]) -> Vec<Quantity> {
    let style = lookup.input.style;
    let of_style = style.area_columns.iter().filter_map(|id| Column::parse(id)).flatten();
    let values = of_style.filter_map(|column| match column {
        Column::Value(quantity) => Some(quantity),
        _ => None,
    });
    let there = |q: &Quantity| lines.iter().any(|line| row(lookup, line, *q).is_some());
    // A group has a row of all that is asked for, with a figure or without.
    let of_groups = |q: &Quantity| of.groups.iter().any(|line| row(lookup, line, *q).is_some());
    let usual = |q: &Quantity| match q {
        Quantity::Gap | Quantity::Parity => of_groups(q),
        other => BOUNDED.contains(other),
    };
    let mut all: Vec<Quantity> = values.filter(|q| usual(q) || there(q)).collect();
    // What a study asks for beyond its style is counts of persons.
    let asked = PERSONS.into_iter().filter(there).filter(|q| !all.contains(q));
    let asked: Vec<Quantity> = asked.collect();
    all.extend(asked);
    all
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
    beside: &[&str],
) -> Table {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let quantities = quantities(lookup, of, lines);
    let columns: Vec<Column> = quantities.iter().map(|q| Column::Value(*q)).collect();
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
    heads.extend(beside.iter().map(|title| text_head(title)));
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
    for line in lines {
        if let Some(heading) = &line.heading {
            rows.push(TableRow::Group { label: heading.clone(), level: 0 });
        }
        let mut cells = Vec::new();
        for &quantity in &quantities {
            let row = row(lookup, line, quantity);
            let mut cell = cells::cell(Column::Value(quantity), row, &context, &mut notes);
            if row.is_some_and(|row| row.unit == Unit::Count) {
                scale.apply(&mut cell);
            }
            mark_unreliable(lookup, row, &mut cell, &mut notes);
            if quantity == Quantity::Women {
                cell.notes.extend(line.notes.iter().map(|note| notes.mark(note)));
            }
            let bounded = BOUNDED.iter().position(|bounded| *bounded == quantity);
            // What is noted of women's figure and of men's alike stands once.
            let (before, own) = line.notes_of.split_at(bounded.unwrap_or(BOUNDED.len()));
            let own = own.first().filter(|_| bounded.is_some()).into_iter().flatten();
            let own = own.filter(|note| !before.iter().any(|other| other.contains(note)));
            cell.notes.extend(own.map(|note| notes.mark(note)));
            let bounds = bounded.and_then(|at| line.bounds[at]);
            if let (Some(bounds), Some(Cell::Shown(_))) = (bounds, row.map(|row| &row.cell)) {
                cell.interval = Some(published(bounds, lookup.input.style));
                cell.notes.push(notes.mark("The interval is as published."));
            }
            for diagnostic in row.into_iter().flat_map(|row| &row.diagnostics) {
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
        let base = match line.unknown {
            0 => line.base.clone(),
            n => format!("{}, population of {n} unknown", line.base),
        };
        let of_group = line.all.map(|(countries, all)| {
            [covered(line.covered), format!("{countries}, {}", covered(all))]
        });
        let mut texts = vec![line.years.clone(), base];
        match of_group {
            Some(of_group) => texts.extend(of_group),
            None => texts.push(line.nature.clone()),
        }
        cells.extend(texts.into_iter().map(TableCell::of_text));
        rows.push(TableRow::Cells { label: line.label.clone(), level: 0, cells });
    }
    notes.general("Gaps are computed before rounding.");
    let said: BTreeSet<&str> = lines.iter().flat_map(|line| line.nature.split("; ")).collect();
    let told = statuses_told(&said, lookup.input.style);
    if !told.is_empty() {
        notes.general(&format!("Status of the source: {}", told.join(", ")));
    }
    let of_groups =
        lines.first().is_some_and(|line| Some(&line.key) == of.groups.first().map(|g| &g.key));
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

/// What the marks of statuses mean that a table has, each once: a style may have one mark for several statuses.
fn statuses_told(said: &BTreeSet<&str>, style: &Style) -> Vec<String> {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for (code, word) in STATUSES {
        let mark = style.flags.get(code).map_or(code, String::as_str);
        match told.iter_mut().find(|(known, _)| *known == mark) {
            _ if !said.contains(mark) => {}
            Some((_, words)) => words.push(word),
            None => told.push((mark, vec![word])),
        }
    }
    told.into_iter().map(|(mark, words)| format!("{mark} {}", words.join(" or "))).collect()
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

#[cfg(test)]
mod tests {
    use super::statuses_told;
    use inclusion_language::{Language, Translator, terms};
    use inclusion_registry::Registry;

    #[test]
    fn a_mark_that_a_style_has_for_two_statuses_is_told_once() {
        let styles = Registry::builtin().unwrap().styles;
        let told = |style: &str, said: &[&str]| {
            statuses_told(&said.iter().copied().collect(), &styles[style])
        };
        assert_eq!(
            told("unesco-uis", &["B", "(+)", "(‡)", "no status"]),
            ["B break in the series", "(‡) estimated or imputed", "(+) national estimate"]
        );
        assert_eq!(told("default", &["I", "E"]), ["E estimated", "I imputed"]);
        assert_eq!(told("eurostat", &["b", "I"]), ["b break in the series", "I imputed"]);
        assert!(told("default", &[""]).is_empty());
        let both = told("unesco-uis", &["(‡)"]);
        let note = format!("Status of the source: {}.", both.concat());
        let french = Translator::new(Language::Fr, terms(Language::Fr).clone(), Default::default());
        assert_eq!(
            french.text(&note).as_deref(),
            Some("Statut de la source\u{a0}: (‡) estimé ou imputé.")
        );
    }
}
