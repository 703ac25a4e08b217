//! Texts of a recipe's fields as codes.

use crate::compile::{AGE, INDICATOR, Plan, Role, SEX};
use crate::observation::SEXES;
use crate::recipe::{Coded, Form, Others};
use crate::table::CellRef;
use crate::{Error, age};
use inclusion_registry::nearest;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Texts that are kept once.
#[derive(Default)]
pub(crate) struct Interned(HashMap<Box<str>, Arc<str>>);

impl Interned {
    /// The text, shared with all its equals.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = text.into();
        self.0.insert(text.into(), shared.clone());
        shared
    }

    /// Number of different texts.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// What a text says.
enum Said<'a> {
    /// The code of its own role; `None` if nothing is said of it.
    Code(Option<Cow<'a, str>>),
    /// The observation is left out.
    Skip,
}

impl Role {
    /// The code of a text, empty for a blank; what it says of other roles goes to `set`.
    ///
    /// Gives `None` for a text that is not covered, with nothing set.
    fn said<'a>(
        &'a self,
        text: Cow<'a, str>,
        mut set: impl FnMut(&'a str, &'a str),
    ) -> Option<Said<'a>> {
        let field = &self.field;
        if text.is_empty() {
            return match (&field.blank, field.map.get("")) {
                (Some(blank), _) => Some(Said::Code(Some(blank.into()))),
                (None, Some(coded)) => Some(Said::Code(Some(take(coded, &mut set)))),
                (None, None) if field.map.is_empty() => Some(Said::Code(None)),
                (None, None) => None,
            };
        }
        // A suffix is taken off first, the longest that fits.
        let suffix = field
            .suffixes
            .iter()
            .filter(|(end, _)| text.len() > end.len() && text.ends_with(end.as_str()))
            .max_by_key(|(end, _)| end.len());
        let text = match suffix {
            Some((end, says)) => {
                says.iter().for_each(|(role, code)| set(role, code));
                text[..text.len() - end.len()].to_string().into()
            }
            None => text,
        };
        if let Some(coded) = field.map.get(&*text) {
            return Some(Said::Code(Some(take(coded, &mut set))));
        }
        if field.form == Some(Form::Range)
            && let Some(range) = age::code_of(&text)
        {
            return Some(Said::Code(Some(range.into())));
        }
        match field.others {
            Some(Others::Skip) => Some(Said::Skip),
            Some(Others::Keep) => Some(Said::Code(Some(text))),
            None if field.map.is_empty() => Some(Said::Code(Some(text))),
            Some(Others::Fail) | None => None,
        }
    }
}

fn take<'a>(coded: &'a Coded, set: &mut impl FnMut(&'a str, &'a str)) -> Cow<'a, str> {
    match coded {
        Coded::Code(code) => code.into(),
        Coded::More { code, set: says } => {
            says.iter().for_each(|(role, code)| set(role, code));
            code.into()
        }
    }
}

/// What a set of texts says of all roles: own codes, and codes of others, which go before them.
pub(crate) struct Heard<'a> {
    own: Vec<Option<Cow<'a, str>>>,
    set: Vec<Option<&'a str>>,
    /// The observation is left out.
    pub skip: bool,
}

impl<'a> Heard<'a> {
    /// Nothing yet.
    pub fn new(roles: usize) -> Heard<'a> {
        Heard { own: vec![None; roles], set: vec![None; roles], skip: false }
    }

    /// Takes up a text of a role; false if the recipe does not cover it.
    pub fn hear(&mut self, roles: &'a [Role], role: usize, text: Cow<'a, str>) -> bool {
        let set = &mut self.set;
        let said = roles[role].said(text, |name, code| {
            if let Some(other) = roles.iter().position(|r| *r.name == *name) {
                set[other] = Some(code);
            }
        });
        match said {
            Some(Said::Code(code)) => self.own[role] = code,
            Some(Said::Skip) => self.skip = true,
            None => return false,
        }
        true
    }

    /// Sets a code outright.
    pub fn set(&mut self, role: usize, code: &'a str) {
        self.set[role] = Some(code);
    }

    /// The code of a role.
    pub fn code(&self, role: usize) -> Option<&str> {
        self.set[role].or(self.own[role].as_deref())
    }
}

/// The text of a cell as a code is looked up by.
pub(crate) fn text_of<'a>(
    plan: &Plan<'_>,
    line: u64,
    column: usize,
    cell: CellRef<'a>,
) -> Result<Cow<'a, str>, Error> {
    match cell {
        CellRef::Error(error) => Err(cell_error(plan, line, column, error)),
        CellRef::Formula => Err(no_result(plan, line, column)),
        other => Ok(other.text()),
    }
}

/// A formula whose result the workbook does not store.
pub(crate) fn no_result(plan: &Plan<'_>, line: u64, column: usize) -> Error {
    Error::File {
        spot: plan.table.spot(line, Some(column)),
        message: "the cell holds a formula without a stored result; open the workbook in a spreadsheet program and save it there".into(),
    }
}

/// A cell that holds an error of the workbook.
pub(crate) fn cell_error(plan: &Plan<'_>, line: u64, column: usize, error: &str) -> Error {
    Error::File {
        spot: plan.table.spot(line, Some(column)),
        message: format!(
            "the cell holds the error {error}; correct it in the workbook, or declare it under `[missing]`"
        ),
    }
}

/// A text that a role does not cover.
pub(crate) fn unmapped(
    plan: &Plan<'_>,
    line: u64,
    column: Option<usize>,
    role: usize,
    text: &str,
) -> Error {
    let role = &plan.roles[role];
    let known = role.field.map.keys().map(String::as_str);
    let near = match &*role.name {
        "sex" if role.field.map.is_empty() => SEXES.map(String::from).to_vec(),
        // Units are few, and their names have little in common.
        "unit" => known.map(String::from).collect(),
        _ => nearest(text, known).map(String::from).into_iter().collect(),
    };
    Error::UnmappedValue {
        spot: plan.table.spot(line, column),
        value: text.into(),
        role: role.shown(),
        recipe: plan.recipe.id.clone(),
        near,
    }
}

/// True for a code that the role may have.
pub(crate) fn is_code(role: usize, code: &str) -> bool {
    match role {
        SEX => SEXES.contains(&code),
        AGE => age::is_age(code),
        INDICATOR => !code.is_empty(),
        _ => true,
    }
}
