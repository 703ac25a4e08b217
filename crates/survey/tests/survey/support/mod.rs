//! Small surveys for tests.
#![allow(dead_code)]

use arrow::array::{ArrayRef, Float64Array, Int16Array, Int64Array, RecordBatch, StringArray};
use inclusion_estimate::{Estimate, Figure};
use inclusion_registry::{Concept, Indicator};
use inclusion_survey::{
    Breakdown, Error, Options, Plan, PlannedIndicator, Results, Rows, estimate,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One person.
#[derive(Debug, Clone)]
pub struct Person {
    pub stratum: i64,
    pub psu: i64,
    pub weight: f64,
    pub sex: i16,
    pub area: i16,
    pub uses: i16,
    pub hours: Option<f64>,
}

/// A person of stratum, PSU and weight who uses (1) or does not (0).
pub fn person(stratum: i64, psu: i64, weight: f64, uses: i16) -> Person {
    Person { stratum, psu, weight, sex: 0, area: 0, uses, hours: None }
}

/// Which design columns there are, and of which type.
#[derive(Debug, Clone, Copy)]
pub struct Design {
    pub strata: bool,
    pub psus: bool,
    pub text: bool,
}

pub const FULL: Design = Design { strata: true, psus: true, text: false };
pub const NONE: Design = Design { strata: false, psus: false, text: false };

pub fn batch(people: &[Person], design: Design) -> RecordBatch {
    let ids = |values: Vec<i64>| -> ArrayRef {
        if design.text {
            Arc::new(StringArray::from(values.iter().map(i64::to_string).collect::<Vec<_>>()))
        } else {
            Arc::new(Int64Array::from(values))
        }
    };
    let codes = |of: fn(&Person) -> i16| -> ArrayRef {
        Arc::new(people.iter().map(|p| Some(of(p))).collect::<Int16Array>())
    };
    let weights: Float64Array = people.iter().map(|p| Some(p.weight)).collect();
    let mut columns: Vec<(&str, ArrayRef)> = vec![("_weight", Arc::new(weights))];
    if design.strata {
        columns.push(("_stratum", ids(people.iter().map(|p| p.stratum).collect())));
    }
    if design.psus {
        columns.push(("_psu", ids(people.iter().map(|p| p.psu).collect())));
    }
    columns.push(("sex", codes(|p| p.sex)));
    columns.push(("area", codes(|p| p.area)));
    columns.push(("uses", codes(|p| p.uses)));
    columns.push(("hours", Arc::new(people.iter().map(|p| p.hours).collect::<Float64Array>())));
    RecordBatch::try_from_iter(columns).unwrap()
}

/// `uses`: 0 no, 1 yes; `sex`: 0 F, 1 M, 2 not stated; `area`: 0 urban, 1 rural.
pub fn concepts() -> BTreeMap<String, Concept> {
    let category = |id: &str, codes: &[&str]| {
        let mut text = format!("id = '{id}'\nname = '{id}'\nkind = 'category'\nbreakdown = true\n");
        for code in codes {
            let unstated = *code == "_U";
            text.push_str(&format!(
                "[[code]]\nid = '{code}'\nname = '{code}'\nunstated = {unstated}\n"
            ));
        }
        toml::from_str::<Concept>(&text).unwrap()
    };
    let hours = toml::from_str("id = 'hours'\nname = 'Hours'\nkind = 'number'").unwrap();
    [
        category("sex", &["F", "M", "_U"]),
        category("area", &["urban", "rural"]),
        category("uses", &["no", "yes"]),
        hours,
    ]
    .into_iter()
    .map(|c| (c.id.clone(), c))
    .collect()
}

/// An indicator with these lines besides what every indicator needs.
pub fn indicator(id: &str, lines: &str) -> PlannedIndicator {
    let indicator: Indicator = toml::from_str(&format!(
        "id = '{id}'\nversion = '1'\nstatus = 'agreed'\nname = 'n'\nstatement = 's'\ntopic = 'use'\n\
         custodian = 'c'\nkind = 'rate'\npopulation = 'person'\nuniverse_text = ''\n\
         numerator_text = ''\nreference_period = ''\nunit = 'percent'\ndirection = 'higher'\n\
         source = ''\n{lines}"
    ))
    .unwrap();
    PlannedIndicator { indicator, proxy: None }
}

pub fn users() -> PlannedIndicator {
    indicator("users", "numerator = { uses = ['yes'] }")
}

pub fn plan(indicators: Vec<PlannedIndicator>, breakdowns: &[(&[&str], &[&str])]) -> Plan {
    let own = |names: &[&str]| names.iter().map(|n| n.to_string()).collect();
    Plan {
        sample: "test".to_string(),
        ref_area: "XXX".to_string(),
        time_period: "2020".to_string(),
        indicators,
        breakdowns: breakdowns
            .iter()
            .map(|(concepts, joint)| Breakdown { concepts: own(concepts), joint: own(joint) })
            .collect(),
        concepts: concepts(),
    }
}

/// Estimates from rows in units of these sizes, the rest in a last one.
pub fn run_units(
    plan: &Plan,
    rows: &RecordBatch,
    sizes: &[usize],
    options: &Options,
) -> Result<Results, Error> {
    let mut starts = vec![0];
    for size in sizes {
        starts.push((starts[starts.len() - 1] + size).min(rows.num_rows()));
    }
    starts.push(rows.num_rows());
    let rows = Rows {
        schema: rows.schema(),
        units: starts.len() - 1,
        read: &|unit, each| {
            let (from, to) = (starts[unit], starts[unit + 1]);
            let middle = from + (to - from) / 2;
            each(rows.slice(from, middle - from))?;
            each(rows.slice(middle, to - middle))
        },
    };
    estimate(plan, &rows, options)
}

pub fn run(
    plan: &Plan,
    people: &[Person],
    design: Design,
    options: &Options,
) -> Result<Results, Error> {
    run_units(plan, &batch(people, design), &[], options)
}

pub fn figure(estimate: &Estimate) -> &Figure {
    estimate.outcome.figure().expect("a figure")
}

/// All numbers of all results, for comparison to the bit.
pub fn bits(results: &Results) -> String {
    format!("{:?}", (&results.groups, results.rows, results.weighted_rows))
}
