//! The structure of the PDF as another library reads it.

use inclusion_report::*;
use lopdf::{Dictionary, Document, Object};

fn document() -> Document {
    Document::load_mem(super::pdf_bytes()).unwrap()
}

/// All dictionaries of the file that are structure elements of a kind.
fn elements<'a>(document: &'a Document, kind: &'a str) -> Vec<&'a Dictionary> {
    document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"S").and_then(Object::as_name).ok() == Some(kind.as_bytes()))
        .collect()
}

#[test]
fn the_pdf_is_tagged_and_says_that_it_keeps_pdf_ua_1() {
    let document = document();
    let catalog = document.catalog().unwrap();
    let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).unwrap();
    assert!(marked.get(b"Marked").and_then(Object::as_bool).unwrap());
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), b"en");
    let metadata = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1;
    let metadata = metadata.as_stream().unwrap();
    let xmp = metadata.decompressed_content().unwrap_or_else(|_| metadata.content.clone());
    let xmp = String::from_utf8(xmp).unwrap();
    assert!(xmp.contains("pdfuaid:part>1<") || xmp.contains("pdfuaid:part=\"1\""), "{xmp}");
    assert!(xmp.contains("&lt;b&gt;x&lt;/b&gt;"), "{xmp}");
    assert!(!xmp.contains("CreateDate"), "no clock is read: {xmp}");
}

#[test]
fn tables_have_headers_and_charts_their_words() {
    let annex = super::annex();
    let document = document();
    assert_eq!(elements(&document, "Table").len(), annex.tables().count());
    let rows = |row: &TableRow| matches!(row, TableRow::Cells { .. });
    let stubs: usize = annex.tables().map(|t| t.rows.iter().filter(|row| rows(row)).count()).sum();
    let heads: usize = annex.tables().map(|t| t.heads.len()).sum();
    let headers = elements(&document, "TH");
    assert!(headers.len() >= stubs + heads);
    // A header says whether it stands over a column, before a row, or both.
    let scope = |header: &&Dictionary| {
        let attributes = document.dereference(header.get(b"A").unwrap()).unwrap().1;
        let all = match attributes {
            Object::Array(all) => all.clone(),
            one => vec![one.clone()],
        };
        let dicts = all.iter().map(|one| document.dereference(one).unwrap().1.as_dict().unwrap());
        let scopes: Vec<String> = dicts
            .filter_map(|dict| dict.get(b"Scope").and_then(Object::as_name).ok())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        assert_eq!(scopes.len(), 1, "{header:?}");
        scopes[0].clone()
    };
    let scopes: Vec<String> = headers.iter().map(scope).collect();
    let count = |scope: &str| scopes.iter().filter(|own| *own == scope).count();
    assert!(count("Row") >= stubs && count("Column") >= heads, "{scopes:?}");
    assert!(count("Both") >= annex.tables().count());
    assert_eq!(count("Row") + count("Column") + count("Both"), headers.len());
    let cells: usize =
        annex.tables().map(|t| t.heads.len() * t.rows.iter().filter(|row| rows(row)).count()).sum();
    assert!(elements(&document, "TD").len() >= cells);
    let figures = elements(&document, "Figure");
    assert_eq!(figures.len(), annex.figures().count());
    let alts: Vec<String> = figures
        .iter()
        .map(|figure| lopdf::decode_text_string(figure.get(b"Alt").unwrap()).unwrap())
        .collect();
    for figure in annex.figures() {
        assert!(alts.contains(&figure.alt), "no `{}` in {alts:?}", figure.alt);
    }
    // Sections and tables are bookmarks.
    let titles: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has(b"Title") && dict.has(b"Parent"))
        .map(|dict| lopdf::decode_text_string(dict.get(b"Title").unwrap()).unwrap())
        .collect();
    for table in annex.tables() {
        let wanted = format!("Table {}. {}", table.number, table.title);
        assert!(titles.contains(&wanted), "no `{wanted}` in {titles:?}");
    }
}

/// The titles of the bookmarks, each with its number of levels above.
fn bookmarks(document: &Document) -> Vec<String> {
    let titles = document.get_toc().unwrap().toc;
    titles.iter().map(|entry| format!("{} {}", entry.level, entry.title)).collect()
}

#[test]
fn a_pdf_in_parts_has_the_tags_bookmarks_and_page_numbers_of_a_whole_one() {
    let annex = super::annex();
    let whole = document();
    let options = PdfOptions { part: 20, ..PdfOptions::default() };
    let parts = Document::load_mem(&pdf(&annex, &options).unwrap()).unwrap();
    for kind in ["Table", "TR", "TH", "TD", "Figure", "H1", "H2", "TOC", "TOCI", "P"] {
        let count = |document| elements(document, kind).len();
        assert_eq!(count(&parts), count(&whole), "{kind}");
    }
    assert_eq!(bookmarks(&parts), bookmarks(&whole));
    let pages = parts.get_pages().len();
    assert!(pages > whole.get_pages().len(), "parts begin on pages of their own: {pages}");
    let texts: Vec<String> = parts
        .get_pages()
        .keys()
        .map(|page| super::squeezed(&parts.extract_text(&[*page]).unwrap()))
        .collect();
    for (text, number) in texts.iter().zip(1..) {
        assert!(text.contains(&format!("{number}/{pages}")), "page {number}: {text}");
    }
    // The contents name the page of each table.
    for table in annex.tables() {
        let title = super::squeezed(&format!("Table {}. {}", table.number, table.title));
        let mut places = texts.iter().filter(|text| text.contains(&title));
        let contents = places.next().unwrap_or_else(|| panic!("no `{title}`"));
        let behind = contents
            .split(&title)
            .nth(1)
            .unwrap()
            .trim_start_matches(|c: char| !c.is_ascii_digit());
        let number: String = behind.chars().take_while(char::is_ascii_digit).collect();
        // The next title may begin with the digits that follow.
        let ends = (1..=number.len()).map(|end| number[..end].parse::<usize>().unwrap());
        let there = |page: usize| texts.get(page - 1).is_some_and(|text| text.contains(&title));
        assert!(ends.into_iter().any(there), "`{title}` is not on page {number}");
    }
}

#[test]
fn pages_are_a4_and_wide_tables_turn_them() {
    let document = document();
    let sizes: Vec<[i64; 2]> = document
        .get_pages()
        .values()
        .map(|page| {
            let page = document.get_dictionary(*page).unwrap();
            let area = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
            [2, 3].map(|i| area[i].as_float().unwrap().round() as i64)
        })
        .collect();
    assert!(sizes.iter().all(|size| [[595, 842], [842, 595]].contains(size)), "{sizes:?}");
    assert!(sizes.contains(&[842, 595]) && sizes[0] == [595, 842], "{sizes:?}");
}

#[test]
fn a_long_table_has_its_headers_and_notes_on_every_page() {
    let mut annex = super::annex();
    let mut table = annex.tables().next().unwrap().clone();
    let line = table.rows.iter().find(|row| matches!(row, TableRow::Cells { .. })).unwrap().clone();
    table.rows = (0..150)
        .map(|place| match line.clone() {
            TableRow::Cells { cells, .. } => {
                TableRow::Cells { label: format!("Row {place} of many"), level: 0, cells }
            }
            group => group,
        })
        .collect();
    table.stub = "Stubhead".into();
    // Notes that are high stand under the last page only.
    table.notes.truncate(1);
    table.source = "Source: stated below.".into();
    annex.sections = vec![Section {
        id: "long".into(),
        title: "A long table".into(),
        blocks: vec![Block::Table(table.clone())],
    }];
    let document = Document::load_mem(&pdf(&annex, &PdfOptions::default()).unwrap()).unwrap();
    let pages: Vec<String> = document
        .get_pages()
        .keys()
        .map(|page| super::squeezed(&document.extract_text(&[*page]).unwrap()))
        .filter(|text| text.contains("ofmany"))
        .collect();
    assert!(pages.len() > 2, "{} pages", pages.len());
    let rows: usize = pages.iter().map(|text| text.matches("ofmany").count()).sum();
    assert_eq!(rows, 150);
    for text in &pages {
        assert_eq!(text.matches("Stubhead").count(), 1, "{text}");
        for head in &table.heads {
            assert!(text.contains(&super::squeezed(&head.title)), "{}: {text}", head.title);
        }
        assert!(text.contains("Source:statedbelow."), "{text}");
    }
}

#[test]
fn a_character_without_a_font_is_named_with_its_place() {
    let mut annex = super::annex();
    annex.title = "数字".into();
    let error = pdf(&annex, &PdfOptions::default()).unwrap_err().to_string();
    assert!(error.starts_with("the first page: no font has the character `数`"), "{error}");
    annex.fonts.push(std::sync::Arc::new(b"no font".to_vec()));
    assert!(
        pdf(&annex, &PdfOptions::default())
            .unwrap_err()
            .to_string()
            .contains("font file 1 is no font")
    );
}
