//! A real survey from its rows and from its cells: every file of the annex has the same bytes.
//!
//! The data stand in `../shared`, which a user's clone does not have.

use crate::shared;
use inclusion::{CellsTarget, Prepared, Study, annex, make_cells, prepare, walk, walk_cells};
use std::path::{Path, PathBuf};

fn prepared(study: &str, change: impl Fn(String) -> String) -> Prepared {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(study);
    let text = change(std::fs::read_to_string(&path).expect("the example study"));
    prepare(Study::parse(&path, text).unwrap()).unwrap()
}

/// Cells in a folder of their own, which goes when they are not needed any more.
fn cells(prepared: &Prepared) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cells.parquet");
    let target = CellsTarget::File(path.clone());
    make_cells(prepared, None, &target, &inclusion::untold, &mut |_| {}).unwrap();
    (folder, path)
}

fn equal(direct: &Prepared, again: &Prepared) {
    let (_folder, path) = cells(direct);
    let rows = walk(direct, &inclusion::untold).unwrap();
    let sums = walk_cells(again, &[path], &inclusion::untold).unwrap();
    assert_eq!(rows.diagnostics, sums.diagnostics);
    for (rows, sums) in rows.samples.iter().zip(&sums.samples) {
        assert_eq!((&rows.id, rows.rows, &rows.sources), (&sums.id, sums.rows, &sums.sources));
    }
    assert_eq!(rows.publishable.rows(), sums.publishable.rows());
    let (rows, sums) = (annex(direct, &rows).unwrap(), annex(again, &sums).unwrap());
    assert!(rows.files.len() >= 3);
    assert!(rows.files == sums.files, "a file of the annex differs");
}

#[test]
fn tic_2015_from_cells_is_tic_2015_from_rows() {
    let Some(_) = shared::folder("cetic-tic-domicilios") else { return };
    for study in ["tic/2015.toml", "tic/2015-households.toml"] {
        let study = prepared(study, |text| text);
        equal(&study, &study);
    }
}

#[test]
fn cells_serve_studies_with_other_breakdowns_of_the_same_concepts() {
    let Some(_) = shared::folder("cetic-tic-domicilios") else { return };
    let finest =
        |text: String| text.replace("\"sex * tic_age\"]", "\"sex * urbanisation * tic_age\"]");
    let (fine, coarse) =
        (prepared("tic/2015.toml", finest), prepared("tic/2015.toml", |text| text));
    let (_folder, path) = cells(&fine);
    let rows = walk(&coarse, &inclusion::untold).unwrap();
    let sums = walk_cells(&coarse, &[path], &inclusion::untold).unwrap();
    assert_eq!(rows.publishable.rows(), sums.publishable.rows());
}
