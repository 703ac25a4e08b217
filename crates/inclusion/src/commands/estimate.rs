//! `inclusion estimate`.

use super::print;
use inclusion::{Dialect, Error, Messages, Quick, quick, quick_script};
use std::path::PathBuf;

/// A quick look without a study file: print one table of an indicator by a breakdown
#[derive(clap::Args)]
pub struct Args {
    /// Data files: FILE for the recipe's own rows, or ROLE=FILE where it has several
    #[arg(required = true, value_name = "[ROLE=]FILE")]
    files: Vec<String>,
    /// Recipe of the registry, such as tic-domicilios/2015
    #[arg(long)]
    recipe: String,
    /// Indicator of the registry, such as HH7
    #[arg(long, required = true, value_delimiter = ',')]
    indicator: Vec<String>,
    /// Breakdown, such as "sex * urbanisation"
    #[arg(long, default_value = "sex")]
    by: Vec<String>,
    /// Folder that adds to or overrides the built-in registry
    #[arg(long)]
    registry: Option<PathBuf>,
    /// Disclosure profile
    #[arg(long, default_value = "dhs")]
    profile: String,
    /// What to do with a stratum of one PSU
    #[arg(long, default_value = "fail", value_parser = ["fail", "remove", "certainty", "adjust", "average"])]
    lonely_psu: String,
    /// PSU numbers are unique only inside their stratum
    #[arg(long)]
    nest: bool,
    /// Print the script that gives the figures in another program instead: r, stata, svy (Python)
    #[arg(long = "as", value_name = "PROGRAM", value_parser = Dialect::NAMES)]
    program: Option<String>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let request = Quick {
        files: args.files.clone(),
        recipe: args.recipe.clone(),
        indicators: args.indicator.clone(),
        by: args.by.clone(),
        registry: args.registry.clone(),
        profile: args.profile.clone(),
        lonely_psu: args.lonely_psu.clone(),
        nest: args.nest,
    };
    if let Some(dialect) = args.program.as_deref().and_then(Dialect::named) {
        return print(&quick_script(&request, dialect)?);
    }
    let (text, walked) = quick(&request, &|what, done, all| messages.progress(what, done, all))?;
    for sample in &walked.samples {
        messages.read(&sample.id, sample.rows, sample.sources.len(), sample.seconds);
    }
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    print(&text)
}
