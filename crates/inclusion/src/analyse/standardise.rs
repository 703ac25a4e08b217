//! Direct standardisation by groups, with the crude rates beside.

use super::data::{Data, refused};
use super::fit::{fit, method, with_differences};
use super::groups::{Group, off_scale};
use super::words::small;
use super::{Made, Refused};
use crate::plan::analysis::Standard;
use inclusion_estimate::{AnalysisFigures, AnalysisGroup, AnalysisRow, CovarianceMatrix};
use inclusion_survey::estimand::standardised;
use inclusion_survey::sample::linear::{Linear, Ratio, ratios};

pub(super) fn standardise(
    data: &Data<'_>,
    by: &[String],
    over: &str,
    standard: Option<&Standard>,
) -> Result<Made, Refused> {
    let strata = data.category(over);
    let over = over.to_string();
    let mut domain = data.domain(by.iter().chain([&over]));
    let weights = data.rows.weights();
    let mut sizes = vec![0.0; strata.codes.len()];
    for (row, own) in strata.of_row.iter().enumerate() {
        if let (true, Some(place), None) = (domain[row], own, standard) {
            sizes[*place] += weights[row];
        }
    }
    if let Some(standard) = standard {
        for (size, code) in sizes.iter_mut().zip(&strata.codes) {
            *size = standard.sizes.get(&code.id).copied().unwrap_or(0.0);
        }
    }
    if let Some(place) = sizes.iter().position(|size| *size < 0.0) {
        return Err(Refused::from(off_scale(&strata.codes[place].name)));
    }
    // A code that the standard does not have is not in the rate.
    let mut left_out = vec![0u64; strata.codes.len()];
    for ((inside, own), weight) in domain.iter_mut().zip(&strata.of_row).zip(weights) {
        if let (true, Some(place)) = (*inside, *own)
            && sizes[place] == 0.0
        {
            *inside = false;
            left_out[place] += u64::from(*weight != 0.0);
        }
    }
    let sized: Vec<(&str, f64)> =
        strata.codes.iter().zip(&sizes).map(|(code, size)| (code.id.as_str(), *size)).collect();
    let place: Vec<usize> = strata.of_row.iter().map(|own| own.unwrap_or(0)).collect();
    let all = data.groups(by, &domain);
    let mut cells: Vec<String> = by.to_vec();
    cells.push(over.clone());
    let cells = data.groups(&cells, &domain);
    let mut groups: Vec<AnalysisGroup> =
        all.iter().chain(&cells).map(|g| data.reviewed(g)).collect();
    groups.dedup();
    // A group that lacks a stratum of the standard has no standardised rate, nor has one in which
    // weights below 0 leave a rate outside its scale.
    let of_group = |group: &Group| {
        let codes = group.codes.clone();
        let own =
            move |cell: &&Group| codes.iter().all(|(id, code)| cell.codes.get(id) == Some(code));
        cells.iter().filter(own)
    };
    let lacks = |group: &Group| {
        of_group(group)
            .filter(|cell| cell.n == 0 || data.is_off_scale(&cell.rows))
            .filter_map(|cell| {
                strata.codes.iter().position(|c| cell.codes.get(&over) == Some(&c.id))
            })
            .find(|place| sizes[*place] > 0.0)
    };
    let mut notes = Vec::new();
    for (code, cases) in strata.codes.iter().zip(left_out).filter(|(_, cases)| *cases > 0) {
        let cases = if cases == 1 { "1 case is".into() } else { format!("{cases} cases are") };
        notes.push(format!("“{}” is not in the standard: its {cases} left out", code.name));
    }
    for group in &all {
        if let Some(place) = lacks(group) {
            let stratum = &strata.codes[place].name;
            let own = |cell: &&Group| cell.codes.get(&over) == Some(&strata.codes[place].id);
            notes.push(match of_group(group).find(own).is_some_and(|cell| cell.n > 0) {
                true => format!("No standardised rate: {}", off_scale(&format!("{}, {stratum}", group.label))),
                false => format!(
                    "“{}” has no case in “{stratum}” of the standard, so it has no standardised rate",
                    group.label
                ),
            });
        }
    }
    let filled: Vec<&Group> = all.iter().filter(|group| lacks(group).is_none()).collect();
    if filled.is_empty() {
        let reason = "no group has a case in every group of the standard".to_string();
        return Err(Refused { reason, groups });
    }
    let one = vec![1.0; domain.len()];
    // Women and men side by side ask for their gap: of the standardised rates, and of the crude.
    let find = |code: &str| {
        let sex = |group: &Group| group.codes.get("sex").map(String::as_str) == Some(code);
        filled.iter().position(|group| by.len() == 1 && sex(group))
    };
    let gaps: Vec<(usize, usize)> = match (find("M"), find("F")) {
        (Some(m), Some(f)) => vec![(m, f), (filled.len() + m, filled.len() + f)],
        _ => Vec::new(),
    };
    let dfs: Vec<Option<f64>> = filled.iter().map(|group| data.df(&group.rows)).collect();
    let dfs = [dfs.clone(), dfs, vec![data.df(&domain); gaps.len()]].concat();
    let fitted = fit(data, &dfs, &|values, weights, need| {
        let rates = filled.iter().try_fold(Linear::default(), |all, group| {
            let rate = standardised(values, &place, &sized, &group.rows, weights, need)?;
            Ok::<_, inclusion_survey::Error>(all.beside(rate))
        })?;
        let of: Vec<Ratio<'_>> =
            filled.iter().map(|g| Ratio { y: values, x: &one, base: &g.rows }).collect();
        Ok(with_differences(rates.beside(ratios(weights, &of, need)?), &gaps))
    });
    let fitted = match fitted {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    let covariance = (!fitted.se.iter().any(Option::is_none)).then(|| {
        let names = ["standardised", "crude"]
            .into_iter()
            .flat_map(|part| filled.iter().map(move |group| format!("{part}:{}", group.term)));
        let further = ["standardised:sex=M-F", "crude:sex=M-F"].into_iter().take(gaps.len());
        let names = names.chain(further.map(str::to_string)).collect();
        CovarianceMatrix { names, values: fitted.covariance.clone() }
    });
    let level = data.level_of_confidence();
    let unit = data.outcome.unit;
    let mut rows = Vec::new();
    for (part, words, shift) in
        [("standardised", "standardised", 0), ("crude", "as it is", filled.len())]
    {
        for group in &all {
            let label = format!("{}: {words}", group.label);
            let mut row = AnalysisRow::new(part, &group.term, label, unit);
            row.n = Some(group.n);
            if let Some(k) = filled.iter().position(|other| other.term == group.term) {
                fitted.put(shift + k, level, &mut row);
            }
            rows.push(row);
        }
    }
    let words = [("standardised_gap", "standardised"), ("crude_gap", "as they are")];
    for (k, (part, words)) in words.into_iter().enumerate().take(gaps.len()) {
        let label = format!("Gap, men minus women: {words}");
        let mut row = AnalysisRow::new(part, "sex=M-F", label, unit);
        fitted.put(2 * filled.len() + k, level, &mut row);
        rows.push(row);
    }
    notes.push(match standard {
        Some(standard) => format!(
            "Standard: {}; its {} shares are taken as known without error",
            standard.source,
            small(&strata.name)
        ),
        None => format!(
            "Standard: the {} composition of all rows of the analysis, taken as known without error",
            small(&strata.name)
        ),
    });
    let words = "Direct standardisation (Korn and Graubard 1999, §3.7); standard errors by \
                 linearisation under the design";
    let figures = AnalysisFigures { rows, covariance };
    Ok(Made { method: method(words, data), figures, groups, domain, notes })
}
