//! Women and men to the year of the target: figures, trend and prediction intervals.

use super::charts::{figure, mark, text};
use super::{TimeLine, WorldIndicator, WorldInput, base, row_of};
use crate::charts::{ChartData, ChartText, Fan, Panel, Who, YearMark};
use crate::heads::unit_words;
use crate::lookup::Lookup;
use crate::{Figure, IndicatorInfo, Quantity};
use inclusion_estimate::percent;

/// Panels of a chart: a fan needs room.
const PANELS: usize = 6;

/// The countries of most years whose trends of women and of men may be projected.
pub(super) fn fan(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Option<Figure> {
    let both = |line: &&TimeLine| line.ahead.iter().all(|years| !years.is_empty());
    let lines: Vec<&TimeLine> = of.over_time.iter().filter(both).take(PANELS).collect();
    let last = lines.iter().flat_map(|line| line.ahead.iter().flatten()).map(|at| at.year).max()?;
    let panels: Vec<Panel> = lines
        .iter()
        .map(|line| {
            let marks = |quantity| {
                line.years
                    .iter()
                    .map(|year| YearMark {
                        year: year.year,
                        mark: mark(world, row_of(lookup, &year.key, quantity)),
                        break_before: year.break_before,
                    })
                    .collect()
            };
            let [women, men] = &line.ahead;
            Panel {
                label: line.label.clone(),
                women: marks(Quantity::Women),
                men: marks(Quantity::Men),
                target: of.target.into_iter().collect(),
                fans: vec![
                    Fan { who: Who::Women, years: women.clone() },
                    Fan { who: Who::Men, years: men.clone() },
                ],
                ..Panel::default()
            }
        })
        .collect();
    let title = format!(
        "{}, women and men to {last} if the trend of the logit goes on",
        info.indicator.name
    );
    let target = of.target.map_or(String::new(), |(year, share)| {
        let short = if last < year { ", beyond what may be projected" } else { "" };
        format!("; target {}% by {year}{short}", percent(share, 0))
    });
    let subtitle = format!(
        "{} of {}; F: projection; {}{target}",
        crate::words::capital(&unit_words(&info.indicator)),
        base(info),
        match panels.len() {
            1 => "the only country with one".to_string(),
            n => format!("of countries with one, the {n} with most years by sex, then by name"),
        }
    );
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            let who = ["women", "men"].iter().zip(&line.ahead).filter_map(|(who, years)| {
                let at = years.last()?;
                let (lower, upper) = at.bands[2];
                Some(format!(
                    "{who} {}% in {} (95% interval {} to {})",
                    percent(at.value, 1),
                    at.year,
                    percent(lower, 1),
                    percent(upper, 1)
                ))
            });
            format!("{}: {}", line.label, who.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let chart = ChartData::Series {
        text: ChartText {
            alt: format!(
                "Lines of women and men by year, with projections. {}{target}.",
                told.join("; ")
            ),
            value_axis_label: crate::words::capital(&unit_words(&info.indicator)),
            ..text(lookup, world, title, subtitle)
        },
        panels,
    };
    Some(figure(chart, format!("fan-{}", of.indicator)))
}
