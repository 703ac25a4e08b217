//! Shares, means and variances of groups, estimated together.

use super::data::{Data, refused};
use super::fit::{Fitted, fit, method};
use super::groups::{Group, off_scale};
use super::{Made, Refused};
use inclusion_estimate::{AnalysisFigures, AnalysisGroup, AnalysisRow, CovarianceMatrix};
use inclusion_survey::estimand::variance;
use inclusion_survey::sample::linear::{Linear, Need, Ratio, ratios};

/// Shares or means of groups with their covariance.
pub(super) fn means(data: &Data<'_>, by: &[String]) -> Result<Made, Refused> {
    let words = "Shares or means estimated together, with their covariance under the design";
    let off = |group: &Group| data.is_off_scale(&group.rows);
    of_groups(data, by, "mean", &method(words, data), 1, off, |filled| {
        let one = vec![1.0; data.rows.rows()];
        let dfs = dfs(data, filled).repeat(1 + data.also.len());
        fit(data, &dfs, &|values, weights, need| {
            let outcomes = data.also.iter().map(|also| also.values[0].as_slice());
            let of: Vec<Ratio<'_>> = [values]
                .into_iter()
                .chain(outcomes)
                .flat_map(|y| filled.iter().map(move |group| (y, group)))
                .map(|(y, group)| Ratio { y, x: &one, base: &group.rows })
                .collect();
            ratios(weights, &of, need)
        })
    })
}

/// Variances of a number in the population.
pub(super) fn variances(data: &Data<'_>, by: &[String]) -> Result<Made, Refused> {
    let words = "Variance of the number in the population, n/(n − 1) · Σw(y − ȳ)²/Σw (R's svyvar; \
                 Särndal, Swensson and Wretman 1992, §5.9), in the square of its unit";
    let weights = data.rows.weights();
    let off = |group: &Group| {
        let own = |values: &Vec<f64>| variance(values, &group.rows, weights, Need::Values);
        let below = |own: Linear| own.values[0] < 0.0;
        let mut all = data.outcome.values.iter();
        data.is_off_scale(&group.rows) || all.any(|values| own(values).is_ok_and(below))
    };
    of_groups(data, by, "variance", &method(words, data), 2, off, |filled| {
        fit(data, &dfs(data, filled), &|values, weights, need| {
            filled.iter().try_fold(Linear::default(), |all, group| {
                Ok(all.beside(variance(values, &group.rows, weights, need)?))
            })
        })
    })
}

fn dfs(data: &Data<'_>, groups: &[&Group]) -> Vec<Option<f64>> {
    groups.iter().map(|group| data.df(&group.rows)).collect()
}

/// One value for each group with at least so many cases that weights below 0 do not bring off its
/// scale; the others have a row without one.
fn of_groups(
    data: &Data<'_>,
    by: &[String],
    part: &'static str,
    words: &str,
    least: u64,
    off: impl Fn(&Group) -> bool,
    values: impl FnOnce(&[&Group]) -> Result<Fitted, inclusion_survey::Error>,
) -> Result<Made, Refused> {
    let domain = data.domain(by);
    let all = data.groups(by, &domain);
    let groups: Vec<AnalysisGroup> = all.iter().map(|group| data.reviewed(group)).collect();
    let (enough, fewer): (Vec<&Group>, Vec<&Group>) =
        all.iter().partition(|group| group.n >= least);
    let (gone, filled): (Vec<&Group>, Vec<&Group>) =
        enough.into_iter().partition(|group| off(group));
    if filled.is_empty() {
        let reason = match gone.first() {
            Some(group) => off_scale(&group.label),
            None => "no group has a case with a usable answer".to_string(),
        };
        return Err(Refused { reason, groups });
    }
    let fitted = match values(&filled) {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    let mut rows = Vec::new();
    let mut names = Vec::new();
    let several = !data.also.is_empty();
    let ids = [super::data::outcome_id(data.planned)].into_iter().chain(data.planned.also.clone());
    for (outcome, id) in [&data.outcome].into_iter().chain(&data.also).zip(ids) {
        for group in &all {
            let (term, label) = match several {
                true => {
                    (format!("{id}:{}", group.term), format!("{}: {}", outcome.name, group.label))
                }
                false => (group.term.clone(), group.label.clone()),
            };
            let mut row = AnalysisRow::new(part, &term, label, outcome.unit);
            row.n = Some(group.n);
            if filled.iter().any(|own| own.term == group.term) {
                fitted.put(names.len(), data.level_of_confidence(), &mut row);
                names.push(term);
            }
            rows.push(row);
        }
    }
    let mut notes = Vec::new();
    if !fewer.is_empty() {
        notes.push(format!(
            "A group with fewer than {least} {} has no value",
            if least == 1 { "case" } else { "cases" }
        ));
    }
    notes.extend(gone.iter().map(|group| format!("No value: {}", off_scale(&group.label))));
    let unknown = fitted.se.iter().any(Option::is_none);
    if unknown {
        notes.push(
            "A group in a single sampling unit has no standard error, and the matrix of \
             covariances is then not written"
                .to_string(),
        );
    }
    let covariance = (!unknown).then_some(CovarianceMatrix { names, values: fitted.covariance });
    let figures = AnalysisFigures { rows, covariance };
    Ok(Made { method: words.to_string(), figures, groups, domain, notes })
}
