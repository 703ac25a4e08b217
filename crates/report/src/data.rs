//! The reviewed rows as tidy files with column names as in SDMX: one row a figure.
//!
//! Shares are 0–1, unrounded. A concept of the breakdown has a column under the name of its
//! dimension in the structure of the Sustainable Development Goals, or under its own id in capitals
//! where it has none or shares it with another concept that occurs; `_T` means not split. `AGE` of a published
//! figure is the age range of its base. A withheld
//! row has its key, its unit and the status `Q`, and nothing else. A published figure has the status that
//! its source gives, several of them with semicolons between, and its bounds; what compares women and men
//! has the statuses of both. `NOTE` has the codes of what was
//! noticed, `COMMENT_OBS` (SDMX) the sentences of those that change how the figure is to be read, such
//! as what an approximated indicator counts instead, and the notes of the source of a published figure.
//!
//! The last columns say how a figure can be made again: the version of its indicator, the recipe with its version and
//! the design; several stand with semicolons between. The files of each `SOURCE`, with their SHA-256, are a table of
//! their own ([`sources`]): so the same rows in another order or file give the same estimates to the byte.
//!
//! CSV is for people as well: a text that a spreadsheet would take for a formula begins with an
//! apostrophe there. Parquet holds every text as it is.

use crate::Error;
use crate::words::interval_code;
use arrow::array::{ArrayRef, Float64Builder, RecordBatch, StringBuilder, UInt64Builder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use inclusion_disclosure::{Cell, Publishable, Row};
use inclusion_estimate::{Absence, Measure, SeriesKey, Severity, Text, Unit};
use inclusion_registry::Registry;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the source of a published figure says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Codes of its observation status.
    pub obs_status: Vec<Arc<str>>,
    /// Bounds, scaled as the value; their level is not known.
    pub bounds: Option<(f64, f64)>,
    /// Code of its age range; `_X` where the source states none.
    pub age: Option<Arc<str>>,
    /// Its notes.
    pub notes: Vec<Arc<str>>,
}

/// What sources say, by the key of the level that it is about.
pub type SaidOf = BTreeMap<SeriesKey, Said>;

/// Where the figures of a source come from; several of each where it is made of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Recipes, each as `id version`.
    pub recipe: BTreeSet<String>,
    /// Sampling designs and variance estimation in words.
    pub design: BTreeSet<String>,
    /// The files that were read.
    pub files: BTreeSet<OriginFile>,
}

/// A file that figures come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OriginFile {
    /// Recipe, as `id version`.
    pub recipe: String,
    /// Its name without folders, after its role if it has one.
    pub file: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Rows read.
    pub rows: u64,
}

/// Origins by source.
pub type Origins = BTreeMap<Text, Origin>;

/// What data files say besides the reviewed rows.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Definitions of indicators and concepts.
    pub registry: &'a Registry,
    /// What sources say of published figures.
    pub said: &'a SaidOf,
    /// Where figures come from.
    pub origins: &'a Origins,
}

/// The texts of an origin, as they stand in every row of its source.
struct Printed {
    recipe: String,
    design: String,
}

/// A value of a column.
enum Value<'a> {
    Text(Cow<'a, str>),
    Float(Option<f64>),
    Count(Option<u64>),
}

/// Rows that are turned into columns at a time.
const BLOCK: usize = 65_536;

/// The columns before those of the breakdown.
const KEY: [&str; 3] = ["REF_AREA", "TIME_PERIOD", "INDICATOR"];

/// The columns after those of the breakdown, with their type.
const FIGURES: [(&str, Kind); 22] = [
    ("MEASURE", Kind::Text),
    ("UNIT_MEASURE", Kind::Text),
    ("OBS_VALUE", Kind::Float),
    ("OBS_STATUS", Kind::Text),
    ("STD_ERROR", Kind::Float),
    ("LOWER_BOUND", Kind::Float),
    ("UPPER_BOUND", Kind::Float),
    ("CONF_LEVEL", Kind::Float),
    ("INTERVAL_METHOD", Kind::Text),
    ("DF", Kind::Float),
    ("CV", Kind::Float),
    ("DEFF", Kind::Float),
    ("N_EFFECTIVE", Kind::Float),
    ("N", Kind::Count),
    ("N_WEIGHTED", Kind::Float),
    ("REASON", Kind::Text),
    ("NOTE", Kind::Text),
    ("COMMENT_OBS", Kind::Text),
    ("SOURCE", Kind::Text),
    ("INDICATOR_VERSION", Kind::Text),
    ("RECIPE", Kind::Text),
    ("DESIGN", Kind::Text),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Float,
    Count,
}

/// The column of ages, also of those that a published figure is of.
const AGE: &str = "AGE";

/// A column of the breakdown: its name and the concepts whose codes it holds.
struct Dimension {
    name: String,
    concept: String,
    /// Own code → code printed.
    codes: BTreeMap<String, String>,
}

/// The rows as CSV (UTF-8, comma, line feed, header).
///
/// # Errors
///
/// [`Error::Csv`] if the writer fails.
pub fn csv(publishable: &Publishable, about: &About<'_>) -> Result<Vec<u8>, Error> {
    let dimensions = dimensions(publishable, about.registry, about.said);
    let origins = printed(about.origins);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names(&dimensions))?;
    for row in publishable.rows() {
        let record =
            values(row, &dimensions, about, &origins).into_iter().map(|value| match value {
                Value::Text(text) => guarded(text.into_owned()),
                Value::Float(Some(number)) => number.to_string(),
                Value::Count(Some(number)) => number.to_string(),
                Value::Float(None) | Value::Count(None) => String::new(),
            });
        writer.write_record(record)?;
    }
    writer.into_inner().map_err(|e| Error::Csv(e.into_error().into()))
}

/// The files behind each source of the rows as CSV: one row a file.
///
/// # Errors
///
/// [`Error::Csv`] if the writer fails.
pub fn sources(publishable: &Publishable, origins: &Origins) -> Result<Vec<u8>, Error> {
    let used: BTreeSet<&Text> = publishable.rows().iter().map(|row| &row.key.source).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["SOURCE", "RECIPE", "FILE", "SHA256", "ROWS"])?;
    for (source, origin) in origins.iter().filter(|(source, _)| used.contains(source)) {
        for file in &origin.files {
            let [source, name] = [source.as_str(), &file.file].map(|text| guarded(text.into()));
            writer.write_record([
                &source,
                &file.recipe,
                &name,
                &file.sha256,
                &file.rows.to_string(),
            ])?;
        }
    }
    writer.into_inner().map_err(|e| Error::Csv(e.into_error().into()))
}

/// The rows as Parquet.
///
/// # Errors
///
/// [`Error::Arrow`] or [`Error::Parquet`] if the writer fails.
pub fn parquet(publishable: &Publishable, about: &About<'_>) -> Result<Vec<u8>, Error> {
    // The version of the writing library is no part of the data.
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("inclusion".into())
        .build();
    let mut bytes = Vec::new();
    let dimensions = dimensions(publishable, about.registry, about.said);
    let schema = schema(&dimensions);
    let mut writer = ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties))?;
    // A block at a time, so that no second copy of all rows is kept.
    each_block(publishable, &dimensions, &schema, about, |batch| Ok(writer.write(&batch)?))?;
    writer.close()?;
    Ok(bytes)
}

/// The rows as Arrow batches of one schema; at least one, which may have no rows.
///
/// # Errors
///
/// [`Error::Arrow`] if they cannot be made.
pub fn batches(publishable: &Publishable, about: &About<'_>) -> Result<Vec<RecordBatch>, Error> {
    let dimensions = dimensions(publishable, about.registry, about.said);
    let schema = schema(&dimensions);
    let mut batches = Vec::new();
    each_block(publishable, &dimensions, &schema, about, |batch| {
        batches.push(batch);
        Ok(())
    })?;
    if batches.is_empty() {
        batches.push(RecordBatch::new_empty(schema));
    }
    Ok(batches)
}

/// The kind of a column, by its place.
fn kind(dimensions: &[Dimension], at: usize) -> Kind {
    at.checked_sub(KEY.len() + dimensions.len()).map_or(Kind::Text, |at| FIGURES[at].1)
}

fn schema(dimensions: &[Dimension]) -> SchemaRef {
    let fields = names(dimensions).into_iter().enumerate().map(|(at, name)| {
        let data = match kind(dimensions, at) {
            Kind::Text => DataType::Utf8,
            Kind::Float => DataType::Float64,
            Kind::Count => DataType::UInt64,
        };
        Field::new(name, data, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<Field>>()))
}

fn each_block(
    publishable: &Publishable,
    dimensions: &[Dimension],
    schema: &SchemaRef,
    about: &About<'_>,
    mut each: impl FnMut(RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let origins = printed(about.origins);
    for rows in publishable.rows().chunks(BLOCK) {
        let mut columns: Vec<Vec<Value>> = schema.fields().iter().map(|_| Vec::new()).collect();
        for row in rows {
            for (column, value) in columns.iter_mut().zip(values(row, dimensions, about, &origins))
            {
                column.push(value);
            }
        }
        let arrays = columns.iter().enumerate();
        let arrays = arrays.map(|(at, column)| array(kind(dimensions, at), column)).collect();
        each(RecordBatch::try_new(Arc::clone(schema), arrays)?)?;
    }
    Ok(())
}

fn array(kind: Kind, column: &[Value<'_>]) -> ArrayRef {
    match kind {
        Kind::Text => {
            let mut builder = StringBuilder::new();
            for value in column {
                match value {
                    Value::Text(text) if !text.is_empty() => builder.append_value(text),
                    _ => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        Kind::Float => {
            let mut builder = Float64Builder::new();
            for value in column {
                builder.append_option(match value {
                    Value::Float(number) => *number,
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }
        Kind::Count => {
            let mut builder = UInt64Builder::new();
            for value in column {
                builder.append_option(match value {
                    Value::Count(number) => *number,
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }
    }
}

/// Sex first, then the others by column name.
fn dimensions(publishable: &Publishable, registry: &Registry, said: &SaidOf) -> Vec<Dimension> {
    let mut concepts: BTreeSet<&str> = BTreeSet::from(["sex"]);
    for row in publishable.rows() {
        concepts.extend(row.key.breakdown.keys().map(Text::as_str));
    }
    let official = |id: &str| registry.concepts.get(id).and_then(|c| c.dimension.clone());
    let mut claims: BTreeMap<String, usize> = BTreeMap::new();
    for id in &concepts {
        if let Some(name) = official(id) {
            *claims.entry(name).or_default() += 1;
        }
    }
    let mut dimensions: Vec<Dimension> = concepts
        .into_iter()
        .map(|id| {
            let alone = official(id).filter(|name| claims[name] == 1);
            let mut codes = BTreeMap::new();
            if alone.is_some()
                && let Some(concept) = registry.concepts.get(id)
            {
                for code in &concept.codes {
                    if let Some(sdmx) = &code.sdmx {
                        codes.insert(code.id.clone(), sdmx.clone());
                    }
                }
            }
            let name = alone.unwrap_or_else(|| id.to_uppercase());
            Dimension { name, concept: id.to_string(), codes }
        })
        .collect();
    let of_ages = said.values().any(|said| said.age.is_some());
    if of_ages && !dimensions.iter().any(|dimension| dimension.name == AGE) {
        let (name, concept) = (AGE.to_string(), String::new());
        dimensions.push(Dimension { name, concept, codes: BTreeMap::new() });
    }
    dimensions.sort_by(|a, b| (a.concept != "sex", &a.name).cmp(&(b.concept != "sex", &b.name)));
    dimensions
}

fn names(dimensions: &[Dimension]) -> Vec<String> {
    let mut names: Vec<String> = KEY.map(String::from).to_vec();
    names.extend(dimensions.iter().map(|d| d.name.clone()));
    names.extend(FIGURES.iter().map(|(name, _)| (*name).to_string()));
    names
}

fn printed(origins: &Origins) -> BTreeMap<&Text, Printed> {
    let join = |texts: &BTreeSet<String>| texts.iter().cloned().collect::<Vec<_>>().join("; ");
    let print = |own: &Origin| Printed { recipe: join(&own.recipe), design: join(&own.design) };
    origins.iter().map(|(source, own)| (source, print(own))).collect()
}

/// The version of the definition; of both, where a contrast is of two indicators.
fn version<'a>(indicator: &str, registry: &'a Registry) -> Value<'a> {
    let versions: Vec<&str> = indicator
        .split('/')
        .filter_map(|id| registry.indicators.get(id))
        .map(|own| own.version.as_str())
        .collect();
    joined(&versions, "/")
}

fn values<'a>(
    row: &'a Row,
    dimensions: &'a [Dimension],
    about: &About<'a>,
    origins: &'a BTreeMap<&Text, Printed>,
) -> Vec<Value<'a>> {
    let &About { registry, said, .. } = about;
    let origin = origins.get(&row.key.source);
    let text = |text: &'a str| Value::Text(Cow::Borrowed(text));
    let mut values =
        vec![text(&row.key.ref_area), text(&row.key.time_period), text(&row.key.indicator)];
    let words: Vec<&Said> = match said.is_empty() {
        true => Vec::new(),
        false => level_keys(row, said).iter().filter_map(|key| said.get(key)).collect(),
    };
    let age = words.iter().find_map(|own| own.age.as_deref());
    for dimension in dimensions {
        values.push(match row.key.breakdown.get(&dimension.concept) {
            Some(code) => text(dimension.codes.get(code.as_str()).map_or(code, String::as_str)),
            None if dimension.name == AGE => text(age.unwrap_or("_T")),
            None => text("_T"),
        });
    }
    let shown = match &row.cell {
        Cell::Shown(shown) => Some(shown),
        Cell::Withheld | Cell::Missing(_) => None,
    };
    let interval = shown.and_then(|s| s.interval);
    let published = shown.and_then(|_| said.get(&row.key)?.bounds);
    let reason = match &row.cell {
        Cell::Missing(reason) => reason.id(),
        Cell::Shown(_) | Cell::Withheld => "",
    };
    // What a diagnostic says of a withheld figure could tell its size.
    let diagnostics = if shown.is_some() { row.diagnostics.as_slice() } else { &[] };
    let notes = each_once(diagnostics.iter().map(|d| d.code.as_str()));
    let cautions = diagnostics.iter().filter(|d| d.severity == Severity::Caution);
    // What a group covers is told above all where it is too little.
    let told = shown.is_some() || matches!(row.cell, Cell::Missing(Absence::CoverageTooLow));
    let notes_of_source = words.iter().filter(|_| told).flat_map(|own| &own.notes);
    let notes_of_source = notes_of_source.map(|note| &**note);
    let comments = each_once(cautions.map(|d| d.message.as_str()).chain(notes_of_source));
    let float =
        |get: fn(&inclusion_disclosure::Shown) -> Option<f64>| Value::Float(shown.and_then(get));
    values.extend([
        text(row.key.measure.id()),
        Value::Text(Cow::Owned(unit(row, registry))),
        float(|s| Some(s.value)),
        status(row, shown.is_some(), said),
        float(|s| s.se),
        Value::Float(interval.map(|i| i.lower).or(published.map(|(lower, _)| lower))),
        Value::Float(interval.map(|i| i.upper).or(published.map(|(_, upper)| upper))),
        Value::Float(interval.map(|i| i.level)),
        text(match (interval, published) {
            (Some(interval), _) => interval_code(interval.method),
            (None, Some(_)) => "published",
            (None, None) => "",
        }),
        float(|s| s.df),
        float(|s| s.cv),
        float(|s| s.deff),
        float(|s| s.n_effective),
        // A published figure comes without its cases.
        Value::Count(shown.map(|s| s.n).filter(|n| *n > 0)),
        float(|s| (s.n > 0).then_some(s.n_weighted)),
        text(reason),
        joined(&notes, ";"),
        joined(&comments, " | "),
        text(&row.key.source),
        version(&row.key.indicator, registry),
        text(origin.map_or("", |own| &own.recipe)),
        text(origin.map_or("", |own| &own.design)),
    ]);
    values
}

/// The levels that a row is about: its own, or those of women and men where it compares them or adds them
/// up, which it does where the source publishes both.
fn level_keys(row: &Row, said: &SaidOf) -> Vec<SeriesKey> {
    let level = SeriesKey { measure: Measure::Level, ..row.key.clone() };
    let of_one = match row.key.measure {
        Measure::Level => true,
        Measure::Headcount if row.key.sex().is_some() => true,
        Measure::Headcount => ["F", "M"].into_iter().any(|sex| {
            let mut key = level.clone();
            key.breakdown.insert("sex", sex);
            said.get(&key).is_none_or(|own| own.obs_status.iter().any(|code| &**code == "Q"))
        }),
        _ => false,
    };
    if of_one {
        return vec![level];
    }
    let of = |sex| {
        let mut key = level.clone();
        key.breakdown.insert("sex", sex);
        key
    };
    ["F", "M"].map(of).into()
}

/// The status of a row: our own, and what the source says of a figure that is shown; of women and men,
/// where the row compares them.
fn status<'a>(row: &'a Row, shown: bool, said: &'a SaidOf) -> Value<'a> {
    let mut codes: Vec<&str> = vec![row.obs_status()];
    if shown && !said.is_empty() {
        let keys = level_keys(row, said);
        let own = keys.iter().filter_map(|key| said.get(key)).flat_map(|said| &said.obs_status);
        codes.extend(own.map(|code| &**code));
        codes.retain(|code| *code != "A");
        let mut seen = BTreeSet::new();
        codes.retain(|code| seen.insert(*code));
        if codes.is_empty() {
            codes.push("A");
        }
    }
    joined(&codes, ";")
}

/// In order, each once.
fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn joined<'a>(texts: &[&'a str], by: &str) -> Value<'a> {
    match texts {
        [] => Value::Text(Cow::Borrowed("")),
        [only] => Value::Text(Cow::Borrowed(only)),
        more => Value::Text(Cow::Owned(more.join(by))),
    }
}

fn unit(row: &Row, registry: &Registry) -> String {
    match row.unit {
        Unit::Share => "SHARE".into(),
        Unit::Ratio => "RATIO".into(),
        Unit::Count => "COUNT".into(),
        Unit::Own => registry
            .indicators
            .get(row.key.indicator.as_str())
            .map_or_else(|| "OWN".into(), |i| i.unit.to_uppercase().replace(' ', "_")),
    }
}

/// A text that a spreadsheet would run begins with an apostrophe.
pub(crate) fn guarded(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
