//! A survey and published figures in one study: each is what it is without the other.

use super::{folder, inclusion, project, stderr};
use std::collections::BTreeMap;

const HEAD: &str = "[study]\ntitle = \"Both\"\n\n";

const SURVEY: &str = r#"[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "ict_survey.parquet" }

"#;

const SERIES: &str = r#"[[series]]
id = "published"
file = "figures.csv"
recipe = "world/figures"

"#;

const ESTIMATE: &str = r#"[estimate]
indicators = ["HH7", "HH18"]
by = ["sex", "sex * urbanisation"]
"#;

/// Lines of the estimates by key without regard to columns, and the annex.
fn run(parts: &[&str]) -> (BTreeMap<String, BTreeMap<String, String>>, String) {
    let folder = folder(&format!("{HEAD}{}", parts.concat()));
    let data = project().join("datasets/demo/ict_survey.parquet");
    std::fs::copy(data, folder.path().join("ict_survey.parquet")).expect("the survey");
    let markdown = super::markdown(folder.path());
    let text = std::fs::read_to_string(folder.path().join("out/estimates.csv")).expect("estimates");
    let mut lines = text.lines().map(super::data::fields);
    let header = lines.next().expect("a header");
    let mut rows = BTreeMap::new();
    for line in lines {
        let row: BTreeMap<String, String> = header.iter().cloned().zip(line).collect();
        let place = |name: &str| row.get(name).map_or("_T", String::as_str);
        let names =
            ["SOURCE", "REF_AREA", "TIME_PERIOD", "INDICATOR", "SEX", "URBANISATION", "MEASURE"];
        let key = names.map(place).join(" ");
        assert!(rows.insert(key.clone(), row).is_none(), "two rows {key}");
    }
    (rows, markdown)
}

#[test]
fn nothing_of_either_is_lost_or_changed() {
    let (both, markdown) = run(&[SURVEY, SERIES, ESTIMATE]);
    let (survey, of_survey) = run(&[SURVEY, ESTIMATE]);
    let series_only = "[estimate]\nindicators = [\"HH7\", \"HH18\"]\n";
    let (series, of_series) = run(&[SERIES, series_only]);
    assert!(survey.len() > 50 && series.len() > 1000, "{}, {}", survey.len(), series.len());
    assert_eq!(both.len(), survey.len() + series.len());
    for (key, row) in survey.iter().chain(&series) {
        let own = both.get(key).unwrap_or_else(|| panic!("no row {key}"));
        for (column, value) in row {
            assert_eq!(own[column], *value, "{column} of {key}");
        }
    }
    // Every table of either is there, and nothing but its number and its letters of notes differs.
    let titles = |markdown: &str| -> Vec<String> {
        let titles = markdown.lines().filter(|line| line.starts_with("**Table "));
        titles.map(|line| line.split_once(". ").expect("a title").1.to_string()).collect()
    };
    let all = titles(&markdown);
    for title in titles(&of_survey).iter().chain(&titles(&of_series)) {
        assert!(all.contains(title), "no table {title} among {all:?}");
    }
    for title in titles(&of_series).iter().filter(|title| title.contains("countr")) {
        let title = title.trim_end_matches(['*', ' ']);
        assert_eq!(super::table(&markdown, title), super::table(&of_series, title), "{title}");
    }
    for words in
        ["**Estimator.**", "**Uncertainty.**", "**Published figures.**", "Disclosure profile"]
    {
        assert!(markdown.contains(words), "no `{words}`");
    }
}

#[test]
fn published_figures_alone_are_not_told_as_a_survey() {
    let (_, markdown) = run(&[SERIES, "[estimate]\nindicators = [\"HH7\"]\n"]);
    for words in [
        "primary sampling unit",
        "confidence interval",
        "Missing answers",
        "Weighted share",
        "unweighted cases",
        "Surveys",
        "can be had",
        "Sampling errors",
    ] {
        assert!(!markdown.contains(words), "`{words}` in an annex without a survey");
    }
    assert!(markdown.contains("**Published figures.**"));
}

#[test]
fn a_survey_needs_a_name_of_its_own() {
    let series = SERIES.replace("\"published\"", "\"demo\"");
    let folder = folder(&format!("{HEAD}{SURVEY}{series}{ESTIMATE}"));
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("id `demo` is used twice; give the series another"),
        "{}",
        stderr(&output)
    );
}
