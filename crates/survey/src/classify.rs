//! Which rows are in an indicator's base and which have its property.
//!
//! Conditions are three-valued (Kleene): a missing answer makes a test *unknown*, unless the
//! indicator's answer rule for that reason says that it counts as "no", which makes the test
//! false. An unknown condition leaves the row out of the base, and its reason is counted. Where
//! several unknowns meet, the reason that comes first in [`Missing::ALL`] is reported. A number
//! has no stored reason; a null is `not_stated`.
//!
//! Everything is compiled once to look-up tables over the stored codes and evaluated a column at
//! a time; equal tests of several indicators are evaluated once.

use crate::{Error, PlannedIndicator};
use arrow::array::{Array, AsArray, Float64Array, Int16Array, RecordBatch};
use arrow::datatypes::{DataType, Float64Type, Int16Type};
use inclusion_registry::{
    Answer, AnswerRules, Concept, ConceptKind, Condition, Missing, Statistic, Test,
};
use std::collections::BTreeMap;

/// What one row is to one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classified {
    /// The row is in the base.
    pub in_base: bool,
    /// It has the property (for a number: it has a value).
    pub in_numerator: bool,
    /// It would be in the base, or might, but gave no usable answer.
    pub missing: Option<Missing>,
}

/// Stored class of a row: outside the base, …
pub(crate) const OUTSIDE: u8 = 0;
/// … in the base without the property, …
pub(crate) const NO: u8 = 1;
/// … with it, …
pub(crate) const YES: u8 = 2;
/// … or missing: this plus the index of the reason.
pub(crate) const MISSING: u8 = 3;

/// Truth values: false, unknown for reason 0 to 4 (1 to 5), true. `and` is the minimum.
const FALSE: u8 = 0;
const UNKNOWN: u8 = 1;
const TRUE: u8 = 6;

/// Classifies every row of a batch for one indicator.
///
/// # Errors
///
/// [`Error`] if a column is missing or of the wrong type, or the indicator names a code or concept
/// that is not there.
pub fn classify(
    batch: &RecordBatch,
    planned: &PlannedIndicator,
    concepts: &BTreeMap<String, Concept>,
) -> Result<Vec<Classified>, Error> {
    let mut program = Program::default();
    let indicator = program.indicator(planned, concepts)?;
    let mut scratch = Scratch::default();
    scratch.start(&program);
    let mut classes = vec![OUTSIDE; batch.num_rows()];
    program.classes(&indicator, batch, &mut scratch, &mut classes, 1)?;
    Ok(classes
        .into_iter()
        .map(|class| Classified {
            in_base: class == NO || class == YES,
            in_numerator: class == YES,
            missing: (class >= MISSING).then(|| Missing::ALL[(class - MISSING) as usize]),
        })
        .collect())
}

/// A node of the compiled conditions; children come before their parents.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Always,
    Codes { column: String, codes: usize, table: Vec<u8> },
    Range { column: String, min: f64, max: f64, null: u8 },
    Present { column: String, null: u8 },
    And(Vec<usize>),
    Or(Vec<usize>),
}

/// The compiled conditions of all indicators.
#[derive(Debug, Default)]
pub(crate) struct Program {
    nodes: Vec<Node>,
}

/// The nodes of one indicator, and the columns of its numbers.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    universe: usize,
    numerator: usize,
    /// Column of the number that is averaged, added or divided.
    pub value: Option<String>,
    /// Column of a ratio's denominator.
    pub denominator: Option<String>,
}

/// Truth values of the nodes that were evaluated for one batch.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    truth: Vec<Vec<u8>>,
    done: Vec<bool>,
}

impl Scratch {
    /// Begins a batch.
    pub(crate) fn start(&mut self, program: &Program) {
        self.truth.resize_with(program.nodes.len(), Vec::new);
        self.done.clear();
        self.done.resize(program.nodes.len(), false);
    }
}

impl Program {
    /// Adds an indicator.
    pub(crate) fn indicator(
        &mut self,
        planned: &PlannedIndicator,
        concepts: &BTreeMap<String, Concept>,
    ) -> Result<Compiled, Error> {
        let def = &planned.indicator;
        let plan_error =
            |message: &str| Error::Plan { place: def.id.clone(), message: message.into() };
        let context = Context { place: &def.id, rules: &def.answers, concepts };
        let universe = self.condition(&def.universe, &context)?;
        let (value, denominator) = match def.statistic {
            Statistic::Published => {
                return Err(plan_error(
                    "it comes from published figures and cannot be estimated from rows",
                ));
            }
            Statistic::Proportion => (None, None),
            Statistic::Total => (def.value.clone(), None),
            Statistic::Mean | Statistic::Quantile => {
                let missing = || match def.statistic {
                    Statistic::Mean => plan_error("a mean needs `value`"),
                    _ => plan_error("a quantile needs `value`"),
                };
                let value = def.value.clone().ok_or_else(missing)?;
                (Some(value), None)
            }
            Statistic::Ratio => {
                let both = def.value.clone().zip(def.denominator.clone());
                let (value, below) =
                    both.ok_or_else(|| plan_error("a ratio needs `value` and `denominator`"))?;
                (Some(value), Some(below))
            }
        };
        let mut parts = Vec::new();
        // Where a number is averaged or added there is no property; the number must be there.
        if value.is_none() {
            parts.push(self.condition(&def.numerator, &context)?);
        }
        for column in [&value, &denominator].into_iter().flatten() {
            context.number(column)?;
            let null = context.unknown(Missing::NotStated);
            let node = Node::Present { column: column.clone(), null };
            parts.push(self.push(node));
        }
        let numerator = self.all(parts);
        Ok(Compiled { universe, numerator, value, denominator })
    }

    fn push(&mut self, node: Node) -> usize {
        self.nodes.iter().position(|n| *n == node).unwrap_or_else(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        })
    }

    fn all(&mut self, mut parts: Vec<usize>) -> usize {
        match parts.len() {
            0 => self.push(Node::Always),
            1 => parts.remove(0),
            _ => self.push(Node::And(parts)),
        }
    }

    fn condition(&mut self, condition: &Condition, context: &Context) -> Result<usize, Error> {
        let mut parts = Vec::new();
        for (column, test) in &condition.all {
            let node = context.test(column, test)?;
            parts.push(self.push(node));
        }
        if !condition.any.is_empty() {
            let mut alternatives = Vec::new();
            for alternative in &condition.any {
                alternatives.push(self.condition(alternative, context)?);
            }
            parts.push(self.push(Node::Or(alternatives)));
        }
        Ok(self.all(parts))
    }

    /// Evaluates a node, and first those it is made of, unless it was done for this batch.
    fn evaluate(
        &self,
        index: usize,
        batch: &RecordBatch,
        scratch: &mut Scratch,
    ) -> Result<(), Error> {
        if scratch.done[index] {
            return Ok(());
        }
        scratch.done[index] = true;
        if let Node::And(parts) | Node::Or(parts) = &self.nodes[index] {
            for part in parts {
                self.evaluate(*part, batch, scratch)?;
            }
        }
        let rows = batch.num_rows();
        let (below, here) = scratch.truth.split_at_mut(index);
        let truth = &mut here[0];
        truth.clear();
        match &self.nodes[index] {
            Node::Always => truth.resize(rows, TRUE),
            Node::Codes { column, codes, table } => {
                truth.resize(rows, FALSE);
                look_up(category(batch, column, *codes)?, table, truth.iter_mut());
            }
            Node::Range { column, min, max, null } => {
                let values = number(batch, column)?;
                let inside = |v: &f64| if *v >= *min && *v <= *max { TRUE } else { FALSE };
                truth.extend(values.values().iter().map(inside));
                mark_nulls(values, truth, *null);
            }
            Node::Present { column, null } => {
                let values = number(batch, column)?;
                truth.resize(rows, TRUE);
                mark_nulls(values, truth, *null);
            }
            Node::And(parts) => {
                truth.extend_from_slice(&below[parts[0]]);
                for part in &parts[1..] {
                    truth.iter_mut().zip(&below[*part]).for_each(|(a, b)| *a = (*a).min(*b));
                }
            }
            Node::Or(parts) => {
                truth.extend_from_slice(&below[parts[0]]);
                for part in &parts[1..] {
                    truth.iter_mut().zip(&below[*part]).for_each(|(a, b)| *a = or(*a, *b));
                }
            }
        }
        Ok(())
    }

    /// Puts the class of every row for one indicator into every `stride`th place of `classes`.
    /// [`Scratch::start`] comes before.
    pub(crate) fn classes(
        &self,
        indicator: &Compiled,
        batch: &RecordBatch,
        scratch: &mut Scratch,
        classes: &mut [u8],
        stride: usize,
    ) -> Result<(), Error> {
        let places = classes.iter_mut().step_by(stride);
        let (universe, numerator) = (indicator.universe, indicator.numerator);
        if let (Node::Always, Node::Codes { column, codes, table }) =
            (&self.nodes[universe], &self.nodes[numerator])
        {
            // The usual item needs no truth values: its codes are looked up as classes at once.
            let table: Vec<u8> = table.iter().map(|t| CLASS[(TRUE << 3 | t) as usize]).collect();
            look_up(category(batch, column, *codes)?, &table, places);
            return Ok(());
        }
        self.evaluate(universe, batch, scratch)?;
        self.evaluate(numerator, batch, scratch)?;
        let pairs = scratch.truth[universe].iter().zip(&scratch.truth[numerator]);
        for (class, (u, p)) in places.zip(pairs) {
            *class = CLASS[((u & 7) << 3 | (p & 7)) as usize];
        }
        Ok(())
    }
}

/// Looks up every value in a table that begins with the missing reasons.
fn look_up<'a>(values: &[i16], table: &[u8], places: impl Iterator<Item = &'a mut u8>) {
    let first = Missing::ALL.len() as i16;
    // A table of 256 places needs no check of each index.
    let mut small = [OUTSIDE; 256];
    match small.get_mut(..table.len()) {
        Some(part) => {
            part.copy_from_slice(table);
            for (place, v) in places.zip(values) {
                *place = small[usize::from((v + first) as u8)];
            }
        }
        None => {
            for (place, v) in places.zip(values) {
                *place = table[(v + first) as usize];
            }
        }
    }
}

/// Class by universe (high three bits) and numerator.
const CLASS: [u8; 64] = {
    let mut table = [OUTSIDE; 64];
    let mut universe = 0;
    while universe < 7 {
        let mut numerator = 0;
        while numerator < 7 {
            table[universe * 8 + numerator] = if universe == FALSE as usize {
                OUTSIDE
            } else if universe < TRUE as usize {
                MISSING + universe as u8 - UNKNOWN
            } else if numerator == FALSE as usize {
                NO
            } else if numerator < TRUE as usize {
                MISSING + numerator as u8 - UNKNOWN
            } else {
                YES
            };
            numerator += 1;
        }
        universe += 1;
    }
    table
};

/// Kleene or; of two unknowns the first reason.
fn or(a: u8, b: u8) -> u8 {
    match (a, b) {
        (FALSE, other) | (other, FALSE) => other,
        (TRUE, _) | (_, TRUE) => TRUE,
        (a, b) => a.min(b),
    }
}

fn mark_nulls(values: &Float64Array, truth: &mut [u8], null: u8) {
    if let Some(nulls) = values.nulls().filter(|n| n.null_count() > 0) {
        for (row, t) in truth.iter_mut().enumerate() {
            if nulls.is_null(row) {
                *t = null;
            }
        }
    }
}

/// What a condition is compiled against.
struct Context<'a> {
    place: &'a str,
    rules: &'a AnswerRules,
    concepts: &'a BTreeMap<String, Concept>,
}

impl Context<'_> {
    fn error(&self, message: String) -> Error {
        Error::Plan { place: self.place.to_string(), message }
    }

    fn concept(&self, id: &str) -> Result<&Concept, Error> {
        self.concepts.get(id).ok_or_else(|| self.error(format!("no concept `{id}` in the plan")))
    }

    fn number(&self, id: &str) -> Result<(), Error> {
        match self.concept(id)?.kind {
            ConceptKind::Number => Ok(()),
            ConceptKind::Category => {
                Err(self.error(format!("`{id}` is a category, but a number is needed")))
            }
        }
    }

    /// Truth of a test whose answer is missing for this reason.
    fn unknown(&self, reason: Missing) -> u8 {
        match self.rules.of(reason) {
            Answer::No => FALSE,
            Answer::Out => UNKNOWN + reason as u8,
        }
    }

    fn test(&self, column: &str, test: &Test) -> Result<Node, Error> {
        let concept = self.concept(column)?;
        match (concept.kind, test) {
            (ConceptKind::Category, Test::Codes(codes)) => {
                let reasons = Missing::ALL.len();
                let mut table = vec![FALSE; reasons + concept.codes.len()];
                for reason in Missing::ALL {
                    table[(reason.code() + reasons as i16) as usize] = self.unknown(reason);
                }
                for code in codes {
                    let index = concept.index_of(code).ok_or_else(|| {
                        self.error(format!("concept `{column}` has no code `{code}`"))
                    })?;
                    table[reasons + index as usize] = TRUE;
                }
                Ok(Node::Codes { column: column.to_string(), codes: concept.codes.len(), table })
            }
            (ConceptKind::Number, Test::Range { min, max }) => Ok(Node::Range {
                column: column.to_string(),
                min: min.unwrap_or(f64::NEG_INFINITY),
                max: max.unwrap_or(f64::INFINITY),
                null: self.unknown(Missing::NotStated),
            }),
            (ConceptKind::Category, Test::Range { .. }) => {
                Err(self.error(format!("`{column}` is a category; test its codes, not a range")))
            }
            (ConceptKind::Number, Test::Codes(_)) => {
                Err(self.error(format!("`{column}` is a number; test `min` and `max`, not codes")))
            }
        }
    }
}

/// The values of a category column, each −5 or more and less than the number of codes.
pub(crate) fn category<'a>(
    batch: &'a RecordBatch,
    column: &str,
    codes: usize,
) -> Result<&'a [i16], Error> {
    let array: &Int16Array = find(batch, column)?
        .as_primitive_opt::<Int16Type>()
        .ok_or_else(|| wrong_type(batch, column, "16-bit codes"))?;
    if array.null_count() > 0 {
        return Err(Error::Empty { column: column.to_string(), rows: array.null_count() });
    }
    let values: &[i16] = array.values();
    let low = -(Missing::ALL.len() as i16);
    let wrong = |v: &i16| *v < low || (*v >= 0 && *v as usize >= codes);
    // Only the extremes are looked at first, as this is done for every value of every column.
    let lowest = values.iter().fold(0, |m, v| m.min(*v));
    let highest = values.iter().fold(-1, |m, v| m.max(*v));
    if wrong(&lowest) && codes > 0 || wrong(&highest) {
        let value = values.iter().copied().find(wrong).unwrap_or_default();
        return Err(Error::NoSuchCode { column: column.to_string(), value, codes });
    }
    Ok(values)
}

/// A number column; null is missing.
pub(crate) fn number<'a>(batch: &'a RecordBatch, column: &str) -> Result<&'a Float64Array, Error> {
    find(batch, column)?
        .as_primitive_opt::<Float64Type>()
        .ok_or_else(|| wrong_type(batch, column, "64-bit numbers"))
}

pub(crate) fn find<'a>(batch: &'a RecordBatch, column: &str) -> Result<&'a dyn Array, Error> {
    batch.column_by_name(column).map(|c| c.as_ref()).ok_or_else(|| Error::MissingColumn {
        column: column.to_string(),
        needed_by: "the plan".to_string(),
    })
}

pub(crate) fn wrong_type(batch: &RecordBatch, column: &str, expected: &'static str) -> Error {
    let found = batch.column_by_name(column).map_or(DataType::Null, |c| c.data_type().clone());
    Error::ColumnType { column: column.to_string(), found: found.to_string(), expected }
}
