//! Stages, calibration and quantiles give the values of R `survey`.

use super::*;

#[test]
fn two_stages_with_finite_populations_give_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/apiclus2.csv");
    let first = "psu = [\"dnum\"]\nfpc = \"fpc1\"\n";
    let second = "psu = [\"snum\"]\nfpc = \"fpc2\"\n";
    let in_recipe = format!("[design]\nweight_from_fpc = true\n{first}[[design.stage]]\n{second}");
    let in_study = format!("[survey.design]\n{first}[[survey.design.stage]]\n{second}");
    let by_weight = "[design]\nweight = { column = \"pw\" }\n";
    for (own, instead) in [(in_recipe.as_str(), ""), (by_weight, in_study.as_str())] {
        let folder = tempfile::tempdir().expect("a folder");
        registry(folder.path(), &recipe(own, SCHOOLS));
        let text = study(&data, instead, "indicators = [\"API\", \"ENROLLED\"]\nby = [\"school\"]");
        let text = text + "[disclosure]\nprofile = \"eurostat\"\n";
        let rows = estimates(folder.path(), &text);
        let mut compared = 0;
        for case in cases(&reference, "apiclus2.json") {
            let id = case["id"].as_str().expect("an id");
            let indicator = match id {
                "apiclus2/twostage_mean_api00" | "apiclus2/twostage_by_stype" => "API",
                "apiclus2/twostage_total_enroll" | "apiclus2/twostage_total_by_stype" => "ENROLLED",
                _ => continue,
            };
            for wanted in case["expected"]["rows"].as_array().expect("rows") {
                let code = wanted["group"]["stype"].as_str().unwrap_or("_T");
                let own =
                    row(&rows, &[("INDICATOR", indicator), ("MEASURE", "LEVEL"), ("SCHOOL", code)]);
                same(own, wanted, 1e-9);
                compared += 1;
            }
        }
        assert_eq!(compared, 8);
    }
}

/// `"F * 15-24" = 332789.755` for each cell of a reference margin.
fn totals(margin: &Value, by: &[&str]) -> Vec<(Vec<String>, String)> {
    let cells = margin["totals"].as_array().expect("totals");
    let code = |cell: &Value, by: &str| {
        let label = cell[by].as_str().expect("a label");
        match by {
            "sex" => sex(label).to_string(),
            "area" => if label == "urban" { "U" } else { "R" }.to_string(),
            _ => label.to_string(),
        }
    };
    cells
        .iter()
        .map(|cell| (by.iter().map(|by| code(cell, by)).collect(), cell["Freq"].to_string()))
        .collect()
}

fn inline(cells: &[(Vec<String>, String)]) -> String {
    let pairs = cells.iter().map(|(codes, total)| format!("\"{}\" = {total}", codes.join(" * ")));
    format!("totals = {{ {} }}\n", pairs.collect::<Vec<_>>().join(", "))
}

#[test]
fn weights_adjusted_to_known_totals_give_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_a.csv");
    let folder = tempfile::tempdir().expect("a folder");
    // As the reference does, rows of weight 0 are left out before anything else.
    let own = "[[keep]]\ncolumn = \"weight\"\nmin = 1e-9\nreason = \"as the reference\"\n\
               [design]\nweight = { column = \"weight\" }\nstratum = [\"stratum\"]\npsu = [\"psu\"]\n";
    registry(folder.path(), &recipe(own, ICT));
    let mut compared = 0;
    for case in cases(&reference, "ict_a.json") {
        let stat = &case["estimand"];
        let calibration = &case["design"]["calibration"][0];
        if calibration.is_null() || stat["variables"] != "internet_3m" {
            continue;
        }
        let head = "[[survey.calibrate]]\nsource = \"the reference\"\n";
        let step = match calibration["kind"].as_str() {
            Some("poststratify") => {
                // Once in a file, in the order of the file.
                let cells = totals(calibration, &["sex", "age_group"]);
                let lines = cells
                    .iter()
                    .map(|(codes, total)| format!("{};{total};{}\n", codes[1], codes[0]));
                let text = format!("band;total;sex\n{}", lines.collect::<String>());
                std::fs::write(folder.path().join("totals.csv"), text).expect("the totals");
                format!(
                    "{head}method = \"poststratify\"\n[[survey.calibrate.margin]]\n\
                     by = \"sex * band\"\ntotals = \"totals.csv\"\n"
                )
            }
            Some("rake") => {
                let margins = calibration["margins"].as_array().expect("margins").iter();
                let margins = margins.map(|margin| {
                    let by = margin["by"].as_str().expect("a variable");
                    let concept = if by == "area" { "urbanisation" } else { by };
                    let totals = inline(&totals(margin, &[by]));
                    format!("[[survey.calibrate.margin]]\nby = \"{concept}\"\n{totals}")
                });
                format!("{head}method = \"rake\"\n{}", margins.collect::<String>())
            }
            _ => continue,
        };
        let rows = estimates(folder.path(), &study(&data, &step, "indicators = [\"ONLINE\"]"));
        let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
        if stat["kind"] == "contrast" {
            continue;
        }
        for wanted in case["expected"]["rows"].as_array().expect("rows") {
            let code = wanted["group"]["sex"].as_str().map_or("_T", sex);
            let wanted_row = [("INDICATOR", "ONLINE"), ("MEASURE", "LEVEL"), ("SEX", code)];
            same(row(&rows, &wanted_row), wanted, tolerance);
            compared += 1;
        }
    }
    assert_eq!(compared, 6);
}

#[test]
fn cells_of_two_categories_are_margins_of_every_method() {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe("[design]\nweight = { column = \"w\" }\n", ICT));
    let mut rows = "sex,area,internet_3m,age_group,w\n".to_string();
    for at in 0..96 {
        let (sex, area) = (["female", "male"][at % 2], ["urban", "rural"][at % 3 / 2]);
        rows.push_str(&format!(
            "{sex},{area},{},15-24,{}\n",
            u32::from(at * at % 7 < 3),
            1 + at % 5
        ));
    }
    std::fs::write(folder.path().join("rows.csv"), rows).expect("data");
    let of = |method: &str| {
        let margin = "[[survey.calibrate.margin]]\nby = \"sex * urbanisation\"\n\
                      totals = { \"F * U\" = 90, \"F * R\" = 60, \"M * U\" = 80, \"M * R\" = 70 }\n";
        let step =
            format!("[[survey.calibrate]]\nmethod = \"{method}\"\nsource = \"test\"\n{margin}");
        let rows = estimates(
            folder.path(),
            &study(Path::new("rows.csv"), &step, "indicators = [\"ONLINE\"]"),
        );
        ["F", "M", "_T"].map(|sex| {
            let own = row(&rows, &[("MEASURE", "LEVEL"), ("SEX", sex)]);
            own["OBS_VALUE"].parse::<f64>().expect("a number")
        })
    };
    let known = of("poststratify");
    for method in ["rake", "linear", "raking"] {
        let pairs = of(method).into_iter().zip(known);
        assert!(pairs.into_iter().all(|(own, known)| (own - known).abs() < 1e-12), "{method}");
    }
}

#[test]
fn linear_calibration_gives_the_values_of_r() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/apiclus1.csv");
    let folder = tempfile::tempdir().expect("a folder");
    let own = "[design]\nweight = { column = \"pw\" }\npsu = [\"dnum\"]\nfpc = \"fpc\"\n";
    registry(folder.path(), &recipe(own, SCHOOLS));
    let step = "[[survey.calibrate]]\nmethod = \"linear\"\nsource = \"the reference\"\nsize = 6194\n\
                numbers = { api99 = 3914069 }\n[[survey.calibrate.margin]]\nby = \"school\"\n\
                totals = { H = 755, M = 1018 }\n";
    let rows =
        estimates(folder.path(), &study(&data, step, "indicators = [\"API\", \"ENROLLED\"]"));
    let mut compared = 0;
    for case in cases(&reference, "apiclus1.json") {
        let indicator = match case["id"].as_str() {
            Some("apiclus1/greg_mean_api00") => "API",
            Some("apiclus1/greg_total_enroll") => "ENROLLED",
            _ => continue,
        };
        let wanted_row = [("INDICATOR", indicator), ("MEASURE", "LEVEL")];
        // As precise as the reference solved it.
        let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
        same(row(&rows, &wanted_row), &case["expected"]["rows"][0], tolerance);
        compared += 1;
    }
    assert_eq!(compared, 2);
}

#[test]
fn quantiles_give_the_values_of_r_with_their_intervals() {
    let Some(reference) = reference() else { return };
    let mut compared = 0;
    let mut compare = |own: &BTreeMap<String, String>, wanted: &Value| {
        close(own, "OBS_VALUE", &wanted["estimate"], 1e-12);
        close(own, "STD_ERROR", &wanted["se"], 1e-9);
        close(own, "LOWER_BOUND", &wanted["ci_low"], 1e-12);
        close(own, "UPPER_BOUND", &wanted["ci_high"], 1e-12);
        close(own, "DF", &wanted["df_domain"], 1e-12);
        assert_eq!(own["INTERVAL_METHOD"], "woodruff");
        compared += 1;
    };
    let at = |case: &Value, probability: f64| -> Value {
        let rows = case["expected"]["rows"].as_array().expect("rows");
        let found = rows.iter().find(|row| row["probability"] == probability);
        found.expect("the probability").clone()
    };
    let one = |name: &str, id: &str| {
        let found = cases(&reference, name).into_iter().find(|case| case["id"] == id);
        found.expect("the case")
    };
    // Two stages.
    let folder = tempfile::tempdir().expect("a folder");
    let own = "[design]\nweight_from_fpc = true\npsu = [\"dnum\"]\nfpc = \"fpc1\"\n\
               [[design.stage]]\npsu = [\"snum\"]\nfpc = \"fpc2\"\n";
    registry(folder.path(), &recipe(own, SCHOOLS));
    let data = reference.join("data/apiclus2.csv");
    let rows = estimates(folder.path(), &study(&data, "", "indicators = [\"MEDIAN\"]"));
    let case = one("apiclus2.json", "apiclus2/twostage_quantile");
    compare(row(&rows, &[("MEASURE", "LEVEL")]), &at(&case, 0.5));
    // Replicate weights, and women and men.
    let folder = tempfile::tempdir().expect("a folder");
    let case = one("ict_rep.json", "ict_rep/brr_quantile");
    let own = format!(
        "[design]\nweight = {{ column = \"weight\" }}\n[design.replicates]\n{}",
        replicates(&case)
    );
    registry(folder.path(), &recipe(&own, ICT));
    let data = reference.join("data/ict_rep.csv");
    let rows = estimates(folder.path(), &study(&data, "", "indicators = [\"SPENT\"]"));
    compare(row(&rows, &[("MEASURE", "LEVEL"), ("SEX", "_T")]), &at(&case, 0.75));
    assert_eq!(compared, 2);
    let number = |row: &BTreeMap<String, String>, column: &str| -> f64 {
        row[column].parse().expect("a number")
    };
    let of = |sex: &str| row(&rows, &[("MEASURE", "LEVEL"), ("SEX", sex)]);
    let gap = row(&rows, &[("MEASURE", "GAP")]);
    let (women, men) = (of("F"), of("M"));
    let value = number(men, "OBS_VALUE") - number(women, "OBS_VALUE");
    assert!((number(gap, "OBS_VALUE") - value).abs() < 1e-12);
    // Whatever their covariance, the gap's standard error lies between difference and sum.
    let [a, b, c] = [women, men, gap].map(|row| number(row, "STD_ERROR"));
    assert!((a - b).abs() < c && c < a + b, "{a} {b} {c}");
}

#[test]
fn rules_and_intervals_of_quantiles_are_chosen_in_the_study() {
    let Some(reference) = reference() else { return };
    let mut compared = 0;
    let mut compare = |rows: &[BTreeMap<String, String>], case: &Value, probability: f64| {
        let wanted = case["expected"]["rows"].as_array().expect("rows");
        let wanted = wanted.iter().find(|row| row["probability"] == probability);
        let wanted = wanted.expect("the probability");
        let own = row(rows, &[("MEASURE", "LEVEL"), ("SEX", "_T")]);
        let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
        close(own, "OBS_VALUE", &wanted["estimate"], 1e-9);
        close(own, "STD_ERROR", &wanted["se"], tolerance);
        close(own, "LOWER_BOUND", &wanted["ci_low"], tolerance);
        close(own, "UPPER_BOUND", &wanted["ci_high"], tolerance);
        compared += 1;
    };
    let stratified =
        "[design]\nweight = { column = \"pw\" }\nstratum = [\"stype\"]\nfpc = \"fpc\"\n";
    for case in cases(&reference, "apistrat.json") {
        let id = case["id"].as_str().expect("an id");
        if !id.contains("/quantile_rule_") && !id.contains("/quantile_interval_") {
            continue;
        }
        let (rule, interval) = (&case["estimand"]["rule"], &case["estimand"]["interval"]);
        let folder = tempfile::tempdir().expect("a folder");
        registry(folder.path(), &recipe(stratified, SCHOOLS));
        let indicator = match case["estimand"]["variables"].as_str() {
            Some("enroll") => "MEDIAN-SIZE",
            _ => "MEDIAN",
        };
        let asked = format!(
            "indicators = [\"{indicator}\"]\nquantile = {{ rule = {rule}, interval = {interval} }}"
        );
        let rows =
            estimates(folder.path(), &study(&reference.join("data/apistrat.csv"), "", &asked));
        compare(&rows, &case, 0.5);
    }
    for case in cases(&reference, "ict_rep.json") {
        if !case["id"].as_str().is_some_and(|id| id.ends_with("_quantile_replicated")) {
            continue;
        }
        let own = format!(
            "[design]\nweight = {{ column = \"weight\" }}\n[design.replicates]\n{}",
            replicates(&case)
        );
        let folder = tempfile::tempdir().expect("a folder");
        registry(folder.path(), &recipe(&own, ICT));
        let asked = "indicators = [\"SPENT\"]\nquantile = { interval = \"replicated\" }";
        let data = reference.join("data/ict_rep.csv");
        let rows = estimates(folder.path(), &study(&data, "", asked));
        compare(&rows, &case, 0.75);
    }
    assert_eq!(compared, 9);
}
