//! From reviewed rows to the annex document, section by section.

use crate::lookup::Lookup;
use crate::{
    Annex, AnnexInput, Block, ChartKind, ChartSpec, Error, Section, Table, TableKind, TableSpec,
    action, appendix, comparisons, detectable, figures, findings, methods, multiple, record,
    tables, world,
};
use std::collections::BTreeSet;

/// Builds the annex. Every cell is decided here, before any format is known.
///
/// # Errors
///
/// [`Error::UnknownIndicator`] and [`Error::UnknownConcept`] if a table or chart names something
/// that the study or the registry does not have.
pub fn build(input: &AnnexInput<'_>) -> Result<Annex, Error> {
    let lookup = Lookup::new(input);
    let mut sections = vec![first_page(&lookup)?];
    sections.extend(by_indicator(&lookup)?);
    sections.extend(world::sections(&lookup)?);
    sections.extend(comparisons::sections(&lookup)?);
    let mut add = |id: &str, title: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            sections.push(Section { id: id.into(), title: title.into(), blocks });
        }
    };
    add("action", "Action", action::blocks(&lookup));
    let found = detectable::table(&lookup).map(Block::Table);
    add("data-gaps", "Data gaps", record::data_gaps(&lookup).into_iter().chain(found).collect());
    add("non-response", "Item non-response", nonresponse(&lookup));
    add("sampling-errors", "Sampling errors", sampling_errors(&lookup)?);
    let mut defined = methods::definitions(&lookup);
    if !defined.is_empty() {
        defined.push(Block::Text(multiple::METHOD.into()));
    }
    add("definitions", "Definitions and methods", defined);
    add("suppression", "Suppression log", record::suppression(&lookup));
    let published = world::sources(&lookup).map(Block::Table);
    add("sources", "Sources", record::sources(&lookup).into_iter().chain(published).collect());
    number(&mut sections);
    Ok(Annex {
        language: inclusion_language::Language::En,
        fonts: crate::charts::Fonts::new(),
        title: input.title.clone(),
        subtitle: input.subtitle.clone(),
        study_id: input.study_id.clone(),
        period: lookup.places(),
        source: lookup.source_line(),
        findings: findings::findings(&lookup),
        sections,
        methods_hash: input.methods_hash.clone(),
        program_version: input.program_version.clone(),
        date: input.date.clone(),
    })
}

/// The findings stand in [`Annex::findings`]; here is the first page's chart.
fn first_page(lookup: &Lookup<'_>) -> Result<Section, Error> {
    let mut blocks = Vec::new();
    let made;
    let spec = match lookup.input.charts.first() {
        Some(spec) => Some(spec),
        None => {
            made = lookup.input.tables.first().map(|table| ChartSpec {
                kind: ChartKind::Dumbbell,
                indicator: table.indicator.clone(),
                rows: table.rows.first().cloned(),
            });
            made.as_ref()
        }
    };
    if let Some(spec) = spec {
        blocks.extend(figures::figures(lookup, spec, "chart 1")?.into_iter().map(Block::Figure));
    }
    if blocks.is_empty() {
        blocks.extend(world::first_figure(lookup)?.map(Block::Figure));
    }
    Ok(Section { id: "findings".into(), title: "Findings".into(), blocks })
}

/// Tables and charts, one section for each indicator, in the study's order.
fn by_indicator(lookup: &Lookup<'_>) -> Result<Vec<Section>, Error> {
    let ids: Vec<&str> = lookup.input.indicators.iter().map(|i| i.indicator.id.as_str()).collect();
    for (place, spec) in lookup.input.tables.iter().enumerate() {
        lookup.indicator(&spec.indicator, &format!("table {}", place + 1))?;
    }
    for (place, spec) in lookup.input.charts.iter().enumerate() {
        lookup.indicator(&spec.indicator, &format!("chart {}", place + 1))?;
    }
    let mut sections = Vec::new();
    for (info, id) in lookup.input.indicators.iter().zip(ids) {
        let mut blocks = Vec::new();
        for (place, spec) in lookup.input.tables.iter().enumerate() {
            let what = format!("table {}", place + 1);
            if spec.indicator != id {
                continue;
            }
            match spec.kind {
                TableKind::Breakdown | TableKind::Nonresponse => {
                    blocks.push(Block::Table(tables::table(lookup, spec, &what)?));
                }
                TableKind::Standard => {
                    let table = tables::table(lookup, spec, &what)?;
                    let sources = tables::sources_of(
                        lookup,
                        lookup.indicator(&spec.indicator, &what)?,
                        &table,
                    );
                    blocks.extend([Block::Table(table), Block::Table(sources)]);
                }
                TableKind::SamplingErrors(layout) => {
                    let table = appendix::sampling_errors(lookup, spec, layout, &what)?;
                    blocks.push(Block::Table(table));
                }
            }
        }
        for (place, spec) in lookup.input.charts.iter().enumerate().skip(1) {
            if spec.indicator != id {
                continue;
            }
            let what = format!("chart {}", place + 1);
            let drawn = figures::figures(lookup, spec, &what)?;
            if drawn.is_empty() {
                blocks.push(Block::Text(format!(
                    "No chart of {}: no source has figures for it.",
                    info.indicator.name
                )));
            }
            blocks.extend(drawn.into_iter().map(Block::Figure));
        }
        if !blocks.is_empty() {
            sections.push(Section {
                id: format!("indicator-{}", anchor(id)),
                title: info.indicator.name.clone(),
                blocks,
            });
        }
    }
    Ok(sections)
}

fn nonresponse(lookup: &Lookup<'_>) -> Vec<Block> {
    appendix::nonresponse(lookup).map(Block::Table).into_iter().collect()
}

/// The appendix of sampling errors of the indicators that have no such table of their own, over
/// the breakdowns of their tables.
fn sampling_errors(lookup: &Lookup<'_>) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    for info in &lookup.input.indicators {
        let id = &info.indicator.id;
        let own = lookup.input.tables.iter().filter(|t| t.indicator == *id);
        if own.clone().any(|t| matches!(t.kind, TableKind::SamplingErrors(_))) {
            continue;
        }
        let mut rows: Vec<String> = Vec::new();
        for entry in own.flat_map(|t| t.rows.iter().chain(&t.across)) {
            if !rows.contains(entry) {
                rows.push(entry.clone());
            }
        }
        let spec = TableSpec { indicator: id.clone(), rows, ..TableSpec::default() };
        let layout = lookup.input.style.sampling_errors;
        let table = appendix::sampling_errors(lookup, &spec, layout, "the appendix")?;
        if table.rows.iter().any(|row| matches!(row, crate::TableRow::Cells { .. })) {
            blocks.push(Block::Table(table));
        }
    }
    Ok(blocks)
}

/// Numbers tables and figures in document order and makes the names of figures unique.
fn number(sections: &mut [Section]) {
    let (mut tables, mut figures) = (0, 0);
    let mut ids = BTreeSet::new();
    for section in sections {
        let base = section.id.clone();
        let mut more = 2;
        while !ids.insert(section.id.clone()) {
            section.id = format!("{base}-{more}");
            more += 1;
        }
        for block in &mut section.blocks {
            match block {
                Block::Table(Table { number, .. }) => {
                    tables += 1;
                    *number = tables;
                }
                Block::Figure(figure) => {
                    figures += 1;
                    figure.number = figures;
                    figure.name = format!("figure-{figures}-{}", anchor(&figure.name));
                }
                Block::Text(_) | Block::Definitions { .. } => {}
            }
        }
    }
}

/// Letters, digits and hyphens only: safe as an anchor and in a file name.
pub(crate) fn anchor(text: &str) -> String {
    let safe: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = safe.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "x".into() } else { parts.join("-") }
}
