//! `inclusion analyse`.

use super::print;
use inclusion::{
    AnalysesFile, Error, Messages, Only, Study, check_file, check_files, not_an_input, prepare,
    print_analyses, walk, write_analyses,
};
use std::path::PathBuf;

/// Make a study's analyses (tests, regressions, decompositions) and print them as tables
#[derive(clap::Args)]
pub struct Args {
    /// Study file with its [[analysis]] sections
    study: PathBuf,
    /// Print this analysis only; all are made, because they are reviewed and adjusted together
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Write all figures to this file, .csv or .parquet, and covariance matrices beside it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let prepared = prepare(Study::read(&args.study)?)?;
    let only = Only::new(&prepared, args.only.as_deref())?;
    let file = args.output.as_deref().map(AnalysesFile::new).transpose()?;
    args.output.iter().try_for_each(|path| not_an_input(&prepared.study, path))?;
    check_files(&prepared.study)?;
    let walked = walk(&prepared, &|what, done, all| messages.progress(what, done, all))?;
    for sample in &walked.samples {
        messages.read(&sample.id, sample.rows, sample.sources.len(), sample.seconds);
    }
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    if let Some(file) = &file {
        write_analyses(&walked, file)?.iter().for_each(|path| messages.wrote(path));
    }
    print(&print_analyses(&prepared, &walked, &only))
}
