//! What a study says of its surveys: populations of bases, rows that are used, households, and
//! several surveys of one place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
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

/// A folder with a study file and the demonstration data.
fn folder(study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.parquet");
    std::fs::copy(data, folder.path().join("ict_survey.parquet")).expect("the data are copied");
    folder
}

/// One row of the tidy estimates by column name.
type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines
        .map(|line| {
            let fields = fields(line);
            assert_eq!(fields.len(), header.len(), "{line}");
            header.iter().map(|name| name.to_string()).zip(fields).collect()
        })
        .collect()
}

/// The fields of a line of CSV; no field has a line break in it.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("a field").push(c),
        }
    }
    fields
}

/// The tidy estimates and the annex as Markdown.
fn annex(folder: &Path) -> (Vec<Row>, String) {
    let output = inclusion(folder, &["annex", "study.toml", "--format", "csv,markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let read = |name: &str| std::fs::read_to_string(folder.join("out").join(name)).expect(name);
    (rows(&read("estimates.csv")), read("annex.md"))
}

fn find<'a>(rows: &'a [Row], wanted: &[(&str, &str)]) -> &'a Row {
    let mut found =
        rows.iter().filter(|row| wanted.iter().all(|(column, value)| row[*column] == *value));
    let row = found.next().unwrap_or_else(|| panic!("no row {wanted:?}"));
    assert!(found.next().is_none(), "several rows {wanted:?}");
    row
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is no number: {row:?}"))
}

/// What `check` says against a study.
fn refused(study: &str) -> String {
    let folder = folder(study);
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    stderr(&output).trim_end().to_string()
}

const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "ict_survey.parquet" }
population = { F = 2000000, M = 1900000, source = "census" }

[[survey.base_population]]
indicators = ["HH12-DAILY-USERS"]
F = 900000
M = 1100000
source = "users by the register"

[estimate]
indicators = ["HH7", "HH12-DAILY-USERS", "HH12-WEEKLY-USERS", "HH12-LESS-USERS"]
measures = ["gap", "headcount", "user_difference"]

[[table]]
indicator = "HH7"

[[table]]
indicator = "HH12-DAILY-USERS"
columns = ["women", "men", "headcount"]
"#;

#[test]
fn head_counts_take_the_population_of_their_own_base() {
    let folder = folder(STUDY);
    let (rows, markdown) = annex(folder.path());
    let value = |indicator: &str, sex: &str, measure: &str| {
        let key = [("INDICATOR", indicator), ("SEX", sex), ("MEASURE", measure)];
        number(find(&rows, &key), "OBS_VALUE")
    };
    for (indicator, women, men) in
        [("HH7", 2_000_000.0, 1_900_000.0), ("HH12-DAILY-USERS", 900_000.0, 1_100_000.0)]
    {
        let (f, m) = (value(indicator, "F", "LEVEL"), value(indicator, "M", "LEVEL"));
        assert_eq!(value(indicator, "F", "HEADCOUNT"), f * women, "{indicator}");
        assert_eq!(value(indicator, "M", "HEADCOUNT"), m * men, "{indicator}");
        // Women and men add up to all, whatever the sample's mix of them.
        let both = value(indicator, "_T", "HEADCOUNT");
        assert!((both - (f * women + m * men)).abs() < 1e-6, "{indicator}: {both}");
        let se = |sex: &str, measure: &str| {
            let key = [("INDICATOR", indicator), ("SEX", sex), ("MEASURE", measure)];
            number(find(&rows, &key), "STD_ERROR")
        };
        // Var(a + b) + Var(a − b) = 2 Var(a) + 2 Var(b), with any covariance.
        let (sum, difference) = (se("_T", "HEADCOUNT"), se("_T", "USER_DIFFERENCE"));
        let (f, m) = (se("F", "HEADCOUNT"), se("M", "HEADCOUNT"));
        let sides = (sum.powi(2) + difference.powi(2), 2.0 * (f.powi(2) + m.powi(2)));
        assert!((sides.0 / sides.1 - 1.0).abs() < 1e-9, "{indicator}: {sides:?}");
        let (f, m) = (value(indicator, "F", "LEVEL"), value(indicator, "M", "LEVEL"));
        let difference = value(indicator, "_T", "USER_DIFFERENCE");
        assert!((difference - (m * men - f * women)).abs() < 1e-6, "{indicator}: {difference}");
    }
    // Nobody said how many users there are for this one, and the survey's population is not theirs.
    let unknown =
        find(&rows, &[("INDICATOR", "HH12-WEEKLY-USERS"), ("SEX", "F"), ("MEASURE", "HEADCOUNT")]);
    assert_eq!(
        (unknown["OBS_VALUE"].as_str(), unknown["REASON"].as_str()),
        ("", "population_unknown")
    );

    let note = "Population of the base taken as known without error: 900,000 women and 1,100,000 men \
                (users by the register).";
    let tables: Vec<&str> = markdown.split("**Table").skip(1).collect();
    let of = |name: &str| {
        tables.iter().find(|t| t.lines().next().is_some_and(|l| l.contains(name))).copied()
    };
    let daily = of("Internet users going online at least daily").expect("its table");
    assert!(daily.contains(note), "{daily}");
    assert!(!of("Individuals using the Internet").expect("its table").contains(note));
}

#[test]
fn population_by_universe_is_that_of_every_indicator_with_this_base() {
    let study = STUDY.replace(
        "indicators = [\"HH12-DAILY-USERS\"]\nF",
        "universe = \"individuals who used the Internet in the last 3 months\"\nF",
    );
    let named = "\n[[survey.base_population]]\nindicators = [\"HH12-LESS-USERS\"]\nF = 10\nM = 20\n\
                 source = \"by hand\"\n\n[estimate]";
    let folder = folder(&study.replace("\n[estimate]", named));
    let (rows, _) = annex(folder.path());
    for (indicator, women) in [
        ("HH12-DAILY-USERS", 900_000.0),
        ("HH12-WEEKLY-USERS", 900_000.0),
        ("HH12-LESS-USERS", 10.0),
    ] {
        let of = |measure| {
            let key = [("INDICATOR", indicator), ("SEX", "F"), ("MEASURE", measure)];
            number(find(&rows, &key), "OBS_VALUE")
        };
        assert_eq!(of("HEADCOUNT"), of("LEVEL") * women, "{indicator}");
    }
}

#[test]
fn wrong_populations_are_found_with_line_column_and_the_nearest_name() {
    let base = "indicators = [\"HH12-DAILY-USERS\"]\nF";
    let cases = [
        (
            "indicators = [\"HH12-DAYLY-USERS\"]\nF",
            "study.toml:11:15: indicator `HH12-DAYLY-USERS` is not in [estimate] indicators; did \
             you mean `HH12-DAILY-USERS`?",
        ),
        (
            "universe = \"individuals who used the Internet in the last 3 month\"\nF",
            "study.toml:11:12: no indicator of the study has the base `individuals who used the \
             Internet in the last 3 month`; did you mean `individuals who used the Internet in the \
             last 3 months`?",
        ),
        (
            "indicators = [\"HH7\"]\nuniverse = \"individuals in scope of the survey\"\nF",
            "study.toml:12:12: survey `demo`: a base's population has either `indicators` or \
             `universe`",
        ),
        (
            "indicators = [\"HH7\", \"HH7\"]\nF",
            "study.toml:11:22: the population of the base of `HH7` is given twice",
        ),
        (
            "indicator = [\"HH12-DAILY-USERS\"]\nF",
            "study.toml:11:1: unknown key `indicator`; did you mean `indicators`?",
        ),
    ];
    for (wrong, message) in cases {
        let text = refused(&STUDY.replace(base, wrong));
        assert!(text.ends_with(message), "{text}\n  is not\n{message}");
    }
    let zero = refused(&STUDY.replace("F = 900000", "F = 0"));
    let message = "survey `demo`: a base's population must be above 0 for both sexes";
    assert!(zero.ends_with(message), "{zero}");
}

#[test]
fn the_schema_knows_populations_of_bases_and_rows_that_are_used() {
    let output = inclusion(Path::new("."), &["schema"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for key in ["\"base_population\"", "\"universe\"", "\"where\"", "\"SourceValue\""] {
        assert!(text.contains(key), "{key} is not in the schema");
    }
}

const HOUSEHOLDS: &str = r#"[study]
title = "Test"

[[survey]]
id = "persons"
recipe = "synthetic/ict"
files = { persons = "ict_survey.parquet" }

[[survey]]
id = "households"
recipe = "synthetic/ict-households"
files = { persons = "ict_survey.parquet" }

[[survey]]
id = "again"
recipe = "synthetic/ict"
files = { persons = "again.parquet" }

[estimate]
indicators = ["HH7", "HH4", "HH6"]
by = ["sex", "sex * urbanisation"]
"#;

#[test]
fn several_surveys_of_one_place_have_unique_keys_and_are_told_apart() {
    let folder = folder(HOUSEHOLDS);
    again(folder.path());
    let (rows, markdown) = annex(folder.path());
    let key = ["REF_AREA", "TIME_PERIOD", "INDICATOR", "SEX", "URBANISATION", "MEASURE", "SOURCE"];
    let keys: BTreeSet<Vec<&str>> =
        rows.iter().map(|row| key.iter().map(|name| row[*name].as_str()).collect()).collect();
    assert_eq!(keys.len(), rows.len());
    let without_source: BTreeSet<&[&str]> = keys.iter().map(|key| &key[..6]).collect();
    assert!(without_source.len() < keys.len(), "the surveys share no series");
    for survey in ["XTA, 2024: persons", "XTA, 2024: again"] {
        assert!(markdown.contains(survey), "{survey} is not in the annex");
    }
    // What another survey of the place gives is not missing.
    assert!(!markdown.contains("not available | it describes"), "{markdown}");
    // A breakdown by sex and area is one by area for households.
    let of_towns = [("INDICATOR", "HH6"), ("URBANISATION", "U"), ("MEASURE", "LEVEL")];
    assert_eq!(find(&rows, &of_towns)["SEX"], "_T");
}

#[test]
fn household_indicators_come_from_one_row_for_each_household() {
    let folder = folder(HOUSEHOLDS);
    again(folder.path());
    let (rows, _) = annex(folder.path());
    let truth = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/truth.csv");
    let truth = self::rows(&std::fs::read_to_string(truth).expect("the population's values"));
    for indicator in ["HH4", "HH6"] {
        for area in ["_T", "U", "R"] {
            let key = [
                ("INDICATOR", indicator),
                ("URBANISATION", area),
                ("MEASURE", "LEVEL"),
                ("SOURCE", "households"),
            ];
            let row = find(&rows, &key);
            let known = [
                ("indicator", indicator),
                ("urbanisation", area),
                ("sex", "_T"),
                ("region", "_T"),
                ("age_group", "_T"),
                ("wealth_quintile", "_T"),
            ];
            let known = number(find(&truth, &known), "value");
            let distance = (number(row, "OBS_VALUE") - known).abs() / number(row, "STD_ERROR");
            assert!(distance < 4.0, "{indicator} {area}: {distance} standard errors away");
        }
        // Persons have no households and households no sex.
        assert!(!rows.iter().any(|row| row["INDICATOR"] == indicator && row["SEX"] != "_T"));
    }
    let n = find(
        &rows,
        &[
            ("INDICATOR", "HH6"),
            ("URBANISATION", "_T"),
            ("SOURCE", "households"),
            ("MEASURE", "LEVEL"),
        ],
    );
    let persons = find(
        &rows,
        &[
            ("INDICATOR", "HH7"),
            ("URBANISATION", "_T"),
            ("SEX", "_T"),
            ("SOURCE", "persons"),
            ("MEASURE", "LEVEL"),
        ],
    );
    assert!(number(n, "N") < number(persons, "N") / 2.0, "every member counts");
}

#[test]
fn a_part_of_a_sample_is_a_breakdown_and_not_a_survey() {
    let filtered =
        HOUSEHOLDS.replace("again.parquet\" }", "again.parquet\" }\nwhere = { area = 1 }");
    let folder = folder(&filtered);
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: study.toml:18:11: `where` chooses an area of a file that holds several samples, and no recipe of survey `again` has an \
         `area_column`; for a part of one sample ask for a breakdown (`by`), whose standard errors keep the whole design\n"
    );
}

#[test]
fn a_group_in_one_psu_has_no_standard_error_anywhere() {
    let study = HOUSEHOLDS.replace("ict_survey.parquet", "moved.csv");
    let study = study.replace("[estimate]", "[disclosure]\nprofile = \"eurostat\"\n\n[estimate]");
    let folder = folder(&study.replace("sex * urbanisation", "sex * region"));
    again(folder.path());
    let csv = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.csv");
    let text = std::fs::read_to_string(csv).expect("the demonstration data");
    // Everybody lives in the first region, but for the first PSU.
    let mut moved = text.lines().take(1).collect::<Vec<_>>().join("");
    for line in text.lines().skip(1) {
        let mut fields: Vec<&str> = line.split(',').collect();
        fields[8] = if fields[3] == "2" { "2" } else { "1" };
        moved.push_str(&format!("\n{}", fields.join(",")));
    }
    std::fs::write(folder.path().join("moved.csv"), moved).expect("a file");
    let (rows, _) = annex(folder.path());
    let of_region = |row: &&Row| {
        row["REGION"] == "2" && row["SOURCE"] == "persons" && row["INDICATOR"] == "HH7"
    };
    let small: Vec<&Row> = rows.iter().filter(of_region).collect();
    let known = |row: &&&Row| row["MEASURE"] == "LEVEL" && !row["OBS_VALUE"].is_empty();
    let total = small.iter().find(known).expect("a figure");
    assert_eq!(
        total["COMMENT_OBS"],
        "All rows of this group are in one primary sampling unit, so its standard error is not known."
    );
    for row in small {
        for column in ["STD_ERROR", "CV", "DEFF", "N_EFFECTIVE", "LOWER_BOUND", "UPPER_BOUND"] {
            assert_eq!(row[column], "", "{column} of {row:?}");
        }
    }
}

/// A Findex file of three economies, each with women and men.
fn findex() -> String {
    let mut text = "economycode,wpid_random,wgt,female,age,account\n".to_string();
    for (i, economy) in ["KEN", "GHA", "UGA"].into_iter().enumerate() {
        for row in 0..400 {
            let (sex, account) = (1 + row % 2, usize::from(row % (3 + i) == 0));
            text.push_str(&format!("{economy},{row},1.5,{sex},30,{account}\n"));
        }
    }
    text
}

/// The same file under another name, for a survey of its own.
fn again(folder: &Path) {
    let from = folder.join("ict_survey.parquet");
    std::fs::copy(from, folder.join("again.parquet")).expect("a copy");
}

const FINDEX: &str = r#"[study]
title = "Test"

[[survey]]
id = "kenya"
recipe = "findex/2021"
files = { persons = "micro_world.csv" }
where = { economycode = "KEN" }

[[survey]]
id = "ghana"
recipe = "findex/2021"
files = { persons = "micro_world.csv" }
where = { economycode = "GHA" }

[estimate]
indicators = ["FX-ACCOUNT"]
"#;

#[test]
fn a_file_of_several_economies_gives_one_survey_for_each_that_the_study_names() {
    let folder = folder(FINDEX);
    std::fs::write(folder.path().join("micro_world.csv"), findex()).expect("a file");
    let (rows, markdown) = annex(folder.path());
    // Every third of 400 rows from the first, and every fourth.
    for (source, area, value) in [("kenya", "KEN", 134.0 / 400.0), ("ghana", "GHA", 0.25)] {
        let key =
            [("SOURCE", source), ("SEX", "_T"), ("MEASURE", "LEVEL"), ("INDICATOR", "FX-ACCOUNT")];
        let row = find(&rows, &key);
        assert_eq!((row["REF_AREA"].as_str(), number(row, "OBS_VALUE")), (area, value));
        assert_eq!(row["N"], "400");
    }
    assert!(markdown.contains("KEN, 2021") && markdown.contains("GHA, 2021"));
}

#[test]
fn a_file_of_several_economies_is_never_pooled() {
    let message = |study: &str| {
        let folder = folder(study);
        std::fs::write(folder.path().join("micro_world.csv"), findex()).expect("a file");
        let output = inclusion(folder.path(), &["annex", "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(!folder.path().join("out").exists(), "something was written");
        stderr(&output)
    };
    let one = |line: &str| FINDEX.replacen("where = { economycode = \"KEN\" }", line, 1);
    let text = message(&one("ref_area = \"AFR\""));
    let wanted = "micro_world.csv of survey `kenya` holds 3 areas in column `economycode`: GHA, KEN, \
                  UGA; a survey is of one, so add `where = { economycode = \"GHA\" }` to its \
                  [[survey]], and a [[survey]] for each other area";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("study.toml:6:10"), "{text}");
    let text = message(&one("where = { economycode = [\"KEN\", \"UGA\"] }"));
    assert!(
        text.contains("`where` keeps 2 areas of `economycode`, and a survey is of one"),
        "{text}"
    );
    let text = message(&one("where = { economycode = \"TZA\" }"));
    let wanted = "column `economycode` is to be TZA, and holds GHA, KEN, UGA";
    assert!(text.contains(wanted), "{text}");
    let text = message(&one("where = { female = 1 }"));
    let wanted = "`where` chooses an area of a file that holds several samples by column `economycode`, and not by `female`; for a part of one sample ask for a breakdown (`by`), whose standard errors keep the whole design";
    assert!(text.contains(wanted), "{text}");
    let text = message(&one(""));
    assert!(text.contains("survey `kenya` needs `ref_area`"), "{text}");
    assert!(text.contains("or `where = { economycode = \"…\" }`"), "{text}");
}

#[test]
fn a_chart_that_a_survey_cannot_have_is_refused_at_its_place() {
    let with = |kind: &str, rows: &str| {
        let chart = format!("\n[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n{rows}");
        refused(
            &format!("{STUDY}{chart}")
                .replace("measures =", "by = [\"sex\", \"sex * region\"]\nmeasures ="),
        )
    };
    let lines = STUDY.lines().count() + 1;
    let said = with("fan", "");
    assert!(said.contains(&format!("study.toml:{}:13: this kind", lines + 4)), "{said}");
    assert!(said.contains("dumbbell, forest, bars, lollipop, ranking and ridgeline"), "{said}");
    // Regions have no order.
    let said = with("ridgeline", "rows = \"region\"\n");
    assert!(
        said.contains(&format!("study.toml:{}:8: a ridgeline needs `rows`", lines + 5)),
        "{said}"
    );
}
