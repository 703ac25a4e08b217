//! Findings of the world and of countries.

use super::{WorldIndicator, WorldLine, row};
use crate::lookup::Lookup;
use crate::{IndicatorInfo, Quantity, multiple};
use inclusion_disclosure::{Cell, Row, Shown};

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
        sentences.extend(of_countries(lookup, of, info));
    }
    sentences
}

/// In how many countries women are behind, and where most: by tests where the sources give standard errors,
/// else as reported, which the words say.
fn of_countries(lookup: &Lookup<'_>, of: &WorldIndicator, info: &IndicatorInfo) -> Option<String> {
    let shown = |line: &WorldLine| match row(lookup, line, Quantity::Gap) {
        Some(row) => match &row.cell {
            Cell::Shown(shown) => Some((row, shown)),
            Cell::Withheld | Cell::Missing(_) => None,
        },
        None => None,
    };
    let found = of.countries.iter().filter_map(|line| Some((shown(line)?, line.label.as_str())));
    let (gaps, labels): (Vec<(&Row, &Shown)>, Vec<&str>) = found.unzip();
    // Of equal ones the first by name.
    let at = (0..gaps.len()).rev();
    let widest = at.max_by(|a, b| gaps[*a].1.value.total_cmp(&gaps[*b].1.value))?;
    let label = labels[widest];
    let points = inclusion_estimate::percent(gaps[widest].1.value, 1);
    let behind = gaps.iter().filter(|(_, gap)| gap.value > 0.0).count();
    let (name, all) = (&info.indicator.name, gaps.len());
    if gaps[widest].1.value <= 0.0 {
        return None;
    }
    let known = gaps.iter().filter(|(_, gap)| gap.se.is_some()).count();
    let reported = format!(
        "{name}: the reported rate of women is below that of men in {behind} of {all} countries"
    );
    if known == 0 {
        return Some(format!(
            "{reported}; the widest reported gap is in {label}, {points} points. These gaps come without \
             intervals, so small ones may be chance.",
        ));
    }
    let level = lookup.input.estimation.level;
    let told = multiple::behind(&gaps, level).into_iter().filter(|side| *side > 0).count();
    let place = match multiple::is_largest(&gaps, widest, level) {
        true => format!("the gap is widest in {label}, {points} points"),
        false => format!(
            "the widest reported gap is in {label}, {points} points, and the intervals do not tell whether it is the widest"
        ),
    };
    let of_known = match known == all {
        true => format!("{told}"),
        false => format!("{told} of the {known} with standard errors"),
    };
    Some(format!(
        "{reported}; the difference holds in {of_known} when all are looked at together; {place}."
    ))
}
