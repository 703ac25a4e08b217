//! Tidy files beside the estimates of a study with published figures: over which countries the figures of
//! groups are, and what the rules of progress say.

use super::{availability, progress};
use crate::plan::Prepared;
use crate::study::Study;
use crate::walk::Walked;
use crate::{Error, output};
use inclusion_measures::aggregate::{Coverage, Vintage};
use inclusion_measures::progress::{Outcome, Projection, Reason, Rule, Status};
use std::path::Path;
use std::sync::Arc;

/// Files of the annex by name; none of a study without published figures.
///
/// # Errors
///
/// [`Error::Report`] if the writer fails.
pub(crate) fn of_study(
    prepared: &Prepared,
    walked: &Walked,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    if prepared.world.is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![
        ("group_countries.csv".to_string(), group_countries(walked)?),
        ("group_coverage.csv".to_string(), group_coverage(walked)?),
        ("progress.csv".to_string(), progress_csv(prepared, walked)?),
        ("data_gaps.csv".to_string(), data_gaps_csv(prepared, walked)?),
    ])
}

/// Group by indicator and country: the year of the figure that entered. `FIGURE` is `women_and_men`, or `all`.
fn group_countries(walked: &Walked) -> Result<Vec<u8>, Error> {
    let mut rows = Vec::new();
    for group in &walked.world.aggregates {
        let mut add = |figure: &str, vintages: &[Vintage]| {
            rows.extend(vintages.iter().map(|own| {
                let texts = [&*group.key.ref_area, &group.key.time_period, &group.indicator];
                let [area, period, indicator] = texts.map(str::to_string);
                let (member, year) = (own.ref_area.clone(), own.year.to_string());
                [area, period, indicator, figure.to_string(), member, year]
            }));
        };
        add("women_and_men", &group.vintages);
        add("all", &group.vintages_of_all);
    }
    table(["REF_AREA", "TIME_PERIOD", "INDICATOR", "FIGURE", "COUNTRY", "COUNTRY_YEAR"], rows)
}

/// Group by indicator, where there is no figure too: countries and shares of women and men that are covered, and
/// the years of their figures. `FIGURE` is `women_and_men`, or `all`.
fn group_coverage(walked: &Walked) -> Result<Vec<u8>, Error> {
    let mut rows = Vec::new();
    for group in &walked.world.aggregates {
        let mut add = |figure: &str, own: &Coverage, vintages: &[Vintage]| {
            let share = |share: Option<f64>| share.map_or(String::new(), |own| own.to_string());
            let year = |year: Option<i32>| year.map_or(String::new(), |own| own.to_string());
            let texts = [&*group.key.ref_area, &group.key.time_period, &group.indicator];
            let [area, period, indicator] = texts.map(str::to_string);
            rows.push([
                area,
                period,
                indicator,
                figure.to_string(),
                own.countries.to_string(),
                own.of.to_string(),
                share(own.women),
                share(own.men),
                own.without_population.join(";"),
                year(vintages.iter().map(|own| own.year).min()),
                year(vintages.iter().map(|own| own.year).max()),
                own.rule.id().to_string(),
            ]);
        };
        add("women_and_men", &group.coverage, &group.vintages);
        add("all", &group.coverage_of_all, &group.vintages_of_all);
    }
    let columns = [
        "REF_AREA",
        "TIME_PERIOD",
        "INDICATOR",
        "FIGURE",
        "COUNTRIES",
        "COUNTRIES_OF_GROUP",
        "COVERED_WOMEN",
        "COVERED_MEN",
        "POPULATION_UNKNOWN",
        "FIRST_YEAR",
        "LAST_YEAR",
        "RULE",
    ];
    table(columns, rows)
}

/// Country by indicator, sex, rule, figure and period: the verdict, the figures by name, and the projections,
/// whose status is `F`; else the reason why there is nothing. `CHANGE` is on the verdict, and on the movement that
/// it is judged by. Points and years are those that a row rests on.
///
/// # Errors
///
/// [`Error::Report`] if the writer fails.
pub fn progress_csv(prepared: &Prepared, walked: &Walked) -> Result<Vec<u8>, Error> {
    let mut rows = Vec::new();
    for own in progress::of_study(prepared, &walked.publishable, &walked.world) {
        let of_gap = own.gap.iter().flat_map(|gap| &gap.rules);
        for (rule, result) in own.rules.rules.iter().chain(of_gap) {
            let key = [&own.area, &own.indicator, own.sex.unwrap_or("_T"), rule.name()];
            let verdict = result.as_ref().ok().and_then(|outcome| outcome.status);
            let verdict = verdict.map_or("", |status| status.id());
            let figures = match result {
                Err(reason) => vec![Figure { reason: Some(reason), ..Figure::default() }],
                Ok(outcome) => figures(*rule, outcome),
            };
            for figure in figures {
                let number = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
                let (points, first, last) = match figure.basis {
                    Some((points, first, last)) => (points.to_string(), Some(first), Some(last)),
                    None => (String::new(), None, None),
                };
                let [area, indicator, sex, rule] = key.map(str::to_string);
                rows.push([
                    area,
                    indicator,
                    sex,
                    rule,
                    verdict.to_string(),
                    figure.name.to_string(),
                    figure.period,
                    number(figure.value),
                    number(figure.interval.map(|(lower, _)| lower)),
                    number(figure.interval.map(|(_, upper)| upper)),
                    figure.status.to_string(),
                    figure.reason.map_or("", Reason::id).to_string(),
                    figure.reason.map_or(String::new(), Reason::to_string),
                    figure.change.to_string(),
                    points,
                    number(first),
                    number(last),
                ]);
            }
        }
    }
    let columns = [
        "REF_AREA",
        "INDICATOR",
        "SEX",
        "RULE",
        "VERDICT",
        "FIGURE",
        "TIME_PERIOD",
        "OBS_VALUE",
        "LOWER_BOUND",
        "UPPER_BOUND",
        "OBS_STATUS",
        "REASON",
        "COMMENT",
        "CHANGE",
        "POINTS",
        "FIRST_YEAR",
        "LAST_YEAR",
    ];
    table(columns, rows)
}

/// The rows of a rule that has a result: every name and period once.
fn figures(rule: Rule, outcome: &Outcome) -> Vec<Figure<'_>> {
    let own = &outcome.basis;
    let basis = Some((own.points, own.first_year, own.last_year));
    let change = own.change.id();
    let mut rows = vec![Figure { name: "verdict", change, basis, ..Figure::default() }];
    rows.extend(outcome.figures.iter().map(|(name, value)| Figure {
        name,
        value: Some(*value),
        basis,
        ..Figure::default()
    }));
    if let Some(movement) = own.interval {
        let figure = Figure {
            name: movement.of.id(),
            value: Some(movement.value),
            interval: Some((movement.lower, movement.upper)),
            change,
            basis,
            ..Figure::default()
        };
        // The figure itself may be the movement.
        match rows.iter_mut().find(|row| row.name == figure.name) {
            Some(row) => *row = figure,
            None => rows.push(figure),
        }
    }
    for (at, made) in outcome.projections.iter().enumerate() {
        // A gap closes at a point in time; all other projections are of a year.
        let closing = at == 0 && rule == Rule::GapClosing && outcome.status == Some(Status::Closes);
        let (name, period, value) = match closing {
            true => ("year of closing", String::new(), made.year),
            false => (made.method, made.year.to_string(), made.value),
        };
        rows.push(Figure {
            name,
            period,
            value: Some(value),
            interval: made.interval,
            status: Projection::OBS_STATUS,
            basis: Some((made.points, made.first_year, made.last_year)),
            ..Figure::default()
        });
    }
    rows.extend(outcome.without.iter().map(|(name, reason)| Figure {
        name,
        reason: Some(reason),
        basis,
        ..Figure::default()
    }));
    rows
}

/// Country by indicator: the newest years with figures of women and men and of all, with the ages and the source of
/// those of women and men; empty where there is none.
fn data_gaps_csv(prepared: &Prepared, walked: &Walked) -> Result<Vec<u8>, Error> {
    let mut rows = Vec::new();
    for country in availability::of_study(prepared, &walked.publishable, &walked.world) {
        for (indicator, own) in prepared.indicators.iter().zip(&country.indicators) {
            let year = |year: Option<i32>| year.map_or(String::new(), |own| own.to_string());
            let text = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_string();
            rows.push([
                country.area.clone(),
                indicator.id.clone(),
                year(own.by_sex),
                year(own.total),
                text(&own.age),
                own.sources.join("; "),
            ]);
        }
    }
    table(["REF_AREA", "INDICATOR", "YEAR_BY_SEX", "YEAR_OF_ALL", "AGE", "SOURCE_DETAIL"], rows)
}

/// Holds the name of a file for [`write_progress`] or [`write_data_gaps`] against the study, before the data are
/// read; `what` is written to it.
///
/// # Errors
///
/// [`Error::Usage`] if it does not end in `.csv`, or is a file that the study reads.
pub fn world_file(study: &Study, path: &Path, what: &str) -> Result<(), Error> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("csv")) {
        let message = format!("{what} written as `.csv`, and `{}` does not end so", path.display());
        return Err(Error::Usage(message));
    }
    output::not_an_input(study, path)
}

/// Writes what the rules of progress say of every country: a line for each verdict, figure and projection.
///
/// # Errors
///
/// [`Error::Report`] if the writer fails; [`Error::Write`].
pub fn write_progress(prepared: &Prepared, walked: &Walked, path: &Path) -> Result<(), Error> {
    output::write(path, &progress_csv(prepared, walked)?)
}

/// Writes where there are figures of women and men: a line for each country and indicator.
///
/// # Errors
///
/// [`Error::Report`] if the writer fails; [`Error::Write`].
pub fn write_data_gaps(prepared: &Prepared, walked: &Walked, path: &Path) -> Result<(), Error> {
    output::write(path, &data_gaps_csv(prepared, walked)?)
}

/// A figure of a rule.
#[derive(Default)]
struct Figure<'a> {
    name: &'a str,
    period: String,
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    status: &'a str,
    /// Why there is no value.
    reason: Option<&'a Reason>,
    /// Whether the movement can be told from none.
    change: &'a str,
    /// Points, first and last year that it rests on.
    basis: Option<(usize, f64, f64)>,
}

fn table<const N: usize>(columns: [&str; N], rows: Vec<[String; N]>) -> Result<Vec<u8>, Error> {
    let failed = |error: String| Error::Report { what: "a CSV file".into(), message: error };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        writer.write_record(row).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}
