//! Findings: sentences that the intervals support, made from figures that may be shown.
//!
//! A difference is said to be one only where the interval of the gap leaves zero out. Withheld
//! figures and figures of low reliability take no part, not even in the number of groups.

use crate::lookup::{Group, Lookup};
use crate::numbers::Printed;
use crate::{IndicatorInfo, Quantity, SurveyInfo, words};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_registry::{Concept, Direction, IndicatorKind};

/// At most this many sentences.
const MOST: usize = 5;

/// The findings of the first page: each indicator's own, and for the first the breakdown of the
/// first chart or table.
pub(crate) fn findings(lookup: &Lookup<'_>) -> Vec<String> {
    let mut first = Vec::new();
    let mut second = Vec::new();
    for info in &lookup.input.indicators {
        let id = &info.indicator.id;
        if let Some(sentence) = across_areas(lookup, info) {
            first.push(sentence);
        } else {
            first.extend(lookup.input.surveys.iter().filter_map(|s| overall(lookup, info, s)));
        }
        let charts = lookup.input.charts.iter().filter(|c| c.indicator == *id);
        let tables = lookup.input.tables.iter().filter(|t| t.indicator == *id);
        let mut entries: Vec<&str> = charts.filter_map(|c| c.rows.as_deref()).collect();
        entries.extend(tables.flat_map(|t| t.rows.iter().map(String::as_str)));
        let mut seen: Vec<&str> = Vec::new();
        for entry in entries {
            if seen.contains(&entry) {
                continue;
            }
            seen.push(entry);
            for survey in &lookup.input.surveys {
                second
                    .extend(breakdown(lookup, info, survey, entry, true).map(|s| (id.clone(), s)));
            }
        }
    }
    // The first indicator's overall figure and its breakdowns, then the others' overall figures.
    let mut out: Vec<String> = Vec::new();
    let lead = lookup.input.indicators.first().map(|info| info.indicator.id.clone());
    let mut own = second.iter().filter(|(id, _)| Some(id) == lead.as_ref()).map(|(_, s)| s);
    out.extend(first.first().cloned());
    out.extend(own.by_ref().take(1).cloned());
    out.extend(first.iter().skip(1).cloned());
    out.extend(own.cloned());
    out.extend(second.iter().filter(|(id, _)| Some(id) != lead.as_ref()).map(|(_, s)| s.clone()));
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|sentence| seen.insert(sentence.clone()));
    out.truncate(MOST);
    out
}

fn reliable(row: Option<&Row>) -> Option<(&Row, &Shown)> {
    match row.map(|row| (row, &row.cell)) {
        Some((row, Cell::Shown(shown))) if !shown.unreliable => Some((row, shown)),
        _ => None,
    }
}

fn level_text(lookup: &Lookup<'_>, info: &IndicatorInfo, row: &Row, shown: &Shown) -> String {
    let text = Printed::of(row.key.measure, row.unit, lookup.input.style).text(shown.value);
    if crate::heads::is_share(&info.indicator) {
        format!("{text}%")
    } else {
        format!("{text} {}", info.indicator.unit)
    }
}

/// `12.4 points (8.1–16.7)`, without the sign: the sentence says who is behind.
pub(crate) fn gap_text(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    row: &Row,
    shown: &Shown,
    sign: f64,
) -> String {
    let printed = Printed::of(row.key.measure, row.unit, lookup.input.style);
    let unit = if crate::heads::is_share(&info.indicator) {
        "points".to_string()
    } else {
        info.indicator.unit.clone()
    };
    let interval = shown.interval.map(|mut i| {
        if sign < 0.0 {
            (i.lower, i.upper) = (-i.upper, -i.lower);
        }
        printed.interval(&i)
    });
    let value = printed.text(sign * shown.value);
    match interval {
        Some(interval) => format!("{value} {unit} ({interval})"),
        None => format!("{value} {unit}"),
    }
}

/// Who is behind by more than the interval: 1 women, −1 men, 0 nobody.
fn behind(shown: &Shown) -> i8 {
    match shown.interval {
        Some(i) if i.lower > 0.0 => 1,
        Some(i) if i.upper < 0.0 => -1,
        _ => 0,
    }
}

/// `58.3% of women and 60.9% of men use the Internet in Brazil, 2015: women are behind by …`.
pub(crate) fn overall(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    survey: &SurveyInfo,
) -> Option<String> {
    let indicator = &info.indicator;
    let find = |q| reliable(lookup.row(survey, &indicator.id, &Group::new(), q));
    let place = survey.place();
    match indicator.kind {
        IndicatorKind::Rate => {
            let (women, men) = (find(Quantity::Women)?, find(Quantity::Men)?);
            let gap = find(Quantity::Gap)?;
            let text = |(row, shown): (&Row, &Shown)| level_text(lookup, info, row, shown);
            let start = if crate::heads::is_share(indicator) {
                format!(
                    "{} of women and {} of men {} ({place})",
                    text(women),
                    text(men),
                    indicator.statement
                )
            } else {
                format!("{} ({place}): women {}, men {}", indicator.name, text(women), text(men))
            };
            let end = match behind(gap.1) {
                1 => format!("women are behind by {}", gap_text(lookup, info, gap.0, gap.1, 1.0)),
                -1 => format!("men are behind by {}", gap_text(lookup, info, gap.0, gap.1, -1.0)),
                _ => format!(
                    "no difference that the interval supports, {}",
                    gap_text(lookup, info, gap.0, gap.1, 1.0)
                ),
            };
            Some(format!("{start}: {end}."))
        }
        IndicatorKind::ShareOfWomen => {
            let (row, shown) = find(Quantity::Total)?;
            let printed = Printed::of(row.key.measure, row.unit, lookup.input.style);
            let interval = shown.interval?;
            let side = match (interval.lower > 0.5, interval.upper < 0.5) {
                (true, _) => ", more than half",
                (_, true) => ", less than half",
                _ => "",
            };
            Some(format!(
                "{}% ({}) of {} are women{side} ({place}).",
                printed.text(shown.value),
                printed.interval(&interval),
                words::small(&indicator.universe_text)
            ))
        }
        IndicatorKind::Unsexed => {
            let (row, shown) = find(Quantity::Total)?;
            let printed = Printed::of(row.key.measure, row.unit, lookup.input.style);
            let interval = shown.interval.map(|i| format!(" ({})", printed.interval(&i)));
            let interval = interval.unwrap_or_default();
            let value = level_text(lookup, info, row, shown);
            Some(if crate::heads::is_share(indicator) {
                let of = words::small(&indicator.universe_text);
                format!("{value}{interval} of {of} {} ({place}).", indicator.statement)
            } else {
                format!("{} ({place}): {value}{interval}.", indicator.name)
            })
        }
    }
}

/// The infinitive of a statement: `use the Internet`, `be online`.
fn infinitive(statement: &str) -> String {
    match statement.strip_prefix("are ") {
        Some(rest) => format!("be {rest}"),
        None => statement.to_string(),
    }
}

/// Women against men over groups; `groups` are label and gap row. `left_out` if there are further
/// groups of which nothing may be said here.
fn over_groups(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    groups: &[(String, &Row, &Shown)],
    noun: &str,
    left_out: bool,
    place: &str,
) -> Option<String> {
    let indicator = &info.indicator;
    if groups.len() < 2 {
        return None;
    }
    let verb = infinitive(&indicator.statement);
    let (women, men): (Vec<_>, Vec<_>) = (
        groups.iter().filter(|g| behind(g.2) == 1).collect(),
        groups.iter().filter(|g| behind(g.2) == -1).collect(),
    );
    let total = groups.len();
    // A share of the whole indicator reads as likelihood; a number does not.
    let share = crate::heads::is_share(indicator);
    let less = if indicator.direction == Direction::Lower { "more" } else { "less" };
    let sentence = |who: &str, than: &str, n: usize| {
        let among = match (left_out, n == total) {
            (true, _) => format!("{n} of the {total} {noun} with reliable figures"),
            (false, true) if total == 2 => format!("both {noun}"),
            (false, true) => format!("all {total} {noun}"),
            (false, false) => format!("{n} of {total} {noun}"),
        };
        if share {
            format!("{} are {less} likely than {than} to {verb} in {among}", words::capital(who))
        } else {
            format!("{}: {who} are behind {than} in {among}", indicator.name)
        }
    };
    let largest = |side: &[&(String, &Row, &Shown)], sign: f64| {
        side.iter().max_by(|a, b| (sign * a.2.value).total_cmp(&(sign * b.2.value))).map(
            |(label, row, shown)| format!("{label}, {}", gap_text(lookup, info, row, shown, sign)),
        )
    };
    let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
    match (women.len(), men.len()) {
        (0, 0) => Some(format!(
            "{}: the intervals support no difference between women and men in any of {total} \
             {noun}{place}.",
            indicator.name
        )),
        (0, n) => {
            let largest = largest(&men, -1.0)?;
            let start = sentence("men", "women", n);
            Some(match n {
                1 => format!("{start}{place}: {largest}."),
                _ => format!("{start}{place}; men are behind most in {largest}."),
            })
        }
        (n, others) => {
            let largest = largest(&women, 1.0)?;
            let start = sentence("women", "men", n);
            let also = if others > 0 { format!(", and men in {others}") } else { String::new() };
            Some(match (n, others) {
                (1, 0) => format!("{start}{place}: {largest}."),
                _ => format!("{start}{also}{place}; the gap is largest in {largest}."),
            })
        }
    }
}

/// `age groups`, `groups by urbanisation`.
fn groups_of(concepts: &[&Concept]) -> String {
    let countable = ["group", "quintile", "quartile", "decile", "region", "area", "province"];
    let names: Vec<String> = concepts.iter().map(|c| words::small(&c.name)).collect();
    match names.as_slice() {
        [name] if countable.iter().any(|word| name.ends_with(word)) => format!("{name}s"),
        _ => format!("groups by {}", words::list(&names)),
    }
}

/// The finding of a breakdown of one survey.
pub(crate) fn breakdown<'a>(
    lookup: &Lookup<'a>,
    info: &IndicatorInfo,
    survey: &'a SurveyInfo,
    entry: &str,
    with_place: bool,
) -> Option<String> {
    let concepts: Vec<&Concept> = lookup.concepts(entry, "").ok()?;
    if concepts.is_empty() {
        return None;
    }
    let all = lookup.groups(survey, &info.indicator.id, &concepts);
    let number = all.len();
    let groups: Vec<_> = all
        .into_iter()
        .filter_map(|(label, group)| {
            let row = lookup.row(survey, &info.indicator.id, &group, Quantity::Gap);
            reliable(row).map(|(row, shown)| (label, row, shown))
        })
        .collect();
    let place = if with_place { survey.place() } else { String::new() };
    over_groups(lookup, info, &groups, &groups_of(&concepts), groups.len() < number, &place)
}

/// The finding over the areas of several surveys, if there are at least three.
pub(crate) fn across_areas(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Option<String> {
    let areas: std::collections::BTreeSet<&str> =
        lookup.input.surveys.iter().map(|s| s.ref_area.as_str()).collect();
    if areas.len() < 3 || areas.len() != lookup.input.surveys.len() {
        return None;
    }
    let one_period =
        lookup.input.surveys.windows(2).all(|pair| pair[0].time_period == pair[1].time_period);
    let groups: Vec<_> = lookup
        .input
        .surveys
        .iter()
        .filter_map(|survey| {
            let row = lookup.row(survey, &info.indicator.id, &Group::new(), Quantity::Gap);
            let label = if one_period { survey.area_name.clone() } else { survey.place() };
            reliable(row).map(|(row, shown)| (label, row, shown))
        })
        .collect();
    over_groups(lookup, info, &groups, "areas", groups.len() < areas.len(), "")
}
