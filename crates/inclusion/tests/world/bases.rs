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
        for (sex, value) in [("F", 30 + 5 * at), ("M", 50)] {
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
fn persons_of_countries_add_up_to_those_of_the_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let countries = [("KEN", "Y_GE15", 2019, ""), ("UGA", "_X", 2019, ""), ("TZA", "_X", 2019, "")];
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
    close(value("UGA", "_T", "WOMEN_TO_PARITY"), 0.15 * women, "Uganda");
    for (sex, measure) in [("_T", "WOMEN_TO_PARITY"), ("F", "HEADCOUNT"), ("M", "HEADCOUNT")] {
        let sum: f64 = countries.iter().map(|(area, ..)| value(area, sex, measure)).sum();
        close(value("001", sex, measure), sum, measure);
    }
    // Women and men online are all who are online.
    let both = value("001", "F", "HEADCOUNT") + value("001", "M", "HEADCOUNT");
    close(value("001", "_T", "HEADCOUNT"), both, "all");
    let markdown = markdown(folder.path());
    assert!(markdown.contains(
        "Countries are weighted with women and men of the ages 15+. They are stated by 1 of 3 countries; 2 state none."
    ));
    assert!(markdown.contains(
        "Where a source states no ages, persons are those of the ages 15+, as in the groups of countries."
    ));
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
    let last = |label: &str| row(&countries, label).last().expect("a status").clone();
    assert_eq!([last("Kenya"), last("Uganda")], ["C; B".to_string(), "C".to_string()]);
    assert!(markdown.contains("Reference period: about 12 months."), "no note of the country");
    let of_groups = "Figures of 1 of 3 countries are of before 2014 and refer to about 12 months, those of \
                     the others to the last 3 months.";
    assert!(markdown.contains(of_groups), "no note of the group");
}
