//! Persons in a unit that fits the table: single ones, thousands or millions.

use crate::numbers::decimal;
use crate::{Head, TableCell};
use inclusion_disclosure::{Cell, Row};
use inclusion_estimate::Unit;

/// The unit of a table's counts of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    One,
    Thousands,
    Millions,
}

impl Scale {
    /// The unit that the middle one of the counts has at least one of.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Scale {
        let mut counts: Vec<f64> = rows
            .filter(|row| row.unit == Unit::Count)
            .filter_map(|row| match &row.cell {
                Cell::Shown(shown) if shown.value != 0.0 => Some(shown.value.abs()),
                Cell::Shown(_) | Cell::Withheld | Cell::Missing(_) => None,
            })
            .collect();
        counts.sort_by(f64::total_cmp);
        match counts.get(counts.len() / 2) {
            Some(middle) if *middle >= 1e6 => Scale::Millions,
            Some(middle) if *middle >= 1e3 => Scale::Thousands,
            _ => Scale::One,
        }
    }

    fn unit(self) -> (f64, &'static str) {
        match self {
            Scale::One => (1.0, "persons"),
            Scale::Thousands => (1e3, "thousands"),
            Scale::Millions => (1e6, "millions"),
        }
    }

    /// Headers and spanners name it, other than single persons, of whom they are anyway.
    pub fn name(self, heads: &mut [Head], spanners: &mut [(String, usize)]) {
        if self == Scale::One {
            return;
        }
        let unit = format!("({})", self.unit().1);
        for head in heads {
            head.title = head.title.replace("(persons)", &unit);
        }
        for (title, _) in spanners.iter_mut().filter(|(title, _)| title == "Persons") {
            *title = format!("Persons {unit}");
        }
    }

    /// A count of persons in this unit, with one decimal where it is not single persons.
    pub fn apply(self, cell: &mut TableCell) {
        let (Some(number), true) = (cell.number, self != Scale::One) else { return };
        let of = self.unit().0;
        cell.number = Some(number / of);
        cell.decimals = 1;
        cell.text = decimal(number / of, 1);
        if let Some(interval) = &mut cell.interval {
            interval.lower /= of;
            interval.upper /= of;
            let ends = [interval.lower, interval.upper].map(|end| decimal(end, 1));
            let between = if interval.lower < 0.0 { " to " } else { "–" };
            interval.text = ends.join(between);
        }
    }
}
