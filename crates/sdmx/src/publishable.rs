//! Publishable rows as observations: in the structure of the Sustainable Development Goals, and in the
//! project's own.
//!
//! A withheld row keeps its key, its unit and the status `Q`; no figure of it is there to be written.
//! What a structure cannot say is left out with the reason, never bent to fit.

use crate::constraints::SeriesConstraints;
use crate::number::{number_text, rounded, scaled};
use crate::own::{OwnStructure, code_id, own_unit};
use crate::structure::Structure;
use crate::{Columns, Error, Observation, Value, is_time_period};
use inclusion_disclosure::{Cell, Publishable, Row, Shown};
use inclusion_estimate::{Absence, Measure, SeriesKey, Severity, Unit};
use inclusion_registry::{Indicator, Registry, Test};
use std::collections::{BTreeMap, BTreeSet};

/// Rows as observations, in the columns of the structure.
#[derive(Debug, Clone, Default)]
pub struct Mapped {
    /// The observations, in the order of the rows.
    pub observations: Vec<Observation>,
    /// What the structure cannot say.
    pub left_out: Vec<LeftOut>,
}

/// A row that is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its key.
    pub key: SeriesKey,
    /// Why.
    pub reason: String,
}

/// What a row does not say of itself.
#[derive(Debug, Clone)]
pub struct MapOptions<'a> {
    /// Area of the rows → code of the structure, such as `KEN` → `404`. An area that is not here
    /// keeps its own code.
    pub areas: BTreeMap<String, String>,
    /// Areas that are groups of countries: reported for them is `G`, not `N`.
    pub groups: BTreeSet<String>,
    /// Source → text of `SOURCE_DETAIL`; the id where there is none.
    pub sources: BTreeMap<String, String>,
    /// Source → AGE of figures that are not split by age, such as `Y_GE15`, where the indicator does
    /// not say. `_T` where neither does.
    pub ages: BTreeMap<String, String>,
    /// By key of the level: what the source of a published figure says of it.
    pub published: BTreeMap<SeriesKey, Published>,
    /// NATURE of figures of countries.
    pub nature: String,
    /// Decimals of values and bounds in per cent; all of them if left out.
    pub percent_decimals: Option<usize>,
    /// Decimals of ratios and their bounds; all of them if left out.
    pub ratio_decimals: Option<usize>,
    /// Which year stands for a period of several, as `2015-2016`; the period goes into TIME_DETAIL.
    pub year: YearOf,
    /// Constraints of the series, which also tell the unit: `PER_100_POP` where `PT` is not taken.
    pub constraints: Option<&'a SeriesConstraints>,
}

impl Default for MapOptions<'_> {
    fn default() -> Self {
        MapOptions {
            areas: BTreeMap::new(),
            groups: BTreeSet::new(),
            sources: BTreeMap::new(),
            ages: BTreeMap::new(),
            published: BTreeMap::new(),
            nature: "C".into(),
            percent_decimals: None,
            ratio_decimals: None,
            year: YearOf::Last,
            constraints: None,
        }
    }
}

/// What the source of a published figure says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// AGE of its base; `_X` where the source states none.
    pub age: Option<String>,
    /// NATURE.
    pub nature: Option<String>,
    /// OBS_STATUS; the first code where there are several.
    pub status: Option<String>,
    /// SOURCE_DETAIL.
    pub source: Option<String>,
    /// REPORTING_TYPE: `G` where the source does not say it.
    pub reporting: Option<String>,
    /// LOWER_BOUND and UPPER_BOUND, scaled as the rows' values.
    pub bounds: Option<(f64, f64)>,
    /// Its notes, for COMMENT_OBS.
    pub notes: Vec<String>,
}

/// Ages that a source does not state.
const NOT_STATED: &str = "_X";

/// The level that a measure is of: published figures say what they say by level.
fn level_of(key: &SeriesKey) -> SeriesKey {
    match key.measure {
        Measure::Level => key.clone(),
        Measure::Headcount => SeriesKey { measure: Measure::Level, ..key.clone() },
        _ => {
            let mut level = SeriesKey { measure: Measure::Level, ..key.clone() };
            if !level.breakdown.contains_key("sex") {
                level.breakdown.insert("sex", "F");
            }
            level
        }
    }
}

/// The year that stands for a period of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearOf {
    /// The first.
    First,
    /// The last.
    Last,
}

/// An observation in the making: ids of components with their codes.
type Fields = BTreeMap<String, String>;

/// The rows in the project's own structure: shares from 0 to 1, every measure of one area and period.
/// Contrasts of two keys have no place in it and are left out.
///
/// # Errors
///
/// [`Error::Structure`] if two different figures come to one key.
pub fn own_observations(
    publishable: &Publishable,
    registry: &Registry,
    own: &OwnStructure,
    options: &MapOptions<'_>,
) -> Result<Mapped, Error> {
    map(publishable, &own.structure, |row| own_fields(row, registry, own, options))
}

/// The rows in the structure of the Sustainable Development Goals, or another with its dimensions:
/// levels of indicators that have a series there, and parity where that has one. Shares become per
/// cent.
///
/// # Errors
///
/// [`Error::Structure`] if two different figures come to one key, as a fifth of wealth and a fifth of
/// income do.
pub fn sdg_observations(
    publishable: &Publishable,
    registry: &Registry,
    structure: &Structure,
    options: &MapOptions<'_>,
) -> Result<Mapped, Error> {
    map(publishable, structure, |row| sdg_fields(row, registry, structure, options))
}

fn map(
    publishable: &Publishable,
    structure: &Structure,
    fields: impl Fn(&Row) -> Result<(Fields, Option<f64>), String>,
) -> Result<Mapped, Error> {
    let columns = structure.columns();
    let mut mapped = Mapped::default();
    let mut seen: BTreeMap<String, (usize, &SeriesKey)> = BTreeMap::new();
    for row in publishable.rows() {
        let (fields, value) = match fields(row) {
            Ok(found) => found,
            Err(reason) => {
                mapped.left_out.push(LeftOut { key: row.key.clone(), reason });
                continue;
            }
        };
        let observation = arranged(&columns, fields, value);
        let key = observation.key();
        match seen.get(&key) {
            // The same group under two codings, as 15 to 24 years of two lists of ages.
            Some((at, _)) if mapped.observations[*at] == observation => {}
            Some((_, other)) => {
                return Err(Error::Structure(format!(
                    "two different figures have the key {key}: {} and {}; publish one of them",
                    breakdown(other),
                    breakdown(&row.key)
                )));
            }
            None => {
                seen.insert(key, (mapped.observations.len(), &row.key));
                mapped.observations.push(observation);
            }
        }
    }
    Ok(mapped)
}

fn breakdown(key: &SeriesKey) -> String {
    let parts: Vec<String> =
        key.breakdown.iter().map(|(concept, code)| format!("{concept} {code}")).collect();
    format!("{} of {} by {}", key.indicator, key.source, parts.join(", "))
}

fn arranged(columns: &Columns, mut fields: Fields, value: Option<f64>) -> Observation {
    Observation {
        dimensions: columns
            .dimensions
            .iter()
            .map(|id| fields.remove(id).unwrap_or_else(|| "_T".into()))
            .collect(),
        value: value.and_then(Value::of),
        attributes: columns.attributes.iter().map(|id| fields.remove(id)).collect(),
    }
}

fn shown(row: &Row) -> Option<&Shown> {
    match &row.cell {
        Cell::Shown(shown) => Some(shown),
        Cell::Withheld | Cell::Missing(_) => None,
    }
}

/// What both structures say of a row.
fn common(row: &Row, options: &MapOptions<'_>) -> Result<Fields, String> {
    if row.key.measure.is_contrast() {
        return Err(format!(
            "{} compares two keys, and an observation has one",
            row.key.measure.id()
        ));
    }
    let mut fields = Fields::new();
    let mut put = |id: &str, text: String| {
        fields.insert(id.into(), text);
    };
    put("FREQ", "A".into());
    let (period, detail) = period(&row.key.time_period, options.year)?;
    put("TIME_PERIOD", period);
    if let Some(detail) = detail {
        put("TIME_DETAIL", detail);
    }
    put("OBS_STATUS", row.obs_status().into());
    put("UNIT_MULT", "0".into());
    let source = &row.key.source;
    let said = options.published.get(&level_of(&row.key));
    let group = options.groups.contains(row.key.ref_area.as_str());
    let detail = said.and_then(|said| said.source.clone());
    let detail = detail.or_else(|| options.sources.get(source.as_str()).cloned());
    put("SOURCE_DETAIL", detail.unwrap_or_else(|| source.to_string()));
    let nature = said.and_then(|said| said.nature.clone());
    put(
        "NATURE",
        if group { "G".into() } else { nature.unwrap_or_else(|| options.nature.clone()) },
    );
    // What the source says of its own figure counts, but for one that is not shown.
    if let (Some(status), Some(_)) = (said.and_then(|said| said.status.clone()), shown(row)) {
        put("OBS_STATUS", status);
    }
    // What a group covers is told above all where it is too little.
    let too_low = matches!(row.cell, Cell::Missing(Absence::CoverageTooLow));
    if shown(row).is_some() || too_low {
        let of_row = if too_low { &[] } else { row.diagnostics.as_slice() };
        let cautions = of_row.iter().filter(|d| d.severity == Severity::Caution);
        let notes = said.iter().flat_map(|said| &said.notes).map(String::as_str);
        let comments: BTreeSet<&str> = cautions.map(|d| d.message.as_str()).chain(notes).collect();
        if !comments.is_empty() {
            put("COMMENT_OBS", comments.into_iter().collect::<Vec<_>>().join(" | "));
        }
    }
    Ok(fields)
}

/// The period, and what it was where a year stands for several.
fn period(text: &str, year: YearOf) -> Result<(String, Option<String>), String> {
    if is_time_period(text) {
        return Ok((text.into(), None));
    }
    match text.split_once(['-', '/']) {
        Some((first, last))
            if [first, last].iter().all(|part| part.len() == 4 && is_time_period(part)) =>
        {
            let own = if year == YearOf::First { first } else { last };
            Ok((own.into(), Some(text.into())))
        }
        _ => Err(format!("`{text}` is no time period of SDMX")),
    }
}

fn own_fields(
    row: &Row,
    registry: &Registry,
    own: &OwnStructure,
    options: &MapOptions<'_>,
) -> Result<(Fields, Option<f64>), String> {
    let mut fields = common(row, options)?;
    let key = &row.key;
    for (concept, code) in &key.breakdown {
        let (dimension, code) = own
            .place(concept, code)
            .ok_or_else(|| format!("`{code}` of {concept} has no code in the structure"))?;
        if fields.insert(dimension.into(), code.into()).is_some() {
            return Err(format!("two breakdowns share the dimension {dimension}"));
        }
    }
    let said = options.published.get(&level_of(key));
    if let (false, Some(age)) =
        (fields.contains_key("AGE"), said.and_then(|said| said.age.as_ref()))
    {
        if !has_code(&own.structure, "AGE", age) {
            return Err(format!("the structure has no code for the ages {age}"));
        }
        fields.insert("AGE".into(), age.clone());
    }
    let indicator = registry.indicators.get(key.indicator.as_str());
    let unit = match row.unit {
        Unit::Share => "SHARE".into(),
        Unit::Ratio => "RATIO".into(),
        Unit::Count => "COUNT".into(),
        Unit::Own => indicator
            .map(|own| own_unit(&own.unit))
            .ok_or_else(|| format!("indicator {} is not in the registry", key.indicator))?,
    };
    let mut put = |id: &str, text: String| {
        fields.insert(id.into(), text);
    };
    put("REF_AREA", code_id(&key.ref_area));
    put("SOURCE", code_id(&key.source));
    put("INDICATOR", code_id(&key.indicator));
    put("MEASURE", key.measure.id().into());
    put("UNIT_MEASURE", unit);
    if let Cell::Missing(reason) = &row.cell {
        put("REASON", reason.id().into());
    }
    let Some(shown) = shown(row) else { return Ok((fields, None)) };
    let bounds =
        shown.interval.map(|i| (i.lower, i.upper)).or_else(|| published_bounds(key, options));
    let figures = [
        ("STD_ERROR", shown.se),
        ("LOWER_BOUND", bounds.map(|(lower, _)| lower)),
        ("UPPER_BOUND", bounds.map(|(_, upper)| upper)),
        ("CONF_LEVEL", shown.interval.map(|i| i.level)),
        ("DF", shown.df),
        ("CV", shown.cv),
        ("DEFF", shown.deff),
        ("N_EFFECTIVE", shown.n_effective),
        // A published figure comes without its cases.
        ("N", (shown.n > 0).then_some(shown.n as f64)),
        ("N_WEIGHTED", (shown.n > 0).then_some(shown.n_weighted)),
    ];
    for (id, number) in figures {
        if let Some(number) = number.filter(|number| number.is_finite()) {
            put(id, number_text(number));
        }
    }
    let notes: BTreeSet<&str> = row.diagnostics.iter().map(|d| d.code.as_str()).collect();
    if !notes.is_empty() {
        put("NOTE", notes.into_iter().collect::<Vec<_>>().join(";"));
    }
    Ok((fields, Some(shown.value)))
}

fn sdg_fields(
    row: &Row,
    registry: &Registry,
    structure: &Structure,
    options: &MapOptions<'_>,
) -> Result<(Fields, Option<f64>), String> {
    let mut fields = common(row, options)?;
    let key = &row.key;
    let indicator = registry
        .indicators
        .get(key.indicator.as_str())
        .ok_or_else(|| format!("indicator {} is not in the registry", key.indicator))?;
    let series = series(indicator, key.measure, structure)?;
    fields.extend(indicator.sdg_key.dimensions.clone());
    for (concept, code) in &key.breakdown {
        let concept = registry
            .concepts
            .get(concept.as_str())
            .ok_or_else(|| format!("concept {concept} is not in the registry"))?;
        let dimension = concept
            .dimension
            .as_deref()
            .filter(|id| structure.dimensions.iter().any(|own| own.id == *id));
        let dimension = dimension
            .ok_or_else(|| format!("the structure has no dimension for {}", concept.id))?;
        let own = concept.codes.iter().find(|own| own.id == *code);
        let sdmx = own.and_then(|own| own.sdmx.as_deref());
        let sdmx = sdmx
            .filter(|sdmx| has_code(structure, dimension, sdmx))
            .ok_or_else(|| format!("the structure has no code for `{code}` of {}", concept.id))?;
        if fields.insert(dimension.into(), sdmx.into()).is_some() {
            return Err(format!("two breakdowns share the dimension {dimension}"));
        }
    }
    if !fields.contains_key("AGE") {
        let said = options.published.get(&level_of(key)).and_then(|said| said.age.clone());
        let defined = base_age(indicator);
        let own = said.or_else(|| defined.clone());
        let own = own.or_else(|| options.ages.get(key.source.as_str()).cloned());
        // In this structure `_T` is also what is not split by age, whosever it is; where a series takes certain
        // ages only, a figure that states none has those of the definition.
        let codes = match own.as_deref() {
            Some(NOT_STATED) | None => {
                ["_T", NOT_STATED].into_iter().chain(defined.as_deref()).collect()
            }
            Some(own) => vec![own, "_T"],
        };
        let age = taken(options.constraints, &series, "AGE", &codes);
        if !has_code(structure, "AGE", &age) {
            return Err(format!("the structure has no code for the ages {age}"));
        }
        fields.insert("AGE".into(), age);
    }
    let (factor, units): (f64, &[&str]) = match (row.unit, indicator.unit.as_str()) {
        (Unit::Share, _) => (100.0, &["PT", "PER_100_POP"]),
        (Unit::Ratio, _) => (1.0, &["RO"]),
        (Unit::Count, _) | (Unit::Own, "number") => (1.0, &["NUMBER"]),
        (Unit::Own, "percent") => (1.0, &["PT", "PER_100_POP"]),
        (Unit::Own, "per 100 inhabitants") => (1.0, &["PER_100_POP"]),
        (Unit::Own, "index") => (1.0, &["IX"]),
        (Unit::Own, unit) => return Err(format!("the structure has no unit for {unit}")),
    };
    let area = options.areas.get(key.ref_area.as_str()).cloned();
    let area = area.unwrap_or_else(|| key.ref_area.to_string());
    if !has_code(structure, "REF_AREA", &area) {
        return Err(format!("the structure has no code for the area {area}"));
    }
    let unit = taken(options.constraints, &series, "UNIT_MEASURE", units);
    let mut put = |id: &str, text: String| {
        fields.insert(id.into(), text);
    };
    put("REF_AREA", area);
    put("REPORTING_TYPE", reporting(key, structure, options).into());
    put("UNIT_MEASURE", unit);
    put("SERIES", series);
    let Some(shown) = shown(row) else { return Ok((fields, None)) };
    let decimals = match row.unit {
        Unit::Share => options.percent_decimals,
        Unit::Ratio => options.ratio_decimals,
        Unit::Count | Unit::Own => None,
    };
    let printed = |value: f64| match decimals {
        Some(decimals) => rounded(scaled(value, factor), decimals),
        None => scaled(value, factor),
    };
    if let Some(interval) = shown.interval {
        put("LOWER_BOUND", number_text(printed(interval.lower)));
        put("UPPER_BOUND", number_text(printed(interval.upper)));
        let level = number_text(rounded(100.0 * interval.level, 6));
        put("COMMENT_TS", format!("Confidence level of the bounds: {level} per cent"));
    }
    if let (None, Some((lower, upper))) = (shown.interval, published_bounds(key, options)) {
        put("LOWER_BOUND", number_text(printed(lower)));
        put("UPPER_BOUND", number_text(printed(upper)));
    }
    Ok((fields, Some(printed(shown.value))))
}

/// Groups come from global reporting, and figures of countries whose source does not say who reports them;
/// those of surveys are national.
fn reporting<'a>(key: &SeriesKey, structure: &Structure, options: &'a MapOptions<'_>) -> &'a str {
    let group = options.groups.contains(key.ref_area.as_str());
    match options.published.get(&level_of(key)) {
        Some(said) if !group => {
            let known = |code: &&str| has_code(structure, "REPORTING_TYPE", code);
            said.reporting.as_deref().filter(known).unwrap_or("G")
        }
        None if !group => "N",
        _ => "G",
    }
}

/// The bounds that the source of this very figure gives.
fn published_bounds(key: &SeriesKey, options: &MapOptions<'_>) -> Option<(f64, f64)> {
    options.published.get(key)?.bounds
}

/// The series of a measure, as the structure writes it.
fn series(
    indicator: &Indicator,
    measure: Measure,
    structure: &Structure,
) -> Result<String, String> {
    let named = match measure {
        Measure::Level => indicator.sdg_series(),
        Measure::Parity => indicator.sdg_key.parity.as_deref(),
        _ => None,
    };
    let named =
        named.ok_or_else(|| format!("{} of {} has no SDG series", measure.id(), indicator.id))?;
    let list = structure.component("SERIES").and_then(|own| own.codes.as_ref());
    let list = list.ok_or("the structure has no list of series")?;
    match list.position(named) {
        Some(_) => Ok(named.into()),
        None => list
            .without_case(named)
            .map(|code| code.id.clone())
            .ok_or_else(|| format!("the structure has no series {named}")),
    }
}

fn has_code(structure: &Structure, component: &str, code: &str) -> bool {
    let component = structure.component(component);
    component.is_some_and(|own| own.codes.as_ref().is_none_or(|list| list.position(code).is_some()))
}

/// The first of these codes that the series takes; the first of all where nothing is known, so that
/// the error names what was meant.
fn taken(
    constraints: Option<&SeriesConstraints>,
    series: &str,
    component: &str,
    codes: &[&str],
) -> String {
    let allowed = constraints.and_then(|own| own.codes(series, component)).flatten();
    let fits = |code: &&&str| allowed.is_none_or(|own| own.iter().any(|own| own == **code));
    codes.iter().find(fits).unwrap_or(&codes[0]).to_string()
}

/// The age range of an indicator's base, where its definition has one.
fn base_age(indicator: &Indicator) -> Option<String> {
    match indicator.universe.all.get("age")? {
        Test::Range { min: Some(min), max: None } => Some(format!("Y_GE{min}")),
        Test::Range { min, max: Some(max) } => Some(format!("Y{}T{max}", min.unwrap_or(0.0))),
        _ => None,
    }
}
