//! Designs and calibration as a user writes them, in recipe and study, through the command: the
//! tidy estimates that come out are those of R `survey` (reference cases outside the project).

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
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

/// The folder of the reference cases, or nothing where it is not there and not required.
fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("INCLUSION_CONFORMANCE").map_or_else(
        || {
            let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
            Path::new(shared).join("conformance")
        },
        PathBuf::from,
    );
    let folder = folder.join("survey");
    if folder.is_dir() {
        return Some(folder.canonicalize().expect("a path"));
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is required",
        folder.display()
    );
    eprintln!("SKIPPED: designs through the command needs ../shared");
    None
}

fn cases(folder: &Path, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(name)).expect("the cases");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    file["cases"].as_array().expect("cases").clone()
}

const CONCEPTS: &[(&str, &str)] = &[
    (
        "online",
        "kind = \"category\"\n[[code]]\nid = \"yes\"\nname = \"Yes\"\n[[code]]\nid = \"no\"\nname = \"No\"\n",
    ),
    ("band", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("school", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("api00", "kind = \"number\"\n"),
    ("spend", "kind = \"number\"\n"),
    ("api99", "kind = \"number\"\n"),
    ("enroll", "kind = \"number\"\n"),
];

/// A registry folder with what the reference data hold, and a recipe with this design.
fn registry(folder: &Path, recipe: &str) {
    let write = |name: String, text: String| {
        let path = folder.join("registry").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    for (id, text) in CONCEPTS {
        write(format!("concepts/{id}.toml"), format!("id = \"{id}\"\nname = \"{id}\"\n{text}"));
    }
    let indicator = |id: &str, kind: &str, what: &str| {
        let unit = if what.contains("numerator") { "percent" } else { "points" };
        format!(
            "id = \"{id}\"\nversion = \"1.0.0\"\nstatus = \"agreed\"\nname = \"{id}\"\n\
             statement = \"go online\"\ntopic = \"use\"\ncustodian = \"test\"\nkind = \"{kind}\"\n\
             population = \"person\"\nuniverse_text = \"everybody\"\n{what}\n\
             numerator_text = \"yes\"\nreference_period = \"3 months\"\nunit = \"{unit}\"\n\
             direction = \"higher\"\nbreakdowns = [{}]\nsource = \"test\"\n",
            if kind == "rate" { "\"sex\", \"band\", \"urbanisation\"" } else { "\"school\"" }
        )
    };
    let list = [
        ("ONLINE", "rate", "numerator = { online = [\"yes\"] }"),
        ("USERS", "rate", "statistic = \"total\"\nnumerator = { online = [\"yes\"] }"),
        ("API", "unsexed", "statistic = \"mean\"\nvalue = \"api00\""),
        ("MEDIAN", "unsexed", "statistic = \"quantile\"\nprobability = 0.5\nvalue = \"api00\""),
        ("SPENT", "rate", "statistic = \"quantile\"\nprobability = 0.75\nvalue = \"spend\""),
        ("ENROLLED", "unsexed", "statistic = \"total\"\nvalue = \"enroll\""),
    ];
    for (id, kind, what) in list {
        let text = indicator(id, kind, what);
        // Totals are of persons, not of points.
        let text = if id == "USERS" { text.replace("\"percent\"", "\"persons\"") } else { text };
        write(format!("indicators/{id}.toml"), text);
    }
    write("recipes/test.toml".to_string(), recipe.to_string());
}

fn recipe(design: &str, concepts: &str) -> String {
    format!(
        "id = \"test/1\"\nversion = \"1.0.0\"\nname = \"Test\"\nproducer = \"test\"\n\
         population = \"person\"\ncoverage = \"everybody\"\nref_area = \"XTA\"\n\
         time_period = \"2024\"\nsource = \"test\"\nrows = \"rows\"\n[file.rows]\n{design}\n{concepts}"
    )
}

const ICT: &str = r#"
[concept.sex]
column = "sex"
map = { female = "F", male = "M" }
[concept.urbanisation]
column = "area"
map = { urban = "U", rural = "R" }
[concept.online]
column = "internet_3m"
map = { 1 = "yes", 0 = "no" }
blank = "not_stated"
[concept.spend]
column = "mobile_spend"
blank = "not_stated"
[concept.band]
column = "age_group"
map = { "15-24" = "15-24", "25-34" = "25-34", "35-44" = "35-44", "45-54" = "45-54", "55-64" = "55-64", "65-74" = "65-74" }
code = [{ id = "15-24", name = "a" }, { id = "25-34", name = "b" }, { id = "35-44", name = "c" }, { id = "45-54", name = "d" }, { id = "55-64", name = "e" }, { id = "65-74", name = "f" }]
"#;

const SCHOOLS: &str = r#"
[concept.school]
column = "stype"
map = { E = "E", H = "H", M = "M" }
code = [{ id = "E", name = "e" }, { id = "H", name = "h" }, { id = "M", name = "m" }]
[concept.api00]
column = "api00"
[concept.api99]
column = "api99"
[concept.enroll]
column = "enroll"
blank = "not_stated"
"#;

fn study(data: &Path, survey: &str, estimate: &str) -> String {
    format!(
        "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n[[survey]]\nid = \"s\"\n\
         recipe = \"test/1\"\nfiles = {{ rows = '{}' }}\n{survey}\n[estimate]\n{estimate}\n\
         interval = {{ method = \"mean\" }}\n",
        data.display()
    )
}

/// The tidy estimates of a study, by column name.
fn estimates(folder: &Path, study: &str) -> Vec<BTreeMap<String, String>> {
    std::fs::write(folder.join("study.toml"), study).expect("the study");
    let output = inclusion(folder, &["annex", "study.toml", "--format", "csv"]);
    assert!(output.status.success(), "{}\n{study}", stderr(&output));
    let text = std::fs::read_to_string(folder.join("out/estimates.csv")).expect("estimates");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        // Only the last columns, which are not looked at, hold quoted commas.
        header.iter().map(|name| name.to_string()).zip(line.split(',').map(String::from)).collect()
    };
    lines.map(row).collect()
}

/// The one row of an indicator, a measure and a code of a breakdown.
fn row<'a>(
    rows: &'a [BTreeMap<String, String>],
    wanted: &[(&str, &str)],
) -> &'a BTreeMap<String, String> {
    let fits = |row: &&BTreeMap<String, String>| {
        wanted.iter().all(|(column, value)| row.get(*column).map(String::as_str) == Some(value))
    };
    let found: Vec<_> = rows.iter().filter(fits).collect();
    assert_eq!(found.len(), 1, "{wanted:?}: {rows:#?}");
    found[0]
}

fn close(own: &BTreeMap<String, String>, column: &str, wanted: &Value, tolerance: f64) {
    let (value, wanted) =
        (own[column].parse::<f64>().expect("a number"), wanted.as_f64().expect("a number"));
    let near = (value - wanted).abs() <= tolerance * wanted.abs();
    assert!(near, "{column}: {value} is not {wanted} in {own:?}");
}

fn same(own: &BTreeMap<String, String>, wanted: &Value, tolerance: f64) {
    close(own, "OBS_VALUE", &wanted["estimate"], tolerance);
    close(own, "STD_ERROR", &wanted["se"], tolerance);
    close(own, "DF", &wanted["df_domain"], 1e-12);
    close(own, "LOWER_BOUND", &wanted["ci"]["t_domain_df"][0], tolerance);
    close(own, "UPPER_BOUND", &wanted["ci"]["t_domain_df"][1], tolerance);
}

fn sex(label: &str) -> &'static str {
    if label == "female" { "F" } else { "M" }
}

/// The replicate weights of a case as a table of TOML.
fn replicates(case: &Value) -> String {
    let given = &case["design"]["replicate"];
    let kind = given["type"].as_str().expect("a type").to_lowercase().replace('-', "_");
    let prefix = given["columns_prefix"].as_str().expect("a prefix");
    let mut text = format!("kind = \"{kind}\"\nprefix = \"{prefix}\"\nmse = {}\n", given["mse"]);
    for key in ["rho", "scale", "rscales"] {
        if !given[key].is_null() {
            text.push_str(&format!("{key} = {}\n", given[key]));
        }
    }
    text
}

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
        same(row(&rows, &wanted_row), &case["expected"]["rows"][0], 1e-7);
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

/// The message of `check` on a study with these lines, without the data and their columns.
fn refused(own: &str, survey: &str, estimate: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe(own, ICT));
    std::fs::write(
        folder.path().join("rows.csv"),
        "sex,area,internet_3m,age_group,w,s,p,b_1,b_2\n",
    )
    .expect("data");
    let text = study(Path::new("rows.csv"), survey, estimate);
    std::fs::write(folder.path().join("study.toml"), text).expect("the study");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    stderr(&output).trim_end().to_string()
}

const WEIGHTED: &str = "[design]\nweight = { column = \"w\" }\n";
const ONLINE: &str = "indicators = [\"ONLINE\"]";

#[test]
fn mistakes_of_a_design_are_told_with_their_place_before_any_row_is_read() {
    let said = |survey: &str| refused(WEIGHTED, survey, ONLINE);
    assert_eq!(
        said("[survey.design]\nvarience = \"taylor\""),
        "error: study.toml:9:1: unknown key `varience`; did you mean `variance`?"
    );
    assert_eq!(
        said("[survey.design.replicates]\nkind = \"brrr\"\nprefix = \"b_\""),
        "error: study.toml:9:8: unknown value `brrr`; did you mean `brr`?"
    );
    assert_eq!(
        said("[survey.design.replicates]\nkind = \"fay\"\nprefix = \"b_\"\nrho = 1.5"),
        "error: study.toml:11:1: survey `s`: `rho` is 1.5; it is 0 or more and below 1"
    );
    assert_eq!(
        said("[survey.design]\npsu = \"p\"\n[[survey.design.stage]]\npsu = \"b_1\""),
        "error: study.toml:10:17: survey `s`: stage 2 adds to the variance only where the finite \
         population of every stage is known, and stage 1 has none; add its `fpc` or leave the \
         stage out"
    );
    assert_eq!(
        said("[survey.design.replicates]\nmake = \"bootstrap\"\nseed = 1"),
        "error: study.toml:9:1: `make = \"bootstrap\"` needs `replicates`, a whole number"
    );
    assert_eq!(
        said("[survey.design.replicates]\nmake = \"jackknife\"\nprefix = \"b_\""),
        "error: study.toml:10:1: `prefix` is of replicate columns in the file; `make` makes its own"
    );
    assert_eq!(
        refused(WEIGHTED, "", "indicators = [\"ONLINE\"]\ndf = \"rank\""),
        "error: study.toml:6:10: survey `s` has no replicate weights, which `df = \"rank\"` needs; \
         give them by `replicates` in [survey.design]"
    );
}

#[test]
fn mistakes_of_a_calibration_are_told_with_their_place_before_any_row_is_read() {
    let head = "[[survey.calibrate]]\nsource = \"census\"\n";
    let said = |text: &str| refused(WEIGHTED, &format!("{head}{text}"), ONLINE);
    let margin = |by: &str, totals: &str| {
        format!(
            "method = \"poststratify\"\n[[survey.calibrate.margin]]\nby = \"{by}\"\n\
             totals = {totals}"
        )
    };
    assert_eq!(
        said("method = \"raken\""),
        "error: study.toml:10:10: unknown value `raken`; did you mean `rake`?"
    );
    assert_eq!(
        said(&margin("sexx", "{ F = 1, M = 1 }")),
        "error: study.toml:12:6: no category `sexx`; did you mean `sex`?"
    );
    assert_eq!(
        said(&margin("sex", "{ F = 1, W = 1 }")),
        "error: study.toml:13:19: `sex` has no code `W`; it has F, M, _U"
    );
    assert_eq!(
        said(&margin("sex * band", "{ F = 1 }")),
        "error: study.toml:13:12: `F` has 1 codes, but the margin is by 2; write them as in \
         `sex * band`"
    );
    assert_eq!(
        said(&margin("sex", "{ F = 0, M = 1 }")),
        "error: study.toml:13:12: the total of `F` is 0, not above 0"
    );
    assert_eq!(
        said(&margin("wealth_quintile", "{ 1 = 1 }")),
        "error: study.toml:12:6: survey `s`: recipe `test/1` has no `wealth_quintile`, to which \
         weights are to be adjusted"
    );
    assert_eq!(
        said("method = \"logit\"\nsize = 10"),
        "error: study.toml:10:10: `bounded_linear` and `logit` need `lower` and `upper`"
    );
    assert_eq!(
        said(&margin("sex", "\"census.csv\"")),
        "error: study.toml:13:10: cannot read the totals `census.csv`: No such file or directory \
         (os error 2)"
    );
}

#[test]
fn mistakes_in_a_file_of_totals_are_told_with_their_line() {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe(WEIGHTED, ICT));
    let step = "[[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"census\"\n\
                [[survey.calibrate.margin]]\nby = \"sex\"\ntotals = \"totals.csv\"\n";
    let text = study(Path::new("rows.csv"), step, ONLINE);
    std::fs::write(folder.path().join("study.toml"), text).expect("the study");
    std::fs::write(folder.path().join("rows.csv"), "sex\n").expect("data");
    let said = |totals: &str| {
        std::fs::write(folder.path().join("totals.csv"), totals).expect("the totals");
        let output = inclusion(folder.path(), &["check", "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        stderr(&output).trim_end().replace("./", "")
    };
    assert_eq!(
        said("sex,persons\nF,10\n"),
        "error: totals.csv:1:1: no column `total`; the totals need sex and total"
    );
    assert_eq!(
        said("sex,total\nF,10\nM,ten\n"),
        "error: totals.csv:3:1: the total `ten` is not a number"
    );
    assert_eq!(said("sex,total\nF,10\nM,10\nF,12\n"), "error: totals.csv:4:1: `F` has two totals");
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
         replicates). Weights post-stratified to known totals of sex (census 2020).",
        "Degrees of freedom: rank of the replicate weights of the full sample, less 1",
    ] {
        assert!(annex.contains(sentence), "{sentence} is not in\n{annex}");
    }
}
