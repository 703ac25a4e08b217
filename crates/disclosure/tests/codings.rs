//! Variables that code one source: nothing withheld follows from another coding of it.

use inclusion_disclosure::{Cell, Codings, Publishable, review};
use inclusion_estimate::{
    Absence, Codes, Counts, Estimate, Figure, Linearized, Measure, Outcome, SeriesKey, Uncertainty,
    Unit,
};
use inclusion_registry::{Concept, Policy, Registry};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn dhs() -> Policy {
    toml::from_str(
        "id = 'dhs'\nname = 'DHS'\nwithhold_below = 25\nunreliable_below = 50\nsource = 'DHS'",
    )
    .expect("a profile")
}

fn builtin() -> Codings {
    let registry = Registry::builtin().expect("the registry is sound");
    Codings::of(registry.concepts.values())
}

fn key(breakdown: &Codes) -> SeriesKey {
    SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: "HH7".into(),
        breakdown: breakdown.clone(),
        measure: Measure::Level,
    }
}

fn codes(breakdown: &[(&str, &str)]) -> Codes {
    breakdown.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
}

fn level(breakdown: &Codes, n: u64) -> Estimate {
    let value = Uncertainty::Linearized(Linearized::exact(0.4));
    let figure = Figure { value, df: None, interval: None, deff: None, n_effective: None };
    Estimate {
        key: key(breakdown),
        unit: Unit::Share,
        outcome: match n {
            0 => Outcome::Absent(Absence::NoCases),
            _ => Outcome::Known(figure),
        },
        counts: Counts { n, weighted: n as f64, n_rows: n, ..Counts::default() },
        parts: vec![],
        diagnostics: vec![],
    }
}

fn withheld(publishable: &Publishable) -> Vec<String> {
    let cells = publishable.withheld().iter();
    cells.map(|w| w.key.breakdown.values().cloned().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_band_does_not_follow_from_a_wider_band_and_its_other_parts() {
    let cells = [
        (vec![("sex", "F"), ("age_10", "15-24")], 920),
        (vec![("sex", "F"), ("age_5", "15-19")], 908),
        (vec![("sex", "F"), ("age_5", "20-24")], 12),
        (vec![("sex", "F"), ("age_5", "25-29")], 700),
    ];
    let levels: Vec<_> = cells.iter().map(|(b, n)| level(&codes(b), *n)).collect();
    assert_eq!(withheld(&review(levels.clone(), &dhs(), &builtin())), ["15-19 F", "20-24 F"]);
    // Nothing else tells that these bands have to do with each other.
    let blind = review(levels, &dhs(), &Codings::default());
    assert!(!withheld(&blind).contains(&"15-19 F".to_string()), "{:?}", withheld(&blind));
}

#[test]
fn one_band_under_two_names_is_withheld_under_both() {
    let levels = vec![
        level(&codes(&[("age_10", "15-24")]), 400),
        level(&codes(&[("age_group", "15-24")]), 400),
        level(&codes(&[("age_group", "25-64")]), 10),
        level(&codes(&[]), 410),
    ];
    let publishable = review(levels, &dhs(), &builtin());
    assert_eq!(withheld(&publishable), ["15-24", "15-24", "25-64"]);
}

#[test]
fn unions_of_overlapping_bands_are_equal_where_they_cover_the_same_ages() {
    // 10–24 is 10–15 and 16–24, and 10–14, 15–19 and 20–24.
    let mut levels = vec![
        level(&codes(&[("age_cetic", "10-15")]), 100),
        level(&codes(&[("age_cetic", "16-24")]), 200),
    ];
    for (code, n) in [("10-14", 90), ("15-19", 190), ("20-24", 20)] {
        levels.push(level(&codes(&[("age_5", code)]), n));
    }
    let publishable = review(levels, &dhs(), &builtin());
    assert_eq!(withheld(&publishable).len(), 2, "{:?}", withheld(&publishable));
}

#[test]
fn a_recode_is_a_sum_of_the_codes_that_it_joins() {
    let cells = [
        (vec![("education_3", "primary")], 320),
        (vec![("education", "ISCED0")], 300),
        (vec![("education", "ISCED1")], 20),
        (vec![("education", "ISCED2")], 600),
    ];
    let levels = cells.iter().map(|(b, n)| level(&codes(b), *n)).collect();
    assert_eq!(withheld(&review(levels, &dhs(), &builtin())), ["ISCED0", "ISCED1"]);
}

#[test]
fn tenths_of_a_ranking_make_up_its_fifths() {
    let ranked = |id: &str, groups: u32| -> Concept {
        let mut text = format!(
            "id = '{id}'\nname = 'Groups'\nkind = 'category'\nderive = {{ quantile = \
             {{ of = 'wealth_score', groups = {groups}, unit = 'person', ties = 'lower' }} }}\n"
        );
        for group in 1..=groups {
            text.push_str(&format!("[[code]]\nid = '{groups}:{group}'\nname = 'Group'\n"));
        }
        toml::from_str(&text).expect("a concept")
    };
    let concepts = [ranked("fifths", 5), ranked("tenths", 10)];
    let cells = [(("fifths", "5:2"), 110), (("tenths", "10:3"), 12), (("tenths", "10:4"), 98)];
    let levels = cells.iter().map(|(b, n)| level(&codes(&[*b]), *n)).collect();
    let publishable = review(levels, &dhs(), &Codings::of(&concepts));
    assert_eq!(withheld(&publishable), ["10:3", "10:4"]);
}

#[test]
fn a_variable_made_from_two_others_is_a_sum_of_their_cross() {
    let made: Concept = toml::from_str(
        "id = 'rural_youth'\nname = 'Rural youth'\nkind = 'category'\nderive = { cases = [\
         { when = { urbanisation = ['R'], age = { min = 15, max = 24 } }, code = 'yes' },\
         { code = 'no' } ] }\n\
         [[code]]\nid = 'yes'\nname = 'Yes'\n[[code]]\nid = 'no'\nname = 'No'\n",
    )
    .expect("a concept");
    let registry = Registry::builtin().expect("the registry is sound");
    let codings = Codings::of(registry.concepts.values().chain([&made]));
    let cells = [
        (vec![("rural_youth", "yes")], 212),
        (vec![("urbanisation", "R"), ("age_5", "15-19")], 200),
        (vec![("urbanisation", "R"), ("age_5", "20-24")], 12),
        (vec![("urbanisation", "R"), ("age_5", "25-29")], 90),
    ];
    let levels = cells.iter().map(|(b, n)| level(&codes(b), *n)).collect();
    assert_eq!(withheld(&review(levels, &dhs(), &codings)), ["15-19 R", "20-24 R"]);
}

/// One age in each stretch that some built-in coding tells from the next.
const AGES: [u32; 18] = [2, 7, 12, 15, 17, 22, 27, 32, 37, 42, 47, 52, 57, 62, 67, 72, 77, 82];
const CODINGS: [&str; 6] = ["age_5", "age_10", "age_group", "age_itu", "age_cetic", "age_findex"];

/// The persons behind the tables: sex, region and age of each group, and how many there are.
fn groups(counts: &[u64]) -> Vec<(&'static str, &'static str, u32, u64)> {
    let mut groups = Vec::new();
    for (i, n) in counts.iter().enumerate() {
        let sex = ["F", "M"][i % 2];
        let region = ["north", "south"][i / 2 % 2];
        groups.push((sex, region, AGES[i / 4], *n));
    }
    groups
}

fn code_of(concept: &Concept, age: u32) -> Option<&str> {
    let age = f64::from(age);
    let inside = |code: &&inclusion_registry::Code| {
        code.min.is_none_or(|min| min <= age) && code.max.is_none_or(|max| age <= max)
    };
    concept.codes.iter().find(inside).map(|code| code.id.as_str())
}

/// The breakdown of a group in a table, if it has a code for each dimension.
fn place(
    registry: &Registry,
    table: &[&str],
    (sex, region, age): (&str, &str, u32),
) -> Option<Codes> {
    let code = |dimension: &&str| {
        let code = match *dimension {
            "sex" => sex,
            "region" => region,
            coding => code_of(&registry.concepts[coding], age)?,
        };
        Some((dimension.to_string(), code.to_string()))
    };
    table.iter().map(code).collect()
}

/// An attacker who knows nothing of the review: every figure is a sum over groups of persons, and a
/// withheld one follows if it is a combination of sums that are shown. Lists what follows.
fn worked_out(publishable: &Publishable, vectors: &BTreeMap<Codes, Vec<f64>>) -> Vec<Codes> {
    // Groups of which a table says that there are none are known.
    let mut empty = BTreeSet::new();
    for row in publishable.rows().iter().filter(|row| matches!(row.cell, Cell::Missing(_))) {
        let vector = &vectors[&row.key.breakdown];
        empty.extend((0..vector.len()).filter(|i| vector[*i] != 0.0));
    }
    let unknowns = |breakdown: &Codes| -> Vec<f64> {
        let vector = vectors[breakdown].iter().enumerate();
        vector.map(|(i, x)| if empty.contains(&i) { 0.0 } else { *x }).collect()
    };
    let mut basis: Vec<(usize, Vec<f64>)> = Vec::new();
    let reduce = |basis: &[(usize, Vec<f64>)], mut row: Vec<f64>| {
        for (lead, known) in basis {
            let factor = row[*lead];
            if factor.abs() > 1e-9 {
                row.iter_mut().zip(known).for_each(|(x, y)| *x -= factor * y);
            }
            row[*lead] = 0.0;
        }
        row
    };
    for row in publishable.rows().iter().filter(|row| matches!(row.cell, Cell::Shown(_))) {
        let mut rest = reduce(&basis, unknowns(&row.key.breakdown));
        let lead = (0..rest.len()).max_by(|a, b| rest[*a].abs().total_cmp(&rest[*b].abs()));
        let Some(lead) = lead.filter(|lead| rest[*lead].abs() > 1e-7) else { continue };
        let scale = rest[lead];
        rest.iter_mut().for_each(|x| *x /= scale);
        basis.push((lead, rest));
    }
    let hidden = publishable.rows().iter().filter(|row| row.cell == Cell::Withheld);
    hidden
        .filter(|row| {
            let rest = reduce(&basis, unknowns(&row.key.breakdown));
            rest.iter().all(|x| x.abs() < 1e-7)
        })
        .map(|row| row.key.breakdown.clone())
        .collect()
}

/// All tables of one study, and the sum that each of their cells is.
type Study = (Vec<Estimate>, BTreeMap<Codes, Vec<f64>>);

fn study(registry: &Registry, tables: &[Vec<&str>], counts: &[u64], youngest: u32) -> Study {
    let groups = groups(counts);
    let mut cells: BTreeMap<Codes, (u64, Vec<f64>)> = BTreeMap::new();
    for table in tables {
        for (i, (sex, region, age, n)) in groups.iter().enumerate() {
            if *age < youngest {
                continue;
            }
            let Some(breakdown) = place(registry, table, (sex, region, *age)) else { continue };
            let cell = cells.entry(breakdown).or_insert_with(|| (0, vec![0.0; groups.len()]));
            cell.0 += n;
            cell.1[i] = 1.0;
        }
    }
    let estimates = cells.iter().map(|(breakdown, (n, _))| level(breakdown, *n)).collect();
    (estimates, cells.into_iter().map(|(breakdown, (_, vector))| (breakdown, vector)).collect())
}

fn tables() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let others = prop::sample::subsequence(vec!["region", "sex"], 0..=2);
    let coding = prop::sample::select(CODINGS.to_vec());
    let one = (others, coding).prop_map(|(others, coding)| {
        let mut table = others;
        table.push(coding);
        table
    });
    (
        prop::collection::vec(one, 1..6),
        prop::sample::subsequence(
            vec![vec![], vec!["sex"], vec!["region"], vec!["region", "sex"]],
            0..=4,
        ),
    )
        .prop_map(|(mut tables, margins)| {
            tables.extend(margins);
            // A table twice would count its persons twice.
            tables.sort();
            tables.dedup();
            tables
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_withheld_cell_follows_from_any_coding_that_is_shown(
        tables in tables(),
        counts in prop::collection::vec(
            prop_oneof![1 => Just(0u64), 2 => 1u64..25, 6 => 25u64..400], 72),
        youngest in prop_oneof![Just(0u32), Just(10), Just(15)],
    ) {
        let registry = Registry::builtin().expect("the registry is sound");
        let (estimates, vectors) = study(&registry, &tables, &counts, youngest);
        let publishable = review(estimates, &dhs(), &Codings::of(registry.concepts.values()));
        prop_assert_eq!(worked_out(&publishable, &vectors), vec![]);
    }
}

#[test]
fn the_attacker_finds_what_a_review_without_codings_leaves_open() {
    let registry = Registry::builtin().expect("the registry is sound");
    let mut counts = vec![200; 72];
    // Women of 20–24 in both regions.
    (counts[20], counts[22]) = (5, 7);
    let tables = [vec!["sex", "age_5"], vec!["sex", "age_10"], vec!["sex", "age_group"]];
    let (estimates, vectors) = study(&registry, &tables, &counts, 0);
    let blind = review(estimates.clone(), &dhs(), &Codings::default());
    let found = worked_out(&blind, &vectors);
    assert!(found.contains(&codes(&[("age_5", "20-24"), ("sex", "F")])), "{found:?}");
    let publishable = review(estimates, &dhs(), &Codings::of(registry.concepts.values()));
    assert_eq!(worked_out(&publishable, &vectors), Vec::<Codes>::new());
    assert!(publishable.withheld().len() < 6, "{:?}", withheld(&publishable));
}
