//! The tables in the formats whose cells a program reads: workbook, CSV, Word.

use super::read_back::part;
use inclusion_report::*;

/// The records of the CSV file with their header.
fn records(annex: &Annex) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = tables_csv(annex).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().iter().map(String::from).collect();
    let rows = reader.records().map(|r| r.unwrap().iter().map(String::from).collect()).collect();
    (header, rows)
}

#[test]
fn the_csv_has_a_line_for_each_cell_note_and_source() {
    let annex = super::annex();
    let (header, records) = records(&annex);
    let at = |row: &[String], name: &str| {
        row[header.iter().position(|h| h == name).unwrap()].trim_start_matches('\'').to_string()
    };
    let mut next = records.iter();
    for table in annex.tables() {
        for row in &table.rows {
            let TableRow::Cells { label, cells, .. } = row else { continue };
            for (head, cell) in table.heads.iter().zip(cells) {
                let line = next.next().unwrap();
                assert_eq!(at(line, "table"), table.number.to_string());
                assert_eq!(at(line, "row"), label.trim_start_matches('\''));
                assert_eq!(at(line, "column"), head.title);
                assert_eq!(at(line, "printed"), cell.marked());
                let number = |name| at(line, name).parse::<f64>().ok();
                assert_eq!(number("value"), cell.number);
                assert_eq!(number("lower"), cell.interval.as_ref().map(|i| i.lower));
                assert_eq!(number("upper"), cell.interval.as_ref().map(|i| i.upper));
                let marks = at(line, "mark");
                assert!(cell.notes.iter().all(|mark| marks.split(' ').any(|m| m == mark)));
                assert_eq!(at(line, "status") == "withheld", cell.withheld);
                if cell.withheld || cell.unreliable.is_some() || cell.missing.is_some() {
                    assert!(!at(line, "note").is_empty(), "{line:?}");
                }
            }
        }
        for note in &table.notes {
            let line = next.next().unwrap();
            assert_eq!(
                (at(line, "mark"), at(line, "note")),
                (note.mark.clone(), note.text.clone())
            );
        }
        if !table.source.is_empty() {
            assert_eq!(at(next.next().unwrap(), "note"), table.source);
        }
    }
    assert!(next.next().is_none());
}

#[test]
fn no_field_of_the_csv_is_a_formula() {
    let mut annex = super::annex();
    for section in &mut annex.sections {
        for block in &mut section.blocks {
            if let Block::Table(table) = block {
                table.title = "=HYPERLINK(\"http://x\")".into();
                table.stub = "@x".into();
                for row in &mut table.rows {
                    if let TableRow::Cells { label, .. } = row {
                        label.insert(0, '+');
                    }
                }
            }
        }
    }
    for record in records(&annex).1 {
        for field in record {
            let number = field.parse::<f64>().is_ok();
            assert!(number || !field.starts_with(['=', '+', '-', '@']), "{field}");
        }
    }
}

#[test]
fn the_workbook_has_every_number_mark_and_note_and_pictures_with_words() {
    use calamine::{Data, Reader, Xlsx};
    let annex = super::annex();
    let bytes = xlsx(&annex).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
    for table in annex.tables() {
        let sheet = book.worksheet_range(&format!("Table {}", table.number)).unwrap();
        let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
        let mut left = rows.iter();
        for row in &table.rows {
            let TableRow::Cells { label, cells, .. } = row else { continue };
            let line = left.find(|line| line[0].to_string() == *label).unwrap();
            let mut at = 1;
            for (head, cell) in table.heads.iter().zip(cells) {
                match (cell.number, &cell.interval) {
                    (_, Some(interval)) if head.kind == HeadKind::Interval => {
                        assert_eq!(line[at], Data::Float(interval.lower));
                        assert_eq!(line[at + 1], Data::Float(interval.upper));
                    }
                    (Some(number), _) => assert_eq!(line[at], Data::Float(number)),
                    (None, _) => assert!(line[at].to_string().starts_with(&cell.marked())),
                }
                at += match head.kind {
                    HeadKind::WithInterval => 3,
                    HeadKind::Interval => 2,
                    HeadKind::Number | HeadKind::Text => 1,
                };
            }
        }
        let below: Vec<String> = left.map(|line| line[0].to_string()).collect();
        for note in &table.notes {
            assert!(below.iter().any(|b| b.starts_with(&note.mark) && b.ends_with(&note.text)));
        }
        assert!(table.source.is_empty() || below.contains(&table.source));
    }
    for number in 1..=annex.figures().count() {
        let drawing = part(&bytes, &format!("xl/drawings/drawing{number}.xml"));
        assert!(drawing.contains("descr=\""), "{drawing}");
    }
    for number in 1..=book.sheet_names().len() {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!sheet.contains("mergeCell"), "sheet {number} has merged cells");
    }
}

#[test]
fn word_repeats_header_rows_numbers_captions_and_describes_pictures() {
    let annex = super::annex();
    let bytes = docx(&annex, &DocxOptions { language: "fr".into() }).unwrap();
    let document = part(&bytes, "word/document.xml");
    let tables = annex.tables().count();
    assert_eq!(document.matches("<w:tbl>").count(), tables);
    assert_eq!(document.matches("SEQ Table \\* ARABIC").count(), tables);
    assert!(document.matches("<w:tblHeader/>").count() >= tables);
    // The contents lead to sections and tables that are there, each with the number of its page.
    let listed: Vec<&str> =
        document.split(" PAGEREF ").skip(1).map(|field| field.split_once(' ').unwrap().0).collect();
    let sections = annex.sections.iter().filter(|section| section.id != "findings").count();
    assert_eq!(listed.len(), sections + tables);
    for place in &listed {
        let anchor = format!("<w:hyperlink w:anchor=\"{place}\"");
        let bookmark = format!("w:name=\"{place}\"/>");
        assert_eq!(document.matches(&anchor).count(), 1, "{place}");
        assert_eq!(document.matches(&bookmark).count(), 1, "{place}");
    }
    assert_eq!(document.matches("<wp:docPr ").count(), annex.figures().count());
    for figure in annex.figures() {
        let alt = quick_xml::escape::escape(figure.alt.as_str()).into_owned();
        assert!(document.contains(&format!("descr=\"{alt}\"")));
    }
    assert!(document.contains("w:orient=\"landscape\""));
    assert!(part(&bytes, "word/styles.xml").contains("<w:lang w:val=\"fr\""));
    assert!(part(&bytes, "word/footer1.xml").contains("PAGE"));
    // Rows have as many columns as the grid of their table.
    for table in document.split("<w:tbl>").skip(1) {
        let table = table.split("</w:tbl>").next().unwrap();
        let grid = table.matches("<w:gridCol ").count();
        for row in table.split("<w:tr>").skip(1) {
            let cells = row.matches("<w:tc>").count();
            let more: usize = row
                .split("<w:gridSpan w:val=\"")
                .skip(1)
                .map(|span| span.split('"').next().unwrap().parse::<usize>().unwrap() - 1)
                .sum();
            assert_eq!(cells + more, grid);
        }
    }
}
