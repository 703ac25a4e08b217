//! The README shows what the program really prints.

use std::path::Path;
use std::process::Command;

/// The lines of the README between its markers.
fn shown(readme: &str) -> String {
    let inside = readme.split("<!-- table: begin -->").nth(1).expect("a first marker");
    inside.split("<!-- table: end -->").next().expect("a text").trim().to_string()
}

/// Title, rows and notes of the first table of an annex in Markdown.
fn first_table(annex: &str) -> String {
    let start = annex.find("**Table 1.").expect("a first table");
    let end = annex[start..].find("\n\n## ").expect("a next section");
    annex[start..start + end].trim().to_string()
}

#[test]
fn readme_table_is_what_the_demonstration_prints() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["study.toml", "ict_survey.parquet"] {
        std::fs::copy(project.join("datasets/demo").join(name), folder.path().join(name))
            .expect("the demonstration is there");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(["annex", "study.toml", "--format", "markdown", "--quiet"])
        .current_dir(folder.path())
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let annex = std::fs::read_to_string(folder.path().join("out/annex.md")).expect("the annex");
    let readme = std::fs::read_to_string(project.join("README.md")).expect("the README");
    assert_eq!(shown(&readme), first_table(&annex));
}
