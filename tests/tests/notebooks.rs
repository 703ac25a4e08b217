//! Every notebook runs from top to bottom with the program as it is, and is kept without outputs.
//!
//! Executing needs `python3` with `venv` and a way to its packages; where an environment cannot be
//! made the test says so and stops, or fails if `INCLUSION_REQUIRE_NOTEBOOKS` is set.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a member has a root").to_path_buf()
}

fn notebooks() -> Vec<PathBuf> {
    let folder = root().join("notebooks");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of notebooks")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ipynb"))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "there is at least the quick tour");
    found
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a readable notebook");
    serde_json::from_str(&text).expect("a notebook is JSON")
}

fn cells(notebook: &Value) -> impl Iterator<Item = &Value> {
    let cells = notebook["cells"].as_array().expect("a notebook has cells");
    cells.iter().filter(|cell| cell["cell_type"] == "code")
}

/// Text of a field that is one string or a list of lines.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

fn succeeded(what: &str, output: &Output) {
    assert!(
        output.status.success(),
        "{what} failed:\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The folder cargo builds into, and the profile: `…/target` and `debug`, from where this test is.
fn build_folder() -> (PathBuf, String) {
    let test = std::env::current_exe().expect("the test has a path");
    let profile = test.ancestors().nth(2).expect("tests stand in <profile>/deps");
    let folder = profile.parent().expect("profiles stand in the target folder");
    let name = profile.file_name().expect("a profile has a name").to_string_lossy().into_owned();
    (folder.to_path_buf(), name)
}

/// The program, brought up to date: a test of this package does not build it. One that stands there
/// already is newer than all sources after a test of the whole workspace, and is then taken as it
/// is: building it for itself selects other features and may compile a library once more.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("INCLUSION_BIN") {
        return named.into();
    }
    let (folder, profile) = build_folder();
    let program = folder.join(&profile).join(format!("inclusion{}", std::env::consts::EXE_SUFFIX));
    if changed(&program).is_some_and(|built| newest(&root().join("crates")) < Some(built)) {
        return program;
    }
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--bin", "inclusion", "--target-dir"]).arg(&folder);
    if profile == "release" {
        cargo.arg("--release");
    }
    let output = cargo.current_dir(root()).output().expect("cargo can be run");
    succeeded("building the program", &output);
    program
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// When the last file under a folder was changed.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .filter_map(|path| if path.is_dir() { newest(&path) } else { changed(&path) })
        .max()
}

/// The interpreter of the notebooks' environment, or `None` with a loud line.
fn python() -> Option<PathBuf> {
    let folder = build_folder().0.join("notebook-env");
    let made = Command::new("bash").arg(root().join("notebooks/setup.sh")).arg(&folder).output();
    let trouble = match made {
        Ok(output) if output.status.success() => {
            let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            return Some(path.into());
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_NOTEBOOKS").is_none(),
        "the notebooks' environment cannot be made, and INCLUSION_REQUIRE_NOTEBOOKS forbids to skip:\n{trouble}"
    );
    eprintln!("SKIPPED: notebooks are not executed, their environment cannot be made:\n{trouble}");
    None
}

/// A copy of the demonstration study, so that the run writes nothing into the project.
fn demo_copy(folder: &Path) -> PathBuf {
    let copy = folder.join("demo");
    std::fs::create_dir_all(&copy).expect("a folder");
    for entry in std::fs::read_dir(root().join("datasets/demo")).expect("the demonstration study") {
        let from = entry.expect("an entry").path();
        if from.is_file() {
            std::fs::copy(&from, copy.join(from.file_name().expect("a file has a name")))
                .expect("a copy");
        }
    }
    copy
}

#[test]
fn notebooks_are_kept_without_outputs() {
    for path in notebooks() {
        for cell in cells(&read(&path)) {
            let name = path.display();
            assert_eq!(cell["outputs"], Value::Array(Vec::new()), "{name}: outputs are kept");
            assert!(cell["execution_count"].is_null(), "{name}: execution counts are kept");
        }
    }
}

#[test]
fn every_notebook_runs_from_top_to_bottom() {
    let Some(python) = python() else { return };
    let program = program();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = demo_copy(folder.path());
    for path in notebooks() {
        let result = folder.path().join(path.file_name().expect("a notebook has a name"));
        let output = Command::new(&python)
            .arg(root().join("notebooks/execute.py"))
            .args([&path, &result])
            .env("INCLUSION_BIN", &program)
            .env("INCLUSION_DEMO", &demo)
            // Nobody's settings, and no history left behind.
            .env("IPYTHONDIR", folder.path().join("ipython"))
            .env("JUPYTER_CONFIG_DIR", folder.path().join("jupyter"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .expect("the interpreter can be run");
        succeeded(&path.display().to_string(), &output);
        let executed = read(&result);
        for cell in cells(&executed) {
            assert!(cell["execution_count"].is_u64(), "a cell was not executed: {cell}");
        }
    }
    the_tour_shows_a_gap_table_and_a_chart(&read(&folder.path().join("01-quick-tour.ipynb")));
}

fn the_tour_shows_a_gap_table_and_a_chart(tour: &Value) {
    let outputs = |id: &str| -> Vec<Value> {
        let cell = cells(tour).find(|cell| cell["id"] == id).expect("the cell");
        cell["outputs"].as_array().expect("outputs").clone()
    };
    let table = text(&outputs("gap")[0]["data"]["text/plain"]);
    for part in ["women", "men", "gap", " to "] {
        assert!(table.contains(part), "the gap table lacks {part:?}:\n{table}");
    }
    let withheld = text(&outputs("withheld")[0]["data"]["text/plain"]);
    assert!(withheld.contains('*'), "no withheld figure is shown:\n{withheld}");
    let charts: Vec<String> =
        outputs("chart").iter().map(|output| text(&output["data"]["image/svg+xml"])).collect();
    assert!(charts.iter().any(|svg| svg.contains("<svg") && svg.contains("role=\"img\"")));
}
