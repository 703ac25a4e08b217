//! Processes that hang: they keep their connections and say nothing more.

use crate::processes::{Cluster, Process, bytes_of, inclusion, wait};
use crate::survey::{bytes, done, refused};
use crate::{MIDDLE, on, same_estimates, w1};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// After what time a command has ended whose scheduler hangs.
const SOON: Duration = Duration::from_secs(60);

/// A run whose messages are read.
pub struct Run {
    pub process: Process,
    said: BufReader<std::process::ChildStderr>,
}

impl Run {
    pub fn start(here: &Path, address: &str) -> Run {
        let args = ["estimate", "study.toml", "--output", "cluster.csv"];
        let mut command = inclusion(here, &[&args[..], &on(address)].concat());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("a run");
        let said = BufReader::new(child.stderr.take().expect("piped"));
        Run { process: Process(child), said }
    }

    /// Reads until it says this.
    pub fn until(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(self.said.read_line(&mut line).expect("a line") > 0, "it never said {words}");
        }
    }

    pub fn has_ended(&mut self) -> bool {
        self.process.0.try_wait().expect("a state").is_some()
    }

    /// Whether it succeeds, and what it said.
    fn end(self) -> (bool, String) {
        let (code, said) = self.end_with_code();
        (code == Some(0), said)
    }

    /// Its exit code, and what it said.
    pub fn end_with_code(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.said.read_to_string(&mut said).expect("text");
        (self.process.0.wait().expect("an end").code(), said)
    }
}

#[test]
fn a_scheduler_that_hangs_before_or_in_a_run_is_told() {
    let folder = w1(100_000);
    let here = folder.path();
    // Before a run, when the first job is about to be sent, and when tasks have ended and others have not.
    for moment in ["before", "sent", "middle"] {
        let cluster = Cluster::start(1);
        let address = &cluster.address;
        let expected = format!("the scheduler at {address} does not answer");
        let stop = || {
            cluster.scheduler.signal("STOP");
            Instant::now()
        };
        let (stopped, run) = match moment {
            "before" => {
                let stopped = stop();
                let message = refused(here, &["cluster", "executor", "--scheduler", address]);
                assert!(message.contains(&expected), "{message}");
                (stopped, Run::start(here, address))
            }
            _ => {
                let mut run = Run::start(here, address);
                match moment {
                    "sent" => run.until("runs on 1 executor"),
                    _ => wait("the first sums", &mut || bytes_of(&cluster.shuffle) > MIDDLE),
                }
                let stopped = stop();
                assert!(!run.has_ended(), "the run ended before the scheduler could hang");
                (stopped, run)
            }
        };
        let (succeeds, said) = run.end();
        assert!(!succeeds && said.contains(&expected), "{moment}: {said}");
        assert!(stopped.elapsed() < SOON, "{moment}: {:?}", stopped.elapsed());
        assert!(!here.join("cluster.csv").exists(), "{moment}");
    }
}

#[test]
fn an_executor_that_hangs_in_the_middle_changes_no_figure() {
    let folder = w1(100_000);
    let here = folder.path();
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    let cluster = Cluster::start(2);
    let mut run = Run::start(here, &cluster.address);
    wait("the first sums", &mut || bytes_of(&cluster.shuffle) > MIDDLE);
    cluster.executors[0].signal("STOP");
    assert!(!run.has_ended(), "the run ended before an executor could hang");
    let (succeeds, said) = run.end();
    if succeeds {
        assert!(bytes(here, "cluster.csv") == bytes(here, "rows.csv"), "{said}");
    } else {
        assert!(said.contains("run the same command once more"), "{said}");
        assert!(!here.join("cluster.csv").exists());
    }
    // The one that is left makes the same figures.
    wait("the executor that hangs is known to be dead", &mut || cluster.count() == 1);
    same_estimates(here, &cluster.address);
}

/// By the second stage the executor that is lost has given results that others have read in part.
#[test]
fn an_executor_that_is_lost_after_the_first_stage_does_not_hold_a_run() {
    let folder = w1(100_000);
    let here = folder.path();
    done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
    for signal in ["STOP", "KILL"] {
        let cluster = Cluster::start(2);
        let mut run = Run::start(here, &cluster.address);
        run.until("1 stage done");
        cluster.executors[0].signal(signal);
        wait("the run ends", &mut || run.has_ended());
        let (succeeds, said) = run.end();
        if succeeds {
            assert!(bytes(here, "cluster.csv") == bytes(here, "rows.csv"), "{signal}: {said}");
            std::fs::remove_file(here.join("cluster.csv")).expect("the estimates");
        } else {
            assert!(said.contains("run the same command once more"), "{signal}: {said}");
            assert!(!here.join("cluster.csv").exists());
        }
    }
}
