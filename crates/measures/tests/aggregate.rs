//! Aggregates of countries: weights, coverage, vintages, standard errors, and what is refused.

use inclusion_estimate::{Frame, Linearized, Uncertainty};
use inclusion_measures::aggregate::{
    Aggregate, BadMember, CoverageRule, Latest, Member, Options, Value, Why, aggregate, latest,
};
use inclusion_registry::Direction;
use proptest::prelude::*;

fn country(ref_area: &str, rates: [f64; 2], populations: [f64; 2]) -> Member {
    Member {
        ref_area: ref_area.to_string(),
        women: Some(Value::published(rates[0], None, 2020)),
        men: Some(Value::published(rates[1], None, 2020)),
        total: None,
        population_women: Some(populations[0]),
        population_men: Some(populations[1]),
        own_base: None,
        own_base_of_all: None,
    }
}

fn silent(ref_area: &str, populations: [f64; 2]) -> Member {
    Member { women: None, men: None, ..country(ref_area, [0.0, 0.0], populations) }
}

fn point(value: &Uncertainty) -> f64 {
    match value {
        Uncertainty::Linearized(value) => value.value(),
        Uncertainty::KnownSe { value, .. } | Uncertainty::Unknown { value } => *value,
    }
}

fn se(value: &Uncertainty) -> Option<f64> {
    match value {
        Uncertainty::Linearized(value) => Some(value.se()),
        Uncertainty::KnownSe { se, .. } => Some(*se),
        Uncertainty::Unknown { .. } => None,
    }
}

fn codes(aggregate: &Aggregate) -> Vec<&str> {
    aggregate.diagnostics.iter().map(|d| d.code.as_str()).collect()
}

fn by(rule: CoverageRule) -> Options {
    Options { rule, ..Options::default() }
}

fn two() -> [Member; 2] {
    [country("A", [0.40, 0.60], [30e6, 31e6]), country("B", [0.80, 0.82], [10e6, 9e6])]
}

#[track_caller]
fn prints(got: f64, printed: &str) {
    let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
    assert_eq!(inclusion_estimate::round_half_away(got, decimals), printed);
}

#[test]
fn the_region_of_two_countries_is_the_worked_one() {
    let both = aggregate(&two(), Options::default()).unwrap().sexes.unwrap();
    prints(100.0 * point(&both.women), "50.00");
    let all = (30.0 * 0.4 + 10.0 * 0.8 + 31.0 * 0.6 + 9.0 * 0.82) / 80.0;
    assert!((point(&both.total) - all).abs() < 1e-15);
    prints(100.0 * point(&both.men), "64.95");
    let parity = point(both.parity.as_ref().unwrap());
    prints(parity, "0.7698");
    assert_eq!(both.adjusted_parity, both.parity);
    // Women ahead are as far above one as men ahead are below.
    let swapped = |own: Member| Member {
        women: own.men,
        men: own.women,
        population_women: own.population_men,
        population_men: own.population_women,
        ..own
    };
    let swapped: Vec<Member> = two().into_iter().map(swapped).collect();
    let ahead = aggregate(&swapped, Options::default()).unwrap().sexes.unwrap();
    prints(point(ahead.parity.as_ref().unwrap()), "1.2990");
    assert_eq!(point(ahead.adjusted_parity.as_ref().unwrap()), 2.0 - parity);
    // Not the mean of the countries' ratios.
    prints((0.40 / 0.60 + 0.80 / 0.82) / 2.0, "0.8211");
    prints(100.0 * point(&both.gap), "14.95");
    prints(100.0 * point(both.relative_gap.as_ref().unwrap()), "23.02");
    let persons = both.persons.unwrap();
    prints(point(&persons.women) / 1e6, "20.00");
    prints(point(&persons.men) / 1e6, "25.98");
    prints(point(&persons.difference) / 1e6, "5.98");
    prints(point(&persons.women_to_parity) / 1e6, "5.98");
    assert_eq!((persons.population_women, persons.population_men), (40e6, 40e6));
    assert_eq!((both.coverage.countries, both.coverage.of), (2, 2));
}

#[test]
fn where_lower_is_better_the_complements_are_compared() {
    let turned = two().map(|member| {
        let of = |value: Option<Value>| {
            value.map(|value| Value::published(1.0 - value.point(), None, value.year))
        };
        Member { women: of(member.women), men: of(member.men), ..member }
    });
    let options = Options { direction: Direction::Lower, ..Options::default() };
    let region = aggregate(&turned, options).unwrap();
    let both = region.sexes.as_ref().unwrap();
    prints(100.0 * point(&both.women), "50.00");
    prints(100.0 * point(&both.men), "35.05");
    prints(100.0 * point(&both.gap), "14.95");
    prints(point(both.parity.as_ref().unwrap()), "0.7698");
    assert!(codes(&region).contains(&"complement_used"));
}

#[test]
fn below_half_of_either_sex_there_is_no_figure_and_the_coverage_is_printed() {
    // 40 million women and men report; as many women are silent, and more men.
    let mut members = two().to_vec();
    members.push(silent("C", [40e6, 40e6]));
    let just = aggregate(&members, Options::default()).unwrap();
    assert_eq!(just.sexes.unwrap().coverage.women, Some(0.5));
    members[2] = silent("C", [40e6, 41e6]);
    let below = aggregate(&members, Options::default()).unwrap();
    let refused = below.sexes.unwrap_err();
    assert_eq!(refused.why, Why::TooLittle);
    assert_eq!(
        refused.to_string(),
        "no figure, because too little of the population is covered: 2 of 3 countries, with 50.0 % of \
         women and 49.4 % of men; rule: at least half of the population of either sex"
    );
    assert_eq!(below.diagnostics[0].code, "coverage_too_low");
    assert!(aggregate(&members, by(CoverageRule::None)).unwrap().sexes.is_ok());
    let empty = aggregate(&[silent("C", [1.0, 1.0])], by(CoverageRule::None)).unwrap();
    assert_eq!(empty.sexes.unwrap_err().why, Why::NoValues);
    assert_eq!(
        aggregate(&[], by(CoverageRule::None)).unwrap().sexes.unwrap_err().why,
        Why::NoPopulation
    );
}

#[test]
fn the_one_third_rule_judges_rates_by_population_and_sums_by_countries() {
    let mut members = two().to_vec();
    members.push(silent("C", [20e6, 20e6]));
    let two_thirds = aggregate(&members, by(CoverageRule::OneThird)).unwrap().sexes.unwrap();
    assert!(two_thirds.persons.is_ok());
    // Half of the countries are silent, but they are small.
    members[2] = silent("C", [1e6, 1e6]);
    members.push(silent("D", [1e6, 1e6]));
    let many = aggregate(&members, by(CoverageRule::OneThird)).unwrap().sexes.unwrap();
    let refused = many.persons.unwrap_err();
    assert_eq!((refused.why, refused.why.id()), (Why::TooManyMissing, "too_many_missing"));
    members[2] = silent("C", [20.1e6, 20e6]);
    let less = aggregate(&members, by(CoverageRule::OneThird)).unwrap().sexes.unwrap_err();
    assert_eq!(less.why, Why::TooLittle);
    let half = aggregate(&members, by(CoverageRule::HalfOfEitherSex)).unwrap().sexes.unwrap();
    assert!(half.persons.is_ok());
}

#[test]
fn a_country_with_one_sex_or_two_years_is_not_matched() {
    let mut members = two().to_vec();
    members.push(Member { men: None, ..country("C", [0.99, 0.99], [5e6, 5e6]) });
    let mut of_two_years = country("D", [0.01, 0.01], [5e6, 5e6]);
    of_two_years.men = Some(Value::published(0.9, None, 2019));
    members.push(of_two_years);
    let region = aggregate(&members, Options::default()).unwrap();
    let both = region.sexes.as_ref().unwrap();
    prints(100.0 * point(&both.women), "50.00");
    assert_eq!((both.coverage.countries, both.coverage.of), (2, 4));
    assert_eq!(both.coverage.women, Some(0.8));
    assert!(codes(&region).contains(&"years_of_sexes_differ"));
}

#[test]
fn a_country_without_population_is_flagged_and_in_no_figure() {
    let mut members = two().to_vec();
    members.push(Member { population_men: None, ..country("C", [0.9, 0.9], [5e6, 0.0]) });
    let region = aggregate(&members, Options::default()).unwrap();
    let flag = region.diagnostics.iter().find(|d| d.code == "population_missing").unwrap();
    assert_eq!(flag.count, 1);
    assert!(flag.message.starts_with("The population of C is not known"), "{}", flag.message);
    let both = region.sexes.unwrap();
    prints(100.0 * point(&both.women), "50.00");
    assert_eq!(
        both.coverage.to_string(),
        "2 of 3 countries, with 100.0 % of women and 100.0 % of men (population unknown: C)"
    );
    // Where no other country has values, nothing is made of it.
    let alone = [members[2].clone(), silent("D", [1e6, 1e6])];
    let refused = aggregate(&alone, Options::default()).unwrap().sexes.unwrap_err();
    assert_eq!(refused.why, Why::NoValues);
}

#[test]
fn the_rate_of_all_has_its_own_set_of_countries() {
    let mut members = two().to_vec();
    members[0].total = Some(Value::published(0.5, None, 2020));
    members.push(Member {
        total: Some(Value::published(0.9, None, 2019)),
        ..silent("C", [20e6, 20e6])
    });
    let region = aggregate(&members, Options::default()).unwrap();
    let total = region.total.as_ref().unwrap();
    let expected = (61.0 * 0.5 + 40.0 * 0.9) / 101.0;
    assert!((point(&total.rate) - expected).abs() < 1e-15);
    assert_eq!(total.vintages.iter().map(|v| v.year).collect::<Vec<_>>(), [2020, 2019]);
    assert!(codes(&region).contains(&"mixed_years"));
    assert_eq!(region.sexes.unwrap().coverage.countries, 2);
}

#[test]
fn standard_errors_are_carried_where_every_country_has_one() {
    let with = |se: [Option<f64>; 2]| {
        let mut members = two().to_vec();
        for (member, se) in members.iter_mut().zip(se) {
            let (f, m) = (member.women.clone().unwrap(), member.men.clone().unwrap());
            member.women = Some(Value::published(f.point(), se, f.year));
            member.men = Some(Value::published(m.point(), se, m.year));
        }
        aggregate(&members, Options::default()).unwrap()
    };
    let known = with([Some(0.01), Some(0.02)]);
    let both = known.sexes.as_ref().unwrap();
    // 30/40 and 10/40 of the weight, independent.
    let expected = (0.75f64 * 0.01).hypot(0.25 * 0.02);
    assert!((se(&both.women).unwrap() - expected).abs() < 1e-15);
    // How women and men of one survey go together is not told by their standard errors.
    assert_eq!(se(&both.gap), None);
    assert!(codes(&known).contains(&"covariance_unknown"));
    let unknown = with([Some(0.01), None]);
    assert_eq!(se(&unknown.sexes.as_ref().unwrap().women), None);
    let note = unknown.diagnostics.iter().find(|d| d.code == "se_unknown").unwrap();
    assert_eq!(
        note.message,
        "Women and men: 2 of 4 values have no standard error, so the aggregate has none."
    );
}

#[test]
fn estimates_with_scores_give_the_gap_its_standard_error() {
    // Women and men of country A have errors of 0.012 and 0.011 and a covariance of 0.00005.
    let frame = |area: &str| Frame::new(area, "by sex");
    let shared = 0.00005 / 0.012;
    let own = (0.011f64 * 0.011 - shared * shared).sqrt();
    let mut members = two();
    let scored = |value, area: &str, scores: Vec<f64>| {
        Some(Value {
            share: Uncertainty::Linearized(Linearized::new(value, frame(area), scores)),
            year: 2020,
            comparability: None,
        })
    };
    members[0].women = scored(0.40, "A", vec![0.012, 0.0]);
    members[0].men = scored(0.60, "A", vec![shared, own]);
    members[1].women = scored(0.80, "B", vec![0.02, 0.0]);
    members[1].men = scored(0.82, "B", vec![0.0, 0.02]);
    let region = aggregate(&members, Options::default()).unwrap();
    let both = region.sexes.as_ref().unwrap();
    let (f, m) = ([0.75, 0.25], [31.0 / 40.0, 9.0 / 40.0]);
    let variance: f64 = f[0] * f[0] * 0.012 * 0.012 + m[0] * m[0] * 0.011 * 0.011
        - 2.0 * f[0] * m[0] * 0.00005
        + (f[1] * f[1] + m[1] * m[1]) * 0.0004;
    assert!((se(&both.gap).unwrap() - variance.sqrt()).abs() < 1e-15);
    assert!(se(both.parity.as_ref().unwrap()).is_some());
    assert!(codes(&region).contains(&"countries_independent"));
    assert!(!codes(&region).contains(&"covariance_unknown"));
}

#[test]
fn the_newest_values_within_the_window_are_taken_for_both_sexes_of_one_year() {
    let of = |years: &[i32]| -> Vec<Value> {
        years.iter().map(|year| Value::published(0.5, None, *year)).collect()
    };
    let years = |women: &[i32], men: &[i32], all: &[i32], which| {
        let values = latest("KEN", &of(women), &of(men), &of(all), which).unwrap();
        values.map(|value| value.map(|value| value.year))
    };
    let newest = Latest::of(2019);
    let (both, all) = (Some(2017), Some(2018));
    assert_eq!(years(&[2015, 2017, 2018], &[2017, 2019], &[2018], newest), [both, both, all]);
    // 2014 is not in the five years up to 2019, and 2020 is to come.
    assert_eq!(years(&[2014, 2020], &[2014, 2020], &[2014, 2020], newest), [None; 3]);
    let wider = Latest { window: 6, ..newest };
    assert_eq!(years(&[2014], &[2014], &[], wider), [Some(2014), Some(2014), None]);
    assert_eq!(years(&[2018], &[2017], &[], newest), [None; 3]);
    let twice = latest("KEN", &of(&[2018, 2018]), &[], &[], newest).unwrap_err();
    assert_eq!(twice.to_string(), "KEN has two values for women of 2018; keep one");
}

#[test]
fn countries_of_different_definitions_are_marked() {
    let mut members = two();
    for (member, ages) in members.iter_mut().zip(["ages 16 to 74", "ages 10 and over"]) {
        for value in [&mut member.women, &mut member.men].into_iter().flatten() {
            value.comparability = Some(ages.to_string());
        }
    }
    let region = aggregate(&members, Options::default()).unwrap();
    let note = region.diagnostics.iter().find(|d| d.code == "bases_differ").unwrap();
    assert!(note.message.ends_with("in all respects: ages 10 and over; ages 16 to 74."));
}

#[test]
fn what_cannot_be_aggregated_is_named() {
    let options = Options::default();
    let message = |members: &[Member]| aggregate(members, options).unwrap_err().to_string();
    let [a, b] = two();
    assert_eq!(
        message(&[a.clone(), b, a.clone()]),
        "A is given twice; keep one, and no group beside its members"
    );
    let percent = Member { men: Some(Value::published(60.0, None, 2020)), ..a.clone() };
    assert_eq!(
        message(&[percent]),
        "A has 60 for men, which is not a share from 0 to 1; divide percentages by 100"
    );
    let negative = Member { population_women: Some(-3.0), ..a.clone() };
    let error = aggregate(&[negative], options).unwrap_err();
    assert!(matches!(error, BadMember::NotACount { what: "population of women", .. }));
    for bad in [f64::NAN, f64::INFINITY, -0.01, 1.000_000_01] {
        let member = Member { women: Some(Value::published(bad, None, 2020)), ..a.clone() };
        assert!(aggregate(&[member], options).is_err(), "{bad}");
    }
    let member = Member { women: Some(Value::published(0.4, Some(-0.1), 2020)), ..a };
    assert!(aggregate(&[member], options).is_err());
}

#[test]
fn values_are_weighted_with_their_own_base_and_coverage_is_of_one_base() {
    // The base is of 15 and over; A's values are of 15 to 49, and its total is of all ages.
    let a = Member {
        total: Some(Value::published(0.2, None, 2019)),
        own_base: Some((20e6, 15e6)),
        own_base_of_all: Some((50e6, 40e6)),
        ..country("A", [0.4, 0.6], [30e6, 20e6])
    };
    let b = Member {
        total: Some(Value::published(0.8, None, 2019)),
        ..country("B", [0.8, 0.9], [10e6, 10e6])
    };
    let members = [a, b, silent("C", [10e6, 10e6])];
    let made = aggregate(&members, Options::default()).unwrap();
    let total = made.total.unwrap();
    assert!((point(&total.rate) - (0.2 * 90.0 + 0.8 * 20.0) / 110.0).abs() < 1e-15);
    let sexes = made.sexes.unwrap();
    assert!((point(&sexes.women) - (0.4 * 20.0 + 0.8 * 10.0) / 30.0).abs() < 1e-15);
    assert!((point(&sexes.men) - (0.6 * 15.0 + 0.9 * 10.0) / 25.0).abs() < 1e-15);
    for coverage in [&sexes.coverage, &total.coverage] {
        assert_eq!((coverage.women, coverage.men), (Some(0.8), Some(0.75)));
    }
    let persons = sexes.persons.unwrap();
    assert_eq!((persons.population_women, persons.population_men), (30e6, 25e6));
}

fn any_member() -> impl Strategy<Value = Member> {
    let share = || prop::option::weighted(0.8, 0.0..=1.0f64);
    let people = || prop::option::weighted(0.9, prop_oneof![Just(0.0), 1.0..1e9f64]);
    (share(), share(), share(), people(), people(), prop::option::of(0.0..0.1f64)).prop_map(
        |(women, men, total, population_women, population_men, se)| {
            let value = |share: Option<f64>| share.map(|share| Value::published(share, se, 2020));
            Member {
                ref_area: String::new(),
                women: value(women),
                men: value(men),
                total: value(total),
                population_women,
                population_men,
                own_base: None,
                own_base_of_all: None,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_countries_changes_no_bit_and_every_number_is_one(
        members in prop::collection::vec(any_member(), 0..12), turn in 0usize..12,
    ) {
        let mut members = members;
        for (i, member) in members.iter_mut().enumerate() {
            member.ref_area = format!("{i:03}");
        }
        let mut turned = members.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        for rule in [CoverageRule::None, CoverageRule::HalfOfEitherSex, CoverageRule::OneThird] {
            let region = aggregate(&members, by(rule)).unwrap();
            prop_assert_eq!(&region, &aggregate(&turned, by(rule)).unwrap());
            let mut found: Vec<Uncertainty> = Vec::new();
            if let Ok(both) = &region.sexes {
                found.extend([both.women.clone(), both.men.clone(), both.gap.clone()]);
                found.extend(both.parity.iter().chain(&both.relative_gap).cloned());
                found.extend(both.adjusted_parity.iter().cloned());
                // A mean lies between the countries' rates.
                let of = |m: &Member| m.men.clone().and(m.women.clone()).map(|value| value.point());
                let rates: Vec<f64> = members.iter().filter_map(of).collect();
                let (low, high) = rates.iter().fold((1.0f64, 0.0f64), |(l, h), r| (l.min(*r), h.max(*r)));
                let women = point(&both.women);
                prop_assert!(low - 1e-12 <= women && women <= high + 1e-12);
            }
            if let Ok(total) = &region.total {
                found.push(total.rate.clone());
                found.extend(total.persons.iter().cloned());
            }
            for value in found {
                prop_assert!(point(&value).is_finite() && se(&value).is_none_or(f64::is_finite));
            }
        }
    }
}
