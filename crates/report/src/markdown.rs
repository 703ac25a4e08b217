//! The annex as Markdown with tables as GitHub writes them.
//!
//! Every text of the study is escaped, so that a label cannot become markup; the mark `*` of a
//! withheld figure would otherwise begin an emphasis.

use crate::{Annex, Block, HeadKind, Table, TableCell, TableRow};

/// The whole annex. Figures appear as image links to `NAME.svg` beside the file, with their
/// alternative text.
pub fn markdown(annex: &Annex) -> String {
    let mut out = format!("# {}\n\n", escape(&annex.title));
    if let Some(subtitle) = &annex.subtitle {
        out.push_str(&format!("{}\n\n", escape(subtitle)));
    }
    out.push_str(&format!("{}\n\n", escape(&annex.period)));
    if let Some(date) = &annex.date {
        out.push_str(&format!("{}\n\n", escape(date)));
    }
    out.push_str(&format!("{}\n\n", escape(&annex.source)));
    for section in &annex.sections {
        let findings = section.id == "findings";
        if findings && annex.findings.is_empty() && section.blocks.is_empty() {
            continue;
        }
        out.push_str(&format!("## {}\n\n", escape(&section.title)));
        if findings && !annex.findings.is_empty() {
            for finding in &annex.findings {
                out.push_str(&format!("- {}\n", escape(finding)));
            }
            out.push('\n');
        }
        for block in &section.blocks {
            self::block(annex, block, &mut out);
        }
    }
    out.push_str(&format!("---\n\n{}\n", escape(&annex.made_line())));
    out
}

fn block(annex: &Annex, block: &Block, out: &mut String) {
    match block {
        Block::Text(text) => out.push_str(&format!("{}\n\n", escape(text))),
        Block::Definitions { title, items } => {
            out.push_str(&format!("### {}\n\n", escape(title)));
            for (term, paragraphs) in items {
                let text: Vec<String> = paragraphs.iter().map(|p| escape(p)).collect();
                out.push_str(&format!(
                    "- **{}** {}\n",
                    escape(&annex.sentence(term)),
                    text.join(annex.language.between_sentences())
                ));
            }
            out.push('\n');
        }
        Block::Table(table) => self::table(annex, table, out),
        Block::Figure(figure) => {
            out.push_str(&format!(
                "**{}**\n\n![{}]({}.svg)\n\n{}\n\n",
                escape(&annex.titled("figure-title", figure.number, &figure.title)),
                escape(&figure.alt),
                figure.name,
                escape(&figure.source)
            ));
        }
    }
}

fn table(annex: &Annex, table: &Table, out: &mut String) {
    let title = annex.titled("table-title", table.number, &table.title);
    out.push_str(&format!("**{}**", escape(&title)));
    if !table.subtitle.is_empty() {
        out.push_str(&format!("  \n{}", escape(&table.subtitle)));
    }
    out.push_str("\n\n");
    // Markdown has one header row: a spanner is set before the header it spans.
    let mut spanned: Vec<&str> = Vec::new();
    for (title, n) in &table.spanners {
        spanned.extend(std::iter::repeat_n(title.as_str(), *n));
    }
    let mut line = format!("| {} |", escape(&table.stub));
    let mut rule = "| --- |".to_string();
    for (i, head) in table.heads.iter().enumerate() {
        let title = match spanned.get(i) {
            Some(over) if !over.is_empty() => {
                let below = crate::words::small(&head.title);
                annex.say("joined-colon", &[("first", over), ("rest", &below)])
            }
            _ => head.title.clone(),
        };
        line.push_str(&format!(" {} |", escape(&title)));
        rule.push_str(if head.kind == HeadKind::Text { " --- |" } else { " ---: |" });
    }
    out.push_str(&format!("{line}\n{rule}\n"));
    for row in &table.rows {
        match row {
            TableRow::Group { label, level } => {
                out.push_str(&format!("| {}*{}* |", indent(*level), escape(label)));
                out.push_str(&"  |".repeat(table.heads.len()));
            }
            TableRow::Cells { label, level, cells } => {
                out.push_str(&format!("| {}{} |", indent(*level), escape(label)));
                for cell in cells {
                    out.push_str(&format!(" {} |", self::cell(cell)));
                }
            }
        }
        out.push('\n');
    }
    out.push('\n');
    for note in &table.notes {
        match (note.mark.as_str(), note.raised) {
            ("", _) => out.push_str(&format!("{}  \n", escape(&note.text))),
            (mark, true) => {
                out.push_str(&format!("<sup>{}</sup> {}  \n", escape(mark), escape(&note.text)));
            }
            (mark, false) => out.push_str(&format!("{} {}  \n", escape(mark), escape(&note.text))),
        }
    }
    if !table.source.is_empty() {
        out.push_str(&format!("{}\n", escape(&table.source)));
    }
    out.push('\n');
}

fn cell(cell: &TableCell) -> String {
    let mut text = escape(&cell.marked());
    if cell.strong {
        text = format!("**{text}**");
    }
    if !cell.notes.is_empty() {
        text.push_str(&format!("<sup>{}</sup>", escape(&cell.notes.join(", "))));
    }
    if let Some(interval) = &cell.interval
        && interval.text != cell.text
    {
        text.push_str(&format!(" ({})", escape(&interval.text)));
    }
    text
}

fn indent(level: u8) -> String {
    "&nbsp;&nbsp;".repeat(usize::from(level))
}

/// Text that Markdown and the HTML in it leave as it is.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (place, letter) in letters.iter().enumerate() {
        let word =
            |i: Option<usize>| i.and_then(|i| letters.get(i)).is_some_and(|c| c.is_alphanumeric());
        match letter {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(*letter);
            }
            // Inside a word an underscore is no emphasis.
            '_' if !(word(place.checked_sub(1)) && word(Some(place + 1))) => out.push_str("\\_"),
            '#' | '+' | '-' | '=' if place == 0 => {
                out.push('\\');
                out.push(*letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(*c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_label_stays_text() {
        assert_eq!(escape("<b>*x*</b> a|b"), "&lt;b&gt;\\*x\\*&lt;/b&gt; a\\|b");
        assert_eq!(escape("not_stated"), "not_stated");
        assert_eq!(escape("_x_"), "\\_x\\_");
        assert_eq!(escape("- item"), "\\- item");
    }
}
