//! The annex as the data of the template `annex.typ`.

use super::PdfOptions;
use crate::charts::{self, SvgOptions};
use crate::paper::{self, Paper, plain};
use crate::{Annex, Block, Error, Figure, HeadKind, Section, Table, TableCell, TableRow};
use std::collections::BTreeSet;
use typst::foundations::{Array, Bytes, Dict, Str, Value};
use typst::layout::{Abs, Length};
use typst::text::Font;

/// Notes that are higher than this, in points, stand under the last page of a table only: a third of a page, upright
/// and across.
const REPEATED_NOTES: [f64; 2] = [240.0, 160.0];
/// How high the head of a table and its first rows are, in points, at most.
const BEGINNING: f64 = 100.0;
/// The greatest height of a chart, in points.
const CHART_MOST: f64 = 640.0;

/// Everything that the template prints.
pub(super) fn annex(annex: &Annex, options: &PdfOptions, fonts: &[Font]) -> Result<Dict, Error> {
    let mut parts = vec![Part::default()];
    let findings = annex.sections.iter().filter(|s| s.id == "findings").flat_map(|s| &s.blocks);
    for block in findings {
        put(&mut parts, options.part, self::block(annex, block)?);
    }
    let contents = Run { contents: true, ..Run::default() };
    parts.last_mut().expect("invariant: there is a part").runs.push(contents);
    for section in annex.sections.iter().filter(|s| s.id != "findings") {
        let blocks = section
            .blocks
            .iter()
            .map(|block| self::block(annex, block))
            .collect::<Result<Vec<_>, _>>()?;
        let across = blocks.first().is_some_and(|item| item.across);
        put(
            &mut parts,
            options.part,
            Item { across, data: heading(section), cells: 0, leads: true },
        );
        for item in blocks {
            put(&mut parts, options.part, item);
        }
    }
    let mut families: Vec<String> = Vec::new();
    for font in fonts {
        let family = font.info().family.to_string();
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let meta = [annex.period.as_str(), annex.date.as_deref().unwrap_or(""), annex.source.as_str()];
    let meta = meta.into_iter().filter(|line| !line.is_empty()).map(text);
    check(annex, fonts)?;
    Ok(dict([
        ("title", text(&annex.title)),
        ("running", text(&charts::cut(&annex.title, 8.0, false, paper::UPRIGHT))),
        ("subtitle", text(annex.subtitle.as_deref().unwrap_or(""))),
        ("meta", list(meta)),
        ("methods", text(&annex.say("methods-hash", &[("name", &annex.methods_hash)]))),
        ("made", text(&annex.sentence(&annex.made_with()))),
        ("contents", text(&annex.say("contents", &[]))),
        ("rtl", Value::Bool(annex.language.is_rtl())),
        ("lang", text(&options.language)),
        ("fonts", list(families.iter().map(|family| text(family)))),
        ("findings", list(annex.findings.iter().map(|finding| text(finding)))),
        ("parts", list(parts.into_iter().map(Part::data))),
    ]))
}

/// Items on pages of one kind.
#[derive(Default)]
struct Run {
    across: bool,
    /// The table of contents stands before it.
    contents: bool,
    items: Vec<Dict>,
}

impl Run {
    fn data(self) -> Value {
        Value::Dict(dict([
            ("across", Value::Bool(self.across)),
            ("contents", Value::Bool(self.contents)),
            ("items", list(self.items.into_iter().map(Value::Dict))),
        ]))
    }
}

/// What is laid out, and remembered, at a time.
#[derive(Default)]
struct Part {
    runs: Vec<Run>,
    cells: usize,
    /// What comes next belongs to the heading that was last.
    led: bool,
}

impl Part {
    fn data(self) -> Value {
        list(self.runs.into_iter().map(Run::data))
    }
}

struct Item {
    across: bool,
    data: Dict,
    /// Cells of a table.
    cells: usize,
    /// A heading, which stands with what comes next.
    leads: bool,
}

/// Adds an item to the last part, or to a new one where the last is full: at a change of pages, else on a page
/// of its own.
fn put(parts: &mut Vec<Part>, full: usize, item: Item) {
    let last = parts.last().expect("invariant: there is a part");
    let turns = last.runs.last().is_some_and(|run| run.across != item.across);
    let most = if turns { full / 2 } else { full };
    if last.cells > most && !last.led {
        parts.push(Part::default());
    }
    let part = parts.last_mut().expect("invariant: there is a part");
    part.cells += item.cells;
    part.led = item.leads;
    match part.runs.last_mut() {
        Some(run) if run.across == item.across => run.items.push(item.data),
        _ => part.runs.push(Run { across: item.across, contents: false, items: vec![item.data] }),
    }
}

fn heading(section: &Section) -> Dict {
    dict([("kind", text("section")), ("id", text(&section.id)), ("title", text(&section.title))])
}

fn block(annex: &Annex, block: &Block) -> Result<Item, Error> {
    let upright = |data: Dict| Item { across: false, data, cells: 0, leads: false };
    Ok(match block {
        Block::Text(words) => upright(dict([("kind", text("text")), ("text", text(words))])),
        Block::Definitions { title, items } => {
            let items = items.iter().map(|(term, paragraphs)| {
                list([text(term), list(paragraphs.iter().map(|paragraph| text(paragraph)))])
            });
            upright(dict([("kind", text("terms")), ("title", text(title)), ("items", list(items))]))
        }
        Block::Table(table) => self::table(annex, table),
        Block::Figure(figure) => upright(self::figure(annex, figure)?),
    })
}

fn figure(annex: &Annex, figure: &Figure) -> Result<Dict, Error> {
    let svg =
        charts::svg(&figure.chart, &SvgOptions::default()).map_err(|source| Error::Chart {
            number: figure.number,
            title: figure.title.clone(),
            source: Box::new(source),
        })?;
    let (width, height) = charts::size(&svg);
    let scale = (paper::UPRIGHT / width).min(CHART_MOST / height);
    Ok(dict([
        ("kind", text("figure")),
        ("caption", text(&annex.numbered("figure-number", figure.number))),
        ("svg", Value::Bytes(Bytes::from_string(svg))),
        ("width", points(width * scale)),
        ("alt", text(if figure.alt.is_empty() { &figure.title } else { &figure.alt })),
    ]))
}

fn table(annex: &Annex, table: &Table) -> Item {
    let Paper { across, parts } = paper::paper(table);
    let room = if across { paper::ACROSS } else { paper::UPRIGHT };
    let notes_height = paper::notes_height(table, room);
    let short_notes = notes_height <= REPEATED_NOTES[usize::from(across)];
    let parts = parts.iter().map(|part| {
        let columns = part.heads.clone().zip(&part.columns).map(|(place, column)| {
            let head = &table.heads[place];
            Value::Dict(dict([
                ("title", text(&head.title)),
                ("text", Value::Bool(head.kind == HeadKind::Text)),
                ("width", points(column.width)),
                ("marks", points(column.marks)),
                ("interval", points(column.interval)),
                ("behind", points(column.behind)),
            ]))
        });
        let spanners = paper::spanners(table, &part.heads)
            .into_iter()
            .map(|(title, n)| list([text(title), Value::Int(n as i64)]));
        let heights = table.rows.iter().map(|row| match paper::line_height(table, part, row) {
            Some(height) => points(height),
            None => Value::Auto,
        });
        let whole = paper::is_whole(table, part, across);
        let width = part.stub + part.columns.iter().map(|column| column.width).sum::<f64>();
        let repeats = !whole && short_notes;
        Value::Dict(dict([
            ("begins", points(BEGINNING + if repeats { notes_height } else { 0.0 })),
            ("stub", points(part.stub)),
            ("first", Value::Int(part.heads.start as i64)),
            ("columns", list(columns)),
            ("spanners", list(spanners)),
            ("heights", list(heights)),
            ("width", points(width)),
            ("whole", Value::Bool(whole)),
            ("repeat-notes", Value::Bool(repeats)),
        ]))
    });
    let notes = table.notes.iter().map(|note| {
        Value::Dict(dict([
            ("mark", text(&note.mark)),
            ("text", text(&note.text)),
            ("raised", Value::Bool(note.raised)),
        ]))
    });
    let titled = |id: &str| text(&annex.titled(id, table.number, &table.title));
    let cells = parts.len() * table.rows.len() + table.rows.len() * table.heads.len();
    let data = dict([
        ("kind", text("table")),
        ("title", titled("table-title")),
        ("continued", titled("table-title-continued")),
        ("subtitle", text(&table.subtitle)),
        ("stub", text(&table.stub)),
        ("parts", list(parts)),
        ("rows", list(rows(table))),
        ("notes", list(notes)),
        ("source", text(&table.source)),
    ]);
    Item { across, data, cells, leads: false }
}

fn rows(table: &Table) -> impl Iterator<Item = Value> {
    let nested = table.rows.iter().any(|row| matches!(row, TableRow::Group { level: 1.., .. }));
    let repeats = headings_hold(table);
    table.rows.iter().map(move |row| match row {
        TableRow::Group { label, level } => Value::Dict(dict([
            ("kind", text("group")),
            ("label", text(label)),
            ("level", Value::Int(i64::from(*level))),
            ("top", Value::Bool(nested && *level == 0)),
            ("repeats", Value::Bool(repeats)),
        ])),
        TableRow::Cells { label, level, cells } => Value::Dict(dict([
            ("kind", text("cells")),
            ("label", text(label)),
            ("level", Value::Int(i64::from(*level))),
            ("cells", list(table.heads.iter().zip(cells).map(|(h, c)| cell(h.kind, c)))),
        ])),
    })
}

/// Every row after a heading belongs to it, so that the heading may stand again on the next page.
fn headings_hold(table: &Table) -> bool {
    let mut heading = None;
    table.rows.iter().all(|row| match row {
        TableRow::Group { level, .. } => {
            heading = Some(*level);
            true
        }
        TableRow::Cells { level, .. } => heading.is_none_or(|heading| *level > heading),
    })
}

fn cell(kind: HeadKind, cell: &TableCell) -> Value {
    let after = cell.unreliable.as_ref().map_or("", |(_, after)| after.as_str());
    let style = match (cell.strong, &cell.missing) {
        (true, _) => "strong",
        (false, Some(_)) => "missing",
        (false, None) => "",
    };
    let mut value = paper::before_and_text(cell);
    if kind == HeadKind::Text {
        value = paper::breakable(&value);
    }
    let interval = paper::beside(kind, cell).unwrap_or("");
    list([&value, after, &cell.notes.join(", "), interval, style].map(text))
}

/// Names the first character that no font has: a document for all readers cannot hold it.
fn check(annex: &Annex, fonts: &[Font]) -> Result<(), Error> {
    let mut known: BTreeSet<char> = BTreeSet::new();
    let mut look = |place: &str, words: &str| -> Result<(), Error> {
        for letter in plain(words).chars() {
            if letter == ' ' || known.contains(&letter) {
                continue;
            }
            if !fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter))) {
                return Err(Error::Glyph { letter, place: place.into(), text: words.into() });
            }
            known.insert(letter);
        }
        Ok(())
    };
    for words in [&annex.title, &annex.period, &annex.source]
        .into_iter()
        .chain(&annex.subtitle)
        .chain(&annex.date)
        .chain(&annex.findings)
    {
        look("the first page", words)?;
    }
    for section in &annex.sections {
        look("a section", &section.title)?;
        for block in &section.blocks {
            match block {
                Block::Text(words) => look(&section.title, words)?,
                Block::Definitions { title, items } => {
                    look(&section.title, title)?;
                    for (term, paragraphs) in items {
                        look(title, term)?;
                        paragraphs.iter().try_for_each(|words| look(title, words))?;
                    }
                }
                Block::Table(table) => {
                    let place = format!("table {}", table.number);
                    table.texts().try_for_each(|words| look(&place, words))?;
                }
                Block::Figure(figure) => {
                    let place = format!("figure {}", figure.number);
                    look(&place, &figure.title)?;
                }
            }
        }
    }
    Ok(())
}

fn text(words: &str) -> Value {
    Value::Str(Str::from(plain(words)))
}

fn points(length: f64) -> Value {
    Value::Length(Length::from(Abs::pt(length)))
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().collect::<Array>())
}

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries.into_iter().map(|(key, value)| (Str::from(key), value)).collect()
}
