//! `inclusion bench` and `inclusion estimate STUDY.toml`: generated surveys, and their estimates as a
//! file, which do not depend on the order of rows, on the split of files or on the threads.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Int8Type, Int32Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

fn inclusion(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inclusion"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

/// Runs a command that must succeed and gives its standard output.
fn done(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What a command says that must fail as a mistake of its user.
fn refused(folder: &Path, args: &[&str]) -> String {
    let output = inclusion(folder, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    String::from_utf8_lossy(&output.stderr).trim_end().to_string()
}

fn made(args: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    done(folder.path(), &[&["bench", "make", "."], args].concat());
    folder
}

/// The rows of a CSV file without quotes, by column name.
fn table(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines.map(|line| header.iter().copied().zip(line.split(',')).collect()).collect()
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let file = std::fs::File::open(path).expect("a data file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build();
    reader.expect("a reader").map(|batch| batch.expect("a batch")).collect()
}

const ROWS: [&str; 2] = ["--rows", "20000"];

#[test]
fn estimates_have_the_same_bytes_for_any_order_split_and_number_of_threads() {
    let sorted = made(&ROWS);
    let estimate = |folder: &Path, study: &str, threads: &str| {
        done(folder, &["estimate", study, "--threads", threads, "--output", "e.parquet"]);
        std::fs::read(folder.join("e.parquet")).expect("estimates")
    };
    let expected = estimate(sorted.path(), "study.toml", "1");
    for threads in ["2", "3", "8"] {
        assert!(estimate(sorted.path(), "study.toml", threads) == expected, "{threads} threads");
    }
    let fine = estimate(sorted.path(), "study-fine.toml", "1");
    let others: [&[&str]; 3] =
        [&["--shuffled"], &["--parts", "64"], &["--shuffled", "--parts", "64"]];
    for more in others {
        let folder = made(&[&ROWS, more].concat());
        assert!(estimate(folder.path(), "study.toml", "1") == expected, "{more:?}, 1 thread");
        assert!(estimate(folder.path(), "study.toml", "3") == expected, "{more:?}, 3 threads");
        assert!(estimate(folder.path(), "study-fine.toml", "2") == fine, "{more:?}, fine");
    }
}

#[test]
fn share_gap_and_standard_errors_are_those_of_the_rows_in_the_file() {
    let folder = made(&ROWS);
    done(folder.path(), &["estimate", "study.toml", "--output", "e.csv"]);
    let text = std::fs::read_to_string(folder.path().join("e.csv")).expect("estimates");
    let rows = table(&text);
    let find = |sex: &str, measure: &str| {
        let key = [
            ("INDICATOR", "W1-3"),
            ("SEX", sex),
            ("AGE5", "30-34"),
            ("COUNTRY", "C001"),
            ("URBANISATION", "_T"),
            ("INCOME_WEALTH_QUANTILE", "_T"),
            ("MEASURE", measure),
        ];
        let mut found =
            rows.iter().filter(|row| key.iter().all(|(name, value)| row[name] == *value));
        let row = found.next().unwrap_or_else(|| panic!("no row {key:?}"));
        assert!(found.next().is_none(), "two rows {key:?}");
        let number = |name: &str| row[name].parse::<f64>().expect("a number");
        (number("OBS_VALUE"), number("STD_ERROR"))
    };

    // Women and men of 30 to 34 (code 4) of the only country, who answered item 3: Σw and Σwy by PSU.
    type Sums = [f64; 4];
    let mut psus: BTreeMap<(i32, i32), Sums> = BTreeMap::new();
    for batch in read(&folder.path().join("w1.parquet")) {
        let column = |name| batch.column_by_name(name).expect("a column");
        let codes = |name| column(name).as_primitive::<Int8Type>();
        let (stratum, psu) = (
            column("stratum").as_primitive::<Int32Type>(),
            column("psu").as_primitive::<Int32Type>(),
        );
        let weight = column("weight").as_primitive::<Float64Type>();
        let (sex, age, item) = (codes("sex"), codes("age"), codes("item_3"));
        for row in 0..batch.num_rows() {
            let sums = psus.entry((stratum.value(row), psu.value(row))).or_default();
            if age.value(row) == 4 && item.is_valid(row) {
                let at = if sex.value(row) == 2 { 0 } else { 2 };
                sums[at] += weight.value(row);
                sums[at + 1] += if item.value(row) == 1 { weight.value(row) } else { 0.0 };
            }
        }
    }
    let total: Sums =
        psus.values().fold([0.0; 4], |all, sums| [0, 1, 2, 3].map(|i| all[i] + sums[i]));
    let (women, men) = (total[1] / total[0], total[3] / total[2]);
    // Scores of a ratio (Wolter 2007, section 6.3); the variance is between PSUs within strata.
    let of_women = |sums: &Sums| (sums[1] - women * sums[0]) / total[0];
    let of_men = |sums: &Sums| (sums[3] - men * sums[2]) / total[2];
    let se = |score: &dyn Fn(&Sums) -> f64| {
        let mut strata: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
        for ((stratum, _), sums) in &psus {
            strata.entry(*stratum).or_default().push(score(sums));
        }
        let variance = |scores: &Vec<f64>| {
            let n = scores.len() as f64;
            let mean = scores.iter().sum::<f64>() / n;
            n / (n - 1.0) * scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>()
        };
        strata.values().map(variance).sum::<f64>().sqrt()
    };
    let expected = [
        (find("F", "LEVEL"), (women, se(&of_women))),
        (find("M", "LEVEL"), (men, se(&of_men))),
        (find("_T", "GAP"), (men - women, se(&|sums: &Sums| of_men(sums) - of_women(sums)))),
    ];
    for ((value, se), (expected, expected_se)) in expected {
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
        assert!((se / expected_se - 1.0).abs() < 1e-9, "{se} is not {expected_se}");
    }
}

#[test]
fn a_shuffled_file_has_the_same_rows_and_a_seed_makes_others() {
    let rows = |more: &[&str]| {
        let folder = made(&[&["--rows", "4000"], more].concat());
        let mut rows = Vec::new();
        for batch in read(&folder.path().join("w1.parquet")) {
            assert_eq!(batch.num_columns(), 18);
            let weight = batch.column(0).as_primitive::<Float64Type>();
            let psu = batch.column(2).as_primitive::<Int32Type>();
            rows.extend((0..batch.num_rows()).map(|r| (psu.value(r), weight.value(r).to_bits())));
        }
        assert_eq!(rows.len(), 4_000);
        rows
    };
    let (sorted, mut shuffled) = (rows(&[]), rows(&["--shuffled"]));
    assert!(sorted.is_sorted_by_key(|(psu, _)| *psu));
    let ascents = shuffled.windows(2).filter(|pair| pair[0].0 < pair[1].0).count();
    // Of a random order half of the steps go up.
    assert!((1_800..2_200).contains(&ascents), "{ascents}");
    let mut same = sorted.clone();
    shuffled.sort_unstable();
    same.sort_unstable();
    assert_eq!(shuffled, same);
    assert_ne!(rows(&["--seed", "2"]), sorted);
    assert_eq!(rows(&[]), sorted);
}

#[test]
fn every_group_of_the_many_is_estimated() {
    let folder = made(&["--groups", "--rows", "100000"]);
    done(folder.path(), &["estimate", "study.toml", "--output", "e.csv"]);
    let text = std::fs::read_to_string(folder.path().join("e.csv")).expect("estimates");
    let levels: Vec<_> = table(&text)
        .into_iter()
        .filter(|row| row["MEASURE"] == "LEVEL" && row["FIRST"] != "_T")
        .collect();
    // A group of 14.8 persons on average is empty with a probability of 4e-7.
    assert_eq!(levels.len(), 26 * 26 * 10);
    let persons: u64 = levels.iter().map(|row| row["N"].parse::<u64>().expect("a count")).sum();
    let item_answered: usize = read(&folder.path().join("groups.parquet"))
        .iter()
        .map(|batch| {
            batch.num_rows() - batch.column_by_name("item").expect("a column").null_count()
        })
        .sum();
    assert_eq!(persons, item_answered as u64);
}

#[test]
fn replicate_weights_give_the_same_shares_and_fay_standard_errors() {
    let folder = made(&["--rows", "4000", "--replicates", "8"]);
    let of = |study: &str| {
        done(folder.path(), &["estimate", study, "--output", "e.csv"]);
        let text = std::fs::read_to_string(folder.path().join("e.csv")).expect("estimates");
        let rows = table(&text);
        let row = rows
            .iter()
            .find(|row| {
                row["INDICATOR"] == "W1-1"
                    && row["MEASURE"] == "LEVEL"
                    && row["SEX"] == "F"
                    && row["COUNTRY"] == "_T"
                    && row["AGE5"] == "_T"
                    && row["URBANISATION"] == "_T"
                    && row["INCOME_WEALTH_QUANTILE"] == "_T"
            })
            .expect("women");
        ["OBS_VALUE", "STD_ERROR"].map(|name| row[name].parse::<f64>().expect("a number"))
    };
    let (taylor, fay) = (of("study.toml"), of("study-replicates.toml"));
    let (mut full, mut replicates) = ([0.0; 2], [[0.0; 2]; 8]);
    for batch in read(&folder.path().join("w1.parquet")) {
        let codes = |name| batch.column_by_name(name).expect("a column").as_primitive::<Int8Type>();
        let weights = |name: &str| {
            batch.column_by_name(name).expect("a column").as_primitive::<Float64Type>().clone()
        };
        let (sex, item) = (codes("sex"), codes("item_1"));
        let columns: Vec<_> = (1..=8).map(|r| weights(&format!("rep_{r}"))).collect();
        let weight = weights("weight");
        for row in (0..batch.num_rows()).filter(|r| sex.value(*r) == 2 && item.is_valid(*r)) {
            let yes = if item.value(row) == 1 { 1.0 } else { 0.0 };
            let add = |sums: &mut [f64; 2], w: f64| {
                sums[0] += w;
                sums[1] += w * yes;
            };
            add(&mut full, weight.value(row));
            replicates.iter_mut().zip(&columns).for_each(|(s, c)| add(s, c.value(row)));
        }
    }
    let share = |sums: [f64; 2]| sums[1] / sums[0];
    // Fay's method with ρ = ½: Σ(θ_r − θ̄)² / (R (1 − ρ)²), as R survey with `mse = FALSE`.
    let shares = replicates.map(share);
    let mean = shares.iter().sum::<f64>() / 8.0;
    let sum: f64 = shares.iter().map(|s| (s - mean).powi(2)).sum();
    let expected = [share(full), (sum / (8.0 * 0.25)).sqrt()];
    assert!((taylor[0] - fay[0]).abs() < 1e-14, "{taylor:?}, {fay:?}");
    assert!((fay[0] - expected[0]).abs() < 1e-12, "{fay:?} is not {expected:?}");
    assert!((fay[1] / expected[1] - 1.0).abs() < 1e-9, "{fay:?} is not {expected:?}");
}

#[test]
fn estimates_go_to_the_output_folder_and_a_later_annex_knows_them() {
    let folder = made(&["--rows", "4000"]);
    done(folder.path(), &["estimate", "study.toml"]);
    let file = folder.path().join("out/estimates.parquet");
    let list = folder.path().join("out/.inclusion-files");
    assert!(file.exists());
    assert!(std::fs::read_to_string(&list).expect("the list").contains("\nestimates.parquet\n"));
    let before = std::fs::read(&file).expect("estimates");
    done(folder.path(), &["annex", "study.toml"]);
    assert!(std::fs::read(&file).expect("estimates") == before, "annex writes other estimates");
    // An annex that does not write them removes them: they might show what it now withholds.
    done(folder.path(), &["annex", "study.toml", "--format", "csv"]);
    assert!(!file.exists());
}

#[test]
fn wrong_arguments_are_told_before_anything_is_read() {
    let folder = made(&["--rows", "4000"]);
    let said = |args: &[&str]| refused(folder.path(), args);
    assert_eq!(
        said(&["estimate", "study.toml", "--output", "e.cvs"]),
        "error: estimates are written as `.parquet` or `.csv`, and `e.cvs` ends in neither; did you mean `e.csv`?"
    );
    assert_eq!(
        said(&["estimate", "w1.parquet"]),
        "error: `w1.parquet` is no study file (`.toml`); to look at data without a study, add `--recipe` and `--indicator`"
    );
    let hint = "did you mean `study.toml`?";
    assert!(said(&["estimate", "studdy.toml"]).ends_with(hint));
    assert!(said(&["bench", "run", "studdy.toml"]).ends_with(hint));
    assert!(said(&["estimate", "study.toml", "--by", "sex"]).contains("--recipe"));
    assert_eq!(
        said(&["bench", "make", "x", "--rows", "10"]),
        "error: workload: `rows` is 10; it must be 80 to 1000000000"
    );
    assert!(!folder.path().join("x").exists());
}

#[test]
fn each_stage_is_told_with_its_cost_and_the_estimates_are_written() {
    let folder = made(&["--rows", "4000"]);
    let text = done(folder.path(), &["--json", "bench", "run", ".", "--repeat", "2"]);
    let stages: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<&str> = stages.iter().filter_map(|stage| stage["stage"].as_str()).collect();
    assert_eq!(
        names,
        [
            "floor: decode only",
            "ingest only",
            "ingest and cells",
            "estimates",
            "fingerprints of files",
            "measures",
            "disclosure review",
            "writing",
            "all of the estimates",
        ]
    );
    let of = |at: usize, key: &str| stages[at][key].as_f64().unwrap_or(f64::NAN);
    assert!((0..9).all(|at| of(at, "wall") >= 0.0 && of(at, "cpu") >= 0.0), "{text}");
    let sum: f64 = (2..8).map(|at| of(at, "cpu")).sum();
    assert!((of(8, "cpu") - sum).abs() < 1e-9, "{text}");
    let by_bench = std::fs::read(folder.path().join("out/estimates.parquet")).expect("estimates");
    done(folder.path(), &["estimate", "study.toml", "--output", "e.parquet"]);
    assert!(std::fs::read(folder.path().join("e.parquet")).expect("estimates") == by_bench);
    let floor = done(folder.path(), &["bench", "floor", "study.toml"]);
    assert!(
        floor.lines().nth(1).is_some_and(|line| line.starts_with("floor: decode only")),
        "{floor}"
    );
}
