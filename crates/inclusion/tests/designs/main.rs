//! Designs and calibration as a user writes them, in recipe and study, through the command: the
//! tidy estimates that come out are those of R `survey` (reference cases outside the project).

mod compared;
mod plain;
mod refused;
mod replicates;
mod values;

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
    (
        "account",
        "kind = \"category\"\n[[code]]\nid = \"yes\"\nname = \"Yes\"\n[[code]]\nid = \"no\"\nname = \"No\"\n",
    ),
    (
        "coding",
        "kind = \"category\"\n[[code]]\nid = \"yes\"\nname = \"Yes\"\n[[code]]\nid = \"no\"\nname = \"No\"\n",
    ),
    ("schooling", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
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
            if kind == "rate" {
                "\"sex\", \"band\", \"urbanisation\", \"schooling\""
            } else {
                "\"school\""
            }
        )
    };
    let list = [
        ("ONLINE", "rate", "numerator = { online = [\"yes\"] }"),
        ("ACCOUNT", "rate", "numerator = { account = [\"yes\"] }"),
        ("CODING", "rate", "numerator = { coding = [\"yes\"] }"),
        ("USERS", "rate", "statistic = \"total\"\nnumerator = { online = [\"yes\"] }"),
        ("API", "unsexed", "statistic = \"mean\"\nvalue = \"api00\""),
        ("MEDIAN", "unsexed", "statistic = \"quantile\"\nprobability = 0.5\nvalue = \"api00\""),
        (
            "MEDIAN-SIZE",
            "unsexed",
            "statistic = \"quantile\"\nprobability = 0.5\nvalue = \"enroll\"",
        ),
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
