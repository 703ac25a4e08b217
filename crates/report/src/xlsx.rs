//! The annex as a workbook: cover, contents, one table or chart a sheet, notes; no cell is merged.
//!
//! Values are real numbers in the printed unit, unrounded; their number format rounds them and puts
//! the reliability marks around them. Marks and texts are strings, so no label can become a
//! formula. The creation date is fixed: the same annex gives the same bytes.

mod front;

use crate::{Annex, Block, Error, Figure, HeadKind, Note, Table, TableCell, TableRow};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

/// The annex as the bytes of an `.xlsx` file.
///
/// # Errors
///
/// [`Error::Workbook`] if the writer fails; [`Error::Chart`] if a figure cannot be drawn.
pub fn xlsx(annex: &Annex) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook
        .set_properties(&DocProperties::new().set_title(&annex.title).set_creation_datetime(&date));
    let tables: Vec<&Table> = annex.tables().collect();
    let figures: Vec<&Figure> = annex.figures().collect();
    front::cover(workbook.add_worksheet(), annex)?;
    front::contents(workbook.add_worksheet(), annex, &tables, &figures)?;
    for table in &tables {
        sheet(workbook.add_worksheet(), annex, table)?;
    }
    for figure in figures {
        front::figure(workbook.add_worksheet(), annex, figure)?;
    }
    notes(workbook.add_worksheet(), annex, &tables)?;
    Ok(workbook.save_to_buffer()?)
}

/// Widths of the two columns of notes, in characters of the workbook's standard font.
const NOTE_WIDTHS: [f64; 2] = [28.0, 110.0];

/// The greatest widths of a table's stub and of its other columns.
const STUB_MOST: f64 = 48.0;
const TEXT_MOST: f64 = 68.0;

/// The height of a row with wrapped texts in columns of these widths, in points. Programs that only
/// print a workbook do not measure text, so a row without a height keeps one line. In nine points a wide
/// face sets about 1.3 letters in a width of one; 1.1 leaves room.
fn height(texts: &[(&str, f64)]) -> f64 {
    let lines = |(text, width): &(&str, f64)| -> usize {
        let room = (width * 1.1).max(1.0);
        text.split('\n').map(|line| wrapped_lines(line, room as usize)).sum()
    };
    // The format allows no more than 409 points.
    (texts.iter().map(lines).max().unwrap_or(1) as f64 * 13.0 + 2.0).min(409.0)
}

/// How many lines a text takes where words stay whole.
fn wrapped_lines(text: &str, room: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        let needed = if used == 0 { length } else { used + 1 + length };
        if needed <= room {
            used = needed;
        } else {
            lines += usize::from(used > 0) + length.saturating_sub(1) / room;
            used = (length.saturating_sub(1)) % room + 1;
        }
    }
    lines
}

const INK: u32 = 0x14181D;
const SOFT: u32 = 0x5B6670;
const HAIRLINE: u32 = 0xD7DCE0;

fn base() -> Format {
    Format::new().set_font_name("Noto Sans").set_font_size(9).set_font_color(INK)
}

fn soft() -> Format {
    base().set_font_color(SOFT).set_font_size(8)
}

fn title() -> Format {
    base().set_bold().set_font_size(12)
}

fn name(annex: &Annex, table: &Table) -> String {
    annex.numbered("table-number", table.number)
}

/// How many sheet columns a table column takes.
fn span(kind: HeadKind) -> u16 {
    match kind {
        HeadKind::WithInterval => 3,
        HeadKind::Interval => 2,
        HeadKind::Number | HeadKind::Text => 1,
    }
}

fn sheet(sheet: &mut Worksheet, annex: &Annex, table: &Table) -> Result<(), Error> {
    sheet.set_right_to_left(annex.language.is_rtl());
    sheet.set_name(name(annex, table))?.set_screen_gridlines(false);
    sheet.write_string_with_format(
        0,
        0,
        annex.titled("table-title", table.number, &table.title),
        &title(),
    )?;
    sheet.write_string_with_format(1, 0, &table.subtitle, &base().set_font_color(SOFT))?;
    let mut row = 3;
    let starts: Vec<u16> = table
        .heads
        .iter()
        .scan(1u16, |next, head| {
            let start = *next;
            *next += span(head.kind);
            Some(start)
        })
        .collect();
    let last = table.heads.iter().map(|h| span(h.kind)).sum::<u16>();
    let head_format = |align: FormatAlign| {
        base().set_font_color(SOFT).set_align(align).set_align(FormatAlign::Bottom).set_text_wrap()
    };
    let first_head = row;
    if !table.spanners.is_empty() {
        let mut column = 0;
        for (text, n) in &table.spanners {
            if !text.is_empty() {
                let from = starts[column];
                let to = starts[column + n - 1] + span(table.heads[column + n - 1].kind) - 1;
                // Centred over its columns without merging them, so that they can be sorted.
                let format = base()
                    .set_font_color(SOFT)
                    .set_align(FormatAlign::CenterAcross)
                    .set_border_bottom(FormatBorder::Hair)
                    .set_border_bottom_color(HAIRLINE);
                sheet.write_string_with_format(row, from, text, &format)?;
                for column in from + 1..=to {
                    sheet.write_blank(row, column, &format)?;
                }
            }
            column += n;
        }
        row += 1;
    }
    let under =
        |format: Format| format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(SOFT);
    sheet.write_string_with_format(row, 0, &table.stub, &under(head_format(FormatAlign::Left)))?;
    for (head, start) in table.heads.iter().zip(&starts) {
        let align =
            if head.kind == HeadKind::Text { FormatAlign::Left } else { FormatAlign::Right };
        let format = under(head_format(align));
        match head.kind {
            HeadKind::Number | HeadKind::Text => {
                sheet.write_string_with_format(row, *start, &head.title, &format)?;
            }
            HeadKind::WithInterval => {
                sheet.write_string_with_format(row, *start, &head.title, &format)?;
                sheet.write_string_with_format(row, start + 1, annex.say("lower", &[]), &format)?;
                sheet.write_string_with_format(row, start + 2, annex.say("upper", &[]), &format)?;
            }
            HeadKind::Interval => {
                sheet.write_string_with_format(
                    row,
                    *start,
                    annex.say("lower-end", &[("title", &head.title)]),
                    &format,
                )?;
                sheet.write_string_with_format(row, start + 1, annex.say("upper", &[]), &format)?;
            }
        }
    }
    sheet.set_repeat_rows(first_head, row)?;
    sheet.set_freeze_panes(row + 1, 1)?;
    row += 1;
    for line in &table.rows {
        match line {
            TableRow::Group { label, level } => {
                let format = base().set_font_color(SOFT).set_indent(*level);
                sheet.write_string_with_format(row, 0, label, &format)?;
            }
            TableRow::Cells { label, level, cells } => {
                // Long texts take more lines than one: nothing is cut at its neighbour.
                let long: Vec<(&str, f64)> = std::iter::once((label.as_str(), STUB_MOST))
                    .chain(cells.iter().map(|cell| (cell.text.as_str(), TEXT_MOST)))
                    .collect();
                let tall = height(&long);
                let mut format = base().set_indent(*level);
                if tall > height(&[("", 1.0)]) {
                    sheet.set_row_height(row, tall)?;
                    format = format.set_text_wrap().set_align(FormatAlign::Top);
                }
                sheet.write_string_with_format(row, 0, label, &format)?;
                for ((head, start), cell) in table.heads.iter().zip(&starts).zip(cells) {
                    self::cell(sheet, row, *start, head.kind, cell)?;
                }
            }
        }
        row += 1;
    }
    let line = Format::new().set_border_top(FormatBorder::Thin).set_border_top_color(SOFT);
    for column in 0..=last {
        sheet.write_blank(row, column, &line)?;
    }
    row += 1;
    for note in &table.notes {
        sheet.write_string_with_format(row, 0, note_text(note), &soft())?;
        row += 1;
    }
    if !table.source.is_empty() {
        sheet.write_string_with_format(row, 0, &table.source, &soft())?;
    }
    widths(sheet, table, &starts)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if last > 8 {
        sheet.set_landscape();
    }
    Ok(())
}

fn note_text(note: &Note) -> String {
    if note.mark.is_empty() { note.text.clone() } else { format!("{}  {}", note.mark, note.text) }
}

/// Text inside a number format, quoted.
fn quoted(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("\"{}\"", text.replace('"', "\u{2033}"))
}

fn number_format(cell: &TableCell, with_marks: bool) -> String {
    let mut digits = "#,##0".to_string();
    if cell.decimals > 0 {
        digits.push('.');
        digits.push_str(&"0".repeat(usize::from(cell.decimals)));
    }
    if !with_marks {
        return digits;
    }
    // The mark of a zero stands for its digits.
    if !cell.text.contains(|c: char| c.is_ascii_digit()) {
        digits = quoted(&cell.text);
    }
    let (before, after) = cell.unreliable.clone().unwrap_or_default();
    let notes = match cell.notes.is_empty() {
        true => String::new(),
        // In brackets: behind a blank a number would read as more digits.
        false => format!(" [{}]", cell.notes.join(",")),
    };
    format!("{}{digits}{}", quoted(&before), quoted(&format!("{after}{notes}")))
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kind: HeadKind,
    cell: &TableCell,
) -> Result<(), Error> {
    if kind == HeadKind::Interval {
        match &cell.interval {
            Some(interval) => {
                let format = soft().set_num_format(number_format(cell, false));
                sheet.write_number_with_format(row, column, interval.lower, &format)?;
                sheet.write_number_with_format(row, column + 1, interval.upper, &format)?;
            }
            None => text(sheet, row, column, FormatAlign::Right, cell)?,
        }
        return Ok(());
    }
    match cell.number {
        Some(number) => {
            let mut format = base().set_num_format(number_format(cell, true));
            if cell.strong {
                format = format.set_bold();
            }
            sheet.write_number_with_format(row, column, number, &format)?;
        }
        None => {
            let align = if kind == HeadKind::Text { FormatAlign::Left } else { FormatAlign::Right };
            text(sheet, row, column, align, cell)?;
        }
    }
    if kind == HeadKind::WithInterval
        && let Some(interval) = &cell.interval
    {
        let format = soft().set_num_format(number_format(cell, false));
        sheet.write_number_with_format(row, column + 1, interval.lower, &format)?;
        sheet.write_number_with_format(row, column + 2, interval.upper, &format)?;
    }
    Ok(())
}

fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    align: FormatAlign,
    cell: &TableCell,
) -> Result<(), Error> {
    let mut text = cell.marked();
    if !cell.notes.is_empty() {
        text = format!("{text} [{}]", cell.notes.join(",")).trim_start().to_string();
    }
    let mut format = base().set_align(align);
    if height(&[(&text, TEXT_MOST)]) > height(&[("", 1.0)]) {
        format = format.set_text_wrap().set_align(FormatAlign::Top);
    }
    sheet.write_string_with_format(row, column, &text, &format)?;
    Ok(())
}

fn widths(sheet: &mut Worksheet, table: &Table, starts: &[u16]) -> Result<(), Error> {
    let length = |text: &str| text.chars().count() as f64;
    let mut stub = length(&table.stub);
    let mut columns: Vec<f64> =
        table.heads.iter().map(|h| (length(&h.title) / 2.0).max(7.0)).collect();
    for row in &table.rows {
        if let TableRow::Cells { label, level, cells } = row {
            stub = stub.max(length(label) + f64::from(*level));
            for (width, cell) in columns.iter_mut().zip(cells) {
                if cell.interval.is_none() || cell.number.is_some() {
                    *width = width.max(length(&cell.marked()) + 2.0);
                }
            }
        }
    }
    sheet.set_column_width(0, stub.clamp(12.0, STUB_MOST))?;
    for ((start, width), head) in starts.iter().zip(columns).zip(&table.heads) {
        sheet.set_column_width(*start, width.min(TEXT_MOST))?;
        for more in 1..span(head.kind) {
            sheet.set_column_width(start + more, 7)?;
        }
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, annex: &Annex, tables: &[&Table]) -> Result<(), Error> {
    sheet.set_right_to_left(annex.language.is_rtl());
    sheet.set_name(annex.say("notes", &[]))?.set_screen_gridlines(false);
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_landscape();
    sheet.set_column_width(0, NOTE_WIDTHS[0])?.set_column_width(1, NOTE_WIDTHS[1])?;
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 0;
    let line =
        |sheet: &mut Worksheet, row: &mut u32, term: &str, text: &str| -> Result<(), Error> {
            sheet.write_string_with_format(*row, 0, term, &wrapped)?;
            sheet.write_string_with_format(*row, 1, text, &wrapped)?;
            sheet
                .set_row_height(*row, height(&[(term, NOTE_WIDTHS[0]), (text, NOTE_WIDTHS[1])]))?;
            *row += 1;
            Ok(())
        };
    for section in &annex.sections {
        for block in &section.blocks {
            match block {
                Block::Text(text) => line(sheet, &mut row, &section.title, text)?,
                Block::Definitions { title: heading, items } => {
                    row += 1;
                    sheet.write_string_with_format(row, 0, heading, &title())?;
                    row += 1;
                    // A row for each paragraph: the height of one is limited.
                    for (term, paragraphs) in items {
                        for (place, paragraph) in paragraphs.iter().enumerate() {
                            let term = if place == 0 { term.as_str() } else { "" };
                            line(sheet, &mut row, term, paragraph)?;
                        }
                    }
                }
                Block::Table(_) | Block::Figure(_) => {}
            }
        }
    }
    row += 1;
    sheet.write_string_with_format(row, 0, annex.say("notes-of-the-tables", &[]), &title())?;
    row += 1;
    for table in tables {
        for note in &table.notes {
            line(sheet, &mut row, &name(annex, table), &note_text(note))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_text_has_the_height_of_its_lines() {
        let one = height(&[("short", 28.0)]);
        let words = "nine points ".repeat(40);
        // 480 letters in lines of at most 121.
        assert_eq!(height(&[(words.trim_end(), 110.0), ("x", 28.0)]), one + 3.0 * 13.0);
        // The narrower column decides where it has more lines.
        assert!(height(&[("x", 110.0), (&words, 28.0)]) > height(&[(&words, 110.0)]));
        // A word that is longer than the line is broken.
        assert_eq!(wrapped_lines(&"a".repeat(25), 10), 3);
        assert_eq!(wrapped_lines("aaaa bbbb cccc", 9), 2);
    }
}
