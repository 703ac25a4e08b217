//! Kitagawa's decomposition against the reference cases of the methods page.

use inclusion_survey::estimand::{GroupRates, Kitagawa, kitagawa, kitagawa_of_rows};
use inclusion_survey::sample::linear::Need;
use serde_json::Value;
use std::path::Path;

/// Compares within `tolerance × max(1, |expected|)`, the rule of the cases.
#[track_caller]
fn near(what: &str, found: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().expect("a number");
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs().max(1.0), "{what}: {found} is not {expected}");
}

fn groups(input: &Value) -> Vec<GroupRates> {
    let one = |group: &Value| GroupRates {
        share_women: group["sF"].as_f64().expect("a share"),
        rate_women: group["rF"].as_f64(),
        share_men: group["sM"].as_f64().expect("a share"),
        rate_men: group["rM"].as_f64(),
    };
    input["groups"].as_array().into_iter().flatten().map(one).collect()
}

/// The decomposition of the rows of a file.
fn of_rows(folder: &Path, input: &Value) -> Kitagawa {
    let text = |name: &str| input[name].as_str().expect("a name").to_string();
    let mut reader = csv::Reader::from_path(folder.join(text("file"))).expect("a data file");
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let places = [text("outcome"), text("weight"), text("by")].map(|name| place(&name));
    let sex = place("sex");
    let (mut values, mut weights, mut group, mut women) = (vec![], vec![], vec![], vec![]);
    for record in reader.records() {
        let record = record.expect("a record");
        let [value, weight, by] =
            places.map(|place| record[place].parse::<f64>().expect("a number"));
        values.push(value);
        weights.push(weight);
        group.push(by as usize);
        women.push(&record[sex] == "F");
    }
    let all = vec![true; values.len()];
    let linear =
        kitagawa_of_rows(&values, &women, &group, 4, &all, &weights, Need::Values).expect("a gap");
    Kitagawa::from_values(&linear.values).expect("its values")
}

#[test]
fn decompositions_of_the_gap_agree_with_the_reference() {
    let folder = match std::env::var_os("INCLUSION_CONFORMANCE") {
        Some(folder) => std::path::PathBuf::from(folder),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance").into(),
    }
    .join("methods");
    if !folder.is_dir() {
        let needs = "decompositions_of_the_gap_agree_with_the_reference needs ../shared";
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{needs}");
        eprintln!("SKIPPED: {needs}");
        return;
    }
    let text = std::fs::read_to_string(folder.join("decomposition.json")).expect("readable cases");
    let cases: Value = serde_json::from_str(&text).expect("cases are JSON");
    let mut compared = 0;
    for case in cases.as_array().expect("a list of cases") {
        let found = match case["op"].as_str() {
            Some("kitagawa") => kitagawa(&groups(&case["input"])),
            Some("kitagawa_micro") => of_rows(&folder, &case["input"]),
            _ => continue,
        };
        let (expected, id) = (&case["expected"], case["id"].as_str().unwrap_or("?"));
        let tolerance = case["tolerance"].as_f64().expect("a tolerance");
        let three = &expected["three"];
        for (name, value, expected) in [
            ("rate_F", found.rate_women, &expected["rate_F"]),
            ("rate_M", found.rate_men, &expected["rate_M"]),
            ("gap", found.gap, &expected["gap"]),
            ("composition", found.composition, &expected["composition"]),
            ("rate", found.rate, &expected["rate"]),
            ("three composition", found.three_composition, &three["composition"]),
            ("three rate", found.three_rate, &three["rate"]),
            ("interaction", found.interaction, &three["interaction"]),
        ] {
            near(&format!("{id} {name}"), value, expected, tolerance);
        }
        for (g, (composition, rate)) in
            found.composition_by_group.iter().zip(&found.rate_by_group).enumerate()
        {
            near(id, *composition, &expected["composition_by_group"][g], tolerance);
            near(id, *rate, &expected["rate_by_group"][g], tolerance);
        }
        compared += 1;
    }
    assert!(compared >= 3, "only {compared} decompositions compared");
    println!("decomposition.json: {compared} Kitagawa cases agree");
}
