//! A scheduler and executors as processes of their own: the cells and estimates of a cluster are those of the
//! program, whatever happens to the executors meanwhile.

#[path = "../../src/cells/again.rs"]
mod again;
mod greeting;
mod hangs;
mod objects;
mod processes;
mod s3;
mod stopped;
#[path = "../sql/survey.rs"]
mod survey;
mod tables;

use processes::{Cluster, Process, bytes_of, inclusion, scheduler, wait};
use std::path::Path;
use std::process::Stdio;
use survey::{
    FAULTS, PSU, STRATUM, WEIGHT, awkward, bytes, done, home, refused, same_cells, spelt,
};
use tables::{Stored, as_parquet, same_tables};

/// The options that send a command to a cluster.
fn on(address: &str) -> [&str; 4] {
    ["--engine", "ballista", "--scheduler", address]
}

/// Estimates of the study in a folder, by the program and by a cluster, have the same bytes.
fn same_estimates(folder: &Path, address: &str) {
    done(folder, &["estimate", "study.toml", "--engine", "local", "--output", "rows.csv"]);
    let args = ["estimate", "study.toml", "--output", "cluster.csv"];
    done(folder, &[&args[..], &on(address)].concat());
    assert!(bytes(folder, "cluster.csv") == bytes(folder, "rows.csv"));
}

#[test]
fn a_cluster_makes_the_cells_and_estimates_of_the_program_however_the_rows_are_stored() {
    let cluster = Cluster::start(2);
    type Change = fn(usize, &mut [String]);
    let cases: [(Change, Stored, usize); 4] = [
        (|_, _| {}, Stored::Typed, 1),
        (awkward, Stored::Typed, 3),
        (spelt, Stored::Text, 2),
        (spelt, Stored::Dictionary, 1),
    ];
    for (change, stored, parts) in cases {
        let folder = home(change);
        let here = folder.path();
        as_parquet(here, stored, parts);
        let args = ["cells", "study.toml", "--output", "cluster.parquet"];
        done(here, &[&args[..], &on(&cluster.address)].concat());
        same_cells(here, &here.join("cluster.parquet"));
        same_estimates(here, &cluster.address);
        let cells =
            ["estimate", "study.toml", "--cells", "cluster.parquet", "--output", "sums.csv"];
        done(here, &cells);
        assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
    }
    wait("shuffle files are removed", &mut || cluster.shuffle_files().is_empty());
}

#[test]
fn ids_count_on_a_cluster_as_they_do_here() {
    const IDS: [&str; 9] =
        ["1", "1.0", "01", "3E12", "2.50", "12345678.25", "-2e7", "1e16", "0.0000001"];
    let cluster = Cluster::start(1);
    let whole = &IDS[..4];
    for (ids, stored) in [
        (&IDS[..], Stored::Text),
        (&IDS[..], Stored::Dictionary),
        (&IDS[..7], Stored::Typed),
        (&IDS[..7], Stored::Single),
        (whole, Stored::Typed),
        (whole, Stored::Single),
    ] {
        let folder = home(|at, fields| {
            let psu: usize = fields[PSU].parse().expect("a number");
            fields[PSU] = ids[psu % ids.len()].to_string();
            fields[STRATUM] = "1".to_string();
            // A weight that no float of 32 bits holds.
            fields[WEIGHT] = format!("{}.1", 1 + at % 100);
        });
        let here = folder.path();
        as_parquet(here, stored, 1);
        let args = ["cells", "study.toml", "--output", "cluster.parquet"];
        done(here, &[&args[..], &on(&cluster.address)].concat());
        same_cells(here, &here.join("cluster.parquet"));
        same_estimates(here, &cluster.address);
    }
}

/// Bytes of intermediate results that only the sums of a survey have.
const MIDDLE: u64 = 1 << 20;

/// Workload W1 with this many rows.
fn w1(rows: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = rows.to_string();
    done(folder.path(), &["bench", "make", ".", "--rows", &rows]);
    folder
}

#[test]
fn w1_of_a_million_rows_gives_the_same_bits() {
    let folder = w1(1_000_000);
    let here = folder.path();
    let cluster = Cluster::start(2);
    let args = ["cells", "study.toml", "--output", "cluster.parquet"];
    done(here, &[&args[..], &on(&cluster.address)].concat());
    same_tables(here, "cluster.parquet");
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    done(here, &["estimate", "study.toml", "--cells", "cluster.parquet", "--output", "sums.csv"]);
    assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
}

#[test]
fn one_two_and_four_executors_give_the_same_bits() {
    let folder = w1(50_000);
    let here = folder.path();
    let mut cluster = Cluster::start(1);
    same_estimates(here, &cluster.address);
    cluster.join();
    same_estimates(here, &cluster.address);
    cluster.join();
    cluster.join();
    same_estimates(here, &cluster.address);
}

#[test]
fn an_executor_that_is_killed_in_the_middle_changes_no_figure() {
    let folder = w1(100_000);
    let here = folder.path();
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    let mut cluster = Cluster::start(2);
    let run = |address: &str| {
        let args = ["estimate", "study.toml", "--output", "cluster.csv", "--json"];
        let mut command = inclusion(here, &[&args[..], &on(address)].concat());
        Process(command.stderr(Stdio::piped()).spawn().expect("a run"))
    };
    let mut running = run(&cluster.address);
    // Some tasks of the statement have ended, and others have not.
    wait("the first sums", &mut || bytes_of(&cluster.shuffle) > MIDDLE);
    let early = running.0.try_wait().expect("a state").is_none();
    assert!(early, "the run ended before an executor could be killed");
    let killed = cluster.executors.remove(0);
    let pid = killed.0.id();
    assert_eq!(cluster.folders_of(pid), 2, "a folder and its lock");
    drop(killed);
    let mut state = None;
    wait("the run ends", &mut || {
        state = running.0.try_wait().expect("a state");
        state.is_some()
    });
    if state.is_some_and(|state| state.success()) {
        assert!(bytes(here, "cluster.csv") == bytes(here, "rows.csv"));
    } else {
        let mut said = String::new();
        let mut error = running.0.stderr.take().expect("piped");
        std::io::Read::read_to_string(&mut error, &mut said).expect("text");
        assert!(said.contains("run the same command once more"), "{said}");
        assert!(!here.join("cluster.csv").exists());
    }
    wait("the other executor removes what the killed one left", &mut || {
        cluster.folders_of(pid) == 0
    });
    // The command runs again.
    cluster.join();
    wait("the dead executor is known to be dead", &mut || cluster.count() == 2);
    same_estimates(here, &cluster.address);
    wait("shuffle files are removed", &mut || cluster.shuffle_files().is_empty());
}

#[test]
fn a_scheduler_that_is_not_there_or_alone_or_goes_away_is_told_with_what_to_do() {
    let folder = w1(100_000);
    let here = folder.path();
    let estimate = |address: &str| {
        let args = ["estimate", "study.toml", "--output", "cluster.csv"];
        refused(here, &[&args[..], &on(address)].concat())
    };
    let (process, address) = scheduler(here);
    let message = estimate(&address);
    let expected = format!(
        "the scheduler at {address} has no executor; start one with `inclusion cluster executor --scheduler {address}`"
    );
    assert!(message.contains(&expected), "{message}");
    drop(process);
    let message = estimate(&address);
    assert!(message.contains(&format!("no scheduler answers at {address}")), "{message}");
    let args = ["cluster", "executor", "--scheduler", &address];
    assert!(refused(here, &args).contains("no scheduler answers at"));
    for wrong in ["127.0.0.1", "http://127.0.0.1:50050"] {
        assert!(estimate(wrong).contains("is not of the form HOST:PORT"), "{wrong}");
    }

    let mut cluster = Cluster::start(1);
    let (address, shuffle) = (cluster.address.clone(), cluster.shuffle.clone());
    let stop = std::thread::spawn(move || {
        wait("the first sums", &mut || bytes_of(&shuffle) > MIDDLE);
        let _ = cluster.scheduler.0.kill();
        cluster
    });
    let message = estimate(&address);
    let expected = format!("the scheduler at {address} went away in the middle of the job");
    assert!(message.contains(&expected), "{message}");
    drop(stop.join().expect("the cluster"));
    assert!(!here.join("cluster.csv").exists());
}

#[test]
fn what_the_cluster_does_not_see_or_the_recipe_does_not_cover_is_told() {
    let cluster = Cluster::start(1);
    let estimate = |here: &Path| {
        let args = ["estimate", "study.toml", "--output", "cluster.csv"];
        refused(here, &[&args[..], &on(&cluster.address)].concat())
    };
    let folder = home(|_, _| {});
    let here = folder.path();
    let message = estimate(here);
    assert!(message.contains("a cluster reads Parquet, and ./persons.csv is not"), "{message}");
    as_parquet(here, Stored::Typed, 1);
    std::fs::rename(here.join("persons [0] 100%.parquet"), here.join("p.parquet")).expect("a file");
    // A path that is another one for every process: neither scheduler nor executor sees it, then only the
    // executor does not, then it is one of several.
    let study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
    let own = study.replace("persons [0] 100%.parquet", "/proc/self/cwd/p.parquet");
    std::fs::write(here.join("study.toml"), &own).expect("a study");
    let expected =
        "the cluster does not see /proc/self/cwd/p.parquet, which is there on this machine";
    let message = estimate(here);
    assert!(message.contains(expected) && message.contains("0 of 19458 rows"), "{message}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let half = Cluster::of(scheduler(here), elsewhere, 1);
    let args = ["estimate", "study.toml", "--output", "cluster.csv"];
    let message = refused(here, &[&args[..], &on(&half.address)].concat());
    assert!(message.contains(expected), "{message}");
    std::fs::copy(here.join("p.parquet"), here.join("other.parquet")).expect("a copy");
    let two = own.replace("[\"/proc", "[\"other.parquet\", \"/proc");
    std::fs::write(here.join("study.toml"), two).expect("a study");
    let message = estimate(here);
    assert!(message.contains(expected), "{message}");
    for (column, value, expected) in FAULTS {
        let folder = home(|at, fields| {
            if at == 1 {
                fields[column] = value.to_string();
            }
        });
        as_parquet(folder.path(), Stored::Typed, 1);
        let message = estimate(folder.path());
        assert!(message.contains(expected) && message.contains("correct the file"), "{message}");
    }
    // Weights close to the largest that are taken.
    let folder = home(|_, fields| fields[WEIGHT] = "1e12".to_string());
    as_parquet(folder.path(), Stored::Typed, 1);
    same_estimates(folder.path(), &cluster.address);
}

#[test]
fn the_study_names_the_engine_and_the_annex_is_the_same() {
    let cluster = Cluster::start(2);
    let folder = home(|_, _| {});
    let here = folder.path();
    as_parquet(here, Stored::Typed, 2);
    let study = std::fs::read_to_string(here.join("study.toml")).expect("a study");
    let more = format!(
        "\n[output]\nformats = [\"html\", \"markdown\"]\n\n[engine]\nname = \"ballista\"\nscheduler = {:?}\n",
        cluster.address
    );
    std::fs::write(here.join("study.toml"), study + &more).expect("a study");
    let annex = |args: &[&str]| {
        done(here, &[&["annex", "study.toml"], args].concat());
        ["out/annex.md", "out/annex.html"].map(|name| bytes(here, name))
    };
    assert!(annex(&[]) == annex(&["--engine", "local"]));
    let message =
        refused(here, &["estimate", "study.toml", "--engine", "local", "--scheduler", "h:1"]);
    assert!(
        message.contains("`--scheduler` is of a cluster; add `--engine ballista`"),
        "{message}"
    );
}
