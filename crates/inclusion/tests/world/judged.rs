//! What the pages of progress say where there is little to say, and what they leave unsaid.

use super::{inclusion, markdown, stderr, stdout};
use std::path::Path;

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

fn study(base_year: i32, indicator: &str) -> String {
    format!(
        "[study]\ntitle = \"Made\"\n\n[[series]]\nid = \"made\"\nfile = \"made.csv\"\nrecipe = \"world/figures\"\n\n\
         [estimate]\nindicators = [\"{indicator}\"]\nmeasures = [\"gap\"]\n\n[aggregate]\ncoverage = \"none\"\n\n\
         [progress]\nbase_year = {base_year}\n"
    )
}

/// Women and men of a country in some years.
fn write(folder: &Path, study: &str, rows: &[(&str, i32, f64, f64)]) {
    let mut text = HEAD.to_string();
    for (area, year, women, men) in rows {
        for (sex, value) in [("F", women), ("M", men)] {
            text += &format!("{area},HH7,{sex},Y_GE15,{year},{value},PT,C,A,ITU,made,\n");
        }
    }
    std::fs::write(folder.join("made.csv"), text).expect("figures");
    std::fs::write(folder.join("study.toml"), study).expect("a study");
}

fn progress(folder: &Path) -> String {
    let output = inclusion(folder, &["progress", "study.toml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn where_no_rule_says_anything_there_is_one_sentence_and_no_table() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        &study(2015, "HH10"),
        &[("KEN", 2010, 20.0, 30.0), ("KEN", 2011, 25.0, 35.0)],
    );
    // An indicator without a target, in two years of which no trend can run from one to the other.
    let file = folder.path().join("made.csv");
    let text = std::fs::read_to_string(&file).expect("figures").replace(",HH7,", ",HH10,");
    std::fs::write(
        &file,
        text.replace(",2011,25,PT,C,A,ITU", ",2011,25,PT,C,A,Other")
            .replace(",2011,35,PT,C,A,ITU", ",2011,35,PT,C,A,Other"),
    )
    .expect("figures");
    let said = progress(folder.path());
    let sentence = "Individuals using a mobile phone, progress: 2 series of a country and sex have two figures \
                    or more, and no rule has a result for any of them (";
    assert!(said.starts_with(sentence), "{said}");
    assert_eq!(said.lines().filter(|line| !line.is_empty()).count(), 1, "{said}");
    assert!(said.contains("data end in 2015 or before, and progress counts from then"), "{said}");
    assert!(said.contains("no target is set"), "{said}");
    let annex = markdown(folder.path());
    assert!(annex.contains(sentence), "no sentence in the annex");
    assert!(!annex.contains("First and last figure"), "a table of nothing");
}

#[test]
fn rules_that_say_nothing_for_one_reason_share_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [("KEN", 2015, 20.0, 30.0), ("KEN", 2022, 25.0, 35.0)];
    write(folder.path(), &study(2015, "HH7"), &rows);
    let said = progress(folder.path());
    // One of the two figures lies in the last five years: nothing is said of what they span.
    assert!(
        said.contains("No country has a result of: five bands, last 5 years (only one figure lies in the last 5 years)."),
        "{said}"
    );
    assert!(said.contains("(fewer than 4 figures)"), "{said}");
    let of_trends = "logit trend, logistic curve, Gompertz curve (fewer than 4 figures).";
    assert!(said.contains(of_trends), "{said}");
}

#[test]
fn trends_without_a_projection_say_why_and_whether_they_move() {
    let folder = tempfile::tempdir().expect("a folder");
    // Four figures that rise, and a target too far beyond them for any projection.
    let rising: Vec<(&str, i32, f64, f64)> = (0..4)
        .map(|at| ("KEN", 2010 + at, 20.0 + 4.0 * f64::from(at), 30.0 + 4.1 * f64::from(at)))
        .collect();
    // A country of two figures has another reason, which is not that of the first.
    let mut rows = rising;
    rows.extend([("UGA", 2010, 20.0, 30.0), ("UGA", 2019, 25.0, 35.0)]);
    write(folder.path(), &study(2010, "HH7"), &rows);
    let said = progress(folder.path());
    assert!(!said.contains("()"), "empty brackets: {said}");
    // They are no rules without a result: they tell whether there is a movement, and why there is no projection.
    let silent: String = said.lines().filter(|line| line.starts_with("No country has")).collect();
    assert!(!silent.contains("curve") && !silent.contains("logit trend"), "{silent}");
    let of_kenya: String = said.lines().filter(|line| line.starts_with("Kenya, women")).collect();
    for movement in ["slope of the logit 0.181", "rate 0.180", "rate 0.108"] {
        let at = of_kenya.find(movement).unwrap_or_else(|| panic!("no {movement} in {said}"));
        assert!(of_kenya[at..].contains(": distinguishable from no change"), "{said}");
    }
    assert!(
        said.contains("No projection reaches more than 10 years beyond the last figure"),
        "{said}"
    );
}

#[test]
fn nothing_is_required_of_women_who_lead_and_nothing_remains_beyond_a_target() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [
        ("KEN", 2015, 60.0, 50.0),
        ("KEN", 2020, 70.0, 65.0),
        ("UGA", 2015, 50.0, 60.0),
        ("UGA", 2020, 60.0, 65.0),
        ("RWA", 2015, 90.0, 95.0),
        ("RWA", 2020, 100.0, 96.0),
    ];
    write(folder.path(), &study(2015, "HH7"), &rows);
    let said = progress(folder.path());
    let line = |label: &str| {
        let own: Vec<&str> = said.lines().filter(|line| line.starts_with(label)).collect();
        assert!(!own.is_empty(), "no {label}");
        own.join(" ")
    };
    assert!(line("Kenya, women").contains("no gap; gap −5.0 points"), "{said}");
    assert!(!line("Kenya, women").contains("required of women"), "{said}");
    assert!(line("Uganda, women").contains("required of women per year"), "{said}");
    assert!(line("Rwanda, women").contains("target achieved"), "{said}");
    assert!(!line("Rwanda, women").contains("remaining"), "{said}");
    assert!(line("Rwanda, men").contains("remaining 4.0 points"), "{said}");
    let output =
        inclusion(folder.path(), &["progress", "study.toml", "--output", "p.csv", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let file = std::fs::read_to_string(folder.path().join("p.csv")).expect("a file");
    let required = |area: &str| {
        let own = |line: &&str| line.starts_with(area) && line.contains("required of women");
        file.lines().filter(own).count()
    };
    assert_eq!([required("KEN"), required("UGA")], [0, 1]);
}

#[test]
fn a_target_year_that_has_passed_is_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    // The target of Internet use is of 2030; Kenya has a figure of later, Rwanda none of it nor after it.
    let rows = [
        ("KEN", 2026, 50.0, 60.0),
        ("KEN", 2030, 60.0, 65.0),
        ("KEN", 2031, 70.0, 75.0),
        ("RWA", 2026, 50.0, 60.0),
        ("RWA", 2028, 60.0, 65.0),
    ];
    let text = study(2015, "HH7");
    write(folder.path(), &text, &rows);
    let of = |label: &str| {
        let said = progress(folder.path());
        let own: String = said.lines().filter(|line| line.starts_with(label)).collect();
        own
    };
    assert!(of("Kenya, women").contains("target missed"), "{}", of("Kenya, women"));
    assert!(of("Rwanda, women").contains("target year passed"), "{}", of("Rwanda, women"));
    let goal = "base 2015";
    assert!(markdown(folder.path()).contains(&format!(", a year that has passed; {goal}")));
    // The year of the report says it where no figure does.
    write(folder.path(), &text, &rows[3..]);
    assert!(!of("Rwanda, women").contains("passed"), "{}", of("Rwanda, women"));
    assert!(!markdown(folder.path()).contains("a year that has passed"));
    write(folder.path(), &format!("{text}as_of = 2032\n"), &rows[3..]);
    assert!(of("Rwanda, women").contains("target year passed"), "{}", of("Rwanda, women"));
    write(folder.path(), &format!("{text}as_of = 26\n"), &rows[3..]);
    let output = inclusion(folder.path(), &["progress", "study.toml", "--quiet"]);
    let said = stderr(&output);
    assert!(
        said.starts_with("error: study.toml:18:9: `as_of` is 26; give one of 1950 to 2100"),
        "{said}"
    );
}

#[test]
fn a_base_year_after_the_target_is_an_error_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    for (base_year, what) in [
        (
            2035,
            "`base_year` is 2035, and the target of `HH7` is of 2030: progress counts from a year",
        ),
        (
            2030,
            "`base_year` is 2030, and the target of `HH7` is of 2030: progress counts from a year",
        ),
        (15, "`base_year` is 15; give one of 1950 to 2100"),
    ] {
        write(folder.path(), &study(base_year, "HH7"), &[("KEN", 2019, 40.0, 50.0)]);
        let output = inclusion(folder.path(), &["progress", "study.toml", "--quiet"]);
        assert_eq!(output.status.code(), Some(2), "{base_year}");
        let said = stderr(&output);
        assert!(said.starts_with(&format!("error: study.toml:17:13: {what}")), "{said}");
    }
    write(folder.path(), &study(2029, "HH7"), &[("KEN", 2019, 40.0, 50.0)]);
    assert!(inclusion(folder.path(), &["check", "study.toml", "--quiet"]).status.success());
}

#[test]
fn the_rules_of_coverage_read_as_sentences() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [("KEN", 2019, 40.0, 50.0)];
    for (rule, words) in [
        ("half_of_either_sex", "a group needs at least half of the population of either sex."),
        (
            "one_third",
            "a group needs at least two thirds of the population of either sex, and for sums no more than a \
             third of the countries missing (one-third rule).",
        ),
    ] {
        let text = study(2015, "HH7").replace("\"none\"", &format!("\"{rule}\""));
        write(folder.path(), &text, &rows);
        assert!(markdown(folder.path()).contains(words), "{rule}");
    }
}
