//! The study file: one page that names data, indicators, breakdowns, policy, tables and outputs.
//!
//! Nothing about an indicator's definition stands here; that is the registry's. Everything with one
//! obvious value may be left out. Paths are relative to the study file.

use crate::Error;
use inclusion_ingest::Frames;
use inclusion_registry::{Place, nearest};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

mod across;
mod analysis;
mod calibration;
mod design;
mod disclosure;
mod engine;
mod interval;
mod series;

pub(crate) use across::BetweenSpec;
pub use across::{
    CellSpec, ChangeSpec, ContrastName, ContrastOf, ContrastSpec, PoolSpec, PoolWeights,
};
pub use analysis::{AnalysisName, AnalysisSpec, FamilyName, TestName};
pub use calibration::{CalibrateSpec, CalibrationName, MarginSpec, TotalsSpec};
pub use design::{DesignSpec, LonelyPsu, MakeName, ReplicatesSpec, StageSpec, VarianceName};
pub use disclosure::{Disclosure, IntervalWidthSpec, RelativeErrorSpec};
pub use engine::{EngineName, EngineSpec};
pub use interval::{
    IntervalName, IntervalSpec, QuantileIntervalName, QuantileRuleName, QuantileSpec,
};
pub use series::{AggregateSpec, CoverageName, ProgressSpec, SeriesSpec};

/// A study file as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "inclusion study file")]
pub struct StudyFile {
    /// Title, style and language.
    pub study: Head,
    /// The samples; two files of women and men in the same clusters are one sample.
    #[serde(default, rename = "survey")]
    pub surveys: Vec<Survey>,
    /// Published figures of countries.
    #[serde(default, rename = "series")]
    pub series: Vec<SeriesSpec>,
    /// Regions and groups of countries.
    #[serde(default)]
    pub aggregate: Option<AggregateSpec>,
    /// Progress towards the targets of the indicators.
    #[serde(default)]
    pub progress: Option<ProgressSpec>,
    /// What is estimated and how.
    pub estimate: EstimateSpec,
    /// What may be shown.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// Tests, regressions, decompositions and other analyses.
    #[serde(default, rename = "analysis")]
    pub analyses: Vec<AnalysisSpec>,
    /// Tables; one for each indicator if left out.
    #[serde(default, rename = "table")]
    pub tables: Vec<Table>,
    /// Charts; a dumbbell for each indicator if left out.
    #[serde(default, rename = "chart")]
    pub charts: Vec<Chart>,
    /// Translations of the study's own texts, by language and English text: `[translations.fr]`.
    #[serde(default)]
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
    /// Where the annex goes and in which formats.
    #[serde(default)]
    pub output: Output,
    /// Where the cells are made; on this machine if left out.
    #[serde(default)]
    pub engine: Option<EngineSpec>,
}

/// Title, style and language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Title of the annex.
    pub title: String,
    /// Line under the title.
    #[serde(default)]
    pub subtitle: Option<String>,
    /// Institution whose table conventions are used.
    #[serde(default = "default_style")]
    #[schemars(with = "String")]
    pub style: Spanned<String>,
    /// Languages of the annex.
    #[serde(default = "default_languages")]
    #[schemars(with = "Vec<String>")]
    pub languages: Vec<Spanned<String>>,
    /// Language that stands in for texts without a translation, `en`; without it they stop the run.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub untranslated: Option<Spanned<String>>,
    /// Folder that adds to or overrides the built-in registry.
    #[serde(default)]
    pub registry: Option<PathBuf>,
}

/// One sample.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Identifier, unique in the study.
    pub id: String,
    /// Area, as ISO 3166 alpha-3; the recipe's own if left out.
    #[serde(default)]
    pub ref_area: Option<String>,
    /// Name of the area as printed.
    #[serde(default)]
    pub area_name: Option<String>,
    /// Period, such as `2015`; the recipe's own if left out.
    #[serde(default)]
    pub time_period: Option<String>,
    /// Recipe, or one for each file of a sample whose women and men stand in two files.
    #[schemars(with = "OneOrMany")]
    pub recipe: Spanned<OneOrMany>,
    /// Files by the recipe's role names; a role may have several parts.
    #[schemars(with = "BTreeMap<String, OneOrMany>")]
    pub files: BTreeMap<Spanned<String>, OneOrMany>,
    /// The area that is used of a file that holds several, each with a sample of its own: the recipe's
    /// column of areas and its value.
    #[serde(default, rename = "where")]
    #[schemars(with = "BTreeMap<String, Values>")]
    pub filter: BTreeMap<Spanned<String>, Values>,
    /// What the recipe leaves open about the design.
    #[serde(default)]
    pub design: DesignSpec,
    /// Steps that adjust the weights to known totals, one after the other.
    #[serde(default, rename = "calibrate")]
    pub calibrate: Vec<CalibrateSpec>,
    /// Persons that the whole survey stands for, by sex, taken as known without error; needed for
    /// head counts, and for the total of two separately weighted files.
    #[serde(default)]
    pub population: Option<PopulationSpec>,
    /// The same for indicators whose base is narrower: users only, some ages.
    #[serde(default, rename = "base_population")]
    pub bases: Vec<BasePopulation>,
}

/// Values of a source column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Values {
    /// One.
    One(SourceValue),
    /// Several.
    Many(Vec<SourceValue>),
}

impl Values {
    /// As texts, the way a recipe writes source values.
    pub fn list(&self) -> Vec<String> {
        match self {
            Values::One(one) => vec![one.text()],
            Values::Many(many) => many.iter().map(SourceValue::text).collect(),
        }
    }
}

/// A value as it stands in a source column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SourceValue {
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl SourceValue {
    fn text(&self) -> String {
        match self {
            SourceValue::Whole(number) => number.to_string(),
            SourceValue::Number(number) => number.to_string(),
            SourceValue::Text(text) => text.clone(),
        }
    }
}

/// One text or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// The texts, or none.
pub(crate) fn or_list(texts: &Option<OneOrMany>) -> Vec<String> {
    texts.iter().flat_map(OneOrMany::list).map(str::to_string).collect()
}

impl OneOrMany {
    /// As a list.
    pub fn list(&self) -> Vec<&str> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many.iter().map(String::as_str).collect(),
        }
    }
}

/// Persons in a base that is narrower than the survey. Either `indicators` or `universe`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BasePopulation {
    /// Indicators whose base it is.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub indicators: Vec<Spanned<String>>,
    /// The base in the registry's words; it is that of every indicator with this base.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub universe: Option<Spanned<String>>,
    /// Women.
    #[serde(rename = "F")]
    pub women: f64,
    /// Men.
    #[serde(rename = "M")]
    pub men: f64,
    /// Where the numbers come from.
    pub source: String,
}

/// Persons that the survey stands for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PopulationSpec {
    /// Women.
    #[serde(rename = "F")]
    pub women: f64,
    /// Men.
    #[serde(rename = "M")]
    pub men: f64,
    /// Where the numbers come from.
    pub source: String,
}

/// What is estimated and how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EstimateSpec {
    /// Indicator ids of the registry.
    #[schemars(with = "Vec<String>")]
    pub indicators: Vec<Spanned<String>>,
    /// Breakdowns: `sex`, `sex * urbanisation`.
    #[serde(default = "default_by")]
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// Concepts of `by` that a row must state to be in any base, such as ["sex"]: totals are then the sums of
    /// their parts, and tell nothing of those who do not state it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub only_stated: Vec<Spanned<String>>,
    /// Measures of the difference between women and men; gap, relative gap, parity and adjusted parity if left
    /// out. Those that are named are shown in tables of areas beside those of the style.
    #[serde(default)]
    pub measures: Option<Vec<MeasureName>>,
    /// Threshold set by which parity is judged; the style's if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub thresholds: Option<Spanned<String>>,
    /// Confidence intervals.
    #[serde(default)]
    pub interval: IntervalSpec,
    /// Which value is a quantile, and its interval.
    #[serde(default)]
    pub quantile: QuantileSpec,
    /// Degrees of freedom.
    #[serde(default)]
    pub df: DfName,
    /// Design effect.
    #[serde(default)]
    pub deff: DeffName,
    /// Several surveys as one.
    #[serde(default, rename = "pool")]
    pub pools: Vec<PoolSpec>,
    /// Changes between rounds.
    #[serde(default, rename = "change")]
    pub changes: Vec<ChangeSpec>,
    /// Groups or cells against each other.
    #[serde(default, rename = "contrast")]
    pub contrasts: Vec<ContrastSpec>,
}

/// A measure of the difference between women and men.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureName {
    /// Men minus women.
    Gap,
    /// (M − F) / M.
    RelativeGap,
    /// F / M.
    Parity,
    /// F / M if at most 1, else 2 − M / F.
    AdjustedParity,
    /// M·N_m − F·N_f.
    UserDifference,
    /// (M − F)·N_f.
    WomenToParity,
    /// (1 − F) N_f / ((1 − M) N_m) − 1.
    ExcessOffline,
    /// Persons with the property.
    Headcount,
}

/// Degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DfName {
    /// Of the domain.
    #[default]
    Domain,
    /// Of the full design.
    Full,
    /// Rank of the replicate weights of the whole sample, less 1.
    Rank,
    /// The normal quantile.
    Infinite,
}

/// Design effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeffName {
    /// Against r(1 − r)/n.
    #[default]
    Deft2,
    /// R's `deff = TRUE`.
    Srswor,
    /// R's `deff = "replace"`.
    Srswr,
}

/// A table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Title; made from the indicator if left out.
    #[serde(default)]
    pub title: Option<String>,
    /// Indicator.
    #[schemars(with = "String")]
    pub indicator: Spanned<String>,
    /// Kind of table.
    #[serde(default)]
    pub kind: TableKind,
    /// Breakdowns that make the rows; all of the study's if left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub rows: Vec<Spanned<String>>,
    /// A breakdown variable whose codes stand as spanners over the columns.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub across: Option<Spanned<String>>,
    /// Columns such as `women`, `gap`, `parity`, `n`, `se_gap`; the usual ones if left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub columns: Vec<Spanned<String>>,
}

/// Kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Breakdowns as rows.
    #[default]
    Breakdown,
    /// The standard annex table: areas as rows.
    Standard,
    /// Sampling errors with the columns of DHS reports.
    SamplingErrorsDhs,
    /// Sampling errors with the columns of MICS reports.
    SamplingErrorsMics,
    /// Item non-response by sex.
    Nonresponse,
}

/// A chart.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Kind of chart.
    pub kind: ChartKind,
    /// Indicator.
    #[schemars(with = "String")]
    pub indicator: Spanned<String>,
    /// Breakdown that makes the rows; one row for each survey or country if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub rows: Option<Spanned<String>>,
}

/// Kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Women and men as two marks on a line, with intervals, sorted by gap.
    Dumbbell,
    /// The gap with its interval, row by row.
    Forest,
    /// Grouped bars.
    Bars,
    /// Of published figures: the gap by country on a map.
    Choropleth,
    /// Of published figures: the gap by country on equal tiles.
    Tiles,
    /// Of published figures: women and men over the years, a panel a country, with the target.
    Years,
    /// Of published figures: the gap in two years, a line a country.
    Slope,
    /// Of published figures: women and men of groups of countries.
    HeatMap,
    /// Of published figures: which countries have figures of women and men; all indicators of such charts are
    /// columns of one, or of one for each group of countries.
    Availability,
    /// The gap as stems from equality, the largest on top: groups of surveys, or countries of published
    /// figures.
    Lollipop,
    /// Ranks of the gaps with the intervals that tests of all pairs allow: groups of surveys, or countries.
    Ranking,
    /// Steps of an ordered breakdown, such as quintiles, a line for women and one for men; `rows` ends in it.
    Ridgeline,
    /// Of published figures: women and men to the year of the target, with prediction intervals.
    Fan,
}

impl ChartKind {
    /// The chart of published figures that is meant; none for one of surveys alone.
    pub(crate) fn of_world(self) -> Option<inclusion_report::WorldChart> {
        use inclusion_report::WorldChart;
        match self {
            ChartKind::Dumbbell | ChartKind::Forest | ChartKind::Bars | ChartKind::Ridgeline => {
                None
            }
            ChartKind::Choropleth => Some(WorldChart::Choropleth),
            ChartKind::Tiles => Some(WorldChart::Tiles),
            ChartKind::Years => Some(WorldChart::Years),
            ChartKind::Slope => Some(WorldChart::Slope),
            ChartKind::HeatMap => Some(WorldChart::HeatMap),
            ChartKind::Availability => Some(WorldChart::Availability),
            ChartKind::Lollipop => Some(WorldChart::Lollipop),
            ChartKind::Ranking => Some(WorldChart::Ranking),
            ChartKind::Fan => Some(WorldChart::Fan),
        }
    }

    /// The chart of surveys that is meant; none for one of published figures.
    pub(crate) fn of_surveys(self) -> Option<inclusion_report::ChartKind> {
        use inclusion_report::ChartKind as OfSurveys;
        match self {
            ChartKind::Dumbbell => Some(OfSurveys::Dumbbell),
            ChartKind::Forest => Some(OfSurveys::Forest),
            ChartKind::Bars => Some(OfSurveys::Bars),
            ChartKind::Lollipop => Some(OfSurveys::Lollipop),
            ChartKind::Ranking => Some(OfSurveys::Ranking),
            ChartKind::Ridgeline => Some(OfSurveys::Ridgeline),
            ChartKind::Choropleth
            | ChartKind::Tiles
            | ChartKind::Years
            | ChartKind::Slope
            | ChartKind::HeatMap
            | ChartKind::Availability
            | ChartKind::Fan => None,
        }
    }
}

/// Where the annex goes and in which formats.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Output {
    /// Folder, relative to the study file.
    #[schemars(with = "String")]
    pub folder: Spanned<String>,
    /// Formats, one at least.
    #[serde(deserialize_with = "some_formats")]
    #[schemars(length(min = 1))]
    pub formats: Vec<Format>,
    /// Folder of font files for the PDF, relative to the study file: for scripts other than Latin,
    /// Greek, Cyrillic and Arabic.
    #[schemars(with = "Option<String>")]
    pub fonts: Option<Spanned<String>>,
    /// Accept a folder that is not inside the study's.
    pub allow_outside: bool,
}

/// An annex in no format would only remove the one of an earlier run.
fn some_formats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Format>, D::Error> {
    let formats = Vec::deserialize(deserializer)?;
    if formats.is_empty() {
        let what = "`formats` is empty; name at least one, or leave it out for the usual ones";
        return Err(serde::de::Error::custom(what));
    }
    Ok(formats)
}

impl Default for Output {
    fn default() -> Output {
        Output {
            folder: Spanned::new(0..0, "out".to_string()),
            formats: Format::DEFAULT.to_vec(),
            fonts: None,
            allow_outside: false,
        }
    }
}

/// An output format.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A self-contained page.
    Html,
    /// A tagged PDF for print and for screen readers (PDF/UA-1).
    Pdf,
    /// A Word document.
    Docx,
    /// A workbook.
    Xlsx,
    /// LaTeX with booktabs and longtable, and the charts as PNG files.
    Latex,
    /// Markdown.
    Markdown,
    /// Tidy estimates as Parquet.
    Parquet,
    /// Tidy estimates as CSV.
    Csv,
    /// The printed tables as CSV, a line for each cell.
    Tables,
    /// Charts as SVG files.
    Svg,
    /// Charts as PNG files.
    Png,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 11] = [
        Format::Html,
        Format::Pdf,
        Format::Docx,
        Format::Xlsx,
        Format::Latex,
        Format::Markdown,
        Format::Parquet,
        Format::Csv,
        Format::Tables,
        Format::Svg,
        Format::Png,
    ];

    /// The name in a study file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Latex => "latex",
            Format::Markdown => "markdown",
            Format::Parquet => "parquet",
            Format::Csv => "csv",
            Format::Tables => "tables",
            Format::Svg => "svg",
            Format::Png => "png",
        }
    }

    /// The formats of a study that names none.
    pub const DEFAULT: [Format; 7] = [
        Format::Html,
        Format::Xlsx,
        Format::Markdown,
        Format::Parquet,
        Format::Csv,
        Format::Svg,
        Format::Png,
    ];
}

fn default_style() -> Spanned<String> {
    Spanned::new(0..0, "default".to_string())
}
fn default_languages() -> Vec<Spanned<String>> {
    vec![Spanned::new(0..0, "en".to_string())]
}
fn default_by() -> Vec<Spanned<String>> {
    vec![Spanned::new(0..0, "sex".to_string())]
}

/// A study file with its text, so that messages can point into it.
#[derive(Debug, Clone)]
pub struct Study {
    /// Path as the user gave it.
    pub path: PathBuf,
    /// The text.
    pub text: String,
    /// What it says.
    pub file: StudyFile,
    /// Tables in memory that stand for data files, by path.
    pub frames: Frames,
}

impl Study {
    /// Reads a study file.
    ///
    /// # Errors
    ///
    /// [`Error::Read`], or [`Error::Study`] with line and column and, for an unknown key, the
    /// nearest one.
    pub fn read(path: &Path) -> Result<Study, Error> {
        let bytes = std::fs::read(path)
            .map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let (at, bytes) = (error.utf8_error().valid_up_to(), error.into_bytes());
            let before = String::from_utf8_lossy(&bytes[..at]);
            Error::Study {
                place: Place::at(path, &before, at),
                message: format!(
                    "the byte {:#04x} is not UTF-8; save the study file as UTF-8",
                    bytes[at]
                ),
            }
        })?;
        Study::parse(path, text)
    }

    /// Parses the text of a study file.
    ///
    /// # Errors
    ///
    /// As [`Study::read`].
    pub fn parse(path: &Path, text: String) -> Result<Study, Error> {
        let file = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = explain(error.message(), key_before(&text, at));
            Error::Study { place: Place::at(path, &text, at), message }
        })?;
        Ok(Study { path: path.to_path_buf(), text, file, frames: Frames::new() })
    }

    /// The place of a spanned value.
    pub fn place<T>(&self, at: &Spanned<T>) -> Place {
        match at.span() {
            span if span.end == 0 => Place::file(&self.path),
            span => Place::at(&self.path, &self.text, span.start),
        }
    }

    /// A path of the study file, relative to its folder; a table in memory and an object of a store keep
    /// their names.
    pub fn resolve(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        match self.frames.contains_key(path) || crate::scheme(path).is_some() {
            true => path.to_path_buf(),
            false => self.folder().join(path),
        }
    }

    /// The folder of the study file.
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            Some(folder) => folder,
            None => Path::new("."),
        }
    }
}

/// The key whose value begins here, if it stands on the same line.
fn key_before(text: &str, at: usize) -> Option<&str> {
    let line = text.get(..at)?.rsplit('\n').next()?;
    let key = line.trim_end().strip_suffix('=')?.trim_end();
    let key = key.rsplit([' ', '\t', '{', ',', '[']).next()?.trim_matches('"');
    (!key.is_empty()).then_some(key)
}

/// The parser's message in the user's words, with the key it is about and the nearest known one.
fn explain(message: &str, key: Option<&str>) -> String {
    if let Some(rest) = message.strip_prefix("invalid type: ")
        && let Some((found, expected)) = rest.split_once(", expected ")
    {
        let expected = match expected {
            "a sequence" => "a list, as in [\"…\"]",
            "a map" => "a table, as in { … = … }",
            "a string" => "a text in quotes",
            "i32" | "i64" | "u8" | "u32" | "u64" | "usize" => "a whole number",
            "f32" | "f64" => "a number",
            "a boolean" => "true or false",
            other => other,
        };
        let of = key.map(|key| format!("`{key}` ")).unwrap_or_default();
        return format!("{of}is the {found}; expected {expected}").trim_start().to_string();
    }
    if message == "duplicate key" {
        return "duplicate key: it stands in its table twice; keep one of the two".to_string();
    }
    if message.ends_with("enum OneOrMany") {
        return "expected a text or a list of texts".to_string();
    }
    if message.ends_with("enum TotalsSpec") {
        return "`totals` is the name of a file, or a total for each code, as in { F = 1200, M = 1100 }"
            .to_string();
    }
    if message.ends_with("enum Values") {
        return "expected a text, a number, or a list of them".to_string();
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(name) = quoted.next() else { return message.to_string() };
    if !(message.starts_with("unknown field") || message.starts_with("unknown variant")) {
        return message.to_string();
    }
    let known: Vec<&str> = quoted.collect();
    let kind = if message.starts_with("unknown field") { "key" } else { "value" };
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown {kind} `{name}`; did you mean `{near}`?"),
        None => format!("unknown {kind} `{name}`; known here: {}", known.join(", ")),
    }
}

/// The JSON schema of the study file, for editors.
pub fn schema() -> String {
    let schema = schemars::schema_for!(StudyFile);
    let mut text = serde_json::to_string_pretty(&schema).expect("a JSON value is printable");
    text.push('\n');
    text
}
