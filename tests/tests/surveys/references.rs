//! The walk on real surveys against R survey's results and against published figures.
//!
//! The studies stand in `tests/examples` as a user would write them; the data stand in `../shared`,
//! which a user's clone does not have.

use crate::shared;
use inclusion::{Study, annex, prepare, walk};
use inclusion_disclosure::{Cell, Publishable, Shown};
use inclusion_estimate::{Measure, SeriesKey};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One row of a `reference_r_survey.csv`.
#[derive(Debug, Deserialize)]
struct Reference {
    dataset: String,
    indicator: String,
    by: String,
    group: String,
    n: u64,
    estimate: f64,
    se: f64,
    df: f64,
}

/// One row of the UN's published values for Brazil.
#[derive(Debug, Deserialize)]
struct Published {
    indicator: String,
    sex: String,
    skill: String,
    year: String,
    value: f64,
}

fn rows_of<T: for<'de> Deserialize<'de>>(path: &Path) -> Vec<T> {
    let mut reader = csv::Reader::from_path(path).expect("the reference file is there");
    reader.deserialize().map(|row| row.expect("a row of the reference file")).collect()
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// Runs an example study, with its text changed, up to the disclosure review.
fn run(study: &str, change: impl Fn(String) -> String) -> Publishable {
    let path = example(study);
    let text = change(std::fs::read_to_string(&path).expect("the example study"));
    let prepared = prepare(Study::parse(&path, text).unwrap()).unwrap();
    walk(&prepared, &inclusion::untold).unwrap().publishable
}

/// The reference files give the degrees of freedom of the full design.
fn full_df(text: String) -> String {
    text.replace("[estimate]", "[estimate]\ndf = \"full\"")
}

fn shown<'a>(
    publishable: &'a Publishable,
    indicator: &str,
    measure: Measure,
    breakdown: &[(String, String)],
) -> &'a Shown {
    let breakdown: inclusion_estimate::Codes = breakdown.iter().cloned().collect();
    let same = |key: &SeriesKey| {
        key.indicator == indicator && key.measure == measure && key.breakdown == breakdown
    };
    let rows: Vec<_> = publishable.rows().iter().filter(|row| same(&row.key)).collect();
    assert_eq!(rows.len(), 1, "rows of {indicator} {measure:?} {breakdown:?}");
    match &rows[0].cell {
        Cell::Shown(shown) => shown,
        other => panic!("{indicator} {measure:?} {breakdown:?} is {other:?}"),
    }
}

fn code(concept: &str, code: &str) -> (String, String) {
    (concept.to_string(), code.to_string())
}

fn close(got: f64, expected: f64, what: &str) {
    let off = (got - expected).abs();
    assert!(off <= 1e-9 * expected.abs(), "{what}: got {got}, expected {expected}");
}

/// Compares a row of a reference file with our cell; `codes` translates its groups, and `all` is the
/// breakdown of every cell of the file.
fn compare(
    publishable: &Publishable,
    reference: &Reference,
    indicator: &str,
    codes: impl Fn(&str, &str) -> (String, String),
    all: &[(String, String)],
) {
    let Reference { dataset, indicator: name, by, group, .. } = reference;
    let what = format!("{dataset}, {name}, {by}, {group}");
    let measure = match group.as_str() {
        "M-F (fraction)" => Measure::Gap,
        "parity F/M" => Measure::Parity,
        "relative (M-F)/M" => Measure::RelativeGap,
        _ => Measure::Level,
    };
    let mut breakdown: Vec<(String, String)> = match (measure, group.as_str()) {
        (Measure::Level, "all") => Vec::new(),
        (Measure::Level, group) => group
            .split(';')
            .filter_map(|part| part.split_once('='))
            .map(|(variable, value)| codes(variable, value))
            .collect(),
        _ => Vec::new(),
    };
    breakdown.extend_from_slice(all);
    let cell = shown(publishable, indicator, measure, &breakdown);
    close(cell.value, reference.estimate, &format!("{what}, estimate"));
    close(cell.se.expect("a standard error"), reference.se, &format!("{what}, se"));
    assert_eq!(cell.df, Some(reference.df), "{what}, df");
    assert_eq!(cell.n, reference.n, "{what}, n");
}

fn tic_code(variable: &str, value: &str) -> (String, String) {
    match (variable, value) {
        ("SEXO", "1") => code("sex", "M"),
        ("SEXO", "2") => code("sex", "F"),
        ("AREA", "1") => code("urbanisation", "U"),
        ("AREA", "2") => code("urbanisation", "R"),
        ("FAIXA_ETARIA", "1") => code("tic_age", "10-15"),
        ("FAIXA_ETARIA", "2") => code("tic_age", "16-24"),
        ("FAIXA_ETARIA", "3") => code("tic_age", "25-34"),
        ("FAIXA_ETARIA", "4") => code("tic_age", "35-44"),
        ("FAIXA_ETARIA", "5") => code("tic_age", "45-59"),
        ("FAIXA_ETARIA", "6") => code("tic_age", "60+"),
        other => panic!("no code for {other:?}"),
    }
}

#[test]
fn brazil_2015_and_2016_equal_r_survey_in_every_row() {
    let Some(shared) = shared::folder("cetic-tic-domicilios") else { return };
    let rows: Vec<Reference> = rows_of(&shared.join("reference_r_survey.csv"));
    let studies: BTreeMap<&str, Publishable> = [
        ("TIC Domicilios 2015 persons 10+", "tic/2015.toml"),
        ("TIC Domicilios 2016 persons 10+", "tic/2016.toml"),
        ("TIC Domicilios 2015 households", "tic/2015-households.toml"),
        ("TIC Domicilios 2016 households", "tic/2016-households.toml"),
    ]
    .map(|(name, study)| (name, run(study, full_df)))
    .into();
    for row in &rows {
        let indicator = match row.indicator.as_str() {
            "internet_3m" => "HH7",
            "internet_ever" => "INTERNET-EVER",
            "mobile_use_3m" => "HH10",
            "mobile_own" => "HH18",
            "hh_internet" => "HH6",
            "hh_computer" => "HH4",
            "skill_I1_A" => "HH15-CMFL",
            "skill_I1_B" => "HH15-COPA",
            "skill_I1_C" => "HH15-EMAIL",
            "skill_I1_D" => "HH15-ARSP",
            "skill_I1_E" => "HH15-INST",
            "skill_I1_F" => "HH15-SOFT",
            "skill_I1_G" => "HH15-EPRS",
            "skill_I1_H" => "HH15-TRAF",
            "skill_I1_I" => "HH15-PCPR",
            other => panic!("no indicator for {other}"),
        };
        compare(&studies[row.dataset.as_str()], row, indicator, tic_code, &[]);
    }
    assert_eq!(rows.len(), 240);
}

/// Published values whose fifth decimal is one unit away from ours. R survey gives our value to
/// 1e-9 from the same file (see `reference_r_survey.csv`), so the published figures were made from
/// weights with other digits than the file's.
const KNOWN_DIFFERENCES: [(&str, &str, &str); 4] = [
    ("2015", "HH18", "female"),
    ("2015", "HH18", "male"),
    ("2015", "HH15-CMFL", "bothsex"),
    ("2016", "HH18", "female"),
];

#[test]
fn brazil_equals_the_values_that_the_un_published() {
    let Some(shared) = shared::folder("cetic-tic-domicilios") else { return };
    let rows: Vec<Published> = rows_of(&shared.join("published_un_sdg_brazil_2014_2016.csv"));
    let studies: BTreeMap<&str, Publishable> =
        [("2015", "tic/2015.toml"), ("2016", "tic/2016.toml")]
            .map(|(year, study)| (year, run(study, |text| text)))
            .into();
    let mut compared = 0;
    for row in &rows {
        let Some(study) = studies.get(row.year.as_str()) else { continue };
        let indicator = match row.indicator.as_str() {
            "SDG 5.b.1 IT_MOB_OWN" => "HH18".to_string(),
            "SDG 4.4.1 SE_ADT_ACTS" => format!("HH15-{}", row.skill.to_uppercase()),
            _ => continue,
        };
        let breakdown = match row.sex.as_str() {
            "female" => vec![code("sex", "F")],
            "male" => vec![code("sex", "M")],
            _ => Vec::new(),
        };
        let percent = 100.0 * shown(study, &indicator, Measure::Level, &breakdown).value;
        let off = (percent - row.value).abs();
        let (year, sex) = (row.year.as_str(), row.sex.as_str());
        if KNOWN_DIFFERENCES.contains(&(year, indicator.as_str(), sex)) {
            assert!(off > 0.5e-5 && off < 1e-5, "{row:?}: got {percent}; no longer as listed");
        } else {
            assert!(off <= 0.5e-5, "{row:?}: got {percent}");
        }
        compared += 1;
    }
    assert!(compared >= 6 + 27, "only {compared} published values were compared");
    for (year, published) in [("2015", "58.328"), ("2016", "60.873")] {
        let percent = 100.0 * shown(&studies[year], "HH7", Measure::Level, &[]).value;
        assert_eq!(format!("{percent:.3}"), published);
    }
}

#[test]
fn philippines_2021_equals_r_survey_and_the_published_account_share() {
    let Some(shared) = shared::folder("findex-philippines-2021") else { return };
    let study = run("findex/philippines-2021.toml", full_df);
    let rows: Vec<Reference> = rows_of(&shared.join("reference_r_survey.csv"));
    for row in &rows {
        let indicator = match row.indicator.as_str() {
            "account" => "FX-ACCOUNT",
            "account_fin" => "FX-ACCOUNT-FIN",
            "account_mob" => "FX-ACCOUNT-MOBILE",
            "anydigpayment" => "FX-DIGITAL-PAYMENT",
            "internet1" => "FX-INTERNET-ACCESS",
            "mobileowner1" => "FX-PHONE",
            other => panic!("no indicator for {other}"),
        };
        let codes = |variable: &str, value: &str| match (variable, value) {
            ("female", "1") => code("sex", "F"),
            ("female", "2") => code("sex", "M"),
            ("inc_q", quintile) => code("income_quintile", &format!("Q{quintile}")),
            other => panic!("no code for {other:?}"),
        };
        compare(&study, row, indicator, codes, &[]);
    }
    assert_eq!(rows.len(), 66);
    let women = shown(&study, "FX-ACCOUNT", Measure::Level, &[code("sex", "F")]);
    assert_eq!(format!("{:.5}", 100.0 * women.value), "47.41881");
}

#[test]
fn dhs_model_file_equals_r_survey_and_is_the_same_from_four_formats() {
    let Some(shared) = shared::folder("dhs-model-women") else { return };
    let formats = [".dta", ".zsav", ".parquet", ".arrow"];
    let studies = formats.map(|format| {
        run("dhs-model/study.toml", |text| full_df(text).replace(".parquet", format))
    });
    for (study, format) in studies.iter().zip(formats).skip(1) {
        assert_eq!(study.rows(), studies[0].rows(), "{format} differs from {}", formats[0]);
    }
    let rows: Vec<Reference> = rows_of(&shared.join("reference_r_survey.csv"));
    for row in &rows {
        let indicator = match row.indicator.as_str() {
            "has_tv" => "DHS-HOME-TV",
            "has_radio" => "DHS-HOME-RADIO",
            "has_phone" => "DHS-HOME-PHONE",
            "tv_weekly" => "DHS-TV-WEEKLY",
            other => panic!("no indicator for {other}"),
        };
        let codes = |variable: &str, value: &str| match (variable, value) {
            ("v025", "urban") => code("urbanisation", "U"),
            ("v025", "rural") => code("urbanisation", "R"),
            ("v024", region) => code("region", region.trim_start_matches("region ")),
            ("v190", "poorest") => code("wealth_quintile", "Q1"),
            ("v190", "poorer") => code("wealth_quintile", "Q2"),
            ("v190", "middle") => code("wealth_quintile", "Q3"),
            ("v190", "richer") => code("wealth_quintile", "Q4"),
            ("v190", "richest") => code("wealth_quintile", "Q5"),
            other => panic!("no code for {other:?}"),
        };
        // The file holds women only, and every figure says so.
        compare(&studies[0], row, indicator, codes, &[code("sex", "F")]);
    }
    assert_eq!(rows.len(), 48);
}

#[test]
fn annexes_of_brazil_are_rendered_with_their_published_figures() {
    if shared::folder("cetic-tic-domicilios").is_none() {
        return;
    }
    for (study, women, men) in
        [("tic/2015.toml", "85.5", "82.2"), ("tic/2016.toml", "83.9", "81.8")]
    {
        let prepared = prepare(Study::read(&example(study)).unwrap()).unwrap();
        let walked = walk(&prepared, &inclusion::untold).unwrap();
        let rendered = annex(&prepared, &walked).unwrap();
        for name in ["annex.html", "annex.xlsx", "annex.md", "estimates.csv", "estimates.parquet"] {
            let file = rendered.files.iter().find(|(file, _)| file == name);
            assert!(file.is_some_and(|(_, bytes)| bytes.len() > 5_000), "{name}");
        }
        let (_, bytes) = rendered.files.iter().find(|(name, _)| name == "annex.md").unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let section = text.split("## Individuals owning a mobile phone").nth(1).unwrap();
        let row = section.lines().find(|line| line.starts_with("| All |")).unwrap();
        assert!(row.starts_with(&format!("| All | {women} (")), "{row}");
        assert!(row.contains(&format!("| {men} (")), "{row}");
    }
}
