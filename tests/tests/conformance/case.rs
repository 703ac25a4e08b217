//! A case as a plan and rows: concepts, indicators and design columns made on the fly.

use crate::table::Table;
use arrow::array::{ArrayRef, Int16Array, RecordBatch};
use inclusion_registry::{Concept, Condition, Indicator, Missing, Statistic, Test};
use inclusion_survey::{Breakdown, Options, Plan, PlannedIndicator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one expected row is compared with.
pub struct Question {
    pub plan: Plan,
    pub options: Options,
    pub batch: RecordBatch,
    pub by: Vec<String>,
}

/// Collects the concepts that a case uses.
pub struct Builder<'a> {
    table: &'a Table,
    concepts: BTreeMap<String, Concept>,
    columns: BTreeMap<String, ArrayRef>,
}

fn concept(id: &str, kind: &str, codes: &[String]) -> Concept {
    let codes: Vec<Value> = codes.iter().map(|c| json!({ "id": c, "name": c })).collect();
    // From the registry's own form, so that fields with a default need not be known here.
    let text = json!({ "id": id, "name": id, "kind": kind, "code": codes, "breakdown": true });
    serde_json::from_value(text).expect("a concept")
}

impl<'a> Builder<'a> {
    pub fn new(table: &'a Table) -> Builder<'a> {
        Builder { table, concepts: BTreeMap::new(), columns: BTreeMap::new() }
    }

    /// The distinct values of a column.
    pub fn levels(&self, variable: &str) -> Vec<String> {
        let mut levels: Vec<String> =
            self.table.column(variable).iter().filter(|v| !v.is_empty()).cloned().collect();
        levels.sort();
        levels.dedup();
        levels
    }

    /// A column as a category with one code for each value.
    pub fn category(&mut self, variable: &str) -> String {
        let id = format!("{variable}_code");
        let levels = self.levels(variable);
        let missing = Missing::NotStated.code();
        let index = |v: &String| levels.binary_search(v).map_or(missing, |i| i as i16);
        let values: Int16Array =
            self.table.column(variable).iter().map(|v| Some(index(v))).collect();
        self.concepts.insert(id.clone(), concept(&id, "category", &levels));
        self.columns.insert(id.clone(), Arc::new(values));
        id
    }

    /// A column as a number.
    pub fn number(&mut self, variable: &str) -> String {
        let id = format!("{variable}_number");
        self.columns.insert(id.clone(), crate::design::numbers(self.table.column(variable)));
        self.concepts.insert(id.clone(), concept(&id, "number", &[]));
        id
    }

    /// The domain's filter as a universe.
    pub fn universe(&mut self, filter: &Value) -> Condition {
        let mut condition = Condition::default();
        for test in filter.as_array().into_iter().flatten() {
            let variable = test["var"].as_str().expect("a variable");
            let number = test["value"].as_f64();
            let (id, test) = match test["op"].as_str().expect("an operator") {
                "==" => (self.category(variable), Test::Codes(vec![text(&test["value"])])),
                "in" => {
                    let values = test["value"].as_array().expect("a list").iter().map(text);
                    (self.category(variable), Test::Codes(values.collect()))
                }
                "not_null" => {
                    let levels = self.levels(variable);
                    (self.category(variable), Test::Codes(levels))
                }
                ">=" => (self.number(variable), Test::Range { min: number, max: None }),
                "<=" => (self.number(variable), Test::Range { min: None, max: number }),
                other => panic!("operator {other}"),
            };
            let known: Vec<String> = match (&test, self.concepts.get(&id)) {
                (Test::Codes(codes), Some(concept)) => {
                    codes.iter().filter(|c| concept.index_of(c).is_some()).cloned().collect()
                }
                _ => Vec::new(),
            };
            let test = if let Test::Codes(_) = test { Test::Codes(known) } else { test };
            assert!(condition.all.insert(id, test).is_none(), "two tests of {variable}");
        }
        condition
    }

    /// The plan, options and rows of a case.
    pub fn question(mut self, case: &Value, indicators: Vec<Indicator>, by: &[String]) -> Question {
        let design = &case["design"];
        let options = crate::design::options(&mut self, design);
        let mut columns = crate::design::columns(self.table, design);
        let ids: Vec<String> = by.iter().map(|variable| self.category(variable)).collect();
        let mut breakdowns = vec![Breakdown { concepts: Vec::new(), joint: ids.clone() }];
        if !ids.is_empty() {
            breakdowns.push(Breakdown { concepts: ids.clone(), joint: Vec::new() });
        }
        columns.extend(self.columns.iter().map(|(name, array)| (name.clone(), array.clone())));
        let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
        let planned = |indicator| PlannedIndicator { indicator, proxy: None };
        let plan = Plan {
            sample: "case".to_string(),
            ref_area: "XXX".to_string(),
            time_period: "2000".to_string(),
            indicators: indicators.into_iter().map(planned).collect(),
            breakdowns,
            concepts: self.concepts,
        };
        Question { plan, options, batch, by: ids }
    }
}

/// An indicator of a case.
pub fn indicator(id: &str, statistic: Statistic, universe: &Condition) -> Indicator {
    let text = json!({
        "id": id, "version": "1", "status": "agreed", "name": id, "statement": "count",
        "topic": "access", "custodian": "test", "kind": "rate", "population": "person",
        "universe_text": "", "numerator_text": "", "reference_period": "", "unit": "",
        "direction": "higher", "source": "test",
    });
    let mut indicator: Indicator = serde_json::from_value(text).expect("an indicator");
    indicator.statistic = statistic;
    indicator.universe = universe.clone();
    indicator
}

/// A value of a case as it stands in the data.
pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}
