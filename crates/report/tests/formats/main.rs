//! Every format read back by other means than it was written: what an annex prints is in all of them.

mod compiled;
#[path = "../fixture/mod.rs"]
mod fixture;
mod pdf;
mod read_back;
mod tables;

use inclusion_report::*;
use read_back::{docx_text, html_text, latex_text, markdown_text, pdf_text, squeezed};
use std::sync::OnceLock;

/// A title with everything that some format could take for a command.
const HOSTILE: &str =
    "=1+1 #let *bold* _it_ <b>x</b> $y$ \"q\" 'a' \\write18{ls} @ref [link](x) {{z}} & 5% ~ ^^41";

fn annex() -> Annex {
    let study = fixture::study();
    let mut annex = build(&fixture::input(&study)).unwrap();
    annex.title = HOSTILE.into();
    annex
}

/// The PDF of that annex, typeset once.
fn pdf_bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| pdf(&annex(), &PdfOptions::default()).unwrap())
}

/// The formats that keep the words of a row together, as text without any blank.
fn texts(annex: &Annex) -> Vec<(&'static str, String)> {
    let html = html(annex, &HtmlOptions::default()).unwrap();
    let docx = docx(annex, &DocxOptions::default()).unwrap();
    vec![
        ("html", squeezed(&html_text(&html))),
        ("markdown", squeezed(&markdown_text(&markdown(annex)))),
        ("docx", squeezed(&docx_text(&docx))),
        ("latex", squeezed(&latex_text(&latex(annex, &LatexOptions::default())))),
        ("pdf", squeezed(&pdf_text(pdf_bytes()))),
    ]
}

/// A row as every format but a spreadsheet has it: label, then values with marks and intervals.
fn row_words(table: &Table, label: &str, cells: &[TableCell], format: &str) -> String {
    let mut words = label.to_string();
    for (head, cell) in table.heads.iter().zip(cells) {
        words.push_str(&cell.marked());
        words.push_str(&cell.notes.join(", "));
        let beside = head.kind == HeadKind::WithInterval
            || (format == "markdown" && head.kind != HeadKind::Interval);
        if let Some(interval) = cell.interval.as_ref().filter(|_| beside) {
            words.push_str(&format!("({})", interval.text));
        }
    }
    squeezed(&words)
}

#[test]
fn every_value_mark_and_note_of_every_table_is_in_every_format() {
    let annex = annex();
    let mut looked_for = 0;
    for (format, text) in texts(&annex) {
        let has = |words: &str, what: &str| {
            let words = squeezed(words);
            assert!(text.contains(&words), "{format}, {what}: no `{words}`");
        };
        has(&annex.title, "title");
        annex.findings.iter().for_each(|finding| has(finding, "finding"));
        for section in annex.sections.iter().filter(|s| s.id != "findings") {
            has(&section.title, "section");
            for block in &section.blocks {
                match block {
                    Block::Text(words) => has(words, "text"),
                    Block::Definitions { title, items } => {
                        has(title, "definitions");
                        for (term, paragraphs) in items {
                            has(term, "term");
                            paragraphs.iter().for_each(|words| has(words, "definition"));
                        }
                    }
                    Block::Table(_) | Block::Figure(_) => {}
                }
            }
        }
        for table in annex.tables() {
            let what = format!("table {}", table.number);
            has(&format!("Table {}", table.number), &what);
            has(&table.title, &what);
            has(&table.subtitle, &what);
            table.heads.iter().for_each(|head| {
                // Markdown writes the spanner before the header.
                if format != "markdown" {
                    has(&head.title, &what);
                }
            });
            for (title, _) in &table.spanners {
                has(title, &what);
            }
            for row in &table.rows {
                match row {
                    TableRow::Group { label, .. } => has(label, &what),
                    TableRow::Cells { label, cells, .. } => {
                        let words = row_words(table, label, cells, format);
                        assert!(text.contains(&words), "{format}, {what}: no row `{words}`");
                        looked_for += cells.len();
                    }
                }
            }
            for note in &table.notes {
                has(&format!("{}{}", note.mark, note.text), &what);
            }
            has(&table.source, &what);
        }
    }
    assert!(looked_for > 1000, "{looked_for} cells");
}

#[test]
fn a_withheld_value_stands_in_no_format() {
    let annex = annex();
    let docx = docx(&annex, &DocxOptions::default()).unwrap();
    let texts = [
        ("pdf", pdf_text(pdf_bytes())),
        ("docx", docx_text(&docx)),
        ("latex", latex(&annex, &LatexOptions::default())),
        ("tables", String::from_utf8(tables_csv(&annex).unwrap()).unwrap()),
    ];
    for (format, text) in texts {
        // The rural men of 65 and over, the women beside them and their gap, as stored and as printed.
        for secret in ["0.2719283", "27.19283", "27.2", "0.0917346", "9.17346", "18.0193"] {
            assert!(!text.contains(secret), "{secret} stands in {format}");
        }
        // The search finds what is shown: urban men of 25 to 64.
        assert!(text.contains("71.0"), "{format}");
    }
}

#[test]
fn every_format_has_the_same_bytes_again() {
    let annex = annex();
    assert!(pdf(&annex, &PdfOptions::default()).unwrap() == pdf_bytes());
    let all = || {
        (
            docx(&annex, &DocxOptions::default()).unwrap(),
            xlsx(&annex).unwrap(),
            latex(&annex, &LatexOptions::default()),
            tables_csv(&annex).unwrap(),
        )
    };
    assert!(all() == all());
}

/// Writes the outputs for looking at, where the environment names a folder.
#[test]
fn outputs_may_be_looked_at() {
    let Some(folder) = std::env::var_os("INCLUSION_LOOK") else { return };
    let folder = std::path::Path::new(&folder);
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    let start = std::time::Instant::now();
    let write = |name: &str, bytes: Vec<u8>| {
        println!("{name}: {} bytes after {:?}", bytes.len(), start.elapsed());
        std::fs::write(folder.join(name), bytes).unwrap();
    };
    write("annex.html", html(&annex, &HtmlOptions::default()).unwrap().into_bytes());
    write("annex.pdf", pdf(&annex, &PdfOptions::default()).unwrap());
    write("annex.docx", docx(&annex, &DocxOptions::default()).unwrap());
    write("annex.xlsx", xlsx(&annex).unwrap());
    write("annex.tex", latex(&annex, &LatexOptions::default()).into_bytes());
    write("tables.csv", tables_csv(&annex).unwrap());
    for figure in annex.figures() {
        let svg = charts::svg(&figure.chart, &charts::SvgOptions::default()).unwrap();
        write(&format!("{}.png", figure.name), charts::png(&svg, 2.0).unwrap());
    }
}
