//! What the rules of progress say of countries, in words.

use super::progress::AreaProgress;
use inclusion_estimate::{percent, round_half_away};
use inclusion_measures::progress::{Outcome, Reason, Rule, Status};
use inclusion_report::{ProgressCell, ProgressLine};
use std::collections::{BTreeMap, BTreeSet};

/// Headers and rows: every rule that says something of some country, by its name. What the others lack stands
/// in the third part, a sentence each.
pub(super) fn lines(judged: &[&AreaProgress]) -> (Vec<String>, Vec<ProgressLine>, Vec<String>) {
    let mut rules: Vec<Rule> = Vec::new();
    let mut reasons: BTreeMap<Rule, BTreeSet<String>> = BTreeMap::new();
    let mut rows = Vec::new();
    for own in judged {
        let of_gap = own.gap.iter().flat_map(|gap| &gap.rules);
        let results = own.rules.rules.iter().chain(of_gap);
        let cells: BTreeMap<Rule, ProgressCell> =
            results.map(|(rule, result)| (*rule, progress_cell(*rule, result))).collect();
        for (rule, cell) in &cells {
            reasons.entry(*rule).or_default().extend(cell.notes.iter().cloned());
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
    let silent = reasons.iter().filter(|(rule, _)| !rules.contains(rule));
    let without = silent.map(|(rule, reasons)| {
        let reasons: Vec<&str> = reasons.iter().take(REASONS).map(String::as_str).collect();
        format!("No country has a result of: {} ({}).", rule.name(), reasons.join("; "))
    });
    let without = without.collect();
    (rules.iter().map(|rule| rule.name().to_string()).collect(), lines, without)
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
        Rule::ParityRatio => &["deviation of the base", "deviation of the last year"],
        Rule::TimeDistance => &["level", "years behind"],
        Rule::GapClosing => {
            &["gap", "women per year", "men per year", "required of women per year"]
        }
    }
}

/// A verdict with its figures and its projections; why there is none, or none of a part of it.
fn progress_cell(rule: Rule, result: &Result<Outcome, Reason>) -> ProgressCell {
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(reason) => return ProgressCell { text: String::new(), notes: vec![why(reason)] },
    };
    let shown = figures_of(rule);
    let mut parts = Vec::new();
    parts.extend(outcome.status.map(|status| status.id().replace('_', " ")));
    for name in shown {
        let found = outcome.figures.iter().find(|(own, _)| own == name);
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
    if outcome.basis.broken && !parts.is_empty() {
        parts.push("through a break".to_string());
    }
    let without =
        outcome.without.iter().filter(|(name, _)| *name == "projection" || shown.contains(name));
    let mut notes: Vec<String> = without.map(|(_, reason)| why(reason)).collect();
    notes.dedup();
    ProgressCell { text: parts.join("; "), notes }
}

/// A reason with shares as per cent, and without what differs in each country: a note stands once.
fn why(reason: &Reason) -> String {
    match reason {
        Reason::LevelBeforeData { .. } => {
            "women's last level was passed before the series begin".to_string()
        }
        Reason::LevelNotReached { .. } => "men have not come to women's last level".to_string(),
        Reason::OutsideScale { year, value, .. } => format!(
            "the figure of {year} is {}%, and a trend that bends needs figures between 0% and 100%",
            percent(*value, 1)
        ),
        Reason::BeyondHorizon { horizon, .. } => {
            format!("no projection reaches more than {horizon} years beyond the last figure")
        }
        Reason::TooFewPoints { needed, .. } => format!("fewer than {needed} figures"),
        Reason::PeriodTooShort { needed, .. } => {
            format!("the figures span fewer than {needed} years")
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
    percent(value, 1).replace('-', "−")
}

/// Shares as points or per cent, ratios and scores as they are.
fn figure(name: &str, value: f64) -> String {
    let text = match name {
        "level" => format!("{}%", percent(value, 1)),
        "remaining" | "change" | "lower" | "upper" | "gap" => format!("{} points", points(value)),
        "required per year" | "women per year" | "men per year" | "required of women per year" => {
            format!("{} points", percent(value, 2))
        }
        _ if name.contains("growth") => format!("{}%", percent(value, 1)),
        "anticipated gap, per cent" | "years behind" | "year of reaching the target" => {
            round_half_away(value, 1)
        }
        _ => round_half_away(value, 2),
    };
    text.replace('-', "−")
}
