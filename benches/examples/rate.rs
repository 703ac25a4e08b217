//! How fast rows are harmonised, and in how much memory.
//!
//! `rate parquet 2000000` makes a file of that many rows with 18 concepts in a temporary folder,
//! reads it with the Parquet library alone and through a recipe, and prints the nanoseconds per row
//! of both on one thread (the best of five readings); `rate csv 2000000` reads delimited text. Last comes the largest resident
//! set of the reading process, which runs alone: the file is made by a process of its own.
//! `rate arrow 2000000` reads a file that needs next to no decoding: what is left is harmonising.

use arrow::array::{
    ArrayRef, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array,
    RecordBatch,
};
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::FileWriter;
use inclusion_ingest::{Options, Request, open};
use inclusion_registry::{Concept, Recipe, Registry};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const CATEGORIES: usize = 16;

fn concepts() -> Vec<Concept> {
    let mut text = String::new();
    for i in 0..CATEGORIES {
        text += &format!(
            "[[concept]]\nid = \"c{i:02}\"\nname = \"C\"\nkind = \"category\"\ncode = [{{ id = \"yes\", name = \"Yes\" }}, {{ id = \"no\", name = \"No\" }}]\n"
        );
    }
    for id in ["age", "hours"] {
        text += &format!(
            "[[concept]]\nid = \"{id}\"\nname = \"N\"\nkind = \"number\"\nmin = 0\nmax = 120\n"
        );
    }
    #[derive(serde::Deserialize)]
    struct All {
        concept: Vec<Concept>,
    }
    toml::from_str::<All>(&text).expect("the concepts are well formed").concept
}

fn recipe() -> Recipe {
    let mut text = String::from(
        r#"
id = "rate/made"
version = "1"
name = "Made"
producer = "nobody"
population = "person"
coverage = "all"
source = "made up"
rows = "people"
[file.people]
[design]
weight = { column = "w" }
stratum = ["stratum"]
psu = ["psu"]
[concept.age]
column = "age"
[concept.hours]
column = "hours"
missing = { 98 = "dont_know", 99 = "refused" }
blank = "not_applicable"
"#,
    );
    for i in 0..CATEGORIES {
        text += &format!(
            "[concept.c{i:02}]\ncolumn = \"c{i:02}\"\nmap = {{ 1 = \"yes\", 2 = \"no\" }}\nmissing = {{ 8 = \"dont_know\", 9 = \"refused\" }}\nblank = \"not_applicable\"\n"
        );
    }
    toml::from_str(&text).expect("the recipe is well formed")
}

/// A number below `n` that looks random.
fn draw(row: usize, column: usize, n: u64) -> u64 {
    let mut x = (row as u64) << 8 | column as u64;
    x = (x ^ x >> 31).wrapping_mul(0x7fb5_d329_728e_a185);
    x = (x ^ x >> 27).wrapping_mul(0x81da_def4_bc2d_d44d);
    (x ^ x >> 33) % n
}

fn answer(row: usize, column: usize) -> Option<i8> {
    let code = [1, 1, 1, 2, 2, 2, 2, 8, 9, 1][draw(row, column, 10) as usize];
    // Half of the questions are not asked of a tenth of the people.
    (column.is_multiple_of(2) || draw(row, 90, 10) > 0).then_some(code)
}

fn hours(row: usize) -> Option<f64> {
    (draw(row, 91, 5) > 0).then(|| [8.5, 40.0, 98.0, 20.0][draw(row, 50, 4) as usize])
}

fn write_columns(path: &Path, rows: usize, parquet: bool) -> Result<(), Box<dyn Error>> {
    const GROUP: usize = 250_000;
    let mut packed: Option<ArrowWriter<File>> = None;
    let mut plain: Option<FileWriter<File>> = None;
    for start in (0..rows).step_by(GROUP) {
        let range = || start..rows.min(start + GROUP);
        let mut columns: Vec<(String, ArrayRef)> = vec![
            (
                "w".into(),
                Arc::new(
                    range()
                        .map(|r| 1.0 + draw(r, 60, 1000) as f64 / 997.0)
                        .collect::<Float64Array>(),
                ),
            ),
            (
                "stratum".into(),
                Arc::new(range().map(|r| Some((r / 50_000) as i32)).collect::<Int32Array>()),
            ),
            (
                "psu".into(),
                Arc::new(range().map(|r| Some((r / 500) as i64)).collect::<Int64Array>()),
            ),
            (
                "age".into(),
                Arc::new(range().map(|r| Some(draw(r, 70, 100) as i16)).collect::<Int16Array>()),
            ),
            ("hours".into(), Arc::new(range().map(hours).collect::<Float64Array>())),
        ];
        for c in 0..CATEGORIES {
            let values = range().map(|r| answer(r, c));
            let array: ArrayRef = match c % 5 {
                0 => Arc::new(values.collect::<Int8Array>()),
                1 => Arc::new(values.map(|v| v.map(i32::from)).collect::<Int32Array>()),
                2 => Arc::new(values.map(|v| v.map(i64::from)).collect::<Int64Array>()),
                3 => Arc::new(values.map(|v| v.map(f64::from)).collect::<Float64Array>()),
                _ => Arc::new(values.map(|v| v.map(f32::from)).collect::<Float32Array>()),
            };
            columns.push((format!("c{c:02}"), array));
        }
        let batch = RecordBatch::try_from_iter_with_nullable(
            columns.into_iter().map(|(name, array)| (name, array, true)),
        )?;
        let schema = batch.schema();
        if parquet {
            let writer = match &mut packed {
                Some(writer) => writer,
                none => none.insert(ArrowWriter::try_new(File::create(path)?, schema, None)?),
            };
            writer.write(&batch)?;
            writer.flush()?;
        } else {
            let writer = match &mut plain {
                Some(writer) => writer,
                none => none.insert(FileWriter::try_new(File::create(path)?, &schema)?),
            };
            writer.write(&batch)?;
        }
    }
    packed.map(ArrowWriter::close).transpose()?;
    plain.map(|mut w| w.finish()).transpose()?;
    Ok(())
}

fn write_csv(path: &Path, rows: usize) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    write!(out, "w,stratum,psu,age,hours")?;
    (0..CATEGORIES).try_for_each(|c| write!(out, ",c{c:02}"))?;
    writeln!(out)?;
    for r in 0..rows {
        let weight = 1.0 + draw(r, 60, 1000) as f64 / 997.0;
        write!(out, "{weight},{},{},{},", r / 50_000, r / 500, draw(r, 70, 100))?;
        if let Some(hours) = hours(r) {
            write!(out, "{hours}")?;
        }
        for c in 0..CATEGORIES {
            match answer(r, c) {
                Some(code) => write!(out, ",{code}")?,
                None => write!(out, ",")?,
            }
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// Seconds of processor time of this thread, where the system tells, else of the clock: other work
/// on the machine then does not count.
fn now(start: Instant) -> f64 {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Seconds of reading through the recipe, and the number of rows.
fn harmonise(path: &Path) -> Result<(f64, usize), Box<dyn Error + Send + Sync>> {
    let (recipe, concepts) = (recipe(), concepts());
    let ids = concepts.iter().map(|c| c.id.clone()).collect();
    let registry = Registry {
        concepts: concepts.into_iter().map(|c| (c.id.clone(), c)).collect(),
        ..Registry::default()
    };
    let clock = Instant::now();
    let start = now(clock);
    let opened = open(Request {
        recipe: &recipe,
        registry: &registry,
        files: BTreeMap::from([("people".to_string(), vec![path.to_path_buf()])]),
        concepts: ids,
        options: Options::default(),
        progress: None,
    })?;
    let mut rows = 0;
    for unit in 0..opened.units() {
        opened.read(unit, &mut |batch| {
            rows += batch.num_rows();
            Ok(())
        })?;
    }
    Ok((now(clock) - start, rows))
}

/// Seconds of reading with the library of the format alone.
fn decode(path: &Path) -> Result<f64, Box<dyn Error + Send + Sync>> {
    let clock = Instant::now();
    let start = now(clock);
    let mut rows = 0;
    if path.extension().is_some_and(|e| e == "arrow") {
        for batch in FileReader::try_new_buffered(File::open(path)?, None)? {
            rows += batch?.num_rows();
        }
        std::hint::black_box(rows);
        return Ok(now(clock) - start);
    }
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?
        .with_batch_size(8192)
        .build()?
    {
        rows += batch?.num_rows();
    }
    std::hint::black_box(rows);
    Ok(now(clock) - start)
}

/// The largest resident set so far, in MiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn measure(format: &str, path: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let per_row = |seconds: f64, rows: usize| seconds * 1e9 / rows as f64;
    let (mut whole, mut alone, mut rows) = (f64::INFINITY, f64::INFINITY, 0);
    for _ in 0..5 {
        let (seconds, found) = harmonise(path)?;
        (whole, rows) = (whole.min(seconds), found);
        if format != "csv" {
            alone = alone.min(decode(path)?);
        }
    }
    println!("{rows} rows: {:.1} ns per row", per_row(whole, rows));
    if format != "csv" {
        println!(
            "decoding alone {:.1} ns per row; harmonising adds {:.1}",
            per_row(alone, rows),
            per_row(whole - alone, rows)
        );
    }
    if let Some(peak) = peak() {
        println!("largest resident set {peak} MiB");
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["write", format, rows, path] => {
            let (path, rows) = (Path::new(path), rows.parse()?);
            let done = match format {
                "csv" => write_csv(path, rows),
                _ => write_columns(path, rows, format == "parquet"),
            };
            Ok(done.map_err(|e| e.to_string())?)
        }
        [format @ ("csv" | "parquet" | "arrow"), rows] => {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join(format!("people.{format}"));
            let made = std::process::Command::new(std::env::current_exe()?)
                .args(["write", format, rows])
                .arg(&path)
                .status()?;
            if !made.success() {
                return Err("the file could not be made".into());
            }
            println!("{} MiB", std::fs::metadata(&path)?.len() >> 20);
            measure(format, &path)
        }
        _ => Err("usage: rate csv|parquet|arrow ROWS".into()),
    }
}
