//! `inclusion reproduce`.

use super::print;
use inclusion::{Dialect, Error, Messages, Reproduce, Study, check_file, reproduce};
use std::path::PathBuf;

/// Print the script that gives a study's figures in R `survey`, Stata or Python `svy`
#[derive(clap::Args)]
pub struct Args {
    /// Study file
    study: PathBuf,
    /// The program: r, stata, or svy (Python)
    #[arg(long = "as", value_name = "PROGRAM", value_parser = Dialect::NAMES)]
    program: String,
    /// Indicators; those of the study if left out
    #[arg(long, value_delimiter = ',')]
    indicator: Vec<String>,
    /// Breakdowns, such as "sex * urbanisation"; those of the study if left out
    #[arg(long)]
    by: Vec<String>,
    /// The survey, where the study has several
    #[arg(long)]
    survey: Option<String>,
}

pub fn run(args: &Args, _messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let study = Study::read(&args.study)?;
    let dialect = Dialect::named(&args.program)
        .ok_or_else(|| Error::Internal(format!("no program `{}`", args.program)))?;
    let request = Reproduce {
        dialect,
        indicators: args.indicator.clone(),
        by: args.by.clone(),
        survey: args.survey.clone(),
    };
    print(&reproduce(study, &request)?)
}
