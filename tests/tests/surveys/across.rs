//! Changes between rounds and contrasts of groups against R survey's results.

use crate::shared;
use inclusion::{Study, prepare, walk};
use inclusion_disclosure::{Cell, Publishable, Shown};
use inclusion_estimate::{Measure, SeriesKey, t_quantile};
use inclusion_measures::satterthwaite;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One row of a `reference_r_survey.csv`.
#[derive(Debug, Clone, Deserialize)]
struct Reference {
    dataset: String,
    indicator: String,
    by: String,
    group: String,
    estimate: f64,
    se: f64,
    df: f64,
}

fn published(path: &Path, text: String) -> Publishable {
    let prepared = prepare(Study::parse(path, text).unwrap()).unwrap_or_else(|e| panic!("{e}"));
    walk(&prepared, &inclusion::untold).unwrap_or_else(|e| panic!("{e}")).publishable
}

fn shown<'a>(
    publishable: &'a Publishable,
    source: &str,
    indicator: &str,
    measure: Measure,
    breakdown: &inclusion_estimate::Codes,
) -> &'a Shown {
    let same = |key: &SeriesKey| {
        key.source == source
            && key.indicator == indicator
            && key.measure == measure
            && key.breakdown == *breakdown
    };
    let rows: Vec<_> = publishable.rows().iter().filter(|row| same(&row.key)).collect();
    assert_eq!(rows.len(), 1, "rows of {source} {indicator} {measure:?} {breakdown:?}");
    match &rows[0].cell {
        Cell::Shown(shown) => shown,
        other => panic!("{source} {indicator} {measure:?} {breakdown:?} is {other:?}"),
    }
}

fn close(got: f64, expected: f64, what: &str) {
    let off = (got - expected).abs();
    assert!(off <= 1e-9 * expected.abs().max(1e-3), "{what}: got {got}, expected {expected}");
}

fn tic_code(part: (&str, &str)) -> (String, String) {
    let (concept, code) = match part {
        ("SEXO", "1") => ("sex", "M"),
        ("SEXO", "2") => ("sex", "F"),
        ("AREA", "1") => ("urbanisation", "U"),
        ("AREA", "2") => ("urbanisation", "R"),
        ("FAIXA_ETARIA", "1") => ("tic_age", "10-15"),
        ("FAIXA_ETARIA", "2") => ("tic_age", "16-24"),
        ("FAIXA_ETARIA", "3") => ("tic_age", "25-34"),
        ("FAIXA_ETARIA", "4") => ("tic_age", "35-44"),
        ("FAIXA_ETARIA", "5") => ("tic_age", "45-59"),
        ("FAIXA_ETARIA", "6") => ("tic_age", "60+"),
        other => panic!("no code for {other:?}"),
    };
    (concept.to_string(), code.to_string())
}

#[test]
fn the_change_of_brazil_from_2015_to_2016_is_that_of_two_independent_samples() {
    let Some(data) = shared::folder("cetic-tic-domicilios") else { return };
    let mut reader = csv::Reader::from_path(data.join("reference_r_survey.csv")).unwrap();
    let rows: Vec<Reference> = reader.deserialize().map(|row| row.unwrap()).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tic/change.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    // The reference has the degrees of freedom of the full design.
    let text = text.replace("[estimate]\n", "[estimate]\ndf = \"full\"\n");
    let publishable = published(&path, text);
    let mut compared = 0;
    for (name, indicator) in [("internet_3m", "HH7"), ("mobile_own", "HH18")] {
        let of_year = |year: &str| {
            let own = rows.iter().filter(move |row| row.indicator == name);
            own.filter(|row| row.dataset == format!("TIC Domicilios {year} persons 10+"))
                .map(|row| ((row.by.clone(), row.group.clone()), row.clone()))
                .collect::<BTreeMap<_, _>>()
        };
        let (earlier, later) = (of_year("2015"), of_year("2016"));
        for ((by, group), from) in &earlier {
            let to = &later[&(by.clone(), group.clone())];
            let measure = match group.as_str() {
                "M-F (fraction)" => Measure::GapChange,
                "parity F/M" | "relative (M-F)/M" => continue,
                _ => Measure::Change,
            };
            let breakdown: inclusion_estimate::Codes = match (measure, group.as_str()) {
                (Measure::GapChange, _) | (_, "all") => inclusion_estimate::Codes::new(),
                (_, group) => {
                    group.split(';').filter_map(|p| p.split_once('=')).map(tic_code).collect()
                }
            };
            let what = format!("{name} {group}");
            let change = shown(&publishable, "tic-2015/tic-2016", indicator, measure, &breakdown);
            close(change.value, to.estimate - from.estimate, &what);
            let variances = [from.se * from.se, to.se * to.se];
            let se = (variances[0] + variances[1]).sqrt();
            close(change.se.unwrap(), se, &what);
            let parts = [(variances[0], Some(from.df)), (variances[1], Some(to.df))];
            let df = satterthwaite(parts).unwrap();
            close(change.df.unwrap(), df, &what);
            // By hand: (v + w)² / (v²/a + w²/b).
            let by_hand = (variances[0] + variances[1]).powi(2)
                / (variances[0].powi(2) / from.df + variances[1].powi(2) / to.df);
            close(df, by_hand, &what);
            let interval = change.interval.unwrap();
            let half = -t_quantile(0.025, df) * se;
            close(interval.upper - change.value, half, &what);
            close(change.value - interval.lower, half, &what);
            compared += 1;
        }
    }
    assert!(compared >= 30, "only {compared} changes were compared");
}

/// A study of the reference's synthetic survey, with a recipe of its own.
fn conformance_study(contrasts: &str) -> Option<(tempfile::TempDir, Publishable, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/survey");
    if !folder.is_dir() {
        assert!(
            std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
            "the conformance cases are not there, and INCLUSION_REQUIRE_SHARED forbids to skip"
        );
        eprintln!("SKIPPED: this test needs the conformance cases, which are not there");
        return None;
    }
    let own = tempfile::tempdir().unwrap();
    let recipes = own.path().join("registry/recipes");
    std::fs::create_dir_all(&recipes).unwrap();
    let recipe = r#"id = "reference/ict-a"
version = "1"
name = "Reference survey"
producer = "test"
population = "person"
coverage = "everybody"
ref_area = "XRA"
time_period = "2020"
source = "test"
rows = "persons"

[file.persons]
name = "persons"

[design]
weight = { column = "weight" }
stratum = ["stratum"]
psu = ["psu"]

[concept.sex]
column = "sex"
map = { female = "F", male = "M" }

[concept.urbanisation]
column = "area"
map = { urban = "U", rural = "R" }

[concept.internet_use]
column = "internet_3m"
map = { 1 = "3m", 0 = "never" }
blank = "not_stated"
"#;
    std::fs::write(recipes.join("ict-a.toml"), recipe).unwrap();
    let data = folder.join("data/ict_a.csv");
    let text = format!(
        "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n\n[[survey]]\nid = \"ict-a\"\n\
         recipe = \"reference/ict-a\"\nfiles = {{ persons = {:?} }}\n\n[estimate]\n\
         indicators = [\"HH7\"]\nby = [\"sex\", \"sex * urbanisation\"]\n\n{contrasts}",
        data.display().to_string()
    );
    let publishable = published(&own.path().join("study.toml"), text);
    Some((own, publishable, folder))
}

#[test]
fn gap_against_gap_of_one_sample_equals_r_survey() {
    let contrasts = r#"[[estimate.contrast]]
id = "rural-urban"
between = { urbanisation = ["R", "U"] }

[[estimate.contrast]]
id = "urban-rural"
kind = "ratio"
between = { urbanisation = ["U", "R"] }

[[estimate.contrast]]
id = "gaps"
of = "gap"
first = { group = { urbanisation = "R" } }
second = { group = { urbanisation = "U" } }

[[estimate.contrast]]
id = "parities"
of = "parity"
kind = "ratio"
first = { group = { urbanisation = "U" } }
second = { group = { urbanisation = "R" } }

[[estimate.contrast]]
id = "women"
kind = "log_ratio"
first = { group = { sex = "F", urbanisation = "U" } }
second = { group = { sex = "F", urbanisation = "R" } }
"#;
    let Some((_own, publishable, folder)) = conformance_study(contrasts) else { return };
    let cases = std::fs::read_to_string(folder.join("ict_a.json")).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&cases).unwrap();
    let case = cases["cases"].as_array().unwrap().iter();
    let case = case.clone().find(|case| case["id"] == "ict_a/gap_by_area").unwrap();
    let expected = &case["expected"]["contrasts"];
    let codes = |code: &str| -> inclusion_estimate::Codes {
        [("urbanisation", code)].into_iter().collect()
    };
    // R has women minus men, of urban minus rural: the same number as men minus women, of rural minus
    // urban.
    for (source, measure, code, name) in [
        ("rural-urban", Measure::GapDifference, "R/U", "difference_of_gaps"),
        ("gaps", Measure::GapDifference, "R/U", "difference_of_gaps"),
        ("urban-rural", Measure::ParityRatio, "U/R", "parity_ratio_of_ratios"),
        ("parities", Measure::ParityRatio, "U/R", "parity_ratio_of_ratios"),
    ] {
        let contrast = shown(&publishable, source, "HH7", measure, &codes(code));
        let r = &expected[name];
        close(contrast.value, r["estimate"].as_f64().unwrap(), name);
        close(contrast.se.unwrap(), r["se"].as_f64().unwrap(), name);
        assert_eq!(contrast.df, r["df_domain"].as_f64(), "{name}");
        let interval = contrast.interval.unwrap();
        if measure == Measure::GapDifference {
            close(interval.lower, r["ci"]["t_domain_df"][0].as_f64().unwrap(), name);
            close(interval.upper, r["ci"]["t_domain_df"][1].as_f64().unwrap(), name);
        } else {
            // R's interval of a ratio is plain, ours is made on the log scale.
            let t = -t_quantile(0.025, contrast.df.unwrap());
            let factor = (t * contrast.se.unwrap() / contrast.value).exp();
            close(interval.upper, contrast.value * factor, name);
            close(interval.lower, contrast.value / factor, name);
        }
    }
    // No case of R's: women of urban and rural areas share no PSU of theirs, so their covariance is that
    // which the variance of all strata leaves. The standard error of the difference says the same as that
    // of the logarithm of the ratio, by the slopes 1/a and 1/b of its two parts.
    let order = case["expected"]["domain_order"].as_array().unwrap();
    let at = |name: &str| order.iter().position(|own| own == name).unwrap();
    let of = |key: &str, name: &str| case["expected"][key][at(name)].as_f64().unwrap();
    let (u, r) = (of("domain_estimate", "female.urban"), of("domain_estimate", "female.rural"));
    let mut women = codes("U/R");
    women.insert("sex".to_string(), "F".to_string());
    let log = shown(&publishable, "women", "HH7", Measure::LogRatio, &women);
    close(log.value, (u / r).ln(), "log ratio of women");
    let (su, sr) = (of("domain_se", "female.urban"), of("domain_se", "female.rural"));
    let difference = {
        let mut codes = codes("R/U");
        codes.insert("sex".to_string(), "F".to_string());
        shown(&publishable, "rural-urban", "HH7", Measure::Difference, &codes)
    };
    let covariance = (su * su + sr * sr - difference.se.unwrap().powi(2)) / 2.0;
    let variance = (su / u).powi(2) + (sr / r).powi(2) - 2.0 * covariance / (u * r);
    assert!((log.se.unwrap() - variance.sqrt()).abs() < 1e-9, "{log:?}");
}
