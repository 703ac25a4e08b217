//! A small structure, and files of it.

use inclusion_sdmx::{
    Code, Codelist, Columns, Component, Counts, Observation, ReadOptions, Reader, Reference, Rules,
    Structure,
};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

pub struct File {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn file(name: &str, content: impl AsRef<[u8]>) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    File { _folder: folder, path }
}

/// A message without the temporary folder.
pub fn short(file: &File, error: impl ToString) -> String {
    let folder = format!("{}/", file.path.parent().unwrap().display());
    error.to_string().replace(&folder, "")
}

fn list(id: &str, codes: &[(&str, &str)]) -> Arc<Codelist> {
    let code =
        |(id, name): &(&str, &str)| Code { id: (*id).into(), name: (*name).into(), parent: None };
    let reference = Reference::new("ZZZ", id, "1.0");
    Arc::new(Codelist::new(reference, id, codes.iter().map(code).collect()))
}

/// `SERIES, SEX, AGE, TIME_PERIOD` and `OBS_STATUS, LOWER_BOUND, COMMENT_OBS`.
pub fn structure() -> Structure {
    let text = |id: &str| id.to_string();
    let columns = Columns {
        dimensions: ["SERIES", "SEX", "AGE", "TIME_PERIOD"].map(text).to_vec(),
        measure: "OBS_VALUE".into(),
        attributes: ["OBS_STATUS", "LOWER_BOUND", "COMMENT_OBS"].map(text).to_vec(),
    };
    let mut structure = Structure::of_columns(Reference::new("ZZZ", "DEMO", "1.0"), &columns);
    let series = [("IT_USE_II99", "Internet users"), ("IT_MOB_OWN", "Own a mobile telephone")];
    let sexes = [("_T", "Both sexes"), ("F", "Female"), ("M", "Male")];
    let ages =
        [("_T", "All"), ("Y_GE6", "6 and over"), ("Y_GE15", "15 and over"), ("Y15T24", "15 to 24")];
    let statuses = [("A", "Normal"), ("Q", "Suppressed"), ("M", "Missing"), ("U", "Unreliable")];
    structure.dimensions[0] = Component::coded("SERIES", "Series", list("CL_SERIES", &series));
    structure.dimensions[1] = Component::coded("SEX", "Sex", list("CL_SEX", &sexes));
    structure.dimensions[2] = Component::coded("AGE", "Age", list("CL_AGE", &ages));
    structure.attributes[0].component =
        Component::coded("OBS_STATUS", "Status", list("CL_OBS_STATUS", &statuses));
    structure
}

pub const HEAD: &str = "STRUCTURE,STRUCTURE_ID,ACTION,SERIES,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,LOWER_BOUND,COMMENT_OBS\n";

pub fn rows(rows: &[&str]) -> String {
    let rows: Vec<String> =
        rows.iter().map(|row| format!("datastructure,ZZZ:DEMO(1.0),I,{row}\n")).collect();
    format!("{HEAD}{}", rows.concat())
}

/// Observations, messages and counts of a file read with the structure.
pub fn read(file: &File, rules: Rules<'_>) -> (Vec<Observation>, Vec<String>, Counts) {
    let structure = structure();
    let options = ReadOptions { structure: Some(&structure), rules, ..ReadOptions::default() };
    let mut reader = Reader::open(&file.path, &options).unwrap();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for row in reader.by_ref() {
        match row {
            Ok(row) => good.push(row),
            Err(error) => bad.push(short(file, error)),
        }
    }
    (good, bad, reader.counts().clone())
}
