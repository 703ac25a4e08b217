//! Cases of a whole sample: calibrated weights, and several means at once.

use crate::case::Builder;
use crate::run::{Check, in_units, rows_of};
use crate::table::Tables;
use inclusion_survey::Error;
use inclusion_survey::sample::Sample;
use inclusion_survey::sample::linear::{Ratio, ratios};
use serde_json::Value;

/// Runs one case.
pub fn run(case: &Value, tables: &mut Tables, problems: &mut Vec<String>) {
    let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
    let mut check = Check { tolerance, problems, share: false };
    if let Err(error) = compare(case, tables, &mut check) {
        check.problems.push(format!("error: {error}"));
    }
}

fn compare(case: &Value, tables: &mut Tables, check: &mut Check<'_>) -> Result<(), Error> {
    let table = rows_of(case, tables);
    let mut builder = Builder::new(&table);
    let given = case["estimand"]["variables"].as_array().into_iter().flatten();
    let names: Vec<&str> = given.map(|v| v.as_str().expect("a variable")).collect();
    let variables: Vec<String> = names.iter().map(|name| builder.number(name)).collect();
    let question = builder.question(case, Vec::new(), &[]);
    let sample =
        in_units(&question.batch, |rows| Sample::read(&question.plan, rows, &question.options))?;
    if case["estimand"]["kind"] == "weights_after" {
        weights(check, &sample, &case["expected"]);
        return Ok(());
    }
    means(check, &sample, &variables, &case["expected"])
}

fn weights(check: &mut Check<'_>, sample: &Sample, expected: &Value) {
    let weights = sample.in_input_order(sample.weights());
    check.number("sum", Some(weights.iter().sum()), &expected["sum"]);
    check.number("least", weights.iter().copied().reduce(f64::min), &expected["min"]);
    check.number("largest", weights.iter().copied().reduce(f64::max), &expected["max"]);
    let first = expected["first_rows"].as_array().expect("rows");
    assert!(!first.is_empty(), "a case of weights has rows");
    for (row, weight) in first.iter().enumerate() {
        check.number(&format!("weight of row {}", row + 1), weights.get(row).copied(), weight);
    }
}

/// Means over the rows in which no variable is missing.
fn means(
    check: &mut Check<'_>,
    sample: &Sample,
    variables: &[String],
    expected: &Value,
) -> Result<(), Error> {
    let columns: Vec<&[Option<f64>]> =
        variables.iter().map(|id| sample.numbers(id)).collect::<Result<_, Error>>()?;
    let base: Vec<bool> =
        (0..sample.rows()).map(|row| columns.iter().all(|c| c[row].is_some())).collect();
    let values: Vec<Vec<f64>> =
        columns.iter().map(|c| c.iter().map(|v| v.unwrap_or(0.0)).collect()).collect();
    let one = vec![1.0; sample.rows()];
    let of: Vec<Ratio<'_>> = values.iter().map(|y| Ratio { y, x: &one, base: &base }).collect();
    let joint = sample.joint(&|weights, need| ratios(weights, &of, need))?;
    let size = variables.len();
    for (i, name) in variables.iter().enumerate() {
        check.number(&format!("{name} estimate"), Some(joint.values[i]), &expected["estimate"][i]);
        check.number(&format!("{name} se"), Some(joint.se()[i]), &expected["se"][i]);
        for j in 0..size {
            let found = Some(joint.covariance[i * size + j]);
            check.number(&format!("covariance {i} {j}"), found, &expected["covariance"][i][j]);
        }
    }
    Ok(())
}
