//! Every notebook runs from top to bottom with the package as it is, and is kept without outputs.
//!
//! Executing needs `python3` with `venv` and a way to its packages; where an environment cannot be
//! made the test says so and stops, or fails if `INCLUSION_REQUIRE_NOTEBOOKS` is set.

mod package;

use package::{build_folder, python, root, succeeded};
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
fn every_notebook_runs_from_top_to_bottom_and_becomes_a_page() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    // The one command that executes and renders all of them.
    let output = Command::new("bash")
        .arg(root().join("notebooks/render.sh"))
        .arg(here)
        .env("CARGO_TARGET_DIR", build_folder())
        // Nobody's settings, and no history left behind.
        .env("IPYTHONDIR", here.join("ipython"))
        .env("JUPYTER_CONFIG_DIR", here.join("jupyter"))
        .env("MPLCONFIGDIR", here.join("matplotlib"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("a shell");
    succeeded("notebooks/render.sh", &output);
    assert!(python.starts_with(build_folder()), "the environment that it finds ready");
    for path in notebooks() {
        let result = here.join(path.file_name().expect("a notebook has a name"));
        let executed = read(&result);
        for cell in cells(&executed) {
            assert!(cell["execution_count"].is_u64(), "a cell was not executed: {cell}");
        }
        let page = std::fs::read_to_string(result.with_extension("html")).expect("its page");
        let title = text(&executed["cells"][0]["source"]);
        let title = title.lines().next().unwrap_or_default().trim_start_matches("# ").to_string();
        assert!(!title.is_empty() && page.contains(&title), "{title:?} is not in {result:?}");
        assert!(!page.contains("Traceback"), "{result:?}");
    }
    let tour = std::fs::read_to_string(here.join("01-quick-tour.html")).expect("its page");
    assert!(tour.contains("<svg") && tour.contains("<table"), "tables and charts");
    the_tour_shows_a_gap_table_and_a_chart(&read(&here.join("01-quick-tour.ipynb")));
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
