//! Quantiles against reference values of mpmath 1.3 with 60 digits (root of the logarithm of the tail).

// Reference values stand as they were printed.
#![allow(clippy::excessive_precision)]

use inclusion_estimate::{beta_quantile, normal_quantile, t_quantile};

#[track_caller]
fn assert_near(got: f64, expected: f64, what: std::fmt::Arguments) {
    let error = ((got - expected) / expected).abs();
    assert!(error <= 1e-12, "{what}: {got:e} is not {expected:e} (relative error {error:e})");
}

#[test]
fn normal_quantiles_have_twelve_digits_into_the_far_tail() {
    let cases = [
        (1e-300, -37.047096299361199),
        (1e-12, -7.0344838253011319),
        (1e-6, -4.753424308822899),
        (0.025, -1.9599639845400542),
        (0.3, -0.52440051270804082),
        (0.4999, -0.00025066283008800749),
        (0.5001, 0.00025066283008800749),
        (0.975, 1.9599639845400539),
        (0.9999, 3.7190164854557084),
    ];
    for (p, expected) in cases {
        assert_near(normal_quantile(p), expected, format_args!("p = {p}"));
    }
    assert_eq!(normal_quantile(0.5), 0.0);
}

#[test]
fn t_quantiles_have_twelve_digits_for_few_and_many_degrees_of_freedom() {
    let cases = [
        (1e-6, 1.0, -318309.88618274349),
        (0.025, 1.0, -12.706204736174704),
        (0.025, 2.5, -3.5746548420036831),
        (0.005, 5.0, -4.0321429835552281),
        (0.025, 10.0, -2.2281388519862747),
        (1e-6, 30.0, -5.8711171204188827),
        (0.025, 316.0, -1.9674995188240585),
        (0.025, 559.0, -1.9642168085313546),
        (0.45, 559.0, -0.12571844705758487),
        (0.025, 12345.6, -1.9601561582595105),
        (1e-6, 1e6, -4.7534523482796808),
    ];
    for (p, df, expected) in cases {
        assert_near(t_quantile(p, df), expected, format_args!("p = {p}, df = {df}"));
    }
}

#[test]
fn beta_quantiles_have_twelve_digits_for_even_and_uneven_shapes() {
    let cases = [
        (0.025, 0.1, 1000.0, 5.794317449250448e-20),
        (0.025, 0.5, 0.5, 0.0015413331334360121),
        (0.5, 2.0, 3.0, 0.38572756813238955),
        (0.975, 2.0, 3.0, 0.80587955031675658),
        (0.025, 12.5, 400.25, 0.016028388995109382),
        (0.975, 13.5, 399.25, 0.051873070267943347),
        (1e-6, 1000.0, 1000.0, 0.44699826807439092),
        (0.025, 3574.0, 6600.5, 0.34202305611805768),
    ];
    for (p, a, b, expected) in cases {
        assert_near(beta_quantile(p, a, b), expected, format_args!("p = {p}, a = {a}, b = {b}"));
    }
}

#[test]
fn beta_quantiles_with_a_shape_of_one_have_a_closed_form() {
    for b in [0.5f64, 1.0, 30.0, 1e3, 1e6] {
        for p in [1e-6f64, 0.025, 0.5, 0.975] {
            // 1 − (1 − p)^(1/b), without cancellation
            let expected = -((-p).ln_1p() / b).exp_m1();
            assert_near(beta_quantile(p, 1.0, b), expected, format_args!("p = {p}, b = {b}"));
        }
    }
}

#[test]
fn t_with_one_and_two_degrees_of_freedom_has_a_closed_form() {
    for p in [1e-6f64, 1e-3, 0.025, 0.2, 0.4] {
        let cauchy = -1.0 / (std::f64::consts::PI * p).tan();
        assert_near(t_quantile(p, 1.0), cauchy, format_args!("p = {p}"));
        let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
        assert_near(t_quantile(p, 2.0), two, format_args!("p = {p}"));
    }
}

#[test]
fn t_is_symmetric_and_becomes_normal() {
    for p in [0.005, 0.025, 0.3] {
        for df in [0.5, 3.0, 77.0, 1e4] {
            assert_near(t_quantile(1.0 - p, df), -t_quantile(p, df), format_args!("{p} {df}"));
        }
        assert_eq!(t_quantile(p, f64::INFINITY), normal_quantile(p));
        assert_near(t_quantile(p, 9e14), normal_quantile(p), format_args!("{p}"));
    }
}

#[test]
fn impossible_probabilities_give_finite_quantiles() {
    for p in [-1.0, 0.0, 1.0, 2.0] {
        assert!(normal_quantile(p).is_finite());
        assert!(t_quantile(p, 3.0).is_finite());
        assert!((0.0..=1.0).contains(&beta_quantile(p, 2.0, 3.0)));
    }
}
