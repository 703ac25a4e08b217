//! What is wrong in a study of published figures or in its file is told with its place and what to do.

use super::{folder, inclusion, row, stderr, stdout, table};
use std::path::Path;

const STUDY: &str = r#"[study]
title = "World"

[[series]]
id = "made"
file = "made.csv"
recipe = "world/figures"

[estimate]
indicators = ["HH7"]
"#;

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

/// Lines of a file: women and men of an area.
fn pair(area: &str, indicator: &str, year: i32) -> String {
    let line = |sex, value| format!("{area},{indicator},{sex},_X,{year},{value},PT,C,,ITU,made,\n");
    format!("{}{}", line("F", 40), line("M", 50))
}

fn write(folder: &Path, study: &str, rows: &str) {
    std::fs::write(folder.join("study.toml"), study).expect("a study");
    std::fs::write(folder.join("made.csv"), format!("{HEAD}{rows}")).expect("figures");
}

/// What every command says against a study, with its exit code.
fn refused(study: &str, rows: &str, code: i32) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), study, rows);
    let said: Vec<String> = ["check", "annex", "aggregate", "progress", "data-gaps"]
        .iter()
        .map(|command| {
            let output = inclusion(folder.path(), &[command, "study.toml", "--quiet"]);
            assert_eq!(output.status.code(), Some(code), "{command}: {}", stderr(&output));
            assert_eq!(stdout(&output), "", "{command}");
            stderr(&output).trim_end().to_string()
        })
        .collect();
    assert!(said.iter().all(|own| *own == said[0]), "{said:?}");
    assert!(!folder.path().join("out").exists(), "something was written");
    said[0].clone()
}

/// What is said against a study of good figures.
fn wrong(study: &str) -> String {
    refused(study, &pair("KEN", "HH7", 2019), 2)
}

#[test]
fn a_wrong_name_is_told_with_its_place_and_the_nearest() {
    assert_eq!(
        wrong(&STUDY.replace("world/figures", "world/figure")),
        "error: study.toml:7:10: no recipe of published figures `world/figure`; did you mean `world/figures`?"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[aggregate]\ngroupings = [\"oecd\", \"sdg-region\"]\n")),
        "error: study.toml:13:22: no grouping `sdg-region`; did you mean `sdg-regions`?"
    );
    assert_eq!(
        wrong(&STUDY.replace("made.csv", "mad.csv")),
        "error: study.toml:6:8: no file `mad.csv`; did you mean `made.csv`?"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[progress]\nareas = [\"Kenya\", \"Ugnda\"]\n")),
        "error: study.toml:13:19: no area `Ugnda`; did you mean Uganda?"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[aggregate]\nwindw = 4\n")),
        "error: study.toml:13:1: unknown key `windw`; did you mean `window`?"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[aggregate]\nwindow = 5.5\n")),
        "error: study.toml:13:10: `window` is the floating point `5.5`; expected a whole number"
    );
    assert_eq!(
        wrong(&STUDY.replace("recipe =", "recip =")),
        "error: study.toml:7:1: unknown key `recip`; did you mean `recipe`?"
    );
}

#[test]
fn a_grouping_without_a_list_of_members_says_why() {
    let said = wrong(&format!("{STUDY}\n[aggregate]\ngroupings = [\"oecd\", \"adb\"]\n"));
    let expected = "error: study.toml:13:22: no grouping `adb`; Members of the Asian Development Bank: \
                    No list of its members is at hand; there are: eu, g20, ";
    assert!(said.starts_with(expected), "{said}");
    // Nothing near: all there are.
    let said = wrong(&format!("{STUDY}\n[aggregate]\ngroupings = [\"xyzzy\"]\n"));
    assert!(said.contains("no grouping `xyzzy`; there are: eu, g20, "), "{said}");
}

#[test]
fn values_that_cannot_be_meant_are_refused() {
    assert_eq!(
        wrong(&format!("{STUDY}\n[aggregate]\nwindow = 0\n")),
        "error: study.toml:13:10: `window` is 0 years; give 1 to 20"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[progress]\nhorizon = 99\n")),
        "error: study.toml:13:11: `horizon` is 99 years; give 0 to 50"
    );
    assert_eq!(
        wrong(&format!("{STUDY}\n[aggregate]\ncoverage = \"half\"\n")),
        "error: study.toml:13:12: unknown value `half`; known here: none, half_of_either_sex, one_third"
    );
    for year in ["-5", "2147483647"] {
        assert_eq!(
            wrong(&format!("{STUDY}\n[aggregate]\nyear = {year}\n")),
            format!("error: study.toml:13:8: `year` is {year}; give one of 1950 to 2100")
        );
    }
    assert_eq!(
        wrong(&format!("{STUDY}\n[progress]\nareas = [\"World\"]\n")),
        "error: study.toml:13:10: World is no country; progress is shown of countries"
    );
    let series = &STUDY[STUDY.find("[[series]]").unwrap()..STUDY.find("[estimate]").unwrap()];
    assert_eq!(
        wrong(&STUDY.replace("[estimate]", &format!("{series}[estimate]"))),
        "error: study.toml:12:10: id `made` is used twice; give the series another"
    );
    assert_eq!(
        wrong(&STUDY.replace("\"made\"", "\"aggregates\"")),
        "error: study.toml:7:10: id `aggregates` is that of the groups' figures; give another"
    );
}

#[test]
fn a_table_of_surveys_needs_a_survey() {
    assert_eq!(
        wrong(&format!("{STUDY}\n[[table]]\nindicator = \"HH7\"\n")),
        "error: study.toml:13:13: a [[table]] shows figures of surveys, and the study has none; the tables \
         of published figures are made without one"
    );
}

#[test]
fn what_is_made_of_published_figures_needs_some() {
    let survey = STUDY.replace(
        "[[series]]\nid = \"made\"\nfile = \"made.csv\"\nrecipe = \"world/figures\"",
        "[[survey]]\nid = \"demo\"\nrecipe = \"synthetic/ict\"\nfiles = { persons = \"made.csv\" }",
    );
    for section in ["aggregate", "progress"] {
        assert_eq!(
            wrong(&format!("{survey}\n[{section}]\n")),
            "error: study.toml: `[aggregate]` and `[progress]` are of published figures, and the study has \
             no [[series]]; add one with `id`, `file` and `recipe`"
        );
    }
    let demo = folder(&survey.replace("made.csv", "ict_survey.parquet"));
    let data = super::project().join("datasets/demo/ict_survey.parquet");
    std::fs::copy(data, demo.path().join("ict_survey.parquet")).expect("the survey");
    for command in ["aggregate", "progress", "data-gaps"] {
        let output = inclusion(demo.path(), &[command, "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(
            stderr(&output)
                .contains("`study.toml` has no [[series]]; add one with `file` and `recipe`"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_file_that_does_not_fit_is_told_with_its_line() {
    let unknown = format!("{}{}", pair("KEN", "HH7", 2019), pair("Kenia", "HH7", 2019));
    assert_eq!(
        refused(STUDY, &unknown, 1),
        "error: ./made.csv, line 4, column 1 `area`: 1 area is not known: `Kenia` (line 4; near: `Kenya`, \
         `Benin`); map each in the recipe's `[area]`, or leave its rows out with `[[skip]]`"
    );
    // The code of a survey's sample is no area, and no part of a country is one.
    let said = refused(STUDY, &pair("KE1", "HH7", 2019), 1);
    assert!(said.contains("1 area is not known: `KE1` (line 2; near: `KEN`)"), "{said}");
    // A year that cannot be meant is told with its place, its value and what to do.
    for (year, what) in [
        (
            "0019",
            "`0019` is not a year; years are 1900 to 2100: correct it, or leave the row out with",
        ),
        ("20199", "a year has four digits"),
        ("2019/20", "set `rule = "),
    ] {
        let rows = pair("KEN", "HH7", 2019).replace("2019", year);
        let said = refused(STUDY, &rows, 1);
        let place = "error: ./made.csv, line 2, column 5 `year`: ";
        assert!(said.starts_with(place) && said.contains(&format!("`{year}`")), "{said}");
        assert!(said.contains(what), "{said}");
    }
    let high = pair("KEN", "HH7", 2019).replace(",50,", ",150,");
    let said = refused(STUDY, &high, 1);
    assert!(
        said.starts_with("error: ./made.csv, line 3, column 6 `value`: 150 is outside 0 to 100"),
        "{said}"
    );
    let twice =
        format!("{}{}", pair("KEN", "HH7", 2019), pair("KEN", "HH7", 2019).replace("40", "41"));
    let said = refused(STUDY, &twice, 1);
    assert!(
        said.starts_with(
            "error: ./made.csv, line 4, column 6 `value`: HH7 of KEN, 2019, sex F, age _X, share is 41 here \
             and 40 in ./made.csv, line 2, column 6 `value`; 1 conflict found"
        ),
        "{said}"
    );
    let said = refused(STUDY, "", 1);
    assert!(said.contains("no data rows: the file has only a header"), "{said}");
}

#[test]
fn figures_of_other_indicators_or_of_groups_only_are_no_figures() {
    let none = "error: study.toml: the series have no figure of a country for HH7, in per cent and not split \
                further than by sex";
    assert_eq!(
        refused(STUDY, &pair("KEN", "HH18", 2019), 2),
        format!(
            "{none}; other indicators there: HH18; none of them is named like these; leave the series out, \
             or ask for an indicator that it has; where one of them measures the same, say so by \
             `indicators` of the series"
        )
    );
    assert_eq!(refused(STUDY, &pair("001", "HH7", 2019), 2), none);
    // Of many indicators some are named, and how many more there are.
    let many: String = (10..32).map(|n| pair("KEN", &format!("XX{n}"), 2019)).collect();
    assert!(refused(STUDY, &many, 2).contains("XX28, XX29, 2 more; none of them"));
}

/// The table of figures as a workbook, women and men of Kenya, with these numbers for years.
fn workbook(folder: &Path, years: [f64; 2]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (name, at) in HEAD.trim_end().split(',').zip(0..) {
        sheet.write(0, at, name).expect("a name");
    }
    for ((sex, year), row) in ["F", "M"].into_iter().zip(years).zip(1..) {
        let texts = ["KEN", "HH7", sex, "_X", "", "", "PT", "C", "", "ITU", "made", ""];
        for (text, at) in texts.into_iter().zip(0..).filter(|(text, _)| !text.is_empty()) {
            sheet.write(row, at, text).expect("a text");
        }
        sheet.write(row, 4, year).expect("a year");
        sheet.write(row, 5, 40.0).expect("a figure");
    }
    book.save(folder.join("made.xlsx")).expect("a workbook");
}

#[test]
fn numbers_of_days_in_a_column_of_years_are_told_with_their_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let study = STUDY.replace("made.csv", "made.xlsx");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    workbook(folder.path(), [43465.0, 43465.0]);
    for command in ["check", "annex", "aggregate"] {
        let output = inclusion(folder.path(), &[command, "study.toml", "--quiet"]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert_eq!(
            stderr(&output),
            "error: study.toml: the series have no figure of a year: 2 figures have a number for it, first \
             `43465` in made.xlsx, row 2, column `year`; write years, or give the cells the format of dates\n"
        );
    }
    workbook(folder.path(), [2019.0, 2019.0]);
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn the_code_of_namibia_is_no_missing_value() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), STUDY, &pair("NA", "HH7", 2019));
    let markdown = super::markdown(folder.path());
    let table = table(&markdown, "Individuals using the Internet, countries");
    assert_eq!(table.len(), 1);
    assert_eq!(row(&table, "Namibia")[2..5], ["40.0", "50.0", ".."]);
    let output = inclusion(folder.path(), &["progress", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(0));
    let none = "The series have no country with figures of two years of one indicator.\n";
    assert_eq!(stdout(&output), none);
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stderr(&output),
        "ok        study.toml: 0 surveys, 1 series, 1 indicator, 1 breakdown\n"
    );
}

#[test]
fn one_sex_or_a_total_alone_makes_no_comparison_and_future_years_no_population() {
    let folder = tempfile::tempdir().expect("a folder");
    let women: String =
        pair("KEN", "HH7", 2019).lines().take(1).map(|line| format!("{line}\n")).collect();
    write(folder.path(), STUDY, &women);
    let markdown = super::markdown(folder.path());
    let title = "Individuals using the Internet, countries";
    assert_eq!(
        row(&table(&markdown, title), "Kenya")[1..7],
        ["2019", "40.0", "..", "..", "..", ".."]
    );
    let groups = "Individuals using the Internet, the world and groups of countries";
    let world = table(&markdown, groups);
    assert_eq!(
        row(&world, "World")[1..8],
        ["", "..", "..", "..", "..", "..", "0 of 242, population of 42 unknown"]
    );
    let total = pair("KEN", "HH7", 2019).replace(",F,", ",_T,");
    let total = total.lines().next().expect("a line");
    write(folder.path(), STUDY, total);
    let markdown = super::markdown(folder.path());
    assert_eq!(row(&table(&markdown, title), "Kenya")[2..5], ["..", "..", "40.0"]);
    assert_eq!(
        row(&table(&markdown, "Newest figures by sex, by country"), "Kenya")[1],
        "total 2019"
    );
    // Groups of a year beyond the population table say whose population stands for it.
    write(
        folder.path(),
        &format!("{STUDY}\n[aggregate]\ncoverage = \"none\"\n"),
        &pair("KEN", "HH7", 2027),
    );
    let markdown = super::markdown(folder.path());
    assert!(markdown.contains("Populations of 2020 stand for those of 2027."));
    assert_eq!(row(&table(&markdown, groups), "World")[2..4], ["40.0", "50.0"]);
    assert!(!markdown.contains("NaN"));
}

#[test]
fn what_is_not_asked_for_has_no_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let heads = |measures: &str| {
        let study = format!("{STUDY}measures = [{measures}]\n");
        write(folder.path(), &study, &pair("KEN", "HH7", 2019));
        let output = inclusion(folder.path(), &["aggregate", "study.toml", "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let told = stdout(&output);
        // Of groups, and of countries.
        let heads: Vec<&str> = told.lines().filter(|line| line.starts_with("Area ")).collect();
        assert_eq!(heads.len(), 2, "{told}");
        ["Gap", "Parity"].map(|head| {
            let has: Vec<bool> = heads.iter().map(|own| own.contains(head)).collect();
            assert_eq!(has[0], has[1], "{told}");
            has[0]
        })
    };
    assert_eq!(heads("\"gap\", \"parity\""), [true, true]);
    assert_eq!(heads("\"gap\""), [true, false]);
    assert_eq!(heads("\"women_to_parity\""), [false, false]);
}

#[test]
fn persons_of_other_ages_are_counted_apart_from_narrower_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |sex, age, value| format!("KEN,HH7,{sex},{age},2019,{value},PT,C,,ITU,made,\n");
    let of_men = line("M", "Y16T89", 50) + &line("_T", "Y16T89", 45);
    let notes = |rows: String| {
        write(folder.path(), STUDY, &rows);
        super::markdown(folder.path())
    };
    let narrower = "which is used.";
    let apart = "figures of HH7 (1) state no ages or are of one sex, where figures of other ages are used: women \
                 and men of different ages are not compared.";
    let told = notes(of_men.clone() + &line("F", "_X", 40));
    assert!(told.contains(apart) && !told.contains(narrower), "{told}");
    let told = notes(of_men + &line("F", "Y16T89", 40) + &line("F", "Y16T24", 30));
    assert!(!told.contains("of one sex, where"), "{told}");
    assert!(told.contains("figures of HH7 (1) are of countries and periods that have a wider age"));
}

#[test]
fn another_indicator_is_advised_only_where_its_name_is_alike() {
    let said = wrong_rows("abr");
    assert!(
        said.contains("other indicators there: abr; none of them is named like these"),
        "{said}"
    );
    assert!(said.contains("leave the series out") && !said.contains("indicators = {"), "{said}");
    let said = wrong_rows("HH07");
    assert!(said.contains("`indicators = { \"HH07\" = \"HH7\" }` of the series"), "{said}");
}

/// What is said of figures of another indicator.
fn wrong_rows(indicator: &str) -> String {
    refused(STUDY, &pair("KEN", indicator, 2019), 2)
}

#[test]
fn a_series_that_is_split_further_is_told_with_all_that_tells_its_figures_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "SeriesCode,GeoAreaCode,TimePeriod,Value,Sex,Units,Type of skill,Quantile,Location,FootNote\n";
    let row = |skill, quantile, location| {
        format!("SE_ADT_ACTS,404,2019,40,FEMALE,PERCENT,{skill},{quantile},{location},\n")
    };
    let rows = row("COPA", "Q1", "")
        + &row("COPA", "Q5", "")
        + &row("COPA", "Q1", "URBAN")
        + &row("EMAIL", "Q2", "");
    std::fs::write(folder.path().join("made.csv"), format!("{head}{rows}")).expect("figures");
    let study = STUDY.replace("world/figures", "un-sdg/bulk-csv");
    std::fs::write(
        folder.path().join("study.toml"),
        study.replace("\"HH7\"", "\"HH7\", \"HH15-COPA\", \"HH15-EMAIL\""),
    )
    .expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for (skill, codes) in [("COPA", "Q1, Q5"), ("EMAIL", "Q2")] {
        let advice = format!(
            "`SE_ADT_ACTS skill={skill}` is split by `quantile` ({codes}); say which CODE is meant by \
             `indicators = {{ \"SE_ADT_ACTS skill={skill} quantile=CODE\" = \"HH15-{skill}\" }}` of the series"
        );
        assert!(said.contains(&advice), "{said}");
    }
    // What it says to write works.
    let named =
        "[[series]]\nindicators = { \"SE_ADT_ACTS skill=COPA quantile=Q5\" = \"HH15-COPA\" }";
    let study = study.replace("[[series]]", named).replace("\"HH7\"", "\"HH15-COPA\"");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_recipe_that_a_study_must_help_says_how() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "freq,unit,sex,geo\\TIME_PERIOD\t2019\nA,PC_IND,F,AT\t70.5\nA,PC_IND,M,AT\t72\n";
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    let study = STUDY.replace("world/figures", "eurostat/tsv");
    std::fs::write(folder.path().join("study.toml"), &study).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    let said = stderr(&output);
    let advice =
        "set `indicator` for the run: in a study, `set = { indicator = \"...\" }` of the series";
    assert!(!output.status.success() && said.contains(advice), "{said}");
    let shown = inclusion(folder.path(), &["registry", "show", "eurostat/tsv"]);
    assert!(
        stdout(&shown).contains("set by the study (`set = { indicator = \"...\" }` of the series)"),
        "{}",
        stdout(&shown)
    );
    let study = study.replace("[estimate]", "set = { indicator = \"HH7\" }\n\n[estimate]");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// A line of the file of figures: sex, value, nature, status, source, footnote.
fn line(area: &str, sex: &str, value: &str, [nature, status, source, note]: [&str; 4]) -> String {
    format!("{area},HH7,{sex},_X,2019,{value},PT,{nature},{status},{source},made,{note}\n")
}

const COUNTRIES: &str = "Individuals using the Internet, countries";

#[test]
fn what_a_source_says_of_men_stands_beside_women_and_men() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = line("KEN", "F", "40", ["C", "A", "ITU", "of both"])
        + &line("KEN", "M", "50", ["E", "U", "ITU", "men of towns"])
        + &line("UGA", "F", "30", ["C", "A", "ITU", "of both"])
        + &line("UGA", "M", "35", ["C", "A", "ITU", "of both"]);
    write(folder.path(), STUDY, &rows);
    let markdown = super::markdown(folder.path());
    let table = table(&markdown, COUNTRIES);
    let kenya = row(&table, "Kenya");
    assert_eq!(kenya[kenya.len() - 3..], ["C; E", "U", ""], "{kenya:?}");
    assert!(markdown.contains("U low reliability"), "no legend of the status");
    assert!(markdown.contains("Men of towns."), "no note of men");
    // A note of all figures stands in the row's own column.
    let line = |name: &str| {
        let own = markdown.lines().find(|line| line.starts_with(&format!("| {name} | ")));
        own.expect("a line of the country").split(" | ").map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(line("Uganda")[2..4], ["30.0", "35.0"]);
    assert_eq!(line("Uganda").last().map(String::as_str), Some("<sup>a</sup> |"));
    assert_eq!(line("Kenya")[2..4], ["40.0<sup>a</sup>", "(50.0)<sup>b</sup>"]);
    assert_eq!(line("Kenya").last().map(String::as_str), Some(" |"));
}

#[test]
fn women_and_men_of_different_sources_are_not_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = "[aggregate]\ncoverage = \"none\"\n";
    let rows = |men: &str| {
        line("KEN", "F", "40", ["C", "A", "DHS 2019", ""])
            + &line("KEN", "M", "50", ["C", "A", men, ""])
    };
    write(folder.path(), &format!("{STUDY}\n{none}"), &rows("MICS 2019"));
    let markdown = super::markdown(folder.path());
    let apart = table(&markdown, COUNTRIES);
    let kenya = row(&apart, "Kenya");
    assert_eq!((kenya[2].as_str(), kenya[3].as_str()), ("40.0", "50.0"));
    assert!(kenya[5].starts_with(".."), "{kenya:?}");
    assert!(markdown.contains("Women and men are of different sources."));
    assert!(markdown.contains("are of women and men from different sources: they are shown"));
    let groups =
        table(&markdown, "Individuals using the Internet, the world and groups of countries");
    assert!(row(&groups, "World")[2].starts_with(".."), "{:?}", row(&groups, "World"));
    assert_eq!(
        row(&table(&markdown, "Newest figures by sex, by country"), "Kenya")[2],
        "DHS 2019; MICS 2019"
    );
    // The same source, spelt in small letters, and one that is not stated.
    for men in ["dhs 2019", ""] {
        write(folder.path(), &format!("{STUDY}\n{none}"), &rows(men));
        let markdown = super::markdown(folder.path());
        assert_eq!(row(&table(&markdown, COUNTRIES), "Kenya")[5], "10.0");
        assert!(!markdown.contains("different sources"));
    }
}

#[test]
fn a_group_in_which_nobody_has_the_property_has_no_gap_as_a_country_has_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let study = format!("{STUDY}\n[aggregate]\ncoverage = \"none\"\n");
    let said = ["C", "A", "ITU", ""];
    write(folder.path(), &study, &(line("KEN", "F", "0", said) + &line("KEN", "M", "0", said)));
    let markdown = super::markdown(folder.path());
    let groups = "Individuals using the Internet, the world and groups of countries";
    let gaps = [(COUNTRIES, "Kenya"), (groups, "World")].map(|(title, name)| {
        let own = row(&table(&markdown, title), name).to_vec();
        assert_eq!(own[2..4], ["0.0", "0.0"], "{own:?}");
        own[5].split('[').next().unwrap_or_default().to_string()
    });
    assert_eq!(gaps[0], gaps[1]);
    assert_ne!(gaps[0], "0.0");
}
