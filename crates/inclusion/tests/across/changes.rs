//! Changes between rounds and contrasts, against sums made another way.

use super::*;

#[test]
fn a_change_adds_the_variances_of_two_rounds() {
    let folder = two_rounds();
    let change = "[[estimate.change]]\nconsecutive = true\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{change}"));
    for (codes, level, result) in [
        ("sex F", Measure::Level, Measure::Change),
        ("sex M; urbanisation R", Measure::Level, Measure::Change),
        ("", Measure::Level, Measure::Change),
        ("", Measure::Gap, Measure::GapChange),
        ("urbanisation U", Measure::Gap, Measure::GapChange),
    ] {
        let [a, b] = ["a", "b"].map(|of| shown(&walked, of, "HH7", codes, level));
        let row = row(&walked, "a/b", "HH7", codes, result);
        assert_eq!((row.key.time_period.as_str(), row.key.ref_area.as_str()), ("2024/2026", "XTA"));
        let change = shown(&walked, "a/b", "HH7", codes, result);
        close(change.value, b.value - a.value, 1e-14, codes);
        let parts = [a, b].map(|s| s.se.unwrap().powi(2));
        close(change.se.unwrap(), (parts[0] + parts[1]).sqrt(), 1e-12, codes);
        let df = satterthwaite([(parts[0], a.df), (parts[1], b.df)]);
        close(change.df.unwrap(), df.unwrap(), 1e-9, codes);
        assert!(change.df.unwrap() <= a.df.unwrap() + b.df.unwrap());
        let interval = change.interval.expect("an interval");
        assert!(interval.lower < change.value && change.value < interval.upper);
    }
}

/// One sample cut into two rounds of the same PSUs, and the same with the round as a region.
fn panel() -> tempfile::TempDir {
    let folder = two_rounds();
    let (header, rows) = table(folder.path(), "b.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let (household, person, region) = (at("household_id"), at("person_id"), at("region"));
    let mut files = [String::new(), String::new(), String::new()];
    files.iter_mut().for_each(|file| *file = header.join(",") + "\n");
    for row in rows {
        // No pattern of the household and person that the survey knows of.
        let number = |at: usize| row[at].parse::<u64>().expect("a number");
        let first = (number(household) * 7 + number(person) * 3) % 5 < 2;
        files[usize::from(first)].push_str(&(row.join(",") + "\n"));
        let mut marked = row;
        marked[region] = if first { "2" } else { "1" }.to_string();
        files[2].push_str(&(marked.join(",") + "\n"));
    }
    for (name, text) in ["one.csv", "two.csv", "all.csv"].into_iter().zip(files) {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn rounds_in_the_same_psus_are_one_sample() {
    let folder = panel();
    let survey = |id: &str, year: &str| {
        format!(
            "[[survey]]\nid = \"{id}\"\ntime_period = \"{year}\"\nrecipe = \"synthetic/ict\"\n\
             files = {{ persons = \"{id}.csv\" }}\n\n"
        )
    };
    let head = "[study]\ntitle = \"Test\"\n\n";
    let change = "[[estimate.change]]\nfrom = \"one\"\nto = \"two\"\nshared_psus = true\n\
                  [[estimate.change]]\nid = \"apart\"\nfrom = \"one\"\nto = \"two\"\n";
    let (one, two) = (survey("one", "2024"), survey("two", "2025"));
    let text = format!(
        "{head}{one}{two}[estimate]\nindicators = [\"HH7\", \"HOURS-ONLINE\"]\n\
         by = [\"sex\", \"sex * urbanisation\"]\n{change}"
    );
    let (_, rounds) = walked(folder.path(), &text);
    let text = format!(
        "{head}{}[estimate]\nindicators = [\"HH7\", \"HOURS-ONLINE\"]\n\
         by = [\"sex * region\", \"sex * urbanisation * region\"]\n[[estimate.contrast]]\nid = \"c\"\n\
         between = {{ region = [\"2\", \"1\"] }}\n",
        survey("all", "2024")
    );
    let (_, regions) = walked(folder.path(), &text);
    for id in ["HH7", "HOURS-ONLINE"] {
        for (codes, of, like) in [
            ("sex F", Measure::Change, Measure::Difference),
            ("", Measure::Change, Measure::Difference),
            ("sex M; urbanisation R", Measure::Change, Measure::Difference),
            ("", Measure::GapChange, Measure::GapDifference),
            ("urbanisation U", Measure::GapChange, Measure::GapDifference),
        ] {
            let change = shown(&rounds, "one/two", id, codes, of);
            let contrast = shown(&regions, "c", id, &format!("region 2/1; {codes}"), like);
            close(change.value, contrast.value, 1e-11, codes);
            close(change.se.unwrap(), contrast.se.unwrap(), 1e-11, codes);
            assert_eq!(change.df, contrast.df, "{codes}");
            // Not what two independent samples would have.
            let apart = shown(&rounds, "apart", id, codes, of);
            assert_eq!(change.value, apart.value);
            assert!((change.se.unwrap() / apart.se.unwrap() - 1.0).abs() > 1e-4, "{id} {codes}");
        }
    }
}

#[test]
fn figures_of_two_indicators_of_one_survey_have_their_covariance() {
    let folder = two_rounds();
    let contrast = "[[estimate.contrast]]\nid = \"c\"\n\
                    first = { survey = \"a\", indicator = \"HH18\", group = { sex = \"F\" } }\n\
                    second = { survey = \"a\", indicator = \"HH7\", group = { sex = \"F\" } }\n";
    let (_, walked) = walked(folder.path(), &format!("{SURVEYS}{contrast}"));
    // By hand, from the rows: PSU totals of (y − R)/W of the two indicators, one minus the other.
    let (header, rows) = table(folder.path(), "a.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let [stratum, psu, weight, sex] = ["stratum", "psu", "weight", "sex"].map(at);
    let answers = |column: &str, valid: &str| -> Vec<Option<f64>> {
        let own = at(column);
        let of = |row: &Vec<String>| {
            let stated = row[sex] == "2" && !row[own].is_empty() && valid.contains(&row[own]);
            stated.then(|| f64::from(u8::from(row[own] == "1")))
        };
        rows.iter().map(of).collect()
    };
    let weights: Vec<f64> = rows.iter().map(|row| row[weight].parse().expect("a weight")).collect();
    let rate = |of: &[Option<f64>]| {
        let pairs = || of.iter().zip(&weights).filter_map(|(y, w)| Some(((*y)?, *w)));
        let all: f64 = pairs().map(|(_, w)| w).sum();
        (pairs().map(|(y, w)| y * w).sum::<f64>() / all, all)
    };
    let (phone, net) = (answers("owns_mobile", "12"), answers("internet_last", "1234"));
    let ((r1, w1), (r2, w2)) = (rate(&phone), rate(&net));
    let mut totals: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for (row, fields) in rows.iter().enumerate() {
        let score = |y: Option<f64>, r: f64, w: f64| y.map_or(0.0, |y| (y - r) / w);
        let z = score(phone[row], r1, w1) - score(net[row], r2, w2);
        let psus = totals.entry(&fields[stratum]).or_default();
        *psus.entry(&fields[psu]).or_default() += weights[row] * z;
    }
    let variance: f64 = totals
        .values()
        .map(|psus| {
            let n = psus.len() as f64;
            let mean = psus.values().sum::<f64>() / n;
            n / (n - 1.0) * psus.values().map(|z| (z - mean).powi(2)).sum::<f64>()
        })
        .sum();
    let found: Vec<&Row> =
        walked.publishable.rows().iter().filter(|row| row.key.source == "c").collect();
    let [row] = found.as_slice() else { panic!("{} rows of the contrast", found.len()) };
    assert_eq!(row.key.indicator, "HH18/HH7");
    let Cell::Shown(difference) = &row.cell else { panic!("{row:?}") };
    close(difference.value, r1 - r2, 1e-12, "value");
    close(difference.se.unwrap(), variance.sqrt(), 1e-10, "standard error");
}
