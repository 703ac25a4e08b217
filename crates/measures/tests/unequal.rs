//! Inequality between groups: worked numbers, slopes against differences of values, and properties; and the
//! smallest gap that can be found.

use inclusion_estimate::{Frame, Linearized};
use inclusion_measures::{
    Group, Interviewed, Undefined, Undetectable, concentration_index, detectable_gap,
    dissimilarity, erreygers_index, normalised_difference, opportunity_index, relative_index,
    slope_index, theil_between, wagstaff_index,
};
use proptest::prelude::*;

fn groups(parts: &[(f64, f64)]) -> Vec<Group> {
    parts.iter().map(|(share, p)| Group { share: *share, rate: Linearized::exact(*p) }).collect()
}

fn equal(rates: &[f64]) -> Vec<Group> {
    groups(&rates.iter().map(|p| (1.0, *p)).collect::<Vec<_>>())
}

type Index = fn(&[Group]) -> Result<Linearized, Undefined>;

const INDICES: [(&str, Index); 8] = [
    ("dissimilarity", dissimilarity),
    ("opportunity", opportunity_index),
    ("Theil", theil_between),
    ("concentration", concentration_index),
    ("Erreygers", erreygers_index),
    ("Wagstaff", wagstaff_index),
    ("slope", slope_index),
    ("relative", relative_index),
];

#[track_caller]
fn prints(got: Result<Linearized, Undefined>, times: f64, printed: &str) {
    let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
    let got = got.unwrap().value() * times;
    assert_eq!(inclusion_estimate::round_half_away(got, decimals), printed);
}

#[test]
fn the_worked_numbers_come_out() {
    let two = equal(&[0.62, 0.70]);
    prints(dissimilarity(&two), 1.0, "0.0303");
    prints(opportunity_index(&two), 100.0, "64.0");
    prints(theil_between(&two), 1.0, "0.001838");
    let (f, m) = (Linearized::exact(0.62), Linearized::exact(0.70));
    prints(normalised_difference(&f, &m), 1.0, "-0.0606");
    let quintiles = equal(&[0.30, 0.45, 0.58, 0.70, 0.85]);
    prints(concentration_index(&quintiles), 1.0, "0.1875");
    prints(erreygers_index(&quintiles), 1.0, "0.4320");
    prints(wagstaff_index(&quintiles), 1.0, "0.4422");
    prints(slope_index(&quintiles), 100.0, "67.5");
    prints(relative_index(&quintiles), 1.0, "3.830");
}

#[test]
fn a_rate_of_zero_contributes_nothing_to_theil_and_nothing_infinite_to_its_error() {
    let frame = Frame::new("survey", "by group");
    let parts = [(0.0, vec![0.0, 0.0]), (0.5, vec![0.02, 0.0]), (0.7, vec![0.0, 0.03])];
    let with: Vec<Group> = parts
        .into_iter()
        .map(|(p, scores)| Group { share: 1.0, rate: Linearized::new(p, frame.clone(), scores) })
        .collect();
    let index = theil_between(&with).unwrap();
    let r = [0.5 / 0.4, 0.7 / 0.4];
    let expected = (r[0] * f64::ln(r[0]) + r[1] * f64::ln(r[1])) / 3.0;
    assert!((index.value() - expected).abs() < 1e-15 && index.se().is_finite());
}

#[test]
fn what_has_no_index_says_why() {
    let none = equal(&[0.0, 0.0]);
    assert_eq!(dissimilarity(&none), Err(Undefined::NoOneInAnyGroup));
    assert_eq!(theil_between(&none), Err(Undefined::NoOneInAnyGroup));
    assert_eq!(concentration_index(&none), Err(Undefined::NoOneInAnyGroup));
    assert_eq!(opportunity_index(&none).unwrap().value(), 0.0);
    assert_eq!(erreygers_index(&none).unwrap().value(), 0.0);
    assert_eq!(relative_index(&none), Err(Undefined::FittedNotPositive));
    assert_eq!(wagstaff_index(&equal(&[1.0, 1.0])), Err(Undefined::AllInEveryGroup));
    assert_eq!(slope_index(&equal(&[0.4])), Err(Undefined::OneGroup));
    assert_eq!(slope_index(&groups(&[(1.0, 0.4), (0.0, 0.5)])), Err(Undefined::OneGroup));
    // Steeper than the order allows: 0.02 and 0.98 with equal shares fit −0.46 at the bottom.
    assert_eq!(relative_index(&equal(&[0.02, 0.98])), Err(Undefined::FittedNotPositive));
    for (name, index) in INDICES {
        assert_eq!(index(&[]), Err(Undefined::NoPopulation), "{name}");
        assert_eq!(index(&groups(&[(-1.0, 0.2), (2.0, 0.3)])), Err(Undefined::NoPopulation));
        assert_eq!(index(&groups(&[(f64::NAN, 0.2)])), Err(Undefined::NoPopulation));
        assert_eq!(index(&equal(&[62.0, 70.0])), Err(Undefined::NotARate), "{name}");
        assert_eq!(index(&equal(&[0.2, f64::NAN])), Err(Undefined::NotARate), "{name}");
    }
}

#[test]
fn slopes_agree_with_differences_of_values() {
    let parts = [(0.15, 0.30), (0.25, 0.45), (0.2, 0.58), (0.3, 0.70), (0.1, 0.85)];
    let frame = Frame::new("survey", "by quintile");
    let scored: Vec<Group> = parts
        .iter()
        .enumerate()
        .map(|(i, (share, p))| {
            let mut scores = vec![0.0; parts.len()];
            scores[i] = 1.0;
            Group { share: *share, rate: Linearized::new(*p, frame.clone(), scores) }
        })
        .collect();
    for (name, index) in INDICES {
        let slopes = index(&scored).unwrap().scores(&frame).to_vec();
        for (i, slope) in slopes.iter().enumerate() {
            let at = |step: f64| {
                let mut moved = parts;
                moved[i].1 += step;
                index(&groups(&moved)).unwrap().value()
            };
            let difference = (at(1e-6) - at(-1e-6)) / 2e-6;
            assert!((slope - difference).abs() < 1e-7, "{name} {i}: {slope} is not {difference}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn indices_keep_their_properties(
        parts in prop::collection::vec((0.01..1.0f64, 0.05..0.95f64), 2..8), scale in 0.1..10.0f64,
    ) {
        let all = groups(&parts);
        let value = |index: Index, groups: &[Group]| index(groups).map(|v| v.value());
        for (name, index) in INDICES {
            let Ok(found) = value(index, &all) else {
                prop_assert_eq!(name, "relative");
                continue;
            };
            prop_assert!(found.is_finite());
            // The unit of the shares does not matter.
            let scaled: Vec<_> = parts.iter().map(|(s, p)| (s * scale, *p)).collect();
            let rescaled = value(index, &groups(&scaled)).unwrap();
            prop_assert!((found - rescaled).abs() < 1e-9 * found.abs().max(1.0), "{}", name);
            // A group cut into two alike is the same population; so are their places in the order.
            let mut cut = parts.clone();
            cut[0].0 /= 2.0;
            cut.insert(0, cut[0]);
            if !["slope", "relative"].contains(&name) {
                let halves = value(index, &groups(&cut)).unwrap();
                prop_assert!((found - halves).abs() < 1e-9 * found.abs().max(1.0), "{}", name);
            }
        }
        let mean = opportunity_index(&all).unwrap().value()
            / (1.0 - dissimilarity(&all).unwrap().value());
        prop_assert!((0.05..0.95).contains(&mean));
        prop_assert!((0.0..1.0).contains(&dissimilarity(&all).unwrap().value()));
        prop_assert!(theil_between(&all).unwrap().value() >= -1e-15);
        // Turning the order turns the sign of what depends on it.
        let mut turned = parts.clone();
        turned.reverse();
        for index in [concentration_index, erreygers_index, slope_index] as [Index; 3] {
            let sum = value(index, &all).unwrap() + value(index, &groups(&turned)).unwrap();
            prop_assert!(sum.abs() < 1e-12);
        }
        // Erreygers' index is the same in size for being without.
        let without: Vec<_> = parts.iter().map(|(s, p)| (*s, 1.0 - p)).collect();
        let mirror = value(erreygers_index, &groups(&without)).unwrap();
        prop_assert!((value(erreygers_index, &all).unwrap() + mirror).abs() < 1e-12);
        // Equal rates are no inequality.
        let same: Vec<_> = parts.iter().map(|(s, _)| (*s, 0.4)).collect();
        for index in [dissimilarity, theil_between, concentration_index, slope_index] as [Index; 4] {
            prop_assert!(value(index, &groups(&same)).unwrap().abs() < 1e-12);
        }
    }
}

#[test]
fn the_smallest_gap_follows_from_interviews_and_design_effect() {
    let half = |n, deff| Interviewed { n, deff };
    let gap = |women, men, rate| detectable_gap(women, men, rate, 0.95, 0.80);
    // (1.959964 + 0.841621) √(0.25 × 2 × 1.5 / 500).
    let worked = gap(half(500, 1.5), half(500, 1.5), 0.5).unwrap();
    assert!((worked - 2.801_585_218_117_073 * (0.25f64 * 2.0 * 1.5 / 500.0).sqrt()).abs() < 1e-12);
    // Four times the interviews find half the gap; so does a quarter of the design effect.
    let four = gap(half(2000, 1.5), half(2000, 1.5), 0.5).unwrap();
    assert!((worked / four - 2.0).abs() < 1e-12);
    let quarter = gap(half(500, 0.375), half(500, 0.375), 0.5).unwrap();
    assert!((worked / quarter - 2.0).abs() < 1e-12);
    // One half is the worst rate; the smaller sample decides.
    assert!(gap(half(500, 1.5), half(500, 1.5), 0.9).unwrap() < worked);
    assert!(gap(half(100, 1.5), half(900, 1.5), 0.5).unwrap() > worked);
    assert_eq!(gap(half(0, 1.5), half(900, 1.5), 0.5), Err(Undetectable::NoInterviews));
    assert_eq!(gap(half(5, 3.0), half(5, 3.0), 0.5), Err(Undetectable::SampleTooSmall));
    for (deff, rate) in [(f64::NAN, 0.5), (-1.0, 0.5), (1.5, 0.0), (1.5, 1.0), (1.5, f64::NAN)] {
        let refused = gap(half(500, deff), half(500, 1.5), rate).unwrap_err();
        assert_eq!(refused.id(), "out_of_range");
        assert!(!refused.to_string().contains("NaN"));
    }
}
