//! Time and memory of the kernel beside that of only decoding the columns it needs.
//!
//! `kernel write FILE ROWS`, then `kernel decode FILE` or `kernel estimate FILE`. The rows are ten
//! yes/no indicators of persons in PSUs of 33, in the order of the PSUs, with breakdowns by sex, age,
//! area, wealth and country. `kernel shuffle FILE ROWS` writes the same rows in random order, `kernel
//! replicates FILE ROWS` with 80 replicate weights. Use `/usr/bin/time -v` for the peak memory.

mod survey;

use arrow::array::{RecordBatch, UInt64Array};
use arrow::compute::{concat_batches, take_record_batch};
use inclusion_survey::sample::{ReplicateColumns, ReplicateKind, Replicates};
use inclusion_survey::{BoxError, Options, Rows, estimate};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use survey::{Random, generate, plan};

const UNIT: usize = 250_000;
const REPLICATES: usize = 80;

fn main() -> Result<(), BoxError> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["write", file, rows] => write(file, rows.parse()?, 0, false),
        ["shuffle", file, rows] => write(file, rows.parse()?, 0, true),
        ["replicates", file, rows] => write(file, rows.parse()?, REPLICATES, false),
        ["decode", file] => decode(file),
        ["estimate", file] => run(file),
        _ => Err("kernel write FILE ROWS | decode FILE | estimate FILE".into()),
    }
}

fn write(file: &str, rows: usize, replicates: usize, shuffled: bool) -> Result<(), BoxError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(UNIT))
        .build();
    let mut random = Random(1);
    let make = |start: usize| generate(&mut random, start, UNIT.min(rows - start), replicates);
    let mut batches: Box<dyn Iterator<Item = _>> = Box::new((0..rows).step_by(UNIT).map(make));
    if shuffled {
        let all = batches.collect::<Result<Vec<RecordBatch>, BoxError>>()?;
        let all = concat_batches(&all[0].schema(), &all)?;
        let order = UInt64Array::from(permutation(rows));
        let part =
            move |start| Ok(take_record_batch(&all, &order.slice(start, UNIT.min(rows - start)))?);
        batches = Box::new((0..rows).step_by(UNIT).map(part));
    }
    let mut writer: Option<ArrowWriter<File>> = None;
    for batch in batches {
        let batch = batch?;
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

/// The numbers below `n` in random order.
fn permutation(n: usize) -> Vec<u64> {
    let mut random = Random(2);
    let mut order: Vec<u64> = (0..n as u64).collect();
    for i in (1..n).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
    order
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
    let replicates = rows.schema.column_with_name("_replicate_1").map(|_| {
        let fay = ReplicateColumns::new(ReplicateKind::Fay);
        Replicates::Columns(ReplicateColumns { rho: 0.5, ..fay })
    });
    let results = estimate(&plan()?, &rows, &Options { replicates, ..Options::default() })?;
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
