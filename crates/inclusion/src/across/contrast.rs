//! Contrasts: two groups of a breakdown in each survey, or two cells that the study names.

use super::together::{Ask, Size, Together};
use super::{Known, Made, comparable, with_code};
use crate::plan::across::{Cell, Contrast, Sides};
use crate::plan::is_compared;
use crate::study::ContrastOf;
use inclusion_estimate::{Absence, Counts, Estimate, Measure, Outcome, SeriesKey, Text, Unit};
use inclusion_measures::{
    self as measures, ContrastDf, ContrastKind, ContrastOptions, contrast, noted,
};
use inclusion_registry::Indicator;
use std::collections::BTreeMap;

/// One contrast of two groups of a survey, or of two cells.
pub(super) struct Task<'a> {
    contrast: &'a Contrast,
    /// Key of the result, but for its measure and sex.
    key: SeriesKey,
    /// Surveys that it is of.
    surveys: Vec<usize>,
    indicator: &'a Indicator,
    /// Levels of the first and of the second side, by what is contrasted.
    pairs: Vec<Pair>,
    /// Both sides are of this survey, and are estimated together.
    one_survey: Option<usize>,
}

/// What is contrasted.
enum Pair {
    /// Two levels, and the sex that the result is of.
    Levels(Box<[SeriesKey; 2]>, Option<Text>),
    /// Gap or parity of two groups: women and men of the first, then of the second.
    Compared(Box<[SeriesKey; 4]>, Measure),
}

/// All contrasts of the study.
pub(super) fn tasks<'a>(known: &Known<'a>) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for contrast in &known.prepared.across.contrasts {
        match &contrast.sides {
            Sides::Groups { concept, codes, surveys, indicators } => {
                for survey in surveys {
                    for id in indicators {
                        let own =
                            groups(known, contrast, concept, codes, (*survey, surveys.len()), id);
                        tasks.extend(own);
                    }
                }
            }
            Sides::Cells(cells) => tasks.extend(of_cells(known, contrast, cells)),
        }
    }
    tasks
}

/// Whether a contrast needs the rows of a survey: both sides are of one.
pub(super) fn needs_rows(contrast: &Contrast) -> bool {
    match &contrast.sides {
        Sides::Groups { .. } => true,
        Sides::Cells(cells) => {
            let [first, second] = &**cells;
            first.source.id == second.source.id && first.source.surveys.len() == 1
        }
    }
}

/// What a gap of a contrast is called, if the kind has one.
fn compared_by(kind: ContrastKind) -> Option<Measure> {
    match kind {
        ContrastKind::Difference => Some(Measure::Gap),
        ContrastKind::Ratio => Some(Measure::Parity),
        ContrastKind::Relative | ContrastKind::LogRatio => None,
    }
}

/// The first code against the second, in every breakdown of the survey that has them.
fn groups<'a>(
    known: &Known<'a>,
    of: &'a Contrast,
    concept: &str,
    codes: &[String; 2],
    (survey, several): (usize, usize),
    indicator: &str,
) -> Vec<Task<'a>> {
    let plan = &known.prepared.samples[survey].plan;
    let Some(indicator) = known.prepared.indicators.iter().find(|i| i.id == indicator) else {
        return Vec::new();
    };
    let source = match several {
        1 => of.id.clone(),
        _ => format!("{}/{}", of.id, plan.sample),
    };
    let mut tasks: BTreeMap<SeriesKey, Task<'a>> = BTreeMap::new();
    for (key, _) in known.of(&known.survey(survey), &indicator.id) {
        if key.measure != Measure::Level
            || key.breakdown.get(concept).is_none_or(|code| *code != codes[0])
        {
            continue;
        }
        let other = with_code(key, concept, &codes[1]);
        if !known.estimates.contains_key(&other) {
            continue;
        }
        let mut base = with_code(key, concept, &codes.join("/"));
        let sex = base.breakdown.remove("sex");
        base.source = source.clone().into();
        let task = tasks.entry(base.clone()).or_insert_with(|| Task {
            contrast: of,
            key: base,
            surveys: vec![survey],
            indicator,
            pairs: Vec::new(),
            one_survey: Some(survey),
        });
        task.pairs.push(Pair::Levels(Box::new([key.clone(), other]), sex));
    }
    for task in tasks.values_mut() {
        let find = |wanted: &str| {
            task.pairs.iter().find_map(|pair| match pair {
                Pair::Levels(keys, Some(sex)) if sex == wanted => Some((**keys).clone()),
                _ => None,
            })
        };
        let comparable =
            is_compared(indicator) && known.prepared.registry.may_split(indicator, "sex");
        if let (true, Some([f1, f2]), Some([m1, m2])) = (comparable, find("F"), find("M"))
            && let Some(measure) = compared_by(of.kind)
        {
            task.pairs.push(Pair::Compared(Box::new([f1, m1, f2, m2]), measure));
        }
    }
    tasks.into_values().collect()
}

fn of_cells<'a>(known: &Known<'a>, of: &'a Contrast, cells: &'a [Cell; 2]) -> Option<Task<'a>> {
    let [first, second] = cells;
    let indicator = known.prepared.indicators.iter().find(|i| i.id == first.indicator)?;
    let level = |cell: &Cell, sex: Option<&str>| {
        let key = SeriesKey {
            source: cell.source.id.clone(),
            ref_area: cell.source.ref_area.clone(),
            time_period: cell.source.time_period.clone(),
            indicator: cell.indicator.clone(),
            breakdown: cell.group.clone(),
            measure: Measure::Level,
        };
        match sex {
            Some(sex) => with_code(&key, "sex", sex),
            None => key,
        }
    };
    let by_sex = |cell: &Cell| [level(cell, Some("F")), level(cell, Some("M"))];
    let pair = match of.of {
        ContrastOf::Level => {
            Pair::Levels(Box::new([level(first, None), level(second, None)]), None)
        }
        ContrastOf::Gap | ContrastOf::Parity => {
            let ([f1, m1], [f2, m2]) = (by_sex(first), by_sex(second));
            let measure = if of.of == ContrastOf::Gap { Measure::Gap } else { Measure::Parity };
            Pair::Compared(Box::new([f1, m1, f2, m2]), measure)
        }
    };
    let pairs = vec![pair];
    let there = |pair: &Pair| pair.keys().iter().all(|key| known.estimates.contains_key(key));
    let one_survey = (first.source.id == second.source.id && pairs.iter().all(there))
        .then(|| first.source.surveys[0]);
    let mut surveys = first.source.surveys.clone();
    surveys.extend(second.source.surveys.iter().filter(|at| !first.source.surveys.contains(at)));
    Some(Task { contrast: of, key: key_of(of, cells), surveys, indicator, pairs, one_survey })
}

/// The key of a contrast of two cells.
pub(super) fn key_of(of: &Contrast, cells: &[Cell; 2]) -> SeriesKey {
    let [a, b] = cells.each_ref().map(|cell| SeriesKey {
        source: cell.source.id.clone(),
        ref_area: cell.source.ref_area.clone(),
        time_period: cell.source.time_period.clone(),
        indicator: cell.indicator.clone(),
        breakdown: cell.group.clone(),
        measure: Measure::Level,
    });
    let measure = match of.of {
        ContrastOf::Level => measure_of(of.kind),
        ContrastOf::Gap => Measure::GapDifference,
        ContrastOf::Parity => Measure::ParityRatio,
    };
    SeriesKey { measure, ..joined(&of.id, &a, &b) }
}

/// One key for two: what is the same in both stands once, the rest as `first/second`.
fn joined(id: &str, a: &SeriesKey, b: &SeriesKey) -> SeriesKey {
    let both = |x: &Text, y: &Text| if x == y { x.clone() } else { format!("{x}/{y}").into() };
    let code = |key: &SeriesKey, concept: &str| {
        key.breakdown.get(concept).cloned().unwrap_or(Text::fixed("_T"))
    };
    let concepts = a.breakdown.keys().chain(b.breakdown.keys());
    SeriesKey {
        source: id.into(),
        ref_area: both(&a.ref_area, &b.ref_area),
        time_period: both(&a.time_period, &b.time_period),
        indicator: both(&a.indicator, &b.indicator),
        breakdown: concepts
            .map(|concept| (concept.clone(), both(&code(a, concept), &code(b, concept))))
            .collect(),
        measure: Measure::Level,
    }
}

impl Pair {
    fn keys(&self) -> &[SeriesKey] {
        match self {
            Pair::Levels(keys, _) => keys.as_slice(),
            Pair::Compared(keys, _) => keys.as_slice(),
        }
    }
}

impl Task<'_> {
    /// What has to be estimated together.
    pub fn asks(&self) -> impl Iterator<Item = Ask> + '_ {
        self.pairs.iter().filter_map(|pair| self.ask(pair))
    }

    /// Each pair by itself, so that its degrees of freedom are those of its own domains.
    fn ask(&self, pair: &Pair) -> Option<Ask> {
        let survey = self.one_survey?;
        Some(Ask { surveys: vec![survey], cells: pair.keys().to_vec(), size: Size::No })
    }

    /// The contrasts of the pairs.
    pub fn figures(&self, known: &Known<'_>, answers: &BTreeMap<Ask, Together>, made: &mut Made) {
        let kind = self.contrast.kind;
        let note = comparable::note(known.prepared, &self.indicator.id, &self.surveys);
        for pair in &self.pairs {
            let together = self.ask(pair).and_then(|ask| answers.get(&ask));
            let found: Option<Vec<Estimate>> = match together {
                Some(together) => Some(together.levels.clone()),
                None => {
                    let own = |key| match pair {
                        Pair::Levels(..) => known.estimates.get(key).copied().cloned(),
                        Pair::Compared(..) => known.compared(key),
                    };
                    pair.keys().iter().map(own).collect()
                }
            };
            let Some(found) = found else {
                made.add(self.without_cells(pair), Vec::new());
                continue;
            };
            let options = ContrastOptions {
                kind,
                level: known.prepared.samples[self.surveys[0]].options.level,
                df: match together {
                    Some(together) => ContrastDf::Union(together.union_df),
                    None => ContrastDf::Independent,
                },
            };
            let mut key = self.key.clone();
            let estimate = match (pair, found.as_slice()) {
                (Pair::Levels(_, sex), [first, second]) => {
                    key.measure = measure_of(kind);
                    if let Some(sex) = sex {
                        key.breakdown.insert("sex".to_string(), sex.clone());
                    }
                    contrast(key, first, second, &options)
                }
                (Pair::Compared(_, measure), [f1, m1, f2, m2]) => {
                    key.measure = measure_of_compared(*measure);
                    let side =
                        |f: &Estimate, m: &Estimate| self.compared(known, f, m, *measure, &options);
                    match (side(f1, m1), side(f2, m2)) {
                        (Some(first), Some(second)) => contrast(key, &first, &second, &options),
                        _ => continue,
                    }
                }
                _ => continue,
            };
            let estimate = match &note {
                Some(note) => noted(estimate, note),
                None => estimate,
            };
            made.add(estimate, pair.keys().to_vec());
        }
    }

    /// What is said where a survey cannot give a cell.
    fn without_cells(&self, pair: &Pair) -> Estimate {
        let measure = match pair {
            Pair::Levels(..) => measure_of(self.contrast.kind),
            Pair::Compared(_, measure) => measure_of_compared(*measure),
        };
        Estimate {
            key: SeriesKey { measure, ..self.key.clone() },
            unit: Unit::Share,
            outcome: Outcome::Absent(Absence::Unavailable),
            counts: Counts::default(),
            parts: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Gap or parity of one side. Where the sides are of different samples, each has its own degrees of
    /// freedom.
    fn compared(
        &self,
        known: &Known<'_>,
        women: &Estimate,
        men: &Estimate,
        measure: Measure,
        options: &ContrastOptions,
    ) -> Option<Estimate> {
        let mut shown = women.key.clone();
        shown.breakdown.remove("sex");
        shown.measure = Measure::Gap;
        let own = known.estimates.get(&shown).and_then(|gap| gap.outcome.figure());
        let union_df = match (options.df, own) {
            (ContrastDf::Union(df), _) => df,
            (ContrastDf::Independent, Some(gap)) => gap.df,
            // A study that asks for no gap: the fewer of both sexes' own.
            (ContrastDf::Independent, None) => {
                let own = [women, men].map(|level| level.outcome.figure().and_then(|f| f.df));
                own.into_iter().flatten().reduce(f64::min)
            }
        };
        let wanted =
            measures::Options { level: options.level, measures: vec![measure], populations: None };
        let compared = measures::compare(women, men, union_df, self.indicator.direction, &wanted);
        compared.into_iter().next()
    }
}

fn measure_of_compared(measure: Measure) -> Measure {
    match measure {
        Measure::Parity => Measure::ParityRatio,
        _ => Measure::GapDifference,
    }
}

fn measure_of(kind: ContrastKind) -> Measure {
    match kind {
        ContrastKind::Difference => Measure::Difference,
        ContrastKind::Ratio => Measure::LevelRatio,
        ContrastKind::Relative => Measure::RelativeDifference,
        ContrastKind::LogRatio => Measure::LogRatio,
    }
}
