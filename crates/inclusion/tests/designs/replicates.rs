//! Replicate weights of the file, and made ones.

use super::*;

#[test]
fn replicate_weights_of_the_file_give_the_values_of_r_through_study_and_recipe() {
    let Some(reference) = reference() else { return };
    let data = reference.join("data/ict_rep.csv");
    let mut by_design: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for case in cases(&reference, "ict_rep.json") {
        let design = &case["design"]["replicate"];
        if !design.is_null() && case["estimand"]["variables"] == "internet_3m" {
            by_design.entry(replicates(&case)).or_default().push(case);
        }
    }
    assert!(by_design.len() >= 10, "{} designs", by_design.len());
    let mut compared = 0;
    for (number, (design, cases)) in by_design.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        // By turns in the recipe and in the study: both are the same.
        let (own, instead) = match number % 2 {
            0 => (format!("[design.replicates]\n{design}"), String::new()),
            _ => (String::new(), format!("[survey.design.replicates]\n{design}")),
        };
        let own = format!("[design]\nweight = {{ column = \"weight\" }}\n{own}");
        registry(folder.path(), &recipe(&own, ICT));
        let text = study(&data, &instead, "indicators = [\"ONLINE\", \"USERS\"]");
        let rows = estimates(folder.path(), &text);
        for case in cases {
            let stat = case["estimand"]["stat"].as_str().expect("a statistic");
            let indicator = if stat == "total" { "USERS" } else { "ONLINE" };
            let level = [("INDICATOR", indicator), ("MEASURE", "LEVEL")];
            if case["estimand"]["kind"] == "contrast" {
                let gap = &case["expected"]["contrasts"];
                let own = row(&rows, &[("INDICATOR", indicator), ("MEASURE", "GAP")]);
                let reference = &gap["gap_f_minus_m"];
                let value: f64 = own["OBS_VALUE"].parse().expect("a number");
                let wanted = reference["estimate"].as_f64().expect("a number");
                assert!((value + wanted).abs() <= 1e-9 * wanted.abs(), "{own:?} {reference}");
                close(own, "STD_ERROR", &reference["se"], 1e-9);
                compared += 1;
                continue;
            }
            for wanted in case["expected"]["rows"].as_array().expect("rows") {
                let code = wanted["group"]["sex"].as_str().map_or("_T", sex);
                let own = row(&rows, &[level[0], level[1], ("SEX", code)]);
                same(own, wanted, case["tolerance_rel"].as_f64().expect("a tolerance"));
                compared += 1;
            }
        }
    }
    assert!(compared >= 30, "only {compared} figures were compared");
}

#[test]
fn replicates_that_lack_a_group_are_told_and_so_is_a_group_that_all_lack() {
    let folder = tempfile::tempdir().expect("a folder");
    // Twelve units of ten rows, a jackknife of them; one row alone in its age group, and the rural rows
    // without any weight in all replicates.
    let mut text = "w,sex,area,age_group,internet_3m,mobile_spend".to_string();
    text.extend((1..=12).map(|r| format!(",rep_{r}")));
    for row in 0..120 {
        let unit = row / 10 + 1;
        let (area, band) =
            (if unit > 9 { "rural" } else { "urban" }, if row == 7 { "65-74" } else { "25-34" });
        text.push_str(&format!(
            "\n2,{},{area},{band},{},{row}",
            ["female", "male"][row % 2],
            row % 3 % 2
        ));
        for r in 1..=12 {
            text.push_str(if unit > 9 || unit == r { ",0" } else { ",2.25" });
        }
    }
    let data = folder.path().join("rows.csv");
    std::fs::write(&data, text).expect("the data");
    let own = "[design]\nweight = { column = \"w\" }\n[design.replicates]\nkind = \"jk1\"\nprefix = \"rep_\"\n";
    registry(folder.path(), &recipe(own, ICT));
    let asked = "indicators = [\"ONLINE\", \"USERS\"]\nby = [\"urbanisation\"]";
    let means = "[[analysis]]\nid = \"m\"\nkind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"band\"\n\
                 [[analysis]]\nid = \"t\"\nkind = \"t_test\"\nindicator = \"ONLINE\"\nby = \"urbanisation\"\n";
    let profile = "id = \"open\"\nname = \"Open\"\nwithhold_below = 1\nunreliable_below = 1\nsource = \"test\"\n";
    std::fs::create_dir_all(folder.path().join("registry/policies")).expect("a folder");
    std::fs::write(folder.path().join("registry/policies/open.toml"), profile).expect("a profile");
    let text = study(&data, "", asked) + "[disclosure]\nprofile = \"open\"\n" + means;
    let rows = estimates(folder.path(), &text);
    for indicator in ["ONLINE", "USERS"] {
        let wanted =
            [("INDICATOR", indicator), ("MEASURE", "LEVEL"), ("SEX", "_T"), ("URBANISATION", "R")];
        let own = row(&rows, &wanted);
        assert!(own["OBS_VALUE"].parse::<f64>().expect("a value") > 0.0, "{own:?}");
        assert_eq!((own["STD_ERROR"].as_str(), own["LOWER_BOUND"].as_str()), ("", ""), "{own:?}");
        let urban = [wanted[0], wanted[1], wanted[2], ("URBANISATION", "U")];
        assert!(!row(&rows, &urban)["STD_ERROR"].is_empty());
    }
    let file = std::fs::read_to_string(folder.path().join("out/estimates.csv")).expect("estimates");
    let reason = "Every replicate weight leaves this group without rows, so its standard error is not known.";
    assert!(file.contains(reason), "{file}");
    let output = inclusion(folder.path(), &["analyse", "study.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = "1 of the replicate weights leaves a group of this analysis without rows; its standard errors \
                 rest on the others";
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&told).contains(words), "{told}");
    let refused = "every replicate leaves one of the groups without rows, so nothing tells the standard error";
    assert!(flat(&told).contains(refused), "{told}");
}

#[test]
fn made_replicates_and_intervals_are_chosen_in_the_study_and_told_in_the_annex() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = "[design]\nweight = { column = \"w\" }\nstratum = [\"s\"]\npsu = [\"p\"]\n";
    registry(folder.path(), &recipe(own, ICT));
    let mut rows = "sex,area,internet_3m,age_group,w,s,p\n".to_string();
    for at in 0..240 {
        let sex = if at % 2 == 0 { "female" } else { "male" };
        let online = u32::from(at * at % 7 < 3 || at % 11 == 0);
        let (stratum, psu) = (at / 60, at / 30);
        rows.push_str(&format!("{sex},urban,{online},15-24,{},{stratum},{psu}\n", 1 + at % 5));
    }
    std::fs::write(folder.path().join("rows.csv"), rows).expect("data");
    let of = |design: &str, method: &str| {
        let text = study(Path::new("rows.csv"), design, "indicators = [\"ONLINE\"]");
        let text = text.replace("method = \"mean\"", &format!("method = \"{method}\""));
        let rows = estimates(folder.path(), &text);
        let all = row(&rows, &[("MEASURE", "LEVEL"), ("SEX", "_T")]);
        ["STD_ERROR", "LOWER_BOUND", "DF", "INTERVAL_METHOD"].map(|column| all[column].clone())
    };
    let taylor = of("", "mean");
    let made = |make: &str| format!("[survey.design.replicates]\nmake = \"{make}\"\nmse = true\n");
    // Two PSUs in each stratum: the jackknife and the classic balanced replicates of a ratio differ
    // from linearisation in small terms only, and the ranks are those of PSUs minus strata.
    for make in ["jackknife", "brr"] {
        let own = of(&made(make), "mean");
        let [a, b] = [&taylor, &own].map(|e| e[0].parse::<f64>().expect("a number"));
        assert!(a != b && (a / b - 1.0).abs() < 0.05, "{make}: {a} {b}");
        assert_eq!(own[2], taylor[2], "{make}");
    }
    let methods = ["logit", "xlogit", "beta", "wilson", "mean", "asin", "likelihood"];
    let ends: Vec<[String; 4]> = methods.iter().map(|method| of("", method)).collect();
    assert_eq!(ends[0], ends[1]);
    let lower: std::collections::BTreeSet<&String> = ends.iter().map(|e| &e[1]).collect();
    assert_eq!(lower.len(), 6, "{ends:?}");
    let names: Vec<&str> = ends.iter().map(|e| e[3].as_str()).collect();
    assert_eq!(names, ["logit", "logit", "beta", "wilson", "mean", "asin", "likelihood"]);
    // The annex says where its standard errors come from.
    let step = "[survey.design.replicates]\nmake = \"bootstrap\"\nreplicates = 50\nseed = 7\n\
                [[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"census 2020\"\n\
                [[survey.calibrate.margin]]\nby = \"sex\"\ntotals = { F = 400, M = 420 }\n";
    let text = study(Path::new("rows.csv"), step, "indicators = [\"ONLINE\"]\ndf = \"rank\"");
    std::fs::write(folder.path().join("study.toml"), text).expect("the study");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let annex = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
    for sentence in [
        "weight w, strata s, primary sampling units p; replicate weights made from strata and \
         units (Rao–Wu bootstrap with 50 replicates, seed 7, deviations from the mean of the \
         replicates); a stratum with one unit stops the run. Weights post-stratified to known totals of sex (census 2020).",
        "Degrees of freedom: rank of the replicate weights of the full sample, less 1",
    ] {
        assert!(annex.contains(sentence), "{sentence} is not in\n{annex}");
    }
}
