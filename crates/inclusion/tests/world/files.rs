//! What the data files say of groups, of withheld figures and of gaps in the data.

use super::data::{expected, fields, newest_year, world};
use super::{close, folder, inclusion, markdown, row, stderr, stdout, table};
use std::collections::BTreeMap;
use std::path::Path;

type Rows = Vec<BTreeMap<String, String>>;

fn rows(path: &Path) -> Rows {
    let text = std::fs::read_to_string(path).expect("a file");
    let mut lines = text.lines().map(fields);
    let header = lines.next().expect("a header");
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The only row with these texts.
fn one<'a>(rows: &'a Rows, wanted: &[(&str, &str)]) -> &'a BTreeMap<String, String> {
    let fits = |row: &&BTreeMap<String, String>| wanted.iter().all(|(n, text)| row[*n] == *text);
    let found: Vec<_> = rows.iter().filter(fits).collect();
    assert_eq!(found.len(), 1, "{wanted:?}");
    found[0]
}

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

fn study(measures: &str) -> String {
    format!(
        "[study]\ntitle = \"Made\"\n\n[[series]]\nid = \"made\"\nfile = \"made.csv\"\nrecipe = \"world/figures\"\n\n\
         [estimate]\nindicators = [\"HH7\"]\nmeasures = [{measures}]\n\n[aggregate]\n\
         groupings = [\"world-bank-regions\"]\ncoverage = \"none\"\n"
    )
}

/// Women and men of areas: ages, year, values, status.
fn made(rows: &[(&str, &str, i32, [f64; 2], &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = HEAD.to_string();
    for (area, age, year, values, status) in rows {
        for (sex, value) in ["F", "M"].into_iter().zip(values) {
            text += &format!("{area},HH7,{sex},{age},{year},{value},PT,C,{status},ITU,made,\n");
        }
    }
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    std::fs::write(folder.path().join("study.toml"), study("\"gap\", \"women_to_parity\""))
        .expect("a study");
    folder
}

fn aggregated(folder: &Path) -> Rows {
    let output = inclusion(folder, &["aggregate", "study.toml", "--output", "rows.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    rows(&folder.join("rows.csv"))
}

#[test]
fn a_group_has_the_ages_of_its_countries_and_says_what_stands_behind_it() {
    let level = |area: &str, sex| -> Vec<(&str, String)> {
        [("REF_AREA", area), ("SEX", sex), ("MEASURE", "LEVEL"), ("SOURCE", "aggregates")]
            .map(|(name, text)| (name, text.to_string()))
            .to_vec()
    };
    let of = |rows: &Rows, area: &str, sex| {
        let wanted = level(area, sex);
        let wanted: Vec<(&str, &str)> = wanted.iter().map(|(n, t)| (*n, t.as_str())).collect();
        let own = one(rows, &wanted);
        (own["AGE"].clone(), own["COMMENT_OBS"].clone())
    };
    let same = made(&[
        ("KEN", "Y_GE15", 2019, [40.0, 50.0], "A"),
        ("UGA", "Y_GE15", 2017, [20.0, 30.0], "A"),
    ]);
    let rows = aggregated(same.path());
    for sex in ["F", "M", "_T"] {
        let (age, comment) = of(&rows, "001", sex);
        assert_eq!(age, "Y_GE15", "{sex}");
        assert!(comment.contains("Own aggregate of 2 of 242 countries, with "), "{comment}");
        assert!(comment.contains(", of 2017 to 2019."), "{comment}");
    }
    let gap = [("REF_AREA", "001"), ("MEASURE", "GAP")];
    assert_eq!(one(&rows, &gap)["AGE"], "Y_GE15");
    let other = made(&[
        ("KEN", "Y_GE15", 2019, [40.0, 50.0], "A"),
        ("UGA", "Y_GE05", 2019, [20.0, 30.0], "A"),
    ]);
    assert_eq!(of(&aggregated(other.path()), "001", "F").0, "_X");
}

#[test]
fn the_coverage_of_groups_is_a_file() {
    let text = "[study]\ntitle = \"World\"\n\n[[series]]\nid = \"published\"\nfile = \"figures.csv\"\n\
                recipe = \"world/figures\"\n\n[estimate]\nindicators = [\"HH7\"]\nmeasures = [\"gap\"]\n\n\
                [aggregate]\ngroupings = []\n";
    let folder = folder(text);
    markdown(folder.path());
    let rows = rows(&folder.path().join("out/group_coverage.csv"));
    let own = one(&rows, &[("REF_AREA", "001"), ("FIGURE", "women_and_men")]);
    let e = expected("HH7", &world(newest_year("HH7")), newest_year("HH7"), 5);
    assert_eq!(own["COUNTRIES"], e.countries.to_string());
    assert_eq!(own["COUNTRIES_OF_GROUP"], e.of.to_string());
    // The rule refuses a figure of the world; its coverage stands here all the same.
    for (name, share) in ["COVERED_WOMEN", "COVERED_MEN"].into_iter().zip(e.covered) {
        close(own[name].parse().expect("a share"), share, name);
        assert!(share < 0.5);
    }
    assert_eq!(own["RULE"], "half_of_either_sex");
    assert_eq!(own["POPULATION_UNKNOWN"].split(';').count(), 42);
}

#[test]
fn own_groups_are_told_from_those_of_the_custodian() {
    let folder = made(&[("KEN", "Y_GE15", 2019, [40.0, 50.0], "A")]);
    let output = inclusion(
        folder.path(),
        &["sdmx", "study.toml", "--output", "out.csv", "--own-structure", "s.xml", "--quiet"],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join("out.csv")).expect("a file");
    let of = |source: &str| text.lines().filter(|line| line.contains(source)).count();
    assert!(of("Own aggregation of published figures of countries") > 5, "{text}");
    // Rates of all, women and men, the gap and the count of the world.
    assert_eq!(of("Own aggregate of 1 of 242 countries"), 5, "{text}");
    assert!(
        text.lines().filter(|line| line.contains(",KEN,")).all(|line| !line.contains("Own agg"))
    );
}

#[test]
fn a_figure_that_its_source_withholds_is_missing_with_its_status() {
    // Of Eurostat: a confidential value of women, and one without a value.
    let folder = tempfile::tempdir().expect("a folder");
    let text = "freq,unit,sex,geo\\TIME_PERIOD\t2018 \t2019 \n\
                A,PC_IND,F,AT\t60.5 \t70.5 c\nA,PC_IND,M,AT\t62 \t72 \n\
                A,PC_IND,F,BE\t: \t: c\nA,PC_IND,M,BE\t: \t: c\n";
    std::fs::write(folder.path().join("made.tsv"), text).expect("figures");
    let study = study("\"gap\"")
        .replace("made.csv", "made.tsv")
        .replace("\"world/figures\"", "\"eurostat/tsv\"\nset = { indicator = \"HH7\" }");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let rows = aggregated(folder.path());
    for (area, sex) in [("AUT", "F"), ("BEL", "F"), ("BEL", "M")] {
        let wanted =
            [("REF_AREA", area), ("SEX", sex), ("TIME_PERIOD", "2019"), ("MEASURE", "LEVEL")];
        let own = one(&rows, &wanted);
        let found = ["OBS_VALUE", "OBS_STATUS", "REASON"].map(|name| own[name].as_str());
        assert_eq!(found, ["", "Q", "confidential"], "{area}, {sex}");
    }
    let men = [("REF_AREA", "AUT"), ("SEX", "M"), ("TIME_PERIOD", "2019"), ("MEASURE", "LEVEL")];
    assert_eq!(one(&rows, &men)["OBS_VALUE"], "0.72");
    // What is withheld is nowhere, and what is missing without a word is no row.
    assert!(!rows.iter().any(|row| row.values().any(|text| text.contains("0.705"))));
    assert!(!rows.iter().any(|row| row["REF_AREA"] == "BEL" && row["TIME_PERIOD"] == "2018"));
    // The group has the year that both sexes have.
    let group = [("REF_AREA", "001"), ("SEX", "F"), ("MEASURE", "LEVEL")];
    assert_eq!(one(&rows, &group)["OBS_VALUE"], "0.605");
    let annex = markdown(folder.path());
    let countries = table(&annex, "Individuals using the Internet, countries");
    assert_eq!(row(&countries, "Austria")[2], "60.5", "the newest year with both sexes");
}

#[test]
fn persons_of_serbia_are_said_to_hold_those_of_kosovo() {
    let folder = made(&[
        ("SRB", "Y_GE15", 2019, [70.0, 80.0], "A"),
        ("ALB", "Y_GE15", 2019, [60.0, 70.0], "A"),
    ]);
    let rows = aggregated(folder.path());
    let note = "The population of Serbia includes that of Kosovo.";
    let said = |area: &str, measure: &str| {
        one(&rows, &[("REF_AREA", area), ("MEASURE", measure), ("SEX", "_T")])["COMMENT_OBS"]
            .contains(note)
    };
    assert!(said("SRB", "WOMEN_TO_PARITY") && said("ECS", "WOMEN_TO_PARITY") && said("001", "GAP"));
    assert!(!said("ALB", "WOMEN_TO_PARITY") && !said("SRB", "GAP"));
    assert!(markdown(folder.path()).contains(note));
}

#[test]
fn gaps_in_the_data_name_their_sources_and_can_be_written() {
    let folder = made(&[
        ("KEN", "Y_GE15", 2018, [40.0, 50.0], "A"),
        ("KEN", "Y_GE15", 2019, [42.0, 51.0], "A"),
        ("CIV", "_X", 2017, [20.0, 30.0], "A"),
    ]);
    let args = ["data-gaps", "study.toml", "--output", "gaps.csv", "--quiet"];
    let output = inclusion(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("Sources of figures by sex"), "{}", stdout(&output));
    let found = rows(&folder.path().join("gaps.csv"));
    let of = |area: &str| {
        let own = one(&found, &[("REF_AREA", area), ("INDICATOR", "HH7")]);
        ["YEAR_BY_SEX", "YEAR_OF_ALL", "AGE", "SOURCE_DETAIL"].map(|name| own[name].clone())
    };
    assert_eq!(of("KEN"), ["2019", "", "Y_GE15", "ITU"]);
    assert_eq!(of("CIV"), ["2017", "", "_X", "ITU"]);
    assert_eq!(of("BRA"), ["", "", "", ""]);
    let annex = markdown(folder.path());
    let gaps = table(&annex, "Newest figures by sex, by country");
    assert_eq!(row(&gaps, "Kenya").last().expect("a cell"), "ITU");
    let at = |label: &str| gaps.iter().position(|row| row[0] == label).expect("a row");
    // In the order of the alphabet, whatever accents a name has.
    assert!(at("Côte d'Ivoire") < at("Croatia") && at("Åland Islands") < at("Albania"));
    assert!(at("Costa Rica") < at("Côte d'Ivoire"));
    assert_eq!(rows(&folder.path().join("out/data_gaps.csv")), found);
    let output =
        inclusion(folder.path(), &["data-gaps", "study.toml", "--output", "gaps.txt", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: gaps in the data are written as `.csv`, and `gaps.txt` does not end so\n"
    );
}

#[test]
fn groupings_and_areas_are_listed_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = |args: &[&str]| {
        let output = inclusion(folder.path(), args);
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let groupings = said(&["registry", "list", "groupings"]);
    assert!(groupings.lines().any(|line| line.starts_with("world-bank-income ")), "{groupings}");
    let areas = said(&["registry", "list", "areas"]);
    let kosovo = areas.lines().find(|line| line.starts_with("XKX ")).expect("an area");
    assert!(kosovo.ends_with("Kosovo"), "{kosovo}");
    let kenya = said(&["registry", "show", "KEN"]);
    assert!(
        kenya.contains("M49 404") && kenya.contains("Sub-Saharan Africa, sdg-regions"),
        "{kenya}"
    );
    let style = said(&["registry", "show", "imf-fas"]);
    for line in [
        "decimals             rates 2, parity 3",
        "footnotes            numbers",
        "intervals beside     none",
    ] {
        assert!(style.lines().any(|own| own == line), "{line}: {style}");
    }
    assert!(
        style.contains("\nnotes                The Financial Access Survey counts accounts"),
        "{style}"
    );
    assert!(!style.contains("\nzero "), "the style has no mark of zero: {style}");
    let eu = said(&["registry", "show", "eu"]);
    assert!(eu.contains("27 members") && eu.contains("AUT BEL BGR"), "{eu}");
    let output = inclusion(folder.path(), &["registry", "show", "sdg-region"]);
    assert!(stderr(&output).contains("did you mean `sdg-regions`?"), "{}", stderr(&output));
}
