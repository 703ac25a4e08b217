//! What stands between the parts of a text is that of its language: full-width marks in Chinese, the Arabic comma
//! and semicolon, a no-break space before the French colon and semicolon.

use super::{QUOTED, annex, inclusion, out, plain, stderr};
use std::path::Path;

fn is_chinese(c: char) -> bool {
    is_letter(c) || matches!(c, '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}')
}

/// A Chinese letter. Names in Latin letters have brackets of their own before a Chinese mark.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// Joints of English between words, with what stands around them. Numbers, codes and what is quoted as its source
/// has it are none: a mark counts beside a letter of the language only.
fn foreign(text: &str, language: &str) -> Vec<String> {
    // Brackets without content are a mark of tables.
    let mut text = text.replace("; SDG indicator", " SDG indicator").replace("( )", "");
    for quoted in QUOTED {
        text = text.replace(quoted, "x");
    }
    let letters: Vec<char> = text.chars().collect();
    // Behind more than one blank stands another cell.
    let beside = |at: usize, of: fn(char) -> bool| {
        let before = letters[..at].iter().rev().take(2).find(|c| **c != ' ');
        let after = letters[at + 1..].iter().take(2).find(|c| **c != ' ');
        before.copied().is_some_and(of) || after.copied().is_some_and(of)
    };
    let found = letters.iter().enumerate().filter(|(at, c)| {
        let (before, after) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + 1));
        let ends = after.is_none_or(|c| c.is_whitespace());
        match language {
            "zh" => {
                (matches!(**c, ',' | ';' | ':') && beside(*at, is_chinese))
                    || (matches!(**c, '(' | ')') && beside(*at, is_letter))
            }
            "ar" => matches!(**c, ',' | ';') && beside(*at, is_arabic),
            "fr" => {
                matches!(**c, ';' | ':')
                    && ends
                    && !matches!(before, None | Some('\u{a0}' | '\u{202f}' | '\n' | '-'))
            }
            other => panic!("no joints of {other} are known"),
        }
    });
    found
        .map(|(at, _)| letters[at.saturating_sub(30)..letters.len().min(at + 30)].iter().collect())
        .collect()
}

/// A note that the source has written in English: it stands as it is, alone or in quotation marks.
fn of_the_source(line: &str) -> bool {
    let quoted = |c: char| c.is_ascii() || "«»“”\u{a0}\u{202f}。".contains(c);
    line.starts_with("<sup>") && line.chars().all(quoted)
}

fn looked_through(folder: &Path, endings: &[&str]) {
    looked_through_of(folder, "annex", endings);
}

/// The files of a name in the languages.
fn looked_through_of(folder: &Path, name: &str, endings: &[&str]) {
    for language in ["fr", "ar", "zh"] {
        for ending in endings {
            let text = out(folder, &format!("{name}.{language}.{ending}"));
            let text = if *ending == "md" { text } else { plain(&text) };
            let own = text.split('\n').filter(|line| !of_the_source(line));
            let text = own.collect::<Vec<&str>>().join("\n");
            // A character of HTML that is written by its name ends in a semicolon.
            let text = text.replace("&amp;", "&").replace("&quot;", "\"").replace("&nbsp;", " ");
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'");
            let found = foreign(&text, language);
            assert!(found.is_empty(), "{name} {language} {ending}: {} of {found:#?}", found.len());
        }
    }
}

#[test]
fn the_scan_finds_joints_that_are_not_of_the_language() {
    assert_eq!(foreign("女性46.7%, 男性55.5%；差距 8.8 (7.4–10.1)", "zh").len(), 1);
    assert_eq!(foreign("النساء, الرجال؛ 1,234", "ar").len(), 1);
    assert_eq!(foreign("Femmes: 1\u{a0}; Hommes ; parité\u{a0}: 0,9", "fr").len(), 2);
}

#[test]
fn joints_of_the_demonstration_are_those_of_its_language() {
    looked_through(annex(), &["md", "html"]);
}

#[test]
fn joints_of_the_world_are_those_of_its_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/world");
    let study = std::fs::read_to_string(world.join("study.toml")).expect("the study");
    let study =
        study.replacen("[study]\n", "[study]\nlanguages = [\"en\", \"fr\", \"ar\", \"zh\"]\n", 1);
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    std::fs::copy(world.join("figures.csv"), folder.path().join("figures.csv"))
        .expect("the figures");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown,svg"]);
    assert!(output.status.success(), "{}", stderr(&output));
    // Charts have texts of their own.
    let files = std::fs::read_dir(folder.path().join("out")).expect("the annex");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let english = |name: String| Some(name.strip_suffix(".fr.svg")?.to_string());
    let charts: Vec<String> = names.filter_map(english).collect();
    assert!(charts.len() > 10, "{charts:?}");
    for chart in charts {
        looked_through_of(folder.path(), &chart, &["svg"]);
    }
    looked_through(folder.path(), &["md"]);
}
