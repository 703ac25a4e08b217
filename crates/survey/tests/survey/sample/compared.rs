//! Members as they are compared: one rule for the strata and the replicates of all of them.

use super::*;
use inclusion_estimate::{Linearized, Uncertainty};
use inclusion_survey::estimand::mean_difference;

fn linearized(estimate: &Estimate) -> &Linearized {
    match &figure(estimate).value {
        Uncertainty::Linearized(value) => value,
        other => panic!("{other:?}"),
    }
}

/// Men minus women.
fn gap(results: &Results) -> Linearized {
    let group = &results.groups[0];
    let own = group.compared.as_ref().unwrap_or(&group.members);
    let (women, men) = (linearized(&own[0]), linearized(&own[1]));
    Linearized::combine(men.value() - women.value(), [(1.0, men), (-1.0, women)]).unwrap()
}

/// The t-test of the same two groups.
fn tested(plan: &Plan, rows: &RecordBatch, options: &Options) -> f64 {
    let sample = read(plan, rows, options).unwrap();
    let uses: Vec<f64> = sample.numerator(0).into_iter().map(f64::from).collect();
    let men: Vec<bool> = sample.codes("sex").unwrap().iter().map(|sex| *sex == 1).collect();
    let domain: Vec<bool> = sample.codes("sex").unwrap().iter().map(|sex| *sex < 2).collect();
    let joint = sample.joint(&|w, need| mean_difference(&uses, &men, &domain, w, need)).unwrap();
    joint.se()[0]
}

/// Stratum 1: women and men in two PSUs; stratum 2: men only, in two PSUs; stratum 3: a single PSU;
/// stratum 4: women in one of two PSUs.
fn people() -> Vec<Person> {
    let one =
        |stratum, psu, sex, uses, weight| Person { sex, ..person(stratum, psu, weight, uses) };
    vec![
        one(1, 11, 0, 1, 2.0),
        one(1, 11, 1, 1, 3.0),
        one(1, 12, 0, 0, 1.0),
        one(1, 12, 1, 1, 2.0),
        one(2, 21, 1, 1, 2.0),
        one(2, 22, 1, 0, 4.0),
        one(3, 31, 0, 1, 1.0),
        one(3, 31, 1, 0, 3.0),
        one(4, 41, 0, 1, 2.0),
        one(4, 41, 1, 0, 1.0),
        one(4, 42, 1, 1, 1.0),
        one(4, 42, 2, 1, 5.0),
    ]
}

/// Σ of a stratum of the squared deviations of (z of men − z of women) from the mean, times n/(n − 1).
fn stratum(people: &[Person], stratum: i64, z: impl Fn(&Person) -> f64) -> f64 {
    let mut psus: Vec<i64> =
        people.iter().filter(|p| p.stratum == stratum).map(|p| p.psu).collect();
    psus.dedup();
    let of = |psu: &i64| people.iter().filter(|p| p.psu == *psu).map(&z).sum::<f64>();
    let totals: Vec<f64> = psus.iter().map(of).collect();
    let n = totals.len() as f64;
    let mean = totals.iter().sum::<f64>() / n;
    n / (n - 1.0) * totals.iter().map(|t| (t - mean).powi(2)).sum::<f64>()
}

/// Score of the difference of two shares.
fn score(people: &[Person]) -> impl Fn(&Person) -> f64 {
    let share = |sex| {
        let own = || people.iter().filter(move |p| p.sex == sex);
        let total: f64 = own().map(|p| p.weight).sum();
        (own().map(|p| p.weight * f64::from(p.uses)).sum::<f64>() / total, total)
    };
    let both = [share(0), share(1)];
    move |p: &Person| {
        let Some((mean, total)) = both.get(p.sex as usize) else { return 0.0 };
        let own = p.weight * (f64::from(p.uses) - mean) / total;
        if p.sex == 1 { own } else { -own }
    }
}

#[test]
fn the_gap_has_the_strata_of_both_sexes_under_every_rule() {
    let people = people();
    let plan = plan(vec![users()], &[(&[], &["sex"])]);
    let rows = batch(&people, FULL);
    let z = score(&people);
    // Four strata hold women or men, one of them in its single PSU; no other holds both in one PSU.
    let hand = 4.0 / 3.0 * [1, 2, 4].map(|s| stratum(&people, s, &z)).iter().sum::<f64>();
    for (lonely_psu, adjust_domain_lonely) in [
        (LonelyPsu::Average, false),
        (LonelyPsu::Average, true),
        (LonelyPsu::Adjust, false),
        (LonelyPsu::Adjust, true),
        (LonelyPsu::Remove, true),
    ] {
        let options = Options { lonely_psu, adjust_domain_lonely, ..Options::default() };
        let streamed = run_units(&plan, &rows, &[5], &options).unwrap();
        let memory = in_memory(&plan, &rows, &options).unwrap();
        let test = tested(&plan, &rows, &options);
        for results in [&streamed, &memory] {
            let se = gap(results).se();
            assert!(near(se, test, 0.0), "{lonely_psu:?} {adjust_domain_lonely}: {se} {test}");
        }
        if lonely_psu == LonelyPsu::Average {
            assert!((test.powi(2) / hand - 1.0).abs() < 1e-12);
        }
        let differ = lonely_psu == LonelyPsu::Average
            || lonely_psu == LonelyPsu::Adjust && adjust_domain_lonely;
        assert_eq!(streamed.groups[0].compared.is_some(), differ);
        assert_eq!(memory.groups[0].compared.is_some(), differ);
    }
}

#[test]
fn a_level_keeps_the_strata_of_its_own_domain() {
    let people = people();
    let plan = plan(vec![users()], &[(&[], &["sex"])]);
    let options = Options { lonely_psu: LonelyPsu::Average, ..Options::default() };
    let results = run(&plan, &people, FULL, &options).unwrap();
    let z = score(&people);
    let women = |p: &Person| if p.sex == 0 { z(p) } else { 0.0 };
    // Strata 1, 3 and 4 hold women; 3 is the single PSU.
    let hand = 1.5 * (stratum(&people, 1, women) + stratum(&people, 4, women));
    let found = figure(&results.groups[0].members[0]).se().unwrap().powi(2);
    assert!((found / hand - 1.0).abs() < 1e-12, "{found} {hand}");
    let compared = figure(&results.groups[0].compared.as_ref().unwrap()[0]).se().unwrap();
    assert!((compared.powi(2) / (hand / 1.5 * 4.0 / 3.0) - 1.0).abs() < 1e-12);
}

#[test]
fn the_gap_leaves_out_a_replicate_that_lacks_one_sex() {
    // Replicate 1 has no women.
    let sexes = [0, 0, 0, 1, 1, 1, 1, 2];
    let uses = [1, 0, 1, 1, 0, 1, 1, 0];
    let people: Vec<Person> = (0..8)
        .map(|i| Person { sex: sexes[i], ..person(1, i as i64, 1.0 + i as f64 / 4.0, uses[i]) })
        .collect();
    let factor = |i: usize, r: usize| match r {
        0 if i < 3 => 0.0,
        _ => [0.5, 1.5, 2.0, 0.7, 1.0][(i * (r + 2) + r) % 5],
    };
    let weights =
        |r: usize| -> Vec<f64> { (0..8).map(|i| people[i].weight * factor(i, r)).collect() };
    let columns = (0..4).map(|r| (format!("_replicate_{}", r + 1), weights(r)));
    let rows = with(&batch(&people, NONE), columns.collect());
    let plan = plan(vec![users()], &[(&[], &["sex"])]);
    for mse in [true, false] {
        let kind = ReplicateColumns { mse, ..ReplicateColumns::new(ReplicateKind::Brr) };
        let options = Options { replicates: Some(Replicates::Columns(kind)), ..Options::default() };
        let share = |w: &[f64], sex: i16| {
            let own = || (0..8).filter(|i| people[*i].sex == sex);
            own().map(|i| w[i] * f64::from(uses[i])).sum::<f64>() / own().map(|i| w[i]).sum::<f64>()
        };
        let difference = |w: &[f64]| share(w, 1) - share(w, 0);
        let full: Vec<f64> = people.iter().map(|p| p.weight).collect();
        let squares = |of: &dyn Fn(&[f64]) -> f64, from: usize| {
            let thetas: Vec<f64> = (from..4).map(|r| of(&weights(r))).collect();
            let mean = thetas.iter().sum::<f64>() / thetas.len() as f64;
            let centre = if mse { of(&full) } else { mean };
            // BRR: 1/R with R of all replicates.
            (thetas.iter().map(|t| (t - centre).powi(2)).sum::<f64>() / 4.0).sqrt()
        };
        let streamed = run_units(&plan, &rows, &[3], &options).unwrap();
        for results in [streamed, in_memory(&plan, &rows, &options).unwrap()] {
            assert!(near(gap(&results).se(), squares(&difference, 1), 0.0));
            assert!(near(gap(&results).se(), tested(&plan, &rows, &options), 0.0));
            // Men are in all replicates.
            let men = figure(&results.groups[0].members[1]).se().unwrap();
            assert!(near(men, squares(&|w| share(w, 1), 0), 0.0));
            let compared = results.groups[0].compared.as_ref().unwrap();
            let note = |e: &Estimate| e.diagnostics.iter().map(|d| d.count).collect::<Vec<_>>();
            assert_eq!(compared.iter().map(note).collect::<Vec<_>>(), [[1], [1]]);
            assert!(results.groups[0].members[1].diagnostics.is_empty());
        }
    }
}

#[test]
fn a_median_keeps_the_replicates_that_lack_the_other_sex() {
    let people: Vec<Person> = (0..60)
        .map(|i| Person {
            sex: i16::from(i % 3 > 0),
            hours: Some(((i * 7) % 31) as f64),
            ..person(1, i, 1.0, 0)
        })
        .collect();
    let weight = |i: usize, r: usize| match r {
        0 if i.is_multiple_of(3) => 0.0,
        _ => 0.8 + 0.1 * ((i * (r + 3) + r) % 5) as f64,
    };
    let rows = |people: &[Person], of: &[usize]| {
        let columns = (0..5)
            .map(|r| (format!("_replicate_{}", r + 1), of.iter().map(|i| weight(*i, r)).collect()));
        with(&batch(people, NONE), columns.collect())
    };
    let median = indicator("median", "statistic = 'quantile'\nprobability = 0.5\nvalue = 'hours'");
    let both = plan(vec![median.clone()], &[(&[], &["sex"])]);
    for quantile_interval in [
        inclusion_survey::estimand::QuantileInterval::Replicated,
        Options::default().quantile_interval,
    ] {
        let options = Options { quantile_interval, ..columns_of(ReplicateKind::Brr) };
        let all: Vec<usize> = (0..60).collect();
        let results = run_units(&both, &rows(&people, &all), &[], &options).unwrap();
        // Men alone are another file, with the same replicates.
        let own: Vec<usize> = all.into_iter().filter(|i| i % 3 > 0).collect();
        let men: Vec<Person> = own.iter().map(|i| people[*i].clone()).collect();
        let alone = run_units(&both, &rows(&men, &own), &[], &options).unwrap();
        let se = |results: &Results| figure(&results.groups[0].members[1]).se();
        assert!(se(&alone).is_some_and(|se| se > 0.0));
        assert_eq!(se(&results), se(&alone));
        assert!(results.groups[0].compared.is_some());
    }
}

#[test]
fn replicates_that_do_not_differ_are_said_to_tell_nothing() {
    let people: Vec<Person> = (0..6)
        .map(|i| Person {
            hours: Some(i as f64),
            sex: i16::from(i > 3),
            ..person(1, i, 1.0 + i as f64, i as i16 % 2)
        })
        .collect();
    // Multiples of the weight: shares and means are the same in all replicates, totals are not.
    let columns = (1..=3).map(|r| {
        (
            format!("_replicate_{r}"),
            people.iter().map(|p| p.weight * (0.7 + 0.3 * f64::from(r))).collect(),
        )
    });
    let rows = with(&batch(&people, NONE), columns.collect());
    let total = indicator("people", "statistic = 'total'\nnumerator = { uses = ['yes'] }");
    let median = indicator("median", "statistic = 'quantile'\nprobability = 0.5\nvalue = 'hours'");
    for (statistic, se, codes) in [
        (users(), Some(0.0), vec!["replicates_do_not_differ"]),
        (
            indicator("hours", "statistic = 'mean'\nvalue = 'hours'"),
            Some(0.0),
            vec!["replicates_do_not_differ"],
        ),
        (median, None, vec!["replicates_do_not_differ"]),
        (total, None, vec!["no_degrees_of_freedom"]),
    ] {
        let plan = plan(vec![statistic], &[(&[], &[])]);
        let options = columns_of(ReplicateKind::Brr);
        let results = run_units(&plan, &rows, &[], &options).unwrap();
        let total = &results.groups[0].total;
        let found: Vec<&str> = total.diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert_eq!(found, codes);
        assert_eq!(figure(total).interval, None);
        if se.is_some() {
            assert_eq!((figure(total).se(), figure(total).df), (se, Some(0.0)));
        }
        assert!(total.diagnostics.iter().all(|d| !d.message.contains("strata")));
    }
}
