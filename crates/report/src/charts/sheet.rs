//! The figures of a chart as a table, for readers who cannot or will not look at a picture.
//!
//! Texts that a chart has of the annex's tables stand as they are; values are printed with one decimal
//! of per cent and points, two of ratios.

use super::{Availability, ChartData, ChartText, Mark, Panel, Point, Row, ValueUnit, Who};
use crate::numbers::decimal;
use inclusion_language::{collation_key, say};

/// A table of texts: as many in each row as heads, the first of a row its label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Heads of the columns, that of the labels first.
    pub heads: Vec<String>,
    /// Rows, in the order of the chart; of a map by the names of its areas.
    pub rows: Vec<Vec<String>>,
    /// Explains open circles before figures of low reliability; only where there is one.
    pub note: Option<String>,
}

/// Stands before a figure of low reliability, as its mark is open.
pub(crate) const OPEN: char = '○';

impl ChartData {
    /// The figures of the chart as a table.
    ///
    /// ```
    /// use inclusion_report::charts::{ChartData, ChartText, Mark, Point, Row};
    /// let point = |value| Mark::Shown(Point { value, interval: Some((value - 0.02, value + 0.02)), unreliable: false });
    /// let row = Row { label: "Rural".into(), women: point(0.31), men: Mark::Withheld, total: None, gap_text: None };
    /// let chart = ChartData::Dumbbell { text: ChartText::default(), rows: vec![row] };
    /// assert_eq!(chart.sheet().rows, [["Rural", "31.0 (29.0–33.0)", "withheld"]]);
    /// ```
    pub fn sheet(&self) -> Sheet {
        let text = self.text();
        let print = |mark: &Mark| printed(text, mark);
        let or = |own: &Option<String>, mark: &Mark| match (own, mark) {
            (Some(own), Mark::Shown(_)) => own.clone(),
            _ => print(mark),
        };
        let value = || vec![String::new(), text.value_axis_label.clone()];
        let (heads, rows) = match self {
            ChartData::Dumbbell { rows, .. } | ChartData::Bars { rows, .. } => by_sex(text, rows),
            ChartData::Ranking { rows, .. } => {
                let row = |row: &super::ForestRow| {
                    let figure = row.text.clone().filter(|_| row.mark.point().is_some());
                    vec![row.label.clone(), print(&row.mark), figure.unwrap_or_default()]
                };
                let heads = value().into_iter().chain([text.words.right_header.clone()]).collect();
                (heads, rows.iter().map(row).collect())
            }
            ChartData::Forest { rows, .. } => {
                let row = |row: &super::ForestRow| {
                    let label = within(text, row.group.as_deref(), &row.label);
                    vec![label, or(&row.text, &row.mark)]
                };
                (value(), rows.iter().map(row).collect())
            }
            ChartData::Lollipop { rows, .. } => {
                let row = |row: &super::GapRow| vec![row.label.clone(), or(&row.text, &row.mark)];
                (value(), rows.iter().map(row).collect())
            }
            ChartData::Ridgeline { steps, rows, .. } => {
                let heads = [String::new()].into_iter().chain(steps.iter().cloned()).collect();
                let row = |row: &super::RidgeRow| {
                    [(Who::Women, &row.women), (Who::Men, &row.men)].map(|(who, marks)| {
                        let label = within(text, Some(&row.label), who.name(&text.words));
                        [label].into_iter().chain(marks.iter().map(print)).collect()
                    })
                };
                (heads, rows.iter().flat_map(row).collect())
            }
            ChartData::Slope { years, rows, .. } => {
                let row = |row: &super::SlopeRow| {
                    let label = within(text, Some(&row.label), row.who.name(&text.words));
                    vec![label, or(&row.from_text, &row.from), or(&row.to_text, &row.to)]
                };
                let heads = vec![String::new(), years.0.clone(), years.1.clone()];
                (heads, rows.iter().map(row).collect())
            }
            ChartData::Series { panels, .. } => over_time(text, panels),
            ChartData::Choropleth { areas, .. } | ChartData::Tiles { areas, .. } => {
                // Who looks a country up does so by its name.
                let mut areas: Vec<&super::MapArea> = areas.iter().collect();
                areas.sort_by_cached_key(|area| collation_key(text.words.language, &area.name));
                let row = |area: &super::MapArea| vec![area.name.clone(), print(&area.mark)];
                (value(), areas.into_iter().map(row).collect())
            }
            ChartData::Heatmap { columns, rows, .. } => {
                grid(text, columns, rows, |cell| or(&cell.text, &cell.mark))
            }
            ChartData::Availability { columns, rows, .. } => {
                grid(text, columns, rows, |cell: &Availability| cell.name(&text.words).to_string())
            }
        };
        let open = rows.iter().flatten().any(|cell| cell.starts_with(OPEN));
        Sheet { heads, rows, note: open.then(|| text.words.unreliable.clone()) }
    }
}

type Table = (Vec<String>, Vec<Vec<String>>);

fn by_sex(text: &ChartText, rows: &[Row]) -> Table {
    let words = &text.words;
    let (total, gap) =
        (rows.iter().any(|r| r.total.is_some()), rows.iter().any(|r| r.gap_text.is_some()));
    let mut heads = vec![String::new(), words.women.clone(), words.men.clone()];
    heads.extend(total.then(|| words.total.clone()));
    heads.extend(gap.then(|| words.right_header.clone()));
    let row = |row: &Row| {
        let mut cells = vec![row.label.clone(), printed(text, &row.women), printed(text, &row.men)];
        let both = row.total.as_ref().map_or(String::new(), |mark| printed(text, mark));
        cells.extend(total.then_some(both));
        cells.extend(gap.then(|| row.gap_text.clone().unwrap_or_default()));
        cells
    };
    (heads, rows.iter().map(row).collect())
}

/// A line for each panel, line and kind of figure; a column for each year.
fn over_time(text: &ChartText, panels: &[Panel]) -> Table {
    let words = &text.words;
    let mut lines: Vec<(String, Vec<(i32, String)>)> = Vec::new();
    for panel in panels {
        for (who, marks) in
            [(Who::Women, &panel.women), (Who::Men, &panel.men), (Who::Both, &panel.both)]
        {
            let name = within(text, Some(&panel.label), who.name(words));
            let own = marks.iter().map(|m| (m.year, printed(text, &m.mark))).collect();
            lines.push((name.clone(), own));
            for fan in panel.fans.iter().filter(|fan| fan.who == who) {
                let year = |of: &super::FanYear| {
                    let [_, _, interval] = of.bands;
                    (of.year, number(text.unit, of.value, Some(interval)))
                };
                let name = within(text, Some(&name), &words.projection);
                lines.push((name, fan.years.iter().map(year).collect()));
            }
        }
        for (name, path) in [(&words.target, &panel.target), (&words.required, &panel.required)] {
            let own = path.iter().map(|(year, v)| (*year, number(text.unit, *v, None))).collect();
            lines.push((within(text, Some(&panel.label), name), own));
        }
    }
    lines.retain(|(_, own)| !own.is_empty());
    let mut years: Vec<i32> = lines.iter().flat_map(|(_, own)| own.iter().map(|o| o.0)).collect();
    years.sort_unstable();
    years.dedup();
    let heads = [String::new()].into_iter().chain(years.iter().map(i32::to_string)).collect();
    let row = |(name, own): (String, Vec<(i32, String)>)| {
        let of = |year: &i32| {
            let found = own.iter().find(|(other, _)| other == year);
            found.map_or(String::new(), |(_, text)| text.clone())
        };
        [name].into_iter().chain(years.iter().map(of)).collect()
    };
    (heads, lines.into_iter().map(row).collect())
}

fn grid<Cell>(
    text: &ChartText,
    columns: &[String],
    rows: &[super::HeatRow<Cell>],
    print: impl Fn(&Cell) -> String,
) -> Table {
    let heads = [String::new()].into_iter().chain(columns.iter().cloned()).collect();
    let row = |row: &super::HeatRow<Cell>| {
        let label = within(text, row.group.as_deref(), &row.label);
        [label].into_iter().chain(row.cells.iter().map(&print)).collect()
    };
    (heads, rows.iter().map(row).collect())
}

/// A label with the heading it stands under.
fn within(text: &ChartText, group: Option<&str>, label: &str) -> String {
    match group {
        Some(group) if !group.is_empty() => {
            say(text.words.language, "joined-colon", &[("first", group), ("rest", label)])
        }
        _ => label.to_string(),
    }
}

fn printed(text: &ChartText, mark: &Mark) -> String {
    match mark {
        Mark::Shown(Point { value, interval, unreliable }) => {
            let figure = number(text.unit, *value, *interval);
            if *unreliable { format!("{OPEN} {figure}") } else { figure }
        }
        Mark::Withheld => text.words.withheld.clone(),
        Mark::Missing => text.words.missing.clone(),
    }
}

fn number(unit: ValueUnit, value: f64, interval: Option<(f64, f64)>) -> String {
    let (factor, decimals) = match unit {
        ValueUnit::Percent | ValueUnit::Points => (100.0, 1),
        ValueUnit::Ratio => (1.0, 2),
        ValueUnit::Number if value.abs() < 100.0 => (1.0, 2),
        ValueUnit::Number | ValueUnit::Rank => (1.0, 0),
    };
    let of = |value: f64| decimal(value * factor, decimals);
    match interval {
        // A dash beside a minus sign is hard to read.
        Some((lower, upper)) if lower < 0.0 || upper < 0.0 => {
            format!("{} ({}; {})", of(value), of(lower), of(upper))
        }
        Some((lower, upper)) => format!("{} ({}–{})", of(value), of(lower), of(upper)),
        None => of(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Fan, FanYear, HeatCell, HeatRow, YearMark};

    fn point(value: f64) -> Mark {
        Mark::Shown(Point { value, interval: None, unreliable: false })
    }

    #[test]
    fn a_line_over_time_has_its_years_projections_and_target() {
        let text = ChartText::default();
        let year = |year, value| YearMark { year, mark: point(value), break_before: false };
        let women = vec![year(2018, 0.5), year(2020, 0.604)];
        let men = vec![YearMark { year: 2020, mark: Mark::Missing, break_before: false }];
        let bands = [(0.7, 0.72), (0.68, 0.74), (0.66, 0.76)];
        let fan = Fan { who: Who::Women, years: vec![FanYear { year: 2022, value: 0.71, bands }] };
        let panel = Panel {
            label: "Brazil".into(),
            women,
            men,
            both: Vec::new(),
            target: vec![(2022, 1.0)],
            required: Vec::new(),
            fans: vec![fan],
        };
        let words = &text.words;
        let sheet = ChartData::Series { text: text.clone(), panels: vec![panel] }.sheet();
        assert_eq!(sheet.heads, ["", "2018", "2020", "2022"]);
        let first = |line: &str| format!("Brazil: {line}");
        assert_eq!(
            sheet.rows,
            [
                [first("Women"), "50.0".into(), "60.4".into(), String::new()],
                [
                    first(&format!("Women: {}", words.projection)),
                    String::new(),
                    String::new(),
                    "71.0 (66.0–76.0)".into()
                ],
                [first("Men"), String::new(), "not available".into(), String::new()],
                [first(&words.target), String::new(), String::new(), "100.0".into()],
            ]
        );
        assert_eq!(sheet.note, None);
    }

    #[test]
    fn what_is_withheld_or_unreliable_is_said_and_texts_of_the_tables_stand() {
        let text = ChartText { unit: ValueUnit::Ratio, ..ChartText::default() };
        let open = Mark::Shown(Point { value: 0.845, interval: None, unreliable: true });
        let cell = |mark, text: Option<&str>| HeatCell { mark, text: text.map(String::from) };
        let row = HeatRow {
            label: "Rural".into(),
            group: Some("Area".into()),
            cells: vec![
                cell(open, None),
                cell(Mark::Withheld, None),
                cell(point(0.9), Some("0.9")),
            ],
        };
        let chart = ChartData::Heatmap {
            text: text.clone(),
            columns: ["2019", "2020", "2021"].map(String::from).to_vec(),
            rows: vec![row],
            classes: crate::charts::Classes {
                scale: crate::charts::Scale::Sequence,
                breaks: crate::charts::Breaks::EqualCounts(5),
            },
        };
        let sheet = chart.sheet();
        assert_eq!(sheet.rows, [["Area: Rural", "○ 0.85", "withheld", "0.9"]]);
        assert_eq!(sheet.note, Some(text.words.unreliable));
    }

    #[test]
    fn a_ranking_has_ranks_and_the_figures_they_are_of() {
        let text = ChartText { unit: ValueUnit::Rank, ..ChartText::default() };
        let row = |label: &str, mark, text: &str| crate::charts::ForestRow {
            label: label.into(),
            mark,
            group: None,
            text: Some(text.into()),
        };
        let rank = Point { value: 1.0, interval: Some((1.0, 3.0)), unreliable: false };
        let rows = vec![row("Lakes", Mark::Shown(rank), "10.0"), row("North", Mark::Withheld, "*")];
        let sheet = ChartData::Ranking { text: text.clone(), rows }.sheet();
        assert_eq!(sheet.heads[2], text.words.right_header);
        assert_eq!(sheet.rows, [["Lakes", "1 (1–3)", "10.0"], ["North", "withheld", ""]]);
    }

    #[test]
    fn intervals_below_0_have_no_dash() {
        assert_eq!(number(ValueUnit::Points, -0.031, Some((-0.06, -0.002))), "−3.1 (−6.0; −0.2)");
        assert_eq!(number(ValueUnit::Rank, 3.0, Some((1.0, 12.0))), "3 (1–12)");
    }
}
