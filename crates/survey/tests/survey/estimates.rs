//! Reference values, errors and diagnostics of the estimation.

use crate::support::*;
use inclusion_estimate::{Absence, IntervalMethod, Linearized, Outcome, Uncertainty};
use inclusion_registry::Missing;
use inclusion_survey::{DfRule, Error, LonelyPsu, Options, classify};

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

/// The example of the sampling-error appendix: (weight, y) in clusters a, b and c, d.
fn appendix() -> Vec<Person> {
    [
        (1, 1, 2.0, 1),
        (1, 1, 2.0, 0),
        (1, 2, 1.0, 1),
        (1, 2, 1.0, 1),
        (2, 3, 1.0, 0),
        (2, 3, 3.0, 1),
        (2, 4, 2.0, 0),
        (2, 4, 2.0, 0),
    ]
    .map(|(stratum, psu, weight, y)| person(stratum, psu, weight, y))
    .to_vec()
}

#[test]
fn the_sampling_error_example_has_its_variance_and_deft() {
    let results =
        run(&plan(vec![users()], &[(&[], &[])]), &appendix(), FULL, &Options::default()).unwrap();
    let total = &results.groups[0].total;
    let figure = figure(total);
    let z: [f64; 4] = [0.0, 1.0 / 14.0, 1.0 / 14.0, -2.0 / 14.0];
    let variance = (z[0] - z[1]).powi(2) + (z[2] - z[3]).powi(2);
    assert!(close(figure.point(), 0.5));
    assert!(close(figure.se().unwrap().powi(2), variance));
    assert!((figure.se().unwrap() - 0.225877).abs() < 5e-7);
    assert!((figure.deff.unwrap().sqrt() - 1.2778).abs() < 5e-5);
    assert!((figure.deff.unwrap() - 1.6327).abs() < 5e-5);
    assert!(close(figure.n_effective.unwrap(), 8.0 / figure.deff.unwrap()));
    assert_eq!((total.counts.n, total.counts.psus, total.counts.strata), (8, 4, 2));
    assert_eq!(figure.df, Some(2.0));
}

#[test]
fn where_no_psu_differs_the_standard_error_is_nothing() {
    // A fixed take of three persons in every PSU, at a weight whose multiples must be rounded.
    for weight in [1.0 / 3.0, 55.431338, 1e5 / 7.0] {
        let mut people = Vec::new();
        for psu in 0..40 {
            people.extend([1, 1, 0].map(|uses| person(psu / 8, psu, weight, uses)));
        }
        let counted = indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }");
        let plan = plan(vec![users(), counted], &[(&[], &["sex"]), (&["area"], &["sex"])]);
        // All users, and those of one PSU only, of a stratum with others.
        let alone: Vec<Person> =
            people.iter().map(|p| Person { area: i16::from(p.psu == 3), ..p.clone() }).collect();
        for (people, share_only) in [(&people, false), (&alone, true)] {
            let results = run(&plan, people, FULL, &Options::default()).unwrap();
            let groups = results.groups.iter().filter(|g| !share_only || g.indicator == "users");
            for estimate in groups.flat_map(|g| g.members.iter().chain([&g.total])) {
                let Some(figure) = estimate.outcome.figure() else { continue };
                assert!(figure.se().unwrap() <= 1e-15 * figure.point(), "{figure:?}");
            }
        }
    }
}

#[test]
fn without_a_design_the_effect_is_that_of_the_weights() {
    let people = [1.0, 1.0, 2.0, 4.0].map(|w| person(0, 0, w, i16::from(w > 1.5)));
    let results =
        run(&plan(vec![users()], &[(&[], &[])]), &people, NONE, &Options::default()).unwrap();
    let figure = figure(&results.groups[0].total);
    assert_eq!(figure.deff, Some(1.375));
    assert!((figure.n_effective.unwrap() - 2.909).abs() < 5e-4);
    assert!(results.diagnostics.iter().any(|d| d.code == "clustering_not_included"));
}

#[test]
fn women_and_men_of_the_same_psus_are_correlated() {
    // Two estimates with variances 1.2² and 1.1² and covariance 0.5, in points.
    let frame = inclusion_estimate::Frame::new("s", "g");
    let (women, men) = (1.2, 1.1);
    let cov: f64 = 0.5;
    let first = cov / women;
    let f = Linearized::new(62.0, frame.clone(), vec![women, 0.0]);
    let m = Linearized::new(70.0, frame, vec![first, (men * men - first * first).sqrt()]);
    let gap = Linearized::combine(8.0, [(1.0, &m), (-1.0, &f)]).unwrap();
    assert!((gap.se() - 1.285).abs() < 5e-4);
    let apart = Linearized::combine(
        8.0,
        [
            (1.0, &Linearized::new(70.0, inclusion_estimate::Frame::new("a", "g"), vec![men])),
            (-1.0, &Linearized::new(62.0, inclusion_estimate::Frame::new("b", "g"), vec![women])),
        ],
    );
    assert!((apart.unwrap().se() - 1.628).abs() < 5e-4);
}

#[test]
fn members_carry_the_covariance_of_a_gap() {
    // The gap as one linearised value must agree with one computed from PSU scores by hand.
    let mut people = appendix();
    for (i, p) in people.iter_mut().enumerate() {
        p.sex = (i % 2) as i16;
    }
    let results =
        run(&plan(vec![users()], &[(&[], &["sex"])]), &people, FULL, &Options::default()).unwrap();
    let group = &results.groups[0];
    let value = |i: usize| match &figure(&group.members[i]).value {
        Uncertainty::Linearized(l) => l.clone(),
        other => panic!("{other:?}"),
    };
    let (f, m) = (value(0), value(1));
    let gap = Linearized::combine(m.value() - f.value(), [(1.0, &m), (-1.0, &f)]).unwrap();
    let sums = |sex: i16| {
        let own = people.iter().filter(|p| p.sex == sex);
        own.fold((0.0, 0.0), |(y, x), p| (y + p.weight * f64::from(p.uses), x + p.weight))
    };
    let mut z = [0.0; 4];
    for p in &people {
        let (y, x) = sums(p.sex);
        let sign = if p.sex == 1 { 1.0 } else { -1.0 };
        z[p.psu as usize - 1] += sign * p.weight * (f64::from(p.uses) - y / x) / x;
    }
    let by_hand = (z[0] - z[1]).powi(2) + (z[2] - z[3]).powi(2);
    assert!(close(gap.variance(), by_hand), "{} {by_hand}", gap.variance());
    assert_eq!(group.union_df, Some(2.0));
}

#[test]
fn psu_numbers_that_start_again_in_each_stratum_are_an_error_unless_nested() {
    let people: Vec<Person> =
        (0..12).map(|i| person(1 + i / 4, 1 + i / 2 % 2, 1.0, (i % 2) as i16)).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let error = run(&plan, &people, FULL, &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "PSU 1 occurs in strata 1, 2, 3; set nest = true if PSU numbers start again in every stratum (PSU ids concerned: 2)"
    );
    let nested = Options { nest: true, ..Options::default() };
    assert_eq!(run(&plan, &people, FULL, &nested).unwrap().groups[0].total.counts.psus, 6);
}

#[test]
fn a_single_psu_stops_the_run_and_names_its_stratum() {
    let mut people = appendix();
    people.push(person(7, 9, 1.0, 1));
    let plan = plan(vec![users()], &[(&[], &[])]);
    let error = run(&plan, &people, FULL, &Options::default()).unwrap_err().to_string();
    assert!(
        error.contains("stratum 7 has only one PSU") && error.contains("\"adjust\""),
        "{error}"
    );
    let options = Options { lonely_psu: LonelyPsu::Adjust, ..Options::default() };
    let results = run(&plan, &people, FULL, &options).unwrap();
    let note = results.diagnostics.iter().find(|d| d.code == "lonely_psu_adjusted").unwrap();
    assert_eq!(note.count, 1);
}

#[test]
fn average_without_another_stratum_has_no_standard_error() {
    let people = [person(1, 1, 1.0, 1), person(1, 1, 1.0, 0)];
    let options = Options { lonely_psu: LonelyPsu::Average, ..Options::default() };
    let results = run(&plan(vec![users()], &[(&[], &[])]), &people, FULL, &options).unwrap();
    let total = &results.groups[0].total;
    assert_eq!(figure(total).value, Uncertainty::Unknown { value: 0.5 });
    assert!(total.diagnostics.iter().any(|d| d.code == "no_variance"));
}

#[test]
fn a_population_smaller_than_the_sample_is_an_error() {
    let people = appendix();
    let with_fpc = |values: Vec<f64>| {
        let rows = batch(&people, FULL);
        let mut columns: Vec<(String, arrow::array::ArrayRef)> = rows
            .schema()
            .fields()
            .iter()
            .zip(rows.columns())
            .map(|(f, c)| (f.name().clone(), c.clone()))
            .collect();
        columns.push((
            "_fpc".to_string(),
            std::sync::Arc::new(arrow::array::Float64Array::from(values)),
        ));
        arrow::array::RecordBatch::try_from_iter(columns).unwrap()
    };
    let plan = plan(vec![users()], &[(&[], &[])]);
    let fpc = |first: f64, second: f64| {
        let rows =
            with_fpc(people.iter().map(|p| if p.stratum == 1 { first } else { second }).collect());
        run_units(&plan, &rows, &[], &Options::default())
    };
    let error = fpc(10.0, 1.5).unwrap_err().to_string();
    assert!(
        error.starts_with("stratum 2: the finite population is 1.5, but the sample has 2 units"),
        "{error}"
    );
    assert!(matches!(fpc(10.0, 0.5), Err(Error::Fpc { .. })));
    assert!(matches!(fpc(10.0, -1.0), Err(Error::Fpc { .. })));
    let se = |r: Result<inclusion_survey::Results, Error>| {
        figure(&r.unwrap().groups[0].total).se().unwrap()
    };
    assert!(close(se(fpc(4.0, 4.0)), se(fpc(0.5, 0.5))));
    assert_eq!(se(fpc(2.0, 2.0)), 0.0);
    // One stratum with two values.
    let rows = with_fpc((0..8).map(|i| 10.0 + f64::from(i)).collect());
    let error = run_units(&plan, &rows, &[], &Options::default()).unwrap_err().to_string();
    assert!(error.contains("differs from that of other rows of the stratum"), "{error}");
}

#[test]
fn a_domain_without_rows_is_absent_and_not_zero() {
    let people = appendix();
    let results =
        run(&plan(vec![users()], &[(&["area"], &["sex"])]), &people, FULL, &Options::default())
            .unwrap();
    let rural = results.groups.iter().find(|g| g.breakdown["area"] == "rural").unwrap();
    assert_eq!(rural.total.outcome, Outcome::Absent(Absence::NoCases));
    assert_eq!(rural.members.len(), 2);
    assert!(rural.members.iter().all(|m| m.outcome == Outcome::Absent(Absence::NoCases)));
}

#[test]
fn unstated_sex_stays_in_the_total_and_is_no_member() {
    let mut people = appendix();
    people[0].sex = 2;
    people[1].sex = -1;
    people[2].sex = 1;
    let results =
        run(&plan(vec![users()], &[(&[], &["sex"])]), &people, FULL, &Options::default()).unwrap();
    let group = &results.groups[0];
    assert_eq!(group.total.counts.n, 8);
    assert_eq!(group.members.iter().map(|m| m.counts.n).collect::<Vec<_>>(), [5, 1]);
    assert!(close(figure(&group.total).se().unwrap().powi(2), 0.05102040816326531));
    let note = results.diagnostics.iter().find(|d| d.code == "breakdown_not_stated").unwrap();
    assert_eq!(note.count, 2);
}

#[test]
fn each_concept_is_noted_once_and_by_reason() {
    let mut people = appendix();
    people[0].sex = 2;
    people[1].area = -4;
    people[2].area = -4;
    people[3].area = -1;
    let breakdowns: [(&[&str], &[&str]); 3] =
        [(&[], &["sex"]), (&["area"], &["sex"]), (&["area"], &[])];
    let plan = plan(vec![users()], &breakdowns);
    let noted = |people: &[Person]| -> Vec<(String, u64)> {
        let results = run(&plan, people, FULL, &Options::default()).unwrap();
        results.diagnostics.into_iter().map(|d| (d.code.to_string(), d.count)).collect()
    };
    let expected = [
        ("breakdown_not_applicable".to_string(), 2),
        ("breakdown_not_stated".to_string(), 1),
        ("breakdown_not_stated".to_string(), 1),
    ];
    assert_eq!(noted(&people), expected);
    // Rows in another order are read twice, and counted once.
    people.reverse();
    assert_eq!(noted(&people), expected);
}

#[test]
fn weights_of_zero_keep_their_psu_and_nothing_else() {
    let mut people = appendix();
    people.push(person(1, 5, 0.0, 1));
    let results =
        run(&plan(vec![users()], &[(&[], &[])]), &people, FULL, &Options::default()).unwrap();
    let total = &results.groups[0].total;
    assert_eq!((total.counts.n, total.counts.n_rows, total.counts.psus), (8, 9, 4));
    // Stratum 1 has three PSUs now, one of them all zero: 3/2 Σ(z − z̄)².
    let z: [f64; 3] = [0.0, 1.0 / 14.0, 0.0];
    let mean = z.iter().sum::<f64>() / 3.0;
    let first = 1.5 * z.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
    assert!(close(figure(total).se().unwrap().powi(2), first + (3.0f64 / 14.0).powi(2)));
    assert!(results.diagnostics.iter().any(|d| d.code == "zero_weight" && d.count == 1));
    people.iter_mut().for_each(|p| p.weight = 0.0);
    let plan = plan(vec![users()], &[(&[], &[])]);
    assert!(matches!(
        run(&plan, &people, FULL, &Options::default()),
        Err(Error::AllWeightsZero { rows: 9 })
    ));
    people[3].weight = -1.0;
    let error = run(&plan, &people, FULL, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("stratum 1 has weight -1"), "{error}");
}

#[test]
fn a_share_of_one_gets_the_exact_interval_and_a_note() {
    let mut people = appendix();
    people.iter_mut().for_each(|p| p.uses = 1);
    let results =
        run(&plan(vec![users()], &[(&[], &[])]), &people, FULL, &Options::default()).unwrap();
    let total = &results.groups[0].total;
    assert_eq!((figure(total).point(), figure(total).se()), (1.0, Some(0.0)));
    assert!(total.diagnostics.iter().any(|d| d.code == "degenerate_share"));
    assert_eq!(figure(total).interval.unwrap().method, IntervalMethod::Beta);
}

#[test]
fn missing_answers_are_counted_by_reason_and_follow_the_answer_rule() {
    let mut people = appendix();
    people[0].uses = Missing::DontKnow.code();
    people[1].uses = Missing::NotApplicable.code();
    people[2].uses = Missing::Refused.code();
    let strict = indicator(
        "strict",
        "numerator = { uses = ['yes'] }\nanswers = { dont_know = 'no', not_applicable = 'out' }",
    );
    let plan = plan(vec![users(), strict], &[(&[], &[])]);
    let results = run(&plan, &people, FULL, &Options::default()).unwrap();
    let counts =
        |id: &str| results.groups.iter().find(|g| g.indicator == id).unwrap().total.counts.clone();
    let missing = |id: &str| -> Vec<(String, u64)> {
        counts(id).missing.iter().map(|(reason, n)| (reason.into(), *n)).collect()
    };
    assert_eq!(missing("users"), [("dont_know".to_string(), 1), ("refused".to_string(), 1)]);
    assert_eq!(missing("strict"), [("not_applicable".to_string(), 1), ("refused".to_string(), 1)]);
    assert_eq!((counts("users").n, counts("strict").n), (6, 6));
}

#[test]
fn conditions_are_three_valued() {
    let mut people = vec![person(1, 1, 1.0, 1); 4];
    people[0].hours = Some(5.0);
    people[1].uses = Missing::NotStated.code();
    people[2].uses = 0;
    people[3].hours = Some(0.5);
    let rows = batch(&people, FULL);
    let both = indicator("both", "numerator = { uses = ['yes'], hours = { min = 1 } }");
    let any =
        indicator("any", "numerator = { any = [{ uses = ['yes'] }, { hours = { min = 1 } }] }");
    let user =
        indicator("user", "universe = { uses = ['yes'] }\nnumerator = { hours = { min = 1 } }");
    let classes = |planned| {
        let all = classify(&rows, &planned, &concepts()).unwrap();
        all.iter().map(|c| (c.in_base, c.in_numerator, c.missing)).collect::<Vec<_>>()
    };
    let out = (false, false, Some(Missing::NotStated));
    let (yes, no) = ((true, true, None), (true, false, None));
    assert_eq!(classes(both), [yes, out, no, no]);
    assert_eq!(classes(any), [yes, out, out, yes]);
    assert_eq!(classes(user), [yes, out, (false, false, None), no]);
}

#[test]
fn a_mean_of_nearly_equal_numbers_keeps_its_variance() {
    // Years around 2000 with spread 1: without care the squares lose eight digits.
    let mut people = Vec::new();
    for i in 0..40 {
        let mut p = person(i / 20, i / 2, 100.0 + (i * 37 % 11) as f64, 0);
        p.hours = Some(2000.0 + ((i * 29) % 7) as f64 / 3.0);
        people.push(p);
    }
    let mean = indicator("year", "statistic = 'mean'\nvalue = 'hours'");
    let se = |people: &[Person]| {
        let results =
            run(&plan(vec![mean.clone()], &[(&[], &[])]), people, FULL, &Options::default());
        figure(&results.unwrap().groups[0].total).se().unwrap()
    };
    let shifted: Vec<Person> =
        people.iter().map(|p| Person { hours: p.hours.map(|h| h - 2000.0), ..p.clone() }).collect();
    assert!((se(&people) / se(&shifted) - 1.0).abs() < 1e-11);
}

#[test]
fn degrees_of_freedom_follow_the_rule() {
    let people = appendix();
    let df = |rule: DfRule| {
        let options = Options { df: rule, ..Options::default() };
        let by_area = plan(vec![users()], &[(&["area"], &[])]);
        let mut people = people.clone();
        people[4].area = 1;
        people[6].area = 1;
        let results = run(&by_area, &people, FULL, &options).unwrap();
        let rural = results.groups.iter().find(|g| g.breakdown["area"] == "rural").unwrap();
        figure(&rural.total).df
    };
    assert_eq!(df(DfRule::Domain), Some(1.0));
    assert_eq!(df(DfRule::Full), Some(2.0));
    assert_eq!(df(DfRule::Infinite), None);
}

#[test]
fn a_plan_that_cannot_be_carried_out_says_what_to_change() {
    let people = appendix();
    let run = |indicator, by: (&[&str], &[&str])| {
        run(&plan(vec![indicator], &[by]), &people, FULL, &Options::default())
            .unwrap_err()
            .to_string()
    };
    let code = indicator("a", "numerator = { uses = ['maybe'] }");
    assert_eq!(run(code, (&[], &[])), "a: concept `uses` has no code `maybe`");
    assert!(run(users(), (&["hours"], &[])).contains("it is a number; break down by"));
    assert!(run(users(), (&["sex"], &["sex"])).contains("stands in it twice"));
    let mean = indicator("b", "statistic = 'mean'");
    assert_eq!(run(mean, (&[], &[])), "b: a mean needs `value`");
}

#[test]
fn a_weight_too_small_for_exact_sums_is_refused_and_never_rounded_away() {
    let plan = plan(vec![users()], &[(&[], &[])]);
    let with = |weight: f64| {
        let people = [(1, 1), (1, 2)].map(|(stratum, psu)| person(stratum, psu, weight, 1));
        run(&plan, &people, FULL, &Options::default())
    };
    let least = 1.0 / (1u64 << 34) as f64;
    assert!(with(least).is_ok() && with(1e11).is_ok());
    for weight in [least / 2.0, 1e-20, 2e12, -1.0] {
        assert!(matches!(with(weight), Err(Error::Weight { value, .. }) if value == weight));
    }
}
