//! The Python package is built, installed into an environment of its own and tested by its pytest suite.
//!
//! That needs `python3` with `venv` and a way to its packages; where an environment cannot be made the
//! test says so and stops, or fails if `INCLUSION_REQUIRE_NOTEBOOKS` is set.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a member has a root").to_path_buf()
}

/// The folder cargo builds into: tests stand in `<folder>/<profile>/deps`.
fn build_folder() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    test.ancestors().nth(3).expect("tests stand in <profile>/deps").to_path_buf()
}

fn words(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{out}\n{err}")
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(words(&output)),
        Err(error) => Err(error.to_string()),
    }
}

/// The environment's interpreter; made anew only if the requirements changed.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let requirements = root().join("crates/python/tests/requirements.txt");
    let python = folder.join("bin/python");
    let ready = folder.join("requirements.ready");
    let wanted = std::fs::read(&requirements).map_err(|error| error.to_string())?;
    if std::fs::read(&ready).is_ok_and(|made| made == wanted) {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(Command::new(&python).args(pip).arg(&requirements))?;
    std::fs::write(&ready, wanted).map_err(|error| error.to_string())?;
    Ok(python)
}

#[test]
fn the_python_package_passes_its_tests() {
    let folder = build_folder();
    let python = match environment(&folder.join("python-env")) {
        Ok(python) => python,
        Err(trouble) => {
            assert!(
                std::env::var_os("INCLUSION_REQUIRE_NOTEBOOKS").is_none(),
                "the package's environment cannot be made, and INCLUSION_REQUIRE_NOTEBOOKS forbids to skip:\n{trouble}"
            );
            eprintln!(
                "SKIPPED: the Python package is not tested, its environment cannot be made:\n{trouble}"
            );
            return;
        }
    };
    // The dev profile and the same folder: what the workspace's tests compiled is used again.
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    let from = ["--no-build-isolation", "--force-reinstall", "--no-deps"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let own = [folder.join("python-env/bin")];
    let path = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&path)));
    let built = run(Command::new(&python)
        .args(install)
        .args(from)
        .arg(root())
        .env("PATH", path.expect("a search path"))
        .env("CARGO_TARGET_DIR", &folder)
        .env("MATURIN_PEP517_ARGS", "--profile dev"));
    assert!(built.is_ok(), "pip install . failed:\n{}", built.unwrap_err());
    let tests = root().join("crates/python/tests");
    let tested = run(Command::new(&python)
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .arg(&tests)
        .env("PYTHONDONTWRITEBYTECODE", "1"));
    assert!(tested.is_ok(), "pytest failed:\n{}", tested.unwrap_err());
}
