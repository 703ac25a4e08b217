//! Every notebook runs from top to bottom with the package as it is, and is kept without outputs.
//!
//! Executing needs `python3` with `venv` and a way to its packages; where an environment cannot be
//! made the test says so and stops, or fails if `INCLUSION_REQUIRE_NOTEBOOKS` is set.

mod package;

use package::{python, root, succeeded};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = demo_copy(folder.path());
    for path in notebooks() {
        let result = folder.path().join(path.file_name().expect("a notebook has a name"));
        let output = Command::new(&python)
            .arg(root().join("notebooks/execute.py"))
            .args([&path, &result])
            .env("INCLUSION_DEMO", &demo)
            // Nobody's settings, and no history left behind.
            .env("IPYTHONDIR", folder.path().join("ipython"))
            .env("JUPYTER_CONFIG_DIR", folder.path().join("jupyter"))
            .env("MPLCONFIGDIR", folder.path().join("matplotlib"))
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
