//! Women and men in two files of one sample: the gap has their covariance in the shared PSUs, and
//! the total of both sexes is weighted by population, never by stacking the files.

use inclusion::{Prepared, Study, Walked, annex, prepare, walk};
use inclusion_disclosure::{Cell, Publishable, Shown};
use inclusion_estimate::{Absence, Measure};
use std::fmt::Write;
use std::path::Path;

/// Stratum, PSU, weight × 1,000,000 and answer of each person of one sex.
type Person = (u32, u32, u64, u32);

/// A made-up sample: 3 strata of 4 PSUs with 9 women and 7 men each.
fn people(count: u32, shift: u32) -> Vec<Person> {
    let mut list = Vec::new();
    for psu in 1..=12 {
        for person in 0..count {
            let mix = (psu * 37 + person * 11 + shift * 5) % 23;
            let answer = u32::from(mix + psu > 12 + shift);
            list.push(((psu - 1) / 4 + 1, psu, 800_000 + u64::from(mix) * 31_007, answer));
        }
    }
    list
}

fn files(folder: &Path, women: &[Person], men: &[Person]) {
    for (people, prefix, name) in [(women, "v", "women.csv"), (men, "mv", "men.csv")] {
        let id = if prefix == "v" { "caseid" } else { "mcaseid" };
        let columns = ["005", "021", "022", "012", "025", "106", "190", "169a", "171a", "171b"];
        let names: Vec<String> = columns.iter().map(|c| format!("{prefix}{c}")).collect();
        let mut text = format!("{id},{}\n", names.join(","));
        for (row, (stratum, psu, weight, answer)) in people.iter().enumerate() {
            writeln!(text, "{row},{weight},{psu},{stratum},30,1,1,3,{answer},{answer},").unwrap();
        }
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn run(population: &str) -> Publishable {
    walked(population).1.publishable
}

fn walked(population: &str) -> (Prepared, Walked) {
    let folder = tempfile::tempdir().unwrap();
    files(folder.path(), &people(9, 4), &people(7, 0));
    let text = format!(
        r#"[study]
title = "Two files"
[[survey]]
id = "dhs"
ref_area = "XXA"
time_period = "2020"
recipe = ["dhs/women-7", "dhs/men-7"]
files = {{ women = "women.csv", men = "men.csv" }}
{population}
[estimate]
indicators = ["DHS-MOBILE"]
by = ["sex", "urbanisation"]
"#
    );
    let study = Study::parse(&folder.path().join("study.toml"), text).unwrap();
    let prepared = prepare(study).unwrap();
    let walked = walk(&prepared, &inclusion::untold).unwrap();
    (prepared, walked)
}

fn cell<'a>(publishable: &'a Publishable, measure: Measure, sex: Option<&str>) -> &'a Cell {
    let fits = |row: &&inclusion_disclosure::Row| {
        row.key.measure == measure
            && row.key.sex() == sex
            && row.key.breakdown.keys().all(|concept| concept == "sex")
    };
    let rows: Vec<_> = publishable.rows().iter().filter(fits).collect();
    assert_eq!(rows.len(), 1, "rows of {measure:?} {sex:?}");
    &rows[0].cell
}

fn shown(cell: &Cell) -> &Shown {
    match cell {
        Cell::Shown(shown) => shown,
        other => panic!("{other:?}"),
    }
}

/// Share and linearised PSU scores of one sex, by the formula of the ratio estimator.
fn by_hand(people: &[Person]) -> (f64, Vec<f64>) {
    let weight = |p: &Person| p.2 as f64 / 1e6;
    let total: f64 = people.iter().map(weight).sum();
    let share = people.iter().map(|p| weight(p) * f64::from(p.3)).sum::<f64>() / total;
    let mut scores = vec![0.0; 12];
    for person in people {
        scores[person.1 as usize - 1] += weight(person) * (f64::from(person.3) - share) / total;
    }
    (share, scores)
}

/// Variance of a sum of PSU scores: 3 strata of 4 PSUs.
fn variance(scores: &[f64]) -> f64 {
    scores
        .chunks(4)
        .map(|stratum| {
            let mean = stratum.iter().sum::<f64>() / 4.0;
            4.0 / 3.0 * stratum.iter().map(|z| (z - mean).powi(2)).sum::<f64>()
        })
        .sum()
}

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() <= 1e-12 + 1e-9 * expected.abs(), "{got} is not {expected}");
}

#[test]
fn gap_has_the_covariance_of_the_shared_psus() {
    let published = run("");
    let (f, women) = by_hand(&people(9, 4));
    let (m, men) = by_hand(&people(7, 0));
    let gap = shown(cell(&published, Measure::Gap, None));
    close(gap.value, m - f);
    let difference: Vec<f64> = men.iter().zip(&women).map(|(a, b)| a - b).collect();
    close(gap.se.unwrap(), variance(&difference).sqrt());
    let independent = (variance(&women) + variance(&men)).sqrt();
    assert!((gap.se.unwrap() - independent).abs() > 1e-4, "the covariance was left out");
    assert_eq!(gap.df, Some(9.0));
}

#[test]
fn total_of_both_sexes_is_weighted_by_population() {
    let published =
        run("population = { F = 25000000, M = 24500000, source = \"a made-up census\" }");
    let (f, women) = by_hand(&people(9, 4));
    let (m, men) = by_hand(&people(7, 0));
    let total = shown(cell(&published, Measure::Level, None));
    let (a, b) = (25.0 / 49.5, 24.5 / 49.5);
    close(total.value, a * f + b * m);
    let both: Vec<f64> = women.iter().zip(&men).map(|(w, v)| a * w + b * v).collect();
    close(total.se.unwrap(), variance(&both).sqrt());
}

#[test]
fn without_population_there_is_no_total_of_any_group() {
    let published = run("");
    let levels = published
        .rows()
        .iter()
        .filter(|row| row.key.measure == Measure::Level && row.key.sex().is_none());
    let mut seen = 0;
    for row in levels {
        match (&row.cell, row.key.breakdown.get("urbanisation").map(|code| code.as_str())) {
            (Cell::Missing(Absence::PopulationUnknown), None | Some("U")) => seen += 1,
            // Nobody of the sample lives there.
            (Cell::Missing(Absence::NoCases), Some("R")) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn each_file_is_listed_with_the_recipe_that_reads_it() {
    let (prepared, walked) = walked("");
    let files = annex(&prepared, &walked).unwrap().files;
    let of = |wanted: &str| {
        let file = files.iter().find(|(name, _)| name == wanted).unwrap();
        String::from_utf8(file.1.clone()).unwrap()
    };
    let version = |id: &str| format!("{id} {}", prepared.registry.recipes[id].version);
    let (women, men) = (version("dhs/women-7"), version("dhs/men-7"));
    let sources = of("sources.csv");
    let listed: Vec<Vec<&str>> = sources
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            vec![fields[0], fields[1], fields[2], fields[4]]
        })
        .collect();
    assert_eq!(
        listed,
        [
            ["dhs", men.as_str(), "men: men.csv", "84"],
            ["dhs", women.as_str(), "women: women.csv", "108"]
        ]
    );
    assert!(of("estimates.csv").contains(&format!("{men}; {women}")));
}
