//! `inclusion cells`.

use inclusion::{
    CONFIDENTIAL, CellsMade, CellsTarget, Engine, Error, Messages, Prepared, Study, cells_target,
    check_file, check_files_for, make_cells, merge_cells, not_from_cells, prepare,
};
use inclusion_estimate::{Diagnostic, Severity};
use std::path::PathBuf;

/// Save the sums from which a study's estimates follow; or merge those of parts of a survey
///
/// Cells are the sums by stratum, primary sampling unit and breakdown codes. `inclusion estimate
/// --cells` makes the same estimates of them, to the bit, without the microdata. They are as
/// confidential as the microdata: a cell may be one person.
#[derive(clap::Args)]
pub struct Args {
    /// Study file: data, indicators and breakdowns
    #[arg(required_unless_present = "merge")]
    study: Option<PathBuf>,
    /// The file to write (.parquet), for one survey; or a folder, for a file of each survey and of each
    /// part file of its rows. What stands in the folder already is kept if plan and source are the same,
    /// so that a run that was broken off goes on
    #[arg(long, value_name = "FILE.parquet | FOLDER")]
    output: PathBuf,
    /// Only the survey with this id
    #[arg(long)]
    survey: Option<String>,
    /// Merge these files of cells, or all in a folder: parts of one survey, in any order
    #[arg(long, value_name = "FILE | FOLDER", num_args = 1.., conflicts_with_all = ["study", "survey"])]
    merge: Vec<PathBuf>,
    #[command(flatten)]
    engine: super::engine::Place,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let Some(study) = &args.study else {
        let merged = merge_cells(&args.merge, &args.output)?;
        messages.merged(&merged.survey, merged.rows, merged.parts, merged.cells);
        messages.wrote(&merged.path);
        confidential(messages);
        return Ok(());
    };
    check_file(study)?;
    let target = cells_target(&args.output)?;
    let study = Study::read(study)?;
    let engine = args.engine.of(&study)?;
    let prepared = prepare(study)?;
    check_files_for(&prepared.study, &engine)?;
    if let Some(note) = not_from_cells(&prepared) {
        messages.decided(&note);
    }
    let mut told = |made: &CellsMade| match made.made {
        Some((rows, files, cells)) => {
            messages.read(&made.survey, rows, files, made.seconds);
            messages.made(&made.survey, cells);
            messages.wrote(&made.path);
        }
        None => messages.kept(&made.path),
    };
    if let Engine::Ballista { scheduler } = &engine {
        told(&on_cluster(args, &prepared, &target, scheduler, messages)?);
        confidential(messages);
        return Ok(());
    }
    let progress = |what: &str, done, all| messages.progress(what, done, all);
    let removed = make_cells(&prepared, args.survey.as_deref(), &target, &progress, &mut told)?;
    removed.iter().for_each(|path| messages.removed(path));
    confidential(messages);
    Ok(())
}

#[cfg(feature = "cluster")]
fn on_cluster(
    args: &Args,
    prepared: &Prepared,
    target: &CellsTarget,
    scheduler: &str,
    messages: &Messages,
) -> Result<CellsMade, Error> {
    let CellsTarget::File(path) = target else {
        return Err(Error::Usage(
            "a cluster makes the cells of one survey as one file: name it (`--output NAME.parquet`)".to_string(),
        ));
    };
    let told = |survey: &str, what: &str| messages.cluster(survey, what);
    inclusion::make_cells_on_cluster(prepared, args.survey.as_deref(), path, scheduler, &told)
}

#[cfg(not(feature = "cluster"))]
fn on_cluster(
    _: &Args,
    _: &Prepared,
    _: &CellsTarget,
    _: &str,
    _: &Messages,
) -> Result<CellsMade, Error> {
    Err(inclusion::without_cluster())
}

fn confidential(messages: &Messages) {
    let note = Diagnostic::fixed("confidential_cells", Severity::Caution, CONFIDENTIAL);
    messages.decided(&note);
}
