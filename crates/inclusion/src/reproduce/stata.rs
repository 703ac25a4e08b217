//! The script for Stata's `svy` commands.
//!
//! Written for documented commands ([SVY] svyset, svy, subpopulation estimation; [R] mean, ratio, total,
//! nlcom). What their documentation does not settle to the last digit (raking, calibration, quantiles)
//! is refused.

mod concepts;
mod design;
mod figures;
mod rows;

use super::formula::number;
use super::refused;
use super::script::{Column, Estimand, Part, Script};
use crate::Error;
use concepts::{code_of, in_band};
use design::design;
use figures::figures;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};
use rows::rows;

const PROGRAMS: &str = include_str!("stata/programs.do");

const PROGRAM: &str = "Stata";

pub(super) fn write(script: &Script) -> Result<String, Error> {
    let method = script.method();
    if method == "likelihood" {
        return Err(refused(PROGRAM, "the likelihood interval of a share has no function there"));
    }
    let mut text = String::new();
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    script.head.iter().for_each(|one| line(&format!("* {one}")));
    line("*");
    line("* Run it where `inclusion` was run, for file names are relative to that folder.");
    line(
        "* Stata has not run this script before you: what it does was checked against the manuals only.",
    );
    for one in &script.left_out {
        line(&format!("* Not here: {one}"));
    }
    line("version 15\nclear all\nset more off\nset type double");
    line(&format!("global conf {}", number(script.options.level)));
    line(&format!("global method \"{method}\"    // interval of shares"));
    let df = script.df_rule();
    line(&format!("global df_rule \"{df}\"    // degrees of freedom: domain, full, infinite"));
    line("global replicates \"\"\n");
    line(PROGRAMS);
    for (at, part) in script.parts.iter().enumerate() {
        line(&rows(script, part, at + 1)?);
    }
    line("* --- Rows of all files ---");
    line("use `rows_1', clear");
    for at in 2..=script.parts.len() {
        line(&format!("append using `rows_{at}'"));
    }
    line("");
    let mut conditions = Conditions { script, text: String::new(), count: 0 };
    for estimand in &script.estimands {
        conditions.indicator(estimand);
    }
    line(&conditions.text);
    line(&design(script)?);
    line("* --- Figures ---");
    line(
        "postfile results str80 indicator str244 group str20 measure double(value se lower upper df n) ///",
    );
    line("    using results, replace");
    for estimand in &script.estimands {
        line(&figures(script, estimand));
    }
    line("postclose results\nuse results, clear\nformat value se lower upper %18.0g\nlist, noobs");
    Ok(text)
}

/// A text in Stata's quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.contains(['"', '`', '\'']) { format!("`\"{text}\"'") } else { format!("\"{text}\"") }
}

/// The name of a column once it is loaded; concepts have names of their own beside it.
fn source(part: &Part, column: &Column) -> String {
    let name = super::describe::variable(&column.name);
    let long = format!("src{}_{name}", column.table);
    let used = part.tables[column.table].used.iter().position(|used| *used == column.name);
    if long.len() <= 32 { long } else { format!("src{}_{}", column.table, used.unwrap_or(0)) }
}

/// Conditions of indicators as variables: 1 true, 0 false, missing where an answer leaves it open.
struct Conditions<'a> {
    script: &'a Script,
    text: String,
    count: usize,
}

impl Conditions<'_> {
    fn variable(&mut self, expression: &str) -> String {
        self.count += 1;
        let name = format!("__c{}", self.count);
        self.text.push_str(&format!("quietly gen byte {name} = {expression}\n"));
        name
    }

    fn all(&mut self, parts: &[String]) -> String {
        if let [one] = parts {
            return one.clone();
        }
        let zero: Vec<String> = parts.iter().map(|part| format!("{part} == 0")).collect();
        let list = parts.join(", ");
        self.variable(&format!("cond({}, 0, cond(missing({list}), ., 1))", zero.join(" | ")))
    }

    fn condition(&mut self, of: &Condition, rules: &AnswerRules) -> String {
        let out: Vec<String> = Missing::ALL
            .into_iter()
            .filter(|missing| rules.of(*missing) == Answer::Out)
            .map(|missing| missing.code().to_string())
            .collect();
        let mut parts = Vec::new();
        for (id, test) in &of.all {
            let expression = match test {
                Test::Codes(codes) => {
                    let makers = &self.script.parts[0].makers;
                    let known = makers.iter().find(|maker| maker.id == *id);
                    let known = known.map_or(&[][..], |maker| &maker.codes[..]);
                    let list: Vec<String> = codes.iter().map(|code| code_of(known, code)).collect();
                    let open = match out.is_empty() {
                        true => "0".to_string(),
                        false => format!("cond(inlist({id}, {}), ., 0)", out.join(", ")),
                    };
                    format!("cond(inlist({id}, {}), 1, {open})", list.join(", "))
                }
                Test::Range { min, max } => {
                    format!("cond(missing({id}), {}, {})", absent(rules), in_band(id, *min, *max))
                }
            };
            parts.push(self.variable(&expression));
        }
        if !of.any.is_empty() {
            let any: Vec<String> = of.any.iter().map(|one| self.condition(one, rules)).collect();
            let one: Vec<String> = any.iter().map(|part| format!("{part} == 1")).collect();
            let list = any.join(", ");
            let open = format!("cond({}, 1, cond(missing({list}), ., 0))", one.join(" | "));
            parts.push(self.variable(&open));
        }
        if parts.is_empty() { self.variable("1") } else { self.all(&parts) }
    }

    fn indicator(&mut self, estimand: &Estimand) {
        let (def, name) = (&estimand.indicator, &estimand.name);
        let rules = &def.answers;
        self.text.push_str(&format!("* {}\n", estimand.words()));
        let universe = self.condition(&def.universe, rules);
        let (value, below) = estimand.numbers();
        let mut parts = Vec::new();
        if value.is_none() {
            parts.push(self.condition(&def.numerator, rules));
        }
        for id in [value, below].into_iter().flatten() {
            parts.push(self.variable(&format!("cond(missing({id}), {}, 1)", absent(rules))));
        }
        let has = self.all(&parts);
        let mut line = |one: String| {
            self.text.push_str(&one);
            self.text.push('\n');
        };
        line(format!("quietly gen byte {name}_base = {universe} == 1 & !missing({has})"));
        if estimand.whole_survey {
            line(format!("quietly gen byte {name}_scope = {universe} != 0"));
        }
        let of = |id: &String| format!("cond({name}_base & !missing({id}), {id}, 0)");
        match value {
            None => line(format!("quietly gen double {name} = {name}_base & {has} == 1")),
            Some(id) => line(format!("quietly gen double {name} = {}", of(id))),
        }
        if let Some(id) = below {
            line(format!("quietly gen double {name}_x = {}", of(id)));
        }
    }
}

/// A missing number has no other reason than that it is not stated.
fn absent(rules: &AnswerRules) -> &'static str {
    if rules.of(Missing::NotStated) == Answer::Out { "." } else { "0" }
}
