//! Pools of surveys, changes between rounds and contrasts of groups, against sums made another way.

use inclusion::{Prepared, Study, Walked, prepare, walk};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_estimate::{Measure, SeriesKey};
use inclusion_measures::satterthwaite;
use std::collections::{BTreeMap, BTreeSet};
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

/// A folder with two samples of one made-up population, `a.csv` and `b.csv`.
fn two_rounds() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, draw, rows) in [("a", "1", "4000"), ("b", "2", "6000")] {
        let args = ["synth", name, "--rows", rows, "--draw", draw, "--format", "csv"];
        let output = inclusion(folder.path(), &args);
        assert!(output.status.success(), "{}", stderr(&output));
        let made = folder.path().join(name).join("ict_survey.csv");
        std::fs::rename(made, folder.path().join(name).with_extension("csv")).expect("the survey");
    }
    folder
}

/// A survey's rows as texts by column.
fn table(folder: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::fs::read_to_string(folder.join(name)).expect("the survey");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect());
    (lines.next().expect("a header"), lines.collect())
}

/// Both files one after the other, ids with the name of their survey before them.
fn stack(folder: &Path) {
    let mut text = String::new();
    for name in ["a", "b"] {
        let (header, rows) = table(folder, &format!("{name}.csv"));
        if text.is_empty() {
            text = header.join(",") + "\n";
        }
        for row in rows {
            let cells = row.iter().zip(&header).map(|(value, column)| match column.as_str() {
                "stratum" | "psu" | "household_id" => format!("{name}{value}"),
                _ => value.clone(),
            });
            text.push_str(&(cells.collect::<Vec<_>>().join(",") + "\n"));
        }
    }
    std::fs::write(folder.join("both.csv"), text).expect("the stacked file");
}

const SURVEYS: &str = r#"[study]
title = "Test"

[[survey]]
id = "b"
time_period = "2026"
recipe = "synthetic/ict"
files = { persons = "b.csv" }
population = { F = 2100000, M = 1900000, source = "census" }

[[survey]]
id = "a"
time_period = "2024"
recipe = "synthetic/ict"
files = { persons = "a.csv" }
population = { F = 1000000, M = 1100000, source = "census" }

[estimate]
indicators = ["HH7", "HH18", "HOURS-ONLINE"]
by = ["sex", "sex * urbanisation", "sex * age_group"]
"#;

fn walked(folder: &Path, text: &str) -> (Prepared, Walked) {
    let study = Study::parse(&folder.join("study.toml"), text.to_string()).expect("a study");
    let prepared = prepare(study).unwrap_or_else(|error| panic!("{error}"));
    let walked = walk(&prepared, &|_, _, _| {}).unwrap_or_else(|error| panic!("{error}"));
    (prepared, walked)
}

/// The row of a source; `codes` as `sex F; urbanisation R`.
fn row<'a>(walked: &'a Walked, source: &str, id: &str, codes: &str, measure: Measure) -> &'a Row {
    let codes = codes.split("; ").filter_map(|code| code.split_once(' '));
    let codes: inclusion_estimate::Codes =
        codes.map(|(concept, code)| (concept.to_string(), code.to_string())).collect();
    let of = |key: &SeriesKey| {
        key.source == source
            && key.indicator == id
            && key.breakdown == codes
            && key.measure == measure
    };
    let mut rows = walked.publishable.rows().iter().filter(|row| of(&row.key));
    let found =
        rows.next().unwrap_or_else(|| panic!("no {measure:?} of {id} {codes:?} in {source}"));
    assert!(rows.next().is_none(), "two rows of {id} {codes:?} in {source}");
    found
}

fn shown<'a>(
    walked: &'a Walked,
    source: &str,
    id: &str,
    codes: &str,
    measure: Measure,
) -> &'a Shown {
    match &row(walked, source, id, codes, measure).cell {
        Cell::Shown(shown) => shown,
        other => panic!("{measure:?} of {id} {codes:?} in {source} is {other:?}"),
    }
}

fn close(got: f64, expected: f64, tolerance: f64, what: &str) {
    let off = (got - expected).abs();
    assert!(off <= tolerance * expected.abs().max(1e-3), "{what}: {got}, not {expected}");
}

const CELLS: [&str; 6] =
    ["sex F", "sex M", "", "sex F; urbanisation R", "sex M; urbanisation R", "age_group 15-24"];

#[test]
fn a_pool_by_survey_weights_is_the_stacked_file() {
    let folder = two_rounds();
    stack(folder.path());
    let pool = "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"b\", \"a\"]\nweights = \"survey\"\n";
    let (_, pooled) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    let stacked = SURVEYS
        .replace("[[survey]]\nid = \"a\"\ntime_period = \"2024\"\n", "[[survey]]\nid = \"both\"\n");
    let start = stacked.find("[[survey]]\nid = \"b\"").expect("survey b");
    let end = stacked.find("[[survey]]\nid = \"both\"").expect("the stacked survey");
    let stacked = format!("{}{}", &stacked[..start], &stacked[end..]).replace("a.csv", "both.csv");
    let (_, stacked) = walked(folder.path(), &stacked);
    let mut compared = 0;
    for own in stacked.publishable.rows() {
        if matches!(own.key.measure, Measure::AdjustedParity) {
            continue;
        }
        let key = SeriesKey { time_period: "2024-2026".to_string().into(), ..own.key.clone() };
        let pooled = pooled.publishable.get(&key).unwrap_or_else(|| panic!("no {key:?}"));
        let what = format!("{key:?}");
        match (&pooled.cell, &own.cell) {
            (Cell::Shown(pooled), Cell::Shown(own)) => {
                compared += 1;
                close(pooled.value, own.value, 1e-12, &what);
                assert_eq!((pooled.n, pooled.df), (own.n, own.df), "{what}");
                close(pooled.n_weighted, own.n_weighted, 1e-12, &what);
                assert_eq!(pooled.unreliable, own.unreliable, "{what}");
                let optional = |a: Option<f64>, b: Option<f64>, name: &str| {
                    assert_eq!(a.is_some(), b.is_some(), "{name} of {what}");
                    close(a.unwrap_or(1.0), b.unwrap_or(1.0), 1e-12, &format!("{name} of {what}"));
                };
                optional(pooled.se, own.se, "se");
                optional(
                    pooled.interval.map(|i| i.lower),
                    own.interval.map(|i| i.lower),
                    "lower end",
                );
                optional(
                    pooled.interval.map(|i| i.upper),
                    own.interval.map(|i| i.upper),
                    "upper end",
                );
                if own_is_share(&key) {
                    optional(pooled.deff, own.deff, "deff");
                    optional(pooled.n_effective, own.n_effective, "effective n");
                }
            }
            // Rounds withhold what is small in one of them.
            (Cell::Withheld, _) => {}
            (pooled, own) => assert_eq!(pooled, own, "{what}"),
        }
    }
    assert!(compared > 150, "only {compared} rows were compared");
}

fn own_is_share(key: &SeriesKey) -> bool {
    key.indicator != "HOURS-ONLINE"
}

#[test]
fn a_pool_of_equal_weights_is_the_mean_of_independent_surveys() {
    let folder = two_rounds();
    let pool = "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"b\", \"a\"]\nweights = \"equal\"\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    for id in ["HH7", "HOURS-ONLINE"] {
        for codes in CELLS {
            let [a, b] = ["a", "b"].map(|of| shown(&walked, of, id, codes, Measure::Level));
            let pooled = shown(&walked, "both", id, codes, Measure::Level);
            close(pooled.value, (a.value + b.value) / 2.0, 1e-14, codes);
            let halves = [a, b].map(|s| (s.se.unwrap() / 2.0).powi(2));
            close(pooled.se.unwrap(), (halves[0] + halves[1]).sqrt(), 1e-12, codes);
            let df = satterthwaite([(halves[0], a.df), (halves[1], b.df)]);
            close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
            assert_eq!(pooled.n, a.n + b.n);
        }
        // The mean of the gaps is the gap of the means, with the covariance of each survey's own.
        for codes in ["", "urbanisation R"] {
            let [a, b] = ["a", "b"].map(|of| shown(&walked, of, id, codes, Measure::Gap));
            let pooled = shown(&walked, "both", id, codes, Measure::Gap);
            close(pooled.value, (a.value + b.value) / 2.0, 1e-12, codes);
            let halves = [a, b].map(|s| (s.se.unwrap() / 2.0).powi(2));
            close(pooled.se.unwrap(), (halves[0] + halves[1]).sqrt(), 1e-12, codes);
            let df = satterthwaite([(halves[0], a.df), (halves[1], b.df)]);
            close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
        }
    }
}

/// One survey's part of a population-weighted share: weighted sums of a group, and the variance of a
/// linear combination of its rows.
struct Round {
    /// Stratum, PSU, weight, property, in the group; rows of the base.
    rows: Vec<(String, String, f64, f64, bool)>,
}

impl Round {
    /// Users of the Internet among women, in rural areas or everywhere.
    fn read(folder: &Path, name: &str) -> Round {
        let (header, rows) = table(folder, name);
        let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
        let [stratum, psu, weight, sex, area, last] =
            ["stratum", "psu", "weight", "sex", "area", "internet_last"].map(at);
        let rows = rows.into_iter().filter(|row| row[sex] == "2" && "1234".contains(&row[last]));
        let rows = rows.map(|row| {
            let weight: f64 = row[weight].parse().expect("a weight");
            let used = f64::from(u8::from(row[last] == "1"));
            (row[stratum].clone(), row[psu].clone(), weight, used, row[area] == "2")
        });
        Round { rows: rows.collect() }
    }

    fn sum(&self, of: impl Fn(f64, bool) -> f64) -> f64 {
        self.rows.iter().map(|(.., w, y, rural)| w * of(*y, *rural)).sum()
    }

    /// Variance of Σ w u with all PSUs of the file.
    fn variance(&self, all: &[(String, String)], u: impl Fn(f64, bool) -> f64) -> f64 {
        let mut totals: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for (stratum, psu) in all {
            totals.entry(stratum).or_default().insert(psu, 0.0);
        }
        for (stratum, psu, w, y, rural) in &self.rows {
            *totals.get_mut(stratum.as_str()).unwrap().get_mut(psu.as_str()).unwrap() +=
                w * u(*y, *rural);
        }
        totals
            .values()
            .map(|psus| {
                let n = psus.len() as f64;
                let mean = psus.values().sum::<f64>() / n;
                n / (n - 1.0) * psus.values().map(|z| (z - mean).powi(2)).sum::<f64>()
            })
            .sum()
    }
}

#[test]
fn a_pool_by_population_counts_each_survey_by_its_persons() {
    let folder = two_rounds();
    let pool =
        "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"a\", \"b\"]\nweights = \"population\"\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    // The whole base: known sizes, by sex for each sex.
    for (codes, sizes) in
        [("sex F", [1.0e6, 2.1e6]), ("sex M", [1.1e6, 1.9e6]), ("", [2.1e6, 4.0e6])]
    {
        let [a, b] = ["a", "b"].map(|of| shown(&walked, of, "HH7", codes, Measure::Level));
        let pooled = shown(&walked, "both", "HH7", codes, Measure::Level);
        let share = sizes.map(|size| size / (sizes[0] + sizes[1]));
        close(pooled.value, share[0] * a.value + share[1] * b.value, 1e-14, codes);
        let parts = [(share[0] * a.se.unwrap()).powi(2), (share[1] * b.se.unwrap()).powi(2)];
        close(pooled.se.unwrap(), (parts[0] + parts[1]).sqrt(), 1e-12, codes);
        let df = satterthwaite([(parts[0], a.df), (parts[1], b.df)]);
        close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
    }
    let whole = row(&walked, "both", "HH7", "", Measure::Level);
    assert!(whole.diagnostics.iter().any(|d| d.code == "population_fixed"), "{whole:?}");
    // A group: the population times the group's share in the sample, which is estimated.
    let names = ["a.csv", "b.csv"];
    let rounds = names.map(|name| Round::read(folder.path(), name));
    let people = [1.0e6, 2.1e6];
    let one = |inside: bool| f64::from(u8::from(inside));
    let whole = rounds.each_ref().map(|round| round.sum(|_, _| 1.0));
    let size = rounds.each_ref().map(|round| round.sum(|_, rural| one(rural)));
    let users = rounds.each_ref().map(|round| round.sum(|y, rural| y * one(rural)));
    let (mut above, mut below) = (0.0, 0.0);
    for k in 0..2 {
        above += people[k] * users[k] / whole[k];
        below += people[k] * size[k] / whole[k];
    }
    let rate = above / below;
    let mut variance = 0.0;
    for k in 0..2 {
        let (header, rows) = table(folder.path(), names[k]);
        let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
        let (stratum, psu) = (at("stratum"), at("psu"));
        let all: Vec<(String, String)> =
            rows.iter().map(|row| (row[stratum].clone(), row[psu].clone())).collect();
        let (a, s) = (users[k] / whole[k], size[k] / whole[k]);
        variance += rounds[k].variance(&all, |y, rural| {
            let own = (y * one(rural) - a) - rate * (one(rural) - s);
            people[k] / below * own / whole[k]
        });
    }
    let pooled = shown(&walked, "both", "HH7", "sex F; urbanisation R", Measure::Level);
    close(pooled.value, rate, 1e-12, "rural women");
    close(pooled.se.unwrap(), variance.sqrt(), 1e-10, "rural women");
}

#[test]
fn a_change_adds_the_variances_of_two_rounds() {
    let folder = two_rounds();
    let change = "[[estimate.change]]\nconsecutive = true\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{change}"));
    for (codes, level, result) in [
        ("sex F", Measure::Level, Measure::Change),
        ("sex M; urbanisation R", Measure::Level, Measure::Change),
        ("", Measure::Level, Measure::Change),
        ("", Measure::Gap, Measure::GapChange),
        ("urbanisation U", Measure::Gap, Measure::GapChange),
    ] {
        let [a, b] = ["a", "b"].map(|of| shown(&walked, of, "HH7", codes, level));
        let row = row(&walked, "a/b", "HH7", codes, result);
        assert_eq!((row.key.time_period.as_str(), row.key.ref_area.as_str()), ("2024/2026", "XTA"));
        let change = shown(&walked, "a/b", "HH7", codes, result);
        close(change.value, b.value - a.value, 1e-14, codes);
        let parts = [a, b].map(|s| s.se.unwrap().powi(2));
        close(change.se.unwrap(), (parts[0] + parts[1]).sqrt(), 1e-12, codes);
        let df = satterthwaite([(parts[0], a.df), (parts[1], b.df)]);
        close(change.df.unwrap(), df.unwrap(), 1e-9, codes);
        assert!(change.df.unwrap() <= a.df.unwrap() + b.df.unwrap());
        let interval = change.interval.expect("an interval");
        assert!(interval.lower < change.value && change.value < interval.upper);
    }
}

#[test]
fn neither_the_order_of_surveys_nor_the_number_of_threads_changes_a_bit() {
    let folder = two_rounds();
    let more = "[[estimate.change]]\nfrom = \"a\"\nto = \"b\"\n\n[[estimate.pool]]\nid = \"s\"\n\
                surveys = [\"b\", \"a\"]\nweights = \"survey\"\n\n[[estimate.pool]]\nid = \"p\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"population\"\n\n[[estimate.contrast]]\nid = \"c\"\n\
                between = { urbanisation = [\"R\", \"U\"] }\n";
    let written = |text: String, threads: &str| {
        std::fs::write(folder.path().join("study.toml"), text).expect("the study");
        let output = Command::new(env!("CARGO_BIN_EXE_inclusion"))
            .args(["annex", "study.toml", "--format", "csv"])
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(folder.path())
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{}", stderr(&output));
        std::fs::read_to_string(folder.path().join("out/estimates.csv")).expect("estimates")
    };
    let first = written(format!("{SURVEYS}{more}"), "1");
    let (a, b) = (
        SURVEYS.find("[[survey]]\nid = \"b\"").unwrap(),
        SURVEYS.find("[[survey]]\nid = \"a\"").unwrap(),
    );
    let end = SURVEYS.find("[estimate]").unwrap();
    let turned =
        format!("{}{}{}{}", &SURVEYS[..a], &SURVEYS[b..end], &SURVEYS[a..b], &SURVEYS[end..]);
    let more = more.replace("[\"b\", \"a\"]", "[\"a\", \"b\"]");
    let second = written(format!("{turned}{more}"), "4");
    assert!(first == second, "the two files differ");
    let measures = ["CHANGE", "GAP_CHANGE", "DIFFERENCE", "GAP_DIFFERENCE"];
    assert!(measures.iter().all(|measure| first.contains(&format!(",{measure},"))), "{first}");
}

#[test]
fn what_is_withheld_in_one_round_is_in_no_pool_change_or_contrast() {
    let folder = two_rounds();
    // Of rural women of 65 and over the first round has few, the second many.
    let (header, rows) = table(folder.path(), "a.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let (sex, age, area) = (at("sex"), at("age"), at("area"));
    let mut kept = 0;
    let rows = rows.into_iter().filter(|row| {
        let old = row[age].parse().is_ok_and(|age: u32| (65..200).contains(&age));
        let of_group = old && row[sex] == "2" && row[area] == "2";
        kept += usize::from(of_group);
        !of_group || kept <= 12
    });
    let rows: Vec<String> = rows.map(|row| row.join(",")).collect();
    let text = format!("{}\n{}\n", header.join(","), rows.join("\n"));
    std::fs::write(folder.path().join("a.csv"), text).expect("the survey");
    let more = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"survey\"\n[[estimate.pool]]\nid = \"e\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"equal\"\n[[estimate.contrast]]\nid = \"c\"\n\
                surveys = [\"a\"]\nbetween = { urbanisation = [\"R\", \"U\"] }\n\
                [[estimate.contrast]]\nid = \"one\"\nkind = \"ratio\"\n\
                first = { survey = \"b\", indicator = \"HH7\", group = { sex = \"F\", urbanisation = \"R\", age_group = \"65+\" } }\n\
                second = { survey = \"a\", indicator = \"HH7\", group = { sex = \"F\", urbanisation = \"R\", age_group = \"65+\" } }\n";
    let surveys = SURVEYS.replace(
        "\"sex * age_group\"]",
        "\"sex * age_group\", \"sex * urbanisation * age_group\"]",
    );
    let (prepared, walked) = walked(folder.path(), &format!("{surveys}{more}"));
    let old = "age_group 65+; sex F; urbanisation R";
    let cell = |source: &str, codes: &str, measure| {
        row(&walked, source, "HH7", codes, measure).cell.clone()
    };
    assert_eq!(cell("a", old, Measure::Level), Cell::Withheld);
    assert!(matches!(cell("b", old, Measure::Level), Cell::Shown(_)));
    for (source, codes, measure) in [
        ("s", old, Measure::Level),
        ("e", old, Measure::Level),
        ("a/b", old, Measure::Change),
        ("s", "age_group 65+; urbanisation R", Measure::Gap),
        ("e", "age_group 65+; urbanisation R", Measure::Parity),
        ("a/b", "age_group 65+; urbanisation R", Measure::GapChange),
        ("c", "age_group 65+; sex F; urbanisation R/U", Measure::Difference),
        ("c", "age_group 65+; urbanisation R/U", Measure::GapDifference),
        ("one", old, Measure::LevelRatio),
    ] {
        assert_eq!(cell(source, codes, measure), Cell::Withheld, "{source} {codes} {measure:?}");
    }
    // Every figure that follows from others is shown only where all of those are.
    let hidden = |source: &str, key: &SeriesKey, measure: Measure| {
        let own = walked.publishable.rows().iter().find(|row| {
            row.key.source == source
                && row.key.indicator == key.indicator
                && row.key.breakdown == key.breakdown
                && row.key.measure == measure
        });
        own.is_some_and(|row| row.cell == Cell::Withheld)
    };
    let mut followed = 0;
    for row in walked.publishable.rows() {
        let measure = match (row.key.source.as_str(), row.key.measure) {
            ("s" | "e", measure) => measure,
            ("a/b", Measure::Change) => Measure::Level,
            ("a/b", Measure::GapChange) => Measure::Gap,
            _ => continue,
        };
        let hidden = ["a", "b"].map(|of| hidden(of, &row.key, measure));
        // A sum of two withheld figures tells neither.
        let sum = row.key.source == "s" && hidden == [true, true];
        if hidden.contains(&true) && !sum {
            followed += 1;
            assert_eq!(row.cell, Cell::Withheld, "{:?}", row.key);
        }
    }
    assert!(followed > 20, "only {followed} figures are made of withheld ones");
    // Nothing of a withheld row is printed.
    let text = inclusion::annex(&prepared, &walked).expect("an annex");
    let csv = text.files.iter().find(|(name, _)| name == "estimates.csv").expect("estimates");
    let csv = String::from_utf8(csv.1.clone()).expect("text");
    let header: Vec<&str> = csv.lines().next().expect("a header").split(',').collect();
    let column = |name: &str| header.iter().position(|own| *own == name).expect("a column");
    let mut withheld = 0;
    for line in csv.lines().skip(1).filter(|line| !line.contains('"')) {
        let fields: Vec<&str> = line.split(',').collect();
        if fields[column("OBS_STATUS")] == "Q" {
            withheld += 1;
            for name in ["OBS_VALUE", "STD_ERROR", "LOWER_BOUND", "UPPER_BOUND", "N", "DF", "NOTE"]
            {
                assert_eq!(fields[column(name)], "", "{name} of {line}");
            }
        }
    }
    assert!(withheld > 30, "only {withheld} rows are withheld");
}

#[test]
fn surveys_that_measure_otherwise_are_marked_and_no_finding_is_made_of_them() {
    let folder = two_rounds();
    let recipe =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../registry/recipes/synthetic/ict.toml");
    let recipe = std::fs::read_to_string(recipe).expect("the recipe");
    let own = folder.path().join("registry/recipes/synthetic");
    std::fs::create_dir_all(&own).expect("a folder");
    let changed = recipe
        .replace("id = \"synthetic/ict\"", "id = \"synthetic/ict-b\"")
        .replace("individuals aged 10 and over of", "individuals aged 16 and over of");
    std::fs::write(own.join("ict-b.toml"), changed).expect("a recipe");
    let text = SURVEYS
        .replace("title = \"Test\"", "title = \"Test\"\nregistry = \"registry\"")
        .replacen("\"synthetic/ict\"", "\"synthetic/ict-b\"", 1);
    let change = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                  surveys = [\"a\", \"b\"]\nweights = \"survey\"\n";
    let (prepared, walked) = walked(folder.path(), &format!("{text}{change}"));
    let pooled = row(&walked, "s", "HH7", "sex F", Measure::Level);
    let pooled = pooled.diagnostics.iter().find(|d| d.code == "not_comparable").expect("a note");
    assert!(pooled.message.starts_with("The surveys of the pool do not measure the same: who is"));
    let row = row(&walked, "a/b", "HH7", "sex F", Measure::Change);
    let note = row.diagnostics.iter().find(|d| d.code == "not_comparable").expect("a note");
    assert_eq!(
        note.message,
        "The surveys do not measure the same, so that a difference is partly one of measurement: who \
         is covered (a: individuals aged 10 and over of a made-up country; b: individuals aged 16 and \
         over of a made-up country)."
    );
    let annex = inclusion::annex(&prepared, &walked).expect("an annex");
    let page = annex.files.iter().find(|(name, _)| name == "annex.md").expect("the annex");
    let page = String::from_utf8(page.1.clone()).expect("text");
    let section = page.split("## Changes between rounds").nth(1).expect("the changes");
    assert!(section.contains("The surveys do not measure the same"), "{section}");
    assert!(!page.contains("XTA, 2024 to 2026: "), "a finding was made");
}

#[test]
fn the_annex_shows_both_rounds_and_the_change() {
    let folder = two_rounds();
    let more = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                name = \"Both rounds\"\nsurveys = [\"a\", \"b\"]\nweights = \"survey\"\n\
                [[estimate.contrast]]\nid = \"c\"\nsurveys = [\"b\"]\nname = \"Rural against urban\"\n\
                between = { urbanisation = [\"R\", \"U\"] }\n";
    let (prepared, walked) = walked(folder.path(), &format!("{SURVEYS}{more}"));
    let annex = inclusion::annex(&prepared, &walked).expect("an annex");
    let read = |name: &str| {
        let file = annex.files.iter().find(|(own, _)| own == name).expect("a file");
        String::from_utf8_lossy(&file.1).into_owned()
    };
    let page = read("annex.md");
    let section = page.split("## Changes between rounds").nth(1).expect("the changes");
    let line = section.lines().find(|line| line.starts_with("| All |")).expect("a row");
    let change = shown(&walked, "a/b", "HH7", "sex F", Measure::Change);
    let cells: Vec<&str> = line.split(" | ").collect();
    assert_eq!(cells.len(), 10, "{line}");
    let interval = change.interval.expect("an interval");
    let strong = interval.lower > 0.0 || interval.upper < 0.0;
    assert_eq!(cells[3].starts_with("**"), strong, "{line}");
    let points = format!("{:.1}", change.value * 100.0).replace('-', "\u{2212}");
    assert!(cells[3].contains(&points), "{} has no {points}", cells[3]);
    assert!(section.contains("the two rounds are independent samples"), "{section}");
    assert!(page.contains("Rural against urban: Individuals using the Internet"), "{page}");
    assert!(page.contains("*Both rounds, 2024-2026*"), "no rows of the pool");
    // A pool is no source, and no place more.
    assert!(page.contains("\nXTA, 2024 and 2026\n"), "{}", &page[..400]);
    let source = page.lines().find(|line| line.starts_with("Source: ")).expect("a source");
    assert!(!source.contains("Pool"), "{source}");
    let html = read("annex.html");
    assert!(annex.headline.starts_with("XTA, 2024 to 2026: "), "{}", annex.headline);
    assert!(html.contains("Change from 2024 to 2026: Individuals using the Internet"));
}

/// What `check` says against pools, changes and contrasts.
fn refused(more: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), format!("{SURVEYS}{more}")).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    stderr(&output).trim_end().to_string()
}

#[test]
fn a_wrong_pool_is_told_with_its_place() {
    let pool = |rest: &str| refused(&format!("[[estimate.pool]]\nid = \"p\"\n{rest}"));
    assert_eq!(
        pool("surveys = [\"a\", \"bb\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:17: no survey `bb`; did you mean `b`?"
            .replace("; did you mean `b`?", "; there are: b, a")
    );
    assert_eq!(
        pool("surveys = [\"a\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:12: pool `p` needs two surveys or more"
    );
    assert_eq!(
        pool("surveys = [\"a\", \"a\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:17: survey `a` is twice in pool `p`"
    );
    assert_eq!(
        pool("surveys = [\"a\", \"b\"]\nweights = \"populaton\"\n"),
        "error: study.toml:24:11: unknown value `populaton`; did you mean `population`?"
    );
    assert_eq!(
        pool("survey = [\"a\", \"b\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:1: unknown key `survey`; did you mean `surveys`?"
    );
    assert_eq!(
        refused("[[estimate.pool]]\nid = \"a\"\nsurveys = [\"a\", \"b\"]\nweights = \"equal\"\n"),
        "error: study.toml:22:6: the id `a` is that of a survey or pool"
    );
}

#[test]
fn a_wrong_change_is_told_with_its_place() {
    let change = |rest: &str| refused(&format!("[[estimate.change]]\n{rest}"));
    assert_eq!(
        change("from = \"b\"\nto = \"a\"\n"),
        "error: study.toml:22:8: `from` is of 2026 and `to` of 2024: a change is from an earlier round to a later one"
    );
    assert_eq!(
        change("from = \"a\"\n"),
        "error: study.toml:22:8: a change is either `from` one survey `to` another, or `consecutive = true` for all rounds of each area"
    );
    assert_eq!(
        change("from = \"a\"\nto = \"c\"\n"),
        "error: study.toml:23:6: no survey or pool `c`; there are: b, a"
    );
    assert_eq!(
        refused(
            "[[estimate.pool]]\nid = \"p\"\nsurveys = [\"a\", \"b\"]\nweights = \"equal\"\ntime_period = \"2030\"\n[[estimate.change]]\nfrom = \"a\"\nto = \"p\"\n"
        ),
        "error: study.toml:28:6: `a` and `p` both hold survey `a`, so nothing changed in it"
    );
}

#[test]
fn rounds_that_are_not_described_alike_are_no_one_sample() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let calibrate = "population = { F = 2100000, M = 1900000, source = \"census\" }\n\
                     [[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"census\"\n\
                     [[survey.calibrate.margin]]\nby = \"urbanisation\"\ntotals = { U = 1, R = 1 }\n";
    let first = "population = { F = 2100000, M = 1900000, source = \"census\" }\n";
    let more = "[[estimate.change]]\nconsecutive = true\nshared_psus = true\n";
    let text = format!("{}{more}", SURVEYS.replacen(first, calibrate, 1));
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(
        stderr(&output).trim_end(),
        "error: study.toml:29:15: `a` and `b` cannot be taken as one sample: survey `b` has weights \
         adjusted to known totals, each round by itself; leave `shared_psus` out only if the rounds are \
         independent samples"
    );
}

#[test]
fn a_wrong_contrast_is_told_with_its_place() {
    let contrast = |rest: &str| refused(&format!("[[estimate.contrast]]\nid = \"c\"\n{rest}"));
    assert_eq!(
        contrast("between = { urbanisaton = [\"R\", \"U\"] }\n"),
        "error: study.toml:23:13: no breakdown of the study is by `urbanisaton`; did you mean `urbanisation`?"
    );
    assert_eq!(
        contrast("between = { urbanisation = [\"R\", \"X\"] }\n"),
        "error: study.toml:23:34: `urbanisation` has no code `X`; it has: R, U"
    );
    assert_eq!(
        contrast("between = { region = [\"1\", \"2\"] }\n"),
        "error: study.toml:23:13: no breakdown of the study is by `region`; add \"sex * region\" to `by`"
    );
    assert_eq!(
        contrast("between = { sex = [\"F\", \"M\"] }\n"),
        "error: study.toml:23:13: women against men are the gap, which every table has"
    );
    assert_eq!(
        contrast("kind = \"ratio\"\n"),
        "error: study.toml:22:6: contrast `c` needs either `between = { urbanisation = [\"R\", \"U\"] }` or the cells `first` and `second`"
    );
    let cells = |first: &str, second: &str| {
        contrast(&format!("first = {{ {first} }}\nsecond = {{ {second} }}\n"))
    };
    assert_eq!(
        cells("survey = \"a\", indicator = \"HH7\"", "survey = \"a\", indicator = \"HH77\""),
        "error: study.toml:24:38: indicator `HH77` is not in [estimate] indicators; did you mean `HH7`?"
    );
    assert_eq!(
        cells(
            "survey = \"a\", indicator = \"HH7\"",
            "survey = \"a\", indicator = \"HH7\", group = { age_group = \"15-24\", urbanisation = \"R\" }"
        ),
        "error: study.toml:24:10: the study shows no such figure, so whether it may be shown cannot be judged; add \"age_group * urbanisation\" to `by`"
    );
    assert_eq!(
        cells(
            "survey = \"a\", indicator = \"HH7\"",
            "survey = \"a\", indicator = \"HOURS-ONLINE\""
        ),
        "error: study.toml:24:10: `HH7` is in percent and `HOURS-ONLINE` in hours: figures of different units have no difference"
    );
    assert_eq!(
        cells("survey = \"a\", indicator = \"HH7\", group = { region = \"1\" }", "survey = \"a\""),
        "error: study.toml:23:54: no breakdown of `a` is by `region`; add one to `by`, if its recipe can give it"
    );
    assert_eq!(
        cells("indicator = \"HH7\"", "survey = \"a\", indicator = \"HH7\""),
        "error: study.toml:23:9: the study has several surveys; name one by `survey`"
    );
}

/// One sample cut into two rounds of the same PSUs, and the same with the round as a region.
fn panel() -> tempfile::TempDir {
    let folder = two_rounds();
    let (header, rows) = table(folder.path(), "b.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let (household, person, region) = (at("household_id"), at("person_id"), at("region"));
    let mut files = [String::new(), String::new(), String::new()];
    files.iter_mut().for_each(|file| *file = header.join(",") + "\n");
    for row in rows {
        // No pattern of the household and person that the survey knows of.
        let number = |at: usize| row[at].parse::<u64>().expect("a number");
        let first = (number(household) * 7 + number(person) * 3) % 5 < 2;
        files[usize::from(first)].push_str(&(row.join(",") + "\n"));
        let mut marked = row;
        marked[region] = if first { "2" } else { "1" }.to_string();
        files[2].push_str(&(marked.join(",") + "\n"));
    }
    for (name, text) in ["one.csv", "two.csv", "all.csv"].into_iter().zip(files) {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn rounds_in_the_same_psus_are_one_sample() {
    let folder = panel();
    let survey = |id: &str, year: &str| {
        format!(
            "[[survey]]\nid = \"{id}\"\ntime_period = \"{year}\"\nrecipe = \"synthetic/ict\"\n\
             files = {{ persons = \"{id}.csv\" }}\n\n"
        )
    };
    let head = "[study]\ntitle = \"Test\"\n\n";
    let change = "[[estimate.change]]\nfrom = \"one\"\nto = \"two\"\nshared_psus = true\n\
                  [[estimate.change]]\nid = \"apart\"\nfrom = \"one\"\nto = \"two\"\n";
    let (one, two) = (survey("one", "2024"), survey("two", "2025"));
    let text = format!(
        "{head}{one}{two}[estimate]\nindicators = [\"HH7\", \"HOURS-ONLINE\"]\n\
         by = [\"sex\", \"sex * urbanisation\"]\n{change}"
    );
    let (_, rounds) = walked(folder.path(), &text);
    let text = format!(
        "{head}{}[estimate]\nindicators = [\"HH7\", \"HOURS-ONLINE\"]\n\
         by = [\"sex * region\", \"sex * urbanisation * region\"]\n[[estimate.contrast]]\nid = \"c\"\n\
         between = {{ region = [\"2\", \"1\"] }}\n",
        survey("all", "2024")
    );
    let (_, regions) = walked(folder.path(), &text);
    for id in ["HH7", "HOURS-ONLINE"] {
        for (codes, of, like) in [
            ("sex F", Measure::Change, Measure::Difference),
            ("", Measure::Change, Measure::Difference),
            ("sex M; urbanisation R", Measure::Change, Measure::Difference),
            ("", Measure::GapChange, Measure::GapDifference),
            ("urbanisation U", Measure::GapChange, Measure::GapDifference),
        ] {
            let change = shown(&rounds, "one/two", id, codes, of);
            let contrast = shown(&regions, "c", id, &format!("region 2/1; {codes}"), like);
            close(change.value, contrast.value, 1e-11, codes);
            close(change.se.unwrap(), contrast.se.unwrap(), 1e-11, codes);
            assert_eq!(change.df, contrast.df, "{codes}");
            // Not what two independent samples would have.
            let apart = shown(&rounds, "apart", id, codes, of);
            assert_eq!(change.value, apart.value);
            assert!((change.se.unwrap() / apart.se.unwrap() - 1.0).abs() > 1e-4, "{id} {codes}");
        }
    }
}

#[test]
fn figures_of_two_indicators_of_one_survey_have_their_covariance() {
    let folder = two_rounds();
    let contrast = "[[estimate.contrast]]\nid = \"c\"\n\
                    first = { survey = \"a\", indicator = \"HH18\", group = { sex = \"F\" } }\n\
                    second = { survey = \"a\", indicator = \"HH7\", group = { sex = \"F\" } }\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{contrast}"));
    // By hand, from the rows: PSU totals of (y − R)/W of the two indicators, one minus the other.
    let (header, rows) = table(folder.path(), "a.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let [stratum, psu, weight, sex] = ["stratum", "psu", "weight", "sex"].map(at);
    let answers = |column: &str, valid: &str| -> Vec<Option<f64>> {
        let own = at(column);
        let of = |row: &Vec<String>| {
            let stated = row[sex] == "2" && !row[own].is_empty() && valid.contains(&row[own]);
            stated.then(|| f64::from(u8::from(row[own] == "1")))
        };
        rows.iter().map(of).collect()
    };
    let weights: Vec<f64> = rows.iter().map(|row| row[weight].parse().expect("a weight")).collect();
    let rate = |of: &[Option<f64>]| {
        let pairs = || of.iter().zip(&weights).filter_map(|(y, w)| Some(((*y)?, *w)));
        let all: f64 = pairs().map(|(_, w)| w).sum();
        (pairs().map(|(y, w)| y * w).sum::<f64>() / all, all)
    };
    let (phone, net) = (answers("owns_mobile", "12"), answers("internet_last", "1234"));
    let ((r1, w1), (r2, w2)) = (rate(&phone), rate(&net));
    let mut totals: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for (row, fields) in rows.iter().enumerate() {
        let score = |y: Option<f64>, r: f64, w: f64| y.map_or(0.0, |y| (y - r) / w);
        let z = score(phone[row], r1, w1) - score(net[row], r2, w2);
        let psus = totals.entry(&fields[stratum]).or_default();
        *psus.entry(&fields[psu]).or_default() += weights[row] * z;
    }
    let variance: f64 = totals
        .values()
        .map(|psus| {
            let n = psus.len() as f64;
            let mean = psus.values().sum::<f64>() / n;
            n / (n - 1.0) * psus.values().map(|z| (z - mean).powi(2)).sum::<f64>()
        })
        .sum();
    let found: Vec<&Row> =
        walked.publishable.rows().iter().filter(|row| row.key.source == "c").collect();
    let [row] = found.as_slice() else { panic!("{} rows of the contrast", found.len()) };
    assert_eq!(row.key.indicator, "HH18/HH7");
    let Cell::Shown(difference) = &row.cell else { panic!("{row:?}") };
    close(difference.value, r1 - r2, 1e-12, "value");
    close(difference.se.unwrap(), variance.sqrt(), 1e-10, "standard error");
}

#[test]
fn cells_of_a_study_say_what_cannot_be_had_from_them() {
    let folder = two_rounds();
    let here = folder.path();
    let write = |more: &str| {
        std::fs::write(here.join("study.toml"), format!("{SURVEYS}{more}")).expect("a study");
    };
    let pool = |id: &str, weights: &str| {
        format!(
            "[[estimate.pool]]\nid = \"{id}\"\nsurveys = [\"a\", \"b\"]\nweights = \"{weights}\"\n"
        )
    };
    let contrast =
        "[[estimate.contrast]]\nid = \"c\"\nbetween = { urbanisation = [\"R\", \"U\"] }\n";
    let test = "[[analysis]]\nid = \"t\"\nkind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"\n";
    let change = "[[estimate.change]]\nconsecutive = true\n";
    write(&format!("{}{}{change}{contrast}{test}", pool("s", "survey"), pool("e", "equal")));
    let made = inclusion(here, &["cells", "study.toml", "--output", "cells"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let told = "note      Cells are sums, and analysis `t`, pool `s`, contrast `c` need every row: \
                `estimate --cells` will refuse the study until it is without.\n";
    assert_eq!(stderr(&made).matches(told).count(), 1, "{}", stderr(&made));
    let from_cells = ["estimate", "study.toml", "--cells", "cells", "--output", "cells.csv"];
    let refused = inclusion(here, &from_cells);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        stderr(&refused),
        "error: analysis `t`, pool `s`, contrast `c` need every row, and cells are sums: leave them out of the \
         study, or estimate from the rows\n"
    );
    // Without them the same cells give what the rows give.
    write(&format!("{}{change}", pool("e", "equal")));
    let made = inclusion(here, &["cells", "study.toml", "--output", "cells"]);
    assert!(!stderr(&made).contains("Cells are sums"), "{}", stderr(&made));
    for args in [&from_cells[..], &["estimate", "study.toml", "--output", "rows.csv"]] {
        let output = inclusion(here, args);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let read = |name: &str| std::fs::read_to_string(here.join(name)).expect("estimates");
    assert!(read("rows.csv").contains("Pool e") || read("rows.csv").contains("a/b"), "no change");
    assert_eq!(read("cells.csv"), read("rows.csv"));
}

#[test]
fn notes_of_several_surveys_name_the_survey_that_they_are_about() {
    let folder = two_rounds();
    let (_, both) = walked(folder.path(), SURVEYS);
    let of = |code: &str| -> BTreeSet<String> {
        let own = both.diagnostics.iter().filter(|d| d.code == code);
        own.map(|d| d.message.split(": ").next().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(of("breakdown_not_stated"), BTreeSet::from(["a".into(), "b".into()]));
    // One survey needs no name.
    let first = SURVEYS.find("[[survey]]\nid = \"a\"").expect("the second survey");
    let rest = SURVEYS.find("[estimate]").expect("the estimates");
    let (_, one) = walked(folder.path(), &format!("{}{}", &SURVEYS[..first], &SURVEYS[rest..]));
    let notes: Vec<_> =
        one.diagnostics.iter().filter(|d| d.code == "breakdown_not_stated").collect();
    assert!(!notes.is_empty());
    assert!(notes.iter().all(|note| note.message.starts_with(|c: char| c.is_ascii_digit())));
}
