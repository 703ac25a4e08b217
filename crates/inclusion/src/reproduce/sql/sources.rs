//! The first steps: source columns as texts and numbers, and the rows that are kept.

use super::columns::{Stored, Used};
use super::concepts::passes;
use super::{Statement, Step};
use crate::reproduce::script::Column;

/// Of the statement of rows: how many there are, and how many of them are kept.
#[cfg(feature = "cluster")]
pub(crate) const ALL_ROWS: &str = "_all_rows";
#[cfg(feature = "cluster")]
pub(crate) const KEPT_ROWS: &str = "_kept_rows";

/// A plain decimal number, as codes are written; and one that may have an exponent.
const PLAIN: &str = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$";
const NUMBER: &str = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";

impl Statement<'_> {
    /// A text without white space around it; NULL where nothing is left.
    fn trimmed(&self, table: &str, column: &Column) -> String {
        let words = self.words;
        let text = words.cast(&format!("{table}.{}", words.name(&column.name)), words.text);
        match self.stored(column) {
            Stored::Whole => text,
            _ => format!("NULLIF({}, '')", words.trimmed(&text)),
        }
    }

    /// How the table stores a column, which a looked-up key tells as well.
    fn stored(&self, column: &Column) -> Stored {
        let key = (column.table, column.name.clone());
        self.stored_as.get(&key).copied().unwrap_or(Stored::Unknown)
    }

    /// A column that the table stores as numbers, where it need not become a text to be one.
    fn stored_number(&self, table: &str, used: &Used) -> Option<String> {
        let words = self.words;
        let own = format!("{table}.{}", words.name(&used.column.name));
        match used.stored {
            Stored::Whole => Some(words.cast(&own, words.float)),
            // Neither infinite nor no number.
            Stored::Float if used.number => Some(words.finite(&own)),
            // Their texts are those of other numbers where they become floats of 64 bits.
            Stored::Single => Some(words.finite(&words.cast(&own, words.float))),
            _ => None,
        }
    }

    /// An id: a number is the same however it is stored, and a text is as it is written.
    pub(super) fn id(&self, column: &Column) -> String {
        match self.stored(column) {
            Stored::Whole | Stored::Text | Stored::Otherwise => {
                self.columns.text(self.words, column)
            }
            Stored::Float | Stored::Single | Stored::Unknown => self.columns.id(self.words, column),
        }
    }

    /// The ids whose texts may not be those of the reader.
    fn numbers_of_ids(&self) -> Option<Step> {
        let words = self.words;
        let id = |used: &Used| {
            let text = self.columns.text(words, &used.column);
            let id = match used.stored {
                Stored::Whole | Stored::Text | Stored::Otherwise => return None,
                // A plan of deep expressions is more than the engine of a cluster reads.
                Stored::Float | Stored::Single => words.without_zeros(&text),
                Stored::Unknown => format!(
                    "CASE WHEN {} THEN {} ELSE {text} END",
                    self.columns.fractional(words, &used.column),
                    words.digits(&text)
                ),
            };
            Some(format!("    {id} AS {}", self.columns.id(words, &used.column)))
        };
        let ids: Vec<String> =
            self.columns.used.iter().filter(|used| used.id).filter_map(id).collect();
        (!ids.is_empty()).then(|| {
            Step::new(
                "ids",
                "Ids: of floats the shortest digits, without an exponent",
                format!("  SELECT numbers.*,\n{}\n  FROM numbers", ids.join(",\n")),
            )
        })
    }

    /// Of an id whose storage is not known, the test by which it is found out.
    fn is_fractional(&self, table: &str, used: &Used) -> Option<String> {
        let own = format!("{table}.{}", self.words.name(&used.column.name));
        let asked = used.id && used.stored == Stored::Unknown;
        asked.then(|| self.words.fractional(&own))
    }

    /// A key by which rows are looked up: whole numbers are the same however they are written.
    fn key(&self, table: &str, column: &Column) -> String {
        let words = self.words;
        let text = self.trimmed(table, column);
        if self.stored(column) == Stored::Whole {
            return text;
        }
        let whole = format!("REGEXP_REPLACE({text}, {}, '')", words.literal("[.]0*$"));
        let as_text = |number: &str| words.cast(&words.cast(number, words.integer), words.text);
        let plain = format!(
            "WHEN {} THEN {}",
            words.matches(&text, "^[+-]?[0-9]{1,18}([.]0*)?$"),
            as_text(&whole)
        );
        let is_fractional = match self.stored(column) {
            Stored::Text | Stored::Otherwise => {
                return format!("CASE {plain} ELSE {text} END");
            }
            Stored::Unknown => {
                let own = format!("{table}.{}", words.name(&column.name));
                format!("{} AND ", words.fractional(&own))
            }
            Stored::Whole | Stored::Float | Stored::Single => String::new(),
        };
        let number = words.cast(&text, words.float);
        format!(
            "CASE {plain} WHEN {is_fractional}{} THEN CASE WHEN {number} = FLOOR({number}) AND ABS({number}) < {} THEN {} ELSE {text} END ELSE {text} END",
            words.matches(&text, "^-?[0-9]([.][0-9]+)?[eE][+]?[0-9]+$"),
            words.float(9e15),
            as_text(&number)
        )
    }

    /// Ids of columns as one text; NULL if one is. Where one of several has the mark that stands between
    /// them, it is written as the reader writes it, so that different ids are never one text.
    pub(super) fn ids(&self, columns: &[Column]) -> String {
        let words = self.words;
        let join = |all: Vec<String>| all.join(" || '|' || ");
        let ids: Vec<String> = columns.iter().map(|column| self.id(column)).collect();
        let is_text =
            |column: &&Column| matches!(self.stored(column), Stored::Text | Stored::Unknown);
        let marked: Vec<String> = columns
            .iter()
            .filter(is_text)
            .map(|column| format!("{} LIKE '%|%'", self.columns.text(words, column)))
            .collect();
        if ids.len() < 2 || marked.is_empty() {
            return join(ids);
        }
        let replace = |text: String, from: &str, to: &str| {
            format!("REPLACE({text}, {}, {})", words.literal(from), words.literal(to))
        };
        let escaped = |id: &String| replace(replace(id.clone(), r"\", r"\\"), "|", r"\|");
        let escaped = ids.iter().map(escaped).collect();
        format!("CASE WHEN {} THEN {} ELSE {} END", marked.join(" OR "), join(escaped), join(ids))
    }

    /// The source columns as texts and numbers, of the rows that are kept.
    pub(super) fn sources(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for at in 1..self.part.tables.len() {
            steps.push(self.looked_up(at));
        }
        steps.push(self.texts());
        steps.push(self.numbers());
        let ids = self.numbers_of_ids();
        let before = if ids.is_some() { "ids" } else { "numbers" };
        steps.extend(ids);
        steps.push(self.kept(before));
        steps
    }

    /// A table in which the rows are looked up.
    fn looked_up(&self, at: usize) -> Step {
        let words = self.words;
        let (mut own, mut keys) = (Vec::new(), Vec::new());
        for (k, (_, other)) in (1..).zip(&self.part.tables[at].on) {
            let key = self.key("s", other);
            own.push(format!("    {key} AS {}", words.name(&format!("key_{k}"))));
            keys.push(key);
        }
        for used in self.columns.used.iter().filter(|used| used.column.table == at) {
            let text = self.trimmed("s", &used.column);
            own.push(format!("    {text} AS {}", self.columns.text(words, &used.column)));
            let number = self.stored_number("s", used);
            own.extend(number.map(|number| {
                format!("    {number} AS {}", self.columns.number(words, &used.column))
            }));
            let fractional = self.is_fractional("s", used);
            own.extend(fractional.map(|test| {
                format!("    {test} AS {}", self.columns.fractional(words, &used.column))
            }));
        }
        let copies = format!("COUNT(*) OVER (PARTITION BY {})", keys.join(", "));
        own.push(format!("    {copies} AS {}", words.name("copies")));
        Step::new(
            &format!("looked_up_{at}"),
            "The rows of a table that is looked up by keys",
            format!("  SELECT\n{}\n  FROM {} AS s", own.join(",\n"), self.tables[at]),
        )
    }

    fn texts(&self) -> Step {
        let words = self.words;
        let mut from = format!("  FROM {} AS s0", self.tables[0]);
        let mut all = Vec::new();
        for used in &self.columns.used {
            let (name, at) = (self.columns.text(words, &used.column), used.column.table);
            let number = self.columns.number(words, &used.column);
            let fractional = self.columns.fractional(words, &used.column);
            let (stored, test) = (self.stored_number("s0", used), self.is_fractional("s0", used));
            let (text, value, test) = match at {
                0 => (self.trimmed("s0", &used.column), stored, test),
                at => (
                    format!("s{at}.{name}"),
                    stored.map(|_| format!("s{at}.{number}")),
                    test.map(|_| format!("s{at}.{fractional}")),
                ),
            };
            all.push(format!("    {text} AS {name}"));
            all.extend(value.map(|value| format!("    {value} AS {number}")));
            all.extend(test.map(|test| format!("    {test} AS {fractional}")));
        }
        for (at, table) in self.part.tables.iter().enumerate().skip(1) {
            let on: Vec<String> = (1..)
                .zip(&table.on)
                .map(|(k, (own, _))| {
                    let own = self.key("s0", own);
                    format!("s{at}.{} = {own}", words.name(&format!("key_{k}")))
                })
                .collect();
            let on = on.join(" AND ");
            from.push_str(&format!("\n  LEFT JOIN looked_up_{at} AS s{at} ON {on}"));
            let copies = format!("s{at}.{}", words.name("copies"));
            all.push(format!("    {copies} AS {}", self.matched(at)));
        }
        Step::new(
            "texts",
            "The columns as texts; a blank is NULL",
            format!("  SELECT\n{}\n{from}", all.join(",\n")),
        )
    }

    /// The column with the number of matches of a row in a table that is looked up; NULL is none.
    pub(super) fn matched(&self, at: usize) -> String {
        self.words.name(&format!("match__{at}"))
    }

    fn numbers(&self) -> Step {
        let words = self.words;
        let number = |used: &super::columns::Used| {
            let text = self.columns.text(words, &used.column);
            let plain = match used.column.decimal {
                '.' => text,
                mark => format!("REPLACE({text}, {}, '.')", words.literal(&mark.to_string())),
            };
            let form = if used.number { NUMBER } else { PLAIN };
            let value = words.cast(&plain, words.float);
            let name = self.columns.number(words, &used.column);
            format!("    CASE WHEN {} THEN {value} END AS {name}", words.matches(&plain, form))
        };
        let texts = self.columns.used.iter().filter(|used| self.stored_number("", used).is_none());
        let all: Vec<String> = texts.map(number).collect();
        if all.is_empty() {
            return Step::new("numbers", "All are numbers", "  SELECT * FROM texts".to_string());
        }
        Step::new(
            "numbers",
            "The same as numbers, where they are",
            format!("  SELECT texts.*,\n{}\n  FROM texts", all.join(",\n")),
        )
    }

    /// A statement that counts the rows, and those of them that are kept.
    #[cfg(feature = "cluster")]
    pub(super) fn rows(&self) -> String {
        let words = self.words;
        let tests: Vec<String> =
            self.part.keep.iter().map(|(check, _)| passes(words, &self.columns, check)).collect();
        let kept = format!("SUM(CASE WHEN {} THEN 1 ELSE 0 END)", tests.join(" AND "));
        format!(
            "{}SELECT\n  COUNT(*) AS {},\n  {} AS {}\nFROM numbers\n",
            self.with(&[self.texts(), self.numbers()]),
            words.name(ALL_ROWS),
            words.cast(&kept, words.integer),
            words.name(KEPT_ROWS)
        )
    }

    fn kept(&self, before: &str) -> Step {
        let words = self.words;
        let mut keep = String::new();
        for (at, (check, reason)) in self.part.keep.iter().enumerate() {
            let word = if at == 0 { "WHERE" } else { "AND" };
            let test = passes(words, &self.columns, check);
            keep.push_str(&format!("\n  -- {}\n  {word} {test}", reason.replace('\n', " ")));
        }
        let key: Vec<String> = self.part.key.iter().map(|column| self.id(column)).collect();
        let blank = |column: &Column| format!("{} IS NULL", self.columns.text(words, column));
        let blanks: Vec<String> = self.part.key.iter().map(blank).collect();
        let copies = match key.is_empty() {
            true => "1".to_string(),
            false => format!(
                "CASE WHEN {} THEN 1 ELSE COUNT(*) OVER (PARTITION BY {}) END",
                blanks.join(" OR "),
                key.join(", ")
            ),
        };
        Step::new(
            "kept",
            "The rows that are kept, and how many have the same key",
            format!(
                "  SELECT {before}.*,\n    {copies} AS {}\n  FROM {before}{keep}",
                words.name("_copies")
            ),
        )
    }
}
