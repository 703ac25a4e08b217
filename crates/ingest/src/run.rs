//! Applies a prepared recipe to a batch of raw rows.

use crate::derive::{self, Made};
use crate::error::{Error, Extent, Spot};
use crate::join::{Joined, Use};
use crate::journal::Journal;
use crate::lookup::{BLANK, Lookup, NO_MATCH, UNLISTED};
use crate::number;
use crate::plan::{Maker, Plan, Rule, SlotTest};
use crate::raw::{is_blank, real_at, reals, tag_name, text_of};
use crate::table::{Positions, RawBatch, RawColumn, broken};
use crate::{LogEntry, limits::Categories};
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::datatypes::{DataType, Float64Type};
use inclusion_registry::{ConceptKind, Missing, Recipe};
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

    fn passes(&self, test: &SlotTest, batch: &Evaluated) -> Vec<bool> {
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

    fn code(
        &self,
        maker: &Maker,
        slot: usize,
        lookup: &Lookup,
        batch: &Evaluated,
    ) -> Result<Made, Error> {
        let column = &batch.columns[slot];
        let codes = lookup.codes(column);
        // The smallest code is found in a few instructions; a row only where one is not covered.
        if codes.iter().fold(0, |low, c| low.min(*c)) <= BLANK {
            let row = codes.iter().position(|c| *c <= BLANK).unwrap_or(0);
            return Err(self.unmapped(maker, slot, lookup, batch, row));
        }
        self.note_missing(slot, lookup, column, &codes, &batch.positions);
        if lookup.others != UNLISTED {
            let others =
                codes.iter().enumerate().filter(|(_, c)| **c == lookup.others).map(|(row, _)| row);
            self.categories
                .count(slot, others, column, || self.spot(&batch.positions, 0, Some(slot)))?;
        }
        Ok(Made::Codes(codes))
    }

    fn unmapped(
        &self,
        maker: &Maker,
        slot: usize,
        lookup: &Lookup,
        batch: &Evaluated,
        row: usize,
    ) -> Error {
        let value = text_of(&batch.columns[slot], row);
        Error::UnmappedValue {
            spot: self.spot(&batch.positions, row, Some(slot)),
            rows: Extent::here(self.not_covered(slot, lookup, &value, batch)),
            value,
            concept: maker.id.clone(),
            recipe: self.recipe.id.clone(),
            declared: lookup.declared(),
        }
    }

    /// Number of rows with a value that no entry of a table covers.
    pub fn not_covered(
        &self,
        slot: usize,
        lookup: &Lookup,
        value: &str,
        batch: &Evaluated,
    ) -> usize {
        let column = &batch.columns[slot];
        let codes = lookup.codes(column);
        let not_covered = codes.iter().enumerate().filter(|(_, code)| **code <= BLANK);
        not_covered.filter(|(row, _)| text_of(column, *row) == value).count()
    }

    /// Missing codes that the file itself marks as such are counted in the log, each by itself.
    fn note_missing(
        &self,
        slot: usize,
        lookup: &Lookup,
        column: &RawColumn,
        codes: &[i16],
        positions: &Positions,
    ) {
        if self.journal.is_none() || (column.tags.is_none() && !lookup.has_user_missing()) {
            return;
        }
        let info = &self.plan.slots[slot];
        let mut found: std::collections::BTreeMap<String, (u64, usize, i16)> = Default::default();
        for (row, code) in codes.iter().enumerate().filter(|(_, c)| **c < 0) {
            let tag = column.tags.as_ref().map_or(0, |t| t[row]);
            let value = if (1..NO_MATCH).contains(&tag) {
                tag_name(tag)
            } else if *column.values.data_type() == DataType::Float64 && column.values.is_valid(row)
            {
                let value = column.values.as_primitive::<Float64Type>().value(row);
                if !lookup.is_user_missing(value) {
                    continue;
                }
                value.to_string()
            } else {
                continue;
            };
            found.entry(value).or_insert((0, row, *code)).0 += 1;
        }
        for (value, (count, row, code)) in found {
            let label = info
                .labels
                .get(&value)
                .map(|l| format!(" ({})", crate::error::shown(l)))
                .unwrap_or_default();
            let reason = Missing::from_code(code).map_or("missing", Missing::id);
            let message =
                format!("the file's own missing code {value}{label} was read as {reason}");
            self.note(
                "user_missing",
                message,
                positions.of(row),
                Some(&info.name),
                Some(value),
                count,
            );
        }
    }

    fn number(
        &self,
        maker: &Maker,
        slot: usize,
        lookup: &Lookup,
        mapped: &[f64],
        scale: f64,
        batch: &Evaluated,
    ) -> Result<Made, Error> {
        let column = &batch.columns[slot];
        let mut values =
            self.plain_numbers(&format!("concept {}", maker.id), slot, lookup, batch)?;
        let (min, max) =
            (maker.min.unwrap_or(f64::NEG_INFINITY), maker.max.unwrap_or(f64::INFINITY));
        // Also catches NaN and infinities.
        let is_fine = |v: f64| min <= v && v <= max && v.is_finite();
        let mut reasons: Option<Vec<i16>> = None;
        let mut outside = None;
        if scale != 1.0 {
            values.iter_mut().for_each(|v| *v *= scale);
        }
        // Most number columns have no blank and no listed value: nothing but the range is left to check.
        // A blank of a text column is an empty text, not a null, so text never takes this path.
        let plain = lookup.is_empty()
            && column.values.data_type().is_numeric()
            && column.values.null_count() == 0
            && column.tags.is_none();
        let codes = if plain { Vec::new() } else { lookup.codes(column) };
        if plain {
            if !values.iter().fold(true, |all, v| all & is_fine(*v)) {
                outside = values.iter().position(|v| !is_fine(*v));
            }
        } else {
            for (row, (value, code)) in values.iter_mut().zip(&codes).enumerate() {
                match *code {
                    UNLISTED if is_fine(*value) => {}
                    UNLISTED => outside = outside.or(Some(row)),
                    BLANK => return Err(self.unmapped(maker, slot, lookup, batch, row)),
                    code if code < 0 => {
                        *value = 0.0;
                        reasons.get_or_insert_with(|| vec![0; batch.rows])[row] = code;
                    }
                    code => *value = mapped[code as usize],
                }
            }
        }
        if let Some(row) = outside {
            let value = values[row];
            if !value.is_finite() || column.tags.as_ref().is_some_and(|t| t[row] != 0) {
                return Err(self.unmapped(maker, slot, lookup, batch, row));
            }
            return Err(Error::OutOfRange {
                spot: self.spot(&batch.positions, row, Some(slot)),
                value,
                concept: maker.id.clone(),
                recipe: self.recipe.id.clone(),
                min: maker.min,
                max: maker.max,
                rows: Extent::here(self.out_of_range(maker, batch)),
            });
        }
        if !codes.is_empty() {
            self.note_missing(slot, lookup, column, &codes, &batch.positions);
        }
        Ok(Made::Numbers { values, reasons })
    }

    /// Number of rows whose number is outside the range of its concept; texts that are no numbers
    /// and listed values are not counted.
    pub fn out_of_range(&self, maker: &Maker, batch: &Evaluated) -> usize {
        let Rule::Number { slot, lookup, scale, .. } = &maker.rule else { return 0 };
        let column = &batch.columns[*slot];
        let format = &self.plan.slots[*slot].format;
        let (min, max) =
            (maker.min.unwrap_or(f64::NEG_INFINITY), maker.max.unwrap_or(f64::INFINITY));
        let is_outside = |row: usize| {
            let number = real_at(column, row, format).map(|v| v * scale);
            number.is_some_and(|v| v.is_finite() && !(min <= v && v <= max))
        };
        let is_tagged = |row: usize| column.tags.as_ref().is_some_and(|t| t[row] != 0);
        let codes = lookup.codes(column);
        let unlisted = codes.iter().enumerate().filter(|(_, code)| **code == UNLISTED);
        unlisted.filter(|(row, _)| !is_tagged(*row) && is_outside(*row)).count()
    }

    /// Numbers of a column; a text that is neither a number nor listed is an error. Null and listed
    /// values give 0.
    pub fn plain_numbers(
        &self,
        role: &str,
        slot: usize,
        lookup: &Lookup,
        batch: &Evaluated,
    ) -> Result<Vec<f64>, Error> {
        let column = &batch.columns[slot];
        if let Some(values) = reals(column) {
            return Ok(values);
        }
        let format = &self.plan.slots[slot].format;
        let decoded = column.decoded();
        let texts = decoded.values.as_string::<i32>();
        let mut values = Vec::with_capacity(batch.rows);
        for (row, text) in texts.iter().enumerate() {
            let text = text.unwrap_or_default().trim();
            let listed = |t: &str| t.is_empty() || lookup.text(t) != UNLISTED;
            let value = match number::number(text, format) {
                Some(value) => value,
                None if listed(text) => 0.0,
                None => {
                    return Err(Error::NotANumber {
                        spot: self.spot(&batch.positions, row, Some(slot)),
                        value: text.into(),
                        role: role.into(),
                        recipe: self.recipe.id.clone(),
                        hint: number::hint(text, format),
                        declared: lookup.declared(),
                    });
                }
            };
            values.push(value);
        }
        Ok(values)
    }

    fn raw_cases(
        &self,
        maker: &Maker,
        cases: &[(Vec<SlotTest>, i16)],
        slots: &[usize],
        blank: i16,
        others: i16,
        batch: &Evaluated,
    ) -> Result<Vec<i16>, Error> {
        let codes = self.case_codes(cases, slots, blank, others, batch);
        let Some(row) = codes.iter().position(|code| *code == UNLISTED) else { return Ok(codes) };
        let value = self.case_text(slots, row, batch);
        Err(Error::UnmappedValue {
            spot: self.spot(&batch.positions, row, None),
            rows: Extent::here(self.without_case(&codes, slots, &value, batch)),
            value,
            concept: maker.id.clone(),
            recipe: self.recipe.id.clone(),
            declared: Vec::new(),
        })
    }

    /// Codes by the first case that holds; [`UNLISTED`] where none does.
    pub fn case_codes(
        &self,
        cases: &[(Vec<SlotTest>, i16)],
        slots: &[usize],
        blank: i16,
        others: i16,
        batch: &Evaluated,
    ) -> Vec<i16> {
        let mut codes = vec![UNLISTED; batch.rows];
        for (tests, code) in cases {
            let mut holds: Vec<bool> = codes.iter().map(|c| *c == UNLISTED).collect();
            for test in tests {
                for (all, one) in holds.iter_mut().zip(self.passes(test, batch)) {
                    *all &= one;
                }
            }
            for (old, _) in codes.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
                *old = *code;
            }
        }
        for slot in slots {
            if let Some(tags) = &batch.columns[*slot].tags {
                for (code, _) in codes.iter_mut().zip(tags.iter()).filter(|(_, t)| **t == NO_MATCH)
                {
                    *code = Missing::NotStated.code();
                }
            }
        }
        for (row, code) in codes.iter_mut().enumerate().filter(|(_, code)| **code == UNLISTED) {
            let all_blank = slots.iter().all(|s| is_blank(&batch.columns[*s], row));
            *code = if all_blank && blank != BLANK { blank } else { others };
        }
        codes
    }

    /// The values of a row that its cases look at, for messages.
    fn case_text(&self, slots: &[usize], row: usize, batch: &Evaluated) -> String {
        let show = |s: &usize| {
            format!("{} = {}", self.plan.slots[*s].name, text_of(&batch.columns[*s], row))
        };
        slots.iter().map(show).collect::<Vec<_>>().join(", ")
    }

    /// Number of rows with the given values for which no case holds.
    pub fn without_case(
        &self,
        codes: &[i16],
        slots: &[usize],
        value: &str,
        batch: &Evaluated,
    ) -> usize {
        let open = codes.iter().enumerate().filter(|(_, code)| **code == UNLISTED);
        open.filter(|(row, _)| self.case_text(slots, *row, batch) == value).count()
    }
}

fn numbers_of(codes: &[i16], mapped: &[f64]) -> Made {
    let values = codes.iter().map(|c| if *c < 0 { 0.0 } else { mapped[*c as usize] }).collect();
    let reasons: Vec<i16> = codes.iter().map(|c| (*c).min(0)).collect();
    Made::Numbers { values, reasons: reasons.iter().any(|r| *r != 0).then_some(reasons) }
}
