//! `inclusion check`.

use inclusion::{
    Error, Messages, Study, analyses_unavailable, check_file, check_files, concepts_needed,
    counted, prepare, untranslated,
};
use inclusion_ingest::Request;
use std::path::PathBuf;

/// Check a study file, its registry and the headers of its files, without reading the data
#[derive(clap::Args)]
pub struct Args {
    /// Study file
    study: PathBuf,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let prepared = prepare(Study::read(&args.study)?)?;
    check_files(&prepared.study)?;
    for sample in &prepared.samples {
        for part in &sample.parts {
            let request = Request {
                recipe: &part.recipe,
                registry: &prepared.registry,
                files: part.files.clone(),
                concepts: concepts_needed(&prepared, sample),
                options: inclusion_ingest::Options::default(),
                progress: None,
            };
            inclusion_ingest::check(&request).map_err(|error| sample.not_opened(error))?;
        }
        for (indicator, why) in &sample.unavailable {
            messages.note(&format!("note      {}: no {indicator}: {why}", sample.plan.sample));
        }
        for (id, why) in analyses_unavailable(&prepared, sample) {
            messages.note(&format!("note      {}: no analysis {id}: {why}", sample.plan.sample));
        }
        for diagnostic in &sample.diagnostics {
            messages.decided(diagnostic);
        }
    }
    let series = check_series(&prepared)?;
    for (language, text) in untranslated(&prepared) {
        messages.note(&format!("note      no translation into `{language}`: {text}"));
    }
    messages.note(&format!(
        "ok        {}: {}, {}{}, {}",
        args.study.display(),
        counted(prepared.samples.len() as u64, "survey"),
        series,
        counted(prepared.indicators.len() as u64, "indicator"),
        counted(prepared.breakdowns.len() as u64, "breakdown")
    ));
    Ok(())
}

/// Checks the headers of published series by reading them: they are small.
fn check_series(prepared: &inclusion::Prepared) -> Result<String, Error> {
    let Some(n) = inclusion::check_series(prepared)? else { return Ok(String::new()) };
    Ok(format!("{n} series, "))
}
