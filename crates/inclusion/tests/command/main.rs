//! The command as a user meets it: exit codes, messages with file and line, whole outputs.

mod refused;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

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

/// A folder with the demonstration data and a study file.
fn demo(study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let data = project().join("datasets/demo/ict_survey.parquet");
    std::fs::copy(data, folder.path().join("ict_survey.parquet")).expect("the data are copied");
    folder
}

const STUDY: &str = r#"[study]
title = "Test"

[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "ict_survey.parquet" }

[estimate]
indicators = ["HH7", "HH18"]
by = ["sex", "sex * urbanisation", "sex * age_group", "sex * indigenous * age_group"]
"#;

/// Every file of a folder and its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder").map(|e| e.expect("an entry")) {
            match entry.file_type().expect("a type").is_dir() {
                true => open.push(entry.path()),
                false => {
                    let name = entry.path().strip_prefix(folder).expect("inside").to_path_buf();
                    found.insert(name, std::fs::read(entry.path()).expect("a file"));
                }
            }
        }
    }
    found
}

/// Runs a study that must fail and gives its one message.
fn refused(study: &str, code: i32) -> String {
    let folder = demo(study);
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    assert!(!folder.path().join("out").exists(), "something was written");
    stderr(&output)
}

#[test]
fn annex_writes_every_format_and_says_what_and_where() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stderr(&output);
    let written = files(&folder.path().join("out"));
    let mut names: Vec<String> = written.keys().map(|p| p.display().to_string()).collect();
    names.retain(|name| !name.starts_with("figure-"));
    let list = ".inclusion-files";
    assert_eq!(
        names,
        [
            list,
            "annex.html",
            "annex.md",
            "annex.xlsx",
            "estimates.csv",
            "estimates.parquet",
            "sources.csv"
        ]
    );
    let mut sources = csv::Reader::from_reader(written[Path::new("sources.csv")].as_slice());
    let sources: Vec<BTreeMap<String, String>> =
        sources.deserialize().map(|row| row.expect("a row")).collect();
    let data = std::fs::read(folder.path().join("ict_survey.parquet")).expect("the data");
    let sha256: String = Sha256::digest(&data).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(sources.len(), 1);
    assert_eq!(
        ["SOURCE", "FILE", "SHA256", "ROWS"].map(|name| sources[0][name].as_str()),
        ["demo", "persons: ict_survey.parquet", &sha256, "19458"]
    );
    let registry = inclusion_registry::Registry::builtin().expect("the registry");
    let mut rows = csv::Reader::from_reader(written[Path::new("estimates.csv")].as_slice());
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let version = &registry.indicators[&row["INDICATOR"]].version;
        assert_eq!(&row["INDICATOR_VERSION"], version);
        assert_eq!(
            (&row["SOURCE"], &row["RECIPE"]),
            (&sources[0]["SOURCE"], &sources[0]["RECIPE"])
        );
        assert!(row["DESIGN"].contains("Taylor linearisation"), "{}", row["DESIGN"]);
    }
    for name in written.keys().filter(|name| *name != Path::new(list)) {
        assert!(text.contains(&name.display().to_string()), "{name:?} is not named in:\n{text}");
    }
    let headline = text.trim_end().lines().next_back().expect("a last line");
    assert!(headline.contains("Women") || headline.contains("women"), "headline: {headline}");
}

#[test]
fn the_formats_for_print_and_production_are_written_when_they_are_asked_for() {
    let folder = demo(STUDY);
    let args = ["annex", "study.toml", "--format", "pdf,docx,latex,tables"];
    let output = inclusion(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    let written = files(&folder.path().join("out"));
    let begins = |name: &str, with: &[u8]| {
        let bytes = written.get(Path::new(name)).unwrap_or_else(|| panic!("no {name}"));
        assert!(bytes.starts_with(with), "{name}");
    };
    begins("annex.pdf", b"%PDF-1.7");
    begins("annex.docx", b"PK");
    begins("annex.tex", b"\\documentclass");
    begins("tables.csv", b"table,title,");
    // LaTeX has its charts beside it.
    let tex = String::from_utf8_lossy(&written[Path::new("annex.tex")]);
    let charts: Vec<_> =
        written.keys().filter(|p| p.extension().is_some_and(|e| e == "png")).collect();
    assert!(!charts.is_empty());
    for chart in charts {
        assert!(tex.contains(&format!("{{{}}}", chart.display())), "{chart:?}");
    }
}

#[test]
fn a_folder_of_fonts_that_is_not_there_is_named_before_the_data_are_read() {
    let study = format!("{STUDY}\n[output]\nfonts = \"no-fonts\"\n");
    let folder = demo(&study);
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert!(!output.status.success());
    let text = stderr(&output);
    let line = 1 + study.lines().position(|line| line.starts_with("fonts")).expect("the key");
    let told = format!("study.toml:{line}:9: the folder of fonts `no-fonts` cannot be read");
    assert!(text.contains(&told), "{text}");
    std::fs::create_dir(folder.path().join("no-fonts")).expect("a folder");
    let text = stderr(&inclusion(folder.path(), &["check", "study.toml"]));
    assert!(text.contains("has no font file"), "{text}");
}

/// A limit of the size of files stands for a disk that is full.
#[cfg(unix)]
#[test]
fn where_one_file_does_not_fit_all_of_the_annex_before_stay() {
    let folder = demo(STUDY);
    let annex = ["annex", "study.toml", "--format", "markdown,html,tables"];
    let output = inclusion(folder.path(), &annex);
    assert!(output.status.success(), "{}", stderr(&output));
    let files = || -> std::collections::BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(folder.path().join("out")).expect("a folder").flatten();
        let read = |path: &Path| std::fs::read(path).expect("a file");
        let named =
            entries.map(|e| (e.file_name().to_string_lossy().into_owned(), read(&e.path())));
        named.filter(|(name, _)| name != ".inclusion-files").collect()
    };
    let before = files();
    let study = STUDY.replacen("title = \"", "title = \"Another: ", 1);
    assert_ne!(study, STUDY);
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let page = before["annex.html"].len() as u64;
    assert!(before.values().any(|file| (file.len() as u64) < page / 2));
    let limited = format!(
        "trap '' XFSZ; ulimit -f {}; exec {:?} {}",
        page / 2 / 512,
        env!("CARGO_BIN_EXE_inclusion"),
        annex.join(" ")
    );
    let mut command = std::process::Command::new("sh");
    let output = command.args(["-c", &limited]).current_dir(folder.path()).output().expect("sh");
    let text = stderr(&output);
    assert!(!output.status.success() && text.contains("annex.html"), "{text}");
    assert!(files() == before, "{:?}", files().keys());
    let output = inclusion(folder.path(), &annex);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(files() != before);
}

#[test]
fn an_annex_in_no_format_is_refused_and_the_one_before_stays() {
    let folder = demo(STUDY);
    let annex = || inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
    assert!(annex().status.success());
    let study = format!("{STUDY}\n[output]\nformats = []\n");
    std::fs::write(folder.path().join("study.toml"), &study).expect("a study");
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    let line = 1 + study.lines().position(|line| line.starts_with("formats")).expect("the key");
    let text = stderr(&output);
    let told = format!("study.toml:{line}:11: `formats` is empty; name at least one");
    assert!(!output.status.success() && text.contains(&told), "{text}");
    assert!(folder.path().join("out/annex.md").exists());
}

#[test]
fn outputs_have_the_same_bytes_for_1_2_and_8_threads() {
    let runs: Vec<_> = ["1", "2", "8"]
        .iter()
        .map(|threads| {
            let folder = demo(STUDY);
            let output = inclusion(folder.path(), &["annex", "study.toml", "--threads", threads]);
            assert!(output.status.success(), "{}", stderr(&output));
            files(&folder.path().join("out"))
        })
        .collect();
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

/// The demonstration data as text: its header, and its rows in an order that has nothing to do with
/// the design.
fn shuffled_rows() -> (String, Vec<String>) {
    let csv = std::fs::read_to_string(project().join("datasets/demo/ict_survey.csv"))
        .expect("the demonstration data as text");
    let mut lines: Vec<&str> = csv.lines().collect();
    let header = lines.remove(0).to_string();
    // A fixed permutation: the step has no factor in common with the number of rows.
    let step = (7_001..).find(|step| gcd(*step, lines.len()) == 1).expect("a step");
    (header, (0..lines.len()).map(|i| lines[i * step % lines.len()].to_string()).collect())
}

#[test]
fn estimates_have_the_same_bytes_for_shuffled_rows_and_for_text_instead_of_parquet() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let sorted = std::fs::read(folder.path().join("out/estimates.csv")).expect("estimates");
    let notes = |output: &Output| -> Vec<String> {
        let text = stderr(output);
        text.lines().filter(|line| line.starts_with("note")).map(str::to_string).collect()
    };

    let (header, rows) = shuffled_rows();
    let text = format!("{header}\n{}\n", rows.join("\n"));
    std::fs::write(folder.path().join("shuffled.csv"), text).expect("a file");
    let study = STUDY.replace("ict_survey.parquet", "shuffled.csv");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let args = ["annex", "study.toml", "--format", "csv,markdown"];
    let again = inclusion(folder.path(), &args);
    assert!(again.status.success(), "{}", stderr(&again));
    assert_eq!(notes(&again), notes(&output));
    let bytes = std::fs::read(folder.path().join("out/estimates.csv")).expect("estimates");
    assert!(bytes == sorted, "the estimates differ");
    let annex = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
    let file = annex.lines().find(|line| line.contains("persons: shuffled.csv"));
    assert!(file.is_some_and(|line| line.contains("19\u{202f}458")), "{file:?}");
}

/// The files of an annex with what is packed in them, and the name `fingerprint` for that of the data.
fn opened(out: &Path, fingerprint: &str) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for (path, bytes) in files(out) {
        let name = path.display().to_string();
        if !bytes.starts_with(b"PK\x03\x04") {
            all.insert(name, bytes);
            continue;
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut content = Vec::new();
            std::io::copy(&mut entry, &mut content).expect("its content");
            all.insert(format!("{name}/{}", entry.name().expect("a name")), content);
        }
    }
    for bytes in all.values_mut() {
        if let Ok(text) = std::str::from_utf8(bytes) {
            // LaTeX may break it anywhere.
            let whole = text.replace("\\hspace{0pt}", "");
            *bytes = whole.replace(fingerprint, "fingerprint").into_bytes();
        }
    }
    all
}

#[test]
fn the_whole_annex_has_the_same_bytes_for_shuffled_rows_but_for_the_fingerprint() {
    let (header, shuffled) = shuffled_rows();
    let mut sorted = shuffled.clone();
    sorted.sort_unstable();
    assert_ne!(sorted, shuffled);
    let [sorted, shuffled] = [sorted, shuffled].map(|rows| {
        let folder = demo(&STUDY.replace("ict_survey.parquet", "data.csv"));
        let text = format!("{header}\n{}\n", rows.join("\n"));
        std::fs::write(folder.path().join("data.csv"), &text).expect("a file");
        let formats = "html,markdown,latex,tables,csv,docx,xlsx";
        let output = inclusion(folder.path(), &["annex", "study.toml", "--format", formats]);
        assert!(output.status.success(), "{}", stderr(&output));
        let hash = Sha256::digest(text.as_bytes());
        let fingerprint: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let all = opened(&folder.path().join("out"), &fingerprint);
        let said =
            all.values().filter(|bytes| String::from_utf8_lossy(bytes).contains("fingerprint"));
        assert!(said.count() >= 6, "the fingerprint stands in the documents");
        all
    });
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&sorted), names(&shuffled));
    let differ: Vec<&String> =
        sorted.iter().filter(|(name, bytes)| shuffled[*name] != **bytes).map(|(n, _)| n).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn duplicate_of_a_row_is_found_far_down_in_a_file_of_any_order() {
    let (header, mut rows) = shuffled_rows();
    rows.push(rows[12_000].clone());
    let folder = demo(&STUDY.replace("ict_survey.parquet", "doubled.csv"));
    let text = format!("{header}\n{}\n", rows.join("\n"));
    std::fs::write(folder.path().join("doubled.csv"), text).expect("a file");
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let message = stderr(&output);
    for place in ["doubled.csv, line 19460", "line 12002", "1 duplicate"] {
        assert!(message.contains(place), "no `{place}` in: {message}");
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[test]
fn check_answers_without_reading_the_data() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("ok        study.toml: 1 survey, 2 indicators, 4 breakdowns"));
}

#[test]
fn quick_look_prints_a_table_of_women_and_men() {
    let folder = demo(STUDY);
    let args = [
        "estimate",
        "ict_survey.parquet",
        "--recipe",
        "synthetic/ict",
        "--indicator",
        "HH7",
        "--by",
        "sex * urbanisation",
    ];
    let output = inclusion(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    for word in ["Women", "Men", "Urban", "Rural"] {
        assert!(text.contains(word), "no `{word}` in:\n{text}");
    }
}

#[test]
fn json_messages_are_one_object_a_line() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["annex", "study.toml", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut kinds = Vec::new();
    for line in stderr(&output).lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        kinds.push(object["message"].as_str().expect("a kind").to_string());
    }
    assert_eq!(kinds.first().map(String::as_str), Some("read"));
    assert!(kinds.contains(&"wrote".to_string()));
    assert_eq!(kinds.last().map(String::as_str), Some("headline"));

    let output = inclusion(folder.path(), &["annex", "nowhere.toml", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&stderr(&output)).expect("an object");
    assert_eq!(object["message"], "error");
    assert_eq!(object["exit_code"], 2);
}

#[test]
fn quiet_says_nothing() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["annex", "study.toml", "--quiet"]);
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
    assert_eq!(stdout(&output), "");
}

#[test]
fn draft_marks_every_guess_and_never_guesses_sex() {
    let folder = demo(STUDY);
    let output = inclusion(folder.path(), &["init", "ict_survey.parquet", "--folder", "draft"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let read = |name: &str| {
        std::fs::read_to_string(folder.path().join("draft").join(name)).expect("a draft")
    };
    let recipe = read("registry/recipes/ict-survey.toml");
    for line in recipe.lines().filter(|line| line.starts_with("stratum") || line.starts_with("psu"))
    {
        assert!(line.contains("CONFIRM"), "{line}");
    }
    let parsed: toml::Table = toml::from_str(&recipe).expect("the draft recipe is TOML");
    assert!(!recipe.lines().any(|line| line.starts_with("[concept.sex]")));
    assert!(parsed["concept"].get("sex").is_none());
    assert!(recipe.contains("# [concept.sex]"));
    let study: toml::Table = toml::from_str(&read("study.toml")).expect("the draft study is TOML");
    // As seen from the study, so that both can move together.
    let file = study["survey"][0]["files"]["persons"].as_str();
    assert_eq!(file, Some("../ict_survey.parquet"));
    let checked = inclusion(&folder.path().join("draft"), &["check", "study.toml"]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(stderr(&checked).contains("still to be confirmed"), "{}", stderr(&checked));
    let again = inclusion(folder.path(), &["init", "ict_survey.parquet", "--folder", "draft"]);
    assert_eq!(again.status.code(), Some(2), "a draft was overwritten");
}

#[test]
fn schema_names_every_part_of_the_study_file() {
    let output = inclusion(&project(), &["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let parts = schema["properties"].as_object().expect("properties");
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    for name in ["study", "survey", "estimate", "disclosure", "table", "chart", "output"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn completions_name_the_subcommands() {
    let output = inclusion(&project(), &["completions", "bash"]);
    for name in ["annex", "estimate", "registry"] {
        assert!(stdout(&output).contains(name));
    }
}
