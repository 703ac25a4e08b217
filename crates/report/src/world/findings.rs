//! Findings of the world and of countries.

use super::{WorldLine, row};
use crate::Quantity;
use crate::lookup::Lookup;
use inclusion_disclosure::Cell;

/// Sentences about the world and the countries: what is reported, with what stands behind it.
pub(crate) fn findings(lookup: &Lookup<'_>) -> Vec<String> {
    let Some(world) = &lookup.input.world else { return Vec::new() };
    let mut sentences = Vec::new();
    for of in &world.indicators {
        let Ok(info) = lookup.indicator(&of.indicator, "findings") else { continue };
        let value = |line: &WorldLine, quantity| {
            row(lookup, line, quantity).and_then(|row| match &row.cell {
                Cell::Shown(shown) => Some((shown.value, row)),
                Cell::Withheld | Cell::Missing(_) => None,
            })
        };
        let percent = |share: f64| inclusion_estimate::percent(share, 1);
        let share = |line: &WorldLine| match line.covered {
            Some((women, men)) => {
                let whole = |share| inclusion_estimate::percent(share, 0);
                format!("{}% of women and {}% of men", whole(women), whole(men))
            }
            None => "a share of women and men that is not known".to_string(),
        };
        if let Some(first) = of.groups.first() {
            let statement = &info.indicator.statement;
            match (value(first, Quantity::Women), value(first, Quantity::Men)) {
                (Some((women, _)), Some((men, _))) => sentences.push(format!(
                    "{}: {}% of women and {}% of men {statement} ({}; {} countries, with {}).",
                    first.label,
                    percent(women),
                    percent(men),
                    first.years,
                    first.base,
                    share(first),
                )),
                _ => sentences.push(format!(
                    "No figure of the {} for {}: figures by sex of {} countries cover {}.",
                    crate::words::small(&first.label),
                    crate::words::small(&info.indicator.name),
                    first.base,
                    share(first),
                )),
            }
        }
        let gaps: Vec<(f64, &str)> = of
            .countries
            .iter()
            .filter_map(|line| Some((value(line, Quantity::Gap)?.0, line.label.as_str())))
            .collect();
        let behind = gaps.iter().filter(|(gap, _)| *gap > 0.0).count();
        if let Some((gap, label)) = gaps.iter().max_by(|a, b| a.0.total_cmp(&b.0))
            && *gap > 0.0
        {
            let sure = of.countries.iter().any(|line| {
                let row = row(lookup, line, Quantity::Gap);
                row.is_some_and(
                    |row| matches!(&row.cell, Cell::Shown(own) if own.interval.is_some()),
                )
            });
            let chance = match sure {
                true => "",
                false => " These gaps come without intervals, so small ones may be chance.",
            };
            sentences.push(format!(
                "{}: the reported rate of women is below that of men in {behind} of {} countries; the widest gap is in {label}, {} points.{chance}",
                info.indicator.name, gaps.len(), percent(*gap),
            ));
        }
    }
    sentences
}
