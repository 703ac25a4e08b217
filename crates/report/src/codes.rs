//! What the codes mean that a source sets beside its figures: the nature of a figure, and its status.
//!
//! The two lists share letters, so a table has a column for each, and explains those of each that it shows.

use inclusion_registry::Style;
use std::collections::BTreeSet;

/// The nature of a figure.
///
/// Source: code list of the UN SDG database.
const NATURES: [(&str, &str); 8] = [
    ("C", "country data"),
    ("CA", "country data adjusted"),
    ("E", "estimated"),
    ("G", "global monitoring"),
    ("M", "modelled"),
    ("N", "not relevant"),
    ("NA", "not available"),
    ("_X", "not available"),
];

/// The status of a figure, and what a style's sign for a nature and a status together means.
///
/// Source: SDMX code list CL_OBS_STATUS, without the codes that no value stands beside; `R` is Eurostat's.
const STATUSES: [(&str, &str); 18] = [
    ("B", "break in the series"),
    ("D", "definition differs"),
    ("E", "estimated"),
    ("C E", "national estimate"),
    ("F", "forecast"),
    ("G", "experimental"),
    ("H", "holiday or weekend"),
    ("I", "imputed"),
    ("J", "derogation"),
    ("K", "included in another category"),
    ("N", "not significant"),
    ("P", "provisional"),
    ("Q", "withheld"),
    ("R", "revised"),
    ("S", "special event"),
    ("U", "low reliability"),
    ("V", "not validated"),
    ("W", "includes another category"),
];

/// What the codes of nature mean that a table has: `C country data`.
pub(crate) fn natures_told(said: &BTreeSet<String>) -> Vec<String> {
    let told = NATURES.iter().filter(|(code, _)| said.contains(*code));
    told.map(|(code, words)| format!("{code} {words}")).collect()
}

/// What the marks of statuses mean that a table has, each once: a style may have one mark for several statuses.
pub(crate) fn statuses_told(said: &BTreeSet<String>, style: &Style) -> Vec<String> {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for (code, word) in STATUSES {
        let mark = style.flags.get(code).map_or(code, String::as_str);
        match told.iter_mut().find(|(known, _)| *known == mark) {
            _ if !said.contains(mark) => {}
            Some((_, words)) => words.push(word),
            None => told.push((mark, vec![word])),
        }
    }
    told.into_iter().map(|(mark, words)| format!("{mark} {}", words.join(" or "))).collect()
}

#[cfg(test)]
mod tests {
    use super::{natures_told, statuses_told};
    use inclusion_language::{Language, Translator, terms};
    use inclusion_registry::Registry;
    use std::collections::BTreeSet;

    fn set(codes: &[&str]) -> BTreeSet<String> {
        codes.iter().map(|code| code.to_string()).collect()
    }

    #[test]
    fn a_mark_that_a_style_has_for_two_statuses_is_told_once() {
        let styles = Registry::builtin().unwrap().styles;
        let told = |style: &str, said: &[&str]| statuses_told(&set(said), &styles[style]);
        assert_eq!(
            told("unesco-uis", &["B", "(+)", "(‡)", "no status"]),
            ["B break in the series", "(‡) estimated or imputed", "(+) national estimate"]
        );
        assert_eq!(told("default", &["I", "E"]), ["E estimated", "I imputed"]);
        assert_eq!(told("eurostat", &["b", "I"]), ["b break in the series", "I imputed"]);
        assert!(told("default", &[]).is_empty());
        let both = told("unesco-uis", &["(‡)"]);
        let note = format!("Status of the source: {}.", both.concat());
        let french = Translator::new(Language::Fr, terms(Language::Fr).clone(), Default::default());
        assert_eq!(
            french.text(&note).as_deref(),
            Some("Statut de la source\u{a0}: (‡) estimé ou imputé.")
        );
    }

    #[test]
    fn codes_of_nature_are_told_where_they_are_shown_in_every_language() {
        assert_eq!(
            natures_told(&set(&["CA", "C", "M"])),
            ["C country data", "CA country data adjusted", "M modelled"]
        );
        assert!(natures_told(&set(&[])).is_empty());
        let all = ["C", "CA", "E", "G", "M", "N", "NA", "_X"];
        let statuses: BTreeSet<String> = "BDEFGHIJKNPQRSUVW".chars().map(String::from).collect();
        let styles = Registry::builtin().unwrap().styles;
        for language in Language::ALL {
            let own = Translator::new(language, terms(language).clone(), Default::default());
            for told in natures_told(&set(&all)) {
                let (code, _) = told.split_once(' ').unwrap();
                let said = own.text(&told).unwrap_or_else(|| panic!("{} {told}", language.code()));
                assert!(said.starts_with(&format!("{code} ")), "{said}");
            }
            for style in styles.values() {
                let mark = |code: &String| style.flags.get(code).unwrap_or(code).clone();
                let marks: BTreeSet<String> = statuses.iter().map(mark).collect();
                let told = statuses_told(&marks, style);
                assert_eq!(told.len(), marks.len(), "{}", style.id);
                for text in told {
                    assert!(own.text(&text).is_some(), "{} {} {text}", language.code(), style.id);
                }
            }
        }
    }
}
