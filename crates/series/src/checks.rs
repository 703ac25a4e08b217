//! What observations say against each other: duplicates, jumps of the unit, totals outside the two
//! sexes, ages that differ between countries.

use crate::error::Spot;
use crate::log::{Log, Seen};
use crate::observation::{Flag, Identity, Observation, Unit};
use crate::series::{BySex, by_sex, same_series};
use crate::{AreaKind, Error, number};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// How far a total may lie outside the two sexes: half a unit of figures with one decimal.
const TOTAL_SLACK: f64 = 0.0005;
/// How far a total of persons may lie above women and men, for people of another or no stated sex.
const OTHERS: f64 = 0.01;
/// Two years of one series of which one is about 100 times the other, or for counts 1,000 or 1,000,000 times.
const NEAR: f64 = 4.0 / 3.0;
/// Shares below this may multiply in a year, so they say nothing about the unit.
const SMALL: f64 = 0.02;
/// Of fewer values than this a percentage of 1 may be one.
const FEW: usize = 10;

fn seen(observation: &Observation) -> Seen<'_> {
    Seen {
        file: &observation.file,
        line: observation.line,
        column: observation.column.as_ref(),
        value: Some(&observation.text),
    }
}

/// Where an observation stands, of which nothing but its file's name is known.
pub(crate) fn spot(observation: &Observation) -> Spot {
    let column = observation.column.as_ref();
    let mut spot = Spot::line(Path::new(&*observation.file), observation.line);
    spot.cell = column.map(|c| format!("of column `{c}`"));
    spot
}

/// Leaves out repeated observations; two that differ are an error.
pub(crate) fn unique(
    observations: Vec<Observation>,
    unused: &[String],
    spot: impl Fn(&Observation) -> Spot,
) -> Result<(Vec<Observation>, Vec<Flag>), Error> {
    let mut first: HashMap<Identity<'_>, usize> = HashMap::with_capacity(observations.len());
    let mut log = Log::default();
    let mut repeated = BTreeSet::new();
    let mut conflict = None;
    let mut conflicts = 0;
    for (index, observation) in observations.iter().enumerate() {
        let Some(known) = first.get(&observation.identity()).copied() else {
            first.insert(observation.identity(), index);
            continue;
        };
        let other = &observations[known];
        if other.value == observation.value {
            repeated.insert(index);
            log.note("duplicate", "", seen(observation), || {
                format!(
                    "observations that stand twice with the same value count once; the first is {}",
                    observation.identity()
                )
            });
        } else {
            conflicts += 1;
            conflict.get_or_insert((known, index));
        }
    }
    if let Some((one, two)) = conflict {
        let (one, two) = (&observations[one], &observations[two]);
        return Err(Error::Conflict {
            first: spot(one),
            second: spot(two),
            what: two.identity().to_string(),
            values: (one.text.to_string(), two.text.to_string()),
            count: conflicts,
            unused: unused.to_vec(),
        });
    }
    let mut index = 0;
    let mut kept = observations;
    kept.retain(|_| {
        index += 1;
        !repeated.contains(&(index - 1))
    });
    Ok((kept, log.into_flags()))
}

/// Everything that is accepted and worth knowing.
pub(crate) fn remarks(observations: &[Observation]) -> Vec<Flag> {
    let mut log = Log::default();
    unit_jumps(observations, &mut log);
    percent_below_one(observations, &mut log);
    unit_of_sexes(observations, &mut log);
    totals(observations, &mut log);
    ages(observations, &mut log);
    log.into_flags()
}

fn unit_jumps(observations: &[Observation], log: &mut Log) {
    let like = |a: &&Observation, b: &&Observation| same_series(a, b).then(a.sex.cmp(&b.sex));
    let above_zero = |o: &&Observation| o.value.is_some_and(|v| v > 0.0);
    let mut points: Vec<&Observation> = observations.iter().filter(above_zero).collect();
    points.sort_by(|a, b| like(a, b).then(a.year.cmp(&b.year)));
    for pair in points.windows(2).filter(|pair| like(&pair[0], &pair[1]).is_eq()) {
        let (earlier, later) = (pair[0], pair[1]);
        let Some((before, after)) = earlier.value.zip(later.value) else { continue };
        let (low, high) = (before.min(after), before.max(after));
        let is_share = later.unit.is_share();
        let factors: &[f64] = if is_share { &[100.0] } else { &[1e3, 1e6] };
        let jump = factors.iter().find(|factor| is_about(high / low, **factor));
        if let Some(factor) = jump.filter(|_| !is_share || high >= SMALL) {
            log.note("unit_jump", &later.indicator, seen(later), || {
                format!(
                    "{}: values of one series that are about {factor} times as large in one period as in the one next to it, first {} from {} to {}; look whether the unit changed",
                    later.indicator, later.ref_area, earlier.year, later.year
                )
            });
        }
    }
}

/// A ratio is near to a factor between units.
fn is_about(ratio: f64, factor: f64) -> bool {
    ratio < factor * NEAR && ratio > factor / NEAR
}

/// Women and men of one figure do not differ a hundredfold, unless one of them is in another unit.
fn unit_of_sexes(observations: &[Observation], log: &mut Log) {
    for group in by_sex(observations) {
        let BySex { women: Some(women), men: Some(men), .. } = group else { continue };
        let (Some(f), Some(m)) = (women.value, men.value) else { continue };
        let (low, high) = (f.min(m), f.max(m));
        let is_share = women.unit.is_share() && men.unit.is_share();
        if is_share && low > 0.0 && high >= SMALL && is_about(high / low, 100.0) {
            log.note("unit_of_sexes", &women.indicator, seen(women), || {
                format!(
                    "{}: values of women and men of which one is about 100 times the other, first {} {}: {} and {}; look whether one is a fraction",
                    women.indicator, women.ref_area, women.time_period, women.text, men.text
                )
            });
        }
    }
}

fn percent_below_one(observations: &[Observation], log: &mut Log) {
    let mut largest: BTreeMap<&str, (usize, f64, &Observation)> = BTreeMap::new();
    for o in observations.iter().filter(|o| o.unit == Unit::Percent) {
        let Some(value) = o.value else { continue };
        let entry = largest.entry(&o.indicator).or_insert((0, value, o));
        entry.0 += 1;
        if value > entry.1 {
            (entry.1, entry.2) = (value, o);
        }
    }
    for (indicator, (n, max, o)) in largest {
        let is_small = if n < FEW { max < 0.01 } else { max <= 0.01 };
        if n > 1 && is_small && max > 0.0 {
            log.note("percent_below_one", indicator, seen(o), || {
                format!("{indicator}: none of {n} percentages is above 1; look whether they are fractions")
            });
        }
    }
}

fn totals(observations: &[Observation], log: &mut Log) {
    for group in by_sex(observations) {
        let BySex { women: Some(women), men: Some(men), total: Some(total) } = group else {
            continue;
        };
        let (Some(f), Some(m), Some(t)) = (women.value, men.value, total.value) else { continue };
        let outside = match &total.unit {
            Unit::Percent | Unit::Per100 | Unit::Fraction => {
                t < f.min(m) - TOTAL_SLACK || t > f.max(m) + TOTAL_SLACK
            }
            Unit::Other(unit) if matches!(&**unit, "number" | "persons") => {
                t < f + m || t > (f + m) * (1.0 + OTHERS)
            }
            Unit::Points | Unit::Other(_) => false,
        };
        if outside {
            // As they stand there, or in the unit of the total.
            let text = |own: &Observation, value: f64| match own.unit == total.unit {
                true => own.text.to_string(),
                false => number::shifted(value, -total.unit.shift())
                    .map_or_else(|| own.text.to_string(), |value| value.to_string()),
            };
            log.note("total_outside_sexes", &total.indicator, seen(total), || {
                format!(
                    "{}: totals that women and men do not give, first {} {}: {} with {} women and {} men",
                    total.indicator,
                    total.ref_area,
                    total.time_period,
                    total.text,
                    text(women, f),
                    text(men, m)
                )
            });
        }
    }
}

/// Countries compared over different ages are not compared alike.
fn ages(observations: &[Observation], log: &mut Log) {
    let mut found: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    let mut first: BTreeMap<&str, &Observation> = BTreeMap::new();
    for o in observations.iter().filter(|o| o.area_kind == AreaKind::Country && o.value.is_some()) {
        found.entry(&o.indicator).or_default().entry(&o.age).or_default().insert(&o.ref_area);
        first.entry(&o.indicator).or_insert(o);
    }
    for (indicator, ages) in found {
        let all: BTreeSet<&str> = ages.values().flatten().copied().collect();
        if ages.len() < 2 || ages.values().any(|areas| *areas == all) {
            continue;
        }
        let mut by_size: Vec<(&str, usize)> = ages.iter().map(|(a, s)| (*a, s.len())).collect();
        by_size.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let listed: Vec<String> = by_size.iter().map(|(age, n)| format!("{age} ({n})")).collect();
        log.note("ages_differ", indicator, seen(first[indicator]), || {
            format!(
                "{indicator}: no age range is that of all {} countries, by number of countries {}",
                all.len(),
                listed.join(", ")
            )
        });
    }
}
