//! Published series of a study, held against the registry.

use super::{find, find_indicator, wrong};
use crate::Error;
use crate::study::{CoverageName, Study};
use inclusion_estimate::Measure;
use inclusion_measures::aggregate::CoverageRule;
use inclusion_registry::{AreaKind, Areas, Grouping, Indicator, Registry, Style, nearest};
use inclusion_report::Column;
use inclusion_series::{Meant, Named, SeriesRecipe};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml::Spanned;

/// What is made of published figures.
#[derive(Debug, Clone)]
pub struct World {
    /// The sources, in the study's order: of two figures of one year the first source's counts.
    pub series: Vec<PlannedSeries>,
    /// Measures of the difference between women and men: the study's, and the style's where its tables would
    /// show none of these.
    pub measures: Vec<Measure>,
    /// Groupings of which aggregates are made, after the world.
    pub groupings: Vec<Grouping>,
    /// Year of the aggregates; the newest with figures of both sexes if left out.
    pub year: Option<i32>,
    /// Years in which a country's newest figure is looked for.
    pub window: i32,
    /// How much must be covered.
    pub rule: CoverageRule,
    /// Year from which progress counts.
    pub base_year: i32,
    /// Countries whose progress is shown, by area id; empty for all.
    pub areas: BTreeSet<String>,
    /// Years beyond the data for which a projection may be made.
    pub horizon: i32,
    /// Year of the report; that of an indicator's newest figure if left out.
    pub as_of: Option<i32>,
    /// Trends through changes of comparability are marked, not refused.
    pub through_breaks: bool,
}

/// A source of published figures.
#[derive(Debug, Clone)]
pub struct PlannedSeries {
    /// Its id.
    pub id: String,
    /// How it is read.
    pub recipe: SeriesRecipe,
    /// Its files.
    pub files: Vec<PathBuf>,
    /// What the study states of it.
    pub options: inclusion_series::Options,
    /// Its name of an indicator → the indicator: what the recipe says, and the study's on top.
    pub indicators: BTreeMap<String, Meant>,
}

/// Years that aggregates can be of.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2100;
/// Most years of a window.
const LONGEST: i32 = 20;

/// The published series of a study; none if it has none.
///
/// # Errors
///
/// [`Error::Study`] with the place and the nearest name; [`Error::Series`] for a wrong recipe.
pub(super) fn world(
    study: &Study,
    registry: &Registry,
    style: &Style,
    indicators: &[Indicator],
    asked: &[Measure],
) -> Result<Option<World>, Error> {
    let file = &study.file;
    let aggregate = file.aggregate.clone().unwrap_or_default();
    let progress = file.progress.clone().unwrap_or_default();
    if file.series.is_empty() {
        if file.aggregate.is_none() && file.progress.is_none() {
            return Ok(None);
        }
        let message = "`[aggregate]` and `[progress]` are of published figures, and the study has no \
                       [[series]]; add one with `id`, `file` and `recipe`";
        return Err(Error::Study {
            place: inclusion_registry::Place::file(&study.path),
            message: message.to_string(),
        });
    }
    // Tables and charts of a study are of its surveys; nothing is left out without a word.
    if let (true, Some(table)) = (file.surveys.is_empty(), file.tables.first()) {
        let message = "a [[table]] shows figures of surveys, and the study has none; the tables of published \
                       figures are made without one";
        return Err(wrong(study, &table.indicator, message.to_string()));
    }
    let recipes = match &file.study.registry {
        Some(folder) => SeriesRecipe::with_folder(&study.resolve(folder))?,
        None => SeriesRecipe::builtin()?,
    };
    let mut ids: BTreeSet<&str> = file.surveys.iter().map(|survey| survey.id.as_str()).collect();
    let mut series = Vec::new();
    for spec in &file.series {
        if spec.id == AGGREGATES {
            let message = format!("id `{AGGREGATES}` is that of the groups' figures; give another");
            return Err(wrong(study, &spec.recipe, message));
        }
        if !ids.insert(&spec.id) {
            let message = format!("id `{}` is used twice; give the series another", spec.id);
            return Err(wrong(study, &spec.recipe, message));
        }
        let recipe = find(study, &recipes, "recipe of published figures", &spec.recipe)?.clone();
        let files: Vec<PathBuf> = spec
            .file
            .get_ref()
            .list()
            .into_iter()
            .map(|path| study.resolve(std::path::Path::new(path)))
            .collect();
        let options = inclusion_series::Options {
            set: spec.set.clone(),
            edition: spec.edition.clone(),
            ..inclusion_series::Options::default()
        };
        let mut own = recipe.indicators.clone();
        for (theirs, id) in &spec.indicators {
            // A structure of SDMX has dimensions that its recipe does not speak of.
            let known = |name: &str| {
                recipe.dimensions.contains_key(name) || recipe.id.starts_with(crate::world::SDMX)
            };
            if let Some((name, _)) =
                Named::parse(theirs).codes.iter().find(|(name, _)| !known(name))
            {
                let names = recipe.dimensions.keys().map(String::as_str);
                let near = nearest(name, names.clone());
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                let all = || format!("it has: {}", names.collect::<Vec<_>>().join(", "));
                let message = format!(
                    "`{theirs}`: recipe `{}` has no dimension `{name}`; {}",
                    recipe.id,
                    hint.unwrap_or_else(all)
                );
                return Err(wrong(study, id, message));
            }
            let indicator = find_indicator(study, registry, id)?;
            own.insert(theirs.clone(), Meant::Same(indicator.id.clone()));
        }
        if let Some((theirs, meant)) =
            own.iter().find(|(_, meant)| !registry.indicators.contains_key(meant.id()))
        {
            let message = format!(
                "recipe `{}` takes `{theirs}` for `{}`, which is no indicator; give its \
                 `[indicators]` an id of the registry",
                recipe.id,
                meant.id()
            );
            return Err(wrong(study, &spec.recipe, message));
        }
        series.push(PlannedSeries { id: spec.id.clone(), recipe, files, options, indicators: own });
    }
    let mut groupings: Vec<Grouping> = Vec::new();
    let of_style: Vec<Spanned<String>> =
        style.groupings.iter().map(|id| Spanned::new(0..0, id.clone())).collect();
    for id in aggregate.groupings.as_ref().unwrap_or(&of_style) {
        let grouping = registry.groupings.get(id.get_ref());
        let grouping = grouping.ok_or_else(|| no_grouping(study, registry, id))?;
        if !groupings.iter().any(|known| known.id == grouping.id) {
            groupings.push(grouping.clone());
        }
    }
    let window = *aggregate.window.get_ref();
    if !(1..=LONGEST).contains(&window) {
        let message = format!("`window` is {window} years; give 1 to {LONGEST}");
        return Err(wrong(study, &aggregate.window, message));
    }
    for (name, year) in [("year", &aggregate.year), ("as_of", &progress.as_of)] {
        let Some(year) = year.as_ref().filter(|year| !YEARS.contains(year.get_ref())) else {
            continue;
        };
        let (own, first, last) = (year.get_ref(), YEARS.start(), YEARS.end());
        let message = format!("`{name}` is {own}; give one of {first} to {last}");
        return Err(wrong(study, year, message));
    }
    let mut areas = BTreeSet::new();
    for text in &progress.areas {
        let area = Areas::builtin().resolve(text.get_ref());
        let area = area.map_err(|error| wrong(study, text, error.to_string()))?;
        if !matches!(area.kind, AreaKind::Country | AreaKind::Territory) {
            let message = format!("{} is no country; progress is shown of countries", area.name);
            return Err(wrong(study, text, message));
        }
        areas.insert(area.id.clone());
    }
    let base_year = base_year(study, &progress.base_year, indicators)?;
    let horizon = *progress.horizon.get_ref();
    if !(0..=50).contains(&horizon) {
        let message = format!("`horizon` is {horizon} years; give 0 to 50");
        return Err(wrong(study, &progress.horizon, message));
    }
    Ok(Some(World {
        series,
        measures: measures(asked, style),
        groupings,
        year: aggregate.year.map(|year| *year.get_ref()),
        window,
        rule: match aggregate.coverage {
            CoverageName::None => CoverageRule::None,
            CoverageName::HalfOfEitherSex => CoverageRule::HalfOfEitherSex,
            CoverageName::OneThird => CoverageRule::OneThird,
        },
        base_year,
        areas,
        horizon,
        as_of: progress.as_of.map(|year| *year.get_ref()),
        through_breaks: progress.through_breaks,
    }))
}

/// What compares women and men in tables of areas. A style has its own measures: where a study compares them, and
/// asks for none of the style's, those are made as well, for else its tables would compare nothing.
fn measures(asked: &[Measure], style: &Style) -> Vec<Measure> {
    const COMPARED: [Measure; 4] =
        [Measure::Gap, Measure::RelativeGap, Measure::Parity, Measure::AdjustedParity];
    let columns = style.area_columns.iter().filter_map(|id| Column::parse(id)).flatten();
    let of_style = columns.filter_map(|column| match column {
        Column::Value(quantity) => Some(quantity.key().1),
        _ => None,
    });
    let of_style: Vec<Measure> = of_style.filter(|own| COMPARED.contains(own)).collect();
    let mut all = asked.to_vec();
    let compares = asked.iter().any(|own| COMPARED.contains(own));
    if compares && !asked.iter().any(|own| of_style.contains(own)) {
        all.extend(of_style);
        all.sort_unstable();
        all.dedup();
    }
    all
}

/// The year from which progress counts: before the year of the target of one indicator at least.
fn base_year(study: &Study, given: &Spanned<i32>, indicators: &[Indicator]) -> Result<i32, Error> {
    let year = *given.get_ref();
    if !YEARS.contains(&year) {
        let message =
            format!("`base_year` is {year}; give one of {} to {}", YEARS.start(), YEARS.end());
        return Err(wrong(study, given, message));
    }
    let target = |indicator: &Indicator| {
        let own = indicator.targets.iter().filter(|target| target.group.is_none());
        own.map(|target| target.year).max().map(|year| (year, indicator.id.clone()))
    };
    match indicators.iter().filter_map(target).max() {
        Some((latest, id)) if year >= latest => {
            let message = format!(
                "`base_year` is {year}, and the target of `{id}` is of {latest}: progress counts from a \
                 year before its target"
            );
            Err(wrong(study, given, message))
        }
        _ => Ok(year),
    }
}

/// The nearest name, or why a grouping that is often asked for is not here, or those that are.
fn no_grouping(study: &Study, registry: &Registry, id: &Spanned<String>) -> Error {
    let known: Vec<&str> = registry.groupings.iter().map(|own| own.id.as_str()).collect();
    let missing = inclusion_registry::missing_groupings();
    let all = || format!("there are: {}", known.join(", "));
    let hint = match missing.iter().find(|missing| missing.id == *id.get_ref()) {
        Some(missing) => format!("{}: {}; {}", missing.name, missing.reason, all()),
        None => match nearest(id.get_ref(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => all(),
        },
    };
    wrong(study, id, format!("no grouping `{}`; {hint}", id.get_ref()))
}

/// The source that figures of groups carry.
pub(crate) const AGGREGATES: &str = "aggregates";
