//! `inclusion check`.

use inclusion::{
    CheckedSeries, Error, Messages, Prepared, Study, analyses_unavailable, check_file, check_files,
    check_series, concepts_needed, counted, prepare, untranslated, untranslated_notes,
};
use inclusion_ingest::Request;
use std::collections::BTreeMap;
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
    if let Some(series) = &series {
        tell_notes(&prepared, series, messages);
    }
    let series = series.map_or(String::new(), |own| format!("{} series, ", own.series));
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

/// Notes of sources that are told, of each language.
const TOLD: usize = 20;

/// Tells which notes of sources stay as they are in a language of the annex.
fn tell_notes(prepared: &Prepared, series: &CheckedSeries, messages: &Messages) {
    let mut by_language: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (language, note) in untranslated_notes(prepared, &series.notes) {
        by_language.entry(language).or_default().push(note);
    }
    for (language, notes) in by_language {
        for note in notes.iter().take(TOLD) {
            messages.note(&format!(
                "note      no translation into `{language}` of a note of a source, which stays as it is: {note}"
            ));
        }
        if let Some(more) = notes.len().checked_sub(TOLD).filter(|more| *more > 0) {
            messages
                .note(&format!("note      {more} more notes of sources likewise in `{language}`"));
        }
    }
}
