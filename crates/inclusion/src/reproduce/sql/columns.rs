//! The source columns that a statement uses.

use super::dialect::Words;
use crate::reproduce::describe::variable;
use crate::reproduce::script::{Column, Part, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// How a table stores a column, which is known of files only.
#[cfg_attr(not(feature = "cluster"), allow(dead_code))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    /// In a way that is not known.
    Unknown,
    /// Texts, and what is read as such.
    Text,
    /// Whole numbers, which need no test of how they are written.
    Whole,
    /// Floats of 64 bits.
    Float,
    /// Floats of 32 bits.
    Single,
    /// In a way of which it is not known that its texts are what the reader takes for the values.
    Otherwise,
}

/// How the tables store their columns, by place of the table and name of the column.
pub(crate) type StoredAs = BTreeMap<(usize, String), Stored>;

/// A source column with a name in the statement that no other has.
pub(super) struct Used {
    pub column: Column,
    pub name: String,
    /// It is read as a number, so that it may have an exponent; codes have none.
    pub number: bool,
    /// Its values are ids, or a part of the rows' key.
    pub id: bool,
    pub stored: Stored,
}

/// All source columns that are used.
pub(super) struct Columns {
    pub used: Vec<Used>,
}

impl Columns {
    /// A column as trimmed text; NULL where it is blank.
    pub fn text(&self, words: &Words, column: &Column) -> String {
        words.name(&format!("{}__text", self.name(column)))
    }

    /// A column as a number; NULL where it is none.
    pub fn number(&self, words: &Words, column: &Column) -> String {
        words.name(&format!("{}__number", self.name(column)))
    }

    /// An id as the reader writes it.
    pub fn id(&self, words: &Words, column: &Column) -> String {
        words.name(&format!("{}__id", self.name(column)))
    }

    /// Whether the table stores a column as floats or decimals, of which it is found out where it is not known.
    pub fn fractional(&self, words: &Words, column: &Column) -> String {
        words.name(&format!("{}__fractional", self.name(column)))
    }

    fn name(&self, column: &Column) -> &str {
        let found = self.used.iter().find(|used| used.column == *column);
        found.map_or("", |used| &used.name)
    }
}

/// All source columns that are used, with names for them that no two share.
pub(super) fn columns(part: &Part, stored_as: &StoredAs) -> Columns {
    let mut all: Vec<(&Column, bool)> = Vec::new();
    let limited =
        |check: &crate::reproduce::script::RawCheck| check.min.is_some() || check.max.is_some();
    all.extend(part.keep.iter().map(|(check, _)| (&check.column, limited(check))));
    all.extend(part.key.iter().map(|column| (column, false)));
    all.extend(part.weight.iter().map(|(column, _)| (column, true)));
    let design = part.stages[0].stratum.iter().chain(&part.stages[0].psu);
    all.extend(design.map(|column| (column, false)));
    for maker in &part.makers {
        match &maker.rule {
            Rule::Column { column, .. } => all.push((column, maker.number)),
            Rule::Cases { cases, columns, .. } => {
                let checks = cases.iter().flat_map(|(all, _)| all);
                all.extend(checks.map(|check| (&check.column, limited(check))));
                all.extend(columns.iter().map(|column| (column, false)));
            }
            _ => {}
        }
    }
    let is_id = |column: &Column| {
        let stage = &part.stages[0];
        [&stage.stratum, &stage.psu, &part.key].into_iter().any(|ids| ids.contains(column))
    };
    let (mut used, mut taken): (Vec<Used>, _) = (Vec::new(), BTreeSet::new());
    for (column, number) in all {
        if let Some(known) = used.iter_mut().find(|known| known.column == *column) {
            known.number |= number;
            continue;
        }
        let mut name = variable(&column.name).to_lowercase();
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        let key = (column.table, column.name.clone());
        let stored = stored_as.get(&key).copied().unwrap_or(Stored::Unknown);
        used.push(Used { column: column.clone(), name, number, id: is_id(column), stored });
    }
    Columns { used }
}
