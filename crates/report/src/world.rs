//! Worldwide sections: groups of countries, countries, progress, and where figures by sex are missing.
//!
//! The figures are reviewed rows like all others; what stands beside them (coverage, years, ages, nature)
//! comes with [`WorldInput`]. Order of rows: the world, groups of each grouping, countries by name.

mod ahead;
mod areas;
mod asked;
mod availability;
mod charts;
mod findings;
mod gaps;
mod persons;
mod progress;
mod ranked;

pub(crate) use areas::mark_unreliable;
pub(crate) use findings::findings;

use crate::charts::FanYear;
use crate::lookup::Lookup;
use crate::{
    AnnexInput, Block, Error, Figure, Head, HeadKind, IndicatorInfo, Quantity, Section, Table,
    TableCell, TableRow,
};
use inclusion_disclosure::Row;
use inclusion_estimate::{Measure, SeriesKey};
use std::collections::BTreeSet;

/// What a worldwide annex shows beside its rows.
#[derive(Debug, Clone, Default)]
pub struct WorldInput {
    /// Measures that the study names: they are shown in tables of areas beside those of the style.
    pub measures: Vec<Measure>,
    /// Indicators that have published figures, in the study's order.
    pub indicators: Vec<WorldIndicator>,
    /// Countries with the newest year by sex of each of these indicators.
    pub availability: Vec<AvailabilityLine>,
    /// Groups with the shares of their countries and population that have figures by sex, by indicator.
    pub availability_of_groups: Vec<GroupLine>,
    /// First year that counts as recent in the shares of groups and in the heat map of countries, by indicator.
    pub recent: Vec<Option<i32>>,
    /// Keys of the published rates that their source calls unreliable (status U).
    pub unreliable: BTreeSet<SeriesKey>,
    /// The sources in one line.
    pub source_line: String,
    /// Name, publisher and edition, file, hash, rows, figures of each source.
    pub sources: Vec<[String; 5]>,
}

impl WorldInput {
    /// An indicator has published figures.
    pub(crate) fn has(&self, indicator: &str) -> bool {
        self.indicators.iter().any(|of| of.indicator == indicator)
    }

    /// `World, 2011–2019`.
    pub(crate) fn place(&self) -> String {
        let years = self.indicators.iter().map(|of| of.year);
        match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) if first != last => format!("World, {first}–{last}"),
            (Some(only), _) => format!("World, {only}"),
            _ => "World".to_string(),
        }
    }
}

/// An indicator's published figures.
#[derive(Debug, Clone, Default)]
pub struct WorldIndicator {
    /// Its id.
    pub indicator: String,
    /// Year of the aggregates and of the countries' newest figures.
    pub year: i32,
    /// What is true of all its groups: window, coverage rule, weights.
    pub notes: Vec<String>,
    /// The world and its groups.
    pub groups: Vec<WorldLine>,
    /// Countries.
    pub countries: Vec<WorldLine>,
    /// Rules by which progress is judged, as headers.
    pub rules: Vec<String>,
    /// What is aimed at, in words.
    pub goal: String,
    /// Countries judged.
    pub progress: Vec<ProgressLine>,
    /// Rules without a result for any country, and why; one sentence where that is all of them.
    pub without: Vec<String>,
    /// Countries with figures of women and men in several years, those of most years first.
    pub over_time: Vec<TimeLine>,
    /// Target of every country, as year and share.
    pub target: Option<(i32, f64)>,
    /// Groups with a line round them on maps: those of the study's first grouping.
    pub outlined: Vec<crate::charts::Outlined>,
    /// Charts, in their order.
    pub charts: Vec<WorldChart>,
    /// The study names them: what cannot be drawn is told.
    pub charts_named: bool,
}

/// Kinds of charts of published figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldChart {
    /// The gap by country on a map.
    Choropleth,
    /// The gap by country on equal tiles.
    Tiles,
    /// Women and men over the years, a panel a country.
    Years,
    /// The gap in two years, a line a country.
    Slope,
    /// Women and men of the world and groups of countries, in the colours of classes.
    HeatMap,
    /// Which countries have figures by sex, a column an indicator; all that have it share one chart.
    Availability,
    /// The gap by country as stems from equality, the largest on top.
    Lollipop,
    /// Ranks of the countries' gaps, with intervals where the sources give standard errors.
    Ranking,
    /// Women and men to the year of the target, with prediction intervals.
    Fan,
}

impl WorldChart {
    /// Where a study names none.
    pub const DEFAULT: [WorldChart; 3] =
        [WorldChart::Choropleth, WorldChart::Years, WorldChart::Availability];
}

/// A country over the years.
#[derive(Debug, Clone)]
pub struct TimeLine {
    /// Name.
    pub label: String,
    /// Its years with figures of women and men, in order.
    pub years: Vec<TimeYear>,
    /// Projections of women and of men after these; empty where the trend allows none.
    pub ahead: [Vec<FanYear>; 2],
}

/// A year of a country.
#[derive(Debug, Clone)]
pub struct TimeYear {
    /// The year.
    pub year: i32,
    /// Key of the rate of all persons.
    pub key: SeriesKey,
    /// The figures are not comparable with those before.
    pub break_before: bool,
}

/// A row of groups or countries.
#[derive(Debug, Clone)]
pub struct WorldLine {
    /// Heading that begins with this row.
    pub heading: Option<String>,
    /// Name.
    pub label: String,
    /// Key of the rate of all persons.
    pub key: SeriesKey,
    /// Years of its figures: `2019`, `2015–2019`.
    pub years: String,
    /// Age range, or countries of the group.
    pub base: String,
    /// Members of a group whose population is not known: they are in no figure and in no share.
    pub unknown: usize,
    /// Codes of the nature of its figures; none for groups.
    pub natures: Vec<String>,
    /// The style's marks of their status; none for groups.
    pub statuses: Vec<String>,
    /// Of a group: the shares of women and of men covered, where the population is known.
    pub covered: Option<(f64, f64)>,
    /// Of a group: the countries of its rate of all, and the shares of women and of men covered.
    pub all: Option<(usize, Option<(f64, f64)>)>,
    /// Bounds that the source gives of women, men and all, as shares.
    pub bounds: [Option<(f64, f64)>; 3],
    /// Notes of this row.
    pub notes: Vec<String>,
    /// What the source notes of the figures of women, of men and of all, but for what it notes of each of them.
    pub notes_of: [Vec<String>; 3],
    /// Some of that is quoted as the source has it, in the source's language.
    pub quoted: bool,
}

/// A country judged by several rules.
#[derive(Debug, Clone)]
pub struct ProgressLine {
    /// Country and sex.
    pub label: String,
    /// First and last figure with their years.
    pub span: String,
    /// By rule.
    pub cells: Vec<ProgressCell>,
}

/// What a rule says of a country.
#[derive(Debug, Clone, Default)]
pub struct ProgressCell {
    /// The verdict alone; none where the rule gives figures only.
    pub verdict: Option<String>,
    /// Its verdict and figures; empty where it has none.
    pub text: String,
    /// Why there is nothing, or no projection.
    pub notes: Vec<String>,
}

/// A country of the map of data gaps.
#[derive(Debug, Clone)]
pub struct AvailabilityLine {
    /// Area id.
    pub area: String,
    /// Name.
    pub label: String,
    /// By indicator: what is there.
    pub cells: Vec<AvailabilityCell>,
    /// The sources of its figures by sex, each once.
    pub sources: Vec<String>,
}

/// What is there of an indicator and a country.
#[derive(Debug, Clone, PartialEq)]
pub enum AvailabilityCell {
    /// Women and men, newest year and age range.
    BySex(i32, String),
    /// All persons only, newest year.
    TotalOnly(i32),
    /// Nothing.
    Nothing,
}

/// A group with the shares that have figures by sex: of its countries and of its population.
#[derive(Debug, Clone)]
pub struct GroupLine {
    /// Heading that begins with this row.
    pub heading: Option<String>,
    /// Name.
    pub label: String,
    /// By indicator.
    pub cells: Vec<GroupCell>,
}

/// What a group has of an indicator.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupCell {
    /// Countries with recent figures by sex, as in the table of groups.
    pub countries: usize,
    /// Countries of the group in the year of the indicator's figures.
    pub of: usize,
    /// Shares of women and of men that those with figures hold; none where no population is known.
    pub covered: Option<(f64, f64)>,
}

/// The worldwide tables of a study, by what they tell.
#[derive(Debug, Clone, Default)]
pub struct WorldTables {
    /// The world and groups of countries, one for each indicator.
    pub groups: Vec<Table>,
    /// Countries, likewise.
    pub countries: Vec<Table>,
    /// Progress, likewise.
    pub progress: Vec<Table>,
    /// Why no rule says anything of an indicator, a sentence each.
    pub unjudged: Vec<String>,
    /// Where figures by sex are missing: by group, then by country.
    pub gaps: Vec<Table>,
}

/// All worldwide tables; empty where the study has no published figures.
///
/// # Errors
///
/// [`Error::UnknownIndicator`] if a figure is of an indicator that the study does not have.
pub fn world_tables(input: &AnnexInput<'_>) -> Result<WorldTables, Error> {
    let lookup = &Lookup::new(input);
    let mut all = WorldTables::default();
    let Some(world) = &input.world else { return Ok(all) };
    for of in &world.indicators {
        let info = lookup.indicator(&of.indicator, "the worldwide section")?;
        let tables = tables(lookup, world, of, info);
        all.groups.extend(tables.groups);
        all.countries.extend(tables.countries);
        all.progress.extend(tables.progress);
        all.unjudged.extend(tables.unjudged);
    }
    all.gaps.extend(gaps::availability_of_groups(lookup, world)?);
    all.gaps.extend(gaps::availability(lookup, world)?);
    all.gaps.extend(crate::detectable::table(lookup));
    Ok(all)
}

/// The tables of one indicator.
fn tables(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> WorldTables {
    let mut all = WorldTables::default();
    if !of.groups.is_empty() {
        let title = format!("{}, the world and groups of countries", info.indicator.name);
        all.groups.push(areas::table(lookup, world, of, info, &of.groups, title));
    }
    if !of.countries.is_empty() {
        let title = format!("{}, countries", info.indicator.name);
        all.countries.push(areas::table(lookup, world, of, info, &of.countries, title));
    }
    match of.rules.is_empty() {
        true => {
            all.unjudged.extend(of.without.iter().map(|why| {
                format!("{}, progress: {}", info.indicator.name, crate::words::small(why))
            }))
        }
        false => all.progress.extend(progress::tables(lookup, world, of, info)),
    }
    all
}

/// All sections; none where the study has no published figures.
///
/// The first chart stands on the first page, where the study has no survey.
pub(crate) fn sections(lookup: &Lookup<'_>) -> Result<Vec<Section>, Error> {
    let Some(world) = &lookup.input.world else { return Ok(Vec::new()) };
    let mut sections = Vec::new();
    let mut first = first_figure(lookup)?.map(|figure| figure.name);
    for of in &world.indicators {
        let info = lookup.indicator(&of.indicator, "the worldwide section")?;
        let WorldTables { groups, countries, progress, unjudged, .. } =
            tables(lookup, world, of, info);
        let tables = |tables: Vec<Table>| tables.into_iter().map(Block::Table);
        let mut drawn = charts::of_indicator(lookup, world, of, info);
        drawn.retain(|block| match block {
            Block::Figure(figure) if first.as_ref() == Some(&figure.name) => {
                first = None;
                false
            }
            _ => true,
        });
        let blocks = tables(groups).chain(drawn).chain(tables(countries)).chain(tables(progress));
        let blocks = blocks.chain(unjudged.into_iter().map(Block::Text)).collect();
        sections.push(Section {
            id: format!("world-{}", crate::build::anchor(&of.indicator)),
            title: format!("Worldwide: {}", info.indicator.name),
            blocks,
        });
    }
    let names: Vec<String> =
        gaps::names(lookup, world)?.into_iter().map(|head| head.title).collect();
    let table = |table: Option<Table>| table.map(Block::Table);
    let gaps: Vec<Block> = table(gaps::availability_of_groups(lookup, world)?)
        .into_iter()
        .chain(charts::gaps(lookup, world, &names).map(Block::Figure))
        .chain(availability::figures(lookup, world, &names).into_iter().map(Block::Figure))
        .chain(table(gaps::availability(lookup, world)?))
        .collect();
    if !gaps.is_empty() {
        sections.push(Section {
            id: "world-data-gaps".into(),
            title: "Worldwide: where figures by sex are missing".into(),
            blocks: gaps,
        });
    }
    Ok(sections)
}

/// The chart of the first page of a study of published figures alone: the first that can be drawn.
pub(crate) fn first_figure(lookup: &Lookup<'_>) -> Result<Option<Figure>, Error> {
    let Some(world) = &lookup.input.world else { return Ok(None) };
    if !lookup.input.surveys.is_empty() {
        return Ok(None);
    }
    for of in &world.indicators {
        let info = lookup.indicator(&of.indicator, "the worldwide section")?;
        let drawn = charts::of_indicator(lookup, world, of, info);
        let first = drawn.into_iter().find_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        });
        if first.is_some() {
            return Ok(first);
        }
    }
    Ok(None)
}

/// How published figures are used, in words.
pub(crate) fn method() -> Vec<String> {
    [
        "Countries: as published, without standard errors unless the source gives them; where a source has \
         several age ranges for a country and year, the widest with both sexes",
        "Groups: women's rate is weighted with women and men's with men, of the country's population in the \
         year of the group's figure; a country enters with women and men of one year, the newest of the \
         window; parity and gap are of the group's rates, not means of the countries'",
        "Nothing is put in the place of a country without a figure; below the coverage that the rule asks \
         for there is no figure of the group",
    ]
    .map(str::to_string)
    .into()
}

/// The table of sources of published figures.
pub(crate) fn sources(lookup: &Lookup<'_>) -> Option<Table> {
    let world = lookup.input.world.as_ref().filter(|world| !world.sources.is_empty())?;
    let heads = ["Edition", "File", "SHA-256", "Figures"].map(text_head);
    let rows = world.sources.iter().map(|[name, rest @ ..]| TableRow::Cells {
        label: name.clone(),
        level: 0,
        cells: rest.iter().map(TableCell::of_text).collect(),
    });
    Some(Table {
        stub: "Source".into(),
        heads: heads.into(),
        rows: rows.collect(),
        ..plain("Sources of published figures".to_string(), String::new(), String::new())
    })
}

fn text_head(title: &str) -> Head {
    Head { title: title.into(), kind: HeadKind::Text }
}

fn plain(title: String, subtitle: String, source: String) -> Table {
    Table {
        number: 0,
        title,
        subtitle,
        stub: "Area".into(),
        heads: Vec::new(),
        spanners: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        source,
    }
}

fn base(info: &IndicatorInfo) -> String {
    crate::words::small(&info.indicator.universe_text)
}

/// Whether the source of a published figure, or of a rate that it is made of, calls it unreliable.
pub(crate) fn unreliable(world: &WorldInput, key: &SeriesKey) -> bool {
    let rate = |sex: Option<&'static str>| {
        let mut rate = SeriesKey { measure: Measure::Level, ..key.clone() };
        if let Some(sex) = sex {
            rate.breakdown.insert("sex", sex);
        }
        world.unreliable.contains(&rate)
    };
    match key.measure {
        _ if world.unreliable.is_empty() => false,
        Measure::Level | Measure::Headcount => rate(None),
        // Of women and men together: the worst mark of either.
        _ => rate(Some("F")) || rate(Some("M")),
    }
}

/// The reviewed row of a quantity.
pub(crate) fn row<'a>(
    lookup: &Lookup<'a>,
    line: &WorldLine,
    quantity: Quantity,
) -> Option<&'a Row> {
    row_of(lookup, &line.key, quantity)
}

/// The same by the key of the rate of all persons.
fn row_of<'a>(lookup: &Lookup<'a>, key: &SeriesKey, quantity: Quantity) -> Option<&'a Row> {
    let (sex, measure) = quantity.key();
    let mut key = SeriesKey { measure, ..key.clone() };
    if let Some(sex) = sex {
        key.breakdown.insert("sex", sex);
    }
    lookup.input.publishable.get(&key)
}
