//! A table of the annex as `longtable`.

use super::escape::escape;
use crate::paper::{self, PADDING, PaperColumn, Part, STEP};
use crate::{Annex, HeadKind, Note, Table, TableCell, TableRow};

pub(super) fn table(annex: &Annex, table: &Table, out: &mut String) {
    let paper = paper::paper(table);
    for (place, part) in paper.parts.iter().enumerate() {
        let id = if place == 0 { "table-title" } else { "table-title-continued" };
        let title = annex.titled(id, table.number, &table.title);
        out.push_str("\\roomfortable\n");
        match place {
            0 => out.push_str(&format!("\\subsection{{{}}}\\nopagebreak\n", escape(&title))),
            _ => out.push_str(&format!("\\subsection*{{{}}}\\nopagebreak\n", escape(&title))),
        }
        if !table.subtitle.is_empty() {
            out.push_str(&format!(
                "{{\\small\\color{{soft}} {}\\par\\nopagebreak}}\n",
                escape(&table.subtitle)
            ));
        }
        let rtl = annex.language.is_rtl();
        grid(table, part, rtl, out);
        notes(table, rtl, out);
    }
}

/// The text's width: a column's without the blank at both sides, which LaTeX adds.
fn inner(width: f64) -> String {
    format!("{:.2}bp", width - 2.0 * PADDING)
}

fn grid(table: &Table, part: &Part, rtl: bool, out: &mut String) {
    let mut columns = format!("L{{{}}}", inner(part.stub));
    for (at, column) in part.heads.clone().zip(&part.columns) {
        let kind = if table.heads[at].kind == HeadKind::Text { 'L' } else { 'R' };
        columns.push_str(&format!("{kind}{{{}}}", inner(column.width)));
    }
    out.push_str(&format!("{{\\tabletext\n\\begin{{longtable}}{{{columns}}}\n\\toprule\n"));
    let over = paper::spanners(table, &part.heads);
    if !over.is_empty() {
        let mut at = 0;
        let mut rules = String::new();
        for (title, n) in &over {
            let width: f64 = part.columns[at..at + n].iter().map(|c| c.width).sum();
            out.push_str(&format!(
                " & \\multicolumn{{{n}}}{{C{{{}}}}}{{\\color{{soft}}{}}}",
                inner(width),
                escape(title)
            ));
            if !title.is_empty() {
                rules.push_str(&format!("\\cmidrule(lr){{{}-{}}}", at + 2, at + n + 1));
            }
            at += n;
        }
        out.push_str(&format!(" \\\\\n{rules}\n"));
    }
    out.push_str(&format!("\\color{{soft}}{}", escape(&table.stub)));
    for (at, column) in part.heads.clone().zip(&part.columns) {
        let title = escape(&table.heads[at].title);
        let behind = column.behind;
        match behind > 0.0 && table.heads[at].kind != HeadKind::Text {
            // The header ends where the digits end.
            true => out.push_str(&format!(
                " & \\rightskip={behind:.2}bp \\leftskip=0bp plus 1fil\\color{{soft}}{title}"
            )),
            false => out.push_str(&format!(" & \\color{{soft}}{title}")),
        }
    }
    out.push_str(" \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n");
    let width = part.columns.len() + 1;
    for row in &table.rows {
        match row {
            TableRow::Group { label, level } => out.push_str(&format!(
                "\\addlinespace[4pt]\n\\multicolumn{{{width}}}{{l}}{{{}\\color{{soft}}{}}} \\\\*\n",
                indent(*level),
                escape(label)
            )),
            TableRow::Cells { label, level, cells } => {
                out.push_str(&format!("{}{{}}{}", indent(*level), escape(label)));
                for (at, column) in part.heads.clone().zip(&part.columns) {
                    let text = cells.get(at).map(|c| cell(table.heads[at].kind, column, c, rtl));
                    out.push_str(&format!(" & {}", text.unwrap_or_default()));
                }
                out.push_str(" \\\\\n");
            }
        }
    }
    out.push_str("\\end{longtable}}\n");
}

fn indent(level: u8) -> String {
    match level {
        0 => String::new(),
        level => format!("\\leftskip={:.1}bp ", f64::from(level) * STEP),
    }
}

fn cell(kind: HeadKind, column: &PaperColumn, cell: &TableCell, rtl: bool) -> String {
    let turned = |text: &str| match kind {
        HeadKind::Text => escape(&paper::breakable(text)),
        _ => boxed(text, rtl),
    };
    let mut value = turned(&paper::before_and_text(cell));
    if cell.strong {
        value = format!("\\textbf{{{value}}}");
    } else if cell.missing.is_some() {
        value = format!("\\textcolor{{soft}}{{{value}}}");
    }
    let after = cell.unreliable.as_ref().map_or("", |(_, after)| after.as_str());
    let mut marks = turned(after);
    if !cell.notes.is_empty() {
        marks.push_str(&format!("\\raisedmark{{{}}}", escape(&cell.notes.join(", "))));
    }
    if kind == HeadKind::Text {
        return format!("{value}{marks}");
    }
    let mut text = format!("\\mbox{{{value}}}");
    if column.marks > 0.0 {
        text.push_str(&format!("\\makebox[{:.2}bp][l]{{{marks}}}", column.marks));
    }
    if column.interval > 0.0 {
        let interval = paper::beside(kind, cell)
            .map(|interval| format!("\\interval{{{}}}", boxed(&format!("({interval})"), rtl)));
        text.push_str(&format!(
            "\\makebox[{:.2}bp][l]{{\\hspace{{{:.1}bp}}{}}}",
            column.interval,
            paper::GAP,
            interval.unwrap_or_default()
        ));
    }
    unturned(text, rtl)
}

/// A text in a box. From right to left its brackets would be turned in some boxes only, by what else stands in
/// them: they are turned here, and there in none.
fn boxed(text: &str, rtl: bool) -> String {
    let turned = |letter| match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        other => other,
    };
    match rtl {
        true => escape(&text.chars().map(turned).collect::<String>()),
        false => escape(text),
    }
}

/// Boxes whose brackets are turned already.
fn unturned(boxes: String, rtl: bool) -> String {
    if rtl { format!("\\unturned{{{boxes}}}") } else { boxes }
}

fn notes(table: &Table, rtl: bool, out: &mut String) {
    out.push_str("{\\tablenotes\\parskip=0pt\\nopagebreak\n");
    for note in &table.notes {
        out.push_str(&format!("{}\\par\n", self::note(note, rtl)));
    }
    if !table.source.is_empty() {
        out.push_str(&format!("{}\\par\n", escape(&table.source)));
    }
    out.push_str("}\n\n");
}

fn note(note: &Note, rtl: bool) -> String {
    let mark = match (note.mark.as_str(), note.raised) {
        ("", _) => return escape(&note.text),
        (mark, true) => format!("\\raisedmark{{{}}}", boxed(mark, rtl)),
        (mark, false) => boxed(mark, rtl),
    };
    format!("{}{}", unturned(format!("\\makebox[12bp][l]{{{mark}}}"), rtl), escape(&note.text))
}
