//! The cells of a survey as one statement of SQL, for a warehouse that holds the microdata.
//!
//! Steps, each a common table: the source columns as texts and numbers, the rows that are kept, their
//! weights as whole numbers, concepts, indicators, and the sums by stratum, PSU and grouping set. The
//! columns are those of `inclusion cells`; of the breakdown concepts only those of its set are filled in a
//! row. Three more make the result speak for itself: `_cells`, the number of its rows; `_fault`, what in
//! the rows of a cell the recipe does not cover; and, in one row, `_facts`, the plan that the statement was
//! written for.

mod columns;
mod concepts;
mod dialect;
mod faults;
mod missing;
mod sources;
mod sums;
mod truth;
mod weights;

use super::script::{Part, Rule, Script};
use super::{Names, describe, one_survey, refused};
use crate::plan::Sample;
use crate::{Error, Study, not_from_cells, prepare};
#[cfg(feature = "cluster")]
pub(crate) use columns::Stored;
pub(crate) use columns::StoredAs;
use columns::{Columns, columns};
pub use dialect::SqlDialect;
use dialect::Words;
use inclusion_estimate::Diagnostic;
use inclusion_ingest::Format;
use inclusion_registry::{PSU, STRATUM};
#[cfg(feature = "cluster")]
pub(crate) use sources::{ALL_ROWS, KEPT_ROWS};
use std::collections::BTreeMap;
#[cfg(feature = "cluster")]
pub(crate) use sums::{WEIGHT_MAX, WEIGHT_MIN};

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

/// The statement whose result is the cells of a survey, and what is to be known of it: what estimates from
/// them will lack of the study, and where missing values may be taken in another way than by the reader.
///
/// Where the files are there their headers are read for the columns' names and for the values that they
/// declare missing; else the columns have the names of the recipe. No row is read.
///
/// # Errors
///
/// [`Error::Study`] as [`prepare`] says it; [`Error::Usage`] for a survey or table that is not there, and
/// for what sums cannot give or SQL is not written for, with the reason.
pub fn sql(study: Study, request: &SqlRequest) -> Result<(String, Vec<Diagnostic>), Error> {
    let survey = one_survey(&study.file, request.survey.as_deref(), "a statement")?;
    let mut prepared = prepare(study)?;
    let mut notes: Vec<Diagnostic> = not_from_cells(&prepared).into_iter().collect();
    prepared.samples.retain(|sample| sample.plan.sample == survey);
    let sample = &prepared.samples[0];
    let script = describe::describe(&prepared, sample, Names::OfTables)?;
    let facts = crate::cells::facts_for_sql(sample)?.text()?;
    let part = suffices(sample, &script)?;
    notes.extend(missing::untold(part));
    let stored_as = StoredAs::new();
    let words = &request.dialect.words();
    let statement = Statement {
        words,
        part,
        tables: tables(words, part, &request.tables)?,
        columns: columns(part, &stored_as),
        stored_as,
        bounds: false,
    };
    let sets = crate::cells::grouping_sets(&sample.plan.breakdowns);
    Ok((statement.text(&script, &sets, &notes, &facts), notes))
}

/// What an engine of ours runs for a sample.
#[cfg(feature = "cluster")]
pub(crate) struct OfEngine {
    /// The statement of the bare cells, by stratum and PSU, with the bounds of the weights: what they are of,
    /// and that they are whole, is known without it.
    pub cells: String,
    /// Where rows are left out: a statement that counts [`ALL_ROWS`] and [`KEPT_ROWS`].
    pub rows: Option<String>,
}

/// The statements that an engine of ours runs for a sample, with its roles as tables and what is known of how
/// their columns are stored, by role and name; `headers` are those that were read before.
///
/// # Errors
///
/// [`Error::Usage`] for what sums cannot give or SQL is not written for, with the reason.
#[cfg(feature = "cluster")]
pub(crate) fn sql_of_engine(
    prepared: &crate::Prepared,
    sample: &Sample,
    stored: &BTreeMap<(String, String), Stored>,
    headers: &BTreeMap<std::path::PathBuf, inclusion_ingest::Header>,
) -> Result<OfEngine, Error> {
    let mut script = describe::describe(prepared, sample, Names::Read(headers))?;
    let part = suffices(sample, &script)?;
    let place = |role: &str| part.tables.iter().position(|table| table.role == role);
    let of_table = |((role, column), stored): (&(String, String), &Stored)| {
        Some(((place(role)?, column.clone()), *stored))
    };
    let stored_as: StoredAs = stored.iter().filter_map(of_table).collect();
    let own = columns(part, &stored_as);
    if let Some(used) = own.used.iter().find(|used| used.stored == Stored::Otherwise) {
        return Err(refused(
            "SQL",
            &format!(
                "column `{}`, which is stored neither as whole numbers nor as floats nor as texts; store it as one of these, or estimate with `--engine local`",
                used.column.name
            ),
        ));
    }
    let words = &SqlDialect::DataFusion.words();
    let tables: Vec<String> =
        part.tables.iter().map(|table| table_of_engine(&table.role)).collect();
    let statement = Statement {
        words,
        part,
        tables: tables.clone(),
        columns: own,
        stored_as: stored_as.clone(),
        bounds: true,
    };
    let sets = crate::cells::grouping_sets(&sample.plan.breakdowns);
    // In the order in which the kernel takes them: whole numbers before texts.
    let key = |column: &String| {
        let column = words.name(column);
        format!(
            "CASE WHEN CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR) = {column} THEN TRY_CAST({column} AS BIGINT) END NULLS LAST, {column}"
        )
    };
    let order: Vec<String> = statement.design().iter().map(key).collect();
    let steps = statement.steps(&script, &sets);
    let cells = format!("{steps}SELECT * FROM cells\nORDER BY {}\n", order.join(", "));
    let rows = (!part.keep.is_empty()).then(|| {
        let part = script.parts.remove(0).of_rows();
        let columns = columns(&part, &stored_as);
        let statement = Statement { words, part: &part, tables, columns, stored_as, bounds: false };
        statement.rows()
    });
    Ok(OfEngine { cells, rows })
}

/// The table of a role for an engine of ours; no step of a statement has this name.
#[cfg(feature = "cluster")]
pub(crate) fn table_of_engine(role: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("source_{}", role.chars().map(plain).collect::<String>())
}

/// The one part of a sample; refuses what is not written.
fn suffices<'a>(sample: &Sample, script: &'a Script) -> Result<&'a Part, Error> {
    let refused = |what: &str| Err(refused("SQL", what));
    let [part] = &script.parts[..] else {
        return refused("a survey of several recipes");
    };
    let recipe = &sample.parts[0].recipe;
    if let Some(column) = &recipe.area_column {
        let one =
            |keep: &inclusion_registry::Keep| &keep.column == column && keep.values.len() == 1;
        if !recipe.keep.iter().any(one) {
            return refused(&format!(
                "a table of several areas; add `where = {{ {column} = \"…\" }}` to the [[survey]]"
            ));
        }
    }
    if recipe.files.values().any(|file| file.digits.is_some()) {
        return refused("digits of other scripts");
    }
    let number = |e: &&super::script::Estimand| e.numbers().0.is_some();
    if let Some(estimand) = script.estimands.iter().find(number) {
        return refused(&format!(
            "the sums of numbers of `{}`; leave it out",
            estimand.indicator.id
        ));
    }
    if !script.stages[0].psu {
        return refused("a survey without a column of PSUs, of which each row is one");
    }
    if script.stages[0].fpc {
        return refused("finite populations");
    }
    for maker in &part.makers {
        if let Rule::Quantile { .. } = maker.rule {
            return refused(&format!("the quantile groups of `{}`", maker.id));
        }
    }
    for used in &columns(part, &StoredAs::new()).used {
        let column = &used.column;
        if column.blank_range.is_some() || column.thousands.is_some() {
            return refused(&format!(
                "column `{}`, which has a range of missing numbers or marks of thousands",
                column.name
            ));
        }
    }
    Ok(part)
}

/// The names of the tables, in the order of the part's.
fn tables(
    words: &Words,
    part: &Part,
    named: &BTreeMap<String, String>,
) -> Result<Vec<String>, Error> {
    let roles: Vec<&str> = part.tables.iter().map(|table| table.role.as_str()).collect();
    if let Some(role) = named.keys().find(|role| !roles.contains(&role.as_str())) {
        return Err(Error::Usage(format!(
            "the survey reads no `{role}`; its tables are {}",
            roles.join(", ")
        )));
    }
    roles.iter().map(|role| words.table(named.get(*role).map_or(role, String::as_str))).collect()
}

/// A common table of the statement.
struct Step {
    name: String,
    comment: &'static str,
    body: String,
}

impl Step {
    fn new(name: &str, comment: &'static str, body: String) -> Step {
        Step { name: name.to_string(), comment, body }
    }
}

struct Statement<'a> {
    words: &'a Words,
    part: &'a Part,
    tables: Vec<String>,
    columns: Columns,
    stored_as: StoredAs,
    /// The cells tell the smallest and the largest weight.
    bounds: bool,
}

impl Statement<'_> {
    fn text(
        &self,
        script: &Script,
        sets: &[Vec<String>],
        notes: &[Diagnostic],
        facts: &str,
    ) -> String {
        let words = self.words;
        let mut text = String::new();
        let mut comment = |line: &str| text.push_str(&format!("-- {}\n", line.replace('\n', " ")));
        // The last line of the head speaks of figures, and here are none.
        script.head[..script.head.len() - 1].iter().for_each(|line| comment(line));
        comment(
            "The result is its cells: save it as CSV or Parquet, with the names of the columns, and run",
        );
        comment("`inclusion estimate STUDY --cells FILE`.");
        words.saving.into_iter().for_each(&mut comment);
        comment(
            "It is microdata: a sum may be of one person, and `_fault` has the value of a row that is refused.",
        );
        if words.rounds {
            comment(
                "Of floats this engine does not promise all digits here: store weights as decimals or texts.",
            );
        }
        if self.part.tables.iter().any(|table| matches!(table.format, Format::Delimited { .. })) {
            comment(
                "Ids are taken as the table stores them: texts as they are written, so 1 and 01 are two, and numbers by their value. Where the file has both, keep them as texts in the table.",
            );
        }
        comment(crate::CONFIDENTIAL);
        script.left_out.iter().for_each(|one| comment(&format!("Not here: {one}")));
        notes.iter().for_each(|note| comment(&note.message));
        text.push_str(&self.steps(script, sets));
        let mut order = self.design();
        for concept in sets.iter().flatten() {
            if !order.contains(concept) {
                order.push(concept.clone());
            }
        }
        let order: Vec<String> = order.iter().map(|column| words.name(column)).collect();
        let order = order.join(", ");
        text.push_str(&format!(
            "SELECT cells.*,\n  COUNT(*) OVER () AS {},\n  CASE WHEN ROW_NUMBER() OVER (ORDER BY {order}) = 1 THEN {} END AS {}\nFROM cells\nORDER BY {order}\n",
            words.name("_cells"),
            words.literal(facts),
            words.name("_facts"),
        ));
        text
    }

    /// All steps, of which the last is `cells`.
    fn steps(&self, script: &Script, sets: &[Vec<String>]) -> String {
        let mut steps = self.sources();
        steps.extend(self.weights());
        steps.extend(self.concepts());
        steps.extend(self.indicators(script));
        steps.push(self.cells(script, sets));
        self.with(&steps)
    }

    fn with(&self, steps: &[Step]) -> String {
        let steps: Vec<String> = steps
            .iter()
            .map(|Step { name, comment, body }| {
                format!("-- {comment}\n{name} {} (\n{body}\n)", self.words.step)
            })
            .collect();
        format!("WITH\n{}\n", steps.join(",\n"))
    }

    /// The columns of the design.
    fn design(&self) -> Vec<String> {
        let stratified = !self.part.stages[0].stratum.is_empty();
        let columns = [(stratified, STRATUM), (true, PSU)];
        columns.iter().filter(|(there, _)| *there).map(|(_, name)| name.to_string()).collect()
    }
}
