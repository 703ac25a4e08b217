//! Scripts for other programs give our figures: they are run, and every number is compared.
//!
//! R needs `Rscript` with the package `survey`; Python needs `svy`, in `python3` or in the interpreter
//! that `INCLUSION_PYTHON` names. Where a program is not there its tests say so loudly and are
//! skipped, or fail if `INCLUSION_REQUIRE_R` or `INCLUSION_REQUIRE_SVY` is set. Stata is not free to run: its scripts are snapshots in `crates/inclusion`.

mod designs;
mod svy;

use crate::shared;
use inclusion::{Dialect, Error, Reproduce, Study, prepare, reproduce, walk};
use inclusion_disclosure::{Cell, Shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Indicator, breakdown, measure.
type Key = (inclusion_estimate::Text, inclusion_estimate::Codes, String);

/// The program that runs a script, or nothing with a loud line where it is not there.
fn program(dialect: Dialect) -> Option<String> {
    let (name, test) = match dialect {
        Dialect::R => ("Rscript".to_string(), ["-e", "library(survey); library(MASS)"]),
        _ => {
            let own = std::env::var("INCLUSION_PYTHON").unwrap_or_else(|_| "python3".to_string());
            (own, ["-c", "import svy"])
        }
    };
    let there = Command::new(&name).args(test).output().is_ok_and(|done| done.status.success());
    if !there {
        let (what, required) = match dialect {
            Dialect::R => ("R with `survey` and `MASS`", "INCLUSION_REQUIRE_R"),
            _ => ("Python with `svy`", "INCLUSION_REQUIRE_SVY"),
        };
        assert!(
            std::env::var_os(required).is_none(),
            "{what} is not there, and {required} forbids to skip"
        );
        eprintln!("SKIPPED: this test needs {what}, which is not there");
    }
    there.then_some(name)
}

fn r_has(package: &str) -> bool {
    let test = format!("library({package})");
    let there = Command::new("Rscript").args(["-e", &test]).output();
    let there = there.is_ok_and(|done| done.status.success());
    if !there {
        eprintln!("SKIPPED: this test needs the R package {package}, which is not there");
    }
    there
}

/// Our own figures, unrounded.
fn ours(study: &Path) -> BTreeMap<Key, Shown> {
    let prepared = prepare(Study::read(study).unwrap()).unwrap();
    let walked = walk(&prepared, &inclusion::untold).unwrap();
    let mut all = BTreeMap::new();
    for row in walked.publishable.rows() {
        let measure = row.key.measure.id().to_lowercase();
        if let (Cell::Shown(shown), true) = (&row.cell, measure != "nonresponse") {
            let key = (row.key.indicator.clone(), row.key.breakdown.clone(), measure);
            all.insert(key, shown.clone());
        }
    }
    all
}

/// The figures of a script: value, se, lower, upper, df, n.
fn theirs(
    program: &str,
    dialect: Dialect,
    study: &Path,
) -> Option<BTreeMap<Key, Vec<Option<f64>>>> {
    let request = Reproduce { dialect, indicators: Vec::new(), by: Vec::new(), survey: None };
    let script = match reproduce(Study::read(study).unwrap(), &request) {
        // What a program cannot do it refuses by name.
        Err(Error::Usage(why)) if why.starts_with("this cannot be reproduced in svy") => {
            println!("    refused: {why}");
            return None;
        }
        script => script.unwrap(),
    };
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("script"), folder.path().join("results.csv"));
    std::fs::write(&path, &script).unwrap();
    let done = Command::new(program).arg(&path).arg(&out).output().unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}: {errors}\n{script}", study.display());
    let mut all = BTreeMap::new();
    for record in csv::Reader::from_path(&out).unwrap().records() {
        let record = record.unwrap();
        let breakdown = record[1]
            .split("; ")
            .filter_map(|part| part.split_once('='))
            .map(|(concept, code)| (concept.to_string(), code.to_string()))
            .collect();
        let numbers = (3..9).map(|i| record[i].parse::<f64>().ok()).collect();
        all.insert((record[0].into(), breakdown, record[2].to_string()), numbers);
    }
    Some(all)
}

fn close(got: Option<f64>, own: Option<f64>, what: &str) {
    // An infinite number of degrees of freedom is none of ours.
    let got = got.filter(|v| v.is_finite());
    let (Some(got), Some(own)) = (got, own) else {
        assert_eq!(got, own, "{what}");
        return;
    };
    assert!((got - own).abs() <= 1e-9 * own.abs() + 1e-12, "{what}: {got}, ours is {own}");
}

/// Runs the script of a study and compares every figure that we show; gives their number, 0 where the
/// program cannot do it, and nothing where the program is not there.
fn same(dialect: Dialect, study: &Path) -> Option<usize> {
    let program = program(dialect)?;
    let Some(theirs) = theirs(&program, dialect, study) else { return Some(0) };
    let ours = ours(study);
    for (key, own) in &ours {
        let what = format!("{dialect:?} {} {key:?}", study.display());
        let Some(got) = theirs.get(key) else { panic!("{what} is not in the script's results") };
        let interval = own.interval.map_or([None, None], |i| [Some(i.lower), Some(i.upper)]);
        let wanted =
            [Some(own.value), own.se, interval[0], interval[1], own.df, Some(own.n as f64)];
        for (i, name) in ["value", "se", "lower", "upper", "df", "n"].iter().enumerate() {
            close(got[i], wanted[i], &format!("{what}, {name}"));
        }
    }
    assert!(!ours.is_empty(), "{}: no figure", study.display());
    Some(ours.len())
}

/// A folder with a registry that withholds nothing and has an indicator of every statistic.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        place.write(
            "registry/policies/open.toml",
            "id = \"open\"\nname = \"Open\"\nwithhold_below = 1\nunreliable_below = 1\nsource = \"test\"\n",
        );
        place.write("registry/concepts/school.toml", "id = \"school\"\nname = \"School\"\nkind = \"category\"\nbreakdown = true\nopen = true\n");
        place
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn indicator(&self, id: &str, direction: &str, unit: &str, what: &str) {
        let text = format!(
            "id = \"{id}\"\nversion = \"1.0.0\"\nstatus = \"agreed\"\nname = \"{id}\"\n\
             statement = \"go online\"\ntopic = \"use\"\ncustodian = \"test\"\nkind = \"rate\"\n\
             population = \"person\"\nuniverse_text = \"everybody\"\n{what}\n\
             numerator_text = \"yes\"\nreference_period = \"3 months\"\nunit = \"{unit}\"\n\
             direction = \"{direction}\"\n\
             breakdowns = [\"sex\", \"urbanisation\", \"age_group\", \"school\"]\nsource = \"test\"\n"
        );
        self.write(&format!("registry/indicators/{id}.toml"), &text);
    }

    /// A study of one file by a recipe of the registry.
    fn study(&self, data: &Path, recipe: &str, survey: &str, estimate: &str) -> PathBuf {
        let text = format!(
            "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n[[survey]]\nid = \"s\"\n\
             recipe = \"{recipe}\"\nfiles = {{ {} = '{}' }}\n{survey}\n[estimate]\n{estimate}\n\
             [disclosure]\nprofile = \"open\"\n",
            if recipe == "synthetic/ict" { "persons" } else { "rows" },
            data.display()
        );
        self.write("study.toml", &text)
    }
}

fn demo(file: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets/demo");
    folder.canonicalize().unwrap().join(file)
}

/// Every statistic, both directions, on the demonstration survey.
fn every_statistic(place: &Place, data: &Path, survey: &str, estimate: &str) -> PathBuf {
    place.indicator(
        "OFFLINE",
        "lower",
        "percent",
        "numerator = { internet_use = [\"never\"] }\nuniverse = { age = { min = 15 } }",
    );
    place.indicator("HOURS", "higher", "hours", "statistic = \"mean\"\nvalue = \"hours_online\"");
    place.indicator(
        "HOURS-LOW",
        "lower",
        "hours",
        "statistic = \"mean\"\nvalue = \"hours_online\"",
    );
    place.indicator(
        "MEDIAN",
        "higher",
        "hours",
        "statistic = \"quantile\"\nprobability = 0.5\nvalue = \"hours_online\"",
    );
    place.indicator(
        "USERS",
        "higher",
        "persons",
        "statistic = \"total\"\nnumerator = { internet_use = [\"3m\", \"12m\"] }",
    );
    place.indicator(
        "HOURS-A-YEAR",
        "higher",
        "ratio",
        "statistic = \"ratio\"\nvalue = \"hours_online\"\ndenominator = \"age\"",
    );
    place.indicator("EITHER", "higher", "percent", "numerator = { any = [{ hh_internet = [\"yes\"], age = { max = 40 } }, { smartphone = [\"yes\"] }] }");
    place.study(data, "synthetic/ict", survey, estimate)
}

const ALL: &str = "indicators = [\"HH7\", \"OFFLINE\", \"HOURS\", \"HOURS-LOW\", \"MEDIAN\", \"USERS\", \"HOURS-A-YEAR\", \"EITHER\"]\n";

const MEASURES: &str = "measures = [\"gap\", \"relative_gap\", \"parity\", \"adjusted_parity\", \"user_difference\", \"women_to_parity\", \"excess_offline\", \"headcount\"]\n";

#[test]
fn r_gives_every_statistic_and_measure_of_the_demonstration_survey() {
    let place = Place::new();
    let people = "population = { F = 2400000, M = 2300000, source = \"test\" }";
    let estimate = format!("{ALL}{MEASURES}by = [\"sex\", \"sex * urbanisation\", \"age_group\"]");
    let study = every_statistic(&place, &demo("ict_survey.csv"), people, &estimate);
    let compared = same(Dialect::R, &study);
    assert!(compared.is_none_or(|figures| figures > 120), "{compared:?}");
}

#[test]
fn r_reads_stata_and_spss_files_and_makes_derived_groups() {
    if program(Dialect::R).is_none() || !r_has("haven") {
        return;
    }
    let place = Place::new();
    let estimate = "indicators = [\"HH7\", \"HH15-COPA\"]\nby = [\"sex * age_group\", \"sex * wealth_quintile_household\", \"sex * wealth_quintile_person\", \"sex * region * indigenous\"]";
    for file in ["ict_survey.dta", "ict_survey.sav"] {
        let study = place.study(&demo(file), "synthetic/ict", "", estimate);
        assert!(same(Dialect::R, &study).is_none_or(|figures| figures > 250));
    }
}

/// Women and men in two files with weights of their own, in the same PSUs.
fn two_files(place: &Place) -> PathBuf {
    for (people, shift, prefix, id, name) in
        [(9, 4, "v", "caseid", "women.csv"), (7, 0, "mv", "mcaseid", "men.csv")]
    {
        let columns = ["005", "021", "022", "012", "025", "106", "190", "169a", "171a", "171b"];
        let names: Vec<String> = columns.iter().map(|c| format!("{prefix}{c}")).collect();
        let mut text = format!("{id},{}\n", names.join(","));
        let persons = (1..=12).flat_map(|psu| (0..people).map(move |person| (psu, person)));
        for (row, (psu, person)) in persons.enumerate() {
            let mix = (psu * 37 + person * 11 + shift * 5) % 23;
            let (answer, stratum) = (u32::from(mix + psu > 12 + shift), (psu - 1) / 4 + 1);
            let weight = 800_000 + mix * 31_007;
            text.push_str(&format!(
                "{row},{weight},{psu},{stratum},30,{},1,3,{answer},{answer},\n",
                1 + person % 2
            ));
        }
        place.write(name, &text);
    }
    place.write(
        "study.toml",
        "[study]\ntitle = \"Two files\"\nregistry = \"registry\"\n[[survey]]\nid = \"dhs\"\n\
         ref_area = \"XXA\"\ntime_period = \"2020\"\nrecipe = [\"dhs/women-7\", \"dhs/men-7\"]\n\
         files = { women = \"women.csv\", men = \"men.csv\" }\n\
         population = { F = 5200, M = 4800, source = \"test\" }\n[estimate]\n\
         indicators = [\"DHS-MOBILE\"]\nby = [\"sex\", \"urbanisation\"]\n\
         measures = [\"gap\", \"parity\", \"headcount\"]\n[disclosure]\nprofile = \"open\"\n",
    )
}

#[test]
fn two_files_and_the_small_study_of_the_snapshots_agree_in_both_programs() {
    let small = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates/inclusion/tests/reproduce/study.toml");
    for dialect in [Dialect::R, Dialect::Svy] {
        let place = Place::new();
        let files = same(dialect, &two_files(&place));
        let compared = files.and_then(|files| Some(files + same(dialect, &small)?));
        assert!(compared.is_none_or(|figures| figures > 20), "{dialect:?}: {compared:?}");
    }
}

#[test]
fn r_knows_every_interval_and_rule_of_degrees_of_freedom() {
    for (method, df) in [
        ("beta", "full"),
        ("wilson", "domain"),
        ("asin", "infinite"),
        ("mean", "full"),
        ("likelihood", "domain"),
        ("beta", "domain"),
    ] {
        let place = Place::new();
        let estimate = format!(
            "indicators = [\"HH7\", \"OFFLINE\"]\nby = [\"sex\"]\ndf = \"{df}\"\n\
             interval = {{ method = \"{method}\", level = 0.9 }}"
        );
        let study = every_statistic(&place, &demo("ict_survey.csv"), "", &estimate);
        let compared = same(Dialect::R, &study);
        assert!(compared.is_none_or(|figures| figures > 10), "{method}, {df}: {compared:?}");
    }
}

#[test]
fn r_gives_the_figures_of_brazil() {
    if shared::folder("cetic-tic-domicilios").is_none() {
        return;
    }
    for name in ["2015", "2016", "2015-households", "2016-households"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/tic/{name}.toml"));
        let compared = same(Dialect::R, &path);
        assert!(compared.is_none_or(|figures| figures >= 6), "{name}: {compared:?}");
    }
}
