//! Published figures of all persons that women's and men's cannot give.

use super::of_sex;
use inclusion_estimate::{Diagnostic, Estimate, Measure, SeriesKey, Severity, Unit, hundredfold};
use std::collections::BTreeMap;

/// How far a figure of all may lie outside those of women and of men, as the check of sources has it: half a unit of
/// figures with one decimal, in per cent.
const SLACK: f64 = 0.05;

/// Marks the rates of all that are not between those of women and of men; nothing where one of them is not there. (Of
/// counts that of all is the sum.)
pub(super) fn mark_outside_sexes(estimates: &mut [Estimate]) {
    let rates: BTreeMap<&SeriesKey, f64> =
        estimates.iter().filter_map(|own| Some((&own.key, rate(own)?))).collect();
    let outside = |all: &&Estimate| {
        let of = |sex| {
            rates.get(&SeriesKey { breakdown: of_sex(Some(sex)), ..all.key.clone() }).copied()
        };
        let total = rates.get(&all.key).filter(|_| all.key.breakdown.is_empty());
        let (Some(total), Some(women), Some(men)) = (total, of("F"), of("M")) else { return false };
        !(women.min(men) - SLACK..=women.max(men) + SLACK).contains(total)
    };
    let keys: Vec<SeriesKey> =
        estimates.iter().filter(outside).map(|own| own.key.clone()).collect();
    for own in estimates.iter_mut().filter(|own| keys.contains(&own.key)) {
        own.diagnostics.push(Diagnostic::fixed(
            "total_outside_sexes",
            Severity::Caution,
            "This figure of all is not between those of women and of men: it may be of another survey or of other \
             persons.",
        ));
    }
}

/// A level that is a share, in per cent.
fn rate(own: &Estimate) -> Option<f64> {
    if own.key.measure != Measure::Level || own.unit != Unit::Share {
        return None;
    }
    own.outcome.figure().map(|figure| hundredfold(figure.point()))
}
