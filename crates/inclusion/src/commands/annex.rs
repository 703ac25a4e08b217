//! `inclusion annex`.

use inclusion::{
    Error, Format, Messages, Study, annex, check_file, prepare, walk_cells, walk_on, write,
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
    /// Estimate from this file of cells, or all in a folder, instead of the microdata (`inclusion
    /// cells`); may be given several times
    #[arg(long, value_name = "FILE | FOLDER")]
    cells: Vec<PathBuf>,
    #[command(flatten)]
    engine: super::engine::Place,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let mut study = Study::read(&args.study)?;
    if !args.format.is_empty() {
        study.file.output.formats = args.format.clone();
    }
    super::engine::not_with_cells(&args.engine, &args.cells)?;
    let engine = args.engine.of(&study)?;
    let prepared = prepare(study)?;
    let progress = |what: &str, done, all| messages.progress(what, done, all);
    let walked = if args.cells.is_empty() {
        walk_on(&engine, &prepared, &progress, &|survey, what| messages.cluster(survey, what))?
    } else {
        walk_cells(&prepared, &args.cells, &progress)?
    };
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
