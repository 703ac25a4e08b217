//! Linear and logistic regression.

use super::data::{Category, Data, refused};
use super::fit::{fit, method};
use super::{Made, Refused};
use crate::plan::analysis::RegressionOf;
use inclusion_estimate::{AnalysisFigures, AnalysisGroup, AnalysisRow, CovarianceMatrix, Unit};
use inclusion_survey::estimand::{
    Family, Iterations, Model, RegressionOptions, Variable, coefficients, tabulate,
};
use std::collections::BTreeMap;

/// A variable with its columns' names.
struct Named {
    name: String,
    /// What its columns' names begin with: `sex=`, `age`.
    prefix: String,
    numbers: Vec<f64>,
    category: Option<Category>,
    /// Codes that have a case, and the place of each row's among them.
    levels: Vec<String>,
    codes: Vec<usize>,
    reference: usize,
}

pub(super) fn regression(data: &Data<'_>, of: &RegressionOf) -> Result<Made, Refused> {
    let mut domain = data.domain(&of.variables);
    let mut notes = Vec::new();
    let mut variables = Vec::new();
    for id in &of.variables {
        variables.push(match data.is_number(id) {
            true => number(data, id),
            false => category(data, of, id, &mut domain, &mut notes)?,
        });
    }
    let groups = groups(data, of, &domain);
    if data.cases(&domain) == 0 {
        let reason = "no case has an answer to all of its variables".to_string();
        return Err(Refused { reason, groups });
    }
    if let Err(reason) = data.check_weights(&domain) {
        return Err(Refused { reason, groups });
    }
    let named: Vec<(&str, Variable<'_>)> = variables.iter().map(Named::variable).collect();
    let model = match Model::new(&named, &of.terms, &domain) {
        Ok(model) => model,
        Err(error) => return refused(&error, groups),
    };
    let options = RegressionOptions {
        family: if of.logistic { Family::Binomial } else { Family::Gaussian },
        iterations: match of.epsilon {
            Some(epsilon) => Iterations::AsR { epsilon },
            None => Iterations::Exact,
        },
    };
    let design_df = data.df(&domain);
    let df = design_df.map(|df| df + 1.0 - model.width() as f64);
    let fitted = fit(data, &vec![df; model.width()], &|values, weights, need| {
        coefficients(&model, values, options, &domain, weights, need)
    });
    let fitted = match fitted {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    let level = data.level_of_confidence();
    // The rules of the table itself say where too few degrees of freedom are left.
    if let Err(error) = tabulate(&model, &fitted.values, &fitted.covariance, design_df, level) {
        return refused(&error, groups);
    }
    let mut rows = Vec::new();
    for (k, name) in model.names().iter().enumerate() {
        let unit = if of.logistic { Unit::Ratio } else { data.outcome.unit };
        let mut row = AnalysisRow::new("coefficient", name, label(&variables, name), unit);
        fitted.put_with_test(k, level, &mut row);
        if of.logistic && k > 0 {
            row.odds_ratio = match (row.value, row.lower, row.upper) {
                (Some(value), Some(lower), Some(upper)) => {
                    Some([value.exp(), lower.exp(), upper.exp()])
                        .filter(|all| all.iter().all(|v| v.is_finite()))
                }
                _ => None,
            };
        }
        rows.push(row);
    }
    for variable in variables.iter().filter(|variable| !variable.levels.is_empty()) {
        let reference = &variable.levels[variable.reference];
        let code = variable.category.iter().flat_map(|c| &c.codes).find(|c| c.id == *reference);
        let name = code.map_or(reference.as_str(), |code| code.name.as_str());
        notes.push(format!("{} is compared with “{name}”", variable.name));
    }
    let covariance =
        Some(CovarianceMatrix { names: model.names().to_vec(), values: fitted.covariance });
    let words = match (of.logistic, of.epsilon) {
        (false, _) => "Survey-weighted linear regression; sandwich covariance under the design \
                       (Binder 1983), t with the design's degrees of freedom plus 1 minus the \
                       number of coefficients"
            .to_string(),
        (true, epsilon) => format!(
            "Survey-weighted logistic regression; coefficients are logarithms of odds ratios, \
             sandwich covariance under the design (Binder 1983), t with the design's degrees of \
             freedom plus 1 minus the number of coefficients{}",
            epsilon
                .map(|e| format!("; iterations end as R's with epsilon {e}"))
                .unwrap_or_default()
        ),
    };
    let figures = AnalysisFigures { rows, covariance };
    Ok(Made { method: method(&words, data), figures, groups, domain, notes })
}

fn number(data: &Data<'_>, id: &str) -> Named {
    Named {
        name: data.name_of(id),
        prefix: id.to_string(),
        numbers: data.numbers(id),
        category: None,
        levels: Vec::new(),
        codes: Vec::new(),
        reference: 0,
    }
}

/// A category without the codes that have no case; the reference must have one.
fn category(
    data: &Data<'_>,
    of: &RegressionOf,
    id: &str,
    domain: &mut [bool],
    notes: &mut Vec<String>,
) -> Result<Named, Refused> {
    let category = data.category(id);
    let mut places = vec![None; category.codes.len()];
    let (mut levels, mut empty) = (Vec::new(), Vec::new());
    for (place, code) in category.codes.iter().enumerate() {
        let rows = category.place_of(&code.id);
        let rows: Vec<bool> = rows.iter().zip(domain.iter()).map(|(a, b)| *a && *b).collect();
        match data.cases(&rows) {
            0 => empty.push(code),
            _ => {
                places[place] = Some(levels.len());
                levels.push(code.id.clone());
            }
        }
    }
    let wanted = of.reference.get(id);
    if let Some(code) = empty.iter().find(|code| Some(&code.id) == wanted) {
        let message = format!(
            "the reference “{}” of {id} has no case; choose another by `reference`",
            code.name
        );
        return Err(Refused::from(message));
    }
    if levels.len() < 2 {
        let message = format!(
            "term {id} has {} with a case, and a category needs two; leave it out",
            match levels.as_slice() {
                [] => "no code".to_string(),
                [one, ..] => format!("only the code {one}"),
            }
        );
        return Err(Refused::from(message));
    }
    if !empty.is_empty() {
        let names: Vec<&str> = empty.iter().map(|code| code.name.as_str()).collect();
        notes.push(format!(
            "No case in {} of {}: it has no coefficient",
            names.join(", "),
            super::words::small(&category.name)
        ));
    }
    let reference = wanted.and_then(|code| levels.iter().position(|level| level == code));
    let mut codes = Vec::with_capacity(domain.len());
    for (own, inside) in category.of_row.iter().zip(domain.iter_mut()) {
        let place = own.and_then(|own| places[own]);
        // Rows of weight 0 whose code nobody else has.
        *inside &= place.is_some();
        codes.push(place.unwrap_or(0));
    }
    Ok(Named {
        name: category.name.clone(),
        prefix: format!("{id}="),
        numbers: Vec::new(),
        category: Some(category),
        levels,
        codes,
        reference: reference.unwrap_or(0),
    })
}

impl Named {
    fn variable(&self) -> (&str, Variable<'_>) {
        let variable = match self.category {
            Some(_) => Variable::Category {
                codes: &self.codes,
                levels: &self.levels,
                reference: self.reference,
            },
            None => Variable::Number(&self.numbers),
        };
        (&self.prefix, variable)
    }
}

/// The groups that coefficients can tell: all rows, and the cells of the categories of each term.
fn groups(data: &Data<'_>, of: &RegressionOf, domain: &[bool]) -> Vec<AnalysisGroup> {
    let mut groups = vec![data.level(&BTreeMap::new(), data.cases(domain))];
    for term in &of.terms {
        let ids: Vec<String> = term.iter().map(|place| of.variables[*place].clone()).collect();
        let categories: Vec<String> = ids.into_iter().filter(|id| !data.is_number(id)).collect();
        if !categories.is_empty() {
            groups.extend(data.groups(&categories, domain).iter().map(|g| data.reviewed(g)));
        }
    }
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    groups.dedup();
    groups
}

/// `Sex: Men × Urban or rural area: Urban` for `sex=M:urbanisation=U`.
fn label(variables: &[Named], column: &str) -> String {
    if column == "(Intercept)" {
        return "Constant".to_string();
    }
    let word = |part: &str| {
        for variable in variables {
            match &variable.category {
                Some(category) => {
                    if let Some(code) = part.strip_prefix(&variable.prefix)
                        && let Some(known) = category.codes.iter().find(|known| known.id == code)
                    {
                        return format!("{}: {}", category.name, known.name);
                    }
                }
                None if part == variable.prefix => return variable.name.clone(),
                None => {}
            }
        }
        part.to_string()
    };
    column.split(':').map(word).collect::<Vec<_>>().join(" × ")
}
