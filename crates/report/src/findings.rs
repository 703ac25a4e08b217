//! Findings: sentences that the intervals support, made from figures that may be shown.
//!
//! A difference is said to be one only where the interval of the gap leaves zero out. Withheld
//! figures and figures of low reliability take no part, not even in the number of groups; nor does a
//! gap beside a share of exactly 0 or 1, whose interval says nothing. What is said of several groups
//! at once, counts and the largest gap, rests on tests adjusted for their number (`multiple`).

use crate::cells::unsupported;
use crate::lookup::{Group, Lookup};
use crate::numbers::Printed;
use crate::{IndicatorInfo, Quantity, SurveyInfo, comparisons, multiple, words};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_registry::{Concept, Direction, IndicatorKind};

/// At most this many sentences.
const MOST: usize = 5;

/// The findings of the first page: each indicator's own, and for the first the breakdown of the
/// first chart or table.
pub(crate) fn findings(lookup: &Lookup<'_>) -> Vec<String> {
    let mut first = Vec::new();
    let mut second = Vec::new();
    let mut changes = Vec::new();
    let worldwide = crate::world::findings(lookup);
    for info in &lookup.input.indicators {
        let id = &info.indicator.id;
        if let Some(sentence) = across_areas(lookup, info) {
            first.push(sentence);
        } else {
            first.extend(
                lookup
                    .input
                    .surveys
                    .iter()
                    .filter_map(|s| overall(lookup, info, s, &lookup.place_of(s, Some(info)))),
            );
        }
        changes.extend(comparisons::findings(lookup, info));
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
    // A study of rounds asks what changed: that comes first, and one more such sentence before the other
    // surveys' own. Else the first indicator's overall figure and its breakdowns, then the others'.
    let mut out: Vec<String> = Vec::new();
    let lead = lookup.input.indicators.first().map(|info| info.indicator.id.clone());
    let mut own = second.iter().filter(|(id, _)| Some(id) == lead.as_ref()).map(|(_, s)| s);
    out.extend(changes.iter().take(1).cloned());
    out.extend(first.first().cloned());
    out.extend(own.by_ref().take(1).cloned());
    out.extend(worldwide);
    out.extend(changes.iter().skip(1).take(1).cloned());
    out.extend(first.iter().skip(1).cloned());
    out.extend(own.cloned());
    out.extend(second.iter().filter(|(id, _)| Some(id) != lead.as_ref()).map(|(_, s)| s.clone()));
    out.extend(changes.into_iter().skip(2));
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

/// ` (Brazil, 2015)`, or nothing.
fn in_brackets(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!(" ({place})") }
}

/// `58.3% of women and 60.9% of men use the Internet (Brazil, 2015): women are behind by …`; of one
/// level where there is no second one to compare it with.
pub(crate) fn overall(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    survey: &SurveyInfo,
    place: &str,
) -> Option<String> {
    if let Some(level) = lookup.single(info, &[(survey, Group::new())]) {
        return level_of(lookup, info, survey, level, place);
    }
    let indicator = &info.indicator;
    let find = |q| reliable(lookup.row(survey, &indicator.id, &Group::new(), q));
    let (women, men) = (find(Quantity::Women)?, find(Quantity::Men)?);
    let text = |(row, shown): (&Row, &Shown)| level_text(lookup, info, row, shown);
    let place = in_brackets(place);
    let start = if crate::heads::is_share(indicator) {
        format!("{} of women and {} of men {}{place}", text(women), text(men), indicator.statement)
    } else {
        format!("{}{place}: women {}, men {}", indicator.name, text(women), text(men))
    };
    // A study that asks for no gap gets no statement about one.
    let Some(gap) = find(Quantity::Gap) else {
        return Some(format!("{start}."));
    };
    if unsupported(gap.0) {
        let one = [women, men].into_iter().find(|(_, level)| level.value <= 0.0);
        let share = if one.is_some() { "0" } else { "100" };
        return Some(format!(
            "{start}: with a rate of {share}% no interval supports a difference."
        ));
    }
    // Without an interval nothing says what the gap means.
    if gap.1.interval.is_none() {
        return Some(format!("{start}."));
    }
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

/// `22.2% (18.9–25.8) of women have a television (Brazil, 2015).`
pub(crate) fn level_of(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    survey: &SurveyInfo,
    level: Quantity,
    place: &str,
) -> Option<String> {
    let indicator = &info.indicator;
    let (row, shown) = reliable(lookup.row(survey, &indicator.id, &Group::new(), level))?;
    let printed = Printed::of(row.key.measure, row.unit, lookup.input.style);
    let interval = shown.interval.map(|i| format!(" ({})", printed.interval(&i)));
    let value = format!("{}{}", level_text(lookup, info, row, shown), interval.unwrap_or_default());
    let universe = words::small(&indicator.universe_text);
    let place = in_brackets(place);
    if indicator.kind == IndicatorKind::ShareOfWomen {
        let interval = shown.interval?;
        let side = match (interval.lower > 0.5, interval.upper < 0.5) {
            (true, _) => ", more than half",
            (_, true) => ", less than half",
            _ => "",
        };
        return Some(format!("{value} of {universe} are women{side}{place}."));
    }
    let sex = match level {
        Quantity::Women => Some("women"),
        Quantity::Men => Some("men"),
        _ => None,
    };
    Some(match (crate::heads::is_share(indicator), sex) {
        (true, sex) => {
            format!("{value} of {} {}{place}.", sex.unwrap_or(&universe), indicator.statement)
        }
        (false, Some(sex)) => format!("{}, {sex}{place}: {value}.", indicator.name),
        (false, None) => format!("{}{place}: {value}.", indicator.name),
    })
}

/// The infinitive of a statement: `use the Internet`, `be online`.
fn infinitive(statement: &str) -> String {
    match statement.strip_prefix("are ") {
        Some(rest) => format!("be {rest}"),
        None => statement.to_string(),
    }
}

/// Label and gap of a group.
type Gap<'a> = (String, &'a Row, &'a Shown);

/// Women against men over groups; `shown` are the groups whose gap is printed, `number` is how many
/// there are. Only groups of which something may be said are counted, but the largest gap is called
/// that only if no printed one is larger.
fn over_groups(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    shown: &[Gap<'_>],
    number: usize,
    noun: &Noun,
    place: &str,
) -> Option<String> {
    let indicator = &info.indicator;
    let groups: Vec<&Gap<'_>> =
        shown.iter().filter(|(_, row, shown)| !shown.unreliable && !unsupported(row)).collect();
    let left_out = groups.len() < number;
    if groups.len() < 2 {
        return None;
    }
    let verb = infinitive(&indicator.statement);
    let level = lookup.input.estimation.level;
    let sides = multiple::behind(&tested(&groups), level);
    let behind_by = |sign: i8| {
        let own = groups.iter().zip(&sides).filter(move |(_, side)| **side == sign);
        own.map(|(group, _)| *group).collect::<Vec<_>>()
    };
    let (women, men) = (behind_by(1), behind_by(-1));
    let total = groups.len();
    // A share of the whole indicator reads as likelihood; a number does not.
    let share = crate::heads::is_share(indicator);
    let less = if indicator.direction == Direction::Lower { "more" } else { "less" };
    let sentence = |who: &str, than: &str, n: usize| {
        let among = match (left_out, n == total) {
            (true, _) => format!("{n} of the {total} {} with reliable figures", noun.many),
            (false, true) if total == 2 => format!("both {}", noun.many),
            (false, true) => format!("all {total} {}", noun.many),
            (false, false) => format!("{n} of {total} {}", noun.many),
        };
        if share {
            format!("{} are {less} likely than {than} to {verb} in {among}", words::capital(who))
        } else {
            format!("{}: {who} are behind {than} in {among}", indicator.name)
        }
    };
    let place = in_brackets(place);
    let size = |g: &Gap<'_>| g.2.value.abs();
    let found = women.iter().chain(&men).copied();
    let Some(largest) = found.max_by(|a, b| size(a).total_cmp(&size(b))) else {
        let reliable = if left_out { " with reliable figures" } else { "" };
        let among = match (groups.as_slice(), &noun.adjective_of) {
            ([(a, ..), (b, ..)], Some(word)) => {
                format!("{} or {} {word}", words::small(a), words::small(b))
            }
            ([_, _], None) => format!("either of the two {}{reliable}", noun.many),
            _ => format!("any of the {total} {}{reliable}", noun.many),
        };
        let alone = groups.iter().filter(|g| behind(g.2) != 0).count();
        if alone > 0 {
            let of = if left_out { "of the" } else { "of" };
            return Some(format!(
                "{}: single intervals leave equality out in {alone} {of} {total} {}{reliable}{place}, but tests \
                 adjusted for looking at all {total} support none of these gaps.",
                indicator.name, noun.many
            ));
        }
        return Some(format!(
            "{}: the intervals support no difference between women and men in {among}{place}.",
            indicator.name
        ));
    };
    let (label, row, gap) = largest;
    let label = noun.of(label);
    let sign = gap.value.signum();
    let by = gap_text(lookup, info, row, gap, sign);
    let start = match women.len() {
        0 => sentence("men", "women", men.len()),
        n => sentence("women", "men", n),
    };
    // Gaps that the intervals do not support are printed as well, and may be larger.
    let of_all = shown.iter().all(|other| size(other) <= size(largest));
    // All that the sentence speaks of: all groups, or those whose gap an interval supports.
    let rivals: Vec<&Gap<'_>> = match of_all && (women.is_empty() || men.is_empty()) {
        true => groups.clone(),
        false => women.iter().chain(&men).copied().collect(),
    };
    let told_apart = rivals
        .iter()
        .position(|other| std::ptr::eq(*other, largest))
        .is_some_and(|at| multiple::is_largest(&tested(&rivals), at, level));
    if !told_apart && women.len() + men.len() > 1 {
        let which = "the intervals do not tell which";
        if !women.is_empty() && !men.is_empty() {
            let others = men.len();
            return Some(format!(
                "{start}, and men in {others}{place}; {which} of these gaps is largest."
            ));
        }
        let run = range(lookup, info, &women, &men);
        // Groups of which no difference is said may have smaller gaps, or larger ones.
        let these = if women.len() + men.len() == shown.len() { "the" } else { "these" };
        return Some(format!("{start}{place}; {these} gaps run {run}, and {which} is largest."));
    }
    Some(match (women.len(), men.len()) {
        (1, 0) | (0, 1) => format!("{start}{place}: {label}, {by}."),
        (0, _) if of_all => format!("{start}{place}; men are behind most in {label}, {by}."),
        (_, 0) if of_all => format!("{start}{place}; the gap is largest in {label}, {by}."),
        (_, 0) | (0, _) => {
            format!("{start}{place}; the largest of these gaps is in {label}, {by}.")
        }
        (_, others) => {
            let who = if sign > 0.0 { "women" } else { "men" };
            format!(
                "{start}, and men in {others}{place}; the largest of these gaps is in {label}, \
                 where {who} are behind by {by}."
            )
        }
    })
}

/// Gaps as they are tested.
fn tested<'a>(groups: &[&Gap<'a>]) -> Vec<(&'a Row, &'a Shown)> {
    groups.iter().map(|group| (group.1, group.2)).collect()
}

/// `from 7.2 to 10.8 points`, of gaps on one side.
fn range(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    women: &[&Gap<'_>],
    men: &[&Gap<'_>],
) -> String {
    let found: Vec<&Gap<'_>> = women.iter().chain(men).copied().collect();
    let size = |gap: &&Gap<'_>| gap.2.value.abs();
    let text = |gap: &Gap<'_>| {
        Printed::of(gap.1.key.measure, gap.1.unit, lookup.input.style).text(gap.2.value.abs())
    };
    let unit = if crate::heads::is_share(&info.indicator) {
        "points"
    } else {
        info.indicator.unit.as_str()
    };
    let least = found.iter().copied().min_by(|a, b| size(a).total_cmp(&size(b))).map(text);
    let most = found.iter().copied().max_by(|a, b| size(a).total_cmp(&size(b))).map(text);
    match (least, most) {
        (Some(least), Some(most)) if least != most => format!("from {least} to {most} {unit}"),
        (_, most) => format!("to {} {unit}", most.unwrap_or_default()),
    }
}

/// What groups are called.
struct Noun {
    /// `age groups`, `urban and rural areas`, `groups by disability`.
    many: String,
    /// Names of codes are adjectives of this word: `areas` of Urban.
    adjective_of: Option<String>,
}

impl Noun {
    /// A group inside a sentence: `rural areas`, `Adults, 25–64 years`.
    fn of(&self, label: &str) -> String {
        match &self.adjective_of {
            Some(word) if self.many.split(' ').any(|w| w == words::small(label)) => {
                format!("{} {word}", words::small(label))
            }
            _ => label.to_string(),
        }
    }
}

fn groups_of(concepts: &[&Concept]) -> Noun {
    let countable = ["group", "quintile", "quartile", "decile", "region", "area", "province"];
    let names: Vec<String> = concepts.iter().map(|c| words::small(&c.name)).collect();
    match names.as_slice() {
        [name] if countable.iter().any(|word| name.ends_with(word)) => {
            // `Urban or rural area` names its codes.
            let word = name.rsplit(' ').next().filter(|_| name.contains(" or "));
            Noun {
                many: format!("{}s", name.replace(" or ", " and ")),
                adjective_of: word.map(|word| format!("{word}s")),
            }
        }
        _ => Noun { many: format!("groups by {}", words::list(&names)), adjective_of: None },
    }
}

/// The gap of a group, if it is printed.
fn gap_of<'a>(
    lookup: &Lookup<'a>,
    info: &IndicatorInfo,
    survey: &SurveyInfo,
    group: &Group,
    label: String,
) -> Option<Gap<'a>> {
    let row = lookup.row(survey, &info.indicator.id, group, Quantity::Gap)?;
    match &row.cell {
        Cell::Shown(shown) => Some((label, row, shown)),
        Cell::Withheld | Cell::Missing(_) => None,
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
        .filter_map(|(label, group)| gap_of(lookup, info, survey, &group, label))
        .collect();
    let place = if with_place { lookup.place_of(survey, Some(info)) } else { String::new() };
    over_groups(lookup, info, &groups, number, &groups_of(&concepts), &place)
}

/// The finding over the areas of several surveys, if there are at least three.
pub(crate) fn across_areas(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Option<String> {
    let surveys: Vec<&SurveyInfo> = lookup.input.surveys.iter().filter(|s| !s.pooled).collect();
    let areas: std::collections::BTreeSet<&str> =
        surveys.iter().map(|s| s.ref_area.as_str()).collect();
    if areas.len() < 3 || areas.len() != surveys.len() {
        return None;
    }
    let one_period = surveys.windows(2).all(|pair| pair[0].time_period == pair[1].time_period);
    let groups: Vec<_> = surveys
        .into_iter()
        .filter_map(|survey| {
            let label = if one_period {
                survey.area_name.clone()
            } else {
                lookup.place_of(survey, Some(info))
            };
            gap_of(lookup, info, survey, &Group::new(), label)
        })
        .collect();
    let noun = Noun { many: "areas".into(), adjective_of: None };
    over_groups(lookup, info, &groups, areas.len(), &noun, "")
}
