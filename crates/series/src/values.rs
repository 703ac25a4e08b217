//! Cells of value columns: a number, a missing code, and the flags behind either.

use crate::codes::{cell_error, no_result};
use crate::compile::Plan;
use crate::error::shown;
use crate::table::CellRef;
use crate::{Error, number};

/// What a cell gives.
pub(crate) struct Given {
    /// The number; `None` for a missing code.
    pub value: Option<f64>,
    /// The cell as it stands in the file.
    pub text: String,
    /// Statuses that its missing code and flags stand for.
    pub statuses: Vec<String>,
}

/// Reads a cell that is not empty.
pub(crate) fn parse(
    plan: &Plan<'_>,
    line: u64,
    column: usize,
    cell: CellRef<'_>,
    shift: i32,
) -> Result<Given, Error> {
    let recipe = plan.recipe;
    let text = cell.text().into_owned();
    let missing = |code: &str| recipe.missing.get(code).cloned();
    if let Some(status) = missing(&text) {
        return Ok(Given { value: None, text, statuses: vec![status] });
    }
    let wrong = |hint: String| Error::NotANumber {
        spot: plan.table.spot(line, Some(column)),
        value: text.clone(),
        role: "`[[value]]`".into(),
        hint,
        declared: recipe.missing.keys().cloned().collect(),
    };
    match cell {
        CellRef::Error(error) => Err(cell_error(plan, line, column, error)),
        CellRef::Formula => Err(no_result(plan, line, column)),
        CellRef::Date(..) => Err(wrong("it is a date; format the cell as a number".into())),
        CellRef::Number(given) => {
            let value = number::shifted(given, shift)
                .ok_or_else(|| wrong("it is too large for a number".into()))?;
            Ok(Given { value: Some(value), text, statuses: Vec::new() })
        }
        CellRef::Empty | CellRef::Text(_) => {
            let (bare, letters) = match text.split_once(char::is_whitespace) {
                Some((bare, letters)) if !recipe.flags.is_empty() => (bare, letters.trim()),
                _ => (text.as_str(), ""),
            };
            let mut statuses = Vec::new();
            let status = missing(bare);
            if let Some(value) = number::number(bare, &plan.format, shift) {
                statuses.extend(flags(plan, line, column, letters)?);
                return Ok(Given { value: Some(value), text: text.clone(), statuses });
            }
            let Some(status) = status else {
                return Err(wrong(number::hint(&text, &plan.format)));
            };
            statuses.extend(flags(plan, line, column, letters)?);
            // A flag that says why the value is missing says more than the missing code.
            if !statuses.iter().any(|s| crate::observation::MISSING.contains(&s.as_str())) {
                statuses.insert(0, status);
            }
            Ok(Given { value: None, text: text.clone(), statuses })
        }
    }
}

fn flags(plan: &Plan<'_>, line: u64, column: usize, letters: &str) -> Result<Vec<String>, Error> {
    let known = &plan.recipe.flags;
    if let Some(status) = known.get(letters) {
        return Ok(vec![status.clone()]);
    }
    let mut statuses = Vec::new();
    for letter in letters.chars().filter(|c| !c.is_whitespace()) {
        let Some(status) = known.get(&letter.to_string()) else {
            let listed: Vec<&str> = known.keys().map(String::as_str).collect();
            return Err(Error::File {
                spot: plan.table.spot(line, Some(column)),
                message: format!(
                    "flag `{}` of `{}` is not declared; give its meaning under `[flags]`, where {} are",
                    letter,
                    shown(letters),
                    listed.join(", ")
                ),
            });
        };
        statuses.push(status.clone());
    }
    Ok(statuses)
}
