//! Scripts for other programs: what they say of one small study, and what is refused.
//!
//! That they give our figures is tested in `tests/tests/surveys/reproduce`, where the programs are there.

use inclusion::{Dialect, Error, Reproduce, Study, reproduce};
use std::path::Path;
use std::process::Command;

const READING_R: &str = include_str!("../src/reproduce/r/reading.R");
const ESTIMATING_R: &str = include_str!("../src/reproduce/r/estimating.R");
const READING_PY: &str = include_str!("../src/reproduce/svy/reading.py");
const ESTIMATING_PY: &str = include_str!("../src/reproduce/svy/estimating.py");
const PROGRAMS_DO: &str = include_str!("../src/reproduce/stata/programs.do");

fn request(dialect: Dialect) -> Reproduce {
    Reproduce { dialect, indicators: Vec::new(), by: Vec::new(), survey: None }
}

/// The script of the small study, with its text changed.
fn script(dialect: Dialect, change: impl Fn(String) -> String) -> Result<String, Error> {
    let path = Path::new("tests/reproduce/study.toml");
    let text = change(std::fs::read_to_string(path).unwrap());
    reproduce(Study::parse(path, text).unwrap(), &request(dialect))
}

/// The script without the functions that are the same for every study.
fn own_part(dialect: Dialect) -> String {
    let text = script(dialect, |text| text).unwrap();
    let mut own = text.clone();
    for functions in [READING_R, ESTIMATING_R, READING_PY, ESTIMATING_PY.trim_end(), PROGRAMS_DO] {
        own = own.replace(functions, "[functions]\n");
    }
    assert!(own.len() < text.len(), "the functions were not found");
    own
}

#[test]
fn r_script_of_a_small_study() {
    insta::assert_snapshot!(own_part(Dialect::R));
}

#[test]
fn svy_script_of_a_small_study() {
    insta::assert_snapshot!(own_part(Dialect::Svy));
}

#[test]
fn stata_script_of_a_small_study() {
    insta::assert_snapshot!(own_part(Dialect::Stata));
}

#[test]
fn one_indicator_and_breakdown_of_a_study_can_be_asked_for() {
    let study = Study::read(Path::new("tests/reproduce/study.toml")).unwrap();
    let some = Reproduce {
        indicators: vec!["HH7".to_string()],
        by: vec!["sex * urbanisation".to_string()],
        ..request(Dialect::R)
    };
    let text = reproduce(study, &some).unwrap();
    let calls: Vec<&str> = text.lines().filter(|line| line.starts_with("estimate(\"")).collect();
    assert_eq!(calls.len(), 2, "{calls:#?}");
    assert!(calls.iter().all(|call| call.starts_with("estimate(\"HH7\"")), "{calls:#?}");
    assert!(calls.iter().any(|call| call.contains("by = c(\"urbanisation\"), sex = TRUE")));
}

#[test]
fn a_name_that_is_not_there_is_told_with_the_nearest() {
    let told = |change: fn(&mut Reproduce)| {
        let mut request = request(Dialect::R);
        change(&mut request);
        let study = Study::read(Path::new("tests/reproduce/study.toml")).unwrap();
        reproduce(study, &request).unwrap_err().to_string()
    };
    assert_eq!(
        told(|r| r.indicators = vec!["HH77".into()]),
        "no indicator `HH77`; did you mean `HH7`?"
    );
    assert_eq!(
        told(|r| r.by = vec!["sex * urbanisatoin".into()]),
        "no breakdown variable `urbanisatoin`; did you mean `urbanisation`?"
    );
    assert_eq!(
        told(|r| r.survey = Some("smal".into())),
        "the study has no survey `smal`; did you mean `small`?"
    );
}

#[test]
fn what_a_program_cannot_do_is_refused_with_the_reason() {
    let design = |lines: &str| {
        let lines = lines.to_string();
        move |text: String| text.replace("[estimate]", &format!("{lines}\n[estimate]"))
    };
    let refused = |dialect, lines: &str| match script(dialect, design(lines)) {
        Err(Error::Usage(why)) => why,
        other => panic!("{other:?}"),
    };
    let brr = "[survey.design]\nfpc = \"clusters\"\nreplicates = { make = \"brr\" }";
    let why = refused(Dialect::R, brr);
    assert!(why.starts_with("this cannot be reproduced in R: the balanced replicate"), "{why}");
    let rake = "[[survey.calibrate]]\nmethod = \"rake\"\nsource = \"x\"\n\
                [[survey.calibrate.margin]]\nby = \"sex\"\ntotals = { F = 5100, M = 4900 }";
    let why = refused(Dialect::Stata, rake);
    assert!(why.contains("raking and calibration are in R"), "{why}");
    let logit = rake.replace("\"rake\"", "\"raking\"");
    let why = refused(Dialect::Svy, &logit);
    assert!(why.contains("svy calibrates linearly"), "{why}");
}

#[test]
fn a_script_is_complete_for_every_design_of_replicates() {
    let with = |dialect| {
        let lines = "[survey.design.replicates]\nkind = \"jkn\"\ncolumns = [\"age\", \"home\"]\n\
                     rscales = [0.5, 0.75]\nmse = true\n[estimate]";
        script(dialect, |text| text.replace("[estimate]", lines)).unwrap()
    };
    let r = with(Dialect::R);
    assert!(r.contains("type = \"other\", scale = 1, rscales = c(0.5, 0.75)"), "{r}");
    assert!(r.contains("mse = TRUE"));
    assert!(
        with(Dialect::Svy)
            .contains("svy.JackknifeWgts(prefix=\"rep_\", n_reps=2, scale=[0.5, 0.75])")
    );
    assert!(with(Dialect::Stata).contains("jkrweight(rep_2, multiplier(0.75))"));
}

#[test]
fn what_the_study_has_besides_is_named_with_the_reason() {
    let more = "[[survey]]\nid = \"later\"\nrecipe = \"small/1\"\ntime_period = \"2030\"\n\
                files = { people = \"people.csv\", homes = \"homes.csv\" }\n[estimate]";
    let across = "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"small\", \"later\"]\nweights = \"equal\"\n\
                  [[estimate.change]]\nfrom = \"small\"\nto = \"later\"\n\
                  [[estimate.contrast]]\nid = \"rural\"\nbetween = { urbanisation = [\"R\", \"U\"] }\n\
                  [[analysis]]\nid = \"test\"\nkind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"\n";
    for (dialect, mark) in [(Dialect::R, "#"), (Dialect::Svy, "#"), (Dialect::Stata, "*")] {
        let path = Path::new("tests/reproduce/study.toml");
        let text = std::fs::read_to_string(path).unwrap().replace("[estimate]", more) + across;
        let request = Reproduce { survey: Some("small".to_string()), ..request(dialect) };
        let script = reproduce(Study::parse(path, text).unwrap(), &request).unwrap();
        let told: Vec<&str> = script.lines().filter(|line| line.contains(" Not here: ")).collect();
        let wanted = [
            "survey `later`: a script is of one survey; name another by `--survey`",
            "pool `both`, the change from `small` to `later`: made of several surveys, and a script is of one",
            "contrast `rural`: contrasts of groups, indicators or surveys are not written",
            "analysis `test`: tests, models and decompositions are not written; METHODS names the function of R where it has one",
        ];
        let wanted = wanted.map(|line| format!("{mark} Not here: {line}"));
        assert!(wanted.iter().all(|line| told.contains(&line.as_str())), "{told:#?}");
    }
}

#[test]
fn the_command_prints_scripts_of_a_study_and_of_a_quick_look() {
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_inclusion")).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), output.stderr)
    };
    let (code, text, _) = run(&["reproduce", "tests/reproduce/study.toml", "--as", "r"]);
    assert_eq!(code, Some(0));
    assert_eq!(text, script(Dialect::R, |text| text).unwrap());
    let demo = "../../datasets/demo/ict_survey.dta";
    let quick = ["estimate", demo, "--recipe", "synthetic/ict", "--indicator", "HH7", "--as"];
    let (code, text, _) = run(&[&quick[..], &["stata"]].concat());
    assert_eq!(code, Some(0));
    assert!(text.contains("use \"../../datasets/demo/ict_survey.dta\", clear"), "{text}");
    assert!(
        text.contains("svyset psu [pweight = w], strata(stratum) singleunit(missing)"),
        "{text}"
    );
    let (code, _, error) = run(&[&quick[..], &["sas"]].concat());
    assert_eq!(code, Some(2));
    assert!(String::from_utf8(error).unwrap().contains("possible values: r, stata, svy"));
}
