//! A study held against the registry: what will be counted, or what is wrong and where.
//!
//! Nothing is read from the data here, so that `inclusion check` answers at once.

use crate::Error;
use crate::choices;
use crate::study::Study;
use inclusion_estimate::{Diagnostic, Measure};
use inclusion_ingest::Frames;
use inclusion_language::Language;
use inclusion_registry::{
    Indicator, IndicatorKind, Place, Policy, Recipe, Registry, Statistic, Status, Style, Test,
    ThresholdSet, nearest,
};
use inclusion_survey::{Options, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml::Spanned;

pub(crate) mod across;
pub(crate) mod analysis;
mod calibration;
mod contents;
mod design;
mod population;
mod rows;
mod sample;
pub(crate) mod shared;
mod shown;
pub(crate) mod world;

pub use across::Across;
pub use analysis::PlannedAnalysis;
pub use population::Population;
pub use shown::parse_by;

/// A study that is known to fit the registry.
pub struct Prepared {
    /// The study.
    pub study: Study,
    /// The registry with the study's own folder on top.
    pub registry: Registry,
    /// The samples.
    pub samples: Vec<Sample>,
    /// Table conventions.
    pub style: Style,
    /// Disclosure profile.
    pub policy: Policy,
    /// Threshold set.
    pub thresholds: ThresholdSet,
    /// Measures of the difference between women and men.
    pub measures: Vec<Measure>,
    /// Indicators in the study's order.
    pub indicators: Vec<Indicator>,
    /// Breakdowns in the study's order, each as its concepts.
    pub breakdowns: Vec<Vec<String>>,
    /// Analyses in the study's order.
    pub analyses: Vec<PlannedAnalysis>,
    /// Pools, changes and contrasts.
    pub across: across::Across,
    /// Published figures of countries.
    pub world: Option<world::World>,
}

/// One sample and what is counted in it.
pub struct Sample {
    /// Name of the area.
    pub area_name: String,
    /// The files, each with its recipe.
    pub parts: Vec<Part>,
    /// What is counted.
    pub plan: Plan,
    /// How.
    pub options: Options,
    /// Tables in memory that stand for files of it.
    pub frames: Frames,
    /// What the weights are adjusted to, step by step, in words.
    pub calibrated: Vec<String>,
    /// Persons that the whole survey stands for.
    pub population: Option<Population>,
    /// Persons in narrower bases, by indicator.
    pub base_populations: BTreeMap<String, Population>,
    /// Concepts that a row must state to be in any base.
    pub only_stated: Vec<String>,
    /// Source columns that the study tests by `where`.
    pub filtered: Vec<String>,
    /// Where it stands in the study file.
    pub place: Place,
    /// Columns that the study's own design names, and where.
    pub design_columns: BTreeMap<String, Place>,
    /// Indicators this sample cannot give, and why.
    pub unavailable: BTreeMap<String, String>,
    /// What was decided about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// One recipe with its files.
pub struct Part {
    /// The recipe.
    pub recipe: Recipe,
    /// Files by role.
    pub files: BTreeMap<String, Vec<PathBuf>>,
}

impl Sample {
    /// Everybody who states what the study asks for is in the indicator's base.
    pub(crate) fn takes_all_stated(&self, indicator: &Indicator) -> bool {
        let universe = &indicator.universe;
        let is_own = |(id, test): (&String, &Test)| {
            let concept = self.plan.concepts.get(id).filter(|_| self.only_stated.contains(id));
            concept.is_some_and(|concept| *test == contents::stated(concept))
        };
        universe.any.is_empty() && !universe.all.is_empty() && universe.all.iter().all(is_own)
    }

    /// Women and men were weighted separately, in two files.
    pub fn separate_weights(&self) -> bool {
        self.parts.len() > 1
    }

    /// An error of opening its files: a column that the study names is missed by the study, and not by
    /// the recipe.
    pub fn not_opened(&self, error: inclusion_ingest::Error) -> Error {
        use inclusion_ingest::Error::MissingColumn;
        let MissingColumn { wanted, file, near, .. } = &error else { return error.into() };
        let Some(place) = self.design_columns.get(wanted) else { return error.into() };
        let near = match near.is_empty() {
            true => String::new(),
            false => format!("; near names: `{}`", near.join("`, `")),
        };
        let message = format!(
            "survey `{}`: {} has no column `{wanted}`{near}",
            self.plan.sample,
            file.display()
        );
        Error::Study { place: place.clone(), message }
    }
}

/// The disclosure profile: of the registry, or that of the study itself.
fn policy(study: &Study, registry: &Registry) -> Result<Policy, Error> {
    let spec = &study.file.disclosure;
    let custom = spec.custom().map_err(|(place, message)| match place {
        Some(span) => wrong(study, &Spanned::new(span, ()), message),
        None => wrong(study, &spec.profile, message),
    })?;
    match custom {
        Some(policy) => Ok(policy),
        None => {
            let found = registry.policies.get(spec.profile.get_ref());
            let known = registry.policies.keys().map(String::as_str).chain([Policy::CUSTOM]);
            found.cloned().ok_or_else(|| unknown(study, "disclosure profile", &spec.profile, known))
        }
    }
}

/// Holds a study against the registry.
///
/// # Errors
///
/// [`Error::Study`] or [`Error::Registry`], with the place in the user's file and the nearest name.
pub fn prepare(study: Study) -> Result<Prepared, Error> {
    let registry = match &study.file.study.registry {
        Some(folder) => Registry::with_folder(&study.resolve(folder))?,
        None => Registry::builtin()?,
    };
    prepare_with(study, registry)
}

/// Holds a study against a registry that was read already.
pub(crate) fn prepare_with(study: Study, registry: Registry) -> Result<Prepared, Error> {
    let spec = &study.file.estimate;
    check_languages(&study)?;
    let level = *spec.interval.level.get_ref();
    if !(level > 0.0 && level < 1.0) {
        let message = format!("confidence level {level} is not between 0 and 1, such as 0.95");
        return Err(wrong(&study, &spec.interval.level, message));
    }
    let style = find(&study, &registry.styles, "style", &study.file.study.style)?.clone();
    let policy = policy(&study, &registry)?;
    let thresholds = match &spec.thresholds {
        Some(id) => find(&study, &registry.thresholds, "threshold set", id)?,
        None => {
            let at = Spanned::new(study.file.study.style.span(), style.thresholds.clone());
            find(&study, &registry.thresholds, "threshold set", &at)?
        }
    }
    .clone();
    for id in style.columns.iter().chain(&style.area_columns) {
        if inclusion_report::Column::parse(id).is_none() {
            let message = format!("style `{}` names a column `{id}` that does not exist", style.id);
            return Err(wrong(&study, &study.file.study.style, message));
        }
    }

    let mut indicators = Vec::new();
    for id in &spec.indicators {
        let indicator = find_indicator(&study, &registry, id)?;
        if indicator.statistic == Statistic::Published && study.file.series.is_empty() {
            let message = format!(
                "indicator `{}` comes from published figures, not from survey rows",
                indicator.id
            );
            return Err(wrong(&study, id, message));
        }
        if indicators.iter().any(|known: &Indicator| known.id == indicator.id) {
            return Err(wrong(&study, id, format!("indicator `{}` is listed twice", indicator.id)));
        }
        indicators.push(indicator.clone());
    }
    if indicators.is_empty() {
        return Err(Error::Study {
            place: Place::file(&study.path),
            message:
                "`indicators` is empty; name at least one, `inclusion registry list` shows them"
                    .to_string(),
        });
    }
    let mut breakdowns: Vec<Vec<String>> = Vec::new();
    for by in &spec.by {
        let concepts = parse_by(by.get_ref(), &registry).map_err(|m| wrong(&study, by, m))?;
        if !breakdowns.contains(&concepts) {
            breakdowns.push(concepts);
        }
    }
    for id in &spec.only_stated {
        find(&study, &registry.concepts, "concept", id)?;
        if study.file.surveys.is_empty() {
            let message = "`only_stated` leaves rows of surveys out, and the study has published figures only; leave \
                           it out"
                .to_string();
            return Err(wrong(&study, id, message));
        }
        if !breakdowns.iter().flatten().any(|concept| concept == id.get_ref()) {
            let message = format!(
                "no breakdown of `by` has `{}`, so that no row can be left out for not stating it; name it there, \
                 or leave it out here",
                id.get_ref()
            );
            return Err(wrong(&study, id, message));
        }
    }
    shown::check_tables(&study, &registry, &breakdowns)?;
    crate::output::check(&study)?;
    crate::output::fonts(&study)?;

    unconfirmed(&study)?;
    let mut samples = Vec::new();
    let mut ids = BTreeSet::new();
    for survey in &study.file.surveys {
        if !ids.insert(survey.id.as_str()) {
            let message = format!("survey id `{}` is used twice", survey.id);
            return Err(wrong(&study, &survey.recipe, message));
        }
        samples.push(sample::sample(&study, &registry, survey, &indicators, &breakdowns)?);
    }
    if samples.is_empty() && study.file.series.is_empty() {
        return Err(Error::Study {
            place: Place::file(&study.path),
            message: "no [[survey]] and no [[series]]; name at least one with its recipe and files"
                .to_string(),
        });
    }
    shared::check(&study, &samples, false)?;
    // An indicator that cannot be had stays in the annex as a data gap; a study of nothing else is
    // a mistake.
    if study.file.series.is_empty()
        && samples.iter().all(|sample| sample.plan.indicators.is_empty())
        && let (Some(id), Some(sample)) = (spec.indicators.first(), samples.first())
    {
        let why = sample.unavailable.get(id.get_ref()).map_or("", String::as_str);
        let message = format!("none of the indicators can be had; `{}`: {why}", id.get_ref());
        return Err(wrong(&study, id, message));
    }
    let analyses = analysis::analyses(&study, &registry, &indicators, &samples)?;
    let across = across::across(&study, &registry, &samples, &indicators, &breakdowns)?;
    let measures = choices::measures(spec.measures.as_deref());
    let world = world::world(&study, &registry, &style, &indicators, &measures)?;
    Ok(Prepared {
        registry,
        samples,
        style,
        policy,
        thresholds,
        measures,
        indicators,
        breakdowns,
        analyses,
        across,
        world,
        study,
    })
}

impl Prepared {
    /// The languages of the annex, the first that of the data files; English if the study names none.
    pub(crate) fn languages(&self) -> Vec<Language> {
        let named = self.study.file.study.languages.iter();
        let mut languages: Vec<Language> =
            named.filter_map(|code| Language::parse(code.get_ref())).collect();
        if languages.is_empty() {
            languages.push(Language::En);
        }
        languages
    }
}

fn check_languages(study: &Study) -> Result<(), Error> {
    let head = &study.file.study;
    let codes = Language::ALL.map(Language::code).join("`, `");
    for (place, language) in head.languages.iter().enumerate() {
        let code = language.get_ref();
        if Language::parse(code).is_none() {
            let message = format!("language `{code}` is not there; choose from `{codes}`");
            return Err(wrong(study, language, message));
        }
        if head.languages[..place].iter().any(|other| other.get_ref() == code) {
            return Err(wrong(study, language, format!("language `{code}` is listed twice")));
        }
    }
    match &head.untranslated {
        Some(code) if code.get_ref() != "en" => {
            let message = "only `en` can stand in for texts without a translation".to_string();
            Err(wrong(study, code, message))
        }
        _ => Ok(()),
    }
}

fn wrong<T>(study: &Study, at: &Spanned<T>, message: String) -> Error {
    Error::Study { place: study.place(at), message }
}

fn find<'a, V>(
    study: &Study,
    map: &'a BTreeMap<String, V>,
    kind: &str,
    id: &Spanned<String>,
) -> Result<&'a V, Error> {
    map.get(id.get_ref()).ok_or_else(|| unknown(study, kind, id, map.keys().map(String::as_str)))
}

/// Of a few names all are told, of many the nearest.
fn unknown<'a>(
    study: &Study,
    kind: &str,
    id: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Error {
    let known: Vec<&str> = known.collect();
    let hint = match nearest(id.get_ref(), known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if (1..=FEW).contains(&known.len()) => format!("; there are `{}`", known.join("`, `")),
        None => String::new(),
    };
    wrong(study, id, format!("no {kind} `{}`{hint}", id.get_ref()))
}

/// So many names are told in an error.
const FEW: usize = 20;

/// An indicator of the registry by its id; a code of a custodian's files leads to it.
fn find_indicator<'a>(
    study: &Study,
    registry: &'a Registry,
    id: &Spanned<String>,
) -> Result<&'a Indicator, Error> {
    let named = registry.of_series(id.get_ref());
    match registry.indicators.get(id.get_ref()) {
        None if !named.is_empty() => {
            let (code, named) = (id.get_ref(), named.join(", "));
            let message = format!("no indicator `{code}`; it is the series of {named}");
            Err(wrong(study, id, message))
        }
        _ => find(study, &registry.indicators, "indicator", id),
    }
}

/// What `inclusion init` left to be filled in is refused, so that it is never printed.
fn unconfirmed(study: &Study) -> Result<(), Error> {
    let file = &study.file;
    let left = |text: &str| text.starts_with("CONFIRM");
    let at =
        |needle: &str| Place::at(&study.path, &study.text, study.text.find(needle).unwrap_or(0));
    if left(&file.study.title) {
        let message = "the title is still to be confirmed".to_string();
        return Err(Error::Study { place: at(&file.study.title), message });
    }
    for survey in &file.surveys {
        let area = survey.ref_area.as_deref() == Some("XXX");
        if area || survey.time_period.as_deref() == Some("0000") {
            let (key, needle) =
                if area { ("ref_area", "\"XXX\"") } else { ("time_period", "\"0000\"") };
            let message = format!("`{key}` of survey `{}` is still to be confirmed", survey.id);
            return Err(Error::Study { place: at(needle), message });
        }
    }
    Ok(())
}

/// Indicators of which women and men have figures of their own: a share of women is one of both.
pub(crate) fn is_by_sex(indicator: &Indicator, registry: &Registry) -> bool {
    indicator.kind == IndicatorKind::Rate && registry.may_split(indicator, "sex")
}

/// Indicators for which women and men are compared.
pub(crate) fn is_compared(indicator: &Indicator) -> bool {
    // Totals depend on how many women and men there are, so their difference says nothing.
    indicator.kind == IndicatorKind::Rate && indicator.statistic != Statistic::Total
}

/// A draft is marked wherever it is printed.
pub(crate) fn draft_note(indicator: &Indicator) -> Option<String> {
    (indicator.status == Status::Draft).then(|| {
        let why = indicator.draft_reason.as_deref().unwrap_or("its definition is not settled");
        format!("{} is a draft indicator: {why}", indicator.id)
    })
}
