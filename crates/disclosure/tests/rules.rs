//! Profiles with several rules: the worst result decides, and counts are rounded wherever they stand.

use inclusion_disclosure::{Cell, Codings, Publishable, Shown, review};
use inclusion_estimate::{
    Counts, Estimate, Figure, Frame, Interval, IntervalMethod, Linearized, Measure, Outcome,
    ProportionInputs, SeriesKey, Uncertainty, Unit, interval_proportion,
};
use inclusion_registry::{Policy, Registry};
use proptest::prelude::*;

fn builtin(id: &str) -> Policy {
    Registry::builtin().expect("the registry is sound").policies[id].clone()
}

fn custom(rules: &str) -> Policy {
    toml::from_str(&format!("id = 'x'\nname = 'X'\nsource = 'test'\n{rules}")).expect("a policy")
}

fn key(breakdown: &[(&str, &str)], measure: Measure) -> SeriesKey {
    SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: breakdown.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        measure,
    }
}

/// A share of `with` of `n` rows with this standard error and 20 degrees of freedom.
fn share(breakdown: &[(&str, &str)], n: u64, with: u64, se: f64) -> Estimate {
    let value = with as f64 / n as f64;
    let inputs = ProportionInputs { share: value, se, n_rows: n, df: Some(20.0), level: 0.95 };
    let scores = vec![se];
    Estimate {
        key: key(breakdown, Measure::Level),
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value: Uncertainty::Linearized(Linearized::new(value, Frame::new("s", "HH7"), scores)),
            df: Some(20.0),
            interval: interval_proportion(inputs, IntervalMethod::Beta),
            deff: Some(se * se / (value * (1.0 - value) / n as f64)),
            n_effective: Some(value * (1.0 - value) / (se * se)),
        }),
        counts: Counts {
            n,
            weighted: 7.25 * n as f64,
            n_rows: n,
            n_numerator: with,
            ..Counts::default()
        },
        parts: vec![],
        diagnostics: vec![],
    }
}

fn all(estimates: Vec<Estimate>, policy: &Policy) -> Publishable {
    review(estimates, policy, &Codings::default())
}

fn status(estimate: Estimate, policy: &Policy) -> (&'static str, Option<&'static str>) {
    let publishable = all(vec![estimate], policy);
    let reason = publishable.withheld().first().map(|withheld| withheld.reason);
    (publishable.rows()[0].obs_status(), reason)
}

fn shown<'a>(publishable: &'a Publishable, key: &SeriesKey) -> &'a Shown {
    match &publishable.get(key).expect("the row").cell {
        Cell::Shown(shown) => shown,
        other => panic!("{other:?}"),
    }
}

#[test]
fn relative_standard_errors_mark_and_withhold() {
    let statcan = builtin("statcan");
    assert_eq!(status(share(&[], 100, 50, 0.04), &statcan), ("A", None));
    assert_eq!(status(share(&[], 100, 10, 0.02), &statcan), ("U", None));
    assert_eq!(status(share(&[], 100, 10, 0.034), &statcan), ("Q", Some("relative_error")));
    // Few cases are no matter for this profile.
    assert_eq!(status(share(&[], 4, 2, 0.01), &statcan), ("A", None));
}

#[test]
fn a_figure_of_rows_whose_precision_is_not_known_is_not_taken_for_precise() {
    let mut unknown = share(&[], 100, 50, 0.04);
    unknown.outcome = Outcome::Known(Figure {
        value: Uncertainty::Unknown { value: 0.5 },
        df: None,
        interval: None,
        deff: None,
        n_effective: None,
    });
    assert_eq!(status(unknown.clone(), &builtin("statcan")), ("Q", Some("precision_unknown")));
    assert_eq!(status(unknown.clone(), &builtin("nchs")), ("Q", Some("precision_unknown")));
    assert_eq!(status(unknown.clone(), &builtin("dhs")), ("A", None));
    // A published figure comes without its precision.
    unknown.counts = Counts::default();
    assert_eq!(status(unknown, &builtin("statcan")), ("A", None));
}

#[test]
fn wide_intervals_are_withheld_and_doubtful_ones_noted() {
    let nchs = builtin("nchs");
    assert_eq!(status(share(&[], 60, 27, 0.11), &nchs), ("Q", Some("wide_interval")));
    let few_df = |estimate: &mut Estimate| {
        if let Outcome::Known(figure) = &mut estimate.outcome {
            figure.df = Some(5.0);
        }
    };
    let mut doubtful = share(&[], 700, 420, 0.03);
    few_df(&mut doubtful);
    let rows = all(vec![doubtful], &nchs);
    let codes: Vec<&str> = rows.rows()[0].diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["review_few_degrees_of_freedom"]);
    // 88 per cent with the property: the 12 per cent without would not be good enough.
    let rows = all(vec![share(&[], 150, 132, 0.05)], &nchs);
    assert_eq!(rows.rows()[0].obs_status(), "A");
    let codes: Vec<&str> = rows.rows()[0].diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["complement_unreliable"]);
}

#[test]
fn the_worst_of_several_rules_decides_and_the_first_that_withholds_gives_the_reason() {
    let policy = custom(
        "withhold_below = 25\nunreliable_below = 50\nthreshold = 5\n\
         relative_error = { unreliable_above = 16.6, withhold_above = 33.3 }",
    );
    assert_eq!(status(share(&[], 100, 50, 0.04), &policy), ("A", None));
    assert_eq!(status(share(&[], 40, 20, 0.04), &policy), ("U", None));
    assert_eq!(status(share(&[], 100, 20, 0.04), &policy), ("U", None));
    assert_eq!(status(share(&[], 24, 12, 0.4), &policy), ("Q", Some("too_few_cases")));
    assert_eq!(status(share(&[], 100, 4, 0.02), &policy), ("Q", Some("small_count")));
    assert_eq!(status(share(&[], 100, 20, 0.08), &policy), ("Q", Some("relative_error")));
}

#[test]
fn a_threshold_looks_at_those_with_and_without_the_property() {
    let policy = custom("threshold = 5");
    let zeros = custom("threshold = 5\nprotect_zeros = true");
    assert_eq!(status(share(&[], 100, 97, 0.01), &policy), ("Q", Some("small_count")));
    assert_eq!(status(share(&[], 100, 95, 0.01), &policy), ("A", None));
    assert_eq!(status(share(&[], 100, 0, 0.0), &policy), ("A", None));
    assert_eq!(status(share(&[], 100, 0, 0.0), &zeros), ("Q", Some("small_count")));
    assert_eq!(status(share(&[], 100, 100, 0.0), &zeros), ("Q", Some("small_count")));
}

#[test]
fn amounts_are_withheld_where_nobody_knows_who_contributes() {
    let policy = custom("p_percent = 15");
    let mut amount = share(&[], 100, 50, 0.04);
    assert_eq!(status(amount.clone(), &policy), ("A", None), "a share is no amount");
    amount.unit = Unit::Own;
    assert_eq!(status(amount, &policy), ("Q", Some("contributions_unknown")));
}

#[test]
fn measures_inherit_what_the_rules_of_precision_say_of_their_levels() {
    let mut gap = share(&[], 200, 100, 0.04);
    gap.key.measure = Measure::Gap;
    let women = share(&[("sex", "F")], 100, 10, 0.034);
    let men = share(&[("sex", "M")], 100, 50, 0.04);
    let publishable = all(vec![women, men, gap], &builtin("statcan"));
    assert_eq!(publishable.get(&key(&[], Measure::Gap)).expect("a gap").cell, Cell::Withheld);
    let reasons: Vec<_> = publishable.withheld_by_reason().into_iter().collect();
    assert_eq!(reasons, [("derived", 1), ("relative_error", 1)]);
}

#[test]
fn a_count_that_only_could_be_small_tells_that_it_is() {
    // Of regions with 10 and 12 cases neither follows, but both have at most 22.
    let region = |code: &'static str, n: u64| share(&[("region", code)], n, n / 2, 0.01);
    let regions = vec![
        share(&[], 522, 261, 0.01),
        region("a", 10),
        region("b", 12),
        region("c", 240),
        region("d", 260),
    ];
    let withheld = |policy: &Policy| -> Vec<(String, &str)> {
        let publishable = all(regions.clone(), policy);
        let of = |w: &inclusion_disclosure::Withheld| {
            (w.key.breakdown["region"].as_str().to_string(), w.reason)
        };
        publishable.withheld().iter().map(of).collect()
    };
    let few = "too_few_cases";
    assert_eq!(
        withheld(&builtin("dhs")),
        [("a".into(), few), ("b".into(), few), ("c".into(), "complement")]
    );
    // With a limit of 20 they could be 20 and 2.
    assert_eq!(withheld(&builtin("eurostat")), [("a".into(), few), ("b".into(), few)]);
}

#[test]
fn what_is_too_large_to_be_audited_is_withheld_and_says_so() {
    // Every region and every age has 300 and more, every cell of both 3.
    let (regions, ages) = (101, 101);
    let mut estimates = vec![share(&[], 3 * regions * ages, 5000, 0.01)];
    for r in 0..regions {
        let region = format!("r{r:03}");
        estimates.push(share(&[("region", &region)], 3 * ages, 90, 0.01));
        for a in 0..ages {
            let age = format!("a{a:03}");
            estimates.push(share(&[("region", &region), ("age", &age)], 3, 1, 0.01));
            if r == 0 {
                estimates.push(share(&[("age", &age)], 3 * regions, 90, 0.01));
            }
        }
    }
    let publishable = all(estimates, &builtin("dhs"));
    let shown: Vec<_> =
        publishable.rows().iter().filter(|row| matches!(row.cell, Cell::Shown(_))).collect();
    assert_eq!(shown.len(), 1);
    assert!(shown[0].key.breakdown.is_empty());
    assert_eq!(shown[0].diagnostics[0].code, "disclosure_unaudited");
    let reasons = publishable.withheld_by_reason();
    assert_eq!(reasons["too_few_cases"], 10_201);
    assert_eq!(reasons["unaudited"], 202);
}

#[test]
fn rounded_counts_leave_nothing_from_which_the_count_follows() {
    let policy = custom("withhold_below = 25\nround_counts = 5");
    let exact = custom("withhold_below = 25");
    let level = share(&[], 203, 40, 0.03);
    let mut nonresponse = share(&[], 211, 8, 0.0);
    nonresponse.key.measure = Measure::Nonresponse;
    let value = Uncertainty::Unknown { value: 8.0 / 211.0 };
    let none = Figure { value, df: None, interval: None, deff: None, n_effective: None };
    nonresponse.outcome = Outcome::Known(none);
    let mut persons = level.clone();
    persons.key.measure = Measure::Headcount;
    persons.unit = Unit::Count;
    if let Outcome::Known(figure) = &mut persons.outcome {
        figure.value = Uncertainty::KnownSe { value: 12_343.2, se: 900.0 };
        let (lower, upper, level, method) = (10_001.1, 14_999.9, 0.95, IntervalMethod::Logit);
        figure.interval = Some(Interval { lower, upper, level, method });
    }
    let estimates = vec![level, nonresponse, persons];
    let rounded = all(estimates.clone(), &policy);
    let plain = all(estimates, &exact);

    let own = shown(&rounded, &key(&[], Measure::Level));
    let before = shown(&plain, &key(&[], Measure::Level));
    assert_eq!((own.n, own.n_weighted), (205, 1470.0));
    assert_eq!((own.value, own.se, own.df), (before.value, before.se, before.df));
    // n = deff × p(1 − p)/se² gives the rounded number, and so does n = deff × n_effective.
    let spread = own.value * (1.0 - own.value);
    let (deff, se) = (own.deff.expect("deff"), own.se.expect("se"));
    assert!((deff * spread / (se * se) - 205.0).abs() < 1e-9);
    assert!((deff * own.n_effective.expect("n_effective") - 205.0).abs() < 1e-9);
    let of_205 = ProportionInputs { share: own.value, se, n_rows: 205, df: own.df, level: 0.95 };
    assert_eq!(own.interval, interval_proportion(of_205, IntervalMethod::Beta));
    assert_ne!(own.interval, before.interval);

    let own = shown(&rounded, &key(&[], Measure::Nonresponse));
    assert_eq!((own.n, own.value), (210, 10.0 / 210.0));
    let own = shown(&rounded, &key(&[], Measure::Headcount));
    let interval = own.interval.expect("an interval");
    assert_eq!((own.value, interval.lower, interval.upper), (12_345.0, 10_000.0, 15_000.0));
}

#[test]
fn a_share_of_zero_has_the_interval_of_the_rounded_count() {
    let policy = custom("round_counts = 10");
    let publishable = all(vec![share(&[], 33, 0, 0.0)], &policy);
    let own = shown(&publishable, &key(&[], Measure::Level));
    let of_30 = ProportionInputs { share: 0.0, se: 0.0, n_rows: 30, df: Some(20.0), level: 0.95 };
    assert_eq!(own.interval, interval_proportion(of_30, IntervalMethod::Beta));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_small_count_is_bounded_below_the_limit_by_a_row_or_column(
        cells in prop::collection::vec(prop_oneof![1u64..10, 10u64..60, 60u64..200], 12),
    ) {
        // Sex × four regions × all margins; an attack by single sums that shares no code.
        let regions = ["a", "b", "c", "d"];
        let sexes = ["F", "M", "X"];
        let mut estimates = vec![share(&[], cells.iter().sum(), 1, 0.01)];
        for (r, region) in regions.iter().enumerate() {
            let n: u64 = (0..3).map(|s| cells[3 * r + s]).sum();
            estimates.push(share(&[("region", region)], n, 1, 0.01));
            for (s, sex) in sexes.iter().enumerate() {
                let n = cells[3 * r + s];
                estimates.push(share(&[("region", region), ("sex", sex)], n, 1, 0.01));
            }
        }
        for (s, sex) in sexes.iter().enumerate() {
            let n: u64 = (0..4).map(|r| cells[3 * r + s]).sum();
            estimates.push(share(&[("sex", sex)], n, 1, 0.01));
        }
        let publishable = all(estimates, &builtin("dhs"));
        let hidden = |b: &[(&str, &str)]| {
            publishable.get(&key(b, Measure::Level)).expect("a row").cell == Cell::Withheld
        };
        let n = |r: usize, s: usize| cells[3 * r + s];
        let small = |r: usize, s: usize| {
            n(r, s) < 25 && hidden(&[("region", regions[r]), ("sex", sexes[s])])
        };
        for (r, region) in regions.iter().enumerate() {
            if hidden(&[("region", region)]) { continue; }
            let unknown: u64 = (0..3)
                .filter(|s| hidden(&[("region", region), ("sex", sexes[*s])]))
                .map(|s| n(r, s))
                .sum();
            prop_assert!(!(0..3).any(|s| small(r, s)) || unknown >= 25);
        }
        for (s, sex) in sexes.iter().enumerate() {
            if hidden(&[("sex", sex)]) { continue; }
            let unknown: u64 = (0..4)
                .filter(|r| hidden(&[("region", regions[*r]), ("sex", sex)]))
                .map(|r| n(r, s))
                .sum();
            prop_assert!(!(0..4).any(|r| small(r, s)) || unknown >= 25);
        }
    }
}
