//! The annex in readers' programs: a browser, an office suite, and libraries that others wrote.
//!
//! Where a program is not found the test says so and stops, or fails if `INCLUSION_REQUIRE_BROWSER` or
//! `INCLUSION_REQUIRE_OFFICE` is set.

mod browser;
mod office;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The demonstration and the worldwide annex.
const STUDIES: [&str; 2] = ["demo", "world"];

/// The demonstration in other languages and in the styles of institutions.
const ARABIC: &str = "arabic";
const FRENCH: &str = "french";
const CHINESE: &str = "chinese";

/// Every annex of these tests: four styles, four languages.
const ALL: [&str; 5] = [STUDIES[0], STUDIES[1], ARABIC, FRENCH, CHINESE];

/// The end of the list of the world's indicators.
const LEFT_OUT: &str = ", \"FX-ACCOUNT\", \"FX-DIGITAL-PAYMENT\", \"HH15-COPA\", \"HH15-EMAIL\"]";

/// The folder of an annex in the formats of these tests. All are made at once, when the first is asked for: the
/// tests wait for them, and one after the other would leave a core idle.
fn annex(study: &'static str) -> &'static Path {
    static MADE: OnceLock<[tempfile::TempDir; ALL.len()]> = OnceLock::new();
    let place = ALL.iter().position(|name| *name == study).expect("a study of these tests");
    let made = MADE.get_or_init(|| {
        std::thread::scope(|scope| {
            ALL.map(|study| scope.spawn(move || made(study)))
                .map(|own| own.join().expect("an annex"))
        })
    });
    made[place].path()
}

fn made(study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = if STUDIES.contains(&study) { study } else { "demo" };
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets").join(data);
    for entry in std::fs::read_dir(datasets).expect("the data") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let copy = folder.path().join(path.file_name().expect("a name"));
            std::fs::copy(&path, copy).expect("the data are copied");
        }
    }
    // Charts of every kind that the study can have, and of the world two indicators: more are more of the
    // same tables.
    let file = folder.path().join("study.toml");
    let text = std::fs::read_to_string(&file).expect("the study");
    let few = text.replace(LEFT_OUT, "]");
    assert_eq!(study == "world", few != text, "the world has the indicators that are left out");
    let other = |style: &str, language: &str| {
        let own = format!("[study]\nstyle = \"{style}\"\nlanguages = [\"{language}\"]");
        let other = few.replacen("[study]", &own, 1);
        format!("{other}\n{}", charts(data))
    };
    let few = match study {
        ARABIC => other("oecd", "ar"),
        FRENCH => other("un-sdg", "fr"),
        CHINESE => other("world-bank", "zh"),
        _ => format!("{few}\n{}", charts(study)),
    };
    std::fs::write(&file, few).expect("the study is written");
    let formats = "html,docx,xlsx,pdf,tables";
    let output = Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(["annex", "study.toml", "--quiet", "--format", formats])
        .current_dir(folder.path())
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn charts(study: &str) -> String {
    let chart = |kind: &str, indicator: &str, rows: &str| {
        let rows = if rows.is_empty() { String::new() } else { format!("rows = \"{rows}\"\n") };
        format!("[[chart]]\nkind = \"{kind}\"\nindicator = \"{indicator}\"\n{rows}\n")
    };
    match study {
        "demo" => [
            ("lollipop", "age_group"),
            ("ranking", "region * indigenous"),
            ("ridgeline", "urbanisation * wealth_quintile"),
        ]
        .map(|(kind, rows)| chart(kind, "HH7", rows))
        .concat(),
        _ => [
            "choropleth",
            "years",
            "fan",
            "lollipop",
            "ranking",
            "tiles",
            "slope",
            "heat_map",
            "availability",
        ]
        .map(|kind| chart(kind, "HH7", ""))
        .concat(),
    }
}

/// The file of an annex with this ending.
fn file(study: &'static str, ending: &str) -> PathBuf {
    let out = annex(study).join("out");
    let entries = std::fs::read_dir(&out).expect("the annex");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    assert_eq!(found.len(), 1, "{ending} in {}", out.display());
    found.remove(0)
}

/// A program on the path, or `None` with a loud line; a failure where the variable is set.
fn program(names: &[&str], required: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let files = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = files.into_iter().find(|file| file.is_file());
    if found.is_none() {
        missing(&format!("none of {} is on the path", names.join(", ")), required);
    }
    found
}

fn missing(what: &str, required: &str) {
    assert!(std::env::var_os(required).is_none(), "{what}, and {required} forbids to skip");
    eprintln!("SKIPPED: {what}");
}

/// The interpreter of an environment with the packages of `requirements.txt`, made once; `None` with a loud
/// line where they cannot be installed.
fn python(required: &str) -> Option<&'static Path> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let make = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../program-tests");
        let (python, ready) = (folder.join("bin/python"), folder.join("requirements.ready"));
        let wanted = include_str!("requirements.txt");
        if std::fs::read_to_string(&ready).is_ok_and(|own| own == wanted) {
            return Ok(python);
        }
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        run(Command::new(&python).args(install).arg(here("requirements.txt")))?;
        std::fs::write(ready, wanted).map_err(|error| error.to_string())?;
        Ok(python)
    };
    match MADE.get_or_init(make) {
        Ok(python) => Some(python),
        Err(trouble) => {
            missing(&format!("the packages of the tests cannot be installed: {trouble}"), required);
            None
        }
    }
}

/// A file beside this one.
fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(name)
}

/// What a program printed.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.success() {
        true => Ok(said),
        false => Err(format!("{said}{}", String::from_utf8_lossy(&output.stderr))),
    }
}
