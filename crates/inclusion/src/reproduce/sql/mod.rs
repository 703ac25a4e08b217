//! The cells of a survey as one statement of SQL, for a warehouse that holds the microdata.
//!
//! Steps, each a common table: the source columns as texts and numbers, the rows that are kept, their
//! weights as whole numbers, concepts, indicators, and the sums by stratum, PSU and breakdown codes. The
//! columns are those of `inclusion cells`. Three more make the result speak for itself: `_cells`, the
//! number of its rows; `_fault`, what in the rows of a cell the recipe does not cover; and, in one row,
//! `_facts`, the plan that the statement was written for.
//!
//! Weights: with p = 2^⌊log₂ w⌋, which SQL finds by comparing, w/p and its product with 2⁴¹ are exact
//! floats, so ⌊w/p·2⁴¹ + ½⌋ is the weight's 42 bits as [`inclusion_survey`] rounds them, and its product with
//! p·2²³ the weight in units of 2⁻⁶⁴.

mod concepts;
mod dialect;
mod truth;

use super::script::{Column, Part, Rule, Script};
use super::{Names, describe, one_survey, refused};
use crate::plan::Prepared;
use crate::{Error, Study, prepare};
use concepts::{Columns, concept, passes};
pub use dialect::SqlDialect;
use dialect::Words;
use inclusion_registry::Missing;
use std::collections::{BTreeMap, BTreeSet};
use truth::truth;

/// What is written of a study.
#[derive(Debug, Clone)]
pub struct SqlRequest {
    /// The engine.
    pub dialect: SqlDialect,
    /// The survey of a study of several.
    pub survey: Option<String>,
    /// Names of tables by role, such as `persons`; the role itself if left out.
    pub tables: BTreeMap<String, String>,
}

/// The statement whose result is the cells of a survey.
///
/// Where the files are there their headers are read for the columns' names; else the columns have the
/// names of the recipe. No row is read.
///
/// # Errors
///
/// [`Error::Study`] as [`prepare`] says it; [`Error::Usage`] for a survey or table that is not there, and
/// for what sums cannot give or SQL is not written for, with the reason.
pub fn sql(mut study: Study, request: &SqlRequest) -> Result<String, Error> {
    let survey = one_survey(&study.file, request.survey.as_deref(), "a statement")?;
    study.file.surveys.retain(|one| one.id == survey);
    study.file.tables.clear();
    study.file.charts.clear();
    let estimate = &mut study.file.estimate;
    estimate.pools.clear();
    estimate.changes.clear();
    estimate.contrasts.clear();
    study.file.analyses.clear();
    let prepared = prepare(study)?;
    prepared.samples.iter().try_for_each(crate::area::check)?;
    let script = describe::describe(&prepared, Names::OfTables)?;
    let facts = crate::cells::facts_for_sql(&prepared)?;
    let [part] = &script.parts[..] else {
        return Err(refused("SQL", "a survey of several recipes"));
    };
    suffices(&script, part)?;
    let tables = tables(part, &request.tables)?;
    let words = request.dialect.words();
    Ok(Statement { words: &words, part, tables, columns: columns(part) }
        .text(&prepared, &script, &facts))
}

/// Refuses what is not written.
fn suffices(script: &Script, part: &Part) -> Result<(), Error> {
    let number = |e: &&super::script::Estimand| e.numbers().0.is_some();
    if let Some(estimand) = script.estimands.iter().find(number) {
        let what = format!("the sums of numbers of `{}`; leave it out", estimand.indicator.id);
        return Err(refused("SQL", &what));
    }
    if script.stages.first().is_none_or(|stage| !stage.psu) {
        return Err(refused("SQL", "a survey without a column of PSUs, of which each row is one"));
    }
    if script.stages[0].fpc {
        return Err(refused("SQL", "finite populations"));
    }
    for maker in &part.makers {
        if let Rule::Quantile { .. } = maker.rule {
            return Err(refused("SQL", &format!("the quantile groups of `{}`", maker.id)));
        }
    }
    for (column, _) in &columns(part).names {
        if column.blank_range.is_some() || column.thousands.is_some() {
            let what = format!(
                "column `{}`, which has a range of missing numbers or marks of thousands",
                column.name
            );
            return Err(refused("SQL", &what));
        }
    }
    Ok(())
}

/// The names of the tables, in the order of the part's.
fn tables(part: &Part, named: &BTreeMap<String, String>) -> Result<Vec<String>, Error> {
    let roles: Vec<&str> = part.tables.iter().map(|table| table.role.as_str()).collect();
    if let Some(role) = named.keys().find(|role| !roles.contains(&role.as_str())) {
        return Err(Error::Usage(format!(
            "the survey reads no `{role}`; its tables are {}",
            roles.join(", ")
        )));
    }
    let name = |role: &&str| named.get(*role).cloned().unwrap_or_else(|| role.to_string());
    Ok(roles.iter().map(name).collect())
}

/// All source columns that are used, with names for them that no two share.
fn columns(part: &Part) -> Columns {
    let mut used: Vec<&Column> = Vec::new();
    used.extend(part.keep.iter().map(|(check, _)| &check.column));
    used.extend(&part.key);
    used.extend(part.weight.iter().map(|(column, _)| column));
    used.extend(part.stages[0].stratum.iter().chain(&part.stages[0].psu));
    used.extend(&part.stages[0].fpc);
    for maker in &part.makers {
        match &maker.rule {
            Rule::Column { column, .. } => used.push(column),
            Rule::Cases { cases, columns, .. } => {
                used.extend(cases.iter().flat_map(|(all, _)| all).map(|check| &check.column));
                used.extend(columns);
            }
            _ => {}
        }
    }
    let (mut names, mut taken) = (Vec::new(), BTreeSet::new());
    for column in used {
        if names.iter().any(|(known, _)| known == column) {
            continue;
        }
        let mut name = super::describe::variable(&column.name).to_lowercase();
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        names.push((column.clone(), name));
    }
    Columns { names }
}

/// A plain decimal number.
const NUMBER: &str = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";

struct Statement<'a> {
    words: &'a Words,
    part: &'a Part,
    tables: Vec<String>,
    columns: Columns,
}

impl Statement<'_> {
    fn text(&self, prepared: &Prepared, script: &Script, facts: &str) -> String {
        let mut text = String::new();
        for line in &script.head[..script.head.len() - 1] {
            text.push_str(&format!("-- {line}\n"));
        }
        text.push_str(&format!(
            "-- The result is its cells: save it as CSV or Parquet, and run `inclusion estimate STUDY --cells FILE`.\n\
             -- {}\n",
            crate::CONFIDENTIAL
        ));
        script.left_out.iter().for_each(|one| text.push_str(&format!("-- Not here: {one}\n")));
        let mut steps = self.sources();
        steps.extend(self.weights());
        steps.extend(self.concepts());
        steps.extend(self.indicators(script));
        let by = self.by(prepared);
        steps.push(self.cells(script, &by));
        let steps: Vec<String> = steps
            .iter()
            .map(|(name, comment, body)| format!("-- {comment}\n{name} AS (\n{body}\n)"))
            .collect();
        text.push_str(&format!("WITH\n{}\n", steps.join(",\n")));
        let order: Vec<String> = by.iter().map(|column| self.words.name(column)).collect();
        let order = order.join(", ");
        text.push_str(&format!(
            "SELECT cells.*,\n  COUNT(*) OVER () AS {},\n  CASE WHEN ROW_NUMBER() OVER (ORDER BY {order}) = 1 THEN {} END AS {}\nFROM cells\nORDER BY {order}\n",
            self.words.name("_cells"),
            self.words.literal(facts),
            self.words.name("_facts"),
        ));
        text
    }

    /// Columns of the result that tell which cell it is.
    fn by(&self, prepared: &Prepared) -> Vec<String> {
        let plan = &prepared.samples[0].plan;
        let mut concepts: BTreeSet<String> = BTreeSet::new();
        for split in &plan.breakdowns {
            concepts.extend(split.concepts.iter().chain(&split.joint).cloned());
        }
        let stratum = (!self.part.stages[0].stratum.is_empty()).then(|| "stratum".to_string());
        stratum.into_iter().chain(["psu".to_string()]).chain(concepts).collect()
    }

    /// A text without spaces around it; NULL where nothing is left.
    fn trimmed(&self, table: &str, column: &str) -> String {
        let text =
            self.words.cast(&format!("{table}.{}", self.words.name(column)), self.words.text);
        format!("NULLIF(TRIM({text}), '')")
    }

    /// An id: a whole number is the same however it is stored.
    fn id(&self, text: &str) -> String {
        format!("REGEXP_REPLACE({text}, {}, '')", self.words.literal("[.]0+$"))
    }

    /// The source columns as texts and numbers, of the rows that are kept.
    fn sources(&self) -> Vec<(String, String, String)> {
        let words = self.words;
        let mut steps = Vec::new();
        let mut from = format!("  FROM {} AS s0", self.tables[0]);
        let mut all = Vec::new();
        for (column, name) in &self.columns.names {
            let table = format!("s{}", column.table);
            let text = match column.table {
                0 => self.trimmed(&table, &column.name),
                _ => format!("{table}.{}", words.name(&format!("t_{name}"))),
            };
            all.push(format!("    {text} AS {}", words.name(&format!("t_{name}"))));
        }
        for (at, table) in self.part.tables.iter().enumerate().skip(1) {
            let keys: Vec<String> = table
                .on
                .iter()
                .map(|(_, other)| self.id(&self.trimmed("s", &other.name)))
                .collect();
            let mut own: Vec<String> = (1..)
                .zip(&keys)
                .map(|(k, key)| format!("    {key} AS {}", words.name(&format!("key_{k}"))))
                .collect();
            for (column, name) in self.columns.names.iter().filter(|(c, _)| c.table == at) {
                let text = self.trimmed("s", &column.name);
                own.push(format!("    {text} AS {}", words.name(&format!("t_{name}"))));
            }
            own.push(format!(
                "    COUNT(*) OVER (PARTITION BY {}) AS {}",
                keys.join(", "),
                words.name("copies")
            ));
            let body = format!("  SELECT\n{}\n  FROM {} AS s", own.join(",\n"), self.tables[at]);
            let comment = format!("The rows of `{}`, looked up by their keys", table.role);
            steps.push((format!("looked_up_{at}"), comment, body));
            let on: Vec<String> = (1..)
                .zip(&table.on)
                .map(|(k, (own, _))| {
                    format!(
                        "s{at}.{} = {}",
                        words.name(&format!("key_{k}")),
                        self.id(&self.trimmed("s0", &own.name))
                    )
                })
                .collect();
            from.push_str(&format!(
                "\n  LEFT JOIN looked_up_{at} AS s{at} ON {}",
                on.join(" AND ")
            ));
            let copies = format!("s{at}.{}", words.name("copies"));
            all.push(format!("    {copies} AS {}", words.name(&format!("match_{at}"))));
        }
        steps.push((
            "texts".to_string(),
            "The columns as texts; a blank is NULL".to_string(),
            format!("  SELECT\n{}\n{from}", all.join(",\n")),
        ));
        let numbers: Vec<String> = self
            .columns
            .names
            .iter()
            .map(|(_, name)| {
                let text = words.name(&format!("t_{name}"));
                let plain = format!("REPLACE({text}, ',', '.')");
                format!(
                    "    CASE WHEN {} THEN {} END AS {}",
                    words.matches(&plain, NUMBER),
                    words.cast(&plain, words.float),
                    words.name(&format!("n_{name}"))
                )
            })
            .collect();
        steps.push((
            "numbers".to_string(),
            "The same as numbers, where they are".to_string(),
            format!("  SELECT texts.*,\n{}\n  FROM texts", numbers.join(",\n")),
        ));
        let mut keep = String::new();
        for (at, (check, reason)) in self.part.keep.iter().enumerate() {
            let word = if at == 0 { "WHERE" } else { "AND" };
            let test = passes(words, &self.columns, check);
            keep.push_str(&format!("\n  -- {}\n  {word} {test}", reason.replace('\n', " ")));
        }
        let key: Vec<String> =
            self.part.key.iter().map(|column| self.id(&self.columns.text(words, column))).collect();
        let copies = match key.is_empty() {
            true => "1".to_string(),
            false => format!("COUNT(*) OVER (PARTITION BY {})", key.join(", ")),
        };
        steps.push((
            "kept".to_string(),
            "The rows that are kept, and how many have the same key".to_string(),
            format!(
                "  SELECT numbers.*, {copies} AS {}\n  FROM numbers{keep}",
                words.name("row_copies")
            ),
        ));
        steps
    }

    /// Weights as whole numbers of 2⁻⁶⁴.
    fn weights(&self) -> Vec<(String, String, String)> {
        let words = self.words;
        let float = |value: f64| words.float(value);
        let weight = match &self.part.weight {
            None => float(1.0),
            Some((column, 1.0)) => self.columns.number(words, column),
            Some((column, by)) => {
                format!("{} / {}", self.columns.number(words, column), float(*by))
            }
        };
        let ids = |columns: &[Column]| {
            let all: Vec<String> =
                columns.iter().map(|column| self.id(&self.columns.text(words, column))).collect();
            // NULL if one is.
            all.join(" || '|' || ")
        };
        let stage = &self.part.stages[0];
        let mut own = vec![
            format!("    {weight} AS w"),
            format!("    {} AS {}", ids(&stage.psu), words.name("psu")),
        ];
        if !stage.stratum.is_empty() {
            own.push(format!("    {} AS {}", ids(&stage.stratum), words.name("stratum")));
        }
        let (low, high) = (float(2f64.powi(-22)), float(2f64.powi(40)));
        let (two, half) = (float(2.0), float(0.5));
        let factor = |what: String| words.cast(&words.cast(&what, words.integer), words.factor);
        let units = format!(
            "{} * {}",
            factor(format!("FLOOR(w / p * {} + {half})", float(2f64.powi(41)))),
            factor(format!("p * {}", float(2f64.powi(23)))),
        );
        [
            ("weighted", "Weight, stratum and PSU", format!("  SELECT kept.*,\n{}\n  FROM kept", own.join(",\n"))),
            (
                "powers",
                "The power of two at or near the weight, …",
                format!(
                    "  SELECT weighted.*,\n    CASE WHEN w >= {low} AND w < {high} THEN POWER({two}, FLOOR(LN(w) / LN({two}))) END AS p0\n  FROM weighted"
                ),
            ),
            (
                "powers_below",
                "… the one that is not above it, whatever a logarithm rounds to, …",
                format!(
                    "  SELECT powers.*,\n    CASE WHEN w < p0 THEN p0 / {two} WHEN w >= p0 * {two} THEN p0 * {two} ELSE p0 END AS p\n  FROM powers"
                ),
            ),
            (
                "weights",
                "… and the weight with 42 significant bits, in units of 2^-64",
                format!("  SELECT powers_below.*,\n    {} AS units\n  FROM powers_below", words.cast(&format!("CASE WHEN w = {} THEN {} ELSE {units} END", float(0.0), words.cast("0", words.sum)), words.sum)),
            ),
        ]
        .map(|(name, comment, body)| (name.to_string(), comment.to_string(), body))
        .into()
    }

    /// Concepts, those that others are made of first.
    fn concepts(&self) -> Vec<(String, String, String)> {
        let words = self.words;
        let numbers: BTreeMap<&str, bool> =
            self.part.makers.iter().map(|maker| (maker.id.as_str(), maker.number)).collect();
        let mut level: BTreeMap<&str, usize> = BTreeMap::new();
        let mut levels: Vec<Vec<String>> = Vec::new();
        for maker in &self.part.makers {
            let needs: Vec<&str> = match &maker.rule {
                Rule::Band { of, .. } | Rule::Quantile { of, .. } => vec![of],
                Rule::Count { of, .. } => of.iter().map(String::as_str).collect(),
                Rule::Derived { needs, .. } => needs.iter().map(String::as_str).collect(),
                _ => Vec::new(),
            };
            let below = needs.iter().filter_map(|need| level.get(need)).max();
            let own = below.map_or(0, |below| below + 1);
            level.insert(&maker.id, own);
            levels.resize_with(levels.len().max(own + 1), Vec::new);
            for (id, expression) in concept(words, &self.columns, maker, &numbers) {
                levels[own].push(format!("    {expression} AS {}", words.name(&id)));
            }
        }
        let mut before = "weights".to_string();
        let mut steps = Vec::new();
        for (at, own) in levels.iter().enumerate() {
            let name = format!("concepts_{}", at + 1);
            let comment = match at {
                0 => "Concepts: a code, or ? and the reason why there is none",
                _ => "Concepts that are made of those before",
            };
            let body = format!("  SELECT {before}.*,\n{}\n  FROM {before}", own.join(",\n"));
            steps.push((name.clone(), comment.to_string(), body));
            before = name;
        }
        steps.push((
            "concepts".to_string(),
            "What the recipe does not cover".to_string(),
            format!(
                "  SELECT {before}.*,\n    CASE\n{}\n    END AS fault\n  FROM {before}",
                self.faults().join("\n")
            ),
        ));
        steps
    }

    /// Rows that the engine would refuse, in words.
    fn faults(&self) -> Vec<String> {
        let words = self.words;
        let mut arms = Vec::new();
        let mut add =
            |when: String, what: String| arms.push(format!("      WHEN {when} THEN {what}"));
        let text = |what: &str| words.literal(what);
        let float = |value: f64| words.float(value);
        add("w IS NULL".to_string(), text("the weight is missing or no number"));
        add(format!("w < {}", float(0.0)), text("the weight is negative"));
        add(
            format!(
                "w >= {} OR w > {} AND w < {}",
                float(2f64.powi(40)),
                float(0.0),
                float(2f64.powi(-22))
            ),
            text("a weight is not between 2^-22 and 2^40; scale the weights"),
        );
        add(format!("{} IS NULL", words.name("psu")), text("the PSU is missing"));
        if !self.part.stages[0].stratum.is_empty() {
            add(format!("{} IS NULL", words.name("stratum")), text("the stratum is missing"));
        }
        add(format!("{} > 1", words.name("row_copies")), text("several rows have the same key"));
        for (at, table) in self.part.tables.iter().enumerate().skip(1) {
            let name = words.name(&format!("match_{at}"));
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
                when.push_str(&format!(
                    " AND {} IS NULL",
                    words.name(&format!("{}__reason", maker.id))
                ));
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

    /// Of each indicator: 0 outside, 1 to 5 missing for that reason, 7 no, 8 yes.
    fn indicators(&self, script: &Script) -> Vec<(String, String, String)> {
        let words = self.words;
        let (mut truths, mut classes) = (Vec::new(), Vec::new());
        for estimand in &script.estimands {
            let def = &estimand.indicator;
            let of = words.name(&format!("{}_of", def.id));
            let has = words.name(&format!("{}_has", def.id));
            let (universe, numerator) = (
                truth(words, &def.universe, &def.answers),
                truth(words, &def.numerator, &def.answers),
            );
            truths.push(format!("    -- {}\n    {universe} AS {of}", estimand.words()));
            truths.push(format!("    {numerator} AS {has}"));
            classes.push(format!(
                "    CASE WHEN {of} < 6 THEN {of} WHEN {has} = 0 THEN 7 WHEN {has} < 6 THEN {has} ELSE 8 END AS {}",
                words.name(&format!("{}_is", def.id))
            ));
        }
        vec![
            (
                "truths".to_string(),
                "Is a row of the base, and has it the property? 0 no, 1 to 5 not known for that reason, 6 yes".to_string(),
                format!("  SELECT concepts.*,\n{}\n  FROM concepts", truths.join(",\n")),
            ),
            (
                "classes".to_string(),
                "0 outside the base, 1 to 5 missing, 7 without and 8 with the property".to_string(),
                format!("  SELECT truths.*,\n{}\n  FROM truths", classes.join(",\n")),
            ),
        ]
    }

    fn cells(&self, script: &Script, by: &[String]) -> (String, String, String) {
        let words = self.words;
        let mut own: Vec<String> =
            by.iter().map(|column| format!("    {}", words.name(column))).collect();
        let zero = words.float(0.0);
        let count = |when: &str, name: &str| {
            let sum =
                words.cast(&format!("SUM(CASE WHEN {when} THEN 1 ELSE 0 END)"), words.integer);
            format!("    {sum} AS {}", words.name(name))
        };
        own.push(format!("    COUNT(*) AS {}", words.name("_rows")));
        own.push(count(&format!("w > {zero}"), "_rows_weighted"));
        for estimand in &script.estimands {
            let id = &estimand.indicator.id;
            let is = words.name(&format!("{id}_is"));
            own.push(count(&format!("{is} = 8 AND w > {zero}"), &format!("{id}_n_yes")));
            own.push(count(&format!("{is} = 7 AND w > {zero}"), &format!("{id}_n_no")));
            own.push(count(&format!("{is} >= 7 AND w = {zero}"), &format!("{id}_n_weightless")));
            for reason in Missing::ALL {
                let when = format!("{is} = {} AND w > {zero}", 1 + reason as usize);
                own.push(count(&when, &format!("{id}_n_{}", reason.id())));
            }
            for (what, from) in [("y", 8), ("x", 7)] {
                let nothing = words.cast("0", words.sum);
                let sum = format!("SUM(CASE WHEN {is} >= {from} THEN units ELSE {nothing} END)");
                own.push(format!("    {sum} AS {}", words.name(&format!("{id}_sum_{what}"))));
            }
        }
        own.push(format!("    MIN(fault) AS {}", words.name("_fault")));
        let by: Vec<String> = by.iter().map(|column| words.name(column)).collect();
        let body =
            format!("  SELECT\n{}\n  FROM classes\n  GROUP BY {}", own.join(",\n"), by.join(", "));
        (
            "cells".to_string(),
            "The sums of each cell: counts of rows, and weights in units of 2^-64".to_string(),
            body,
        )
    }
}
