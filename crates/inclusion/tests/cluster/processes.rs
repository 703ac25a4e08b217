//! Processes of a cluster that end with the test.

use inclusion_cluster::greet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(900);

/// A process, killed when it is dropped.
pub struct Process(pub Child);

impl Process {
    /// Sends it a signal: one that is stopped hangs, with all its connections open.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.0.id());
        let status = Command::new("sh").args(["-c", &kill]).status().expect("a shell");
        assert!(status.success(), "{kill}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn inclusion(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inclusion"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Variables of the environment.
pub type Variables = Vec<(&'static str, String)>;

/// The program with these variables of an object store, and none of whoever runs the test.
pub fn inclusion_with(folder: &Path, args: &[&str], variables: &Variables) -> Command {
    let mut command = inclusion(folder, args);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// Waits until something holds.
pub fn wait(what: &str, holds: &mut dyn FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A scheduler and its executors on this machine.
pub struct Cluster {
    pub scheduler: Process,
    pub address: String,
    pub executors: Vec<Process>,
    /// Where the executors keep shuffle files.
    pub shuffle: PathBuf,
    /// What executors have in their environment.
    pub variables: Variables,
    _folder: tempfile::TempDir,
}

impl Cluster {
    pub fn start(executors: usize) -> Cluster {
        let folder = tempfile::tempdir().expect("a folder");
        let started = scheduler(folder.path());
        Cluster::of(started, folder, executors)
    }

    /// Executors in a folder of their own for a scheduler that is there.
    pub fn of(
        (scheduler, address): (Process, String),
        folder: tempfile::TempDir,
        executors: usize,
    ) -> Cluster {
        let shuffle = folder.path().join("shuffle");
        let mut cluster = Cluster {
            scheduler,
            address,
            executors: Vec::new(),
            shuffle,
            variables: Variables::new(),
            _folder: folder,
        };
        for _ in 0..executors {
            cluster.join();
        }
        cluster
    }

    /// Starts one executor more, and waits until it has joined.
    pub fn join(&mut self) {
        let before = self.count();
        let shuffle = self.shuffle.to_str().expect("a path");
        let args = ["cluster", "executor", "--scheduler", &self.address, "--tasks", "1"];
        let more = ["--memory", "2000", "--work-dir", shuffle];
        let args = [&args[..], &more].concat();
        let mut command = inclusion_with(self._folder.path(), &args, &self.variables);
        let child = command.stderr(Stdio::null()).spawn().expect("an executor");
        self.executors.push(Process(child));
        wait("an executor joins", &mut || self.count() > before);
    }

    /// Executors that the scheduler takes for alive.
    pub fn count(&self) -> usize {
        greet(&self.address).map_or(0, |cluster| cluster.executors)
    }

    /// How much of an executor's own is in the folder of shuffle files.
    pub fn folders_of(&self, pid: u32) -> usize {
        let entries = std::fs::read_dir(&self.shuffle).expect("a folder").flatten();
        let own = format!("executor-{pid}-");
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&own)).count()
    }

    /// Files of intermediate results.
    pub fn shuffle_files(&self) -> Vec<PathBuf> {
        files(&self.shuffle)
            .into_iter()
            .filter(|p| p.extension().is_none_or(|e| e != "lock"))
            .collect()
    }
}

/// A scheduler on any free port, and its address.
pub fn scheduler(folder: &Path) -> (Process, String) {
    scheduler_with(folder, &Variables::new())
}

/// The same with variables of an object store.
pub fn scheduler_with(folder: &Path, variables: &Variables) -> (Process, String) {
    let args = ["cluster", "scheduler", "--port", "0"];
    let mut command = inclusion_with(folder, &args, variables);
    let mut child = command.stderr(Stdio::piped()).spawn().expect("a scheduler");
    let mut line = String::new();
    let mut said = BufReader::new(child.stderr.take().expect("piped"));
    said.read_line(&mut line).expect("a line");
    let address = line.trim().strip_prefix("scheduler listens at ").map(str::to_string);
    let process = Process(child);
    // What it says later is read away.
    std::thread::spawn(move || said.lines().for_each(drop));
    (process, address.unwrap_or_else(|| panic!("it said {line:?}")))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push(path),
        }
    }
    all
}

/// Bytes of the files of a folder and those in it.
pub fn bytes_of(folder: &Path) -> u64 {
    let sizes = files(folder).into_iter().filter_map(|file| file.metadata().ok());
    sizes.map(|file| file.len()).sum()
}
