//! Whatever files of survey rows hold: what their reader notices, and what the design brings about, is told in
//! every language.

use super::{TITLE, codes_in, folder, in_three_languages, inclusion, languages, stderr};
use arrow::compute::concat_batches;
use inclusion_ingest::{Labels, write_spss};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeSet;
use std::path::Path;

/// Texts of the study's own registry; a user translates them in the study.
const OWN: [&str; 7] = [
    "individuals aged 10 and over of a made-up country",
    "children were not asked",
    "Hours online a week",
    "users who are women or 15 and over",
    "hours online in a week",
    "are online",
    "last 3 months",
];

/// Lines by which a user translates them.
fn translations() -> String {
    let mut text = String::new();
    for (code, word) in [("fr", "texte propre"), ("ar", "نص خاص")] {
        text += &format!("\n[translations.{code}]\n");
        for (at, own) in OWN.iter().enumerate() {
            text += &format!("\"{own}\" = \"{word} {at}\"\n");
        }
    }
    text
}

/// The small survey of the scripts in a folder of its own, with these changes of its recipe.
fn small(folder: &Path, changes: &[(&str, &str)]) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reproduce");
    // Names of surveys and sources are quoted: here they are in no language.
    let read = |name: &str| {
        let text = std::fs::read_to_string(from.join(name)).expect("a file of the survey");
        text.replace("the tests", "INE").replace("A small survey", "INE 1")
    };
    let write = |name: &str, text: String| {
        let to = folder.join(name);
        std::fs::create_dir_all(to.parent().expect("its folder")).expect("a folder");
        std::fs::write(to, text).expect("a file of the survey");
    };
    for name in ["people.csv", "homes.csv", "registry/indicators/SMALL-HOURS.toml"] {
        write(name, read(name));
    }
    let mut recipe = read("registry/recipes/small.toml");
    for (from, to) in changes {
        assert!(recipe.contains(from), "the recipe has {from}");
        recipe = recipe.replacen(from, to, 1);
    }
    write("registry/recipes/small.toml", recipe);
}

/// A survey's rows with other cells in a column of some of them.
fn with_cells(folder: &Path, to: &str, change: impl Fn(usize, &mut Vec<String>)) {
    let text = std::fs::read_to_string(folder.join("people.csv")).expect("the survey");
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let mut cells: Vec<String> = line.split(';').map(str::to_string).collect();
        if at > 0 {
            change(at, &mut cells);
        }
        out += &(cells.join(";") + "\n");
        // A line left blank between the rows.
        if at == 5 {
            out.push('\n');
        }
    }
    std::fs::write(folder.join(to), out).expect("the survey");
}

/// Codes that a page of a study gives what was decided.
fn told(page: &str) -> BTreeSet<String> {
    let code = |line: &str| {
        line.strip_suffix(" |").and_then(|l| l.rsplit(" | ").next().map(str::to_string))
    };
    page.lines().filter(|line| line.starts_with('|')).filter_map(code).collect()
}

/// What the reader of rows notices here; `column_type_differs` and `user_missing` have tests of their own.
const READ: [&str; 6] = [
    "blank_lines",
    "constant_weight",
    "quantile_limits",
    "rows_excluded",
    "unmatched_rows",
    "unused_rows",
];

#[test]
fn what_the_reader_of_rows_notices_is_told_in_every_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    small(
        folder.path(),
        &[
            ("[design]\n", "[concept.income]\ncolumn = \"age\"\n\n[design]\n"),
            ("on = { home = \"id\" }\n", "on = { home = \"id\" }\nunmatched = \"keep\"\n"),
        ],
    );
    let homes = std::fs::read_to_string(folder.path().join("homes.csv")).expect("the homes");
    let homes = homes.replacen("001;country\n", "901;country\n902;town\n", 1);
    for id in ["first", "second"] {
        std::fs::write(folder.path().join(format!("{id}-homes.csv")), &homes).expect("the homes");
    }
    // A child, a row of weight 0 and one without age; then a survey in which all weigh the same.
    with_cells(folder.path(), "first.csv", |at, cells| match at {
        3 => cells[7] = "4".to_string(),
        9 => cells[5] = "0".to_string(),
        11 => cells[7] = "999".to_string(),
        _ => {}
    });
    with_cells(folder.path(), "second.csv", |_, cells| cells[5] = "1".to_string());
    let survey = |id: &str, year: &str| {
        format!(
            "[[survey]]\nid = \"{id}\"\nrecipe = \"small/1\"\ntime_period = \"{year}\"\n\
             files = {{ people = \"{id}.csv\", homes = \"{id}-homes.csv\" }}\n\
             population = {{ F = 5100, M = 4900, source = \"INE\" }}\n\n"
        )
    };
    let study = format!(
        "[study]\ntitle = \"Digital inclusion of women and men worldwide\"\nregistry = \"registry\"\n\
         languages = [\"en\", \"fr\", \"ar\"]\n\n{}{}[estimate]\n\
         indicators = [\"HH7\", \"HH12-DAILY-USERS\", \"SMALL-HOURS\"]\n\
         by = [\"sex\", \"sex * age_group\", \"urbanisation\", \"income_quintile_person\", \"region\"]\n\
         measures = [\"gap\", \"relative_gap\", \"parity\", \"adjusted_parity\", \"headcount\"]\n\n\
         [disclosure]\nprofile = \"open\"\n{}",
        survey("first", "2024"),
        survey("second", "2025"),
        translations()
    );
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let pages = in_three_languages(folder.path());
    for page in &pages {
        let told = told(page);
        for code in READ {
            assert!(told.contains(code), "{code} is not told: {told:?}");
        }
        for code in ["zero_weight", "breakdown_not_stated", "breakdown_unavailable"] {
            assert!(told.contains(code), "{code} is not told: {told:?}");
        }
    }
    // Answers that several columns give are put in signs, and why one is missing in words.
    assert!(pages[2].contains("online = 8 → لا أعرف"), "{}", pages[2]);
}

#[test]
fn parts_of_a_survey_in_different_types_are_told_in_every_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, format) in [("a", "csv"), ("b", "parquet")] {
        let args = ["synth", name, "--rows", "2000", "--format", format];
        let output = inclusion(folder.path(), &args);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    // Other persons in other sampling units than those of the second part.
    let first = folder.path().join("a/ict_survey.csv");
    let text = std::fs::read_to_string(&first).expect("the first part");
    let own: Vec<usize> = ["household_id", "psu"]
        .iter()
        .filter_map(|id| text.lines().next()?.split(',').position(|column| column == *id))
        .collect();
    assert_eq!(own.len(), 2);
    let apart = |(at, line): (usize, &str)| {
        let cell = |(place, cell): (usize, &str)| match at > 0 && own.contains(&place) {
            true => format!("1000000{cell}"),
            false => cell.to_string(),
        };
        line.split(',').enumerate().map(cell).collect::<Vec<_>>().join(",") + "\n"
    };
    let text: String = text.lines().enumerate().map(apart).collect();
    std::fs::write(&first, text).expect("the first part");
    let study = "[study]\ntitle = \"Digital inclusion of women and men in Tamoria\"\n\
                 languages = [\"en\", \"fr\", \"ar\"]\n\n[[survey]]\nid = \"tamoria-2024\"\n\
                 area_name = \"Tamoria\"\nrecipe = \"synthetic/ict\"\n\
                 files = { persons = [\"a/ict_survey.csv\", \"b/ict_survey.parquet\"] }\n\n\
                 [estimate]\nindicators = [\"HH7\", \"HOURS-ONLINE\"]\nby = [\"sex\", \"sex * urbanisation\"]\n\n\
                 [disclosure]\nprofile = \"statcan\"\n";
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    for page in in_three_languages(folder.path()) {
        let told = told(&page);
        assert!(
            told.contains("column_type_differs") && told.contains("draft_indicator"),
            "{told:?}"
        );
    }
}

#[test]
fn what_a_file_itself_declares_missing_is_told_in_every_language() {
    let folder = folder(&[(TITLE, &languages("\"en\", \"fr\", \"ar\"")), (".parquet", ".sav")]);
    let rows = std::fs::File::open(folder.path().join("ict_survey.parquet")).expect("the survey");
    let rows = ParquetRecordBatchReaderBuilder::try_new(rows).expect("Parquet");
    let schema = rows.schema().clone();
    let batches: Vec<_> =
        rows.build().expect("Parquet").map(|batch| batch.expect("rows")).collect();
    let batch = concat_batches(&schema, &batches).expect("one batch");
    let missing = [("age".to_string(), vec![999.0])].into();
    let labels = Labels { missing, ..Labels::default() };
    write_spss(&folder.path().join("ict_survey.sav"), &batch, &labels).expect("the file");
    for page in in_three_languages(folder.path()) {
        let declared = page.lines().find(|line| line.ends_with("| user_missing |"));
        assert!(declared.is_some_and(|line| line.contains("999")), "{page}");
    }
}

#[test]
fn every_code_of_the_reader_of_rows_is_brought_about_here() {
    let codes = codes_in("../ingest/src", &["code: ", ".note("]);
    let mut known: BTreeSet<String> = READ.iter().map(|code| code.to_string()).collect();
    known.insert("column_type_differs".to_string());
    // The estimation tells of rows of weight 0 in the place of the reader.
    known.insert("zero_weight".to_string());
    known.insert("user_missing".to_string());
    let without: Vec<&String> = codes.difference(&known).collect();
    assert!(without.is_empty(), "no file here raises {without:?}: add one");
}
