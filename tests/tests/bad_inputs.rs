//! Bad delimited text, bad columnar and statistical files, bad designs: what a user is told.
//!
//! Each test is named by its row of the catalogue. Messages are asserted whole, because the message
//! is what the user gets.

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

#[test]
fn a01_a_row_with_a_field_too_few_names_its_line() {
    let text = "sex,age,weight\n1,30,1\n1,2\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3: row has 2 fields, header has 3; check for an unquoted delimiter",
    );
}

#[test]
fn a03_an_unclosed_quote_names_the_line_in_which_it_opens_and_stays_small() {
    let mut text = String::from("sex,age,weight\n1,30,1\n1,\"30,1\n");
    for _ in 0..1_000_000 {
        text.push_str("2,41,1\n");
    }
    refused(
        Case::new().text(text),
        "people.csv, line 3: the quote opened here is not closed within 1048576 bytes; close it or double it; the limit is 1048576 (max_field)",
    );
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,\"30,1\n2,3,4\n"),
        "people.csv, line 3: the quote opened here is never closed; close it or double it",
    );
}

#[test]
fn a05_a_byte_order_mark_is_dropped() {
    assert!(is_good(Case::new().text(format!("\u{feff}{GOOD}"))).is_empty());
}

#[test]
fn a06_utf_16_is_read_by_its_mark_unless_another_encoding_is_declared() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(GOOD.encode_utf16().flat_map(u16::to_le_bytes));
    is_good(Case::new().text(&bytes));
    let declared = |label: &str| {
        Case::new().with("[file.people]", &format!("[file.people]\nencoding = \"{label}\""))
    };
    is_good(declared("auto").text(&bytes));
    is_good(declared("utf-16").text(&bytes));
    refused(
        declared("utf-8").text(&bytes),
        "people.csv: the byte order mark says utf-16le, but `encoding = \"utf-8\"` is declared; declare `utf-16` or leave the encoding out",
    );
}

#[test]
fn a08_a_byte_that_is_not_utf_8_names_line_offset_and_value() {
    let text = b"sex,age,weight,name\n1,30,1.5,Rome\n2,41,2.5,C\xf4te d'Ivoire\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3: byte 44 (0xF4, in field 4, after `2,41,2.5,C`) is not UTF-8; if the file is Western European text set `encoding = \"latin-1\"` or `\"cp1252\"`",
    );
    for encoding in ["latin-1", "cp1252"] {
        is_good(
            Case::new()
                .with("[file.people]", &format!("[file.people]\nencoding = \"{encoding}\""))
                .text(text),
        );
    }
}

#[test]
fn a10_mixed_line_ends_give_the_same_rows() {
    for text in [
        "sex,age,weight\r\n1,30,1.5\r\n2,41,2.5\r\n",
        "sex,age,weight\r1,30,1.5\r2,41,2.5",
        "sex,age,weight\r\n1,30,1.5\n2,41,2.5\r",
    ] {
        assert!(is_good(Case::new().text(text)).is_empty());
    }
    let bad = "sex,age,weight\r\n1,30,1.5\r1,2\n";
    refused(
        Case::new().text(bad),
        "people.csv, line 3: row has 2 fields, header has 3; check for an unquoted delimiter",
    );
}

#[test]
fn a12_a_column_name_that_stands_twice_names_both_positions() {
    let text = "sex,weight,age,weight\n1,1,30,1\n";
    refused(
        Case::new().text(text),
        "people.csv: column `weight` occurs twice, as columns 2 and 4; rename one",
    );
}

#[test]
fn a14_a_file_without_rows_or_header_is_refused() {
    refused(Case::new().text(""), "people.csv: the file is empty: no header");
    refused(Case::new().text("\n\n"), "people.csv: the file has no text: no header");
    refused(
        Case::new().text("sex,age,weight\n"),
        "people.csv: no data rows: the file has only a header",
    );
}

#[test]
fn a15_blank_lines_are_noted_between_rows_and_ignored_at_the_end() {
    assert!(is_good(Case::new().text(format!("{GOOD}\n\n"))).is_empty());
    let log = is_good(Case::new().text("sex,age,weight\n1,30,1.5\n\n\n2,41,2.5\n"));
    assert_eq!((log[0].code.as_str(), log[0].line, log[0].count), ("blank_lines", Some(3), 2));
    assert_eq!(log[0].message, "2 blank lines between the rows were skipped");
}

#[test]
fn a17_a_declared_delimiter_that_does_not_occur_names_the_one_that_does() {
    let text = "sex;age;weight\n1;30;1.5\n2;41;2.5\n";
    refused(
        Case::new().with("[file.people]", "[file.people]\ndelimiter = \",\"").text(text),
        "people.csv, line 1: 1 column found; header contains ';' — set delimiter = \";\"",
    );
    is_good(Case::new().text(text));
}

#[test]
fn a19_thousands_separators_are_never_guessed() {
    let text = |w: &str| format!("sex,age,weight\n1,30,{w}\n");
    let message = |shown: &str, mark: &str| {
        format!(
            "people.csv, line 2, column 3 `weight`: value `{shown}` is not a number for the weight (recipe test/people); the decimal mark is `.` and {mark} stands in it; set `decimal` or `thousands` if that is how the file writes numbers; no missing codes are declared"
        )
    };
    refused(Case::new().text(text("\"1,234\"")), &message("1,234", "`,` U+002C"));
    refused(Case::new().text(text("1\u{202f}234")), &message("1\u{202f}234", "`\u{202f}` U+202F"));
    refused(Case::new().text(text("1'234")), &message("1'234", "`'` U+0027"));
    let declared = Case::new().with("[file.people]", "[file.people]\nthousands = \",\"");
    let (rows, _) = declared.text(text("\"1,234\"")).unwrap();
    assert_eq!(rows["_weight"].as_primitive::<Float64Type>().value(0), 1234.0);
}

#[test]
fn a22_digits_of_other_scripts_are_read_only_where_declared() {
    for (digits, codes) in [("٥٣", "U+0665 U+0663"), ("５３", "U+FF15 U+FF13")] {
        let text = format!("sex,age,weight\n1,{digits},1\n");
        refused(
            Case::new().text(&text),
            &format!(
                "people.csv, line 2, column 2 `age`: value `{digits}` is not a number for concept age (recipe test/people); it has digits of another script ({codes}); set `digits = \"any\"`; declared missing codes: 98, NA"
            ),
        );
        let (rows, _) = Case::new()
            .with("[file.people]", "[file.people]\ndigits = \"any\"")
            .text(&text)
            .unwrap();
        assert_eq!(ages(&rows), [Some(53.0)]);
    }
}

#[test]
fn a24_only_listed_texts_are_missing() {
    for value in ["NaN", "#N/A", "#DIV/0!", "NULL", ".", "-", "inf", "-Infinity"] {
        let hint = if value.ends_with("inf") || value.ends_with("Infinity") {
            "infinity is never accepted"
        } else {
            "write digits with decimal mark `.`, or list it under `missing`"
        };
        refused(
            Case::new().text(format!("sex,age,weight\n1,{value},1\n")),
            &format!(
                "people.csv, line 2, column 2 `age`: value `{value}` is not a number for concept age (recipe test/people); {hint}; declared missing codes: 98, NA"
            ),
        );
    }
    let (rows, _) = Case::new().text("sex,age,weight\n1,NA,1\n2,98,1\n").unwrap();
    assert_eq!(ages(&rows), [None, None]);
}

#[test]
fn a26_a_category_with_too_many_values_names_its_column() {
    let mut case = Case::new()
        .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\" }\nothers = \"U\"");
    case.options.max_categories = 1000;
    let mut text = String::from("sex,age,weight\n");
    (0..1001).for_each(|i| text.push_str(&format!("x{i},30,1\n")));
    refused(
        case.text(text),
        "people.csv, column 1 `sex`: more than 1000 distinct values in a column read as a category; the limit is 1000 (max_categories)",
    );
}

#[test]
fn a26_a_hundred_thousand_values_are_the_most_that_a_category_may_have() {
    let case = Case::new()
        .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\" }\nothers = \"U\"");
    let mut text = String::from("sex,age,weight\n1,30,1\n");
    (0..100_000).for_each(|i| text.push_str(&format!("x{i},30,1\n")));
    // A value that comes again, and one that the recipe lists, are not counted.
    text.push_str("x0,30,1\n2,30,1\n");
    let (rows, _) = case.text(&text).unwrap();
    assert_eq!(sexes(&rows)[..3], [1, 2, 2]);
    assert_eq!(rows.num_rows(), 100_003);
    text.push_str("one more,30,1\n");
    refused(
        case.text(&text),
        "people.csv, column 1 `sex`: more than 100000 distinct values in a column read as a category; the limit is 100000 (max_categories)",
    );
    let numbers: ArrayRef = Arc::new((0..100_003).collect::<Int32Array>());
    let ones: ArrayRef = Arc::new(Float64Array::from(vec![1.0; 100_003]));
    let path = case.path("people.parquet");
    parquet(&path, vec![("sex", numbers), ("age", ones.clone()), ("weight", ones)]);
    refused(
        case.read(&[path]),
        "people.parquet, column 1 `sex`: more than 100000 distinct values in a column read as a category; the limit is 100000 (max_categories)",
    );
}

#[test]
fn a29_a_gzip_bomb_stops_at_the_limits() {
    let case = Case::new();
    let path = case.path("people.csv.gz");
    let mut packed = flate2::write::GzEncoder::new(
        std::fs::File::create(&path).unwrap(),
        flate2::Compression::best(),
    );
    packed.write_all(b"sex,age,weight,remark\n").unwrap();
    let row = format!("1,30,1,{}\n", "x".repeat(100_000));
    (0..250).for_each(|_| packed.write_all(row.as_bytes()).unwrap());
    packed.finish().unwrap();
    let limited = |max_expanded, max_ratio| Case {
        folder: tempfile::tempdir().unwrap(),
        options: Options { max_expanded, max_ratio, ..Options::default() },
        ..Case::new()
    };
    let message = limited(10 << 20, 100_000).try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.ends_with(
            "the file expands to more than 10485760 bytes; unpack it first if that is right; the limit is 10485760 (max_expanded)"
        ),
        "{message}"
    );
    let message = limited(1 << 40, 100).try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.contains(
            "times its size; unpack it first if that is right; the limit is 100 (max_ratio)"
        ),
        "{message}"
    );
    let mut cut = std::fs::read(&path).unwrap();
    cut.truncate(cut.len() / 2);
    let cut = case.write("cut.csv.gz", cut);
    let message = case.read(&[cut]).unwrap_err();
    assert!(message.starts_with("cut.csv.gz: is not a complete gzip file"), "{message}");
}

/// A gzip file of a header and of `copies` equal members, each with 16 MiB of good rows, nearly all
/// of them one remark of 100,000 equal letters.
fn bomb(path: &Path, copies: usize) {
    let packed = |text: &[u8]| {
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        member.write_all(text).unwrap();
        member.finish().unwrap()
    };
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(&packed(b"sex,age,weight,remark\n")).unwrap();
    let row = format!("1,30,1,{}\n", "x".repeat(100_000));
    let member = packed(row.repeat((16 << 20) / row.len() + 1).as_bytes());
    (0..copies).for_each(|_| file.write_all(&member).unwrap());
}

#[test]
fn a29_ten_gibibytes_in_a_gzip_file_stop_within_the_first_mebibytes() {
    let case = Case::new();
    let path = case.path("people.csv.gz");
    // Deflate packs at most 1032 to 1: what fits into one mebibyte is one gibibyte, and ten
    // gibibytes need ten. Both are made; the limits are those that every run has.
    for (copies, packed) in [(64, 1.0), (640, 10.0)] {
        bomb(&path, copies);
        let size = std::fs::metadata(&path).unwrap().len() as f64 / f64::from(1 << 20);
        assert!((0.9 * packed..1.2 * packed).contains(&size), "{size} MiB");
        let message = case.read(std::slice::from_ref(&path)).unwrap_err();
        let (spot, what) = message.split_once(": ").unwrap();
        let line: u64 = spot.strip_prefix("people.csv.gz, line ").unwrap().parse().unwrap();
        // 168 rows are 16 MiB; the packed bytes are read 64 KiB ahead.
        assert!((165..350).contains(&line), "{message}");
        let times = what.strip_prefix("the file expands to more than ").unwrap();
        let (times, rest) = times.split_once(' ').unwrap();
        assert!((501..1032).contains(&times.parse::<u64>().unwrap()), "{message}");
        assert_eq!(
            rest,
            "times its size; unpack it first if that is right; the limit is 500 (max_ratio)"
        );
    }
    // A limit in bytes stops it too, where the ratio is accepted.
    let limited = Case {
        folder: tempfile::tempdir().unwrap(),
        options: Options { max_expanded: 40 << 20, max_ratio: 2000, ..Options::default() },
        ..Case::new()
    };
    let message = limited.try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.ends_with(
            "the file expands to more than 41943040 bytes; unpack it first if that is right; the limit is 41943040 (max_expanded)"
        ),
        "{message}"
    );
}

/// Reads a file and spoils it when the first batch is there.
fn spoiled(path: &Path, spoil: impl Fn(&std::fs::File) -> std::io::Result<()>) {
    let recipe: Recipe = toml::from_str(RECIPE).unwrap();
    let registry = registry();
    let request = Request {
        recipe: &recipe,
        registry: &registry,
        files: BTreeMap::from([("people".to_string(), vec![path.to_path_buf()])]),
        concepts: vec!["sex".into()],
        options: Options::default(),
        progress: None,
    };
    let harmonised = open(request).unwrap();
    let mut batches = 0;
    let error = harmonised
        .read(0, &mut |_| {
            batches += 1;
            if batches == 1 {
                spoil(&std::fs::OpenOptions::new().append(true).open(path)?)?;
            }
            Ok(())
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Changed(file)) if *file == path), "{error}");
    let expected = format!(
        "{} changed while it was read (changed_during_read); run again when nothing writes to it",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a31_a_file_that_changes_while_it_is_read_stops_the_run() {
    let case = Case::new();
    let text = format!("sex,age,weight\n{}", "1,30,1\n".repeat(400_000));
    let path = case.write("people.csv", &text);
    spoiled(&path, |mut file| file.write_all(b"2,41,1\n"));
    // The half row at the new end is not what the user is told of.
    let path = case.write("people.csv", &text);
    spoiled(&path, |file| file.set_len(2_000_003));
    // The same size, written at another time.
    let path = case.write("people.csv", &text);
    spoiled(&path, |file| file.set_modified(std::time::SystemTime::UNIX_EPOCH));
    let path = case.path("people.parquet");
    parquet(&path, good_columns());
    spoiled(&path, |mut file| file.write_all(b"more"));
}

#[test]
fn a32_line_separators_inside_a_label_end_no_row() {
    let case = Case::new().with(
        "map = { 1 = \"M\", 2 = \"F\" }",
        "map = { \"a\u{2028}b\" = \"M\", \"c\u{85}d\" = \"F\" }",
    );
    is_good(case.text("sex,age,weight\na\u{2028}b,30,1.5\n\"c\u{85}d\",41,2.5\n"));
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

#[test]
fn c01_a_parquet_footer_that_claims_too_much_is_refused_before_reading() {
    let mut case = Case::new();
    case.options.max_expanded = 1 << 16;
    let path = case.path("people.parquet");
    let ones: ArrayRef = Arc::new(Int32Array::from(vec![1; 100_000]));
    parquet(&path, vec![("sex", ones.clone()), ("age", ones.clone()), ("weight", ones)]);
    let size = std::fs::metadata(&path).unwrap().len();
    refused(
        case.read(&[path]),
        &format!(
            "people.parquet: the footer claims 2400000 bytes of data in a file of {size} bytes; the limit is 65536 (max_expanded)"
        ),
    );
}

/// Gives a parquet file another footer: its first row group, changed, as often as is asked for.
fn with_footer(
    path: &Path,
    copies: usize,
    rows: i64,
    change: impl Fn(ColumnChunkMetaData) -> ColumnChunkMetaData,
) -> Vec<u8> {
    let metadata =
        ParquetMetaDataReader::new().parse_and_finish(&std::fs::File::open(path).unwrap()).unwrap();
    let group = metadata.row_group(0);
    let columns: Vec<_> = group.columns().iter().cloned().map(change).collect();
    let group = group.clone().into_builder().set_num_rows(rows).set_column_metadata(columns);
    let group = group.build().unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    let end = bytes.len();
    let footer = u32::from_le_bytes(bytes[end - 8..end - 4].try_into().unwrap()) as usize;
    bytes.truncate(end - 8 - footer);
    let old = metadata.file_metadata();
    let head = FileMetaData::new(
        old.version(),
        rows.saturating_mul(copies as i64),
        None,
        None,
        old.schema_descr_ptr(),
        None,
    );
    let metadata = ParquetMetaDataBuilder::new(head).set_row_groups(vec![group; copies]).build();
    ParquetMetaDataWriter::new(&mut bytes, &metadata).finish().unwrap();
    bytes
}

#[test]
fn c01_a_small_parquet_file_that_claims_petabytes_is_refused_by_its_footer() {
    let case = Case::new();
    let path = case.path("people.parquet");
    let ones: ArrayRef = Arc::new(Int32Array::from(vec![1; 100_000]));
    parquet(&path, vec![("sex", ones.clone()), ("age", ones.clone()), ("weight", ones)]);
    // Run-length codes: 42 KB in which the footer claims 211 million million rows, 5 petabytes.
    let rows = 1 << 40;
    let bytes = with_footer(&path, 192, rows, |column| column);
    assert!((42_000..43_000).contains(&bytes.len()), "{}", bytes.len());
    let claims = case.write("rows.parquet", &bytes);
    refused(
        case.read(&[claims]),
        &format!(
            "rows.parquet: the footer claims {} bytes of data in a file of {} bytes; the limit is 1099511627776 (max_expanded)",
            192 * 3 * rows * 8,
            bytes.len()
        ),
    );
    // Few rows whose pages are said to unpack to petabytes.
    let bytes = with_footer(&path, 1, 100_000, |column| {
        column.into_builder().set_total_uncompressed_size(1 << 51).build().unwrap()
    });
    let claims = case.write("pages.parquet", &bytes);
    refused(
        case.read(&[claims]),
        &format!(
            "pages.parquet: the footer claims {} bytes of data in a file of {} bytes; the limit is 1099511627776 (max_expanded)",
            3u64 << 51,
            bytes.len()
        ),
    );
    // Sums that no whole number holds do not turn round.
    let bytes = with_footer(&path, 1, i64::MAX, |column| column);
    let claims = case.write("most.parquet", &bytes);
    let message = case.read(&[claims]).unwrap_err();
    assert!(
        message.starts_with("most.parquet: the footer claims 18446744073709551615 bytes of data"),
        "{message}"
    );
    // The same footer with its true rows reads.
    let honest = case.write("honest.parquet", with_footer(&path, 1, 100_000, |column| column));
    assert_eq!(case.read(&[honest]).unwrap().0.num_rows(), 100_000);
}

#[test]
fn c03_a_truncated_file_is_named_incomplete() {
    let case = Case::new();
    let path = case.path("people.parquet");
    parquet(&path, good_columns());
    is_good(case.read(std::slice::from_ref(&path)));
    let bytes = std::fs::read(&path).unwrap();
    let cut = case.write("cut.parquet", &bytes[..bytes.len() - 10]);
    refused(
        case.read(&[cut]),
        "cut.parquet: not a complete parquet file: its end is missing; copy it again",
    );
    let batch = RecordBatch::try_from_iter(good_columns()).unwrap();
    for (name, write) in
        [("cut.dta", write_stata as fn(&Path, &RecordBatch, &Labels) -> _), ("cut.sav", write_spss)]
    {
        let path = case.path(name);
        write(&path, &batch, &Labels::default()).unwrap();
        is_good(case.read(std::slice::from_ref(&path)));
        let bytes = std::fs::read(&path).unwrap();
        for part in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 20] {
            let path = case.write(name, &bytes[..part]);
            let message = case.read(&[path]).err();
            // A reader may still find all rows when only the labels behind them are cut off.
            if part < bytes.len() - 20 {
                assert!(message.unwrap().starts_with(&format!("{name}: ")), "{name} {part}");
            }
        }
    }
}

#[test]
fn c05_part_files_may_differ_in_number_type_and_not_in_columns() {
    let case = Case::new();
    let (a, b) = (case.path("a.parquet"), case.path("b.parquet"));
    parquet(&a, good_columns());
    let mut columns = good_columns();
    columns[2].1 = Arc::new(Int64Array::from(vec![3, 4]));
    parquet(&b, columns.clone());
    for order in [[a.clone(), b.clone()], [b.clone(), a.clone()]] {
        let (rows, log) = case.read(&order).unwrap();
        assert_eq!(rows["_weight"].as_primitive::<Float64Type>().values(), &[1.5, 2.5, 3.0, 4.0]);
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].code.as_str(), log[0].column.as_deref()),
            ("column_type_differs", Some("weight"))
        );
        assert_eq!(
            log[0].message.replace(&format!("{}/", case.folder.path().display()), ""),
            "column `weight` holds whole numbers (int64) in b.parquet and numbers with decimals (float64) in a.parquet; values count by what they say, so 1, 1.0 and 01 are equal"
        );
    }
    columns.remove(1);
    parquet(&b, columns);
    refused(
        case.read(&[a, b]),
        "b.parquet has no column `age`, which a.parquet has; parts of one file must have the same columns",
    );
}

#[test]
fn c07_missing_codes_of_the_file_are_told_apart_and_counted() {
    let folder =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/statfile-formats/pyreadstat");
    if !Path::new(folder).is_dir() {
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{folder} is not there");
        eprintln!("SKIPPED: missing codes of Stata and SPSS need ../shared");
        return;
    }
    let unweighted = || Case::new().with("weight = { column = \"weight\" }", "");
    let mut case = unweighted()
        .with("column = \"sex\"", "column = \"var1\"\nmissing = { \".a\" = \"refused\" }")
        .with("column = \"age\"", "column = \"var2\"\nblank = \"not_asked\"");
    let stata = Path::new(folder).join("missing_data/missing_test.dta");
    let (rows, log) = case.read(std::slice::from_ref(&stata)).unwrap();
    assert_eq!(sexes(&rows), [-3]);
    assert_eq!(ages(&rows), [None]);
    let lines: Vec<(&str, Option<&str>, u64)> =
        log.iter().map(|e| (e.message.as_str(), e.value.as_deref(), e.count)).collect();
    assert_eq!(
        lines,
        [
            ("the file's own missing code .a (missing) was read as refused", Some(".a"), 1),
            ("the file's own missing code .b was read as not_asked", Some(".b"), 1),
        ]
    );
    case.concepts = vec!["sex"];
    case.recipe = case.recipe.replace("\".a\" = ", "\".q\" = ");
    let message = case.read(&[stata]).unwrap_err();
    assert!(
        message.ends_with("missing_test.dta, row 1, column 1 `var1`: value `.a` is not covered by concept `sex` of recipe test/people (1 row of this file); declared missing codes: .q; map it or list it under `missing`"),
        "{message}"
    );

    let spss = unweighted()
        .with("column = \"sex\"\nmap = { 1 = \"M\", 2 = \"F\" }", "column = \"mylabl\"\nmap = { 1 = \"M\", 2 = \"F\" }\nmissing = { -1 = \"refused\" }\nblank = \"not_stated\"")
        .with("column = \"age\"\nmissing = {", "column = \"myord\"\nblank = \"not_asked\"\nmissing = { -3 = \"dont_know\",");
    let (rows, log) = spss.read(&[Path::new(folder).join("basic/sample_missing.sav")]).unwrap();
    assert_eq!(sexes(&rows), [1, 0, 1, 0, 1, -3, -1]);
    assert_eq!(ages(&rows), [Some(1.0), Some(2.0), Some(3.0), Some(1.0), Some(1.0), None, None]);
    let messages: Vec<&str> =
        log.iter().filter(|e| e.code == "user_missing").map(|e| e.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the file's own missing code -1 (missing) was read as not_asked",
            "the file's own missing code -1 (undetermined) was read as refused",
            "the file's own missing code -3 was read as dont_know",
        ]
    );
}

#[test]
fn d01_zero_weights_are_noted() {
    let (rows, log) = Case::new().text("sex,age,weight\n1,30,1\n1,31,0\n2,41,0.0\n").unwrap();
    assert_eq!(rows.num_rows(), 3);
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].code.as_str(), log[0].line, log[0].count), ("zero_weight", Some(3), 2));
}

#[test]
fn d02_negative_and_missing_weights_name_the_first_line_and_count() {
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,31,-0.5\n2,41,-2\n"),
        "people.csv, line 3, column 3 `weight`: the weight `-0.5` is negative; weights are 0 or more (recipe test/people; 2 rows of this file)",
    );
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,31,\n"),
        "people.csv, line 3, column 3 `weight`: the weight is missing; leave such rows out by `[[keep]]` or correct the file (recipe test/people; 1 row of this file)",
    );
}

#[test]
fn d04_a_constant_weight_is_noted() {
    let (_, log) = Case::new().text("sex,age,weight\n1,30,1\n2,41,1.0\n").unwrap();
    assert_eq!(
        (log[0].code.as_str(), log[0].count, log[0].column.as_deref()),
        ("constant_weight", 2, Some("weight"))
    );
}

#[test]
fn d10_a_duplicated_key_names_both_lines_and_the_number() {
    let case = Case::new()
        .with("rows = \"people\"", "rows = \"people\"\nkey = [\"household\", \"person\"]");
    refused(
        case.text(
            "sex,age,weight,household,person\n1,30,1,7,1\n2,41,1,7,2\n1,5,1,7,1\n1,6,1,7,2\n",
        ),
        "people.csv, line 4: the same household `7`, person `1` as line 2; 2 duplicates found; remove the duplicates, or correct `key` of recipe test/people",
    );
}

#[test]
fn d10_a_key_is_the_same_in_a_text_and_in_a_typed_part_file() {
    let case = Case::new().with("rows = \"people\"", "rows = \"people\"\nkey = [\"person\"]");
    let a = case.write("a.csv", "sex,age,weight,person\n1,30,1,3\n2,41,1,07\n");
    let mut columns = good_columns();
    columns.push(("person", Arc::new(Int64Array::from(vec![7, 8]))));
    let b = case.path("b.parquet");
    parquet(&b, columns);
    refused(
        case.read(&[a, b]),
        "b.parquet, row 1: the same person `7` as a.csv, line 3; 1 duplicate found; remove the duplicates, or correct `key` of recipe test/people",
    );
}

#[test]
fn other_files_under_a_name_for_text_are_told_for_what_they_are() {
    let case = Case::new();
    refused(
        case.text("<!DOCTYPE html><html><body>404</body></html>\n"),
        "people.csv: is a web page, perhaps the answer of a failed download, which cannot be read; save it as CSV, Parquet, .dta, .sav or .xpt",
    );
    refused(
        case.text("sex,age,weight\n1,30,1e400\n"),
        "people.csv, line 2, column 3 `weight`: value `1e400` is not a number for the weight (recipe test/people); it is too large for a number; no missing codes are declared",
    );
    refused(
        case.with("[file.people]", "[file.people]\nheader_row = 9")
            .text("sex,age,weight\n1,30,1\n"),
        "people.csv: the file ends before line 9, its `header_row`",
    );
}

#[test]
fn d12_an_unmapped_sex_is_an_error_unless_it_is_mapped() {
    let text = "sex,age,weight\n1,30,1\n3,41,1\n3,40,1\n,50,1\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (2 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    let mapped = || {
        Case::new()
            .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\", 3 = \"U\" }")
    };
    refused(
        mapped().text(text),
        "people.csv, line 5, column 1 `sex`: a blank is not covered by concept `sex` of recipe test/people (1 row of this file); no missing codes are declared; map it or list it under `missing`",
    );
    let blank = mapped().with("column = \"sex\"", "column = \"sex\"\nblank_code = \"U\"");
    assert_eq!(sexes(&blank.text(text).unwrap().0), [1, 2, 2, 2]);
}

#[test]
fn d14_an_age_out_of_range_is_an_error_unless_it_is_a_missing_code() {
    for age in ["-1", "130"] {
        refused(
            Case::new().text(format!("sex,age,weight\n1,30,1\n2,{age},1\n")),
            &format!(
                "people.csv, line 3, column 2 `age`: {age} is out of range for concept `age` of recipe test/people (0 to 120; 1 row of this file); list it under `missing` if it is a missing code"
            ),
        );
    }
    let mut case = Case::new();
    case.concepts = vec!["age", "band"];
    let (rows, _) = case.text("sex,age,weight\n1,24,1\n2,98,1\n2,25,1\n").unwrap();
    assert_eq!(ages(&rows), [Some(24.0), None, Some(25.0)]);
    assert_eq!(rows["band"].as_primitive::<Int16Type>().values(), &[0, -2, 1]);
}

/// A good row and then a bad one, again and again: more than fits in one batch.
fn many(good: &str, bad: &str, times: usize) -> String {
    format!("sex,age,weight\n{}", format!("{good}\n{bad}\n").repeat(times))
}

#[test]
fn d02_d12_and_d14_count_in_the_whole_file_however_many_batches_it_has() {
    let refused = |bad: &str, message: &str| {
        refused(Case::new().text(many("1,30,1", bad, 60_000)), message);
    };
    refused(
        "1,31,-2",
        "people.csv, line 3, column 3 `weight`: the weight `-2` is negative; weights are 0 or more (recipe test/people; 60000 rows of this file)",
    );
    refused(
        "1,31,",
        "people.csv, line 3, column 3 `weight`: the weight is missing; leave such rows out by `[[keep]]` or correct the file (recipe test/people; 60000 rows of this file)",
    );
    refused(
        "3,31,1",
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (60000 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    refused(
        ",31,1",
        "people.csv, line 3, column 1 `sex`: a blank is not covered by concept `sex` of recipe test/people (60000 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    refused(
        "1,130,1",
        "people.csv, line 3, column 2 `age`: 130 is out of range for concept `age` of recipe test/people (0 to 120; 60000 rows of this file); list it under `missing` if it is a missing code",
    );
}

#[test]
fn a_count_is_of_one_fault_though_rows_of_other_batches_have_others() {
    // The last row is bad in two ways, and the one before it in another.
    let text = format!("{}4,30,1\n3,130,-1\n", many("1,30,1", "3,31,1", 60_000));
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (60001 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    // The range leaves out what is listed as missing, and what is no number of the concept.
    let text = format!("{}1,98,1\n1,NA,1\n1,-1,1\n", many("1,30,1", "1,130,1", 60_000));
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 2 `age`: 130 is out of range for concept `age` of recipe test/people (0 to 120; 60001 rows of this file); list it under `missing` if it is a missing code",
    );
}

#[test]
fn a_count_tells_the_named_part_file_from_all_of_them() {
    let case = Case::new();
    let a = case.write("a.csv", many("1,30,1", "2,31,1", 40_000));
    let b = case.write("b.csv", many("1,30,1", "3,31,1", 40_000));
    let c = case.write("c.csv", many("3,30,1", "3,31,1", 30_000));
    let first = "b.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people";
    let last = "no missing codes are declared; map it or list it under `missing`";
    refused(
        case.read(&[c, a.clone(), b.clone()]),
        &format!("{first} (40000 rows of this file, 100000 of all 3 part files); {last}"),
    );
    // The part after it cannot be read to its end: what is known is a least.
    let d = case.write("d.csv", format!("{}1,2\n", many("3,30,1", "1,31,1", 10)));
    refused(
        case.read(&[a, b, d]),
        &format!(
            "{first} (at least 40000 rows of this file, at least 40000 of all 3 part files); {last}"
        ),
    );
}

#[test]
fn the_first_fault_of_the_files_is_told_whichever_row_group_is_read_first() {
    let case = Case::new();
    let path = case.path("people.parquet");
    let bad = |row: usize| row % 20_000 == 19_999;
    let sex: Int32Array = (0..100_000).map(|row| if bad(row) { 3 } else { 1 }).collect();
    let age: Int32Array = (0..100_000).map(|row| if row == 70_000 { 130 } else { 30 }).collect();
    let weight: ArrayRef = Arc::new(Float64Array::from(vec![1.0; 100_000]));
    let batch = RecordBatch::try_from_iter(vec![
        ("sex", Arc::new(sex) as ArrayRef),
        ("age", Arc::new(age)),
        ("weight", weight),
    ])
    .unwrap();
    let small = parquet::file::properties::WriterProperties::builder()
        .set_max_row_group_row_count(Some(10_000))
        .build();
    let file = std::fs::File::create(&path).unwrap();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(file, batch.schema(), Some(small)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let recipe: Recipe = toml::from_str(RECIPE).unwrap();
    let registry = registry();
    let open = || {
        let request = Request {
            recipe: &recipe,
            registry: &registry,
            files: BTreeMap::from([("people".to_string(), vec![path.clone()])]),
            concepts: vec!["age".into(), "sex".into()],
            options: Options::default(),
            progress: None,
        };
        open(request).unwrap()
    };
    let expected = format!(
        "{}, row 20000, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (5 rows of this file); no missing codes are declared; map it or list it under `missing`",
        path.display()
    );
    let faulty = open();
    assert_eq!(faulty.units(), 10);
    // The eighth row group has the age of 130 and no sex that is not covered.
    for unit in [9, 7, 1, 3] {
        let error = faulty.read(unit, &mut |_| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let faulty = &open();
    let from_threads: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = [1, 3, 5, 7, 9]
            .into_iter()
            .map(|unit| {
                scope.spawn(move || faulty.read(unit, &mut |_| Ok(())).unwrap_err().to_string())
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(from_threads, vec![expected; 5]);
}

#[test]
fn g02_a_column_that_no_file_has_is_found_before_rows_are_read() {
    // The bad value in the rows is never reached.
    refused(
        Case::new()
            .with("column = \"age\"", "column = \"agee\"")
            .text("sex,age,weight\nbad,bad,bad\n"),
        "people.csv: no column `agee`, which recipe test/people needs for concept age; near names: `age`",
    );
}

#[test]
fn quantile_groups_do_not_depend_on_the_order_of_rows() {
    let mut case = Case::new();
    case.concepts = vec!["half"];
    let (rows, log) = case.text("sex,age,weight\n1,10,1\n1,20,1\n1,30,1\n1,40,3\n").unwrap();
    assert_eq!(rows["half"].as_primitive::<Int16Type>().values(), &[0, 0, 0, 1]);
    assert_eq!(
        log[0].message,
        "half was grouped by 2 weighted quantiles of age, with the upper limits 30"
    );
    let (rows, _) = case.text("sex,age,weight\n1,40,3\n1,30,1\n1,20,1\n1,10,1\n").unwrap();
    assert_eq!(rows["half"].as_primitive::<Int16Type>().values(), &[1, 0, 0, 0]);
}

#[test]
fn written_labels_are_read_back_from_stata_and_spss() {
    let case = Case::new().with(
        "column = \"sex\"\nmap = { 1 = \"M\", 2 = \"F\" }",
        "column = \"sex\"\nlabels = true\nmap = { Man = \"M\", Woman = \"F\" }",
    );
    let mut columns = good_columns();
    columns.push(("name", Arc::new(StringArray::from(vec!["Zoë", "Ana"])) as ArrayRef));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let labels = Labels {
        variables: BTreeMap::from([("sex".to_string(), "Sex of the respondent".to_string())]),
        values: BTreeMap::from([(
            "sex".to_string(),
            BTreeMap::from([(1, "Man".to_string()), (2, "Woman".to_string())]),
        )]),
    };
    for (name, write) in [
        ("people.dta", write_stata as fn(&Path, &RecordBatch, &Labels) -> _),
        ("people.sav", write_spss),
    ] {
        let path = case.path(name);
        write(&path, &batch, &labels).unwrap();
        is_good(case.read(std::slice::from_ref(&path)));
        let found = inclusion_ingest::inspect(&path, &Options::default()).unwrap();
        assert_eq!(found.rows, 2);
        assert_eq!(found.columns[0].label.as_deref(), Some("Sex of the respondent"));
        let man = ("1".to_string(), Some("Man".to_string()), 1);
        let woman = ("2".to_string(), Some("Woman".to_string()), 1);
        assert_eq!(
            (found.columns[0].kind.as_str(), &found.columns[0].values),
            ("integer", &vec![man, woman])
        );
        assert_eq!(found.columns[3].kind, "text");
    }
}
