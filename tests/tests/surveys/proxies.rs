//! An approximation is footnoted wherever it is printed: every built-in recipe's proxies, from raw
//! rows made of the recipe's own codes to every output.

use arrow::array::{Array, AsArray};
use calamine::Reader;
use inclusion::Study;
use inclusion_registry::{Availability, Mapping, RawTest, Recipe, Registry};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

/// Enough that no group is withheld.
const ROWS: usize = 2000;

/// A number that has no pattern in the row and the place.
fn draw(row: usize, place: usize, below: usize) -> usize {
    let mut x = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (place as u64) << 17;
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) % below as u64) as usize
}

/// Indicators that the recipe gives approximately, with the note.
fn proxies(registry: &Registry, recipe: &Recipe) -> BTreeMap<String, String> {
    let note = |availability| match availability {
        Availability::Proxy(note) => Some(note),
        Availability::Available | Availability::Unavailable(_) => None,
    };
    registry
        .indicators
        .values()
        .filter_map(|i| Some((i.id.clone(), note(registry.availability(recipe, i))?)))
        .collect()
}

/// The cells of one row of the rows' file, and of its match in each joined file, by role.
fn row(recipe: &Recipe, mappings: &[&Mapping], row: usize) -> BTreeMap<(String, String), String> {
    let mut cells: BTreeMap<(String, String), String> = BTreeMap::new();
    let rows = recipe.rows.as_str();
    let mut put = |role: &str, column: &str, value: String| {
        cells.insert((role.to_string(), column.to_string()), value);
    };
    for (place, mapping) in mappings.iter().enumerate() {
        let role = mapping.file.as_deref().unwrap_or(rows);
        if let Some(column) = &mapping.column {
            let values: Vec<&String> = mapping.map.keys().collect();
            // A number has no map.
            let value = match values.len() {
                0 => "30".to_string(),
                n => values[draw(row, place, n)].clone(),
            };
            put(role, column, value);
        }
        for column in mapping.cases.iter().flat_map(|case| case.when.keys()) {
            put(role, column, String::new());
        }
        let cases: Vec<_> = mapping.cases.iter().filter(|case| !case.when.is_empty()).collect();
        if !cases.is_empty() {
            for (column, test) in &cases[draw(row, place, cases.len())].when {
                let value = match test {
                    RawTest::Values(values) => values[0].clone(),
                    RawTest::Range { min, max } => {
                        min.or(*max).map(|end| end.to_string()).unwrap_or_default()
                    }
                };
                put(role, column, value);
            }
        }
    }
    for keep in &recipe.keep {
        let value = keep.values.first().cloned();
        let end = keep.min.or(keep.max).map(|end| end.to_string());
        put(rows, &keep.column, value.or(end).unwrap_or_default());
    }
    put(rows, &recipe.design.weight.as_ref().expect("a weight").column, "1".to_string());
    for column in &recipe.design.stratum {
        put(rows, column, "1".to_string());
    }
    for column in &recipe.design.psu {
        put(rows, column, (row % 20 + 1).to_string());
    }
    for column in &recipe.key {
        put(rows, column, (row + 1).to_string());
    }
    for join in &recipe.joins {
        for (own, other) in &join.on {
            put(rows, own, (row + 1).to_string());
            put(&join.file, other, (row + 1).to_string());
        }
    }
    cells
}

/// Writes the files of a recipe and a study of its proxies.
fn write_study(registry: &Registry, recipe: &Recipe, folder: &Path) -> Study {
    let ids: Vec<String> = proxies(registry, recipe).into_keys().collect();
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for id in &ids {
        let indicator = registry.resolve(recipe, &registry.indicators[id]);
        needed.extend(registry.needs(registry.indicator_concepts(&indicator)));
    }
    needed.insert("sex".to_string());
    let mappings: Vec<&Mapping> =
        needed.iter().filter_map(|concept| recipe.concepts.get(concept)).collect();
    let rows: Vec<_> = (0..ROWS).map(|i| row(recipe, &mappings, i)).collect();
    let mut files = String::new();
    for (role, spec) in &recipe.files {
        let delimiter = spec.delimiter.unwrap_or(',').to_string();
        let columns: Vec<&String> =
            rows[0].keys().filter(|(r, _)| r == role).map(|(_, column)| column).collect();
        let mut text = columns.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(&delimiter);
        text.push('\n');
        for cells in &rows {
            let line: Vec<&str> = columns
                .iter()
                .map(|column| cells[&(role.clone(), (*column).clone())].as_str())
                .collect();
            writeln!(text, "{}", line.join(&delimiter)).expect("a string");
        }
        std::fs::write(folder.join(format!("{role}.csv")), text).expect("a file");
        write!(files, "{role} = \"{role}.csv\", ").expect("a string");
    }
    let study = format!(
        "[study]\ntitle = \"Proxies\"\n[[survey]]\nid = \"s\"\nref_area = \"XXA\"\n\
         time_period = \"2020\"\nrecipe = \"{}\"\nfiles = {{ {} }}\n\
         [estimate]\nindicators = {ids:?}\n",
        recipe.id,
        files.trim_end_matches(", ")
    );
    let path = folder.join("study.toml");
    Study::parse(&path, study).unwrap_or_else(|e| panic!("{}: {e}", recipe.id))
}

/// Indicator and note of every row that has a value of the indicator; how many did not answer is not
/// approximated.
fn notes_of_csv(bytes: &[u8]) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let (indicator, value, note) = (at("INDICATOR"), at("OBS_VALUE"), at("COMMENT_OBS"));
    let measure = at("MEASURE");
    reader
        .records()
        .map(|record| record.expect("a record"))
        .filter(|record| !record[value].is_empty() && &record[measure] != "NONRESPONSE")
        .map(|record| (record[indicator].to_string(), record[note].to_string()))
        .collect()
}

fn notes_of_parquet(bytes: &[u8]) -> Vec<(String, String)> {
    let bytes = arrow::buffer::Buffer::from(bytes.to_vec());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("estimates.parquet");
    std::fs::write(&path, bytes.as_slice()).expect("a file");
    let file = std::fs::File::open(&path).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a Parquet file");
    let mut notes = Vec::new();
    for batch in reader.build().expect("a reader") {
        let batch = batch.expect("a batch");
        let text = |name: &str| batch.column_by_name(name).expect("a column").as_string::<i32>();
        let values = batch.column_by_name("OBS_VALUE").expect("a column");
        let (indicator, note) = (text("INDICATOR"), text("COMMENT_OBS"));
        let measure = text("MEASURE");
        let shown = |row: &usize| values.is_valid(*row) && measure.value(*row) != "NONRESPONSE";
        for row in (0..batch.num_rows()).filter(shown) {
            let note = if note.is_valid(row) { note.value(row) } else { "" };
            notes.push((indicator.value(row).to_string(), note.to_string()));
        }
    }
    notes
}

/// The text of every sheet that speaks of a name.
fn sheets_with(bytes: &[u8], name: &str) -> Vec<String> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheets: Vec<String> = book.sheet_names().to_vec();
    sheets
        .into_iter()
        .map(|sheet| {
            let range = book.worksheet_range(&sheet).expect("a sheet");
            let cells = range.rows().flatten().map(|cell| cell.to_string());
            cells.collect::<Vec<_>>().join("\n")
        })
        .filter(|text| text.lines().next().is_some_and(|title| title.contains(name)))
        .collect()
}

#[test]
fn every_proxy_of_every_recipe_has_its_footnote_in_every_output() {
    let registry = Registry::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut recipes = 0;
    for recipe in registry.recipes.values() {
        let proxies = proxies(&registry, recipe);
        if proxies.is_empty() {
            continue;
        }
        recipes += 1;
        let folder = tempfile::tempdir().expect("a folder");
        let study = write_study(&registry, recipe, folder.path());
        let prepared = inclusion::prepare(study).unwrap_or_else(|e| panic!("{}: {e}", recipe.id));
        let walked = inclusion::walk(&prepared, &inclusion::untold)
            .unwrap_or_else(|e| panic!("{}: {e}", recipe.id));
        let rendered =
            inclusion::annex(&prepared, &walked).unwrap_or_else(|e| panic!("{}: {e}", recipe.id));
        let files: BTreeMap<&str, &[u8]> =
            rendered.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let data = [
            ("CSV", notes_of_csv(files["estimates.csv"])),
            ("Parquet", notes_of_parquet(files["estimates.parquet"])),
        ];
        let page = String::from_utf8_lossy(files["annex.html"]);
        let markdown = String::from_utf8_lossy(files["annex.md"]);
        for (id, note) in &proxies {
            let what = format!("{} from {}", id, recipe.id);
            for (format, notes) in &data {
                let own: Vec<&str> =
                    notes.iter().filter(|(i, _)| i == id).map(|(_, note)| note.as_str()).collect();
                assert!(!own.is_empty(), "{what}: no figure in {format}");
                assert!(own.iter().all(|n| n.contains(note)), "{what}: {format}: {own:?}");
            }
            // Each table stands between its title and the next; its notes with it.
            let name = &registry.indicators[id].name;
            for (format, text, title) in
                [("Markdown", &markdown, "**Table"), ("HTML", &page, "<caption")]
            {
                let tables: Vec<&str> = text
                    .split(title)
                    .skip(1)
                    .filter(|part| {
                        let head = part.split("</caption>").next().unwrap_or_default();
                        head.lines().next().is_some_and(|line| line.contains(name.as_str()))
                    })
                    .collect();
                assert!(!tables.is_empty(), "{what}: no table in {format}");
                assert!(tables.iter().all(|t| t.contains(note)), "{what}: {format}: {tables:?}");
            }
            let sheets = sheets_with(files["annex.xlsx"], name);
            assert!(!sheets.is_empty(), "{what}: no sheet");
            assert!(sheets.iter().all(|sheet| sheet.contains(note)), "{what}: {sheets:?}");
        }
    }
    assert!(recipes >= 6, "only {recipes} recipes have a proxy");
}
