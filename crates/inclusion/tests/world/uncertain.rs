//! Figures with standard errors: groups carry them, and progress is told from chance.

use super::data::{fields, persons};
use super::{close, inclusion, markdown, stderr};
use std::collections::BTreeMap;
use std::path::Path;

const STUDY: &str = r#"[study]
title = "Made"
registry = "own"

[[series]]
id = "made"
file = "made.csv"
recipe = "own/errors"

[estimate]
indicators = ["HH7"]
measures = ["gap", "parity", "headcount"]

[aggregate]
groupings = ["sdg-regions"]

[progress]
base_year = 2015
horizon = 15
"#;

const RECIPE: &str = r#"id = "own/errors"
version = "1.0.0"
name = "Made figures"
producer = "nobody"
source = "made"

[area]
column = "area"

[time]
column = "year"

[indicator]
column = "indicator"

[unit]
column = "unit"
map = { PT = "percent" }

[[value]]
column = "value"

[attribute]
se = { column = "se" }

[dimension]
sex = { column = "sex" }
age = { column = "age" }
"#;

/// Women and men of two countries in four years, with these standard errors of Australia.
fn folder(se: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("own/series")).expect("a folder");
    std::fs::write(folder.path().join("own/series/errors.toml"), RECIPE).expect("a recipe");
    let mut text = "area,indicator,sex,age,year,value,unit,se\n".to_string();
    for (at, year) in [2015, 2016, 2017, 2018].into_iter().enumerate() {
        for (sex, australia, new_zealand) in
            [("F", [80.0, 80.5, 80.2, 81.0][at], 60.0), ("M", [84.0, 84.5, 85.0, 86.0][at], 70.0)]
        {
            text += &format!("AUS,HH7,{sex},Y_GE15,{year},{australia},PT,{se}\n");
            text += &format!("NZL,HH7,{sex},Y_GE15,{year},{new_zealand},PT,2\n");
        }
    }
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    std::fs::write(folder.path().join("study.toml"), STUDY).expect("a study");
    folder
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).expect("a file");
    let mut lines = text.lines().map(fields);
    let header = lines.next().expect("a header");
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

#[test]
fn a_group_has_the_standard_error_that_follows_from_its_countries() {
    let folder = folder("1.5");
    let markdown = markdown(folder.path());
    let rows = rows(&folder.path().join("out/estimates.csv"));
    let number = |sex: &str, measure: &str, column: &str| -> f64 {
        let own = rows.iter().find(|row| {
            [("REF_AREA", "053"), ("SEX", sex), ("MEASURE", measure)]
                .iter()
                .all(|(name, code)| row[*name] == *code)
        });
        let own = own.expect("Australia and New Zealand");
        own[column].parse().unwrap_or_else(|_| panic!("{column} of {own:?}"))
    };
    for (sex, [australia, new_zealand]) in [("F", [0.81, 0.60]), ("M", [0.86, 0.70])] {
        let of = |area| persons(area, 2018, sex, Some((15, None))).expect("persons");
        let [a, n] = [of("AUS"), of("NZL")];
        let rate = (a * australia + n * new_zealand) / (a + n);
        let se = (a * 0.015).hypot(n * 0.02) / (a + n);
        close(number(sex, "LEVEL", "OBS_VALUE"), rate, "rate");
        close(number(sex, "LEVEL", "STD_ERROR"), se, "standard error");
        let half = 1.959_963_984_540_054 * se / (rate * (1.0 - rate));
        let end = |z: f64| 1.0 / (1.0 + (-z).exp());
        let logit = (rate / (1.0 - rate)).ln();
        let bounds = [end(logit - half), end(logit + half)];
        close(number(sex, "LEVEL", "LOWER_BOUND"), bounds[0], "lower");
        close(number(sex, "LEVEL", "UPPER_BOUND"), bounds[1], "upper");
        close(number(sex, "HEADCOUNT", "OBS_VALUE"), rate * (a + n), "persons");
        close(number(sex, "HEADCOUNT", "STD_ERROR"), se * (a + n), "persons");
        let printed = format!("{:.1}–{:.1}", 100.0 * bounds[0], 100.0 * bounds[1]);
        assert!(markdown.contains(&printed), "no `{printed}` in the tables");
    }
    assert!(!markdown.contains("Published figures have no standard errors"), "not true here");
    // How women and men of one survey go together is not published: their gap has no interval.
    assert!(markdown.contains("These gaps come without intervals"));
}

#[test]
fn a_group_with_a_country_of_unknown_error_has_a_rate_and_no_error() {
    let folder = folder("");
    let output =
        inclusion(folder.path(), &["aggregate", "study.toml", "--output", "rows.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = rows(&folder.path().join("rows.csv"));
    let own: Vec<_> =
        rows.iter().filter(|row| row["REF_AREA"] == "053" && row["MEASURE"] == "LEVEL").collect();
    assert_eq!(own.len(), 3);
    for row in own {
        assert!(!row["OBS_VALUE"].is_empty() && row["STD_ERROR"].is_empty(), "{row:?}");
    }
}

#[test]
fn a_movement_that_may_be_chance_is_called_so() {
    let folder = folder("1.5");
    let output =
        inclusion(folder.path(), &["progress", "study.toml", "--output", "p.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = rows(&folder.path().join("p.csv"));
    let find = |rule: &str, figure: &str| {
        let own = said.iter().find(|row| {
            [("REF_AREA", "AUS"), ("SEX", "F"), ("RULE", rule), ("FIGURE", figure)]
                .iter()
                .all(|(name, code)| row[*name] == *code)
        });
        own.unwrap_or_else(|| panic!("no {figure} of {rule}"))
    };
    // One point with a standard error of 1.5 times the root of 2.
    let change = find("change since the base", "change");
    let half = 1.959_963_984_540_054 * 0.015 * 2f64.sqrt();
    assert_eq!(find("change since the base", "verdict")["CHANGE"], "not_distinguishable");
    assert_eq!(change["CHANGE"], "not_distinguishable");
    close(change["OBS_VALUE"].parse().expect("a number"), 0.01, "change");
    close(change["LOWER_BOUND"].parse().expect("a number"), 0.01 - half, "lower");
    close(change["UPPER_BOUND"].parse().expect("a number"), 0.01 + half, "upper");
    // The slope of 80, 80.5, 80.2, 81 by Student's t of 2 degrees of freedom.
    let slope = find("anticipated gap", "slope");
    let values = [0.80, 0.805, 0.802, 0.81];
    let mean = values.iter().sum::<f64>() / 4.0;
    let x = [-1.5, -0.5, 0.5, 1.5];
    let b = x.iter().zip(values).map(|(x, y)| x * (y - mean)).sum::<f64>() / 5.0;
    let left: f64 = x.iter().zip(values).map(|(x, y)| (y - mean - b * x).powi(2)).sum();
    let half = 4.302_652_729_696_142 * (left / 2.0 / 5.0).sqrt();
    close(slope["OBS_VALUE"].parse().expect("a number"), b, "slope");
    let lower: f64 = slope["LOWER_BOUND"].parse().expect("a number");
    assert!((lower - (b - half)).abs() < 1e-9, "{lower}, not {}", b - half);
    assert_eq!(slope["CHANGE"], "not_distinguishable");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("change 1.0 points; lower"), "{printed}");
    let slope = format!(
        "slope {:.2} to {:.2} points a year: not distinguishable from no change",
        100.0 * (b - half),
        100.0 * (b + half)
    );
    let slope = slope.replace('-', "−");
    assert!(printed.contains(&slope), "no `{slope}` in {printed}");
    let words = printed.matches("distinguishable from no change").count();
    assert!(words > 8, "{words}");
}
