//! Replicate weights, made and supplied.

use super::*;

#[test]
fn a_made_jackknife_is_near_the_linear_variance_and_has_its_degrees_of_freedom() {
    let people: Vec<Person> = (0..240)
        .map(|i| Person {
            sex: i16::from(i % 5 < 2),
            ..person(i / 60, i / 10, 1.0 + (i % 7) as f64, i16::from(i * i % 11 < 5))
        })
        .collect();
    let plan = plan(vec![users()], &[(&[], &["sex"])]);
    let rows = batch(&people, FULL);
    let linear = run_units(&plan, &rows, &[], &Options::default()).unwrap();
    let replicated = run_units(&plan, &rows, &[], &made(MadeMethod::Jackknife)).unwrap();
    // Its definition: without each PSU in turn, the others of its stratum times n/(n − 1).
    let share = |inside: &dyn Fn(&Person) -> bool, out: Option<i64>| {
        let stratum = out.map(|psu| psu / 6);
        let weight = |p: &Person| match (out == Some(p.psu), stratum == Some(p.stratum)) {
            (true, _) => 0.0,
            (false, true) => p.weight * 6.0 / 5.0,
            (false, false) => p.weight,
        };
        let own = || people.iter().filter(|p| inside(p));
        let users: f64 = own().filter(|p| p.uses == 1).map(weight).sum();
        users / own().map(weight).sum::<f64>()
    };
    let by_hand = |inside: &dyn Fn(&Person) -> bool| -> f64 {
        let whole = share(inside, None);
        let squares = (0..24).map(|psu| (share(inside, Some(psu)) - whole).powi(2));
        (5.0 / 6.0 * squares.sum::<f64>()).sqrt()
    };
    for estimate in all(&replicated) {
        let sex = estimate.key.breakdown.get("sex").map(|code| i16::from(code != "F"));
        let wanted = by_hand(&|p| sex.is_none_or(|sex| p.sex == sex));
        assert!(
            (figure(estimate).se().unwrap() / wanted - 1.0).abs() < 1e-12,
            "{:?}",
            estimate.key
        );
    }
    for (a, b) in all(&linear).zip(all(&replicated)) {
        let (f, g) = (figure(a), figure(b));
        assert!(near(f.point(), g.point(), 1.0));
        assert!((f.se().unwrap() / g.se().unwrap() - 1.0).abs() < 0.02);
        assert_eq!((f.df, g.df), (Some(20.0), Some(20.0)));
    }
}

#[test]
fn a_replicate_weight_beyond_all_bounds_is_refused() {
    let people: Vec<Person> = (0..8).map(|i| person(1, i, 1.0, (i % 2) as i16)).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let columns = |worst: f64| {
        let one = |r: usize| (0..8).map(|i| if (r, i) == (2, 5) { worst } else { 1.5 }).collect();
        with(&batch(&people, NONE), (1..=4).map(|r| (format!("_replicate_{r}"), one(r))).collect())
    };
    let own = Replicates::Columns(ReplicateColumns::new(ReplicateKind::SuccessiveDifference));
    let options = Options { replicates: Some(own), ..Options::default() };
    for worst in [1e300, -1e14, f64::INFINITY, f64::NAN] {
        let error = run_units(&plan, &columns(worst), &[], &options).unwrap_err().to_string();
        assert!(error.starts_with("column `_replicate_2`: holds "), "{error}");
        assert!(error.contains("not beyond 2^40"), "{error}");
    }
    // Those of successive differences may be below 0.
    let results = run_units(&plan, &columns(-3.0), &[], &options).unwrap();
    assert!(figure(&results.groups[0].total).se().unwrap() > 0.0);
}

#[test]
fn factors_and_weights_are_the_same_replicates() {
    let people: Vec<Person> = (0..60)
        .map(|i| person(i / 20, i / 5, 2.0 + (i % 7) as f64, i16::from(i % 3 == 0)))
        .collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let replicates = |combined: bool| {
        let columns = (1..=8i64).map(|r| {
            let factor = |p: &Person| if (p.psu * r) % 3 == 0 { 0.0 } else { 1.5 };
            let value = |p: &Person| if combined { p.weight * factor(p) } else { factor(p) };
            (format!("_replicate_{r}"), people.iter().map(value).collect())
        });
        let rows = with(&batch(&people, NONE), columns.collect());
        let own = ReplicateColumns {
            combined,
            mse: true,
            ..ReplicateColumns::new(ReplicateKind::Bootstrap)
        };
        let options = Options { replicates: Some(Replicates::Columns(own)), ..Options::default() };
        run_units(&plan, &rows, &[], &options).unwrap()
    };
    let (one, two) = (replicates(true), replicates(false));
    assert_eq!(bits(&one), bits(&two));
    assert!(one.diagnostics.iter().all(|d| d.code != "clustering_not_included"));
    assert!(figure(&one.groups[0].total).se().unwrap() > 0.0);
}

#[test]
fn replicates_without_rows_of_a_group_are_left_out_and_noted() {
    let mut people: Vec<Person> = (0..12).map(|i| person(1, i, 1.0, (i % 2) as i16)).collect();
    people[0].area = 1;
    let columns = (0..12).map(|r| {
        (
            format!("_replicate_{}", r + 1),
            (0..12).map(|i| if i == r { 0.0 } else { 12.0 / 11.0 }).collect(),
        )
    });
    let rows = with(&batch(&people, NONE), columns.collect());
    let plan = plan(vec![users()], &[(&["area"], &[])]);
    let results = run_units(&plan, &rows, &[], &columns_of(ReplicateKind::Jk1)).unwrap();
    let rural = results.groups.iter().find(|g| g.breakdown["area"] == "rural").unwrap();
    let note = rural.total.diagnostics.iter().find(|d| d.code == "replicates_dropped").unwrap();
    assert_eq!((note.count, figure(&rural.total).df), (1, Some(0.0)));
    // The others all have the same value: a standard error of 0 that tells nothing.
    assert!(rural.total.diagnostics.iter().any(|d| d.code == inclusion_survey::ONE_ROW));
}

#[test]
fn a_group_without_rows_in_any_replicate_has_a_value_and_a_reason_for_no_standard_error() {
    let mut people: Vec<Person> = (0..12).map(|i| person(1, i, 1.0, (i % 2) as i16)).collect();
    people[..3].iter_mut().for_each(|person| person.area = 1);
    let columns = (0..12).map(|r| {
        let weight = |i| if i < 3 || i == r { 0.0 } else { 12.0 / 8.0 };
        (format!("_replicate_{}", r + 1), (0..12).map(weight).collect())
    });
    let rows = with(&batch(&people, NONE), columns.collect());
    let mut total = users();
    total.indicator.id = "all".to_string();
    total.indicator.statistic = inclusion_registry::Statistic::Total;
    let plan = plan(vec![users(), total], &[(&["area"], &[])]);
    let options = columns_of(ReplicateKind::Jk1);
    let streamed = run_units(&plan, &rows, &[], &options).unwrap();
    for results in [streamed, in_memory(&plan, &rows, &options).unwrap()] {
        let rural = results
            .groups
            .iter()
            .filter(|g| g.breakdown.get("area").is_some_and(|a| *a == "rural"));
        let rural: Vec<_> = rural.collect();
        assert_eq!(rural.len(), 2);
        for group in rural {
            let figure = figure(&group.total);
            assert!(figure.point() > 0.0 && figure.se().is_none() && figure.interval.is_none());
            let codes: Vec<&str> =
                group.total.diagnostics.iter().map(|d| d.code.as_str()).collect();
            assert_eq!(codes, ["no_replicates"]);
        }
    }
}

#[test]
fn what_replicates_and_calibration_lack_is_said() {
    let people: Vec<Person> = (0..8).map(|i| person(1 + i / 4, 1 + i / 2, 1.0, 1)).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let rows = batch(&people, FULL);
    let error = |options: &Options| run_units(&plan, &rows, &[], options).unwrap_err().to_string();
    assert!(error(&columns_of(ReplicateKind::Brr)).contains("the rows have 0 replicate weights"));
    let with_cells = |margin: Margin| {
        error(&Options {
            calibration: vec![Calibration::Poststratify(margin)],
            ..Options::default()
        })
    };
    let lacking = with_cells(margin("sex", &[("M", 10.0)]));
    assert!(
        lacking.contains("8 rows are in no cell of sex that has a total (the first has F)"),
        "{lacking}"
    );
    let empty = with_cells(margin("sex", &[("F", 10.0), ("M", 10.0)]));
    assert!(empty.contains("M has a total but no weight"), "{empty}");
    assert!(with_cells(margin("sex", &[("X", 10.0)])).contains("has no code `X`"));
    assert!(with_cells(margin("region", &[("X", 10.0)])).contains("needs the category `region`"));
    let three: Vec<Person> = (0..9).map(|i| person(1, i / 3, 1.0, 1)).collect();
    let unbalanced = run(&plan, &three, FULL, &made(MadeMethod::Balanced { rho: 0.0 }));
    assert!(
        unbalanced
            .unwrap_err()
            .to_string()
            .contains("two PSUs in every stratum, but stratum 1 has 3")
    );
}
