//! The demonstration data set: it can be made again from what its passport says, and its four files
//! hold one table.
//!
//! `cargo test -p inclusion-tests --test surveys synth -- --ignored` writes it anew, after a change of the
//! population model.

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::DataType;
use inclusion_ingest::{Labels, Options, Request, open, write_spss, write_stata};
use inclusion_registry::Registry;
use inclusion_synth::{
    MODEL_VERSION, Spec, code_book, schema, sha256, survey, truth, write_csv, write_parquet,
    write_truth,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets/demo")
}

/// The passport, as far as the tests read it.
#[derive(Deserialize)]
struct Provenance {
    generator: Generator,
    file: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Generator {
    model_version: u32,
    spec: RecordedSpec,
}

#[derive(Serialize, Deserialize)]
struct RecordedSpec {
    seed: u64,
    draw: u32,
    strata: u32,
    population_psus: u32,
    psus_per_stratum: u32,
    households_per_psu: u32,
}

#[derive(Serialize, Deserialize)]
struct Recorded {
    name: String,
    contents: String,
    rows: u64,
    sha256: String,
}

impl From<&RecordedSpec> for Spec {
    fn from(spec: &RecordedSpec) -> Spec {
        Spec {
            seed: spec.seed,
            draw: spec.draw,
            strata: spec.strata,
            population_psus: spec.population_psus,
            psus_per_stratum: spec.psus_per_stratum,
            households_per_psu: spec.households_per_psu,
        }
    }
}

fn provenance() -> Provenance {
    let text = fs::read_to_string(folder().join("provenance.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// Writes the five files of a specification into a folder; their numbers of rows, by name.
fn write_all(spec: &Spec, folder: &Path) -> BTreeMap<&'static str, u64> {
    let path = |name: &str| folder.join(name);
    let parquet = write_parquet(spec, &path("ict_survey.parquet")).unwrap();
    let csv = write_csv(spec, &path("ict_survey.csv")).unwrap();
    let truth = write_truth(&truth(spec).unwrap(), &path("truth.csv")).unwrap();
    let batches: Vec<RecordBatch> = survey(spec).unwrap().collect();
    let table = concat_batches(&schema(), &batches).unwrap();
    write_stata(&path("ict_survey.dta"), &table, &labels()).unwrap();
    write_spss(&path("ict_survey.sav"), &table, &labels()).unwrap();
    let rows = table.num_rows() as u64;
    BTreeMap::from([
        ("ict_survey.parquet", parquet),
        ("ict_survey.csv", csv),
        ("ict_survey.dta", rows),
        ("ict_survey.sav", rows),
        ("truth.csv", truth),
    ])
}

fn labels() -> Labels {
    let mut labels = Labels::default();
    for variable in code_book() {
        labels.variables.insert(variable.name.into(), variable.label.into());
        if !variable.values.is_empty() {
            let values = variable.values.iter().map(|(code, label)| (*code, label.to_string()));
            labels.values.insert(variable.name.into(), values.collect());
        }
    }
    labels
}

#[test]
fn making_the_data_again_from_its_passport_gives_the_same_bytes() {
    let provenance = provenance();
    assert_eq!(
        provenance.generator.model_version, MODEL_VERSION,
        "the population model changed: write the data set anew (see the head of this file)"
    );
    let again = tempfile::tempdir().unwrap();
    let rows = write_all(&Spec::from(&provenance.generator.spec), again.path());
    assert_eq!(provenance.file.len(), rows.len());
    for recorded in &provenance.file {
        let name = recorded.name.as_str();
        assert_eq!(recorded.rows, rows[name], "{name}");
        assert_eq!(sha256(&folder().join(name)).unwrap(), recorded.sha256, "{name} as stored");
        // Writers of Stata and SPSS files put the time of writing into the head.
        if !name.ends_with(".dta") && !name.ends_with(".sav") {
            assert_eq!(sha256(&again.path().join(name)).unwrap(), recorded.sha256, "{name} again");
        }
    }
}

#[test]
fn stored_files_are_small() {
    for recorded in provenance().file {
        let bytes = fs::metadata(folder().join(&recorded.name)).unwrap().len();
        assert!(bytes < 3_500_000, "{} has {bytes} bytes", recorded.name);
    }
}

/// Every concept of the recipe, read from one of the four files.
fn harmonised(registry: &Registry, file: &Path) -> RecordBatch {
    let recipe = &registry.recipes["synthetic/ict"];
    let request = Request {
        recipe,
        registry,
        files: BTreeMap::from([("persons".into(), vec![file.to_owned()])]),
        concepts: recipe.concepts.keys().cloned().collect(),
        options: Options::default(),
        progress: None,
    };
    let source = open(request).unwrap();
    let mut batches = Vec::new();
    for unit in 0..source.units() {
        source
            .read(unit, &mut |batch| {
                batches.push(batch);
                Ok(())
            })
            .unwrap();
    }
    concat_batches(&source.schema(), &batches).unwrap()
}

/// A column as text, because identifiers are text where the format is.
fn texts(column: &ArrayRef) -> Vec<Option<String>> {
    let texts = cast(column, &DataType::Utf8).unwrap();
    texts.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

#[test]
fn the_four_formats_hold_the_same_table() {
    let registry = Registry::builtin().unwrap();
    let read = |name: &str| harmonised(&registry, &folder().join(name));
    let parquet = read("ict_survey.parquet");
    assert_eq!(parquet.num_rows() as u64, provenance().file[0].rows);
    let names = |batch: &RecordBatch| -> Vec<String> {
        batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    };
    let mut different = Vec::new();
    for name in ["ict_survey.csv", "ict_survey.dta", "ict_survey.sav"] {
        let other = read(name);
        assert_eq!(names(&other), names(&parquet), "{name}");
        for (i, column) in names(&parquet).iter().enumerate() {
            let (a, b) = (parquet.column(i), other.column(i));
            let (a, b) = (texts(a), texts(b));
            if let Some(row) = (0..a.len().max(b.len())).find(|row| a.get(*row) != b.get(*row)) {
                let (a, b) = (a.get(row), b.get(row));
                different
                    .push(format!("{name}: `{column}` of row {row} is {b:?}, in Parquet {a:?}"));
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
#[ignore = "writes datasets/demo anew"]
fn remake() {
    let spec = Spec::default();
    let rows = write_all(&spec, &folder());
    let contents = [
        ("ict_survey.parquet", "The survey: one row for each person interviewed"),
        ("ict_survey.csv", "The same table as text; a blank is an empty field"),
        ("ict_survey.dta", "The same table as a Stata file, with labels"),
        ("ict_survey.sav", "The same table as an SPSS file, with labels"),
        (
            "truth.csv",
            "What is true in the population: value by indicator and part of the population",
        ),
    ];
    let file: Vec<Recorded> = contents
        .into_iter()
        .map(|(name, contents)| Recorded {
            name: name.into(),
            contents: contents.into(),
            rows: rows[name],
            sha256: sha256(&folder().join(name)).unwrap(),
        })
        .collect();
    #[derive(Serialize)]
    struct Files {
        file: Vec<Recorded>,
    }
    let recorded = RecordedSpec {
        seed: spec.seed,
        draw: spec.draw,
        strata: spec.strata,
        population_psus: spec.population_psus,
        psus_per_stratum: spec.psus_per_stratum,
        households_per_psu: spec.households_per_psu,
    };
    let text = format!(
        "{HEAD}model_version = {MODEL_VERSION}\nversion = \"{}\"\n\n[generator.spec]\n{}\n{}",
        env!("CARGO_PKG_VERSION"),
        toml::to_string(&recorded).unwrap(),
        toml::to_string(&Files { file }).unwrap(),
    );
    fs::write(folder().join("provenance.toml"), text).unwrap();
}

const HEAD: &str = r#"# Passport of the demonstration data set. Written by the generator's own test; do not edit.
id = "demo"
title = "Synthetic household ICT survey of Tamoria, 2024"
ref_area = "XTA"
time_period = "2024"
coverage = "Persons aged 10 and over in private households"
description = """
Tamoria does not exist, and no row describes a person. The survey has the shape of a national
household survey on the access to and use of information and communication technologies: strata
(six regions by urban and rural, divided further), primary sampling units selected with probability
proportional to size, ten households in each, all members aged 10 and over interviewed, weights with
an adjustment for households that did not respond, skip patterns, missing answers. The population it
was drawn from is known in full; `truth.csv` holds its values. An answer that is missing is missing
at random within each sex. Findex indicators count "don't know" and "refused" as no, so their
estimates lie about two per cent of their value below the truth. Indigenous people are so few in towns
that their figures have to be withheld."""
source = "Made by this project's own generator, `inclusion synth`; no other data were used"
terms = "CC0-1.0: no rights reserved"
credit = "None needed; say that the data are synthetic"
remake = "cargo test -p inclusion-tests --test surveys synth -- --ignored"

[generator]
program = "inclusion synth"
"#;
