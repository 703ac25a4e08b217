//! Pooled levels of several surveys, and the comparison of the pooled women and men.

mod groups;

use super::together::{Ask, Size, Together};
use super::{Codes, Known, Made, comparable};
use crate::plan::across::Pool;
use crate::plan::{Prepared, is_compared};
use crate::study::PoolWeights;
use groups::{groups, normalised, with_sex};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Linearized, Measure, Outcome, SeriesKey, Severity, Text,
    Uncertainty, Unit,
};
use inclusion_measures::{self as measures, PoolDf, PoolOptions, PoolPart};
use inclusion_registry::{Indicator, IndicatorKind, Statistic};
use inclusion_survey::Deff;
use std::collections::{BTreeMap, BTreeSet};

/// One group of one indicator in a pool.
pub(super) struct Task<'a> {
    pool: &'a Pool,
    indicator: &'a Indicator,
    /// Codes without sex.
    group: Codes,
    /// Sexes of which every survey has a level; `None` is all persons.
    sexes: Vec<Option<Text>>,
    /// The size that is estimated beside each level, where the surveys' own estimates do not do.
    size: Option<Size>,
    /// What is noted at every figure.
    notes: Vec<Diagnostic>,
}

/// All groups of all indicators of all pools.
pub(super) fn tasks<'a>(known: &Known<'a>) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for pool in &known.prepared.across.pools {
        for indicator in &known.prepared.indicators {
            let mut notes: Vec<Diagnostic> =
                comparable::note_of_pool(known.prepared, &indicator.id, &pool.surveys)
                    .into_iter()
                    .collect();
            notes.extend(normalised(known, pool, indicator));
            if pool.weights == PoolWeights::Population {
                notes.push(Diagnostic::fixed(
                    "population_fixed",
                    Severity::Note,
                    "The pool takes populations as known without error.",
                ));
            }
            for (group, sexes) in groups(known, pool, indicator) {
                let size = size(pool.weights, indicator, &group);
                let notes = notes.clone();
                tasks.push(Task { pool, indicator, group, sexes, size, notes });
            }
        }
    }
    tasks
}

/// The size that has to be estimated, if it is not known.
fn size(weights: PoolWeights, indicator: &Indicator, group: &Codes) -> Option<Size> {
    match (weights, indicator.statistic) {
        (_, Statistic::Total | Statistic::Quantile | Statistic::Published) => None,
        (PoolWeights::Equal, _) => None,
        (PoolWeights::Survey, _) => Some(Size::Weighted),
        (PoolWeights::Population, Statistic::Proportion | Statistic::Mean) if group.is_empty() => {
            None
        }
        (PoolWeights::Population, _) => Some(Size::Share),
    }
}

/// Whether a pool needs the rows of its surveys, for sizes that their estimates do not tell.
pub(super) fn needs_rows(prepared: &Prepared, pool: &Pool) -> bool {
    let groups = prepared.breakdowns.iter().map(|concepts| {
        let other = concepts.iter().filter(|id| *id != "sex");
        other.map(|id| (Text::from(id), Text::fixed("_T"))).collect::<Codes>()
    });
    let groups: Vec<Codes> = groups.chain([Codes::new()]).collect();
    prepared
        .indicators
        .iter()
        .any(|indicator| groups.iter().any(|group| size(pool.weights, indicator, group).is_some()))
}

impl Task<'_> {
    /// What has to be estimated together: each level with its size, and women with men where they are
    /// compared.
    pub fn asks(&self, known: &Known<'_>) -> Vec<Ask> {
        let mut asks = Vec::new();
        for survey in &self.pool.surveys {
            let own =
                self.sexes.iter().flat_map(|sex| self.ask(known, *survey, sex.as_deref(), false));
            asks.extend(own);
            if self.has_both() {
                asks.extend(self.ask(known, *survey, Some("F"), true));
            }
        }
        asks
    }

    fn has_both(&self) -> bool {
        ["F", "M"].iter().all(|sex| self.sexes.iter().any(|own| own.as_deref() == Some(sex)))
    }

    fn ask(
        &self,
        known: &Known<'_>,
        survey: usize,
        sex: Option<&str>,
        compared: bool,
    ) -> Option<Ask> {
        let base = known.key(survey, self.indicator, &self.group);
        let sexes = if compared { vec![Some("F"), Some("M")] } else { vec![sex] };
        let cells = sexes.into_iter().map(|sex| with_sex(&base, sex)).collect();
        self.size.map(|size| Ask { surveys: vec![survey], cells, size })
    }

    /// The pooled figures of the group.
    pub fn figures(&self, known: &Known<'_>, answers: &BTreeMap<Ask, Together>, made: &mut Made) {
        let (pool, indicator) = (self.pool, self.indicator);
        let mut levels: BTreeMap<Option<&str>, Estimate> = BTreeMap::new();
        for sex in &self.sexes {
            let sex = sex.as_deref();
            levels.insert(sex, self.level(known, answers, sex, false));
        }
        let both = self
            .has_both()
            .then(|| ["F", "M"].map(|sex| self.level(known, answers, Some(sex), true)));
        let populations = self.populations(known);
        let separate = pool.surveys.iter().any(|at| known.prepared.samples[*at].separate_weights());
        let union_df = both.as_ref().and_then(|[women, men]| self.union_df(known, women, men));
        let options = known.prepared.samples[pool.surveys[0]].options.clone();
        // A total of files with weights of their own is made of women and men, as in each survey.
        if separate
            && pool.weights != PoolWeights::Equal
            && let Some([women, men]) = &both
            && levels.contains_key(&None)
        {
            let total = measures::total_of_two(
                women,
                men,
                populations,
                union_df,
                options.level,
                options.interval,
            );
            levels.insert(None, total);
        }
        let surveys_of = |sex: Option<&str>, measure: Measure| -> Vec<SeriesKey> {
            let of = |survey: &usize| {
                let key = with_sex(&known.key(*survey, indicator, &self.group), sex);
                SeriesKey { measure, ..key }
            };
            pool.surveys.iter().map(of).collect()
        };
        for (sex, level) in &levels {
            let parts = surveys_of(*sex, Measure::Nonresponse);
            if parts.iter().all(|key| known.estimates.contains_key(key)) {
                made.add(measures::nonresponse(level), parts);
            }
            made.add(level.clone(), surveys_of(*sex, Measure::Level));
        }
        let by_sex = is_compared(indicator) && known.prepared.registry.may_split(indicator, "sex");
        let Some([women, men]) = both.as_ref().filter(|_| by_sex) else { return };
        let persons = [
            Measure::UserDifference,
            Measure::WomenToParity,
            Measure::ExcessOffline,
            Measure::Headcount,
        ];
        let wanted = known.prepared.measures.iter().copied();
        let wanted: Vec<Measure> =
            wanted.filter(|m| populations.is_some() || !persons.contains(m)).collect();
        let compared =
            measures::Options { level: options.level, measures: wanted.clone(), populations };
        // What women and men are withheld for is withheld here too: the review sees to it.
        made.estimates.extend(measures::compare(
            women,
            men,
            union_df,
            indicator.direction,
            &compared,
        ));
        if let Some((f, m)) = populations.filter(|_| wanted.contains(&Measure::Headcount)) {
            let rate = measures::total_of_two(
                women,
                men,
                populations,
                union_df,
                options.level,
                options.interval,
            );
            for (sex, people) in [("F", f), ("M", m)] {
                let own =
                    levels.get(&Some(sex)).map(|own| measures::headcount_of(own, Some(people)));
                made.estimates.extend(own);
            }
            if levels.contains_key(&None) {
                made.estimates.push(measures::headcount_of(&rate, Some(f + m)));
            }
        }
    }

    fn key(&self, sex: Option<&str>) -> SeriesKey {
        let key = SeriesKey {
            source: (&self.pool.id).into(),
            ref_area: (&self.pool.ref_area).into(),
            time_period: (&self.pool.time_period).into(),
            indicator: (&self.indicator.id).into(),
            breakdown: self.group.clone(),
            measure: Measure::Level,
        };
        with_sex(&key, sex)
    }

    /// The pooled level; `compared`: as it is compared with that of the other sex.
    fn level(
        &self,
        known: &Known<'_>,
        answers: &BTreeMap<Ask, Together>,
        sex: Option<&str>,
        compared: bool,
    ) -> Estimate {
        let (pool, indicator) = (self.pool, self.indicator);
        let mut parts = Vec::new();
        let mut counts = Vec::new();
        let mut absent = None;
        let at = usize::from(compared && sex == Some("M"));
        for survey in &pool.surveys {
            let key = with_sex(&known.key(*survey, indicator, &self.group), sex);
            let ask = self.ask(known, *survey, sex, compared);
            let answer = ask.and_then(|ask| answers.get(&ask));
            let level = match answer {
                Some(answer) => Some(answer.levels[at].clone()),
                None if compared => known.compared(&key),
                None => known.estimates.get(&key).copied().cloned(),
            };
            let Some(level) = level else {
                absent = Some(Absence::PartAbsent);
                continue;
            };
            counts.push(level.counts.clone());
            let size = answer.and_then(|answer| answer.sizes[at].clone());
            let size = match pool.weights {
                PoolWeights::Equal => Some(Linearized::exact(1.0)),
                PoolWeights::Survey => Some(size.unwrap_or_else(|| Linearized::exact(0.0))),
                PoolWeights::Population => match (known.population(*survey, indicator), sex) {
                    (Some(people), sex) => {
                        let people = match sex {
                            Some("F") => people.0,
                            Some("M") => people.1,
                            _ => people.0 + people.1,
                        };
                        Some(match (size, self.size) {
                            (Some(share), _) => scaled(&share, people),
                            (None, Some(_)) => Linearized::exact(0.0),
                            (None, None) => Linearized::exact(people),
                        })
                    }
                    (None, _) => None,
                },
            };
            match size {
                None => absent = absent.or(Some(Absence::PopulationUnknown)),
                Some(size) => parts.push(PoolPart { level, size }),
            }
        }
        absent = match (pool.weights, indicator.statistic) {
            (PoolWeights::Survey | PoolWeights::Population, Statistic::Quantile)
            | (PoolWeights::Equal | PoolWeights::Population, Statistic::Total) => {
                Some(Absence::NotApplicable)
            }
            _ => absent,
        };
        let cannot =
            |at: &usize| known.prepared.samples[*at].unavailable.contains_key(&indicator.id);
        if pool.surveys.iter().any(cannot) {
            absent = Some(Absence::Unavailable);
        }
        // Where a survey has nobody of a group, the others are all there is.
        let nobody = |part: &PoolPart| {
            matches!(part.level.outcome, Outcome::Absent(Absence::NoCases | Absence::NoWeight))
        };
        if pool.weights != PoolWeights::Equal && !parts.iter().all(nobody) {
            parts.retain(|part| !nobody(part));
        }
        let key = self.key(sex);
        let mut level = match absent {
            Some(absence) => without_figure(key, absence, &parts, &counts),
            None => self.pooled(known, key, &parts),
        };
        for note in &self.notes {
            level = measures::noted(level, note);
        }
        level
    }

    fn pooled(&self, known: &Known<'_>, key: SeriesKey, parts: &[PoolPart]) -> Estimate {
        let options = &known.prepared.samples[self.pool.surveys[0]].options;
        let share = self.indicator.statistic == Statistic::Proportion;
        let stacked = self.pool.weights == PoolWeights::Survey;
        let mut level = measures::pool(
            key,
            parts,
            &PoolOptions {
                level: options.level,
                share: share.then_some(options.interval),
                df: if stacked { PoolDf::Sum } else { PoolDf::Satterthwaite },
                judged_apart: !stacked,
                sum: self.indicator.statistic == Statistic::Total,
            },
        );
        let (n, weighted) = (level.counts.n as f64, level.counts.weighted);
        if let (true, Outcome::Known(figure)) = (share && stacked, &mut level.outcome)
            && let Uncertainty::Linearized(value) = &figure.value
        {
            let spread = value.value() * (1.0 - value.value());
            let simple = match options.deff {
                Deff::Deft2 => spread / n,
                Deff::SrsWithReplacement => spread / (n - 1.0),
                Deff::SrsWithoutReplacement => spread / (n - 1.0) * (1.0 - n / weighted),
            };
            let effect = value.variance() / simple;
            figure.deff = (simple > 0.0 && effect.is_finite()).then_some(effect);
            figure.n_effective = figure.deff.filter(|d| *d > 0.0).map(|d| n / d);
        }
        level
    }

    /// Degrees of freedom of the comparison of women and men: the sum of those of the surveys' own
    /// comparisons for stacked files, else Satterthwaite's of the gap.
    fn union_df(&self, known: &Known<'_>, women: &Estimate, men: &Estimate) -> Option<f64> {
        let samples = &known.prepared.samples;
        let name = (Text::from(&self.indicator.id), self.group.clone());
        let own: Vec<(&str, Option<f64>)> = self
            .pool
            .surveys
            .iter()
            .map(|at| {
                let df = known.facts[*at].union_df.get(&name).copied();
                (samples[*at].plan.sample.as_str(), df.unwrap_or(Some(0.0)))
            })
            .collect();
        let linear = |level: &Estimate| match &level.outcome {
            Outcome::Known(figure) => match &figure.value {
                Uncertainty::Linearized(value) => Some(value.clone()),
                _ => None,
            },
            Outcome::Absent(_) => None,
        };
        let gap = linear(women).zip(linear(men)).and_then(|(f, m)| measures::gap(&f, &m).ok());
        match (self.pool.weights, gap) {
            (PoolWeights::Equal | PoolWeights::Population, Some(gap)) => {
                measures::satterthwaite_of(&gap, own)
            }
            _ => own.into_iter().try_fold(0.0, |sum, (_, df)| Some(sum + df?)),
        }
    }

    /// Women and men that the whole pool stands for: of different areas, else somebody counted twice.
    fn populations(&self, known: &Known<'_>) -> Option<(f64, f64)> {
        let areas: BTreeSet<&str> = self
            .pool
            .surveys
            .iter()
            .map(|at| known.prepared.samples[*at].plan.ref_area.as_str())
            .collect();
        let apart = areas.len() == self.pool.surveys.len();
        let whole = self.group.is_empty() && self.indicator.kind == IndicatorKind::Rate;
        if self.pool.weights != PoolWeights::Population || !apart || !whole {
            return None;
        }
        self.pool.surveys.iter().try_fold((0.0, 0.0), |(f, m), at| {
            let (women, men) = known.population(*at, self.indicator)?;
            Some((f + women, m + men))
        })
    }
}

fn scaled(value: &Linearized, by: f64) -> Linearized {
    measures::headcount(value, by)
}

fn without_figure(
    key: SeriesKey,
    absence: Absence,
    parts: &[PoolPart],
    counts: &[Counts],
) -> Estimate {
    let mut all = Counts::default();
    for own in counts {
        all.n += own.n;
        all.weighted += own.weighted;
        all.n_rows += own.n_rows;
    }
    Estimate {
        key,
        unit: parts.first().map_or(Unit::Share, |part| part.level.unit),
        outcome: Outcome::Absent(absence),
        counts: all,
        parts: counts.to_vec(),
        diagnostics: Vec::new(),
    }
}
