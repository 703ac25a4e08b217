//! What holds for any rows.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_figures(rows in people(4), lonely in any::<bool>()) {
        let mut rows = rows;
        if lonely {
            rows.push(Person { hours: Some(7.0), ..person(77, 770, 40.0, 1) });
            rows.push(Person { hours: Some(9.0), sex: 1, ..person(78, 780, 50.0, 0) });
        }
        let plan = everything();
        let policies = [LonelyPsu::Remove, LonelyPsu::Certainty, LonelyPsu::Adjust, LonelyPsu::Average];
        for (at, policy) in policies.into_iter().enumerate() {
            for adjust_domain_lonely in [false, true] {
                let df = [DfRule::Domain, DfRule::Full, DfRule::Infinite][at % 3];
                let deff = [Deff::SrsWithReplacement, Deff::Deft2, Deff::SrsWithoutReplacement][at % 3];
                let options = Options { lonely_psu: policy, adjust_domain_lonely, df, deff, ..Options::default() };
                for design in [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }] {
                    let batch = batch(&rows, design);
                    let streamed = run_units(&plan, &batch, &[7], &options).unwrap();
                    same_figures(&streamed, &in_memory(&plan, &batch, &options).unwrap());
                }
                let fpc = vec![("_fpc".to_string(), rows.iter().map(|p| 6.0 + p.stratum as f64).collect())];
                let batch = with(&batch(&rows, FULL), fpc);
                let streamed = run_units(&plan, &batch, &[7], &options).unwrap();
                same_figures(&streamed, &in_memory(&plan, &batch, &options).unwrap());
            }
        }
    }

    #[test]
    fn order_and_split_change_no_bit(
        rows in people(4), sizes in proptest::collection::vec(1..60usize, 0..5), seed in 0..u64::MAX
    ) {
        let plan = everything();
        let other = shuffled(&rows, seed);
        for options in designs() {
            let one = with(&batch(&rows, FULL), further(&rows));
            let two = with(&batch(&other, FULL), further(&other));
            let one = run_units(&plan, &one, &[], &options).unwrap();
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let again = pool.install(|| run_units(&plan, &two, &sizes, &options).unwrap());
                prop_assert_eq!(bits(&one), bits(&again));
            }
        }
    }

    #[test]
    fn replicate_weights_give_the_same_streamed_and_in_memory(
        rows in people(4), sizes in proptest::collection::vec(1..60usize, 0..5), seed in 0..u64::MAX
    ) {
        let mut plan = everything();
        plan.indicators.push(indicator("ratio", "statistic = 'ratio'\nvalue = 'hours'\ndenominator = 'hours'"));
        plan.indicators.push(indicator("women", "universe = { sex = ['F'] }\nnumerator = { uses = ['yes'] }"));
        let other = shuffled(&rows, seed);
        let kinds = [
            ReplicateColumns { rho: 0.3, mse: true, ..ReplicateColumns::new(ReplicateKind::Fay) },
            ReplicateColumns { combined: false, ..ReplicateColumns::new(ReplicateKind::Bootstrap) },
            ReplicateColumns {
                rscales: vec![0.5, 0.25, 0.0, 1.0, 0.5],
                ..ReplicateColumns::new(ReplicateKind::Jkn)
            },
        ];
        // Factors of a PSU, some of them 0, or of a row.
        let of_psu = |p: &Person, r: i64| [0.0, 2.0, 1.0, 1.5][((p.psu * r + p.stratum) % 4) as usize];
        let of_row = |p: &Person, r: i64| 0.5 + (p.weight * r as f64).fract();
        let of_stratum = |p: &Person, r: i64| if p.stratum == r % 3 { 0.1 * p.psu as f64 } else { 1.0 };
        let factors: [fn(&Person, i64) -> f64; 3] = [of_psu, of_row, of_stratum];
        for (at, kind) in kinds.into_iter().enumerate() {
            for factor in factors {
                let df = [DfRule::Domain, DfRule::Full, DfRule::Infinite][if seed % 3 == 0 { at } else { 0 }];
                let combined = kind.combined;
                let options = Options { replicates: Some(Replicates::Columns(kind.clone())), df, ..Options::default() };
                let with_design = |people: &[Person], design: Design| {
                    let column = |r: i64| {
                        let value = |p: &Person| if combined { p.weight * factor(p, r) } else { factor(p, r) };
                        (format!("_replicate_{r}"), people.iter().map(value).collect())
                    };
                    with(&batch(people, design), (1..=5).map(column).collect())
                };
                for design in [FULL, NONE, Design { psus: false, ..FULL }, Design { strata: false, ..FULL }] {
                    let streamed = run_units(&plan, &with_design(&rows, design), &sizes, &options).unwrap();
                    same_figures(&streamed, &in_memory(&plan, &with_design(&rows, design), &options).unwrap());
                    let again = run_units(&plan, &with_design(&other, design), &[9], &options).unwrap();
                    prop_assert_eq!(bits(&streamed), bits(&again));
                }
            }
        }
    }

    #[test]
    fn rows_twice_at_half_the_weight_change_no_estimate(rows in people(4)) {
        let plan = everything();
        let halves: Vec<Person> = rows
            .iter()
            .flat_map(|p| [p.clone(), p.clone()])
            .map(|p| Person { weight: p.weight / 2.0, ..p })
            .collect();
        for options in &designs()[1..] {
            // Without a second stage, of which twice the rows would be another sample.
            let own = |people: &[Person]| {
                let columns = further(people).into_iter().filter(|(name, _)| name != "_fpc_2");
                with(&batch(people, FULL), columns.collect())
            };
            let one = run_units(&plan, &own(&rows), &[], options).unwrap();
            let two = run_units(&plan, &own(&halves), &[], options).unwrap();
            for (a, b) in all(&one).zip(all(&two)) {
                let (Some(f), Some(g)) = (a.outcome.figure(), b.outcome.figure()) else {
                    prop_assert_eq!(&a.outcome, &b.outcome);
                    continue;
                };
                prop_assert!((f.point() / g.point() - 1.0).abs() < 1e-10 || f.point() == g.point());
                prop_assert_eq!(f.se().is_some(), g.se().is_some());
                let (s, t) = (f.se().unwrap_or(0.0), g.se().unwrap_or(0.0));
                prop_assert!((s - t).abs() <= 1e-9 * f.point().abs().max(s), "{} {}", s, t);
                prop_assert_eq!(f.df, g.df);
            }
        }
    }

    #[test]
    fn totals_of_domains_add_up(rows in people(4)) {
        let plan = everything();
        for options in designs() {
            let batch = with(&batch(&rows, FULL), further(&rows));
            let results = run_units(&plan, &batch, &[], &options).unwrap();
            // Both areas are stated in every row.
            let by_area: Vec<_> = results
                .groups
                .iter()
                .filter(|g| g.indicator == "people" && g.breakdown.contains_key("area"))
                .collect();
            let whole = results
                .groups
                .iter()
                .find(|g| g.indicator == "people" && g.breakdown.is_empty())
                .unwrap();
            let of = |e: &Estimate| e.outcome.figure().map_or(0.0, |f| f.point());
            let sum: f64 = by_area.iter().map(|g| of(&g.total)).sum();
            prop_assert!((sum - of(&whole.total)).abs() <= 1e-10 * sum.abs());
        }
    }

    #[test]
    fn calibrated_weights_meet_their_totals_and_leave_them_no_variance(rows in people(4)) {
        let one = indicator("all", "statistic = 'total'\nnumerator = {}");
        let plan = plan(vec![one], &[(&[], &["sex"]), (&[], &["area"])]);
        let areas = margin("area", &[("urban", 4000.0), ("rural", 5800.0)]);
        let steps = [
            Calibration::Poststratify(sexes()),
            Calibration::Rake(vec![areas, sexes()]),
        ];
        for step in steps {
            for base in [Options::default(), made(MadeMethod::Jackknife)] {
                let options = Options { calibration: vec![step.clone()], ..base };
                let results = run_units(&plan, &batch(&rows, FULL), &[], &options).unwrap();
                let group = results.groups.iter().find(|g| {
                    g.members.iter().any(|m| m.key.breakdown.contains_key("sex"))
                });
                let women = &group.unwrap().members[0];
                let figure = figure(women);
                prop_assert!((figure.point() - 5000.0).abs() < 1e-6);
                prop_assert!(figure.se().unwrap() < 1e-5, "{:?}", figure.se());
            }
        }
    }
}
