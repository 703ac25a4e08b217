//! Pools, changes and contrasts as the report needs them: names and keys, no figures.

use crate::annex::{allowed, row_breakdowns};
use crate::plan::across::{Cell, Change, Contrast, Pool, Sides, Source};
use crate::plan::{Prepared, Sample, is_compared};
use crate::study::{ContrastOf, PoolWeights};
use inclusion_estimate::{Codes, Measure, SeriesKey};
use inclusion_measures::ContrastKind;
use inclusion_registry::Indicator;
use inclusion_report::{
    CellContrast, Comparison, ComparisonSide, Quantity, SourceIndicator, SurveyInfo,
};
use std::collections::{BTreeMap, BTreeSet};

/// Pools as further sources of tables.
pub(crate) fn surveys(prepared: &Prepared) -> Vec<SurveyInfo> {
    prepared.across.pools.iter().map(|pool| survey(prepared, pool)).collect()
}

fn survey(prepared: &Prepared, pool: &Pool) -> SurveyInfo {
    let samples: Vec<&Sample> = pool.surveys.iter().map(|at| &prepared.samples[*at]).collect();
    let parts = || samples.iter().flat_map(|sample| &sample.parts);
    let listed = |texts: BTreeSet<&str>| texts.into_iter().collect::<Vec<_>>().join("; ");
    let weights = match pool.weights {
        PoolWeights::Equal => "every survey counts the same",
        PoolWeights::Population => "each survey counts by the population that the study states",
        PoolWeights::Survey => "the surveys' own weights, with strata inside surveys",
    };
    let ids: Vec<&str> = samples.iter().map(|sample| sample.plan.sample.as_str()).collect();
    SurveyInfo {
        source: pool.id.clone().into(),
        name: format!("Pool of {}", ids.join("; ")),
        producer: listed(parts().map(|part| part.recipe.producer.as_str()).collect()),
        ref_area: pool.ref_area.clone().into(),
        area_name: pool.name.clone(),
        time_period: pool.time_period.clone().into(),
        coverage: listed(parts().map(|part| part.recipe.coverage.as_str()).collect()),
        design: format!("independent samples put together; {weights}"),
        replicated: samples.iter().any(|sample| sample.options.replicates.is_some()),
        clustering_unknown: parts().any(|part| part.recipe.design.clustering_unknown),
        pooled: true,
        concepts: samples[0].plan.concepts.clone(),
        ..SurveyInfo::default()
    }
}

/// What pools can give of an indicator.
pub(crate) fn by_source(prepared: &Prepared, indicator: &str) -> BTreeMap<String, SourceIndicator> {
    let of = |pool: &Pool| {
        let mut samples = pool.surveys.iter().map(|at| &prepared.samples[*at]);
        let why = samples.find_map(|sample| {
            let why = sample.unavailable.get(indicator)?;
            Some(format!("{}: {why}", sample.plan.sample))
        });
        (pool.id.clone(), SourceIndicator { unavailable: why, ..SourceIndicator::default() })
    };
    prepared.across.pools.iter().map(of).collect()
}

/// Tables of changes and of contrasts between groups.
pub(crate) fn comparisons(prepared: &Prepared) -> Vec<Comparison> {
    let breakdowns = row_breakdowns(prepared);
    let mut list = Vec::new();
    for indicator in &prepared.indicators {
        let rows = allowed(&prepared.registry, &breakdowns, indicator);
        let changes = prepared.across.changes.iter();
        list.extend(changes.map(|change| of_change(prepared, change, indicator, &rows)));
        for contrast in &prepared.across.contrasts {
            list.extend(of_groups(prepared, contrast, indicator, &rows));
        }
    }
    list
}

fn side(source: &Source, head: &str) -> ComparisonSide {
    ComparisonSide {
        head: head.to_string(),
        source: source.id.clone(),
        ref_area: source.ref_area.clone(),
        time_period: source.time_period.clone(),
        codes: Codes::new(),
    }
}

fn area_name(prepared: &Prepared, source: &Source) -> String {
    let pool = prepared.across.pools.iter().find(|pool| pool.id == source.id);
    match (pool, source.surveys.as_slice()) {
        (Some(pool), _) => pool.name.clone(),
        (None, [at, ..]) => prepared.samples[*at].area_name.clone(),
        (None, []) => source.ref_area.to_string(),
    }
}

fn of_change(
    prepared: &Prepared,
    change: &Change,
    indicator: &Indicator,
    rows: &[String],
) -> Comparison {
    let (from, to) = (&change.from, &change.to);
    let result = Source {
        id: change.id.clone().into(),
        time_period: change.time_period().into(),
        ..to.clone()
    };
    let rounds = match change.shared_psus {
        true => {
            "the two rounds share their primary sampling units, and their covariance is taken into account"
        }
        false => "the two rounds are independent samples",
    };
    let mut notes =
        vec![format!("Change: {} minus {}; {rounds}", to.time_period, from.time_period)];
    if is_compared(indicator) {
        notes.push("Change of the gap: above zero, it moved against women".to_string());
    }
    let several = prepared.across.changes.iter().any(|other| other.to.ref_area != to.ref_area);
    let start = match several {
        true => format!("{}, change", area_name(prepared, to)),
        false => "Change".to_string(),
    };
    Comparison {
        title: format!("{start} from {} to {}", from.time_period, to.time_period),
        indicator: indicator.id.clone(),
        rows: rows.to_vec(),
        survey: to.id.to_string(),
        first: side(from, &from.time_period),
        second: side(to, &to.time_period),
        result: side(&result, "Change"),
        of_levels: Measure::Change,
        of_sexes: Some((Quantity::Gap, Measure::GapChange)),
        notes,
    }
}

fn of_groups(
    prepared: &Prepared,
    contrast: &Contrast,
    indicator: &Indicator,
    rows: &[String],
) -> Vec<Comparison> {
    let Sides::Groups { concept, codes, surveys, indicators } = &contrast.sides else {
        return Vec::new();
    };
    if !indicators.contains(&indicator.id) {
        return Vec::new();
    }
    surveys
        .iter()
        .map(|at| {
            let sample = &prepared.samples[*at];
            let source = Source {
                id: sample.plan.sample.clone().into(),
                ref_area: sample.plan.ref_area.clone().into(),
                time_period: sample.plan.time_period.clone().into(),
                surveys: vec![*at],
            };
            let id = match surveys.len() {
                1 => contrast.id.clone(),
                _ => format!("{}/{}", contrast.id, source.id),
            };
            let result = Source { id: id.into(), ..source.clone() };
            let names = codes.clone().map(|code| code_name(sample, concept, &code));
            let with = |source: &Source, head: &str, code: &str| ComparisonSide {
                codes: [(concept, code)].into_iter().collect(),
                ..side(source, head)
            };
            let title = match &contrast.name {
                Some(name) => name.clone(),
                None => format!("{} against {}", names[0], names[1]),
            };
            let title = match surveys.len() {
                1 => title,
                _ => format!("{title}, {}, {}", area_name(prepared, &source), source.time_period),
            };
            let (of_levels, of_sexes) = match contrast.kind {
                ContrastKind::Difference => {
                    (Measure::Difference, Some((Quantity::Gap, Measure::GapDifference)))
                }
                ContrastKind::Ratio => {
                    (Measure::LevelRatio, Some((Quantity::Parity, Measure::ParityRatio)))
                }
                ContrastKind::Relative => (Measure::RelativeDifference, None),
                ContrastKind::LogRatio => (Measure::LogRatio, None),
            };
            Comparison {
                title,
                indicator: indicator.id.clone(),
                rows: rows.to_vec(),
                survey: source.id.to_string(),
                first: with(&source, &names[0], &codes[0]),
                second: with(&source, &names[1], &codes[1]),
                result: with(&result, kind_name(contrast.kind), &codes.join("/")),
                of_levels,
                of_sexes,
                notes: vec![format!(
                    "{}: {}; both groups are of one sample, and their covariance is taken into account",
                    kind_name(contrast.kind),
                    match contrast.kind {
                        ContrastKind::Difference => format!("{} minus {}", names[0], names[1]),
                        ContrastKind::Ratio => format!("{} over {}", names[0], names[1]),
                        ContrastKind::Relative => {
                            format!("{} minus {}, over {}", names[0], names[1], names[1])
                        }
                        ContrastKind::LogRatio => {
                            format!("natural logarithm of {} over {}", names[0], names[1])
                        }
                    }
                )],
            }
        })
        .collect()
}

fn kind_name(kind: ContrastKind) -> &'static str {
    match kind {
        ContrastKind::Difference => "Difference",
        ContrastKind::Ratio => "Ratio",
        ContrastKind::Relative => "Relative difference",
        ContrastKind::LogRatio => "Log ratio",
    }
}

fn code_name(sample: &Sample, concept: &str, code: &str) -> String {
    let own = sample.plan.concepts.get(concept).and_then(|c| c.codes.iter().find(|k| k.id == code));
    own.map_or_else(|| code.to_string(), |own| own.name.clone())
}

/// Contrasts of single cells.
pub(crate) fn contrasts(prepared: &Prepared) -> Vec<CellContrast> {
    let of = |contrast: &Contrast| {
        let Sides::Cells(cells) = &contrast.sides else { return None };
        let result = super::contrast::key_of(contrast, cells);
        let words = [&cells[0], &cells[1]].map(|cell| words(prepared, contrast, cell));
        let name = contrast.name.clone().unwrap_or_else(|| contrast.id.clone());
        let kind = match contrast.of {
            ContrastOf::Level => kind_name(contrast.kind).to_string(),
            ContrastOf::Gap => "Difference of gaps".to_string(),
            ContrastOf::Parity => "Ratio of parities".to_string(),
        };
        let keys = [&cells[0], &cells[1]].map(|cell| key(contrast, cell));
        Some(CellContrast { name, kind, words, keys, result })
    };
    prepared.across.contrasts.iter().filter_map(of).collect()
}

fn key(contrast: &Contrast, cell: &Cell) -> SeriesKey {
    SeriesKey {
        source: cell.source.id.clone(),
        ref_area: cell.source.ref_area.clone(),
        time_period: cell.source.time_period.clone(),
        indicator: cell.indicator.clone(),
        breakdown: cell.group.clone(),
        measure: match contrast.of {
            ContrastOf::Level => Measure::Level,
            ContrastOf::Gap => Measure::Gap,
            ContrastOf::Parity => Measure::Parity,
        },
    }
}

/// `Individuals using the Internet: Women, Rural (Brazil, 2015)`.
fn words(prepared: &Prepared, contrast: &Contrast, cell: &Cell) -> String {
    let indicator = prepared.indicators.iter().find(|i| i.id == cell.indicator);
    let name = indicator.map_or(cell.indicator.as_str(), |indicator| indicator.name.as_str());
    let sample = &prepared.samples[cell.source.surveys[0]];
    let mut codes: Vec<String> = match contrast.of {
        ContrastOf::Level => Vec::new(),
        ContrastOf::Gap => vec!["gap".to_string()],
        ContrastOf::Parity => vec!["parity".to_string()],
    };
    let names = cell.group.iter().map(|(concept, code)| code_name(sample, concept, code));
    codes.extend(names);
    if codes.is_empty() {
        codes.push("all".to_string());
    }
    let place = area_name(prepared, &cell.source);
    format!("{name}: {} ({place}, {})", codes.join(", "), cell.source.time_period)
}
