//! Pools, changes and contrasts of a study, held against its surveys, indicators and breakdowns.

use super::{Sample, wrong};
use crate::Error;
use crate::study::{
    ChangeSpec, ContrastName, ContrastOf, ContrastSpec, PoolSpec, PoolWeights, Study,
};
use inclusion_estimate::{Codes, Text};
use inclusion_measures::ContrastKind;
use inclusion_registry::{Indicator, Registry, nearest};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

mod contrast;

/// What a study asks for over several surveys or groups.
#[derive(Debug, Clone, Default)]
pub struct Across {
    /// Several surveys as one.
    pub pools: Vec<Pool>,
    /// Changes between rounds.
    pub changes: Vec<Change>,
    /// Groups or cells against each other.
    pub contrasts: Vec<Contrast>,
}

/// Several surveys as one.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Its id, the source of its figures.
    pub id: String,
    /// Its name, in the place of an area.
    pub name: String,
    /// How much each survey counts.
    pub weights: PoolWeights,
    /// Area of its figures.
    pub ref_area: String,
    /// Period of its figures.
    pub time_period: String,
    /// Its surveys by their place in the study, in the order of their ids.
    pub surveys: Vec<usize>,
}

/// A change between two rounds.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id, the source of its figures.
    pub id: String,
    /// The earlier round.
    pub from: Source,
    /// The later round.
    pub to: Source,
    /// Both rounds were taken in the same primary sampling units.
    pub shared_psus: bool,
}

impl Change {
    /// Both periods: `2015/2016`.
    pub fn time_period(&self) -> String {
        format!("{}/{}", self.from.time_period, self.to.time_period)
    }
}

/// A survey or a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: Text,
    /// Its area.
    pub ref_area: Text,
    /// Its period.
    pub time_period: Text,
    /// The surveys that it is made of.
    pub surveys: Vec<usize>,
}

/// Two groups or cells against each other.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// Its id, the source of its figures.
    pub id: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What is said of the two.
    pub kind: ContrastKind,
    /// Of which figure.
    pub of: ContrastOf,
    /// The two.
    pub sides: Sides,
}

/// The two sides of a contrast.
#[derive(Debug, Clone)]
pub enum Sides {
    /// Two codes of a breakdown variable, in every breakdown that has it.
    Groups {
        /// The variable.
        concept: String,
        /// The first code against the second.
        codes: [String; 2],
        /// Surveys, by their place in the study.
        surveys: Vec<usize>,
        /// Indicators.
        indicators: Vec<String>,
    },
    /// The first cell against the second.
    Cells(Box<[Cell; 2]>),
}

/// A cell of a survey or pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Survey or pool.
    pub source: Source,
    /// Indicator.
    pub indicator: Text,
    /// Concept → code.
    pub group: Codes,
}

/// What the parts of the study are checked against.
pub(super) struct Context<'a> {
    study: &'a Study,
    registry: &'a Registry,
    samples: &'a [Sample],
    indicators: &'a [Indicator],
    breakdowns: &'a [Vec<String>],
    /// Surveys and pools so far.
    sources: Vec<Source>,
}

/// Holds pools, changes and contrasts against the study.
///
/// # Errors
///
/// [`Error::Study`] with the place and the nearest name.
pub(super) fn across(
    study: &Study,
    registry: &Registry,
    samples: &[Sample],
    indicators: &[Indicator],
    breakdowns: &[Vec<String>],
) -> Result<Across, Error> {
    let spec = &study.file.estimate;
    let sources = samples
        .iter()
        .enumerate()
        .map(|(at, sample)| Source {
            id: sample.plan.sample.clone().into(),
            ref_area: sample.plan.ref_area.clone().into(),
            time_period: sample.plan.time_period.clone().into(),
            surveys: vec![at],
        })
        .collect();
    let mut context = Context { study, registry, samples, indicators, breakdowns, sources };
    let mut taken: BTreeSet<String> = context.sources.iter().map(|s| s.id.to_string()).collect();
    let mut across = Across::default();
    for spec in &spec.pools {
        let pool = context.pool(spec)?;
        context.fresh(&mut taken, &spec.id, "a survey or pool")?;
        context.sources.push(Source {
            id: pool.id.clone().into(),
            ref_area: pool.ref_area.clone().into(),
            time_period: pool.time_period.clone().into(),
            surveys: pool.surveys.clone(),
        });
        across.pools.push(pool);
    }
    for spec in &spec.changes {
        for change in context.changes(spec)? {
            if !taken.insert(change.id.clone()) {
                let message = format!(
                    "the change from `{}` to `{}` has the id `{}`, which something else has; give \
                     it another `id`, or leave one of them out",
                    change.from.id, change.to.id, change.id
                );
                return Err(context.wrong_change(spec, message));
            }
            across.changes.push(change);
        }
    }
    for spec in &spec.contrasts {
        let contrast = context.contrast(spec)?;
        context.fresh(&mut taken, &spec.id, "a survey, pool, change or contrast")?;
        across.contrasts.push(contrast);
    }
    Ok(across)
}

impl Context<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, message: String) -> Error {
        wrong(self.study, at, message)
    }

    fn fresh(
        &self,
        taken: &mut BTreeSet<String>,
        id: &Spanned<String>,
        of: &str,
    ) -> Result<(), Error> {
        if id.get_ref().trim().is_empty() {
            return Err(self.wrong(id, "`id` is empty".to_string()));
        }
        match taken.insert(id.get_ref().clone()) {
            true => Ok(()),
            false => Err(self.wrong(id, format!("the id `{}` is that of {of}", id.get_ref()))),
        }
    }

    /// A survey or pool by its id.
    fn source(&self, id: &Spanned<String>, pools: bool) -> Result<&Source, Error> {
        let known = || self.sources.iter().filter(|s| pools || s.surveys.len() == 1);
        known().find(|source| source.id == *id.get_ref()).ok_or_else(|| {
            let what = if pools { "survey or pool" } else { "survey" };
            let hint = match nearest(id.get_ref(), known().map(|s| s.id.as_str())) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => {
                    let ids: Vec<&str> = known().map(|s| s.id.as_str()).collect();
                    format!("; there are: {}", ids.join(", "))
                }
            };
            self.wrong(id, format!("no {what} `{}`{hint}", id.get_ref()))
        })
    }

    fn pool(&self, spec: &PoolSpec) -> Result<Pool, Error> {
        let id = spec.id.get_ref();
        let mut surveys: Vec<usize> = Vec::new();
        for survey in &spec.surveys {
            let at = self.source(survey, false)?.surveys[0];
            if surveys.contains(&at) {
                let message = format!("survey `{}` is twice in pool `{id}`", survey.get_ref());
                return Err(self.wrong(survey, message));
            }
            let sample = &self.samples[at];
            if spec.weights == PoolWeights::Population
                && sample.population.is_none()
                && sample.base_populations.is_empty()
            {
                let message = format!(
                    "pool `{id}` weights by population, and survey `{}` states none; add \
                     `population = {{ F = …, M = …, source = \"…\" }}` to it, or a \
                     [[survey.base_population]]",
                    survey.get_ref()
                );
                return Err(self.wrong(survey, message));
            }
            surveys.push(at);
        }
        if surveys.len() < 2 {
            let message = format!("pool `{id}` needs two surveys or more");
            return Err(self.wrong(spec.surveys.first().unwrap_or(&spec.id), message));
        }
        // The order of the ids, so that nothing depends on the order of writing.
        surveys.sort_by_key(|at| &self.samples[*at].plan.sample);
        let plans = || surveys.iter().map(|at| &self.samples[*at].plan);
        let areas: BTreeSet<&str> = plans().map(|plan| plan.ref_area.as_str()).collect();
        let ref_area = match (&spec.ref_area, areas.first()) {
            (Some(area), _) => area.clone(),
            (None, Some(area)) if areas.len() == 1 => area.to_string(),
            _ => {
                let areas: Vec<&str> = areas.into_iter().collect();
                let message = format!(
                    "pool `{id}` is of several areas ({}); give it a `ref_area` of its own",
                    areas.join(", ")
                );
                return Err(self.wrong(&spec.id, message));
            }
        };
        let periods: BTreeSet<&str> = plans().map(|plan| plan.time_period.as_str()).collect();
        let years = periods.iter().all(|p| p.len() == 4 && p.parse::<u16>().is_ok());
        let time_period = match (&spec.time_period, periods.first(), periods.last()) {
            (Some(period), ..) => period.clone(),
            (None, Some(first), Some(last)) if first == last => first.to_string(),
            (None, Some(first), Some(last)) if years => format!("{first}-{last}"),
            _ => {
                let periods: Vec<&str> = periods.into_iter().collect();
                let message = format!(
                    "pool `{id}` is of several periods ({}); give it a `time_period`",
                    periods.join(", ")
                );
                return Err(self.wrong(&spec.id, message));
            }
        };
        Ok(Pool {
            id: id.clone(),
            name: spec.name.clone().unwrap_or_else(|| id.clone()),
            weights: spec.weights,
            ref_area,
            time_period,
            surveys,
        })
    }

    fn wrong_change(&self, spec: &ChangeSpec, message: String) -> Error {
        match (&spec.consecutive, spec.id.as_ref().or(spec.from.as_ref()).or(spec.to.as_ref())) {
            (_, Some(at)) => self.wrong(at, message),
            (Some(at), None) => self.wrong(at, message),
            (None, None) => {
                let at = self.study.text.find("[[estimate.change]]").unwrap_or(0);
                let place = inclusion_registry::Place::at(&self.study.path, &self.study.text, at);
                Error::Study { place, message }
            }
        }
    }

    fn changes(&self, spec: &ChangeSpec) -> Result<Vec<Change>, Error> {
        match (&spec.from, &spec.to, spec.consecutive.as_ref().map(|c| *c.get_ref())) {
            (Some(from), Some(to), None) => self.change(spec, from, to).map(|change| vec![change]),
            (None, None, Some(true)) if spec.id.is_none() => self.consecutive(spec),
            (None, None, Some(true)) => {
                let message = "`consecutive` makes several changes, each with an id of its own: \
                               leave `id` out";
                Err(self.wrong_change(spec, message.to_string()))
            }
            _ => {
                let message = "a change is either `from` one survey `to` another, or \
                               `consecutive = true` for all rounds of each area";
                Err(self.wrong_change(spec, message.to_string()))
            }
        }
    }

    fn change(
        &self,
        spec: &ChangeSpec,
        from: &Spanned<String>,
        to: &Spanned<String>,
    ) -> Result<Change, Error> {
        let (earlier, later) = (self.source(from, true)?, self.source(to, true)?);
        if let Some(both) = earlier.surveys.iter().find(|at| later.surveys.contains(at)) {
            let message = format!(
                "`{}` and `{}` both hold survey `{}`, so nothing changed in it",
                earlier.id, later.id, self.samples[*both].plan.sample
            );
            return Err(self.wrong(to, message));
        }
        if earlier.ref_area != later.ref_area {
            let message = format!(
                "`{}` is of {} and `{}` of {}: a change is of one area; for two areas write a \
                 [[estimate.contrast]] with `first` and `second`",
                earlier.id, earlier.ref_area, later.id, later.ref_area
            );
            return Err(self.wrong(to, message));
        }
        if earlier.time_period >= later.time_period {
            let message = format!(
                "`from` is of {} and `to` of {}: a change is from an earlier round to a later one",
                earlier.time_period, later.time_period
            );
            return Err(self.wrong(from, message));
        }
        let id = match &spec.id {
            Some(id) => id.get_ref().clone(),
            None => format!("{}/{}", earlier.id, later.id),
        };
        let shared_psus = self.shared(spec, earlier, later)?;
        Ok(Change { id, from: earlier.clone(), to: later.clone(), shared_psus })
    }

    /// Whether two rounds are taken as one sample; if they are, both must be described in the same way.
    fn shared(&self, spec: &ChangeSpec, from: &Source, to: &Source) -> Result<bool, Error> {
        let Some(at) = spec.shared_psus.as_ref().filter(|shared| *shared.get_ref()) else {
            return Ok(false);
        };
        let (&[first], &[second]) = (from.surveys.as_slice(), to.surveys.as_slice()) else {
            let message = "`shared_psus` is for two surveys; a pool has units of several samples";
            return Err(self.wrong(at, message.to_string()));
        };
        let both = [&self.samples[first], &self.samples[second]];
        let problem = both.iter().find_map(|sample| {
            let of = |what: &str| Some(format!("survey `{}` has {what}", sample.plan.sample));
            if sample.options.replicates.is_some() {
                return of("replicate weights, which do not tell its units");
            }
            if !sample.options.calibration.is_empty() {
                return of("weights adjusted to known totals, each round by itself");
            }
            if sample.parts.iter().any(|part| part.recipe.design.psu.is_empty()) {
                return of("no primary sampling units in its recipe");
            }
            None
        });
        let codes = |sample: &Sample| -> BTreeMap<String, Vec<String>> {
            let concepts = sample.plan.concepts.values();
            let ids = |concept: &inclusion_registry::Concept| {
                concept.codes.iter().map(|code| code.id.clone()).collect()
            };
            concepts.map(|concept| (concept.id.clone(), ids(concept))).collect()
        };
        let problem = problem.or_else(|| {
            let (a, b) = (codes(both[0]), codes(both[1]));
            let ids: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let other = ids.into_iter().find(|id| a.get(*id) != b.get(*id))?;
            Some(format!("the surveys have other codes of `{other}`, or only one of them has it"))
        });
        let nested = both[0].options.nest == both[1].options.nest;
        let problem = problem.or_else(|| {
            (!nested).then(|| "ids are nested in strata in one survey only".to_string())
        });
        match problem {
            None => Ok(true),
            Some(problem) => {
                let message = format!(
                    "`{}` and `{}` cannot be taken as one sample: {problem}; leave `shared_psus` \
                     out only if the rounds are independent samples",
                    from.id, to.id
                );
                Err(self.wrong(at, message))
            }
        }
    }

    /// Every survey against those of the latest period before it of the same area with an indicator in
    /// common.
    fn consecutive(&self, spec: &ChangeSpec) -> Result<Vec<Change>, Error> {
        let gives = |at: usize| -> BTreeSet<&str> {
            let planned = self.samples[at].plan.indicators.iter();
            planned.map(|planned| planned.indicator.id.as_str()).collect()
        };
        let surveys: Vec<&Source> = self.sources.iter().filter(|s| s.surveys.len() == 1).collect();
        let mut changes = Vec::new();
        for to in &surveys {
            let own = gives(to.surveys[0]);
            let earlier: Vec<&&Source> = surveys
                .iter()
                .filter(|from| {
                    from.ref_area == to.ref_area
                        && from.time_period < to.time_period
                        && !gives(from.surveys[0]).is_disjoint(&own)
                })
                .collect();
            let last = earlier.iter().map(|from| &from.time_period).max();
            for from in earlier.iter().filter(|from| Some(&from.time_period) == last) {
                let id = format!("{}/{}", from.id, to.id);
                let shared_psus = self.shared(spec, from, to)?;
                let (from, to) = ((**from).clone(), (*to).clone());
                changes.push(Change { id, from, to, shared_psus });
            }
        }
        changes.sort_by(|a, b| (&a.to.time_period, &a.id).cmp(&(&b.to.time_period, &b.id)));
        if changes.is_empty() {
            let message = "no area has surveys of two periods with an indicator in common, so there \
                           is no change";
            return Err(self.wrong_change(spec, message.to_string()));
        }
        Ok(changes)
    }

    fn contrast(&self, spec: &ContrastSpec) -> Result<Contrast, Error> {
        contrast::contrast(self, spec)
    }
}

pub(super) fn kind_of(name: ContrastName) -> ContrastKind {
    match name {
        ContrastName::Difference => ContrastKind::Difference,
        ContrastName::Ratio => ContrastKind::Ratio,
        ContrastName::Relative => ContrastKind::Relative,
        ContrastName::LogRatio => ContrastKind::LogRatio,
    }
}
