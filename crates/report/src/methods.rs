//! How this number was made: the definition and method of each indicator, in words.

use crate::lookup::Lookup;
use crate::{Block, IndicatorInfo, verdict, words};
use inclusion_registry::{Direction, IndicatorKind, Population, Statistic, Status};

/// One block of definitions for each indicator.
pub(crate) fn definitions(lookup: &Lookup<'_>) -> Vec<Block> {
    lookup
        .input
        .indicators
        .iter()
        .map(|info| Block::Definitions {
            title: format!(
                "How this number was made: {} {}",
                info.indicator.id, info.indicator.name
            ),
            items: items(lookup, info),
        })
        .collect()
}

fn items(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<(String, Vec<String>)> {
    let indicator = &info.indicator;
    let input = lookup.input;
    let mut items: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |term: &str, paragraphs: Vec<String>| {
        let paragraphs: Vec<String> = paragraphs
            .into_iter()
            .filter(|p| !p.trim().is_empty())
            .map(|p| words::sentence(&words::capital(&p)))
            .collect();
        if !paragraphs.is_empty() {
            items.push((term.to_string(), paragraphs));
        }
    };
    let status = match indicator.status {
        Status::Draft => "draft",
        Status::Agreed => "agreed",
        Status::Withdrawn => "withdrawn",
    };
    let mut definition = vec![format!(
        "Version {}, {status}; custodian: {}",
        indicator.version, indicator.custodian
    )];
    if let Some(sdg) = &indicator.sdg {
        definition.push(format!("Sustainable Development Goals indicator {sdg}"));
    }
    definition.extend(indicator.draft_reason.clone());
    add("Definition", definition);
    add("Counted", vec![indicator.numerator_text.clone()]);
    add("Base", base(lookup, info));
    add("Reference period", vec![indicator.reference_period.clone()]);
    // Rates of published figures were made by their sources.
    if !input.surveys.is_empty() {
        add("Missing answers", missing_answers(lookup, info));
        add("From the source files", mapping(lookup, info));
        add("Estimator", estimator(lookup, info));
        add(
            "Uncertainty",
            vec![
                format!(
                    "{} confidence intervals; shares: {}; gaps: value ± t × standard error; parity: \
                     on the log scale. Interval ends are of each figure alone",
                    crate::numbers::level(input.estimation.level),
                    input.estimation.interval
                ),
                format!("Degrees of freedom: {}", input.estimation.df),
                format!("Design effect: {}", input.estimation.deff),
                format!("Strata with one primary sampling unit: {}", input.estimation.lonely_psu),
            ],
        );
        add("Sampling design", designs(lookup));
        add("Pools, changes and contrasts", across(lookup));
    }
    if input.world.as_ref().is_some_and(|world| world.has(&indicator.id)) {
        add("Published figures", crate::world::method());
    }
    if indicator.kind == IndicatorKind::Rate {
        let covariance = match input.surveys.is_empty() {
            true => "",
            false => {
                ", with the covariance of women and men who live in the same primary sampling units"
            }
        };
        let mut comparison = vec![format!(
            "Gap: men minus women, in the unit of the indicator; parity: women over men; both \
             computed before rounding{covariance}"
        )];
        if indicator.direction == Direction::Lower {
            comparison.push(
                "Lower is better: gap and parity are of the share of each sex without it".into(),
            );
        }
        if let Some(set) = input.thresholds {
            comparison.push(format!("{}. Source: {}", verdict::describe(set), set.source));
        }
        add("Comparison", comparison);
    }
    let parity = input.registry.parity_targets_of(&indicator.id);
    let parity: Vec<String> = parity.map(|target| target.describe(input.registry)).collect();
    add(
        "Targets",
        indicator
            .targets
            .iter()
            .map(|t| {
                let note = t.note.as_ref().map(|n| format!("; {n}")).unwrap_or_default();
                let unit = if crate::heads::is_share(indicator) {
                    "%".to_string()
                } else {
                    format!(" {}", indicator.unit)
                };
                format!("{}{unit} by {}, set by {}{note}", t.value, t.year, t.set_by)
            })
            .chain(parity)
            .collect(),
    );
    add("Notes", indicator.notes.clone());
    add("Source of the definition", vec![indicator.source.clone()]);
    items
}

/// How figures of several surveys or groups are made, where there are any.
fn across(lookup: &Lookup<'_>) -> Vec<String> {
    let input = lookup.input;
    let mut lines = Vec::new();
    if input.surveys.iter().any(|survey| survey.pooled) {
        lines.push(
            "Pool: the surveys' figures, each times its size, over the sum of the sizes; samples are \
             independent, and an estimated size has a variance of its own. A pooled figure is shown \
             only where no withheld figure of a survey follows from it"
                .to_string(),
        );
    }
    if !input.comparisons.is_empty() || !input.contrasts.is_empty() {
        lines.push(
            "Changes and contrasts: variances of different samples add up, with Satterthwaite's \
             degrees of freedom; figures of one sample have their covariance. One is shown only where \
             both of its figures are"
                .to_string(),
        );
    }
    lines
}

/// Who is in the base, and how many where a study states it.
fn base(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<String> {
    let input = lookup.input;
    let mut lines = vec![info.indicator.universe_text.clone()];
    let stated = input.estimation.only_stated.iter();
    lines.extend(stated.map(|concept| format!("Who does not state “{concept}” is left out")));
    for survey in &input.surveys {
        let source = info.by_source.get(survey.source.as_str());
        if let Some(population) = source.and_then(|s| s.population.as_ref()) {
            let name = lookup.name_of(survey);
            lines.push(format!("{name}: {population}, taken as known without error"));
        }
    }
    lines
}

fn missing_answers(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<String> {
    let mut lines = vec![words::answer_rules(info.indicator.answers)];
    for survey in &lookup.input.surveys {
        if let Some(rules) = info.by_source.get(survey.source.as_str()).and_then(|s| s.answers)
            && rules != info.indicator.answers
        {
            lines.push(format!(
                "{} follows its own rule: {}",
                survey.name,
                words::small(&words::answer_rules(rules))
            ));
        }
    }
    lines
}

fn mapping(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<String> {
    let mut lines = Vec::new();
    for survey in &lookup.input.surveys {
        let Some(source) = info.by_source.get(survey.source.as_str()) else { continue };
        if let Some(why) = &source.unavailable {
            lines.push(format!("{}: cannot be had, because {}", survey.name, words::small(why)));
        }
        if let Some(proxy) = &source.proxy {
            lines.push(format!("{}: approximated: {proxy}", survey.name));
        }
        lines.extend(source.mapping.iter().map(|line| format!("{}: {line}", survey.name)));
    }
    lines
}

/// Which value a quantile is, and where its interval comes from.
fn quantile(lookup: &Lookup<'_>, probability: f64, who: &str) -> String {
    let estimation = &lookup.input.estimation;
    let value = match estimation.quantile_rule.as_str() {
        "math" => format!(
            "Weighted quantile: the smallest value that a share of {probability} or more of the \
             {who} of the base do not exceed"
        ),
        rule => format!(
            "Weighted quantile of probability {probability} over the {who} of the base, by rule \
             {rule} (Hyndman and Fan 1996, carried over to weights)"
        ),
    };
    let share = match estimation.quantile_interval.as_str() {
        "replicated" => {
            return format!(
                "{value}. Its variance is that of the quantiles under the replicate weights"
            );
        }
        "mean" => "the t-interval".to_string(),
        method => format!("the {method} interval"),
    };
    format!(
        "{value}. Its interval is Woodruff's: {share} of the share at or below it, inverted; its \
         standard error is half the interval's width over t"
    )
}

fn estimator(lookup: &Lookup<'_>, info: &IndicatorInfo) -> Vec<String> {
    let who = match info.indicator.population {
        Population::Person => "persons",
        Population::Household => "households",
        Population::Other => "units",
    };
    let weighted = match info.indicator.statistic {
        Statistic::Proportion => {
            format!("Weighted share: weights of the {who} counted over weights of the base")
        }
        Statistic::Mean => format!("Weighted mean over the {who} of the base"),
        Statistic::Quantile => {
            return vec![quantile(lookup, info.indicator.probability.unwrap_or(0.5), who)];
        }
        Statistic::Total => "Weighted total".to_string(),
        Statistic::Ratio => "Weighted total of one number over that of another".to_string(),
        Statistic::Published => return vec!["Published figure, taken as it is".into()],
    };
    let weights_only = lookup.input.surveys.iter().filter(|s| s.clustering_unknown);
    let linearised = "that of linearised values between the primary sampling units of each stratum";
    let replicated = "that of the figures under the replicate weights";
    let surveys = &lookup.input.surveys;
    let variance = match surveys.iter().filter(|s| s.replicated).count() {
        0 => linearised.to_string(),
        all if all == surveys.len() => replicated.to_string(),
        _ => format!("{linearised}, or, where a survey has replicate weights, {replicated}"),
    };
    let mut lines = vec![format!(
        "{weighted}. Its variance is {variance}; a subgroup keeps all units of the sample"
    )];
    lines.extend(weights_only.map(|s| {
        format!(
            "{}: its file does not tell the clusters, so standard errors show the effect of \
             unequal weights only",
            s.name
        )
    }));
    lines
}

fn designs(lookup: &Lookup<'_>) -> Vec<String> {
    lookup
        .input
        .surveys
        .iter()
        .filter(|s| !s.design.is_empty())
        .map(|s| format!("{}: {}", s.name, s.design))
        .collect()
}
