//! Reviewed rows to the annex, and the annex to its files.

mod columns;

use crate::across::report as across;
use crate::describe;
use crate::estimates::estimates_bytes;
use crate::plan::{Prepared, Sample, is_compared};
use crate::study::{DeffName, DfName, Format, IntervalName, Study, TableKind};
use crate::walk::{SampleRecord, Walked};
use crate::{Error, analyse, fonts, languages, output};
use inclusion_language::Language;
use inclusion_registry::{Indicator, Population, Registry, SamplingErrors};
use inclusion_report as report;
use inclusion_report::{
    AnnexInput, ChartSpec, Column, Estimation, IndicatorInfo, SourceFile, SourceIndicator,
    SurveyInfo, TableSpec,
};
use inclusion_survey::LonelyPsu;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The headline where there is no finding.
pub(crate) const NO_FINDING: &str = "No finding could be stated.";

/// The files of an annex, ready to be written.
pub struct Rendered {
    /// File name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The headline finding.
    pub headline: String,
}

/// Builds the annex of a walked study and renders the formats that the study asks for.
///
/// The same study and files give the same bytes: no clock, no path of this machine.
///
/// # Errors
///
/// [`Error::Report`] if a format cannot be made.
pub fn annex(prepared: &Prepared, walked: &Walked) -> Result<Rendered, Error> {
    annex_in(prepared, walked, &prepared.study.file.output.formats)
}

/// The same in other formats than the study's.
///
/// # Errors
///
/// As [`annex`].
pub fn annex_in(
    prepared: &Prepared,
    walked: &Walked,
    formats: &[Format],
) -> Result<Rendered, Error> {
    let mut files = Vec::new();
    let mut formats = formats.to_vec();
    // Markdown and LaTeX show the charts as files beside them.
    for (format, charts) in [(Format::Markdown, Format::Svg), (Format::Latex, Format::Png)] {
        if formats.contains(&format) {
            formats.push(charts);
        }
    }
    formats.sort_unstable();
    formats.dedup();
    let has = |format| formats.contains(&format);
    files.extend(analyse::annex_files(walked, has(Format::Csv), has(Format::Parquet))?);
    let own_fonts = fonts::of_study(&prepared.study)?;
    let mut headline = None;
    for (place, language) in prepared.languages().into_iter().enumerate() {
        // In each language of its own, for names stand in another order in each.
        let input = input(prepared, walked, language);
        let mut document = report::build(&input).map_err(|error| failed("the annex", &error))?;
        report::add_analyses(&mut document, report::analysis_tables(&input, &walked.analyses));
        document.fonts = own_fonts.clone();
        let mut document = languages::in_language(prepared, walked, document, language)?;
        fonts::complete(&mut document, &formats)?;
        // The first language has the plain names.
        let ending = if place == 0 { String::new() } else { format!(".{}", language.code()) };
        for figure in document.figures_mut() {
            figure.name.push_str(&ending);
        }
        for format in formats.iter().copied() {
            files.extend(of_format(&document, format, &ending)?);
        }
        headline.get_or_insert_with(|| document.headline().map(str::to_string));
    }
    for format in formats.iter().copied() {
        match format {
            Format::Parquet => {
                let bytes = estimates_bytes(prepared, walked, false)?;
                files.push(("estimates.parquet".to_string(), bytes));
            }
            Format::Csv => {
                let bytes = estimates_bytes(prepared, walked, true)?;
                files.push(("estimates.csv".to_string(), bytes));
                files.extend(crate::world::files::of_study(prepared, walked)?);
            }
            _ => {}
        }
    }
    if formats.iter().any(|format| matches!(format, Format::Parquet | Format::Csv)) {
        let origins = crate::origins::origins(prepared, walked);
        let bytes = report::data::sources(&walked.publishable, &origins)
            .map_err(|error| failed("the list of sources", &error))?;
        files.push(("sources.csv".to_string(), bytes));
    }
    let headline = headline.flatten().unwrap_or_else(|| NO_FINDING.to_string());
    Ok(Rendered { files, headline })
}

/// The files of one format in the language of a document.
fn of_format(
    document: &report::Annex,
    format: Format,
    ending: &str,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let language = document.language.code().to_string();
    let named = |kind: &str, bytes: Vec<u8>| vec![(format!("annex{ending}.{kind}"), bytes)];
    Ok(match format {
        Format::Html => {
            let html = report::html(document, &report::HtmlOptions { language })
                .map_err(|error| failed("the page", &error))?;
            named("html", html.into_bytes())
        }
        Format::Pdf => {
            let bytes =
                report::pdf(document, &report::PdfOptions { language, ..Default::default() })
                    .map_err(|error| failed("the PDF", &error))?;
            named("pdf", bytes)
        }
        Format::Docx => {
            let bytes = report::docx(document, &report::DocxOptions { language })
                .map_err(|error| failed("the Word file", &error))?;
            named("docx", bytes)
        }
        Format::Latex => {
            named("tex", report::latex(document, &report::LatexOptions { language }).into_bytes())
        }
        Format::Xlsx => {
            named("xlsx", report::xlsx(document).map_err(|error| failed("the workbook", &error))?)
        }
        Format::Markdown => named("md", report::markdown(document).into_bytes()),
        // The tables as data are in the first language only.
        Format::Tables if ending.is_empty() => {
            let bytes =
                report::tables_csv(document).map_err(|error| failed("the tables", &error))?;
            vec![("tables.csv".to_string(), bytes)]
        }
        Format::Svg | Format::Png => document
            .figures()
            .map(|figure| {
                chart(document, figure, format).map_err(|error| failed("a chart", &error))
            })
            .collect::<Result<_, _>>()?,
        Format::Tables | Format::Parquet | Format::Csv => Vec::new(),
    })
}

fn failed(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Report { what: what.to_string(), message: error.to_string() }
}

fn chart(
    document: &report::Annex,
    figure: &report::Figure,
    format: Format,
) -> Result<(String, Vec<u8>), report::charts::Error> {
    let svg = report::charts::svg(&figure.chart, &report::charts::SvgOptions::default())?;
    Ok(match format {
        Format::Png => {
            (format!("{}.png", figure.name), report::charts::png_with(&svg, 2.0, &document.fonts)?)
        }
        _ => (format!("{}.svg", figure.name), svg.into_bytes()),
    })
}

/// What was done in the output folder.
pub struct Written {
    /// Files written.
    pub paths: Vec<PathBuf>,
    /// Files of an earlier run that this one no longer has, and that were therefore removed.
    pub removed: Vec<PathBuf>,
}

/// Writes the files of an annex into the study's output folder, and removes those that an earlier
/// run wrote there and this one did not: a figure of a laxer disclosure profile must not stay.
///
/// # Errors
///
/// [`Error::Study`] if the folder is outside the study's; [`Error::Write`].
pub fn write(study: &Study, rendered: &Rendered) -> Result<Written, Error> {
    let folder = output::folder(study)?;
    let names: BTreeSet<&str> = rendered.files.iter().map(|(name, _)| name.as_str()).collect();
    let earlier = output::listed(&folder)?;
    // A run that is broken off leaves no file that the next would not know.
    output::list(&folder, earlier.iter().map(String::as_str).chain(names.iter().copied()))?;
    let (mut paths, mut whole) = (Vec::new(), Vec::new());
    for (name, bytes) in &rendered.files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .map_err(|source| Error::Write { path: parent.to_path_buf(), source })?;
        }
        whole.push(output::prepared(&path, bytes)?);
        paths.push(path);
    }
    // A disk that is full leaves all files of the earlier run.
    whole.into_iter().try_for_each(output::Unfinished::rename)?;
    let mut removed = Vec::new();
    for name in earlier.iter().filter(|name| !names.contains(name.as_str())) {
        removed.extend(output::remove(&folder, name)?);
    }
    output::list(&folder, names.iter().copied())?;
    Ok(Written { paths, removed })
}

/// What the report is made of; the texts are English, names stand in the order of the language.
pub(crate) fn input<'a>(
    prepared: &'a Prepared,
    walked: &'a Walked,
    language: Language,
) -> AnnexInput<'a> {
    let file = &prepared.study.file;
    let spec = &file.estimate;
    let mut surveys: Vec<SurveyInfo> = prepared
        .samples
        .iter()
        .zip(&walked.samples)
        .map(|(sample, record)| survey_info(sample, record))
        .collect();
    surveys.extend(across::surveys(prepared));
    AnnexInput {
        title: file.study.title.clone(),
        subtitle: file.study.subtitle.clone(),
        study_id: prepared
            .study
            .path
            .file_stem()
            .map_or_else(|| "study".to_string(), |stem| stem.to_string_lossy().into_owned()),
        style: &prepared.style,
        registry: &prepared.registry,
        publishable: &walked.publishable,
        surveys,
        indicators: indicators(prepared),
        tables: tables(prepared),
        comparisons: across::comparisons(prepared),
        contrasts: across::contrasts(prepared),
        charts: charts(prepared),
        world: crate::world::report::input(prepared, walked, language),
        thresholds: Some(&prepared.thresholds),
        estimation: Estimation {
            level: *spec.interval.level.get_ref(),
            interval: interval_words(spec.interval.method).to_string(),
            quantile_rule: spec.quantile.rule.id().to_string(),
            quantile_interval: spec.quantile.interval.get_ref().id().to_string(),
            df: df_of(prepared),
            deff: deff_words(spec.deff).to_string(),
            lonely_psu: lonely_words(prepared),
            only_stated: spec
                .only_stated
                .iter()
                .filter_map(|id| prepared.registry.concepts.get(id.get_ref()))
                .map(|concept| concept.name.clone())
                .collect(),
        },
        policy: &prepared.policy,
        diagnostics: walked.diagnostics.clone(),
        methods_hash: methods_hash(prepared),
        program_version: env!("CARGO_PKG_VERSION").to_string(),
        date: None,
    }
}

fn survey_info(sample: &Sample, record: &SampleRecord) -> SurveyInfo {
    let recipes: Vec<_> = sample.parts.iter().map(|part| &part.recipe).collect();
    let join = |texts: Vec<&str>| {
        let mut texts = texts;
        texts.dedup();
        texts.join("; ")
    };
    let notes: Vec<String> = recipes.iter().flat_map(|r| r.notes.iter().cloned()).collect();
    SurveyInfo {
        source: sample.plan.sample.clone().into(),
        name: join(recipes.iter().map(|r| r.name.as_str()).collect()),
        producer: join(recipes.iter().map(|r| r.producer.as_str()).collect()),
        ref_area: sample.plan.ref_area.clone().into(),
        area_name: sample.area_name.clone(),
        time_period: sample.plan.time_period.clone().into(),
        coverage: join(recipes.iter().map(|r| r.coverage.as_str()).collect()),
        notes,
        population: sample.population.as_ref().map(|population| population.words()),
        design: describe::design(sample),
        files: record
            .sources
            .iter()
            .map(|source| SourceFile {
                label: file_label(source),
                sha256: source.sha256.clone(),
                rows: source.rows,
            })
            .collect(),
        pooled: false,
        replicated: sample.options.replicates.is_some(),
        clustering_unknown: recipes.iter().any(|r| r.design.clustering_unknown),
        concepts: sample.plan.concepts.clone(),
    }
}

/// A file with what it is for: `persons: people.csv`.
pub(crate) fn file_label(source: &inclusion_ingest::Source) -> String {
    format!("{}: {}", source.role, file_name(&source.path))
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn indicators(prepared: &Prepared) -> Vec<IndicatorInfo> {
    prepared
        .indicators
        .iter()
        .map(|indicator| IndicatorInfo {
            indicator: indicator.clone(),
            by_source: prepared
                .samples
                .iter()
                .map(|sample| {
                    let id = sample.plan.sample.clone();
                    (id, source_indicator(&prepared.registry, sample, &indicator.id))
                })
                .chain(across::by_source(prepared, &indicator.id))
                .collect(),
        })
        .collect()
}

fn source_indicator(registry: &Registry, sample: &Sample, id: &str) -> SourceIndicator {
    let planned = sample.plan.indicators.iter().find(|planned| planned.indicator.id == id);
    SourceIndicator {
        proxy: planned.and_then(|planned| planned.proxy.clone()),
        unavailable: sample.unavailable.get(id).cloned(),
        answers: planned.and_then(|planned| {
            let own = registry.indicators.get(id)?.answers;
            (own != planned.indicator.answers).then_some(planned.indicator.answers)
        }),
        population: planned
            .and_then(|_| sample.base_populations.get(id))
            .map(|population| population.words()),
        mapping: planned.map_or_else(Vec::new, |planned| {
            describe::mapping(registry, sample, &planned.indicator)
        }),
    }
}

/// The study's tables; one for each indicator with every breakdown if it names none.
fn tables(prepared: &Prepared) -> Vec<TableSpec> {
    let rows_of_study = row_breakdowns(prepared);
    if prepared.samples.is_empty() {
        return Vec::new();
    }
    if prepared.study.file.tables.is_empty() {
        return prepared
            .indicators
            .iter()
            .map(|indicator| TableSpec {
                indicator: indicator.id.clone(),
                rows: allowed(&prepared.registry, &rows_of_study, indicator),
                columns: columns::of_indicator(prepared, indicator),
                ..TableSpec::default()
            })
            .collect();
    }
    prepared
        .study
        .file
        .tables
        .iter()
        .map(|table| TableSpec {
            title: table.title.clone(),
            indicator: table.indicator.get_ref().clone(),
            rows: match table.rows.is_empty() {
                true => {
                    let known = prepared
                        .indicators
                        .iter()
                        .find(|indicator| &indicator.id == table.indicator.get_ref());
                    known.map_or_else(Vec::new, |i| allowed(&prepared.registry, &rows_of_study, i))
                }
                false => table.rows.iter().map(|rows| rows.get_ref().clone()).collect(),
            },
            across: table.across.as_ref().map(|across| across.get_ref().clone()),
            columns: table
                .columns
                .iter()
                .filter_map(|column| Column::parse(column.get_ref()))
                .flatten()
                .collect(),
            kind: match table.kind {
                TableKind::Breakdown => report::TableKind::Breakdown,
                TableKind::Standard => report::TableKind::Standard,
                TableKind::SamplingErrorsDhs => {
                    report::TableKind::SamplingErrors(SamplingErrors::Dhs)
                }
                TableKind::SamplingErrorsMics => {
                    report::TableKind::SamplingErrors(SamplingErrors::Mics)
                }
                TableKind::Nonresponse => report::TableKind::Nonresponse,
            },
            ..TableSpec::default()
        })
        .collect()
}

/// The study's breakdowns without sex, as the report names rows.
pub(crate) fn row_breakdowns(prepared: &Prepared) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for concepts in &prepared.breakdowns {
        let others: Vec<String> = concepts.iter().filter(|c| *c != "sex").cloned().collect();
        if !others.is_empty() && !rows.contains(&others) {
            rows.push(others);
        }
    }
    rows
}

pub(crate) fn allowed(
    registry: &Registry,
    rows: &[Vec<String>],
    indicator: &Indicator,
) -> Vec<String> {
    rows.iter()
        .filter(|concepts| concepts.iter().all(|c| registry.may_split(indicator, c)))
        .map(|concepts| concepts.join(" * "))
        .collect()
}

/// The study's charts; a dumbbell of the first one-way breakdown for each indicator if it names none.
fn charts(prepared: &Prepared) -> Vec<ChartSpec> {
    if prepared.samples.is_empty() {
        return Vec::new();
    }
    if prepared.study.file.charts.iter().all(|chart| chart.kind.of_surveys().is_none()) {
        let rows = row_breakdowns(prepared);
        return prepared
            .indicators
            .iter()
            .filter(|indicator| is_compared(indicator))
            .map(|indicator| ChartSpec {
                kind: report::ChartKind::Dumbbell,
                indicator: indicator.id.clone(),
                rows: allowed(&prepared.registry, &rows, indicator).into_iter().next(),
            })
            .collect();
    }
    prepared
        .study
        .file
        .charts
        .iter()
        .filter_map(|chart| {
            Some(ChartSpec {
                // Charts of published figures stand in their own sections.
                kind: chart.kind.of_surveys()?,
                indicator: chart.indicator.get_ref().clone(),
                rows: chart.rows.as_ref().map(|rows| rows.get_ref().clone()),
            })
        })
        .collect()
}

fn interval_words(name: IntervalName) -> &'static str {
    match name {
        IntervalName::Logit => "logit",
        IntervalName::Beta => "Korn–Graubard",
        IntervalName::Wilson => "Wilson",
        IntervalName::Mean => "value ± t × standard error",
        IntervalName::Asin => "arcsine of the square root",
        IntervalName::Likelihood => "profile likelihood, scaled by the design effect",
    }
}

/// Replicate weights know neither strata nor PSUs: their rank tells the degrees of freedom.
fn df_of(prepared: &Prepared) -> String {
    let name = prepared.study.file.estimate.df;
    let replicated = prepared.samples.iter().filter(|s| s.options.replicates.is_some()).count();
    let rank = match name {
        DfName::Domain => {
            "rank of the replicate weights of the domain's rows, less 1; for a gap, of the domains \
             of women and men together"
        }
        _ => df_words(DfName::Rank),
    };
    match (replicated, name) {
        (0, _) | (_, DfName::Infinite | DfName::Rank) => df_words(name).to_string(),
        (all, _) if all == prepared.samples.len() => rank.to_string(),
        _ => format!("{}; where a survey has replicate weights, {rank}", df_words(name)),
    }
}

fn df_words(name: DfName) -> &'static str {
    match name {
        DfName::Domain => {
            "primary sampling units minus strata that hold rows of the domain; for a gap, of the \
             domains of women and men together"
        }
        DfName::Full => "primary sampling units minus strata of the full sample",
        DfName::Rank => "rank of the replicate weights of the full sample, less 1",
        DfName::Infinite => "infinite (the normal quantile)",
    }
}

fn deff_words(name: DeffName) -> &'static str {
    match name {
        DeffName::Deft2 => "DEFT² = variance over r(1 − r)/n, n unweighted",
        DeffName::Srswor => "against simple random sampling without replacement",
        DeffName::Srswr => "against simple random sampling with replacement",
    }
}

fn lonely_words(prepared: &Prepared) -> String {
    let mut words: Vec<String> = prepared
        .samples
        .iter()
        .map(|sample| {
            let rule = match sample.options.lonely_psu {
                LonelyPsu::Fail => "a stratum with one primary sampling unit stops the run",
                LonelyPsu::Remove => {
                    "a stratum with one primary sampling unit contributes no variance"
                }
                LonelyPsu::Certainty => {
                    "a stratum with one primary sampling unit was taken with certainty"
                }
                LonelyPsu::Adjust => {
                    "a stratum with one primary sampling unit is centred at the mean of all units"
                }
                LonelyPsu::Average => {
                    "a stratum with one primary sampling unit contributes the average of the others"
                }
            };
            rule.to_string()
        })
        .collect();
    words.sort();
    words.dedup();
    words.join("; ")
}

/// A hash of everything that decides how numbers are made: the program's version, the study's
/// text and the definitions used. Each source has a fingerprint of its own, so that the same rows in
/// another order change that alone.
fn methods_hash(prepared: &Prepared) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    put(env!("CARGO_PKG_VERSION"));
    put(&prepared.study.text);
    for sample in &prepared.samples {
        for part in &sample.parts {
            put(&format!("{:?}", part.recipe));
        }
        for planned in &sample.plan.indicators {
            put(&format!("{:?}", planned.indicator));
        }
        put(&format!("{:?}", sample.plan.concepts));
    }
    put(&format!("{:?}{:?}", prepared.policy, prepared.thresholds));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Households or persons, for words.
pub(crate) fn population_word(population: Population) -> &'static str {
    match population {
        Population::Household => "households",
        _ => "persons",
    }
}

/// The first table of a study's annex as text for a terminal, for a quick look.
///
/// # Errors
///
/// [`Error::Report`] if the annex cannot be built.
pub(crate) fn terminal(prepared: &Prepared, walked: &Walked) -> Result<String, Error> {
    let document = report::build(&input(prepared, walked, Language::En))
        .map_err(|error| failed("the table", &error))?;
    let count = prepared.indicators.len();
    let tables: Vec<String> = document.tables().take(count).map(report::terminal).collect();
    Ok(tables.join("\n"))
}
