//! Tests: independence of two categories, the difference of two groups, one group against a number.

use super::data::{Data, refused};
use super::fit::{fit, method};
use super::groups::off_scale;
use super::{Made, Refused};
use crate::plan::analysis::OutcomeOf;
use crate::study::TestName;
use inclusion_estimate::{AnalysisFigures, AnalysisGroup, AnalysisRow, Unit};
use inclusion_survey::estimand::{
    Method, Table, mean_above, mean_difference, t_test, test_independence,
};
use inclusion_survey::sample::linear::{Ratio, ratios};
use std::collections::BTreeMap;

const NO_CASE: &str = "no case with a usable answer";

/// The test of independence of the outcome and a category.
pub(super) fn independence(data: &Data<'_>, by: &str, name: TestName) -> Result<Made, Refused> {
    let column = data.category(by);
    // Levels of the outcome: codes of a category, or having the property.
    let (row, levels, outcome_groups) = match &data.planned.outcome {
        OutcomeOf::Concept { id, codes } if codes.is_empty() => {
            let category = data.category(id);
            let rows = category.of_row.iter().map(|own| own.unwrap_or(0)).collect();
            (rows, category.codes.len(), Some(category))
        }
        _ => {
            let yes = data.outcome.values[0].iter().map(|value| usize::from(*value == 1.0));
            (yes.collect::<Vec<usize>>(), 2, None)
        }
    };
    let domain = data.domain([&by.to_string()]);
    let places: Vec<usize> = column.of_row.iter().map(|own| own.unwrap_or(0)).collect();
    let mut groups: Vec<AnalysisGroup> = Vec::new();
    for category in [Some(&column), outcome_groups.as_ref()].into_iter().flatten() {
        for code in &category.codes {
            let own = category.place_of(&code.id);
            let rows: Vec<bool> = domain.iter().zip(own).map(|(a, b)| *a && b).collect();
            let codes = BTreeMap::from([(category.id.clone(), code.id.clone())]);
            groups.push(data.level(&codes, data.cases(&rows)));
        }
    }
    if data.cases(&domain) == 0 {
        return Err(Refused { reason: NO_CASE.to_string(), groups });
    }
    let mut sizes = vec![0.0; levels * column.codes.len()];
    for (at, weight) in data.rows.weights().iter().enumerate().filter(|(at, _)| domain[*at]) {
        sizes[row[at] * column.codes.len() + places[at]] += weight;
    }
    if let Some(cell) = sizes.iter().position(|size| *size < 0.0) {
        let reason = off_scale(&column.codes[cell % column.codes.len()].name);
        return Err(Refused { reason, groups });
    }
    let table = Table {
        row: &row,
        column: &places,
        rows: levels,
        columns: column.codes.len(),
        domain: &domain,
    };
    let family = match name {
        TestName::RaoScott1 | TestName::RaoScott2 => Method::RaoScott,
        TestName::Wald | TestName::AdjustedWald => Method::Wald,
    };
    let tests = match test_independence(data.rows, &table, &data.outcome.universe, family) {
        Ok(tests) => tests,
        Err(error) => return refused(&error, groups),
    };
    let (test, sign, words) = match name {
        TestName::RaoScott1 => (
            tests.first,
            "X²",
            "Rao–Scott test of independence, first order: Pearson's X² against χ² times the mean \
             design effect (Rao and Scott 1984)",
        ),
        TestName::RaoScott2 => (
            tests.second,
            "F",
            "Rao–Scott test of independence, second order (Rao and Scott 1984; Thomas and Rao 1987)",
        ),
        TestName::Wald => (
            tests.first,
            "F",
            "Wald test of independence under the design (Koch, Freeman and Freeman 1975)",
        ),
        TestName::AdjustedWald => (
            tests.second,
            "F",
            "Wald test of independence, adjusted for few degrees of freedom (Thomas and Rao 1987)",
        ),
    };
    let mut result = AnalysisRow::new("test", by, column.name.clone(), Unit::Ratio);
    result.statistic = Some((sign, test.statistic));
    (result.ndf, result.ddf) = (Some(test.ndf), test.ddf);
    result.p_value = Some(test.p_value);
    result.n = Some(data.cases(&domain));
    let empty: Vec<&str> = (column.codes.iter().zip(&groups))
        .filter(|(_, group)| group.n == 0)
        .map(|(code, _)| code.name.as_str())
        .collect();
    let mut notes = Vec::new();
    if !empty.is_empty() {
        notes.push(format!("No case in: {}; the test is without it", empty.join(", ")));
    }
    let figures = AnalysisFigures { rows: vec![result], covariance: None };
    Ok(Made { method: words.to_string(), figures, groups, domain, notes })
}

const T_TEST: &str = "Design-based t-test of the difference of two means (R's svyttest); the groups' \
                      covariance is in its standard error";

/// The t-test of two groups: mean of the second minus that of the first.
pub(super) fn difference(data: &Data<'_>, by: &str, codes: &[String; 2]) -> Result<Made, Refused> {
    let by = by.to_string();
    let all = data.groups(std::slice::from_ref(&by), &data.domain([&by]));
    let find = |code: &String| all.iter().find(|group| group.codes.get(&by) == Some(code));
    let (Some(first), Some(second)) = (find(&codes[0]), find(&codes[1])) else {
        let message = format!("the survey's {by} has not both {} and {}", codes[0], codes[1]);
        return Err(Refused::from(message));
    };
    let groups: Vec<AnalysisGroup> = vec![data.reviewed(first), data.reviewed(second)];
    if let Some(empty) = [first, second].into_iter().find(|group| group.n == 0) {
        let reason = format!("no case in the group “{}”", empty.label);
        return Err(Refused { reason, groups });
    }
    if let Err(reason) = data.check_scale([first, second].into_iter()) {
        return Err(Refused { reason, groups });
    }
    let domain: Vec<bool> = first.rows.iter().zip(&second.rows).map(|(a, b)| *a || *b).collect();
    let df = data.df(&domain);
    let own = [data.df(&first.rows), data.df(&second.rows)];
    let one = vec![1.0; domain.len()];
    let fitted = fit(data, &[df.map(|df| df - 1.0), own[0], own[1]], &|values, weights, need| {
        let apart = mean_difference(values, &second.rows, &domain, weights, need)?;
        let means = [first, second].map(|group| Ratio { y: values, x: &one, base: &group.rows });
        Ok(apart.beside(ratios(weights, &means, need)?))
    });
    let fitted = match fitted {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    // The rules of the test itself say what cannot be tested.
    let level = data.level_of_confidence();
    if let Err(error) = t_test(fitted.values[0], fitted.se[0].unwrap_or(0.0), df, level) {
        return refused(&error, groups);
    }
    let mut rows = Vec::new();
    for (k, group) in [first, second].into_iter().enumerate() {
        let mut row = AnalysisRow::new("mean", &group.term, &group.label, data.outcome.unit);
        fitted.put(k + 1, level, &mut row);
        row.n = Some(group.n);
        rows.push(row);
    }
    let label = format!("{} minus {}", second.label, super::words::small(&first.label));
    let term = format!("{by}={}-{}", codes[1], codes[0]);
    let mut row = AnalysisRow::new("difference", term, label, data.outcome.unit);
    fitted.put_with_test(0, level, &mut row);
    row.n = Some(data.cases(&domain));
    rows.push(row);
    let figures = AnalysisFigures { rows, covariance: None };
    Ok(Made { method: method(T_TEST, data), figures, groups, domain, notes: Vec::new() })
}

/// The t-test of one sample.
pub(super) fn against(data: &Data<'_>, null: f64) -> Result<Made, Refused> {
    let domain = data.domain([]);
    let all = data.groups(&[], &domain);
    let groups: Vec<AnalysisGroup> = all.iter().map(|group| data.reviewed(group)).collect();
    if all[0].n == 0 {
        return Err(Refused { reason: NO_CASE.to_string(), groups });
    }
    if let Err(reason) = data.check_scale(all.iter()) {
        return Err(Refused { reason, groups });
    }
    let df = data.df(&domain);
    let one = vec![1.0; domain.len()];
    let fitted = fit(data, &[df.map(|df| df - 1.0), df], &|values, weights, need| {
        let mean = [Ratio { y: values, x: &one, base: &domain }];
        let above = mean_above(values, null, &domain, weights, need)?;
        Ok(above.beside(ratios(weights, &mean, need)?))
    });
    let fitted = match fitted {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    let level = data.level_of_confidence();
    if let Err(error) = t_test(fitted.values[0], fitted.se[0].unwrap_or(0.0), df, level) {
        return refused(&error, groups);
    }
    let mut mean = AnalysisRow::new("mean", "all", "All", data.outcome.unit);
    fitted.put(1, level, &mut mean);
    let mut row = AnalysisRow::new(
        "difference",
        format!("all-{null}"),
        format!("All minus {null}"),
        data.outcome.unit,
    );
    fitted.put_with_test(0, level, &mut row);
    (mean.n, row.n) = (Some(all[0].n), Some(all[0].n));
    let figures = AnalysisFigures { rows: vec![mean, row], covariance: None };
    let words = "Design-based t-test of one mean (R's svyttest)";
    Ok(Made { method: method(words, data), figures, groups, domain, notes: Vec::new() })
}
