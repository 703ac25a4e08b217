//! A client that is told to end, and a result that contradicts itself.

use crate::again::done_again;
use crate::hangs::Run;
use crate::processes::{Cluster, bytes_of, wait};
use crate::{MIDDLE, same_estimates, w1};
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// After what time a job that nobody waits for has left nothing: the scheduler itself takes five minutes.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn a_client_that_is_stopped_takes_its_job_along() {
    let folder = w1(100_000);
    let here = folder.path();
    let cluster = Cluster::start(2);
    // When the first job is about to be sent, and in the middle of that of the cells.
    for (signal, name, code, moment) in [
        ("TERM", "SIGTERM", 143, "middle"),
        ("INT", "Ctrl-C", 130, "middle"),
        ("TERM", "SIGTERM", 143, "sent"),
    ] {
        let mut run = Run::start(here, &cluster.address);
        match moment {
            "sent" => run.until("runs on 2 executors"),
            _ => wait("the first sums", &mut || bytes_of(&cluster.shuffle) > MIDDLE),
        }
        assert!(!run.has_ended(), "the run ended before it could be stopped");
        let stopped = Instant::now();
        run.process.signal(signal);
        let (ended, said) = run.end_with_code();
        assert_eq!(ended, Some(code), "{said}");
        let told = format!(
            "error: stopped by {name}; the job on the cluster at {} is cancelled\n",
            cluster.address
        );
        assert!(said.ends_with(&told) && said.matches("error").count() == 1, "{said}");
        wait("its shuffle files are removed", &mut || cluster.shuffle_files().is_empty());
        assert!(stopped.elapsed() < SOON, "{:?}", stopped.elapsed());
        assert!(!here.join("cluster.csv").exists());
    }
    same_estimates(here, &cluster.address);
}

#[test]
fn a_file_that_is_replaced_while_the_cluster_works_is_told() {
    let folder = w1(100_000);
    let here = folder.path();
    let cluster = Cluster::start(1);
    let entries = std::fs::read_dir(here).expect("a folder").flatten().map(|entry| entry.path());
    let is_data = |path: &std::path::PathBuf| path.extension().is_some_and(|own| own == "parquet");
    let data = entries.into_iter().find(is_data).expect("the rows");
    let mut run = Run::start(here, &cluster.address);
    run.until("runs on 1 executor");
    // The same bytes, as it happens, which nobody can know.
    let other = here.join("other");
    std::fs::copy(&data, &other).expect("a copy");
    std::fs::rename(&other, &data).expect("the file is replaced");
    let (code, said) = run.end_with_code();
    assert_eq!(code, Some(1), "{said}");
    let told = "was written while it was read; run the same command once more\n";
    assert!(said.ends_with(told), "{said}");
    assert!(!here.join("cluster.csv").exists());
    same_estimates(here, &cluster.address);
}

#[test]
fn what_is_written_after_a_job_ended_is_removed() {
    let folder = w1(50_000);
    let mut cluster = Cluster::start(1);
    let pid = cluster.executors[0].0.id();
    // What others keep in the same folder is theirs, whatever it is called.
    let foreign = ["data", "executor-a-1", "executor-1"].map(|name| cluster.shuffle.join(name));
    for path in &foreign {
        std::fs::create_dir_all(path).expect("a folder");
        std::fs::write(path.join("survey.csv"), "rows").expect("a file");
        std::fs::write(path.with_extension("lock"), "").expect("a file");
    }
    cluster.join();
    let entries = std::fs::read_dir(&cluster.shuffle).expect("a folder").flatten();
    let own = format!("executor-{pid}-");
    let is_own = |path: &std::path::PathBuf| {
        path.is_dir() && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&own))
    };
    let executor = entries.map(|entry| entry.path()).find(is_own).expect("its folder");
    // What a task of a job that nobody knows any more has written, and rows that the engine itself spilled.
    let late = executor.join("gone/1/0");
    let spilled = executor.join("datafusion-1");
    std::fs::create_dir_all(&late).expect("a folder");
    std::fs::write(late.join("data.arrow"), "rows").expect("a file");
    std::fs::create_dir_all(&spilled).expect("a folder");
    let rights = std::os::unix::fs::PermissionsExt::mode(
        &executor.metadata().expect("a folder").permissions(),
    );
    assert_eq!(rights & 0o777, 0o700, "what others may do with shuffle files");
    same_estimates(folder.path(), &cluster.address);
    wait("late files are removed", &mut || !executor.join("gone").exists());
    assert!(spilled.exists());
    for path in &foreign {
        assert!(path.join("survey.csv").exists() && path.with_extension("lock").exists());
    }
}

#[test]
fn a_result_that_contradicts_itself_is_made_once_more_and_no_more() {
    let told = RefCell::new(Vec::new());
    let run = |results: &[Result<Result<u8, &'static str>, &'static str>]| {
        let mut left = results.iter().copied();
        told.borrow_mut().clear();
        let mut work = || left.next().expect("no third run").map(|one| one.map_err(str::to_string));
        let tell = |why: &str| told.borrow_mut().push(why.to_string());
        done_again(&mut work, &tell, &|_| "refused")
    };
    assert_eq!(run(&[Ok(Ok(1))]), Ok(1));
    assert!(told.borrow().is_empty());
    assert_eq!(run(&[Ok(Err("9 of 10 rows")), Ok(Ok(2))]), Ok(2));
    assert_eq!(*told.borrow(), ["9 of 10 rows"]);
    assert_eq!(run(&[Ok(Err("9 of 10 rows")), Ok(Err("8 of 10 rows"))]), Err("refused"));
    assert_eq!(*told.borrow(), ["9 of 10 rows"]);
    assert_eq!(run(&[Err("no scheduler")]), Err("no scheduler"));
    assert_eq!(run(&[Ok(Err("9 of 10 rows")), Err("no scheduler")]), Err("no scheduler"));
}
