//! Charts that a study may ask for: projections to the target, gaps and ranks by country; and the action page.

use super::{inclusion, stderr, table};
use std::path::Path;

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

/// Shares of women in per cent by year; men are ten points ahead.
const KENYA: [(i32, f64); 6] =
    [(2015, 22.0), (2016, 25.5), (2017, 27.0), (2018, 33.0), (2019, 35.0), (2020, 41.0)];

/// Kenya over the years, and a country where women are ahead.
fn figures() -> String {
    let mut text = HEAD.to_string();
    let mut add = |area: &str, sex: &str, year: i32, value: f64| {
        text += &format!("{area},HH7,{sex},Y_GE15,{year},{value},PT,C,A,ITU,made,\n");
    };
    for (year, women) in KENYA {
        add("KEN", "F", year, women);
        add("KEN", "M", year, women + 10.0);
    }
    add("JAM", "F", 2020, 60.0);
    add("JAM", "M", 2020, 55.0);
    text
}

fn study(more: &str) -> String {
    format!(
        "[study]\ntitle = \"Charts\"\n\n[[series]]\nid = \"made\"\nfile = \"made.csv\"\n\
         recipe = \"world/figures\"\n\n[estimate]\nindicators = [\"HH7\"]\n\
         measures = [\"gap\", \"women_to_parity\"]\n\n[aggregate]\ncoverage = \"none\"\n{more}"
    )
}

fn chart(kind: &str, more: &str) -> String {
    format!("\n[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n{more}")
}

fn folder(more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("made.csv"), figures()).expect("figures");
    std::fs::write(folder.path().join("study.toml"), study(more)).expect("a study");
    folder
}

/// The SVG of a chart by the end of its name.
fn drawn(folder: &Path, name: &str) -> String {
    let files = std::fs::read_dir(folder.join("out")).expect("the annex");
    let ending = format!("-{name}-hh7.svg");
    let mut paths = files.map(|file| file.expect("a file").path());
    let path = paths.find(|path| path.to_string_lossy().ends_with(&ending));
    std::fs::read_to_string(path.unwrap_or_else(|| panic!("no {name}"))).expect("a chart")
}

/// The trend of the logit in a year with its interval, from the normal equations.
fn projected(points: &[(i32, f64)], year: i32, level: f64) -> (f64, f64, f64) {
    let n = points.len() as f64;
    let z: Vec<(f64, f64)> =
        points.iter().map(|(x, y)| (f64::from(*x) - 2000.0, (y / (100.0 - y)).ln())).collect();
    let (mx, mz) = (z.iter().map(|p| p.0).sum::<f64>() / n, z.iter().map(|p| p.1).sum::<f64>() / n);
    let sxx: f64 = z.iter().map(|p| (p.0 - mx).powi(2)).sum();
    let slope = z.iter().map(|p| (p.0 - mx) * (p.1 - mz)).sum::<f64>() / sxx;
    let rest: f64 = z.iter().map(|p| (p.1 - mz - slope * (p.0 - mx)).powi(2)).sum();
    let x = f64::from(year) - 2000.0 - mx;
    let half = inclusion_estimate::t_quantile(0.5 + level / 2.0, n - 2.0)
        * (rest / (n - 2.0) * (1.0 + 1.0 / n + x * x / sxx)).sqrt();
    let back = |z: f64| 100.0 / (1.0 + (-z).exp());
    let at = mz + slope * x;
    (back(at), back(at - half), back(at + half))
}

#[test]
fn a_fan_has_the_trend_and_its_prediction_interval() {
    let folder = folder(&chart("fan", ""));
    super::markdown(folder.path());
    let fan = drawn(folder.path(), "fan");
    let women = projected(&KENYA, 2030, 0.95);
    let men = projected(&KENYA.map(|(year, women)| (year, women + 10.0)), 2030, 0.95);
    for (who, (value, lower, upper)) in [("women", women), ("men", men)] {
        let said = format!("{who} {value:.1}% in 2030 (95% interval {lower:.1} to {upper:.1})");
        assert!(fan.contains(&said), "no `{said}`: {fan}");
    }
    assert!(fan.contains("prediction intervals of 50, 80 and 95%"));
    assert!(fan.contains("F: projection") && fan.contains("target 100% by 2030"));
    // A band is a filled area for each level and sex.
    assert_eq!(fan.matches("opacity=\"0.13\"").count(), 6, "{fan}");
}

#[test]
fn gaps_and_ranks_of_countries_are_told_as_reported() {
    let kinds = ["lollipop", "ranking"].map(|kind| chart(kind, "")).concat();
    let folder = folder(&kinds);
    let markdown = super::markdown(folder.path());
    let stems = drawn(folder.path(), "gaps");
    assert!(stems.contains("is below that of men in 1 of 2 countries"), "{stems}");
    let (kenya, jamaica) = (stems.rfind("Kenya").expect("Kenya"), stems.rfind("Jamaica"));
    assert!(kenya < jamaica.expect("Jamaica"), "the largest gap is on top");
    let ranks = drawn(folder.path(), "ranks");
    assert!(ranks.contains("without standard errors no rank is certain"), "{ranks}");
    assert!(ranks.contains("Kenya rank 1; Jamaica rank 2"), "{ranks}");
    assert!(!ranks.contains("Whiskers"), "no interval is drawn that is not known");
    assert!(markdown.contains("small ones may be chance"), "{markdown}");
}

#[test]
fn the_action_page_has_women_to_connect_and_verdicts_in_counts() {
    let folder = folder("");
    let markdown = super::markdown(folder.path());
    let women = table(&markdown, "Women to connect");
    let labels: Vec<&str> = women.iter().map(|row| row[0].as_str()).collect();
    assert!(labels.iter().any(|label| label.contains("Kenya, 2020")), "{labels:?}");
    assert!(labels.iter().all(|label| !label.contains("Jamaica")), "women are ahead there");
    let verdicts = table(&markdown, "Progress: how many series have which verdict");
    // Kenya's women and men are the two series that have two figures.
    let ratio = verdicts.iter().find(|row| row[1] == "2 of 2").expect("a rule judges both");
    assert!(ratio[2].ends_with(" 2"), "{ratio:?}");
}

#[test]
fn kinds_of_surveys_alone_are_refused_with_those_that_may_be_asked_for() {
    let folder = folder(&chart("ridgeline", "rows = \"wealth_quintile\"\n"));
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("this kind of chart is of surveys") && said.contains("ranking and fan"),
        "{said}"
    );
    std::fs::write(
        folder.path().join("study.toml"),
        study(&chart("lollipop", "rows = \"age_group\"\n")),
    )
    .expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}
