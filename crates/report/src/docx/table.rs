//! A table of the annex as a table of Word.

use super::Body;
use super::text::{Paragraph, TAB, bookmark, escape, run};
use crate::paper::{self, PADDING, PaperColumn, Part, STEP};
use crate::{Annex, HeadKind, Note, Table, TableCell, TableRow};

/// Points as twentieths of a point, as Word counts.
fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// `Table 3. Title`.
pub(super) fn title(annex: &Annex, table: &Table) -> String {
    annex.titled("table-title", table.number, &table.title)
}

pub(super) fn table(annex: &Annex, table: &Table, body: &mut Body) {
    let paper = paper::paper(table);
    for (place, part) in paper.parts.iter().enumerate() {
        body.add(caption(annex, table, place == 0));
        if !table.subtitle.is_empty() {
            body.add(Paragraph::new("TableSubtitle").run(run("", &table.subtitle)));
        }
        let whole = paper::is_whole(table, part, paper.across);
        let room = if paper.across { paper::ACROSS } else { paper::UPRIGHT };
        body.push(&grid(annex, table, &part.spread(room), whole));
        notes(table, body);
    }
}

/// Bookmarks of tables are numbered behind those of sections.
const BEHIND_SECTIONS: usize = 1000;

fn caption(annex: &Annex, table: &Table, first: bool) -> Paragraph {
    let caption = Paragraph::new("Caption");
    match first {
        true => {
            let title = super::counted(annex, "table-title", "Table", table.number, &table.title);
            let id = BEHIND_SECTIONS + table.number;
            caption.run(bookmark(id, &super::table_mark(table), &title))
        }
        false => {
            let title = annex.titled("table-title-continued", table.number, &table.title);
            caption.run(run("", &title))
        }
    }
}

fn grid(annex: &Annex, table: &Table, part: &Part, whole: bool) -> String {
    let widths: Vec<i64> = std::iter::once(part.stub)
        .chain(part.columns.iter().map(|column| column.width))
        .map(twips)
        .collect();
    let total: i64 = widths.iter().sum();
    let mut xml = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"AnnexTable\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/>\
         <w:tblLook w:val=\"00A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"0\"/>\
         <w:tblCaption w:val=\"{}\"/><w:tblDescription w:val=\"{}\"/></w:tblPr><w:tblGrid>",
        escape(&title(annex, table)),
        escape(&table.subtitle)
    );
    for width in &widths {
        xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.push_str("</w:tblGrid>");
    heads(table, part, &widths, &mut xml);
    let last = table.rows.len().saturating_sub(1);
    for (place, row) in table.rows.iter().enumerate() {
        // The last rows stay with the notes, and all rows of a small table together.
        let keep = whole || place + 1 >= last;
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        match row {
            TableRow::Group { label, level } => {
                let nested =
                    table.rows.iter().any(|row| matches!(row, TableRow::Group { level: 1.., .. }));
                let style = if nested && *level == 0 { "Strong" } else { "" };
                let text = Paragraph::new("TableGroup")
                    .keep_next(true)
                    .indent(twips(f64::from(*level) * STEP))
                    .run(run(style, label));
                put(&mut xml, total, widths.len(), "", text);
            }
            TableRow::Cells { label, level, cells } => {
                let stub = Paragraph::new("TableText")
                    .keep_next(keep)
                    .indent(twips(f64::from(*level) * STEP))
                    .run(run("", label));
                put(&mut xml, widths[0], 1, "", stub);
                for ((at, column), width) in part.heads.clone().zip(&part.columns).zip(&widths[1..])
                {
                    let text = match cells.get(at) {
                        Some(cell) => self::cell(table.heads[at].kind, column, cell),
                        None => Paragraph::new("TableText"),
                    };
                    // What stands behind the digits may reach to the edge.
                    let behind = column.marks > 0.0 || column.interval > 0.0;
                    let margin = if behind { margins(PADDING, 0.0) } else { String::new() };
                    put(&mut xml, *width, 1, &margin, text.keep_next(keep));
                }
            }
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml
}

const LINE: &str = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"5\" w:space=\"0\" w:color=\"5B6670\"/></w:tcBorders>";
const HAIRLINE: &str = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D7DCE0\"/></w:tcBorders>";
const HEAD_ROW: &str = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";

fn heads(table: &Table, part: &Part, widths: &[i64], xml: &mut String) {
    let over = paper::spanners(table, &part.heads);
    if !over.is_empty() {
        xml.push_str(HEAD_ROW);
        put(xml, widths[0], 1, "", Paragraph::new("TableHead"));
        let mut at = 1;
        for (title, n) in over {
            let width = widths[at..at + n].iter().sum();
            let text = Paragraph::new("TableHead").align("center").run(run("", title));
            put(xml, width, n, if title.is_empty() { "" } else { HAIRLINE }, text);
            at += n;
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str(HEAD_ROW);
    put(xml, widths[0], 1, LINE, Paragraph::new("TableHead").run(run("", &table.stub)));
    for ((at, column), width) in part.heads.clone().zip(&part.columns).zip(&widths[1..]) {
        let head = &table.heads[at];
        let text = Paragraph::new("TableHead").run(run("", &head.title));
        let text = match head.kind {
            HeadKind::Text => text,
            _ => text.align("right"),
        };
        // The word may begin at the edge: a face may be a little wider than it was measured.
        let left = if head.kind == HeadKind::Text { PADDING } else { 0.0 };
        let margin = format!("{LINE}{}", margins(left, column.behind + PADDING));
        put(xml, *width, 1, &margin, text);
    }
    xml.push_str("</w:tr>");
}

fn margins(left: f64, right: f64) -> String {
    format!(
        "<w:tcMar><w:left w:w=\"{}\" w:type=\"dxa\"/><w:right w:w=\"{}\" w:type=\"dxa\"/></w:tcMar>",
        twips(left),
        twips(right)
    )
}

/// A cell of so many columns; `more` are properties in the order of the schema.
fn put(xml: &mut String, width: i64, columns: usize, more: &str, text: Paragraph) {
    let span = match columns {
        1 => String::new(),
        n => format!("<w:gridSpan w:val=\"{n}\"/>"),
    };
    let bottom = if more.contains("tcBorders") { "<w:vAlign w:val=\"bottom\"/>" } else { "" };
    xml.push_str(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{more}{bottom}</w:tcPr>{}</w:tc>",
        text.xml()
    ));
}

fn cell(kind: HeadKind, column: &PaperColumn, cell: &TableCell) -> Paragraph {
    let style = match (cell.strong, &cell.missing) {
        (true, _) => "Strong",
        (false, Some(_)) => "Soft",
        (false, None) => "",
    };
    let after = cell.unreliable.as_ref().map_or("", |(_, after)| after.as_str());
    let mut marks = String::new();
    if !after.is_empty() {
        marks.push_str(&run("", after));
    }
    if !cell.notes.is_empty() {
        marks.push_str(&run("NoteMark", &cell.notes.join(", ")));
    }
    let value = run(style, &paper::before_and_text(cell));
    let text = Paragraph::new("TableText");
    if kind == HeadKind::Text {
        return text.run(value).run(marks);
    }
    if column.marks == 0.0 && column.interval == 0.0 {
        return text.align("right").run(value);
    }
    // Digits end at one place; marks and interval begin behind it.
    let edge = column.width - 2.0 * PADDING - column.marks - column.interval;
    let mut tabs = vec![("right", twips(edge))];
    let mut runs = format!("{TAB}{value}");
    let interval = paper::beside(kind, cell);
    if column.marks > 0.0 {
        tabs.push(("left", twips(edge) + 10));
        if !marks.is_empty() || interval.is_some() {
            runs.push_str(TAB);
        }
        runs.push_str(&marks);
    }
    if let Some(interval) = interval {
        tabs.push(("left", twips(edge + column.marks + paper::GAP)));
        runs.push_str(TAB);
        runs.push_str(&run("Interval", &format!("({interval})")));
    }
    text.tabs(tabs).run(runs)
}

fn notes(table: &Table, body: &mut Body) {
    let mut lines: Vec<Paragraph> = table.notes.iter().map(note).collect();
    if !table.source.is_empty() {
        lines.push(Paragraph::new("TableNote").run(run("", &table.source)));
    }
    // A paragraph must stand between two tables.
    if lines.is_empty() {
        lines.push(Paragraph::new("TableNote"));
    }
    let last = lines.len() - 1;
    for (place, line) in lines.into_iter().enumerate() {
        let line = if place == 0 { line.before(80) } else { line };
        body.add(line.keep_next(place < last));
    }
}

fn note(note: &Note) -> Paragraph {
    let line = Paragraph::new("TableNote");
    if note.mark.is_empty() {
        return line.run(run("", &note.text));
    }
    let style = if note.raised { "NoteMark" } else { "" };
    line.indent(-280).run(run(style, &note.mark)).run(TAB).run(run("", &note.text))
}
