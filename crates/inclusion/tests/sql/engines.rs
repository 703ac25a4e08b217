//! Real engines: two are Python packages in environments of their own, made where this is built; one is
//! a server that a test starts on a socket of its own folder and stops at its end.
//!
//! Where an engine cannot be had the test says so and stops, or fails if `INCLUSION_REQUIRE_SQL_ENGINES` is set.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Tables of an engine: names and CSV files.
pub struct Tables<'a> {
    pub folder: &'a Path,
    pub files: Vec<(&'static str, PathBuf)>,
    pub delimiter: char,
    /// Every column is a text; else its type follows from its values.
    pub text: bool,
}

pub trait Engine {
    /// Its dialect.
    fn dialect(&self) -> &'static str;

    /// Runs a statement over the tables, and gives the files with its result.
    fn run(&self, tables: &Tables<'_>, statement: &Path) -> Vec<PathBuf>;
}

/// What could be made, or nothing with a loud line.
pub fn made<T>(engine: &str, made: Result<T, String>) -> Option<T> {
    made.map_err(|trouble| {
        assert!(
            std::env::var_os("INCLUSION_REQUIRE_SQL_ENGINES").is_none(),
            "{engine} cannot be had, and INCLUSION_REQUIRE_SQL_ENGINES forbids to skip:\n{trouble}"
        );
        eprintln!("SKIPPED: no {engine} runs our SQL:\n{trouble}");
    })
    .ok()
}

/// Runs a program to its end; what it says of its failure.
pub fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(format!("{}{}", text(&output.stdout), text(&output.stderr))),
    }
}

/// An engine that is a Python package.
pub struct Package {
    dialect: &'static str,
    python: PathBuf,
    script: &'static str,
    endings: &'static [&'static str],
}

pub fn duckdb() -> Option<Package> {
    let python = made("DuckDB", python("duckdb"))?;
    let script = include_str!("duckdb.py");
    Some(Package { dialect: "duckdb", python, script, endings: &[".csv", ".parquet"] })
}

pub fn spark() -> Option<Package> {
    let java = run(Command::new("java").arg("-version"));
    let python = made("Spark", java.and_then(|_| python("pyspark")))?;
    let script = include_str!("spark.py");
    Some(Package { dialect: "spark", python, script, endings: &["", ".csv"] })
}

impl Engine for Package {
    fn dialect(&self) -> &'static str {
        self.dialect
    }

    fn run(&self, tables: &Tables<'_>, statement: &Path) -> Vec<PathBuf> {
        let result = tables.folder.join(format!("{}-result", self.dialect));
        let mut command = Command::new(&self.python);
        command.arg("-c").arg(self.script).arg(statement).arg(&result);
        command.arg(if tables.text { "text" } else { "typed" });
        command.arg(tables.delimiter.to_string()).current_dir(tables.folder);
        for (name, file) in &tables.files {
            command.arg(format!("{name}={}", file.display()));
        }
        run(&mut command).unwrap_or_else(|trouble| panic!("{}: {trouble}", self.dialect));
        let file = |ending: &&str| PathBuf::from(format!("{}{ending}", result.display()));
        self.endings.iter().map(file).collect()
    }
}

/// The interpreter of an environment with this package, made once: by one test, while others wait.
pub fn python(package: &str) -> Result<PathBuf, String> {
    static MAKING: Mutex<()> = Mutex::new(());
    let _alone = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sql-{package}"));
    let (python, ready) = (folder.join("bin/python"), folder.join("ready"));
    if ready.exists() {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(install).arg(package))?;
    std::fs::write(ready, "").map_err(|error| error.to_string())?;
    Ok(python)
}

/// A PostgreSQL server of a test.
pub struct Postgres {
    programs: PathBuf,
    // Not below `target`: where a test is run as root the server is another user, to whom the way
    // there may be closed.
    data: tempfile::TempDir,
}

pub fn postgres() -> Option<Postgres> {
    made("PostgreSQL", Postgres::start())
}

impl Postgres {
    fn start() -> Result<Postgres, String> {
        let programs = programs().ok_or("PostgreSQL is not installed")?;
        let data = tempfile::tempdir().map_err(|error| error.to_string())?;
        let server = Postgres { programs, data };
        if is_root() {
            run(Command::new("chown").arg("nobody").arg(server.data.path()))?;
        }
        let options = ["--auth=trust", "--username=test", "--encoding=UTF8", "--locale=C"];
        run(server.program("initdb").args(options).arg("--no-sync"))?;
        // A socket in its own folder, not a port: one that was free a moment ago may be another's now.
        let settings = format!("-h '' -k '{}' -F", server.data.path().display());
        let log = server.data.path().join("log");
        let mut told = String::new();
        // What is tested is the statement: a server that a busy machine starves is started once more.
        for _ in 0..3 {
            let mut start = server.program("pg_ctl");
            match run(start.args(["-w", "-o", &settings, "-l"]).arg(&log).arg("start")) {
                Ok(_) => return Ok(server),
                Err(trouble) => told.push_str(&trouble),
            }
        }
        told.push_str(&std::fs::read_to_string(&log).unwrap_or_default());
        Err(told)
    }

    /// A program of the server, as a user that it accepts.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "nobody", "--"]).arg(path);
                command
            }
            false => Command::new(path),
        };
        command.env("PGDATA", self.data.path()).current_dir(self.data.path());
        // The server outlives the program that starts it, and must not hold its output open.
        command.stdin(std::process::Stdio::null());
        command
    }

    fn psql(&self, folder: &Path) -> Command {
        let mut command = Command::new(self.programs.join("psql"));
        let database = format!("host={} user=test dbname=postgres", self.data.path().display());
        command.args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", &database]).current_dir(folder);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = run(self.program("pg_ctl").args(["-w", "-m", "immediate", "stop"]));
    }
}

impl Engine for Postgres {
    fn dialect(&self) -> &'static str {
        "postgres"
    }

    fn run(&self, tables: &Tables<'_>, statement: &Path) -> Vec<PathBuf> {
        let Tables { folder, delimiter, .. } = tables;
        let mut script = String::new();
        for (name, file) in &tables.files {
            let columns = columns(&folder.join(file), tables);
            let path = file.display();
            script.push_str(&format!(
                "DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} ({columns});\n\
                 \\copy {name} FROM '{path}' CSV HEADER DELIMITER '{delimiter}'\n"
            ));
        }
        let query = std::fs::read_to_string(folder.join(statement)).expect("a statement");
        script.push_str(&format!("COPY (\n{query}) TO STDOUT CSV HEADER;\n"));
        std::fs::write(folder.join("load.sql"), script).expect("a script");
        let result = run(self.psql(folder).args(["-f", "load.sql"]));
        let result = result.unwrap_or_else(|trouble| panic!("PostgreSQL: {trouble}"));
        let path = folder.join("postgres-result.csv");
        std::fs::write(&path, result).expect("a result");
        vec![path]
    }
}

/// The columns of a file as SQL declares them.
fn columns(file: &Path, tables: &Tables<'_>) -> String {
    let reader = csv::ReaderBuilder::new().delimiter(tables.delimiter as u8).from_path(file);
    let mut reader = reader.expect("a file");
    let names = reader.headers().expect("a header").clone();
    let (mut whole, mut number) = (vec![true; names.len()], vec![true; names.len()]);
    for record in reader.records().map(|record| record.expect("a record")) {
        for (at, text) in record.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            whole[at] &= text.parse::<i64>().is_ok();
            number[at] &= text.parse::<f64>().is_ok();
        }
    }
    let kind = |at: usize| match (tables.text, whole[at], number[at]) {
        (true, ..) | (false, false, false) => "TEXT",
        (false, true, _) => "BIGINT",
        (false, false, true) => "DOUBLE PRECISION",
    };
    let column = |(at, name): (usize, &str)| format!("\"{name}\" {}", kind(at));
    names.iter().enumerate().map(column).collect::<Vec<_>>().join(", ")
}

/// The folder with the server's programs, which Debian does not put on the path.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(installed.map(|version| version.path().join("bin")));
    folders.into_iter().find(|folder| {
        ["initdb", "pg_ctl", "psql"].iter().all(|program| folder.join(program).exists())
    })
}

fn is_root() -> bool {
    run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
