//! Tails against reference values of mpmath 1.3 with 60 digits (`betainc`, `gammainc`, `erfc`).

// Reference values stand as they were printed.
#![allow(clippy::excessive_precision)]

use inclusion_estimate::{chi_square_tail, f_tail, normal_tail, t_quantile, t_tail};

#[track_caller]
fn assert_near(got: f64, expected: f64, what: std::fmt::Arguments) {
    let error = ((got - expected) / expected).abs();
    assert!(error <= 2e-12, "{what}: {got:e} is not {expected:e} (relative error {error:e})");
}

#[test]
fn f_tails_have_twelve_digits_also_where_they_are_tiny() {
    let cases = [
        (17.24744396388878, 1.8286715041635828, 360.2482863202258, 2.0350463594652081e-7),
        (5.193369541474877, 1.4946397777074556, 20.92495688790438, 0.0217474623707968893),
        (242.3867061967517, 3.920750600342969, 2191.69958559172, 1.01090273369119694e-169),
        (115.36408663381856, 1.0, 559.0, 1.35951557495463318e-24),
        (0.001, 2.5, 7.0, 0.999783935698707181),
        (1.0, 3.0, 1000000.0, 0.391625638811423102),
        (0.5, 200.0, 3.5, 0.894870064051881127),
        (50.0, 0.3, 2.0, 0.0185993288367655086),
    ];
    for (f, a, b, expected) in cases {
        assert_near(f_tail(f, a, b), expected, format_args!("F = {f}, df = {a}, {b}"));
    }
    assert_eq!(f_tail(0.0, 2.0, 5.0), 1.0);
}

#[test]
fn t_tails_have_twelve_digits_on_both_sides() {
    let cases = [
        (2.3036073198213005, 196.0, 0.0111467619075306177),
        (4.701274704865533, 558.0, 1.63082423374486795e-6),
        (-1.5, 3.0, 0.884708067377588474),
        (1e-8, 5.0, 0.499999996203933102),
        (35.75156299753907, 555.0, 2.03610009931324266e-146),
        (20.958702909444966, 549.0, 2.11644405312894578e-72),
        (2.0, 12345678.9, 0.0227501428813504463),
    ];
    for (t, df, expected) in cases {
        assert_near(t_tail(t, df), expected, format_args!("t = {t}, df = {df}"));
    }
    assert_eq!(t_tail(0.0, 7.0), 0.5);
}

#[test]
fn chi_square_tails_have_twelve_digits_below_and_above_the_mean() {
    let cases = [
        (3.841458820694124, 1.0, 0.0500000000000000574),
        (34.5, 2.0, 3.22418673725673331e-8),
        (0.01, 1.0, 0.920344325445942036),
        (0.3, 3.92, 0.988593743662787298),
        (1000.0, 1200.5, 0.999992577517663009),
        (1500.0, 1200.5, 6.71645768066346816e-9),
        (500.0, 3.0, 4.77167203191275846e-108),
        (1300.0, 1.0, 1.13037284414927424e-284),
    ];
    for (x, df, expected) in cases {
        assert_near(chi_square_tail(x, df), expected, format_args!("x = {x}, df = {df}"));
    }
    assert_eq!(chi_square_tail(0.0, 2.0), 1.0);
}

#[test]
fn normal_tails_have_twelve_digits_into_the_far_tail() {
    let cases = [
        (0.5, 0.308537538725986896),
        (2.9, 0.00186581330038403848),
        (3.1, 0.000967603213218356602),
        (10.0, 7.61985302416052607e-24),
        (37.0, 5.72557122252457682e-300),
        (-1.0, 0.841344746068542949),
    ];
    for (z, expected) in cases {
        assert_near(normal_tail(z), expected, format_args!("z = {z}"));
    }
}

#[test]
fn a_tail_undoes_its_quantile() {
    for df in [0.7, 1.0, 4.5, 30.0, 559.0, 1e9, 1e16] {
        for p in [1e-12, 0.001, 0.2, 0.5, 0.7, 0.999] {
            assert_near(t_tail(-t_quantile(p, df), df), p, format_args!("p = {p}, df = {df}"));
        }
    }
}

#[test]
fn infinite_degrees_of_freedom_are_the_limit_of_many() {
    assert_near(t_tail(2.5, f64::INFINITY), t_tail(2.5, 9e14), format_args!("t"));
    assert_near(f_tail(3.0, 4.0, f64::INFINITY), f_tail(3.0, 4.0, 9e14), format_args!("F"));
}
