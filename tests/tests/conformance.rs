//! The estimates against R `survey` 4.5, case by case.
//!
//! Every case goes through `inclusion_survey::estimate`: its columns become concepts made on the
//! fly, its estimand an indicator, its domain a universe and a breakdown. Cases that need what the
//! program cannot do yet are counted by an explicit reason ([`not_yet`]), never by an error that
//! was swallowed. `INCLUSION_CONFORMANCE` names another folder of the same layout.

#[path = "conformance/case.rs"]
mod case;
#[path = "conformance/design.rs"]
mod design;
#[path = "conformance/estimands.rs"]
mod estimands;
#[path = "conformance/expression.rs"]
mod expression;
#[path = "conformance/run.rs"]
mod run;
#[path = "conformance/sample.rs"]
mod sample;
#[path = "conformance/table.rs"]
mod table;

use serde_json::Value;
use std::path::PathBuf;

/// Cases where R's own answer is not followed, with the reason. None at present.
const KNOWN_DIFFERENCES: [(&str, &str); 0] = [];

/// Cases of the project's own folder: one that is dropped, or passed over, is a failure.
const CASES: usize = 245;

fn folder() -> PathBuf {
    match std::env::var_os("INCLUSION_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance")),
    }
}

/// Why a case cannot be run yet.
fn not_yet(case: &Value) -> Option<&'static str> {
    let estimand = &case["estimand"];
    match (estimand["kind"].as_str(), estimand["stat"].as_str()) {
        (Some("contrast" | "joint_mean" | "weights_after" | "chisq" | "ttest" | "glm"), _) => None,
        (None, Some("ciprop")) => match estimand["method"].as_str() {
            Some("xlogit" | "logit" | "asin" | "likelihood" | "beta" | "wilson" | "mean") => None,
            _ => Some("other intervals of shares"),
        },
        (None, Some("mean" | "total" | "ratio" | "prop" | "quantile" | "variance")) => None,
        _ => Some("an estimand of a kind that is not known"),
    }
}

#[test]
fn estimates_agree_with_r_survey() {
    let folder = folder().join("survey");
    if !folder.is_dir() {
        let needs = format!(
            "estimates_agree_with_r_survey needs ../shared or INCLUSION_CONFORMANCE ({})",
            folder.display()
        );
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{needs}");
        eprintln!("SKIPPED: {needs}");
        return;
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of the cases is readable")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no case files in {}", folder.display());
    let mut failures = Vec::new();
    let (mut passed_in_all, mut others_in_all) = (0, 0);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a case file is readable");
        let file: Value = serde_json::from_str(&text).expect("a case file is JSON");
        let name = path.file_name().map(|n| n.to_string_lossy().to_string()).unwrap_or_default();
        let cases = file["cases"].as_array().cloned().unwrap_or_default();
        let (mut passed, mut failed, mut known) = (0, 0, 0);
        let mut waiting = std::collections::BTreeMap::<&str, usize>::new();
        let mut tables = table::Tables::new(&folder);
        for case in &cases {
            let id = case["id"].as_str().unwrap_or("?");
            if let Some(reason) = not_yet(case) {
                *waiting.entry(reason).or_default() += 1;
                continue;
            }
            let problems = run::run(case, &mut tables);
            if problems.is_empty() {
                passed += 1;
            } else if let Some((_, reason)) = KNOWN_DIFFERENCES.iter().find(|(k, _)| *k == id) {
                known += 1;
                println!("  known difference {id}: {reason}");
            } else {
                failed += 1;
                failures.push(format!("{id}:\n    {}", problems.join("\n    ")));
            }
        }
        let total: usize = waiting.values().sum();
        println!(
            "survey/{name}: {passed} passed, {failed} failed, {known} known differences, {total} not yet supported"
        );
        for (reason, count) in waiting {
            println!("    not yet supported: {reason} ({count})");
        }
        passed_in_all += passed;
        others_in_all += known + total;
    }
    assert!(failures.is_empty(), "{} cases failed\n{}", failures.len(), failures.join("\n"));
    match std::env::var_os("INCLUSION_CONFORMANCE") {
        Some(_) => assert!(passed_in_all > 0, "no case was run"),
        None => assert_eq!((passed_in_all, others_in_all), (CASES, 0), "cases passed, and others"),
    }
}
