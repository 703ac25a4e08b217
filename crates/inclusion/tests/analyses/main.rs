//! Analyses as a user writes them, through the command: what comes out are the figures of R `survey`
//! and of the methods page (reference cases outside the project), or the reason why there are none.

mod kinds;
mod negative;
mod reference;
mod refused;
mod shown;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Row = BTreeMap<String, String>;

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

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder of the reference cases, or nothing where it is not there and not required.
fn reference(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("INCLUSION_CONFORMANCE").map_or_else(
        || Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join("conformance"),
        PathBuf::from,
    );
    let folder = folder.join(part);
    if folder.is_dir() {
        return Some(folder.canonicalize().expect("a path"));
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is required",
        folder.display()
    );
    eprintln!("SKIPPED: analyses through the command need {}", folder.display());
    None
}

/// The expected result of a case of R.
fn expected(folder: &Path, file: &str, id: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).expect("the cases");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let list = if file.is_array() { &file } else { &file["cases"] };
    let case = list.as_array().expect("cases").iter().find(|case| case["id"] == id);
    case.unwrap_or_else(|| panic!("no case {id}"))["expected"].clone()
}

const CONCEPTS: &[(&str, &str)] = &[
    ("online", "kind = \"category\"\nyes_no = true\n"),
    ("online_too", "kind = \"category\"\nbreakdown = true\nyes_no = true\n"),
    ("account", "kind = \"category\"\nyes_no = true\n"),
    ("phone", "kind = \"category\"\nyes_no = true\n"),
    ("wide", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("awards", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("school", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("assets", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("studies", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("one", "kind = \"category\"\nopen = true\n"),
    ("band", "kind = \"category\"\nbreakdown = true\nopen = true\n"),
    ("hours", "kind = \"number\"\n"),
    ("years", "kind = \"number\"\n"),
    ("years_too", "kind = \"number\"\n"),
    ("api00", "kind = \"number\"\n"),
    ("api99", "kind = \"number\"\n"),
    ("ell", "kind = \"number\"\n"),
    ("meals", "kind = \"number\"\n"),
    ("mobility", "kind = \"number\"\n"),
];

/// A concept of a recipe: the codes of a column, each its own name.
fn coded(concept: &str, column: &str, codes: &[&str]) -> String {
    let map: Vec<String> = codes.iter().map(|code| format!("\"{code}\" = \"{code}\"")).collect();
    let list: Vec<String> =
        codes.iter().map(|code| format!("{{ id = \"{code}\", name = \"{code}\" }}")).collect();
    format!(
        "[concept.{concept}]\ncolumn = \"{column}\"\nblank = \"not_stated\"\nmap = {{ {} }}\ncode = [{}]\n",
        map.join(", "),
        list.join(", ")
    )
}

fn numbers(columns: &[(&str, &str)]) -> String {
    let one = |(concept, column): &(&str, &str)| {
        format!("[concept.{concept}]\ncolumn = \"{column}\"\nblank = \"not_stated\"\n")
    };
    columns.iter().map(one).collect()
}

fn yes_no(concept: &str, column: &str) -> String {
    format!(
        "[concept.{concept}]\ncolumn = \"{column}\"\nmap = {{ 1 = \"yes\", 0 = \"no\" }}\nblank = \"not_stated\"\n"
    )
}

fn ict() -> String {
    let mut text = String::from(
        "[concept.sex]\ncolumn = \"sex\"\nmap = { female = \"F\", male = \"M\" }\n\
         [concept.urbanisation]\ncolumn = \"area\"\nmap = { urban = \"U\", rural = \"R\" }\n",
    );
    text += &yes_no("online", "internet_3m");
    text += &yes_no("online_too", "internet_3m");
    text += &yes_no("account", "has_account");
    text += &yes_no("phone", "owns_phone");
    text += &numbers(&[("hours", "hours_online"), ("years", "age"), ("years_too", "age")]);
    text += &coded("assets", "wealth", &["1", "2", "3", "4", "5"]);
    text += "[concept.one]\nfixed = \"all\"\ncode = [{ id = \"all\", name = \"all\" }]\n";
    // A code that nobody has.
    let studies = ["higher", "none", "primary", "secondary", "doctorate"];
    text += &coded("studies", "education", &studies);
    text + &coded("band", "age_group", &["15-24", "25-34", "35-44", "45-54", "55-64", "65-74"])
}

const ICT_DESIGN: &str =
    "weight = { column = \"weight\" }\nstratum = [\"stratum\"]\npsu = [\"psu\"]\n";

fn schools() -> String {
    coded("school", "stype", &["E", "H", "M"])
        + &coded("wide", "sch_wide", &["No", "Yes"])
        + &coded("awards", "awards", &["No", "Yes"])
        + &numbers(&[("api00", "api00"), ("api99", "api99"), ("ell", "ell")])
        + &numbers(&[("meals", "meals"), ("mobility", "mobility")])
}

/// A folder with a registry for the reference data, and a recipe with this design.
fn world(design: &str, concepts: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: String, text: String| {
        let path = folder.path().join("registry").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    for (id, text) in CONCEPTS {
        write(format!("concepts/{id}.toml"), format!("id = \"{id}\"\nname = \"{id}\"\n{text}"));
    }
    for (id, kind, what) in [
        ("ONLINE", "rate", "numerator = { online = [\"yes\"] }\nunit = \"percent\""),
        ("PHONE", "rate", "numerator = { phone = [\"yes\"] }\nunit = \"percent\""),
        ("ACCOUNT", "rate", "numerator = { account = [\"yes\"] }\nunit = \"percent\""),
        ("API", "unsexed", "statistic = \"mean\"\nvalue = \"api00\"\nunit = \"points\""),
    ] {
        let breakdowns = match kind {
            "rate" => "\"sex\", \"band\", \"urbanisation\", \"studies\", \"assets\"",
            _ => "\"school\", \"wide\", \"awards\"",
        };
        let text = format!(
            "id = \"{id}\"\nversion = \"1.0.0\"\nstatus = \"agreed\"\nname = \"{id}\"\n\
             statement = \"go online\"\ntopic = \"use\"\ncustodian = \"test\"\nkind = \"{kind}\"\n\
             population = \"person\"\nuniverse_text = \"everybody\"\n{what}\n\
             numerator_text = \"yes\"\nreference_period = \"3 months\"\ndirection = \"higher\"\n\
             breakdowns = [{breakdowns}]\nsource = \"test\"\n"
        );
        write(format!("indicators/{id}.toml"), text);
    }
    let open = "id = \"open\"\nname = \"Open\"\nwithhold_below = 0\nunreliable_below = 0\nsource = \"test\"\n";
    write("policies/open.toml".to_string(), open.to_string());
    let recipe = format!(
        "id = \"test/1\"\nversion = \"1.0.0\"\nname = \"Test\"\nproducer = \"test\"\n\
         population = \"person\"\ncoverage = \"everybody\"\nref_area = \"XTA\"\n\
         time_period = \"2024\"\nsource = \"test\"\nrows = \"rows\"\n[file.rows]\n[design]\n{design}\n{concepts}"
    );
    write("recipes/test.toml".to_string(), recipe);
    folder
}

/// A study with one indicator and these analyses, each `id` and its keys.
fn study(data: &Path, indicator: &str, survey: &str, analyses: &[(&str, &str)]) -> String {
    let list: String = analyses
        .iter()
        .map(|(id, keys)| format!("[[analysis]]\nid = \"{id}\"\n{keys}\n"))
        .collect();
    format!(
        "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n[[survey]]\nid = \"s\"\n\
         recipe = \"test/1\"\nfiles = {{ rows = '{}' }}\n{survey}\n[estimate]\n\
         indicators = [\"{indicator}\"]\n[disclosure]\nprofile = \"open\"\n{list}",
        data.display()
    )
}

/// Fields of a CSV text, quotes undone.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("a row");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().expect("a field").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => row.last_mut().expect("a field").push(other),
        }
    }
    rows.pop();
    rows
}

fn analysed(folder: &Path, study: &str) -> Vec<Row> {
    std::fs::write(folder.join("study.toml"), study).expect("the study");
    let output = inclusion(folder, &["analyse", "study.toml", "--output", "a.csv", "--quiet"]);
    assert!(output.status.success(), "{}\n{study}", stderr(&output));
    let text = std::fs::read_to_string(folder.join("a.csv")).expect("the file");
    let mut rows = table(&text).into_iter();
    let header = rows.next().expect("a header");
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// The one row of an analysis with this part and term.
fn row<'a>(rows: &'a [Row], id: &str, part: &str, term: &str) -> &'a Row {
    let fits = |row: &&Row| row["ANALYSIS"] == id && row["PART"] == part && row["TERM"] == term;
    let found: Vec<&Row> = rows.iter().filter(fits).collect();
    assert_eq!(found.len(), 1, "{id} {part} {term}: {rows:#?}");
    found[0]
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is `{}` in {row:?}", row[column]))
}

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let error = (found - wanted).abs();
    assert!(error <= tolerance * wanted.abs().max(1e-12), "{what}: {found:e} is not {wanted:e}");
}

#[track_caller]
fn close(row: &Row, column: &str, wanted: &Value, tolerance: f64) {
    let wanted = wanted.as_f64().unwrap_or_else(|| panic!("{column} has a number"));
    near(number(row, column), wanted, tolerance, &format!("{column} of {row:?}"));
}

/// The square matrix that was written for an analysis.
fn matrix(folder: &Path, id: &str) -> (Vec<String>, Vec<Vec<f64>>) {
    let path = folder.join(format!("a-{id}-covariance.csv"));
    let rows = table(&std::fs::read_to_string(path).expect("the matrix"));
    let numbers = |row: &Vec<String>| row[1..].iter().map(|n| n.parse().expect("n")).collect();
    (rows[0][1..].to_vec(), rows[1..].iter().map(numbers).collect())
}

const LOGIT: &str = "kind = \"regression\"\nindicator = \"ONLINE\"\n\
                     terms = [\"sex\", \"years\", \"urbanisation\", \"assets\", \"studies\"]\n\
                     reference = { urbanisation = \"R\", studies = \"higher\" }\n";
