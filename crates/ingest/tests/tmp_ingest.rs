//! Real survey files through their recipes, up to the harmonised rows.

mod shared {
    pub fn folder(n: &str) -> Option<std::path::PathBuf> {
        Some(std::path::Path::new("/work/shared/data").join(n))
    }
}

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
fn tic_domicilios_gives_the_published_shares_after_the_join_with_households() {
    let Some(folder) = shared::folder("cetic-tic-domicilios") else { return };
    let registry = Registry::builtin().unwrap();
    for (year, users, women, men) in
        [("2015", 58.328, 85.45883, 82.19586), ("2016", 60.873, 83.94552, 81.75765)]
    {
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
        let internet = 100.0 * share(&rows, "internet_use", &[used], &|_| true);
        assert!((internet - users).abs() < 0.0005, "{year}: {internet}");
        let own = code(&registry, "mobile_ownership", "yes");
        let sex = rows["sex"].as_primitive::<Int16Type>();
        for (id, published) in [("F", women), ("M", men)] {
            let only = code(&registry, "sex", id);
            let owners =
                100.0 * share(&rows, "mobile_ownership", &[own], &|r| sex.value(r) == only);
            assert!((owners - published).abs() < 0.000_005, "{year} {id}: {owners}");
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
