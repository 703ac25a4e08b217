//! `inclusion synth`.

use clap::ValueEnum;
use inclusion::{Error, Messages};
use inclusion_synth::{Spec, truth, write_csv, write_parquet, write_truth};
use std::path::{Path, PathBuf};

/// Make a synthetic household survey of a made-up country, with its population's true values
#[derive(clap::Args)]
pub struct Args {
    /// Folder for the files
    folder: PathBuf,
    /// About how many persons; 20,000 if left out
    #[arg(long, value_parser = persons, allow_negative_numbers = true)]
    rows: Option<u64>,
    /// Makes the population
    #[arg(long)]
    seed: Option<u64>,
    /// Chooses the sample from it
    #[arg(long, default_value_t = 0)]
    draw: u32,
    /// File formats
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["parquet"])]
    format: Vec<FileFormat>,
    /// Also count the whole population into truth.csv
    #[arg(long)]
    truth: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileFormat {
    Parquet,
    Csv,
    Sav,
    Dta,
}

pub fn persons(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("give a whole number of persons, 1 or more".to_string()),
        Ok(rows) => Ok(rows),
    }
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let mut spec = Spec { draw: args.draw, ..Spec::default() };
    if let Some(seed) = args.seed {
        spec.seed = seed;
    }
    if let Some(rows) = args.rows {
        spec = spec.with_rows(rows);
        spec.check()
            .map_err(|error| Error::Usage(format!("--rows {rows} is too many: {error}")))?;
    }
    std::fs::create_dir_all(&args.folder)
        .map_err(|source| Error::Write { path: args.folder.clone(), source })?;
    for format in &args.format {
        let path = args.folder.join("ict_survey").with_extension(match format {
            FileFormat::Parquet => "parquet",
            FileFormat::Csv => "csv",
            FileFormat::Sav => "sav",
            FileFormat::Dta => "dta",
        });
        write(&spec, *format, &path)?;
        messages.wrote(&path);
    }
    if args.truth {
        let path = args.folder.join("truth.csv");
        write_truth(&truth(&spec).map_err(synth)?, &path).map_err(synth)?;
        messages.wrote(&path);
    }
    Ok(())
}

fn write(spec: &Spec, format: FileFormat, path: &Path) -> Result<(), Error> {
    match format {
        FileFormat::Parquet => write_parquet(spec, path).map(drop).map_err(synth),
        FileFormat::Csv => write_csv(spec, path).map(drop).map_err(synth),
        FileFormat::Sav | FileFormat::Dta => labelled(spec, format, path),
    }
}

/// Formats with value labels are written in one piece, so they are for surveys of ordinary size.
fn labelled(spec: &Spec, format: FileFormat, path: &Path) -> Result<(), Error> {
    let survey = inclusion_synth::survey(spec).map_err(synth)?;
    let schema = survey.schema();
    let batches: Vec<_> = survey.collect();
    let batch = arrow::compute::concat_batches(&schema, &batches)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let mut labels = inclusion_ingest::Labels::default();
    for variable in inclusion_synth::code_book() {
        labels.variables.insert(variable.name.to_string(), variable.label.to_string());
        if !variable.values.is_empty() {
            let values = variable.values.iter().map(|(code, text)| (*code, text.to_string()));
            labels.values.insert(variable.name.to_string(), values.collect());
        }
    }
    match format {
        FileFormat::Sav => inclusion_ingest::write_spss(path, &batch, &labels)?,
        _ => inclusion_ingest::write_stata(path, &batch, &labels)?,
    }
    Ok(())
}

pub fn synth(error: inclusion_synth::Error) -> Error {
    match error {
        inclusion_synth::Error::Spec { .. } | inclusion_synth::Error::Workload { .. } => {
            Error::Usage(error.to_string())
        }
        inclusion_synth::Error::Write(path, source) => Error::Write { path, source },
        inclusion_synth::Error::Read(path, source) => Error::Read { path, source },
        other => Error::Internal(other.to_string()),
    }
}
