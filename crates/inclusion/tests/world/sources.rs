//! Published sources as they circulate: their own names of indicators are known, and what they say of a
//! figure reaches every table and file.

use super::data::fields;
use super::{inclusion, row, stderr, stdout, table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A data set beside the project, or `None` with a loud line where it is not there.
fn shared(file: &str) -> Option<PathBuf> {
    let path = super::project().join("../shared/data").join(file);
    if path.is_file() {
        return Some(path);
    }
    let required = std::env::var_os("INCLUSION_REQUIRE_SHARED").is_some();
    assert!(
        !required,
        "{} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip",
        path.display()
    );
    eprintln!("SKIPPED: this test needs {}, which is not there", path.display());
    None
}

fn study(file: &str, recipe: &str, indicator: &str, more: &str) -> String {
    format!(
        "[study]\ntitle = \"Figures\"\n\n[[series]]\nid = \"made\"\nfile = \"{file}\"\nrecipe = \"{recipe}\"\n\
         {more}\n[estimate]\nindicators = [\"{indicator}\"]\nmeasures = [\"gap\", \"women_to_parity\"]\n"
    )
}

/// The rows of a file of CSV as column → text.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).expect("a file");
    let mut lines = text.lines().map(fields);
    let header = lines.next().expect("a header");
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The estimates of a study in a folder.
fn estimates(folder: &Path, study: &str) -> Vec<BTreeMap<String, String>> {
    std::fs::write(folder.join("study.toml"), study).expect("a study");
    let output = inclusion(folder, &["aggregate", "study.toml", "--output", "rows.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    rows(&folder.join("rows.csv"))
}

fn of<'a>(
    rows: &'a [BTreeMap<String, String>],
    area: &str,
    year: &str,
    sex: &str,
    measure: &str,
) -> &'a BTreeMap<String, String> {
    let wanted = [("REF_AREA", area), ("TIME_PERIOD", year), ("SEX", sex), ("MEASURE", measure)];
    let mut found = rows.iter().filter(|row| wanted.iter().all(|(name, code)| row[*name] == *code));
    found.next().unwrap_or_else(|| panic!("no row {wanted:?}"))
}

#[test]
fn the_names_that_sources_give_indicators_are_known() {
    let cases = [
        (
            "un-minset-gender/I_17_internet_by_sex.tsv",
            "un-minset/long",
            "HH7",
            "BRA",
            "2014",
            "F",
            "0.5418",
        ),
        (
            "un-minset-gender/I_17_internet_by_sex_wide.csv",
            "un-minset/wide",
            "HH7",
            "BRA",
            "2014",
            "M",
            "0.5495",
        ),
        (
            "un-minset-gender/I_18_mobile_own_by_sex.tsv",
            "un-minset/long",
            "HH18",
            "AFG",
            "2016",
            "_T",
            "0.4682",
        ),
        (
            "equals-ict-africa-2020/made_or_received_digitalpayments.csv",
            "world-bank/findex-databank",
            "FX-DIGITAL-PAYMENT",
            "AFG",
            "2017",
            "F",
            "0.04080884457",
        ),
        (
            "equals-ict-africa-2020/ITU_10_individuals_using_internet_by_gender_urban_rural.xls",
            "itu/internet-sex-location",
            "HH7",
            "DZA",
            "2018",
            "M",
            "0.551",
        ),
        (
            "nfhs5-india-states/NFHS-5-States.csv",
            "nfhs/states-5",
            "DHS-INTERNET-EVER",
            "IND",
            "2019-21",
            "M",
            "0.571",
        ),
        (
            "nfhs5-india-states/NFHS-5-States.csv",
            "nfhs/states-5",
            "DHS-MOBILE",
            "IND",
            "2019-21",
            "F",
            "0.54",
        ),
        (
            "kenya-census-2019/V4_T2.32_mobile_phone_ownership.csv",
            "knbs/census-2019-mobile",
            "HH18",
            "KEN",
            "2019",
            "F",
            "0.47",
        ),
    ];
    for (file, recipe, indicator, area, year, sex, value) in cases {
        let Some(path) = shared(file) else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        std::fs::copy(&path, folder.path().join(&name)).expect("a copy");
        let rows = estimates(folder.path(), &study(&name, recipe, indicator, ""));
        let own = of(&rows, area, year, sex, "LEVEL");
        let (got, wanted): (f64, f64) =
            (own["OBS_VALUE"].parse().expect("a value"), value.parse().expect("a value"));
        assert!((got - wanted).abs() < 1e-9, "{file}: {got}");
        let approximated = matches!(recipe, "knbs/census-2019-mobile")
            || (recipe == "nfhs/states-5" && indicator == "DHS-MOBILE");
        assert_eq!(own["NOTE"].split(';').any(|code| code == "proxy"), approximated, "{file}");
        // Notes of the source may stand beside the one of the approximation.
        assert!(!approximated || !own["COMMENT_OBS"].is_empty(), "{file}");
        if approximated {
            let markdown = super::markdown(folder.path());
            for note in own["COMMENT_OBS"].split(" | ") {
                assert!(markdown.contains(note), "{file}: no note `{note}`");
            }
        }
    }
}

#[test]
fn a_study_says_otherwise_than_a_recipe() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = "economy,account,gap_female,gap_inc\nKenya,82,8,20\n";
    std::fs::write(folder.path().join("made.csv"), made).expect("figures");
    let recipe = "findex/indicator-table-2017";
    let rows = estimates(folder.path(), &study("made.csv", recipe, "FX-ACCOUNT", ""));
    assert_eq!(of(&rows, "KEN", "2017", "_T", "LEVEL")["OBS_VALUE"], "0.82");
    let other = "indicators = { account = \"FX-ACCOUNT-FIN\" }\n";
    let rows = estimates(folder.path(), &study("made.csv", recipe, "FX-ACCOUNT-FIN", other));
    assert_eq!(of(&rows, "KEN", "2017", "_T", "LEVEL")["OBS_VALUE"], "0.82");
    let text = study("made.csv", recipe, "FX-ACCOUNT", other);
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let output = inclusion(folder.path(), &["aggregate", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    // What the message asks for is the source's own name.
    assert!(
        stderr(&output).contains("`indicators = { \"account\" = \"FX-ACCOUNT\" }`"),
        "{}",
        stderr(&output)
    );
}

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

/// Women and men of Kenya, ten points apart.
fn kenya(years: &[(i32, i32, &str)]) -> String {
    let mut text = HEAD.to_string();
    for (year, women, status) in years {
        for (sex, value) in [("F", *women), ("M", women + 10)] {
            text += &format!("KEN,HH7,{sex},_X,{year},{value},PT,C,{status},ITU,made,\n");
        }
    }
    text
}

#[test]
fn statuses_of_the_source_stand_in_the_data_files() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("made.csv"), kenya(&[(2018, 40, "A"), (2019, 50, "B")]))
        .expect("figures");
    let rows = estimates(folder.path(), &study("made.csv", "world/figures", "HH7", ""));
    for (year, status) in [("2018", "A"), ("2019", "B")] {
        for (sex, measure) in [("F", "LEVEL"), ("_T", "GAP")] {
            assert_eq!(of(&rows, "KEN", year, sex, measure)["OBS_STATUS"], status, "{year}");
        }
    }
    let output = inclusion(
        folder.path(),
        &["estimate", "study.toml", "--output", "rows.parquet", "--quiet"],
    );
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn projections_stand_in_a_data_file_with_their_status() {
    let folder = tempfile::tempdir().expect("a folder");
    // Women gain four points a year on men, who stay: the gap of ten closes in the middle of 2022.
    let mut text = HEAD.to_string();
    for (year, women) in (0..6).map(|n| (2015 + n, 30 + 4 * n)) {
        for (sex, value) in [("F", women), ("M", 60)] {
            text += &format!("KEN,HH7,{sex},_X,{year},{value},PT,C,A,ITU,made,\n");
        }
    }
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    std::fs::write(folder.path().join("study.toml"), study("made.csv", "world/figures", "HH7", ""))
        .expect("a study");
    let output =
        inclusion(folder.path(), &["progress", "study.toml", "--output", "p.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("Kenya, women"));
    let said = rows(&folder.path().join("p.csv"));
    let projected: Vec<_> = said.iter().filter(|row| row["OBS_STATUS"] == "F").collect();
    assert!(projected.iter().any(|row| row["RULE"] == "logit trend" && row["SEX"] == "F"));
    for row in &projected {
        let value = row["OBS_VALUE"].parse::<f64>().unwrap();
        let year = match row["FIGURE"].as_str() {
            "year of closing" => value as i32,
            _ => row["TIME_PERIOD"].parse().unwrap_or_else(|_| panic!("a whole year: {row:?}")),
        };
        assert!(year > 2020 && value.is_finite(), "{row:?}");
        let of = |name: &str| row[name].parse::<i32>().unwrap_or_else(|_| panic!("{row:?}"));
        assert!(of("FIRST_YEAR") >= 2015 && of("FIRST_YEAR") < of("LAST_YEAR"), "{row:?}");
        assert!((2..=6).contains(&of("POINTS")) && of("LAST_YEAR") <= 2020, "{row:?}");
    }
    let closing = projected.iter().find(|row| row["FIGURE"] == "year of closing").expect("a year");
    assert_eq!((&*closing["OBS_VALUE"], &*closing["TIME_PERIOD"]), ("2022.5", ""));
    let keys: std::collections::BTreeSet<Vec<&str>> = said
        .iter()
        .map(|row| {
            let key = ["REF_AREA", "INDICATOR", "SEX", "RULE", "FIGURE", "TIME_PERIOD"];
            key.map(|name| row[name].as_str()).to_vec()
        })
        .collect();
    assert_eq!(keys.len(), said.len(), "a key stands twice");
    // What a rule does not say has its reason, and no value.
    for row in said.iter().filter(|row| !row["REASON"].is_empty()) {
        assert_eq!(row["OBS_VALUE"], "", "{row:?}");
    }
    let markdown = super::markdown(folder.path());
    assert!(markdown.contains("Kenya"));
    assert_eq!(rows(&folder.path().join("out/progress.csv")), said);
    let output =
        inclusion(folder.path(), &["progress", "study.toml", "--output", "p.txt", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: progress is written as `.csv`, and `p.txt` does not end so\n"
    );
    let output =
        inclusion(folder.path(), &["progress", "study.toml", "--output", "made.csv", "--quiet"]);
    assert_eq!(output.status.code(), Some(2), "the figures are kept: {}", stderr(&output));
}

#[test]
fn populations_of_another_year_are_told_for_countries_and_groups_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("made.csv"), kenya(&[(2023, 50, "A")])).expect("figures");
    let more = "";
    let text = study("made.csv", "world/figures", "HH7", more)
        + "\n[aggregate]\ngroupings = [\"special-situations\"]\ncoverage = \"none\"\n";
    let rows = estimates(folder.path(), &text);
    let said = "Populations of 2020 stand for those of 2023.";
    for (area, sex, measure) in
        [("KEN", "_T", "WOMEN_TO_PARITY"), ("001", "_T", "WOMEN_TO_PARITY"), ("001", "F", "LEVEL")]
    {
        let own = of(&rows, area, "2023", sex, measure);
        assert!(!own["OBS_VALUE"].is_empty(), "{area} {measure}");
        assert!(own["COMMENT_OBS"].contains(said), "{area} {measure}: {own:?}");
    }
    assert_eq!(of(&rows, "KEN", "2023", "F", "LEVEL")["COMMENT_OBS"], "");
    // The same persons on both sides: women of Kenya alone are those of the world's figure.
    let count = |area: &str| of(&rows, area, "2023", "_T", "WOMEN_TO_PARITY")["OBS_VALUE"].clone();
    assert_eq!(count("KEN"), count("001"));
    // After the last year that the rule allows there is no population for either.
    std::fs::write(folder.path().join("made.csv"), kenya(&[(2031, 50, "A")])).expect("figures");
    let rows = estimates(folder.path(), &text);
    for area in ["KEN", "001"] {
        let own = of(&rows, area, "2031", "_T", "WOMEN_TO_PARITY");
        assert_eq!((own["OBS_VALUE"].as_str(), own["REASON"].as_str()), ("", "population_unknown"));
    }
}

#[test]
fn groups_tell_their_lists_their_countries_and_what_is_unknown() {
    let folder = tempfile::tempdir().expect("a folder");
    let total = "KEN,HH7,_T,_X,2015,45,PT,C,A,ITU,made,\nUGA,HH7,_T,_X,2015,30,PT,C,A,ITU,made,\n";
    std::fs::write(folder.path().join("made.csv"), kenya(&[(2015, 40, "A")]) + total)
        .expect("figures");
    let text = study("made.csv", "world/figures", "HH7", "")
        + "\n[aggregate]\ngroupings = [\"special-situations\", \"sdg-regions\"]\ncoverage = \"none\"\n";
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let markdown = super::markdown(folder.path());
    let groups =
        table(&markdown, "Individuals using the Internet, the world and groups of countries");
    let africa = row(&groups, "Sub-Saharan Africa");
    assert!(africa[7].starts_with("1 of "), "{africa:?}");
    assert!(africa[9].starts_with("1, "), "countries of the rate of all: {africa:?}");
    assert!(markdown.contains("the list of 2019 is carried back"), "no note of the list");
    let world = row(&groups, "World");
    assert!(world[7].starts_with("1 of 242, population of "), "{world:?}");
    let members = rows(&folder.path().join("out/group_countries.csv"));
    let of_world = |figure: &str| -> Vec<String> {
        let own = members.iter().filter(|row| row["REF_AREA"] == "001" && row["FIGURE"] == figure);
        own.map(|row| format!("{} {}", row["COUNTRY"], row["COUNTRY_YEAR"])).collect()
    };
    assert_eq!(of_world("women_and_men"), ["KEN 2015"]);
    assert_eq!(of_world("all"), ["KEN 2015"]);
}

#[test]
fn charts_of_published_figures_can_be_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let years: Vec<(i32, i32, &str)> = (0..4).map(|n| (2015 + n, 30 + 4 * n, "A")).collect();
    std::fs::write(folder.path().join("made.csv"), kenya(&years)).expect("figures");
    let charts = |kinds: &[&str]| -> String {
        let chart = |kind: &&str| format!("\n[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n");
        study("made.csv", "world/figures", "HH7", "")
            + "\n[aggregate]\ncoverage = \"none\"\n"
            + &kinds.iter().map(chart).collect::<String>()
    };
    let kinds = ["slope", "tiles", "choropleth", "heat_map", "years"];
    std::fs::write(folder.path().join("study.toml"), charts(&kinds)).expect("a study");
    let markdown = super::markdown(folder.path());
    let drawn = |name: &str| {
        let mut files = std::fs::read_dir(folder.path().join("out")).expect("a folder");
        let ending = format!("-{name}-hh7.svg");
        let file = files.find_map(|file| {
            let path = file.expect("a file").path();
            path.to_string_lossy().ends_with(&ending).then_some(path)
        });
        let path = file.unwrap_or_else(|| panic!("no {name}"));
        let own = path.file_name().expect("a name").to_string_lossy().into_owned();
        assert_eq!(markdown.matches(&format!("({own})")).count(), 1, "{own}");
        std::fs::read_to_string(path).expect("a chart")
    };
    for name in ["slope", "tiles", "map", "years"] {
        assert!(drawn(name).contains("Individuals using the Internet"), "{name}");
    }
    // Of one region alone none is the lowest.
    assert!(drawn("groups").contains("of men use the Internet ("), "{}", drawn("groups"));
    // The first of them stands on the first page.
    let first = markdown.find("-slope-hh7.svg)").expect("a chart");
    assert!(first < markdown.find("Worldwide: ").expect("a section"));
    let slope = drawn("slope");
    assert!(slope.contains("2015") && slope.contains("2018") && slope.contains("Kenya"));
    // The target of 2030 stands in the panels.
    let panels = drawn("years");
    assert!(panels.contains("2030") && panels.contains("Target: 100% by 2030."), "no target");
    let wrong = |text: String| {
        std::fs::write(folder.path().join("study.toml"), text).expect("a study");
        let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        stderr(&output)
    };
    let unknown = wrong(charts(&["pie"]));
    assert!(unknown.starts_with("error: study.toml:17:8: "), "{unknown}");
    assert!(unknown.contains("`pie`") && unknown.contains("heat_map"), "{unknown}");
    let of_surveys = wrong(charts(&["dumbbell"]));
    assert!(
        of_surveys.starts_with("error: study.toml:18:13: this kind of chart is of surveys"),
        "{of_surveys}"
    );
}

#[test]
fn data_gaps_tell_the_smallest_gap_that_a_survey_beside_could_find() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("made.csv"), kenya(&[(2019, 50, "A")])).expect("figures");
    let data = super::project().join("datasets/demo/ict_survey.parquet");
    std::fs::copy(data, folder.path().join("ict_survey.parquet")).expect("the survey");
    let survey = "\n[[survey]]\nid = \"demo\"\nrecipe = \"synthetic/ict\"\n\
                  files = { persons = \"ict_survey.parquet\" }\n";
    let text = study("made.csv", "world/figures", "HH7", "") + survey;
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let output = inclusion(folder.path(), &["data-gaps", "study.toml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("Smallest gap that each survey could find"), "{said}");
    assert!(said.contains("Figures by sex: shares of countries and of the population"), "{said}");
}

#[test]
fn a_series_of_several_skills_is_an_indicator_for_each() {
    // Women and men who copy and paste, and who send e-mails, in Algeria; the release of the first file.
    let cases = [
        ("equals-ict-africa-2020/sdg_database_ict_literacy.csv.gz", "un-sdg/bulk-csv"),
        ("un-sdg-ddf-2020/se_adt_acts.csv", "un-sdg/ddf"),
    ];
    for (file, recipe) in cases {
        let Some(path) = shared(file) else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        std::fs::copy(&path, folder.path().join(&name)).expect("a copy");
        let text = study(&name, recipe, "HH15-COPA\", \"HH15-EMAIL", "");
        let rows = estimates(folder.path(), &text);
        let value = |indicator: &str, sex: &str| -> f64 {
            let own = rows.iter().find(|row| {
                row["REF_AREA"] == "DZA"
                    && row["TIME_PERIOD"] == "2018"
                    && row["INDICATOR"] == indicator
                    && row["SEX"] == sex
                    && row["MEASURE"] == "LEVEL"
            });
            let own = own.unwrap_or_else(|| panic!("{file}: no {indicator}, {sex}"));
            own["OBS_VALUE"].parse().expect("a value")
        };
        assert!((value("HH15-COPA", "M") - 0.22846).abs() < 1e-6, "{file}");
        assert!((value("HH15-EMAIL", "_T") - 0.1614774).abs() < 1e-6, "{file}");
    }
}

#[test]
fn a_code_of_a_dimension_that_is_not_there_is_told_with_the_nearest() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("made.csv"), "geo_area,year\n").expect("figures");
    let named = "indicators = { \"se_adt_acts skil=copa\" = \"HH15-COPA\" }\n";
    let text = study("made.csv", "un-sdg/ddf", "HH15-COPA", named);
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let output = inclusion(folder.path(), &["aggregate", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    let wanted = "recipe `un-sdg/ddf` has no dimension `skil`; did you mean `skill`?";
    assert!(stderr(&output).contains(wanted), "{}", stderr(&output));
}

#[test]
fn the_chart_breaks_where_the_rules_of_progress_do() {
    let drawn = |sources: [&str; 3]| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut text = HEAD.to_string();
        for (at, source) in sources.iter().enumerate() {
            for (sex, value) in [("F", 40 + at), ("M", 50 + at)] {
                let year = 2015 + at;
                text += &format!("KEN,HH7,{sex},Y_GE15,{year},{value},PT,C,A,\"{source}\",made,\n");
            }
        }
        std::fs::write(folder.path().join("made.csv"), text).expect("figures");
        let chart = "[[chart]]\nkind = \"years\"\nindicator = \"HH7\"\n";
        let text = study("made.csv", "world/figures", "HH7", "") + chart;
        std::fs::write(folder.path().join("study.toml"), text).expect("a study");
        let markdown = super::markdown(folder.path());
        let svg = std::fs::read_to_string(folder.path().join("out/figure-1-years-hh7.svg"));
        let chart = svg.expect("a chart").contains("a break in the series");
        (chart, markdown.contains("are not comparable"))
    };
    let spellings =
        ["Instituto Nacional de Estatística", "INSTITUTO NACIONAL DE ESTATISTICA", "I.N.E."];
    assert_eq!(drawn(spellings), (false, false));
    let others = ["Statistics Office", "Regulatory Authority", "Regulatory Authority"];
    assert_eq!(drawn(others), (true, true));
}

#[test]
fn a_map_has_lines_round_the_groups_and_a_word_on_its_boundaries() {
    for (kind, file) in [("choropleth", "map"), ("tiles", "tiles")] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("made.csv"), kenya(&[(2019, 50, "A")])).expect("figures");
        let text = study("made.csv", "world/figures", "HH7", "");
        let chart = format!(
            "[aggregate]\ngroupings = [\"sdg-regions\"]\n[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n"
        );
        std::fs::write(folder.path().join("study.toml"), text + &chart).expect("a study");
        super::markdown(folder.path());
        let svg =
            std::fs::read_to_string(folder.path().join(format!("out/figure-1-{file}-hh7.svg")));
        let svg = svg.expect("a chart");
        assert!(svg.contains("A line is drawn round Sub-Saharan Africa"), "{kind}");
        assert_eq!(svg.contains("Boundaries are those of the map"), kind == "choropleth", "{kind}");
    }
}
