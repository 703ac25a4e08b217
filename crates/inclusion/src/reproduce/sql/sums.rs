//! The last steps: indicators of each row, and their sums by grouping set.

use super::truth::truth;
use super::{Statement, Step};
use crate::reproduce::script::Script;
use inclusion_registry::Missing;

/// Columns with the smallest and the largest weight of a cell, for our own engine.
pub(crate) const WEIGHT_MIN: &str = "_weight_min";
pub(crate) const WEIGHT_MAX: &str = "_weight_max";

impl Statement<'_> {
    /// Of each indicator: 0 outside, 1 to 5 missing for that reason, 7 no, 8 yes.
    pub(super) fn indicators(&self, script: &Script) -> Vec<Step> {
        let words = self.words;
        let (mut truths, mut classes) = (Vec::new(), Vec::new());
        for estimand in &script.estimands {
            let def = &estimand.indicator;
            let of = words.name(&format!("{}__of", def.id));
            let has = words.name(&format!("{}__has", def.id));
            let universe = truth(words, &def.universe, &def.answers);
            let numerator = truth(words, &def.numerator, &def.answers);
            truths.push(format!("    -- {}\n    {universe} AS {of}", estimand.words()));
            truths.push(format!("    {numerator} AS {has}"));
            let is = words.name(&format!("{}__is", def.id));
            classes.push(format!(
                "    CASE WHEN {of} < 6 THEN {of} WHEN {has} = 0 THEN 7 WHEN {has} < 6 THEN {has} ELSE 8 END AS {is}"
            ));
        }
        vec![
            Step::new(
                "truths",
                "Is a row of the base, and has it the property? 0 no, 1 to 5 not known for that reason, 6 yes",
                format!("  SELECT concepts.*,\n{}\n  FROM concepts", truths.join(",\n")),
            ),
            Step::new(
                "classes",
                "0 outside the base, 1 to 5 missing, 7 without and 8 with the property",
                format!("  SELECT truths.*,\n{}\n  FROM truths", classes.join(",\n")),
            ),
        ]
    }

    /// The sums by stratum, PSU and grouping set.
    pub(super) fn cells(&self, script: &Script, sets: &[Vec<String>]) -> Step {
        let words = self.words;
        let quoted = |columns: &[String]| -> Vec<String> {
            columns.iter().map(|column| words.name(column)).collect()
        };
        let mut by = self.design();
        for concept in sets.iter().flatten() {
            if !by.contains(concept) {
                by.push(concept.clone());
            }
        }
        let mut own: Vec<String> =
            quoted(&by).iter().map(|column| format!("    {column}")).collect();
        let zero = words.float(0.0);
        let count = |when: &str, name: &str| {
            let sum = format!("SUM(CASE WHEN {when} THEN 1 ELSE 0 END)");
            format!("    {} AS {}", words.cast(&sum, words.integer), words.name(name))
        };
        own.push(format!("    COUNT(*) AS {}", words.name("_rows")));
        own.push(count(&format!("_w > {zero}"), "_rows_weighted"));
        for estimand in &script.estimands {
            let id = &estimand.indicator.id;
            let is = words.name(&format!("{id}__is"));
            own.push(count(&format!("{is} = 8 AND _w > {zero}"), &format!("{id}_n_yes")));
            own.push(count(&format!("{is} = 7 AND _w > {zero}"), &format!("{id}_n_no")));
            own.push(count(&format!("{is} >= 7 AND _w = {zero}"), &format!("{id}_n_weightless")));
            for reason in Missing::ALL {
                let when = format!("{is} = {} AND _w > {zero}", 1 + reason as usize);
                own.push(count(&when, &format!("{id}_n_{}", reason.id())));
            }
            for (what, from) in [("y", 8), ("x", 7)] {
                let nothing = words.cast("0", words.sum);
                let sum = format!("SUM(CASE WHEN {is} >= {from} THEN _units ELSE {nothing} END)");
                own.push(format!("    {sum} AS {}", words.name(&format!("{id}_sum_{what}"))));
            }
        }
        let fault = match words.wraps {
            // Of weights below 2^125 units in all no sum of 128 bits is too large.
            true => format!(
                "COALESCE(MIN(_fault), CASE WHEN {} * MAX(_w) >= {} THEN {} END)",
                words.cast("COUNT(*)", words.float),
                words.float(2f64.powi(61)),
                words
                    .literal("the weights of a cell may add up to 2^61 or more; scale the weights")
            ),
            false => "MIN(_fault)".to_string(),
        };
        own.push(format!("    {fault} AS {}", words.name("_fault")));
        if self.bounds {
            own.push(format!("    MIN(_w) AS {}", words.name(WEIGHT_MIN)));
            own.push(format!("    MAX(_w) AS {}", words.name(WEIGHT_MAX)));
        }
        let set = |set: &Vec<String>| {
            let columns = [self.design(), set.clone()].concat();
            format!("    ({})", quoted(&columns).join(", "))
        };
        let sets: Vec<String> = sets.iter().map(set).collect();
        Step::new(
            "cells",
            "The sums by stratum, PSU and grouping set: counts of rows, and weights in units of 2^-64",
            format!(
                "  SELECT\n{}\n  FROM classes\n  GROUP BY GROUPING SETS (\n{}\n  )",
                own.join(",\n"),
                sets.join(",\n")
            ),
        )
    }
}
