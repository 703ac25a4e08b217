//! `inclusion annex`.

use inclusion::{
    Error, Format, Messages, Study, annex, check_file, check_files, prepare, walk, write,
};
use std::path::PathBuf;

/// Write a study's tables, charts and notes as an annex; withheld figures print as the style's mark
#[derive(clap::Args)]
pub struct Args {
    /// Study file: data, indicators, breakdowns and disclosure policy
    study: PathBuf,
    /// Output formats; the study's own if left out
    #[arg(long, value_enum, value_delimiter = ',')]
    format: Vec<Format>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let mut study = Study::read(&args.study)?;
    if !args.format.is_empty() {
        study.file.output.formats = args.format.clone();
    }
    let prepared = prepare(study)?;
    check_files(&prepared.study)?;
    let walked = walk(&prepared, &|what, done, all| messages.progress(what, done, all))?;
    for sample in &walked.samples {
        messages.read(&sample.id, sample.rows, sample.sources.len(), sample.seconds);
    }
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    let rendered = annex(&prepared, &walked)?;
    let written = write(&prepared.study, &rendered)?;
    written.paths.iter().for_each(|path| messages.wrote(path));
    written.removed.iter().for_each(|path| messages.removed(path));
    messages.headline(&rendered.headline);
    Ok(())
}
