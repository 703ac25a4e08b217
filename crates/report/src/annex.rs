//! The annex as a document: sections of tables, figures and text, before any format is known.
//!
//! Every cell is decided here: its rounded text, its marks, its notes. A format only sets type. A
//! withheld cell holds the mark and nothing else.

use crate::charts::{ChartData, Fonts};
use inclusion_language::{Language, say};

/// A whole annex.
#[derive(Debug, Clone)]
pub struct Annex {
    /// Language of its texts.
    pub language: Language,
    /// Font files for its letters in pictures and PDF, where Noto Sans has not all of them.
    pub fonts: Fonts,
    /// Title of the study.
    pub title: String,
    /// Second line.
    pub subtitle: Option<String>,
    /// Identifier for file names.
    pub study_id: String,
    /// Areas and periods, in one line.
    pub period: String,
    /// Where the figures come from, in one line.
    pub source: String,
    /// Three to five sentences that the intervals support.
    pub findings: Vec<String>,
    /// The sections, the first page first.
    pub sections: Vec<Section>,
    /// Hash of everything that decides how numbers are made.
    pub methods_hash: String,
    /// Version of the program.
    pub program_version: String,
    /// Date to be printed, if any.
    pub date: Option<String>,
}

impl Annex {
    /// The first finding, for a terminal.
    pub fn headline(&self) -> Option<&str> {
        self.findings.first().map(String::as_str)
    }

    /// A text that the formats add to those of the annex: `Table 3`.
    pub(crate) fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        say(self.language, id, args)
    }

    /// `Table 3`, `Figure 3`: the message of a number in the annex, in the language's numerals.
    pub(crate) fn numbered(&self, id: &str, number: usize) -> String {
        self.say(id, &[("name", &self.number(number))])
    }

    /// `Table 3. Title`, `Figure 3. Title`.
    pub(crate) fn titled(&self, id: &str, number: usize, title: &str) -> String {
        self.say(id, &[("name", &self.number(number)), ("title", title)])
    }

    /// A number in the language's numerals.
    pub(crate) fn number(&self, number: usize) -> String {
        let text = number.to_string();
        inclusion_language::figure(self.language, &text).unwrap_or(text)
    }

    /// `Made with inclusion 1.0.`
    pub(crate) fn made_with(&self) -> String {
        self.say("made-with", &[("name", &self.program_version)])
    }

    /// What made it and by which methods, in two sentences.
    pub(crate) fn made_line(&self) -> String {
        self.say("made-line", &[("name1", &self.program_version), ("name2", &self.methods_hash)])
    }

    /// A text with the full stop of the language.
    pub(crate) fn sentence(&self, text: &str) -> String {
        format!("{text}{}", self.language.full_stop())
    }

    /// All tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// All figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    /// All figures, in order, to be changed.
    pub fn figures_mut(&mut self) -> impl Iterator<Item = &mut Figure> {
        self.sections.iter_mut().flat_map(|section| &mut section.blocks).filter_map(|block| {
            match block {
                Block::Figure(figure) => Some(figure),
                _ => None,
            }
        })
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }
}

/// A section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Identifier, unique in the document, safe as an anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Content.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone)]
// An annex has tens of blocks: their size does not matter, plain patterns do.
#[allow(clippy::large_enum_variant)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Terms with what they mean, under a heading.
    Definitions {
        /// Heading.
        title: String,
        /// Term and paragraphs.
        items: Vec<(String, Vec<String>)>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Figure),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Number in the document, from 1.
    pub number: usize,
    /// What it shows.
    pub title: String,
    /// Where, when, unit and population.
    pub subtitle: String,
    /// Header of the stub.
    pub stub: String,
    /// Columns without the stub.
    pub heads: Vec<Head>,
    /// Headers that span several columns: title and number of columns; an empty title spans
    /// columns without one. Empty if there is none at all.
    pub spanners: Vec<(String, usize)>,
    /// Rows.
    pub rows: Vec<TableRow>,
    /// Notes that are true of something on this table.
    pub notes: Vec<Note>,
    /// Where the figures come from.
    pub source: String,
}

impl Table {
    /// Every text that is printed, in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let heads = self.heads.iter().map(|head| head.title.as_str());
        let over = self.spanners.iter().map(|(title, _)| title.as_str());
        let rows = self.rows.iter().flat_map(|row| match row {
            TableRow::Group { label, .. } => vec![label.as_str()],
            TableRow::Cells { label, cells, .. } => std::iter::once(label.as_str())
                .chain(cells.iter().flat_map(TableCell::texts))
                .collect(),
        });
        let notes = self.notes.iter().flat_map(|note| [note.mark.as_str(), note.text.as_str()]);
        [self.title.as_str(), &self.subtitle, &self.stub]
            .into_iter()
            .chain(over)
            .chain(heads)
            .chain(rows)
            .chain(notes)
            .chain([self.source.as_str()])
    }
}

/// Header of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Text.
    pub title: String,
    /// What its cells hold.
    pub kind: HeadKind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadKind {
    /// A number.
    Number,
    /// A number with its interval beside it.
    WithInterval,
    /// An interval.
    Interval,
    /// Text, set to the left.
    Text,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub enum TableRow {
    /// A heading over the rows that follow.
    Group {
        /// Text.
        label: String,
        /// Indentation, 0 or 1.
        level: u8,
    },
    /// Cells, as many as there are columns.
    Cells {
        /// Stub.
        label: String,
        /// Indentation, 0 to 2.
        level: u8,
        /// Cells.
        cells: Vec<TableCell>,
    },
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableCell {
    /// What is printed without the reliability mark: the rounded value, the withheld mark, the
    /// missing mark or a text.
    pub text: String,
    /// The interval as printed, without brackets.
    pub interval: Option<CellInterval>,
    /// The unrounded value in the printed unit; `None` where there is no number to be shown.
    pub number: Option<f64>,
    /// Decimals of `text`.
    pub decimals: u8,
    /// Marks around a value of low reliability.
    pub unreliable: Option<(String, String)>,
    /// The value is withheld.
    pub withheld: bool,
    /// Why there is no value.
    pub missing: Option<String>,
    /// It differs from equality by more than its interval.
    pub strong: bool,
    /// Marks of its notes.
    pub notes: Vec<String>,
}

impl TableCell {
    /// A cell of text.
    pub fn of_text(text: impl Into<String>) -> TableCell {
        TableCell { text: text.into(), ..TableCell::default() }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let marks = self.unreliable.iter().flat_map(|(before, after)| [before, after]);
        let interval = self.interval.iter().map(|interval| &interval.text);
        std::iter::once(&self.text)
            .chain(marks)
            .chain(interval)
            .chain(&self.notes)
            .map(String::as_str)
    }

    /// The text with its reliability marks.
    pub fn marked(&self) -> String {
        match &self.unreliable {
            Some((before, after)) => format!("{before}{}{after}", self.text),
            None => self.text.clone(),
        }
    }
}

/// The interval of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellInterval {
    /// As printed.
    pub text: String,
    /// Lower end in the printed unit.
    pub lower: f64,
    /// Upper end in the printed unit.
    pub upper: f64,
}

/// A note under a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its mark; empty for a note on the whole table.
    pub mark: String,
    /// Its text.
    pub text: String,
    /// The mark is a letter or number set above the line (and not a sign such as `*`).
    pub raised: bool,
}

/// A chart with its words.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Number in the document, from 1.
    pub number: usize,
    /// The finding.
    pub title: String,
    /// Indicator, unit, population, year.
    pub subtitle: String,
    /// Where the figures come from.
    pub source: String,
    /// What a reader who cannot see it must know, made from the data.
    pub alt: String,
    /// File name without ending.
    pub name: String,
    /// The data.
    pub chart: ChartData,
}
