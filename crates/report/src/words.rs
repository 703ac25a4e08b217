//! Reasons, rules and methods as sentences.

use inclusion_estimate::{Absence, IntervalMethod};
use inclusion_registry::{Answer, AnswerRules, Missing};

/// Why there is no figure.
pub(crate) fn absence(absence: Absence) -> &'static str {
    match absence {
        Absence::NoCases => "no person of this group was interviewed",
        Absence::NoWeight => "no person of this group has a weight above zero",
        Absence::ZeroDenominator => "no ratio, because the rate for men is zero",
        Absence::NoOneOfEitherSex => "no one of either sex",
        Absence::ZeroRate => "the rate for women is zero, so there is no logarithm",
        Absence::Unavailable => "the survey cannot give this indicator",
        Absence::PopulationUnknown => "the population is not known",
        Absence::NotApplicable => "the measure does not apply to this indicator",
        Absence::PartAbsent => "women or men have no figure",
        Absence::CoverageTooLow => "the countries with figures hold too little of the population",
        Absence::TooManyMissing => {
            "more than a third of the countries have no figure, which is too many for a sum"
        }
        Absence::Confidential => "its source withholds it",
        Absence::DifferentSources => "women and men are of different sources",
        Absence::NegativeWeights => {
            "calibration gave this group negative weights, and a figure outside its scale"
        }
    }
}

/// How an interval was made.
pub(crate) fn interval_method(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Logit => "t-interval on the logit scale",
        IntervalMethod::Beta => "Korn–Graubard",
        IntervalMethod::Wilson => "Wilson with the effective number of cases",
        IntervalMethod::Mean => "value ± t × standard error",
        IntervalMethod::Log => "t-interval on the log scale",
        IntervalMethod::Asin => "t-interval on the arcsine scale",
        IntervalMethod::Likelihood => "profile likelihood",
        IntervalMethod::Woodruff => "Woodruff's interval",
    }
}

/// The stable code of an interval method in data files.
pub(crate) fn interval_code(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Logit => "logit",
        IntervalMethod::Beta => "beta",
        IntervalMethod::Wilson => "wilson",
        IntervalMethod::Mean => "mean",
        IntervalMethod::Log => "log",
        IntervalMethod::Asin => "asin",
        IntervalMethod::Likelihood => "likelihood",
        IntervalMethod::Woodruff => "woodruff",
    }
}

/// The denominator rule in words.
pub(crate) fn answer_rules(rules: AnswerRules) -> String {
    let of = |answer: Answer| -> Vec<&'static str> {
        Missing::ALL
            .into_iter()
            .filter(|reason| rules.of(*reason) == answer)
            .map(|reason| match reason {
                Missing::NotStated => "no answer recorded",
                Missing::DontKnow => "don't know",
                Missing::Refused => "refused",
                Missing::NotApplicable => "skipped because of an earlier answer",
                Missing::NotAsked => "not asked in this interview",
            })
            .collect()
    };
    let (stay, out) = (of(Answer::No), of(Answer::Out));
    let mut sentences = Vec::new();
    if !stay.is_empty() {
        sentences.push(format!("Stays in the base and counts as not having it: {}.", list(&stay)));
    }
    if !out.is_empty() {
        sentences.push(format!("Is left out of the base: {}.", list(&out)));
    }
    sentences.join(" ")
}

/// `a, b and c`.
pub(crate) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The first letter small, unless the word is an abbreviation.
pub(crate) fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_string(),
    }
}

/// Ends with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) {
        text.to_string()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_denominator_rule_reads_as_two_sentences() {
        assert_eq!(
            answer_rules(AnswerRules::default()),
            "Stays in the base and counts as not having it: skipped because of an earlier answer. \
             Is left out of the base: no answer recorded, don't know, refused and not asked in \
             this interview."
        );
    }

    #[test]
    fn abbreviations_keep_their_capitals() {
        assert_eq!(small("Age group"), "age group");
        assert_eq!(small("ISCED level"), "ISCED level");
    }
}
