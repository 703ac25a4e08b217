//! Analyses, comparisons across surveys and every kind of chart, in other languages.

use super::{TITLE, english, folder, inclusion, languages, out, stderr};
use std::path::Path;

/// Every analysis that the demonstration can give, and some that have no result.
const ANALYSES: &str = r#"
[[analysis]]
id = "use-by-sex"
kind = "test"
indicator = "HH7"
by = "sex"

[[analysis]]
id = "wald"
kind = "test"
indicator = "HH7"
by = "urbanisation"
method = "adjusted_wald"

[[analysis]]
id = "apart"
kind = "t_test"
indicator = "HH18"
by = "sex"

[[analysis]]
id = "half"
kind = "t_test"
indicator = "HH7"
against = 0.5

[[analysis]]
id = "model"
kind = "regression"
indicator = "HH7"
terms = ["sex * urbanisation", "age_group"]
reference = { urbanisation = "R" }

[[analysis]]
id = "as-r"
kind = "regression"
indicator = "HH7"
terms = ["sex"]
epsilon = 1e-8
among = { urbanisation = "U" }

[[analysis]]
id = "line"
kind = "regression"
concept = "hours_online"
terms = ["sex", "age_group"]

[[analysis]]
id = "parts"
kind = "decomposition"
indicator = "HH7"
by = "wealth_quintile"

[[analysis]]
id = "standard"
kind = "standardise"
indicator = "HH7"
by = "sex"
over = "age_group"

[[analysis]]
id = "joint"
kind = "covariance"
indicator = "HH7"
also = ["HH18"]
by = "sex"

[[analysis]]
id = "spread"
kind = "variance"
concept = "hours_online"
by = "sex"

[[analysis]]
id = "constant"
kind = "t_test"
concept = "internet_use"
codes = ["3m", "12m"]
by = "sex"
among = { urbanisation = "R" }

[[analysis]]
id = "too-many"
kind = "regression"
indicator = "HH7"
terms = ["age_group * wealth_quintile * region * urbanisation"]
"#;

fn chart(kind: &str, rows: &str) -> String {
    let rows = if rows.is_empty() { String::new() } else { format!("rows = \"{rows}\"\n") };
    format!("[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n{rows}\n")
}

/// The annex and its charts have no English in any of these languages.
fn assert_translated(folder: &Path, codes: &[&str], figures: &[&str]) {
    let output = inclusion(folder, &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for (place, code) in codes.iter().enumerate() {
        let ending = if place == 0 { String::new() } else { format!(".{code}") };
        let page = out(folder, &format!("annex{ending}.md"));
        assert_eq!(english(&page), None, "{code}");
        for figure in figures {
            let name = page
                .split(['(', ')'])
                .find(|name| name.ends_with(".svg") && name.contains(&format!("-{figure}")));
            let name = name.unwrap_or_else(|| panic!("{code}: no figure {figure}"));
            assert_eq!(english(&super::plain(&out(folder, name))), None, "{code} {name}");
        }
    }
}

#[test]
fn analyses_and_charts_of_surveys_have_no_english() {
    let charts = [
        ("lollipop", "age_group"),
        ("ranking", "region * indigenous"),
        ("ridgeline", "urbanisation * wealth_quintile"),
    ];
    let charts = charts.map(|(kind, rows)| chart(kind, rows)).concat();
    let codes = ["fr", "es", "ru", "ar", "zh"];
    let list = codes.map(|code| format!("\"{code}\"")).join(", ");
    let folder = folder(&[(TITLE, &languages(&list))]);
    let path = folder.path().join("study.toml");
    let study = std::fs::read_to_string(&path).expect("the study");
    std::fs::write(&path, format!("{study}\n{charts}{ANALYSES}")).expect("the study");
    assert_translated(folder.path(), &codes, &["4-", "5-", "6-"]);
}

const ACROSS: &str = r#"[study]
title = "Digital inclusion of women and men in Tamoria"
languages = ["fr", "ar", "zh"]

[[survey]]
id = "b-2"
area_name = "Tamoria"
time_period = "2026"
recipe = "synthetic/ict"
files = { persons = "b/ict_survey.csv" }
population = { F = 2100000, M = 1900000, source = "INE" }

[[survey]]
id = "a-1"
area_name = "Tamoria"
time_period = "2024"
recipe = "synthetic/ict"
files = { persons = "a/ict_survey.csv" }
population = { F = 1000000, M = 1100000, source = "INE" }

[estimate]
indicators = ["HH7", "HH18", "HOURS-ONLINE"]
by = ["sex", "sex * urbanisation", "sex * age_group"]
measures = ["gap", "parity", "women_to_parity"]

[[estimate.change]]
consecutive = true

[[estimate.pool]]
id = "s"
surveys = ["a-1", "b-2"]
weights = "survey"

[[estimate.pool]]
id = "e"
surveys = ["a-1", "b-2"]
weights = "equal"

[[estimate.pool]]
id = "p"
surveys = ["a-1", "b-2"]
weights = "population"

[[estimate.contrast]]
id = "c"
surveys = ["a-1"]
between = { urbanisation = ["R", "U"] }

[[estimate.contrast]]
id = "d"
kind = "ratio"
between = { urbanisation = ["R", "U"] }

[[estimate.contrast]]
id = "one"
kind = "log_ratio"
first = { survey = "b-2", indicator = "HH7", group = { sex = "F", urbanisation = "R" } }
second = { survey = "a-1", indicator = "HH7", group = { sex = "F", urbanisation = "R" } }

[translations.fr]
one = "un contraste"

[translations.ar]
one = "مقارنة واحدة"

[translations.zh]
one = "一项对比"
"#;

#[test]
fn pools_changes_and_contrasts_have_no_english() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, draw) in [("a", "1"), ("b", "2")] {
        let args = ["synth", name, "--rows", "3000", "--draw", draw, "--format", "csv"];
        let output = inclusion(folder.path(), &args);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    std::fs::write(folder.path().join("study.toml"), ACROSS).expect("the study");
    assert_translated(folder.path(), &["fr", "ar", "zh"], &[]);
}

/// Charts of published figures with the word in the names of their files.
const OF_COUNTRIES: [(&str, &str); 8] = [
    ("choropleth", "map"),
    ("years", "years"),
    ("fan", "fan"),
    ("lollipop", "gaps"),
    ("ranking", "ranks"),
    ("tiles", "tiles"),
    ("slope", "slope"),
    ("heat_map", "groups"),
];

#[test]
fn every_chart_of_countries_has_no_english() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut text = String::from(
        "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n",
    );
    for (area, ahead) in [("KEN", 10.0), ("UGA", 14.0), ("TZA", 6.0), ("RWA", -4.0)] {
        for (year, women) in
            [(2015, 22.0), (2016, 25.5), (2017, 27.0), (2018, 33.0), (2019, 35.0), (2020, 41.0)]
        {
            text += &format!("{area},HH7,F,Y_GE15,{year},{women},PT,C,A,ITU,made,\n");
            text += &format!("{area},HH7,M,Y_GE15,{year},{},PT,C,A,ITU,made,\n", women + ahead);
        }
    }
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    let charts: String = OF_COUNTRIES.iter().map(|(kind, _)| chart(kind, "")).collect();
    let study = |title: &str, coverage: &str| {
        format!(
            "[study]\ntitle = \"{title}\"\nlanguages = [\"fr\", \"ru\", \"ar\", \"zh\"]\n\n[[series]]\nid = \"made\"\n\
             file = \"made.csv\"\nrecipe = \"world/figures\"\n\n[estimate]\nindicators = [\"HH7\"]\n\
             measures = [\"gap\", \"parity\", \"women_to_parity\", \"headcount\"]\n\n[aggregate]\n\
             groupings = [\"sdg-regions\"]\ncoverage = \"{coverage}\"\n\n{charts}"
        )
    };
    let title = "Digital inclusion of women and men worldwide";
    std::fs::write(folder.path().join("study.toml"), study(title, "none")).expect("the study");
    let names = OF_COUNTRIES.map(|(_, name)| name);
    assert_translated(folder.path(), &["fr", "ru", "ar", "zh"], &names);
    // The rule of thirds leaves no group a figure, and its words are long.
    let strict = study(title, "one_third").replace(&charts, "");
    std::fs::write(folder.path().join("study.toml"), strict).expect("the study");
    assert_translated(folder.path(), &["fr", "ru", "ar", "zh"], &[]);
}
