//! Bad delimited text, bad columnar and statistical files, bad designs: what a user is told.
//!
//! Each test is named by its row of the catalogue. Messages are asserted whole, because the message
//! is what the user gets.

mod columnar;
mod packed;
mod rows;
mod text;

use arrow::array::{
    ArrayRef, AsArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow::datatypes::{Float64Type, Int16Type};
use inclusion_ingest::{Error, Labels, LogEntry, Options, Request, open, write_spss, write_stata};
use inclusion_registry::{Recipe, Registry};
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, ParquetMetaDataBuilder, ParquetMetaDataReader,
    ParquetMetaDataWriter,
};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const RECIPE: &str = r#"
id = "test/people"
version = "1"
name = "Test"
producer = "nobody"
population = "person"
coverage = "everybody"
source = "made up"
rows = "people"
[file.people]
[design]
weight = { column = "weight" }
[concept.sex]
column = "sex"
map = { 1 = "M", 2 = "F" }
[concept.age]
column = "age"
missing = { 98 = "dont_know", "NA" = "not_stated" }
"#;

const CONCEPTS: &str = r#"
[[concept]]
id = "sex"
name = "Sex"
kind = "category"
code = [{ id = "F", name = "Women" }, { id = "M", name = "Men" }, { id = "U", name = "Not stated", unstated = true }]
[[concept]]
id = "age"
name = "Age"
kind = "number"
min = 0
max = 120
[[concept]]
id = "band"
name = "Age group"
kind = "category"
code = [{ id = "young", name = "0-24", max = 24 }, { id = "old", name = "25+", min = 25 }]
derive = { band = { of = "age" } }
[[concept]]
id = "half"
name = "Halves by age"
kind = "category"
code = [{ id = "low", name = "Younger half" }, { id = "high", name = "Older half" }]
derive = { quantile = { of = "age", groups = 2, unit = "person", ties = "lower" } }
"#;

fn registry() -> Registry {
    #[derive(serde::Deserialize)]
    struct File {
        concept: Vec<inclusion_registry::Concept>,
    }
    let file: File = toml::from_str(CONCEPTS).unwrap();
    Registry {
        concepts: file.concept.into_iter().map(|c| (c.id.clone(), c)).collect(),
        ..Registry::default()
    }
}

struct Case {
    folder: TempDir,
    recipe: String,
    options: Options,
    concepts: Vec<&'static str>,
}

type Outcome = Result<(RecordBatch, Vec<LogEntry>), String>;

impl Case {
    fn new() -> Case {
        Case {
            folder: tempfile::tempdir().unwrap(),
            recipe: RECIPE.into(),
            options: Options::default(),
            concepts: vec!["age", "sex"],
        }
    }

    fn with(mut self, from: &str, to: &str) -> Case {
        assert!(self.recipe.contains(from), "{from}");
        self.recipe = self.recipe.replace(from, to);
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Reads part files; an error becomes its message, without the folder.
    fn read(&self, files: &[PathBuf]) -> Outcome {
        self.try_read(files)
            .map_err(|e| e.replace(&format!("{}/", self.folder.path().display()), ""))
    }

    fn try_read(&self, files: &[PathBuf]) -> Outcome {
        let recipe: Recipe = toml::from_str(&self.recipe).unwrap();
        let registry = registry();
        let request = Request {
            recipe: &recipe,
            registry: &registry,
            files: BTreeMap::from([("people".to_string(), files.to_vec())]),
            concepts: self.concepts.iter().map(|c| c.to_string()).collect(),
            options: self.options.clone(),
            progress: None,
        };
        let harmonised = open(request).map_err(|e| e.to_string())?;
        let mut batches = Vec::new();
        for unit in 0..harmonised.units() {
            let mut each = |batch| {
                batches.push(batch);
                Ok(())
            };
            harmonised.read(unit, &mut each).map_err(|e| e.to_string())?;
        }
        Ok((
            arrow::compute::concat_batches(&harmonised.schema(), &batches).unwrap(),
            harmonised.log(),
        ))
    }

    /// Reads one delimited text.
    fn text(&self, text: impl AsRef<[u8]>) -> Outcome {
        self.read(&[self.write("people.csv", text)])
    }
}

fn refused(outcome: Outcome, message: &str) {
    assert_eq!(outcome.expect_err("it was accepted"), message);
}

fn ages(rows: &RecordBatch) -> Vec<Option<f64>> {
    rows["age"].as_primitive::<Float64Type>().iter().collect()
}

fn sexes(rows: &RecordBatch) -> Vec<i16> {
    rows["sex"].as_primitive::<Int16Type>().values().to_vec()
}

const GOOD: &str = "sex,age,weight\n1,30,1.5\n2,41,2.5\n";

fn is_good(outcome: Outcome) -> Vec<LogEntry> {
    let (rows, log) = outcome.unwrap();
    assert_eq!(ages(&rows), [Some(30.0), Some(41.0)]);
    assert_eq!(sexes(&rows), [1, 0]);
    log
}

fn parquet(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(
        std::fs::File::create(path).unwrap(),
        batch.schema(),
        None,
    )
    .unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn good_columns() -> Vec<(&'static str, ArrayRef)> {
    vec![
        ("sex", Arc::new(Int32Array::from(vec![1, 2])) as ArrayRef),
        ("age", Arc::new(Int32Array::from(vec![30, 41]))),
        ("weight", Arc::new(Float64Array::from(vec![1.5, 2.5]))),
    ]
}
