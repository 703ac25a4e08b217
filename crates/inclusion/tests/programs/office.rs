//! Word documents and workbooks in LibreOffice, and read by libraries that did not write them.

use crate::{ALL, ARABIC, CHINESE, FRENCH, file, here, program, python, run};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

const REQUIRED: &str = "INCLUSION_REQUIRE_OFFICE";

/// A printed cell of the tables, from the CSV of the same run.
struct Printed {
    row: String,
    text: String,
    value: Option<f64>,
    /// Marks of its notes, without what stands between them.
    marks: String,
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit()
}

/// Notes have letters or numbers.
fn is_note(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn printed(study: &'static str) -> Vec<Printed> {
    let mut reader = csv::Reader::from_path(file(study, "tables.csv")).expect("the tables");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|own| own == name).expect("the column");
    let places = ["row", "column", "printed", "value", "mark"].map(at);
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.expect("a record");
        let [row, column, text, value, mark] = places.map(|at| record[at].to_string());
        // A field that a spreadsheet would take for a formula begins with an apostrophe.
        let plain = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_string();
        if !matches!(column.as_str(), "note" | "source") && !text.is_empty() {
            let value = value.parse().ok();
            // A mark that is the cell's own text or stands in it, as that of low reliability, is no note.
            let text = plain(&text);
            let own = |mark: &str| !mark.contains(is_number) && text.contains(mark);
            let notes = mark.split(' ').filter(|mark| !own(mark) && mark.contains(is_note));
            let marks = notes.collect();
            cells.push(Printed { row: plain(&row), text, value, marks });
        }
    }
    assert!(cells.len() > 300, "{} cells of {study}", cells.len());
    cells
}

/// The printed cells that stand in a text that a program gives line by line.
fn laid_out(study: &'static str) -> Vec<Printed> {
    let mut cells = printed(study);
    if study == ARABIC {
        // Words that run from right to left are given in an order of the reader's own.
        cells.retain(|cell| !cell.text.contains(char::is_alphabetic));
        assert!(cells.len() > 300);
    }
    cells
}

/// Without blanks and soft breaks, since a line of a PDF may end anywhere; without commas and minus signs, which
/// an office suite writes its own way or takes from another font, so that they stand elsewhere in the text.
fn squeezed(text: &str) -> String {
    squeezed_with_gaps(text).0
}

/// The same, and where in it something was taken out.
fn squeezed_with_gaps(text: &str) -> (String, BTreeSet<usize>) {
    let (mut kept, mut gaps) = (String::new(), BTreeSet::new());
    for c in text.chars() {
        let blank = c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' | ',' | '-' | '−');
        match blank {
            true => _ = gaps.insert(kept.len()),
            false => kept.push(c),
        }
    }
    (kept, gaps)
}

/// The text of a document as LibreOffice lays it out.
fn through_office(document: &Path) -> Option<String> {
    let office = program(&["soffice", "libreoffice"], REQUIRED)?;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let profile =
        format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let mut convert = Command::new(office);
    convert.arg(profile).args(["--headless", "--convert-to", "pdf", "--outdir"]);
    run(convert.arg(folder.path()).arg(document)).unwrap_or_else(|trouble| panic!("{trouble}"));
    let pdf = folder.path().join(document.file_name().expect("a name")).with_extension("pdf");
    text_of(&pdf)
}

/// The text of a PDF in the order in which it was written, cell by cell; pages end with a form feed.
fn text_of(pdf: &Path) -> Option<String> {
    let reader = program(&["pdftotext"], REQUIRED)?;
    let text = run(Command::new(reader).arg("-raw").arg(pdf).arg("-"));
    Some(text.unwrap_or_else(|trouble| panic!("{trouble}")))
}

/// Every cell's text is in the document as often as it is printed, and so are minus signs.
fn holds(text: &str, cells: &[Printed], what: &str) {
    let minus = |text: &str| text.matches(['−', '-']).count();
    let printed: usize = cells.iter().map(|cell| minus(&cell.text)).sum();
    assert!(minus(text) >= printed, "{what}: {} minus signs, not {printed}", minus(text));
    let (text, gaps) = squeezed_with_gaps(text);
    let mut wanted: BTreeMap<String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for cell in cells {
        let (n, marks) = wanted.entry(squeezed(&cell.text)).or_default();
        *n += 1;
        // Where notes have numbers, one may follow the figure.
        if cell.marks.starts_with(is_number) {
            marks.insert(cell.marks.as_str());
        }
    }
    // 5.5 is not to be found in 15.5 nor in 5.57; where a blank was, another number begins.
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let whole = |at: usize, words: &str| {
        let end = at + words.len();
        let before = part(words.chars().next()) && part(text[..at].chars().next_back());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let after = part(words.chars().next_back()) && digit(text[end..].chars().next());
        (!before || gaps.contains(&at)) && (!after || gaps.contains(&end))
    };
    // One may begin within another: 1111 stands behind 941 in 9411111.
    let times = |words: &str| {
        let (mut found, mut from) = (0, 0);
        while let Some(at) = text[from..].find(words).map(|at| from + at) {
            found += usize::from(whole(at, words));
            from = at + words.chars().next().map_or(1, char::len_utf8);
        }
        found
    };
    for (words, (n, marks)) in wanted.iter().filter(|(words, _)| !words.is_empty()) {
        let marked = marks.iter().map(|mark| times(&format!("{words}{mark}"))).sum::<usize>();
        let found = times(words) + marked;
        assert!(found >= *n, "{what}: `{words}` stands there {found} times, not {n}");
    }
}

#[test]
fn a_word_document_laid_out_by_an_office_suite_has_every_cell() {
    for study in ALL {
        let Some(text) = through_office(&file(study, ".docx")) else { return };
        holds(&text, &laid_out(study), &format!("{study}, Word"));
    }
}

#[test]
fn the_contents_of_a_word_document_have_the_numbers_of_pages() {
    let Some(text) = through_office(&file("demo", ".docx")) else { return };
    let pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    let leaders = text.lines().filter_map(|line| line.rsplit_once("......"));
    let mut numbers: Vec<usize> = Vec::new();
    for (title, number) in leaders {
        let number = number.trim_matches(['.', ' ']).parse::<usize>();
        let number = number.unwrap_or_else(|_| panic!("{title}: no number of a page"));
        // Of a title that is broken, its last line.
        let words = squeezed(title.trim_end_matches('.'));
        assert!(number > 2 && pages[number - 1].contains(&words), "`{title}` is not on {number}");
        numbers.push(number);
    }
    assert!(numbers.len() > 15, "{numbers:?}");
    // Sections and tables stand in their order: the numbers fall once, between the two lists.
    assert_eq!(numbers.windows(2).filter(|pair| pair[0] > pair[1]).count(), 1, "{numbers:?}");
}

#[test]
fn a_workbook_laid_out_by_an_office_suite_has_every_cell() {
    for study in ALL {
        let Some(text) = through_office(&file(study, ".xlsx")) else { return };
        assert!(!text.contains("###"), "{study}: a number has no room in its column");
        let mut cells = laid_out(study);
        if study == FRENCH {
            // An office suite writes the decimals of numbers in its own language.
            let numbers = cells.iter_mut().filter(|cell| cell.value.is_some());
            numbers.for_each(|cell| cell.text = cell.text.replace(',', "."));
        }
        holds(&text, &cells, &format!("{study}, workbook"));
    }
}

/// Tables of a document: rows of cells.
fn tables(document: &Path) -> Option<Vec<Vec<Vec<serde_json::Value>>>> {
    let mut read = Command::new(python(REQUIRED)?);
    read.arg(here("tables.py")).arg(document).env("PYTHONDONTWRITEBYTECODE", "1");
    let said = run(&mut read).unwrap_or_else(|trouble| panic!("{trouble}"));
    Some(serde_json::from_str(&said).expect("tables as JSON"))
}

/// How often each row, by its label, has a cell.
fn counted<K: Ord>(
    study: &'static str,
    of: impl Fn(&Printed) -> Option<K>,
) -> BTreeMap<(String, K), usize> {
    let mut all: BTreeMap<(String, K), usize> = BTreeMap::new();
    for cell in printed(study) {
        let Some(own) = of(&cell) else { continue };
        *all.entry((squeezed(&cell.row), own)).or_default() += 1;
    }
    all
}

#[test]
fn another_program_reads_every_cell_of_a_pdf() {
    for study in ALL {
        let Some(text) = text_of(&file(study, ".pdf")) else { return };
        holds(&text, &laid_out(study), &format!("{study}, PDF"));
    }
}

/// Collections of Chinese faces have the letters of Japanese first.
#[test]
fn chinese_is_set_in_its_own_letters() {
    let Some(reader) = program(&["pdffonts"], REQUIRED) else { return };
    let said = run(Command::new(reader).arg(file(CHINESE, ".pdf")));
    let said = said.unwrap_or_else(|trouble| panic!("{trouble}"));
    let faces: Vec<&str> =
        said.lines().skip(2).filter_map(|line| line.split(' ').next()?.split('+').nth(1)).collect();
    assert!(faces.len() > 2, "{said}");
    for other in ["CJKjp", "CJKkr", "CJKtc", "CJKhk"] {
        assert!(!faces.iter().any(|face| face.contains(other)), "{said}");
    }
}

#[test]
fn another_library_reads_every_row_of_a_word_document() {
    for study in ALL {
        let Some(tables) = tables(&file(study, ".docx")) else { return };
        let texts = |row: &Vec<serde_json::Value>| -> Vec<String> {
            row.iter().map(|cell| squeezed(cell.as_str().unwrap_or(""))).collect()
        };
        let rows: Vec<Vec<String>> = tables.iter().flatten().map(texts).collect();
        // Behind a figure stand the numbers of its notes and its interval.
        let is = |own: &str, text: &str, marks: &str| {
            let behind = own.strip_prefix(text);
            let behind = behind.and_then(|rest| rest.strip_prefix(marks));
            behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
        };
        let of = |cell: &Printed| Some((squeezed(&cell.text), cell.marks.clone()));
        for ((label, (text, marks)), n) in counted(study, of) {
            let own = rows.iter().filter(|row| row.first().is_some_and(|own| is(own, &label, "")));
            let found = own.flat_map(|row| &row[1..]).filter(|own| is(own, &text, &marks)).count();
            assert!(found >= n, "{study}: `{text}` is {found} times in rows `{label}`, not {n}");
        }
    }
}

#[test]
fn another_library_reads_every_number_of_a_workbook() {
    for study in ALL {
        let Some(sheets) = tables(&file(study, ".xlsx")) else { return };
        let rows: Vec<&Vec<serde_json::Value>> = sheets.iter().flatten().collect();
        for ((label, value), n) in counted(study, |cell| cell.value.map(|value| value.to_string()))
        {
            let value: f64 = value.parse().expect("a number");
            let near = |own: &&serde_json::Value| {
                own.as_f64().is_some_and(|own| (own - value).abs() <= 1e-9 * value.abs().max(1.0))
            };
            let named = |own: &serde_json::Value| {
                own.as_str().is_some_and(|own| squeezed(own).starts_with(&label))
            };
            let own = rows.iter().filter(|row| row.first().is_some_and(named));
            let found = own.flat_map(|row| row.iter()).filter(near).count();
            assert!(found >= n, "{study}: {value} is {found} times in rows `{label}`, not {n}");
        }
    }
}
