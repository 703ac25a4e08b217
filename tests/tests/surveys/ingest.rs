//! Real survey files through their recipes, up to the harmonised rows.

use crate::shared;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Int16Type};
use inclusion_ingest::{Harmonised, Options, Request, open};
use inclusion_registry::{Recipe, Registry};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn request<'a>(
    recipe: &'a Recipe,
    registry: &'a Registry,
    files: &[(&str, PathBuf)],
    concepts: &[&str],
) -> Request<'a> {
    let mut by_role: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (role, path) in files {
        by_role.entry(role.to_string()).or_default().push(path.clone());
    }
    Request {
        recipe,
        registry,
        files: by_role,
        concepts: concepts.iter().map(|c| c.to_string()).collect(),
        options: Options::default(),
        progress: None,
    }
}

fn all(harmonised: &Harmonised<'_>) -> RecordBatch {
    let mut batches = Vec::new();
    for unit in 0..harmonised.units() {
        harmonised
            .read(unit, &mut |batch| {
                batches.push(batch);
                Ok(())
            })
            .unwrap();
    }
    arrow::compute::concat_batches(&harmonised.schema(), &batches).unwrap()
}

/// Weighted share of the rows in which a category has one of the codes, among the rows of a filter.
fn share(rows: &RecordBatch, concept: &str, code: &[i16], filter: &dyn Fn(usize) -> bool) -> f64 {
    let weight = rows["_weight"].as_primitive::<Float64Type>();
    let values = rows[concept].as_primitive::<Int16Type>();
    let (mut part, mut whole) = (0.0, 0.0);
    for row in (0..rows.num_rows()).filter(|r| filter(*r)) {
        whole += weight.value(row);
        if code.contains(&values.value(row)) {
            part += weight.value(row);
        }
    }
    part / whole
}

fn code(registry: &Registry, concept: &str, id: &str) -> i16 {
    registry.concepts[concept].index_of(id).unwrap()
}

#[test]
fn tic_domicilios_gives_the_reference_shares_after_the_join_with_households() {
    let Some(folder) = shared::folder("cetic-tic-domicilios") else { return };
    let registry = Registry::builtin().unwrap();
    // R survey 4.1.1 on the same files; the UN SDG database publishes them to five decimals, the
    // women's share of 2015 as 85.45883.
    let reference = [
        ("2015", 0.583279513587986, 0.854588231512649, 0.821958678309193),
        ("2016", 0.608725400849772, 0.839455250959286, 0.817576463499472),
    ];
    for (year, users, women, men) in reference {
        let recipe = &registry.recipes[&format!("tic-domicilios/{year}")];
        let file = |kind: &str| {
            folder.join(format!("raw/ticdom_{year}_{kind}_base_de_microdados_v1.0.csv.gz"))
        };
        let files = [("persons", file("individuos")), ("households", file("domicilios"))];
        let concepts =
            ["age", "age_group", "internet_use", "mobile_ownership", "sex", "urbanisation"];
        let harmonised = open(request(recipe, &registry, &files, &concepts)).unwrap();
        let rows = all(&harmonised);
        assert_eq!(rows.num_rows(), if year == "2015" { 20_397 } else { 20_722 });
        let used = code(&registry, "internet_use", "3m");
        let internet = share(&rows, "internet_use", &[used], &|_| true);
        assert!((internet - users).abs() < 1e-12, "{year}: {internet}");
        let own = code(&registry, "mobile_ownership", "yes");
        let sex = rows["sex"].as_primitive::<Int16Type>();
        for (id, expected) in [("F", women), ("M", men)] {
            let only = code(&registry, "sex", id);
            let owners = share(&rows, "mobile_ownership", &[own], &|r| sex.value(r) == only);
            assert!((owners - expected).abs() < 1e-12, "{year} {id}: {owners}");
        }
        let log = harmonised.log();
        assert!(log.iter().all(|e| e.code != "unmatched_rows"), "{log:?}");
        let unused = log.iter().find(|e| e.code == "unused_rows").unwrap();
        assert_eq!(unused.count, if year == "2015" { 23_465 - 20_397 } else { 23_721 - 20_722 });
        let sources = harmonised.sources();
        assert_eq!(sources.len(), 2);
        assert!(sources.iter().all(|s| s.sha256.len() == 64 && s.rows > 20_000), "{sources:?}");
    }
}

#[test]
fn findex_women_have_the_published_share_of_accounts() {
    let Some(folder) = shared::folder("findex-philippines-2021") else { return };
    let registry = Registry::builtin().unwrap();
    let recipe = &registry.recipes["findex/2021"];
    let files = [(recipe.rows.as_str(), folder.join("micro_world_PHL_2021.csv"))];
    let harmonised = open(request(recipe, &registry, &files, &["account", "sex"])).unwrap();
    let rows = all(&harmonised);
    let sex = rows["sex"].as_primitive::<Int16Type>();
    let women = code(&registry, "sex", "F");
    let yes = code(&registry, "account", "yes");
    let found = 100.0 * share(&rows, "account", &[yes], &|r| sex.value(r) == women);
    assert!((found - 47.41881).abs() < 0.000_005, "{found}");
    assert_eq!(rows.num_rows(), 1000);
}

#[test]
fn one_survey_in_four_formats_gives_identical_rows() {
    let Some(folder) = shared::folder("dhs-model-women") else { return };
    let registry = Registry::builtin().unwrap();
    let recipe = &registry.recipes["dhs/model-women"];
    let concepts = [
        "age",
        "education_3",
        "hh_electricity",
        "hh_tv",
        "region",
        "sex",
        "urbanisation",
        "wealth_quintile",
    ];
    let mut tables = Vec::new();
    for extension in ["dta", "zsav", "parquet", "arrow"] {
        let files = [(recipe.rows.as_str(), folder.join(format!("zzir_v0_v1_subset.{extension}")))];
        let harmonised = open(request(recipe, &registry, &files, &concepts)).unwrap();
        tables.push((extension, all(&harmonised)));
    }
    let (_, first) = &tables[0];
    assert_eq!(first.num_rows(), 8348);
    for (extension, table) in &tables[1..] {
        assert_eq!(table.schema(), first.schema(), "{extension}");
        for (field, (a, b)) in
            first.schema().fields().iter().zip(first.columns().iter().zip(table.columns()))
        {
            assert_eq!(a, b, "{} of {extension}", field.name());
        }
    }
    let tv = code(&registry, "hh_tv", "yes");
    let share = share(first, "hh_tv", &[tv], &|_| true);
    assert!((share - 0.221_634_105_265_515_05).abs() < 1e-12, "{share}");
    let psu: std::collections::BTreeSet<i64> =
        first["_psu"].as_primitive::<arrow::datatypes::Int64Type>().iter().flatten().collect();
    assert_eq!(psu.len(), 217);
    assert_eq!(first["_stratum"].null_count(), 0);
}

#[test]
fn a_stata_file_shows_its_labels_and_its_negative_missing_codes() {
    let Some(folder) = shared::folder("anes-2020-dta") else { return };
    let path = folder.join("anes_2020_stata_example.dta");
    let found = inclusion_ingest::inspect(&path, &Options::default()).unwrap();
    assert!(found.format.starts_with("Stata 11"), "{}", found.format);
    assert_eq!((found.rows, found.columns.len()), (7453, 44));
    let column = |name: &str| found.columns.iter().find(|c| c.name == name).unwrap();
    let sex = column("V201600");
    assert!(sex.label.is_some());
    let labels: BTreeMap<&str, &str> =
        sex.values.iter().filter_map(|(v, l, _)| Some((v.as_str(), l.as_deref()?))).collect();
    assert!(labels["-9"].contains("Refused"), "{labels:?}");
    assert!(labels["1"].contains("Male") && labels["2"].contains("Female"), "{labels:?}");
    assert_eq!(sex.values.iter().chain(&sex.missing).map(|v| v.2).sum::<u64>(), 7453);
    let weight = column("V200010b");
    assert_eq!(weight.kind, "number");
    let (low, high) = weight.range.unwrap();
    assert!(low > 0.0 && high < 100.0, "{low} {high}");
}

#[test]
fn the_same_rows_come_out_whatever_thread_reads_them_and_however_often() {
    let Some(folder) = shared::folder("dhs-model-women") else { return };
    let registry = Registry::builtin().unwrap();
    let recipe = &registry.recipes["dhs/model-women"];
    let files = [(recipe.rows.as_str(), folder.join("zzir_v0_v1_subset.arrow"))];
    let harmonised = open(request(recipe, &registry, &files, &["age", "sex"])).unwrap();
    let first = all(&harmonised);
    let log = harmonised.log();
    let again: Vec<RecordBatch> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2).map(|_| scope.spawn(|| all(&harmonised))).collect();
        readers.into_iter().map(|r| r.join().unwrap()).collect()
    });
    assert!(again.iter().all(|rows| *rows == first));
    assert_eq!(harmonised.log(), log);
}
