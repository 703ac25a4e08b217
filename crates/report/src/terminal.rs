//! A table for a terminal: aligned columns, marks and notes, no colour.

use crate::{HeadKind, Table, TableCell, TableRow};

/// A table as aligned text, one line a row, notes below.
pub fn terminal(table: &Table) -> String {
    let mut lines: Vec<Line> = Vec::new();
    if !table.spanners.is_empty() {
        lines.push(Line::Spanners);
    }
    lines.push(Line::Cells {
        label: table.stub.clone(),
        cells: table.heads.iter().map(|head| (head.title.clone(), String::new())).collect(),
    });
    lines.push(Line::Rule);
    for row in &table.rows {
        lines.push(match row {
            TableRow::Group { label, level } => {
                Line::Heading(format!("{}{}", indent(*level), clean(label)))
            }
            TableRow::Cells { label, level, cells } => Line::Cells {
                label: format!("{}{}", indent(*level), clean(label)),
                cells: cells.iter().map(cell).collect(),
            },
        });
    }
    lines.push(Line::Rule);

    let stub = lines
        .iter()
        .map(|line| match line {
            Line::Cells { label, .. } => width(label),
            Line::Heading(_) | Line::Rule | Line::Spanners => 0,
        })
        .max()
        .unwrap_or(0);
    // Value and interval are aligned on their own.
    let mut widths: Vec<(usize, usize)> = (0..table.heads.len())
        .map(|i| {
            let body = |pick: fn(&(String, String)) -> &String| {
                lines
                    .iter()
                    .skip(usize::from(!table.spanners.is_empty()) + 1)
                    .filter_map(|line| match line {
                        Line::Cells { cells, .. } => cells.get(i).map(|c| width(pick(c))),
                        _ => None,
                    })
                    .max()
                    .unwrap_or(0)
            };
            let (value, interval) = (body(|c| &c.0), body(|c| &c.1));
            let gap = usize::from(interval > 0);
            let head = width(&clean(&table.heads[i].title));
            (value.max(head.saturating_sub(interval + gap)), interval)
        })
        .collect();
    // A spanner that is wider than its columns widens the first of them.
    let mut column = 0;
    for (title, span) in &table.spanners {
        let has: usize = widths[column..column + span]
            .iter()
            .map(|w| 2 + w.0 + w.1 + usize::from(w.1 > 0))
            .sum();
        widths[column].0 += (width(&clean(title)) + 2).saturating_sub(has);
        column += span;
    }
    let whole = |i: usize| widths[i].0 + widths[i].1 + usize::from(widths[i].1 > 0);

    let mut out = format!("{}\n", clean(&table.title));
    if !table.subtitle.is_empty() {
        out.push_str(&format!("{}\n", clean(&table.subtitle)));
    }
    out.push('\n');
    let total: usize = stub + (0..widths.len()).map(|i| 2 + whole(i)).sum::<usize>();
    let head_line = usize::from(!table.spanners.is_empty());
    for (place, line) in lines.iter().enumerate() {
        let mut text = String::new();
        match line {
            Line::Rule => text = "─".repeat(total),
            Line::Heading(label) => text.push_str(label),
            Line::Spanners => {
                text = " ".repeat(stub);
                let mut column = 0;
                for (title, span) in &table.spanners {
                    let span_width: usize =
                        (column..column + span).map(|i| 2 + whole(i)).sum::<usize>();
                    text.push_str(&pad(&clean(title), span_width, true));
                    column += span;
                }
            }
            Line::Cells { label, cells } => {
                text.push_str(&pad(label, stub, false));
                for (i, (value, interval)) in cells.iter().enumerate() {
                    text.push_str("  ");
                    let left = table.heads[i].kind == HeadKind::Text;
                    if place == head_line || widths[i].1 == 0 {
                        text.push_str(&pad(&clean(value), whole(i), !left));
                    } else {
                        text.push_str(&pad(value, widths[i].0, true));
                        text.push(' ');
                        text.push_str(&pad(interval, widths[i].1, false));
                    }
                }
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    // Plain text has no bold to explain.
    let bold = crate::words::sentence(crate::tables::BOLD);
    for note in table.notes.iter().filter(|note| note.text != bold) {
        let mark = if note.mark.is_empty() { String::new() } else { format!("{}  ", note.mark) };
        out.push_str(&format!("{mark}{}\n", clean(&note.text)));
    }
    if !table.source.is_empty() {
        out.push_str(&format!("{}\n", clean(&table.source)));
    }
    out
}

enum Line {
    Spanners,
    Rule,
    Heading(String),
    Cells { label: String, cells: Vec<(String, String)> },
}

fn cell(cell: &TableCell) -> (String, String) {
    let mut value = clean(&cell.marked());
    if !cell.notes.is_empty() {
        value.push_str(&format!("[{}]", cell.notes.join(",")));
    }
    let interval = match &cell.interval {
        Some(interval) if interval.text != cell.text => format!("({})", interval.text),
        _ => String::new(),
    };
    (value, interval)
}

/// Characters that could move the cursor or change colours are left out.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn indent(level: u8) -> String {
    "  ".repeat(usize::from(level))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn pad(text: &str, to: usize, right: bool) -> String {
    let space = " ".repeat(to.saturating_sub(width(text)));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}
