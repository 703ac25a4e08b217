//! What there is to do: women to connect for parity, and what the rules of progress say, in counts.

use crate::cells::{CellContext, cell};
use crate::heads::is_share;
use crate::lookup::{Group, Lookup};
use crate::notes::Notes;
use crate::tables::text_heads;
use crate::world::ProgressLine;
use crate::{
    Block, Column, Head, HeadKind, IndicatorInfo, Quantity, Table, TableCell, TableRow,
    WorldIndicator,
};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::Absence;
use inclusion_registry::IndicatorKind;
use std::collections::BTreeMap;

/// Countries that a table of the world names for each indicator.
const COUNTRIES: usize = 10;

/// The figures of a line.
const COLUMNS: [Quantity; 4] =
    [Quantity::Women, Quantity::Men, Quantity::Gap, Quantity::WomenToParity];

/// Women to connect, then verdicts; where there are no numbers of persons, that is said.
pub(crate) fn blocks(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    match women_to_connect(lookup) {
        Some(table) => blocks.push(Block::Table(table)),
        None if lookup.input.indicators.iter().any(|info| is_share(&info.indicator)) => {
            blocks.push(Block::Text(without_women(lookup).into()));
        }
        None => {}
    }
    blocks.extend(verdicts(lookup).map(Block::Table));
    blocks
}

/// Why there is no number of women to connect.
fn without_women(lookup: &Lookup<'_>) -> &'static str {
    let infos = lookup.input.indicators.iter().filter(|info| is_share(&info.indicator));
    let mut rows = infos.flat_map(|info| lines(lookup, info)).filter_map(|(_, figures)| figures[3]);
    let unknown = |row: &Row| row.cell == Cell::Missing(Absence::PopulationUnknown);
    match rows.next() {
        None => {
            "This study has no number of women to connect: it does not ask for it (women_to_parity)."
        }
        Some(first) if unknown(first) && rows.all(unknown) => {
            "This study has no number of women to connect: the population is not known."
        }
        Some(_) => {
            "This study has no number of women to connect: no such figure could be made; the data files \
             say why of each."
        }
    }
}

/// A line with the row of each figure.
type Line<'a> = (String, [Option<&'a Row>; 4]);

fn women_to_connect(lookup: &Lookup<'_>) -> Option<Table> {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut rows = Vec::new();
    for info in lookup.input.indicators.iter().filter(|info| is_share(&info.indicator)) {
        let mut lines = lines(lookup, info);
        lines.retain(|(_, figures)| figures[3].is_some_and(crate::lookup::is_figure));
        if lines.is_empty() {
            continue;
        }
        rows.push(TableRow::Group { label: info.indicator.name.clone(), level: 0 });
        let context = CellContext {
            style: lookup.input.style,
            kind: IndicatorKind::Rate,
            unavailable: None,
            intervals: true,
        };
        for (label, figures) in lines {
            let cells: Vec<TableCell> = COLUMNS
                .into_iter()
                .zip(figures)
                .map(|(quantity, row)| {
                    let mut cell = cell(Column::Value(quantity), row, &context, &mut notes);
                    crate::world::mark_unreliable(lookup, row, &mut cell, &mut notes);
                    cell
                })
                .collect();
            rows.push(TableRow::Cells { label, level: 1, cells });
        }
    }
    if rows.is_empty() {
        return None;
    }
    notes.general(
        "Women missing for parity: how many more women would have to be counted for women's rate to be that of \
         men, the population as it is. None are missing where women are ahead",
    );
    notes.general("Gap: men minus women; above zero, women are behind");
    if lookup.input.world.is_some() {
        notes.general(&format!(
            "Countries: at most {COUNTRIES} for each indicator, those where most women are missing by the \
             reported figures"
        ));
    }
    let titles = ["Women (%)", "Men (%)", "Gap (points)", "Women missing for parity (persons)"];
    Some(Table {
        number: 0,
        title: "Women to connect".into(),
        subtitle: lookup.places(),
        stub: "Indicator, area and period".into(),
        heads: titles
            .map(|title| Head { title: title.into(), kind: HeadKind::WithInterval })
            .into(),
        spanners: Vec::new(),
        rows,
        notes: notes.finish(lookup.input),
        source: lookup.source_line(),
    })
}

/// The lines of surveys, then those of the world.
fn lines<'a>(lookup: &Lookup<'a>, info: &IndicatorInfo) -> Vec<Line<'a>> {
    let mut lines = of_surveys(lookup, info);
    lines.extend(of_world(lookup, info));
    lines
}

fn of_surveys<'a>(lookup: &Lookup<'a>, info: &IndicatorInfo) -> Vec<Line<'a>> {
    let surveys = lookup.surveys_of(info).into_iter();
    surveys
        .map(|survey| {
            let of = |quantity| lookup.row(survey, &info.indicator.id, &Group::new(), quantity);
            (lookup.place_of(survey, Some(info)), COLUMNS.map(of))
        })
        .collect()
}

/// The world, then the countries where most women are missing.
fn of_world<'a>(lookup: &Lookup<'a>, info: &IndicatorInfo) -> Vec<Line<'a>> {
    let all = lookup.input.world.iter().flat_map(|world| &world.indicators);
    let Some(of) = all.into_iter().find(|of| of.indicator == info.indicator.id) else {
        return Vec::new();
    };
    let line = |line: &crate::WorldLine| {
        let label = format!("{}, {}", line.label, line.years);
        (label, COLUMNS.map(|quantity| crate::world::row(lookup, line, quantity)))
    };
    let missing = |(_, figures): &Line<'_>| match figures[3].map(|row| &row.cell) {
        Some(Cell::Shown(shown)) if shown.value > 0.0 => Some(shown.value),
        _ => None,
    };
    let mut countries: Vec<(f64, Line<'_>)> =
        of.countries.iter().map(line).filter_map(|line| Some((missing(&line)?, line))).collect();
    // They come by name, and of equal ones stay so.
    countries.sort_by(|a, b| b.0.total_cmp(&a.0));
    let countries = countries.into_iter().take(COUNTRIES).map(|(_, line)| line);
    of.groups.iter().take(1).map(line).chain(countries).collect()
}

/// How many series have which verdict, by indicator and rule; none where no rule has one.
fn verdicts(lookup: &Lookup<'_>) -> Option<Table> {
    let world = lookup.input.world.as_ref()?;
    let mut rows = Vec::new();
    for of in &world.indicators {
        let Ok(info) = lookup.indicator(&of.indicator, "verdicts") else { continue };
        let counted: Vec<TableRow> =
            of.rules.iter().enumerate().filter_map(|(at, rule)| counts(of, at, rule)).collect();
        if !counted.is_empty() {
            rows.push(TableRow::Group { label: info.indicator.name.clone(), level: 0 });
            rows.extend(counted);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let mut notes = Notes::new(lookup.input.style.footnotes);
    notes.general(
        "A series is a country's women, men, or all. A rule counts those that it has a verdict on; the tables of \
         progress have each of them, with the reasons where there is none",
    );
    notes.general("Verdicts are of reported figures; movements may be chance where no standard error is known");
    Some(Table {
        number: 0,
        title: "Progress: how many series have which verdict".into(),
        subtitle: lookup.places(),
        stub: "Indicator and rule".into(),
        heads: text_heads(&["Series judged", "Verdicts"]),
        spanners: Vec::new(),
        rows,
        notes: notes.finish(lookup.input),
        source: world.source_line.clone(),
    })
}

fn counts(of: &WorldIndicator, at: usize, rule: &str) -> Option<TableRow> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let verdict = |line: &'_ ProgressLine| line.cells.get(at)?.verdict.clone();
    let all: Vec<String> = of.progress.iter().filter_map(verdict).collect();
    for verdict in &all {
        *counted.entry(verdict).or_default() += 1;
    }
    let mut ordered: Vec<(&str, usize)> = counted.into_iter().collect();
    ordered.sort_by_key(|(verdict, n)| (std::cmp::Reverse(*n), *verdict));
    let told: Vec<String> = ordered.iter().map(|(verdict, n)| format!("{verdict} {n}")).collect();
    let cells = vec![
        TableCell::of_text(format!("{} of {}", all.len(), of.progress.len())),
        TableCell::of_text(told.join("; ")),
    ];
    (!all.is_empty()).then(|| TableRow::Cells { label: rule.to_string(), level: 1, cells })
}
