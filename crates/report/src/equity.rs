//! Equity charts: the steps of an ordered breakdown, such as quintiles of wealth, by sex; a row an area, or a
//! group of the other breakdowns that are crossed with it.

use crate::charts::{ChartData, ChartText, Mark, RidgeRow, ValueUnit, Words};
use crate::figures::{alt_start, mark, missing_mark, spoken};
use crate::heads::{is_share, unit_words};
use crate::lookup::{Group, Lookup, label};
use crate::notes::unreliable_text;
use crate::{ChartKind, Error, Figure, IndicatorInfo, Quantity, SurveyInfo, findings, words};
use inclusion_registry::Concept;

/// A row before its marks.
struct Line<'a> {
    label: String,
    survey: &'a SurveyInfo,
    group: Group,
}

/// One chart of all surveys, or one a survey where the steps are crossed with something else; the last
/// concept has the steps. Empty if no survey has figures of women or men for them.
pub(crate) fn figures<'a>(
    lookup: &Lookup<'a>,
    info: &IndicatorInfo,
    surveys: &[&'a SurveyInfo],
    concepts: &[&Concept],
    entry: &str,
) -> Result<Vec<Figure>, Error> {
    let Some((steps, rest)) = concepts.split_last() else { return Ok(Vec::new()) };
    let id = info.indicator.id.as_str();
    if rest.is_empty() {
        let lines: Vec<Line<'_>> = surveys
            .iter()
            .filter(|survey| !lookup.groups_of(survey, id, concepts).is_empty())
            .map(|survey| Line {
                label: lookup.place_of(survey, Some(info)),
                survey,
                group: Group::new(),
            })
            .collect();
        let finding = match lines.as_slice() {
            [only] => findings::breakdown(lookup, info, only.survey, entry, false),
            _ => None,
        };
        return Ok(figure(lookup, info, steps, &lines, finding, &lookup.places())
            .into_iter()
            .collect());
    }
    let mut figures = Vec::new();
    for survey in surveys {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let own: Vec<&Concept> =
            rest.iter().map(|c| lookup.concept(survey, &c.id).unwrap_or(c)).collect();
        for mut group in lookup.groups_of(survey, id, concepts) {
            group.remove(steps.id.as_str());
            if !lines.iter().any(|line| line.group == group) {
                lines.push(Line { label: label(&own, &group), survey, group });
            }
        }
        let place = lookup.place_of(survey, Some(info));
        figures.extend(figure(lookup, info, steps, &lines, None, &place));
    }
    Ok(figures)
}

fn figure(
    lookup: &Lookup<'_>,
    info: &IndicatorInfo,
    steps: &Concept,
    lines: &[Line<'_>],
    finding: Option<String>,
    place: &str,
) -> Option<Figure> {
    let indicator = &info.indicator;
    let first = lines.first()?;
    let steps = lookup.concept(first.survey, &steps.id).unwrap_or(steps);
    let codes: Vec<_> = steps.codes.iter().filter(|code| !code.unstated).collect();
    let row_of = |line: &Line<'_>, code: &str, quantity| {
        let mut group = line.group.clone();
        group.insert(steps.id.as_str(), code);
        lookup.row(line.survey, &indicator.id, &group, quantity)
    };
    // Codes that no line has are no steps of this study.
    let sexes = [("women", Quantity::Women), ("men", Quantity::Men)];
    let there = |code: &str| {
        lines.iter().any(|line| sexes.iter().any(|(_, q)| row_of(line, code, *q).is_some()))
    };
    let codes: Vec<_> = codes.into_iter().filter(|code| there(&code.id)).collect();
    let rows: Vec<RidgeRow> = lines
        .iter()
        .map(|line| {
            let marks = |quantity| {
                codes.iter().map(|code| mark(row_of(line, &code.id, quantity))).collect()
            };
            RidgeRow {
                label: line.label.clone(),
                women: marks(Quantity::Women),
                men: marks(Quantity::Men),
            }
        })
        .collect();
    if !rows.iter().flat_map(|row| row.women.iter().chain(&row.men)).any(|m| *m != Mark::Missing) {
        return None;
    }
    let mut alt = vec![alt_start(ChartKind::Ridgeline, info, true, place)];
    for line in lines {
        for (who, quantity) in sexes {
            let told: Vec<String> = codes
                .iter()
                .filter_map(|code| {
                    let value = spoken(lookup, info, row_of(line, &code.id, quantity))?;
                    Some(format!("{} {value}", code.name))
                })
                .collect();
            if !told.is_empty() {
                alt.push(format!("{}, {who}: {}.", line.label, told.join(", ")));
            }
        }
    }
    let title = match finding {
        Some(finding) => finding.trim_end_matches('.').to_string(),
        None => format!("{}, women and men by {}", indicator.name, words::small(&steps.name)),
    };
    let text = ChartText {
        title,
        subtitle: format!(
            "{}, {} of {}, {place}",
            indicator.name,
            unit_words(indicator),
            words::small(&indicator.universe_text)
        ),
        source: lookup.source_line(),
        alt: alt.join(" "),
        notes: Vec::new(),
        value_axis_label: words::capital(&unit_words(indicator)),
        unit: if is_share(indicator) { ValueUnit::Percent } else { ValueUnit::Number },
        withheld_mark: lookup.input.style.withheld.clone(),
        missing_mark: missing_mark(lookup),
        words: Words {
            unreliable: format!(
                "Open marks: {}",
                words::small(&unreliable_text(lookup.input.policy))
            ),
            ..Words::default()
        },
    };
    Some(Figure {
        number: 0,
        title: text.title.clone(),
        subtitle: text.subtitle.clone(),
        source: text.source.clone(),
        alt: text.alt.clone(),
        name: format!("{}-{}", indicator.id.to_lowercase(), steps.id),
        chart: ChartData::Ridgeline {
            text,
            steps: codes.iter().map(|code| code.name.clone()).collect(),
            rows,
        },
    })
}
