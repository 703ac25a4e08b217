//! Which persons and which reference period a figure is of, where its source does not say it.

use super::data::{fields, persons};
use super::{close, header, inclusion, markdown, row, stderr, table};
use std::collections::BTreeMap;
use std::path::Path;

const STUDY: &str = r#"[study]
title = "Made"

[[series]]
id = "made"
file = "made.csv"
recipe = "world/figures"

[estimate]
indicators = ["HH7"]
measures = ["gap", "women_to_parity", "headcount"]

[aggregate]
groupings = ["sdg-regions"]
coverage = "none"
"#;

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

fn write(folder: &Path, countries: &[(&str, &str, i32, &str)]) {
    let mut text = HEAD.to_string();
    for (at, (area, age, year, note)) in countries.iter().enumerate() {
        for (sex, value) in [("F", 30 + 5 * at), ("M", 50 + 2 * at)] {
            text += &format!("{area},HH7,{sex},{age},{year},{value},PT,C,A,ITU,made,{note}\n");
        }
    }
    std::fs::write(folder.join("made.csv"), text).expect("figures");
    std::fs::write(folder.join("study.toml"), STUDY).expect("a study");
}

fn estimates(folder: &Path) -> Vec<BTreeMap<String, String>> {
    let output = inclusion(folder, &["aggregate", "study.toml", "--output", "rows.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.join("rows.csv")).expect("a file");
    let mut lines = text.lines().map(fields);
    let header = lines.next().expect("a header");
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

#[test]
fn a_head_count_says_of_itself_what_the_source_says_of_its_rate() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = HEAD.to_string();
    for (area, sex, value, status) in [
        ("KEN", "F", "30", "E"),
        ("KEN", "M", "50", "B"),
        ("KEN", "_T", "45", "A"),
        ("RWA", "F", "30", "Q"),
        ("RWA", "M", "50", "A"),
        ("RWA", "_T", "45", "A"),
    ] {
        text += &format!("{area},HH7,{sex},Y_GE15,2019,{value},PT,C,{status},ITU,made,\n");
    }
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    std::fs::write(folder.path().join("study.toml"), STUDY).expect("a study");
    let rows = estimates(folder.path());
    let of = |area: &str, sex: &str| {
        let own = rows.iter().find(|row| {
            (row["REF_AREA"].as_str(), row["SEX"].as_str(), row["MEASURE"].as_str())
                == (area, sex, "HEADCOUNT")
        });
        let own = own.unwrap_or_else(|| panic!("no head count of {area} {sex}"));
        (own["OBS_VALUE"].parse::<f64>().ok(), own["OBS_STATUS"].clone())
    };
    let people = |area: &str| {
        ["F", "M"].map(|sex| persons(area, 2019, sex, Some((15, None))).expect("persons"))
    };
    let [women, men] = people("KEN");
    for (sex, wanted, status) in
        [("F", 0.3 * women, "E"), ("M", 0.5 * men, "B"), ("_T", 0.3 * women + 0.5 * men, "E;B")]
    {
        let (value, own) = of("KEN", sex);
        close(value.expect("a value"), wanted, sex);
        assert_eq!(own, status, "{sex}");
    }
    // Where one is withheld, all are by the rate of all.
    let [women, men] = people("RWA");
    let (value, status) = of("RWA", "M");
    close(value.expect("a value"), 0.5 * men, "men");
    assert_eq!(status, "A");
    let (value, status) = of("RWA", "_T");
    close(value.expect("a value"), 0.45 * (women + men), "all");
    assert_eq!(status, "A");
    let of_women =
        rows.iter().filter(|row| (row["REF_AREA"].as_str(), row["SEX"].as_str()) == ("RWA", "F"));
    assert!(
        of_women.clone().count() > 0 && of_women.clone().all(|row| row["OBS_VALUE"].is_empty())
    );
    let output =
        inclusion(folder.path(), &["sdmx", "study.toml", "--output", "own.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn persons_of_countries_add_up_to_those_of_the_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let countries = [
        ("KEN", "Y_GE15", 2019, ""),
        ("RWA", "Y_GE15", 2019, ""),
        ("UGA", "_X", 2019, ""),
        ("TZA", "Y_GE05", 2019, ""),
    ];
    write(folder.path(), &countries);
    let rows = estimates(folder.path());
    let value = |area: &str, sex: &str, measure: &str| -> f64 {
        let own = rows.iter().find(|row| {
            [("REF_AREA", area), ("SEX", sex), ("MEASURE", measure)]
                .iter()
                .all(|(name, code)| row[*name] == *code)
        });
        own.unwrap_or_else(|| panic!("no {measure} of {area}"))["OBS_VALUE"]
            .parse()
            .expect("a number")
    };
    let women = persons("UGA", 2019, "F", Some((15, None))).expect("women");
    close(value("UGA", "_T", "WOMEN_TO_PARITY"), 0.14 * women, "Uganda");
    let women = persons("TZA", 2019, "F", Some((5, None))).expect("women");
    close(value("TZA", "_T", "WOMEN_TO_PARITY"), 0.11 * women, "Tanzania");
    for sex in ["F", "M"] {
        let sum: f64 = countries.iter().map(|(area, ..)| value(area, sex, "HEADCOUNT")).sum();
        close(value("001", sex, "HEADCOUNT"), sum, sex);
    }
    // Of the group's rates: not the sum over its countries.
    let [women, men] = ["F", "M"].map(|sex| value("001", sex, "LEVEL"));
    let all = value("001", "F", "HEADCOUNT") / women;
    close(value("001", "_T", "WOMEN_TO_PARITY"), (men - women) * all, "the world");
    // Women and men online are all who are online.
    let both = value("001", "F", "HEADCOUNT") + value("001", "M", "HEADCOUNT");
    close(value("001", "_T", "HEADCOUNT"), both, "all");
    let markdown = markdown(folder.path());
    assert!(markdown.contains(
        "Countries are weighted with women and men of the ages that their figures state. The figures of 1 of 4 \
         countries state none: they are weighted with the ages 15+, as more countries' ages begin there than \
         anywhere else, and shares covered are of these ages."
    ));
    assert!(markdown.contains(
        "Where a source states no ages, persons are those of the ages 15+, as more countries' ages begin there than \
         anywhere else."
    ));
    let of_covered = "Persons of groups are those of the countries with figures; nobody of the other countries is \
                      counted.";
    assert_eq!(markdown.matches(of_covered).count(), 1, "below the table of groups");
    let comment = |area: &str, measure: &str| {
        let own = rows.iter().find(|row| row["REF_AREA"] == area && row["MEASURE"] == measure);
        own.expect("a row")["COMMENT_OBS"].contains(of_covered)
    };
    assert!(comment("001", "WOMEN_TO_PARITY") && !comment("001", "GAP"));
    assert!(!comment("KEN", "WOMEN_TO_PARITY"));
    // The counts stand in the tables, in the unit of their headers.
    for (title, label, area) in
        [("the world and groups of countries", "World", "001"), ("countries", "Uganda", "UGA")]
    {
        let title = format!("Individuals using the Internet, {title}");
        let heads = header(&markdown, &title);
        let cells = table(&markdown, &title);
        let at = heads.iter().position(|head| head.starts_with("Women missing for parity"));
        let at = at.unwrap_or_else(|| panic!("{heads:?}"));
        assert!(heads[at].ends_with("(millions)"), "{heads:?}");
        let what = format!("women of {label}");
        let missing = value(area, "_T", "WOMEN_TO_PARITY") / 1e6;
        super::printed(&row(&cells, label)[at], missing, 1, &what);
        let online = ["F", "M"].map(|sex| value(area, sex, "HEADCOUNT") / 1e6);
        super::printed(&row(&cells, label)[at - 2], online[0], 1, &what);
        super::printed(&row(&cells, label)[at - 1], online[1], 1, &what);
    }
    assert!(markdown.contains("Persons (millions)"), "the unit of women and men online");
}

/// The value of a measure of women and men together, or of a sex.
fn of(rows: &[BTreeMap<String, String>], area: &str, sex: &str, measure: &str) -> f64 {
    let wanted = [("REF_AREA", area), ("SEX", sex), ("MEASURE", measure)];
    let own = rows.iter().find(|row| wanted.iter().all(|(name, code)| row[*name] == *code));
    own.unwrap_or_else(|| panic!("no {measure} of {area}"))["OBS_VALUE"].parse().expect("a number")
}

#[test]
fn one_country_of_many_years_does_not_decide_whose_figures_those_of_others_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut countries: Vec<(&str, &str, i32, &str)> =
        (2010..2019).map(|year| ("KEN", "Y16T74", year, "")).collect();
    countries.extend([
        ("RWA", "Y_GE15", 2019, ""),
        ("TZA", "Y_GE15", 2019, ""),
        ("UGA", "_X", 2019, ""),
    ]);
    write(folder.path(), &countries);
    let women = persons("UGA", 2019, "F", Some((15, None))).expect("women");
    let rows = estimates(folder.path());
    close(of(&rows, "UGA", "F", "HEADCOUNT"), 0.85 * women, "Uganda");
}

const SDG: &str = "SeriesCode,GeoAreaCode,TimePeriod,Value,Nature,Sex,Units,Age,FootNote\n";

#[test]
fn figures_that_are_not_split_by_age_are_not_those_of_all_ages() {
    let bulk = |unsplit: &str| {
        let row = |area, sex, value, age| {
            format!("IT_MOB_OWN,{area},2019,{value},C,{sex},PERCENT,{age},\n")
        };
        let rows = [("404", "15+"), ("646", "15+"), ("800", unsplit)]
            .map(|(area, age)| row(area, "FEMALE", 40, age) + &row(area, "MALE", 50, age));
        ("un-sdg/bulk-csv", SDG.to_string() + &rows.concat())
    };
    let sdmx = {
        let row = |area, sex, value, age| {
            format!(
                "IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,{area},{sex},{age},2019,{value},A,0,PT,C\n"
            )
        };
        let rows = [("404", "Y_GE15"), ("646", "Y_GE15"), ("800", "_T")]
            .map(|(area, age)| row(area, "F", 40, age) + &row(area, "M", 50, age));
        let head = "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,\
                    UNIT_MULT,UNIT_MEASURE,NATURE\n";
        ("sdmx/sdg", head.to_string() + &rows.concat())
    };
    let women = persons("UGA", 2019, "F", Some((15, None))).expect("women");
    for (recipe, text) in [bulk(""), bulk("ALLAGE"), sdmx] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("made.csv"), text).expect("figures");
        let study = STUDY.replace("world/figures", recipe).replace("HH7", "HH18");
        std::fs::write(folder.path().join("study.toml"), study).expect("a study");
        let rows = estimates(folder.path());
        close(of(&rows, "UGA", "_T", "WOMEN_TO_PARITY"), 0.10 * women, recipe);
        let own = rows.iter().find(|row| row["REF_AREA"] == "UGA" && row["SEX"] == "F");
        assert_eq!(own.expect("a row")["AGE"], "_X", "{recipe}");
    }
}

#[test]
fn a_definition_says_whose_figures_are_before_other_countries_do() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        &[("KEN", "Y_GE18", 2019, ""), ("RWA", "Y_GE18", 2019, ""), ("UGA", "_X", 2019, "")],
    );
    for name in ["made.csv", "study.toml"] {
        let file = folder.path().join(name);
        let text = std::fs::read_to_string(&file).expect("a file").replace("HH7", "FX-ACCOUNT");
        std::fs::write(file, text).expect("a file");
    }
    let women = persons("UGA", 2019, "F", Some((15, None))).expect("women");
    let rows = estimates(folder.path());
    close(of(&rows, "UGA", "_T", "WOMEN_TO_PARITY"), 0.14 * women, "Uganda");
    let markdown = markdown(folder.path());
    assert!(
        markdown.contains("persons are those of the ages 15+, as the indicator is defined."),
        "the note"
    );
}

#[test]
fn figures_of_before_2014_carry_the_period_of_their_definition() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        &[
            ("KEN", "Y_GE15", 2013, ""),
            ("UGA", "Y_GE15", 2014, ""),
            ("TZA", "Y_GE15", 2013, "Used in the last 3 months"),
        ],
    );
    let rows = estimates(folder.path());
    let status = |area: &str| -> &str {
        let own = rows
            .iter()
            .find(|row| row["REF_AREA"] == area && row["SEX"] == "F" && row["MEASURE"] == "LEVEL");
        own.expect("a rate")["OBS_STATUS"].as_str()
    };
    assert_eq!(["KEN", "UGA", "TZA"].map(status), ["B", "A", "A"]);
    let markdown = markdown(folder.path());
    let countries = table(&markdown, "Individuals using the Internet, countries");
    let said = |label: &str| row(&countries, label).iter().rev().skip(1).take(2).cloned().collect();
    let said: [Vec<String>; 2] = ["Kenya", "Uganda"].map(said);
    assert_eq!(said, [["B", "C"], ["", "C"]], "status and nature");
    assert!(markdown.contains("Reference period: about 12 months."), "no note of the country");
    let of_groups = "Figures of 1 of 3 countries are of before 2014 and refer to about 12 months, those of \
                     the others to the last 3 months.";
    assert!(markdown.contains(of_groups), "no note of the group");
}
