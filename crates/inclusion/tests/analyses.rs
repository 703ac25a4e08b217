//! Analyses as a user writes them, through the command: what comes out are the figures of R `survey`
//! and of the methods page (reference cases outside the project), or the reason why there are none.

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

fn test_agrees(rows: &[Row], id: &str, wanted: &Value) {
    let own = rows.iter().find(|row| row["ANALYSIS"] == id).expect("the test");
    close(own, "STATISTIC", &wanted["statistic"], 1e-9);
    match &wanted["df"] {
        Value::Array(both) => {
            close(own, "NDF", &both[0], 1e-9);
            close(own, "DDF", &both[1], 1e-9);
        }
        one => {
            close(own, "NDF", one, 1e-9);
            assert_eq!(own["DDF"], "", "χ² has no denominator");
        }
    }
    // The expected p-value carries the digits of the statistic.
    close(own, "P_VALUE", &wanted["p_value"], 1e-6);
}

fn t_test_agrees(own: &Row, wanted: &Value) {
    close(own, "STATISTIC", &wanted["t"], 1e-9);
    close(own, "DDF", &wanted["df"], 1e-12);
    close(own, "P_VALUE", &wanted["p_value"], 1e-8);
    close(own, "VALUE", &wanted["difference"], 1e-9);
    close(own, "LOWER_BOUND", &wanted["ci_low"], 1e-9);
    close(own, "UPPER_BOUND", &wanted["ci_high"], 1e-9);
}

/// Coefficients in R's order; `tolerance` is that of the case.
fn regression_agrees(folder: &Path, rows: &[Row], id: &str, wanted: &Value, tolerance: f64) {
    let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == id).collect();
    let names = wanted["term"].as_array().expect("terms");
    assert_eq!(own.len(), names.len(), "{names:?}");
    let (_, covariance) = matrix(folder, id);
    for (k, row) in own.iter().enumerate() {
        close(row, "VALUE", &wanted["coefficient"][k], tolerance);
        close(row, "STD_ERROR", &wanted["se"][k], tolerance);
        close(row, "STATISTIC", &wanted["t"][k], tolerance);
        close(row, "P_VALUE", &wanted["p_value"][k], 1e3 * tolerance);
        close(row, "DDF", &wanted["df_residual"], 1e-12);
        for l in 0..own.len() {
            let reference = wanted["covariance"][k][l].as_f64().expect("a covariance");
            let (a, b) = (number(row, "STD_ERROR"), number(own[l], "STD_ERROR"));
            let error = (covariance[k][l] - reference).abs() / (a * b);
            assert!(error < 2.0 * tolerance, "covariance {k} {l}: {error}");
        }
    }
}

const LOGIT: &str = "kind = \"regression\"\nindicator = \"ONLINE\"\n\
                     terms = [\"sex\", \"years\", \"urbanisation\", \"assets\", \"studies\"]\n\
                     reference = { urbanisation = \"R\", studies = \"higher\" }\n";

#[test]
fn tests_and_regressions_of_persons_give_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let test = |how: &str| format!("kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\n{how}");
    let as_r = format!("{LOGIT}epsilon = 1e-10");
    let analyses = [
        ("second", test("")),
        ("first", test("method = \"rao_scott_1\"")),
        ("wald", test("method = \"adjusted_wald\"")),
        ("assets", "kind = \"test\"\nconcept = \"account\"\nby = \"assets\"".to_string()),
        ("hours", "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"".to_string()),
        ("exact", LOGIT.to_string()),
        ("logit", as_r),
        (
            "linear",
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"sex * urbanisation\", \"years\"]\n\
             reference = { urbanisation = \"R\" }"
                .to_string(),
        ),
        (
            "joint",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * urbanisation\"".to_string(),
        ),
    ];
    let analyses: Vec<(&str, &str)> =
        analyses.iter().map(|(id, keys)| (*id, keys.as_str())).collect();
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &analyses);
    let rows = analysed(home.path(), &text);
    let case = |id: &str| expected(&folder, "ict_a.json", &format!("ict_a/{id}"));
    test_agrees(&rows, "second", &case("chisq_sex_internet_F"));
    test_agrees(&rows, "first", &case("chisq_sex_internet_Chisq"));
    test_agrees(&rows, "wald", &case("chisq_sex_internet_adjWald"));
    test_agrees(&rows, "assets", &case("chisq_wealth_account_F"));
    t_test_agrees(row(&rows, "hours", "difference", "sex=M-F"), &case("ttest_hours_sex"));
    let means = case("gender_gap_hours_online");
    close(row(&rows, "hours", "mean", "sex=F"), "STD_ERROR", &means["domain_se"][0], 1e-9);
    close(row(&rows, "hours", "mean", "sex=M"), "VALUE", &means["domain_estimate"][1], 1e-9);
    let logit = case("glm_logistic_internet");
    regression_agrees(home.path(), &rows, "logit", &logit, 1e-7);
    // The solution itself: R's coefficients, and its standard errors up to its last step.
    regression_agrees(home.path(), &rows, "exact", &logit, 4e-6);
    let men = row(&rows, "exact", "coefficient", "sex=M");
    near(number(men, "ODDS_RATIO"), number(men, "VALUE").exp(), 1e-14, "odds ratio");
    near(number(men, "ODDS_UPPER"), number(men, "UPPER_BOUND").exp(), 1e-14, "odds ratio");
    regression_agrees(home.path(), &rows, "linear", &case("glm_gaussian_hours"), 1e-7);
    // Joint estimates, and a contrast of all four from the matrix that was written.
    let gaps = case("gap_by_area");
    let (names, covariance) = matrix(home.path(), "joint");
    let order = [
        "sex=F:urbanisation=R",
        "sex=M:urbanisation=R",
        "sex=F:urbanisation=U",
        "sex=M:urbanisation=U",
    ];
    for (k, term) in order.iter().enumerate() {
        close(row(&rows, "joint", "mean", term), "VALUE", &gaps["domain_estimate"][k], 1e-9);
        close(row(&rows, "joint", "mean", term), "STD_ERROR", &gaps["domain_se"][k], 1e-9);
    }
    let slopes = [-1.0, 1.0, 1.0, -1.0];
    let place = |term: &str| names.iter().position(|name| name == term).expect("a term");
    let mut variance = 0.0;
    for (a, x) in order.iter().zip(slopes) {
        for (b, y) in order.iter().zip(slopes) {
            variance += x * y * covariance[place(a)][place(b)];
        }
    }
    let reference = gaps["contrasts"]["difference_of_gaps"]["se"].as_f64().expect("a number");
    near(variance.sqrt(), reference, 1e-9, "standard error of a contrast");
    // Four tests and a t-test: each p-value is adjusted for all five.
    let p = |id: &str, column: &str| {
        let own = rows.iter().find(|row| row["ANALYSIS"] == id && !row["P_VALUE"].is_empty());
        number(own.expect("a test"), column)
    };
    near(p("assets", "P_HOLM"), 5.0 * p("assets", "P_VALUE"), 1e-12, "the smallest of five");
    near(p("hours", "P_HOLM"), p("hours", "P_VALUE"), 1e-12, "the largest of five");
    assert_eq!(row(&rows, "linear", "coefficient", "years")["P_HOLM"], "");
}

#[test]
fn tests_variances_and_regressions_of_schools_give_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let design = "weight = { column = \"pw\" }\nstratum = [\"stype\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let test = |method: &str| {
        format!("kind = \"test\"\nconcept = \"school\"\nby = \"wide\"\nmethod = \"{method}\"")
    };
    let [second, first, wald, adjusted] =
        ["rao_scott_2", "rao_scott_1", "wald", "adjusted_wald"].map(test);
    let analyses = [
        ("F", second.as_str()),
        ("Chisq", &first),
        ("Wald", &wald),
        ("adjWald", &adjusted),
        (
            "awards",
            "kind = \"t_test\"\nindicator = \"API\"\nby = \"awards\"\ngroups = [\"No\", \"Yes\"]",
        ),
        ("variance", "kind = \"variance\"\nindicator = \"API\""),
        ("pooled", "kind = \"imputation\"\nimputations = [\"api00\", \"api99\"]"),
        ("null", "kind = \"t_test\"\nindicator = \"API\"\nagainst = 600"),
    ];
    let data = folder.join("data/apistrat.csv");
    let rows = analysed(home.path(), &study(&data, "API", "", &analyses));
    let case = |id: &str| expected(&folder, "apistrat.json", &format!("apistrat/{id}"));
    for id in ["F", "Chisq", "Wald", "adjWald"] {
        test_agrees(&rows, id, &case(&format!("chisq_{id}")));
    }
    let awards = row(&rows, "awards", "difference", "awards=Yes-No");
    t_test_agrees(awards, &case("ttest_api00_awards"));
    let spread = &case("variance_api00")["rows"][0];
    close(row(&rows, "variance", "variance", "all"), "VALUE", &spread["estimate"], 1e-9);
    close(row(&rows, "variance", "variance", "all"), "STD_ERROR", &spread["se"], 1e-9);
    // Rubin's rules by hand, from the two means of R and their standard errors.
    let both = case("joint_mean_two_variables");
    let of = |name: &str, k: usize| both[name][k].as_f64().expect("a number");
    let (q, u) = ([of("estimate", 0), of("estimate", 1)], [of("se", 0), of("se", 1)]);
    let within = (u[0] * u[0] + u[1] * u[1]) / 2.0;
    let between = (q[0] - q[1]) * (q[0] - q[1]) / 2.0;
    let total = within + 1.5 * between;
    let share = 1.5 * between / total;
    let (classic, observed) = (1.0 / (share * share), 198.0 / 200.0 * 197.0 * (1.0 - share));
    let own = row(&rows, "pooled", "mean", "all");
    near(number(own, "VALUE"), (q[0] + q[1]) / 2.0, 1e-9, "pooled mean");
    near(number(own, "STD_ERROR"), total.sqrt(), 1e-9, "pooled standard error");
    near(number(own, "SHARE"), share, 1e-9, "share of imputation");
    near(number(own, "DDF"), 1.0 / (1.0 / classic + 1.0 / observed), 1e-9, "degrees of freedom");
    let own = row(&rows, "null", "difference", "all-600");
    near(number(own, "STATISTIC"), (q[0] - 600.0) / u[0], 1e-9, "t of one sample");
    assert_eq!(own["DDF"], "196");

    let design = "weight = { column = \"pw\" }\npsu = [\"dnum\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let analyses = [
        ("F", second.as_str()),
        (
            "linear",
            "kind = \"regression\"\nindicator = \"API\"\nterms = [\"ell\", \"meals\", \"mobility\"]",
        ),
        (
            "logit",
            "kind = \"regression\"\nconcept = \"wide\"\ncodes = \"Yes\"\nterms = [\"ell\", \"meals\"]\nepsilon = 1e-10",
        ),
    ];
    let data = folder.join("data/apiclus1.csv");
    let rows = analysed(home.path(), &study(&data, "API", "", &analyses));
    let case = |id: &str| expected(&folder, "apiclus1.json", &format!("apiclus1/{id}"));
    test_agrees(&rows, "F", &case("chisq_F"));
    regression_agrees(home.path(), &rows, "linear", &case("glm_gaussian"), 1e-7);
    regression_agrees(home.path(), &rows, "logit", &case("glm_logistic"), 1e-7);
    assert_eq!(row(&rows, "F", "test", "wide")["P_HOLM"], "", "one test is not adjusted");
}

#[test]
fn several_indicators_are_estimated_together_in_the_rows_that_answer_all() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let keys = "kind = \"covariance\"\nindicator = \"ONLINE\"\nalso = [\"PHONE\", \"ACCOUNT\"]";
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &[("joint", keys)])
        .replace("[\"ONLINE\"]", "[\"ONLINE\", \"PHONE\", \"ACCOUNT\"]");
    let rows = analysed(home.path(), &text);
    let wanted = expected(&folder, "ict_a.json", "ict_a/joint_three_indicators");
    let (names, covariance) = matrix(home.path(), "joint");
    let order = ["ONLINE:all", "PHONE:all", "ACCOUNT:all"];
    assert_eq!(names, order);
    for (k, term) in order.iter().enumerate() {
        close(row(&rows, "joint", "mean", term), "VALUE", &wanted["estimate"][k], 1e-9);
        close(row(&rows, "joint", "mean", term), "STD_ERROR", &wanted["se"][k], 1e-9);
        for l in 0..3 {
            let reference = wanted["covariance"][k][l].as_f64().expect("a covariance");
            near(covariance[k][l], reference, 1e-9, "covariance");
        }
    }
}

#[test]
fn the_analyses_of_the_readme_run_on_the_demonstration() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let home = tempfile::tempdir().expect("a folder");
    let readme = std::fs::read_to_string(project.join("README.md")).expect("the README");
    let from = readme.find("[[analysis]]").expect("analyses in the README");
    let block = readme[from..].split("```").next().expect("a block");
    let demo = project.join("datasets/demo");
    let text = std::fs::read_to_string(demo.join("study.toml")).expect("the study");
    std::fs::write(home.path().join("study.toml"), text + "\n" + block).expect("the study");
    std::fs::copy(demo.join("ict_survey.parquet"), home.path().join("ict_survey.parquet"))
        .expect("the survey");
    let output = inclusion(home.path(), &["analyse", "study.toml", "--only", "model"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    assert!(
        printed.starts_with("[model]\nIndividuals using the Internet: logistic regression"),
        "{printed}"
    );
    assert!(printed.contains("Sex: Men × Urban or rural area: Urban"), "{printed}");
    assert!(!printed.contains("[use-by-sex]"), "one analysis was asked for");
}

#[test]
fn a_regression_with_replicate_weights_gives_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let home = world("weight = { column = \"weight\" }\n", &ict());
    let survey = "[survey.design.replicates]\nkind = \"brr\"\nprefix = \"brr_\"\n";
    let keys = "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\", \"years\"]\nepsilon = 1e-10";
    let data = folder.join("data/ict_rep.csv");
    let rows = analysed(home.path(), &study(&data, "ONLINE", survey, &[("brr", keys)]));
    let wanted = expected(&folder, "ict_rep.json", "ict_rep/brr_glm");
    regression_agrees(home.path(), &rows, "brr", &wanted, 1e-6);
}

fn decomposed() -> String {
    String::from("[concept.sex]\ncolumn = \"sex\"\nmap = { F = \"F\", M = \"M\" }\n")
        + &yes_no("online", "uses_internet")
        + &coded("studies", "edu", &["0", "1", "2", "3"])
        + &coded("assets", "quintile", &["1", "2", "3", "4", "5"])
}

#[test]
fn the_decomposition_of_a_gap_agrees_with_the_methods_page() {
    let Some(folder) = reference("methods") else { return };
    let home = world(ICT_DESIGN, &decomposed());
    let keys = "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\"";
    let data = folder.join("svy_decomp.csv");
    let text = study(&data, "ONLINE", "", &[("kitagawa", keys)]);
    let rows = analysed(home.path(), &text);
    let wanted = expected(&folder, "decomposition.json", "DEC-K02");
    let of = |part: &str| number(row(&rows, "kitagawa", part, "all"), "VALUE");
    for (part, wanted) in [
        ("rate_women", &wanted["rate_F"]),
        ("rate_men", &wanted["rate_M"]),
        ("gap", &wanted["gap"]),
        ("composition", &wanted["composition"]),
        ("rate", &wanted["rate"]),
        ("three_composition", &wanted["three"]["composition"]),
        ("three_rate", &wanted["three"]["rate"]),
        ("interaction", &wanted["three"]["interaction"]),
    ] {
        near(of(part), wanted.as_f64().expect("a number"), 1e-9, part);
    }
    for (k, code) in ["0", "1", "2", "3"].iter().enumerate() {
        let term = format!("studies={code}");
        let (by_mix, by_rate) = (&wanted["composition_by_group"][k], &wanted["rate_by_group"][k]);
        close(row(&rows, "kitagawa", "composition", &term), "VALUE", by_mix, 1e-9);
        close(row(&rows, "kitagawa", "rate", &term), "VALUE", by_rate, 1e-9);
    }
    // This gap's interval includes 0, so a share of it would mean nothing.
    assert_eq!(row(&rows, "kitagawa", "composition", "all")["SHARE"], "");
    // The parts add to the gap, and so do their variances with the covariance written beside.
    let (names, covariance) = matrix(home.path(), "kitagawa");
    let place = |name: &str| names.iter().position(|own| own == name).expect("a name");
    let (c, r) = (place("composition"), place("rate"));
    let sum = covariance[c][c] + covariance[r][r] + 2.0 * covariance[c][r];
    let se = number(row(&rows, "kitagawa", "gap", "all"), "STD_ERROR");
    near(sum.sqrt(), se, 1e-9, "standard error of the sum");

    // Under the jackknife, standard errors of rates and gap are those of R for the same weights.
    let survey = "[survey.design.replicates]\nmake = \"jackknife\"\nmse = true\n";
    let rows = analysed(home.path(), &study(&data, "ONLINE", survey, &[("kitagawa", keys)]));
    let jackknife = expected(&folder, "decomposition.json", "DEC-O02");
    for (part, name) in [("rate_women", "yF"), ("rate_men", "yM"), ("gap", "gap")] {
        let own = row(&rows, "kitagawa", part, "all");
        close(own, "STD_ERROR", &jackknife["se_jkn"][name], 1e-7);
    }
}

#[test]
fn standardised_rates_are_the_weighted_sums_of_the_rates_of_their_groups() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let standard = [("15-24", 0.3), ("25-34", 0.25), ("35-44", 0.2), ("45-54", 0.25)];
    let written: Vec<String> = standard.iter().map(|(c, s)| format!("\"{c}\" = {s}")).collect();
    let keys = format!(
        "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\"\n\
         standard = {{ {} }}\nstandard_source = \"a made-up population\"",
        written.join(", ")
    );
    let analyses = [
        ("standard", keys.as_str()),
        ("pooled", "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\""),
        ("cells", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * band\""),
    ];
    let rows =
        analysed(home.path(), &study(&folder.join("data/ict_a.csv"), "ONLINE", "", &analyses));
    let (names, covariance) = matrix(home.path(), "cells");
    let place = |sex: &str, band: &str| {
        names.iter().position(|own| *own == format!("sex={sex}:band={band}")).expect("a cell")
    };
    let mut rates = BTreeMap::new();
    for sex in ["F", "M"] {
        let (mut value, mut variance) = (0.0, 0.0);
        for (a, x) in standard {
            let cell = format!("sex={sex}:band={a}");
            value += x * number(row(&rows, "cells", "mean", &cell), "VALUE");
            for (b, y) in standard {
                variance += x * y * covariance[place(sex, a)][place(sex, b)];
            }
        }
        let own = row(&rows, "standard", "standardised", &format!("sex={sex}"));
        near(number(own, "VALUE"), value, 1e-9, "standardised rate");
        near(number(own, "STD_ERROR"), variance.sqrt(), 1e-9, "its standard error");
        rates.insert(sex, value);
    }
    let mut variance = 0.0;
    for (s, sign) in [("M", 1.0), ("F", -1.0)] {
        for (t, other) in [("M", 1.0), ("F", -1.0)] {
            for (a, x) in standard {
                for (b, y) in standard {
                    variance += sign * other * x * y * covariance[place(s, a)][place(t, b)];
                }
            }
        }
    }
    let gap = row(&rows, "standard", "standardised_gap", "sex=M-F");
    near(number(gap, "VALUE"), rates["M"] - rates["F"], 1e-9, "standardised gap");
    near(number(gap, "STD_ERROR"), variance.sqrt(), 1e-9, "its standard error");
    // The pooled standard keeps the crude rate of all; and the crude gap is that of R.
    let case = expected(&folder, "ict_a.json", "ict_a/gender_gap_internet_3m");
    let crude = row(&rows, "pooled", "crude_gap", "sex=M-F");
    let reference = case["contrasts"]["gap_f_minus_m"]["estimate"].as_f64().expect("a number");
    near(number(crude, "VALUE"), -reference, 1e-9, "crude gap");
    close(crude, "STD_ERROR", &case["contrasts"]["gap_f_minus_m"]["se"], 1e-9);
}

#[test]
fn imputations_of_a_regression_are_pooled_coefficient_by_coefficient() {
    let Some(folder) = reference("survey") else { return };
    let design = "weight = { column = \"pw\" }\npsu = [\"dnum\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let of = |what: &str| format!("kind = \"regression\"\n{what}\nterms = [\"meals\"]");
    let [first, second, both] =
        ["concept = \"api00\"", "concept = \"api99\"", "imputations = [\"api00\", \"api99\"]"]
            .map(of);
    let analyses = [("first", first.as_str()), ("second", &second), ("both", &both)];
    let rows =
        analysed(home.path(), &study(&folder.join("data/apiclus1.csv"), "API", "", &analyses));
    for term in ["(Intercept)", "meals"] {
        let get = |id: &str, column: &str| number(row(&rows, id, "coefficient", term), column);
        let (a, b) = (get("first", "VALUE"), get("second", "VALUE"));
        let (u, v) = (get("first", "STD_ERROR"), get("second", "STD_ERROR"));
        let total = (u * u + v * v) / 2.0 + 1.5 * (a - b) * (a - b) / 2.0;
        near(get("both", "VALUE"), (a + b) / 2.0, 1e-12, term);
        near(get("both", "STD_ERROR"), total.sqrt(), 1e-12, term);
        assert!(get("both", "DDF") < get("first", "DDF"), "imputation costs degrees of freedom");
    }
}

#[test]
fn what_a_study_gets_wrong_is_told_with_its_line_and_the_nearest_name() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let data = folder.join("data/ict_a.csv");
    for (keys, message) in [
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sexx\"",
            "no concept `sexx`; did you mean `sex`?",
        ),
        (
            "kind = \"tests\"\nindicator = \"ONLINE\"\nby = \"sex\"",
            "unknown value `tests`; did you mean `test`?",
        ),
        (
            "kind = \"test\"\nindicater = \"ONLINE\"\nby = \"sex\"",
            "unknown key `indicater`; did you mean `indicator`?",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLIN\"\nby = \"sex\"",
            "no indicator `ONLIN`; did you mean `ONLINE`?",
        ),
        (
            "kind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"",
            "is not estimated; add it to `indicators`",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"years\"",
            "`years` is a number; a category is needed",
        ),
        (
            "kind = \"test\"\nconcept = \"hours\"\nby = \"sex\"",
            "a test of independence needs a share or a category",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\nterms = [\"sex\"]",
            "`terms` is no key of an analysis of kind `test`",
        ),
        ("kind = \"test\"\nby = \"sex\"", "needs one of `indicator`, `concept` and `imputations`"),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"\ngroups = [\"F\"]",
            "compares two groups; name two codes",
        ),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"band\"",
            "`band` has 6 groups; name the two",
        ),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"\ngroups = [\"F\", \"N\"]",
            "no code of `sex` `N`",
        ),
        (
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"sex\"]\nfamily = \"logistic\"",
            "needs a share, not a number",
        ),
        (
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\", \"yeers\"]",
            "no concept `yeers`; did you mean `years`?",
        ),
        (
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"assets\"]\nreference = { assets = \"6\" }",
            "no code of `assets` `6`; known: 1, 2, 3, 4, 5",
        ),
        (
            "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"sex\"",
            "`sex` stands in neither `by` nor `among`",
        ),
        ("kind = \"imputation\"\nimputations = [\"hours\"]", "name all"),
        (
            "kind = \"standardise\"\nindicator = \"ONLINE\"\nover = \"band\"\nstandard = { \"15-24\" = 1 }",
            "needs `standard_source`",
        ),
        ("kind = \"covariance\"\nconcept = \"studies\"", "say by `codes` which of its codes count"),
        (
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { urbanisation = \"X\" }",
            "no code of `urbanisation` `X`",
        ),
    ] {
        let text = study(&data, "ONLINE", "", &[("one", keys)]);
        std::fs::write(home.path().join("study.toml"), &text).expect("the study");
        let output = inclusion(home.path(), &["check", "study.toml"]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{keys}\n{told}");
        assert!(told.contains(message), "{keys}\n{told}");
        let line = told.split("study.toml:").nth(1).and_then(|rest| rest.split(':').next());
        let line: usize = line.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{told}"));
        let first = 1 + text.lines().position(|line| line == "[[analysis]]").expect("a section");
        assert!(line > first, "line {line} is in the section that begins at {first}: {told}");
    }
    let text = study(&data, "ONLINE", "", &[("one", LOGIT)]);
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    assert!(inclusion(home.path(), &["check", "study.toml"]).status.success());
    let output = inclusion(home.path(), &["analyse", "study.toml", "--only", "on"]);
    assert!(
        stderr(&output).contains("no analysis `on`; did you mean `one`?"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_the_data_do_not_allow_is_a_reason_and_never_a_number() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let regression =
        |terms: &str| format!("kind = \"regression\"\nindicator = \"ONLINE\"\n{terms}");
    let analyses = [
        ("singular", regression("terms = [\"years\", \"years_too\"]"), "column years_too is a combination"),
        ("separated", regression("terms = [\"online_too\"]"), "grows without end"),
        (
            "reference",
            regression("terms = [\"studies\"]\nreference = { studies = \"doctorate\" }"),
            "the reference “doctorate” of studies has no case",
        ),
        (
            "constant",
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"online_too\"]".to_string(),
            "term online_too has only the code yes",
        ),
        (
            "empty",
            "kind = \"t_test\"\nconcept = \"years\"\nby = \"studies\"\ngroups = [\"none\", \"doctorate\"]".to_string(),
            "no case in the group “doctorate”",
        ),
        (
            "one_column",
            "kind = \"test\"\nconcept = \"account\"\nby = \"one\"".to_string(),
            "needs two of each",
        ),
        (
            "no_row",
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\namong = { studies = \"doctorate\" }"
                .to_string(),
            "no case with a usable answer",
        ),
        (
            "nobody",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"doctorate\" }".to_string(),
            "no group has a case",
        ),
    ];
    let list: Vec<(&str, &str)> =
        analyses.iter().map(|(id, keys, _)| (*id, keys.as_str())).collect();
    let rows = analysed(home.path(), &study(&folder.join("data/ict_a.csv"), "ONLINE", "", &list));
    let all = std::fs::read_to_string(home.path().join("a.csv")).expect("the file");
    assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    for (id, _, reason) in &analyses {
        let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == *id).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!((own[0]["OBS_STATUS"].as_str(), own[0]["VALUE"].as_str()), ("M", ""));
        assert!(own[0]["REASON"].contains(reason), "{}", own[0]["REASON"]);
    }
    // An empty code that is no reference is left out, and a note says so.
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &[("one", LOGIT)]);
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml"]));
    assert!(
        printed.contains("No case in doctorate of studies: it has no coefficient."),
        "{printed}"
    );
    assert!(printed.contains("< 0.001") && !printed.contains("0.000"), "{printed}");
    assert!(printed.contains("not effects"), "{printed}");
}

/// Persons of twenty PSUs in each of three strata, few of them of education "higher".
fn small_survey(folder: &Path) -> PathBuf {
    let mut text = String::from(
        "stratum,psu,weight,sex,area,age,age_group,internet_3m,has_account,hours_online,wealth,education,owns_phone\n",
    );
    for i in 0..360 {
        let (stratum, psu) = (i % 3, i % 60);
        let sex = if (i / 6) % 2 == 0 { "female" } else { "male" };
        let area = if (i / 12) % 2 == 0 { "urban" } else { "rural" };
        // Fourteen persons of education "higher", the others in two large groups.
        let education = if i % 26 == 7 { "higher" } else { ["none", "primary"][(i / 5) % 2] };
        let online = usize::from((i * 7 + i / 11) % 5 < 2 + usize::from(sex == "male"));
        text += &format!(
            "{stratum},{psu},{}.5,{sex},{area},{},15-24,{online},{},{},{},{education},1\n",
            1 + i % 4,
            15 + i % 60,
            i % 2,
            (i * 13) % 40,
            1 + i % 5
        );
    }
    let path = folder.join("rows.csv");
    std::fs::write(&path, text).expect("the rows");
    path
}

#[test]
fn an_analysis_with_a_small_group_is_withheld_as_a_whole() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let analyses = [
        ("small", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        ("joint", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        // The others together are all persons less the small group.
        ("rest", "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"none\" }"),
        (
            "other_rest",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"primary\" }",
        ),
        // The same answers under another name.
        (
            "renamed",
            "kind = \"covariance\"\nconcept = \"online\"\ncodes = \"yes\"\nby = \"sex\"\namong = { studies = \"primary\" }",
        ),
        (
            "renamed_too",
            "kind = \"covariance\"\nconcept = \"online\"\ncodes = \"yes\"\nby = \"sex\"\namong = { studies = \"none\" }",
        ),
        (
            "low",
            "kind = \"covariance\"\nconcept = \"hours\"\nby = \"sex\"\namong = { assets = \"1\" }",
        ),
        ("large", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        (
            "hours",
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"studies\"\ngroups = [\"none\", \"higher\"]",
        ),
    ];
    let text = study(&data, "ONLINE", "", &analyses).replace("\"open\"", "\"dhs\"");
    let text = text.replace("[disclosure]", "by = [\"sex\", \"studies\"]\n[disclosure]");
    let rows = analysed(home.path(), &text);
    for id in ["small", "joint", "hours"] {
        let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == id).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!(
            (own[0]["OBS_STATUS"].as_str(), own[0]["REASON"].as_str()),
            ("Q", "too_few_cases")
        );
        let empty = |column: &&str| own[0][*column].is_empty();
        let kept = ["VALUE", "STATISTIC", "P_VALUE", "N", "N_GROUP", "N_EXCLUDED", "DESIGN_DF"];
        assert!(kept.iter().all(empty), "{:?}", own[0]);
        assert!(!home.path().join(format!("a-{id}-covariance.csv")).exists());
    }
    // The table by education withholds a second group against subtraction; so do the analyses.
    let shown = |id: &str| {
        rows.iter().filter(|row| row["ANALYSIS"] == id && row["OBS_STATUS"] != "Q").count()
    };
    assert_eq!(shown("rest") + shown("other_rest"), 1, "{rows:#?}");
    let renamed = (shown("renamed"), shown("renamed_too"));
    assert!(renamed == (0, 2) || renamed == (2, 0), "{rows:#?}");
    assert_eq!(shown("large"), 1);
    assert_eq!(row(&rows, "large", "test", "sex")["P_HOLM"], "", "withheld tests leave no trace");

    let low = row(&rows, "low", "mean", "sex=F");
    assert!((25..50).contains(&low["N_GROUP"].parse::<u64>().expect("cases")), "{low:?}");
    assert_eq!(low["OBS_STATUS"], "U");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml", "--only", "low"]));
    assert!(printed.contains("Low reliability: a group has fewer than 50"), "{printed}");

    // The annex says so, and holds no figure of them.
    let output = inclusion(home.path(), &["annex", "study.toml", "--format", "markdown,csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let annex = std::fs::read_to_string(home.path().join("out/annex.md")).expect("the annex");
    assert!(annex.contains("## Analyses"), "{annex}");
    assert!(
        annex
            .contains("Withheld as a whole: one of its groups has fewer than 25 unweighted cases.")
    );
    assert!(annex.contains("ONLINE: independence of sex"), "{annex}");
    let written = std::fs::read_to_string(home.path().join("out/analyses.csv")).expect("the file");
    assert_eq!(written, std::fs::read_to_string(home.path().join("a.csv")).expect("the file"));
    let numbers: Vec<&str> = annex.lines().filter(|line| line.starts_with("**Table ")).collect();
    for (place, line) in numbers.iter().enumerate() {
        assert!(line.starts_with(&format!("**Table {}.", place + 1)), "{numbers:?}");
    }
}

#[test]
fn the_same_bits_for_any_order_of_rows_and_number_of_threads() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let analyses = [
        ("test", "kind = \"test\"\nconcept = \"studies\"\nby = \"assets\""),
        ("t", "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\""),
        (
            "logit",
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex * urbanisation\", \"years\"]",
        ),
        ("parts", "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        (
            "standard",
            "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"assets\"",
        ),
        ("pooled", "kind = \"imputation\"\nimputations = [\"hours\", \"years\"]\nby = \"sex\""),
        ("joint", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * assets\""),
        ("spread", "kind = \"variance\"\nconcept = \"hours\"\nby = \"sex\""),
    ];
    let make = "[survey.design.replicates]\nmake = \"bootstrap\"\nreplicates = 20\nseed = 3\n";
    for survey in ["", make] {
        std::fs::write(home.path().join("study.toml"), study(&data, "ONLINE", survey, &analyses))
            .expect("the study");
        let text = std::fs::read_to_string(&data).expect("the rows");
        let mut found: Vec<Vec<String>> = Vec::new();
        for turned in [false, true] {
            let mut lines: Vec<&str> = text.lines().collect();
            if turned {
                lines[1..].reverse();
            }
            std::fs::write(&data, lines.join("\n") + "\n").expect("the rows");
            for threads in ["1", "3"] {
                let args = ["analyse", "study.toml", "--output", "a.csv", "--threads", threads];
                let output = inclusion(home.path(), &args);
                assert!(output.status.success(), "{}", stderr(&output));
                let read =
                    |name: &str| std::fs::read_to_string(home.path().join(name)).expect("the file");
                let matrices = ["logit", "parts", "standard", "pooled", "joint", "spread"];
                let names = matrices.map(|id| format!("a-{id}-covariance.csv"));
                let mut all = vec![stdout(&output), read("a.csv")];
                all.extend(names.iter().map(|name| read(name)));
                found.push(all);
            }
        }
        assert!(found[0][1].lines().count() > 40, "{}", found[0][1]);
        assert!(!found[0][1].contains(",M,"), "every analysis has figures: {}", found[0][1]);
        assert!(found.iter().all(|other| *other == found[0]));
    }
}

#[test]
fn parquet_holds_what_csv_holds_and_another_ending_is_refused() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let keys = "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"";
    let rows = analysed(home.path(), &study(&data, "ONLINE", "", &[("hours", keys)]));
    let output = inclusion(home.path(), &["analyse", "study.toml", "--output", "a.parquet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let bytes = std::fs::read(home.path().join("a.parquet")).expect("the file");
    assert_eq!(&bytes[..4], b"PAR1");
    assert_eq!(rows.len(), 3);
    let output = inclusion(home.path(), &["analyse", "study.toml", "--output", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`a.txt` ends in neither"), "{}", stderr(&output));
    let schema = stdout(&inclusion(home.path(), &["schema"]));
    assert!(schema.contains("\"rao_scott_2\"") && schema.contains("standard_source"));
}

#[test]
fn women_and_men_of_two_files_are_compared_but_their_weights_never_mixed() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let text = std::fs::read_to_string(&data).expect("the rows");
    let recipe = std::fs::read_to_string(home.path().join("registry/recipes/test.toml"));
    let recipe = recipe.expect("the recipe");
    let mapped = "column = \"sex\"\nmap = { female = \"F\", male = \"M\" }\n";
    for (sex, word) in [("F", "female"), ("M", "male")] {
        let own = recipe
            .replace("test/1", &format!("test/{sex}"))
            .replace(mapped, &format!("fixed = \"{sex}\"\n"))
            .replace("rows = \"rows\"", &format!("rows = \"{word}\""))
            .replace("[file.rows]", &format!("[file.{word}]"));
        let path = home.path().join(format!("registry/recipes/{word}.toml"));
        std::fs::write(path, own).expect("a recipe");
        let rows = text.lines().filter(|line| line.contains(&format!(",{word},")));
        let head = text.lines().next().into_iter();
        let rows: Vec<String> = head
            .chain(rows)
            .enumerate()
            .map(|(place, line)| match (place, sex) {
                // Men's weights are normalised another way: ten times as large.
                (1.., "M") => {
                    let mut fields: Vec<String> = line.split(',').map(String::from).collect();
                    fields[2] = (10.0 * fields[2].parse::<f64>().expect("a weight")).to_string();
                    fields.join(",")
                }
                _ => line.to_string(),
            })
            .collect();
        std::fs::write(home.path().join(format!("{word}.csv")), rows.join("\n") + "\n")
            .expect("rows");
    }
    let analyses = [
        ("t", "kind = \"t_test\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        ("parts", "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        ("logit", "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\"]"),
        (
            "women",
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"years\"]\namong = { sex = \"F\" }",
        ),
    ];
    let one = analysed(home.path(), &study(&data, "ONLINE", "", &analyses));
    let two = study(&data, "ONLINE", "", &analyses)
        .replace("recipe = \"test/1\"", "recipe = [\"test/F\", \"test/M\"]")
        .replace(
            &format!("rows = '{}'", data.display()),
            "female = \"female.csv\", male = \"male.csv\"",
        );
    let two = analysed(home.path(), &two);
    let compare = |id: &str, part: &str, term: &str| {
        for column in ["VALUE", "STD_ERROR"] {
            let wanted = number(row(&one, id, part, term), column);
            near(number(row(&two, id, part, term), column), wanted, 1e-9, part);
        }
    };
    compare("t", "difference", "sex=M-F");
    compare("parts", "composition", "all");
    compare("women", "coefficient", "years");
    let refused = two.iter().find(|row| row["ANALYSIS"] == "logit").expect("a row");
    assert!(refused["REASON"].contains("weighted separately"), "{refused:?}");
    assert_eq!((refused["OBS_STATUS"].as_str(), refused["VALUE"].as_str()), ("M", ""));
}

#[test]
fn several_surveys_have_a_result_each_unless_one_is_named() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    std::fs::copy(&data, home.path().join("again.csv")).expect("a copy");
    let second = "[[survey]]\nid = \"again\"\nrecipe = \"test/1\"\nfiles = { rows = \"again.csv\" }\ntime_period = \"2025\"\n";
    let analyses = [
        ("both", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        ("one", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\nsurvey = \"again\""),
    ];
    let rows = analysed(home.path(), &study(&data, "ONLINE", second, &analyses));
    let sources = |id: &str| -> Vec<&str> {
        rows.iter().filter(|row| row["ANALYSIS"] == id).map(|row| row["SOURCE"].as_str()).collect()
    };
    assert_eq!(sources("both"), ["s", "s", "again", "again"]);
    assert_eq!(sources("one"), ["again"]);
    for place in 1..=2 {
        assert!(home.path().join(format!("a-both-{place}-covariance.csv")).is_file());
    }
    let text = study(&data, "ONLINE", second, &analyses)
        .replace("survey = \"again\"", "survey = \"agian\"");
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    let told = stderr(&inclusion(home.path(), &["check", "study.toml"]));
    assert!(told.contains("no survey `agian`; did you mean `again`?"), "{told}");
}
