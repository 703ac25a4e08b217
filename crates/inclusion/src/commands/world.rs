//! `inclusion aggregate`, `inclusion progress` and `inclusion data-gaps`.

use super::print;
use inclusion::{
    Error, Messages, Prepared, Study, Walked, check_file, check_files, estimates_file, prepare,
    walk, world_file, world_tables, write_data_gaps, write_estimates, write_progress,
};
use inclusion_report::{Table, WorldTables, terminal};
use std::path::{Path, PathBuf};

/// Print the world and the groups of countries of a study with published figures, then its countries
#[derive(clap::Args)]
pub struct Aggregate {
    /// Study file with its [[series]] sections
    study: PathBuf,
    /// Leave the tables of countries out
    #[arg(long)]
    groups_only: bool,
    /// Write the figures of countries and groups to this file too, .parquet or .csv
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Print how countries move towards the targets of the indicators, by every rule side by side
#[derive(clap::Args)]
pub struct Progress {
    /// Study file with its [[series]] sections
    study: PathBuf,
    /// Write what the rules say to this file too, projections with the status F
    #[arg(long, value_name = "FILE.csv")]
    output: Option<PathBuf>,
}

/// Print where figures of women and men are missing, by group and by country
#[derive(clap::Args)]
pub struct DataGaps {
    /// Study file with its [[series]] sections
    study: PathBuf,
    /// Write the newest years, ages and sources by country and indicator to this file too
    #[arg(long, value_name = "FILE.csv")]
    output: Option<PathBuf>,
}

pub fn aggregate(args: &Aggregate, messages: &Messages) -> Result<(), Error> {
    let prepared = prepared(&args.study)?;
    let file = args.output.as_deref();
    let file = file.map(|path| estimates_file(&prepared.study, Some(path))).transpose()?;
    let (walked, tables) = tables(&prepared, messages)?;
    if let Some(file) = file {
        messages.wrote(&write_estimates(&prepared, &walked, &file)?);
    }
    let countries = if args.groups_only { Vec::new() } else { tables.countries };
    show(tables.groups.iter().chain(&countries), "no figure of the study's indicators")
}

pub fn progress(args: &Progress, messages: &Messages) -> Result<(), Error> {
    let prepared = prepared(&args.study)?;
    if let Some(path) = &args.output {
        world_file(&prepared.study, path, "progress is")?;
    }
    let (walked, tables) = tables(&prepared, messages)?;
    if let Some(path) = &args.output {
        write_progress(&prepared, &walked, path)?;
        messages.wrote(path);
    }
    let none = "no country with figures of two years of one indicator";
    let tables: Vec<String> = tables
        .progress
        .iter()
        .map(terminal)
        .chain(tables.unjudged.iter().map(|own| format!("{own}\n")))
        .collect();
    show_texts(&tables, none)
}

pub fn data_gaps(args: &DataGaps, messages: &Messages) -> Result<(), Error> {
    let prepared = prepared(&args.study)?;
    if let Some(path) = &args.output {
        world_file(&prepared.study, path, "gaps in the data are")?;
    }
    let (walked, tables) = tables(&prepared, messages)?;
    if let Some(path) = &args.output {
        write_data_gaps(&prepared, &walked, path)?;
        messages.wrote(path);
    }
    show(tables.gaps.iter(), "no figure of the study's indicators")
}

fn prepared(study: &Path) -> Result<Prepared, Error> {
    check_file(study)?;
    let prepared = prepare(Study::read(study)?)?;
    if prepared.world.is_none() {
        let message = format!(
            "`{}` has no [[series]]; add one with `file` and `recipe`, such as recipe = \"un-sdg/bulk-csv\"",
            study.display()
        );
        return Err(Error::Usage(message));
    }
    check_files(&prepared.study)?;
    Ok(prepared)
}

fn tables(prepared: &Prepared, messages: &Messages) -> Result<(Walked, WorldTables), Error> {
    let walked = walk(prepared, &|what, done, all| messages.progress(what, done, all))?;
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    let tables = world_tables(prepared, &walked)?;
    Ok((walked, tables))
}

/// Tables one after the other, or what there is not.
fn show<'a>(tables: impl Iterator<Item = &'a Table>, none: &str) -> Result<(), Error> {
    show_texts(&tables.map(terminal).collect::<Vec<String>>(), none)
}

fn show_texts(texts: &[String], none: &str) -> Result<(), Error> {
    match texts.is_empty() {
        true => print(&format!("The series have {none}.\n")),
        false => print(&texts.join("\n")),
    }
}
