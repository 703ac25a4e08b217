//! Published figures of countries: groups, countries, gaps in the data and progress, against sums that the
//! test makes from the same files by itself.

mod bases;
mod beside;
mod charts;
mod codes;
mod countries;
mod data;
mod errors;
mod files;
mod groups;
mod judged;
mod names;
mod outputs;
mod progress;
mod sources;
mod uncertain;

use inclusion::{Prepared, Study, Walked, prepare, walk};
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

/// A folder with a study file and the project's published figures.
fn folder(study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), study).expect("the study is written");
    let figures = project().join("datasets/world/figures.csv");
    std::fs::copy(figures, folder.path().join("figures.csv")).expect("the figures are copied");
    folder
}

fn walked(folder: &Path, text: &str) -> (Prepared, Walked) {
    let study = Study::parse(&folder.join("study.toml"), text.to_string()).expect("a study");
    let prepared = prepare(study).unwrap_or_else(|error| panic!("{error}"));
    let walked = walk(&prepared, &inclusion::untold).unwrap_or_else(|error| panic!("{error}"));
    (prepared, walked)
}

/// The annex of a study as Markdown.
fn markdown(folder: &Path) -> String {
    let output = inclusion(folder, &["annex", "study.toml", "--format", "csv,markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    std::fs::read_to_string(folder.join("out/annex.md")).expect("the annex")
}

/// The rows of a table of Markdown by its title, without marks of notes; headings of groups are rows of one
/// cell that is not empty.
fn table(markdown: &str, title: &str) -> Vec<Vec<String>> {
    let wanted = format!(". {title}**");
    let mut lines = markdown.lines().skip_while(|line| !line.contains(&wanted));
    assert!(lines.next().is_some(), "no table `{title}`");
    let lines = lines.skip_while(|line| !line.starts_with('|')).skip(2);
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split(" | ");
        // Rows of groups are one step below their heading.
        let plain = |cell: &str| {
            let cell = cell.split("<sup>").next().unwrap_or("");
            cell.trim().trim_start_matches("&nbsp;").to_string()
        };
        cells.map(plain).collect()
    };
    lines.take_while(|line| line.starts_with('|')).map(cells).collect()
}

/// The headers of a table of Markdown by its title.
fn header(markdown: &str, title: &str) -> Vec<String> {
    let wanted = format!(". {title}**");
    let mut lines = markdown.lines().skip_while(|line| !line.contains(&wanted));
    let line = lines.find(|line| line.starts_with('|')).expect("a header");
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_string()).collect()
}

/// The row of a table with this label.
fn row<'a>(table: &'a [Vec<String>], label: &str) -> &'a [String] {
    let mut found = table.iter().filter(|row| row[0] == label);
    let row = found.next().unwrap_or_else(|| panic!("no row `{label}`"));
    assert!(found.next().is_none(), "two rows `{label}`");
    row
}

/// A printed number is this one, rounded.
fn printed(text: &str, value: f64, decimals: i32, what: &str) {
    let text = text.replace('−', "-");
    let number: f64 = text.parse().unwrap_or_else(|_| panic!("{what}: `{text}` is no number"));
    let half = 0.5 * 10f64.powi(-decimals) + 1e-9;
    assert!((number - value).abs() <= half, "{what}: {text} for {value}");
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    assert_eq!(places, decimals as usize, "{what}: decimals of {text}");
}

/// To 1e-12 of the expected value.
fn close(got: f64, expected: f64, what: &str) {
    let off = (got - expected).abs();
    assert!(off <= 1e-12 * expected.abs().max(1e-3), "{what}: {got}, not {expected}");
}
