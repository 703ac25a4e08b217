//! The reference data beside the project, and the areas that they name.

#![allow(dead_code, reason = "each test file uses its part")]

use inclusion_series::{
    AreaKind, AreaList, AreaRef, Observation, Options, Series, SeriesRecipe, UnknownArea,
};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The folder of a data set, or `None` with a loud line where it is not there.
///
/// Panics where the gate says that a skip is a failure.
pub fn folder(data_set: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(data_set);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip",
        folder.display()
    );
    eprintln!("SKIPPED: this test needs {}, which is not there", folder.display());
    None
}

/// Rows of a delimited file as header and fields.
pub fn rows(path: &Path, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().iter().map(|c| c.trim().to_string()).collect();
    let all = reader.records().map(|r| r.unwrap().iter().map(str::to_string).collect()).collect();
    (header, all)
}

/// Countries by alpha-3, M49 and English names; groups by M49.
static AREAS: LazyLock<Option<AreaList>> = LazyLock::new(|| {
    let reference = folder("country-reference")?;
    let mut areas = AreaList::default();
    let (header, countries) = rows(&reference.join("country-codes.csv"), b',');
    let at = |name: &str| header.iter().position(|c| c == name).unwrap();
    let columns = [
        "ISO3166-1-Alpha-3",
        "ISO3166-1-Alpha-2",
        "M49",
        "CLDR display name",
        "UNTERM English Short",
        "official_name_en",
        "UNTERM English Formal",
    ]
    .map(at);
    for row in &countries {
        let texts = columns.map(|c| row[c].clone());
        areas.add(AreaRef::country(&texts[0]), &texts);
    }
    areas.add(AreaRef::country("XKX"), ["XKX", "KSV", "KOS", "Kosovo"]);
    let (_, groups) = rows(&folder("un-sdg-ddf-2020")?.join("entities_geo_area.csv"), b',');
    for row in &groups {
        // A code that no country has is a region or group of the United Nations.
        let known = areas.resolve(&row[0]).ok().cloned();
        areas.add(known.unwrap_or_else(|| AreaRef::group(format!("M49:{}", row[0]))), row);
    }
    Some(areas)
});

/// The areas as a resolver.
pub fn resolve(text: &str) -> Result<AreaRef, Vec<String>> {
    let areas = AREAS.as_ref().expect("invariant: the folder of the test is there");
    areas.resolve(text).cloned().map_err(|UnknownArea { near, .. }| near)
}

/// Reads a file by a built-in recipe; an error becomes its message.
pub fn read_with(recipe: &str, path: &Path, options: &Options) -> Result<Series, String> {
    let recipes = SeriesRecipe::builtin().map_err(|e| e.to_string())?;
    inclusion_series::read(path, &recipes[recipe], &resolve, options).map_err(|e| e.to_string())
}

/// Reads a file by a built-in recipe, which must succeed.
pub fn read(recipe: &str, path: &Path) -> Series {
    read_with(recipe, path, &Options::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// Number of observations of a kind of area.
pub fn of_kind(series: &Series, kind: AreaKind) -> usize {
    series.observations.iter().filter(|o| o.area_kind == kind).count()
}

/// The one observation of an area, period, sex and, where given, a breakdown.
pub fn find<'a>(
    series: &'a Series,
    area: &str,
    time: &str,
    sex: &str,
    more: &[&str],
) -> &'a Observation {
    let fits = |o: &&Observation| {
        let codes: Vec<&str> = o.breakdowns.values().map(|c| &**c).collect();
        *o.ref_area == *area && *o.time_period == *time && *o.sex == *sex && codes == more
    };
    let found: Vec<&Observation> = series.observations.iter().filter(fits).collect();
    let [one] = found[..] else { panic!("{} of {area} {time} {sex} {more:?}", found.len()) };
    one
}

/// Statuses of an observation.
pub fn statuses(o: &Observation) -> Vec<&str> {
    o.obs_status.iter().map(|s| &**s).collect()
}

/// Options that set codes for the run.
pub fn run(pairs: &[(&str, &str)]) -> Options {
    let set = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    Options { set, ..Options::default() }
}
