//! The annex's record of itself: data gaps, suppression log, sources with hashes, quality log.

use crate::lookup::Lookup;
use crate::notes::{unreliable_text, withheld_text};
use crate::tables::text_heads;
use crate::{Block, Head, HeadKind, Table, TableCell, TableRow, words};
use inclusion_disclosure::Cell;
use inclusion_estimate::{Measure, SeriesKey, Severity};
use inclusion_registry::Status;
use std::collections::{BTreeMap, BTreeSet};

fn cells<S: Into<String>>(
    label: impl Into<String>,
    texts: impl IntoIterator<Item = S>,
) -> TableRow {
    TableRow::Cells {
        label: label.into(),
        level: 0,
        cells: texts.into_iter().map(|text| TableCell::of_text(text)).collect(),
    }
}

fn plain(title: &str, stub: &str, heads: Vec<Head>, rows: Vec<TableRow>) -> Table {
    Table {
        number: 0,
        title: title.into(),
        subtitle: String::new(),
        stub: stub.into(),
        heads,
        spanners: Vec::new(),
        rows,
        notes: Vec::new(),
        source: String::new(),
    }
}

/// What is missing, approximated or a draft, indicator by survey. Empty cells are a finding.
pub(crate) fn data_gaps(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut rows = Vec::new();
    let (mut unavailable, mut combinations) = (0usize, 0usize);
    for info in &lookup.input.indicators {
        let name = format!("{} {}", info.indicator.id, info.indicator.name);
        let shown = lookup.surveys_of(info);
        for survey in lookup.input.surveys.iter().filter(|s| !s.pooled) {
            let place = format!("{} ({})", survey.name, lookup.place_beside_name(survey));
            let source = info.by_source.get(survey.source.as_str());
            // Another survey there and then gives it: nothing is missing.
            if !shown.iter().any(|s| s.source == survey.source) {
                continue;
            }
            combinations += 1;
            if let Some(why) = source.and_then(|s| s.unavailable.as_ref()) {
                unavailable += 1;
                rows.push(cells(&name, [place.as_str(), "not available", why]));
                continue;
            }
            if let Some(proxy) = source.and_then(|s| s.proxy.as_ref()) {
                rows.push(cells(&name, [place.as_str(), "approximated", proxy]));
            }
            for (reason, n) in missing(lookup, &survey.source, &info.indicator.id) {
                let count = if n == 1 { "1 cell".into() } else { format!("{n} cells") };
                rows.push(cells(&name, [place.as_str(), &format!("missing in {count}"), reason]));
            }
        }
        if info.indicator.status == Status::Draft {
            let why = info.indicator.draft_reason.as_deref().unwrap_or("not settled");
            rows.push(cells(&name, ["all", "draft definition", why]));
        }
    }
    // Gaps of published figures have a section of their own.
    if rows.is_empty() && lookup.input.surveys.is_empty() && lookup.input.world.is_some() {
        return Vec::new();
    }
    if rows.is_empty() {
        return vec![Block::Text(
            "Every indicator of this study can be had, and no group is empty.".into(),
        )];
    }
    let mut text =
        "Empty cells are a finding: what is not measured cannot be seen to change.".to_string();
    if unavailable > 0 {
        text.push_str(&format!(
            " {unavailable} of {combinations} combinations of indicator and source cannot be had."
        ));
    }
    let heads = text_heads(&["Source", "State", "Reason"]);
    vec![Block::Text(text), Block::Table(plain("Data gaps", "Indicator", heads, rows))]
}

/// Missing levels of an indicator in a survey, by reason.
fn missing(lookup: &Lookup<'_>, source: &str, indicator: &str) -> BTreeMap<&'static str, usize> {
    let mut by_reason = BTreeMap::new();
    for row in lookup.input.publishable.rows() {
        if row.key.source == source
            && row.key.indicator == indicator
            && row.key.measure == Measure::Level
            && let Cell::Missing(reason) = row.cell
        {
            *by_reason.entry(words::absence(reason)).or_default() += 1;
        }
    }
    by_reason
}

/// How many figures are withheld; never which for what reason, how many cases or what value.
pub(crate) fn suppression(lookup: &Lookup<'_>) -> Vec<Block> {
    let policy = lookup.input.policy;
    let rule = format!(
        "Disclosure profile “{}”: {} {}{}{}",
        policy.name,
        withheld_text(policy),
        unreliable_text(policy),
        if policy.sex_complement {
            " Where one sex is withheld and the total and the other sex would give it away, a \
             second figure is withheld."
        } else {
            ""
        },
        policy.round_counts.map_or_else(String::new, |base| format!(
            " Counts are rounded to multiples of {base}."
        ))
    );
    let log = lookup.input.publishable.withheld();
    if log.is_empty() && lookup.input.surveys.is_empty() && lookup.input.world.is_some() {
        return vec![Block::Text(
            "No figure is withheld: published figures come without the cases that a disclosure profile \
             judges. Groups of countries that too few countries have figures for have none."
                .into(),
        )];
    }
    if log.is_empty() {
        return vec![Block::Text(rule), Block::Text("No figure is withheld.".into())];
    }
    // Counts only: with the number of cases of a group beside, the reason of each cell says how many it has.
    let mut counted: BTreeMap<(&str, String), (BTreeSet<SeriesKey>, usize)> = BTreeMap::new();
    for withheld in log {
        let cell = SeriesKey { measure: Measure::Level, ..withheld.key.clone() };
        let of = (withheld.key.indicator.as_str(), place(lookup, &withheld.key));
        let (cells, figures) = counted.entry(of).or_default();
        cells.insert(cell);
        *figures += 1;
    }
    let rows = counted
        .into_iter()
        .map(|((indicator, place), (of, figures))| {
            let [groups, figures] = [of.len(), figures].map(|n| n.to_string());
            cells(indicator.to_string(), [place, groups, figures])
        })
        .collect();
    let heads = text_heads(&["Area and period", "Groups", "Figures"]);
    vec![
        Block::Text(rule),
        Block::Text(
            "Which figures are withheld is marked in the tables and data files. Why each of them is withheld is not \
             told: beside the cases of the groups around it that would narrow down what it hides."
                .into(),
        ),
        Block::Table(plain("Withheld figures", "Indicator", heads, rows)),
    ]
}

fn place(lookup: &Lookup<'_>, key: &SeriesKey) -> String {
    match lookup.input.surveys.iter().find(|s| s.source == key.source) {
        Some(survey) => lookup.place_of(survey, lookup.indicator(&key.indicator, "").ok()),
        // A change is of two periods, and no survey's own.
        None => {
            let mut surveys = lookup.input.surveys.iter();
            let area = surveys.find(|s| s.ref_area == key.ref_area).map(|s| s.area().to_string());
            let area = area.unwrap_or_else(|| key.ref_area.to_string());
            format!("{area}, {}", key.time_period.replace('/', "–"))
        }
    }
}

/// Surveys, their files with hashes, and what was noticed on the way.
pub(crate) fn sources(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let surveys: Vec<TableRow> = lookup
        .input
        .surveys
        .iter()
        .map(|s| {
            let place = lookup.place_beside_name(s);
            cells(&s.name, [s.producer.clone(), place, s.coverage.clone(), s.design.clone()])
        })
        .collect();
    let heads = text_heads(&["Producer", "Area and period", "Coverage", "Design"]);
    if !lookup.input.surveys.is_empty() {
        blocks.push(Block::Table(plain("Surveys", "Survey", heads, surveys)));
    }
    let mut files = Vec::new();
    for survey in &lookup.input.surveys {
        for file in &survey.files {
            files.push(TableRow::Cells {
                label: file.label.clone(),
                level: 0,
                cells: vec![
                    TableCell::of_text(survey.name.clone()),
                    TableCell {
                        text: crate::numbers::whole(file.rows),
                        ..crate::cells::number(file.rows as f64, 0)
                    },
                    TableCell::of_text(file.sha256.clone()),
                ],
            });
        }
    }
    if !files.is_empty() {
        let mut heads = text_heads(&["Survey", "Rows", "SHA-256"]);
        heads[1].kind = HeadKind::Number;
        blocks.push(Block::Table(plain("Files", "File", heads, files)));
    }
    let mut log: Vec<_> = lookup.input.diagnostics.iter().collect();
    log.sort();
    log.dedup();
    if !log.is_empty() {
        let rows = log
            .into_iter()
            .map(|d| TableRow::Cells {
                label: d.message.to_string(),
                level: 0,
                cells: vec![
                    TableCell::of_text(match d.severity {
                        Severity::Caution => "caution",
                        Severity::Note => "note",
                    }),
                    match d.count {
                        0 => TableCell::default(),
                        n => TableCell {
                            text: crate::numbers::whole(n),
                            ..crate::cells::number(n as f64, 0)
                        },
                    },
                    TableCell::of_text(d.code.clone()),
                ],
            })
            .collect();
        let mut heads = text_heads(&["Severity", "Count", "Code"]);
        heads[1].kind = HeadKind::Number;
        blocks.push(Block::Table(plain("What was decided on the way", "Remark", heads, rows)));
    }
    blocks
}
