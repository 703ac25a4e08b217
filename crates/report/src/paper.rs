//! How a table stands on an A4 page: the widths of its columns, upright or across, in one part or
//! several.
//!
//! Widths are those of Noto Sans in points. A number and its interval are never broken; headers and
//! texts wrap. A table that is too wide even across the page is set in parts of whole columns, each
//! with the stub, so that nothing is cut off and nothing is set smaller than the rest.

use crate::charts::{pieces, text_width, words};
use crate::{Head, HeadKind, Table, TableCell, TableRow};
use std::ops::Range;

/// A4 less 20 mm on each side, upright and across.
pub(crate) const UPRIGHT: f64 = 481.9;
pub(crate) const ACROSS: f64 = 728.5;

/// Sizes of a table's values, intervals and raised marks.
const VALUE: f64 = 9.0;
const INTERVAL: f64 = 7.5;
const RAISED: f64 = 6.5;

/// Blank at both sides of a column, between a value and its interval, and for a step of the stub.
pub(crate) const PADDING: f64 = 4.0;
pub(crate) const GAP: f64 = 4.0;
pub(crate) const STEP: f64 = 9.0;

/// How high `pdf/annex.typ` sets a row of one line, without and with raised marks: the text, the blank above and
/// below it, and how far marks rise above the text.
const ROW: f64 = VALUE + 2.0 * 2.2;
const ROW_WITH_MARKS: f64 = ROW + (0.8 * RAISED + 3.0) - 0.8 * VALUE;

/// The greatest width that a stub and a column of text ask for, and that a long word is kept whole in.
const STUB_WISH: f64 = 190.0;
const TEXT_WISH: f64 = 170.0;
const WORD_MOST: f64 = 110.0;

/// A table on paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paper {
    /// It turns the page.
    pub across: bool,
    /// Parts, each on the full width.
    pub parts: Vec<Part>,
}

/// Columns that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Which of the table's columns.
    pub heads: Range<usize>,
    /// Width of the stub.
    pub stub: f64,
    /// Widths of the columns.
    pub columns: Vec<PaperColumn>,
}

impl Part {
    /// The part with all widths multiplied, so that it fills the page where that takes no more than a
    /// fifth: a face that is wider than Noto Sans has room then.
    pub(crate) fn spread(&self, room: f64) -> Part {
        let width = self.stub + self.columns.iter().map(|column| column.width).sum::<f64>();
        let factor = (room / width).clamp(1.0, 1.2);
        let columns = self.columns.iter().map(|column| PaperColumn {
            width: column.width * factor,
            marks: column.marks * factor,
            interval: column.interval * factor,
            behind: column.behind * factor,
        });
        Part { heads: self.heads.clone(), stub: self.stub * factor, columns: columns.collect() }
    }
}

/// A column on paper, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct PaperColumn {
    /// Width with the blank at both sides.
    pub width: f64,
    /// Room for the marks after a value, so that all digits stand one under the other.
    pub marks: f64,
    /// Room for the interval.
    pub interval: f64,
    /// How far before the right edge the header ends: where the digits end, if its longest word has
    /// room there.
    pub behind: f64,
}

/// What a column can do with and what it would like.
struct Needs {
    least: f64,
    wish: f64,
    /// The longest word of the header.
    word: f64,
    column: PaperColumn,
}

/// Finds the widths of a table's columns.
pub(crate) fn paper(table: &Table) -> Paper {
    let stub = stub_needs(table);
    let needs: Vec<Needs> =
        table.heads.iter().enumerate().map(|(i, head)| needs(table, i, head)).collect();
    let sum = |of: fn(&Needs) -> f64| of(&stub) + needs.iter().map(of).sum::<f64>();
    let (least, wish) = (sum(|n| n.least), sum(|n| n.wish));
    // What is mostly text may be folded a little before the page is turned.
    let across = wish > UPRIGHT && (least > UPRIGHT || wish > 1.5 * UPRIGHT);
    let room = if across { ACROSS } else { UPRIGHT };
    let mut parts = Vec::new();
    let mut start = 0;
    while start < needs.len() || parts.is_empty() {
        let end = end_of_part(table, &needs, start, room - stub.least);
        parts.push(part(&stub, &needs, start..end, room));
        start = end;
    }
    Paper { across, parts }
}

/// As many columns as there is room for; where a spanner would be cut, those before it if any.
fn end_of_part(table: &Table, needs: &[Needs], start: usize, room: f64) -> usize {
    let mut filled = 0.0;
    let fitting = needs[start..]
        .iter()
        .take_while(|need| {
            filled += need.least;
            filled <= room
        })
        .count();
    let end = start + fitting.max(usize::from(start < needs.len()));
    if end == needs.len() {
        return end;
    }
    let mut edges = table.spanners.iter().scan(0, |edge, (_, n)| {
        *edge += n;
        Some(*edge)
    });
    let whole = edges.by_ref().take_while(|edge| *edge <= end).last();
    whole.filter(|edge| *edge > start).unwrap_or(end)
}

/// Shares the room out: each column its least, and of the rest as much as it wishes for.
fn part(stub: &Needs, needs: &[Needs], heads: Range<usize>, room: f64) -> Part {
    let all = || std::iter::once(stub).chain(&needs[heads.clone()]);
    let (least, wish): (f64, f64) = (all().map(|n| n.least).sum(), all().map(|n| n.wish).sum());
    let share = if wish > least { ((room - least) / (wish - least)).clamp(0.0, 1.0) } else { 0.0 };
    let width = |need: &Needs| need.least + share * (need.wish - need.least);
    let columns = needs[heads.clone()]
        .iter()
        .map(|need| {
            let width = width(need);
            let left = (width - 2.0 * PADDING - need.word).max(0.0);
            let behind = (need.column.marks + need.column.interval).min(left);
            PaperColumn { width, behind, ..need.column }
        })
        .collect();
    Part { heads, stub: width(stub), columns }
}

fn stub_needs(table: &Table) -> Needs {
    let (mut least, mut wish) = (longest_word(&table.stub), text_width(&table.stub, VALUE, false));
    for row in &table.rows {
        let TableRow::Cells { label, level, .. } = row else { continue };
        let step = f64::from(*level) * STEP;
        least = least.max(step + longest_word(label).min(WORD_MOST));
        wish = wish.max(step + text_width(label, VALUE, false));
    }
    let least = least.clamp(48.0, WORD_MOST + 2.0 * STEP) + 2.0 * PADDING;
    Needs {
        least,
        wish: (wish + 2.0 * PADDING).clamp(least, STUB_WISH.max(least)),
        word: 0.0,
        column: PaperColumn::default(),
    }
}

fn needs(table: &Table, place: usize, head: &Head) -> Needs {
    let mut column = PaperColumn::default();
    // A program that has another face folds no header of one word.
    let wider = if head.kind == HeadKind::Text { 1.15 } else { 1.0 };
    let title = longest_word(&head.title) * wider;
    let (mut value, mut word, mut text): (f64, f64, f64) = (0.0, title, 0.0);
    for row in &table.rows {
        let TableRow::Cells { cells, .. } = row else { continue };
        let Some(cell) = cells.get(place) else { continue };
        if head.kind == HeadKind::Text {
            let all = text_width(&cell.marked(), VALUE, false) + marks_width(&[], cell);
            word = word.max(longest_word(&cell.marked()).min(WORD_MOST));
            text = text.max(all);
            continue;
        }
        value = value.max(text_width(before_and_text(cell).as_str(), VALUE, true));
        let after = cell.unreliable.iter().map(|(_, after)| after.as_str()).collect::<Vec<_>>();
        column.marks = column.marks.max(marks_width(&after, cell));
        if let Some(interval) = beside(head.kind, cell) {
            column.interval =
                column.interval.max(GAP + text_width(&format!("({interval})"), INTERVAL, false));
        }
    }
    let numbers = value + column.marks + column.interval;
    // In three lines a header is still read at a glance.
    let folded = text_width(&head.title, VALUE, false) / 3.0 + 10.0;
    let least = numbers.max(word).max(22.0) + 2.0 * PADDING;
    let wish = numbers.max(text.min(TEXT_WISH)).max(folded) + 2.0 * PADDING;
    Needs { least, wish: wish.max(least), word: title, column }
}

/// The value with the mark before it.
pub(crate) fn before_and_text(cell: &TableCell) -> String {
    let before = cell.unreliable.as_ref().map_or("", |(before, _)| before.as_str());
    format!("{before}{}", cell.text)
}

/// The interval that stands beside a value, in brackets.
pub(crate) fn beside(kind: HeadKind, cell: &TableCell) -> Option<&str> {
    match kind {
        HeadKind::WithInterval => cell.interval.as_ref().map(|interval| interval.text.as_str()),
        HeadKind::Number | HeadKind::Interval | HeadKind::Text => None,
    }
}

fn marks_width(after: &[&str], cell: &TableCell) -> f64 {
    let after: f64 = after.iter().map(|after| text_width(after, VALUE, false)).sum();
    match cell.notes.is_empty() {
        true => after,
        false => after + text_width(&cell.notes.join(", "), RAISED, false) + 0.5,
    }
}

/// What no line divides. Chinese may be broken beside each letter, and in two lines or three is still read
/// at a glance.
fn longest_word(text: &str) -> f64 {
    let width = |text: &str| text_width(text, VALUE, false);
    let longest = |word: &str| {
        let pieces = pieces(word);
        let half = if pieces.len() > 1 { width(word) / 2.0 } else { 0.0 };
        pieces.into_iter().map(width).fold(half, f64::max)
    };
    words(text).map(longest).fold(0.0, f64::max)
}

/// The text with room for a break after each sign of a fingerprint or another long code.
pub(crate) fn breakable(text: &str) -> String {
    let long = |word: &str| word.len() > 32 && word.bytes().all(|byte| byte.is_ascii_graphic());
    let piece = |word: &str| match long(word) {
        true => word.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        false => word.to_string(),
    };
    text.split(' ').map(piece).collect::<Vec<String>>().join(" ")
}

/// The text without control characters, which no font has and XML cannot hold, and without what
/// reorders its neighbours unseen.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if crate::charts::allowed(c) { c } else { ' ' }).collect()
}

/// A part that is no higher than most of a page is kept on one.
pub(crate) fn is_whole(table: &Table, part: &Part, across: bool) -> bool {
    height(table, part) <= if across { 400.0 } else { 600.0 }
}

/// About how high a part is, in points: header, rows, notes and source.
fn height(table: &Table, part: &Part) -> f64 {
    let lines = |text: &str, size: f64, width: f64| -> f64 {
        (text_width(text, size, false) / width.max(1.0) * 1.1).ceil().max(1.0)
    };
    let heads = table.heads[part.heads.clone()].iter().zip(&part.columns);
    let head = heads
        .map(|(head, column)| lines(&head.title, VALUE, column.width - 2.0 * PADDING))
        .fold(1.0, f64::max);
    let spanner = if table.spanners.is_empty() { 0.0 } else { 16.0 };
    let rows: f64 = table
        .rows
        .iter()
        .map(|row| match row {
            TableRow::Group { .. } => 20.0,
            TableRow::Cells { label, cells, .. } => {
                let stub = lines(label, VALUE, part.stub - 2.0 * PADDING);
                let texts = part.heads.clone().zip(&part.columns).filter_map(|(place, column)| {
                    let cell = cells.get(place)?;
                    (table.heads[place].kind == HeadKind::Text)
                        .then(|| lines(&cell.text, VALUE, column.width - 2.0 * PADDING))
                });
                texts.fold(stub, f64::max) * 12.0 + 3.4
            }
        })
        .sum();
    head * 12.0 + spanner + rows + notes_height(table, UPRIGHT)
}

/// How high a row of the part is that surely has one line, in points. The typesetter then need not lay it
/// out once more to find its height, which takes most of its time and memory in a long table.
pub(crate) fn line_height(table: &Table, part: &Part, row: &TableRow) -> Option<f64> {
    let TableRow::Cells { label, level, cells } = row else { return None };
    let fits = |text: &str, room: f64| {
        // Joined letters are not as wide as the same letters measured one by one.
        let joined = text.chars().any(|c| matches!(c, '\u{0590}'..='\u{08FF}'));
        text_width(text, VALUE, false) * if joined { 1.2 } else { 1.0 } <= room
    };
    let mut raised = false;
    for (place, column) in part.heads.clone().zip(&part.columns) {
        let Some(cell) = cells.get(place) else { continue };
        raised |= !cell.notes.is_empty();
        let room = column.width - 2.0 * PADDING - marks_width(&[], cell);
        if table.heads[place].kind == HeadKind::Text && !fits(&cell.marked(), room) {
            return None;
        }
    }
    let height = if raised { ROW_WITH_MARKS } else { ROW };
    fits(label, part.stub - 2.0 * PADDING - f64::from(*level) * STEP).then_some(height)
}

/// About how high the notes and the source are on so much width, in points.
pub(crate) fn notes_height(table: &Table, width: f64) -> f64 {
    let texts = table.notes.iter().map(|note| note.text.as_str()).chain([table.source.as_str()]);
    texts.map(|text| (text_width(text, 8.0, false) / width * 1.1).ceil() * 11.0).sum()
}

/// The spanners over a part, as title and number of columns.
pub(crate) fn spanners<'a>(table: &'a Table, heads: &Range<usize>) -> Vec<(&'a str, usize)> {
    let mut start = 0;
    let mut over = Vec::new();
    for (title, n) in &table.spanners {
        let common = (start + n).min(heads.end).saturating_sub(start.max(heads.start));
        if common > 0 {
            over.push((title.as_str(), common));
        }
        start += n;
    }
    over
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: usize) -> Table {
        let cell = || TableCell {
            text: "57.2".into(),
            interval: Some(crate::CellInterval {
                text: "54.8–59.6".into(),
                lower: 54.8,
                upper: 59.6,
            }),
            number: Some(57.2),
            ..TableCell::default()
        };
        Table {
            number: 1,
            title: "Use".into(),
            subtitle: String::new(),
            stub: "Group".into(),
            heads: (0..columns)
                .map(|_| Head { title: "Women (%)".into(), kind: HeadKind::WithInterval })
                .collect(),
            spanners: vec![(String::new(), columns % 3), ("Over".into(), columns - columns % 3)]
                .into_iter()
                .filter(|(_, n)| *n > 0)
                .collect(),
            rows: vec![TableRow::Cells {
                label: "Urban".into(),
                level: 0,
                cells: (0..columns).map(|_| cell()).collect(),
            }],
            notes: Vec::new(),
            source: String::new(),
        }
    }

    #[test]
    fn a_table_turns_the_page_only_where_it_must_and_never_leaves_it() {
        assert!(!paper(&table(4)).across);
        assert!(paper(&table(8)).across);
        for columns in 1..60 {
            let paper = paper(&table(columns));
            let room = if paper.across { ACROSS } else { UPRIGHT };
            let mut next = 0;
            for part in &paper.parts {
                assert_eq!(part.heads.start, next);
                next = part.heads.end;
                let width = part.stub + part.columns.iter().map(|c| c.width).sum::<f64>();
                assert!(width <= room + 1e-6, "{columns} columns: {width}");
                for column in &part.columns {
                    assert!(column.width >= 2.0 * PADDING + column.interval + 18.0);
                }
            }
            assert_eq!(next, columns);
        }
    }

    #[test]
    fn a_fingerprint_may_be_broken_anywhere_and_words_nowhere() {
        let hash = "0123456789abcdef".repeat(4);
        let text = breakable(&format!("参考期为过去12个月，基数为10岁及以上的个人。 {hash} x"));
        assert!(
            text.starts_with("参考期为过去12个月，基数为10岁及以上的个人。 0\u{200B}1\u{200B}")
        );
        assert!(text.ends_with("f\u{200B} x"));
    }

    #[test]
    fn chinese_headers_are_folded_and_no_number_in_them_is_divided() {
        let wide = |text: &str| text_width(text, VALUE, false);
        assert_eq!(longest_word("总体比率国家和地区"), wide("总体比率国家和地区") / 2.0);
        assert_eq!(longest_word("2024年"), wide("2024"));
        assert_eq!(longest_word("women of 15 years"), wide("women"));
    }

    #[test]
    fn the_spanners_of_a_part_are_those_over_its_columns() {
        let table = table(10);
        assert_eq!(spanners(&table, &(0..10)), [("", 1), ("Over", 9)]);
        assert_eq!(spanners(&table, &(3..5)), [("Over", 2)]);
    }
}
