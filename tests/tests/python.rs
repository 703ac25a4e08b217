//! The Python package is built, installed into an environment of its own and tested by its pytest suite.
//!
//! That needs `python3` with `venv` and a way to its packages; where an environment cannot be made the
//! test says so and stops, or fails if `INCLUSION_REQUIRE_NOTEBOOKS` is set.

mod package;

use package::{python, root, succeeded};
use std::process::Command;

#[test]
fn the_python_package_passes_its_tests() {
    let Some(python) = python() else { return };
    let mut tests = Command::new(&python);
    tests
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .arg(root().join("crates/python/tests"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    // The tests of the command's package have it built where this test is.
    let test = std::env::current_exe().expect("the test has a path");
    let folder = test.ancestors().nth(2).expect("tests stand in <profile>/deps");
    let command = folder.join(format!("inclusion{}", std::env::consts::EXE_SUFFIX));
    match command.exists() {
        true => _ = tests.env("INCLUSION_COMMAND", command),
        false => eprintln!("SKIPPED: nothing is compared with the command, which is not built"),
    }
    succeeded("pytest", &tests.output().expect("the interpreter can be run"));
}
