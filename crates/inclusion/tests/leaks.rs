//! Nothing withheld gets out by a detour: another coding of the same ages, a second survey of the
//! same file, or a file that an earlier run left behind.

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

const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "a"
recipe = "synthetic/ict"
files = { persons = "people.csv" }

[estimate]
indicators = ["HH7", "HH18"]
by = ["sex * age_5", "sex * age_10", "sex * age_group"]
"#;

/// A folder with a study and the demonstration data as text, without most women of 20–24.
fn folder(study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.csv");
    let text = std::fs::read_to_string(data).expect("the demonstration data as text");
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let column = |name| header.iter().position(|own| *own == name).expect(name);
    let (sex, age) = (column("sex"), column("age"));
    let mut kept = 0;
    let rows = text.lines().filter(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let young = fields[age].parse().is_ok_and(|age: u32| (20..25).contains(&age));
        let left_out = young && fields[sex] == "2" && kept == 12;
        kept += usize::from(young && fields[sex] == "2" && !left_out);
        !left_out
    });
    let rows: Vec<&str> = rows.collect();
    std::fs::write(folder.path().join("people.csv"), rows.join("\n") + "\n").expect("a file");
    assert_eq!(kept, 12, "the women of 20–24 are not where they were");
    folder
}

#[test]
fn a_withheld_age_does_not_follow_from_wider_ages_of_the_same_study() {
    let folder = folder(STUDY);
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join("out/estimates.csv")).expect("estimates");
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let rows = text.lines().skip(1).map(|line| {
        let fields = line.split(',').map(str::to_string);
        header.iter().map(|name| name.to_string()).zip(fields).collect::<BTreeMap<_, _>>()
    });
    let wanted = |row: &BTreeMap<String, String>| {
        row["INDICATOR"] == "HH7" && row["SEX"] == "F" && row["MEASURE"] == "LEVEL"
    };
    let rows: Vec<_> = rows.filter(wanted).collect();
    let status = |coding: &str, ages: &str| {
        let row = rows.iter().find(|row| row[coding] == ages).expect(ages);
        row["OBS_STATUS"].as_str()
    };
    assert_eq!(status("AGE_5", "20-24"), "Q");
    // 20–24 is 15–24 without 15–19, and 15–24 stands in two tables.
    assert_eq!(status("AGE_5", "15-19"), "Q");
    assert_eq!((status("AGE_10", "15-24"), status("AGE_GROUP", "15-24")), ("A", "A"));
}

#[test]
fn two_surveys_of_the_same_rows_are_refused() {
    let second = "\n[[survey]]\nid = \"b\"\nref_area = \"XTB\"\nrecipe = \"synthetic/ict\"\n\
                  files = { persons = \"./people.csv\" }\n\n[estimate]";
    let folder = folder(&STUDY.replace("\n[estimate]", second));
    for command in ["check", "annex"] {
        let output = inclusion(folder.path(), &[command, "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert_eq!(
            stderr(&output),
            "error: study.toml:13:11: surveys `a` and `b` both read `./people.csv` and both give \
             `HH18`: what one withholds could be worked out from the other; write one [[survey]] \
             with all breakdowns (`by`), or, for different areas of the file, a `where` with its \
             own value in each\n"
        );
    }
    assert!(!folder.path().join("out").exists(), "something was written");
}

/// Names of all files of the output folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder.join("out")).expect("an output folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
    entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect()
}

#[test]
fn a_rerun_removes_what_the_earlier_run_wrote_and_nothing_else() {
    let folder = folder(STUDY);
    let run = || {
        let output =
            inclusion(folder.path(), &["annex", "study.toml", "--format", "csv,markdown,svg"]);
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    };
    run();
    let first = names(folder.path());
    assert!(first.contains("figure-2-hh18.svg"), "{first:?}");
    let out = folder.path().join("out");
    std::fs::write(out.join("figure-9-mine.svg"), "mine").expect("a file");
    // A list that somebody wrote into reaches nothing outside the folder.
    let list = std::fs::read_to_string(out.join(".inclusion-files")).expect("the list");
    std::fs::write(out.join(".inclusion-files"), list + "../people.csv\n").expect("the list");
    let fewer = STUDY.replace("\"HH7\", \"HH18\"", "\"HH7\"");
    std::fs::write(folder.path().join("study.toml"), fewer).expect("a study");
    let said = run();
    assert!(said.contains("removed   ./out/figure-2-hh18.svg"), "{said}");
    let mut left = first;
    left.remove("figure-2-hh18.svg");
    left.insert("figure-9-mine.svg".to_string());
    assert_eq!(names(folder.path()), left);
    assert!(folder.path().join("people.csv").exists());
}
