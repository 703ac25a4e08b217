//! Concepts in Python.

use super::rows::{either, end, found, holds};
use super::{column, marks, truth};
use crate::reproduce::formula::number;
use crate::reproduce::script::{Maker, Part, Rule};
use crate::reproduce::text::{quoted, quoted_list};
use inclusion_registry::{Condition, Missing, Test};

pub(super) fn concept(part: &Part, maker: &Maker, rows: &str) -> String {
    let into = |suffix: &str| format!("{rows}[\"{}{suffix}\"]", maker.id);
    let of = |id: &str| format!("{rows}[\"{id}\"]");
    let what = quoted(&maker.name);
    match &maker.rule {
        Rule::Fixed(code) if maker.number => format!(
            "{} = np.full(n, float({code}))\n{} = np.full(n, \"\", dtype=object)\n",
            into(""),
            into("_why")
        ),
        Rule::Fixed(code) => format!("{} = np.full(n, {}, dtype=object)\n", into(""), quoted(code)),
        Rule::Column { column: own, pairs, blank, others, scale } => {
            let map: Vec<String> =
                pairs.iter().map(|(k, v)| format!("{}: {}", quoted(k), quoted(v))).collect();
            let map = format!("{{{}}}", map.join(", "));
            let (source, marks) = (column(part, own), marks(own));
            let span = own
                .blank_range
                .filter(|_| blank.is_some())
                .map_or(String::new(), |(a, b)| format!(", span=({}, {})", number(a), number(b)));
            let rest = format!("{}{marks}{span}{}", either("blank", blank), found(part, own));
            if !maker.number {
                let others = either("others", others);
                return format!("{} = recode({source}, {what}, {map}{others}{rest})\n", into(""));
            }
            let others = others.clone().or_else(|| Some(String::new()));
            let scale =
                if *scale == 1.0 { String::new() } else { format!(", scale={}", number(*scale)) };
            let limits = [("least", maker.min), ("most", maker.max)].map(|(name, limit)| {
                limit.map_or(String::new(), |limit| format!(", {name}={}", number(limit)))
            });
            format!(
                "said = recode({source}, {what}, {map}{}{rest})\n{} = number({source}, {what}, said{marks}{scale}{})\n{} = why(said)\n",
                either("others", &others),
                into(""),
                limits.concat(),
                into("_why")
            )
        }
        Rule::Cases { cases, columns, blank, others } => {
            let each: Vec<String> = cases
                .iter()
                .map(|(checks, result)| {
                    let all: Vec<String> = checks.iter().map(|check| holds(part, check)).collect();
                    let all = if all.is_empty() { "True".to_string() } else { all.join(" & ") };
                    format!("    ({all}, {})", quoted(result))
                })
                .collect();
            let blanks: Vec<String> =
                columns.iter().map(|c| format!("(key({}) == \"\")", column(part, c))).collect();
            let all_blank = match blank {
                Some(_) if !blanks.is_empty() => format!(", all_blank={}", blanks.join(" & ")),
                _ => String::new(),
            };
            let found = columns.first().map_or(String::new(), |c| found(part, c));
            let made = format!(
                "cases({what}, n,\n{}{all_blank}{}{}{found})",
                each.join(",\n"),
                either("blank", blank),
                either("others", others)
            );
            match maker.number {
                true => {
                    format!(
                        "said = {made}\n{} = mapped(said)\n{} = why(said)\n",
                        into(""),
                        into("_why")
                    )
                }
                false => format!("{} = {made}\n", into("")),
            }
        }
        Rule::Band { of: whole, bands } => {
            let codes: Vec<String> = bands.iter().map(|(code, ..)| code.clone()).collect();
            let from: Vec<String> = bands.iter().map(|(_, min, _)| end(*min, "-np.inf")).collect();
            let to: Vec<String> = bands.iter().map(|(.., max)| end(*max, "np.inf")).collect();
            format!(
                "{} = band({}, {}, [{}],\n    [{}], [{}])\n",
                into(""),
                of(whole),
                of(&format!("{whole}_why")),
                quoted_list(&codes),
                from.join(", "),
                to.join(", ")
            )
        }
        Rule::Count { of: parts, codes } => {
            let counted: Vec<String> = parts
                .iter()
                .map(|id| format!("one_of({}, [{}])", of(id), quoted_list(codes)))
                .collect();
            let reasons: Vec<String> = parts.iter().map(|id| of(id)).collect();
            format!(
                "{why} = first_reason(n, {}, none=\"\", without=\".not_applicable\")\n{} = np.where({why} == \"\", sum([{}]), np.nan)\n",
                reasons.join(", "),
                into(""),
                counted.join(", "),
                why = into("_why"),
            )
        }
        Rule::Derived { cases, needs } => {
            let is_number =
                |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
            let each: Vec<String> = cases
                .iter()
                .map(|(when, code)| {
                    format!("    ({}, {})", plain_condition(when, rows), quoted(code))
                })
                .collect();
            let reasons: Vec<String> = needs
                .iter()
                .map(|id| if is_number(id) { of(&format!("{id}_why")) } else { of(id) })
                .collect();
            format!(
                "made = cases({what}, n,\n{}, others=\"?\")\n{} = np.where(made == \"?\", first_reason(n, {}), made)\n",
                each.join(",\n"),
                into(""),
                reasons.join(", ")
            )
        }
        Rule::Quantile { of: whole, codes, household, upper } => {
            let key: Vec<String> = part.household.iter().map(|c| column(part, c)).collect();
            let key =
                if *household { format!(", together({})", key.join(", ")) } else { String::new() };
            let why = of(&format!("{whole}_why"));
            format!(
                "made = quantile_groups({}, {rows}[\"w\"], [{}], {}{key})\n{} = np.where({why} == \"\", made, {why})\n",
                of(whole),
                quoted_list(codes),
                truth(*upper),
                into("")
            )
        }
    }
}

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
                format!("one_of({rows}[\"{id}\"], [{}])", quoted_list(&codes))
            }
            Test::Range { min, max } => format!(
                "between({rows}[\"{id}\"], {}, {})",
                end(*min, "-np.inf"),
                end(*max, "np.inf")
            ),
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition.any.iter().map(|one| plain_condition(one, rows)).collect();
        let any: Vec<String> = any.iter().map(|one| format!("({one})")).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    if all.is_empty() { "np.full(n, True)".to_string() } else { all.join(" & ") }
}
