//! Progress of countries towards the targets of the indicators, from the figures that may be shown.

use super::source_names::SourceNames;
use super::{Marks, World};
use crate::plan::Prepared;
use inclusion_disclosure::{Cell, Publishable};
use inclusion_estimate::Measure;
use inclusion_measures::progress::{
    Breaks, Goal, Options, Point, Progress, Target, logit_trend, progress, progress_of_gap,
};
use inclusion_registry::{Areas, Indicator, ThresholdSet, sort_key};
use std::collections::BTreeMap;

/// The series of one country and sex, judged by every rule.
#[derive(Debug, Clone)]
pub struct AreaProgress {
    /// Indicator id.
    pub indicator: String,
    /// Area id.
    pub area: String,
    /// Its name.
    pub name: String,
    /// `F`, `M`, or none for all persons.
    pub sex: Option<&'static str>,
    /// Years and values, shares from 0 to 1.
    pub points: Vec<(f64, f64)>,
    /// Every rule about the series itself.
    pub rules: Progress,
    /// The rules about women and men; on the row of women.
    pub gap: Option<Progress>,
    /// The trend of the logit from the year after the last figure to that of the target, or as far as a
    /// projection may go; empty where there is no such trend.
    pub ahead: Vec<Ahead>,
}

/// A projected year of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// The year.
    pub year: i32,
    /// The trend, a share.
    pub value: f64,
    /// Prediction intervals at [`LEVELS`].
    pub intervals: [(f64, f64); 3],
}

/// Levels of the prediction intervals of a fan chart.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];

/// Points of one series with the texts that make them comparable.
#[derive(Default)]
struct Line {
    points: BTreeMap<i32, (f64, Option<f64>, String)>,
}

impl Line {
    fn points(&self) -> Vec<Point<'_>> {
        self.points
            .iter()
            .map(|(year, (value, se, text))| Point {
                year: f64::from(*year),
                value: *value,
                se: *se,
                comparability: Some(text.as_str()),
            })
            .collect()
    }
}

/// The progress of every country that has two figures or more, by indicator in the study's order, countries
/// by name.
pub(crate) fn of_study(
    prepared: &Prepared,
    publishable: &Publishable,
    world: &World,
) -> Vec<AreaProgress> {
    let Some(planned) = &prepared.world else { return Vec::new() };
    let mut all = Vec::new();
    for indicator in &prepared.indicators {
        let lines = lines(prepared, publishable, world, indicator);
        let mut areas: Vec<(&str, &str)> = lines
            .keys()
            .map(|(area, _)| *area)
            .filter(|area| planned.areas.is_empty() || planned.areas.contains(*area))
            .map(|area| (name(area), area))
            .collect();
        areas.sort_by_cached_key(|(name, area)| (sort_key(name), *area));
        areas.dedup();
        let target = target(indicator, planned.base_year);
        let years = lines.values().filter_map(|line| line.points.keys().next_back());
        let options = Options {
            as_of: planned.as_of.or(years.max().copied()).map(f64::from),
            level: *prepared.study.file.estimate.interval.level.get_ref(),
            horizon: f64::from(planned.horizon),
            breaks: if planned.through_breaks { Breaks::Mark } else { Breaks::Refuse },
            ceiling: Some(1.0),
            ..Options::default()
        };
        let goal = match target {
            Some(target) => Goal::Target(target),
            None => Goal::Direction {
                direction: indicator.direction,
                base_year: f64::from(planned.base_year),
            },
        };
        for (name, area) in areas {
            for sex in [Some("F"), Some("M"), None] {
                let Some(line) = lines.get(&(area, sex)).filter(|l| l.points.len() > 1) else {
                    continue;
                };
                let points = line.points();
                let gap = match (sex, lines.get(&(area, Some("M")))) {
                    (Some("F"), Some(men)) => {
                        let by = target_of_parity(indicator, planned.base_year);
                        let (_, range) = parity(prepared);
                        Some(progress_of_gap(&points, &men.points(), None, &by, range, &options))
                    }
                    _ => None,
                };
                all.push(AreaProgress {
                    indicator: indicator.id.clone(),
                    area: area.to_string(),
                    name: name.to_string(),
                    sex,
                    points: points.iter().map(|point| (point.year, point.value)).collect(),
                    rules: progress(&points, &goal, &options),
                    gap,
                    ahead: ahead(&points, target, indicator, planned.base_year, &options),
                });
            }
        }
    }
    all
}

/// The trend of the logit by year; nothing where it has no value or no interval.
fn ahead(
    points: &[Point<'_>],
    target: Option<Target>,
    indicator: &Indicator,
    base_year: i32,
    options: &Options,
) -> Vec<Ahead> {
    let Some(last) = points.last().map(|point| point.year) else { return Vec::new() };
    let by = target.unwrap_or_else(|| target_of_parity(indicator, base_year));
    let years: Vec<f64> = (last as i32 + 1..=by.year as i32).map(f64::from).collect();
    let at = |level| {
        let options = Options { level, ..*options };
        logit_trend(points, &by, &years, &options).map(|trend| trend.projections)
    };
    let [Ok(half), Ok(four_fifths), Ok(most)] = LEVELS.map(at) else { return Vec::new() };
    let all = half.into_iter().zip(four_fifths).zip(most);
    all.map_while(|((half, four_fifths), most)| {
        let (half, four_fifths, most) = (half.ok()?, four_fifths.ok()?, most.ok()?);
        Some(Ahead {
            year: half.year as i32,
            value: half.value,
            intervals: [half.interval?, four_fifths.interval?, most.interval?],
        })
    })
    .collect()
}

/// The target of every country, in shares: the latest by year, as those of groups are not a country's.
pub(crate) fn target(indicator: &Indicator, base_year: i32) -> Option<Target> {
    let own = indicator.targets.iter().filter(|target| target.group.is_none());
    let target = own.max_by_key(|target| target.year)?;
    Some(Target {
        value: target.value / 100.0,
        year: f64::from(target.year),
        base_year: f64::from(base_year),
        direction: indicator.direction,
    })
}

/// The thresholds that parity ratios are judged by: the study's, or UNESCO's where those are no range.
pub(super) fn parity(prepared: &Prepared) -> (&ThresholdSet, (f64, f64)) {
    let (own, usual) = (&prepared.thresholds, &prepared.registry.thresholds["unesco"]);
    let range = |set: &ThresholdSet| set.lower.zip(set.upper);
    // A registry of a study may have made groups of it.
    let range_of_usual = || (usual, range(usual).unwrap_or((0.97, 1.03)));
    range(own).map_or_else(range_of_usual, |range| (own, range))
}

/// By when and where to women and men are judged: the target of the indicator, or parity by 2030.
pub(super) fn target_of_parity(indicator: &Indicator, base_year: i32) -> Target {
    let own = target(indicator, base_year);
    let by = own.unwrap_or(Target { base_year: f64::from(base_year), ..Target::by_2030(1.0) });
    Target { direction: indicator.direction, ..by }
}

fn name(area: &str) -> &str {
    Areas::builtin().get(area).map_or(area, |known| known.name.as_str())
}

/// By area and sex: which texts make the figure of a year comparable with those of others, as the rules of
/// progress take them.
pub(super) fn comparability(
    prepared: &Prepared,
    publishable: &Publishable,
    world: &World,
    indicator: &Indicator,
) -> BTreeMap<(String, Option<&'static str>), BTreeMap<i32, String>> {
    let of_line = |((area, sex), line): ((&str, _), Line)| {
        let years = line.points.into_iter().map(|(year, (_, _, text))| (year, text));
        ((area.to_string(), sex), years.collect())
    };
    lines(prepared, publishable, world, indicator).into_iter().map(of_line).collect()
}

/// The figures shown, by area and sex. A break that a source marks belongs to its figure and all later ones.
fn lines<'a>(
    prepared: &Prepared,
    publishable: &'a Publishable,
    world: &World,
    indicator: &Indicator,
) -> BTreeMap<(&'a str, Option<&'static str>), Line> {
    let mut lines: BTreeMap<(&str, Option<&'static str>), Line> = BTreeMap::new();
    let Some(planned) = &prepared.world else { return lines };
    for series in &planned.series {
        let mut before: BTreeMap<(&str, Option<&'static str>), Marks<'_>> = BTreeMap::new();
        // One source is written in several ways; the first of them stands for all.
        let mut names: BTreeMap<&str, SourceNames<'_>> = BTreeMap::new();
        for row in publishable.rows() {
            let key = &row.key;
            if key.source != series.id
                || key.indicator != indicator.id
                || key.measure != Measure::Level
            {
                continue;
            }
            let (Cell::Shown(shown), Some(about)) = (&row.cell, world.about.get(key)) else {
                continue;
            };
            let sex = match key.sex() {
                Some("F") => Some("F"),
                Some("M") => Some("M"),
                _ => None,
            };
            let place = (key.ref_area.as_str(), sex);
            let breaks = before.entry(place).or_default().next(about);
            let source = about.source.as_deref();
            let names = names.entry(key.ref_area.as_str()).or_default();
            let source = source.map(|name| names.first(name));
            let text = about.comparability(source, breaks);
            lines.entry(place).or_default().points.entry(about.year).or_insert((
                shown.value,
                shown.se,
                text,
            ));
        }
    }
    lines
}
