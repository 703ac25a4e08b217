//! Pools and contrasts: worked numbers, and slopes against differences of values.

use inclusion_estimate::{
    Absence, Codes, Counts, Estimate, Figure, Frame, IntervalMethod, Linearized, Measure, Outcome,
    SeriesKey, Uncertainty, Unit,
};
use inclusion_measures::{
    ContrastDf, ContrastKind, ContrastOptions, PoolDf, PoolOptions, PoolPart, Undefined, contrast,
    contrast_of, pool, pooled_rate, satterthwaite,
};

fn key(source: &str) -> SeriesKey {
    SeriesKey {
        source: source.into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: Codes::new(),
        measure: Measure::Level,
    }
}

fn level(source: &str, value: f64, scores: &[f64], n: u64, df: f64) -> Estimate {
    let value = Linearized::new(value, Frame::new(source, "joint"), scores.to_vec());
    Estimate {
        key: key(source),
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value: Uncertainty::Linearized(value),
            df: Some(df),
            interval: None,
            deff: None,
            n_effective: None,
        }),
        counts: Counts { n, n_rows: n, psus: 30, strata: 10, ..Counts::default() },
        parts: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
}

#[test]
fn an_estimated_size_has_a_variance_of_its_own() {
    // Two samples; figure and size of each with scores in one frame.
    let frame = |sample| Frame::new(sample, "joint");
    let at = |r: [f64; 2], s: [f64; 2]| (s[0] * r[0] + s[1] * r[1]) / (s[0] + s[1]);
    let (r, s) = ([0.4, 0.6], [100.0, 300.0]);
    let rates = [
        Linearized::new(r[0], frame("a"), vec![0.02, 0.0]),
        Linearized::new(r[1], frame("b"), vec![0.03, 0.01]),
    ];
    let sizes = [
        Linearized::new(s[0], frame("a"), vec![4.0, 3.0]),
        Linearized::new(s[1], frame("b"), vec![-5.0, 12.0]),
    ];
    let pooled = pooled_rate(&[(&rates[0], &sizes[0]), (&rates[1], &sizes[1])]).unwrap();
    close(pooled.value(), 0.55);
    // The chain rule with slopes taken as differences.
    let step = 1e-6;
    let slope = |k: usize, of_size: bool| {
        let (mut up, mut down) = ((r, s), (r, s));
        let (plus, minus) = match of_size {
            true => (&mut up.1[k], &mut down.1[k]),
            false => (&mut up.0[k], &mut down.0[k]),
        };
        *plus += step;
        *minus -= step;
        (at(up.0, up.1) - at(down.0, down.1)) / (2.0 * step)
    };
    let mut variance = 0.0;
    for (k, sample) in ["a", "b"].into_iter().enumerate() {
        let own = [rates[k].scores(&frame(sample)), sizes[k].scores(&frame(sample))];
        for (rate, size) in own[0].iter().zip(own[1]) {
            let score = slope(k, false) * rate + slope(k, true) * size;
            variance += score * score;
        }
    }
    assert!((pooled.variance() - variance).abs() < 1e-10, "{} {variance}", pooled.variance());
    let none = Linearized::exact(0.0);
    assert_eq!(pooled_rate(&[(&rates[0], &none)]), Err(Undefined::NoPopulation));
}

#[test]
fn a_pool_adds_cases_and_takes_its_degrees_of_freedom_by_its_rule() {
    let parts = |sizes: [f64; 2]| {
        let levels = [level("a", 0.4, &[0.03], 60, 20.0), level("b", 0.6, &[0.04], 300, 40.0)];
        let exact = sizes.map(Linearized::exact);
        let pairs = levels.into_iter().zip(exact);
        pairs.map(|(level, size)| PoolPart { level, size }).collect::<Vec<_>>()
    };
    let options = PoolOptions {
        level: 0.95,
        share: Some(IntervalMethod::Logit),
        df: PoolDf::Satterthwaite,
        judged_apart: true,
        sum: false,
    };
    let pooled = pool(key("p"), &parts([1.0, 1.0]), &options);
    let figure = pooled.outcome.figure().unwrap();
    close(figure.point(), 0.5);
    close(figure.se().unwrap(), 0.025);
    // (0.015² + 0.02²)² / (0.015⁴/20 + 0.02⁴/40).
    let by_hand = 3.90625e-7 / (5.0625e-8 / 20.0 + 1.6e-7 / 40.0);
    close(figure.df.unwrap(), by_hand);
    assert_eq!((pooled.counts.n, pooled.counts.psus, pooled.counts.strata), (360, 60, 20));
    // The smaller sample decides what may be shown.
    assert_eq!(pooled.parts.iter().map(|part| part.n).collect::<Vec<_>>(), [60, 300]);
    let stacked = PoolOptions { df: PoolDf::Sum, judged_apart: false, ..options };
    let pooled = pool(key("p"), &parts([1.0, 3.0]), &stacked);
    let figure = pooled.outcome.figure().unwrap();
    close(figure.point(), 0.55);
    assert_eq!((figure.df, pooled.parts.len()), (Some(60.0), 0));
}

#[test]
fn a_pool_without_one_part_has_no_figure() {
    let mut absent = level("b", 0.6, &[0.04], 0, 40.0);
    absent.outcome = Outcome::Absent(Absence::NoCases);
    let part = |level: Estimate| PoolPart { level, size: Linearized::exact(1.0) };
    let options =
        PoolOptions { level: 0.95, share: None, df: PoolDf::Sum, judged_apart: false, sum: false };
    let both = [part(level("a", 0.4, &[0.03], 60, 20.0)), part(absent.clone())];
    assert_eq!(pool(key("p"), &both, &options).outcome, Outcome::Absent(Absence::PartAbsent));
    let none = [part(absent.clone()), part(absent)];
    assert_eq!(pool(key("p"), &none, &options).outcome, Outcome::Absent(Absence::NoCases));
}

type Formula = fn(f64, f64) -> f64;

#[test]
fn every_kind_of_contrast_has_the_slopes_of_its_formula() {
    let frame = Frame::new("a", "joint");
    let (a, b) = (0.36, 0.48);
    let first = Linearized::new(a, frame.clone(), vec![1.0, 0.0]);
    let second = Linearized::new(b, frame.clone(), vec![0.0, 1.0]);
    let kinds: [(ContrastKind, Formula); 4] = [
        (ContrastKind::Difference, |a, b| a - b),
        (ContrastKind::Ratio, |a, b| a / b),
        (ContrastKind::Relative, |a, b| (a - b) / b),
        (ContrastKind::LogRatio, |a, b| (a / b).ln()),
    ];
    for (kind, formula) in kinds {
        let value = contrast_of(&first, &second, kind).unwrap();
        close(value.value(), formula(a, b));
        let step = 1e-6;
        let slopes = [
            (formula(a + step, b) - formula(a - step, b)) / (2.0 * step),
            (formula(a, b + step) - formula(a, b - step)) / (2.0 * step),
        ];
        let own = value.scores(&frame);
        assert!((own[0] - slopes[0]).abs() < 1e-8 && (own[1] - slopes[1]).abs() < 1e-8, "{kind:?}");
    }
    let zero = Linearized::exact(0.0);
    assert_eq!(contrast_of(&first, &zero, ContrastKind::Ratio), Err(Undefined::ZeroDenominator));
    assert_eq!(contrast_of(&zero, &first, ContrastKind::LogRatio), Err(Undefined::ZeroRate));
}

#[test]
fn what_was_not_estimated_together_has_a_contrast_without_a_standard_error() {
    let first = level("a", 0.6, &[0.03], 100, 20.0);
    let mut second = level("a", 0.5, &[0.04], 90, 20.0);
    if let Outcome::Known(figure) = &mut second.outcome {
        let other = Linearized::new(0.5, Frame::new("a", "other"), vec![0.04]);
        figure.value = Uncertainty::Linearized(other);
    }
    let options = ContrastOptions {
        kind: ContrastKind::Difference,
        level: 0.95,
        df: ContrastDf::Union(Some(20.0)),
    };
    let difference = contrast(key("c"), &first, &second, &options);
    let figure = difference.outcome.figure().unwrap();
    close(figure.point(), 0.1);
    assert_eq!((figure.se(), figure.interval), (None, None));
    assert!(difference.diagnostics.iter().any(|d| d.code == "covariance_unknown"));
    // The rows of both stand behind it.
    assert_eq!(difference.parts.iter().map(|part| part.n).collect::<Vec<_>>(), [100, 90]);
}

#[test]
fn a_ratio_has_its_interval_on_the_log_scale_and_shares_of_nobody_have_none() {
    let options =
        ContrastOptions { kind: ContrastKind::Ratio, level: 0.95, df: ContrastDf::Independent };
    let (first, second) = (level("a", 0.3, &[0.03], 80, 30.0), level("b", 0.6, &[0.03], 80, 30.0));
    let ratio = contrast(key("c"), &first, &second, &options);
    let figure = ratio.outcome.figure().unwrap();
    let interval = figure.interval.unwrap();
    close(interval.lower * interval.upper, 0.25);
    assert_eq!(interval.method, IntervalMethod::Log);
    assert_eq!(ratio.unit, Unit::Ratio);
    let (nobody, none) = (level("a", 0.0, &[0.0], 80, 30.0), level("b", 0.0, &[0.0], 80, 30.0));
    let options = ContrastOptions { kind: ContrastKind::Difference, ..options };
    let difference = contrast(key("c"), &nobody, &none, &options);
    assert_eq!(difference.outcome.figure().unwrap().interval, None);
    assert!(difference.diagnostics.iter().any(|d| d.code == "degenerate_share"));
}

#[test]
fn satterthwaite_lies_between_the_fewest_and_the_sum() {
    for (v, w) in [(1.0, 1.0), (1.0, 9.0), (5.0, 0.01)] {
        let df = satterthwaite([(v, Some(12.0)), (w, Some(50.0))]).unwrap();
        assert!((12.0..=62.0).contains(&df), "{df}");
    }
    assert_eq!(satterthwaite([(0.0, Some(12.0)), (0.0, Some(50.0))]), Some(62.0));
    assert_eq!(satterthwaite([(1.0, Some(0.0)), (1.0, Some(50.0))]), Some(0.0));
}
