//! The columns of the survey file, as Arrow batches.
//!
//! Codes are 16-bit integers and a blank is null, as an empty field of the questionnaire. Weights
//! are rounded to six decimals, so that text files hold the same numbers.

use crate::household::{Household, Place};
use crate::interview::Answers;
use crate::person::Person;
use arrow::array::{ArrayRef, Float64Array, Int16Array, Int32Array, Int64Array, RecordBatch};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// Code columns in file order, and whether they may be blank.
const CODES: [(&str, bool); 34] = [
    ("sex", false),
    ("age", false),
    ("area", false),
    ("region", false),
    ("wealth_quintile", false),
    ("education", false),
    ("labour", false),
    ("disability", false),
    ("indigenous", false),
    ("hh_internet", false),
    ("hh_computer", false),
    ("internet_last", false),
    ("internet_freq", true),
    ("owns_mobile", false),
    ("smartphone", true),
    ("used_mobile", false),
    ("used_computer", false),
    ("sk_cmfl", true),
    ("sk_copa", true),
    ("sk_email", true),
    ("sk_arsp", true),
    ("sk_inst", true),
    ("sk_soft", true),
    ("sk_eprs", true),
    ("sk_traf", true),
    ("sk_pcpr", true),
    ("account", false),
    ("mobile_money", false),
    ("dig_payment", false),
    ("why_offline_cost", true),
    ("why_offline_skills", true),
    ("why_offline_need", true),
    ("why_offline_nocover", true),
    ("why_offline_family", true),
];

/// Code columns that stand before `wealth_score`.
const BEFORE_SCORE: usize = 4;

/// Stands for a blank while columns are collected.
const BLANK: i16 = i16::MIN;

/// Schema of every batch, in the order of the file.
pub fn schema() -> SchemaRef {
    let mut fields = vec![
        Field::new("household_id", DataType::Int64, false),
        Field::new("person_id", DataType::Int64, false),
        Field::new("stratum", DataType::Int32, false),
        Field::new("psu", DataType::Int32, false),
        Field::new("weight", DataType::Float64, false),
    ];
    for (i, (name, nullable)) in CODES.iter().enumerate() {
        if i == BEFORE_SCORE {
            fields.push(Field::new("wealth_score", DataType::Float64, false));
        }
        fields.push(Field::new(*name, DataType::Int16, *nullable));
    }
    fields.push(Field::new("hours_online", DataType::Float64, true));
    Arc::new(Schema::new(fields))
}

/// Rows being collected.
pub struct Columns {
    schema: SchemaRef,
    household: Vec<i64>,
    person: Vec<i64>,
    stratum: Vec<i32>,
    psu: Vec<i32>,
    weight: Vec<f64>,
    score: Vec<f64>,
    hours: Vec<Option<f64>>,
    codes: Vec<Vec<i16>>,
}

impl Columns {
    pub fn new(schema: SchemaRef, capacity: usize) -> Columns {
        Columns {
            schema,
            household: Vec::with_capacity(capacity),
            person: Vec::with_capacity(capacity),
            stratum: Vec::with_capacity(capacity),
            psu: Vec::with_capacity(capacity),
            weight: Vec::with_capacity(capacity),
            score: Vec::with_capacity(capacity),
            hours: Vec::with_capacity(capacity),
            codes: CODES.iter().map(|_| Vec::with_capacity(capacity)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.weight.len()
    }

    /// Adds a person. `household_number` and `line` count from 0 inside PSU and household.
    pub fn push(
        &mut self,
        place: &Place,
        (household_number, household): (u32, &Household),
        (line, person): (usize, &Person),
        answers: &Answers,
        weight: f64,
    ) {
        let psu = (place.stratum.first_psu + place.psu + 1) as i32;
        self.household.push(i64::from(psu) * 1_000 + i64::from(household_number) + 1);
        self.person.push(line as i64 + 1);
        self.stratum.push(place.stratum.index as i32 + 1);
        self.psu.push(psu);
        self.weight.push(weight);
        self.score.push(household.wealth);
        self.hours.push((answers.internet_last == 1).then(|| f64::from(person.half_hours) / 2.0));

        let yes_no = |yes: bool| if yes { 1 } else { 2 };
        let asked = |asked: bool, code: i16| if asked { code } else { BLANK };
        let skill = |i: u32| asked(person.asked_skills(), yes_no(person.skills >> i & 1 == 1));
        // Reasons are asked where the person says that it was longer ago, or never.
        let offline = (2..=4).contains(&answers.internet_last);
        let reason = |i: u32| asked(offline, yes_no(person.why_offline >> i & 1 == 1));
        let row: [i16; CODES.len()] = [
            answers.sex,
            answers.age,
            i16::from(place.stratum.area),
            i16::from(place.stratum.region),
            i16::from(household.quintile),
            answers.education,
            answers.labour,
            answers.disability,
            yes_no(household.indigenous),
            yes_no(household.internet),
            yes_no(household.computer),
            answers.internet_last,
            asked(answers.internet_last == 1, i16::from(person.internet_freq)),
            answers.owns_mobile,
            asked(person.owns_mobile, yes_no(person.smartphone)),
            yes_no(person.used_mobile),
            yes_no(person.used_computer),
            skill(0),
            skill(1),
            skill(2),
            skill(3),
            skill(4),
            skill(5),
            skill(6),
            skill(7),
            skill(8),
            answers.account,
            answers.mobile_money,
            yes_no(person.dig_payment),
            reason(0),
            reason(1),
            reason(2),
            reason(3),
            reason(4),
        ];
        for (column, code) in self.codes.iter_mut().zip(row) {
            column.push(code);
        }
    }

    /// The batch of what was collected; starts again empty.
    pub fn take(&mut self) -> RecordBatch {
        let next = Columns::new(self.schema.clone(), self.len());
        let done = std::mem::replace(self, next);
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(done.household)),
            Arc::new(Int64Array::from(done.person)),
            Arc::new(Int32Array::from(done.stratum)),
            Arc::new(Int32Array::from(done.psu)),
            Arc::new(Float64Array::from(done.weight)),
        ];
        let mut score = Some(done.score);
        for (i, (codes, (_, nullable))) in done.codes.into_iter().zip(CODES).enumerate() {
            if i == BEFORE_SCORE {
                arrays.push(Arc::new(Float64Array::from(score.take().unwrap_or_default())));
            }
            arrays.push(if nullable { blanks(codes) } else { Arc::new(Int16Array::from(codes)) });
        }
        arrays.push(Arc::new(Float64Array::from(done.hours)));
        RecordBatch::try_new(self.schema.clone(), arrays)
            .expect("invariant: one array for each field, of its type, all of one length")
    }
}

/// A column whose blanks become nulls; the value under a null is 0.
fn blanks(mut codes: Vec<i16>) -> ArrayRef {
    let valid: NullBuffer = codes.iter().map(|code| *code != BLANK).collect();
    for code in &mut codes {
        if *code == BLANK {
            *code = 0;
        }
    }
    let nulls = (valid.null_count() > 0).then_some(valid);
    Arc::new(Int16Array::new(ScalarBuffer::from(codes), nulls))
}
