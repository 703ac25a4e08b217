//! The rules of a study's own disclosure profile, and the report on a file that is to be shared.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "a"
recipe = "synthetic/ict"
files = { persons = "people.csv" }

[estimate]
indicators = ["HH7"]
by = ["sex", "sex * region", "sex * region * education * indigenous"]

[disclosure]
"#;

/// A folder with a study and the first rows of the demonstration data.
fn folder(disclosure: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let study = format!("{STUDY}{disclosure}\n");
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.csv");
    let text = std::fs::read_to_string(data).expect("the demonstration data as text");
    std::fs::write(folder.path().join("people.csv"), text).expect("a file");
    folder
}

type Row = BTreeMap<String, String>;

fn table(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn estimates(folder: &Path) -> Vec<Row> {
    let output = inclusion(folder, &["estimate", "study.toml", "--output", "e.csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    table(&std::fs::read_to_string(folder.join("e.csv")).expect("estimates"))
}

#[test]
fn wrong_rules_are_named_with_their_place() {
    let wrong = [
        (
            "threshold = 5",
            "study.toml:14:13: `threshold` is a rule of the profile `custom`, and the profile is `dhs`; \
             set `profile = \"custom\"`, or leave the rule out",
        ),
        (
            "profile = \"custom\"\nround_counts = 5",
            "study.toml:14:11: the profile `custom` has no rule by which a figure is judged; give one, \
             such as `withhold_below = 25`, or take `open`, which withholds nothing",
        ),
        (
            "profile = \"custom\"\nwithhold_below = 50\nunreliable_below = 25",
            "study.toml:15:18: `withhold_below` is above `unreliable_below`",
        ),
        (
            "profile = \"custom\"\nrelative_error = { unreliable_above = 40, withhold_above = 33.3 }",
            "study.toml:15:18: `relative_error` needs `unreliable_above` above 0 and no higher than \
             `withhold_above`, both in per cent, such as 16.6 and 33.3",
        ),
        (
            "profile = \"custom\"\nthreshold = 5\nround_counts = 1",
            "study.toml:16:16: `round_counts` is a base from 2 on, such as 5",
        ),
        (
            "profile = \"custom\"\nthreshold = 5\ndominance = [[0, 75]]",
            "study.toml:16:13: `dominance` is pairs of a number of contributions and a percentage, such \
             as [[1, 75], [2, 85]]",
        ),
        (
            "profile = \"custom\"\ntreshold = 5",
            "study.toml:15:1: unknown key `treshold`; did you mean `threshold`?",
        ),
        (
            "profile = \"nhcs\"",
            "study.toml:14:11: no disclosure profile `nhcs`; did you mean `nchs`?",
        ),
    ];
    for (rules, message) in wrong {
        let folder = folder(rules);
        let output = inclusion(folder.path(), &["check", "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{rules}");
        assert_eq!(stderr(&output), format!("error: {message}\n"), "{rules}");
    }
}

#[test]
fn counts_are_rounded_in_the_data_files_and_rates_are_not() {
    let plain = folder("profile = \"dhs\"");
    let rounded = folder(
        "profile = \"custom\"\nwithhold_below = 25\nunreliable_below = 50\nround_counts = 5",
    );
    let (plain, rounded) = (estimates(plain.path()), estimates(rounded.path()));
    assert_eq!(plain.len(), rounded.len());
    let mut counted = 0;
    for (before, after) in plain.iter().zip(&rounded) {
        assert_eq!(before["OBS_STATUS"], after["OBS_STATUS"]);
        if after["MEASURE"] != "NONRESPONSE" {
            assert_eq!(before["OBS_VALUE"], after["OBS_VALUE"]);
        }
        if let (Ok(n), Ok(of)) = (after["N"].parse::<u64>(), before["N"].parse::<u64>()) {
            assert_eq!(n, (of + 2) / 5 * 5, "{before:?}");
            counted += 1;
        }
    }
    assert!(counted > 20);
}

/// Users who go online at least weekly and those who do less often are all users; both together are those who use the
/// Internet at all.
#[test]
fn no_share_that_is_withheld_follows_from_others_of_its_base() {
    let adding_up =
        [vec!["HH12-WEEKLY-USERS", "HH12-LESS-USERS"], vec!["HH7", "HH12-WEEKLY", "HH12-LESS"]];
    for profile in ["statcan", "nchs"] {
        let folder = folder(&format!("profile = \"{profile}\""));
        let all: Vec<String> = adding_up.iter().flatten().map(|id| format!("{id:?}")).collect();
        let file = folder.path().join("study.toml");
        let study = std::fs::read_to_string(&file).expect("the study");
        let more = study.replacen("\"HH7\"", &all.join(", "), 1);
        assert_ne!(more, study);
        std::fs::write(&file, more).expect("the study is written");
        let mut groups: BTreeMap<Vec<String>, BTreeMap<String, bool>> = BTreeMap::new();
        for row in estimates(folder.path()).into_iter().filter(|row| row["MEASURE"] == "LEVEL") {
            let group = ["SEX", "REGION", "EDUCATION_LEV", "INDIGENOUS"];
            let key = group.iter().map(|id| row[*id].clone()).collect();
            let withheld = row["OBS_STATUS"] == "Q";
            groups.entry(key).or_default().insert(row["INDICATOR"].clone(), withheld);
        }
        let mut some = 0;
        for (group, withheld) in &groups {
            for shares in &adding_up {
                let count = shares.iter().filter(|id| withheld.get(**id) == Some(&true)).count();
                assert!(count != 1, "{profile}: one of {shares:?} of {group:?} is withheld alone");
                some += usize::from(count > 1);
            }
        }
        assert!(some > 10, "{profile}: {some} groups have withheld shares");
    }
}

/// The study with a line more in `[estimate]`.
fn with(folder: &Path, line: &str) {
    let study =
        format!("{STUDY}profile = \"open\"\n").replacen("\nby =", &format!("\n{line}\nby ="), 1);
    std::fs::write(folder.join("study.toml"), study).expect("the study is written");
}

#[test]
fn totals_tell_nothing_of_those_who_do_not_state_their_sex_where_a_study_leaves_them_out() {
    let folder = folder("profile = \"open\"");
    let all = estimates(folder.path());
    with(folder.path(), "only_stated = [\"sex\"]");
    let stated = estimates(folder.path());
    assert_eq!(all.len(), stated.len());
    let number = |row: &Row, column: &str| row[column].parse::<f64>().ok();
    let levels = |rows: &[Row]| -> BTreeMap<(String, Vec<String>), Row> {
        let rows = rows.iter().filter(|row| row["MEASURE"] == "LEVEL");
        let group = ["REGION", "EDUCATION_LEV", "INDIGENOUS"];
        let key = |row: &Row| group.iter().map(|id| row[*id].clone()).collect();
        rows.map(|row| ((row["SEX"].clone(), key(row)), row.clone())).collect()
    };
    let (all, stated) = (levels(&all), levels(&stated));
    let (mut told, mut sums) = (0, 0);
    for ((sex, group), row) in &stated {
        let before = &all[&(sex.clone(), group.clone())];
        if sex != "_T" {
            assert_eq!(row["OBS_VALUE"], before["OBS_VALUE"]);
            assert_eq!(row["N"], before["N"]);
            continue;
        }
        let parts = ["F", "M"].map(|sex| &stated[&(sex.to_string(), group.clone())]);
        let count =
            |column: &str| -> f64 { parts.iter().filter_map(|part| number(part, column)).sum() };
        assert_eq!(number(row, "N").unwrap_or(0.0), count("N"), "{group:?}");
        told += usize::from(number(before, "N").unwrap_or(0.0) > count("N"));
        let Some(value) = number(row, "OBS_VALUE") else { continue };
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        assert!(near(number(row, "N_WEIGHTED").expect("a weight"), count("N_WEIGHTED")));
        let with = parts
            .iter()
            .filter_map(|part| Some(number(part, "OBS_VALUE")? * number(part, "N_WEIGHTED")?));
        assert!(near(value, with.sum::<f64>() / count("N_WEIGHTED")), "{group:?}");
        sums += 1;
    }
    assert!(told > 5, "without the rule {told} totals tell of others");
    assert!(sums > 30, "{sums} totals");
    // Head counts, for which the survey's population stands, and analyses of concepts.
    let more = "\n[[analysis]]\nid = \"hours\"\nkind = \"variance\"\nconcept = \"hours_online\"\n";
    let whole = "population = { F = 2000000, M = 1900000, source = \"census\" }\n\n[estimate]";
    let of = |line: &str| {
        with(
            folder.path(),
            &format!("measures = [\"gap\", \"headcount\", \"women_to_parity\"]\n{line}"),
        );
        let file = folder.path().join("study.toml");
        let study = std::fs::read_to_string(&file).expect("the study");
        let study = study.replacen("\n[estimate]", whole, 1) + more;
        std::fs::write(&file, study).expect("the study is written");
        let output = inclusion(folder.path(), &["analyse", "study.toml", "--output", "a.csv"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let analyses = std::fs::read_to_string(folder.path().join("a.csv")).expect("analyses");
        (estimates(folder.path()), table(&analyses))
    };
    let ((before, all), (after, stated)) = (of(""), of("only_stated = [\"sex\"]"));
    for measure in ["WOMEN_TO_PARITY", "HEADCOUNT"] {
        let counts = |rows: &[Row], sex: &str| -> Vec<String> {
            let own = rows.iter().filter(|row| row["MEASURE"] == measure && row["SEX"] == sex);
            own.map(|row| row["OBS_VALUE"].clone()).filter(|value| !value.is_empty()).collect()
        };
        for sex in ["F", "M"] {
            assert_eq!(counts(&before, sex), counts(&after, sex), "{measure} {sex}");
        }
        assert!(!counts(&after, "_T").is_empty(), "{measure}");
    }
    let data = std::fs::read_to_string(folder.path().join("people.csv")).expect("the data");
    let people = table(&data);
    let stating = |row: &&Row| ["1", "2"].contains(&row["sex"].as_str());
    let count = |people: Vec<&Row>| -> f64 {
        people.iter().filter(|row| row["hours_online"].parse::<f64>().is_ok()).count() as f64
    };
    assert_eq!(number(&all[0], "N"), Some(count(people.iter().collect())));
    assert_eq!(number(&stated[0], "N"), Some(count(people.iter().filter(stating).collect())));
    assert_ne!(all[0]["N"], stated[0]["N"]);
    with(folder.path(), "only_stated = [\"age_group\"]");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    let message = "error: study.toml:11:16: no breakdown of `by` has `age_group`, so that no row can be left out for \
                   not stating it; name it there, or leave it out here\n";
    assert_eq!(stderr(&output), message);
}

#[test]
fn every_built_in_profile_judges_a_study_and_tells_its_rules() {
    let withheld = |profile: &str| {
        let folder = folder(&format!("profile = \"{profile}\""));
        let rows = estimates(folder.path());
        let told = inclusion(folder.path(), &["registry", "show", profile]);
        assert!(told.status.success(), "{}", stderr(&told));
        rows.iter().filter(|row| row["OBS_STATUS"] == "Q").count()
    };
    assert_eq!(withheld("open"), 0);
    let (dhs, eurostat) = (withheld("dhs"), withheld("eurostat"));
    assert!(dhs >= eurostat && eurostat > 0, "{dhs} {eurostat}");
    assert!(withheld("nchs") > 0 && withheld("statcan") > 0);
}

/// Rows of the first people with their keys by hand: sex, age, region, education; `None` is missing.
fn by_hand(text: &str) -> Vec<(Vec<Option<String>>, f64)> {
    let keys = |row: &Row| {
        let code = |name: &str, missing: &str| {
            (row[name] != missing && !row[name].is_empty()).then(|| row[name].clone())
        };
        vec![code("sex", ""), code("age", "999"), code("region", ""), code("education", "9")]
    };
    table(text).iter().map(|row| (keys(row), row["weight"].parse().expect("a weight"))).collect()
}

#[test]
fn frequencies_of_keys_equal_those_of_all_pairs_of_records() {
    let folder = folder("profile = \"dhs\"");
    let text = std::fs::read_to_string(folder.path().join("people.csv")).expect("people");
    let first: Vec<&str> = text.lines().take(1201).collect();
    std::fs::write(folder.path().join("people.csv"), first.join("\n") + "\n").expect("a file");
    let arguments = [
        "anonymity",
        "people.csv",
        "--recipe",
        "synthetic/ict",
        "--keys",
        "sex,age,region,education",
        "--output",
        "keys.csv",
    ];
    let output = inclusion(folder.path(), &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    let records = by_hand(&first.join("\n"));
    assert!(records.iter().any(|(keys, _)| keys.contains(&None)), "no key is missing");
    let matches = |a: &[Option<String>], b: &[Option<String>]| {
        a.iter().zip(b).all(|(a, b)| a.is_none() || b.is_none() || a == b)
    };
    let mut expected: BTreeMap<Vec<Option<String>>, (u64, u64, f64)> = BTreeMap::new();
    for (keys, _) in &records {
        let entry = expected.entry(keys.clone()).or_default();
        entry.0 += 1;
        if entry.0 == 1 {
            for (_, weight) in records.iter().filter(|(other, _)| matches(keys, other)) {
                entry.1 += 1;
                entry.2 += weight;
            }
        }
    }
    let written = std::fs::read_to_string(folder.path().join("keys.csv")).expect("a table");
    let rows = table(&written);
    assert_eq!(rows.len(), expected.len());
    let education = ["ISCED0", "ISCED1", "ISCED2", "ISCED3", "ISCED5-8"];
    let mut uniques = 0;
    for row in &rows {
        let given = |name: &str| Some(row[name].clone()).filter(|value| !value.is_empty());
        let sex = given("SEX").map(|sex| match sex.as_str() {
            "M" => "1".to_string(),
            "F" => "2".to_string(),
            _ => "9".to_string(),
        });
        let level = given("EDUCATION")
            .map(|id| education.iter().position(|own| *own == id).expect("a level").to_string());
        let keys = vec![sex, given("AGE"), given("REGION"), level];
        let (records, sample, population) = expected[&keys];
        assert_eq!(row["RECORDS"], records.to_string(), "{keys:?}");
        assert_eq!(row["SAMPLE_FREQUENCY"], sample.to_string(), "{keys:?}");
        let found: f64 = row["POPULATION_FREQUENCY"].parse().expect("a sum");
        assert!((found - population).abs() <= 1e-9 * population, "{keys:?}");
        let risk: f64 = row["RISK"].parse().expect("a risk");
        assert!((risk - 1.0 / population).abs() <= 1e-9, "{keys:?}");
        uniques += if sample == 1 { records } else { 0 };
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.starts_with("people.csv: 1,200 records, keys sex, age, region, education\n"),
        "{text}"
    );
    let line = text.lines().find(|line| line.starts_with("records that no other")).expect("a line");
    let said = line.split_whitespace().nth(5).expect("a count").replace(',', "");
    assert_eq!(said, uniques.to_string(), "{text}");
    assert!(stderr(&output).contains("as confidential as the microdata"));
}

#[test]
fn the_report_does_not_depend_on_threads_and_order() {
    let folder = folder("profile = \"dhs\"");
    let run = |threads: &str, name: &str| {
        let arguments = [
            "anonymity",
            "people.csv",
            "--recipe",
            "synthetic/ict",
            "--keys",
            "sex,age_5,education",
            "--threads",
            threads,
            "--output",
            name,
        ];
        let output = inclusion(folder.path(), &arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        (output.stdout, std::fs::read(folder.path().join(name)).expect("a table"))
    };
    let first = run("1", "a.csv");
    assert!(run("4", "b.csv") == first);
    let text = std::fs::read_to_string(folder.path().join("people.csv")).expect("people");
    let (head, rows) = text.split_once('\n').expect("a header");
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let turned = format!("{head}\n{}\n", rows.join("\n"));
    std::fs::write(folder.path().join("people.csv"), turned).expect("a file");
    assert!(run("2", "c.csv") == first);
}

#[test]
fn wrong_keys_and_files_are_named() {
    let folder = folder("profile = \"dhs\"");
    let run = |more: &[&str]| {
        let arguments = [&["anonymity", "people.csv", "--recipe", "synthetic/ict"], more].concat();
        let output = inclusion(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        stderr(&output)
    };
    assert_eq!(
        run(&["--keys", "sex,regoin"]),
        "error: recipe `synthetic/ict` has no `regoin`; did you mean `region`?\n"
    );
    assert_eq!(run(&["--keys", "sex,sex"]), "error: the key `sex` is named twice\n");
    assert_eq!(
        run(&["--keys", "sex", "--k", "1"]),
        "error: k is a whole number from 2 on, such as 2,3,5\n"
    );
    assert_eq!(
        run(&["--keys", "sex", "--output", "people.csv"]),
        "error: `people.csv` is the file that is read, and writing there would destroy it; choose another name\n"
    );
}
