//! Cells add up in any order, and estimates from them have the bits of those from the rows.

use crate::support::*;
use arrow::array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow::compute::{cast, concat_batches, take_record_batch};
use arrow::datatypes::DataType;
use inclusion_survey::cells::{CellsForm, cells, cells_form, estimate_cells, merge_cells};
use inclusion_survey::sample::{MadeMethod, MadeReplicates, Replicates};
use inclusion_survey::{Error, Options, Plan, Results, Rows, estimate};
use proptest::prelude::*;
use std::sync::Arc;

/// Rows in units of these sizes, the rest in a last one.
fn with_units<T>(batch: &RecordBatch, sizes: &[usize], run: impl FnOnce(&Rows<'_>) -> T) -> T {
    let mut starts = vec![0];
    for size in sizes {
        starts.push((starts[starts.len() - 1] + size).min(batch.num_rows()));
    }
    starts.push(batch.num_rows());
    run(&Rows {
        schema: batch.schema(),
        units: starts.len() - 1,
        read: &|unit, each| each(batch.slice(starts[unit], starts[unit + 1] - starts[unit])),
    })
}

fn cells_of(plan: &Plan, rows: &RecordBatch, sizes: &[usize]) -> (CellsForm, RecordBatch) {
    let mut batches = Vec::new();
    let mut each = |batch: Option<RecordBatch>| {
        match batch {
            Some(batch) => batches.push(batch),
            None => batches.clear(),
        }
        Ok(())
    };
    let form = with_units(rows, sizes, |rows| cells(plan, rows, &Options::default(), &mut each));
    let form = form.expect("cells");
    let schema = form.schema();
    (form, concat_batches(&schema, &batches).expect("one schema"))
}

fn merged(form: &CellsForm, parts: &[&RecordBatch]) -> RecordBatch {
    let mut batches = Vec::new();
    let mut each = |batch: Option<RecordBatch>| {
        match batch {
            Some(batch) => batches.push(batch),
            None => batches.clear(),
        }
        Ok(())
    };
    with_parts(parts, |parts| merge_cells(form, parts, &mut each)).expect("cells");
    concat_batches(&form.schema(), &batches).expect("one schema")
}

/// Each part in units of seven cells.
fn with_parts<T>(parts: &[&RecordBatch], run: impl FnOnce(&[Rows<'_>]) -> T) -> T {
    type Read<'a> = Box<
        dyn Fn(
                usize,
                &mut dyn FnMut(RecordBatch) -> Result<(), inclusion_survey::BoxError>,
            ) -> Result<(), inclusion_survey::BoxError>
            + Sync
            + 'a,
    >;
    let reads: Vec<Read<'_>> = parts
        .iter()
        .map(|part| -> Read<'_> {
            Box::new(move |unit, each| {
                let start = unit * 7;
                each(part.slice(start, 7.min(part.num_rows() - start)))
            })
        })
        .collect();
    let rows: Vec<Rows<'_>> = parts
        .iter()
        .zip(&reads)
        .map(|(part, read)| Rows {
            schema: part.schema(),
            units: part.num_rows().div_ceil(7),
            read: read.as_ref(),
        })
        .collect();
    run(&rows)
}

fn from_cells(plan: &Plan, form: &CellsForm, parts: &[&RecordBatch]) -> Result<Results, Error> {
    with_parts(parts, |parts| estimate_cells(plan, form, parts, &Options::default()))
}

/// Everything that results tell.
fn all(results: &Results) -> String {
    format!("{} {:?}", bits(results), results.diagnostics)
}

fn everything() -> Plan {
    plan(
        vec![
            users(),
            indicator("hours", "statistic = 'mean'\nvalue = 'hours'"),
            indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }"),
            indicator("time", "statistic = 'total'\nvalue = 'hours'"),
            indicator("ratio", "statistic = 'ratio'\nvalue = 'hours'\ndenominator = 'hours'"),
            indicator("rural", "numerator = { area = ['rural'] }\nuniverse = { sex = ['F'] }"),
        ],
        &[(&[], &["sex"]), (&["area"], &["sex"]), (&["sex"], &[]), (&[], &["sex", "area"])],
    )
}

fn shares() -> Plan {
    plan(vec![users()], &[(&[], &["sex"]), (&["area"], &["sex"])])
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let one = (0..5i64, 0..4i64, 0.0..900.0f64, -4..3i16, -5..2i16, -2..2i16, 0.0..60.0f64);
    proptest::collection::vec(one, 20..150).prop_map(|rows| {
        let mut people: Vec<Person> = rows
            .into_iter()
            .enumerate()
            .map(|(at, (stratum, psu, weight, sex, area, uses, hours))| Person {
                stratum,
                psu: stratum * 10 + psu,
                // Some weights are 0, and some have more places than a fixed-point number.
                weight: match weight {
                    0.0..30.0 => 0.0,
                    30.0..60.0 => weight * 2f64.powi(-(at as i32 % 33)),
                    _ => weight,
                },
                sex,
                area,
                uses,
                hours: (hours > 5.0).then_some(hours),
            })
            .collect();
        for stratum in 0..5 {
            people.extend((0..2).map(|psu| person(stratum, stratum * 10 + psu, 1.5, psu as i16)));
        }
        people
    })
}

fn in_order(people: &[Person]) -> Vec<Person> {
    let mut people = people.to_vec();
    people.sort_by_key(|p| (p.stratum, p.psu));
    people
}

const DESIGNS: [Design; 4] =
    [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }];

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn estimates_from_cells_have_the_bits_of_those_from_rows(
        rows in people(), sizes in proptest::collection::vec(1..40usize, 0..6)
    ) {
        for (design, plan) in DESIGNS.into_iter().flat_map(|d| [(d, everything()), (d, shares())]) {
            let sorted = batch(&in_order(&rows), design);
            let direct = with_units(&sorted, &sizes, |rows| estimate(&plan, rows, &Options::default()));
            let direct = all(&direct.unwrap());
            let (form, table) = cells_of(&plan, &sorted, &sizes);
            prop_assert_eq!(&direct, &all(&from_cells(&plan, &form, &[&table]).unwrap()));
            // The table is the same for rows in any order, and the estimates for cells in any order.
            let (_, other) = cells_of(&plan, &batch(&rows, design), &sizes);
            prop_assert_eq!(&table, &other);
            let back: arrow::array::UInt64Array = (0..table.num_rows() as u64).rev().map(Some).collect();
            let back = take_record_batch(&table, &back).unwrap();
            prop_assert_eq!(&direct, &all(&from_cells(&plan, &form, &[&back]).unwrap()));
        }
    }

    #[test]
    fn parts_add_up_in_any_order_and_any_steps(
        rows in people(), part_of in proptest::collection::vec(0..3usize, 170)
    ) {
        for (design, plan) in DESIGNS.into_iter().map(|d| (d, everything())) {
            let whole = batch(&in_order(&rows), design);
            let (form, table) = cells_of(&plan, &whole, &[]);
            // Rows of one PSU, and even of one cell, stand in several parts.
            let parts: Vec<RecordBatch> = (0..3)
                .map(|part| {
                    let own: Vec<Person> = rows
                        .iter()
                        .zip(&part_of)
                        .filter(|(_, of)| **of == part)
                        .map(|(person, _)| person.clone())
                        .collect();
                    cells_of(&plan, &batch(&own, design), &[]).1
                })
                .collect();
            let [a, b, c] = [&parts[0], &parts[1], &parts[2]];
            let ab = merged(&form, &[a, b]);
            prop_assert_eq!(&ab, &merged(&form, &[b, a]));
            prop_assert_eq!(&merged(&form, &[&ab, c]), &merged(&form, &[a, &merged(&form, &[b, c])]));
            prop_assert_eq!(&table, &merged(&form, &[c, a, b]));
            let direct = with_units(&whole, &[], |rows| estimate(&plan, rows, &Options::default()));
            let parts = from_cells(&plan, &form, &[c, a, b]);
            prop_assert_eq!(all(&direct.unwrap()), all(&parts.unwrap()));
        }
    }
}

#[test]
fn large_psus_and_large_numbers_keep_every_digit() {
    // More rows than a PSU keeps by themselves, and numbers whose squares have some 80 places.
    let people: Vec<Person> = (0..9000i64)
        .map(|i| Person {
            sex: (i % 2) as i16,
            area: (i % 3 % 2) as i16,
            hours: Some((i as f64).sqrt() * 1e7 + 1.0 / (i + 1) as f64),
            ..person(i / 4500, i / 1500, 1234.567 / (1 + i % 97) as f64, (i % 7 > 2) as i16)
        })
        .collect();
    for design in DESIGNS {
        let rows = batch(&people, design);
        let plan = everything();
        let direct = with_units(&rows, &[1000, 3000], |r| estimate(&plan, r, &Options::default()));
        let (form, table) = cells_of(&plan, &rows, &[2500, 10, 4000]);
        let again = from_cells(&plan, &form, &[&table]).unwrap();
        assert_eq!(all(&direct.unwrap()), all(&again));
    }
}

/// A table of cells with one column replaced.
fn replaced(table: &RecordBatch, name: &str, column: ArrayRef) -> RecordBatch {
    let schema = table.schema();
    let columns = schema.fields().iter().zip(table.columns()).map(|(field, own)| {
        (field.name().clone(), if field.name() == name { column.clone() } else { own.clone() })
    });
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, c)| (name, c, true))).unwrap()
}

#[test]
fn cells_may_be_texts_and_codes_that_are_not_stated_may_be_empty() {
    let people: Vec<Person> = (0..90)
        .map(|i| Person { sex: (i % 4) as i16 - 1, ..person(i / 45, i / 9, 1.5, 1) })
        .collect();
    let (plan, rows) = (everything(), batch(&people, FULL));
    let direct = with_units(&rows, &[], |rows| estimate(&plan, rows, &Options::default()));
    let (form, table) = cells_of(&plan, &rows, &[]);
    let schema = table.schema();
    let texts = schema
        .fields()
        .iter()
        .zip(table.columns())
        .map(|(field, column)| (field.name().clone(), cast(column, &DataType::Utf8).unwrap()));
    let texts = RecordBatch::try_from_iter(texts).unwrap();
    let sex = texts.column_by_name("sex").unwrap();
    let sex = sex.as_any().downcast_ref::<StringArray>().unwrap();
    let empty: StringArray = sex.iter().map(|s| s.filter(|s| *s != "?not_stated")).collect();
    assert!(empty.null_count() > 0);
    let texts = replaced(&texts, "sex", Arc::new(empty));
    let again = from_cells(&plan, &form, &[&texts]).unwrap();
    assert_eq!(all(&direct.unwrap()), all(&again));
}

#[test]
fn a_wrong_column_is_named() {
    let people: Vec<Person> = (0..40).map(|i| person(i / 20, i / 5, 2.0, 1)).collect();
    let (plan, rows) = (everything(), batch(&people, FULL));
    let (form, table) = cells_of(&plan, &rows, &[]);
    let message = |table: &RecordBatch| from_cells(&plan, &form, &[table]).unwrap_err().to_string();
    let n = table.num_rows();
    let floats: ArrayRef = Arc::new(arrow::array::Float64Array::from(vec![1.0; n]));
    assert_eq!(
        message(&replaced(&table, "users_sum_x", floats)),
        "column `users_sum_x` holds Float64, but whole numbers of up to 38 digits (DECIMAL(38, 0)) is needed"
    );
    let words: ArrayRef = Arc::new(StringArray::from(vec!["X"; n]));
    assert_eq!(
        message(&replaced(&table, "sex", words.clone())),
        "column `sex` of the cells: holds `X`, which is no code of the concept (F, M, _U)"
    );
    assert_eq!(
        message(&replaced(&table, "hours_yy", words)),
        "column `hours_yy` of the cells: holds `X`, which is no exact number"
    );
    let nothing: ArrayRef = Arc::new(StringArray::from(vec![None::<&str>; n]));
    assert!(message(&replaced(&table, "_psu", nothing)).contains("`_psu` has"));
    let less = table.project(&(0..table.num_columns() - 1).collect::<Vec<_>>()).unwrap();
    assert!(message(&less).contains("no column `ratio_xx`"));
}

#[test]
fn what_needs_every_row_is_refused_by_name() {
    let has = |column: &str| column == "_weight";
    let refused =
        |plan: &Plan, options: &Options| cells_form(plan, has, options).unwrap_err().to_string();
    let median = indicator("median", "statistic = 'quantile'\nprobability = 0.5\nvalue = 'hours'");
    let quantile = plan(vec![users(), median], &[(&[], &["sex"])]);
    assert_eq!(
        refused(&quantile, &Options::default()),
        "indicator `median`: a quantile cannot be had from cells, which are sums; estimate from the rows"
    );
    let made = MadeReplicates { method: MadeMethod::Jackknife, mse: false };
    let options = Options { replicates: Some(Replicates::Made(made)), ..Options::default() };
    assert!(refused(&shares(), &options).contains("replicates"));
    let stages = |column: &str| ["_weight", "_fpc", "_fpc_2"].contains(&column);
    let error = cells_form(&shares(), stages, &Options::default()).unwrap_err();
    assert!(error.to_string().contains("later stages"), "{error}");
}

#[test]
fn a_psu_in_two_strata_is_refused_as_from_rows() {
    let people: Vec<Person> = (0..40).map(|i| person(i / 20, i % 20 / 5, 2.0, 1)).collect();
    let rows = batch(&people, FULL);
    let direct = with_units(&rows, &[], |rows| estimate(&shares(), rows, &Options::default()));
    let (form, table) = cells_of(&shares(), &rows, &[]);
    let again = from_cells(&shares(), &form, &[&table]);
    assert_eq!(direct.unwrap_err().to_string(), again.unwrap_err().to_string());
}
