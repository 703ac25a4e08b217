//! What `inclusion sdmx` writes of a worldwide study is read by two independent clients, in every format.

#[path = "../../sdmx/tests/readers/mod.rs"]
mod readers;
#[path = "../../sdmx/tests/shared/mod.rs"]
mod shared;

use inclusion_sdmx::Format;
use readers::{FORMATS, accepted, clients};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of a format on the command line.
fn name(format: Format) -> &'static str {
    match format {
        Format::Csv1 => "csv-1.0",
        Format::Csv2 => "csv-2.0",
        Format::Ml21 => "ml-2.1",
        Format::Ml30 => "ml-3.0",
    }
}

/// A copy of the worldwide study with one indicator of several hundred figures, and its folder.
fn world() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/world");
    std::fs::copy(datasets.join("figures.csv"), folder.path().join("figures.csv"))
        .expect("figures");
    let text = std::fs::read_to_string(datasets.join("study.toml")).expect("the study");
    let indicators = |line: &str| match line.starts_with("indicators = ") {
        true => "indicators = [\"HH18\"]".to_string(),
        false => line.to_string(),
    };
    let lines: Vec<String> = text.lines().map(indicators).collect();
    let study = folder.path().join("study.toml");
    std::fs::write(&study, lines.join("\n")).expect("a study");
    (folder, study)
}

/// Writes the study in every format; the number of observations.
fn write(study: &Path, folder: &Path, more: &[&str]) -> usize {
    for (format, file, _) in FORMATS {
        let output = Command::new(env!("CARGO_BIN_EXE_inclusion"))
            .args(["sdmx", "--quiet", "--format", name(format)])
            .args(more)
            .arg("--output")
            .arg(folder.join(file))
            .arg(study)
            .output()
            .expect("the command runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let rows = csv::Reader::from_path(folder.join("data-2.0.csv")).expect("data").records().count();
    assert!(rows > 500, "{rows} observations");
    rows
}

#[test]
fn the_figures_of_countries_and_groups_are_read_in_the_structure_of_the_program() {
    let Some(clients) = clients() else { return };
    let (folder, study) = world();
    let structure = folder.path().join("structure.xml");
    let path = structure.display().to_string();
    let rows = write(&study, folder.path(), &["--own-structure", &path]);
    accepted(&clients.check(&structure, &[], folder.path()), folder.path(), rows);
}

#[test]
fn the_figures_of_countries_and_groups_are_read_in_the_structure_of_the_goals() {
    let Some(clients) = clients() else { return };
    let Some(given) = shared::folder("conformance/methods/sdmx") else { return };
    let (folder, study) = world();
    let structure = given.join("sdg-structure-subset.xml");
    let constraints = given.join("series-constraints.csv");
    let [own, limits] = [&structure, &constraints].map(|path| path.display().to_string());
    let rows = write(&study, folder.path(), &["--structure", &own, "--constraints", &limits]);
    accepted(&clients.check(&structure, &[&constraints], folder.path()), folder.path(), rows);
}
