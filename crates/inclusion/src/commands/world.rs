//! `inclusion aggregate`, `inclusion progress` and `inclusion data-gaps`.

use super::print;
use inclusion::{Error, Messages, Study, check_file, check_files, prepare, walk, world_tables};
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
}

/// Print how countries move towards the targets of the indicators, by every rule side by side
#[derive(clap::Args)]
pub struct Progress {
    /// Study file with its [[series]] sections
    study: PathBuf,
}

/// Print where figures of women and men are missing, by group and by country
#[derive(clap::Args)]
pub struct DataGaps {
    /// Study file with its [[series]] sections
    study: PathBuf,
}

pub fn aggregate(args: &Aggregate, messages: &Messages) -> Result<(), Error> {
    let tables = tables(&args.study, messages)?;
    let countries = if args.groups_only { Vec::new() } else { tables.countries };
    show(tables.groups.iter().chain(&countries), "no figure of the study's indicators")
}

pub fn progress(args: &Progress, messages: &Messages) -> Result<(), Error> {
    let none = "no country with figures of two years of one indicator";
    show(tables(&args.study, messages)?.progress.iter(), none)
}

pub fn data_gaps(args: &DataGaps, messages: &Messages) -> Result<(), Error> {
    show(tables(&args.study, messages)?.gaps.iter(), "no figure of the study's indicators")
}

fn tables(study: &Path, messages: &Messages) -> Result<WorldTables, Error> {
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
    let walked = walk(&prepared, &|what, done, all| messages.progress(what, done, all))?;
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    world_tables(&prepared, &walked)
}

/// Tables one after the other, or what there is not.
fn show<'a>(tables: impl Iterator<Item = &'a Table>, none: &str) -> Result<(), Error> {
    let texts: Vec<String> = tables.map(terminal).collect();
    match texts.is_empty() {
        true => print(&format!("The series have {none}.\n")),
        false => print(&texts.join("\n")),
    }
}
