//! Charts of the annex, drawn with plotters as SVG and rasterised from that SVG.
//!
//! A chart knows figures that may be printed and nothing else: a [`Mark`] is a point, the fact that
//! something is withheld, or the fact that it is missing. Values stand in the unit they are stored
//! in (shares are 0–1); [`ValueUnit`] only says how the axis prints them. Texts come from the
//! caller, so the finding, the alternative text and every word may be in any language.
//!
//! Women are a disc, men a triangle: the two are told apart without colour as well. A mark of low
//! reliability is open. Nothing here measures or rounds a figure for print: texts beside the marks
//! come from the table they belong to.

mod axis;
mod bars;
mod canvas;
mod choropleth;
mod classes;
mod dumbbell;
mod fan;
mod finish;
mod forest;
mod frame;
mod hatch;
mod heatmap;
#[cfg(test)]
mod layout_samples;
#[cfg(test)]
mod layout_tests;
mod legend;
mod lollipop;
mod projection;
mod ranking;
mod raster;
mod ridgeline;
mod series;
#[cfg(test)]
mod shade_tests;
mod sheet;
mod slope;
mod spread;
mod tiles;
mod type_setting;
mod who;
mod words;

pub use choropleth::{Extent, MapArea, Outlined};
pub use classes::{Breaks, Classes, Scale};
pub use fan::{Fan, FanYear};
pub(crate) use finish::size;
pub use heatmap::{Availability, HeatCell, HeatRow};
pub use lollipop::{Equality, GapRow};
pub(crate) use raster::is_simplified;
pub use raster::{Fonts, png, png_with};
pub use ridgeline::RidgeRow;
pub use series::{MOST_PANELS, Panel, YearMark};
pub(crate) use sheet::OPEN;
pub use sheet::Sheet;
pub use slope::SlopeRow;
pub(crate) use type_setting::{allowed, cut, pieces, width as text_width, words};
pub use who::Who;
pub use words::Words;

/// A figure in a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The value, in its stored unit: a share is 0–1.
    pub value: f64,
    /// Lower and upper end of the interval, in the same unit.
    pub interval: Option<(f64, f64)>,
    /// Drawn as an open mark.
    pub unreliable: bool,
}

/// What stands in a place of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// A figure.
    Shown(Point),
    /// Withheld: the mark's text and no position.
    Withheld,
    /// Not measured: the mark's text and no position.
    Missing,
}

impl Mark {
    /// The point, if there is one.
    pub fn point(&self) -> Option<&Point> {
        match self {
            Mark::Shown(point) => Some(point),
            Mark::Withheld | Mark::Missing => None,
        }
    }
}

/// A category with its figures by sex.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Label of the category.
    pub label: String,
    /// Women.
    pub women: Mark,
    /// Men.
    pub men: Mark,
    /// Both sexes, if they are to be drawn.
    pub total: Option<Mark>,
    /// The gap as the table prints it; stands at the right end of the row.
    pub gap_text: Option<String>,
}

impl Row {
    /// Men minus women, where both may be shown.
    pub fn gap(&self) -> Option<f64> {
        Some(self.men.point()?.value - self.women.point()?.value)
    }
}

/// A line of a forest plot.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Label of the line.
    pub label: String,
    /// The figure.
    pub mark: Mark,
    /// Heading the line stands under; neighbours with the same heading share it.
    pub group: Option<String>,
    /// The figure as the table prints it; stands at the right end of the line, bold where the
    /// interval excludes the reference.
    pub text: Option<String>,
}

/// How the value axis prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueUnit {
    /// Shares as per cent; the axis stays within 0–100.
    #[default]
    Percent,
    /// Differences of shares as percentage points.
    Points,
    /// Ratios as they are.
    Ratio,
    /// Numbers as they are.
    Number,
    /// Places in an order: whole numbers from 1.
    Rank,
}

/// All words of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartText {
    /// The finding.
    pub title: String,
    /// Indicator, unit, population, year.
    pub subtitle: String,
    /// Source line under the chart.
    pub source: String,
    /// Alternative text, made from the data.
    pub alt: String,
    /// Sentences under this chart alone.
    pub notes: Vec<String>,
    /// What the value axis measures.
    pub value_axis_label: String,
    /// How values print.
    pub unit: ValueUnit,
    /// Mark of a withheld figure.
    pub withheld_mark: String,
    /// Mark of a missing figure.
    pub missing_mark: String,
    /// Words that repeat from chart to chart.
    pub words: Words,
}

/// A chart, complete with its data and words.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartData {
    /// Women and men on one line each, with intervals. Rows are drawn in the order given; see
    /// [`sorted`].
    Dumbbell {
        /// Words.
        text: ChartText,
        /// Rows, from the top.
        rows: Vec<Row>,
    },
    /// One figure a line, with its interval and a reference line.
    Forest {
        /// Words.
        text: ChartText,
        /// Lines, from the top.
        rows: Vec<ForestRow>,
        /// Where the dashed line stands: 0 for a gap, 1 for parity.
        reference: Option<f64>,
    },
    /// Stems from equality, a gap or a parity a line.
    Lollipop {
        /// Words.
        text: ChartText,
        /// Lines, from the top.
        rows: Vec<GapRow>,
        /// Where the stems begin.
        equality: Equality,
    },
    /// Ranks with their intervals.
    Ranking {
        /// Words; the unit of the axis is always [`ValueUnit::Rank`].
        text: ChartText,
        /// Lines, from the top: rank, and the best and the worst that the tests allow.
        rows: Vec<ForestRow>,
    },
    /// Steps of an order, such as quintiles, on a line for women and one for men.
    Ridgeline {
        /// Words.
        text: ChartText,
        /// Names of the steps, from the first.
        steps: Vec<String>,
        /// Rows, from the top.
        rows: Vec<RidgeRow>,
    },
    /// Bars from zero for women and men, with intervals.
    Bars {
        /// Words.
        text: ChartText,
        /// Rows, from the top.
        rows: Vec<Row>,
    },
    /// Two years side by side, a line an area or group.
    Slope {
        /// Words.
        text: ChartText,
        /// Names of the two years.
        years: (String, String),
        /// Lines; any order.
        rows: Vec<SlopeRow>,
    },
    /// Lines over time in panels of the same scales, from the left and the top; a fan chart where panels
    /// have projections.
    Series {
        /// Words.
        text: ChartText,
        /// At most [`MOST_PANELS`] panels.
        panels: Vec<Panel>,
    },
    /// A map in the colours of classes.
    Choropleth {
        /// Words; the value axis label heads the legend.
        text: ChartText,
        /// The areas of the study; others are plain land.
        areas: Vec<MapArea>,
        /// Classes and colours.
        classes: Classes,
        /// Groups with a line round them.
        outlined: Vec<Outlined>,
        /// The part of the world; the world without Antarctica if there is none.
        extent: Option<Extent>,
    },
    /// A map of equal tiles in the colours of classes.
    Tiles {
        /// Words; the value axis label heads the legend.
        text: ChartText,
        /// The areas of the study; others have no tile.
        areas: Vec<MapArea>,
        /// Classes and colours.
        classes: Classes,
        /// Groups with a line round them.
        outlined: Vec<Outlined>,
    },
    /// Figures in the colours of classes, areas down and indicators or years across.
    Heatmap {
        /// Words; the value axis label heads the legend.
        text: ChartText,
        /// Heads of the columns.
        columns: Vec<String>,
        /// Rows, from the top.
        rows: Vec<HeatRow<HeatCell>>,
        /// Classes and colours.
        classes: Classes,
    },
    /// Which figures there are, areas down and indicators or years across.
    Availability {
        /// Words.
        text: ChartText,
        /// Heads of the columns.
        columns: Vec<String>,
        /// Rows, from the top.
        rows: Vec<HeatRow<Availability>>,
    },
}

impl ChartData {
    /// The words of the chart.
    pub fn text(&self) -> &ChartText {
        match self {
            ChartData::Dumbbell { text, .. }
            | ChartData::Forest { text, .. }
            | ChartData::Lollipop { text, .. }
            | ChartData::Ranking { text, .. }
            | ChartData::Ridgeline { text, .. }
            | ChartData::Bars { text, .. }
            | ChartData::Slope { text, .. }
            | ChartData::Series { text, .. }
            | ChartData::Choropleth { text, .. }
            | ChartData::Tiles { text, .. }
            | ChartData::Heatmap { text, .. }
            | ChartData::Availability { text, .. } => text,
        }
    }
}

/// Where the colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on white paper.
    #[default]
    Light,
    /// Light on dark paper.
    Dark,
    /// The CSS variables `--women`, `--men`, `--both`, `--parity`, `--ink`, `--soft-ink`,
    /// `--hairline`, `--paper`, `--sequence-1` to `-5`, `--amber-1` to `-4`, `--neutral` and
    /// `--on-middle` of the page the SVG is inlined in; the light colour where the
    /// page has none. For inlining only.
    Page,
}

/// How to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgOptions {
    /// Colours.
    pub theme: Theme,
    /// Begins the ids inside the SVG; give each chart of a page its own. Characters other than
    /// ASCII letters, digits, `-` and `_` are left out.
    pub id_prefix: String,
}

impl Default for SvgOptions {
    fn default() -> SvgOptions {
        SvgOptions { theme: Theme::Light, id_prefix: "chart".into() }
    }
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A chart without rows.
    #[error("chart “{chart}” has no rows; name a breakdown that the tables have")]
    NoRows {
        /// Title of the chart.
        chart: String,
    },
    /// A value or a bound that is not a number, or bounds in the wrong order.
    #[error(
        "chart “{chart}”, row “{row}”: {what} cannot be drawn; a figure without a value is to be given as missing"
    )]
    NotDrawable {
        /// Title of the chart.
        chart: String,
        /// Label of the row.
        row: String,
        /// The value.
        what: String,
    },
    /// Something that the kind of chart cannot hold.
    #[error("chart “{chart}”, “{place}”: {what}")]
    Unfit {
        /// Title of the chart.
        chart: String,
        /// The row, area or part of the chart.
        place: String,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The drawing library gave up.
    #[error("chart “{chart}” could not be drawn: {reason}")]
    Draw {
        /// Title of the chart.
        chart: String,
        /// What the library said.
        reason: String,
    },
    /// The SVG could not be made into a picture.
    #[error("a chart could not be made into a PNG: {0}")]
    Raster(String),
}

/// Draws a chart as a complete SVG document of 680 px width.
///
/// The same data and options give the same bytes. The document has a title and a description for
/// screen readers, no script, and refers to nothing outside itself.
///
/// # Errors
///
/// [`Error::NoRows`] for a chart without rows, [`Error::NotDrawable`] for a value or a bound that is
/// not finite, [`Error::Unfit`] for an area that is unknown or there twice, limits of classes that do not rise, more
/// panels than [`MOST_PANELS`], a rank that is none, a projection before the last figure, or rows of other lengths than their head.
pub fn svg(chart: &ChartData, options: &SvgOptions) -> Result<String, Error> {
    let scene = match chart {
        ChartData::Dumbbell { text, rows } => dumbbell::draw(text, rows)?,
        ChartData::Forest { text, rows, reference } => forest::draw(text, rows, *reference)?,
        ChartData::Lollipop { text, rows, equality } => lollipop::draw(text, rows, *equality)?,
        ChartData::Ranking { text, rows } => ranking::draw(text, rows)?,
        ChartData::Ridgeline { text, steps, rows } => ridgeline::draw(text, steps, rows)?,
        ChartData::Bars { text, rows } => bars::draw(text, rows)?,
        ChartData::Slope { text, years, rows } => slope::draw(text, (&years.0, &years.1), rows)?,
        ChartData::Series { text, panels } => series::draw(text, panels)?,
        ChartData::Choropleth { text, areas, classes, outlined, extent } => {
            choropleth::draw(text, areas, classes, outlined, *extent)?
        }
        ChartData::Tiles { text, areas, classes, outlined } => {
            tiles::draw(text, areas, classes, outlined)?
        }
        ChartData::Heatmap { text, columns, rows, classes } => {
            heatmap::figures(text, columns, rows, classes)?
        }
        ChartData::Availability { text, columns, rows } => {
            heatmap::availability(text, columns, rows)?
        }
    };
    let scene = if chart.text().words.language.is_rtl() { scene.mirrored() } else { scene };
    let painted = scene
        .paint()
        .map_err(|reason| Error::Draw { chart: chart.text().title.clone(), reason })?;
    Ok(finish::finish(&painted, (scene.width, scene.height), chart.text(), options))
}

/// Rows with the largest gap (men minus women) first; rows without a gap last, in their own order.
pub fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| match (a.gap(), b.gap()) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => std::cmp::Ordering::Equal,
    });
    rows
}
