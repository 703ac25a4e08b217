//! One entry of the registry in full, in words.

use crate::Error;
use crate::show_areas::{show_area, show_grouping};
use crate::show_series::show_series;
use inclusion_registry::{
    Answer, Areas, Availability, Concept, Condition, Indicator, Recipe, Registry, Style, Test,
    nearest,
};
use inclusion_series::SeriesRecipe;
use std::collections::BTreeMap;
use std::fmt::Write;

/// An indicator, concept, recipe (of a survey or of published series), threshold set, target, disclosure profile,
/// style, grouping or area, for a terminal.
///
/// # Errors
///
/// [`Error::Usage`] with the nearest id if there is no such entry.
pub fn show(
    registry: &Registry,
    series: &BTreeMap<String, SeriesRecipe>,
    id: &str,
) -> Result<String, Error> {
    let mut text = String::new();
    if let Some(indicator) = registry.indicators.get(id) {
        text.push_str(&show_indicator(registry, indicator));
    }
    if let Some(concept) = registry.concepts.get(id) {
        text.push_str(&show_concept(concept));
    }
    if let Some(recipe) = registry.recipes.get(id) {
        text.push_str(&show_recipe(registry, recipe));
    }
    if let Some(recipe) = series.get(id) {
        text.push_str(&show_series(registry, recipe));
    }
    if let Some(set) = registry.thresholds.get(id) {
        text.push_str(&lines(&[
            ("threshold set", &set.id),
            ("name", &set.name),
            ("applied to", &set.applied_to),
            ("range", &format!("{} to {}", number(set.lower), number(set.upper))),
            ("source", &set.source),
        ]));
    }
    if let Some(target) = registry.targets.get(id) {
        text.push_str(&lines(&[
            ("target", &target.id),
            ("name", &target.name),
            ("asks for", &target.describe(registry)),
            ("indicators", &target.indicators.join(", ")),
            ("source", &target.source),
        ]));
    }
    if let Some(policy) = registry.policies.get(id) {
        text.push_str(&lines(&[
            ("disclosure profile", &policy.id),
            ("name", &policy.name),
            ("withheld", &policy.withheld_when().join("; ")),
            ("marked", &policy.unreliable_when().join("; ")),
            ("source", &policy.source),
        ]));
    }
    if let Some(style) = registry.styles.get(id) {
        text.push_str(&show_style(style));
    }
    if let Some(grouping) = registry.groupings.get(id) {
        text.push_str(&show_grouping(grouping));
    }
    if let Some(area) = Areas::builtin().get(id) {
        text.push_str(&show_area(registry, area));
    }
    if !text.is_empty() {
        return Ok(text);
    }
    let known = registry
        .indicators
        .keys()
        .chain(registry.concepts.keys())
        .chain(registry.recipes.keys())
        .chain(series.keys())
        .chain(registry.thresholds.keys())
        .chain(registry.targets.keys())
        .chain(registry.policies.keys())
        .chain(registry.styles.keys())
        .map(String::as_str)
        .chain(registry.groupings.iter().map(|own| own.id.as_str()))
        .chain(Areas::builtin().iter().map(|own| own.id.as_str()));
    let hint = match registry.of_series(id).as_slice() {
        [] => nearest(id, known).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default(),
        named => format!("; it is the series of {}", named.join(", ")),
    };
    Err(Error::Usage(format!("no entry `{id}` in the registry{hint}")))
}

/// Every convention of a style; of those that a style may do without, the ones that it has.
fn show_style(style: &Style) -> String {
    let signs = |signs: &BTreeMap<String, String>| {
        let each = signs.iter().map(|(of, sign)| format!("{of}: {sign}"));
        each.collect::<Vec<_>>().join("; ")
    };
    let word = |word: &dyn std::fmt::Debug| format!("{word:?}").to_lowercase();
    let not_applicable = match style.not_applicable.as_str() {
        "" => "(blank)".to_string(),
        mark => mark.to_string(),
    };
    let all = [
        ("style", style.id.clone()),
        ("name", style.name.clone()),
        ("not available", style.not_available.clone()),
        ("withheld", style.withheld.clone()),
        ("low reliability", format!("{}62.0{}", style.unreliable.0, style.unreliable.1)),
        ("not applicable", not_applicable),
        ("zero", style.zero.clone().unwrap_or_default()),
        ("negligible", style.negligible.clone().unwrap_or_default()),
        ("decimals", format!("rates {}, parity {}", style.rate_decimals, style.parity_decimals)),
        ("footnotes", word(&style.footnotes)),
        ("columns", style.columns.join(", ")),
        ("columns of areas", style.area_columns.join(", ")),
        ("headers", signs(&style.headers)),
        ("intervals beside", word(&style.intervals)),
        ("sampling errors", format!("{:?}", style.sampling_errors).to_uppercase()),
        ("thresholds", style.thresholds.clone()),
        ("groupings", style.groupings.join(", ")),
        ("flags", signs(&style.flags)),
        ("notes", style.notes.join(". ")),
        ("unverified", style.unverified.join(", ")),
        ("source", style.source.clone()),
    ];
    let there: Vec<(&str, &str)> = all
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    lines(&there)
}

pub(crate) fn lines(pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "{name:<20} {value}");
        text
    })
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "no limit".to_string(), |v| v.to_string())
}

fn show_indicator(registry: &Registry, indicator: &Indicator) -> String {
    let status = format!("{:?}", indicator.status).to_lowercase();
    let kind = format!("{:?}, {:?}", indicator.kind, indicator.statistic).to_lowercase();
    let mut text = lines(&[
        ("indicator", &indicator.id),
        ("name", &indicator.name),
        ("version, status", &format!("{}, {status}", indicator.version)),
        ("custodian", &indicator.custodian),
        ("kind", &kind),
        ("numerator", &indicator.numerator_text),
        ("", &condition(&indicator.numerator)),
        ("base", &indicator.universe_text),
        ("", &condition(&indicator.universe)),
        ("reference period", &indicator.reference_period),
        ("unit", &indicator.unit),
        ("direction", &format!("{:?} is better", indicator.direction).to_lowercase()),
        ("missing answers", &answers(indicator)),
        ("breakdowns", &indicator.breakdowns.join(", ")),
        ("source", &indicator.source),
    ]);
    for earlier in &indicator.earlier_periods {
        let line = format!("{} in figures of before {}", earlier.text, earlier.before);
        text.push_str(&lines(&[("earlier period", &line)]));
    }
    let mut optional = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            text.push_str(&lines(&[(name, value)]));
        }
    };
    optional("number", &indicator.value);
    optional("over the number", &indicator.denominator);
    optional("probability", &indicator.probability.map(|p| p.to_string()));
    optional("draft because", &indicator.draft_reason);
    optional("SDG", &indicator.sdg);
    optional("UN series", &indicator.series);
    for target in &indicator.targets {
        let unit = if indicator.unit == "percent" { " %" } else { "" };
        let note = target.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        let line = format!("{}{unit} by {} ({}{note})", target.value, target.year, target.set_by);
        text.push_str(&lines(&[("target", &line)]));
    }
    for target in registry.parity_targets_of(&indicator.id) {
        text.push_str(&lines(&[("target", &target.describe(registry))]));
    }
    for note in &indicator.notes {
        text.push_str(&lines(&[("note", note)]));
    }
    for recipe in registry.recipes.values() {
        let line = match registry.availability(recipe, indicator) {
            Availability::Available => "yes".to_string(),
            Availability::Proxy(note) => format!("proxy: {note}"),
            Availability::Unavailable(_) => continue,
        };
        text.push_str(&lines(&[("from", &format!("{}: {line}", recipe.id))]));
    }
    text
}

fn answers(indicator: &Indicator) -> String {
    let rules = &indicator.answers;
    let of = |name: &str, answer: Answer| match answer {
        Answer::No => format!("{name} counts as no"),
        Answer::Out => format!("{name} is left out"),
    };
    [
        of("not applicable", rules.not_applicable),
        of("don't know", rules.dont_know),
        of("refused", rules.refused),
        of("no answer", rules.not_stated),
        of("not asked", rules.not_asked),
    ]
    .join("; ")
}

fn condition(condition: &Condition) -> String {
    let mut parts: Vec<String> = condition
        .all
        .iter()
        .map(|(concept, test)| match test {
            Test::Codes(codes) => format!("{concept} is {}", codes.join(" or ")),
            Test::Range { min, max } => match (min, max) {
                (Some(min), Some(max)) => format!("{concept} is {min} to {max}"),
                (Some(min), None) => format!("{concept} is at least {min}"),
                (None, Some(max)) => format!("{concept} is at most {max}"),
                (None, None) => format!("{concept} is known"),
            },
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition.any.iter().map(self::condition).collect();
        parts.push(format!("any of: {}", any.join("; ")));
    }
    match parts.is_empty() {
        true => "(everybody)".to_string(),
        false => parts.join(" and "),
    }
}

fn show_concept(concept: &Concept) -> String {
    let kind = format!("{:?}", concept.kind).to_lowercase();
    let mut text = lines(&[("concept", &concept.id), ("name", &concept.name), ("kind", &kind)]);
    if let Some(note) = &concept.note {
        text.push_str(&lines(&[("note", note)]));
    }
    for code in &concept.codes {
        let mark = if code.unstated { " (kept in totals only)" } else { "" };
        text.push_str(&lines(&[("code", &format!("{:<16} {}{mark}", code.id, code.name))]));
    }
    text
}

fn show_recipe(registry: &Registry, recipe: &Recipe) -> String {
    let roles: Vec<&str> = recipe.files.keys().map(String::as_str).collect();
    let concepts: Vec<&str> = recipe.concepts.keys().map(String::as_str).collect();
    let given: Vec<&str> = registry
        .indicators
        .values()
        .filter(|i| !matches!(registry.availability(recipe, i), Availability::Unavailable(_)))
        .map(|i| i.id.as_str())
        .collect();
    let mut text = lines(&[
        ("recipe", &recipe.id),
        ("survey", &recipe.name),
        ("producer", &recipe.producer),
        ("coverage", &recipe.coverage),
        ("files", &roles.join(", ")),
        ("concepts", &concepts.join(", ")),
        ("indicators", &given.join(", ")),
        ("source", &recipe.source),
    ]);
    for note in &recipe.notes {
        text.push_str(&lines(&[("note", note)]));
    }
    text
}
