//! Where figures by sex are missing: by group, then by country.

use super::areas::covered;
use super::{AvailabilityCell, WorldIndicator, WorldInput, plain};
use crate::cells::{number, with_reason};
use crate::lookup::Lookup;
use crate::notes::Notes;
use crate::{Error, Head, HeadKind, Table, TableCell, TableRow};

/// Names of the indicators, as headers.
pub(super) fn names(lookup: &Lookup<'_>, world: &WorldInput) -> Result<Vec<Head>, Error> {
    let of = |of: &WorldIndicator| {
        let info = lookup.indicator(&of.indicator, "the map of data gaps")?;
        Ok(Head { title: info.indicator.name.clone(), kind: HeadKind::Text })
    };
    world.indicators.iter().map(of).collect()
}

/// Shares of countries and of the population that have figures by sex.
pub(super) fn availability_of_groups(
    lookup: &Lookup<'_>,
    world: &WorldInput,
) -> Result<Option<Table>, Error> {
    if world.availability_of_groups.is_empty() {
        return Ok(None);
    }
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let (mut heads, mut spanners) = (Vec::new(), Vec::new());
    for head in names(lookup, world)? {
        spanners.push((head.title, 3));
        heads.push(Head { title: "Countries".into(), kind: HeadKind::Text });
        heads.push(Head { title: "% of countries".into(), kind: HeadKind::Number });
        heads.push(Head { title: "Covered (women; men)".into(), kind: HeadKind::Text });
    }
    let mut rows = Vec::new();
    for line in &world.availability_of_groups {
        if let Some(heading) = &line.heading {
            rows.push(TableRow::Group { label: heading.clone(), level: 0 });
        }
        let mut cells = Vec::new();
        for own in &line.cells {
            cells.push(TableCell::of_text(format!("{} of {}", own.countries, own.of)));
            cells.push(number(100.0 * own.countries as f64 / own.of.max(1) as f64, 0));
            cells.push(match own.covered {
                Some(_) => TableCell::of_text(covered(own.covered)),
                None => with_reason(
                    &lookup.input.style.not_available,
                    "the population is not known",
                    &mut notes,
                ),
            });
        }
        rows.push(TableRow::Cells { label: line.label.clone(), level: 0, cells });
    }
    for (head, since) in names(lookup, world)?.iter().zip(&world.recent) {
        if let Some(since) = since {
            notes.general(&format!("{}: figures of {since} and later.", head.title));
        }
    }
    notes.general(
        "Members of a group, the countries with figures and the shares of women and men covered are those of the \
         tables of groups.",
    );
    Ok(Some(Table {
        heads,
        spanners,
        rows,
        notes: notes.finish(lookup.input),
        ..plain(
            "Figures by sex: shares of countries and of the population".into(),
            "Countries and territories with a recent figure of women and of men".into(),
            world.source_line.clone(),
        )
    }))
}

/// Country by indicator: the newest year by sex, all persons only, or nothing.
pub(super) fn availability(
    lookup: &Lookup<'_>,
    world: &WorldInput,
) -> Result<Option<Table>, Error> {
    if world.availability.is_empty() {
        return Ok(None);
    }
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut rows = Vec::new();
    for line in &world.availability {
        let cells = line.cells.iter().map(|cell| match cell {
            AvailabilityCell::BySex(year, age) if age.is_empty() => {
                TableCell::of_text(year.to_string())
            }
            AvailabilityCell::BySex(year, age) => TableCell::of_text(format!("{year} ({age})")),
            AvailabilityCell::TotalOnly(year) => {
                let mut cell = TableCell::of_text(format!("total {year}"));
                cell.notes.push(notes.mark("only a figure of all persons"));
                cell
            }
            AvailabilityCell::Nothing => with_reason(
                &lookup.input.style.not_available,
                "no figure in the sources",
                &mut notes,
            ),
        });
        let mut cells: Vec<TableCell> = cells.collect();
        cells.push(TableCell::of_text(line.sources.join("; ")));
        rows.push(TableRow::Cells { label: line.label.clone(), level: 0, cells });
    }
    let mut heads = names(lookup, world)?;
    heads.push(Head { title: "Sources of figures by sex".into(), kind: HeadKind::Text });
    Ok(Some(Table {
        heads,
        rows,
        notes: notes.finish(lookup.input),
        ..plain(
            "Newest figures by sex, by country".into(),
            "Year, and age range where the source states it".into(),
            world.source_line.clone(),
        )
    }))
}
