//! Which countries have figures of women and men, as heat maps: countries down, indicators across.
//!
//! One heat map where a page can hold it, else one a group of the study's first grouping.

use super::charts::{figure, text};
use super::{AvailabilityCell, AvailabilityLine, WorldChart, WorldInput};
use crate::charts::{Availability, ChartData, ChartText, HeatRow};
use crate::lookup::Lookup;
use crate::{Figure, words};
use std::collections::BTreeMap;

/// Countries of one heat map: more cannot be read on a page.
const ROWS: usize = 60;

/// Countries under one heading.
struct Part<'a> {
    /// None where the study has no groups.
    group: Option<&'a str>,
    lines: Vec<&'a AvailabilityLine>,
    /// The heading has other countries, in other heat maps.
    divided: bool,
}

/// The heat maps of the indicators for which the study has one; `names` are of all its indicators.
pub(super) fn figures(lookup: &Lookup<'_>, world: &WorldInput, names: &[String]) -> Vec<Figure> {
    let asked = |at: &usize| world.indicators[*at].charts.contains(&WorldChart::Availability);
    let columns: Vec<usize> = (0..world.indicators.len()).filter(asked).collect();
    if columns.is_empty() || world.availability.is_empty() {
        return Vec::new();
    }
    let parts = parts(world);
    let rows: usize = parts.iter().map(|part| part.lines.len()).sum();
    let pages: Vec<Vec<Part<'_>>> = match rows > ROWS {
        true => parts.into_iter().flat_map(divided).map(|part| vec![part]).collect(),
        false => vec![parts],
    };
    let many = pages.len() > 1;
    let drawn = pages.iter().enumerate().map(|(at, page)| {
        let name = match many {
            true => format!("availability-{}", at + 1),
            false => "availability".to_string(),
        };
        figure(heat_map(lookup, world, names, &columns, page), name)
    });
    drawn.collect()
}

/// Countries by group of the study's first grouping, then those of none of its groups; one part without a heading
/// where there is no grouping. A country of two groups stands in both.
fn parts(world: &WorldInput) -> Vec<Part<'_>> {
    let lines = || world.availability.iter();
    let groups = world.indicators.first().map_or(&[][..], |of| of.outlined.as_slice());
    if groups.is_empty() {
        return vec![Part { group: None, lines: lines().collect(), divided: false }];
    }
    let others =
        lines().filter(|line| !groups.iter().any(|group| group.areas.contains(&line.area)));
    let mut parts: Vec<Part<'_>> = groups
        .iter()
        .map(|group| Part {
            group: Some(&group.label),
            lines: lines().filter(|line| group.areas.contains(&line.area)).collect(),
            divided: false,
        })
        .collect();
    parts.push(Part {
        group: Some("Other countries and territories"),
        lines: others.collect(),
        divided: false,
    });
    parts.retain(|part| !part.lines.is_empty());
    parts
}

/// A part in as few equal ones as can be read.
fn divided(part: Part<'_>) -> Vec<Part<'_>> {
    let count = part.lines.len().div_ceil(ROWS);
    let each = part.lines.len().div_ceil(count.max(1)).max(1);
    let pieces = part.lines.chunks(each);
    let pieces =
        pieces.map(|lines| Part { group: part.group, lines: lines.into(), divided: count > 1 });
    pieces.collect()
}

fn heat_map(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    names: &[String],
    columns: &[usize],
    page: &[Part<'_>],
) -> ChartData {
    let since = |at: usize| world.recent.get(at).copied().flatten();
    let state = |line: &AvailabilityLine, at: usize| match line.cells.get(at) {
        Some(AvailabilityCell::BySex(year, _)) => match since(at) {
            Some(since) if *year < since => Availability::SexesOlder,
            _ => Availability::SexesLatest,
        },
        Some(AvailabilityCell::TotalOnly(_)) => Availability::TotalOnly,
        Some(AvailabilityCell::Nothing) | None => Availability::Nothing,
    };
    let mut rows = Vec::new();
    for part in page {
        rows.extend(part.lines.iter().map(|line| HeatRow {
            label: line.label.clone(),
            // A heading of all rows stands in the title.
            group: part.group.filter(|_| page.len() > 1).map(str::to_string),
            cells: columns.iter().map(|at| state(line, *at)).collect(),
        }));
    }
    // A country of two groups counts once.
    let lines = page.iter().flat_map(|part| &part.lines);
    let countries: BTreeMap<&str, &AvailabilityLine> =
        lines.map(|line| (line.area.as_str(), *line)).collect();
    let first = columns.first().map(|at| since(*at));
    let alike = columns.iter().all(|at| Some(since(*at)) == first);
    let (subtitle, heads) = match first.flatten().filter(|_| alike) {
        Some(since) => (
            format!("Newest figures by country; recent: {since} and later"),
            columns.iter().map(|at| names[*at].clone()).collect(),
        ),
        None => (
            "Newest figures by country; recent: the year beside the indicator and later"
                .to_string(),
            columns
                .iter()
                .map(|at| match since(*at) {
                    Some(since) => format!("{} ({since} and later)", names[*at]),
                    None => names[*at].clone(),
                })
                .collect(),
        ),
    };
    let title = title(page, &countries, columns, names);
    let told: Vec<String> = columns
        .iter()
        .map(|at| {
            let recent = |line: &&&AvailabilityLine| state(line, *at) == Availability::SexesLatest;
            format!("{}: {}", names[*at], countries.values().filter(recent).count())
        })
        .collect();
    let text = ChartText {
        alt: format!(
            "Heat map of countries by indicator. {title}. Countries with recent figures of women and men: {}.",
            told.join("; ")
        ),
        ..text(lookup, world, title, subtitle)
    };
    ChartData::Availability { text, columns: heads, rows }
}

/// In how many countries there is nothing by sex, or that all have something.
fn title(
    page: &[Part<'_>],
    countries: &BTreeMap<&str, &AvailabilityLine>,
    columns: &[usize],
    names: &[String],
) -> String {
    let by_sex = |line: &AvailabilityLine| {
        let has = |at: &usize| matches!(line.cells.get(*at), Some(AvailabilityCell::BySex(..)));
        columns.iter().any(has)
    };
    let all = countries.len();
    let without = countries.values().filter(|line| !by_sex(line)).count();
    let of = |many: &str| match columns {
        [only] => names[*only].clone(),
        _ => format!("{many} of the {} indicators", columns.len()),
    };
    let finding = match without {
        0 => format!(
            "figures of women and men for {} in {all} of {all} countries",
            of("at least one")
        ),
        _ => {
            format!("no figure of women and men for {} in {without} of {all} countries", of("any"))
        }
    };
    let [part] = page else { return words::capital(&finding) };
    let ends = part.lines.first().zip(part.lines.last()).filter(|_| part.divided);
    let ends =
        ends.map(|(first, last)| format!("countries from {} to {}", first.label, last.label));
    match (part.group, ends) {
        (Some(group), Some(ends)) => format!("{group}, {ends}: {finding}"),
        (Some(group), None) => format!("{group}: {finding}"),
        (None, Some(ends)) => format!("{}: {finding}", words::capital(&ends)),
        (None, None) => words::capital(&finding),
    }
}
