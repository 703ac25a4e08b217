//! Progress: properties that hold for any series.

use inclusion_measures::progress::{
    Breaks, Goal, Options, Outcome, Point, Progress, Reason, Status, Target, natural_limit,
    progress, progress_of_gap, ratio_rule,
};
use inclusion_registry::Direction;
use proptest::prelude::*;

fn point(year: f64, value: f64) -> Point<'static> {
    Point { year, value, se: None, comparability: None }
}

fn percent() -> Options {
    Options { ceiling: Some(100.0), ..Options::default() }
}

/// Every number of a report.
fn numbers(all: &Progress) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        let figures = outcome.figures.iter().map(|(_, value)| *value);
        let projected = outcome.projections.iter().flat_map(|p| {
            let (low, high) = p.interval.unwrap_or_default();
            [p.year, p.value, low, high]
        });
        figures.chain(projected).collect::<Vec<f64>>()
    };
    all.rules.iter().filter_map(|(_, outcome)| outcome.as_ref().ok()).flat_map(of).collect()
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => 0.0..100.0,
        1 => -1e3..1e3,
        1 => prop_oneof![
            Just(0.0), Just(100.0), Just(1e-300), Just(1e300), Just(f64::MAX), Just(-f64::MAX),
            Just(f64::NAN), Just(f64::INFINITY), Just(5e-324)
        ],
    ]
}

fn any_series() -> impl Strategy<Value = Vec<Point<'static>>> {
    let one = (1995i32..2030, any_value(), prop::option::weighted(0.5, any_value()), 0..20u8);
    let point = |(year, value, se, key): (i32, f64, Option<f64>, u8)| Point {
        year: f64::from(year),
        value,
        se,
        comparability: (key == 0).then_some("other"),
    };
    prop::collection::vec(one.prop_map(point), 0..9)
}

/// Without what is refused by its place in the series.
fn usable_series() -> impl Strategy<Value = Vec<Point<'static>>> {
    any_series().prop_map(|mut series| {
        series.retain(|point| {
            let se = point.se.unwrap_or(0.0);
            point.value.is_finite() && se.is_finite() && se >= 0.0
        });
        series
    })
}

fn any_options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), prop_oneof![Just(10.0), Just(f64::INFINITY)], any_value())
        .prop_map(|(mark, zero, horizon, ceiling)| Options {
            breaks: if mark { Breaks::Mark } else { Breaks::Refuse },
            replace_zero: zero.then_some(0.001),
            horizon,
            ceiling: Some(if ceiling > 50.0 { 100.0 } else { ceiling }),
            ..Options::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_lets_out_what_is_no_number(
        women in any_series(), men in any_series(), value in any_value(),
        lower in any::<bool>(), options in any_options(),
    ) {
        let direction = if lower { Direction::Lower } else { Direction::Higher };
        let target = Target { value, direction, ..Target::by_2030(0.0) };
        let all = progress(&women, &Goal::Target(target), &options);
        let gap = progress_of_gap(&women, &men, Some(&men), &target, (0.97, 1.03), &options);
        for all in [all, gap] {
            for number in numbers(&all) {
                prop_assert!(number.is_finite(), "{all}");
            }
            let text = all.to_string();
            prop_assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        }
    }

    #[test]
    fn the_order_of_the_points_does_not_matter(
        series in usable_series(), value in 1.0..99.0f64, turn in 0usize..9,
    ) {
        let goal = Goal::Target(Target::by_2030(value));
        let mut turned = series.clone();
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
            turned.reverse();
        }
        prop_assert_eq!(progress(&series, &goal, &percent()), progress(&turned, &goal, &percent()));
    }

    #[test]
    fn shares_and_percent_give_one_verdict(
        values in prop::collection::vec(1.0..99.0f64, 4..8), value in 1.0..99.0f64,
    ) {
        let series: Vec<Point> =
            values.iter().enumerate().map(|(i, v)| point(2015.0 + i as f64, *v)).collect();
        let shares: Vec<Point> =
            series.iter().map(|p| Point { value: p.value / 100.0, ..*p }).collect();
        let share = Options { ceiling: Some(1.0), ..Options::default() };
        let of_percent = progress(&series, &Goal::Target(Target::by_2030(value)), &percent());
        let of_shares = progress(&shares, &Goal::Target(Target::by_2030(value / 100.0)), &share);
        for ((rule, a), (_, b)) in of_percent.rules.iter().zip(&of_shares.rules) {
            let status = |o: &Result<Outcome, Reason>| match o {
                Ok(outcome) => outcome.status.map_or("none", Status::id),
                Err(reason) => reason.id(),
            };
            prop_assert_eq!(status(a), status(b), "{:?}", rule);
        }
    }

    #[test]
    fn better_last_values_never_make_a_verdict_worse(
        base in 1.0..99.0f64, last in 1.0..98.0f64, more in 0.0..1.0f64, value in 1.0..99.0f64,
    ) {
        let target = Target::by_2030(value);
        let score = |last: f64| {
            let series = [point(2015.0, base), point(2023.0, last)];
            let ratio = ratio_rule(&series, &target, &percent()).unwrap();
            let natural =
                natural_limit(&series, 2015.0, Direction::Higher, Some(100.0), &percent()).unwrap();
            (ratio.score.unwrap_or(-5.0), natural.score)
        };
        let (a, b) = (score(last), score(last + more));
        prop_assert!(b.0 >= a.0 - 1e-9 && b.1 >= a.1 - 1e-9, "{a:?} then {b:?}");
    }
}
