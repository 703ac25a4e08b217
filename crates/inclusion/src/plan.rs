//! A study held against the registry: what will be counted, or what is wrong and where.
//!
//! Nothing is read from the data here, so that `inclusion check` answers at once.

use crate::Error;
use crate::choices;
use crate::study::{LonelyPsu, Study, Survey};
use inclusion_estimate::{Diagnostic, Measure, Severity};
use inclusion_registry::{
    Availability, Indicator, IndicatorKind, Policy, Recipe, Registry, Statistic, Status, Style,
    ThresholdSet, nearest,
};
use inclusion_report::Column;
use inclusion_survey::{Breakdown, Options, Plan, PlannedIndicator};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml::Spanned;

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
    /// Persons in the base, women and men, and where the numbers come from.
    pub population: Option<(f64, f64, String)>,
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
    /// Women and men were weighted separately, in two files.
    pub fn separate_weights(&self) -> bool {
        self.parts.len() > 1
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
    let spec = &study.file.estimate;
    for language in &study.file.study.languages {
        if language.get_ref() != "en" {
            return Err(wrong(
                &study,
                language,
                format!(
                    "language `{}` is not there; the annex is written in `en`",
                    language.get_ref()
                ),
            ));
        }
    }
    let level = *spec.interval.level.get_ref();
    if !(level > 0.0 && level < 1.0) {
        let message = format!("confidence level {level} is not between 0 and 1, such as 0.95");
        return Err(wrong(&study, &spec.interval.level, message));
    }
    let style = find(&study, &registry.styles, "style", &study.file.study.style)?.clone();
    let policy =
        find(&study, &registry.policies, "disclosure profile", &study.file.disclosure.profile)?
            .clone();
    let thresholds = find(&study, &registry.thresholds, "threshold set", &spec.thresholds)?.clone();

    let mut indicators = Vec::new();
    for id in &spec.indicators {
        let indicator = find(&study, &registry.indicators, "indicator", id)?;
        if indicator.statistic == Statistic::Published {
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
            place: inclusion_registry::Place::file(&study.path),
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
    check_tables(&study, &registry, &breakdowns)?;
    crate::output::check(&study)?;

    unconfirmed(&study)?;
    let mut samples = Vec::new();
    let mut ids = BTreeSet::new();
    for survey in &study.file.surveys {
        if !ids.insert(survey.id.as_str()) {
            let message = format!("survey id `{}` is used twice", survey.id);
            return Err(wrong(&study, &survey.recipe, message));
        }
        samples.push(sample(&study, &registry, survey, &indicators, &breakdowns)?);
    }
    if samples.is_empty() {
        return Err(Error::Study {
            place: inclusion_registry::Place::file(&study.path),
            message: "no [[survey]]; name at least one with its recipe and files".to_string(),
        });
    }
    // An indicator that cannot be had stays in the annex as a data gap; a study of nothing else is
    // a mistake.
    if samples.iter().all(|sample| sample.plan.indicators.is_empty())
        && let (Some(id), Some(sample)) = (spec.indicators.first(), samples.first())
    {
        let why = sample.unavailable.get(id.get_ref()).map_or("", String::as_str);
        let message = format!("none of the indicators can be had; `{}`: {why}", id.get_ref());
        return Err(wrong(&study, id, message));
    }
    let measures = choices::measures(&spec.measures);
    Ok(Prepared {
        registry,
        samples,
        style,
        policy,
        thresholds,
        measures,
        indicators,
        breakdowns,
        study,
    })
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
    map.get(id.get_ref()).ok_or_else(|| {
        let near = nearest(id.get_ref(), map.keys().map(String::as_str));
        let hint = match near {
            Some(near) => format!("; did you mean `{near}`?"),
            None => String::new(),
        };
        wrong(study, id, format!("no {kind} `{}`{hint}", id.get_ref()))
    })
}

/// The concepts of a breakdown such as `sex * urbanisation`, in the order written.
///
/// # Errors
///
/// A message that names the concept and the nearest one.
pub fn parse_by(text: &str, registry: &Registry) -> Result<Vec<String>, String> {
    let mut concepts: Vec<String> = Vec::new();
    for name in text.split('*').map(str::trim) {
        let known = registry.concepts.get(name).filter(|concept| concept.breakdown);
        if known.is_none() {
            let names = registry.concepts.values().filter(|c| c.breakdown).map(|c| c.id.as_str());
            let hint = match nearest(name, names) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => "; `inclusion registry list concepts` shows them".to_string(),
            };
            return Err(format!("no breakdown variable `{name}`{hint}"));
        }
        if concepts.iter().any(|c| c == name) {
            return Err(format!("`{name}` stands twice in `{text}`"));
        }
        concepts.push(name.to_string());
    }
    Ok(concepts)
}

/// What `inclusion init` left to be filled in is refused, so that it is never printed.
fn unconfirmed(study: &Study) -> Result<(), Error> {
    let file = &study.file;
    let left = |text: &str| text.starts_with("CONFIRM");
    let at = |needle: &str| {
        inclusion_registry::Place::at(
            &study.path,
            &study.text,
            study.text.find(needle).unwrap_or(0),
        )
    };
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

/// Tables and charts may name only what is estimated.
fn check_tables(study: &Study, registry: &Registry, by: &[Vec<String>]) -> Result<(), Error> {
    let listed: BTreeSet<&str> =
        study.file.estimate.indicators.iter().map(|id| id.get_ref().as_str()).collect();
    let check = |id: &Spanned<String>| match listed.contains(id.get_ref().as_str()) {
        true => Ok(()),
        false => {
            let near = nearest(id.get_ref(), listed.iter().copied());
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            let message =
                format!("indicator `{}` is not in [estimate] indicators{hint}", id.get_ref());
            Err(wrong(study, id, message))
        }
    };
    let check_rows = |text: &str| -> Result<(), String> {
        let mut rows = parse_by(text, registry)?;
        rows.retain(|concept| concept != "sex");
        let same = |set: &Vec<String>| {
            let others: BTreeSet<&String> = set.iter().filter(|c| *c != "sex").collect();
            others == rows.iter().collect()
        };
        match rows.is_empty() || by.iter().any(same) {
            true => Ok(()),
            false => Err(format!(
                "rows `{text}` are not estimated; add \"sex * {text}\" to `by` in [estimate]"
            )),
        }
    };
    for table in &study.file.tables {
        check(&table.indicator)?;
        for rows in &table.rows {
            let text = match &table.across {
                Some(across) => format!("{} * {}", rows.get_ref(), across.get_ref()),
                None => rows.get_ref().clone(),
            };
            check_rows(&text).map_err(|message| wrong(study, rows, message))?;
        }
        for column in &table.columns {
            if Column::parse(column.get_ref()).is_none() {
                let ids = Column::ids();
                let near = nearest(column.get_ref(), ids.iter().map(String::as_str));
                let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                let message = format!("no column `{}`{hint}", column.get_ref());
                return Err(wrong(study, column, message));
            }
        }
    }
    for chart in &study.file.charts {
        check(&chart.indicator)?;
        if let Some(rows) = &chart.rows {
            check_rows(rows.get_ref()).map_err(|message| wrong(study, rows, message))?;
        }
    }
    Ok(())
}

fn sample(
    study: &Study,
    registry: &Registry,
    survey: &Survey,
    indicators: &[Indicator],
    breakdowns: &[Vec<String>],
) -> Result<Sample, Error> {
    let mut parts = Vec::new();
    let names = survey.recipe.get_ref().list();
    for name in &names {
        let recipe = registry.recipes.get(*name).ok_or_else(|| {
            let near = nearest(name, registry.recipes.keys().map(String::as_str));
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            wrong(study, &survey.recipe, format!("no recipe `{name}`{hint}"))
        })?;
        let texts = [&recipe.producer, &recipe.coverage, &recipe.source, &recipe.name];
        if texts.iter().any(|text| text.starts_with("CONFIRM")) {
            let message = format!(
                "recipe `{name}` has texts that are still to be confirmed; look for CONFIRM in it"
            );
            return Err(wrong(study, &survey.recipe, message));
        }
        parts.push(Part { recipe: recipe.clone(), files: BTreeMap::new() });
    }
    for (role, paths) in &survey.files {
        let roles: BTreeSet<&str> =
            parts.iter().flat_map(|part| part.recipe.files.keys().map(String::as_str)).collect();
        if !roles.contains(role.get_ref().as_str()) {
            let hint = match nearest(role.get_ref(), roles.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has: {}", roles.into_iter().collect::<Vec<_>>().join(", ")),
            };
            let message =
                format!("recipe `{}` has no file `{}`; {hint}", names.join("`, `"), role.get_ref());
            return Err(wrong(study, role, message));
        }
        let paths: Vec<PathBuf> = paths.list().into_iter().map(|p| study.resolve(p)).collect();
        for part in parts.iter_mut().filter(|p| p.recipe.files.contains_key(role.get_ref())) {
            part.files.insert(role.get_ref().clone(), paths.clone());
        }
    }
    for part in &parts {
        if let Some(role) = part.recipe.files.keys().find(|role| !part.files.contains_key(*role)) {
            let message =
                format!("recipe `{}` needs a file `{role}`; add it to `files`", part.recipe.id);
            return Err(wrong(study, &survey.recipe, message));
        }
    }
    let recipes: Vec<&Recipe> = parts.iter().map(|part| &part.recipe).collect();
    let of_recipe = |given: &Option<String>, own: fn(&Recipe) -> &Option<String>, key: &str| {
        given.clone().or_else(|| recipes.iter().find_map(|r| own(r).clone())).ok_or_else(|| {
            let message = format!("survey `{}` needs `{key}`; its recipe fits several", survey.id);
            wrong(study, &survey.recipe, message)
        })
    };
    let ref_area = of_recipe(&survey.ref_area, |r| &r.ref_area, "ref_area")?;
    let time_period = of_recipe(&survey.time_period, |r| &r.time_period, "time_period")?;
    let mut plan = Plan {
        sample: survey.id.clone(),
        ref_area: ref_area.clone(),
        time_period,
        indicators: Vec::new(),
        breakdowns: Vec::new(),
        concepts: BTreeMap::new(),
    };
    let mut diagnostics = Vec::new();
    let unavailable = plan_indicators(registry, &recipes, indicators, &mut plan);
    plan_breakdowns(registry, &recipes, breakdowns, &mut plan, &mut diagnostics);
    let level = *study.file.estimate.interval.level.get_ref();
    let options = Options {
        lonely_psu: choices::lonely_psu(survey.design.lonely_psu.unwrap_or(LonelyPsu::Fail)),
        adjust_domain_lonely: survey.design.adjust_domain_lonely,
        nest: survey.design.nest.unwrap_or_else(|| recipes.iter().any(|r| r.design.nest)),
        interval: choices::interval(study.file.estimate.interval.method),
        level,
        df: choices::df(study.file.estimate.df),
        deff: choices::deff(study.file.estimate.deff),
    };
    let population = survey.population.as_ref().map(|p| (p.women, p.men, p.source.clone()));
    if let Some((women, men, _)) = &population
        && !(women.is_finite() && men.is_finite() && *women > 0.0 && *men > 0.0)
    {
        let message = format!("survey `{}`: population must be above 0 for both sexes", survey.id);
        return Err(wrong(study, &survey.recipe, message));
    }
    Ok(Sample {
        area_name: survey.area_name.clone().unwrap_or(ref_area),
        parts,
        plan,
        options,
        population,
        unavailable,
        diagnostics,
    })
}

/// Puts the indicators that every recipe of the sample can give into the plan; says why of the rest.
pub(crate) fn plan_indicators(
    registry: &Registry,
    recipes: &[&Recipe],
    indicators: &[Indicator],
    plan: &mut Plan,
) -> BTreeMap<String, String> {
    let concepts = registry.concepts_for(recipes[0]);
    let mut unavailable = BTreeMap::new();
    for indicator in indicators {
        let mut proxy = None;
        let mut why = None;
        for recipe in recipes {
            match registry.availability(recipe, indicator) {
                Availability::Available => {}
                Availability::Proxy(note) => proxy = Some(note),
                Availability::Unavailable(reason) => why = Some(reason),
            }
        }
        match why {
            Some(reason) => {
                unavailable.insert(indicator.id.clone(), reason);
            }
            None => {
                let indicator = registry.resolve(recipes[0], indicator);
                for id in registry.indicator_concepts(&indicator) {
                    if let Some(concept) = concepts.get(id) {
                        plan.concepts.insert(id.to_string(), concept.clone());
                    }
                }
                plan.indicators.push(PlannedIndicator { indicator, proxy });
            }
        }
    }
    unavailable
}

/// Puts the breakdowns that every recipe of the sample can give into the plan.
pub(crate) fn plan_breakdowns(
    registry: &Registry,
    recipes: &[&Recipe],
    breakdowns: &[Vec<String>],
    plan: &mut Plan,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let concepts_of_survey = registry.concepts_for(recipes[0]);
    // Two separately weighted files have no total but that of both sexes.
    let sexes = || vec!["sex".to_string()];
    let two_files = recipes.len() > 1;
    let by_sex = two_files || breakdowns.iter().any(|by| by.iter().any(|id| id == "sex"));
    let by_sex = by_sex && recipes.iter().all(|recipe| registry.has_concept(recipe, "sex"));
    let joint_of_all = if by_sex { sexes() } else { Vec::new() };
    let mut wanted = vec![Breakdown { concepts: Vec::new(), joint: joint_of_all }];
    for concepts in breakdowns {
        let missing: Vec<&str> = concepts
            .iter()
            .filter(|id| recipes.iter().any(|recipe| !registry.has_concept(recipe, id)))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            diagnostics.push(Diagnostic {
                code: "breakdown_unavailable".to_string(),
                severity: Severity::Caution,
                message: format!(
                    "{} has no {}: the breakdown by {} is left out for it",
                    plan.sample,
                    missing.join(" and "),
                    concepts.join(" × ")
                ),
                count: 0,
            });
            continue;
        }
        let (joint, concepts): (Vec<String>, Vec<String>) =
            concepts.iter().cloned().partition(|id| id == "sex");
        let joint = if two_files { sexes() } else { joint };
        wanted.push(Breakdown { concepts, joint });
    }
    // The total of a group is the same with and without sexes, so the plainer breakdown is dropped.
    let doubled = |b: &Breakdown| {
        b.joint.is_empty()
            && wanted.iter().any(|o| !o.joint.is_empty() && same(&o.concepts, &b.concepts))
    };
    let mut kept: Vec<Breakdown> = Vec::new();
    for breakdown in &wanted {
        let known = kept
            .iter()
            .any(|k| k.joint == breakdown.joint && same(&k.concepts, &breakdown.concepts));
        if !doubled(breakdown) && !known {
            kept.push(breakdown.clone());
        }
    }
    for id in kept.iter().flat_map(|b| b.concepts.iter().chain(&b.joint)) {
        if let Some(concept) = concepts_of_survey.get(id) {
            plan.concepts.insert(id.clone(), concept.clone());
        }
    }
    plan.breakdowns = kept;
}

fn same(a: &[String], b: &[String]) -> bool {
    a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
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
