//! Comparisons of whole estimates: keys, parts, intervals, reasons and notes.

use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, Frame, IntervalMethod, Linearized, Measure,
    Outcome, SeriesKey, Severity, Uncertainty, Unit, t_quantile,
};
use inclusion_measures::{
    Options, Standing, comparable, compare, headcount_of, nonresponse, standing, total_of_two,
    verdict,
};
use inclusion_registry::{Direction, IndicatorKind, ThresholdSet};
use std::collections::BTreeMap;

fn level(sex: &str, value: f64, scores: Vec<f64>, n: u64) -> Estimate {
    let key = SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: [("sex", sex), ("urbanisation", "rural")].into_iter().collect(),
        measure: Measure::Level,
    };
    let value = Linearized::new(value, Frame::new("survey", "HH7 rural by sex"), scores);
    Estimate {
        key,
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value: Uncertainty::Linearized(value),
            df: Some(20.0),
            interval: None,
            deff: Some(1.4),
            n_effective: Some(n as f64 / 1.4),
        }),
        counts: Counts { n, weighted: n as f64 * 2.0, n_rows: n + 3, ..Counts::default() },
        parts: vec![],
        diagnostics: vec![],
    }
}

fn absent(sex: &str, reason: Absence) -> Estimate {
    let mut estimate = level(sex, 0.0, vec![], 0);
    estimate.outcome = Outcome::Absent(reason);
    estimate
}

const ALL: [Measure; 7] = [
    Measure::Gap,
    Measure::RelativeGap,
    Measure::Parity,
    Measure::AdjustedParity,
    Measure::UserDifference,
    Measure::WomenToParity,
    Measure::ExcessOffline,
];

fn all(women: &Estimate, men: &Estimate, direction: Direction) -> BTreeMap<Measure, Estimate> {
    let options = Options {
        measures: ALL.to_vec(),
        populations: Some((25.0e6, 24.5e6)),
        ..Options::default()
    };
    compare(women, men, Some(30.0), direction, &options)
        .into_iter()
        .map(|estimate| (estimate.key.measure, estimate))
        .collect()
}

fn figure(estimate: &Estimate) -> &Figure {
    estimate.outcome.figure().expect("the measure has a value")
}

fn noted(estimate: &Estimate, code: &str) -> bool {
    estimate.diagnostics.iter().any(|d| d.code == code)
}

#[test]
fn every_measure_has_the_key_without_sex_the_parts_and_the_union_df() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.004, 0.01], 300));
    let results = all(&women, &men, Direction::Higher);
    assert_eq!(results.len(), ALL.len());
    for (measure, estimate) in &results {
        assert_eq!(estimate.key.sex(), None);
        assert_eq!(estimate.key.breakdown["urbanisation"], "rural");
        assert_eq!(estimate.parts, [women.counts.clone(), men.counts.clone()]);
        assert_eq!((estimate.counts.n, estimate.counts.n_rows), (700, 706));
        let figure = figure(estimate);
        assert_eq!(figure.df, Some(30.0));
        let interval = figure.interval.expect("joint estimates have an interval");
        assert!(interval.contains(figure.point()), "{measure:?}");
        assert_eq!(figure.deff, None);
        let persons = matches!(
            measure,
            Measure::UserDifference | Measure::WomenToParity | Measure::ExcessOffline
        );
        assert_eq!(noted(estimate, "population_fixed"), persons, "{measure:?}");
        assert!(!noted(estimate, "complement_used"));
    }
    let units = ALL.map(|measure| results[&measure].unit);
    use Unit::{Count, Ratio, Share};
    assert_eq!(units, [Share, Share, Ratio, Ratio, Count, Count, Share]);
}

#[test]
fn gap_and_ratio_have_the_intervals_of_their_scales() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.004, 0.01], 300));
    let results = all(&women, &men, Direction::Higher);
    let t = t_quantile(0.975, 30.0);
    let gap = figure(&results[&Measure::Gap]);
    let se = (0.008f64 * 0.008 + 0.01 * 0.01).sqrt();
    let interval = gap.interval.unwrap();
    assert_eq!(interval.method, IntervalMethod::Mean);
    assert!((gap.se().unwrap() - se).abs() < 1e-16);
    assert!((interval.lower - (0.08 - t * se)).abs() < 1e-15);

    let parity = figure(&results[&Measure::Parity]).interval.unwrap();
    assert_eq!(parity.method, IntervalMethod::Log);
    let middle = (parity.lower * parity.upper).sqrt();
    assert!((middle - 0.62 / 0.70).abs() < 1e-15, "symmetric on the log scale");

    // The ratio of those without: 29.3 per cent more women, and its interval above −100 per cent.
    let offline = figure(&results[&Measure::ExcessOffline]);
    let interval = offline.interval.unwrap();
    let middle = ((interval.lower + 1.0) * (interval.upper + 1.0)).sqrt();
    assert!((middle - 1.0 - offline.point()).abs() < 1e-14);
}

#[test]
fn the_adjusted_interval_is_the_parity_interval_adjusted() {
    let (women, men) =
        (level("F", 0.70, vec![0.03, 0.0], 400), level("M", 0.68, vec![0.0, 0.03], 300));
    let results = all(&women, &men, Direction::Higher);
    let parity = figure(&results[&Measure::Parity]).interval.unwrap();
    let adjusted = figure(&results[&Measure::AdjustedParity]).interval.unwrap();
    assert!(parity.lower < 1.0 && parity.upper > 1.0);
    assert_eq!(adjusted.lower, parity.lower);
    assert_eq!(adjusted.upper, 2.0 - 1.0 / parity.upper);
}

#[test]
fn where_lower_is_better_the_complement_is_compared() {
    // 38 per cent of women and 30 per cent of men are without: the running example turned round.
    let (women, men) =
        (level("F", 0.38, vec![0.012, 0.0], 400), level("M", 0.30, vec![0.0, 0.011], 300));
    let results = all(&women, &men, Direction::Lower);
    assert!((figure(&results[&Measure::Gap]).point() - 0.08).abs() < 1e-15);
    assert!((figure(&results[&Measure::Parity]).point() - 62.0 / 70.0).abs() < 1e-15);
    assert!((figure(&results[&Measure::RelativeGap]).point() - 8.0 / 70.0).abs() < 1e-15);
    assert!(results.values().all(|estimate| noted(estimate, "complement_used")));
}

#[test]
fn a_lower_is_better_mean_has_a_gap_with_the_sign_of_women_behind_and_no_ratio() {
    let (mut women, mut men) =
        (level("F", 12.0, vec![0.5, 0.0], 400), level("M", 10.0, vec![0.0, 0.5], 300));
    (women.unit, men.unit) = (Unit::Own, Unit::Own);
    let results = all(&women, &men, Direction::Lower);
    assert_eq!(figure(&results[&Measure::Gap]).point(), 2.0);
    assert_eq!(results[&Measure::Gap].unit, Unit::Own);
    assert!(noted(&results[&Measure::Gap], "sign_reversed"));
    for measure in &ALL[1..] {
        assert_eq!(results[measure].outcome, Outcome::Absent(Absence::NotApplicable));
    }
}

#[test]
fn no_ratio_without_men_and_nothing_without_either() {
    let women = level("F", 0.4, vec![0.02, 0.0], 400);
    let none = |sex| level(sex, 0.0, vec![0.0, 0.0], 300);
    let results = all(&women, &none("M"), Direction::Higher);
    for measure in [Measure::RelativeGap, Measure::Parity, Measure::AdjustedParity] {
        assert_eq!(results[&measure].outcome, Outcome::Absent(Absence::ZeroDenominator));
    }
    assert_eq!(figure(&results[&Measure::Gap]).point(), -0.4);
    let results = all(&none("F"), &none("M"), Direction::Higher);
    for measure in &ALL[..4] {
        assert_eq!(results[measure].outcome, Outcome::Absent(Absence::NoOneOfEitherSex));
    }
}

#[test]
fn women_at_zero_have_parity_zero_and_no_log_interval() {
    let (women, men) =
        (level("F", 0.0, vec![0.0, 0.0], 300), level("M", 0.4, vec![0.02, 0.0], 400));
    let results = all(&women, &men, Direction::Higher);
    for (measure, value) in
        [(Measure::Parity, 0.0), (Measure::AdjustedParity, 0.0), (Measure::RelativeGap, 1.0)]
    {
        let figure = figure(&results[&measure]);
        assert_eq!((figure.point(), figure.interval), (value, None));
        assert!(noted(&results[&measure], "zero_rate"));
    }
    assert!(figure(&results[&Measure::Gap]).interval.is_some());
}

#[test]
fn two_degenerate_shares_have_a_gap_without_a_false_certainty() {
    let (women, men) = (level("F", 0.0, vec![0.0, 0.0], 300), level("M", 1.0, vec![0.0, 0.0], 300));
    let gap = &all(&women, &men, Direction::Higher)[&Measure::Gap];
    assert_eq!((figure(gap).point(), figure(gap).interval), (1.0, None));
    assert!(noted(gap, "degenerate_share"));
}

#[test]
fn an_absent_side_leaves_no_comparison() {
    let men = level("M", 0.4, vec![0.02, 0.0], 400);
    for measure in all(&absent("F", Absence::NoCases), &men, Direction::Higher).values() {
        assert_eq!(measure.outcome, Outcome::Absent(Absence::PartAbsent));
    }
    let neither = all(
        &absent("F", Absence::Unavailable),
        &absent("M", Absence::Unavailable),
        Direction::Higher,
    );
    assert_eq!(neither[&Measure::Gap].outcome, Outcome::Absent(Absence::Unavailable));
}

#[test]
fn persons_need_a_population() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.0, 0.01], 300));
    let options = Options { measures: ALL.to_vec(), ..Options::default() };
    let results = compare(&women, &men, None, Direction::Higher, &options);
    for estimate in &results[4..] {
        assert_eq!(estimate.outcome, Outcome::Absent(Absence::PopulationUnknown));
    }
    assert_eq!(headcount_of(&women, None).outcome, Outcome::Absent(Absence::PopulationUnknown));
    let persons = headcount_of(&women, Some(25.0e6));
    assert!((figure(&persons).point() - 15.5e6).abs() < 1e-6);
    assert_eq!((persons.unit, persons.key.sex()), (Unit::Count, Some("F")));
    assert!(noted(&persons, "population_fixed"));
}

#[test]
fn published_or_separate_estimates_give_a_value_of_unknown_uncertainty() {
    let women = level("F", 0.62, vec![0.012, 0.0], 400);
    let mut published = level("M", 0.70, vec![], 0);
    published.outcome = Outcome::Known(Figure {
        value: Uncertainty::KnownSe { value: 0.70, se: 0.01 },
        ..figure(&women).clone()
    });
    let mut separate = level("M", 0.70, vec![], 300);
    separate.outcome = Outcome::Known(Figure {
        value: Uncertainty::Linearized(Linearized::new(
            0.70,
            Frame::new("survey", "another plan"),
            vec![0.01],
        )),
        ..figure(&women).clone()
    });
    for men in [published, separate] {
        for (measure, estimate) in all(&women, &men, Direction::Higher) {
            let figure = figure(&estimate);
            assert_eq!((figure.se(), figure.interval), (None, None), "{measure:?}");
            assert!(noted(&estimate, "covariance_unknown"));
        }
    }
}

#[test]
fn what_was_decided_for_the_parts_is_told_once() {
    let note = Diagnostic {
        code: "lonely_psu_adjusted".into(),
        severity: Severity::Caution,
        message: "One stratum has one primary sampling unit.".into(),
        count: 1,
    };
    let (mut women, mut men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.0, 0.01], 300));
    women.diagnostics.push(note.clone());
    men.diagnostics.push(note.clone());
    let gap = &all(&women, &men, Direction::Higher)[&Measure::Gap];
    assert_eq!(gap.diagnostics, [note]);
}

#[test]
fn without_degrees_of_freedom_a_comparison_has_no_interval_and_says_so() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.0, 0.01], 300));
    let results = compare(&women, &men, Some(0.0), Direction::Higher, &Options::default());
    assert_eq!(results.len(), 4);
    for estimate in &results {
        assert_eq!(figure(estimate).interval, None);
        assert!(noted(estimate, "no_degrees_of_freedom"));
    }
}

#[test]
fn only_rates_are_compared() {
    assert!(comparable(IndicatorKind::Rate));
    assert!(!comparable(IndicatorKind::ShareOfWomen));
    assert!(!comparable(IndicatorKind::Unsexed));
}

#[test]
fn the_total_of_two_files_weighs_by_population_and_keeps_its_parts() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.004, 0.01], 30));
    let total =
        total_of_two(&women, &men, Some((25.0e6, 24.5e6)), Some(30.0), 0.95, IntervalMethod::Logit);
    let figure = figure(&total);
    assert!((figure.point() - (25.0 * 0.62 + 24.5 * 0.70) / 49.5).abs() < 1e-15);
    let (f, m) = (25.0 / 49.5, 24.5 / 49.5);
    let variance = (f * 0.012 + m * 0.004f64).powi(2) + (m * 0.01f64).powi(2);
    assert!((figure.se().unwrap() - variance.sqrt()).abs() < 1e-15);
    assert_eq!(figure.interval.unwrap().method, IntervalMethod::Logit);
    assert_eq!((total.key.measure, total.key.sex()), (Measure::Level, None));
    assert_eq!(total.parts[1].n, 30);
    let unknown = total_of_two(&women, &men, None, None, 0.95, IntervalMethod::Logit);
    assert_eq!(unknown.outcome, Outcome::Absent(Absence::PopulationUnknown));
}

#[test]
fn nonresponse_counts_those_asked_who_gave_no_answer() {
    let mut women = level("F", 0.62, vec![0.012], 95);
    for (reason, n) in [("dont_know", 2), ("refused", 3), ("not_asked", 50), ("not_applicable", 7)]
    {
        women.counts.missing.add(reason, n);
    }
    let result = nonresponse(&women);
    assert_eq!(figure(&result).point(), 0.05);
    assert_eq!(figure(&result).se(), None);
    assert_eq!((result.counts.n, result.counts.n_numerator), (100, 5));
    assert_eq!((result.key.measure, result.key.sex()), (Measure::Nonresponse, Some("F")));
    let nobody = nonresponse(&absent("F", Absence::NoCases));
    assert_eq!(nobody.outcome, Outcome::Absent(Absence::NoCases));
}

fn set(text: &str) -> ThresholdSet {
    toml::from_str(text).unwrap()
}

#[test]
fn verdicts_name_their_set_and_include_the_ends_of_the_range() {
    let itu =
        set("id='itu'\nname='ITU'\nlower=0.98\nupper=1.02\napplied_to='parity'\nsource='ITU'");
    let unesco = set(
        "id='unesco'\nname='UNESCO'\nlower=0.97\nupper=1.03\napplied_to='adjusted_parity'\nsource='UIS'",
    );
    assert_eq!(verdict(0.975, &unesco).inside, Some(true));
    assert_eq!(verdict(0.975, &itu).inside, Some(false));
    assert_eq!(verdict(0.975, &itu).set, "itu");
    for (women, men) in [(0.441, 0.45), (0.98, 1.0), (0.49, 0.5), (0.714, 0.7), (0.306, 0.3)] {
        assert_eq!(verdict(women / men, &itu).label, "parity", "{women} / {men}");
    }
    // Unrounded: these print as 0.98 and 1.02.
    assert_eq!(verdict(0.97999, &itu).label, "women behind");
    assert_eq!(verdict(1.02001, &itu).label, "men behind");
}

#[test]
fn groups_of_the_deviation_are_half_open() {
    let groups = set("id='undp-gdi'\nname='UNDP'\napplied_to='parity'\nsource='UNDP'\n\
         groups=[{below=0.025,name='1'},{below=0.05,name='2'},{below=0.075,name='3'},{below=0.1,name='4'},{name='5'}]");
    let cases = [
        (1.0, "1"),
        (0.9751, "1"),
        (0.975, "2"),
        (1.025, "2"),
        (0.95, "3"),
        (1.05, "3"),
        (0.925, "4"),
        (1.075, "4"),
        (0.9, "5"),
        (1.1, "5"),
        (0.3, "5"),
        (1.0999, "4"),
    ];
    for (ratio, group) in cases {
        let verdict = verdict(ratio, &groups);
        assert_eq!((verdict.label.as_str(), verdict.inside), (group, None), "{ratio}");
    }
}

#[test]
fn a_statement_needs_an_interval_that_excludes_equality() {
    let (women, men) =
        (level("F", 0.62, vec![0.012, 0.0], 400), level("M", 0.70, vec![0.0, 0.011], 300));
    let gap = |f: &Estimate, m: &Estimate| {
        let gap = &all(f, m, Direction::Higher)[&Measure::Gap];
        standing(figure(gap).interval.as_ref())
    };
    assert_eq!(gap(&women, &men), Standing::WomenBehind);
    assert_eq!(gap(&men, &women), Standing::MenBehind);
    let near = level("M", 0.64, vec![0.0, 0.011], 300);
    assert_eq!(gap(&women, &near), Standing::NotDistinguishable);
    assert_eq!(standing(None), Standing::Unknown);
}
