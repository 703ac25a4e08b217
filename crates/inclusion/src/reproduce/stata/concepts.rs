//! Concepts in Stata.

use super::quoted;
use super::rows::{holds, is, look};
use crate::reproduce::formula::number;
use crate::reproduce::script::{Column, Maker, Part, Rule};
use inclusion_registry::{Condition, Missing, Test};

/// The number that stands for a code or a reason.
pub(super) fn code_of(codes: &[String], code: &str) -> String {
    let reason = Missing::ALL.into_iter().find(|m| code.strip_prefix('.') == Some(m.id()));
    match (reason, codes.iter().position(|known| known == code)) {
        (Some(reason), _) => reason.code().to_string(),
        (None, Some(at)) => (at + 1).to_string(),
        // A number.
        (None, None) => code.to_string(),
    }
}

pub(super) fn in_band(of: &str, min: Option<f64>, max: Option<f64>) -> String {
    let min = min.map_or(String::new(), |min| format!(" & {of} >= {}", number(min)));
    let max = max.map_or(String::new(), |max| format!(" & {of} <= {}", number(max)));
    format!("!missing({of}){min}{max}")
}

pub(super) fn concept(part: &Part, maker: &Maker) -> String {
    let id = &maker.id;
    let mut text = format!("* {}\n", maker.name);
    let is_number = |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
    let reason_of = |id: &str| if is_number(id) { format!("{id}_why") } else { id.to_string() };
    let codes_of = |id: &str| {
        part.makers.iter().find(|maker| maker.id == id).map_or(&[][..], |maker| &maker.codes[..])
    };
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    // A number has its reason in a variable of its own, 0 where it has none.
    let said = if maker.number { format!("{id}_why") } else { id.clone() };
    let value = |result: &str| code_of(&maker.codes, result);
    let give = |result: &str, when: &str| {
        let is_reason = value(result).starts_with('-') && result.starts_with('.');
        match maker.number && !is_reason {
            true => format!(
                "quietly replace {id} = {result} if {said} == . & {when}\nquietly replace {said} = 0 if {said} == . & {when}"
            ),
            false => format!("quietly replace {said} = {} if {said} == . & {when}", value(result)),
        }
    };
    if maker.number && !matches!(maker.rule, Rule::Count { .. }) {
        add(format!("quietly gen double {id} = ."));
    }
    add(format!("quietly gen int {said} = ."));
    let unmatched = |column: &Column| {
        let table = &part.tables[column.table];
        table
            .keep_unmatched
            .then(|| format!("quietly replace {said} = -1 if __m{} == 1", column.table))
    };
    match &maker.rule {
        Rule::Fixed(code) => add(give(code, "1")),
        Rule::Column { column, pairs, blank, others, scale } => {
            add(look(part, column).trim_end().to_string());
            if let Some(line) = unmatched(column) {
                add(line);
            }
            for (key, result) in pairs {
                add(give(result, &is(key)));
            }
            if let Some(blank) = blank {
                add(give(blank, "__s == \"\""));
                if !column.text {
                    add(give(blank, "__n > ."));
                }
                if let Some((a, b)) = column.blank_range {
                    add(give(blank, &format!("inrange(__n, {}, {})", number(a), number(b))));
                }
            }
            if let Some(others) = others {
                add(give(others, "__s != \"\""));
            }
            if maker.number {
                let limits = in_band(id, maker.min, maker.max);
                add(format!(
                    "quietly replace {id} = __n * {} if {said} == . & __s != \"\"",
                    number(*scale)
                ));
                add(format!("quietly replace {said} = 0 if {said} == . & {limits}"));
            }
        }
        Rule::Cases { cases, columns, blank, others } => {
            for (checks, result) in cases {
                add("quietly gen byte __ok = 1".to_string());
                for check in checks {
                    add(look(part, &check.column).trim_end().to_string());
                    add(format!("quietly replace __ok = 0 if !({})", holds(check)));
                }
                add(give(result, "__ok"));
                add("drop __ok".to_string());
            }
            if let Some(line) = columns.first().and_then(unmatched) {
                add(line);
            }
            if let Some(blank) = blank {
                add("quietly gen byte __ok = 1".to_string());
                for column in columns {
                    add(look(part, column).trim_end().to_string());
                    add("quietly replace __ok = 0 if __s != \"\"".to_string());
                }
                add(format!("{}\ndrop __ok", give(blank, "__ok")));
            }
            if let Some(others) = others {
                add(give(others, "1"));
            }
        }
        Rule::Band { of, bands } => {
            for (code, min, max) in bands {
                add(give(code, &in_band(of, *min, *max)));
            }
            add(format!("quietly replace {said} = -4 if {said} == ."));
            add(format!("quietly replace {said} = {of}_why if {of}_why < 0"));
        }
        Rule::Count { of, codes } => {
            add(format!("quietly replace {said} = 0"));
            let mut parts = Vec::new();
            for one in of {
                add(format!(
                    "quietly replace {said} = {one} if {said} == 0 & {one} < 0 & {one} != -4"
                ));
                let list: Vec<String> =
                    codes.iter().map(|code| code_of(codes_of(one), code)).collect();
                parts.push(format!("inlist({one}, {})", list.join(", ")));
            }
            add(format!("quietly gen double {id} = {} if {said} == 0", parts.join(" + ")));
        }
        Rule::Derived { cases, needs } => {
            for (when, code) in cases {
                add(give(code, &plain_condition(when, &codes_of)));
            }
            for need in needs {
                let reason = reason_of(need);
                add(format!("quietly replace {said} = {reason} if {said} == . & {reason} < 0"));
            }
            add(format!("quietly replace {said} = -4 if {said} == ."));
        }
        Rule::Quantile { of, codes, household, upper } => {
            add("quietly gen byte __first = !missing(w)".to_string());
            if *household {
                add("quietly gen __h = \"\"".to_string());
                for column in &part.household {
                    add(look(part, column).trim_end().to_string());
                    add("quietly replace __h = __h + \"|\" + cond(__s == \"#\", string(__n, \"%18.0g\"), __s)".to_string());
                }
                add(format!("sort __h {of} w"));
                add(format!("quietly by __h: replace __first = _n == 1 & !missing({of})"));
            }
            add(format!("quietly gen double __share = cond(__first & !missing({of}), w, 0)"));
            add(format!("sort {of} w\nquietly replace __share = sum(__share)"));
            add("quietly replace __share = __share / __share[_N]".to_string());
            add(format!("quietly replace {said} = 1 if !missing({of})"));
            let sign = if *upper { ">=" } else { ">" };
            for k in 1..codes.len() {
                let groups = codes.len();
                add(format!(
                    "quietly summarize {of} if __first & __share >= {k} / {groups}\nquietly replace {said} = {} if !missing({of}) & {of} {sign} r(min)",
                    k + 1
                ));
            }
            add("capture drop __first __share __h".to_string());
            add(format!("quietly replace {said} = {of}_why if {of}_why < 0"));
        }
    }
    add(format!("covered {said} {}", quoted(&maker.name)));
    text
}

fn plain_condition<'a>(condition: &Condition, codes_of: &impl Fn(&str) -> &'a [String]) -> String {
    let mut all: Vec<String> = condition
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                let reasons = Missing::ALL.map(|m| m.id());
                let of = |code: &String| match reasons.contains(&code.as_str()) {
                    true => code_of(&[], &format!(".{code}")),
                    false => code_of(codes_of(id), code),
                };
                let list: Vec<String> = codes.iter().map(of).collect();
                format!("inlist({id}, {})", list.join(", "))
            }
            Test::Range { min, max } => in_band(id, *min, *max),
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition
            .any
            .iter()
            .map(|one| format!("({})", plain_condition(one, codes_of)))
            .collect();
        all.push(format!("({})", any.join(" | ")));
    }
    if all.is_empty() { "1".to_string() } else { all.join(" & ") }
}
