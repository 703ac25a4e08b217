//! Tidy files beside the estimates of a study with published figures: over which countries the figures of
//! groups are, and what the rules of progress say.

use super::progress;
use crate::plan::Prepared;
use crate::study::Study;
use crate::walk::Walked;
use crate::{Error, output};
use inclusion_measures::aggregate::Vintage;
use inclusion_measures::progress::Projection;
use std::path::Path;

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
        ("progress.csv".to_string(), progress_csv(prepared, walked)?),
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

/// Country by indicator, sex and rule: its verdict, its figures by name, and its projections, whose status is
/// `F`; else the reason why it says nothing. `CHANGE` is on the verdict, and on the movement that it is judged by.
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
            let mut add = |verdict: &str, figure: Figure<'_>, reason: &str| {
                let [area, indicator, sex, rule] = key.map(str::to_string);
                let Figure { name, period, value, interval, status, change } = figure;
                let [lower, upper] = [0, 1]
                    .map(|at| interval.map_or(String::new(), |(l, u)| [l, u][at].to_string()));
                let value = value.map_or(String::new(), |value| value.to_string());
                rows.push([
                    area,
                    indicator,
                    sex,
                    rule,
                    verdict.to_string(),
                    name.to_string(),
                    period,
                    value,
                    lower,
                    upper,
                    status.to_string(),
                    reason.to_string(),
                    change.to_string(),
                ]);
            };
            match result {
                Err(reason) => add("", Figure::default(), reason.id()),
                Ok(outcome) => {
                    let verdict = outcome.status.map_or("", |status| status.id());
                    let change = outcome.basis.change.id();
                    add(verdict, Figure { name: "verdict", change, ..Figure::default() }, "");
                    if let Some(own) = outcome.basis.interval {
                        let figure = Figure {
                            name: own.of.id(),
                            value: Some(own.value),
                            interval: Some((own.lower, own.upper)),
                            change,
                            ..Figure::default()
                        };
                        add(verdict, figure, "");
                    }
                    for (name, value) in &outcome.figures {
                        let figure = Figure { name, value: Some(*value), ..Figure::default() };
                        add(verdict, figure, "");
                    }
                    for made in &outcome.projections {
                        let figure = Figure {
                            name: made.method,
                            period: made.year.to_string(),
                            value: Some(made.value),
                            interval: made.interval,
                            status: Projection::OBS_STATUS,
                            ..Figure::default()
                        };
                        add(verdict, figure, "");
                    }
                    for (name, reason) in &outcome.without {
                        add(verdict, Figure { name, ..Figure::default() }, reason.id());
                    }
                }
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
        "CHANGE",
    ];
    table(columns, rows)
}

/// Holds the name of a file for [`write_progress`] against the study, before the data are read.
///
/// # Errors
///
/// [`Error::Usage`] if it does not end in `.csv`, or is a file that the study reads.
pub fn progress_file(study: &Study, path: &Path) -> Result<(), Error> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("csv")) {
        let message =
            format!("progress is written as `.csv`, and `{}` does not end so", path.display());
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

/// A figure of a rule.
#[derive(Default)]
struct Figure<'a> {
    name: &'a str,
    period: String,
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    status: &'a str,
    /// Whether the movement can be told from none.
    change: &'a str,
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
