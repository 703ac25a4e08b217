//! Time and memory of the kernel beside that of only decoding the columns it needs.
//!
//! `kernel write FILE ROWS`, then `kernel decode FILE` or `kernel estimate FILE`. The rows are ten
//! yes/no indicators of persons in PSUs of 200, in the order of the PSUs, with breakdowns by sex,
//! age, urbanisation and wealth. Use `/usr/bin/time -v` for the peak memory.

use arrow::array::{ArrayRef, Float64Array, Int16Array, Int64Array, RecordBatch};
use inclusion_registry::{Concept, Condition, Indicator, Test};
use inclusion_survey::{BoxError, Breakdown, Options, Plan, PlannedIndicator, Rows, estimate};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const INDICATORS: usize = 10;
const UNIT: usize = 250_000;

fn main() -> Result<(), BoxError> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["write", file, rows] => write(file, rows.parse()?),
        ["decode", file] => decode(file),
        ["estimate", file] => run(file),
        _ => Err("kernel write FILE ROWS | decode FILE | estimate FILE".into()),
    }
}

/// A small generator of reproducible numbers (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

fn write(file: &str, rows: usize) -> Result<(), BoxError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(UNIT))
        .build();
    let mut random = Random(1);
    let mut writer: Option<ArrowWriter<File>> = None;
    for start in (0..rows).step_by(UNIT) {
        let batch = generate(&mut random, start, UNIT.min(rows - start))?;
        if writer.is_none() {
            writer = Some(ArrowWriter::try_new(
                File::create(file)?,
                batch.schema(),
                Some(properties.clone()),
            )?);
        }
        if let Some(writer) = &mut writer {
            writer.write(&batch)?;
        }
    }
    writer.map(ArrowWriter::close).transpose()?;
    Ok(())
}

fn generate(random: &mut Random, start: usize, rows: usize) -> Result<RecordBatch, BoxError> {
    let psu = |row: usize| ((start + row) / 200) as i64;
    let mut codes = |n: u64, missing: u64| -> ArrayRef {
        let draw = |_| if random.below(100) < missing { -1 } else { random.below(n) as i16 };
        Arc::new((0..rows).map(draw).collect::<Int16Array>())
    };
    let mut columns: Vec<(String, ArrayRef)> = vec![
        ("sex".into(), codes(2, 0)),
        ("age".into(), codes(6, 0)),
        ("wealth".into(), codes(5, 1)),
    ];
    for i in 0..INDICATORS {
        columns.push((format!("item_{i}"), codes(2, 5)));
    }
    let urban = (0..rows).map(|r| Some((psu(r) % 2) as i16)).collect::<Int16Array>();
    columns.push(("urban".into(), Arc::new(urban)));
    let weights: Float64Array =
        (0..rows).map(|_| Some(50.0 + random.below(1_000_000) as f64 / 1e4)).collect();
    columns.push(("_weight".into(), Arc::new(weights)));
    columns.push((
        "_stratum".into(),
        Arc::new((0..rows).map(|r| Some(psu(r) / 40)).collect::<Int64Array>()),
    ));
    columns
        .push(("_psu".into(), Arc::new((0..rows).map(|r| Some(psu(r))).collect::<Int64Array>())));
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// Reads row groups and hands over their batches.
fn reader(
    file: &str,
    metadata: &ArrowReaderMetadata,
    unit: usize,
    each: &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>,
) -> Result<(), BoxError> {
    let builder =
        ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(file)?, metadata.clone());
    for batch in builder.with_row_groups(vec![unit]).with_batch_size(16_384).build()? {
        each(batch?)?;
    }
    Ok(())
}

fn decode(file: &str) -> Result<(), BoxError> {
    use rayon::prelude::*;
    let metadata = ArrowReaderMetadata::load(&File::open(file)?, Default::default())?;
    let start = Instant::now();
    let rows = AtomicU64::new(0);
    (0..metadata.metadata().num_row_groups()).into_par_iter().try_for_each(|unit| {
        reader(file, &metadata, unit, &mut |batch| {
            rows.fetch_add(batch.num_rows() as u64, Ordering::Relaxed);
            Ok(())
        })
    })?;
    report("decode", rows.into_inner(), start);
    Ok(())
}

fn run(file: &str) -> Result<(), BoxError> {
    let metadata = ArrowReaderMetadata::load(&File::open(file)?, Default::default())?;
    let start = Instant::now();
    let rows = Rows {
        schema: metadata.schema().clone(),
        units: metadata.metadata().num_row_groups(),
        read: &|unit, each| reader(file, &metadata, unit, each),
    };
    let results = estimate(&plan()?, &rows, &Options::default())?;
    report(&format!("estimate ({} groups)", results.groups.len()), results.rows, start);
    Ok(())
}

fn report(what: &str, rows: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{what}: {rows} rows in {seconds:.3} s, {:.1} million rows/s",
        rows as f64 / seconds / 1e6
    );
}

fn plan() -> Result<Plan, BoxError> {
    let concept = |id: &str, codes: usize| -> Result<(String, Concept), BoxError> {
        let mut text = format!("id = '{id}'\nname = '{id}'\nkind = 'category'\nbreakdown = true\n");
        for code in 0..codes {
            text.push_str(&format!("[[code]]\nid = '{code}'\nname = '{code}'\n"));
        }
        Ok((id.to_string(), toml::from_str(&text)?))
    };
    let mut concepts =
        vec![concept("sex", 2)?, concept("age", 6)?, concept("wealth", 5)?, concept("urban", 2)?];
    let mut indicators = Vec::new();
    for i in 0..INDICATORS {
        let id = format!("item_{i}");
        concepts.push(concept(&id, 2)?);
        let mut indicator: Indicator = toml::from_str(&format!(
            "id = '{id}'\nversion = '1'\nstatus = 'agreed'\nname = 'n'\nstatement = 's'\ntopic = 'use'\n\
             custodian = 'c'\nkind = 'rate'\npopulation = 'person'\nuniverse_text = ''\nnumerator_text = ''\n\
             reference_period = ''\nunit = 'percent'\ndirection = 'higher'\nsource = ''\n"
        ))?;
        indicator.numerator =
            Condition { all: [(id, Test::Codes(vec!["1".into()]))].into(), ..Condition::default() };
        indicators.push(PlannedIndicator { indicator, proxy: None });
    }
    let by = |concepts: &[&str]| Breakdown {
        concepts: concepts.iter().map(|c| c.to_string()).collect(),
        joint: vec!["sex".to_string()],
    };
    Ok(Plan {
        sample: "generated".into(),
        ref_area: "XXX".into(),
        time_period: "2020".into(),
        indicators,
        breakdowns: vec![by(&[]), by(&["age"]), by(&["urban"]), by(&["wealth"])],
        concepts: concepts.into_iter().collect(),
    })
}
