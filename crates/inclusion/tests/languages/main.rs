//! The annex in other languages: complete, in their numerals, from right to left where they are
//! written so, and refused where a text has no translation.

mod flags;
mod joints;
mod kinds;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Words that hardly any English text is without, and that are none of the other languages in Latin
/// letters.
const ENGLISH: [&str; 12] =
    ["the", "of", "and", "with", "women", "gap", "which", "is", "are", "from", "their", "not"];

/// What stands as its source has it: citations, names of surveys and files.
const QUOTED: [&str; 6] = [
    "ITU, Manual for Measuring ICT Access and Use by Households and Individuals, 2020 edition",
    "list of nine computer activities used before 2020",
    "SDG indicator 17.8.1 metadata",
    "SDG indicator 5.b.1 metadata",
    "ITU, Measuring Digital Development: Facts and Figures",
    "Made with inclusion",
];

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with the demonstration study after these changes of its text, and its data.
fn folder(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo");
    let mut study = std::fs::read_to_string(demo.join("study.toml")).expect("the study");
    for (from, to) in changes {
        assert!(study.contains(from), "the study has {from}");
        study = study.replacen(from, to, 1);
    }
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let data = "ict_survey.parquet";
    std::fs::copy(demo.join(data), folder.path().join(data)).expect("the data are copied");
    folder
}

/// The line of the study that languages are put before.
const TITLE: &str = "title = \"Digital inclusion of women and men in Tamoria\"\n";

fn languages(codes: &str) -> String {
    format!("{TITLE}languages = [{codes}]\n")
}

/// The demonstration in all six languages, as pages and Markdown.
fn annex() -> &'static Path {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let make = || {
        let folder =
            folder(&[(TITLE, &languages("\"en\", \"fr\", \"es\", \"ru\", \"ar\", \"zh\""))]);
        let output =
            inclusion(folder.path(), &["annex", "study.toml", "--format", "html,markdown"]);
        assert!(output.status.success(), "{}", stderr(&output));
        folder
    };
    MADE.get_or_init(make).path()
}

fn out(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("out").join(name)).expect(name)
}

/// The text of HTML or another XML without its tags, styles and scripts.
fn plain(markup: &str) -> String {
    let mut markup = markup.to_string();
    for tag in ["style", "script"] {
        while let Some(from) = markup.find(&format!("<{tag}")) {
            let end = format!("</{tag}>");
            let to = markup[from..].find(&end).expect("its end") + from + end.len();
            markup.replace_range(from..to, " ");
        }
    }
    let mut text = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// Makes the annex of a study as Markdown in English, French and Arabic, and gives it by language. Whatever it
/// comes upon, it stops on no text, and nothing is half English.
fn in_three_languages(folder: &Path) -> [String; 3] {
    let output = inclusion(folder, &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let pages = ["annex.md", "annex.fr.md", "annex.ar.md"].map(|name| out(folder, name));
    for page in &pages[1..] {
        assert_eq!(english(page), None);
    }
    pages
}

/// The codes that source files give to what they notice: the words behind these marks in them.
fn codes_in(folder: &str, marks: &[&str]) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder of the sources");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        for mark in marks {
            for rest in text.split(mark).skip(1) {
                let quoted = rest.trim_start().strip_prefix('"');
                let code = quoted.and_then(|rest| rest.split('"').next());
                codes.extend(code.map(str::to_string));
            }
        }
    }
    assert!(!codes.is_empty(), "{folder} has none of {marks:?}");
    codes
}

/// The first English sentence that is found, if any.
fn english(text: &str) -> Option<String> {
    let mut text = text.to_string();
    for quoted in QUOTED {
        text = text.replace(quoted, "");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
    let at = words.iter().position(|word| ENGLISH.contains(&bare(word).as_str()))?;
    Some(words[at.saturating_sub(6)..words.len().min(at + 7)].join(" "))
}

#[test]
fn the_annex_of_the_demonstration_has_no_english_in_any_language() {
    for language in ["fr", "es", "ru", "ar", "zh"] {
        for ending in ["html", "md"] {
            let text = out(annex(), &format!("annex.{language}.{ending}"));
            let text = if ending == "html" { plain(&text) } else { text };
            assert_eq!(english(&text), None, "{language} {ending}");
        }
    }
    let page = plain(&out(annex(), "annex.html"));
    assert!(english(&page).is_some(), "the scan finds English where it is");
}

#[test]
fn figures_are_printed_in_the_numerals_of_the_language() {
    let level = |name: &str| -> bool { out(annex(), name).contains("46,7") };
    assert!(level("annex.fr.html") && level("annex.es.html") && level("annex.ru.html"));
    assert!(out(annex(), "annex.zh.html").contains("46.7%"));
    // The Arabic of the CLDR has the digits of the Latin script.
    assert!(out(annex(), "annex.ar.html").contains("46.7"));
    for language in ["fr", "zh", "ar"] {
        let chart = std::fs::read_dir(annex().join("out")).expect("the annex");
        let of_language = format!(".{language}.svg");
        let names = chart.filter_map(|e| e.ok()?.file_name().into_string().ok());
        assert!(names.filter(|name| name.ends_with(&of_language)).count() >= 3, "{language}");
    }
}

#[test]
fn arabic_pages_and_charts_run_from_right_to_left() {
    let page = out(annex(), "annex.ar.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", &page[..200]);
    assert!(page.contains("direction=\"ltr\""), "a chart places its texts itself");
    assert!(!out(annex(), "annex.fr.html").contains("dir=\"rtl\""));
}

#[test]
fn institutions_that_mark_and_head_tables_their_own_way_have_no_english_either() {
    let registry = inclusion_registry::Registry::builtin().expect("the built-in registry");
    assert!(registry.styles.len() > 9);
    for style in registry.styles.keys() {
        let all = languages("\"fr\", \"es\", \"ru\", \"ar\", \"zh\"");
        let head = format!("{all}style = \"{style}\"\n");
        let folder = folder(&[(TITLE, &head)]);
        let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
        assert!(output.status.success(), "{style}: {}", stderr(&output));
        for language in ["", ".es", ".ru", ".ar", ".zh"] {
            let name = format!("annex{language}.md");
            assert_eq!(english(&out(folder.path(), &name)), None, "{style} {name}");
        }
    }
}

/// The parts of an Office file by name.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(path).expect("the file")).expect("zip");
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let name = part.name().expect("its name").into_owned();
        if name.ends_with(".xml") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            parts.insert(name, text);
        }
    }
    parts
}

#[test]
fn french_word_and_excel_files_have_no_english_and_a_french_pdf_is_made() {
    let folder = folder(&[(TITLE, &languages("\"fr\""))]);
    let output =
        inclusion(folder.path(), &["annex", "study.toml", "--format", "docx,xlsx,pdf,latex"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let out = folder.path().join("out");
    let document = &parts(&out.join("annex.docx"))["word/document.xml"];
    assert!(document.contains("46,7"));
    // Fields of Word are named in English; they are no text.
    let document: String = document
        .split("<w:instrText")
        .map(|part| part.split_once("</w:instrText>").map_or(part, |(_, after)| after))
        .collect();
    assert_eq!(english(&plain(&document)), None);
    let strings = &parts(&out.join("annex.xlsx"))["xl/sharedStrings.xml"];
    assert_eq!(english(&plain(strings)), None);
    assert!(strings.contains("Table des matières"));
    assert!(std::fs::metadata(out.join("annex.pdf")).expect("the PDF").len() > 50_000);
    assert!(
        std::fs::read_to_string(out.join("annex.tex"))
            .expect("LaTeX")
            .contains("Table des matières")
    );
}

#[test]
fn arabic_word_and_excel_files_run_from_right_to_left() {
    let folder = folder(&[(TITLE, &languages("\"ar\""))]);
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "docx,xlsx,pdf"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let out = folder.path().join("out");
    let document = &parts(&out.join("annex.docx"))["word/document.xml"];
    let paragraphs = document.matches("<w:pPr>").count();
    assert_eq!(
        document.matches("<w:bidi/>").count(),
        paragraphs + document.matches("<w:sectPr>").count()
    );
    assert_eq!(document.matches("<w:bidiVisual/>").count(), document.matches("<w:tbl>").count());
    assert!(document.contains("<w:rtl/>"));
    let sheets = parts(&out.join("annex.xlsx"));
    let sheets: Vec<&String> = sheets
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/"))
        .map(|(_, xml)| xml)
        .collect();
    assert!(sheets.len() > 5 && sheets.iter().all(|xml| xml.contains("rightToLeft=\"1\"")));
}

#[test]
fn a_text_without_translation_is_listed_and_refused_or_stands_in_english_with_a_note() {
    let other = TITLE.replace("Tamoria", "an unknown land");
    let named = format!("{other}languages = [\"en\", \"fr\"]\n");
    let folder = folder(&[(TITLE, &named)]);
    let check = inclusion(folder.path(), &["check", "study.toml"]);
    let said = format!("{}{}", String::from_utf8_lossy(&check.stdout), stderr(&check));
    assert!(said.contains("an unknown land") && said.contains("fr"), "{said}");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "html"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("1 text without a translation into `fr`"), "{said}");
    assert!(said.contains("\n  Digital inclusion of women and men in an unknown land"), "{said}");

    let study = folder.path().join("study.toml");
    let text = std::fs::read_to_string(&study).expect("the study");
    let own = format!(
        "{text}\n[translations.fr]\n\"Digital inclusion of women and men in an unknown land\" = \"Titre choisi\"\n"
    );
    std::fs::write(&study, own).expect("the study is written");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "html"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(out(folder.path(), "annex.fr.html").contains("<h1>Titre choisi</h1>"));

    let stand_in = text.replace("languages = ", "untranslated = \"en\"\nlanguages = ");
    std::fs::write(&study, stand_in).expect("the study is written");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "html"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let page = out(folder.path(), "annex.fr.html");
    assert!(page.contains("an unknown land"));
    assert!(page.contains("Les textes sans traduction figurent en anglais."));
}

#[test]
fn an_unknown_language_is_refused_with_the_known_ones() {
    let folder = folder(&[(TITLE, &languages("\"en\", \"de\""))]);
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("`de`") && said.contains("fr") && said.contains("study.toml:"), "{said}");
}
