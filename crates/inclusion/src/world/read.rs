//! From the observations of published series to figures of the study's indicators.

use super::series_files::part;
use super::series_names::{self, Splits};
use super::source_names::SourceNames;
use super::{About, base, of_sex, periods};
use crate::Error;
use crate::plan::world::World as Planned;
use crate::plan::{Prepared, is_compared};
use crate::walk::Progress;
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, IntervalMethod, Measure, Outcome,
    ProportionInputs, SeriesKey, Severity, Text, Uncertainty, Unit, interval_mean,
    interval_proportion,
};
use inclusion_measures as measures;
use inclusion_registry::{Indicator, nearest};
use inclusion_series::{AllAges, Flag, Meant, Observation, Provenance, Series, age_range};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The figures of a study's series.
pub(super) struct Figures {
    pub list: Vec<Published>,
    /// Figures that their sources withhold, and what they say of them.
    pub withheld: Vec<(SeriesKey, Arc<About>)>,
    pub sources: Vec<(String, Vec<Provenance>)>,
}

/// One figure of one country.
pub(super) struct Published {
    pub key: SeriesKey,
    pub sex: Option<&'static str>,
    pub value: f64,
    pub se: Option<f64>,
    pub about: Arc<About>,
    /// The other sex's figure is of another source.
    pub apart: bool,
}

/// Reads all series; how far it is, is told by the bytes of whole files.
pub(super) fn read(
    prepared: &Prepared,
    planned: &Planned,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &Progress<'_>,
) -> Result<Figures, Error> {
    let mut figures = Figures { list: Vec::new(), withheld: Vec::new(), sources: Vec::new() };
    let mut held: BTreeSet<String> = BTreeSet::new();
    let mut splits = Splits::default();
    let mut no_year: Option<Flag> = None;
    for source in &planned.series {
        let sizes =
            source.files.iter().map(|file| std::fs::metadata(file).map_or(0, |of| of.len()));
        let (sizes, mut read) = (sizes.collect::<Vec<u64>>(), 0);
        let all: u64 = sizes.iter().sum();
        let tell = |read: u64| match progress(&source.id, read, all) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::from(inclusion_ingest::Error::Stopped)),
        };
        let mut parts = Vec::new();
        for (file, size) in source.files.iter().zip(sizes) {
            tell(read)?;
            parts.push(part(file, source)?);
            read += size;
        }
        tell(read)?;
        let mut series = Series::merge(parts)?;
        // By the source's own names, with which the flags about them begin.
        let mut unused: BTreeSet<Arc<str>> = BTreeSet::new();
        for observation in &mut series.observations {
            let theirs = observation.indicator.clone();
            let named = series_names::rename(observation, &source.indicators);
            match prepared.indicators.iter().find(|indicator| is_of(observation, indicator)) {
                Some(own) => splits.add(&own.id, named.unwrap_or(&theirs), observation),
                None => {
                    unused.insert(theirs);
                }
            }
        }
        let proxies: Vec<&str> = source.indicators.values().filter_map(Meant::proxy).collect();
        // A flag about one indicator begins with it; those of indicators that the study leaves out say nothing.
        let about_unused = |message: &str| {
            message.split_once(": ").is_some_and(|(indicator, _)| unused.contains(indicator))
        };
        no_year = no_year
            .or_else(|| series.log.iter().find(|flag| flag.code == "year_out_of_range").cloned());
        let flags = series.log.iter().filter(|flag| !about_unused(&flag.message));
        diagnostics.extend(flags.map(|flag| Diagnostic {
            code: Text::fixed(flag.code),
            severity: Severity::Note,
            message: format!("{}: {}", flag.file, flag.message).into(),
            count: flag.count,
        }));
        let id = Text::from(&source.id);
        held.extend(unused.iter().map(|code| code.to_string()));
        for indicator in &prepared.indicators {
            let said = Said { proxies: &proxies, all_ages: source.recipe.all_ages };
            choose(&id, indicator, &series, &said, &mut figures, diagnostics);
        }
        figures.sources.push((source.id.clone(), series.provenance));
    }
    if figures.list.is_empty() && prepared.study.file.surveys.is_empty() {
        return Err(nothing(prepared, &held, &splits, no_year.as_ref()));
    }
    Ok(figures)
}

/// A study of published figures that has none.
fn nothing(
    prepared: &Prepared,
    held: &BTreeSet<String>,
    splits: &Splits,
    no_year: Option<&Flag>,
) -> Error {
    let own: Vec<&str> = prepared.indicators.iter().map(|i| i.id.as_str()).collect();
    // Only a sheet has numbers for years.
    if let Some(flag) = no_year {
        return Error::Study {
            place: inclusion_registry::Place::file(&prepared.study.path),
            message: format!(
                "the series have no figure of a year: {} {} a number for it, first `{}` in {}, row {}, column \
                 `{}`; write years, or give the cells the format of dates",
                flag.count,
                if flag.count == 1 { "figure has" } else { "figures have" },
                flag.value.as_deref().unwrap_or_default(),
                flag.file,
                flag.line.unwrap_or_default(),
                flag.column.as_deref().unwrap_or_default(),
            ),
        };
    }
    let other = match (splits.advice(), held.is_empty()) {
        (Some(advice), _) => format!("; {advice}"),
        (None, true) => String::new(),
        (None, false) => {
            const NAMED: usize = 20;
            let mut codes: Vec<&str> = held.iter().take(NAMED).map(String::as_str).collect();
            let more = held.len().checked_sub(NAMED).filter(|more| *more > 0);
            let more = more.map(|more| format!("{more} more"));
            codes.extend(more.as_deref());
            let alike = held.iter().find_map(|theirs| {
                let meant = prepared.indicators.iter().find(|own| is_alike(theirs, own))?;
                Some(format!(
                    "where one of them is meant, say so by `indicators = {{ \"{theirs}\" = \"{}\" }}` of \
                     the series",
                    meant.id
                ))
            });
            let advice = alike.unwrap_or_else(|| {
                "none of them is named like these; leave the series out, or ask for an indicator that it has; \
                 where one of them measures the same, say so by `indicators` of the series"
                    .to_string()
            });
            format!("; other indicators there: {}; {advice}", codes.join(", "))
        }
    };
    Error::Study {
        place: inclusion_registry::Place::file(&prepared.study.path),
        message: format!(
            "the series have no figure of a country for {}, in per cent and not split further than by \
             sex{other}",
            own.join(", ")
        ),
    }
}

/// A source's name of an indicator is so near to this one's id, or so much a part of its id or name, that it
/// may be meant.
fn is_alike(theirs: &str, indicator: &Indicator) -> bool {
    const LEAST: usize = 4;
    let (theirs, id) = (theirs.to_lowercase(), indicator.id.to_lowercase());
    let part = |whole: &str, part: &str| part.len() >= LEAST && whole.contains(part);
    nearest(&theirs, [id.as_str()]).is_some()
        || part(&id, &theirs)
        || part(&theirs, &id)
        || part(&indicator.name.to_lowercase(), &theirs)
}

/// An observation is of this indicator: by its id, or by its code in UN files.
fn is_of(observation: &Observation, indicator: &Indicator) -> bool {
    let of = |code: Option<&str>| {
        code.is_some_and(|code| code.eq_ignore_ascii_case(&observation.indicator))
    };
    // A series that several indicators share is told apart by a dimension, which is not looked at here.
    let alone = indicator.sdg_key.dimensions.is_empty();
    *observation.indicator == *indicator.id
        || of(indicator.series.as_deref())
        || (alone && of(indicator.sdg_series()))
}

/// The status of a figure that its source withholds.
const WITHHELD: &str = "Q";

/// All, women and men of one age range.
type BySex<'a> = [Option<&'a Observation>; 3];

/// What a recipe says of all figures of a source.
struct Said<'a> {
    /// The notes of approximations.
    proxies: &'a [&'a str],
    /// What the age `_T` means.
    all_ages: AllAges,
}

impl Said<'_> {
    /// The ages of a figure, `_X` where the source states none.
    fn age(&self, age: &Arc<str>) -> Arc<str> {
        match self.all_ages {
            AllAges::NotSplit if &**age == "_T" => "_X".into(),
            _ => age.clone(),
        }
    }
}

/// The figures of one indicator. Where a country and period have several age ranges, the widest with both
/// sexes is taken; figures of further breakdowns and of groups are left out, each with a note.
fn choose(
    id: &Text,
    indicator: &Indicator,
    series: &Series,
    said: &Said<'_>,
    figures: &mut Figures,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own: Vec<&Observation> =
        series.observations.iter().filter(|o| is_of(o, indicator)).collect();
    let mut left_out = |code: &'static str, what: &str, n: usize| {
        if n > 0 {
            diagnostics.push(Diagnostic {
                code: Text::fixed(code),
                severity: Severity::Note,
                message: format!("{id}: figures of {} ({n}) {what}", indicator.id).into(),
                count: n as u64,
            });
        }
    };
    let groups = own.iter().filter(|o| o.area_kind != inclusion_series::AreaKind::Country).count();
    left_out(
        "published_groups",
        "are of groups or parts of countries or of former states and are not used: aggregates are made of \
         countries.",
        groups,
    );
    let countries = || {
        let countries = own.iter().filter(|o| o.area_kind == inclusion_series::AreaKind::Country);
        countries.filter(|o| inclusion_series::YEARS.contains(&o.year))
    };
    let no_year = own.iter().filter(|o| !inclusion_series::YEARS.contains(&o.year)).count();
    left_out("year_out_of_range", "have a number for a year and are not used.", no_year);
    let split = countries().filter(|o| !o.breakdowns.is_empty()).count();
    left_out("further_breakdowns", "are split further than by sex and are not used.", split);
    // More than 100 per 100 people counts things, and is no share of people.
    let is_share = |o: &Observation| o.unit.is_share() && o.value.is_none_or(|value| value <= 1.0);
    let other_unit = countries().filter(|o| !is_share(o)).count();
    left_out("other_unit", "are no shares and are not used.", other_unit);
    let mut places: BTreeMap<(&str, &str), BTreeMap<&str, BySex>> = BTreeMap::new();
    for o in countries().filter(|o| o.breakdowns.is_empty() && is_share(o)) {
        let at = match &*o.sex {
            "_T" => 0,
            "F" => 1,
            "M" => 2,
            _ => continue,
        };
        if o.value.is_some() || o.has_status(WITHHELD) {
            places.entry((&o.ref_area, &o.time_period)).or_default().entry(&o.age).or_default()
                [at] = Some(o);
        }
    }
    let (mut narrower, mut of_other_ages, mut of_other_sources) = (0, 0, 0);
    let indicator_id = Text::from(&indicator.id);
    for ((area, period), ages) in places {
        let has = |o: &Option<&Observation>| o.is_some_and(|o| o.value.is_some());
        // A source that is not stated is no other one.
        let other_source = |[_, women, men]: &BySex<'_>| {
            let source = |own: &Option<&'_ Observation>| own.and_then(|own| own.source.clone());
            source(women).zip(source(men)).is_some_and(|(women, men)| {
                let mut names = SourceNames::default();
                women != men && names.first(&women) != names.first(&men)
            })
        };
        let widest = ages.iter().max_by_key(|(age, sexes)| {
            let both = has(&sexes[1]) && has(&sexes[2]) && !other_source(sexes);
            (both, sexes.iter().any(has), width(age), std::cmp::Reverse(**age))
        });
        let Some((used, sexes)) = widest else { continue };
        for (age, others) in ages.iter().filter(|(age, _)| *age != used) {
            let n = others.iter().flatten().count();
            let is_narrower = base::is_stated(age) && width(age) <= width(used);
            *(if is_narrower { &mut narrower } else { &mut of_other_ages }) += n;
        }
        let is_apart = other_source(sexes);
        of_other_sources += 2 * usize::from(is_apart);
        for (o, sex) in sexes.iter().zip([None, Some("F"), Some("M")]) {
            let Some(o) = o else { continue };
            let apart = is_apart && sex.is_some();
            let key = SeriesKey {
                source: id.clone(),
                ref_area: area.into(),
                time_period: period.into(),
                indicator: indicator_id.clone(),
                breakdown: of_sex(sex),
                measure: Measure::Level,
            };
            let mut about = About {
                year: o.year,
                age: said.age(&o.age),
                nature: o.nature.clone(),
                obs_status: o.obs_status.clone(),
                source: o.source.clone(),
                edition: o.edition.clone(),
                reporting: o.reporting.clone(),
                footnotes: o.footnotes.clone(),
                proxy: o.footnotes.iter().find(|note| said.proxies.contains(&&***note)).cloned(),
                bounds: o.lower.zip(o.upper),
                place: (o.file.clone(), o.line),
            };
            periods::mark(indicator, &mut about);
            let about = Arc::new(about);
            match o.value {
                Some(value) => {
                    figures.list.push(Published { key, sex, value, se: o.se, about, apart })
                }
                None => figures.withheld.push((key, about)),
            }
        }
    }
    left_out(
        "other_ages",
        "are of countries and periods that have a wider age range, which is used.",
        narrower,
    );
    left_out(
        "other_ages_apart",
        "state no ages or are of one sex, where figures of other ages are used: women and men of different ages \
         are not compared.",
        of_other_ages,
    );
    left_out(
        "sources_apart",
        "are of women and men from different sources: they are shown, and make neither a gap nor a figure of a \
         group.",
        of_other_sources,
    );
}

/// Years of an age range; one that is not stated counts as narrower than any that is.
fn width(age: &str) -> u32 {
    match age_range(age) {
        Some((from, to)) => to.unwrap_or(120).saturating_sub(from.unwrap_or(0)) + 1,
        None if age == "_T" => 121,
        None => 0,
    }
}

/// Rows of the figures that their sources withhold: without a value, with the reason.
pub(super) fn withheld(keys: &[(SeriesKey, Arc<About>)]) -> impl Iterator<Item = Estimate> {
    keys.iter().map(|(key, _)| Estimate {
        key: key.clone(),
        unit: Unit::Share,
        outcome: Outcome::Absent(Absence::Confidential),
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    })
}

/// Estimates of the figures, and of the comparison of women and men.
pub(super) fn compared(
    prepared: &Prepared,
    planned: &Planned,
    figures: &[Published],
) -> Vec<Estimate> {
    let mut estimates = Vec::with_capacity(figures.len() * 2);
    let bases: BTreeMap<&str, base::Base> = prepared
        .indicators
        .iter()
        .map(|indicator| {
            let own: Vec<&Published> =
                figures.iter().filter(|f| f.key.indicator == indicator.id).collect();
            (indicator.id.as_str(), base::base(&own, indicator))
        })
        .collect();
    // Every figure is of an indicator of the study.
    let base_of = |figure: &Published| &bases[&*figure.key.indicator];
    // What is true of counts of persons of a figure.
    let counted = |own: &mut Estimate, figure: &Published, used: Option<i32>| {
        let carried = used.filter(|used| *used != figure.about.year);
        let carried = carried.map(|used| super::aggregates::carried(used, figure.about.year));
        own.diagnostics.extend(carried);
        own.diagnostics.extend(base::assumed(&figure.about, base_of(figure)));
        own.diagnostics.extend(base::includes(&figure.key.ref_area));
    };
    for (place, figure) in figures.iter().enumerate() {
        let level = estimate(prepared, figure);
        let indicator = prepared.indicators.iter().find(|i| figure.key.indicator == i.id);
        if planned.measures.contains(&Measure::Headcount) && indicator.is_some_and(is_compared) {
            let persons = base::persons_of(&figure.key.ref_area, &figure.about, base_of(figure));
            let own = persons.map(|((women, men), _)| match figure.sex {
                Some("F") => women,
                Some(_) => men,
                None => women + men,
            });
            // All are women and men together, where the source publishes both.
            let both = persons.filter(|_| figure.sex.is_none()).zip(sexes(figures, place));
            let rate = both.map(|(((n_f, n_m), _), (women, men))| {
                let [women, men] = [women, men].map(|own| estimate(prepared, own));
                let mut rate = level.clone();
                let share = |own: &Estimate| own.outcome.figure().map(|figure| figure.point());
                if let (Some(f), Some(m)) = (share(&women), share(&men)) {
                    let value = Uncertainty::Unknown { value: (f * n_f + m * n_m) / (n_f + n_m) };
                    let figure = self::figure(prepared, Measure::Level, Unit::Share, value);
                    rate.outcome = Outcome::Known(figure);
                }
                rate
            });
            let mut count = measures::headcount_of(rate.as_ref().unwrap_or(&level), own);
            counted(&mut count, figure, persons.map(|(_, used)| used));
            estimates.push(count);
        }
        estimates.push(level);
    }
    let options = |populations| measures::Options {
        level: *prepared.study.file.estimate.interval.level.get_ref(),
        measures: planned.measures.clone(),
        populations,
    };
    for pair in figures.windows(2) {
        let [women, men] = pair else { continue };
        let one = women.key.source == men.key.source
            && women.key.ref_area == men.key.ref_area
            && women.key.time_period == men.key.time_period
            && women.key.indicator == men.key.indicator;
        if !one || women.sex != Some("F") || men.sex != Some("M") {
            continue;
        }
        let Some(indicator) = prepared.indicators.iter().find(|i| women.key.indicator == i.id)
        else {
            continue;
        };
        if is_compared(indicator) {
            let persons = base::persons_of(&women.key.ref_area, &women.about, base_of(women));
            let options = options(persons.map(|(persons, _)| persons));
            let figure = women;
            let (women, men) = (estimate(prepared, women), estimate(prepared, men));
            let mut made = measures::compare(&women, &men, None, indicator.direction, &options);
            for own in made.iter_mut().filter(|_| figure.apart) {
                own.outcome = Outcome::Absent(Absence::DifferentSources);
                own.diagnostics.clear();
            }
            for own in made.iter_mut().filter(|own| own.unit == Unit::Count) {
                counted(own, figure, persons.map(|(_, used)| used));
            }
            estimates.extend(made);
        }
    }
    estimates
}

/// Women's and men's figures beside one of all.
fn sexes(figures: &[Published], place: usize) -> Option<(&Published, &Published)> {
    let of = &figures[place].key;
    let near = &figures[place.saturating_sub(2)..figures.len().min(place + 3)];
    let find = |sex: &str| {
        near.iter().find(|own| {
            own.sex == Some(sex)
                && own.key.source == of.source
                && own.key.ref_area == of.ref_area
                && own.key.time_period == of.time_period
                && own.key.indicator == of.indicator
        })
    };
    let (women, men) = (find("F")?, find("M")?);
    (!women.apart).then_some((women, men))
}

fn estimate(prepared: &Prepared, figure: &Published) -> Estimate {
    let value = match figure.se {
        Some(se) => Uncertainty::KnownSe { value: figure.value, se },
        None => Uncertainty::Unknown { value: figure.value },
    };
    Estimate {
        key: figure.key.clone(),
        unit: Unit::Share,
        outcome: Outcome::Known(self::figure(prepared, Measure::Level, Unit::Share, value)),
        counts: Counts::default(),
        parts: Vec::new(),
        diagnostics: figure.about.proxy.as_deref().map(proxy).into_iter().collect(),
    }
}

/// A figure with the interval that follows from its standard error, where it has one: of a share by the
/// study's method, of all else about the value.
pub(super) fn figure(
    prepared: &Prepared,
    measure: Measure,
    unit: Unit,
    value: Uncertainty,
) -> Figure {
    let spec = &prepared.study.file.estimate.interval;
    let level = *spec.level.get_ref();
    let interval = match value {
        Uncertainty::KnownSe { value: share, se } if se > 0.0 => match (measure, unit) {
            (Measure::Level, Unit::Share) => {
                let inputs = ProportionInputs { share, se, n_rows: 0, df: None, level };
                // The exact interval needs a number of cases, which is not published.
                let method = match crate::choices::interval(spec.method) {
                    IntervalMethod::Beta => IntervalMethod::Logit,
                    own => own,
                };
                interval_proportion(inputs, method)
            }
            _ => interval_mean(share, se, None, level),
        },
        _ => None,
    };
    Figure { value, df: None, interval, deff: None, n_effective: None }
}

/// A figure stands for an indicator that it approximates.
pub(super) fn proxy(text: &str) -> Diagnostic {
    Diagnostic {
        code: Text::fixed("proxy"),
        severity: Severity::Caution,
        message: text.into(),
        count: 0,
    }
}
