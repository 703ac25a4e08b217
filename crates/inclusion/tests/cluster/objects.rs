//! Rows in an object store.

use crate::on;
use crate::processes::{Cluster, Variables, inclusion_with, scheduler_with};
use crate::s3::{BUCKET, KEY, SECRET, Store};
use crate::survey::{awkward, bytes, done, home};
use crate::tables::{Stored, as_parquet};
use std::path::Path;
use std::process::{Output, Stdio};

/// Runs the program with variables of a store.
fn run(here: &Path, args: &[&str], variables: &Variables) -> Output {
    let mut command = inclusion_with(here, args, variables);
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("a run");
    for said in [&output.stdout, &output.stderr] {
        let said = String::from_utf8_lossy(said);
        assert!(![KEY, SECRET].iter().any(|own| said.contains(own)), "{said}");
    }
    output
}

fn succeeds(here: &Path, args: &[&str], variables: &Variables) {
    let output = run(here, args, variables);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn fails(here: &Path, args: &[&str], variables: &Variables) -> String {
    let output = run(here, args, variables);
    assert!(!output.status.success(), "{args:?} succeeds");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A cluster of which scheduler and executors have these variables.
fn cluster(executors: usize, of_scheduler: &Variables, of_executors: &Variables) -> Cluster {
    let folder = tempfile::tempdir().expect("a folder");
    let started = scheduler_with(folder.path(), of_scheduler);
    let mut cluster = Cluster::of(started, folder, 0);
    cluster.variables = of_executors.clone();
    (0..executors).for_each(|_| cluster.join());
    cluster
}

/// The name of an object.
fn object(key: &str) -> String {
    format!("s3://{BUCKET}/{key}")
}

/// The variables with others in their place.
fn with(variables: &Variables, others: &[(&'static str, &str)]) -> Variables {
    let kept = variables.iter().filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
    let others = others.iter().map(|(name, value)| (*name, value.to_string()));
    kept.cloned().chain(others).collect()
}

#[test]
fn rows_in_an_object_store_give_the_bytes_of_the_program() {
    let store = Store::start();
    let variables = store.variables();
    let cluster = cluster(2, &variables, &variables);
    let folder = home(awkward);
    let here = folder.path();
    as_parquet(here, Stored::Typed, 2);
    let output = "\n[output]\nformats = [\"markdown\"]\n";
    let local = std::fs::read_to_string(here.join("study.toml")).expect("a study") + output;
    std::fs::write(here.join("study.toml"), &local).expect("a study");
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    done(here, &["annex", "study.toml"]);
    let annex = bytes(here, "out/annex.md");
    let mut study = local;
    let mut prints = Vec::new();
    for part in 0..2 {
        // Only the store has them from here on.
        let name = format!("persons [{part}] 100%.parquet");
        let key = format!("2024/a b/%25 é?#/{name}");
        prints.push(inclusion_ingest::sha256(&here.join(&name)).expect("a fingerprint"));
        store.put(&key, bytes(here, &name));
        std::fs::remove_file(here.join(&name)).expect("a file");
        study = study.replace(&format!("{name:?}"), &format!("{:?}", object(&key)));
    }
    std::fs::write(here.join("study.toml"), &study).expect("a study");
    let on = on(&cluster.address);
    let estimate = ["estimate", "study.toml", "--output", "cluster.csv"];
    succeeds(here, &[&estimate[..], &on].concat(), &variables);
    assert!(bytes(here, "cluster.csv") == bytes(here, "rows.csv"));
    let cells = ["cells", "study.toml", "--output", "cluster.parquet"];
    succeeds(here, &[&cells[..], &on].concat(), &variables);
    // Whoever has the cells needs no store.
    let sums = ["estimate", "study.toml", "--cells", "cluster.parquet", "--output", "sums.csv"];
    succeeds(here, &sums, &Variables::new());
    assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
    succeeds(here, &[&["annex", "study.toml"][..], &on].concat(), &variables);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let (theirs, ours) = (text(bytes(here, "out/annex.md")), text(annex));
    for print in &prints {
        assert!(theirs.contains(print) && ours.contains(print), "{print}");
    }
    for name in ["cluster.csv", "cluster.parquet", "out/annex.md"] {
        let bytes = bytes(here, name);
        let holds = |own: &str| bytes.windows(own.len()).any(|part| part == own.as_bytes());
        assert!(![KEY, SECRET].into_iter().any(holds), "{name}");
    }
    // Footers are fetched, and not the rows for them.
    let footers = store.asked().iter().filter(|asked| asked.ends_with("bytes=-65536")).count();
    assert!(footers >= 6, "{footers}");
    assert!(
        !store.asked().iter().any(|asked| asked.starts_with("GET") && asked.ends_with("whole"))
    );
}

#[test]
fn a_file_that_the_cluster_does_not_see_once_at_any_moment_changes_no_figure() {
    let store = Store::start();
    let variables = store.variables();
    let cluster = cluster(1, &variables, &variables);
    // The first recipe keeps every row, the second the first member of each household.
    let cells = "the cluster's cells stand for ";
    for (recipe, indicator, by, expected) in [
        ("synthetic/ict", "HH7", "sex", &[cells][..]),
        ("synthetic/ict-households", "HH6", "urbanisation", &[cells, "the cluster read "]),
    ] {
        let folder = home(|_, _| {});
        let here = folder.path();
        let study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
        let line = |line: &str| match line.split_once(" = ") {
            Some(("recipe", _)) => format!("recipe = {recipe:?}\n"),
            Some(("indicators", _)) => format!("indicators = [{indicator:?}]\n"),
            Some(("by", _)) => format!("by = [{by:?}]\n"),
            _ => format!("{line}\n"),
        };
        std::fs::write(here.join("study.toml"), study.lines().map(line).collect::<String>())
            .expect("a study");
        as_parquet(here, Stored::Typed, 2);
        done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
        let mut study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
        for part in 0..2 {
            let name = format!("persons [{part}] 100%.parquet");
            let key = format!("{part}.parquet");
            store.put(&key, bytes(here, &name));
            study = study.replace(&format!("{name:?}"), &format!("{:?}", object(&key)));
        }
        std::fs::write(here.join("study.toml"), &study).expect("a study");
        let estimate = ["estimate", "study.toml", "--output", "cluster.csv"];
        let estimate = [&estimate[..], &on(&cluster.address)].concat();
        let mut told = String::new();
        for after in 0.. {
            store.forget("1.parquet", after);
            let output = run(here, &estimate, &variables);
            let written = here.join("cluster.csv");
            assert_eq!(written.exists(), output.status.success(), "{recipe} {after}");
            if output.status.success() {
                assert!(bytes(here, "cluster.csv") == bytes(here, "rows.csv"), "{recipe} {after}");
                std::fs::remove_file(written).expect("a file");
            }
            if !store.has_forgotten() {
                assert!(output.status.success(), "{recipe} {after}");
                break;
            }
            told.push_str(&String::from_utf8_lossy(&output.stderr));
        }
        assert!(expected.iter().all(|words| told.contains(words)), "{recipe}: {told}");
    }
}

#[test]
fn what_an_object_store_does_not_give_is_told_with_the_variable_to_look_at() {
    let store = Store::start();
    let variables = store.variables();
    let folder = home(|_, _| {});
    let here = folder.path();
    as_parquet(here, Stored::Typed, 1);
    store.put("p.parquet", bytes(here, "persons [0] 100%.parquet"));
    store.put("p.csv", bytes(here, "persons.csv"));
    let study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
    let name = |name: &str| {
        let study = study.replace("persons [0] 100%.parquet", name);
        std::fs::write(here.join("study.toml"), study).expect("a study");
    };
    let estimate = ["estimate", "study.toml", "--output", "cluster.csv"];
    // No scheduler is asked before the footers were read.
    let on_none = [&estimate[..], &on("127.0.0.1:1")].concat();
    let rows = object("p.parquet");
    let elsewhere = with(&variables, &[("AWS_ENDPOINT_URL", "http://127.0.0.1:1")]);
    let stranger = with(&variables, &[("AWS_ACCESS_KEY_ID", "AKIASTRANGER")]);
    let https = with(&variables, &[("AWS_ALLOW_HTTP", "false")]);
    let nobody: Variables = variables
        .iter()
        .filter(|(name, _)| !name.contains("KEY"))
        .cloned()
        .chain([("AWS_METADATA_ENDPOINT", "http://127.0.0.1:1".to_string())])
        .collect();
    let cases: [(&str, &Variables, &[&str]); 10] = [
        (
            &object("q.parquet"),
            &variables,
            &["no object of the name s3://surveys/q.parquet", "AWS_ENDPOINT_URL"],
        ),
        ("s3://other/p.parquet", &variables, &["no bucket of the name s3://other/p.parquet"]),
        (&object("p.csv"), &variables, &["a cluster reads Parquet, and s3://surveys/p.csv is not"]),
        (
            "s3://AKIAOFTHETEST:SecretOfTheTest@surveys/p.parquet",
            &variables,
            &["s3://surveys/p.parquet names no object", "AWS_ACCESS_KEY_ID", "s3://BUCKET/KEY"],
        ),
        ("s3://surveys", &variables, &["s3://surveys names no object", "s3://BUCKET/KEY"]),
        (
            "gs://surveys/p.parquet",
            &variables,
            &["study.toml:7", "`gs://surveys/p.parquet` is an address and no file", "speaks S3"],
        ),
        (
            &rows,
            &stranger,
            &[
                "refuses s3://surveys/p.parquet",
                "InvalidAccessKeyId: The key is not known.",
                "AWS_SECRET_ACCESS_KEY",
            ],
        ),
        (
            &rows,
            &elsewhere,
            &["does not give s3://surveys/p.parquet", "onnection refused", "AWS_ENDPOINT_URL"],
        ),
        (&rows, &https, &["does not give s3://surveys/p.parquet", "AWS_ALLOW_HTTP=true"]),
        (&rows, &nobody, &["nothing says who reads s3://surveys/p.parquet", "AWS_ACCESS_KEY_ID"]),
    ];
    for (file, variables, expected) in cases {
        name(file);
        let message = fails(here, &on_none, variables);
        assert!(expected.iter().all(|part| message.contains(part)), "{file}: {message}");
    }
    name(&rows);
    let message = fails(here, &estimate, &variables);
    let expected = "`s3://surveys/p.parquet` is in an object store, which only a cluster reads: add `--engine ballista";
    assert!(message.contains("study.toml:7") && message.contains(expected), "{message}");
    name(&format!("{rows}\", \"{rows}"));
    let message = fails(here, &on_none, &variables);
    assert!(message.contains("`s3://surveys/p.parquet` is named twice"), "{message}");
    name(&format!("{rows}\", \"persons [0] 100%.parquet"));
    let half = cluster(1, &variables, &stranger);
    let on_half = [&estimate[..], &on(&half.address)].concat();
    let message = fails(here, &on_half, &variables);
    assert!(message.contains("put both into one bucket"), "{message}");
    // The scheduler may read, and the executor may not.
    name(&rows);
    let message = fails(here, &on_half, &variables);
    let expected = "the cluster does not see s3://surveys/p.parquet, which this machine reads";
    assert!(message.contains(expected), "{message}");
    assert!(
        message.contains("start scheduler and executors with the same AWS_ENDPOINT_URL"),
        "{message}"
    );
    assert!(!here.join("cluster.csv").exists());
}
