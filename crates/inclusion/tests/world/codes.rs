//! What a table of countries says of its figures beside them: their nature and status by codes, which it
//! explains, the notes of their sources, and the measure of parity of its style.

use super::{header, inclusion, stderr, stdout, table};

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

/// Area, nature, status and note of figures that are else alike.
const FIGURES: [(&str, &str, &str, &str); 7] = [
    ("KEN", "C", "A", ""),
    ("GHA", "CA", "A", "Hogares urbanos"),
    ("TCD", "E", "E", ""),
    ("MLI", "C", "E", ""),
    ("PER", "M", "N", ""),
    ("NPL", "G", "B", ""),
    ("BEN", "_X", "P", ""),
];

/// The annex of a study of these figures in a style, as Markdown, in a language.
fn annex(style: &str, measures: &str, language: &str, more: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut figures = HEAD.to_string();
    for (area, nature, status, note) in FIGURES {
        for (sex, value) in [("F", 55), ("M", 50), ("_T", 52)] {
            figures += &format!(
                "{area},HH7,{sex},Y_GE15,2019,{value},PT,{nature},{status},ITU,made,{note}\n"
            );
        }
    }
    let measures = match measures {
        "" => String::new(),
        named => format!("measures = [{named}]"),
    };
    let study = format!(
        "[study]\ntitle = \"World\"\nstyle = \"{style}\"\nlanguages = [\"{language}\"]\n\n\
         [[series]]\nid = \"made\"\nfile = \"made.csv\"\nrecipe = \"world/figures\"\n\n\
         [estimate]\nindicators = [\"HH7\"]\n{measures}\n\n[aggregate]\n\
         groupings = []\ncoverage = \"none\"\n{more}"
    );
    std::fs::write(folder.path().join("made.csv"), figures).expect("figures");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{style} {language}: {}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
    (folder, text)
}

/// A table of Markdown with its notes, by the words of its title.
fn whole(markdown: &str, title: &str) -> String {
    let mut lines = markdown.lines().skip_while(|line| !line.contains(&format!("{title}**")));
    assert!(lines.next().is_some(), "no table `{title}`");
    let own = lines.take_while(|line| !line.starts_with("**") && !line.starts_with('#'));
    own.map(|line| format!("{}\n", line.trim_end())).collect::<String>().trim().to_string()
}

#[test]
fn a_table_of_countries_explains_each_code_that_it_shows_and_no_other() {
    let (_folder, text) = annex("un-sdg", "\"gap\", \"parity\"", "en", "");
    let own = whole(&text, "Individuals using the Internet, countries");
    // An estimate by its nature and by its status is said once; E of a status alone has its own column.
    let expected = "\
2019 · per cent of individuals in scope of the survey

| Area | Year | Per cent: total | Per cent: women | Per cent: men | Parity | Gap (points) | Ages | Nature | Status | Notes |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- | --- |
| Benin | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ |  | P |  |
| Chad | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | E |  |  |
| Ghana | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | CA |  | <sup>1</sup> |
| Kenya | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | C |  |  |
| Mali | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | C | E |  |
| Nepal | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | G | B |  |
| Peru | 2019 | 52.0 | 55.0 | 50.0 | 1.100 | −5.0 | 15+ | M | N |  |

<sup>1</sup> Hogares urbanos.
Nature by the codes of the UN SDG database: C country data, CA country data adjusted, E estimated, G global monitoring, M modelled.
Status of the source: B break in the series, E estimated, N not significant, P provisional.
The rate of women or of men has no standard error, so the comparison has none.
Gaps are computed before rounding.
Parity by the set “ITU gender parity range”: parity of 0.98 to 1.02, both included.
Notes of sources are given in the language of the source.
Source: Published figures by sex (United Nations Statistics Division, ITU, UNESCO, World Bank); groups of countries: own aggregation.";
    assert_eq!(own, expected);
}

#[test]
fn a_total_that_is_not_between_women_and_men_is_marked_in_every_style() {
    const NOTE: &str = "This figure of all is not between those of women and of men: it may be of another survey or of other persons.";
    for (style, kenya, benin) in [("oecd", "55.1", "55.0"), ("imf-fas", "55.06", "55.04")] {
        let (folder, text) = annex(style, "\"gap\"", "en", "");
        assert!(!text.contains(NOTE), "{style}");
        let path = folder.path().join("made.csv");
        let mut figures = std::fs::read_to_string(&path).expect("figures");
        // Women's rate is the higher one, 55; what rounding to a decimal explains is not marked.
        for (area, total) in [("KEN", "55.06"), ("BEN", "55.04")] {
            let own = format!("{area},HH7,_T,Y_GE15,2019,");
            figures = figures.replace(&format!("{own}52,"), &format!("{own}{total},"));
        }
        std::fs::write(&path, figures).expect("figures");
        let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
        assert!(output.status.success(), "{style}: {}", stderr(&output));
        let text = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
        let own = whole(&text, "Individuals using the Internet, countries");
        let line = |name: &str| {
            let start = format!("| {name} | ");
            own.lines().find(|line| line.starts_with(&start)).expect("a row").to_string()
        };
        assert!(line("Benin").contains(&format!(" {benin} |")), "{style}: {own}");
        let (_, mark) = line("Kenya")
            .split_once(&format!(" {kenya}<sup>"))
            .map(|(before, after)| (before.to_string(), after.to_string()))
            .unwrap_or_else(|| panic!("{style}: no mark: {own}"));
        let mark = mark.split("</sup>").next().expect("a mark");
        assert!(own.contains(&format!("<sup>{mark}</sup> {NOTE}")), "{style}: {own}");
        assert_eq!(own.matches(&format!("<sup>{mark}</sup>")).count(), 2, "{style}: {own}");
    }
}

#[test]
fn the_signs_of_a_style_stand_for_what_it_means_by_them_in_another_language() {
    let (_folder, text) = annex("unesco-uis", "\"gap\", \"parity\"", "fr", "");
    let own = whole(&text, "Particuliers utilisant Internet, pays");
    let rows: Vec<&str> = own.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let expected = [
        "| Bénin | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ |  | P |  |",
        "| Ghana | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ | CA |  | <sup>1</sup> |",
        "| Kenya | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ | C |  |  |",
        "| Mali | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ | C | (+) |  |",
        "| Népal | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ | G | B |  |",
        "| Pérou | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ | M | N |  |",
        "| Tchad | 2019 | 52,0 | 55,0 | 50,0 | 1,091 | −5,0 | 1,100 | 15+ |  | (‡) |  |",
    ];
    assert_eq!(rows, expected);
    for note in [
        "ODD de l’ONU\u{a0}: C données du pays, CA données du pays ajustées, G suivi mondial, M modélisé.",
        "Statut de la source\u{a0}: B rupture de série, (‡) estimé ou imputé, (+) estimation nationale, \
         N non significatif, P provisoire.",
        "parité ajustée de 0,97 à 1,03, bornes comprises.",
    ] {
        assert!(own.contains(note), "no `{note}` in {own}");
    }
}

#[test]
fn a_table_of_areas_has_the_measures_of_its_style() {
    // What the study names, the heads of what compares women and men, those of the style first, and the range of
    // parity.
    let (adjusted, range) =
        ("Adjusted parity index (GPIA)", "adjusted parity of 0.97 to 1.03, both included");
    let (gap, of_itu) = ("Gap (points)", Some("parity of 0.98 to 1.02"));
    for (style, measures, heads, said) in [
        ("unesco-uis", "\"gap\", \"parity\"", &[adjusted, gap, "Parity"][..], Some(range)),
        ("unesco-uis", "\"gap\", \"adjusted_parity\"", &[adjusted, gap], Some(range)),
        ("unesco-uis", "", &[adjusted], Some(range)),
        ("oecd", "\"parity\"", &[gap, "Parity"], of_itu),
        ("oecd", "", &[gap], None),
        ("itu", "\"gap\"", &["Gender parity score", gap], of_itu),
        ("world-bank", "\"gap\"", &["Gap (percentage points)"], None),
        ("default", "\"women_to_parity\"", &[], None),
    ] {
        let (_folder, text) = annex(style, measures, "en", "");
        for title in ["the world and groups of countries", "countries"] {
            let title = format!("Individuals using the Internet, {title}");
            let own = header(&text, &title);
            let compared: Vec<&str> = own.iter().map(String::as_str).collect();
            let compared: Vec<&str> = compared
                .into_iter()
                .filter(|head| ["Gap", "Parity", "parity"].iter().any(|word| head.contains(word)))
                .filter(|head| !head.starts_with("Women missing"))
                .collect();
            assert_eq!(compared, heads, "{style}: {measures}");
            let notes = whole(&text, &title);
            assert_eq!(notes.contains("Parity by the set"), said.is_some(), "{style}: {notes}");
            assert!(notes.contains(said.unwrap_or_default()), "{style}: {notes}");
            // 2 − 50 / 55.
            let cell = table(&text, &title)[0].get(5).cloned();
            if heads.first() == Some(&adjusted) {
                assert_eq!(cell.as_deref(), Some("1.091"), "{style}");
            }
        }
    }
}

#[test]
fn notes_of_sources_are_announced_and_listed_until_the_study_translates_them() {
    let measures = "\"gap\"";
    let announced = "Les notes des sources sont reproduites dans la langue de la source.";
    let (folder, text) = annex("default", measures, "fr", "");
    assert!(text.contains("Hogares urbanos.") && text.contains(announced), "{text}");
    let listed =
        "no translation into `fr` of a note of a source, which stays as it is: Hogares urbanos";
    let check = inclusion(folder.path(), &["check", "study.toml"]);
    let said = format!("{}{}", stdout(&check), stderr(&check));
    assert!(check.status.success() && said.contains(listed), "{said}");

    let own = "\n[translations.fr]\n\"Hogares urbanos\" = \"Ménages urbains\"\n";
    let (folder, text) = annex("default", measures, "fr", own);
    assert!(text.contains("Ménages urbains.") && !text.contains(announced), "{text}");
    let check = inclusion(folder.path(), &["check", "study.toml"]);
    let said = format!("{}{}", stdout(&check), stderr(&check));
    assert!(check.status.success() && !said.contains("of a note of a source"), "{said}");
}
