//! Designs of one stage, intervals and degrees of freedom give the values of R `survey`.

use super::*;

/// What else the persons of the reference data answer.
const MORE: &str = r#"
[concept.account]
column = "has_account"
map = { 1 = "yes", 0 = "no" }
blank = "not_stated"
[concept.coding]
column = "skill_code"
map = { 1 = "yes", 0 = "no" }
blank = "not_stated"
[concept.schooling]
column = "education"
map = { none = "none", primary = "primary", secondary = "secondary", higher = "higher" }
code = [{ id = "none", name = "n" }, { id = "primary", name = "p" }, { id = "secondary", name = "s" }, { id = "higher", name = "h" }]
"#;

const CLUSTERED: &str =
    "[design]\nweight = { column = \"weight\" }\nstratum = [\"stratum\"]\npsu = [\"psu\"]\n";

/// A profile that withholds nothing, for reference figures of a few rows.
fn open(folder: &Path) {
    let profile = "id = \"open\"\nname = \"Open\"\nwithhold_below = 1\nunreliable_below = 1\nsource = \"test\"\n";
    std::fs::create_dir_all(folder.join("registry/policies")).expect("a folder");
    std::fs::write(folder.join("registry/policies/open.toml"), profile).expect("a profile");
}

fn persons(data: &Path, survey: &str, estimate: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe(CLUSTERED, &format!("{ICT}{MORE}")));
    open(folder.path());
    let text = study(data, survey, estimate) + "[disclosure]\nprofile = \"open\"\n";
    (folder, text)
}

fn value(own: &BTreeMap<String, String>, column: &str) -> f64 {
    own[column].parse().unwrap_or_else(|_| panic!("{column} is no number: {own:?}"))
}

#[test]
fn every_rule_for_strata_of_one_unit_gives_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a_lonely.csv");
    let all = cases(&reference, "ict_a_lonely.json");
    let mut compared = 0;
    for rule in ["remove", "certainty", "adjust", "average"] {
        let (folder, text) = persons(
            &data,
            &format!("[survey.design]\nlonely_psu = \"{rule}\""),
            "indicators = [\"ONLINE\", \"USERS\"]\nmeasures = [\"gap\", \"parity\", \"relative_gap\"]",
        );
        let rows = estimates(folder.path(), &text);
        for case in all.iter().filter(|case| case["design"]["lonely_psu"] == rule) {
            let id = case["id"].as_str().expect("an id");
            if id.contains("domain_lonely") {
                continue;
            }
            let indicator = if case["estimand"]["stat"] == "total" { "USERS" } else { "ONLINE" };
            if case["estimand"]["kind"] == "contrast" {
                let wanted = &case["expected"]["contrasts"];
                let of = |measure| row(&rows, &[("INDICATOR", indicator), ("MEASURE", measure)]);
                close(of("GAP"), "STD_ERROR", &wanted["gap_f_minus_m"]["se"], 1e-9);
                close(of("PARITY"), "OBS_VALUE", &wanted["ratio_f_over_m"]["estimate"], 1e-9);
                close(of("PARITY"), "STD_ERROR", &wanted["ratio_f_over_m"]["se"], 1e-9);
                let relative = &wanted["relative_gap_m_minus_f_over_m"];
                close(of("RELATIVE_GAP"), "OBS_VALUE", &relative["estimate"], 1e-9);
                close(of("RELATIVE_GAP"), "STD_ERROR", &relative["se"], 1e-9);
                compared += 1;
                continue;
            }
            for wanted in case["expected"]["rows"].as_array().expect("rows") {
                let code = wanted["group"]["sex"].as_str().map_or("_T", sex);
                let key = [("INDICATOR", indicator), ("MEASURE", "LEVEL"), ("SEX", code)];
                same(row(&rows, &key), wanted, 1e-9);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 4 * 4 + 3);
    // The rule of those who choose none.
    let (folder, text) = persons(&data, "", "indicators = [\"ONLINE\"]");
    std::fs::write(folder.path().join("study.toml"), text).expect("the study");
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert_eq!(output.status.code(), Some(1));
    let message = stderr(&output);
    assert!(message.contains("has only one PSU, so its variance cannot be estimated"), "{message}");
}

#[test]
fn a_rule_may_hold_for_units_alone_in_a_domain_as_in_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a_lonely.csv");
    let mut compared = 0;
    for case in cases(&reference, "ict_a_lonely.json") {
        let design = &case["design"];
        let Some(adjust) = design["adjust_domain_lonely"].as_bool() else { continue };
        let rule = design["lonely_psu"].as_str().expect("a rule");
        let (folder, text) = persons(
            &data,
            &format!("[survey.design]\nlonely_psu = \"{rule}\"\nadjust_domain_lonely = {adjust}"),
            "indicators = [\"ACCOUNT\"]\nby = [\"schooling * band\"]",
        );
        let rows = estimates(folder.path(), &text);
        let key = [("MEASURE", "LEVEL"), ("SCHOOLING", "higher"), ("BAND", "55-64"), ("SEX", "_T")];
        let wanted = &case["expected"]["rows"][0];
        let own = row(&rows, &key);
        close(own, "OBS_VALUE", &wanted["estimate"], 1e-9);
        close(own, "STD_ERROR", &wanted["se"], 1e-9);
        close(own, "DF", &wanted["df_domain"], 1e-12);
        compared += 1;
    }
    assert_eq!(compared, 6);
}

#[test]
fn every_interval_of_a_share_gives_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a.csv");
    let mut compared = 0;
    for case in cases(&reference, "ict_a.json") {
        let stat = &case["estimand"];
        let indicator = match stat["variables"].as_str() {
            Some("internet_3m") => "ONLINE",
            Some("skill_code") => "CODING",
            Some("has_account") if !stat["level"].is_null() => "ACCOUNT",
            _ => continue,
        };
        if stat["stat"] != "ciprop" {
            continue;
        }
        let method = stat["method"].as_str().expect("a method");
        let level = stat["level"].as_f64().unwrap_or(0.95);
        let (folder, text) = persons(&data, "", &format!("indicators = [\"{indicator}\"]"));
        let given = format!("interval = {{ method = \"{method}\", level = {level} }}");
        let text = text.replace("interval = { method = \"mean\" }", &given);
        let rows = estimates(folder.path(), &text);
        for wanted in case["expected"]["rows"].as_array().expect("rows") {
            let code = wanted["group"]["sex"].as_str().map_or("_T", sex);
            let own = row(&rows, &[("MEASURE", "LEVEL"), ("SEX", code)]);
            close(own, "OBS_VALUE", &wanted["estimate"], 1e-9);
            close(own, "STD_ERROR", &wanted["se"], 1e-9);
            let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
            close(own, "LOWER_BOUND", &wanted["ci_low"], tolerance);
            close(own, "UPPER_BOUND", &wanted["ci_high"], tolerance);
            compared += 1;
        }
    }
    assert_eq!(compared, 7 * 2 * 2 + 1);
}

#[test]
fn degrees_of_freedom_and_design_effects_are_chosen_in_the_study() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a_lonely.csv");
    let all = cases(&reference, "ict_a_lonely.json");
    let case = all.iter().find(|case| case["id"] == "ict_a_lonely/lonely_remove_by_sex");
    let wanted = case.expect("the case")["expected"]["rows"].as_array().expect("rows").clone();
    for (df, interval, deff, effect) in [
        ("domain", "t_domain_df", "srswor", "deff_srswor"),
        ("full", "t_full_df", "srswr", "deff_srswr"),
        ("infinite", "z", "deft2", "deff_srswr"),
    ] {
        let (folder, text) = persons(
            &data,
            "[survey.design]\nlonely_psu = \"remove\"",
            &format!("indicators = [\"ONLINE\"]\ndf = \"{df}\"\ndeff = \"{deff}\""),
        );
        let rows = estimates(folder.path(), &text);
        for wanted in &wanted {
            let code = sex(wanted["group"]["sex"].as_str().expect("a sex"));
            let own = row(&rows, &[("MEASURE", "LEVEL"), ("SEX", code)]);
            close(own, "LOWER_BOUND", &wanted["ci"][interval][0], 1e-9);
            close(own, "UPPER_BOUND", &wanted["ci"][interval][1], 1e-9);
            if deff != "deft2" {
                close(own, "DEFF", &wanted[effect], 1e-9);
            }
        }
    }
}

#[test]
fn one_stage_with_and_without_a_finite_population_gives_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/fpc.csv");
    let number = "[concept.api00]\ncolumn = \"x\"\n[concept.enroll]\ncolumn = \"x\"\n";
    let design = "stratum = [\"stratid\"]\npsu = [\"psuid\"]\n";
    let mut compared = 0;
    for case in cases(&reference, "fpc.json") {
        let given = &case["design"];
        let mut own = format!("[design]\n{design}");
        match given["weights"].is_null() {
            true => own.push_str("weight_from_fpc = true\n"),
            false => own.push_str("weight = { column = \"weight\" }\n"),
        }
        if !given["fpc"].is_null() {
            own.push_str("fpc = \"Nh\"\n");
        }
        let folder = tempfile::tempdir().expect("a folder");
        registry(folder.path(), &recipe(&own, number));
        open(folder.path());
        let nest = given["nest"] == true;
        let survey = format!("[survey.design]\nnest = {nest}");
        let text = study(&data, &survey, "indicators = [\"API\", \"ENROLLED\"]");
        let text = text + "[disclosure]\nprofile = \"open\"\n";
        if !nest {
            std::fs::write(folder.path().join("study.toml"), text).expect("the study");
            let output = inclusion(folder.path(), &["annex", "study.toml"]);
            assert_eq!(output.status.code(), Some(1));
            assert!(stderr(&output).contains("set nest = true"), "{}", stderr(&output));
            compared += 1;
            continue;
        }
        let rows = estimates(folder.path(), &text);
        let total = case["estimand"]["stat"] == "total";
        let indicator = if total { "ENROLLED" } else { "API" };
        let own = row(&rows, &[("INDICATOR", indicator), ("MEASURE", "LEVEL")]);
        same(own, &case["expected"]["rows"][0], 1e-9);
        assert_eq!(value(own, "DF"), 6.0);
        compared += 1;
    }
    assert_eq!(compared, 6);
}

#[test]
fn totals_of_women_and_men_stand_beside_that_of_all_and_have_no_gap() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a.csv");
    let (folder, text) =
        persons(&data, "", "indicators = [\"USERS\"]\nby = [\"sex\", \"sex * urbanisation\"]");
    let rows = estimates(folder.path(), &text);
    let mut compared = 0;
    for case in cases(&reference, "ict_a.json") {
        let id = case["id"].as_str().expect("an id");
        if !["ict_a/total_internet_users", "ict_a/total_internet_users_by_sex"].contains(&id) {
            continue;
        }
        for wanted in case["expected"]["rows"].as_array().expect("rows") {
            let code = wanted["group"]["sex"].as_str().map_or("_T", sex);
            let key = [("MEASURE", "LEVEL"), ("SEX", code), ("URBANISATION", "_T")];
            same(row(&rows, &key), wanted, 1e-9);
            compared += 1;
        }
    }
    assert_eq!(compared, 3);
    let measures: Vec<&str> = rows.iter().map(|row| row["MEASURE"].as_str()).collect();
    assert!(measures.iter().all(|measure| ["LEVEL", "NONRESPONSE"].contains(measure)));
    // A table says so by its columns.
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let page = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
    let heads = page.lines().find(|line| line.starts_with("| Group | ")).expect("a table");
    assert!(heads.contains("women | ") && heads.contains("men | "), "{heads}");
    assert!(
        heads.contains("total") && !heads.contains("Gap") && !heads.contains("Parity"),
        "{heads}"
    );
    // Women and men of both areas, each with its total.
    assert_eq!(measures.iter().filter(|measure| **measure == "LEVEL").count(), 9);
}

#[test]
fn a_contrast_of_quantiles_has_the_degrees_of_freedom_of_the_gap() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a.csv");
    let (folder, text) = persons(&data, "", "indicators = [\"SPENT\"]\nby = [\"sex\"]");
    let cell = |sex: &str| {
        format!("{{ survey = \"s\", indicator = \"SPENT\", group = {{ sex = \"{sex}\" }} }}")
    };
    let text = format!(
        "{text}\n[[estimate.contrast]]\nid = \"c\"\nfirst = {}\nsecond = {}\n",
        cell("M"),
        cell("F")
    );
    let rows = estimates(folder.path(), &text);
    let gap = row(&rows, &[("MEASURE", "GAP"), ("SOURCE", "s")]);
    let contrast = row(&rows, &[("MEASURE", "DIFFERENCE"), ("SOURCE", "c")]);
    let number = |row: &BTreeMap<String, String>, name: &str| -> f64 {
        row[name].parse().unwrap_or_else(|_| panic!("{name}: `{}`", row[name]))
    };
    assert!(number(gap, "DF") > 1.0);
    for name in ["OBS_VALUE", "STD_ERROR", "DF", "LOWER_BOUND", "UPPER_BOUND"] {
        let (gap, contrast) = (number(gap, name), number(contrast, name));
        assert!((contrast / gap - 1.0).abs() < 1e-9, "{name}: {contrast}, not {gap}");
    }
}
