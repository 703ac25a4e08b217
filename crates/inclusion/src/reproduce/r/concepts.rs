//! Concepts in R.

use super::rows::{either, end, found, holds};
use super::{column, marks, truth};
use crate::reproduce::formula::number;
use crate::reproduce::script::{Maker, Part, Rule};
use crate::reproduce::text::{quoted, quoted_list};
use inclusion_registry::{Condition, Missing, Test};

pub(super) fn concept(part: &Part, maker: &Maker, rows: &str) -> String {
    let id = &maker.id;
    let into = format!("{rows}${id}");
    let what = quoted(&maker.name);
    match &maker.rule {
        Rule::Fixed(code) if maker.number => {
            format!("{into} <- {code}\n{into}_why <- \"\"\n")
        }
        Rule::Fixed(code) => format!("{into} <- {}\n", quoted(code)),
        Rule::Column { column: own, pairs, blank, others, scale } => {
            let map: Vec<String> =
                pairs.iter().map(|(k, v)| format!("{} = {}", quoted(k), quoted(v))).collect();
            let map = match map.is_empty() {
                true => "c(\"none\" = NA)".to_string(),
                false => format!("c({})", map.join(", ")),
            };
            let (source, marks) = (column(part, own), marks(own));
            let range =
                own.blank_range.filter(|_| blank.is_some()).map_or(String::new(), |(a, b)| {
                    format!(", range = c({}, {})", number(a), number(b))
                });
            let rest = format!("{}{marks}{range}{}", either("blank", blank), found(part, own));
            if !maker.number {
                let others = either("others", others);
                return format!("{into} <- recode({source}, {what}, {map}{others}{rest})\n");
            }
            // What nothing else was said of is read as a number.
            let others = others.clone().or_else(|| Some(String::new()));
            let scale =
                if *scale == 1.0 { String::new() } else { format!(", scale = {}", number(*scale)) };
            let limits = [("min", maker.min), ("max", maker.max)].map(|(name, limit)| {
                limit.map_or(String::new(), |limit| format!(", {name} = {}", number(limit)))
            });
            format!(
                "said <- recode({source}, {what}, {map}{}{rest})\n{into} <- number({source}, {what}, said{marks}{scale}{})\n{into}_why <- why(said)\n",
                either("others", &others),
                limits.concat()
            )
        }
        Rule::Cases { cases, columns, blank, others } => {
            let n = format!("nrow({rows})");
            let each: Vec<String> = cases
                .iter()
                .map(|(checks, result)| {
                    let all: Vec<String> = checks.iter().map(|check| holds(part, check)).collect();
                    let all =
                        if all.is_empty() { format!("rep(TRUE, {n})") } else { all.join(" & ") };
                    format!("  list({all}, {})", quoted(result))
                })
                .collect();
            let blanks: Vec<String> =
                columns.iter().map(|c| format!("key({}) == \"\"", column(part, c))).collect();
            let all_blank = match blank {
                Some(_) if !blanks.is_empty() => format!(", all_blank = {}", blanks.join(" & ")),
                _ => String::new(),
            };
            let found = columns.first().map_or(String::new(), |c| found(part, c));
            let made = format!(
                "cases({what}, {n},\n{}{all_blank}{}{}{found})",
                each.join(",\n"),
                either("blank", blank),
                either("others", others)
            );
            match maker.number {
                true => format!(
                    "said <- {made}\n{into} <- suppressWarnings(as.numeric(said))\n{into}_why <- why(said)\n"
                ),
                false => format!("{into} <- {made}\n"),
            }
        }
        Rule::Band { of, bands } => {
            let codes: Vec<String> = bands.iter().map(|(code, ..)| code.clone()).collect();
            let from: Vec<String> = bands.iter().map(|(_, min, _)| end(*min, "-Inf")).collect();
            let to: Vec<String> = bands.iter().map(|(.., max)| end(*max, "Inf")).collect();
            format!(
                "{into} <- band({rows}${of}, {rows}${of}_why, c({}),\n  c({}), c({}))\n",
                quoted_list(&codes),
                from.join(", "),
                to.join(", ")
            )
        }
        Rule::Count { of, codes } => {
            let parts: Vec<String> = of
                .iter()
                .map(|part| format!("({rows}${part} %in% c({}))", quoted_list(codes)))
                .collect();
            let reasons: Vec<String> = of.iter().map(|part| format!("{rows}${part}")).collect();
            format!(
                "{into}_why <- first_reason(nrow({rows}), {})\n{into}_why <- ifelse({into}_why == \".not_applicable\", \"\", {into}_why)\n{into} <- ifelse({into}_why == \"\", {}, NA)\n",
                reasons
                    .iter()
                    .map(|r| format!("ifelse({r} == \".not_applicable\", \"\", {r})"))
                    .collect::<Vec<_>>()
                    .join(", "),
                parts.join(" + ")
            )
        }
        Rule::Derived { cases, needs } => {
            let is_number =
                |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
            let each: Vec<String> = cases
                .iter()
                .map(|(when, code)| {
                    let all = plain_condition(when, rows);
                    format!("  list({all}, {})", quoted(code))
                })
                .collect();
            let reasons: Vec<String> = needs
                .iter()
                .map(|id| {
                    if is_number(id) { format!("{rows}${id}_why") } else { format!("{rows}${id}") }
                })
                .collect();
            format!(
                "{into} <- cases({what}, nrow({rows}),\n{},\n  others = \"?\")\n{into} <- ifelse({into} == \"?\", first_reason(nrow({rows}), {}), {into})\n",
                each.join(",\n"),
                reasons.join(", ")
            )
        }
        Rule::Quantile { of, codes, household, upper } => {
            let key: Vec<String> = part.household.iter().map(|c| column(part, c)).collect();
            let key = if *household { format!(", id({})", key.join(", ")) } else { String::new() };
            format!(
                "{into} <- quantile_groups({rows}${of}, {rows}$w, c({}), upper = {}{key})\n{into} <- ifelse({rows}${of}_why == \"\", {into}, {rows}${of}_why)\n",
                quoted_list(codes),
                truth(*upper)
            )
        }
    }
}

/// A condition of a derived concept: a test of a missing value does not hold.
fn plain_condition(condition: &Condition, rows: &str) -> String {
    let mut all: Vec<String> = condition
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                let reasons = Missing::ALL.map(|m| m.id());
                let of = |code: &String| match reasons.contains(&code.as_str()) {
                    true => format!(".{code}"),
                    false => code.clone(),
                };
                let codes: Vec<String> = codes.iter().map(of).collect();
                format!("({rows}${id} %in% c({}))", quoted_list(&codes))
            }
            Test::Range { min, max } => {
                format!("between({rows}${id}, {}, {})", end(*min, "-Inf"), end(*max, "Inf"))
            }
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition.any.iter().map(|one| plain_condition(one, rows)).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    match all.is_empty() {
        true => format!("rep(TRUE, nrow({rows}))"),
        false => all.join(" & "),
    }
}
