//! Figures of one survey estimated together, from rows in memory.
//!
//! The streaming kernel knows the covariance of the cells of one group: of women and men in rural areas,
//! but not of rural with urban women. Here any cells of a survey get scores in one frame. Values, counts,
//! degrees of freedom and notes stay those of the kernel; only the scores are new. The standard errors they
//! tell are the same, but that a rule for single PSUs counts the strata of all cells that are asked for, and
//! that a replicate without one of them is left out for all.

use super::Known;
use crate::Error;
use crate::plan::Sample;
use crate::walk::{opened, survey_error, with_rows};
use inclusion_estimate::{
    Codes, Diagnostic, Estimate, Frame, Linearized, Outcome, SeriesKey, Severity, Uncertainty,
};
use inclusion_registry::{Indicator, Statistic};
use inclusion_survey::DfRule;
use inclusion_survey::sample::Sample as Memory;
use inclusion_survey::sample::linear::{Linear, Need, Ratio, ratios, totals};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Cells of a survey that are to be estimated together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask {
    /// The survey, by its place in the study; two where they share their primary sampling units.
    pub surveys: Vec<usize>,
    /// Keys of the levels.
    pub cells: Vec<SeriesKey>,
    /// The size that is wanted beside each level.
    pub size: Size,
}

/// The size of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Size {
    /// None.
    No,
    /// The denominator: weighted cases, or the total of a ratio's second number.
    Weighted,
    /// The denominator over the weighted cases of the same sex in all groups.
    Share,
}

/// What was estimated together.
pub(super) struct Together {
    /// The levels, in the order asked for; those that have no standard error stay as they are.
    pub levels: Vec<Estimate>,
    /// Their sizes, where asked for and where the level has a figure.
    pub sizes: Vec<Option<Linearized>>,
    /// Degrees of freedom of the union of all cells.
    pub union_df: Option<f64>,
}

/// Answers all questions, survey by survey, so that no more is in memory than one question needs.
pub(super) fn answers(
    known: &Known<'_>,
    asks: BTreeSet<Ask>,
) -> Result<BTreeMap<Ask, Together>, Error> {
    let mut answers = BTreeMap::new();
    let of: BTreeSet<&Vec<usize>> = asks.iter().map(|ask| &ask.surveys).collect();
    for surveys in of {
        let rows = InMemory::read(known, surveys)?;
        let own: Vec<&Ask> = asks.iter().filter(|ask| ask.surveys == *surveys).collect();
        let found: Vec<(Ask, Together)> = own
            .into_par_iter()
            .map(|ask| Ok((ask.clone(), rows.answer(known, ask)?)))
            .collect::<Result<_, Error>>()?;
        answers.extend(found);
    }
    Ok(answers)
}

/// Rows of a survey, or of two that share their primary sampling units, by indicator.
struct InMemory<'a> {
    /// The survey; of two the first, whose design is that of both.
    sample: &'a Sample,
    /// Name of the sample that the rows are.
    name: String,
    memory: Memory,
    /// By survey and indicator.
    columns: BTreeMap<(&'a str, &'a str), Columns>,
}

/// Numerator, denominator and base of an indicator, by row.
struct Columns {
    statistic: Statistic,
    y: Vec<f64>,
    x: Vec<f64>,
    base: Vec<bool>,
}

impl<'a> InMemory<'a> {
    /// Reads the files of the surveys one after the other, as one sample.
    fn read(known: &Known<'a>, surveys: &[usize]) -> Result<InMemory<'a>, Error> {
        let samples: Vec<&'a Sample> =
            surveys.iter().map(|at| &known.prepared.samples[*at]).collect();
        let first = samples[0];
        let mut plan = first.plan.clone();
        let mut parts = Vec::new();
        for sample in &samples {
            parts.extend(opened(sample, &known.prepared.registry)?);
        }
        plan.indicators = samples.iter().flat_map(|s| s.plan.indicators.iter().cloned()).collect();
        let memory = with_rows(&parts, |rows| Memory::read(&plan, rows, &first.options))?
            .map_err(|error| survey_error(first, error))?;
        let mut own = InMemory {
            sample: first,
            name: samples.iter().map(|s| s.plan.sample.as_str()).collect::<Vec<_>>().join(" + "),
            memory,
            columns: BTreeMap::new(),
        };
        // Rows of the first survey were read first.
        let numbers: Vec<f64> = (0..own.memory.rows()).map(|row| row as f64).collect();
        let read = own.memory.in_input_order(&numbers);
        let (mut start, mut at) = (0, 0);
        for (survey, sample) in surveys.iter().zip(&samples) {
            let end = match samples.len() {
                1 => read.len(),
                _ => (start + known.facts[*survey].rows as usize).min(read.len()),
            };
            let mut inside = vec![false; read.len()];
            read[start..end].iter().for_each(|row| inside[*row as usize] = true);
            for planned in &sample.plan.indicators {
                let columns = own.columns(at, &planned.indicator, &inside);
                let name = (sample.plan.sample.as_str(), planned.indicator.id.as_str());
                own.columns.insert(name, columns);
                at += 1;
            }
            start = end;
        }
        Ok(own)
    }

    /// The indicator at a place of the plan, in the rows of one survey.
    fn columns(&self, at: usize, indicator: &Indicator, inside: &[bool]) -> Columns {
        let memory = &self.memory;
        let number = |id: &Option<String>| {
            let values = memory.numbers(id.as_deref()?).ok()?;
            Some(values.iter().map(|value| value.unwrap_or(0.0)).collect::<Vec<f64>>())
        };
        let yes = || memory.numerator(at).into_iter().map(f64::from).collect();
        let base = memory.base(at);
        Columns {
            statistic: indicator.statistic,
            y: number(&indicator.value).unwrap_or_else(yes),
            x: number(&indicator.denominator).unwrap_or_else(|| vec![1.0; memory.rows()]),
            base: base.iter().zip(inside).map(|(base, inside)| *base && *inside).collect(),
        }
    }

    /// The rows of a base that have all codes of a breakdown.
    fn rows(&self, base: &[bool], codes: &Codes) -> Result<Vec<bool>, Error> {
        let mut rows = base.to_vec();
        for (id, code) in codes {
            // A survey of one sex need not have the variable.
            let Some(concept) = self.sample.plan.concepts.get(id.as_str()) else { continue };
            let place = concept.codes.iter().position(|own| own.id == *code);
            let place = place.and_then(|at| i16::try_from(at).ok());
            let own = self.memory.codes(id).map_err(|error| survey_error(self.sample, error))?;
            rows.iter_mut().zip(own).for_each(|(inside, own)| *inside &= Some(*own) == place);
        }
        Ok(rows)
    }

    fn columns_of<'s>(&'s self, key: &'s SeriesKey) -> Option<&'s Columns> {
        self.columns.get(&(key.source.as_str(), key.indicator.as_str()))
    }

    /// The columns of a cell whose scores can be had: quantiles have others, and the total of two
    /// separately weighted files is no ratio of sums.
    fn linear<'s>(&'s self, key: &'s SeriesKey, level: &Estimate) -> Option<&'s Columns> {
        let columns = self.columns_of(key)?;
        let known = level.outcome.figure().map(|figure| &figure.value);
        let linear = matches!(known, Some(Uncertainty::Linearized(_)));
        let apart = self.sample.separate_weights() && key.sex().is_none();
        (linear && !apart && columns.statistic != Statistic::Quantile).then_some(columns)
    }

    fn answer(&self, known: &Known<'_>, ask: &Ask) -> Result<Together, Error> {
        let mut levels: Vec<Estimate> = Vec::new();
        let mut cells = Vec::new();
        let mut domain = vec![false; self.memory.rows()];
        // All rows of quantiles, which have scores of their own.
        let mut every = domain.clone();
        let join = |any: &mut [bool], rows: &[bool]| {
            any.iter_mut().zip(rows).for_each(|(any, inside)| *any |= inside);
        };
        for key in &ask.cells {
            let level = known.estimates.get(key).copied().cloned();
            let level = level.ok_or_else(|| missing(key))?;
            if let Some(columns) = self.linear(key, &level) {
                let rows = self.rows(&columns.base, &key.breakdown)?;
                join(&mut domain, &rows);
                let sex = key.breakdown.iter().filter(|(id, _)| **id == "sex").collect();
                let all = self.rows(&columns.base, &sex)?;
                cells.push((levels.len(), columns, rows, all));
            } else if let Some(columns) = self.columns_of(key) {
                join(&mut every, &self.rows(&columns.base, &key.breakdown)?);
            }
            levels.push(level);
        }
        let mut sizes = vec![None; levels.len()];
        if cells.is_empty() {
            let union_df = self.memory.df_by_rule(&every);
            return Ok(Together { levels, sizes, union_df });
        }
        let ones = vec![1.0; self.memory.rows()];
        // The denominators of groups as numerators over everybody of the sex.
        let parts: Vec<Vec<f64>> = match ask.size {
            Size::Share => cells
                .iter()
                .map(|(_, columns, rows, _)| {
                    let pairs = columns.x.iter().zip(rows);
                    pairs.map(|(x, inside)| if *inside { *x } else { 0.0 }).collect()
                })
                .collect(),
            Size::No | Size::Weighted => Vec::new(),
        };
        let statistic = |weights: &[f64], need: Need| {
            let mut linear = Linear::default();
            for (at, (_, columns, rows, all)) in cells.iter().enumerate() {
                let (y, x) = (columns.y.as_slice(), columns.x.as_slice());
                let level = match columns.statistic {
                    Statistic::Total => totals(weights, &[(y, rows)], need),
                    _ => ratios(weights, &[Ratio { y, x, base: rows }], need)?,
                };
                linear = linear.beside(level);
                linear = match ask.size {
                    Size::No => linear,
                    Size::Weighted => linear.beside(totals(weights, &[(x, rows)], need)),
                    Size::Share => {
                        let share = Ratio { y: &parts[at], x: &ones, base: all };
                        linear.beside(ratios(weights, &[share], need)?)
                    }
                };
            }
            Ok(linear.in_domain(&domain))
        };
        let joint =
            self.memory.joint(&statistic).map_err(|error| survey_error(self.sample, error))?;
        let frame = Frame::new(self.name.as_str(), name(ask));
        let mut values = joint.linearized(&frame).into_iter().zip(&joint.known);
        for (at, ..) in &cells {
            let (own, known) = values.next().ok_or_else(|| missing(&ask.cells[*at]))?;
            levels[*at].diagnostics.extend(dropped(joint.dropped));
            if let Outcome::Known(figure) = &mut levels[*at].outcome {
                let point = figure.point();
                if (own.value() - point).abs() > 1e-9 * point.abs().max(1e-9) {
                    return Err(Error::Internal(format!(
                        "the figure {point} of {:?} is {} when estimated together with others",
                        ask.cells[*at],
                        own.value()
                    )));
                }
                figure.value = match known {
                    true => Uncertainty::Linearized(at_value(&own, point)),
                    false => Uncertainty::Unknown { value: point },
                };
            }
            if ask.size != Size::No {
                sizes[*at] = values.next().map(|(size, _)| size);
            }
        }
        let union_df = match self.sample.options.df {
            DfRule::Domain => Some(joint.union_df),
            DfRule::Full => Some(self.memory.full_df()),
            DfRule::Infinite => None,
        };
        Ok(Together { levels, sizes, union_df })
    }
}

/// Said of cells of which a replicate lacks one: it tells nothing of any of them.
fn dropped(count: u64) -> Option<Diagnostic> {
    let leave = if count == 1 { "leaves" } else { "leave" };
    (count > 0).then(|| Diagnostic {
        code: "replicates_dropped_together".into(),
        severity: Severity::Caution,
        message: format!(
            "{count} of the replicate weights {leave} a group that is contrasted without rows; the standard error rests on the others."
        )
        .into(),
        count,
    })
}

/// The same scores at the kernel's own value, which has other last digits.
fn at_value(own: &Linearized, value: f64) -> Linearized {
    Linearized::combine(value, [(1.0, own)]).unwrap_or_else(|_| own.clone())
}

/// Names what is estimated together, apart from everything else of the sample.
fn name(ask: &Ask) -> String {
    let cells = ask.cells.iter().map(|key| {
        let codes = key.breakdown.iter().map(|(concept, code)| format!(" {concept} {code}"));
        format!("{}{}", key.indicator, codes.collect::<String>())
    });
    format!("together: {} ({:?})", cells.collect::<Vec<_>>().join("; "), ask.size)
}

fn missing(key: &SeriesKey) -> Error {
    Error::Internal(format!("no estimate {key:?} to be put beside others"))
}
