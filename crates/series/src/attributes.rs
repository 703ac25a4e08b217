//! What else is said of a value: nature, status, source, edition, multiplier, error and bounds.

use crate::assemble::Assembly;
use crate::codes::{cell_error, text_of};
use crate::compile::Value;
use crate::error::shown;
use crate::observation::{NATURES, STATUSES};
use crate::recipe::Field;
use crate::table::{CellRef, Row};
use crate::values::parse;
use crate::{Error, number};
use std::sync::Arc;

impl Assembly<'_> {
    /// The text of an attribute through its map; the code `` is nothing.
    pub(crate) fn said(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        field: &Option<Field>,
    ) -> Result<String, Error> {
        let (plan, Some(field)) = (self.plan, field) else { return Ok(String::new()) };
        let Some(column) = column else { return Ok(field.fixed.clone().unwrap_or_default()) };
        let text = text_of(plan, row.line, column, row.cell(column))?;
        match field.map.get(&*text) {
            Some(crate::recipe::Coded::Code(code) | crate::recipe::Coded::More { code, .. }) => {
                Ok(code.clone())
            }
            None if text.is_empty() => Ok(field.blank.clone().unwrap_or_default()),
            None => Ok(text.into_owned()),
        }
    }

    pub(crate) fn attribute(
        &mut self,
        row: &Row<'_>,
        column: Option<usize>,
        field: &Option<Field>,
    ) -> Result<Option<Arc<str>>, Error> {
        let text = self.said(row, column, field)?;
        Ok((!text.is_empty()).then(|| self.interned.get(&text)))
    }

    pub(crate) fn nature(
        &mut self,
        row: &Row<'_>,
        value: &Value,
    ) -> Result<Option<Arc<str>>, Error> {
        let attribute = &self.plan.recipe.attribute.nature;
        let text = self.said(row, value.attributes.nature, attribute)?;
        if text.is_empty() {
            return Ok(None);
        }
        if !NATURES.contains(&text.as_str()) {
            let column = value.attributes.nature;
            return Err(self.uncovered(row, column, &text, "`attribute.nature`", &NATURES));
        }
        Ok(Some(self.interned.get(&text)))
    }

    /// Statuses of the status column: one code, or one letter for each.
    pub(crate) fn status(&mut self, row: &Row<'_>, value: &Value) -> Result<Vec<String>, Error> {
        let recipe = self.plan.recipe;
        let text = self.said(row, value.attributes.status, &recipe.attribute.status)?;
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let code = |flag: &str| match recipe.flags.get(flag) {
            Some(status) => Some(status.clone()),
            None => STATUSES.contains(&flag).then(|| flag.to_string()),
        };
        let each = || text.chars().map(|c| code(&c.to_string())).collect::<Option<Vec<_>>>();
        code(&text).map(|one| vec![one]).or_else(each).ok_or_else(|| {
            let column = value.attributes.status;
            self.uncovered(row, column, &text, "`attribute.status`", &STATUSES)
        })
    }

    fn uncovered(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        text: &str,
        role: &str,
        known: &[&str],
    ) -> Error {
        Error::UnmappedValue {
            spot: self.plan.table.spot(row.line, column),
            value: text.into(),
            role: role.into(),
            recipe: self.plan.recipe.id.clone(),
            near: known.iter().map(|c| c.to_string()).collect(),
        }
    }

    pub(crate) fn whole(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        field: &Option<Field>,
    ) -> Result<i32, Error> {
        let text = self.said(row, column, field)?;
        if text.is_empty() {
            return Ok(0);
        }
        number::whole(&text).filter(|p| p.abs() <= 15).ok_or_else(|| Error::NotANumber {
            spot: self.plan.table.spot(row.line, column),
            value: text,
            role: "`attribute.multiplier`".into(),
            hint: "a power of 10 is a whole number from -15 to 15".into(),
            declared: Vec::new(),
        })
    }

    /// Standard error and bounds of a value.
    pub(crate) fn uncertainty(
        &self,
        row: &Row<'_>,
        value: &Value,
        shift: i32,
    ) -> Result<[Option<f64>; 3], Error> {
        let columns = [value.attributes.se, value.attributes.lower, value.attributes.upper];
        let mut numbers = [None; 3];
        for (number, column) in numbers.iter_mut().zip(columns) {
            *number = self.number(row, column, shift)?;
        }
        let wrong = |at: usize, message: String| Error::File {
            spot: self.plan.table.spot(row.line, columns[at]),
            message,
        };
        let text = |at: usize| columns[at].map_or("".into(), |column| row.cell(column).text());
        let [se, lower, upper] = numbers;
        if se.is_some_and(|se| se < 0.0) {
            let message = format!(
                "the standard error `{}` is below 0; correct it, or take `se` out of the recipe's `[attribute]`",
                shown(&text(0))
            );
            return Err(wrong(0, message));
        }
        if lower.zip(upper).is_some_and(|(lower, upper)| lower > upper) {
            let message = format!(
                "the lower bound `{}` is above the upper bound `{}`; correct them, or exchange the columns of \
                 `lower` and `upper` in the recipe's `[attribute]`",
                shown(&text(1)),
                shown(&text(2))
            );
            return Err(wrong(1, message));
        }
        Ok(numbers)
    }

    fn number(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        shift: i32,
    ) -> Result<Option<f64>, Error> {
        let Some(column) = column else { return Ok(None) };
        match row.cell(column) {
            CellRef::Empty => Ok(None),
            CellRef::Error(error) if !self.plan.recipe.missing.contains_key(error) => {
                Err(cell_error(self.plan, row.line, column, error))
            }
            cell => Ok(parse(self.plan, row.line, column, cell, shift)?.value),
        }
    }
}
