//! Recipes: how the tables of one source become observations, as data.
//!
//! A row and a column of values make one observation. What it is of is said by the columns of the
//! row, by the name of the value's column, by `set`, or for the whole file by `fixed`. What several
//! say, the value's column decides before the row, and the row before the file.

use crate::period::PeriodRule;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the tables of one source are read.
///
/// # Examples
///
/// A wide table of one row per country, with women and men side by side:
///
/// ```
/// use inclusion_series::{AreaRef, Options, SeriesRecipe, Table, read_table};
/// let recipe = SeriesRecipe::parse(r#"
/// id = "example/wide"
/// version = "1"
/// name = "Internet users"
/// producer = "Statistics Office"
/// source = "header of the table"
///
/// [area]
/// column = "country"
/// [time]
/// fixed = "2019"
/// [indicator]
/// fixed = "internet_use"
/// [unit]
/// fixed = "percent"
/// [missing]
/// "..." = "O"
/// [[value]]
/// column = "women"
/// set = { sex = "F" }
/// [[value]]
/// column = "men"
/// set = { sex = "M" }
/// "#)?;
/// let columns = ["country", "women", "men"].map(String::from).to_vec();
/// let rows = vec![["NA", "47.3", "..."].map(String::from).to_vec()];
/// let table = Table::of_rows("table.csv", columns, rows)?;
/// let resolve = |text: &str| match text {
///     "NA" => Ok(AreaRef::country("NAM")),
///     _ => Err(vec![]),
/// };
/// let series = read_table(&table, &recipe, &resolve, &Options::default())?;
/// let [women, men] = &series.observations[..] else { panic!() };
/// assert_eq!((&*women.ref_area, &*women.sex, women.value), ("NAM", "F", Some(0.473)));
/// assert_eq!((men.value, &*men.obs_status[0]), (None, "O"));
/// # Ok::<(), inclusion_series::Error>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesRecipe {
    /// Identifier with the source before the slash: `un-sdg/bulk-csv`.
    pub id: String,
    /// Version of the recipe.
    pub version: String,
    /// Name of the source, for source lines.
    pub name: String,
    /// Who publishes it.
    pub producer: String,
    /// Where the rules of the recipe come from.
    pub source: String,
    /// Terms of use, where they are known.
    #[serde(default)]
    pub terms: Option<String>,
    /// Notes printed with every table made from it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Reading options.
    #[serde(default)]
    pub file: TableSpec,
    /// Area of a row. A text of it is never a missing code.
    pub area: AreaField,
    /// Period.
    pub time: TimeField,
    /// Series code; a run may state it where the file does not.
    #[serde(default)]
    pub indicator: Field,
    /// Series code → what it is in the registry, where the two are called differently. A series that is split
    /// by a further dimension is one indicator for each code of it: `"SE_ADT_ACTS skill=COPA"`.
    #[serde(default)]
    pub indicators: BTreeMap<String, Meant>,
    /// Unit of the values: `percent`, `per_100`, `fraction`, `points`, or any other code, whose
    /// values are kept as they are.
    pub unit: Field,
    /// Every other dimension by name; where the recipe does not speak of them, `sex` is `_T` and `age` is `_X`
    /// (not stated).
    #[serde(default, rename = "dimension")]
    pub dimensions: BTreeMap<String, Field>,
    /// Columns of values.
    #[serde(rename = "value")]
    pub values: Vec<ValueColumns>,
    /// Texts of value columns that stand for a missing value, with their status of the SDMX code
    /// list CL_OBS_STATUS: `O` missing, `M` cannot exist, `L` not collected, `Q` suppressed. Such a
    /// cell becomes an observation without a value; an empty cell becomes none.
    #[serde(default)]
    pub missing: BTreeMap<String, String>,
    /// Letters behind a value, or codes of the status column, with their status of CL_OBS_STATUS.
    /// With letters declared, `22.1 be` is 22.1 with `b` and `e`.
    #[serde(default)]
    pub flags: BTreeMap<String, String>,
    /// What else is said of a value.
    #[serde(default)]
    pub attribute: Attributes,
    /// Rows that are left out.
    #[serde(default)]
    pub skip: Vec<Skip>,
    /// What happens to a share outside 0 to 100 %.
    #[serde(default)]
    pub out_of_range: OutOfRange,
    /// What the source means by the age `_T`.
    #[serde(default)]
    pub all_ages: AllAges,
}

/// What the source means by the age `_T`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllAges {
    /// Persons of all ages.
    #[default]
    Stated,
    /// All ages, or figures that are not split by age, as in the structure of the Sustainable Development
    /// Goals: the persons may be of any ages, and which is not stated.
    NotSplit,
}

/// A key of `indicators`: a series, and codes that its figures must have in further dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// Code of the series.
    pub series: &'a str,
    /// Dimension and code; none for the series as a whole.
    pub codes: Vec<(&'a str, &'a str)>,
}

impl Named<'_> {
    /// From its text: a series code, then `dimension=CODE` for each further dimension.
    ///
    /// ```
    /// use inclusion_series::Named;
    /// let named = Named::parse("SE_ADT_ACTS skill=COPA");
    /// assert_eq!((named.series, named.codes), ("SE_ADT_ACTS", vec![("skill", "COPA")]));
    /// assert!(Named::parse("Mobile owners").codes.is_empty());
    /// ```
    pub fn parse(text: &str) -> Named<'_> {
        let (mut series, mut codes) = (text.trim(), Vec::new());
        while let Some((before, last)) = series.rsplit_once(' ')
            && let Some(pair) = last.split_once('=')
        {
            codes.insert(0, pair);
            series = before.trim_end();
        }
        Named { series, codes }
    }
}

/// What a series code is in the registry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Meant {
    /// The indicator of this id.
    Same(String),
    /// An approximation of it.
    Proxy {
        /// The indicator's id.
        id: String,
        /// How the figures differ from its definition, for a note beside each.
        proxy: String,
    },
}

impl Meant {
    /// The indicator's id.
    pub fn id(&self) -> &str {
        match self {
            Meant::Same(id) | Meant::Proxy { id, .. } => id,
        }
    }

    /// How an approximation differs.
    pub fn proxy(&self) -> Option<&str> {
        match self {
            Meant::Same(_) => None,
            Meant::Proxy { proxy, .. } => Some(proxy),
        }
    }
}

/// Reading options of a table. What is left out is sniffed from the content.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Field delimiter of delimited text.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// Decimal mark, `.` if left out.
    #[serde(default)]
    pub decimal: Option<char>,
    /// Thousands separator that numbers may have.
    #[serde(default)]
    pub thousands: Option<char>,
    /// `any` accepts digits of every script.
    #[serde(default)]
    pub digits: Option<String>,
    /// Encoding label; a byte order mark if left out, else UTF-8.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Sheet of a workbook; the first if left out.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Line or row of the header, from 1, or the first and the last of a header of several: `[2, 3]`.
    /// The names of a header of several are joined by ` / `: `Urban / Male`.
    #[serde(default)]
    pub header_row: Option<HeaderRow>,
    /// The table ends at the first blank row; what stands below are notes.
    #[serde(default)]
    pub notes_below: bool,
    /// The first column packs several with this mark, as in `freq,unit,geo\TIME_PERIOD`.
    #[serde(default)]
    pub packed: Option<char>,
    /// Of SDMX: dimensions that the recipe does not speak of are breakdowns under their own names.
    #[serde(default)]
    pub all_dimensions: bool,
}

/// Where a header stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum HeaderRow {
    /// In one row.
    One(u32),
    /// In several: the first and the last.
    Several([u32; 2]),
}

impl TableSpec {
    /// First row of the header, from 1, and number of its rows.
    pub(crate) fn header(&self) -> (u32, u32) {
        match self.header_row {
            None => (1, 1),
            Some(HeaderRow::One(row)) => (row.max(1), 1),
            Some(HeaderRow::Several([first, last])) => {
                let first = first.max(1);
                (first, last.max(first) - first + 1)
            }
        }
    }
}

/// Where the area comes from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaField {
    /// Column of the row.
    #[serde(default)]
    pub column: Option<String>,
    /// The same area for every row.
    #[serde(default)]
    pub fixed: Option<String>,
    /// Text of this source → code or name that is known; any other text is looked up as it is.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Text of a group of countries that only this source has → code of the group.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
}

/// Where the code of one dimension, or of the series or unit, comes from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Column of the row.
    #[serde(default)]
    pub column: Option<String>,
    /// The same code for every row.
    #[serde(default)]
    pub fixed: Option<String>,
    /// Text → code, or text → `{ code = "…", sex = "F" }` where the text says more than one thing.
    #[serde(default)]
    pub map: BTreeMap<String, Coded>,
    /// Ending of a series code → what it says: `{ ".1" = { sex = "M" }, ".2" = { sex = "F" } }`.
    /// The ending is taken off; it goes before `map`.
    #[serde(default)]
    pub suffixes: BTreeMap<String, BTreeMap<String, String>>,
    /// The code of an empty cell. Without it an empty cell is an error in a column with a `map`,
    /// `_X` (not stated) in `age`, and `_T` (no breakdown) in any other dimension.
    #[serde(default)]
    pub blank: Option<String>,
    /// What happens to a text that `map` does not list.
    #[serde(default)]
    pub others: Option<Others>,
    /// `range`: ages as people write them (`15+`, `15-24`) become codes.
    #[serde(default)]
    pub form: Option<Form>,
    /// Not every file of this source has the column.
    #[serde(default)]
    pub optional: bool,
}

/// A code, alone or with what else the text says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Coded {
    /// A code.
    Code(String),
    /// A code, and codes of other dimensions, `unit`, `time` or `indicator`.
    More {
        /// The code.
        code: String,
        /// Dimension → code.
        #[serde(flatten)]
        set: BTreeMap<String, String>,
    },
}

/// What happens to a text that a `map` does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// An error that names the text; the rule where there is a `map`.
    Fail,
    /// The text is the code; the rule where there is no `map`.
    Keep,
    /// The observation is left out, and counted in the log.
    Skip,
}

/// How a dimension writes its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Ages as people write them.
    Range,
}

/// Where the period comes from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeField {
    /// Column of the row.
    #[serde(default)]
    pub column: Option<String>,
    /// The same period for every row.
    #[serde(default)]
    pub fixed: Option<String>,
    /// Which year a period of several years counts for.
    #[serde(default)]
    pub rule: PeriodRule,
}

/// A column of values, or all columns whose names fit a pattern.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueColumns {
    /// Name of the column, or a pattern with parts in braces: `{indicator}_{time}`. A part is
    /// `area`, `time`, `indicator`, `unit` or a dimension, and goes through the `map` of that; `{}` is
    /// anything. Columns that something else reads are left out.
    pub column: String,
    /// Codes that the column stands for, by dimension, `unit`, `time` or `indicator`.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// What else is said of a value. A column may be a pattern that takes up the parts of the value's
/// column: `NATURE__{sex}__{age}`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// Nature of the data: `C`, `CA`, `E`, `G`, `M`, `N` or `NA`.
    #[serde(default)]
    pub nature: Option<Field>,
    /// Status; its codes are those of `[flags]`, or of CL_OBS_STATUS where that says nothing.
    #[serde(default)]
    pub status: Option<Field>,
    /// Source of a figure.
    #[serde(default)]
    pub source: Option<Field>,
    /// Edition or release.
    #[serde(default)]
    pub edition: Option<Field>,
    /// Who reports a figure: `G` global, `N` national.
    #[serde(default)]
    pub reporting: Option<Field>,
    /// Power of 10 that values are multiplied by.
    #[serde(default)]
    pub multiplier: Option<Field>,
    /// Standard error.
    #[serde(default)]
    pub se: Option<Field>,
    /// Lower bound.
    #[serde(default)]
    pub lower: Option<Field>,
    /// Upper bound.
    #[serde(default)]
    pub upper: Option<Field>,
    /// Columns of notes about a figure.
    #[serde(default)]
    pub footnotes: Vec<String>,
}

/// Rows that are left out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// Column.
    pub column: String,
    /// Its texts; `""` is an empty cell.
    pub values: Vec<String>,
    /// Why, for the log.
    pub reason: String,
}

/// What happens to a share outside 0 to 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutOfRange {
    /// The run stops.
    #[default]
    Fail,
    /// The observation stays without a value, and the log names it: for databases that are known to
    /// publish such figures.
    Withhold,
}
