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
    let tested = Command::new(&python)
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .arg(root().join("crates/python/tests"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("the interpreter can be run");
    succeeded("pytest", &tested);
}
