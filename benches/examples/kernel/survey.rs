//! Generated rows and a plan: ten yes/no items of persons in PSUs of 33, 40 strata a country.

use arrow::array::{ArrayRef, Float64Array, Int16Array, Int64Array, RecordBatch};
use inclusion_registry::{Concept, Condition, Indicator, Test};
use inclusion_survey::{BoxError, Breakdown, Plan, PlannedIndicator};
use std::sync::Arc;

const INDICATORS: usize = 10;

/// A small generator of reproducible numbers (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// Rows of a stratum, a country, and a PSU. A country has 40 strata, every other one urban.
const STRATUM: usize = 2_500;
const COUNTRY: usize = 40 * STRATUM;
const PSU: usize = 33;
const COUNTRIES: usize = 100;

/// The next rows, in the order of the PSUs; a replicate's weight is half of the weight or one and a
/// half, by PSU.
pub fn generate(
    random: &mut Random,
    start: usize,
    rows: usize,
    replicates: usize,
) -> Result<RecordBatch, BoxError> {
    let stratum = |row: usize| ((start + row) / STRATUM) as i64;
    let psu = |row: usize| stratum(row) * 100 + ((start + row) % STRATUM / PSU) as i64;
    let mut codes = |n: u64, missing: u64| -> ArrayRef {
        let draw = |_| if random.below(100) < missing { -1 } else { random.below(n) as i16 };
        Arc::new((0..rows).map(draw).collect::<Int16Array>())
    };
    let mut columns: Vec<(String, ArrayRef)> = vec![
        ("sex".into(), codes(2, 0)),
        ("age".into(), codes(13, 0)),
        ("wealth".into(), codes(5, 1)),
    ];
    for i in 0..INDICATORS {
        columns.push((format!("item_{i}"), codes(2, 5)));
    }
    let code = |of: &dyn Fn(usize) -> usize| -> ArrayRef {
        Arc::new((0..rows).map(|r| Some(of(r) as i16)).collect::<Int16Array>())
    };
    columns.push(("area".into(), code(&|r| stratum(r) as usize % 2)));
    columns.push(("country".into(), code(&|r| (start + r) / COUNTRY % COUNTRIES)));
    let weights: Vec<f64> =
        (0..rows).map(|_| 50.0 + random.below(1_000_000) as f64 / 1e4).collect();
    for r in 1..=replicates {
        let factor = |row: usize| 0.5 + Random(psu(row) as u64 * 1000 + r as u64).below(2) as f64;
        let own: Float64Array = (0..rows).map(|row| Some(weights[row] * factor(row))).collect();
        columns.push((format!("_replicate_{r}"), Arc::new(own)));
    }
    columns.push(("_weight".into(), Arc::new(Float64Array::from(weights))));
    let ids = |of: &dyn Fn(usize) -> i64| -> ArrayRef {
        Arc::new((0..rows).map(|r| Some(of(r))).collect::<Int64Array>())
    };
    columns.push(("_stratum".into(), ids(&stratum)));
    columns.push(("_psu".into(), ids(&psu)));
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// Ten indicators by sex, and by sex within age, area, wealth, country, and country and age.
pub fn plan() -> Result<Plan, BoxError> {
    let concept = |id: &str, codes: usize| -> Result<(String, Concept), BoxError> {
        let mut text = format!("id = '{id}'\nname = '{id}'\nkind = 'category'\nbreakdown = true\n");
        for code in 0..codes {
            text.push_str(&format!("[[code]]\nid = '{code}'\nname = '{code}'\n"));
        }
        Ok((id.to_string(), toml::from_str(&text)?))
    };
    let mut concepts = vec![
        concept("sex", 2)?,
        concept("age", 13)?,
        concept("wealth", 5)?,
        concept("area", 2)?,
        concept("country", COUNTRIES)?,
    ];
    let mut indicators = Vec::new();
    for i in 0..INDICATORS {
        let id = format!("item_{i}");
        concepts.push(concept(&id, 2)?);
        let mut indicator: Indicator = toml::from_str(&format!(
            "id = '{id}'\nversion = '1'\nstatus = 'agreed'\nname = 'n'\nstatement = 's'\ntopic = 'use'\n\
             custodian = 'c'\nkind = 'rate'\npopulation = 'person'\nuniverse_text = ''\nnumerator_text = ''\n\
             reference_period = ''\nunit = 'percent'\ndirection = 'higher'\nsource = ''\n"
        ))?;
        indicator.numerator =
            Condition { all: [(id, Test::Codes(vec!["1".into()]))].into(), ..Condition::default() };
        indicators.push(PlannedIndicator { indicator, proxy: None });
    }
    let by = |concepts: &[&str]| Breakdown {
        concepts: concepts.iter().map(|c| c.to_string()).collect(),
        joint: vec!["sex".to_string()],
    };
    Ok(Plan {
        sample: "generated".into(),
        ref_area: "XXX".into(),
        time_period: "2020".into(),
        indicators,
        breakdowns: vec![
            by(&[]),
            by(&["age"]),
            by(&["area"]),
            by(&["wealth"]),
            by(&["country"]),
            by(&["country", "age"]),
        ],
        concepts: concepts.into_iter().collect(),
    })
}
