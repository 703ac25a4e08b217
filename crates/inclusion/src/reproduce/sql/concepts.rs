//! Concepts as expressions over source columns and other concepts.
//!
//! A category is a text: its code, or `?` and the reason why there is none. A number has its reason in
//! a column beside it. Nothing at all (NULL in both) is a value that the recipe does not cover.

use super::columns::Columns;
use super::dialect::Words;
use super::{Statement, Step};
use crate::reproduce::script::{Column, Maker, RawCheck, Rule};
use crate::reproduce::text::plain_number;
use inclusion_registry::{Condition, Test};
use std::collections::BTreeMap;

/// A result as it is stored: `.dont_know` of a recipe is `?dont_know`.
fn stored(result: &str) -> String {
    match result.strip_prefix('.') {
        Some(reason)
            if result.len() > 2 && reason.starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            format!("?{reason}")
        }
        _ => result.to_string(),
    }
}

/// True of a row whose column is one of these values, given as keys.
pub(super) fn is_one(words: &Words, columns: &Columns, column: &Column, keys: &[String]) -> String {
    let (text, number) = (columns.text(words, column), columns.number(words, column));
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    let mut tests = Vec::new();
    for key in keys {
        match plain_number(key) {
            _ if key.is_empty() => tests.push(format!("{text} IS NULL")),
            Some(value) => numbers.push(value.to_string()),
            None => texts.push(key.clone()),
        }
    }
    if !numbers.is_empty() {
        tests.push(format!("{number} IN ({})", numbers.join(", ")));
    }
    if !texts.is_empty() {
        tests.push(format!("{text} IN ({})", words.literals(&texts)));
    }
    match tests.len() {
        1 => tests.remove(0),
        _ => format!("({})", tests.join(" OR ")),
    }
}

/// True of a row that passes a test of a source column.
pub(super) fn passes(words: &Words, columns: &Columns, check: &RawCheck) -> String {
    let mut all = Vec::new();
    if let Some(values) = &check.values {
        all.push(is_one(words, columns, &check.column, values));
    }
    let number = columns.number(words, &check.column);
    all.extend(check.min.map(|min| format!("{number} >= {}", words.float(min))));
    all.extend(check.max.map(|max| format!("{number} <= {}", words.float(max))));
    if all.is_empty() { "1 = 1".to_string() } else { all.join(" AND ") }
}

impl Statement<'_> {
    /// Concepts, those that others are made of first.
    pub(super) fn concepts(&self) -> Vec<Step> {
        let words = self.words;
        let makers = &self.part.makers;
        let numbers: BTreeMap<&str, bool> =
            makers.iter().map(|maker| (maker.id.as_str(), maker.number)).collect();
        let mut level: BTreeMap<&str, usize> = BTreeMap::new();
        let mut levels: Vec<Vec<String>> = Vec::new();
        for maker in makers {
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
            let comment = match at {
                0 => "Concepts: a code, or ? and the reason why there is none",
                _ => "Concepts that are made of those before",
            };
            let body = format!("  SELECT {before}.*,\n{}\n  FROM {before}", own.join(",\n"));
            before = format!("concepts_{}", at + 1);
            steps.push(Step::new(&before, comment, body));
        }
        steps.push(self.faults(&before));
        steps
    }
}

/// A concept: its text or number, and the reason of a number.
fn concept(
    words: &Words,
    columns: &Columns,
    maker: &Maker,
    numbers: &BTreeMap<&str, bool>,
) -> Vec<(String, String)> {
    let id = maker.id.clone();
    let reason = format!("{id}__reason");
    let case = |arms: &[(String, String)], other: &str| {
        let arms: Vec<String> =
            arms.iter().map(|(when, then)| format!("WHEN {when} THEN {then}")).collect();
        match arms.is_empty() {
            true => other.to_string(),
            false => format!("CASE {} ELSE {other} END", arms.join(" ")),
        }
    };
    let code = |result: &str| words.literal(&stored(result));
    let none = words.cast("NULL", words.text);
    let mut arms: Vec<(String, String)> = Vec::new();
    match &maker.rule {
        Rule::Fixed(code) if maker.number => {
            let value = code.parse::<f64>().unwrap_or(0.0);
            vec![(id, words.float(value)), (reason, none)]
        }
        Rule::Fixed(fixed) => vec![(id, code(fixed))],
        Rule::Column { column, pairs, blank, others, scale } => {
            let text = columns.text(words, column);
            if column.table > 0 {
                let match_ = words.name(&format!("match__{}", column.table));
                arms.push((format!("{match_} IS NULL"), code(".not_stated")));
            }
            for (result, keys) in grouped(pairs) {
                arms.push((is_one(words, columns, column, &keys), code(&result)));
            }
            if !maker.number {
                let blank = blank.as_ref().map_or(none.clone(), |blank| code(blank));
                arms.push((format!("{text} IS NULL"), blank));
                if !column.blanks.is_empty() {
                    arms.push((is_one(words, columns, column, &column.blanks), none.clone()));
                }
                let other = others.as_ref().map_or(none, |others| code(others));
                return vec![(id, case(&arms, &other))];
            }
            // Of a number the pairs give reasons, or numbers.
            let is_reason = |then: &String| then.starts_with("'?");
            let mut why: Vec<_> =
                arms.iter().filter(|(_, then)| is_reason(then)).cloned().collect();
            if let Some(blank) = blank {
                why.push((format!("{text} IS NULL"), code(blank)));
            }
            let mut value: Vec<(String, String)> = arms
                .iter()
                .map(|(when, then)| {
                    let number = match is_reason(then) {
                        true => words.cast("NULL", words.float),
                        false => words.cast(then, words.float),
                    };
                    (when.clone(), number)
                })
                .collect();
            if blank.is_none() && !column.blanks.is_empty() {
                let blanks = is_one(words, columns, column, &column.blanks);
                value.push((blanks, words.cast("NULL", words.float)));
            }
            let number = columns.number(words, column);
            let number = match scale {
                1.0 => number,
                scale => format!("{number} * {}", words.float(*scale)),
            };
            let low = maker.min.map(|min| format!("{number} < {}", words.float(min)));
            let high = maker.max.map(|max| format!("{number} > {}", words.float(max)));
            for beyond in low.into_iter().chain(high) {
                value.push((beyond, words.cast("NULL", words.float)));
            }
            let number = case(&value, &number);
            vec![(id, number), (reason, case(&why, &none))]
        }
        Rule::Cases { cases, columns: used, blank, others } => {
            if let Some(column) = used.iter().find(|column| column.table > 0) {
                let match_ = words.name(&format!("match__{}", column.table));
                arms.push((format!("{match_} IS NULL"), code(".not_stated")));
            }
            for (checks, result) in cases {
                let all: Vec<String> =
                    checks.iter().map(|check| passes(words, columns, check)).collect();
                let when = if all.is_empty() { "1 = 1".to_string() } else { all.join(" AND ") };
                arms.push((when, code(result)));
            }
            if let Some(blank) = blank {
                let all: Vec<String> = used
                    .iter()
                    .map(|column| format!("{} IS NULL", columns.text(words, column)))
                    .collect();
                arms.push((all.join(" AND "), code(blank)));
            }
            let other = others.as_ref().map_or(none, |others| code(others));
            vec![(id, case(&arms, &other))]
        }
        Rule::Band { of, bands } => {
            let (value, why) = (words.name(of), words.name(&format!("{of}__reason")));
            arms.push((format!("{why} IS NOT NULL"), why));
            arms.push((format!("{value} IS NULL"), none.clone()));
            for (band, min, max) in bands {
                let low = min.map(|min| format!("{value} >= {}", words.float(min)));
                let high = max.map(|max| format!("{value} <= {}", words.float(max)));
                let both: Vec<String> = low.into_iter().chain(high).collect();
                arms.push((both.join(" AND "), code(band)));
            }
            vec![(id, case(&arms, &code(".not_applicable")))]
        }
        Rule::Count { of, codes } => {
            let one = |part: &String| {
                format!(
                    "CASE WHEN {} IN ({}) THEN 1 ELSE 0 END",
                    words.name(part),
                    words.literals(codes)
                )
            };
            let sum: Vec<String> = of.iter().map(one).collect();
            for part in of {
                let part = words.name(part);
                let test = format!("{part} LIKE '?%' AND {part} <> '?not_applicable'");
                arms.push((test, part));
            }
            let missing: Vec<String> =
                of.iter().map(|part| format!("{} IS NULL", words.name(part))).collect();
            let why = case(&arms, &none);
            let mut value: Vec<(String, String)> = arms
                .iter()
                .map(|(when, _)| (when.clone(), words.cast("NULL", words.float)))
                .collect();
            value.push((missing.join(" OR "), words.cast("NULL", words.float)));
            let sum = words.cast(&format!("({})", sum.join(" + ")), words.float);
            vec![(id, case(&value, &sum)), (reason, why)]
        }
        Rule::Derived { cases, needs } => {
            let is_number = |id: &str| numbers.get(id).copied().unwrap_or(false);
            for need in needs {
                let unknown = match is_number(need) {
                    true => format!(
                        "{} IS NULL AND {} IS NULL",
                        words.name(need),
                        words.name(&format!("{need}__reason"))
                    ),
                    false => format!("{} IS NULL", words.name(need)),
                };
                arms.push((unknown, none.clone()));
            }
            for (when, result) in cases {
                arms.push((holds(words, when, &is_number), code(result)));
            }
            for need in needs {
                let why = match is_number(need) {
                    true => words.name(&format!("{need}__reason")),
                    false => words.name(need),
                };
                arms.push((format!("{why} LIKE '?%'"), why));
            }
            vec![(id, case(&arms, &code(".not_applicable")))]
        }
        // Refused before.
        Rule::Quantile { .. } => vec![(id, none)],
    }
}

/// Pairs of key and result by result, in the order in which these come first.
fn grouped(pairs: &[(String, String)]) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for (key, result) in pairs {
        match all.iter_mut().find(|(known, _)| known == result) {
            Some((_, keys)) => keys.push(key.clone()),
            None => all.push((result.clone(), vec![key.clone()])),
        }
    }
    all
}

/// True where a condition on concepts holds; a missing value holds nothing.
fn holds(words: &Words, condition: &Condition, is_number: &dyn Fn(&str) -> bool) -> String {
    let mut all: Vec<String> = Vec::new();
    for (id, test) in &condition.all {
        let name = words.name(id);
        match test {
            Test::Codes(codes) => {
                let reasons = inclusion_registry::Missing::ALL.map(|reason| reason.id());
                let codes: Vec<String> = codes
                    .iter()
                    .map(|code| match reasons.contains(&code.as_str()) {
                        true => format!("?{code}"),
                        false => code.clone(),
                    })
                    .collect();
                let name = if is_number(id) { words.name(&format!("{id}__reason")) } else { name };
                all.push(format!("{name} IN ({})", words.literals(&codes)));
            }
            Test::Range { min, max } => {
                all.push(format!("{name} IS NOT NULL"));
                all.extend(min.map(|min| format!("{name} >= {}", words.float(min))));
                all.extend(max.map(|max| format!("{name} <= {}", words.float(max))));
            }
        }
    }
    if !condition.any.is_empty() {
        let any: Vec<String> =
            condition.any.iter().map(|one| holds(words, one, is_number)).collect();
        all.push(format!("({})", any.join(" OR ")));
    }
    if all.is_empty() { "1 = 1".to_string() } else { format!("({})", all.join(" AND ")) }
}
