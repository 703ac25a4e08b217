//! The annex as one HTML page that needs nothing else: no request, charts inlined, and a few lines of
//! script that sort and filter tables and without which all can be read.
//!
//! Every text of the study goes through the template's escaping; the charts come as finished SVG
//! from [`crate::charts`], which escapes its own. The running header of the print version is a CSS
//! string, so every character of it that is not a letter or digit is written as its code point.

use crate::charts::{self, SvgOptions, Theme};
use crate::{Annex, Block, Error, Figure, HeadKind, Note, Section, Table, TableCell, TableRow};
use inclusion_estimate::round_half_away;
use maud::{DOCTYPE, Markup, PreEscaped, html as page};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How the page is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Language of the page, as in BCP 47.
    pub language: String,
}

impl Default for HtmlOptions {
    fn default() -> HtmlOptions {
        HtmlOptions { language: "en".into() }
    }
}

/// The annex as a complete HTML document.
///
/// # Errors
///
/// [`Error::Chart`] if a figure cannot be drawn.
pub fn html(annex: &Annex, options: &HtmlOptions) -> Result<String, Error> {
    let mut sections = Vec::new();
    for section in &annex.sections {
        if section.id == "findings" {
            continue;
        }
        let mut blocks = Vec::new();
        for block in &section.blocks {
            blocks.push(self::block(annex, block)?);
        }
        sections.push(page! {
            section id=(section.id) {
                h2 .wide[begins_wide(section)] { (section.title) }
                @for block in &blocks { (block) }
            }
        });
    }
    let mut first = Vec::new();
    for block in annex.sections.iter().filter(|s| s.id == "findings").flat_map(|s| &s.blocks) {
        first.push(self::block(annex, block)?);
    }
    let document = page! {
        (DOCTYPE)
        html lang=(options.language) dir=[annex.language.is_rtl().then_some("rtl")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "inclusion " (annex.program_version) };
                title { (annex.title) }
                style { (PreEscaped(include_str!("style.css"))) (PreEscaped(print_rules(annex))) }
            }
            body data-filter=(annex.say("filter-rows", &[])) {
                a .skip href="#findings" { (annex.say("to-the-findings", &[])) }
                div .page {
                    header {
                        h1 { (annex.title) }
                        @if let Some(subtitle) = &annex.subtitle { p .sub { (subtitle) } }
                        p .meta { (annex.period) }
                        @if let Some(date) = &annex.date { p .meta { (date) } }
                        p .meta { (annex.source) }
                    }
                    main {
                        section #findings {
                            @if !annex.findings.is_empty() {
                                ul .findings {
                                    @for finding in &annex.findings { li { (finding) } }
                                }
                            }
                            @for block in &first { (block) }
                        }
                        (contents(annex))
                        @for section in &sections { (section) }
                    }
                    footer {
                        (annex.made_line())
                    }
                }
                script { (PreEscaped(include_str!("page.js"))) }
            }
        }
    };
    Ok(document.into_string())
}

/// The first tables of an annex and its charts as a piece of HTML without script, for a page that is
/// there already, such as a notebook's.
///
/// # Errors
///
/// [`Error::Chart`] if a figure cannot be drawn.
pub fn html_piece(annex: &Annex, tables: usize) -> Result<String, Error> {
    let ids = own_ids(annex);
    let figures = annex.figures().map(|own| figure(annex, own, &ids));
    let figures = figures.collect::<Result<Vec<Markup>, Error>>()?;
    let piece = page! {
        div .inclusion {
            style { (PreEscaped(include_str!("piece.css"))) }
            @if let Some(headline) = annex.headline() { p { (headline) } }
            @for own in annex.tables().take(tables) { (table(annex, own, &ids)) }
            @for own in &figures { (own) }
        }
    };
    Ok(piece.into_string())
}

/// The beginning of the ids of a piece: a page may hold several, and a chart refers to its own parts by id.
fn own_ids(annex: &Annex) -> String {
    let mut hash = DefaultHasher::new();
    format!("{:?}", annex.sections).hash(&mut hash);
    format!("i{:x}-", hash.finish())
}

fn contents(annex: &Annex) -> Markup {
    page! {
        nav .toc aria-label=(annex.say("contents", &[])) {
            p .head { (annex.say("contents", &[])) }
            ol {
                li { a href="#findings" { (annex.say("findings", &[])) } }
                @for section in annex.sections.iter().filter(|s| s.id != "findings") {
                    li { a href={ "#" (section.id) } { (section.title) } }
                }
            }
        }
    }
}

/// Page size, running header and footer.
fn print_rules(annex: &Annex) -> String {
    let (begin, end) = if annex.language.is_rtl() { ("right", "left") } else { ("left", "right") };
    let boxes = format!(
        "margin:20mm;@top-{begin}{{content:{};font:8pt \"Noto Sans\",sans-serif;color:#5B6670}}\
         @bottom-{begin}{{content:{};font:8pt \"Noto Sans\",sans-serif;color:#5B6670}}\
         @bottom-{end}{{content:counter(page);font:8pt \"Noto Sans\",sans-serif;color:#5B6670}}",
        css_string(&annex.title),
        css_string(&annex.say("methods-hash", &[("name", &annex.methods_hash)]))
    );
    format!("@page{{size:A4;{boxes}}}\n@page wide{{size:A4 landscape;{boxes}}}\n")
}

/// A CSS string in which nothing can end the string, the rule or the style element.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || letter == ' ' {
            out.push(letter);
        } else if !letter.is_control() {
            // The blank ends the code point and is no part of the text.
            out.push_str(&format!("\\{:X} ", u32::from(letter)));
        }
    }
    out.push('"');
    out
}

fn block(annex: &Annex, block: &Block) -> Result<Markup, Error> {
    Ok(match block {
        Block::Text(text) => page! { p { (text) } },
        Block::Definitions { title, items } => page! {
            h3 { (title) }
            dl .terms {
                @for (term, paragraphs) in items {
                    dt { (term) }
                    dd { @for paragraph in paragraphs { p { (paragraph) } } }
                }
            }
        },
        Block::Table(table) => self::table(annex, table, ""),
        Block::Figure(figure) => self::figure(annex, figure, "")?,
    })
}

fn figure(annex: &Annex, figure: &Figure, ids: &str) -> Result<Markup, Error> {
    let id_prefix = format!("{ids}figure-{}", figure.number);
    let options = SvgOptions { theme: Theme::Page, id_prefix };
    let svg = charts::svg(&figure.chart, &options).map_err(|source| Error::Chart {
        number: figure.number,
        title: figure.title.clone(),
        source: Box::new(source),
    })?;
    Ok(page! {
        figure id={ (ids) "fig-" (figure.number) } {
            figcaption { (annex.numbered("figure-number", figure.number)) }
            (PreEscaped(svg))
            (sheet(annex, figure))
        }
    })
}

/// The figures of a chart as a table that opens on demand.
fn sheet(annex: &Annex, figure: &Figure) -> Markup {
    let charts::Sheet { heads, rows, note } = figure.chart.sheet();
    let name = annex.numbered("figure-data", figure.number);
    // Texts are in the language already, and numbers are not.
    let spelt = |cell: &str| {
        let number = cell.trim_start_matches(charts::OPEN).trim_start();
        match inclusion_language::figure(annex.language, number) {
            Some(own) => cell.replacen(number, &own, 1),
            None => cell.to_string(),
        }
    };
    page! {
        details .sheet {
            summary { (name) }
            div .scroll tabindex="0" role="region" aria-label=(name) {
                table {
                    thead {
                        tr {
                            td .stub { }
                            @for head in &heads[1..] { th scope="col" { (head) } }
                        }
                    }
                    tbody {
                        @for row in &rows {
                            tr {
                                th scope="row" { (row[0]) }
                                @for cell in &row[1..] { td { (spelt(cell)) } }
                            }
                        }
                    }
                }
            }
            @if let Some(note) = note { p { (note) } }
        }
    }
}

/// Columns of the sheet that a table column takes.
fn span(kind: HeadKind) -> usize {
    if kind == HeadKind::WithInterval { 2 } else { 1 }
}

/// More columns than stand upright on a page.
fn is_wide(table: &Table) -> bool {
    let text = table.heads.iter().filter(|h| h.kind == HeadKind::Text).count();
    table.heads.iter().map(|h| span(h.kind)).sum::<usize>() + text > 10
}

fn table(annex: &Annex, table: &Table, ids: &str) -> Markup {
    let columns = 1 + table.heads.iter().map(|h| span(h.kind)).sum::<usize>();
    page! {
        div .table .wide[is_wide(table)] .short[table.rows.len() <= 24] id={ (ids) "table-" (table.number) } {
            div .scroll tabindex="0" role="region" aria-label=(annex.numbered("table-number", table.number)) {
                table {
                    caption {
                        span .no { (annex.numbered("table-number", table.number)) }
                        span .what { (table.title) }
                        @if !table.subtitle.is_empty() { span .where { (table.subtitle) } }
                    }
                    thead {
                        @if !table.spanners.is_empty() {
                            tr {
                                td .stub { }
                                @for (title, width) in spanner_widths(table) {
                                    @if title.is_empty() {
                                        td colspan=(width) { }
                                    } @else {
                                        th .span colspan=(width) scope="colgroup" {
                                            span { (title) }
                                        }
                                    }
                                }
                            }
                        }
                        tr {
                            th .stub scope="col" { (table.stub) }
                            @for head in &table.heads {
                                @match head.kind {
                                    HeadKind::WithInterval => {
                                        th .v scope="col" colspan="2" { (head.title) }
                                    }
                                    HeadKind::Text => { th .t scope="col" { (head.title) } }
                                    _ => { th scope="col" { (head.title) } }
                                }
                            }
                        }
                    }
                    @for rows in bodies(table) {
                        tbody {
                            @for row in rows {
                                @match row {
                                    TableRow::Group { label, level } => {
                                        tr .g .{ "l" (level) } {
                                            th .{ "l" (level) } .top[*level == 0 && nested(table)]
                                                scope="rowgroup" colspan=(columns) { (label) }
                                        }
                                    }
                                    TableRow::Cells { label, level, cells } => {
                                        tr {
                                            th .{ "l" (level) } scope="row" { (label) }
                                            @for (head, cell) in table.heads.iter().zip(cells) {
                                                (self::cell(head.kind, cell))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if !table.notes.is_empty() || !table.source.is_empty() {
                div .notes {
                    @for note in &table.notes { (self::note(note)) }
                    @if !table.source.is_empty() { p { (table.source) } }
                }
            }
        }
    }
}

/// The rows in parts that each begin with their headings: a heading is that of its part only.
fn bodies(table: &Table) -> Vec<&[TableRow]> {
    let is_heading = |row: &TableRow| matches!(row, TableRow::Group { .. });
    table.rows.chunk_by(|row, next| is_heading(row) || !is_heading(next)).collect()
}

/// The first block is a wide table, which its heading goes with.
fn begins_wide(section: &Section) -> bool {
    matches!(section.blocks.first(), Some(Block::Table(table)) if is_wide(table))
}

/// There are headings within headings.
fn nested(table: &Table) -> bool {
    table.rows.iter().any(|row| matches!(row, TableRow::Group { level: 1.., .. }))
}

fn spanner_widths(table: &Table) -> Vec<(&str, usize)> {
    let mut next = 0;
    table
        .spanners
        .iter()
        .map(|(title, n)| {
            let width = table.heads[next..next + n].iter().map(|h| span(h.kind)).sum();
            next += n;
            (title.as_str(), width)
        })
        .collect()
}

fn cell(kind: HeadKind, cell: &TableCell) -> Markup {
    let long = cell.text.len() >= 40 && cell.text.bytes().all(|b| b.is_ascii_hexdigit());
    // What follows the digits hangs out, so that numbers stand one under the other.
    let after = cell.unreliable.as_ref().map_or("", |(_, after)| after.as_str());
    let hanging = !after.is_empty() || !cell.notes.is_empty();
    let value = page! {
        @if let Some((before, _)) = &cell.unreliable { (before) (cell.text) }
        @else if cell.strong { b { (cell.text) } }
        @else if cell.missing.is_some() { span .miss { (cell.text) } }
        @else { (cell.text) }
        @if hanging { span .hang { (after) (raised(cell)) } }
    };
    let number = sorted_by(cell);
    page! {
        @match kind {
            HeadKind::Text => {
                td .t .hash[long] data-v=[number] { (cell.marked()) (raised(cell)) }
            }
            HeadKind::WithInterval => {
                td .v data-v=[number] { (value) }
                td .i {
                    @if let Some(interval) = &cell.interval { "(" (interval.text) ")" }
                }
            }
            HeadKind::Interval => { td .iv data-v=[number] { (value) } }
            HeadKind::Number => { td data-v=[number] { (value) } }
        }
    }
}

/// The printed number of a cell (the lower end, where it is an interval only) as scripts read it: how it
/// is printed depends on the language, and marks stand beside it. `None` where no number is shown.
fn sorted_by(cell: &TableCell) -> Option<String> {
    let number = cell.number.or(cell.interval.as_ref().map(|interval| interval.lower))?;
    Some(round_half_away(number, usize::from(cell.decimals)))
}

fn raised(cell: &TableCell) -> Markup {
    page! { @if !cell.notes.is_empty() { sup { (cell.notes.join(", ")) } } }
}

fn note(note: &Note) -> Markup {
    page! {
        p {
            @if note.raised { span .mark { sup { (note.mark) } } }
            @else if !note.mark.is_empty() { span .mark { (note.mark) } }
            (note.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_leave_a_css_string() {
        let text = css_string("a\"}</style><script>");
        assert_eq!(text.matches(['"', '<', '>', '}', '/']).count(), 2);
    }
}
