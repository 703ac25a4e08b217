//! What the rules of progress say of countries, in words.

use super::progress::AreaProgress;
use inclusion_estimate::{percent, round_half_away};
use inclusion_measures::progress::{Basis, Movement, Outcome, Reason, Rule, Status};
use inclusion_report::{ProgressCell, ProgressLine};
use std::collections::BTreeMap;

/// Headers and rows: every rule that says something of some country, by its name. What the others lack stands
/// in the third part, a sentence each.
pub(super) fn lines(judged: &[&AreaProgress]) -> (Vec<String>, Vec<ProgressLine>, Vec<String>) {
    let mut rules: Vec<Rule> = Vec::new();
    let mut reasons: BTreeMap<Rule, BTreeMap<String, usize>> = BTreeMap::new();
    let mut rows = Vec::new();
    for own in judged {
        let of_gap = own.gap.iter().flat_map(|gap| &gap.rules);
        let results = || own.rules.rules.iter().chain(of_gap.clone());
        let cells: BTreeMap<Rule, ProgressCell> =
            results().map(|(rule, result)| (*rule, progress_cell(*rule, result))).collect();
        for (rule, result) in results() {
            let of_rule = reasons.entry(*rule).or_default();
            for reason in unsaid(*rule, result) {
                *of_rule.entry(why_of_many(reason)).or_default() += 1;
            }
        }
        rules.extend(cells.iter().filter(|(_, cell)| !cell.text.is_empty()).map(|(rule, _)| *rule));
        rows.push((own, cells));
    }
    rules.sort_unstable();
    rules.dedup();
    let line = |(own, mut cells): (&&AreaProgress, BTreeMap<Rule, ProgressCell>)| {
        let sex = match own.sex {
            Some("F") => "women",
            Some(_) => "men",
            None => "all",
        };
        let span = match (own.points.first(), own.points.last()) {
            (Some(a), Some(b)) => {
                format!("{}% ({}) – {}% ({})", percent(a.1, 1), a.0, percent(b.1, 1), b.0)
            }
            _ => String::new(),
        };
        ProgressLine {
            label: format!("{}, {sex}", own.name),
            span,
            cells: rules.iter().map(|rule| cells.remove(rule).unwrap_or_default()).collect(),
        }
    };
    let lines = rows.into_iter().map(line).collect();
    let without = match rules.is_empty() {
        true => nothing(&reasons, judged.len()),
        false => silent(&rules, &reasons),
    };
    (rules.iter().map(|rule| rule.name().to_string()).collect(), lines, without)
}

/// Why a rule has no result, or a result of which nothing can be shown.
fn unsaid(rule: Rule, result: &Result<Outcome, Reason>) -> Vec<&Reason> {
    match result {
        Err(reason) => vec![reason],
        Ok(outcome) => without(rule, outcome).collect(),
    }
}

/// Why an outcome lacks what a table would show of it.
fn without(rule: Rule, outcome: &Outcome) -> impl Iterator<Item = &Reason> {
    let shown = figures_of(rule);
    let lacks = outcome.without.iter();
    let lacks = lacks.filter(move |(name, _)| *name == "projection" || shown.contains(name));
    lacks.map(|(_, reason)| reason)
}

/// One sentence where no rule says anything of anyone; none where there is nobody to judge.
fn nothing(reasons: &BTreeMap<Rule, BTreeMap<String, usize>>, series: usize) -> Vec<String> {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for (reason, n) in reasons.values().flatten() {
        *all.entry(reason.clone()).or_default() += n;
    }
    let sentence = || {
        let what = "of a country and sex have two figures or more, and no rule has a result for any of them";
        format!("{series} series {what} ({}).", most(&all))
    };
    (series > 0).then(sentence).into_iter().collect()
}

/// Rules without a result for any country: those of the same reasons together.
fn silent(rules: &[Rule], reasons: &BTreeMap<Rule, BTreeMap<String, usize>>) -> Vec<String> {
    let mut together: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (rule, reasons) in reasons.iter().filter(|(rule, _)| !rules.contains(rule)) {
        together.entry(most(reasons)).or_default().push(rule.name());
    }
    let sentence = |(why, names): (String, Vec<&str>)| {
        format!("No country has a result of: {} ({why}).", names.join(", "))
    };
    together.into_iter().map(sentence).collect()
}

/// The reasons of most series.
fn most(reasons: &BTreeMap<String, usize>) -> String {
    let mut all: Vec<(&String, &usize)> = reasons.iter().collect();
    all.sort_by_key(|(reason, n)| (std::cmp::Reverse(**n), (*reason).clone()));
    let texts: Vec<&str> = all.iter().take(REASONS).map(|(reason, _)| reason.as_str()).collect();
    texts.join("; ")
}

/// Reasons that a note lists.
const REASONS: usize = 3;

/// The figures of a rule that a table shows.
fn figures_of(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::Distance => &["remaining", "required per year"],
        Rule::Change => &["change", "lower", "upper"],
        Rule::RateOfChange => &["growth by end points", "growth by all points"],
        Rule::Ratio => &["growth", "required growth", "ratio"],
        Rule::ExpectedValue => &["ratio"],
        Rule::CurrentStatus => &["current status"],
        Rule::AnticipatedGap => &["anticipated gap, per cent"],
        Rule::NoTarget | Rule::NaturalLimit => &["growth"],
        Rule::FiveBandsShort | Rule::FiveBandsLong => &["growth"],
        Rule::LogitTrend => &["year of reaching the target"],
        Rule::Logistic | Rule::Gompertz => &[],
        Rule::ParityRatio => {
            &["deviation of the base", "deviation of the last year", "target deviation"]
        }
        Rule::TimeDistance => &["level", "years behind"],
        Rule::GapClosing => {
            // The year of closing is a projection, and says why there is none.
            &[
                "gap",
                "women per year",
                "men per year",
                "required of women per year",
                "year of closing",
            ]
        }
    }
}

/// A verdict with its figures and its projections; why there is none, or none of a part of it.
fn progress_cell(rule: Rule, result: &Result<Outcome, Reason>) -> ProgressCell {
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(reason) => return ProgressCell { notes: vec![why(reason)], ..ProgressCell::default() },
    };
    let shown = figures_of(rule);
    let mut parts = Vec::new();
    let verdict = outcome.status.map(Status::words);
    parts.extend(verdict.clone());
    for name in shown {
        // Nothing remains beyond a target, met in its year or after it.
        let over = |value: f64| *name == "remaining" && value <= 0.0;
        let found = outcome.figures.iter().find(|(own, value)| own == name && !over(*value));
        parts.extend(found.map(|(name, value)| format!("{name} {}", figure(name, *value))));
    }
    for projection in &outcome.projections {
        let year = round_half_away(projection.year, 1);
        let year = year.trim_end_matches(".0");
        let closed = outcome.status == Some(Status::Closes);
        parts.push(match (rule, projection.interval) {
            (Rule::GapClosing, _) if closed => format!("closed in {year} (F)"),
            (Rule::GapClosing, _) => {
                format!("gap of {year}: {} points (F)", points(projection.value))
            }
            (_, None) => format!("{year}: {} (F)", share(projection.value)),
            (_, Some((lower, upper))) => {
                let (value, lower, upper) = (share(projection.value), share(lower), share(upper));
                format!("{year}: {value} (F), interval {lower} to {upper}")
            }
        });
        // The lines go on crossing after they met.
        if rule == Rule::GapClosing && closed {
            break;
        }
    }
    // Whether there is a movement is told also where nothing is made of it.
    parts.extend(movement(rule, &outcome.basis));
    if outcome.basis.broken && !parts.is_empty() {
        parts.push("through a break".to_string());
    }
    let mut notes: Vec<String> = without(rule, outcome).map(why).collect();
    notes.extend(
        outcome
            .basis
            .zero_replaced
            .map(|by| format!("nothing can grow from 0, which is taken as {}%", percent(by, 3))),
    );
    notes.dedup();
    ProgressCell { verdict, text: parts.join("; "), notes }
}

/// Whether the movement can be told from none, with the interval that tells it; nothing where that is not known.
fn movement(rule: Rule, basis: &Basis) -> Option<String> {
    let own = basis.interval?;
    let words = basis.change.words();
    let between = |text: fn(f64) -> String| format!("{} to {}", text(own.lower), text(own.upper));
    let rate = |value: f64| round_half_away(value, 3).replace('-', "−");
    let growth = |value: f64| format!("{}%", points(value.exp_m1()));
    Some(match own.of {
        // Its own figures are the interval.
        Movement::Difference if rule == Rule::Change => words.to_string(),
        Movement::Difference => format!("change {} points: {words}", between(points)),
        Movement::Slope => {
            let slope = |value: f64| seen(value, 2).replace('-', "−");
            format!("slope {} points a year: {words}", between(slope))
        }
        Movement::LogSlope => format!("growth {}: {words}", between(growth)),
        Movement::LogitSlope => format!("slope of the logit {}: {words}", between(rate)),
        Movement::CurveRate => format!("rate {}: {words}", between(rate)),
    })
}

/// A reason as it holds of many countries.
fn why_of_many(reason: &Reason) -> String {
    match reason {
        Reason::DataEndTooEarly { base_year, .. } => {
            format!("data end in {base_year} or before, and progress counts from then")
        }
        Reason::OutsideScale { .. } => {
            "a figure is 0% or 100%, and a trend that bends needs figures between them".to_string()
        }
        Reason::TargetYearPassed { target_year, .. } => {
            format!("the target year {target_year} has passed")
        }
        own => why(own),
    }
}

/// What changes between two figures that are not comparable; their years and texts stand in the data file.
fn changed(from: &str, to: &str) -> &'static str {
    let ages = |text: &str| text.split(';').next().map(str::to_string);
    let breaks = |text: &str| {
        text.rsplit("; ").next().filter(|own| own.starts_with("after ")).map(str::to_string)
    };
    match (ages(from) == ages(to), breaks(from) == breaks(to)) {
        (false, _) => "the figures are of different ages, and not comparable",
        (true, false) => {
            "the source marks a break, and figures before and after it are not comparable"
        }
        (true, true) => {
            "the figures differ in source, definition or reference period, and are not comparable"
        }
    }
}

/// A reason with shares as per cent, and without what differs in each country: a note stands once.
fn why(reason: &Reason) -> String {
    match reason {
        Reason::LevelBeforeData { .. } => {
            "women's last level was passed before the series begin".to_string()
        }
        Reason::LevelNotReached { .. } => "men have not come to women's last level".to_string(),
        Reason::NotComparable { from, to, .. } => changed(from, to).to_string(),
        Reason::OutsideScale { year, value, .. } => format!(
            "the figure of {year} is {}%, and a trend that bends needs figures between 0% and 100%",
            percent(*value, 1)
        ),
        Reason::BeyondHorizon { horizon, .. } => {
            format!("no projection reaches more than {horizon} years beyond the last figure")
        }
        Reason::TooFewPoints { needed, .. } => format!("fewer than {needed} figures"),
        Reason::PeriodTooShort { needed, .. } => {
            format!("the figures in the window span fewer than {needed} years")
        }
        Reason::LineLeavesScale { .. } => {
            "straight lines of women and men leave 0% to 100% before then".to_string()
        }
        Reason::ClosesBefore { .. } => {
            "the gap closes before then, and is not projected beyond".to_string()
        }
        Reason::WindowTooSparse { years } => {
            format!("only one figure lies in the last {years} years")
        }
        Reason::NoCommonYears { .. } => {
            "women and men have fewer than two years in common since the base".to_string()
        }
        other => other.to_string(),
    }
}

/// A projected share; growth that goes on leaves the scale.
fn share(value: f64) -> String {
    match value {
        above if above > 1.0 => "above 100%".to_string(),
        below if below < 0.0 => "below 0%".to_string(),
        inside => format!("{}%", percent(inside, 1)),
    }
}

fn points(value: f64) -> String {
    seen(value, 1).replace('-', "−")
}

/// Per cent with these decimals, or with as many more as show that it is not zero: a verdict of deterioration
/// beside a growth of 0.0% contradicts itself.
fn seen(value: f64, decimals: usize) -> String {
    const MOST: usize = 6;
    let is_seen = |text: &String| text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let texts = (decimals..=MOST).map(|decimals| percent(value, decimals));
    texts.into_iter().find(is_seen).unwrap_or_else(|| percent(value, decimals))
}

/// Shares as points or per cent, ratios and scores as they are.
fn figure(name: &str, value: f64) -> String {
    let text = match name {
        "level" => format!("{}%", percent(value, 1)),
        "remaining" | "change" | "lower" | "upper" | "gap" => format!("{} points", points(value)),
        "required per year" | "women per year" | "men per year" | "required of women per year" => {
            format!("{} points", seen(value, 2))
        }
        _ if name.contains("growth") => format!("{}%", seen(value, 1)),
        "anticipated gap, per cent" | "years behind" | "year of reaching the target" => {
            round_half_away(value, 1)
        }
        _ => round_half_away(value, 2),
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_is_not_none_is_not_printed_as_none() {
        let printed = [
            ("growth", -0.0003, "−0.03%"),
            ("growth", 0.0, "0.0%"),
            ("growth", 0.0146, "1.5%"),
            ("change", 0.000_04, "0.004 points"),
            ("required per year", 0.000_001, "0.0001 points"),
            // Less than a millionth of a point is an error of arithmetic.
            ("change", 1e-12, "0.0 points"),
        ];
        for (name, value, expected) in printed {
            assert_eq!(figure(name, value), expected, "{name} {value}");
        }
    }
}
