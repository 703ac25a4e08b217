//! Every agreed indicator's recode, row by row: `cases/*.md`.
//!
//! A case holds prose (why the rule is as it is), a `toml` block (a recipe's id, or a recipe
//! inline, and the indicators), one `csv` block for each file of the recipe, and one named
//! `expected` with a column for each indicator and a line for each row: `1` in the base with the
//! property, `0` in the base without it, `.` not in the base.

use arrow::array::RecordBatch;
use inclusion_ingest::{Options, Request};
use inclusion_registry::{Availability, Recipe, Registry, Statistic, Status};
use inclusion_survey::{Classified, PlannedIndicator, classify};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The `toml` block.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setup {
    recipe: Option<String>,
    inline: Option<Recipe>,
    indicators: Vec<String>,
}

/// One file of `cases/`.
struct Case {
    name: String,
    setup: Setup,
    files: BTreeMap<String, String>,
    expected: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    paths.iter().map(|path| read_case(path)).collect()
}

fn read_case(path: &Path) -> Case {
    let text = fs::read_to_string(path).expect("a case");
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let (mut setup, mut expected, mut files) = (None, None, BTreeMap::new());
    let mut fence: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info.trim().to_string(), String::new())),
            (None, None) => {}
            (Some((_, body)), None) => {
                body.push_str(line);
                body.push('\n');
            }
            (Some(_), Some(_)) => {
                let (info, body) = fence.take().expect("an open block");
                match info.split_once(' ').unwrap_or((&info, "")) {
                    ("toml", "") => {
                        setup =
                            Some(toml::from_str(&body).unwrap_or_else(|e| panic!("{name}: {e}")));
                    }
                    ("csv", "expected") => expected = Some(body),
                    ("csv", role) if !role.is_empty() => {
                        files.insert(role.to_string(), body);
                    }
                    _ => panic!("{name}: a block is `toml`, `csv ROLE` or `csv expected`: {info}"),
                }
            }
        }
    }
    Case {
        setup: setup.unwrap_or_else(|| panic!("{name}: no toml block")),
        expected: expected.unwrap_or_else(|| panic!("{name}: no expected block")),
        files,
        name,
    }
}

/// The column of each indicator as text, one letter a row.
fn expected_columns(case: &Case) -> BTreeMap<String, String> {
    let mut lines = case.expected.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let mut columns: BTreeMap<String, String> =
        header.iter().map(|id| (id.to_string(), String::new())).collect();
    for line in lines {
        let values: Vec<&str> = line.split(',').collect();
        assert_eq!(values.len(), header.len(), "{}: {line}", case.name);
        for (id, value) in header.iter().zip(values) {
            assert!(["0", "1", "."].contains(&value), "{}: {value}", case.name);
            columns.get_mut(*id).expect("a column").push_str(value);
        }
    }
    columns
}

fn letter(row: &Classified) -> char {
    match (row.in_base, row.in_numerator) {
        (true, true) => '1',
        (true, false) => '0',
        (false, _) => '.',
    }
}

/// The columns that the program gives.
fn actual_columns(case: &Case, registry: &Registry) -> BTreeMap<String, String> {
    let recipe = match (&case.setup.recipe, &case.setup.inline) {
        (Some(id), None) => {
            registry.recipes.get(id).unwrap_or_else(|| panic!("{}: no recipe {id}", case.name))
        }
        (None, Some(recipe)) => recipe,
        _ => panic!("{}: either `recipe` or `inline`", case.name),
    };
    let mut wanted = BTreeSet::new();
    let mut planned = Vec::new();
    for id in &case.setup.indicators {
        let indicator =
            registry.indicators.get(id).unwrap_or_else(|| panic!("{}: no {id}", case.name));
        let proxy = match registry.availability(recipe, indicator) {
            Availability::Available => None,
            Availability::Proxy(note) => Some(note),
            Availability::Unavailable(reason) => panic!("{}: {id}: {reason}", case.name),
        };
        let indicator = registry.resolve(recipe, indicator);
        let needs = registry.indicator_concepts(&indicator);
        wanted.extend(needs.into_iter().map(str::to_string));
        planned.push(PlannedIndicator { indicator, proxy });
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = BTreeMap::new();
    for (role, text) in &case.files {
        let path = folder.path().join(format!("{role}.csv"));
        fs::write(&path, text).expect("a file");
        files.insert(role.clone(), vec![path]);
    }
    let request = Request {
        recipe,
        registry,
        files,
        concepts: wanted.into_iter().collect(),
        options: Options::default(),
        progress: None,
    };
    let rows = inclusion_ingest::open(request).unwrap_or_else(|e| panic!("{}: {e}", case.name));
    let mut batches: Vec<RecordBatch> = Vec::new();
    for unit in 0..rows.units() {
        rows.read(unit, &mut |batch| {
            batches.push(batch);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{}: {e}", case.name));
    }
    let concepts = registry.concepts_for(recipe);
    planned
        .iter()
        .map(|indicator| {
            let column = batches
                .iter()
                .flat_map(|batch| {
                    classify(batch, indicator, &concepts)
                        .unwrap_or_else(|e| panic!("{}: {e}", case.name))
                })
                .map(|row| letter(&row))
                .collect();
            (indicator.indicator.id.clone(), column)
        })
        .collect()
}

#[test]
fn every_case_is_recoded_as_it_says() {
    let registry = Registry::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(!cases.is_empty());
    for case in &cases {
        let (expected, actual) = (expected_columns(case), actual_columns(case, &registry));
        assert!(expected.values().all(|column| !column.is_empty()), "{}: no rows", case.name);
        let ids: BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
        for id in ids {
            let (want, have) = (expected.get(id), actual.get(id));
            if want != have {
                wrong.push(format!("{}: {id}: expected {want:?}, got {have:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_agreed_indicator_of_survey_rows_has_a_case() {
    let registry = Registry::builtin().unwrap_or_else(|e| panic!("{e}"));
    let covered: BTreeSet<String> =
        cases().into_iter().flat_map(|case| case.setup.indicators).collect();
    let missing: Vec<&str> = registry
        .indicators
        .values()
        .filter(|i| i.status == Status::Agreed && i.statistic != Statistic::Published)
        .map(|indicator| indicator.id.as_str())
        .filter(|id| !covered.contains(*id))
        .collect();
    assert!(missing.is_empty(), "no case for {}", missing.join(", "));
}

#[test]
fn every_built_in_recipe_family_has_a_case() {
    let families: BTreeSet<String> = cases()
        .into_iter()
        .filter_map(|case| case.setup.recipe)
        .filter_map(|id| id.split('/').next().map(str::to_string))
        .collect();
    for family in ["tic-domicilios", "findex", "dhs", "mics6", "synthetic", "eph-tic"] {
        assert!(families.contains(family), "no case for {family}");
    }
}
