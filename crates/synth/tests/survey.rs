//! The survey as its users see it: its rows, its weights, and its agreement with the population.

use arrow::array::{AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{Float64Type, Int16Type, Int32Type, Int64Type};
use inclusion_synth::{Domain, Error, Spec, schema, survey, truth, write_csv, write_parquet};
use std::collections::BTreeSet;

fn small() -> Spec {
    Spec { strata: 12, psus_per_stratum: 6, population_psus: 60, ..Spec::default() }
}

fn rows(spec: &Spec) -> RecordBatch {
    let batches: Vec<RecordBatch> = survey(spec).unwrap().collect();
    concat_batches(&schema(), &batches).unwrap()
}

fn codes(rows: &RecordBatch, name: &str) -> Vec<Option<i16>> {
    rows.column_by_name(name).unwrap().as_primitive::<Int16Type>().iter().collect()
}

fn weights(rows: &RecordBatch) -> Vec<f64> {
    rows.column_by_name("weight").unwrap().as_primitive::<Float64Type>().values().to_vec()
}

#[test]
fn the_default_survey_is_about_20_000_persons_in_600_psus_of_40_strata() {
    let rows = rows(&Spec::default());
    assert!((19_000..=21_000).contains(&rows.num_rows()), "{}", rows.num_rows());
    let id = |name: &str| rows.column_by_name(name).unwrap().as_primitive::<Int32Type>().clone();
    let (strata, psus) = (id("stratum"), id("psu"));
    let distinct = |ids: &[i32]| ids.iter().copied().collect::<BTreeSet<_>>().len();
    assert_eq!((distinct(strata.values()), distinct(psus.values())), (40, 600));
    let keys: Vec<(i32, i32)> =
        strata.values().iter().copied().zip(psus.values().iter().copied()).collect();
    assert!(keys.is_sorted(), "rows come in the order of stratum and PSU");
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 600, "a PSU has one stratum");
}

#[test]
fn household_and_line_number_identify_a_person() {
    let rows = rows(&Spec::default());
    let id = |name: &str| {
        rows.column_by_name(name).unwrap().as_primitive::<Int64Type>().values().to_vec()
    };
    let keys: BTreeSet<(i64, i64)> = id("household_id").into_iter().zip(id("person_id")).collect();
    assert_eq!(keys.len(), rows.num_rows());
}

#[test]
fn the_same_specification_gives_the_same_rows_and_another_seed_or_draw_others() {
    let first = rows(&small());
    assert_eq!(first, rows(&small()));
    assert_ne!(first, rows(&Spec { draw: 1, ..small() }));
    assert_ne!(first, rows(&Spec { seed: 1, ..small() }));
}

#[test]
fn a_household_is_the_same_in_every_sample_that_holds_it() {
    let persons = |draw| -> BTreeSet<(i64, i64, i16, i16, String)> {
        let rows = rows(&Spec { draw, population_psus: 30, ..small() });
        let id = |name: &str| {
            rows.column_by_name(name).unwrap().as_primitive::<Int64Type>().values().to_vec()
        };
        let (household, person) = (id("household_id"), id("person_id"));
        let score = rows.column_by_name("wealth_score").unwrap().as_primitive::<Float64Type>();
        let (internet, computer) = (codes(&rows, "hh_internet"), codes(&rows, "used_computer"));
        (0..rows.num_rows())
            .map(|i| {
                let score = score.value(i).to_string();
                (household[i], person[i], internet[i].unwrap(), computer[i].unwrap(), score)
            })
            .collect()
    };
    let (a, b) = (persons(0), persons(1));
    let key = |set: &BTreeSet<(i64, i64, i16, i16, String)>| -> BTreeSet<(i64, i64)> {
        set.iter().map(|row| (row.0, row.1)).collect()
    };
    let both = key(&a).intersection(&key(&b)).count();
    assert!(both > 20, "samples share {both} persons");
    assert_eq!(a.intersection(&b).count(), both);
}

#[test]
fn skip_patterns_leave_blanks_and_only_there() {
    let rows = rows(&Spec::default());
    let last = codes(&rows, "internet_last");
    let blank =
        |name: &str| -> Vec<bool> { codes(&rows, name).iter().map(Option::is_none).collect() };
    let recorded = |test: fn(i16) -> bool| -> Vec<bool> {
        last.iter().map(|code| test(code.unwrap())).collect()
    };
    assert_eq!(blank("internet_freq"), recorded(|code| code != 1));
    for reason in ["cost", "skills", "need", "nocover", "family"] {
        let blank = blank(&format!("why_offline_{reason}"));
        assert_eq!(blank, recorded(|code| code == 1 || code == 8), "{reason}");
    }
    let hours = rows.column_by_name("hours_online").unwrap().as_primitive::<Float64Type>();
    assert_eq!(hours.iter().map(|h| h.is_none()).collect::<Vec<_>>(), blank("internet_freq"));
    assert!(hours.iter().flatten().all(|h| h > 0.0 && h <= 168.0 && (2.0 * h).fract() == 0.0));
    let (owns, smart) = (codes(&rows, "owns_mobile"), codes(&rows, "smartphone"));
    for (owns, smart) in owns.iter().zip(smart) {
        match owns.unwrap() {
            1 => assert!(smart.is_some()),
            2 => assert!(smart.is_none()),
            _ => {}
        }
    }
    let computer = codes(&rows, "used_computer");
    for skill in ["cmfl", "copa", "email", "arsp", "inst", "soft", "eprs", "traf", "pcpr"] {
        for (i, code) in codes(&rows, &format!("sk_{skill}")).into_iter().enumerate() {
            match (last[i].unwrap(), computer[i].unwrap()) {
                (1, _) | (_, 1) => assert!(code.is_some()),
                (8, _) => {}
                _ => assert!(code.is_none()),
            }
        }
    }
}

#[test]
fn every_code_of_the_code_book_occurs_and_no_other() {
    let rows = rows(&Spec { psus_per_stratum: 40, ..Spec::default() });
    for variable in inclusion_synth::code_book() {
        if variable.values.is_empty() || variable.name == "age" {
            continue;
        }
        let seen: BTreeSet<i64> =
            codes(&rows, variable.name).into_iter().flatten().map(i64::from).collect();
        let named: BTreeSet<i64> = variable.values.iter().map(|(code, _)| *code).collect();
        assert_eq!(seen, named, "{}", variable.name);
    }
    let ages: BTreeSet<i16> = codes(&rows, "age").into_iter().flatten().collect();
    assert!(ages.iter().all(|age| (10..=95).contains(age) || *age == 999), "{ages:?}");
    assert!(ages.contains(&10) && ages.contains(&90) && ages.contains(&999));
}

#[test]
fn answers_are_missing_rarely_and_for_women_more_often_than_for_men() {
    let rows = rows(&Spec { psus_per_stratum: 40, ..Spec::default() });
    let sex = codes(&rows, "sex");
    let share = |name: &str, of: i16| {
        let answers: Vec<i16> = codes(&rows, name)
            .into_iter()
            .zip(&sex)
            .filter(|(_, sex)| **sex == Some(of))
            .filter_map(|(code, _)| code)
            .collect();
        let missing = answers.iter().filter(|code| **code == 8 || **code == 9).count();
        missing as f64 / answers.len() as f64
    };
    for name in ["internet_last", "account", "mobile_money"] {
        let (men, women) = (share(name, 1), share(name, 2));
        assert!(0.005 < men && men < women && women < 0.03, "{name}: {men} {women}");
    }
    let unstated = sex.iter().filter(|sex| **sex == Some(9)).count() as f64 / sex.len() as f64;
    assert!((0.0005..0.0015).contains(&unstated), "{unstated}");
}

#[test]
fn weighted_totals_estimate_the_population_without_bias() {
    let draws = 200;
    let truth = truth(&small()).unwrap();
    let domain = Domain { area: Some(2), sex: Some(2), ..Domain::default() };
    let persons = truth.persons(&Domain::default()) as f64;
    let online = truth.number("HH7", &domain).unwrap() as f64;
    let mut totals = Vec::new();
    for draw in 0..draws {
        let rows = rows(&Spec { draw, ..small() });
        let (weight, sex, area) = (weights(&rows), codes(&rows, "sex"), codes(&rows, "area"));
        let last = codes(&rows, "internet_last");
        let hits = (0..weight.len())
            .filter(|&i| sex[i] == Some(2) && area[i] == Some(2) && last[i] == Some(1))
            .map(|i| weight[i])
            .sum::<f64>();
        // 0.1 % have no sex recorded, and 1.2 % of the women no answer.
        totals.push((weight.iter().sum::<f64>() / persons, hits / online / 0.999 / 0.988));
    }
    for (name, values) in [
        ("persons", totals.iter().map(|t| t.0).collect::<Vec<_>>()),
        ("rural women online", totals.iter().map(|t| t.1).collect()),
    ] {
        let n = f64::from(draws);
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        assert!((mean - 1.0).abs() < 3.5 * sd / n.sqrt(), "{name}: mean {mean}, sd {sd}");
    }
}

#[test]
fn women_are_behind_where_people_are_rural_poor_or_old_and_not_among_the_young_in_towns() {
    let truth = truth(&small()).unwrap();
    let all = Domain::default();
    let gap = |domain| truth.gap("HH7", &domain).unwrap();
    assert!(gap(Domain { area: Some(2), ..all }) > gap(Domain { area: Some(1), ..all }) + 0.02);
    assert!(gap(Domain { wealth_quintile: Some(1), ..all }) > 0.05);
    let town = |age| Domain { area: Some(1), age_group: Some(age), ..all };
    assert!(gap(town(1)).abs() < 0.03);
    assert!(gap(town(3)) > 0.08);
}

#[test]
fn parts_of_the_population_add_up() {
    let truth = truth(&small()).unwrap();
    let all = Domain::default();
    let number = |domain| truth.number("HH18", &domain).unwrap();
    let by_sex: u64 = (1..=2).map(|sex| number(Domain { sex: Some(sex), ..all })).sum();
    let by_age: u64 = (0..4).map(|age| number(Domain { age_group: Some(age), ..all })).sum();
    let by_region: u64 = (1..=6).map(|r| number(Domain { region: Some(r), ..all })).sum();
    assert_eq!([by_sex, by_age, by_region], [number(all); 3]);
    assert_eq!(truth.share("HH6", &Domain { sex: Some(2), ..all }), None, "households have no sex");
    assert_eq!(truth.share("no such item", &all), None);
}

#[test]
fn the_truth_depends_on_the_seed_and_not_on_the_sample() {
    let first = truth(&small()).unwrap();
    assert_eq!(first, truth(&Spec { draw: 9, psus_per_stratum: 3, ..small() }).unwrap());
    assert_ne!(first, truth(&Spec { seed: 9, ..small() }).unwrap());
}

#[test]
fn a_survey_of_a_wanted_number_of_rows_has_about_as_many() {
    for wanted in [20_000u64, 150_000] {
        let spec = Spec::default().with_rows(wanted);
        let rows: usize = survey(&spec).unwrap().map(|batch| batch.num_rows()).sum();
        assert!((rows as f64 / wanted as f64 - 1.0).abs() < 0.03, "{rows} of {wanted}");
    }
}

#[test]
fn batches_stay_small_however_large_the_survey() {
    let spec = Spec::default().with_rows(200_000);
    let sizes: Vec<usize> = survey(&spec).unwrap().map(|batch| batch.num_rows()).collect();
    assert!(sizes.len() >= 3 && sizes.iter().all(|rows| *rows < 51_000), "{sizes:?}");
}

#[test]
fn a_specification_that_cannot_be_drawn_names_field_value_and_need() {
    let message = |spec: Spec| match survey(&spec) {
        Err(error @ Error::Spec { .. }) => error.to_string(),
        _ => panic!("{spec:?} was accepted"),
    };
    assert_eq!(
        message(Spec { strata: 3, ..Spec::default() }),
        "synthetic survey: `strata` is 3; it must be 12 to 100000 (six regions, urban and rural)"
    );
    assert_eq!(
        message(Spec { psus_per_stratum: 100, ..Spec::default() }),
        "synthetic survey: `population_psus` is 250; it must be 500 or more (five times psus_per_stratum)"
    );
}

#[test]
fn an_interrupted_or_impossible_write_leaves_no_file() {
    let folder = std::env::temp_dir().join(format!("inclusion-synth-{}", std::process::id()));
    let path = folder.join("missing").join("survey.csv");
    let error = write_csv(&small(), &path).unwrap_err().to_string();
    assert!(error.starts_with("cannot write ") && error.contains("survey.csv"), "{error}");
    let error = write_parquet(&Spec { strata: 1, ..small() }, &path).unwrap_err();
    assert!(matches!(error, Error::Spec { .. }));
    assert!(!folder.exists());
}
