//! From the observations of published series to figures of the study's indicators.

use super::series_names::{self, Splits};
use super::{About, of_sex};
use crate::Error;
use crate::plan::world::{PlannedSeries, World as Planned};
use crate::plan::{Prepared, is_compared};
use inclusion_estimate::{
    Counts, Diagnostic, Estimate, Figure, Measure, Outcome, SeriesKey, Severity, Text, Uncertainty,
    Unit,
};
use inclusion_measures as measures;
use inclusion_registry::{AreaKind, Areas, Indicator, Sex, WorldPopulation};
use inclusion_series::{
    AreaRef, Field, Flag, Meant, Observation, Provenance, Series, SeriesRecipe, age_range,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The figures of a study's series.
pub(super) struct Figures {
    pub list: Vec<Published>,
    pub sources: Vec<(String, Vec<Provenance>)>,
}

/// One figure of one country.
pub(super) struct Published {
    pub key: SeriesKey,
    pub sex: Option<&'static str>,
    pub value: f64,
    pub se: Option<f64>,
    pub about: Arc<About>,
}

/// Reads all series.
pub(super) fn read(
    prepared: &Prepared,
    planned: &Planned,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Figures, Error> {
    let mut figures = Figures { list: Vec::new(), sources: Vec::new() };
    let mut held: BTreeSet<String> = BTreeSet::new();
    let mut splits = Splits::default();
    for source in &planned.series {
        let mut parts = Vec::new();
        for file in &source.files {
            parts.push(part(file, source)?);
        }
        let mut series = Series::merge(parts)?;
        // By the source's own names, with which the flags about them begin.
        let mut unused: BTreeSet<Arc<str>> = BTreeSet::new();
        for observation in &mut series.observations {
            let theirs = observation.indicator.clone();
            series_names::rename(observation, &source.indicators);
            if prepared.indicators.iter().any(|indicator| is_of(observation, indicator)) {
                splits.add(&theirs, observation);
            }
            if !prepared.indicators.iter().any(|indicator| is_of(observation, indicator)) {
                unused.insert(theirs);
            }
        }
        let proxies: Vec<&str> = source.indicators.values().filter_map(Meant::proxy).collect();
        // A flag about one indicator begins with it; those of indicators that the study leaves out say nothing.
        let about_unused = |message: &str| {
            message.split_once(": ").is_some_and(|(indicator, _)| unused.contains(indicator))
        };
        let flags = series.log.iter().filter(|flag| !about_unused(&flag.message));
        diagnostics.extend(flags.map(|flag| Diagnostic {
            code: Text::fixed(flag.code),
            severity: Severity::Note,
            message: format!("{}: {}", flag.file, flag.message).into(),
            count: flag.count,
        }));
        let id = Text::from(&source.id);
        held.extend(unused.iter().map(|code| code.to_string()));
        for indicator in &prepared.indicators {
            choose(&id, indicator, &series, &proxies, &mut figures.list, diagnostics);
        }
        figures.sources.push((source.id.clone(), series.provenance));
    }
    if figures.list.is_empty() && prepared.study.file.surveys.is_empty() {
        return Err(nothing(prepared, &held, &splits));
    }
    Ok(figures)
}

/// Recipes of SDMX begin so: their files are read as SDMX, CSV or ML, and not as tables.
pub(crate) const SDMX: &str = "sdmx/";

fn part(file: &Path, source: &PlannedSeries) -> Result<Series, Error> {
    if !source.recipe.id.starts_with(SDMX) {
        return Ok(inclusion_series::read(file, &source.recipe, &resolve, &source.options)?);
    }
    let options = inclusion_sdmx::ReadOptions::default();
    let mut reader = inclusion_sdmx::Reader::open(file, &options)?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut observation = inclusion_sdmx::Observation::default();
    while reader.read(&mut observation)? {
        let mut row = observation.dimensions.clone();
        row.push(
            observation.value.as_ref().map_or(String::new(), |value| value.text().to_string()),
        );
        row.extend(observation.attributes.iter().map(|text| text.clone().unwrap_or_default()));
        rows.push((reader.place().line, row));
    }
    let columns = reader.columns();
    let mut names = columns.dimensions.clone();
    names.push(columns.measure.clone());
    names.extend(columns.attributes.iter().cloned());
    // Attributes are optional in SDMX: a file without notes has no column of them.
    let notes = source.recipe.attribute.footnotes.iter();
    let notes: Vec<String> = notes.filter(|note| !names.contains(note)).cloned().collect();
    names.extend(notes);
    // An attribute that comes up late is absent from the rows before it.
    rows.iter_mut().for_each(|(_, row)| row.resize(names.len(), String::new()));
    let name = file.display().to_string();
    let table = inclusion_series::Table::of_lines(&name, names, rows)?;
    let recipe = with_dimensions(&source.recipe, &reader.columns().dimensions);
    let mut series = inclusion_series::read_table(&table, &recipe, &resolve, &source.options)?;
    let counts = reader.counts();
    let mut flag = |code, message: &str, count| {
        let file = file.file_name().map(|name| name.to_string_lossy().into_owned());
        if count > 0 {
            series.log.push(Flag {
                code,
                message: message.to_string(),
                file: file.unwrap_or_default().into(),
                line: None,
                column: None,
                value: None,
                count,
                lines: Vec::new(),
            });
        }
    };
    flag(
        "suppressed_with_value",
        "values beside the status Q (suppressed), which are not used",
        counts.suppressed_with_value,
    );
    flag(
        "value_with_missing_status",
        "values beside a status that says there is none",
        counts.value_with_missing_status,
    );
    Ok(series)
}

/// A recipe with the dimensions of a structure that it does not speak of, which tell figures apart too.
fn with_dimensions(recipe: &SeriesRecipe, dimensions: &[String]) -> SeriesRecipe {
    let mut recipe = recipe.clone();
    if !recipe.file.all_dimensions {
        return recipe;
    }
    let columns = [&recipe.area.column, &recipe.time.column, &recipe.indicator.column];
    let of_dimensions = recipe.dimensions.values().map(|field| &field.column);
    let columns = columns.into_iter().chain([&recipe.unit.column]).chain(of_dimensions);
    let spoken: BTreeSet<String> = columns.flatten().cloned().collect();
    for dimension in dimensions.iter().filter(|dimension| !spoken.contains(*dimension)) {
        let field = Field { column: Some(dimension.clone()), ..Field::default() };
        recipe.dimensions.insert(dimension.clone(), field);
    }
    recipe
}

/// A study of published figures that has none.
fn nothing(prepared: &Prepared, held: &BTreeSet<String>, splits: &Splits) -> Error {
    let own: Vec<&str> = prepared.indicators.iter().map(|i| i.id.as_str()).collect();
    let other = match (splits.advice(own[0]), held.is_empty()) {
        (Some(advice), _) => format!("; {advice}"),
        (None, true) => String::new(),
        (None, false) => {
            let codes: Vec<&str> = held.iter().take(20).map(String::as_str).collect();
            format!(
                "; other indicators there: {}; where one of them is meant, say so by \
                 `indicators = {{ \"{}\" = \"{}\" }}` of the series",
                codes.join(", "),
                codes[0],
                own[0]
            )
        }
    };
    Error::Study {
        place: inclusion_registry::Place::file(&prepared.study.path),
        message: format!(
            "the series have no figure of a country for {}, in per cent and not split further than by \
             sex{other}",
            own.join(", ")
        ),
    }
}

/// The registry's areas for a reader of series.
fn resolve(text: &str) -> Result<AreaRef, Vec<String>> {
    if let Some(code) = part_of_country(text) {
        return Ok(AreaRef { code, kind: inclusion_series::AreaKind::Part });
    }
    let area = Areas::builtin().resolve(text).map_err(|unknown| match unknown.suggestions {
        none if none.is_empty() => country_of_sample(text).into_iter().collect(),
        near => near,
    })?;
    let kind = match area.kind {
        AreaKind::Country | AreaKind::Territory => inclusion_series::AreaKind::Country,
        AreaKind::Group => inclusion_series::AreaKind::Group,
        AreaKind::Former => inclusion_series::AreaKind::Former,
    };
    Ok(AreaRef { code: area.id.clone(), kind })
}

/// The code of a part of a country, as ISO 3166-2 and structures of one country write it: `KE-30`, `KE_NBO`.
fn part_of_country(text: &str) -> Option<String> {
    let (country, part) = text.trim().split_once(['-', '_'])?;
    let two = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let part_fits = (1..=3).contains(&part.len())
        && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let area = Areas::builtin().resolve(country).ok().filter(|_| two && part_fits)?;
    area.is_counted().then(|| text.trim().to_string())
}

/// The country of a sample's code, as surveys give them: `KE7` is the seventh of Kenya.
fn country_of_sample(text: &str) -> Option<String> {
    let (country, round) = text.trim().split_at_checked(2)?;
    let letters = country.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = !round.is_empty() && round.bytes().all(|b| b.is_ascii_digit());
    let area = Areas::builtin().resolve(country).ok().filter(|_| letters && digits)?;
    Some(area.id.clone())
}

/// An observation is of this indicator: by its id, or by its code in UN files.
fn is_of(observation: &Observation, indicator: &Indicator) -> bool {
    let of = |code: Option<&str>| {
        code.is_some_and(|code| code.eq_ignore_ascii_case(&observation.indicator))
    };
    // A series that several indicators share is told apart by a dimension, which is not looked at here.
    let alone = indicator.sdg_key.dimensions.is_empty();
    *observation.indicator == *indicator.id
        || of(indicator.series.as_deref())
        || (alone && of(indicator.sdg_series()))
}

/// All, women and men of one age range.
type BySex<'a> = [Option<&'a Observation>; 3];

/// The figures of one indicator. Where a country and period have several age ranges, the widest with both
/// sexes is taken; figures of further breakdowns and of groups are left out, each with a note.
fn choose(
    id: &Text,
    indicator: &Indicator,
    series: &Series,
    proxies: &[&str],
    list: &mut Vec<Published>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own: Vec<&Observation> =
        series.observations.iter().filter(|o| is_of(o, indicator)).collect();
    let mut left_out = |code: &'static str, what: &str, n: usize| {
        if n > 0 {
            diagnostics.push(Diagnostic {
                code: Text::fixed(code),
                severity: Severity::Note,
                message: format!("{id}: {n} figures of {} {what}", indicator.id).into(),
                count: n as u64,
            });
        }
    };
    let groups = own.iter().filter(|o| o.area_kind != inclusion_series::AreaKind::Country).count();
    left_out(
        "published_groups",
        "are of groups or parts of countries or of former states and are not used: aggregates are made of \
         countries.",
        groups,
    );
    let countries = || {
        let countries = own.iter().filter(|o| o.area_kind == inclusion_series::AreaKind::Country);
        countries.filter(|o| inclusion_series::YEARS.contains(&o.year))
    };
    let no_year = own.iter().filter(|o| !inclusion_series::YEARS.contains(&o.year)).count();
    left_out("year_out_of_range", "have a number for a year and are not used.", no_year);
    let split = countries().filter(|o| !o.breakdowns.is_empty()).count();
    left_out("further_breakdowns", "are split further than by sex and are not used.", split);
    let other_unit = countries().filter(|o| !o.unit.is_share()).count();
    left_out("other_unit", "are no shares and are not used.", other_unit);
    let mut places: BTreeMap<(&str, &str), BTreeMap<&str, BySex>> = BTreeMap::new();
    for o in countries().filter(|o| o.breakdowns.is_empty() && o.unit.is_share()) {
        let at = match &*o.sex {
            "_T" => 0,
            "F" => 1,
            "M" => 2,
            _ => continue,
        };
        if o.value.is_some() {
            places.entry((&o.ref_area, &o.time_period)).or_default().entry(&o.age).or_default()
                [at] = Some(o);
        }
    }
    let (mut narrower, indicator_id) = (0, Text::from(&indicator.id));
    for ((area, period), ages) in places {
        let widest = ages.iter().max_by_key(|(age, sexes)| {
            (sexes[1].is_some() && sexes[2].is_some(), width(age), std::cmp::Reverse(**age))
        });
        let Some((_, sexes)) = widest else { continue };
        narrower += ages.len() - 1;
        for (o, sex) in sexes.iter().zip([None, Some("F"), Some("M")]) {
            let Some((o, value)) = o.and_then(|o| Some((o, o.value?))) else { continue };
            let key = SeriesKey {
                source: id.clone(),
                ref_area: area.into(),
                time_period: period.into(),
                indicator: indicator_id.clone(),
                breakdown: of_sex(sex),
                measure: Measure::Level,
            };
            let about = Arc::new(About {
                year: o.year,
                age: o.age.clone(),
                nature: o.nature.clone(),
                obs_status: o.obs_status.clone(),
                source: o.source.clone(),
                edition: o.edition.clone(),
                footnotes: o.footnotes.clone(),
                proxy: o.footnotes.iter().find(|note| proxies.contains(&&***note)).cloned(),
                bounds: o.lower.zip(o.upper),
                place: (o.file.clone(), o.line),
            });
            list.push(Published { key, sex, value, se: o.se, about });
        }
    }
    left_out(
        "other_ages",
        "are of countries and periods that have a wider age range, which is used.",
        narrower,
    );
}

/// Years of an age range; one that is not stated counts as narrower than any that is.
fn width(age: &str) -> u32 {
    match age_range(age) {
        Some((from, to)) => to.unwrap_or(120).saturating_sub(from.unwrap_or(0)) + 1,
        None if age == "_T" => 121,
        None => 0,
    }
}

/// Women and men of the base of a figure, of its age range or of all ages where it states none, and the
/// year that they are of.
fn population(area: &str, about: &About) -> Option<((f64, f64), i32)> {
    let (from, to) = age_range(&about.age).unwrap_or((None, None));
    let table = WorldPopulation::builtin();
    let of = |sex| table.standing_for(area, about.year, sex, from.unwrap_or(0), to).ok();
    let ((women, used), (men, _)) = (of(Sex::Female)?, of(Sex::Male)?);
    Some(((women.count, men.count), used))
}

/// Estimates of the figures, and of the comparison of women and men.
pub(super) fn compared(prepared: &Prepared, figures: &[Published]) -> Vec<Estimate> {
    let mut estimates = Vec::with_capacity(figures.len() * 2);
    for figure in figures {
        estimates.push(estimate(figure));
    }
    let options = |populations| measures::Options {
        level: *prepared.study.file.estimate.interval.level.get_ref(),
        measures: prepared.measures.clone(),
        populations,
    };
    for pair in figures.windows(2) {
        let [women, men] = pair else { continue };
        let one = women.key.source == men.key.source
            && women.key.ref_area == men.key.ref_area
            && women.key.time_period == men.key.time_period
            && women.key.indicator == men.key.indicator;
        if !one || women.sex != Some("F") || men.sex != Some("M") {
            continue;
        }
        let Some(indicator) = prepared.indicators.iter().find(|i| women.key.indicator == i.id)
        else {
            continue;
        };
        if is_compared(indicator) {
            let population = population(&women.key.ref_area, &women.about);
            let options = options(population.map(|(persons, _)| persons));
            let year = women.about.year;
            let (women, men) = (estimate(women), estimate(men));
            let mut made = measures::compare(&women, &men, None, indicator.direction, &options);
            if let Some((_, used)) = population.filter(|(_, used)| *used != year) {
                for own in made.iter_mut().filter(|own| own.unit == Unit::Count) {
                    own.diagnostics.push(super::aggregates::carried(used, year));
                }
            }
            estimates.extend(made);
        }
    }
    estimates
}

fn estimate(figure: &Published) -> Estimate {
    let value = match figure.se {
        Some(se) => Uncertainty::KnownSe { value: figure.value, se },
        None => Uncertainty::Unknown { value: figure.value },
    };
    Estimate {
        key: figure.key.clone(),
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value,
            df: None,
            interval: None,
            deff: None,
            n_effective: None,
        }),
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: figure.about.proxy.as_deref().map(proxy).into_iter().collect(),
    }
}

/// A figure stands for an indicator that it approximates.
pub(super) fn proxy(text: &str) -> Diagnostic {
    Diagnostic {
        code: Text::fixed("proxy"),
        severity: Severity::Caution,
        message: text.into(),
        count: 0,
    }
}
