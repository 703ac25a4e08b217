//! Do 95 % intervals hold the truth 95 % of the time?
//!
//! One synthetic population is sampled again and again; each sample is estimated like any survey,
//! and its intervals are held against the population's value. The number of intervals that hold it
//! is binomial, so what chance alone explains is known: with 400 samples one share of hits has a
//! standard deviation of √(0.95 · 0.05 / 400) = 1.09 points. Many statistics are looked at, so each
//! may be 4 standard deviations away (one in 16,000), and the mean of all, 1.5 points.
//!
//! The population is finite and PSUs are sampled without replacement while the estimator assumes
//! replacement, as is usual; with one PSU in fifteen sampled this adds a few tenths of a point.

use arrow::array::{Array, ArrayRef, AsArray, Int16Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int16Type, Schema, SchemaRef};
use inclusion_estimate::{Estimate, Measure, Outcome};
use inclusion_measures::compare;
use inclusion_registry::{Concept, PSU, Recipe, Registry, STRATUM, WEIGHT};
use inclusion_survey::{Breakdown, Options, Plan, PlannedIndicator, Rows, estimate};
use inclusion_synth::{Domain, Spec, Truth, survey, truth};
use std::collections::BTreeMap;
use std::sync::Arc;

const SAMPLES: u32 = 400;
const INDICATORS: [&str; 5] = ["HH7", "HH18", "HH5", "HH15-COPA", "HH12-DAILY-USERS"];
const CONCEPTS: [&str; 7] = [
    "computer_use",
    "internet_frequency",
    "internet_use",
    "mobile_ownership",
    "sex",
    "skill_copa",
    "urbanisation",
];

/// About 4,300 persons in 160 PSUs of 20 strata, out of some 900,000.
fn spec(draw: u32) -> Spec {
    Spec {
        seed: 95,
        draw,
        strata: 20,
        population_psus: 120,
        psus_per_stratum: 8,
        households_per_psu: 8,
    }
}

/// Applies a recipe's plain code maps; reading files is tested elsewhere.
fn harmonised(
    batch: &RecordBatch,
    recipe: &Recipe,
    concepts: &BTreeMap<String, Concept>,
    schema: &SchemaRef,
) -> RecordBatch {
    let column = |name: &str| batch.column_by_name(name).expect("a column of the survey");
    let id = |name: &str| cast(column(name), &DataType::Int64).unwrap();
    let mut arrays: Vec<ArrayRef> = vec![column("weight").clone(), id("stratum"), id("psu")];
    for concept in CONCEPTS {
        let mapping = &recipe.concepts[concept];
        let code = |source: &str| -> i16 {
            match (mapping.map.get(source), mapping.missing.get(source)) {
                (Some(code), _) => concepts[concept].index_of(code).expect("a code"),
                (_, Some(reason)) => reason.code(),
                _ => panic!("{concept}: {source}"),
            }
        };
        let source = column(mapping.column.as_deref().unwrap()).as_primitive::<Int16Type>();
        let table: Vec<Option<i16>> = (0..10)
            .map(|value| {
                let known = |keys: Vec<&String>| keys.iter().any(|key| **key == value.to_string());
                let named =
                    known(mapping.map.keys().collect()) || known(mapping.missing.keys().collect());
                named.then(|| code(&value.to_string()))
            })
            .collect();
        let codes: Int16Array = source
            .iter()
            .map(|value| match value {
                Some(value) => table[value as usize],
                None => mapping.blank.map(|reason| reason.code()),
            })
            .collect();
        assert_eq!(codes.null_count(), 0, "{concept}: a value that the recipe does not map");
        arrays.push(Arc::new(codes));
    }
    RecordBatch::try_new(schema.clone(), arrays).unwrap()
}

fn schema() -> SchemaRef {
    let mut fields = vec![
        Field::new(WEIGHT, DataType::Float64, false),
        Field::new(STRATUM, DataType::Int64, false),
        Field::new(PSU, DataType::Int64, false),
    ];
    fields.extend(CONCEPTS.map(|name| Field::new(name, DataType::Int16, false)));
    Arc::new(Schema::new(fields))
}

/// How the samples agree with the population in one statistic.
#[derive(Debug, Default)]
struct Record {
    truth: f64,
    hits: u32,
    below: u32,
    above: u32,
    values: Vec<f64>,
    variances: Vec<f64>,
    /// Hits of the interval that takes the cases for a simple random sample.
    naive_hits: u32,
}

impl Record {
    fn add(&mut self, truth: f64, estimate: &Estimate) {
        let Outcome::Known(figure) = &estimate.outcome else {
            panic!("{:?} has no figure", estimate.key);
        };
        let interval = figure.interval.expect("an interval");
        self.truth = truth;
        match truth {
            t if t < interval.lower => self.below += 1,
            t if t > interval.upper => self.above += 1,
            _ => self.hits += 1,
        }
        let (share, n) = (figure.point(), estimate.counts.n as f64);
        let naive = 1.96 * (share * (1.0 - share) / n).sqrt();
        self.naive_hits += u32::from((share - truth).abs() <= naive);
        self.values.push(figure.point());
        self.variances.push(figure.se().expect("a standard error").powi(2));
    }
}

/// Name and domain of the groups looked at: everybody, and rural people.
fn domain_of(breakdown: &inclusion_estimate::Codes) -> Option<(&'static str, Domain)> {
    let all = Domain::default();
    match breakdown.get("urbanisation").map(|code| code.as_str()) {
        None => Some(("", all)),
        Some("R") => Some((" rural", Domain { area: Some(2), ..all })),
        Some(_) => None,
    }
}

fn record(records: &mut BTreeMap<String, Record>, plan: &Plan, rows: &Rows<'_>, truth: &Truth) {
    let results = estimate(plan, rows, &Options::default()).unwrap();
    let measures = inclusion_measures::Options {
        measures: vec![Measure::Gap],
        ..inclusion_measures::Options::default()
    };
    let mut seen = 0;
    for group in &results.groups {
        let Some((name, domain)) = domain_of(&group.breakdown) else { continue };
        let id = &group.indicator;
        let mut note = |what: &str, value: f64, estimate: &Estimate| {
            records.entry(format!("{id}{name} {what}")).or_default().add(value, estimate);
        };
        let share = |sex| truth.share(id, &Domain { sex, ..domain }).unwrap();
        let member = |sex| group.members.iter().find(|e| e.key.sex() == Some(sex)).unwrap();
        note("all", share(None), &group.total);
        note("women", share(Some(2)), member("F"));
        note("men", share(Some(1)), member("M"));
        let indicator = &plan.indicators.iter().find(|p| p.indicator.id == *id).unwrap().indicator;
        let gaps =
            compare(member("F"), member("M"), group.union_df, indicator.direction, &measures);
        note("gap", truth.gap(id, &domain).unwrap(), &gaps[0]);
        seen += 1;
    }
    assert_eq!(seen, 2 * INDICATORS.len());
}

#[test]
fn intervals_of_95_per_cent_hold_the_truth_95_times_in_100() {
    let registry = Registry::builtin().unwrap();
    let recipe = &registry.recipes["synthetic/ict"];
    let planned = |id: &str| PlannedIndicator {
        indicator: registry.resolve(recipe, &registry.indicators[id]),
        proxy: None,
    };
    let by = |concepts: &[&str]| Breakdown {
        concepts: concepts.iter().map(|c| c.to_string()).collect(),
        joint: vec!["sex".into()],
    };
    let plan = Plan {
        sample: "synthetic".into(),
        ref_area: inclusion_synth::REF_AREA.into(),
        time_period: "2024".into(),
        indicators: INDICATORS.map(planned).to_vec(),
        breakdowns: vec![by(&[]), by(&["urbanisation"])],
        concepts: registry.concepts_for(recipe),
    };
    let truth = truth(&spec(0)).unwrap();
    let schema = schema();
    let mut records = BTreeMap::new();
    for draw in 0..SAMPLES {
        let batches: Vec<RecordBatch> = survey(&spec(draw))
            .unwrap()
            .map(|batch| harmonised(&batch, recipe, &plan.concepts, &schema))
            .collect();
        let read = |_: usize, each: &mut dyn FnMut(RecordBatch) -> Result<(), inclusion_survey::BoxError>| {
            batches.iter().try_for_each(|batch| each(batch.clone()))
        };
        let rows = Rows { schema: schema.clone(), units: 1, read: &read };
        record(&mut records, &plan, &rows, &truth);
    }

    assert_eq!(records.len(), INDICATORS.len() * 2 * 4);
    let n = f64::from(SAMPLES);
    let mut wrong = Vec::new();
    let mut sum = 0.0;
    println!(
        "statistic                      truth   bias/sd   E(var)/var   below  above  coverage"
    );
    for (name, record) in &records {
        assert_eq!(record.values.len(), SAMPLES as usize);
        let coverage = f64::from(record.hits) / n;
        let mean = record.values.iter().sum::<f64>() / n;
        let variance = record.values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let estimated = record.variances.iter().sum::<f64>() / n / variance;
        let bias = (mean - record.truth) / variance.sqrt();
        println!(
            "{name:28} {:8.4} {bias:9.3} {estimated:12.3} {:7} {:6} {coverage:9.4}",
            record.truth, record.below, record.above
        );
        sum += coverage;
        if (coverage - 0.95).abs() > 4.0 * (0.95 * 0.05 / n).sqrt() {
            wrong.push(format!("{name}: {coverage}"));
        }
        // The variance of 400 values has a standard deviation of about 7 %.
        if (estimated - 1.05).abs() > 0.3 {
            wrong.push(format!("{name}: mean estimated variance is {estimated} of the real one"));
        }
        // Answers missing by sex bias the total of both sexes a little; four standard errors and
        // a tenth of a standard deviation are allowed.
        if bias.abs() > 4.0 / n.sqrt() + 0.1 {
            wrong.push(format!("{name}: bias is {bias} standard deviations"));
        }
    }
    // The same check of intervals that ignore strata, clusters and weights fails by far.
    let naive = f64::from(records["HH7 all"].naive_hits) / n;
    println!("HH7 all, taken for a simple random sample: coverage {naive:.4}");
    assert!(naive < 0.85, "the sample's design makes no difference: {naive}");
    let mean = sum / records.len() as f64;
    println!("mean coverage of {} statistics over {SAMPLES} samples: {mean:.4}", records.len());
    assert!((mean - 0.95).abs() < 0.015, "mean coverage {mean}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
