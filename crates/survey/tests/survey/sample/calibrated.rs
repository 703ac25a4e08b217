//! What a calibration or a design leaves to be said, and cells of several categories.

use super::*;
use inclusion_estimate::Absence;

fn linear(targets: Vec<(Auxiliary, f64)>, distance: Distance) -> Options {
    let totals = CalibrateTotals { targets, distance };
    Options { calibration: vec![Calibration::Totals(totals)], ..Options::default() }
}

/// 24 persons of two strata; the last of each PSU works long.
fn hours() -> Vec<Person> {
    (0..24)
        .map(|i| Person {
            hours: Some(if i % 6 == 5 { 60.0 } else { 1.0 }),
            area: i16::from(i % 6 > 3),
            sex: i16::from(i % 2 == 0),
            ..person(i / 12, i / 6, 1.0, i16::from(i % 6 == 5))
        })
        .collect()
}

fn noted<'a>(results: &'a Results, code: &str) -> Option<&'a inclusion_estimate::Diagnostic> {
    results.diagnostics.iter().find(|d| d.code == code)
}

#[test]
fn negative_weights_are_counted_and_a_share_outside_its_scale_has_a_reason() {
    let people = hours();
    let rows = batch(&people, FULL);
    let total = indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }");
    let plan = plan(vec![users(), total], &[(&["area"], &["sex"])]);
    // As many persons, but hardly any hours: who works long gets a weight below 0.
    let targets =
        |hours: f64| vec![(Auxiliary::Constant, 24.0), (Auxiliary::Number("hours".into()), hours)];
    let results = run_units(&plan, &rows, &[], &linear(targets(20.0), Distance::Linear)).unwrap();
    // By hand: g = 1 + λ₁ + λ₂ h with Σ g = 24 and Σ g h = 20; four of the 24 have 60 hours.
    // 20 (1 + a) + 4 (1 + b) = 24 and 20 (1 + a) + 240 (1 + b) = 20: 236 (1 + b) = −4.
    let factor = -4.0 / 236.0;
    let note = noted(&results, "negative_weights").unwrap();
    assert_eq!(note.count, 4);
    let said = format!(
        "4 rows have a negative weight after linear calibration (the smallest factor of a weight is {:.7})",
        factor
    );
    assert!(note.message.starts_with(&said), "{} {said}", note.message);
    assert!(note.message.contains("`bounded_linear`"));
    let of = |id: &str, area: &str| {
        let own = results.groups.iter().find(|g| g.indicator == id && g.breakdown["area"] == area);
        own.unwrap()
    };
    // Rural are the fifth and the sixth of each PSU: a share of b/(a + b) below 0.
    let rural = of("users", "rural");
    assert_eq!(rural.total.outcome, Outcome::Absent(Absence::NegativeWeights));
    assert_eq!(of("people", "rural").total.outcome, Outcome::Absent(Absence::NegativeWeights));
    // All rural women are those of negative weight.
    assert_eq!(rural.members[0].outcome, Outcome::Absent(Absence::NegativeWeights));
    assert_eq!(figure(&rural.members[1]).point(), 0.0);
    assert_eq!(figure(&of("users", "urban").total).point(), 0.0);
    // Without negative weights nothing is said, and all is there.
    let bounded = Distance::BoundedLinear { lower: 0.01, upper: 3.0 };
    for options in [
        linear(targets(250.0), Distance::Linear),
        linear(targets(100.0), Distance::Raking),
        linear(targets(100.0), bounded),
    ] {
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        assert_eq!(noted(&results, "negative_weights"), None);
        assert!(all(&results).all(|e| e.outcome != Outcome::Absent(Absence::NegativeWeights)));
    }
}

#[test]
fn a_group_without_rows_has_a_reason_under_every_calibration() {
    let people: Vec<Person> =
        (0..24).map(|i| person(i / 12, i / 4, 1.0, i16::from(i % 3 == 0))).collect();
    let rows = batch(&people, FULL);
    let plan = plan(vec![users()], &[(&["area"], &[])]);
    let whole = Margin { by: vec!["sex".into()], totals: vec![(vec!["F".into()], 30.0)] };
    let size =
        CalibrateTotals { targets: vec![(Auxiliary::Constant, 30.0)], distance: Distance::Linear };
    for step in [
        Calibration::Poststratify(whole.clone()),
        Calibration::Rake(vec![whole]),
        Calibration::Totals(size),
    ] {
        let options = Options { calibration: vec![step], ..Options::default() };
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        let of = |area: &str| {
            let own = results.groups.iter().find(|g| g.breakdown["area"] == area);
            own.unwrap().total.outcome.clone()
        };
        assert_eq!(of("rural"), Outcome::Absent(Absence::NoCases));
        assert!((of("urban").figure().unwrap().point() - 1.0 / 3.0).abs() < 1e-12);
    }
}

#[test]
fn a_mean_outside_the_values_of_its_rows_has_a_reason() {
    let people = hours();
    let rows = batch(&people, FULL);
    let mean = indicator("mean", "statistic = 'mean'\nvalue = 'hours'");
    let plan = plan(vec![mean], &[(&["area"], &[])]);
    let targets = vec![(Auxiliary::Constant, 24.0), (Auxiliary::Number("hours".into()), 20.0)];
    let results = run_units(&plan, &rows, &[], &linear(targets, Distance::Linear)).unwrap();
    let of = |area: &str| {
        let own = results.groups.iter().find(|g| g.breakdown["area"] == area);
        own.unwrap().total.outcome.clone()
    };
    // Rural rows have 1 and 60 hours and the weights a and b < 0: a mean below 1.
    let (a, b) = ((24.0 + 16.0 / 236.0) / 20.0, -4.0 / 236.0);
    assert!((a + 60.0 * b) / (a + b) < 1.0 && a + b > 0.0);
    assert_eq!(of("rural"), Outcome::Absent(Absence::NegativeWeights));
    // All urban rows have 1 hour.
    assert!((of("urban").figure().unwrap().point() - 1.0).abs() < 1e-12);
}

#[test]
fn totals_counts_and_ratios_off_their_scale_have_a_reason() {
    let people = hours();
    let rows = batch(&people, FULL);
    let indicators = vec![
        indicator("sum", "statistic = 'total'\nvalue = 'hours'"),
        indicator("people", "statistic = 'total'\nnumerator = { uses = ['no'] }"),
        indicator("ratio", "statistic = 'ratio'\nvalue = 'hours'\ndenominator = 'hours'"),
    ];
    let plan = plan(indicators, &[(&["area"], &[])]);
    // As many persons, and fewer hours than those would have who do not work long.
    let targets = vec![(Auxiliary::Constant, 24.0), (Auxiliary::Number("hours".into()), -120.0)];
    let results = run_units(&plan, &rows, &[], &linear(targets, Distance::Linear)).unwrap();
    // 20a + 4b = 24 and 20a + 240b = −120: b = −144/236.
    let b = -144.0 / 236.0;
    let a = (24.0 - 4.0 * b) / 20.0;
    let of = |id: &str, area: &str| {
        let own = results.groups.iter().find(|g| g.indicator == id && g.breakdown["area"] == area);
        own.unwrap().total.outcome.clone()
    };
    let off = Outcome::Absent(Absence::NegativeWeights);
    // Rural: four of 1 hour and a, four of 60 hours and b.
    assert!(4.0 * a + 240.0 * b < 0.0 && 4.0 * (a + b) > 0.0);
    assert_eq!(of("sum", "rural"), off);
    // 4a persons of a group of 4a + 4b.
    assert_eq!(of("people", "rural"), off);
    // Over itself: 1 whatever the weights are.
    assert!((of("ratio", "rural").figure().unwrap().point() - 1.0).abs() < 1e-12);
    for id in ["sum", "people"] {
        assert!((of(id, "urban").figure().unwrap().point() - 16.0 * a).abs() < 1e-12, "{id}");
    }
}

#[test]
fn what_a_calibration_fixes_has_no_interval_and_says_so() {
    let people: Vec<Person> = (0..60)
        .map(|i| Person {
            sex: i16::from(i % 5 < 2),
            ..person(i / 30, i / 3, 1.0 + (i % 7) as f64, i16::from(i * i % 11 < 5))
        })
        .collect();
    let rows = batch(&people, FULL);
    let counted = indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes', 'no'] }");
    let nobody = indicator("nobody", "statistic = 'total'\nnumerator = { area = ['rural'] }");
    let plan = plan(vec![users(), counted, nobody], &[(&[], &["sex"])]);
    let margin = Margin {
        by: vec!["sex".into()],
        totals: vec![(vec!["F".into()], 200.0), (vec!["M".into()], 100.0)],
    };
    let step = vec![Calibration::Poststratify(margin)];
    for (options, code, df) in [
        (Options { calibration: step.clone(), ..Options::default() }, "fixed_by_calibration", 18.0),
        // 20 replicates of linearly independent weights.
        (
            Options { calibration: step.clone(), ..made(MadeMethod::Jackknife) },
            "replicates_do_not_differ",
            19.0,
        ),
    ] {
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        let of = |id: &str| results.groups.iter().find(|g| g.indicator == id).unwrap();
        for (end, total) in [(&of("people").members[0], 200.0), (&of("people").total, 300.0)] {
            let figure = figure(end);
            assert!((figure.point() / total - 1.0).abs() < 1e-12);
            assert_eq!((figure.se(), figure.interval, figure.deff), (Some(0.0), None, None));
            assert!(end.diagnostics.iter().any(|d| d.code == code), "{:?}", end.diagnostics);
        }
        // Nobody is nobody whatever the weights are: no calibration fixes that.
        let nobody = &of("nobody").total;
        assert_eq!((figure(nobody).point(), figure(nobody).se()), (0.0, Some(0.0)));
        assert!(nobody.diagnostics.iter().all(|d| d.code != "fixed_by_calibration"));
        let users = figure(&of("users").total);
        assert!(users.se().unwrap() > 0.01 && users.interval.is_some());
        assert_eq!(users.df, Some(df));
    }
}

#[test]
fn cells_of_two_categories_are_one_margin_for_every_method() {
    let people: Vec<Person> = (0..48)
        .map(|i| Person {
            area: i16::from(i % 3 == 0),
            sex: i16::from(i % 2 == 0),
            ..person(i / 24, i / 6, 1.0 + (i % 5) as f64, i16::from(i % 7 < 3))
        })
        .collect();
    let plan = plan(vec![users()], &[(&["area"], &["sex"])]);
    let rows = batch(&people, FULL);
    let cells =
        [("F", "urban", 70.0), ("F", "rural", 20.0), ("M", "urban", 60.0), ("M", "rural", 40.0)];
    let by = || vec!["sex".to_string(), "area".to_string()];
    let codes = |sex: &str, area: &str| vec![sex.to_string(), area.to_string()];
    let totals = cells.map(|(sex, area, total)| (codes(sex, area), total));
    let whole = Margin { by: by(), totals: totals.to_vec() };
    let known = Options {
        calibration: vec![Calibration::Poststratify(whole.clone())],
        ..Options::default()
    };
    let known = run_units(&plan, &rows, &[], &known).unwrap();
    let targets: Vec<_> = totals
        .into_iter()
        .map(|(codes, total)| (Auxiliary::Cell { by: by(), codes }, total))
        .collect();
    let raked = Options { calibration: vec![Calibration::Rake(vec![whole])], ..Options::default() };
    // Cells that everybody is in: linear, multiplicative and raked weights are the post-stratified ones.
    for (options, variance) in [
        (linear(targets.clone(), Distance::Linear), true),
        (linear(targets, Distance::Raking), true),
        (raked, false),
    ] {
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        for (a, b) in all(&known).zip(all(&results)) {
            let (f, g) = (figure(a), figure(b));
            assert!((f.point() - g.point()).abs() < 1e-12, "{:?}", a.key);
            let (s, t) = (f.se().unwrap(), g.se().unwrap());
            // Raking takes no weights for its regression.
            assert!(!variance || (s - t).abs() < 1e-12, "{:?} {s} {t}", a.key);
        }
    }
    let lacking = (Auxiliary::Cell { by: by(), codes: codes("F", "sea") }, 1.0);
    let error = run_units(&plan, &rows, &[], &linear(vec![lacking], Distance::Linear)).unwrap_err();
    assert!(error.to_string().contains("concept `area` has no code `sea`"), "{error}");
}

#[test]
fn replicates_that_are_made_say_that_they_leave_later_stages_out() {
    let people: Vec<Person> =
        (0..24).map(|i| person(i / 12, i / 4, 1.0, i16::from(i % 3 == 0))).collect();
    let rows = |later: bool| {
        let mut columns = vec![("_fpc".to_string(), vec![10.0; 24])];
        if later {
            columns.push(("_fpc_2".to_string(), vec![8.0; 24]));
        }
        with(&batch(&people, FULL), columns)
    };
    let plan = plan(vec![users()], &[(&[], &[])]);
    let code = "later_stages_left_out";
    for method in [MadeMethod::Jackknife, MadeMethod::Bootstrap { replicates: 9, seed: 1 }] {
        let results = |later| run_units(&plan, &rows(later), &[], &made(method)).unwrap();
        assert!(
            noted(&results(true), code).is_some_and(|d| d.message.contains("first stage only"))
        );
        assert_eq!(noted(&results(false), code), None);
        // The figures are those of the first stage.
        let se = |results: &Results| figure(&results.groups[0].total).se();
        assert_eq!(se(&results(true)), se(&results(false)));
    }
    let linear = run_units(&plan, &rows(true), &[], &Options::default()).unwrap();
    assert_eq!(noted(&linear, code), None);
}

#[test]
fn a_finite_population_of_one_is_a_fraction_and_said_to_be_one() {
    let people: Vec<Person> =
        (0..16).map(|i| person(i / 8, i / 2, 1.0, i16::from(i % 3 == 0))).collect();
    let plan = plan(vec![users()], &[(&[], &[])]);
    let of = |first: f64, second: f64| {
        let fpc = people.iter().map(|p| if p.stratum == 0 { first } else { second }).collect();
        let rows = with(&batch(&people, FULL), vec![("_fpc".to_string(), fpc)]);
        let streamed = run_units(&plan, &rows, &[], &Options::default()).unwrap();
        same_figures(&streamed, &in_memory(&plan, &rows, &Options::default()).unwrap());
        streamed
    };
    let se = |results: &Results| figure(&results.groups[0].total).se().unwrap();
    let all = of(1.0, 1.0);
    assert_eq!((se(&all), noted(&all, "fpc_of_one").unwrap().count), (0.0, 2));
    let one = of(1.0, 0.5);
    assert!(se(&one) > 0.0);
    let note = noted(&one, "fpc_of_one").unwrap();
    assert!(note.message.starts_with("1 stratum has a finite population of exactly 1"));
    assert_eq!(noted(&of(0.25, 0.5), "fpc_of_one"), None);
    // Where others are numbers a one is a number, too: of four units it is too small.
    let fpc = people.iter().map(|p| if p.stratum == 0 { 1.0 } else { 9.0 }).collect();
    let rows = with(&batch(&people, FULL), vec![("_fpc".to_string(), fpc)]);
    let error = run_units(&plan, &rows, &[], &Options::default()).unwrap_err().to_string();
    assert!(error.starts_with("stratum 0: the finite population is 1, but the sample has 4 units"));
}
