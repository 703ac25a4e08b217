//! Intervals against R's `survey::svyciprop`, and what happens at the edges.

use inclusion_estimate::{
    Interval, IntervalMethod, ProportionInputs, interval_log, interval_mean, interval_proportion,
};
use serde_json::Value;
use std::path::Path;

fn inputs(share: f64, se: f64, n_rows: u64, df: Option<f64>) -> ProportionInputs {
    ProportionInputs { share, se, n_rows, df, level: 0.95 }
}

const ALL: [IntervalMethod; 7] = [
    IntervalMethod::Logit,
    IntervalMethod::Beta,
    IntervalMethod::Wilson,
    IntervalMethod::Mean,
    IntervalMethod::Log,
    IntervalMethod::Asin,
    IntervalMethod::Likelihood,
];

#[test]
fn proportion_intervals_agree_with_r() {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/survey"));
    if !folder.exists() {
        let message = "SKIPPED: proportion intervals against R needs ../shared";
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{message}");
        eprintln!("{message}");
        return;
    }
    let text = std::fs::read_to_string(folder.join("ict_a.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for case in file["cases"].as_array().unwrap() {
        if case["estimand"]["stat"] != "ciprop" {
            continue;
        }
        let method = match case["estimand"]["method"].as_str().unwrap() {
            // The interval from a logistic regression is the same one.
            "xlogit" | "logit" => IntervalMethod::Logit,
            "beta" => IntervalMethod::Beta,
            "wilson" => IntervalMethod::Wilson,
            "mean" => IntervalMethod::Mean,
            "asin" => IntervalMethod::Asin,
            "likelihood" => IntervalMethod::Likelihood,
            other => panic!("method {other}"),
        };
        let tolerance = case["tolerance_rel"].as_f64().unwrap();
        for row in case["expected"]["rows"].as_array().unwrap() {
            let number = |name: &str| row[name].as_f64().unwrap();
            let inputs = ProportionInputs {
                share: number("estimate"),
                se: number("se"),
                n_rows: row["n_rows"].as_u64().unwrap(),
                df: Some(number("df_domain")),
                level: case["estimand"]["level"].as_f64().unwrap_or(0.95),
            };
            let interval = interval_proportion(inputs, method).unwrap();
            for (got, name) in [(interval.lower, "ci_low"), (interval.upper, "ci_high")] {
                let expected = number(name);
                let error = (got - expected).abs() / expected;
                assert!(error <= tolerance, "{} {name}: {got} is not {expected}", case["id"]);
                // Far inside the file's tolerance wherever the definition is literally the same.
                if method != IntervalMethod::Likelihood && case["estimand"]["method"] != "logit" {
                    assert!(error <= 1e-12, "{} {name}: error {error:e}", case["id"]);
                }
            }
            compared += 1;
        }
    }
    assert!(compared >= 20, "only {compared} intervals compared");
}

#[test]
fn a_share_of_zero_or_one_gets_the_exact_binomial_interval_of_its_rows() {
    for method in ALL {
        let none = interval_proportion(inputs(0.0, 0.0, 40, Some(12.0)), method).unwrap();
        let bound = 1.0 - 0.025f64.powf(1.0 / 40.0);
        assert_eq!((none.lower, none.method), (0.0, IntervalMethod::Beta));
        assert!((none.upper - bound).abs() < 1e-14);
        let all = interval_proportion(inputs(1.0, 0.0, 40, Some(12.0)), method).unwrap();
        assert_eq!((all.upper, all.method), (1.0, IntervalMethod::Beta));
        assert!((all.lower - (1.0 - bound)).abs() < 1e-14);
    }
}

#[test]
fn without_sampling_error_every_interval_is_the_share_itself() {
    for method in ALL {
        let interval = interval_proportion(inputs(0.3, 0.0, 40, Some(12.0)), method).unwrap();
        assert!((interval.lower - 0.3).abs() < 1e-15, "{method:?}");
        assert!((interval.upper - 0.3).abs() < 1e-15, "{method:?}");
    }
}

#[test]
fn without_degrees_of_freedom_or_rows_there_is_no_interval() {
    for method in ALL {
        assert_eq!(interval_proportion(inputs(0.3, 0.1, 40, Some(0.0)), method), None);
        assert_eq!(interval_proportion(inputs(f64::NAN, 0.1, 40, None), method), None);
    }
    assert_eq!(interval_proportion(inputs(0.0, 0.0, 0, None), IntervalMethod::Logit), None);
    assert_eq!(interval_mean(1.0, 0.1, Some(-1.0), 0.95), None);
    assert_eq!(interval_log(0.0, 0.1, None, 0.95), None);
}

#[test]
fn share_intervals_stay_between_zero_and_one_and_hold_the_share() {
    for method in [
        IntervalMethod::Logit,
        IntervalMethod::Beta,
        IntervalMethod::Wilson,
        IntervalMethod::Asin,
        IntervalMethod::Likelihood,
    ] {
        for share in [1e-6, 0.001, 0.5, 0.999] {
            for se in [1e-4f64, 0.01, 0.2] {
                let se = se.min(share * (1.0 - share));
                let interval =
                    interval_proportion(inputs(share, se, 50, Some(4.0)), method).unwrap();
                assert!(0.0 <= interval.lower && interval.upper <= 1.0, "{method:?} {interval:?}");
                assert!(interval.contains(share), "{method:?} {share} {interval:?}");
            }
        }
    }
}

#[test]
fn the_interval_of_a_ratio_on_the_log_scale_inverts_with_the_ratio() {
    // Rates 62 and 70 with standard errors 1.2 and 1.1, no covariance, normal quantile.
    let se = ((1.2f64 / 62.0).powi(2) + (1.1f64 / 70.0).powi(2)).sqrt();
    let Interval { lower, upper, .. } = interval_log(62.0 / 70.0, se, None, 0.95).unwrap();
    assert!((lower - 0.843).abs() < 0.0005 && (upper - 0.930).abs() < 0.0005);
    let inverse = interval_log(70.0 / 62.0, se, None, 0.95).unwrap();
    assert!((inverse.lower * upper - 1.0).abs() < 1e-15);
    assert!((inverse.upper * lower - 1.0).abs() < 1e-15);
}

#[test]
fn the_interval_of_a_gap_is_the_value_and_t_standard_errors() {
    let se = (1.2f64 * 1.2 + 1.1 * 1.1).sqrt();
    assert!((se - 1.628).abs() < 0.0005);
    let interval = interval_mean(8.0, se, None, 0.95).unwrap();
    assert!((interval.lower - 4.8).abs() < 0.05 && (interval.upper - 11.2).abs() < 0.05);
    let few = interval_mean(8.0, se, Some(10.0), 0.95).unwrap();
    assert!((few.upper - (8.0 + 2.228138851986274 * se)).abs() < 1e-12);
}

#[test]
fn the_ends_of_a_likelihood_interval_have_the_deviance_of_t_squared() {
    let divergence = |p: f64, q: f64| p * (p / q).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - q)).ln();
    for (share, se) in [(0.4, 0.02), (0.02, 0.01), (0.97, 0.05), (0.5, 0.3), (1e-4, 1e-3)] {
        let interval =
            interval_proportion(inputs(share, se, 50, Some(10.0)), IntervalMethod::Likelihood)
                .unwrap();
        let t = 2.228138851986274;
        let cases = share * (1.0 - share) / (se * se);
        for end in [interval.lower, interval.upper] {
            // A share whose lower end underflows has none to compare.
            if end > 1e-280 && end < 1.0 {
                let deviance = 2.0 * cases * divergence(share, end);
                assert!((deviance / (t * t) - 1.0).abs() < 1e-9, "{share} {se} {end}: {deviance}");
            }
        }
        let mirrored = interval_proportion(
            inputs(1.0 - share, se, 50, Some(10.0)),
            IntervalMethod::Likelihood,
        )
        .unwrap();
        assert!((1.0 - mirrored.upper - interval.lower).abs() < 1e-12, "{share} {se}");
    }
}
