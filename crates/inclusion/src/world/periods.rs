//! Figures of years in which an indicator's definition had another reference period.

use super::About;
use super::read::Published;
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_measures::aggregate::Vintage;
use inclusion_registry::{EarlierPeriod, Indicator};
use std::collections::BTreeSet;

/// Status of a figure that is not comparable with others of its series.
const BREAK: &str = "B";

/// The earlier period of a year's definition.
fn of_year(indicator: &Indicator, year: i32) -> Option<&EarlierPeriod> {
    indicator.earlier_periods.iter().find(|earlier| year < earlier.before)
}

/// How the note on an earlier period begins.
pub(super) const START: &str = "Reference period: ";

fn note(earlier: &EarlierPeriod) -> String {
    format!("{START}{}.", earlier.text)
}

/// A figure of such a year carries the period as a note and the status of a break, unless its source's notes
/// state a period themselves.
pub(super) fn mark(indicator: &Indicator, about: &mut About) {
    let Some(earlier) = of_year(indicator, about.year) else { return };
    if about.footnotes.iter().any(|note| note.to_lowercase().contains("month")) {
        return;
    }
    about.footnotes.push(note(earlier).into());
    about.obs_status.retain(|status| &**status != "A");
    if !about.is_marked(BREAK) {
        about.obs_status.push(BREAK.into());
    }
}

/// That a group's figure has countries of an earlier period, and how many.
pub(super) fn of_group(
    indicator: &Indicator,
    figures: &[&Published],
    vintages: &[Vintage],
) -> Option<Diagnostic> {
    let earlier = indicator.earlier_periods.first()?;
    let text = note(earlier);
    let used: BTreeSet<(&str, i32)> =
        vintages.iter().map(|own| (own.ref_area.as_str(), own.year)).collect();
    let of: BTreeSet<&str> = figures
        .iter()
        .filter(|f| used.contains(&(f.key.ref_area.as_str(), f.about.year)))
        .filter(|f| f.about.footnotes.iter().any(|own| **own == *text))
        .map(|f| f.key.ref_area.as_str())
        .collect();
    let rest = match vintages.len() - of.len() {
        0 => String::new(),
        _ => format!(", those of the others to the {}", indicator.reference_period),
    };
    let message = format!(
        "Figures of {} of {} countries are of before {} and refer to {}{rest}.",
        of.len(),
        vintages.len(),
        earlier.before,
        earlier.text
    );
    (!of.is_empty()).then(|| Diagnostic {
        code: Text::fixed("earlier_period"),
        severity: Severity::Caution,
        message: message.into(),
        count: of.len() as u64,
    })
}
