//! Concepts of a batch, from raw columns by the tables of a recipe.

use crate::derive::Made;
use crate::error::{Error, Extent};
use crate::lookup::{BLANK, Lookup, NO_MATCH, UNLISTED};
use crate::number;
use crate::plan::{Maker, Rule, SlotTest};
use crate::raw::{is_blank, real_at, reals, tag_name, text_of};
use crate::run::{Evaluated, Scene};
use crate::table::{Positions, RawColumn};
use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float64Type};
use inclusion_registry::Missing;

impl Scene<'_> {
    pub(crate) fn code(
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

    pub(crate) fn number(
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

    pub(crate) fn raw_cases(
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

pub(crate) fn numbers_of(codes: &[i16], mapped: &[f64]) -> Made {
    let values = codes.iter().map(|c| if *c < 0 { 0.0 } else { mapped[*c as usize] }).collect();
    let reasons: Vec<i16> = codes.iter().map(|c| (*c).min(0)).collect();
    Made::Numbers { values, reasons: reasons.iter().any(|r| *r != 0).then_some(reasons) }
}
