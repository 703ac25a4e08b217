//! Conditions of indicators in three values: 0 false, 1 to 5 unknown for that reason, 6 true.

use super::dialect::Words;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};

/// A condition as an expression with values from 0 to 6.
pub(super) fn truth(words: &Words, condition: &Condition, rules: &AnswerRules) -> String {
    let mut all: Vec<String> =
        condition.all.iter().map(|(id, one)| test(words, id, one, rules)).collect();
    let any: Vec<String> = condition.any.iter().map(|one| truth(words, one, rules)).collect();
    if !any.is_empty() {
        all.push(or(&any));
    }
    match all.len() {
        0 => "6".to_string(),
        1 => all.remove(0),
        _ => format!("LEAST({})", all.join(", ")),
    }
}

/// The value of a test whose answer is missing.
fn unknown(rules: &AnswerRules, reason: Missing) -> usize {
    match rules.of(reason) {
        Answer::No => 0,
        Answer::Out => 1 + reason as usize,
    }
}

fn test(words: &Words, id: &str, test: &Test, rules: &AnswerRules) -> String {
    let name = words.name(id);
    match test {
        Test::Codes(codes) => {
            let reasons: Vec<String> = Missing::ALL
                .into_iter()
                .filter(|reason| unknown(rules, *reason) > 0)
                .map(|reason| {
                    format!(" WHEN {name} = '?{}' THEN {}", reason.id(), unknown(rules, reason))
                })
                .collect();
            format!(
                "CASE WHEN {name} IN ({}) THEN 6{} ELSE 0 END",
                words.literals(codes),
                reasons.concat()
            )
        }
        Test::Range { min, max } => {
            let low = min.map(|min| format!("{name} >= {}", words.float(min)));
            let high = max.map(|max| format!("{name} <= {}", words.float(max)));
            let both: Vec<String> = low.into_iter().chain(high).collect();
            let inside = if both.is_empty() { "1 = 1".to_string() } else { both.join(" AND ") };
            let null = unknown(rules, Missing::NotStated);
            format!("CASE WHEN {name} IS NULL THEN {null} WHEN {inside} THEN 6 ELSE 0 END")
        }
    }
}

/// True if one is; else the first reason of those that are unknown.
fn or(any: &[String]) -> String {
    if let [one] = any {
        return one.clone();
    }
    let is_true: Vec<String> = any.iter().map(|one| format!("{one} = 6")).collect();
    let open: Vec<String> =
        any.iter().map(|one| format!("CASE WHEN {one} = 0 THEN 9 ELSE {one} END")).collect();
    let least = format!("LEAST({})", open.join(", "));
    format!("CASE WHEN {} THEN 6 WHEN {least} = 9 THEN 0 ELSE {least} END", is_true.join(" OR "))
}
