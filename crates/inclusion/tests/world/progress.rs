//! Progress of made series against the formulas of the rules, and what is said where a rule has none.

use super::{inclusion, stderr, stdout};
use std::collections::BTreeMap;
use std::path::Path;

const WOMEN: [f64; 6] = [40.0, 43.5, 47.0, 52.0, 55.5, 61.0];
const MEN: [f64; 6] = [50.0, 52.0, 54.5, 57.0, 59.0, 61.5];

const STUDY: &str = r#"[study]
title = "Made"

[[series]]
id = "made"
file = "made.csv"
recipe = "world/figures"

[estimate]
indicators = ["HH7"]
measures = ["gap", "parity"]

[aggregate]
coverage = "none"

[progress]
base_year = 2015
"#;

/// The same figures in every country; after 2017 one has a break, one other words in its notes, one other
/// ages, one another spelling of its source; one ends before the base year, and one has a figure of 2015 and 2016 only.
fn series() -> String {
    let mut text =
        "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n"
            .to_string();
    let mut add =
        |area: &str, years: std::ops::Range<i32>, of: &dyn Fn(i32) -> [&'static str; 3]| {
            for year in years.clone() {
                let at = (year - years.start) as usize;
                for (sex, value) in [("F", WOMEN[at]), ("M", MEN[at])] {
                    let [age, status, note] = of(year);
                    let source = if area == "NAM" && year > 2017 { "Itu (Geneva)" } else { "ITU" };
                    text.push_str(&format!(
                        "{area},HH7,{sex},{age},{year},{value},PT,C,{status},{source},made,{note}\n"
                    ));
                }
            }
        };
    add("KEN", 2015..2021, &|_| ["Y_GE15", "", ""]);
    add("NAM", 2015..2021, &|_| ["Y_GE15", "", ""]);
    add("UGA", 2015..2021, &|year| ["Y_GE15", if year == 2018 { "B" } else { "" }, ""]);
    add("TZA", 2015..2021, &|year| ["Y_GE15", "", if year > 2017 { "Other words" } else { "" }]);
    add("RWA", 2015..2021, &|year| [if year > 2017 { "Y16T74" } else { "Y_GE15" }, "", ""]);
    add("MOZ", 2010..2013, &|_| ["Y_GE15", "", ""]);
    add("ZMB", 2015..2017, &|_| ["Y_GE15", "", ""]);
    text
}

/// A table of progress: cells by country and rule, with the notes behind their marks.
struct Judged {
    heads: Vec<String>,
    rows: BTreeMap<String, Vec<String>>,
    notes: BTreeMap<String, String>,
}

impl Judged {
    fn read(folder: &Path, study: &str) -> Judged {
        std::fs::write(folder.join("study.toml"), study).expect("a study");
        std::fs::write(folder.join("made.csv"), series()).expect("figures");
        let markdown = super::markdown(folder);
        let mut judged =
            Judged { heads: Vec::new(), rows: BTreeMap::new(), notes: BTreeMap::new() };
        for title in ["progress**", "progress, continued**"] {
            let title = format!("Individuals using the Internet, {title}");
            for (start, _) in markdown.match_indices(&title) {
                let end = markdown[start..].find("\nSource:").expect("an end") + start;
                judged.add(&markdown[start..end]);
            }
        }
        assert!(judged.heads.len() > 7, "one part of the table: {:?}", judged.heads);
        judged
    }

    /// Adds the columns of a part of the table; its marks are told from those of the other parts.
    fn add(&mut self, part: &str) {
        let before = self.heads.len();
        let mut heads: Vec<String> = Vec::new();
        for line in part.lines() {
            if let Some((mark, note)) =
                line.strip_prefix("<sup>").and_then(|line| line.split_once("</sup> "))
            {
                self.notes.insert(format!("{before}{mark}"), note.trim().to_string());
            } else if line.starts_with('|') {
                let cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_string());
                let mut cells: Vec<String> = cells.collect();
                if heads.is_empty() {
                    heads = cells;
                    continue;
                }
                if cells[0].starts_with("---") {
                    continue;
                }
                for cell in &mut cells {
                    if let Some((text, marks)) = cell.split_once("<sup>") {
                        let marks = marks.trim_end_matches("</sup>").split(", ");
                        let marks: Vec<String> =
                            marks.map(|mark| format!("{before}{mark}")).collect();
                        *cell = format!("{text}<sup>{}</sup>", marks.join(", "));
                    }
                }
                let row = self.rows.entry(cells[0].clone()).or_default();
                row.resize(before, String::new());
                // Every part begins with the country and its figures.
                row.extend(cells.into_iter().skip(if before == 0 { 0 } else { 2 }));
            }
        }
        self.heads.extend(heads.into_iter().skip(if before == 0 { 0 } else { 2 }));
        let width = self.heads.len();
        self.rows.values_mut().for_each(|row| row.resize(width, String::new()));
    }

    /// What a rule says, and why there is nothing or no projection.
    fn of(&self, country: &str, rule: &str) -> (String, Vec<String>) {
        // A header begins with a capital.
        let head = rule[..1].to_uppercase() + &rule[1..];
        let at = self.heads.iter().position(|own| *own == head);
        let at = at.unwrap_or_else(|| panic!("no rule `{rule}`: {:?}", self.heads));
        let row = self.rows.get(country).unwrap_or_else(|| panic!("no row of {country}"));
        let (text, marks) = row[at].split_once("<sup>").unwrap_or((&row[at], ""));
        let marks = marks.trim_end_matches("</sup>").split(", ").filter(|mark| !mark.is_empty());
        let note =
            |mark: &str| self.notes.get(mark).unwrap_or_else(|| panic!("note {mark}")).clone();
        (text.to_string(), marks.map(note).collect())
    }

    fn says(&self, country: &str, rule: &str, text: &str) {
        assert_eq!(self.of(country, rule).0, text, "{rule} of {country}");
    }

    fn refuses(&self, country: &str, rule: &str, why: &str) {
        let (text, notes) = self.of(country, rule);
        assert_eq!((text.as_str(), notes.as_slice()), ("..", &[why.to_string()][..]), "{rule}");
    }
}

/// Yearly growth from one value and year to another.
fn growth(a: f64, s: f64, b: f64, u: f64) -> f64 {
    (b / a).powf(1.0 / (u - s)) - 1.0
}

/// Weighted least squares: level at `t`, slope.
fn line(points: &[(f64, f64, f64)], t: f64) -> (f64, f64) {
    let sum = |of: &dyn Fn(&(f64, f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
    let w = sum(&|p| p.2);
    let (x, y) = (sum(&|p| p.2 * p.0) / w, sum(&|p| p.2 * p.1) / w);
    let slope = sum(&|p| p.2 * (p.0 - x) * (p.1 - y)) / sum(&|p| p.2 * (p.0 - x).powi(2));
    (y + slope * (t - x), slope)
}

/// The 95% interval of the slope of a line without weights: Student's t of 4 degrees of freedom.
fn slope(points: &[(f64, f64, f64)]) -> [f64; 2] {
    const T: f64 = 2.776_445_105_197_793;
    let (_, slope) = line(points, 0.0);
    let left: f64 = points.iter().map(|p| (p.1 - line(points, p.0).0).powi(2)).sum();
    let mean = points.iter().map(|p| p.0).sum::<f64>() / 6.0;
    let spread: f64 = points.iter().map(|p| (p.0 - mean).powi(2)).sum();
    let half = T * (left / 4.0 / spread).sqrt();
    [slope - half, slope + half]
}

fn years(values: &[f64; 6]) -> impl Iterator<Item = (f64, f64)> {
    values.iter().enumerate().map(|(at, value)| (2015.0 + at as f64, *value))
}

/// The logit trend of 2030 and its 95% prediction interval: Student's t of 4 degrees of freedom.
fn logit(values: &[f64; 6]) -> [f64; 3] {
    const T: f64 = 2.776_445_105_197_793;
    let points: Vec<(f64, f64, f64)> =
        years(values).map(|(t, y)| (t - 2015.0, (y / (100.0 - y)).ln(), 1.0)).collect();
    let z = line(&points, 15.0).0;
    let left: f64 = points.iter().map(|p| (p.1 - line(&points, p.0).0).powi(2)).sum();
    let mean = points.iter().map(|p| p.0).sum::<f64>() / 6.0;
    let spread: f64 = points.iter().map(|p| (p.0 - mean).powi(2)).sum();
    let half = T * (left / 4.0 * (1.0 + 1.0 / 6.0 + (15.0 - mean).powi(2) / spread)).sqrt();
    [z, z - half, z + half].map(|z| 100.0 / (1.0 + (-z).exp()))
}

#[test]
fn each_rule_says_what_its_formula_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), STUDY);
    for (country, values) in [("Kenya, women", WOMEN), ("Kenya, men", MEN)] {
        let (first, last) = (values[0], values[5]);
        let says = |rule: &str, text: String| judged.says(country, rule, &text);
        let (to_go, moved) = (100.0 - last, last - first);
        says("First and last figure", format!("{first:.1}% (2015) – {last:.1}% (2020)"));
        says(
            "distance to target and required rate",
            format!("remaining {to_go:.1} points; required per year {:.2} points", to_go / 10.0),
        );
        says("change since the base", format!("change {moved:.1} points"));
        let g = growth(first, 2015.0, last, 2020.0);
        let logs: Vec<_> = years(&values).map(|(t, y)| (t, y.ln(), 1.0)).collect();
        let by_all = line(&logs, 2015.0).1.exp() - 1.0;
        let rates = slope(&logs);
        let percent = |share: f64| format!("{:.1}%", 100.0 * share);
        says(
            "rate of change",
            format!(
                "growth by end points {}; growth by all points {}; growth {} to {}: distinguishable from no change",
                percent(g),
                percent(by_all),
                percent(rates[0].exp() - 1.0),
                percent(rates[1].exp() - 1.0)
            ),
        );
        let required = growth(first, 2015.0, 100.0, 2030.0);
        let ratio = g / required;
        let status = if ratio >= 0.95 { "on track" } else { "acceleration needed" };
        assert!(ratio >= 0.6);
        says(
            "ratio rule",
            format!(
                "{status}; growth {}; required growth {}; ratio {ratio:.2}",
                percent(g),
                percent(required)
            ),
        );
        let expected = last * (1.0 + g).powi(10);
        let ratio = (expected - first) / (100.0 - first);
        let (text, _) = judged.of(country, "expected-value rule");
        assert!(text.contains(&format!("ratio {ratio:.2}; 2030: ")), "{text} for {ratio}");
        match expected > 100.0 {
            true => assert!(text.ends_with("2030: above 100% (F)"), "{text}"),
            false => assert!(text.ends_with(&format!("2030: {expected:.1}% (F)")), "{text}"),
        }
        says("current status", format!("current status {:.2}", 10.0 * moved / (100.0 - first)));
        let weighted: Vec<_> = years(&values).map(|(t, y)| (t, y, (t - 2000.0) / 20.0)).collect();
        let predicted = line(&weighted, 2030.0).0;
        let left = 100.0 * (100.0 - predicted).max(0.0) / (100.0 - first);
        let status = match left {
            left if left <= 10.0 => "maintain",
            _ => "accelerate",
        };
        let shown = match predicted > 100.0 {
            true => "above 100%".to_string(),
            false => format!("{predicted:.1}%"),
        };
        let plain: Vec<_> = years(&values).map(|(t, y)| (t, y, 1.0)).collect();
        let [low, high] = slope(&plain);
        says(
            "anticipated gap",
            format!(
                "{status}; anticipated gap, per cent {left:.1}; 2030: {shown} (F); slope {low:.2} to {high:.2} \
                 points a year: distinguishable from no change"
            ),
        );
        // Growth of 2% and more is beyond every band.
        assert!(g > 0.02);
        says("bands of growth without a target", format!("on track; growth {}", percent(g)));
        says("five bands, last 5 years", format!("significant progress; growth {}", percent(g)));
        let [value, lower, upper] = logit(&values);
        let logits: Vec<_> =
            years(&values).map(|(t, y)| (t, (y / (100.0 - y)).ln(), 1.0)).collect();
        let [low, high] = slope(&logits);
        says(
            "logit trend",
            format!(
                "2030: {value:.1}% (F), interval {lower:.1}% to {upper:.1}%; slope of the logit {low:.3} to \
                 {high:.3}: distinguishable from no change"
            ),
        );
        let (_, notes) = judged.of(country, "logit trend");
        assert_eq!(
            notes,
            ["The target is an end of the scale, which a bent curve nears and never reaches."]
        );
    }
    let women = |rule: &str, text: String| judged.says("Kenya, women", rule, &text);
    let apart = |at: usize| MEN[at] / WOMEN[at];
    women(
        "parity ratio",
        format!(
            "parity; deviation of the base {:.2}; deviation of the last year {:.2}; target deviation 1.02",
            apart(0),
            apart(5)
        ),
    );
    // Men came to women's 61.0 between 2019 and 2020.
    let when = 2019.0 + (WOMEN[5] - MEN[4]) / (MEN[5] - MEN[4]);
    women(
        "time distance of women from men",
        format!("level 61.0%; years behind {:.1}", 2020.0 - when),
    );
    let (f, m, gap) = ((WOMEN[5] - WOMEN[0]) / 5.0, (MEN[5] - MEN[0]) / 5.0, MEN[5] - WOMEN[5]);
    women(
        "closing of the gap",
        format!(
            "closes; gap {gap:.1} points; women per year {f:.2} points; men per year {m:.2} points; \
             required of women per year {:.2} points; closed in {:.1} (F)",
            m + gap / 10.0,
            2020.0 + gap / (f - m)
        ),
    );
    assert_eq!(judged.of("Kenya, men", "closing of the gap").0, "");
}

#[test]
fn no_trend_runs_through_a_change_of_comparability() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), STUDY);
    let plain = "ages 15+; ITU";
    // Every row by its country and rule; the years and texts stand in the comment.
    let file = std::fs::read_to_string(folder.path().join("out/progress.csv")).expect("a file");
    let ends = ["change since the base", "ratio rule", "expected-value rule", "current status"];
    let marked = "The source marks a break, and figures before and after it are not comparable.";
    let words =
        "The figures differ in source, definition or reference period, and are not comparable.";
    let ages = "The figures are of different ages, and not comparable.";
    for (country, area, after, why) in [
        ("Uganda", "UGA", "ages 15+; ITU; after a break", marked),
        ("United Republic of Tanzania", "TZA", "ages 15+; ITU; Other words", words),
        ("Rwanda", "RWA", "ages 16–74; ITU", ages),
    ] {
        let told = |sex: &str, rule: &str, from: i32, to: i32| {
            let row =
                file.lines().find(|line| line.starts_with(&format!("{area},HH7,{sex},{rule},")));
            let text =
                format!("the values of {from} ({plain}) and {to} ({after}) are not comparable");
            assert!(row.is_some_and(|row| row.contains(&text)), "{rule} of {area}: {row:?}");
        };
        for sex in ["women", "men"] {
            let label = format!("{country}, {sex}");
            for rule in ends {
                judged.refuses(&label, rule, why);
                told(if sex == "women" { "F" } else { "M" }, rule, 2015, 2020);
            }
            for rule in ["rate of change", "logit trend", "logistic curve", "Gompertz curve"] {
                judged.refuses(&label, rule, why);
                told(if sex == "women" { "F" } else { "M" }, rule, 2017, 2018);
            }
            // The last figure alone is what remains to go.
            let kenya = judged.of(&format!("Kenya, {sex}"), "distance to target and required rate");
            assert_eq!(judged.of(&label, "distance to target and required rate"), kenya);
        }
        judged.refuses(&format!("{country}, women"), "closing of the gap", why);
    }
}

#[test]
fn another_spelling_of_a_source_is_no_change_of_source() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), STUDY);
    for sex in ["women", "men"] {
        let [same, other] =
            ["Kenya", "Namibia"].map(|of| &judged.rows[&format!("{of}, {sex}")][1..]);
        assert_eq!(same, other, "{sex}");
        assert!(same.iter().filter(|cell| !cell.is_empty()).count() > 10);
    }
}

#[test]
fn a_trend_through_a_break_is_marked_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), &format!("{STUDY}through_breaks = true\n"));
    let rules = &judged.heads[2..];
    assert!(rules.len() > 12, "{rules:?}");
    for country in ["Uganda", "United Republic of Tanzania", "Rwanda"] {
        for rule in rules {
            let (own, _) = judged.of(&format!("{country}, women"), rule);
            let (same, _) = judged.of("Kenya, women", rule);
            match rule.as_str() {
                "Distance to target and required rate" => assert_eq!(own, same, "{rule}"),
                _ => assert_eq!(own, format!("{same}; through a break"), "{rule} of {country}"),
            }
        }
    }
}

#[test]
fn data_that_end_too_early_or_are_too_few_give_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), STUDY);
    for rule in ["change since the base", "ratio rule", "current status", "anticipated gap"] {
        let why = "Data end in 2012 and progress counts from 2015.";
        judged.refuses("Mozambique, women", rule, why);
    }
    judged.refuses("Zambia, women", "logit trend", "Fewer than 4 figures.");
    // 2030 is fourteen years after the last figure.
    let (text, notes) = judged.of("Zambia, men", "expected-value rule");
    assert_eq!(text, "..");
    assert_eq!(notes, ["No projection reaches more than 10 years beyond the last figure."]);
    let short = Judged::read(folder.path(), &format!("{STUDY}horizon = 5\nareas = [\"Kenya\"]\n"));
    let countries: Vec<&str> = short.rows.keys().map(String::as_str).collect();
    assert_eq!(countries, ["Kenya, men", "Kenya, women"]);
    let projected: Vec<&String> =
        short.rows.values().flatten().filter(|cell| cell.contains("2030:")).collect();
    assert!(projected.is_empty(), "{projected:?}");
    let beyond = "No projection reaches more than 5 years beyond the last figure.";
    assert!(short.notes.values().any(|note| note == beyond), "{:?}", short.notes);
}

#[test]
fn the_command_prints_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = Judged::read(folder.path(), STUDY);
    let output = inclusion(folder.path(), &["progress", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.starts_with("Individuals using the Internet, progress\nTarget: 100% by 2030"));
    for (label, cells) in &judged.rows {
        let lines: Vec<&str> =
            text.lines().filter(|line| line.starts_with(label.as_str())).collect();
        assert!(!lines.is_empty(), "no {label} in:\n{text}");
        let line = lines.join(" ");
        for cell in cells {
            let plain = cell.split("<sup>").next().unwrap_or("");
            assert!(line.contains(plain), "no `{plain}` in `{line}`");
        }
    }
}
