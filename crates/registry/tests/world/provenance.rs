//! The passport of the data: it names every file with its sum, and the source of every row.

use crate::shared::{Table, own};
use serde::Deserialize;
use sha2::Digest as _;
use std::collections::BTreeSet;
use std::fmt::Write as _;

#[derive(Deserialize)]
struct Passport {
    file: Vec<File>,
    source: Vec<Source>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    rows: usize,
    sha256: String,
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct Source {
    id: String,
    edition: String,
    terms: String,
    credit: String,
    by_way_of: String,
}

fn sum(file: &str) -> String {
    let digest = sha2::Sha256::digest(std::fs::read(own(file)).unwrap());
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The passport with the rows and sums of the files as they are now.
pub fn make() -> String {
    let mut file = String::new();
    let mut text = String::new();
    for line in std::fs::read_to_string(own("provenance.toml")).unwrap().lines() {
        if let Some(name) = line.strip_prefix("name = ") {
            file = name.trim_matches('"').to_string();
        }
        match line.split_once(" = ") {
            Some(("rows", _)) => {
                writeln!(text, "rows = {}", Table::read(&own(&file), b',').rows.len()).unwrap();
            }
            Some(("sha256", _)) => writeln!(text, "sha256 = \"{}\"", sum(&file)).unwrap(),
            _ => writeln!(text, "{line}").unwrap(),
        }
    }
    text
}

#[test]
fn the_passport_names_every_file_and_every_source() {
    let text = std::fs::read_to_string(own("provenance.toml")).unwrap();
    let passport: Passport = toml::from_str(&text).unwrap();
    let mut names = BTreeSet::new();
    for file in &passport.file {
        assert_eq!(file.sha256, sum(&file.name), "{}: see `write_anew`", file.name);
        assert_eq!(file.rows, Table::read(&own(&file.name), b',').rows.len(), "{}", file.name);
        for source in &file.sources {
            assert!(passport.source.iter().any(|s| s.id == *source), "{source}");
        }
        names.insert(file.name.clone());
    }
    let there = std::fs::read_dir(own("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut there: BTreeSet<String> = there.map(|name| name.into_string().unwrap()).collect();
    // The study is of this project, and `out` is what it makes.
    for other in ["provenance.toml", "study.toml", "out"] {
        there.remove(other);
    }
    assert_eq!(names, there);
    for source in &passport.source {
        let told = [&source.edition, &source.terms, &source.credit, &source.by_way_of];
        assert!(told.iter().all(|text| !text.is_empty()), "{}", source.id);
    }
    let figures = passport.file.iter().find(|file| file.name == "figures.csv").unwrap();
    let table = Table::read(&own("figures.csv"), b',');
    let editions: BTreeSet<&str> = table.column("edition").collect();
    assert_eq!(editions, figures.sources.iter().map(String::as_str).collect());
}
