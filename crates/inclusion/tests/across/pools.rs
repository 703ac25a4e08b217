//! Pools of surveys, against sums made another way.

use super::*;

#[test]
fn a_pool_by_survey_weights_is_the_stacked_file() {
    let folder = two_rounds();
    stack(folder.path());
    let pool = "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"b\", \"a\"]\nweights = \"survey\"\n";
    let (_, pooled) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    let stacked = SURVEYS
        .replace("[[survey]]\nid = \"a\"\ntime_period = \"2024\"\n", "[[survey]]\nid = \"both\"\n");
    let start = stacked.find("[[survey]]\nid = \"b\"").expect("survey b");
    let end = stacked.find("[[survey]]\nid = \"both\"").expect("the stacked survey");
    let stacked = format!("{}{}", &stacked[..start], &stacked[end..]).replace("a.csv", "both.csv");
    let (_, stacked) = walked(folder.path(), &stacked);
    let mut compared = 0;
    for own in stacked.publishable.rows() {
        if matches!(own.key.measure, Measure::AdjustedParity) {
            continue;
        }
        let key = SeriesKey { time_period: "2024-2026".to_string().into(), ..own.key.clone() };
        let pooled = pooled.publishable.get(&key).unwrap_or_else(|| panic!("no {key:?}"));
        let what = format!("{key:?}");
        match (&pooled.cell, &own.cell) {
            (Cell::Shown(pooled), Cell::Shown(own)) => {
                compared += 1;
                close(pooled.value, own.value, 1e-12, &what);
                assert_eq!((pooled.n, pooled.df), (own.n, own.df), "{what}");
                close(pooled.n_weighted, own.n_weighted, 1e-12, &what);
                assert_eq!(pooled.unreliable, own.unreliable, "{what}");
                let optional = |a: Option<f64>, b: Option<f64>, name: &str| {
                    assert_eq!(a.is_some(), b.is_some(), "{name} of {what}");
                    close(a.unwrap_or(1.0), b.unwrap_or(1.0), 1e-12, &format!("{name} of {what}"));
                };
                optional(pooled.se, own.se, "se");
                optional(
                    pooled.interval.map(|i| i.lower),
                    own.interval.map(|i| i.lower),
                    "lower end",
                );
                optional(
                    pooled.interval.map(|i| i.upper),
                    own.interval.map(|i| i.upper),
                    "upper end",
                );
                if own_is_share(&key) {
                    optional(pooled.deff, own.deff, "deff");
                    optional(pooled.n_effective, own.n_effective, "effective n");
                }
            }
            // Rounds withhold what is small in one of them.
            (Cell::Withheld, _) => {}
            (pooled, own) => assert_eq!(pooled, own, "{what}"),
        }
    }
    assert!(compared > 150, "only {compared} rows were compared");
}

fn own_is_share(key: &SeriesKey) -> bool {
    key.indicator != "HOURS-ONLINE"
}

#[test]
fn a_pool_of_equal_weights_is_the_mean_of_independent_surveys() {
    let folder = two_rounds();
    let pool = "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"b\", \"a\"]\nweights = \"equal\"\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    for id in ["HH7", "HOURS-ONLINE"] {
        for codes in CELLS {
            let [a, b] = ["a", "b"].map(|of| shown(&walked, of, id, codes, Measure::Level));
            let pooled = shown(&walked, "both", id, codes, Measure::Level);
            close(pooled.value, (a.value + b.value) / 2.0, 1e-14, codes);
            let halves = [a, b].map(|s| (s.se.unwrap() / 2.0).powi(2));
            close(pooled.se.unwrap(), (halves[0] + halves[1]).sqrt(), 1e-12, codes);
            let df = satterthwaite([(halves[0], a.df), (halves[1], b.df)]);
            close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
            assert_eq!(pooled.n, a.n + b.n);
        }
        // The mean of the gaps is the gap of the means, with the covariance of each survey's own.
        for codes in ["", "urbanisation R"] {
            let [a, b] = ["a", "b"].map(|of| shown(&walked, of, id, codes, Measure::Gap));
            let pooled = shown(&walked, "both", id, codes, Measure::Gap);
            close(pooled.value, (a.value + b.value) / 2.0, 1e-12, codes);
            let halves = [a, b].map(|s| (s.se.unwrap() / 2.0).powi(2));
            close(pooled.se.unwrap(), (halves[0] + halves[1]).sqrt(), 1e-12, codes);
            let df = satterthwaite([(halves[0], a.df), (halves[1], b.df)]);
            close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
        }
    }
}

/// One survey's part of a population-weighted share: weighted sums of a group, and the variance of a
/// linear combination of its rows.
struct Round {
    /// Stratum, PSU, weight, property, in the group; rows of the base.
    rows: Vec<(String, String, f64, f64, bool)>,
}

impl Round {
    /// Users of the Internet among women, in rural areas or everywhere.
    fn read(folder: &Path, name: &str) -> Round {
        let (header, rows) = table(folder, name);
        let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
        let [stratum, psu, weight, sex, area, last] =
            ["stratum", "psu", "weight", "sex", "area", "internet_last"].map(at);
        let rows = rows.into_iter().filter(|row| row[sex] == "2" && "1234".contains(&row[last]));
        let rows = rows.map(|row| {
            let weight: f64 = row[weight].parse().expect("a weight");
            let used = f64::from(u8::from(row[last] == "1"));
            (row[stratum].clone(), row[psu].clone(), weight, used, row[area] == "2")
        });
        Round { rows: rows.collect() }
    }

    fn sum(&self, of: impl Fn(f64, bool) -> f64) -> f64 {
        self.rows.iter().map(|(.., w, y, rural)| w * of(*y, *rural)).sum()
    }

    /// Variance of Σ w u with all PSUs of the file.
    fn variance(&self, all: &[(String, String)], u: impl Fn(f64, bool) -> f64) -> f64 {
        let mut totals: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for (stratum, psu) in all {
            totals.entry(stratum).or_default().insert(psu, 0.0);
        }
        for (stratum, psu, w, y, rural) in &self.rows {
            *totals.get_mut(stratum.as_str()).unwrap().get_mut(psu.as_str()).unwrap() +=
                w * u(*y, *rural);
        }
        totals
            .values()
            .map(|psus| {
                let n = psus.len() as f64;
                let mean = psus.values().sum::<f64>() / n;
                n / (n - 1.0) * psus.values().map(|z| (z - mean).powi(2)).sum::<f64>()
            })
            .sum()
    }
}

#[test]
fn a_pool_by_population_counts_each_survey_by_its_persons() {
    let folder = two_rounds();
    let pool =
        "[[estimate.pool]]\nid = \"both\"\nsurveys = [\"a\", \"b\"]\nweights = \"population\"\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{pool}"));
    // The whole base: known sizes, by sex for each sex.
    for (codes, sizes) in
        [("sex F", [1.0e6, 2.1e6]), ("sex M", [1.1e6, 1.9e6]), ("", [2.1e6, 4.0e6])]
    {
        let [a, b] = ["a", "b"].map(|of| shown(&walked, of, "HH7", codes, Measure::Level));
        let pooled = shown(&walked, "both", "HH7", codes, Measure::Level);
        let share = sizes.map(|size| size / (sizes[0] + sizes[1]));
        close(pooled.value, share[0] * a.value + share[1] * b.value, 1e-14, codes);
        let parts = [(share[0] * a.se.unwrap()).powi(2), (share[1] * b.se.unwrap()).powi(2)];
        close(pooled.se.unwrap(), (parts[0] + parts[1]).sqrt(), 1e-12, codes);
        let df = satterthwaite([(parts[0], a.df), (parts[1], b.df)]);
        close(pooled.df.unwrap(), df.unwrap(), 1e-9, codes);
    }
    let whole = row(&walked, "both", "HH7", "", Measure::Level);
    assert!(whole.diagnostics.iter().any(|d| d.code == "population_fixed"), "{whole:?}");
    // A group: the population times the group's share in the sample, which is estimated.
    let names = ["a.csv", "b.csv"];
    let rounds = names.map(|name| Round::read(folder.path(), name));
    let people = [1.0e6, 2.1e6];
    let one = |inside: bool| f64::from(u8::from(inside));
    let whole = rounds.each_ref().map(|round| round.sum(|_, _| 1.0));
    let size = rounds.each_ref().map(|round| round.sum(|_, rural| one(rural)));
    let users = rounds.each_ref().map(|round| round.sum(|y, rural| y * one(rural)));
    let (mut above, mut below) = (0.0, 0.0);
    for k in 0..2 {
        above += people[k] * users[k] / whole[k];
        below += people[k] * size[k] / whole[k];
    }
    let rate = above / below;
    let mut variance = 0.0;
    for k in 0..2 {
        let (header, rows) = table(folder.path(), names[k]);
        let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
        let (stratum, psu) = (at("stratum"), at("psu"));
        let all: Vec<(String, String)> =
            rows.iter().map(|row| (row[stratum].clone(), row[psu].clone())).collect();
        let (a, s) = (users[k] / whole[k], size[k] / whole[k]);
        variance += rounds[k].variance(&all, |y, rural| {
            let own = (y * one(rural) - a) - rate * (one(rural) - s);
            people[k] / below * own / whole[k]
        });
    }
    let pooled = shown(&walked, "both", "HH7", "sex F; urbanisation R", Measure::Level);
    close(pooled.value, rate, 1e-12, "rural women");
    close(pooled.se.unwrap(), variance.sqrt(), 1e-10, "rural women");
}
