//! Progress: what the rules refuse, what they say of uncertainty, and what they print.

use inclusion_measures::progress::{
    Breaks, Change, Closure, CurveKind, Goal, LONG_TERM, Options, Outcome, Point, Progress,
    Projection, Reason, Rule, SHORT_TERM, Status, Target, anticipated, change, distance,
    expected_value, five_bands, gap_closing, gap_rates, growth, growth_curve, logit_trend,
    natural_limit, no_target, parity_ratio, position, progress, progress_of_gap, rate_of_change,
    ratio_rule, time_at, time_distance,
};
use inclusion_registry::Direction;

fn point(year: f64, value: f64) -> Point<'static> {
    Point { year, value, se: None, comparability: None }
}

fn points(values: &[(f64, f64)]) -> Vec<Point<'static>> {
    values.iter().map(|(year, value)| point(*year, *value)).collect()
}

fn percent() -> Options {
    Options { ceiling: Some(100.0), ..Options::default() }
}

fn of(all: &Progress, rule: Rule) -> Result<Outcome, Reason> {
    all.rules.iter().find(|(name, _)| *name == rule).expect("the rule is there").1.clone()
}

/// A series that ends in 2023, and the same target throughout.
const SERIES: [(f64, f64); 8] = [
    (2012.0, 11.2),
    (2014.0, 16.0),
    (2015.0, 19.1),
    (2017.0, 27.5),
    (2019.0, 37.9),
    (2020.0, 44.0),
    (2022.0, 53.2),
    (2023.0, 57.1),
];

#[test]
fn data_that_end_in_the_base_year_give_a_reason_and_no_figure() {
    let series = points(&SERIES[..3]);
    let all = progress(&series, &Goal::Target(Target::by_2030(95.0)), &percent());
    for rule in
        [Rule::Change, Rule::Ratio, Rule::ExpectedValue, Rule::CurrentStatus, Rule::AnticipatedGap]
    {
        assert_eq!(of(&all, rule).unwrap_err().id(), "data_end_too_early", "{rule:?}");
    }
    let one = ratio_rule(&[point(2018.0, 40.0)], &Target::by_2030(95.0), &percent());
    assert_eq!(one, Err(Reason::TooFewPoints { needed: 2, found: 1 }));
    assert_eq!(change(&[], 2015.0, &percent()), Err(Reason::NoPoints));
    let short = five_bands(&series[1..], SHORT_TERM, Direction::Higher, &percent());
    assert_eq!(short, Err(Reason::PeriodTooShort { years: 1.0, needed: 3.0 }));
    // Seven years lie between the two points, and one of them in the last five.
    let far = five_bands(
        &points(&[(2015.0, 40.0), (2022.0, 60.0)]),
        SHORT_TERM,
        Direction::Higher,
        &percent(),
    );
    assert_eq!(far, Err(Reason::WindowTooSparse { years: 5.0 }));
}

#[test]
fn no_projection_is_forced_beyond_ten_years_unless_asked() {
    let early = points(&[(2015.0, 19.1), (2016.0, 23.0), (2017.0, 27.5), (2019.0, 37.9)]);
    let target = Target::by_2030(95.0);
    let beyond = Reason::BeyondHorizon { year: 2030.0, last_year: 2019.0, horizon: 10.0 };
    assert_eq!(expected_value(&early, &target, &percent()), Err(beyond.clone()));
    assert_eq!(anticipated(&early, &target, &percent()), Err(beyond.clone()));
    let trend = logit_trend(&early, &target, &[2029.0, 2030.0], &percent()).unwrap();
    assert!(trend.projections[0].is_ok());
    assert_eq!(trend.projections[1], Err(beyond.clone()));
    for kind in [CurveKind::Logistic, CurveKind::Gompertz] {
        let curve = growth_curve(kind, &early, 2015.0, &[2030.0], &percent()).unwrap();
        assert_eq!(curve.projections, [Err(beyond.clone())]);
    }
    // What needs no projection is there.
    assert!(ratio_rule(&early, &target, &percent()).is_ok());
    let asked = Options { horizon: 11.0, ..percent() };
    let expected = expected_value(&early, &target, &asked).unwrap();
    assert_eq!(expected.expected.unwrap().year, 2030.0);
    // Three points bend no trend.
    let few = logit_trend(&early[..3], &target, &[2025.0], &percent());
    assert_eq!(few, Err(Reason::TooFewPoints { needed: 4, found: 3 }));
}

#[test]
fn every_projection_says_how_it_was_made_and_from_what() {
    let all = progress(&points(&SERIES), &Goal::Target(Target::by_2030(95.0)), &percent());
    let projections: Vec<Projection> = all
        .rules
        .iter()
        .filter_map(|(_, outcome)| outcome.as_ref().ok())
        .flat_map(|outcome| outcome.projections.clone())
        .collect();
    let made: Vec<_> = projections.iter().map(|p| (p.method, p.points, p.first_year)).collect();
    assert_eq!(
        made,
        [
            ("compound growth since the base", 2, 2015.0),
            ("least squares on the year, recent points weighing more", 8, 2012.0),
            ("logit trend", 8, 2012.0),
            ("logistic curve", 8, 2012.0),
            ("Gompertz curve", 8, 2012.0),
        ]
    );
    assert!(projections.iter().all(|p| p.year == 2030.0 && p.last_year == 2023.0));
    assert_eq!(Projection::OBS_STATUS, "F");
}

#[test]
fn a_change_of_definition_refuses_the_trend_or_marks_it() {
    let (old, new) = (Some("12 months, national survey"), Some("3 months, national survey"));
    let series: Vec<Point> = SERIES
        .iter()
        .map(|(year, value)| Point {
            comparability: if *year < 2016.0 { old } else { new },
            ..point(*year, *value)
        })
        .collect();
    let goal = Goal::Target(Target::by_2030(95.0));
    let all = progress(&series, &goal, &percent());
    for (rule, outcome) in &all.rules {
        // The distance is of the last point; the last five years are after the break.
        match rule {
            Rule::Distance | Rule::FiveBandsShort => assert!(outcome.is_ok(), "{rule:?}"),
            Rule::FiveBandsLong => {
                assert_eq!(outcome.as_ref().unwrap_err().id(), "not_comparable", "{rule:?}")
            }
            _ => assert_eq!(outcome.as_ref().unwrap_err().id(), "not_comparable", "{rule:?}"),
        }
    }
    let why = of(&all, Rule::Ratio).unwrap_err();
    assert_eq!(
        why.to_string(),
        "the values of 2015 (12 months, national survey) and 2023 (3 months, national survey) are not comparable"
    );
    let marked = progress(&series, &goal, &Options { breaks: Breaks::Mark, ..percent() });
    let ratio = of(&marked, Rule::Ratio).unwrap();
    assert!(ratio.basis.broken && ratio.to_string().contains("broken"));
    assert!(!of(&marked, Rule::FiveBandsShort).unwrap().basis.broken);
    // The same figures as of an unbroken series.
    let plain = ratio_rule(&points(&SERIES), &Target::by_2030(95.0), &percent()).unwrap();
    assert_eq!(ratio.figures[0], ("growth", plain.growth));
    // One point whose definition is told beside one of which it is not.
    let mixed = [point(2015.0, 40.0), Point { comparability: new, ..point(2020.0, 50.0) }];
    assert_eq!(change(&mixed, 2015.0, &percent()).unwrap_err().id(), "not_comparable");
}

#[test]
fn small_changes_are_told_from_none_by_their_standard_errors() {
    let with = |se: Option<f64>| {
        [Point { se, ..point(2015.0, 40.0) }, Point { se: Some(1.0), ..point(2020.0, 43.0) }]
    };
    let verdict = |points: &[Point], options: &Options| {
        ratio_rule(points, &Target::by_2030(95.0), options).unwrap().basis.change
    };
    // √(1 + 4) × 1.96 = 4.4, √2 × 1.96 = 2.8.
    assert_eq!(verdict(&with(Some(2.0)), &percent()), Change::NotDistinguishable);
    assert_eq!(verdict(&with(Some(1.0)), &percent()), Change::Distinguishable);
    assert_eq!(verdict(&with(None), &percent()), Change::Unknown);
    // In a panel the errors of both rounds go together.
    let panel = Options { correlation: 0.8, ..percent() };
    let changed = change(&with(Some(2.0)), 2015.0, &panel).unwrap();
    assert!((changed.se.unwrap() - (5.0f64 - 3.2).sqrt()).abs() < 1e-12);
    assert_eq!(changed.basis.change, Change::Distinguishable);
    let same = Options { correlation: 1.0, ..percent() };
    assert_eq!(change(&with(Some(1.0)), 2015.0, &same).unwrap().se, Some(0.0));
    // A trend is judged by its slope.
    let flat = points(&[(2015.0, 40.0), (2017.0, 41.0), (2019.0, 39.5), (2021.0, 40.5)]);
    let trend = logit_trend(&flat, &Target::by_2030(95.0), &[2030.0], &percent()).unwrap();
    assert_eq!(trend.basis.change, Change::NotDistinguishable);
    assert_eq!(rate_of_change(&flat, &percent()).unwrap().basis.change, Change::NotDistinguishable);
    let steep = rate_of_change(&points(&SERIES), &percent()).unwrap();
    assert_eq!(steep.basis.change, Change::Distinguishable);
    let two = rate_of_change(&points(&SERIES[..2]), &percent()).unwrap();
    assert_eq!(two.basis.change, Change::Unknown);
}

#[test]
fn zero_is_replaced_where_the_rule_says_so_and_it_is_told() {
    let series = points(&[(2015.0, 0.0), (2020.0, 12.0)]);
    let target = Target::by_2030(60.0);
    let ratio = ratio_rule(&series, &target, &percent()).unwrap();
    assert_eq!(ratio.basis.zero_replaced, Some(0.001));
    assert_eq!(ratio.growth, growth(0.001, 2015.0, 12.0, 2020.0).unwrap());
    // The same of shares: the unit changes no growth.
    let shares = points(&[(2015.0, 0.0), (2020.0, 0.12)]);
    let unit = Options { ceiling: Some(1.0), ..percent() };
    let of_shares = ratio_rule(&shares, &Target::by_2030(0.6), &unit).unwrap();
    assert_eq!(of_shares.basis.zero_replaced, Some(0.00001));
    assert!((of_shares.growth - ratio.growth).abs() < 1e-12);
    assert!((of_shares.ratio.unwrap() - ratio.ratio.unwrap()).abs() < 1e-12);
    let natural = natural_limit(&series, 2015.0, Direction::Higher, Some(100.0), &percent());
    assert_eq!(natural.unwrap().basis.zero_replaced, Some(0.001));
    // The other rules refuse unless they are told to.
    assert_eq!(expected_value(&series, &target, &percent()), Err(Reason::ZeroValue));
    let bands = |o: &Options| no_target(&series, 2015.0, Direction::Higher, o);
    assert_eq!(bands(&percent()), Err(Reason::ZeroValue));
    let told = Options { replace_zero: Some(0.001), ..percent() };
    assert_eq!(bands(&told).unwrap().basis.zero_replaced, Some(0.001));
    // A last value of 0 is not an origin.
    let gone = points(&[(2015.0, 12.0), (2020.0, 0.0)]);
    assert_eq!(ratio_rule(&gone, &target, &percent()), Err(Reason::ZeroValue));
}

#[test]
fn targets_that_are_met_lost_or_impossible_are_named() {
    let target = Target::by_2030(60.0);
    let met = points(&[(2015.0, 50.0), (2020.0, 61.0)]);
    assert_eq!(ratio_rule(&met, &target, &percent()).unwrap().status, Status::TargetAchieved);
    assert_eq!(position(&met, &target, &percent()).unwrap().current_status, 10.0);
    // On the target in the base year and below it since: no ratio, and no silence either.
    let lost = points(&[(2015.0, 60.0), (2020.0, 55.0)]);
    let ratio = ratio_rule(&lost, &target, &percent()).unwrap();
    assert_eq!((ratio.status, ratio.ratio), (Status::Deterioration, None));
    assert_eq!(expected_value(&lost, &target, &percent()).unwrap().score, 1);
    assert_eq!(position(&lost, &target, &percent()), Err(Reason::NothingRequired));
    let backwards = Target { year: 2010.0, ..target };
    assert_eq!(
        ratio_rule(&met, &backwards, &percent()).unwrap_err().id(),
        "target_year_before_base"
    );
    // Within one point of the top counts only where it is asked for, and only there.
    let high = points(&[(2015.0, 90.0), (2020.0, 99.2)]);
    let all = Target::by_2030(100.0);
    let near = Options { met_within: 1.0, ..percent() };
    assert_eq!(expected_value(&high, &all, &near).unwrap().expected, None);
    assert!(expected_value(&high, &all, &percent()).unwrap().expected.is_some());
    assert!(expected_value(&high, &Target::by_2030(99.5), &near).unwrap().expected.is_some());
}

#[test]
fn a_target_year_that_has_passed_is_said_with_whether_it_was_met() {
    let target = Target { year: 2025.0, ..Target::by_2030(60.0) };
    let series = points(&[(2015.0, 40.0), (2023.0, 58.0)]);
    let in_2024 = distance(&series, &target, &percent()).unwrap();
    assert_eq!((in_2024.target_year_passed, in_2024.met), (false, Some(false)));
    assert_eq!(in_2024.per_year, Ok(1.0));
    // Data end too early to tell.
    let later = Options { as_of: Some(2026.0), ..percent() };
    let unknown = distance(&series, &target, &later).unwrap();
    assert_eq!((unknown.target_year_passed, unknown.met), (true, None));
    assert_eq!(unknown.per_year.unwrap_err().id(), "target_year_passed");
    // What came later does not make it met in time.
    let late = points(&[(2015.0, 40.0), (2025.0, 59.0), (2026.0, 61.0)]);
    assert_eq!(distance(&late, &target, &percent()).unwrap().met, Some(false));
    let between = points(&[(2024.0, 59.0), (2026.0, 61.0)]);
    assert_eq!(distance(&between, &target, &percent()).unwrap().met, None);
    let both = points(&[(2024.0, 61.0), (2026.0, 62.0)]);
    assert_eq!(distance(&both, &target, &percent()).unwrap().met, Some(true));
}

#[test]
fn a_gap_closes_narrows_or_does_not() {
    let pair = |women: [f64; 2], men: [f64; 2]| {
        let of = |v: [f64; 2]| points(&[(2015.0, v[0]), (2023.0, v[1])]);
        let rates = gap_rates(&of(women), &of(men), 2015.0, Direction::Higher, &percent()).unwrap();
        gap_closing(&rates, 2030.0, &percent()).unwrap()
    };
    let closes = pair([46.0, 62.0], [60.4, 70.0]);
    assert_eq!(closes.closure.status().id(), "closes");
    assert!((closes.required_women_per_year.clone().unwrap() - (1.2 + 8.0 / 7.0)).abs() < 1e-12);
    assert_eq!(pair([54.0, 62.0], [62.0, 70.0]).closure.status().id(), "does_not_close");
    // Shares, as the command has them: 0.31 − 0.30 is a little more than 0.41 − 0.40 in binary.
    for (women, men) in [([0.30, 0.31], [0.40, 0.41]), ([0.30, 0.34], [0.40, 0.44])] {
        assert!(women[1] - women[0] != men[1] - men[0]);
        assert_eq!(pair(women, men).closure.status().id(), "does_not_close");
    }
    assert_eq!(pair([54.0, 62.0], [62.1, 70.0]).closure.status().id(), "closes_later");
    assert_eq!(pair([54.0, 70.0], [62.0, 70.0]).closure.status().id(), "no_gap");
    // Non-use: women have more of it, and it falls faster among women.
    let women = points(&[(2015.0, 54.0), (2023.0, 38.0)]);
    let men = points(&[(2015.0, 39.6), (2023.0, 30.0)]);
    let rates = gap_rates(&women, &men, 2015.0, Direction::Lower, &percent()).unwrap();
    let lower = gap_closing(&rates, 2030.0, &percent()).unwrap();
    assert!((lower.gap - 8.0).abs() < 1e-12);
    assert!((lower.required_women_per_year.unwrap() + 1.2 + 8.0 / 7.0).abs() < 1e-12);
    assert_eq!(lower.closure.status(), Status::Closes);
    // Lines that leave the scale before then, and a gap that is closed or never was.
    let steep = pair([60.0, 90.0], [80.0, 98.0]);
    assert_eq!(steep.closure, Closure::Later(Reason::LineLeavesScale { year: 2028.0 }));
    assert_eq!(steep.gap_in_target_year, Err(Reason::LineLeavesScale { year: 2030.0 }));
    let wide = pair([50.0, 70.0], [72.0, 91.0]);
    assert_eq!(wide.closure.status().id(), "closes_later");
    assert_eq!(wide.gap_in_target_year, Err(Reason::LineLeavesScale { year: 2030.0 }));
    let soon = pair([50.0, 68.0], [60.0, 70.0]);
    assert_eq!(soon.closure.status().id(), "closes");
    assert_eq!(soon.gap_in_target_year, Err(Reason::ClosesBefore { year: 2025.0 }));
    let none = pair([54.0, 70.0], [62.0, 70.0]);
    assert_eq!(none.gap_in_target_year, Err(Reason::NoGap));
    assert!((closes.gap_in_target_year.unwrap().value - 2.4).abs() < 1e-12);
    // No common years.
    let early = points(&[(2015.0, 1.0), (2016.0, 2.0)]);
    let none = gap_rates(&early, &men, 2015.0, Direction::Higher, &percent());
    assert_eq!(none, Err(Reason::NoCommonYears { found: 1 }));
}

#[test]
fn time_distance_never_leaves_the_data() {
    let men = points(&[(2010.0, 20.0), (2012.0, 28.0)]);
    let women = points(&[(2010.0, 14.0), (2012.0, 20.0)]);
    let at = |level| time_distance(&women, &men, level, Direction::Higher, &percent());
    assert_eq!(at(20.0).unwrap().years, 2.0);
    assert_eq!(at(25.0), Err(Reason::LevelNotReached { level: 25.0 }));
    assert_eq!(at(15.0), Err(Reason::LevelBeforeData { level: 15.0 }));
    // Lower is better: a level is reached from above.
    let falling = points(&[(2010.0, 60.0), (2014.0, 40.0)]);
    assert_eq!(time_at(&falling, 50.0, Direction::Lower), Ok(2012.0));
    // Women and men by different definitions.
    let other: Vec<Point> =
        men.iter().map(|p| Point { comparability: Some("ages 16 to 74"), ..*p }).collect();
    let mixed = time_distance(&women, &other, 20.0, Direction::Higher, &percent());
    assert_eq!(mixed.unwrap_err().id(), "not_comparable");
}

#[test]
fn women_and_men_are_reported_side_by_side() {
    let women = points(&[(2015.0, 46.0), (2023.0, 62.0)]);
    let men = points(&[(2015.0, 60.4), (2023.0, 70.0)]);
    let gap = [
        Point { se: Some(1.5), ..point(2015.0, 14.4) },
        Point { se: Some(1.4), ..point(2023.0, 8.0) },
    ];
    let target = Target::by_2030(100.0);
    let all = progress_of_gap(&women, &men, Some(&gap), &target, (0.97, 1.03), &percent());
    let closing = of(&all, Rule::GapClosing).unwrap();
    assert_eq!(closing.status, Some(Status::Closes));
    assert_eq!(closing.basis.change, Change::Distinguishable);
    assert_eq!(of(&all, Rule::ParityRatio).unwrap().status, Some(Status::OnTrack));
    let time = of(&all, Rule::TimeDistance).unwrap();
    let years = time.figures.iter().find(|(name, _)| *name == "years behind").unwrap().1;
    assert!((years - (8.0 - 8.0 * 1.6 / 9.6)).abs() < 1e-9);
    let unknown = progress_of_gap(&women, &men, None, &target, (0.97, 1.03), &percent());
    assert_eq!(of(&unknown, Rule::GapClosing).unwrap().basis.change, Change::Unknown);
}

#[test]
fn nothing_is_on_track_once_the_target_year_is_over() {
    let series = points(&SERIES);
    let target = Target { year: 2025.0, ..Target::by_2030(95.0) };
    let rules = [Rule::Ratio, Rule::ExpectedValue, Rule::AnticipatedGap];
    let at = |as_of| {
        let options = Options { as_of, ..percent() };
        progress(&series, &Goal::Target(target), &options)
    };
    let reason = Reason::TargetYearPassed { target_year: 2025.0, last_year: 2023.0 };
    for rule in rules {
        for as_of in [None, Some(2025.0)] {
            assert!(of(&at(as_of), rule).is_ok(), "{rule:?}");
        }
        assert_eq!(of(&at(Some(2026.0)), rule).unwrap_err(), reason, "{rule:?}");
    }
    // A target that is met stays met, whenever it is asked.
    let met = Target { value: 50.0, ..target };
    let options = Options { as_of: Some(2026.0), ..percent() };
    let status = ratio_rule(&series, &met, &options).unwrap().status;
    assert_eq!(status, Status::TargetAchieved);
    // Missed in its year, whatever came after.
    let late = Target { value: 57.0, year: 2022.0, ..target };
    let early = ratio_rule(&series[..7], &late, &percent());
    let reason = Reason::TargetYearPassed { target_year: 2022.0, last_year: 2022.0 };
    assert_eq!(early, Err(reason));
    // Women and men likewise.
    let women = points(&[(2015.0, 46.0), (2023.0, 62.0)]);
    let men = points(&[(2015.0, 60.4), (2023.0, 70.0)]);
    let all = progress_of_gap(&women, &men, None, &target, (0.97, 1.03), &options);
    assert_eq!(of(&all, Rule::ParityRatio).unwrap_err().id(), "target_year_passed");
    let closing = of(&all, Rule::GapClosing).unwrap();
    let without: Vec<&str> = closing.without.iter().map(|(name, _)| *name).collect();
    assert_eq!(without, ["required of women per year", "projection"]);
}

#[test]
fn a_bent_curve_comes_to_no_end_of_its_scale() {
    let series = points(&SERIES);
    let year = |target: Target| logit_trend(&series, &target, &[], &percent()).unwrap().reaching;
    assert_eq!(year(Target::by_2030(100.0)), Err(Reason::TargetAtAnEnd));
    let lower = Target { direction: Direction::Lower, ..Target::by_2030(0.0) };
    assert_eq!(year(lower), Err(Reason::TargetAtAnEnd));
    assert_eq!(year(Target::by_2030(110.0)), Err(Reason::DoesNotReach));
    assert!(year(Target::by_2030(90.0)).is_ok_and(|year| year > 2023.0));
}

#[test]
fn the_parity_ratio_says_what_it_is_held_against() {
    let women = points(&[(2015.0, 46.0), (2023.0, 62.0)]);
    let men = points(&[(2015.0, 60.4), (2023.0, 70.0)]);
    let target = Target::by_2030(100.0);
    let all = progress_of_gap(&women, &men, None, &target, (0.98, 1.02), &percent());
    let figures = of(&all, Rule::ParityRatio).unwrap().figures;
    assert_eq!(figures[2..4], [("target deviation", 1.02), ("target year", 2030.0)]);
}

#[test]
fn all_rules_print_with_their_names() {
    let all = progress(&points(&SERIES), &Goal::Target(Target::by_2030(95.0)), &percent());
    let text = all.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), all.rules.len());
    for ((rule, _), line) in all.rules.iter().zip(&lines) {
        assert!(line.starts_with(&format!("{}: ", rule.name())), "{line}");
    }
    assert_eq!(
        lines[3],
        "ratio rule: on track; growth 0.1467; required growth 0.1129; ratio 1.2997; score 4.9978; \
         2 points, 2015 to 2023; uncertainty unknown"
    );
    assert!(
        lines[11].contains("no year of reaching the target (beyond_horizon: 2034 is more than")
    );
    assert!(lines[11].contains("logit trend in 2030: 86.9167 (84.8125; 88.768) [F]"));
    // Without a target the rules that need one say so.
    let goal = Goal::Direction { direction: Direction::Higher, base_year: 2015.0 };
    let without = progress(&points(&SERIES), &goal, &percent());
    assert_eq!(of(&without, Rule::Ratio), Err(Reason::NoTarget));
    assert!(of(&without, Rule::NoTarget).is_ok());
}

#[test]
fn a_target_of_the_registry_is_one_in_per_cent() {
    let registry = inclusion_registry::Registry::builtin().expect("the built-in registry is valid");
    let indicator = &registry.indicators["HH7"];
    let targets: Vec<Target> = indicator
        .targets
        .iter()
        .map(|target| Target::of(target, 2015.0, indicator.direction))
        .collect();
    let universal = Target::by_2030(100.0);
    assert!(targets.contains(&universal), "{targets:?}");
}

#[test]
fn the_long_window_needs_ten_years() {
    let direction = Direction::Higher;
    let long = five_bands(&points(&SERIES), LONG_TERM, direction, &percent()).unwrap();
    assert_eq!((long.basis.first_year, long.basis.last_year), (2012.0, 2023.0));
    let parity = parity_ratio(
        &[point(2015.0, 0.9), point(2020.0, -0.1)],
        2015.0,
        2030.0,
        (0.97, 1.03),
        &percent(),
    );
    assert_eq!(parity, Err(Reason::NotPositive { year: 2020.0 }));
}
