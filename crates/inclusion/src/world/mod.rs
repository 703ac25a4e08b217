//! Published figures of countries beside survey estimates: read, chosen, compared, aggregated.
//!
//! A published figure is an estimate of unknown uncertainty, unless its source gives a standard error, and
//! goes through the same comparison and the same disclosure review as an estimate from rows. What its source
//! says about it — age range, nature, status, edition, notes — is kept beside it by its key.

mod aggregates;
mod availability;
mod base;
pub(crate) mod files;
mod periods;
mod progress;
mod read;
pub(crate) mod report;
mod series_files;
mod series_names;
mod source_names;
mod totals;
mod verdicts;

pub(crate) use availability::{Availability, AvailabilityRow};
pub use files::{progress_csv, world_file, write_data_gaps, write_progress};
pub(crate) use series_files::SDMX;

use crate::Error;
use crate::plan::Prepared;
use crate::walk::{Progress, untold};
use inclusion_estimate::{Codes, Diagnostic, Estimate, SeriesKey};
use inclusion_language::Language;
use inclusion_measures::aggregate::{Coverage, Vintage};
use inclusion_series::Provenance;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a study knows of its published figures besides their rows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// By the key of a figure of all, women or men: what its source says about it.
    pub about: BTreeMap<SeriesKey, Arc<About>>,
    /// Figures of groups, by indicator in the study's order, the world first.
    pub aggregates: Vec<GroupFigure>,
    /// By indicator: year of the aggregates.
    pub years: BTreeMap<String, i32>,
    /// Files of each series, in the study's order.
    pub sources: Vec<(String, Vec<Provenance>)>,
}

/// What a source says about a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Year that it counts for.
    pub year: i32,
    /// Code of its age range.
    pub age: Arc<str>,
    /// Nature of the data: `C`, `CA`, `E`, `M`, `G`, `N`.
    pub nature: Option<Arc<str>>,
    /// Codes of its observation status.
    pub obs_status: Vec<Arc<str>>,
    /// Who the source is.
    pub source: Option<Arc<str>>,
    /// Edition or release.
    pub edition: Option<Arc<str>>,
    /// Who reports it: `G` global, `N` national; none where the source does not say it.
    pub reporting: Option<Arc<str>>,
    /// Its notes.
    pub footnotes: Vec<Arc<str>>,
    /// The one of them that says how it differs from the indicator, which it approximates.
    pub proxy: Option<Arc<str>>,
    /// Bounds that the source gives, scaled as the value.
    pub bounds: Option<(f64, f64)>,
    /// File and line.
    pub place: (Arc<str>, u64),
}

impl About {
    /// What makes two figures comparable: age range, source, the notes of the source, which tell of other
    /// definitions and reference periods, and how many breaks it marks before. The source is given in the
    /// spelling that all its figures share.
    pub(crate) fn comparability(&self, source: Option<&str>, breaks: usize) -> String {
        let ages = match report::ages(&self.age) {
            ages if !ages.is_empty() => format!("ages {ages}"),
            _ if &*self.age == "_T" => "all ages".to_string(),
            _ => "ages not stated".to_string(),
        };
        let mut parts = vec![ages];
        parts.extend(source.map(str::to_string));
        parts.extend(self.footnotes.iter().map(|note| note.to_string()));
        match breaks {
            0 => {}
            1 => parts.push("after a break".to_string()),
            n => parts.push(format!("after {n} breaks")),
        }
        parts.join("; ")
    }

    /// The source's own notes. What a recipe says of them, and the period of an earlier definition, are put in
    /// words here and are no quotations.
    pub(crate) fn quoted(&self) -> impl Iterator<Item = &str> {
        let notes = self.footnotes.iter().filter(move |note| self.proxy.as_ref() != Some(*note));
        notes.map(|note| &**note).filter(|note| !note.starts_with(periods::START))
    }

    fn is_marked(&self, code: &str) -> bool {
        self.obs_status.iter().any(|own| &**own == code)
    }
}

/// The breaks of one line, as its source marks them: `B` at the first figure after a break, or at every
/// figure of another definition, which then ends with the last of them; `D` at those of another definition.
#[derive(Default)]
pub(crate) struct Marks<'a> {
    count: usize,
    run: usize,
    last: Option<&'a About>,
}

impl<'a> Marks<'a> {
    /// How many breaks there are up to this figure, the next of its line.
    pub(crate) fn next(&mut self, about: &'a About) -> usize {
        let marked = about.is_marked("B");
        if let Some(last) = self.last {
            let begins = marked && !last.is_marked("B");
            let ends = !marked && self.run > 1;
            let other_notes = marked && !begins && last.footnotes != about.footnotes;
            let differs = about.is_marked("D") != last.is_marked("D");
            self.count += usize::from(begins || ends || other_notes || differs);
        }
        self.run = if marked { self.run + 1 } else { 0 };
        self.last = Some(about);
        self.count
    }
}

/// The figures of a group of countries.
#[derive(Debug, Clone)]
pub struct GroupFigure {
    /// Indicator id.
    pub indicator: String,
    /// Grouping id; empty for the world.
    pub grouping: String,
    /// Group id, the area of its rows.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Key of the rate of all persons, from which those of the others follow.
    pub key: SeriesKey,
    /// How much of the population stands behind women and men.
    pub coverage: Coverage,
    /// Countries of women and men with the year of their figures.
    pub vintages: Vec<Vintage>,
    /// How much stands behind the rate of all.
    pub coverage_of_all: Coverage,
    /// Its countries with the year of their figure.
    pub vintages_of_all: Vec<Vintage>,
    /// Code of the ages that all figures of women and men state; `_X` where they differ or are not stated.
    pub age: Arc<str>,
    /// That of the rate of all.
    pub age_of_all: Arc<str>,
    /// What was decided.
    pub diagnostics: Vec<Diagnostic>,
}

impl GroupFigure {
    /// Each row that shows a rate of the group: its key, the ages, the countries behind it and their years.
    pub(crate) fn rates(&self) -> [GroupRate<'_>; 3] {
        let of = |sex: Option<&'static str>, age, coverage, vintages| {
            let key = SeriesKey { breakdown: of_sex(sex), ..self.key.clone() };
            GroupRate { key, age, coverage, vintages }
        };
        let sexes = |sex| of(Some(sex), &self.age, &self.coverage, &*self.vintages);
        let all = of(None, &self.age_of_all, &self.coverage_of_all, &self.vintages_of_all);
        [all, sexes("F"), sexes("M")]
    }
}

/// What stands behind a rate of a group.
pub(crate) struct GroupRate<'a> {
    pub key: SeriesKey,
    pub age: &'a Arc<str>,
    coverage: &'a Coverage,
    vintages: &'a [Vintage],
}

impl GroupRate<'_> {
    /// Countries, shares of the population and years, as a sentence for data files.
    pub fn note(&self) -> String {
        let years = || self.vintages.iter().map(|own| own.year);
        let span = match (years().min(), years().max()) {
            (Some(first), Some(last)) if first != last => format!(", of {first} to {last}"),
            (Some(only), _) => format!(", of {only}"),
            _ => String::new(),
        };
        format!("Own aggregate of {}{span}.", self.coverage)
    }
}

/// Reads the published figures of a study and adds them, their comparisons and their aggregates.
///
/// # Errors
///
/// [`Error::Series`] names the user's file, line, column and value.
pub(crate) fn extend(
    prepared: &Prepared,
    estimates: &mut Vec<Estimate>,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &Progress<'_>,
) -> Result<World, Error> {
    let Some(planned) = &prepared.world else { return Ok(World::default()) };
    let figures = read::read(prepared, planned, diagnostics, progress)?;
    let mut world = World { sources: figures.sources, ..World::default() };
    for figure in &figures.list {
        world.about.insert(figure.key.clone(), figure.about.clone());
    }
    world.about.extend(figures.withheld.iter().cloned());
    let from_surveys = estimates.len();
    estimates.extend(read::compared(prepared, planned, &figures.list));
    estimates.extend(read::withheld(&figures.withheld));
    aggregates::extend(prepared, planned, &figures.list, &mut world, estimates)?;
    totals::mark_outside_sexes(&mut estimates[from_surveys..]);
    Ok(world)
}

/// What sources say of their figures, for data files.
pub(crate) fn said(world: &World) -> inclusion_report::data::SaidOf {
    let of = |about: &About| inclusion_report::data::Said {
        obs_status: about.obs_status.clone(),
        bounds: about.bounds,
        age: Some(about.age.clone()),
        notes: about.footnotes.clone(),
    };
    let countries = world.about.iter().map(|(key, about)| (key.clone(), of(about)));
    let groups = world.aggregates.iter().flat_map(GroupFigure::rates).map(|rate| {
        let said = inclusion_report::data::Said {
            age: Some(rate.age.clone()),
            notes: vec![rate.note().into()],
            ..inclusion_report::data::Said::default()
        };
        (rate.key, said)
    });
    countries.chain(groups).collect()
}

/// The codes of a sex.
pub(crate) fn of_sex(sex: Option<&'static str>) -> Codes {
    sex.into_iter().map(|sex| ("sex", sex)).collect()
}

/// What the published series of a study hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSeries {
    /// How many there are.
    pub series: u64,
    /// The notes that their sources have of figures which the study uses.
    pub notes: BTreeSet<String>,
}

/// Reads the published series of a study to see that their recipes fit.
///
/// # Errors
///
/// As [`extend`].
pub fn check_series(prepared: &Prepared) -> Result<Option<CheckedSeries>, Error> {
    let Some(planned) = &prepared.world else { return Ok(None) };
    let figures = read::read(prepared, planned, &mut Vec::new(), &untold)?;
    let notes = figures.list.iter().flat_map(|figure| figure.about.quoted());
    Ok(Some(CheckedSeries {
        series: planned.series.len() as u64,
        notes: notes.map(str::to_string).collect(),
    }))
}

/// The worldwide tables of a walked study.
///
/// # Errors
///
/// [`Error::Report`] if a table cannot be made.
pub fn world_tables(
    prepared: &Prepared,
    walked: &crate::walk::Walked,
) -> Result<inclusion_report::WorldTables, Error> {
    let input = crate::annex::input(prepared, walked, Language::En);
    inclusion_report::world_tables(&input).map_err(|error| Error::Report {
        what: "the worldwide tables".to_string(),
        message: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(status: &str) -> About {
        About {
            year: 2019,
            age: "_T".into(),
            nature: None,
            obs_status: vec![status.into()],
            source: None,
            edition: None,
            reporting: None,
            footnotes: Vec::new(),
            proxy: None,
            bounds: None,
            place: ("made.csv".into(), 1),
        }
    }

    #[test]
    fn a_run_of_marked_figures_ends_with_a_break_and_a_single_mark_begins_one() {
        let counts = |statuses: &str| -> Vec<usize> {
            let list: Vec<About> = statuses.split(' ').map(about).collect();
            let mut marks = Marks::default();
            list.iter().map(|about| marks.next(about)).collect()
        };
        assert_eq!(counts("A B A A"), [0, 1, 1, 1]);
        assert_eq!(counts("B B B A"), [0, 0, 0, 1]);
        assert_eq!(counts("A B B A"), [0, 1, 1, 2]);
        assert_eq!(counts("D D A"), [0, 0, 1]);
        assert_eq!(counts("E A P"), [0, 0, 0]);
    }
}
