//! Applies a prepared recipe to a batch of raw rows.

use crate::derive::Made;
use crate::error::{Error, Spot};
use crate::join::{Joined, Use};
use crate::journal::Journal;
use crate::limits::Categories;
use crate::make::numbers_of;
use crate::plan::{Maker, Plan, Rule, SlotTest};
use crate::raw::real_at;
use crate::table::{Positions, RawBatch, RawColumn, broken};
use crate::{LogEntry, derive};
use arrow::array::BooleanArray;
use inclusion_registry::{ConceptKind, Recipe};
use std::path::Path;

/// What a batch is judged with.
pub(crate) struct Scene<'a> {
    /// Recipe.
    pub recipe: &'a Recipe,
    /// Prepared recipe.
    pub plan: &'a Plan,
    /// Rows' file.
    pub path: &'a Path,
    /// `line` or `row`.
    pub word: &'static str,
    /// Looked-up files.
    pub joins: &'a [Joined],
    /// The log; `None` on a pass that is not the first.
    pub journal: Option<&'a Journal>,
    /// Counter of distinct unlisted values.
    pub categories: &'a Categories,
    /// A fault is only counted: rows without a match in a looked-up file do not stop.
    pub counting: bool,
}

/// Rows after filter and joins, with the concepts asked for.
pub(crate) struct Evaluated {
    /// Rows.
    pub rows: usize,
    /// Where they stand.
    pub positions: Positions,
    /// Raw columns by slot.
    pub columns: Vec<RawColumn>,
    /// Concepts by maker; `None` where it was not asked for.
    pub made: Vec<Option<Made>>,
}

impl Scene<'_> {
    /// The place of a row, with a column.
    pub fn spot(&self, positions: &Positions, row: usize, slot: Option<usize>) -> Spot {
        Spot {
            file: self.path.to_path_buf(),
            word: self.word,
            number: Some(positions.of(row)),
            column: slot.map(|s| (self.column_name(s), self.plan.slots[s].position)),
        }
    }

    /// The name of a column in messages, with its file if it is looked up.
    pub fn column_name(&self, slot: usize) -> String {
        let info = &self.plan.slots[slot];
        match info.role {
            0 => info.name.clone(),
            n => format!("{}` of `{}", info.name, self.recipe.joins[n - 1].file),
        }
    }

    /// Adds to the log.
    pub fn note(
        &self,
        code: &str,
        message: String,
        line: u64,
        column: Option<&str>,
        value: Option<String>,
        count: u64,
    ) {
        if let Some(journal) = self.journal {
            journal.add(LogEntry {
                code: code.into(),
                message,
                file: self.path.to_path_buf(),
                line: Some(line),
                column: column.map(String::from),
                value: value.map(|v| crate::error::shown(&v)),
                count,
            });
        }
    }

    /// Filter, joins, concepts. `wanted` says which makers are needed.
    pub fn evaluate(&self, batch: RawBatch, wanted: &[bool]) -> Result<Evaluated, Error> {
        let mut out = self.rows(batch)?;
        for (maker, wanted) in self.plan.makers.iter().zip(wanted) {
            let made = if *wanted { Some(self.make(maker, &out)?) } else { None };
            out.made.push(made);
        }
        Ok(out)
    }

    /// Filter and joins, without any concept.
    pub fn rows(&self, batch: RawBatch) -> Result<Evaluated, Error> {
        let RawBatch { rows, positions, columns, log, .. } = batch;
        if let Some(journal) = self.journal {
            log.into_iter().for_each(|entry| journal.add(entry));
        }
        let mut out = Evaluated { rows, positions, columns, made: Vec::new() };
        self.filter(&mut out)?;
        self.join(&mut out)?;
        Ok(out)
    }

    /// Notes rows that a filter leaves out, the first of them by its line or row number.
    pub fn note_excluded(&self, place: usize, first: u64, count: u64) {
        let keep = &self.plan.keep[place];
        let column = &self.plan.slots[keep.test.slot].name;
        let message = format!("rows were left out: {}", keep.reason);
        self.note("rows_excluded", message, first, Some(column), None, count);
    }

    fn filter(&self, batch: &mut Evaluated) -> Result<(), Error> {
        if self.plan.keep.is_empty() {
            return Ok(());
        }
        let mut mask = vec![true; batch.rows];
        for (place, keep) in self.plan.keep.iter().enumerate() {
            let passes = self.passes(&keep.test, batch);
            let (mut count, mut first) = (0, 0);
            for (row, (keeps, passes)) in mask.iter_mut().zip(passes).enumerate() {
                if *keeps && !passes {
                    *keeps = false;
                    if count == 0 {
                        first = row;
                    }
                    count += 1;
                }
            }
            if count > 0 {
                self.note_excluded(place, batch.positions.of(first), count);
            }
        }
        if mask.iter().all(|m| *m) {
            return Ok(());
        }
        let kept = (0..batch.rows).filter(|i| mask[*i]).map(|i| batch.positions.of(i)).collect();
        let mask = BooleanArray::from(mask);
        for column in &mut batch.columns {
            *column = column.filter(&mask).map_err(|e| broken(self.path, e.to_string()))?;
        }
        batch.rows = mask.true_count();
        batch.positions = Positions::List(kept);
        Ok(())
    }

    fn join(&self, batch: &mut Evaluated) -> Result<(), Error> {
        for (joined, slots) in self.joins.iter().zip(&self.plan.joins) {
            let key: Vec<&RawColumn> = slots.iter().map(|s| &batch.columns[*s]).collect();
            let spot = |row| self.spot(&batch.positions, row, None);
            let how = match (self.counting, self.journal) {
                (true, _) => Use::Count,
                (false, Some(_)) => Use::First,
                (false, None) => Use::Again,
            };
            let (columns, misses) = joined.look_up(&key, batch.rows, spot, how)?;
            if let Some(misses) = misses {
                let message = format!(
                    "rows have no match in {}; the first key is {}",
                    crate::error::file_name(&joined.path),
                    misses.key
                );
                self.note(
                    "unmatched_rows",
                    message,
                    batch.positions.of(misses.first),
                    None,
                    None,
                    misses.count,
                );
            }
            batch.columns.extend(columns);
        }
        Ok(())
    }

    /// Whether each row passes a test.
    pub(crate) fn passes(&self, test: &SlotTest, batch: &Evaluated) -> Vec<bool> {
        let column = &batch.columns[test.slot];
        let mut passes = match &test.values {
            Some(lookup) => lookup.codes(column).into_iter().map(|c| c == 1).collect(),
            None => vec![true; batch.rows],
        };
        if test.min.is_some() || test.max.is_some() {
            let (min, max) =
                (test.min.unwrap_or(f64::NEG_INFINITY), test.max.unwrap_or(f64::INFINITY));
            let format = &self.plan.slots[test.slot].format;
            for (row, pass) in passes.iter_mut().enumerate().filter(|(_, p)| **p) {
                *pass = real_at(column, row, format).is_some_and(|v| min <= v && v <= max);
            }
        }
        passes
    }

    fn make(&self, maker: &Maker, batch: &Evaluated) -> Result<Made, Error> {
        let rows = batch.rows;
        let of = |at: usize| {
            batch.made[at].as_ref().expect("invariant: what a concept needs was made before it")
        };
        match &maker.rule {
            Rule::Fixed(code) => Ok(Made::Codes(vec![*code; rows])),
            Rule::FixedNumber(value) => {
                Ok(Made::Numbers { values: vec![*value; rows], reasons: None })
            }
            Rule::Code { slot, lookup } => self.code(maker, *slot, lookup, batch),
            Rule::Number { slot, lookup, mapped, scale } => {
                self.number(maker, *slot, lookup, mapped, *scale, batch)
            }
            Rule::Cases { cases, slots, mapped, blank, others } => {
                let codes = self.raw_cases(maker, cases, slots, *blank, *others, batch)?;
                Ok(match maker.kind {
                    ConceptKind::Category => Made::Codes(codes),
                    ConceptKind::Number => numbers_of(&codes, mapped),
                })
            }
            Rule::Band { of: at, bands } => Ok(derive::band(of(*at), bands, rows)),
            Rule::Count { of } => Ok(derive::count(of, &batch.made, rows)),
            Rule::Derived(clauses) => Ok(derive::cases(clauses, &maker.needs, &batch.made, rows)),
            Rule::Quantile { of: at, cuts, ties } => {
                Ok(derive::quantile(of(*at), cuts.get().map_or(&[], Vec::as_slice), *ties, rows))
            }
        }
    }
}
