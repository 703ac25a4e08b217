//! Rows that the engine would refuse, in words.

use super::columns::Stored;
use super::concepts::is_one;
use super::weights::{LEAST, MOST};
use super::{Statement, Step};
use crate::reproduce::script::{Column, Rule};
use inclusion_registry::{PSU, STRATUM};

impl Statement<'_> {
    /// The step that says what the recipe does not cover.
    pub(super) fn faults(&self, before: &str) -> Step {
        let body = format!(
            "  SELECT {before}.*,\n    CASE\n{}\n    END AS _fault\n  FROM {before}",
            self.arms().join("\n")
        );
        Step::new("concepts", "What the recipe does not cover", body)
    }

    fn arms(&self) -> Vec<String> {
        let words = self.words;
        let mut arms = Vec::new();
        let mut add =
            |when: String, what: String| arms.push(format!("      WHEN {when} THEN {what}"));
        let text = |what: &str| words.literal(what);
        let float = |value: f64| words.float(value);
        let (least, most) = (float(2f64.powi(LEAST)), float(2f64.powi(MOST)));
        let is_blank = |column: &Column| {
            let blanks = &column.blanks;
            (!blanks.is_empty()).then(|| is_one(words, &self.columns, column, blanks))
        };
        let missing = |null: String, columns: &[Column]| {
            let blanks = columns.iter().filter_map(is_blank);
            [null].into_iter().chain(blanks).collect::<Vec<_>>().join(" OR ")
        };
        let weight: Vec<Column> = self.part.weight.iter().map(|(c, _)| c.clone()).collect();
        let null = "_w IS NULL".to_string();
        add(missing(null, &weight), text("the weight is missing or no number"));
        add(format!("_w < {}", float(0.0)), text("the weight is negative"));
        add(
            format!("_w >= {most} OR _w > {} AND _w < {least}", float(0.0)),
            text(&format!("a weight is not between 2^{LEAST} and 2^{MOST}; scale the weights")),
        );
        let stage = &self.part.stages[0];
        for (name, what, columns) in
            [(PSU, "the PSU", &stage.psu), (STRATUM, "the stratum", &stage.stratum)]
        {
            if columns.is_empty() {
                continue;
            }
            let null = format!("{} IS NULL", words.name(name));
            let names: Vec<String> =
                columns.iter().map(|column| format!("`{}`", column.name)).collect();
            let place = if names.len() == 1 { "column" } else { "one of the columns" };
            let message = format!("{what} is missing in {place} {}", names.join(", "));
            add(missing(null, columns), text(&message));
            let stored = |column: &Column| self.columns.used.iter().find(|u| u.column == *column);
            let floats = columns.iter().filter(|column| {
                let stored = stored(column).map(|used| used.stored);
                matches!(stored, Some(Stored::Float | Stored::Single))
            });
            let exponent = |column| words.matches(&self.columns.text(words, column), "[eE]");
            let exponents: Vec<String> = floats.map(exponent).collect();
            if !exponents.is_empty() {
                let message = format!(
                    "{what} in {place} {} is a float of 1e16 or more, or near 0; store it as whole numbers or texts",
                    names.join(", ")
                );
                add(exponents.join(" OR "), text(&message));
            }
        }
        add(format!("{} > 1", words.name("_copies")), text("several rows have the same key"));
        for (at, table) in self.part.tables.iter().enumerate().skip(1) {
            let name = self.matched(at);
            add(
                format!("{name} > 1"),
                text(&format!("`{}` has several rows of one key", table.role)),
            );
            if !table.keep_unmatched {
                add(
                    format!("{name} IS NULL"),
                    text(&format!("a row has no match in `{}`", table.role)),
                );
            }
        }
        for maker in &self.part.makers {
            let mut when = format!("{} IS NULL", words.name(&maker.id));
            if maker.number {
                let reason = words.name(&format!("{}__reason", maker.id));
                when.push_str(&format!(" AND {reason} IS NULL"));
            }
            let what = match &maker.rule {
                Rule::Column { column, .. } => {
                    let value = format!("COALESCE({}, '')", self.columns.text(words, column));
                    format!(
                        "CONCAT({}, {value}, {})",
                        text(&format!("column `{}` holds `", column.name)),
                        text(&format!("`, which concept `{}` does not map", maker.id))
                    )
                }
                Rule::Cases { .. } => text(&format!("no case of concept `{}` holds", maker.id)),
                _ => continue,
            };
            add(when, what);
        }
        arms
    }
}
