//! The worked numbers of the method: F = 62, M = 70, and the uncertainty of their gap and ratio.

use inclusion_estimate::{Frame, Linearized, interval_log, interval_mean};
use inclusion_measures::{
    Undefined, adjusted_parity, combined_total, equally_distributed, excess_offline, gap,
    headcount, normalised_difference, parity, relative_gap, truncated_ratio, user_difference,
    women_to_parity,
};

#[track_caller]
fn assert_rounds(got: f64, printed: &str) {
    let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
    assert_eq!(inclusion_estimate::round_half_away(got, decimals), printed);
}

fn exact(value: f64) -> Linearized {
    Linearized::exact(value)
}

/// Women and men with standard errors 1.2 and 1.1 points and the given covariance.
fn pair(women: f64, men: f64, covariance: f64) -> (Linearized, Linearized) {
    let frame = Frame::new("survey", "internet use by sex");
    let shared = covariance / 1.2;
    let own = (1.1f64 * 1.1 - shared * shared).sqrt();
    (
        Linearized::new(women, frame.clone(), vec![1.2, 0.0]),
        Linearized::new(men, frame, vec![shared, own]),
    )
}

#[test]
fn the_running_example_gives_the_printed_measures() {
    let (f, m) = (exact(0.62), exact(0.70));
    assert_rounds(parity(&f, &m).unwrap().value(), "0.8857");
    assert_rounds(100.0 * relative_gap(&f, &m).unwrap().value(), "11.43");
    assert_rounds(100.0 * gap(&f, &m).unwrap().value(), "8.0");
    assert_rounds(adjusted_parity(&f, &m).unwrap().value(), "0.8857");
    assert_rounds(truncated_ratio(&f, &m, 1.0).unwrap().value(), "0.8857");
    assert_rounds(normalised_difference(&f, &m).unwrap().value(), "-0.0606");
    assert_rounds(user_difference(&f, &m, 25.0, 24.5).unwrap().value(), "1.65");
    assert_rounds(women_to_parity(&f, &m, 25.0).unwrap().value(), "2.00");
    assert_rounds(100.0 * excess_offline(&f, &m, 25.0, 24.5).unwrap().value(), "29.3");
    assert_rounds(100.0 * equally_distributed(&f, &m, 0.5, 2.0).unwrap().value(), "65.76");
    assert_rounds(100.0 * equally_distributed(&f, &m, 0.5, 1.0).unwrap().value(), "65.88");
    assert_rounds(100.0 * equally_distributed(&f, &m, 0.5, 0.0).unwrap().value(), "66.0");
}

#[test]
fn the_swapped_example_gives_the_printed_measures() {
    let (f, m) = (exact(0.70), exact(0.62));
    assert_rounds(parity(&f, &m).unwrap().value(), "1.1290");
    assert_rounds(adjusted_parity(&f, &m).unwrap().value(), "1.1143");
    assert_eq!(truncated_ratio(&f, &m, 1.0).unwrap().value(), 1.0);
    assert_rounds(100.0 * relative_gap(&f, &m).unwrap().value(), "-12.90");
    assert_rounds(100.0 * gap(&f, &m).unwrap().value(), "-8.0");
}

#[test]
fn two_files_are_weighted_with_their_populations() {
    let total = combined_total(&exact(62.0), &exact(70.0), 25.0e6, 24.5e6).unwrap().value();
    assert_rounds(total, "65.96");
    assert!((total - (25.0 * 62.0 + 24.5 * 70.0) / 49.5).abs() < 1e-12);
    let nobody = combined_total(&exact(62.0), &exact(70.0), 0.0, 0.0);
    assert_eq!(nobody, Err(Undefined::NoPopulation));
}

#[test]
fn the_uncertainty_of_the_gap_follows_the_covariance() {
    let (f, m) = pair(62.0, 70.0, 0.0);
    let apart = gap(&f, &m).unwrap();
    assert_rounds(apart.se(), "1.628");
    let interval = interval_mean(apart.value(), apart.se(), None, 0.95).unwrap();
    assert_rounds(interval.lower, "4.8");
    assert_rounds(interval.upper, "11.2");
    let (f, m) = pair(62.0, 70.0, 0.5);
    assert_rounds(gap(&f, &m).unwrap().se(), "1.285");
}

#[test]
fn the_interval_of_the_ratio_is_made_on_the_log_scale() {
    let (f, m) = pair(62.0, 70.0, 0.0);
    let ratio = parity(&f, &m).unwrap();
    let interval = interval_log(ratio.value(), ratio.se() / ratio.value(), None, 0.95).unwrap();
    assert_rounds(ratio.value(), "0.886");
    assert_rounds(interval.lower, "0.843");
    assert_rounds(interval.upper, "0.930");
    // SE(ln(F/M)) as the method writes it, with a covariance.
    let (f, m) = pair(62.0, 70.0, 0.5);
    let ratio = parity(&f, &m).unwrap();
    let se_log =
        ((1.2f64 / 62.0).powi(2) + (1.1f64 / 70.0).powi(2) - 2.0 * 0.5 / (62.0 * 70.0)).sqrt();
    assert!((ratio.se() / ratio.value() - se_log).abs() < 1e-15);
}

/// The chain rule checked against differences: every slope of every measure.
#[test]
fn scores_are_the_slopes_of_the_value() {
    type Function = fn(&Linearized, &Linearized) -> Result<Linearized, Undefined>;
    let measures: [(&str, Function); 13] = [
        ("gap", gap),
        ("relative gap", relative_gap),
        ("parity", parity),
        ("adjusted parity", adjusted_parity),
        ("truncated ratio", |f, m| truncated_ratio(f, m, 2.0)),
        ("normalised difference", normalised_difference),
        ("user difference", |f, m| user_difference(f, m, 25.0, 24.5)),
        ("women to parity", |f, m| women_to_parity(f, m, 25.0)),
        ("excess offline", |f, m| excess_offline(f, m, 25.0, 24.5)),
        ("combined total", |f, m| combined_total(f, m, 25.0, 24.5)),
        ("mean", |f, m| equally_distributed(f, m, 0.4, 0.0)),
        ("geometric mean", |f, m| equally_distributed(f, m, 0.4, 1.0)),
        ("harmonic mean", |f, m| equally_distributed(f, m, 0.4, 2.0)),
    ];
    let frame = Frame::new("survey", "by sex");
    for (f, m) in [(0.62, 0.70), (0.70, 0.62), (0.05, 0.93)] {
        // The women's score is in the first place and the men's in the second: a slope in each.
        let women = Linearized::new(f, frame.clone(), vec![1.0, 0.0]);
        let men = Linearized::new(m, frame.clone(), vec![0.0, 1.0]);
        for (name, measure) in &measures {
            let at = |f: f64, m: f64| measure(&exact(f), &exact(m)).unwrap().value();
            let h = 1e-5;
            let slopes = [
                (at(f + h, m) - at(f - h, m)) / (2.0 * h),
                (at(f, m + h) - at(f, m - h)) / (2.0 * h),
            ];
            let result = measure(&women, &men).unwrap();
            for (slope, score) in slopes.iter().zip(result.scores(&frame)) {
                let error = (slope - score).abs() / slope.abs().max(1.0);
                assert!(error < 1e-6, "{name} at {f}, {m}: {score} is not {slope}");
            }
        }
    }
}

#[test]
fn relabelling_the_sexes_turns_the_sign_and_inverts_the_ratio() {
    for (women, men, covariance) in [(62.0, 70.0, 0.5), (70.0, 62.0, -0.3), (5.0, 90.0, 0.0)] {
        let (f, m) = pair(women, men, covariance);
        let (there, back) = (gap(&f, &m).unwrap(), gap(&m, &f).unwrap());
        assert_eq!(there.value(), -back.value());
        assert_eq!(there.se(), back.se());
        let (there, back) = (parity(&f, &m).unwrap(), parity(&m, &f).unwrap());
        assert!((there.value() * back.value() - 1.0).abs() < 1e-15);
        let (log_there, log_back) = (there.se() / there.value(), back.se() / back.value());
        assert!((log_there - log_back).abs() < 1e-15);
        // The adjusted index is as far above 1 as it was below.
        let (there, back) = (adjusted_parity(&f, &m).unwrap(), adjusted_parity(&m, &f).unwrap());
        assert!((there.value() + back.value() - 2.0).abs() < 1e-15);
        assert!((there.se() - back.se()).abs() < 1e-15);
        let (there, back) =
            (normalised_difference(&f, &m).unwrap(), normalised_difference(&m, &f).unwrap());
        assert_eq!(there.value(), -back.value());
    }
}

#[test]
fn parity_of_equals_is_one_and_certain() {
    let women = Linearized::new(0.4, Frame::new("survey", "x"), vec![0.01, -0.03, 0.02]);
    for score in [parity(&women, &women).unwrap(), adjusted_parity(&women, &women).unwrap()] {
        assert_eq!(score.value(), 1.0);
        assert_eq!(score.se(), 0.0);
    }
    assert_eq!(gap(&women, &women).unwrap().se(), 0.0);
}

#[test]
fn what_has_no_ratio_says_why() {
    let (none, some) = (exact(0.0), exact(0.4));
    assert_eq!(parity(&some, &none), Err(Undefined::ZeroDenominator));
    assert_eq!(relative_gap(&some, &none), Err(Undefined::ZeroDenominator));
    assert_eq!(adjusted_parity(&some, &none), Err(Undefined::ZeroDenominator));
    assert_eq!(parity(&none, &none), Err(Undefined::NoOneOfEitherSex));
    assert_eq!(normalised_difference(&none, &none), Err(Undefined::NoOneOfEitherSex));
    assert_eq!(parity(&none, &some).unwrap().value(), 0.0);
    assert_eq!(relative_gap(&none, &some).unwrap().value(), 1.0);
    assert_eq!(excess_offline(&some, &exact(1.0), 1.0, 1.0), Err(Undefined::ZeroDenominator));
    assert_eq!(excess_offline(&some, &some, 1.0, 0.0), Err(Undefined::NoPopulation));
    assert_eq!(equally_distributed(&none, &some, 0.5, 2.0), Err(Undefined::ZeroRate));
}

#[test]
fn estimates_of_one_sample_that_were_not_made_together_are_refused() {
    let women = Linearized::new(0.4, Frame::new("survey", "women"), vec![0.01]);
    let men = Linearized::new(0.5, Frame::new("survey", "men"), vec![0.01]);
    assert!(matches!(gap(&women, &men), Err(Undefined::NotJoint(_))));
    assert!(matches!(parity(&women, &men), Err(Undefined::NotJoint(_))));
}

#[test]
fn a_head_count_scales_the_rate_and_its_error() {
    let women = Linearized::new(0.62, Frame::new("survey", "x"), vec![0.012]);
    let persons = headcount(&women, 25.0e6);
    assert!((persons.value() - 15.5e6).abs() < 1e-6);
    assert!((persons.se() - 0.3e6).abs() < 1e-6);
}
