//! The walk: files → harmonised rows → estimates → gaps and parity → disclosure review.
//!
//! Each step takes the type that the one before it made; none reaches around.

use crate::Error;
use crate::cells::CellsOfStudy;
use crate::plan::{Part, Prepared, Sample, draft_note, is_by_sex, is_compared};
use crate::world::World;
use arrow::array::RecordBatch;
use inclusion_disclosure::{
    Codings, Publishable, PublishableAnalyses, review_analyses, review_with,
};
use inclusion_estimate::{
    Absence, Codes, Counts, Diagnostic, Estimate, Measure, Outcome, SeriesKey, Severity, Text,
    Uncertainty, Unit,
};
use inclusion_ingest::{Harmonised, LogEntry, Request, Source};
use inclusion_measures as measures;
use inclusion_registry::{Indicator, IndicatorKind, Policy, Registry};
use inclusion_survey::{BoxError, Group, Results, Rows};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// Told how far the reading of a sample is: its id, bytes done, bytes in all. Where it breaks, the walk
/// ends with [`inclusion_ingest::Error::Stopped`].
pub type Progress<'a> = dyn Fn(&str, u64, u64) -> ControlFlow<()> + Sync + 'a;

/// The [`Progress`] of which nobody is told.
pub fn untold(_survey: &str, _done: u64, _all: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What the walk gives.
pub struct Walked {
    /// Reviewed rows of all samples.
    pub publishable: Publishable,
    /// Reviewed analyses of all samples.
    pub analyses: PublishableAnalyses,
    /// One record for each sample, in the study's order.
    pub samples: Vec<SampleRecord>,
    /// What was decided, each once.
    pub diagnostics: Vec<Diagnostic>,
    /// Published figures.
    pub world: World,
    /// The sources that figures of pools, changes and contrasts are made of, by their own source.
    pub made_of: BTreeMap<Text, BTreeSet<Text>>,
}

/// What was read for one sample.
pub struct SampleRecord {
    /// Its id.
    pub id: String,
    /// Rows used.
    pub rows: u64,
    /// Source files.
    pub sources: Vec<Source>,
    /// Seconds of wall time; never part of an output file.
    pub seconds: f64,
}

/// Walks a prepared study up to the disclosure review.
///
/// # Errors
///
/// [`Error::Ingest`] or [`Error::Survey`], naming the user's file, line, column and value.
pub fn walk(prepared: &Prepared, progress: &Progress<'_>) -> Result<Walked, Error> {
    for sample in &prepared.samples {
        crate::area::check(sample)?;
    }
    walk_by(prepared, progress, &|sample| {
        let passed = pass(sample, &prepared.registry, progress)?;
        crate::area::check_rows(sample, passed.results.rows)?;
        Ok(passed)
    })
}

/// The same from files of cells, or folders of them, without reading the microdata; the result is the
/// same to the bit.
///
/// # Errors
///
/// [`Error::Cells`] if cells of a survey are not there, or are of another plan or of other files;
/// [`Error::Study`] if the study asks for what needs every row.
pub fn walk_cells(
    prepared: &Prepared,
    cells: &[PathBuf],
    progress: &Progress<'_>,
) -> Result<Walked, Error> {
    let cells = CellsOfStudy::open(prepared, cells)?;
    walk_by(prepared, progress, &|sample| cells.pass(prepared, sample))
}

/// The same with cells that a cluster makes of the rows, which this process does not read; the result is
/// the same to the bit.
///
/// # Errors
///
/// [`Error::Cluster`] with what to do; [`Error::Usage`] if the study asks for what needs every row, or for
/// what SQL is not written for; [`Error::Cells`] if rows are not covered by the recipe.
#[cfg(feature = "cluster")]
pub(crate) fn walk_cluster(
    prepared: &Prepared,
    scheduler: &str,
    progress: &Progress<'_>,
    told: &crate::ClusterTold<'_>,
) -> Result<Walked, Error> {
    crate::cells::only_sums(prepared)?;
    walk_by(prepared, progress, &|sample| {
        crate::cells::pass_of_cluster(prepared, sample, scheduler, told)
    })
}

/// The walk with each sample estimated by `estimated`.
fn walk_by(
    prepared: &Prepared,
    progress: &Progress<'_>,
    estimated: &dyn Fn(&Sample) -> Result<Passed, Error>,
) -> Result<Walked, Error> {
    let mut estimates = Vec::new();
    let mut diagnostics = Vec::new();
    let mut samples = Vec::new();
    let mut facts = Vec::new();
    crate::plan::shared::check(&prepared.study, &prepared.samples, true)?;
    for sample in &prepared.samples {
        let started = Instant::now();
        let passed = estimated(sample)?;
        let rows = passed.results.rows;
        let several = prepared.samples.len() > 1;
        let named = |diagnostic| if several { of_survey(sample, diagnostic) } else { diagnostic };
        diagnostics.extend(sample.diagnostics.iter().cloned().map(named));
        // The estimation counts rows of weight 0 itself, over all files of the sample.
        let log = passed.log.iter().filter(|entry| entry.code != "zero_weight");
        diagnostics.extend(log.map(diagnostic_of).map(named));
        diagnostics.extend(passed.results.diagnostics.iter().cloned().map(named));
        facts.push(crate::across::Facts::of(&passed.results));
        estimates.extend(estimates_of(
            sample,
            &prepared.registry,
            passed.results,
            &prepared.measures,
        ));
        for indicator in &prepared.indicators {
            if sample.unavailable.contains_key(&indicator.id) {
                estimates.push(unavailable(sample, indicator));
            }
        }
        samples.push(SampleRecord {
            id: sample.plan.sample.clone(),
            rows,
            sources: passed.sources,
            seconds: started.elapsed().as_secs_f64(),
        });
    }
    let inputs = crate::across::extend(prepared, &facts, &mut estimates, &mut diagnostics)?;
    for indicator in &prepared.indicators {
        if let Some(message) = draft_note(indicator) {
            diagnostics.push(Diagnostic {
                code: Text::fixed("draft_indicator"),
                severity: Severity::Caution,
                message: message.into(),
                count: 0,
            });
        }
    }
    let world = crate::world::extend(prepared, &mut estimates, &mut diagnostics, progress)?;
    for id in &prepared.study.file.estimate.only_stated {
        diagnostics.iter_mut().for_each(|diagnostic| left_out(diagnostic, id.get_ref()));
    }
    let few = few_of(&prepared.policy);
    diagnostics.iter_mut().for_each(|diagnostic| without_few(diagnostic, few));
    diagnostics.sort();
    diagnostics.dedup();
    let codings = codings_of(prepared);
    let publishable = review_with(estimates, &prepared.policy, &codings, &inputs);
    let analyses = crate::analyse::run(prepared, progress)?;
    let analyses = review_analyses(analyses, &publishable, &prepared.policy, &codings);
    let made_of = crate::origins::made_of(&inputs);
    Ok(Walked { publishable, analyses, samples, diagnostics, world, made_of })
}

/// So few cases the profile shows nowhere; rounded counts are none that may stand beside others exactly.
fn few_of(policy: &Policy) -> u64 {
    match policy.round_counts {
        Some(_) => u64::MAX,
        None => policy.withhold_below.max(policy.threshold.unwrap_or(0)),
    }
}

/// Rows that do not state a concept are in no total either, where the study leaves them out.
fn left_out(diagnostic: &mut Diagnostic, concept: &str) {
    let states = format!(" not state `{concept}`: ");
    if diagnostic.code == "breakdown_not_stated"
        && let Some((rows, _)) = diagnostic.message.split_once(&states)
    {
        let they = if diagnostic.count == 1 { "it is" } else { "they are" };
        diagnostic.message = format!("{rows}{states}{they} in no figure.").into();
    }
}

/// Rows without a code are a group of their own in totals, of which a small number is not told.
fn without_few(diagnostic: &mut Diagnostic, few: u64) {
    let about = ["breakdown_not_stated", "breakdown_not_applicable"];
    if !about.contains(&diagnostic.code.as_str()) || diagnostic.count >= few {
        return;
    }
    let message = diagnostic.message.to_string();
    let parts = [
        (" rows do not state ", "do not state"),
        (" row does not state ", "do not state"),
        (" rows belong to ", "belong to"),
        (" row belongs to ", "belong to"),
    ];
    let found = parts.iter().find_map(|(part, verb)| Some((message.split_once(part)?, verb)));
    let Some(((before, after), verb)) = found else {
        return;
    };
    // Behind the name of a survey, where there are several.
    let some = match before.rsplit_once(' ') {
        Some((survey, _)) => format!("{survey} some"),
        None => "Some".to_string(),
    };
    let after = after.replacen(": it is in", ": they are in", 1);
    diagnostic.message = format!("{some} rows {verb} {after}").into();
    diagnostic.count = 0;
}

/// The same with the survey that it is about, for a study of several.
fn of_survey(sample: &Sample, mut diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.message = format!("{}: {}", sample.plan.sample, diagnostic.message).into();
    diagnostic
}

/// The definitions of all breakdown variables, with the codes that recipes add.
pub(crate) fn codings_of(prepared: &Prepared) -> Codings {
    let parts = prepared.samples.iter().flat_map(|sample| &sample.parts);
    let lists: Vec<_> = parts.map(|part| prepared.registry.concepts_for(&part.recipe)).collect();
    Codings::of(lists.iter().flat_map(BTreeMap::values)).with_indicators(&prepared.indicators)
}

/// One pass over the rows of a sample.
pub(crate) struct Passed {
    pub results: Results,
    pub log: Vec<LogEntry>,
    pub sources: Vec<Source>,
}

pub(crate) fn pass(
    sample: &Sample,
    registry: &Registry,
    progress: &Progress<'_>,
) -> Result<Passed, Error> {
    let id = sample.plan.sample.as_str();
    let told = |done: u64, all: u64| progress(id, done, all);
    let opened = opened_with(sample, registry, Some(&told))?;
    let results = estimate(sample, &opened)?;
    Ok(Passed {
        results,
        log: opened.iter().flat_map(Harmonised::log).collect(),
        sources: opened.iter().flat_map(Harmonised::sources).collect(),
    })
}

/// The files of a sample, opened once more; how far they are read is not told again.
pub(crate) fn opened<'a>(
    sample: &'a Sample,
    registry: &'a Registry,
) -> Result<Vec<Harmonised<'a>>, Error> {
    opened_with(sample, registry, None)
}

fn opened_with<'a>(
    sample: &'a Sample,
    registry: &'a Registry,
    progress: Option<&'a inclusion_ingest::Progress<'a>>,
) -> Result<Vec<Harmonised<'a>>, Error> {
    let files = sample.parts.iter().map(|part| (part, part.files.clone())).collect();
    opened_files(sample, registry, files, progress)
}

/// Some files of a sample, each with its recipe.
pub(crate) fn opened_files<'a>(
    sample: &'a Sample,
    registry: &'a Registry,
    parts: Vec<(&'a Part, BTreeMap<String, Vec<PathBuf>>)>,
    progress: Option<&'a inclusion_ingest::Progress<'a>>,
) -> Result<Vec<Harmonised<'a>>, Error> {
    let mut opened = Vec::new();
    for (part, files) in parts {
        let request = Request {
            recipe: &part.recipe,
            registry,
            files,
            concepts: sample.plan.concepts.keys().cloned().collect(),
            options: inclusion_ingest::Options {
                frames: sample.frames.clone(),
                ..Default::default()
            },
            progress,
        };
        opened.push(inclusion_ingest::open(request).map_err(|error| sample.not_opened(error))?);
    }
    Ok(opened)
}

/// Hands over the rows of all files of a sample.
pub(crate) fn with_rows<T>(
    opened: &[Harmonised<'_>],
    with: impl FnOnce(&Rows<'_>) -> T,
) -> Result<T, Error> {
    with_rows_seen(opened, &|_, _| {}, with)
}

/// The same; each batch is shown first, with the place of what was opened.
pub(crate) fn with_rows_seen<T>(
    opened: &[Harmonised<'_>],
    seen: &(dyn Fn(usize, &RecordBatch) + Sync),
    with: impl FnOnce(&Rows<'_>) -> T,
) -> Result<T, Error> {
    let first =
        opened.first().ok_or_else(|| Error::Internal("a sample has no file".to_string()))?;
    let read = |unit: usize, each: &mut dyn FnMut(_) -> Result<(), BoxError>| {
        let mut unit = unit;
        for (at, part) in opened.iter().enumerate() {
            match unit.checked_sub(part.units()) {
                Some(rest) => unit = rest,
                None => {
                    return part.read(unit, &mut |batch| {
                        seen(at, &batch);
                        each(batch)
                    });
                }
            }
        }
        Err(BoxError::from("a unit that no file has was asked for"))
    };
    let rows = Rows {
        schema: first.schema(),
        units: opened.iter().map(Harmonised::units).sum(),
        read: &read,
    };
    Ok(with(&rows))
}

pub(crate) fn estimate(sample: &Sample, opened: &[Harmonised<'_>]) -> Result<Results, Error> {
    let results =
        with_rows(opened, |rows| inclusion_survey::estimate(&sample.plan, rows, &sample.options))?;
    results.map(without_false_precision).map_err(|error| survey_error(sample, error))
}

/// An error of the estimation; the reader's own comes back out of the box it travelled in.
pub(crate) fn survey_error(sample: &Sample, error: inclusion_survey::Error) -> Error {
    match error {
        inclusion_survey::Error::Rows(inner) => match inner.downcast::<inclusion_ingest::Error>() {
            Ok(error) => Error::Ingest(error),
            Err(other) => of_sample(sample, inclusion_survey::Error::Rows(other)),
        },
        other => of_sample(sample, other),
    }
}

/// The standard error of 0 of a group in a single PSU, or of one row, is R's convention, and not a precision that
/// may be printed or enter a gap: it becomes unknown.
pub(crate) fn without_false_precision(mut results: Results) -> Results {
    let all = results.groups.iter_mut().flat_map(|group| {
        let compared = group.compared.iter_mut().flatten();
        group.members.iter_mut().chain([&mut group.total]).chain(compared)
    });
    for estimate in all {
        let alone = [inclusion_survey::ONE_PSU, inclusion_survey::ONE_ROW];
        let alone = estimate.diagnostics.iter().any(|d| alone.contains(&d.code.as_str()));
        if let (true, Outcome::Known(figure)) = (alone, &mut estimate.outcome) {
            figure.value = Uncertainty::Unknown { value: figure.point() };
            figure.interval = None;
        }
    }
    results
}

/// The column with the weight or finite population that an error speaks of.
fn column_of<'a>(sample: &'a Sample, error: &inclusion_survey::Error) -> Option<&'a str> {
    use inclusion_survey::Error::{Fpc, FpcTooSmall, Weight};
    let design = &sample.parts.first()?.recipe.design;
    match error {
        Weight { .. } => design.weight.as_ref().map(|weight| weight.column.as_str()),
        Fpc { stratum, .. } | FpcTooSmall { stratum, .. } => {
            let stage = stratum.rsplit_once(", stage ").and_then(|(_, n)| n.parse::<usize>().ok());
            match stage {
                Some(stage) => design.stages.get(stage.checked_sub(2)?)?.fpc.as_deref(),
                None => design.fpc.as_deref(),
            }
        }
        _ => None,
    }
}

/// An error of the estimation with the survey and the file it speaks of.
fn of_sample(sample: &Sample, source: inclusion_survey::Error) -> Error {
    let rows = sample.parts.iter().filter_map(|part| part.files.get(&part.recipe.rows));
    let mut files: Vec<String> = rows.flatten().map(|path| path.display().to_string()).collect();
    files.extend(column_of(sample, &source).map(|column| format!("column `{column}`")));
    Error::Survey {
        survey: sample.plan.sample.clone(),
        files: files.join(", "),
        source: Box::new(source),
    }
}

/// All estimates of a sample: totals, women, men, their comparison and item non-response.
pub(crate) fn estimates_of(
    sample: &Sample,
    registry: &Registry,
    results: Results,
    wanted: &[Measure],
) -> Vec<Estimate> {
    let indicators: BTreeMap<&str, &Indicator> = sample
        .plan
        .indicators
        .iter()
        .map(|planned| (planned.indicator.id.as_str(), &planned.indicator))
        .collect();
    let weighted_rows = results.weighted_rows;
    let made: Vec<Vec<Estimate>> = results
        .groups
        .into_par_iter()
        .map(|group| {
            let Some(indicator) = indicators.get(group.indicator.as_str()) else {
                return Vec::new();
            };
            if !group.breakdown.keys().all(|id| registry.may_split(indicator, id)) {
                return Vec::new();
            }
            let by_sex = is_by_sex(indicator, registry);
            let population = population_of(sample, indicator, &group, weighted_rows);
            of_group(sample, group, indicator, by_sex, population, wanted)
        })
        .collect();
    let mut estimates: Vec<Estimate> = made.into_iter().flatten().collect();
    if let Some(sex) = only_sex(sample) {
        for estimate in &mut estimates {
            estimate.key.breakdown.insert("sex", sex);
        }
    }
    estimates
}

/// The sex that a sample consists of, where its recipe gives every row the same.
fn only_sex(sample: &Sample) -> Option<&str> {
    match sample.parts.as_slice() {
        [part] => part.recipe.concepts.get("sex").and_then(|mapping| mapping.fixed.as_deref()),
        _ => None,
    }
}

/// The population of a group's base: the one stated for the indicator, or that of the whole survey
/// where every row is in the indicator's universe, but for those that the study leaves out because they do not
/// state something. Persons online, or of some ages, are fewer.
fn population_of(
    sample: &Sample,
    indicator: &Indicator,
    group: &Group,
    rows: u64,
) -> Option<(f64, f64)> {
    if !group.breakdown.is_empty() {
        return None;
    }
    if let Some(base) = sample.base_populations.get(group.indicator.as_str()) {
        return Some((base.women, base.men));
    }
    let whole = sample.population.as_ref()?;
    let counts = &group.total.counts;
    let in_universe = counts.n + counts.missing.values().sum::<u64>();
    let all = in_universe == rows || sample.takes_all_stated(indicator);
    all.then_some((whole.women, whole.men))
}

fn of_group(
    sample: &Sample,
    group: Group,
    indicator: &Indicator,
    by_sex: bool,
    population: Option<(f64, f64)>,
    wanted: &[Measure],
) -> Vec<Estimate> {
    let mut list = vec![measures::nonresponse(&group.total)];
    let pair = group.compared.as_ref().unwrap_or(&group.members);
    let of = |sex: &str| pair.iter().find(|member| member.key.sex() == Some(sex));
    if by_sex && !group.members.is_empty() {
        list.extend(group.members.iter().map(measures::nonresponse));
        if let (true, Some(women), Some(men)) = (is_compared(indicator), of("F"), of("M")) {
            let options = measures::Options {
                level: sample.options.level,
                measures: wanted.to_vec(),
                populations: population,
            };
            list.extend(measures::compare(
                women,
                men,
                group.union_df,
                indicator.direction,
                &options,
            ));
        }
    }
    let total = match (sample.separate_weights(), of("F"), of("M")) {
        (true, Some(women), Some(men)) => measures::total_of_two(
            women,
            men,
            population,
            group.union_df,
            sample.options.level,
            sample.options.interval,
        ),
        _ => group.total.clone(),
    };
    if wanted.contains(&Measure::Headcount) && indicator.kind == IndicatorKind::Rate {
        list.push(headcount_of_all(sample, &group, &total, of("F"), of("M"), population));
        for member in group.members.iter().filter(|_| by_sex) {
            let of_sex = match member.key.sex() {
                Some("F") => population.map(|(women, _)| women),
                Some("M") => population.map(|(_, men)| men),
                _ => None,
            };
            list.push(measures::headcount_of(member, of_sex));
        }
    }
    list.push(total);
    if by_sex {
        list.extend(group.members);
    }
    list
}

/// The head count of all persons. With the populations of both sexes it is M·N_m + F·N_f, so that it
/// is the sum of the two beside it, whatever the sample's own mix of women and men.
fn headcount_of_all(
    sample: &Sample,
    group: &Group,
    total: &Estimate,
    women: Option<&Estimate>,
    men: Option<&Estimate>,
    population: Option<(f64, f64)>,
) -> Estimate {
    let both = population.map(|(women, men)| women + men);
    match (only_sex(sample), women, men) {
        (Some("F"), ..) => measures::headcount_of(total, population.map(|(women, _)| women)),
        (Some("M"), ..) => measures::headcount_of(total, population.map(|(_, men)| men)),
        (_, Some(women), Some(men)) => {
            let rate = measures::total_of_two(
                women,
                men,
                population,
                group.union_df,
                sample.options.level,
                sample.options.interval,
            );
            measures::headcount_of(&rate, both)
        }
        _ => measures::headcount_of(total, both),
    }
}

fn unavailable(sample: &Sample, indicator: &Indicator) -> Estimate {
    Estimate {
        key: SeriesKey {
            source: (&sample.plan.sample).into(),
            ref_area: (&sample.plan.ref_area).into(),
            time_period: (&sample.plan.time_period).into(),
            indicator: (&indicator.id).into(),
            breakdown: Codes::new(),
            measure: Measure::Level,
        },
        unit: Unit::Share,
        outcome: Outcome::Absent(Absence::Unavailable),
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// A line of the quality log as a note of the annex.
fn diagnostic_of(entry: &LogEntry) -> Diagnostic {
    Diagnostic {
        code: (&entry.code).into(),
        severity: Severity::Note,
        message: (&entry.message).into(),
        count: entry.count,
    }
}
