//! What a worldwide annex shows beside its rows, in words.

use super::{
    About, Availability, AvailabilityRow, GroupFigure, World, availability, progress, verdicts,
};
use crate::choices;
use crate::languages::NameOrder;
use crate::plan::Prepared;
use crate::plan::world::World as Planned;
use crate::study::Chart;
use crate::walk::Walked;
use inclusion_disclosure::Cell;
use inclusion_estimate::{Measure, SeriesKey, round_half_away};
use inclusion_language::{Language, collation_key};
use inclusion_measures::aggregate::CoverageRule;
use inclusion_measures::progress::Rule;
use inclusion_registry::{Areas, Indicator, Style};
use inclusion_report::charts::{FanYear, Outlined};
use inclusion_report::{
    AvailabilityCell, AvailabilityLine, GroupCell, GroupLine, TimeLine, TimeYear, WorldChart,
    WorldIndicator, WorldInput, WorldLine,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The worldwide part of an annex, its countries in the order of a language; none where the study has no
/// published figures.
pub(crate) fn input(
    prepared: &Prepared,
    walked: &Walked,
    language: Language,
) -> Option<WorldInput> {
    let planned = prepared.world.as_ref()?;
    let order = &NameOrder::new(prepared, language);
    let world = &walked.world;
    let newest = match planned.window {
        1 => "Each country with its figures of that year".to_string(),
        n => format!("Each country with its newest figures of the {n} years up to that one"),
    };
    let rule = match planned.rule {
        CoverageRule::None => {
            format!("{newest}; any share of the population makes a figure of a group.")
        }
        rule => format!("{newest}; a group needs {}.", rule.name()),
    };
    let judged = progress::of_study(prepared, &walked.publishable, world);
    let mut indicators = Vec::new();
    for indicator in &prepared.indicators {
        let Some(year) = world.years.get(&indicator.id).copied() else { continue };
        let mut own: Vec<&progress::AreaProgress> =
            judged.iter().filter(|judged| judged.indicator == indicator.id).collect();
        own.sort_by_cached_key(|judged| order.key(&judged.name));
        let (rules, lines, mut without) = verdicts::lines(&own);
        if rules.iter().any(|rule| rule == Rule::ParityRatio.name()) {
            without.push(thresholds_of_parity(prepared, indicator, planned.base_year));
        }
        indicators.push(WorldIndicator {
            indicator: indicator.id.clone(),
            year,
            notes: general(walked, &indicator.id, &rule),
            groups: groups(prepared, world, &indicator.id, year),
            countries: countries(prepared, walked, indicator, year, order),
            rules,
            goal: goal(indicator, planned, &walked.world),
            progress: lines,
            without,
            over_time: over_time(prepared, walked, indicator, &own),
            target: progress::target(indicator, planned.base_year)
                .map(|target| (target.year as i32, target.value)),
            outlined: outlined(planned, year),
            charts: charts(prepared, &indicator.id),
            charts_named: !named(prepared).is_empty(),
        });
    }
    let shown: BTreeSet<&str> = indicators.iter().map(|i| i.indicator.as_str()).collect();
    let mut rows = availability::of_study(prepared, &walked.publishable, world);
    rows.sort_by_cached_key(|row| order.key(&row.name));
    let kept: Vec<usize> = prepared
        .indicators
        .iter()
        .enumerate()
        .filter(|(_, indicator)| shown.contains(indicator.id.as_str()))
        .map(|(at, _)| at)
        .collect();
    let recent: Vec<Option<i32>> =
        indicators.iter().map(|i| Some(i.year - planned.window + 1)).collect();
    let named = prepared.study.file.estimate.measures.as_deref();
    Some(WorldInput {
        measures: named.map_or_else(Vec::new, |named| choices::measures(Some(named))),
        availability: rows.iter().map(|row| availability_line(row, &kept)).collect(),
        availability_of_groups: group_lines(prepared, world, &indicators),
        recent,
        unreliable: unreliable(world),
        indicators,
        source_line: source_line(prepared),
        sources: sources(prepared, world),
    })
}

/// The rates that their source calls unreliable.
fn unreliable(world: &World) -> BTreeSet<SeriesKey> {
    let marked = world.about.iter().filter(|(_, about)| about.is_marked("U"));
    marked.map(|(key, _)| key.clone()).collect()
}

/// What is parity and what the target in the rule about parity ratios.
fn thresholds_of_parity(prepared: &Prepared, indicator: &Indicator, base_year: i32) -> String {
    let (set, (lower, upper)) = progress::parity(prepared);
    let [lower, upper] = [lower, upper].map(|end| round_half_away(end, 2));
    format!(
        "Thresholds of parity ratios: {}. Parity is a ratio of {lower} to {upper}, and the target is a \
         deviation of {upper} in {}.",
        set.name,
        progress::target_of_parity(indicator, base_year).year
    )
}

/// The groups of the study's first grouping, with the members of a year.
fn outlined(planned: &Planned, year: i32) -> Vec<Outlined> {
    let grouping = planned.groupings.first();
    let groups = grouping.into_iter().flat_map(|of| of.groups.iter().map(move |group| (of, group)));
    let outlined = groups.map(|(of, group)| Outlined {
        label: group.name.clone(),
        areas: of.members(&group.id, year).iter().map(|area| area.id.clone()).collect(),
    });
    outlined.filter(|group| !group.areas.is_empty()).collect()
}

/// The charts that the study names; where it names none of published figures, those that are usual.
fn charts(prepared: &Prepared, indicator: &str) -> Vec<WorldChart> {
    let named = named(prepared);
    if named.is_empty() {
        return WorldChart::DEFAULT.to_vec();
    }
    let own = named.into_iter().filter(|(chart, _)| chart.indicator.get_ref() == indicator);
    own.map(|(_, kind)| kind).collect()
}

/// Charts of published figures; one with `rows` is of groups of a survey.
fn named(prepared: &Prepared) -> Vec<(&Chart, WorldChart)> {
    let charts = prepared.study.file.charts.iter().filter(|chart| chart.rows.is_none());
    charts.filter_map(|chart| Some((chart, chart.kind.of_world()?))).collect()
}

fn source_line(prepared: &Prepared) -> String {
    let series = prepared.world.iter().flat_map(|world| &world.series);
    let mut names: Vec<String> =
        series.map(|s| format!("{} ({})", s.recipe.name, s.recipe.producer)).collect();
    names.dedup();
    format!("Source: {}; groups of countries: own aggregation.", names.join("; "))
}

fn sources(prepared: &Prepared, world: &World) -> Vec<[String; 5]> {
    let Some(planned) = &prepared.world else { return Vec::new() };
    let mut rows = Vec::new();
    for (series, (_, files)) in planned.series.iter().zip(&world.sources) {
        let editions: BTreeSet<&str> = world
            .about
            .iter()
            .filter(|(key, _)| key.source == series.id)
            .filter_map(|(_, about)| about.edition.as_deref())
            .collect();
        let editions: Vec<&str> = editions.into_iter().collect();
        for file in files {
            rows.push([
                file.source.clone(),
                editions.join(", "),
                file.file.to_string(),
                file.sha256.clone(),
                file.observations.to_string(),
            ]);
        }
    }
    rows
}

/// `2019`, or `2015–2019`.
fn years(years: impl Iterator<Item = i32>) -> String {
    let all: BTreeSet<i32> = years.collect();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}

fn groups(prepared: &Prepared, world: &World, indicator: &str, year: i32) -> Vec<WorldLine> {
    let mut lines = Vec::new();
    let mut grouping = "";
    for group in world.aggregates.iter().filter(|group| group.indicator == indicator) {
        let heading = (group.grouping != grouping).then(|| heading(prepared, &group.grouping));
        grouping = &group.grouping;
        lines.push(group_line(prepared, group, heading, year));
    }
    lines
}

/// Where the members of a group's year come from another year's list.
fn memberships(prepared: &Prepared, group: &GroupFigure, year: i32) -> Option<String> {
    let grouping = prepared.registry.groupings.get(&group.grouping)?;
    let lists = grouping.lists_of(&group.group, year);
    let named: Vec<String> = lists.iter().map(i32::to_string).collect();
    let named = named.join(" and ");
    match lists.first()? {
        list if *list < year => {
            Some(format!("Members are those of the list of {named}, the newest here."))
        }
        _ => Some(format!(
            "Of some members or all it is not known since when they are; the list of {named} is carried back."
        )),
    }
}

fn group_line(
    prepared: &Prepared,
    group: &GroupFigure,
    heading: Option<String>,
    year: i32,
) -> WorldLine {
    let all = &group.coverage_of_all;
    let periods = group.diagnostics.iter().filter(|d| d.code == "earlier_period");
    let periods = periods.map(|d| d.message.to_string());
    WorldLine {
        heading,
        label: group.name.clone(),
        key: group.key.clone(),
        // Those of its rate of all, where there is none of women and men.
        years: years(group.vintages_of_all.iter().map(|vintage| vintage.year)),
        base: format!("{} of {}", group.coverage.countries, group.coverage.of),
        unknown: group.coverage.without_population.len(),
        natures: Vec::new(),
        statuses: Vec::new(),
        covered: group.coverage.women.zip(group.coverage.men),
        all: Some((all.countries, all.women.zip(all.men))),
        bounds: [None; 3],
        notes: memberships(prepared, group, year).into_iter().chain(periods).collect(),
        notes_of: Default::default(),
        quoted: false,
    }
}

/// What is true of the groups of an indicator, each once. Coverage and years stand in columns.
fn general(walked: &Walked, indicator: &str, rule: &str) -> Vec<String> {
    let world = &walked.world;
    let groups = || world.aggregates.iter().filter(|group| group.indicator == indicator);
    let has = |code: &str| groups().any(|group| group.diagnostics.iter().any(|d| d.code == code));
    let mut notes = vec![rule.to_string()];
    for code in ["weights_of_ages", "weights_of_all_ages", "population_carried"] {
        let found = groups().flat_map(|group| &group.diagnostics).find(|d| d.code == code);
        notes.extend(found.map(|d| d.message.to_string()));
    }
    let proxies = groups().flat_map(|group| &group.diagnostics).filter(|d| d.code == "proxy");
    let proxies: BTreeSet<&str> = proxies.map(|d| d.message.as_str()).collect();
    notes.extend(proxies.into_iter().map(|text| format!("Of some countries approximated: {text}")));
    let mut add = |code: &str, text: &str| {
        if has(code) {
            notes.push(text.to_string());
        }
    };
    add(
        "bases_differ",
        "Age ranges differ between countries; figures enter as they are published.",
    );
    add(
        "population_missing",
        "Areas without population by sex and age, mostly of fewer than 90,000 persons, are in no figure; shares covered are of the known population.",
    );
    let known = walked.publishable.rows().iter().any(|row| {
        let is_own = row.key.indicator == indicator && world.about.contains_key(&row.key);
        is_own && matches!(&row.cell, Cell::Shown(shown) if shown.se.is_some())
    });
    add(
        "se_unknown",
        match known {
            true => "A group has a standard error where all its countries have one.",
            false => "Published figures have no standard errors, so those of groups have none.",
        },
    );
    notes.push("Members of a group are those of the year of its figure, fiscal years for income groups; where they are of another year's list, a note of the row says so. Areas where nobody lives for good are not counted.".to_string());
    notes.push("The rate of all of a group is that of its women and men together, weighted with their numbers: of the same countries and years. Only where there is no figure of women and men is it of the countries that report a rate of all. The column “Rate of all” has the countries and the shares of women and of men that they cover.".to_string());
    notes
}

/// Countries with their newest figures of the window, by name: of both sexes, else of one, else of all.
fn countries(
    prepared: &Prepared,
    walked: &Walked,
    indicator: &Indicator,
    year: i32,
    order: &NameOrder,
) -> Vec<WorldLine> {
    let Some(planned) = &prepared.world else { return Vec::new() };
    // By country, year and source: how many of women and men there are.
    let mut found: BTreeMap<(&str, i32, usize), (usize, &SeriesKey)> = BTreeMap::new();
    for row in walked.publishable.rows() {
        let key = &row.key;
        if key.indicator != indicator.id || key.measure != Measure::Level {
            continue;
        }
        let (Cell::Shown(_), Some(about)) = (&row.cell, walked.world.about.get(key)) else {
            continue;
        };
        if about.year > year || about.year <= year - planned.window {
            continue;
        }
        let order = planned.series.iter().position(|s| key.source == s.id).unwrap_or(usize::MAX);
        let place = found.entry((&key.ref_area, about.year, order)).or_insert((0, key));
        place.0 += usize::from(key.sex().is_some());
    }
    let mut newest: BTreeMap<&str, (i32, &SeriesKey)> = BTreeMap::new();
    let mut best: BTreeMap<&str, (usize, i32, Reverse<usize>)> = BTreeMap::new();
    for ((area, year, order), (sexes, key)) in found {
        let rank = (sexes, year, Reverse(order));
        if best.get(area).is_none_or(|best| rank > *best) {
            best.insert(area, rank);
            newest.insert(area, (year, key));
        }
    }
    let mut lines: Vec<WorldLine> = newest
        .into_iter()
        .map(|(area, (year, key))| {
            let mut key = key.clone();
            key.breakdown.remove("sex");
            let of = |sex: Option<&'static str>| {
                let mut own = key.clone();
                if let Some(sex) = sex {
                    own.breakdown.insert("sex", sex);
                }
                walked.world.about.get(&own)
            };
            let of_all = [Some("F"), Some("M"), None].map(of);
            let known = || of_all.into_iter().flatten();
            // Of women, of men and of all: a mark of one is a mark of what is made of it.
            let said: Vec<Said> = known().map(|about| said(about, &prepared.style)).collect();
            // A note of all its figures is one of the row.
            let shared = |note: &&Arc<str>| known().all(|about| about.footnotes.contains(*note));
            let noted = |about: &About, of_row: bool| -> Vec<String> {
                let own = about.footnotes.iter().filter(|note| shared(note) == of_row);
                own.map(|note| note.to_string()).collect()
            };
            WorldLine {
                heading: None,
                label: name(area).to_string(),
                years: year.to_string(),
                base: known().next().map_or(String::new(), |about| ages(&about.age)),
                natures: distinct(said.iter().filter_map(|own| own.nature.clone())),
                statuses: distinct(said.iter().flat_map(|own| own.statuses.iter().cloned())),
                unknown: 0,
                covered: None,
                all: None,
                bounds: of_all.map(|about| about.and_then(|about| about.bounds)),
                notes: known().next().map_or_else(Vec::new, |about| noted(about, true)),
                notes_of: of_all
                    .map(|about| about.map_or_else(Vec::new, |about| noted(about, false))),
                quoted: known().flat_map(|about| about.quoted()).any(|note| !order.has(note)),
                key,
            }
        })
        .collect();
    lines.sort_by_cached_key(|line| order.key(&line.label));
    lines
}

/// Countries with figures of women and men in several years; of one year the study's first source counts.
/// Breaks are those of the rules of progress, in the figures of women or of men.
fn over_time(
    prepared: &Prepared,
    walked: &Walked,
    indicator: &Indicator,
    judged: &[&progress::AreaProgress],
) -> Vec<TimeLine> {
    let Some(planned) = &prepared.world else { return Vec::new() };
    let comparable =
        progress::comparability(prepared, &walked.publishable, &walked.world, indicator);
    let mut areas: BTreeMap<&str, BTreeMap<i32, SeriesKey>> = BTreeMap::new();
    for series in &planned.series {
        for row in walked.publishable.rows() {
            let key = &row.key;
            let own = key.source == series.id && key.indicator == indicator.id;
            if !own || key.measure != Measure::Level || key.sex() != Some("F") {
                continue;
            }
            let Some(about) = walked.world.about.get(key) else { continue };
            let mut men = key.clone();
            men.breakdown.insert("sex", "M");
            let mut all = key.clone();
            all.breakdown.remove("sex");
            let shown = |key| {
                walked.publishable.get(key).is_some_and(|row| matches!(row.cell, Cell::Shown(_)))
            };
            if shown(key) && shown(&men) {
                let years = areas.entry(&key.ref_area).or_default();
                years.entry(about.year).or_insert(all);
            }
        }
    }
    let mut lines: Vec<TimeLine> = areas
        .into_iter()
        .map(|(area, years)| {
            let said = |sex, year: i32| comparable.get(&(area.to_string(), Some(sex)))?.get(&year);
            let mut before: Option<[Option<&String>; 2]> = None;
            let years = years
                .into_iter()
                .map(|(year, key)| {
                    let own = ["F", "M"].map(|sex| said(sex, year));
                    let break_before = before.is_some_and(|before| before != own);
                    before = Some(own);
                    TimeYear { year, key, break_before }
                })
                .collect();
            let ahead = ["F", "M"].map(|sex| {
                let own = judged.iter().find(|own| own.area == area && own.sex == Some(sex));
                own.map_or(Vec::new(), |own| own.ahead.iter().map(fan_year).collect())
            });
            TimeLine { label: name(area).to_string(), years, ahead }
        })
        .filter(|line: &TimeLine| line.years.len() > 1)
        .collect();
    // By their English names, so that the same countries are shown in every language.
    lines.sort_by_cached_key(|line| {
        (Reverse(line.years.len()), collation_key(Language::En, &line.label))
    });
    lines
}

fn fan_year(ahead: &progress::Ahead) -> FanYear {
    FanYear { year: ahead.year, value: ahead.value, bands: ahead.intervals }
}

/// `16–74`, `15+`; nothing where the source states no ages.
pub(crate) fn ages(code: &str) -> String {
    match inclusion_series::age_range(code) {
        Some((Some(from), Some(to))) if from == to => from.to_string(),
        Some((Some(from), Some(to))) => format!("{from}–{to}"),
        Some((Some(from), None)) => format!("{from}+"),
        Some((None, Some(to))) => format!("0–{to}"),
        _ => String::new(),
    }
}

/// The code of a figure's nature, and the style's marks of its status.
struct Said {
    nature: Option<String>,
    statuses: Vec<String>,
}

/// What a source says of a figure, once: an estimate by its nature is one by its status as well. It has the
/// style's own sign, where the style has one; else the code of the nature stands for both.
fn said(about: &About, style: &Style) -> Said {
    let mut nature = about.nature.as_deref();
    let mut statuses = Vec::new();
    for status in about.obs_status.iter().map(|status| &**status).filter(|status| *status != "A") {
        let mark = style.flag(about.nature.as_deref(), status).unwrap_or(status);
        match (about.nature.as_deref(), status) {
            (Some(ESTIMATED), ESTIMATED) if mark == ESTIMATED => continue,
            (Some(ESTIMATED), ESTIMATED) => nature = None,
            _ => {}
        }
        statuses.push(mark.to_string());
    }
    Said { nature: nature.map(str::to_string), statuses }
}

/// The code of an estimate, among natures and among statuses.
const ESTIMATED: &str = "E";

/// Each text once, in the order in which they come.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

fn name(area: &str) -> &str {
    Areas::builtin().get(area).map_or(area, |known| known.name.as_str())
}

fn goal(indicator: &Indicator, planned: &Planned, world: &World) -> String {
    let base_year = planned.base_year;
    let own = indicator.targets.iter().filter(|target| target.group.is_none());
    let newest = || {
        let own = world.about.iter().filter(|(key, _)| key.indicator == indicator.id);
        own.map(|(_, about)| about.year).max()
    };
    match own.max_by_key(|target| target.year) {
        Some(target) => format!(
            "Target: {}% by {} ({}){}; base {base_year}",
            round_half_away(target.value, 0),
            target.year,
            target.set_by,
            match planned.as_of.or_else(newest) {
                Some(now) if now > target.year => ", a year that has passed",
                _ => "",
            }
        ),
        None => format!("No target is set for all countries; base {base_year}"),
    }
}

fn availability_line(row: &AvailabilityRow, kept: &[usize]) -> AvailabilityLine {
    let cell = |own: &Availability| match (own.by_sex, own.total) {
        (Some(year), _) => {
            AvailabilityCell::BySex(year, own.age.as_deref().map(ages).unwrap_or_default())
        }
        (None, Some(year)) => AvailabilityCell::TotalOnly(year),
        (None, None) => AvailabilityCell::Nothing,
    };
    let mut sources: Vec<String> = Vec::new();
    for source in kept.iter().flat_map(|at| &row.indicators[*at].sources) {
        if !sources.iter().any(|known| *known == **source) {
            sources.push(source.to_string());
        }
    }
    AvailabilityLine {
        area: row.area.clone(),
        label: row.name.clone(),
        cells: kept.iter().map(|at| cell(&row.indicators[*at])).collect(),
        sources,
    }
}

/// The world and the study's groups, with what their tables say of coverage.
fn group_lines(
    prepared: &Prepared,
    world: &World,
    indicators: &[WorldIndicator],
) -> Vec<GroupLine> {
    let cell = |group: &GroupFigure| GroupCell {
        countries: group.coverage.countries,
        of: group.coverage.of,
        covered: group.coverage.women.zip(group.coverage.men),
    };
    // Every indicator has the same groups in the same order.
    let mut lines: Vec<GroupLine> = Vec::new();
    for (at, of) in indicators.iter().enumerate() {
        let mut grouping = "";
        let own = world.aggregates.iter().filter(|group| group.indicator == of.indicator);
        for (place, group) in own.enumerate() {
            if at == 0 {
                let heading =
                    (group.grouping != grouping).then(|| heading(prepared, &group.grouping));
                grouping = &group.grouping;
                lines.push(GroupLine { heading, label: group.name.clone(), cells: Vec::new() });
            }
            lines[place].cells.push(cell(group));
        }
    }
    lines
}

fn heading(prepared: &Prepared, grouping: &str) -> String {
    let known = prepared.registry.groupings.get(grouping);
    known.map_or_else(|| grouping.to_string(), |known| known.name.clone())
}
