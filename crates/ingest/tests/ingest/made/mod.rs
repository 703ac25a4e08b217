//! Recipes and concepts written in a test, read with files made by it.

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Int16Type};
use inclusion_ingest::{LogEntry, Options, Progress, Request, open};
use inclusion_registry::{Concept, Recipe, Registry};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What every recipe begins with.
pub const HEAD: &str = "id = \"test/made\"\nversion = \"1\"\nname = \"Made\"\nproducer = \"nobody\"\npopulation = \"person\"\ncoverage = \"all\"\nsource = \"made up\"\nrows = \"people\"\n";

/// Rows and log, or the message of the error.
pub fn read(
    recipe: &str,
    concepts: &str,
    files: &[(&str, PathBuf)],
    wanted: &[&str],
) -> Result<(RecordBatch, Vec<LogEntry>), String> {
    read_told(recipe, concepts, files, wanted, None)
}

/// The same, while somebody is told how far it is.
pub fn read_told(
    recipe: &str,
    concepts: &str,
    files: &[(&str, PathBuf)],
    wanted: &[&str],
    progress: Option<&Progress<'_>>,
) -> Result<(RecordBatch, Vec<LogEntry>), String> {
    #[derive(serde::Deserialize)]
    struct File {
        concept: Vec<Concept>,
    }
    let recipe: Recipe = toml::from_str(&format!("{HEAD}{recipe}")).unwrap();
    let file: File = toml::from_str(concepts).unwrap();
    let registry = Registry {
        concepts: file.concept.into_iter().map(|c| (c.id.clone(), c)).collect(),
        ..Registry::default()
    };
    let request = Request {
        recipe: &recipe,
        registry: &registry,
        files: files
            .iter()
            .map(|(role, p)| (role.to_string(), vec![p.clone()]))
            .collect::<BTreeMap<_, _>>(),
        concepts: wanted.iter().map(|w| w.to_string()).collect(),
        options: Options::default(),
        progress,
    };
    let opened = open(request).map_err(|e| e.to_string())?;
    let mut batches = Vec::new();
    for unit in 0..opened.units() {
        let mut each = |batch| {
            batches.push(batch);
            Ok(())
        };
        opened.read(unit, &mut each).map_err(|e| e.to_string())?;
    }
    Ok((arrow::compute::concat_batches(&opened.schema(), &batches).unwrap(), opened.log()))
}

/// Codes of a category.
pub fn codes(rows: &RecordBatch, concept: &str) -> Vec<i16> {
    rows[concept].as_primitive::<Int16Type>().values().to_vec()
}

/// Numbers, or a design column.
pub fn numbers(rows: &RecordBatch, name: &str) -> Vec<Option<f64>> {
    rows[name].as_primitive::<Float64Type>().iter().collect()
}
