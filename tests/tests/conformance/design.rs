//! The design of a case: its columns, and what the options say of it.

use crate::case::{Builder, text};
use crate::table::Table;
use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
use inclusion_registry::{FPC, PSU, STRATUM, WEIGHT};
use inclusion_survey::sample::{
    Auxiliary, CalibrateTotals, Calibration, Distance, Margin, ReplicateColumns, ReplicateKind,
    Replicates, replicate_column, stage_column,
};
use inclusion_survey::{LonelyPsu, Options};
use serde_json::Value;
use std::sync::Arc;

/// The names of a column by stage: one name, or a list.
fn stages(names: &Value) -> Vec<&str> {
    match names.as_str() {
        Some(name) => vec![name],
        None => names.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}

/// The design columns of a case.
pub fn columns(table: &Table, design: &Value) -> Vec<(String, ArrayRef)> {
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    let fpc = stages(&design["fpc"]);
    match design["weights"].as_str() {
        Some(name) => columns.push((WEIGHT.to_string(), numbers(table.column(name)))),
        None if fpc.is_empty() => {
            let ones = Float64Array::from(vec![1.0; table.rows]);
            columns.push((WEIGHT.to_string(), Arc::new(ones)));
        }
        None => {}
    }
    for (target, names) in [(STRATUM, &design["strata"]), (PSU, &design["psu"])] {
        for (stage, name) in stages(names).into_iter().enumerate() {
            columns.push((stage_column(target, stage + 1), ids(table.column(name))));
        }
    }
    for (stage, name) in fpc.into_iter().enumerate() {
        columns.push((stage_column(FPC, stage + 1), numbers(table.column(name))));
    }
    if let Some(prefix) = design["replicate"]["columns_prefix"].as_str() {
        let names = table.names.iter().filter(|name| name.starts_with(prefix));
        for (replicate, name) in names.enumerate() {
            columns.push((replicate_column(replicate + 1), numbers(table.column(name))));
        }
    }
    columns
}

/// What the options say of a design; the concepts that calibration needs are added.
pub fn options(builder: &mut Builder<'_>, design: &Value) -> Options {
    let steps = design["calibration"].as_array().into_iter().flatten();
    Options {
        lonely_psu: match design["lonely_psu"].as_str() {
            Some("remove") => LonelyPsu::Remove,
            Some("certainty") => LonelyPsu::Certainty,
            Some("adjust") => LonelyPsu::Adjust,
            Some("average") => LonelyPsu::Average,
            _ => LonelyPsu::Fail,
        },
        adjust_domain_lonely: design["adjust_domain_lonely"] == true,
        nest: design["nest"] == true,
        replicates: design.get("replicate").map(replicates),
        calibration: steps.map(|step| calibration(builder, step)).collect(),
        ..Options::default()
    }
}

fn replicates(given: &Value) -> Replicates {
    let kind = match given["type"].as_str().expect("a type") {
        "BRR" => ReplicateKind::Brr,
        "Fay" => ReplicateKind::Fay,
        "JK1" => ReplicateKind::Jk1,
        "JK2" => ReplicateKind::Jk2,
        "JKn" => ReplicateKind::Jkn,
        "bootstrap" => ReplicateKind::Bootstrap,
        "successive-difference" => ReplicateKind::SuccessiveDifference,
        "ACS" => ReplicateKind::Acs,
        _ => ReplicateKind::Other,
    };
    let rscales = given["rscales"].as_array().into_iter().flatten();
    Replicates::Columns(ReplicateColumns {
        kind,
        combined: given["combined_weights"] != false,
        rho: given["rho"].as_f64().unwrap_or(0.0),
        scale: given["scale"].as_f64(),
        rscales: rscales.filter_map(Value::as_f64).collect(),
        mse: given["mse"] == true,
    })
}

fn margin(builder: &mut Builder<'_>, given: &Value) -> Margin {
    let names = stages(&given["by"]);
    let total = |row: &Value| {
        let codes = names.iter().map(|name| text(&row[*name])).collect();
        (codes, row["Freq"].as_f64().expect("a total"))
    };
    let totals = given["totals"].as_array().expect("totals").iter().map(total).collect();
    Margin { by: names.iter().map(|name| builder.category(name)).collect(), totals }
}

fn calibration(builder: &mut Builder<'_>, given: &Value) -> Calibration {
    match given["kind"].as_str().expect("a kind") {
        "poststratify" => Calibration::Poststratify(margin(builder, given)),
        "rake" => {
            let margins = given["margins"].as_array().expect("margins");
            Calibration::Rake(margins.iter().map(|m| margin(builder, m)).collect())
        }
        "calibrate" => {
            let formula = given["formula"].as_str().expect("a formula");
            let variables: Vec<&str> =
                formula.trim_start_matches('~').split('+').map(str::trim).collect();
            let totals = given["totals"].as_object().expect("totals");
            let targets = totals.iter().map(|(name, total)| {
                let variable = variables.iter().find(|v| name.starts_with(**v));
                let auxiliary = match variable.map(|v| (*v, &name[v.len()..])) {
                    None => Auxiliary::Constant,
                    Some((variable, "")) => Auxiliary::Number(builder.number(variable)),
                    Some((variable, code)) => Auxiliary::Cell {
                        by: vec![builder.category(variable)],
                        codes: vec![code.to_string()],
                    },
                };
                (auxiliary, total.as_f64().expect("a total"))
            });
            let targets = targets.collect();
            let bound = |at: usize| given["bounds"][at].as_f64().expect("a bound");
            let distance = match given["calfun"].as_str() {
                Some("linear") | None if given["bounds"].is_null() => Distance::Linear,
                Some("linear") | None => {
                    Distance::BoundedLinear { lower: bound(0), upper: bound(1) }
                }
                Some("raking") => Distance::Raking,
                Some("logit") => Distance::Logit { lower: bound(0), upper: bound(1) },
                Some(other) => panic!("calibration function {other}"),
            };
            Calibration::Totals(CalibrateTotals { targets, distance })
        }
        other => panic!("calibration {other}"),
    }
}

pub fn numbers(values: &[String]) -> ArrayRef {
    let parse = |v: &String| (!v.is_empty()).then(|| v.parse::<f64>().expect("a number"));
    Arc::new(values.iter().map(parse).collect::<Float64Array>())
}

/// An id column as ingest would give it: whole numbers as such, anything else as text.
fn ids(values: &[String]) -> ArrayRef {
    match values.iter().map(|v| v.parse::<i64>()).collect::<Result<Vec<i64>, _>>() {
        Ok(numbers) => Arc::new(Int64Array::from(numbers)),
        Err(_) => Arc::new(StringArray::from(values.to_vec())),
    }
}
