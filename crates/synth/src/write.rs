//! Survey and truth as files.
//!
//! A file is written beside its place under another name and moved there when it is complete, so
//! an interrupted run leaves no half file that looks whole. The same specification gives the same
//! bytes.

use crate::{Domain, Error, Population, Spec, TRUTH_ITEMS, Truth, schema, survey};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Float64Type, Int16Type, Int32Type, Int64Type};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows of a row group: small enough to be read in parallel, large enough to compress.
const ROW_GROUP: usize = 250_000;

/// Writes the survey as Parquet (zstd, row groups of 250,000 rows in PSU order) and returns the
/// number of rows.
///
/// # Errors
///
/// [`Error`] if the sample cannot be drawn or the file cannot be written.
pub fn write_parquet(spec: &Spec, path: &Path) -> Result<u64, Error> {
    let failed = |error| Error::Parquet(path.to_owned(), error);
    let batches = survey(spec)?;
    whole_file(path, |file| {
        let order = [2, 3].map(|column_idx| SortingColumn {
            column_idx,
            descending: false,
            nulls_first: false,
        });
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_sorting_columns(Some(order.to_vec()))
            .set_created_by("inclusion-synth".into())
            .build();
        let mut writer = ArrowWriter::try_new(file, schema(), Some(properties)).map_err(failed)?;
        let mut rows = 0;
        for batch in batches {
            rows += batch.num_rows() as u64;
            writer.write(&batch).map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        Ok(rows)
    })
}

/// Writes the survey as comma-separated text (UTF-8, header, LF; a blank is an empty field) and
/// returns the number of rows.
///
/// # Errors
///
/// [`Error`] if the sample cannot be drawn or the file cannot be written.
pub fn write_csv(spec: &Spec, path: &Path) -> Result<u64, Error> {
    let failed = |error| Error::Write(path.to_owned(), error);
    let batches = survey(spec)?;
    whole_file(path, |file| {
        let mut out = BufWriter::new(file);
        let names: Vec<String> = schema().fields().iter().map(|f| f.name().clone()).collect();
        writeln!(out, "{}", names.join(",")).map_err(failed)?;
        let mut rows = 0;
        for batch in batches {
            rows += batch.num_rows() as u64;
            write_lines(&mut out, &batch).map_err(failed)?;
        }
        out.flush().map_err(failed)?;
        Ok(rows)
    })
}

fn write_lines(out: &mut impl Write, batch: &RecordBatch) -> std::io::Result<()> {
    for row in 0..batch.num_rows() {
        for (i, column) in batch.columns().iter().enumerate() {
            if i > 0 {
                out.write_all(b",")?;
            }
            if column.is_null(row) {
                continue;
            }
            match column.data_type() {
                DataType::Int16 => write!(out, "{}", column.as_primitive::<Int16Type>().value(row)),
                DataType::Int32 => write!(out, "{}", column.as_primitive::<Int32Type>().value(row)),
                DataType::Int64 => write!(out, "{}", column.as_primitive::<Int64Type>().value(row)),
                _ => write!(out, "{}", column.as_primitive::<Float64Type>().value(row)),
            }?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the population's values as comma-separated text: one line for each indicator and each
/// part of the population. `_T` is "not split"; `base` and `number` are persons or households,
/// `value` is a share (0–1) or a mean.
///
/// # Errors
///
/// [`Error::Write`] if the file cannot be written.
pub fn write_truth(truth: &Truth, path: &Path) -> Result<u64, Error> {
    let failed = |error| Error::Write(path.to_owned(), error);
    whole_file(path, |file| {
        let mut out = BufWriter::new(file);
        let head = "indicator,sex,urbanisation,region,age_group,wealth_quintile,base,value";
        writeln!(out, "{head}").map_err(failed)?;
        let mut rows = 0;
        for item in TRUTH_ITEMS {
            for domain in domains(item.population) {
                let (base, value) = (truth.base(item.id, &domain), truth.share(item.id, &domain));
                let (Some(base), Some(value)) = (base, value) else { continue };
                writeln!(out, "{},{},{base},{value}", item.id, codes(&domain)).map_err(failed)?;
                rows += 1;
            }
        }
        out.flush().map_err(failed)?;
        Ok(rows)
    })
}

/// The parts of the population in the truth file.
fn domains(population: Population) -> Vec<Domain> {
    let all = Domain::default();
    let person = population == Population::Person;
    let mut parts = vec![all];
    parts.extend((1..=2).map(|code| Domain { area: Some(code), ..all }));
    parts.extend((1..=6).map(|code| Domain { region: Some(code), ..all }));
    parts.extend((1..=5).map(|code| Domain { wealth_quintile: Some(code), ..all }));
    if !person {
        return parts;
    }
    let ages = || (0..4).map(|code| Domain { age_group: Some(code), ..all });
    parts.extend(ages());
    for area in 1..=2 {
        parts.extend(ages().map(|domain| Domain { area: Some(area), ..domain }));
    }
    let sexes = [None, Some(2), Some(1)];
    parts.iter().flat_map(|part| sexes.map(|sex| Domain { sex, ..*part })).collect()
}

fn codes(domain: &Domain) -> String {
    let of = |code: Option<u8>, names: &[&str]| {
        code.and_then(|code| names.get(usize::from(code)).copied()).unwrap_or("_T").to_owned()
    };
    [
        of(domain.sex, &["_T", "M", "F"]),
        of(domain.area, &["_T", "U", "R"]),
        of(domain.region, &["_T", "1", "2", "3", "4", "5", "6"]),
        of(domain.age_group, &["10-14", "15-24", "25-64", "65+"]),
        of(domain.wealth_quintile, &["_T", "Q1", "Q2", "Q3", "Q4", "Q5"]),
    ]
    .join(",")
}

/// Writes under another name and moves the file to its place when it is complete.
pub(crate) fn whole_file(
    path: &Path,
    write: impl FnOnce(File) -> Result<u64, Error>,
) -> Result<u64, Error> {
    let failed = |error| Error::Write(path.to_owned(), error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part: PathBuf = path.with_file_name(name);
    let done = File::create(&part).map_err(failed).and_then(write);
    match done {
        Ok(rows) => std::fs::rename(&part, path).map_err(failed).map(|()| rows),
        Err(error) => {
            // The first error is the one to report; a leftover part file is only untidy.
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}
