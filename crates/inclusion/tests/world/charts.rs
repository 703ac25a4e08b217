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

/// Titles of all charts of an annex, by file.
fn titles(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder.join("out")).expect("the annex");
    let paths = files.map(|file| file.expect("a file").path());
    let svg = paths.filter(|path| path.extension().is_some_and(|own| own == "svg"));
    let title = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a chart");
        let (_, rest) = text.split_once("-title\">").expect("a title");
        rest.split_once("</title>").expect("its end").0.replace("&apos;", "'")
    };
    let mut all: Vec<String> = svg.map(title).collect();
    all.sort();
    all
}

/// A folder with these lines of figures: area, sex, year, value, status.
fn of(lines: &[(&str, &str, i32, f64, &str)], head: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = lines.iter().map(|(area, sex, year, value, status)| {
        format!("{area},HH7,{sex},Y_GE15,{year},{value},PT,C,{status},ITU,made,\n")
    });
    let text = HEAD.to_string() + &lines.collect::<String>();
    std::fs::write(folder.path().join("made.csv"), text).expect("figures");
    let study =
        study(more).replacen("title = \"Charts\"\n", &format!("title = \"Tables\"\n{head}"), 1);
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    folder
}

/// Women and men of a country over the years, with the status of both.
fn years<'a>(
    area: &'a str,
    figures: &[(i32, f64, f64, &'a str)],
) -> Vec<(&'a str, &'a str, i32, f64, &'a str)> {
    let both = figures.iter().flat_map(|(year, women, men, status)| {
        [(area, "F", *year, *women, *status), (area, "M", *year, *men, *status)]
    });
    both.collect()
}

#[test]
fn titles_of_charts_are_findings() {
    // Kenya's gap is always ten points, whatever is left over when shares are subtracted; Uganda's narrows since
    // its break, from 25 to 20 points, and is what it was in the first year of all; Rwanda's widens.
    let mut lines = years("KEN", &KENYA.map(|(year, women)| (year, women, women + 10.0, "A")));
    lines.extend(years(
        "UGA",
        &[
            (2015, 20.0, 40.0, "A"),
            (2016, 30.0, 40.0, "A"),
            (2017, 20.0, 45.0, "B"),
            (2018, 30.0, 50.0, "A"),
        ],
    ));
    lines.extend(years(
        "RWA",
        &[(2015, 30.0, 40.0, "A"), (2016, 30.0, 45.0, "A"), (2020, 30.0, 60.0, "A")],
    ));
    lines.extend(years("JAM", &[(2020, 60.0, 55.0, "A")]));
    let kinds = ["years", "heat_map", "slope"].map(|kind| chart(kind, "")).concat();
    let folder = of(&lines, "", &kinds);
    super::markdown(folder.path());
    let titles = titles(folder.path());
    let has =
        |title: &str| assert!(titles.iter().any(|own| own == title), "no `{title}`: {titles:#?}");
    has(
        "Individuals using the Internet: the reported gap is narrower in the last year than in the first comparable \
         one in 1 of the 3 countries shown with comparable years",
    );
    has(
        "Individuals using the Internet: the reported gap is narrower in 2020 than in 2015 in 0 of 2 countries",
    );
    let lowest = titles.iter().find(|title| title.contains("is lowest in")).expect("the heat map");
    assert!(
        lowest.starts_with("Individuals using the Internet: the reported rate of women is lowest in Sub-Saharan Africa, "),
        "{lowest}"
    );
    let apart =
        titles.iter().find(|title| title.starts_with("Recent figures by sex")).expect("the groups");
    assert!(
        apart.ends_with("% of the world's women for Individuals using the Internet"),
        "{apart}"
    );
}

#[test]
fn what_is_there_is_drawn_for_the_indicators_that_are_named() {
    let africa = super::data::groups("sdg-regions", 2020);
    let (_, name, members) = &africa[0];
    let title = format!(
        "{name}: no figure of women and men for Individuals using the Internet in {} of {} countries",
        members.len() - 1,
        members.len()
    );
    let named = folder(&chart("availability", ""));
    super::markdown(named.path());
    let found = titles(named.path());
    assert!(found.contains(&title), "no `{title}`: {found:#?}");
    assert!(!found.iter().any(|own| own.contains("reported rate")), "no other chart: {found:#?}");
    // Other charts alone are asked for: it is none of them.
    let other = folder(&chart("lollipop", ""));
    super::markdown(other.path());
    assert!(!titles(other.path()).iter().any(|own| own.contains("no figure of women and men")));
    // Without groups there is one list, in parts that can be read.
    let list = folder("groupings = []\n");
    super::markdown(list.path());
    let parts: Vec<String> =
        titles(list.path()).into_iter().filter(|own| own.starts_with("Countries from ")).collect();
    assert_eq!(parts.len(), super::data::world(2024).len().div_ceil(60), "{parts:#?}");
    assert!(parts[0].starts_with("Countries from Afghanistan to "), "{parts:#?}");
}

#[test]
fn a_figure_that_its_source_calls_unreliable_is_printed_as_one() {
    let lines = [
        ("KEN", "F", 2020, 40.0, "U"),
        ("KEN", "M", 2020, 50.0, "A"),
        ("JAM", "F", 2020, 60.0, "A"),
        ("JAM", "M", 2020, 55.0, "A"),
    ];
    let folder = of(&lines, "", &chart("lollipop", ""));
    let markdown = super::markdown(folder.path());
    let countries = table(&markdown, "Individuals using the Internet, countries");
    let cells = |name: &str| super::row(&countries, name)[2..7].to_vec();
    // The gap and the women missing have the mark of the worse of their parts.
    assert_eq!(cells("Kenya")[..4], ["(40.0)", "50.0", "..", "(10.0)"]);
    assert_eq!(cells("Jamaica")[..4], ["60.0", "55.0", "..", "−5.0"]);
    assert!(cells("Kenya")[4].starts_with('(') && !cells("Jamaica")[4].starts_with('('));
    assert!(markdown.contains("Low reliability: the source gives the status U."), "{markdown}");
    let stems = drawn(folder.path(), "gaps");
    assert!(stems.contains("Open marks: low reliability."), "{stems}");
    let without =
        of(&lines.map(|(area, sex, year, value, _)| (area, sex, year, value, "A")), "", "");
    assert!(!super::markdown(without.path()).contains("Low reliability: the source"));
}

#[test]
fn charts_and_statuses_are_said_in_every_language() {
    let mut lines = years("KEN", &KENYA.map(|(year, women)| (year, women, women + 10.0, "E")));
    lines.extend(years("JAM", &[(2020, 60.0, 55.0, "U")]));
    let kinds =
        ["years", "heat_map", "availability", "lollipop"].map(|kind| chart(kind, "")).concat();
    for groupings in ["", "groupings = []\n"] {
        let head = "style = \"unesco-uis\"\nlanguages = [\"en\", \"fr\", \"es\", \"ru\", \"ar\", \"zh\"]\n";
        let folder = of(&lines, head, &format!("{groupings}{kinds}"));
        let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let text = |name: &str| {
            std::fs::read_to_string(folder.path().join("out").join(name)).expect("the annex")
        };
        // A national estimate, for Kenya gives it itself.
        assert!(text("annex.md").contains("(+) national estimate"), "{}", text("annex.md"));
        assert!(text("annex.fr.md").contains("(+) estimation nationale"));
        let files = std::fs::read_dir(folder.path().join("out")).expect("the annex");
        let names =
            files.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
        let names: Vec<String> = names
            .filter(|name| name.contains("-availability-") && name.ends_with(".fr.svg"))
            .collect();
        let first = names.iter().find(|name| name.ends_with("-availability-1.fr.svg"));
        let first = first.expect("what is there");
        // A picture keeps the spaces at which no line may be broken.
        let recent = "Chiffres les plus récents par pays\u{202f}; récent\u{a0}: 2016 et après";
        assert!(text(first).contains(recent), "{}", text(first));
        // The legend has what occurs among the countries of a picture.
        assert!(names.iter().any(|name| text(name).contains("Femmes et hommes, récent")));
        assert!(text("annex.fr.md").contains("Carte de chaleur des groupes par indicateur. Monde"));
    }
}
