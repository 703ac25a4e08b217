//! A quick look without a study file: one recipe, a few indicators, one table each.

use crate::plan::{Prepared, prepare_with};
use crate::reproduce::{Dialect, Reproduce, reproduce};
use crate::study::{
    Disclosure, EstimateSpec, Head, IntervalSpec, OneOrMany, Output, Study, StudyFile, Survey,
};
use crate::walk::{Progress, Walked};
use crate::{Error, annex, check_files, walk};
use inclusion_ingest::Frames;
use inclusion_registry::{Recipe, Registry, nearest};
use inclusion_series::SeriesRecipe;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What to look at.
pub struct Quick {
    /// `FILE`, or `ROLE=FILE` where the recipe has several files.
    pub files: Vec<String>,
    /// Recipe id; left out where `recipe_text` is given.
    pub recipe: String,
    /// A recipe of its own, as TOML.
    pub recipe_text: Option<String>,
    /// Tables in memory that stand for files, by the name in `files`.
    pub frames: Frames,
    /// Indicator ids.
    pub indicators: Vec<String>,
    /// Breakdowns.
    pub by: Vec<String>,
    /// Folder that adds to the registry.
    pub registry: Option<PathBuf>,
    /// Disclosure profile.
    pub profile: String,
    /// Rule for strata of one PSU, as in a study file.
    pub lonely_psu: String,
    /// PSU numbers are unique only inside their stratum, also where the recipe does not say so.
    pub nest: bool,
}

/// Estimates and gives the tables as text.
///
/// # Errors
///
/// [`Error::Usage`] for a wrong argument; everything that [`walk`] says.
pub fn quick(request: &Quick, progress: &Progress<'_>) -> Result<(String, Walked), Error> {
    let (prepared, walked) = quick_walk(request, progress)?;
    Ok((annex::terminal(&prepared, &walked)?, walked))
}

/// Estimates, and gives what a study would give.
///
/// # Errors
///
/// As [`quick`].
pub fn quick_walk(request: &Quick, progress: &Progress<'_>) -> Result<(Prepared, Walked), Error> {
    let (study, registry) = study_of(request)?;
    let prepared = prepare_with(study, registry).map_err(as_usage)?;
    check_files(&prepared.study).map_err(as_usage)?;
    let walked = walk(&prepared, progress)?;
    Ok((prepared, walked))
}

/// The script that gives the figures of a quick look in another program.
///
/// # Errors
///
/// [`Error::Usage`] for a wrong argument, and for what the program cannot do.
pub fn quick_script(request: &Quick, dialect: Dialect) -> Result<String, Error> {
    let all = Reproduce { dialect, indicators: Vec::new(), by: Vec::new(), survey: None };
    reproduce(study_of(request)?.0, &all).map_err(as_usage)
}

/// There is no study file whose place could be named.
fn as_usage(error: Error) -> Error {
    match error {
        Error::Study { message, .. } => Error::Usage(message),
        other => other,
    }
}

fn study_of(request: &Quick) -> Result<(Study, Registry), Error> {
    let folder = request.registry.as_deref();
    let registry = match (&request.recipe_text, folder) {
        (Some(text), folder) => Registry::with_recipe(folder, Path::new("recipe"), text)?,
        (None, Some(folder)) => Registry::with_folder(folder)?,
        (None, None) => Registry::builtin()?,
    };
    let own = request.recipe_text.as_ref().and_then(|_| {
        let entry = registry.provenance.iter().find(|(_, from)| from.file == "recipe")?.0;
        entry.strip_prefix("recipe/").map(str::to_string)
    });
    let recipe = recipe_named(&registry, own.as_ref().unwrap_or(&request.recipe))?;
    let files = files_by_role(recipe, &request.files)?;
    let lonely_psu: crate::study::LonelyPsu = toml::Value::String(request.lonely_psu.clone())
        .try_into()
        .map_err(|error: toml::de::Error| {
            Error::Usage(format!("the rule for strata of one PSU: {}", error.message().trim()))
        })?;
    let unplaced = |text: &String| Spanned::new(0..0, text.clone());
    let id = file_stem(request.files.first().map_or("survey", String::as_str));
    let survey = Survey {
        id: id.clone(),
        // A recipe for several countries or rounds names none; the file's name stands for it.
        ref_area: recipe.ref_area.clone().or_else(|| Some(id.clone())),
        area_name: None,
        time_period: recipe.time_period.clone().or_else(|| Some(String::new())),
        recipe: Spanned::new(0..0, OneOrMany::One(recipe.id.clone())),
        files: files
            .into_iter()
            .map(|(role, paths)| (Spanned::new(0..0, role), OneOrMany::Many(paths)))
            .collect(),
        design: crate::study::DesignSpec {
            lonely_psu: Some(lonely_psu),
            nest: request.nest.then_some(true),
            ..Default::default()
        },
        filter: BTreeMap::new(),
        calibrate: Vec::new(),
        population: None,
        bases: Vec::new(),
    };
    let file = StudyFile {
        engine: None,
        series: Vec::new(),
        aggregate: None,
        translations: BTreeMap::new(),
        progress: None,
        study: Head {
            title: recipe.name.clone(),
            subtitle: None,
            style: Spanned::new(0..0, "default".to_string()),
            languages: Vec::new(),
            untranslated: None,
            registry: request
                .registry
                .as_ref()
                .map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.clone())),
        },
        surveys: vec![survey],
        estimate: EstimateSpec {
            indicators: request.indicators.iter().map(unplaced).collect(),
            by: request.by.iter().map(unplaced).collect(),
            only_stated: Vec::new(),
            measures: None,
            thresholds: None,
            interval: IntervalSpec::default(),
            quantile: Default::default(),
            df: Default::default(),
            deff: Default::default(),
            pools: Vec::new(),
            changes: Vec::new(),
            contrasts: Vec::new(),
        },
        disclosure: Disclosure::of(&request.profile),
        analyses: Vec::new(),
        tables: Vec::new(),
        charts: Vec::new(),
        output: Output::default(),
    };
    let path = PathBuf::from("command line");
    let frames = request.frames.clone();
    Ok((Study { path, text: String::new(), file, frames }, registry))
}

/// The recipe of a name.
pub(crate) fn recipe_named<'a>(registry: &'a Registry, id: &str) -> Result<&'a Recipe, Error> {
    registry.recipes.get(id).ok_or_else(|| {
        if SeriesRecipe::builtin().is_ok_and(|series| series.contains_key(id)) {
            return Error::Usage(format!(
                "recipe `{id}` reads published series, and not rows; name it in a [[series]] of a study file"
            ));
        }
        let near = nearest(id, registry.recipes.keys().map(String::as_str));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        Error::Usage(format!("no recipe `{id}`{hint}"))
    })
}

/// Files as the command line names them, `FILE` or `ROLE=FILE`, by the recipe's roles.
pub(crate) fn files_by_role(
    recipe: &Recipe,
    named: &[String],
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in named {
        let (role, path) = match file.split_once('=') {
            Some((role, path)) if recipe.files.contains_key(role) => (role, path),
            Some((role, _)) if !Path::new(file).exists() => {
                let roles: Vec<&str> = recipe.files.keys().map(String::as_str).collect();
                return Err(Error::Usage(format!(
                    "recipe `{}` has no file `{role}`; it has: {}",
                    recipe.id,
                    roles.join(", ")
                )));
            }
            _ => (recipe.rows.as_str(), file.as_str()),
        };
        files.entry(role.to_string()).or_default().push(path.to_string());
    }
    Ok(files)
}

fn file_stem(path: &str) -> String {
    Path::new(path.rsplit('=').next().unwrap_or(path))
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_else(|| "survey".to_string())
}
